package release

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// latin writes the letters of Cyrillic and Greek as Latin ones, roughly as the
// press does.
var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ie", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'і': "i", 'ї': "i", 'й': "i", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
	'ђ': "d", 'ј': "i", 'љ': "li", 'њ': "ni", 'ћ': "ch", 'џ': "dzh",
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t",
	'υ': "i", 'φ': "f", 'χ': "kh", 'ψ': "ps", 'ω': "o",
}

// alikeSounds are spellings that transliterations mix up, the longer first.
var alikeSounds = strings.NewReplacer("shch", "s", "tsch", "c", "tch", "c", "sch", "s", "ij", "i", "ja", "a", "je", "e", "jo", "o", "ju", "u", "gh", "g", "dh", "d", "kh", "h", "zh", "j", "sh", "s", "ch", "c", "ts", "c", "ph", "f", "th", "t", "ck", "k", "yu", "u", "iu", "u", "ya", "a", "ia", "a", "ye", "e", "ie", "e",
	"ou", "u", "oo", "u", "ee", "i", "y", "i", "w", "v", "q", "k", "x", "ks", "dj", "j", "dz", "z")

// german undoes what German spellings of Russian names do before a word is heard.
var german = strings.NewReplacer("tsch", "c", "sch", "s", "ch", "h")

// foreignPairs undoes how Greek writes sounds that it has no letter for.
var foreignPairs = strings.NewReplacer("ngk", "ng", "mp", "b", "nt", "d", "gk", "g", "tz", "j")

// latinOf is the sound of a letter of another script, without its accent.
func latinOf(r rune) (string, bool) {
	if l, ok := latin[r]; ok {
		return l, true
	}
	if l, ok := semitic[r]; ok {
		return l, true
	}
	for _, base := range norm.NFD.String(string(r)) {
		l, ok := latin[base]
		return l, ok
	}
	return "", false
}

// hear writes a word, in Latin letters, as it sounds.
func hear(word string) string {
	var out strings.Builder
	last := rune(0)
	for _, r := range alikeSounds.Replace(word) {
		if r != last {
			out.WriteRune(r)
		}
		last = r
	}
	return out.String()
}

// semitic writes the letters of Arabic and Hebrew as Latin ones. Vowels are left
// out there, so names are found by their consonants.
var semitic = map[rune]string{
	'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "d", 'ر': "r", 'ز': "z", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "g", 'ف': "f", 'ق': "q",
	'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "u", 'ي': "i", 'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ى': "a", 'ة': "a", 'ء': "a", 'ؤ': "u", 'ئ': "i", 'پ': "p", 'چ': "ch", 'ژ': "zh", 'گ': "g", 'ک': "k", 'ی': "i",
	'א': "a", 'ב': "b", 'ג': "g", 'ד': "d", 'ה': "h", 'ו': "u", 'ז': "z", 'ח': "h", 'ט': "t", 'י': "i", 'כ': "k", 'ך': "k", 'ל': "l", 'מ': "m", 'ם': "m", 'נ': "n", 'ן': "n", 'ס': "s", 'ע': "a", 'פ': "p", 'ף': "f", 'צ': "ts", 'ץ': "ts",
	'ק': "k", 'ר': "r", 'ש': "sh", 'ת': "t",
}
