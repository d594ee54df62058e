package casebook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// Of several who may have said something it is the one whom the first answer
// names until that is settled: in counts, in lists and in whatever order the
// answers arrive.
func TestFirstAnswerSaysWhoSpokeUntilItIsSettled(t *testing.T) {
	for _, tt := range []struct {
		name  string
		steps []string // who accepts (or codes, or both) the words as whose
		want  int      // whose they are; the program reads speaker 0
		typed bool     // the program did not read them
	}{
		{"the first says as was read", []string{"ada accepts 0", "ben accepts 1"}, 0, false},
		{"the first says another", []string{"ada accepts 1", "ben accepts 0"}, 1, false},
		{"by another name, as was read", []string{"ben accepts 0", "ada accepts 1"}, 0, false},
		{"by another name, another", []string{"ben accepts 1", "ada accepts 0"}, 1, false},
		{"both code", []string{"ada both 0", "ben both 1"}, 0, false},
		{"both code, another first", []string{"ada both 2", "ben both 1"}, 2, false},
		{"three", []string{"cy both 1", "ada both 0", "ben both 2"}, 1, false},
		{"two against the first", []string{"ada both 0", "ben both 2", "cy both 2"}, 0, false},
		{"only codes", []string{"ada codes 1", "ben codes 0"}, 1, false},
		{"who coded before another accepted", []string{"ada codes 1", "ben accepts 0"}, 1, false},
		{"who coded after another accepted", []string{"ada accepts 0", "ben codes 1"}, 0, false},
		{"who changed the answer is later", []string{"ada both 0", "ben both 1", "ada both 2"}, 1, false},
		{"adjudicators differ", []string{"ada both 0", "judge both 2", "jury both 1"}, 2, false},
		{"an adjudicator settles it", []string{"ada both 0", "ben both 1", "judge both 1"}, 1, false},
		{"typed in", []string{"ada both 1", "ben both 0"}, 1, true},
		{"typed in, as read elsewhere", []string{"ben both 0", "ada both 2"}, 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 3)
			content := m.readings[m.articles[0].Key].Statements[0].Content
			if tt.typed {
				content = []recount.Span{{Start: content[0].Start, End: content[0].End - 3}}
			}
			at := m.at(0, content...)
			m.save(m.seal("ada", file("adjudicators: judge jury")))
			for i := range 3 {
				m.save(m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, i, false), Answer: recount.Yes}))
			}
			var ds []recount.Decision
			last := map[string][]string{} // what a later answer takes the place of
			coded := false
			for _, x := range tt.steps {
				var who, what string
				var whose int
				if _, err := fmt.Sscan(x, &who, &what, &whose); err != nil {
					t.Fatal(err)
				}
				ref := m.ref(0, whose, false)
				was := last[who]
				last[who] = nil
				add := func(a recount.Answer) {
					var replaces []string
					if len(was) > 0 {
						replaces, was = was[:1], was[1:]
					}
					d := m.seal(who, a, replaces...)
					ds, last[who] = append(ds, d), append(last[who], d.ID)
				}
				if what != "codes" {
					add(recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.Indirect, Speaker: &ref, Typed: tt.typed})
				}
				if what != "accepts" {
					add(recount.CodeBody{Code: "fear", At: at, Speaker: ref, Answer: recount.Yes})
					coded = true
				}
			}
			accepted := slices.ContainsFunc(tt.steps, func(s string) bool { return !strings.Contains(s, "codes") })
			c := m.open()
			slices.Reverse(ds) // they arrive the other way round
			for _, d := range ds {
				m.save(d)
				if _, err := c.Refresh(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			same(t, "opened anew", dump(t, m.open()), dump(t, c))
			want := string(m.ref(0, tt.want, false).Name)
			var codes, statements []string
			for _, x := range c.Members() {
				if len(x.Codes) > 0 {
					codes = append(codes, x.Speaker.Name)
				}
				if len(x.Statements) > 0 {
					statements = append(statements, x.Speaker.Name)
				}
			}
			if got := strings.Join(codes, ", "); coded && got != want {
				t.Errorf("the code is of %q, want %q", got, want)
			}
			if got := strings.Join(statements, ", "); accepted && got != want {
				t.Errorf("the statement is of %q, want %q", got, want)
			}
			if got := len(c.Coded()["fear"]); coded && got != 1 {
				t.Errorf("the code is on %d statements, want 1", got)
			}
			var listed []string
			for v, err := range c.Voices(t.Context(), casebook.Filter{All: true}) {
				if err != nil {
					t.Fatal(err)
				}
				for _, u := range v.Utterances {
					if slices.Equal(u.At, content) {
						listed = append(listed, v.Name)
						if got := strings.Join(u.Codes, " "); coded && got != "fear" {
							t.Errorf("it is listed with the codes %q", got)
						}
					}
				}
			}
			if got := strings.Join(listed, ", "); accepted && got != want {
				t.Errorf("the lists say that %q said it, want %q", got, want)
			}
		})
	}
}

// Who goes on with a statement keeps to the speaker whom he or she named, until
// it is settled who said it.
func TestWhoseAStatementIsToSomebody(t *testing.T) {
	for _, tt := range []struct {
		name, steps string // who names whom
		actor       string
		want        int
	}{
		{"nobody answered", "", "ada", 0},
		{"who has not answered takes the first answer", "ada 1, ben 2", "cy", 1},
		{"who answered first", "ada 1, ben 2", "ada", 1},
		{"who answered second", "ada 1, ben 2", "ben", 2},
		{"as the program read it", "ada 1, ben 0", "ben", 0},
		{"all agree", "ada 1, ben 1", "ben", 1},
		{"an adjudicator settled it", "ada 1, ben 2, judge 1", "ben", 1},
		{"adjudicators differ", "ada 1, judge 2, jury 0", "ada", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 3)
			x := m.readings[m.articles[0].Key].Statements[0]
			m.save(m.seal("ada", file("adjudicators: judge jury")))
			for _, s := range strings.Split(tt.steps, ", ") {
				if f := strings.Fields(s); len(f) == 2 {
					ref := m.ref(0, int(f[1][0]-'0'), false)
					m.save(m.seal(f[0], recount.StatementBody{Answer: recount.Accepted, At: m.at(0, x.Content...), Type: recount.Indirect, Speaker: &ref}))
				}
			}
			c := m.open()
			v, u, err := c.FindStatement(t.Context(), string(x.Key))
			if err == nil {
				v, err = c.SpeakerTo(t.Context(), tt.actor, v, u)
			}
			if want := m.ref(0, tt.want, false).Name; err != nil || v.Name != want {
				t.Errorf("to %s it is of %q, %v; want %q", tt.actor, v.Name, err, want)
			}
		})
	}
}
