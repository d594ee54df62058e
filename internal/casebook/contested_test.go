package casebook_test

import (
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
)

// reprinted is a study whose second page is a reprint of the first, printed a
// year later, and whose third is of its own; somebody counts on each.
func reprinted(t *testing.T) *made {
	m := newStudy(t, 3, 1)
	original := func(first int, members ...recount.Key) recount.Original {
		return recount.Original{Key: m.articles[first].Key, Members: members, First: m.articles[first].Key}
	}
	if err := m.store.ReplaceRelations(t.Context(), nil, []recount.Original{
		original(0, m.articles[0].Key, m.articles[1].Key), original(2, m.articles[2].Key)}); err != nil {
		t.Fatal(err)
	}
	m.save(m.seal("ada", file("adjudicators: judge jury")),
		m.seal("init", rule(true)), m.seal("ada", recount.DateBody{Page: m.articles[0].Page(), Published: "2014-01-01"}),
		m.seal("ada", recount.DateBody{Page: m.articles[1].Page(), Published: "2015-01-01"}), m.seal("ada", recount.DateBody{Page: m.articles[2].Page(), Published: "2015-01-01"}))
	for i := 1; i < 3; i++ {
		m.save(m.seal("ada", recount.ScopeBody{Speaker: m.ref(i, 0, false), Answer: recount.Yes}))
	}
	m.save(m.seal("ada", recount.LinkBody{A: m.ref(1, 0, false), B: m.ref(2, 0, false), Answer: recount.Different}))
	return m
}

func rule(on bool) recount.RuleBody {
	return recount.RuleBody{Rule: recount.FoldReprints, On: on, Standing: true, Params: map[string]string{}, Covered: []string{}}
}

// counted is what a study counts: the number, its range, and what is asked.
func counted(t *testing.T, c *casebook.Casebook, where string) string {
	t.Helper()
	tally, err := c.Tally(where, &count.Problem{Variables: []string{"country"}, Codes: recount.Codebook{Codes: []recount.Code{{Code: "fear"}, {Code: "pay"}}}}, count.Query{Where: where})
	if err != nil {
		t.Fatal(err)
	}
	r, err := tally.Result()
	if err != nil {
		t.Fatal(err)
	}
	asked := []string{}
	for _, q := range r.Questions {
		asked = append(asked, q.What)
	}
	slices.Sort(asked)
	out := count.RangeText(r.Range)
	if r.N < r.Range.Low || r.N > r.Range.High {
		t.Errorf("%d are accepted, and the range is %s", r.N, out)
	}
	return strings.Join(append([]string{count.RangeText(recount.IntRange{Low: r.N, High: r.N, Exact: true}) + " of " + out}, slices.Compact(asked)...), ", ")
}

// A step of a story: somebody says something.
type step struct {
	who string
	a   recount.Answer
}

// follow saves answers, and checks that a study that is open says what one does
// that is opened now.
func (m *made) follow(steps ...step) *casebook.Casebook {
	m.t.Helper()
	open := m.open()
	for _, s := range steps {
		m.save(m.seal(s.who, s.a))
	}
	if _, err := open.Refresh(m.t.Context()); err != nil {
		m.t.Fatal(err)
	}
	same(m.t, "a study that is open", dump(m.t, m.open()), dump(m.t, open))
	return open
}

