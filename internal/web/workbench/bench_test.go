package workbench

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
	"recount/internal/store"
	"recount/internal/study"
)

// pile makes a study of n articles as newsrooms have them: 6 speakers and 12
// statements an article, 2 of the speakers answered for, pairs in chains of
// eight.
func pile(b *testing.B, n int) string {
	b.Helper()
	to := os.Getenv("RECOUNT_PILE") // where it is kept, for BenchmarkKey of the browser
	if to == "" {
		to = b.TempDir()
	}
	ctx, dir := context.Background(), filepath.Join(to, "pile")
	setup := study.Setup{Title: "Pile", Who: []string{"Does this person count?"}, Record: []string{"country"}}
	st, err := study.Create(ctx, dir, map[string][]byte{"study.yaml": setup.YAML(), "report.md": setup.Report(),
		"codebook.yaml": []byte("title: x\nversion: 1\ncodes:\n  - code: pay\n    short: Pay.\n")}, "", true, options("").Study)
	if err != nil {
		b.Fatal(err)
	}
	id := st.ID
	if err := st.Close(); err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(ctx, dir)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var cs []recount.Capture
	var as []recount.Article
	var rs []recount.Reading
	var ds []recount.Decision
	var os []recount.Original
	var gs []recount.Suggestion
	var last recount.Reading
	seal := func(a recount.Answer) {
		d, err := recount.Seal(recount.Draft{Kind: a.Kind(), Study: id, Actor: "ada", Time: began, Salt: fmt.Sprintf("%032d", len(ds)), Body: a})
		if err != nil {
			b.Fatal(err)
		}
		ds = append(ds, d)
	}
	keep := func() {
		for _, err := range []error{s.PutCaptures(ctx, cs), s.PutArticles(ctx, as), s.PutReadings(ctx, rs)} {
			if err != nil {
				b.Fatal(err)
			}
		}
		cs, as, rs = nil, nil, nil
	}
	for i := range n {
		var t strings.Builder
		fmt.Fprintf(&t, "Story %d of the town\n", i)
		r := recount.Reading{Reader: "r/1"}
		name := fmt.Sprintf("p%06d.html", i)
		var blocks []recount.Block
		blocks = append(blocks, recount.Block{Span: recount.Span{End: t.Len() - 1}, Role: recount.Headline})
		for k := range 6 {
			from := t.Len()
			who := fmt.Sprintf("Person %c%d", 'A'+k, i/8)
			at := recount.Span{Start: t.Len(), End: t.Len() + len(who)}
			t.WriteString(who)
			r.Speakers = append(r.Speakers, recount.Speaker{ID: fmt.Sprint("s", k+1), Name: who, Kind: recount.Named, Gender: []recount.Gender{recount.Woman, recount.Man, recount.UnknownGender}[k%3], Mention: at, Mentions: []recount.Span{at}})
			for range 2 {
				t.WriteString(" said: “")
				words := fmt.Sprintf("the bridge %d was closed at night and nobody told us why it was so", i)
				x := recount.Span{Start: t.Len(), End: t.Len() + len(words)}
				t.WriteString(words + "”.")
				r.Statements = append(r.Statements, recount.Statement{Quotation: recount.Quotation{Type: recount.Direct, Content: []recount.Span{x}, Speech: true}, Speaker: fmt.Sprint("s", k+1), Confidence: 900})
			}
			r.Sentences = append(r.Sentences, recount.Sentence{Span: recount.Span{Start: from, End: t.Len()}, Role: recount.Body})
			blocks = append(blocks, recount.Block{Span: recount.Span{Start: from, End: t.Len()}, Role: recount.Body})
			t.WriteString("\n")
		}
		text := strings.TrimSuffix(t.String(), "\n")
		c := recount.Capture{Key: recount.CaptureKey(recount.HashText(text), name), Hash: recount.HashText(text), Name: name, Captured: began, Channel: "file"}
		a := recount.Article{Key: recount.ArticleKey(c.Key, ""), Capture: c.Key, Name: name, Extractor: "x/1", Title: fmt.Sprint("Story ", i), Outlet: fmt.Sprint("Outlet ", i%97),
			Published: fmt.Sprintf("%d-%02d-%02d", 2010+i%10, 1+i%12, 1+i%28), Precision: recount.ToDay, Text: text, Language: "en", Blocks: blocks}
		r.Article = a.Key
		for k := range r.Speakers {
			r.Speakers[k].Article = a.Key
		}
		for k := range r.Statements {
			r.Statements[k].Article, r.Statements[k].Key = a.Key, recount.StatementKey(a.Key, r.Statements[k].Quotation)
		}
		points := recount.NewCodePoints(text)
		for k := range 2 {
			sp := &r.Speakers[k]
			seal(recount.ScopeBody{Speaker: recount.SpeakerRef{At: recount.AnchorAt(&a, points, sp.Mention), Name: sp.Name, Kind: sp.Kind, Gender: sp.Gender},
				Answer: []recount.YesNo{"yes", "yes", "yes", "unclear"}[(i+k)%4], Criteria: map[string]string{}})
		}
		if i%8 != 0 {
			x, y := last.Speakers[i%2].Key(), r.Speakers[i%2].Key()
			gs = append(gs, recount.Suggestion{A: min(x, y), B: max(x, y), Weight: i, Probability: 700, Bars: []recount.Bar{{Field: "name", A: "x", B: "x", Bits: 700}}})
		}
		last = r
		os = append(os, recount.Original{Key: a.Key, Members: []recount.Key{a.Key}, First: a.Key})
		cs, as, rs = append(cs, c), append(as, a), append(rs, r)
		if len(cs) == 1000 {
			keep()
		}
	}
	keep()
	if err := s.ReplaceRelations(ctx, nil, os); err != nil {
		b.Fatal(err)
	}
	if err := s.ReplaceSuggestions(ctx, gs); err != nil {
		b.Fatal(err)
	}
	if _, err := s.PutDecisions(ctx, ds); err != nil {
		b.Fatal(err)
	}
	return dir
}

