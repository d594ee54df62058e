package copies

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"recount"
)

// liftedWords is the length of a run that is no stock phrase in a page put
// together from others.
const liftedWords = 10

// A relationFile keeps the relations in a file until all are known, and then looks
// again at those of pages put together from others: what would be a stock
// phrase between two ordinary articles is a lifted sentence there.
type relationFile struct {
	forest[uint32] // by rank: groups of copies

	f         *finder
	s         *recordFile
	name      string
	file      *os.File
	w         *bufio.Writer
	buf       []byte
	err       error
	shared    []uint32 // by rank: bytes that stand in others, counted for each
	others    []uint16 // by rank: with how many articles it shares text
	copied    []bool   // by rank: it is a copy
	composite map[uint32]bool
	most      int // relations that are held at a time
}

func newRelationFile(f *finder, s *recordFile) *relationFile {
	n := len(f.order)
	w := &relationFile{f: f, s: s, most: bucketRows, name: filepath.Join(f.dir, "relations"),
		shared: make([]uint32, n), others: make([]uint16, n), copied: make([]bool, n), forest: newForest[uint32](n)}
	w.file, w.err = os.OpenFile(w.name, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if w.err == nil {
		_ = os.Remove(w.name) // as of records
		w.w = bufio.NewWriterSize(w.file, 1<<16)
	}
	return w
}

// add keeps one relation; false after an error.
func (w *relationFile) add(r related) bool {
	if w.err == nil {
		w.buf = row{r.Relation, r.a, r.b}.encode(w.buf[:0])
		_, w.err = w.w.Write(w.buf)
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
		w.join(r.a, r.b)
	}
	return w.err == nil
}

// A Found is a relation as it was found.
type Found struct {
	recount.Relation
	Lifted bool // a trace that counts as a passage, because one page was put together from others
}

// finish yields all relations in order.
func (w *relationFile) finish(yield func(Found) bool) error {
	if err := w.end(context.Background()); err != nil {
		return err
	}
	return w.each(func(x row) bool { return yield(w.lift(x)) })
}

// end says that all relations are there, and looks which pages were put
// together from others.
func (w *relationFile) end(ctx context.Context) (err error) {
	if w.err == nil {
		w.err = w.w.Flush()
	}
	if w.err != nil {
		return fmt.Errorf("copies: keep the relations: %w", w.err)
	}
	w.composite, err = w.composites(ctx)
	return err
}

func (w *relationFile) lift(x row) Found { return lift(x.R, w.composite[x.A] || w.composite[x.B]) }

func (w *relationFile) close() {
	if w.file != nil {
		w.file.Close()
	}
}

// each reads the relations back, as they were added, until visit returns false.
func (w *relationFile) each(visit func(row) bool) error {
	if _, err := w.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("copies: %w", err)
	}
	return eachRow(bufio.NewReaderSize(w.file, 1<<16), func(x row) bool {
		x.name(w.f.key)
		return visit(x)
	})
}

// composites returns the ranks of the pages that were put together from others.
func (w *relationFile) composites(ctx context.Context) (out map[uint32]bool, err error) {
	var candidates []uint32
	for i := range w.shared {
		rank := uint32(i)
		if !w.copied[i] && w.others[i] >= compositeSources && 100*int(w.shared[i]) >= compositePercent*int(w.s.texts[rank]) {
			candidates = append(candidates, rank)
		}
	}
	if len(candidates) == 0 {
		return nil, nil
	}
	rows := make([]uint32, len(w.others))
	for _, c := range candidates {
		rows[c] = uint32(w.others[c])
	}
	of := func(rank uint32) uint32 {
		if rows[rank] == 0 {
			return ^uint32(0)
		}
		return rank
	}
	c := cutting{dir: w.f.dir, rows: rows, of: of, most: w.most}
	if err := c.read(ctx, w.each); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	out = map[uint32]bool{}
	var own, other record
	var buf []byte
	err = c.each(ctx, func(page uint32, rows []row) error {
		if buf, err = w.s.get(page, &own, buf); err != nil {
			return err
		}
		bySource := map[int][]recount.Span{}
		for _, x := range rows {
			if x.R.Kind == recount.QuoteOnly {
				continue
			}
			from := x.A + x.B - page
			if buf, err = w.s.get(from, &other, buf); err != nil {
				return err
			}
			if d, _ := earlier(own.Published, other.Published); d < 0 {
				continue
			}
			source := int(w.root(from))
			for _, s := range x.R.Spans {
				if page == x.A {
					bySource[source] = append(bySource[source], s.A)
				} else {
					bySource[source] = append(bySource[source], s.B)
				}
			}
		}
		if isComposite(int(w.s.texts[page]), bySource) {
			out[page] = true
		}
		return nil
	})
	return out, err
}

// lift returns the relation as it counts; composite: one of its pages was put
// together from others.
func lift(r recount.Relation, composite bool) Found {
	if composite && r.Kind == recount.Trace && lifted(r) {
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
