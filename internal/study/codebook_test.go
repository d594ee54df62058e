package study_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/study"
)

const readable = "title: What people say\nversion: 1\nmulti_label: true\ncodes:\n  - code: fear\n    short: Fear\n  - code: money\n    short: Money\n"

// A codebook that cannot be read is told in the same words by every step that
// needs it, with the file, and a hint; the others go on without it.
func TestUnreadableCodebooks(t *testing.T) {
	tests := []struct {
		name, content string
		line          string // where one can be named
	}{
		{"a list that is not closed", "codes:\n  - code: [fear\n", "line 2"},
		{"a code that stands twice", "codes:\n- code: fear\n  short: Fear\n- code: fear\n", "line 4"},
		{"a tab", "codes:\n\t- code: fear\n", "line 2"},
		{"a number in place of the list", "codes: 7\n", "line 1"},
		{"a version in words", "version: many\ncodes:\n- code: fear\n", "line 1"},
		{"empty", "", ""},
		{"cut at its end", readable[:len(readable)-30], ""},
		{"a field that there is not", "codes:\n- code: fear\n  shrt: Fear\n", "line 3"},
		{"a parent that is no code", "codes:\n- code: fear\n  parent: dread\n", "line 2"},
		{"a key twice", "title: a\ntitle: b\ncodes:\n- code: fear\n", "line 2"},
		{"an entry without a code", "codes:\n- short: Fear\n", ""},
		{"a name with blanks", "codes:\n- code: great fear\n", "line 2"},
		{"no text", "\xff\xfe\x00", "line 1"},
		{"of another study", "title: Other\ncodes:\n- code: harvest\n", ""},
	}
	at := func() time.Time { return time.Date(2031, 5, 2, 12, 0, 0, 0, time.UTC) }
	ctx := context.Background()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "s")
			s, err := study.Init(ctx, dir, study.Setup{Title: "T", Question: "Q", Who: []string{"W"}}, study.Options{Actor: "ada", Now: at})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			file := filepath.Join(dir, "codebook.yaml")
			if err := os.WriteFile(file, []byte(readable), 0o666); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Casebook(ctx); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(tt.content), 0o666); err != nil {
				t.Fatal(err)
			}
			count := func(q study.Query) func() error {
				return func() error { _, _, err := s.Count(ctx, q); return err }
			}
			// Nothing was coded, so another study's codebook may take its place.
			replaced := tt.name == "of another study"
			var said string
			for name, f := range map[string]func() error{
				"count --by code":          count(study.Query{By: "code"}),
				"count --by code.top":      count(study.Query{By: "code.top"}),
				"count --by gender,code":   count(study.Query{By: "gender,code"}),
				`count 'has("harvest")'`:   count(study.Query{Where: `has("harvest")`}),
				`count '"fear" in codes'`:  count(study.Query{Where: `"fear" in codes`}),
				`count --of 'has("fear")'`: count(study.Query{Of: `has("fear")`, Share: true}),
				"people":                   func() error { _, err := s.People(ctx); return err },
				"report":                   func() error { _, err := s.Report(ctx, study.Edition{}); return err },
			} {
				err := f()
				if replaced {
					if err != nil && strings.Contains(err.Error(), "codebook.yaml") {
						t.Errorf("%s: %v; want it to use the file as it is", name, err)
					}
					continue
				}
				if err == nil {
					t.Errorf("%s goes on with a codebook that cannot be read", name)
					continue
				}
				i := strings.Index(err.Error(), "codebook.yaml")
				if i < 0 || !errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), tt.line) || recount.HintOf(err) == "" {
					t.Errorf("%s: %v (hint %q); want the file, %q and a hint", name, err, recount.HintOf(err), tt.line)
					continue
				}
				words := err.Error()[i:] + "; " + recount.HintOf(err)
				if said == "" {
					said = words
				}
				if words != said {
					t.Errorf("%s: %s\nwant, as others say, %s", name, words, said)
				}
			}
			for name, f := range map[string]func() error{
				"count":                              count(study.Query{}),
				"count --by gender":                  count(study.Query{By: "gender"}),
				`count 'first_outlet == "has code"'`: count(study.Query{Where: `first_outlet == "has code"`}),
				"headline":                           func() error { _, err := s.Headline(ctx); return err },
				"agreement":                          func() error { _, err := s.Agreement(ctx, "", ""); return err },
				"scope":                              func() error { _, err := s.Casebook(ctx); return err },
				"people, as a list":                  func() error { _, err := s.Listed(ctx); return err },
				"disclosure":                         func() error { _, err := s.Disclosure(ctx, nil, "", study.VaultKey{}); return err },
				"report --standard pile":             func() error { _, err := s.Report(ctx, study.Edition{Standard: "pile"}); return err },
			} {
				if err := f(); err != nil {
					t.Errorf("%s is stopped: %v", name, err)
				}
			}
		})
	}
}
