package proquest

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
	"recount/internal/text/document"
)

const ruleLine = "____________________________________________________________"

// below are the fields of a record below its text, from the title on.
const below = `Title: A quiet day

Publication title: The Harbour Post; Gull Point

Publication date: Jun 12, 2015

ProQuest document ID: 1714000001

Document URL: https://www.proquest.com/docview/1714000001

Database: Harbour Newsstream
`

func mustRead(t *testing.T, payload string) document.Set {
	t.Helper()
	set, err := Read([]byte(payload), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	findable(t, []byte(payload), set, 1000)
	return set
}

func texts(d document.Draft) string {
	var s []string
	for _, p := range d.Paragraphs {
		s = append(s, p.Text)
	}
	return strings.Join(s, "|")
}

func TestWhereTheTextEnds(t *testing.T) {
	tests := []struct {
		name string
		in   string // below "Full text: The sea was calm.\n\n"
		want string // the paragraphs after the first
		note string // in a note of the draft; "" = no note
	}{
		{"at the subjects", "Nobody sailed.\n\nSubject: Sea; Calm\n\nLocation: Gull Point\n\n" + below, "Nobody sailed.", ""},
		{"at the title", "Nobody sailed.\n\n" + below, "Nobody sailed.", ""},
		{"a paragraph like a field amid the text", "Subject: calm.\n\nNobody sailed.\n\nSubject: Sea\n\n" + below, "Subject: calm.|Nobody sailed.", "kept as text"},
		{"a second subject above the first", "Nobody sailed.\n\nSubject: calm, they wrote.\n\nSubject: Sea\n\n" + below, "Nobody sailed.|Subject: calm, they wrote.", "kept as text"},
		{"a title of something else", "Title: Calm Seas, a novel.\n\nSubject: Sea\n\n" + below, "Title: Calm Seas, a novel.", "kept as text"},
		{"a field out of order", "Location: here we stood.\n\nSubject: Sea\n\n" + below, "Location: here we stood.", "kept as text"},
		{"a sentence that may be either", "Nobody sailed.\n\nSubject: we have been told to stay ashore.\n\n" + below, "Nobody sailed.", "may belong to the text"},
		{"a sure name amid the text", "Document type: it was a letter.\n\nNobody sailed.\n\nSubject: Sea\n\n" + below, "Document type: it was a letter.|Nobody sailed.", "kept as text"},
		{"no fields at all", "Nobody sailed.\n\nThe end.", "Nobody sailed.|The end.", ""},
		{"one field that may be text", "Nobody sailed.\n\nSubject: calm", "Nobody sailed.|Subject: calm", "kept as text"},
		{"a field in two paragraphs", "Nobody sailed.\n\n" + strings.Replace(below, "Database:", "Copyright: (c) 2015 Post.\n\nAll rights reserved.\n\nDatabase:", 1), "Nobody sailed.", ""},
		{"a field that is not known", "Nobody sailed.\n\nSubject: Sea\n\nMooring: B\n\n" + below, "Nobody sailed.", ""},
		{"a credit below the text", "Nobody sailed.\n\nCredit: By Ann Vo\n\nSubject: Sea\n\n" + below, "Nobody sailed.", ""},
		{"fields without blank lines", "Nobody sailed.\n\nSubject: Sea\n" + strings.ReplaceAll(below, "\n\n", "\n"), "Nobody sailed.", ""},
		{"two lines of asterisks inside the text", "Nobody sailed.\n\n" + strings.Repeat("*", 30) + "\n\nThe next day.\n\n" + strings.Repeat("*", 30) + "\n\nAnd the next.\n\n" + below, "Nobody sailed.|The next day.|And the next.", "read over"},
		{"a line of underscores inside the text", "Nobody sailed.\n\n" + ruleLine + "\n\nThe next day was calm too.\n\n" + below, "Nobody sailed.|The next day was calm too.", "read over"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			head := "A quiet day\n\nAuthor: Vo, Ann\n\nhttps://www.proquest.com/docview/1714000001\n\nFull text: The sea was calm.\n\n"
			// A second record gives the file the name of ProQuest in any case.
			set := mustRead(t, ruleLine+"\n\n"+head+tt.in+"\n"+ruleLine+"\n\nAnother day\n\nFull text: It rained.\n\n"+below)
			if len(set.Drafts) != 2 {
				t.Fatalf("%d drafts, left %v", len(set.Drafts), set.Left)
			}
			d := set.Drafts[0]
			if got := strings.TrimPrefix(strings.TrimPrefix(texts(d), "The sea was calm."), "|"); got != tt.want {
				t.Errorf("text %q, want %q", got, tt.want)
			}
			if notes := strings.Join(d.Notes, " "); tt.note == "" && notes != "" || !strings.Contains(notes, tt.note) {
				t.Errorf("notes %q, want %q", notes, tt.note)
			}
		})
	}
}

