package text

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// plainByline drops the word before the names.
func plainByline(s string) string {
	for _, w := range [...]string{"By ", "by ", "Von ", "Par ", "le ", "كتبت "} {
		s = strings.TrimPrefix(s, w)
	}
	return s
}

// TestMill scores title, day, byline, outlet and paragraphs on the second
// fictional study, whose 34 pages are no two built alike.
func TestMill(t *testing.T) {
	b, err := os.ReadFile(shared(t, "study-mill", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Pages []struct {
			ID, File, Title, Published, Precision, Byline, Outlet, URL, Language string
			Body, Captions, Subheads                                             []string
			PullQuotes                                                           []string `json:"pull_quotes"`
			NotBody                                                              []string `json:"not_body"`
		}
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	fold := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	var found, got, want, titles, days, dated, outlets, bylines, languages int
	count := func(id, what, got, want string, n *int) {
		if got == want {
			*n++
		} else {
			t.Logf("%s: %s %q, want %q", id, what, got, want)
		}
	}
	for _, p := range truth.Pages {
		raw, err := os.ReadFile(shared(t, "study-mill", filepath.FromSlash(p.File)))
		if err != nil {
			t.Fatal(err)
		}
		a, err := Extract(raw, Options{Name: filepath.Base(p.File)})
		if err != nil {
			t.Errorf("Extract(%s): %v", p.File, err)
			continue
		}
		left := map[string]int{}
		for _, s := range p.Body {
			left[fold(s)]++
			want++
		}
		for _, bl := range a.Blocks {
			s := fold(bl.Span.In(a.Text))
			if bl.Role != recount.Body && bl.Role != recount.Fragment {
				if left[s] > 0 {
					t.Logf("%s: %s: %.80q is body", p.ID, bl.Role, s)
				}
				continue
			}
			if got++; left[s] > 0 {
				left[s]--
				found++
			} else {
				t.Logf("%s: extra %.100q", p.ID, s)
			}
		}
		for _, s := range p.Body {
			if left[fold(s)] > 0 {
				t.Logf("%s: missing %.100q", p.ID, s)
			}
		}
		count(p.ID, "title", fold(a.Title), fold(p.Title), &titles)
		count(p.ID, "outlet", a.Outlet, p.Outlet, &outlets)
		count(p.ID, "byline", a.Byline, plainByline(p.Byline), &bylines)
		count(p.ID, "language", a.Language, p.Language, &languages)
		if p.Precision != "month" {
			dated++
			count(p.ID, "day", a.Day(), p.Published[:min(10, len(p.Published))], &days)
		}
	}
	f1 := 2 * float64(found) / float64(got+want)
	t.Logf("paragraphs F1 %.4f, titles %d, days %d of %d, outlets %d, bylines %d, languages %d of %d", f1, titles, days, dated, outlets, bylines, languages, len(truth.Pages))
	if f1 < 0.985 || titles < 33 || days != dated {
		t.Errorf("paragraphs F1 %.4f, titles %d, days %d of %d; the bars are .985, 33 and all", f1, titles, days, dated)
	}
}
