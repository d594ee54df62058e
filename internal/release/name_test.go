package release

import (
	"fmt"
	"testing"
)

// protected are the people whose names are looked for; ordinary is what the pages
// of the study say besides, and shown are names that may be shown.
var protected = []string{"Marek Branno", "Maria Holt", "Zdeňka Jürgens", "Muhammad al-Husayni", "Dmitri Khomyakov", "Tom Young", "Li Na", "the Sparrow", "Søren Åkesson", "Γιώργος Παπαδάκης", "محمد شريف", "王小明"}

const ordinary = "young people and old hold a hall where the market is; a sparrow sat on the halt, and in the rest of the brand new bran there is no other bring; the harbour stays closed while they march over the bridge at a time of sea fog and nobody knows a hole from a colt. the style of a table, some body, her manner; old man river; who ever holds on"

var shown = []string{"Erik Jansen", "Maria Lund", "Karsova", "The Inland Reader", "Brandt"}

func indexOfNames(t testing.TB) *Index {
	t.Helper()
	var secrets []Secret
	for i, n := range protected {
		secrets = append(secrets, Secret{Words: n, Why: fmt.Sprint("name ", i), Name: true})
	}
	x, err := NewIndex(secrets)
	if err != nil {
		t.Fatal(err)
	}
	x.Ordinary(ordinary + ". Karsova lies in Isterland. Then Marek came.")
	x.Ordinary("marek branno and maria holt said that they left; branno is a fisherman, holt sold tickets and nobody here writes large letters") // says nothing
	x.Others(shown...)
	return x
}

