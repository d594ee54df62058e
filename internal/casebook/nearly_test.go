package casebook_test

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// People who type in one statement with slightly different words mean one.
func TestNearlyTheSameStatement(t *testing.T) {
	const line = "the gate was shut at noon. Later Berg said nobody had a key"
	for _, tt := range []struct {
		name  string
		typed []string // who, and the words; "who|words|speaker"
		coded string   // words that are coded
		want  int      // statements
		codes int
	}{
		{"the same words", []string{"ada|the gate was shut at noon", "ben|the gate was shut at noon"}, "", 1, 0},
		{"a word less at the end", []string{"ada|the gate was shut at noon", "ben|the gate was shut"}, "", 1, 0},
		{"a word less at the beginning", []string{"ada|gate was shut at noon", "ben|the gate was shut at noon"}, "", 1, 0},
		{"shifted", []string{"ada|the gate was shut", "ben|gate was shut at noon"}, "", 1, 0},
		{"three people", []string{"ada|the gate was shut", "ben|gate was shut at noon", "cy|the gate was shut at noon"}, "", 1, 0},
		{"the last word only", []string{"ada|the gate was shut", "ben|shut at noon"}, "", 2, 0},
		{"no word in common", []string{"ada|the gate was shut at noon", "ben|nobody had a key"}, "", 2, 0},
		{"one person types both", []string{"ada|the gate was shut at noon", "ada|the gate was shut"}, "", 2, 0},
		{"one person types both, and another one of them", []string{"ada|the gate was shut at noon", "ada|the gate was shut", "ben|the gate was shut"}, "", 2, 0},
		{"other speakers", []string{"ada|the gate was shut at noon", "ben|the gate was shut|1"}, "", 2, 0},
		{"an adjudicator's words", []string{"ada|the gate was shut at noon", "judge|the gate was shut"}, "", 1, 0},
		{"a code on the shorter words", []string{"ada|the gate was shut at noon", "ben|the gate was shut"}, "the gate was shut", 1, 1},
		{"a code on the longer words", []string{"ada|the gate was shut at noon", "ben|the gate was shut"}, "the gate was shut at noon", 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			m.save(m.seal("ada", file("adjudicators: judge")), m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}),
				m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 1, false), Answer: recount.Yes}))
			at := func(words string) recount.Anchor {
				from := strings.Index(m.articles[0].Text, line)
				return m.at(0, span(m.articles[0], words, from))
			}
			var steps []step
			for _, x := range tt.typed {
				f := strings.Split(x, "|")
				who := m.ref(0, len(f)-2, false)
				steps = append(steps, step{f[0], recount.StatementBody{Answer: recount.Accepted, At: at(f[1]), Type: recount.Indirect, Speaker: &who, Typed: true}})
			}
			if tt.coded != "" {
				steps = append(steps, step{"ada", recount.CodeBody{Code: "fear", At: at(tt.coded), Speaker: m.ref(0, 0, false), Answer: recount.Yes}})
			}
			c := m.follow(steps...)
			statements, codes := 0, 0
			for _, x := range c.Members() {
				statements, codes = statements+len(x.Statements), codes+len(x.Codes)
			}
			if got, want := fmt.Sprint(statements, codes), fmt.Sprint(tt.want, tt.codes); got != want || len(c.Statements()) != tt.want {
				t.Errorf("statements and codes: %s of %d, want %s", got, len(c.Statements()), want)
			}
		})
	}
}
