package derive

import (
	"context"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"recount"
	"recount/internal/store"
)

func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestBaseline
func TestBaseline(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("DERIVE_MANY"))
	if n == 0 {
		t.Skip("set DERIVE_MANY=1000")
	}
	ctx := context.Background()
	s, err := store.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p := newPress()
	var part []recount.Article
	var caps []recount.Capture
	for i := range n {
		a := p.article(uint64(i), 5*n)
		part = append(part, *a)
		caps = append(caps, recount.Capture{Key: a.Capture, Name: a.Name})
	}
	if err := s.PutCaptures(ctx, caps); err != nil {
		t.Fatal(err)
	}
	if err := s.PutArticles(ctx, part); err != nil {
		t.Fatal(err)
	}
	last := processor()
	st := &Stage{Store: s, Progress: func(step string, done, total int) {
		if step != "read" || done == total {
			t.Logf("%s %d/%d: %.2f s", step, done, total, (processor() - last).Seconds())
			last = processor()
		}
	}}
	if _, err := st.Run(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("end: %.2f s", (processor() - last).Seconds())
	rel, _ := s.Relations(ctx)
	or, _ := s.Originals(ctx)
	sg, _ := s.Suggestions(ctx)
	spliced := 0
	for _, o := range or {
		if o.Spliced {
			spliced++
		}
	}
	t.Logf("%d relations, %d originals, %d spliced, %d suggestions", len(rel), len(or), spliced, len(sg))
}
