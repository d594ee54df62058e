package study_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"testing"

	"recount"
	"recount/examples"
	"recount/internal/study"
)

// numbers names every number of a report: a result, or a row of one.
func numbers(results []recount.Result) map[string]recount.Result {
	out := map[string]recount.Result{}
	for _, r := range results {
		out[r.Name] = r
		for _, row := range r.Rows {
			out[r.Name+": "+row.Name] = row
		}
	}
	return out
}

// counted adds the pages once and the given decisions, and returns the report.
func counted(t *testing.T, s *study.Study, decisions []recount.Decision) map[string]recount.Result {
	t.Helper()
	var b bytes.Buffer
	for _, d := range decisions {
		line, err := d.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	if _, err := s.ImportDecisions(context.Background(), &b, study.Consent{Trusted: true}); err != nil {
		t.Fatal(err)
	}
	p, err := s.Report(context.Background(), study.Edition{})
	if err != nil {
		t.Fatal(err)
	}
	return numbers(p.Results)
}

func exampleDecisions(t *testing.T) []recount.Decision {
	t.Helper()
	b, err := fs.ReadFile(examples.Order(), "decisions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out []recount.Decision
	for line := range bytes.Lines(b) {
		var d recount.Decision
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func body[T recount.Answer](t *testing.T, d *recount.Decision) T {
	t.Helper()
	a, err := d.Decode()
	if err != nil {
		t.Fatal(err)
	}
	return a.(T)
}

func place(a recount.Anchor) string { return fmt.Sprint(a.Page, a.Spans) }

// Removing one decision moves exactly the numbers that rest on it.
func TestRemovingOneDecision(t *testing.T) {
	all := exampleDecisions(t)
	linked := map[string]bool{} // places that a link names
	links := map[string]int{}   // how many say same of a place
	codes := map[string]int{}   // codings of a person on a place, by top code
	for i := range all {
		switch d := &all[i]; d.Kind {
		case recount.KindLink:
			l := body[recount.LinkBody](t, d)
			linked[place(l.A.At)], linked[place(l.B.At)] = true, true
			if l.Answer == recount.Same {
				links[place(l.A.At)]++
				links[place(l.B.At)]++
			}
		case recount.KindCode:
			c := body[recount.CodeBody](t, d)
			codes[place(c.Speaker.At)+c.Code]++
			top, _, _ := bytes.Cut([]byte(c.Code), []byte("."))
			codes[place(c.Speaker.At)+string(top)+" top"]++
		}
	}
	find := func(kind recount.Kind, ok func(d *recount.Decision) bool) int {
		i := slices.IndexFunc(all, func(d recount.Decision) bool { return d.Kind == kind && ok(&d) })
		if i < 0 {
			t.Fatalf("the example has no such decision of kind %s", kind)
		}
		return i
	}
	scope := find(recount.KindScope, func(d *recount.Decision) bool {
		b := body[recount.ScopeBody](t, d)
		return b.Answer == recount.Yes && !linked[place(b.Speaker.At)]
	})
	// A person is known by the first of the answers to her criteria.
	first := map[string]string{}
	for i := range all {
		if all[i].Kind == recount.KindCriterion {
			at := place(body[recount.CriterionBody](t, &all[i]).Speaker.At)
			if first[at] == "" || all[i].ID < first[at] {
				first[at] = all[i].ID
			}
		}
	}
	criterion := find(recount.KindCriterion, func(d *recount.Decision) bool {
		b := body[recount.CriterionBody](t, d)
		return b.Speaker.Gender == recount.Woman && !linked[place(b.Speaker.At)] && first[place(b.Speaker.At)] == d.ID
	})
	code := find(recount.KindCode, func(d *recount.Decision) bool {
		b := body[recount.CodeBody](t, d)
		top, _, _ := bytes.Cut([]byte(b.Code), []byte("."))
		return !linked[place(b.Speaker.At)] && codes[place(b.Speaker.At)+b.Code] == 1 && codes[place(b.Speaker.At)+string(top)+" top"] == 1
	})
	country := find(recount.KindValue, func(d *recount.Decision) bool {
		b := body[recount.ValueBody](t, d)
		return b.Variable == "country" && !linked[place(b.Speaker.At)]
	})
	statement := find(recount.KindStatement, func(d *recount.Decision) bool { return true })

	base := func() *study.Study {
		s := fresh(t)
		if _, err := s.Add(context.Background(), study.Offer{Paths: []string{pagesOf(t)}, Search: "the example pages"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Extract(context.Background(), false); err != nil {
			t.Fatal(err)
		}
		return s
	}
	want := counted(t, base(), all)
	without := func(i int) map[string]recount.Result {
		return counted(t, base(), append(slices.Clone(all[:i]), all[i+1:]...))
	}

	for _, tt := range []struct {
		name     string
		decision int
	}{
		{"who counts: the person leaves every number that counted him or her, and no other", scope},
		{"a criterion: while it is open the person leaves every number that counted her, and no other", criterion},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id := all[tt.decision].ID
			got := without(tt.decision)
			moved := 0
			for name, w := range want {
				n, of := w.N, w.Of
				if slices.Contains(w.Cases, id) {
					n--
					moved++
				}
				if slices.Contains(w.OfIDs, id) {
					of--
				}
				g, there := got[name]
				if !there && n == 0 {
					continue // a row of nobody is not printed
				}
				if g.N != n || g.Of != of {
					t.Errorf("%s: got %d of %d, want %d of %d", name, g.N, g.Of, n, of)
				}
			}
			if moved < 5 {
				t.Errorf("only %d numbers rest on this person; the test needs one who is counted in more", moved)
			}
		})
	}
	t.Run("a code: the person leaves the rows of that code and of its parent", func(t *testing.T) {
		b := body[recount.CodeBody](t, &all[code])
		got := without(code)
		for name, w := range want {
			n := w.N
			top, _, _ := bytes.Cut([]byte(b.Code), []byte("."))
			isRow := name == "subreasons: "+b.Code || name == "subreasons: "+string(top) || name == "reasons: "+string(top) ||
				bytes.HasPrefix([]byte(name), []byte("reasons_by_gender: "+string(top)))
			g := got[name]
			if !isRow && name != "reasons" && name != "subreasons" && name != "reasons_by_gender" && g.N != n {
				t.Errorf("%s: got %d, want %d", name, g.N, n)
			}
		}
		for _, name := range []string{"subreasons: " + b.Code} {
			if got[name].N != want[name].N-1 {
				t.Errorf("%s: got %d, want %d", name, got[name].N, want[name].N-1)
			}
		}
	})
	t.Run("a value: one row loses the person, unknown gains one", func(t *testing.T) {
		b := body[recount.ValueBody](t, &all[country])
		got := without(country)
		for name, w := range want {
			n := w.N
			switch name {
			case "countries: " + b.Value:
				n--
			case "countries: unknown":
				n++
			case "orlund":
				if b.Value == "Orlund" {
					n--
				}
			}
			if got[name].N != n {
				t.Errorf("%s: got %d, want %d", name, got[name].N, n)
			}
		}
	})
	t.Run("an accepted statement: no count of people moves", func(t *testing.T) {
		got := without(statement)
		for name, w := range want {
			if got[name].N != w.N {
				t.Errorf("%s: got %d, want %d", name, got[name].N, w.N)
			}
		}
	})
	t.Run("a link: one person becomes two", func(t *testing.T) {
		// A link between two who count each, were reported in the period, and whom
		// no other link of their person bridges.
		s, _ := demo(t)
		book, err := s.Casebook(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		reported := func(a recount.Anchor) bool {
			p, err := book.FindPage(a.Page)
			return err == nil && recount.DateOf(p.When()).Compare(recount.DateOf("2015-08-31")) <= 0
		}
		counts, met := map[string]bool{}, map[string]int{}
		for i := range all {
			switch d := &all[i]; d.Kind {
			case recount.KindScope:
				if s := body[recount.ScopeBody](t, d); s.Answer == recount.Yes {
					counts[place(s.Speaker.At)] = true
				}
			case recount.KindCriterion: // who meets both counts
				if c := body[recount.CriterionBody](t, d); c.Answer == recount.Yes {
					met[place(c.Speaker.At)]++
					counts[place(c.Speaker.At)] = counts[place(c.Speaker.At)] || met[place(c.Speaker.At)] == 2
				}
			}
		}
		i := find(recount.KindLink, func(d *recount.Decision) bool {
			l := body[recount.LinkBody](t, d)
			a, b := place(l.A.At), place(l.B.At)
			return l.Answer == recount.Same && links[a] == 1 && links[b] == 1 && counts[a] && counts[b] && reported(l.A.At) && reported(l.B.At)
		})
		got := without(i)
		if g, w := got["people"].N, want["people"].N+1; g != w {
			t.Errorf("people: got %d, want %d", g, w)
		}
		if g, w := got["people"].Range.High, want["people"].Range.High+1; g != w {
			t.Errorf("people, the largest value: got %d, want %d", g, w)
		}
	})
}
