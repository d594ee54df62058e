package web_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

type speakerRow struct {
	Key, Name, Scope, Class string
}

func openSpeakers(b *browser) []speakerRow {
	b.t.Helper()
	return get[struct{ Items []speakerRow }](b, "/speakers?scope=open&limit=500").Items
}

// TestTriage answers for one speaker and for a whole group at once, leaves
// one out, and takes the group back as one decision.
func TestTriage(t *testing.T) {
	b := open(t, serve(t, &pristine))
	before := openSpeakers(b)
	b.show("/people")
	b.until(`document.querySelectorAll('[role=option]').length > 20`)
	first := run[string](b, `document.querySelector("[role=option][aria-selected=true]").id`)
	b.press("y")
	b.until(`document.querySelector('.headline b').textContent === '1'`)
	b.until(`!document.getElementById(` + quoted(first) + `)`)
	// The second is left out of the group; all others do not count.
	out := run[string](b, `document.querySelector("[role=option][aria-selected=true]").id`)
	b.press("x")
	b.until(`document.getElementById(` + quoted(out) + `).classList.contains('left-out')`)
	b.press("N")
	b.until(`!!document.querySelector('dialog[open]')`)
	b.press("1")
	b.until(`!document.querySelector('dialog[open]') && !document.querySelector('.saving.on')`)
	b.until(`!!document.getElementById(` + quoted(out) + `) && document.getElementById(` + quoted(out) + `).getAttribute('aria-selected') !== null`)
	after := openSpeakers(b)
	if len(after) >= len(before)-2 {
		t.Fatalf("of %d open speakers %d are left after a whole group was answered", len(before), len(after))
	}
	if !slices.ContainsFunc(after, func(r speakerRow) bool { return strings.Contains(out, r.Key) }) {
		t.Error("who was left out of the group was answered with it")
	}
	b.press("u")
	b.until(`fetch('/api/v1/speakers?scope=open&limit=500').then(r => r.json()).then(d => d.items.length === ` + fmt.Sprint(len(before)-1) + `)`)
	// What was taken back is named.
	b.until(`document.querySelector('.toast span span')?.textContent.includes('count')`)
	b.calm()
}

type pairRow struct {
	A, B   struct{ Key, Name string }
	Answer string
}

// TestPairs answers three pairs by keys. Before an answer the page says how
// far it may move the count, and nothing of the direction; k comes back.
func TestPairs(t *testing.T) {
	b := open(t, serve(t, &pristine))
	// Whoever may be a person of the study counts, so that pairs are asked.
	s := get[struct {
		Version int64
		Study   struct{ ID string }
	}](b, "/session")
	var drafts []string
	for _, r := range openSpeakers(b) {
		if r.Class == "may be a case" {
			drafts = append(drafts, fmt.Sprintf(`{"do":"scope","speaker":%q,"answer":"yes"}`, r.Key))
		}
	}
	body := fmt.Sprintf(`{"version":%d,"drafts":[%s]}`, s.Version, strings.Join(drafts, ","))
	if code := run[int](b, `fetch('/api/v1/decisions',{method:'POST',headers:{'X-Recount':`+quoted(s.Study.ID)+`,'Content-Type':'application/json'},body:`+quoted(body)+`}).then(r => r.status)`); code != 200 {
		t.Fatalf("%d people who count: %d", len(drafts), code)
	}
	pairs := get[struct{ Items []pairRow }](b, "/pairs?order=next").Items
	if len(pairs) < 5 {
		t.Fatalf("%d people who count have only %d open pairs", len(drafts), len(pairs))
	}
	b.show("/links")
	b.until(`!!document.querySelector('.pair h1')`)
	want := "moves no count"
	if most := get[struct{ Most int }](b, "/pairs/"+pairs[0].A.Key+"/"+pairs[0].B.Key).Most; most > 0 {
		want = fmt.Sprintf("moves the count by at most %d", most)
	}
	if text := run[string](b, `document.querySelector('.pair').innerText`); !strings.Contains(text, want) || strings.Contains(text, "→") {
		t.Errorf("before the answer the page says:\n%s", text)
	}
	if w := run[[]float64](b, `[...document.querySelectorAll('.answers .btn')].map(x => x.getBoundingClientRect().width)`); len(w) != 3 || w[0] != w[1] || w[1] != w[2] {
		t.Errorf("the three answers are %v pixels wide", w)
	}
	for i, key := range []string{"=", "d", "m"} {
		h := run[string](b, `document.querySelector('.pair h1').textContent + new URLSearchParams(location.search).get('pair')`)
		b.press(key)
		b.until(`document.querySelector('.pair h1')?.textContent + new URLSearchParams(location.search).get('pair') !== ` + quoted(h))
		b.until(`!document.querySelector('.saving.on')`)
		want := []string{"same", "different", "unsure"}[i]
		p := get[pairRow](b, "/pairs/"+pairs[i].A.Key+"/"+pairs[i].B.Key)
		if p.Answer != want {
			t.Errorf("%s on pair %d was kept as %q", key, i, p.Answer)
		}
	}
	at := run[string](b, `new URLSearchParams(location.search).get('pair')`)
	b.press("k")
	b.until(`new URLSearchParams(location.search).get('pair') !== ` + quoted(at))
	b.calm()
}

