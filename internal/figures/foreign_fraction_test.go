package figures

import (
	"strings"
	"testing"

	"recount"
)

// A fraction in words is loose in every language: nobody may be told that no
// whole number of people fits "ein Fünftel der 58", whatever the whole is. @ stands for
// the whole.
func TestFractionsInWordsAccuseNobody(t *testing.T) {
	tests := map[string][]string{
		"en": {"a fifth of the @ workers left.", "A third of the @ workers left.", "One in five of the @ workers left.", "Almost a quarter of the @ workers left.", "About a fifth of the @ workers left.", "Nearly two thirds of the @ workers left.",
			"Of the @ workers, two fifths left.", "Half of the @ workers left.", "At least a third of the @ workers left.", "Between a fifth and a quarter of the @ workers left.", "An eighth of the @ workers left.", "Roughly one in three of the @ workers left."},
		"de": {"Ein Fünftel der @ Arbeiter ging.", "Ein Drittel der @ Arbeiter ging.", "Ein Viertel der @ Arbeiter ging.", "Zwei Drittel der @ Arbeiter gingen.", "Fast ein Drittel der @ Arbeiter ging.", "Rund ein Fünftel der @ Arbeiter ging.",
			"Die Hälfte der @ Arbeiter ging.", "Drei Viertel der @ Arbeiter gingen.", "Ein Sechstel der @ Arbeiter ging.", "Ein Siebtel der @ Arbeiter ging.", "Zwei Fünftel von den @ Arbeitern gingen.", "Knapp ein Viertel der @ Arbeiter ging.",
			"Jeder fünfte der @ Arbeiter ging.", "Fast jeder dritte der @ Arbeiter ging.", "Einer von fünf der @ Arbeiter ging.", "Ein Neuntel der @ Arbeiter ging."},
		"fr": {"Un cinquième des @ ouvriers est parti.", "Un tiers des @ ouvriers est parti.", "Un quart des @ ouvriers est parti.", "Les deux tiers des @ ouvriers sont partis.", "Près d'un tiers des @ ouvriers est parti.", "Environ un cinquième des @ ouvriers est parti.",
			"La moitié des @ ouvriers est partie.", "Trois quarts des @ ouvriers sont partis.", "Un sixième des @ ouvriers est parti.", "Un septième des @ ouvriers est parti.", "Presque un quart des @ ouvriers est parti.", "Un sur cinq des @ ouvriers est parti.",
			"Un ouvrier sur trois des @ ouvriers est parti.", "Deux cinquièmes des @ ouvriers sont partis."},
		"es": {"Un tercio de los @ obreros se fue.", "Un cuarto de los @ obreros se fue.", "Un quinto de los @ obreros se fue.", "Una quinta parte de los @ obreros se fue.", "La mitad de los @ obreros se fue.", "Dos tercios de los @ obreros se fueron.", "Casi un tercio de los @ obreros se fue.",
			"Uno de cada cinco de los @ obreros se fue.", "Tres cuartos de los @ obreros se fueron.", "Las tres cuartas partes de los @ obreros se fueron.", "Una sexta parte de los @ obreros se fue.", "Alrededor de un quinto de los @ obreros se fue.", "Una séptima parte de los @ obreros se fue."},
		"pt": {"Um quinto dos @ operários saiu.", "Um terço dos @ operários saiu.", "Um quarto dos @ operários saiu.", "Metade dos @ operários saiu.", "Dois terços dos @ operários saíram.", "Quase um terço dos @ operários saiu.", "Cerca de um quinto dos @ operários saiu.",
			"Um em cada cinco dos @ operários saiu.", "Três quartos dos @ operários saíram.", "A quinta parte dos @ operários saiu.", "A sexta parte dos @ operários saiu.", "Um sétimo dos @ operários saiu."},
		"ru": {"Пятая часть из @ рабочих ушла.", "Треть из @ рабочих ушла.", "Четверть из @ рабочих ушла.", "Половина из @ рабочих ушла.", "Две трети из @ рабочих ушли.", "Почти треть из @ рабочих ушла.", "Около четверти из @ рабочих ушло.", "Три четверти из @ рабочих ушли.",
			"Шестая часть из @ рабочих ушла.", "Пятую часть из @ рабочих уволили.", "Одна пятая из @ рабочих ушла.", "Каждый пятый из @ рабочих ушёл.", "Один из пяти из @ рабочих ушёл."},
		"ar": {"غادر خمس العمال الـ @ المنجم.", "غادر ثلث العمال الـ @ المنجم.", "غادر ربع العمال الـ @ المنجم.", "غادر نصف العمال الـ @ المنجم.", "غادر ثلثا العمال الـ @ المنجم.", "غادر نحو ثلث العمال الـ @ المنجم.", "غادر ثلث من @ عاملا المنجم.", "غادر سدس من @ عاملا المنجم.",
			"غادر حوالي ربع من @ عاملا المنجم.", "غادر واحد من كل خمسة من @ عاملا المنجم.", "غادر سبع من @ عاملا المنجم.", "غادر ثلاثة أرباع من @ عاملا المنجم."},
		"tr": {"@ işçinin beşte biri ayrıldı.", "@ işçinin üçte biri ayrıldı.", "@ işçinin dörtte biri ayrıldı.", "@ işçinin yarısı ayrıldı.", "@ işçinin üçte ikisi ayrıldı.", "@ işçinin yaklaşık üçte biri ayrıldı.", "@ işçinin neredeyse dörtte biri ayrıldı.", "@ işçinin altıda biri ayrıldı.",
			"@ işçinin yedide biri ayrıldı.", "@ işçinin dörtte üçü ayrıldı.", "@ işçinin çeyreği ayrıldı.", "@ işçinin onda biri ayrıldı."},
	}
	for language, texts := range tests {
		for _, form := range texts {
			for _, whole := range []string{"7", "11", "13", "22", "58", "61", "437"} {
				text := strings.Replace(form, "@", whole, 1)
				a := &recount.Article{Key: "a", Text: text, Language: language}
				found := Find(a, nil)
				tied := false
				for i, f := range found {
					if f.Kind != recount.ShareFigure || f.Of < 0 || found[f.Of].Value == nil || found[f.Of].Value.String() != whole {
						continue
					}
					tied = true
					got, err := DefaultBands.Answer(f, f.Span.In(text), found[f.Of].Value.Digits)
					if err != nil || !got.Possible() {
						t.Errorf("%s: %q: %v, %v (the base is stated: %v)", language, text, got, err, BaseStated(text, found, i))
					}
				}
				if !tied {
					var got []string
					for _, f := range found {
						got = append(got, brief(a, f))
					}
					t.Errorf("%s: %q: no share of %s; %q", language, text, whole, got)
				}
			}
		}
	}
}

