package copies

import (
	"cmp"
	"maps"
	"slices"

	"recount"
)

const (
	// A page is put together from others if they hold this much of it, ...
	compositePercent = 60
	// ... the largest source no more than this part of what they hold, ...
	oneSourcePercent = 75
	// ... and at least this many add this much each.
	compositeSources = 3
	addsPercent      = 6
	// A brief under compositeBytes shares its sentences with everybody.
	compositeBytes = 1200
)

// isComposite reports whether a page of length bytes was put together from the
// passages that stand in several originals. Shared quotations are no sign:
// what the police say is in every paper.
func isComposite(length int, bySource map[int][]recount.Span) bool {
	var sources [][]recount.Span
	var all []recount.Span
	for _, from := range slices.Sorted(maps.Keys(bySource)) {
		sources = append(sources, union(bySource[from]))
		all = append(all, bySource[from]...)
	}
	total := size(union(all))
	if length < compositeBytes || len(sources) < compositeSources || 100*total < compositePercent*length {
		return false
	}
	// The source that adds most is taken first.
	var taken []recount.Span
	had := 0
	for n := range compositeSources {
		best, most := 0, -1
		for i, s := range sources {
			if with := size(union(append(slices.Clone(taken), s...))); with > most {
				best, most = i, with
			}
		}
		if n == 0 && 100*most > oneSourcePercent*total || 100*(most-had) < addsPercent*length {
			return false
		}
		taken = union(append(taken, sources[best]...))
		had = most
	}
	return true
}

// union returns spans sorted and without overlap.
func union(spans []recount.Span) []recount.Span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(x, y recount.Span) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End)) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

func size(spans []recount.Span) (n int) {
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

// overlap returns how many bytes two sorted lists of spans share.
func overlap(x, y []recount.Span) (n int) {
	for i, j := 0, 0; i < len(x) && j < len(y); {
		n += max(0, min(x[i].End, y[j].End)-max(x[i].Start, y[j].Start))
		if x[i].End < y[j].End {
			i++
		} else {
			j++
		}
	}
	return n
}
