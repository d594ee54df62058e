package casebook_test

import (
	"errors"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// voice returns the speaker of a page that lists name so; nil if none does.
func voice(t *testing.T, c *casebook.Casebook, m *made, all bool, name string) *casebook.Voice {
	t.Helper()
	for v, err := range c.Voices(t.Context(), casebook.Filter{All: all, Page: m.articles[0].Key}) {
		if err != nil {
			t.Fatal(err)
		}
		if v.Name == name {
			return v
		}
	}
	return nil
}

// Where the fullest name of a speaker was set apart as somebody else's, what is
// answered of the one stays with the one, and what is answered of the other with
// the other.
func TestAnswersAfterASplit(t *testing.T) {
	const one, two = "Ana Berg", "Una Voss" // Ana Berg was read, at these words and at "Berg"
	scope := func(r recount.SpeakerRef) recount.Answer {
		return recount.ScopeBody{Speaker: r, Answer: recount.Yes}
	}
	value := func(r recount.SpeakerRef) recount.Answer {
		return recount.ValueBody{Speaker: r, Variable: "country", Value: "Chad"}
	}
	called := func(r recount.SpeakerRef) recount.Answer {
		r.Gender = recount.Woman
		return recount.SpeakerBody{Answer: recount.Accepted, Speaker: r}
	}
	criterion := func(r recount.SpeakerRef) recount.Answer {
		return recount.CriterionBody{Speaker: r, Criterion: "left", Answer: recount.Yes}
	}
	tier := func(r recount.SpeakerRef) recount.Answer {
		return recount.TierBody{Speaker: r, Tier: recount.Protected}
	}
	type step struct {
		of string
		a  func(recount.SpeakerRef) recount.Answer
	}
	counts := func(v *casebook.Voice) bool { return v != nil && v.Scope == recount.Yes }
	for _, tt := range []struct {
		name  string
		steps []step
		one   func(*casebook.Voice) bool
		two   func(*casebook.Voice) bool
	}{
		{"nothing more", nil, func(v *casebook.Voice) bool { return v.Scope == "" && len(v.Utterances) == 2 }, func(v *casebook.Voice) bool { return v.Scope == "" && len(v.Utterances) == 0 }},
		{"the one counts", []step{{one, scope}}, counts, func(v *casebook.Voice) bool { return v.Scope == "" }},
		{"the other counts", []step{{two, scope}}, func(v *casebook.Voice) bool { return v.Scope == "" }, counts},
		{"both count", []step{{one, scope}, {two, scope}}, counts, counts},
		{"both count, the other first", []step{{two, scope}, {one, scope}}, counts, counts},
		{"a value of the one", []step{{one, scope}, {two, scope}, {one, value}}, func(v *casebook.Voice) bool { return len(v.Member.Values) == 1 }, func(v *casebook.Voice) bool { return len(v.Member.Values) == 0 }},
		{"a value of the other", []step{{one, scope}, {two, scope}, {two, value}}, func(v *casebook.Voice) bool { return len(v.Member.Values) == 0 }, func(v *casebook.Voice) bool { return len(v.Member.Values) == 1 }},
		{"a correction of the one", []step{{one, called}}, func(v *casebook.Voice) bool { return v.Gender == recount.Woman && len(v.Utterances) == 2 }, func(v *casebook.Voice) bool { return v.Gender != recount.Woman }},
		{"a correction of the one who counts", []step{{one, scope}, {one, called}}, func(v *casebook.Voice) bool { return v.Gender == recount.Woman && counts(v) }, func(v *casebook.Voice) bool { return v.Gender != recount.Woman }},
		{"a criterion of the one", []step{{one, criterion}}, func(v *casebook.Voice) bool { return v.Criteria["left"] == recount.Yes }, func(v *casebook.Voice) bool { return v.Criteria["left"] == "" }},
		{"a tier of the one", []step{{one, scope}, {two, scope}, {one, tier}}, func(v *casebook.Voice) bool { return v.Member.Tier == recount.Protected }, func(v *casebook.Voice) bool { return v.Member.Tier != recount.Protected }},
		{"the other joined to the one", []step{{one, scope}, {one, func(r recount.SpeakerRef) recount.Answer {
			return recount.SpeakerBody{Answer: recount.Accepted, Speaker: r, Mentions: []recount.Anchor{{}}} // filled in below
		}}}, func(v *casebook.Voice) bool { return counts(v) && len(v.Utterances) == 2 }, func(v *casebook.Voice) bool { return v == nil }},
		{"the one joined to the other", []step{{two, func(r recount.SpeakerRef) recount.Answer {
			r.Name = one
			return recount.SpeakerBody{Answer: recount.Accepted, Speaker: r, Mentions: []recount.Anchor{{}}}
		}}, {one, scope}}, func(v *casebook.Voice) bool { return counts(v) && len(v.Utterances) == 2 }, func(v *casebook.Voice) bool { return v == nil }},
		{"joined, and then corrected", []step{{one, scope}, {one, func(r recount.SpeakerRef) recount.Answer {
			return recount.SpeakerBody{Answer: recount.Accepted, Speaker: r, Mentions: []recount.Anchor{{}}}
		}}, {one, called}}, func(v *casebook.Voice) bool { return v.Gender == recount.Woman && counts(v) && len(v.Utterances) == 2 }, func(v *casebook.Voice) bool { return v == nil }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 3)
			c := m.open()
			head := m.ref(0, 0, false)
			m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Apart: true, Typed: true, Speaker: recount.SpeakerRef{At: head.At, Name: two, Kind: recount.Named, Gender: recount.Man}})
			for _, s := range tt.steps {
				v := voice(t, c, m, true, s.of)
				ref, err := c.Ref(t.Context(), v)
				if err != nil {
					t.Fatal(err)
				}
				a := s.a(ref)
				if b, ok := a.(recount.SpeakerBody); ok && len(b.Mentions) > 0 {
					with := two
					if s.of == two {
						with = one
					}
					other, err := c.Ref(t.Context(), voice(t, c, m, true, with))
					if err != nil {
						t.Fatal(err)
					}
					b.Mentions[0] = other.At
					a = b
				}
				m.decides(c, "ada", a)
			}
			for _, c := range []*casebook.Casebook{c, m.open()} {
				if v := voice(t, c, m, true, one); v == nil || !tt.one(v) {
					t.Errorf("%s is %+v", one, v)
				}
				if v := voice(t, c, m, true, two); !tt.two(v) {
					t.Errorf("%s is %+v", two, v)
				}
				if v := voice(t, c, m, false, one); v == nil {
					t.Errorf("the plain list lost %s", one)
				}
				for _, f := range c.Findings() {
					t.Errorf("found %s: %s", f.What, f.Text)
				}
			}
		})
	}
}

