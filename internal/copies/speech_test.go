package copies

import (
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
)

// Marks that open and are never closed cost what their number says: an answer
// of an hour for a text of a megabyte would be one for each pair of them.
func TestUnclosedMarksAreReadOnce(t *testing.T) {
	for _, s := range []string{"'tis 'a ", "'a ", "‘a ", "‚a ", "\"a ", "“a ", "„a “", "«a ", "‹a ", "「a "} {
		t.Run(s, func(t *testing.T) {
			text := strings.Repeat(s, maxText/len(s))
			began := parallel.Used()
			n := 0
			eachSpeech(text, func(recount.Span) { n++ })
			if spent := parallel.Used() - began; spent > 5*time.Second {
				t.Errorf("%d bytes of %q take %v", len(text), s, spent)
			}
		})
	}
}
