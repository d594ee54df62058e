package web_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// addresses lists one address of each page of the workbench, with the state
// that is worth looking at.
func addresses(b *browser) []string {
	b.t.Helper()
	out := []string{"/", "/collect", "/articles", "/articles?mode=screen&state=unscreened", "/articles/" + b.article("Deserters say Harrow Order fights rivals"), "/people", "/people?list=people",
		"/links", "/links?order=top", "/links?order=groups", "/links?order=weights", "/figures", "/codes", "/codes?list=review", "/codes?list=versions", "/codes?list=agreement", "/codes?list=form", "/codes?list=file", "/report", "/report?number=1", "/publish", "/history", "/setup", "/setup#rules", "/setup#outlets", "/setup#coders", "/setup#study.yaml", "/setup#keys", "/report?checks=1", "/help/screen-reading", "/help/screen-publish", "/help/scope", "/studies", "/no-such-page"}
	people := get[struct{ Items []struct{ ID string } }](b, "/people")
	if len(people.Items) > 0 {
		out = append(out, "/people/"+people.Items[0].ID)
	}
	return out
}

type violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML    string
		Summary string
	}
}

const askAxe = `axe.run(document, RULES).then(r => JSON.stringify(r.violations.map(v => ({
	ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => ({HTML: n.html.slice(0, 200), Summary: (n.failureSummary ?? '').slice(0, 300)}))}))))`

// TestEveryPageIsAccessible runs axe-core on every page, in light, dark and
// Arabic, narrow and wide. No page is wider than its screen, no request leaves
// the origin, no script fails and the policy refuses nothing.
func TestEveryPageIsAccessible(t *testing.T) {
	b := open(t, serve(t, &example))
	axe, err := os.ReadFile(filepath.Join("testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	checks := 0
	page := func(address, language string, width int64) {
		b.show(address)
		name := fmt.Sprintf("%s %s at %d pixels", address, language, width)
		if dir := run[string](b, `document.documentElement.dir`); (dir == "rtl") != (language == "ar") {
			t.Errorf("%s is written %q", name, dir)
		}
		if w := run[int64](b, `document.documentElement.scrollWidth`); w > width {
			t.Errorf("%s is %d pixels wide", name, w)
		}
		if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
			t.Fatal(err)
		}
		look := func(name, rules string) {
			var found []violation
			if err := json.Unmarshal([]byte(run[string](b, strings.Replace(askAxe, "RULES", rules, 1))), &found); err != nil {
				t.Fatal(err)
			}
			checks++
			for _, v := range found {
				t.Errorf("%s: %s (%s): %s", name, v.ID, v.Impact, v.Help)
				for _, n := range v.Nodes {
					t.Logf("  %s\n  %s", n.HTML, strings.ReplaceAll(n.Summary, "\n", " "))
				}
			}
		}
		look(name, `{resultTypes: ['violations']}`)
		// In the dark only colours differ.
		b.scheme("dark")
		look(name+", dark", `{runOnly: ['color-contrast', 'link-in-text-block']}`)
		b.scheme("light")
		b.calm()
	}
	for _, language := range []string{"en", "ar"} {
		b.signIn("ada", language)
		for _, width := range []int64{360, 1280} {
			b.size(width, 900)
			// English on a wide screen and Arabic on a narrow one; all four under
			// make bars.
			if (language == "ar") != (width == 360) && os.Getenv("RECOUNT_BARS") == "" {
				continue
			}
			for _, address := range addresses(b) {
				page(address, language, width)
			}
		}
	}
	// The same in a blind round, as who leads it and codes in it.
	b.signIn("ada", "en")
	if s := run[int](b, `fetch('/api/v1/session').then(r => r.json()).then(s => fetch('/api/v1/rounds', {method: 'POST', headers: {'X-Recount': s.study.id, 'Content-Type': 'application/json'}, body: JSON.stringify({name: 'coding-1', coders: ['ada', 'ben'], blind: true, open: true, assign: true, pages: 4})}).then(r => r.status))`); s != 200 {
		t.Fatalf("a blind round: %d", s)
	}
	b.size(360, 900)
	for _, address := range []string{"/", "/people", "/codes?list=agreement", "/report"} {
		page(address, "en", 360)
	}
	t.Logf("axe-core looked at %d pages", checks)
}

// TestPageTextIsOnlyText serves a page whose text looks like markup.
func TestPageTextIsOnlyText(t *testing.T) {
	base := serve(t, &pristine)
	b := open(t, base)
	// What a person types is shown as text too.
	b.signIn(`<img src=x onerror=alert(1)>`, "en")
	b.show("/")
	if run[int](b, `document.querySelectorAll('header img').length`) != 0 {
		t.Error("a name became markup")
	}
	b.calm()
}

// TestKeysOfTheFrame goes to every page by keys, searches, and reads the list
// of keys.
func TestKeysOfTheFrame(t *testing.T) {
	b := open(t, serve(t, &example))
	b.show("/articles")
	for _, p := range []struct{ key, path string }{{"n", "/"}, {"c", "/collect"}, {"a", "/articles"}, {"p", "/people"}, {"s", "/links"}, {"f", "/figures"}, {"o", "/codes"}, {"r", "/report"}, {"e", "/publish"}, {"h", "/history"}, {"u", "/setup"}} {
		b.press("g", p.key)
		b.until(`location.pathname === ` + quoted(p.path))
	}
	b.show("/articles")
	b.press("?")
	b.until(`document.querySelectorAll('dialog[open] dt').length > 15`)
	b.press("Escape")
	b.until(`!document.querySelector('dialog[open]')`)
	// A person may switch letter keys off.
	run[bool](b, `(localStorage.setItem('recount.keys', JSON.stringify({off: true, map: {}})), true)`)
	b.show("/articles")
	b.press("?")
	b.press("/")
	if run[bool](b, `!!document.querySelector('dialog[open]')`) {
		t.Error("a key that is switched off did something")
	}
	run[bool](b, `(localStorage.setItem('recount.keys', JSON.stringify({off: false, map: {help: 'q'}})), true)`)
	b.show("/articles")
	b.press("q")
	b.until(`!!document.querySelector('dialog[open]')`)
	b.calm()
}

// TestLanguageOfRows changes the language of an open page: what was painted
// before is painted anew.
func TestLanguageOfRows(t *testing.T) {
	b := open(t, serve(t, &pristine))
	b.show("/articles/" + b.article("Deserters say Harrow Order fights rivals"))
	words := `[...document.querySelectorAll('.item.speaker .scope')].map(x => x.textContent).join(' ')`
	b.until(words + `.includes('counts?')`)
	b.click(`header button[aria-haspopup=dialog]`)
	b.click(`dialog[open] label[lang=ar] input`)
	b.until(`document.documentElement.dir === 'rtl' && ` + words + `.includes('يُحتسب؟')`)
	if x := run[string](b, words); strings.Contains(x, "counts") {
		t.Errorf("rows still say %s", x)
	}
	b.calm()
}
