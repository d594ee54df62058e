package study_test

import (
	"context"
	"errors"
	"os"
	"reflect"
	"slices"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/release"
	"recount/internal/study"
)

// TestOneNumberingOfReasons overrides reasons by two people and then asks by number
// and by code: what is done is what was listed, and what was overridden stays as it
// is.
func TestOneNumberingOfReasons(t *testing.T) {
	cases := map[string][]int{"none": nil, "several apart": {1, 3, 5, 7}}
	if os.Getenv("RECOUNT_BARS") != "" {
		cases["the first"], cases["one between"] = []int{1}, []int{4}
	}
	for name, overridden := range cases {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			s, _ := demo(t)
			publish := func(ask study.Publish) *study.Publishing {
				t.Helper()
				out, err := s.Publish(ctx, ask)
				if err != nil {
					t.Fatal(err)
				}
				return out
			}
			codes := func(reasons []release.Reason) (out []string) {
				for _, r := range reasons {
					out = append(out, r.Code)
				}
				return out
			}
			all := codes(publish(study.Publish{}).Reasons)
			var over []string
			for _, n := range overridden {
				over = append(over, all[n-1])
				for _, who := range []string{"ruth", "sam"} {
					if _, err := s.Decide(ctx, study.By{Actor: who}, casebook.Draft{Answer: recount.ReleaseBody{Op: recount.Allow, What: all[n-1]}, Reason: "seen"}); err != nil {
						t.Fatal(err)
					}
				}
			}
			list := publish(study.Publish{})
			for _, c := range over {
				if slices.Contains(codes(list.Reasons), c) {
					t.Errorf("%s is overridden and listed", c)
				}
				for _, ask := range []study.Publish{{ApplyCodes: []string{c}}, {AllowCodes: []string{c}, Reason: "once more"}} {
					if _, err := s.Publish(ctx, ask); !errors.Is(err, recount.ErrConflict) {
						t.Errorf("%+v: %v", ask, err)
					}
				}
			}
			if len(list.Allowed) != len(over) {
				t.Errorf("overridden: %q", list.Allowed)
			}
			for _, n := range []int{0, len(list.Reasons) + 1} {
				for _, ask := range []study.Publish{{Apply: []int{n}}, {Allow: []int{n}, Reason: "why"}} {
					if _, err := s.Publish(ctx, ask); !errors.Is(err, recount.ErrInvalid) {
						t.Errorf("%+v of %d reasons: %v", ask, len(list.Reasons), err)
					}
				}
			}

			// One person overrides: the list stays, and another reads the same numbers.
			last := len(list.Reasons)
			if _, err := s.Decide(ctx, study.By{Actor: "ruth"}, casebook.Draft{Answer: recount.ReleaseBody{Op: recount.Allow, What: list.Reasons[last-1].Code}, Reason: "seen"}); err != nil {
				t.Fatal(err)
			}
			if now := publish(study.Publish{}); !reflect.DeepEqual(codes(now.Reasons), codes(list.Reasons)) {
				t.Errorf("one person overrides, and the list changes from %q to %q", codes(list.Reasons), codes(now.Reasons))
			}
			for _, n := range []int{1, last} {
				now := publish(study.Publish{})
				n = min(n, len(now.Reasons))
				r := now.Reasons[n-1]
				if r.Change == nil {
					t.Fatalf("reason %d has no change: %+v", n, r)
				}
				done := publish(study.Publish{Apply: []int{n}})
				if len(done.Saved) != 1 || !reflect.DeepEqual(saidOf(t, s, done), *r.Change) {
					t.Errorf("apply %d of %s did %+v", n, r.Code, done.Applied)
				}
			}
			done := publish(study.Publish{All: true})
			if len(done.Reasons) > 0 {
				t.Errorf("all left %q", codes(done.Reasons))
			}
		})
	}
}

// saidOf is the first answer that was saved, as the study holds it.
func saidOf(t *testing.T, s *study.Study, p *study.Publishing) recount.ReleaseBody {
	t.Helper()
	book, err := s.Casebook(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range book.Holding(recount.KindRelease) {
		if d.ID == p.Saved[0].ID {
			return d.Answer.(recount.ReleaseBody)
		}
	}
	t.Fatalf("the study does not hold %s", p.Saved[0].ID)
	return recount.ReleaseBody{}
}

// TestAllowByNumber lets two people override by the number that they read.
func TestAllowByNumber(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	dir := s.Dir
	var err error
	defer func() { s.Close() }()
	for _, n := range []int{1, 1, 2, 3} {
		var listed release.Reason
		for _, who := range []string{"ruth", "sam"} {
			s.Close()
			if s, err = study.Open(ctx, dir, study.Options{Actor: who, Now: at}); err != nil {
				t.Fatal(err)
			}
			list, err := s.Publish(ctx, study.Publish{})
			if err != nil {
				t.Fatal(err)
			}
			if r := list.Reasons[n-1]; who == "sam" && r.Code != listed.Code {
				t.Fatalf("reason %d was %s for ruth and is %s for sam", n, listed.Code, r.Code)
			} else {
				listed = r
			}
			out, err := s.Publish(ctx, study.Publish{Allow: []int{n}, Reason: "seen"})
			if err != nil {
				t.Fatal(err)
			}
			if len(out.Saved) != 1 || saidOf(t, s, out).What != listed.Code || !slices.Equal(out.Overrode, []string{listed.Text}) {
				t.Errorf("%s: allow %d of %s did %+v, %q", who, n, listed.Code, out.Saved, out.Overrode)
			}
		}
	}
}
