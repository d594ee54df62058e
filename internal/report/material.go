package report

import (
	"slices"
	"strings"

	"recount"
)

// Material is everything a report may cite. All slices are sorted, so that
// the same material gives the same bytes.
type Material struct {
	Title, Question, StudyID, Program string
	From, To                          string     // the period of the study; "" is open
	Variables                         []Variable // what is recorded of each person
	AsOf                              string     // RFC 3339: the newest decision or capture, never the clock

	Captures    []recount.Capture
	Refusals    []recount.Refusal
	Articles    []*recount.Article                 // the counting version of each page, by key
	Older       map[recount.Key][]*recount.Article // other versions of the same page
	Readings    map[recount.Key]*recount.Reading
	Figures     map[recount.Key][]recount.ReportedFigure
	Relations   []recount.Relation
	Originals   []recount.Original
	Maybe       []recount.Key // pages that may be reprints, for a person to say
	Suggestions []recount.Suggestion
	Findings    []recount.Finding    // orphans, conflicts, waiting decisions
	Decisions   map[recount.Kind]int // live ones by kind
	Singly      int                  // answers that hold and were given one subject at a time
	Grouped     int                  // those that were given in groups over several subjects
	Scope       []string             // who counts: the conditions of study.yaml, as they are asked
	Counting    []string             // counting rules of study.yaml, one sentence each
	Rules       []string             // rules that are on: FoldReprints, SetAsideOtherStories
	Cases       []recount.Case
	Safe        map[string]Safe   // by the id of a case, how far the person may be shown
	Open        []recount.Member  // speakers of unclear scope: in no case, but asked about
	Unread      []recount.Capture // that nobody took in yet: they are no articles, and were not refused
	Unjudged    int               // speakers of whom nobody said whether they count: in no case and in no range
	Codebook    recount.Codebook
	Log         string // hash over the ids of the live decisions
	Root        string // of the Merkle tree over the sorted ids of all that is counted, in base 64
	Census      bool   // study.yaml sample: false; then no intervals are printed
	Citation    string // how pages are cited: a bibliography.Style, or "" for that of newsrooms
	Quoted      int    // characters of the longest statement that may be quoted; 0 is 300

	Translations map[recount.Key][]Translation // of articles, by article

	Grades []Grade // of accounts, the best first; none if the study has none

	Groups []recount.FigureGroup // one quantity as several outlets report it
	Moves  map[string]int        // by "what key" of an open question, by how many people it moves a first number at most
	Miss   recount.Miss          // what reading a random sample to the end showed

	Accepted, TypedIn int // statements accepted from suggestions, and typed in by a person

	Annex *Annex // what a report says of its making beside its numbers; nil where none does
}

// Safe says how far a person may be shown outside the team, by all accounts of the
// person, counted or not.
type Safe struct {
	Tier recount.Tier
	Held bool // until somebody decides
}

// An Annex is what a report says of how it was made: who searched, screened
// and coded, how far they agree, and what its numbers rest on.
type Annex struct {
	Searches  []recount.SearchRun
	Owners    map[string]string // of outlets, as people answered
	Screened  []recount.Key     // pages that people put out of the study, sorted
	Agreement []Agreement
	Coders    []Coder
	Boundary  []Boundary
	Moved     []MovedByRule // by another counting rule
	Without   []Without     // by leaving out one outlet
	Since     *Since        // nil: no earlier version was kept
}

// A Grade is a rule of how well a claim is supported, with who meets it and no
// better one. The last has what meets none.
type Grade struct {
	Name   string
	Rule   string              // in words
	People []string            // ids of people who count, sorted
	Codes  map[string][]string // of a code: whose claim to it has the grade
	Values map[string][]string // of a variable: whose value has it
}

// An Agreement says how far coders agree on one kind of question.
type Agreement struct {
	Kind    recount.Kind
	Subject string // a code, criterion or variable; "" for all
	Coders  []string
	Asked   int      // questions that anybody answered
	Twice   int      // of them by two or more
	Differ  int      // of those, answered differently
	Values  []string // coefficients as they are printed, or why there is none

	Changed     int      // answers that their own coders changed after another had answered
	FirstDiffer int      // on how many questions they differed before that
	First       []string // the coefficients of then
}

