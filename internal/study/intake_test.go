package study_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"recount"
	"recount/internal/study"
)

// A site is a web server whose pages a test may change while it runs.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // path -> body; "302 /to" leads on, "404" is gone
	asked map[string]int
}

func newSite(t *testing.T, pages map[string]string) *site {
	t.Helper()
	s := &site{pages: pages, asked: map[string]int{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked[r.URL.Path]++
		body, ok := s.pages[r.URL.Path]
		s.mu.Unlock()
		status, to, _ := strings.Cut(body, " ")
		switch {
		case !ok || body == "404":
			http.NotFound(w, r)
		case status == "302":
			http.Redirect(w, r, to, http.StatusFound)
		case strings.HasSuffix(r.URL.Path, ".xml"):
			w.Header().Set("Content-Type", "application/rss+xml")
			w.Write([]byte(strings.ReplaceAll(body, "$WEB", s.URL)))
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write([]byte(strings.ReplaceAll(body, "$WEB", s.URL)))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) put(path, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = body
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// story is a page that any extractor reads: a title and a few paragraphs.
func story(title, more string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>` + title + `</title><meta property="og:site_name" content="The Harbour Post"></head><body><article><h1>` +
		title + `</h1><p>The ferry to Gull Point did not leave on Tuesday, and the forty people who had waited on the quay since six walked home again in the rain.</p>
<p>"Nobody told us why," said Ada Quist, who has taken the boat for thirty years. "We saw the captain go, and then the lights went out."</p><p>` + more +
		`</p><p>The harbour office said on Wednesday that a part had been missing, that it had been ordered twice, and that it would come by land.</p></article></body></html>`
}

// a clock that goes on by a minute each time it is asked.
func ticking() func() time.Time {
	var mu sync.Mutex
	now := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Minute)
		return now
	}
}

// started makes an empty study.
func started(t *testing.T) *study.Study {
	t.Helper()
	s, err := study.Init(context.Background(), filepath.Join(t.TempDir(), "s"), study.Setup{Title: "The ferry", Question: "Who waited?", Who: []string{"Did this person wait?"}},
		study.Options{Actor: "analyst", Now: ticking()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// local lets a test fetch from its own server, without waiting.
var local = study.Web{AllowPrivate: true, Delay: time.Nanosecond}

func files(t *testing.T, pages map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pile")
	for name, body := range pages {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func add(t *testing.T, s *study.Study, o study.Offer) *study.Added {
	t.Helper()
	o.Web = local
	a, err := s.Add(context.Background(), o)
	if err != nil {
		t.Fatalf("add %v: %v", o.Paths, err)
	}
	return a
}

// counts says in one line what add did.
func counts(a *study.Added) string {
	return fmt.Sprintf("%d offered, %d new, %d known, %d refused", a.Offered, len(a.New), len(a.Known), len(a.Refused))
}

func wantCounts(t *testing.T, a *study.Added, want string) {
	t.Helper()
	if got := counts(a); got != want {
		t.Errorf("got %s; want %s; refused: %+v", got, want, a.Refused)
	}
}

// extract reads what is new and returns the pages that count, by name.
func extract(t *testing.T, s *study.Study) (map[string]*recount.Article, *study.Extracted) {
	t.Helper()
	x, err := s.Extract(context.Background(), false)
	if err != nil {
		t.Fatalf("extract: %v", err)
	}
	r, err := s.Recheck(context.Background(), study.Recheck{})
	if err != nil {
		t.Fatalf("recheck: %v", err)
	}
	if len(r.Problems) > 0 {
		t.Errorf("recheck finds %+v", r.Problems)
	}
	var b bytes.Buffer
	if err := s.Export(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	out := map[string]*recount.Article{}
	for line := range bytes.Lines(b.Bytes()) {
		var row struct {
			Kind string
			Row  json.RawMessage
		}
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		if row.Kind == "article" {
			a := &recount.Article{}
			if err := json.Unmarshal(row.Row, a); err != nil {
				t.Fatal(err)
			}
			out[a.Name] = a
		}
	}
	return out, x
}

func captures(t *testing.T, s *study.Study) []recount.Capture {
	t.Helper()
	list, err := s.Captures(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func capture(t *testing.T, s *study.Study, name string) recount.Capture {
	t.Helper()
	for _, c := range captures(t, s) {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("nothing captured is called %s", name)
	return recount.Capture{}
}

// A list of addresses is archived and counted; its pages are fetched only if
// that is asked for, and each once.
func TestListWithAndWithoutFetch(t *testing.T) {
	web := newSite(t, map[string]string{"/one.html": story("One ferry", "One."), "/two.html": story("Two ferries", "Two."), "/gone.html": "404"})
	dir := files(t, map[string]string{"list.csv": "url,title,date\n" + web.URL + "/one.html,Kept hint,2021-05-04\n" + web.URL + "/two.html?utm_source=list,Second,2021-05-05\n" +
		web.URL + "/two.html,Second again,2021-05-05\n" + web.URL + "/gone.html,Third,2021-05-06\n"})
	s := started(t)
	a := add(t, s, study.Offer{Paths: []string{dir}})
	wantCounts(t, a, "1 offered, 1 new, 0 known, 0 refused")
	if len(a.Lists) != 1 || a.Lists[0].Pages != 4 || web.count("/one.html") != 0 {
		t.Errorf("the list is %+v and %d pages were asked for; want 4 listed and none asked for", a.Lists, web.count("/one.html"))
	}
	a = add(t, s, study.Offer{Paths: []string{dir}, Fetch: true})
	wantCounts(t, a, "5 offered, 2 new, 2 known, 1 refused")
	if n := web.count("/two.html"); n != 1 {
		t.Errorf("one page under two addresses was asked for %d times", n)
	}
	c := capture(t, s, web.URL+"/one.html")
	if !slices.ContainsFunc(c.Origin.Hints, func(h recount.Candidate) bool { return h.Field == "title" && h.Value == "Kept hint" }) || c.Origin.Within == nil || c.Origin.Within.File != "list.csv" {
		t.Errorf("the page does not know what the list says of it: %+v, %+v", c.Origin.Hints, c.Origin.Within)
	}
	// Again: what is there is not asked for again, what was gone is.
	a = add(t, s, study.Offer{Paths: []string{dir}, Fetch: true})
	wantCounts(t, a, "5 offered, 0 new, 4 known, 1 refused")
	if web.count("/one.html") != 1 || web.count("/gone.html") != 2 {
		t.Errorf("asked for one.html %d times and gone.html %d times; want 1 and 2", web.count("/one.html"), web.count("/gone.html"))
	}
	pages, _ := extract(t, s)
	if p := pages[web.URL+"/one.html"]; p == nil || p.Published != "2021-05-04" {
		t.Errorf("the page is %+v; want it dated as the list says", p)
	}
}

// What a bibliography says of a file goes with that file, but only with files
// that are offered; no other is opened.
func TestBibliographyWithAttachments(t *testing.T) {
	sample := filepath.Join("..", "text", "format", "biblio", "testdata")
	dir := filepath.Join(t.TempDir(), "library")
	for _, name := range []string{"zotero.ris", "files/12/ferry-late.html"} {
		b, err := os.ReadFile(filepath.Join(sample, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := started(t)
	a := add(t, s, study.Offer{Paths: []string{dir}})
	wantCounts(t, a, "2 offered, 2 new, 0 known, 0 refused")
	if len(a.Lists) != 1 || a.Lists[0].Pages != 1 {
		t.Errorf("lists %+v; want the one page that no file holds", a.Lists)
	}
	pages, _ := extract(t, s)
	p := pages["files/12/ferry-late.html"]
	if p == nil || p.Outlet != "The Harbour Post" || !strings.HasPrefix(p.Published, "2021-05-04") || p.URL != "https://harbour.news.example/2021/05/04/ferry-late" {
		t.Errorf("the attachment is %+v; want title, outlet, day and address of the bibliography", p)
	}
	// Alone it names two pages to fetch: the file beside it was not offered.
	s = started(t)
	a = add(t, s, study.Offer{Paths: []string{filepath.Join(dir, "zotero.ris")}})
	if len(a.Lists) != 1 || a.Lists[0].Pages != 2 {
		t.Errorf("offered alone, it lists %+v; want both pages", a.Lists)
	}
	// A file that is named and neither offered nor to be fetched is not lost.
	secret := filepath.Join(t.TempDir(), "secret.html")
	if err := os.WriteFile(secret, []byte(story("A secret", "Nobody offered this.")), 0o600); err != nil {
		t.Fatal(err)
	}
	s = started(t)
	a = add(t, s, study.Offer{Paths: []string{files(t, map[string]string{"l.ris": "TY  - NEWS\nTI  - A secret\nL1  - " + secret + "\nER  - \n"})}})
	wantCounts(t, a, "2 offered, 1 new, 0 known, 1 refused")
	for _, c := range captures(t, s) {
		if strings.Contains(c.Name, "secret") {
			t.Errorf("%s was taken though nobody offered it", c.Name)
		}
	}
}

func TestMappedColumns(t *testing.T) {
	dir := files(t, map[string]string{"export.csv": "Kopf;Koerper;Blatt;Tag\nDie Fähre fährt nicht;" +
		"Am Dienstag blieb die Fähre nach Möwenstein im Hafen liegen und vierzig Leute gingen im Regen wieder heim. Niemand hatte ihnen gesagt warum.;Hafenblatt;2021-05-04\n"})
	s := started(t)
	a := add(t, s, study.Offer{Paths: []string{dir}, Columns: map[string]string{"title": "Kopf", "text": "Koerper", "outlet": "Blatt", "published": "Tag"}})
	wantCounts(t, a, "1 offered, 1 new, 0 known, 0 refused")
	pages, x := extract(t, s)
	p := pages["export.csv"]
	if p == nil || p.Title != "Die Fähre fährt nicht" || p.Outlet != "Hafenblatt" || p.Published != "2021-05-04" {
		t.Errorf("got %+v, refused %+v; want the mapped columns", p, x.Refusals)
	}
}

// Columns may be named after the table was added without them: they are not
// part of what a capture is.
func TestMappedColumnsLater(t *testing.T) {
	dir := files(t, map[string]string{"export.csv": "Kopf;Koerper\nDie Fähre fährt nicht;" +
		"Am Dienstag blieb die Fähre nach Möwenstein im Hafen liegen und vierzig Leute gingen im Regen wieder heim. Niemand hatte ihnen gesagt warum.\n"})
	s := started(t)
	add(t, s, study.Offer{Paths: []string{dir}})
	if pages, _ := extract(t, s); len(pages) > 0 {
		t.Skip("the table is read without help")
	}
	add(t, s, study.Offer{Paths: []string{dir}, Columns: map[string]string{"title": "Kopf", "text": "Koerper"}})
	if pages, x := extract(t, s); pages["export.csv"] == nil {
		t.Errorf("after --map the table is still not read: %+v", x.Refusals)
	}
}

func TestHostsAndMatchOfWebArchives(t *testing.T) {
	sample := filepath.Join("..", "capture", "unpack", "testdata", "crawl.wacz")
	for _, tt := range []struct {
		name         string
		hosts, match []string
		want         int
	}{
		{"everything", nil, nil, 7},
		{"one host", []string{"other.example"}, nil, 1},
		{"one word of the address", nil, []string{"ferry-2"}, 1},
		{"a host and a word that do not meet", []string{"other.example"}, []string{"ferry-2"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := started(t)
			a := add(t, s, study.Offer{Paths: []string{sample}, Hosts: tt.hosts, Match: tt.match})
			if len(a.New) != tt.want || len(a.Passed) == 0 {
				t.Errorf("%s and passed %v; want %d new", counts(a), a.Passed, tt.want)
			}
			for _, c := range a.New {
				if strings.HasPrefix(c.Name, "https:") && (c.Channel != "archive" || c.Origin.Within == nil || c.Origin.Within.File != "crawl.wacz" || c.Origin.Within.Length == 0) {
					t.Errorf("%s came by %s out of %+v; want its place in the file", c.Name, c.Channel, c.Origin.Within)
				}
			}
		})
	}
}

func TestAttach(t *testing.T) {
	ctx := context.Background()
	s := started(t)
	dir := files(t, map[string]string{"scan.png": "\x89PNG\r\n\x1a\n not really a picture"})
	const page = "https://news.example/quay"
	typed := "The ferry to Gull Point did not leave on Tuesday.\n\n\"Nobody told us why,\" said Ada Quist, who has taken the boat for thirty years.\n"
	a, err := s.Attach(ctx, study.Supplied{Address: page, File: filepath.Join(dir, "scan.png"), Text: typed, By: "Ines Marlow", Where: "lower half",
		Title: "No ferry", Outlet: "The Harbour Post", Published: "2021-05-05", Byline: "Ada Quill"})
	if err != nil || len(a.New) != 2 {
		t.Fatalf("attach: %v, %+v", err, a)
	}
	pages, x := extract(t, s)
	p := pages[page]
	if p == nil || p.Title != "No ferry" || p.Outlet != "The Harbour Post" || p.Published != "2021-05-05" || p.Byline != "Ada Quill" || !strings.Contains(p.Supplier(), "Ines Marlow") || x.Refused != 0 {
		t.Fatalf("typed in, the page is %+v, refused %+v", p, x.Refusals)
	}
	// A translation under another spelling of the address.
	a, err = s.Attach(ctx, study.Supplied{Address: page + "?utm_source=mail", Text: "Die Fähre fuhr nicht.", By: "Jo Brandt", Translate: true, Machine: true})
	if err != nil || len(a.New) != 1 {
		t.Fatalf("translation: %v, %+v", err, a)
	}
	if c := a.New[0]; c.Origin.Hand.Of != capture(t, s, page).Hash && c.Origin.Hand.Of == "" {
		t.Errorf("the translation is of %q", c.Origin.Hand.Of)
	}
	if pages, _ = extract(t, s); len(pages) != 1 {
		t.Errorf("%d pages count; a translation is none", len(pages))
	}
	// The same again is known.
	a, err = s.Attach(ctx, study.Supplied{Address: page, Text: typed, By: "Ines Marlow"})
	if err != nil || len(a.New) != 0 || len(a.Known) != 1 {
		t.Errorf("the same text again: %v, %+v", err, a)
	}
	// Nothing is kept of an attempt that is refused.
	before := len(captures(t, s))
	for _, tt := range []struct {
		name string
		x    study.Supplied
		kind error
	}{
		{"no address", study.Supplied{Address: "quay", Text: typed, By: "I"}, recount.ErrInvalid},
		{"nothing", study.Supplied{Address: page}, recount.ErrInvalid},
		{"no name", study.Supplied{Address: page, Text: typed + "!"}, recount.ErrInvalid},
		{"no text", study.Supplied{Address: page, Text: "a\x00b", By: "I"}, recount.ErrInvalid},
		{"no UTF-8 in a title", study.Supplied{Address: page, Text: typed + "!", By: "I", Title: "\xff"}, recount.ErrInvalid},
		{"no such file", study.Supplied{Address: page, File: filepath.Join(dir, "none.png")}, recount.ErrRefused},
		{"a translation of nothing", study.Supplied{Address: "https://news.example/other", File: filepath.Join(dir, "scan.png"), Text: "x", By: "I", Translate: true}, recount.ErrNotFound},
	} {
		if _, err := s.Attach(ctx, tt.x); !errors.Is(err, tt.kind) || recount.HintOf(err) == "" || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v (hint %q); want one line that wraps %v, and a hint", tt.name, err, recount.HintOf(err), tt.kind)
		}
	}
	if n := len(captures(t, s)); n != before {
		t.Errorf("refused attempts left %d captures", n-before)
	}
}

// One address fetched again: the same bytes are known, others are a new
// version of one page, and the newest counts.
func TestVersionsOfOnePage(t *testing.T) {
	web := newSite(t, map[string]string{"/quay.html": story("Twelve leave", "Ada Quist is 24 years old and lives at the quay."), "/old": "302 /quay.html"})
	s := started(t)
	page := web.URL + "/quay.html"
	wantCounts(t, add(t, s, study.Offer{Paths: []string{page}}), "1 offered, 1 new, 0 known, 0 refused")
	wantCounts(t, add(t, s, study.Offer{Paths: []string{page}}), "1 offered, 0 new, 1 known, 0 refused")
	web.put("/quay.html", story("Twelve leave", "Ada Quist is 26 years old and lives at the quay."))
	wantCounts(t, add(t, s, study.Offer{Paths: []string{page}}), "1 offered, 1 new, 0 known, 0 refused")
	pages, _ := extract(t, s)
	if len(pages) != 1 || !strings.Contains(pages[page].Text, "is 26 years") {
		t.Errorf("%d pages count; want one, with the newer text", len(pages))
	}
	v, err := s.Versions(context.Background())
	if err != nil || len(v) != 1 || len(v[0].Older) != 1 || len(v[0].Older[0].Changes) != 1 {
		t.Fatalf("versions: %v, %+v; want one older with one change", err, v)
	}
	if got := v[0].Older[0].Changes[0].String(); !strings.HasPrefix(got, `corrected "24" to "26" in `) {
		t.Errorf("got %s", got)
	}
	// A redirect is kept with where it led.
	wantCounts(t, add(t, s, study.Offer{Paths: []string{web.URL + "/old"}}), "1 offered, 1 new, 0 known, 0 refused")
	if c := capture(t, s, web.URL+"/old"); c.Origin.Fetch == nil || c.Origin.Fetch.Final != page {
		t.Errorf("the redirect is kept as %+v; want where it led", c.Origin.Fetch)
	}
}

// Variants of one address are one page.
func TestVariantsOfOneAddress(t *testing.T) {
	canonical := func(page string) string {
		return strings.Replace(page, "<head>", `<head><link rel="canonical" href="https://news.example/b.html">`, 1)
	}
	dir := files(t, map[string]string{"crawl.warc": response("https://m.news.example/b.html?utm_source=x", "2021-05-05T00:00:00Z", canonical(story("Two", "Number two on a telephone."))) +
		response("https://news.example/amp/b.html", "2021-05-04T00:00:00Z", canonical(story("Two", "Number two."))) +
		response("https://news.example/b.html", "2021-05-04T00:00:00Z", canonical(story("Two", "Number two, in full.")))})
	s := started(t)
	wantCounts(t, add(t, s, study.Offer{Paths: []string{dir}}), "3 offered, 3 new, 0 known, 0 refused")
	pages, _ := extract(t, s)
	if len(pages) != 1 {
		t.Errorf("%d pages count; want 1", len(pages))
		for name, a := range pages {
			t.Logf("%s: %s", name, a.URL)
		}
	}
}

// response is a record of a WARC file.
func response(uri, date, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%x>\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		len(uri), uri, date, len(block), block)
}

// A feed is evidence of what was announced and never an article; what it says
// of a page goes with the page.
func TestWatch(t *testing.T) {
	const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Post</title><item><title>A hint from the feed</title><link>$WEB/one.html</link><pubDate>Wed, 05 May 2021 09:00:00 GMT</pubDate></item><item><title>No link</title></item></channel></rss>`
	web := newSite(t, map[string]string{"/feed.xml": feed, "/one.html": story("One ferry", "One.")})
	s := started(t)
	a, err := s.Watch(context.Background(), study.Offer{Paths: []string{web.URL + "/feed.xml"}, Web: local})
	if err != nil || len(a.New) != 1 || len(a.Refused) != 0 {
		t.Fatalf("watch: %v, %+v", err, a)
	}
	if len(a.Passed) != 1 || a.Passed[0].N != 1 {
		t.Errorf("passed over %+v; want the item without a link", a.Passed)
	}
	pages, x := extract(t, s)
	p := pages[web.URL+"/one.html"]
	if len(pages) != 1 || p == nil || !strings.HasPrefix(p.Published, "2021-05-05") || x.Refused != 0 {
		t.Errorf("%d pages count, one.html is %+v, refused %+v", len(pages), p, x.Refusals)
	}
	// A study taken along as a web archive brings its feeds as feeds.
	var wacz bytes.Buffer
	if err := s.ExportWACZ(context.Background(), &wacz); err != nil {
		t.Fatal(err)
	}
	other := started(t)
	for range 10 {
		add(t, other, study.Offer{Paths: []string{files(t, map[string]string{"empty.html": ""})}}) // its clock goes on
	}
	add(t, other, study.Offer{Paths: []string{files(t, map[string]string{"study.wacz": wacz.String()})}})
	again, x := extract(t, other)
	if q := again[web.URL+"/one.html"]; len(again) != 1 || x.Refused != 0 || q == nil || q.Published != p.Published || q.Text != p.Text {
		t.Errorf("out of the web archive of the study came %v, refused %+v", again, x.Refusals)
	}
	if c, d := capture(t, s, web.URL+"/one.html"), capture(t, other, web.URL+"/one.html"); c.Key != d.Key || !c.Captured.Equal(d.Captured) {
		t.Errorf("the capture %s of %s became %s of %s", c.Key, c.Captured, d.Key, d.Captured)
	}
}

func TestEverythingRefused(t *testing.T) {
	s := started(t)
	a := add(t, s, study.Offer{Paths: []string{files(t, map[string]string{"empty.html": "", "cut.gz": "\x1f\x8b\x08\x00", "noise.bin": "\x00\x01\x02\x03", "broken.pdf": "%PDF-1.7\nnothing"})}})
	wantCounts(t, a, "4 offered, 2 new, 0 known, 2 refused")
	pages, x := extract(t, s)
	if len(pages) != 0 || x.Refused != 2 || x.Ingest == "" {
		t.Errorf("%d pages, %d refused, report %q", len(pages), x.Refused, x.Ingest)
	}
	b, err := os.ReadFile(x.Ingest)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"empty.html", "cut.gz", "noise.bin", "broken.pdf"} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("the report on what came in does not name %s", want)
		}
	}
	if _, err := s.Report(context.Background(), study.Edition{}); err != nil {
		t.Errorf("report over a study without pages: %v", err)
	}
}

// A container that is broken half-way gives what is whole; the rest is refused,
// and a whole one later clears that.
func TestBrokenContainer(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 5 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("page-%d.html", i), Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, story(fmt.Sprintf("Page %d", i), fmt.Sprintf("This is page number %d.", i)))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir := files(t, map[string]string{"pile.zip": string(b.Bytes()[:b.Len()*5/11])})
	s := started(t)
	a := add(t, s, study.Offer{Paths: []string{dir}})
	if len(a.New) != 2 || len(a.Refused) == 0 {
		t.Errorf("of half a ZIP: %s; want 2 new, and the break refused", counts(a))
	}
	if err := os.WriteFile(filepath.Join(dir, "pile.zip"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	wantCounts(t, add(t, s, study.Offer{Paths: []string{dir}}), "5 offered, 3 new, 2 known, 0 refused")
	pages, x := extract(t, s)
	if len(pages) != 5 {
		t.Errorf("%d pages count; want 5", len(pages))
	}
	if b, err := os.ReadFile(x.Ingest); err != nil || bytes.Contains(b, []byte("<h2>Refused")) {
		t.Errorf("the report still shows as refused what is whole now (%v)", err)
	}
}

// What was refused and comes in later is refused no longer, also if it turns
// out to be known.
func TestRefusedThenAdded(t *testing.T) {
	web := newSite(t, map[string]string{"/one.html": story("One ferry", "One.")})
	s := started(t)
	page := web.URL + "/one.html"
	add(t, s, study.Offer{Paths: []string{page}})
	body := web.pages["/one.html"]
	web.put("/one.html", "404")
	wantCounts(t, add(t, s, study.Offer{Paths: []string{page}}), "1 offered, 0 new, 0 known, 1 refused")
	web.put("/one.html", body)
	wantCounts(t, add(t, s, study.Offer{Paths: []string{page}}), "1 offered, 0 new, 1 known, 0 refused")
	_, x := extract(t, s)
	if b, err := os.ReadFile(x.Ingest); err != nil || bytes.Contains(b, []byte("<h2>Refused")) {
		t.Errorf("the page is still listed as refused (%v)", err)
	}
}

// Stopped in the middle, nothing that was reported is lost, what was taken is
// logged, and the next run goes on.
func TestStoppedInTheMiddle(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var web *site
	pages := map[string]string{}
	var list strings.Builder
	for i := range 20 {
		pages[fmt.Sprintf("/%02d.html", i)] = story(fmt.Sprintf("Ferry %d", i), fmt.Sprintf("Number %d.", i))
	}
	web = newSite(t, pages)
	for i := range 20 {
		fmt.Fprintf(&list, "%s/%02d.html\n", web.URL, i)
	}
	dir := files(t, map[string]string{"list.txt": list.String(), "a.html": story("A file", "A."), "b.html": story("B file", "B.")})
	s, err := study.Init(context.Background(), filepath.Join(t.TempDir(), "s"), study.Setup{Title: "The ferry", Question: "Who?", Who: []string{"Who?"}},
		study.Options{Actor: "analyst", Now: ticking(), Progress: func(step string, done, total int) {
			if step == "fetch" && done == 7 {
				stop()
			}
		}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a, err := s.Add(ctx, study.Offer{Paths: []string{dir}, Fetch: true, Web: local})
	if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "\n") {
		t.Fatalf("stopped: %v; want one line that says so", err)
	}
	if len(a.New) != 10 {
		t.Errorf("%s; want 3 files and 7 pages before the stop", counts(a))
	}
	held := map[recount.Key]bool{}
	for _, c := range captures(t, s) {
		held[c.Key] = true
	}
	for _, c := range a.New {
		if !held[c.Key] {
			t.Errorf("%s was reported and is lost", c.Name)
		}
	}
	if log, err := s.Searches(context.Background()); err != nil || len(log) != 1 || log[0].Added != 10 {
		t.Errorf("the search log is %+v, %v; want the stopped run with its 10", log, err)
	}
	b := add(t, s, study.Offer{Paths: []string{dir}, Fetch: true})
	wantCounts(t, b, "23 offered, 13 new, 10 known, 0 refused")
	for i := range 20 {
		if n := web.count(fmt.Sprintf("/%02d.html", i)); n > 2 {
			t.Errorf("page %d was asked for %d times", i, n)
		}
	}
	if got, _ := extract(t, s); len(got) != 22 {
		t.Errorf("%d pages count; want 22", len(got))
	}
}

// Names and words of strangers break neither index nor archive, nor the study
// that comes after them.
func TestStrangeWords(t *testing.T) {
	s := started(t)
	long := strings.Repeat("long ", 1<<20)
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	for _, name := range []string{"../../etc/passwd.html", "a\x00b.html", "c\r\nd: e.html", "\xff\xfe.html", `C:\Users\x.html`, "/abs/./x/../y.html", strings.Repeat("n", 60_000) + ".html", "con.html", "\u202elmth.exe"} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(f, story("Name", fmt.Sprintf("%x", name[:min(len(name), 40)])))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	dir := files(t, map[string]string{
		"names.zip": z.String(),
		"uris.warc": response("https://a.example/"+strings.Repeat("x", 20_000), "2021-05-04T00:00:00Z", story("Long", "Long address.")) +
			response("https://b.example/\x00\x01", "2021-05-04T00:00:00Z", story("NUL", "NUL in the address.")) +
			response("https://c.example/\xff", "2021-05-04T00:00:00Z", story("No UTF-8", "No UTF-8 in the address.")) +
			response("https://d.example/future", "2199-01-01T00:00:00Z", story("Future", "From the future.")) +
			response("https://e.example/past", "0000-00-00T00:00:00Z", story("Past", "Without a date.")) +
			response("https://f.example/old", "1969-01-01T00:00:00Z", story("Old", "Before there was a web.")),
		"hints.ris": "TY  - NEWS\nTI  - " + long + "\nUR  - https://g.example/1\nAU  - a\x00b\xff\nL1  - good.html\nER  - \n",
		"good.html": story("A good page", "As good as any."),
	})
	add(t, s, study.Offer{Paths: []string{dir}})
	for _, c := range captures(t, s) {
		if strings.ContainsAny(c.Name, "\x00\r\n") || c.Captured.Year() < 1 || c.Captured.After(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("captured %q at %s", c.Name, c.Captured)
		}
	}
	pages, _ := extract(t, s)
	if p := pages["good.html"]; p == nil {
		t.Error("the good page is gone")
	}
	for _, bad := range []string{"a\x00b", "\xff", strings.Repeat("x", 1<<20)} {
		if _, err := s.Add(context.Background(), study.Offer{Paths: []string{dir}, Search: bad}); !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("a search called %.10q: %v; want it refused", bad, err)
		}
	}
	// The study still takes things.
	wantCounts(t, add(t, s, study.Offer{Paths: []string{files(t, map[string]string{"later.html": story("Later", "Still works.")})}}), "1 offered, 1 new, 0 known, 0 refused")
}

// The archive of a study, added to itself, is nothing new.
func TestOwnArchive(t *testing.T) {
	s := started(t)
	add(t, s, study.Offer{Paths: []string{files(t, map[string]string{"a.html": story("A", "A."), "b.html": story("B", "B.")})}})
	a := add(t, s, study.Offer{Paths: []string{filepath.Join(s.Dir, "captures")}})
	wantCounts(t, a, "2 offered, 0 new, 2 known, 0 refused")
}

// The same things in another order give the same study.
func TestOrderOfIntake(t *testing.T) {
	dir := files(t, map[string]string{"a.html": story("A", "A."), "b.html": story("B", "B."), "c.txt": "The ferry did not leave.\n\n\"Nobody told us,\" said Ada Quist.\n"})
	export := func(paths ...string) string {
		s, err := study.Init(context.Background(), filepath.Join(t.TempDir(), "s"), study.Setup{Title: "T", Question: "Q", Who: []string{"W"}}, study.Options{Actor: "analyst", Now: at})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, p := range paths {
			add(t, s, study.Offer{Paths: []string{filepath.Join(dir, p)}})
		}
		extract(t, s)
		var b bytes.Buffer
		if err := s.Export(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		var keep strings.Builder
		for line := range strings.Lines(b.String()) {
			if !strings.HasPrefix(line, `{"kind":"decision"`) {
				keep.WriteString(line)
			}
		}
		return keep.String()
	}
	if export("a.html", "b.html", "c.txt") != export("c.txt", "b.html", "a.html") {
		t.Error("the order of adding shows in the export")
	}
}

// The authors of a record are the byline of a page that prints none.
func TestAuthorsOfBibliography(t *testing.T) {
	for name, list := range map[string]string{
		"l.ris":  "TY  - NEWS\nTI  - Ferry late\nAU  - Quill, Ada\nAU  - Oar, Ben\nL1  - p.html\nER  - \n",
		"l.bib":  "@article{a,\n title = {Ferry late},\n author = {Quill, Ada and Oar, Ben},\n file = {Page:p.html:text/html},\n}\n",
		"l.json": `[{"itemType":"newspaperArticle","title":"Ferry late","creators":[{"firstName":"Ada","lastName":"Quill","creatorType":"author"},{"firstName":"Ben","lastName":"Oar","creatorType":"author"}],"url":"https://harbour.news.example/1","attachments":[{"path":"p.html","mimeType":"text/html"}]}]`,
	} {
		s := started(t)
		add(t, s, study.Offer{Paths: []string{files(t, map[string]string{name: list, "p.html": story("Ferry late", "The ferry was late again on Tuesday, the third week in a row.")})}})
		pages, _ := extract(t, s)
		if p := pages["p.html"]; p == nil || p.Byline != "Ada Quill and Ben Oar" || !slices.Equal(p.Authors, []string{"Ada Quill", "Ben Oar"}) {
			t.Errorf("%s: the page is %+v; want the two authors of the record", name, p)
		}
	}
}
