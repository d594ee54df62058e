package capture

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"recount"
	"recount/internal/capture/unpack"
)

var created = time.Date(2022, 3, 4, 5, 6, 7, 0, time.UTC)

// ownRecords returns a WARC file in the manner of recount: one gzip member a
// record, resource and response records with Recount-Name.
func ownRecords(t *testing.T) []byte {
	t.Helper()
	var out []byte
	for i, r := range [][2]string{
		{"WARC-Type: warcinfo\r\nWARC-Date: 2022-03-01T00:00:00Z\r\nContent-Type: application/warc-fields", "software: recount\r\n"},
		{"WARC-Type: resource\r\nWARC-Date: 2022-03-01T00:00:00Z\r\nWARC-Target-URI: https://www.harbour.example/b?z=1&a=2\r\nRecount-Name: \"https://www.harbour.example/b?z=1&a=2\"\r\nContent-Type: text/html",
			"<p>The ferry was late & full.</p>"},
		{"WARC-Type: resource\r\nWARC-Date: 2022-03-01T00:00:01Z\r\nWARC-Target-URI: file:///pile/note%20one.txt\r\nRecount-Name: \"pile/note one.txt\"\r\nContent-Type: text/plain", "The pier is long."},
		{"WARC-Type: response\r\nWARC-Date: 2022-03-01T00:00:02Z\r\nWARC-Target-URI: https://harbour.example/a\r\nRecount-Name: \"https://harbour.example/a\"\r\nRecount-Media-Type: \"text/html\"\r\nContent-Type: application/http;msgtype=response",
			"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The ferry came back.</p>"},
		{"WARC-Type: metadata\r\nWARC-Date: 2022-03-01T00:00:03Z\r\nWARC-Target-URI: https://harbour.example/c\r\nRecount-Name: \"https://harbour.example/c\"\r\nRecount-Erased: \"asked for\"\r\nContent-Type: text/plain", "erased\r\n"},
	} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		fmt.Fprintf(z, "WARC/1.1\r\nWARC-Record-ID: <urn:uuid:00000000-0000-8000-8000-%012d>\r\n%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, r[0], len(r[1]), r[1])
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		out = append(out, b.Bytes()...)
	}
	return out
}

func files(fs map[string][]byte) iter.Seq2[waczFile, error] {
	return func(yield func(waczFile, error) bool) {
		for _, name := range []string{"recount-00001.warc.gz", "recount-00002.warc.gz", "whole.warc.gz"} {
			if b, ok := fs[name]; ok && !yield(waczFile{name, bytes.NewReader(b), int64(len(b))}, nil) {
				return
			}
		}
	}
}

func sample(t *testing.T) ([]byte, map[string][]byte) {
	t.Helper()
	other, err := os.ReadFile("unpack/testdata/response.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	warcs := map[string][]byte{"recount-00001.warc.gz": ownRecords(t), "recount-00002.warc.gz": other}
	var b bytes.Buffer
	err = writeWACZ(&b, waczOptions{Title: "Ferries & piers", Description: "Two *crawls*.", Software: "recount 0.0.0", Created: created}, files(warcs), []waczPage{
		{URL: "https://harbour.example/a", Title: "The ferry & the pier", Time: created, Text: "The ferry came back."},
		{URL: "https://www.harbour.example/b?z=1&a=2", Time: created},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), warcs
}

// parts returns the members of a package.
func parts(t *testing.T, pack []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(f.Name, err)
		}
		out[f.Name] = b
		if strings.HasPrefix(f.Name, "archive/") != (f.Method == zip.Store) {
			t.Errorf("%s: stored %t, want WARC files stored and all else deflated", f.Name, f.Method == zip.Store)
		}
		if f.Flags&8 != 0 {
			t.Errorf("%s: its sizes stand behind its bytes", f.Name)
		}
	}
	return out
}

