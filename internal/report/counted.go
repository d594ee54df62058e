package report

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A CountedStatement is one statement as the report on a pile counts it: with the same
// statement in reprints folded into it.
type CountedStatement struct {
	Page *recount.Article
	*recount.Statement
	By    *recount.Speaker    // nil if the text names nobody
	Again []*CountedStatement // the same statement in reprints
	Aside string              // why it is set aside, or ""
}

// A CountedSpeaker is one speaker as the report on a pile counts it: with the same
// speaker in reprints folded into it. It is not yet a person.
type CountedSpeaker struct {
	*recount.Speaker
	Page *recount.Article
	Says []*CountedStatement
	Also []*recount.Speaker // the same speaker in reprints
}

// Statements returns every statement of the counting articles, those of
// reprints folded into the earliest page that holds them, in order of the
// pages.
func (x *Index) Statements() []*CountedStatement {
	byArticle := map[recount.Key][]*CountedStatement{}
	var all []*CountedStatement
	for _, a := range x.ByDate() {
		r := x.Readings[a.Key]
		if r == nil {
			continue
		}
		for i := range r.Statements {
			s := &CountedStatement{Page: a, Statement: &r.Statements[i]}
			s.By = x.byID[speakerID{a.Key, s.Statement.Speaker}]
			if len(s.Content) == 0 || !inside(s.Content, a.Text) {
				continue
			}
			if x.Rule(SetAsideOtherStories) {
				s.Aside = x.AsideAt(a, s.Content[0])
			}
			byArticle[a.Key] = append(byArticle[a.Key], s)
			all = append(all, s)
		}
	}
	if !x.Rule(FoldReprints) {
		return all
	}
	first := map[*CountedStatement]*CountedStatement{} // a statement in a reprint -> an earlier one
	rank := map[*CountedStatement]int{}
	for i, s := range all {
		rank[s] = i
	}
	root := func(s *CountedStatement) *CountedStatement {
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
	var out []*CountedStatement
	for _, s := range all {
		if r := root(s); r != s {
			r.Again = append(r.Again, s)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// folds reports whether statements of the two articles of a relation can be
// one: they are reprints, or one of them was put together from others.
func (x *Index) folds(r recount.Relation) bool {
	if r.Kind == recount.Copy {
		return true
	}
	a, b := x.OriginalOf[r.A], x.OriginalOf[r.B]
	return r.Kind != recount.Trace && (a != nil && a.Spliced || b != nil && b.Spliced)
}

// mostlyOne reports whether s and t share more than half of the shorter one.
// Shared runs count words, so that the two may differ by a few bytes.
func mostlyOne(s, t recount.Span) bool {
	shared := min(s.End, t.End) - max(s.Start, t.Start)
	return 2*shared > min(s.Len(), t.Len())
}

// ByDate returns the counting articles in the order in which their statements
// count: pages that are somebody's original before spliced ones, the first of
// an original before its reprints, older before younger, then by key.
func (x *Index) ByDate() []*recount.Article {
	out := slices.Clone(x.Articles)
	rank := func(a *recount.Article) int {
		switch o := x.OriginalOf[a.Key]; {
		case o == nil || o.First == a.Key && !o.Spliced:
			return 0
		case o.Spliced:
			return 2
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b *recount.Article) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), recount.ComparePublished(a.Published, b.Published), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// Voices groups statements by who speaks. Within one original, speakers whose
// Statements were folded together are one, and so are speakers of one name
// and kind. Statements without a speaker have no voice.
func (x *Index) Voices(statements []*CountedStatement) []*CountedSpeaker {
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
		if s.By == nil {
			continue
		}
		for _, c := range s.Again {
			if c.By != nil {
				join(s.By, c.By)
			}
		}
		if o := x.OriginalOf[s.Page.Key]; o != nil && x.Rule(FoldReprints) {
			l := looks{o.Key, strings.ToLower(s.By.Name), s.By.Kind}
			if l.name == "" {
				continue
			}
			if seen[l] == nil {
				seen[l] = s.By
			}
			join(seen[l], s.By)
		}
	}
	byRoot := map[*recount.Speaker]*CountedSpeaker{}
	var out []*CountedSpeaker
	for _, s := range statements {
		if s.By == nil {
			continue
		}
		r := root(s.By)
		v := byRoot[r]
		if v == nil {
			v = &CountedSpeaker{Speaker: s.By, Page: s.Page}
			byRoot[r] = v
			out = append(out, v)
		} else if s.By != v.Speaker && !slices.Contains(v.Also, s.By) {
			v.Also = append(v.Also, s.By)
		}
		v.Says = append(v.Says, s)
	}
	return out
}
