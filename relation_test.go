package recount_test

import (
	"fmt"
	"testing"

	"recount"
)

// Of two pages that may count once a person is asked about one: never about the
// one that was printed first, and about one that has a speaker of its own.
func TestOnePageOfTwoIsAskedAbout(t *testing.T) {
	asked := 0
	for _, first := range []recount.Key{"", "a", "b"} {
		for own := range 4 {
			r := recount.Relation{A: "a", B: "b", Kind: recount.Copy, First: first, OwnA: own&1 > 0, OwnB: own&2 > 0}
			if !r.Asks() {
				continue
			}
			asked++
			t.Run(fmt.Sprintf("first %q, a %v, b %v", first, r.OwnA, r.OwnB), func(t *testing.T) {
				page, of := r.Asked()
				if page == first || page == of || of != "a" && of != "b" {
					t.Errorf("asks about %s, of %s", page, of)
				}
				if has := map[recount.Key]bool{"a": r.OwnA, "b": r.OwnB}; !has[page] {
					t.Errorf("asks about %s, which has no speaker of its own", page)
				}
			})
		}
	}
	if asked != 7 {
		t.Errorf("%d relations ask, want 7", asked)
	}
}
