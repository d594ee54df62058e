package copies

import (
	"slices"
)

const (
	// Two quotations are one utterance if they share this part of the words of
	// the shorter one, in runs that allow small edits, ...
	utteranceMilli = 800
	// ... and at least this many words.
	utteranceWords = 6
	// maxSame is how many quotations may hold the same three words before those
	// say too little.
	maxSame = 200
)

// Utterances groups quotations that are one utterance, word for word or with
// small edits: the same words in another paper, a cut of them, the same with
// other marks or spelling. What only means the same stays apart. The result
// holds positions in contents, each in exactly one group; groups and positions
// ascend. Diff shows how two surfaces of an utterance differ.
func Utterances(contents []string) [][]int {
	all := make([]Words, len(contents))
	places := map[uint32][]int32{}
	for i, c := range contents {
		all[i].ReadText(c)
		h := all[i].Hash
		for j := 0; j+probeWords <= len(h); j++ {
			k := probe(h[j:])
			if p := places[k]; len(p) < maxSame && (len(p) == 0 || p[len(p)-1] != int32(i)) {
				places[k] = append(p, int32(i))
			}
		}
	}
	joined := newForest[int](len(contents))
	var l aligner
	shared := map[int]int{}
	for i := range contents {
		h := all[i].Hash
		if len(h) < utteranceWords {
			continue
		}
		clear(shared)
		for j := 0; j+probeWords <= len(h); j++ {
			for _, p := range places[probe(h[j:])] {
				if int(p) < i {
					shared[int(p)]++
				}
			}
		}
		l.Set(&all[i])
		var candidates []int
		for k, n := range shared {
			if n >= 2 {
				candidates = append(candidates, k)
			}
		}
		slices.Sort(candidates)
		for _, k := range candidates {
			if joined.root(i) != joined.root(k) && same(&l, &all[i], &all[k]) {
				joined.join(i, k)
			}
		}
	}
	groups := make([][]int, len(contents))
	for i := range contents {
		r := joined.root(i)
		groups[r] = append(groups[r], i)
	}
	return slices.DeleteFunc(groups, func(g []int) bool { return len(g) == 0 })
}

// same reports whether a, which l holds, and b are one utterance.
func same(l *aligner, a, b *Words) bool {
	agree := 0
	for _, r := range l.Align(b) {
		agree += r.Equal
	}
	return agree >= utteranceWords && 1000*agree >= utteranceMilli*min(a.Len(), b.Len())
}
