package unpack

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"

	"recount/internal/capture/unpack/warc"
)

const page = "<html><body><p>The ferry came back.</p></body></html>"

// one unpacks a WARC file of these records.
func one(t *testing.T, records ...string) unpacked {
	t.Helper()
	return unpack(t, members(records), "x.warc.gz", Options{MaxPayload: 10_000})
}

func deflated(s string) string {
	var b bytes.Buffer
	z, _ := flate.NewWriter(&b, 6)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func zlibbed(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

// What a page was wrapped in is undone, also where a crawler had undone it
// before and kept the header that says otherwise.
func TestBodiesOfAnswers(t *testing.T) {
	tests := []struct{ name, headers, body, want string }{
		{"as it is", "Content-Type: text/html", page, page},
		{"no type, but HTML", "Server: x", page, page},
		{"line ends without CR", "Content-Type: text/html", page, page},
		{"chunks", "Transfer-Encoding: chunked", chunked(page, 7), page},
		{"chunks with extensions and a trailer", "Transfer-Encoding: chunked", "35;x=y\r\n" + page + "\r\n0\r\nX: y\r\n\r\n", page},
		{"chunks that were undone", "Transfer-Encoding: chunked", page, page},
		{"gzip", "Content-Encoding: gzip", string(zipped(page)), page},
		{"gzip by another name", "Content-Encoding: X-GZIP", string(zipped(page)), page},
		{"gzip that was undone", "Content-Encoding: gzip", page, page},
		{"gzip in chunks", "Content-Encoding: gzip\nTransfer-Encoding: chunked", chunked(string(zipped(page)), 9), page},
		{"gzip twice, of a declared type", "Content-Type: text/html\nContent-Encoding: gzip, gzip", string(zipped(string(zipped(page)))), page},
		{"gzip twice", "Content-Encoding: gzip, gzip", string(zipped(string(zipped(page)))), page},
		{"deflate with a header", "Content-Encoding: deflate", zlibbed(page), page},
		{"deflate without one", "Content-Encoding: deflate", deflated(page), page},
		{"deflate that was undone", "Content-Encoding: deflate", page, page},
		{"brotli", "Content-Encoding: br", brotlied(page), page},
		{"brotli that was undone", "Content-Encoding: br", page, page},
		{"Zstandard", "Content-Encoding: zstd", string(zstded(page)), page},
		{"Zstandard that was undone", "Content-Encoding: zstd", page, page},
		{"a coding nobody has", "Content-Encoding: identity", page, page},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u := one(t, responseRecord(storyURI(1), sampleDate, "200 OK", tt.headers, tt.body))
			if len(u.items) != 1 || string(u.items[0].Payload) != tt.want {
				t.Errorf("%d items, refused %v, skipped %v", len(u.items), u.refused, u.skipped)
			}
		})
	}
	block := "HTTP/1.0 200\nContent-Type: text/html\n\n" + page
	if u := one(t, warcRecord("WARC/1.0", "response", storyURI(1), sampleDate, block)); len(u.items) != 1 || string(u.items[0].Payload) != page {
		t.Errorf("a header with bare line feeds: %d items, %v", len(u.items), u.refused)
	}
}

func TestDigests(t *testing.T) {
	body := page
	block := httpResponse("200 OK", "Content-Type: text/html\nContent-Encoding: gzip\nTransfer-Encoding: chunked", chunked(string(zipped(body)), 20))
	_, raw, _ := strings.Cut(block, "\r\n\r\n")
	hex := func(s string) string { return "sha256:" + sum([]byte(s)) }
	tests := []struct {
		name, digest string
		refused      bool
	}{
		{"of the block", "WARC-Block-Digest: " + sha1Digest([]byte(block)), false},
		{"of the block, in lower case", "WARC-Block-Digest: " + strings.ToLower(sha1Digest([]byte(block))), false},
		{"of the block, SHA-256 in hexadecimal", "WARC-Block-Digest: " + hex(block), false},
		{"of the payload in chunks", "WARC-Payload-Digest: " + sha1Digest([]byte(raw)), false},
		{"of the payload without chunks", "WARC-Payload-Digest: " + sha1Digest(zipped(body)), false},
		{"of the page", "WARC-Payload-Digest: " + hex(body), false},
		{"of a kind that is not checked", "WARC-Payload-Digest: md5:d41d8cd98f00b204e9800998ecf8427e", false},
		{"no digest at all", "WARC-Payload-Digest: x", false},
		{"a wrong one of the block", "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true},
		{"a wrong one of the payload", "WARC-Payload-Digest: SHA-256:" + strings.Repeat("0", 64), true},
		{"half of one", "WARC-Block-Digest: sha1:AAAA", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u := one(t, warcRecord("WARC/1.1", "response", storyURI(1), sampleDate, block, tt.digest))
			if len(u.refused) > 0 != tt.refused || len(u.items) == 1 == tt.refused {
				t.Fatalf("%d items, refused %v", len(u.items), u.refused)
			}
			name, value, _ := strings.Cut(tt.digest, ": ")
			if tt.refused && (!strings.Contains(u.refused[0].reason, name) || !strings.Contains(u.refused[0].reason, value)) {
				t.Errorf("the refusal does not name the digest: %s", u.refused[0].reason)
			}
		})
	}
}

