package factiva

import "testing"

// A line that says how many words an article has is found by its form alone.
func TestCounts(t *testing.T) {
	for _, l := range []string{"", "1,204 words", "344 mots", "1.204 Wörter", "12 слова", "1 204 palabras", "words", "344", "344 people", "1,204 words in all", "12'004 Wörter",
		"文字", "344字", "99:99:99,999 --> 00:00:00,000", ", words", "1234567890123 words", "3 WORDS", "3.words", "  words", "’12 words", "HD 12 words"} {
		if got, want := counts(l), wordCount.MatchString(l); got != want {
			t.Errorf("counts(%q) = %v; its form says %v", l, got, want)
		}
	}
}
