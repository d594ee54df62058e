package study

import (
	"context"
	"slices"

	"recount"
	"recount/internal/casebook"
)

// mostUndone is in how many decisions a comparison looks for the one that a
// change rests on.
const mostUndone = 32

// A trial counts a study without one of the decisions that are new in it, or
// with one that is gone: what a change rests on is found out, not guessed.
// Nothing of it is saved.
type trial struct {
	ctx     context.Context
	study   *Study
	queries []Query
	book    *casebook.Casebook // of its own; nil until it is needed
	left    int
	seen    map[string]*undone
}

// An undone study is what is counted then.
type undone struct {
	of      map[recount.Key]string // person of a member who counts
	results []recount.Result
}

// without counts the study as if a cause had not been; nil where that cannot be
// told, as of a study file, or too much was tried already.
func (t *trial) without(c cause) *undone {
	if u, ok := t.seen[c.ID]; ok {
		return u
	}
	id, actor := c.ID, c.Actor
	if c.gone {
		if c.back == nil {
			return nil
		}
		id, actor = c.back.ID, c.back.Actor
	}
	if c.Kind == recount.KindFile || c.Kind == recount.KindCodebook || t.left == 0 {
		return nil
	}
	t.left--
	u, err := t.try(id, actor)
	if err != nil {
		t.left, u = 0, nil // one that was half undone says nothing
	}
	t.seen[c.ID] = u
	return u
}

func (t *trial) try(id, actor string) (*undone, error) {
	if t.book == nil {
		var err error
		if t.book, err = casebook.Open(t.ctx, t.study.store, t.study.settings()); err != nil {
			return nil, err
		}
	}
	take := func(id string) (recount.Decision, error) {
		d, err := t.study.seal(recount.Draft{Kind: recount.KindRetract, Actor: actor, Replaces: []string{id}, Base: []string{id}, Body: recount.RetractBody{}})
		if err != nil {
			return d, err
		}
		return d, t.book.Apply(t.ctx, d)
	}
	d, err := take(id)
	if err != nil {
		return nil, err
	}
	u := &undone{of: map[recount.Key]string{}}
	p := t.study.problem(t.book)
	p.Members, p.Links = t.book.Members(), t.book.Links()
	persons, err := p.Persons()
	if err != nil {
		return nil, err
	}
	for i := range persons {
		if persons[i].Counted {
			for _, m := range persons[i].Members {
				u.of[m.Key] = persons[i].ID
			}
		}
	}
	if u.results, err = t.study.answers(t.book, t.queries); err != nil {
		u.results = nil
	}
	_, err = take(d.ID)
	return u, err
}

// counted reports whether somebody of these counts.
func (u *undone) counted(members []recount.Member) bool {
	return slices.ContainsFunc(members, func(m recount.Member) bool { return u.of[m.Key] != "" })
}

// persons returns how many persons these are who count.
func (u *undone) persons(members []recount.Member) int {
	seen := map[string]bool{}
	for _, m := range members {
		if id := u.of[m.Key]; id != "" {
			seen[id] = true
		}
	}
	return len(seen)
}

// in reports whether a result, or its row, counts one of these; known is false
// where it was not counted.
func (u *undone) in(result int, row string, members []recount.Member) (in, known bool) {
	if result >= len(u.results) {
		return false, false
	}
	r := &u.results[result]
	if row != "" {
		i := slices.IndexFunc(r.Rows, func(x recount.Result) bool { return x.Name == row })
		if i < 0 {
			return false, true
		}
		r = &r.Rows[i]
	}
	return slices.ContainsFunc(members, func(m recount.Member) bool { return slices.Contains(r.Cases, u.of[m.Key]) && u.of[m.Key] != "" }), true
}
