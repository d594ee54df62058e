package recount

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// A Decision is one answer, given by a person or, for the default rules, by
// init. Its header stays for ever; its erasable part can be taken out, and the
// commitment in the header still says that it was there (ARCHITECTURE.md,
// "Decisions").
type Decision struct {
	Header
	Erasable *Erasable // nil once erased
}

// A Header is the part of a decision that is never erased.
type Header struct {
	V          int      `json:"v"` // of the format: 1
	ID         string   `json:"id"`
	Kind       Kind     `json:"kind"`
	Study      string   `json:"study"`
	Round      string   `json:"round"`           // of coding; "" outside a round
	Group      string   `json:"group,omitempty"` // of decisions saved together, about one subject or several; "" if it was saved by itself
	Actor      string   `json:"actor"`
	Time       string   `json:"time"` // RFC 3339, UTC
	Program    string   `json:"program"`
	Base       []string `json:"base"`       // decisions this one answers or builds on, sorted
	Replaces   []string `json:"replaces"`   // decisions this one takes back, sorted
	Commitment string   `json:"commitment"` // SHA-256 of salt and canonical erasable part
}

// An Erasable is the part of a decision that can be removed.
type Erasable struct {
	Salt   string          `json:"salt"` // 32 hexadecimal digits or more
	Reason string          `json:"reason"`
	Body   json.RawMessage `json:"body"` // one of the body types below, by Kind
}

// Kind says what a decision is about, and so what its body is.
type Kind string

const (
	KindFile      Kind = "file"      // FileBody: a study file came into use or changed
	KindRule      Kind = "rule"      // RuleBody: a rule was switched on or off
	KindStatement Kind = "statement" // StatementBody: a statement accepted, rejected, corrected or typed in
	KindSpeaker   Kind = "speaker"   // SpeakerBody: who speaks on a page: typed in, corrected, set apart, or nobody
	KindScope     Kind = "scope"     // ScopeBody: a speaker counts, does not, or it is unclear
	KindCriterion Kind = "criterion" // CriterionBody: a speaker meets one criterion of who counts, or not
	KindLink      Kind = "link"      // LinkBody: two speakers are the same person or not
	KindCode      Kind = "code"      // CodeBody: a code applies to a statement or not
	KindPassage   Kind = "passage"   // PassageBody: a code applies to a passage that is no statement
	KindValue     Kind = "value"     // ValueBody: the value of a variable of a person
	KindDate      Kind = "date"      // DateBody: when a page was published
	KindPage      Kind = "page"      // PageBody: title, byline, outlet or language of a page
	KindScreen    Kind = "screen"    // ScreenBody: a page belongs to the study or not
	KindRelation  Kind = "relation"  // RelationBody: a page is a reprint of another or not
	KindOwner     Kind = "owner"     // OwnerBody: who owns an outlet
	KindFigure    Kind = "figure"    // FigureBody: of several reported figures, the one that holds
	KindStated    Kind = "stated"    // StatedBody: what a figure on a page states, typed in or corrected
	KindRole      Kind = "role"      // RoleBody: a passage is, or is not, part of the story
	KindSample    Kind = "sample"    // SampleBody: pages were drawn at random, to be read to the end
	KindRead      Kind = "read"      // ReadBody: a page was read to the end
	KindDraw      Kind = "draw"      // DrawBody: two people were drawn at random, to be compared
	KindWeights   Kind = "weights"   // WeightsBody: what each outcome of comparing two people weighs
	KindAssign    Kind = "assign"    // AssignBody: a page is to be coded by somebody
	KindMemo      Kind = "memo"      // MemoBody: what a person thinks about something in the study
	KindNote      Kind = "note"      // NoteBody: what an editor or lawyer asks, open or done
	KindCodebook  Kind = "codebook"  // CodebookBody: a code was moved, merged or split
	KindRetract   Kind = "retract"   // no body: takes back what Replaces names
	KindTier      Kind = "tier"      // TierBody: how far a speaker may be shown outside the team
	KindSpoken    Kind = "spoken"    // SpokenBody: under which circumstance a speaker spoke
	KindSeal      Kind = "seal"      // SealBody: something about a protected speaker that only key holders read
	KindVault     Kind = "vault"     // VaultBody: the vault was begun, opened, or got other recipients
	KindRelease   Kind = "release"   // ReleaseBody: how something is shown in the public edition
	KindRemove    Kind = "remove"    // RemoveBody: something was erased
	KindPublish   Kind = "publish"   // PublishBody: a report was produced for others
)

