package count

import (
	"math/bits"
	"slices"

	"recount"
)

// A plan is how a solver counts out a number, written down once for all numbers
// of all queries: which sets of people are looked at, which case each set may
// leave, and what it leaves to others. Numbers differ only in what each case
// adds to them, and in how many pairs that gives.
type plan struct {
	solver *solver
	people int   // blocks that may be a case
	shape  int   // steps that every number takes
	judged int   // steps of judging the cases
	cases  []int // where the classes of each case end
	// classes are the classes of the cases one after another; -1 is no case.
	classes []int32
	nodes   []planNode
	edges   []planEdge
	roots   [][]int32  // by answer to what is shared: the node of each part
	days    [][]string // by the same: the day of each shared article

	stride int      // a pair is the bit N*stride+D
	width  int      // words of a set of pairs
	words  []uint64 // of each node: the pairs that it gives, as bits
	around []uint64 // of each node: the pairs that all outside it give
	counts []int    // how many they are
	own    []uint8  // of each case: what it may add
}

// A planNode is people who influence each other. The first node is nobody; one
// that splits is two others, the rest are one case or another, and who is left.
type planNode struct {
	from, to int32 // edges
	a, b     int32 // the two that it splits into; 0 if it does not
}

type planEdge struct{ set, left int32 }

// What a case adds to a number: a bit for N, a bit for D.
type adding uint8

// mostPlanned is how many people a plan may have, so that their pairs fit into a few
// words.
const mostPlanned = 60

// plan writes down how the solver counts out a number; nil if that takes more
// than the budget.
func (s *solver) plan() *plan {
	if len(s.cluster.forks) > 0 {
		return nil
	}
	// Of few people the structure is found out about while it is written down.
	small := len(s.cluster.blocks()) <= 8
	if !small && s.weighed().hopeless {
		return nil
	}
	pl := &plan{solver: s, nodes: make([]planNode, 1)}
	for _, p := range s.parts {
		for _, b := range p.blocks {
			if s.g.mayCount(b) {
				pl.people++
			}
		}
	}
	if pl.people > mostPlanned {
		return nil
	}
	s.steps, s.judged, s.planning = 0, 0, true
	defer func() { s.planning = false }()
	for days := range s.assignments(s.cluster.shared) {
		shared := make([]string, len(s.cluster.shared))
		for i, a := range s.cluster.shared {
			shared[i] = days[a]
		}
		pl.days = append(pl.days, shared)
		var roots []int32
		for _, p := range s.parts {
			root, ok := pl.add(p, p.all(), days, map[bitset]int32{})
			if !ok {
				return nil
			}
			roots = append(roots, root)
		}
		pl.roots = append(pl.roots, roots)
	}
	pl.judged = s.judged
	pl.shape = s.steps - pl.judged
	if small && s.steps > s.budget/s.ways(s.cluster.shared) { // it may be too much
		s.follow(newSolver(s.g, s.cluster, s.budget, s.judge).weighed())
		if s.hopeless {
			return nil
		}
	}
	// Cases are numbered as they were judged.
	all := make([][]int, len(s.cases))
	for _, c := range s.cases {
		all[c.number] = c.classes
	}
	for _, classes := range all {
		for _, c := range classes {
			pl.classes = append(pl.classes, int32(c))
		}
		pl.cases = append(pl.cases, len(pl.classes))
	}
	pl.own, pl.counts = make([]uint8, len(pl.cases)), make([]int, len(pl.nodes))
	return pl
}

// weighed finds out whether the structure alone fits the budget.
func (s *solver) weighed() *solver {
	if !s.feasible() {
		s.hopeless, s.over = true, true
	}
	return s
}

