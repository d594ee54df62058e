package count

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"recount"
)

// member makes a member in scope.
func member(i int) recount.Member {
	return recount.Member{Key: recount.Key(fmt.Sprintf("k%02d", i)), Decision: fmt.Sprintf("d%02d", i), Scope: recount.Yes,
		Article: recount.Key(fmt.Sprintf("a%02d", i))}
}

func unsure(a, b int) recount.Link {
	return recount.Link{A: recount.Key(fmt.Sprintf("k%02d", a)), B: recount.Key(fmt.Sprintf("k%02d", b)), Answer: recount.Unsure}
}

func TestExtremesEqualAllSums(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		var base pair
		var sets []many
		sums := []pair{{}}
		for range 1 + rng.IntN(5) {
			var set []pair
			for range 1 + rng.IntN(4) {
				d := rng.IntN(4)
				set = append(set, pair{rng.IntN(d + 1 + rng.IntN(2)), d})
			}
			set = tidy(set)
			n := 1 + rng.IntN(2)
			for range n {
				sums = plus(sums, set)
			}
			if len(set) == 1 {
				base = base.plus(set[0].times(n))
				continue
			}
			sets = append(sets, many{newLeeway(set, true, true), n})
		}
		var lo, hi pair
		most := 0
		for _, p := range sums {
			if p.D == 0 {
				most = max(most, p.N)
				continue
			}
			if lo.D == 0 || p.N*lo.D < lo.N*p.D {
				lo = p
			}
			if hi.D == 0 || p.N*hi.D > hi.N*p.D {
				hi = p
			}
		}
		m := newMeasure(base, sets, true, func(of map[*leeway]pair) *leeway {
			for _, s := range sets {
				if _, ok := of[s.leeway]; ok {
					return s.leeway
				}
			}
			return nil
		})
		r := m.Share
		if r.LowN*lo.D != lo.N*r.LowOf || r.HighN*hi.D != hi.N*r.HighOf || (r.LowOf == 0) != (lo.D == 0) {
			t.Fatalf("share of %v and %v = %+v, want %v to %v", base, sets, r, lo, hi)
		}
		if !slices.Contains(sums, pair{r.LowN, r.LowOf}) && r.LowOf > 0 || !slices.Contains(sums, pair{r.HighN, r.HighOf}) && r.HighOf > 0 {
			t.Fatalf("share of %v and %v = %+v, which no world gives", base, sets, r)
		}
		if m.mostOfNone != most {
			t.Fatalf("mostOfNone of %v and %v = %d, want %d", base, sets, m.mostOfNone, most)
		}
	}
}

func TestEveryConnectedSetOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for range 300 {
		n := 2 + rng.IntN(6)
		p := &part{blocks: make([]int, n), next: make([]bitset, n), apart: make([]bitset, n)}
		var all bitset
		for i := range n {
			all.add(i)
			for j := range i {
				switch rng.IntN(3) {
				case 0:
					p.next[i].add(j)
					p.next[j].add(i)
				case 1:
					p.apart[i].add(j)
					p.apart[j].add(i)
				}
			}
		}
		seen := map[bitset]int{}
		var start bitset
		start.add(0)
		s := &solver{budget: 1 << 30}
		s.connected(p, all, start, p.next[0], bitset{}, p.apart[0], func(b bitset) bool { seen[b]++; return true })
		for sub := range 1 << n {
			var set bitset
			for i := range n {
				if sub>>i&1 == 1 {
					set.add(i)
				}
			}
			ok := set.has(0) && p.reach(0, set) == set
			for i := range n {
				ok = ok && (!set.has(i) || set.and(p.apart[i]) == bitset{})
			}
			if want := map[bool]int{true: 1}[ok]; seen[set] != want {
				t.Fatalf("set %b came %d times, want %d (next %v, apart %v)", sub, seen[set], want, p.next, p.apart)
			}
		}
	}
}

func TestContradictionIsSaid(t *testing.T) {
	ms := []recount.Member{member(0), member(1), member(2)}
	a, b, c := unsure(0, 1), unsure(1, 2), unsure(0, 2)
	a.Answer, b.Answer, c.Answer = recount.Same, recount.Same, recount.Different
	p := &Problem{Members: ms, Links: []recount.Link{a, b, c}}
	if r := result(t, p, Query{}); r.N != 1 || strings.Count(r.Note, "contradict") != 1 {
		t.Errorf("%d cases, note %q; want one of each", r.N, r.Note)
	}
}

func TestQuestionsThatMove(t *testing.T) {
	dated := member(3)
	dated.Dates = []string{"2014-12-31", "2015-01-01"}
	unclear := member(4)
	unclear.Scope = recount.Unclear
	p := &Problem{Members: []recount.Member{member(0), member(1), member(2), dated, unclear}, Links: []recount.Link{unsure(1, 0), unsure(0, 1), unsure(2, 9)}}
	r := result(t, p, Query{})
	var got []string
	for _, q := range r.Questions {
		got = append(got, fmt.Sprint(q.What, q.About))
	}
	// A link to somebody out of scope and a date that no filter reads move
	// nothing.
	if want := "[link[k00 k01] scope[k04]]"; fmt.Sprint(got) != want || r.Range != (recount.IntRange{Low: 3, High: 5, Exact: true}) {
		t.Errorf("%+v with questions %v, want 3 to 5 with %s", r.Range, got, want)
	}
}

// clique makes n people, every pair of them an open question.
func clique(n int) (ms []recount.Member, ls []recount.Link) {
	for i := range n {
		ms = append(ms, member(i))
		for j := range i {
			ls = append(ls, unsure(i, j))
		}
	}
	return ms, ls
}

func BenchmarkCliqueOfTen(b *testing.B) {
	ms, ls := clique(10)
	p := &Problem{Members: ms, Links: ls}
	for b.Loop() {
		if r := result(b, p, Query{Share: true}); !r.Range.Exact || r.Range.Low != 1 || r.Range.High != 10 {
			b.Fatalf("%+v", r.Range)
		}
	}
}
