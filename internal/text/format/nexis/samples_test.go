package nexis

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A piece is one fictional article as the samples print it.
type piece struct {
	title, outlet, date, edition, byline, section, words, highlight, dateline string
	published                                                                 string // YYYY-MM-DD
	text                                                                      []string
	caption, language, loaded                                                 string
	picture                                                                   bool // it has no text
}

var english = []piece{
	{
		title: "Harbour to close for three weeks while cranes are mended", outlet: "The Harbour Post (Northport)", date: "July 1, 2019 Monday 9:20 AM GMT", published: "2019-07-01",
		byline: "Ada Quill", section: "NEWS; Version:1; Pg. 3", words: "104 words", highlight: "Fishermen will land at the old pier until the end of the month.", dateline: "NORTHPORT",
		text: []string{
			"The harbour of Northport will close on Monday for three weeks while its two cranes are mended, the mayor, Tilda Moss, said at a meeting in the town hall.",
			"\u201cNobody will lose a day of work,\u201d Ms. Moss said. \u201cThe old pier is ready, and the ice house stays open.\u201d",
			"About 40 boats use the harbour. According to the harbour office, almost 60% of them are small enough to land at the old pier, which was built in 1911 and was closed to boats in 1987.",
			"Body",
			"Jonas Reef, who has fished from Northport since he was 15, said he did not believe a word of it.",
		},
		language: "ENGLISH", loaded: "July 2, 2019",
	},
	{
		title: "Old pier holds, engineer says: \u2018I would park my car on it\u2019", outlet: "Coast Courier", date: "July 3, 2019 Wednesday", edition: "Late Edition - Final", published: "2019-07-03",
		byline: "Per Lund and Ida Strand", section: "Local", words: "66 words",
		text: []string{
			"The old pier of Northport can carry the weight of 20 boats at once, an engineer of the county has found.",
			"\u201cI would park my car on it,\u201d said the engineer, Rosa Tamm, after two days of measuring.",
			"The harbour has been closed since Monday.",
		},
		caption: "Rosa Tamm on the old pier. Photo: Per Lund", language: "ENGLISH", loaded: "July 3, 2019",
	},
	{
		title: "In pictures: the last crane comes down", outlet: "The Harbour Post (Northport)", date: "July 4, 2019 Thursday 6:00 PM GMT", published: "2019-07-04",
		section: "NEWS", words: "0 words", language: "ENGLISH", loaded: "July 5, 2019", picture: true,
	},
	{
		title: "LETTER: Reopen the ice house to children", outlet: "news.example", date: "July 22, 2019 Monday", published: "2019-07-22",
		byline: "Mina Gale", section: "OPINION", words: "51 words",
		text: []string{
			"When I was a child, every school in Northport was shown the ice house once a year.",
			"Length: three hours. Nobody who saw it forgot it.",
			"Let the children in again.",
		},
		language: "ENGLISH", loaded: "July 23, 2019",
	},
}

var german = []piece{
	{
		title: "Hafen schließt für drei Wochen", outlet: "Küstenblatt", date: "1. Juli 2019 Montag", published: "2019-07-01",
		byline: "Ada Quill", section: "LOKALES; S. 3", words: "48 Wörter",
		text: []string{
			"Der Hafen von Nordhafen schließt am Montag für drei Wochen, wie Bürgermeisterin Tilda Moos mitteilte.",
			"„Niemand verliert einen Arbeitstag“, sagte Moos. „Die alte Mole ist bereit.“",
		},
		language: "GERMAN; DEUTSCH", loaded: "2. Juli 2019",
	},
	{
		title: "Die alte Mole hält", outlet: "Küstenblatt", date: "3. Juli 2019 Mittwoch", published: "2019-07-03", words: "20 Wörter",
		text: []string{"Die alte Mole trägt 20 Boote auf einmal, sagte die Ingenieurin Rosa Tamm."}, language: "GERMAN; DEUTSCH", loaded: "3. Juli 2019",
	},
}

