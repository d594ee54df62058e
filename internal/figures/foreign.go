// This file reads the numbers that a text in another language than
// English reports.
//
// In: a text and the code of its language. Out: counts, shares, changes and
// amounts of money, with value or bounds, qualifier and what is counted.
//
// Method: one reader for all languages; what differs lies in the language's
// word file (lang/CODE/numbers.txt). A number is kept if a percent sign, a
// counted noun or money goes with it. Dates, ages, durations, clocks and
// labels stay out.
//
// Periods (since, in, last year), parts of a whole ("14 von 61", "von den 61
// flohen 14"), levels ("verdoppelte sich auf 40"), whom somebody employs and what
// a note of correction takes back are told by the words of the same file. Limits:
// no events. What is counted is the listed
// noun or the plural that follows within three words. A language without a file
// is read for percent signs only.

package figures

import (
	"slices"
	"strings"

	"recount"
)

// most bounds the figures of one text.
const most = 3000

// A reader reads one text.
type reader struct {
	w    *words
	raw  string
	tok  []foreignToken
	figs []recount.ReportedFigure

	units map[int]string // what a number counts that has no noun of its own, by its token
	whole wholeBefore
	last  runsOfWords // of the token that was asked for last

	question bool // a question about one share, not an article: "ثلث 60" is a share
}

// findForeign returns the figures of text, in order. skip says of a byte whether the
// text there is no part of what is reported. replaced says of each figure that
// a note of correction takes back which one stands in its place, else -1.
func findForeign(text, language string, published recount.Date, skip func(at int) bool) (figs []recount.ReportedFigure, replaced []int) {
	w := wordsOf(language)
	r := &reader{w: w, raw: text, tok: cut(text, w), units: map[int]string{}, whole: wholeBefore{fig: -1}}
	for i := 0; i < len(r.tok) && len(r.figs) < most; {
		if r.tok[i].kind == mark && !r.w.percentBefore[r.tok[i].low] || skip(r.tok[i].start) {
			i++
			continue
		}
		i = max(i+1, r.figure(i))
	}
	for i := range r.figs {
		if f := &r.figs[i]; f.Of >= 0 && !r.holds(i, f.Of) {
			f.Of = -1
		}
	}
	replaced = r.notes(skip)
	r.periods(published)
	return r.figs, replaced
}

// A number is one as it is written.
type number struct {
	value recount.Decimal
	end   int               // first token after it
	vague bool              // "dozens"
	about bool              // "une cinquantaine"
	dozen bool              // "une douzaine"
	word  bool              // in words
	share bool              // a fraction
	small bool              // the word for one, which is also an article
	group bool              // with signs between thousands
	loose recount.Qualifier // "duas boas dezenas"
}

