package report

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"recount"
)

// contents reads every file of a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		out[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSameBytes writes both reports again on one processor: not a byte may
// differ.
func TestSameBytes(t *testing.T) {
	first := written(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	second := written(t)
	for name := range first {
		if d := cmp.Diff(contents(t, first[name]), contents(t, second[name])); d != "" {
			t.Errorf("%s differs:\n%s", name, d)
		}
	}
}

// TestGolden compares some pages with those that were looked at. UPDATE=1
// refreshes them.
func TestGolden(t *testing.T) {
	dirs := written(t)
	m := newSample()
	for golden, p := range map[string]string{
		"pile.html":       "pile/index.html",
		"study.html":      "study/index.html",
		"questions.html":  "study/questions.html",
		"women.html":      "study/numbers/women.html",
		"nobody.html":     "study/numbers/nobody.html",
		"statements.html": "pile/numbers/statements.html",
		"article.html":    "study/articles/" + string(m.Captures[3].Key) + ".html",
		"manifest.json":   "study/manifest.json",
	} {
		report, page, _ := strings.Cut(p, "/")
		if golden == "article.html" {
			for _, a := range m.Articles {
				if a.Outlet == "Le Phare" {
					page = "articles/" + string(a.Key) + ".html"
				}
			}
		}
		got, err := os.ReadFile(filepath.Join(dirs[report], filepath.FromSlash(page)))
		if err != nil {
			t.Error(err)
			continue
		}
		file := filepath.Join("testdata", golden)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s changed; look at it, then UPDATE=1 go test:\n%s", p, d)
		}
	}
}

func TestHostileTextStaysText(t *testing.T) {
	for name, dir := range written(t) {
		for p, s := range contents(t, dir) {
			if strings.HasSuffix(p, ".html") && (strings.Contains(s, "<script") || strings.Contains(s, "<img") || strings.Contains(s, "<b>Bram") || strings.Contains(s, "onclick=\"x")) {
				t.Errorf("%s/%s holds markup of a page", name, p)
			}
			if strings.Contains(s, `href="http`) || strings.Contains(s, `src="http`) || strings.Contains(s, "javascript:") {
				t.Errorf("%s/%s links out", name, p)
			}
			if strings.HasSuffix(p, ".html") && (!strings.Contains(s, "For the team only.") || !strings.Contains(s, "default-src &#39;none&#39;") && !strings.Contains(s, "default-src 'none'")) {
				t.Errorf("%s/%s lacks the notice or the policy", name, p)
			}
		}
	}
}

func TestWriteIntoFolders(t *testing.T) {
	site, err := Pile(newSample())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	report := filepath.Join(dir, "out", "pile")
	for range 2 { // the second replaces the first
		if err := site.Write(report); err != nil {
			t.Fatal(err)
		}
	}
	// What a killed run left is no obstacle.
	if err := os.MkdirAll(filepath.Join(dir, "out", ".pile.partial", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := site.Write(report); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "out"))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the report lie %v, %v", entries, err)
	}
	// Somebody's own folder is left alone.
	own := filepath.Join(dir, "own")
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "thesis.txt"), []byte("years of work"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := site.Write(own); !errors.Is(err, recount.ErrConflict) || recount.HintOf(err) == "" {
		t.Errorf("Write into a folder of something else = %v", err)
	}
	if b, err := os.ReadFile(filepath.Join(own, "thesis.txt")); err != nil || string(b) != "years of work" {
		t.Error("it was touched")
	}
	if err := site.Write(filepath.Join(own, "thesis.txt", "x")); err == nil {
		t.Error("Write below a file succeeds")
	}
}