// words are the words of one language that a download prints.
type words struct {
	job, requested, documents, matter, search, kind, narrowed string
	section, length, byline, highlight, dateline, body        string
	graphic, classification, language, loaded, end            string
	of, oldLength, oldByline, oldSection                      string
}

var inEnglish = words{"Job Number:", "Date and Time:", "Documents", "Client/Matter:", "Search Terms:", "Search Type:", "Narrowed by:",
	"Section:", "Length:", "Byline:", "Highlight:", "Dateline:", "Body", "Graphic", "Classification", "Language:", "Load-Date:", "End of Document",
	"%d of %d DOCUMENTS", "LENGTH:", "BYLINE:", "SECTION:"}

var inGerman = words{"Auftragsnummer:", "Datum und Uhrzeit:", "Dokumente", "Mandant/Angelegenheit:", "Suchbegriffe:", "Suchtyp:", "Eingegrenzt durch:",
	"Rubrik:", "Länge:", "Autor:", "Highlight:", "Ortsmarke:", "Textkörper", "Grafik", "Klassifizierung", "Sprache:", "Load-Date:", "Ende des Dokuments",
	"Dokument %d von %d", "LÄNGE:", "AUTOR:", "RUBRIK:"}

const searched = `harbour w/10 (crane OR "old pier")`

// newerLines returns the paragraphs of a download of the newer layout; an
// empty string is an empty paragraph, and \n a break inside one.
func newerLines(list []piece, w words, cover bool) []string {
	var out []string
	if cover {
		out = append(out, "User Name: A. Reader", w.requested+"\u00a0Friday, 2 August 2019 10:15:00 AM GMT", w.job+"\u00a095271833", fmt.Sprintf("%s (%d)", w.documents, len(list)), "")
		for i, p := range list {
			out = append(out, fmt.Sprintf("%d. %s", i+1, p.title), w.matter+"\u00a0-None-", w.search+"\u00a0"+searched, w.kind+"\u00a0Terms and Connectors", w.narrowed, "", "Content Type", "Narrowed by", "News", "Timeline: Jul 01, 2019 to Jul 31, 2019", "")
		}
		out = append(out, "", "")
	}
	for i, p := range list {
		out = append(out, p.title, p.outlet, p.date+strings.Repeat("\n", min(1, len(p.edition)))+p.edition, "", "Copyright 2019 Northport Papers Ltd", "All Rights Reserved", "")
		field := func(label, value string) {
			if value != "" {
				out = append(out, label+"\u00a0"+value)
			}
		}
		field(w.section, p.section)
		field(w.length, p.words)
		if i == 0 && p.highlight != "" {
			// In some downloads the byline and what follows are one paragraph.
			out = append(out, w.byline+"\u00a0"+p.byline+" "+w.highlight+"\u00a0"+p.highlight)
		} else {
			field(w.byline, p.byline)
			field(w.highlight, p.highlight)
		}
		field(w.dateline, p.dateline)
		if !p.picture {
			out = append(out, "", w.body, "")
		}
		for j, t := range p.text {
			out = append(out, t)
			if j == 1 {
				out = append(out, "", "") // as some articles have
			}
		}
		if p.caption != "" {
			out = append(out, "", w.graphic, "", p.caption)
		}
		out = append(out, "", w.classification, "")
		field(w.language, p.language)
		field("Publication-Type:", "Newspaper")
		field("Subject:", "HARBORS & PORTS (90%); FISHING (78%)")
		field(w.loaded, p.loaded)
		out = append(out, "", w.end, "", "")
	}
	return out
}

