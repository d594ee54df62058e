package report

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// Material is everything a report may cite. All slices are sorted, so that
// the same material gives the same bytes.
type Material struct {
	Title, Question, StudyID, Program string
	AsOf                              string // RFC 3339: the newest decision or capture, never the clock

	Captures    []recount.Capture
	Refusals    []recount.Refusal
	Articles    []*recount.Article                 // the counting version of each page, by key
	Older       map[recount.Key][]*recount.Article // other versions of the same page
	Readings    map[recount.Key]*recount.Reading
	Figures     map[recount.Key][]recount.ReportedFigure
	Relations   []recount.Relation
	Originals   []recount.Original
	Suggestions []recount.Suggestion
	Findings    []recount.Finding    // orphans, conflicts, waiting decisions
	Decisions   map[recount.Kind]int // live ones by kind
	Rules       []string             // rules that are on: FoldReprints, SetAsideOtherStories
	Cases       []recount.Case
	Open        []recount.Member // speakers of unclear scope: in no case, but asked about
	Codebook    recount.Codebook
	Log         string // hash over the ids of the live decisions
	Census      bool   // study.yaml sample: false; then no intervals are printed

	Accepted, TypedIn int // statements accepted from suggestions, and typed in by a person
}

// The rules that change what the report on a pile counts.
const (
	FoldReprints         = "fold_reprints"
	SetAsideOtherStories = "set_aside_other_stories"
)

// index finds things in a Material by key.
type index struct {
	*Material
	article  map[recount.Key]*recount.Article // every version
	capture  map[recount.Key]*recount.Capture
	original map[recount.Key]*recount.Original // by article
	speaker  map[recount.Key]*recount.Speaker  // by speaker key
	byID     map[speakerID]*recount.Speaker
	person   map[string]*recount.Case // by case id
	personOf map[recount.Key]string   // case id by member key
	member   map[recount.Key]*recount.Member
	places   map[recount.Key][]place // what any page of a report may point at, by article
	every    []*recount.Article      // every version, in order of their pages
}

type speakerID struct {
	article recount.Key
	id      string
}

func newIndex(m *Material) *index {
	x := &index{
		Material: m,
		article:  map[recount.Key]*recount.Article{},
		capture:  map[recount.Key]*recount.Capture{},
		original: map[recount.Key]*recount.Original{},
		speaker:  map[recount.Key]*recount.Speaker{},
		byID:     map[speakerID]*recount.Speaker{},
		person:   map[string]*recount.Case{},
		personOf: map[recount.Key]string{},
		member:   map[recount.Key]*recount.Member{},
		places:   map[recount.Key][]place{},
	}
	for i := range m.Captures {
		x.capture[m.Captures[i].Key] = &m.Captures[i]
	}
	for _, a := range m.Articles {
		x.article[a.Key] = a
		x.every = append(x.every, a)
		for _, o := range m.Older[a.Key] {
			if x.article[o.Key] == nil {
				x.article[o.Key] = o
				x.every = append(x.every, o)
			}
		}
	}
	for i := range m.Originals {
		for _, k := range m.Originals[i].Members {
			x.original[k] = &m.Originals[i]
		}
	}
	for _, a := range x.every {
		r := m.Readings[a.Key]
		if r == nil {
			continue
		}
		for i := range r.Speakers {
			s := &r.Speakers[i]
			x.speaker[s.Key()] = s
			x.byID[speakerID{a.Key, s.ID}] = s
		}
	}
	for i := range m.Cases {
		c := &m.Cases[i]
		x.person[c.ID] = c
		for j := range c.Members {
			x.personOf[c.Members[j].Key] = c.ID
			x.member[c.Members[j].Key] = &c.Members[j]
		}
	}
	for i := range m.Open {
		if k := m.Open[i].Key; x.member[k] == nil {
			x.member[k] = &m.Open[i]
		}
	}
	x.collectPlaces()
	return x
}

// rule reports whether a counting rule is on.
func (x *index) rule(name string) bool { return slices.Contains(x.Rules, name) }

// sentences returns the sentences of an article, or nil if it was not read.
func (x *index) sentences(a recount.Key) []recount.Sentence {
	if r := x.Readings[a]; r != nil {
		return r.Sentences
	}
	return nil
}

// asideAt says why the text at a place is set aside, or "" if it belongs to
// the story: because of the page's markup, or of what its sentences say.
func (x *index) asideAt(a *recount.Article, at recount.Span) string {
	switch a.RoleAt(at.Start) {
	case recount.Related:
		return "the page's markup shows it as a link to another story"
	case recount.Comment:
		return "a reader's comment under the article"
	}
	for _, s := range x.sentences(a.Key) {
		if s.Role == recount.OffTopic && s.Span.Overlaps(at) {
			if s.Reason == "" {
				return "it belongs to another story"
			}
			return s.Reason
		}
	}
	return ""
}

// A said is one statement as the report on a pile counts it: with the same
// statement in reprints folded into it.
type said struct {
	article *recount.Article
	*recount.Statement
	speaker *recount.Speaker // nil if the text names nobody
	again   []*said          // the same statement in reprints
	aside   string           // why it is set aside, or ""
}

// A voice is one speaker as the report on a pile counts it: with the same
// speaker in reprints folded into it. It is not yet a person.
type voice struct {
	*recount.Speaker
	article *recount.Article
	says    []*said
	also    []*recount.Speaker // the same speaker in reprints
}

