package casebook_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
)

// What coders answer in a round of calibration trains them, and changes
// nothing else.
func TestCalibrationChangesNothing(t *testing.T) {
	m := newStudy(t, 4, 3)
	page := m.articles[0].Name
	ref, other := m.ref(0, 0, false), m.ref(1, 0, false)
	content := m.at(0, m.readings[m.articles[0].Key].Statements[0].Content...)
	m.save(m.seal("ada", recount.ScopeBody{Speaker: other, Answer: recount.Yes, Criteria: map[string]string{}}),
		m.seal(recount.DefaultActor, recount.RuleBody{Rule: recount.FoldReprints, On: true, Standing: true}),
		m.seal(recount.DefaultActor, recount.RuleBody{Rule: recount.SetAside, On: true, Standing: true}))
	// The hash names the decisions that hold, these among them.
	say := func() string {
		text, _, _ := strings.Cut(dump(t, m.open()), "\nhash ")
		return text
	}
	was := say()
	for i, pair := range [][2]recount.Answer{
		{recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}}, recount.ScopeBody{Speaker: ref, Answer: recount.No, Criteria: map[string]string{}}},
		{recount.CriterionBody{Speaker: ref, Criterion: "left", Answer: recount.Yes}, recount.CriterionBody{Speaker: ref, Criterion: "left", Answer: recount.No}},
		{recount.LinkBody{A: ref, B: other, Answer: recount.Same}, recount.LinkBody{A: other, B: ref, Answer: recount.Different}},
		{recount.StatementBody{Answer: recount.Accepted, At: content, Speaker: &ref}, recount.StatementBody{Answer: recount.Rejected, At: content}},
		{recount.CodeBody{Code: "pay", At: content, Speaker: other, Answer: recount.Yes}, recount.CodeBody{Code: "pay", At: content, Speaker: other, Answer: recount.No}},
		{recount.ValueBody{Speaker: other, Variable: "country", Value: "Orlund"}, recount.ValueBody{Speaker: other, Variable: "country", Value: "Sudrecia"}},
		{recount.DateBody{Page: page, Published: "2014"}, recount.DateBody{Page: page, Published: "2015"}},
		{recount.PageBody{Page: page, Field: recount.OutletField, Value: "A"}, recount.PageBody{Page: page, Field: recount.OutletField, Value: "B"}},
		{recount.ScreenBody{Page: page, Answer: recount.Yes}, recount.ScreenBody{Page: page, Answer: recount.No}},
		{recount.RoleBody{At: content, Role: recount.Body}, recount.RoleBody{At: content, Role: recount.OffTopic}},
		{recount.RuleBody{Rule: recount.FoldReprints, On: true, Standing: true}, recount.RuleBody{Rule: recount.FoldReprints, Standing: true}},
		{recount.RuleBody{Rule: recount.SetAside, Standing: true}, recount.RuleBody{Rule: recount.SetAside, Standing: true}},
		{recount.RelationBody{Page: page, Of: m.articles[1].Name, Answer: recount.Yes}, recount.RelationBody{Page: page, Of: m.articles[1].Name, Answer: recount.No}},
		{recount.PassageBody{Code: "pay", At: content, Speaker: &other, Answer: recount.Yes}, recount.PassageBody{Code: "pay", At: content, Answer: recount.Yes}},
		{recount.CodebookBody{Op: recount.MoveCode, Code: "pay", To: []string{"work"}}, recount.CodebookBody{Op: recount.MergeCode, Code: "pay", To: []string{"work"}}},
		{recount.OwnerBody{Outlet: "A", Owner: "B"}, recount.OwnerBody{Outlet: "A", Owner: "C"}},
		{recount.SpeakerBody{Answer: recount.Rejected, Speaker: other}, recount.SpeakerBody{Answer: recount.Accepted, Speaker: other}},
	} {
		for k, a := range pair {
			m.salt++
			d, err := recount.Seal(recount.Draft{Kind: a.Kind(), Study: "s", Actor: []string{"ada", "ben"}[k], Round: "calibration", Time: began, Salt: fmt.Sprint(m.salt), Body: a})
			if err != nil {
				t.Fatal(err)
			}
			m.save(d)
			if now := say(); now != was {
				t.Fatalf("pair %d: a %s in a round of calibration changed the study:\n%s", i, a.Kind(), now)
			}
		}
	}
}

