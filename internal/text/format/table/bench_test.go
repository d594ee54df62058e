package table

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"recount/internal/text/document"
)

// manyRows is a table of n articles of about 240 bytes.
func manyRows(n int) []byte {
	var b strings.Builder
	b.WriteString("id,title,byline,outlet,publish_date,url,text\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Ferry %d late,Ada Quill,The Harbour Post,2021-05-%02d,https://harbour.news.example/%d,\"The ferry was late again on day %d.\n\n\"\"We stood there for an hour,\"\" said Maud Tern, who takes it.\"\n",
			i, i, i%28+1, i, i)
	}
	return []byte(b.String())
}

// BenchmarkRead reads a table of 100,000 rows. "held" is what the set holds
// when it is done, without the payload.
func BenchmarkRead(b *testing.B) {
	payload := manyRows(100_000)
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	var set document.Set
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		var err error
		if set, err = Read(payload, document.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if len(set.Drafts) != 100_000 {
		b.Fatalf("%d drafts", len(set.Drafts))
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB-held")
	b.ReportMetric(float64(len(payload))/(1<<20), "MiB-payload")
	runtime.KeepAlive(payload)
}

// BenchmarkWorkbook reads 50,000 such rows out of a workbook; the bytes are
// those of the sheet as it unpacks.
func BenchmarkWorkbook(b *testing.B) {
	var rows strings.Builder
	cell := func(s string) { rows.WriteString(`<c t="inlineStr"><is><t>` + s + `</t></is></c>`) }
	row := func(cells ...string) {
		rows.WriteString("<row>")
		for _, c := range cells {
			cell(c)
		}
		rows.WriteString("</row>")
	}
	row("id", "title", "byline", "outlet", "publish_date", "url", "text")
	for i := range 50_000 {
		row(fmt.Sprint(i), fmt.Sprintf("Ferry %d late", i), "Ada Quill", "The Harbour Post", "2021-05-04", fmt.Sprintf("https://harbour.news.example/%d", i),
			fmt.Sprintf("The ferry was late again on day %d.\n\n\"We stood there for an hour,\" said Maud Tern, who takes it.", i))
	}
	payload := parts(b, map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows.String() + `</sheetData></worksheet>`,
	})
	b.SetBytes(int64(rows.Len()))
	b.ReportAllocs()
	for b.Loop() {
		set, err := Read(payload, document.Options{})
		if err != nil || len(set.Drafts) != 50_000 {
			b.Fatal(len(set.Drafts), err)
		}
	}
}