// A Coder is somebody who decided, with how many decisions of a kind hold.
type Coder struct {
	Name string
	Kind recount.Kind
	N    int
}

// A Boundary case is a speaker or person who nearly counts.
type Boundary struct {
	Name    string
	Why     string
	Reason  string // as a person wrote it, or ""
	Article recount.Key
	At      recount.Span
}

// A MovedByRule is a number that another counting rule would change.
type MovedByRule struct {
	Rule string // the other rule: "conflicts: latest"
	Name string // of the number
	Now  string
	Then string
}

// A Without is what is left when all pages of one outlet are left out.
type Without struct {
	Outlet string
	People int      // who are counted without it
	Lost   []string // ids of the people whom no other outlet speaks of
	Most   string   // the share that it moves most: "corruption: 48.3% becomes 41.2%", or ""
}

// A Since is what changed since a version that was kept.
type Since struct {
	Name  string   // of that version
	Day   string   // of its newest capture or decision
	Lines []string // one sentence each
}

// A Variable is one thing that is recorded of each person.
type Variable struct {
	Name, Ask string
	Values    []string // allowed; none: any
}

// A Translation is one of an article, supplied by hand and shown beside it.
type Translation struct {
	By      string
	Day     string // ISO 8601
	Machine bool
	Checked string // by whom it was compared with the original, or ""
	Text    string
}

// The rules that change what the report on a pile counts.
const (
	FoldReprints         = "fold_reprints"
	SetAsideOtherStories = "set_aside_other_stories"
)

// An Index finds things in a Material by key.
type Index struct {
	*Material
	ByKey       map[recount.Key]*recount.Article // every version
	Archived    map[recount.Key]*recount.Capture
	OriginalOf  map[recount.Key]*recount.Original // by article
	SpeakerBy   map[recount.Key]*recount.Speaker  // by speaker key
	byID        map[speakerID]*recount.Speaker
	Person      map[string]*recount.Case // by case id
	PersonOf    map[recount.Key]string   // case id by member key
	bearers     map[string]string        // of a name that a page prints: the id of the one person who bears it, "" if several do
	Member      map[recount.Key]*recount.Member
	Places      map[recount.Key][]Place            // what any page of a report may point at, by article
	Every       []*recount.Article                 // every version, in order of their pages
	From        map[recount.Key][]*recount.Article // articles by capture
	RelationsOf map[recount.Key][]recount.Relation // by article, of either side
	Versions    map[string][]*recount.Article      // by page and part
}

type speakerID struct {
	article recount.Key
	id      string
}

