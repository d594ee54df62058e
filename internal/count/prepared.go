package count

import (
	"errors"
	"slices"
	"strings"

	"recount"
)

// A prepared is a group counted out once for all queries: its worlds, each
// as the set of cases that it has.
type prepared struct {
	group    *Group
	network  *network
	views    []*view  // of the cases of any world, those that are accepted first
	accepted []judged // by number of the view
	first    int      // views of accepted cases
	judged   int      // views of cases of any world if shared, else of accepted cases
	open     bool
	worlds   *worlds
	shared   bool               // all cases of any world were judged, so that worlds serves all queries
	sets     []pair             // the worlds: a bit for each case; nil if there are too many
	asked    [][][]pair         // by question, by answer
	given    bool               // asked is filled in
	fits     bool               // all of asked was counted out
	leeways  map[string]*leeway // of numbers, by what each case adds to them
}

// mostCases is how many cases fit into the bits of a pair.
const (
	casesPerWord = 63
	mostCases    = 2 * casesPerWord
	mostShared   = 1 << 12 // cases that are judged once for all queries
)

var errManyCases = errors.New("too many cases")

// bit is the number whose pairs tell which cases a world has.
func bit(c int) pair {
	if c < casesPerWord {
		return pair{1 << c, 0}
	}
	return pair{0, 1 << (c - casesPerWord)}
}

// prepare counts a group out.
func (b *book) prepare(g *Group, budget int) *prepared {
	p := &prepared{group: g}
	if g.single() {
		m := &g.Members[0]
		p.views, p.accepted, p.first = []*view{b.look([]*recount.Member{m}, nil)}, []judged{{idOf(m), 0}}, 1
		p.judged = 1
		return p
	}
	p.network, p.leeways = newNetwork(g.Members, g.Links, false), map[string]*leeway{}
	number := map[string]int{} // the answers to questions leave many of the same cases
	var key []byte
	w, err := newWorlds(p.network, budget, func(members []*recount.Member, days map[recount.Key]string) (int, error) {
		key = key[:0]
		members = slices.SortedFunc(slices.Values(members), func(a, b *recount.Member) int { return strings.Compare(string(a.Key), string(b.Key)) })
		for _, m := range members {
			key = appendMember(key, m, days)
		}
		c, ok := number[string(key)]
		if !ok {
			if c = len(p.views); c == mostShared && p.open {
				return 0, errManyCases
			}
			number[string(key)] = c
			p.views = append(p.views, b.look(members, days))
		}
		return c, nil
	})
	if err != nil {
		return p // the judge does not fail before p is open
	}
	p.accepted, p.first, p.worlds, p.open = w.accepted, len(p.views), w, len(w.solvers) > 0
	p.judged = p.first
	if !p.open || p.network.graph.bundles != nil { // each query sees some disputes only
		return p
	}
	if _, exact := w.alone(spec{Of: func(int) pair { return pair{} }}); !exact {
		return p
	}
	p.shared, p.judged = true, len(p.views)
	if len(p.views) > mostCases {
		return p
	}
	if set, exact := w.alone(spec{Of: bit}); exact && 2*w.solvers[0].most*len(g.Questions()) <= patience*budget {
		p.sets = set
	}
	return p
}

// ask returns the worlds that each answer to each question leaves; false if
// some were too many to count out.
func (p *prepared) ask() ([][][]pair, bool) {
	if p.given {
		return p.asked, p.fits
	}
	known := len(p.views)
	p.given, p.fits = true, true
	for _, q := range p.group.Questions() {
		var answers [][]pair
		for _, a := range p.network.graph.answers(q) {
			sub := p.worlds.answered(q, a)
			if sub == nil {
				p.fits = false
				return nil, false
			}
			left, exact := sub.alone(spec{Of: bit})
			p.fits = p.fits && exact
			answers = append(answers, left)
		}
		p.asked = append(p.asked, answers)
	}
	p.fits = p.fits && len(p.views) == known
	return p.asked, p.fits
}

// added turns worlds given by their cases into the pairs of a number to which
// each case adds so much.
func added(sets []pair, adds []pair) []pair {
	out := make([]pair, len(sets))
	for i, p := range sets {
		for c, add := range adds {
			x := bit(c)
			if p.N&x.N != 0 || p.D&x.D != 0 {
				out[i] = out[i].plus(add)
			}
		}
	}
	return tidy(out)
}

// Tallies are several queries over the same groups.
type Tallies []*Tally

// NewTallies compiles queries that share the work on each group.
func NewTallies(p *Problem, queries ...Query) (Tallies, error) {
	var out Tallies
	b := newBook(p)
	r := newRoster()
	for _, q := range queries {
		t, err := newTally(p, b, r, q)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// Set puts a group in the place of the one that had this key; nil takes it
// away. The tallies must be all that NewTallies returned.
func (ts Tallies) Set(key recount.Key, g *Group) {
	if len(ts) == 0 {
		return
	}
	var p *prepared
	if g != nil {
		p = ts[0].b.prepare(g, ts[0].budget)
	}
	slot := ts[0].roster.set(key, p)
	for _, t := range ts {
		t.set(key, slot, p)
	}
}
