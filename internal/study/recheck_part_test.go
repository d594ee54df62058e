package study

import (
	"slices"
	"strconv"
	"testing"

	"recount"
)

// Of a large study a part is derived again that nobody can foretell; of a smaller one,
// or when asked to, all of it is.
func TestPartOfALargeStudyIsChosenByChance(t *testing.T) {
	captures := make([]recount.Capture, recheckWhole+1)
	for i := range captures {
		captures[i].Key = recount.KeyOf("x", strconv.Itoa(i))
	}
	part := func(chance string, all bool, n int) (keys []string) {
		r := &rechecker{ask: Recheck{All: all}, chance: chance}
		for _, c := range r.part(captures[:n]) {
			keys = append(keys, string(c.Key))
		}
		return keys
	}
	if got := len(part("a", false, recheckWhole)); got != recheckWhole {
		t.Errorf("of %d captures %d are chosen, want all", recheckWhole, got)
	}
	if got := len(part("a", true, recheckWhole+1)); got != recheckWhole+1 {
		t.Errorf("asked for all, %d of %d are chosen", got, recheckWhole+1)
	}
	a, b := part("a", false, recheckWhole+1), part("b", false, recheckWhole+1)
	if len(a) != recheckPart || len(b) != recheckPart {
		t.Errorf("%d and %d are chosen, want %d", len(a), len(b), recheckPart)
	}
	both := 0
	for _, k := range a {
		if slices.Contains(b, k) {
			both++
		}
	}
	if both > recheckPart/2 { // 40 on average
		t.Errorf("by two chances %d of %d are the same", both, recheckPart)
	}
}
