package table

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"recount/internal/text/document"
)

// check reads payload in every way and fails on what may never be: a panic, a
// path that Find does not follow, text that is no line of UTF-8.
func check(t *testing.T, payload []byte) {
	if len(payload) > 64<<10 {
		return
	}
	Is(payload, "x.csv")
	Is(payload, "x")
	for _, columns := range []map[string]string{nil, {"text": "1"}} {
		set, err := Read(payload, document.Options{Columns: columns})
		if err != nil {
			continue
		}
		n := 0
		seen := map[string]bool{}
		for _, d := range set.Drafts {
			if len(d.Paragraphs) == 0 || d.Part == "" || seen["part "+d.Part] {
				t.Errorf("draft %q has %d paragraphs, or its name comes twice", d.Part, len(d.Paragraphs))
			}
			seen["part "+d.Part] = true
			for _, p := range d.Paragraphs {
				if seen[p.Path] {
					t.Errorf("path %q comes twice", p.Path)
				}
				seen[p.Path] = true
				if p.Text == "" || !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "\n\x00") {
					t.Errorf("paragraph %q", p.Text)
				}
				if n++; n <= 20 {
					if got, ok := Find(payload, p.Path); !ok || got != p.Text {
						t.Errorf("Find(%q) = %q, %v; want %q", p.Path, got, ok, p.Text)
					}
				}
			}
		}
	}
}

// seeds adds the samples whose names end in one of endings.
func seeds(f *testing.F, endings ...string) {
	files, _ := filepath.Glob("testdata/*.*")
	for _, path := range files {
		if ending(path, endings...) {
			b, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
}

func FuzzDelimited(f *testing.F) {
	seeds(f, ".csv", ".tsv", ".txt")
	for _, s := range []string{"sep=;\ntext;url\na;b\n", "text,url\n\"a \"\"b\"\"\nc\",x\n", "text\turl\r\"a\"\tb\r", "'text','url'\n'a\\'b','c'\n",
		"text,url\n\"<p>a<br><br>b</p>\",x\n", "text|title|date\nx|y|13/01/2015\nx|y|01/13/2015\n", "text,url\n\"a\\\"b\",c\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(check)
}

func FuzzRecords(f *testing.F) {
	seeds(f, ".json", ".jsonl")
	for _, s := range []string{`[{"text":"a","url":["b",{"name":"c"}]}]`, `{"hits":{"hits":[{"_source":{"text":"a"}}]}}`, "{\"text\":\"\\ud800\"}\n{", `[{"text":1e9,"date":1620119700}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		if formOf(payload) == isRecords {
			check(t, payload)
		}
	})
}

// FuzzWorkbook puts its bytes into the sheet, the strings and the formats of a
// workbook, since bytes of a ZIP archive would mostly not unpack.
func FuzzWorkbook(f *testing.F) {
	f.Add(sheetHeader+`<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>44320.5</v></c></row>`, `<sst><si><t>a &amp; b_x000A_c</t><rPh><t>x</t></rPh></si></sst>`,
		`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="d&quot;x&quot; mmm yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>`)
	f.Add(`<row><c t="str"><f>HYPERLINK("http://a.example/b","c")</f><v>text</v></c></row><!-- a --><row><c><v><![CDATA[a]]></v></c></row>`, "", "")
	f.Fuzz(func(t *testing.T, rows, shared, styles string) {
		if len(rows)+len(shared)+len(styles) > 16<<10 {
			return
		}
		payload := parts(t, map[string]string{
			"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/sharedStrings.xml":       shared,
			"xl/styles.xml":              styles,
			"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
		})
		check(t, payload)
	})
}

func FuzzZip(f *testing.F) {
	seeds(f, ".xlsx")
	f.Fuzz(check)
}

// parts zips the parts of a workbook as they are given.
func parts(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"} {
		if text, ok := files[name]; ok {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			w.Write([]byte(text))
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const sheetHeader = `<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="B1" t="inlineStr"><is><t>url</t></is></c></row>`