// Words by which somebody was answered about are set apart by nobody.
func TestWordsThatAreNotSetApart(t *testing.T) {
	for _, tt := range []struct {
		name  string
		first []string // words set apart before, or "counts" and "value" for answers about Ana Berg
		words string   // of whom it is set apart
		want  error
	}{
		{"the fullest name", nil, "Ana Berg", nil},
		{"another mention", nil, "Berg", nil},
		{"another mention of one who counts", []string{"counts"}, "Berg", nil},
		{"the fullest name of one who counts", []string{"counts"}, "Ana Berg", recount.ErrConflict},
		{"of whom a value is known", []string{"value"}, "Ana Berg", recount.ErrConflict},
		{"the last mention", []string{"Berg"}, "Ana Berg", nil},
		{"the same words again", []string{"Berg"}, "Berg", nil},
		{"the same words again, of one who counts", []string{"counts", "Berg"}, "Berg", nil},
		{"words that name nobody who was read", nil, "the gate", nil},
	} {
		m := newStudy(t, 1, 2)
		c := m.open()
		apart := func(words string) error {
			at := m.ref(0, 0, false).At
			if words != "Ana Berg" {
				at = m.at(0, span(m.articles[0], words, m.readings[m.articles[0].Key].Speakers[0].Mention.End))
			}
			_, err := c.Decide(t.Context(), casebook.By{Actor: "ada"}, m.sealed,
				casebook.Draft{Answer: recount.SpeakerBody{Answer: recount.Accepted, Apart: true, Typed: true, Speaker: recount.SpeakerRef{At: at, Name: "Una Voss", Kind: recount.Named, Gender: recount.Man}}})
			return err
		}
		for _, f := range tt.first {
			switch f {
			case "counts":
				m.decides(c, "ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes})
			case "value":
				m.decides(c, "ben", recount.ValueBody{Speaker: m.ref(0, 0, false), Variable: "country", Value: "Chad"})
			default:
				if err := apart(f); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := apart(tt.words); !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// Of whom all words were set apart nobody is left: the list says so, and no answer
// can be about him.
func TestNobodyIsLeft(t *testing.T) {
	m := newStudy(t, 1, 2)
	c := m.open()
	for _, at := range []recount.Anchor{m.ref(0, 0, false).At, m.at(0, span(m.articles[0], "Berg", m.readings[m.articles[0].Key].Speakers[0].Mention.End))} {
		m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Apart: true, Typed: true, Speaker: recount.SpeakerRef{At: at, Name: "Una Voss", Kind: recount.Named, Gender: recount.Woman}})
	}
	for _, c := range []*casebook.Casebook{c, m.open()} {
		v := voice(t, c, m, true, "Ana Berg")
		if v == nil || !v.Rejected || len(v.Utterances) != 2 {
			t.Fatalf("Ana Berg is %+v, want nobody, with the statements to be moved", v)
		}
		if _, err := c.Ref(t.Context(), v); !errors.Is(err, recount.ErrInvalid) || recount.HintOf(err) == "" {
			t.Errorf("Ref = %v, want an error that says what to do", err)
		}
		if voice(t, c, m, false, "Ana Berg") != nil {
			t.Error("the plain list asks about nobody")
		}
	}
}

// A speaker whom somebody set apart from a second and joined with a third takes
// nothing of the second along; and a name that is corrected after two were joined
// takes them not apart.
func TestJoinedElsewhere(t *testing.T) {
	for _, tt := range []struct {
		name string
		more func(m *made, c *casebook.Casebook)
	}{
		{"joined", func(*made, *casebook.Casebook) {}},
		{"and renamed", func(m *made, c *casebook.Casebook) {
			ref := m.ref(0, 2, false)
			ref.Name = "Cyra Eng-Voss"
			m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref})
		}},
		{"and renamed twice", func(m *made, c *casebook.Casebook) {
			ref := m.ref(0, 2, false)
			for _, name := range []string{"Eng", "Cyra Eng-Voss"} {
				ref.Name = name
				m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref})
			}
		}},
		{"and counted", func(m *made, c *casebook.Casebook) {
			m.decides(c, "ada", recount.ScopeBody{Speaker: m.ref(0, 2, false), Answer: recount.Yes})
		}},
		{"and another of the page joined too", func(m *made, c *casebook.Casebook) {
			m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: m.ref(0, 2, false), Mentions: []recount.Anchor{m.ref(0, 3, false).At}})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 4) // Ana Berg, Bo Dahl, Cyra Eng, Dag Falk
			c := m.open()
			second := m.at(0, span(m.articles[0], "Berg", m.readings[m.articles[0].Key].Speakers[0].Mention.End))
			m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Apart: true, Typed: true, Speaker: recount.SpeakerRef{At: second, Name: "Cyra", Kind: recount.Named, Gender: recount.Woman}})
			m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: m.ref(0, 2, false), Mentions: []recount.Anchor{second}})
			tt.more(m, c)
			for _, c := range []*casebook.Casebook{c, m.open()} {
				if v := voice(t, c, m, true, "Ana Berg"); v == nil || len(v.Utterances) != 2 {
					t.Errorf("Ana Berg is %+v", v)
				}
				if v, err := c.SpeakerAt(t.Context(), second); err != nil || v == nil || !strings.HasPrefix(v.Name, "Cyra Eng") {
					t.Errorf("at the words set apart speaks %+v, %v; want Cyra Eng", v, err)
				}
				for _, f := range c.Findings() {
					t.Errorf("found %s: %s", f.What, f.Text)
				}
			}
		})
	}
}

