package report

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"recount"
	"recount/internal/count"
)

// written writes both reports of the sample and returns their folders.
func written(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if keep := os.Getenv("KEEP"); keep != "" {
		dir = keep // a folder to look at the pages in
	}
	pile, err := Pile(newSample())
	if err != nil {
		t.Fatal(err)
	}
	study, err := Study(sampleStudy())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"pile": filepath.Join(dir, "pile"), "study": filepath.Join(dir, "study")}
	if err := pile.Write(out["pile"]); err != nil {
		t.Fatal(err)
	}
	if err := study.Write(out["study"]); err != nil {
		t.Fatal(err)
	}
	return out
}

// parsed reads every page of a report.
func parsed(t *testing.T, dir string) map[string]*html.Node {
	t.Helper()
	pages := map[string]*html.Node{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".html") {
			return err
		}
		f, err := os.Open(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil {
			return err
		}
		defer f.Close()
		pages[p], err = html.Parse(f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestLinksResolve checks that every link of both reports has a page and
// every fragment a place, and that what a number opens shows what it counts.
// WALK names the folder of another report to check.
func TestLinksResolve(t *testing.T) {
	reports := written(t)
	if dir := os.Getenv("WALK"); dir != "" {
		reports = map[string]string{"walked": dir}
	}
	for name, dir := range reports {
		pages := parsed(t, dir)
		ids := map[string]bool{}
		marks := map[string]bool{}
		for p, doc := range pages {
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if id := attr(n, "id"); id != "" {
					if ids[p+"#"+id] {
						t.Errorf("%s: %s has the id %s twice", name, p, id)
					}
					ids[p+"#"+id] = true
				}
				if n.Data == "mark" || strings.Contains(attr(n, "class"), "empty") {
					marks[p] = true
				}
			}
		}
		numbers := 0
		for p, doc := range pages {
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				for _, a := range n.Attr {
					if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
						t.Errorf("%s: %s has an attribute %s", name, p, a.Key)
					}
				}
				switch n.Data {
				case "script", "iframe", "img", "style", "object", "embed", "base", "form":
					t.Errorf("%s: %s has an element %s", name, p, n.Data)
				case "a":
				default:
					continue
				}
				href := attr(n, "href")
				u, err := url.Parse(href)
				if err != nil || u.IsAbs() || u.Host != "" {
					t.Errorf("%s: %s links to %s", name, p, href)
					continue
				}
				target := p
				if u.Path != "" {
					target = path.Join(path.Dir(p), u.Path)
				}
				if pages[target] == nil {
					if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(target))); err != nil {
						t.Errorf("%s: %s links to %s, which is not there", name, p, href)
					}
				}
				if u.Fragment != "" && !ids[target+"#"+u.Fragment] {
					t.Errorf("%s: %s links to %s, a place that is not there", name, p, href)
				}
				if strings.Contains(attr(n, "class"), "number") || n.Namespace == "svg" {
					numbers++
					if !marks[target] {
						t.Errorf("%s: %s: the number %s opens a page that shows nothing", name, p, href)
					}
				}
			}
		}
		t.Logf("%s: %d pages, %d links from numbers", name, len(pages), numbers)
		if numbers < 20 {
			t.Errorf("%s: only %d numbers", name, numbers)
		}
	}
}

// Open questions stand in the order of what they move: by how many people, then
// by how many numbers.
func TestQuestionsThatMoveMostComeFirst(t *testing.T) {
	m, tpl, results := sampleStudy()
	order := func() (keys []string, texts []string) {
		r, _, err := newStudy(m, tpl, results)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range r.order {
			keys = append(keys, a.What+" "+string(a.Key))
			texts = append(texts, a.Text)
		}
		return keys, texts
	}
	keys, _ := order()
	if len(keys) < 2 {
		t.Fatalf("%d questions in the sample", len(keys))
	}
	for i, k := range keys {
		m.Moves = map[string]int{k: 3}
		for j, other := range keys {
			if j != i {
				m.Moves[other] = j % 3
			}
		}
		got, texts := order()
		if got[0] != k {
			t.Errorf("the question that moves most stands at %d of %q", slices.Index(got, k), texts)
		}
		for j := 1; j < len(got); j++ {
			if m.Moves[got[j-1]] < m.Moves[got[j]] {
				t.Errorf("%q stands before what moves more", texts[j-1])
			}
		}
	}
}

