package count

import (
	"slices"

	"recount"
)

// A counter counts a group out for one query, number by number: the budget that
// one number used up is used up for those after it.
type counter interface {
	// walk looks at every case, as if for a number to which none adds anything.
	walk()
	pairs(sp spec) (set []pair, exactN, exactD bool)
	// left is what an answer leaves of a number; nil if nobody can tell.
	left(q recount.Question, answer string, sp spec) []pair
	answers(q recount.Question) []string
	spent(questions int) spent
	err() error
}

// A solving counter looks for the cases itself, and judges them for its query
// alone.
type solving struct{ *worlds }

func (x solving) pairs(sp spec) ([]pair, bool, bool) { return x.solvers[0].pairs(sp) }

func (x solving) left(q recount.Question, answer string, sp spec) []pair {
	sub := x.answered(q, answer)
	if sub == nil {
		return nil
	}
	set, _ := sub.sums(sp)
	return set
}

func (x solving) answers(q recount.Question) []string { return x.graph.answers(q) }

func (x solving) spent(questions int) (out spent) {
	main := x.solvers[0]
	out.over, out.impatient = main.over, 2*main.most*questions > patience*x.budget
	for _, sub := range x.given {
		if sub == nil {
			continue
		}
		for _, s := range sub.solvers {
			if s.over {
				out.answers++
				break
			}
		}
	}
	return out
}

// A meter counts out by the plans that all queries share, and takes as many
// steps as a solving counter would. Where that one would run out of budget while
// it judges cases, or while it works out what an answer leaves, the meter has
// failed, and nothing it said holds.
type meter struct {
	p      *prepared
	class  []int // of each view
	adds   []adding
	widths map[*plan][]int // of the plans that were used: their cases are judged
	most   int
	over   bool
	failed bool
}

func newMeter(p *prepared, outcomes []*outcome) *meter {
	_, class := distinct(outcomes)
	return &meter{p: p, class: class, adds: make([]adding, len(class)), widths: map[*plan][]int{}}
}

func (m *meter) set(sp spec) {
	for i, c := range m.class {
		x := sp.Of(c)
		m.adds[i] = adding(x.N | x.D<<1)
	}
}

// count counts a number out by a plan.
func (m *meter) count(pl *plan) (set []pair, steps int, within bool) {
	widths, judged := m.widths[pl]
	if !judged {
		widths = pl.widths(m.class)
		m.widths[pl] = widths
	}
	set, steps = pl.count(m.adds, widths)
	if !judged {
		steps += pl.judged
		m.failed = m.failed || steps > m.p.budget
	}
	return set, steps, steps <= m.p.budget
}

func (m *meter) walk() { m.pairs(spec{Of: func(int) pair { return pair{} }}) }

func (m *meter) pairs(sp spec) ([]pair, bool, bool) {
	s := m.p.plan.solver
	if m.over || sp.Always && !s.anyApart() {
		return s.bound(sp)
	}
	m.set(sp)
	set, steps, within := m.count(m.p.plan)
	m.most = max(m.most, steps)
	if !within {
		m.over = true
		return s.bound(sp)
	}
	return set, true, true
}

func (m *meter) left(q recount.Question, answer string, sp spec) []pair {
	if sub := m.p.worlds.answered(q, answer); sp.Always && sub != nil && !slices.ContainsFunc(sub.solvers, (*solver).anyApart) {
		// Every case adds the same, so that there is nothing to count out.
		set, _ := sub.sums(spec{Of: func(int) pair { return sp.Of(m.class[0]) }, Always: true, AlwaysD: sp.AlwaysD, Part: sp.Part, Alone: sp.Alone})
		return set
	}
	at := m.p.answered(q, answer)
	if at == nil {
		m.failed = true
		return nil
	}
	m.set(sp)
	set := []pair{at.base(m.adds)}
	for _, pl := range at.plans {
		if sp.Always && !pl.solver.anyApart() {
			ends, _, _ := pl.solver.bound(sp)
			set = plus(set, ends)
			continue
		}
		own, _, within := m.count(pl)
		m.failed = m.failed || !within
		set = plus(set, own)
	}
	return set
}

func (m *meter) answers(q recount.Question) []string { return m.p.network.graph.answers(q) }

func (m *meter) spent(questions int) spent {
	return spent{over: m.over, impatient: 2*m.most*questions > patience*m.p.budget}
}

func (m *meter) err() error { return nil }
