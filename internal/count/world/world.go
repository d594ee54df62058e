// Package world works out what open questions leave possible: the smallest
// and the largest number over all worlds.
//
// In: members, links between them, and a judge that says of the members of one
// case, in one world, what it is (a class). Out: the accepted cases with their
// classes, and for any number that adds up over cases its range and the
// questions that move it. It does no I/O.
//
// A world is one consistent answer to all open questions: which open links
// are `same` (a partition of the people: no live `different` inside a case,
// unasked pairs follow by transitivity only), who of unclear scope counts, and
// which of its possible days each article has, the same for all its members.
//
// The range is exact. People whom open questions connect form a group; groups
// do not influence each other. Within a group, days that touch several people
// are conditioned on first; then the cases that the first person left may be
// in are enumerated, each a connected set, once each, memoised on who is left.
// Across groups extremes of sums add up, and the smallest and the largest
// fraction of sums are found by Dinkelbach's method (1967) in whole numbers.
// That gives what dynamic programming over numerator and denominator gives, in
// linear time. Nothing is sampled. A group past the budget gets a proven
// outer bound instead.
package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// A Judge says what the members of one case are in one world: a class, whose
// meaning is the caller's. Days holds the day of each article whose day is
// open.
type Judge func(members []*recount.Member, days map[recount.Key]string) (class int, err error)

// A Case is an accepted case with its class.
type Case struct {
	ID    string
	Class int
}

// A Pair is what cases add up to in one world: N of D.
type Pair struct{ N, D int }

func (p Pair) plus(q Pair) Pair { return Pair{p.N + q.N, p.D + q.D} }

// A Spec is one number: what a case of each class adds to it, 0 or 1 each.
type Spec struct {
	Of func(class int) Pair
	// Always says that every case adds to N and to D, AlwaysD that every case
	// adds to D, Part that none adds to N alone. They only make the bounds of a
	// group past the budget narrower.
	Always, AlwaysD, Part bool
}

// Worlds are all worlds of one set of members and links.
type Worlds struct {
	Accepted []Case   // of the world in which every open question is answered no, sorted by id
	Notes    []string // answers that contradict each other

	graph   *graph
	judge   Judge
	budget  int
	fixed   []Case // cases of groups without an open question
	solvers []*solver
	asked   map[ask]*Worlds
}

// New judges the accepted cases. Budget is how many steps one group may take.
// Ends of links that are no members join others but do not count.
func New(members []recount.Member, links []recount.Link, budget int, judge Judge) (*Worlds, error) {
	w := &Worlds{graph: newGraph(members, links), judge: judge, budget: budget, asked: map[ask]*Worlds{}}
	g := w.graph
	w.Notes = g.notes
	days := map[recount.Key]string{}
	for i := range g.members {
		m := &g.members[i]
		if _, ok := days[m.Article]; !ok && g.days[m.Article] != nil {
			days[m.Article] = Day(m)
		}
	}
	for _, gr := range g.groups() {
		if gr.open {
			w.solvers = append(w.solvers, newSolver(g, gr, budget, judge))
		}
		for _, b := range gr.blocks() {
			id, ms := g.inScope(b)
			if len(ms) == 0 {
				continue
			}
			class, err := judge(ms, days)
			if err != nil {
				return nil, err
			}
			w.Accepted = append(w.Accepted, Case{id, class})
			if !gr.open {
				w.fixed = append(w.fixed, Case{id, class})
			}
		}
	}
	slices.SortStableFunc(w.Accepted, func(a, b Case) int { return strings.Compare(a.ID, b.ID) })
	return w, nil
}

// Cases returns the accepted cases with their members, sorted by id.
func Cases(members []recount.Member, links []recount.Link) []recount.Case {
	g := newGraph(members, links)
	var out []recount.Case
	for b := range g.blockMembers {
		id, ms := g.inScope(b)
		if len(ms) == 0 {
			continue
		}
		c := recount.Case{ID: id}
		for _, m := range ms {
			c.Members = append(c.Members, *m)
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b recount.Case) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(string(a.Members[0].Key), string(b.Members[0].Key)))
	})
	return out
}

// inScope returns the members of a block that count and the id of their case:
// the smallest id of their scope decisions. A member without one, which only a
// machine-read count has, goes by its key.
func (g *graph) inScope(b int) (id string, ms []*recount.Member) {
	for _, i := range g.blockMembers[b] {
		m := &g.members[i]
		if m.Scope != recount.Yes {
			continue
		}
		ms = append(ms, m)
		if own := cmp.Or(m.Decision, string(m.Key)); id == "" || own < id {
			id = own
		}
	}
	return id, ms
}

// Day is the day of publication that holds while the day of m's article is
// open; "" if none is known.
func Day(m *recount.Member) string {
	if m.Day == "" && len(m.Dates) > 0 {
		return m.Dates[0]
	}
	return m.Day
}

// Walk judges every case of every world of the groups within the budget, so
// that the caller has seen all classes.
func (w *Worlds) Walk() {
	for _, s := range w.solvers {
		s.pairs(Spec{Of: func(int) Pair { return Pair{} }})
	}
}

// Err returns the first error of the judge.
func (w *Worlds) Err() error {
	for _, s := range w.solvers {
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// A Measure is the range of one number.
type Measure struct {
	N, D  recount.IntRange
	Share recount.ShareRange // of N/D; zero if D is 0 in every world
	// MostOfNone is the largest N of a world in which D is 0, 0 if there is no
	// such world: then N/D has no upper bound.
	MostOfNone int
	Questions  []recount.Question // that move N, D or the share
	Note       string             // names a group past the budget
}

// Measure returns the range of one number over all worlds. share says that the
// fraction N/D matters.
func (w *Worlds) Measure(sp Spec, share bool) Measure {
	var m Measure
	sets := [][]Pair{{w.base(sp)}}
	exactN, exactD := true, true
	over := make([]bool, len(w.solvers))
	for i, s := range w.solvers {
		set, n, d := s.pairs(sp)
		sets = append(sets, set)
		exactN, exactD = exactN && n, exactD && d
		if over[i] = !n || !d; over[i] && m.Note == "" {
			m.Note = fmt.Sprintf("not exact: the open questions around %s are too many to count out, so these are outer bounds", s.name())
		}
	}
	m.fill(sets, share)
	m.N.Exact, m.D.Exact = exactN, exactD
	m.Share.Exact = exactN && exactD && m.Share.LowOf > 0
	m.Questions = w.moving(&m, sp, share, sets, over)
	return m
}

// base adds up the cases that no open question touches.
func (w *Worlds) base(sp Spec) (base Pair) {
	for _, c := range w.fixed {
		base = base.plus(sp.Of(c.Class))
	}
	return base
}

func (m *Measure) fill(sets [][]Pair, share bool) {
	m.N.Low, m.N.High = intRange(sets, func(p Pair) int { return p.N })
	m.D.Low, m.D.High = intRange(sets, func(p Pair) int { return p.D })
	if share {
		m.Share = shareRange(sets)
		m.MostOfNone = mostOfNone(sets)
	}
}

// same reports whether two measures have the same extremes.
func (m *Measure) same(o *Measure) bool {
	a, b := m.Share, o.Share
	return m.N.Low == o.N.Low && m.N.High == o.N.High && m.D.Low == o.D.Low && m.D.High == o.D.High && m.MostOfNone == o.MostOfNone &&
		(a.LowOf == 0) == (b.LowOf == 0) && a.LowN*b.LowOf == b.LowN*a.LowOf && a.HighN*b.HighOf == b.HighN*a.HighOf
}