// TestWhoElse asks from an article who on other pages is most like a speaker, and
// comes back with the answer.
func TestWhoElse(t *testing.T) {
	b := open(t, serve(t, &example))
	b.signIn("analyst", "en")
	id, key := "", ""
	for _, row := range get[struct{ Items []struct{ Key string } }](b, "/articles?limit=50").Items {
		for _, x := range get[struct{ Speakers []struct{ Key, Kind string } }](b, "/articles/"+row.Key).Speakers {
			if id == "" && x.Kind == "named" && len(get[struct{ Items []pairRow }](b, "/speakers/"+x.Key+"/near").Items) > 1 {
				id, key = row.Key, x.Key
			}
		}
	}
	if id == "" {
		t.Fatal("no speaker is like another")
	}
	b.show("/articles/" + id + "#speaker:" + key)
	b.until(`!!document.querySelector('.paper')`)
	b.press("=")
	b.until(`[...document.querySelectorAll('dialog[open] [role=option]')].some(x => x.textContent.includes('most like this speaker'))`)
	run[bool](b, `([...document.querySelectorAll('dialog[open] [role=option]')].find(x => x.textContent.includes('most like this speaker')).click(), true)`)
	b.until(`location.pathname === '/links' && !!document.querySelector('.pair h1')`)
	if said := run[string](b, `document.querySelector('#main .read').textContent`); !strings.Contains(said, "suggested or not") {
		t.Errorf("the page says %q", said)
	}
	first := get[struct{ Items []pairRow }](b, "/speakers/"+key+"/near").Items[0]
	b.press("m")
	b.until(`location.pathname.startsWith('/articles/')`)
	b.settled()
	if p := get[pairRow](b, "/pairs/"+first.A.Key+"/"+first.B.Key); p.Answer != "unsure" {
		t.Errorf("the pair was kept as %q", p.Answer)
	}
	b.show("/links?order=weights")
	b.until(`document.querySelectorAll('table.weights tbody tr').length > 20`)
	b.calm()
}

