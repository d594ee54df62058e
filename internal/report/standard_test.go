package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"recount"
	"recount/internal/count"
)

// standardSample is the sample study with what a standard report says besides.
func standardSample(t *testing.T, kind string) (*Site, *Template) {
	t.Helper()
	m, _, _ := sampleStudy()
	m.Variables = []Variable{{Name: "home_port", Ask: "Where is home?", Values: []string{"Sund", "Mole"}}}
	m.From, m.To = "2019-01", "2020-12"
	m.Annex = &Annex{Agreement: []Agreement{{Kind: recount.KindScope, Coders: []string{"ann", "bo"}, Asked: 12, Twice: 6, Differ: 1, Values: []string{"equal answers 83%"}}},
		Coders:   []Coder{{Name: "ann", Kind: recount.KindScope, N: 12}},
		Boundary: []Boundary{{Name: "Bram Tol", Why: "it is unclear whether this person counts"}}}
	return standardOf(t, kind, m)
}

// standardSite makes a standard report of a study.
func standardSite(t *testing.T, kind string, m *Material) *Site {
	site, _ := standardOf(t, kind, m)
	return site
}

func standardOf(t *testing.T, kind string, m *Material) (*Site, *Template) {
	t.Helper()
	tpl, err := Standard(kind, m)
	if err != nil {
		t.Fatal(err)
	}
	p := &count.Problem{Members: membersOf(m), Codes: m.Codebook, Variables: []string{"home_port"}, Values: map[string][]string{"home_port": {"Sund", "Mole"}}}
	var results []recount.Result
	for _, q := range tpl.Queries {
		r, err := p.Result(q)
		if err != nil {
			t.Fatalf("%s: %v", q.Name, err)
		}
		results = append(results, r)
	}
	site, err := Study(m, tpl, results)
	if err != nil {
		t.Fatal(err)
	}
	return site, tpl
}

func membersOf(m *Material) (out []recount.Member) {
	for _, c := range m.Cases {
		out = append(out, c.Members...)
	}
	return out
}

// TestStandardReports makes the reports that come with recount for a study that
// has no template of its own: every part that a reader looks for is there, and
// every number of a part is in the manifest.
func TestStandardReports(t *testing.T) {
	site, tpl := standardSample(t, "said")
	var page, md bytes.Buffer
	for _, p := range site.pages {
		w := map[string]*bytes.Buffer{"index.html": &page, MarkdownName: &md}[p.path]
		if w == nil {
			continue
		}
		if err := p.write(w); err != nil {
			t.Fatal(err)
		}
	}
	for _, head := range []string{"How it was searched and screened", "Who speaks", "When they were first reported", "How well it is supported", "What would change it",
		"Against other counts", "Limits", "Boundary cases", "Changes since the last version", "Annex: codebook and variables", "Annex: who decided what", "Annex: people", "Annex: sources"} {
		if !strings.Contains(page.String(), ">"+head+"</h2>") {
			t.Errorf("the page has no part %q", head)
		}
		if !strings.Contains(md.String(), "## "+head+"\n") {
			t.Errorf("the Markdown has no part %q", head)
		}
	}
	for _, words := range []string{"Bram Tol", "equal answers 83%", "home port", "SHA-256"} {
		if !strings.Contains(page.String(), words) || !strings.Contains(md.String(), words) {
			t.Errorf("%q does not stand in both", words)
		}
	}
	if site.Manifest().Kind != "said" || tpl.Kind != "said" {
		t.Errorf("kind = %q", site.Manifest().Kind)
	}
	parts := map[string]bool{}
	for _, n := range site.Manifest().Numbers {
		parts[n.Page] = true
	}
	for _, p := range site.pages {
		if strings.HasPrefix(p.path, "numbers/part-") && !strings.Contains(p.path, ".2.") && !parts[p.path] {
			t.Errorf("%s is no number of the manifest", p.path)
		}
	}
	if _, err := Standard("nothing", newSample()); err == nil || recount.HintOf(err) != "they are pile, said, brief" {
		t.Errorf("an unknown report: %v", err)
	}
}

