package copies

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"recount"
)

// A row is one relation with the ranks of its articles, which stand for their
// keys in a file.
type row struct {
	R    recount.Relation
	A, B uint32
}

// kindsOfRow are those of relations, by the number that stands for them.
var kindsOfRow = [...]recount.RelationKind{recount.Copy, recount.Partial, recount.QuoteOnly, recount.Trace}

// encode appends the row to b, after its length: ranks, coverage, a byte of
// kind, flags and who was first, the reason, and of each run where it begins
// and how long it is, in A and in B.
func (x row) encode(b []byte) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	b = binary.AppendUvarint(b, uint64(x.A))
	b = binary.AppendUvarint(b, uint64(x.B))
	b = binary.AppendUvarint(b, uint64(x.R.CoverageA))
	b = binary.AppendUvarint(b, uint64(x.R.CoverageB))
	flags := byte(slices.Index(kindsOfRow[:], x.R.Kind))
	first := func(key, unnamed recount.Key) bool {
		return x.R.First != "" && (x.R.First == key || x.R.First == unnamed)
	}
	for i, is := range []bool{x.R.OwnA, x.R.OwnB, first(x.R.A, firstA), first(x.R.B, firstB)} {
		if is {
			flags |= 4 << i
		}
	}
	b = append(b, flags)
	b = binary.AppendUvarint(b, uint64(len(x.R.Reason)))
	b = append(b, x.R.Reason...)
	for _, s := range x.R.Spans {
		for _, v := range []int{s.A.Start, s.A.Len(), s.B.Start, s.B.Len()} {
			b = binary.AppendUvarint(b, uint64(v))
		}
	}
	binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

// decode reads what encode wrote, without the length; keys are not set, and who
// was first is said by firstA or firstB. It reports whether b was whole.
func (x *row) decode(b []byte) bool {
	whole := true
	next := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<32 {
			whole, b = false, nil
			return 0
		}
		b = b[n:]
		return int(v)
	}
	*x = row{A: uint32(next()), B: uint32(next())}
	x.R.CoverageA, x.R.CoverageB = recount.Milli(next()), recount.Milli(next())
	if len(b) == 0 {
		return false
	}
	flags := b[0]
	b = b[1:]
	x.R.Kind, x.R.OwnA, x.R.OwnB = kindsOfRow[flags&3], flags&4 != 0, flags&8 != 0
	switch {
	case flags&16 != 0:
		x.R.First = firstA
	case flags&32 != 0:
		x.R.First = firstB
	}
	if n := next(); n <= len(b) {
		x.R.Reason, b = string(b[:n]), b[n:]
	} else {
		return false
	}
	for len(b) > 0 && whole {
		var s recount.Alignment
		s.A.Start = next()
		s.A.End = s.A.Start + next()
		s.B.Start = next()
		s.B.End = s.B.Start + next()
		x.R.Spans = append(x.R.Spans, s)
	}
	return whole
}

// What stands for a key that is not looked up; no key is so.
const (
	firstA recount.Key = "\x00a"
	firstB recount.Key = "\x00b"
)

// name sets the keys of a row that was read.
func (x *row) name(key func(rank uint32) recount.Key) {
	x.R.A, x.R.B = key(x.A), key(x.B)
	switch x.R.First {
	case firstA:
		x.R.First = x.R.A
	case firstB:
		x.R.First = x.R.B
	}
}

// eachRow reads rows until visit returns false.
func eachRow(r *bufio.Reader, visit func(row) bool) error {
	var head [4]byte
	var b []byte
	for {
		if _, err := io.ReadFull(r, head[:]); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("copies: read the relations: %w", err)
		}
		n := int(binary.LittleEndian.Uint32(head[:]))
		b = slices.Grow(b[:0], n)[:n]
		if _, err := io.ReadFull(r, b); err != nil {
			return fmt.Errorf("copies: read the relations: %w", err)
		}
		var x row
		if !x.decode(b) {
			return fmt.Errorf("copies: read the relations: %w", recount.ErrTampered)
		}
		if !visit(x) {
			return nil
		}
	}
}