// TestManifest flips what can be flipped: each has its own message.
func TestManifest(t *testing.T) {
	dir := written(t)["study"]
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(data)
	if err != nil {
		t.Fatal(err)
	}
	texts := newSample()
	find := func(page, part, hash string) *recount.Article {
		for _, a := range texts.Articles {
			if a.Page() == page && a.Part == part {
				return a
			}
		}
		return nil
	}
	if f := m.Check(os.DirFS(dir), find); len(f) != 0 {
		t.Fatalf("an untouched report has faults: %v", f)
	}
	if len(m.Citations) < 4 || len(m.Numbers) < 15 || len(m.Files) < 40 || len(m.Inputs) != 5 {
		t.Errorf("%d citations, %d numbers, %d files, %d inputs", len(m.Citations), len(m.Numbers), len(m.Files), len(m.Inputs))
	}
	for i := range data {
		if i%97 == 0 {
			b := bytes.Clone(data)
			b[i] ^= 1
			if _, err := ReadManifest(b); !errors.Is(err, recount.ErrTampered) && !errors.Is(err, recount.ErrNewer) {
				t.Fatalf("byte %d of the manifest flipped: %v", i, err)
			}
		}
	}
	one := func(what, name string) {
		t.Helper()
		f := m.Check(os.DirFS(dir), find)
		if len(f) != 1 || f[0].What != what || f[0].Name != name || f[0].Hint == "" {
			t.Errorf("faults = %v, want one of %s %s", f, what, name)
		}
	}
	page := filepath.Join(dir, "numbers", "women.html")
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(page, b, 0o600); err != nil {
		t.Fatal(err)
	}
	one("file", "numbers/women.html")
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	one("file", "numbers/women.html")
	b[len(b)/2] ^= 1
	if err := os.WriteFile(page, b, 0o600); err != nil {
		t.Fatal(err)
	}
	extra := filepath.Join(dir, "numbers", "men.html")
	if err := os.WriteFile(extra, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	one("file", "numbers/men.html")
	if err := os.Remove(extra); err != nil {
		t.Fatal(err)
	}
	a := texts.Articles[0]
	was := a.Text
	a.Text = strings.Replace(was, "e", "3", 1)
	one("citation", a.Page())
	a.Text = was
	texts.Articles = texts.Articles[1:]
	one("citation", a.Page())
}

// TestRecount counts the numbers of a report again, and again after one of
// each sort was changed.
func TestRecount(t *testing.T) {
	m, tmpl, results := sampleStudy()
	made, err := Study(m, tmpl, results)
	if err != nil {
		t.Fatal(err)
	}
	find := func(name string, row int) *Number {
		for i := range made.Manifest().Numbers {
			if n := &made.Manifest().Numbers[i]; n.Name == name && n.Row == row {
				return n
			}
		}
		t.Fatalf("no number %s, row %d", name, row)
		return nil
	}
	looked, moved := made.Manifest().Recount(results)
	if looked < 30 || len(moved) > 0 {
		t.Errorf("Recount looked at %d numbers; %v moved", looked, moved)
	}
	find("people", 0).N++
	find("women", 0).Range[1]++
	find("reasons", 1).Of++
	find("cross", 1).Cells[0].N++
	pay := find("pay", 0)
	pay.Cases = append([]string{"somebody else"}, pay.Cases[1:]...)
	find("early", 0).Name = "late"
	_, moved = made.Manifest().Recount(results)
	var labels []string
	for _, x := range moved {
		labels = append(labels, x.Label+" | "+x.Was+" | "+x.Now)
	}
	if len(moved) != 7 {
		t.Errorf("of six changed numbers these moved:\n%s", strings.Join(labels, "\n"))
	}
}

// TestEveryQuoteIsCited checks that whatever a page highlights in a sentence
// stands in the manifest, so that recheck looks it up.
func TestEveryQuoteIsCited(t *testing.T) {
	for name, dir := range written(t) {
		data, err := os.ReadFile(filepath.Join(dir, ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		m, err := ReadManifest(data)
		if err != nil {
			t.Fatal(err)
		}
		cited := map[string]bool{}
		for _, c := range m.Citations {
			for _, p := range c.Places {
				for _, words := range p.Exact {
					cited[words] = true
				}
			}
		}
		quotes := 0
		for p, doc := range parsed(t, dir) {
			for n := range doc.Descendants() {
				if n.Data != "blockquote" {
					continue
				}
				for mark := range n.Descendants() {
					if mark.Type == html.ElementNode && mark.Data == "mark" {
						quotes++
						if words := mark.FirstChild.Data; !cited[words] {
							t.Errorf("%s/%s quotes %q, which the manifest does not cite", name, p, words)
						}
					}
				}
			}
		}
		if quotes < 50 {
			t.Errorf("%s: only %d quotes", name, quotes)
		}
	}
}
