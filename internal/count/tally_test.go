package count

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"recount"
)

// groupsEqual compares groups by what a caller sees of them.
func groupsEqual(a, b []*Group) string {
	return cmp.Diff(a, b, cmpopts.IgnoreUnexported(Group{}), cmpopts.EquateEmpty())
}

func TestSplitOfSomeGroupsGivesThemAgain(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for i := range 300 {
		p := wide(rng, 1+rng.IntN(30))
		want := Split(p.Members, p.Links)
		for range 3 {
			var some []*Group
			var members []recount.Member
			var links []recount.Link
			for _, g := range want {
				if rng.IntN(2) == 0 {
					some = append(some, g)
					members, links = append(members, g.Members...), append(links, g.Links...)
				}
			}
			rng.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
			rng.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
			for i := range links {
				if rng.IntN(2) == 0 {
					links[i].A, links[i].B = links[i].B, links[i].A
				}
			}
			if d := groupsEqual(some, Split(members, links)); d != "" {
				t.Fatalf("problem %d (-want +got):\n%s", i, d)
			}
		}
	}
}

// light leaves of a result what a Number has.
func lightOf(r recount.Result) Number {
	n := Number{Name: r.Name, Label: r.Label, N: r.N, Of: r.Of, Range: r.Range, OfRange: r.OfRange, Share: r.ShareRange, Open: len(r.Questions), Ratio: r.Ratio}
	for _, x := range r.Rows {
		n.Rows = append(n.Rows, lightOf(x))
	}
	return n
}

// A tally from which groups were taken and to which others were added gives
// what a tally of the groups that are left gives.
func TestTallyFollowsItsGroups(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	for i := range 60 {
		p := wide(rng, 1+rng.IntN(15))
		if rng.IntN(3) == 0 {
			p.Rules.NodeBudget = 1 + rng.IntN(3000)
		}
		other := wide(rng, 1+rng.IntN(10)) // whose groups come and go
		groups, passing := Split(p.Members, p.Links), Split(other.Members, other.Links)
		for _, q := range wideQueries {
			if rng.IntN(4) > 0 {
				continue
			}
			tally, err := NewTally(p, q)
			if err != nil {
				t.Fatal(err)
			}
			set := func(g []*Group, there bool) {
				for _, j := range rng.Perm(len(g)) {
					if there {
						tally.Set(g[j].Key, g[j])
					} else {
						tally.Set(g[j].Key, nil)
					}
				}
			}
			set(passing, true)
			if rng.IntN(2) == 0 {
				tally.Number()
			}
			set(groups, true)
			if rng.IntN(2) == 0 {
				tally.Result()
			}
			set(groups[:len(groups)/2], true)
			set(passing, false)
			set(groups, true)
			want, err := p.Result(q)
			got, err2 := tally.Result()
			if d := cmp.Diff(want, got); d != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
				t.Fatalf("problem %d, %+v: %v, want %v (-want +got):\n%.3000s", i, q, err2, err, d)
			}
			number, err := tally.Number()
			if err == nil {
				if d := cmp.Diff(lightOf(want), number); d != "" {
					t.Fatalf("problem %d, %+v: Number (-want +got):\n%.3000s", i, q, d)
				}
			}
			set(groups, false)
			if len(tally.entries)+len(tally.rows)+len(tally.keys[0])+len(tally.keys[1]) > 0 || slices.ContainsFunc(tally.fixed, func(s *sum) bool {
				return s.accepted != pair{} || s.settled != pair{} || len(s.leeways) > 0
			}) {
				t.Fatalf("problem %d, %+v: something is left of groups that were taken away: %+v %+v", i, q, tally.rows, tally.fixed)
			}
		}
	}
}
