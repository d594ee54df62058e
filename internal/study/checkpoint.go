package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/mod/sumdb/tlog"

	"recount"
	"recount/internal/disk"
)

// checkpointsFile holds a checkpoint of the log for every session that changed
// something, one a line: log, size and root.
const checkpointsFile = "checkpoints.txt"

// checkpointEnd ends the name of the checkpoint that lies beside a report.
const checkpointEnd = ".checkpoint"

// metaCheckpoints is the setting, logged like every other, which says how many
// entries the log had at the first checkpoint that was kept since there is this
// setting: without it a file that is gone would look like one that never was.
const metaCheckpoints = "checkpoints"

func lineOf(c recount.Checkpoint) string { return fmt.Sprintf("%s %d %s\n", c.Log, c.Size, c.Root) }

// parseLine reads one line of checkpoints.txt.
func parseLine(line string) (recount.Checkpoint, error) {
	f := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "\ufeff"), "\r"), " ")
	if len(f) != 3 {
		return recount.Checkpoint{}, fmt.Errorf("%.80q is no checkpoint: %w", line, recount.ErrInvalid)
	}
	return recount.ParseCheckpoint("recount/" + f[0] + "\n" + f[1] + "\n" + f[2] + "\n")
}

// keepCheckpoint adds the checkpoint of the log to checkpoints.txt if something
// was logged since the last one. A study that may only be read keeps none.
func (s *Study) keepCheckpoint(ctx context.Context) error {
	if s.store.Full() {
		return nil // nothing was added
	}
	c, err := s.store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	path := filepath.Join(s.Dir, checkpointsFile)
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil // recheck says that it cannot be read
	}
	if strings.HasSuffix("\n"+string(data), "\n"+lineOf(c)) {
		return nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil
	}
	if err != nil {
		return notKept(err)
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		_, err = f.WriteString("\n")
	}
	put := func() error {
		_, err := f.WriteString(lineOf(c))
		return errors.Join(err, f.Sync())
	}
	if err == nil {
		err = put()
	}
	if err == nil && len(data) == 0 {
		err = disk.Sync(s.Dir)
	}
	// The log names the first checkpoint only once that is on the disk.
	begun := err != nil
	if err == nil {
		begun, err = s.begun(ctx)
	}
	if err == nil && !begun {
		if err = s.store.SetMeta(ctx, metaCheckpoints, strconv.FormatInt(c.Size, 10)); err == nil {
			c, err = s.store.Checkpoint(ctx)
		}
		if err == nil {
			err = put()
		}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return notKept(err)
	}
	return nil
}

// notKept is what is said when a session has ended and its checkpoint was not
// written.
func notKept(err error) error {
	return recount.WithHint(fmt.Errorf("keep a checkpoint: %w", err),
		"look whether the disk is full or damaged, or "+checkpointsFile+" is no ordinary file; what was reported done is kept, and the next session that can keep a checkpoint covers it")
}

// begun reports whether it was ever logged that checkpoints are kept.
func (s *Study) begun(ctx context.Context) (bool, error) {
	if begun, err := s.store.Meta(ctx, metaCheckpoints); err != nil || begun != "" {
		return begun != "", err
	}
	for leaf, err := range s.store.Leaves(ctx, 0) {
		if err != nil || leaf.What == "setting" && leaf.ID == metaCheckpoints {
			return true, err // somebody took the setting away; recheck says so
		}
	}
	return false, nil
}

// putCheckpoint writes the checkpoint beside what was produced under out/: of
// the log as it is, with the hash of the file that stands for the product.
func (s *Study) putCheckpoint(ctx context.Context, name, file string) error {
	c, err := s.store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	return s.writeCheckpoint(c, name, file)
}

func (s *Study) writeCheckpoint(c recount.Checkpoint, name, file string) error {
	sum, err := hashOf(filepath.Join(s.Dir, outDir, filepath.FromSlash(file)))
	if err != nil {
		return fmt.Errorf("checkpoint of %s: %w", name, err)
	}
	c.More = []string{"sha256 " + sum + " " + file}
	if err := disk.Write(filepath.Join(s.Dir, outDir, name+checkpointEnd), []byte(c.String())); err != nil {
		return fmt.Errorf("checkpoint of %s: %w", name, err)
	}
	return nil
}

func hashOf(path string) (string, error) {
	data, err := os.ReadFile(path)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}

// A heldCheckpoint is one that somebody kept, with where it stands.
type heldCheckpoint struct {
	toldLog
	from string
	ids  []string // of the decisions that stand beside it, if it came with an export
}

// readCheckpoints reads what was kept of the log of a study: a checkpoint, a
// report or the checkpoint beside it, the checkpoints.txt of a copy, or a file
// of decisions as export writes it.
func readCheckpoints(path string) ([]heldCheckpoint, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		beside := filepath.Clean(path) + checkpointEnd
		if _, err := os.Stat(beside); err == nil {
			path = beside
		} else {
			path = filepath.Join(path, checkpointsFile)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, recount.WithHint(err, "name a checkpoint, a report under out/, or a file that `recount decisions export` wrote")
	}
	text := string(data)
	if c, err := recount.ParseCheckpoint(text); err == nil {
		return []heldCheckpoint{{toldLog: toldLog{Checkpoint: c}, from: path}}, nil
	}
	var out []heldCheckpoint
	if strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")), "{") {
		f, err := parseDecisions(strings.NewReader(text))
		if err != nil {
			return nil, notKeptCheckpoint(path)
		}
		var ids []string
		for _, d := range f.Decisions {
			ids = append(ids, d.ID)
		}
		for _, t := range f.Logs {
			out = append(out, heldCheckpoint{t, path, ids})
		}
	} else {
		for line := range strings.Lines(text) {
			c, err := parseLine(strings.TrimSuffix(line, "\n"))
			if err != nil {
				return nil, notKeptCheckpoint(path)
			}
			out = append(out, heldCheckpoint{toldLog: toldLog{Checkpoint: c}, from: path})
		}
	}
	if len(out) == 0 {
		return nil, recount.WithHint(fmt.Errorf("%s: %w: it holds no checkpoint", path, recount.ErrInvalid), "an export of recount 0.2 or older has none; name a checkpoint or a report under out/")
	}
	return out, nil
}

func notKeptCheckpoint(path string) error {
	return recount.WithHint(fmt.Errorf("%s: %w: it is no checkpoint, and no export of decisions", path, recount.ErrInvalid), "name a checkpoint, a report under out/, or a file that `recount decisions export` wrote")
}

// rootOf returns the root of the Merkle tree (RFC 6962) over ids, sorted: one
// name for a set, whatever the order of arrival.
func rootOf(ids []string) (string, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	m := &merkle{}
	for _, id := range ids {
		if err := m.add(tlog.RecordHash([]byte(id))); err != nil {
			return "", err
		}
	}
	return m.root(m.size)
}
