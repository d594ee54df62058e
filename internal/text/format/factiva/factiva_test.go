package factiva

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"recount"
	"recount/internal/parallel"
	"recount/internal/text/document"
)

func TestDatesThatCanBeReadOneWay(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"English", "12 June 2015", "2015-06-12"},
		{"American order", "June 12, 2015", "2015-06-12"},
		{"with a weekday", "Friday, 12 June 2015", "2015-06-12"},
		{"German with a stop", "12. Juni 2015", "2015-06-12"},
		{"German March", "3 März 2018", "2018-03-03"},
		{"French", "29 décembre 2011", "2011-12-29"},
		{"French first", "1er août 2014", "2014-08-01"},
		{"Spanish", "4 de mayo de 2013", "2013-05-04"},
		{"Italian", "7 luglio 2019", "2019-07-07"},
		{"Portuguese", "15 de março de 2016", "2016-03-15"},
		{"Dutch", "2 mei 2017", "2017-05-02"},
		{"Russian", "29 декабря 2011 г.", "2011-12-29"},
		{"Japanese", "2012年11月1日", "2012-11-01"},
		{"Japanese with spaces", "2012 年 11 月 1 日", "2012-11-01"},
		{"ISO", "2012-11-01", "2012-11-01"},
		{"with stops", "29.12.2011", "2011-12-29"},
		{"year first", "2015 June 12", "2015-06-12"},
		{"two readers read it differently", "03/04/2015", ""},
		{"no such day", "30 February 2015", ""},
		{"a month alone", "June 2015", ""},
		{"a year alone", "2015", ""},
		{"a sentence", "on 12 June 2015 the ferry sailed", ""},
		{"too long a number", "12 June 99999999999999999999", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := isoDay(tt.in); got != tt.want {
				t.Errorf("isoDay(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTimesOfDay(t *testing.T) {
	for in, want := range map[string]string{
		"15:32": "15:32", "7:45": "07:45", "07:45 AM": "07:45", "12:05 am": "00:05", "3:10 p.m.": "15:10", "18h20": "18:20", "09:05 GMT": "09:05",
		"25:00": "", "13:00 am": "", "noon": "", "": "",
	} {
		if got, _ := isoClock(in); got != want {
			t.Errorf("isoClock(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHeadingLinesAreKnownByTheirShape(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  string
	}{
		{"all of them", []string{"Ann Vo", "1,312 words", "3 March 2018", "07:45", "The Harbour Post", "HARBPO", "Final", "A4", "English", "(c) 2018 X"},
			"BY WC PD ET SN SC ED PG LA CY"},
		{"no byline, no code", []string{"88 parole", "7 luglio 2019", "Corriere del Porto", "Italiano", "Copyright 2019 X"}, "WC PD SN LA CY"},
		{"an outlet like a code", []string{"88 words", "7 July 2019", "HPTV", "HPTVX", "English"}, "WC PD SN SC LA"},
		{"an outlet like a language", []string{"88 words", "7 July 2019", "English", "ENGL", "English"}, "WC PD SN SC LA"},
		{"a credit below the byline", []string{"Ann Vo", "Harbour News", "Third", "88 words", "7 July 2019", "The Harbour Post"}, "BY CR WC PD SN ?Third"},
		{"no words", []string{"Ann Vo", "7 July 2019", "The Harbour Post", "HARBPO", "English"}, "BY PD SN SC LA"},
		{"French words with a narrow space", []string{"1\u202f204 mots", "1 mai 2012", "Le Courrier", "COUMOR", "Français", "© X"}, "WC PD SN SC LA CY"},
		{"Russian", []string{"204 слов", "1 мая 2012", "Маяк", "MAYAK", "Русский", "(c) 2012"}, "WC PD SN SC LA CY"},
		{"lines that are none", []string{"88 words", "7 July 2019", "The Harbour Post", "HARBPO", "Final", "Late", "Later", "English", "(c) 2019", "All rights reserved."}, "WC PD SN SC ED LA CY ?Late ?Later"},
		{"nothing known", []string{"Ann Vo", "The Harbour Post"}, "?Ann Vo ?The Harbour Post"},
		{"none", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var lines []piece
			for _, s := range tt.lines {
				lines = append(lines, piece{s, "x"})
			}
			fields, strange := heading(lines)
			var got []string
			for _, f := range fields {
				got = append(got, f.code)
			}
			for _, s := range strange {
				got = append(got, "?"+s.text)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("heading(%q) = %q, want %q", tt.lines, s, tt.want)
			}
		})
	}
}

func rowA(code, value string) string {
	return `<tr><td class="index"><b>` + code + `</b>&nbsp;</td><td>` + value + "</td></tr>\n"
}

func formA(rows ...string) string {
	return `<div class="article enArticle"><table>` + strings.Join(rows, "") + `</table></div>`
}

func mustRead(t *testing.T, payload string) document.Set {
	t.Helper()
	set, err := Read([]byte(payload), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	findable(t, []byte(payload), set, 1000)
	return set
}

func TestTextWithoutParagraphsIsCutAtBreaks(t *testing.T) {
	set := mustRead(t, `<html><body>`+formA(rowA("HD", "A quiet day"), rowA("LP", "The sea was calm.<br/><br/>Nobody sailed."), rowA("TD", "<p>It rained.</p><table><tr><td>Boats</td><td>4</td></tr></table>"))+`</body></html>`)
	var got []string
	for _, p := range set.Drafts[0].Paragraphs {
		got = append(got, p.Text)
	}
	if s := strings.Join(got, "|"); s != "The sea was calm.|Nobody sailed.|It rained.|Boats 4" {
		t.Errorf("text %q", s)
	}
}

func TestTextBesideTheFieldsIsLeft(t *testing.T) {
	set := mustRead(t, `<html><body><div class="article enArticle"><p>A note by the archive.</p><table>`+rowA("HD", "A quiet day")+rowA("LP", "The sea was calm.")+`</table></div></body></html>`)
	if len(set.Left) != 1 || !strings.Contains(set.Left[0].Reason, "A note by the archive") || set.Left[0].Where != "article 1" {
		t.Errorf("left %v", set.Left)
	}
}

func TestACaptionIsNoText(t *testing.T) {
	set := mustRead(t, `<html><body>`+formA(rowA("HD", "A quiet day"), rowA("LP", "The sea was calm."), rowA("ART", "Photo: the sea."))+`</body></html>`)
	if p := set.Drafts[0].Paragraphs; len(p) != 2 || p[1].Role != recount.Caption {
		t.Errorf("paragraphs %v", p)
	}
}

func TestACorrectionIsNoted(t *testing.T) {
	set := mustRead(t, `<html><body>`+formA(rowA("HD", "A quiet day"), rowA("LP", "The sea was calm."), rowA("CX", "The sea was rough."))+`</body></html>`)
	if n := set.Drafts[0].Notes; len(n) != 1 || !strings.Contains(n[0], "rough") {
		t.Errorf("notes %q", n)
	}
}

func TestHitsThatDifferAreSaid(t *testing.T) {
	set := mustRead(t, `<html><body>`+formA(rowA("HD", "A quiet day"), rowA("LP", "The sea was calm."))+
		`<div><p>Search Summary</p><p>Text</p><p>calm</p><p>Results Found</p><p>1,234</p></div></body></html>`)
	if len(set.Left) != 1 || !strings.Contains(set.Left[0].Reason, "found 1234") {
		t.Errorf("left %v", set.Left)
	}
	if s := said(set.Drafts[0], "search"); s != "Text; calm; Results Found; 1,234" {
		t.Errorf("search %q", s)
	}
}

func TestFieldsThatAreNotKnownAreListedOnce(t *testing.T) {
	var b strings.Builder
	for range 12 {
		b.WriteString(formA(rowA("HD", "A quiet day"), rowA("LP", "The sea was calm."), rowA("QQ", "x")))
	}
	set := mustRead(t, "<html><body>"+b.String()+"</body></html>")
	if len(set.Left) != 1 || !strings.Contains(set.Left[0].Reason, "12 times") || said(set.Drafts[11], "qq") != "x" {
		t.Errorf("left %v", set.Left)
	}
}

func TestFormBWhoseParagraphsLostTheirClass(t *testing.T) {
	set := mustRead(t, `<html><body><div class="article enArticle"><div id="hd">A quiet day</div><div>88 words</div><div>7 July 2019</div><div>The Harbour Post</div><div>HARBPO</div><div>English</div><div>(c) 2019 Harbour Post Press</div>
<p>The sea was calm.</p><p>Nobody sailed.</p><p>Harbour Post Press</p><p>Document HARBPO0020190707ef770001d</p></div></body></html>`)
	d := set.Drafts[0]
	if len(d.Paragraphs) != 2 || said(d, "publisher") != "Harbour Post Press" || said(d, "outlet") != "The Harbour Post" || len(set.Left) != 0 {
		t.Errorf("%+v, left %v", d, set.Left)
	}
}

func TestWhatStandsBetweenParagraphsIsText(t *testing.T) {
	const p = `<p class="articleParagraph enarticleParagraph">`
	set := mustRead(t, `<html><body><div class="article enArticle"><div id="hd">A quiet day</div><div>88 words</div><div>7 July 2019</div><div>The Harbour Post</div>`+
		p+`The sea was calm.</p><p>Boats: 4</p><table><tr><td>Gull</td><td>2</td></tr></table>`+p+`Nobody sailed.</p><p>Contact: desk</p><p>Harbour Press</p><p>Document HARBPO0020190707ef770001d</p></div></body></html>`)
	var got []string
	for _, p := range set.Drafts[0].Paragraphs {
		got = append(got, p.Text)
	}
	if s := strings.Join(got, "|"); s != "The sea was calm.|Boats: 4|Gull 2|Nobody sailed." || len(set.Left) != 1 || !strings.Contains(set.Left[0].Reason, "Contact: desk") {
		t.Errorf("text %q, left %v", s, set.Left)
	}
}

func TestEncodings(t *testing.T) {
	src := `<html><head><meta charset="windows-1252"></head><body>` + formA(rowA("HD", "Le phare")+rowA("PD", "29 d\xe9cembre 2011")+rowA("LP", "\xab C'est beau \xbb, dit-elle.")) + `</body></html>`
	set := mustRead(t, src)
	if d := set.Drafts[0]; d.Paragraphs[0].Text != "« C'est beau », dit-elle." || said(d, "published") != "29 décembre 2011" {
		t.Errorf("windows-1252: %+v", d)
	}
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(`<html><body>` + formA(rowA("HD", "Маяк"), rowA("LP", "Маяк горит.")) + `</body></html>`)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	if !Is(wide, "") {
		t.Error("UTF-16 is not recognised")
	}
	if set := mustRead(t, string(wide)); set.Drafts[0].Paragraphs[0].Text != "Маяк горит." {
		t.Errorf("UTF-16: %+v", set.Drafts[0])
	}
}

func TestOtherFilesAreNotFactivas(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":            "",
		"a page":             `<html><body><article class="article"><h1>Quiet day</h1><p>Document the sea.</p></article></body></html>`,
		"a page with a like": `<div class="article myArticleBox">x</div>`,
		"text about Factiva": "We searched Factiva.\n\nDocument HARBPO0020150612eb6c0001x\n",
		"RTF about Factiva":  `{\rtf1 We searched Factiva. Do it.}`,
		"RTF with a picture": `{\rtf1 {\pict 0102a1b219991231abcdef0123 }}`,
		"a feed":             `<?xml version="1.0"?><rss><channel><item><title>x</title></item></channel></rss>`,
	} {
		if Is([]byte(s), "factiva.html") {
			t.Errorf("%s is taken for Factiva's", name)
		}
		if _, err := Read([]byte(s), document.Options{}); !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestDamagedXMLKeepsWhatStandsBefore(t *testing.T) {
	b := sample(t, "factiva.xml")
	cut := b[:strings.LastIndex(string(b), "<sourceName>")]
	set := mustRead(t, string(cut))
	if len(set.Drafts) != 1 || !strings.Contains(set.Left[0].Where, "follows article 1") {
		t.Errorf("%d articles, left %v", len(set.Drafts), set.Left)
	}
}

func TestXMLWithADefinitionIsRefused(t *testing.T) {
	_, err := Read([]byte(`<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><ppsarticle><article><headline>&x;</headline></article></ppsarticle></r>`), document.Options{})
	if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), "definition") {
		t.Errorf("error %v", err)
	}
}

func TestCodesInsideTextAreText(t *testing.T) {
	l := func(s string, bold, cell bool) line { return line{piece{s, "p[1]"}, bold, cell} }
	tests := []struct {
		name       string
		l          line
		in         string
		code, rest string
	}{
		{"a cell", l("HD", true, true), "", "HD", ""},
		{"a code and its value", l("SN The Harbour Post", false, false), "WC", "SN", "The Harbour Post"},
		{"capitals in a text", l("IN THE BAY no boat left", false, false), "TD", "", ""},
		{"subjects below a text", l("NS gspo : Sports", false, false), "TD", "NS", "gspo : Sports"},
		{"the number below a text", l("AN Document HARBPO0020190721ef7l0000c", false, false), "TD", "AN", "Document HARBPO0020190721ef7l0000c"},
		{"a cell below a text", l("NS", true, true), "TD", "NS", ""},
		{"a word in capitals", l("ABC news", false, false), "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if code, rest := leadingCode(tt.l, tt.in); code != tt.code || rest != tt.rest {
				t.Errorf("leadingCode(%q, %q) = %q, %q; want %q, %q", tt.l.text, tt.in, code, rest, tt.code, tt.rest)
			}
		})
	}
}

func TestRTFWithCodesInLine(t *testing.T) {
	set := mustRead(t, `{\rtf1\ansi {\b HD} A quiet day\par {\b WC} 88 words\par {\b PD} 7 July 2019\par {\b SN} The Harbour Post\par {\b LP} The sea was calm.\par {\b TD} Nobody sailed.\par IN THE BAY it rained.\par {\b AN} Document HARBPO0020190721ef7l0000c\par}`)
	d := set.Drafts[0]
	var got []string
	for _, p := range d.Paragraphs {
		got = append(got, p.Text)
	}
	if s := strings.Join(got, "|"); s != "The sea was calm.|Nobody sailed.|IN THE BAY it rained." || said(d, "outlet") != "The Harbour Post" || said(d, "id") != "HARBPO0020190721ef7l0000c" {
		t.Errorf("text %q, facts %v", s, d.Facts)
	}
}

// bulk returns a file of n articles in each carrier.
func bulk(n int) map[string][]byte {
	var a, b, r, x strings.Builder
	a.WriteString("<html><head><title>Factiva</title></head><body>")
	b.WriteString("<html><head><title>Factiva</title></head><body>")
	r.WriteString(`{\rtf1\ansi\ansicpg1252 `)
	fmt.Fprintf(&x, `<?xml version="1.0" encoding="utf-8"?><PPSResponse><ppsarticleResultSet count="%d">`, n)
	const sentence = "The harbour was quiet on the morning of the regatta, and about a dozen boats lay at the quay, said the harbour master. "
	for i := range n {
		id := fmt.Sprintf("HARBPO0020150612eb6c%05d", i)
		a.WriteString(`<div class="article enArticle"><table>` + rowA("HD", "Quiet day "+id) + rowA("BY", "Ann Vo") + rowA("WC", "500 words") + rowA("PD", "12 June 2015") + rowA("SN", "The Harbour Post") +
			rowA("SC", "HARBPO") + rowA("LA", "English") + rowA("CY", "(c) 2015") + `<tr><td class="index"><b>TD</b></td><td>`)
		fmt.Fprintf(&b, `<div id="article-%s" class="article"><div class="article enArticle"><p><div id="hd"><span class='enHeadline'>Quiet day</span></div><div>500 words</div><div>12 June 2015</div><div>The Harbour Post</div><div>HARBPO</div><div>English</div><div>(c) 2015</div></p>`, id)
		r.WriteString(`{\b Quiet day}\par 500 words\par 12 June 2015\par The Harbour Post\par HARBPO\par English\par (c) 2015\par `)
		fmt.Fprintf(&x, `<ppsarticle><article><accessionNo>%s</accessionNo><headline><paragraph>Quiet day</paragraph></headline><publicationDate><date>2015-06-12</date></publicationDate><sourceName>The Harbour Post</sourceName><tailParagraphs>`, id)
		for range 20 {
			p := strings.Repeat(sentence, 3)
			a.WriteString(`<p class="articleParagraph enarticleParagraph">` + p + "</p>\n")
			b.WriteString(`<p class="articleParagraph enarticleParagraph">` + p + "</p>\n")
			r.WriteString(p + `\par `)
			x.WriteString("<paragraph>" + p + "</paragraph>\n")
		}
		a.WriteString("</td></tr>" + rowA("NS", "gcat : News") + rowA("AN", "Document "+id) + "</table></div><br/>")
		b.WriteString("<p>Document " + id + "</p></div></div>")
		r.WriteString("Document " + id + `\par `)
		x.WriteString("</tailParagraphs></article></ppsarticle>")
	}
	x.WriteString("</ppsarticleResultSet></PPSResponse>")
	return map[string][]byte{"HTML form A": []byte(a.String()), "HTML form B": []byte(b.String()), "RTF": []byte(r.String() + "}"), "XML": []byte(x.String())}
}

func TestFiveHundredArticles(t *testing.T) {
	for name, b := range bulk(500) {
		start := parallel.Used()
		set, err := Read(b, document.Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		if d := parallel.Used() - start; d > 30*time.Second {
			t.Errorf("%s: %v", name, d)
		}
		if len(set.Drafts) != 500 || len(set.Left) > 0 || len(set.Drafts[499].Paragraphs) != 20 {
			t.Errorf("%s: %d articles, left %v", name, len(set.Drafts), set.Left)
		}
		findable(t, b, set, 3)
	}
}

func BenchmarkRead(b *testing.B) {
	files := bulk(500)
	for _, name := range []string{"HTML form A", "HTML form B", "RTF", "XML"} {
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
	deep := strings.Repeat("<div>", 100_000)
	for name, in := range map[string]func() string{
		"nested elements": func() string { return `<div class="article enArticle">` + deep },
		"nested articles": func() string { return strings.Repeat(`<div class="article enArticle">`, 50_000) },
		"articles side by side": func() string {
			return "<html><body>" + strings.Repeat(`<div class="article enArticle"></div>`, 190_000)
		},
		"rows in rows": func() string {
			return `<html><body><div class="article enArticle">` + strings.Repeat(`<table><tr><td class=index>HD<td>`, 400) + "x"
		},
		"many rows": func() string {
			return `<html><body><div class="article enArticle"><table>` + strings.Repeat(`<tr><td class=index>HD</td></tr>`, 60_000)
		},
		"many unknown codes": func() string {
			return `<html><body><div class="article enArticle"><table>` + strings.Repeat(`<tr><td class=index>QQ</td><td>x</td></tr>`, 30_000)
		},
		"many headlines": func() string {
			return `<html><body><div class="article enArticle">` + strings.Repeat(`<div id=hd>x</div>`, 60_000)
		},
		"many lines above a text": func() string {
			return `<html><body><div class="article enArticle"><div id=hd>x</div>` + strings.Repeat(`<div>1 words</div>`, 60_000)
		},
		"a mark without end": func() string { return "<" + strings.Repeat("class=article ", 2_000_000) },
		"nested XML":         func() string { return `<?xml version="1.0"?><ppsarticle>` + strings.Repeat("<a>", 1_000_000) },
		"many XML articles":  func() string { return `<?xml version="1.0"?><ppsarticle>` + strings.Repeat("<article/>", 500_000) },
		"many XML elements": func() string {
			return `<?xml version="1.0"?><ppsarticle><article>` + strings.Repeat("<region code='x'><name>y</name></region>", 200_000) + "</article></ppsarticle>"
		},
		"many XML attributes": func() string {
			return `<?xml version="1.0"?><ppsarticle><article><x ` + strings.Repeat(`a="b" `, 300_000) + `/></article></ppsarticle>`
		},
		"RTF of D and o": func() string { return `{\rtf1 ` + strings.Repeat("Do ", 3_000_000) },
		"RTF of numbers": func() string {
			return `{\rtf1 ` + strings.Repeat(`Document HARBPO0020190721ef7l0000c\par `, 100_000) + "}"
		},
		"RTF of codes": func() string {
			return `{\rtf1 ` + strings.Repeat(`{\b HD}\par `, 200_000) + `Document HARBPO0020190721ef7l0000c\par}`
		},
		"RTF without any end": func() string {
			return `{\rtf1 ` + strings.Repeat(`x\par `, 500_000) + `Document HARBPO0020190721ef7l0000c`
		},
		"RTF that opens and opens": func() string { return `{\rtf1 Document HARBPO0020190721ef7l0000c ` + strings.Repeat("{", 2_000_000) },
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

func FuzzHTML(f *testing.F) { fuzz(f, "factiva-a.html", "factiva-b.html") }
func FuzzXML(f *testing.F)  { fuzz(f, "factiva.xml") }
func FuzzRTF(f *testing.F)  { fuzz(f, "factiva-plain.rtf", "factiva-indexed.rtf") }
