package web

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"recount"
	"recount/internal/parallel"
)

// pack packs text as the names say, the first first.
func pack(t testing.TB, text []byte, how ...string) []byte {
	for _, h := range how {
		var b bytes.Buffer
		var w io.WriteCloser
		switch h {
		case "gzip":
			w = gzip.NewWriter(&b)
		case "br":
			w = brotli.NewWriterLevel(&b, 5)
		case "zlib":
			w = zlib.NewWriter(&b)
		case "flate":
			w, _ = flate.NewWriter(&b, 6)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
		w.Close()
		text = b.Bytes()
	}
	return text
}

// serve serves body under the header given.
func serve(t *testing.T, header http.Header, body []byte) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		for k, v := range header {
			w.Header()[k] = v
		}
		w.Write(body)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestPackedPages(t *testing.T) {
	text := []byte(strings.Repeat("<p>The ferry to Low Haven sails again.</p>\n", 100))
	tests := []struct {
		name, encoding string
		body           []byte
		refused        string
	}{
		{"not packed", "", text, ""},
		{"said to be identity", "identity", text, ""},
		{"gzip", "gzip", pack(t, text, "gzip"), ""},
		{"gzip by its old name", "X-GZIP", pack(t, text, "gzip"), ""},
		{"brotli", "br", pack(t, text, "br"), ""},
		{"deflate", "deflate", pack(t, text, "zlib"), ""},
		{"bare deflate", "deflate", pack(t, text, "flate"), ""},
		{"packed twice", "gzip, br", pack(t, text, "gzip", "br"), ""},
		{"packed three times", "gzip, gzip, gzip", pack(t, text, "gzip", "gzip", "gzip"), "packed 3 times"},
		{"packed in a way not asked for", "zstd", text, `packed as "zstd"`},
		{"not packed as said", "gzip", text, "could not be understood"},
		{"not brotli", "br", bytes.Repeat([]byte{0xff}, 100), "could not be understood"},
		{"cut short", "gzip", pack(t, text, "gzip")[:60], "broke off"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{"Content-Type": {"text/html"}}
			if tt.encoding != "" {
				h.Set("Content-Encoding", tt.encoding)
			}
			hosts := map[string]http.HandlerFunc{"a.example": func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(w, r)
					return
				}
				for k, v := range h {
					w.Header()[k] = v
				}
				w.Write(tt.body)
			}}
			visit(t, Options{}, hosts, func(t *testing.T, f *Fetcher, w *town) {
				p, err := f.Get(t.Context(), "http://a.example/", nil)
				if tt.refused != "" {
					refusedWith(t, err, tt.refused)
					return
				}
				if err != nil || !bytes.Equal(p.Body, text) {
					t.Fatalf("Get = %d bytes, %v", len(p.Body), err)
				}
				if tt.encoding == "" || tt.encoding == "identity" {
					return
				}
				if p.Header.Get("X-Orig-Content-Encoding") != tt.encoding || p.Header.Get("Content-Encoding") != "" || p.Header.Get("Content-Length") != strconv.Itoa(len(text)) {
					t.Errorf("header %v", p.Header)
				}
			})
		})
	}
}

