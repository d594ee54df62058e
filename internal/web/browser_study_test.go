package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// field finds a field of a form by the words before it; the last of several.
func field(label string) string {
	return `[...document.querySelectorAll('.form label')].filter(l => l.firstChild.textContent.trim() === ` + quoted(label) + `).at(-1).querySelector('input, textarea, select')`
}

// write puts text into a field as a person who replaces what stands there.
func (b *browser) write(js, text string) {
	b.t.Helper()
	b.until(`!!(` + js + `)`)
	run[bool](b, `(() => { const f = `+js+`; f.focus(); Object.getOwnPropertyDescriptor(Object.getPrototypeOf(f), 'value').set.call(f, `+quoted(text)+`); f.dispatchEvent(new Event(f.matches('select') ? 'change' : 'input', {bubbles: true})); return true })()`)
}

// TestCountingRulesByForm writes every counting rule into the form: the file
// says it, comments stay, and what is emptied goes out of the file again.
func TestCountingRulesByForm(t *testing.T) {
	b := open(t, serve(t, &example))
	was := b.file("study.yaml")
	b.show("/setup#rules")
	for _, x := range []struct{ label, text, want string }{
		{"Which value counts", "majority", "  conflicts: majority\n"},
		{"From how many in 100 on a pair that nobody answered is an open question", "60", "  link: 60\n"},
		{"When outlets state different numbers of one thing", "outlet order", "  figures: outlet order\n"},
		{"Whose number goes first, one outlet a line", "The Lantern\nSudrec Post", "  outlets: [\"The Lantern\", \"Sudrec Post\"]\n"},
		{"What vague words stand for, one a line; a word without a line stays vague", "dozens: 24 – 99\na few: 3 to 9", "  vague:\n    dozens: [24, 99]\n    a few: [3, 9]\n"},
		{"“about 60%” reaches so many points to both sides", "2.5", "  bands:\n    about: 25\n"},
		{"Characters that a quotation may have at most", "250", "quotations:\n  most: 250\n"},
		{"Pages are cited", "apa", "citation: apa\n"},
		{"The sentence of the report that says why", "All that were found.", "why_census: \"All that were found.\"\n"},
	} {
		b.write(field(x.label), x.text)
		b.painted()
		if got := run[string](b, `document.querySelector('.lines-written pre')?.textContent ?? ''`); !strings.Contains(got, strings.Split(strings.TrimSuffix(x.want, "\n"), "\n")[0]) {
			t.Errorf("%s: the lines shown are %q", x.label, got)
		}
	}
	for _, n := range []string{"strong", "fair"} {
		run[bool](b, `(document.querySelector('.entries > .btn').click(), true)`)
		b.until(`document.activeElement?.closest('.entry')?.matches(':last-of-type')`)
		b.write(field("Short name"), n)
		b.write(field("Independent originals, at least"), map[string]string{"strong": "3", "fair": "2"}[n])
	}
	b.press("Ctrl+s")
	b.has("study.yaml", "grades:\n  - name: strong\n    originals: 3\n  - name: fair\n    originals: 2\n")
	now := b.file("study.yaml")
	for _, want := range []string{"  conflicts: majority\n", "  link: 60\n", "  outlets: [\"The Lantern\", \"Sudrec Post\"]\n", "    about: 25\n", "    a few: [3, 9]\n", "citation: apa\n", "  most: 250\n", "# Of several values of a variable the one of the earliest article counts.", "words: # towns and regions"} {
		if !strings.Contains(now, want) {
			t.Errorf("the file has not %q:\n%s", want, now)
		}
	}
	// What is emptied goes.
	for _, label := range []string{"Characters that a quotation may have at most", "“about 60%” reaches so many points to both sides", "The sentence of the report that says why", "What vague words stand for, one a line; a word without a line stays vague"} {
		b.write(field(label), "")
	}
	for range 2 {
		run[bool](b, `(document.querySelector('.entry button').click(), true)`)
		b.painted()
	}
	b.press("Ctrl+s")
	b.until(`fetch('/api/v1/files/study.yaml').then(r => r.json()).then(f => !/quotations|bands|vague|why_census|grades/.test(f.text))`)
	if len(b.file("study.yaml")) > len(was)+120 {
		t.Errorf("what is left:\n%s", b.file("study.yaml"))
	}
	b.calm()
}

