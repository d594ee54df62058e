package study

// Here is how a file of decisions says which it holds, so that one from which
// lines were cut can be told from one that is whole.

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/mod/sumdb/tlog"

	"recount"
)

// A heldList is what an export says of the decisions that it held.
type heldList struct {
	ids     []string
	entries *merkle // of the log that the same export tells of; nil if of none
	digest  string  // over the list and the checkpoint beside it; "" if the export says none
	changed bool    // they have another digest, or another list was signed
	signers []ssh.PublicKey
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
		if err := strictly(line, to); err != nil {
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

// A listSignatureLine is the form of a signature of a list, which stands behind its
// end.
type listSignatureLine struct {
	Signed *struct {
		Digest string `json:"digest"`
		Key    string `json:"key"`
		Text   string `json:"text"`
	} `json:"signed"`
}

// signList writes the line that signs a list and the checkpoint that it was written
// beside.
func signList(signer ssh.Signer, ids []string, c *recount.Checkpoint) ([]byte, error) {
	digest, err := digestOf(ids, c)
	if err != nil {
		return nil, err
	}
	text, err := sign(signer, ofList, digest)
	if err != nil {
		return nil, fmt.Errorf("sign the list: %w", err)
	}
	var l listSignatureLine
	l.Signed = &struct {
		Digest string `json:"digest"`
		Key    string `json:"key"`
		Text   string `json:"text"`
	}{digest, authorized(signer.PublicKey()), text}
	line, err := recount.Canonical(l)
	return append(line, '\n'), err
}

// parseListSignature reads a line that signList wrote into the last of the lists; ok
// is false if the line is something else. One of another list says that this one was
// changed.
func parseListSignature(line []byte, lists []heldList) (ok bool, err error) {
	if !bytes.HasPrefix(line, []byte(`{"signed":`)) {
		return false, nil
	}
	var x listSignatureLine
	if err := strictly(line, &x); err != nil || x.Signed == nil {
		return true, fmt.Errorf("%w: it is no signature of a list", recount.ErrInvalid)
	}
	if len(lists) == 0 {
		return true, fmt.Errorf("%w: it signs a list that is not there", recount.ErrInvalid)
	}
	key, err := verify(ofList, x.Signed.Digest, x.Signed.Text)
	if err == nil && authorized(key) != x.Signed.Key {
		err = fmt.Errorf("signature of the list: it is by another key than it says: %w", recount.ErrTampered)
	}
	if err != nil {
		return true, err
	}
	l := &lists[len(lists)-1]
	if l.digest != x.Signed.Digest {
		l.changed = true
	} else {
		l.signers = append(l.signers, key)
	}
	return true, nil
}

// checkList names who signed the lists of a file, and refuses one that name must
// have signed and did not, or of which something was cut.
func (s *Study) checkList(f *decisionsFile, cut []Cut, name string) (by []string, err error) {
	people, err := s.readSigners()
	if err != nil {
		return nil, err
	}
	all := len(f.Lists) > 0
	for _, l := range f.Lists {
		is := false
		for _, key := range l.signers {
			is = is || people.may(name, key, ofList)
			if names := people.whose(key, ofList); len(names) > 0 && !l.changed {
				by = append(by, names...)
			} else if !l.changed {
				by = append(by, ssh.FingerprintSHA256(key))
			}
		}
		all = all && is && !l.changed
	}
	slices.Sort(by)
	by = slices.Compact(by)
	switch {
	case name == "":
		return by, nil
	case len(people[name]) == 0:
		return nil, recount.WithHint(fmt.Errorf("import decisions: %w: %s names no key of %s; nothing was imported", recount.ErrNotFound, signersFile, name),
			"put a name and a public key into it, as in: ada ssh-ed25519 AAAA...")
	case !all:
		return nil, recount.WithHint(fmt.Errorf("import decisions: %w: no key of %s signed the list of the decisions in the file, or not this list; nothing was imported", recount.ErrConflict, name),
			"ask for a file that `recount decisions export FILE --key KEY` wrote")
	case len(cut) > 0:
		return nil, recount.WithHint(fmt.Errorf("import decisions: %w: %s; nothing was imported", recount.ErrConflict, cut[0]), "without --listed-by what is there is taken")
	}
	return by, nil
}

// places is how many places are named at which decisions were cut out.
const places = 5

// A Cut says what a file does not hold any more of what was written to it, or what
// it holds besides.
type Cut struct {
	What   CutWhat
	N      int        // decisions that it is said of
	Of     int        // that the file listed; of CutMissing alone, as what follows
	Here   int        // of those that are missing
	Places []CutPlace // where they are missing, the first of them
	More   int        // places
}

// A CutPlace is one at which decisions are missing: between two that are there.
// Both are "" if all are missing.
type CutPlace struct {
	N             int
	After, Before string // first digits of ids; "" at an end of the list
}

// What is the matter with the list of a file of decisions.
type CutWhat string

const (
	CutMissing    CutWhat = "missing"    // N of those that it lists are not in it
	CutUnlisted   CutWhat = "unlisted"   // N that are in it are not in its list
	CutBehind     CutWhat = "behind"     // something stands behind its end
	CutNoList     CutWhat = "nolist"     // it has no list
	CutRelisted   CutWhat = "relisted"   // its list has another digest
	CutUndigested CutWhat = "undigested" // its list has none
	CutStrange    CutWhat = "strange"    // N that it lists are not in the log beside the list
)

// String says it in English, with what to do.
func (c Cut) String() string {
	const again = "; get the file again from whoever exported it"
	switch c.What {
	case CutMissing:
		var where []string
		for _, p := range c.Places {
			switch {
			case p.After == "" && p.Before == "":
				where = append(where, "all of them")
			case p.After == "":
				where = append(where, fmt.Sprintf("%d before %s", p.N, p.Before))
			case p.Before == "":
				where = append(where, fmt.Sprintf("%d behind %s", p.N, p.After))
			default:
				where = append(where, fmt.Sprintf("%d between %s and %s", p.N, p.After, p.Before))
			}
		}
		text := fmt.Sprintf("%d of the %d decisions that the file held when it was written are not in it: %s", c.N, c.Of, strings.Join(where, ", "))
		if c.More > 0 {
			text += fmt.Sprintf(", and at %d more places", c.More)
		}
		switch c.Here {
		case 0:
		case c.N:
			text += "; this study has all of them"
		default:
			text += fmt.Sprintf("; this study has %d of them", c.Here)
		}
		return text + again
	case CutUnlisted:
		return fmt.Sprintf("%d of the decisions in the file are not in its list: two files were put together, and one of them is not whole"+again, c.N)
	case CutBehind:
		return "something stands behind the end of the file: two files were put together, and one of them is not whole" + again
	case CutNoList:
		return "the file does not say which decisions it held when it was written: its end was cut off, or an older recount wrote it; whether decisions are missing cannot be known" + again
	case CutRelisted:
		return "the list of the decisions in the file is not the one that it was written with: decisions were cut out of both, or put in" + again
	case CutUndigested:
		return "the file does not say the digest of its list of decisions: it was taken out, or an older recount wrote it; whether decisions were cut out of the list cannot be known" + again
	}
	return fmt.Sprintf("%d of the decisions that the file lists are not in the log beside them, which is that of another file"+again, c.N)
}

// cut says what a file does not hold any more of what was written to it, and
// what it holds besides; known are the decisions that are here. Who cuts a line,
// takes its id out of the list as well and computes the digest of the list anew is
// not found by this, but by a signature of the list.
func (f *decisionsFile) cut(known *recount.Log) (out []Cut) {
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
	missing := Cut{What: CutMissing, Of: len(all)}
	for i := 0; i < len(all); i++ {
		from := i
		for ; i < len(all) && !there[all[i]]; i++ {
			missing.N++
			if known.Find(all[i]) != nil {
				missing.Here++
			}
		}
		if i == from {
			continue
		}
		if len(missing.Places) == places {
			missing.More++
			continue
		}
		p := CutPlace{N: i - from}
		if from > 0 {
			p.After = fmt.Sprintf("%.12s", all[from-1])
		}
		if i < len(all) {
			p.Before = fmt.Sprintf("%.12s", all[i])
		}
		missing.Places = append(missing.Places, p)
	}
	if missing.N > 0 {
		out = append(out, missing)
	}
	more := 0
	for id := range there {
		if !listed[id] {
			more++
		}
	}
	switch {
	case len(f.Lists) == 0:
		out = append(out, Cut{What: CutNoList})
	case more > 0:
		out = append(out, Cut{What: CutUnlisted, N: more})
	case f.Loose:
		out = append(out, Cut{What: CutBehind})
	}
	listedAnew, unsaid := false, false
	for _, l := range f.Lists {
		listedAnew, unsaid = listedAnew || l.changed, unsaid || l.digest == ""
	}
	switch {
	case len(out) > 0 || strange > 0:
	case listedAnew:
		out = append(out, Cut{What: CutRelisted})
	case unsaid:
		out = append(out, Cut{What: CutUndigested})
	}
	if strange > 0 {
		out = append(out, Cut{What: CutStrange, N: strange})
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
