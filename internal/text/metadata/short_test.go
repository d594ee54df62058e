package metadata

import (
	"strings"
	"testing"
)

// short holds single sentences, as letters, captions and posts have them.
var short = map[string][]string{
	"en": {"The ferry will run again on Monday.", "Nobody was hurt in the fire, police said.", "She told the court she had seen nothing."},
	"de": {"Die Fähre fährt ab Montag wieder.", "Niemand wurde bei dem Brand verletzt.", "Sie sagte vor Gericht, sie habe nichts gesehen."},
	"fr": {"Le bac reprend lundi.", "Personne n’a été blessé dans l’incendie.", "Elle a dit au tribunal qu’elle n’avait rien vu."},
	"es": {"El ferry vuelve el lunes.", "Nadie resultó herido en el incendio.", "Dijo al tribunal que no había visto nada."},
	"pt": {"A balsa volta a operar na segunda-feira.", "Ninguém ficou ferido no incêndio.", "Ela disse ao tribunal que não tinha visto nada."},
	"it": {"Il traghetto riparte lunedì.", "Nessuno è rimasto ferito nell’incendio.", "Ha detto al tribunale di non aver visto nulla."},
	"nl": {"De veerboot vaart maandag weer.", "Niemand raakte gewond bij de brand.", "Ze zei tegen de rechtbank dat ze niets had gezien."},
	"sv": {"Färjan går igen på måndag.", "Ingen skadades i branden.", "Hon sade i rätten att hon inte hade sett något."},
	"no": {"Fergen går igjen på mandag.", "Ingen ble skadet i brannen.", "Hun sa i retten at hun ikke hadde sett noe."},
	"da": {"Færgen sejler igen på mandag.", "Ingen kom til skade ved branden.", "Hun sagde i retten, at hun ikke havde set noget."},
	"fi": {"Lautta liikennöi taas maanantaina.", "Kukaan ei loukkaantunut tulipalossa.", "Hän sanoi oikeudessa, ettei ollut nähnyt mitään."},
	"pl": {"Prom znów kursuje od poniedziałku.", "Nikt nie został ranny w pożarze.", "Powiedziała w sądzie, że nic nie widziała."},
	"cs": {"Přívoz jezdí znovu od pondělí.", "Při požáru nebyl nikdo zraněn.", "U soudu řekla, že nic neviděla."},
	"tr": {"Feribot pazartesi yeniden sefere başlıyor.", "Yangında kimse yaralanmadı.", "Mahkemede hiçbir şey görmediğini söyledi."},
	"ru": {"Паром снова ходит с понедельника.", "При пожаре никто не пострадал.", "Она сказала в суде, что ничего не видела."},
	"uk": {"Пором знову ходить з понеділка.", "Під час пожежі ніхто не постраждав.", "Вона сказала в суді, що нічого не бачила."},
	"ar": {"تعود العبارة يوم الاثنين.", "لم يصب أحد في الحريق.", "قالت أمام المحكمة إنها لم تر شيئا."},
	"fa": {"کشتی از دوشنبه دوباره حرکت می\u200cکند.", "در آتش\u200cسوزی کسی آسیب ندید.", "او در دادگاه گفت که چیزی ندیده است."},
	"he": {"המעבורת חוזרת ביום שני.", "איש לא נפגע בשריפה."},
	"el": {"Το πορθμείο επιστρέφει τη Δευτέρα.", "Κανείς δεν τραυματίστηκε στη φωτιά."},
	"zh": {"渡轮星期一恢复运行。", "火灾中没有人受伤。"},
	"ja": {"フェリーは月曜日から再び運航する。", "火事でけが人はなかった。"},
	"ko": {"여객선이 월요일부터 다시 운항한다.", "화재로 다친 사람은 없었다."},
	"hi": {"नौका सोमवार से फिर चलेगी।", "आग में कोई घायल नहीं हुआ।"},
	"th": {"เรือข้ามฟากจะกลับมาให้บริการวันจันทร์", "ไม่มีใครได้รับบาดเจ็บจากเหตุเพลิงไหม้"},
	"hu": {"A komp hétfőtől újra jár.", "A tűzben senki sem sérült meg."},
	"ro": {"Feribotul circulă din nou de luni.", "Nimeni nu a fost rănit în incendiu."},
	"id": {"Feri akan beroperasi lagi pada hari Senin.", "Tidak ada yang terluka dalam kebakaran itu."},
}

// TestShortTexts tells the language of one sentence. Where two languages fit as
// well none is better than a wrong one.
func TestShortTexts(t *testing.T) {
	none, n := 0, 0
	for want, list := range short {
		for _, s := range list {
			n++
			switch got := languageOf("", s); got {
			case want:
			case "":
				none++
			default:
				t.Errorf("Language of %q is %q, want %q", s, got, want)
			}
			if got := languageOf(want, s); got != want {
				t.Errorf("Language of %q, which the page says is %q, is %q", s, want, got)
			}
		}
	}
	if none > 2 {
		t.Errorf("no language for %d of %d sentences, want two at most", none, n)
	}
}

// A page whose label is that of its template is in the language of its words.
func TestFalseLanguageLabel(t *testing.T) {
	for want, s := range map[string]string{
		"de": "Sie sagte vor Gericht, sie habe nichts gesehen, und das sei auch nicht nötig gewesen.",
		"fr": "Elle a dit au tribunal qu’elle n’avait rien vu, et que ce n’était pas nécessaire.",
		"ru": "Она сказала в суде, что ничего не видела.",
		"ar": "قالت أمام المحكمة إنها لم تر شيئا.",
		"pl": "Powiedziała w sądzie, że nic nie widziała, i że to nie było potrzebne.",
		"ja": "火事でけが人はなかった。",
		"tr": "Mahkemede hiçbir şey görmediğini ve bunun gerekli olmadığını söyledi.",
	} {
		if got := languageOf("en", s); got != want {
			t.Errorf("Language of %q, labelled en, is %q, want %q", s, got, want)
		}
	}
	if got := languageOf("en", "Nobody was hurt, Señor Pérez of Ávila told La Voz."); got != "en" {
		t.Errorf("Language of English with Spanish names is %q", got)
	}
}

func TestLanguage(t *testing.T) {
	const fr = "Les équipages des bacs sont restés à quai pour le huitième jour, et la file des camions atteignait lundi la vieille douane, selon le capitaine du port qui a refusé de commenter la grève."
	tests := []struct{ name, said, text, want string }{
		{"as said", "fr-CA", fr, "fr"},
		{"not as said", "en", fr, "fr"},
		{"not said", "", fr, "fr"},
		{"short text", "da", "Ja.", "da"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := languageOf(tt.said, tt.text); got != tt.want {
				t.Errorf("Language = %q, want %q", got, tt.want)
			}
		})
	}
}

// TestLanguageNames holds that no name stands for two languages.
func TestLanguageNames(t *testing.T) {
	seen := map[string]string{}
	for code, names := range languageNames {
		for _, n := range strings.Fields(names) {
			if seen[n] != "" {
				t.Errorf("%s is %s and %s", n, code, seen[n])
			}
			seen[n] = code
		}
	}
	for name, want := range map[string]string{"English": "en", "FRANÇAIS": "fr", "German; English": "de", "deu": "de", "pt-BR": "pt-BR", "Klingon": "Klingon", "": ""} {
		if got := languageCode(name); got != want {
			t.Errorf("Code(%q) = %q, want %q", name, got, want)
		}
	}
}
