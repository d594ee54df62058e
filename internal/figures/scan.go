package figures

import (
	"recount"
	"recount/internal/lang"
)

// A text is an article and what has been found in it.
type text struct {
	calendar
	skip  []bool // by sentence: its role says that it is no part of the report
	note  []bool // by sentence: it stands in a note of correction
	found []candidate
	polls int8 // 0 not looked yet, 1 the article speaks of a poll, -1 it does not
}

// A candidate is a figure with what later steps need to know of it.
type candidate struct {
	numberPhrase
	unitEnd int  // first token after the unit
	bare    bool // the text names no unit with it
	them    bool // "of them", "of whom"

	rate     bool  // "at a rate of 200 a week"
	vote     bool  // one side of a vote
	out      int64 // of "all but four": the four
	replaced int   // if withdrawn: the figure that stands instead, or -1
}

func newText(a *recount.Article, r *recount.Reading) *text {
	raw := a.Text[:min(len(a.Text), maxText)]
	sents := r.Sentences
	if len(sents) == 0 {
		for _, s := range lang.Sentences(raw, "en") {
			sents = append(sents, recount.Sentence{Span: s})
		}
	}
	spans := make([]recount.Span, len(sents))
	skip := make([]bool, len(sents)+1)
	for i, s := range sents {
		spans[i] = s.Span
		skip[i] = aside(s.Role) || aside(a.RoleAt(s.Span.Start))
	}
	t := &text{calendar: calendar{tokens: tokenize(raw, spans), Published: a.Date()}, skip: skip}
	t.notes()
	return t
}

// aside reports whether text of this role is no part of what the article
// reports, or repeats it.
func aside(r recount.Role) bool {
	switch r {
	case recount.OffTopic, recount.Related, recount.Comment, recount.PullQuote, recount.Byline, recount.Dateline:
		return true
	}
	return false
}

// scan finds the figures of the text, without what links them.
func (t *text) scan() {
	for i := 0; i < len(t.Tok) && len(t.found) < maxFigures; {
		k := &t.Tok[i]
		if k.Kind == markToken || t.skip[min(k.Sent, len(t.skip)-1)] {
			i++
			continue
		}
		if c, ok := t.vaguePhrase(i); ok {
			t.found = append(t.found, c)
			i = c.End
			continue
		}
		if c, end, ok := t.exception(i); end > i {
			if ok {
				t.found = append(t.found, c)
			}
			i = end
			continue
		}
		n, ok := t.NumeralAt(i)
		if !ok {
			i++
			continue
		}
		next := n.End
		if c, ok := t.figureAt(i, n); ok {
			t.found = append(t.found, c)
			next = max(next, c.End)
		}
		i = max(next, i+1)
	}
}

// vaguePhrase reads the quantities that hold no number word: "most of them",
// "numerous stories", "a growing number of defectors".
func (t *text) vaguePhrase(i int) (candidate, bool) {
	k := t.At(i)
	c := candidate{numberPhrase: numberPhrase{First: i, Core: i, N: numeral{Vague: true}}}
	switch k.Low {
	case "most":
		if t.At(i+1).Low != "of" || t.At(i+2).Low != "them" {
			return c, false
		}
		c.End, c.them = i+1, true
	case "numerous":
		c.End = i + 1
	case "relatively", "comparatively":
		if t.At(i+1).Low != "few" {
			return c, false
		}
		c.End = i + 2
	case "growing", "rising", "increasing":
		if t.At(i+1).Low != "number" && t.At(i+1).Low != "numbers" || t.At(i+2).Low != "of" {
			return c, false
		}
		c.End = i + 2
	default:
		return c, false
	}
	c.N.End, c.Last, c.unitEnd = c.End, c.End, c.End
	c.Fig = recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Vague, Of: -1}
	c.N.End = c.End
	if c.them {
		c.Last, c.unitEnd = i+3, i+3
		c.bare = true
		if u := t.NounAt(i + 3); u.Text != "" && isPersonal(u.Text) && !isVerbish(firstWord(u.Text)) {
			c.Fig.Unit, c.unitEnd, c.bare = u.Text, u.End, false // "most of them women"
		}
	} else {
		j := c.End
		if t.At(j).Low == "of" {
			j++
		}
		u := t.NounAt(j)
		if u.Text == "" || !u.Plural {
			return c, false
		}
		c.Fig.Unit, c.unitEnd = u.Text, u.End
	}
	c.Fig.Span = recount.Span{Start: k.Start, End: t.At(c.Last - 1).End}
	return c, true
}

// figureAt decides whether the numeral at i is a figure, and reads the rest
// of it.
func (t *text) figureAt(i int, n numeral) (candidate, bool) {
	if t.tally(i, n) {
		return t.oneSide(i, n), true
	}
	p, ok := t.PhraseAt(i, n)
	c := candidate{numberPhrase: p}
	if !ok || t.uncounted(&c) || !t.unit(&c) {
		return c, false
	}
	c.Fig.Span = t.Span(&c.numberPhrase)
	return c, c.Fig.Span.Within(t.Raw)
}
