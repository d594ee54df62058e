package study_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// Where several decisions meet in one change, the comparison names those without
// which it would not be, and no other; where only a part of the report moves, it
// says so.
func TestDiffOfDecisionsThatMeet(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	path := filepath.Join(s.Dir, "report.md")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(b, "\n\n{{support}}\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(ctx, study.Edition{}); err != nil {
		t.Fatal(err)
	}
	back := func(reason string, of ...about) func(s *study.Study) error {
		return func(s *study.Study) error {
			for _, a := range of {
				if _, err := s.Retract(ctx, []string{a.id(t, s)}, reason); err != nil {
					return err
				}
			}
			return nil
		}
	}
	speaker := func(s *study.Study, name string) recount.SpeakerRef {
		book, err := s.Casebook(ctx)
		if err != nil {
			t.Fatal(err)
		}
		people, err := book.Persons(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range people {
			if p.Name() == name {
				return p.Members[0].Speaker
			}
		}
		t.Fatalf("nobody is called %s", name)
		return recount.SpeakerRef{}
	}
	// One account of a person of whom others count does not.
	account := func(name, reason string) func(s *study.Study) error {
		return func(s *study.Study) error {
			book, err := s.Casebook(ctx)
			if err != nil {
				return err
			}
			for _, m := range book.Members() {
				if m.Speaker.Name == name && m.Scope == recount.Yes {
					_, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.ScopeBody{Speaker: m.Speaker, Answer: recount.No, Criteria: map[string]string{}}, Reason: reason})
					return err
				}
			}
			t.Fatalf("nobody is called %s", name)
			return nil
		}
	}
	link := func(a, b string, answer recount.Sameness, reason string) func(s *study.Study) error {
		return func(s *study.Study) error {
			_, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.LinkBody{A: speaker(s, a), B: speaker(s, b), Answer: answer}, Reason: reason})
			return err
		}
	}
	all := func(do ...func(s *study.Study) error) func(s *study.Study) error {
		return func(s *study.Study) error {
			for _, f := range do {
				if err := f(s); err != nil {
					return err
				}
			}
			return nil
		}
	}
	// Of one line, what it holds and what it does not.
	tests := []struct {
		name      string
		do        func(s *study.Study) error
		line      string // begins so
		has, lack []string
	}{
		{"a link that joins, after one that joins nobody", back("x", carpenter, velk), "people counted: ", []string{"1 split", "Daro Velk and Dario Velck are one person"}, []string{"carpenter"}},
		{"the same in the other order", back("x", velk, carpenter), "people counted: ", []string{"1 split", "Daro Velk and Dario Velck are one person"}, []string{"carpenter"}},
		{"somebody else is different, then two are one", all(link("Stane", "Tomas Hedrin", recount.Different, "two towns"), link("Stane", "Sparrow", recount.Same, "one coat")), "people counted: ", []string{"1 merged", "one coat"}, []string{"two towns"}},
		{"three are one by two links", func(s *study.Study) error {
			a, b, c := speaker(s, "Stane"), speaker(s, "Sparrow"), speaker(s, "Tomas Hedrin")
			_, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.LinkBody{A: a, B: b, Answer: recount.Same}, Reason: "one coat"},
				casebook.Draft{Answer: recount.LinkBody{A: a, B: c, Answer: recount.Same}, Reason: "one voice"})
			return err
		}, "people counted: ", []string{"2 merged", "one coat", "one voice"}, nil},
		{"two links, and one of them is of two who were one", all(link("Tomas Hedrin", "Dario Velck", recount.Different, "two towns"), link("Dario Velck", "Stane", recount.Same, "one coat")), "people counted: ", []string{"1 merged", "one coat"}, []string{"two towns"}},
		{"a criterion and a link of the same person", all(back("asked again", third), link("Stane", "Sparrow", recount.Same, "one coat")), "  The third", []string{"asked again"}, []string{"one coat"}},
		{"one account of a person counts no more", account("Daro Velk", "he never left"), "month first reported, January 2014", []string{"Dario Velck went out", "he never left"}, []string{"follows from"}},
		{"one account of a person counts no more, and the next is the first", account("Daro Velk", "he never left"), "month first reported, July 2014", []string{"Dario Velck came in", "he never left"}, []string{"follows from"}},
		{"a value and a code of the same study", back("x", sparrow, hedrin), "people from Orlund", nil, []string{"spy_hunt"}},
		{"an owner moves a part only", func(s *study.Study) error {
			book, err := s.Casebook(ctx)
			if err != nil {
				return err
			}
			seen := map[string]bool{}
			for _, p := range book.Pages() {
				if o := p.Outlet; o != "" && !seen[o] {
					seen[o] = true
					if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.OwnerBody{Outlet: o, Owner: "One House"}, Reason: "a register"}); err != nil {
						return err
					}
				}
			}
			return nil
		}, "", []string{"outlets of two or more owners speak", "to 0"}, nil},
		{"nothing", func(s *study.Study) error { return nil }, "", nil, []string{" to "}},
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, d := afterwards(t, s.Dir, at, tt.do)
			var about []string
			for _, l := range d.Lines {
				if strings.HasPrefix(l, tt.line) {
					about = append(about, l)
				}
			}
			said := strings.Join(about, "\n")
			if len(tt.has) > 0 && said == "" {
				t.Fatalf("no line %q:\n%s\nalso: %s", tt.line, strings.Join(d.Lines, "\n"), strings.Join(d.Also, "\n"))
			}
			for _, w := range tt.has {
				if !strings.Contains(said, w) {
					t.Errorf("%q is not said:\n%s\nalso: %s", w, strings.Join(d.Lines, "\n"), strings.Join(d.Also, "\n"))
				}
			}
			for _, w := range tt.lack {
				if strings.Contains(said, w) {
					t.Errorf("%q is said as the reason:\n%s", w, said)
				}
			}
			book, err := s.Casebook(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range book.Log().All() {
				if r.Kind == recount.KindRetract && r.Erasable != nil && r.Erasable.Reason == "" {
					t.Errorf("the comparison left a decision behind")
				}
			}
		})
	}
}
