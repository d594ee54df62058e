package count

import (
	"fmt"
	"slices"
	"strings"

	"recount"
)

// An ask is one open question with one of its answers.
type ask struct {
	solver int
	key    recount.Key
	what   string
	answer string
}

// answered is the group of an ask, with that answer given.
type answered struct {
	fixed   []judged
	solvers []*solver
}

// questions finds the open questions that move a number: those of which some
// answer changes a range. If a group moves and none of its questions does so
// alone, all of them are listed; so are those of a group past the budget.
func (r *run) questions(res *recount.Result, whole bool, sp spec, sets [][]pair, over []bool) {
	for i, s := range r.solvers {
		if len(sets[i+1]) < 2 && !over[i] {
			continue
		}
		all := s.questions()
		if over[i] {
			res.Questions = append(res.Questions, all...)
			continue
		}
		var moving []recount.Question
		for _, q := range all {
			if r.moves(res, whole, sp, sets, i, q) {
				moving = append(moving, q)
			}
		}
		if moving == nil {
			moving = all
		}
		res.Questions = append(res.Questions, moving...)
	}
	rank := map[string]int{"link": 0, "scope": 1, "date": 2}
	slices.SortStableFunc(res.Questions, func(a, b recount.Question) int {
		if c := rank[a.What] - rank[b.What]; c != 0 {
			return c
		}
		return slices.Compare(a.About, b.About)
	})
}

// moves reports whether some answer to q changes a range of res.
func (r *run) moves(res *recount.Result, whole bool, sp spec, sets [][]pair, i int, q recount.Question) bool {
	for _, answer := range r.possible(q) {
		a := r.answer(ask{i, q.Key, q.What, answer}, q)
		var base pair
		for _, c := range a.fixed {
			p := sp.of(c.outcome)
			base = pair{base.n + p.n, base.d + p.d}
		}
		changed := slices.Clone(sets)
		changed[i+1] = []pair{base}
		for _, s := range a.solvers {
			set, _, _ := s.pairs(sp)
			changed = append(changed, set)
		}
		var now recount.Result
		r.ranges(&now, whole, changed)
		if now.Range.Low != res.Range.Low || now.Range.High != res.Range.High ||
			now.OfRange.Low != res.OfRange.Low || now.OfRange.High != res.OfRange.High {
			return true
		}
		x, y := now.ShareRange, res.ShareRange
		if x.LowN*y.LowOf != y.LowN*x.LowOf || x.HighN*y.HighOf != y.HighN*x.HighOf {
			return true
		}
	}
	return false
}

// possible lists the answers to q.
func (r *run) possible(q recount.Question) []string {
	switch q.What {
	case "link":
		return []string{recount.Different, recount.Same}
	case "scope":
		return []string{recount.No, recount.Yes}
	}
	return r.g.dates[q.About[0]]
}

// answer solves the group of a question again with the answer given.
func (r *run) answer(a ask, q recount.Question) *answered {
	if x := r.answers[a]; x != nil {
		return x
	}
	s := r.solvers[a.solver]
	in := map[int]bool{}
	var members []recount.Member
	for _, p := range s.parts {
		for _, b := range p.blocks {
			in[b] = true
			for _, i := range s.g.blockMembers[b] {
				m := s.g.members[i]
				switch {
				case a.what == "scope" && m.Key == a.key:
					m.Scope = a.answer
				case a.what == "date":
					if m.Article == q.About[0] {
						m.Day, m.Dates = a.answer, []string{a.answer}
					}
					m.Values = slices.Clone(m.Values)
					for j := range m.Values {
						if m.Values[j].Article == q.About[0] {
							m.Values[j].Day = a.answer
						}
					}
				}
				members = append(members, m)
			}
		}
	}
	var links []recount.Link
	for _, l := range r.g.links {
		x, y := s.g.blockOf[s.g.index[l.A]], s.g.blockOf[s.g.index[l.B]]
		if !in[x] || !in[y] {
			continue
		}
		if a.what == "link" && l.A == q.About[0] && l.B == q.About[1] && l.Answer == recount.Unsure {
			l.Answer = a.answer
		}
		links = append(links, l)
	}
	sub := &run{q: r.q, p: &Problem{Members: members, Links: links, Codes: r.p.Codes, Rules: r.p.Rules, Variables: r.p.Variables},
		b: r.b, where: r.where, of: r.of, dims: r.dims}
	// A filter that fails on these members has failed on them before, in the
	// worlds of the whole group.
	_ = sub.load()
	x := &answered{sub.fixed, sub.solvers}
	r.answers[a] = x
	return x
}

// questions lists the open questions of a group: links, then scope, then
// dates, each sorted by what it is about.
func (s *solver) questions() []recount.Question {
	var out []recount.Question
	in := map[int]bool{}
	for _, p := range s.parts {
		for _, b := range p.blocks {
			in[b] = true
		}
	}
	for _, l := range s.g.open {
		if !in[s.g.blockOf[s.g.index[l.A]]] {
			continue
		}
		text := fmt.Sprintf("are %s and %s one person?", s.g.name(l.A), s.g.name(l.B))
		if l.Reason != "" {
			text += " " + l.Reason
		}
		out = append(out, recount.Question{Key: recount.KeyOf("link", string(l.A), string(l.B)), What: "link", Text: text, About: []recount.Key{l.A, l.B}})
	}
	articles := map[recount.Key]string{}
	for i := range s.g.members {
		m := &s.g.members[i]
		if !in[s.g.blockOf[i]] {
			continue
		}
		if m.Scope != recount.Yes {
			out = append(out, recount.Question{Key: m.Key, What: "scope",
				Text: fmt.Sprintf("does %s count?", s.g.name(m.Key)), About: []recount.Key{m.Key}})
		}
		if d := s.g.dates[m.Article]; d != nil && articles[m.Article] == "" {
			text := "was "
			if m.Speaker.At.Page != "" {
				text += m.Speaker.At.Page
			} else {
				text += "the article about " + s.g.name(m.Key)
			}
			text += " published on " + strings.Join(d, " or ") + "?"
			if m.DateReason != "" {
				text += " " + m.DateReason
			}
			articles[m.Article] = text
		}
	}
	keys := make([]recount.Key, 0, len(articles))
	for a := range articles {
		keys = append(keys, a)
	}
	slices.Sort(keys)
	for _, a := range keys {
		out = append(out, recount.Question{Key: a, What: "date", Text: articles[a], About: []recount.Key{a}})
	}
	return out
}
