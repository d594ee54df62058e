package casebook_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/parallel"
	"recount/internal/store"
)

// bench makes a study of n articles as newsrooms have them: 6 speakers and 12
// statements an article, 2 scope answers, 1 open pair; one answer in ten about
// a date, a relation, a code or a value. With RECOUNT_STUDIES=DIR it is kept
// there, and used again.
func bench(b *testing.B, n int) *made {
	b.Helper()
	dir, there := b.TempDir(), false
	if keep := os.Getenv("RECOUNT_STUDIES"); keep != "" {
		dir = filepath.Join(keep, fmt.Sprint("made-", n))
		_, err := os.Stat(filepath.Join(dir, "whole"))
		there = err == nil
	}
	s, err := store.Open(context.Background(), dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	m := &made{t: b, store: s, readings: map[recount.Key]*recount.Reading{}}
	ctx := context.Background()
	if there {
		m.salt = int(time.Now().Unix()) // no decision is made twice
	}
	var cs []recount.Capture
	var as []recount.Article
	for i := range n {
		name := fmt.Sprintf("p%06d.html", i)
		body := text(6, fmt.Sprintf("Story %d.\n", i))
		c := recount.Capture{Key: recount.CaptureKey(recount.HashText(body), name), Hash: recount.HashText(body), Name: name, Captured: began, Channel: "file"}
		a := recount.Article{Key: recount.ArticleKey(c.Key, ""), Capture: c.Key, Name: name, Extractor: "x/1", Outlet: fmt.Sprint("Outlet ", i%97),
			Published: fmt.Sprintf("%d-%02d-%02d", 2010+i%10, 1+i%12, 1+i%28), Precision: recount.ToDay, Text: body, Language: "en"}
		cs, as = append(cs, c), append(as, a)
		own := a
		m.articles = append(m.articles, &own)
		m.readings[a.Key] = read(&own, 6, false)
		if there {
			cs, as = nil, nil
		} else if len(cs) == 1000 || i == n-1 {
			if err := s.PutCaptures(ctx, cs); err != nil {
				b.Fatal(err)
			}
			if err := s.PutArticles(ctx, as); err != nil {
				b.Fatal(err)
			}
			var rs []recount.Reading
			for i := range as {
				rs = append(rs, *m.readings[as[i].Key])
			}
			if err := s.PutReadings(ctx, rs); err != nil {
				b.Fatal(err)
			}
			cs, as = nil, nil
		}
	}
	if there {
		return m
	}
	var originals []recount.Original
	var suggestions []recount.Suggestion
	ds := []recount.Decision{m.seal("init", recount.RuleBody{Rule: recount.FoldReprints, On: true, Standing: true, Params: map[string]string{}, Covered: []string{}}),
		m.seal("init", recount.RuleBody{Rule: recount.SetAside, On: true, Standing: true, Params: map[string]string{}, Covered: []string{}})}
	for i, a := range m.articles {
		originals = append(originals, recount.Original{Key: a.Key, Members: []recount.Key{a.Key}, First: a.Key})
		if i > 0 && i%8 != 0 { // chains of eight
			x, y := m.readings[m.articles[i-1].Key].Speakers[i%2].Key(), m.readings[a.Key].Speakers[i%2].Key()
			suggestions = append(suggestions, recount.Suggestion{A: min(x, y), B: max(x, y), Weight: i, Probability: 700})
		}
		for k := range 2 {
			ref := m.ref(i, k, false)
			ref.Gender = []recount.Gender{recount.Woman, recount.Man, recount.Man}[(i+k)%3]
			ds = append(ds, m.seal("ada", recount.ScopeBody{Speaker: ref, Answer: []recount.YesNo{"yes", "yes", "yes", "unclear"}[(i+k)%4], Criteria: map[string]string{}}))
		}
		st := m.readings[a.Key].Statements[0]
		ref := m.ref(i, 0, false)
		switch content := m.at(i, st.Content...); i % 10 {
		case 0:
			ds = append(ds, m.seal("ada", recount.DateBody{Page: a.Name, Published: "2014-05-14"}))
		case 1, 2, 3:
			ds = append(ds, m.seal("ada", recount.StatementBody{Answer: recount.Accepted, At: content, Type: recount.Indirect, Speaker: &ref}),
				m.seal("ada", recount.CodeBody{Code: "pay", At: content, Speaker: ref, Answer: recount.Yes}))
		case 4:
			ds = append(ds, m.seal("ada", recount.ValueBody{Speaker: ref, Variable: "country", Value: []string{"Orlund", "Sudrecia", "Varn"}[i/10%3]}))
		case 5:
			ds = append(ds, m.seal("ada", recount.PageBody{Page: a.Name, Field: recount.OutletField, Value: "Outlet"}))
		}
	}
	if err := s.ReplaceRelations(ctx, nil, originals); err != nil {
		b.Fatal(err)
	}
	if err := s.ReplaceSuggestions(ctx, suggestions); err != nil {
		b.Fatal(err)
	}
	m.save(ds...)
	if err := os.WriteFile(filepath.Join(dir, "whole"), nil, 0o600); err != nil {
		b.Fatal(err)
	}
	return m
}

// sizes are the numbers of articles that benchmarks are run with:
// RECOUNT_SIZES=1000,10000,100000, or 1,000.
func sizes(b *testing.B) (out []int) {
	for n := range strings.SplitSeq(cmp.Or(os.Getenv("RECOUNT_SIZES"), "1000"), ",") {
		i, err := strconv.Atoi(n)
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, i)
	}
	return out
}

