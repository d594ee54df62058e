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
