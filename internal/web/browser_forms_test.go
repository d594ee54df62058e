package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// hold presses a key that is held as long as a finger takes: it repeats.
func (b *browser) hold(key string) {
	b.t.Helper()
	down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: key, Code: "Key" + strings.ToUpper(key), WindowsVirtualKeyCode: int64(strings.ToUpper(key)[0]), NativeVirtualKeyCode: int64(strings.ToUpper(key)[0])}
	send := func(p input.DispatchKeyEventParams) {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, p); err != nil {
			b.t.Fatal(err)
		}
	}
	for i := range 4 {
		again := i > 0
		down.Type, down.Text, down.AutoRepeat = input.DispatchKeyEventTypeRawKeyDown, "", &again
		send(down)
		down.Type, down.Text = input.DispatchKeyEventTypeChar, key
		send(down)
	}
	down.Type, down.Text, down.AutoRepeat = input.DispatchKeyEventTypeKeyUp, "", nil
	send(down)
}

// slow lets what is sent to the server take a while.
func (b *browser) slow() {
	b.t.Helper()
	run[bool](b, `(() => { const f = window.fetch; window.fetch = (u, o) => (o?.method ?? 'GET') === 'GET' ? f(u, o) : new Promise(done => setTimeout(done, 500)).then(() => f(u, o)); return true })()`)
}

// another lets another window answer something, and waits until this one has
// heard of it.
func (b *browser) another() {
	b.t.Helper()
	s := get[struct {
		Version int64
		Study   struct{ ID string }
	}](b, "/session")
	key := get[struct{ Items []speakerRow }](b, "/speakers?scope=no").Items[0].Key
	body := fmt.Sprintf(`{"version":%d,"drafts":[{"do":"scope","speaker":%q,"answer":"unclear"}]}`, s.Version, key)
	heard := run[float64](b, `performance.now()`)
	if code := run[int](b, `fetch('/api/v1/decisions',{method:'POST',headers:{'X-Recount':`+quoted(s.Study.ID)+`,'X-Recount-Tab':'another','Content-Type':'application/json'},body:`+quoted(body)+`}).then(r => r.status)`); code != 200 {
		b.t.Fatalf("another window's answer: %d", code)
	}
	b.until(fmt.Sprintf(`performance.getEntriesByType('resource').some(x => x.startTime > %f && !/decisions|events/.test(x.name) && x.initiatorType === 'fetch') || performance.now() > %f`, heard, heard+3000))
	b.painted()
}

// elseFile lets another window save a study file.
func (b *browser) elseFile(name string, change func(string) string) {
	b.t.Helper()
	f := get[struct {
		Text    string
		Version int64
	}](b, "/files/"+name)
	text := change(f.Text)
	if text == f.Text {
		b.t.Fatal("another window changed nothing")
	}
	s := get[struct{ Study struct{ ID string } }](b, "/session")
	if code := run[int](b, `fetch('/api/v1/files/`+name+`',{method:'PUT',headers:{'X-Recount':`+quoted(s.Study.ID)+`,'X-Recount-Tab':'another','Content-Type':'application/json'},body:`+quoted(fmt.Sprintf(`{"text":%s,"version":%d}`, quoted(text), f.Version))+`}).then(r => r.status)`); code != 200 {
		b.t.Fatalf("another window's file: %d", code)
	}
}

func (b *browser) file(name string) string {
	b.t.Helper()
	return get[struct{ Text string }](b, "/files/"+name).Text
}

// into writes where the focus of a field is brought, letter by letter, as fast
// as the browser takes them.
func (b *browser) into(js, text string) {
	b.t.Helper()
	b.until(`!!(` + js + `)`)
	run[bool](b, `((`+js+`).focus(), true)`)
	b.press(strings.Split(text, "")...)
}

func (b *browser) has(name, want string) {
	b.t.Helper()
	b.until(`fetch('/api/v1/files/` + name + `').then(r => r.json()).then(f => f.text.includes(` + quoted(want) + `))`)
}

