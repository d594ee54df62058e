package study

import (
	"context"

	"recount"
	"recount/internal/count"
	"recount/internal/study/state"
)

// A Query asks for one number or table over the cases of the study.
type Query = count.Query

// Count computes one number or table over the cases of the study.
func (s *Study) Count(ctx context.Context, q Query) (recount.Result, error) {
	if err := s.syncFiles(ctx); err != nil {
		return recount.Result{}, err
	}
	st, err := s.load(ctx)
	if err != nil {
		return recount.Result{}, err
	}
	return s.result(st, q)
}

// results computes what report.md asks for, in its order.
func (s *Study) results(st *state.State) ([]recount.Result, error) {
	t, err := s.template()
	if err != nil || t == nil {
		return nil, err
	}
	var out []recount.Result
	p := st.Problem()
	for _, q := range t.Queries {
		r, err := s.compute(st, p, q)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (s *Study) result(st *state.State, q count.Query) (recount.Result, error) {
	return s.compute(st, st.Problem(), q)
}

// compute answers a query and adds what was machine-read and nobody has looked
// at.
func (s *Study) compute(st *state.State, p *count.Problem, q count.Query) (recount.Result, error) {
	r, err := p.Result(q)
	if err != nil || q.Where != "" {
		return r, err
	}
	unread := st.Undecided()
	if r.Kind == "count" || q.By == "gender" {
		r.Machine = len(unread)
	}
	if q.By == "gender" {
		for i := range r.Rows {
			for _, sp := range unread {
				if string(sp.Gender) == r.Rows[i].Name {
					r.Rows[i].Machine++
				}
			}
		}
	}
	return r, nil
}
