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
