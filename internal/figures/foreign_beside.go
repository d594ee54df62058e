package figures

// This file finds what a number counts that has no noun of its own, in other
// languages than English: a part of a whole that stands before or behind it, a
// level to which something rises or falls, and whom somebody employs. The words
// are those of the language's file.

import (
	"slices"
	"strings"

	"recount"
)

// How many tokens may stand between two words that belong together.
const (
	farPart   = 10 // between a whole and its part: "Von den 61 Rekruten flohen 14"
	farVerb   = 12 // between a verb of change and the level
	farBehind = 3  // the same where the verb comes last
	farEmploy = 4  // between a verb for employing and the number
)

// A wholeBefore is a figure that names the whole of a part to come.
type wholeBefore struct {
	fig    int  // its number, -1 if there is none
	end    int  // the token behind its noun
	marked bool // the part is marked by an ending: "14'ü"
}

// plural reports whether token k looks like a counted noun.
func (r *reader) plural(k int) bool {
	return r.w.glued && r.tok[k].upper || !r.w.glued && r.w.plural(r.tok[k].low)
}

// wholeUnit returns what is counted in "14 de 61 reclutas", "14 conscrits sur
// 61" and "catorce de los 61", "" if nothing is. to is the token behind the
// whole.
func (r *reader) wholeUnit(den number, to int, unit string) string {
	if u, ok := r.noun(to); ok && u != "" {
		return u
	}
	core := to - 1
	for core > 0 && core > to-6 {
		if n, ok := r.number(core - 1); !ok || n.end != to || n.value != den.value {
			break
		}
		core--
	}
	if r.is(r.w.notCounted, to) || r.stem(r.w.notCounted, to) || r.phrase(r.w.money, to) > 0 || r.sign(to) || r.monthAt(to) {
		return ""
	}
	switch {
	case unit != "" && !(year(den.value.Digits) && !den.group && !den.word):
	case r.endsWith(r.w.ofThe, core): // "catorce de los 61 desertaron"
		if unit = r.counted(); unit == "" {
			unit = r.w.people
		}
	default:
		return ""
	}
	r.units[core] = unit
	return unit
}

func (r *reader) stem(set map[string]bool, k int) bool {
	return k < len(r.tok) && r.tok[k].kind == word && r.w.stemOf(set, r.tok[k].low)
}

// unitBeside returns what the number counts that begins at token core, with its
// qualifier at first, and ends before end, if no noun follows it.
func (r *reader) unitBeside(f *recount.ReportedFigure, first, core, end int) (string, bool) {
	if u := r.units[core]; u != "" {
		return u, true
	}
	if u := r.nounWithNumber(core - 1); u != "" {
		return u, true
	}
	if r.is(r.w.notCounted, end) || r.stem(r.w.notCounted, end) || r.monthAt(end) || f.Value == nil || f.Value.Places > 0 {
		return "", false
	}
	if u := r.votes(first, end); u != "" {
		return u, true
	}
	if u := r.partOfBefore(f, core, end); u != "" {
		return u, true
	}
	if u := r.goesOnWith(f, first, end); u != "" {
		return u, true
	}
	if u := r.instead(first, end); u != "" {
		return u, true
	}
	if k := r.levelWord(first); k < first && f.Qualifier == recount.Exact { // "примерно до 300"
		r.qualify(f, k)
	}
	if u := r.level(first, end); u != "" {
		return u, true
	}
	if u := r.reached(first, end); u != "" {
		return u, true
	}
	if r.employed(first, end) {
		return r.w.employees, true
	}
	return "", false
}

// reached returns what a number of something has come to that stands as the
// number in tokens [first, end): "El número de muertos asciende a 37".
func (r *reader) reached(first, end int) string {
	behind := end
	if end < len(r.tok) && end > 0 && r.ending(map[string]bool{r.tok[end].low: true}, end) {
		behind++ // "37'yi buldu"
	}
	if r.content(behind) && !r.is(r.w.reaches, behind) {
		return ""
	}
	start := first
	for start > 0 && first-start < farVerb && !r.ended(start-1, start) && r.tok[start-1].kind != foreignNumeral {
		start--
	}
	total, verb := false, r.phrase(r.w.reaches, behind) > 0
	for k := start; k < first; k++ {
		total = total || r.is(r.w.totals, k) || r.stem(r.w.totals, k)
		verb = verb || r.phrase(r.w.reaches, k) > 0 || r.stem(r.w.reaches, k)
	}
	if !total || !verb {
		return ""
	}
	u := r.subject(start, first)
	for k := start; k < first && u != "" && !r.w.nounBefore; k++ {
		if r.tok[k].kind == word && r.printed(k, 0) == u && !r.plural(k) && !r.listed(k) {
			return "" // "El número de teléfono es 37"
		}
	}
	return u
}

