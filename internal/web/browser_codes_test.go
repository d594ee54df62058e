package web_test

import (
	"fmt"
	"testing"
)

type codeTree struct {
	Items []struct {
		ID, Label, Parent, Definition string
		Accepted, Review              int
	}
}

// TestCodesByKeys makes a code, writes what another means, gives it another
// name and place, and undoes it all, by keys.
func TestCodesByKeys(t *testing.T) {
	b := open(t, serve(t, &example))
	b.show("/codes")
	sum := func() (n int) {
		for _, c := range get[codeTree](b, "/codes").Items {
			n += c.Accepted
		}
		return n
	}
	find := func(id string) bool {
		for _, c := range get[codeTree](b, "/codes").Items {
			if c.ID == id {
				return true
			}
		}
		return false
	}
	was := sum()
	tree := `document.querySelectorAll('[role=treeitem]').length`
	n := run[int](b, tree)
	b.press("+")
	b.until(`document.activeElement?.matches('dialog input')`)
	b.press("f", "e", "a", "r", "Tab", "Tab", "A", "f", "r", "a", "i", "d", "Ctrl+Enter")
	b.until(`location.search.includes('code=fear') && !document.querySelector('dialog[open]')`)
	b.until(tree + ` === ` + fmt.Sprint(n+1))
	b.painted()
	if !find("fear") {
		t.Fatal("the new code is not there")
	}
	b.press("e")
	b.until(`document.activeElement?.matches('form textarea')`)
	b.press("Tab", "M", "e", "a", "n", "t", "Ctrl+Enter")
	b.until(`!document.querySelector('main form') && document.querySelector('dl.facts').textContent.includes('Meant')`)
	b.painted()
	b.press("r")
	b.until(`document.activeElement?.matches('dialog input')`)
	b.press("s", "Enter")
	b.until(`[...document.querySelectorAll('dialog[open] button')].some(x => x.textContent.includes('Do it'))`)
	b.press("Enter")
	b.until(`!document.querySelector('dialog[open]') && !location.search.endsWith('code=fear')`)
	b.painted()
	b.press("v")
	b.until(`!!document.querySelector('dialog[open] [role=option]')`)
	b.press("b", "r", "u", "t", "Enter")
	b.until(`[...document.querySelectorAll('dialog[open] button')].some(x => x.textContent.includes('Do it'))`)
	b.press("Enter")
	b.until(`!document.querySelector('dialog[open]') && location.search.includes('code=brutality.')`)
	b.painted()
	if got := sum(); got != was {
		t.Errorf("%d codings, were %d", got, was)
	}
	b.show("/codes?list=versions")
	b.until(`document.querySelectorAll('ol.lines > li').length === 5`)
	for range 4 {
		b.press("u")
		b.settled()
	}
	b.show("/codes")
	b.until(tree + ` === ` + fmt.Sprint(n))
	if got := sum(); got != was {
		t.Errorf("undone: %d codings, were %d", got, was)
	}
	b.calm()
}

// painted waits until the page is painted: what a dialog held of the keys is
// given back then.
func (b *browser) painted() {
	b.t.Helper()
	run[bool](b, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true)))))`)
}
