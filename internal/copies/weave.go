package copies

import (
	"bufio"
	"cmp"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"recount"
)

const (
	// A page is put together from others if they hold this much of it, ...
	splicedPercent = 60
	// ... the largest source no more than this part of what they hold, ...
	oneSourcePercent = 75
	// ... and at least this many add this much each.
	splicedSources = 3
	addsPercent    = 6
	// A brief under splicedBytes shares its sentences with everybody.
	splicedBytes = 1200
	// liftedWords is the length of a run that is no stock phrase in such a page.
	liftedWords = 10
)

// patchwork reports whether a page of length bytes was put together from the
// passages that stand in several originals. Shared quotations are no sign:
// what the police say is in every paper.
func patchwork(length int, bySource map[int][]recount.Span) bool {
	var sources [][]recount.Span
	var all []recount.Span
	for _, from := range slices.Sorted(maps.Keys(bySource)) {
		sources = append(sources, union(bySource[from]))
		all = append(all, bySource[from]...)
	}
	total := size(union(all))
	if length < splicedBytes || len(sources) < splicedSources || 100*total < splicedPercent*length {
		return false
	}
	// The source that adds most is taken first.
	var taken []recount.Span
	had := 0
	for n := range splicedSources {
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

// A weaver keeps the relations in a file until all are known, and then looks
// again at those of pages put together from others: what would be a stock
// phrase between two ordinary articles is a lifted sentence there.
type weaver struct {
	f      *finder
	s      *spill
	name   string
	file   *os.File
	w      *bufio.Writer
	enc    *gob.Encoder
	err    error
	shared []uint32 // by rank: bytes that stand in others, counted for each
	others []uint16 // by rank: with how many articles it shares text
	copied []bool   // by rank: it is a copy
	parent []uint32 // by rank: towards the smallest member of its group of copies
}

// A row is one relation in the file, with the ranks of its articles.
type row struct {
	R    recount.Relation
	A, B uint32
}

func newWeaver(f *finder, s *spill) *weaver {
	n := len(f.order)
	w := &weaver{f: f, s: s, name: filepath.Join(f.dir, "relations"),
		shared: make([]uint32, n), others: make([]uint16, n), copied: make([]bool, n), parent: make([]uint32, n)}
	for i := range w.parent {
		w.parent[i] = uint32(i)
	}
	w.file, w.err = os.Create(w.name)
	if w.err == nil {
		w.w = bufio.NewWriterSize(w.file, 1<<16)
		w.enc = gob.NewEncoder(w.w)
	}
	return w
}

// add keeps one relation; false after an error.
func (w *weaver) add(r related) bool {
	if w.err == nil {
		w.err = w.enc.Encode(row{r.Relation, r.a, r.b})
	}
	a, b := 0, 0
	for _, s := range r.Spans {
		a += s.A.Len()
		b += s.B.Len()
	}
	for _, x := range []struct {
		rank   uint32
		shared int
	}{{r.a, a}, {r.b, b}} {
		w.shared[x.rank] += uint32(x.shared)
		w.others[x.rank] += min(1, ^w.others[x.rank])
	}
	if r.Kind == recount.Copy {
		w.copied[r.a], w.copied[r.b] = true, true
		i, j := w.root(r.a), w.root(r.b)
		w.parent[max(i, j)] = min(i, j)
	}
	return w.err == nil
}

func (w *weaver) root(i uint32) uint32 {
	for w.parent[i] != i {
		w.parent[i] = w.parent[w.parent[i]]
		i = w.parent[i]
	}
	return i
}

// finish yields all relations in order.
func (w *weaver) finish(yield func(recount.Relation) bool) error {
	if w.err == nil {
		w.err = w.w.Flush()
	}
	if w.file != nil {
		defer w.file.Close()
	}
	if w.err != nil {
		return fmt.Errorf("copies: keep the relations: %w", w.err)
	}
	spliced, err := w.spliced()
	if err != nil {
		return err
	}
	return w.each(func(x row) bool {
		if (spliced[x.A] || spliced[x.B]) && x.R.Kind == recount.Trace && lifted(x.R) {
			x.R.Kind = recount.Partial
		}
		return yield(x.R)
	})
}

// each reads the relations back until visit returns false.
func (w *weaver) each(visit func(row) bool) error {
	if _, err := w.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("copies: %w", err)
	}
	dec := gob.NewDecoder(bufio.NewReaderSize(w.file, 1<<16))
	for {
		var x row
		switch err := dec.Decode(&x); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("copies: read the relations: %w", err)
		}
		if !visit(x) {
			return nil
		}
	}
}

// spliced returns the ranks of the pages that were put together from others.
func (w *weaver) spliced() (map[uint32]bool, error) {
	var candidates []uint32
	for i := range w.shared {
		rank := uint32(i)
		if !w.copied[i] && w.others[i] >= splicedSources && 100*int(w.shared[i]) >= splicedPercent*int(w.s.texts[rank]) {
			candidates = append(candidates, rank)
		}
	}
	if len(candidates) == 0 {
		return nil, nil
	}
	type passage struct {
		from uint32
		span recount.Span
	}
	passages := map[uint32][]passage{}
	err := w.each(func(x row) bool {
		_, a := slices.BinarySearch(candidates, x.A)
		_, b := slices.BinarySearch(candidates, x.B)
		if x.R.Kind == recount.QuoteOnly {
			return true
		}
		for _, s := range x.R.Spans {
			if a {
				passages[x.A] = append(passages[x.A], passage{x.B, s.A})
			}
			if b {
				passages[x.B] = append(passages[x.B], passage{x.A, s.B})
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	out := map[uint32]bool{}
	var own, other record
	var buf []byte
	for _, c := range candidates {
		if buf, err = w.s.get(c, &own, buf); err != nil {
			return nil, err
		}
		bySource := map[int][]recount.Span{}
		last, later := ^uint32(0), false
		for _, p := range passages[c] {
			if p.from != last {
				if buf, err = w.s.get(p.from, &other, buf); err != nil {
					return nil, err
				}
				d, _ := earlier(own.published, other.published)
				last, later = p.from, d < 0
			}
			if !later {
				r := int(w.root(p.from))
				bySource[r] = append(bySource[r], p.span)
			}
		}
		if patchwork(int(w.s.texts[c]), bySource) {
			out[c] = true
		}
	}
	return out, nil
}

// lifted reports whether r holds a run that is too long for a stock phrase in
// a page put together from others.
func lifted(r recount.Relation) bool {
	// The words are not at hand any more; five bytes a word are few.
	for _, s := range r.Spans {
		if min(s.A.Len(), s.B.Len()) >= 5*liftedWords {
			return true
		}
	}
	return false
}
