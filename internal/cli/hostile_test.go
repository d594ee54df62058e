package cli

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A hostileFile is one that somebody made to hang, fill or fool a reader.
type hostileFile struct {
	name string
	make func() []byte
}

// rep is s written n times.
func rep(s string, n int) string { return strings.Repeat(s, n) }

// A member is one file in a ZIP; of zeros only the number is written down.
type member struct {
	name, text string
	zeros      int
	mode       os.FileMode
}

func zipOf(members ...member) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		if m.mode != 0 {
			h.SetMode(m.mode)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			panic(err)
		}
		io.WriteString(w, m.text)
		io.CopyN(w, nulls{}, int64(m.zeros))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

type nulls struct{}

func (nulls) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func gz(b []byte, more int) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, flate.BestCompression)
	w.Write(b)
	io.CopyN(w, nulls{}, int64(more))
	w.Close()
	return out.Bytes()
}

// pdf is a PDF file of the given objects, 1 the root, without a table.
func pdf(objects ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n", len(objects)+1)
	return []byte(b.String())
}

func stream(dict string, data []byte) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

func deflated(more int) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	io.CopyN(w, nulls{}, int64(more))
	w.Close()
	return b.Bytes()
}

func docx(document string) []byte {
	return zipOf(member{name: "[Content_Types].xml", text: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		member{name: "word/document.xml", text: document})
}

const wordHead = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`

func record(kind, uri, header, block string, length int) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%x>\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-05-04T00:00:00Z\r\nContent-Type: application/http\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, uri, header, length, block)
}

func answer(header, body string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + "\r\n" + body
}

func xlsx(sheet string, more ...member) []byte {
	return zipOf(append([]member{
		{name: "[Content_Types].xml", text: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{name: "_rels/.rels", text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{name: "xl/workbook.xml", text: `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{name: "xl/_rels/workbook.xml.rels", text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{name: "xl/worksheets/sheet1.xml", text: sheet}}, more...)...)
}

func tarOf(headers ...tar.Header) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := range headers {
		h := headers[i]
		body := "<p>" + h.Name + "</p>"
		if h.Typeflag == tar.TypeReg {
			h.Size = int64(len(body))
		}
		h.Mode = 0o644
		if err := w.WriteHeader(&h); err != nil {
			panic(err)
		}
		if h.Typeflag == tar.TypeReg {
			io.WriteString(w, body)
		}
	}
	w.Close()
	return b.Bytes()
}

// pageOf wraps what a hostile page does in what every page has.
func pageOf(s string) []byte {
	return []byte("<!DOCTYPE html><html><head><title>A page</title></head><body><article>" + s + "</article></body></html>")
}

func bytesOf(s string) []byte { return []byte(s) }

const sentence = `"Nobody told us why the ferry did not leave," said Ada Quist, 24, who has taken the boat for thirty years. `

