package coding

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"recount"
)

const smallBook = `# fictional
title: Why they moved
version: 2
codes:
  - code: rent
    short: The rent.
    definition: >
      The speaker gives the rent
      as a reason.
    use_when: Money for the flat is the complaint.
    do_not_use_when: The flat was damp (state).
    example: They asked for double.
    subcodes:
      - code: rent.rise
        short: A rise.
  - code: state
    short: The state of the flat.
  - code: state.damp
    parent: state
    short: Damp.
`

func TestParseCodebook(t *testing.T) {
	book, err := ParseCodebook([]byte(smallBook))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range book.Codes {
		got = append(got, c.Code+"<"+c.Parent)
	}
	if s := strings.Join(got, " "); s != "rent< rent.rise<rent state< state.damp<state" || book.Title != "Why they moved" || book.Version != 2 {
		t.Errorf("ParseCodebook gives %q, version %d: %s", book.Title, book.Version, s)
	}
	if d := book.Codes[0].Definition; d != "The speaker gives the rent as a reason." {
		t.Errorf("a folded definition reads %q", d)
	}
}

func TestParseCodebookRefuses(t *testing.T) {
	tests := []struct{ name, in, err, hint string }{
		{"a code that stands twice", "codes:\n  - code: a\n  - code: b\n  - code: a\n", `line 4: code "a" stands twice`, "rename one"},
		{"a parent that is no code", "codes:\n  - code: a\n    parent: z\n", `line 2: code "a" has the parent "z"`, "add that code"},
		{"a circle of parents", "codes:\n  - code: a\n    parent: b\n  - code: b\n    parent: a\n", "its own parent", "correct parent"},
		{"an entry without a code", "codes:\n  - short: nothing\n", "entry 1 of the list of codes has no code", "give it a line"},
		{"fields nobody knows, of which the first is named", "codes:\n  - code: a\n    zed: b\n    use_whem: b\n    def: c\n    abc: d\n", "line 3: unknown field", "use_when"},
		{"of a sub-code before that of a later code", "codes:\n  - code: a\n    subcodes:\n      - code: a.b\n        full: x\n  - code: c\n    sub: []\n", "line 5: unknown field", "use_when"},
		{"of the file before that of a code", "titel: x\ncodes:\n  - code: a\n    full: x\n", "line 1: unknown field", "use_when"},
		{"a field nobody knows", "codes:\n  - code: a\n    use_whem: b\n", "line 3: unknown field", "use_when"},
		{"a list where a word belongs", "codes:\n  - code: [a]\n", "line 2", "indents"},
		{"a broken indent", "codes:\n  - code: a\n   short: b\n", "line ", "indents"},
		{"a space in a code", "codes:\n  - code: a b\n", `"a b" is no name`, "letters"},
		{"an alias", "title: &t x\ncodes:\n  - code: *t\n", "line 1: it uses an anchor", "write the text out"},
		{"a tag that breaks the reader", "codes: !0 000000", "line 1: it uses an anchor, an alias or a tag", "quotation marks"},
		{"deep nesting", strings.Repeat("[", 100000), "nested too deeply", "sub-codes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseCodebook([]byte(tt.in))
			if !errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), tt.err) || !strings.Contains(recount.HintOf(err), tt.hint) {
				t.Errorf("ParseCodebook(%.40q) = %v, hint %q; want %q, hint %q", tt.in, err, recount.HintOf(err), tt.err, tt.hint)
			}
		})
	}
	if book, err := ParseCodebook(nil); err != nil || len(book.Codes) != 0 {
		t.Errorf("an empty file gives %v, %v; want an empty codebook", book, err)
	}
}

func TestCodebookOfTheHarrowOrder(t *testing.T) {
	data, err := os.ReadFile("../../../shared/study-order/codebook.yaml")
	if err != nil {
		t.Skip("the codebook of the example study (../shared/study-order/codebook.yaml) is absent")
	}
	book, err := ParseCodebook(data)
	if err != nil {
		t.Fatal(err)
	}
	top := 0
	for _, c := range book.Codes {
		if c.Parent == "" {
			top++
		}
	}
	if top != 5 || len(book.Codes) != 22 || book.Unit != "case" || !book.MultiLabel {
		t.Errorf("%d top codes of %d, unit %q, multi %v; want 5 of 22, case, true", top, len(book.Codes), book.Unit, book.MultiLabel)
	}
	if r := LintCodebook(book); len(r) != 0 {
		t.Errorf("LintCodebook = %v, want nothing", r)
	}
}

