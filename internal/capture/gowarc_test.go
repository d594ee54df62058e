package capture

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/nlnwa/gowarc/v3"
)

// readByOthers returns the payloads and the types of all records of a file as
// gowarc reads them, which fails on what is against the specification and on
// digests that do not fit.
func readByOthers(t *testing.T, file string) (payloads [][]byte, types []string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gowarc.NewWarcFileReaderFromStream(f, 0, gowarc.WithStrictValidation(), gowarc.WithBufferTmpDir(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return payloads, types
		}
		if err != nil {
			t.Fatalf("%s, record %d: %v", filepath.Base(file), len(types)+1, err)
		}
		block := rec.WarcRecord.Block()
		if err := block.Cache(); err != nil {
			t.Fatal(err)
		}
		if wrong, err := rec.WarcRecord.ValidateDigest(); err != nil || len(wrong) > 0 {
			t.Errorf("%s, record %d: digests: %v, %v", filepath.Base(file), len(types)+1, wrong, err)
		}
		from, err := block.RawBytes()
		if p, ok := block.(gowarc.PayloadBlock); ok && err == nil {
			from, err = p.PayloadBytes()
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		payloads, types = append(payloads, b), append(types, rec.WarcRecord.Type().String())
		_ = rec.Close()
	}
}

// TestOthersReadTheArchive: an archive opens in another program, record by
// record, with every digest right: hostile names, an answer of a server, no
// bytes, bytes that look like a record, and what was taken out.
func TestOthersReadTheArchive(t *testing.T) {
	dir := t.TempDir()
	a := openArchive(t, dir)
	want := [][]byte{[]byte("WARC/1.1\r\nWARC-Type: response\r\n\r\n"), {}, bytes.Repeat([]byte("\r\n\r\nWARC/1.1\r\n"), 50000), {0, 1, 2, 255}}
	for _, name := range hostileNames {
		want = append(want, []byte("<p>"+name))
	}
	names := append([]string{"a.html", "b.html", "c.html", "d.html"}, hostileNames...)
	for i, p := range want {
		put(t, a, names[i], p)
	}
	c := captureOf("https://news.example/served", []byte("<p>served"))
	if _, err := a.Append(c, []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), []byte("<p>served")); err != nil {
		t.Fatal(err)
	}
	want = append(want, []byte("<p>served"))
	gone := put(t, a, "gone.html", []byte("<p>a name that must go"))
	if err := a.Sync(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, fileName(1))
	got, types := readByOthers(t, file)
	t.Log(types)
	for _, p := range append(slices.Clone(want), []byte("<p>a name that must go")) {
		if !slices.ContainsFunc(got, func(b []byte) bool { return bytes.Equal(b, p) }) {
			t.Errorf("a payload of %d bytes is not read: %.40q", len(p), p)
		}
	}
	if err := a.Blank(gone.Record, "somebody asked"); err != nil {
		t.Fatal(err)
	}
	if err := a.Sync(); err != nil {
		t.Fatal(err)
	}
	after, left := readByOthers(t, file)
	if len(left) < len(want) {
		t.Errorf("%d records after one was taken out; want %d and more", len(left), len(want))
	}
	for _, b := range after {
		if bytes.Contains(b, []byte("a name that must go")) {
			t.Errorf("what was taken out is read")
		}
	}
	for _, p := range want {
		if !slices.ContainsFunc(after, func(b []byte) bool { return bytes.Equal(b, p) }) {
			t.Errorf("after another was taken out, a payload of %d bytes is not read: %.40q", len(p), p)
		}
	}
}
