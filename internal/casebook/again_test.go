package casebook_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
)

// decides saves answers as somebody who is asked decides: each takes the place
// of what the same person answered before.
func (m *made) decides(c *casebook.Casebook, actor string, answers ...recount.Answer) []recount.Decision {
	m.t.Helper()
	var out []recount.Decision
	for _, a := range answers {
		ds, err := c.Decide(context.Background(), casebook.By{Actor: actor}, func(d recount.Draft) (recount.Decision, error) {
			m.salt++
			d.Study, d.Time, d.Salt = "s", began.Add(time.Duration(m.salt)*time.Minute), fmt.Sprint(m.salt)
			return recount.Seal(d)
		}, casebook.Draft{Answer: a})
		if err != nil {
			m.t.Fatal(err)
		}
		out = append(out, ds...)
	}
	return out
}

// Words that are corrected again, or answered about again, stay in the place of
// those that were read, and their codes with them.
func TestWordsCorrectedAgain(t *testing.T) {
	m := newStudy(t, 1, 2)
	ref, other := m.ref(0, 0, false), m.ref(0, 1, false)
	whole := m.readings[m.articles[0].Key].Statements[0].Content[0]
	cut := func(from, to int) recount.Anchor {
		return m.at(0, recount.Span{Start: whole.Start + from, End: whole.End - to})
	}
	says := func(to int, instead ...int) recount.StatementBody {
		b := recount.StatementBody{Answer: recount.Accepted, At: cut(0, to), Type: recount.Indirect, Speaker: &ref}
		for _, n := range instead {
			b.Instead = append(b.Instead, cut(0, n))
		}
		return b
	}
	coded := func(to int, code string) recount.CodeBody {
		return recount.CodeBody{Code: code, At: cut(0, to), Speaker: ref, Answer: recount.Yes}
	}
	typed := func(b recount.StatementBody, as recount.QuotationType) recount.StatementBody {
		b.Type = as
		return b
	}
	of := func(b recount.StatementBody, who recount.SpeakerRef) recount.StatementBody {
		b.Speaker = &who
		return b
	}
	type step struct {
		actor string
		a     recount.Answer // nil takes the last one back
	}
	half := recount.StatementBody{Answer: recount.Accepted, At: cut(whole.Len()-4, 0), Type: recount.Indirect, Speaker: &ref, Typed: true, Instead: []recount.Anchor{cut(0, 0)}}
	other4 := half // a correction to other words
	other4.Typed = false
	shorter := half
	shorter.At, shorter.Instead = cut(whole.Len()-3, 0), []recount.Anchor{half.At}
	for _, tt := range []struct {
		name  string
		steps []step
		want  []int // characters that are cut off the end of the statements that hold
		codes int   // that the first speaker has
	}{
		{"corrected once", []step{{"ada", says(3, 0)}}, []int{3}, 1},
		{"corrected twice", []step{{"ada", says(3, 0)}, {"ada", says(5, 3)}}, []int{5}, 1},
		{"three times", []step{{"ada", says(3, 0)}, {"ada", says(5, 3)}, {"ada", says(7, 5)}}, []int{7}, 1},
		{"and back to the words that were read", []step{{"ada", says(3, 0)}, {"ada", says(5, 3)}, {"ada", says(0, 5)}}, []int{0}, 1},
		{"accepted again as it is", []step{{"ada", says(3, 0)}, {"ada", says(3)}}, []int{3}, 1},
		{"accepted again and coded", []step{{"ada", says(3, 0)}, {"ada", says(3)}, {"ada", coded(3, "fear")}}, []int{3}, 2},
		{"corrected twice, each time accepted again", []step{{"ada", says(3, 0)}, {"ada", says(3)}, {"ada", says(5, 3)}, {"ada", says(5)}}, []int{5}, 1},
		{"its type corrected", []step{{"ada", says(3, 0)}, {"ada", typed(says(3), recount.Direct)}}, []int{3}, 1},
		{"its speaker corrected", []step{{"ada", says(3, 0)}, {"ada", of(says(3), other)}}, []int{3}, 0},
		{"typed in instead of the corrected one", []step{{"ada", says(3, 0)}, {"ada", recount.StatementBody{Answer: recount.Accepted, At: cut(0, 6), Type: recount.Indirect, Speaker: &ref, Typed: true, Instead: []recount.Anchor{cut(0, 3)}}}}, []int{6}, 1},
		{"the second correction taken back", []step{{"ada", says(3, 0)}, {"ada", says(5, 3)}, {"ada", nil}}, []int{3}, 1},
		{"another corrects what was corrected twice", []step{{"ada", says(3, 0)}, {"ada", says(5, 3)}, {"ada", says(5)}, {"judge", says(7, 5)}}, []int{7}, 1},
		{"an adjudicator corrects it twice", []step{{"ada", says(2, 0)}, {"judge", says(3, 2)}, {"judge", says(5, 3)}}, []int{5}, 1},
		{"split, then one half corrected", []step{{"ada", says(8, 0)}, {"ada", half}, {"ada", shorter}}, []int{8, 0}, 1},
		{"what was read corrected twice", []step{{"ada", says(3, 0)}, {"ada", says(5, 0)}}, []int{5}, 1},
		{"three times what was read", []step{{"ada", says(3, 0)}, {"ada", says(5, 0)}, {"ada", says(7, 0)}}, []int{7}, 1},
		{"to other words of it", []step{{"ada", other4}, {"ada", says(8, 0)}}, []int{8}, 1},
		{"to other words of it, the other way", []step{{"ada", says(8, 0)}, {"ada", other4}}, []int{0}, 1},
		{"the second of what was read taken back", []step{{"ada", says(3, 0)}, {"ada", says(5, 0)}, {"ada", nil}}, []int{3}, 1},
		{"what was read was right after all", []step{{"ada", says(3, 0)}, {"ada", says(0)}}, []int{0}, 1},
		{"right after all, after two corrections", []step{{"ada", says(3, 0)}, {"ada", says(5, 3)}, {"ada", says(0)}}, []int{0}, 1},
		{"right after all, after two of what was read", []step{{"ada", says(3, 0)}, {"ada", says(5, 0)}, {"ada", says(0)}}, []int{0}, 1},
		{"the first correction was right after all", []step{{"ada", says(3, 0)}, {"ada", says(5, 3)}, {"ada", says(3)}}, []int{3}, 1},
		{"right after all, and corrected again", []step{{"ada", says(3, 0)}, {"ada", says(0)}, {"ada", says(5, 0)}}, []int{5}, 1},
		{"right after all, taken back", []step{{"ada", says(3, 0)}, {"ada", says(0)}, {"ada", nil}}, []int{3}, 1},
		{"two of one, and right after all", []step{{"ada", says(8, 0)}, {"ada", half}, {"ada", says(0)}}, []int{0}, 1},
		{"another accepts the words that hold", []step{{"ada", says(3, 0)}, {"ben", says(3)}}, []int{3}, 1},
		{"another accepts the words that were corrected twice", []step{{"ada", says(3, 0)}, {"ada", says(5, 0)}, {"ben", says(5)}}, []int{5}, 1},
		{"corrected, then said to be none", []step{{"ada", says(3, 0)}, {"ada", recount.StatementBody{Answer: recount.Rejected, At: cut(0, 3), Speaker: &ref}}}, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			m.save(m.seal("ada", file("adjudicators: judge")))
			c := m.open()
			m.decides(c, "zoe", recount.ScopeBody{Speaker: ref, Answer: recount.Yes}, recount.ScopeBody{Speaker: other, Answer: recount.Yes})
			m.decides(c, "ada", coded(0, "pay"))
			var last string
			for _, s := range tt.steps {
				if s.a == nil {
					m.save(m.seal(s.actor, recount.RetractBody{}, last))
					if _, err := c.Refresh(t.Context()); err != nil {
						t.Fatal(err)
					}
					continue
				}
				last = m.decides(c, s.actor, s.a)[0].ID
			}
			for _, c := range []*casebook.Casebook{c, m.open()} {
				var got []int
				for _, x := range c.Statements() {
					got = append(got, whole.End-x.At[len(x.At)-1].End)
				}
				if !slices.Equal(got, tt.want) {
					t.Errorf("statements that are %v shorter hold, want %v", got, tt.want)
				}
				codes := 0
				for v, err := range c.Voices(t.Context(), casebook.Filter{All: true}) {
					if err != nil {
						t.Fatal(err)
					}
					if v.Member != nil && strings.HasPrefix(v.Name, "Ana") {
						codes += len(v.Member.Codes)
					}
					for _, u := range v.Utterances {
						if slices.Equal(u.At, []recount.Span{whole}) && u.State == "" && tt.want != nil {
							t.Errorf("what was read is open again")
						}
					}
				}
				if codes != tt.codes {
					t.Errorf("%d codes, want %d", codes, tt.codes)
				}
			}
		})
	}
}