// Percentages stay exact in every language, in digits and in words.
func TestPercentagesInWordsStayExact(t *testing.T) {
	tests := []struct{ language, text, share string }{
		{"en", "61% of the 58 workers left.", "61%"},
		{"en", "Sixty-one per cent of the 58 workers left.", "Sixty-one per cent"},
		{"de", "61 Prozent der 58 Arbeiter gingen.", "61 Prozent"},
		{"de", "Einundsechzig Prozent der 58 Arbeiter gingen.", "Einundsechzig Prozent"},
		{"fr", "61 % des 58 ouvriers sont partis.", "61 %"},
		{"fr", "Soixante et un pour cent des 58 ouvriers sont partis.", "Soixante et un pour cent"},
		{"es", "El 61 por ciento de los 58 obreros se fue.", "61 por ciento"},
		{"es", "El sesenta y uno por ciento de los 58 obreros se fue.", "sesenta y uno por ciento"},
		{"pt", "61% dos 58 operários saíram.", "61%"},
		{"pt", "Sessenta e um por cento dos 58 operários saíram.", "Sessenta e um por cento"},
		{"ru", "61 процент из 58 рабочих ушёл.", "61 процент"},
		{"ru", "Шестьдесят один процент из 58 рабочих ушёл.", "Шестьдесят один процент"},
		{"ar", "غادر 61 في المئة من 58 عاملا المنجم.", "61 في المئة"},
		{"ar", "غادر ٦١٪ من ٥٨ عاملا المنجم.", "٦١٪"},
		{"tr", "58 işçinin yüzde 61'i ayrıldı.", "yüzde 61"},
		{"tr", "58 işçinin %61'i ayrıldı.", "%61"},
		{"tr", "58 işçinin yüzde 61,0'ı ayrıldı.", "yüzde 61,0"},
	}
	for _, tt := range tests {
		a := &recount.Article{Key: "a", Text: tt.text, Language: tt.language}
		found, seen := Find(a, nil), false
		for i, f := range found {
			if f.Kind != recount.ShareFigure || f.Span.In(tt.text) != tt.share {
				continue
			}
			seen = true
			got, err := DefaultBands.Answer(f, tt.share, 58)
			if err != nil || got.Possible() || got.Rule != "a percentage is rounded at its last printed place" {
				t.Errorf("%s: %q: %v, %v; want that none fits", tt.language, tt.text, got, err)
			}
			if !BaseStated(tt.text, found, i) {
				t.Errorf("%s: %q: the base is not stated, of %d", tt.language, tt.text, f.Of)
			}
		}
		if !seen {
			var got []string
			for _, f := range found {
				got = append(got, brief(a, f))
			}
			t.Errorf("%s: %q: no share %q; %q", tt.language, tt.text, tt.share, got)
		}
	}
}