// Who becomes an adjudicator, or is none any more, changes what holds wherever
// people disagree, in a study that is open as in one that is opened then.
func TestAdjudicatorsComeAndGo(t *testing.T) {
	m := newStudy(t, 4, 3)
	page := m.articles[0].Name
	ref, other, third := m.ref(0, 0, false), m.ref(1, 0, false), m.ref(2, 1, false)
	content := m.at(0, m.readings[m.articles[0].Key].Statements[0].Content...)
	pairs := [][2]recount.Answer{
		{recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}}, recount.ScopeBody{Speaker: ref, Answer: recount.No, Criteria: map[string]string{}}},
		{recount.CriterionBody{Speaker: third, Criterion: "left", Answer: recount.Yes}, recount.CriterionBody{Speaker: third, Criterion: "left", Answer: recount.No}},
		{recount.LinkBody{A: ref, B: other, Answer: recount.Same}, recount.LinkBody{A: other, B: ref, Answer: recount.Different}},
		{recount.StatementBody{Answer: recount.Accepted, At: content, Speaker: &ref}, recount.StatementBody{Answer: recount.Rejected, At: content}},
		{recount.CodeBody{Code: "pay", At: content, Speaker: ref, Answer: recount.Yes}, recount.CodeBody{Code: "pay", At: content, Speaker: ref, Answer: recount.No}},
		{recount.ValueBody{Speaker: ref, Variable: "country", Value: "Orlund"}, recount.ValueBody{Speaker: ref, Variable: "country", Value: "Sudrecia"}},
		{recount.DateBody{Page: page, Published: "2014"}, recount.DateBody{Page: page, Published: "2015"}},
		{recount.PageBody{Page: page, Field: recount.OutletField, Value: "A"}, recount.PageBody{Page: page, Field: recount.OutletField, Value: "B"}},
		{recount.ScreenBody{Page: page, Answer: recount.Yes}, recount.ScreenBody{Page: page, Answer: recount.No}},
		{recount.RoleBody{At: content, Role: recount.Body}, recount.RoleBody{At: content, Role: recount.OffTopic}},
		{recount.RelationBody{Page: page, Of: m.articles[1].Name, Answer: recount.Yes}, recount.RelationBody{Page: page, Of: m.articles[1].Name, Answer: recount.No}},
		{recount.RuleBody{Rule: recount.FoldReprints, On: true}, recount.RuleBody{Rule: recount.FoldReprints}},
		{recount.SpeakerBody{Answer: recount.Accepted, Speaker: third}, recount.SpeakerBody{Answer: recount.Rejected, Speaker: third}},
	}
	m.save(m.seal("cleo", recount.ScopeBody{Speaker: other, Answer: recount.Yes, Criteria: map[string]string{}}))
	for i, pair := range pairs {
		t.Run(fmt.Sprint(i, pair[0].Kind()), func(t *testing.T) {
			m.save(m.seal("ada", pair[0]), m.seal("ben", pair[1]))
			open := m.open()
			for _, who := range []string{"ada", "ben", "nobody"} {
				m.save(m.seal("cleo", file("adjudicators: "+who)))
				if _, err := open.Refresh(context.Background()); err != nil {
					t.Fatal(err)
				}
				if one, once := dump(t, open), dump(t, m.open()); one != once {
					t.Fatalf("with %s as adjudicator the open study says\n%s\nand one opened now\n%s", who, one, once)
				}
			}
		})
	}
}

