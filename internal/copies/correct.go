package copies

import (
	"cmp"
	"slices"

	"recount"
)

// A Correction is a person's answer about one article.
type Correction struct {
	Article recount.Key
	Of      recount.Key // the article it is said to be a reprint of
	Reprint bool        // it is one; false: it is none
}

// Correct returns the relations as people's answers leave them, ordered by
// (A, B); Originals then groups by them. originals are those of the relations
// as found. "A reprint" joins the article to the original of the other and to
// no other original; "not a reprint" takes it out of that original. Without
// corrections the relations come back as they are, so that an answer is undone
// by leaving it out.
func Correct(relations []recount.Relation, originals []recount.Original, corrections []Correction) []recount.Relation {
	group := map[recount.Key]recount.Key{}
	for _, o := range originals {
		for _, m := range o.Members {
			group[m] = o.Key
		}
	}
	type answer struct{ article, original recount.Key }
	joins, leaves := map[recount.Key]recount.Key{}, map[answer]bool{}
	added := map[[2]recount.Key]bool{}
	for _, c := range corrections {
		if c.Article == c.Of || group[c.Of] == "" || group[c.Article] == "" {
			continue // about itself, or about an article that is not here
		}
		if c.Reprint {
			joins[c.Article] = max(joins[c.Article], group[c.Of]) // two answers that differ: the larger key, in any order
			added[[2]recount.Key{min(c.Article, c.Of), max(c.Article, c.Of)}] = true
		} else {
			leaves[answer{c.Article, group[c.Of]}] = true
		}
	}
	out := slices.Clone(relations)
	for i := range out {
		r := &out[i]
		pair := [2]recount.Key{r.A, r.B}
		for _, side := range [][2]recount.Key{{r.A, r.B}, {r.B, r.A}} {
			article, other := side[0], side[1]
			to, joined := joins[article]
			if r.Kind == recount.Copy && !added[pair] && (leaves[answer{article, group[other]}] || joined && group[other] != to && group[other] != group[article]) {
				r.Kind = recount.Partial
			}
		}
		if added[pair] {
			r.Kind, r.OwnA, r.OwnB, r.Said = recount.Copy, false, false, true
			delete(added, pair)
		}
	}
	for pair := range added {
		out = append(out, recount.Relation{A: pair[0], B: pair[1], Kind: recount.Copy, Said: true})
	}
	slices.SortFunc(out, func(x, y recount.Relation) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return out
}
