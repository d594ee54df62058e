package study

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"recount"
)

// A merkle is the tree over the leaves of a log, known by their hashes
// (RFC 6962, section 2.1).
type merkle struct {
	size   int64
	stored []tlog.Hash // of leaves and nodes, in the order of tlog
}

// ReadHashes makes a merkle a tlog.HashReader.
func (m *merkle) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		out[i] = m.stored[n]
	}
	return out, nil
}

// add puts a leaf at the end.
func (m *merkle) add(leaf tlog.Hash) error {
	h, err := tlog.StoredHashesForRecordHash(m.size, leaf, m)
	if err != nil {
		return fmt.Errorf("hash the log: %w", err)
	}
	m.stored = append(m.stored, h...)
	m.size++
	return nil
}

// leaf returns the hash of one leaf.
func (m *merkle) leaf(n int64) tlog.Hash { return m.stored[tlog.StoredHashIndex(0, n)] }

// root returns the root over the first leaves, in base 64.
func (m *merkle) root(size int64) (string, error) {
	h, err := tlog.TreeHash(size, m)
	if err != nil {
		return "", fmt.Errorf("hash the log: %w", err)
	}
	return h.String(), nil
}

// common returns with how many of the same leaves two logs begin.
func (m *merkle) common(o *merkle) (n int64) {
	for n < min(m.size, o.size) && m.leaf(n) == o.leaf(n) {
		n++
	}
	return n
}

