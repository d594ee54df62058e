package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
	"github.com/evanw/esbuild/pkg/api"
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

// long serves a study with the long article, signed in; the article's key comes
// back.
func long(b *testing.B) (*browser, string) {
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
	br.busies()
	return br, br.article("A very long day in Korrin")
}

// busies switches on what busy reads.
func (b *browser) busies() {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}); err != nil {
		b.t.Fatal(err)
	}
}

// busy is the processor time of the page's main thread in milliseconds: what a
// machine of its own would take. The wall clock of a shared one says little.
func (b *browser) busy() map[string]float64 {
	b.t.Helper()
	m, err := chromedp.Call(b.ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		b.t.Fatal(err)
	}
	out := map[string]float64{}
	for _, x := range m.Metrics {
		out[x.Name] = x.Value * 1000
	}
	return out
}

// opens opens the article from the list of articles, from the click to the
// second frame in which text, marks and the beginning of the panel stand.
func (b *browser) opens(key string) (clock, server float64, marks int, cpu map[string]float64) {
	b.t.Helper()
	b.show("/articles?search=Korrin&limit=5")
	b.until(`!!document.querySelector('a[href="/articles/` + key + `"]')`)
	before := b.busy()
	r := run[[]float64](b, `new Promise(done => {
		const seen = new PerformanceObserver(l => { for (const e of l.getEntries()) if (e.name.endsWith('/api/v1/articles/`+key+`')) server = e.responseEnd - e.requestStart })
		let server = 0
		seen.observe({type: 'resource'})
		const from = performance.now()
		document.querySelector('a[href="/articles/`+key+`"]').click()
		const look = () => {
			if (document.querySelector('#queue [role=option]') && CSS.highlights.get('suggested')?.size > 0) requestAnimationFrame(() => requestAnimationFrame(() => done([performance.now() - from, server, CSS.highlights.get('suggested').size])))
			else requestAnimationFrame(look)
		}
		look()
	})`)
	after := b.busy()
	cpu = map[string]float64{}
	for _, k := range []string{"TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration"} {
		cpu[k] = after[k] - before[k]
	}
	// The rest of a long text and of its panel, out of sight, is not waited for,
	// and comes.
	b.until(`document.querySelector('#queue')?.getAttribute('aria-busy') === 'false' && document.querySelectorAll('#queue .statement').length >= 400 && CSS.highlights.get('suggested').size >= 500 && document.querySelectorAll('.paper [data-block]').length >= 500`)
	return r[0], r[1], run[int](b, `CSS.highlights.get('suggested').size`), cpu
}

// BenchmarkReadingPage opens an article of 10,000 words with 500 statements:
// go test ./internal/web -run '^$' -bench ReadingPage
func BenchmarkReadingPage(b *testing.B) {
	br, key := long(b)
	var total, server float64
	n, statements := 0, 0
	cpu := map[string]float64{}
	for b.Loop() {
		c, s, m, p := br.opens(key)
		total, server, statements, n = total+c, server+s, m, n+1
		for k, v := range p {
			cpu[k] += v
		}
	}
	b.ReportMetric(total/float64(n), "ms/open")
	b.ReportMetric(server/float64(n), "ms/answer")
	b.ReportMetric(float64(statements), "marks")
	for k, v := range cpu {
		b.ReportMetric(v/float64(n), "cpu-ms-"+strings.ToLower(strings.TrimSuffix(k, "Duration")))
	}
}

