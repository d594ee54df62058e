package cli

import (
	"regexp"
	"testing"

	"recount/internal/pattern"
)

// Patterns are compiled at their first use, which a test may not reach.
func TestEveryPatternCompiles(t *testing.T) {
	if n := len(pattern.All()); n < 150 {
		t.Errorf("%d patterns are known of some 200", n)
	}
	for _, p := range pattern.All() {
		if _, err := regexp.Compile(p.String()); err != nil {
			t.Error(err)
		}
	}
}
