package unpack

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// arcFile writes records as crawlers did.
func arcFile(version int, records ...string) []string {
	about := "1 0 Example Archive\nURL IP-address Archive-date Content-type Archive-length\n"
	line := "filedesc://x.arc 0.0.0.0 20140216050221 text/plain %d\n"
	if version == 2 {
		about = "2 0 Example Archive\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n"
		line = "filedesc://x.arc 0.0.0.0 20140216050221 text/plain 200 - - 0 x.arc %d\n"
	}
	out := []string{fmt.Sprintf(line, len(about)) + about + "\n"}
	return append(out, records...)
}

func arcRecordOf(version int, url, kind, block string) string {
	if version == 2 {
		return fmt.Sprintf("%s 93.184.216.34 20140216050221 %s 200 d41d8 - 100 x.arc %d\n%s\n", url, kind, len(block), block)
	}
	return fmt.Sprintf("%s 93.184.216.34 20140216050221 %s %d\n%s\n", url, kind, len(block), block)
}

const arcPage = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>The ferry would run again before the end of the month.</p></html>"

func packedArc(t *testing.T, each bool, records []string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for i, r := range records {
		if each && i > 0 {
			z.Close()
			z.Reset(&b)
		}
		z.Write([]byte(r))
	}
	z.Close()
	return b.Bytes()
}

func arcItems(t *testing.T, b []byte, o Options) (items []Item, refused []string) {
	t.Helper()
	for it, err := range Items(bytes.NewReader(b), int64(len(b)), "x.arc", "", o) {
		if err != nil {
			refused = append(refused, err.Error())
			continue
		}
		items = append(items, it)
	}
	return items, refused
}

func TestArc(t *testing.T) {
	page := func(v int) []string {
		return arcFile(v, arcRecordOf(v, "http://post.example/ferry", "text/html", arcPage), arcRecordOf(v, "http://post.example/a b", "text/html", strings.Replace(arcPage, "ferry", "treaty", 1)))
	}
	join := func(r []string) []byte { return []byte(strings.Join(r, "")) }
	tests := []struct {
		name  string
		bytes []byte
		want  int
	}{
		{"version 1", join(page(1)), 2},
		{"version 2", join(page(2)), 2},
		{"packed record by record", packedArc(t, true, page(1)), 2},
		{"packed as a whole", packedArc(t, false, page(1)), 2},
		{"version 2, packed", packedArc(t, true, page(2)), 2},
		{"an answer of the name service", join(append(page(1), arcRecordOf(1, "dns:post.example", "text/dns", "20140216 post.example"))), 2},
		{"a picture", join(append(page(1), arcRecordOf(1, "http://post.example/a.jpg", "image/jpeg", "HTTP/1.1 200 OK\r\n\r\nxx"))), 2},
		{"not found", join(append(page(1), arcRecordOf(1, "http://post.example/x", "text/html", strings.Replace(arcPage, "200 OK", "404 Not Found", 1)))), 2},
		{"without a head of HTTP", join(arcFile(1, arcRecordOf(1, "http://post.example/old", "text/html", "<html><p>The ferry.</p></html>"))), 1},
		{"empty lines between records", []byte(strings.Join(page(1), "\n\n")), 2},
		{"chunked", join(arcFile(1, arcRecordOf(1, "http://post.example/c", "text/html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n<p>The ferry.</p>\r\n0\r\n\r\n"))), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			items, refused := arcItems(t, tt.bytes, Options{})
			if len(items) != tt.want || len(refused) > 0 {
				t.Fatalf("%d pages, refused %q; want %d", len(items), refused, tt.want)
			}
			for _, it := range items {
				if !it.Captured.Equal(time.Date(2014, 2, 16, 5, 2, 21, 0, time.UTC)) || !bytes.HasPrefix(bytes.TrimSpace(it.Payload), []byte("<")) || !strings.HasPrefix(it.Name, "http://post.example/") {
					t.Errorf("page %q of %v: %q", it.Name, it.Captured, it.Payload)
				}
				if it.Within.Offset+it.Within.Length > int64(len(tt.bytes)) || it.Within.Length == 0 {
					t.Errorf("page %q lies in %+v of %d bytes", it.Name, it.Within, len(tt.bytes))
				}
			}
		})
	}
}

// A file that ends early, or lies about its records, gives what it still holds.
func TestBrokenArc(t *testing.T) {
	whole := strings.Join(arcFile(1, arcRecordOf(1, "http://post.example/ferry", "text/html", arcPage), arcRecordOf(1, "http://post.example/treaty", "text/html", arcPage)), "")
	items, refused := arcItems(t, []byte(whole[:len(whole)-30]), Options{})
	if len(items) != 1 || len(refused) != 1 || !strings.Contains(refused[0], "shorter than it says") {
		t.Errorf("cut: %d pages, refused %q", len(items), refused)
	}
	items, refused = arcItems(t, []byte(strings.Replace(whole, "text/html", "text html nonsense", 1)), Options{})
	if len(refused) == 0 && len(items) == 2 {
		t.Errorf("nonsense: %d pages, refused %q", len(items), refused)
	}
	for i := range whole { // whatever is cut, nothing hangs or panics
		arcItems(t, []byte(whole[:i]), Options{})
	}
}

