//go:build unix

package nexis

import (
	"hash/crc32"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"recount/internal/parallel"
	"recount/internal/text/document"
)

// cost reads a payload and returns the processor time that it took and by how
// much the heap grew at the most, in MiB, as far as it is seen every few
// milliseconds.
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
	Is(payload, "x")
	_, _ = Read(payload, document.Options{Name: "x.txt"})
	d := parallel.Used() - start
	close(done)
	<-stopped
	return d, int((most - min(before, most)) >> 20)
}

func TestHostileFilesCostLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	head := "1 of 1 DOCUMENTS\n\nCourier\n\nJuly 3, 2019\n\nTitle\n\nLENGTH: 5 words\n\n"
	fill := func(head, unit string, limit int) string {
		return head + strings.Repeat(unit, (limit-len(head))/len(unit))
	}
	times := func(head, unit string, n int) string { return head + strings.Repeat(unit, n) }
	tests := []struct {
		name    string
		payload func() []byte
	}{
		{"articles without end", func() []byte { return []byte(fill("", "1 of 1 DOCUMENTS\nA\nJuly 3, 2019\n", maxText)) }},
		{"as many articles as may be", func() []byte { return []byte(times("", head+"a\n\n", document.MaxDrafts/2)) }},
		{"empty lines", func() []byte { return []byte(fill(head, "\n", maxText)) }},
		{"lines of one letter", func() []byte { return []byte(fill(head, "a\n", maxText)) }},
		{"as many lines as may be", func() []byte {
			return []byte(times(head, "NOTE: some words and more of them\n\n", maxLines/2) + times("", "x y z\n\n", maxLines/2-20))
		}},
		{"fields behind the text", func() []byte {
			return []byte(times(head+"text\n\n", "SUBJECT: some words and more\n\nmore of it\n\n", maxLines/2-20))
		}},
		{"one field without end", func() []byte {
			return []byte(times(head+"text\n\nLOAD-DATE: x\n\nSUBJECT: y\n", "some words\n", maxLines-20))
		}},
		{"one paragraph without end", func() []byte {
			return []byte(times(head, "some words and some more words and some words again\n", maxLines-20))
		}},
		{"one line of 32 MiB", func() []byte { return []byte(fill(head, "word ", maxText)) }},
		{"labels inside labels", func() []byte {
			return docxOf(t, []string{"T", "O", "July 3, 2019", times("", "Byline: Section: ", 240_000), "Length: 1", "Body", "x", "End of Document"})
		}},
		{"a cover of long titles", func() []byte {
			big := strings.Repeat("word ", 100_000)
			lines := []string{"Job Number: 1", "Documents (1)", "1. " + big}
			for range 30 {
				lines = append(lines, big)
			}
			return docxOf(t, append(lines, "End of Document"))
		}},
		{"ends in DOCX", func() []byte { return docxOf(t, strings.Split(times("", "End of Document\n", 150_000), "\n")) }},
		{"pages of HTML", func() []byte {
			return []byte(fill("<html><body><!-- <DOC NUMBER=1> -->", "<p>1 of 1 DOCUMENTS</p>", maxText))
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