// NewIndex indexes m.
func NewIndex(m *Material) *Index {
	x := &Index{
		Material:   m,
		ByKey:      map[recount.Key]*recount.Article{},
		Archived:   map[recount.Key]*recount.Capture{},
		OriginalOf: map[recount.Key]*recount.Original{},
		SpeakerBy:  map[recount.Key]*recount.Speaker{},
		byID:       map[speakerID]*recount.Speaker{},
		Person:     map[string]*recount.Case{},
		PersonOf:   map[recount.Key]string{},
		bearers:    map[string]string{},
		Member:     map[recount.Key]*recount.Member{},
		From:       map[recount.Key][]*recount.Article{}, RelationsOf: map[recount.Key][]recount.Relation{}, Versions: map[string][]*recount.Article{},
		Places: map[recount.Key][]Place{},
	}
	for i := range m.Captures {
		x.Archived[m.Captures[i].Key] = &m.Captures[i]
	}
	for _, a := range m.Articles {
		x.ByKey[a.Key] = a
		x.Every = append(x.Every, a)
		for _, o := range m.Older[a.Key] {
			if x.ByKey[o.Key] == nil {
				x.ByKey[o.Key] = o
				x.Every = append(x.Every, o)
			}
		}
	}
	for _, a := range x.Every {
		x.From[a.Capture] = append(x.From[a.Capture], a)
		x.Versions[PageOf(a)] = append(x.Versions[PageOf(a)], a)
	}
	for _, r := range m.Relations {
		x.RelationsOf[r.A] = append(x.RelationsOf[r.A], r)
		x.RelationsOf[r.B] = append(x.RelationsOf[r.B], r)
	}
	for i := range m.Originals {
		for _, k := range m.Originals[i].Members {
			x.OriginalOf[k] = &m.Originals[i]
		}
	}
	for _, a := range x.Every {
		r := m.Readings[a.Key]
		if r == nil {
			continue
		}
		for i := range r.Speakers {
			s := &r.Speakers[i]
			x.SpeakerBy[s.Key()] = s
			x.byID[speakerID{a.Key, s.ID}] = s
		}
	}
	for i := range m.Cases {
		c := &m.Cases[i]
		x.Person[c.ID] = c
		for j := range c.Members {
			x.PersonOf[c.Members[j].Key] = c.ID
			x.Member[c.Members[j].Key] = &c.Members[j]
			if name := c.Members[j].Speaker.Name; name != "" {
				if id, known := x.bearers[name]; known && id != c.ID {
					x.bearers[name] = ""
				} else {
					x.bearers[name] = c.ID
				}
			}
		}
	}
	for i := range m.Open {
		if k := m.Open[i].Key; x.Member[k] == nil {
			x.Member[k] = &m.Open[i]
		}
	}
	x.collectPlaces()
	return x
}

// Shared reports whether several people of the study bear a name, on whatever pages.
func (x *Index) Shared(name string) bool {
	if x == nil {
		return false
	}
	id, known := x.bearers[name]
	return known && id == ""
}

// Rule reports whether a counting rule is on.
func (x *Index) Rule(name string) bool { return slices.Contains(x.Rules, name) }

// CodeName says in words what a code stands for.
func (x *Index) CodeName(code string) string {
	for _, c := range x.Codebook.Codes {
		if c.Code == code && c.Short != "" {
			return strings.TrimSuffix(c.Short, ".")
		}
	}
	return strings.ReplaceAll(code, "_", " ")
}

// Sentences returns the sentences of an article, or nil if it was not read.
func (x *Index) Sentences(a recount.Key) []recount.Sentence {
	if r := x.Readings[a]; r != nil {
		return r.Sentences
	}
	return nil
}

// AsideAt says why the text at a place is set aside, or "" if it belongs to
// the story: because of the page's markup, or of what its sentences say.
func (x *Index) AsideAt(a *recount.Article, at recount.Span) string {
	switch a.RoleAt(at.Start) {
	case recount.Related:
		return "the page's markup shows it as a link to another story"
	case recount.Comment:
		return "a reader's comment under the article"
	}
	for _, s := range x.Sentences(a.Key) {
		if s.Role == recount.OffTopic && s.Span.Overlaps(at) {
			if s.Reason == "" {
				return "it belongs to another story"
			}
			return s.Reason
		}
	}
	return ""
}

// inside reports whether all spans lie in text.
func inside(spans []recount.Span, text string) bool {
	for _, s := range spans {
		if !s.Within(text) {
			return false
		}
	}
	return true
}

// hull returns the smallest span that covers all of spans.
func hull(spans []recount.Span) recount.Span {
	if len(spans) == 0 {
		return recount.Span{}
	}
	h := spans[0]
	for _, s := range spans[1:] {
		h.Start, h.End = min(h.Start, s.Start), max(h.End, s.End)
	}
	return h
}

// SpeakerAt returns the speaker that an article calls id, or nil.
func (x *Index) SpeakerAt(article recount.Key, id string) *recount.Speaker {
	return x.byID[speakerID{article, id}]
}

// PageOf names what all versions of an article share.
func PageOf(a *recount.Article) string { return a.Page() + "\x00" + a.Part }

// Offered counts what was offered, and what of it could not be taken.
func (m *Material) Offered() (offered, refused int) {
	names := make([]string, len(m.Captures))
	for i := range m.Captures {
		names[i] = m.Captures[i].Name
	}
	return recount.Offered(names, m.Refusals)
}