func TestWrappedLinesAreJoined(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"wrapped, with blank lines", "Full text: The sea was calm on the morning of the\nregatta, and nobody knew why the boats did not\nsail.\n\nThen it rained for three days and nights, and\nthat was that.", "The sea was calm on the morning of the regatta, and nobody knew why the boats did not sail.|Then it rained for three days and nights, and that was that."},
		{"wrapped, without blank lines", "Full text: The sea was calm on the morning of the\nregatta, and nobody knew why the boats did not\nsail.\nThen it rained for three days and nights, and\nthat was that.", "The sea was calm on the morning of the regatta, and nobody knew why the boats did not sail.|Then it rained for three days and nights, and that was that."},
		{"each paragraph one line", "Full text: The sea was calm on the morning of the regatta, and nobody knew why the boats did not sail, for there was wind enough.\nThen it rained.\nThat was that.", "The sea was calm on the morning of the regatta, and nobody knew why the boats did not sail, for there was wind enough.|Then it rained.|That was that."},
		{"the text on the next line", "Full text:\nThe sea was calm.\n\nThen it rained.", "The sea was calm.|Then it rained."},
		{"a title of its own above the text", "Full Text\n\nThe sea was calm.\n\nThen it rained.", "The sea was calm.|Then it rained."},
		{"short lines", "Full text: The sea\nThe rain", "The sea|The rain"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set := mustRead(t, "A quiet day\n\n"+tt.in+"\n\n"+below)
			if got := texts(set.Drafts[0]); got != tt.want {
				t.Errorf("text %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnAbstractIsNoArticle(t *testing.T) {
	for name, in := range map[string]string{
		"no full text":            "A quiet day\n\nAbstract: The sea was calm.\n\nIt rained.\n\n" + below,
		"full text not available": "A quiet day\n\nAbstract: The sea was calm.\n\nFull text: Not available.\n\n" + below,
	} {
		set := mustRead(t, in)
		if len(set.Drafts) != 0 || len(set.Left) != 1 || !strings.Contains(set.Left[0].Reason, `only an abstract, which is not the article: "A quiet day" (1714000001)`) {
			t.Errorf("%s: %d drafts, left %v", name, len(set.Drafts), set.Left)
		}
	}
	set := mustRead(t, "A quiet day\n\n"+below)
	if len(set.Left) != 1 || !strings.Contains(set.Left[0].Reason, "without text") {
		t.Errorf("left %v", set.Left)
	}
}

func TestAbstractBesideTextIsAFact(t *testing.T) {
	set := mustRead(t, "A quiet day\n\nAbstract: The sea was calm.\n\nIt rained.\n\nFull text: The sea was calm all day.\n\n"+below)
	if d := set.Drafts[0]; said(d, "abstract") != "The sea was calm. It rained." || texts(d) != "The sea was calm all day." {
		t.Errorf("%+v", d)
	}
}

func TestOutletAndDateFromTheImprint(t *testing.T) {
	set := mustRead(t, "A quiet day\n\nAuthor: Vo, Ann T\n\nPublication info: The Harbour Post ; Gull Point (UK) [Gull Point (UK)]08 May 2010: AA.2.\n\nFull text: The sea was calm.\n\nSource type: Newspapers\n\nLanguage of publication: English\n\nProQuest document ID: 1714000001\n")
	d := set.Drafts[0]
	for field, want := range map[string]string{"title": "A quiet day", "outlet": "The Harbour Post", "published": "08 May 2010", "author": "Ann T. Vo", "byline": "Vo, Ann T"} {
		if got := said(d, field); got != want {
			t.Errorf("%s = %q, want %q", field, got, want)
		}
	}
}

func TestPeopleAreNamedAsTheySpeak(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"two", "Quill, Marta; Tarr, Owen", "Marta Quill|Owen Tarr"},
		{"an initial without its stop", "Quill, Marta T", "Marta T. Quill"},
		{"a particle", "van der Meer, Jo", "Jo van der Meer"},
		{"as spoken", "Marta Quill", ""},
		{"an agency among them", "Quill, Marta; Harbour News Agency", ""},
		{"a place behind", "Quill, Marta, Gull Point", ""},
		{"nobody", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(people(tt.in), "|"); got != tt.want {
				t.Errorf("people(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestNamesOfFields(t *testing.T) {
	tests := []struct {
		in    string
		field field
		value string
	}{
		{"Full text: The sea", fullText, "The sea"}, {"Full Text: The sea", fullText, "The sea"}, {"FULL TEXT:", fullText, ""},
		{"Volltext: Die See", fullText, "Die See"}, {"Texte intégral : La mer", fullText, "La mer"}, {"Texto completo: El mar", fullText, "El mar"}, {"Testo completo: Il mare", fullText, "Il mare"},
		{"Titre : Le phare", title, "Le phare"}, {"Titolo pubblicazione: Il Molo", outlet, "Il Molo"}, {"Título da publicação: O Farol", outlet, "O Farol"},
		{"Company / organization: Gull Ferries", "companies", "Gull Ferries"}, {"Identificador / palabra clave: mar", "identifiers", "mar"},
		{"ProQuest-Dokument-ID: 1714000001", id_, "1714000001"}, {"ID ProQuest dokumentu: 1714000001", id_, "1714000001"}, {"ProQuest said: hello", "", ""},
		{"He said: hello", "", ""}, {"no colon", "", ""}, {": nothing", "", ""}, {"", "", ""},
	}
	for _, tt := range tests {
		if f, _, v := label(tt.in); f != tt.field || f != "" && v != tt.value {
			t.Errorf("label(%q) = %q, %q; want %q, %q", tt.in, f, v, tt.field, tt.value)
		}
	}
}

func TestEveryNameHasAKind(t *testing.T) {
	for f := range names {
		if _, ok := kindsByField[f]; !ok {
			t.Errorf("field %q has no kind", f)
		}
	}
	for _, k := range kinds {
		if names[k.field] == "" {
			t.Errorf("kind %q has no name", k.field)
		}
	}
}

func TestCoverAndSearchAreKept(t *testing.T) {
	set := mustRead(t, string(sample(t, "proquest.txt")))
	d := set.Drafts[1]
	if s := said(d, "search"); !strings.Contains(s, "(lantern OR regatta) AND harbour") {
		t.Errorf("search %q", s)
	}
	if s := said(d, "saved"); s != "Report Information from ProQuest September 21 2020 12:34" {
		t.Errorf("saved %q", s)
	}
	if d.Supplier != "ProQuest (Harbour Newsstream)" || d.Range != "lines 92-154" {
		t.Errorf("supplier %q, range %q", d.Supplier, d.Range)
	}
}

func TestTextBetweenRecordsIsLeft(t *testing.T) {
	set := mustRead(t, "A quiet day\n\nFull text: The sea was calm.\n\n"+below+"\n"+ruleLine+"\n\nSomebody wrote this here.\n\n"+ruleLine+"\n")
	if len(set.Left) != 1 || !strings.Contains(set.Left[0].Reason, "Somebody wrote") || set.Left[0].Where != "lines 19-19" {
		t.Errorf("left %v", set.Left)
	}
}

func TestRecordsOfHTMLWithoutElementsOfTheirOwn(t *testing.T) {
	one := func(id, text string) string {
		return `<p><b>Quiet day ` + id + `</b></p><p><strong>Full text: </strong>` + text + `</p><p><strong>Title: </strong>Quiet day ` + id +
			`</p><p><strong>Publication title: </strong>The Harbour Post</p><p><strong>ProQuest document ID: </strong>` + id + `</p><p><strong>Database: </strong>Harbour</p><hr>`
	}
	set := mustRead(t, "<html><body>"+one("171400001", "The sea was calm.</p><p>Subject: calm.")+one("171400002", "It rained.")+one("171400003", "It snowed.")+"</body></html>")
	var got []string
	for _, d := range set.Drafts {
		got = append(got, said(d, "id")+" "+said(d, "title")+" "+texts(d))
	}
	if s := strings.Join(got, "; "); s != "171400001 Quiet day 171400001 The sea was calm.|Subject: calm.; 171400002 Quiet day 171400002 It rained.; 171400003 Quiet day 171400003 It snowed." {
		t.Errorf("%q, left %v", s, set.Left)
	}
}

func TestOtherFilesAreNotProQuests(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":         "",
		"a text":          "A quiet day\n\nTitle: x\n\nThe sea was calm.\n",
		"about ProQuest":  "We searched ProQuest.\n\nProQuest document ID: many\n\nThe sea was calm.\n",
		"a page":          "<html><body><p><strong>Title: </strong>x</p></body></html>",
		"a reference":     "TY  - NEWS\nTI  - A quiet day\nDB  - ProQuest\nER  - \n",
		"a list in JSON":  `{"Title": "x", "ProQuest document ID": "1"}`,
		"headers of mail": "From: a@news.example\nSubject: x\nDate: y\n\nTitle: x\n",
	} {
		if Is([]byte(s), "ProQuest.txt") {
			t.Errorf("%s is taken for ProQuest's", name)
		}
		if _, err := Read([]byte(s), document.Options{}); !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestFindRefusesPathsThatLeadNowhere(t *testing.T) {
	b := sample(t, "proquest.txt")
	for _, path := range []string{"", "line[0]", "line[5-4]", "line[1-99999]", "line[x]", "line[3]/value/value", "/html[1]"} {
		if s, ok := Find(b, path); ok {
			t.Errorf("Find(%q) = %q", path, s)
		}
	}
}

// bulk returns a file of n articles in each carrier.
func bulk(n int) map[string][]byte {
	var a, b strings.Builder
	b.WriteString("<html><body>")
	const sentence = "The harbour was quiet on the morning of the regatta, and about a dozen boats lay at the quay, said the harbour master. "
	for i := range n {
		fields := []string{"Subject", "Harbours; Boats", "Title", "A quiet day", "Publication title", "The Harbour Post; Gull Point", "Publication date", "Jun 12, 2015", "Language of publication", "English",
			"ProQuest document ID", fmt.Sprint(1714000000 + i), "Database", "Harbour Newsstream"}
		fmt.Fprintf(&a, "%s\n\nDocument %d of %d\n\nA quiet day\n\nAuthor: Vo, Ann\n\nFull text: ", ruleLine, i+1, n)
		b.WriteString(`<div><p><b>A quiet day</b></p><p><strong>Author: </strong>Vo, Ann</p><p><strong>Full text: </strong><text>`)
		for range 20 {
			a.WriteString(strings.Repeat(sentence, 3) + "\n\n")
			b.WriteString("<p>" + strings.Repeat(sentence, 3) + "</p>\n")
		}
		b.WriteString("</text></p>")
		for k := 0; k < len(fields); k += 2 {
			a.WriteString(fields[k] + ": " + fields[k+1] + "\n\n")
			b.WriteString("<p><strong>" + fields[k] + ": </strong>" + fields[k+1] + "</p>\n")
		}
		b.WriteString("</div>\n")
	}
	return map[string][]byte{"text": []byte(a.String()), "HTML": []byte(b.String())}
}

func TestFiveHundredArticles(t *testing.T) {
	for name, b := range bulk(500) {
		set, err := Read(b, document.Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		if len(set.Drafts) != 500 || len(set.Left) > 0 || len(set.Drafts[499].Paragraphs) != 20 {
			t.Errorf("%s: %d articles of %d paragraphs, left %v", name, len(set.Drafts), len(set.Drafts[0].Paragraphs), set.Left)
		}
		findable(t, b, set, 3)
	}
}

func BenchmarkRead(b *testing.B) {
	files := bulk(500)
	for _, name := range []string{"text", "HTML"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(files[name])))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(files[name], document.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestHostileFilesCostLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some 30 large files")
	}
	id := "Title: x\n\nSection: y\n\nProQuest document ID: 1714000001\n\n"
	mark := "<strong>ProQuest document ID: </strong>1714000001"
	for name, in := range map[string]func() string{
		"many rules": func() string { return id + strings.Repeat(ruleLine+"\n", 500_000) },
		"many empty records": func() string {
			return id + strings.Repeat(ruleLine+"\n\nProQuest document ID: 1714000001\n\n", 150_000)
		},
		"records that stay open": func() string { return id + strings.Repeat(ruleLine+"\n\nFull text: x\n\n", 150_000) },
		"an open record and ids": func() string {
			return id + ruleLine + "\n\nFull text: x\n\n" + strings.Repeat(ruleLine+"\n\nx\n\nProQuest document ID: 1714000001\n\nx\n\n", 100_000)
		},
		"records that never end": func() string {
			return id + ruleLine + "\n\nFull text: x\n\n" + strings.Repeat(ruleLine+"\n\nProQuest document ID: 1\n\nx\n\nx\n\nx\n\nx\n\nx\n\n", 70_000)
		},
		"text that goes on": func() string {
			return id + ruleLine + "\n\nFull text: x\n\n" + strings.Repeat(ruleLine+"\n\nx\n\n", 200_000)
		},
		"many fields":          func() string { return id + "Full text: x\n\n" + strings.Repeat("Subject: x\n\n", 500_000) },
		"many lines":           func() string { return id + "Full text: x\n" + strings.Repeat("x\n", 900_000) },
		"one long line":        func() string { return id + "Full text: " + strings.Repeat("x ", 10_000_000) },
		"colons":               func() string { return id + strings.Repeat(":", 10_000_000) },
		"nested elements":      func() string { return "<html><body>" + mark + strings.Repeat("<div>", 100_000) },
		"many ids":             func() string { return "<html><body>" + strings.Repeat("<p>"+mark+"</p>", 45_000) },
		"many ids in elements": func() string { return "<html><body>" + strings.Repeat("<div><p>"+mark+"</p></div>", 38_000) },
		"many unknown fields":  func() string { return "<html><body>" + mark + strings.Repeat("<p><b>Q</b>uay: x</p>", 45_000) },
	} {
		t.Run(name, func(t *testing.T) {
			if os.Getenv("RECOUNT_BARS") == "" && crc32.ChecksumIEEE([]byte(name))%4 != 0 {
				t.Skip("a quarter of them is enough for every day: RECOUNT_BARS=1")
			}
			start := parallel.Used()
			set, err := Read([]byte(in()), document.Options{})
			if err != nil && !errors.Is(err, recount.ErrRefused) {
				t.Errorf("error %v", err)
			}
			if err == nil && len(set.Drafts) > document.MaxDrafts {
				t.Errorf("%d articles", len(set.Drafts))
			}
			if d := parallel.Used() - start; d > 30*time.Second { // on a busy machine; about 1 s on a free one
				t.Errorf("took %v", d)
			} else {
				t.Log(d)
			}
		})
	}
}

func fuzz(f *testing.F, names ...string) {
	for _, n := range names {
		f.Add(sample(f, n))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<20 {
			return
		}
		set, err := Read(b, document.Options{})
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
				t.Errorf("error without kind or hint: %v", err)
			}
			return
		}
		findable(t, b, set, 3)
		for _, l := range set.Left {
			if l.Where == "" || l.Reason == "" || l.Hint == "" {
				t.Errorf("left %+v", l)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	fuzz(f, "proquest.txt", "proquest-wrapped.txt", "proquest-languages.txt")
}
func FuzzHTML(f *testing.F) { fuzz(f, "proquest.html") }
