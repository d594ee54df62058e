package count

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
)

// grown makes a study of n articles: six speakers an article, of whom two were
// answered for, one open pair an article, some days and scopes open, and 99%
// of the groups with eight questions or fewer.
func grown(n int) *Problem {
	rng := rand.New(rand.NewPCG(uint64(n), 5))
	p := &Problem{Variables: []string{"country", "left"}, Codes: recount.Codebook{Codes: []recount.Code{
		{Code: "money"}, {Code: "money.theft", Parent: "money"}, {Code: "fear"}}}}
	day := func() string { return fmt.Sprintf("%d-%02d-%02d", 2013+rng.IntN(3), 1+rng.IntN(12), 1+rng.IntN(28)) }
	pools := make([][]recount.Key, n) // speakers who may be one person
	pool := func() int {
		// Few people are named on many pages.
		if i := rng.IntN(n); rng.IntN(4) > 0 || i > n/20 {
			return i
		}
		return rng.IntN(1 + n/40)
	}
	for i := range n {
		a := recount.Key(fmt.Sprintf("a%07d", i))
		dates := []string{day()}
		if rng.IntN(33) == 0 {
			dates = append(dates, day())
		}
		outlet := fmt.Sprintf("Outlet %d", rng.IntN(40))
		for j := range 2 {
			k := recount.KeyOf("speaker", fmt.Sprint(i), fmt.Sprint(j))
			m := recount.Member{Key: k, Decision: recount.HashText(string(k)), Scope: recount.Yes, Article: a, Original: a, Outlet: outlet, Dates: dates,
				Speaker: recount.SpeakerRef{Name: fmt.Sprintf("Person %d", rng.IntN(n)), Kind: recount.Named, Gender: []recount.Gender{recount.Man, recount.Man, recount.Woman, recount.UnknownGender}[rng.IntN(4)]}}
			switch rng.IntN(20) {
			case 0, 1:
				m.Scope = recount.Unclear
			case 2, 3, 4:
				m.Scope = recount.No
			}
			if rng.IntN(2) == 0 {
				m.Values = []recount.Value{{Variable: "country", Value: fmt.Sprintf("Country %d", rng.IntN(1+rng.IntN(40))), Article: a, Day: dates[0]}}
			}
			if rng.IntN(3) == 0 {
				m.Codes = []recount.Coding{{Code: []string{"money", "money.theft", "fear"}[rng.IntN(3)], Article: a}}
			}
			m.Statements = []recount.AcceptedStatement{{Article: a, At: []recount.Span{{Start: 10, End: 90}}}}
			p.Members = append(p.Members, m)
			at := pool()
			if pooled := pools[at]; len(pooled) > 0 && rng.IntN(3) == 0 {
				p.Links = append(p.Links, recount.Link{A: k, B: pooled[rng.IntN(len(pooled))], Answer: []string{recount.Same, recount.Same, recount.Different}[rng.IntN(3)], Decision: recount.HashText("l" + string(k))})
			}
			pools[at] = append(pools[at], k)
		}
		at := pool()
		other := recount.KeyOf("speaker", fmt.Sprint(i), "2") // whom nobody answered for yet
		k := other
		if rng.IntN(3) > 0 {
			k = p.Members[len(p.Members)-1].Key
		}
		if pooled := pools[at]; len(pooled) > 0 {
			p.Links = append(p.Links, recount.Link{A: k, B: pooled[rng.IntN(len(pooled))], Answer: recount.Unsure, Reason: "same name"})
		} else {
			p.Links = append(p.Links, recount.Link{A: k, B: recount.KeyOf("speaker", fmt.Sprint(i), "3"), Answer: recount.Unsure, Reason: "same name"})
		}
	}
	return p
}

var sizes = [...]int{1_000, 10_000, 100_000}

// headline are the numbers that are always on show.
var headline = []Query{{}, {Share: true, Where: `gender == "woman"`}, {By: "country"}, {By: "month"}}

