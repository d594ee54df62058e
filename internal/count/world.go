package count

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A judge says what the members of one case are in one world: a class. Days
// holds the day of each article whose day is open.
type judge func(members []*recount.Member, days map[recount.Key]string) (class int, err error)

// A judged is an accepted case with its class.
type judged struct {
	id    string
	class int
}

// A pair is what cases add up to in one world: N of D.
type pair struct{ N, D int }

func (p pair) plus(q pair) pair { return pair{p.N + q.N, p.D + q.D} }

func (p pair) times(n int) pair { return pair{n * p.N, n * p.D} }

// A spec is one number: what a case of each class adds to it, 0 or 1 each.
type spec struct {
	Of func(class int) pair
	// Alone says that no case adds to D.
	Alone bool
	// Always says that every case adds to N and to D, AlwaysD that every case
	// adds to D, Part that none adds to N alone. They only make the bounds of a
	// cluster past the budget narrower.
	Always, AlwaysD, Part bool
}

// A network is a graph with its clusters, and with the networks that answers
// to its questions leave.
type network struct {
	graph    *graph
	clusters []*cluster
	asked    map[ask]*network
}

// newNetwork joins members; whole makes all people one cluster, whatever
// connects them.
func newNetwork(members []recount.Member, links []recount.Link, whole bool) *network {
	g := newGraph(members, links)
	g.whole = whole
	return &network{graph: g, clusters: g.clusters(), asked: map[ask]*network{}}
}

// forked reports whether the network is one of several: some question is open
// each answer to which leaves another.
func (n *network) forked() bool {
	return slices.ContainsFunc(n.clusters, func(c *cluster) bool { return len(c.forks) > 0 })
}

// worlds are all worlds of one network.
type worlds struct {
	*network
	accepted []judged // of the world in which every open question is answered no, in order of the clusters
	judge    judge
	budget   int
	fixed    []judged // cases of clusters without an open question
	solvers  []*solver
	given    map[ask]*worlds
}

// newWorlds judges the accepted cases. Budget is how many steps one cluster
// may take.
func newWorlds(n *network, budget int, judge judge) (*worlds, error) {
	w := &worlds{network: n, judge: judge, budget: budget, given: map[ask]*worlds{}}
	g := n.graph
	var days map[recount.Key]string
	for i := range g.members {
		m := &g.members[i]
		if _, ok := days[m.Article]; !ok && g.days[m.Article] != nil {
			if days == nil {
				days = map[recount.Key]string{}
			}
			days[m.Article] = m.Published()
		}
	}
	for _, c := range n.clusters {
		if c.open {
			w.solvers = append(w.solvers, newSolver(g, c, budget, judge))
		}
		for _, b := range c.blocks() {
			id, ms := g.inScope(b)
			if len(ms) == 0 {
				continue
			}
			class, err := judge(ms, days)
			if err != nil {
				return nil, err
			}
			w.accepted = append(w.accepted, judged{id, class})
			if !c.open {
				w.fixed = append(w.fixed, judged{id, class})
			}
		}
	}
	return w, nil
}

// Cases returns the accepted cases, sorted by id. An id is the smallest id of
// the scope decisions on the members.
func (p *Problem) Cases() []recount.Case {
	g := newGraph(p.Members, p.Links)
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

// inScope returns the members of a block that count, and with them those who
// are joined to them, and the id of their case: the smallest of those who count.
func (g *graph) inScope(b int) (id string, ms []*recount.Member) {
	for _, i := range g.blockMembers[b] {
		m := &g.members[i]
		if m.Scope != recount.Yes && m.Scope != recount.Joined {
			continue
		}
		ms = append(ms, m)
		if own := idOf(m); m.Scope == recount.Yes && (id == "" || own < id) {
			id = own
		}
	}
	if id == "" {
		return "", nil
	}
	return id, ms
}

// mayCount reports whether a block may be a case by itself.
func (g *graph) mayCount(b int) bool {
	return slices.ContainsFunc(g.blockMembers[b], func(i int) bool { return g.members[i].Scope != recount.Joined })
}

// idOf is the id of the scope decision on m. A member without one, which only a
// machine-read count has, goes by its key.
func idOf(m *recount.Member) string { return cmp.Or(m.Decision, string(m.Key)) }

// walk judges every case of every world of the clusters within the budget, so
// that the caller has seen all classes.
func (w *worlds) walk() {
	for _, s := range w.solvers {
		s.pairs(spec{Of: func(int) pair { return pair{} }})
	}
}

// err returns the first error of the judge.
func (w *worlds) err() error {
	for _, s := range w.solvers {
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// sums returns every pair that a world gives, whatever its clusters.
func (w *worlds) sums(sp spec) (out []pair, exact bool) {
	var base pair
	for _, c := range w.fixed {
		base = base.plus(sp.Of(c.class))
	}
	out, exact = []pair{base}, true
	for _, s := range w.solvers {
		set, n, d := s.pairs(sp)
		out, exact = plus(out, set), exact && n && d
	}
	return out, exact
}