// TestStandardWithoutAnything makes them for a study that records nothing.
func TestStandardWithoutAnything(t *testing.T) {
	for _, kind := range []string{"said", "brief"} {
		m := newSample()
		m.Codebook = recount.Codebook{}
		tpl, err := Standard(kind, m)
		if err != nil {
			t.Fatal(err)
		}
		p := &count.Problem{}
		var results []recount.Result
		for _, q := range tpl.Queries {
			r, err := p.Result(q)
			if err != nil {
				t.Fatalf("%s: %s: %v", kind, q.Name, err)
			}
			results = append(results, r)
		}
		if _, err := Study(m, tpl, results); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// TestCitationsPointToListedSources makes a report with a list of its sources
// of more pages than the list prints: every source that a note names is listed
// once, whether it stands before or behind the end of the list.
func TestCitationsPointToListedSources(t *testing.T) {
	for _, more := range []int{0, mostListed - 10, mostListed, 3 * mostListed} {
		for _, day := range []string{"1999-01-02", "2031-01-02"} { // before and behind the pages that are cited
			m := newSample()
			s := &sample{*m}
			for i := range more {
				s.article(fmt.Sprintf("more-%d.html", i), "The Sund Times", day, fmt.Sprintf("Weather %d", i), "", "Fog.")
			}
			m = &s.m
			tpl, err := ParseTemplate([]byte("---\ntitle: Keepers\nresults:\n  people:\n    count: all\n---\n{{people}} spoke.\n\n{{sources}}\n"))
			if err != nil {
				t.Fatal(err)
			}
			p := sampleProblem(m)
			var results []recount.Result
			for _, q := range tpl.Queries {
				r, err := p.Result(q)
				if err != nil {
					t.Fatal(err)
				}
				results = append(results, r)
			}
			site, err := Study(m, tpl, results)
			if err != nil {
				t.Fatal(err)
			}
			var md bytes.Buffer
			for _, p := range site.pages {
				if p.path == MarkdownName {
					if err := p.write(&md); err != nil {
						t.Fatal(err)
					}
				}
			}
			listed := map[string]int{}
			for _, m := range regexp.MustCompile(`(?m)^\s*(S\d+)\. `).FindAllStringSubmatch(md.String(), -1) {
				listed[m[1]]++
			}
			cited := regexp.MustCompile(`\[(S\d+)\\?\]`).FindAllStringSubmatch(md.String(), -1)
			if len(cited) == 0 || len(listed) < min(more, mostListed) {
				t.Fatalf("%d more of %s: %d citations and %d sources", more, day, len(cited), len(listed))
			}
			for _, c := range cited {
				if listed[c[1]] != 1 {
					t.Errorf("%d more of %s: %s is cited and listed %d times", more, day, c[1], listed[c[1]])
				}
			}
		}
	}
}

// What recount writes itself claims no floor beside a range: no template asks
// for "at least" before a number, none of its words goes further than its
// numbers, and no page of it prints "at least 29 (range 27 to 29)".
func TestNoFloorBesideARange(t *testing.T) {
	floor := regexp.MustCompile(`(?i)\b(?:at least|no fewer than|not less than)\s+\{\{`)
	printed := regexp.MustCompile(`(?i)\b(?:at least|no fewer than) [\d,]+(?: \w+)?,? *[(\[]?\s*range`)
	if !floor.MatchString("At least {{people}} left") || !printed.MatchString("at least 29 (range 27 to 29)") || !printed.MatchString("At least 29 people [range 27 to 29]") {
		t.Fatal("the test finds nothing")
	}
	for _, kind := range []string{"said", "brief"} {
		m := newSample()
		tpl, err := Standard(kind, m)
		if err != nil {
			t.Fatal(err)
		}
		if at := floor.Find(tpl.text); at != nil {
			t.Errorf("%s asks for %q", kind, at)
		}
		p := sampleProblem(m)
		var results []recount.Result
		ranges := false
		for _, q := range tpl.Queries {
			r, err := p.Result(q)
			if err != nil {
				t.Fatal(err)
			}
			ranges = ranges || r.Range.Low != r.Range.High
			results = append(results, r)
		}
		if !ranges {
			t.Fatalf("%s: no number of the sample is open", kind)
		}
		for _, w := range tpl.Lint(results) {
			t.Errorf("%s: %s", kind, w)
		}
		site, err := Study(m, tpl, results)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range site.pages {
			if p.path != MarkdownName && p.path != "index.html" {
				continue
			}
			var b bytes.Buffer
			if err := p.write(&b); err != nil {
				t.Fatal(err)
			}
			if at := printed.FindString(tags.ReplaceAllString(b.String(), " ")); at != "" {
				t.Errorf("%s prints %q on %s", kind, at, p.path)
			}
		}
	}
}

// A statement whose words an outlet withdrew is not quoted, and it is said that
// it is left out and of whom; a statement that still stands is.
func TestWithdrawnWordsAreSaid(t *testing.T) {
	for _, gone := range []bool{false, true} {
		m, _, _ := sampleStudy()
		for i := range m.Cases {
			for j := range m.Cases[i].Members {
				x := &m.Cases[i].Members[j]
				for k := range x.Statements {
					s := &x.Statements[k]
					for l := range x.Codes {
						if c := &x.Codes[l]; gone && s.Type == recount.Direct && c.Article == s.Article && spansText(c.Article, c.At) == spansText(s.Article, s.At) {
							c.At = make([]recount.Span, len(c.At))
						}
					}
					if gone && s.Type == recount.Direct {
						s.At = make([]recount.Span, len(s.At))
					}
				}
			}
		}
		m.Quoted = 40
		site := standardSite(t, "said", m)
		var page bytes.Buffer
		for _, p := range site.pages {
			if p.path == "index.html" {
				if err := p.write(&page); err != nil {
					t.Fatal(err)
				}
			}
		}
		said := regexp.MustCompile(`Left out: direct statements of <a[^>]*href="(numbers/part-gone-[0-9a-f]+\.html)">1</a> person whose words are gone`).FindStringSubmatch(page.String())
		if (said != nil) != gone {
			t.Errorf("withdrawn %v: said %v", gone, said)
		}
		if said == nil {
			continue
		}
		n := 0
		for _, p := range site.pages {
			if p.path == said[1] {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d pages show whose words are gone", n)
		}
	}
}

// What an open question moves is counted over the rows that the report prints.
func TestRowsThatNobodyPrints(t *testing.T) {
	for _, tt := range []struct {
		drawn map[string]bool
		kind  string
		want  string
	}{
		{map[string]bool{"a": true, "b": true}, "", "It moves 3 rows of the tables."},
		{map[string]bool{"a": true}, "", "It moves 2 rows of the tables."},
		{map[string]bool{"b": true}, "", "It moves 1 row of the tables."},
		{map[string]bool{"b": true}, "brief", "It moves 1 row of the charts."},
		{nil, "", "It moves no number, only how large the whole of some shares is."},
	} {
		moves := func(n int) recount.Result {
			return recount.Result{Name: "row", N: n, Range: recount.IntRange{Low: n - 1, High: n, Exact: true}}
		}
		rows := []recount.Result{moves(3), moves(4), moves(5)}
		r := &study{t: &Template{Kind: tt.kind, drawn: tt.drawn}, byName: map[string]*recount.Result{}, resultOf: map[*evidence]*recount.Result{}, rowOf: map[*recount.Result]string{&rows[0]: "a", &rows[1]: "a", &rows[2]: "b"}}
		a := &asked{}
		for i := range rows {
			e := &evidence{Asked: []link{{}}}
			r.resultOf[e] = &rows[i]
			a.moves = append(a.moves, e)
		}
		if got := r.movesText(a); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.drawn, got, tt.want)
		}
	}
}
