package casebook_test

import (
	"testing"

	"recount"
	"recount/internal/casebook"
)

// Two ways to write one value, name or code are one: decided, and imported,
// whose bytes stay as they are.
func TestWaysToWriteOneThing(t *testing.T) {
	for _, tt := range []struct {
		name, one, other string
		same             bool
	}{
		{"as it is", "Orlund", "Orlund", true},
		{"blanks around it", "Orlund", " Orlund  ", true},
		{"two blanks inside", "New Orlund", "New  Orlund", true},
		{"a no-break space", "New Orlund", "New\u00a0Orlund", true},
		{"a tab and a line", "New Orlund", "New\t\nOrlund", true},
		{"an accent of its own", "Orl\u00e9", "Orle\u0301", true},
		{"two accents", "\u1ec7", "e\u0323\u0302", true},
		{"a zero-width space", "Orlund", "Or\u200blund", true},
		{"a soft hyphen", "Orlund", "Or\u00adlund", true},
		{"a byte order mark", "Orlund", "\ufeffOrlund", true},
		{"a direction mark", "Orlund", "Orlund\u200f", true},
		{"a Hangul filler", "Orlund", "Orlund\u3164", true},
		{"a braille cell without dots", "Orlund", "\u2800Orlund", true},
		{"a filler of half width", "Orlund", "Or\uffa0lund", true},
		{"a joiner of graphemes", "Orlund", "Or\u034flund", true},
		{"a tag", "Orlund", "Orlund\U000e0061", true},
		{"braille with dots", "\u2801", "\u2803", false},
		{"a non-joiner", "\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u062e", false},
		{"capitals", "Orlund", "orlund", false},
		{"an accent", "Orle", "Orl\u00e9", false},
	} {
		for _, imported := range []bool{false, true} {
			m := newStudy(t, 2, 1)
			who := m.ref(0, 0, false)
			m.save(m.seal("ada", recount.ScopeBody{Speaker: who, Answer: recount.Yes}))
			c := m.open()
			for i, v := range []string{tt.one, tt.other} {
				a, actor := recount.ValueBody{Speaker: who, Variable: "country", Value: v}, []string{"ada", "ben"}[i]
				if imported {
					d := m.seal(actor, a)
					if a.Check() != nil {
						continue // no such decision is taken
					}
					m.save(d)
				} else if _, err := c.Decide(t.Context(), casebook.By{Actor: actor}, m.sealed, casebook.Draft{Answer: a}); err != nil {
					t.Fatalf("%s: %v", tt.name, err)
				}
			}
			if _, err := c.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			ms := c.Members()
			if len(ms) != 1 {
				t.Fatalf("%s: %d members", tt.name, len(ms))
			}
			if agreed := len(ms[0].Disputes) == 0 && len(ms[0].Values) == 1; agreed != tt.same && !(imported && len(ms[0].Values) == 1) {
				t.Errorf("%s, imported %v: one thing is %v, want %v (%+v, %+v)", tt.name, imported, agreed, tt.same, ms[0].Values, ms[0].Disputes)
			}
			for _, d := range c.Log().All() {
				if err := d.Check(); !imported && err == nil {
					continue
				} else if stored, err := m.store.Decision(t.Context(), d.ID); err != nil || stored.Check() != nil {
					t.Errorf("%s: a decision that was taken is not as it was: %v", tt.name, err)
				}
			}
			same(t, tt.name, dump(t, m.open()), dump(t, c))
		}
	}
	// One person whose name is written in two ways changes her mind.
	m := newStudy(t, 1, 1)
	c := m.open()
	for i, actor := range []string{"Zo\u00eb", " Zoe\u0308"} {
		if _, err := c.Decide(t.Context(), casebook.By{Actor: actor}, m.sealed, casebook.Draft{Answer: recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: []recount.YesNo{recount.No, recount.Yes}[i]}}); err != nil {
			t.Fatal(err)
		}
	}
	if ms := c.Members(); len(ms) != 1 || ms[0].Scope != recount.Yes {
		t.Errorf("one person who changed her mind is two who differ: %+v", ms)
	}
}

// Two people who write the name of a speaker with and without what shows nothing
// mean one person, and the name is kept as it is shown.
func TestNamesWithWhatIsNotShown(t *testing.T) {
	const persian = "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \u06a9\u0631\u06cc\u0645\u06cc" // the non-joiner is seen
	for _, tt := range []struct{ name, one, other, shown string }{
		{"a right-to-left mark", "Ines Ravel", "Ines\u200f Ravel", "Ines Ravel"},
		{"a blank without width", "Ines Ravel", "In\u200bes Ravel", "Ines Ravel"},
		{"a non-joiner", "Ines Ravel", "In\u200ces Ravel", "Ines Ravel"},
		{"a joiner", "Ines Ravel", "Ines\u200d Ravel", "Ines Ravel"},
		{"an override", "Ines Ravel", "\u202eInes Ravel\u202c", "Ines Ravel"},
		{"an isolate", "Ines Ravel", "\u2068Ines Ravel\u2069", "Ines Ravel"},
		{"a word joiner", "Ines Ravel", "Ines\u2060 Ravel", "Ines Ravel"},
		{"a byte order mark", "Ines Ravel", "\ufeffInes Ravel", "Ines Ravel"},
		{"a soft hyphen", "Ines Ravel", "Ines Ra\u00advel", "Ines Ravel"},
		{"a selector", "Ines Ravel", "Ines Ravel\ufe0f", "Ines Ravel"},
		{"a selector of Han", "Ines Ravel", "Ines Ravel\U000e0100", "Ines Ravel"},
		{"a mark beside a Persian name", persian, persian + "\u200f", persian},
	} {
		m := newStudy(t, 1, 1)
		c := m.open()
		ref := m.ref(0, 0, false)
		for i, name := range []string{tt.one, tt.other} {
			ref.Name = name
			for _, a := range []recount.Answer{recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}, recount.ScopeBody{Speaker: ref, Answer: recount.Yes}} {
				if _, err := c.Decide(t.Context(), casebook.By{Actor: []string{"ada", "ben"}[i]}, m.sealed, casebook.Draft{Answer: a}); err != nil {
					t.Fatalf("%s: %v", tt.name, err)
				}
			}
		}
		ms := c.Members()
		if len(ms) != 1 || ms[0].Speaker.Name != tt.shown || len(ms[0].Disputes) > 0 {
			t.Errorf("%s: %+v", tt.name, ms)
		}
		same(t, tt.name, dump(t, m.open()), dump(t, c))
	}
}