// noneOf reads "ninguno de los 61 testigos".
func (r *reader) noneOf(i int) (f recount.ReportedFigure, end int, ok bool) {
	n := r.phrase(r.w.none, i)
	if n == 0 {
		return f, i, false
	}
	f = recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Exact, Of: len(r.figs) + 1, Value: &recount.Decimal{}}
	if f.Unit, ok = r.wholeBehind(i + n); !ok && r.noneBehind(i, i+n) {
		f.Of, f.Unit, ok = r.whole.fig, r.figs[r.whole.fig].Unit, true
		r.whole.fig = -1
	}
	return f, i + n, ok
}

// noneBehind reports whether the word for none in tokens [i, end) stands for none of the
// whole before it, as in "Von den 61 Zeugen kam keiner", and not before a noun of its own
// ("gab keine Auskunft").
func (r *reader) noneBehind(i, end int) bool {
	w := r.whole
	if w.fig < 0 || w.fig >= len(r.figs) || w.marked || i-w.end > farPart || r.ended(w.end, i) {
		return false
	}
	apart, most := i, 1 // the noun alone, or a clause and a comma
	if r.tok[i-1].low == "," {
		apart, most = i-1, 4
	}
	direct := apart-w.end <= most
	for k := w.end; k < apart; k++ {
		direct = direct && r.tok[k].kind == word
	}
	last := func(k int) bool { return k >= len(r.tok) || r.tok[k].kind == mark }
	switch {
	case last(end), r.is(r.w.nobody, i) && !(r.w.glued && r.tok[end].upper):
		return true
	case r.w.glued:
		return !r.tok[end].upper && (last(end+1) || direct)
	}
	return direct && !r.listed(end)
}

// wholeBehind returns what a whole counts that stands at token k with the words
// before it: "de los 58 testigos".
func (r *reader) wholeBehind(k int) (string, bool) {
	_, u, ok := r.wholeAt(k)
	return u, ok
}

// wholeAt returns the number of such a whole, too.
func (r *reader) wholeAt(k int) (den number, unit string, ok bool) {
	from := k
	for k < len(r.tok) && k < from+4 {
		n := max(r.phrase(r.w.partOf, k), r.phrase(r.w.ofThe, k), r.phrase(r.w.ratio, k))
		if n == 0 && (r.is(r.w.of, k) || slices.Contains(r.w.prefixes, r.tok[k].low) || r.tok[k].low == "ال") {
			n = 1
		}
		if n == 0 {
			break
		}
		k += n
	}
	if k == from && !r.w.bareWhole {
		return den, "", false
	}
	den, ok = r.number(k)
	if !ok || den.vague || den.share || den.value.Places > 0 || den.value.Digits < 2 || r.glued(k, den.end) || r.phrase(r.w.percent, den.end) > 0 {
		return den, "", false
	}
	unit, ok = r.noun(den.end)
	return den, unit, ok && unit != ""
}

// arabicThe is the article of Arabic where it stands alone, before a number:
// "العمال الـ58".
const arabicThe = "ال"

// wholeBehindNoun returns what a share is of whose noun stands before its number, with
// the article, from token k on: "ثلث العمال الـ58".
func (r *reader) wholeBehindNoun(k int) (string, bool) {
	if r.w.and1 == "" || k+2 >= len(r.tok) || r.tok[k].kind != word {
		return "", false
	}
	for n := 0; n < 2 && k+1 < len(r.tok); n++ {
		if u := r.nounWithNumber(k + 1); u != "" {
			return u, true
		}
		k++
	}
	return "", false
}

// nounWithNumber returns the noun that stands before the article and a number, if the
// article is token k: "العمال الـ58"; else "".
func (r *reader) nounWithNumber(k int) string {
	if r.w.and1 == "" || k < 1 || k+1 >= len(r.tok) || r.tok[k].low != arabicThe {
		return ""
	}
	if n, ok := r.number(k + 1); !ok || n.vague || n.share || n.value.Places > 0 || r.phrase(r.w.percent, n.end) > 0 {
		return ""
	}
	for at := k - 1; at >= 0 && at >= k-2 && r.tok[at].kind == word; at-- { // "العمال الأجانب الـ58"
		switch {
		case r.listed(at):
			return r.printed(at, len(r.tok[at].low)-len(r.w.bare(r.w.nouns, r.tok[at].low)))
		case r.stem(r.w.notCounted, at) || !strings.HasPrefix(strings.TrimPrefix(r.tok[at].low, r.w.and1), arabicThe):
			return ""
		}
	}
	return ""
}

