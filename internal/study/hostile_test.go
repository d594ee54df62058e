package study

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"recount"
)

// Two versions that share nothing, or next to nothing, of thousands of
// paragraphs are compared in bounded time, and what is shown stays short.
func TestVersionsOfHostilePages(t *testing.T) {
	many := func(word string) string {
		var b strings.Builder
		for i := range 4000 {
			fmt.Fprintf(&b, "%s%d %s\n", word, i, strings.Repeat(fmt.Sprintf("%s%d ", word, i), 40))
		}
		return b.String()
	}
	for _, tt := range []struct{ name, from, to string }{
		{"thousands of paragraphs that share nothing", many("a"), many("b")},
		{"one long paragraph without spaces", strings.Repeat("ä", 400_000) + "x", strings.Repeat("ä", 400_000) + "y"},
		{"one long paragraph of which every word changed", strings.Repeat("old word ", 100_000), strings.Repeat("new word ", 100_000)},
		{"the same paragraph many times", strings.Repeat("the ferry is late\n", 4000), strings.Repeat("the ferry is not late\n", 4000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			changes := compareVersions(&recount.Article{Text: tt.from}, &recount.Article{Text: tt.to})
			shown := 0
			for _, c := range changes {
				shown = max(shown, len(c.String()))
			}
			t.Logf("%d changes in %v, the longest of %d bytes", len(changes), time.Since(began), shown)
			if shown > 2000 {
				t.Errorf("a change is shown in %d bytes", shown)
			}
		})
	}
}
