package study

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/parallel"
)

// TestPublishOfManyPages asks of many people on as many pages what speaks against a public
// edition. RECOUNT_PEOPLE sets how many; 1000 is what docs/measurements-release.md states.
func TestPublishOfManyPages(t *testing.T) {
	ctx := context.Background()
	n := 30
	if v := os.Getenv("RECOUNT_PEOPLE"); v != "" {
		if _, err := fmt.Sscan(v, &n); err != nil {
			t.Fatal(err)
		}
	}
	from := t.TempDir()
	firsts, lasts := []string{"Anna", "Boris", "Clara", "Darko", "Edita", "Filip", "Greta"}, []string{"Bran", "Kest", "Lorv", "Mird", "Nask", "Prot", "Stelk"}
	for i := range n {
		last := fmt.Sprintf("%s%c%c%c", lasts[i%7], 'a'+rune(i/7%20), 'm'+rune(i/140%8), 'a'+rune(i%5))
		page := strings.NewReplacer("Eva Vogel", firsts[i/3%7]+" "+last, "amsel07vogel", "gong of "+last, "inland.example/pilot", fmt.Sprintf("inland.example/page%04d", i),
			"nine houses", fmt.Sprintf("%d houses near %s", i+3, last), "two winters", fmt.Sprintf("%d winters", i+2), "2015-03-03", fmt.Sprintf("2015-%02d-%02d", 1+i%12, 1+i%28)).Replace(otherPage)
		if err := os.WriteFile(filepath.Join(from, fmt.Sprintf("p%04d.html", i)), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Init(ctx, filepath.Join(t.TempDir(), "study"), Setup{Title: "Many"}, Options{Actor: "ada", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Add(ctx, Offer{Paths: []string{from}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Extract(ctx, false); err != nil {
		t.Fatal(err)
	}
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []casebook.Draft
	for v, err := range book.Voices(ctx, casebook.Filter{All: true}) {
		if err != nil {
			t.Fatal(err)
		}
		ref, err := book.Ref(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, casebook.Draft{Answer: recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}}}, casebook.Draft{Answer: recount.TierBody{Speaker: ref, Tier: recount.Protected}})
	}
	if _, err := s.Decide(ctx, By{}, drafts...); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "report.md"), []byte("---\ntitle: Many\nresults:\n  people:\n    count: all\n---\n\n{{people}} people spoke.\n\nA thimble was still in the glove.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	began, used := time.Now(), parallel.Used()
	out, err := s.Publish(ctx, Publish{})
	if err != nil {
		t.Fatal(err)
	}
	took, cpu := time.Since(began), parallel.Used()-used
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d people on %d pages asked about in %v, %v of CPU time, %d MB of memory taken from the system; %d reasons", out.People, n, took.Round(time.Millisecond), cpu.Round(time.Millisecond), m.Sys>>20, len(out.Reasons))
	if out.People == 0 || len(out.Reasons) == 0 {
		t.Errorf("%d people, %d reasons", out.People, len(out.Reasons))
	}
}
