package casebook_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
)

// Where the codebook gives a statement one code, the second that somebody gives
// takes the place of the first, decided or imported.
func TestOneCodeForAStatement(t *testing.T) {
	for _, tt := range []struct {
		name  string
		many  bool     // the codebook gives a statement several
		codes []string // who, code and answer, in order
		want  string   // codes of the speaker, and perhaps
	}{
		{name: "one code", codes: []string{"ada fear yes"}, want: "fear"},
		{name: "a second", codes: []string{"ada fear yes", "ada pay yes"}, want: "pay"},
		{name: "a third", codes: []string{"ada fear yes", "ada pay yes", "ada fear.night yes"}, want: "fear.night"},
		{name: "back to the first", codes: []string{"ada fear yes", "ada pay yes", "ada fear yes"}, want: "fear"},
		{name: "a sub-code", codes: []string{"ada fear yes", "ada fear.night yes"}, want: "fear.night"},
		{name: "another that does not apply", codes: []string{"ada fear yes", "ada pay no"}, want: "fear"},
		{name: "two coders", codes: []string{"ada fear yes", "ben pay yes"}, want: "fear, perhaps no more fear, perhaps pay"},
		{name: "one of two changes to the other's", codes: []string{"ada fear yes", "ben pay yes", "ada pay yes"}, want: "pay"},
		{name: "an adjudicator", codes: []string{"ada fear yes", "ben pay yes", "judge pay yes"}, want: "pay"},
		{name: "an adjudicator changes", codes: []string{"ada fear yes", "judge pay yes", "judge fear yes"}, want: "fear"},
		{name: "several codes", many: true, codes: []string{"ada fear yes", "ada pay yes"}, want: "fear, pay"},
		{name: "words were corrected in between", codes: []string{"ada fear yes", "ada words", "ada pay yes"}, want: "pay"},
		{name: "two coders, one with other words", codes: []string{"ada fear yes", "ada words", "ben fear yes"}, want: "fear"},
	} {
		for _, imported := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, ", imported ", imported), func(t *testing.T) {
				m := newStudy(t, 1, 2)
				m.oneCode = !tt.many
				who := m.ref(0, 0, false)
				words := m.readings[m.articles[0].Key].Statements[0].Content
				long, short := m.at(0, words...), m.at(0, recount.Span{Start: words[0].Start, End: words[0].End - 3})
				m.save(m.seal("ada", file("adjudicators: judge")), m.seal("ada", recount.ScopeBody{Speaker: who, Answer: recount.Yes}))
				c := m.open()
				at := long
				for _, x := range tt.codes {
					f := strings.Fields(x)
					var a recount.Answer
					if f[1] == "words" {
						a, at = recount.StatementBody{Answer: recount.Accepted, At: short, Type: recount.Indirect, Speaker: &who, Instead: []recount.Anchor{long}}, short
					} else {
						a = recount.CodeBody{Code: f[1], At: at, Speaker: who, Answer: recount.YesNo(f[2])}
					}
					if imported {
						m.save(m.seal(f[0], a))
					} else if _, err := c.Decide(t.Context(), casebook.By{Actor: f[0]}, m.sealed, casebook.Draft{Answer: a}); err != nil {
						t.Fatal(err)
					}
				}
				if _, err := c.Refresh(t.Context()); err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, x := range c.Members() {
					for _, y := range x.Codes {
						got = append(got, y.Code)
					}
					for _, p := range x.Perhaps {
						for _, y := range p.Codes {
							if p.Gone {
								y.Code = "no more " + y.Code
							}
							got = append(got, "perhaps "+y.Code)
						}
					}
				}
				slices.Sort(got)
				if got := strings.Join(got, ", "); got != tt.want {
					t.Errorf("codes are %q, want %q", got, tt.want)
				}
				if coders := len(tt.codes); !imported && coders > 1 {
					for _, f := range c.Findings() {
						if f.What == "conflict" {
							t.Errorf("what was decided is a conflict: %s", f.Text)
						}
					}
				}
				same(t, "opened anew", dump(t, m.open()), dump(t, c))
			})
		}
	}
	m := newStudy(t, 1, 2)
	m.oneCode = true
	who, at := m.ref(0, 0, false), m.at(0, m.readings[m.articles[0].Key].Statements[0].Content...)
	_, err := m.open().Decide(t.Context(), casebook.By{Actor: "ada"}, m.sealed,
		casebook.Draft{Answer: recount.CodeBody{Code: "fear", At: at, Speaker: who, Answer: recount.Yes}},
		casebook.Draft{Answer: recount.CodeBody{Code: "pay", At: at, Speaker: who, Answer: recount.Yes}})
	if !errors.Is(err, recount.ErrConflict) || !strings.Contains(err.Error(), "two codes") {
		t.Errorf("two codes at once: %v", err)
	}
}