// TestRulesMarkWhatIsWrong saves by key what no study can have: the field is
// marked, says in a sentence what is wrong, and has the focus.
func TestRulesMarkWhatIsWrong(t *testing.T) {
	b := open(t, serve(t, &example))
	was := b.file("study.yaml")
	for _, x := range []struct{ label, typed, says string }{
		{"From how many in 100 on a pair that nobody answered is an open question", "500", "percentage"},
		{"From how many in 100 on a pair that nobody answered is an open question", "many", "whole number"},
		{"“almost 60%” reaches so many points below", "80", "out of range"},
		{"“two-thirds” reaches so many points to both sides", "a bit", "whole number"},
		{"What vague words stand for, one a line; a word without a line stays vague", "dozens: 99 – 24", "no range"},
		{"What vague words stand for, one a line; a word without a line stays vague", "dozens: many", "whole number"},
		{"Characters that a quotation may have at most", "9", "no length"},
	} {
		b.show("/setup#rules")
		f := field(x.label)
		b.write(f, x.typed)
		run[bool](b, `(document.querySelector('.edit-file .btn').focus(), true)`)
		b.press("Ctrl+s")
		b.until(`(() => { const f = ` + f + `; return document.activeElement === f && f.getAttribute('aria-invalid') === 'true' && document.getElementById(f.getAttribute('aria-describedby')).textContent.includes(` + quoted(x.says) + `) })()`)
		if n := run[int](b, `document.querySelectorAll('[aria-invalid=true]').length`); n != 1 {
			t.Errorf("%s %q: %d fields are marked", x.label, x.typed, n)
		}
		run[bool](b, `(document.querySelectorAll('.will .btn')[1].click(), true)`)
		b.until(`!document.querySelector('[aria-invalid=true]')`)
	}
	if b.file("study.yaml") != was {
		t.Error("a wrong file was saved")
	}
	b.calm()
}

// TestWhoCodesAndOutlets names an adjudicator, an owner, and two names of one
// outlet; undo takes the last back.
func TestWhoCodesAndOutlets(t *testing.T) {
	b := open(t, serve(t, &example))
	b.show("/setup#coders")
	b.write(field("Somebody else"), "Eva Lind")
	b.press("Enter")
	b.until(`[...document.querySelectorAll('.coders label')].some(l => l.textContent.includes('Eva Lind') && l.querySelector('input').checked)`)
	b.press("Ctrl+s")
	b.has("study.yaml", "adjudicators: [Eva Lind]")
	run[bool](b, `([...document.querySelectorAll('.coders label')].find(l => l.textContent.includes('Eva Lind')).querySelector('input').click(), true)`)
	b.press("Ctrl+s")
	b.until(`fetch('/api/v1/files/study.yaml').then(r => r.json()).then(f => !f.text.includes('adjudicators'))`)

	b.show("/setup#outlets")
	row := func(i int) string { return fmt.Sprintf(`document.querySelectorAll('.outlets tbody tr')[%d]`, i) }
	b.until(`!!` + row(2))
	first, second := run[string](b, row(0)+`.querySelector('th bdi').textContent`), run[string](b, row(1)+`.querySelector('th bdi').textContent`)
	rows := run[int](b, `document.querySelectorAll('.outlets tbody tr').length`)
	run[bool](b, `(`+row(1)+`.querySelectorAll('button')[0].click(), true)`)
	b.into(`document.querySelector('dialog[open] input')`, "Harbour Press")
	b.press("Enter")
	b.until(row(1) + `.textContent.includes('Harbour Press')`)
	run[bool](b, `(`+row(1)+`.querySelectorAll('button')[1].click(), true)`)
	b.into(`document.querySelector('dialog[open] input')`, first)
	b.press("Enter")
	b.until(fmt.Sprintf(`document.querySelectorAll('.outlets tbody tr').length === %d && `, rows-1) + row(0) + `.textContent.includes(` + quoted(second) + `)`)
	b.press("u")
	b.until(fmt.Sprintf(`document.querySelectorAll('.outlets tbody tr').length === %d`, rows))
	b.calm()
}

