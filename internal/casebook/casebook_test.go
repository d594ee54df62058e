package casebook_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
)

// opensSame opens a study from rows and as it is packed, and compares both with
// what is open. Now and then it is packed anew.
func (m *made) opensSame(what string, rnd *rand.Rand, c *casebook.Casebook) {
	m.t.Helper()
	ctx := context.Background()
	rows, err := casebook.OpenFromRows(ctx, m.store, m.settings())
	if m.opened++; err == nil && m.opened%8 == 0 {
		// What blocks hold is what rows say, however they came about.
		if differs, err := rows.PackedDiffers(ctx); err != nil || differs != "" {
			m.t.Errorf("%s: blocks differ from rows: %q, %v", what, differs, err)
		}
	}
	if err != nil {
		m.t.Fatal(err)
	}
	want := dump(m.t, rows)
	same(m.t, what+", kept up to date", want, dump(m.t, c))
	packed := m.open()
	same(m.t, what+", opened as it is packed", want, dump(m.t, packed))
	if rnd.IntN(2) == 0 {
		if err := casebook.Pack(ctx, []*casebook.Casebook{c, packed, rows}[rnd.IntN(3)]); err != nil {
			m.t.Fatal(err)
		}
		again := m.open()
		same(m.t, what+", opened as it was just packed", want, dump(m.t, again))
		if n := again.FromRows(); n > 0 {
			m.t.Errorf("%s: %d pages and decisions were read from rows just after they were packed", what, n)
		}
	}
}

// Applying one by one, opening at once, opening what is packed, and any order
// of arrival give the same, over generated studies with every kind of decision.
func TestOneByOneEqualsAtOnce(t *testing.T) {
	ctx := context.Background()
	asked := map[string]bool{} // what people differ on
	seeds := uint64(5)         // in which people differ in every way
	if os.Getenv("RECOUNT_BARS") != "" {
		seeds = 12
	}
	for seed := range seeds {
		rnd := rand.New(rand.NewPCG(seed, 7))
		m := newStudy(t, 9, 4)
		m.oneCode = seed%2 == 0
		all := m.random(rnd, 140)
		cut := len(all) / 3
		m.save(all[:cut]...)
		c := m.open()
		for from := cut; from < len(all); {
			to := min(len(all), from+1+rnd.IntN(4))
			part := slices.Clone(all[from:to])
			if rnd.IntN(10) == 0 {
				part = append(part, all[rnd.IntN(to)]) // one that is known
			}
			if rnd.IntN(2) == 0 {
				if err := c.Save(ctx, part...); err != nil {
					t.Fatal(err)
				}
			} else { // another program saves, and this one notices
				m.save(part...)
				if _, err := c.Refresh(ctx); err != nil {
					t.Fatal(err)
				}
			}
			if rnd.IntN(5) == 0 {
				m.opensSame(fmt.Sprintf("seed %d after %d decisions", seed, to), rnd, c)
			}
			from = to
		}
		if err := m.store.EraseDecision(ctx, all[rnd.IntN(len(all))].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		if blocks, err := m.store.PackedHeads(ctx); err != nil || len(blocks) > 0 {
			t.Fatalf("seed %d: after an erasure %d blocks are left, %v", seed, len(blocks), err)
		}
		m.opensSame(fmt.Sprintf("seed %d after an erasure", seed), rnd, c)
		want := dump(t, c)
		for _, x := range c.Members() {
			for _, d := range x.Disputes {
				for _, what := range disputes {
					asked[what] = asked[what] || strings.HasPrefix(d.Text, what)
				}
			}
		}

		// Another copy of the study gets the same decisions in another order.
		other := newStudy(t, 9, 4)
		other.oneCode = m.oneCode
		gone := decisions(t, m)
		rnd.Shuffle(len(gone), func(i, j int) { gone[i], gone[j] = gone[j], gone[i] })
		other.save(gone[:cut]...)
		o := other.open()
		other.save(gone[cut:]...)
		if _, err := o.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("seed %d in another order", seed), want, dump(t, o))

		// A new version of a page, and another reader, come in while it is open.
		m.add(rnd.IntN(9), 4, "New. ")
		m.derive(seed%2 == 0)
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		m.opensSame(fmt.Sprintf("seed %d after a new extraction", seed), rnd, c)

		// What was decided before is taken back and given again.
		m.save(m.random(rnd, 70)[3:]...)
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		m.opensSame(fmt.Sprintf("seed %d after that", seed), rnd, c)
		m.add(rnd.IntN(9), 4, "Newer. ")
		m.derive(seed%2 == 1)
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		m.opensSame(fmt.Sprintf("seed %d after another extraction", seed), rnd, c)
	}
	for _, what := range disputes {
		if !asked[what] {
			t.Errorf("no study in which people differ on %q", what)
		}
	}
}

