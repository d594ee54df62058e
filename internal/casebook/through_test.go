package casebook_test

import (
	"fmt"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
)

// A speaker for whom nobody answered is asked about with nobody, but whoever is
// joined with it is: answers close over each other through it. Page 1 stands
// between 0 and 2, page 3 behind 2, page 4 by itself.
func TestLinksThroughSpeakersWhoDoNotCount(t *testing.T) {
	scope := func(i int, a recount.YesNo) func(*made) recount.Answer {
		return func(m *made) recount.Answer { return recount.ScopeBody{Speaker: m.ref(i, 0, false), Answer: a} }
	}
	link := func(i, j int, a recount.Sameness) func(*made) recount.Answer {
		return func(m *made) recount.Answer {
			return recount.LinkBody{A: m.ref(i, 0, false), B: m.ref(j, 0, false), Answer: a}
		}
	}
	both := []func(*made) recount.Answer{scope(0, "yes"), scope(2, "yes")}
	with := func(more ...func(*made) recount.Answer) []func(*made) recount.Answer {
		return append(both[:len(both):len(both)], more...)
	}
	for _, tt := range []struct {
		name  string
		given []func(*made) recount.Answer
		want  string // people, and questions about links
	}{
		{"nobody answered about the one between", with(), "2 of 2 to 2, 0 asked"},
		{"the first is that one", with(link(0, 1, "same")), "2 of 1 to 2, 1 asked"},
		{"the last is that one", with(link(1, 2, "same")), "2 of 1 to 2, 1 asked"},
		{"both are that one", with(link(0, 1, "same"), link(1, 2, "same")), "1 of 1 to 1, 0 asked"},
		{"the first is, and the last is not", with(link(0, 1, "same"), link(1, 2, "different")), "2 of 2 to 2, 0 asked"},
		{"the first is not", with(link(0, 1, "different")), "2 of 2 to 2, 0 asked"},
		{"the one between is said not to count", with(scope(1, "no"), link(0, 1, "same")), "2 of 1 to 2, 1 asked"},
		{"the one between is said not to count, and is nobody", with(scope(1, "no")), "2 of 2 to 2, 0 asked"},
		{"the first does not count", with(scope(0, "no"), link(0, 1, "same")), "1 of 1 to 1, 0 asked"},
		{"the first may count", with(scope(0, "unclear"), link(0, 1, "same")), "1 of 1 to 2, 1 asked"},
		{"the one between counts too", with(scope(1, "yes"), link(0, 1, "same")), "2 of 1 to 2, 1 asked"},
		{"two are asked by way of two", with(scope(2, "no"), scope(4, "yes"), link(0, 1, "same"), link(2, 4, "same")), "2 of 1 to 2, 1 asked"},
		{"the two are said to be different elsewhere", with(link(0, 1, "same"), link(0, 2, "different")), "2 of 2 to 2, 0 asked"},
		{"people differ on the first", with(link(0, 1, "unsure")), "2 of 2 to 2, 1 asked"},
		{"a chain of three", with(scope(2, "no"), scope(3, "yes"), link(0, 1, "same"), link(2, 3, "same")), "2 of 1 to 2, 1 asked"},
		{"whoever is joined does not count", with(scope(2, "no"), link(2, 3, "same"), link(0, 1, "same")), "1 of 1 to 1, 0 asked"},
	} {
		m := newStudy(t, 5, 1)
		if err := m.store.ReplaceRelations(t.Context(), nil, nil); err != nil { // page 3 is no reprint here
			t.Fatal(err)
		}
		var pairs []recount.Suggestion
		for _, p := range [][2]int{{0, 1}, {1, 2}} {
			a, b := m.readings[m.articles[p[0]].Key].Speakers[0].Key(), m.readings[m.articles[p[1]].Key].Speakers[0].Key()
			pairs = append(pairs, recount.Suggestion{A: min(a, b), B: max(a, b), Weight: 100, Probability: 900})
		}
		if err := m.store.ReplaceSuggestions(t.Context(), pairs); err != nil {
			t.Fatal(err)
		}
		last := map[string]recount.Answer{} // of one person to one question
		var order []string
		for _, given := range tt.given {
			a := given(m)
			k := fmt.Sprint(a.Kind(), a.Subject(), a.Anchors()[0].Page)
			if last[k] == nil {
				order = append(order, k)
			}
			last[k] = a
		}
		var c *casebook.Casebook
		for _, k := range order {
			c = m.follow(step{"ada", last[k]})
		}
		n, err := c.Tally("people", &count.Problem{}, count.Query{})
		if err != nil {
			t.Fatal(err)
		}
		x, err := n.Number()
		if err != nil {
			t.Fatal(err)
		}
		asked := 0
		for _, q := range c.Open() {
			if q.What == "link" {
				asked++
			}
		}
		if got := fmt.Sprintf("%d of %d to %d, %d asked", x.N, x.Range.Low, x.Range.High, asked); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.name, got, tt.want)
		}
	}
}