// People who answer one rule of counting differently leave a question with a
// range, until an adjudicator settles it.
func TestRuleOnWhichPeopleDiffer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		steps []step
		want  string // people first reported in 2014
	}{
		{"nobody answered but init", nil, "1 of 1"},
		{"one switches it off", []step{{"ada", rule(false)}}, "0 of 0"},
		{"one says as init did", []step{{"ada", rule(true)}}, "1 of 1"},
		{"two agree", []step{{"ada", rule(false)}, {"ben", rule(false)}}, "0 of 0"},
		{"two differ", []step{{"ada", rule(false)}, {"ben", rule(true)}}, "1 of 0 to 1, rule"},
		{"two differ the other way round", []step{{"ada", rule(true)}, {"ben", rule(false)}}, "1 of 0 to 1, rule"},
		{"two against one", []step{{"ada", rule(true)}, {"ben", rule(false)}, {"cy", rule(false)}}, "1 of 0 to 1, rule"},
		{"an adjudicator switches it off", []step{{"ada", rule(false)}, {"ben", rule(true)}, {"judge", rule(false)}}, "0 of 0"},
		{"an adjudicator switches it on", []step{{"judge", rule(true)}, {"ada", rule(false)}, {"ben", rule(false)}}, "1 of 1"},
		{"adjudicators differ", []step{{"judge", rule(true)}, {"jury", rule(false)}, {"ben", rule(false)}}, "1 of 0 to 1, rule"},
		{"a rule that changes no count", []step{{"ada", recount.RuleBody{Rule: recount.SetAside, On: true}}, {"ben", recount.RuleBody{Rule: recount.SetAside}}}, "1 of 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := reprinted(t)
			c := m.follow(tt.steps...)
			if got := counted(t, c, `first_reported < "2015"`); got != tt.want {
				t.Errorf("of 2014: %s, want %s", got, tt.want)
			}
			if got := counted(t, c, ""); got != "2 of 2" {
				t.Errorf("all people: %s, want 2", got)
			}
			if asked := slices.ContainsFunc(c.Open(), func(q casebook.Posed) bool { return q.What == "rule" }); asked != strings.Contains(tt.want, "rule") {
				t.Errorf("the rule is asked: %v", asked)
			}
		})
	}
}

// A value that a page with reprints states is of another day where they count
// by themselves.
func TestRuleOnWhichPeopleDifferMovesValues(t *testing.T) {
	m := reprinted(t)
	late, own := m.at(1, span(m.articles[1], "the gate was shut at noon", 0)), m.at(2, span(m.articles[2], "the gate was shut at noon", 0))
	who := m.ref(2, 0, false)
	c := m.follow(step{"ada", recount.DateBody{Page: m.articles[2].Page(), Published: "2014-06-01"}}, step{"ben", recount.DateBody{Page: m.articles[2].Page(), Published: "2014-06-01"}},
		step{"judge", recount.DateBody{Page: m.articles[2].Page(), Published: "2014-06-01"}},
		step{"ada", recount.ValueBody{Speaker: who, Variable: "country", Value: "Orlund", Evidence: &late}},
		step{"ada", recount.ValueBody{Speaker: who, Variable: "country", Value: "Varn", Evidence: &own}},
		step{"ada", rule(true)}, step{"ben", rule(false)})
	if got, want := counted(t, c, `country == "Orlund"`), "1 of 0 to 1, rule"; got != want {
		t.Errorf("from Orlund: %s, want %s", got, want)
	}
}

// An outlet on which people differ leaves a question where a count looks at
// outlets.
func TestOutletOnWhichPeopleDiffer(t *testing.T) {
	outlet := func(page int, name string) recount.PageBody {
		return recount.PageBody{Page: []string{"p000.html", "p001.html", "p002.html"}[page], Field: recount.OutletField, Value: name}
	}
	for _, tt := range []struct {
		name  string
		steps []step
		where string
		want  string
	}{
		{"one corrects it", []step{{"ada", outlet(2, "A")}}, `reported_by("A")`, "1 of 1"},
		{"two agree", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "A")}}, `reported_by("A")`, "1 of 1"},
		{"two differ", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}}, `reported_by("A")`, "1 of 0 to 1, outlet"},
		{"two differ, by the other", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}}, `reported_by("B")`, "0 of 0 to 1, outlet"},
		{"nobody says what is printed", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}}, `reported_by("Outlet 2")`, "0 of 0"},
		{"one says what is printed", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "Outlet 2")}}, `reported_by("Outlet 2")`, "1 of 0 to 1, outlet"},
		{"three differ", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}, {"cy", outlet(2, "C")}}, `reported_by("C")`, "0 of 0 to 1, outlet"},
		{"by the first outlet", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}}, `first_outlet == "B"`, "0 of 0 to 1, outlet"},
		{"an adjudicator decides", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}, {"judge", outlet(2, "B")}}, `reported_by("B")`, "1 of 1"},
		{"of two pages of one outlet", []step{{"ada", outlet(1, "A")}, {"ben", outlet(1, "B")}, {"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}}, `reported_by("A")`, "2 of 0 to 2, outlet"},
		{"a count that looks at no outlet", []step{{"ada", outlet(2, "A")}, {"ben", outlet(2, "B")}}, ``, "2 of 2"},
		{"the first answer is of a later letter", []step{{"ada", outlet(2, "B")}, {"ben", outlet(2, "A")}}, `first_outlet == "B"`, "1 of 0 to 1, outlet"},
		{"the later answer is of an earlier letter", []step{{"ada", outlet(2, "B")}, {"ben", outlet(2, "A")}}, `first_outlet == "A"`, "0 of 0 to 1, outlet"},
		{"of a reprint", []step{{"ada", outlet(0, "A")}, {"ben", outlet(0, "B")}}, `reported_by("A")`, "0 of 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := reprinted(t)
			if got := counted(t, m.follow(tt.steps...), tt.where); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.where, got, tt.want)
			}
		})
	}
}

