package page

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// Cyrillic texts in each of their encodings under each label.
func TestCyrillicUnderAFalseLabel(t *testing.T) {
	texts := map[string]string{
		"a report":            "Экипаж парома в понедельник отказался выходить в море, потому что корпус треснул, сказала капитан. Рыбаки ждут в порту, пока погода не улучшится.",
		"with quotation":      "«Мы не выйдем, — заявил механик Олег Ширяев. — Котлы старые, и все это знают». Компания на вопросы не ответила.",
		"capitals":            "ЭКИПАЖ ПАРОМА ОТКАЗАЛСЯ ВЫХОДИТЬ В МОРЕ, ПОТОМУ ЧТО КОРПУС ТРЕСНУЛ, СКАЗАЛА КАПИТАН В ПОРТУ.",
		"short":               "Паром не вышел в море, сообщил капитан порта.",
		"many names":          "Анна Брун, Олег Ширяев, Мария Лопес и Пётр Закс подписали письмо в Управление порта Корин-Северный.",
		"in English words":    "The ferry company Korrin Lines (Коррин Лайнс) said on Monday that its crew had gone. «Мы не выйдем в море на этом судне», — сказал капитан. It was the third ferry.",
		"Ukrainian":           "Екіпаж порома в понеділок відмовився виходити в море, тому що корпус тріснув, сказала капітанка. Рибалки чекають у порту, поки погода не поліпшиться.",
		"Bulgarian":           "Екипажът на ферибота отказа в понеделник да излезе в морето, защото корпусът е пукнат, каза капитанът. Рибарите чакат в пристанището.",
		"Serbian":             "Посада трајекта је у понедељак одбила да испlови на море, јер је труп напукао, рекла је капетанка. Рибари чекају у луци да се време поправи.",
		"Belarusian":          "Экіпаж парома ў панядзелак адмовіўся выходзіць у мора, таму што корпус трэснуў, сказала капітан. Рыбакі чакаюць у порце, пакуль надвор'е не палепшыцца.",
		"with numbers":        "В 2031 году 58 рабочих ушли с завода № 3; из них 14 — женщины, 44 — мужчины. Всего 61 % опрошенных.",
		"beside much English": strings.Repeat("<li>Home and garden of the harbour</li>", 60) + "<p>Экипаж парома в понедельник отказался выходить в море, сказала капитан.</p>",
	}
	labels := []string{"", "iso-8859-1", "utf-8", "iso-8859-2"}
	for _, e := range cyrillics {
		labels = append(labels, e.name)
	}
	for name, want := range texts {
		for _, e := range cyrillics {
			body, err := e.enc.NewEncoder().String(want)
			if err != nil {
				continue // not in its letters
			}
			for _, label := range labels {
				if name == "capitals" && !slices.ContainsFunc(cyrillics[:], func(o cyrillic) bool { return o.name == label }) {
					continue // in capitals alone, and without a Cyrillic label, it may as well be Hebrew
				}
				got, note := Decode([]byte(body), label)
				if got != want {
					t.Errorf("%s: %s under %q: %.60q, %q", name, e.name, label, got[max(0, len(got)-200):], note)
				}
				right := false
				for _, o := range cyrillics {
					under, _ := o.enc.NewDecoder().String(body)
					right = right || o.name == label && under == want
				}
				if right != (note == "") {
					t.Errorf("%s: %s under %q: note %q", name, e.name, label, note)
				}
			}
		}
	}
	// Other scripts stay what their labels say.
	for name, encoding := range map[string]string{"western": "windows-1252", "central": "windows-1250", "greek": "windows-1253", "hebrew": "windows-1255", "korean": "euc-kr", "chinese": "gbk", "japanese": "shift_jis", "arabic": "windows-1256"} {
		enc, _ := charset.Lookup(encoding)
		body, _ := enc.NewEncoder().String(speech[name])
		if got, note := Decode([]byte(body), encoding); got != speech[name] || note != "" {
			t.Errorf("%s: %.60q, %q", encoding, got, note)
		}
	}
}

// Hebrew and Greek texts are not taken for Cyrillic ones, in capitals or not, and
// Western and Central European ones with many signs are not either.
func TestNotCyrillic(t *testing.T) {
	tests := []struct{ encoding, text string }{
		{"windows-1253", "Το πλήρωμα αρνήθηκε τη Δευτέρα να αποπλεύσει, είπε η πλοίαρχος στο παλιό λιμάνι. Οι ψαράδες περιμένουν ακόμη."},
		{"windows-1253", "ΤΟ ΠΛΗΡΩΜΑ ΑΡΝΗΘΗΚΕ ΤΗ ΔΕΥΤΕΡΑ ΝΑ ΑΠΟΠΛΕΥΣΕΙ, ΕΙΠΕ Η ΠΛΟΙΑΡΧΟΣ ΣΤΟ ΠΑΛΙΟ ΛΙΜΑΝΙ ΤΗΣ ΠΟΛΗΣ."},
		{"iso-8859-7", "Οι κάτοικοι του νησιού ζητούν νέο πλοίο, γιατί το παλιό έχει χαλάσει και κανείς δεν ταξιδεύει."},
		{"windows-1255", "צוות המעבורת סירב ביום שני להפליג משום שהגוף סדוק, אמרה הקברניטה בנמל הישן. הדייגים ממתינים."},
		{"windows-1255", "תושבי האי דורשים אונייה חדשה, כי הישנה התקלקלה ואיש אינו נוסע עוד אל היבשת בימי החורף."},
		{"windows-1256", "رفض طاقم العبارة يوم الاثنين الإبحار لأن الهيكل متصدع كما قالت القبطانة في الميناء القديم."},
		{"windows-1252", "L’été, où l’on a été prévenu très tôt, la ville s’était préparée à l’arrivée de l’équipage, à côté de l’école."},
		{"windows-1250", "Žluťoučký kůň úpěl ďábelské ódy. Přístav je již zavřený a rybáři čekají, až se počasí zlepší."},
		{"windows-1258", "Thuyền trưởng nói rằng con tàu không rời bến."},
		{"gbk", strings.Repeat("渡轮船员星期一拒绝出海，因为船体已经开裂。", 4)},
		{"euc-kr", strings.Repeat("여객선 선원들은 월요일 출항을 거부했다고 선장이 말했다. ", 4)},
		{"euc-jp", strings.Repeat("フェリーの乗組員は月曜日、出航を拒否したと船長は語った。", 4)},
		{"big5", strings.Repeat("渡輪船員星期一拒絕出海，因為船體已經開裂。", 4)},
		{"windows-874", strings.Repeat("ลูกเรือปฏิเสธที่จะออกเรือเมื่อวันจันทร์ ", 4)},
	}
	for _, tt := range tests {
		enc, name := charset.Lookup(tt.encoding)
		body, err := enc.NewEncoder().String(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		for _, label := range []string{"", name, "iso-8859-1", "utf-8"} {
			if told := cyrillicBytes([]byte(body), label); told != "" {
				t.Errorf("%s under %q is taken for %s", tt.encoding, label, told)
			}
		}
	}
}
