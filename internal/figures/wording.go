package figures

// This file finds figures that stand in the same words, and those of headlines
// and of changes that another article, or the text below, gives in full.
//
// In: the items of a reconciler. Out: joined items, and who tells what in whose
// words. Method: the words before and behind a figure, without the figure, as
// hashes. A long run of words of its own joins two figures, whatever their
// numbers; a shorter one only says of equal numbers that one is told after the
// other. Limits: a form that many outlets print (house notices) is no run of
// its own only as far as roles set it aside.

import (
	"fmt"
	"hash/fnv"
	"strings"

	"recount"
)

const (
	nearRun, nearOwn = 7, 2 // words beside a number that is told after another, and how many of them say something
	farRun, farOwn   = 8, 4 // the same for figures that stand in one place of one sentence; behind a figure one word less says enough
	wordingDays      = 60   // the same words later are another story
)

// runs returns the hashes of the words before and behind an item, near and far;
// 0 where there are too few of them.
func (it *item) runs() (near, far [2]uint64) {
	words := func(s string) (low []string) {
		t := tokenize(strings.ToValidUTF8(s, ""), nil)
		for _, k := range t.Tok {
			if k.Kind != markToken {
				low = append(low, k.Low)
			}
		}
		return low
	}
	hash := func(low []string, least, own int, side int) uint64 {
		n := 0
		for _, w := range low {
			if !isSmall(w) && !isSaying(w) && len(w) > 2 && smallNumber(w) == 0 {
				n++
			}
		}
		if len(low) < least || n < own {
			return 0
		}
		h := fnv.New64a()
		fmt.Fprint(h, side, " ", strings.Join(low, " "))
		return h.Sum64() | 1
	}
	before := words(it.a.Text[it.sentence.Start:it.f.Span.Start])
	after := words(it.a.Text[it.f.Span.End:it.sentence.End])
	if len(after) > 0 && (after[0] == "more" || after[0] == "of") { // "hundreds more", "dozens of families"
		after = after[1:]
	}
	near[0] = hash(before[max(0, len(before)-nearRun):], nearRun, nearOwn, 0)
	near[1] = hash(after[:min(len(after), nearRun)], nearRun, nearOwn, 1)
	far[0] = hash(before[max(0, len(before)-farRun):], farRun, farOwn, 0)
	far[1] = hash(after[:min(len(after), farRun)], farRun, farOwn-1, 1)
	return near, far
}

// sameWords joins figures that stand in the same place of the same sentence in
// several articles, and says which numbers are told in words of an earlier one.
func (r *reconciler) sameWords() {
	type number struct {
		run       uint64
		value     recount.Decimal
		qualifier recount.Qualifier
		kind      recount.FigureKind
	}
	said, place := map[number]int{}, map[uint64]int{}
	for i := range r.items {
		it := &r.items[i]
		if !it.sentence.Within(it.a.Text) || it.f.Span.Start < it.sentence.Start || it.f.Span.End > it.sentence.End || it.f.Withdrawn || it.taken >= 0 || it.lost != "" {
			continue
		}
		near, far := it.runs()
		for side := range 2 {
			if near[side] != 0 && it.f.Value != nil {
				k := number{near[side], *it.f.Value, it.f.Qualifier, it.f.Kind}
				if j, ok := said[k]; !ok {
					said[k] = i
				} else if r.items[j].art != it.art && it.told < 0 && apart(r.items[j].a, it.a) != 0 {
					it.told = j
				}
			}
			if far[side] == 0 || it.f.Qualifier == recount.Vague && it.value.low <= 1 {
				continue
			}
			j, ok := place[far[side]]
			if !ok {
				place[far[side]] = i
				continue
			}
			x := &r.items[j]
			if days := apart(x.a, it.a); x.art != it.art && x.f.Kind == it.f.Kind && (x.base >= 0) == (it.base >= 0) && (sameHead(x.f.Unit, it.f.Unit) || countsPeople(x.f.Unit) && countsPeople(it.f.Unit)) && (days <= wordingDays || days == 1<<20) {
				r.join(j, i, it.base >= 0 || it.f.Kind == recount.ShareFigure)
			}
		}
	}
}

// headlines joins the count of a headline to that of the text below it: an
// equal one, or one that it may stand for.
func (r *reconciler) headlines() {
	for i := range r.items {
		it := &r.items[i]
		if !it.headline || it.copied >= 0 || it.f.Kind != recount.CountFigure || it.base >= 0 || !countsPeople(it.f.Unit) {
			continue
		}
		for j := i + 1; j < len(r.items) && r.items[j].art == it.art; j++ {
			x := &r.items[j]
			if x.headline || x.added || x.f.Kind != recount.CountFigure || x.f.Value == nil || x.base >= 0 || !countsPeople(x.f.Unit) {
				continue
			}
			vague := it.f.Qualifier == recount.Vague && it.value.low > 1 && it.value.holds(r.total(j)) && sameHead(it.f.Unit, x.f.Unit)
			if vague || it.f.Value != nil && *it.f.Value == *x.f.Value {
				r.join(i, j, false)
				break
			}
		}
	}
}