// TestBothBases holds that a number that looks at codes says of how many people
// anything was coded, whichever base it has: ten states of coding and of results.
func TestBothBases(t *testing.T) {
	exact := func(low, high int) recount.IntRange { return recount.IntRange{Low: low, High: high, Exact: true} }
	tests := []struct {
		name string
		r    recount.Result
		want string
	}{
		{"of all people, some coded", recount.Result{Kind: "share", N: 8, Of: 24, Coded: 19, CodedOf: 24}, "8 of 24 (33.3%) [19 of 24 people are coded]"},
		{"a row of those coded", recount.Result{Kind: "table", N: 8, Of: 19, Coded: 19, CodedOf: 24}, "8 of 19 (42.1%) [19 of 24 people are coded]"},
		{"the row of the others", recount.Result{Kind: "table", Name: count.NotCoded, N: 5, Of: 24, Coded: 19, CodedOf: 24}, "5 of 24 (20.8%)"},
		{"all are coded", recount.Result{Kind: "share", N: 8, Of: 24}, "8 of 24 (33.3%)"},
		{"a count", recount.Result{Kind: "count", N: 8, Coded: 19, CodedOf: 24}, "8 [19 of 24 people are coded]"},
		{"with a range", recount.Result{Kind: "count", N: 8, Range: exact(7, 9), Coded: 19, CodedOf: 24}, "8 [range 7 to 9; 19 of 24 people are coded]"},
		{"one is coded", recount.Result{Kind: "share", N: 1, Of: 24, Coded: 1, CodedOf: 24}, "1 of 24 (4.2%) [1 of 24 people is coded]"},
		{"none is coded", recount.Result{Kind: "share", N: 0, Of: 24, Coded: 0, CodedOf: 24}, "0 of 24 (0.0%) [0 of 24 people are coded]"},
		{"the only person is not", recount.Result{Kind: "share", N: 0, Of: 1, Coded: 0, CodedOf: 1}, "0 of 1 (0.0%) [the person is not coded]"},
		{"of a part of the people", recount.Result{Kind: "share", N: 2, Of: 4, Coded: 3, CodedOf: 4}, "2 of 4 (50.0%) [3 of 4 people are coded]"},
		{"thousands", recount.Result{Kind: "count", N: 8, Coded: 1900, CodedOf: 2400}, "8 [1,900 of 2,400 people are coded]"},
	}
	for _, tt := range tests {
		if got := Said(tt.r); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Whatever a slot prints of a number that looks at codes, it says of how many people
// anything was coded, once for each base; what is no number says nothing of it.
func TestEveryVerbSaysTheBase(t *testing.T) {
	want := map[string]bool{"": true, "count": true, "of": true, "share": true, "words": true, "amount": true, "part": true, "sentence": true,
		"range": false, "machine": false, "label": false, "is": false, "was": false, "has": false}
	for _, verb := range append([]string{""}, inlineVerbs...) {
		says, ok := want[verb]
		if !ok {
			t.Errorf("nobody said whether %q prints a number", verb)
		}
		all := recount.Result{Kind: "share", N: 8, Of: 24, Coded: 19, CodedOf: 24}
		row := recount.Result{Kind: "table", N: 8, Of: 19, Coded: 19, CodedOf: 24}
		whole := recount.Result{Kind: "share", N: 8, Of: 24}
		r := &study{x: NewIndex(&Material{}), t: &Template{}, evidence: map[*recount.Result]*evidence{&all: {}, &row: {}, &whole: {}}}
		for i, x := range []struct {
			res  *recount.Result
			want bool
		}{{&all, says}, {&all, false}, {&row, says}, {&whole, false}} {
			if v := r.slot(x.res, verb); (v.Coded == "19 of 24 people are coded") != x.want {
				t.Errorf("%q, number %d: %q", verb, i+1, v.Coded)
			}
		}
	}
}
