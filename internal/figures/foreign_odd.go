package figures

// This file reads numbers that other languages than English tell in odd ways: "ein
// gutes Dutzend", "duas dezenas", "tous sauf quatre des 90", "64 voix contre 32",
// "jeder vierte" without a noun, a second number that counts what the first did
// ("Погибли 9 человек, ранены 16") and one that stands in place of the one before. The
// words are those of the language's file.

import (
	"slices"
	"strings"

	"recount"
)

// farOdd is how many tokens may stand between words that belong together here.
const farOdd = 4

// tens multiplies a small number by the collective behind it: "duas boas dezenas".
func (r *reader) tens(n number) number {
	if n.value.Places > 0 || n.value.Digits < 2 || n.value.Digits > 9 || n.group || n.vague || n.share {
		return n
	}
	k, q := n.end, recount.Qualifier("")
	if k < len(r.tok) {
		if is := r.w.dozenLike[r.tok[k].low]; is != "" && r.tok[k].kind == word {
			k, q = k+1, recount.Qualifier(is)
		}
	}
	m, v := r.longest(r.w.collectivesPlural, k)
	if m == 0 {
		m, v = r.longest(r.w.collectives, k) // "zwei Dutzend", "два десятка"
	}
	if m == 0 {
		return n
	}
	n.value.Digits *= v
	n.end, n.about, n.dozen, n.small, n.word, n.loose = k+m, v != 12, v == 12, false, true, q
	return n
}

// dozenAt reports whether a dozen or the like stands at token k, or behind the word for
// how full it is.
func (r *reader) dozenAt(k int) bool {
	if k < len(r.tok) && r.w.dozenLike[r.tok[k].low] != "" {
		k++
	}
	m, _ := r.longest(r.w.collectives, k)
	return m > 0
}

// like grows a dozen or the like by the word before it that says how full it is, the
// article and a qualifier: "ein gutes Dutzend", "au moins une vingtaine".
func (r *reader) like(f *recount.ReportedFigure, first int, n number) int {
	if n.loose != "" {
		f.Qualifier = n.loose
	}
	if first > 0 && r.tok[first-1].kind == word {
		if is := r.w.dozenLike[r.tok[first-1].low]; is != "" {
			f.Qualifier = recount.Qualifier(is)
			first--
		}
	}
	first = r.article(first)
	g := *f
	g.Qualifier = recount.Exact
	if at := r.qualify(&g, first); at < first && g.Qualifier != recount.Exact && g.Qualifier != recount.Between && !r.onlyMoves(first, n.end) {
		f.Qualifier, first = g.Qualifier, at
	}
	return first
}

// allBut reads "alle bis auf vier der 90 Bergleute": 86 of the 90. Where nothing says
// how many all are, it returns the token behind the number and no figure.
func (r *reader) allBut(i int) (f recount.ReportedFigure, end int, ok bool) {
	k, behind := r.phrase(r.w.allBut, i), false
	if k == 0 {
		if k = r.phrase(r.w.except, i); k == 0 || !r.allBefore(i) {
			return f, i, false
		}
		behind = true
	}
	n, ok := r.number(i + k)
	if !ok || r.tok[i].kind == mark {
		return f, i, false
	}
	if n.vague || n.share || n.about || n.value.Places > 0 || r.phrase(r.w.percent, n.end) > 0 {
		return f, n.end, false
	}
	f = recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Exact, Of: -1}
	var whole int64
	if den, u, ok := r.wholeAt(n.end); ok && !behind {
		whole, f.Unit, f.Of = den.value.Digits, u, len(r.figs)+1
	} else if w := r.whole; !behind && w.fig >= 0 && w.fig < len(r.figs) && i-w.end <= farPart && !r.ended(w.end, i) {
		o := &r.figs[w.fig]
		whole, f.Unit, f.Of, f.Qualifier = o.Value.Digits, o.Unit, w.fig, o.Qualifier
	} else if behind {
		o := &r.figs[len(r.figs)-1]
		whole, f.Unit, f.Of, f.Qualifier = o.Value.Digits, o.Unit, len(r.figs)-1, o.Qualifier
	}
	if whole <= n.value.Digits {
		return f, n.end, false
	}
	f.Value = &recount.Decimal{Digits: whole - n.value.Digits}
	return f, n.end, true
}

