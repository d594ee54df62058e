package copies

import (
	"cmp"
	"maps"
	"slices"
)

// A group is the pages that share a feature, before and after.
type group struct{ old, now holders }

type holders struct {
	pages []*Mark
	hub   *Mark  // the one with the smallest key
	own   uint64 // the outlet of which the feature is boilerplate
	lim   limits
}

func newHolders(pages []*Mark, lim limits) holders {
	h := holders{pages: pages, lim: lim}
	if len(pages) > 0 {
		h.hub = slices.MinFunc(pages, func(x, y *Mark) int { return cmp.Compare(x.Key, y.Key) })
	}
	if len(pages) >= lim.boilerplate && len(pages) <= lim.most {
		h.own = mostly(pages, func(p *Mark) uint64 { return p.Outlet })
	}
	return h
}

// big reports whether only the hub is compared with the others.
func (h *holders) big() bool { return len(h.pages) > h.lim.common }

// mute reports whether the feature says nothing.
func (h *holders) mute() bool { return len(h.pages) > h.lim.most || len(h.pages) < 2 }

// speaks reports whether the feature speaks for the pair, as eachCandidate has
// it.
func (h *holders) speaks(x, y *Mark) bool {
	switch {
	case h.mute(), h.own != 0 && x.Outlet == h.own && y.Outlet == h.own, x.Site == y.Site && x.Site != 0:
		return false
	case h.big():
		return x.Number == h.hub.Number || y.Number == h.hub.Number
	}
	return true
}

// groupOf looks up the pages that have a feature.
func (s *around) groupOf(of Feature, feature uint64) (*group, error) {
	at := featured{of, feature}
	if g := s.groups[at]; g != nil {
		return g, nil
	}
	numbers, err := s.Index.Holders(of, feature)
	if err != nil {
		return nil, err
	}
	lim := of.limits()
	come := s.with[of][feature]
	gone := 0
	for _, n := range numbers {
		if s.gone[n] {
			gone++
		}
	}
	g := &group{}
	if len(numbers) > lim.most && len(numbers)-gone > lim.most {
		// It says nothing, before or after, whoever they are.
		g.now = holders{pages: make([]*Mark, len(numbers)-gone+len(come)), lim: lim}
		g.old = g.now
		s.groups[at] = g
		return g, nil
	}
	var old, now []*Mark
	for _, n := range numbers {
		m, err := s.Index.Mark(n)
		if err != nil {
			return nil, err
		}
		old = append(old, m)
		if !s.gone[n] {
			now = append(now, m)
		}
	}
	g.now = newHolders(append(now, come...), lim)
	g.old = g.now
	if gone+len(come) > 0 {
		g.old = newHolders(old, lim)
	}
	s.groups[at] = g
	return g, nil
}

// A pair is two pages, the one with the smaller key first.
type pair [2]uint32

func pairOf(x, y *Mark) pair {
	if y.Key < x.Key {
		x, y = y, x
	}
	return pair{x.Number, y.Number}
}

// pairs returns the pairs that are to be compared now and were not before, and
// those that are no longer: known says of a pair that something was found. Of
// pages that go nothing is said.
func (s *around) pairs(of Feature, known func(pair) (bool, error)) (new, stale []pair, err error) {
	lim := of.limits()
	touched := map[uint64]bool{}
	for n := range s.gone {
		p, err := s.page(n)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range p.Features(of) {
			touched[f] = true
		}
	}
	fresh := s.with[of]
	for f := range fresh {
		touched[f] = true
	}
	shared := map[pair]int{} // of pairs with a page that comes
	moved := map[pair]bool{} // other pairs that a feature no longer speaks for, or does now
	for _, f := range slices.Sorted(maps.Keys(touched)) {
		g, err := s.groupOf(of, f)
		if err != nil {
			return nil, nil, err
		}
		if !g.now.mute() {
			for _, x := range fresh[f] {
				others := g.now.pages
				if g.now.big() && g.now.hub.Number != x.Number {
					others = []*Mark{g.now.hub}
				}
				for _, y := range others {
					// Two pages that both come count once.
					if y.Number != x.Number && (s.come[y.Number] == nil || x.Key < y.Key) && g.now.speaks(x, y) {
						shared[pairOf(x, y)]++
					}
				}
			}
		}
		s.eachMoved(g, func(x, y *Mark) { moved[pairOf(x, y)] = true })
	}
	for p, n := range shared {
		if n >= lim.shared {
			new = append(new, p)
		}
	}
	for p := range moved {
		was, err := known(p)
		if err != nil {
			return nil, nil, err
		}
		is, err := s.candidate(of, p)
		if err != nil {
			return nil, nil, err
		}
		if is && !was {
			new = append(new, p)
		} else if was && !is {
			stale = append(stale, p)
		}
	}
	order := func(x, y pair) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }
	slices.SortFunc(new, order)
	slices.SortFunc(stale, order)
	return new, stale, nil
}

// eachMoved calls visit with the pairs of pages that stay of which the feature
// speaks now and did not before, or the other way round.
func (s *around) eachMoved(g *group, visit func(x, y *Mark)) {
	o, n := &g.old, &g.now
	if o.mute() && n.mute() {
		return
	}
	bigO, bigN := o.big(), n.big()
	same := o.own == n.own && o.mute() == n.mute() && bigO == bigN && (!bigO || o.hub.Number == n.hub.Number)
	if same {
		return
	}
	crossed := false
	differs := func(x, y *Mark) {
		if x.Number != y.Number && o.speaks(x, y) != n.speaks(x, y) {
			visit(x, y)
			if !crossed {
				s.out.Crossed++
			}
			crossed = true
		}
	}
	var stay []*Mark
	for _, h := range n.pages {
		if s.come[h.Number] == nil {
			stay = append(stay, h)
		}
	}
	if (bigO || o.mute()) && (bigN || n.mute()) {
		// Only the hubs, before and after, have pairs.
		for _, hub := range []*holders{o, n} {
			if hub.mute() {
				continue
			}
			first := hub.hub
			if s.gone[first.Number] || s.come[first.Number] != nil {
				continue
			}
			for _, y := range stay {
				differs(first, y)
			}
		}
		return
	}
	for i, x := range stay {
		for _, y := range stay[i+1:] {
			differs(x, y)
		}
	}
}

// candidate reports whether two pages share enough features now.
func (s *around) candidate(of Feature, p pair) (bool, error) {
	a, err := s.page(p[0])
	if err != nil {
		return false, err
	}
	b, err := s.page(p[1])
	if err != nil {
		return false, err
	}
	x, y := a.Features(of), b.Features(of)
	n, least := 0, of.limits().shared
	for i, j := 0, 0; i < len(x) && j < len(y) && n < least; {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			g, err := s.groupOf(of, x[i])
			if err != nil {
				return false, err
			}
			if g.now.speaks(&a.Mark, &b.Mark) {
				n++
			}
			i, j = i+1, j+1
		}
	}
	return n >= least, nil
}