// Who accepts words that another put in place of others says that too: when the
// other takes it back the two differ on the words, and neither form is a statement
// of its own.
func TestFormThatAnotherAccepted(t *testing.T) {
	for _, first := range []bool{true, false} { // the first correction was to the form that is corrected again
		m := newStudy(t, 1, 2)
		ref := m.ref(0, 0, false)
		whole := m.readings[m.articles[0].Key].Statements[0].Content[0]
		at := func(less int) recount.Anchor { return m.at(0, recount.Span{Start: whole.Start, End: whole.End - less}) }
		says := func(less int, instead ...recount.Anchor) recount.StatementBody {
			return recount.StatementBody{Answer: recount.Accepted, At: at(less), Type: recount.Indirect, Speaker: &ref, Instead: instead}
		}
		c := m.open()
		m.decides(c, "zoe", recount.ScopeBody{Speaker: ref, Answer: recount.Yes})
		m.decides(c, "ada", says(3, at(0)))
		was := at(0)
		if first {
			was = at(3)
		}
		last := m.decides(c, "ada", says(5, was))[0]
		m.decides(c, "ben", says(5), recount.CodeBody{Code: "pay", At: at(5), Speaker: ref, Answer: recount.Yes})
		if n := len(c.Statements()); n != 1 {
			t.Errorf("%d statements, want 1", n)
		}
		m.save(m.seal("ada", recount.RetractBody{}, last.ID))
		if _, err := c.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, c := range []*casebook.Casebook{c, m.open()} {
			if n := len(c.Statements()); n != 0 {
				t.Errorf("%d statements hold on which people differ", n)
			}
			if n := noticed(c, "disagreement"); n != 1 {
				t.Errorf("%d disagreements, want 1", n)
			}
		}
	}
}