// figure reads the figure whose number begins at token i and returns the token
// after it, or i if there is none.
func (r *reader) figure(i int) int {
	if f, end, ok := r.each(i); ok {
		r.add(f, r.qualify(&f, i), end, "")
		return end
	}
	if f, end, ok := r.ofEach(i); ok {
		r.add(f, i, end, "")
		return end
	}
	if f, end, ok := r.toHalf(i); ok {
		r.add(f, i, end, "")
		return end
	}
	if f, end, ok := r.noneOf(i); ok {
		r.add(f, i, end, "")
		return end
	}
	if f, end, ok := r.butBehind(i); end > i {
		if ok {
			r.add(f, i, end, "")
		}
		return end
	}
	if f, end, ok := r.allBut(i); end > i {
		if ok {
			r.add(f, i, end, "")
		}
		return end
	}
	first := i
	before := r.phrase(r.w.percentBefore, i) // "yüzde 20"
	n, ok := r.number(i + before)
	if !ok || before > 0 && (n.vague || n.share) {
		return i
	}
	core := i + before
	if n.small && r.dozenAt(n.end) {
		return n.end // "mindestens ein Dutzend"
	}
	if r.glued(core, n.end) || r.label(core) {
		return n.end
	}
	f := recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Exact, Of: -1}
	end := n.end
	v := n.value
	f.Value = &v
	switch {
	case n.vague:
		f.Value, f.Qualifier = nil, recount.Vague
	case n.share:
		f.Kind = recount.ShareFigure
	case n.about:
		f.Qualifier = recount.About
	}
	ratio := false
	percent := before
	if before == 0 && !n.share && !n.vague {
		if percent = r.phrase(r.w.percent, end); percent > 0 {
			end += percent
		}
	}
	if !n.vague && !n.share && r.level(first, end) == "" {
		if hi, to, low, ok := r.upTo(first, n, end); ok {
			if p := r.phrase(r.w.percent, to); p > 0 {
				percent, to = p, to+p
			}
			lo := v
			f.Value, f.Low, f.High, f.Qualifier, end, first = nil, &lo, &hi, recount.Between, to, low
		}
	}
	if percent > 0 {
		f.Kind = recount.ShareFigure
		for _, d := range []*recount.Decimal{f.Value, f.Low, f.High} {
			if d != nil {
				d.Places += 2
				*d = d.Trimmed()
			}
		}
	}
	if f.Kind == recount.CountFigure && f.Value != nil {
		if share, den, to, unit, ok := r.ratio(n, end); ok {
			if n.small && !share {
				unit = "" // "mit einer Mehrheit von 159"
			}
			if share {
				x := recount.Decimal{Digits: (n.value.Digits*10000 + den.value.Digits/2) / den.value.Digits, Places: 4}
				x = x.Trimmed()
				f.Kind, f.Value, end = recount.ShareFigure, &x, to
				ratio = true
				if unit != "" {
					f.Unit = unit
				}
			} else if u := r.wholeUnit(den, to, unit); u != "" {
				first = r.qualify(&f, first)
				f.Unit, f.Of = u, len(r.figs)+1
				r.add(f, first, end, u)
				return end
			}
		}
	}
	if n.about || n.dozen {
		first = r.like(&f, first, n)
	}
	if (f.Qualifier == recount.Exact || f.Qualifier == recount.Between) && !r.onlyMoves(first, end) {
		first = r.qualify(&f, first)
	}
	end = r.after(&f, end)
	switch f.Kind {
	case recount.ShareFigure:
		if u, ok := r.wholeBehind(end); ok { // "un tercio de los 58 testigos"
			f.Unit, f.Of = u, len(r.figs)+1
		} else if u, ok := r.wholeBehindNoun(end); ok { // "ثلث العمال الـ58"
			f.Unit, f.Of = u, len(r.figs)+1
		} else if u, of := r.wholeAhead(first); of >= 0 { // "58 işçinin beşte biri"
			f.Unit, f.Of = u, of
		}
		if f.Unit == "" {
			f.Unit, _ = r.noun(end)
		}
		if f.Unit == "" && r.w.nounBefore && r.listed(first-1) {
			f.Unit = r.printed(first-1, 0)
		}
		if k := end; n.share && f.Unit == "" {
			for r.is(r.w.of, k) {
				k++
			}
			if r.is(r.w.notCounted, k) {
				return n.end // "un quart d'heure"
			}
		}
		if f.Unit == "" && ratio {
			f.Unit = r.implied(first)
		}
		if r.change(first, end) {
			f.Kind = recount.ChangeFigure
			f.Event = "change"
		}
	default:
		if r.sign(core-1) || r.sign(end) || r.phrase(r.w.money, end) > 0 || n.vague && r.is(r.w.of, end) && r.phrase(r.w.money, end+1) > 0 {
			f.Kind, f.Unit = recount.MoneyFigure, "money"
			if r.sign(core - 1) {
				first = min(first, core-1)
			} else if p := r.phrase(r.w.money, end); p > 0 {
				end += p
			} else if r.sign(end) {
				end++
			}
			break
		}
		u, ok := r.noun(end)
		if !ok && !n.small && !n.vague {
			u, ok = r.unitBeside(&f, first, core, end)
		}
		if k := r.phrase(r.w.ratio, end); !ok && k == 1 && n.word && !n.small && end+1 < len(r.tok) && r.tok[end+1].kind == word { // "семеро из обвиняемых"
			u, ok = r.noun(end + 1)
		}
		if r.is(r.w.others, end) { // "30 autres soldats", "30 autres ont été blessées"
			u, ok = r.noun(end + 1)
		}
		if !ok && (r.is(r.w.adding, first-1) || r.is(r.w.others, end)) && !r.is(r.w.notCounted, end) && !r.is(r.w.notCounted, end+1) {
			u = r.counted()
			ok = u != ""
		}
		if !ok && !n.vague && !n.small && r.goesOn(first, end) { // "... und 16 wurden verletzt"
			u, ok = r.w.people, true
		}
		if !ok && f.Qualifier != recount.Exact && !n.vague && r.is(r.w.aux, end) { // "unas 200 han vuelto"
			u, ok = r.counted(), true
		}
		if !ok || n.small && f.Qualifier != recount.AtLeast { // "unter einen Baum"
			return n.end
		}
		if f.Value != nil && f.Value.Places > 0 {
			return n.end // "4,3 Punkte", an index
		}
		if f.Value != nil && !n.word && !n.group && year(f.Value.Digits) && f.Qualifier == recount.Exact && r.tok[core].end-r.tok[core].start == 4 && !r.listed(end) {
			return n.end
		}
		if f.Qualifier == recount.Between && !n.word && !n.group && year(f.Low.Digits) && year(f.High.Digits) && !r.listed(end) {
			return n.end // "von 2013 bis 2014"
		}
		f.Unit = u
		r.remember(&f, first, end)
	}
	r.add(f, first, end, f.Unit)
	return end
}

