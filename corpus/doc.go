// Package corpus reads our own corpus of press writing: texts written for this
// project in many kinds of press writing, with what a careful reader finds in
// them marked in the text itself.
//
// In: one file a text, as README.md describes it. Out: the clean text with byte
// spans of paragraphs, mentions, statements and figures. Limits: the format is
// ours; a file that does not keep to it is an error that names the line.
package corpus

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"recount"
)

// A Text is one text of the corpus.
type Text struct {
	File    string // "court-report/001-ledgers.txt"
	Kind    string // of writing: "court-report"
	English string // which English it is written in
	Theme   string
	Title   string
	Outlet  string
	Byline  string
	Day     string // YYYY-MM-DD

	Text       string // paragraphs, one LF between two
	Paragraphs []Paragraph
	Entities   []Entity
	Mentions   []Mention   // in order of the text, outer before inner
	Statements []Statement // in order of the text
	Figures    []Figure
}

// A Paragraph is one paragraph with its role.
type Paragraph struct {
	Span recount.Span
	Role recount.Role
	Line int // in the file
}

// An Entity is a person, body, place or document of the text.
type Entity struct {
	ID     string
	Kind   Kind
	Gender recount.Gender
	Name   string // the fullest as printed
}

// A Kind of entity: the kinds of speakers, and Place.
type Kind string

// Place is the kind of entity that no speaker has.
const Place Kind = "place"

// Person reports whether an entity of this kind is one human being.
func (k Kind) Person() bool { return recount.SpeakerKind(k).Person() }

// A Mention is one place that speaks of an entity.
type Mention struct {
	Entity int // index in Entities
	Span   recount.Span
}

// A Statement is somebody's words or thought as the text reports them.
type Statement struct {
	ID      string // "q1"
	Speaker int    // index in Entities, or -1 if the text does not say who
	Type    recount.QuotationType
	Thought bool // belief or attitude, not speech
	First   bool // a first-person piece: the teller speaks
	Inside  int  // index of the statement that holds this one, or -1
	Content []recount.Span
	Cue     []recount.Span
	Source  []recount.Span
	flagged bool // the type was given by a flag
}

// A Figure is a number of people, of things, a share or a sum of money.
type Figure struct {
	Kind string // count, share, money
	Unit string // head noun of what is counted, or ""
	Span recount.Span
}

// Load reads every text of a folder, sorted by file name, but for those of some
// kinds of writing.
func Load(dir fs.FS, without ...string) ([]*Text, error) {
	files, err := fs.Glob(dir, "*/*.txt")
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var out []*Text
	for _, f := range files {
		if slices.Contains(without, path.Dir(f)) {
			continue
		}
		data, err := fs.ReadFile(dir, f)
		if err != nil {
			return nil, err
		}
		t, faults := Parse(f, string(data))
		if len(faults) > 0 {
			return nil, fmt.Errorf("%s:%d: %s", f, faults[0].Line, faults[0].What)
		}
		out = append(out, t)
	}
	return out, nil
}

// Later are the kinds of writing that were added last, for what reads worst:
// descriptions of somebody met before or named later, people with like names and
// roles, quotations with no word of speech. They are measured
// apart, and who bears a new name is not learned from them.
var Later = []string{
	"advice-column", "agency-feature", "anniversary-piece", "arts-interview-write-up", "book-extract", "consumer-complaint",
	"court-live-text", "defectors-interview", "election-interview-write-up", "explain-in-quotes", "eyewitness-montage",
	"fact-check", "foreign-correspondent-letter", "investigative-series-part", "minutes-turned-news",
	"parliamentary-question-report", "police-press-briefing-write-up", "reader-panel", "refugee-camp-report",
	"sports-column-with-voices", "strike-picket-report", "survivors-feature", "trial-verdict-reactions", "village-portrait",
}

// Kinds lists the kinds of writing among texts, sorted.
func Kinds(texts []*Text) []string {
	var out []string
	for _, t := range texts {
		out = append(out, t.Kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Article returns a text as an article that can be read. Its blocks carry the
// roles, which a page's markup shows to its reader.
func (t *Text) Article() *recount.Article {
	a := &recount.Article{Key: recount.KeyOf("corpus", t.File), Title: t.Title, Outlet: t.Outlet, Byline: t.Byline, Published: t.Day, Precision: recount.ToDay, Language: "en", Text: t.Text}
	for _, p := range t.Paragraphs {
		role := p.Role
		if role == recount.OffTopic {
			role = recount.Body
		}
		a.Blocks = append(a.Blocks, recount.Block{Span: p.Span, Role: role})
	}
	return a
}

// A Fault is something wrong in a file.
type Fault struct {
	Line int
	What string
	Note bool // worth a look, and may be right
}

func sortFaults(f []Fault) {
	slices.SortStableFunc(f, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
}

// folder returns the kind of writing that a file's folder names, or "".
func folder(file string) string {
	d := path.Base(path.Dir(strings.ReplaceAll(file, "\\", "/")))
	if d == "." || d == "/" {
		return ""
	}
	return d
}