// Every form keeps what is typed into it: with the key that opened it held
// down, with a save on its way, with other windows at work, after Esc, on
// another page and after a reload.
func TestNothingTypedIsLost(t *testing.T) {
	const (
		first  = "infighting"
		form   = `document.querySelector('main form')`
		brief  = `document.querySelectorAll('main form textarea')[0]`
		means  = `document.querySelectorAll('main form textarea')[1]`
		values = `[...document.querySelectorAll('.entry label')].find(x => x.textContent.startsWith('Allowed values')).control`
		words  = `[...document.querySelectorAll('.entry label')].find(x => x.textContent.startsWith('Words by which')).control`
	)
	edit := func(b *browser) string {
		b.show("/codes?code=" + first)
		was := get[codeTree](b, "/codes").Items[0].Label
		b.until(`!!document.querySelector('[role=treeitem][aria-selected=true]')`)
		b.painted()
		b.hold("e")
		b.until(`document.activeElement === ` + brief)
		return was
	}
	saved := func(b *browser, label, definition string) {
		b.t.Helper()
		b.until(`fetch('/api/v1/codes').then(r => r.json()).then(d => d.items[0].definition === ` + quoted(definition) + `)`)
		if x := get[codeTree](b, "/codes").Items[0]; x.Label != label || x.ID != first {
			b.t.Errorf("%s is %q in brief; want %q", x.ID, x.Label, label)
		}
	}
	for _, x := range []struct {
		name string
		do   func(b *browser)
	}{
		{"the key that opens a form is held", func(b *browser) {
			was := edit(b)
			b.press("Tab", "Ctrl+a", "M", "e", "a", "n", "t", "Ctrl+Enter")
			saved(b, was, "Meant")
		}},
		{"more is typed while a code is being saved", func(b *browser) {
			was := edit(b)
			b.slow()
			b.press("Tab", "Ctrl+a", "O", "n", "e", "Ctrl+Enter", "t", "w", "o")
			saved(b, was, "One")
			b.until(means + `.value === 'Onetwo'`)
			b.press("Ctrl+Enter")
			saved(b, was, "Onetwo")
			b.until(`!` + form)
		}},
		{"another window answers while a code is written", func(b *browser) {
			was := edit(b)
			b.press("Tab", "Ctrl+a", "O", "n", "e")
			b.another()
			b.press("t", "w", "o", "Ctrl+Enter")
			saved(b, was, "Onetwo")
		}},
		{"another window takes another name for the code that is written", func(b *browser) {
			edit(b)
			b.press("Tab", "Ctrl+a", "O", "n", "e")
			b.elseFile("codebook.yaml", func(s string) string { return strings.ReplaceAll(s, "code: "+first, "code: quarrels") })
			b.until(`!!document.getElementById('code-quarrels')`)
			b.press("t", "w", "o")
			if got := run[string](b, means+`.value`); got != "Onetwo" {
				b.t.Errorf("in the form stands %q", got)
			}
			b.press("Ctrl+Enter")
			b.until(`!!document.querySelector('.toast.failed')`)
			for _, c := range get[codeTree](b, "/codes").Items {
				if c.Definition == "Onetwo" {
					b.t.Errorf("%s means what was written of %s", c.ID, first)
				}
			}
			b.until(means + `.value === 'Onetwo'`)
		}},
		{"Esc, another page and a reload", func(b *browser) {
			edit(b)
			b.press("Tab", "Ctrl+a", "O", "n", "e", "Escape")
			b.until(`!` + form)
			b.press("g", "p")
			b.until(`location.pathname === '/people'`)
			was := edit(b)
			b.until(means + `.value === 'One'`)
			b.press("Ctrl+Enter")
			saved(b, was, "One")
		}},
		{"a list that is being typed, and another window", func(b *browser) {
			b.show("/setup")
			b.into(values, ", Atlantis")
			b.another()
			b.press(", Y", "s", "Ctrl+s")
			b.has("study.yaml", "Atlantis, Ys]")
		}},
		{"a line that is half written", func(b *browser) {
			b.show("/setup")
			b.into(words, "")
			b.press("Ctrl+a", "I", "s", "t", "e", "r", "l", "a", "n", "d")
			b.press("Tab")
			b.another()
			if got := run[string](b, words+`.value`); got != "Isterland" {
				b.t.Errorf("in the field stands %q", got)
			}
			b.into(words, ": Hill")
			b.press("Ctrl+s")
			b.has("study.yaml", "Isterland: [Hill]")
		}},
		{"two windows change other lines of one file", func(b *browser) {
			b.show("/setup")
			b.into(`document.querySelector('.form input')`, " again")
			b.elseFile("study.yaml", func(s string) string { return strings.Replace(s, "Who left", "Who in all left", 1) + "\n# elsewhere\n" })
			b.press("Ctrl+s")
			b.has("study.yaml", " again")
			if got := b.file("study.yaml"); !strings.Contains(got, "# elsewhere") {
				b.t.Error("what another window saved is gone")
			}
		}},
		{"two windows change the same line", func(b *browser) {
			b.show("/setup")
			b.into(`document.querySelector('.form input')`, " again")
			b.elseFile("study.yaml", func(s string) string { return strings.Replace(s, "Leaving the Hill", "Leaving it", 1) })
			b.press("Ctrl+s")
			b.until(`!!document.querySelector('.toast.failed')`)
			b.show("/setup")
			b.until(`document.querySelector('.form input').value === 'Leaving the Hill again'`)
			if got := b.file("study.yaml"); !strings.Contains(got, "Leaving it") {
				b.t.Error("what another window saved is gone")
			}
			run[bool](b, `([...document.querySelectorAll('.will .btn')].find(x => x.textContent.startsWith('Drop')).click(), true)`)
			b.until(`document.querySelector('.form input').value === 'Leaving it'`)
		}},
		{"more is typed while a file is being saved", func(b *browser) {
			b.show("/setup")
			b.into(`document.querySelector('.form input')`, " one")
			b.slow()
			b.press("Ctrl+s")
			b.until(`[...document.querySelectorAll('.will .btn.strong')].some(x => !x.disabled)`)
			run[bool](b, `new Promise(done => setTimeout(() => done(true), 700))`)
			b.press(" ", "t", "w", "o")
			b.has("study.yaml", "Hill one")
			b.until(`document.querySelector('.form input').value.endsWith('one two')`)
			b.press("Ctrl+s")
			b.has("study.yaml", "Hill one two")
		}},
		{"a report that is left for another page", func(b *browser) {
			b.show("/report")
			b.until(`!!document.querySelector('#report-text')`)
			run[bool](b, `(() => { const e = document.querySelector('#report-text'); e.focus(); e.setSelectionRange(e.value.length, e.value.length); return true })()`)
			b.press("M", "i", "n", "e")
			b.another()
			b.press(".", "Escape", "g", "n")
			b.until(`location.pathname === '/'`)
			b.press("g", "r")
			b.until(`document.querySelector('#report-text')?.value.endsWith('Mine.')`)
		}},
		{"letters, Down and Enter at once", func(b *browser) {
			b.show("/codes?code=" + first)
			b.until(`!!document.querySelector('[role=treeitem][aria-selected=true]')`)
			b.painted()
			b.press("v")
			b.until(`document.activeElement?.matches('dialog input')`)
			labels := run[string](b, `(() => { const e = document.activeElement; e.value = 'o'; e.dispatchEvent(new InputEvent('input', {bubbles: true})); for (const key of ['ArrowDown', 'ArrowDown']) e.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})); return new Promise(done => setTimeout(() => { const all = [...document.querySelectorAll('dialog [role=option]')]; done(String(all.findIndex(x => x.getAttribute('aria-selected') === 'true'))) }, 300)) })()`)
			if labels == "0" {
				b.t.Error("arrows that came with the letters are lost")
			}
		}},
		{"an answer in two steps, typed ahead", func(b *browser) {
			path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
			who := get[readArticle](b, path).Speakers[1].Key
			b.show(path + "#speaker:" + who)
			b.until(current + ` === ` + quoted("speaker:"+who))
			b.press("s", "1", "Ctrl+a", "J", "o", "2", "Enter")
			b.until(`!document.querySelector('dialog[open]')`)
			b.settled()
			if got := get[readArticle](b, path).Speakers; !slices.ContainsFunc(got, func(s readSpeaker) bool { return s.Name == "Jo2" }) {
				b.t.Errorf("nobody has the new name: %v", got)
			}
		}},
		{"a memo, Esc and again", func(b *browser) {
			path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
			of := get[readArticle](b, path).Speakers
			at := func(i int) {
				b.show(path + "#speaker:" + of[i].Key)
				b.until(current + ` === ` + quoted("speaker:"+of[i].Key))
			}
			at(0)
			b.hold("w")
			b.until(`document.activeElement?.matches('dialog textarea')`)
			if got := run[string](b, `document.activeElement.value`); got != "" {
				b.t.Errorf("the key that opens it is in it: %q", got)
			}
			b.press("N", "o", "t", "e")
			b.another()
			b.press("d", "Escape")
			b.until(`!document.querySelector('dialog[open]')`)
			b.press("w")
			b.until(`document.activeElement?.matches('dialog textarea') && document.activeElement.value === 'Noted'`)
			b.press("Escape")
			b.until(`!document.querySelector('dialog[open]')`)
			at(1)
			b.press("w")
			b.until(`document.activeElement?.matches('dialog textarea')`)
			if got := run[string](b, `document.activeElement.value`); got != "" {
				b.t.Errorf("a memo on another speaker holds %q", got)
			}
		}},
		{"addresses and new codes, and another page", func(b *browser) {
			b.show("/collect")
			b.into(`document.querySelector('#addresses')`, "https://example.org/a")
			b.press("Escape", "g", "o")
			b.until(`location.pathname === '/codes'`)
			b.show("/codes?list=form")
			b.into(`document.querySelector('main textarea')`, "fear: Afraid")
			b.press("Escape", "g", "n")
			b.until(`location.pathname === '/'`)
			b.show("/codes?list=form")
			b.until(`document.querySelector('main textarea').value === 'fear: Afraid'`)
			b.show("/collect")
			b.until(`document.querySelector('#addresses').value === 'https://example.org/a'`)
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := open(t, serve(t, &example))
			x.do(b)
			b.calm()
		})
	}
}
