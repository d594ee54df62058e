package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"recount"
)

// What an entry of the log is about. The kinds that are no rows of their own
// are "erased" (the answer of a decision), "erased text" and "checkpoint" (of
// another copy, which an import brought: its log and size, with its root).
const (
	leafCapture    = "capture"
	leafText       = "text"
	leafErasedText = "erased text"
	leafDecision   = "decision"
	leafErased     = "erased"
	leafRefusal    = "refusal"
	leafSearch     = "search"
	leafSetting    = "setting"
	leafSignature  = "signature"
	leafCheckpoint = "checkpoint"
)

// logVersion is the version of the tables of study.db that began the log.
const logVersion = 4

// settingLog is the setting that holds the id of the log.
const settingLog = "log"

// sumOf returns the SHA-256 of parts, each preceded by its length.
func sumOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sumArgs is sumOf for the columns of a row as they are written.
func sumArgs(columns ...any) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = fmt.Sprint(c)
	}
	return sumOf(parts...)
}

// A tree is the part of the Merkle tree that a transaction needs to add to it.
type tree struct {
	next  int64
	nodes map[int64]tlog.Hash
}

// log adds an entry to the log, in the transaction that writes its row.
func (w *writer) log(ctx context.Context, what, id, sum string) error {
	if w.tree == nil {
		if err := w.lock(ctx); err != nil {
			return err
		}
		next, err := query(ctx, w, "leaf_next", scanNumber)
		if err != nil {
			return err
		}
		w.tree = &tree{next: next[0], nodes: map[int64]tlog.Hash{}}
	}
	n := w.tree.next
	b, err := recount.Leaf{What: what, ID: id, Sum: sum}.Bytes()
	if err != nil {
		return err
	}
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) { return w.nodes(ctx, at) })
	hashes, err := tlog.StoredHashes(n, b, reader)
	if err != nil {
		return fmt.Errorf("add to the log: %w", err)
	}
	if _, err := w.put(ctx, "leaf_put", n, what, id, sum); err != nil {
		return err
	}
	first := tlog.StoredHashIndex(0, n)
	for i, h := range hashes {
		if _, err := w.put(ctx, "node_put", first+int64(i), h.String()); err != nil {
			return err
		}
		w.tree.nodes[first+int64(i)] = h
	}
	// Of the nodes only those on the right edge are needed again.
	const few = 4096
	if w.tree.next++; len(w.tree.nodes) > few {
		clear(w.tree.nodes)
	}
	return nil
}

func (w *writer) nodes(ctx context.Context, at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		h, ok := w.tree.nodes[n]
		if !ok {
			rows, err := query(ctx, w, "node", scanText, n)
			if err != nil {
				return nil, err
			}
			if len(rows) == 0 {
				return nil, fmt.Errorf("node %d of the log is missing: %w", n, recount.ErrTampered)
			}
			if h, err = tlog.ParseHash(rows[0]); err != nil {
				return nil, fmt.Errorf("node %d of the log: %w", n, recount.ErrTampered)
			}
			w.tree.nodes[n] = h
		}
		out[i] = h
	}
	return out, nil
}

// A row is what the log knows of one: its id and its sum.
type row struct{ id, sum string }

// scanRow sums up a row whose first column is its id and whose others are what
// is summed. A row of one column is its id alone.
func scanRow(rows *sql.Rows) (r row, err error) {
	parts, err := scanParts(rows)
	if err != nil {
		return r, err
	}
	if r.id = parts[0]; len(parts) > 1 {
		r.sum = sumOf(parts[1:]...)
	}
	return r, nil
}

// scanParts reads the columns of a row as the log sums them up.
func scanParts(rows *sql.Rows) ([]string, error) {
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	parts := make([]string, len(columns))
	to := make([]any, len(columns))
	for i := range parts {
		to[i] = &parts[i]
	}
	return parts, rows.Scan(to...)
}

// The rows of study.db that the log sums up, by what it calls them.
var logged = []struct{ what, statement string }{
	{leafSetting, "setting"}, {leafCapture, "capture"}, {leafText, "text"}, {leafErasedText, "erased_text"}, {leafDecision, "decision"},
	{leafErased, "erased"}, {leafRefusal, "refusal"}, {leafSearch, "search"},
}

