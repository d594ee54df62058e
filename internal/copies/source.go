package copies

import (
	"recount"

	"recount/internal/lang"
)

// A sentence is part of what a passage was taken from if at least this many of
// its words, or this part of them, stand in the passage.
const (
	sourceWords   = 4
	sourcePercent = 40
)

// Source returns the sentences of a from which a passage of another article
// was taken; false if a does not hold half of its words. Diff then says what
// was changed.
func Source(passage string, a *recount.Article) (recount.Span, bool) {
	var t tracer
	t.add(&recount.Article{Text: passage, Language: a.Language})
	if len(t.hash) == 0 {
		return recount.Span{}, false
	}
	// The whole passage is looked up as one sentence.
	for i := range t.of {
		t.of[i] = 0
	}
	t.hash = t.hash[:min(len(t.hash), maxSentence)]
	t.sentences = []sentence{{from: 0, to: len(t.hash)}}
	t.build()
	var w Words
	w.ReadWords(a.Text)
	var hits []hit
	for j := 0; j+probeWords <= w.Len(); j++ {
		for p := t.head[probe(w.Hash[j:])&t.mask]; p != 0; p = t.next[p-1] {
			if i := p - 1; t.hash[i] == w.Hash[j] && t.hash[i+1] == w.Hash[j+1] && t.hash[i+2] == w.Hash[j+2] {
				hits = append(hits, hit{int32(j), i})
				break
			}
		}
	}
	if len(hits) == 0 {
		return recount.Span{}, false
	}
	lo, hi := window(hits, len(t.hash), w.Len())
	var c tiler
	if c.cover(t.hash, w.Hash[lo:hi]) < originMilli {
		return recount.Span{}, false
	}
	var out recount.Span
	i := 0
	for _, s := range lang.Sentences(a.Text, a.Language) {
		all, used := 0, 0
		for ; i < w.Len() && int(w.End[i]) <= s.End; i++ {
			if all++; i >= lo && i < hi && c.usedB[i-lo] {
				used++
			}
		}
		if used == 0 || used < sourceWords && 100*used < sourcePercent*all {
			continue
		}
		if out.End == 0 {
			out.Start = s.Start
		}
		out.End = s.End
	}
	return out, out.End > 0
}
