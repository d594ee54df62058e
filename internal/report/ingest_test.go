package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"recount"
)

func ingestPageOf(t *testing.T, m *Material, searches ...recount.SearchRun) string {
	t.Helper()
	var b bytes.Buffer
	if err := Ingest(&b, m, searches); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The policy allows the style as it stands in the page, and no more.
func TestStyleAgainstPolicy(t *testing.T) {
	page := ingestPageOf(t, &Material{})
	_, rest, _ := strings.Cut(page, "<style>")
	style, _, ok := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if !ok || !strings.Contains(page, want) || strings.Contains(page, "unsafe") || strings.Contains(page, "<script") {
		t.Errorf("the policy does not allow the style with %s", want)
	}
}

func TestReasonsThatAreOne(t *testing.T) {
	page := ingestOf(&Material{Refusals: []recount.Refusal{
		{Name: "a.csv", Stage: "extract", Reason: "a list of addresses (2) and no text", Hint: "fetch a.csv"},
		{Name: "b.csv", Stage: "extract", Reason: "a list of addresses (40) and no text", Hint: "fetch b.csv"},
		{Name: "c.html#article 2", Stage: "extract", Reason: `a field that is not known: "mood" (calm)`, Hint: "look"},
		{Name: "c.html#article 3", Stage: "extract", Reason: `a field that is not known: "tide"`, Hint: "look"},
		{Name: "d.html", Stage: "add", Reason: "an empty file", Hint: "save it again"},
	}}, nil)
	want := []ingestReason{
		{"a field that is not known: …", "look", "extract", []ingestThing{{"c.html#article 2", `a field that is not known: "mood" (calm)`, ""}, {"c.html#article 3", `a field that is not known: "tide"`, ""}}, 0},
		{"a list of addresses (…) and no text", "", "extract", []ingestThing{{"a.csv", "a list of addresses (2) and no text", "fetch a.csv"}, {"b.csv", "a list of addresses (40) and no text", "fetch b.csv"}}, 0},
		{"an empty file", "save it again", "add", []ingestThing{{"d.html", "", ""}}, 0},
	}
	if len(page.Reasons) != len(want) {
		t.Fatalf("%d reasons, want %d: %+v", len(page.Reasons), len(want), page.Reasons)
	}
	for i, r := range page.Reasons {
		w := want[i]
		if r.Reason != w.Reason || r.Hint != w.Hint || r.Stage != w.Stage || len(r.Things) != len(w.Things) {
			t.Errorf("reason %d is %+v, want %+v", i, r, w)
			continue
		}
		for j := range r.Things {
			if r.Things[j] != w.Things[j] {
				t.Errorf("reason %d, thing %d is %+v, want %+v", i, j, r.Things[j], w.Things[j])
			}
		}
	}
}

// Every number that others are taken from is there with what is taken.
func TestSteps(t *testing.T) {
	m := &Material{
		Captures: []recount.Capture{{Key: "1", Name: "a.html"}, {Key: "2", Name: "b.csv"}, {Key: "3", Name: "https://news.example/feed.xml", Channel: "feed"}},
		Articles: []*recount.Article{{Key: "x", Capture: "1", Name: "a.html"}},
		Refusals: []recount.Refusal{{Name: "z.html", Stage: "add", Reason: "gone"}, {Name: "b.csv", Stage: "extract", Reason: "a list"}, {Name: "a.html#row 2", Stage: "extract", Reason: "no text"}},
	}
	got := map[string]int{}
	for _, s := range ingestOf(m, nil).Steps {
		got[s.What] = s.N
	}
	for what, n := range map[string]int{"offered": 4, "could not be taken": 1, "archived": 3, "feeds": 1, "gave no article": 1, "articles": 1, "pieces of these files was not taken": 0, "piece of these files was not taken": 1, "pages": 1} {
		if got[what] != n {
			t.Errorf("%s: %d, want %d", what, got[what], n)
		}
	}
}

// A piece of a file that was read is no refused file: it is counted and listed
// apart.
func TestPiecesAreNotRefused(t *testing.T) {
	m := &Material{Captures: []recount.Capture{{Key: "1", Name: "export.html"}, {Key: "2", Name: "notes#2.txt"}, {Key: "3", Name: "scan.pdf"}}, Articles: []*recount.Article{{Key: "x", Capture: "1", Name: "export.html"}}}
	piece := func(name string) recount.Refusal {
		return recount.Refusal{Name: name, Stage: "extract", Reason: "a caption without text"}
	}
	for name, want := range map[string]bool{
		"export.html#article 3": true, "export.html#3 (In pictures)": true, "notes#2.txt#line 4": true, "scan.pdf#page 2": true, "gone.html#article 1": false,
		"export.html": false, "notes#2.txt": false, "scan.pdf": false, "export.htm": false, "#export.html": false, "export.html#a#b": true,
	} {
		m.Refusals = []recount.Refusal{piece(name)}
		v := ingestOf(m, nil)
		if len(v.Pieces) == 1 != want || len(v.Reasons) == 1 == want {
			t.Errorf("%s: refused %v, pieces %v; a piece: %v", name, v.Reasons, v.Pieces, want)
		}
		if strings.Contains(ingestPageOf(t, m), "<h2>Refused</h2>") == want {
			t.Errorf("%s stands in the wrong part of the page", name)
		}
	}
	m.Refusals = []recount.Refusal{{Name: "lost.pdf", Stage: "extract", Reason: "no article"}, piece("lost.pdf#page 1"), {Name: "a#b.txt", Stage: "add", Reason: "an empty file"}}
	if v := ingestOf(m, nil); len(v.Reasons) != 2 || len(v.Pieces) != 1 {
		t.Errorf("refused %v, pieces %v", v.Reasons, v.Pieces)
	}
}

func TestNamesOfStrangersAreText(t *testing.T) {
	evil := `"><script>alert(1)</script><img src=x onerror=alert(1)>` + "\x00\u202e"
	page := ingestPageOf(t, &Material{Title: evil,
		Captures: []recount.Capture{{Key: "1", Name: evil, Channel: evil, MediaType: evil, Origin: recount.Origin{Within: &recount.Within{File: evil}}}},
		Articles: []*recount.Article{{Key: "x", Capture: "1", Name: evil, Title: evil, Outlet: evil, Byline: evil, Notes: []string{evil}}},
		Refusals: []recount.Refusal{{Name: evil, Stage: "add", Reason: evil, Hint: evil}},
	}, recount.SearchRun{Query: evil, Actor: evil, Details: recount.SearchDetails{Database: evil, String: evil}})
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") {
		t.Error("what strangers wrote became markup")
	}
}

