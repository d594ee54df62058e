package copies

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// bucketRows is how many relations are held at a time.
const bucketRows = 1 << 15

// A cutting brings the relations of some pages together that lie far apart in a
// file, without holding all: they are cut into smaller and smaller files.
type cutting struct {
	dir  string
	rows []uint32                 // by what of gives: relations that it has, about
	of   func(rank uint32) uint32 // what a page's relations are brought together by; none if that is not below len(rows)
	most int                      // relations that are held at a time
	all  []bucket
}

// A bucket is a file of the relations of pages that belong to numbers from from
// on, up to to.
type bucket struct {
	name     string
	from, to uint32
}

// fanOut is into how many files a bucket is cut that is too large.
const fanOut = 64

// read cuts what each yields.
func (c *cutting) read(ctx context.Context, each func(visit func(row) bool) error) (err error) {
	c.all, err = c.cut(ctx, bucket{filepath.Join(c.dir, "bucket"), 0, uint32(len(c.rows))}, each)
	if err != nil {
		return fmt.Errorf("copies: keep the relations: %w", err)
	}
	return nil
}

// close removes the files.
func (c *cutting) close() (err error) {
	for _, b := range c.all {
		err = errors.Join(err, os.Remove(b.name))
	}
	c.all = nil
	return err
}

// each calls visit with all rows of every number, in the order of the numbers;
// the keys of the rows are not set.
func (c *cutting) each(ctx context.Context, visit func(of uint32, rows []row) error) error {
	for _, b := range c.all {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.eachOf(b, visit); err != nil {
			return fmt.Errorf("copies: group: %w", err)
		}
	}
	return nil
}

// cut writes the rows of a bucket into smaller ones, until each is small enough
// or belongs to one number.
func (c *cutting) cut(ctx context.Context, of bucket, each func(visit func(row) bool) error) ([]bucket, error) {
	total := 0
	for _, n := range c.rows[of.from:of.to] {
		total += int(n)
	}
	most := max(c.most, total/fanOut)
	var parts []bucket
	n := 0
	for rank := of.from; rank < of.to; rank++ {
		if n += int(c.rows[rank]); len(parts) == 0 || n > most {
			parts = append(parts, bucket{fmt.Sprintf("%s-%d", of.name, len(parts)), rank, rank})
			n = int(c.rows[rank])
		}
		parts[len(parts)-1].to = rank + 1
	}
	if err := c.share(parts, each); err != nil {
		return nil, err
	}
	var out []bucket
	for _, b := range parts {
		n := 0
		for _, m := range c.rows[b.from:b.to] {
			n += int(m)
		}
		if n <= c.most || b.to == b.from+1 {
			out = append(out, b)
			continue
		}
		smaller, err := c.cut(ctx, b, b.each)
		if err = errors.Join(err, os.Remove(b.name), ctx.Err()); err != nil {
			return nil, err
		}
		out = append(out, smaller...)
	}
	return out, nil
}

// share writes each row to the buckets of its two pages, if they are among to.
func (c *cutting) share(to []bucket, each func(visit func(row) bool) error) (err error) {
	var files []*os.File
	var writers []*bufio.Writer
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.Close())
		}
	}()
	for _, b := range to {
		f, err := os.OpenFile(b.name, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		files, writers = append(files, f), append(writers, bufio.NewWriterSize(f, 1<<15))
	}
	at := func(rank uint32) int {
		root := c.of(rank)
		if len(to) == 0 || root < to[0].from {
			return len(to)
		}
		i, _ := slices.BinarySearchFunc(to, root, func(b bucket, root uint32) int {
			if b.to > root {
				return 1
			}
			return -1
		})
		return i
	}
	var buf []byte
	var fault error
	err = each(func(x row) bool {
		buf = x.encode(buf[:0])
		a, b := at(x.A), at(x.B)
		if a < len(to) {
			_, fault = writers[a].Write(buf)
		}
		if b < len(to) && b != a && fault == nil {
			_, fault = writers[b].Write(buf)
		}
		return fault == nil
	})
	for _, w := range writers {
		fault = errors.Join(fault, w.Flush())
	}
	return errors.Join(err, fault)
}

// each reads the rows of a bucket; their keys are not set.
func (b bucket) each(visit func(row) bool) error {
	f, err := os.Open(b.name)
	if err != nil {
		return err
	}
	defer f.Close()
	return eachRow(bufio.NewReaderSize(f, 1<<16), visit)
}

// eachOf is each for one bucket.
func (c *cutting) eachOf(b bucket, visit func(of uint32, rows []row) error) error {
	var rows []row
	err := b.each(func(x row) bool {
		rows = append(rows, x)
		return true
	})
	if err != nil {
		return err
	}
	type side struct{ of, row uint32 }
	var sides []side
	for i, x := range rows {
		p, q := c.of(x.A), c.of(x.B)
		if b.from <= p && p < b.to {
			sides = append(sides, side{p, uint32(i)})
		}
		if p != q && b.from <= q && q < b.to {
			sides = append(sides, side{q, uint32(i)})
		}
	}
	slices.SortFunc(sides, func(x, y side) int { return cmp.Or(cmp.Compare(x.of, y.of), cmp.Compare(x.row, y.row)) })
	var some []row
	for i, s := range sides {
		some = append(some, rows[s.row])
		if i == len(sides)-1 || sides[i+1].of != s.of {
			if err := visit(s.of, some); err != nil {
				return err
			}
			some = some[:0]
		}
	}
	return nil
}
