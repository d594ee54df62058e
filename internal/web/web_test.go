package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"recount"
)

func twoReports() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"summer/index.html":          file("<p>summer</p>"),
		"summer/manifest.json":       file(`{"format":1,"kind":"study","title":"Summer <b>","as_of":"2021-03-05T08:00:00Z","rules":[],"inputs":[`),
		"summer/numbers/x.html":      file("<p>x</p>"),
		"summer/secret.exe":          file("MZ"),
		"winter/index.html":          file("<p>winter</p>"),
		"winter/manifest.json":       file(`{"title":"Winter","as_of":"2022-03-05T08:00:00Z"}`),
		"no report/notes.txt":        file("x"),
		".autumn.partial/index.html": file("half"),
	}
}

func TestAnswers(t *testing.T) {
	one := fstest.MapFS{}
	for k, v := range twoReports() {
		if !strings.HasPrefix(k, "winter") {
			one[k] = v
		}
	}
	tests := []struct {
		name         string
		root         fstest.MapFS
		method, path string
		status       int
		holds        string // in the body, or in Location
	}{
		{"two reports are listed, titles as text", twoReports(), "GET", "/", 200, "Summer &lt;b&gt;"},
		{"one report is gone to", one, "GET", "/", 303, "/summer/"},
		{"no report says what to do", fstest.MapFS{}, "GET", "/", 404, "run recount report"},
		{"a page", twoReports(), "GET", "/summer/numbers/x.html", 200, "<p>x</p>"},
		{"the front page of a report", twoReports(), "GET", "/winter/", 200, "winter"},
		{"a folder without its slash", twoReports(), "GET", "/winter", 301, "/winter/"},
		{"no folder is listed", twoReports(), "GET", "/summer/numbers/", 404, "not part of a report"},
		{"a page that is not there", twoReports(), "GET", "/summer/none.html", 404, "Next:"},
		{"a report being written is not shown", twoReports(), "GET", "/.autumn.partial/index.html", 404, "not part"},
		{"a file of another kind is not served", twoReports(), "GET", "/summer/secret.exe", 404, "not part"},
		{"a backslash", twoReports(), "GET", `/summer\index.html`, 404, "not part"},
		{"a way up, escaped", twoReports(), "GET", "/summer/%2e%2e/%2e%2e/etc/passwd.txt", 404, "not part"},
		{"a NUL", twoReports(), "GET", "/summer/%00.html", 404, "not part"},
		{"nothing can be posted", twoReports(), "POST", "/summer/", 405, "only be read"},
		{"nothing can be deleted", twoReports(), "DELETE", "/", 405, "only be read"},
		{"the style of the list", twoReports(), "GET", "/_/style.css", 200, "--paper"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(tt.method, "http://127.0.0.1:8080/", nil)
			r.URL.Path, r.URL.RawPath = unescape(tt.path), tt.path
			w := httptest.NewRecorder()
			Handler(tt.root, Options{}).ServeHTTP(w, r)
			if w.Code != tt.status {
				t.Errorf("%s %s = %d, want %d", tt.method, tt.path, w.Code, tt.status)
			}
			if got := w.Body.String() + w.Header().Get("Location"); !strings.Contains(got, tt.holds) {
				t.Errorf("%s %s = %q, want %q in it", tt.method, tt.path, got, tt.holds)
			}
			for _, h := range headers {
				if w.Header().Get(h[0]) != h[1] {
					t.Errorf("%s %s: header %s = %q, want %q", tt.method, tt.path, h[0], w.Header().Get(h[0]), h[1])
				}
			}
			if tt.status == 405 && w.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("no Allow header")
			}
		})
	}
}

func unescape(p string) string {
	return strings.NewReplacer("%2e", ".", "%00", "\x00").Replace(p)
}

func TestListIsNewestFirst(t *testing.T) {
	r := httptest.NewRequest("GET", "http://localhost/", nil)
	w := httptest.NewRecorder()
	Handler(twoReports(), Options{}).ServeHTTP(w, r)
	body := w.Body.String()
	if i, j := strings.Index(body, "Winter"), strings.Index(body, "Summer"); i < 0 || j < i {
		t.Errorf("winter at %d, summer at %d; the newest comes first", i, j)
	}
	if strings.Contains(body, "no report") || strings.Contains(body, "partial") {
		t.Error("a folder that is no report is listed")
	}
}

