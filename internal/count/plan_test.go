package count

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

// A plan gives the pairs that looking for every case gives, in as many steps,
// whatever the cases add.
func TestPlanCountsWhatASolverCounts(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	plans, both := 0, 0
	for range 300 {
		p := wide(rng, 1+rng.IntN(9))
		for _, g := range Split(p.Members, p.Links) {
			n := newNetwork(g.Members, g.Links, false)
			class, of := map[string]int{}, []adding{}
			judge := func(members []*recount.Member, days map[recount.Key]string) (int, error) {
				var key []byte
				for _, m := range slices.SortedFunc(slices.Values(members), func(a, b *recount.Member) int { return slices.Index(keysOf(g), a.Key) - slices.Index(keysOf(g), b.Key) }) {
					key = appendMember(key, m, days)
				}
				c, ok := class[string(key)]
				if !ok {
					c = len(of)
					class[string(key)], of = c, append(of, adding(rng.IntN(4)))
				}
				return c, nil
			}
			budget := 1 + rng.IntN(20000)
			for _, c := range n.clusters {
				if !c.open {
					continue
				}
				pl := newSolver(n.graph, c, budget, judge).plan()
				if pl == nil {
					continue
				}
				plans++
				for range 4 {
					if rng.IntN(2) == 0 { // a number without a whole
						for i := range of {
							of[i] &= 1
						}
					} else {
						both++
						for i := range of {
							of[i] = adding(rng.IntN(4))
						}
					}
					fresh := newSolver(n.graph, c, 1<<30, judge)
					want, _, _ := fresh.pairs(spec{Of: func(c int) pair { return pair{int(of[c] & 1), int(of[c] >> 1)} }})
					got, steps := pl.count(of, nil)
					if !slices.Equal(got, want) || steps+pl.judged != fresh.steps {
						t.Fatalf("%d members: %v in %d steps, want %v in %d", len(g.Members), got, steps+pl.judged, want, fresh.steps)
					}
				}
			}
		}
	}
	if plans < 300 || both < 300 {
		t.Errorf("%d plans, %d numbers with a whole", plans, both)
	}
}

func keysOf(g *Group) (out []recount.Key) {
	for i := range g.Members {
		out = append(out, g.Members[i].Key)
	}
	return out
}

// Groups whose budget runs out are counted by plans as they are without: the
// same numbers, and the same questions behind them.
func TestMeterSpendsWhatASolverSpends(t *testing.T) {
	rng := rand.New(rand.NewPCG(43, 44))
	heavy, light := 0, 0
	tried := tries(150, 300)
	for range tried {
		p := wide(rng, 2+rng.IntN(14))
		p.Rules.NodeBudget = 50 + rng.IntN(4000)
		q := wideQueries[rng.IntN(len(wideQueries))]
		planned, err := NewTally(p, q)
		if err != nil {
			t.Fatal(err)
		}
		solved, err := NewTally(p, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range Split(p.Members, p.Links) {
			planned.Set(g.Key, g)
			without := solved.b.prepareAlone(g, solved.budget)
			if without.plan != nil {
				without.plan, without.judged = nil, without.first
			}
			solved.set(g.Key, solved.roster.set(g.Key, without), without)
			if _, e := planned.by(planned.roster.of[g.Key].slot); e != nil && e.slow != nil {
				if _, ok := e.slow.counter.(*meter); ok {
					heavy++
				}
			} else if e != nil && e.open {
				light++
			}
		}
		want, err := solved.Result()
		got, err2 := planned.Result()
		if d := cmp.Diff(want, got); d != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Fatalf("%+v, budget %d: %v, want %v (-want +got):\n%.3000s", q, p.Rules.NodeBudget, err2, err, d)
		}
	}
	if heavy < tried*20/300 || light < tried/3 {
		t.Errorf("%d groups by a meter, %d without", heavy, light)
	}
}

// What an answer leaves is told by the plan of all worlds as by the plans of
// the worlds that the answer leaves, and those take hardly more steps.
func TestAnswerTakesHardlyMoreSteps(t *testing.T) {
	rng := rand.New(rand.NewPCG(51, 52))
	sets, dated, untold, most := 0, 0, 0, 0.0
	for range 500 {
		q := wide(rng, 1+rng.IntN(9))
		b := newBook(q)
		for _, g := range Split(q.Members, q.Links) {
			p := b.prepareAlone(g, 1<<30)
			if p.plan == nil {
				continue
			}
			questions := g.Questions()
			x := p.plan.answers(questions)
			if x == nil {
				untold++
				continue
			}
			asked := p.ask()
			if asked == nil {
				t.Fatal("an answer leaves worlds without a plan")
			}
			for range 3 {
				adds := make([]adding, len(p.views))
				for i := range adds {
					adds[i] = adding(rng.IntN(4))
				}
				if rng.IntN(2) == 0 { // a number without a whole
					for i := range adds {
						adds[i] &= 1
					}
				}
				_, steps := p.plan.count(adds, nil)
				steps += p.plan.judged
				left := p.plan.left(adds, x)
				for i, answers := range asked {
					for j, a := range answers {
						want, taken := a.count(adds)
						if got := p.plan.pairs(left[int(x.first[i])+j]); !slices.Equal(got, want) {
							t.Fatalf("%d members, %s answered %d: %v, want %v", len(g.Members), questions[i].What, j, got, want)
						}
						sets++
						if questions[i].What == "date" {
							dated++
						}
						most = max(most, float64(taken)/float64(steps))
					}
				}
			}
		}
	}
	t.Logf("%d sets, %d of an answer about a day; %d groups not told; at most %.4f times the steps", sets, dated, untold, most)
	if most > 1.01 || sets < 5000 || dated < 500 || untold < 1 {
		t.Errorf("%d sets, %d of an answer about a day; %d groups not told; at most %.4f times the steps", sets, dated, untold, most)
	}
}
