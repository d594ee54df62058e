package text

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// A year is found where its form stands, and nowhere else.
func TestHoldsYear(t *testing.T) {
	form := regexp.MustCompile(`(?:19|20)[0-9]{2}|[٠-٩۰-۹]{4}`)
	lines := []string{"", "14 May 2014", "1899", "192", "12019", "2 014", "x1999y", "٢٠١٤", "۱۳۹۳ و ۲", "٢٠١", "٢٠١ ٤", "19\u00a099", "20x14 2015", "19", "é2014"}
	rnd := rand.New(rand.NewPCG(16, 2))
	letters := []rune("0129 x٠٩۰۹é\xff")
	for i := range 20_000 {
		b := make([]rune, rnd.IntN(9))
		for k := range b {
			b[k] = letters[rnd.IntN(len(letters))]
		}
		lines = append(lines, string(b))
		if i%8 == 0 {
			lines = append(lines, string(b)+"19"+string(letters[rnd.IntN(4)])+"1"+string(b))
		}
	}
	found := 0
	for _, l := range lines {
		if got, want := holdsYear(l), form.MatchString(l); got != want {
			t.Fatalf("holdsYear(%q) = %v", l, got)
		} else if got {
			found++
		}
	}
	if found < 1000 {
		t.Errorf("only %d of %d lines hold a year: the test shows little", found, len(lines))
	}
}
