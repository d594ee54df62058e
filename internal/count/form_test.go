package count

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

// Groups of one form are counted out once; each gives what it gives counted out
// by itself: the same numbers, cases, questions and notes, of every query, in
// studies of every size, with budgets that run out, and after groups changed.
func TestGroupsOfOneFormGiveWhatEachGives(t *testing.T) {
	rng := rand.New(rand.NewPCG(45, 46))
	alike, otherwise, alone, again := 0, 0, 0, 0
	tried := tries(8, 36)
	for round := range tried {
		p := &Problem{Variables: []string{"country", "left"}}
		if round%2 == 0 {
			for i := range 1 + rng.IntN(8) { // groups of their own kind side by side
				q := wide(rng, 1+rng.IntN(7))
				p.Variables, p.Codes, p.Where = q.Variables, q.Codes, q.Where
				named := func(k recount.Key) recount.Key { return recount.KeyOf(fmt.Sprint(i), string(k)) }
				for _, m := range q.Members {
					m.Key, m.Article, m.Decision = named(m.Key), named(m.Article), recount.HashText(fmt.Sprint(i, m.Decision))
					p.Members = append(p.Members, m)
				}
				for _, l := range q.Links {
					l.A, l.B = named(l.A), named(l.B)
					p.Links = append(p.Links, l)
				}
			}
		} else {
			p = grown(20 + rng.IntN(60))
		}
		if rng.IntN(2) == 0 {
			p.Rules.NodeBudget = 30 + rng.IntN(3000)
		}
		graded(p)
		queries := slices.Concat(wideQueries, gradeQueries)
		if round%2 == 1 {
			queries = forty()
		}
		rng.Shuffle(len(queries), func(i, j int) { queries[i], queries[j] = queries[j], queries[i] })
		got, err := NewTallies(p, queries...)
		if err != nil {
			t.Fatal(err)
		}
		want, err := NewTallies(p, queries...)
		if err != nil {
			t.Fatal(err)
		}
		set := func(g *Group) {
			got.Set(g.Key, g)
			by := want[0].b.prepareAlone(g, want[0].budget)
			slot := want[0].roster.set(g.Key, by)
			for _, x := range want {
				x.set(g.Key, slot, by)
			}
		}
		compare := func() {
			for i := range queries {
				a, err := want[i].Result()
				b, err2 := got[i].Result()
				if d := cmp.Diff(a, b); d != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
					t.Fatalf("round %d: %+v, budget %d: %v, want %v (-want +got):\n%.3000s", round, queries[i], p.Rules.NodeBudget, err2, err, d)
				}
			}
		}
		groups := Split(p.Members, p.Links)
		for _, g := range groups {
			set(g)
			if p, ok := g.form(); !ok {
				alone++
			} else if f := got[0].b.forms[p]; f.members != nil {
				otherwise++
			} else if f.first != nil && f.first.group != g {
				alike++
			}
		}
		compare()
		for range 4 { // some lose a link, and get it back
			g := groups[rng.IntN(len(groups))]
			if len(g.Links) == 0 {
				continue
			}
			again++
			set(&Group{Key: g.Key, Members: g.Members, Links: g.Links[1:]})
			compare()
			set(g)
		}
		compare()
	}
	if alike < tried*200/36 || otherwise < tried*60/36 || alone < tried*40/36 || again < tried*30/36 {
		t.Errorf("%d groups by another of their form, %d by one whose people stand otherwise, %d alone, %d changed", alike, otherwise, alone, again)
	}
}

