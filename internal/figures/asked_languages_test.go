package figures

import (
	"errors"
	"testing"

	"recount"
)

// A question to check is answered in eight languages as it is in English.
func TestCheckInOtherLanguages(t *testing.T) {
	tests := map[string][]string{
		"a third of 60": {"ein Drittel von 60", "ein Drittel der 60 Zeugen", "un tiers de 60", "un tiers des 60 témoins", "un tercio de 60", "un tercio de los 60 testigos", "um terço de 60", "um terço das 60 testemunhas",
			"треть из 60", "треть 60 свидетелей", "одна треть из 60", "ثلث 60", "ثلث من 60", "ثلث العمال الـ60", "60'ın üçte biri", "60 işçinin üçte biri"},
		"two-thirds of 58":     {"zwei Drittel von 58", "deux tiers de 58", "dos tercios de 58", "dois terços de 58", "две трети из 58", "ثلثا 58", "58'in üçte ikisi"},
		"half of 61":           {"die Hälfte von 61", "la moitié de 61", "la mitad de 61", "metade de 61", "половина из 61", "نصف 61", "61'in yarısı"},
		"61% of 58":            {"61 Prozent von 58", "61% von 58", "61 % der 58", "61 pour cent de 58", "61 % des 58 ouvriers", "61 por ciento de 58", "61 por cento de 58", "61% dos 58 operários", "61 процент из 58", "61% из 58", "61 في المئة من 58", "58'in yüzde 61'i", "58 işçinin yüzde 61'i"},
		"12.5% of 56":          {"12,5 Prozent von 56", "12,5 % de 56", "12,5 por ciento de 56", "12,5% de 56", "12,5% из 56", "56'nın yüzde 12,5'i"},
		"one in five of 58":    {"einer von fünf von 58", "jeder fünfte von 58", "un sur cinq des 58", "uno de cada cinco de los 58", "um em cada cinco dos 58", "каждый пятый из 58"},
		"nearly a third of 58": {"fast ein Drittel von 58", "près d'un tiers de 58", "casi un tercio de 58", "quase um terço de 58", "почти треть из 58", "58'in neredeyse üçte biri"},
		"14 of 58":             {"14 von 58", "14 der 58", "14 sur 58", "14 de 58", "14 de los 58", "14 dos 58", "14 из 58", "14 من 58", "58'den 14'ü"},
		"at least 60% of 58":   {"mindestens 60 Prozent von 58", "au moins 60 % de 58", "al menos el 60 % de 58", "pelo menos 60% de 58", "не менее 60 процентов из 58", "58'in en az yüzde 60'ı"},
		"three quarters of 40": {"drei Viertel von 40", "trois quarts de 40", "tres cuartos de 40", "três quartos de 40", "три четверти из 40", "40'ın dörtte üçü"},
	}
	for english, questions := range tests {
		want, err := Check(english)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range questions {
			got, err := Check(q)
			if err != nil || got.First != want.First || got.Last != want.Last || got.Of != want.Of || got.Rule != want.Rule {
				t.Errorf("%q: %v, %v, want as %v", q, got, err, want)
			}
		}
	}
}

// What asks for no share of one whole is refused in every language.
func TestCheckRefusesInOtherLanguages(t *testing.T) {
	for _, q := range []string{
		"5 Prozentpunkte von 60", "5 points de pourcentage de 60", "5 puntos porcentuales de 60", "5 pontos percentuais de 60", "5 процентных пунктов из 60", "60'ın yüzde 5 puanı", "5 نقاط مئوية من 60",
		"ein Drittel von vielen", "ein Drittel oder ein Viertel von 60", "60", "drei Drittel von 60", "ein Drittel von 60,5", "ein Drittel von 60 oder 70", "Dutzende von 60", "ein Drittel von rund 60", "ein Drittel", "um ein Drittel auf 60", "61 Prozent mehr von 58",
	} {
		if a, err := Check(q); !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("%q: %v, %v, want a refusal", q, a, err)
		}
	}
}
