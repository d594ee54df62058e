package store_test

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// BenchmarkArticles adds 100 articles of about 5 kB in one transaction, with
// their captures, and reads all back.
func BenchmarkArticles(b *testing.B) {
	ctx := b.Context()
	text := strings.Repeat("Twelve left the order in March, said Ada Quist, who had left before them.\n", 68)
	var cs []recount.Capture
	var as []recount.Article
	for i := range 100 {
		c := recount.Capture{Key: recount.KeyOf("c", fmt.Sprint(i)), Name: fmt.Sprint(i)}
		a := recount.Article{Key: recount.ArticleKey(c.Key, ""), Capture: c.Key, Name: c.Name, Extractor: "recount-1", Text: text}
		for at := 0; at < len(text); at += len(text) / 68 {
			a.Blocks = append(a.Blocks, recount.Block{Span: recount.Span{Start: at, End: at + len(text)/68 - 1}, Role: recount.Body, Path: "/html[1]/body[1]/div[3]/p[12]"})
		}
		cs, as = append(cs, c), append(as, a)
	}
	b.ReportAllocs()
	for b.Loop() {
		s := open(b, b.TempDir())
		if err := s.PutCaptures(ctx, cs); err != nil {
			b.Fatal(err)
		}
		if err := s.PutArticles(ctx, as); err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, err := range s.Articles(ctx) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if err := s.Close(); err != nil || n != len(as) {
			b.Fatalf("%d articles, %v", n, err)
		}
	}
	b.ReportMetric(float64(len(as)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkDecisions adds one decision a transaction, as a person does.
func BenchmarkDecisions(b *testing.B) {
	s := open(b, b.TempDir())
	defer s.Close()
	n := 0
	for b.Loop() {
		n++
		d := recount.Decision{Header: recount.Header{ID: fmt.Sprint(n)}, Erasable: &recount.Erasable{Body: []byte(`{}`)}}
		if added, err := s.PutDecisions(b.Context(), []recount.Decision{d}); err != nil || added != 1 {
			b.Fatal(added, err)
		}
	}
}
