package study

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"recount"
	"recount/internal/count"
	"recount/internal/study/state"
)

// A Query asks for one number or table over the cases of the study.
type Query = count.Query

// A Cited is one person of a count with the first words that count.
type Cited struct {
	Name    string
	Article *recount.Article
	Words   []string // of the first accepted statement, in pieces; none if no statement was accepted
}

// Count computes one number or table over the cases of the study, with the
// people it counts.
func (s *Study) Count(ctx context.Context, q Query) (recount.Result, []Cited, error) {
	if err := s.syncFiles(ctx); err != nil {
		return recount.Result{}, nil, err
	}
	st, err := s.load(ctx)
	if err != nil {
		return recount.Result{}, nil, err
	}
	p := st.Problem()
	r, err := s.compute(st, p, q)
	if err != nil {
		return r, nil, err
	}
	byID := map[string]recount.Case{}
	for _, c := range p.Cases() {
		byID[c.ID] = c
	}
	var cited []Cited
	for _, id := range r.Cases {
		cited = append(cited, cite(st, byID[id]))
	}
	slices.SortStableFunc(cited, func(a, b Cited) int {
		return cmp.Or(strings.Compare(a.Article.Day(), b.Article.Day()), strings.Compare(a.Name, b.Name))
	})
	return r, cited, nil
}

// cite takes the member who spoke first, one with a statement before one
// without.
func cite(st *state.State, c recount.Case) Cited {
	best := -1
	for i, m := range c.Members {
		if st.ByKey[m.Article] == nil {
			continue
		}
		better := best < 0 || len(m.Statements) > 0 && len(c.Members[best].Statements) == 0 ||
			(len(m.Statements) > 0) == (len(c.Members[best].Statements) > 0) && m.Day < c.Members[best].Day
		if better {
			best = i
		}
	}
	m := c.Members[max(best, 0)]
	a := st.ByKey[m.Article]
	if a == nil {
		a = &recount.Article{}
	}
	out := Cited{Name: m.Speaker.Name, Article: a}
	if len(m.Statements) > 0 && a.Text != "" {
		for _, sp := range m.Statements[0].At {
			out.Words = append(out.Words, sp.In(a.Text))
		}
	}
	return out
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
