//go:build unix

package figures

import (
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
)

// A hostile text is read in a time that grows with its length.
func TestLongTexts(t *testing.T) {
	for _, l := range languages {
		for _, piece := range []string{"1 ", "hundert", "vingt-", "и", "12.345.", "een ", "هم", "zwischen 5 und ", "üçte ", "\u064b", "mehr als ", "1-", "und"} {
			n := 1 << 17 / len(piece)
			start := parallel.Used()
			found, _ := findForeign(strings.Repeat(piece, n), l, recount.DateOf("2021-06-15"), none)
			for _, f := range found {
				if f.Span.Start > f.Span.End {
					t.Fatalf("span %v", f.Span)
				}
			}
			if d := parallel.Used() - start; d > 20*time.Second {
				t.Errorf("%s: %d times %q took %v", l, n, piece, d)
			}
		}
	}
}
