package quotes

import (
	"cmp"
	"slices"

	"recount"
	"recount/internal/lang"
)

// Read finds who says what in an article.
func Read(a *recount.Article) recount.Reading {
	r := recount.Reading{Article: a.Key}
	p := newPage(a)
	if len(p.sentences) == 0 {
		r.Notes = p.notes
		return r
	}
	p.assignRoles()
	drafts := p.turns()
	if drafts == nil {
		if m, g := trained(), lang.English(); p.lex.Code == "en" && m != nil && g != nil {
			drafts = p.byModel(m, g)
		} else {
			drafts = p.byRules()
		}
	}
	p.findNames()
	slices.SortStableFunc(drafts, func(a, b draft) int { return cmp.Compare(a.content[0].Start, b.content[0].Start) })
	c := newCast(p)
	seen := map[string]bool{}
	previous, line := -1, -1
	var speaks []int
	for i := range drafts {
		d := &drafts[i]
		role := p.sentences[p.sentenceAt(d.content[0].Start)].Role
		if role == recount.Related || role == recount.Comment || role == recount.Caption || role == recount.PullQuote || role == recount.Headline || role == recount.Subhead || role == recount.Byline {
			continue
		}
		here := p.lineStart(d.content[0].Start)
		if d.floating && line >= 0 && p.lineEnd(line)+3 < here && !p.regionContinues(d) {
			if p.between(p.lineEnd(line), here) != "" {
				previous = -1 // another paragraph lies between
			}
		}
		y := c.resolve(d, previous)
		st := recount.Statement{Article: a.Key, Confidence: d.confidence}
		st.Source, st.Cue, st.Speech = d.source, d.cue, d.speech
		st.Type = p.typeOf(d.content)
		if d.turn {
			st.Type = recount.Direct
		}
		for _, s := range d.content {
			if s = p.withoutMarks(s); s.Within(p.text) {
				st.Content = append(st.Content, s)
			}
		}
		if len(st.Content) == 0 {
			continue
		}
		st.Key = recount.StatementKey(a.Key, st.Quotation)
		if seen[string(st.Key)] {
			continue
		}
		seen[string(st.Key)] = true
		if y >= 0 {
			c.parties[y].speaks = true
		}
		if y >= 0 && !d.inner {
			previous, line = y, p.lineStart(d.content[len(d.content)-1].Start)
		}
		speaks = append(speaks, y)
		r.Statements = append(r.Statements, st)
	}
	var ids []string
	r.Speakers, ids = c.speakers(a.Key)
	for i, y := range speaks {
		if y >= 0 {
			r.Statements[i].Speaker = ids[y]
		}
	}
	r.Sentences, r.Notes = p.sentences, p.notes
	return r
}

func (p *page) regionContinues(d *draft) bool {
	i, j := p.regionsIn(d.content[0])
	return i < j && p.regions[i].continued
}

// typeOf tells a quotation's type by how many of its words stand inside marks.
func (p *page) typeOf(content []recount.Span) recount.QuotationType {
	in, all := 0, 0
	for _, s := range content {
		for i := p.wordAt(s.Start); i < len(p.words) && p.words[i].span.Start < s.End; i++ {
			all++
			if p.words[i].region >= 0 {
				in++
			}
		}
	}
	switch {
	case in == 0:
		return recount.Indirect
	case in == all:
		return recount.Direct
	}
	return recount.Mixed
}

// withoutMarks takes the outer quotation marks off a piece of content.
func (p *page) withoutMarks(s recount.Span) recount.Span {
	i, j := p.regionsIn(s)
	if i == j {
		return lang.Trim(p.text, s)
	}
	if g := p.regions[i]; g.outer.Start == s.Start && (g.outer.End >= s.End || j > i && p.regions[j-1].outer.End == s.End && p.allQuoted(s, i, j)) {
		s.Start = g.inner.Start
	}
	if g := p.regions[j-1]; g.outer.End == s.End && s.Start >= g.inner.Start {
		s.End = g.inner.End
	} else if g.outer.End == s.End && p.allQuoted(s, i, j) {
		s.End = g.inner.End
	}
	return lang.Trim(p.text, s)
}

// allQuoted reports whether nothing of s lies outside regions i to j.
func (p *page) allQuoted(s recount.Span, i, j int) bool {
	at := s.Start
	for ; i < j; i++ {
		if p.between(at, p.regions[i].outer.Start) != "" {
			return false
		}
		at = p.regions[i].outer.End
	}
	return p.between(at, s.End) == ""
}

// WithMarks returns content spans widened by the quotation marks that stand
// right at their ends. The gold files count the marks as content (PARC 3), the
// statements do not.
func WithMarks(text string, content []recount.Span) []recount.Span {
	out := make([]recount.Span, len(content))
	for i, s := range content {
		out[i] = recount.Span{Start: s.Start - markBefore(text[:s.Start]), End: s.End + markAfter(text[s.End:])}
	}
	return out
}
