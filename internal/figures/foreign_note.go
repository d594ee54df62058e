package figures

import (
	"strings"

	"recount"
)

const farBefore = 8 // tokens between "not" and the number that it takes back

// notes reads the notes of correction: the numbers in them that have no noun of
// their own, and which figures they take back. replaced says of each figure
// which one stands in its place, -1 if none does.
func (r *reader) notes(skip func(at int) bool) (replaced []int) {
	type reach struct{ from, end int } // of figures
	var notes []reach
	if len(r.w.noteHeads)+len(r.w.noteWords) > 0 {
		for i := 0; i < len(r.tok); {
			j := i
			for j < len(r.tok) && r.tok[j].low != "\n" {
				j++
			}
			if j > i && !skip(r.tok[i].start) && r.isNote(r.tok[i].start, r.tok[j-1].end) {
				from, end := r.bare(i, j)
				notes = append(notes, reach{from, end})
			}
			i = j + 1
		}
	}
	for range r.figs {
		replaced = append(replaced, -1)
	}
	for _, n := range notes {
		for i := n.from; i < n.end; i++ {
			r.figs[i].Withdrawn = r.takenBack(i)
		}
		for i := n.from; i < n.end; i++ {
			if r.figs[i].Withdrawn {
				replaced[i] = r.stands(i, n.from, n.end)
			}
		}
	}
	return replaced
}

// isNote reports whether a paragraph begins as a note of correction does or
// speaks of an earlier version.
func (r *reader) isNote(from, end int) bool {
	if end-from > mostNote {
		return false
	}
	p := strings.TrimLeft(folded(r.raw[from:end], r.w.code), " *_•-–—([")
	for _, h := range r.w.noteHeads {
		if rest, ok := strings.CutPrefix(p, h); ok {
			if rest = strings.TrimLeft(rest, " \u00a0\u202f"); rest != "" && strings.ContainsAny(rest[:1], ":.-(,") || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, "–") {
				return true
			}
		}
	}
	return hasAny(p, r.w.noteWords)
}

// first returns where the first of the wordings stands in s, or -1.
func first(s string, list []string) int {
	best := -1
	for _, w := range list {
		if i := strings.Index(s, w); i >= 0 && (best < 0 || i < best) {
			best = i
		}
	}
	return best
}

// bare adds the numbers without a noun of a note, in tokens [i, j): "es waren
// 58, nicht 85". It returns the figures of the note.
func (r *reader) bare(i, j int) (from, end int) {
	for from < len(r.figs) && r.figs[from].Span.Start < r.tok[i].start {
		from++
	}
	end = from
	unit, kind := "", recount.CountFigure
	for ; end < len(r.figs) && r.figs[end].Span.End <= r.tok[j-1].end; end++ {
		if unit == "" && r.figs[end].Kind == recount.CountFigure {
			unit = r.figs[end].Unit
		}
	}
	if unit == "" {
		return from, end
	}
	at := from
	for k := i; k < j; {
		for at < end && r.figs[at].Span.End <= r.tok[k].start {
			at++
		}
		n, ok := r.number(k)
		if at < end && r.figs[at].Span.Start < r.tok[k].end || !ok {
			k++
			continue
		}
		not := r.endsWith(r.w.noteNot, k) || r.endsWith(r.w.noteBut, k)
		is := r.endsWith(r.w.noteIs, k)
		next := n.end
		if next < j && r.tok[next].low == "," {
			next++
		}
		before := r.phrase(r.w.noteNot, next) > 0
		not = not || r.notBehind(n.end)
		if (not || is || before) && !n.vague && !n.share && !n.small && !n.about && !r.glued(k, n.end) && !r.label(k) &&
			r.phrase(r.w.percent, n.end) == 0 && !r.monthAt(n.end) && n.value.Places == 0 && (not || !year(n.value.Digits) || n.group || n.word) && (!r.content(n.end) || r.is(r.w.aux, n.end) || not || before) && !r.is(r.w.notCounted, n.end) {
			v := n.value
			f := recount.ReportedFigure{Kind: kind, Qualifier: recount.Exact, Of: -1, Value: &v, Unit: unit}
			f.Span = recount.Span{Start: r.tok[k].start, End: r.tok[n.end-1].end}
			if f.Span.Within(r.raw) && len(r.figs) < most {
				for x := range r.figs { // figures that name a later one as their whole
					if r.figs[x].Of >= at {
						r.figs[x].Of++
					}
				}
				r.figs = append(r.figs, f)
				copy(r.figs[at+1:], r.figs[at:])
				r.figs[at] = f
				at, end = at+1, end+1
			}
		}
		k = n.end
	}
	return from, end
}