// Open questions about pages are counted by what they ask, whatever the page.
func TestOpenQuestions(t *testing.T) {
	m := &Material{Articles: []*recount.Article{
		{Key: "a", Name: "a.html", Published: "2014-05-14", Notes: []string{"the article holds 34 % of the running text on the page; most of the rest stands behind it and begins “The bakers …”: look whether it belongs to the article"}},
		{Key: "b", Name: "b.html", Published: "2014-05-14", Notes: []string{"the article holds 12 % of the running text on the page; most of the rest stands before it and begins “The goose …”: look whether it belongs to the article"}},
		{Key: "c", Name: "c.html", Notes: []string{"another article of the page was left out: “Soup”"}},
		{Key: "d", Name: "d.html", Published: "2014-05-14", DateFlag: "origins disagree: 2014-05-14 (visible text), 2014-06-01 (url)"},
		{Key: "e", Name: "e.html", Published: "2014-05-14"},
	}, Readings: map[recount.Key]*recount.Reading{"e": {Notes: []string{"no lexicon for language zh: marks alone"}}}}
	v := ingestOf(m, nil)
	got := map[string]int{}
	for _, r := range v.Open {
		got[r.Label] = r.N
	}
	for q, n := range map[string]int{"the article holds less than half of the running text on its page": 2, "another article of the page was left out": 1,
		"no date of publication": 1, "dates": 1, "no lexicon for language zh": 1} {
		if got[q] != n {
			t.Errorf("%q is asked of %d pages, want %d; %v", q, got[q], n, got)
		}
	}
	if len(v.Look) != 5 || len(v.Look[0].Why) != 1 || !strings.Contains(v.Look[0].Why[0], "34 %") {
		t.Errorf("the list of pages is %+v", v.Look)
	}
}

// A file with thousands of refused pieces does not keep another from being named,
// and as many files do not make a page without end.
func TestManyPiecesOfOneFile(t *testing.T) {
	piece := func(folder string, i int) recount.Refusal {
		return recount.Refusal{Name: fmt.Sprintf("%s/%d.html", folder, i), Stage: "add", Reason: "an empty file"}
	}
	var list []recount.Refusal
	for i := range 3000 {
		list = append(list, piece("a.tar", i))
	}
	for i := range 1500 {
		list = append(list, piece(fmt.Sprintf("many/%d.zip", i), 0), piece("z.zip", i))
	}
	out := ingestReasons(list)
	if len(out) != 1 || out[0].N() != len(list) {
		t.Fatalf("%d reasons, %d things of %d", len(out), out[0].N(), len(list))
	}
	of := map[string]int{}
	for _, x := range out[0].Things {
		of[x.Name[:strings.LastIndex(x.Name, "/")]]++
	}
	if of["a.tar"] != 500 || of["z.zip"] != 1 || of["many/0.zip"] != 1 || len(out[0].Things) != 1000 {
		t.Errorf("%d things are named: %d of the first file, %d of the last, %d of one with a single piece", len(out[0].Things), of["a.tar"], of["z.zip"], of["many/0.zip"])
	}
}