func TestThePackageHoldsWhatTheStandardAsksFor(t *testing.T) {
	pack, warcs := sample(t)
	got := parts(t, pack)
	for name, b := range warcs {
		if !bytes.Equal(got["archive/"+name], b) {
			t.Errorf("archive/%s is not as it was given", name)
		}
	}
	var d struct {
		Profile, Title, Description, Software, Created string
		Home                                           struct{ URL, TS string }
		Resources                                      []struct {
			Name, Path, Hash string
			Bytes            int
		}
	}
	if err := json.Unmarshal(got["datapackage.json"], &d); err != nil {
		t.Fatal(err)
	}
	if d.Profile != "wacz" || d.Title != "Ferries & piers" || d.Created != "2022-03-04T05:06:07Z" || d.Home.URL != "https://harbour.example/a" {
		t.Errorf("datapackage.json = %+v", d)
	}
	listed := map[string]bool{"datapackage.json": true, "datapackage-digest.json": true}
	for _, r := range d.Resources {
		sum := sha256.Sum256(got[r.Path])
		if r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes != len(got[r.Path]) {
			t.Errorf("resource %s: %s of %d bytes; does not fit", r.Path, r.Hash, r.Bytes)
		}
		listed[r.Path] = true
	}
	for name := range got {
		if !listed[name] {
			t.Errorf("%s is not listed", name)
		}
	}
	var digest struct{ Path, Hash string }
	sum := sha256.Sum256(got["datapackage.json"])
	if err := json.Unmarshal(got["datapackage-digest.json"], &digest); err != nil || digest.Path != "datapackage.json" || digest.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
		t.Errorf("datapackage-digest.json = %+v, %v", digest, err)
	}
	lines := strings.Split(strings.TrimSpace(string(got["pages/pages.jsonl"])), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], `"json-pages-1.0"`) || !strings.Contains(lines[1], `"title":"The ferry & the pier"`) {
		t.Errorf("pages.jsonl = %q", lines)
	}
}

func TestEveryLineOfTheIndexPointsAtItsRecord(t *testing.T) {
	pack, _ := sample(t)
	got := parts(t, pack)
	lines := strings.Split(strings.TrimSuffix(string(got["indexes/index.cdx"]), "\n"), "\n")
	if !slices.IsSorted(lines) {
		t.Error("the index is not sorted")
	}
	if len(lines) != 3+12 {
		t.Errorf("%d lines in the index; want 3 of the first file and 12 of the second", len(lines))
	}
	for _, l := range lines {
		parts := strings.SplitN(l, " ", 3)
		var c struct{ URL, Mime, Status, Digest, Length, Offset, Filename string }
		if err := json.Unmarshal([]byte(parts[2]), &c); err != nil {
			t.Fatal(l, err)
		}
		offset, _ := strconv.Atoi(c.Offset)
		length, _ := strconv.Atoi(c.Length)
		z, err := gzip.NewReader(bytes.NewReader(got["archive/"+c.Filename][offset : offset+length]))
		if err != nil {
			t.Fatal(l, err)
		}
		record, err := io.ReadAll(z)
		if err != nil || !bytes.HasPrefix(record, []byte("WARC/1.1\r\n")) || !bytes.Contains(record, []byte("WARC-Target-URI: "+c.URL+"\r\n")) {
			t.Errorf("%s: %v\n%.300s", l, err, record)
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	a, _ := sample(t)
	b, _ := sample(t)
	if !bytes.Equal(a, b) {
		t.Error("two packages of the same input differ")
	}
}

func TestThePackageIsReadBackPageByPage(t *testing.T) {
	pack, _ := sample(t)
	if kind := unpack.Kind(pack[:min(len(pack), 1<<16)], "x.wacz"); kind != "wacz" && kind != "zip" {
		t.Errorf("Kind = %q", kind)
	}
	var names []string
	titles := 0
	for i, err := range unpack.Items(bytes.NewReader(pack), int64(len(pack)), "study.wacz", "", unpack.Options{}) {
		if err != nil {
			t.Error(err)
			continue
		}
		names = append(names, i.Name)
		titles += len(i.Hints)
		if i.Name == "https://harbour.example/a" && (i.MediaType != "text/html" || string(i.Payload) != "<p>The ferry came back.</p>" || len(i.Hints) != 1) {
			t.Errorf("read back as %+v", i)
		}
	}
	want := []string{"https://www.harbour.example/b?z=1&a=2", "pile/note one.txt", "https://harbour.example/a"}
	if len(names) != 3+7 || !slices.Equal(names[:3], want) || titles != 1 {
		t.Errorf("read back %q with %d titles", names, titles)
	}
}

func TestAFileThatCannotBeIndexedIsRefused(t *testing.T) {
	whole, err := os.ReadFile("unpack/testdata/wget.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"compressed as a whole": whole, "torn": ownRecords(t)[:700], "no WARC": []byte("hello")} {
		err := writeWACZ(io.Discard, waczOptions{Created: created}, files(map[string][]byte{"whole.warc.gz": b}), nil)
		if !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("%s: error %v; want ErrInvalid", name, err)
		}
	}
	for _, name := range []string{"../x.warc.gz", "x.warc", "ü.warc.gz", ""} {
		err := writeWACZ(io.Discard, waczOptions{}, func(yield func(waczFile, error) bool) { yield(waczFile{Name: name, Data: bytes.NewReader(nil)}, nil) }, nil)
		if !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("%q: error %v; want ErrInvalid", name, err)
		}
	}
	boom := errors.New("boom")
	if err := writeWACZ(io.Discard, waczOptions{}, func(yield func(waczFile, error) bool) { yield(waczFile{}, boom) }, nil); !errors.Is(err, boom) {
		t.Errorf("an error of the list of files comes out as %v", err)
	}
}

