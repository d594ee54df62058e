package study

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
	"recount/internal/store"
)

// TestSpeed derives as many made articles as DERIVE_MANY says ("1000,10000") at
// once, and then around one more at a time, and prints the processor time. With
// DERIVE_READ they are read by package quotes, which takes longer. With
// RECOUNT_STUDIES=DIR what was derived at once is kept there, and used again.
func TestSpeed(t *testing.T) {
	sizes := os.Getenv("DERIVE_MANY")
	if sizes == "" {
		t.Skip("set DERIVE_MANY=1000,10000,100000 to run")
	}
	press := newPress()
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		p := newPile(t, wholePile(t, press, n))
		p.fast = os.Getenv("DERIVE_READ") == ""
		if f, err := os.Create(os.Getenv("DERIVE_PROFILE")); err == nil {
			pprof.StartCPUProfile(f)
			defer pprof.StopCPUProfile()
		}
		for _, kind := range []string{"added", "another text"} {
			var within, crossed []time.Duration
			for i := range 40 {
				a := press.article(uint64(n+i), 5*n)
				var gone []store.Known
				if kind == "another text" {
					b := *press.article(uint64(n+100+i), 5*n)
					b.Key, b.Name, b.Capture, b.URL = a.Key, a.Name, a.Capture, a.URL
					a = &b
					number := uint32(n + i)
					gone = []store.Known{{Number: number, Article: a.Key}}
				}
				p.put([]*recount.Article{a})
				before := parallel.Used()
				if err := p.stage.Around(context.Background(), gone, []*recount.Article{a}); err != nil {
					t.Fatal(err)
				}
				took := parallel.Used() - before
				if os.Getenv("DERIVE_TRACE") != "" {
					t.Logf("%s %d: %v, crossed %d", kind, i, took, p.stage.crossed)
				}
				if p.stage.crossed > 0 {
					crossed = append(crossed, took)
				} else {
					within = append(within, took)
				}
			}
			t.Logf("%d articles, one %s: %s", n, kind, spread(slices.Concat(within, crossed)))
			t.Logf("%d articles, one %s, crossed no step: %s", n, kind, spread(within))
			t.Logf("%d articles, one %s, crossed a step: %s", n, kind, spread(crossed))
		}
	}
}

// spread says how long the middle one, nineteen in twenty and all took at most.
func spread(took []time.Duration) string {
	if len(took) == 0 {
		return "none"
	}
	slices.Sort(took)
	at := func(share int) float64 { return 1e3 * took[(len(took)*share-1)/100].Seconds() }
	return fmt.Sprintf("%.1f ms in the middle, %.1f ms for 95 of 100, %.1f ms for the slowest of %d", at(50), at(95), at(100), len(took))
}

// wholePile returns a folder with the store of n made articles, derived at
// once, which may be changed.
func wholePile(t *testing.T, press *press, n int) string {
	kept, dir := os.Getenv("RECOUNT_STUDIES"), t.TempDir()
	if kept == "" {
		derivePile(t, press, n, dir)
		return dir
	}
	whole := filepath.Join(kept, fmt.Sprint("pile-", n))
	if _, err := os.Stat(whole); err != nil {
		if err := os.RemoveAll(whole + "-half"); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(whole+"-half", 0o700); err != nil {
			t.Fatal(err)
		}
		derivePile(t, press, n, whole+"-half")
		if err := os.Rename(whole+"-half", whole); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "pile"), os.DirFS(whole)); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "pile")
}

// derivePile makes n articles and derives them at once.
func derivePile(t *testing.T, press *press, n int, dir string) {
	ctx := context.Background()
	s, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p := pileIn(t, s)
	p.fast = os.Getenv("DERIVE_READ") == ""
	for from := 0; from < n; from += 1000 {
		var part []*recount.Article
		for i := from; i < min(from+1000, n); i++ {
			part = append(part, press.article(uint64(i), 5*n))
		}
		p.put(part)
	}
	last := parallel.Used()
	p.stage.Progress = func(step string, done, total int) {
		if step == "suggestions" && last > 0 {
			t.Logf("%d articles: copies at once %.2f s", n, (parallel.Used() - last).Seconds())
			last = 0
		}
	}
	before := parallel.Used()
	if err := p.stage.whole(ctx, p.articles()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles: copies and suggestions at once %.2f s", n, (parallel.Used() - before).Seconds())
	suggestions, err := s.Suggestions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles: %d suggestions", n, len(suggestions))
}
