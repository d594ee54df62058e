package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
	"recount/internal/report/prose"
)

// everyForm writes a report and returns what each form says: the page and its page
// of questions, Word, Markdown, JSON.
func everyForm(t *testing.T, s *Site) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r")
	if err := s.Write(dir); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"Word": wordWords(t, filepath.Join(dir, WordName))}
	for name, file := range map[string]string{"front page": "index.html", "questions": "questions.html", "Markdown": MarkdownName, "JSON": JSONName} {
		b, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		b = bytes.ReplaceAll(b, []byte("`"), nil)
		if strings.HasSuffix(file, ".html") {
			b = tags.ReplaceAll(b, nil)
		}
		out[name] = strings.Join(strings.Fields(markdownSigns.ReplaceAllString(string(b), "$1")), " ")
	}
	return out
}

// Speakers of whom nobody said whether they count are open, whatever the questions
// say that people were asked: every form says how many, and where they are judged.
func TestUnjudged(t *testing.T) {
	const nothing = "No open question moves a number."
	for _, tt := range []struct {
		name     string
		unjudged int
		open     bool // questions are open besides
		want     string
	}{
		{"nobody is left", 0, false, ""},
		{"one is left", 1, false, "1 speaker was read of whom nobody has said whether they count."},
		{"some are left", 122, false, "122 speakers were read of whom nobody has said whether they count."},
		{"nobody is left, questions are open", 0, true, ""},
		{"some are left, questions are open", 122, true, "122 speakers were read of whom nobody has said whether they count."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, kind := range []string{"own", "said", "brief"} {
				m, tpl, results := sampleStudy()
				m.Unjudged = tt.unjudged
				if !tt.open {
					closed(results)
				}
				s, err := Study(m, tpl, results)
				if err != nil {
					t.Fatal(err)
				}
				if kind != "own" && tt.open { // their sample asks nothing
					continue
				}
				if kind != "own" {
					m.Annex = &Annex{}
					s = standardSite(t, kind, m)
				}
				for form, said := range everyForm(t, s) {
					if tt.want == "" && strings.Contains(said, "nobody has said") {
						t.Errorf("%s, %s: somebody is left", kind, form)
					}
					if tt.want != "" && form != "front page" && (!strings.Contains(said, tt.want) || !strings.Contains(said, "The workbench asks about them one by one.")) {
						t.Errorf("%s, %s does not say %q and where", kind, form, tt.want)
					}
					if head := prose.Plural(tt.unjudged, "speaker was", "speakers were") + " judged by nobody"; tt.want != "" && form != "questions" && !strings.Contains(said, head) {
						t.Errorf("%s, %s does not say %q at its head", kind, form, head)
					}
					if strings.Contains(said, nothing) && (tt.open || tt.unjudged > 0) {
						t.Errorf("%s, %s says %q", kind, form, nothing)
					}
					if kind == "own" && form == "questions" && !strings.Contains(said, nothing) && !tt.open && tt.unjudged == 0 {
						t.Errorf("%s, %s does not say %q", kind, form, nothing)
					}
				}
			}
		})
	}
}

// closed takes the questions from results, as if all were answered as they hold.
func closed(results []recount.Result) {
	for i := range results {
		r := &results[i]
		r.Questions = nil
		r.Range = recount.IntRange{Low: r.N, High: r.N, Exact: true}
		r.OfRange = recount.IntRange{Low: r.Of, High: r.Of, Exact: true}
		r.ShareRange = recount.ShareRange{LowN: r.N, LowOf: r.Of, HighN: r.N, HighOf: r.Of, Exact: true}
		if r.Ratio != nil {
			x := *r.Ratio
			r.Ratio = &x
		}
		closed(r.Rows)
	}
}

// A drawing leaves out rows and people; the page says them as the documents do.
func TestDrawingsSayWhatTheirTablesSay(t *testing.T) {
	m, tpl, results := sampleStudy()
	m.Unjudged = 7
	s, err := Study(m, tpl, results)
	if err != nil {
		t.Fatal(err)
	}
	for form, said := range everyForm(t, s) {
		if form == "questions" {
			continue
		}
		for _, want := range []string{"nothing coded yet", "2 of 4", "33.3% to 60.0%", "7 speakers are machine-read and not yet looked at; they stand in no row.", "The share of all counts who was not coded as if the code did not apply"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q", form, want)
			}
		}
		if form == "front page" {
			for _, want := range []string{"Not drawn, being of another whole: nothing coded yet, 2 of 4 in all.", "The same as a table"} {
				if !strings.Contains(said, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
		} else if form != "JSON" && strings.Contains(said, "Not drawn") {
			t.Errorf("%s has the table, and says that a row is not drawn", form)
		}
		for _, base := range []string{"1 of 2 coded", "2 of 4 in all"} {
			if form != "JSON" && !strings.Contains(strings.ReplaceAll(said, " | ", " "), base) {
				t.Errorf("%s names no base: %q", form, base)
			}
		}
	}
}