// mixed gives the people of a group other keys, so that they stand in another
// order.
func mixed(rng *rand.Rand, g *Group) *Group {
	named := func(k recount.Key) recount.Key { return recount.KeyOf("mixed", fmt.Sprint(rng.Uint64()), string(k)) }
	key := map[recount.Key]recount.Key{}
	of := func(k recount.Key) recount.Key {
		if key[k] == "" {
			key[k] = named(k)
		}
		return key[k]
	}
	var members []recount.Member
	var links []recount.Link
	for _, m := range g.Members {
		m.Key = of(m.Key)
		members = append(members, m)
	}
	for _, l := range g.Links {
		l.A, l.B = of(l.A), of(l.B)
		links = append(links, l)
	}
	out := Split(members, links)
	if len(out) != 1 {
		panic("a group came apart")
	}
	return out[0]
}

// A form is written the same way in whatever order its people stand, and two
// that are not alike are not.
func TestFormIsOneInAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(47, 48))
	forms := map[string][]int{} // canonical form -> what every order of its people shares
	same := 0
	for range 400 {
		p := wide(rng, 1+rng.IntN(6))
		for _, g := range Split(p.Members, p.Links) {
			code, ok := g.form()
			if !ok {
				continue
			}
			canonical, at, ok := newShape(code).canonical()
			if !ok {
				continue
			}
			shared := []int{len(g.Members), len(g.Questions()), newShape(code).steps()}
			for _, n := range newNetwork(g.Members, g.Links, false).graph.blockMembers {
				shared = append(shared, len(n))
			}
			slices.Sort(shared[3:])
			if known, ok := forms[canonical]; ok && !slices.Equal(known, shared) {
				t.Fatalf("%v and %v are one form", known, shared)
			}
			forms[canonical] = shared
			for range 3 {
				other := mixed(rng, g)
				code2, _ := other.form()
				again, at2, ok := newShape(code2).canonical()
				if !ok || again != canonical || len(at2) != len(at) {
					t.Fatalf("%q and %q give %q and %q", code, code2, canonical, again)
				}
				if code2 != code {
					same++
				}
			}
		}
	}
	if len(forms) < 80 || same < 300 {
		t.Errorf("%d forms, %d written otherwise", len(forms), same)
	}
}

// A form's steps are enough for every number of every group of it and for what
// every answer leaves, in whatever order its people stand.
func TestFormTakesNoMoreThanItsSteps(t *testing.T) {
	rng := rand.New(rand.NewPCG(49, 50))
	groups, answers, nearest := 0, 0, 0.0
	judge := func(members []*recount.Member, _ map[recount.Key]string) (int, error) { return rng.IntN(8), nil }
	for range 400 {
		p := wide(rng, 1+rng.IntN(8))
		for _, g := range Split(p.Members, p.Links) {
			code, ok := g.form()
			if !ok || len(g.Questions()) == 0 || newNetwork(g.Members, g.Links, false).forked() {
				continue
			}
			most := newShape(code).steps()
			if most >= 1<<30 {
				continue
			}
			if n := newShape(code).questions(); n < len(g.Questions()) {
				t.Fatalf("%d questions, at most %d", len(g.Questions()), n)
			}
			groups++
			for range 2 {
				g := mixed(rng, g)
				measure := func(n *network) {
					for _, c := range n.clusters {
						if !c.open {
							continue
						}
						s := newSolver(n.graph, c, 1<<30, judge)
						s.pairs(spec{Of: func(c int) pair { return pair{c & 1, c >> 1 & 1} }})
						if s.steps > most {
							t.Fatalf("%d steps for a group of %d members and %d links, at most %d", s.steps, len(g.Members), len(g.Links), most)
						}
						nearest = max(nearest, float64(s.steps)/float64(most))
					}
				}
				n := newNetwork(g.Members, g.Links, false)
				measure(n)
				for _, q := range g.Questions() {
					for _, a := range n.graph.answers(q) {
						answers++
						measure(n.answered(q, a))
					}
				}
			}
		}
	}
	t.Logf("%d groups, %d answers; at most %.2f of the steps were taken", groups, answers, nearest)
	if groups < 200 || answers < 500 {
		t.Errorf("%d groups, %d answers", groups, answers)
	}
}
