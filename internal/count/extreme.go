package count

import (
	"cmp"
	"encoding/binary"
	"slices"

	"recount"
)

// A leeway is what the open questions of one group leave of one number. Groups
// with the same leeway share it, and most groups are alike, so that a number
// is folded over the few leeways there are and how many groups have each.
type leeway struct {
	pairs          []pair // that some world gives, sorted
	exactN, exactD bool   // false: pairs are the corners of an outer bound
	extremes
	questions int     // how many the group has; 0 if none can move the number
	all       bool    // they are too many to ask one by one
	asked     []asked // by question
	sure      moves   // the questions that move the number whatever the other groups leave
	unsure    []int   // those of which that depends on them
	// While the questions of a result are listed: which listing that is, and
	// its number there.
	asking int
	number int32
}

// An asked is what one question of a group does to a number.
type asked struct {
	moves   bool     // some answer changes an end of N or of D
	answers []choice // else what each leaves
}

// A choice is what is left of a number when one question is answered.
type choice struct {
	pairs []pair
	extremes
}

// extremes are the ends of a set of pairs.
type extremes struct {
	low, high pair // the smallest and the largest N, the smallest and the largest D
	none      int  // the largest N of a pair whose D is 0; -1 if there is none
}

func extremesOf(set []pair) extremes {
	e := extremes{low: set[0], high: set[0], none: -1}
	for _, p := range set {
		e.low = pair{min(e.low.N, p.N), min(e.low.D, p.D)}
		e.high = pair{max(e.high.N, p.N), max(e.high.D, p.D)}
		if p.D == 0 {
			e.none = max(e.none, p.N)
		}
	}
	return e
}

func newLeeway(pairs []pair, exactN, exactD bool) *leeway {
	return &leeway{pairs: pairs, exactN: exactN, exactD: exactD, extremes: extremesOf(pairs)}
}

func (l *leeway) over() bool { return !l.exactN || !l.exactD }

// code is the same for leeways that are alike.
func (l *leeway) code() string {
	var b []byte
	number := func(n int) { b = binary.AppendVarint(b, int64(n)) }
	flag := func(f bool) {
		if f {
			number(1)
		} else {
			number(0)
		}
	}
	set := func(ps []pair) {
		number(len(ps))
		for _, p := range ps {
			number(p.N)
			number(p.D)
		}
	}
	set(l.pairs)
	flag(l.exactN)
	flag(l.exactD)
	flag(l.all)
	number(l.questions)
	for _, a := range l.asked {
		flag(a.moves)
		number(len(a.answers))
		for _, c := range a.answers {
			set(c.pairs)
		}
	}
	return string(b)
}

// moves are the questions of a group that move a number.
type moves struct {
	all bool
	at  []int // else by their place among the group's questions
}

// has reports whether a question is among them.
func (m *moves) has(question int) bool {
	return m.all || len(m.at) > 0 && slices.Contains(m.at, question)
}

func (m moves) count(l *leeway) int {
	if m.all {
		return l.questions
	}
	return len(m.at)
}

// many is a leeway with how many groups have it.
type many struct {
	*leeway
	n int
}

// A measure is the range of one number.
type measure struct {
	N, D  recount.IntRange
	Share recount.ShareRange // of N/D; zero if D is 0 in every world, or if nobody asks
	// mostOfNone is the largest N of a world in which D is 0, 0 if there is no
	// such world: then N/D has no upper bound.
	mostOfNone int
	over       bool // some group is past the budget

	share  bool
	sets   []many
	ends   [2]end // of the share
	whole  int    // sets whose D is never 0
	none   int    // the largest N of the others where D is 0, added up
	counts map[*leeway]moves
}

// An end is the smallest or the largest share.
type end struct {
	sign int  // 1: the smallest; -1: the largest
	at   pair // a world that has it; D is 0 if no world has a whole
	// value is sign*(at.D*N - at.N*D), which is 0 for that share and above 0
	// for all that lie inside. Over the sets, best is the sum of the smallest
	// values and whole the sum of the largest D with that value.
	best, whole int
}

func (e *end) value(p pair) int { return e.sign * (e.at.D*p.N - e.at.N*p.D) }

// cheapest returns the smallest value in a set and the largest D with it.
func (e *end) cheapest(set []pair) (value, whole int) {
	value, whole = e.value(set[0]), set[0].D
	for _, p := range set[1:] {
		if v := e.value(p); v < value || v == value && p.D > whole {
			value, whole = v, p.D
		}
	}
	return value, whole
}