// disputes are how the questions begin that come of people who differ.
var disputes = []string{"what is the gender", "what is the country", "whose country is", "is this said or thought", "who says", "which code has", "is this a statement",
	"does ", "in which words", "which outlet printed", "is the rule"}

func decisions(t *testing.T, m *made) []recount.Decision {
	t.Helper()
	ds, err := m.store.Decisions(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// same compares two dumps line by line.
func same(t testing.TB, what, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := "", ""
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			t.Fatalf("%s: line %d\nwant %.600s\ngot  %.600s", what, i, a, b)
		}
	}
}

// Two people who disagree about each kind of question leave it open, and two
// answers by init to one rule are no reason to stop.
func TestPeopleDisagreeAboutEverything(t *testing.T) {
	m := newStudy(t, 4, 3)
	page := m.articles[0].Name
	ref, other := m.ref(0, 0, false), m.ref(1, 0, false)
	content := m.at(0, m.readings[m.articles[0].Key].Statements[0].Content...)
	pairs := []struct {
		what string
		a, b recount.Answer
	}{
		{"rule", recount.RuleBody{Rule: recount.FoldReprints, On: true}, recount.RuleBody{Rule: recount.FoldReprints, On: false}},
		{"scope", recount.ScopeBody{Speaker: ref, Answer: recount.Yes}, recount.ScopeBody{Speaker: ref, Answer: recount.No}},
		{"criterion", recount.CriterionBody{Speaker: ref, Criterion: "left", Answer: recount.Yes}, recount.CriterionBody{Speaker: ref, Criterion: "left", Answer: recount.No}},
		{"link", recount.LinkBody{A: ref, B: other, Answer: recount.Same}, recount.LinkBody{A: other, B: ref, Answer: recount.Different}},
		{"statement", recount.StatementBody{Answer: recount.Accepted, At: content, Speaker: &ref}, recount.StatementBody{Answer: recount.Rejected, At: content}},
		{"code", recount.CodeBody{Code: "pay", At: content, Speaker: ref, Answer: recount.Yes}, recount.CodeBody{Code: "pay", At: content, Speaker: ref, Answer: recount.No}},
		{"passage", recount.PassageBody{Code: "pay", At: content, Answer: recount.Yes}, recount.PassageBody{Code: "pay", At: content, Answer: recount.No}},
		{"value", recount.ValueBody{Speaker: ref, Variable: "country", Value: "Orlund"}, recount.ValueBody{Speaker: ref, Variable: "country", Value: "Sudrecia", Evidence: &content}},
		{"date", recount.DateBody{Page: page, Published: "2014"}, recount.DateBody{Page: page, Published: "2015"}},
		{"page", recount.PageBody{Page: page, Field: recount.OutletField, Value: "A"}, recount.PageBody{Page: page, Field: recount.OutletField, Value: "B"}},
		{"screen", recount.ScreenBody{Page: page, Answer: recount.Yes}, recount.ScreenBody{Page: page, Answer: recount.No}},
		{"relation", recount.RelationBody{Page: page, Of: m.articles[1].Name, Answer: recount.Yes}, recount.RelationBody{Page: m.articles[1].Name, Of: page, Answer: recount.No}},
		{"owner", recount.OwnerBody{Outlet: "A", Owner: "X"}, recount.OwnerBody{Outlet: "A", Owner: "Y"}},
		{"figure", recount.FigureBody{At: content, Answer: recount.Accepted}, recount.FigureBody{At: content, Answer: recount.Rejected}},
		{"role", recount.RoleBody{At: content, Role: recount.Body}, recount.RoleBody{At: content, Role: recount.OffTopic}},
		{"assign", recount.AssignBody{Page: page, Coder: "x", Answer: recount.Yes}, recount.AssignBody{Page: page, Coder: "x", Answer: recount.No}},
		{"speaker", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}, recount.SpeakerBody{Answer: recount.Rejected, Speaker: ref}},
		{"codebook", recount.CodebookBody{Op: recount.MoveCode, Code: "pay", To: []string{"a"}}, recount.CodebookBody{Op: recount.MergeCode, Code: "pay", To: []string{"fear"}}},
	}
	for _, tt := range pairs {
		for _, who := range [][2]string{{"ada", "ben"}, {recount.DefaultActor, recount.DefaultActor}} {
			t.Run(tt.what+" by "+who[0], func(t *testing.T) {
				m := *m
				m.t = t
				one, two := m.seal(who[0], tt.a), m.seal(who[1], tt.b)
				fresh := newStudy(t, 4, 3)
				fresh.save(one, two)
				c := fresh.open()
				dump(t, c)
				what := "disagreement"
				if who[0] == who[1] {
					what = "conflict"
				}
				found := slices.ContainsFunc(c.Findings(), func(f recount.Finding) bool {
					return (f.What == what || tt.what == "value" && f.What == "disagreement") && slices.Contains(f.Decisions, one.ID) && slices.Contains(f.Decisions, two.ID)
				})
				if !found && !(tt.what == "value" && who[0] == who[1]) {
					t.Errorf("two answers to one question (%s): findings are %v", tt.what, c.Findings())
				}
			})
		}
	}
}