// add writes down what rest looks at, step by step.
func (pl *plan) add(p *part, mask bitset, days map[recount.Key]string, memo map[bitset]int32) (int32, bool) {
	s := pl.solver
	v := mask.first()
	if v < 0 {
		return 0, true
	}
	if n, ok := memo[mask]; ok {
		return n, true
	}
	if !s.spend(1) {
		return 0, false
	}
	if near := p.reach(v, mask); near != mask {
		a, ok := pl.add(p, near, days, memo)
		if !ok {
			return 0, false
		}
		b, ok := pl.add(p, mask.minus(near), days, memo)
		if !ok {
			return 0, false
		}
		return pl.node(memo, mask, planNode{a: a, b: b}), true
	}
	var edges []planEdge
	var start bitset
	start.add(v)
	ok := s.connected(p, mask, start, p.next[v].and(mask), bitset{}, p.apart[v], func(set bitset) bool {
		c, fine := s.caseOf(p, set, days)
		if !fine {
			return false
		}
		left, fine := pl.add(p, mask.minus(set), days, memo)
		edges = append(edges, planEdge{c.number, left})
		return fine
	})
	if !ok {
		return 0, false
	}
	from := int32(len(pl.edges))
	pl.edges = append(pl.edges, edges...)
	return pl.node(memo, mask, planNode{from: from, to: int32(len(pl.edges))}), true
}

func (pl *plan) node(memo map[bitset]int32, mask bitset, n planNode) int32 {
	at := int32(len(pl.nodes))
	pl.nodes = append(pl.nodes, n)
	memo[mask] = at
	return at
}

// of returns the classes of a case.
func (pl *plan) of(set int32) []int32 {
	from := 0
	if set > 0 {
		from = pl.cases[set-1]
	}
	return pl.classes[from:pl.cases[set]]
}

// widths says in how many ways each case may stand, if views are told apart by
// their outcome: a number takes so many steps for each pair that is left.
func (pl *plan) widths(outcome []int) []int {
	out := make([]int, len(pl.cases))
	var seen []int
	for i := range out {
		seen = seen[:0]
		for _, c := range pl.of(int32(i)) {
			o := -1
			if c >= 0 {
				o = outcome[c]
			}
			if !slices.Contains(seen, o) {
				seen = append(seen, o)
			}
		}
		out[i] = len(seen)
	}
	return out
}

// count counts a number out: the pairs that some world gives, sorted, and the
// steps it takes besides judging. adds says what a case of each class adds;
// widths in how many ways each case may stand, nil: one for each class.
func (pl *plan) count(adds []adding, widths []int) (set []pair, steps int) {
	both := false
	for i := range pl.own {
		var own uint8
		for _, c := range pl.of(int32(i)) {
			if c < 0 {
				own |= 1
			} else {
				own |= 1 << adds[c]
				both = both || adds[c] > 1
			}
		}
		pl.own[i] = own
	}
	// A pair is the bit N*stride+D, so that bits are in order of the pairs.
	stride := 1
	if both {
		stride = pl.people + 1
	}
	w := ((pl.people+1)*stride + 63) / 64
	pl.stride, pl.width = stride, w
	pl.words = slices.Grow(pl.words[:0], w*len(pl.nodes))[:w*len(pl.nodes)]
	clear(pl.words)
	at := func(n int32) []uint64 { return pl.words[int(n)*w : (int(n)+1)*w] }
	pl.words[0], pl.counts[0] = 1, 1
	shifts := [...]int{0, stride, 1, stride + 1} // by what a case adds
	steps = pl.shape
	for i := 1; i < len(pl.nodes); i++ {
		n := &pl.nodes[i]
		to := at(int32(i))
		if n.a > 0 {
			steps += pl.counts[n.a] * pl.counts[n.b]
			sums(to, at(n.a), at(n.b))
		}
		for _, e := range pl.edges[n.from:n.to] {
			if widths != nil {
				steps += widths[e.set] * pl.counts[e.left]
			} else {
				steps += len(pl.of(e.set)) * pl.counts[e.left]
			}
			own := pl.own[e.set]
			if w == 1 {
				left := pl.words[e.left]
				for ; own != 0; own &= own - 1 {
					to[0] |= left << shifts[bits.TrailingZeros8(own)]
				}
				continue
			}
			left := at(e.left)
			for ; own != 0; own &= own - 1 {
				shifted(to, left, shifts[bits.TrailingZeros8(own)])
			}
		}
		pl.counts[i] = ones(to)
	}
	all, total, next := make([]uint64, w), make([]uint64, w), make([]uint64, w)
	for _, roots := range pl.roots {
		clear(total)
		total[0] = 1
		for _, r := range roots {
			steps += ones(total) * pl.counts[r]
			clear(next)
			sums(next, total, at(r))
			total, next = next, total
		}
		for i, x := range total {
			all[i] |= x
		}
	}
	return pl.pairs(all), steps
}

