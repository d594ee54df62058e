package release

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latin writes the letters of Cyrillic and Greek as Latin ones, roughly as the
// press does. Arabic and Hebrew leave vowels out and are not covered.
var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ie", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'і': "i", 'ї': "i", 'й': "i", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
	'ђ': "d", 'ј': "i", 'љ': "li", 'њ': "ni", 'ћ': "ch", 'џ': "dzh",
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t",
	'υ': "i", 'φ': "f", 'χ': "kh", 'ψ': "ps", 'ω': "o",
}

// alikeSounds are spellings that transliterations mix up, the longer first.
var alikeSounds = strings.NewReplacer("shch", "s", "kh", "h", "zh", "j", "sh", "s", "ch", "c", "ts", "c", "ph", "f", "th", "t", "ck", "k", "yu", "u", "iu", "u", "ya", "a", "ia", "a", "ye", "e", "ie", "e",
	"ou", "u", "oo", "u", "ee", "i", "y", "i", "w", "v", "q", "k", "x", "ks", "dj", "j", "dz", "z")

// sounded takes a text apart into words as they sound; foreign reports whether it
// holds letters of another script.
func sounded(text string) (words []string, foreign bool) {
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			var short strings.Builder
			last := rune(0)
			for _, r := range alikeSounds.Replace(b.String()) {
				if r != last {
					short.WriteRune(r)
				}
				last = r
			}
			words = append(words, short.String())
			b.Reset()
		}
	}
	// Composed first: й and ё are letters of their own here.
	for _, r := range norm.NFC.String(text) {
		r = unicode.ToLower(r)
		if l, ok := latin[r]; ok {
			foreign = true
			b.WriteString(l)
			continue
		}
		for _, r := range norm.NFKD.String(string(r)) {
			switch {
			case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == '\'', r == '’':
			case unicode.IsLetter(r), unicode.IsDigit(r):
				b.WriteRune(r)
			default:
				end()
			}
		}
	}
	end()
	return words, foreign
}
