package study

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
)

// A Step is a decision, or several that were given together, with the first
// number of the headline before and after it.
type Step struct {
	IDs           []string
	Time          string
	Before, After count.Number
}

// InTime lists decisions as they were given: by their moment, those of one
// moment in the order of the list.
func InTime(l *recount.Log, ids []string) []string {
	out := slices.Clone(ids)
	slices.SortStableFunc(out, func(a, b string) int {
		x, y := l.Find(a), l.Find(b)
		if x == nil || y == nil {
			return 0
		}
		return strings.Compare(x.Time, y.Time)
	})
	return out
}

// trailChunks is in how many pieces the decisions before the last ones are taken.
const trailChunks = 200

// Trail counts the first number of the headline anew after each decision, in the
// order in which ids has them: on the pages and by the questions and rules of
// today. Only the last so many of them are taken one by one; the others in
// pieces. It is a pass over all decisions, with the study beside in memory, so
// it belongs on a study of its own.
func (s *Study) Trail(ctx context.Context, ids []string, singly int) ([]Step, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	// A study in memory keeps the answers of its decisions apart from them.
	all, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	of := map[string]recount.Decision{}
	for _, d := range all {
		of[d.ID] = d
	}
	t, err := s.template()
	if err != nil {
		t = nil
	}
	bare := s.settings()
	bare.Bare = true
	then, err := casebook.Open(ctx, s.store, bare)
	if err != nil {
		return nil, err
	}
	p := s.problem(book)
	query := headed(t)[:1]
	number := func() (count.Number, error) {
		ts, err := kept(then, p, query...)
		if err != nil {
			return count.Number{}, err
		}
		return ts[0].Number()
	}
	var first []recount.Decision // what init logged, and everything that no page shows
	var groups []Step
	for _, id := range ids {
		d, ok := of[id]
		if !ok {
			continue
		}
		if d.Actor == recount.DefaultActor {
			first = append(first, d)
			continue
		}
		n := len(groups) - 1
		if d.Group != "" && n >= 0 && of[groups[n].IDs[0]].Group == d.Group {
			groups[n].IDs = append(groups[n].IDs, id)
			continue
		}
		groups = append(groups, Step{IDs: []string{id}, Time: d.Time})
	}
	if err := then.Apply(ctx, first...); err != nil {
		return nil, err
	}
	before, err := number()
	if err != nil {
		return nil, err
	}
	var out []Step
	early := max(0, len(groups)-singly)
	piece := cmp.Or((early+trailChunks-1)/trailChunks, 1)
	for i := 0; i < len(groups); {
		n := 1
		if i < early {
			n = min(piece, early-i)
		}
		x := Step{Time: groups[i+n-1].Time, Before: before}
		var ds []recount.Decision
		for _, g := range groups[i : i+n] {
			x.IDs = append(x.IDs, g.IDs...)
			for _, id := range g.IDs {
				ds = append(ds, of[id])
			}
		}
		if err := then.Apply(ctx, ds...); err != nil {
			return nil, err
		}
		if x.After, err = number(); err != nil {
			return nil, err
		}
		before = x.After
		out = append(out, x)
		i += n
		s.opts.Progress("history", i, len(groups))
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
