package study

import (
	"cmp"
	"context"
	"slices"

	"recount"
	"recount/internal/casebook"
	"recount/internal/report"
)

// An OpenQuestion is one with the numbers that it moves.
type OpenQuestion struct {
	recount.Question
	Moves []Move // by how much, the largest first
}

// A Move is how far an answer may move a number at most: its lowest or its
// highest value. Most is 0 for a share or a table of which it moves a part.
type Move struct {
	Label string
	Most  int
}

// OpenQuestions lists the open questions that move the number asked for or one of the
// headline, what moves most first. With all they are those that move any
// result of report.md, and those that move none.
func (s *Study) OpenQuestions(ctx context.Context, q Query, all bool) ([]OpenQuestion, error) {
	book, err := s.casebook(ctx, needs{report: all})
	if err != nil {
		return nil, err
	}
	t, err := s.template()
	if err != nil {
		if all {
			return nil, err
		}
		t = nil
	}
	queries := append([]Query{q}, headed(t)...)
	if all && t != nil {
		queries = append([]Query{q}, t.Queries...)
	}
	type id struct {
		what string
		key  recount.Key
	}
	found := map[id]*OpenQuestion{}
	posed := book.Open()
	group := map[id]recount.Key{}
	for _, x := range posed {
		group[id{x.What, x.Key}] = x.Group
		if all {
			found[id{x.What, x.Key}] = &OpenQuestion{Question: x.Question}
		}
	}
	p := s.problem(book)
	for i, q := range queries {
		if slices.ContainsFunc(queries[:i], func(o Query) bool { return o.Where == q.Where && o.Of == q.Of && o.By == q.By && o.Versus == q.Versus }) {
			continue
		}
		tallies, err := kept(book, p, q)
		if err != nil {
			return nil, err
		}
		tally := tallies[0]
		r, err := tally.Result()
		if err != nil {
			return nil, err
		}
		for _, asked := range questionsOf(r) {
			k := id{asked.What, asked.Key}
			if found[k] == nil {
				found[k] = &OpenQuestion{Question: *asked}
			}
			m := Move{Label: cmp.Or(q.Label, r.Label)}
			if q.By == "" && q.Versus == nil {
				m.Most = tally.Effect(group[k], *asked)
			}
			found[k].Moves = append(found[k].Moves, m)
		}
	}
	out := make([]OpenQuestion, 0, len(found))
	for _, o := range found {
		slices.SortStableFunc(o.Moves, func(a, b Move) int { return b.Most - a.Most })
		out = append(out, *o)
	}
	most := func(o OpenQuestion) (n int) {
		for _, m := range o.Moves {
			n = max(n, m.Most)
		}
		return n
	}
	slices.SortFunc(out, func(a, b OpenQuestion) int {
		return cmp.Or(most(b)-most(a), len(b.Moves)-len(a.Moves), cmp.Compare(a.What, b.What), cmp.Compare(a.Key, b.Key))
	})
	return out, nil
}

// moves says by how many people each open question moves one of the first
// numbers of a report at most, by what it asks and its key.
func (s *Study) moves(book *casebook.Casebook, t *report.Template) (map[string]int, error) {
	group, out := map[string]recount.Key{}, map[string]int{}
	for _, x := range book.Open() {
		group[x.What+" "+string(x.Key)] = x.Group
	}
	if len(group) == 0 {
		return out, nil
	}
	p := s.problem(book)
	for _, q := range headed(t) {
		tallies, err := kept(book, p, q)
		if err != nil {
			return nil, err
		}
		r, err := tallies[0].Result()
		if err != nil {
			return nil, err
		}
		for _, asked := range questionsOf(r) {
			k := asked.What + " " + string(asked.Key)
			out[k] = max(out[k], tallies[0].Effect(group[k], *asked))
		}
	}
	return out, nil
}

// questionsOf lists the questions behind a result and its rows, each once.
func questionsOf(r recount.Result) []*recount.Question {
	out := slices.Clone(r.Questions)
	for _, row := range r.Rows {
		for _, q := range questionsOf(row) {
			if !slices.ContainsFunc(out, func(o *recount.Question) bool { return o.What == q.What && o.Key == q.Key }) {
				out = append(out, q)
			}
		}
	}
	return out
}
