package web_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A plan is how a study is set up: what a person who begins it types.
type plan struct {
	dir                          string // pages, codebook, truth
	title, question, ask, speaks string
	from, to, folder             string
	country, countries, codebook string
	file                         bool   // the codebook in dir is one of recount
	definition                   string // of the first code
	report                       string // report.md
}

const order = "../../examples/order"

var orderPlan = plan{
	dir: order, title: "Leaving the Hill", folder: "leaving", from: "2014-01", to: "2015-08",
	question:   "Who are the people who left the Harrow Order and spoke about it to the press, and why did they leave?",
	ask:        "Has this person left the Harrow Order?",
	speaks:     "Does he or she speak about it to a news outlet?",
	country:    "Which country does he or she come from?",
	countries:  "Isterland (Skarhaven), Karsova (Karsovan, Korrin, Dorrin, Upper Tarn, Lower Tarn, Tarn valley), Maravos (Port-Azur), Orlund (Pell Sands, Lowmoor, south coast), Pelagna, Sudrecia, Veldmark, unknown",
	codebook:   "Reasons for leaving the Harrow Order",
	file:       true,
	definition: "The speaker gives as a reason that force was turned against people he or she regarded as allies.",
	report:     filepath.Join(order, "report.md"),
}

// A person who has never seen a terminal does the example study, from an empty
// folder to a written report, by the keyboard alone and by the mouse alone; its
// numbers are those of the truth. `make bars` does all of it; else the first
// few articles are read, and the people whose articles were all read are as the
// truth has them.
func TestStudyFromAnEmptyFolder(t *testing.T) {
	for _, x := range []struct {
		name          string
		mouse, groups bool
		most          float64 // key presses per person; 0: no bar
	}{{"keyboard, singly", false, false, 32}, {"keyboard, with groups", false, true, 15}, {"mouse", true, false, 0}} {
		t.Run(x.name, func(t *testing.T) {
			if os.Getenv("RECOUNT_BARS") == "" && (x.mouse || x.groups) {
				t.Skip("NOT RUN: make bars does the study with groups and by mouse")
			}
			chromium(t)
			tools.Do(func() { toolsErr = build() })
			if toolsErr != nil {
				t.Fatal(toolsErr)
			}
			dir := t.TempDir()
			r := newReader(start(t, opened(t, dir)), readTruth(t, filepath.Join(order, "truth.json")))
			r.plan, r.mouse, r.groups = orderPlan, x.mouse, x.groups
			r.begin()
			r.setUp()
			r.collect()
			if r.groups {
				r.triage()
				r.clusters()
			}
			r.firstArticle()
			all := os.Getenv("RECOUNT_BARS") != ""
			if !all {
				r.most = 5
			}
			r.everything()
			if all {
				r.pairs()
				r.left()
			}
			r.people()
			r.report()
			if all {
				r.check(filepath.Join(dir, "leaving"))
			}
			r.calm()
			r.measured(all, x.most)
		})
	}
}

// firstArticle opens the first article that is next.
func (r *reader) firstArticle() {
	r.t.Helper()
	r.goTo("articles", "n", "/")
	r.until(`!!document.querySelector('.queues a[href^="/articles/"]')`)
	r.acts["articles"]++
	if r.mouse {
		r.clickOn(`document.querySelector('.queues a[href^="/articles/"]')`)
	} else {
		r.press(run[string](r.browser, `document.querySelector('.queues a[href^="/articles/"] kbd').textContent`))
	}
	r.until(`/^\/articles\/./.test(location.pathname) && !!document.querySelector('#queue [role=option]')`)
	r.painted()
}

// measured prints what was done by what it was for, and holds it against the
// bar if everything was read.
func (r *reader) measured(all bool, most float64) {
	r.t.Helper()
	people := float64(r.truth.Totals.Range[1])
	what := map[bool]string{false: "key presses", true: "clicks"}[r.mouse]
	r.t.Logf("%d %s, %.1f for each of %.0f people; %d letters of free text\n%s", r.total(), what, float64(r.total())/people, people, r.free, r.tally())
	for _, n := range r.notes {
		r.t.Log(n)
	}
	if got := float64(r.total()) / people; all && most > 0 && got > most {
		r.t.Errorf("%.1f key presses a person; the bar is %.0f", got, most)
	}
}