func TestLintCodebook(t *testing.T) {
	book, err := ParseCodebook([]byte(smallBook))
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]int{}
	for _, r := range LintCodebook(book) {
		missing[r.Code]++
	}
	if want := map[string]int{"rent.rise": 4, "state": 4, "state.damp": 4}; fmt.Sprint(missing) != fmt.Sprint(want) {
		t.Errorf("remarks for each code %v, want %v", missing, want)
	}
}

// table makes units from one row for each coder; "." is missing.
func table(rows map[string]string) []Unit {
	var units []Unit
	for actor, row := range rows {
		for i, v := range strings.Fields(row) {
			for len(units) <= i {
				units = append(units, Unit{ID: fmt.Sprintf("u%03d", len(units))})
			}
			if v != "." {
				units[i].Answers = append(units[i].Answers, Answer{actor, v})
			}
		}
	}
	return units
}

func TestAlpha(t *testing.T) {
	tests := []struct {
		name  string
		units []Unit
		want  float64
	}{
		// Krippendorff 2011, section B: two observers, ten articles.
		{"nominal data, two observers, none missing (Krippendorff 2011, B)", table(map[string]string{
			"meg": "a a b b d c c c e d d a", "owen": "b a b b b c c c e d d d"}), 0.692},
		// The same paper, section C: four observers, twelve units, missing values.
		{"nominal data, four observers, some missing (Krippendorff 2011, C)", table(map[string]string{
			"a": "1 2 3 3 2 1 4 1 2 . . .", "b": "1 2 3 3 2 2 4 1 2 5 . 3",
			"c": ". 3 3 3 2 3 4 2 2 5 1 .", "d": "1 2 3 3 2 4 4 1 2 5 1 ."}), 0.743},
		// The same paper, section A: binary data, two observers, ten units.
		{"binary data, two observers (Krippendorff 2011, A)", table(map[string]string{
			"meg": "0 1 0 0 0 0 0 0 1 0", "owen": "1 1 1 0 0 1 0 0 0 0"}), 0.095},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Alpha(tt.units); math.Abs(got.Value-tt.want) > 5e-4 || got.Note != "" {
				t.Errorf("Alpha = %v, want %.3f", got, tt.want)
			}
		})
	}
}

func TestKappa(t *testing.T) {
	// counts makes units from a table of counts, rows for coder a.
	counts := func(t [][]int) []Unit {
		var units []Unit
		for i, row := range t {
			for j, n := range row {
				for range n {
					units = append(units, Unit{ID: fmt.Sprint(len(units)), Answers: []Answer{{"a", fmt.Sprint(i)}, {"b", fmt.Sprint(j)}}})
				}
			}
		}
		return units
	}
	tests := []struct {
		name  string
		units []Unit
		want  float64
	}{
		// Cohen 1960, table 1, as 200 units: po is .70, pe is .41.
		{"three categories (Cohen 1960, table 1)", counts([][]int{{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}), 0.492},
		{"two categories, fifty units: po .70, pe .50", counts([][]int{{20, 5}, {10, 15}}), 0.4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Kappa(tt.units, "a", "b"); math.Abs(got.Value-tt.want) > 5e-4 || got.Note != "" {
				t.Errorf("Kappa = %v, want %.3f", got, tt.want)
			}
		})
	}
}

func TestPercent(t *testing.T) {
	u := table(map[string]string{"a": "x x y .", "b": "x y y x", "c": ". x . ."})
	if got := Percent(u); got.Units != 3 || got.Pairs != 5 || math.Abs(got.Value-0.6) > 1e-9 {
		t.Errorf("Percent = %+v, want 3 of 5 pairs in 3 units", got)
	}
}

func TestNothingToCompare(t *testing.T) {
	one := []Unit{{"u", []Answer{{"a", "x"}}}}
	same := []Unit{{"u", []Answer{{"a", "x"}, {"b", "x"}}}}
	for name, c := range map[string]Coefficient{"percent of one coder": Percent(one), "kappa of one coder": Kappa(one, "a", "b"),
		"alpha of one coder": Alpha(one), "kappa without variation": Kappa(same, "a", "b"), "alpha without variation": Alpha(same)} {
		if c.Note == "" || c.Value != 0 {
			t.Errorf("%s = %+v, want a note that says why there is none", name, c)
		}
	}
}

func FuzzParseCodebook(f *testing.F) {
	f.Add([]byte(smallBook))
	f.Add([]byte("codes: &a\n  - *a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := ParseCodebook(data)
		if err != nil && !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("ParseCodebook(%q) = %v, want ErrInvalid", data, err)
		}
		before := map[string]bool{"": true}
		for _, c := range book.Codes {
			if before[c.Code] || !before[c.Parent] {
				t.Errorf("code %q doubled or before its parent %q", c.Code, c.Parent)
			}
			before[c.Code] = true
		}
	})
}
