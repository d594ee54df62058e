package study

// Here is what moves decisions between copies of a study and between studies.

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"recount"
	"recount/internal/store"
)

// maxDecision is the largest decision that is read, in bytes.
const maxDecision = 16 << 20

// A decisionsFile is what a file of decisions holds.
type decisionsFile struct {
	Decisions  []recount.Decision
	Logs       []toldLog // of the copy that wrote it
	Signatures []store.Signature
	Lists      []heldList // one for each export that it is made of
	Loose      bool       // something stands behind the last list, or there is none: its end is not that of an export
}

// A checkpointLine is the form of a checkpoint in a file of decisions.
type checkpointLine struct {
	Checkpoint *struct {
		Log  string `json:"log"`
		Root string `json:"root"`
		Size int64  `json:"size"`
	} `json:"checkpoint"`
}

// writeCheckpointLine writes a checkpoint as a line of a file of decisions.
func writeCheckpointLine(c recount.Checkpoint) ([]byte, error) {
	var l checkpointLine
	l.Checkpoint = &struct {
		Log  string `json:"log"`
		Root string `json:"root"`
		Size int64  `json:"size"`
	}{c.Log, c.Root, c.Size}
	return recount.Canonical(l)
}

// strictly reads a line of a file of decisions that is none, with the fields of v,
// each once, and nothing behind it.
func strictly(line []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if dec.More() {
		return recount.ErrInvalid
	}
	return recount.CheckFields(line, v)
}

// leavesALine is how many hashes of entries of a log stand in one line.
const leavesALine = 768

// A leavesLine is the form of entries of a log in a file of decisions: their
// hashes, one behind the other, in base 64.
type leavesLine struct {
	Leaves string `json:"leaves"`
}

// writeLog writes what a file of decisions says of a log: its entries and its
// checkpoint. Of a damaged log, whose entries are not those of its checkpoint,
// that alone is written, so that the decisions can still be brought away.
func writeLog(c recount.Checkpoint, entries *merkle) ([]byte, error) {
	var out []byte
	put := func(line []byte, err error) error {
		out = append(append(out, line...), '\n')
		return err
	}
	if whole, err := holdsEntries(entries, c); err != nil {
		return nil, err
	} else if whole && entries.size == c.Size {
		for n := int64(0); n < c.Size; {
			var b []byte
			for range min(leavesALine, c.Size-n) {
				h := entries.leaf(n)
				b = append(b, h[:]...)
				n++
			}
			if err := put(recount.Canonical(leavesLine{base64.StdEncoding.EncodeToString(b)})); err != nil {
				return nil, err
			}
		}
	}
	err := put(writeCheckpointLine(c))
	return out, err
}

// parseLeaves reads entries of a log, as writeLog writes them, into m; ok is
// false if the line is something else.
func parseLeaves(line []byte, m *merkle) (ok bool, err error) {
	if !bytes.HasPrefix(line, []byte(`{"leaves":`)) {
		return false, nil
	}
	var l leavesLine
	if err := strictly(line, &l); err != nil {
		return true, fmt.Errorf("%w: these are no entries of a log", recount.ErrInvalid)
	}
	b, err := base64.StdEncoding.Strict().DecodeString(l.Leaves)
	if err != nil || len(b) == 0 || len(b)%tlog.HashSize != 0 || strings.ContainsAny(l.Leaves, "\r\n") {
		return true, fmt.Errorf("%w: these are no hashes of entries of a log", recount.ErrInvalid)
	}
	for h := range slices.Chunk(b, tlog.HashSize) {
		if err := m.add(tlog.Hash(h)); err != nil {
			return true, err
		}
	}
	return true, nil
}

// tell puts a checkpoint and the entries before it together.
func tell(c recount.Checkpoint, entries *merkle) (toldLog, error) {
	t := toldLog{Checkpoint: c}
	if entries.size == 0 {
		return t, nil // a file of an older version
	}
	if entries.size != c.Size {
		return t, fmt.Errorf("%w: the checkpoint is of %d entries of a log, and %d stand before it", recount.ErrInvalid, c.Size, entries.size)
	}
	t.entries = entries
	if ok, err := holdsEntries(entries, c); err != nil {
		return t, err
	} else if !ok {
		return t, fmt.Errorf("%w: the entries of the log before it are not those that the checkpoint is of", recount.ErrTampered)
	}
	return t, nil
}

