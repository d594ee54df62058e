package casebook_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// setApart is the answer of somebody who sets words of the first page apart as
// those of Una Voss.
func (m *made) setApart(words, name string) recount.SpeakerBody {
	at := m.ref(0, 0, false).At
	if words != "Ana Berg" {
		at = m.at(0, span(m.articles[0], words, m.readings[m.articles[0].Key].Speakers[0].Mention.Start))
	}
	return recount.SpeakerBody{Answer: recount.Accepted, Apart: true, Typed: true, Speaker: recount.SpeakerRef{At: at, Name: name, Kind: recount.Named, Gender: recount.Woman}}
}

func noticed(c *casebook.Casebook, what string) (n int) {
	for _, f := range c.Findings() {
		if f.What == what {
			n++
		}
	}
	return n
}

// What somebody answered by words that another sets apart, in a study that did not
// have this yet, stays with the one who was there.
func TestAnswersWithoutKnowingOfASplit(t *testing.T) {
	const one, two = "Ana Berg", "Una Voss"
	m := newStudy(t, 1, 3)
	ref := m.ref(0, 0, false)
	whole := m.at(0, m.readings[m.articles[0].Key].Statements[0].Content[0])
	other := m.ref(0, 2, false)
	other.Name = "Cyra Engel"
	renamed := ref
	renamed.Name, renamed.Gender = "Ann Berg", recount.Woman
	yes := recount.ScopeBody{Speaker: ref, Answer: recount.Yes}
	scope := func(v *casebook.Voice) recount.YesNo { return v.Scope }
	_ = scope
	type want struct {
		scope, other recount.YesNo
		values       int
		codes        int
		statements   int // accepted
	}
	for _, tt := range []struct {
		name  string
		ben   []recount.Answer // without knowing
		ada   []recount.Answer // after the split; of the other if the reference says so
		want  want
		told  int
		words string
	}{
		{"who counts", []recount.Answer{yes}, nil, want{scope: recount.Yes}, 1, ""},
		{"a value too", []recount.Answer{yes, recount.ValueBody{Speaker: ref, Variable: "country", Value: "Chad"}}, nil, want{scope: recount.Yes, values: 1}, 1, ""},
		{"a criterion", []recount.Answer{recount.CriterionBody{Speaker: ref, Criterion: "left", Answer: recount.No}}, nil, want{scope: recount.No}, 1, ""},
		{"a code", []recount.Answer{yes, recount.StatementBody{Answer: recount.Accepted, At: whole, Type: recount.Indirect, Speaker: &ref}, recount.CodeBody{Code: "fear", At: whole, Speaker: ref, Answer: recount.Yes}},
			nil, want{scope: recount.Yes, codes: 1, statements: 1}, 1, ""},
		{"another name", []recount.Answer{recount.SpeakerBody{Answer: recount.Accepted, Speaker: renamed}, yes}, nil, want{scope: recount.Yes}, 1, ""},
		{"joined with a third", []recount.Answer{recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Mentions: []recount.Anchor{other.At}}, yes}, nil, want{scope: recount.Yes}, 1, ""},
		{"a third joined with her", []recount.Answer{recount.SpeakerBody{Answer: recount.Accepted, Speaker: other, Mentions: []recount.Anchor{ref.At}}, yes}, nil, want{scope: recount.Yes}, 1, ""},
		{"how she may be shown", []recount.Answer{yes, recount.TierBody{Speaker: ref, Tier: recount.Protected}}, nil, want{scope: recount.Yes}, 1, ""},
		{"no, and the other counts", []recount.Answer{recount.ScopeBody{Speaker: ref, Answer: recount.No}}, []recount.Answer{recount.ScopeBody{Speaker: m.setApart("Ana Berg", two).Speaker, Answer: recount.Yes}},
			want{scope: recount.No, other: recount.Yes}, 1, ""},
		{"the same as of the other", []recount.Answer{yes}, []recount.Answer{recount.ScopeBody{Speaker: m.setApart("Ana Berg", two).Speaker, Answer: recount.Yes}}, want{scope: recount.Yes, other: recount.Yes}, 1, ""},
		{"at another mention", []recount.Answer{yes}, nil, want{scope: recount.Yes}, 0, "Berg said nobody"},
		{"nothing", nil, nil, want{}, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, late := range []bool{false, true} { // ben's answers are older, or newer, than the split
				m := newStudy(t, 1, 3)
				ben := func() {
					for _, a := range tt.ben {
						m.save(m.seal("ben", a))
					}
				}
				var c *casebook.Casebook
				split := m.setApart("Ana Berg", two)
				if tt.words != "" {
					split.Speaker.At = m.at(0, span(m.articles[0], "Berg", m.readings[m.articles[0].Key].Speakers[0].Mention.End))
				}
				if late {
					c = m.open()
					m.decides(c, "ada", split)
					m.decides(c, "ada", tt.ada...)
					ben()
					if _, err := c.Refresh(t.Context()); err != nil {
						t.Fatal(err)
					}
				} else {
					ben()
					c = m.open()
					m.save(m.seal("ada", split))
					if _, err := c.Refresh(t.Context()); err != nil {
						t.Fatal(err)
					}
					m.decides(c, "ada", tt.ada...)
				}
				for _, c := range []*casebook.Casebook{c, m.open()} {
					var she, her *casebook.Voice
					for v, err := range c.Voices(t.Context(), casebook.Filter{All: true, Page: m.articles[0].Key}) {
						if err != nil {
							t.Fatal(err)
						}
						switch v.Name {
						case one, "Ann Berg", "Cyra Engel":
							if she == nil || v.Scope != "" {
								she = v
							}
						case two:
							her = v
						}
					}
					if she == nil || her == nil {
						t.Fatalf("late %v: one of the two is gone: %v, %v", late, she, her)
					}
					got := want{scope: she.Scope, other: her.Scope}
					if she.Member != nil {
						got.values, got.codes = len(she.Member.Values), len(she.Member.Codes)
					}
					for _, u := range she.Utterances {
						if u.State == recount.Accepted {
							got.statements++
						}
					}
					if got != tt.want {
						t.Errorf("late %v: %+v, want %+v", late, got, tt.want)
					}
					if her.Member != nil && (len(her.Member.Values)+len(her.Member.Codes)+len(her.Member.Statements) > 0) {
						t.Errorf("late %v: the other has what is not hers: %+v", late, her.Member)
					}
					if n := noticed(c, "set apart"); n != tt.told {
						t.Errorf("late %v: %d lines about it, want %d", late, n, tt.told)
					}
					for _, f := range c.Findings() {
						if f.What != "set apart" {
							t.Errorf("late %v: found %s: %s", late, f.What, f.Text)
						}
					}
				}
			}
		})
	}
}