var hostileFiles = []hostileFile{
	// What must be refused cleanly or be bounded in any case.
	{"up.zip", func() []byte {
		return zipOf(member{name: "../../../up.html", text: "<p>up</p>"}, member{name: "/abs.html", text: "<p>abs</p>"})
	}},
	{"bomb-200M.zip", func() []byte { return zipOf(member{name: "zeros.html", zeros: 200 << 20}) }},
	{"zeros-300M.html.gz", func() []byte { return gz(nil, 300<<20) }},
	{"nested-div.html", func() []byte { return pageOf(rep("<div>", 100_000)) }},
	{"dtd.docx", func() []byte {
		return docx(`<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + wordHead + `<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`)
	}},
	{"length.warc", func() []byte {
		return bytesOf(record("response", "https://a.example/length.warc", "", answer("", "<p>short</p>"), 1_000_000_000_000))
	}},
	{"objstm.pdf", func() []byte {
		return pdf("<< /Type /Catalog /Pages 3 0 R >>", stream("/Type /ObjStm /N 1 /First 4 /Extends 2 0 R", []byte("2 0 << /Type /ObjStm /N 2 0 R >>")), "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
	}},
	{"line-100M.csv", func() []byte { return []byte("title,text\n\"" + rep("x", 100<<20) + "\"\n") }},
	// Containers.
	{"line-31M.csv", func() []byte { return []byte("title,text\n\"a\",\"" + rep("x", 31<<20) + "\"\n") }},
	{"nested.zip", func() []byte {
		b := zipOf(member{name: "a.html", text: "<p>in the middle</p>"})
		for i := range 12 {
			b = zipOf(member{name: fmt.Sprintf("%d.zip", i), text: string(b)})
		}
		return b
	}},
	{"many.zip", func() []byte {
		m := make([]member, 60_000)
		for i := range m {
			m[i] = member{name: fmt.Sprintf("d/%d.txt", i)}
		}
		return zipOf(m...)
	}},
	{"twice.zip", func() []byte {
		return zipOf(member{name: "a.html", text: "<p>one</p>"}, member{name: "a.html", text: "<p>two</p>"})
	}},
	{"link.zip", func() []byte { return zipOf(member{name: "a.html", text: "/etc/passwd", mode: os.ModeSymlink | 0o777}) }},
	{"bombs.zip", func() []byte {
		inner := zipOf(member{name: "zeros.html", zeros: 100 << 20})
		var m []member
		for i := range 30 {
			m = append(m, member{name: fmt.Sprintf("%d.zip", i), text: string(inner)})
		}
		return zipOf(m...)
	}},
	{"no-directory.zip", func() []byte {
		b := zipOf(member{name: "a.html", text: rep(sentence, 50)}, member{name: "b.html", text: rep(sentence, 60)})
		return b[:len(b)*2/3]
	}},
	{"comment.zip", func() []byte { return bytesOf("PK\x05\x06" + rep("\x00", 16) + "\xff\xff" + rep("PK\x05\x06", 16_000)) }},
	{"up.tar", func() []byte {
		return tarOf(tar.Header{Name: "../../x.html", Typeflag: tar.TypeReg}, tar.Header{Name: "l.html", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}, tar.Header{Name: "dev.html", Typeflag: tar.TypeChar})
	}},
	{"size.tar", func() []byte {
		b := tarOf(tar.Header{Name: "x.html", Typeflag: tar.TypeReg})
		copy(b[124:], "77777777777\x00")
		return b
	}},
	{"gz-gz-gz.gz", func() []byte { return gz(gz(gz(gz([]byte("<p>deep</p>"), 10<<20), 0), 0), 0) }},
	{"window.warc.zst", func() []byte { return bytesOf("\x28\xb5\x2f\xfd\x00\xf8" + rep("\x00", 100)) }},
	{"chunks.warc", func() []byte {
		return bytesOf(record("response", "https://a.example/chunks.warc", "", answer("Transfer-Encoding: chunked\r\n", rep("1\r\nx\r\n", 200_000)+"ffffffffffffffff\r\n"), len(answer("Transfer-Encoding: chunked\r\n", rep("1\r\nx\r\n", 200_000)+"ffffffffffffffff\r\n"))))
	}},
	{"encoded.warc", func() []byte {
		a := answer("Content-Encoding: gzip\r\n", string(gz(nil, 200<<20)))
		return []byte(record("response", "https://a.example/encoded.warc", "", a, len(a)))
	}},
	{"head.warc", func() []byte {
		return bytesOf("WARC/1.0\r\nWARC-Type: response\r\n" + rep("X-Endless: y\r\n", 700_000))
	}},
	{"revisit.warc", func() []byte {
		return bytesOf(rep(record("revisit", "https://a.example/revisit.warc", "WARC-Refers-To-Target-URI: https://a.example/revisit.warc\r\nWARC-Payload-Digest: sha1:AAAA\r\n", "", 0), 20_000))
	}},
	{"tiny.warc", func() []byte {
		return bytesOf(rep(record("response", "https://a.example/tiny.warc", "", answer("", "<p>x</p>"), len(answer("", "<p>x</p>"))), 30_000))
	}},
	{"package.wacz", func() []byte {
		return zipOf(member{name: "datapackage.json", text: rep("[", 1<<20)}, member{name: "archive/data.warc.gz", text: string(gz([]byte(record("response", "https://a.example/package.wacz", "", "x", 9)), 0))}, member{name: "pages/pages.jsonl", text: rep(`{"url":"`+rep("x", 1000)+`"}`+"\n", 30_000)})
	}},
	// Pages.
	{"less-than.html", func() []byte { return pageOf(rep("<", 10<<20)) }},
	{"attributes.html", func() []byte { return pageOf("<p " + rep(`a="b" c=d `, 2<<20) + ">text</p>") }},
	{"formatting.html", func() []byte { return pageOf(rep("<b><i><a href=x>", 60_000) + "text") }},
	{"tables.html", func() []byte { return pageOf(rep("<table><tr><td>", 60_000) + "text") }},
	{"data.html", func() []byte {
		return pageOf(`<p>` + rep(sentence, 5) + `</p><img src="data:image/png;base64,` + rep("QUJD", 7<<20) + `">`)
	}},
	{"entities.html", func() []byte {
		return pageOf("<p>" + rep("&CounterClockwiseContourIntegral;&amp;&#x", 300_000) + "</p>")
	}},
	{"utf16.html", func() []byte { return append([]byte{0xff, 0xfe}, rep("<\x00p\x00", 1<<20)+"<"...) }},
	{"json-ld.html", func() []byte {
		return pageOf(`<script type="application/ld+json">` + rep(`{"@graph":[`, 500_000) + `</script><p>` + rep(sentence, 5) + `</p>`)
	}},
	{"no-space.html", func() []byte { return pageOf("<p>" + rep("x", 20<<20) + "</p>") }},
	{"sentences.html", func() []byte { return pageOf("<p>" + rep(sentence, 100_000) + "</p>") }},
	{"paragraphs.html", func() []byte { return pageOf(rep("<p>"+sentence+"</p>", 60_000)) }},
	{"links.html", func() []byte { return pageOf(rep("<p><a href=/x>"+sentence+"</a></p>", 40_000)) }},
	{"comments.html", func() []byte { return pageOf(rep("<!--", 2<<20)) }},
	{"select.html", func() []byte { return pageOf(rep("<select><option>", 100_000)) }},
	{"metas.html", func() []byte {
		return []byte("<html><head>" + rep(`<meta property="article:published_time" content="2014-05-14">`, 200_000) + "</head><body><p>" + rep(sentence, 5) + "</p></body></html>")
	}},
	// Text.
	{"line.txt", func() []byte { return bytesOf(rep("x", 20<<20)) }},
	{"quotes.txt", func() []byte { return bytesOf(rep(`"`, 5<<20)) }},
	{"sentences.txt", func() []byte { return bytesOf(rep(sentence, 100_000)) }},
	{"figures.txt", func() []byte {
		return bytesOf(rep("Almost 60% of 58 people, dozens of them women, 1,2,3.4.5 million ", 60_000))
	}},
	{"names.txt", func() []byte { return bytesOf(rep("ADA: Nobody told us why.\n", 200_000)) }},
	{"cues.vtt", func() []byte {
		return bytesOf("WEBVTT\n\n" + rep("00:00:01.000 --> 00:00:02.000\n<v Ada>Nobody told us why.\n\n", 150_000))
	}},
	{"times.srt", func() []byte { return bytesOf(rep("1\n99:99:99,999 --> 00:00:00,000\nx\n\n", 200_000)) }},
	// E-mail.
	{"parts.eml", func() []byte {
		var b strings.Builder
		b.WriteString("From: a@news.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n")
		for i := range 5000 {
			fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
		}
		return []byte(b.String())
	}},
	{"headers.eml", func() []byte {
		return bytesOf("From: a@news.example\r\nSubject: x\r\n" + rep("X-A: b\r\n", 1<<20) + "\r\ntext")
	}},
	{"received.eml", func() []byte {
		return bytesOf("From: a@news.example\r\nSubject: =?utf-8?q?" + rep("=41", 5<<20) + "?=\r\nDate: x\r\n\r\n" + rep(sentence, 10))
	}},
	{"snapshot.mhtml", func() []byte {
		return bytesOf("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n" + rep("--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=3D=\r\n", 100_000))
	}},
	// RTF.
	{"braces.rtf", func() []byte { return bytesOf(`{\rtf1 ` + rep("{", 2<<20)) }},
	{"bin.rtf", func() []byte { return bytesOf(`{\rtf1 ` + rep(`\bin999999999 x`, 100_000) + "}") }},
	{"unicode.rtf", func() []byte { return bytesOf(`{\rtf1 \uc99999 ` + rep(`\u-1 `, 2<<20) + "}") }},
	// PDF.
	{"previous.pdf", func() []byte {
		return bytesOf("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n")
	}},
	{"tree.pdf", func() []byte {
		return pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 99999999 >>")
	}},
	{"flate-300M.pdf", func() []byte {
		return pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>", stream("/Filter /FlateDecode", deflated(300<<20)))
	}},
	{"arrays.pdf", func() []byte {
		return pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids "+rep("[", 1<<20)+" /Count 1 >>")
	}},
	{"objects.pdf", func() []byte {
		o := make([]string, 200_000)
		for i := range o {
			o[i] = "<< /A 1 0 R >>"
		}
		return pdf(o...)
	}},
	{"forms.pdf", func() []byte {
		form := "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /F 5 0 R >> >>"
		return pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>", stream("", []byte(rep("/F Do ", 1000))), stream(form, []byte(rep("/F Do ", 1000))))
	}},
	{"letters.pdf", func() []byte {
		return pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 5 0 R >> >> >>", stream("", []byte("BT /F 12 Tf "+rep("1 0 0 1 50 50 Tm (x) Tj ", 300_000)+"ET")), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	}},
	// Word, spreadsheets.
	{"bomb.docx", func() []byte {
		return zipOf(member{name: "[Content_Types].xml", text: "<Types/>"}, member{name: "word/document.xml", text: wordHead, zeros: 300 << 20})
	}},
	{"tables.docx", func() []byte { return docx(wordHead + rep("<w:tbl><w:tr><w:tc>", 60_000)) }},
	{"laughs.docx", func() []byte {
		return docx(`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>` + wordHead + "<w:p><w:r><w:t>" + rep("&c;", 10_000) + "</w:t></w:r></w:p></w:body></w:document>")
	}},
	{"strings.xlsx", func() []byte {
		return xlsx(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`, member{name: "xl/sharedStrings.xml", text: "<sst>", zeros: 300 << 20})
	}},
	{"range.xlsx", func() []byte {
		return xlsx(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>text</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`)
	}},
	{"rows.xlsx", func() []byte {
		return xlsx(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rep(`<row><c t="inlineStr"><is><t>text</t></is></c></row>`, 3_000) + `</sheetData></worksheet>`)
	}},
	// Tables, lists, bibliographies.
	{"quotes.csv", func() []byte { return bytesOf("title,text\n" + rep(`"`, 10<<20)) }},
	{"columns.csv", func() []byte { return bytesOf(rep("text,", 500_000) + "\n" + rep("x,", 500_000)) }},
	{"rows.csv", func() []byte { return bytesOf("title,text\n" + rep("\"a\",\""+sentence[1:40]+"\"\n", 3_000)) }},
	{"urls.csv", func() []byte { return bytesOf("url\n" + rep("https://a.example/"+rep("x", 100)+"\n", 200_000)) }},
	{"deep.json", func() []byte { return bytesOf(rep("[", 5<<20)) }},
	{"deep.jsonl", func() []byte { return bytesOf(rep(`{"text":`, 1<<20) + "\n" + rep(`{"text":"x"}`+"\n", 10)) }},
	{"strings.bib", func() []byte {
		return bytesOf("@string{a = \"ha\"}\n" + func() string {
			var b strings.Builder
			for i := range 60 {
				fmt.Fprintf(&b, "@string{a%d = a%d # a%d # a%d}\n", i+1, i, i, i)
			}
			return b.String()
		}() + "@article{x, title = a60, url = {https://a.example/}}\n")
	}},
	{"braces.bib", func() []byte { return bytesOf("@article{x, title = " + rep("{", 5<<20)) }},
	{"records.ris", func() []byte { return bytesOf(rep("TY  - NEWS\nTI  - x\nUR  - https://a.example/\n", 200_000)) }},
	{"numbers.json", func() []byte {
		return bytesOf(`[{"id":"a","type":"article-newspaper","issued":{"date-parts":[[` + rep("9", 1<<20) + `]]},"URL":"https://a.example/"}]`)
	}},
	// News databases.
	{"nexis.txt", func() []byte {
		return bytesOf(rep("\n                               1 of 100000 DOCUMENTS\n\n\nThe Harbour Post\n\nMay 14, 2014\n\nLENGTH: 100 words\n\n", 60_000))
	}},
	{"factiva.html", func() []byte {
		return bytesOf("<html><body>" + rep(`<div class="article enArticle"><div id="hd"><span class="enHeadline">x</span></div><p class="articleParagraph enarticleParagraph">`, 60_000))
	}},
	{"proquest.txt", func() []byte {
		return bytesOf(rep("____________________________________________________________\n\nTitle: x\n\nFull text: y\n\nPublication title: z\n\n", 60_000))
	}},
	// One mark, one line, one cell, one word, one name over and over: what costs
	// more the longer it goes on, and lists that never end.
	{"header-31M.csv", func() []byte { return bytesOf("title,text," + rep("x", 31<<20) + "\n\"a\",\"b\"\n") }},
	{"string-31M.json", func() []byte { return bytesOf(`[{"title":"a","text":"` + rep("x", 31<<20) + `"}]`) }},
	{"word-20M.rtf", func() []byte { return bytesOf(`{\rtf1 ` + rep("x", 20<<20) + "}") }},
	{"word-20M.eml", func() []byte { return bytesOf("From: a@news.example\r\nSubject: x\r\n\r\n" + rep("x", 20<<20)) }},
	{"empties.tar", func() []byte {
		h := make([]tar.Header, 60_000)
		for i := range h {
			h[i] = tar.Header{Name: fmt.Sprintf("d/%d.html", i), Typeflag: 0} // as old archives mark a file
		}
		return tarOf(h...)
	}},
	{"urls.txt", func() []byte { return bytesOf(rep("https://a.example/"+rep("x", 80)+"\n", 250_000)) }},
	{"short-lines.txt", func() []byte { return bytesOf(rep("x\n\n", 300_000)) }},
	{"apostrophes.txt", func() []byte { return bytesOf(rep("'tis 'a ", 125_000)) }},
	{"unclosed.txt", func() []byte { return bytesOf(rep(`"Ada said. `, 90_000)) }},
	{"guillemets.txt", func() []byte { return bytesOf(rep("« “ ", 100_000)) }},
	{"marks.txt", func() []byte { return bytesOf(rep(`"`, 1_000_000)) }},
	{"one-surname.txt", func() []byte {
		var b strings.Builder
		for i := range 15_000 {
			fmt.Fprintf(&b, "\"We left the pier,\" said %c%c%c%ca Quist. ", 'A'+i%26, 'a'+i/26%26, 'a'+i/676%26, 'a'+i/17576%26)
		}
		return []byte(b.String())
	}},
	// As many statements, or words of speech, as a text may have that is read, and more.
	{"said.txt", func() []byte { return bytesOf(rep("\"We left the pier,\" he said. ", 19_900)) }},
	{"single.txt", func() []byte { return bytesOf(rep("'We left the pier,' he said. ", 19_900)) }},
	{"dashes.txt", func() []byte { return bytesOf(rep("— We left the pier, he said.\n\n", 19_900)) }},
	{"nobody.txt", func() []byte { return bytesOf(rep("\"We left the pier today.\" ", 19_900)) }},
	{"incises.txt", func() []byte {
		return bytesOf(rep("\"We left,\" he said, \"and they said we had come,\" ", 21_000) + ".")
	}},
	{"said-34000.txt", func() []byte { return bytesOf(rep("\"We left the pier,\" he said. ", 34_000)) }},
	{"they-said.txt", func() []byte { return bytesOf(rep("They said they left. ", 49_000)) }},
	{"noise.bin", func() []byte {
		b := make([]byte, 5<<20)
		x := uint32(1)
		for i := range b {
			x = x*1664525 + 1013904223
			b[i] = byte(x >> 24)
		}
		return b
	}},
}

// writeHostile writes the hostile files and three good pages to a new folder.
func writeHostile(t *testing.T, pile string) {
	t.Helper()
	if err := os.MkdirAll(pile, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(pile, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range hostileFiles {
		write(f.name, f.make())
	}
	for i, name := range []string{"aa-good.html", "mm-good.html", "zz-good.html"} {
		write(name, []byte(fmt.Sprintf("<html><head><title>Good page %d</title></head><body><article><h1>Good page %d</h1><p>The ferry number %d did not leave on Tuesday, and forty people walked home again in the rain.</p><p>%s</p></article></body></html>", i, i, i, sentence)))
	}
}

// Hostile files of every kind among good pages: each is refused or bounded, the
// good pages are read, and the study is whole.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	exe := program(t)
	pile := filepath.Join(t.TempDir(), "pile")
	writeHostile(t, pile)
	dir := filepath.Join(t.TempDir(), "s")
	must(t, exe, "init", dir, "--title", "The ferry")
	var spent [2]usage
	for i, args := range [][]string{{"add", "--study", dir, "--quiet", pile}, {"extract", "--study", dir, "--quiet"}} {
		spent[i] = spend(t, command(exe, args...))
	}
	must(t, exe, "recheck", "--study", dir)
	articles := rows(t, exe, dir)
	for i := range 3 {
		if !strings.Contains(articles, fmt.Sprintf(`"Good page %d"`, i)) {
			t.Errorf("good page %d is not there", i)
		}
	}
	report, err := os.ReadFile(filepath.Join(dir, "out", "ingest.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range hostileFiles {
		// Refused, or bounded: it stands in the report in either case, under its
		// name or the address of its record. A link in a ZIP and a record that
		// refers to itself are passed over and counted.
		if f.name == "link.zip" || f.name == "revisit.warc" {
			continue
		}
		if !bytes.Contains(report, []byte(f.name)) && !bytes.Contains(report, []byte("https://a.example/"+f.name)) {
			t.Errorf("the report on what came in says nothing of %s", f.name)
		}
	}
	t.Logf("%d hostile files: add %v, extract %v", len(hostileFiles), spent[0], spent[1])
}

// A usage is what a process and those that it started cost.
type usage struct {
	cpu  time.Duration
	peak int64 // bytes
}

func (u usage) String() string { return fmt.Sprintf("%.2f s, %d MiB", u.cpu.Seconds(), u.peak>>20) }

// spend runs a command; that it refuses things is no failure.
func spend(t *testing.T, cmd *exec.Cmd) usage {
	t.Helper()
	out, err := cmd.CombinedOutput()
	var e *exec.ExitError
	if err != nil && (!errors.As(err, &e) || e.ExitCode() != exitItems) {
		t.Errorf("%v: %v\n%.2000s", cmd.Args[1:], err, out)
	}
	for line := range strings.Lines(string(out)) {
		if len(line) > 2000 {
			t.Errorf("%v: a line of %d bytes: %.200s", cmd.Args[1:], len(line), line)
		}
	}
	return usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakOf(cmd.ProcessState)}
}

// hostilePile is the variable with the folder that TestHostileFilesCost measures,
// hostileOnly the one with the names of the files that it measures alone: "a.txt b.csv".
const (
	hostilePile = "RECOUNT_HOSTILE"
	hostileOnly = "RECOUNT_HOSTILE_ONLY"
)

// No hostile file costs more than 2 s of processor time or 256 MiB, whether it
// is added or read, the programs that do it together. Under `make bars`.
func TestHostileFilesCost(t *testing.T) {
	pile := os.Getenv(hostilePile)
	if pile == "" {
		if os.Getenv("RECOUNT_BARS") == "" {
			t.Skip("takes minutes: RECOUNT_BARS=1")
		}
		// What a process holds at most is never less than what held the one that
		// started it, so this one writes the files and one that has held nothing
		// measures.
		pile = filepath.Join(t.TempDir(), "pile")
		writeHostile(t, pile)
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		again := exec.Command(self, "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=0")
		again.Env = append(os.Environ(), hostilePile+"="+pile)
		out, err := again.CombinedOutput()
		t.Logf("%s", out)
		if err != nil {
			t.Errorf("hostile files cost too much: %v", err)
		}
		return
	}
	exe := program(t)
	entries, err := os.ReadDir(pile)
	if err != nil || len(entries) < len(hostileFiles) {
		t.Fatalf("%d files to measure, %v", len(entries), err)
	}
	if floor := spend(t, command(exe, "version")); floor.peak > 128<<20 {
		t.Fatalf("%v at nothing to do: memory cannot be measured", floor)
	}
	if only := strings.Fields(os.Getenv(hostileOnly)); len(only) > 0 {
		entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return !slices.Contains(only, e.Name()) })
		if len(entries) != len(only) {
			t.Fatalf("%d files of the %d that %s names", len(entries), len(only), hostileOnly)
		}
	}
	var most usage
	for _, e := range entries {
		dir := filepath.Join(t.TempDir(), "s")
		must(t, exe, "init", dir, "--title", "The ferry")
		for _, args := range [][]string{{"add", "--study", dir, "--quiet", filepath.Join(pile, e.Name())}, {"extract", "--study", dir, "--quiet"}} {
			u := spend(t, command(exe, args...))
			t.Logf("%-22s %-7s %v", e.Name(), args[0], u)
			if u.cpu > 2*time.Second || u.peak > 256<<20 {
				t.Errorf("%s costs %v: %s, over 2 s or 256 MiB", args[0], u, e.Name())
			}
			most = usage{max(most.cpu, u.cpu), max(most.peak, u.peak)}
		}
	}
	t.Logf("%d files, each added and read: at most %v", len(entries), most)
}

// Articles that nearly all share a long passage cost what their number says,
// not its square, in relations, time and memory. Under `make bars`.
func TestSharedPassagesCost(t *testing.T) {
	if os.Getenv("RECOUNT_BARS") == "" {
		t.Skip("takes a while: RECOUNT_BARS=1")
	}
	exe := program(t)
	cost := func(n int) (u usage, relations int) {
		file := filepath.Join(t.TempDir(), "articles.jsonl")
		if err := os.WriteFile(file, sharing(n), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := command(exe, "copies", "--quiet", file)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		u = usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakOf(cmd.ProcessState)}
		relations = bytes.Count(out, []byte("\n"))
		t.Logf("%d articles: %v, %d relations", n, u, relations)
		return u, relations
	}
	whole := func(n int) usage { // all that is made of them
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "articles.jsonl"), sharing(n), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := command(exe, "run", "--quiet", "articles.jsonl")
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("a passage stands in %d articles: where more than 100 share one,", n-(n+19)/20); !strings.Contains(string(out), want) {
			t.Errorf("a run over %d articles does not say %q:\n%s", n, want, out)
		}
		u := usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakOf(cmd.ProcessState)}
		t.Logf("a whole run over %d articles: %v", n, u)
		return u
	}
	if few, many := whole(1250), whole(5000); many.cpu > 6*few.cpu || many.peak > 600<<20 {
		t.Errorf("four times the articles cost a run %v for %v: more than six times, or over 600 MiB", many, few)
	}
	few, fewRelations := cost(1250)
	many, manyRelations := cost(5000)
	if many.peak > 600<<20 {
		t.Errorf("5,000 articles take %v, over 600 MiB", many)
	}
	if many.cpu > 6*few.cpu || manyRelations > 6*fewRelations {
		t.Errorf("four times the articles cost %v for %v, and have %d relations for %d: more than six times", many, few, manyRelations, fewRelations)
	}
}

// sharing is n articles of 20 outlets as JSON Lines; 19 of 20 hold the same 30
// sentences, and half of them 10 others.
func sharing(n int) []byte {
	rnd := rand.New(rand.NewPCG(16, 3))
	sentences := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString("The")
			for range 14 {
				fmt.Fprintf(&b, " %c%c%c%c", 'b'+rnd.IntN(20), "aeiou"[rnd.IntN(5)], 'b'+rnd.IntN(20), "aeiou"[rnd.IntN(5)])
			}
			b.WriteString(".\n")
		}
		return b.String()
	}
	first, second := sentences(30), sentences(10)
	var out bytes.Buffer
	for i := range n {
		text := sentences(6)
		if i%20 != 0 {
			text += first
		}
		text += sentences(6)
		if i%2 == 0 {
			text += second
		}
		fmt.Fprintf(&out, "{\"id\":\"a%d\",\"outlet\":\"Outlet %d\",\"published\":\"2031-01-%02d\",\"text\":%q}\n", i, i*7%20, 1+i%28, text)
	}
	return out.Bytes()
}