// Answers about who is who that contradict one another are a question, whoever
// gave them, until somebody takes one back or an adjudicator answers.
func TestLinksThatContradict(t *testing.T) {
	for _, tt := range []struct {
		name  string
		links []string // who, the two, and the answer
		want  string
	}{
		{"one person says all three", []string{"ada 0 1 same", "ada 1 2 same", "ada 0 2 different"}, "1 of 1 to 2, contradiction"},
		{"three people", []string{"ada 0 1 same", "ben 1 2 same", "cy 0 2 different"}, "1 of 1 to 2, contradiction"},
		{"in another order", []string{"cy 0 2 different", "ben 1 2 same", "ada 0 1 same"}, "1 of 1 to 2, contradiction"},
		{"the other way round", []string{"ada 1 0 same", "ben 2 1 same", "cy 2 0 different"}, "1 of 1 to 2, contradiction"},
		{"an adjudicator says different", []string{"ada 0 1 same", "ben 1 2 same", "judge 0 2 different"}, "2 of 2"},
		{"an adjudicator says different of a pair that coders joined", []string{"ada 0 1 same", "ben 1 2 same", "ada 0 2 same", "judge 0 2 different"}, "2 of 2"},
		{"an adjudicator joins them", []string{"ada 0 1 same", "ben 1 2 same", "cy 0 2 different", "judge 0 2 same"}, "1 of 1"},
		{"an adjudicator parts a link of the chain", []string{"ada 0 1 same", "ben 1 2 same", "cy 0 2 different", "judge 0 1 different"}, "2 of 2"},
		{"an adjudicator settles one that leaves it open", []string{"ada 0 1 same", "ben 1 2 same", "cy 0 2 different", "judge 0 1 same"}, "1 of 1 to 2, contradiction"},
		{"an adjudicator and two chains", []string{"ada 0 1 same", "ben 1 2 same", "judge 0 2 different", "ada 2 3 same", "ben 0 3 different"}, "2 of 2"},
		{"a longer chain", []string{"ada 0 1 same", "ben 1 2 same", "cy 2 3 same", "ada 0 3 different"}, "1 of 1 to 2, contradiction"},
		{"no contradiction", []string{"ada 0 1 same", "ben 1 2 different", "cy 0 2 different"}, "2 of 2"},
		{"two people differ on one pair", []string{"ada 0 1 same", "ben 0 1 different"}, "2 of 1 to 2, link"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 4, 1)
			people := 0
			for i := range 4 {
				if slices.ContainsFunc(tt.links, func(l string) bool { return strings.Contains(l[:strings.LastIndex(l, " ")], string(rune('0'+i))) }) {
					people++
					m.save(m.seal("ada", recount.ScopeBody{Speaker: m.ref(i, 0, false), Answer: recount.Yes}))
				}
			}
			m.save(m.seal("ada", file("adjudicators: judge jury")))
			var steps []step
			for _, l := range tt.links {
				f := strings.Fields(l)
				steps = append(steps, step{f[0], recount.LinkBody{A: m.ref(int(f[1][0]-'0'), 0, false), B: m.ref(int(f[2][0]-'0'), 0, false), Answer: recount.Sameness(f[3])}})
			}
			c := m.follow(steps...)
			if got := counted(t, c, ""); got != tt.want {
				t.Errorf("%d speakers: %s, want %s", people, got, tt.want)
			}
			torn := slices.ContainsFunc(c.Findings(), func(f recount.Finding) bool {
				return f.What == "contradiction" && len(f.Decisions) >= 2 && strings.Contains(f.Text, "one person") && strings.Contains(f.Text, "different")
			})
			if strings.Contains(tt.want, "contradiction") && !torn {
				t.Errorf("the findings do not name who said what: %v", c.Findings())
			}
		})
	}
}