// Words that overlap those of another answer are set apart beside it: nobody's
// answer moves.
func TestOverlappingWordsSetApart(t *testing.T) {
	yes := func(r recount.SpeakerRef) recount.Answer {
		return recount.ScopeBody{Speaker: r, Answer: recount.Yes}
	}
	for _, tt := range []struct {
		name          string
		first, second string
		of            string // who counts before the second: the first, or "Ana Berg"
	}{
		{"inside", "Ana Berg said", "Berg said", "Una Voss"},
		{"around", "Berg said", "Ana Berg said", "Una Voss"},
		{"across", "Ana Berg", "Berg said", "Una Voss"},
		{"across, the other way", "Berg said", "Ana Berg", "Una Voss"},
		{"inside the fullest name", "Ana Berg", "Berg", "Una Voss"},
		{"around the fullest name", "Ana Berg", "Ana Berg said the gate", "Una Voss"},
		{"words that were not read", "the gate was", "gate was shut", "Una Voss"},
		{"around words that were not read", "gate was", "the gate was shut", "Una Voss"},
		{"inside, of who was read", "", "Berg", "Ana Berg"},
		{"around, of who was read", "", "Ana Berg said", "Ana Berg"},
		{"before, of who was read", "", "Ana", "Ana Berg"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			c := m.open()
			if tt.first != "" {
				m.decides(c, "ada", m.setApart(tt.first, "Una Voss"))
			}
			ref, err := c.Ref(t.Context(), voice(t, c, m, true, tt.of))
			if err != nil {
				t.Fatal(err)
			}
			m.decides(c, "ada", yes(ref))
			_, err = c.Decide(t.Context(), casebook.By{Actor: "ada"}, m.sealed, casebook.Draft{Answer: m.setApart(tt.second, "Tia Vang")})
			if err != nil && (!errors.Is(err, recount.ErrConflict) || recount.HintOf(err) == "") {
				t.Fatal(err)
			}
			for _, c := range []*casebook.Casebook{c, m.open()} {
				for name, want := range map[string]recount.YesNo{"Ana Berg": "", "Una Voss": "", "Tia Vang": "", tt.of: recount.Yes} {
					v := voice(t, c, m, true, name)
					if there := name == "Ana Berg" || name == "Una Voss" && tt.first != "" || name == "Tia Vang" && err == nil; there != (v != nil) {
						t.Errorf("%s is listed: %v, want %v", name, v != nil, there)
					} else if v != nil && v.Scope != want {
						t.Errorf("%s counts: %q, want %q", name, v.Scope, want)
					}
				}
				for _, f := range c.Findings() {
					t.Errorf("found %s: %s", f.What, f.Text)
				}
			}
		})
	}
}