// merkle hashes the entries of the log anew, up to a size.
func (s *Study) merkle(ctx context.Context, size int64) (*merkle, error) {
	m := &merkle{}
	for l, err := range s.store.Leaves(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if m.size == size {
			break
		}
		b, err := l.Bytes()
		if err != nil {
			return nil, err
		}
		if err := m.add(tlog.RecordHash(b)); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// A toldLog is what a file of decisions says of the log of the copy that wrote
// it.
type toldLog struct {
	recount.Checkpoint
	entries *merkle // whose root is that of the checkpoint; nil if the file has none, as those of older versions
}

// A setBeside says what the log of another copy is to the one here.
type setBeside struct {
	notes []string               // what is as it must be: both were worked on apart
	forks []string               // what is not: entries that a checkpoint covers are others
	keep  [][]recount.Checkpoint // to be logged, each group in one piece
}

// besideLogs sets what a file says of the log of its copy beside the log here,
// before anything of the file is added to it.
func (s *Study) besideLogs(ctx context.Context, told []toldLog) (out setBeside, err error) {
	if len(told) == 0 {
		return out, nil
	}
	now, err := s.store.Checkpoint(ctx)
	if err != nil {
		return out, err
	}
	known, err := s.store.Checkpoints(ctx)
	if err != nil {
		return out, err
	}
	for _, t := range told {
		switch {
		case t.Log != now.Log:
			err = out.otherLog(t, known)
		case t.entries == nil:
			err = s.besideSize(ctx, t, now, known, &out)
		default:
			err = s.besideEntries(ctx, t, now, known, &out)
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// otherLog sets the log of a copy with a log of its own beside what earlier
// imports say of it.
func (out *setBeside) otherLog(t toldLog, known []recount.Checkpoint) error {
	there := false
	for _, k := range known {
		if k.Log != t.Log {
			continue
		}
		there = there || k.Same(t.Checkpoint)
		if ok, err := t.holds(k); err != nil {
			return err
		} else if !ok && len(out.forks) == 0 {
			out.forks = append(out.forks, fmt.Sprintf("the copy whose log is %.12s held other entries when it had %d, as an earlier import shows: its log was changed, or the file is of another copy of its folder", t.Log, k.Size))
		}
	}
	if !there {
		out.keep = append(out.keep, []recount.Checkpoint{t.Checkpoint})
	}
	return nil
}

// holds reports whether a log is the one of a checkpoint, or goes on from it,
// as far as can be known: of a shorter one nothing is.
func (t *toldLog) holds(c recount.Checkpoint) (bool, error) {
	switch {
	case c.Size == t.Size:
		return c.Root == t.Root, nil
	case t.entries == nil || c.Size > t.Size:
		return true, nil
	}
	root, err := t.entries.root(c.Size)
	return root == c.Root, err
}

// besideSize sets the log of a copy of this folder, of which the file says no
// more than size and root, beside the log here.
func (s *Study) besideSize(ctx context.Context, t toldLog, now recount.Checkpoint, known []recount.Checkpoint, out *setBeside) error {
	kept, err := s.keptHere(now.Log)
	if err != nil {
		return err
	}
	if t.Size <= now.Size {
		if err := s.store.Consistent(ctx, t.Checkpoint); !errors.Is(err, recount.ErrTampered) {
			return err // an older file, or one of this very log
		}
	}
	switch {
	case slices.ContainsFunc(kept, t.Same):
		out.forks = append(out.forks, notThen(t.Checkpoint))
	case t.Size <= now.Size: // of a longer log nothing is known
		out.notes = append(out.notes, fmt.Sprintf("the file is of a copy of this folder; both went on apart since an entry of the log before number %d, and the decisions of both are kept", t.Size))
	}
	if !slices.ContainsFunc(known, t.Same) {
		out.keep = append(out.keep, []recount.Checkpoint{t.Checkpoint, t.Checkpoint})
	}
	return nil
}

// notThen says that the log here is not the one that was kept, which a file has.
func notThen(c recount.Checkpoint) string {
	return fmt.Sprintf("the log of this study had %d entries, as a checkpoint kept here shows; the file is of that log, and what is here is not: an older study.db was put back, or it was changed; see recount recheck", c.Size)
}

// besideEntries sets the entries of the log of a copy of this folder beside
// those here. They are the same up to one: from there on one of the two went on,
// or both did.
func (s *Study) besideEntries(ctx context.Context, t toldLog, now recount.Checkpoint, known []recount.Checkpoint, out *setBeside) error {
	here, err := s.merkle(ctx, now.Size)
	if err != nil {
		return err
	}
	parts := here.common(t.entries)
	if parts == t.Size {
		return nil // an older file, or one of this very log
	}
	kept, err := s.keptHere(now.Log)
	if err != nil {
		return err
	}
	// The first entry that only the copy has tells it from other copies.
	begins := recount.Checkpoint{Log: t.Log, Size: parts + 1}
	if begins.Root, err = t.entries.root(begins.Size); err != nil {
		return err
	}
	ends, said := map[int64]bool{}, false // sizes at which a session ended
	for _, k := range kept {
		ours, err := holdsEntries(here, k)
		if err != nil {
			return err
		}
		theirs, err := holdsEntries(t.entries, k)
		if err != nil {
			return err
		}
		if ours {
			ends[k.Size] = true
		} else if theirs && !said {
			said = true
			out.forks = append(out.forks, notThen(k))
		}
	}
	there := false
	own := slices.DeleteFunc(slices.Clone(known), func(k recount.Checkpoint) bool { return k.Log != t.Log })
	for pair := range slices.Chunk(own, 2) {
		if len(pair) < 2 || !pair[0].Same(begins) {
			continue
		}
		there = there || pair[1].Same(t.Checkpoint)
		if ok, err := t.holds(pair[1]); err != nil {
			return err
		} else if !ok && !said {
			said = true
			out.forks = append(out.forks, fmt.Sprintf("the copy of this folder that went on apart at entry %d held other entries when its log had %d, as an earlier import shows: its log was changed, or the file is of a copy of that copy", parts, pair[1].Size))
		}
	}
	if !there {
		out.keep = append(out.keep, []recount.Checkpoint{begins, t.Checkpoint})
	}
	within, err := s.withinSession(ctx, parts, ends)
	if err != nil {
		return err
	}
	switch {
	case said || parts == now.Size: // only the copy went on
	case within:
		out.forks = append(out.forks, fmt.Sprintf("the file is of a copy of this folder whose log differs from entry %d on, where no session of this study ended: its log was changed, or the folder was copied while recount was at work in it, or after it was killed", parts))
	default:
		out.notes = append(out.notes, fmt.Sprintf("the file is of a copy of this folder; both went on apart since entry %d of the log, and the decisions of both are kept", parts))
	}
	return nil
}

// withinSession reports whether it is known that no session ended when the log
// had a number of entries: one ended after that, and all before it are known. A
// folder that is copied while nobody works in it is as a session left it.
func (s *Study) withinSession(ctx context.Context, size int64, ends map[int64]bool) (bool, error) {
	all := slices.Sorted(maps.Keys(ends))
	if size == 0 || ends[size] || len(all) == 0 || size > all[len(all)-1] {
		return false, nil
	}
	if size > all[0] {
		return true, nil
	}
	begun, err := s.store.Meta(ctx, metaCheckpoints)
	if err != nil || begun == "" {
		return false, err
	}
	n, err := strconv.ParseInt(begun, 10, 64)
	return err == nil && all[0] <= n, nil
}

// holdsEntries reports whether a log begins with what a checkpoint is of.
func holdsEntries(m *merkle, c recount.Checkpoint) (bool, error) {
	if c.Size > m.size {
		return false, nil
	}
	root, err := m.root(c.Size)
	return root == c.Root, err
}

// keptHere lists the checkpoints of a log that were kept in the folder of the
// study, one for each session. What is none is passed over; recheck says so.
func (s *Study) keptHere(log string) (out []recount.Checkpoint, err error) {
	data, err := os.ReadFile(filepath.Join(s.Dir, checkpointsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		if c, err := parseLine(strings.TrimSuffix(line, "\n")); err == nil && c.Log == log {
			out = append(out, c)
		}
	}
	return out, nil
}