// opened runs recount without a verb in a folder; the address comes back.
func opened(t testing.TB, dir string) string {
	t.Helper()
	cmd := exec.Command(binary, "--no-open")
	cmd.Dir = dir
	return serving(t, cmd)
}

// begin signs in and makes a study.
func (r *reader) begin() {
	r.t.Helper()
	r.choosing()
	r.fill("set-up", `document.querySelector('#signin-name')`, "ada")
	r.enter("set-up", `document.querySelector('.signin button[type=submit]')`)
	r.until(`[...document.querySelectorAll('h2')].some(x => x.textContent === 'A new study')`)
	for _, f := range [][2]string{
		{"Title", r.plan.title},
		{"Question", r.plan.question},
		{"Who counts", "left: " + r.plan.ask + "\nspeaks: " + r.plan.speaks},
		{"What is recorded", "country: " + r.plan.country + " = " + r.plan.countries + "\nleft: When did he or she leave? Month, of the earliest page that states one.\nage: How old was he or she when the article appeared?"},
		{"From", r.plan.from}, {"To", r.plan.to},
		{"Name of its folder", r.plan.folder},
	} {
		r.fill("set-up", control("main", f[0], 0), f[1])
	}
	r.enter("set-up", `document.querySelector('main form button[type=submit]')`)
	r.until(`!!document.querySelector('header.top') && document.title.includes(` + quoted(r.plan.title) + `)`)
	r.painted()
}

// enter sends a form off from its last field.
func (r *reader) enter(why, js string) {
	r.t.Helper()
	r.acts[why]++
	if r.mouse {
		r.clickOn(js)
	} else {
		r.press("Enter")
	}
}

// setUp says which codes there are.
func (r *reader) setUp() {
	r.t.Helper()
	const why = "set-up"
	r.goTo(why, "o", "/codes")
	file := r.mouse && r.plan.file
	if file {
		r.push(why, button("From a file"))
		r.files(abs(r.t, filepath.Join(r.plan.dir, "codebook.yaml")))
		r.until(`document.querySelector('.lines-written').textContent.includes(` + quoted(r.plan.codebook) + `)`)
	} else {
		r.fill(why, control("main", "Title", 0), r.plan.codebook)
		if r.mouse {
			r.reach(why, `document.querySelectorAll('input[name=unit]')[1]`)
		} else {
			r.reach(why, `document.querySelector('input[name=unit]')`)
			r.act(why, "Down")
		}
		r.fill(why, control("main", "Codes, one a line", 0), outline(r.t, r.plan.dir))
		r.push(why, button("these codes"))
	}
	r.save(why)
	r.until(`!!document.querySelector('[role=treeitem][aria-selected=true]')`)
	if !file {
		r.painted()
		r.act(why, "e")
		r.fill(why, control("main form", "Definition", 0), r.plan.definition)
		r.act(why, "Ctrl+Enter")
		r.until(`!document.querySelector('main form') && document.querySelector('dl.facts').textContent.includes(` + quoted(r.plan.definition) + `)`)
	}
}

func abs(t testing.TB, path string) string {
	t.Helper()
	p, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// save saves a form of Set-up.
func (r *reader) save(why string) {
	r.t.Helper()
	const ready = `document.querySelector('.will .btn.strong:not(:disabled)')`
	r.until(`!!` + ready + ` && !!document.querySelector('.will > p:not(.row)') && !document.querySelector('.will .error')`)
	if r.mouse {
		r.push(why, ready)
	} else {
		r.acts[why]++
		r.press("Ctrl+s")
	}
}

var codeLine = regexp.MustCompile(`(?m)^( *)- code: (\S+)\n *short: (.*)$`)

// outline writes the codes of a codebook as the lines of a form.
func outline(t testing.TB, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "codebook.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	for _, m := range codeLine.FindAllStringSubmatch(string(b), -1) {
		in := strings.Repeat("  ", strings.Count(m[2], "."))
		s.WriteString(in + m[2][strings.LastIndex(m[2], ".")+1:] + ": " + strings.Trim(m[3], `"'`) + "\n")
	}
	return s.String()
}

