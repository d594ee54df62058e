package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// speech is the same report in several languages, long enough to be guessed.
var speech = map[string]string{
	"western":  strings.Repeat("Der Fährmann sagte am Montag, „die Überfahrt“ sei gefährlich; l’équipage a refusé à midi. ", 6),
	"central":  strings.Repeat("Załoga promu odmówiła w poniedziałek wyjścia w morze, bo kadłub jest pęknięty, powiedziała żeglarka. ", 6),
	"russian":  strings.Repeat("Экипаж парома в понедельник отказался выходить в море, потому что корпус треснул, сказала капитан. ", 6),
	"greek":    strings.Repeat("Το πλήρωμα του πορθμείου αρνήθηκε τη Δευτέρα να αποπλεύσει, επειδή το κύτος είναι ραγισμένο. ", 6),
	"arabic":   strings.Repeat("رفض طاقم العبارة يوم الاثنين الإبحار لأن الهيكل متصدع كما قالت القبطانة في الميناء القديم. ", 6),
	"hebrew":   strings.Repeat("צוות המעבורת סירב ביום שני להפליג משום שהגוף סדוק, אמרה הקברניטה בנמל הישן. ", 6),
	"japanese": strings.Repeat("フェリーの乗組員は月曜日、船体にひびが入っているとして出航を拒否したと船長は語った。", 8),
	"chinese":  strings.Repeat("渡轮船员星期一拒绝出海，因为船体已经开裂，船长在旧港口对记者说。", 8),
	"taiwan":   strings.Repeat("渡輪船員星期一拒絕出海，因為船體已經開裂，船長在舊港口對記者說。", 8),
	"korean":   strings.Repeat("여객선 선원들은 월요일 선체에 금이 갔다며 출항을 거부했다고 선장이 말했다. ", 8),
}

