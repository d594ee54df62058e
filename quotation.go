package recount

import (
	"slices"
	"strconv"
)

// A Quotation is one act of speech reported in an article, annotated as in
// PARC 3 (Pareti 2016): every quotation has content; cue and source may be
// missing.
type Quotation struct {
	Type    QuotationType
	Source  []Span // who speaks, in pieces; empty if the text names nobody at hand
	Cue     []Span // "said", "according to"
	Content []Span // what is said, in pieces, without outer quotation marks
	Speech  bool   // communication, as against belief or attitude
}

// QuotationType tells quotations apart by their quotation marks.
type QuotationType string

const (
	Direct   QuotationType = "direct"   // every word inside marks
	Indirect QuotationType = "indirect" // none
	Mixed    QuotationType = "mixed"    // some
)

// A Statement is a quotation with its resolved speaker.
type Statement struct {
	Key     Key
	Article Key
	Quotation
	Speaker    string // Speaker.ID within the article, or "" if unresolved
	Confidence Milli  // that span and speaker are right
}

// StatementKey names a statement by its article and where its content begins
// and ends.
func StatementKey(article Key, q Quotation) Key {
	parts := []string{"statement", string(article)}
	for _, s := range q.Content {
		parts = append(parts, strconv.Itoa(s.Start), strconv.Itoa(s.End))
	}
	return KeyOf(parts...)
}

// A Speaker is one who speaks, within one article.
type Speaker struct {
	Article  Key
	ID       string // "s1", "s2" in order of first mention
	Name     string // fullest form in the article without titles; the description when unnamed
	Kind     SpeakerKind
	Gender   Gender
	Mention  Span   // where the fullest name stands
	Mentions []Span // every place that speaks of this speaker, Mention among them, sorted
}

// SpeakerKey names a speaker by its fullest mention.
func (s *Speaker) Key() Key {
	return KeyOf("speaker", string(s.Article), strconv.Itoa(s.Mention.Start), strconv.Itoa(s.Mention.End))
}

// SpeakerKind says what kind of speaker it is. Only the first three are people.
type SpeakerKind string

const (
	Named        SpeakerKind = "named"
	Pseudonym    SpeakerKind = "pseudonym"
	Anonymous    SpeakerKind = "anonymous"
	Collective   SpeakerKind = "collective"
	Document     SpeakerKind = "document"
	Organisation SpeakerKind = "organisation"
	Unspecified  SpeakerKind = "unspecified"
)

// SpeakerKinds lists the kinds in the order in which they are shown.
var SpeakerKinds = [...]SpeakerKind{Named, Pseudonym, Anonymous, Collective, Document, Organisation, Unspecified}

// Person reports whether a speaker of this kind is one human being.
func (k SpeakerKind) Person() bool { return k == Named || k == Pseudonym || k == Anonymous }

// Gender is what the text alone shows.
type Gender string

const (
	Woman         Gender = "woman"
	Man           Gender = "man"
	UnknownGender Gender = "unknown"
	NoGender      Gender = "none" // not a person
)

// A Sentence is one sentence of an article with its role; the role of an
// off-topic one says why it was set aside.
type Sentence struct {
	Span   Span
	Role   Role
	Reason string // for OffTopic: why it was set aside
}

// A Reading is what was read out of one article.
type Reading struct {
	Article    Key
	Reader     string      // name and version of what read it, and of the text it read
	Statements []Statement // in order of the text
	Speakers   []Speaker   // in order of first mention
	Sentences  []Sentence
	Notes      []string // "no lexicon for language xx: marks alone"
}

// SentencesAt returns the sentences of text that a place lies in, from the begin
// of the first to the end of the last; the place itself, and false, where none is
// known. r may be nil.
func (r *Reading) SentencesAt(text string, at Span) (Span, bool) {
	if r == nil {
		return at, false
	}
	out, found := at, false
	for _, s := range r.Sentences {
		if s.Span.Overlaps(at) && s.Span.Within(text) {
			out, found = Span{min(out.Start, s.Span.Start), max(out.End, s.Span.End)}, true
		}
	}
	return out, found
}

// A SpeechCount counts the statements of a speaker that are speech: in the story
// itself, and in passages that belong to other stories.
type SpeechCount struct{ Inside, Elsewhere int }

// Spoken counts the speech of every speaker.
func (r *Reading) Spoken() map[string]SpeechCount {
	var off []Span // of other stories, by where they begin
	for _, s := range r.Sentences {
		if s.Role == OffTopic {
			off = append(off, s.Span)
		}
	}
	slices.SortFunc(off, func(a, b Span) int { return a.Start - b.Start })
	ends := make([]int, len(off)) // the last end so far
	for i, s := range off {
		ends[i] = s.End
		if i > 0 {
			ends[i] = max(ends[i], ends[i-1])
		}
	}
	out := map[string]SpeechCount{}
	for _, x := range r.Statements {
		if !x.Speech || len(x.Content) == 0 {
			continue
		}
		n, at := out[x.Speaker], x.Content[0]
		before, _ := slices.BinarySearchFunc(off, at.End, func(s Span, end int) int { return s.Start - end })
		if before > 0 && ends[before-1] > at.Start {
			n.Elsewhere++
		} else {
			n.Inside++
		}
		out[x.Speaker] = n
	}
	return out
}
