package count

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
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
	for i := range tries(80, 300) {
		p := differ(rng, wide(rng, 1+rng.IntN(30)), i%8)
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
	for i := range tries(16, 60) {
		p := differ(rng, wide(rng, 1+rng.IntN(15)), i%6)
		if rng.IntN(3) == 0 {
			p.Rules.NodeBudget = 1 + rng.IntN(3000)
		}
		other := wide(rng, 1+rng.IntN(10)) // whose groups come and go
		groups, passing := Split(p.Members, p.Links), Split(other.Members, other.Links)
		for _, q := range slices.Concat(wideQueries, gradeQueries) {
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
			tally.settle()
			left := slices.ContainsFunc(tally.entries, func(e *entry) bool { return e != nil })
			for _, s := range slices.AppendSeq(slices.Clone(tally.fixed), maps.Values(tally.rows)) {
				left = left || s.accepted != pair{} || s.settled != pair{} || len(s.leeways) > 0
			}
			for _, r := range slices.AppendSeq(slices.Collect(maps.Values(tally.keys[0])), maps.Values(tally.keys[1])) {
				left = left || *r != rowKey{}
			}
			if left {
				t.Fatalf("problem %d, %+v: something is left of groups that were taken away: %+v %+v", i, q, tally.rows, tally.fixed)
			}
		}
	}
}

// withoutTests leaves out of a note what exact tests say: they take the counts
// alone, and TestIntervalsEqualR holds them.
func withoutTests(note string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(note, "; "), func(s string) bool {
		return s == "" || strings.Contains(s, "exact test") || strings.Contains(s, "exact Poisson test")
	}), "; ")
}

// Results are, byte for byte, those of one graph over everybody.
func TestResultsEqualOneGraphOverEverybody(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	compare := func(p *Problem, q Query) {
		if torn(p.Links) {
			return // it counted these as one person, without a range
		}
		want, err := resultBefore(p, q)
		got, err2 := p.Result(q)
		got.Note = withoutTests(got.Note)
		if d := cmp.Diff(want, got); d != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Fatalf("%d members, %+v: %v, want %v (-want +got):\n%.3000s", len(p.Members), q, err2, err, d)
		}
	}
	small := tries(80, 320)
	for i := range small + tries(3, 10) {
		p := wide(rng, 1+rng.IntN(9))
		if i >= small {
			p = wide(rng, 20+rng.IntN(30))
			p.Rules.NodeBudget = 1 + rng.IntN(5000)
		} else if rng.IntN(3) == 0 {
			p.Rules.NodeBudget = 1 + rng.IntN(300)
		}
		for _, q := range wideQueries {
			if rng.IntN(4) == 0 {
				compare(p, q)
			}
		}
	}
	p := grown(80)
	p.Rules.NodeBudget = 20000
	for _, q := range headline {
		compare(p, q)
	}
}

// Days that no filter reads move no count, whatever else they join.
func TestDaysThatMoveNothing(t *testing.T) {
	a, b, c := person("a", "", "One", recount.Woman), person("b", "", "One", recount.Man), person("c", "2015-06-01", "Two", recount.Man)
	a.Dates = []string{"2014-12-30", "2015-01-02"}
	b.Article, b.Dates, b.Scope = a.Article, a.Dates, recount.Unclear
	p := &Problem{Members: []recount.Member{a, b, c}, Links: []recount.Link{link("b", "c", "unsure")}}
	for _, q := range result(t, p, Query{}).Questions {
		if q.What == "date" {
			t.Errorf("%q is said to move the number of cases", q.Text)
		}
	}
}

