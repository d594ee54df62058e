package derive

import (
	"context"
	"os"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"recount"
	"recount/internal/store"
)

// processor returns the processor time that the process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestSpeed derives as many made articles as DERIVE_MANY says ("1000,10000") at
// once, and then around one more at a time, and prints the processor time. With
// DERIVE_READ they are read by package quotes, which takes longer.
func TestSpeed(t *testing.T) {
	sizes := os.Getenv("DERIVE_MANY")
	if sizes == "" {
		t.Skip("set DERIVE_MANY=1000,10000,100000 to run")
	}
	ctx := context.Background()
	press := newPress()
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		p := newPile(t)
		p.fast = os.Getenv("DERIVE_READ") == ""
		for from := 0; from < n; from += 1000 {
			var part []*recount.Article
			for i := from; i < min(from+1000, n); i++ {
				part = append(part, press.article(uint64(i), 5*n))
			}
			p.put(part)
		}
		all := p.articles()
		last := processor()
		p.stage.Progress = func(step string, done, total int) {
			if step == "suggestions" {
				t.Logf("%d articles: copies at once %.2f s", n, (processor() - last).Seconds())
				last = processor()
			}
		}
		if err := p.stage.whole(ctx, all); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d articles: suggestions at once %.2f s", n, (processor() - last).Seconds())
		suggestions, err := p.stage.Store.Suggestions(ctx)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d articles: %d suggestions", n, len(suggestions))
		all, suggestions = nil, nil
		p.here = map[recount.Key]*recount.Article{}
		if f, err := os.Create(os.Getenv("DERIVE_PROFILE")); err == nil {
			pprof.StartCPUProfile(f)
			defer pprof.StopCPUProfile()
		}
		for _, kind := range []string{"added", "another text"} {
			var took []time.Duration
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
				before := processor()
				if err := p.stage.Around(ctx, gone, []*recount.Article{a}); err != nil {
					t.Fatal(err)
				}
				took = append(took, processor()-before)
			}
			slices.Sort(took)
			t.Logf("%d articles, one %s: %.1f ms in the middle of 40, %.1f ms for the slowest but two, %.1f ms for the slowest", n, kind,
				1e3*took[20].Seconds(), 1e3*took[37].Seconds(), 1e3*took[39].Seconds())
		}
	}
}
