//go:build unix

package docx

import (
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

// cost reads a payload and returns the processor time that it took and by how much the heap
// grew at the most, in MiB, as far as it is seen every few milliseconds.
func cost(payload []byte) (time.Duration, int) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, uint64(0)
	done, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	start := parallel.Used()
	if Is(payload, "x.docx") {
		_, _ = Read(payload, document.Options{})
	}
	d := parallel.Used() - start
	close(done)
	<-stopped
	return d, int((most - min(before, most)) >> 20)
}

func TestHostileFilesCostLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	fill := func(unit string, outer string) []byte {
		n := (maxInflated - 2000 - 2*len(outer)) / len(unit)
		return file(t, outer+strings.Repeat(unit, n)+closing(outer))
	}
	tests := []struct {
		name    string
		payload func() []byte
	}{
		{"nothing but empty paragraphs", func() []byte { return fill("<w:p/>", "") }},
		{"nothing but empty runs", func() []byte { return fill("<w:r/>", "<w:p>") }},
		{"unknown elements of one letter", func() []byte { return fill("<a/>", "<w:p>") }},
		{"one paragraph of 32 MiB", func() []byte { return fill("word ", "<w:p><w:r><w:t>") }},
		{"breaks without end", func() []byte { return fill("<w:br/>", "<w:p><w:r>") }},
		{"lines without end", func() []byte { return fill("<w:t>a</w:t><w:br/>", "<w:p><w:r>") }},
		{"namespaces without end", func() []byte { return fill(`<b:a xmlns:b=""/>`, "<w:p>") }},
		{"short paragraphs without end", func() []byte { return fill("<w:p><w:r><w:t>a</w:t></w:r></w:p>", "") }},
		{"attributes without end", func() []byte { return fill(` a="b"`, "<w:p") }},
		{"entities", func() []byte { return fill("&amp;", "<w:p><w:r><w:t>") }},
		{"a ZIP file of 60,000 parts", func() []byte {
			parts := make([]part, 60_000)
			for i := range parts {
				parts[i].name = fmt.Sprintf("word/%d.xml", i)
			}
			return pkg(t, parts...)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if os.Getenv("RECOUNT_BARS") == "" && crc32.ChecksumIEEE([]byte(tt.name))%4 != 0 {
				t.Skip("a quarter of them is enough for every day: RECOUNT_BARS=1")
			}
			d, mib := cost(tt.payload())
			t.Logf("%v, %d MiB", d, mib)
			if d > time.Minute || mib > 400 { // the bar is 256 MiB; when memory is collected differs
				t.Errorf("%v and %d MiB; want far less than a minute (the bar is 2 s on a free machine) and 256 MiB", d, mib)
			}
		})
	}
}

// closing returns the end tags of a run of start tags.
func closing(outer string) string {
	var out string
	for _, name := range strings.FieldsFunc(outer, func(r rune) bool { return r == '<' || r == '>' }) {
		out = "</" + name + ">" + out
	}
	if outer == "<w:p" {
		return "></w:p>"
	}
	return out
}