// Commit returns the commitment of e: the SHA-256 of salt, a newline and the
// canonical JSON of reason and body.
func (e *Erasable) Commit() (string, error) {
	b, err := Canonical(struct {
		Reason string          `json:"reason"`
		Body   json.RawMessage `json:"body"`
	}{e.Reason, e.Body})
	if err != nil {
		return "", err
	}
	h := sha256.New()
	h.Write([]byte(e.Salt + "\n"))
	h.Write(b)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Sum returns the id that h must have: the SHA-256 of the canonical JSON of
// the header without its id.
func (h Header) Sum() (string, error) {
	b, err := Canonical(struct {
		V          int      `json:"v"`
		Kind       Kind     `json:"kind"`
		Study      string   `json:"study"`
		Round      string   `json:"round"`
		Group      string   `json:"group,omitempty"`
		Actor      string   `json:"actor"`
		Time       string   `json:"time"`
		Program    string   `json:"program"`
		Base       []string `json:"base"`
		Replaces   []string `json:"replaces"`
		Commitment string   `json:"commitment"`
	}{h.V, h.Kind, h.Study, h.Round, h.Group, h.Actor, h.Time, h.Program, h.Base, h.Replaces, h.Commitment})
	if err != nil {
		return "", err
	}
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:]), nil
}

// A Draft is what a caller knows of a decision before it is sealed.
type Draft struct {
	Kind     Kind
	Study    string
	Round    string
	Group    string
	Actor    string
	Time     time.Time
	Base     []string
	Replaces []string
	Reason   string
	Salt     string
	Body     any
}

// Seal makes a decision out of a draft.
func Seal(d Draft) (Decision, error) {
	body, err := Canonical(d.Body)
	if err != nil {
		return Decision{}, fmt.Errorf("decision %s: %w", d.Kind, err)
	}
	e := &Erasable{Salt: d.Salt, Reason: d.Reason, Body: body}
	h := Header{V: 1, Kind: d.Kind, Study: d.Study, Round: d.Round, Group: d.Group, Actor: d.Actor,
		Time: d.Time.UTC().Format(time.RFC3339), Program: Version,
		Base: sortedSet(d.Base), Replaces: sortedSet(d.Replaces)}
	if h.Commitment, err = e.Commit(); err != nil {
		return Decision{}, err
	}
	if h.ID, err = h.Sum(); err != nil {
		return Decision{}, err
	}
	return Decision{h, e}, nil
}

func sortedSet(in []string) []string {
	out := append([]string{}, in...)
	slices.Sort(out)
	return slices.Compact(out)
}

// Check reports whether the id of d fits its header and its commitment fits
// its erasable part, if that is still there.
func (d *Decision) Check() error {
	if d.V > 1 {
		return fmt.Errorf("decision %.12s: format %d: %w", d.ID, d.V, ErrNewer)
	}
	sum, err := d.Sum()
	if err != nil {
		return fmt.Errorf("decision %.12s: %w", d.ID, err)
	}
	if sum != d.ID {
		return fmt.Errorf("decision %.12s: its header was changed after it was made: %w", d.ID, ErrTampered)
	}
	if d.Erasable == nil {
		return nil
	}
	c, err := d.Erasable.Commit()
	if err != nil {
		return fmt.Errorf("decision %.12s: %w", d.ID, err)
	}
	if c != d.Commitment {
		return fmt.Errorf("decision %.12s: its answer was changed after it was made: %w", d.ID, ErrTampered)
	}
	return nil
}

// decisionLine is the form of a decision in a file: one object a line.
type decisionLine struct {
	Header
	Erasable *Erasable `json:"erasable"`
}

// MarshalJSON writes the header's fields and "erasable", null once erased.
func (d Decision) MarshalJSON() ([]byte, error) {
	return Canonical(decisionLine(d))
}

// UnmarshalJSON reads what MarshalJSON writes and refuses anything else. It
// does not check hashes; Check does.
func (d *Decision) UnmarshalJSON(b []byte) error {
	l := struct {
		Header
		Erasable json.RawMessage `json:"erasable"`
	}{}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return err
	}
	// A line that says nothing of its answer is damaged, not erased.
	if l.Erasable == nil {
		return fmt.Errorf("%w: a decision without its erasable part", ErrInvalid)
	}
	var e *Erasable
	dec = json.NewDecoder(bytes.NewReader(l.Erasable))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return err
	}
	if l.Base == nil {
		l.Base = []string{}
	}
	if l.Replaces == nil {
		l.Replaces = []string{}
	}
	d.Header, d.Erasable = l.Header, e
	return nil
}
