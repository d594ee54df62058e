package copies

import (
	"slices"

	"recount"
)

// A page whose sentences were taken from several stories reports nothing of
// its own. Its relations do not show it, because each sentence is too short
// and too much changed; where the sentences come from does.
const (
	splicedLeast    = 8  // sentences, below which a page says too little
	splicedShare    = 60 // per cent of its sentences that stand in other originals
	splicedOriginal = 3  // originals that hold them
	splicedLargest  = 75 // per cent of those sentences that the largest of these holds, at most
)

// Splice marks the originals whose one page was put together, sentence by
// sentence, from other originals that were published before it. origins are
// those of the sentences of articles, in the same order.
func Splice(articles []*recount.Article, found []recount.Original, origins [][]recount.SentenceOrigin) []recount.Original {
	of := map[recount.Key]int{}
	for i, o := range found {
		for _, m := range o.Members {
			of[m] = i
		}
	}
	day := map[recount.Key]string{}
	for _, a := range articles {
		day[a.Key] = a.Day()
	}
	out := slices.Clone(found)
	for i, a := range articles {
		own := of[a.Key]
		if len(found[own].Members) > 1 || len(origins[i]) < splicedLeast {
			continue
		}
		holds := map[int]int{} // original -> sentences of a that it holds
		taken := 0
		for _, s := range origins[i] {
			from := map[int]bool{}
			for _, k := range s.Origins {
				later := day[a.Key] != "" && day[k] > day[a.Key]
				if o := of[k]; o != own && !later {
					from[o] = true
				}
			}
			if len(from) > 0 {
				taken++
			}
			for o := range from {
				holds[o]++
			}
		}
		largest, sources := 0, 0
		for _, n := range holds {
			largest = max(largest, n)
			sources++
		}
		if 100*taken >= splicedShare*len(origins[i]) && sources >= splicedOriginal && 100*largest <= splicedLargest*taken {
			out[own].Spliced = true
			out[own].Reason = "its sentences stand in other originals that were published before it"
		}
	}
	return out
}