// named are ways in which somebody may write a protected name.
var named = []struct{ how, text string }{
	{"plural", "The Brannos came by boat."},
	{"plural of a short name", "He knew the Holts well."},
	{"possessive", "It was Branno's boat."},
	{"possessive of a plural", "It was the Brannos' boat."},
	{"possessive, other mark", "Branno’s boat sank."},
	{"plural in capitals", "THE BRANNOS LEFT"},
	{"German genitive", "Brannos Boot sank."},
	{"Slavic genitive", "The boat of Branna sank."},
	{"Slavic instrumental", "They spoke with Brannem."},
	{"Slavic possessive", "It was Brannova boat."},
	{"Turkish case", "It was Branno'nun boat."},
	{"Finnish case", "They gave it to Brannolle."},
	{"hyphenated", "It was Bran-no who left."},
	{"hyphenated over a line", "It was Bran-\nno who left."},
	{"split by a blank", "It was Brann o who left."},
	{"spaced out", "B r a n n o left."},
	{"spaced with dots", "B.r.a.n.n.o left."},
	{"split by a soft hyphen", "Bran\u00adno left."},
	{"split by markup", "Bran<i>no</i> left."},
	{"compound", "the Branno-Holt family"},
	{"diacritics left out", "It was Jurgens who said so."},
	{"umlaut as two letters", "It was Juergens who said so."},
	{"ring as two letters", "It was Aakesson who said so."},
	{"ring left out", "It was Akesson who said so."},
	{"caron left out, plural", "Zdenka's house"},
	{"a letter too many", "Then Brannow spoke."},
	{"a letter too few", "He met Brano there."},
	{"a letter wrong", "He met Brenno there."},
	{"two letters changed places", "He met Brnano there."},
	{"first letter wrong", "He met Pranno there."},
	{"a letter wrong at the beginning of a sentence", "Brenno was the first."},
	{"both names wrong", "He met Marec Brannoh there."},
	{"short name wrong beside the first name", "Maria Hold sold tickets."},
	{"initial and name", "M. Branno was there."},
	{"initial without a dot", "M Branno was there."},
	{"initial and short name", "M. Holt was there."},
	{"name and initial", "Branno, M., was there."},
	{"first name and initial", "Marek B. was there."},
	{"initial of a first name and a misspelt name", "M. Brano was there."},
	{"initials alone", "One of them, M.B., left early."},
	{"initials apart", "One of them (M. B.) left early."},
	{"reversed", "Branno Marek was there."},
	{"with a middle name", "Marek Jan Branno was there."},
	{"two short names", "Then Li Na left."},
	{"two short names reversed", "Then Na Li left."},
	{"initial and two letters", "Then L. Na left."},
	{"first name alone", "Then Marek left."},
	{"a name that is a word", "Then Young left."},
	{"a name that is a word, plural", "The Youngs left."},
	{"a pseudonym", "They call him Sparrow."},
	{"digits for letters", "He met Brann0 there."},
	{"more digits for letters", "He met 8r4nn0 there."},
	{"Cyrillic look-alikes", "He met Вrаnnо there."},
	{"Greek look-alikes", "He met Βrαnno there."},
	{"small capitals", "He met ʙʀᴀɴɴᴏ there."},
	{"black squares", "He met 🅱🆁🅰🅽🅽🅾 there."},
	{"mathematical letters", "He met 𝐁𝐫𝐚𝐧𝐧𝐨 there."},
	{"Armenian look-alike", "He met Brannօ there."},
	{"Latin alpha", "He met Brɑnno there."},
	{"slug", "https://example.org/2014/interview-with-branno-at-sea"},
	{"slug, short name", "https://example.org/maria-holt-speaks"},
	{"misspelt slug", "https://example.org/2014/interview-brano-at-sea"},
	{"handle", "@mbranno wrote"},
	{"handle with digits", "@branno77 wrote"},
	{"handle, last name first", "write to brannom@example.org"},
	{"run together", "see marekbranno.html"},
	{"run together with a word", "see brannointerview.html"},
	{"camel case", "see MarekBranno.pdf"},
	{"camel case with a word", "see interviewBranno.pdf"},
	{"underscores", "marek_branno_2014.jpg"},
	{"hashtag", "#FreeBranno"},
	{"query", "?q=branno+marek"},
	{"other spelling of Arabic names", "Mohamed Al Hosseini spoke."},
	{"still another spelling", "Mohammed el-Husseini spoke."},
	{"German spelling of a Russian name", "Dmitrij Chomjakow spoke."},
	{"French spelling of a Russian name", "Dimitri Khomiakov spoke."},
	{"Cyrillic", "Дмитрий Хомяков рассказал."},
	{"Cyrillic with a case", "Рассказ Хомякова короче."},
	{"last name in Cyrillic", "Бранно говорил мало."},
	{"last name in Greek", "Ο Μπράννο μίλησε."},
	{"Greek of a Russian name", "Ο Ντμίτρι Χομιακόφ μίλησε."},
	{"Latin of a Greek name", "Giorgos Papadakis spoke."},
	{"Latin of an Arabic name", "Mohamed Sherif spoke."},
	{"Arabic of a Latin name", "قال محمد الحسيني ذلك"},
	{"Hebrew of a Latin name", "אמר מרק ברנו"},
	{"Chinese in a sentence", "昨天王小明说话了"},
}

