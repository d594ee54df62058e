package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// Whoever looks for the memos, or for what was decided about a person or an
// article, chooses from what the log holds and never needs a word or a key of
// the machine.
func TestLogByFilters(t *testing.T) {
	b := open(t, serve(t, &example))
	people := get[struct{ Items []struct{ ID, Name string } }](b, "/people")
	who := people.Items[0]
	title := "Deserters say Harrow Order fights rivals"
	for _, c := range []struct{ filter, typed, choice, param string }{
		{"Kind", "", "who counts", "kind=scope"},
		{"By whom", "", "analyst", "actor=analyst"},
		{"Person", who.Name, who.Name, "person=" + who.ID},
		{"Article", title, title, "article=" + b.article(title)},
	} {
		b.show("/history")
		b.until(`!!document.querySelector('ol.history li')`)
		before := run[string](b, `document.querySelector('ol.history').textContent`)
		b.until(`[...document.querySelectorAll('.filters .chip')].some(x => (x.click(), true))`)
		b.until(`[...document.querySelectorAll('dialog[open] [role=option]')].filter(x => x.textContent.includes(` + quoted(c.filter) + `)).some(x => (x.click(), true))`)
		b.until(`document.querySelector('dialog[open] h2')?.textContent === ` + quoted(c.filter) + ` && !!document.querySelector('dialog[open] input')`)
		if c.typed != "" {
			b.do(chromedp.KeyEvent(c.typed))
		}
		b.until(`[...document.querySelectorAll('dialog[open] [role=option]')].filter(x => x.textContent.includes(` + quoted(c.choice) + `)).sort((a, b) => a.textContent.length - b.textContent.length).some(x => (x.click(), true))`) // not "condition of who counts"
		b.until(`location.search.includes(` + quoted(c.param) + `)`)
		b.until(`[...document.querySelectorAll('.filters .chip.set')].some(x => x.textContent.includes(` + quoted(c.choice) + `))`)
		if c.filter != "By whom" {
			b.until(`document.querySelector('ol.history')?.textContent !== ` + quoted(before))
		}
		b.calm()
	}
}