// Two coders, who worked with two readers of the texts, mean one person,
// whoever imports the other's work.
func TestTwoCodersAndTwoReaders(t *testing.T) {
	for _, byHead := range []bool{false, true} {
		m := newStudy(t, 4, 3)
		m.derive(byHead)
		first := m.readings[m.articles[0].Key].Statements[0]
		content := m.at(0, first.Content...)
		ada, ben := m.ref(0, 0, false), m.ref(0, 0, true)
		second := m.readings[m.articles[0].Key].Speakers[0].Mentions[1]
		late := recount.SpeakerRef{At: m.at(0, second), Name: "Berg", Kind: recount.Named, Gender: recount.Woman}
		m.save(
			m.seal("ada", recount.ScopeBody{Speaker: ada, Answer: recount.Yes}),
			m.seal("ben", recount.ScopeBody{Speaker: ben, Answer: recount.Yes}),
			m.seal("cy", recount.ScopeBody{Speaker: late, Answer: recount.Yes}),
			m.seal("ada", recount.CodeBody{Code: "pay", At: content, Speaker: ada, Answer: recount.Yes}),
			m.seal("ben", recount.CodeBody{Code: "fear", At: content, Speaker: ben, Answer: recount.Yes}),
			m.seal("ben", recount.ValueBody{Speaker: late, Variable: "country", Value: "Orlund"}),
		)
		c := m.open()
		ms := c.Members()
		if len(ms) != 1 || len(ms[0].Codes) != 2 || len(ms[0].Values) != 1 {
			t.Fatalf("reader by head %v: %d members, %+v; want one, with both codes and the value", byHead, len(ms), ms)
		}
		if f := c.Findings(); len(f) != 0 {
			t.Errorf("findings: %v", f)
		}
	}
}

// One person who answers for two mentions of what was read as one speaker says
// that they are two.
func TestOneReadSpeakerWhoIsTwo(t *testing.T) {
	m := newStudy(t, 2, 2)
	sp := m.readings[m.articles[0].Key].Speakers[0]
	one, two := m.ref(0, 0, false), recount.SpeakerRef{At: m.at(0, sp.Mentions[1]), Name: "Berg the elder", Kind: recount.Named}
	tests := []struct {
		name string
		set  []recount.Decision
		want int
	}{
		{"two answers of one person", []recount.Decision{m.seal("ada", recount.ScopeBody{Speaker: one, Answer: recount.Yes}), m.seal("ada", recount.ScopeBody{Speaker: two, Answer: recount.Yes})}, 2},
		{"two people, one answer each", []recount.Decision{m.seal("ada", recount.ScopeBody{Speaker: one, Answer: recount.Yes}), m.seal("ben", recount.ScopeBody{Speaker: two, Answer: recount.Yes})}, 1},
		{"and somebody says that they are different", []recount.Decision{m.seal("ada", recount.ScopeBody{Speaker: one, Answer: recount.Yes}), m.seal("ben", recount.ScopeBody{Speaker: two, Answer: recount.Yes}),
			m.seal("cy", recount.LinkBody{A: one, B: two, Answer: recount.Different})}, 2},
		{"and somebody sets one apart", []recount.Decision{m.seal("ada", recount.ScopeBody{Speaker: one, Answer: recount.Yes}), m.seal("ben", recount.ScopeBody{Speaker: two, Answer: recount.Yes}),
			m.seal("cy", recount.SpeakerBody{Answer: recount.Accepted, Speaker: two, Apart: true})}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newStudy(t, 2, 2)
			f.save(tt.set...)
			if got := len(f.open().Members()); got != tt.want {
				t.Errorf("%d members, want %d", got, tt.want)
			}
		})
	}
}