// What coders answered is known after it was settled: agreement is computed
// from it.
func TestGivenBefore(t *testing.T) {
	m := newStudy(t, 2, 2)
	ref := m.ref(0, 0, false)
	scope := func(a recount.YesNo) recount.Answer {
		return recount.ScopeBody{Speaker: ref, Answer: a, Criteria: map[string]string{}}
	}
	in := func(d recount.Decision, round string) recount.Decision {
		b, err := d.Decode()
		if err != nil {
			t.Fatal(err)
		}
		at, _ := time.Parse(time.RFC3339, d.Time)
		out, err := recount.Seal(recount.Draft{Kind: d.Kind, Study: "s", Actor: d.Actor, Time: at, Salt: d.Erasable.Salt, Round: round, Replaces: d.Replaces, Body: b})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	retract := func(of recount.Decision) recount.Decision {
		d, err := recount.Seal(recount.Draft{Kind: recount.KindRetract, Study: "s", Actor: of.Actor, Time: began, Salt: "r", Base: []string{of.ID}, Replaces: []string{of.ID}, Body: recount.RetractBody{}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	judge := m.seal("ada", file("adjudicators: judge"))
	ada, ben := m.seal("ada", scope(recount.Yes)), m.seal("ben", scope(recount.No))
	settled := m.seal("judge", scope(recount.Yes), ada.ID, ben.ID) // as version 0.1 did: it replaces both
	beside := m.seal("judge", scope(recount.Yes))
	changed := m.seal("ada", scope(recount.Unclear), ada.ID)
	first := in(m.seal("ada", scope(recount.No)), "one")
	second := in(m.seal("ada", scope(recount.Yes), first.ID), "two")
	training := in(m.seal("ben", scope(recount.Yes)), "calibration-1")
	tests := []struct {
		name  string
		round string
		ds    []recount.Decision
		want  []string
	}{
		{"two coders", "", []recount.Decision{ada, ben}, []string{"ada yes", "ben no"}},
		{"settled by one that replaces both", "", []recount.Decision{ada, ben, settled}, []string{"ada yes", "ben no"}},
		{"settled by one beside them", "", []recount.Decision{ada, ben, beside}, []string{"ada yes", "ben no"}},
		{"a changed mind", "", []recount.Decision{ada, ben, changed}, []string{"ada unclear", "ben no"}},
		{"taken back", "", []recount.Decision{ada, ben, retract(ben)}, []string{"ada yes"}},
		{"a retraction that is taken back", "", []recount.Decision{ada, retract(ada), retract(retract(ada))}, []string{"ada yes"}},
		{"two rounds, the newer holds", "", []recount.Decision{first, second}, []string{"ada yes"}},
		{"the older round alone", "one", []recount.Decision{first, second}, []string{"ada no"}},
		{"calibration stays out", "", []recount.Decision{ada, training}, []string{"ada yes"}},
		{"and comes in by name", "calibration-1", []recount.Decision{ada, training}, []string{"ben yes"}},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 2, 2)
			m.save(append([]recount.Decision{judge}, tt.ds...)...)
			given, err := m.open().GivenBefore(context.Background(), tt.round, recount.KindScope)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			questions := map[string]bool{}
			for _, g := range given {
				got = append(got, g.Actor+" "+g.Answer.Says())
				questions[g.Question] = true
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) || len(questions) != 1 {
				t.Errorf("case %d: given are %v to %d questions, want %v to one", i, got, len(questions), tt.want)
			}
		})
	}
}

// TestGivenFirst: what coders answered before one of them can have heard of the other.
func TestGivenFirst(t *testing.T) {
	m := newStudy(t, 2, 2)
	ref := m.ref(0, 0, false)
	scope := func(a recount.YesNo) recount.Answer {
		return recount.ScopeBody{Speaker: ref, Answer: a, Criteria: map[string]string{}}
	}
	tests := []struct {
		name    string
		given   string // in order: coder, answer; < replaces one's own, - takes it back, = at the moment of the one before
		want    string
		changed int
	}{
		{"two coders", "ada yes, ben no", "ada yes, ben no", 0},
		{"one coder who changes", "ada yes, ada< no", "ada no", 0},
		{"changed before the other answered", "ada yes, ada< no, ben no", "ada no, ben no", 0},
		{"changed after the other answered", "ada yes, ben no, ada< no", "ada yes, ben no", 1},
		{"changed at the moment at which the other answered", "ada yes, ben no, ada<= no", "ada yes, ben no", 1},
		{"the later one changes", "ada yes, ben no, ben< yes", "ada yes, ben no", 1},
		{"both change, each to the other's", "ada yes, ben no, ada< no, ben< yes", "ada yes, ben no", 2},
		{"there and back", "ada yes, ben no, ada< no, ada< yes", "ada yes, ben no", 0},
		{"changed twice, once before", "ada yes, ada< unclear, ben no, ada< no", "ada unclear, ben no", 1},
		{"taken back after the other answered", "ada yes, ben no, ada-", "ada yes, ben no", 1},
		{"taken back before", "ada yes, ada-, ben no", "ben no", 0},
		{"taken back and given anew after", "ada yes, ada-, ben no, ada no", "ben no", 1},
		{"three coders, the third comes late and changes", "ada yes, ben no, cem yes, cem< no", "ada yes, ben no, cem yes", 1},
		{"three coders, changed between the second and the third", "ada yes, ben no, ada< no, cem no", "ada yes, ben no, cem no", 1},
		{"confirmed with the same words", "ada yes, ben no, ada< yes", "ada yes, ben no", 0},
		{"an adjudicator is not one of them", "ada yes, judge no, ada< no, ben no", "ada no, ben no", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 2, 2)
			m.save(m.seal("ada", file("adjudicators: judge")))
			own := map[string][]string{}
			for i, g := range strings.Split(tt.given, ", ") {
				name, answer, _ := strings.Cut(g, " ")
				actor := strings.TrimRight(name, "<-=")
				x := recount.Draft{Kind: recount.KindScope, Study: "s", Actor: actor, Time: began.Add(time.Duration(i) * time.Minute), Salt: fmt.Sprint("g", i), Body: scope(recount.YesNo(answer))}
				if strings.Contains(name, "=") {
					x.Time = x.Time.Add(-time.Minute)
				}
				if strings.Contains(name, "-") {
					x.Kind, x.Body, x.Base = recount.KindRetract, recount.RetractBody{}, own[actor][len(own[actor])-1:]
				}
				if strings.ContainsAny(name, "<-") {
					x.Replaces = slices.Clone(own[actor])
				}
				d, err := recount.Seal(x)
				if err != nil {
					t.Fatal(err)
				}
				m.save(d)
				own[actor] = append(own[actor], d.ID)
			}
			_, given, changed, err := m.open().GivenFirst(context.Background(), "", recount.KindScope)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, g := range given {
				got = append(got, g.Actor+" "+g.Answer.Says())
			}
			slices.Sort(got)
			if s := strings.Join(got, ", "); s != tt.want || changed != tt.changed {
				t.Errorf("first given are %s with %d changed, want %s with %d", s, changed, tt.want, tt.changed)
			}
		})
	}
}