// docxOf returns a Word file of paragraphs.
func docxOf(t testing.TB, lines []string) []byte {
	t.Helper()
	var b strings.Builder
	esc := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, l := range lines {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>`)
		for i, s := range strings.Split(l, "\n") {
			if i > 0 {
				b.WriteString(`<w:r><w:br/></w:r>`)
			}
			label, rest, ok := strings.Cut(s, "\u00a0")
			if ok {
				b.WriteString(`<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + esc.Replace(label) + `</w:t></w:r><w:r><w:t xml:space="preserve">` + "\u00a0" + esc.Replace(rest) + `</w:t></w:r>`)
			} else if s != "" {
				b.WriteString(`<w:r><w:t xml:space="preserve">` + esc.Replace(s) + `</w:t></w:r>`)
			}
		}
		b.WriteString("</w:p>\n")
	}
	b.WriteString(`<w:sectPr/></w:body></w:document>`)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"word/document.xml", b.String()},
		{"word/styles.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p[0], Method: zip.Deflate, Modified: time.Date(2019, 8, 2, 10, 15, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rtfOf returns an RTF file of paragraphs.
func rtfOf(lines []string) []byte {
	var b strings.Builder
	b.WriteString(`{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\info{\title LexisNexis}}` + "\n")
	for _, l := range lines {
		b.WriteString(`\pard\plain\f0\fs20 `)
		for _, r := range l {
			switch {
			case r == '\n':
				b.WriteString(`\line `)
			case r == '\\' || r == '{' || r == '}':
				b.WriteString(`\` + string(r))
			case r == '\u00a0':
				b.WriteString(`\~`)
			case r < 0x80:
				b.WriteRune(r)
			case r < 0x100:
				fmt.Fprintf(&b, `\'%02x`, r)
			default:
				fmt.Fprintf(&b, `\u%d?`, r)
			}
		}
		b.WriteString("\\par\n")
	}
	b.WriteString("}")
	return []byte(b.String())
}

// wrap breaks text at a column.
func wrap(s string, width int) string {
	var b strings.Builder
	n := 0
	for _, w := range strings.Fields(s) {
		k := len([]rune(w))
		if n > 0 && n+1+k > width {
			b.WriteByte('\n')
			n = 0
		} else if n > 0 {
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += k
	}
	return b.String()
}

func centre(s string) string { return strings.Repeat(" ", max(0, 40-len([]rune(s))/2)) + s }

// txtOf returns a TXT download of the older layout.
func txtOf(list []piece, w words) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "\n\n\n\nDownload Request: Selected Items: 1-%d\nTime Of Request: Friday, August 02, 2019  10:15:00\n\nSend To:\n2 POND STREET\nNORTHPORT\n\n\n%s\n\n\nSource: The Harbour Post (Northport);Coast Courier;news.ex...\nCombined Source: The Harbour Post (Northport);Coast Courier;news.ex...\nProject ID: None\n\n\n\n",
		len(list), wrap("Terms: "+searched+" and (DATE(>=2019-07-01 and <=2019-07-31) and not (TYPE(web)))", 78))
	for i, p := range list {
		b.WriteString(centre(fmt.Sprintf(w.of, i+1, len(list))) + "\n\n\n\n" + centre(p.outlet) + "\n\n" + centre(p.date) + "\n")
		if p.edition != "" {
			b.WriteString(centre(p.edition) + "\n")
		}
		b.WriteString("\n" + wrap(p.title, 78) + "\n\n")
		for _, f := range [][2]string{{w.oldByline, p.byline}, {w.oldSection, p.section}, {w.oldLength, p.words}, {"DATELINE:", p.dateline}, {"HIGHLIGHT:", p.highlight}} {
			if f[1] != "" {
				b.WriteString(wrap(f[0]+" "+f[1], 78) + "\n\n")
			}
		}
		b.WriteString("\n")
		for _, t := range p.text {
			b.WriteString(wrap(t, 78) + "\n\n")
		}
		if p.caption != "" {
			b.WriteString(wrap("GRAPHIC: "+p.caption, 78) + "\n\n")
		}
		fmt.Fprintf(&b, "LOAD-DATE: %s\n\nLANGUAGE: %s\n\nPUBLICATION-TYPE: Newspaper\n\nJOURNAL-CODE: NHP\n\n\n%s\n%s\n\n", p.loaded, p.language, centre("Copyright 2019 Northport Papers Ltd"), centre("All Rights Reserved"))
	}
	return []byte(b.String())
}

// htmlOf returns an HTML download of the older layout, with an error page in
// place of one more document.
func htmlOf(list []piece) []byte {
	var b strings.Builder
	esc := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	n := len(list) + 1
	fmt.Fprintf(&b, "<HTML>\n<HEAD>\n<STYLE TYPE=\"text/css\"><!--\n.c0 { text-align: center; }\n--></STYLE>\n<TITLE>&nbsp;</TITLE>\n<META TOPIC=\"null\" DOCUMENTS=\"%d\" UPDATED=\"Friday, August 02, 2019  10:15:00\" /></HEAD>\n<BODY>\n<DIV CLASS=\"c5\"><P CLASS=\"c6\"><SPAN CLASS=\"c27\">Download Request: Selected Items: 1-%d<BR>Time Of Request: Friday, August 02, 2019 &nbsp;10:15:00<BR><BR>Send To:<BR><BR>2 POND STREET<BR>NORTHPORT<BR><BR><BR>Terms: %s<BR><BR><BR>Source: The Harbour Post (Northport);Coast Courier<BR>Project ID: <BR><BR></SPAN></P>\n</DIV>\n<DIV CLASS=\"c28\">&nbsp;</DIV>\n", n, n, esc.Replace(searched))
	field := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "<BR><DIV CLASS=\"c5\"><P CLASS=\"c6\"><SPAN CLASS=\"c8\">%s </SPAN><SPAN CLASS=\"c2\">%s</SPAN></P>\n</DIV>\n", label, esc.Replace(value))
		}
	}
	for i, p := range list {
		fmt.Fprintf(&b, "<A NAME=\"DOC_ID_%d_0\"></A><!-- Hide XML section from browser\n<DOC NUMBER=%d>\n<DOCFULL> -->\n<BR><DIV CLASS=\"c0\"><P CLASS=\"c1\"><SPAN CLASS=\"c2\">%d of %d DOCUMENTS</SPAN></P>\n</DIV>\n<BR><DIV CLASS=\"c0\"><BR><P CLASS=\"c1\"><SPAN CLASS=\"c2\">%s</SPAN></P>\n</DIV>\n", i+1, i+1, i+1, n, esc.Replace(p.outlet))
		month, rest, _ := strings.Cut(p.date, " ")
		ed := ""
		if p.edition != "" {
			ed = "<BR>" + p.edition
		}
		fmt.Fprintf(&b, "<BR><DIV CLASS=\"c3\"><P CLASS=\"c1\"><SPAN CLASS=\"c4\">%s</SPAN><SPAN CLASS=\"c2\"> %s</SPAN><SPAN CLASS=\"c2\">&nbsp;%s</SPAN></P>\n</DIV>\n", month, rest, ed)
		fmt.Fprintf(&b, "<BR><DIV CLASS=\"c5\"><P CLASS=\"c6\"><SPAN CLASS=\"c7\">%s</SPAN></P>\n</DIV>\n", esc.Replace(p.title))
		field("BYLINE:", p.byline)
		field("SECTION:", p.section)
		field("LENGTH:", p.words)
		field("DATELINE:", p.dateline)
		field("HIGHLIGHT:", p.highlight)
		b.WriteString("<BR><DIV CLASS=\"c5\">")
		for _, t := range p.text {
			fmt.Fprintf(&b, "<P CLASS=\"c9\"><SPAN CLASS=\"c2\">%s</SPAN></P>\n", esc.Replace(t))
		}
		b.WriteString("</DIV>\n")
		field("GRAPHIC:", p.caption)
		field("LOAD-DATE:", p.loaded)
		field("LANGUAGE:", p.language)
		field("PUBLICATION-TYPE:", "Newspaper")
		b.WriteString("<BR><DIV CLASS=\"c0\"><BR><P CLASS=\"c1\"><SPAN CLASS=\"c2\">Copyright 2019 Northport Papers Ltd<BR>All Rights Reserved</SPAN></P>\n</DIV>\n<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n")
	}
	fmt.Fprintf(&b, "<A NAME=\"DOC_ID_%d_0\"></A><!-- Hide XML section from browser\n<DOC NUMBER=%d>\n<DOCFULL> -->\n<BR><DIV CLASS=\"c5\"><P CLASS=\"c6\"><SPAN CLASS=\"c2\">We are sorry but there is an error in this document and it is not possible to display it.</SPAN></P>\n</DIV>\n<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n</BODY></HTML>\n", n, n)
	return []byte(b.String())
}