// TestDecode reads pages in the encodings of news, with the right label, a
// false one, a late one and none.
func TestDecode(t *testing.T) {
	tests := []struct {
		encoding, text string
		guessed        bool // also without a label
	}{
		{"windows-1252", "western", true},
		{"windows-1250", "central", false},
		{"iso-8859-2", "central", false},
		{"windows-1251", "russian", true},
		{"koi8-r", "russian", true},
		{"iso-8859-5", "russian", false},
		{"windows-1253", "greek", true},
		{"windows-1255", "hebrew", true},
		{"windows-1256", "arabic", false},
		{"shift_jis", "japanese", true},
		{"euc-jp", "japanese", true},
		{"iso-2022-jp", "japanese", true},
		{"gb18030", "chinese", true},
		{"gbk", "chinese", true},
		{"big5", "taiwan", true},
		{"euc-kr", "korean", true},
	}
	for _, tt := range tests {
		enc, _ := charset.Lookup(tt.encoding)
		want := "<p>" + speech[tt.text] + "</p>"
		body, err := enc.NewEncoder().String(want)
		if err != nil {
			t.Fatalf("%s: %v", tt.encoding, err)
		}
		check := func(name, page, declared string) {
			t.Run(tt.encoding+", "+name, func(t *testing.T) {
				got, _ := Decode([]byte(page), declared)
				if !strings.HasSuffix(got, want) {
					i := strings.Index(got, "<p>")
					t.Errorf("Decode: %.80q", got[max(0, i):])
				}
			})
		}
		check("declared", body, tt.encoding)
		check("meta", `<meta charset="`+tt.encoding+`">`+body, "")
		check("old meta", `<meta http-equiv=Content-Type content="text/html; charset=`+tt.encoding+`">`+body, "")
		check("late meta", "<style>"+strings.Repeat("p{margin:0}\n", 3000)+`</style><meta charset='`+tt.encoding+"'>"+body, "")
		check("XML declaration", `<?xml version="1.0" encoding="`+tt.encoding+`"?>`+body, "")
		if tt.guessed {
			check("no label", body, "")
			if tt.encoding != "windows-1252" {
				check("a false label", body, "iso-8859-1")
			}
		}
	}
	for name, s := range speech {
		t.Run("UTF-8 under a false label, "+name, func(t *testing.T) {
			if got, note := Decode([]byte(s), "iso-8859-1"); got != s || note != "" {
				t.Errorf("Decode = %.60q, %q", got, note)
			}
		})
		for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			for _, mark := range []unicode.BOMPolicy{unicode.UseBOM, unicode.IgnoreBOM} {
				t.Run("UTF-16, "+name, func(t *testing.T) {
					page := "<!DOCTYPE html><html><head><title>The Harbour Post</title><meta name=viewport content=width><link rel=stylesheet href=/a.css></head><body class=news><div class=article><p>" + s[:60] + "</p></div></body></html>"
					page = strings.ToValidUTF8(page, "")
					b, err := unicode.UTF16(order, mark).NewEncoder().String(page)
					if err != nil {
						t.Fatal(err)
					}
					if got, _ := Decode([]byte(b), ""); got != page {
						t.Errorf("Decode = %.60q", got)
					}
					if kind := MediaType([]byte(b), "a"); kind != "text/html" {
						t.Errorf("MediaType = %s", kind)
					}
				})
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range speech {
		f.Add([]byte(s), "")
	}
	f.Add([]byte("<\x00p\x00>\x00a\x00"), "utf-16")
	f.Add([]byte("\xff\xfe<"), "")
	f.Add([]byte("\x1b$B$U\x1b(B"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, b []byte, label string) {
		s, _ := Decode(b, label)
		if strings.ToValidUTF8(s, "") != s || strings.IndexByte(s, 0) >= 0 || strings.HasPrefix(s, "\ufeff") {
			t.Errorf("Decode(%q, %q) = %q", b, label, s)
		}
		MediaType(b, "a.html")
	})
}

// TestLabels reads charsets that are written as no browser knows them.
func TestLabels(t *testing.T) {
	tests := []struct{ label, encoding, text string }{
		{"iso-8859–2", "iso-8859-2", "central"},
		{"iso-8859&#8211;2", "iso-8859-2", "central"},
		{"iso-8859&ndash;2", "iso-8859-2", "central"},
		{"iso-8859\x962", "iso-8859-2", "central"},
		{"ISO_8859_2", "iso-8859-2", "central"},
		{"iso 8859 2", "iso-8859-2", ""},
		{"iso8859-2", "iso-8859-2", "central"},
		{"windows1250", "windows-1250", "central"},
		{"win-1250", "windows-1250", "central"},
		{"win1251", "windows-1251", "russian"},
		{"CP-1251", "windows-1251", "russian"},
		{"windows–1251", "windows-1251", "russian"},
		{"koi8r", "koi8-r", "russian"},
		{"shift-jis", "shift_jis", "japanese"},
		{"cp1256", "windows-1256", "arabic"},
	}
	for _, tt := range tests {
		if tt.text == "" {
			continue
		}
		enc, _ := charset.Lookup(tt.encoding)
		want := speech[tt.text]
		body, err := enc.NewEncoder().String(want)
		if err != nil {
			t.Fatal(err)
		}
		for _, src := range []string{`<meta charset="` + tt.label + `"><p>`, `<meta http-equiv="content-type" content="text/html; charset=` + tt.label + `"><p>`} {
			got, note := Decode([]byte(src+body), "")
			if !strings.HasSuffix(got, want) {
				t.Errorf("%s: %.120q, %q", tt.label, got, note)
			}
		}
	}
}

// Arabic under a label of another script, or none, is known by its letters.
// TestWordsUnderAFalseLabel reads Central European and Turkish texts whose label
// says that they are Western.
func TestWordsUnderAFalseLabel(t *testing.T) {
	texts := []struct{ encoding, text string }{
		{"windows-1250", "Kapitan powiedział, że załoga nie wypłynie, bo kotły są stare. Rybacy też czekają, że już się poprawi. Mówią, że są zmęczeni i że firma się spóźnia."},
		{"windows-1250", "Kapitán řekl, že posádka nevypluje, protože kotle jsou staré. Přístav je již zavřený a rybáři také čekají, až se počasí zlepší. Říká, že není důvod se vracet před večerem. Několik lidí řekl i ve městě."},
		{"windows-1250", "Kapitán povedal, že posádka nevypláva, keď sú kotly staré. Prístav je už zatvorený, ľudia ešte čakajú, že sa počasie zlepší, a človek, ktorý prišiel, môže ísť späť."},
		{"windows-1250", "A kapitány szerint az első hajó előtt nem indul senki. A nők között is sokan várnak, később talán jövő héten, ők mondták. Előtt és között, első és később."},
		{"windows-1254", "Kaptan, işçi ve balıkçılar için yardım olmadığını söyledi. Bu doğru değil, dedi kadın. Kişi başına değil, sağlık için çalışan kadın vardı. Liman dışında yardım yok."},
		{"windows-1254", "Belediye, limanın altında kalan yolun artık kapalı olduğunu açıkladı. Başka yol yok, değil mi, dedi kadın. Karşı kıyıda arasında artık yardım bekleyen kadın var."},
	}
	for _, tt := range texts {
		enc, _ := charset.Lookup(tt.encoding)
		body, err := enc.NewEncoder().String(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		for _, label := range []string{"", "iso-8859-1", "windows-1252", "latin1"} {
			if got, note := Decode([]byte(body), label); got != tt.text {
				t.Errorf("%s under %q: %.80q, %q", tt.encoding, label, got, note)
			}
		}
	}
	// What is Western stays so.
	for _, text := range []string{
		"Le capitaine a déclaré que l’équipage ne partirait pas avant l’été, à cause des chaudières. La ville, où l’on attend déjà, a été prévenue. C’était très tôt, à l’aube.",
		"Der Kapitän erklärte, dass die Besatzung nicht auslaufen würde. Für die Fischer wäre das schön. Später würden größere Schiffe fahren, möglicherweise über Nacht.",
		"Skipstjórinn sagði að áhöfnin færi ekki út fyrr en katlarnir væru lagaðir. Það er ný staða og íbúar bíða. Þeir sögðu að það væri ekki í lagi, því miður.",
		"O capitão disse que a tripulação não sairá. Não há razão para isso, são só três dias. A estação já está fechada, e as mães estão à espera.",
	} {
		enc, _ := charset.Lookup("windows-1252")
		body, err := enc.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, note := Decode([]byte(body), "iso-8859-1"); got != text {
			t.Errorf("%.80q, %q; want %.40q", got, note, text)
		}
	}
}

func TestArabicUnderAFalseLabel(t *testing.T) {
	for _, encoding := range []string{"windows-1256", "iso-8859-6"} {
		enc, _ := charset.Lookup(encoding)
		body, err := enc.NewEncoder().String(speech["arabic"])
		if err != nil {
			t.Fatal(err)
		}
		for _, label := range []string{"", "iso-8859-1", "windows-1252", "windows-1251", "utf-8", "windows-1250", "iso-8859-9", "x-user-defined", "us-ascii", "koi8-r", "windows-1253"} {
			if got, note := Decode([]byte(body), label); got != speech["arabic"] {
				t.Errorf("%s under %q: %.60q, %q", encoding, label, got, note)
			}
		}
	}
	// What is no Arabic stays what its label says.
	for name, encoding := range map[string]string{"western": "windows-1252", "central": "windows-1250", "russian": "windows-1251", "greek": "windows-1253", "hebrew": "windows-1255", "korean": "euc-kr", "chinese": "gbk", "japanese": "shift_jis"} {
		enc, _ := charset.Lookup(encoding)
		body, _ := enc.NewEncoder().String(speech[name])
		if got, note := Decode([]byte(body), encoding); got != speech[name] {
			t.Errorf("%s: %.60q, %q", encoding, got, note)
		}
	}
}