// parseCheckpoint reads what writeCheckpointLine writes; ok is false if the line is
// something else.
func parseCheckpoint(line []byte) (c recount.Checkpoint, ok bool, err error) {
	if !bytes.HasPrefix(line, []byte(`{"checkpoint":`)) {
		return c, false, nil
	}
	var l checkpointLine
	if err := strictly(line, &l); err != nil || l.Checkpoint == nil {
		return c, true, fmt.Errorf("%w: it is no checkpoint", recount.ErrInvalid)
	}
	c, err = recount.ParseCheckpoint(recount.Checkpoint{Log: l.Checkpoint.Log, Size: l.Checkpoint.Size, Root: l.Checkpoint.Root}.String())
	return c, true, err
}

// A signatureLine is the form of a signature in a file of decisions.
type signatureLine struct {
	Signature *struct {
		Decision string `json:"decision"`
		Key      string `json:"key"`
		Text     string `json:"text"`
	} `json:"signature"`
}

// writeSignatureLine writes a signature as a line of a file of decisions.
func writeSignatureLine(x store.Signature) ([]byte, error) {
	var l signatureLine
	l.Signature = &struct {
		Decision string `json:"decision"`
		Key      string `json:"key"`
		Text     string `json:"text"`
	}{x.Decision, x.Signer, x.Armored}
	return recount.Canonical(l)
}

// parseSignature reads what writeSignatureLine writes and checks that the
// signature fits; ok is false if the line is something else.
func parseSignature(line []byte) (x store.Signature, ok bool, err error) {
	if !bytes.HasPrefix(line, []byte(`{"signature":`)) {
		return x, false, nil
	}
	var l signatureLine
	if err := strictly(line, &l); err != nil || l.Signature == nil {
		return x, true, fmt.Errorf("%w: it is no signature", recount.ErrInvalid)
	}
	x = store.Signature{Decision: l.Signature.Decision, Signer: l.Signature.Key, Armored: l.Signature.Text}
	key, err := verify(ofDecision, x.Decision, x.Armored)
	if err == nil && authorized(key) != x.Signer {
		err = fmt.Errorf("signature of decision %.12s: it is by another key than it says: %w", x.Decision, recount.ErrTampered)
	}
	return x, true, err
}

// parseDecisions reads every decision of r, or none if a line is broken.
func parseDecisions(r io.Reader) (*decisionsFile, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxDecision)
	var out decisionsFile
	entries := &merkle{}
	var listed heldList // that the next end closes
	logs := 0           // before the list that is being read
	n := 0
	broken := func(err error) error {
		return recount.WithHint(fmt.Errorf("import decisions: line %d: %w", n, err),
			"nothing was imported; get the file again from whoever exported it")
	}
	for sc.Scan() {
		n++
		line := bytes.TrimSpace(sc.Bytes())
		if len(line) == 0 {
			continue
		}
		loose := out.Loose
		out.Loose = true
		if c, ok, err := parseCheckpoint(line); ok {
			var t toldLog
			if err == nil {
				t, err = tell(c, entries)
			}
			if err != nil {
				return nil, broken(err)
			}
			out.Logs = append(out.Logs, t)
			entries = &merkle{}
			continue
		}
		if ok, err := parseLeaves(line, entries); ok {
			if err != nil {
				return nil, broken(err)
			}
			continue
		}
		if ended, ok, err := parseList(line, &listed); ok {
			if err != nil {
				return nil, broken(err)
			}
			if ended {
				if logs < len(out.Logs) {
					listed.entries = out.Logs[len(out.Logs)-1].entries
				}
				if listed.changed, err = changedList(&listed, out.Logs); err != nil {
					return nil, broken(err)
				}
				out.Lists, listed, logs, out.Loose = append(out.Lists, listed), heldList{}, len(out.Logs), false
			}
			continue
		}
		if ok, err := parseListSignature(line, out.Lists); ok {
			if err != nil {
				return nil, broken(err)
			}
			out.Loose = loose
			continue
		}
		if x, ok, err := parseSignature(line); ok {
			if err != nil {
				return nil, broken(err)
			}
			out.Signatures = append(out.Signatures, x)
			continue
		}
		var d recount.Decision
		if err := json.Unmarshal(line, &d); err != nil {
			return nil, broken(fmt.Errorf("%w: it is no decision", recount.ErrInvalid))
		}
		if err := d.CheckLine(line); err != nil {
			return nil, broken(err)
		}
		if err := d.Check(); err != nil {
			return nil, broken(err)
		}
		out.Decisions = append(out.Decisions, d)
	}
	if err := sc.Err(); err != nil {
		n++
		return nil, broken(err)
	}
	out.Loose = out.Loose || len(out.Lists) == 0
	if entries.size > 0 {
		return nil, broken(fmt.Errorf("%w: the file ends before the checkpoint of its log", recount.ErrInvalid))
	}
	return &out, nil
}

