package casebook_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/parallel"
	"recount/internal/store"
)

// TestMemory opens a study that BenchmarkOpen made, in RECOUNT_MEMORY, and
// counts forty results with their cases and questions: what a process of its
// own takes for that.
func TestMemory(t *testing.T) {
	dir := os.Getenv("RECOUNT_MEMORY")
	if dir == "" {
		t.Skip("RECOUNT_MEMORY names no study")
	}
	most := func() string {
		text, err := os.ReadFile("/proc/self/status")
		if err != nil {
			t.Skip(err)
		}
		return string(regexp.MustCompile(`VmHWM:\s+(.*)`).FindSubmatch(text)[1])
	}
	say := func(what string, from time.Duration) {
		used := parallel.Used() - from // without the round of the collector that looks what is held
		t.Logf("%s: %s: %s at most, %d MB held, %.1f s of processor time", filepath.Base(dir), what, most(), live()>>20, used.Seconds())
	}
	s, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	from := parallel.Used()
	c, err := casebook.Open(t.Context(), s, (&made{}).settings())
	if err != nil {
		t.Fatal(err)
	}
	say("opened", from)
	queries := []casebook.Kept{}
	add := func(q count.Query) {
		queries = append(queries, casebook.Kept{Name: fmt.Sprint(len(queries)), Query: q})
	}
	for _, by := range []string{"", "country", "month", "gender", "kind", "code", "code.top", "outlet", "year", "quarter", "half", "gender, country", "originals"} {
		add(count.Query{By: by})
		add(count.Query{By: by, Share: true, Where: `gender == "woman"`})
	}
	for _, w := range []string{`has("pay")`, `country == "Orlund"`, `outlets >= 2`, `first_reported >= "2014"`, `statements > 1`} {
		add(count.Query{Where: w})
		add(count.Query{Share: true, Where: w})
		add(count.Query{Share: true, Where: w, Of: `gender == "woman"`})
	}
	from = parallel.Used()
	p := &count.Problem{Variables: []string{"country"}}
	p.Codes.Codes = []recount.Code{{Code: "pay"}}
	ts, err := c.Tallies(p, queries[:40]...)
	if err != nil {
		t.Fatal(err)
	}
	results := 0
	for _, x := range ts {
		r, err := x.Result()
		if err != nil {
			t.Fatal(err)
		}
		results += 1 + len(r.Rows)
	}
	say(fmt.Sprintf("forty results, %d rows", results), from)
	runtime.KeepAlive(c)
	runtime.KeepAlive(ts)
}