// forty are the results of a large report.
func forty() (out []Query) {
	out = append(out, headline...)
	for _, by := range []string{"gender", "kind", "code", "code.top", "outlet", "year", "quarter", "gender, country", "originals"} {
		out = append(out, Query{By: by}, Query{By: by, Share: true, Where: `gender == "woman"`})
	}
	for _, w := range []string{`has("money")`, `has("fear")`, `outlets >= 2`, `first_reported >= "2014"`, `country == "Country 1"`, `statements > 1`} {
		out = append(out, Query{Where: w}, Query{Share: true, Where: w}, Query{Share: true, Where: w, Of: `gender == "woman"`})
	}
	return out[:40]
}

// tallies sets all groups of a study of n articles.
func tallies(b *testing.B, n int, queries []Query) (Tallies, []*Group) {
	p := grown(n)
	groups := Split(p.Members, p.Links)
	out, err := NewTallies(p, queries...)
	if err != nil {
		b.Fatal(err)
	}
	out.Fill(groups)
	return out, groups
}

// changed takes one group at a time and drops its first open link, or puts it
// back.
func changed(groups []*Group, i int) (was, is *Group) {
	for {
		g := groups[i*7919%len(groups)]
		if len(g.Links) > 0 && len(g.Members) > 1 {
			return g, &Group{Key: g.Key, Members: g.Members[1:], Links: g.Links}
		}
		i++
	}
}

func perOp(b *testing.B, cpu time.Duration) {
	b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

func BenchmarkHeadlineAfterOneGroup(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			ts, groups := tallies(b, n, headline)
			for _, t := range ts { // as they stand before the change
				if _, err := t.Number(); err != nil {
					b.Fatal(err)
				}
			}
			i, start := 0, parallel.Used()
			for b.Loop() {
				was, is := changed(groups, i/2)
				g := is
				if i%2 == 1 {
					g = was
				}
				i++
				ts.Set(was.Key, g)
				for _, t := range ts {
					if _, err := t.Number(); err != nil {
						b.Fatal(err)
					}
				}
			}
			perOp(b, parallel.Used()-start)
		})
	}
}

func BenchmarkFortyResultsAfterOneGroup(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			ts, groups := tallies(b, n, forty())
			for _, t := range ts {
				if _, err := t.Result(); err != nil {
					b.Fatal(err)
				}
			}
			i, start := 0, parallel.Used()
			for b.Loop() {
				was, is := changed(groups, i/2)
				g := is
				if i%2 == 1 {
					g = was
				}
				i++
				ts.Set(was.Key, g)
				for _, t := range ts {
					if _, err := t.Result(); err != nil {
						b.Fatal(err)
					}
				}
			}
			perOp(b, parallel.Used()-start)
		})
	}
}

// BenchmarkQuestion asks how far answers move a count, which looks at their own
// groups, and which questions move a share, which passes over what the open
// groups leave.
func BenchmarkQuestion(b *testing.B) {
	for _, n := range sizes {
		made := sync.OnceValues(func() (Tallies, []*Group) {
			ts, groups := tallies(b, n, headline[:2])
			return ts, slices.DeleteFunc(groups, func(g *Group) bool { return len(g.Questions()) == 0 || len(g.Questions()) > 8 })
		})
		b.Run(fmt.Sprint("count/", n), func(b *testing.B) {
			ts, open := made()
			i, start := 0, parallel.Used()
			for b.Loop() {
				g := open[i*7919%len(open)]
				ts[0].Effect(g.Key, g.Questions()[0])
				i++
			}
			perOp(b, parallel.Used()-start)
		})
		b.Run(fmt.Sprint("share/", n), func(b *testing.B) {
			ts, open := made()
			start := parallel.Used()
			for b.Loop() {
				if _, err := ts[1].Number(); err != nil {
					b.Fatal(err)
				}
			}
			perOp(b, parallel.Used()-start)
			b.ReportMetric(float64(len(open)), "open-groups")
			b.ReportMetric(float64(len(ts[1].fixed[ofAll].sets())), "leeways")
		})
	}
}

