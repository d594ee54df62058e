package web_test

import (
	"fmt"
	"testing"
)

// TestSetUpMarksWhatIsWrong writes what no study can have into fields of the
// form and saves by key: the field is marked, says what is wrong, and has the
// focus; put right it is marked no more.
func TestSetUpMarksWhatIsWrong(t *testing.T) {
	b := open(t, serve(t, &example))
	was := get[struct{ Text string }](b, "/files/study.yaml").Text
	for _, x := range []struct{ label, typed string }{
		{"From", "2021-13"}, {"From", "yesterday"}, {"From", "2021-02-30"}, {"From", "13/2021"}, {"To", "2021-13"}, {"To", "2021-1"}, {"To", "soon"}, {"To", "2014-00"},
		{"Short name", "a name"}, {"Short name", "Name"},
	} {
		b.show("/setup")
		field := fmt.Sprintf(`[...document.querySelectorAll('.form label')].filter(l => l.firstChild.textContent.trim() === %q).at(-1).querySelector('input')`, x.label)
		b.until(`!!document.querySelector('.form label input')`)
		run[bool](b, fmt.Sprintf(`(() => { const f = %s; f.focus(); Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(f, %q); f.dispatchEvent(new Event('input', {bubbles: true})); document.querySelector('.edit-file .btn').focus(); return true })()`, field, x.typed))
		b.press("Ctrl+s")
		b.until(fmt.Sprintf(`(() => { const f = %s; return document.activeElement === f && f.getAttribute('aria-invalid') === 'true' && document.getElementById(f.getAttribute('aria-describedby')).textContent.length > 5 })()`, field))
		if n := run[int](b, `document.querySelectorAll('[aria-invalid=true]').length`); n != 1 {
			t.Errorf("%s %q: %d fields are marked", x.label, x.typed, n)
		}
		run[bool](b, `(document.querySelectorAll('.will .btn')[1].click(), true)`) // back to the file
		b.until(`!document.querySelector('[aria-invalid=true]')`)
	}
	if now := get[struct{ Text string }](b, "/files/study.yaml").Text; now != was {
		t.Error("a wrong file was saved")
	}
	b.calm()
}

// TestCollectSaysTheSearch says in the form which search brought pages: it goes
// with the addresses, and stays for the next ones.
func TestCollectSaysTheSearch(t *testing.T) {
	b := open(t, serve(t, &pristine))
	b.show("/collect")
	run[bool](b, `(() => { const real = window.fetch; window.asked = []; window.fetch = (...a) => String(a[0]).endsWith('/api/v1/jobs') && a[1]?.method === 'POST' ? (window.asked.push(JSON.parse(a[1].body)), Promise.resolve(new Response(JSON.stringify({id: '1', label: ''}), {headers: {'Content-Type': 'application/json'}}))) : real(...a); return true })()`)
	b.click(".search-of summary")
	b.until(`document.querySelector('.search-of').open`)
	write := func(field, text string) {
		run[bool](b, `(document.querySelector(`+quoted(field)+`).focus(), true)`)
		for _, x := range text {
			b.press(string(x))
		}
	}
	write(".search-of label:nth-of-type(2) input", "Factiva")
	write(".search-of label:nth-of-type(3) input", `hill* and "left"`)
	write(".search-of label:nth-of-type(6) input", "214")
	for i := range 2 {
		write("#addresses", fmt.Sprintf("https://a.example/%d", i))
		b.press("Ctrl+Enter")
		b.until(fmt.Sprintf(`window.asked.length === %d && document.querySelector('#addresses').value === ''`, i+1))
		got := run[string](b, fmt.Sprintf(`(x => [x.step, x.urls.join(), x.database, x.query, x.hits, x.search ?? 'no name'].join('|'))(window.asked[%d])`, i))
		if want := fmt.Sprintf(`add-url|https://a.example/%d|Factiva|hill* and "left"|214|no name`, i); got != want {
			t.Errorf("asked %q, want %q", got, want)
		}
	}
	b.calm()
}
