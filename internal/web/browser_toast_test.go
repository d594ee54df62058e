package web_test

import (
	"fmt"
	"testing"
)

// TestToastSaysWhatWasDone decides on a telephone and on a screen, in English
// and Arabic: what was decided is said as one step with every number that it
// moved, in numbers of the language, and covers neither tabs nor answers. What
// History takes back is given back by the same key.
func TestToastSaysWhatWasDone(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	a := get[readArticle](b, path)
	speaker := a.Speakers[b.find(t, a, "Tomas Hedrin")].Key
	covers := `(() => {
		const r = document.querySelector('.toast').getBoundingClientRect()
		const out = []
		for (const e of document.querySelectorAll('nav a, [role=tab], .deck button, .top-deck button')) {
			const x = e.getBoundingClientRect()
			if (x.width > 0 && x.left < r.right && r.left < x.right && x.top < r.bottom && r.top < x.bottom) out.push(e.textContent)
		}
		if (r.left < 0 || r.right > innerWidth || r.bottom > innerHeight || r.top < 0) out.push('the edge of the screen')
		return out.join(', ')
	})()`
	for _, x := range []struct {
		language, moved, back string
		width                 int64
	}{{"en", "0 → 1", "1 → 0", 1280}, {"en", "0 → 1", "1 → 0", 360}, {"ar", "0 ← 1", "1 ← 0", 1280}, {"ar", "0 ← 1", "1 ← 0", 360}} {
		t.Run(fmt.Sprintf("%s, %d pixels", x.language, x.width), func(t *testing.T) {
			b.signIn("ada", x.language)
			b.size(x.width, 740)
			b.show("/") // so that the page is loaded anew in the language
			b.show(path + "#speaker:" + speaker)
			b.until(current + ` === ` + quoted("speaker:"+speaker))
			b.press("y")
			b.until(`document.querySelector('.toast.moved b')?.textContent.startsWith(` + quoted(x.moved) + `)`)
			says := run[string](b, `document.querySelector('.toast.moved').innerText.replace(/[\u2068\u2069]/g, '')`)
			if want := "Tomas Hedrin counts: yes"; !run[bool](b, `document.querySelector('.toast.moved > span > span').textContent.trim() === `+quoted(want)) {
				t.Errorf("the toast says %q, want %q: one step of a person is one", says, want)
			}
			if one := "1 person who left"; !run[bool](b, `document.querySelector('.toast b').textContent.replace(/[\u2068\u2069]/g, '').includes(`+quoted(one)+`) && document.querySelector('.headline li').innerText.includes('person who left')`) {
				t.Errorf("the toast says %q, the headline %q; want %q", says, run[string](b, `document.querySelector('.headline').innerText`), one)
			}
			if n := run[int](b, `document.querySelector('.toast b').textContent.split(/[→←]/).length - 1`); n != 2 {
				t.Errorf("the toast names %d numbers that moved, want 2: %q", n, says)
			}
			if over := run[string](b, covers); over != "" {
				t.Errorf("the toast lies over %s", over)
			}
			b.press("u")
			b.until(`document.querySelector('.toast.moved b')?.textContent.startsWith(` + quoted(x.back) + `)`)
			if run[bool](b, `!document.querySelector('.toast.moved > span > span').textContent.includes('Tomas Hedrin counts: yes')`) {
				t.Errorf("after undo the toast says %q", run[string](b, `document.querySelector('.toast').innerText`))
			}
			b.settled()
		})
	}
	b.signIn("ada", "en")
	b.size(1280, 900)
	b.show(path + "#speaker:" + speaker)
	b.until(current + ` === ` + quoted("speaker:"+speaker))
	b.press("y")
	b.until(`document.querySelector('.headline b').textContent === '1'`)
	b.show("/history")
	b.click(`.history > li:not(.gone) input:not(:disabled)`)
	b.click(`.page-head .btn`)
	b.until(`document.querySelector('.headline b').textContent === '0' && document.querySelector('.toast.moved > span > span')?.textContent.includes('Undone: Tomas Hedrin counts: yes')`)
	b.press("u")
	b.until(`document.querySelector('.headline b').textContent === '1' && document.querySelector('.toast.moved > span > span')?.textContent.includes('Done again: Tomas Hedrin counts: yes')`)
	b.press("U")
	b.until(`document.querySelector('.headline b').textContent === '0'`)
	b.calm()
}
