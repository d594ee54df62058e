//go:build unix

package rtf

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
	_, _ = Read(payload, document.Options{})
	d := parallel.Used() - start
	close(done)
	<-stopped
	return d, int((most - min(before, most)) >> 20)
}

func TestHostileFilesCostLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	fill := func(unit string) []byte {
		return []byte(`{\rtf1\ansi ` + strings.Repeat(unit, (maxPayload-100)/len(unit)) + "}")
	}
	tests := []struct {
		name    string
		payload func() []byte
	}{
		{"short paragraphs without end", func() []byte { return fill("a\\par\n") }},
		{"empty paragraphs without end", func() []byte { return fill("\\par ") }},
		{"one paragraph of 64 MiB", func() []byte { return fill("word ") }},
		{"one letter after the other by its number", func() []byte { return fill(`\u8217?`) }},
		{"code page bytes", func() []byte { return fill(`\'e4`) }},
		{"groups", func() []byte { return fill("{}") }},
		{"groups inside each other", func() []byte { return []byte(`{\rtf1 ` + strings.Repeat("{", 10_000_000)) }},
		{"text boxes inside each other", func() []byte { return []byte(`{\rtf1 ` + strings.Repeat(`{\shpinst{\shptxt a`, 10_000_000)) }},
		{"breaks", func() []byte { return fill(`a\line `) }},
		{"fonts", func() []byte {
			return []byte(`{\rtf1{\fonttbl` + strings.Repeat(`{\f1\fcharset128 A;}`, 3_000_000) + `}\f1 \'81` + "}")
		}},
		{"styles", func() []byte {
			return []byte(`{\rtf1{\stylesheet` + strings.Repeat(`{\s7 heading 1;}`, 3_000_000) + `} x}`)
		}},
		{"a picture", func() []byte {
			return []byte(`{\rtf1 Text{\pict ` + strings.Repeat("0123456789abcdef", 4_000_000) + `}}`)
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
