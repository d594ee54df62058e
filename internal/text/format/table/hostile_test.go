//go:build unix

package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"recount/internal/parallel"
	"recount/internal/text/document"
)

// oneSheet is a workbook of one sheet with the rows as XML.
func oneSheet(t testing.TB, rows, shared string) []byte {
	return parts(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       shared,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	})
}

// hostile are files made to hurt. Each is built when it is needed.
func hostile(t testing.TB) map[string]func() []byte {
	const size = maxPayload
	fill := func(unit string) []byte { return []byte(strings.Repeat(unit, size/len(unit))) }
	head := func(header, unit string) []byte {
		return []byte(header + strings.Repeat(unit, (size-len(header))/len(unit)))
	}
	return map[string]func() []byte{
		"one line of 100 MiB":            func() []byte { return append([]byte("text,url\n"), bytes.Repeat([]byte("a"), 100<<20)...) },
		"one line of 32 MiB":             func() []byte { return head("text,url\n", "a") },
		"quotes that never close":        func() []byte { return head("text,url\n", "\"a\n") },
		"a quote before every separator": func() []byte { return head("text,url\n", "\"a,") },
		"only quotes":                    func() []byte { return head("text,url\n", "\"") },
		"only separators":                func() []byte { return head("text,url\n", ",") },
		"only line ends":                 func() []byte { return head("text,url\n", "\n") },
		"rows of one letter":             func() []byte { return head("text,url\n", "a,b\n") },
		"one letter a paragraph":         func() []byte { return head("text,url\n\"", "a\n") },
		"many paragraphs":                func() []byte { return head("text,url\n", "\""+strings.Repeat("a\n", 19_000)+"\",x\n") },
		"many paragraphs in one cell":    func() []byte { return head("text,url\n", "\""+strings.Repeat("a\n", 2_000_000)+"\",x\n") },
		"a header of many columns":       func() []byte { return fill("text,") },
		"many headers":                   func() []byte { return fill("a,b,c,d\n") },
		"nested HTML":                    func() []byte { return head("text,url\n", strings.Repeat("<div>", 2000)+",x\n") },
		"formatting left open":           func() []byte { return head("text,url\n", strings.Repeat("<p><b><i>", 300)+",x\n") },
		"HTML cells":                     func() []byte { return head("text,url\n", "<p>a<p>b,x\n") },
		"JSON of empty objects":          func() []byte { return fill("{}\n") },
		"JSON of many keys": func() []byte {
			var b strings.Builder
			b.WriteString(`{"text":"a"`)
			for i := 0; b.Len() < size-32; i++ {
				fmt.Fprintf(&b, `,"k%d":1`, i)
			}
			return []byte(b.String() + "}\n{}\n")
		},
		"nested JSON":          func() []byte { return fill("[") },
		"nested JSON objects":  func() []byte { return fill(`{"text":`) },
		"a list in a JSON key": func() []byte { return []byte(`{"text":[` + strings.Repeat("1,", size/2-20) + "1]}") },
		"nested lists": func() []byte {
			return []byte(`[{"text":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "}]")
		},
		"JSON of wrappers":     func() []byte { return fill(`{"data":`) },
		"JSON that breaks off": func() []byte { return head("[", `{"text":"a"},`) },
		"JSON lines broken":    func() []byte { return head(`{"text":"a"}`+"\n", "{\n") },
		"addresses":            func() []byte { return fill("http://a.b/c\n") },
		"GKG of hints": func() []byte {
			c := make([]string, gkgColumns)
			c[0], c[1], c[4] = "20210504103000-1", "20210504103000", "https://a.news.example/1"
			c[gkgPersons], c[gkgQuotations] = strings.Repeat("a;", 8<<20), strings.Repeat("1|2|3|4#", 1<<20)
			return []byte(strings.Join(c, "\t") + "\n")
		},
		"a workbook of 128 MiB of zeros": func() []byte {
			return oneSheet(t, sheetHeader+strings.Repeat("\x00", 130<<20), "<sst/>")
		},
		"a workbook of one long cell": func() []byte {
			return oneSheet(t, sheetHeader+`<row><c t="inlineStr"><is><t>`+strings.Repeat("a ", 60<<20)+`</t></is></c></row>`, "<sst/>")
		},
		"a workbook of cells far right": func() []byte {
			return oneSheet(t, sheetHeader+strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 3_000_000), "<sst/>")
		},
		"a workbook of small rows": func() []byte {
			return oneSheet(t, sheetHeader+strings.Repeat(`<row><c><v>1</v></c></row>`, 4_000_000), "<sst/>")
		},
		"a workbook of empty strings": func() []byte {
			return oneSheet(t, sheetHeader, "<sst>"+strings.Repeat("<si/>", 20_000_000)+"</sst>")
		},
		"a workbook of one string said often": func() []byte {
			return oneSheet(t, sheetHeader+strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 150_000), "<sst><si><t>"+strings.Repeat("word ", 6000)+"</t></si></sst>")
		},
		"a workbook with a tag that never ends": func() []byte {
			return oneSheet(t, sheetHeader+"<row "+strings.Repeat(`a="`, 30<<20), "<sst/>")
		},
		"a workbook of many sheets in one part": func() []byte {
			return parts(t, map[string]string{
				"xl/workbook.xml":            `<workbook><sheets>` + strings.Repeat(`<sheet name="A" r:id="rId1"/>`, 100_000) + `</sheets></workbook>`,
				"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
				"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + sheetHeader + strings.Repeat(`<row><c t="str"><v>a</v></c></row>`, 100_000) + `</sheetData></worksheet>`,
			})
		},
		"a ZIP of many entries": func() []byte {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			for range 100_000 {
				z.CreateHeader(&zip.FileHeader{Name: "xl/workbook.xml"})
			}
			z.Close()
			return b.Bytes()
		},
	}
}

// TestHostile gives every hostile file two seconds of work and 256 MiB above itself.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("files of 32 MiB are left out of a short run")
	}
	for name, build := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			if os.Getenv("RECOUNT_BARS") == "" && crc32.ChecksumIEEE([]byte(name))%4 != 0 {
				t.Skip("a quarter of them is enough for every day: RECOUNT_BARS=1")
			}
			payload := build()
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			peak := make(chan uint64)
			stop := make(chan bool)
			go func() { // the highest heap that a look every few milliseconds sees
				var most uint64
				for {
					select {
					case <-stop:
						peak <- most
						return
					case <-time.After(5 * time.Millisecond):
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						most = max(most, m.HeapAlloc)
					}
				}
			}()
			began := parallel.Used()
			is := Is(payload, "x.csv")
			set, err := Read(payload, document.Options{})
			took := parallel.Used() - began
			close(stop)
			above := int64(<-peak) - int64(before.HeapAlloc)
			t.Logf("%v, %d MiB above the payload; is %v, %d drafts, %d leads, %d left, %v", took.Round(time.Millisecond), above>>20, is, len(set.Drafts), len(set.Leads), len(set.Left), err)
			if took > time.Minute {
				t.Errorf("took %v", took)
			}
			if above > 256<<20 {
				t.Errorf("%d MiB above the payload", above>>20)
			}
		})
	}
}