// What is coded was said by one of those whom people name: one of them has the
// code, however it is settled.
func TestCodesOfADisputedSpeaker(t *testing.T) {
	for _, tt := range []struct {
		name    string
		counts  []int
		said    []string // who, and the speaker; - is nobody
		coded   []string // who, and the answer
		adjudge string   // who an adjudicator says it was
		want    string   // people with the code
		all     string   // people with a statement
	}{
		{"they agree", []int{0, 1}, []string{"ada 0", "ben 0"}, []string{"ada yes"}, "", "1 of 1", "1 of 1"},
		{"they differ", []int{0, 1}, []string{"ada 0", "ben 1"}, []string{"ada yes"}, "", "1 of 1", "1 of 1"},
		{"three differ", []int{0, 1, 2}, []string{"ada 0", "ben 1", "cy 2"}, []string{"ada yes"}, "", "1 of 1", "1 of 1"},
		{"one of them does not count", []int{0}, []string{"ada 0", "ben 1"}, []string{"ada yes"}, "", "1 of 0 to 1, speaker", "1 of 0 to 1, speaker"},
		{"the other does not count", []int{1}, []string{"ada 0", "ben 1"}, []string{"ada yes"}, "", "0 of 0 to 1, speaker", "0 of 0 to 1, speaker"},
		{"one names nobody", []int{0, 1}, []string{"ada 0", "ben -"}, []string{"ada yes"}, "", "1 of 0 to 1, speaker", "1 of 0 to 1, speaker"},
		{"neither counts", nil, []string{"ada 0", "ben 1"}, []string{"ada yes"}, "", "0 of 0", "0 of 0"},
		{"an adjudicator says who", []int{0, 1}, []string{"ada 0", "ben 1"}, []string{"ada yes"}, "1", "1 of 1", "1 of 1"},
		{"they differ on the code too", []int{0, 1}, []string{"ada 0", "ben 1"}, []string{"ada yes", "ben no"}, "", "0 of 0 to 1, code", "1 of 1"},
		{"both code", []int{0, 1}, []string{"ada 0", "ben 1"}, []string{"ada yes", "ben yes"}, "", "1 of 1", "1 of 1"},
		{"nobody coded", []int{0, 1}, []string{"ada 0", "ben 1"}, nil, "", "0 of 0", "1 of 1"},
		{"it does not apply", []int{0, 1}, []string{"ada 0", "ben 1"}, []string{"ada no"}, "", "0 of 0", "1 of 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 3)
			m.save(m.seal("ada", file("adjudicators: judge")))
			at := m.at(0, m.readings[m.articles[0].Key].Statements[0].Content...)
			for _, i := range tt.counts {
				m.save(m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, i, false), Answer: recount.Yes}))
			}
			speaker := func(s string) *recount.SpeakerRef {
				if s == "-" {
					return nil
				}
				r := m.ref(0, int(s[0]-'0'), false)
				return &r
			}
			var steps []step
			by := map[string]string{}
			for _, x := range tt.said {
				f := strings.Fields(x)
				by[f[0]] = f[1]
				steps = append(steps, step{f[0], recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.Indirect, Speaker: speaker(f[1])}})
			}
			for _, x := range tt.coded {
				f := strings.Fields(x)
				steps = append(steps, step{f[0], recount.CodeBody{Code: "fear", At: at, Speaker: *speaker(by[f[0]]), Answer: recount.YesNo(f[1])}})
			}
			if tt.adjudge != "" {
				steps = append(steps, step{"judge", recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.Indirect, Speaker: speaker(tt.adjudge)}})
			}
			c := m.follow(steps...)
			if got := counted(t, c, `"fear" in codes`); got != tt.want {
				t.Errorf("with the code: %s, want %s", got, tt.want)
			}
			if got := counted(t, c, `statements > 0`); got != tt.all {
				t.Errorf("with a statement: %s, want %s", got, tt.all)
			}
		})
	}
}

