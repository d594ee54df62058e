package web_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestCodingTogether begins a blind round, codes in it as two coders, closes
// it, reads the agreement and settles what differs, by keys.
func TestCodingTogether(t *testing.T) {
	b := open(t, serve(t, &pristine))
	b.show("/codes?list=agreement")
	b.press("+")
	b.until(`document.activeElement?.matches('dialog input')`)
	b.painted()
	run[bool](b, `(() => { const i = document.querySelectorAll('dialog[open] input.line'); const set = (e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }; set(i[0], 'coding-1'); set(i[1], 'ada, ben'); set(i[2], '4'); set(i[3], '100'); return true })()`)
	b.until(`document.querySelectorAll('dialog[open] ul li').length === 2 && document.querySelector('dialog[open] ul').textContent.includes('4')`)
	b.press("Enter")
	b.until(`!document.querySelector('dialog[open]') && document.querySelector('main').textContent.includes('coding-1')`)
	b.painted()
	type session struct {
		Blind    bool
		Round    string
		Headline []struct{ Value int }
	}
	// Ada began it and codes in it: from now on she sees nobody else.
	if s := get[session](b, "/session"); !s.Blind || s.Round != "coding-1" || len(s.Headline) != 0 {
		t.Fatalf("session of ada: %+v", s)
	}
	// Whose answers the pages show is said on each, and the report shows no number.
	for _, page := range []string{"/", "/people", "/people?list=people", "/codes", "/report", "/history"} {
		b.show(page)
		b.until(`document.querySelector('aside.alone')?.textContent.includes('your own work alone') && document.querySelector('.headline')?.textContent.includes('coding-1')`)
	}
	b.show("/report")
	b.until(`document.querySelectorAll('.num-hidden').length > 3 && !document.querySelector('a.num, textarea')`)
	// On a phone the header stays as it is elsewhere.
	b.size(360, 740)
	b.show("/people")
	if x := run[string](b, `(() => { const h = document.querySelector('.headline').getBoundingClientRect(), bar = document.querySelector('.bar').getBoundingClientRect(); return document.documentElement.scrollWidth > 360 ? 'wider than the screen' : h.bottom > bar.bottom || h.height > 30 ? 'the round overflows the bar: ' + h.height : '' })()`); x != "" {
		t.Error(x)
	}
	b.size(1280, 900)
	mine := get[struct{ Items []struct{ Key string } }](b, "/articles?assigned=ada")
	if len(mine.Items) != 4 {
		t.Fatalf("%d articles are assigned to ada", len(mine.Items))
	}
	answer := func(actor, scope string) {
		b.signIn(actor, "en")
		b.show("/articles/" + mine.Items[0].Key)
		if n := run[int](b, `document.querySelectorAll('.item.speaker .scope.yes, .item.speaker .scope.unclear').length`); n != 0 {
			t.Errorf("%s sees %d speakers answered", actor, n)
		}
		b.press(scope)
		b.settled()
		b.until(`document.querySelectorAll('.item.speaker .scope.yes, .item.speaker .scope.unclear').length > 0`)
	}
	answer("ada", "y")
	answer("ben", "m")
	// Ben only codes; ada leads the round though she codes in it.
	b.show("/codes?list=agreement")
	b.until(`document.querySelector('.rounds').textContent.includes('led by ada')`)
	if n := run[int](b, `document.querySelectorAll('.rounds button, .rounds a[href*="handout"]').length`); n != 0 {
		t.Errorf("who codes blind and leads nothing has %d moves about rounds", n)
	}
	b.signIn("ada", "en")
	b.show("/codes?list=agreement")
	b.until(`document.querySelectorAll('.rounds a[href*="handout"]').length === 2`)
	b.click(`section button[aria-label*="coding-1"]`)
	b.until(`document.querySelector('main').textContent.includes('closed') && !document.querySelector('aside.alone') && document.querySelectorAll('ul.headline li').length > 0`)
	b.show("/setup")
	text := get[struct {
		Text    string
		Version int
	}](b, "/files/study.yaml")
	if !strings.Contains(text.Text, `coders: ["ada", "ben"]`) {
		t.Fatalf("study.yaml says\n%s", text.Text)
	}
	run[int](b, `fetch('/api/v1/session').then(r => r.json()).then(s => fetch('/api/v1/files/study.yaml', {method: 'PUT', headers: {'X-Recount': s.study.id, 'Content-Type': 'application/json'}, body: JSON.stringify({text: `+quoted(text.Text+"adjudicators: [judge]\n")+`, version: s.version})})).then(r => r.status)`)
	b.signIn("judge", "en")
	b.show("/codes?list=agreement&round=coding-1")
	b.until(`document.querySelectorAll('table.agreement tbody tr').length > 0 && !!document.querySelector('.settle-one')`)
	b.press("1")
	b.settled()
	b.until(`document.querySelector('.settle').textContent.includes('settled')`)
	d := get[struct {
		Disagreements []struct{ Settled string }
	}](b, "/agreement?round=coding-1&kind=scope")
	if len(d.Disagreements) != 1 || d.Disagreements[0].Settled == "" {
		t.Errorf("disagreements: %+v", d)
	}
	b.press("u")
	b.until(`fetch('/api/v1/agreement?round=coding-1&kind=scope').then(r => r.json()).then(d => d.disagreements[0].settled === '')`)
	b.calm()
}

