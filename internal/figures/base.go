package figures

import (
	"strings"

	"recount"
)

// maxParagraph is how far back in bytes the paragraph of a whole is looked at.
const maxParagraph = 4000

// BaseStated reports whether the article says in the sentence of figure i of
// what it is a part, and counts the same there: "60% of the 58 miners", "58
// miners, 60% of whom". "Of them" says so too, where the sentence before, or the
// paragraph so far, counts people or cases once. Only then may somebody be told
// that the share cannot be: a whole found elsewhere is recount's reading, not the
// article's.
func BaseStated(text string, figs []recount.ReportedFigure, i int) bool {
	f := &figs[i]
	if f.Of < 0 || f.Of >= len(figs) || f.Of == i || !f.Span.Within(text) {
		return false
	}
	base := &figs[f.Of]
	if !base.Span.Within(text) || base.Kind != recount.CountFigure || base.Value == nil || base.Withdrawn {
		return false
	}
	s := around(text, f.Span)
	low := strings.ToLower(s.In(text))
	printed := strings.ToLower(f.Span.In(text))
	after := strings.ToLower(text[f.Span.End:min(s.End, f.Span.End+12)])
	anaphor := strings.HasPrefix(strings.TrimLeft(low, "“\"‘' "), "of them") || strings.HasPrefix(strings.TrimLeft(low, "“\"‘' "), "among them") ||
		strings.HasSuffix(printed, " of them") || strings.HasSuffix(printed, " of whom") || strings.HasPrefix(after, " of them") || strings.HasPrefix(after, " of whom")
	b := around(text, base.Span)
	if b != s {
		// "them" means the one count of people or cases of the sentence before,
		// or of the paragraph so far.
		from := b.Start
		if b.End > s.Start || strings.Contains(text[b.End:s.Start], "\n") && strings.Trim(text[b.End:s.Start], " \n.!?”\"’'") != "" {
			return false
		}
		for from > 0 && b.Start-from < maxParagraph && text[from-1] != '\n' {
			from--
		}
		for k := range figs {
			if o := &figs[k]; k != f.Of && o.Kind == recount.CountFigure && o.Value != nil && o.Of < 0 && o.Span.Start >= from && o.Span.End <= s.End && countsPeople(o.Unit) {
				return false
			}
		}
		return anaphor
	}
	return anaphor || sameHead(f.Unit, base.Unit) || f.Unit != "" && isCaseLike(f.Unit) && countsPeople(base.Unit)
}