// TestGivenFirstInARound: who answered in an earlier round gives the first answer of
// this one, although it takes the place of that.
func TestGivenFirstInARound(t *testing.T) {
	m := newStudy(t, 2, 2)
	ref := m.ref(0, 0, false)
	var ids []string
	for i, x := range []struct{ actor, round, answer string }{{"ada", "one", recount.No}, {"ben", "two", recount.Yes}, {"ada", "two", recount.Yes}} {
		d := recount.Draft{Kind: recount.KindScope, Study: "s", Actor: x.actor, Round: x.round, Time: began.Add(time.Duration(i) * time.Minute), Salt: fmt.Sprint("r", i),
			Body: recount.ScopeBody{Speaker: ref, Answer: recount.YesNo(x.answer), Criteria: map[string]string{}}}
		if i == 2 {
			d.Replaces = ids[:1]
		}
		sealed, err := recount.Seal(d)
		if err != nil {
			t.Fatal(err)
		}
		m.save(sealed)
		ids = append(ids, sealed.ID)
	}
	_, given, changed, err := m.open().GivenFirst(context.Background(), "two", recount.KindScope)
	if err != nil || len(given) != 2 || changed != 0 {
		t.Errorf("%d answers with %d changed, %v; want those of two coders and none changed", len(given), changed, err)
	}
}

