package factiva

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/text/document"
)

// A truth is what a person says is in a file of testdata.
type truth struct {
	Articles []struct {
		Part, Title, Outlet, Published, Byline, URL, First, Last string
	}
	Left  []string // "article 3: a document without text", or the beginning of it
	Leads []string
}

func sample(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func truths(tb testing.TB) map[string]truth {
	tb.Helper()
	var out map[string]truth
	if err := json.Unmarshal(sample(tb, "truth.json"), &out); err != nil {
		tb.Fatal(err)
	}
	return out
}

// said returns the first value of a fact.
func said(d document.Draft, field string) string {
	for _, f := range d.Facts {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

func TestSamplesAreReadAsTheyAre(t *testing.T) {
	for name, want := range truths(t) {
		t.Run(name, func(t *testing.T) {
			b := sample(t, name)
			if !Is(b, "x") {
				t.Error("Is says no")
			}
			set, err := Read(b, document.Options{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			if len(set.Drafts) != len(want.Articles) {
				t.Fatalf("%d articles, want %d; left %v", len(set.Drafts), len(want.Articles), set.Left)
			}
			for i, w := range want.Articles {
				d := set.Drafts[i]
				for _, c := range [][3]string{
					{"part", d.Part, w.Part}, {"title", said(d, "title"), w.Title}, {"outlet", said(d, "outlet"), w.Outlet},
					{"byline", said(d, "byline"), w.Byline}, {"url", said(d, "url"), w.URL},
				} {
					if c[1] != c[2] {
						t.Errorf("article %s: %s = %q, want %q", w.Part, c[0], c[1], c[2])
					}
				}
				if !slices.ContainsFunc(d.Facts, func(f recount.Candidate) bool { return f.Field == "published" && dayOf(f.Value) == w.Published }) {
					t.Errorf("article %s: published = %q, want %s", w.Part, said(d, "published"), w.Published)
				}
				first, last := d.Paragraphs[0].Text, d.Paragraphs[len(d.Paragraphs)-1].Text
				if !strings.HasPrefix(first, w.First) || !strings.HasSuffix(last, w.Last) {
					t.Errorf("article %s: text from %q to %q, want %q to %q", w.Part, first, last, w.First, w.Last)
				}
			}
			var left []string
			for _, l := range set.Left {
				left = append(left, l.Where+": "+l.Reason)
				if l.Hint == "" {
					t.Errorf("left without a next step: %v", l)
				}
			}
			if !slices.EqualFunc(left, want.Left, strings.HasPrefix) {
				t.Errorf("left %q, want %q", left, want.Left)
			}
		})
	}
}

// findable fails unless each paragraph is found again by its path, which no
// other has.
func findable(tb testing.TB, payload []byte, set document.Set, most int) {
	tb.Helper()
	seen := map[string]bool{}
	n := 0
	for _, d := range set.Drafts {
		for _, p := range d.Paragraphs {
			if seen[p.Path] {
				tb.Fatalf("two paragraphs at %s", p.Path)
			}
			seen[p.Path] = true
			if n++; n > most {
				continue
			}
			if got, ok := Find(payload, p.Path); !ok || got != p.Text {
				tb.Fatalf("Find(%q) = %q, %v; want %q", p.Path, got, ok, p.Text)
			}
		}
	}
}

func TestEveryParagraphIsFoundAgain(t *testing.T) {
	for name := range truths(t) {
		b := sample(t, name)
		set, err := Read(b, document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		findable(t, b, set, 1000)
	}
}

// dayOf is the day of a date as metadata will read it.
func dayOf(s string) string {
	if d, ok := isoDay(s); ok {
		return d
	}
	return s[:min(len(s), 10)]
}
