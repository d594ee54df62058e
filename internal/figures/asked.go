package figures

// This file reads questions for the whole-number check in other languages than
// English: "ein Drittel von 60", "60'ın üçte biri".
//
// In: a question. Out: the share or count, its words and the whole. Method: the
// reader of articles finds the share; one number that is left must be the whole, with
// nothing but words for "of" between. Every language is tried, and those that can read
// the question must agree. Limits: no bounds on both sides ("zwischen ... und ...").

import (
	"cmp"
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
)

// A question is a share or count of a whole.
type question struct {
	fig    recount.ReportedFigure
	phrase string
	whole  int64
	unread int // words of it that the language does not know
}

// abroad reads a question in any language but English; ok is false if none can, or
// two read different things. A share in one of them is no count in another ("uno de
// cada cinco de 58").
func abroad(asked string) (q question, ok bool) {
	var counts, shares []question
	for _, code := range lang.NumberLanguages() {
		if code == "en" {
			continue
		}
		w := wordsOf(code)
		r := &reader{w: w, raw: asked, tok: cut(asked, w), units: map[int]string{}, whole: wholeBefore{fig: -1}, question: true}
		x, ok := r.asked()
		x.unread = r.unread(x.phrase)
		if ok && x.fig.Kind == recount.ShareFigure {
			shares = append(shares, x)
		} else if ok {
			counts = append(counts, x)
		}
	}
	if len(shares) == 0 {
		shares = counts
	}
	// "au moins 60 % de 58" holds more that French knows than Spanish.
	least := func(a, b question) int { return cmp.Compare(a.unread, b.unread) }
	if len(shares) > 0 {
		n := slices.MinFunc(shares, least).unread
		shares = slices.DeleteFunc(shares, func(x question) bool { return x.unread > n })
	}
	for i, x := range shares {
		if q = shares[0]; i > 0 && (x.whole != q.whole || x.fig.Qualifier != q.fig.Qualifier || x.fig.Value.Compare(*q.fig.Value) != 0) {
			return q, false
		}
	}
	return q, len(shares) > 0
}

// asked reads the question that is the reader's whole text.
func (r *reader) asked() (q question, ok bool) {
	for i := 0; i < len(r.tok) && len(r.figs) < 9; {
		if r.tok[i].kind == mark && !r.w.percentBefore[r.tok[i].low] {
			i++
			continue
		}
		i = max(i+1, r.figure(i))
	}
	shares := 0
	for i := range r.figs {
		if f := &r.figs[i]; f.Kind == recount.ShareFigure && f.Value != nil {
			shares++
			q.fig = *f
		} else if f.Kind != recount.CountFigure || f.Value == nil {
			return q, false
		}
	}
	switch shares {
	case 1:
		first, end := r.tokensOf(q.fig.Span)
		if q.whole, ok = r.wholeAsked(first, end); ok {
			q.phrase = q.fig.Span.In(r.raw)
			return q, true
		}
		fallthrough // "einer von sechs"
	case 0:
		return r.countAsked()
	}
	return q, false
}

// unread returns how many words of the question stand outside the phrase that was
// read and are no words of the language that go with one.
func (r *reader) unread(phrase string) (n int) {
	from := strings.Index(r.raw, phrase)
	for k := 0; k < len(r.tok); {
		t := &r.tok[k]
		m := max(r.phrase(r.w.ratio, k), r.phrase(r.w.partOf, k), r.phrase(r.w.ofThe, k), r.phrase(r.w.askedOf, k), r.phrase(r.w.percent, k), r.phrase(r.w.percentBefore, k))
		switch {
		case m > 0:
			k += m
			continue
		case t.kind != word || from <= t.start && t.end <= from+len(phrase) || r.w.of[t.low] || r.w.stops[t.low] || r.w.articles[t.low] || r.listed(k):
		default:
			n++
		}
		k++
	}
	return n
}

// tokensOf returns the first token of a span and the one behind it.
func (r *reader) tokensOf(s recount.Span) (first, end int) {
	for first < len(r.tok) && r.tok[first].start < s.Start {
		first++
	}
	for end = first; end < len(r.tok) && r.tok[end].start < s.End; {
		end++
	}
	return first, end
}