// truth is what the samples should be read as.
type truth struct {
	Articles []truthArticle `json:"articles"`
	Left     []string       `json:"left"`
	Leads    []string       `json:"leads"`
}

type truthArticle struct {
	Part      string `json:"part"`
	Title     string `json:"title"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Byline    string `json:"byline"`
	URL       string `json:"url"`
	First     string `json:"first"`
	Last      string `json:"last"`
}

func truthOf(list []piece, left ...string) truth {
	out := truth{Articles: []truthArticle{}, Left: append([]string{}, left...), Leads: []string{}}
	for i, p := range list {
		if p.picture {
			continue
		}
		a := truthArticle{Part: fmt.Sprint(i + 1), Title: p.title, Outlet: p.outlet, Published: p.published, Byline: p.byline}
		a.First = strings.Join(strings.Fields(p.text[0])[:6], " ")
		last := p.text[len(p.text)-1]
		if p.caption != "" {
			last = p.caption
		}
		f := strings.Fields(last)
		a.Last = strings.Join(f[max(0, len(f)-4):], " ")
		out.Articles = append(out.Articles, a)
	}
	return out
}

// samples are the files in testdata.
func samples(t testing.TB) (map[string][]byte, map[string]truth) {
	single := english[:1]
	files := map[string][]byte{
		"nexis.docx":        docxOf(t, newerLines(english, inEnglish, true)),
		"nexis-german.docx": docxOf(t, newerLines(german, inGerman, true)),
		"nexis-single.docx": docxOf(t, newerLines(single, inEnglish, false)),
		"nexis.rtf":         rtfOf(newerLines(english, inEnglish, true)),
		"nexis.txt":         txtOf(english, inEnglish),
		"nexis-german.txt":  txtOf(german, inGerman),
		"nexis.html":        htmlOf(english),
	}
	truths := map[string]truth{
		"nexis.docx":        truthOf(english, "document 3"),
		"nexis-german.docx": truthOf(german),
		"nexis-single.docx": truthOf(single),
		"nexis.rtf":         truthOf(english, "document 3"),
		"nexis.txt":         truthOf(english, "document 3"),
		"nexis-german.txt":  truthOf(german),
		"nexis.html":        truthOf(english, "document 3", "document 5"),
	}
	return files, truths
}

// TestSamplesAreWritten keeps the files in testdata equal to what this file
// says they are. UPDATE=1 writes them.
func TestSamplesAreWritten(t *testing.T) {
	files, truths := samples(t)
	b, err := json.MarshalIndent(truths, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	files["truth.json"] = append(b, '\n')
	for name, want := range files {
		path := filepath.Join("testdata", name)
		if os.Getenv("UPDATE") != "" {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(name) != ".docx" && !bytes.Equal(got, want) {
			t.Errorf("%s is not what the samples say; UPDATE=1 go test writes it", path)
		}
	}
}