// goesOn reports whether the number in tokens [first, end), behind "and", goes on
// with the people that its sentence has counted.
func (r *reader) goesOn(first, end int) bool {
	if r.w.people == "" || len(r.figs) == 0 || first == 0 || !r.is(r.w.and, first-1) && !r.is(r.w.joins, first-1) || !r.is(r.w.befell, end) {
		return false
	}
	o := &r.figs[len(r.figs)-1]
	return o.Kind == recount.CountFigure && o.Unit != "" && o.Span.End <= r.tok[first].start && !strings.ContainsAny(r.raw[o.Span.End:r.tok[first].start], ".!?;\n")
}

// counted returns what the last count before counts, or "".
func (r *reader) counted() string {
	for k := len(r.figs) - 1; k >= 0; k-- {
		if r.figs[k].Kind == recount.CountFigure && r.figs[k].Unit != "" {
			return r.figs[k].Unit
		}
	}
	return ""
}

func (r *reader) add(f recount.ReportedFigure, first, end int, unit string) {
	if f.Unit == "" {
		f.Unit = unit
	}
	f.Span = recount.Span{Start: r.tok[first].start, End: r.tok[end-1].end}
	switch f.Qualifier {
	case recount.AtLeast, recount.MoreThan:
		f.Low = f.Value
	case recount.AtMost, recount.LessThan, recount.UpTo:
		f.High = f.Value
	}
	if f.Span.Within(r.raw) {
		r.figs = append(r.figs, f)
	}
}

// holds reports whether figure j, which was taken for the whole of figure i, is one:
// a count of known size in the same sentence. What stands behind a part is read after
// it, and may turn out to be no figure.
func (r *reader) holds(i, j int) bool {
	if j >= len(r.figs) || j == i {
		return false
	}
	f, o := &r.figs[i], &r.figs[j]
	a, b := min(f.Span.End, o.Span.End), max(f.Span.Start, o.Span.Start)
	return o.Kind == recount.CountFigure && o.Value != nil && (a >= b || !sentenceEnds(r.raw[a:b]))
}

// sentenceEnds reports whether a sentence ends inside s, which lies between two
// numbers.
func sentenceEnds(s string) bool {
	if strings.ContainsAny(s, "\n!?؟") {
		return true
	}
	for _, end := range [...]string{". ", ".\u00a0", ".” ", ".» ", ".\" "} {
		if strings.Contains(s, end) {
			return true
		}
	}
	return false
}

func year(n int64) bool { return n >= 1000 && n < 2200 }

// each reads "jede fünfte Pflegekraft".
func (r *reader) each(i int) (f recount.ReportedFigure, end int, ok bool) {
	n := r.phrase(r.w.each, i)
	if n == 0 {
		return f, i, false
	}
	k, den := r.longest(r.w.ordinals, i+n)
	if k == 0 || den < 2 {
		return f, i, false
	}
	end = i + n + k
	u, _ := r.noun(end)
	if r.is(r.w.notCounted, end) {
		return f, i, false // "jede zweite Woche"
	}
	v := recount.Decimal{Digits: (10000 + den/2) / den, Places: 4}
	v = v.Trimmed()
	if u == "" {
		u = r.implied(i)
	}
	f = recount.ReportedFigure{Kind: recount.ShareFigure, Qualifier: recount.Exact, Of: -1, Value: &v, Unit: u}
	if w, ok := r.wholeBehind(end); ok { // "jeder fünfte der 58 Arbeiter"
		f.Unit, f.Of = w, len(r.figs)+1
	}
	return f, end, true
}