// One share fits the same whole numbers in every language.
func TestOneRuleInAllLanguages(t *testing.T) {
	tests := []struct {
		value   recount.Decimal
		q       recount.Qualifier
		english string
		wording string
	}{
		{recount.Decimal{Digits: 2, Places: 1}, recount.Exact, "a fifth", "ein Fünftel"},
		{recount.Decimal{Digits: 2, Places: 1}, recount.Exact, "one in five", "jeder Fünfte"},
		{recount.Decimal{Digits: 2, Places: 1}, recount.Exact, "one in five", "un sur cinq"},
		{recount.Decimal{Digits: 3333, Places: 4}, recount.Exact, "a third", "un tercio"},
		{recount.Decimal{Digits: 3333, Places: 4}, recount.Almost, "nearly a third", "quase um terço"},
		{recount.Decimal{Digits: 25, Places: 2}, recount.About, "about a quarter", "около четверти"},
		{recount.Decimal{Digits: 6667, Places: 4}, recount.Exact, "two thirds", "ثلثا"},
		{recount.Decimal{Digits: 6667, Places: 4}, recount.AtLeast, "at least two thirds", "en az üçte ikisi"},
		{recount.Decimal{Digits: 1429, Places: 4}, recount.Exact, "one in seven", "ein Siebtel"},
		{recount.Decimal{Digits: 5, Places: 1}, recount.MoreThan, "more than half", "más de la mitad"},
		{recount.Decimal{Digits: 61, Places: 2}, recount.Exact, "61%", "61 Prozent"},
		{recount.Decimal{Digits: 61, Places: 2}, recount.About, "about 61%", "около 61 процента"},
	}
	for _, tt := range tests {
		for _, whole := range []int64{2, 5, 7, 11, 13, 23, 58, 61, 400} {
			ask := tt.english + " of " + recount.Decimal{Digits: whole}.String()
			a, err := Check(ask)
			v := tt.value
			b, err2 := DefaultBands.Answer(recount.ReportedFigure{Kind: recount.ShareFigure, Qualifier: tt.q, Value: &v}, tt.wording, whole)
			if err != nil || err2 != nil || a.First != b.First || a.Last != b.Last {
				t.Errorf("%s: %d to %d (%v), but %s: %d to %d (%v)", ask, a.First, a.Last, err, tt.wording, b.First, b.Last, err2)
			}
		}
	}
}

// The whole numbers next to a loose wording fit where the whole is small, and a
// percentage is none.
func TestSmallWholes(t *testing.T) {
	for question, want := range map[string]string{
		"a fifth of 7": "1 2", "a third of 7": "2 3", "half of 7": "3 4", "two thirds of 7": "4 5", "a quarter of 11": "2 3", "a fifth of 13": "2 3", "an eighth of 5": "1", "nearly a quarter of 7": "1", "almost half of 3": "1",
		"about a fifth of 7": "1 2", "about 20% of 7": "1 2", "between a fifth and a quarter of 7": "1 2", "one in five of 7": "1 2", "20% of 7": "", "almost a third of 2": "1", "a fifth of 10": "2", "a third of 58": "19 20", "61% of 7": "",
	} {
		a, err := Check(question)
		var got []string
		for _, k := range a.Fits(9) {
			got = append(got, recount.Decimal{Digits: k}.String())
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("Check(%q) = %v (%s), %v; want %s", question, got, a, err, want)
		}
	}
}
