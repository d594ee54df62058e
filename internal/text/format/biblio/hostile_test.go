//go:build unix

package biblio

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

// hostile are files made to hurt. Each is built when it is needed.
var hostile = map[string]func() []byte{
	"RIS of empty records":        func() []byte { return fill("TY  - NEWS\n", "TY  - NEWS\n") },
	"RIS of one long line":        func() []byte { return fill("TY  - NEWS\nTI  - a\nUR  - http://a.b/c\nAB  - ", "a") },
	"RIS of one value over lines": func() []byte { return fill("TY  - NEWS\nTI  - a\nUR  - http://a.b/c\nAB  - ", "a\n") },
	"RIS of many authors":         func() []byte { return fill("TY  - NEWS\nUR  - http://a.b/c\n", "AU  - a, b\n") },
	"RIS of many addresses":       func() []byte { return fill("TY  - NEWS\nUR  - ", "http://a.b/c;") },
	"BibTeX never closed":         func() []byte { return fill("", "@misc{a,\n") },
	"BibTeX of open braces":       func() []byte { return fill("@misc{a, title = ", "{") },
	"BibTeX of open quotes":       func() []byte { return fill("", "@misc{a, title = \"\n") },
	"BibTeX of signs":             func() []byte { return fill("@misc{a}\n", "@") },
	"BibTeX strings that double": func() []byte {
		return fill("@string{a = \"aaaaaaaaaaaaaaaa\"}\n", "@string{a = a # a}\n")
	},
	"BibTeX joined without end": func() []byte { return fill("@string{a = \"aaaaaaaaaaaaaaaa\"}\n@misc{b, title = a", "#a") },
	"BibTeX of commands":        func() []byte { return fill("@misc{a, url = {http://a.b/c}, title = {", `\"`) },
	"BibTeX of names":           func() []byte { return fill("@misc{a, url = {http://a.b/c}, author = {", "a and ") },
	"CSL of empty records":      func() []byte { return fill(`[{"type":"webpage","issued":1}`, ",{}") },
	"CSL of empty authors":      func() []byte { return fill(`[{"type":"webpage","issued":1,"author":[{}`, ",{}") },
	"CSL of many keys": func() []byte {
		var b strings.Builder
		b.WriteString(`[{"type":"webpage","issued":1`)
		for i := 0; b.Len() < maxPayload-64; i++ {
			fmt.Fprintf(&b, `,"k%d":1`, i)
		}
		return []byte(b.String() + "}]")
	},
	"CSL nested":             func() []byte { return fill(`[{"type":"webpage","issued":`, "[") },
	"CSL of records in data": func() []byte { return fill(`[{"itemType":"webpage","data":`, `{"data":`) },
	"CSL of attachments":     func() []byte { return fill(`[{"itemType":"webpage","attachments":[{}`, ",{}") },
	"35 MiB":                 func() []byte { return append(fill("TY  - NEWS\n", "TY  - NEWS\n"), make([]byte, 3<<20)...) },
}

// fill repeats unit behind head up to the limit.
func fill(head, unit string) []byte {
	return []byte(head + strings.Repeat(unit, (maxPayload-len(head))/len(unit)))
}

// TestHostile gives every hostile file two seconds of work and 256 MiB of
// memory above itself.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("files of 32 MiB are left out of a short run")
	}
	for name, build := range hostile {
		t.Run(name, func(t *testing.T) {
			if os.Getenv("RECOUNT_BARS") == "" && crc32.ChecksumIEEE([]byte(name))%4 != 0 {
				t.Skip("a quarter of them is enough for every day: RECOUNT_BARS=1")
			}
			payload := build()
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			stop, peak := make(chan bool), make(chan uint64)
			go func() {
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
			is := Is(payload, "x")
			set, err := Read(payload, document.Options{})
			took := parallel.Used() - began
			close(stop)
			above := int64(<-peak) - int64(before.HeapAlloc)
			t.Logf("%v, %d MiB above the payload; is %v, %d leads, %d left, %v", took.Round(time.Millisecond), above>>20, is, len(set.Leads), len(set.Left), err)
			if took > time.Minute {
				t.Errorf("took %v", took)
			}
			if above > 256<<20 {
				t.Errorf("%d MiB above the payload", above>>20)
			}
		})
	}
}