// TestBombs fetches what is made to fill a memory.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("packs a gigabyte")
	}
	zeros := make([]byte, 300<<20)
	bomb := pack(t, zeros, "gzip")
	noise := make([]byte, 30<<20)
	x := uint32(1)
	for i := range noise {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		noise[i] = byte(x)
	}
	endless := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil && r.URL.Path != "/robots.txt" {
			if _, err := w.Write(noise[:1<<20]); err != nil {
				return
			}
		}
	})
	flood := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			for i := range 3000 {
				w.Header().Add(fmt.Sprintf("X-%d", i), strings.Repeat("a", 100))
			}
		}
	})
	es, fs := httptest.NewServer(endless), httptest.NewServer(flood)
	defer es.Close()
	defer fs.Close()
	gz := http.Header{"Content-Encoding": {"gzip"}}
	tests := []struct{ name, url, want string }{
		{"300 MiB of zeros in gzip", serve(t, gz, bomb).URL, "unpacks to more than"},
		{"a bomb in a bomb", serve(t, http.Header{"Content-Encoding": {"gzip, gzip"}}, pack(t, bomb, "gzip")).URL, "unpacks to more than"},
		{"300 MiB of zeros in brotli", serve(t, http.Header{"Content-Encoding": {"br"}}, pack(t, zeros, "br")).URL, "unpacks to more than"},
		{"a page of 30 MiB", serve(t, nil, noise).URL, "larger than 20 MiB"},
		{"a page of 30 MiB in gzip", serve(t, gz, pack(t, noise, "gzip")).URL, "larger than 20 MiB"},
		{"a page without an end", es.URL, "larger than 20 MiB"},
		{"a header without an end", fs.URL, "could not be understood"},
	}
	zeros = nil
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := local(t, Options{})
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := parallel.Used()
			_, err := f.Get(t.Context(), tt.url, nil)
			took := parallel.Used() - start
			runtime.ReadMemStats(&after)
			refusedWith(t, err, tt.want)
			if made := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 10*time.Second || made > 256 {
				t.Errorf("%s and %d MiB", took, made)
			}
		})
	}
	f := local(t, Options{MaxBytes: 1 << 20, MaxInflated: 2 << 20})
	_, err := f.Get(t.Context(), serve(t, gz, pack(t, noise[:3<<20], "gzip")).URL, nil)
	refusedWith(t, err, "larger than 1 MiB")
	_, err = f.Get(t.Context(), serve(t, gz, pack(t, bytes.Repeat(noise[:30<<10], 100), "gzip")).URL, nil)
	refusedWith(t, err, "unpacks to more than 2 MiB")
}

func TestWhatIsSent(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	var got []http.Header
	echo := func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Clone())
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/set":
			http.SetCookie(w, &http.Cookie{Name: "visit", Value: "1", Domain: "example"})
			http.SetCookie(w, &http.Cookie{Name: "path", Value: "2", Path: "/elsewhere"})
			http.Redirect(w, r, "/to", http.StatusFound)
		case r.URL.Path == "/to":
			http.Redirect(w, r, "http://b.example/over", http.StatusFound)
		case r.URL.Path == "/over":
			http.Redirect(w, r, "http://a.example/end", http.StatusTemporaryRedirect)
		case r.URL.Path == "/wall" && r.Header.Get("Cookie") == "":
			http.SetCookie(w, &http.Cookie{Name: "wall", Value: "1"})
			http.Redirect(w, r, "/wall", http.StatusFound)
		case r.URL.Path == "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		}
	}
	visit(t, Options{Contact: "ada@archive.example\r\nX: y"}, map[string]http.HandlerFunc{"a.example": echo, "b.example": echo}, func(t *testing.T, f *Fetcher, w *town) {
		p, err := f.Get(t.Context(), "http://a.example/set", nil)
		if err != nil || p.Final != "http://a.example/end" || len(p.Redirects) != 3 {
			t.Fatalf("Get = %+v, %v", p, err)
		}
		w.want(t, "a.example /robots.txt at 0s", "a.example /set at 0s", "a.example /to at 2s", "b.example /robots.txt at 2s", "b.example /over at 2s", "a.example /end at 4s")
		for i, cookie := range []string{"", "", "visit=1", "", "", "visit=1"} {
			h := got[i]
			if c := h.Get("Cookie"); c != "" && c != cookie || cookie == "" && c != "" {
				t.Errorf("request %d sends the cookie %q", i, c)
			}
			if h.Get("From") != "ada@archive.exampleX: y" || h.Get("User-Agent") != "recount/"+recount.Version+" (+research archive; contact in header From)" || h.Get("Accept-Encoding") != acceptEncoding || h.Get("Referer") != "" {
				t.Errorf("request %d sends %v", i, h)
			}
		}
		if p, err := f.Get(t.Context(), "http://a.example/wall", nil); err != nil || p.Status != 200 || len(p.Redirects) != 1 {
			t.Errorf("a page that sets a cookie and sends the browser back: %+v, %v", p, err)
		}
		got = nil
		if _, err := f.Get(t.Context(), "http://a.example/end", nil); err != nil || got[0].Get("Cookie") != "" {
			t.Errorf("a later page sends %v, %v", got, err)
		}
		p, err = f.Get(t.Context(), "http://a.example/loop", nil)
		refusedWith(t, err, "leads on more than 5 times")
		if p.Status != http.StatusFound || p.Final != "http://a.example/loop" {
			t.Errorf("Get = %+v", p)
		}
	})
	got = nil
	visit(t, Options{MaxRedirects: -1, UserAgent: "harbour-archive/2 (mail@archive.example)"}, map[string]http.HandlerFunc{"a.example": echo}, func(t *testing.T, f *Fetcher, w *town) {
		_, err := f.Get(t.Context(), "http://a.example/loop", nil)
		refusedWith(t, err, "leads on more than 0 times")
		if f.token != "harbour-archive" || got[0].Get("User-Agent") != "harbour-archive/2 (mail@archive.example)" || got[0].Get("From") != "" {
			t.Errorf("%q sends %v", f.token, got[0])
		}
	})
}

