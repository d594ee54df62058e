package web_test

import "testing"

// TestPersonTakenOutByMouse opens the page of a person, reads what would go, and
// takes the person out; before the list is said to be read nothing can be done.
func TestPersonTakenOutByMouse(t *testing.T) {
	b := open(t, serve(t, &example))
	type people struct {
		Items []struct {
			ID, Name string
			Articles int
			Counted  bool
		}
	}
	id, name := "", ""
	for _, p := range get[people](b, "/people?limit=1000").Items {
		if !p.Counted || p.Articles != 1 {
			continue
		}
		// Whom a study file quotes is taken out of that file by hand first.
		if run[int](b, `fetch('/api/v1/session').then(r => r.json()).then(s => fetch('/api/v1/removals', {method: 'POST', headers: {'X-Recount': s.study.id, 'Content-Type': 'application/json'}, body: JSON.stringify({person: `+quoted(p.ID)+`})})).then(r => r.json()).then(r => r.left.length)`) == 0 {
			id, name = p.ID, p.Name
			break
		}
	}
	for _, x := range []struct {
		language string
		width    int64
	}{{"ar", 360}, {"en", 1280}} {
		b.signIn("ada", x.language)
		b.size(x.width, 900)
		b.show("/people/" + id)
		b.click(`.page-head .btn:last-child`)
		b.until(`document.querySelector('dialog[open] .lead')?.textContent.includes(` + quoted(name) + `) && document.querySelectorAll('dialog[open] ul.lines li').length > 1`)
		if w := run[int64](b, `document.documentElement.scrollWidth`); w > x.width {
			t.Errorf("%d pixels wide on a screen of %d", w, x.width)
		}
	}
	if !run[bool](b, `document.querySelector('dialog[open] .btn.strong').disabled`) {
		t.Error("the list need not be read")
	}
	run[bool](b, `(document.querySelector('dialog[open] label.check input').click(), true)`)
	b.until(`!document.querySelector('dialog[open] .btn.strong').disabled`)
	b.click(`dialog[open] .btn.strong`)
	b.until(`location.pathname === '/' && fetch('/api/v1/people/` + id + `').then(r => r.status === 404)`)
	b.calm()
}
