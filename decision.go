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
	Round      string   `json:"round"` // of coding; "" outside a round
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
	KindStatement Kind = "statement" // StatementBody: a statement accepted, rejected or typed in
	KindScope     Kind = "scope"     // ScopeBody: a speaker counts, does not, or it is unclear
	KindLink      Kind = "link"      // LinkBody: two speakers are the same person or not
	KindCode      Kind = "code"      // CodeBody: a code applies to a statement or not
	KindValue     Kind = "value"     // ValueBody: the value of a variable of a person
	KindDate      Kind = "date"      // DateBody: when a page was published
	KindRelation  Kind = "relation"  // RelationBody: a page is a reprint of another or not
	KindFigure    Kind = "figure"    // FigureBody: of several reported figures, the one that holds
	KindRole      Kind = "role"      // RoleBody: a passage is, or is not, part of the story
	KindSample    Kind = "sample"    // SampleBody: pages were drawn at random, to be read to the end
	KindRead      Kind = "read"      // ReadBody: a page was read to the end
	KindRetract   Kind = "retract"   // no body: takes back what Replaces names
	KindRemove    Kind = "remove"    // RemoveBody: something was erased
	KindPublish   Kind = "publish"   // PublishBody: a report was produced for others
)

// Formats of the answers in the bodies below.
const (
	Yes, No, Unclear        = "yes", "no", "unclear"
	Same, Different, Unsure = "same", "different", "unsure"
	Accepted, Rejected      = "accepted", "rejected"
)

// A SpeakerRef names a speaker by place and looks, never by a derived id.
type SpeakerRef struct {
	At     Anchor      `json:"at"` // the fullest mention
	Name   string      `json:"name"`
	Kind   SpeakerKind `json:"kind"`
	Gender Gender      `json:"gender"`
}

// A FileBody is the content of a study file as it came into use.
type FileBody struct {
	Name    string `json:"name"` // "study.yaml", "codebook.yaml", "report.md"
	Hash    string `json:"hash"` // SHA-256 of Content
	Content string `json:"content"`
}

// A RuleBody switches one predicate on or off for the items it covered then.
// A standing rule covers later items too.
type RuleBody struct {
	Rule     string            `json:"rule"`
	On       bool              `json:"on"`
	Standing bool              `json:"standing"`
	Params   map[string]string `json:"params"`
	Covered  []string          `json:"covered"` // item keys
}

// A StatementBody accepts, rejects or adds a statement. It holds its own
// spans, type and speaker, so that a better extractor never destroys it.
type StatementBody struct {
	Answer  string        `json:"answer"` // accepted or rejected
	At      Anchor        `json:"at"`     // the content
	Source  *Anchor       `json:"source,omitempty"`
	Cue     *Anchor       `json:"cue,omitempty"`
	Type    QuotationType `json:"type"`
	Speaker *SpeakerRef   `json:"speaker,omitempty"` // nil if nobody is named
	Typed   bool          `json:"typed"`             // a person entered it; no suggestion was accepted
}

// A ScopeBody says whether a speaker counts, per criterion of study.yaml.
type ScopeBody struct {
	Speaker  SpeakerRef        `json:"speaker"`
	Answer   string            `json:"answer"`   // yes, no, unclear
	Criteria map[string]string `json:"criteria"` // criterion -> yes, no, unclear
}

// A LinkBody says whether two speakers are one person.
type LinkBody struct {
	A      SpeakerRef `json:"a"`
	B      SpeakerRef `json:"b"`
	Answer string     `json:"answer"` // same, different, unsure
	Bars   []Bar      `json:"bars,omitempty"`
}

// A CodeBody says whether a code applies to a statement.
type CodeBody struct {
	Code     string     `json:"code"`
	Codebook string     `json:"codebook"` // id of the file decision that logged the codebook used
	At       Anchor     `json:"at"`       // the content of the statement
	Speaker  SpeakerRef `json:"speaker"`
	Answer   string     `json:"answer"` // yes or no
}

// A ValueBody gives the value of a variable of one speaker, with its sentence.
type ValueBody struct {
	Speaker  SpeakerRef `json:"speaker"`
	Variable string     `json:"variable"`
	Value    string     `json:"value"`
	Evidence *Anchor    `json:"evidence,omitempty"`
}

// A DateBody says when a page was published.
type DateBody struct {
	Page      string `json:"page"` // as Article.Page
	Published string `json:"published"`
}

// A RelationBody says whether page is a reprint of another.
type RelationBody struct {
	Page   string `json:"page"`
	Of     string `json:"of"`
	Answer string `json:"answer"` // yes or no
}

// A FigureBody says that a reported figure is the one that holds, of those in
// which outlets state the same quantity.
type FigureBody struct {
	At     Anchor `json:"at"`     // the figure with its qualifier
	Answer string `json:"answer"` // accepted
}

// A RoleBody says what a passage is for: off_topic sets it aside, body brings
// it back.
type RoleBody struct {
	At   Anchor `json:"at"`
	Role Role   `json:"role"`
}

// A SampleBody names the pages that were drawn at random among those that
// nobody had drawn yet.
type SampleBody struct {
	Pages []string `json:"pages"` // as Article.Page
}

// A ReadBody says that a person read a page to the end and typed in every
// statement that the program had missed there.
type ReadBody struct {
	Page string `json:"page"` // as Article.Page
}

// A RemoveBody names what was erased: a capture hash, an article's page or
// the id of a decision.
type RemoveBody struct {
	What string `json:"what"` // "decision", "capture"
	ID   string `json:"id"`
}

// A PublishBody names what was produced, by the hash of its manifest.
type PublishBody struct {
	Manifest string `json:"manifest"`
}

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
		Actor      string   `json:"actor"`
		Time       string   `json:"time"`
		Program    string   `json:"program"`
		Base       []string `json:"base"`
		Replaces   []string `json:"replaces"`
		Commitment string   `json:"commitment"`
	}{h.V, h.Kind, h.Study, h.Round, h.Actor, h.Time, h.Program, h.Base, h.Replaces, h.Commitment})
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
	h := Header{V: 1, Kind: d.Kind, Study: d.Study, Round: d.Round, Actor: d.Actor,
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

// Read decodes the body of d into v. It fails with ErrNotFound if the body was
// erased.
func (d *Decision) Read(v any) error {
	if d.Erasable == nil {
		return fmt.Errorf("body of decision %.12s was erased: %w", d.ID, ErrNotFound)
	}
	if err := json.Unmarshal(d.Erasable.Body, v); err != nil {
		return fmt.Errorf("body of decision %.12s: %w: %v", d.ID, ErrInvalid, err)
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