// wholeAhead returns the count that stands right before the share whose first token is
// given, with nothing but what it counts between, in languages that say it in that
// order: "58 işçinin beşte biri". The number is -1 if there is none.
func (r *reader) wholeAhead(first int) (string, int) {
	i := len(r.figs) - 1
	if !r.w.nounBefore || i < 0 || first == 0 {
		return "", -1
	}
	o := &r.figs[i]
	if o.Kind != recount.CountFigure || o.Value == nil || o.Unit == "" || o.Span.End > r.tok[first].start {
		return "", -1
	}
	seen := false
	for k := first - 1; k >= 0 && r.tok[k].start >= o.Span.End; k-- {
		if r.tok[k].kind != word || first-k > 3 {
			return "", -1
		}
		seen = seen || r.printed(k, 0) == o.Unit
	}
	if !seen || !slices.ContainsFunc(r.w.wholeOwners, func(e string) bool { return strings.HasSuffix(r.tok[first-1].low, e) }) {
		return "", -1
	}
	return o.Unit, i
}

// remember keeps a count that names a whole, whose part may follow.
func (r *reader) remember(f *recount.ReportedFigure, first, end int) {
	r.whole = wholeBefore{fig: -1}
	if f.Unit == "" || f.Of >= 0 || f.Value == nil {
		return
	}
	at := first
	for at > 0 && r.is(r.w.of, at-1) && !r.w.wholeFirst[r.tok[at-1].low] {
		at--
	}
	for n := 2; n >= 1; n-- {
		for k := at; k <= first && k-n >= 0; k++ {
			if r.w.wholeFirst[r.join(k-n, k)] && (k-n == 0 || r.tok[k-n-1].kind == mark) {
				r.whole = wholeBefore{fig: len(r.figs), end: end}
				return
			}
		}
	}
	if end < len(r.tok) && (slices.ContainsFunc(r.w.wholeEndings, func(e string) bool { return strings.HasSuffix(r.tok[end].low, e) }) || r.is(r.w.among, end+1)) {
		r.whole = wholeBefore{fig: len(r.figs), end: end, marked: true}
	}
}

// partOfBefore returns the unit of the whole before, if f is a part of it.
func (r *reader) partOfBefore(f *recount.ReportedFigure, core, end int) string {
	w := r.whole
	if w.fig < 0 || w.fig >= len(r.figs) || core-w.end > farPart || r.ended(w.end, core) || f.Value.Compare(*r.figs[w.fig].Value) >= 0 {
		return ""
	}
	if w.marked && !r.ending(r.w.partEndings, end) || !w.marked && r.content(end) && r.tok[end].upper {
		return ""
	}
	f.Of = w.fig
	r.whole.fig = -1
	return r.figs[w.fig].Unit
}

// ending reports whether token k is an ending written behind a number and an
// apostrophe.
func (r *reader) ending(set map[string]bool, k int) bool {
	if k <= 0 || k >= len(r.tok) || !set[r.tok[k].low] {
		return false
	}
	between := r.raw[r.tok[k-1].end:r.tok[k].start]
	return between == "'" || between == "’"
}

// ended reports whether a sentence ends among tokens [i, end).
func (r *reader) ended(i, end int) bool {
	for ; i < end && i < len(r.tok); i++ {
		if low := r.tok[i].low; r.tok[i].kind == mark && (low == "." || low == "\n" || low == ";" || low == "?" || low == "!" || low == "؟" || low == "؛") {
			return true
		}
	}
	return false
}

// levelWord returns the token at which the words begin that lead to a level, if
// they end before token first; else first.
func (r *reader) levelWord(first int) int {
	for n := longestPhrase; n >= 1; n-- {
		if first-n >= 0 && (r.w.levelTo[r.join(first-n, first)] || r.w.levelFrom[r.join(first-n, first)]) {
			return first - n
		}
	}
	return first
}

// moves reports whether a verb of change leads to or from the number in tokens
// [first, end). start is where the sentence begins, to where the words begin
// that lead to it.
func (r *reader) moves(first, end int) (start, to int, ok bool) {
	to = r.levelWord(first)
	if to == first && !r.ending(r.w.toEndings, end) && !r.ending(r.w.fromEndings, end) {
		return 0, 0, false
	}
	for start = to; start > 0 && !r.ended(start-1, start); start-- {
	}
	for k := to - 1; k >= start && k >= to-farVerb; k-- {
		if r.is(r.w.moved, k) {
			return start, to, true
		}
	}
	for k := end; k < len(r.tok) && k < end+farBehind+3 && !r.ended(k, k+1); k++ {
		if r.is(r.w.moved, k) {
			return start, to, true
		}
	}
	return 0, 0, false
}

// onlyMoves reports whether the words before the number, which elsewhere make
// it a bound, lead to a level: "выросло до 40", but not "wuchs auf bis zu 40".
func (r *reader) onlyMoves(first, end int) bool {
	to := r.levelWord(first)
	for n := longestPhrase; n > first-to; n-- {
		if first-n >= 0 && r.w.qualifiers[r.join(first-n, first)] != "" {
			return false
		}
	}
	_, _, ok := r.moves(first, end)
	return ok && to < first
}

