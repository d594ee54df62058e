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

// Answers that contradict each other are a question with a range over as many
// of them as can hold together; an adjudicator's stand over the coders'.
func TestAnswersThatContradict(t *testing.T) {
	says := func(a, b int, answer string) recount.Link {
		l := unsure(a, b)
		l.Answer = answer
		return l
	}
	firm := func(l recount.Link) recount.Link { l.Settled = true; return l }
	same, different := recount.Same, recount.Different
	var chain []recount.Link
	for i := range 11 {
		chain = append(chain, says(i, i+1, same))
	}
	for _, tt := range []struct {
		name   string
		people int
		links  []recount.Link
		n      int
		want   string // range
		asked  string // what is asked
	}{
		{"a triangle", 3, []recount.Link{says(0, 1, same), says(1, 2, same), says(0, 2, different)}, 1, "1 to 2", "contradiction"},
		{"an adjudicator says different", 3, []recount.Link{says(0, 1, same), says(1, 2, same), firm(says(0, 2, different))}, 2, "2", ""},
		{"an adjudicator says same", 3, []recount.Link{firm(says(0, 1, same)), firm(says(1, 2, same)), says(0, 2, different)}, 1, "1", ""},
		{"an adjudicator says one of them", 3, []recount.Link{firm(says(0, 1, same)), says(1, 2, same), says(0, 2, different)}, 1, "1 to 2", "contradiction"},
		{"adjudicators contradict each other", 3, []recount.Link{firm(says(0, 1, same)), firm(says(1, 2, same)), firm(says(0, 2, different))}, 1, "1 to 2", "contradiction"},
		{"a square", 4, []recount.Link{says(0, 1, same), says(1, 2, same), says(2, 3, same), says(0, 3, different)}, 1, "1 to 2", "contradiction"},
		{"two that are different, in one chain", 4, []recount.Link{says(0, 1, same), says(1, 2, same), says(2, 3, same), says(0, 2, different), says(1, 3, different)}, 1, "1 to 3", "contradiction"},
		{"two triangles", 6, []recount.Link{says(0, 1, same), says(1, 2, same), says(0, 2, different), says(3, 4, same), says(4, 5, same), says(3, 5, different)}, 2, "2 to 4", "contradiction contradiction"},
		{"joined by an open link", 4, []recount.Link{says(0, 1, same), says(1, 2, same), says(0, 2, different), unsure(2, 3)}, 2, "1 to 3", "contradiction link"},
		{"through somebody out of scope", 2, []recount.Link{says(0, 9, same), says(1, 9, same), says(0, 1, different)}, 1, "1 to 2", "contradiction"},
		{"both about one pair", 2, []recount.Link{says(0, 1, same), says(0, 1, different)}, 1, "1 to 2", "contradiction"},
		{"a long chain", 12, append(slices.Clone(chain), says(0, 11, different)), 1, "1 to 2", "contradiction"},
		{"a hub", 8, []recount.Link{says(0, 1, same), says(0, 2, same), says(0, 3, same), says(0, 4, same), says(0, 5, same), says(0, 6, same), says(0, 7, same), says(1, 2, different)}, 1, "1 to 2", "contradiction"},
		{"none", 3, []recount.Link{says(0, 1, same), says(1, 2, different), says(0, 2, different)}, 2, "2", ""},
	} {
		p := &Problem{Links: tt.links}
		for i := range tt.people {
			p.Members = append(p.Members, member(i))
		}
		r := result(t, p, Query{})
		var asked []string
		for _, q := range r.Questions {
			asked = append(asked, q.What)
		}
		slices.Sort(asked)
		if got := RangeText(r.Range); r.N != tt.n || got != tt.want || strings.Join(asked, " ") != tt.asked {
			t.Errorf("%s: %d people, %s, asked %q; want %d, %s, %q", tt.name, r.N, got, asked, tt.n, tt.want, tt.asked)
		}
		for _, q := range r.Questions {
			if q.What == "contradiction" && !(strings.Contains(q.Text, "one person") && strings.Contains(q.Text, "different")) {
				t.Errorf("%s: the question does not name both chains: %s", tt.name, q.Text)
			}
		}
		if len(p.Cases()) != tt.n {
			t.Errorf("%s: %d cases, want %d", tt.name, len(p.Cases()), tt.n)
		}
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
