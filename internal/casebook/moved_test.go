package casebook_test

import (
	"fmt"
	"testing"
	"time"

	"recount"
)

// An answer about words that a new version of the page has no more is listed,
// until somebody moves it to other words, says again that it holds, or takes it
// back.
func TestAnswersThatWereMovedAreNoOrphans(t *testing.T) {
	for _, tt := range []struct {
		name string
		then []string // what is done after the page changed
		want int      // answers about words that are gone
	}{
		{"nothing is done", nil, 2},
		{"the statement is moved", []string{"move"}, 0}, // and its code with it
		{"the statement is given again as it was", []string{"again"}, 1},
		{"the code too", []string{"again", "code again"}, 0},
		{"the statement is taken back", []string{"back"}, 1},
		{"moved, and the code is given again", []string{"move", "code again"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 2)
			who := m.ref(0, 0, false)
			m.save(m.seal("ada", recount.ScopeBody{Speaker: who, Answer: recount.Yes}))
			old := m.add(0, 2, "Bells rang out over the harbour. ") // which had these words
			gone := recount.AnchorAt(old, recount.NewCodePoints(old.Text), span(old, "Bells rang out over the harbour", 0))
			said := recount.StatementBody{Answer: recount.Accepted, At: gone, Type: recount.Indirect, Speaker: &who}
			m.derive(false)
			newest := m.add(0, 2, "Newer. ")
			m.derive(false)
			coded := recount.CodeBody{Code: "fear", At: gone, Speaker: who, Answer: recount.Yes}
			first, code := m.seal("ada", said), m.seal("ada", coded)
			m.save(first, code)
			late := func(a recount.Answer, replaces ...string) {
				m.salt++
				d, err := recount.Seal(recount.Draft{Kind: a.Kind(), Study: "s", Actor: "ada", Time: began.AddDate(1, 0, 0).Add(time.Duration(m.salt) * time.Minute),
					Salt: fmt.Sprint("late", m.salt), Replaces: replaces, Body: a})
				if err != nil {
					t.Fatal(err)
				}
				m.save(d)
			}
			for _, what := range tt.then {
				switch what {
				case "move":
					moved := said
					moved.At, moved.Instead = recount.AnchorAt(newest, recount.NewCodePoints(newest.Text), span(newest, "the gate was shut at noon", 0)), []recount.Anchor{gone}
					late(moved, first.ID)
				case "again":
					late(said, first.ID)
				case "code again":
					late(coded, code.ID)
				case "back":
					late(recount.RetractBody{}, first.ID)
				}
			}
			c := m.open()
			n := 0
			for _, f := range c.Findings() {
				if f.What == "orphan" {
					n++
				}
			}
			if n != tt.want {
				t.Errorf("%d answers are about words that are gone, want %d: %v", n, tt.want, c.Findings())
			}
			same(t, "opened anew", dump(t, m.open()), dump(t, c))
		})
	}
}

// Where people answered who counts, criteria on which they differ are not asked
// besides.
func TestScopeIsAskedOnce(t *testing.T) {
	scope := func(a recount.YesNo) func(recount.SpeakerRef) recount.Answer {
		return func(r recount.SpeakerRef) recount.Answer { return recount.ScopeBody{Speaker: r, Answer: a} }
	}
	criterion := func(name string, a recount.YesNo) func(recount.SpeakerRef) recount.Answer {
		return func(r recount.SpeakerRef) recount.Answer {
			return recount.CriterionBody{Speaker: r, Criterion: name, Answer: a}
		}
	}
	type by struct {
		who string
		a   func(recount.SpeakerRef) recount.Answer
	}
	for _, tt := range []struct {
		name  string
		given []by
		want  int // disagreements
	}{
		{"they differ on who counts", []by{{"ada", scope(recount.Yes)}, {"ben", scope(recount.No)}}, 1},
		{"they differ on a criterion", []by{{"ada", criterion("left", recount.Yes)}, {"ben", criterion("left", recount.No)}}, 1},
		{"they differ on both", []by{{"ada", scope(recount.Yes)}, {"ben", scope(recount.No)}, {"ada", criterion("left", recount.Yes)}, {"ben", criterion("left", recount.No)}}, 1},
		{"they differ on a criterion and agree on who counts", []by{{"ada", scope(recount.Yes)}, {"ben", scope(recount.Yes)}, {"ada", criterion("left", recount.Yes)}, {"ben", criterion("left", recount.No)}}, 0},
		{"they differ on two criteria", []by{{"ada", criterion("left", recount.Yes)}, {"ben", criterion("left", recount.No)}, {"ada", criterion("speaks", recount.Yes)}, {"ben", criterion("speaks", recount.No)}}, 2},
	} {
		m := newStudy(t, 1, 1)
		var steps []step
		for _, g := range tt.given {
			steps = append(steps, step{g.who, g.a(m.ref(0, 0, false))})
		}
		c, n := m.follow(steps...), 0
		for _, f := range c.Findings() {
			if f.What == "disagreement" {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s: %d questions, want %d: %v", tt.name, n, tt.want, c.Findings())
		}
	}
}
