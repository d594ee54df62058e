package copies

import (
	"context"
	"errors"
	"slices"

	"recount"
)

// A grouping finds the originals of a corpus, some pages at a time: those that
// copies join, with what they share with others.
type grouping struct {
	c     *Shards
	w     *relationFile
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

// originals yields the originals. Groups without pages that join two stories
// come first, because pages put together from others ask for those of their
// sources.
func (g *grouping) originals(ctx context.Context, yield func(recount.Original, []uint32)) (err error) {
	for i := range g.group {
		g.group[i] = uint32(i)
	}
	c := cutting{dir: g.w.f.dir, rows: g.rows, of: g.w.root, most: g.c.bucketRows}
	if err := c.read(ctx, g.w.each); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for _, group := range []func(root uint32, rows []row){g.join, func(root uint32, rows []row) { g.find(root, rows, yield) }} {
		err := c.each(ctx, func(root uint32, rows []row) error {
			for i := range rows {
				rows[i].name(g.w.f.key)
				rows[i].R = g.w.lift(rows[i]).Relation
			}
			group(root, rows)
			return nil
		})
		if err != nil {
			return err
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
	if len(members) == 1 && len(pages) <= compositeSources {
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
