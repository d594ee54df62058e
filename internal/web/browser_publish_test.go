package web_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// TestPublishTellsWhatIsLost: the page says what goes with a change, what the
// edition would hold and which sentences it would lack, as the program knows it;
// and where the edition could not be written it does not say that nothing speaks
// against it.
func TestPublishTellsWhatIsLost(t *testing.T) {
	chromium(t)
	tools.Do(func() { toolsErr = build() })
	if toolsErr != nil {
		t.Fatal(toolsErr)
	}
	dir := filepath.Join(t.TempDir(), "study")
	if err := os.CopyFS(dir, os.DirFS(example)); err != nil {
		t.Fatal(err)
	}
	// Where the folder of editions would be, there is a file.
	if err := os.WriteFile(filepath.Join(dir, "public"), []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, serveFolder(t, dir))
	b.show("/publish")
	b.until(`document.querySelectorAll('.reasons > li').length > 3`)
	type holding struct{ Numbers, Quotations int }
	p := get[struct {
		Shown, Hidden, Quotes, Quoted int
		Omitted                       []string
		Reasons                       []struct {
			Loss *struct {
				Tables, Numbers []string
				Now, Then       holding
			}
		}
	}](b, "/publication")
	lost := 0
	for i, r := range p.Reasons {
		if r.Loss == nil {
			continue
		}
		lost++
		said := run[string](b, `document.querySelectorAll('.reasons > li')[`+strconv.Itoa(i)+`].textContent`)
		for _, want := range append(append([]string{strconv.Itoa(r.Loss.Then.Numbers), strconv.Itoa(r.Loss.Now.Numbers)}, r.Loss.Tables...), r.Loss.Numbers...) {
			if !strings.Contains(said, want) {
				t.Errorf("reason %d does not say that %s goes: %s", i+1, want, said)
			}
		}
	}
	t.Logf("%d of %d changes take results out", lost, len(p.Reasons))
	b.press("A")
	b.until(`document.querySelectorAll('.reasons > li').length === 0 && document.querySelector('main').getAttribute('aria-busy') === 'false'`)
	b.until(`/before, .* now/.test(document.querySelector('main').textContent)`)
	left := get[struct{ Omitted []string }](b, "/publication").Omitted
	if len(left) == 0 {
		t.Fatal("no sentence of the report is left out, so nothing shows that they are listed")
	}
	b.until(`document.querySelectorAll('.omitted li').length === ` + strconv.Itoa(len(left)))
	if s := run[string](b, `document.querySelector('.omitted').textContent`); !strings.Contains(s, left[0]) {
		t.Errorf("the sentences left out: %s", s)
	}
	run[bool](b, `(document.querySelector('.omitted summary').click(), true)`)
	picture(b, "publish-holds")
	b.press("w")
	b.until(`!!document.querySelector('main [role=alert]') && document.querySelector('main').getAttribute('aria-busy') === 'false'`)
	picture(b, "publish-refused")
	if s := run[string](b, `document.querySelector('main').textContent`); strings.Contains(s, "Nothing speaks against it") || !strings.Contains(s, "The edition was not written") {
		t.Errorf("after a refusal the page says: %s", s)
	}
	// Once the way is free it is written.
	if err := os.Remove(filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	run[bool](b, `(document.querySelector('main [role=alert] button').click(), true)`)
	b.until(`!document.querySelector('main [role=alert]') && !!document.querySelector('.page-head .btn.strong')`)
	b.press("w")
	b.until(`document.querySelectorAll('.editions a').length >= 5`)
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
