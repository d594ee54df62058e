package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// An ask is one open question with one of its answers.
type ask struct {
	what, answer string
	about        recount.Key
}

// patience is how many budgets the questions of one group may take together;
// past it they are all listed.
const patience = 4

// moving finds the open questions that move a number: those of which some
// answer changes an extreme. If a group moves and none of its questions does
// so alone, all of them are listed; so are those of a group past the budget.
func (w *Worlds) moving(m *Measure, sp Spec, share bool, sets [][]Pair, over []bool) []recount.Question {
	var out []recount.Question
	for i, s := range w.solvers {
		if len(sets[i+1]) < 2 && !over[i] {
			continue
		}
		all := s.questions()
		if 2*s.most*len(all) > patience*w.budget {
			out = append(out, all...)
			continue
		}
		moves := slices.DeleteFunc(slices.Clone(all), func(q recount.Question) bool {
			return !over[i] && !w.moves(m, sp, share, sets, i, q)
		})
		if len(moves) == 0 {
			moves = all
		}
		out = append(out, moves...)
	}
	rank := map[string]int{"link": 0, "scope": 1, "date": 2}
	slices.SortStableFunc(out, func(a, b recount.Question) int {
		return cmp.Or(rank[a.What]-rank[b.What], slices.Compare(a.About, b.About))
	})
	return out
}

// moves reports whether some answer to q changes an extreme of m.
func (w *Worlds) moves(m *Measure, sp Spec, share bool, sets [][]Pair, i int, q recount.Question) bool {
	for _, answer := range w.answers(q) {
		sub := w.given(w.solvers[i], q, answer)
		if sub == nil {
			continue
		}
		changed := slices.Clone(sets)
		changed[i+1] = []Pair{sub.base(sp)}
		for _, s := range sub.solvers {
			set, _, _ := s.pairs(sp)
			changed = append(changed, set)
		}
		var now Measure
		if now.fill(changed, share); !now.same(m) {
			return true
		}
	}
	return false
}

// answers lists the answers to q.
func (w *Worlds) answers(q recount.Question) []string {
	switch q.What {
	case "link":
		return []string{recount.Different, recount.Same}
	case "scope":
		return []string{recount.No, recount.Yes}
	}
	return w.graph.days[q.About[0]]
}

// given returns the worlds of the group of s in which q has this answer, nil
// if the judge fails.
func (w *Worlds) given(s *solver, q recount.Question, answer string) *Worlds {
	at := ask{q.What, answer, q.Key}
	if sub, ok := w.asked[at]; ok {
		return sub
	}
	in := s.group.in()
	var members []recount.Member
	for i, m := range s.g.members {
		if !in[s.g.blockOf[i]] {
			continue
		}
		if q.What == "scope" && m.Key == q.About[0] {
			m.Scope = answer
		}
		if q.What == "date" {
			if m.Article == q.About[0] {
				m.Day, m.Dates = answer, []string{answer}
			}
			m.Values = slices.Clone(m.Values)
			for j := range m.Values {
				if m.Values[j].Article == q.About[0] {
					m.Values[j].Day = answer
				}
			}
		}
		members = append(members, m)
	}
	var links []recount.Link
	for _, l := range w.graph.links {
		a, b := s.g.ends(l)
		if !in[a] || !in[b] {
			continue
		}
		if q.What == "link" && l.A == q.About[0] && l.B == q.About[1] && l.Answer == recount.Unsure {
			l.Answer = answer
		}
		links = append(links, l)
	}
	sub, err := New(members, links, w.budget, w.judge)
	if err != nil {
		sub = nil
	}
	w.asked[at] = sub
	return sub
}

// questions lists the open questions of a group.
func (s *solver) questions() []recount.Question {
	g, in := s.g, s.group.in()
	var out []recount.Question
	for _, l := range g.open {
		if a, _ := g.ends(l); in[a] {
			out = append(out, recount.Question{Key: recount.KeyOf("link", string(l.A), string(l.B)), What: "link",
				Text:  because(fmt.Sprintf("are %s and %s one person?", g.name(l.A), g.name(l.B)), l.Reason),
				About: []recount.Key{l.A, l.B}})
		}
	}
	dated := map[recount.Key]bool{}
	for i := range g.members {
		m := &g.members[i]
		if !in[g.blockOf[i]] {
			continue
		}
		if m.Scope != recount.Yes {
			out = append(out, recount.Question{Key: m.Key, What: "scope",
				Text: fmt.Sprintf("does %s count?", g.name(m.Key)), About: []recount.Key{m.Key}})
		}
		if days := g.days[m.Article]; days != nil && !dated[m.Article] {
			dated[m.Article] = true
			page := m.Speaker.At.Page
			if page == "" {
				page = "the article about " + g.name(m.Key)
			}
			out = append(out, recount.Question{Key: m.Article, What: "date",
				Text:  because("was "+page+" published on "+strings.Join(days, " or ")+"?", m.DateReason),
				About: []recount.Key{m.Article}})
		}
	}
	return out
}

func because(question, reason string) string {
	if reason == "" {
		return question
	}
	return question + " (" + reason + ")"
}

// name is what a note calls the group of s.
func (s *solver) name() string {
	first, others := "", -1
	for _, b := range s.group.blocks() {
		for _, i := range s.g.blockMembers[b] {
			if first == "" {
				first = s.g.name(s.g.members[i].Key)
			}
			others++
		}
	}
	return fmt.Sprintf("%s and %d others", first, others)
}

// name is what a question calls a member.
func (g *graph) name(k recount.Key) string {
	i, ok := g.index[k]
	if !ok || i >= len(g.members) {
		return "a speaker who does not count"
	}
	m := &g.members[i]
	s := cmp.Or(m.Speaker.Name, "an unnamed speaker")
	if m.Outlet == "" {
		return s
	}
	if d := Day(m); d != "" {
		return s + " (" + m.Outlet + ", " + d + ")"
	}
	return s + " (" + m.Outlet + ")"
}
