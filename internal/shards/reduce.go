package shards

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"recount"
	"recount/internal/copies"
)

// The files that rest on all shards together.
const (
	pairsFile = "pairs"
	Relations = "relations.parquet"
	Originals = "originals.parquet"
)

// ReducePart compares what all shards, whose folders are dirs, have in common
// in one part, and writes the pairs of articles that share it into the folder
// out.
func ReducePart(ctx context.Context, dirs []string, part int, out string) error {
	all, err := copies.OpenShards(dirs)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp(out, "work-")
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return errors.Join(all.Pairs(part, work, filepath.Join(out, pairsFile)), os.RemoveAll(work))
}

// Components compares the pairs of all parts, which lie in the folders parts,
// word by word, and writes the relations and originals of all articles into the
// folder out. keys names the shards, whose folders are dirs.
func Components(ctx context.Context, keys, dirs, parts []string, out string) (n Counts, err error) {
	all, err := copies.OpenShards(dirs)
	if err != nil {
		return n, err
	}
	work, err := os.MkdirTemp(out, "work-")
	if err != nil {
		return n, err
	}
	var pairs []string
	for _, p := range parts {
		pairs = append(pairs, filepath.Join(p, pairsFile))
	}
	of, err := relate(ctx, all, pairs, work, out, &n)
	if err != nil {
		return n, err
	}
	if err := os.RemoveAll(work); err != nil {
		return n, err
	}
	t, err := newTable[OriginalRow](filepath.Join(out, Originals))
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	for i := range all.Count() {
		key := all.Key(i)
		row := OriginalRow{Article: string(key), Shard: keys[all.ShardOf(i)], Again: all.First(i) != i}
		if at := of.place[all.First(i)]; at > 0 {
			o := &of.groups[at-1]
			row.Original, row.Size, row.First, row.Spliced = string(o.key), o.size, string(o.first), o.spliced
			if !o.counted && !o.spliced {
				n.Originals++
			}
			o.counted = true
		} else {
			row.Original, row.Size, row.First = string(recount.KeyOf("original", string(key))), 1, string(key)
			if !row.Again {
				n.Originals++
			}
		}
		if row.Again {
			n.Again++
		}
		if err := t.add(row, 200); err != nil {
			return n, err
		}
	}
	return n, nil
}

// groups say in which original a page is.
type groups struct {
	place  []uint32 // by number of the page: that of its group, from 1 on; 0 if it stands alone and is whole
	groups []group
}

type group struct {
	key, first       recount.Key
	size             int32
	spliced, counted bool
}

// relate writes the table of relations.
func relate(ctx context.Context, all *copies.Shards, pairs []string, work, out string, n *Counts) (of *groups, err error) {
	t, err := newTable[RelationRow](filepath.Join(out, Relations))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	var fault error
	of = &groups{place: make([]uint32, all.Count())}
	err = all.Relations(ctx, pairs, work, func(r recount.Relation) bool {
		row := RelationRow{A: string(r.A), B: string(r.B), Kind: string(r.Kind), CoverageA: int32(r.CoverageA), CoverageB: int32(r.CoverageB),
			First: string(r.First), Reason: r.Reason, Passages: int32(len(r.Spans))}
		n.Relations++
		fault = t.add(row, 200)
		return fault == nil
	}, func(o recount.Original, members []uint32) {
		of.groups = append(of.groups, group{key: o.Key, first: o.First, size: int32(len(members)), spliced: o.Spliced})
		for _, m := range members {
			of.place[m] = uint32(len(of.groups))
		}
	})
	if err = errors.Join(err, fault); err != nil {
		return nil, fmt.Errorf("compare articles: %w", err)
	}
	return of, ctx.Err()
}