// A split that is taken back is undone: there is one speaker again, called as
// before, and what was answered about the other is listed.
func TestSplitTakenBack(t *testing.T) {
	const two = "Una Voss"
	for _, tt := range []struct {
		name     string
		words    string
		one, two []recount.YesNo // answers of who counts, of each
		scope    recount.YesNo
		told     []string // what is found
	}{
		{"nothing was answered", "Ana Berg", nil, nil, "", nil},
		{"the other counts", "Ana Berg", nil, []recount.YesNo{"yes"}, "yes", []string{"set apart"}},
		{"the other does not", "Ana Berg", nil, []recount.YesNo{"no"}, "no", []string{"set apart"}},
		{"the one counts", "Ana Berg", []recount.YesNo{"yes"}, nil, "yes", nil},
		{"both count", "Ana Berg", []recount.YesNo{"yes"}, []recount.YesNo{"yes"}, "yes", []string{"set apart"}},
		{"the one counts", "Ana Berg", []recount.YesNo{"yes"}, []recount.YesNo{"no"}, "unclear", []string{"conflict", "set apart"}},
		{"the other counts alone", "Ana Berg", []recount.YesNo{"no"}, []recount.YesNo{"yes"}, "unclear", []string{"conflict", "set apart"}},
		{"at another mention", "Berg said nobody", nil, []recount.YesNo{"yes"}, "yes", []string{"set apart"}},
		{"both count, at another mention", "Berg said nobody", []recount.YesNo{"yes"}, []recount.YesNo{"yes"}, "yes", []string{"set apart"}},
		{"they differ, at another mention", "Berg said nobody", []recount.YesNo{"yes"}, []recount.YesNo{"no"}, "unclear", []string{"conflict", "set apart"}},
		{"answered twice", "Ana Berg", []recount.YesNo{"no", "yes"}, []recount.YesNo{"no", "yes"}, "yes", []string{"set apart"}},
	} {
		for _, erased := range []bool{false, true} {
			t.Run(tt.name, func(t *testing.T) {
				m := newStudy(t, 1, 2)
				c := m.open()
				split := m.setApart(strings.TrimSuffix(tt.words, " said nobody"), two)
				if tt.words != "Ana Berg" {
					split.Speaker.At = m.at(0, span(m.articles[0], "Berg", m.readings[m.articles[0].Key].Speakers[0].Mention.End))
				}
				made := m.decides(c, "ada", split)[0]
				for name, answers := range map[string][]recount.YesNo{"Ana Berg": tt.one, two: tt.two} {
					for _, a := range answers {
						ref, err := c.Ref(t.Context(), voice(t, c, m, true, name))
						if err != nil {
							t.Fatal(err)
						}
						m.decides(c, "ada", recount.ScopeBody{Speaker: ref, Answer: a})
					}
				}
				if erased {
					if err := m.store.EraseDecision(t.Context(), made.ID); err != nil {
						t.Fatal(err)
					}
				} else {
					m.save(m.seal("ada", recount.RetractBody{}, made.ID))
				}
				if _, err := c.Refresh(t.Context()); err != nil {
					t.Fatal(err)
				}
				for _, c := range []*casebook.Casebook{c, m.open()} {
					if v := voice(t, c, m, true, two); v != nil {
						t.Errorf("%s is still there: %+v", two, v)
					}
					v := voice(t, c, m, true, "Ana Berg")
					if v == nil || v.Scope != tt.scope || len(v.Utterances) != 2 || v.Member != nil && v.Member.Speaker.Name != "Ana Berg" {
						t.Errorf("Ana Berg is %+v", v)
					}
					n := 0
					for _, x := range c.Members() {
						if x.Speaker.Name != "Bo Dahl" {
							n++
						}
					}
					if n > 1 {
						t.Errorf("%d members where one is", n)
					}
					var found []string
					for _, f := range c.Findings() {
						found = append(found, f.What)
					}
					if !slices.Equal(found, tt.told) {
						t.Errorf("found %v, want %v", found, tt.told)
					}
				}
			})
		}
	}
}