// Whoever meets all criteria counts, who fails one does not, and while one is
// open it is unclear. A direct answer stands over them.
func TestCriteria(t *testing.T) {
	m := newStudy(t, 1, 1)
	ref := m.ref(0, 0, false)
	crit := func(actor, name string, a recount.YesNo) recount.Decision {
		return m.seal(actor, recount.CriterionBody{Speaker: ref, Criterion: name, Answer: a})
	}
	tests := []struct {
		name string
		set  []recount.Decision
		want string
	}{
		{"nothing answered", nil, ""},
		{"one of two", []recount.Decision{crit("ada", "left", recount.Yes)}, recount.Unclear},
		{"both", []recount.Decision{crit("ada", "left", recount.Yes), crit("ada", "speaks", recount.Yes)}, recount.Yes},
		{"one fails", []recount.Decision{crit("ada", "left", recount.No)}, recount.No},
		{"one is unclear", []recount.Decision{crit("ada", "left", recount.Yes), crit("ada", "speaks", recount.Unclear)}, recount.Unclear},
		{"people differ on one", []recount.Decision{crit("ada", "left", recount.Yes), crit("ada", "speaks", recount.Yes), crit("ben", "left", recount.No)}, recount.Unclear},
		{"a direct answer", []recount.Decision{crit("ada", "left", recount.No), m.seal("ada", recount.ScopeBody{Speaker: ref, Answer: recount.Yes})}, recount.Yes},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newStudy(t, 1, 1)
			f.save(tt.set...)
			var got string
			for v, err := range f.open().Voices(context.Background(), casebook.Filter{All: true}) {
				if err != nil {
					t.Fatal(err)
				}
				got += string(v.Scope)
			}
			if got != tt.want {
				t.Errorf("scope %q, want %q", got, tt.want)
			}
		})
	}
}

// What stands only in an older text keeps its answer, but points at no words
// of the text that counts.
func TestAnchorIntoAnOlderText(t *testing.T) {
	m := newStudy(t, 2, 2)
	m.save(m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}), m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 1, false), Answer: recount.Yes}))
	c := m.open()
	if len(c.Members()) != 2 {
		t.Fatal("two people do not count before the page changed")
	}
	m.add(0, 1, "")
	m.derive(false)
	if _, err := c.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	ms := c.Members()
	if len(ms) != 2 {
		t.Fatalf("%d members after the page changed; want 2, for what was decided still holds", len(ms))
	}
	gone := 0
	for _, x := range ms {
		if x.At == (recount.Span{}) {
			gone++
		}
	}
	f := c.Findings()
	if gone != 1 || len(f) != 1 || f[0].What != "orphan" || !strings.Contains(f[0].Text, "older text") {
		t.Errorf("%d of the members point at no words, findings %v; want one of each", gone, f)
	}
}

// A link has no direction, and what people answer differently about it stays
// open.
func TestLinkHasNoDirection(t *testing.T) {
	m := newStudy(t, 2, 1)
	a, b := m.ref(0, 0, false), m.ref(1, 0, false)
	m.save(m.seal("x", recount.LinkBody{A: a, B: b, Answer: recount.Same}), m.seal("y", recount.LinkBody{A: b, B: a, Answer: recount.Different}))
	c := m.open()
	if ls, f := c.Links(), c.Findings(); len(ls) != 1 || ls[0].Answer != recount.Unsure || len(f) != 1 || f[0].What != "disagreement" {
		t.Errorf("links %v, findings %v; want one open link that two people answered differently", ls, f)
	}
}

