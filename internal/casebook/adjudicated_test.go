package casebook_test

import (
	"slices"
	"testing"

	"recount"
)

// A speaker of whom one says that nobody speaks there, and another that he
// counts, is a question, unless an adjudicator answered either.
func TestWhoSpeaksIsSettledByAnAdjudicator(t *testing.T) {
	type said struct{ who, what string }
	for _, tt := range []struct {
		name string
		said []said
		want string // scope of the member; "" if there is none
	}{
		{"coders differ", []said{{"ada", "counts"}, {"ben", "nobody"}}, recount.Unclear},
		{"one coder changed nothing but said both", []said{{"ada", "counts"}, {"ada", "nobody"}}, ""},
		{"an adjudicator says nobody", []said{{"ada", "counts"}, {"judge", "nobody"}}, ""},
		{"an adjudicator counts him", []said{{"judge", "counts"}, {"ben", "nobody"}}, recount.Yes},
		{"an adjudicator counts him after two differed", []said{{"ada", "counts"}, {"ben", "nobody"}, {"judge", "counts"}}, recount.Yes},
		{"an adjudicator takes him out of scope", []said{{"ada", "counts"}, {"ben", "nobody"}, {"judge", "does not"}}, ""},
		{"an adjudicator says who it is", []said{{"ada", "counts"}, {"ben", "nobody"}, {"judge", "speaks"}}, recount.Yes},
		{"an adjudicator says nobody after two differed", []said{{"ada", "counts"}, {"ada", "speaks"}, {"ben", "nobody"}, {"judge", "nobody"}}, ""},
		{"an adjudicator meets every criterion", []said{{"judge", "left"}, {"judge", "speaks up"}, {"ben", "nobody"}}, recount.Yes},
		{"coders meet every criterion", []said{{"ada", "left"}, {"ada", "speaks up"}, {"ben", "nobody"}}, recount.Unclear},
		{"adjudicators differ on who counts and who speaks", []said{{"judge", "counts"}, {"jury", "nobody"}}, recount.Unclear},
		{"adjudicators differ on who speaks", []said{{"ada", "counts"}, {"ben", "nobody"}, {"judge", "speaks"}, {"jury", "nobody"}}, recount.Unclear},
		{"one adjudicator said both", []said{{"judge", "counts"}, {"judge", "nobody"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			ref := m.ref(0, 0, false)
			m.save(m.seal("ada", file("adjudicators: judge jury")))
			open := m.open()
			for _, s := range tt.said {
				m.save(m.seal(s.who, map[string]recount.Answer{
					"counts":    recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}},
					"does not":  recount.ScopeBody{Speaker: ref, Answer: recount.No, Criteria: map[string]string{}},
					"left":      recount.CriterionBody{Speaker: ref, Criterion: "left", Answer: recount.Yes},
					"speaks up": recount.CriterionBody{Speaker: ref, Criterion: "speaks", Answer: recount.Yes},
					"speaks":    recount.SpeakerBody{Speaker: ref, Answer: recount.Accepted},
					"nobody":    recount.SpeakerBody{Speaker: ref, Answer: recount.Rejected},
				}[s.what]))
			}
			if _, err := open.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, x := range open.Members() {
				got = x.Scope
			}
			if got != tt.want {
				t.Errorf("the speaker's scope is %q, want %q", got, tt.want)
			}
			if a, b := dump(t, open), dump(t, m.open()); a != b {
				t.Errorf("a study that is open says\n%s\nand one opened now\n%s", a, b)
			}
		})
	}
}

// Of the days that people gave of a page those of the coders are possible no
// more once adjudicators gave theirs, also while these differ.
func TestDaysAreSettledByAnAdjudicator(t *testing.T) {
	type said struct{ who, day string }
	for _, tt := range []struct {
		name string
		said []said
		want []string
	}{
		{"coders differ", []said{{"ada", "2014-05-14"}, {"ben", "2015-01-01"}}, []string{"2014-05-14", "2015-01-01"}},
		{"an adjudicator decides", []said{{"ada", "2014-05-14"}, {"ben", "2015-01-01"}, {"judge", "2016-01-01"}}, []string{"2016-01-01"}},
		{"adjudicators differ", []said{{"ada", "2014-05-14"}, {"ben", "2015-01-01"}, {"judge", "2016-01-01"}, {"jury", "2017-01-01"}}, []string{"2016-01-01", "2017-01-01"}},
		{"adjudicators agree", []said{{"ada", "2014-05-14"}, {"judge", "2016-01-01"}, {"jury", "2016-01-01"}}, []string{"2016-01-01"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			m.save(m.seal("ada", file("adjudicators: judge jury")), m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes, Criteria: map[string]string{}}))
			for _, s := range tt.said {
				m.save(m.seal(s.who, recount.DateBody{Page: m.articles[0].Name, Published: s.day}))
			}
			ms := m.open().Members()
			if len(ms) != 1 {
				t.Fatalf("%d people count, want 1", len(ms))
			}
			for _, x := range ms {
				if !slices.Equal(x.Dates, tt.want) {
					t.Errorf("the possible days are %q, want %q", x.Dates, tt.want)
				}
			}
		})
	}
}