// butBehind reads the same where the words follow: "58 işçinin dördü dışında hepsi",
// "58 işçiden 4'ü hariç tümü" are 54 of the 58.
func (r *reader) butBehind(i int) (f recount.ReportedFigure, end int, ok bool) {
	if len(r.w.exceptBehind) == 0 || r.tok[i].kind == mark {
		return f, i, false
	}
	out, k := r.ofThemAll(i)
	if k == 0 {
		return f, i, false
	}
	n := r.phrase(r.w.exceptBehind, k)
	if n == 0 {
		return f, i, false
	}
	all := r.phrase(r.w.allBehind, k+n)
	if all == 0 {
		return f, i, false
	}
	end = k + n + all
	o := r.lastCount()
	if o == nil || o.Of >= 0 || o.Value == nil || o.Value.Places > 0 || o.Qualifier != recount.Exact && o.Qualifier != recount.About || o.Value.Digits <= out ||
		strings.ContainsAny(r.raw[o.Span.End:r.tok[i].start], ".!?\n,;") || len(strings.Fields(r.raw[o.Span.End:r.tok[i].start])) > farOdd {
		return f, end, false
	}
	return recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: o.Qualifier, Value: &recount.Decimal{Digits: o.Value.Digits - out}, Unit: o.Unit, Of: len(r.figs) - 1}, end, true
}

// ofThemAll reads "dördü", "4'ü" at token i: so many of them; end is 0 if it is not that.
func (r *reader) ofThemAll(i int) (n int64, end int) {
	if m, v := r.longest(r.w.ofThemAll, i); m > 0 {
		return v, i + m
	}
	if d, ok := r.number(i); ok && !d.vague && !d.share && !d.about && d.value.Places == 0 && r.ending(r.w.partEndings, d.end) {
		return d.value.Digits, d.end + 1
	}
	return 0, 0
}

// allBefore reports whether the last figure counts a whole that is said to be all of
// it, right before token i: "tous les 90 mineurs sauf quatre".
func (r *reader) allBefore(i int) bool {
	o := r.lastCount()
	if o == nil || o.Of >= 0 || o.Value == nil || o.Value.Places > 0 {
		return false
	}
	k := i
	for k > 0 && r.tok[k-1].end > o.Span.Start {
		k--
	}
	if i-k > farOdd+4 || r.ended(k, i) {
		return false
	}
	for at := k; at > 0 && at >= k-farOdd; at-- {
		if r.phrase(r.w.all, at-1) > 0 {
			return true
		}
	}
	return false
}

// lastCount returns the last figure if it is a count with a unit, else nil.
func (r *reader) lastCount() *recount.ReportedFigure {
	if len(r.figs) == 0 {
		return nil
	}
	if o := &r.figs[len(r.figs)-1]; o.Kind == recount.CountFigure && o.Unit != "" {
		return o
	}
	return nil
}

// votes returns the unit of a side of a vote whose other side names it: "64 Stimmen
// gegen 32", "64 zu 32 Stimmen".
func (r *reader) votes(first, end int) string {
	if o := r.lastCount(); o != nil && r.isVote(o.Unit) {
		k := first
		for k > 0 && r.tok[k-1].start >= o.Span.End {
			k--
		}
		if k < first && r.tok[k].kind == word { // the votes themselves
			k++
		}
		if n := r.phrase(r.w.versus, k); n > 0 && k+n == first {
			return o.Unit
		}
	}
	if n := r.phrase(r.w.versus, end); n > 0 {
		if m, ok := r.number(end + n); ok && !m.vague && !m.share {
			if u, ok := r.noun(m.end); ok && r.isVote(u) {
				return u
			}
		}
	}
	return ""
}

func (r *reader) isVote(unit string) bool { return r.w.votes[folded(unit, r.w.code)] }

// implied returns what a share without a noun is a share of: whom its sentence has
// named first ("Von den Bewohnern ist jeder vierte arm"), what was counted last, else
// people. i is its first token.
func (r *reader) implied(i int) string {
	start := i
	for start > 0 && i-start < farVerb && !r.ended(start-1, start) {
		start--
	}
	for n := 2; n >= 1; n-- {
		if start+n >= i || !r.w.wholeFirst[r.join(start, start+n)] && !r.w.amongFirst[r.join(start, start+n)] {
			continue
		}
		if u, ok := r.noun(start + n); ok && u != "" {
			return u
		}
	}
	if o := r.lastCount(); o != nil && o.Span.End <= r.tok[i].start && strings.Count(r.raw[o.Span.End:r.tok[i].start], "\n") == 0 && r.sentencesSince(o.Span.End, i) <= 1 {
		return o.Unit
	}
	return r.w.people
}

// sentencesSince returns how many sentences end between byte at and token i.
func (r *reader) sentencesSince(at, i int) (n int) {
	for k := i - 1; k >= 0 && r.tok[k].start >= at; k-- {
		if r.ended(k, k+1) {
			n++
		}
	}
	return n
}