func TestKeysOfTheIndex(t *testing.T) {
	tests := []struct{ name, uri, want string }{
		{"www, case and parameters", "https://WWW.Harbour.example/A/b?z=1&a=2#top", "example,harbour)/a/b?a=2&z=1"},
		{"numbered www", "http://www2.harbour.example", "example,harbour)/"},
		{"a host called wwwx", "http://wwwx.example/", "example,wwwx)/"},
		{"a port of its own", "https://harbour.example:8443/", "example,harbour:8443)/"},
		{"the usual port", "https://harbour.example:443/", "example,harbour)/"},
		{"a file", "file:///pile/a%20b.txt", "file:///pile/a%20b.txt"},
		{"spaces", "https://harbour.example/a b?c d", "example,harbour)/a%20b?cd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := surt(tt.uri); got != tt.want {
				t.Errorf("surt(%q) = %q, want %q", tt.uri, got, tt.want)
			}
		})
	}
}

// judge reads a package with Python: the ZIP with zipfile, each record that
// the index points at with warcio, digests checked.
const judge = `
import io, json, sys, zipfile
try:
    from warcio.archiveiterator import ArchiveIterator
except ImportError:
    print("absent"); sys.exit(0)
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
n = 0
for line in z.read("indexes/index.cdx").decode().splitlines():
    c = json.loads(line.split(" ", 2)[2])
    data = z.read("archive/" + c["filename"])[int(c["offset"]):int(c["offset"]) + int(c["length"])]
    records = 0
    for r in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        assert r.rec_headers.get_header("WARC-Target-URI") == c["url"], line
        r.content_stream().read()
        records += 1
    assert records == 1, line
    n += 1
print(n)
`

func TestAnIndependentReaderFindsEveryRecord(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is absent")
	}
	pack, _ := sample(t)
	path := filepath.Join(t.TempDir(), "study.wacz")
	if err := os.WriteFile(path, pack, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", judge, path).CombinedOutput()
	switch {
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	case strings.TrimSpace(string(out)) == "absent":
		t.Skip("the Python package warcio is absent")
	case strings.TrimSpace(string(out)) != "15":
		t.Errorf("it found %s records, want 15", out)
	}
}
