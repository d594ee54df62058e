package recount

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// page is an article in which Ana and Bo speak.
func page(name, text string) *Article {
	return &Article{Key: KeyOf(name, text), Name: name, Text: text, Extractor: "t/1"}
}

func pagesOf(articles ...*Article) *Pages {
	return NewPages(articles, func(Key) string { return "" })
}

// say seals a decision for tests.
func say(t testing.TB, kind Kind, actor string, minute int, body any, replaces ...string) Decision {
	t.Helper()
	d, err := Seal(Draft{Kind: kind, Study: "s", Actor: actor, Time: noon.Add(time.Duration(minute) * time.Minute), Salt: fmt.Sprint("salt", minute), Replaces: replaces, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ref(a *Article, words string) SpeakerRef {
	i := strings.Index(a.Text, words)
	return SpeakerRef{At: AnchorAt(a, NewCodePoints(a.Text), Span{i, i + len(words)}), Name: words, Kind: Named, Gender: UnknownGender}
}

func nobody(string) []string { return nil }

func TestSealedDecisionChecks(t *testing.T) {
	a := page("a.html", "Ana said no.")
	d := say(t, KindScope, "ana", 1, ScopeBody{Speaker: ref(a, "Ana"), Answer: Yes})
	if err := d.Check(); err != nil {
		t.Fatalf("Check of a sealed decision: %v", err)
	}
	line, err := d.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var back Decision
	if err := json.Unmarshal(line, &back); err != nil || back.Check() != nil {
		t.Fatalf("a decision that was written and read does not check: %v, %v", err, back.Check())
	}
	// Every flipped character of the line either breaks the JSON or is found.
	for i := range line {
		flipped := slices.Clone(line)
		flipped[i] ^= 1
		var bad Decision
		if json.Unmarshal(flipped, &bad) != nil {
			continue
		}
		if bad.Check() == nil {
			again, err := bad.MarshalJSON()
			if err == nil && string(again) == string(line) {
				continue // the flip changed nothing that is read
			}
			t.Errorf("flipping byte %d of the line is not found: %s", i, flipped)
		}
	}
}

func TestCommitmentSurvivesErasure(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	was := d.Erasable
	d.Erasable = nil
	if err := d.Check(); err != nil {
		t.Errorf("Check of an erased decision: %v", err)
	}
	c, err := was.Commit()
	if err != nil || c != d.Commitment {
		t.Errorf("the commitment %s does not fit what was erased (%s, %v)", d.Commitment, c, err)
	}
	other := &Erasable{Salt: was.Salt, Reason: "another", Body: was.Body}
	if c, _ := other.Commit(); c == d.Commitment {
		t.Error("another reason has the same commitment")
	}
}

func TestReplayLiveness(t *testing.T) {
	a := page("a.html", "Ana said no.")
	body := func(answer string) ScopeBody { return ScopeBody{Speaker: ref(a, "Ana"), Answer: answer} }
	yes := say(t, KindScope, "ana", 1, body(Yes))
	no := say(t, KindScope, "ana", 2, body(No), yes.ID)
	undo := say(t, KindRetract, "ana", 3, struct{}{}, no.ID)
	foreign := say(t, KindScope, "bo", 4, body(No), yes.ID)
	study := say(t, KindFile, "ana", 5, FileBody{Name: "study.yaml", Content: "settles: cy"})
	settled := say(t, KindScope, "cy", 6, body(Unclear), yes.ID)
	tests := []struct {
		name string
		set  []Decision
		live []Decision
	}{
		{"one answer holds", []Decision{yes}, []Decision{yes}},
		{"a changed mind replaces", []Decision{yes, no}, []Decision{no}},
		{"taking the change back brings the first answer back", []Decision{yes, no, undo}, []Decision{yes, undo}},
		{"somebody else replaces nothing", []Decision{yes, foreign}, []Decision{yes, foreign}},
		{"an adjudicator does", []Decision{yes, study, settled}, []Decision{study, settled}},
		{"who is not named as one does not", []Decision{yes, settled}, []Decision{yes, settled}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := Replay("s", tt.set, func(content string) []string {
				return strings.Fields(strings.TrimPrefix(content, "settles: "))
			})
			var want []string
			for _, d := range tt.live {
				want = append(want, d.ID)
			}
			slices.Sort(want)
			var got []string
			for id := range l.Live {
				got = append(got, id)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("live decisions: got %.8v, want %.8v", got, want)
			}
		})
	}
}

func TestDecisionWaitsForItsBase(t *testing.T) {
	first := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	seal := func(base string, n int) Decision {
		d, err := Seal(Draft{Kind: KindRule, Study: "s", Actor: "ana", Time: noon, Salt: fmt.Sprint(n), Base: []string{base}, Body: RuleBody{Rule: fmt.Sprint(n)}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	second := seal(first.ID, 2)
	third := seal(second.ID, 3)
	l := Replay("s", []Decision{second, third}, nobody)
	if len(l.Live) != 0 || len(l.Waiting) != 2 {
		t.Errorf("without its base: %d live, %d waiting; want 0 and 2, for what builds on one that waits waits too", len(l.Live), len(l.Waiting))
	}
	l = Replay("s", []Decision{third, second, first}, nobody)
	if len(l.Live) != 3 || len(l.Waiting) != 0 {
		t.Errorf("with its base: %d live, %d waiting; want 3 and 0", len(l.Live), len(l.Waiting))
	}
}

// The state is a function of the set: any order of arrival, and any decision
// twice, gives the same.
func TestReplayIsAFunctionOfTheSet(t *testing.T) {
	a := page("a.html", "Ana said no. Bo said yes. Cy said nothing.")
	rnd := rand.New(rand.NewPCG(1, 2))
	var set []Decision
	for i := range 60 {
		var replaces []string
		if len(set) > 0 && rnd.IntN(2) == 0 {
			replaces = []string{set[rnd.IntN(len(set))].ID}
		}
		who := []string{"Ana", "Bo", "Cy"}[rnd.IntN(3)]
		set = append(set, say(t, KindScope, []string{"x", "y"}[rnd.IntN(2)], i, ScopeBody{Speaker: ref(a, who), Answer: []string{Yes, No, Unclear}[rnd.IntN(3)]}, replaces...))
	}
	state := func(set []Decision) string {
		l := Replay("s", set, nobody)
		items, findings := l.Items(pagesOf(a))
		out := fmt.Sprint(findings)
		for _, it := range items {
			v, ok := it.Settled(l)
			out += fmt.Sprint(it.Key, len(it.Answers), v.Value, ok)
		}
		return out
	}
	want := state(set)
	for range 50 {
		shuffled := append(slices.Clone(set), set[rnd.IntN(len(set))])
		rnd.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := state(shuffled); got != want {
			t.Fatalf("another order of arrival gives another state:\n%s\n%s", got, want)
		}
	}
}

func TestConflictsAndDisagreements(t *testing.T) {
	a := page("a.html", "Ana said no.")
	body := func(answer string) ScopeBody { return ScopeBody{Speaker: ref(a, "Ana"), Answer: answer} }
	tests := []struct {
		name string
		set  []Decision
		what []string
	}{
		{"one actor, two live answers", []Decision{say(t, KindScope, "ana", 1, body(Yes)), say(t, KindScope, "ana", 2, body(No))}, []string{"conflict"}},
		{"two actors, two answers", []Decision{say(t, KindScope, "ana", 1, body(Yes)), say(t, KindScope, "bo", 2, body(No))}, []string{"disagreement"}},
		{"two actors, one answer", []Decision{say(t, KindScope, "ana", 1, body(Yes)), say(t, KindScope, "bo", 2, body(Yes))}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := Replay("s", tt.set, nobody).Items(pagesOf(a))
			var got []string
			for _, f := range findings {
				got = append(got, f.What)
			}
			if !slices.Equal(got, tt.what) {
				t.Errorf("findings: got %v, want %v", got, tt.what)
			}
		})
	}
}

func TestLinkHasNoDirection(t *testing.T) {
	a, b := page("a.html", "Ana said no."), page("b.html", "Anna said no.")
	one := say(t, KindLink, "x", 1, LinkBody{A: ref(a, "Ana"), B: ref(b, "Anna"), Answer: Same})
	two := say(t, KindLink, "y", 2, LinkBody{A: ref(b, "Anna"), B: ref(a, "Ana"), Answer: Different})
	items, findings := Replay("s", []Decision{one, two}, nobody).Items(pagesOf(a, b))
	if len(items) != 1 || len(findings) != 1 || findings[0].What != "disagreement" {
		t.Errorf("got %d items and findings %v; want one item that two people answered differently", len(items), findings)
	}
}

func TestForeignDecisionsDoNotHold(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	if l := Replay("another", []Decision{d}, nobody); len(l.Live) != 0 || !slices.Equal(l.Foreign, []string{d.ID}) {
		t.Errorf("a decision of another study: live %v, foreign %v", l.Live, l.Foreign)
	}
}

func TestErasedTwinErases(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	gone := d
	gone.Erasable = nil
	for _, set := range [][]Decision{{d, gone}, {gone, d}} {
		if l := Replay("s", set, nobody); len(l.Erased) != 1 || l.Decisions[0].Erasable != nil {
			t.Error("a decision and its erased twin: the answer is still there")
		}
	}
}

func TestDecisionOfNewerFormat(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x"})
	d.V = 2
	if err := d.Check(); !errors.Is(err, ErrNewer) {
		t.Errorf("Check of format 2 = %v; want ErrNewer", err)
	}
}
