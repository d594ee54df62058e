package figures

import (
	"testing"

	"recount/internal/lang"

	"recount"
)

var languages = []string{"de", "fr", "es", "pt", "ru", "ar", "tr", "sv", ""}

func none(int) bool { return false }

// Every language file has the sections without which nothing is read.
func TestWordFiles(t *testing.T) {
	for _, l := range languages[:7] {
		n := lang.NumbersOf(l)
		for _, section := range []string{"format", "numbers", "scales", "percent", "qualifiers", "nouns", "not_counted", "stops"} {
			if len(n[section]) == 0 {
				t.Errorf("%s: section %q is empty", l, section)
			}
		}
		w := wordsOf(l)
		for word, q := range w.qualifiers {
			switch q {
			case "at_least", "at_most", "more_than", "less_than", "about", "almost", "up_to", "exact":
			default:
				t.Errorf("%s: %q is qualifier %q", l, word, q)
			}
		}
		for word := range w.nouns {
			if w.stops[word] || w.notCounted[word] {
				t.Errorf("%s: %q is counted and is not", l, word)
			}
		}
	}
}

func TestDigits(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"de", "12.500", "12500"}, {"de", "7,5", "7.5"}, {"de", "1.234,56", "1234.56"}, {"de", "12,500", "12.5"}, {"de", "12.5", "12.5"},
		{"fr", "12 500", "12500"}, {"fr", "3\u00a0000\u00a0000", "3000000"}, {"fr", "7,25", "7.25"},
		{"es", "3.000", "3000"}, {"es", "12,500", "12500"}, {"ru", "12 500", "12500"}, {"ar", "١٢٫٥", "12.5"}, {"ar", "١٬٢٠٠", "1200"}, {"tr", "1.250.000", "1250000"},
		{"de", "14.5.2014", "no"}, {"de", "1.2.3", "no"}, {"sv", "12,5", "12.5"}, {"de", "99999999999999999999", "no"},
	}
	for _, tt := range tests {
		tok := cut(tt.text, wordsOf(tt.language))
		got := "no"
		if tok[0].ok {
			got = tok[0].decimal.String()
		}
		if got != tt.want {
			t.Errorf("%s: %q is %s, want %s", tt.language, tt.text, got, tt.want)
		}
	}
}

func FuzzForeignFind(f *testing.F) {
	f.Add("Rund 12.500 Menschen, einunddreißig von 58", uint8(0))
	f.Add("une cinquantaine, jusqu'à 90 d'un quart", uint8(1))
	f.Add("ثلثاهم ١٢٫٥٪ بين 5 و6", uint8(5))
	f.Add("üçte ikisi 100'den fazla %12,5", uint8(6))
	f.Fuzz(func(t *testing.T, s string, l uint8) {
		found, _ := findForeign(s, languages[int(l)%len(languages)], recount.DateOf("2021-06-15"), none)
		for _, g := range found {
			if !g.Span.Within(s) {
				t.Errorf("span %v of %q", g.Span, s)
			}
			if g.Of >= 0 && g.Value == nil {
				t.Errorf("a part without a value in %q", s)
			}
		}
	})
}
