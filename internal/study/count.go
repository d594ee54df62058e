package study

import (
	"context"

	"recount"
	"recount/internal/count"
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
func (s *Study) results(st *state) ([]recount.Result, error) {
	t, err := s.template()
	if err != nil || t == nil {
		return nil, err
	}
	var out []recount.Result
	p := s.problem(st)
	for _, q := range t.Queries {
		r, err := s.compute(st, p, q)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (s *Study) result(st *state, q count.Query) (recount.Result, error) {
	return s.compute(st, s.problem(st), q)
}

// compute adds the period of the study to a query and, to its answer, what
// was machine-read and nobody has looked at.
func (s *Study) compute(st *state, p *count.Problem, q count.Query) (recount.Result, error) {
	plain := q.Where == ""
	q.Where = s.config.filter(q.Where)
	q.Of = s.config.filter(q.Of)
	r, err := p.Result(q)
	if err != nil {
		return r, err
	}
	if !plain {
		return r, nil
	}
	unread := st.undecided()
	r.Machine = len(unread)
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

// undecided returns the machine-read speakers that are people, one of a group
// of reprints, and that no scope decision is about. They are speakers, not yet
// people, and are never added to a count.
func (st *state) undecided() []*recount.Speaker {
	looked := map[recount.Key][]recount.Span{}
	for _, it := range st.items {
		if it.Kind == recount.KindScope {
			k := it.At[0].Article.Key
			looked[k] = append(looked[k], it.At[0].Spans...)
		}
	}
	first := map[recount.Key]bool{}
	for _, o := range st.originals {
		if o.Spliced && st.on(FoldReprints) {
			continue
		}
		if !st.on(FoldReprints) {
			for _, m := range o.Members {
				first[m] = true
			}
			continue
		}
		f := o.First
		if f == "" {
			f = o.Members[0]
		}
		first[f] = true
	}
	var out []*recount.Speaker
	for _, a := range st.Articles {
		r := st.readings[a.Key]
		if r == nil || !first[a.Key] {
			continue
		}
	speakers:
		for i := range r.Speakers {
			sp := &r.Speakers[i]
			if !sp.Kind.Person() || !st.speaks(r, sp) {
				continue
			}
			for _, at := range looked[a.Key] {
				if sp.Mention.Overlaps(at) {
					continue speakers
				}
				for _, m := range sp.Mentions {
					if m.Overlaps(at) {
						continue speakers
					}
				}
			}
			out = append(out, sp)
		}
	}
	return out
}

// speaks reports whether a speaker has a statement in the story itself.
func (st *state) speaks(r *recount.Reading, sp *recount.Speaker) bool {
	for _, x := range r.Statements {
		if x.Speaker != sp.ID || !x.Speech || len(x.Content) == 0 {
			continue
		}
		aside := false
		for _, sen := range r.Sentences {
			if sen.Role == recount.OffTopic && st.on(SetAside) && sen.Span.Overlaps(x.Content[0]) {
				aside = true
			}
		}
		if !aside {
			return true
		}
	}
	return false
}