// What is said of one subject at once is one answer given singly, however many
// decisions it is; only a group over several is a group over a list.
func TestGrouped(t *testing.T) {
	m := newStudy(t, 4, 3)
	var refs []recount.SpeakerRef
	var said []recount.Anchor
	for i := range 3 {
		refs = append(refs, m.ref(i, 0, false))
		said = append(said, m.at(i, m.readings[m.articles[i].Key].Statements[0].Content...))
	}
	again := m.at(0, m.readings[m.articles[0].Key].Statements[1].Content...)
	scope := func(i int, a recount.YesNo) recount.Answer {
		return recount.ScopeBody{Speaker: refs[i], Answer: a, Criteria: map[string]string{}}
	}
	criterion := func(i int, name string) recount.Answer {
		return recount.CriterionBody{Speaker: refs[i], Criterion: name, Answer: recount.Yes, Evidence: &said[i]}
	}
	says := func(at recount.Anchor, i int) recount.Answer {
		return recount.StatementBody{Answer: recount.Accepted, At: at, Speaker: &refs[i]}
	}
	code := func(at recount.Anchor, i int, name string) recount.Answer {
		return recount.CodeBody{Code: name, At: at, Speaker: refs[i], Answer: recount.Yes}
	}
	page := func(i int, part string, f recount.PageField) recount.Answer {
		return recount.PageBody{Page: m.articles[i].Name, Part: part, Field: f, Value: "A"}
	}
	link := func(i, k int) recount.Answer {
		return recount.LinkBody{A: refs[i], B: refs[k], Answer: recount.Same}
	}
	erased := func(ds []recount.Decision, which ...int) []recount.Decision {
		for _, i := range which {
			ds[i].Erasable = nil
		}
		return ds
	}
	at := func(group string, as ...recount.Answer) (out []recount.Decision) {
		for _, a := range as {
			m.salt++
			d, err := recount.Seal(recount.Draft{Kind: a.Kind(), Study: "s", Actor: "ada", Group: group, Time: began, Salt: fmt.Sprint("salt", m.salt), Body: a})
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, d)
		}
		return out
	}
	changed := func(ds []recount.Decision, of ...recount.Decision) []recount.Decision {
		for _, d := range of {
			a, err := d.Decode()
			if err != nil {
				t.Fatal(err)
			}
			ds = append(ds, m.seal("ada", a, d.ID))
		}
		return ds
	}
	list := at("list", scope(0, recount.Yes), criterion(0, "left"), scope(1, recount.Yes), criterion(1, "left"))
	one := at("one", scope(0, recount.Yes), criterion(0, "left"))
	tests := []struct {
		name            string
		ds              []recount.Decision
		singly, grouped int
	}{
		{"nothing", nil, 0, 0},
		{"no group", at("", scope(0, recount.Yes), scope(1, recount.No)), 2, 0},
		{"a speaker and a criterion by one key", at("g", scope(0, recount.Yes), criterion(0, "left")), 1, 0},
		{"a speaker and three criteria", at("g", scope(0, recount.No), criterion(0, "left"), criterion(0, "worked"), criterion(0, "adult")), 1, 0},
		{"three speakers, one by one", slices.Concat(at("g", scope(0, recount.Yes), criterion(0, "left")), at("h", scope(1, recount.No), criterion(1, "left")), at("i", scope(2, recount.No))), 3, 0},
		{"three speakers as a list", at("g", scope(0, recount.Yes), scope(1, recount.Yes), scope(2, recount.Yes)), 0, 3},
		{"three speakers with a criterion each as a list", at("g", scope(0, recount.Yes), criterion(0, "left"), scope(1, recount.Yes), criterion(1, "left"), scope(2, recount.Yes), criterion(2, "left")), 0, 3},
		{"a list of one", at("g", scope(0, recount.Yes)), 1, 0},
		{"two values of one person", at("g", recount.ValueBody{Speaker: refs[0], Variable: "country", Value: "Orlund"}, recount.ValueBody{Speaker: refs[0], Variable: "age", Value: "34"}), 1, 0},
		{"one variable of two people", at("g", recount.ValueBody{Speaker: refs[0], Variable: "country", Value: "Orlund"}, recount.ValueBody{Speaker: refs[1], Variable: "country", Value: "Orlund"}), 0, 2},
		{"a statement that is accepted by its code", at("g", says(said[0], 0), code(said[0], 0, "pay")), 1, 0},
		{"two codes of one statement", at("g", code(said[0], 0, "pay"), code(said[0], 0, "fear")), 1, 0},
		{"two statements of one speaker", at("g", says(said[0], 0), says(again, 0)), 0, 2},
		{"one code for three statements", at("g", code(said[0], 0, "pay"), code(said[1], 1, "pay"), code(again, 0, "pay")), 0, 3},
		{"a statement with whom it adds", at("g", recount.SpeakerBody{Answer: recount.Accepted, Speaker: refs[0], Typed: true}, says(said[0], 0)), 1, 0},
		{"and somebody else", at("g", recount.SpeakerBody{Answer: recount.Accepted, Speaker: refs[0], Typed: true}, says(said[0], 0), scope(1, recount.No)), 0, 2},
		{"a passage that is the name itself", at("g", recount.PassageBody{Code: "pay", At: refs[0].At, Speaker: &refs[0], Answer: recount.Yes}, recount.PassageBody{Code: "fear", At: refs[0].At, Speaker: &refs[0], Answer: recount.Yes}), 1, 0},
		{"title and outlet of one page", at("g", page(0, "", recount.TitleField), page(0, "", recount.OutletField)), 1, 0},
		{"outlet and day of one page", at("g", page(0, "", recount.OutletField), recount.DateBody{Page: m.articles[0].Name, Published: "2014"}), 1, 0},
		{"the outlet of two pages", at("g", page(0, "", recount.OutletField), page(1, "", recount.OutletField)), 0, 2},
		{"the outlet of two parts of a page", at("g", page(0, "one", recount.OutletField), page(0, "two", recount.OutletField)), 0, 2},
		{"two pages screened", at("g", recount.ScreenBody{Page: m.articles[0].Name, Answer: recount.No}, recount.ScreenBody{Page: m.articles[1].Name, Answer: recount.No}), 0, 2},
		{"one pair", at("g", link(0, 1)), 1, 0},
		{"three people joined", at("g", link(0, 1), link(1, 2)), 0, 2},
		{"two speakers of a list changed since", changed(slices.Clone(list), list...), 4, 0},
		{"one speaker of a list changed since", changed(slices.Clone(list), list[:2]...), 2, 1},
		{"a part of one answer changed since", changed(slices.Clone(one), one[0]), 2, 0},
		{"one speaker of a list erased", erased(at("g", scope(0, recount.Yes), criterion(0, "left"), scope(1, recount.Yes)), 0, 1), 0, 2},
		{"all of one answer erased", erased(at("g", scope(0, recount.Yes), criterion(0, "left")), 0, 1), 1, 0},
		{"what init logged", []recount.Decision{m.seal(recount.DefaultActor, recount.RuleBody{Rule: recount.FoldReprints, On: true, Standing: true})}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := newStudy(t, 4, 3)
			n.save(tt.ds...)
			c := n.open()
			for range 2 { // what was counted once counts the same again
				if singly, grouped := c.Grouped(); singly != tt.singly || grouped != tt.grouped {
					t.Errorf("Grouped() = %d, %d; want %d, %d", singly, grouped, tt.singly, tt.grouped)
				}
			}
		})
	}
}