// TestChecksByButtons keeps a version, takes a person out, lets the page say
// what changed since, and checks everything again: all by buttons, in sentences.
func TestChecksByButtons(t *testing.T) {
	b := open(t, serve(t, &pristine))
	b.show("/report?checks=1")
	button := func(words string) string {
		return `[...document.querySelectorAll('dialog[open] button')].find(x => x.textContent.includes(` + quoted(words) + `))`
	}
	for _, x := range []struct{ name, answer string }{{"before", ""}, {"after", "yes"}} {
		if x.answer != "" {
			key := get[struct{ Items []speakerRow }](b, "/speakers").Items[0].Key
			s := get[struct {
				Version int64
				Study   struct{ ID string }
			}](b, "/session")
			body := fmt.Sprintf(`{"version":%d,"drafts":[{"do":"scope","speaker":%q,"answer":"yes"}]}`, s.Version, key)
			if code := run[int](b, `fetch('/api/v1/decisions',{method:'POST',headers:{'X-Recount':`+quoted(s.Study.ID)+`,'X-Recount-Tab':'x','Content-Type':'application/json'},body:`+quoted(body)+`}).then(r => r.status)`); code != 200 {
				t.Fatalf("an answer: %d", code)
			}
		}
		b.into(`document.querySelector('dialog[open] .checks .row input')`, x.name)
		b.press("Enter")
		b.long(`[...document.querySelectorAll('dialog[open] .checks li a')].some(a => a.textContent === ` + quoted(x.name) + `)`)
	}
	b.write(`document.querySelectorAll('dialog[open] select')[0]`, "before")
	b.write(`document.querySelectorAll('dialog[open] select')[1]`, "after")
	run[bool](b, `(`+button("Say what changed")+`.click(), true)`)
	b.long(`[...document.querySelectorAll('dialog[open] .found')].some(x => x.textContent.includes('ada'))`)
	run[bool](b, `(`+button("Check everything again")+`.click(), true)`)
	b.long(`document.querySelector('dialog[open] .found')?.textContent.includes('fits together')`)
	if x := run[string](b, `document.querySelector('dialog[open]').textContent`); strings.Contains(x, "`") || strings.Contains(x, "recount ") {
		t.Errorf("the page names a command: %s", x)
	}
	// A refusal stands beside what was asked.
	b.into(`document.querySelector('dialog[open] .checks .row input')`, "before")
	b.press("Enter")
	b.long(`document.querySelector('.toast')?.textContent.includes('was kept already')`)
	b.press("Escape")
	b.until(`!document.querySelector('dialog[open]') && !location.search.includes('checks')`)
	b.calm()
}

// long is until for what takes a while.
func (b *browser) long(js string) {
	b.t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if run[bool](b, `Boolean(`+js+`)`) {
			return
		}
	}
	b.until(js)
}

// TestMergeAndSplitLoseNothing merges a code, splits another, and undoes both:
// the codings are those of before, and all along none is lost.
func TestMergeAndSplitLoseNothing(t *testing.T) {
	b := open(t, serve(t, &example))
	type tree struct {
		Items []struct {
			ID, Became  string
			Count, Left int
		}
	}
	sum := func() (n int) {
		for _, c := range get[tree](b, "/codes").Items {
			n += c.Count
		}
		return n
	}
	coded := func(code string) map[string]bool {
		out := map[string]bool{}
		for _, x := range get[struct{ Items []struct{ Key string } }](b, "/codes/"+code+"/statements?limit=1000").Items {
			out[x.Key] = true
		}
		return out
	}
	statements := func(code string) int { return len(coded(code)) }
	was := sum()
	a, into := "", ""
	for _, c := range get[tree](b, "/codes").Items {
		switch {
		case !strings.Contains(c.ID, ".") || c.Count == 0:
		case a == "":
			a = c.ID
		case into == "":
			into = c.ID
		}
	}
	n, m := statements(a), statements(into)
	either := coded(a) // a statement that has both has one of them then
	for k := range coded(into) {
		either[k] = true
	}
	b.show("/codes?code=" + a)
	b.press("m")
	b.into(`document.querySelector('dialog[open] input')`, strings.ReplaceAll(into[strings.LastIndex(into, ".")+1:], "_", " "))
	b.press("Enter")
	b.until(`[...document.querySelectorAll('dialog[open] button')].some(x => x.textContent.includes('Do it'))`)
	b.until(`document.querySelector('dialog[open]').textContent.includes('none is lost')`)
	b.press("Enter")
	b.until(`!document.querySelector('dialog[open]')`)
	b.settled()
	if got := statements(into); got != len(either) {
		t.Errorf("%s has %d statements after %s (%d) went into it with %d, want %d", into, got, a, n, m, len(either))
	}
	b.press("u")
	b.until(`fetch('/api/v1/codes').then(r => r.json()).then(d => d.items.some(c => c.id === ` + quoted(a) + ` && !c.became))`)
	if statements(a) != n || statements(into) != m || sum() != was {
		t.Errorf("undone: %d and %d statements, were %d and %d", statements(a), statements(into), n, m)
	}
	b.show("/codes?code=" + into)
	b.press("s")
	b.into(`document.querySelector('dialog[open] textarea')`, "one_half")
	b.press("Enter")
	b.press(strings.Split("other_half", "")...)
	b.press("Ctrl+Enter")
	b.until(`[...document.querySelectorAll('dialog[open] button')].some(x => x.textContent.includes('Do it'))`)
	b.press("Enter")
	b.until(`!document.querySelector('dialog[open]') && fetch('/api/v1/codes').then(r => r.json()).then(d => d.items.some(c => c.id.endsWith('one_half')))`)
	// Until somebody answers anew the codings stand where they stood, and are
	// listed to be looked at.
	if got := sum(); got != was {
		t.Errorf("split: %d codings, were %d", got, was)
	}
	for _, c := range get[tree](b, "/codes").Items {
		if c.ID == into && c.Left != m {
			t.Errorf("of %s %d codings are to be looked at again, want %d", into, c.Left, m)
		}
	}
	b.press("u")
	b.until(`fetch('/api/v1/codes').then(r => r.json()).then(d => !d.items.some(c => c.id.endsWith('one_half')))`)
	if statements(into) != m {
		t.Errorf("undone: %d statements, were %d", statements(into), m)
	}
	b.calm()
}

