package cases

import (
	"strings"
	"sync"
)

// The comparison of sounds looks through transliteration: the same name
// written from Arabic or Cyrillic differs in its vowels and in a few
// consonants, hardly ever in the others. The costs were set on pairs of Latin
// spellings of one Arabic-script name (docs/measurements.md).

// sounds rewrites groups of letters to one sign; longer groups come first.
// S is the sound of "sh".
var sounds = [...][2]string{
	{"tsch", "S"}, {"sch", "S"}, {"tch", "S"}, {"sh", "S"}, {"ch", "S"}, {"kh", "k"}, {"gh", "j"}, {"dh", "d"}, {"th", "t"},
	{"ph", "f"}, {"zh", "j"}, {"dj", "j"}, {"ck", "k"}, {"qu", "k"}, {"cz", "S"}, {"dg", "j"}, {"ou", "u"}, {"oo", "u"},
	{"ee", "i"}, {"ea", "i"},
}

// soundOf writes a name part by its sounds: double letters once, c as k or s,
// p as b, v as f, g as j.
func soundOf(s string) string {
	var b strings.Builder
	var last byte
	put := func(c byte) {
		if c != last {
			b.WriteByte(c)
			last = c
		}
	}
next:
	for i := 0; i < len(s); {
		for _, p := range sounds {
			if strings.HasPrefix(s[i:], p[0]) {
				put(p[1][0])
				i += len(p[0])
				continue next
			}
		}
		c := s[i]
		switch c {
		case 'c':
			if i+1 < len(s) && (s[i+1] == 'e' || s[i+1] == 'i' || s[i+1] == 'y') {
				put('s')
			} else {
				put('k')
			}
		case 'q':
			put('k')
		case 'x':
			put('k')
			put('s')
		case 'p':
			put('b')
		case 'v':
			put('f')
		case 'g':
			put('j')
		default:
			if 'a' <= c && c <= 'z' {
				put(c)
			}
		}
		i++
	}
	return b.String()
}

// soundPass is the largest distance, in hundredths, at which two parts are one
// name.
const soundPass = 60

// lastVowel is the cost of another vowel at the end of the name, where it often
// tells a woman from a man.
const lastVowel = 65

// vowel returns the class of a vowel (w sounds as u, y as i), or 0.
func vowel(c byte) int {
	switch c {
	case 'a':
		return 1
	case 'e', 'i', 'y':
		return 2
	case 'o', 'u', 'w':
		return 3
	}
	return 0
}

// swap is the cost of one sound in place of another, in hundredths.
func swap(a, b byte) int {
	if a == b {
		return 0
	}
	if va, vb := vowel(a), vowel(b); va > 0 && vb > 0 {
		if va == vb {
			return 0
		}
		return 5
	}
	if a > b {
		a, b = b, a
	}
	switch string([]byte{a, b}) {
	case "sz":
		return 35
	case "Ss":
		return 50
	case "Sk", "bf", "Sj", "hj": // the Slavic h is a g elsewhere
		return 25
	case "dt":
		return 30
	case "jk":
		return 45
	case "hk", "dz":
		return 10
	case "ij", "jy":
		return 20
	case "fu", "fw":
		return 40
	}
	return 100
}

// drop is the cost of a sound that the other name lacks.
func drop(s string, i int) int {
	last := i == len(s)-1
	switch {
	case vowel(s[i]) > 0:
		switch {
		case last && s[i] == 'e':
			return 15
		case last:
			return 100 // "petra" is not "peter"
		case i == 0:
			return 5
		}
		return 20
	case s[i] == 'h':
		return 0
	case last:
		return 55
	}
	return 100
}

// swaps is what swap gives for each pair of sounds.
var swaps = sync.OnceValue(func() *[128][128]uint8 {
	var t [128][128]uint8
	for a := range t {
		for b := range t {
			t[a][b] = uint8(swap(byte(a), byte(b)))
		}
	}
	return &t
})

// soundDistance is the cheapest way from one part to the other, in hundredths.
// Above soundPass it may be less than that: the way is left where it costs more.
func soundDistance(a, b string) int { return distanceOf(a, b, drop) }

// unwritten is drop where vowels inside a name may not have been written.
func unwritten(s string, i int) int {
	if vowel(s[i]) > 0 && i > 0 && i < len(s)-1 {
		return 5
	}
	return drop(s, i)
}

// distanceOf is soundDistance with another cost of what is left out.
func distanceOf(a, b string, drop func(s string, i int) int) int {
	const most = 64
	if len(a) > most || len(b) > most || a == "" || b == "" {
		return 100 * most
	}
	if a == b {
		return 0
	}
	swaps := swaps()
	var rows [2][most + 1]int
	var drops [most]int
	prev, cur := &rows[0], &rows[1]
	for j := range len(b) {
		drops[j] = drop(b, j)
		prev[j+1] = prev[j] + drops[j]
	}
	for i := range len(a) {
		da, to := drop(a, i), &swaps[a[i]&127]
		cur[0] = prev[0] + da
		least := cur[0]
		for j := range len(b) {
			change := int(to[b[j]&127])
			if i == len(a)-1 && j == len(b)-1 && change == 5 {
				change = lastVowel
			}
			cur[j+1] = min(prev[j+1]+da, cur[j]+drops[j], prev[j]+change)
			least = min(least, cur[j+1])
		}
		if least > soundPass {
			return least // no step costs less than nothing
		}
		prev, cur = cur, prev
	}
	return prev[len(b)]
}
