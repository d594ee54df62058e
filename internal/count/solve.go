package count

import (
	"math/bits"
	"slices"

	"recount"
)

// maxBlocks is how many blocks one part may have to be enumerated.
const maxBlocks = 256

type bitset [maxBlocks / 64]uint64

func (s *bitset) add(i int)     { s[i/64] |= 1 << (i % 64) }
func (s bitset) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }
func (s bitset) and(t bitset) bitset {
	for i := range s {
		s[i] &= t[i]
	}
	return s
}
func (s bitset) or(t bitset) bitset {
	for i := range s {
		s[i] |= t[i]
	}
	return s
}
func (s bitset) minus(t bitset) bitset {
	for i := range s {
		s[i] &^= t[i]
	}
	return s
}

// first returns the smallest element, or -1.
func (s bitset) first() int {
	for i, w := range s {
		if w != 0 {
			return i*64 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// A part is the blocks that open links connect, in local numbers.
type part struct {
	blocks   []int
	touched  map[recount.Key]bitset // blocks that a shared article touches
	next     []bitset               // by an open link
	apart    []bitset               // by a live `different`
	anyApart bool
}

// A solver finds what the worlds of one cluster give.
type solver struct {
	g       *graph
	cluster *cluster
	parts   []*part
	judge   judge
	budget  int
	steps   int  // of the number at hand
	most    int  // steps of any number
	over    bool // the budget ran out once; it would again
	judged  int  // steps of judging cases, of all numbers
	// The structure alone takes more than the budget.
	hopeless bool
	err      error

	cases map[caseKey]judgedCase
	found map[string][]map[recount.Key]string // ways to answer what is about disputes; nil if there are too many
	forks []*worlds                           // that the answers to the first fork leave; nil until it is asked for
	// While the structure alone is counted out, nothing is judged.
	dry  bool
	seen map[caseKey]bool
	// Cases are written down variant by variant, for a plan.
	planning bool
}

// A caseKey names a case: blocks of a part, and the days of the shared
// articles that touch them.
type caseKey struct {
	part *part
	set  bitset
	days string
}

// A judgedCase is the classes of a case over scope and days inside.
type judgedCase struct {
	number  int32 // in the order in which they were judged
	classes []int
	// For a plan: of each way in which it may stand what makes it; those of
	// unclear scope who may be in it, and the articles inside with an open day.
	variants []variant
	unclear  []int
	inside   []recount.Key
}

// A variant is one way in which a case may stand.
type variant struct {
	class int
	in    uint     // who of unclear scope counts, as bits
	days  []string // of the articles inside; nil if nobody counts, whatever they are
}

// evaluating a case costs this many steps.
const evaluation = 8

func newSolver(g *graph, c *cluster, budget int, judge judge) *solver {
	s := &solver{g: g, cluster: c, judge: judge, budget: budget, cases: map[caseKey]judgedCase{}}
	local := map[int][2]int{}
	for i, blocks := range c.parts {
		p := &part{blocks: blocks, touched: map[recount.Key]bitset{}}
		if len(blocks) <= maxBlocks {
			p.next, p.apart = make([]bitset, len(blocks)), make([]bitset, len(blocks))
		}
		for j, b := range blocks {
			local[b] = [2]int{i, j}
		}
		s.parts = append(s.parts, p)
	}
	for _, a := range c.shared {
		for _, b := range c.touch[a] {
			p := s.parts[local[b][0]]
			if t := p.touched[a]; local[b][1] < maxBlocks {
				t.add(local[b][1])
				p.touched[a] = t
			}
		}
	}
	if len(local) == 1 {
		return s
	}
	for _, l := range g.open {
		a, b := g.ends(l)
		s.edge(local, a, b, false)
	}
	for ab := range g.apart {
		s.edge(local, ab[0], ab[1], true)
	}
	return s
}

func (s *solver) edge(local map[int][2]int, a, b int, apart bool) {
	x, ok := local[a]
	y, ok2 := local[b]
	if !ok || !ok2 || x[0] != y[0] {
		return
	}
	p := s.parts[x[0]]
	p.anyApart = p.anyApart || apart
	if p.next == nil {
		return
	}
	e := p.next
	if apart {
		e = p.apart
	}
	e[x[1]].add(y[1])
	e[y[1]].add(x[1])
}

// spend counts steps; false means that the budget is used up.
func (s *solver) spend(n int) bool {
	s.steps += n
	return s.steps <= s.budget && s.err == nil
}

// pairs returns every pair that a world of the group gives, sorted. If the
// budget runs out they are the corners of an outer bound, and exactN and
// exactD say whether its extremes are attained.
func (s *solver) pairs(sp spec) (out []pair, exactN, exactD bool) {
	if sp.Always && !s.anyApart() && !s.torn() {
		return s.bound(sp) // it is attained
	}
	if len(s.cluster.forks) > 0 {
		return s.forked(sp)
	}
	if s.over || !s.feasible() {
		s.hopeless = s.hopeless || !s.over
		s.over = true
		return s.bound(sp)
	}
	s.steps = 0
	defer func() { s.most = max(s.most, s.steps) }()
	for days := range s.assignments(s.cluster.shared) {
		total := []pair{{0, 0}}
		for _, p := range s.parts {
			f, ok := s.rest(p, p.all(), days, sp, map[bitset][]pair{})
			if !ok || !s.spend(len(total)*len(f)) {
				s.over = true
				return s.bound(sp)
			}
			total = plus(total, f)
		}
		out = append(out, total...)
	}
	return tidy(out), true, true
}

// torn reports whether answers in the cluster contradict each other.
func (s *solver) torn() bool {
	return slices.ContainsFunc(s.cluster.forks, func(q recount.Question) bool { return q.What == "contradiction" })
}

// forked counts out what each answer to a question leaves: networks of their
// own, which may be joined in other ways, or of other days. They share the
// budget.
func (s *solver) forked(sp spec) (out []pair, exactN, exactD bool) {
	if s.over || !s.fork() {
		s.over = true
		return s.bound(sp)
	}
	s.steps = 0
	defer func() { s.most = max(s.most, s.steps) }()
	for _, w := range s.forks {
		var base pair
		for _, c := range w.fixed {
			base = base.plus(sp.Of(c.class))
		}
		total := []pair{base}
		for _, sub := range w.solvers {
			set, n, d := sub.pairs(sp)
			s.steps += sub.steps
			if s.err == nil {
				s.err = sub.err
			}
			if !n || !d || !s.spend(len(total)*len(set)) {
				s.over = true
				return s.bound(sp)
			}
			total = plus(total, set)
		}
		out = append(out, total...)
	}
	return tidy(out), true, true
}

// fork finds what each answer to the first question leaves. It returns false if
// there are too many answers.
func (s *solver) fork() bool {
	if s.forks != nil {
		return true
	}
	q := s.cluster.forks[0]
	c := s.g.contradiction(q.Key)
	answers := s.g.answers(q)
	if c != nil && c.more || len(answers) > s.budget {
		return false
	}
	for _, a := range answers {
		members, links := answered(s.g.members, s.g.links, q, a)
		members, links = s.own(members, links)
		w, err := newWorlds(newNetwork(members, links, false), s.budget/len(answers), s.judge)
		if err != nil {
			s.err = err
			return false
		}
		s.forks = append(s.forks, w)
	}
	return true
}

// own keeps the members of the cluster, and what is known of them.
func (s *solver) own(members []recount.Member, links []recount.Link) (ms []recount.Member, ls []recount.Link) {
	in := s.cluster.in()
	for i := range members {
		if in[s.g.blockOf[i]] {
			ms = append(ms, members[i])
		}
	}
	for _, l := range links {
		if a, b := s.g.ends(l); in[a] && in[b] {
			ls = append(ls, l)
		}
	}
	return ms, ls
}

func (s *solver) anyApart() bool {
	return slices.ContainsFunc(s.parts, func(p *part) bool { return p.anyApart })
}

// feasible reports whether the structure alone, without judging anything, fits
// the budget. It is much cheaper than to find out while judging.
func (s *solver) feasible() bool {
	if s.seen != nil {
		return true
	}
	s.seen = map[caseKey]bool{}
	worlds := s.ways(s.cluster.shared)
	if worlds > s.budget {
		return false
	}
	s.steps, s.dry = 0, true
	defer func() { s.dry = false }()
	for _, p := range s.parts {
		if len(p.blocks) > maxBlocks {
			return false
		}
		if _, ok := s.rest(p, p.all(), nil, spec{}, map[bitset][]pair{}); !ok {
			return false
		}
	}
	return s.steps <= s.budget/worlds
}

// follow takes over from a solver of the same cluster whether the structure
// alone fits the budget.
func (s *solver) follow(o *solver) {
	if o.seen != nil && s.seen == nil {
		s.seen, s.hopeless, s.over = map[caseKey]bool{}, o.hopeless, o.hopeless
	}
}

// all is the set of all blocks of the part.
func (p *part) all() (b bitset) {
	for i := range p.blocks {
		b.add(i)
	}
	return b
}

// rest returns the pairs that the people of mask give among themselves. The
// block with the smallest number is in some case: each case it may be in is a
// connected set of blocks; what is left is solved in the same way.
func (s *solver) rest(p *part, mask bitset, days map[recount.Key]string, sp spec, memo map[bitset][]pair) ([]pair, bool) {
	v := mask.first()
	if v < 0 {
		return []pair{{0, 0}}, true
	}
	if f, ok := memo[mask]; ok {
		return f, true
	}
	if !s.spend(1) {
		return nil, false
	}
	// Blocks that no open link connects any more do not influence each other.
	if near := p.reach(v, mask); near != mask {
		a, ok := s.rest(p, near, days, sp, memo)
		if !ok {
			return nil, false
		}
		b, ok := s.rest(p, mask.minus(near), days, sp, memo)
		if !ok || !s.spend(len(a)*len(b)) {
			return nil, false
		}
		out := plus(a, b)
		memo[mask] = out
		return out, true
	}
	var out []pair
	var start bitset
	start.add(v)
	ok := s.connected(p, mask, start, p.next[v].and(mask), bitset{}, p.apart[v], func(set bitset) bool {
		at, fine := s.caseOf(p, set, days)
		if !fine {
			return false
		}
		left, fine := s.rest(p, mask.minus(set), days, sp, memo)
		if !fine || !s.spend(len(at.classes)*len(left)) {
			return false
		}
		own := make([]pair, 0, len(at.classes))
		for _, c := range at.classes {
			if c < 0 {
				own = append(own, pair{0, 0})
			} else {
				own = append(own, sp.Of(c))
			}
		}
		out = append(out, plus(tidy(own), left)...)
		return true
	})
	if !ok {
		return nil, false
	}
	out = tidy(out)
	memo[mask] = out
	return out, true
}

// reach returns the blocks of mask that open links connect with v.
func (p *part) reach(v int, mask bitset) bitset {
	var seen bitset
	seen.add(v)
	for front := seen; ; {
		w := front.first()
		if w < 0 {
			return seen
		}
		var one bitset
		one.add(w)
		fresh := p.next[w].and(mask).minus(seen)
		seen = seen.or(fresh)
		front = front.minus(one).or(fresh)
	}
}

// connected calls yield once for each connected set within mask that extends
// set and holds no pair kept apart. border are neighbours still to be tried,
// never those that must stay out. It stops when yield returns false or the
// budget is used up, and then returns false.
func (s *solver) connected(p *part, mask, set, border, never, apart bitset, yield func(bitset) bool) bool {
	if !s.spend(1) || !yield(set) {
		return false
	}
	border = border.minus(never).minus(set)
	for w := border.first(); w >= 0; w = border.first() {
		var one bitset
		one.add(w)
		border = border.minus(one)
		never = never.or(one)
		if apart.has(w) {
			continue
		}
		if !s.connected(p, mask, set.or(one), border.or(p.next[w].and(mask)), never, apart.or(p.apart[w]), yield) {
			return false
		}
	}
	return true
}

// caseOf returns the distinct classes of the case made of these blocks over
// who of unclear scope counts and over the days that touch these blocks only;
// -1 stands for no case at all.
func (s *solver) caseOf(p *part, set bitset, shared map[recount.Key]string) (at judgedCase, ok bool) {
	key := caseKey{part: p, set: set}
	if s.dry && s.seen[key] {
		return at, true
	}
	var days map[recount.Key]string // of articles whose day is open
	if len(s.cluster.shared)+len(s.cluster.inside) > 0 {
		days = map[recount.Key]string{}
	}
	for _, a := range s.cluster.shared {
		if !s.dry && p.touched[a].and(set) != (bitset{}) {
			s.g.choose(days, a, shared[a])
			key.days += string(a) + "=" + shared[a] + "\n"
		}
	}
	if c, ok := s.cases[key]; ok {
		return c, true
	}
	var members, unclear, joined []*recount.Member
	var inside []recount.Key
	var numbers []int // of the unclear
	var variants []variant
	for i, b := range p.blocks {
		if !set.has(i) {
			continue
		}
		for _, m := range s.g.blockMembers[b] {
			switch mem := &s.g.members[m]; mem.Scope {
			case recount.Yes:
				members = append(members, mem)
			case recount.Joined:
				joined = append(joined, mem)
			default:
				unclear, numbers = append(unclear, mem), append(numbers, m)
			}
		}
		inside = append(inside, s.cluster.inside[b]...)
	}
	judged := 1
	for range unclear {
		judged = min(2*judged, s.budget+1)
	}
	judged = min(judged*s.ways(inside), s.budget+1)
	cost := judged * (evaluation + (len(members)+len(joined))/8)
	if !s.spend(cost) {
		return at, false
	}
	if s.dry {
		s.seen[key] = true
		return at, true
	}
	var out []int
	for in := range 1 << len(unclear) {
		counted := members[:len(members):len(members)]
		for i, m := range unclear {
			if in>>i&1 == 1 {
				counted = append(counted, m)
			}
		}
		if len(counted) == 0 {
			out = append(out, -1)
			if s.planning {
				variants = append(variants, variant{-1, uint(in), nil})
			}
			continue
		}
		counted = append(counted, joined...)
		for own := range s.assignments(inside) {
			for a, d := range own {
				s.g.choose(days, a, d)
			}
			class, err := s.judge(counted, days)
			if err != nil {
				s.err = err
				return at, false
			}
			out = append(out, class)
			if s.planning {
				v := variant{class: class, in: uint(in), days: make([]string, len(inside))}
				for i, a := range inside {
					v.days[i] = own[a]
				}
				variants = append(variants, v)
			}
		}
	}
	slices.Sort(out)
	at = judgedCase{int32(len(s.cases)), slices.Compact(out), variants, numbers, inside}
	s.cases[key] = at
	s.judged += cost
	return at, true
}

// bound returns the corners of a region that holds every pair of the group.
// Kept apart and all in scope, there are as many cases as blocks with a
// member, and never more. Never fewer than the people who surely count and are
// known to be different from one another; without any `different` all of one
// part may be one case.
func (s *solver) bound(sp spec) (out []pair, exactN, exactD bool) {
	out, exactN, exactD = s.corners(sp)
	if sp.Alone {
		for i := range out {
			out[i].D = 0
		}
	}
	return tidy(out), exactN, exactD
}

func (s *solver) corners(sp spec) (out []pair, exactN, exactD bool) {
	hi, lo := 0, 0
	exactLow := !s.torn()
	if s.torn() {
		// Each may be somebody, or all one.
		for _, b := range s.cluster.blocks() {
			for _, i := range s.g.blockMembers[b] {
				switch s.g.members[i].Scope {
				case recount.Yes:
					hi, lo = hi+1, 1
				case recount.Unclear:
					hi++
				}
			}
		}
	}
	for _, p := range s.parts {
		if s.torn() {
			break
		}
		var sure []int
		for i, b := range p.blocks {
			ms := s.g.blockMembers[b]
			if s.g.mayCount(b) {
				hi++
			}
			if slices.ContainsFunc(ms, func(m int) bool { return s.g.members[m].Scope == recount.Yes }) {
				sure = append(sure, i)
			}
		}
		var clique []int
		for _, i := range sure {
			different := true
			for _, j := range clique {
				a, b := p.blocks[i], p.blocks[j]
				different = different && s.g.apart[cut(a, b)]
			}
			if different {
				clique = append(clique, i)
			}
		}
		lo += len(clique)
		exactLow = exactLow && !p.anyApart
	}
	switch {
	case sp.Always:
		return []pair{{lo, lo}, {hi, hi}}, exactLow, exactLow
	case sp.AlwaysD:
		return []pair{{0, lo}, {lo, lo}, {0, hi}, {hi, hi}}, false, exactLow
	case sp.Part:
		return []pair{{0, 0}, {0, hi}, {hi, hi}}, false, false
	}
	return []pair{{0, 0}, {0, hi}, {hi, 0}, {hi, hi}}, false, false
}