func TestEffectOfAQuestion(t *testing.T) {
	p := five()
	p.Members[4].Scope = recount.Unclear
	tests := []struct {
		name  string
		where string
		want  map[string]int
	}{
		{"of two who may be one, one is left", "", map[string]int{"link": 1, "scope": 1}},
		{"women are not touched by it", `gender == "woman"`, map[string]int{"link": 0, "scope": 0}},
		{"unknown gender", `gender == "unknown"`, map[string]int{"link": 0, "scope": 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tally, err := NewTally(p, Query{Where: tt.where})
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			for _, g := range Split(p.Members, p.Links) {
				tally.Set(g.Key, g)
				for _, q := range g.Questions() {
					got[q.What] = tally.Effect(g.Key, q)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Effect (-want +got):\n%s", d)
			}
		})
	}
}

// What a question does to a count is worked out from its own group, and what it
// does to a share from the open groups that differ: neither grows with groups
// about which nothing is open, nor with more groups of the same kinds.
func TestAQuestionCostsNoMoreAmongManyGroups(t *testing.T) {
	among := func(closed, alike int) (effect, share float64) {
		p := five()
		p.Members[4].Scope = recount.Unclear
		for i := range closed {
			p.Members = append(p.Members, person(fmt.Sprintf("x%05d", i), "2015-01-20", "Two", recount.Woman))
		}
		for i := range alike {
			a, b := fmt.Sprintf("y%05d", i), fmt.Sprintf("z%05d", i)
			p.Members = append(p.Members, person(a, "2015-01-20", "Two", recount.Woman), person(b, "2015-01-21", "Two", recount.Woman))
			p.Links = append(p.Links, link(a, b, "unsure"))
		}
		ts, err := NewTallies(p, Query{}, Query{Share: true, Where: `gender == "woman"`})
		if err != nil {
			t.Fatal(err)
		}
		var asked *Group
		for _, g := range Split(p.Members, p.Links) {
			ts.Set(g.Key, g)
			if g.Key == "c" {
				asked = g
			}
		}
		q := asked.Questions()[0]
		effect = testing.AllocsPerRun(5, func() { ts[0].Effect(asked.Key, q) })
		return effect, testing.AllocsPerRun(5, func() {
			if _, err := ts[1].Number(); err != nil {
				t.Fatal(err)
			}
		})
	}
	effect, share := among(10, 1)
	for _, more := range [][2]int{{2000, 1}, {10, 1000}} {
		if e, s := among(more[0], more[1]); e != effect || s != share {
			t.Errorf("among %d closed groups and %d open ones alike: %v allocations for the effect, %v for the share; want %v and %v", more[0], more[1], e, s, effect, share)
		}
	}
}

// Changes one by one give the groups of splitting everything, and tell of
// every group that is different.
func TestGroupsFollowTheirMembersAndLinks(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	for i := range 100 {
		p := differ(rng, wide(rng, 1+rng.IntN(12)), i%8)
		slices.SortStableFunc(p.Members, func(a, b recount.Member) int { return strings.Compare(string(a.Key), string(b.Key)) })
		p.Members = slices.CompactFunc(p.Members, func(a, b recount.Member) bool { return a.Key == b.Key })
		var members []recount.Member
		for _, m := range p.Members {
			if m.Scope != recount.No {
				members = append(members, m)
			}
		}
		x := NewGroups(slices.Clone(members), slices.Clone(p.Links))
		known := map[recount.Key]*Group{}
		for _, g := range x.All() {
			known[g.Key] = g
		}
		for range 15 {
			var c Change
			if rng.IntN(2) == 0 {
				m := p.Members[rng.IntN(len(p.Members))]
				m.Scope = []recount.Value{{Value: recount.Yes}, {Value: recount.No}, {Value: recount.Unclear}}[rng.IntN(3)].Value
				if m.Day = ""; rng.IntN(2) == 0 {
					m.Dates = []string{"2014-12-30", "2015-01-02"}[:1+rng.IntN(2)]
				}
				c.Members = append(c.Members, m)
				members = slices.DeleteFunc(members, func(o recount.Member) bool { return o.Key == m.Key })
				if m.Scope != recount.No {
					members = append(members, m)
				}
			}
			for range rng.IntN(2) {
				a, b := p.Members[rng.IntN(len(p.Members))].Key, p.Members[rng.IntN(len(p.Members))].Key
				if len(p.Links) > 0 && rng.IntN(2) == 0 {
					l := p.Links[rng.IntN(len(p.Links))]
					a, b = l.B, l.A
				}
				l := link(string(a), string(b), []string{"same", "different", "unsure", ""}[rng.IntN(4)])
				c.Links = append(c.Links, l)
				p.Links = slices.DeleteFunc(p.Links, func(o recount.Link) bool { return o.A == a && o.B == b || o.A == b && o.B == a })
				if l.Answer != "" {
					p.Links = append(p.Links, l)
				}
			}
			for k, g := range x.Apply(c) {
				if known[k] = g; g == nil {
					delete(known, k)
				}
			}
			want := Split(members, p.Links)
			if same := slices.EqualFunc(want, x.All(), func(a, b *Group) bool {
				return a.Key == b.Key && reflect.DeepEqual(a.Members, b.Members) && reflect.DeepEqual(a.Links, b.Links)
			}); !same {
				d := groupsEqual(want, x.All())
				t.Fatalf("problem %d after %+v (-want +got):\n%.2000s", i, c, d)
			}
			for _, g := range x.All() {
				if known[g.Key] != g {
					t.Fatalf("problem %d: group %s is different and was not named", i, g.Key)
				}
			}
			if len(known) != len(want) {
				t.Fatalf("problem %d: %d groups were named, want %d", i, len(known), len(want))
			}
		}
	}
}
