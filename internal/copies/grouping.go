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

	"recount"
)

// A grouping finds the originals of a corpus, some pages at a time: those that
// copies join, with what they share with others.
type grouping struct {
	c     *Shards
	w     *weaver
	dates []column // by shard: when its pages were published
	rows  []uint32 // by rank, of the first of pages that copies join: relations of theirs
	group []uint32 // by rank: the first page of the group, without those that join two stories
}

// count says that a relation is there.
func (g *grouping) count(x row) {
	a, b := g.w.root(x.A), g.w.root(x.B)
	g.rows[a]++
	if a != b {
		g.rows[b]++
	}
}

// A bucket is a file of the relations of pages whose first ones have ranks from
// from on, up to to.
type bucket struct {
	name     string
	from, to uint32
}

// fanOut is into how many files a bucket is cut that is too large.
const fanOut = 64

// originals yields the originals. The relations are cut into buckets that fit
// the memory, by pages that copies join. Groups without pages that join two
// stories come first, because pages put together from others ask for those of
// their sources.
func (g *grouping) originals(ctx context.Context, yield func(recount.Original, []uint32)) error {
	for i := range g.group {
		g.group[i] = uint32(i)
	}
	all, err := g.cut(ctx, bucket{filepath.Join(g.w.f.dir, "bucket"), 0, uint32(len(g.rows))}, g.w.each)
	if err != nil {
		return fmt.Errorf("copies: keep the relations: %w", err)
	}
	for _, group := range []func(root uint32, rows []row){g.join, func(root uint32, rows []row) { g.find(root, rows, yield) }} {
		for _, b := range all {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := g.each(b, group); err != nil {
				return err
			}
		}
	}
	return nil
}

// cut writes the rows of a bucket into smaller ones, until each is small enough
// or holds one group of copies.
func (g *grouping) cut(ctx context.Context, of bucket, each func(visit func(row) bool) error) ([]bucket, error) {
	total := 0
	for _, n := range g.rows[of.from:of.to] {
		total += int(n)
	}
	most := max(g.c.bucketRows, total/fanOut)
	var parts []bucket
	n := 0
	for rank := of.from; rank < of.to; rank++ {
		if n += int(g.rows[rank]); len(parts) == 0 || n > most {
			parts = append(parts, bucket{fmt.Sprintf("%s-%d", of.name, len(parts)), rank, rank})
			n = int(g.rows[rank])
		}
		parts[len(parts)-1].to = rank + 1
	}
	if err := g.share(parts, each); err != nil {
		return nil, err
	}
	var out []bucket
	for _, b := range parts {
		n := 0
		for _, m := range g.rows[b.from:b.to] {
			n += int(m)
		}
		if n <= g.c.bucketRows || b.to == b.from+1 {
			out = append(out, b)
			continue
		}
		smaller, err := g.cut(ctx, b, b.each)
		if err = errors.Join(err, os.Remove(b.name), ctx.Err()); err != nil {
			return nil, err
		}
		out = append(out, smaller...)
	}
	return out, nil
}

// share writes each row to the buckets of its two pages, if they are among to.
func (g *grouping) share(to []bucket, each func(visit func(row) bool) error) (err error) {
	var files []*os.File
	var writers []*bufio.Writer
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.Close())
		}
	}()
	for _, b := range to {
		f, err := os.Create(b.name)
		if err != nil {
			return err
		}
		files, writers = append(files, f), append(writers, bufio.NewWriterSize(f, 1<<15))
	}
	at := func(rank uint32) int {
		root := g.w.root(rank)
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

// each calls visit with the rows of every group of copies in a bucket, and the
// first page of it.
func (g *grouping) each(b bucket, visit func(root uint32, rows []row)) error {
	var rows []row
	err := b.each(func(x row) bool {
		x.name(g.w.f.key)
		x.R = g.w.lift(x).Relation
		rows = append(rows, x)
		return true
	})
	if err != nil {
		return fmt.Errorf("copies: group: %w", err)
	}
	type side struct{ root, row uint32 }
	var sides []side
	for i, x := range rows {
		p, q := g.w.root(x.A), g.w.root(x.B)
		if b.from <= p && p < b.to {
			sides = append(sides, side{p, uint32(i)})
		}
		if p != q && b.from <= q && q < b.to {
			sides = append(sides, side{q, uint32(i)})
		}
	}
	slices.SortFunc(sides, func(x, y side) int { return cmp.Or(cmp.Compare(x.root, y.root), cmp.Compare(x.row, y.row)) })
	var some []row
	for i, s := range sides {
		some = append(some, rows[s.row])
		if i == len(sides)-1 || sides[i+1].root != s.root {
			visit(s.root, some)
			some = some[:0]
		}
	}
	return nil
}

// pages returns what grouping looks at of the pages in rows that belong to the
// group of copies of root, by rank, and of those at its edge if edge is set.
func (g *grouping) pages(root uint32, rows []row, edge bool) (pages []groupedPage, members []uint32) {
	var ranks []uint32
	for _, x := range rows {
		ranks = append(ranks, x.A, x.B)
	}
	slices.Sort(ranks)
	for _, r := range slices.Compact(ranks) {
		n := g.w.f.order[r]
		shard := g.c.ShardOf(int(n))
		p := groupedPage{Key: g.w.f.key(r), Published: g.dates[shard].at(int(n - g.c.first[shard])), Size: int(g.w.s.texts[r])}
		if g.w.root(r) == root {
			members = append(members, r)
		} else if edge {
			p.Group = g.w.f.key(g.group[r])
		} else {
			continue
		}
		pages = append(pages, p)
	}
	return pages, members
}

// join says of the pages of one group of copies which group they are in without
// those that join two stories.
func (g *grouping) join(root uint32, rows []row) {
	var copied []recount.Relation
	for _, x := range rows {
		if x.R.Kind == recount.Copy {
			copied = append(copied, x.R)
		}
	}
	if len(copied) == 0 {
		return
	}
	pages, members := g.pages(root, rows, false)
	_, groups := groupPages(pages, copied)
	of := map[recount.Key]uint32{}
	for i, p := range pages {
		of[p.Key] = members[i]
	}
	for i, p := range pages {
		g.group[members[i]] = of[groups[p.Key]]
	}
}

// find yields the originals of one group of copies.
func (g *grouping) find(root uint32, rows []row, yield func(recount.Original, []uint32)) {
	pages, members := g.pages(root, rows, true)
	if len(members) == 1 && len(pages) <= wovenSources {
		return // too few sources to be put together from
	}
	relations := make([]recount.Relation, len(rows))
	for i, x := range rows {
		relations[i] = x.R
	}
	found, _ := groupPages(pages, relations)
	at := map[recount.Key]uint32{}
	for _, r := range members {
		at[g.w.f.key(r)] = g.w.f.order[r]
	}
	for _, o := range found {
		if len(o.Members) < 2 && !o.Spliced {
			continue
		}
		numbers := make([]uint32, len(o.Members))
		for i, m := range o.Members {
			numbers[i] = at[m]
		}
		yield(o, numbers)
	}
}
