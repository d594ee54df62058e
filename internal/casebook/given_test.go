package casebook_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
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
