package study_test

import (
	"testing"

	"recount/internal/study"
)

// The first number after each decision of the example ends where it stands, and
// begins with nobody.
func TestTrailEndsWhereTheHeadlineStands(t *testing.T) {
	s, _ := demo(t)
	book, err := s.Casebook(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range book.Log().All() {
		ids = append(ids, d.ID)
	}
	head, err := s.Headline(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, singly := range []int{10_000, 50, 0} {
		steps, err := s.Trail(t.Context(), study.InTime(book.Log(), ids), singly)
		if err != nil {
			t.Fatal(err)
		}
		last := steps[len(steps)-1].After
		if want := head[0].Number; last.N != want.N || last.Range != want.Range || last.Open != want.Open || steps[0].Before.N != 0 {
			t.Errorf("%d one by one: from %+v to %+v in %d steps, want %+v", singly, steps[0].Before, last, len(steps), want)
		}
		for i := range steps[1:] {
			if steps[i+1].Before.N != steps[i].After.N || steps[i].Time > steps[i+1].Time {
				t.Fatalf("step %d begins with %d at %s, the one before ended with %d at %s", i+1, steps[i+1].Before.N, steps[i+1].Time, steps[i].After.N, steps[i].Time)
			}
		}
	}
}
