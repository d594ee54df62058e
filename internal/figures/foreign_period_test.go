package figures

import (
	"strings"
	"testing"

	"recount"
)

// TestForeignPeriods reads when a figure counts, of an article of 15 June 2021: from,
// to, "" where the sentence does not say.
func TestForeignPeriods(t *testing.T) {
	const year20, year21 = "2020-01-01 2020-12-31", "2021-01-01 2021-06-15"
	tests := []struct{ language, text, want string }{
		{"de", "Seit Mai 2019 haben 40 Soldaten das Land verlassen.", "2019-05-01 2021-06-15"},
		{"de", "40 Soldaten flohen seit 2019.", "2019-01-01 2021-06-15"},
		{"de", "Im vergangenen Jahr starben 300 Menschen.", year20},
		{"de", "Im Jahr 2018 flohen 12.500 Menschen.", "2018-01-01 2018-12-31"},
		{"de", "Es kamen 58 Frauen im März.", "2021-03-01 2021-03-31"},
		{"de", "Im Oktober kündigten 30 Prozent der Ärzte.", "2020-10-01 2020-10-31"},
		{"de", "Am 14. Mai 2020 gingen 25 Menschen.", "2020-05-14 2020-05-14"},
		{"de", "In diesem Jahr waren es 85 Menschen.", year21},
		{"de", "Gestern kamen 12 Menschen.", "2021-06-14 2021-06-14"},
		{"de", "Es waren 2020 Menschen in der Halle.", ""},

		{"fr", "Depuis mai 2019, 40 soldats ont quitté le pays.", "2019-05-01 2021-06-15"},
		{"fr", "40 soldats ont fui depuis 2019.", "2019-01-01 2021-06-15"},
		{"fr", "L'an dernier, 300 personnes sont mortes.", year20},
		{"fr", "En 2018, 12 500 personnes ont fui.", "2018-01-01 2018-12-31"},
		{"fr", "58 femmes sont arrivées en mars.", "2021-03-01 2021-03-31"},
		{"fr", "En octobre, 30 % des médecins ont démissionné.", "2020-10-01 2020-10-31"},
		{"fr", "Le 14 mai 2020, 25 personnes sont parties.", "2020-05-14 2020-05-14"},
		{"fr", "Cette année, 85 personnes sont parties.", year21},
		{"fr", "Le mois dernier, 12 personnes sont venues.", "2021-05-01 2021-05-31"},
		{"fr", "Il y avait 2020 personnes dans la salle.", ""},

		{"es", "Desde mayo de 2019 han salido 40 soldados.", "2019-05-01 2021-06-15"},
		{"es", "40 soldados huyeron desde 2019.", "2019-01-01 2021-06-15"},
		{"es", "El año pasado murieron 300 personas.", year20},
		{"es", "En 2018 huyeron 12.500 personas.", "2018-01-01 2018-12-31"},
		{"es", "Llegaron 58 mujeres en marzo.", "2021-03-01 2021-03-31"},
		{"es", "En octubre dimitió el 30 % de los médicos.", "2020-10-01 2020-10-31"},
		{"es", "El 14 de mayo de 2020 se fueron 25 personas.", "2020-05-14 2020-05-14"},
		{"es", "Este año se fueron 85 personas.", year21},
		{"es", "El mes pasado vinieron 12 personas.", "2021-05-01 2021-05-31"},
		{"es", "Había 2020 personas en la sala.", ""},

		{"pt", "Desde maio de 2019 saíram 40 soldados.", "2019-05-01 2021-06-15"},
		{"pt", "40 soldados fugiram desde 2019.", "2019-01-01 2021-06-15"},
		{"pt", "No ano passado morreram 300 pessoas.", year20},
		{"pt", "Em 2018 fugiram 12.500 pessoas.", "2018-01-01 2018-12-31"},
		{"pt", "Chegaram 58 mulheres em março.", "2021-03-01 2021-03-31"},
		{"pt", "Em outubro, 30% dos médicos demitiram-se.", "2020-10-01 2020-10-31"},
		{"pt", "A 14 de maio de 2020 partiram 25 pessoas.", "2020-05-14 2020-05-14"},
		{"pt", "Neste ano partiram 85 pessoas.", year21},
		{"pt", "No mês passado vieram 12 pessoas.", "2021-05-01 2021-05-31"},
		{"pt", "Havia 2020 pessoas na sala.", ""},

		{"ru", "С мая 2019 года страну покинули 40 солдат.", "2019-05-01 2021-06-15"},
		{"ru", "40 солдат бежали с 2019 года.", "2019-01-01 2021-06-15"},
		{"ru", "В прошлом году погибли 300 человек.", year20},
		{"ru", "В 2018 году бежали 12 500 человек.", "2018-01-01 2018-12-31"},
		{"ru", "58 женщин прибыли в марте.", "2021-03-01 2021-03-31"},
		{"ru", "В октябре уволились 30 процентов врачей.", "2020-10-01 2020-10-31"},
		{"ru", "14 мая 2020 года ушли 25 человек.", "2020-05-14 2020-05-14"},
		{"ru", "В этом году ушли 85 человек.", year21},
		{"ru", "В прошлом месяце пришли 12 человек.", "2021-05-01 2021-05-31"},
		{"ru", "В зале было 2020 человек.", ""},

		{"tr", "Mayıs ayından beri 40 asker kaçtı.", "2021-05-01 2021-06-15"},
		{"tr", "2019 yılından beri 40 asker kaçtı.", "2019-01-01 2021-06-15"},
		{"tr", "Geçen yıl 300 kişi öldü.", year20},
		{"tr", "2018 yılında 12.500 kişi kaçtı.", "2018-01-01 2018-12-31"},
		{"tr", "Martta 58 kadın geldi.", "2021-03-01 2021-03-31"},
		{"tr", "Ekimde doktorların yüzde 30'u istifa etti.", "2020-10-01 2020-10-31"},
		{"tr", "14 Mayıs 2020 sabahı 25 kişi gitti.", "2020-05-14 2020-05-14"},
		{"tr", "Bu yıl 85 kişi gitti.", year21},
		{"tr", "Geçen ay 12 kişi geldi.", "2021-05-01 2021-05-31"},
		{"tr", "Salonda 2020 kişi vardı.", ""},

		{"ar", "منذ مايو 2019 غادر البلاد 40 جنديا.", "2019-05-01 2021-06-15"},
		{"ar", "فر 40 جنديا منذ عام 2019.", "2019-01-01 2021-06-15"},
		{"ar", "قتل 300 شخص العام الماضي.", year20},
		{"ar", "في عام 2018 فر 12500 شخص.", "2018-01-01 2018-12-31"},
		{"ar", "وصلت 58 امرأة في مارس.", "2021-03-01 2021-03-31"},
		{"ar", "في أكتوبر استقال 30 في المئة من الأطباء.", "2020-10-01 2020-10-31"},
		{"ar", "في 14 مايو 2020 غادر 25 شخصا.", "2020-05-14 2020-05-14"},
		{"ar", "غادر هذا العام 85 شخصا.", year21},
		{"ar", "جاء الشهر الماضي 12 شخصا.", "2021-05-01 2021-05-31"},
		{"ar", "كان في القاعة 2020 شخصا.", ""},
	}
	cases := map[string]int{}
	for _, tt := range tests {
		cases[tt.language]++
		found, _ := findForeign(tt.text, tt.language, recount.DateOf("2021-06-15"), func(int) bool { return false })
		if len(found) != 1 {
			t.Errorf("Find(%q) has %d figures, want 1: %v", tt.text, len(found), found)
			continue
		}
		if got := strings.TrimSpace(found[0].From + " " + found[0].To); got != tt.want {
			t.Errorf("Find(%q): period %q, want %q", tt.text, got, tt.want)
		}
	}
	for l, n := range cases {
		if n < 10 {
			t.Errorf("%d cases of %s, want 10", n, l)
		}
	}
}
