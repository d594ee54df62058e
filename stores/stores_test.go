package stores

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
	"github.com/fsouza/fake-gcs-server/fakestorage"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/klauspost/compress/gzip"
	"golang.org/x/mod/modfile"

	"recount"
	"recount/internal/shards"
)

func quiet(string, int, int) {}

// pile is files of a crawl by their names: archives, lines, and one that is
// neither.
func pile() map[string][]byte {
	rng := rand.New(rand.NewPCG(5, 5))
	out := map[string][]byte{"picture.png": []byte("\x89PNG\r\n\x1a\n")}
	var texts []string
	text := func() string {
		if len(texts) > 0 && rng.IntN(3) == 0 {
			return texts[rng.IntN(len(texts))]
		}
		var b strings.Builder
		for range 5 {
			fmt.Fprintf(&b, "The harbour of place%d waits for ship%d from coast%d and %d people left. ", rng.IntN(99999), rng.IntN(99999), rng.IntN(99999), 2+rng.IntN(90))
			fmt.Fprintf(&b, "“We saw light%d over hill%d,” said Vera Holm.\n", rng.IntN(99999), rng.IntN(99999))
		}
		texts = append(texts, b.String())
		return b.String()
	}
	lines := func(n int) []byte {
		var b bytes.Buffer
		for i := range n {
			line, _ := json.Marshal(map[string]string{"title": fmt.Sprintf("Story %d", i), "outlet": fmt.Sprintf("Outlet %d", rng.IntN(5)), "text": text()})
			b.Write(append(line, '\n'))
		}
		return b.Bytes()
	}
	out["b.jsonl"], out["more/ünter weg?x=1#y %25+&.jsonl"] = lines(12), lines(5)
	var b bytes.Buffer
	for i := range 15 {
		html := fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>Page %d</title></head><body><article><h1>Page %d</h1><p>%s</p></article></body></html>`, i, i, strings.ReplaceAll(text(), "\n", "</p><p>"))
		http := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s", html)
		z := gzip.NewWriter(&b)
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\nWARC-Date: 2021-01-01T00:00:00Z\r\nWARC-Target-URI: https://a.example/%d\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, i, len(http), http)
		z.Close()
	}
	out["a.warc.gz"] = b.Bytes()
	return out
}

// corpus makes one of a source and returns it with its manifest.
func corpus(t *testing.T, store shards.Store, source string) (*shards.Corpus, *shards.Status) {
	t.Helper()
	c, err := shards.Make(t.Context(), filepath.Join(t.TempDir(), "c"), []string{source}, store, quiet)
	if err != nil {
		t.Fatal(err, recount.HintOf(err))
	}
	r := shards.NewReader(nil, slog.New(slog.DiscardHandler))
	defer r.Close()
	st, err := c.Run(t.Context(), r, quiet)
	if err != nil {
		t.Fatal(err, recount.HintOf(err))
	}
	return c, st
}

// local makes the corpus of the same files in a folder.
func local(t *testing.T, files map[string][]byte) (*shards.Corpus, *shards.Status) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in")
	for name, b := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return corpus(t, nil, dir)
}

// taken is what a slice of everything takes: names and bytes of pages, and
// where they lie.
func taken(t *testing.T, c *shards.Corpus) []string {
	t.Helper()
	s, err := c.Slice(t.Context(), shards.Filter{}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for it, err := range s.Items(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %x %s %d %d", it.Name, it.Payload, it.Within.Hash, it.Within.Offset, it.Within.Length))
	}
	return out
}

// equal compares a corpus from a store with one from a folder.
func equal(t *testing.T, store shards.Store, address string, files map[string][]byte) {
	t.Helper()
	want, had := local(t, files)
	got, st := corpus(t, store, address)
	if had.Articles != 32 || had.Relations < 5 || len(had.Left) != 1 {
		t.Fatalf("the files hold %+v, want 32 articles, some relations and a file left", *had)
	}
	if st.Manifest != had.Manifest || len(st.Left) != 1 {
		t.Errorf("the manifest is %s with %+v left, want that of a folder, %s", st.Manifest, st.Left, had.Manifest)
	}
	a, b := taken(t, want), taken(t, got)
	if len(a) != 32 || strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Errorf("a slice takes %d pages from the store and %d from the folder, or others", len(b), len(a))
	}
}

// An s3 is a server of S3 in this process. spoil may answer instead of it.
type s3 struct {
	query string // of addresses
	url   string
	reads atomic.Int64 // requests for bytes of objects
	spoil func(w http.ResponseWriter, r *http.Request, next http.Handler)
}

func newS3(t *testing.T, files map[string][]byte) *s3 {
	t.Helper()
	s, back := &s3{}, s3mem.New()
	if err := back.CreateBucket("press"); err != nil {
		t.Fatal(err)
	}
	real := gofakes3.New(back).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.Count(r.URL.Path, "/") > 1 {
			s.reads.Add(1)
		}
		if s.spoil != nil {
			s.spoil(w, r, real)
			return
		}
		real.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	for name, b := range files {
		s.put(t, "crawl/"+name, b)
	}
	s.query = "?region=us-east-1&use_path_style=true&disable_https=true&endpoint=" + server.URL
	t.Setenv("AWS_ACCESS_KEY_ID", "a")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "b")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", os.DevNull)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	return s
}

// put writes an object.
func (s *s3) put(t *testing.T, key string, b []byte) {
	t.Helper()
	to := url.URL{Path: "/press/" + key}
	r, err := http.NewRequest(http.MethodPut, s.url+to.EscapedPath(), bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if got.StatusCode != http.StatusOK {
		t.Fatal(got.Status)
	}
}

// fresh is a store that waits little.
func fresh(t *testing.T) *Store {
	s := New()
	s.pause = time.Millisecond
	t.Cleanup(func() { s.Close() })
	return s
}

// A corpus from S3 is that of the same files in a folder, and so is a slice of
// it, with a server that answers as it should and with ones that do not.
func TestS3(t *testing.T) {
	files := pile()
	var n atomic.Int64
	cut := func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		rec := httptest.NewRecorder()
		next.ServeHTTP(rec, r)
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		w.Header().Set("Content-Length", fmt.Sprint(rec.Body.Len()))
		w.WriteHeader(rec.Code)
		w.Write(rec.Body.Bytes()[:rec.Body.Len()/2])
	}
	tests := []struct {
		name  string
		spoil func(w http.ResponseWriter, r *http.Request, next http.Handler)
	}{
		{"a server that answers", nil},
		{"each long answer breaks off in the middle", func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if r.Method == http.MethodGet && strings.Count(r.URL.Path, "/") > 1 && r.Header.Get("Range") != "" && n.Add(1)%3 != 0 {
				cut(w, r, next)
				return
			}
			next.ServeHTTP(w, r)
		}},
		{"every other request is turned away", func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if n.Add(1)%2 == 0 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			next.ServeHTTP(w, r)
		}},
		{"some connections are cut before an answer", func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if n.Add(1)%4 == 0 {
				c, _, err := http.NewResponseController(w).Hijack()
				if err == nil {
					c.Close()
				}
				return
			}
			next.ServeHTTP(w, r)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newS3(t, files)
			s.spoil = tt.spoil
			equal(t, fresh(t), "s3://press/crawl"+s.query, files)
		})
	}
}

// A server that stops answering for good ends the scan with an error; no page is
// left out, and the scan goes on when the server is back.
func TestServerGone(t *testing.T) {
	files := pile()
	_, want := local(t, files)
	for _, object := range []string{"a.warc.gz", "b.jsonl"} {
		for _, when := range []string{"planning", "reading"} {
			t.Run(object+" while "+when, func(t *testing.T) {
				s := newS3(t, files)
				gone := func(w http.ResponseWriter, r *http.Request, next http.Handler) {
					if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, object) {
						w.Header().Set("Content-Length", "100000") // and nothing of it
						w.WriteHeader(http.StatusPartialContent)
						return
					}
					next.ServeHTTP(w, r)
				}
				if when == "planning" {
					s.spoil = gone
				}
				dir := filepath.Join(t.TempDir(), "c")
				c, err := shards.Make(t.Context(), dir, []string{"s3://press/crawl" + s.query}, fresh(t), quiet)
				r := shards.NewReader(nil, slog.New(slog.DiscardHandler))
				defer r.Close()
				if when == "reading" {
					if err != nil {
						t.Fatal(err)
					}
					s.spoil = gone
					_, err = c.Run(t.Context(), r, quiet)
				}
				if err == nil || errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
					t.Fatalf("it ends with %v (%s)", err, recount.HintOf(err))
				}
				s.spoil = nil
				c, err = shards.Make(t.Context(), dir, []string{"s3://press/crawl" + s.query}, fresh(t), quiet)
				if err != nil {
					t.Fatal(err)
				}
				if st, err := c.Run(t.Context(), r, quiet); err != nil || st.Manifest != want.Manifest {
					t.Errorf("when the server is back it gives %+v, %v; want the manifest %s", st, err, want.Manifest)
				}
			})
		}
	}
}

// An address is a bucket, a folder or an object. "crawl" is not "crawl-old".
func TestAddresses(t *testing.T) {
	files := pile()
	s := newS3(t, files)
	for _, name := range []string{"crawl-old/z.jsonl", "crawl/.hidden/h.jsonl", "crawl/sub/", "z.jsonl"} {
		b := files["b.jsonl"]
		if strings.HasSuffix(name, "/") {
			b = nil
		}
		s.put(t, name, b)
	}
	tests := []struct {
		address string
		names   string
	}{
		{"s3://press/crawl", "a.warc.gz b.jsonl more/ünter weg?x=1#y %25+&.jsonl"},
		{"s3://press/crawl/", "a.warc.gz b.jsonl more/ünter weg?x=1#y %25+&.jsonl"},
		{"s3://press/crawl/more", "ünter weg?x=1#y %25+&.jsonl"},
		{"s3://press/crawl/b.jsonl", "b.jsonl"},
		{"s3://press/crawl/more/%C3%BCnter%20weg%3Fx=1%23y%20%2525+&.jsonl", "ünter weg?x=1#y %25+&.jsonl"},
		{"s3://press", "crawl-old/z.jsonl crawl/a.warc.gz crawl/b.jsonl crawl/more/ünter weg?x=1#y %25+&.jsonl z.jsonl"},
		{"s3://press/", "crawl-old/z.jsonl crawl/a.warc.gz crawl/b.jsonl crawl/more/ünter weg?x=1#y %25+&.jsonl z.jsonl"},
	}
	for _, tt := range tests {
		t.Run(tt.address, func(t *testing.T) {
			c, err := shards.Make(t.Context(), filepath.Join(t.TempDir(), "c"), []string{tt.address + s.query}, fresh(t), quiet)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range c.Plan.Shards {
				got = append(got, p.Name)
			}
			want := map[string]bool{}
			for _, n := range strings.Split(strings.ReplaceAll(tt.names, "ünter weg?x=1#y %25+&", "U"), " ") {
				want[strings.ReplaceAll(n, "U", "ünter weg?x=1#y %25+&")] = true
			}
			if len(got) != len(want) {
				t.Fatalf("the shards are %q, want %q", got, tt.names)
			}
			for _, n := range got {
				if !want[n] {
					t.Errorf("a shard %q, want %q", n, tt.names)
				}
			}
		})
	}
}

// Many objects come in several pages.
func TestManyObjects(t *testing.T) {
	files := map[string][]byte{}
	for i := range 2300 {
		files[fmt.Sprintf("%05d.txt", i)] = []byte("no articles")
	}
	files["zz.jsonl"] = pile()["b.jsonl"]
	s := newS3(t, files)
	n := 0
	for o, err := range fresh(t).List(t.Context(), "s3://press/crawl"+s.query) {
		if err != nil {
			t.Fatal(err)
		}
		if o.Size == 0 || o.Changed.IsZero() || o.Name == "" {
			t.Fatalf("an object %+v", o)
		}
		n++
	}
	if n != 2301 {
		t.Errorf("%d objects, want 2301", n)
	}
}

// What did not change is not read again; what did is, and a scan that was planned
// before says so.
func TestChangedObjects(t *testing.T) {
	files := pile()
	s := newS3(t, files)
	dir := filepath.Join(t.TempDir(), "c")
	address := []string{"s3://press/crawl" + s.query}
	plan := func() *shards.Corpus {
		c, err := shards.Make(t.Context(), dir, address, fresh(t), quiet)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	plan()
	first := s.reads.Swap(0)
	c := plan()
	again := s.reads.Swap(0)
	if first < 4 || again > 4 { // the beginning of each, to see what it is
		t.Errorf("planning read %d stretches, and %d when nothing had changed", first, again)
	}
	r := shards.NewReader(nil, slog.New(slog.DiscardHandler))
	defer r.Close()
	changed := append(files["b.jsonl"], files["b.jsonl"]...)
	s.put(t, "crawl/b.jsonl", changed)
	if _, err := c.Run(t.Context(), r, quiet); !errors.Is(err, errChanged) || !strings.Contains(recount.HintOf(err), "scan the sources again") {
		t.Errorf("a run with an object that changed gives %v (%s)", err, recount.HintOf(err))
	}
	files["b.jsonl"] = changed
	_, want := local(t, files)
	c = plan()
	if st, err := c.Run(t.Context(), r, quiet); err != nil || st.Manifest != want.Manifest {
		t.Errorf("planned again it gives %+v, %v; want the manifest %s", st, err, want.Manifest)
	}
}

// azureTried says that the library knows an account from here on.
var azureTried bool

// A corpus from Azure is that of a folder. The server is Azurite, if it is
// there: npm install azurite, and its azurite-blob in the path.
func TestAzure(t *testing.T) {
	exe, err := exec.LookPath("azurite-blob")
	if err != nil {
		t.Skip("not tried: azurite-blob is not in the path (npm install azurite)")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	cmd := exec.Command(exe, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", t.TempDir(), "--blobHost", host, "--blobPort", port)
	cmd.Dir = t.TempDir()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	// The account and key that Azurite documents for trying out.
	t.Setenv("AZURE_STORAGE_ACCOUNT", "devstoreaccount1")
	t.Setenv("AZURE_STORAGE_KEY", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==")
	query := "?protocol=http&localemu=true&domain=" + host + ":" + port
	for n := 0; ; n++ {
		if c, err := net.Dial("tcp", host+":"+port); err == nil {
			c.Close()
			break
		} else if n == 600 {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
	files := pile()
	for name, b := range files {
		if strings.ContainsAny(name, "?#%") { // which the driver writes in a way of its own
			delete(files, name)
			files["more/ünter weg+&.jsonl"] = b
		}
	}
	azureTried = true
	login, err := azblob.NewSharedKeyCredential(os.Getenv("AZURE_STORAGE_ACCOUNT"), os.Getenv("AZURE_STORAGE_KEY"))
	if err != nil {
		t.Fatal(err)
	}
	client, err := azblob.NewClientWithSharedKeyCredential("http://"+host+":"+port+"/devstoreaccount1", login, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.CreateContainer(t.Context(), "press", nil); err != nil {
		t.Fatal(err)
	}
	for name, b := range files {
		if _, err := client.UploadBuffer(t.Context(), "press", "crawl/"+name, b, nil); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, fresh(t), "azblob://press/crawl"+query, files)
	_, err = shards.Make(t.Context(), filepath.Join(t.TempDir(), "c"), []string{"azblob://pres/crawl" + query}, fresh(t), quiet)
	if !errors.Is(err, recount.ErrNotFound) || recount.HintOf(err) == "" {
		t.Errorf("a container that is not there gives %v (%s)", err, recount.HintOf(err))
	}
}

// Each error says what to do, and is there soon.
func TestErrors(t *testing.T) {
	s := newS3(t, pile())
	nothing, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nothing.Close()
	away := "?region=us-east-1&use_path_style=true&endpoint=http://" + nothing.Addr().String()
	refused := func(code int, body string) func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(code)
			fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>no</Message></Error>`, body)
		}
	}
	t.Setenv("AZURE_STORAGE_ACCOUNT", "")
	t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", filepath.Join(t.TempDir(), "none.json"))
	tests := []struct {
		name, address string
		env           map[string]string
		spoil         func(w http.ResponseWriter, r *http.Request, next http.Handler)
		is            error
		hint          string
	}{
		{"no such bucket", "s3://pres/crawl" + s.query, nil, nil, recount.ErrNotFound, "no such bucket"},
		{"nothing under the address", "s3://press/craw" + s.query, nil, nil, recount.ErrNotFound, "spelling"},
		{"an object that is not there", "s3://press/crawl/c.jsonl" + s.query, nil, nil, recount.ErrNotFound, "spelling"},
		{"no bucket named", "s3:///crawl", nil, nil, recount.ErrInvalid, "s3://bucket/folder"},
		{"a sign that no address holds", "s3://press/%zz", nil, nil, recount.ErrInvalid, "%25"},
		{"no credentials", "s3://press/crawl" + s.query, map[string]string{"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, nil, nil, "AWS_ACCESS_KEY_ID"},
		{"a profile that is not there", "s3://press/crawl" + s.query, map[string]string{"AWS_PROFILE": "none"}, nil, nil, "AWS_PROFILE"},
		{"wrong credentials", "s3://press/crawl" + s.query, nil, refused(403, "InvalidAccessKeyId"), nil, "AWS_SECRET_ACCESS_KEY"},
		{"no right to list", "s3://press/crawl" + s.query, nil, refused(403, "AccessDenied"), nil, "anonymous=true"},
		{"nobody answers", "s3://press/crawl" + away, nil, nil, nil, "can be reached"},
		{"a parameter that nobody knows", "s3://press/crawl" + s.query + "&colour=red", nil, nil, nil, ""},
		{"Google without a login", "gs://press/crawl", nil, nil, nil, "GOOGLE_APPLICATION_CREDENTIALS"},
		{"Azure without an account", "azblob://press/crawl", nil, nil, nil, "AZURE_STORAGE_ACCOUNT"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if azureTried && strings.HasPrefix(tt.address, "azblob") {
				t.Skip("an account is known already")
			}
			for k, v := range tt.env {
				t.Setenv(k, v)
			}
			s.spoil = tt.spoil
			began := time.Now()
			_, err := shards.Make(t.Context(), filepath.Join(t.TempDir(), "c"), []string{tt.address}, fresh(t), quiet)
			if err == nil || errors.Is(err, recount.ErrRefused) || tt.is != nil && !errors.Is(err, tt.is) || !strings.Contains(recount.HintOf(err), tt.hint) {
				t.Errorf("the error is %v (%s), want one with the hint %q", err, recount.HintOf(err), tt.hint)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("the error has several lines: %v", err)
			}
			if took := time.Since(began); took > 60*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

// A scan is stopped while the store does not answer.
func TestStopped(t *testing.T) {
	files := pile()
	s := newS3(t, files)
	ctx, stop := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	s.spoil = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "a.warc.gz") {
			stop()
			select {
			case <-release:
			case <-r.Context().Done():
			}
			return
		}
		next.ServeHTTP(w, r)
	}
	began := time.Now()
	_, err := shards.Make(ctx, filepath.Join(t.TempDir(), "c"), []string{"s3://press/crawl" + s.query}, fresh(t), quiet)
	if !errors.Is(err, context.Canceled) || time.Since(began) > 30*time.Second {
		t.Errorf("it ends with %v after %s", err, time.Since(began))
	}
}

// ReadAt gives what lies there, however it is asked.
func TestReadAt(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 20<<20)
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
	s := newS3(t, map[string][]byte{"x": b})
	store := fresh(t)
	var f shards.OpenFile
	for o, err := range store.List(t.Context(), "s3://press/crawl/x"+s.query) {
		if err != nil {
			t.Fatal(err)
		}
		if f, err = store.Open(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	defer f.Close()
	s.reads.Store(0)
	all, err := io.ReadAll(io.NewSectionReader(f, 0, int64(len(b))))
	if err != nil || !bytes.Equal(all, b) {
		t.Fatalf("%d bytes, %v; want %d", len(all), err, len(b))
	}
	if n := s.reads.Load(); n > 6 {
		t.Errorf("reading %d MB from the front took %d requests", len(b)>>20, n)
	}
	for range 200 {
		off, n := rng.IntN(len(b)+100), rng.IntN(300_000)
		got := make([]byte, n)
		m, err := f.ReadAt(got, int64(off))
		want := b[min(off, len(b)):min(off+n, len(b))]
		if !bytes.Equal(got[:m], want) || (m < n) != errors.Is(err, io.EOF) {
			t.Fatalf("ReadAt(%d, %d) = %d, %v; want %d bytes", off, n, m, err, len(want))
		}
	}
}

// A corpus from Google Cloud Storage is that of a folder; the server is a fake.
func TestGoogle(t *testing.T) {
	files := pile()
	var objects []fakestorage.Object
	for name, b := range files {
		objects = append(objects, fakestorage.Object{ObjectAttrs: fakestorage.ObjectAttrs{BucketName: "press", Name: "crawl/" + name}, Content: b})
	}
	server, err := fakestorage.NewServerWithOptions(fakestorage.Options{InitialObjects: objects, Scheme: "http", Host: "127.0.0.1", PublicHost: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	t.Setenv("STORAGE_EMULATOR_HOST", strings.TrimPrefix(server.URL(), "http://"))
	equal(t, fresh(t), "gs://press/crawl", files)
	_, err = shards.Make(t.Context(), filepath.Join(t.TempDir(), "c"), []string{"gs://pres/crawl"}, fresh(t), quiet)
	if !errors.Is(err, recount.ErrNotFound) || recount.HintOf(err) == "" {
		t.Errorf("a bucket that is not there gives %v (%s)", err, recount.HintOf(err))
	}
}

// What reads articles is the same here as in recount: no module that it stands
// on has another version, but those that the stores raise and no reader uses.
func TestModulesAreThoseOfRecount(t *testing.T) {
	raised := map[string]bool{"google.golang.org/protobuf": true, "github.com/pierrec/lz4/v4": true, "golang.org/x/tools": true}
	versions := func(path string) map[string]string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := modfile.Parse(path, b, nil)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, r := range f.Require {
			out[r.Mod.Path] = r.Mod.Version
		}
		return out
	}
	here, there := versions("go.mod"), versions("../go.mod")
	shared := 0
	for path, v := range here {
		if w, ok := there[path]; ok && !raised[path] {
			if shared++; v != w {
				t.Errorf("%s is %s here and %s in recount: take the same, in both", path, v, w)
			}
		}
	}
	if shared < 20 {
		t.Errorf("%d modules are shared; recount has %d", shared, len(there))
	}
}
