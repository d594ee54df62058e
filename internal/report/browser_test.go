package report

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"recount"
)

// browser starts a browser without a window, or skips the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		t.Skip("no Chromium is installed, so no page is opened in a browser")
	}
	if testing.Short() {
		t.Skip("-short: no page is opened in a browser")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func open(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates an expression in the open page.
func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestInABrowser opens pages of every sort at three widths and walks from some
// numbers of the front pages to a highlighted sentence; the test of the
// example's report (internal/cli) walks all. WALK names the folder of another
// report, of which it opens every page and walks every number, and SHOTS one
// for pictures.
func TestInABrowser(t *testing.T) {
	ctx := browser(t)
	reports := written(t)
	if dir := os.Getenv("WALK"); dir != "" {
		reports = map[string]string{"walked": dir}
	}
	for name, dir := range reports {
		srv := httptest.NewServer(http.FileServer(http.Dir(dir)))
		defer srv.Close()
		pages := parsed(t, dir)
		var paths []string
		for p := range pages {
			paths = append(paths, p)
		}
		slices.Sort(paths)
		sorts := map[string]int{}
		for _, p := range paths {
			if sorts[path.Dir(p)]++; path.Dir(p) != "." && sorts[path.Dir(p)] > 3 && os.Getenv("WALK") == "" {
				continue
			}
			open(t, ctx, srv.URL+"/"+p)
			for _, width := range []int64{360, 768, 1600} {
				if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
					t.Fatal(err)
				}
				scroll := ask[int64](t, ctx, `document.documentElement.scrollWidth`)
				styled := ask[int64](t, ctx, `document.styleSheets.length`)
				if scroll > width {
					t.Errorf("%s/%s is %d pixels wide on a screen of %d", name, p, scroll, width)
				}
				if width == 360 { // a phone: nothing of a table is cut without a word
					if cut := ask[[]string](t, ctx, `[...document.querySelectorAll('caption')].filter(c => c.getBoundingClientRect().width > 0 && (c.getBoundingClientRect().right > innerWidth + 1 || c.scrollWidth > c.clientWidth + 1)).map(c => c.textContent)`); len(cut) > 0 {
						t.Errorf("%s/%s: captions are cut: %q", name, p, cut)
					}
					if cut := ask[[]string](t, ctx, `[...document.querySelectorAll('.scroll')].filter(s => s.scrollWidth > s.clientWidth + 1 && !getComputedStyle(s.querySelector('caption') ?? s, '::after').content.includes('sideways')).map(s => s.getAttribute('aria-label'))`); len(cut) > 0 {
						t.Errorf("%s/%s: tables are cut, and nothing says that they scroll: %q", name, p, cut)
					}
					if cut := ask[[]string](t, ctx, `[...document.querySelectorAll('table.cross td, table.cross th')].filter(c => c.getBoundingClientRect().right > innerWidth + 1).map(c => c.textContent)`); len(cut) > 0 {
						t.Errorf("%s/%s: cells of cross tables are cut: %q", name, p, cut)
					}
				}
				if styled != 1 {
					t.Errorf("%s/%s has %d style sheets", name, p, styled)
				}
			}
		}
		seen := map[string]bool{}
		for n := range pages["index.html"].Descendants() {
			if n.Type != html.ElementNode || n.Data != "a" || attr(n, "class") != "number" && n.Namespace != "svg" || seen[attr(n, "href")] {
				continue
			}
			href := attr(n, "href")
			if seen[href] = true; len(seen)%5 != 0 && os.Getenv("WALK") == "" {
				continue
			}
			open(t, ctx, srv.URL+"/"+href)
			marks := ask[int64](t, ctx, `[...document.querySelectorAll('mark')].filter(m => m.getBoundingClientRect().height > 0).length`)
			empty := ask[int64](t, ctx, `document.querySelectorAll('.empty').length`)
			next := ask[[]string](t, ctx, `[...document.querySelectorAll('figure.quote figcaption a')].slice(0,1).map(a => a.getAttribute('href'))`)
			if marks == 0 && empty == 0 {
				t.Errorf("%s: %s shows nothing", name, href)
			}
			for _, a := range next {
				open(t, ctx, srv.URL+"/"+path.Join(path.Dir(href), a))
				if target := ask[string](t, ctx, `(document.querySelector(':target') || {textContent: ''}).textContent`); strings.TrimSpace(target) == "" {
					t.Errorf("%s: %s leads to %s, where no sentence is highlighted", name, href, a)
				}
			}
		}
		t.Logf("%s: %d pages, %d numbers", name, len(paths), len(seen))
		if shots := os.Getenv("SHOTS"); shots != "" {
			shoot(t, ctx, srv.URL, filepath.Join(shots, name), pages)
		}
	}
}

// shoot takes pictures of one page of each sort.
func shoot(t *testing.T, ctx context.Context, url, to string, pages map[string]*html.Node) {
	done := map[string]bool{}
	var paths []string
	for p := range pages {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		if kind := path.Dir(p); done[kind] && kind != "." && os.Getenv("ALL") == "" {
			continue
		}
		done[path.Dir(p)] = true
		for _, width := range []int64{360, 1280} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
				t.Fatal(err)
			}
			open(t, ctx, url+"/"+p)
			png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to+"-"+strings.ReplaceAll(strings.TrimSuffix(p, ".html"), "/", "_")[:min(16, len(p)-5)]+"-"+map[int64]string{360: "narrow", 1280: "wide"}[width]+".png", png, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestIngestInABrowser opens the report on what came in on telephones: nothing
// is wider than the screen, neither the page nor a table that would have to be
// pushed aside, with every list open and with names that have no place to break.
// SHOTS names a folder for pictures.
func TestIngestInABrowser(t *testing.T) {
	ctx := browser(t)
	m := newSample()
	long := "https://harbour-mail.example/" + strings.Repeat("archive-of-the-lamp-board/", 8) + "keepers.html?" + strings.Repeat("x", 120)
	wide := strings.Repeat("Leuchtturmwärterverein", 6)
	for i, c := range m.Captures {
		m.Captures[i].Origin.Within = &recount.Within{File: "2019/" + wide + ".warc.gz"}
		if i == 0 {
			m.Captures[i].Name, m.Captures[i].MediaType = long, "application/"+wide
		}
		if i < 2 {
			m.Older[m.Articles[0].Key] = append(m.Older[m.Articles[0].Key], &recount.Article{Capture: c.Key})
		}
	}
	m.Articles[0].Notes = []string{"the article holds 34 % of the running text on the page; most of the rest stands behind it and begins “" + wide + "”: look whether it belongs to the article", long}
	m.Articles[1].Title, m.Articles[1].Outlet, m.Articles[1].Byline, m.Articles[1].DateFlag = wide, wide, wide, strings.Repeat("2019-05-14 ", 9)
	m.Refusals = append(m.Refusals, recount.Refusal{Name: long, Stage: "add", Reason: "no text: " + wide, Hint: "fetch it: recount add --fetch " + long},
		recount.Refusal{Name: m.Captures[1].Name + "#article 3 " + wide, Stage: "extract", Reason: "a caption without text", Hint: long})
	at := time.Date(2021, 3, 4, 5, 6, 7, 0, time.UTC)
	runs := []recount.SearchRun{{Time: at, Actor: wide, Query: "lighthouse AND " + wide, Offered: 12345678, Added: 1234567, Known: 1234567, Refused: 1234567,
		Details: recount.SearchDetails{Database: "Nexis Uni", String: strings.Repeat("hlead(keeper!)", 12), Filters: long, Hits: 98765432, Made: "2021-03-04", Language: "en"}}, {Time: at, Actor: "ann", Channel: "file"}}
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, IngestName))
	if err != nil {
		t.Fatal(err)
	}
	if err := Ingest(f, m, runs); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer srv.Close()
	open(t, ctx, srv.URL+"/"+IngestName)
	for _, width := range []int64{320, 360, 390, 414, 600, 768, 1600} {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 844)); err != nil {
			t.Fatal(err)
		}
		ask[int64](t, ctx, `(() => { const all = document.querySelectorAll('details'); all.forEach(d => { d.open = true }); return all.length })()`)
		if scroll := ask[int64](t, ctx, `document.documentElement.scrollWidth`); scroll > width {
			t.Errorf("the page is %d pixels wide on a screen of %d", scroll, width)
		}
		for _, what := range ask[[]string](t, ctx, `[...document.querySelectorAll('body *')].filter(e => e.getClientRects().length > 0 && !e.closest('thead') && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible' || e.getBoundingClientRect().right > innerWidth + 1)).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40))`) {
			t.Errorf("on a screen of %d this is cut or has to be pushed aside: %s", width, what)
		}
		if shots := os.Getenv("SHOTS"); shots != "" {
			picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(shots, "ingest-"+strconv.FormatInt(width, 10)+".jpg"), picture, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
