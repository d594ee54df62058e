package casebook_test

import (
	"slices"
	"testing"

	"recount"
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
