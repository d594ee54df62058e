package metadata

import (
	"slices"
	"strings"
	"testing"
)

// TestIdlePhrases: what a line says of its day is taken out of it in one order,
// a longer phrase before one that stands in it.
func TestIdlePhrases(t *testing.T) {
	if len(idlePhrases) < 20 {
		t.Fatalf("%d phrases of more than one word", len(idlePhrases))
	}
	for i, long := range idlePhrases {
		for j, short := range idlePhrases {
			if i != j && strings.Contains(long, short) && j < i {
				t.Errorf("%q is taken out before %q", short, long)
			}
		}
	}
	if !slices.IsSortedFunc(idlePhrases, func(a, b string) int { return len(b) - len(a) }) {
		t.Error("the phrases are not in the order of their length")
	}
}
