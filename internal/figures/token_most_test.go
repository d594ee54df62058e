package figures

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// A list of tokens is made as long as it gets, also of a text of marks alone.
func TestMostTokensIsEnough(t *testing.T) {
	texts := []string{"", `"`, strings.Repeat(`"`, 1000), "Almost 60% of 58 people, 1,2,3.4.5 million.", "U.S. don’t B2B 5th 1,50,000\n\n", "Ä é ة ــ‐‑ 年3月", "\xff\xfe a\xff1"}
	pieces := []string{`"`, "'", "’", "-", "a", "É", "ب", "1", ",", ".", " ", "\n", "\t", "٣", "\u0301", "\xff", "$", "€", "%"}
	rnd := rand.New(rand.NewPCG(16, 7))
	for range 500 {
		var b strings.Builder
		for range 1 + rnd.IntN(60) {
			b.WriteString(pieces[rnd.IntN(len(pieces))])
		}
		texts = append(texts, b.String())
	}
	for _, text := range texts {
		if most, got := mostTokens(text), len(tokenize(text, nil).Tok); got > most {
			t.Errorf("%q has %d tokens, and %d at most", text, got, most)
		}
	}
	marks := strings.Repeat(`"`, 1000)
	if tok := tokenize(marks, nil).Tok; len(tok) != 1000 || cap(tok) != 1000 {
		t.Errorf("1,000 marks: %d tokens in a list of %d", len(tok), cap(tok))
	}
}