// glued reports whether the number is bound to letters, marks or more numbers:
// a clock, a date, a telephone number, "34-Jährige".
func (r *reader) glued(i, end int) bool {
	joined := func(k int) bool { return k > 0 && k < len(r.tok) && r.tok[k-1].end == r.tok[k].start }
	if joined(i) {
		switch p := r.tok[i-1]; {
		case p.kind == word && (slices.Contains(r.w.prefixes, p.low) || r.w.and1 != "" && p.low == arabicThe || strings.HasSuffix(p.low, "'")): // "و6 جنود", "d'un million"
		case p.kind != mark, slices.Contains([]string{"/", ":", "#", "@", "_", "+", "."}, p.low):
			return true
		case p.low == "-" && joined(i-1):
			return true
		}
	}
	if end < len(r.tok) && r.tok[end].hyphen {
		return true // "Fünf-Prozent-Hürde"
	}
	if joined(end) {
		switch p := r.tok[end]; {
		case p.kind != mark:
			return true
		case p.low == ":" || p.low == "/" || p.low == "°":
			return true
		case p.low == "-" || p.low == "–":
			return joined(end+1) && r.tok[end+1].kind != foreignNumeral
		}
	}
	return i > 0 && r.tok[i].kind == foreignNumeral && r.tok[i-1].kind == foreignNumeral
}

// label reports whether the word before the number is followed by the number
// of a thing: "Seite 12".
func (r *reader) label(i int) bool { return i > 0 && r.is(r.w.labels, i-1) }

// upTo reads the upper end of "5 bis 6", "entre 5 y 6" and "10-15 %". end is
// the token after the lower number and its sign; first the first token with
// "between".
func (r *reader) upTo(i int, n number, end int) (hi recount.Decimal, to, first int, ok bool) {
	first = i
	between := 0
	for k := 1; k <= 2 && i-k >= 0; k++ {
		if r.phrase(r.w.between, i-k) == k {
			between, first = k, i-k
		}
	}
	step := r.phrase(r.w.to, end)
	if between > 0 && step == 0 {
		step = r.phrase(r.w.and, end)
	}
	if step == 0 && end < len(r.tok) && (r.tok[end].low == "-" || r.tok[end].low == "–") {
		step = 1
	}
	prefixed := 0
	if step == 0 && between > 0 && r.w.and1 != "" && end < len(r.tok) && r.tok[end].kind == word && len(r.tok[end].low) > len(r.w.and1) {
		prefixed = len(r.w.and1) // "بين خمسة وستة"
	}
	if step == 0 && prefixed == 0 {
		return hi, 0, i, false
	}
	m, ok := r.number(end + step)
	if !ok || m.vague || m.share || m.word != n.word && !(m.word && n.word) && between == 0 || n.value.Compare(m.value) >= 0 {
		return hi, 0, i, false
	}
	if between == 0 && n.small {
		return hi, 0, i, false
	}
	if between == 0 && step > 0 && r.w.toAlone[r.tok[end].low] && r.phrase(r.w.percent, m.end) == 0 { // "a" and "à" also mean other things
		if u, counted := r.noun(m.end); !counted || u == "" {
			return hi, 0, i, false
		}
	}
	return m.value, m.end, first, true
}

