package copies

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"recount"
)

// liftedWords is the length of a run that is no stock phrase in a page put
// together from others.
const liftedWords = 10

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
	woven  map[uint32]bool
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
		_ = os.Remove(w.name) // as a spill
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

// A Found is a relation as it was found.
type Found struct {
	recount.Relation
	Lifted bool // a trace that counts as a passage, because one page was put together from others
}

// finish yields all relations in order.
func (w *weaver) finish(yield func(Found) bool) error {
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
	w.woven = spliced
	return w.each(func(x row) bool { return yield(lift(x.R, spliced[x.A] || spliced[x.B])) })
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
		if !w.copied[i] && w.others[i] >= wovenSources && 100*int(w.shared[i]) >= wovenPercent*int(w.s.texts[rank]) {
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
				d, _ := earlier(own.Published, other.Published)
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

// lift returns the relation as it counts; woven: one of its pages was put
// together from others.
func lift(r recount.Relation, woven bool) Found {
	if woven && r.Kind == recount.Trace && lifted(r) {
		r.Kind = recount.Partial
		return Found{r, true}
	}
	return Found{Relation: r}
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
