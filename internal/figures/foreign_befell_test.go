package figures

import (
	"testing"

	"recount"
)

// A number behind "and" that says what befell people counts people.
func TestBefell(t *testing.T) {
	for _, tt := range []struct {
		language, text, wording, unit string
	}{
		{"de", "Bei dem Brand starben neun Menschen, und 16 wurden verletzt.", "16", "menschen"},
		{"de", "Vier Soldaten starben und zwölf wurden verwundet.", "zwölf", "menschen"},
		{"fr", "Neuf personnes sont mortes et 16 ont été blessées.", "16", "personnes"},
		{"fr", "Quatre soldats sont morts et douze sont blessés.", "douze", "personnes"},
		{"es", "Murieron nueve personas y 16 resultaron heridas.", "16", "personas"},
		{"es", "Murieron cuatro soldados y doce fueron heridos.", "doce", "personas"},
		{"pt", "Morreram nove pessoas e 16 ficaram feridas.", "16", "pessoas"},
		{"pt", "Morreram quatro soldados e doze foram feridos.", "doze", "pessoas"},
		{"ru", "Погибли девять человек и 16 ранены.", "16", "человек"},
		{"ru", "Погибли четыре солдата, и 12 получили ранения.", "12", "человек"},
		{"de", "Neun Menschen kamen. Und 16 wurden verkauft.", "16", ""},
		{"es", "Es la sala 12 y 16 fueron cerradas.", "16", ""},
	} {
		got := ""
		for _, f := range Find(&recount.Article{Key: "a", Text: tt.text, Language: tt.language}, nil) {
			if f.Span.In(tt.text) == tt.wording {
				got = f.Unit
			}
		}
		if got != tt.unit {
			t.Errorf("%s %s: %s counts %q, want %q", tt.language, tt.text, tt.wording, got, tt.unit)
		}
	}
}