// Who answers separately about overlapping places counts as many people, and
// is told so, unless it was said that they are different.
func TestOverlappingPlaces(t *testing.T) {
	m := newStudy(t, 1, 1)
	text := m.articles[0].Text
	start := m.readings[m.articles[0].Key].Statements[0].Content[0].Start
	ref := func(from, to int) recount.SpeakerRef {
		return recount.SpeakerRef{At: m.at(0, recount.Span{Start: start + from, End: start + to}), Name: text[start+from : start+to], Kind: recount.Named, Gender: recount.UnknownGender}
	}
	counts := func(from, to int) recount.Answer {
		return recount.ScopeBody{Speaker: ref(from, to), Answer: recount.Yes, Criteria: map[string]string{}}
	}
	type step struct {
		actor string
		body  recount.Answer
	}
	var many []step
	for i := range 12 {
		many = append(many, step{"ada", counts(0, 4+i)})
	}
	tests := []struct {
		name          string
		steps         []step
		people, found int
	}{
		{"one", []step{{"ada", counts(0, 5)}}, 1, 0},
		{"side by side", []step{{"ada", counts(0, 5)}, {"ada", counts(6, 9)}}, 2, 0},
		{"one inside the other", []step{{"ada", counts(0, 9)}, {"ada", counts(2, 5)}}, 2, 1},
		{"one across the end of the other", []step{{"ada", counts(0, 6)}, {"ada", counts(4, 9)}}, 2, 1},
		{"two inside a third", []step{{"ada", counts(0, 12)}, {"ada", counts(1, 3)}, {"ada", counts(5, 8)}}, 3, 2},
		{"twelve", many, 12, 11},
		{"of two people", []step{{"ada", counts(0, 9)}, {"ben", counts(2, 5)}}, 1, 0},
		{"of which one does not count", []step{{"ada", counts(0, 9)}, {"ada", recount.ScopeBody{Speaker: ref(2, 5), Answer: recount.No, Criteria: map[string]string{}}}}, 1, 0},
		{"said to be different", []step{{"ada", counts(0, 9)}, {"ada", counts(2, 5)}, {"ada", recount.LinkBody{A: ref(0, 9), B: ref(2, 5), Answer: recount.Different}}}, 2, 0},
		{"set apart", []step{{"ada", counts(0, 9)}, {"ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref(2, 5), Apart: true}}, {"ada", counts(2, 5)}}, 2, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 1)
			for _, s := range tt.steps {
				m.save(m.seal(s.actor, s.body))
			}
			c := m.open()
			found := 0
			for _, f := range c.Findings() {
				if f.What == "overlap" {
					found++
				}
			}
			if n := len(c.Members()); n != tt.people || found != tt.found {
				t.Errorf("%d people, %d findings; want %d and %d", n, found, tt.people, tt.found)
			}
		})
	}
}

// A suggested pair inside a joined person is no question any more, however the
// answers join them; it is one again when an answer is taken back.
func TestNoLinkInsideAPerson(t *testing.T) {
	m := newStudy(t, 3, 1)
	refs := []recount.SpeakerRef{m.ref(0, 0, false), m.ref(1, 0, false), m.ref(2, 0, false)}
	var pairs []recount.Suggestion
	keys := make([]recount.Key, 3)
	for i, a := range m.articles[:3] {
		keys[i] = m.readings[a.Key].Speakers[0].Key()
		m.save(m.seal("x", recount.ScopeBody{Speaker: refs[i], Answer: recount.Yes, Criteria: map[string]string{}}))
	}
	for _, p := range [][2]int{{0, 1}, {0, 2}, {1, 2}} {
		a, b := keys[p[0]], keys[p[1]]
		pairs = append(pairs, recount.Suggestion{A: min(a, b), B: max(a, b), Weight: 100, Probability: 900})
	}
	if err := m.store.ReplaceSuggestions(context.Background(), pairs); err != nil {
		t.Fatal(err)
	}
	open := func() (n int) {
		for _, l := range m.open().Links() {
			if l.Decision == "" {
				n++
			}
		}
		return n
	}
	steps := []struct {
		a, b int
		want int // pairs that are still a question
	}{{0, 1, 2}, {1, 2, 0}}
	if n := open(); n != 3 {
		t.Fatalf("%d open pairs of three speakers, want 3", n)
	}
	var last recount.Decision
	for _, s := range steps {
		last = m.seal("x", recount.LinkBody{A: refs[s.a], B: refs[s.b], Answer: recount.Same})
		m.save(last)
		if n := open(); n != s.want {
			t.Errorf("after %d and %d are one: %d open pairs, want %d", s.a, s.b, n, s.want)
		}
	}
	m.save(m.seal("x", recount.RetractBody{}, last.ID))
	if n := open(); n != 2 {
		t.Errorf("after an answer was taken back: %d open pairs, want 2", n)
	}
}

// A changed mind replaces the whole chain of older answers, an adjudicator's
// answer stands beside those of the coders.
func TestDeciding(t *testing.T) {
	ctx := context.Background()
	m := newStudy(t, 3, 2)
	m.save(m.seal("ada", file("adjudicators: judge")))
	c := m.open()
	seal := func(d recount.Draft) (recount.Decision, error) {
		m.salt++
		d.Study, d.Time, d.Salt = "s", began, fmt.Sprint("salt", m.salt)
		return recount.Seal(d)
	}
	scope := func(actor string, answer recount.YesNo) []recount.Decision {
		t.Helper()
		ds, err := c.Decide(ctx, casebook.By{Actor: actor}, seal, casebook.Draft{Answer: recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: answer}})
		if err != nil {
			t.Fatal(err)
		}
		return ds
	}
	first := scope("ada", recount.Yes)
	scope("ben", recount.No)
	if ms := c.Members(); len(ms) != 1 || ms[0].Scope != recount.Unclear {
		t.Fatalf("members %+v; two people disagree, so it is unclear", ms)
	}
	scope("judge", recount.Yes)
	if ms := c.Members(); len(ms) != 1 || ms[0].Scope != recount.Yes {
		t.Fatalf("members %+v; want the adjudicator's answer", ms)
	}
	if !c.Log().Live(first[0].ID) {
		t.Error("the adjudicator's answer took the coder's away")
	}
	scope("ada", recount.Unclear)
	third := scope("ada", recount.No)
	if len(third[0].Replaces) != 2 {
		t.Errorf("the third answer replaces %d, want both earlier ones", len(third[0].Replaces))
	}
	if _, err := c.Decide(ctx, casebook.By{Actor: "ada"}, seal,
		casebook.Draft{Answer: recount.ScopeBody{Speaker: m.ref(1, 0, false), Answer: recount.Yes}},
		casebook.Draft{Answer: recount.ScopeBody{Speaker: m.ref(1, 0, true), Answer: recount.No}}); err == nil {
		t.Error("one question is answered twice at once")
	}
	if got, want := dump(t, c), dump(t, m.open()); got != want {
		same(t, "after deciding", want, got)
	}
}

