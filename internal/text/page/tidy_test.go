package page

import (
	"math/rand/v2"
	"testing"
)

// What is tidy already is what tidying gives, and everything else is tidied.
func TestTidyOfWhatIsTidy(t *testing.T) {
	lines := []string{"", " ", "a", "a b", "a  b", " a", "a ", "a\tb", "a\u00a0b", "a\u00adb", "\ufeffa", "a\x00b", "a\xffb", "\u201cA\u201d said\u2026", "\u0430 \u0431", "a\u3000b", "a\u200bb"}
	rnd := rand.New(rand.NewPCG(16, 3))
	letters := []rune("ab  é“\u00a0\u00ad\u200b\t\u3000ё")
	for range 20_000 {
		b := make([]rune, rnd.IntN(6))
		for i := range b {
			b[i] = letters[rnd.IntN(len(letters))]
		}
		lines = append(lines, string(b))
	}
	same := 0
	for _, l := range lines {
		var c cutter
		c.add(l, nil, false)
		want := c.buf.String()
		if got := Tidy(l); got != want {
			t.Fatalf("Tidy(%q) = %q; want %q", l, got, want)
		}
		if tidy(l) != (l == want) && l != "\ufffd" {
			t.Fatalf("tidy(%q) = %v; tidied it is %q", l, tidy(l), want)
		}
		if l == want {
			same++
		}
	}
	if same < 500 {
		t.Errorf("only %d of %d lines are tidy: the test shows little", same, len(lines))
	}
}