// notBehind reports whether a word that takes a number back stands right behind
// it, which ends before token k, or behind its noun.
func (r *reader) notBehind(k int) bool {
	if len(r.w.noteNotAfter) == 0 || k >= len(r.tok) {
		return false
	}
	return r.phrase(r.w.noteNotAfter, k) > 0 || r.tok[k].kind == word && r.phrase(r.w.noteNotAfter, k+1) > 0
}

func (r *reader) monthAt(k int) bool {
	n, _ := r.longest(r.w.months, k)
	return n > 0 || k+1 < len(r.tok) && r.tok[k].low == "." && func() bool { n, _ := r.longest(r.w.months, k+1); return n > 0 }()
}

// endsWith reports whether a wording ends before token k.
func (r *reader) endsWith(set map[string]bool, k int) bool {
	for n := 1; n <= longestPhrase && n <= k; n++ {
		if set[r.join(k-n, k)] {
			return true
		}
	}
	return false
}

// takenBack reports whether the note takes figure i back.
func (r *reader) takenBack(i int) bool {
	k := r.tokenAt(r.figs[i].Span.Start)
	from, end := r.stretch(k)
	if last := r.tokenAt(r.figs[i].Span.End); r.notBehind(last) {
		return true // "85 asker değil, 58 asker"
	}
	for n := 0; n < farBefore && k-n > from; n++ {
		if n > 0 && (r.tok[k-n].kind == foreignNumeral || strings.ContainsAny(r.tok[k-n].low, ":;")) {
			break
		}
		if r.endsWith(r.w.noteBut, k-n) {
			return false // "nicht 19, sondern neun"
		}
		if r.endsWith(r.w.noteNot, k-n) {
			return true
		}
	}
	text := func(i, j int) string { return folded(r.raw[r.tok[i].start:r.tok[j-1].end], r.w.code) }
	if end < len(r.tok) {
		if _, to := r.stretch(end); to > end && first(text(end, to), r.w.takenBack) >= 0 {
			return true
		}
	}
	whole := text(from, end)
	if hasAny(whole, r.w.takenBack) {
		return true
	}
	if k == from || hasAny(whole, r.w.noteUnlike) {
		return false
	}
	before := text(from, k)
	old := first(before, r.w.noteOld)
	return old >= 0 && !hasAny(before[old:], r.w.noteSettled)
}

// stands returns the figure that stands in the place of figure i: the nearest
// of the same note that counts the same, else one of the article with the same
// noun. A number never stands in its own place.
func (r *reader) stands(i, from, end int) int {
	fits := func(j int) bool {
		f, g := &r.figs[i], &r.figs[j]
		return j != i && !g.Withdrawn && f.Kind == g.Kind && f.Value != nil && g.Value != nil && *f.Value != *g.Value
	}
	for d := 1; d < end-from; d++ {
		for _, j := range [...]int{i + d, i - d} {
			if j >= from && j < end && fits(j) {
				return j
			}
		}
	}
	for j := range r.figs {
		if fits(j) && r.figs[j].Unit != "" && r.alike(r.figs[j].Unit, r.figs[i].Unit) {
			return j
		}
	}
	return -1
}

// alike reports whether two nouns are one but for their endings.
func (r *reader) alike(a, b string) bool {
	const ending = 2
	short := min(len(a), len(b))
	return a == b || short > ending+2 && a[:short-ending] == b[:short-ending] && max(len(a), len(b))-short <= ending
}

// tokenAt returns the token that begins at byte at or behind it.
func (r *reader) tokenAt(at int) int {
	lo, hi := 0, len(r.tok)-1
	for lo < hi {
		if m := (lo + hi) / 2; r.tok[m].start < at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// stretch returns the tokens of the sentence of token k; end is behind the
// mark that ends it.
func (r *reader) stretch(k int) (from, end int) {
	stop := func(i int) bool {
		return r.tok[i].kind == mark && (r.tok[i].low == "\n" || r.tok[i].low == "?" || r.tok[i].low == "!" || r.tok[i].low == "." && (i == 0 || r.tok[i-1].kind != foreignNumeral || i+1 == len(r.tok) || !r.monthAt(i+1)))
	}
	for from = k; from > 0 && !stop(from-1); from-- {
	}
	for end = k; end < len(r.tok); end++ {
		if stop(end) {
			return from, end + 1
		}
	}
	return from, end
}
