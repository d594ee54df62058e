package cases

import (
	"strings"
	"testing"
)

// An article of some 500 words with four people, read for profiles and pairs.
func BenchmarkReadProfiles(b *testing.B) {
	text := "Vera Holm, 41, a welder from Sandhamn, said so. “‹0:I left in June and came home in the dark›,” she said. " +
		"Ivo Lind, the harbour's spokesman, denied it. He is 33 and comes from Vik. Karl Berg wrote it down in March last year. " +
		"A former driver from Lomar told the paper that nobody had asked him. The ferry stopped on Monday, and the ticket window stayed shut.\n"
	a, speakers, statements := told(strings.Repeat(text, 6), woman("Vera Holm"), man("Ivo Lind"), man("Karl Berg"), unnamed("A former driver", "man"))
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		s := newStory(a, speakers, statements)
		s.read()
	}
}
