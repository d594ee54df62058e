package casebook_test

import (
	"slices"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// An answer `same` makes a page the person's although nobody answered whether
// its speaker counts; whatever takes the answer back takes the page away.
func TestJoinedPages(t *testing.T) {
	count := []string{"originals == 1", "originals == 2", "originals == 3"}
	for _, tt := range []struct {
		name  string
		steps func(m *made) []step
		want  []string // of the people who count, by independent originals
	}{
		{"nobody answered who is the same", func(*made) []step { return nil }, []string{"1 of 1", "0 of 0", "0 of 0"}},
		{"the same", func(m *made) []step { return []step{m.link("ada", 0, 1, recount.Same)} }, []string{"0 of 0", "1 of 1", "0 of 0"}},
		{"different", func(m *made) []step { return []step{m.link("ada", 0, 1, recount.Different)} }, []string{"1 of 1", "0 of 0", "0 of 0"}},
		{"unsure", func(m *made) []step { return []step{m.link("ada", 0, 1, recount.Unsure)} }, []string{"1 of 0 to 1, link", "0 of 0 to 1, link", "0 of 0"}},
		{"people differ", func(m *made) []step {
			return []step{m.link("ada", 0, 1, recount.Same), m.link("ben", 0, 1, recount.Different)}
		}, []string{"1 of 0 to 1, link", "0 of 0 to 1, link", "0 of 0"}},
		{"an adjudicator says different", func(m *made) []step {
			return []step{m.link("ada", 0, 1, recount.Same), m.link("judge", 0, 1, recount.Different)}
		}, []string{"1 of 1", "0 of 0", "0 of 0"}},
		{"a chain", func(m *made) []step {
			return []step{m.link("ada", 1, 2, recount.Same), m.link("ada", 0, 1, recount.Same)}
		}, []string{"0 of 0", "0 of 0", "1 of 1"}},
		{"a chain with an open end", func(m *made) []step {
			return []step{m.link("ada", 1, 2, recount.Same), m.link("ada", 0, 1, recount.Unsure)}
		}, []string{"1 of 0 to 1, link", "0 of 0", "0 of 0 to 1, link"}},
		{"somebody says that nobody counts there", func(m *made) []step {
			return []step{m.link("ada", 0, 1, recount.Same), {"ada", recount.ScopeBody{Speaker: m.ref(1, 0, false), Answer: recount.No}}}
		}, []string{"1 of 1", "0 of 0", "0 of 0"}},
		{"unclear whether it counts there", func(m *made) []step {
			return []step{m.link("ada", 0, 1, recount.Same), {"ada", recount.ScopeBody{Speaker: m.ref(1, 0, false), Answer: recount.Unclear}}}
		}, []string{"1 of 0 to 1, scope", "0 of 0 to 1, scope", "0 of 0"}},
		{"the page was screened out", func(m *made) []step {
			return []step{m.link("ada", 0, 1, recount.Same), {"ada", recount.ScreenBody{Page: m.articles[1].Page(), Answer: recount.No}}}
		}, []string{"1 of 1", "0 of 0", "0 of 0"}},
		{"nobody speaks there", func(m *made) []step {
			return []step{m.link("ada", 0, 1, recount.Same), {"ada", recount.SpeakerBody{Speaker: m.ref(1, 0, false), Answer: recount.Rejected}}}
		}, []string{"1 of 1", "0 of 0", "0 of 0"}},
		// Whether they are the person is suggested, and nobody answered.
		{"two pages of nobody who counts", func(m *made) []step { return []step{m.link("ada", 1, 2, recount.Same)} }, []string{"1 of 0 to 1, link", "0 of 0", "0 of 0 to 1, link"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 3, 1)
			m.save(m.seal("ada", file("adjudicators: judge jury")), m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}))
			c := m.follow(tt.steps(m)...)
			for i, where := range count {
				if got := counted(t, c, where); got != tt.want[i] {
					t.Errorf("%s: %s, want %s", where, got, tt.want[i])
				}
			}
			if people := counted(t, c, ""); people != "1 of 1" {
				t.Errorf("people: %s", people)
			}
			// Whom the person's own answer covers nobody is asked about.
			undecided, _ := c.Undecided()
			want := 2
			for _, k := range []int{1, 2} {
				v, err := c.FindSpeaker(t.Context(), string(m.readings[m.articles[k].Key].Speakers[0].Key()))
				if err != nil {
					t.Fatal(err)
				}
				if v.Scope != "" || v.Rejected || v.Follows || !c.Reads(v.Page.Key) {
					want--
				}
			}
			if undecided != want {
				t.Errorf("%d undecided, want %d", undecided, want)
			}
			// Each answer that is taken back moves the numbers back.
			for _, d := range c.Log().All() {
				if c.Log().Live(d.ID) && (d.Kind == recount.KindLink || d.Kind == recount.KindScreen) {
					m.save(m.seal(d.Actor, recount.RetractBody{}, d.ID))
				}
			}
			if _, err := c.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			same(t, "after all links were taken back", dump(t, m.open()), dump(t, c))
			want2 := "0 of 0"
			if slices.ContainsFunc(c.Members(), func(x recount.Member) bool { return x.Scope == recount.Unclear }) {
				want2 = "0 of 0 to 1, link, scope"
			}
			if got := counted(t, c, "originals == 2"); got != want2 {
				t.Errorf("two originals: %s, want %s", got, want2)
			}
			if n := len(slices.DeleteFunc(c.Members(), func(x recount.Member) bool { return x.Scope != recount.Joined })); n > 0 {
				t.Errorf("%d speakers are joined by nothing", n)
			}
		})
	}
}

