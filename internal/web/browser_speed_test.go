package web_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// longPage writes an article of 10,000 words in which 500 statements are read.
func longPage() string {
	names := []string{"Tomas Hedrin", "Jana Reest", "Petr Halloun", "Ilse Branno", "Daro Velk", "Marek Tovan", "Lena Korr", "Ulric Danne"}
	var s strings.Builder
	s.WriteString(`<!doctype html><html lang="en"><head><title>A very long day in Korrin</title><meta property="og:title" content="A very long day in Korrin"><meta property="og:site_name" content="Korrin Gazette"><meta property="article:published_time" content="2015-02-03"></head><body><article><h1>A very long day in Korrin</h1>`)
	for i := range 500 {
		fmt.Fprintf(&s, "<p>“In week %d we carried water up the hill twice and nobody asked us why,” said %s, a baker.</p>\n", i+1, names[i%len(names)])
	}
	s.WriteString(`</article></body></html>`)
	return s.String()
}

// BenchmarkReadingPage opens an article of 10,000 words with 500 statements
// from the list of articles, from the click to the second frame in which text,
// marks and panel stand: go test ./internal/web -run '^$' -bench ReadingPage
func BenchmarkReadingPage(b *testing.B) {
	serve(b, &pristine) // makes the tools
	dir := filepath.Join(b.TempDir(), "long")
	if err := os.CopyFS(dir, os.DirFS(pristine)); err != nil {
		b.Fatal(err)
	}
	page := filepath.Join(b.TempDir(), "long.html")
	if err := os.WriteFile(page, []byte(longPage()), 0o644); err != nil {
		b.Fatal(err)
	}
	for _, args := range [][]string{{"add", "--study", dir, page}, {"extract", "--study", dir}} {
		if out, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
			b.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	br := open(b, serveFolder(b, dir))
	key := br.article("A very long day in Korrin")
	var total, server float64
	var statements int
	n := 0
	if _, err := chromedp.Call(br.ctx, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}); err != nil {
		b.Fatal(err)
	}
	// busy is the processor time of the page's main thread: what a machine of
	// its own would take. The wall clock of a shared one says little.
	busy := func() map[string]float64 {
		m, err := chromedp.Call(br.ctx, performance.GetMetrics, cdp.Empty{})
		if err != nil {
			b.Fatal(err)
		}
		out := map[string]float64{}
		for _, x := range m.Metrics {
			out[x.Name] = x.Value * 1000
		}
		return out
	}
	cpu := map[string]float64{}
	for b.Loop() {
		br.show("/articles?search=Korrin&limit=5")
		br.until(`!!document.querySelector('a[href="/articles/` + key + `"]')`)
		before := busy()
		r, err := chromedp.Run(br.ctx, chromedp.Evaluate[[]float64](`new Promise(done => {
			const seen = new PerformanceObserver(l => { for (const e of l.getEntries()) if (e.name.endsWith('/api/v1/articles/`+key+`')) server = e.responseEnd - e.requestStart })
			let server = 0
			seen.observe({type: 'resource'})
			const from = performance.now()
			document.querySelector('a[href="/articles/`+key+`"]').click()
			const look = () => {
				if (document.querySelector('#queue [role=option]') && CSS.highlights.get('suggested')?.size > 0) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done([performance.now() - from, server, CSS.highlights.get('suggested').size]), 0)))
				else requestAnimationFrame(look)
			}
			look()
		})`, chromedp.EvalAwaitPromise))
		if err != nil {
			b.Fatal(err)
		}
		after := busy()
		for _, k := range []string{"TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration"} {
			cpu[k] += after[k] - before[k]
		}
		total += r[0]
		server += r[1]
		statements = int(r[2])
		n++
	}
	b.ReportMetric(total/float64(n), "ms/open")
	b.ReportMetric(server/float64(n), "ms/answer")
	b.ReportMetric(float64(statements), "marks")
	for k, v := range cpu {
		b.ReportMetric(v/float64(n), "cpu-ms-"+strings.ToLower(strings.TrimSuffix(k, "Duration")))
	}
}