// A statement that somebody typed in and that was rejected stays in the whole list
// like one that was read, and can be accepted again.
func TestTypedStatementThatIsRejected(t *testing.T) {
	m := newStudy(t, 1, 2)
	ref, other := m.ref(0, 0, false), m.ref(0, 1, false)
	at := m.at(0, span(m.articles[0], "shut at noon", 0))
	typed := recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.Direct, Speaker: &ref, Typed: true}
	with := func(do func(*recount.StatementBody)) recount.StatementBody {
		b := typed
		do(&b)
		return b
	}
	rejected := with(func(b *recount.StatementBody) { b.Answer = recount.Rejected })
	type step struct {
		who string
		a   recount.Answer
	}
	for _, tt := range []struct {
		name  string
		steps []step
		want  string // state in the whole list; "gone" if it is not there
		plain string // in the plain list
	}{
		{"typed in", []step{{"ada", typed}}, "accepted", "accepted"},
		{"rejected", []step{{"ada", typed}, {"ada", rejected}}, "rejected", "gone"},
		{"rejected twice", []step{{"ada", typed}, {"ada", rejected}, {"ada", rejected}}, "rejected", "gone"},
		{"rejected by another", []step{{"ada", typed}, {"ben", rejected}}, "", ""}, // a question
		{"rejected by both", []step{{"ada", typed}, {"ben", rejected}, {"ada", rejected}}, "rejected", "gone"},
		{"rejected by an adjudicator", []step{{"ada", typed}, {"judge", rejected}}, "rejected", "gone"},
		{"accepted again", []step{{"ada", typed}, {"ada", rejected}, {"ada", typed}}, "accepted", "accepted"},
		{"moved, then rejected", []step{{"ada", typed}, {"ada", with(func(b *recount.StatementBody) { b.Speaker = &other })}, {"ada", rejected}}, "rejected", "gone"},
		{"with a code", []step{{"ada", typed}, {"ada", recount.CodeBody{Code: "pay", At: at, Speaker: ref, Answer: recount.Yes}}, {"ada", rejected}}, "rejected", "gone"},
		{"of one who does not count", []step{{"ada", recount.ScopeBody{Speaker: ref, Answer: recount.No}}, {"ada", typed}, {"ada", rejected}}, "rejected", "gone"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			m.save(m.seal("ada", file("adjudicators: judge")))
			c := m.open()
			m.decides(c, "zoe", recount.ScopeBody{Speaker: ref, Answer: recount.Yes})
			for _, s := range tt.steps {
				m.decides(c, s.who, s.a)
			}
			for _, c := range []*casebook.Casebook{c, m.open()} {
				for all, want := range map[bool]string{true: tt.want, false: tt.plain} {
					got := "gone"
					for v, err := range c.Voices(t.Context(), casebook.Filter{All: all}) {
						if err != nil {
							t.Fatal(err)
						}
						for _, u := range v.Utterances {
							if slices.Equal(at.Exact, u.Words(m.articles[0].Text)) {
								if got != "gone" {
									t.Error("it is listed twice")
								}
								got = string(u.State)
								if x, y, err := c.FindStatement(t.Context(), string(u.Key)); err != nil || x.Name != v.Name || y.State != u.State {
									t.Errorf("found %v %v %v", x, y, err)
								}
							}
						}
					}
					if got != want {
						t.Errorf("listed (all %v) as %q, want %q", all, got, want)
					}
				}
			}
		})
	}
}