// pairs lists the pairs of a set, sorted.
func (pl *plan) pairs(set []uint64) (out []pair) {
	for i, x := range set {
		for ; x != 0; x &= x - 1 {
			bit := 64*i + bits.TrailingZeros64(x)
			out = append(out, pair{bit / pl.stride, bit % pl.stride})
		}
	}
	return out
}

// Answers are what cases say of the answers to questions: which questions have
// which answer in the worlds that a case is in.
type answers struct {
	first []int32    // of each question the number of its first answer
	total int        // answers
	of    [][]effect // by case
	roots [][]int32  // by answer to what is shared: the answers that hold then
}

// An effect is an answer that holds in the worlds that a case is in, or only in
// those where it stands in one of these ways.
type effect struct {
	answer  int32
	classes []int32 // nil: in whatever way
}

// answers finds out which case says what of the questions about a group. It is
// nil if an answer may leave what the plan does not hold.
func (pl *plan) answers(questions []recount.Question) *answers {
	s := pl.solver
	g := s.g
	if !g.daysStand() {
		return nil
	}
	local := map[int][2]int{}
	for i, p := range s.parts {
		for j, b := range p.blocks {
			local[b] = [2]int{i, j}
		}
	}
	x := &answers{of: make([][]effect, len(pl.cases)), roots: make([][]int32, len(pl.roots))}
	for i := range questions {
		q := &questions[i]
		first, given := int32(x.total), g.answers(*q)
		x.first = append(x.first, first)
		x.total += len(given)
		var at, other [2]int // where its blocks are
		member := -1
		switch q.What {
		case "link":
			at, other = local[g.blockOf[g.node(q.About[0])]], local[g.blockOf[g.node(q.About[1])]]
		case "scope":
			member = g.find(q.About[0])
			at = local[g.blockOf[member]]
		case "date":
			if n := slices.Index(s.cluster.shared, q.About[0]); n >= 0 {
				for r, days := range pl.days {
					x.roots[r] = append(x.roots[r], first+int32(slices.Index(given, days[n])))
				}
				continue
			}
			for b, inside := range s.cluster.inside {
				if slices.Contains(inside, q.About[0]) {
					at = local[b]
				}
			}
		default:
			return nil
		}
		for key, c := range s.cases {
			if key.part != s.parts[at[0]] || !key.set.has(at[1]) {
				continue
			}
			of := &x.of[c.number]
			if q.What == "link" {
				same := int32(0)
				if key.set.has(other[1]) {
					same = 1
				}
				*of = append(*of, effect{first + same, nil})
				continue
			}
			n := slices.Index(c.unclear, member)
			if q.What == "date" {
				n = slices.Index(c.inside, q.About[0])
			}
			for a, answer := range given {
				e := effect{first + int32(a), []int32{}}
				for _, v := range c.variants {
					holds := false
					if q.What == "scope" {
						holds = int(v.in>>n&1) == a
					} else {
						holds = v.days == nil || v.days[n] == answer
					}
					if holds && !slices.Contains(e.classes, int32(v.class)) {
						e.classes = append(e.classes, int32(v.class))
					}
				}
				*of = append(*of, e)
			}
		}
	}
	return x
}