// plain reads a whole number at token k that is no share.
func (r *reader) plain(k int) (number, bool) {
	n, ok := r.number(k)
	return n, ok && !n.vague && !n.share && !n.about && n.value.Places == 0 && r.phrase(r.w.percent, n.end) == 0 && !r.percentAhead(k)
}

// percentAhead reports whether a sign or word of per cent stands before token k.
func (r *reader) percentAhead(k int) bool {
	return k > 0 && r.w.percentBefore[r.tok[k-1].low]
}

// numberIn reports whether a number or a part stands in tokens [i, end), or a sign of
// per cent.
func (r *reader) numberIn(i, end int) bool {
	for ; i < end; i++ {
		k, _ := r.longest(r.w.parts, i)
		if n, ok := r.number(i); ok && n.end <= end && !n.small || k > 0 || r.phrase(r.w.percent, i) > 0 || r.phrase(r.w.percentBefore, i) > 0 {
			return true
		}
	}
	return false
}

// wholeAsked returns the whole of the share in tokens [first, end): behind it after
// words for "of", or before it where the language says it so.
func (r *reader) wholeAsked(first, end int) (int64, bool) {
	k := r.pastOf(end)
	if k > end || r.w.bareWhole || r.w.and1 != "" && k == end {
		if n, ok := r.plain(k); ok && !r.numberIn(n.end, len(r.tok)) && !r.numberIn(0, first) {
			return n.value.Digits, true
		}
	}
	if !r.w.nounBefore {
		return 0, false
	}
	n, ok := r.plain(0)
	if r.is(r.w.notCounted, end) || r.stem(r.w.notCounted, end) {
		return 0, false // "60'ın yüzde 5 puanı"
	}
	if !ok || n.end == first || first-n.end > 3 || r.numberIn(n.end, first) || r.numberIn(end, len(r.tok)) {
		return 0, false
	}
	return n.value.Digits, true
}

// pastOf returns the token behind the words for "of", "of the", "of all" at token k.
func (r *reader) pastOf(k int) int {
	for k < len(r.tok) {
		n := max(r.phrase(r.w.partOf, k), r.phrase(r.w.ofThe, k), r.phrase(r.w.ratio, k), r.phrase(r.w.askedOf, k))
		if n == 0 && (r.is(r.w.of, k) || r.tok[k].low == arabicThe) {
			n = 1
		}
		if n == 0 && r.nounWithNumber(k+1) != "" { // "ثلث العمال الـ60"
			n = 1
		}
		if n == 0 {
			return k
		}
		k += n
	}
	return k
}

// countAsked reads "12 von 60": a count of a whole.
func (r *reader) countAsked() (q question, ok bool) {
	for i := range r.tok {
		n, ok := r.plain(i)
		if !ok {
			continue
		}
		k := r.pastOf(n.end)
		if r.w.nounBefore && k < len(r.tok) && r.tok[k].kind != foreignNumeral { // "60 kişiden 12'si"
			return r.countBehind(n)
		}
		m, found := r.plain(k)
		if k == n.end || !found || n.value.Compare(m.value) > 0 || r.numberIn(m.end, len(r.tok)) {
			return q, false
		}
		v := n.value
		q.fig = recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Exact, Of: -1, Value: &v}
		first := r.qualify(&q.fig, i)
		q.phrase, q.whole = r.raw[r.tok[first].start:r.tok[n.end-1].end], m.value.Digits
		return q, true
	}
	return q, false
}

// countBehind reads a count behind its whole: "60'ın 12'si". whole is the number that
// was read first.
func (r *reader) countBehind(whole number) (q question, ok bool) {
	for i := whole.end; i < len(r.tok) && i < whole.end+5; i++ {
		n, ok := r.plain(i)
		if !ok {
			continue
		}
		if i == whole.end || !r.ending(r.w.partEndings, n.end) || r.numberIn(n.end, len(r.tok)) {
			return q, false
		}
		v := n.value
		q.fig = recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Exact, Of: -1, Value: &v}
		first := r.qualify(&q.fig, i)
		q.phrase, q.whole = r.raw[r.tok[first].start:r.tok[n.end-1].end], whole.value.Digits
		return q, true
	}
	return q, false
}
