package copies

import (
	"recount"
)

// The thresholds of a relation.
const (
	copyWords     = 30 // a copy shares at least this many words
	copyMilli     = 500
	partialWords  = 20
	partialMilli  = 150
	passageWords  = 25 // one run this long is a passage by itself
	traceWords    = 8
	speechPercent = 70 // this much of what is shared is speech: a shared quotation
)

// A verdict is what the runs between two articles amount to.
type verdict struct {
	kind                 recount.RelationKind // "" if they share nothing
	coverageA, coverageB recount.Milli
}

// judge weighs the runs that a and b share.
func judge(a, b *words, runs []run) verdict {
	sharedA, sharedB, equal, speech, longest, exact := 0, 0, 0, 0, 0, 0
	for _, r := range runs {
		sharedA += r.a1 - r.a0
		sharedB += r.b1 - r.b0
		equal += r.equal
		longest = max(longest, r.equal)
		exact = max(exact, r.exact)
		speech += speechWords(a, b, r)
	}
	if equal == 0 {
		return verdict{}
	}
	v := verdict{
		coverageA: recount.Milli(1000 * sharedA / a.len()),
		coverageB: recount.Milli(1000 * sharedB / b.len()),
	}
	shorter := min(a.len(), b.len())
	spoken := 100*speech >= speechPercent*equal
	switch {
	case 1000*equal >= copyMilli*shorter && equal >= copyWords && !spoken:
		v.kind = recount.Copy
	case spoken && longest >= traceWords:
		v.kind = recount.QuoteOnly
	case 1000*equal >= partialMilli*shorter && equal >= partialWords || longest >= passageWords:
		v.kind = recount.Partial
	case longest >= traceWords:
		v.kind = recount.Trace
	}
	return v
}

// speechWords returns how many words of the run stand inside quotation marks
// in either article.
func speechWords(a, b *words, r run) int {
	i, j, n := r.a0, r.b0, 0
	for i < r.a1 && j < r.b1 {
		if a.hash[i] == b.hash[j] {
			if a.speech[i] || b.speech[j] {
				n++
			}
			i++
			j++
			continue
		}
		i, j = resync(a, b, r, i, j)
	}
	return n
}

// resync returns the next place behind the edit at (i, j) inside run r.
func resync(a, b *words, r run, i, j int) (int, int) {
	for _, e := range edits {
		x, y := i+e[0], j+e[1]
		if x < r.a1 && y < r.b1 && a.hash[x] == b.hash[y] && (x+1 >= r.a1 || y+1 >= r.b1 || a.hash[x+1] == b.hash[y+1]) {
			return x, y
		}
	}
	return i + 1, j + 1
}

// relate compares two articles whose words are at hand; l holds a.
func relate(l *aligner, a, b *words) (recount.Relation, bool) {
	runs := l.align(b)
	v := judge(a, b, runs)
	if v.kind == "" {
		return recount.Relation{}, false
	}
	r := recount.Relation{Kind: v.kind, CoverageA: v.coverageA, CoverageB: v.coverageB}
	r.Spans = make([]recount.Alignment, len(runs))
	for i, s := range runs {
		r.Spans[i] = recount.Alignment{A: a.span(s.a0, s.a1), B: b.span(s.b0, s.b1)}
	}
	return r, true
}

// AtLeast reports whether kind is as strong as least: copy is stronger than
// partial, partial than quote_only, quote_only than trace.
func AtLeast(kind, least recount.RelationKind) bool { return strength(kind) >= strength(least) }

func strength(k recount.RelationKind) int {
	switch k {
	case recount.Copy:
		return 4
	case recount.Partial:
		return 3
	case recount.QuoteOnly:
		return 2
	case recount.Trace:
		return 1
	}
	return 0
}