// collect brings the pages in, and waits until they are read.
func (r *reader) collect() {
	r.t.Helper()
	r.goTo("collect", "n", "/")
	r.push("collect", button("Choose files"))
	names, err := filepath.Glob(filepath.Join(abs(r.t, r.plan.dir), "pages", "*.html"))
	if err != nil || len(names) != len(r.truth.Pages) {
		r.t.Fatalf("%d pages, %v", len(names), err)
	}
	r.files(names...)
	r.until(`new Promise(done => { const look = n => document.querySelector('.queues a[href^="/articles/"]') || n > 600 ? done(n <= 600) : setTimeout(look, 200, n + 1); look(0) })`)
	r.painted()
}

// left notes what the page of what is next still asks.
func (r *reader) left() {
	r.t.Helper()
	r.goTo("report", "n", "/")
	r.until(`!!document.querySelector('.queues, .state.nothing')`)
	for _, x := range run[[]string](r.browser, `[...document.querySelectorAll('.queues .what b')].map(x => x.textContent)`) {
		r.note("left open: %s", x)
		if strings.Contains(x, "pair") {
			r.t.Errorf("left open: %s: in turn %v; likeliest %v", x, get[any](r.browser, "/pairs"), get[any](r.browser, "/pairs?order=top"))
		}
	}
}

// people compares the list of people with the truth: everybody who was met
// stands there once, and whose articles were all read has the country and the
// codes of the truth.
func (r *reader) people() {
	r.t.Helper()
	r.goTo("report", "p", "/people")
	r.acts["report"]++
	if r.mouse {
		r.clickOn(`document.querySelector('#people-panel-people')`)
	} else {
		r.reach("report", `document.querySelector('#people-panel-triage')`)
		r.press("Right")
	}
	r.until(`document.querySelectorAll('main tbody tr').length > 0`)
	var rows []struct{ Name, Country, Codes string }
	text := run[string](r.browser, `JSON.stringify([...document.querySelectorAll('main tbody tr')].map(x => ({Name: x.querySelector('a').textContent, Country: x.querySelectorAll('td.short')[0].textContent, Codes: x.querySelectorAll('td')[4 + x.querySelectorAll('td.short').length].textContent})))`)
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		r.t.Fatal(err)
	}
	met, checked := 0, 0
	for _, who := range r.truth.Persons {
		if !who.IsCase || len(r.met[who.ID]) == 0 {
			continue
		}
		met++
		if slices.ContainsFunc(who.Pages, func(id string) bool {
			return !slices.ContainsFunc(r.read, func(x string) bool { return r.truth.page(x).Story == r.truth.page(id).Story })
		}) {
			continue
		}
		want := map[string]bool{}
		for _, x := range who.Reasons {
			for part := range strings.SplitSeq(x.Code, ".") { // a code gives the upper one, too
				want[strings.ReplaceAll(part, "_", " ")] = true
			}
		}
		found := false
		for _, row := range rows {
			called := row.Name == "a person without a name" || slices.ContainsFunc(r.met[who.ID], func(k string) bool { return r.names[k] == row.Name })
			if !called || who.Country != "unknown" && row.Country != who.Country {
				continue
			}
			got := map[string]bool{}
			for c := range strings.SplitSeq(row.Codes, ", ") {
				if c != "" {
					got[c] = true
				}
			}
			found = found || maps.Equal(got, want)
		}
		checked++
		if !found {
			r.t.Errorf("%s, of %s, with the codes %v, is not in the list of people: %v", who.ID, who.Country, slices.Sorted(maps.Keys(want)), rows)
		}
	}
	if len(rows) != met || checked == 0 {
		r.t.Errorf("%d people in the list, of %d who were met; %d checked", len(rows), met, checked)
	}
}

