package cases

import (
	"math/rand/v2"
	"testing"
)

// The way from one part to another is the cheapest of all, up to the distance
// at which two parts are one name; past it only that it is past.
func TestSoundDistanceIsTheCheapestWay(t *testing.T) {
	var way func(a, b string, i, j int) int
	way = func(a, b string, i, j int) int { // from a[:i] to b[:j]
		switch {
		case i == 0 && j == 0:
			return 0
		case i == 0:
			return way(a, b, 0, j-1) + drop(b, j-1)
		case j == 0:
			return way(a, b, i-1, 0) + drop(a, i-1)
		}
		change := swap(a[i-1], b[j-1])
		if i == len(a) && j == len(b) && change == 5 {
			change = lastVowel
		}
		return min(way(a, b, i-1, j)+drop(a, i-1), way(a, b, i, j-1)+drop(b, j-1), way(a, b, i-1, j-1)+change)
	}
	rng := rand.New(rand.NewPCG(53, 54))
	spell := func(letters string) string {
		s := make([]byte, 1+rng.IntN(6))
		for i := range s {
			s[i] = letters[rng.IntN(len(letters))]
		}
		return string(s)
	}
	near, same := 0, 0
	for range 20000 {
		letters := []string{"aeiouwyh", "adtszSkjbfh", "abcdefghijklmnopqrstuvwxyzS"}[rng.IntN(3)]
		a, b := spell(letters), spell(letters)
		if rng.IntN(4) == 0 { // one slip apart
			i := rng.IntN(len(a))
			b = a[:i] + string(letters[rng.IntN(len(letters))]) + a[i+1:]
		}
		got, want := soundDistance(a, b), way(a, b, len(a), len(b))
		if a == b {
			want = 0
			same++
		}
		switch {
		case want <= soundPass && got != want, want > soundPass && (got <= soundPass || got > want):
			t.Fatalf("from %q to %q: %d, want %d", a, b, got, want)
		case want <= soundPass:
			near++
		}
	}
	if near < 2000 || same < 100 {
		t.Errorf("%d near pairs, %d of one sound", near, same)
	}
}
