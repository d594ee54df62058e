package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/report/prose"
)

// A Layer says what a marked place of an article is.
type Layer string

const (
	StatementLayer Layer = "statement"
	FigureLayer    Layer = "figure"
	ValueLayer     Layer = "value"
	MentionLayer   Layer = "mention"
	AsideLayer     Layer = "aside"
	LeadLayer      Layer = "lead" // the headline or first sentence, for the whole page
)

// A Place is a marked place of an article. Its id is the fragment of the
// article's page that a citation links to.
type Place struct {
	ID    string
	Layer Layer
	Spans []recount.Span
	Label string // in words, for the list beside the text
	Held  bool   // a person accepted it
}

// A Citation is one place that a page of the report shows, with its sentence.
type Citation struct {
	Article *recount.Article
	Place   Place
	Note    string // why it is shown: "gender: woman"
	Called  string // what the page calls the person, where the report calls them otherwise; else ""
	Unnamed bool   // the page then names nobody, it describes
}

// newPlace names a place by its content. A statement has the same name
// whether a machine found it or a person accepted it.
func newPlace(a recount.Key, l Layer, label string, spans ...recount.Span) Place {
	p := Place{Layer: l, Spans: spans, Label: label}
	if l == StatementLayer {
		p.ID = "s" + string(recount.StatementKey(a, recount.Quotation{Content: spans})[:12])
		return p
	}
	parts := []string{"place", string(l), string(a)}
	for _, s := range spans {
		parts = append(parts, spanText(s))
	}
	p.ID = "p" + string(recount.KeyOf(parts...)[:12])
	return p
}

// Cite returns the citation of a place; ok is false if the study's texts do
// not hold it.
func (x *Index) Cite(article recount.Key, l Layer, note string, spans ...recount.Span) (c Citation, ok bool) {
	a := x.ByKey[article]
	if a == nil || len(spans) == 0 || !inside(spans, a.Text) {
		return Citation{}, false
	}
	return Citation{Article: a, Place: newPlace(a.Key, l, "", spans...), Note: note}, true
}

// Lead returns the place that stands for a whole page: its headline, else its
// first sentence, else its first block.
func (x *Index) Lead(a *recount.Article) (Citation, bool) {
	for _, b := range a.Blocks {
		if b.Role == recount.Headline && b.Span.Within(a.Text) {
			return x.Cite(a.Key, LeadLayer, "", b.Span)
		}
	}
	for _, s := range x.Sentences(a.Key) {
		if s.Span.Within(a.Text) {
			return x.Cite(a.Key, LeadLayer, "", s.Span)
		}
	}
	text := strings.TrimLeft(a.Text, "\n ")
	start := len(a.Text) - len(text)
	end := start + len(prose.Cut(text, 300))
	if i := strings.IndexByte(text, '\n'); i > 0 {
		end = min(end, start+i)
	}
	return x.Cite(a.Key, LeadLayer, "", recount.Span{Start: start, End: end})
}

// collectPlaces lists, per article, every place that a page of the report may
// point at, so that the page of the article can mark them all.
func (x *Index) collectPlaces() {
	seen := map[recount.Key]map[string]bool{}
	held := false
	add := func(c Citation, ok bool, label string) {
		if !ok {
			return
		}
		c.Place.Held = held
		k := c.Article.Key
		if seen[k] == nil {
			seen[k] = map[string]bool{}
		}
		if seen[k][c.Place.ID] {
			return
		}
		seen[k][c.Place.ID] = true
		c.Place.Label = label
		x.Places[k] = append(x.Places[k], c.Place)
	}
	put := func(a recount.Key, l Layer, label string, spans ...recount.Span) {
		c, ok := x.Cite(a, l, "", spans...)
		add(c, ok, label)
	}
	// A person's answer comes before the machine's reading of the same words,
	// so that its label is the one shown.
	members := func(all []recount.Member) {
		for i := range all {
			m := &all[i]
			put(m.Article, MentionLayer, m.Speaker.Name, m.At)
			for _, s := range m.Statements {
				put(s.Article, StatementLayer, m.Speaker.Name+", "+string(s.Type)+", accepted", s.At...)
			}
			for _, co := range m.Codes {
				put(co.Article, StatementLayer, m.Speaker.Name+", coded "+co.Code, co.At...)
			}
			for _, v := range m.Values {
				if v.At.Len() > 0 {
					put(v.Article, ValueLayer, m.Speaker.Name+", "+strings.ReplaceAll(v.Variable, "_", " ")+": "+prose.Month(v.Value), v.At)
				}
			}
		}
	}
	held = true
	for _, c := range x.Cases {
		members(c.Members)
	}
	for _, s := range x.Miss.Accepted {
		put(s.Article, StatementLayer, string(s.Type)+", accepted", s.At...)
	}
	held = false
	for _, s := range x.Miss.Unanswered {
		put(s.Article, StatementLayer, string(s.Type)+", read by the program", s.At...)
	}
	members(x.Open)
	for _, r := range x.Relations {
		if i := Longest(r.Spans); i >= 0 {
			put(r.A, LeadLayer, "", r.Spans[i].A)
			put(r.B, LeadLayer, "", r.Spans[i].B)
		}
	}
	for _, a := range x.Every {
		c, ok := x.Lead(a)
		add(c, ok, "")
		for _, f := range x.Figures[a.Key] {
			put(a.Key, FigureLayer, "reported figure, "+prose.Qualifier(f), f.Span)
		}
		for i, b := range a.Blocks {
			if b.Role == recount.Related || b.Role == recount.Comment {
				put(a.Key, AsideLayer, prose.Role(b.Role), a.Blocks[i].Span)
			}
		}
		r := x.Readings[a.Key]
		if r == nil {
			continue
		}
		for i := range r.Statements {
			s := &r.Statements[i]
			who := "nobody named"
			if sp := x.byID[speakerID{a.Key, s.Speaker}]; sp != nil {
				who = sp.Name
			}
			put(a.Key, StatementLayer, who+", "+string(s.Type), s.Content...)
		}
		for i := range r.Speakers {
			put(a.Key, MentionLayer, r.Speakers[i].Name, r.Speakers[i].Mention)
		}
		for _, s := range r.Sentences {
			if s.Role == recount.OffTopic {
				put(a.Key, AsideLayer, "set aside: "+s.Reason, s.Span)
			}
		}
	}
	for _, p := range x.Places {
		slices.SortStableFunc(p, func(a, b Place) int {
			return cmp.Or(cmp.Compare(a.Spans[0].Start, b.Spans[0].Start), cmp.Compare(hull(b.Spans).End, hull(a.Spans).End),
				cmp.Compare(a.ID, b.ID))
		})
	}
}

func spanText(s recount.Span) string { return strconv.Itoa(s.Start) + "-" + strconv.Itoa(s.End) }

// Longest returns which of the runs is the longest, or -1.
func Longest(spans []recount.Alignment) int {
	best := -1
	for i, s := range spans {
		if best < 0 || s.A.Len() > spans[best].A.Len() {
			best = i
		}
	}
	return best
}

// Cites appends a citation if the study's texts hold it.
func (x *Index) Cites(to []Citation, a recount.Key, l Layer, note string, spans ...recount.Span) []Citation {
	if c, ok := x.Cite(a, l, note, spans...); ok {
		return append(to, c)
	}
	return to
}

// ArticlePath is the page of an article, from the top of the report.
func ArticlePath(k recount.Key) string { return "articles/" + string(k) + ".html" }
