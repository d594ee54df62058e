package study_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/examples"
	"recount/internal/study"
)

// Whatever is done to a study of which a report was kept, the comparison and the
// check of the report both say it in one sentence.
func TestBothSayWhatWasDone(t *testing.T) {
	s, _ := demo(t)
	ctx := context.Background()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	page, err := examples.Order().Open("pages/p15.html")
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(page); err != nil {
		t.Fatal(err)
	}
	takeBack := func(of about, reason string) func(*study.Study) error {
		return func(s *study.Study) error {
			_, err := s.Retract(ctx, []string{of.id(t, s)}, reason)
			return err
		}
	}
	write := func(name string, change func(string) string) func(*study.Study) error {
		return func(s *study.Study) error {
			path := filepath.Join(s.Dir, name)
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, []byte(change(string(b))), 0o600)
		}
	}
	offer := func(change func(string) string) func(*study.Study) error {
		return func(s *study.Study) error {
			path := filepath.Join(t.TempDir(), "p15.html")
			if err := os.WriteFile(path, []byte(change(text.String())), 0o600); err != nil {
				return err
			}
			if _, err := s.Add(ctx, study.Offer{Paths: []string{path}}); err != nil {
				return err
			}
			_, err := s.Extract(ctx, false)
			return err
		}
	}
	tests := []struct {
		name string
		do   func(*study.Study) error
		want string
		lost bool // no report of before is left to be checked
	}{
		{"a link is taken back", takeBack(velk, "two coats"),
			`people counted: 29 to 30: 1 split: what was one person is now Daro Velk and Dario Velck: analyst took back on 31 January 2026 that Daro Velk and Dario Velck are one person (reason: two coats)`, false},
		{"a value is taken back", takeBack(hedrin, "a guess"),
			`analyst took back on 31 January 2026 that the value of "country" of Tomas Hedrin is Sudrecia (reason: a guess)`, false},
		{"a code is taken back", takeBack(sparrow, "not said"),
			`analyst took back on 31 January 2026 that the code "infighting.spy_hunt" applies to what Sparrow says, "he left in April after being ordered to watch his own cousin..." (reason: not said)`, false},
		{"the period is another", write("study.yaml", func(s string) string { return strings.Replace(s, `to: "2015-08"`, `to: "2015-07"`, 1) }),
			`people counted: 29 to 27: 2 taken out: The cook (Karsova Observer, 16 August 2015) and Stane are counted no more: study.yaml was changed by analyst on 31 January 2026, from line 10 on: "to: \"2015-08\"" is "to: \"2015-07\"" now (reason: changed)`, false},
		{"a page has a new version", offer(func(s string) string { return strings.Replace(s, "who is 20", "who is 21", 1) }),
			`an article has a new version: The Lantern, 10 August 2014`, false},
		{"a page has a new version without the person", offer(func(s string) string {
			var kept []string
			for line := range strings.Lines(s) {
				if !strings.Contains(line, "Lena") {
					kept = append(kept, line)
				}
			}
			return strings.Join(kept, "")
		}), `an article has a new version: The Lantern, 10 August 2014`, false},
		{"an answer is erased", func(s *study.Study) error {
			return s.Erase(ctx, []string{lena.id(t, s)}, "asked for it")
		}, `analyst took out for ever, on 31 January 2026, 1 answer (reason: asked for it); both moments are counted without`, false},
		{"an article is removed", func(s *study.Study) error {
			// The codebook gives what he said as an example: that goes first.
			unquoted := write("codebook.yaml", func(s string) string {
				lines := strings.SplitAfter(s, "\n")
				return strings.Join(slices.Delete(lines, 80, 81), "")
			})
			if err := unquoted(s); err != nil {
				return err
			}
			if _, err := s.Casebook(ctx); err != nil {
				return err
			}
			_, err := s.Remove(ctx, study.Removal{Person: personCalled(t, s, "A 22-year-old former quartermaster's clerk"), Reason: "withdrew", Save: true})
			return err
		}, `analyst took out for ever, on 31 January 2026, a person who withdrew, 1 archived page and 27 answers (reason: withdrew); both moments are counted without`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, d := afterwards(t, s.Dir, at, tt.do)
			lines := append(d.Lines, d.Also...)
			if n := countHolding(lines, tt.want); n != 1 {
				t.Errorf("Diff says it in %d lines, want one, %q:\n%s", n, tt.want, strings.Join(lines, "\n"))
			}
			x, err := s.Recheck(ctx, study.Recheck{})
			if err != nil || len(x.Problems) > 0 {
				t.Fatalf("%v, %v", err, x.Problems)
			}
			want := 1
			if tt.lost {
				want = 0
			}
			if n := countHolding(x.Notes, "out/report was produced before the newest capture or decision and was set beside the study as it was then; `recount report` brings it up to date; since then: ", tt.want); n != want {
				t.Errorf("Recheck says it in %d notes, want %d, %q:\n%s", n, want, tt.want, strings.Join(x.Notes, "\n"))
			}
		})
	}
}

