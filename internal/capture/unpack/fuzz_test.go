package unpack

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"

	"recount"
	"recount/internal/capture/unpack/warc"
)

// check unpacks b and checks what holds of every file, however broken.
func check(t *testing.T, b []byte, name string) {
	t.Helper()
	o := Options{MaxPayload: 1 << 20, MaxTotal: 8 << 20, MaxMembers: 200}
	for i, err := range Items(bytes.NewReader(b), int64(len(b)), name, "", o) {
		w := i.Within
		if w.File != name || w.Offset < 0 || w.Length < 0 || w.Offset+w.Length > int64(len(b)) {
			t.Fatalf("%q lies at %d+%d of %d bytes", i.Name, w.Offset, w.Length, len(b))
		}
		if i.Name == "" || !utf8.ValidString(i.Name) || strings.ContainsAny(i.Name, "\x00\r\n") {
			t.Fatalf("a name of %q", i.Name)
		}
		if strings.HasPrefix(i.Name, name+"/") && strings.Contains(i.Name+"/", "/../") {
			t.Fatalf("a member called %q", i.Name)
		}
		if err != nil && recount.HintOf(err) == "" {
			t.Fatalf("%v has no hint", err)
		}
		if len(i.Payload) > 1<<20 {
			t.Fatalf("%q holds %d bytes", i.Name, len(i.Payload))
		}
		if i.Fetch != nil && !utf8.ValidString(i.Fetch.Type+i.Fetch.ETag+i.Fetch.Modified) {
			t.Fatalf("%q keeps a header that is not UTF-8", i.Name)
		}
	}
	Kind(b, name)
	for r, err := range warc.Records(bytes.NewReader(b), int64(len(b))) {
		if err == nil && (r.Offset < 0 || r.Length <= 0 || r.Offset+r.Length > int64(len(b))) {
			t.Fatalf("a record at %d+%d of %d bytes", r.Offset, r.Length, len(b))
		}
	}
}

// FuzzWARC reads plain WARC, and the same compressed: as a whole, so that what
// is fuzzed is not the checksum of gzip.
func FuzzWARC(f *testing.F) {
	f.Add([]byte(strings.Join(crawl()[2:6], "")))
	f.Add([]byte(strings.Join(revisits(), "")))
	f.Add([]byte(crawl()[0] + crawl()[13]))
	f.Add([]byte(warcRecord("WARC/0.18", "response", storyURI(1), sampleDate, "HTTP/1.0 200\n\n<p>x</p>", "WARC-Truncated: length", "X-Folded: a\r\n b")))
	f.Add(plainRecord("Content-Length: 1000000000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		check(t, b, "x.warc")
		check(t, wrapped(b), "x.warc.gz")
	})
}

// FuzzPacked reads what is compressed record by record.
func FuzzPacked(f *testing.F) {
	f.Add(members(crawl()[1:4]))
	f.Add(append(zstded(crawl()[2]), zstded(crawl()[3])...))
	f.Add(zipped(story(1)))
	f.Add(append([]byte{0x5d, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3}, zstded(crawl()[2])...))
	f.Add(bzipBomb()[:90])
	f.Fuzz(func(t *testing.T, b []byte) { check(t, b, "x") })
}

// FuzzZIP reads ZIP files, with and without their directory.
func FuzzZIP(f *testing.F) {
	f.Add(zipFile(pile()[:3]...))
	f.Add(zipFile(pile()[9:]...))
	f.Add(rawZip(stored("../x", "<p>x</p>"), stored(`C:\x`, "y"), rawMember{name: "l", flags: encrypted, data: []byte("x")}))
	f.Add(overlapping()[:400])
	f.Add(zipFile([2]string{"archive/a.warc.gz", string(members(crawl()[:3]))}, [2]string{"pages/pages.jsonl", `{"url":"` + storyURI(1) + `","title":"x"}`}, [2]string{"datapackage.json", "{}"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		check(t, b, "x.zip")
		if len(b) > 40 {
			check(t, b[:len(b)-40], "x.zip")
		}
	})
}

// FuzzTar reads tar files. Their checksums are made to fit.
func FuzzTar(f *testing.F) {
	f.Add(tarFile(pile()[:2]...))
	f.Add(tarFile([2]string{"link.html", "-> a.html"}, [2]string{strings.Repeat("long/", 60) + "a.html", "x"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= tarBlock {
			b = retar(bytes.Clone(b))
		}
		check(t, b, "x.tar")
	})
}

// wrapped returns b as one member of gzip that is not compressed, as fuzzing
// has no time for that.
func wrapped(b []byte) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.NoCompression)
	if err != nil {
		panic(err)
	}
	z.Write(b)
	z.Close()
	return out.Bytes()
}
