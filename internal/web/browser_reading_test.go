package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

type readArticle struct {
	Version  int64
	Speakers []readSpeaker
	Queue    []struct{ Item, Key, Speaker, Code string }
	Memos    []struct{ Text string }
}

type readSpeaker struct {
	Key, Name, Scope string
	Statements       []struct {
		Key, Words, State string
		Spans             [][2]int
		Codes             []struct{ ID, State string }
	}
	Values []struct{ Variable, Value, State string }
}

const (
	focused = `(document.activeElement?.id ?? '').replace(/^o-/, '')`
	current = `(document.querySelector('[role=option][aria-selected=true]')?.id ?? '').replace(/^o-/, '')`
)

// headline is the first number of the bar.
func (b *browser) headline() string {
	b.t.Helper()
	return run[string](b, `document.querySelector('.headline b').textContent`)
}

// chooses waits until an item of the reading page is chosen and has the focus.
func (b *browser) chooses(id string) {
	b.t.Helper()
	b.until(current + ` === ` + quoted(id) + ` && ` + focused + ` === ` + quoted(id))
}

func (b *browser) find(t *testing.T, a readArticle, name string) int {
	t.Helper()
	for i, s := range a.Speakers {
		if s.Name == name {
			return i
		}
	}
	t.Fatalf("nobody is called %s", name)
	return 0
}

// TestReadingByKeys answers for a speaker, accepts, rejects, codes and gives a
// value, takes it back and gives it again, all by keys.
func TestReadingByKeys(t *testing.T) {
	b := open(t, serve(t, &pristine))
	key := b.article("Deserters say Harrow Order fights rivals")
	path := "/articles/" + key
	b.show(path)
	before := get[readArticle](b, path)
	i := b.find(t, before, "Tomas Hedrin")
	speaker := before.Speakers[i].Key

	// j goes from open item to open item; the focus goes along.
	for n := 0; run[string](b, current) != "speaker:"+speaker; n++ {
		if n > len(before.Queue) {
			t.Fatal("j never reached Tomas Hedrin")
		}
		b.press("j")
	}
	b.chooses("speaker:" + speaker)
	if h := b.headline(); h != "0" {
		t.Fatalf("before any answer the headline says %q", h)
	}
	b.press("y")
	b.until(`document.querySelector('.headline b').textContent === '1'`)
	b.until(`document.querySelector('.toast.moved')?.textContent.includes('0 → 1')`)
	b.settled()
	after := get[readArticle](b, path)
	if s := after.Speakers[i].Scope; s != "yes" {
		t.Fatalf("after y the answer is %q", s)
	}

	// Undo and redo, as one decision.
	b.press("u")
	b.until(`document.querySelector('.headline b').textContent === '0'`)
	if s := get[readArticle](b, path).Speakers[i].Scope; s != "" {
		t.Fatalf("after u the answer is %q", s)
	}
	b.press("U")
	b.until(`document.querySelector('.headline b').textContent === '1'`)

	// A statement: the mark changes when the server has acknowledged.
	statement := after.Speakers[i].Statements[0].Key
	b.show(path + "#statement:" + statement)
	b.chooses("statement:" + statement)
	b.press("Enter")
	b.until(`CSS.highlights.get('accepted')?.size > 0`)
	b.settled()
	if s := get[readArticle](b, path).Speakers[i].Statements[0].State; s != "accepted" {
		t.Fatalf("after Enter the statement is %q", s)
	}
	if run[string](b, current) == "statement:"+statement {
		t.Error("after Enter the next open item is not chosen")
	}
	second := after.Speakers[i].Statements[1].Key
	b.show(path + "#statement:" + second)
	b.chooses("statement:" + second)
	b.press("x")
	b.until(`document.querySelector('.toast')?.textContent.includes('Saved') || document.querySelector('.toast.moved')`)
	b.settled()
	for _, s := range get[readArticle](b, path).Speakers[i].Statements {
		if s.Key == second && s.State != "rejected" {
			t.Errorf("after x the statement is %q", s.State)
		}
	}

	// A code by its number, and one by its name.
	b.show(path + "#statement:" + statement)
	b.chooses("statement:" + statement)
	b.press("3")
	// What was open is answered by it; a comma leads back.
	b.until(current + ` !== ` + quoted("statement:"+statement))
	next := run[string](b, current)
	b.press(",")
	b.chooses("statement:" + statement)
	b.until(`!!document.querySelector('[aria-selected=true] .code')`)
	b.press("c")
	b.until(`!!document.querySelector('dialog[open] input')`)
	if v := run[string](b, `document.querySelector('dialog[open] input').value`); v != "" {
		t.Errorf("the key that opens the list of codes is typed into it: %q", v)
	}
	b.press("f", "a", "v", "o", "Enter")
	// One more code given there leads on to where one was.
	b.chooses(next)
	b.until(`document.getElementById(` + quoted("o-statement:"+statement) + `).querySelectorAll('.code').length === 2`)

	// A memo.
	b.press("w")
	b.until(`!!document.querySelector('dialog[open] textarea')`)
	b.press("l", "o", "o", "k", "Ctrl+Enter")
	b.until(`!document.querySelector('dialog[open]')`)
	b.settled()
	b.until(`fetch('/api/v1` + path + `').then(r => r.json()).then(a => a.memos.some(m => m.text === 'look'))`)
	b.calm()
}

