package report

import (
	"fmt"
	"path/filepath"
	"testing"

	"recount"
)

// large returns the sample many times over, as different pages.
func large(times int) *Material {
	out := newSample()
	for i := range times {
		m := newSample()
		for _, a := range m.Articles {
			b := *a
			b.Key = recount.KeyOf("copy", fmt.Sprint(i), string(a.Key))
			b.URL = fmt.Sprintf("%s?%d", a.URL, i)
			r := *m.Readings[a.Key]
			r.Article = b.Key
			out.Articles = append(out.Articles, &b)
			out.Readings[b.Key] = &r
		}
	}
	return out
}

// TestPages checks that a long list is cut into pages of 200 items.
func TestPages(t *testing.T) {
	m := large(100)
	s, err := Pile(m)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "pile")
	done := 0
	s.Progress = func(n, total int) { done = n }
	if err := s.Write(dir); err != nil {
		t.Fatal(err)
	}
	if done != s.Pages() {
		t.Errorf("progress ends at %d of %d", done, s.Pages())
	}
	pages := parsed(t, dir)
	for _, p := range []string{"numbers/pages.html", "numbers/pages.2.html", "numbers/pages.3.html"} {
		if pages[p] == nil {
			t.Errorf("no %s for 505 pages", p)
		}
	}
	if pages["numbers/pages.4.html"] != nil {
		t.Error("a page too many")
	}
}

// BenchmarkPile makes and writes a report on 1,005 pages.
func BenchmarkPile(b *testing.B) {
	m := large(200)
	dir := filepath.Join(b.TempDir(), "pile")
	b.ReportAllocs()
	for b.Loop() {
		s, err := Pile(m)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Write(dir); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(m.Articles)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