// changedList reports whether a list has another digest than it says: over it and
// the checkpoint before it, or over it alone, as answers are written that are no
// whole export.
func changedList(l *heldList, before []toldLog) (bool, error) {
	if l.digest == "" {
		return false, nil
	}
	alone, err := digestOf(l.ids, nil)
	if err != nil || alone == l.digest || len(before) == 0 {
		return alone != l.digest, err
	}
	beside, err := digestOf(l.ids, &before[len(before)-1].Checkpoint)
	return beside != l.digest, err
}

// remake makes decisions of another study anew, as decisions of this one by as, in
// an order in which what a decision refers to is made before it. Study files
// and rules are this study's own, also where an answer builds on those of the
// other one. What is left out is named by nothing that is taken.
func remake(ds []recount.Decision, study, as string) ([]recount.Decision, error) {
	sort.Slice(ds, func(i, j int) bool { return ds[i].ID < ds[j].ID })
	byID := map[string]*recount.Decision{}
	for i := range ds {
		byID[ds[i].ID] = &ds[i]
	}
	now := map[string]string{} // old id -> new id
	var out []recount.Decision
	var make func(d *recount.Decision) error
	make = func(d *recount.Decision) error {
		if _, done := now[d.ID]; done || left(d) {
			return nil
		}
		now[d.ID] = "" // a forged cycle ends here
		refs := func(ids []string) (to []string, err error) {
			for _, id := range ids {
				if b := byID[id]; b != nil {
					if left(b) {
						continue // who builds on it would wait for ever
					}
					if err := make(b); err != nil {
						return nil, err
					}
				}
				if n := now[id]; n != "" {
					id = n
				}
				to = append(to, id)
			}
			return to, nil
		}
		base, err := refs(d.Base)
		if err != nil {
			return err
		}
		replaces, err := refs(d.Replaces)
		if err != nil {
			return err
		}
		at, err := time.Parse(time.RFC3339, d.Time)
		if err != nil {
			return fmt.Errorf("decision %.12s: time: %w", d.ID, recount.ErrInvalid)
		}
		n, err := recount.Seal(recount.Draft{Kind: d.Kind, Study: study, Round: d.Round, Group: d.Group, Actor: as, Time: at, Base: base,
			Replaces: replaces, Reason: d.Erasable.Reason, Salt: d.Erasable.Salt, Body: d.Erasable.Body})
		if err != nil {
			return err
		}
		now[d.ID] = n.ID
		out = append(out, n)
		return nil
	}
	for i := range ds {
		if err := make(&ds[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// left reports whether a decision of another study is not taken over.
func left(d *recount.Decision) bool {
	return d.Erasable == nil || d.Kind == recount.KindFile || d.Kind == recount.KindRule
}

// unproved returns the first decision of a file that comes without its answer
// though no removal, in the file or known, says that it was erased; "" if there
// is none. A file that lost answers must not take them from others. The header
// of a removal is enough, since its own reason may have been erased.
func unproved(ds []recount.Decision, known *recount.Log) string {
	gone := map[string]bool{}
	note := func(d *recount.Decision) {
		if d.Kind == recount.KindRemove {
			for _, id := range d.Base {
				gone[id] = true
			}
		}
	}
	for i := range ds {
		note(&ds[i])
	}
	for _, d := range known.All() {
		note(d)
	}
	for i := range ds {
		if id := ds[i].ID; ds[i].Erasable == nil && !gone[id] {
			if k := known.Find(id); k == nil || k.Erasable != nil {
				return id
			}
		}
	}
	return ""
}

// resolveIDs finds decisions by the first digits of their ids.
func resolveIDs(l *recount.Log, ids []string) (full []string, err error) {
	for _, p := range ids {
		hit := ""
		for _, d := range l.All() {
			id := d.ID
			if len(p) < 4 || len(id) < len(p) || id[:len(p)] != p {
				continue
			}
			if hit != "" {
				return nil, recount.WithHint(fmt.Errorf("decision %s: %w: several begin like this", p, recount.ErrInvalid), "give more digits")
			}
			hit = id
		}
		if hit == "" {
			return nil, recount.WithHint(fmt.Errorf("decision %s: %w", p, recount.ErrNotFound),
				"give the first 4 digits of its id or more; `recount decisions list` shows them")
		}
		full = append(full, hit)
	}
	return full, nil
}