// TestReportEditor types into the report, puts in a number with the builder,
// saves, and opens the sentences behind a number.
func TestReportEditor(t *testing.T) {
	b := open(t, serve(t, &example))
	b.show("/report")
	b.until(`document.querySelectorAll('.read a.num').length > 5`)
	b.click(".read a.num")
	b.until(`document.querySelectorAll('dialog[open] .statements li').length > 0`)
	b.press("Escape")
	b.until(`!document.querySelector('dialog[open]')`)
	run[bool](b, `(() => { const e = document.querySelector('#report-text'); e.focus(); e.setSelectionRange(e.value.length, e.value.length); return true })()`)
	b.press("{", "{")
	b.until(`!!document.querySelector('dialog[open] .big')`)
	run[bool](b, `(() => { const set = (l, v) => { const e = [...document.querySelectorAll('dialog label')].find(x => x.textContent.startsWith(l)).querySelector('select, input'); e.value = v; e.dispatchEvent(new Event(e.matches('select') ? 'change' : 'input', {bubbles: true})) }; set('Who', 'women'); set('Short name', 'women_again'); return true })()`)
	b.until(`document.querySelector('dialog[open] .big b')?.textContent.startsWith('4')`)
	run[bool](b, `([...document.querySelectorAll('dialog[open] button')].find(x => x.textContent.startsWith('Put it in')).click(), true)`)
	b.until(`!document.querySelector('dialog[open]') && document.querySelector('#report-text').value.includes('{{women_again}}') && document.querySelector('#report-text').value.includes('women_again:')`)
	run[bool](b, `(document.querySelector('#report-text').focus(), true)`)
	b.press("Ctrl+s")
	b.until(`fetch('/api/v1/results').then(r => r.json()).then(d => d.items.some(i => i.name === 'women_again' && i.value === 4))`)
	b.until(`[...document.querySelectorAll('.read a.num')].at(-1).textContent.startsWith('4')`)

	// A number for each of something is drawn on lines of its own, under words.
	run[bool](b, `(() => { const e = document.querySelector('#report-text'); e.focus(); e.setSelectionRange(e.value.length, e.value.length); return true })()`)
	b.press("{", "{")
	b.until(`!!document.querySelector('dialog[open] .big')`)
	run[bool](b, `([...document.querySelectorAll('dialog .chip')].find(x => x.textContent === 'A row for each').click(), true)`)
	b.until(`!!document.querySelector('dialog[open] .result p')?.textContent.includes('Choose')`)
	choose := func(label, value string) {
		t.Helper()
		b.until(`(() => { const e = [...document.querySelectorAll('dialog label')].find(x => x.textContent.startsWith(` + quoted(label) + `))?.querySelector('select'); if (!e) return false; e.value = ` + quoted(value) + `; e.dispatchEvent(new Event('change', {bubbles: true})); return true })()`)
	}
	choose("A row for each", "month")
	b.until(`document.querySelector('dialog[open] code').textContent === '{{timeline people_month}}' && !!document.querySelector('dialog[open] figure.timeline')`)
	b.press("Ctrl+Enter")
	b.until(`!document.querySelector('dialog[open]') && /\n\n\{\{timeline people_month\}\}\s*$/.test(document.querySelector('#report-text').value) && document.querySelector('#report-text').value.includes('people_month:\n    label: month first reported\n    by: month')`)
	// It is shown before the text is saved.
	b.until(`!!document.querySelector(".read figure.timeline:last-child")`)
	// Writing the report keeps the text first, and leads to what was written.
	run[bool](b, `([...document.querySelectorAll('main button')].find(x => x.textContent.startsWith('Write the report')).click(), true)`)
	b.until(`!!document.querySelector('.page-head a[href^="/reports/"]')`)
	b.until(`fetch(document.querySelector('.page-head a[href^="/reports/"]').href).then(r => r.text()).then(x => x.includes('2014'))`)
	b.until(`fetch('/api/v1/results').then(r => r.json()).then(d => d.items.some(i => i.name === 'people_month'))`)
	b.until(`!!document.querySelector(".read figure.timeline:last-child")`)
	if x := run[string](b, `[...document.querySelectorAll(".read .missing")].map(x => x.textContent).join(" ")`); x != "" {
		t.Errorf("the preview lacks %s", x)
	}
	b.calm()
}