// unnamed name nobody who is protected.
var unnamed = []struct{ what, text string }{
	{"somebody with the same first name", "Maria Lund spoke too."},
	{"another first name", "Marie Lund spoke too."},
	{"somebody with a similar last name", "Erik Jansen spoke too."},
	{"a place with a similar name", "He lives in Brandt."},
	{"a word in the name", "The Holtby road is closed."},
	{"a longer word", "The Hollanders left."},
	{"a word that resembles it", "They hold a hall."},
	{"a word that resembles it, at the beginning", "Hold on to it. Halt there."},
	{"a word that is a name", "The young people left."},
	{"another word that is a name", "A sparrow sat there."},
	{"words that touch", "There is bran. No one eats it."},
	{"words that touch, without a stop", "There is bran no one eats."},
	{"words that touch a longer name", "In her manner some body holds on."},
	{"an abbreviation", "The U.S. and the U.K. agreed at 5 p.m. on it."},
	{"somebody else's initials", "M.B. Smithers spoke."},
	{"other initials", "One of them, K.L., left."},
	{"an initial and another name", "M. Bright was there."},
	{"a first name and another initial", "Maria L. was there."},
	{"a market", "The market closed in March."},
	{"a heading", "Market and harbour"},
	{"markup", `<table class="plain"><tr><th scope="row">Brand</th><td>12</td></tr></table>`},
	{"style", "table{margin:0} .marked{color:#333} @media print{}"},
	{"an address of a page that may be shown", "https://inland.example/2014/harbour-market"},
	{"a file that may be shown", "tables/countries.csv"},
	{"another script, another name", "Анна Петрова живёт здесь"},
	{"Greek prose", "Το λιμάνι έκλεισε τη Δευτέρα, είπε ο δήμαρχος."},
	{"Arabic words", "قال الناس إن الميناء مغلق"},
	{"Chinese words", "昨天港口关门了"},
	{"a month", "In March and May they marched."},
	{"a hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
	{"numbers", "12 of 58 (21%), 7 of 40"},
	{"plain prose", "Two thirds of the accounts complain of the pay, and a third of danger."},
	{"names of people who may be shown, together", "Maria Lund and Erik Jansen met in Karsova."},
	{"a last name with another first name that resembles", "Erik Brannigan spoke."},
	{"Dutch name with a small word", "Jan van den Berg spoke."},
	{"a first name in a list", "Erik, Maja and Tomas spoke."},
	{"a title", "Dr. Lindqvist spoke."},
	{"licence", "Published under CC-BY 4.0 by the authors."},
	{"a doi", "doi:10.5281/zenodo.12345"},
	{"a study id", "pc0a1f9b2d3e4a5b6"},
	{"Russian prose", "Мария рассказала, что порт закрыт."},
	{"a single letter", "Plan B was no plan."},
	{"section letters", "Table A. B. Results"},
	{"a surname with an ending that is no case", "The Holtmeier farm."},
	{"another compound", "old man river"},
	{"French", "Les jeunes sont partis avant la fin."},
	{"German", "Die jungen Leute gingen vor dem Ende."},
	{"a long word", "counterrevolutionaries"},
	{"XML", `<w:pgMar w:top="1440" w:right="1800"/><w:rFonts w:ascii="Arial"/>`},
	{"XML of sheets", `<sheet name="countries" sheetId="1" r:id="rId1"/><mergeCell ref="A1:B2"/>`},
	{"JSON", `{"profile":"tabular-data-package","name":"recount-public-edition","missingValues":["","not shown"]}`},
}

func TestNamesHoweverTheyAreWritten(t *testing.T) {
	x := indexOfNames(t)
	for _, tt := range named {
		hits, err := x.SearchFile("a.txt", []byte(tt.text))
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 {
			t.Errorf("%s: passed: %s", tt.how, tt.text)
		}
	}
}

func TestWordsThatAreNoNames(t *testing.T) {
	x := indexOfNames(t)
	refused := 0
	for _, tt := range unnamed {
		hits, err := x.SearchFile("a.txt", []byte(tt.text))
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) > 0 {
			refused++
			t.Logf("%s: refused: %s %+v", tt.what, tt.text, hits)
		}
	}
	t.Logf("%d texts that hold no protected name, %d refused; %d ways of writing one", len(unnamed), refused, len(named))
	if 10*refused > len(unnamed) {
		t.Errorf("%d of %d were refused", refused, len(unnamed))
	}
}

func TestANameIsNoDescription(t *testing.T) {
	for mention, want := range map[string]bool{"Marek": true, "Jan van den Berg": true, "M. Branno": true, "محمد": true, "the Order": false, "a former Order man": false, "The cook": false, "A 27-year-old gunner from Karsova": false, "He": false, "sparrow": false, "": false} {
		if got := IsName(mention); got != want {
			t.Errorf("IsName(%q) = %v", mention, got)
		}
	}
}

// Of what only resembles a name a hit says so: people may look at it before
// something is erased.
func TestAHitSaysHowSureItIs(t *testing.T) {
	x := indexOfNames(t)
	for text, near := range map[string]bool{"Branno left": false, "the Brannos left": false, "Branno's boat": false, "M. Branno left": false, "Bran-no left": false, "Brann0 left": false, "He met Brano": true, "Dmitrij Chomjakow": true, "the Jurgens": false} {
		hits, err := x.SearchFile("a.txt", []byte(text))
		if err != nil || len(hits) == 0 {
			t.Fatal(text, hits, err)
		}
		sure := false
		for _, h := range hits {
			sure = sure || !h.Near
		}
		if sure == near {
			t.Errorf("%q: %+v, want near %v", text, hits, near)
		}
	}
}
