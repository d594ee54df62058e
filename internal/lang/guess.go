package lang

import (
	"strings"
	"unicode"
)

// guessed are the languages that Guess tells apart by their stop words, in the
// order that decides a tie.
var guessed = [...]string{"en", "fr", "de", "es", "tr", "ru", "ar"}

// Guess returns the ISO 639-1 code of the language that text is probably
// written in, or "" if none of those with a lexicon fits. It counts stop words
// among the first two thousand words.
func Guess(text string) string {
	counts := [len(guessed)]int{}
	n := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if n++; n > 2000 {
			break
		}
		word = strings.ToLower(word)
		for i, code := range guessed {
			if For(code).Stops[word] {
				counts[i]++
			}
		}
	}
	best := 0
	for i := range counts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	// At least one word in eight of running text is a stop word.
	if n == 0 || counts[best]*8 < n {
		return ""
	}
	return guessed[best]
}