// goesOnWith returns the unit of the count before, if the number in tokens [first,
// end) goes on with the same in its sentence, and whether it is a part of it: "Погибли
// 9 человек, ранены 16", "Köyden 30 kişi kaçtı, 12 döndü".
func (r *reader) goesOnWith(f *recount.ReportedFigure, first, end int) string {
	o := r.lastCount()
	if o != nil && r.parallel(o, first, end) {
		return o.Unit
	}
	if o == nil || o.Of >= 0 || o.Value == nil || len(r.w.verbEndings) == 0 && len(r.w.andVerbs) == 0 || o.Span.End > r.tok[first].start {
		return ""
	}
	if r.goesOn(first, end) {
		return r.w.people // "и 12 получили ранения"
	}
	sep := first - 1
	for n := 0; ; n++ { // back to the comma or "and"
		if sep < 0 || n > 2 || r.tok[sep].start < o.Span.End || r.ended(sep, sep+1) || r.tok[sep].kind == foreignNumeral {
			return ""
		}
		if low := r.tok[sep].low; low == "," || low == "،" || r.w.and[low] || r.w.joins[low] {
			break
		}
		if r.phrase(r.w.andVerbs, sep) == first-sep { // "وأفرج عن 12"
			return r.openEnd(o, end)
		}
		sep--
	}
	behind := end
	part := end < len(r.tok) && r.ending(r.w.partEndings, end)
	if part {
		behind++
	}
	switch {
	case r.phrase(r.w.andVerbs, sep+1) == first-sep-1 && first > sep+1:
		return r.openEnd(o, end)
	case sep+2 == first && r.verbish(first-1):
		return r.openEnd(o, end)
	case sep+1 != first:
		return ""
	}
	if k := r.phrase(r.w.ofThem, behind); k > 0 {
		behind, part = behind+k, true
	}
	last := behind // the verb is the next word, or where it comes last the last one
	if r.w.nounBefore {
		for last+1 < len(r.tok) && last-behind < 2 && r.tok[last+1].kind == word {
			last++
		}
	}
	if !r.verbish(last) || last > behind && !part {
		return ""
	}
	if part && f.Value != nil && o.Value.Compare(*f.Value) > 0 {
		f.Of = len(r.figs) - 1
	}
	return o.Unit
}

// parallel reports whether the number in tokens [first, end) stands in a clause that
// goes on as that of the count o does, without noun and verb: "14 Bauern kamen aus
// Sand, 22 aus Lohn". The small word before the place is the same.
func (r *reader) parallel(o *recount.ReportedFigure, first, end int) bool {
	if o.Of >= 0 || o.Value == nil || end+1 >= len(r.tok) || first < 2 || o.Span.End > r.tok[first].start || r.tok[end].kind != word || r.tok[end].upper || !r.tok[end+1].upper {
		return false
	}
	sep := first - 1
	if low := r.tok[sep].low; low != "," && low != "،" && low != ";" && !r.w.and[low] {
		return false
	}
	for k := sep - 1; k > 0 && sep-k < 2*farVerb && r.tok[k].start >= o.Span.End && !r.ended(k, k+1); k-- {
		if r.tok[k].low == r.tok[end].low && r.tok[k].kind == word {
			return r.tok[k+1].upper
		}
	}
	return false
}

// openEnd returns the unit of o if no noun of its own follows the number before token
// end.
func (r *reader) openEnd(o *recount.ReportedFigure, end int) string {
	if r.content(end) && !r.is(r.w.others, end) {
		return ""
	}
	return o.Unit
}

// verbish reports whether token k has an ending of verbs.
func (r *reader) verbish(k int) bool {
	if k < 0 || k >= len(r.tok) || r.tok[k].kind != word || r.tok[k].upper || r.listed(k) || len([]rune(r.tok[k].low)) < 4 || r.w.stops[r.tok[k].low] || r.is(r.w.notCounted, k) {
		return false
	}
	return slices.ContainsFunc(r.w.verbEndings, func(e string) bool { return strings.HasSuffix(r.tok[k].low, e) })
}

// instead returns the unit of the count of the sentence before, if the number in
// tokens [first, end) is told in its place: "Tatsächlich waren es 37".
func (r *reader) instead(first, end int) string {
	o := r.lastCount()
	if o == nil || r.content(end) || r.sentencesSince(o.Span.End, first) != 1 || o.Span.End > r.tok[first].start {
		return ""
	}
	start := first
	for start > 0 && first-start < 8 && !r.ended(start-1, start) {
		start--
	}
	k := start + r.phrase(r.w.instead, start)
	if k == start {
		return ""
	}
	for ; k < first; k++ {
		if n := r.phrase(r.w.were, k); n > 0 && first-k-n <= 1 || r.w.code == "ru" && k == first-1 && r.verbish(k) {
			return o.Unit
		}
	}
	return ""
}
