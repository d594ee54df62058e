package lang

import (
	"strings"
	"testing"
)

// What explains something by itself, and what does not, in the languages that
// have a lexicon and in one that has none.
func TestExplains(t *testing.T) {
	tests := []struct{ language, yes, no string }{
		{"en", "salaries wages police room office night passport fear Wages POLICE ill mass", "pm in the at was The PM I a s t ll don Tuesday today two hundred 5 12 2nd himself nobody going there 's"},
		{"en-GB", "salaries", "pm in the"},
		{"de", "Löhne Polizei Angst Büro Nacht", "der Die war hat im am Uhr zwei hundert heute wir sich nicht gestern sagte"},
		{"es", "salario policía miedo oficina noche", "el la que en dos mil hoy Lunes ellos dijo también y"},
		{"fr", "salaire police peur usine nuit", "le la qu l d s deux mille hier lundi ils dit est aujourd hui"},
		{"tr", "maaş polis korku gece", "bir ve dan den iki bin bugün pazartesi biz dedi"},
		{"ru", "зарплата полиция страх ночь", "и в не два тысяча сегодня понедельник они сказал который"},
		{"ar", "رواتب شرطة خوف ليل", "في من على و قال اليوم الذي"},
		{"", "salaries die war", "a s 7 1900 3rd é"},
		{"it", "salario polizia", "e 10"},
		{"ja", "給料 料 を払", "を 10"},
		{"no such language", "salaries", "x"},
	}
	for _, tt := range tests {
		for _, w := range strings.Fields(tt.yes) {
			if !For(tt.language).Explains(w) {
				t.Errorf("%q: %q explains nothing", tt.language, w)
			}
		}
		for _, w := range append(strings.Fields(tt.no), "", " ", "-") {
			if For(tt.language).Explains(w) {
				t.Errorf("%q: %q explains something", tt.language, w)
			}
		}
	}
}

// No filler is a stop word as well, and none is written twice.
func TestFillersStandOnce(t *testing.T) {
	for _, code := range guessed {
		l := For(code)
		if len(l.Fillers) == 0 {
			t.Errorf("%s has no fillers", code)
		}
		for w := range l.Fillers {
			if l.Stops[w] || w != strings.ToLower(w) {
				t.Errorf("%s: %q is a stop word, or in capitals", code, w)
			}
		}
	}
}
