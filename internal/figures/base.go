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
	if base.Qualifier != "" && base.Qualifier != recount.Exact || measured(base.Unit) || elsewhere(text, f, base) {
		return false // "more than 58": nobody said what it is a share of; milligrams come in parts
	}
	s := around(text, f.Span)
	if inBracket(text, f.Span) && i > 0 && figs[i-1].Span.Start >= s.Start {
		if f.Of == i-1 && !namesWhole(text, base.Span) {
			return false // the count that it tells again
		}
		if base.Span.Start >= s.Start && base.Span.End <= s.End && base.Of < 0 && namesWhole(text, base.Span) {
			return true // "22 children (38%) among the 58 passengers"
		}
	}
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
			if o := &figs[k]; k != f.Of && o.Kind == recount.CountFigure && o.Value != nil && o.Of < 0 && o.Span.Start >= from && o.Span.End <= s.End && (countsPeople(o.Unit) || o.Span.Start >= b.Start && o.Span.End <= b.End && !measured(o.Unit)) {
				return false
			}
		}
		return anaphor
	}
	if base.Of >= 0 && !anaphor {
		return false // "Of the 58, 35 left, or 60.3%": the share tells the 35 again
	}
	return anaphor || sameHead(f.Unit, base.Unit) || f.Unit != "" && isCaseLike(f.Unit) && countsPeople(base.Unit)
}

// WholeStated reports whether the article says of what figure i is a part: in its
// sentence, or of the same things or with "of them" in the one before. Find also
// takes what the whole article is about, to set figures of several outlets beside each
// other; that is recount's reading, and nothing to print beside a number.
func WholeStated(text string, figs []recount.ReportedFigure, i int) bool {
	f := &figs[i]
	if f.Of < 0 || f.Of >= len(figs) || f.Of == i || !f.Span.Within(text) || !figs[f.Of].Span.Within(text) {
		return false
	}
	if f.ByPerson || BaseStated(text, figs, i) {
		return true
	}
	base := &figs[f.Of]
	s, b := around(text, f.Span), around(text, base.Span)
	alike := f.Unit == "" || sameHead(f.Unit, base.Unit) || countsPeople(f.Unit) && countsPeople(base.Unit) || isCaseLike(f.Unit)
	if s == b {
		return alike && !elsewhere(text, f, base)
	}
	if alike && sameWhole(text, figs, i) {
		return true
	}
	if b.End > s.Start || strings.TrimSpace(text[b.End:s.Start]) != "" && strings.Trim(text[b.End:s.Start], " \n.!?”\"’'") != "" {
		return false // not the sentence before
	}
	first := strings.ToLower(s.In(text))
	if strings.HasPrefix(first, "they ") && alike { // "They are women in two thirds of the cases."
		return true
	}
	switch behind := strings.ToLower(text[f.Span.End:min(len(text), f.Span.End+80)]); {
	case f.Kind == recount.CountFigure: // "Fifty-eight left. Two were children."
		return alike
	case strings.HasPrefix(behind, " of the ") || strings.HasPrefix(behind, " of these ") || strings.HasPrefix(behind, " of those "): // "a third of the defectors"
		return sameHead(f.Unit, base.Unit) && strings.Contains(behind, lastWord(f.Unit))
	case strings.HasSuffix(strings.ToLower(f.Span.In(text)), " of them"), strings.HasSuffix(strings.ToLower(f.Span.In(text)), " of whom"):
		return true
	}
	return strings.HasPrefix(first, "of ")
}

// sameWhole reports whether the paragraph of figure i has said of another figure before
// it that it is a part of the same whole, and has counted nothing else since:
// "Twenty-seven of the 41 were women. ... just over half were told to sign."
func sameWhole(text string, figs []recount.ReportedFigure, i int) bool {
	base, line := figs[figs[i].Of].Value, strings.LastIndexByte(text[:figs[i].Span.Start], '\n')+1
	if base == nil {
		return false
	}
	for j := i - 1; j >= 0 && figs[j].Span.Start >= line; j-- {
		switch g := &figs[j]; {
		case g.Of >= 0 && g.Of < len(figs):
			if of := figs[g.Of].Value; of == nil || of.Compare(*base) != 0 {
				return false
			}
			if BaseStated(text, figs, j) {
				return true
			}
		case g.Kind == recount.CountFigure && (g.Value == nil || g.Value.Compare(*base) != 0):
			return false
		}
	}
	return false
}

// measured reports whether a unit comes in parts of one, so that any share of it
// may be.
func measured(unit string) bool {
	last := lastWord(strings.ToLower(unit))
	for _, w := range [...]string{last, singular(last), last + "s"} {
		if isMeasure(w) || isDuration(w) || isCurrency(w) {
			return true
		}
	}
	return strings.HasPrefix(unit, "square ") || strings.HasPrefix(unit, "cubic ")
}

var (
	owned   = wordList("owned")
	chances = wordList("chances")
)

// elsewhere reports whether a share is one of something that its whole has ("58
// guards lost 61% of their pay", "61% of the 58 guards' families"), or no share of
// anything counted ("a 61% chance").
func elsewhere(text string, f, base *recount.ReportedFigure) bool {
	for _, own := range [...]string{" of those who ", " of people who ", " of those that ", " of all who ", " of everyone who "} {
		if strings.HasPrefix(strings.ToLower(text[f.Span.End:min(len(text), f.Span.End+20)]), own) {
			return true // its own clause says whom
		}
	}
	after := strings.ToLower(strings.TrimLeft(text[f.Span.End:min(len(text), f.Span.End+24)], " "))
	printed := strings.ToLower(f.Span.In(text))
	for _, w := range owned {
		if of := "of " + w + " "; strings.HasPrefix(after, of) || strings.Contains(printed, of) {
			return true
		}
	}
	for _, w := range chances {
		if strings.HasPrefix(after, w) || strings.HasSuffix(printed, " "+w) {
			return true
		}
	}
	rest := text[base.Span.End:min(len(text), base.Span.End+60)]
	if _, behind, ok := strings.Cut(rest, lastWord(base.Unit)); ok {
		rest = behind
	}
	for _, w := range [...]string{"’ ", "' ", "’s ", "'s "} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}
