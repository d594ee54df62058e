package figures

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// TestForms reads testdata/forms*.txt: under "# kind" pairs of lines, a text
// ("\n" parts its paragraphs) and the figures that a reader takes from it. With
// UPDATE=1 it writes what is found, to be read by eye.
func TestForms(t *testing.T) {
	files, err := filepath.Glob("testdata/forms*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no forms", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		language := strings.TrimPrefix(filepath.Base(name), "forms_")[:2]
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		kind, cases := "", 0
		for i := 0; i < len(lines); i++ {
			if k, ok := strings.CutPrefix(lines[i], "# "); ok {
				if kind != "" && cases < 10 {
					t.Errorf("%s: %d cases of kind %q, want 10 or more", name, cases, kind)
				}
				kind, cases = k, 0
				continue
			}
			if strings.TrimSpace(lines[i]) == "" || i+1 == len(lines) {
				t.Fatalf("%s:%d: want a text and then its figures", name, i+1)
			}
			cases++
			text, want := lines[i], strings.TrimSpace(lines[i+1])
			i++
			a := &recount.Article{Key: "a", Text: strings.ReplaceAll(text, `\n`, "\n"), Language: language}
			var got []string
			found := Find(a, nil)
			for _, f := range found {
				s := brief(a, f)
				for _, g := range found {
					if f.CorrectedBy != "" && g.Key == f.CorrectedBy {
						s += ", now " + g.Span.In(a.Text)
					}
				}
				got = append(got, s)
			}
			g := strings.TrimSpace(strings.Join(got, "; "))
			if g == "" {
				g = "-"
			}
			if os.Getenv("UPDATE") != "" {
				lines[i] = "\t" + g
			} else if g != want {
				t.Errorf("%s, %s: Find(%q)\n got %s\nwant %s", name, kind, text, g, want)
			}
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
