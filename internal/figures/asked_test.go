package figures

import (
	"slices"
	"testing"
)

// A share is asked about in the words of seven more languages, with the answer that
// English gives.
func TestCheckAbroad(t *testing.T) {
	tests := []struct{ english, asked string }{
		{"a third of 60", "ein Drittel von 60"},
		{"a third of 60", "ein Drittel der 60 Zeugen"},
		{"two thirds of 58", "zwei Drittel von 58"},
		{"half of 58", "die Hälfte von 58"},
		{"61% of 58", "61 Prozent von 58"},
		{"61% of 58", "61 % von 58"},
		{"12.5% of 8", "12,5 Prozent von 8"},
		{"nearly a third of 58", "fast ein Drittel von 58"},
		{"more than half of 58", "mehr als die Hälfte von 58"},
		{"about a quarter of 58", "etwa ein Viertel von 58"},
		{"at least 90% of 58", "mindestens 90 Prozent von 58"},
		{"one in five of 58", "jeder fünfte von 58"},
		{"one in five of 58", "einer von fünf von 58"},
		{"14 of 58", "14 von 58"},
		{"fourteen of 58", "vierzehn von den 58"},
		{"about 20 of 58", "rund 20 von 58"},
		{"1 of 6", "einer von sechs"},
		{"a third of 1,500", "ein Drittel von 1.500"},

		{"a third of 60", "un tiers de 60"},
		{"a third of 60", "un tiers des 60 témoins"},
		{"two thirds of 58", "deux tiers de 58"},
		{"half of 58", "la moitié de 58"},
		{"61% of 58", "61 % de 58"},
		{"61% of 58", "61 pour cent de 58"},
		{"nearly a third of 58", "près d'un tiers de 58"},
		{"more than half of 58", "plus de la moitié de 58"},
		{"about a quarter of 58", "environ un quart de 58"},
		{"one in five of 58", "un sur cinq des 58"},
		{"14 of 58", "14 sur 58"},
		{"12.5% of 8", "12,5 % des 8"},

		{"a third of 60", "un tercio de 60"},
		{"a third of 60", "un tercio de los 60 testigos"},
		{"two thirds of 58", "dos tercios de 58"},
		{"half of 58", "la mitad de 58"},
		{"61% of 58", "61 por ciento de 58"},
		{"61% of 58", "el 61% de los 58"},
		{"nearly a third of 58", "casi un tercio de 58"},
		{"more than half of 58", "más de la mitad de 58"},
		{"about a quarter of 58", "alrededor de un cuarto de 58"},
		{"one in five of 58", "uno de cada cinco de 58"},
		{"14 of 58", "14 de los 58"},

		{"a third of 60", "um terço de 60"},
		{"a third of 60", "um terço das 60 testemunhas"},
		{"two thirds of 58", "dois terços de 58"},
		{"half of 58", "metade de 58"},
		{"61% of 58", "61 por cento de 58"},
		{"61% of 58", "61% dos 58"},
		{"nearly a third of 58", "quase um terço de 58"},
		{"more than half of 58", "mais da metade de 58"},
		{"about a quarter of 58", "cerca de um quarto de 58"},
		{"one in five of 58", "um em cada cinco de 58"},
		{"14 of 58", "14 de 58"},

		{"a third of 60", "треть от 60"},
		{"a third of 60", "треть из 60"},
		{"a third of 60", "треть 60 опрошенных"},
		{"two thirds of 58", "две трети от 58"},
		{"half of 58", "половина из 58"},
		{"61% of 58", "61 процент из 58"},
		{"61% of 58", "61 % от 58"},
		{"nearly a third of 58", "почти треть из 58"},
		{"more than half of 58", "более половины из 58"},
		{"about a quarter of 58", "около четверти из 58"},
		{"one in five of 58", "каждый пятый из 58"},
		{"14 of 58", "14 из 58"},

		{"a third of 60", "60'ın üçte biri"},
		{"a third of 60", "60 kişinin üçte biri"},
		{"two thirds of 58", "58'in üçte ikisi"},
		{"half of 58", "58'in yarısı"},
		{"61% of 58", "58'in yüzde 61'i"},
		{"61% of 58", "58 kişinin %61'i"},
		{"about a quarter of 58", "58'in yaklaşık dörtte biri"},
		{"nearly a third of 58", "58'in neredeyse üçte biri"},
		{"at least 90% of 58", "58'in en az yüzde 90'ı"},
		{"14 of 58", "58'in 14'ü"},
		{"14 of 58", "58 kişiden 14'ü"},

		{"a third of 60", "ثلث 60"},
		{"a third of 60", "ثلث الـ60"},
		{"a third of 60", "ثلث من 60 عاملا"},
		{"two thirds of 58", "ثلثا 58"},
		{"half of 58", "نصف 58"},
		{"61% of 58", "61 في المئة من 58"},
		{"61% of 58", "61% من 58"},
		{"more than half of 58", "أكثر من نصف 58"},
		{"14 of 58", "14 من 58"},
		{"14 of 58", "14 من أصل 58"},
	}
	for _, tt := range tests {
		want, err := Check(tt.english)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Check(tt.asked)
		if err != nil {
			t.Errorf("Check(%q): %v", tt.asked, err)
			continue
		}
		if got.First != want.First || got.Last != want.Last || got.Of != want.Of || got.Qualifier != want.Qualifier {
			t.Errorf("Check(%q) = %v, want as of %v", tt.asked, got, want)
		}
	}
}

// What is no share of a whole is refused in them as well.
func TestCheckAbroadRefuses(t *testing.T) {
	for _, q := range []string{
		"ein Drittel oder ein Viertel von 58", "20 Prozentpunkte von 60", "20 und 30 Prozent von 58", "ein Drittel von", "von 58", "Dutzende von 58", "ein Drittel von 0", "ein Drittel von 60 Prozent",
		"20 Prozent mehr als 58", "un tiers ou un quart de 58", "20 points de pourcentage de 60", "20 puntos porcentuales de 60", "20 pontos percentuais de 60",
		"20 процентных пунктов от 60", "треть или четверть от 58", "58'in üçte biri veya dörtte biri", "20 yüzde puan 60", "ثلث أو ربع 58", "20 نقطة مئوية من 60", "um 20 Prozent auf 360",
	} {
		if a, err := Check(q); err == nil {
			t.Errorf("Check(%q) = %v, want an error", q, a)
		}
	}
}

// A question that is understood says the words that were asked.
func TestCheckAbroadSaysIt(t *testing.T) {
	for asked, want := range map[string]string{
		"fast ein Drittel von 58":  "fast ein Drittel",
		"60 kişinin üçte biri":     "üçte biri",
		"más de la mitad de 58":    "más de la mitad",
		"уже 61 % от 58":           "61 %",
		"rund 20 von 58 Befragten": "rund 20",
	} {
		a, err := Check(asked)
		if err != nil {
			t.Fatal(err)
		}
		if a.Phrase != want {
			t.Errorf("Check(%q) checks %q, want %q", asked, a.Phrase, want)
		}
		if slices.Contains(a.Fits(100), a.Of+1) {
			t.Errorf("Check(%q) = %v", asked, a)
		}
	}
}
