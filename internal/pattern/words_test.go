package pattern

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestWords compares a set of pieces with one search for each of them.
func TestWords(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	letters := []rune("ab о’й")
	text := func(least, most int) string {
		var b strings.Builder
		for range least + r.IntN(most-least+1) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	found := 0
	for range 20000 {
		words := make([]string, r.IntN(4))
		for i := range words {
			words[i] = text(2, 4)
		}
		s, want := text(0, 12), false
		for _, w := range words {
			want = want || strings.Contains(s, w)
		}
		if got := NewWords(words[:len(words)/2], words[len(words)/2:]).In(s); got != want {
			t.Fatalf("In(%q) with %q is %v, want %v", s, words, got, want)
		}
		opens := false
		for _, w := range words {
			opens = opens || strings.HasPrefix(s, w)
		}
		if got := NewWords(words).Open(s); got != opens {
			t.Fatalf("Open(%q) with %q is %v, want %v", s, words, got, opens)
		}
		if want {
			found++
		}
	}
	if found < 1000 || found > 19000 {
		t.Errorf("%d of 20000 texts hold a word: the texts say little", found)
	}
}