// A read speaker whose fullest name stands inside that of another is the one
// whose name these words are: an answer about "Ana Berg" is not one about
// "Ana", nor the other way round.
func TestNamesThatStandInOneAnother(t *testing.T) {
	for _, tt := range []struct {
		name        string
		first, then string // the order in which they were read
	}{
		{"the shorter is read first", "Ana", "Ana Berg"},
		{"the longer is read first", "Ana Berg", "Ana"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 1)
			a := m.articles[0]
			r := m.readings[a.Key]
			r.Speakers = nil
			for i, name := range []string{tt.first, tt.then} {
				at := span(a, name, 0)
				r.Speakers = append(r.Speakers, recount.Speaker{Article: a.Key, ID: fmt.Sprint("s", i+1), Name: name, Kind: recount.Named, Mention: at, Mentions: []recount.Span{at}})
			}
			m.derive(false)
			refOf := func(i int) recount.SpeakerRef {
				sp := r.Speakers[i]
				return recount.SpeakerRef{At: m.at(0, sp.Mention), Name: sp.Name, Kind: sp.Kind}
			}
			c := m.open()
			seal := func(d recount.Draft) (recount.Decision, error) {
				return m.seal(d.Actor, d.Body.(recount.Answer), d.Replaces...), nil
			}
			if _, err := c.Decide(context.Background(), casebook.By{Actor: "ada"}, seal,
				casebook.Draft{Answer: recount.ScopeBody{Speaker: refOf(0), Answer: recount.Yes}}, casebook.Draft{Answer: recount.ScopeBody{Speaker: refOf(1), Answer: recount.No}}); err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for v, err := range c.Voices(context.Background(), casebook.Filter{All: true}) {
				if err != nil {
					t.Fatal(err)
				}
				got[v.Name] = string(v.Scope)
			}
			if len(got) != 2 || got[tt.first] != recount.Yes || got[tt.then] != recount.No {
				t.Errorf("answers by name: %v; want %s yes and %s no", got, tt.first, tt.then)
			}
		})
	}
}

// What a person says a speaker is decides whether he or she is a person for
// whom nobody answered yet.
func TestUndecidedFollowsTheCorrectedKind(t *testing.T) {
	tests := []struct {
		name string
		kind recount.SpeakerKind
		want int
	}{
		{"as it was read", "", 1},
		{"no person: a body", recount.Organisation, 0},
		{"no person: a document", recount.Document, 0},
		{"no one person: a group", recount.Collective, 0},
		{"a person of another kind", recount.Anonymous, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 1)
			if tt.kind != "" {
				ref := m.ref(0, 0, false)
				ref.Kind = tt.kind
				m.save(m.seal("ada", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}))
			}
			if n, _ := m.open().Undecided(); n != tt.want {
				t.Errorf("%d people nobody answered for; want %d", n, tt.want)
			}
		})
	}
}