// left returns what each answer leaves of the number that was counted out last:
// of all worlds those in which it holds. Each node has what it gives and what
// all outside it gives, so that each case is looked at once for all questions.
func (pl *plan) left(adds []adding, x *answers) [][]uint64 {
	w := pl.width
	all := make([]uint64, w*x.total)
	out := make([][]uint64, x.total)
	for i := range out {
		out[i] = all[w*i : w*(i+1)]
	}
	within := func(n int32) []uint64 { return pl.words[int(n)*w : (int(n)+1)*w] }
	pl.around = slices.Grow(pl.around[:0], w*len(pl.nodes))[:w*len(pl.nodes)]
	clear(pl.around)
	around := func(n int32) []uint64 { return pl.around[int(n)*w : (int(n)+1)*w] }
	total, next := make([]uint64, w), make([]uint64, w)
	add := func(n int32) {
		clear(next)
		sums(next, total, within(n))
		total, next = next, total
	}
	for r, roots := range pl.roots {
		for i, root := range roots {
			clear(total)
			total[0] = 1
			for j, other := range roots {
				if i != j {
					add(other)
				}
			}
			for i, word := range total {
				around(root)[i] |= word
			}
		}
		if len(x.roots[r]) == 0 {
			continue
		}
		clear(total)
		total[0] = 1
		for _, root := range roots {
			add(root)
		}
		for _, a := range x.roots[r] {
			for i, word := range total {
				out[a][i] |= word
			}
		}
	}
	shifts := [...]int{0, pl.stride, 1, pl.stride + 1}
	move := func(to, from []uint64, own uint8) {
		for ; own != 0; own &= own - 1 {
			shifted(to, from, shifts[bits.TrailingZeros8(own)])
		}
	}
	for i := len(pl.nodes) - 1; i > 0; i-- {
		n, here := &pl.nodes[i], around(int32(i))
		if n.a > 0 {
			sums(around(n.a), here, within(n.b))
			sums(around(n.b), here, within(n.a))
		}
		for _, e := range pl.edges[n.from:n.to] {
			if e.left > 0 {
				move(around(e.left), here, pl.own[e.set])
			}
			if len(x.of[e.set]) == 0 {
				continue
			}
			clear(total)
			sums(total, here, within(e.left))
			for _, f := range x.of[e.set] {
				own := pl.own[e.set]
				if f.classes != nil {
					own = 0
					for _, c := range f.classes {
						if c < 0 {
							own |= 1
						} else {
							own |= 1 << adds[c]
						}
					}
				}
				move(out[f.answer], total, own)
			}
		}
	}
	return out
}

// daysStand reports whether the days that an article may have are the same
// whoever of unclear scope counts.
func (g *graph) daysStand() bool {
	for i := range g.members {
		m := &g.members[i]
		days := g.days[m.Article]
		if m.Scope != recount.Unclear || days == nil {
			continue
		}
		var known []string // without m
		told, valued := false, false
		for j := range g.members {
			switch o := &g.members[j]; {
			case j == i:
			case o.Article == m.Article:
				told = true
				known = append(known, o.Dates...)
				if o.Day != "" && len(o.Dates) > 0 {
					known = append(known, o.Day)
				}
			case slices.Contains(valueArticles(o), m.Article):
				valued = true
			}
		}
		if told && !slices.Equal(set(known), days) || !told && valued {
			return false
		}
	}
	return true
}

func ones(set []uint64) (n int) {
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

// shifted adds to a set the members of another, each moved up by n.
func shifted(to, from []uint64, n int) {
	words, n := n/64, n%64
	for i := len(to) - 1; i >= words; i-- {
		x := from[i-words] << n
		if n > 0 && i > words {
			x |= from[i-words-1] >> (64 - n)
		}
		to[i] |= x
	}
}

// sums adds to a set all sums of a member of a and a member of b.
func sums(to, a, b []uint64) {
	for i, x := range a {
		for ; x != 0; x &= x - 1 {
			shifted(to, b, 64*i+bits.TrailingZeros64(x))
		}
	}
}

// A planned is all worlds of a network, each of its clusters with a plan.
type planned struct {
	fixed []judged // cases of clusters without an open question
	plans []*plan
}

// planned returns the plans; nil if some cluster has none.
func (w *worlds) planned() *planned {
	x := &planned{fixed: w.fixed}
	for _, s := range w.solvers {
		pl := s.plan()
		if pl == nil {
			return nil
		}
		x.plans = append(x.plans, pl)
	}
	return x
}

// base is what the cases add that are in every world.
func (x *planned) base(adds []adding) (sum pair) {
	for _, c := range x.fixed {
		sum = sum.plus(pair{int(adds[c.class] & 1), int(adds[c.class] >> 1)})
	}
	return sum
}

// count counts a number out as if it were the first of all. steps are the most
// that one cluster takes, judging included.
func (x *planned) count(adds []adding) (set []pair, steps int) {
	set = []pair{x.base(adds)}
	for _, pl := range x.plans {
		own, n := pl.count(adds, nil)
		set, steps = plus(set, own), max(steps, n+pl.judged)
	}
	return set, steps
}