func TestRecordsThatAreNoPages(t *testing.T) {
	html := "Content-Type: text/html"
	tests := []struct{ name, record, skipped, refused string }{
		{"a redirect", responseRecord(storyURI(1), sampleDate, "302 Found", html, page), "answered with status 302", ""},
		{"an error page", responseRecord(storyURI(1), sampleDate, "503 Service Unavailable", html, page), "answered with status 503", ""},
		{"a picture", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: image/webp", "x"), "a picture", ""},
		{"a script", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: text/javascript;charset=utf-8", "x"), "a script", ""},
		{"a font", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: application/font-woff2", "x"), "a font", ""},
		{"a film", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: video/mp4", "x"), "sound or film", ""},
		{"JSON", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: application/ld+json", "{}"), "data for a script", ""},
		{"a feed", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: application/rss+xml", "<rss/>"), "a feed, a site map or other XML", ""},
		{"bytes of no type", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: application/octet-stream", "\x00\x01\x02\x03"), "of a type that is no page", ""},
		{"an empty page", responseRecord(storyURI(1), sampleDate, "200 OK", html, " \r\n"), "an empty page", ""},
		{"a note of the crawler", warcRecord("WARC/1.1", "resource", "urn:pageinfo:"+storyURI(1), sampleDate, "{}", "Content-Type: application/json"),
			"no page: a note of the crawler, or an answer of another service than the web", ""},
		{"an unknown type", warcRecord("WARC/1.1", "x-test", storyURI(1), sampleDate, "x"), "a record of an unknown kind", ""},
		{"too large", responseRecord(storyURI(1), sampleDate, "200 OK", html, strings.Repeat("x", 10_001)), "", "larger than 0 MiB"},
		{"too large when inflated", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Encoding: gzip", string(zipped(strings.Repeat("x", 10_001)))), "", "when inflated"},
		{"no HTTP", warcRecord("WARC/1.1", "response", storyURI(1), sampleDate, page), "", "does not begin as HTTP does"},
		{"a status that is none", warcRecord("WARC/1.1", "response", storyURI(1), sampleDate, "HTTP/1.1 OK\r\n\r\n"+page), "", "does not begin as HTTP does"},
		{"segments", responseRecord(storyURI(1), sampleDate, "200 OK", html, page, "WARC-Segment-Number: 1"), "", "cut in segments"},
		{"the rest of segments", warcRecord("WARC/1.1", "continuation", storyURI(1), sampleDate, "x", "WARC-Segment-Number: 2"), "", "cut in segments"},
		{"gzip that is broken", responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Encoding: gzip\nContent-Type: text/html", string(zipped(page)[:40])), "", "it ends too early"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := responseRecord(storyURI(2), sampleDate, "200 OK", html, page)
			u := one(t, tt.record, after)
			if len(u.items) != 1 || u.items[0].Name != storyURI(2) {
				t.Errorf("the page behind it does not come out alone: %v", u.names())
			}
			if tt.skipped != "" && u.skipped[tt.skipped] != 1 {
				t.Errorf("skipped = %v, want %q", u.skipped, tt.skipped)
			}
			if tt.refused == "" != (len(u.refused) == 0) || tt.refused != "" && !strings.Contains(u.refused[0].reason, tt.refused) {
				t.Errorf("refused = %v, want %q", u.refused, tt.refused)
			}
		})
	}
}

// What a crawler cut off is a page, and says so.
func TestTruncatedPagesAreNoted(t *testing.T) {
	whole := strings.Repeat("<p>The pier is long.</p>\n", 300)
	u := one(t, responseRecord(storyURI(1), sampleDate, "200 OK", "Content-Type: text/html", whole[:500], "WARC-Truncated: length"),
		responseRecord(storyURI(2), sampleDate, "200 OK", "Content-Type: text/html\nContent-Encoding: gzip", string(zipped(whole)[:70]), "WARC-Truncated: disconnect"))
	if len(u.items) != 2 || u.items[0].Truncated != "length" || u.items[1].Truncated != "disconnect" || len(u.items[1].Payload) == 0 {
		t.Errorf("items %v, refused %v", u.names(), u.refused)
	}
}

// A revisit is not taken for a page that it is not of.
func TestARevisitOfAnotherPageIsRefused(t *testing.T) {
	html := "Content-Type: text/html"
	again := func(digest string) string {
		return warcRecord("WARC/1.1", "revisit", storyURI(1), sampleDate.Add(1e9), httpResponse("200 OK", html, ""), "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
			"WARC-Refers-To-Target-URI: "+storyURI(1), "WARC-Refers-To-Date: 2021-06-14T09:30:00Z", "WARC-Payload-Digest: "+digest)
	}
	original := responseRecord(storyURI(1), sampleDate, "200 OK", html, page)
	if u := one(t, original, again(sha1Digest([]byte(page)))); len(u.items) != 2 || len(u.refused) != 0 {
		t.Errorf("the same page: %v, %v", u.names(), u.refused)
	}
	if u := one(t, original, again(sha1Digest([]byte("another")))); len(u.items) != 1 || len(u.refused) != 1 {
		t.Errorf("another page: %v, %v", u.names(), u.refused)
	}
}

func TestDatesOfRecords(t *testing.T) {
	for in, want := range map[string]string{
		"2021-06-14T09:30:00Z": "2021-06-14T09:30:00Z", "2021-06-14T09:30:00.123456Z": "2021-06-14T09:30:00Z", "2021-06-14T11:30:00+02:00": "2021-06-14T09:30:00Z",
		"2021-06-14": "2021-06-14T00:00:00Z", "20210614093000": "2021-06-14T09:30:00Z", "2021-06-14T09:30Z": "2021-06-14T09:30:00Z",
	} {
		if got := warc.Moment(in).Format("2006-01-02T15:04:05Z"); got != want {
			t.Errorf("moment(%q) = %s, want %s", in, got, want)
		}
	}
	if !warc.Moment("yesterday").IsZero() {
		t.Error("a date out of nothing")
	}
}

// Versions before 1.0 differ in their first line only, as far as is read here.
func TestOldVersions(t *testing.T) {
	for _, version := range []string{"WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"} {
		b := []byte(warcRecord(version, "response", storyURI(1), sampleDate, httpResponse("200 OK", "Content-Type: text/html", page)))
		if u := unpack(t, b, "x", Options{}); len(u.items) != 1 {
			t.Errorf("%s: %v", version, u.refused)
		}
	}
}

// A file that was compressed again in blocks of its own has records that run
// from one member into the next.
func TestRecordsThatRunOverMembers(t *testing.T) {
	whole := strings.Join(crawl(), "")
	var b []byte
	for len(whole) > 0 {
		n := min(777, len(whole))
		b = append(b, zipped(whole[:n])...)
		whole = whole[n:]
	}
	u := unpack(t, b, "x.warc.gz", Options{})
	if len(u.items) != 7 || len(u.refused) > 0 {
		t.Errorf("%v, refused %v", u.names(), u.refused)
	}
}

// A WARC file that was padded with zeros, as on a tape, ends where they begin.
func TestPaddingIsPassedOver(t *testing.T) {
	b := append(members(crawl()), make([]byte, 100_000)...)
	if u := unpack(t, b, "x.warc.gz", Options{}); len(u.items) != 7 || len(u.refused) > 0 {
		t.Errorf("%v, refused %v", u.names(), u.refused)
	}
}

func TestContainersInContainers(t *testing.T) {
	warc := string(members(crawl()))
	for name, b := range map[string][]byte{
		"a WARC in a ZIP":                zipFile([2]string{"x/crawl.warc.gz", warc}),
		"a plain WARC in a ZIP":          zipFile([2]string{"crawl.warc", strings.Join(crawl(), "")}),
		"a WARC in a tar":                tarFile([2]string{"crawl.warc.gz", warc}),
		"a WARC in a tar.gz":             zipped(string(tarFile([2]string{"crawl.warc.gz", warc}))),
		"a WACZ in a ZIP":                zipFile([2]string{"x.wacz", string(sampleFile(t, "crawl.wacz"))}),
		"a WACZ in a tar.gz":             zipped(string(tarFile([2]string{"x.wacz", string(sampleFile(t, "crawl.wacz"))}))),
		"a ZIP with a tar with a WARC":   zipFile([2]string{"x.tar", string(tarFile([2]string{"x.warc", strings.Join(crawl(), "")}))}),
		"a WARC that is gzip twice over": zipped(warc),
	} {
		u := unpack(t, b, "outer", Options{})
		if len(u.items) != 7 || len(u.refused) > 0 || u.items[0].Name != storyURI(1) {
			t.Errorf("%s: %v, refused %v", name, u.names(), u.refused)
		}
	}
	u := unpack(t, zipFile([2]string{"x.warc.gz", string(members(revisits()))}), "outer.zip", Options{})
	if len(u.items) != 5 || len(u.refused) != 1 {
		t.Errorf("revisits in a stored member: %v, refused %v", u.names(), u.refused)
	}
	u = unpack(t, zipFile([2]string{"stored/x.warc", strings.Join(revisits()[4:], "")}, [2]string{"z.html", page}), "outer.zip", Options{})
	if len(u.items) != 3 || len(u.refused) != 0 {
		t.Errorf("a revisit of the last record of a stored plain file: %v, refused %v", u.names(), u.refused)
	}
	// A member that is compressed can be read only once.
	u = unpack(t, zipFile([2]string{"x.warc", strings.Join(revisits(), "")}), "outer.zip", Options{})
	if len(u.items) != 2 || len(u.refused) != 4 {
		t.Errorf("revisits in a compressed member: %v, refused %v", u.names(), u.refused)
	}
}

func TestZIPFilesOfOtherTools(t *testing.T) {
	one := zipFile([2]string{"a.html", page}, [2]string{"b.html", page})
	long := func() []byte { // sizes in a ZIP64 field, as for a member of unknown length
		m := stored("a.html", page)
		b := rawZip(m)
		at := bytes.Index(b, []byte("PK\x01\x02"))
		extra := binary.LittleEndian.AppendUint64([]byte{1, 0, 16, 0}, uint64(len(page)))
		extra = binary.LittleEndian.AppendUint64(extra, uint64(len(page)))
		copy(b[at+20:], "\xff\xff\xff\xff\xff\xff\xff\xff")
		b[at+30] = byte(len(extra))
		end := at + 46 + len("a.html")
		b = append(append(append([]byte(nil), b[:end]...), extra...), b[end:]...)
		b[len(b)-10] += byte(len(extra))
		return b
	}
	named := func() []byte { // the name in another field, in UTF-8
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		field := binary.LittleEndian.AppendUint32([]byte{0x75, 0x70, 0, 0, 1}, crc32.ChecksumIEEE([]byte("F\x84hre.html")))
		field = append(field, "Fähre.html"...)
		field[2] = byte(len(field) - 4)
		w, err := z.CreateHeader(&zip.FileHeader{Name: "F\x84hre.html", NonUTF8: true, Extra: field})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, page)
		z.Close()
		return b.Bytes()
	}
	tests := []struct {
		name    string
		b       []byte
		want    []string
		refused int
	}{
		{"two members", one, []string{"x/a.html", "x/b.html"}, 0},
		{"something before it, offsets as they were", append([]byte("#!/bin/sh\nexit\n"), one...), nil, 1},
		{"something behind it", append(bytes.Clone(one), "\r\n"...), []string{"x/a.html", "x/b.html"}, 0},
		{"without its directory", one[:bytes.Index(one, []byte("PK\x01\x02"))], []string{"x/a.html", "x/b.html"}, 1},
		{"cut in its second member", one[:bytes.LastIndex(one, []byte("PK\x03\x04"))+45], []string{"x/a.html"}, 1},
		{"long sizes", long(), []string{"x/a.html"}, 0},
		{"a name in UTF-8 beside the other", named(), []string{"x/Fähre.html"}, 0},
		{"bzip2", rawZip(rawMember{name: "a.html", method: 12, data: []byte(bzipped41), size: 41, crc: crc32.ChecksumIEEE([]byte(strings.Repeat("a", 40) + "\n"))}), []string{"x/a.html"}, 0},
		{"Zstandard", rawZip(rawMember{name: "a.html", method: 93, data: zstded(page), size: int64(len(page)), crc: crc32.ChecksumIEEE([]byte(page))}), []string{"x/a.html"}, 0},
		{"folders and empty files", rawZip(stored("dir/", ""), stored("dir/a.html", "")), nil, 1},
		{"nothing", zipFile(), nil, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u := unpack(t, tt.b, "x", Options{})
			if got := u.names(); !slices.Equal(got, tt.want) || len(u.refused) != tt.refused {
				t.Errorf("%q, refused %v; want %q and %d", got, u.refused, tt.want, tt.refused)
			}
		})
	}
}

// bzipped41 is forty letters and a line feed, compressed by bzip2.
const bzipped41 = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x24\x4b\xf8\x8c\x00\x00\x02\xd1\x00\x00\x10\x04\x00\x20\x00\x20\x00\x21\x26\x41\x98\x60\xb8\xbb\x92\x29\xc2\x84\x81\x22\x5f\xc4\x60"

func TestRecordsForAnIndex(t *testing.T) {
	for _, name := range []string{"response.warc.gz", "plain.warc", "crawl.warc.zst"} {
		b := sampleFile(t, name)
		var kinds []string
		var end int64
		for r, err := range warc.Records(bytes.NewReader(b), int64(len(b))) {
			if err != nil {
				t.Fatal(name, err)
			}
			if r.Offset != end {
				t.Errorf("%s: a record at %d, the one before ends at %d", name, r.Offset, end)
			}
			end = r.Offset + r.Length
			kinds = append(kinds, fmt.Sprint(r.Kind, " ", r.Status, " ", r.MediaType))
		}
		if len(kinds) != len(crawl()) || end != int64(len(b)) || kinds[2] != "response 200 text/html" || kinds[9] != "response 200 image/png" || kinds[7] != "response 301 text/html" {
			t.Errorf("%s: %d records up to %d of %d: %q", name, len(kinds), end, len(b), kinds)
		}
	}
}

// warcioWrites makes a WARC file with the Python package warcio.
const warcioWrites = `
import io, sys
try:
    from warcio.warcwriter import WARCWriter
    from warcio.statusandheaders import StatusAndHeaders
except ImportError:
    print("absent"); sys.exit(0)
with open(sys.argv[1], "wb") as f:
    w = WARCWriter(f, gzip=True)
    w.write_record(w.create_warcinfo_record("x.warc.gz", {"software": "warcio"}))
    h = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    page = io.BytesIO(b"<p>The ferry came back.</p>")
    r = w.create_warc_record("http://harbour.example/a", "response", payload=page, http_headers=h, warc_headers_dict={"WARC-Date": "2021-06-14T09:30:00Z"})
    w.write_record(r)
    w.write_record(w.create_revisit_record("http://harbour.example/b", digest=r.rec_headers.get_header("WARC-Payload-Digest"),
        refers_to_uri="http://harbour.example/a", refers_to_date="2021-06-14T09:30:00Z"))
print("written")
`

func TestAFileOfAnIndependentWriterIsRead(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is absent")
	}
	path := filepath.Join(t.TempDir(), "x.warc.gz")
	out, err := exec.Command(python, "-c", warcioWrites, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.TrimSpace(string(out)) == "absent" {
		t.Skip("the Python package warcio is absent")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	u := unpack(t, b, "x.warc.gz", Options{})
	if !slices.Equal(u.names(), []string{"http://harbour.example/a", "http://harbour.example/b"}) || string(u.items[1].Payload) != "<p>The ferry came back.</p>" {
		t.Errorf("%v, refused %v, skipped %v", u.names(), u.refused, u.skipped)
	}
}