// Where a statement has one code, it has one of those that people gave, in each
// answer: what all of them say besides holds.
func TestWhichOfTheCodesThatPeopleGave(t *testing.T) {
	for _, tt := range []struct {
		name  string
		codes []string // who, code, answer and perhaps whose
		want  string   // of fear, fear.night, pay and no code
	}{
		{"a code and its sub-code", []string{"ada fear yes 0", "ben fear.night yes 0"}, "1, 0 to 1, 0, 0"},
		{"a sub-code and its code", []string{"ada fear.night yes 0", "ben fear yes 0"}, "1, 1 of 0 to 1, 0, 0"},
		{"two sub-codes of one code", []string{"ada fear.night yes 0", "ben fear.day yes 0"}, "1, 1 of 0 to 1, 0, 0"},
		{"two codes", []string{"ada fear yes 0", "ben pay yes 0"}, "1 of 0 to 1, 0, 0 to 1, 0"},
		{"two codes the other way round", []string{"ben pay yes 0", "ada fear yes 0"}, "0 to 1, 0, 1 of 0 to 1, 0"},
		{"a sub-code and another code", []string{"ada fear.night yes 0", "ben pay yes 0"}, "1 of 0 to 1, 1 of 0 to 1, 0 to 1, 0"},
		{"three", []string{"ada fear yes 0", "ben fear.night yes 0", "cy pay yes 0"}, "1 of 0 to 1, 0 to 1, 0 to 1, 0"},
		{"two agree", []string{"ada fear yes 0", "ben fear yes 0"}, "1, 0, 0, 0"},
		{"an adjudicator says the sub-code", []string{"ada fear yes 0", "ben fear.night yes 0", "judge fear.night yes 0"}, "1, 1, 0, 0"},
		{"somebody says that one does not apply", []string{"ada fear yes 0", "ben pay yes 0", "cy fear no 0"}, "0 to 1, 0, 0 to 1, 1 of 0 to 1"},
		{"of one of two speakers, who has the code and sub-code", []string{"ada fear yes 0", "ben fear.night yes 1"}, "1, 0 to 1, 0, 1"},
		{"of one of two speakers, two codes", []string{"ben pay yes 1", "ada fear yes 0"}, "0 to 1, 0, 1 of 0 to 1, 1"},
		{"the one who does not count says it perhaps", []string{"ada fear yes 0", "ben fear.night yes 2"}, "1 of 0 to 1, 0 to 1, 0, 0 to 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 3)
			m.oneCode = true
			at := m.at(0, m.readings[m.articles[0].Key].Statements[0].Content...)
			m.save(m.seal("ada", file("adjudicators: judge")), m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}))
			if slices.ContainsFunc(tt.codes, func(s string) bool { return strings.HasSuffix(s, " 1") }) {
				m.save(m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 1, false), Answer: recount.Yes}))
			}
			var steps []step
			for _, x := range tt.codes {
				f := strings.Fields(x)
				who := m.ref(0, int(f[3][0]-'0'), false)
				steps = append(steps, step{f[0], recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.Indirect, Speaker: &who}},
					step{f[0], recount.CodeBody{Code: f[1], At: at, Speaker: who, Answer: recount.YesNo(f[2])}})
			}
			c := m.follow(steps...)
			book := recount.Codebook{Codes: []recount.Code{{Code: "fear"}, {Code: "fear.night", Parent: "fear"}, {Code: "fear.day", Parent: "fear"}, {Code: "pay"}}}
			var got []string
			for _, where := range []string{`has("fear")`, `has("fear.night")`, `has("pay")`, `len(codes) == 0`} {
				tally, err := c.Tally(where, &count.Problem{Codes: book}, count.Query{Where: where})
				if err != nil {
					t.Fatal(err)
				}
				r, err := tally.Result()
				if err != nil {
					t.Fatal(err)
				}
				if r.N < r.Range.Low || r.N > r.Range.High {
					t.Errorf("%s: %d are accepted, and the range is %s", where, r.N, count.RangeText(r.Range))
				}
				text := count.RangeText(r.Range)
				if r.N > r.Range.Low {
					text = fmt.Sprint(r.N, " of ", text)
				}
				got = append(got, text)
			}
			if got := strings.Join(got, ", "); got != tt.want {
				t.Errorf("fear, fear.night, pay and no code: %s, want %s", got, tt.want)
			}
		})
	}
}