// What names a round is a name: what nobody sees is refused before it is saved,
// since no import would take it, and blanks do not make two rounds of one.
func TestRoundsHaveNames(t *testing.T) {
	for _, tt := range []struct{ round, want string }{
		{"", ""}, {"pilot", "pilot"}, {"coding-1", "coding-1"}, {" pilot ", "pilot"}, {"pilot\u00a01", "pilot 1"}, {"e\u0301t\u00e9", "\u00e9t\u00e9"}, {"calibration-1", "calibration-1"},
		{"pilot\t1", "-"}, {"pilot\n1", "-"}, {"pilot\u200b1", "-"}, {"pilot\x1b[31m", "-"}, {"pilot\x00", "-"}, {"pilot\xff", "-"}, {"\u202epilot", "-"}, {"  ", "-"}, {"\u2800", "-"},
		{"pilot\ufe0f", "-"}, {"\ufe0fpilot", "-"}, {"pilot\U000e0101", "-"}, {"pilot\u180d", "-"}, {"pilot\u200d", "-"}, {"\u9089\U000e0100", "\u9089\U000e0100"},
		{"Calibration-1", "-"}, {"CALIBRATION", "-"}, {"Calibration", "-"}, {"calibration", "calibration"}, {"\u0441alibration-1", "-"}, {"c\u0430libration", "-"}, {"\uff43alibration", "-"},
		{"c\u03b1libration", "-"}, {"\u044d\u0442\u0430\u043f 1", "\u044d\u0442\u0430\u043f 1"}, {"pil\u043et", "-"}, {"\u03c0\u03b9\u03bb pilot", "\u03c0\u03b9\u03bb pilot"}, {"recalibration", "recalibration"},
		{"pilot\u2028", "-"}, {strings.Repeat("a", 201), "-"},
	} {
		m := newStudy(t, 1, 1)
		ds, err := m.open().Decide(t.Context(), casebook.By{Actor: "ada", Round: tt.round}, m.sealed, casebook.Draft{Answer: recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}})
		switch {
		case tt.want == "-" && (!errors.Is(err, recount.ErrInvalid) || recount.HintOf(err) == ""):
			t.Errorf("round %.20q: %v, want it refused with a hint", tt.round, err)
		case tt.want != "-" && (err != nil || ds[0].Round != tt.want):
			t.Errorf("round %.20q: %v %v, want %q", tt.round, ds, err, tt.want)
		}
	}
}
