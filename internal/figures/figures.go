// Package figures reads the numbers that an article reports, checks whether a
// share can be a whole number of people, and sets the figures of several
// outlets beside each other.
//
// In: an article, and what was read out of it. Out: reported figures in order
// of the text, each with value or bounds, qualifier, what is counted, what it
// is part of, event and period.
//
// Method: numerals in digits and words are parsed by hand-written rules, grown
// by the qualifier before and after them, and kept only if the words around
// them make a quantity of something. Dates, ages, durations, times, ordinals,
// scores, sections and model numbers stay out. All arithmetic is in integers.
//
// The files follow the steps: tokens (token, number, noun, qualifier, phrase),
// figures (scan, unit, uncounted, change, note), links (link, event, period over
// calendar), the whole-number check (check, base) and what outlets say of one
// quantity (reconcile, interval). The word lists are lang/en/numbers.txt.
//
// Limits: English in full. German, French, Spanish, Portuguese, Russian, Arabic
// and Turkish as package foreign reads them; in other languages only shares
// with a percent sign. What is counted is found without a parser, from the
// plural that follows, so an unusual word order yields an empty unit.
package figures

import (
	"strconv"
	"strings"

	"recount"
	"recount/internal/lang"
)

// maxText is the longest text that is read, in bytes. News articles stay far
// below it; what lies beyond is not looked at.
const maxText = 4 << 20

// maxFigures and maxReach bound the work on a hostile text: the figures of one
// article, and how far a sentence is searched around one, in tokens.
const (
	maxFigures = 3000
	maxReach   = 250
)

// Find returns the counts, shares and amounts of money that an article
// reports, in order of the text. r gives the statements, from which SaidBy is
// taken, and the sentences with their roles; it may be the zero Reading.
func Find(a *recount.Article, r *recount.Reading) []recount.ReportedFigure {
	if r == nil {
		r = &recount.Reading{}
	}
	var figs []recount.ReportedFigure
	var t *text
	var replaced []int
	if english(a) {
		t = newText(a, r)
		t.scan()
		t.link()
		figs = make([]recount.ReportedFigure, 0, len(t.found))
		for i := range t.found {
			figs = append(figs, t.found[i].Fig)
		}
	} else {
		figs, replaced = findForeign(a.Text[:min(len(a.Text), maxText)], language(a), a.Date(), func(at int) bool { return aside(a.RoleAt(at)) })
	}
	for i := range figs {
		f := &figs[i]
		f.Article = a.Key
		f.Key = recount.KeyOf("figure", string(a.Key), strconv.Itoa(f.Span.Start), strconv.Itoa(f.Span.End))
		f.SaidBy = saidBy(r, f.Span)
	}
	if t != nil {
		t.corrected(figs)
	}
	for i, r := range replaced {
		if r >= 0 {
			figs[i].CorrectedBy = figs[r].Key
		}
	}
	return figs
}

// english reports whether the article is in English, by its label or, without
// one, by its words. What cannot be told is read as English.
func english(a *recount.Article) bool {
	l := language(a)
	return l == "" || l == "en" || strings.HasPrefix(l, "en-")
}

// language returns the article's language by its label or its words.
func language(a *recount.Article) string {
	if a.Language != "" {
		return a.Language
	}
	return lang.Guess(a.Text[:min(len(a.Text), 20000)])
}

// saidBy returns the speaker of the shortest statement whose content holds s,
// because the innermost of nested quotations is the one that speaks.
func saidBy(r *recount.Reading, s recount.Span) string {
	best, who := -1, ""
	for _, st := range r.Statements {
		for _, c := range st.Content {
			if c.Start <= s.Start && s.Start < c.End && (best < 0 || c.Len() < best) {
				best, who = c.Len(), st.Speaker
			}
		}
	}
	return who
}