// ratio reads "einer von fünf", "une personne sur cinq", "14 von 58": a share
// where the larger number is round, else a part.
func (r *reader) ratio(n number, end int) (share bool, den number, to int, unit string, ok bool) {
	k := end
	if n.value.Places > 0 {
		return false, den, 0, "", false
	}
	step, ofThe := r.phrase(r.w.ratio, k), false
	if p := max(r.phrase(r.w.ofThe, k), r.phrase(r.w.partOf, k)); p > step || step == 0 && p > 0 {
		step, ofThe = p, true
	}
	if step == 0 && !r.is(r.w.notCounted, k) && (r.listed(k) || r.content(k) && (n.value.Digits == 1 || r.plural(k))) { // "une personne sur cinq", "14 conscrits sur 61"
		unit = r.printed(k, 0)
		k++
		step = r.phrase(r.w.ratio, k)
		if p := r.phrase(r.w.partOf, k); p > max(1, step) || p == 2 && step == 2 { // not "de" alone: "dos mujeres de 61"
			step, ofThe = p, true
		}
	}
	if step == 0 {
		return false, den, 0, "", false
	}
	k += step
	for r.is(r.w.of, k) || r.is(r.w.each, k) {
		k++
	}
	den, ok = r.number(k)
	if !ok || den.vague || den.share || den.value.Places > 0 || den.value.Digits < 2 || n.value.Digits >= den.value.Digits || r.phrase(r.w.percent, den.end) > 0 {
		return false, den, 0, "", false
	}
	d := den.value.Digits
	round := d <= 10 || d == 12 || d == 20 || d == 25 || d == 50 || d == 100 || d == 1000 || d == 10000
	if _, counted := r.noun(den.end); !counted && r.content(den.end) && !round && unit == "" && r.phrase(r.w.ofThe, n.end) == 0 {
		return false, den, 0, "", false
	}
	if r.is(r.w.notCounted, den.end) {
		return false, den, 0, "", false // "drei von fünf Tagen"
	}
	return round && !ofThe, den, den.end, unit, true
}

// qualify grows f by the qualifier before token first.
func (r *reader) qualify(f *recount.ReportedFigure, first int) int {
	at := first
	for k := range 2 { // "más de los 3.000"
		for n := 4; n >= 1; n-- {
			if at-n < 0 || r.broken(at-n, first) {
				continue
			}
			if key, ok := r.w.qualifiers[r.join(at-n, at)]; ok {
				if key == "exact" || f.Kind == recount.ShareFigure && r.is(r.w.by, at-n) && r.w.parts[r.tok[first].low] > 0 {
					return first // "unter den 61 Rekruten", "um die Hälfte"
				}
				if f.Qualifier == recount.Exact || f.Qualifier == recount.Between && key == "about" {
					if f.Qualifier == recount.Exact {
						f.Qualifier = recount.Qualifier(key)
					}
				}
				return at - n
			}
		}
		if k > 0 || at == 0 || !r.is(r.w.of, at-1) {
			break
		}
		at--
	}
	return first
}

// article grows a number such as "cinquantaine" by "une".
func (r *reader) article(first int) int {
	if r.is(r.w.articles, first-1) {
		return first - 1
	}
	return first
}

// after grows f by the qualifier behind it.
func (r *reader) after(f *recount.ReportedFigure, end int) int {
	for n := 3; n >= 1; n-- {
		if end+n > len(r.tok) || r.broken(end, end+n) {
			continue
		}
		if key, ok := r.w.after[r.join(end, end+n)]; ok && f.Qualifier == recount.Exact {
			f.Qualifier = recount.Qualifier(key)
			return end + n
		}
	}
	return end
}

// change reports whether the share is the size of a rise or fall.
func (r *reader) change(first, end int) bool {
	if r.ending(r.w.toEndings, end) || r.ending(r.w.fromEndings, end) {
		return false // "yüzde 12'ye çıktı"
	}
	if first > 0 && r.is(r.w.by, first-1) {
		return true
	}
	if n := r.phrase(r.w.compared, end); n > 0 && !r.hedged(end+n) { // "20 Prozent höher"
		return true
	}
	for k := first - 1; k >= 0 && k >= first-5 && r.tok[k].kind != mark; k-- {
		if r.is(r.w.changes, k) || r.w.and1 != "" && r.stem(r.w.changes, k) { // "وارتفعت"
			return true
		}
		if r.tok[k].kind == foreignNumeral {
			break
		}
	}
	for k := end; k < len(r.tok) && k < end+2 && r.tok[k].kind == word; k++ {
		if r.is(r.w.changes, k) || r.w.and1 != "" && r.stem(r.w.changes, k) { // "وارتفعت"
			return true
		}
	}
	return false
}

// hedged reports whether a word of comparing follows the one at token k: "60
// Prozent mehr oder weniger".
func (r *reader) hedged(k int) bool {
	return k+1 < len(r.tok) && r.tok[k].kind == word && r.is(r.w.compared, k+1)
}

// changing reports whether a word of rising or falling stands just before token
// i: "um ein Drittel", "baissé d'un tiers".
func (r *reader) changing(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3 && r.tok[k].kind == word; k-- {
		if r.is(r.w.by, k) || r.is(r.w.changes, k) {
			return true
		}
	}
	return false
}