func TestAskingForWhatIsNew(t *testing.T) {
	visit(t, Options{}, map[string]http.HandlerFunc{"a.example": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT")
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.Header.Get("If-Modified-Since") == "Sat, 01 Jan 2000 00:00:00 GMT":
			w.WriteHeader(http.StatusNotModified)
		case r.URL.Path == "/old":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		}
	}}, func(t *testing.T, f *Fetcher, w *town) {
		for _, url := range []string{"http://a.example/new", "http://a.example/old"} {
			p, err := f.Get(t.Context(), url, nil)
			if err != nil || p.NotModified || p.Status != 200 {
				t.Fatalf("Get = %+v, %v", p, err)
			}
			since := p.Fetch()
			if since.Modified == "" || since.Status != 200 || (since.Final == "") != (url == p.Final) {
				t.Errorf("Fetch = %+v", since)
			}
			if p, err = f.Get(t.Context(), url, since); err != nil || !p.NotModified || p.Status != 304 || p.URL != url {
				t.Errorf("Get = %+v, %v", p, err)
			}
		}
		p, err := f.Get(t.Context(), "http://a.example/new", &recount.Fetch{Final: "http://a.example/other", Modified: "Sat, 01 Jan 2000 00:00:00 GMT"})
		if err != nil || p.NotModified {
			t.Errorf("what is known of another page is sent: %+v, %v", p, err)
		}
		if p, err := f.Get(t.Context(), "http://a.example/new", &recount.Fetch{ETag: "\r\n\x00", Modified: ""}); err != nil || p.NotModified {
			t.Errorf("Get = %+v, %v", p, err)
		}
	})
}

func TestCertificates(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			io.WriteString(w, r.Proto)
		}
	}))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of the refused certificate
	s.StartTLS()
	defer s.Close()
	f := local(t, Options{})
	_, err := f.Get(t.Context(), s.URL, nil)
	refusedWith(t, err, "cannot prove that it is the one asked for")

	f = local(t, Options{})
	f.transport.TLSClientConfig.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	p, err := f.Get(t.Context(), s.URL, nil)
	if err != nil || p.Proto != "HTTP/2.0" || p.Line != "HTTP/1.1 200 OK" || string(p.Body) != "HTTP/2.0" || p.IP != "127.0.0.1" {
		t.Errorf("Get = %+v, %v", p, err)
	}
	plain := serve(t, nil, nil)
	_, err = f.Get(t.Context(), strings.Replace(plain.URL, "http:", "https:", 1), nil)
	refusedWith(t, err, "does not answer in https")
	plain.Close()
	_, err = f.Get(t.Context(), plain.URL+"/again", nil)
	if !errors.Is(err, recount.ErrRefused) {
		t.Error(err)
	}
}

func TestPageOfAnError(t *testing.T) {
	visit(t, Options{Now: func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 5, time.FixedZone("", 3600)) }}, map[string]http.HandlerFunc{"a.example": func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, "<p>Are you a robot?</p>")
	}}, func(t *testing.T, f *Fetcher, w *town) {
		p, err := f.Get(t.Context(), "http://a.example/", nil)
		refusedWith(t, err, "the server answered 403 (forbidden)")
		if p.Status != 403 || string(p.Body) != "<p>Are you a robot?</p>" || p.Line != "HTTP/1.1 403 Forbidden" || p.Time.Format(time.RFC3339Nano) != "2026-11-22T09:00:00Z" {
			t.Errorf("Get = %+v", p)
		}
	})
}