// dearer returns by how much the smallest value of a pair with a whole is above
// the smallest of all; -1 if no pair has a whole.
func (e *end) dearer(set []pair) int {
	best, _ := e.cheapest(set)
	cost := -1
	for _, p := range set {
		if c := e.value(p) - best; p.D > 0 && (cost < 0 || c < cost) {
			cost = c
		}
	}
	return cost
}

// newMeasure adds up the groups. share says that the fraction N/D matters, and
// first, which of several leeways comes first in the order of the groups.
func newMeasure(base pair, sets []many, share bool, first func(map[*leeway]pair) *leeway) *measure {
	m := &measure{share: share, sets: sets}
	low, high := base, base
	exactN, exactD := true, true
	for _, s := range sets {
		low, high = low.plus(s.low.times(s.n)), high.plus(s.high.times(s.n))
		exactN, exactD = exactN && s.exactN, exactD && s.exactD
	}
	m.N = recount.IntRange{Low: low.N, High: high.N, Exact: exactN}
	m.D = recount.IntRange{Low: low.D, High: high.D, Exact: exactD}
	m.over = !exactN || !exactD
	if !share {
		return m
	}
	for _, s := range sets {
		if s.none < 0 {
			m.whole += s.n
		} else {
			m.none += s.n * s.none
		}
	}
	if base.D > 0 {
		m.whole++
	} else {
		m.none += base.N
	}
	m.mostOfNone = most(m.whole, m.none)
	for i, sign := range [...]int{1, -1} {
		e := end{sign: sign, at: extreme(base, sets, sign, first)}
		e.best, e.whole = e.value(base), base.D
		for _, s := range sets {
			v, w := e.cheapest(s.pairs)
			e.best, e.whole = e.best+s.n*v, e.whole+s.n*w
		}
		m.ends[i] = e
	}
	lo, hi := m.ends[0].at, m.ends[1].at
	m.Share = recount.ShareRange{LowN: lo.N, LowOf: lo.D, HighN: hi.N, HighOf: hi.D, Exact: exactN && exactD && lo.D > 0}
	return m
}

func most(whole, none int) int {
	if whole > 0 {
		return 0
	}
	return none
}

// extreme returns the smallest (sign 1) or largest (sign -1) fraction N/D,
// where N and D are sums over one pick from the pairs of each group and D is
// not 0; zero if D is 0 in every world.
//
// It is Dinkelbach's method (1967): for a fraction N/D that is attained, look
// for the picks with the smallest D*n - N*d, which is a sum over the groups;
// if it is not below 0, no fraction is smaller. All numbers are whole.
func extreme(base pair, sets []many, sign int, first func(map[*leeway]pair) *leeway) pair {
	// The world with the largest whole is a start.
	at := base
	for _, s := range sets {
		best := s.pairs[0]
		for _, p := range s.pairs[1:] {
			if p.D > best.D {
				best = p
			}
		}
		at = at.plus(best.times(s.n))
	}
	if at.D == 0 {
		return pair{}
	}
	for {
		value := func(p pair) int { return sign * (at.D*p.N - at.N*p.D) }
		best := func(s many) pair {
			best := s.pairs[0]
			for _, p := range s.pairs[1:] {
				if value(p) < value(best) {
					best = p
				}
			}
			return best
		}
		sum := base
		for _, s := range sets {
			sum = sum.plus(best(s).times(s.n))
		}
		if sum.D == 0 {
			// The best picks leave no whole: one group must take a pick with a
			// whole, the cheapest; of several groups the first.
			cost := -1
			swaps := map[*leeway]pair{}
			for _, s := range sets {
				from := best(s)
				for _, p := range s.pairs {
					c := value(p) - value(from)
					if p.D == 0 || cost >= 0 && c > cost {
						continue
					}
					if cost < 0 || c < cost {
						cost = c
						clear(swaps)
					}
					if _, ok := swaps[s.leeway]; !ok {
						swaps[s.leeway] = pair{p.N - from.N, p.D - from.D}
					}
				}
			}
			sum = sum.plus(swapOf(swaps, first))
		}
		if value(sum) >= 0 {
			return at
		}
		at = sum
	}
}