// TestHistoryStandsStill opens History: the line of the count comes without
// moving a row, the newest stand first, and a decision shows what it moved.
func TestHistoryStandsStill(t *testing.T) {
	b := open(t, serve(t, &example))
	b.show("/history")
	at := run[float64](b, `document.querySelector('.history > li').getBoundingClientRect().y`)
	b.long(`!!document.querySelector('.headline-line svg path.steps')`)
	if now := run[float64](b, `document.querySelector('.history > li').getBoundingClientRect().y`); now != at {
		t.Errorf("the first row went from %v to %v when the line came", at, now)
	}
	times := run[[]string](b, `[...document.querySelectorAll('.history time')].map(x => x.dateTime)`)
	for i := range times[1:] {
		if times[i] < times[i+1] {
			t.Errorf("row %d is of %s, the one under it of %s", i, times[i], times[i+1])
		}
	}
	words := run[string](b, `document.querySelector('.headline-line figcaption').textContent`)
	head := get[struct {
		Headline []struct{ Value int }
	}](b, "/session").Headline[0].Value
	if !strings.Contains(words, fmt.Sprintf("from 0 to %d", head)) {
		t.Errorf("the line says %q, the headline %d", words, head)
	}
	// Somebody whose only page says so.
	for _, x := range get[struct{ Items []speakerRow }](b, "/speakers?scope=yes").Items {
		s := get[struct {
			Version int64
			Study   struct{ ID string }
		}](b, "/session")
		body := fmt.Sprintf(`{"version":%d,"drafts":[{"do":"scope","speaker":%q,"answer":"no"}]}`, s.Version, x.Key)
		n := run[int](b, `fetch('/api/v1/decisions',{method:'POST',headers:{'X-Recount':`+quoted(s.Study.ID)+`,'X-Recount-Tab':'x','Content-Type':'application/json'},body:`+quoted(body)+`}).then(r => r.json()).then(r => r.headline[0].value)`)
		if n == head-1 {
			b.until(fmt.Sprintf(`[...document.querySelectorAll('.history > li')].slice(0, 2).some(l => l.querySelector('.moved-by')?.textContent === '%d → %d')`, head, n))
			b.calm()
			return
		}
		head = n
	}
	t.Error("no answer moved the number")
}

// TestHowFarShown decides on the page of a person how far he or she is shown.
func TestHowFarShown(t *testing.T) {
	b := open(t, serve(t, &example))
	id := get[struct{ Items []struct{ ID string } }](b, "/people").Items[0].ID
	b.show("/people/" + id)
	b.write(`document.querySelector('#tier')`, "withdrawn")
	b.until(`fetch('/api/v1/people/` + id + `').then(r => r.json()).then(p => p.tier === 'withdrawn')`)
	b.until(`document.querySelector('#tier').value === 'withdrawn'`)
	run[bool](b, `(document.activeElement.blur(), true)`) // letters belong to a list of choices that has the focus
	b.press("u")
	b.until(`fetch('/api/v1/people/` + id + `').then(r => r.json()).then(p => p.tier !== 'withdrawn')`)
	b.calm()
}