// TestBuilderOfCounts builds each kind of number, whose preview stands there, and
// puts it in; the report that is written has them all.
func TestBuilderOfCounts(t *testing.T) {
	b := open(t, serve(t, &example))
	b.show("/report")
	b.until(`document.querySelectorAll('.read a.num').length > 5`)
	set := func(js, value string) {
		t.Helper()
		b.until(`(() => { const e = ` + js + `; if (!e) return false; const kind = e.matches('select') ? 'change' : 'input'; e.value = ` + quoted(value) + `; if (e.value !== ` + quoted(value) + `) return false; e.dispatchEvent(new Event(kind, {bubbles: true})); return true })()`)
	}
	labelled := func(label string) string {
		return `[...document.querySelectorAll('dialog[open] label')].find(x => x.textContent.startsWith(` + quoted(label) + `))?.querySelector('select, input')`
	}
	condition := func(set0 string, n int, on, holds, value string) {
		t.Helper()
		row := `[...document.querySelectorAll('dialog[open] fieldset.conditions')].find(x => x.querySelector('legend').textContent.startsWith(` + quoted(set0) + `))?.querySelectorAll('.condition')[` + strconv.Itoa(n) + `]`
		set(row+`?.querySelectorAll('select')[0]`, on)
		set(row+`?.querySelectorAll('select')[1]`, holds)
		set(`[...(`+row+`?.querySelectorAll('select, input') ?? [])][2]`, value)
	}
	press := func(text string) {
		t.Helper()
		b.until(`(() => { const e = [...document.querySelectorAll('dialog[open] button')].find(x => x.textContent.startsWith(` + quoted(text) + `)); if (!e || e.disabled) return false; e.click(); return true })()`)
	}
	for _, tt := range []struct {
		name, chip string
		build      func()
		there      string // in the preview
		braces     string
		lines      string // of report.md
	}{
		{"a count of two conditions", "A number", func() {
			condition("Only those", 0, "country", "is", "Orlund")
			press("And")
			condition("Only those", 1, "kind", "is", "named")
		}, `document.querySelector('dialog .big b')?.textContent === '2'`, "{{x0}}", `count: country == "Orlund" && kind == "named"`},
		{"a number in words", "A number", func() {
			b.until(`!!document.querySelectorAll('dialog .prints input')[1]`)
			run[bool](b, `(document.querySelectorAll('dialog .prints input')[1].click(), true)`)
		}, `document.querySelector('dialog .big b')?.textContent === '29'`, "{{words x1}}", "count: all"},
		{"a share of some", "A part of the whole", func() {
			set(labelled("Who"), "women")
			condition("Of those", 0, "code", "is", "brutality")
		}, `/ of /.test(document.querySelector('dialog .big b')?.textContent)`, "{{x2}}", `share: gender == "woman"` + "\n    of: has(\"brutality\")"},
		{"a share that leaves some out", "A part of the whole", func() { condition("Only those", 0, "originals", "not", "2") },
			`/ of 29/.test(document.querySelector('dialog .big b')?.textContent)`, "{{x3}}", "share: originals < 2"},
		{"quarters", "A row for each", func() {
			set(labelled("A row for each"), "quarter")
			set(labelled("From"), "2014")
			set(labelled("To"), "2014-12")
		}, `!!document.querySelector('dialog figure.timeline')`, "{{timeline x4}}", "by: quarter\n    from: '2014'\n    to: '2014-12'"},
		{"one row of a table", "A row for each", func() {
			set(labelled("A row for each"), "gender")
			set(`document.querySelector('dialog .prints select')`, ": woman")
		}, `document.querySelectorAll('dialog .result tr').length > 1`, "{{x5: woman}}", "by: gender"},
		{"a cross-tab", "Two things crossed", func() {
			set(labelled("A row for each"), "country")
			set(labelled("A column for each"), "gender")
		}, `document.querySelectorAll('dialog .cross td').length > 10`, "{{table x6}}", "by: country, gender"},
		{"two periods", "Two periods compared", func() {
			set(`document.querySelectorAll('dialog .dates input')[0]`, "2015-01")
			set(`document.querySelectorAll('dialog .dates input')[1]`, "2015-08")
			set(`document.querySelectorAll('dialog .dates input')[2]`, "2014-01")
			set(`document.querySelectorAll('dialog .dates input')[3]`, "2014-12")
			b.until(`!!document.querySelectorAll('dialog .prints input')[1]`)
			run[bool](b, `(document.querySelectorAll('dialog .prints input')[1].click(), true)`)
		}, `/cannot be told apart/.test(document.querySelector('dialog .prints').textContent)`, "{{sentence x7}}", "compare: 2015-01 to 2015-08\n    with: 2014-01 to 2014-12"},
	} {
		run[bool](b, `(() => { const e = document.querySelector('#report-text'); e.focus(); e.setSelectionRange(e.value.length, e.value.length); return true })()`)
		b.press("{", "{")
		press(tt.chip)
		tt.build()
		n := tt.braces[strings.LastIndex(tt.braces, "x")+1:][:1]
		set(labelled("Short name"), "x"+n)
		b.until(tt.there)
		b.until(`document.querySelector('dialog code')?.textContent === ` + quoted(tt.braces))
		if tt.name == "a cross-tab" || tt.name == "two periods" || tt.name == "a share of some" {
			picture(b, "builder-"+n)
		}
		press("Put it in")
		b.until(`!document.querySelector('dialog[open]')`)
		text := run[string](b, `document.querySelector('#report-text').value`)
		if !strings.HasSuffix(strings.TrimSpace(text), tt.braces) || !strings.Contains(text, "  x"+n+":\n    label: ") || !strings.Contains(text, "    "+tt.lines+"\n") {
			t.Errorf("%s: the text has not %q and %q:\n%s\n...%s", tt.name, tt.braces, tt.lines, text[:600], text[len(text)-200:])
		}
		if x := run[int](b, `document.querySelectorAll('.read .missing').length`); x != 0 {
			t.Errorf("%s: the preview lacks %d numbers before the text is saved", tt.name, x)
		}
	}
	// What is typed is there again; a name is given once. A key that comes before
	// the count waits for it.
	b.press("{", "{")
	b.until(`!!document.querySelector('dialog .big')`)
	set(labelled("Short name"), "x0")
	b.until(`/already/.test(document.querySelector('dialog .error')?.textContent)`)
	b.press("Escape")
	b.until(`!document.querySelector('dialog[open]')`)
	b.press("{", "{")
	b.until(labelled("Short name") + `?.value === 'x0'`)
	b.press("Escape")
	b.until(`!document.querySelector('dialog[open]')`)
	b.press("{", "{")
	b.until(labelled("Short name") + `?.value === 'x0'`)
	run[bool](b, `(() => { const e = `+labelled("Short name")+`; e.focus(); e.value = 'x8'; e.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	b.press("Ctrl+Enter")
	b.until(`!document.querySelector('dialog[open]') && /\{\{x8\}\}/.test(document.querySelector('#report-text').value)`)
	run[bool](b, `(() => { const e = document.querySelector('#report-text'); e.value = e.value.replace(/\{\{(?=\{\{|\s*$)/g, ''); e.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	run[bool](b, `([...document.querySelectorAll('main button')].find(x => x.textContent.startsWith('Write the report')).click(), true)`)
	b.until(`!!document.querySelector('.page-head a[href^="/reports/"]')`)
	b.until(`fetch(document.querySelector('.page-head a[href^="/reports/"]').href).then(r => r.text()).then(x => x.includes('cannot be told apart'))`)
	b.calm()
}

// TestSetup changes a question in a form; the page shows the line that it
// writes, and the file keeps everything else.
func TestSetup(t *testing.T) {
	b := open(t, serve(t, &example))
	before := get[struct{ Text string }](b, "/files/study.yaml").Text
	b.show("/setup")
	b.until(`document.querySelectorAll('.entry').length > 3`)
	run[bool](b, `(() => { const e = document.querySelectorAll('.form > label input')[0]; e.value = 'Leaving the Hill, again'; e.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	b.until(`document.querySelector('.lines-written ins')?.textContent.includes('Leaving the Hill, again')`)
	b.until(`[...document.querySelectorAll('.will .btn.strong')].some(x => !x.disabled)`)
	b.click(".will .btn.strong")
	b.until(`fetch('/api/v1/session').then(r => r.json()).then(s => s.study.title === 'Leaving the Hill, again')`)
	after := get[struct{ Text string }](b, "/files/study.yaml").Text
	if want := strings.Replace(before, `"Leaving the Hill"`, `"Leaving the Hill, again"`, 1); after != want {
		t.Errorf("the form changed more than its line:\n%s", after)
	}
	b.calm()
}

// TestHistory undoes one of several decisions from the list of them.
func TestHistory(t *testing.T) {
	b := open(t, serve(t, &pristine))
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	b.show(path)
	b.until(current + ` !== ''`)
	b.press("m")
	b.settled()
	b.until(`!!document.querySelector('.toast')`)
	b.show("/history")
	b.click(".history input:not(:disabled)")
	b.click(".page-head .btn:not(:disabled)")
	b.until(`!!document.querySelector('.history .gone')`)
	b.calm()
}

// counted are the presses of a walk by keyboard.
type counted struct {
	*browser
	presses int
}

func (c *counted) key(keys ...string) {
	c.presses += len(keys)
	c.press(keys...)
}

// TestWalkByKeyboard does one article of the example from the first page to
// the next article by keyboard alone: everything open is answered.
func TestWalkByKeyboard(t *testing.T) {
	c := &counted{browser: open(t, serve(t, &pristine))}
	c.show("/")
	c.until(`document.querySelectorAll('.queues a').length > 0`)
	c.key("g", "a")
	c.until(`location.pathname === '/articles' && document.querySelectorAll('.rows tbody tr').length > 3`)
	c.key("j", "Enter")
	c.until(`/^\/articles\/./.test(location.pathname) && ` + current + ` !== ''`)
	path := run[string](c.browser, `location.pathname`)
	answers := 0
	for n := 0; n < 80; n++ {
		c.settled()
		a := get[readArticle](c.browser, path)
		if len(a.Queue) == 0 {
			break
		}
		at := run[string](c.browser, current)
		switch {
		case strings.HasPrefix(at, "speaker:") && scopeOf(c.browser, path, strings.TrimPrefix(at, "speaker:")) == "":
			if answers%3 == 0 {
				c.key("y")
			} else {
				c.key("n")
				c.until(`!!document.querySelector('dialog[open]')`)
				c.key("1")
				c.until(`!document.querySelector('dialog[open]')`)
			}
			answers++
		case strings.HasPrefix(at, "code:"):
			c.key("1")
			answers++
		case strings.HasPrefix(at, "statement:"):
			c.key("Enter")
			answers++
		case strings.HasPrefix(at, "value:"):
			c.key("Enter")
			c.settled()
			if run[bool](c.browser, `!!document.querySelector('dialog[open]')`) {
				run[bool](c.browser, `(document.querySelector('dialog[open] input').focus(), true)`)
				c.key("Down")
				last := run[int](c.browser, `[...document.querySelectorAll('dialog[open] [role=option]')].findIndex(x => x.textContent.includes('not stated'))`)
				for i := 1; i < last; i++ {
					c.key("Down")
				}
				if last == 0 {
					c.key("Up")
				}
				c.key("Enter")
			}
			answers++
		default:
			c.key("j")
		}
		if at == run[string](c.browser, current) {
			c.settled()
			if at == run[string](c.browser, current) {
				c.key("j")
			}
		}
	}
	c.settled()
	if a := get[readArticle](c.browser, path); len(a.Queue) != 0 {
		t.Errorf("by keyboard %d items stay open: %v", len(a.Queue), a.Queue)
	}
	t.Logf("%d answers with %d key presses", answers, c.presses)
	c.key("J")
	c.until(`location.pathname !== ` + quoted(path) + ` && /^\/articles\/./.test(location.pathname)`)
	c.calm()
}

// TestWalkByMouse answers everything open in one article with clicks alone.
func TestWalkByMouse(t *testing.T) {
	b := open(t, serve(t, &pristine))
	b.show("/articles")
	b.click("#row1")
	b.until(`/^\/articles\/./.test(location.pathname) && ` + current + ` !== ''`)
	path := run[string](b, `location.pathname`)
	deck := func(text string) string {
		return run[string](b, `(() => { const x = [...document.querySelectorAll('.deck-main .btn')].find(x => x.querySelector('span').textContent.startsWith(`+quoted(text)+`)); document.querySelectorAll('[data-click]').forEach(y => delete y.dataset.click); x.dataset.click = '1'; return '[data-click]' })()`)
	}
	for n := 0; n < 80; n++ {
		b.settled()
		a := get[readArticle](b, path)
		if len(a.Queue) == 0 {
			break
		}
		q := a.Queue[0]
		id := map[string]string{"speaker": "speaker:" + q.Key, "statement": "statement:" + q.Key, "code": "code:" + q.Key, "value": "value:" + q.Speaker + "/" + q.Key}[q.Item]
		b.click(`[id="o-` + id + `"]`)
		b.until(current + ` === ` + quoted(id))
		switch {
		case q.Item == "speaker":
			b.click(deck("Counts"))
		case q.Item == "code":
			b.click(".deck-codes .btn")
		default:
			b.click(".deck-main .btn")
		}
		b.until(`!document.querySelector('.saving.on')`)
		if run[bool](b, `!!document.querySelector('dialog[open]')`) {
			run[bool](b, `([...document.querySelectorAll('dialog[open] [role=option]')].find(x => x.textContent.includes('not stated')).dataset.pick = '1', true)`)
			b.click(`[data-pick]`)
			b.until(`!document.querySelector('dialog[open]')`)
		}
	}
	b.settled()
	if a := get[readArticle](b, path); len(a.Queue) != 0 {
		q, _ := json.Marshal(a.Queue)
		t.Errorf("by mouse these stay open: %s", q)
	}
	b.calm()
}

// TestFirstStudyOfAFolder opens a folder without a study: whoever comes is
// asked who they are, hears what is wrong with a study and makes the first.
func TestFirstStudyOfAFolder(t *testing.T) {
	chromium(t)
	tools.Do(func() { toolsErr = build() })
	if toolsErr != nil {
		t.Fatal(toolsErr)
	}
	dir := t.TempDir()
	b := start(t, serveFolder(t, dir))
	set := func(label, value string) {
		t.Helper()
		b.until(`(() => { const l = [...document.querySelectorAll('main label')].find(x => x.textContent.startsWith(` + quoted(label) + `)); const e = l?.control ?? l?.querySelector('input'); if (!e) return false; e.value = ` + quoted(value) + `; e.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	}
	b.until(`!!document.querySelector('#signin-name')`)
	b.do(chromedp.Navigate(b.base + "/studies"))
	b.until(`!!document.querySelector('#signin-name')`)
	run[bool](b, `(document.querySelector('#signin-name').focus(), true)`)
	b.press("a", "d", "a", "Enter")
	b.until(`[...document.querySelectorAll('h2')].some(x => x.textContent === 'A new study')`)
	set("Title", "The first")
	set("Name of its folder", "../elsewhere")
	b.click(`main form button[type=submit]`)
	b.until(`document.querySelector('.toast.failed')?.textContent.includes('elsewhere')`)
	set("Name of its folder", "first")
	b.click(`main form button[type=submit]`)
	b.until(`!!document.querySelector('header.top') && document.title.includes('The first')`)
	if _, err := os.Stat(filepath.Join(dir, "first", "study.yaml")); err != nil {
		t.Error(err)
	}

	// A study without a codebook is given one to start from, unsaved; what is
	// wrong with it is said once, with the line.
	b.show("/codes?list=file")
	b.until(`document.querySelector('#file-text')?.value.includes('code: reason') && [...document.querySelectorAll('.will .btn.strong')].some(x => !x.disabled)`)
	run[bool](b, `(() => { const e = document.querySelector('#file-text'); e.value = 'title: x\nbogus: 3\n'; e.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	b.until(`document.querySelectorAll('.will .error').length === 1`)
	if x := run[string](b, `document.querySelector('.will .error').textContent`); strings.Count(strings.ToLower(x), "line 2") != 1 || strings.Count(x, "bogus") != 1 {
		t.Errorf("the fault is said so: %s", x)
	}
	run[bool](b, `([...document.querySelectorAll('.will .btn')].find(x => x.textContent.startsWith('Drop')).click(), true)`)
	b.until(`document.querySelector('#file-text').value.includes('code: reason') && [...document.querySelectorAll('.will .btn.strong')].some(x => !x.disabled)`)
	b.click(".will .btn.strong")
	b.until(`fetch('/api/v1/codes').then(r => r.json()).then(d => d.items.some(x => x.id === 'reason'))`)
	// Before anybody counts there is no pair to ask about, and the page says when.
	b.show("/links")
	b.until(`document.querySelector('.state.nothing')?.textContent.includes('once somebody counts')`)
	b.calm()
}