func TestArcHosts(t *testing.T) {
	b := []byte(strings.Join(arcFile(1, arcRecordOf(1, "http://post.example/ferry", "text/html", arcPage), arcRecordOf(1, "http://other.example/x", "text/html", arcPage)), ""))
	if items, _ := arcItems(t, b, Options{Hosts: []string{"other.example"}}); len(items) != 1 || items[0].Name != "http://other.example/x" {
		t.Errorf("of one host: %v", items)
	}
}

// A container without a page says what it holds.
func TestNoPage(t *testing.T) {
	b, err := os.ReadFile("testdata/no-pages.warc")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"no-pages.warc": "the WARC holds no page (1 request)"} {
		_, refused := arcItems(t, b, Options{})
		if len(refused) != 1 || !strings.Contains(refused[0], want) {
			t.Errorf("%s: %q, want %q", name, refused, want)
		}
	}
	only := []byte(strings.Join(arcFile(1, arcRecordOf(1, "http://post.example/a.jpg", "image/jpeg", "x")), ""))
	if _, refused := arcItems(t, only, Options{}); len(refused) != 1 || !strings.Contains(refused[0], "the ARC holds no page (") {
		t.Errorf("pictures alone: %q", refused)
	}
}

// TestNothingInside offers containers in which no page lies: each is refused by
// name, with what it holds.
func TestNothingInside(t *testing.T) {
	http := func(status, kind, body string) string {
		return "HTTP/1.1 " + status + "\r\nContent-Type: " + kind + "\r\n\r\n" + body
	}
	rec := func(kind, uri, media, body string) []byte {
		return []byte("WARC/1.0\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: " + uri + "\r\nWARC-Date: 2014-02-16T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: " + media +
			"\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body + "\r\n\r\n")
	}
	const answer = "application/http; msgtype=response"
	zipped := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, n := range names {
			if _, err := z.Create(n); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var tarred bytes.Buffer
	if err := tar.NewWriter(&tarred).Close(); err != nil {
		t.Fatal(err)
	}
	packed := func(b []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		w.Write(b)
		w.Close()
		return out.Bytes()
	}
	request := rec("request", "http://post.example/a", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n")
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"request.warc", request, "the WARC holds no page (1 request)"},
		{"request.warc.gz", packed(request), "the WARC holds no page (1 request)"},
		{"two.warc", append(append([]byte{}, request...), request...), "the WARC holds no page (2 requests)"},
		{"info.warc", rec("warcinfo", "", "application/warc-fields", "software: x\r\n"), "the WARC holds no page (1 warcinfo)"},
		{"metadata.warc", rec("metadata", "http://post.example/a", "application/warc-fields", "via: x\r\n"), "the WARC holds no page (1 metadata)"},
		{"picture.warc", rec("response", "http://post.example/a.jpg", answer, http("200 OK", "image/jpeg", "\xff\xd8\xff\xe0abc")), "the WARC holds no page (a picture)"},
		{"style.warc", rec("response", "http://post.example/a.css", answer, http("200 OK", "text/css", "p{}")), "the WARC holds no page (a style sheet)"},
		{"script.warc", rec("response", "http://post.example/a.js", answer, http("200 OK", "application/javascript", "x=1")), "the WARC holds no page (a script)"},
		{"gone.warc", rec("response", "http://post.example/b", answer, http("404 Not Found", "text/html", "<p>not here</p>")), "the WARC holds no page (1 answered with status 404)"},
		{"moved.warc", rec("response", "http://post.example/c", answer, http("301 Moved", "text/html", "")), "the WARC holds no page (1 answered with status 301)"},
		{"names.warc", rec("response", "dns:post.example", "text/dns", "post.example. 300 IN A 192.0.2.4\n"), "the WARC holds no page ("},
		{"empty.zip", zipped(), "the ZIP holds no file"},
		{"folders.zip", zipped("a/", "a/b/"), "the ZIP holds no file"},
		{"empty.tar", tarred.Bytes(), "neither a ZIP, tar, WARC, ARC nor WACZ file"},
		{"crawl.wacz", zipped("archive/", "indexes/"), "holds no"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var refused []string
			for it, err := range Items(bytes.NewReader(tt.data), int64(len(tt.data)), tt.name, "0", Options{}) {
				if err == nil {
					t.Fatalf("an item: %+v", it)
				}
				refused = append(refused, err.Error())
			}
			if len(refused) != 1 || !strings.Contains(refused[0], tt.want) {
				t.Errorf("%q, want %q", refused, tt.want)
			}
		})
	}
}
