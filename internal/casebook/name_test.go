package casebook_test

import (
	"strings"
	"testing"

	"recount"
)

// Speakers whom a person renamed, typed in or set apart are asked about by the
// name that was decided, in the count, in the list and in its number; those of
// whom that name says that they are two are not.
func TestNamesThatPeopleGiveAreAskedAgain(t *testing.T) {
	m := newStudy(t, 2, 3) // on each page: Ana Berg, Bo Dahl, Cyra Eng
	original := func(i int) recount.Original {
		return recount.Original{Key: m.articles[i].Key, Members: []recount.Key{m.articles[i].Key}, First: m.articles[i].Key}
	}
	if err := m.store.ReplaceRelations(t.Context(), nil, []recount.Original{original(0), original(1)}); err != nil {
		t.Fatal(err)
	}
	key := func(i, k int) recount.Key { return m.readings[m.articles[i].Key].Speakers[k].Key() }
	a, b := key(0, 0), key(1, 0)
	if err := m.store.ReplaceSuggestions(t.Context(), []recount.Suggestion{{A: min(a, b), B: max(a, b), Weight: 100, Probability: 900}}); err != nil {
		t.Fatal(err)
	}
	m.save(m.seal("init", rule(true)))
	counts := func(i, k int, name string) step {
		ref := m.ref(i, k, false)
		if name != "" {
			ref.Name = name
		}
		return step{"ada", recount.ScopeBody{Speaker: ref, Answer: recount.Yes}}
	}
	called := func(i, k int, name string, kind recount.SpeakerKind) step {
		ref := m.ref(i, k, false)
		ref.Name, ref.Kind = name, kind
		return step{"ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}}
	}
	// place is a speaker whom nobody read, or who is set apart: at these words.
	place := func(i int, words, name string, kind recount.SpeakerKind) recount.SpeakerRef {
		return recount.SpeakerRef{At: m.at(i, span(m.articles[i], words, 0)), Name: name, Kind: kind, Gender: recount.UnknownGender}
	}
	typed := func(i int, words, name string) []step {
		ref := place(i, words, name, recount.Named)
		return []step{{"ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Typed: true}}, {"ada", recount.ScopeBody{Speaker: ref, Answer: recount.Yes}}}
	}
	apart := func(i int, words, name string, kind recount.SpeakerKind) []step {
		ref := place(i, words, name, kind)
		return []step{{"ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Typed: true, Apart: true}}, {"ada", recount.ScopeBody{Speaker: ref, Answer: recount.Yes}}}
	}
	all := func(parts ...any) (out []step) {
		for _, p := range parts {
			switch p := p.(type) {
			case step:
				out = append(out, p)
			case []step:
				out = append(out, p...)
			}
		}
		return out
	}
	base := m
	for _, tt := range []struct {
		name  string
		steps []step
		want  string // the pairs that are asked, by name
	}{
		{"as they were read, the suggested pair", all(counts(0, 0, ""), counts(1, 0, ""), counts(0, 1, ""), counts(1, 1, "")), "Ana Berg = Ana Berg"},
		{"a name that is corrected to that of another page", all(counts(0, 1, ""), counts(1, 2, ""), called(0, 1, "Cyra Eng", recount.Named)), "Cyra Eng = Cyra Eng"},
		{"corrected on the other page", all(counts(0, 1, ""), counts(1, 2, ""), called(1, 2, "Bo Dahl", recount.Named)), "Bo Dahl = Bo Dahl"},
		{"corrected before anybody counts", all(called(0, 1, "Cyra Eng", recount.Named), counts(0, 1, "Cyra Eng"), counts(1, 2, "")), "Cyra Eng = Cyra Eng"},
		{"corrected on both", all(counts(0, 1, ""), counts(1, 2, ""), called(0, 1, "Una Voss", recount.Named), called(1, 2, "Una Voss", recount.Named)), "Una Voss = Una Voss"},
		{"with a slip", all(counts(0, 1, ""), counts(1, 2, ""), called(0, 1, "Cyra Engh", recount.Named)), "Cyra Engh = Cyra Eng"},
		{"a pseudonym", all(counts(0, 1, ""), counts(1, 2, ""), called(0, 1, "Cyra Eng", recount.Pseudonym)), "Cyra Eng = Cyra Eng"},
		{"not a speaker without a name", all(counts(0, 1, ""), counts(1, 2, ""), called(0, 1, "Cyra Eng", recount.Anonymous)), ""},
		{"not one who does not count", all(counts(0, 1, ""), called(0, 1, "Cyra Eng", recount.Named)), ""},
		{"not when only the gender is corrected", all(counts(0, 1, ""), counts(1, 1, ""), called(0, 1, "Bo Dahl", recount.Named)), ""},
		{"a name that parts the suggested pair", all(counts(0, 0, ""), counts(1, 0, ""), called(0, 0, "Una Voss", recount.Named)), ""},
		{"a person who was missed", all(typed(0, "the gate", "Cyra Eng"), counts(1, 2, "")), "Cyra Eng = Cyra Eng"},
		{"two who were missed", all(typed(0, "the gate", "Una Voss"), typed(1, "the gate", "Una Voss")), "Una Voss = Una Voss"},
		{"a speaker who is split: the new one by the new name", all(counts(0, 1, ""), apart(0, "Dahl said nobody", "Cyra Eng", recount.Named), counts(1, 2, "")), "Cyra Eng = Cyra Eng"},
		{"a speaker who is split: the other keeps the suggestion", all(counts(0, 0, ""), apart(0, "Berg said nobody", "Una Voss", recount.Named), counts(1, 0, "")), "Ana Berg = Ana Berg"},
		{"a speaker who is split: who has no name may be the suggested one", all(counts(0, 0, ""), apart(0, "Berg said nobody", "a cook", recount.Anonymous), counts(1, 0, "")),
			"Ana Berg = Ana Berg, a cook = Ana Berg"},
		{"not two of one page", all(counts(0, 1, ""), counts(0, 2, ""), called(0, 1, "Cyra Eng", recount.Named)), ""},
		{"answered", all(counts(0, 1, ""), counts(1, 2, ""), called(0, 1, "Cyra Eng", recount.Named), step{"ada", recount.LinkBody{A: m.ref(0, 1, false), B: m.ref(1, 2, false), Answer: recount.Different}}), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := *base
			m.t, m.store = t, base.store
			var saved []recount.Decision
			open := m.open()
			for _, s := range tt.steps {
				d := m.seal(s.who, s.a)
				saved = append(saved, d)
				m.save(d)
				if _, err := open.Refresh(t.Context()); err != nil { // one by one
					t.Fatal(err)
				}
			}
			base.salt = m.salt
			same(t, "a study that is open", dump(t, m.open()), dump(t, open))
			asked := 0
			for _, q := range open.Open() {
				if q.What == "link" {
					asked++
				}
			}
			pairs, err := open.Pairs(t.Context(), false)
			if err != nil {
				t.Fatal(err)
			}
			var listed []string
			for _, p := range pairs {
				if p.Asked() && p.A.Member != nil && p.B.Member != nil {
					a, b := p.A, p.B
					if a.Page.Key != m.articles[0].Key {
						a, b = b, a
					}
					listed = append(listed, a.Name+" = "+b.Name)
				}
			}
			if got := strings.Join(listed, ", "); got != tt.want || asked != len(listed) || open.OpenLinks() != asked {
				t.Errorf("listed are %q, want %q; %d are asked and %d counted", got, tt.want, asked, open.OpenLinks())
			}
			// Taken back, everything is as before.
			for _, d := range saved {
				m.save(m.seal("ada", recount.RetractBody{}, d.ID))
			}
			base.salt = m.salt
			if _, err := open.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			same(t, "a study in which all was taken back", dump(t, m.open()), dump(t, open))
			if open.OpenLinks() != 0 {
				t.Errorf("%d links are open after all was taken back", open.OpenLinks())
			}
		})
	}
}

// Two people who name somebody of one page by words that overlap, and do not mean
// the same place, leave a question: they may mean one person or two.
func TestOverlappingWordsAreAQuestion(t *testing.T) {
	base := newStudy(t, 1, 2) // Ana Berg, Bo Dahl
	at := func(words string) recount.SpeakerRef {
		return recount.SpeakerRef{At: base.at(0, span(base.articles[0], words, 0)), Name: words, Kind: recount.Anonymous, Gender: recount.UnknownGender}
	}
	counts := func(who, words string) []step {
		return []step{{who, recount.SpeakerBody{Answer: recount.Accepted, Speaker: at(words), Typed: true}}, {who, recount.ScopeBody{Speaker: at(words), Answer: recount.Yes}}}
	}
	apart := func(who, words string) step {
		return step{who, recount.SpeakerBody{Answer: recount.Accepted, Speaker: at(words), Typed: true, Apart: true}}
	}
	link := func(who, a, b string, answer recount.Sameness) step {
		return step{who, recount.LinkBody{A: at(a), B: at(b), Answer: answer}}
	}
	two := append(counts("ada", "Berg said the gate"), counts("ben", "the gate")...)
	for _, tt := range []struct {
		name  string
		steps []step
		want  string // people, and what is asked
	}{
		{"one is somebody who was read, the other nobody", two, "2 of 1 to 2, link"},
		{"the other way round", append(counts("ben", "the gate"), counts("ada", "Berg said the gate")...), "2 of 1 to 2, link"},
		{"both are somebody else who was read", append(counts("ada", "Berg said nobody"), counts("ben", "nobody had a key.\nBo Dahl")...), "2 of 1 to 2, link"},
		{"nobody was read: they are one", append(counts("ada", "the gate was"), counts("ben", "gate was shut")...), "1 of 1"},
		{"both mean the one who was read", append(counts("ada", "Ana Berg"), counts("ben", "Berg said")...), "1 of 1"},
		{"one person said both", append(counts("ada", "Berg said the gate"), counts("ada", "the gate")...), "2 of 2"},
		{"a second says one of them too", append(two[:4:4], step{"ada", recount.ScopeBody{Speaker: at("the gate"), Answer: recount.Yes}}), "2 of 2"},
		{"set apart", append(two[:4:4], apart("ben", "the gate")), "2 of 2"},
		{"answered: different", append(two[:4:4], link("ada", "Berg said the gate", "the gate", recount.Different)), "2 of 2"},
		{"answered: same", append(two[:4:4], link("ada", "Berg said the gate", "the gate", recount.Same)), "1 of 1"},
		{"words that do not overlap", append(counts("ada", "Berg said"), counts("ben", "shut")...), "2 of 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			m.save(m.seal("init", rule(true)))
			c := m.follow(tt.steps...)
			if got := counted(t, c, ""); got != tt.want {
				t.Errorf("it counts %s, want %s", got, tt.want)
			}
		})
	}
}