// swapOf returns the swap of the leeway that comes first, which need not be
// looked for if all swaps are the same.
func swapOf(swaps map[*leeway]pair, first func(map[*leeway]pair) *leeway) (swap pair) {
	seen := false
	for _, s := range swaps {
		if seen && s != swap {
			return swaps[first(swaps)]
		}
		swap, seen = s, true
	}
	return swap
}

// open returns how many questions of a group with this leeway move the number.
func (m *measure) open(l *leeway) int {
	if len(l.unsure) == 0 || !m.share {
		return l.sure.count(l)
	}
	n := len(l.sure.at)
	for _, i := range l.unsure {
		if slices.ContainsFunc(l.asked[i].answers, func(c choice) bool { return m.changes(l, &c) }) {
			n++
		}
	}
	if n == 0 {
		return l.questions
	}
	return n
}

// moving returns the questions of a group with this leeway that move the
// number: those of which some answer changes an extreme. If the group moves it
// and none of its questions does so alone, it is all of them; so it is for a
// group past the budget.
func (m *measure) moving(l *leeway) moves {
	if len(l.unsure) == 0 || !m.share {
		return l.sure
	}
	if got, ok := m.counts[l]; ok {
		return got
	}
	out := moves{at: slices.Clone(l.sure.at)}
	for _, i := range l.unsure {
		if slices.ContainsFunc(l.asked[i].answers, func(c choice) bool { return m.changes(l, &c) }) {
			out.at = append(out.at, i)
		}
	}
	out.all = len(out.at) == 0
	if m.counts == nil {
		m.counts = map[*leeway]moves{}
	}
	m.counts[l] = out
	return out
}

// settle sorts the questions by whether the other groups matter.
func (l *leeway) settle() {
	for i, a := range l.asked {
		switch {
		case a.moves:
			l.sure.at = append(l.sure.at, i)
		case len(a.answers) > 0:
			l.unsure = append(l.unsure, i)
		}
	}
	l.sure.all = l.all || len(l.sure.at) == 0 && l.questions > 0
}

// ask adds a question. left says what each of its answers leaves; those after
// one that changes an end of N or of D are not asked for.
func (l *leeway) ask(answers int, left func(answer int) []pair) {
	var a asked
	for i := range answers {
		set := left(i)
		if set == nil {
			continue
		}
		c := choice{set, extremesOf(set)}
		if c.low != l.low || c.high != l.high {
			a = asked{moves: true}
			break
		}
		a.answers = append(a.answers, c)
	}
	l.asked = append(l.asked, a)
}

// changes reports whether an extreme changes when one group takes a choice,
// which has the same ends of N and D, instead of its leeway.
func (m *measure) changes(l *leeway, c *choice) bool {
	whole, none := m.whole, m.none
	if l.none < 0 {
		whole--
	}
	if c.none < 0 {
		whole++
	}
	none += max(c.none, 0) - max(l.none, 0)
	if most(whole, none) != m.mostOfNone {
		return true
	}
	for i := range m.ends {
		if m.ends[i].changes(m.sets, l, c) {
			return true
		}
	}
	return false
}

// changes reports whether the share at this end changes when one group takes a
// choice instead of its leeway: whether the smallest value of a world that has
// a whole is still 0.
func (e *end) changes(sets []many, l *leeway, c *choice) bool {
	if e.at.D == 0 {
		return c.high.D > 0 // there was no share at all
	}
	v, w := e.cheapest(l.pairs)
	v2, w2 := e.cheapest(c.pairs)
	best, whole := e.best-v+v2, e.whole-w+w2
	if whole > 0 {
		return best != 0
	}
	// The picks with the smallest values leave no whole, so one must be
	// dearer.
	cost := e.dearer(c.pairs)
	for _, s := range sets {
		if s.leeway == l && s.n == 1 {
			continue
		}
		if d := e.dearer(s.pairs); d >= 0 && (cost < 0 || d < cost) {
			cost = d
		}
	}
	return cost < 0 || best+cost != 0
}

// plus returns all sums of a pair of a and a pair of b, sorted.
func plus(a, b []pair) []pair {
	if len(a) == 1 && a[0] == (pair{}) {
		return b
	}
	out := make([]pair, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x.plus(y))
		}
	}
	return tidy(out)
}

// tidy sorts pairs and drops doubles.
func tidy(p []pair) []pair {
	slices.SortFunc(p, func(a, b pair) int { return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.D, b.D)) })
	return slices.Compact(p)
}
