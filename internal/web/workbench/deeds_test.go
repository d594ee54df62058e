package workbench

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"recount"
)

// One step of a person is one deed, however many records it leaves; several
// steps are several.
func TestDeedsAreWhatSomebodyDid(t *testing.T) {
	at := func(page string, from int) recount.Anchor {
		return recount.Anchor{Page: page, Text: "t", Spans: [][2]int{{from, from + 3}}, Exact: []string{"abc"}}
	}
	ref := func(name, page string, from int) recount.SpeakerRef {
		return recount.SpeakerRef{At: at(page, from), Name: name, Kind: recount.Named, Gender: recount.UnknownGender}
	}
	ann, bob := ref("Ann", "p", 0), ref("Bob", "p", 50)
	far := ref("Ann", "q", 0)
	says := func(sp *recount.SpeakerRef, from int) recount.StatementBody {
		return recount.StatementBody{Answer: recount.Accepted, At: at("p", from), Speaker: sp, Type: recount.Direct}
	}
	code := func(code string, from int) recount.CodeBody {
		return recount.CodeBody{Code: code, At: at("p", from), Speaker: ann, Answer: recount.Yes}
	}
	counts := func(sp recount.SpeakerRef, a recount.YesNo) recount.ScopeBody {
		return recount.ScopeBody{Speaker: sp, Answer: a, Criteria: map[string]string{}}
	}
	left := func(sp recount.SpeakerRef) recount.CriterionBody {
		return recount.CriterionBody{Speaker: sp, Criterion: "left", Answer: recount.No}
	}
	tier := func(sp recount.SpeakerRef, to recount.Tier) recount.TierBody {
		return recount.TierBody{Speaker: sp, Tier: to}
	}
	outlet := func(page, to string) recount.PageBody {
		return recount.PageBody{Page: page, Field: recount.OutletField, Value: to}
	}
	file := recount.FileBody{Name: "codebook.yaml"}
	tests := []struct {
		name    string
		answers []recount.Answer
		want    []string
	}{
		{"nothing", nil, nil},
		{"one answer", []recount.Answer{counts(ann, recount.Yes)}, []string{"Ann counts: yes"}},
		{"an answer and its criterion", []recount.Answer{counts(ann, recount.No), left(ann)}, []string{"Ann counts: no"}},
		{"the criterion first", []recount.Answer{left(ann), counts(ann, recount.No)}, []string{"Ann counts: no"}},
		{"criteria alone", []recount.Answer{left(ann), left(ann)}, []string{"Ann, left: no"}},
		{"two people, each with a criterion", []recount.Answer{counts(ann, recount.No), left(ann), counts(bob, recount.No), left(bob)}, []string{"Ann counts: no", "Bob counts: no"}},
		{"a code accepts its statement", []recount.Answer{says(&ann, 10), code("work", 10)}, []string{`work: yes, of Ann, "abc"`}},
		{"a code, and another statement", []recount.Answer{says(&ann, 10), code("work", 20)}, []string{`accepted: Ann says "abc"`, `work: yes, of Ann, "abc"`}},
		{"two codes on one statement are two", []recount.Answer{says(&ann, 10), code("work", 10), code("pay", 10)}, []string{`work: yes, of Ann, "abc"`, `pay: yes, of Ann, "abc"`}},
		{"a statement enters its speaker", []recount.Answer{recount.SpeakerBody{Answer: recount.Accepted, Speaker: bob, Typed: true}, says(&bob, 10)}, []string{`accepted: Bob says "abc"`}},
		{"a speaker alone", []recount.Answer{recount.SpeakerBody{Answer: recount.Accepted, Speaker: bob, Typed: true}}, []string{"Bob (named, unknown) typed in"}},
		{"a tier of each source of a person", []recount.Answer{tier(ann, recount.Protected), tier(far, recount.Protected)}, []string{"Ann: protected"}},
		{"tiers of two people", []recount.Answer{tier(ann, recount.Protected), tier(bob, recount.Protected)}, []string{"Ann: protected", "Bob: protected"}},
		{"an outlet of three pages", []recount.Answer{outlet("p", "Herald"), outlet("q", "Herald"), outlet("r", "Herald")}, []string{"outlet: Herald, 3 articles"}},
		{"an outlet of one page", []recount.Answer{outlet("p", "Herald")}, []string{"outlet: Herald"}},
		{"pages given out", []recount.Answer{recount.AssignBody{Page: "p", Coder: "ada", Answer: recount.Yes}, recount.AssignBody{Page: "q", Coder: "ada", Answer: recount.Yes}, recount.AssignBody{Page: "p", Coder: "ben", Answer: recount.Yes}},
			[]string{"coded by ada: yes, 2 articles", "coded by ben: yes"}},
		{"screened out together", []recount.Answer{recount.ScreenBody{Page: "p", Answer: recount.No}, recount.ScreenBody{Page: "q", Answer: recount.No}}, []string{"belongs to the study: no, 2 articles"}},
		{"pairs drawn", []recount.Answer{recount.DrawBody{A: ann, B: bob}, recount.DrawBody{A: ann, B: far}}, []string{"drawn to be compared: 2 pairs"}},
		{"a code is merged with what follows", []recount.Answer{recount.CodebookBody{Op: recount.MergeCode, Code: "pay", To: []string{"work"}}, file}, []string{"merge pay to work"}},
		{"a study file alone", []recount.Answer{file}, []string{"codebook.yaml"}},
	}
	person := map[string]string{"p0": "ann", "q0": "ann", "p50": "bob"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := deeds(tt.answers, func(i int) string {
				b, ok := tt.answers[i].(recount.TierBody)
				if !ok {
					return ""
				}
				return person[b.Speaker.At.Page+fmt.Sprint(b.Speaker.At.Spans[0][0])]
			})
			if !slices.Equal(got, tt.want) {
				t.Errorf("deeds = %q, want %q", got, tt.want)
			}
		})
	}
}

