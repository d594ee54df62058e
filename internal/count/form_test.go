package count

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

// Groups of one form are counted out once; each gives what it gives counted out
// by itself: the same numbers, cases, questions and notes, of every query, in
// studies of every size, with budgets that run out, and after groups changed.
func TestGroupsOfOneFormGiveWhatEachGives(t *testing.T) {
	rng := rand.New(rand.NewPCG(45, 46))
	alike, alone, again := 0, 0, 0
	for round := range 36 {
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
		queries := wideQueries
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
			} else if first := got[0].b.forms[p]; first != nil && first.group != g {
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
	if alike < 200 || alone < 40 || again < 30 {
		t.Errorf("%d groups by another of their form, %d alone, %d changed", alike, alone, again)
	}
}