func BenchmarkSplit(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := grown(n)
			for b.Loop() {
				Split(p.Members, p.Links)
			}
		})
	}
}

func BenchmarkHeadlineFromNothing(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := grown(n)
			groups := Split(p.Members, p.Links)
			start := parallel.Used()
			for b.Loop() {
				ts, err := NewTallies(p, headline...)
				if err != nil {
					b.Fatal(err)
				}
				ts.Fill(groups)
				for _, t := range ts {
					if _, err := t.Number(); err != nil {
						b.Fatal(err)
					}
				}
			}
			perOp(b, parallel.Used()-start)
		})
	}
}

// BenchmarkFortyResultsFromNothing counts what a report asks for that nobody
// has kept: every group is set, once for all results.
func BenchmarkFortyResultsFromNothing(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := grown(n)
			groups := Split(p.Members, p.Links)
			start := parallel.Used()
			for b.Loop() {
				ts, err := NewTallies(p, forty()...)
				if err != nil {
					b.Fatal(err)
				}
				ts.Fill(groups)
				for _, t := range ts {
					if _, err := t.Result(); err != nil {
						b.Fatal(err)
					}
				}
			}
			perOp(b, parallel.Used()-start)
		})
	}
}

func TestGrownStudyHasItsDensities(t *testing.T) {
	p := grown(2000)
	groups := Split(p.Members, p.Links)
	small, open := 0, 0
	for _, g := range groups {
		n := len(g.Questions())
		open += n
		if n <= 8 {
			small++
		}
	}
	if share := float64(small) / float64(len(groups)); share < 0.985 || open < 2000 {
		t.Errorf("%d groups, %.3f of them with 8 questions or fewer, %d questions", len(groups), share, open)
	}
}

// BenchmarkOneResultOf100000People counts one result over 100,000 people with
// 1,000,000 statements: from nothing, and again after one of them changed.
func BenchmarkOneResultOf100000People(b *testing.B) {
	p := &Problem{Variables: []string{"country"}}
	for i := range 150_000 {
		k := recount.Key(fmt.Sprintf("k%06d", i))
		m := recount.Member{Key: k, Decision: "d" + string(k), Scope: recount.Yes, Article: k, Original: k, Outlet: fmt.Sprint("Outlet ", i%40), Dates: []string{fmt.Sprintf("%d-%02d-%02d", 2010+i%8, 1+i%12, 1+i%28)},
			Speaker: recount.SpeakerRef{Name: "N", Kind: recount.Named, Gender: []recount.Gender{recount.Woman, recount.Man}[i%2]}}
		for j := range 7 {
			m.Statements = append(m.Statements, recount.AcceptedStatement{Article: k, At: []recount.Span{{Start: 10 * j, End: 10*j + 9}}})
		}
		p.Members = append(p.Members, m)
		if i%3 == 2 { // every second person stands in two articles
			answer := "same"
			if i%150 == 2 {
				answer = "unsure"
			}
			p.Links = append(p.Links, recount.Link{A: p.Members[i-1].Key, B: k, Answer: answer})
		}
	}
	groups := Split(p.Members, p.Links)
	q := Query{Share: true, Where: `gender == "woman" && statements > 3`}
	var t *Tally
	b.Run("from nothing", func(b *testing.B) {
		start := parallel.Used()
		for b.Loop() {
			var err error
			if t, err = NewTally(p, q); err != nil {
				b.Fatal(err)
			}
			t.Fill(groups)
			r, err := t.Result()
			if err != nil || r.Of < 90_000 {
				b.Fatal(r.Of, err)
			}
		}
		perOp(b, parallel.Used()-start)
	})
	b.Run("after one changed", func(b *testing.B) {
		start := parallel.Used()
		for b.Loop() {
			t.Set(groups[0].Key, groups[0])
			if _, err := t.Result(); err != nil {
				b.Fatal(err)
			}
		}
		perOp(b, parallel.Used()-start)
	})
}