// An about says by what it holds which decision of the example is meant: its kind,
// and words of its JSON. Its id is another whenever the example is made anew.
type about []string

var (
	velk      = about{"link", `"Daro Velk"`, `"Dario Velck"`}
	carpenter = about{"link", `"Dario Velck"`, `"the carpenter’s son from Korrin"`}
	marek     = about{"link", `"Marek"`}
	third     = about{"criterion", `"speaks"`, `"The third"`}
	sparrow   = about{"code", `"infighting.spy_hunt"`, `"Sparrow"`, "ordered to watch his own cousin"}
	hedrin    = about{"value", `"country"`, `"Tomas Hedrin"`, "a roofer from"}
	gunsmith  = about{"date", "/gunsmith-lower-tarn.html"}
	reprints  = about{"rule", `"fold_reprints"`}
	herald    = about{"relation", "northquayherald.example/world/order-deserters-speak"}
	lena      = about{"value", `"country"`, `"Lena"`}
)

// id finds the decision, of which there must be one.
func (a about) id(t *testing.T, s *study.Study) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := s.ExportDecisions(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range bytes.Lines(out.Bytes()) {
		var d recount.Decision
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		if string(d.Kind) == a[0] && !slices.ContainsFunc(a[1:], func(words string) bool { return !bytes.Contains(line, []byte(words)) }) {
			found = append(found, d.ID)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d decisions of the example are about %v", len(found), []string(a))
	}
	return found[0]
}

// personCalled returns the id of a person.
func personCalled(t *testing.T, s *study.Study, name string) string {
	t.Helper()
	book, err := s.Casebook(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	people, err := book.Persons(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Name() == name {
			return p.ID
		}
	}
	t.Fatalf("nobody is called %s", name)
	return ""
}

// afterwards does something to a copy of a study, and says what is other than it was.
func afterwards(t *testing.T, of string, now func() time.Time, do func(*study.Study) error) (*study.Study, *study.Diff) {
	t.Helper()
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "order")
	if err := os.CopyFS(dir, os.DirFS(of)); err != nil {
		t.Fatal(err)
	}
	s, err := study.Open(ctx, dir, study.Options{Actor: "analyst", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var log bytes.Buffer
	if err := s.ExportLeaves(ctx, &log); err != nil {
		t.Fatal(err)
	}
	if err := do(s); err != nil {
		t.Fatal(err)
	}
	d, err := s.Diff(ctx, strconv.Itoa(bytes.Count(log.Bytes(), []byte("\n"))), "now")
	if err != nil {
		t.Fatal(err)
	}
	return s, d
}

// countHolding counts the lines that hold all of some words.
func countHolding(lines []string, all ...string) (n int) {
	for _, line := range lines {
		has := true
		for _, w := range all {
			has = has && strings.Contains(fmt.Sprint(line), w)
		}
		if has {
			n++
		}
	}
	return n
}