// BenchmarkBesideRecogito opens the same article in turn in the reading page
// and, as paragraphs with annotations and nothing else, with
// @recogito/text-annotator; both from the text at hand to the second frame, by
// the processor time of the main thread. It fetches the library with npm:
// go test ./internal/web -run '^$' -bench BesideRecogito -benchtime 5x
func BenchmarkBesideRecogito(b *testing.B) {
	dir := b.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "beside"))); err != nil {
		b.Fatal(err)
	}
	npm := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		b.Skipf("NOT MEASURED: the library cannot be fetched: %v\n%s", err, out)
	}
	built := api.Build(api.BuildOptions{AbsWorkingDir: dir, EntryPoints: []string{"beside.js"}, Outdir: filepath.Join(dir, "out"), Bundle: true, MinifySyntax: true, MinifyWhitespace: true, MinifyIdentifiers: true,
		Format: api.FormatIIFE, Loader: map[string]api.Loader{".svg": api.LoaderDataURL}, Write: true})
	if len(built.Errors) > 0 {
		b.Fatal(built.Errors)
	}
	if err := os.WriteFile(filepath.Join(dir, "out", "index.html"), []byte(`<!doctype html><html lang="en"><meta charset="utf-8"><title>beside</title><link rel="stylesheet" href="beside.css"><body><script src="beside.js"></script></body></html>`), 0o644); err != nil {
		b.Fatal(err)
	}
	there := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(dir, "out"))))
	b.Cleanup(there.Close)
	br, key := long(b)
	// The same paragraphs and the same marks.
	a := get[struct {
		Text     string
		Blocks   []struct{ Span [2]int }
		Speakers []struct {
			Statements []struct {
				Key   string
				Spans [][2]int
			}
		}
	}](br, "/articles/"+key)
	text := []rune(a.Text)
	type annotation struct {
		ID    string `json:"id"`
		Quote string `json:"quote"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	}
	var given struct {
		Paragraphs  []string     `json:"paragraphs"`
		Annotations []annotation `json:"annotations"`
	}
	at := map[int]int{} // where a code point of the text stands in the paragraphs
	n := 0
	for _, x := range a.Blocks {
		given.Paragraphs = append(given.Paragraphs, string(text[x.Span[0]:x.Span[1]]))
		for i := x.Span[0]; i < x.Span[1]; i++ {
			at[i] = n
			n++
		}
	}
	for _, sp := range a.Speakers {
		for _, st := range sp.Statements {
			for i, s := range st.Spans {
				given.Annotations = append(given.Annotations, annotation{fmt.Sprint(st.Key, i), string(text[s[0]:s[1]]), at[s[0]], at[s[1]-1] + 1})
			}
		}
	}
	with, err := json.Marshal(given)
	if err != nil {
		b.Fatal(err)
	}
	other := br.tab()
	other.base = there.URL
	other.busies()
	opened := func(how string) (clock, cpu float64) {
		other.do(chromedp.Navigate(there.URL + "/"))
		other.until(`typeof window.openArticle === 'function'`)
		before := other.busy()["TaskDuration"]
		r := run[[]float64](other, `(window.how = `+quoted(how)+`, window.openArticle(`+string(with)+`))`)
		after := other.busy()["TaskDuration"]
		if int(r[1]) != len(given.Annotations) {
			b.Fatalf("%d annotations of %d", int(r[1]), len(given.Annotations))
		}
		return r[0], after - before
	}
	var ours, spans, highlights float64
	var clocks [3]float64
	k := 0
	for b.Loop() {
		c, _, marks, cpu := br.opens(key)
		if marks == 0 {
			b.Fatal("no marks")
		}
		ours += cpu["TaskDuration"]
		clocks[0] += c
		c, p := opened("SPANS")
		spans, clocks[1] = spans+p, clocks[1]+c
		c, p = opened("CSS_HIGHLIGHTS")
		highlights, clocks[2] = highlights+p, clocks[2]+c
		k++
	}
	b.ReportMetric(ours/float64(k), "cpu-ms-recount")
	b.ReportMetric(spans/float64(k), "cpu-ms-recogito-spans")
	b.ReportMetric(highlights/float64(k), "cpu-ms-recogito-highlights")
	b.ReportMetric(ours/spans, "of-recogito-spans")
	b.ReportMetric(ours/highlights, "of-recogito-highlights")
	b.ReportMetric(clocks[0]/float64(k), "ms-recount")
	b.ReportMetric(clocks[1]/float64(k), "ms-recogito-spans")
	b.ReportMetric(clocks[2]/float64(k), "ms-recogito-highlights")
	b.ReportMetric(float64(len(given.Annotations)), "marks")
}

// BenchmarkKey presses the keys of a review on the reading page of a large study
// and takes the time from the key to the moment when the answer is saved and the
// next item has the focus, and the processor time of the page's main thread in
// it:
// RECOUNT_PILE=DIR RECOUNT_SIZES=10000 go test ./internal/web/workbench -run '^$' -bench 'Workbench/session' -benchtime 1x
// RECOUNT_PILE=DIR go test ./internal/web -run '^$' -bench Key -benchtime 40x
func BenchmarkKey(b *testing.B) {
	dir := os.Getenv("RECOUNT_PILE")
	if dir == "" {
		b.Skip("NOT MEASURED: RECOUNT_PILE names no folder with a pile")
	}
	serve(b, &pristine) // makes the tools
	br := open(b, serveFolder(b, filepath.Join(dir, "pile")))
	br.busies()
	br.show("/articles?state=open")
	br.until(`!!document.querySelector('main a[href^="/articles/"]')`)
	key := run[string](br, `document.querySelector('main a[href^="/articles/"]').pathname`)
	br.show(key)
	br.until(current + ` !== ''`)
	var took, busy []float64
	parts, moments := map[string]float64{}, map[string][]float64{}
	for b.Loop() {
		// Speakers and statements are answered with one key; what asks for a word
		// is passed over.
		for run[bool](br, `!document.querySelector('#queue [aria-selected=true]')?.matches('.speaker.open, .statement.open') || document.querySelectorAll('#queue .item.open').length < 2`) {
			if run[bool](br, `document.querySelectorAll('#queue :is(.speaker, .statement).open').length > 1`) {
				br.press("j")
				br.settled()
				continue
			}
			br.press("J")
			br.until(`location.pathname !== ` + quoted(key) + ` && ` + current + ` !== ''`)
			key = run[string](br, `location.pathname`)
		}
		press := run[string](br, `document.querySelector('#queue [aria-selected=true]').classList.contains('speaker') ? 'm' : 'Enter'`)
		// When the next item had the focus and the answer stood there as saved; when
		// that was painted; and on the way when the focus moved.
		run[bool](br, `(window.took = new Promise(done => {
			const was = document.activeElement
			let from = 0, focus = 0, sent = false
			addEventListener('keydown', e => from = e.timeStamp, {once: true, capture: true})
			addEventListener('focusin', () => focus ||= performance.now() - from, {once: true})
			const look = new MutationObserver(() => {
				const waits = document.querySelector('.sent')
				sent ||= !!waits
				if (!sent || waits || document.activeElement === was || !document.activeElement?.closest('#queue')) return
				look.disconnect()
				const saved = performance.now() - from
				requestAnimationFrame(() => requestAnimationFrame(() => done([saved, performance.now() - from, focus])))
			})
			look.observe(document.getElementById('queue'), {subtree: true, childList: true, attributes: true})
		}), true)`)
		before := br.busy()
		br.press(press)
		at := run[[]float64](br, `window.took`)
		took = append(took, at[0])
		for i, k := range []string{"painted", "focus"} {
			moments[k] = append(moments[k], at[1+i])
		}
		after := br.busy()
		busy = append(busy, after["TaskDuration"]-before["TaskDuration"])
		for _, k := range []string{"ScriptDuration", "LayoutDuration", "RecalcStyleDuration"} {
			parts[k] += after[k] - before[k]
		}
	}
	for k, v := range parts {
		b.ReportMetric(v/float64(len(took)), "cpu-ms-"+strings.ToLower(strings.TrimSuffix(k, "Duration")))
	}
	slices.Sort(took)
	slices.Sort(busy)
	for k, v := range moments {
		slices.Sort(v)
		b.ReportMetric(v[len(v)/2], "ms-"+k+"-median")
	}
	b.ReportMetric(busy[len(busy)/2], "cpu-ms-page-median")
	b.ReportMetric(took[len(took)/2], "ms-median")
	b.ReportMetric(took[len(took)*9/10], "ms-p90")
}
