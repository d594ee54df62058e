package workbench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

var began = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func options(dir string) Options {
	return Options{Folder: dir, Study: study.Options{Actor: "analyst", Now: func() time.Time { return began }}}
}

// made makes the example study once, with and without its decisions, and
// copies it for each test.
var made = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "recount-workbench-")
	if err != nil {
		return "", err
	}
	ctx := context.Background()
	s, _, err := study.Demo(ctx, filepath.Join(dir, "decided"), options("").Study)
	if err != nil {
		return "", err
	}
	if err := s.Close(); err != nil {
		return "", err
	}
	// The same without what its analyst decided.
	files := map[string][]byte{}
	for _, name := range []string{"study.yaml", "codebook.yaml", "report.md"} {
		if files[name], err = os.ReadFile(filepath.Join(dir, "decided", name)); err != nil {
			return "", err
		}
	}
	if s, err = study.Create(ctx, filepath.Join(dir, "fresh"), files, "", true, options("").Study); err != nil {
		return "", err
	}
	pages := filepath.Join("..", "..", "..", "examples", "order", "pages")
	if _, err := s.Add(ctx, study.Offer{Paths: []string{pages}}); err != nil {
		return "", err
	}
	if _, err := s.Extract(ctx, false); err != nil {
		return "", err
	}
	return dir, s.Close()
})

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // the word lists and weights stay, and looking through them more seldom is a seventh less time
	code := m.Run()
	if dir, err := made(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// folder copies the example study: "decided" or "fresh".
func folder(t testing.TB, which string) string {
	t.Helper()
	from, err := made()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), which)
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(from, which))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A tab is one window of a browser in which somebody works.
type tab struct {
	t      testing.TB
	s      *Server
	name   string
	cookie *http.Cookie
}

