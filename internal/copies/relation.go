package copies

import (
	"recount"
)

// The thresholds of a relation.
const (
	copyWords     = 30 // a copy shares at least this many words
	copyMilli     = 500
	damagedMilli  = 600 // agrees word for word in a text damaged throughout, ...
	coveredMilli  = 750 // ... which lies this far within runs
	partialWords  = 20
	partialMilli  = 150
	passageWords  = 25 // one stretch this long is a passage by itself
	sentenceWords = 12 // a whole sentence this long with speech in it is a shared quotation
	traceWords    = 8
	maxStretches  = 1000
	speechPercent = 70 // this much of what is shared is speech: a shared quotation
)

// A verdict is what the runs between two articles amount to.
type verdict struct {
	kind                 recount.RelationKind // "" if they share nothing
	coverageA, coverageB recount.Milli
}

// judge weighs the runs that a and b share. Only stretches of at least
// wording.MinRun words that agree word for word and stand in the same order
// count, so that articles which tell one event in their own words do not become
// reprints by their stock phrases. A text damaged throughout, as by character
// recognition, or with its paragraphs in another order has few such stretches;
// it is a copy too if most of its words agree within runs.
//
// What speaks against a copy: a notice of the house at the foot of both, names
// and numbers that differ inside the shared words, and sharing speech alone.
func judge(a, b *Words, runs []run) verdict {
	sharedA, sharedB, agree, noticed := 0, 0, 0, 0
	var stretches []stretch
	kept := make([]run, 0, len(runs))
	for _, r := range runs {
		sharedA += r.A1 - r.A0
		sharedB += r.B1 - r.B0
		if notice(a, b, r, len(runs) == 1) {
			noticed = max(noticed, r.Equal)
			continue
		}
		kept = append(kept, r)
		agree += r.Equal
		eachStretch(a, b, r, func(i, j, n int) {
			if n >= minRun {
				stretches = append(stretches, stretch{i, j, n})
			}
		})
	}
	if agree == 0 && noticed < traceWords {
		return verdict{}
	}
	strict, speech, framed, longest, sentence, shared := 0, 0, 0, 0, 0, 0
	for _, s := range inOrder(stretches) {
		strict += s.n
		longest = max(longest, s.n)
		sentence = max(sentence, wholeSentence(a, b, s))
		for k := range s.n {
			if a.Speech[s.i+k] || b.Speech[s.j+k] {
				speech++
			}
			if a.Named[s.i+k] && b.Named[s.j+k] {
				shared++
			}
			if a.Framed[s.i+k] || b.Framed[s.j+k] {
				framed++
			}
		}
	}
	v := verdict{
		coverageA: recount.Milli(1000 * sharedA / a.Len()),
		coverageB: recount.Milli(1000 * sharedB / b.Len()),
	}
	if agree == 0 {
		v.kind = recount.Trace
		return v
	}
	// What the house says of itself below both reports is part of neither.
	coveredA, coveredB := 0, 0
	for _, r := range kept {
		coveredA += r.A1 - r.A0
		coveredB += r.B1 - r.B0
	}
	x, covered, cut := a, coveredA, sharedA-coveredA
	if b.Len() < a.Len() {
		x, covered, cut = b, coveredB, sharedB-coveredB
	}
	shorter := x.Len() - cut
	spoken := strict > 0 && 100*speech >= speechPercent*strict
	broad := 1000*strict >= partialMilli*shorter && strict >= partialWords
	partial := broad || longest >= passageWords
	if (!broad || len(kept) == 1) && strict > 0 && 100*framed >= speechPercent*strict {
		spoken = true // a lone quotation was taken over with its frame
	}
	lone := spoken && len(kept) == 1 && strict < loneWords
	enough := copyMilli
	if shorter < shortWords && shared < shortNames {
		enough = shortMilli
	}
	switch {
	case !spoken && longest >= traceWords && form(a, b, kept, agree):
		v.kind = recount.Trace
	case 1000*strict >= enough*shorter && strict >= copyWords && !lone,
		1000*agree >= damagedMilli*shorter && 1000*covered >= coveredMilli*shorter && agree >= copyWords && !spoken:
		v.kind = recount.Copy
	case spoken && (partial || longest >= traceWords):
		v.kind = recount.QuoteOnly
	case partial:
		v.kind = recount.Partial
	case sentence >= sentenceWords:
		v.kind = recount.QuoteOnly
	case longest >= traceWords:
		v.kind = recount.Trace
	}
	return v
}

// wholeSentence returns the number of words of the longest sentence with speech
// in it that stretch s covers from beginning to end in both articles.
func wholeSentence(a, b *Words, s stretch) int {
	longest, from, speech := 0, -1, false
	for k := 0; k <= s.n; k++ {
		i, j := s.i+k, s.j+k
		if (i == a.Len() || a.First[i]) && (j == b.Len() || b.First[j]) {
			if from >= 0 && speech {
				longest = max(longest, k-from)
			}
			from, speech = k, false
		}
		if k < s.n {
			speech = speech || a.Speech[i] && b.Speech[j]
		}
	}
	return longest
}

// A stretch is n words from i on in one article that equal n words from j on in
// the other.
type stretch struct{ i, j, n int }

// inOrder returns the heaviest choice of stretches that follow one another in
// both articles. Stretches come ordered by i.
func inOrder(s []stretch) []stretch {
	if len(s) < 2 {
		return s
	}
	if len(s) > maxStretches {
		s = s[:maxStretches]
	}
	weight := make([]int, len(s))
	before := make([]int, len(s))
	best := 0
	for x := range s {
		weight[x], before[x] = s[x].n, -1
		for y := range x {
			if s[y].j+s[y].n <= s[x].j && weight[y]+s[x].n > weight[x] {
				weight[x], before[x] = weight[y]+s[x].n, y
			}
		}
		if weight[x] > weight[best] {
			best = x
		}
	}
	var out []stretch
	for x := best; x >= 0; x = before[x] {
		out = append(out, s[x])
	}
	return out
}

// relate compares two articles whose words are at hand; l holds a.
func relate(l *aligner, a, b *Words) (recount.Relation, bool) {
	runs := l.Align(b)
	v := judge(a, b, runs)
	if v.kind == "" {
		return recount.Relation{}, false
	}
	r := recount.Relation{Kind: v.kind, CoverageA: v.coverageA, CoverageB: v.coverageB}
	r.Spans = make([]recount.Alignment, len(runs))
	for i, s := range runs {
		r.Spans[i] = recount.Alignment{A: a.Span(s.A0, s.A1), B: b.Span(s.B0, s.B1)}
	}
	if v.kind == recount.Copy {
		r.OwnA, r.OwnB = voice(a, b, runs, true), voice(b, a, runs, false)
		if apart(a, b, runs) {
			r.OwnA, r.OwnB = true, true
		}
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