func TestRootThatIsAReport(t *testing.T) {
	root := fstest.MapFS{"index.html": {Data: []byte("the report")}, "manifest.json": {Data: []byte("{}")}}
	w := httptest.NewRecorder()
	Handler(root, Options{}).ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/", nil))
	if w.Code != 200 || !strings.Contains(w.Body.String(), "the report") {
		t.Errorf("GET / = %d %q", w.Code, w.Body.String())
	}
}

func TestHostNames(t *testing.T) {
	tests := []struct {
		host   string
		remote bool
		ok     bool
	}{
		{"127.0.0.1:8080", false, true},
		{"localhost:8080", false, true},
		{"LOCALHOST", false, true},
		{"[::1]:8080", false, true},
		{"[::1]", false, true},
		{"evil.example", false, false},
		{"localhost.evil.example", false, false},
		{"127.0.0.1.evil.example:80", false, false},
		{"192.168.1.7:8080", false, false},
		{"0.0.0.0:8080", false, false},
		{"", false, false},
		{"archive.example", true, true},
	}
	for _, tt := range tests {
		r := httptest.NewRequest("GET", "http://localhost/winter/", nil)
		r.Host = tt.host
		w := httptest.NewRecorder()
		Handler(twoReports(), Options{AllowRemote: tt.remote}).ServeHTTP(w, r)
		if ok := w.Code == 200; ok != tt.ok {
			t.Errorf("Host %q, remote %v: %d", tt.host, tt.remote, w.Code)
		}
		if !tt.ok && strings.Contains(w.Body.String(), "winter") {
			t.Errorf("Host %q reads the report", tt.host)
		}
	}
}

func TestOtherSites(t *testing.T) {
	for mode, want := range map[string]int{"navigate": 200, "no-cors": 403, "cors": 403} {
		r := httptest.NewRequest("GET", "http://localhost/winter/", nil)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Sec-Fetch-Mode", mode)
		w := httptest.NewRecorder()
		Handler(twoReports(), Options{}).ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("cross-site %s = %d, want %d", mode, w.Code, want)
		}
	}
}

func TestServeRefusesOtherMachines(t *testing.T) {
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.org:0"} {
		err := Serve(context.Background(), addr, http.NotFoundHandler(), Options{}, nil)
		if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
			t.Errorf("Serve(%s) = %v, want it refused with a hint", addr, err)
		}
	}
	if err := Serve(context.Background(), "nonsense", nil, Options{}, nil); !errors.Is(err, recount.ErrInvalid) {
		t.Errorf("Serve(nonsense) = %v", err)
	}
}

// TestServeStops serves a real folder, lets a request under way finish, and
// stops.
func TestServeStops(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{"a/index.html": "<p>here</p>", "a/manifest.json": "{}"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "a", "out.txt")); err != nil {
		t.Log("no links here:", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	slow := make(chan bool)
	h := Handler(root.FS(), Options{})
	wrapped := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(slow)
			time.Sleep(50 * time.Millisecond)
			io.WriteString(w, "done")
			return
		}
		h.ServeHTTP(w, r)
	})
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- Serve(ctx, "127.0.0.1:0", wrapped, Options{}, func(u string) { ready <- u }) }()
	u := <-ready
	get := func(p string) (int, string) {
		resp, err := http.Get(u + p)
		if err != nil {
			return 0, err.Error()
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(b)
	}
	if code, body := get(""); code != 200 || !strings.Contains(body, "here") {
		t.Errorf("GET / = %d %q", code, body)
	}
	if code, body := get("a/out.txt"); code == 200 {
		t.Errorf("a link out of the folder is followed: %q", body)
	}
	answer := make(chan string, 1)
	go func() { _, b := get("slow"); answer <- b }()
	<-slow
	cancel()
	if b := <-answer; b != "done" {
		t.Errorf("the answer under way was cut: %q", b)
	}
	if err := <-done; err != nil {
		t.Errorf("Serve = %v after it was stopped", err)
	}
}

// Where a workbench stands around the reports, what to do next is done there,
// without a command.
func TestNoReportInAWorkbench(t *testing.T) {
	for at, page := range map[string]string{"/reports": "the page Report", "/editions": "the page Public edition"} {
		w := httptest.NewRecorder()
		Handler(fstest.MapFS{}, Options{At: at}).ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+at+"/", nil))
		if body := w.Body.String(); w.Code != 404 || !strings.Contains(body, page) || strings.Contains(body, "recount report") || !strings.Contains(body, `href="/"`) {
			t.Errorf("GET %s/ = %d %s", at, w.Code, body)
		}
	}
}