// The reply says what was done, and every number of the headline that moved, in
// numbers; so does what takes it back and gives it back.
func TestRepliesSayWhatWasDoneAndEveryNumberThatMoved(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	a, people := talkative(t, b)
	r := b.decide(a.Version, draft{Do: "scope", Speaker: people[0].Key, Answer: "no", Criteria: map[string]string{"left": "no"}})
	if len(r.Saved) != 2 || len(r.Did) != 1 || !strings.HasSuffix(r.Did[0], " counts: no") {
		t.Errorf("an answer with its criterion: %d records, did %q; want 2 and one deed", len(r.Saved), r.Did)
	}
	r = b.decide(r.Version, draft{Do: "scope", Speaker: people[0].Key, Answer: "yes"})
	numbers := 0
	for _, h := range r.Headline {
		if h.Value > 0 || h.Of != nil && *h.Of > 0 {
			numbers++
		}
	}
	if numbers < 2 {
		t.Fatalf("the headline %+v moves one number only, so nothing is tested", r.Headline)
	}
	if len(r.Moved) != numbers {
		t.Errorf("moved %+v, but the headline is %+v", r.Moved, r.Headline)
	}
	for _, m := range r.Moved {
		i := slices.IndexFunc(r.Headline, func(h number) bool { return h.Name == m.Name })
		if h := r.Headline[i]; m.Label != h.Label || m.After.Value != h.Value || m.After.Low != h.Low || m.After.High != h.High || (m.After.Of == nil) != (h.Of == nil) {
			t.Errorf("moved %+v, the headline says %+v", m, h)
		}
	}
	st := spoken(t, people[0])
	c := b.decide(r.Version, draft{Do: "code", Statement: st.Key, Code: b.session().Codes[0].ID})
	if len(c.Saved) != 2 || len(c.Did) != 1 || !strings.Contains(c.Did[0], ": yes, of ") {
		t.Errorf("a code: %d records, did %q", len(c.Saved), c.Did)
	}
	u := ask[decisionsReply](b, "POST", "/undo", undoRequest{Token: c.Undo})
	if !slices.Equal(u.Did, c.Did) {
		t.Errorf("undone %q, want %q", u.Did, c.Did)
	}
	again := ask[decisionsReply](b, "POST", "/redo", undoRequest{Token: c.Undo})
	if !slices.Equal(again.Did, c.Did) {
		t.Errorf("done again %q, want %q", again.Did, c.Did)
	}
	back := ask[decisionsReply](b, "POST", "/retract", retractRequest{IDs: r.Saved})
	if !slices.Equal(back.Did, r.Did) || len(back.Moved) == 0 {
		t.Errorf("taken back in History: %q, want %q; moved %+v", back.Did, r.Did, back.Moved)
	}
	given := ask[decisionsReply](b, "POST", "/retract", retractRequest{IDs: back.Saved})
	if !slices.Equal(given.Did, r.Did) || len(given.Moved) == 0 || given.Moved[0].After != back.Moved[0].Before {
		t.Errorf("given back: %q, want %q; moved %+v", given.Did, r.Did, given.Moved)
	}
}