// TestKeysTypedAheadStayWithTheirItem presses keys faster than the server
// answers; each answer lands on the item that was chosen when its key was
// pressed.
func TestKeysTypedAheadStayWithTheirItem(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	a := get[readArticle](b, path)
	b.chooses("speaker:" + a.Queue[0].Speaker)
	var asked []string
	for _, q := range a.Queue {
		if q.Item == "speaker" && len(asked) < 5 {
			asked = append(asked, q.Speaker)
		}
	}
	if len(asked) < 5 {
		t.Fatalf("only %d speakers are open", len(asked))
	}
	// Keys come faster than answers: unclear, a step over one, unclear, unclear.
	// The item that is stepped over is left alone.
	press := func(keys string) {
		run[bool](b, `(() => { for (const k of `+quoted(keys)+`) (document.activeElement ?? document).dispatchEvent(new KeyboardEvent('keydown', {key: k, code: 'Key' + k.toUpperCase(), bubbles: true})); return true })()`)
		run[bool](b, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))`)
	}
	scopes := func() (out []string) {
		by := map[string]string{}
		for _, s := range get[readArticle](b, path).Speakers {
			by[s.Key] = s.Scope
		}
		for _, k := range asked {
			out = append(out, by[k])
		}
		return out
	}
	// The answers are held back, so that all keys are typed before the first is
	// acknowledged.
	run[bool](b, `(() => { const real = window.fetch; window.held = []; window.fetch = (...a) => String(a[0]).endsWith('/api/v1/decisions') ? new Promise((ok, no) => window.held.push(() => real(...a).then(ok, no))) : real(...a); window.letGo = () => { window.fetch = real; for (const f of window.held.splice(0)) f() }; return true })()`)
	b.chooses("speaker:" + asked[0])
	press("m")
	first := run[string](b, current)
	press("j")
	press("m")
	if got := scopes(); slices.ContainsFunc(got, func(s string) bool { return s != "" }) {
		t.Fatalf("before anything was sent: %q", got)
	}
	run[bool](b, `(window.letGo(), true)`)
	b.settled()
	b.until(`!document.querySelector('.saving.on')`)
	got := scopes()
	want := []string{"unclear", "", "unclear", "", ""}
	if first != "speaker:"+asked[1] {
		// A speaker who may count opens what he or she says: the step was from there.
		want = []string{"unclear", "unclear", "", "", ""}
	}
	if !slices.Equal(got, want) {
		t.Errorf("typed ahead: m, j, m over %q; want %q", got, want)
	}
	// After a refusal what was typed behind it is dropped, and said to be.
	run[bool](b, `(() => { const real = window.fetch; let n = 0; window.fetch = (...a) => String(a[0]).endsWith('/api/v1/decisions') ? new Promise(ok => setTimeout(() => ok(n++ === 0 ? new Response(JSON.stringify({error: 'no', hint: '', field: ''}), {status: 400, headers: {'Content-Type': 'application/json'}}) : real(...a)), 200)) : real(...a); window.back = () => { window.fetch = real }; return true })()`)
	before := scopes()
	press("y")
	press("y")
	b.until(`!!document.querySelector('.toast.failed') && !document.querySelector('.saving.on') && !document.querySelector('.sent')`)
	if text := run[string](b, `document.querySelector('.toast.failed').textContent`); !strings.Contains(text, "1") {
		t.Errorf("what was dropped is not counted: %q", text)
	}
	run[bool](b, `(window.back(), true)`)
	if after := scopes(); !slices.Equal(before, after) {
		t.Errorf("after a refusal %q became %q", before, after)
	}
	b.calm()
}

// TestDecidingKeysDoNotRepeat holds a key down.
func TestDecidingKeysDoNotRepeat(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	a := get[readArticle](b, path)
	b.chooses("speaker:" + a.Queue[0].Speaker)
	run[bool](b, `(() => { for (let i = 0; i < 9; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'm', code: 'KeyM', bubbles: true, repeat: i > 0})); return true })()`)
	b.settled()
	n := 0
	for _, s := range get[readArticle](b, path).Speakers {
		if s.Scope != "" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("one key held down answered %d times", n)
	}
}

// TestKeysOnOtherLayouts presses the place of a key on a layout that has
// other letters there.
func TestKeysOnOtherLayouts(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	a := get[readArticle](b, path)
	for i, k := range []struct{ key, code, layout string }{{"ь", "KeyM", "Russian"}, {"ة", "KeyM", "Arabic"}, {"μ", "KeyM", "Greek"}} {
		at := "speaker:" + a.Queue[i].Speaker
		b.show(path + "#" + at)
		b.chooses(at)
		run[bool](b, `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: `+quoted(k.key)+`, code: `+quoted(k.code)+`, bubbles: true, cancelable: true})) || true`)
		b.until(current + ` !== ` + quoted(at))
		b.settled()
	}
	n := 0
	for _, s := range get[readArticle](b, path).Speakers {
		if s.Scope == "unclear" {
			n++
		}
	}
	if n != 3 {
		t.Errorf("m on three layouts answered %d of %d times", n, len(a.Queue))
	}
}

// TestTwoTabsOneItem answers one question in two tabs, the second of which
// has not heard of the first.
func TestTwoTabsOneItem(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	a := get[readArticle](b, path)
	speaker := a.Speakers[b.find(t, a, "Tomas Hedrin")].Key
	other := b.tab()
	block := true
	if _, err := chromedp.Call(other.ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: b.base + "/api/v1/events", Block: block}}}); err != nil {
		t.Fatal(err)
	}
	other.show(path + "#speaker:" + speaker)
	other.until(current + ` === ` + quoted("speaker:"+speaker))
	b.show(path + "#speaker:" + speaker)
	b.chooses("speaker:" + speaker)
	b.press("y")
	b.until(`document.querySelector('.headline b').textContent === '1'`)
	b.settled()
	kept := run[string](b, current)

	other.do(chromedp.Click(chromedp.CSS("#o-speaker\\:" + speaker)))
	other.press("m")
	other.until(`!!document.querySelector('.toast.failed')`)
	if s := scopeOf(b, path, speaker); s != "yes" {
		t.Errorf("the older answer was overwritten in silence: %q", s)
	}
	// The choice is the person's: answer again, knowing.
	other.until(`[...document.querySelectorAll('.toast button')].some(x => x.textContent === 'Answer again')`)
	run[bool](other, `[...document.querySelectorAll('.toast button')].find(x => x.textContent === 'Answer again').click() || true`)
	other.until(`fetch('/api/v1` + path + `').then(r => r.json()).then(a => a.speakers.find(s => s.key === ` + quoted(speaker) + `).scope === 'unclear')`)
	// The first tab hears of it, and keeps its focus.
	b.until(`document.getElementById(` + quoted("o-speaker:"+speaker) + `).querySelector('.scope').textContent === 'unclear'`)
	b.chooses(kept)
}

func scopeOf(b *browser, path, speaker string) string {
	b.t.Helper()
	for _, s := range get[readArticle](b, path).Speakers {
		if s.Key == speaker {
			return s.Scope
		}
	}
	return ""
}

// TestAddingWhatWasMissed adds a statement with the keys of border mode, and
// another from words selected with the mouse. The code points that the server
// keeps are those of the words on screen.
func TestAddingWhatWasMissed(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	a := get[readArticle](b, path)
	i := b.find(t, a, "Tomas Hedrin")
	b.show(path + "#speaker:" + a.Speakers[i].Key)
	b.chooses("speaker:" + a.Speakers[i].Key)
	const words = "None of the three accounts could be verified independently."
	run[bool](b, `(() => {
		const p = [...document.querySelectorAll('[data-block]')].find(p => p.textContent.includes(`+quoted(words)+`));
		const at = p.textContent.indexOf(`+quoted(words)+`);
		// A hand that draws over text begins and ends within words.
		getSelection().setBaseAndExtent(p.firstChild, at + 2, p.firstChild, at + `+quoted(words)+`.length - 4);
		return true })()`)
	b.until(`document.querySelector('.deck-line').textContent.includes('None of the three')`)
	b.press("a")
	b.until(`document.querySelector('.border-words')?.textContent === ` + quoted(strings.TrimSuffix(words, ".")))
	// The end goes a word on and back, the beginning a word on.
	b.press("Right")
	b.until(`document.querySelector('.border-words')?.textContent === ` + quoted(words))
	b.press("Left")
	b.until(`document.querySelector('.border-words')?.textContent === 'None of the three accounts could be verified independently'`)
	b.press("Tab", "Right")
	b.until(`document.querySelector('.border-words')?.textContent === 'of the three accounts could be verified independently'`)
	b.press("Enter")
	b.until(`!document.querySelector('.border-words')`)
	b.settled()
	b.until(`fetch('/api/v1` + path + `').then(r => r.json()).then(a => a.speakers.some(s => s.statements.some(x => x.words === 'of the three accounts could be verified independently' && x.typed)))`)
	b.calm()
}

// selects draws over words of the article.
func (b *browser) selects(words string) {
	b.t.Helper()
	if !run[bool](b, `(() => {
		const p = [...document.querySelectorAll('.paper > *')].find(p => p.textContent.includes(`+quoted(words)+`));
		if (!p) return false;
		const at = p.textContent.indexOf(`+quoted(words)+`);
		getSelection().setBaseAndExtent(p.firstChild, at, p.firstChild, at + `+quoted(words)+`.length);
		return true })()`) {
		b.t.Fatalf("the article does not say %q", words)
	}
}

// TestSelectedWordsHaveThePanel selects words while somebody else has the focus:
// no key answers about that one, and a mark that is wrong can be set apart.
func TestSelectedWordsHaveThePanel(t *testing.T) {
	b := open(t, serve(t, &pristine))
	b.size(1280, 900)
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	a := get[readArticle](b, path)
	at := "speaker:" + a.Speakers[b.find(t, a, "Jana Reest")].Key
	b.show(path + "#" + at)
	b.chooses(at)
	head := `document.querySelector('.deck-line').textContent`
	for _, x := range []struct{ words, marked string }{
		{"the teenager", " · marked as a 19-year-old"},
		{"teenager", " · marked as a 19-year-old"},
		{"Sparrow", " · marked as Sparrow"},
		{"soup", ""},
		{"Reest said", " · marked as Jana Reest"},
		{"Hedrin and Sparrow", " · marked as Tomas Hedrin, Sparrow"},
	} {
		b.selects(x.words)
		b.until(head + `.includes(` + quoted("“"+x.words+"”"+x.marked) + `)`)
		for _, key := range []string{"y", "n", "m", "x", "Enter", "Shift+Enter", "Ctrl+Enter", "S", "=", "c", "q", "1", "b", "t"} {
			b.press(key)
			if run[bool](b, `!!document.querySelector('dialog[open], .border-deck')`) {
				t.Fatalf("%q selected: %s opens something", x.words, key)
			}
		}
		b.until(`document.querySelector('.toast').textContent.includes(` + quoted("“"+x.words+"” is selected, so nothing was answered about Jana Reest") + `)`)
		if !run[bool](b, `[...document.querySelectorAll('.deck-main button, .deck-codes button')].every(x => x.disabled)`) {
			t.Errorf("%q selected: a button answers about somebody else", x.words)
		}
		b.chooses(at)
	}
	b.settled()
	if now := get[readArticle](b, path); now.Version != a.Version {
		t.Fatal("a key answered about somebody whom the panel does not name")
	}
	// Words that name two are nobody's name; going on lets go of them.
	b.press("s")
	b.until(`document.querySelector('.toast').textContent.includes('name one person')`)
	b.press("Down")
	b.until(`getSelection().isCollapsed && !` + head + `.includes('“') && ` + current + ` !== ` + quoted(at))

	// A mark that is wrong is set apart.
	b.selects("teenager")
	b.until(head + `.includes('marked as')`)
	b.press("s")
	b.until(`document.querySelector('dialog[open] h2')?.textContent === '“the teenager” is marked as a 19-year-old. Who is it?'`)
	b.press("Enter")
	b.until(`!document.querySelector('dialog[open]')`)
	b.settled()
	b.until(`fetch('/api/v1` + path + `').then(r => r.json()).then(a => a.speakers.some(x => x.name === 'the teenager') && a.speakers.find(x => x.name === 'a 19-year-old').spans.length === 1)`)

	// A statement is said by whom its paragraph names, and all of its buttons are in sight.
	b.show(path + "#" + at)
	b.chooses(at)
	b.selects("You stopped talking even in your sleep")
	b.until(head + `.includes('You stopped')`)
	b.press("a")
	b.until(`[...document.querySelectorAll('.border-deck button')].some(x => x.textContent.startsWith('Sparrow'))`)
	if out := run[[]string](b, `(() => { const d = document.querySelector('.deck').getBoundingClientRect();
		return [...document.querySelectorAll('.border-deck button')].filter(x => { const r = x.getBoundingClientRect(); return r.left < d.left || r.right > d.right || r.bottom > d.bottom || r.bottom > innerHeight }).map(x => x.textContent) })()`); len(out) > 0 {
		t.Errorf("outside of the panel: %q", out)
	}
	picture(b, "add-missed")
	b.press("Escape")
	b.show(path + "#" + at)
	b.chooses(at)
	// The headline of this page stands outside of its text.
	b.selects("Deserters say")
	b.press("a")
	b.until(`document.querySelector('.toast').textContent.includes('not words of the text')`)
	if run[bool](b, `!!document.querySelector('.border-deck')`) {
		t.Error("other words are added in their place")
	}
	b.calm()
}

// TestMarksWithoutHighlights shows the flattened marks of a browser that has
// no CSS Custom Highlight API.
func TestMarksWithoutHighlights(t *testing.T) {
	b := open(t, serve(t, &example))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	words := run[string](b, `[...document.querySelectorAll('.paper [data-block]')].map(p => p.textContent).join('\n')`)
	n := run[int](b, `CSS.highlights.get('accepted')?.size ?? 0`)
	if n == 0 {
		t.Fatal("no accepted statement is marked")
	}
	run[bool](b, `(document.documentElement.setAttribute('data-flat', ''), true)`)
	b.press("j", "k", "Down")
	b.until(`document.querySelectorAll('.paper mark.m-accepted').length > 0`)
	if got := run[string](b, `[...document.querySelectorAll('.paper [data-block]')].map(p => p.textContent).join('\n')`); got != words {
		t.Error("the flattened marks change the text")
	}
	if run[bool](b, `!!document.querySelector('.paper mark mark')`) {
		t.Error("marks are nested")
	}
	b.calm()
}

// TestDetailsComeIntoTheWindow opens what lies below the text: it is seen.
func TestDetailsComeIntoTheWindow(t *testing.T) {
	b := open(t, serve(t, &example))
	b.size(1280, 600)
	b.show("/articles/" + b.article("Deserters say Harrow Order fights rivals"))
	run[bool](b, `(scrollTo(0, 0), document.querySelector('#details-panel') === null)`)
	run[bool](b, `([...document.querySelectorAll('.details [role=tab]')].at(-1).click(), true)`)
	b.until(`(() => { const r = document.querySelector('#details-panel')?.getBoundingClientRect(); return r && r.height > 20 && r.top >= 0 && r.bottom <= innerHeight + 1 })()`)
	b.calm()
}

// TestFocusGoesWithAStatement gives a statement to another speaker: the line is
// under that one then, keeps the focus, and the arrow keys go on from it.
func TestFocusGoesWithAStatement(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	a := get[readArticle](b, path)
	id := "statement:" + a.Speakers[b.find(t, a, "Tomas Hedrin")].Statements[0].Key
	b.show(path + "#" + id)
	b.chooses(id)
	under := `document.getElementById(` + quoted("o-"+id) + `).closest('[role=group]').getAttribute('aria-label')`
	was := run[string](b, under)
	b.press("s")
	b.until(`document.querySelectorAll('dialog[open] [role=option]').length > 1`)
	other := run[int](b, `[...document.querySelectorAll('dialog[open] [role=option]')].findIndex(x => x.querySelector('bdi').textContent !== `+quoted(was)+`)`)
	for range other {
		b.press("Down")
	}
	b.press("Enter")
	b.until(`!document.querySelector('dialog[open]') && ` + under + ` !== ` + quoted(was))
	b.settled()
	b.chooses(id)
	b.press("Down")
	b.until(current + ` !== ` + quoted(id) + ` && ` + focused + ` === ` + current)
	b.calm()
}

// TestAddingBySentences adds a statement from the line under the focus: up and
// down go from sentence to sentence, and what was added has the focus then. Ctrl
// with an arrow goes from speaker to speaker.
func TestAddingBySentences(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	a := get[readArticle](b, path)
	at := "speaker:" + a.Speakers[b.find(t, a, "Tomas Hedrin")].Key
	b.show(path + "#" + at)
	b.chooses(at)
	speakers := run[[]string](b, `[...document.querySelectorAll('#queue [role=option].speaker')].map(x => x.id.slice(2))`)
	i := slices.Index(speakers, at)
	if i < 0 || i+1 >= len(speakers) {
		t.Fatalf("%s is the last of %q", at, speakers)
	}
	b.press("Ctrl+Down")
	b.chooses(speakers[i+1])
	b.press("Ctrl+Up")
	b.chooses(at)

	b.press("Down")
	b.until(current + ` !== ` + quoted(at))
	b.press("a")
	words := `document.querySelector('.border-words')?.textContent`
	b.until(`!!` + words)
	first := run[string](b, words) // a long one is shown by its two ends
	b.press("Down")
	b.until(words + ` !== ` + quoted(first))
	second := run[string](b, words)
	b.press("Down")
	b.until(words + ` !== ` + quoted(second))
	third := run[string](b, words)
	b.press("Up")
	b.until(words + ` === ` + quoted(second))
	b.press("Up")
	b.until(words + ` === ` + quoted(first))
	text := run[string](b, `[...document.querySelectorAll('.paper [data-block]')].map(p => p.textContent).join(' ')`)
	ends := func(s string) (int, int) {
		head, tail, ok := strings.Cut(s, " … ")
		if !ok {
			tail = head
		}
		return strings.Index(text, head), strings.Index(text, tail) + len(tail)
	}
	_, x := ends(first)
	y0, y := ends(second)
	if z, _ := ends(third); y0 < x || z < y || y0-x > 4 || z-y > 4 {
		t.Fatalf("the sentences do not follow each other: %q, %q, %q", first, second, third)
	}
	b.press("Down", "Down", "Enter")
	b.until(`!document.querySelector('.border-words')`)
	b.settled()
	b.until(`document.querySelector('[role=option][aria-selected=true] .words')?.textContent.startsWith(` + quoted(strings.SplitN(third, " … ", 2)[0]) + `)`)
	b.chooses(run[string](b, current))
	b.press("3") // it can be coded at once
	b.until(`fetch('/api/v1` + path + `').then(r => r.json()).then(a => a.speakers.some(s => s.statements.some(x => x.words.startsWith(` + quoted(strings.SplitN(third, " … ", 2)[0]) + `) && x.typed && x.codes.length === 1)))`)
	b.calm()
}

// TestPersonBySearchOfAnyOutlet looks for a person by the name of an outlet that
// reports him or her: also by one that is not the first.
func TestPersonBySearchOfAnyOutlet(t *testing.T) {
	b := open(t, serve(t, &example))
	type row struct{ ID, Name string }
	type found struct{ ID, Outlet string }
	var who row
	outlet := ""
	for _, p := range get[struct{ Items []row }](b, "/people").Items {
		for _, a := range get[struct{ Articles []struct{ Outlet string } }](b, "/people/"+p.ID).Articles {
			for _, f := range get[struct{ People []found }](b, "/search?by=outlet&q="+url.QueryEscape(a.Outlet)).People {
				if f.ID == p.ID && f.Outlet != a.Outlet && outlet == "" {
					who, outlet = p, a.Outlet
				}
			}
		}
	}
	if outlet == "" {
		t.Fatal("nobody of the example is reported by two outlets")
	}
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	a := get[readArticle](b, path)
	for _, sp := range a.Speakers {
		if sp.Name == who.Name || sp.Scope != "yes" {
			continue
		}
		b.show(path + "#speaker:" + sp.Key)
		b.chooses("speaker:" + sp.Key)
		b.press("=")
		b.until(`!!document.querySelector('dialog[open] input')`)
		b.do(chromedp.KeyEvent(outlet))
		b.until(`[...document.querySelectorAll('dialog[open] [role=option]')].some(x => x.textContent.includes(` + quoted(who.Name) + `))`)
		b.press("Escape")
		b.calm()
		return
	}
	t.Fatal("nobody of the article counts")
}