// size is how many articles the benchmark has: RECOUNT_SIZES=10000, or 1,000.
func size(b *testing.B) int {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("RECOUNT_SIZES"), "1000"))
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// median reports the middle and the slowest of what was measured.
func median(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}

// BenchmarkWorkbench measures what a person waits for: from the key to the
// answer that is saved with the article as it is then, and the pages.
func BenchmarkWorkbench(b *testing.B) {
	n := size(b)
	s := serve(b, pile(b, n))
	t := newTab(b, s, "ada", "1")
	list := ask[articleList](t, "GET", "/articles", nil)
	var keys []string
	for _, r := range list.Items {
		keys = append(keys, r.Key)
	}
	measure := func(name string, f func(i int)) {
		b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
			var took []time.Duration
			i := 0
			for b.Loop() {
				from := time.Now()
				f(i)
				took = append(took, time.Since(from))
				i++
			}
			median(b, took)
		})
	}
	version := t.session().Version
	articles := map[string]article{}
	for _, k := range keys {
		articles[k], _ = t.article(k)
	}
	answers := []string{"yes", "no", "unclear"}
	measure("scope", func(i int) {
		a := articles[keys[i%len(keys)]]
		r := t.decide(version, draft{Do: "scope", Speaker: a.Speakers[i/len(keys)%6].Key, Answer: answers[i%3]})
		version = r.Version
	})
	measure("accept", func(i int) {
		a := articles[keys[i%len(keys)]]
		r := t.decide(version, draft{Do: []string{"accept", "reject"}[i%2], Statement: a.Speakers[i/len(keys)%6].Statements[0].Key})
		version = r.Version
	})
	pairs := ask[pairList](t, "GET", "/pairs?limit=200", nil).Items
	measure("link", func(i int) {
		p := pairs[i%len(pairs)]
		r := t.decide(version, draft{Do: "link", A: p.A.Key, B: p.B.Key, Answer: []string{"same", "unsure"}[i/len(pairs)%2]})
		version = r.Version
	})
	for name, path := range map[string]string{"session": "/session", "next": "/next", "list": "/articles", "open list": "/articles?state=open", "speakers": "/speakers", "people": "/people", "pairs": "/pairs", "history": "/history", "search": "/search?q=bridge+77"} {
		measure(name, func(int) {
			if w := t.send("GET", path, nil); w.Code != http.StatusOK {
				b.Fatalf("GET %s = %d %s", path, w.Code, w.Body)
			}
		})
	}
	measure("article", func(i int) { t.article(keys[i%len(keys)]) })
}

// BenchmarkNext answers for one speaker and asks what is next, again and again:
// the processor time of both.
func BenchmarkNext(b *testing.B) {
	n := size(b)
	s := serve(b, pile(b, n))
	t := newTab(b, s, "ada", "1")
	list := ask[articleList](t, "GET", "/articles", nil)
	var speakers []string
	for _, r := range list.Items {
		a, _ := t.article(r.Key)
		for _, sp := range a.Speakers {
			speakers = append(speakers, sp.Key)
		}
	}
	next := func() {
		if w := t.send("GET", "/next", nil); w.Code != http.StatusOK {
			b.Fatalf("GET /next = %d %s", w.Code, w.Body)
		}
	}
	version := t.session().Version
	for range n / 20 { // the lines of its list are made some at a time
		next()
	}
	b.Run(fmt.Sprint(n), func(b *testing.B) {
		var deciding, asking time.Duration
		i := 0
		for b.Loop() {
			from := parallel.Used()
			version = t.decide(version, draft{Do: "scope", Speaker: speakers[i%len(speakers)], Answer: []string{"yes", "no", "unclear"}[i%3]}).Version
			decided := parallel.Used()
			next()
			deciding, asking = deciding+decided-from, asking+parallel.Used()-decided
			i++
		}
		b.ReportMetric(float64(deciding.Microseconds())/1000/float64(b.N), "decide-cpu-ms/op")
		b.ReportMetric(float64(asking.Microseconds())/1000/float64(b.N), "next-cpu-ms/op")
	})
}