// beginLog gives the study the id of its log and logs what a program before
// version 4 of the tables kept, in the order in which it was saved.
func beginLog(ctx context.Context, w *writer) error {
	var id [16]byte
	if _, err := rand.Read(id[:]); err != nil {
		return err
	}
	if _, err := w.exec(ctx, "meta_put", settingLog, hex.EncodeToString(id[:])); err != nil {
		return err
	}
	known := map[string]map[string]string{}
	for _, l := range logged {
		rows, err := query(ctx, w, "older/study_4_"+l.statement, scanRow)
		if err != nil {
			return err
		}
		known[l.what] = map[string]string{}
		for _, r := range rows {
			known[l.what][r.id] = r.sum
		}
	}
	put := func(what, id string) error {
		sum, there := known[what][id]
		if !there {
			return nil
		}
		delete(known[what], id)
		return w.log(ctx, what, id, sum)
	}
	texts := map[string][]string{} // by article
	for id := range known[leafText] {
		key, _, _ := strings.Cut(id, " ")
		texts[key] = append(texts[key], id)
	}
	changes, err := query(ctx, w, "older/study_4_changes", scanChange)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if c.What == "article" {
			slices.Sort(texts[c.ID])
			for _, id := range texts[c.ID] {
				if err := put(leafText, id); err != nil {
					return err
				}
			}
			continue
		}
		if err := put(c.What, c.ID); err != nil { // "capture", "decision" and "erased" are called alike
			return err
		}
	}
	// What those programs did not number.
	for _, l := range logged {
		for _, id := range slices.Sorted(maps.Keys(known[l.what])) {
			if err := put(l.what, id); err != nil {
				return err
			}
		}
	}
	return nil
}

const leavesAtOnce = 4096

// Leaves yields the entries of the log from a number on, in order.
func (s *Store) Leaves(ctx context.Context, from int64) iter.Seq2[recount.Leaf, error] {
	return func(yield func(recount.Leaf, error) bool) {
		for {
			rows, err := s.leaves(ctx, from)
			if err != nil {
				yield(recount.Leaf{}, err)
				return
			}
			if len(rows) == 0 {
				return
			}
			for _, r := range rows {
				if !yield(r.Leaf, nil) {
					return
				}
			}
			from = rows[len(rows)-1].n + 1
		}
	}
}

type numberedLeaf struct {
	n int64
	recount.Leaf
}

func (s *Store) leaves(ctx context.Context, from int64) ([]numberedLeaf, error) {
	return read(ctx, s.study, "read the log", "leaves", func(r *sql.Rows) (l numberedLeaf, err error) {
		return l, r.Scan(&l.n, &l.What, &l.ID, &l.Sum)
	}, from, leavesAtOnce)
}

// LogID returns the id of the log of this copy of the study.
func (s *Store) LogID(ctx context.Context) (string, error) { return s.Meta(ctx, settingLog) }

// Checkpoint returns what the log is now.
func (s *Store) Checkpoint(ctx context.Context) (recount.Checkpoint, error) {
	next, err := read(ctx, s.study, "read the log", "leaf_next", scanNumber)
	if err != nil {
		return recount.Checkpoint{}, err
	}
	return s.CheckpointAt(ctx, next[0])
}

// CheckpointAt returns what the log was when it had size entries, as its tree
// says; recount.ErrNotFound if it has fewer.
func (s *Store) CheckpointAt(ctx context.Context, size int64) (c recount.Checkpoint, err error) {
	next, err := read(ctx, s.study, "read the log", "leaf_next", scanNumber)
	if err != nil {
		return c, err
	}
	if size > next[0] {
		return c, fmt.Errorf("the log has %d entries: %w", next[0], recount.ErrNotFound)
	}
	if c.Log, err = s.LogID(ctx); err != nil {
		return c, err
	}
	root, err := tlog.TreeHash(size, tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, n := range at {
			text, ok, err := oneText(ctx, s.study, "read the log", "node", n)
			if err != nil {
				return nil, err
			}
			if !ok {
				return nil, fmt.Errorf("node %d of the log is missing: %w", n, recount.ErrTampered)
			}
			if out[i], err = tlog.ParseHash(text); err != nil {
				return nil, fmt.Errorf("node %d of the log: %w", n, recount.ErrTampered)
			}
		}
		return out, nil
	}))
	c.Size, c.Root = size, root.String()
	return c, err
}

// PutCheckpoints logs checkpoints of other copies of the study, one behind the
// other.
func (s *Store) PutCheckpoints(ctx context.Context, cs ...recount.Checkpoint) error {
	return s.study.change(ctx, "log a checkpoint", func(w *writer) error {
		for _, c := range cs {
			if err := w.log(ctx, leafCheckpoint, fmt.Sprintf("%s %d", c.Log, c.Size), c.Root); err != nil {
				return err
			}
		}
		return nil
	})
}