// TestGroupsByKeys answers a group of mentions as one person, and splits one at
// its weakest link.
func TestGroupsByKeys(t *testing.T) {
	b := open(t, serve(t, &pristine))
	run[int](b, `fetch('/api/v1/session').then(r => r.json()).then(async s => {
		const l = await fetch('/api/v1/speakers?limit=1000').then(r => r.json())
		return fetch('/api/v1/decisions', {method: 'POST', headers: {'X-Recount': s.study.id, 'Content-Type': 'application/json'}, body: JSON.stringify({version: s.version, drafts: l.items.map(x => ({do: 'scope', speaker: x.key, answer: 'yes'}))})}).then(r => r.status)
	})`)
	b.show("/links?order=groups")
	b.until(`document.querySelectorAll('.cluster ol.lines > li').length >= 4`)
	people := func() int { return get[struct{ Headline []struct{ Value int } }](b, "/session").Headline[0].Value }
	n, name := people(), run[string](b, `document.querySelector('.cluster h1').textContent`)
	b.press("=")
	b.settled()
	b.until(`document.querySelector('.cluster h1')?.textContent !== ` + quoted(name))
	one := people()
	if one >= n {
		t.Errorf("%d people, were %d", one, n)
	}
	b.press("s")
	b.settled()
	b.until(`fetch('/api/v1/history?kind=link&limit=1').then(r => r.json()).then(h => h.items.length > 0)`)
	b.press("u", "u")
	b.until(`fetch('/api/v1/session').then(r => r.json()).then(s => s.headline[0].value === ` + fmt.Sprint(n) + `)`)
	b.calm()
}

// TestSuggestedCodeByKey takes the first suggested code with one key.
func TestSuggestedCodeByKey(t *testing.T) {
	b := open(t, serve(t, &example))
	b.signIn("analyst", "en")
	b.show("/codes")
	type read struct {
		Speakers []struct {
			Statements []struct {
				Key, State string
				Codes      []struct{ ID string }
				Suggested  []struct {
					Code  string
					Words []string
				}
			}
		}
	}
	l := get[struct{ Items []struct{ Key string } }](b, "/articles?limit=200")
	for _, a := range l.Items {
		for _, sp := range get[read](b, "/articles/"+a.Key).Speakers {
			for _, st := range sp.Statements {
				if st.State != "accepted" || len(st.Suggested) == 0 || len(st.Suggested[0].Words) == 0 {
					continue
				}
				if len(st.Codes) > 0 || len(st.Suggested) > 3 {
					t.Fatalf("suggested %+v", st)
				}
				b.show("/articles/" + a.Key + "#statement:" + st.Key)
				b.until(`!!document.querySelector('.item.current .suggested-code')`)
				b.press("q")
				b.settled()
				b.until(`fetch('/api/v1/history?actor=analyst&kind=code&limit=1').then(r => r.json()).then(h => h.items[0].live && h.items[0].words.includes(` + quoted(st.Suggested[0].Code) + `))`)
				b.calm()
				return
			}
		}
	}
	t.Fatal("no code is suggested anywhere")
}

// TestHandoutOfAnother opens a file that was handed out to ben as ada, who is
// asked, and goes on as ben.
func TestHandoutOfAnother(t *testing.T) {
	b := open(t, serve(t, &pristine))
	if s := run[int](b, `fetch('/api/v1/session').then(r => r.json()).then(s => fetch('/api/v1/rounds', {method: 'POST', headers: {'X-Recount': s.study.id, 'Content-Type': 'application/json'}, body: JSON.stringify({name: 'coding-1', coders: ['ben'], blind: false, open: true, assign: true, pages: 3})}).then(r => r.status))`); s != 200 {
		t.Fatalf("a round: %d", s)
	}
	b.size(360, 900)
	b.show("/studies")
	run[bool](b, `fetch('/api/v1/handout?coder=ben').then(r => r.blob()).then(f => { const i = document.querySelector('input[type=file][accept=".zip"]'), d = new DataTransfer(); d.items.add(new File([f], 'ben.recount.zip')); i.files = d.files; i.dispatchEvent(new Event('change', {bubbles: true})); return true })`)
	b.until(`document.querySelector('dialog[open]')?.textContent.includes('handed out to ben') && document.querySelector('dialog[open]').textContent.includes('3 articles are assigned to ben, and you are signed in as ada')`)
	if w := run[int64](b, `document.documentElement.scrollWidth`); w > 360 {
		t.Errorf("%d pixels wide on a screen of 360", w)
	}
	b.click(`dialog[open] .btn.strong`)
	b.until(`location.pathname === '/' && fetch('/api/v1/session').then(r => r.json()).then(s => s.actor === 'ben')`)
	b.calm()
}