// Two who correct one statement to different words disagree, as about any other
// question: neither form is settled until an adjudicator says, or one comes round.
// A form that both have is.
func TestStatementCorrectedTwice(t *testing.T) {
	m := newStudy(t, 1, 1)
	ref := m.ref(0, 0, false)
	whole := m.readings[m.articles[0].Key].Statements[0].Content[0]
	place := func(from, to int) recount.Anchor {
		return m.at(0, recount.Span{Start: whole.Start + from, End: whole.End - to})
	}
	says := func(from, to int, instead ...recount.Anchor) recount.StatementBody {
		return recount.StatementBody{Answer: recount.Accepted, At: place(from, to), Type: recount.Indirect, Speaker: &ref, Instead: instead}
	}
	read := place(0, 0)
	// typed is a second statement that is typed in beside the first form: two of one.
	typed := func(b recount.StatementBody) recount.StatementBody {
		b.Typed = true
		return b
	}
	type step struct {
		actor string
		body  recount.Answer
	}
	tests := []struct {
		name  string
		steps []step
		want  []int // characters that are cut off the end of the statements that hold
		found string
	}{
		{"both to the same words", []step{{"ada", says(0, 5, read)}, {"ben", says(0, 5, read)}}, []int{5}, ""},
		{"to different words", []step{{"ada", says(0, 5, read)}, {"ben", says(0, 9, read)}}, nil, "ada says"},
		{"in the other order", []step{{"ben", says(0, 9, read)}, {"ada", says(0, 5, read)}}, nil, "ben says"},
		{"three", []step{{"ada", says(0, 5, read)}, {"ben", says(0, 9, read)}, {"cy", says(0, 5, read)}}, nil, "cy says"},
		{"a third accepts what was read", []step{{"cy", says(0, 0)}, {"ada", says(0, 5, read)}, {"ben", says(0, 9, read)}}, nil, "ben says"},
		{"to words that do not overlap", []step{{"ada", says(0, whole.Len()-9, read)}, {"ben", says(12, 0, read)}}, nil, "disagree"},
		{"one splits it, the other does not", []step{{"ada", says(0, 5, read)}, {"ben", says(0, 5, read)}, {"ben", typed(says(whole.Len()-4, 0, read))}}, []int{5}, "disagree"},
		{"one person splits it", []step{{"ada", says(0, 5, read)}, {"ada", typed(says(whole.Len()-4, 0, read))}}, []int{5, 0}, ""},
		{"one person corrects it twice", []step{{"ada", says(0, 5, read)}, {"ada", says(whole.Len()-4, 0, read)}}, []int{0}, ""},
		{"one corrects what the other corrected", []step{{"ada", says(0, 5, read)}, {"ben", says(0, 9, place(0, 5), read)}}, nil, "ada says"},
		{"one accepts what was read, another corrects it", []step{{"ben", says(0, 0)}, {"ada", says(0, 5, read)}}, nil, "ben says"},
		{"and comes round", []step{{"ben", says(0, 0)}, {"ada", says(0, 5, read)}, {"ben", says(0, 5)}}, []int{5}, ""},
		{"an adjudicator agrees with one", []step{{"ada", says(0, 5, read)}, {"ben", says(0, 9, read)}, {"judge", says(0, 9, read)}}, []int{9}, ""},
		{"an adjudicator has other words", []step{{"ada", says(0, 5, read)}, {"judge", says(0, 7, read)}, {"ben", says(0, 9, read)}}, []int{7}, ""},
		{"an adjudicator keeps what was read", []step{{"ada", says(0, 5, read)}, {"ben", says(0, 9, read)}, {"judge", says(0, 0)}}, []int{0}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 1)
			m.save(m.seal("ada", file("adjudicators: judge")))
			c := m.open()
			for _, s := range append([]step{{"zoe", recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}}},
				{"zoe", recount.CodeBody{Code: "pay", At: read, Speaker: ref, Answer: recount.Yes}}}, tt.steps...) {
				_, err := c.Decide(context.Background(), casebook.By{Actor: s.actor}, func(d recount.Draft) (recount.Decision, error) {
					m.salt++
					d.Study, d.Time, d.Salt = "s", began.Add(time.Duration(m.salt)*time.Minute), fmt.Sprint(m.salt)
					return recount.Seal(d)
				}, casebook.Draft{Answer: s.body})
				if err != nil {
					t.Fatal(err)
				}
			}
			for _, c := range []*casebook.Casebook{c, m.open()} {
				var got []int
				for _, x := range c.Statements() {
					got = append(got, whole.End-x.At[len(x.At)-1].End)
				}
				if !slices.Equal(got, tt.want) {
					t.Errorf("statements that are %v shorter hold, want %v", got, tt.want)
				}
				found := ""
				for _, f := range c.Findings() {
					if f.What == "disagreement" {
						found += f.Text
					}
				}
				if (found != "") != (tt.found != "") || !strings.Contains(found, tt.found) {
					t.Errorf("found %q, want %q", found, tt.found)
				}
			}
		})
	}
}