// Checkpoints lists the checkpoints of other copies that were logged, in their
// order.
func (s *Store) Checkpoints(ctx context.Context) (out []recount.Checkpoint, err error) {
	for l, err := range s.Leaves(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if l.What != leafCheckpoint {
			continue
		}
		log, size, _ := strings.Cut(l.ID, " ")
		n, err := strconv.ParseInt(size, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("the log holds a checkpoint of the size %.40q: %w", size, recount.ErrTampered)
		}
		out = append(out, recount.Checkpoint{Log: log, Size: n, Root: l.Sum})
	}
	return out, nil
}

// A LogFault is one thing about the log, or about a row beside it, that does
// not hold.
type LogFault struct {
	What string // as in a leaf, or "log"
	ID   string
	Text string
}

// CheckLog hashes the log again, entry by entry, sets its tree beside the one
// that was kept, and every row beside what the log says of it. It returns the
// roots of the tree at the sizes asked for, as the entries give them.
func (s *Store) CheckLog(ctx context.Context, sizes ...int64) (faults []LogFault, roots map[int64]string, err error) {
	fault := func(what, id, format string, a ...any) {
		faults = append(faults, LogFault{what, id, fmt.Sprintf(format, a...)})
	}
	last := map[string]map[string]string{} // what the log says of a row
	gone := map[string]map[string]bool{}
	texts := map[string]bool{} // articles that a text was logged of
	for _, l := range logged {
		last[l.what], gone[l.what] = map[string]string{}, map[string]bool{}
	}
	last[leafSignature] = map[string]string{}
	var hashes []tlog.Hash // of the tree, as the entries give it
	roots = map[int64]string{}
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, n := range at {
			out[i] = hashes[n]
		}
		return out, nil
	})
	note := func(size int64) error {
		if !slices.Contains(sizes, size) {
			return nil
		}
		h, err := tlog.TreeHash(size, reader)
		roots[size] = h.String()
		return err
	}
	if err := note(0); err != nil {
		return nil, nil, err
	}
	var next int64
	for from := int64(0); ; from = next {
		rows, err := s.leaves(ctx, from)
		if err != nil {
			return nil, nil, err
		}
		if len(rows) == 0 {
			break
		}
		for _, l := range rows {
			if l.n != next {
				fault("log", fmt.Sprint(next), "entry %d is missing; the next one is %d (%s %.12s)", next, l.n, l.What, l.ID)
				return faults, roots, nil
			}
			b, err := l.Bytes()
			if err != nil {
				return nil, nil, err
			}
			h, err := tlog.StoredHashes(l.n, b, reader)
			if err != nil {
				return nil, nil, err
			}
			hashes = append(hashes, h...)
			next++
			if err := note(next); err != nil {
				return nil, nil, err
			}
			switch l.What {
			case leafCheckpoint:
				continue
			case leafDecision, leafErased, leafErasedText:
				if _, twice := last[l.What][l.ID]; twice {
					fault("log", fmt.Sprint(l.n), "entry %d logs %s %.12s a second time", l.n, l.What, l.ID)
				}
			case leafText:
				key, _, _ := strings.Cut(l.ID, " ")
				texts[key] = true
			}
			if last[l.What] == nil {
				fault("log", fmt.Sprint(l.n), "entry %d is about %q, of which this program knows nothing", l.n, l.What)
				continue
			}
			last[l.What][l.ID] = l.Sum
			if l.What == leafRefusal {
				gone[l.What][l.ID] = l.Sum == ""
			}
		}
	}
	if err := s.checkNodes(ctx, hashes, fault); err != nil {
		return nil, nil, err
	}
	for _, l := range append(logged, struct{ what, statement string }{leafSignature, "signature"}) {
		rows, err := read(ctx, s.study, "read what was logged", "rows_"+l.statement, scanRow)
		if err != nil {
			return nil, nil, err
		}
		seen := map[string]bool{}
		for _, r := range rows {
			seen[r.id] = true
			sum, there := last[l.what][r.id]
			switch {
			case !there || gone[l.what][r.id]:
				fault(l.what, r.id, "it was put in past the log")
			case sum != r.sum:
				fault(l.what, r.id, "it is not what was logged of it")
			}
		}
		for _, id := range slices.Sorted(maps.Keys(last[l.what])) {
			if seen[id] || gone[l.what][id] {
				continue
			}
			key, _, _ := strings.Cut(id, " ")
			_, erased := last[leafErasedText][key]
			switch {
			case l.what == leafText && erased:
			case l.what == leafErased:
				fault(leafDecision, id, "its answer was erased and is there again")
			default:
				fault(l.what, id, "it was logged and is gone")
			}
		}
	}
	for _, x := range []struct{ statement, what, text string }{
		{"rows_loose", leafDecision, "an answer without a decision"},
		{"rows_left", leafText, "it was erased and has words again"},
		{"heads_differ", leafText, "what lists know of it does not follow from it"},
	} {
		rows, err := read(ctx, s.study, "read what was logged", x.statement, scanRow)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range rows {
			fault(x.what, r.id, "%s", x.text)
		}
	}
	return faults, roots, s.checkChanges(ctx, last, texts, fault)
}