func serve(t testing.TB, dir string) *Server {
	t.Helper()
	s, err := New(context.Background(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newTab(t testing.TB, s *Server, actor, name string) *tab {
	t.Helper()
	b := &tab{t: t, s: s, name: name}
	if actor != "" {
		w := b.send("POST", "/session", signIn{Actor: actor})
		for _, k := range w.Result().Cookies() {
			b.cookie = k
		}
		if b.cookie == nil {
			t.Fatalf("signing in gave no cookie: %d %s", w.Code, w.Body)
		}
	}
	return b
}

// shows is the study that a window shows which was just loaded.
func shows(s *Server) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.study == nil {
		return "1"
	}
	return s.study.ID
}

func (b *tab) send(method, path string, body any) *httptest.ResponseRecorder {
	b.t.Helper()
	return do(b.s, b.request(method, path, body))
}

func (b *tab) request(method, path string, body any) *http.Request {
	b.t.Helper()
	var in bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&in).Encode(body); err != nil {
			b.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, "http://127.0.0.1:8580/api/v1"+path, &in)
	r.Header.Set(headerSign, shows(b.s))
	r.Header.Set(headerTab, b.name)
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	return r
}

// ask sends a request that must be answered with 200.
func ask[T any](b *tab, method, path string, body any) T {
	b.t.Helper()
	w := b.send(method, path, body)
	if w.Code != http.StatusOK {
		b.t.Fatalf("%s %s = %d: %s", method, path, w.Code, w.Body)
	}
	var out T
	d := json.NewDecoder(w.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	return out
}

// refused sends a request that must be answered with status.
func refused(b *tab, status int, method, path string, body any) problem {
	b.t.Helper()
	w := b.send(method, path, body)
	if w.Code != status {
		b.t.Fatalf("%s %s = %d, want %d: %s", method, path, w.Code, status, w.Body)
	}
	var p problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Error == "" {
		b.t.Fatalf("%s %s: no problem in %s", method, path, w.Body)
	}
	return p
}

func (b *tab) decide(version int64, drafts ...draft) decisionsReply {
	b.t.Helper()
	return ask[decisionsReply](b, "POST", "/decisions", decisionsRequest{Version: version, Drafts: drafts})
}

func (b *tab) session() sessionReply {
	b.t.Helper()
	return ask[sessionReply](b, "GET", "/session", nil)
}

func (b *tab) article(key string) (article, map[string]speaker) {
	b.t.Helper()
	a := ask[article](b, "GET", "/articles/"+key, nil)
	by := map[string]speaker{}
	for _, sp := range a.Speakers {
		by[sp.Name] = sp
	}
	return a, by
}

func (a *article) words(s span) string { return string([]rune(a.Text)[s[0]:s[1]]) }

func TestHeadlineOfTheExample(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "ada", "1")
	x := b.session()
	if x.Actor != "ada" || x.Study.Title != "Leaving the Hill" || len(x.Headline) == 0 {
		t.Fatalf("session: %+v", x)
	}
	// The headline says what recount count says.
	var want recount.Result
	if err := b.s.hold(context.Background(), "", func(*casebook.Casebook) error {
		rs, err := b.s.study.Results(context.Background())
		want = rs[0]
		return err
	}); err != nil {
		t.Fatal(err)
	}
	n := x.Headline[0]
	if n.Value != want.N || n.Low != want.Range.Low || n.High != want.Range.High || n.Open != len(want.Questions) || n.Name != want.Name {
		t.Errorf("headline %+v; want %d, range %v, %d open", n, want.N, want.Range, len(want.Questions))
	}
	if !strings.HasPrefix(n.Text, fmt.Sprint(n.Value)+" ") {
		t.Errorf("the headline reads %q", n.Text)
	}
}

func TestArticleOfTheExample(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	list := ask[articleList](b, "GET", "/articles", nil)
	if list.Total != 34 || len(list.Items) != 34 || list.Next != "" {
		t.Fatalf("%d of %d articles, next %q; want 34", len(list.Items), list.Total, list.Next)
	}
	seen := map[string]bool{}
	for i, r := range list.Items {
		if i > 0 && r.Date < list.Items[i-1].Date {
			t.Errorf("article %d (%s) comes after %s", i, r.Date, list.Items[i-1].Date)
		}
		a, _ := b.article(r.Key)
		if a.Row.Open != len(a.Queue) || a.Row.Open != r.Open {
			t.Errorf("%s: %d open in the list, %d in the article, %d in the queue", r.Title, r.Open, a.Row.Open, len(a.Queue))
		}
		if a.Position != i+1 || a.Of != 34 {
			t.Errorf("%s is %d of %d, want %d of 34", r.Title, a.Position, a.Of, i+1)
		}
		end := 0
		for _, bl := range a.Blocks {
			if bl.Span[0] < end || bl.Span[1] <= bl.Span[0] {
				t.Errorf("%s: block %v after %d", r.Title, bl.Span, end)
			}
			end = bl.Span[1]
		}
		for _, sp := range a.Speakers {
			if seen[sp.Key] {
				t.Errorf("speaker %s stands twice", sp.Key)
			}
			seen[sp.Key] = true
			for _, st := range sp.Statements {
				var words []string
				for _, x := range st.Spans {
					words = append(words, a.words(x))
				}
				if got := strings.Join(words, " … "); got != st.Words {
					t.Errorf("the spans of a statement say %q, its words %q", got, st.Words)
				}
			}
		}
	}
	// Keyset pages give the same.
	var keys []string
	for after := ""; ; {
		p := ask[articleList](b, "GET", "/articles?limit=7&after="+after, nil)
		if p.Total != 34 {
			t.Errorf("total %d after %q, want 34", p.Total, after)
		}
		for _, r := range p.Items {
			keys = append(keys, r.Key)
		}
		if after = p.Next; after == "" {
			break
		}
	}
	if len(keys) != 34 {
		t.Errorf("%d articles by pages of 7, want 34", len(keys))
	}
	for i, k := range keys {
		if k != list.Items[i].Key {
			t.Errorf("article %d by pages is %s, want %s", i, k, list.Items[i].Key)
		}
	}
}

func TestNobodyDecidesWithoutAName(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "", "1")
	refused(b, http.StatusForbidden, "POST", "/decisions", decisionsRequest{})
	refused(b, http.StatusForbidden, "POST", "/undo", undoRequest{})
	if got := b.session().May; len(got) != 1 || got[0] != "read" {
		t.Errorf("who is not signed in may %v", got)
	}
	for _, name := range []string{"init", " ", "a\u202eb", strings.Repeat("a", 300)} {
		if p := refused(b, http.StatusBadRequest, "POST", "/session", signIn{Actor: name}); p.Field != "actor" || p.Hint == "" {
			t.Errorf("signing in as %q: %+v", name, p)
		}
	}
}

func newRequest(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, "http://127.0.0.1:8580"+path, strings.NewReader(body))
	r.Header.Set(headerSign, "1")
	return r
}

func do(s *Server, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