// Who corrects the words of a statement does not accept the old ones too, and
// a code that was given to the old words follows. What another accepted is replaced by nobody.
func TestCorrectedWords(t *testing.T) {
	m := newStudy(t, 1, 1)
	ref := m.ref(0, 0, false)
	whole := m.readings[m.articles[0].Key].Statements[0].Content[0]
	place := func(n int) recount.Anchor { return m.at(0, recount.Span{Start: whole.Start, End: whole.End - n}) }
	says := func(n int, instead ...int) recount.StatementBody {
		b := recount.StatementBody{Answer: recount.Accepted, At: place(n), Type: recount.Indirect, Speaker: &ref}
		for _, i := range instead {
			b.Instead = append(b.Instead, place(i))
		}
		return b
	}
	const disputed = -1
	type step struct {
		actor string
		body  recount.Answer
	}
	tests := []struct {
		name  string
		steps []step
		want  int // characters that are cut off the one statement
	}{
		{"accepted, then corrected", []step{{"ada", says(0)}, {"ada", says(5, 0)}}, 5},
		{"another accepted the old words", []step{{"ben", says(0)}, {"ada", says(5, 0)}}, disputed},
		{"and back", []step{{"ada", says(0)}, {"ada", says(5, 0)}, {"ada", says(0, 5)}}, 0},
		{"a chain", []step{{"ada", says(0)}, {"ben", says(5, 0)}, {"cy", says(9, 5)}}, disputed},
		{"two correct each other", []step{{"ada", says(5, 9)}, {"ben", says(9, 5)}}, disputed},
		{"a circle of three", []step{{"ada", says(0, 9)}, {"ben", says(5, 0)}, {"cy", says(9, 5)}}, disputed},
		{"an adjudicator accepted the words as they were", []step{{"judge", says(0)}, {"ada", says(5, 0)}}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 1)
			m.save(m.seal("ada", file("adjudicators: judge")))
			c := m.open()
			decide := func(actor string, a recount.Answer) {
				_, err := c.Decide(context.Background(), casebook.By{Actor: actor}, func(d recount.Draft) (recount.Decision, error) {
					m.salt++
					d.Study, d.Time, d.Salt = "s", began.Add(time.Duration(m.salt)*time.Minute), fmt.Sprint(m.salt)
					return recount.Seal(d)
				}, casebook.Draft{Answer: a})
				if err != nil {
					t.Fatal(err)
				}
			}
			decide("zoe", recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}})
			decide("zoe", recount.CodeBody{Code: "pay", At: says(0).At, Speaker: ref, Answer: recount.Yes})
			for _, s := range tt.steps {
				decide(s.actor, s.body)
			}
			for _, c := range []*casebook.Casebook{c, m.open()} {
				got := c.Statements()
				if tt.want == disputed {
					m := c.Members()[0]
					if len(got) > 0 || len(m.Disputes) != 1 || m.Disputes[0].What != "words" || len(m.Perhaps) < 2 || len(m.Codes) != 1 {
						t.Fatalf("accepted: %+v, of %+v; want a question about the words, and the code for any of them", got, m)
					}
					continue
				}
				if len(got) != 1 || whole.End-got[0].At[0].End != tt.want {
					t.Fatalf("accepted: %+v, want one statement, %d shorter than the one read", got, tt.want)
				}
				codes := c.Members()[0].Codes
				if tt.name != "two correct each other" && (len(codes) != 1 || !slices.Equal(codes[0].At, got[0].At)) {
					t.Errorf("codes %+v do not follow the statement", codes)
				}
			}
		})
	}
}