func (s *Store) checkNodes(ctx context.Context, want []tlog.Hash, fault func(what, id, format string, a ...any)) error {
	var at int64
	for {
		type node struct {
			n    int64
			hash string
		}
		rows, err := read(ctx, s.study, "read the log", "nodes", func(r *sql.Rows) (x node, err error) { return x, r.Scan(&x.n, &x.hash) }, at, leavesAtOnce)
		if err != nil {
			return err
		}
		for _, x := range rows {
			switch {
			case x.n >= int64(len(want)):
				fault("log", fmt.Sprint(x.n), "the tree goes on behind the last entry: entries were cut off")
				return nil
			case x.n != at || want[at].String() != x.hash:
				level, n := tlog.SplitStoredHashIndex(at)
				fault("log", fmt.Sprint(n<<level), "the tree that was kept and the entries differ, first at entry %d", n<<level)
				return nil
			}
			at++
		}
		if len(rows) == 0 {
			break
		}
	}
	if at < int64(len(want)) {
		_, n := tlog.SplitStoredHashIndex(at)
		fault("log", fmt.Sprint(n), "the tree ends before the entries do")
	}
	return nil
}

// checkChanges sets the numbers of changes beside the log: they say which
// derived data is of which study. An article may be numbered more than once.
func (s *Store) checkChanges(ctx context.Context, logged map[string]map[string]string, texts map[string]bool, fault func(what, id, format string, a ...any)) error {
	changes, err := s.Changes(ctx, -1)
	if err != nil {
		return err
	}
	numbered := map[Change]bool{}
	for i, c := range changes {
		if c.Seq != int64(i+1) {
			fault("log", fmt.Sprint(c.Seq), "the changes are not numbered one after another: %d stands where %d should", c.Seq, i+1)
			return nil
		}
		_, known := logged[c.What][c.ID]
		if c.What == "article" {
			known = texts[c.ID]
		}
		if !known {
			fault("log", fmt.Sprint(c.Seq), "change %d (%.20q %.12s) was not logged", c.Seq, c.What, c.ID)
		}
		c.Seq = 0
		numbered[c] = true
	}
	for _, what := range []string{leafCapture, leafDecision} {
		for _, id := range slices.Sorted(maps.Keys(logged[what])) {
			if !numbered[Change{What: what, ID: id}] {
				fault("log", id, "%s %.12s is no change that is numbered", what, id)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		if !numbered[Change{What: "article", ID: id}] {
			fault("log", id, "article %.12s is no change that is numbered", id)
		}
	}
	return nil
}

// Consistent reports, by a proof over the tree that was kept, whether the log
// was only added to since a checkpoint of it: with recount.ErrTampered if not.
func (s *Store) Consistent(ctx context.Context, c recount.Checkpoint) error {
	now, err := s.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if c.Size > now.Size {
		return fmt.Errorf("the log has %d entries and had %d: %w", now.Size, c.Size, recount.ErrTampered)
	}
	then, err := s.CheckpointAt(ctx, c.Size)
	if err == nil && then.Root != c.Root {
		err = fmt.Errorf("the first %d entries of the log are others than then: %w", c.Size, recount.ErrTampered)
	}
	return err
}

// A Signature is one by an SSH key on the id of a decision.
type Signature struct {
	Decision string
	Signer   string // public key, as in authorized_keys
	Armored  string // as ssh-keygen -Y sign writes it
}

// PutSignatures keeps signatures, all or none; known ones are left.
func (s *Store) PutSignatures(ctx context.Context, signatures []Signature) error {
	if len(signatures) == 0 {
		return nil
	}
	return s.study.change(ctx, "keep signatures", func(w *writer) error {
		for _, x := range signatures {
			if err := whole("signature", recount.Key(x.Decision), x.Decision, x.Signer, x.Armored); err != nil {
				return err
			}
			n, err := w.exec(ctx, "signature_put", x.Decision, x.Signer, x.Armored)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			if err := w.log(ctx, leafSignature, x.Decision+" "+x.Signer, sumArgs(x.Decision, x.Signer, x.Armored)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Signatures returns all signatures, by decision and signer.
func (s *Store) Signatures(ctx context.Context) ([]Signature, error) {
	return read(ctx, s.study, "read signatures", "signatures", func(r *sql.Rows) (x Signature, err error) {
		return x, r.Scan(&x.Decision, &x.Signer, &x.Armored)
	})
}