func (m *made) link(who string, i, j int, answer recount.Sameness) step {
	return step{who, recount.LinkBody{A: m.ref(i, 0, false), B: m.ref(j, 0, false), Answer: answer}}
}

// A join that a link `different` contests is a question like a link `same` that
// one contests: both keep their names, and the count has the range.
func TestJoinAgainstDifferent(t *testing.T) {
	m := newStudy(t, 1, 3)
	link := func(who string, i, j int, answer recount.Sameness) step {
		return step{who, recount.LinkBody{A: m.ref(0, i, false), B: m.ref(0, j, false), Answer: answer}}
	}
	join := func(who string, i int, with ...int) step {
		b := recount.SpeakerBody{Answer: recount.Accepted, Speaker: m.ref(0, i, false)}
		for _, j := range with {
			b.Mentions = append(b.Mentions, m.ref(0, j, false).At)
		}
		return step{who, b}
	}
	named := func(s step, name string, gender recount.Gender) step {
		b := s.a.(recount.SpeakerBody)
		b.Speaker.Name, b.Speaker.Gender = name, gender
		s.a = b
		return s
	}
	const same, different, unsure = recount.Same, recount.Different, recount.Unsure
	all := []string{"Ana Berg", "Bo Dahl", "Cyra Eng"}
	for _, tt := range []struct {
		name  string
		steps []step
		want  string // people
		women string
		names []string
	}{
		{"one says different, another joins", []step{link("bob", 0, 1, different), join("ada", 0, 1)}, "3 of 2 to 3, link", "0 of 0", all},
		{"the other way round", []step{join("ada", 0, 1), link("bob", 0, 1, different)}, "3 of 2 to 3, link", "0 of 0", all},
		{"from the other side", []step{link("bob", 0, 1, different), join("ada", 1, 0)}, "3 of 2 to 3, link", "0 of 0", all},
		{"as a link does", []step{link("bob", 0, 1, different), link("ada", 0, 1, same)}, "3 of 2 to 3, link", "0 of 0", all},
		{"under a new name", []step{link("bob", 0, 1, different), named(join("ada", 0, 1), "Eve Dahl", recount.Woman)}, "3 of 2 to 3, link", "1 of 1", []string{"Bo Dahl", "Cyra Eng", "Eve Dahl"}},
		{"one person says both", []step{link("ada", 0, 1, different), join("ada", 0, 1)}, "3 of 2 to 3, link", "0 of 0", all},
		{"two join", []step{link("bob", 0, 1, different), join("ada", 0, 1), join("cy", 1, 0)}, "3 of 2 to 3, link", "0 of 0", all},
		{"another links them too", []step{link("bob", 0, 1, different), join("ada", 0, 1), link("cy", 0, 1, same)}, "3 of 2 to 3, link", "0 of 0", all},
		{"an adjudicator says different", []step{link("judge", 0, 1, different), join("ada", 0, 1)}, "3 of 3", "0 of 0", all},
		{"an adjudicator joins", []step{link("bob", 0, 1, different), join("judge", 0, 1)}, "2 of 2", "0 of 0", all},
		{"two of three are joined", []step{link("bob", 1, 2, different), join("ada", 0, 1, 2)}, "2 of 1 to 2, link", "0 of 0", []string{"Ana Berg", "Cyra Eng"}},
		{"a chain", []step{link("bob", 0, 2, different), join("ada", 0, 1), join("ada", 1, 2)}, "2 of 1 to 2, link", "0 of 0", []string{"Ana Berg", "Cyra Eng"}},
		{"one is unsure", []step{link("bob", 0, 1, unsure), join("ada", 0, 1)}, "2 of 2", "0 of 0", []string{"Ana Berg", "Cyra Eng"}},
		{"about another pair", []step{link("bob", 1, 2, different), join("ada", 0, 1)}, "2 of 2", "0 of 0", []string{"Ana Berg", "Cyra Eng"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 3)
			m.save(m.seal("ada", file("adjudicators: judge")))
			for i := range 3 {
				m.save(m.seal("zoe", recount.ScopeBody{Speaker: m.ref(0, i, false), Answer: recount.Yes}))
			}
			c := m.follow(tt.steps...)
			if got := counted(t, c, ""); got != tt.want {
				t.Errorf("people: %s, want %s", got, tt.want)
			}
			if got := counted(t, c, `gender == "woman"`); got != tt.women {
				t.Errorf("women: %s, want %s", got, tt.women)
			}
			var names []string
			for v, err := range c.Voices(t.Context(), casebook.Filter{All: true}) {
				if err != nil {
					t.Fatal(err)
				}
				if names = append(names, v.Name); v.Scope != recount.Yes {
					t.Errorf("%s counts: %q", v.Name, v.Scope)
				}
			}
			if slices.Sort(names); !slices.Equal(names, tt.names) {
				t.Errorf("listed: %q, want %q", names, tt.names)
			}
		})
	}
}