// Who is joined with one takes along whom he was joined with before, from either
// side and in any order.
func TestJoinedOneByOne(t *testing.T) {
	for _, tt := range []struct {
		name  string
		joins [][2]int // with the head first
		left  int      // speakers on the page
	}{
		{"two", [][2]int{{0, 1}}, 3},
		{"a third to the first", [][2]int{{0, 1}, {0, 2}}, 2},
		{"a third to the second", [][2]int{{0, 1}, {1, 2}}, 2},
		{"the first to a third", [][2]int{{0, 1}, {2, 0}}, 2},
		{"the second to a third", [][2]int{{0, 1}, {2, 1}}, 2},
		{"the head to a third, later in the text first", [][2]int{{3, 1}, {0, 3}}, 2},
		{"the other to a third, later in the text first", [][2]int{{3, 1}, {0, 1}}, 2},
		{"two pairs", [][2]int{{0, 1}, {2, 3}}, 2},
		{"two pairs, then both", [][2]int{{0, 1}, {2, 3}, {0, 2}}, 1},
		{"two pairs, then both by their second", [][2]int{{0, 1}, {2, 3}, {1, 3}}, 1},
		{"all in a row", [][2]int{{0, 1}, {1, 2}, {2, 3}}, 1},
		{"all in a row backwards", [][2]int{{3, 2}, {2, 1}, {1, 0}}, 1},
		{"all to the last", [][2]int{{3, 0}, {3, 1}, {3, 2}}, 1},
		{"the same twice", [][2]int{{0, 1}, {1, 0}}, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 4)
			c := m.open()
			for k := range 4 {
				m.decides(c, "ada", recount.ScopeBody{Speaker: m.ref(0, k, false), Answer: recount.Yes})
			}
			for _, j := range tt.joins {
				m.decides(c, "ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: m.ref(0, j[0], false), Mentions: []recount.Anchor{m.ref(0, j[1], false).At}})
			}
			for _, c := range []*casebook.Casebook{c, m.open()} {
				n := 0
				for v, err := range c.Voices(t.Context(), casebook.Filter{Page: m.articles[0].Key}) {
					if err != nil {
						t.Fatal(err)
					}
					if n++; v.Scope != recount.Yes {
						t.Errorf("%s counts: %q", v.Name, v.Scope)
					}
				}
				if n != tt.left || len(c.Members()) != tt.left {
					t.Errorf("%d speakers and %d who count, want %d", n, len(c.Members()), tt.left)
				}
				for _, f := range c.Findings() {
					t.Errorf("found %s: %s", f.What, f.Text)
				}
			}
		})
	}
}
