package casebook_test

import (
	"testing"

	"recount"
)

// A name that a person corrects is compared in place of the one that was read: what
// else ties two people stays, and may be enough.
func TestCorrectedNameAndWhatElseTies(t *testing.T) {
	bar := func(field string, bits int) recount.Bar {
		return recount.Bar{Field: field, A: "a", B: "b", Bits: bits}
	}
	prior, name, quoted := bar("prior", -900), bar("name", 1300), bar("shared quotation", 1300)
	for _, tt := range []struct {
		name string
		bars []recount.Bar
		as   string // what the first Ana Berg is called
		asks bool
	}{
		{"names alone, and another name", []recount.Bar{prior, name}, "Una Voss", false},
		{"names alone, and one that goes as far", []recount.Bar{prior, name}, "Anna Berg", true},
		{"a shared quotation, and another first name", []recount.Bar{prior, quoted, name}, "Des Berg", true},
		{"a short quotation and a first name that is not that of the other", []recount.Bar{prior, bar("shared quotation", 700), name}, "Des Berg", false},
		{"a shared quotation, and initials", []recount.Bar{prior, quoted, name}, "A. Berg", true},
		{"a shared quotation, and a surname", []recount.Bar{prior, quoted, name}, "Berg", true},
		{"a shared quotation, and a first name", []recount.Bar{prior, quoted, name}, "Ana", true},
		{"a shared quotation and the year of birth, and another surname", []recount.Bar{prior, quoted, name, bar("age", 900)}, "Ana Voss", true},
		{"a short quotation, and another name", []recount.Bar{prior, bar("shared quotation", 300), name}, "Una Voss", false},
		{"a year of birth, and another name", []recount.Bar{prior, bar("age", 400), name}, "Una Voss", false},
		{"an office and a home that few have, and another name", []recount.Bar{prior, quoted, bar("office", 900), bar("home", 900), name}, "Una Voss", true},
		{"nothing is known of why", nil, "Una Voss", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 2, 3)
			m.save(m.seal("init", rule(true)))
			if err := m.store.ReplaceRelations(t.Context(), nil, []recount.Original{{Key: m.articles[0].Key, Members: []recount.Key{m.articles[0].Key}, First: m.articles[0].Key}, {Key: m.articles[1].Key, Members: []recount.Key{m.articles[1].Key}, First: m.articles[1].Key}}); err != nil {
				t.Fatal(err)
			}
			a, b := m.readings[m.articles[0].Key].Speakers[0].Key(), m.readings[m.articles[1].Key].Speakers[0].Key()
			weight := 0
			for _, x := range tt.bars {
				weight += x.Bits
			}
			if err := m.store.ReplaceSuggestions(t.Context(), []recount.Suggestion{{A: min(a, b), B: max(a, b), Weight: weight, Probability: 900, Bars: tt.bars}}); err != nil {
				t.Fatal(err)
			}
			c := m.open()
			called := m.ref(0, 0, false)
			called.Name = tt.as
			m.decides(c, "ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}, recount.ScopeBody{Speaker: m.ref(1, 0, false), Answer: recount.Yes},
				recount.SpeakerBody{Answer: recount.Accepted, Speaker: called})
			same(t, "a study that is open", dump(t, m.open()), dump(t, c))
			if got := c.OpenLinks() == 1; got != tt.asks {
				t.Errorf("asked: %v, want %v", got, tt.asks)
			}
			pairs, err := c.Pairs(t.Context(), false)
			if err != nil {
				t.Fatal(err)
			}
			listed := 0
			for _, p := range pairs {
				if p.Asked() {
					listed++
				}
			}
			if (listed == 1) != tt.asks {
				t.Errorf("%d pairs are listed", listed)
			}
		})
	}
}
