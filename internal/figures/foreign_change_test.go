package figures

import (
	"testing"

	"recount"
)

// A rise or fall is no share of anything, in any form of its verb.
func TestForeignChanges(t *testing.T) {
	for _, tt := range []struct {
		language, text string
		want           recount.FigureKind
	}{
		{"es", "Las denuncias subieron un 20 % en 2020.", recount.ChangeFigure},
		{"es", "Las denuncias cayeron un 20 % en 2020.", recount.ChangeFigure},
		{"es", "Las ventas crecieron un 12 %.", recount.ChangeFigure},
		{"es", "Las quejas disminuyen un 12 %.", recount.ChangeFigure},
		{"es", "Los robos son un 20 % más que en 2019.", recount.ChangeFigure},
		{"pt", "As queixas subiram 20 % em 2020.", recount.ChangeFigure},
		{"pt", "As queixas caíram 20 % em 2020.", recount.ChangeFigure},
		{"pt", "As vendas cresceram 12 %.", recount.ChangeFigure},
		{"pt", "As vendas recuaram 12 %.", recount.ChangeFigure},
		{"ar", "وارتفعت الشكاوى 20٪ هذا العام.", recount.ChangeFigure},
		{"ar", "وانخفض العدد 20٪ هذا العام.", recount.ChangeFigure},
		{"ar", "وزادت الشكاوى 20٪ هذا العام.", recount.ChangeFigure},
		{"de", "Die Zahl der Klagen war 20 Prozent höher.", recount.ChangeFigure},
		{"de", "Das sind 20 Prozent weniger als 2019.", recount.ChangeFigure},
		{"de", "Die Zahl der Klagen sinkt 20 Prozent.", recount.ChangeFigure},
		{"fr", "Les plaintes augmentèrent de 20 %.", recount.ChangeFigure},
		{"fr", "C'est 20 % de plus que l'an passé.", recount.ChangeFigure},
		{"es", "El 20 % de los soldados desertó.", recount.ShareFigure},
		{"pt", "20 % dos soldados desertaram.", recount.ShareFigure},
		{"de", "20 Prozent der Soldaten flohen.", recount.ShareFigure},
		{"ar", "وفر 20٪ من الجنود.", recount.ShareFigure},
		{"fr", "20 % des soldats ont fui.", recount.ShareFigure},
	} {
		found := Find(&recount.Article{Key: "a", Text: tt.text, Language: tt.language}, nil)
		if len(found) == 0 || found[0].Kind != tt.want {
			t.Errorf("%s %s: %v, want %s", tt.language, tt.text, found, tt.want)
		}
	}
}
