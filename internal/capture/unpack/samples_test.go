package unpack

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"recount/internal/capture/unpack/warc"
)

var update = flag.Bool("update", false, "write the files of testdata again")

// sampleDate dates everything in the samples.
var sampleDate = time.Date(2021, 6, 14, 9, 30, 0, 0, time.UTC)

// story returns page n of the fictional Harbour Post.
func story(n int) string {
	return fmt.Sprintf(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry %d returns to the harbour</title>
<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Mira Osk">
<meta property="article:published_time" content="2021-06-%02dT08:00:00Z"></head>
<body><article><h1>Ferry %d returns to the harbour</h1>
<p>Ferry %d came back to the harbour on Monday after a night at anchor off the long pier.</p>
<p>“We waited for the wind to drop,” said Captain Ilse Varn, who has steered it for nine years.</p>
<p>The port office counted %d passengers, and none of them was hurt.</p></article></body></html>
`, n, n%28+1, n, n, 40+n)
}

func storyURI(n int) string { return fmt.Sprintf("https://harbour.example/2021/06/ferry-%d.html", n) }

func sha1Digest(b []byte) string {
	s := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(s[:])
}

// warcRecord returns one record; more are header lines without their ends.
func warcRecord(version, kind, uri string, date time.Time, block string, more ...string) string {
	lines := []string{version, "WARC-Type: " + kind, "WARC-Record-ID: <urn:uuid:" + fmt.Sprintf("%x", sha1.Sum([]byte(kind+uri+date.String())))[:32] + ">",
		"WARC-Date: " + date.Format(time.RFC3339)}
	if uri != "" {
		lines = append(lines, "WARC-Target-URI: "+uri)
	}
	if kind == "response" || kind == "revisit" {
		lines = append(lines, "Content-Type: application/http; msgtype=response")
	}
	lines = append(lines, more...)
	lines = append(lines, fmt.Sprintf("Content-Length: %d", len(block)))
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + block + "\r\n\r\n"
}

func httpResponse(status, headers, body string) string {
	return "HTTP/1.1 " + status + "\r\n" + strings.ReplaceAll(headers, "\n", "\r\n") + "\r\n\r\n" + body
}

// responseRecord returns the record of an answer, with both digests.
func responseRecord(uri string, date time.Time, status, headers, body string, more ...string) string {
	block := httpResponse(status, headers, body)
	return warcRecord("WARC/1.1", "response", uri, date, block, append(more,
		"WARC-Block-Digest: "+sha1Digest([]byte(block)), "WARC-Payload-Digest: "+sha1Digest([]byte(body)))...)
}

func zipped(s string) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, 9)
	io.WriteString(z, s)
	z.Close()
	return b.Bytes()
}

func brotlied(s string) string {
	var b bytes.Buffer
	z := brotli.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func zstded(s string, o ...zstd.EOption) []byte {
	z, err := zstd.NewWriter(nil, o...)
	if err != nil {
		panic(err)
	}
	return z.EncodeAll([]byte(s), nil)
}

func chunked(s string, size int) string {
	var b strings.Builder
	for len(s) > 0 {
		n := min(size, len(s))
		fmt.Fprintf(&b, "%x\r\n%s\r\n", n, s[:n])
		s = s[n:]
	}
	return b.String() + "0\r\n\r\n"
}

// crawl returns the records of a small crawl, in the order of the file.
func crawl() []string {
	const html = "Content-Type: text/html; charset=utf-8"
	return []string{
		warcRecord("WARC/1.1", "warcinfo", "", sampleDate, "software: Fictional Crawler/1.0\r\nformat: WARC File Format 1.1\r\n", "Content-Type: application/warc-fields"),
		warcRecord("WARC/1.1", "request", storyURI(1), sampleDate, "GET /2021/06/ferry-1.html HTTP/1.1\r\nHost: harbour.example\r\n\r\n", "Content-Type: application/http; msgtype=request"),
		responseRecord(storyURI(1), sampleDate, "200 OK", html+"\nETag: \"f1\"\nLast-Modified: Mon, 14 Jun 2021 08:00:00 GMT", story(1)),
		responseRecord(storyURI(2), sampleDate, "200 OK", html+"\nTransfer-Encoding: chunked", chunked(story(2), 100)),
		responseRecord(storyURI(3), sampleDate, "200 OK", html+"\nContent-Encoding: gzip", string(zipped(story(3)))),
		responseRecord(storyURI(4), sampleDate, "200 OK", html+"\nTransfer-Encoding: chunked\nContent-Encoding: br", chunked(brotlied(story(4)), 70)),
		responseRecord(storyURI(5), sampleDate, "200 OK", html+"\nContent-Encoding: zstd", string(zstded(story(5)))),
		responseRecord("https://harbour.example/old.html", sampleDate, "301 Moved Permanently", html+"\nLocation: /2021/06/ferry-1.html", "moved"),
		responseRecord("https://harbour.example/gone.html", sampleDate, "404 Not Found", html, "<p>There is no such page.</p>"),
		responseRecord("https://img.harbour.example/ferry.png", sampleDate, "200 OK", "Content-Type: image/png", "\x89PNG\r\n\x1a\nnothing"),
		responseRecord("https://harbour.example/site.css", sampleDate, "200 OK", "Content-Type: text/css", "p { margin: 0 }"),
		warcRecord("WARC/1.1", "metadata", storyURI(1), sampleDate, "via: https://harbour.example/\r\n", "Content-Type: application/warc-fields"),
		warcRecord("WARC/1.1", "conversion", storyURI(1), sampleDate, "Ferry 1 came back", "Content-Type: text/plain"),
		warcRecord("WARC/1.1", "resource", "file:///notes/pier.txt", sampleDate, "The long pier was built of oak.\n", "Content-Type: text/plain"),
		warcRecord("WARC/1.1", "response", "dns:harbour.example", sampleDate, "20210614\r\nharbour.example. 300 IN A 192.0.2.7\r\n", "Content-Type: text/dns"),
		responseRecord("https://other.example/a.html", sampleDate, "200 OK", html, story(9)),
	}
}

func members(records []string) []byte {
	var b []byte
	for _, r := range records {
		b = append(b, zipped(r)...)
	}
	return b
}

// revisits returns records of which two say that a page was as before.
func revisits() []string {
	const html = "Content-Type: text/html; charset=utf-8"
	later := sampleDate.Add(24 * time.Hour)
	digest := "WARC-Payload-Digest: " + sha1Digest([]byte(story(1)))
	return []string{
		responseRecord(storyURI(1), sampleDate, "200 OK", html, story(1)),
		warcRecord("WARC/1.1", "revisit", storyURI(1), later, httpResponse("200 OK", html+"\nETag: \"again\"", ""),
			"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest", "WARC-Refers-To-Target-URI: "+storyURI(1),
			"WARC-Refers-To-Date: "+sampleDate.Format(time.RFC3339), digest),
		warcRecord("WARC/1.1", "revisit", "https://m.harbour.example/ferry-1.html", later, httpResponse("200 OK", html, ""),
			"WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest", digest),
		warcRecord("WARC/1.1", "revisit", storyURI(7), later, httpResponse("200 OK", html, ""),
			"WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest", "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
		warcRecord("WARC/1.1", "revisit", storyURI(8), later, httpResponse("304 Not Modified", "ETag: \"f8\"", ""),
			"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified", "WARC-Refers-To-Target-URI: <"+storyURI(8)+">",
			"WARC-Refers-To-Date: "+sampleDate.Format(time.RFC3339)),
		responseRecord(storyURI(8), sampleDate, "200 OK", html, story(8)),
	}
}

// withDictionary returns records as Zstandard frames with a common dictionary
// before them, itself compressed, as the Internet Archive writes them.
func withDictionary(records []string) []byte {
	var contents [][]byte
	for n := range 40 {
		contents = append(contents, []byte(responseRecord(storyURI(n), sampleDate, "200 OK", "Content-Type: text/html; charset=utf-8", story(n))))
	}
	dict, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: contents, History: bytes.Join(contents[:8], nil), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		panic(err)
	}
	packed := zstded(string(dict))
	out := binary.LittleEndian.AppendUint32(nil, warc.ZstdDictionary)
	out = append(binary.LittleEndian.AppendUint32(out, uint32(len(packed))), packed...)
	for _, r := range records {
		out = append(out, zstded(r, zstd.WithEncoderDict(dict))...)
	}
	return out
}

func flateReader(b []byte) io.Reader { return flate.NewReader(bytes.NewReader(b)) }

// wget returns a file as wget writes it where it compresses the whole.
func wget() []byte {
	var b strings.Builder
	for i := 1; i <= 3; i++ {
		b.WriteString(warcRecord("WARC/1.0", "response", "<"+storyURI(i)+">", sampleDate, httpResponse("200 OK", "Content-Type: text/html", story(i)),
			"WARC-Payload-Digest: "+sha1Digest([]byte(story(i)))))
	}
	b.WriteString(warcRecord("WARC/1.0", "resource", "<metadata://gnu.org/software/wget/warc/wget.log>", sampleDate, "--2021-06-14-- 3 files\n", "Content-Type: text/plain"))
	return zipped(b.String())
}

func zipFile(files ...[2]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f[0], Method: zip.Deflate, Modified: sampleDate}
		if strings.HasSuffix(f[0], ".warc.gz") || strings.HasPrefix(f[0], "stored/") {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			panic(err)
		}
		io.WriteString(w, f[1])
	}
	z.Close()
	return b.Bytes()
}

func tarFile(files ...[2]string) []byte {
	var b bytes.Buffer
	t := tar.NewWriter(&b)
	for _, f := range files {
		h := &tar.Header{Name: f[0], Mode: 0o644, Size: int64(len(f[1])), ModTime: sampleDate, Typeflag: tar.TypeReg}
		if target, ok := strings.CutPrefix(f[1], "-> "); ok {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, target, 0
		}
		if err := t.WriteHeader(h); err != nil {
			panic(err)
		}
		if h.Size > 0 {
			io.WriteString(t, f[1])
		}
	}
	t.Close()
	return b.Bytes()
}

func waczFile() []byte {
	return zipFile(
		[2]string{"archive/crawl.warc.gz", string(members(crawl()))},
		[2]string{"pages/pages.jsonl", `{"format":"json-pages-1.0","id":"pages","title":"All Pages"}` + "\n" +
			`{"id":"1","url":"` + storyURI(1) + `","ts":"2021-06-14T09:30:00Z","title":"Ferry 1, from the page list"}` + "\n"},
		[2]string{"indexes/index.cdx", "example,harbour)/ 20210614093000 {}\n"},
		[2]string{"datapackage.json", `{"profile":"wacz","resources":[]}`},
	)
}

func docx() string {
	return string(zipFile([2]string{"[Content_Types].xml", "<Types/>"}, [2]string{"word/document.xml", "<w:document/>"}))
}

func pile() [][2]string {
	return [][2]string{
		{"a.html", story(11)}, {"inner/b.html", story(12)}, {"inner/b.html", story(13)}, {"../up.html", story(14)}, {`win\dir\c.html`, story(15)},
		{"letter.docx", docx()}, {"__MACOSX/._a.html", "junk"}, {".DS_Store", "junk"}, {"packed.html.gz", string(zipped(story(16)))},
		{"stored/inner.zip", string(zipFile([2]string{"d.html", story(17)}))},
	}
}

// samples are the files of testdata.
func samples() map[string][]byte {
	ferry := [][2]string{{"link.html", "-> a.html"}}
	framed := zstded(crawl()[0])
	for _, r := range crawl()[1:] {
		framed = append(framed, zstded(r)...)
	}
	return map[string][]byte{
		"dictionary.warc.zst": withDictionary(crawl()),
		"response.warc.gz":    members(crawl()),
		"wget.warc.gz":        wget(),
		"plain.warc":          []byte(strings.Join(crawl(), "")),
		"revisit.warc.gz":     members(revisits()),
		"crawl.warc.zst":      framed,
		"pile.zip":            zipFile(pile()...),
		"pile.tar.gz":         zipped(string(tarFile(append(ferry, pile()...)...))),
		"crawl.wacz":          waczFile(),
	}
}

func TestSamplesAreAsTheGeneratorMakesThem(t *testing.T) {
	for name, want := range samples() {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if len(got) == 0 || Kind(got, name) != Kind(want, name) {
			t.Errorf("%s is of kind %q, the generator's of kind %q", name, Kind(got, name), Kind(want, name))
		}
	}
}
