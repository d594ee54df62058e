package report

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/count"
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

// crowd returns the sample many times over with its people, each copy people of
// their own.
func crowd(times int) *Material {
	out := large(times)
	sample := newSample()
	out.Cases = nil
	for i := range times {
		of := func(k recount.Key) recount.Key { return recount.KeyOf("copy", fmt.Sprint(i), string(k)) }
		for _, c := range sample.Cases {
			d := recount.Case{ID: recount.HashText(fmt.Sprint(i, c.ID))}
			for _, m := range c.Members {
				m.Key, m.Article, m.Original, m.Decision = of(m.Key), of(m.Article), of(m.Article), d.ID
				m.Values, m.Codes, m.Statements = slices.Clone(m.Values), slices.Clone(m.Codes), slices.Clone(m.Statements)
				for j := range m.Values {
					m.Values[j].Article = of(m.Values[j].Article)
				}
				for j := range m.Codes {
					m.Codes[j].Article = of(m.Codes[j].Article)
				}
				for j := range m.Statements {
					m.Statements[j].Article = of(m.Statements[j].Article)
				}
				d.Members = append(d.Members, m)
			}
			out.Cases = append(out.Cases, d)
		}
	}
	return out
}

// BenchmarkStudyOf2000People counts forty results of 2,000 people and writes the
// report with their evidence.
func BenchmarkStudyOf2000People(b *testing.B) {
	times := (2000 + len(newSample().Cases) - 1) / len(newSample().Cases)
	m := crowd(times)
	var head, text strings.Builder
	for i := range 40 {
		where := []string{`gender == "woman"`, `gender == "man"`, `kind == "named"`, `statements > 0`, `first_reported >= "2015"`}[i%5]
		fmt.Fprintf(&head, "  r%d:\n    label: number %d\n    share: %s && originals >= 0 && articles < %d\n", i, i, where, 100+i)
		fmt.Fprintf(&text, "Of all: {{r%d}}.\n\n", i)
	}
	t, err := ParseTemplate([]byte("---\ntitle: Many\nresults:\n" + head.String() + "---\n" + text.String()))
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(b.TempDir(), "report")
	b.ReportAllocs()
	for b.Loop() {
		p := &count.Problem{Members: membersOf(m), Codes: m.Codebook, Variables: []string{"home_port"}}
		var results []recount.Result
		for _, q := range t.Queries {
			r, err := p.Result(q)
			if err != nil {
				b.Fatal(err)
			}
			results = append(results, r)
		}
		s, err := Study(m, t, results)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Write(dir); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(m.Cases)), "people")
		b.ReportMetric(float64(s.Pages()), "pages")
	}
}

// BenchmarkPileOf5000 writes a report on 5,000 pages, and says how large its
// folder is beside the text.
func BenchmarkPileOf5000(b *testing.B) {
	m := large(1000)
	text := 0
	for i, a := range m.Articles {
		b := *a // as long as articles of the news are
		b.Text += strings.Repeat("\nThe council met in the evening and spoke about the harbour, the walls and the boats that had not come back.", 30)
		m.Articles[i] = &b
		text += len(b.Text)
	}
	dir := filepath.Join(b.TempDir(), "pile")
	for b.Loop() {
		s, err := Pile(m)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Write(dir); err != nil {
			b.Fatal(err)
		}
	}
	size, in := int64(0), map[string]int64{}
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := d.Info()
		if err == nil {
			size += f.Size()
			in[filepath.Base(filepath.Dir(path))] += f.Size()
		}
		return err
	}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(size)/float64(text), "folder/text")
	b.ReportMetric(float64(text)/1e6, "MB-of-text")
	for _, name := range slices.Sorted(maps.Keys(in)) {
		b.ReportMetric(float64(in[name])/1e6, "MB-in-"+name)
	}
}
