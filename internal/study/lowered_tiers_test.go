package study_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/release"
	"recount/internal/study"
)

// TestATierIsLoweredByTwo: somebody who was protected is shown when two people with names
// say so, and somebody who is protected later is in an edition that is to be recalled.
func TestATierIsLoweredByTwo(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	write(t, s, "report.md", "---\ntitle: 'Who left'\nresults:\n  people:\n    count: all\n---\n\n{{people}} people.\n")
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	everybody, err := book.Persons(ctx)
	if err != nil {
		t.Fatal(err)
	}
	find := func(ok func(p *casebook.Person) bool) casebook.Person {
		for i := range everybody {
			if ok(&everybody[i]) {
				return everybody[i]
			}
		}
		t.Fatal("no such person")
		return casebook.Person{}
	}
	hidden := find(func(p *casebook.Person) bool {
		return !p.Tier().Shown() && !p.Held() && len(p.Members) == 1 && len(p.Doubtful) == 0 && len(p.Members[0].Spoken) == 0
	})
	open := find(func(p *casebook.Person) bool {
		return p.Tier().Shown() && !p.Held() && len(p.Members) == 1 && len(p.Doubtful) == 0
	})
	dir, now := s.Dir, at()
	s.Close()
	as := func(actor string, do func(s *study.Study)) {
		t.Helper()
		now = now.Add(time.Minute)
		s, err := study.Open(ctx, dir, study.Options{Actor: actor, Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		do(s)
	}
	tier := func(actor string, p *casebook.Person, to recount.Tier) {
		t.Helper()
		as(actor, func(s *study.Study) {
			if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.TierBody{Speaker: p.Members[0].Speaker, Tier: to}, Reason: "he agreed"}); err != nil {
				t.Fatal(err)
			}
		})
	}
	list := func(want bool, step string) (out *study.Publishing) {
		t.Helper()
		as("ruth", func(s *study.Study) {
			if out, err = s.Publish(ctx, study.Publish{}); err != nil {
				t.Fatal(err)
			}
		})
		if got := slices.ContainsFunc(out.Reasons, func(r release.Reason) bool { return r.Kind == release.Lowered }); got != want {
			t.Errorf("%s: a lowered tier is a reason: %v; want %v (%+v)", step, got, want, out.Reasons)
		}
		return out
	}
	list(false, "as it comes")
	tier("ada", &hidden, recount.Open)
	list(true, "one person opens somebody who is protected")
	tier("Ada Lovelace", &hidden, recount.Open)
	list(true, "the same person under a longer name")
	tier("analyst", &hidden, recount.Open)
	list(true, "and somebody without a name")
	tier("berta", &hidden, recount.Open)
	if out := list(false, "a second person"); len(out.Recall) > 0 {
		t.Errorf("to be recalled before anything was published: %+v", out.Recall)
	}

	tier("ada", &open, recount.Open)
	list(false, "somebody whom the press names")
	as("ada", func(s *study.Study) {
		if out, err := s.Publish(ctx, study.Publish{Here: true, All: true}); err != nil || out.Edition != 1 {
			t.Fatal(err, out)
		}
	})
	tier("berta", &open, recount.Protected)
	if out := list(false, "protected later"); len(out.Recall) != 1 || !strings.Contains(out.Recall[0].Text, "public edition 1") {
		t.Errorf("to be recalled: %+v", out.Recall)
	}
	tier("ada", &open, recount.Protected)
	tier("ada", &open, recount.Open)
	tier("berta", &open, recount.Press)
	list(false, "two people take it back")
	// Of whom was taken out nothing is left, and the edition from before is still out.
	// Whom the study file speaks of by a place cannot be taken out as long as it does.
	removed := false
	for i := range everybody {
		p := &everybody[i]
		if removed || p.ID == open.ID || p.ID == hidden.ID || !p.Tier().Shown() || p.Held() || len(p.Members) != 1 || len(p.Doubtful) != 0 {
			continue
		}
		as("ada", func(s *study.Study) {
			_, err := s.Remove(ctx, study.Removal{Person: p.ID, Save: true, Reason: "asked to be left out"})
			if err != nil && !errors.Is(err, recount.ErrConflict) {
				t.Fatal(err)
			}
			removed = err == nil
		})
	}
	if !removed {
		t.Fatal("nobody could be taken out")
	}
	if out := list(false, "taken out"); len(out.Recall) != 1 || !strings.Contains(out.Recall[0].Text, "1 taken out of the study since, who may stand in it") {
		t.Errorf("to be recalled after somebody was taken out: %+v", out.Recall)
	}
}