// live returns how much of the heap is in use.
func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkOpen(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := bench(b, n)
			// As a program leaves it that has opened it once.
			if err := casebook.Pack(context.Background(), m.open()); err != nil {
				b.Fatal(err)
			}
			m.articles, m.readings = nil, nil // not what is measured
			runtime.GC()
			b.ReportAllocs()
			from := parallel.Used()
			for b.Loop() {
				m.open()
			}
			reportCPU(b, from)
			before := live()
			c := m.open()
			b.ReportMetric(float64(live()-before)/(1<<20), "MB-held")
			runtime.KeepAlive(c)
		})
	}
}

var headline = []count.Query{{Name: "people"}, {Name: "women", Where: `gender == "woman"`, Share: true}, {Name: "Orlund", Where: `country == "Orlund"`, Share: true}}

// BenchmarkDecide saves one answer, applies it and counts the headline.
func BenchmarkDecide(b *testing.B) {
	for _, n := range sizes(b) {
		m := bench(b, n)
		c := m.open()
		p := &count.Problem{Variables: []string{"country"}}
		var ts []*count.Tally
		for _, q := range headline {
			t, err := c.Tally(q.Name, p, q)
			if err != nil {
				b.Fatal(err)
			}
			ts = append(ts, t)
		}
		numbers := func() {
			for _, t := range ts {
				if _, err := t.Number(); err != nil {
					b.Fatal(err)
				}
			}
		}
		numbers()
		seal := func(d recount.Draft) (recount.Decision, error) {
			m.salt++
			d.Study, d.Time, d.Salt = "s", began, fmt.Sprint("salt", m.salt)
			return recount.Seal(d)
		}
		i := 0
		decide := func(b *testing.B) {
			i++
			ref := m.ref(i*7919%n, 0, false)
			a := recount.ScopeBody{Speaker: ref, Answer: []recount.YesNo{"yes", "no", "unclear"}[i%3], Criteria: map[string]string{}}
			if _, err := c.Decide(context.Background(), casebook.By{Actor: "ada"}, seal, casebook.Draft{Answer: a}); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprint("decide/", n), func(b *testing.B) {
			from := parallel.Used()
			for b.Loop() {
				decide(b)
			}
			reportCPU(b, from)
		})
		b.Run(fmt.Sprint("decide and count/", n), func(b *testing.B) {
			from := parallel.Used()
			for b.Loop() {
				decide(b)
				numbers()
			}
			reportCPU(b, from)
		})
		b.Run(fmt.Sprint("list 100/", n), func(b *testing.B) {
			from := parallel.Used()
			for b.Loop() {
				k := 0
				for _, err := range c.Voices(context.Background(), casebook.Filter{}) {
					if err != nil {
						b.Fatal(err)
					}
					if k++; k == 100 {
						break
					}
				}
			}
			reportCPU(b, from)
		})
	}
}

// reportCPU adds the processor time of an operation to a benchmark, which a
// busy machine does not change.
func reportCPU(b *testing.B, from time.Duration) {
	b.ReportMetric(float64((parallel.Used()-from).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}