// counts joins a count and a share of one whole that a sentence states as the
// same: "27 of the 41 were women, or almost two thirds". What does not fit is
// not the same.
func (r *reconciler) counts() {
	for i := range r.items {
		s := &r.items[i]
		if s.f.Kind != recount.ShareFigure || s.base < 0 || s.whole == 0 || s.f.Qualifier == recount.Vague || s.copied >= 0 {
			continue
		}
		for _, j := range [...]int{i - 1, i - 2, i + 1, i + 2} {
			if j < 0 || j >= len(r.items) {
				continue
			}
			c := &r.items[j]
			if c.art != s.art || c.base < 0 || c.base != s.base && s.base != j || c.f.Kind != recount.CountFigure || c.f.Value == nil || c.f.Value.Places > 0 || c.sentence != s.sentence || !c.stated {
				continue
			}
			first, second := c.f.Span, s.f.Span
			if second.Start < first.Start {
				first, second = second, first
			}
			if first.End > second.Start || second.Start-first.End > 80 || !inOtherWords(c.a.Text[first.End:second.Start]) {
				continue
			}
			if rel, _ := r.countAndShare(c, s); rel == Agrees {
				if s.mark == "" {
					s.mark = c.mark
				}
				s.base, s.whole = c.base, c.whole // not of the count itself
				r.join(i, j, true)
				break
			}
		}
	}
}

// inOtherWords reports whether what stands before a number says that it is the
// one before it once more.
func inOtherWords(between string) bool {
	between = strings.TrimRight(strings.ToLower(between), " ")
	for _, end := range [...]string{", or", "(", "–", "—", " - ", ", that is", ", i.e.", ", ie", "- or", "– or", "— or"} {
		if strings.HasSuffix(between, strings.TrimRight(end, " ")) {
			return true
		}
	}
	return strings.Trim(between, " ") == ","
}

// countAndShare says how a share stands to a count of the same whole.
func (r *reconciler) countAndShare(c, s *item) (Relation, string) {
	printed := s.f.Span.In(s.a.Text)
	a, err := r.bands.Answer(*s.f, printed, c.whole)
	if err != nil || c.f.Value == nil || c.f.Value.Places > 0 {
		return Agrees, "both can be right"
	}
	n := c.f.Value.Digits
	if a.Possible() && a.First <= n && n <= a.Last {
		return Agrees, fmt.Sprintf("%d of %d is %s", n, c.whole, printed)
	}
	return Conflict, fmt.Sprintf("%d of %d is not %s", n, c.whole, printed)
}

// A part is the members of a group that a mark tells from the others.
type part struct {
	whole int
	mark  string
}

// A level is the number that a rise or fall led to.
type level struct {
	rise *recount.ReportedFigure
	item int
}

// ledTo reports whether f is a change and g the number that it led to: "rose by
// 38 per cent, to 212".
func ledTo(text string, f, g *recount.ReportedFigure) bool {
	return f.Value != nil && g.Kind == recount.CountFigure && g.Value != nil && g.Span.Start >= f.Span.End && g.Span.Within(text) && sameHead(f.Unit, g.Unit) &&
		strings.Trim(strings.ToLower(text[f.Span.End:g.Span.Start]), " ,") == "to"
}

// changes joins a change that is told without its number, or as a share, to the
// number that another article gives.
func (r *reconciler) changes() {
	type change struct {
		value recount.Decimal
		head  string
	}
	at := map[change]int{}
	for _, l := range r.levels {
		if l.item < len(r.items) {
			if k := (change{*l.rise.Value, singular(lastWord(l.rise.Unit))}); k.head != "" {
				if _, ok := at[k]; !ok {
					at[k] = l.item
				}
			}
		}
	}
	for i := range r.items {
		it := &r.items[i]
		if it.f.Value == nil || it.f.Kind == recount.CountFigure || it.f.Unit == "" {
			continue
		}
		j, ok := at[change{*it.f.Value, singular(lastWord(it.f.Unit))}]
		if !ok || r.items[j].art == it.art || apart(r.items[j].a, it.a) > wordingDays {
			continue
		}
		switch {
		case it.f.Kind == recount.ChangeFigure:
			it.lost = "the change is told, its number is lost"
		case it.f.Kind == recount.ShareFigure && it.original == r.items[j].original:
			it.lost = "a change is told as a share"
		default:
			continue
		}
		r.join(j, i, false)
	}
}