// noun returns what is counted from token k on: a listed noun within three
// words, else a word that looks like a plural (in German a word with a
// capital). ok is false if nothing or something that nobody counts follows.
func (r *reader) noun(k int) (string, bool) {
	for n := 0; n < 3 && r.is(r.w.of, k); n++ {
		k++
	}
	found, at := "", 0
	for n := 0; n < 3 && k+n < len(r.tok); n++ {
		t := r.tok[k+n]
		if t.kind != word {
			break
		}
		if n > 0 && r.w.glued && found == "" && (r.is(r.w.of, k+n) || r.is(r.w.articles, k+n)) {
			break // "Mit 3 zu 2 siegte der Verein"
		}
		if r.is(r.w.of, k+n) && n > 0 {
			continue
		}
		if r.w.stops[t.low] {
			break
		}
		if r.w.notCounted[t.low] || r.w.stemOf(r.w.notCounted, t.low) {
			if found == "" {
				return "", false
			}
			break
		}
		if r.listed(k + n) {
			return r.printed(k+n, len(t.low)-len(r.w.bare(r.w.nouns, t.low))), true
		}
		if found == "" && (r.w.glued && t.upper || n == 0 && (r.w.plural(t.low) || r.few(k)) || n > 0 && r.w.adjective(r.tok[k+n-1].low) && r.w.plural(t.low)) {
			found, at = r.printed(k+n, 0), n
			if r.w.glued {
				return found, true
			}
		}
	}
	if found == "" && k < len(r.tok) && r.tok[k].kind == word && !r.w.stops[r.tok[k].low] && r.w.adjective(r.tok[k].low) { // "сорок протестующих"
		return r.printed(k, 0), true
	}
	return found, found != "" && at < 3
}

// few reports whether token k is a noun as it stands behind two, three or four
// in languages that have a form for it: "23 ребёнка".
func (r *reader) few(k int) bool {
	if len(r.w.fewEndings) == 0 || k == 0 || k >= len(r.tok) || r.tok[k].kind != word || len([]rune(r.tok[k].low)) < 4 || r.w.stops[r.tok[k].low] {
		return false
	}
	low := r.tok[k].low
	if !slices.ContainsFunc(r.w.fewEndings, func(e string) bool { return strings.HasSuffix(low, e) }) || slices.ContainsFunc(r.w.fewNot, func(e string) bool { return strings.HasSuffix(low, e) }) {
		return false
	}
	n, ok := r.number(k - 1)
	if !ok || n.end != k || n.vague || n.share || n.value.Places > 0 {
		return false
	}
	ten, hundred := n.value.Digits%10, n.value.Digits%100
	return 2 <= ten && ten <= 4 && (hundred < 12 || hundred > 14)
}

// printed returns the word at k as the text spells it, in lower case, without
// vowel signs and without the first cut bytes of its folded form.
func (r *reader) printed(k, cut int) string {
	last := k
	for last+1 < len(r.tok) && last-k < 4 && r.tok[last+1].hyphen { // "Solo-Alben"
		last++
	}
	s := spelt(r.raw[r.tok[k].start:r.tok[last].end], r.w.code)
	return s[min(max(cut, 0), len(s)):]
}

// listed reports whether token k is a noun of the language's list.
func (r *reader) listed(k int) bool {
	return k >= 0 && k < len(r.tok) && r.tok[k].kind == word && (r.w.nouns[r.tok[k].low] || r.w.stemOf(r.w.nouns, r.tok[k].low))
}

// content reports whether token k is a word that says something.
func (r *reader) content(k int) bool {
	return k >= 0 && k < len(r.tok) && r.tok[k].kind == word && !r.w.stops[r.tok[k].low] && !r.w.of[r.tok[k].low]
}

// is reports whether token k is in a set.
func (r *reader) is(set map[string]bool, k int) bool {
	return k >= 0 && k < len(r.tok) && set[r.tok[k].low]
}

// sign reports whether token k is a sign of money.
func (r *reader) sign(k int) bool {
	return k >= 0 && k < len(r.tok) && slices.Contains([]string{"$", "€", "£", "¥", "₽", "₺"}, r.tok[k].low)
}

// broken reports whether a mark ends a sentence among tokens [i, end).
func (r *reader) broken(i, end int) bool {
	for ; i < end; i++ {
		if r.tok[i].kind == mark && r.tok[i].low != "%" {
			return true
		}
	}
	return false
}
