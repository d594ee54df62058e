package study

// Here is what moves decisions between copies of a study and between studies.

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"recount"
	"recount/internal/store"
	"sort"
	"time"
)

// maxDecision is the largest decision that is read, in bytes.
const maxDecision = 16 << 20

// A decisionsFile is what a file of decisions holds.
type decisionsFile struct {
	Decisions   []recount.Decision
	Checkpoints []recount.Checkpoint // of the log of the copy that wrote it
	Signatures  []store.Signature
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

// parseCheckpoint reads what writeCheckpointLine writes; ok is false if the line is
// something else.
func parseCheckpoint(line []byte) (c recount.Checkpoint, ok bool, err error) {
	if !bytes.HasPrefix(line, []byte(`{"checkpoint":`)) {
		return c, false, nil
	}
	var l checkpointLine
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil || l.Checkpoint == nil || dec.More() {
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
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil || l.Signature == nil || dec.More() {
		return x, true, fmt.Errorf("%w: it is no signature", recount.ErrInvalid)
	}
	x = store.Signature{Decision: l.Signature.Decision, Signer: l.Signature.Key, Armored: l.Signature.Text}
	key, err := verify(x.Decision, x.Armored)
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
		if c, ok, err := parseCheckpoint(line); ok {
			if err != nil {
				return nil, broken(err)
			}
			out.Checkpoints = append(out.Checkpoints, c)
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
		if err := d.Check(); err != nil {
			return nil, broken(err)
		}
		out.Decisions = append(out.Decisions, d)
	}
	if err := sc.Err(); err != nil {
		n++
		return nil, broken(err)
	}
	return &out, nil
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
