package figures

import (
	"fmt"
	"testing"

	"recount"
)

// Parts of a scale are numbers, and shares in several words are shares.
func TestPartsOfScale(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"fr", "Un quart de million de personnes ont fui.", "count 250000"},
		{"fr", "Trois quarts de million de personnes ont fui.", "count 750000"},
		{"es", "Huyeron un cuarto de millón de personas.", "count 250000"},
		{"es", "Huyeron tres cuartos de millón de personas.", "count 750000"},
		{"pt", "Fugiram um quarto de milhão de pessoas.", "count 250000"},
		{"pt", "Fugiram três quartos de milhão de pessoas.", "count 750000"},
		{"ru", "Бежали четверть миллиона человек.", "count 250000"},
		{"ru", "Бежали три четверти миллиона человек.", "count 750000"},
		{"ar", "فر ربع مليون شخص من المدينة.", "count 250000"},
		{"tr", "Çeyrek milyon kişi kaçtı.", "count 250000"},
		{"de", "Eine viertel Million Menschen floh.", "count 250000"},
		{"de", "Eine dreiviertel Million Menschen floh.", "count 750000"},
		{"de", "Eine Viertelmillion Menschen floh.", "count 250000"},
		{"de", "Eine Dreiviertelmillion Menschen floh.", "count 750000"},
		{"de", "Zweieinhalbtausend Menschen flohen.", "count 2500"},
		{"de", "Anderthalbtausend Menschen flohen.", "count 1500"},
		{"de", "Eine halbe Million Menschen floh.", "count 500000"},
		{"fr", "Un quart des soldats ont fui.", "share 0.25"},
		{"de", "Drei Viertel der Soldaten flohen.", "share 0.75"},
		{"ar", "فر ثلاثة أرباع الجنود.", "share 0.75"},
		{"ar", "فر أربعة أخماس الجنود.", "share 0.8"},
		{"tr", "Her üç kadından ikisi kaçtı.", "share 0.6667"},
		{"tr", "Her dört erkekten biri kaçtı.", "share 0.25"},
		{"tr", "Her beş askerden üçü kaçtı.", "share 0.6"},
		{"en", "Some forty-odd thousand people fled.", "count 40000"},
		{"en", "Forty-odd thousand people fled.", "count 40000"},
		{"en", "The town has 40-odd thousand people.", "count 40000"},
		{"en", "Sixty-odd hundred people fled.", "count 6000"},
		{"en", "Three score and ten soldiers fled.", "count 70"},
		{"en", "Four score soldiers fled.", "count 80"},
		{"en", "He paid 1.250,50 euros.", ""},
		{"en", "The village owes 12.250,75 euros to the mill.", ""},
		{"en", "He paid 1,250.50 euros.", "money 1250.50"},
	} {
		got := ""
		for _, f := range Find(&recount.Article{Key: "a", Text: tt.text, Language: tt.language}, nil) {
			got += fmt.Sprint(f.Kind, " ", f.Value)
		}
		if got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.language, tt.text, got, tt.want)
		}
	}
}
