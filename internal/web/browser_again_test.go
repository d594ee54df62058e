package web_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestChangedPageByNext follows Next to the answers whose words an outlet
// changed: each is named with the words of then and now, the article and the
// list of articles are marked, one is kept and the other is moved.
func TestChangedPageByNext(t *testing.T) {
	serve(t, &pristine) // makes the tools
	dir := filepath.Join(t.TempDir(), "changed")
	if err := os.CopyFS(dir, os.DirFS(pristine)); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "hall.html")
	capture := func(said string) {
		t.Helper()
		text := `<!doctype html><html lang="en"><head><title>The full hall</title><meta property="og:site_name" content="Korrin Gazette"></head><body><article><h1>The full hall</h1>
<p>The hall of the old mill was full on Monday evening, and the mayor came late.</p>
<p>“We are ` + said + ` in this hall and nobody has paid us since March,” said Mara Okonkwo, a weaver.</p>
<p>“My sister waited ` + said + ` days for an answer and none came,” said Pavel Dorn, a smith.</p>
<p>The mayor listened to everybody for an hour and went home without an answer.</p></article></body></html>`
		if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"add", "--study", dir, page}, {"extract", "--study", dir}} {
			if out, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %v\n%s", args, err, out)
			}
		}
	}
	capture("36")
	b := open(t, serveFolder(t, dir))
	key := b.article("The full hall")
	if s := run[int](b, `(async () => {
		const s = await fetch('/api/v1/session').then(r => r.json())
		const a = await fetch('/api/v1/articles/`+key+`').then(r => r.json())
		const drafts = a.speakers.flatMap(x => x.statements.flatMap(y => [{do: 'scope', speaker: x.key, answer: 'yes'}, {do: 'accept', statement: y.key}]))
		return drafts.length !== 4 ? drafts.length : fetch('/api/v1/decisions', {method: 'POST', headers: {'X-Recount': s.study.id, 'Content-Type': 'application/json'}, body: JSON.stringify({version: s.version, drafts})}).then(r => r.status)
	})()`); s != 200 {
		t.Fatalf("two statements were not accepted: %d", s)
	}
	capture("32")
	b.show("/")
	b.until(`[...document.querySelectorAll('ol.queues a')].some(x => x.textContent.includes('2 answers to look at again'))`)
	run[bool](b, `([...document.querySelectorAll('ol.queues a')].find(x => x.textContent.includes('2 answers to look at again')).click(), true)`)
	items := `[...document.querySelectorAll('.again li')]`
	b.until(`location.pathname + location.search === '/codes?list=review' && ` + items + `.length === 2`)
	if ok := run[bool](b, items+`.every(x => x.querySelector('del').textContent.includes('36') && x.querySelector('ins').textContent.includes('32') && x.textContent.includes('The full hall') && x.textContent.includes('only in the older text of') && ['Move to the new words', 'Keep', 'Take back'].every(y => [...x.querySelectorAll('button')].some(z => z.textContent.includes(y))))`); !ok {
		t.Errorf("the list shows %s", run[string](b, `document.querySelector('.again').innerText`))
	}
	if shown := run[string](b, `document.querySelector('main').innerText`); shown == "" || run[bool](b, `document.querySelector('main').innerText.includes('Nothing to look at again')`) {
		t.Errorf("the page says %q", shown)
	}
	b.show("/articles")
	b.until(`[...document.querySelectorAll('td.main-cell')].some(x => x.textContent.includes('The full hall') && x.textContent.includes('2 answers to look at again'))`)
	b.show("/articles/" + b.article("The full hall"))
	b.until(`[...document.querySelectorAll('#queue .item')].filter(x => x.textContent.includes('only in the older text of')).length === 2`)
	press := func(label string) {
		run[bool](b, `([...document.querySelectorAll('.again li:first-child button')].find(x => x.textContent.includes(`+quoted(label)+`)).click(), true)`)
	}
	b.show("/codes?list=review")
	b.until(items + `.length === 2`)
	press("Keep")
	b.until(items + `.length === 1`)
	press("Move to the new words")
	b.until(items + `.length === 0 && document.querySelector('main').innerText.includes('Nothing to look at again')`)
	b.show("/")
	b.until(`!document.querySelector('main').innerText.includes('to look at again')`)
	b.calm()
}