// Every link that a count asks about is in the list of links, also between two
// speakers of one original.
func TestOpenLinksAreListed(t *testing.T) {
	m := reprinted(t)
	a, b := m.readings[m.articles[0].Key].Speakers[0].Key(), m.readings[m.articles[1].Key].Speakers[0].Key()
	if err := m.store.ReplaceSuggestions(t.Context(), []recount.Suggestion{{A: min(a, b), B: max(a, b), Weight: 100, Probability: 900}}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		steps []step
		want  int
	}{
		{"one of them counts", nil, 0},
		{"both count", []step{{"ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}}}, 1},
		{"it is unclear whether one counts", []step{{"ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}}, {"ben", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.No}}}, 1},
		{"answered", []step{{"ada", recount.LinkBody{A: m.ref(0, 0, false), B: m.ref(1, 0, false), Answer: recount.Same}}}, 0},
	} {
		c := m.follow(tt.steps...)
		asked, listed := 0, 0
		for _, q := range c.Open() {
			if q.What == "link" {
				asked++
			}
		}
		pairs, err := c.Pairs(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			if p.Asked() {
				listed++
			}
		}
		if asked != tt.want || listed != tt.want || c.OpenLinks() != tt.want {
			t.Errorf("%s: %d asked, %d listed, %d counted; want %d", tt.name, asked, listed, c.OpenLinks(), tt.want)
		}
	}
}

// A rule that this program does not have, as a newer one may, is listed.
func TestRuleThatNobodyHas(t *testing.T) {
	m := newStudy(t, 1, 1)
	m.save(m.seal("ada", recount.RuleBody{Rule: "foo", On: true, Standing: true}))
	found := m.open().Findings()
	if len(found) != 1 || found[0].What != "unknown" || !strings.Contains(found[0].Text, `no rule named "foo"`) {
		t.Errorf("found %+v, want the rule", found)
	}
}

// An answer that contradicts what others join stays a contradiction when
// somebody else contests it.
func TestContradictionThatIsContested(t *testing.T) {
	m := newStudy(t, 4, 1)
	for i := range 4 {
		m.save(m.seal("zoe", recount.ScopeBody{Speaker: m.ref(i, 0, false), Answer: recount.Yes}))
	}
	link := func(who string, a, b int, answer recount.Sameness) step {
		return step{who, recount.LinkBody{A: m.ref(a, 0, false), B: m.ref(b, 0, false), Answer: answer}}
	}
	const same, different, unsure = recount.Same, recount.Different, recount.Unsure
	torn := []step{link("ada", 0, 1, same), link("ada", 1, 2, same), link("ada", 0, 2, different), link("ada", 2, 3, different), link("ada", 0, 3, different)}
	and := func(more ...step) []step { return append(slices.Clone(torn), more...) }
	base := m
	for _, tt := range []struct {
		name  string
		steps []step
		want  string
		torn  bool
	}{
		{"one person contradicts herself", torn, "2 of 2 to 3, contradiction", true},
		{"another contests the one answer", and(link("bob", 0, 2, same)), "2 of 2 to 3, contradiction", true},
		{"is unsure of it", and(link("bob", 0, 2, unsure)), "2 of 2 to 3, contradiction", true},
		{"two contest it", and(link("bob", 0, 2, same), link("cy", 0, 2, same)), "2 of 2 to 3, contradiction", true},
		{"one contests it and one says so too", and(link("bob", 0, 2, same), link("cy", 0, 2, different)), "2 of 2 to 3, contradiction", true},
		{"the other way round", and(link("bob", 2, 0, same)), "2 of 2 to 3, contradiction", true},
		{"contested before the chain is whole", []step{torn[0], torn[2], link("bob", 0, 2, same), torn[1], torn[3], torn[4]}, "2 of 2 to 3, contradiction", true},
		{"an adjudicator says that they are one", and(link("bob", 0, 2, same), link("judge", 0, 2, same)), "2 of 2", false},
		{"adjudicators differ", and(link("judge", 0, 2, same), link("jury", 0, 2, different)), "2 of 2 to 3, contradiction", true},
		{"all come round", []step{torn[0], torn[1], link("ada", 0, 2, same), link("bob", 0, 2, same), torn[3], torn[4]}, "2 of 2", false},
		{"of a chain that is contested too", and(link("bob", 0, 2, same), link("bob", 0, 1, different)), "3 of 2 to 3, link", false},
		{"one of the chain is contested", and(link("bob", 0, 1, different)), "3 of 2 to 3, contradiction", false},
		{"and the one against it too", and(link("bob", 0, 1, different), link("bob", 0, 2, different)), "3 of 2 to 3, contradiction", false},
		{"somebody is unsure of one of the chain", and(link("bob", 1, 2, unsure)), "3 of 2 to 3, contradiction", false},
		{"an adjudicator says of it that they are one", and(link("bob", 0, 1, different), link("judge", 0, 1, same)), "2 of 2 to 3, contradiction", true},
		{"without a chain", []step{torn[0], torn[3], torn[4], link("ada", 0, 2, different), link("bob", 0, 2, same)}, "3 of 2 to 3, link", false},
		{"in a chain of three answers", []step{link("ada", 0, 1, same), link("ada", 1, 2, same), link("ada", 2, 3, same), link("ada", 0, 3, different), link("bob", 0, 3, same)}, "1 of 1 to 2, contradiction", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 4, 1)
			m.salt = base.salt
			m.save(m.seal("ada", file("adjudicators: judge jury")))
			for i := range 4 {
				m.save(m.seal("zoe", recount.ScopeBody{Speaker: m.ref(i, 0, false), Answer: recount.Yes}))
			}
			c := m.follow(tt.steps...)
			if got := counted(t, c, ""); got != tt.want {
				t.Errorf("people: %s, want %s", got, tt.want)
			}
			if torn := slices.ContainsFunc(c.Findings(), func(f recount.Finding) bool { return f.What == "contradiction" }); torn != tt.torn {
				t.Errorf("a contradiction is listed: %v, want %v", torn, tt.torn)
			}
		})
	}
}

// People who call a speaker different kinds leave a question with a range, and the
// strictest of the tiers that follow from the kinds.
func TestKindOnWhichPeopleDiffer(t *testing.T) {
	m := newStudy(t, 1, 2)
	called := func(who string, kind recount.SpeakerKind) step {
		ref := m.ref(0, 0, false)
		ref.Kind = kind
		return step{who, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}}
	}
	const named, pseudonym, anonymous = recount.Named, recount.Pseudonym, recount.Anonymous
	for _, tt := range []struct {
		name  string
		steps []step
		want  string // people who are named, of two
		tier  recount.Tier
	}{
		{"nobody corrects", nil, "2 of 2", recount.DefaultTier(named)},
		{"one does", []step{called("ada", pseudonym)}, "1 of 1", recount.DefaultTier(pseudonym)},
		{"two agree", []step{called("ada", pseudonym), called("ben", pseudonym)}, "1 of 1", recount.DefaultTier(pseudonym)},
		{"two differ", []step{called("ada", pseudonym), called("ben", named)}, "1 of 1 to 2, kind", recount.DefaultTier(pseudonym)},
		{"the other way round", []step{called("ada", named), called("ben", pseudonym)}, "2 of 1 to 2, kind", recount.DefaultTier(pseudonym)},
		{"two against one", []step{called("ada", named), called("ben", pseudonym), called("cy", pseudonym)}, "2 of 1 to 2, kind", recount.DefaultTier(pseudonym)},
		{"three kinds", []step{called("ada", named), called("ben", pseudonym), called("cy", anonymous)}, "2 of 1 to 2, kind", recount.DefaultTier(pseudonym).Stricter(recount.DefaultTier(anonymous))},
		{"two who both say not named", []step{called("ada", anonymous), called("ben", pseudonym)}, "1 of 1", recount.DefaultTier(pseudonym).Stricter(recount.DefaultTier(anonymous))},
		{"an adjudicator says", []step{called("ada", named), called("ben", pseudonym), called("judge", named)}, "2 of 2", recount.DefaultTier(named)},
		{"an adjudicator says a third", []step{called("ada", named), called("ben", pseudonym), called("judge", anonymous)}, "1 of 1", recount.DefaultTier(anonymous)},
		{"adjudicators differ", []step{called("ada", named), called("jury", pseudonym), called("judge", named)}, "1 of 1 to 2, kind", recount.DefaultTier(pseudonym)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			m.save(m.seal("ada", file("adjudicators: judge jury")))
			for i := range 2 {
				m.save(m.seal("zoe", recount.ScopeBody{Speaker: m.ref(0, i, false), Answer: recount.Yes}))
			}
			c := m.follow(tt.steps...)
			if got := counted(t, c, `kind == "named"`); got != tt.want {
				t.Errorf("named: %s, want %s", got, tt.want)
			}
			if got := counted(t, c, ""); got != "2 of 2" {
				t.Errorf("people: %s, want 2", got)
			}
			for _, x := range c.Members() {
				if strings.HasPrefix(x.Speaker.Name, "Ana") && x.Tier != tt.tier {
					t.Errorf("tier %s, want %s", x.Tier, tt.tier)
				}
			}
		})
	}
}
