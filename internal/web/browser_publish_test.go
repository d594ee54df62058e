package web_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPublishByKeys makes a change with its digit, then all with one key, writes
// the edition with another and opens it, in English and in Arabic.
func TestPublishByKeys(t *testing.T) {
	b := open(t, serve(t, &example))
	b.signIn("ada", "en")
	b.show("/publish")
	b.until(`document.querySelectorAll('.reasons > li').length > 3`)
	picture(b, "publish-reasons")
	if s := run[string](b, `document.querySelector('.reasons > li').textContent`); s == "" {
		t.Error("the first reason says nothing")
	}
	n := run[int](b, `document.querySelectorAll('.reasons > li').length`)
	b.press("1")
	b.until(`document.querySelectorAll('.reasons > li').length < ` + strconv.Itoa(n) + ` && document.querySelector('main').getAttribute('aria-busy') === 'false'`)
	b.signIn("ada", "ar")
	b.show("/publish")
	b.until(`document.querySelectorAll('.reasons > li').length > 0`)
	picture(b, "publish-reasons-ar")
	// Every sentence is in Arabic: only names of numbers and columns are not.
	if s := run[string](b, `[...document.querySelectorAll('.reasons b, .reasons dt')].map(x => x.textContent).filter(s => !/[\u0600-\u06ff]/.test(s)).join('; ')`); s != "" {
		t.Errorf("not in Arabic: %s", s)
	}
	b.signIn("ada", "en")
	b.show("/publish")
	b.until(`document.querySelectorAll('.reasons > li').length > 0`)
	b.press("A")
	b.until(`document.querySelectorAll('.reasons > li').length === 0 && document.querySelector('main').getAttribute('aria-busy') === 'false'`)
	b.press("w")
	b.until(`document.querySelectorAll('.editions a').length >= 5`)
	picture(b, "publish-written")
	href := run[string](b, `document.querySelector('.editions a').getAttribute('href')`)
	for _, get := range []string{href, "/editions/edition-1/results.xlsx", "/editions/edition-1/report.docx", "/editions/edition-1/manifest.json"} {
		if status := run[int](b, `fetch(`+quoted(get)+`).then(r => r.status)`); status != 200 {
			t.Errorf("%s: %d", get, status)
		}
	}
	if status := run[int](b, `fetch('/editions/../study.db').then(r => r.status)`); status == 200 {
		t.Error("the study is served beside its editions")
	}
	// Written again, it is the same edition.
	b.press("w")
	b.until(`document.querySelector('main').getAttribute('aria-busy') === 'false'`)
	if n := run[int](b, `document.querySelectorAll('.editions > li').length`); n != 1 {
		t.Errorf("%d editions", n)
	}
	b.calm()
}

// picture keeps what is on screen where RECOUNT_PICTURES says.
func picture(b *browser, name string) {
	b.t.Helper()
	dir := os.Getenv("RECOUNT_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}
