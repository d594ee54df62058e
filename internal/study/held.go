package study

// Here is how a file of decisions says which it holds, so that one from which
// lines were cut can be told from one that is whole.

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"recount"
)

// A heldList is what an export says of the decisions that it held.
type heldList struct {
	ids     []string
	entries *merkle // of the log that the same export tells of; nil if of none
	digest  string  // over the list and the checkpoint beside it; "" if the export says none
	changed bool    // they have another digest
}

// An idsLine is the form of a part of a list in a file of decisions: ids, one
// behind the other, in base 64.
type idsLine struct {
	IDs string `json:"ids"`
}

// An endLine is the form of the last line of an export.
type endLine struct {
	End *struct {
		Decisions int    `json:"decisions"`
		Digest    string `json:"digest,omitempty"`
	} `json:"end"`
}

// digestOf is the SHA-256 over the list of an export and the checkpoint that it was
// written beside, nil if beside none: whoever takes an id out of the list has to
// compute it anew.
func digestOf(ids []string, c *recount.Checkpoint) (string, error) {
	h := sha256.New()
	if c != nil {
		line, err := writeCheckpointLine(*c)
		if err != nil {
			return "", err
		}
		h.Write(append(line, '\n'))
	}
	for _, id := range ids {
		io.WriteString(h, id+"\n")
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// writeList writes the last lines of an export: which decisions it holds, behind
// which checkpoint, nil if behind none.
func writeList(ids []string, c *recount.Checkpoint) (out []byte, err error) {
	put := func(v any) error {
		line, err := recount.Canonical(v)
		out = append(append(out, line...), '\n')
		return err
	}
	for some := range slices.Chunk(ids, leavesALine) {
		var b []byte
		for _, id := range some {
			raw, err := hex.DecodeString(id)
			if err != nil {
				return nil, fmt.Errorf("list the decisions: %w", err)
			}
			b = append(b, raw...)
		}
		if err := put(idsLine{base64.StdEncoding.EncodeToString(b)}); err != nil {
			return nil, err
		}
	}
	var end endLine
	digest, err := digestOf(ids, c)
	if err != nil {
		return nil, err
	}
	end.End = &struct {
		Decisions int    `json:"decisions"`
		Digest    string `json:"digest,omitempty"`
	}{len(ids), digest}
	return out, put(end)
}

// parseList reads a line that writeList wrote into l; ok is false if the line is
// something else, and ended is true if it ends the list.
func parseList(line []byte, l *heldList) (ended, ok bool, err error) {
	strict := func(to any) error {
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		if err := dec.Decode(to); err != nil || dec.More() {
			return fmt.Errorf("%w: it is no list of decisions", recount.ErrInvalid)
		}
		return nil
	}
	switch {
	case bytes.HasPrefix(line, []byte(`{"ids":`)):
		var x idsLine
		if err := strict(&x); err != nil {
			return false, true, err
		}
		b, err := base64.StdEncoding.Strict().DecodeString(x.IDs)
		if err != nil || len(b) == 0 || len(b)%tlog.HashSize != 0 || strings.ContainsAny(x.IDs, "\r\n") {
			return false, true, fmt.Errorf("%w: these are no ids of decisions", recount.ErrInvalid)
		}
		for id := range slices.Chunk(b, tlog.HashSize) {
			l.ids = append(l.ids, hex.EncodeToString(id))
		}
		return false, true, nil
	case bytes.HasPrefix(line, []byte(`{"end":`)):
		var x endLine
		if err := strict(&x); err != nil {
			return false, true, err
		}
		if x.End == nil || x.End.Decisions != len(l.ids) {
			return false, true, fmt.Errorf("%w: the list of its decisions is not whole", recount.ErrInvalid)
		}
		if d := x.End.Digest; d != "" && (len(d) != 2*sha256.Size || strings.Trim(d, "0123456789abcdef") != "") {
			return false, true, fmt.Errorf("%w: it is no digest of a list of decisions", recount.ErrInvalid)
		}
		l.digest = x.End.Digest
		return true, true, nil
	}
	return false, false, nil
}

// places is how many places are named at which decisions were cut out.
const places = 5

// cut says what a file does not hold any more of what was written to it, and
// what it holds besides; known are the decisions that are here. Who cuts a line,
// takes its id out of the list as well and computes the digest of the list anew is
// not found by this.
func (f *decisionsFile) cut(known *recount.Log) (out []string) {
	again := "; get the file again from whoever exported it"
	there := map[string]bool{}
	for i := range f.Decisions {
		there[f.Decisions[i].ID] = true
	}
	listed := map[string]bool{}
	strange := 0 // listed, and not in the log that stands beside the list
	for _, l := range f.Lists {
		leaves := map[tlog.Hash]bool{}
		if l.entries != nil {
			for n := range l.entries.size {
				leaves[l.entries.leaf(n)] = true
			}
		}
		for _, id := range l.ids {
			listed[id] = true
			if l.entries != nil && !leaves[leafOf(id)] {
				strange++
			}
		}
	}
	all := make([]string, 0, len(listed))
	for id := range listed {
		all = append(all, id)
	}
	slices.Sort(all)
	missing, here := 0, 0
	var where []string // and how many
	for i := 0; i < len(all); i++ {
		from := i
		for ; i < len(all) && !there[all[i]]; i++ {
			missing++
			if known.Find(all[i]) != nil {
				here++
			}
		}
		switch {
		case i == from:
		case from == 0 && i == len(all):
			where = append(where, "all of them")
		case from == 0:
			where = append(where, fmt.Sprintf("%d before %.12s", i, all[i]))
		case i == len(all):
			where = append(where, fmt.Sprintf("%d behind %.12s", i-from, all[from-1]))
		default:
			where = append(where, fmt.Sprintf("%d between %.12s and %.12s", i-from, all[from-1], all[i]))
		}
	}
	if missing > 0 {
		text := fmt.Sprintf("%d of the %d decisions that the file held when it was written are not in it: %s", missing, len(all), strings.Join(where[:min(places, len(where))], ", "))
		if n := len(where) - places; n > 0 {
			text += fmt.Sprintf(", and at %d more places", n)
		}
		switch here {
		case 0:
		case missing:
			text += "; this study has all of them"
		default:
			text += fmt.Sprintf("; this study has %d of them", here)
		}
		out = append(out, text+again)
	}
	more := 0
	for id := range there {
		if !listed[id] {
			more++
		}
	}
	switch {
	case len(f.Lists) == 0:
		out = append(out, "the file does not say which decisions it held when it was written: its end was cut off, or an older recount wrote it; whether decisions are missing cannot be known"+again)
	case more > 0:
		out = append(out, fmt.Sprintf("%d of the decisions in the file are not in its list: two files were put together, and one of them is not whole"+again, more))
	case f.Loose:
		out = append(out, "something stands behind the end of the file: two files were put together, and one of them is not whole"+again)
	}
	listedAnew, unsaid := false, false
	for _, l := range f.Lists {
		listedAnew, unsaid = listedAnew || l.changed, unsaid || l.digest == ""
	}
	switch {
	case len(out) > 0 || strange > 0:
	case listedAnew:
		out = append(out, "the list of the decisions in the file is not the one that it was written with: decisions were cut out of both, or put in"+again)
	case unsaid:
		out = append(out, "the file does not say the digest of its list of decisions: it was taken out, or an older recount wrote it; whether decisions were cut out of the list cannot be known"+again)
	}
	if strange > 0 {
		out = append(out, fmt.Sprintf("%d of the decisions that the file lists are not in the log beside them, which is that of another file"+again, strange))
	}
	return out
}

// leafOf is the hash of the entry of a log for a decision.
func leafOf(id string) tlog.Hash {
	b, err := recount.Leaf{What: "decision", ID: id}.Bytes()
	if err != nil { // of strings there is none
		return tlog.Hash{}
	}
	return tlog.RecordHash(b)
}