// level returns what rises, falls, doubles or halves to or from the number in
// tokens [first, end), "" if nothing does: "Die Zahl der Toten stieg auf 190".
func (r *reader) level(first, end int) string {
	start, to, ok := r.moves(first, end)
	for n := 4; n >= 1 && !ok; n-- { // "auf rund 300": a qualifier stands between
		if first-n >= 0 && r.w.qualifiers[r.join(first-n, first)] != "" {
			start, to, ok = r.moves(first-n, end)
		}
	}
	// A noun that nobody counts, or another one, belongs to the number.
	if !ok || r.content(end) && !r.is(r.w.moved, end) && !r.ending(r.w.toEndings, end) && !r.ending(r.w.fromEndings, end) && !r.levels(end) {
		return ""
	}
	if k := max(r.phrase(r.w.levelTo, end), r.phrase(r.w.levelFrom, end)); k > 0 { // "von 12 auf 31 Euro"
		if n, ok := r.number(end + k); ok && (r.phrase(r.w.money, n.end) > 0 || r.sign(n.end) || r.phrase(r.w.percent, n.end) > 0 || r.is(r.w.notCounted, n.end) || r.stem(r.w.notCounted, n.end)) {
			return ""
		}
	}
	if u := r.subject(start, to); u != "" || !r.is(r.w.totals, start) {
		return u
	}
	return r.counted() // "Sayı yüzde 20 artarak 360'a çıktı"
}

// levels reports whether words that lead to a level begin at token k.
func (r *reader) levels(k int) bool {
	return r.phrase(r.w.levelTo, k) > 0 || r.phrase(r.w.levelFrom, k) > 0
}

// subject returns the noun of tokens [start, end) that is counted: the first
// behind a word such as "number", else the first.
func (r *reader) subject(start, end int) string {
	from, before := start, ""
	for k := start; k < end; k++ {
		if r.is(r.w.totals, k) || r.stem(r.w.totals, k) {
			for from = k + 1; r.is(r.w.totals, from); from++ {
			}
			if r.w.nounBefore {
				if from = start; k > start && r.content(k-1) {
					before = r.printed(k-1, 0) // "Firari sayısı"
				}
			}
			break
		}
	}
	if from > start {
		k := from
		for k < end && r.is(r.w.of, k) {
			k++
		}
		if k < end && r.content(k) && !r.is(r.w.moved, k) && !r.listed(k) && !r.is(r.w.notCounted, k) && !r.stem(r.w.notCounted, k) {
			return r.printed(k, 0)
		}
	}
	for k := from; k < end; k++ {
		if r.tok[k].kind != word || r.w.stops[r.tok[k].low] || r.w.notCounted[r.tok[k].low] || r.stem(r.w.notCounted, k) || r.w.totals[r.tok[k].low] || r.is(r.w.moved, k) || r.is(r.w.of, k) || r.is(r.w.money, k) {
			continue
		}
		if r.listed(k) {
			return r.printed(k, len(r.tok[k].low)-len(r.w.bare(r.w.nouns, r.tok[k].low)))
		}
		if r.plural(k) && (k > 0 || !r.w.glued) {
			return r.printed(k, 0)
		}
	}
	return before
}

// employed reports whether the number in tokens [first, end) is whom somebody
// employs: "Die Firma beschäftigt 200".
func (r *reader) employed(first, end int) bool {
	if r.w.employees == "" || r.content(end) && !r.is(r.w.employs, end) && !r.levels(end) {
		return false
	}
	if r.is(r.w.employs, end) {
		return true
	}
	for k := first - 1; k >= 0 && k >= first-farEmploy && r.tok[k].kind == word; k-- {
		if r.is(r.w.employs, k) {
			return true
		}
		for _, name := range [...]string{"since", "at", "year"} {
			if r.w.times[name][r.tok[k].low] {
				return false
			}
		}
	}
	return false
}

// toHalf reads a fall by half that is told without a number: "se redujeron a la
// mitad".
func (r *reader) toHalf(i int) (f recount.ReportedFigure, end int, ok bool) {
	n := r.phrase(r.w.byHalf, i)
	if n == 0 {
		return f, i, false
	}
	for k := max(0, i-farVerb/2); k < len(r.tok) && k < i+n+2 && !ok; k++ {
		ok = r.is(r.w.moved, k) && !r.ended(min(k, i), max(k, i))
	}
	v := recount.Decimal{Digits: 5, Places: 1}
	return recount.ReportedFigure{Kind: recount.ChangeFigure, Event: "change", Qualifier: recount.Exact, Of: -1, Value: &v}, i + n, ok
}