// statements returns every statement of the counting articles, those of
// reprints folded into the earliest page that holds them, in order of the
// pages.
func (x *index) statements() []*said {
	byArticle := map[recount.Key][]*said{}
	var all []*said
	for _, a := range x.byDate() {
		r := x.Readings[a.Key]
		if r == nil {
			continue
		}
		for i := range r.Statements {
			s := &said{article: a, Statement: &r.Statements[i]}
			s.speaker = x.byID[speakerID{a.Key, s.Statement.Speaker}]
			if len(s.Content) == 0 || !inside(s.Content, a.Text) {
				continue
			}
			if x.rule(SetAsideOtherStories) {
				s.aside = x.asideAt(a, s.Content[0])
			}
			byArticle[a.Key] = append(byArticle[a.Key], s)
			all = append(all, s)
		}
	}
	if !x.rule(FoldReprints) {
		return all
	}
	first := map[*said]*said{} // a statement in a reprint -> an earlier one
	rank := map[*said]int{}
	for i, s := range all {
		rank[s] = i
	}
	root := func(s *said) *said {
		for first[s] != nil {
			s = first[s]
		}
		return s
	}
	for _, r := range x.Relations {
		if !x.folds(r) {
			continue
		}
		for _, sp := range r.Spans {
			for _, a := range byArticle[r.A] {
				if !hull(a.Content).Overlaps(sp.A) {
					continue
				}
				image := hull(a.Content)
				image.Start += sp.B.Start - sp.A.Start
				image.End += sp.B.Start - sp.A.Start
				for _, b := range byArticle[r.B] {
					if !mostlyOne(image, hull(b.Content)) {
						continue
					}
					ra, rb := root(a), root(b)
					if rank[ra] > rank[rb] {
						ra, rb = rb, ra
					}
					if ra != rb {
						first[rb] = ra
					}
				}
			}
		}
	}
	var out []*said
	for _, s := range all {
		if r := root(s); r != s {
			r.again = append(r.again, s)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// folds reports whether statements of the two articles of a relation can be
// one: they are reprints, or one of them was put together from others.
func (x *index) folds(r recount.Relation) bool {
	if r.Kind == recount.Copy {
		return true
	}
	a, b := x.original[r.A], x.original[r.B]
	return r.Kind != recount.Trace && (a != nil && a.Spliced || b != nil && b.Spliced)
}

// mostlyOne reports whether s and t share more than half of the shorter one.
// Shared runs count words, so that the two may differ by a few bytes.
func mostlyOne(s, t recount.Span) bool {
	shared := min(s.End, t.End) - max(s.Start, t.Start)
	return 2*shared > min(s.Len(), t.Len())
}

// byDate returns the counting articles in the order in which their statements
// count: pages that are somebody's original before spliced ones, the first of
// an original before its reprints, older before younger, then by key.
func (x *index) byDate() []*recount.Article {
	out := slices.Clone(x.Articles)
	rank := func(a *recount.Article) int {
		switch o := x.original[a.Key]; {
		case o == nil || o.First == a.Key && !o.Spliced:
			return 0
		case o.Spliced:
			return 2
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b *recount.Article) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), compareDates(a, b), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// compareDates puts the older article first and those without a date last.
func compareDates(a, b *recount.Article) int {
	if (a.Published == "") != (b.Published == "") {
		if a.Published == "" {
			return 1
		}
		return -1
	}
	return cmp.Compare(a.Published, b.Published)
}

// voices groups statements by who speaks. Within one original, speakers whose
// statements were folded together are one, and so are speakers of one name
// and kind. Statements without a speaker have no voice.
func (x *index) voices(statements []*said) []*voice {
	first := map[*recount.Speaker]*recount.Speaker{}
	root := func(s *recount.Speaker) *recount.Speaker {
		for first[s] != nil {
			s = first[s]
		}
		return s
	}
	join := func(into, s *recount.Speaker) {
		if a, b := root(into), root(s); a != b {
			first[b] = a
		}
	}
	type looks struct {
		original recount.Key
		name     string
		kind     recount.SpeakerKind
	}
	seen := map[looks]*recount.Speaker{}
	for _, s := range statements {
		if s.speaker == nil {
			continue
		}
		for _, c := range s.again {
			if c.speaker != nil {
				join(s.speaker, c.speaker)
			}
		}
		if o := x.original[s.article.Key]; o != nil && x.rule(FoldReprints) {
			l := looks{o.Key, strings.ToLower(s.speaker.Name), s.speaker.Kind}
			if l.name == "" {
				continue
			}
			if seen[l] == nil {
				seen[l] = s.speaker
			}
			join(seen[l], s.speaker)
		}
	}
	byRoot := map[*recount.Speaker]*voice{}
	var out []*voice
	for _, s := range statements {
		if s.speaker == nil {
			continue
		}
		r := root(s.speaker)
		v := byRoot[r]
		if v == nil {
			v = &voice{Speaker: s.speaker, article: s.article}
			byRoot[r] = v
			out = append(out, v)
		} else if s.speaker != v.Speaker && !slices.Contains(v.also, s.speaker) {
			v.also = append(v.also, s.speaker)
		}
		v.says = append(v.says, s)
	}
	return out
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
