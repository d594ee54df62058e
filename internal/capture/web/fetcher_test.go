package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"recount"
)

// local returns a Fetcher for test servers on this computer, without delays.
func local(t *testing.T, o Options) *Fetcher {
	t.Helper()
	o.AllowPrivate = true
	if o.Delay == 0 {
		o.Delay = -1
	}
	f := New(o)
	t.Cleanup(func() { f.Close() })
	return f
}

func TestGet(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			w.Header().Set("Etag", `"1"`)
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Write([]byte("<p>text</p>"))
		case "/moved":
			http.Redirect(w, r, "/page", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer s.Close()
	f := local(t, Options{})
	p, err := f.Get(t.Context(), s.URL+"/page#top", nil)
	if err != nil || string(p.Body) != "<p>text</p>" || p.Line != "HTTP/1.1 200 OK" || p.IP != "127.0.0.1" || p.Final != p.URL {
		t.Errorf("Get = %+v, %v", p, err)
	}
	p, err = f.Get(t.Context(), s.URL+"/moved", p.Fetch())
	if err != nil || p.Final != s.URL+"/page" || p.NotModified {
		t.Errorf("Get = %+v, %v", p, err)
	}
	p, err = f.Get(t.Context(), s.URL+"/moved", p.Fetch())
	if err != nil || p.Final != s.URL+"/page" || !p.NotModified {
		t.Errorf("Get = %+v, %v", p, err)
	}
	_, err = f.Get(t.Context(), s.URL+"/nothing", nil)
	if !errors.Is(err, recount.ErrRefused) || err.Error() != "the server answered 404 (not found): refused" || recount.HintOf(err) == "" {
		t.Errorf("Get = %v", err)
	}
	_, err = New(Options{}).Get(t.Context(), s.URL+"/page", nil)
	if !errors.Is(err, recount.ErrRefused) || err.Error() != "the address leads to this computer (127.0.0.1): refused" || recount.HintOf(err) != hintPrivate {
		t.Errorf("Get = %v", err)
	}
	n := 0
	for p, err := range f.All(t.Context(), []Request{{URL: s.URL + "/page"}, {URL: s.URL + "/page#x"}, {URL: s.URL + "/nothing"}, {URL: "ftp://x"}}) {
		n++
		t.Log(p.URL, p.Status, err)
	}
	if n != 4 {
		t.Errorf("All yields %d", n)
	}
}