// report writes the report and leads to it.
func (r *reader) report() {
	r.t.Helper()
	r.goTo("report", "r", "/report")
	if r.mouse {
		r.push("report", button("From a file"))
		r.files(abs(r.t, r.plan.report))
		r.until(`document.querySelector('#report-text').value.includes('subreasons')`)
	} else {
		b, err := os.ReadFile(r.plan.report)
		if err != nil {
			r.t.Fatal(err)
		}
		r.act("report", "e")
		r.fill("report", `document.querySelector('#report-text')`, string(b))
		r.act("report", "Escape")
	}
	r.act("report", "w")
	const link = `[...document.querySelectorAll('.page-head a')].find(x => x.getAttribute('href')?.startsWith('/reports/'))`
	r.until(`new Promise(done => { const look = n => ` + link + ` || n > 300 ? done(n <= 300) : setTimeout(look, 200, n + 1); look(0) })`)
	if r.mouse {
		r.push("report", link)
	} else {
		r.act("report", "o")
	}
	r.until(`location.pathname.startsWith('/reports/') && document.body.innerText.includes(` + quoted(r.plan.title) + `)`)
}

// A printed number.
type printed struct {
	Name, Label string
	N           int
	Range       [2]int
	Exact       bool
}

// printed reads the numbers of the report, by name and row: a month as 2014-01,
// a code by its name.
func (r *reader) printed(dir string) map[string]printed {
	r.t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "out", "*", "manifest.json"))
	if err != nil || len(found) != 1 {
		r.t.Fatalf("reports: %v, %v", found, err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		r.t.Fatal(err)
	}
	var m struct{ Numbers []printed }
	if err := json.Unmarshal(b, &m); err != nil {
		r.t.Fatal(err)
	}
	book, err := os.ReadFile(filepath.Join(r.plan.dir, "codebook.yaml"))
	if err != nil {
		r.t.Fatal(err)
	}
	code := map[string]string{} // what a code means in brief -> code
	for _, c := range codeLine.FindAllStringSubmatch(string(book), -1) {
		code[strings.TrimSuffix(strings.Trim(c[3], `"'`), ".")] = c[2]
	}
	got := map[string]printed{}
	for _, n := range m.Numbers {
		_, row, ok := strings.Cut(n.Label, ": ")
		month, err := time.Parse("January 2006", row)
		switch {
		case !ok:
			got[n.Name] = n
		case err == nil:
			got[n.Name+": "+month.Format("2006-01")] = n
		case code[row] != "":
			got[n.Name+": "+code[row]] = n
		default:
			got[n.Name+": "+row] = n
		}
	}
	return got
}

// check compares the printed numbers with the truth.
func (r *reader) check(dir string) {
	r.t.Helper()
	got := r.printed(dir)
	want := func(name string, lo, hi int) {
		if n := got[name]; n.Range != [2]int{lo, hi} || !n.Exact && hi > 0 {
			r.t.Errorf("%s: %d to %d (exact: %v); want %d to %d", name, n.Range[0], n.Range[1], n.Exact, lo, hi)
		}
	}
	apart, merged := r.truth.Totals.Apart, r.truth.Totals.Merged
	want("people", r.truth.Totals.Range[0], r.truth.Totals.Range[1])
	want("women", merged.Women, apart.Women)
	for _, x := range []struct {
		name          string
		apart, merged map[string]int
	}{{"countries", apart.ByCountry, merged.ByCountry}, {"reasons", apart.ByReason, merged.ByReason}, {"subreasons", apart.BySubreason, merged.BySubreason}} {
		for row, n := range x.apart {
			want(x.name+": "+row, min(n, x.merged[row]), max(n, x.merged[row]))
		}
	}
	for month, n := range apart.ByMonth {
		if x := got["months: "+month]; x.N != n {
			r.t.Errorf("first reported in %s: %d; want %d", month, x.N, n)
		}
	}
}
