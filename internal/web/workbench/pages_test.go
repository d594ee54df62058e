package workbench

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"recount"
)

// hostile are words that a page, a file name or a person may hold.
var hostile = []string{
	`<img src=x onerror=alert(1)>`, `</script><script>alert(1)</script>`, `</textarea><script>alert(1)</script>`, `<svg onload=alert(1)>`, `"><a href="javascript:alert(1)">x</a>`,
	`<!--`, `-->`, `]]>`, `{{.}}`, `' onmouseover='alert(1)`, "\u202ereversed", `&lt;b&gt;`, `<iframe src="https://evil.example/">`, `<style>*{display:none}</style>`,
}

// The text of pages, and what people type, is only ever text: in each page
// there are the elements and attributes of our templates and no others, and
// the data for the scripts is JSON that ends where it should.
func TestTextIsOnlyText(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	b := newTab(t, s, "ada", "1")
	escape := func(x string) string { return html.EscapeString(x) }
	var files [][2]string
	for i, h := range hostile {
		page := `<!doctype html><html lang="en"><head><title>` + escape(h) + `</title><meta name="author" content="` + escape(h) + `"><meta property="og:site_name" content="` + escape(h) +
			`"><link rel="canonical" href="javascript:alert(1)//` + escape(h) + `"><meta property="article:published_time" content="2014-05-14"></head><body><article><h1>` + escape(h) +
			`</h1><p>` + escape(h) + ` The bridge was closed at night, and many people waited on the bank until the morning came and went again.</p><p>“We saw ` + escape(h) +
			` on the wall and left,” said Tomas Hedrin, 29, a roofer from Sudrecia, on Monday, when he was asked about it.</p></article></body></html>`
		files = append(files, [2]string{fmt.Sprintf("h%d %s.html", i, strings.ReplaceAll(h, `"`, "")), page})
	}
	var j job
	w := b.upload(files)
	if err := json.Unmarshal(w.Body.Bytes(), &j); err != nil || w.Code != http.StatusOK {
		t.Fatalf("upload = %d %s", w.Code, w.Body)
	}
	if j = b.finished(j.ID); j.State != "done" {
		t.Fatalf("job %+v", j)
	}
	paths := []string{"/", "/collect", "/articles", "/people", "/links", "/figures", "/codes", "/report", "/history", "/setup", "/publish", "/publish?list=reasons", "/studies", "/help/serve", "/nothing", "/articles/none", "/people/<script>"}
	seen := 0
	for _, r := range ask[articleList](b, "GET", "/articles?limit=1000", nil).Items {
		a, _ := b.article(r.Key)
		if !strings.Contains(a.Text, "The bridge was closed at night") {
			continue
		}
		seen++
		paths = append(paths, "/articles/"+r.Key)
		for i, sp := range a.Speakers {
			if !recount.SpeakerKind(sp.Kind).Person() || i > 0 && len(sp.Statements) == 0 {
				continue
			}
			name := hostile[seen%len(hostile)]
			if strings.Contains(name, "\u202e") {
				name = "<b>"
			}
			b.decide(b.session().Version, draft{Do: "scope", Speaker: sp.Key, Answer: "yes", Reason: name}, draft{Do: "rename", Speaker: sp.Key, Name: name},
				draft{Do: "memo", On: &topic{Article: r.Key}, Text: name}, draft{Do: "value", Speaker: sp.Key, Variable: "left", Value: name})
			break
		}
	}
	if seen < len(hostile)/2 {
		t.Fatalf("only %d of %d hostile pages are in the study", seen, len(hostile))
	}
	for _, p := range ask[personList](b, "GET", "/people", nil).Items {
		paths = append(paths, "/people/"+p.ID)
	}
	elements := strings.Fields("html head meta title link script body main header p strong bdi small nav a h1 h2 h3 article section table thead tbody tr th td ol ul li dl dt dd br q noscript")
	attributes := strings.Fields("lang dir charset name content rel href type src class aria-label id")
	href := regexp.MustCompile(`^/([a-z]|$)`)
	for _, path := range paths {
		r := newRequest("GET", path, "")
		r.AddCookie(b.cookie)
		w := do(s, r)
		if w.Code >= 500 {
			t.Errorf("GET %s = %d", path, w.Code)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("GET %s: %v", path, w.Header())
		}
		z := html.NewTokenizer(w.Body)
		scripts, data := 0, false
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			switch tok.Type {
			case html.CommentToken:
				t.Errorf("GET %s: a comment %q", path, tok.Data)
			case html.TextToken:
				if data {
					data = false
					if !json.Valid([]byte(tok.Data)) {
						t.Errorf("GET %s: the data is no JSON: %.200s", path, tok.Data)
					}
				}
			case html.StartTagToken, html.SelfClosingTagToken:
				if !slices.Contains(elements, tok.Data) {
					t.Errorf("GET %s: an element <%s>", path, tok.Data)
				}
				for _, a := range tok.Attr {
					if !slices.Contains(attributes, a.Key) {
						t.Errorf("GET %s: an attribute %s=%q of <%s>", path, a.Key, a.Val, tok.Data)
					}
					if (a.Key == "href" || a.Key == "src") && !href.MatchString(a.Val) {
						t.Errorf("GET %s: it leads to %q", path, a.Val)
					}
				}
				if tok.Data == "script" {
					scripts++
					data = slices.ContainsFunc(tok.Attr, func(a html.Attribute) bool { return a.Key == "id" && a.Val == "data" })
				}
			}
		}
		if scripts != 2 {
			t.Errorf("GET %s: %d scripts, want the program and the data", path, scripts)
		}
	}
}

// Each page can be read without JavaScript: its main content stands in it.
func TestPagesReadWithoutScripts(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	b := newTab(t, s, "analyst", "1")
	list := ask[articleList](b, "GET", "/articles", nil)
	a, _ := b.article(list.Items[0].Key)
	person := ask[personList](b, "GET", "/people", nil).Items[0]
	for path, want := range map[string][]string{
		"/": {"articles to read"}, "/articles": {html.EscapeString(list.Items[3].Title)}, "/articles/" + a.Row.Key: {html.EscapeString(a.Speakers[0].Name), a.Row.Outlet},
		"/people": {html.EscapeString(person.Name)}, "/people/" + person.ID: {html.EscapeString(person.Name), "What the person says"}, "/codes": {"brutality.civilians"}, "/report": {"people who left"},
		"/history": {"analyst"}, "/setup": {"Leaving the Hill"}, "/help/scope": {"recount scope"}, "/figures": {"Reported numbers"}, "/links": {"Same person?"}, "/collect": {"offered"},
	} {
		w := do(s, newRequest("GET", path, ""))
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.Contains(body, `<main id="app">`) || !strings.Contains(body, "29 people") {
			t.Errorf("GET %s = %d: %.300s", path, w.Code, body)
		}
		before, _, _ := strings.Cut(body, `<script type="application/json"`)
		for _, x := range want {
			if !strings.Contains(strings.ReplaceAll(before, "&#39;", "&#39;"), x) {
				t.Errorf("GET %s does not show %q", path, x)
			}
		}
	}
}

// A study file is written whole or not at all, and never over a text that the
// writer has not seen.
func TestFiles(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	one, two := newTab(t, s, "ada", "1"), newTab(t, s, "ben", "2")
	f := ask[fileText](one, "GET", "/files/study.yaml", nil)
	narrow := strings.Replace(f.Text, `from: "2014-01"`, `from: "2015-01"`, 1)
	p := ask[filePreview](one, "POST", "/files/study.yaml/preview", fileCheck{narrow})
	if p.Leave != 12 || p.Enter != 0 || p.Headline[0].Value != 17 || len(p.Errors) != 0 {
		t.Errorf("a later period: %+v", p)
	}
	if x := one.session(); x.Headline[0].Value != 29 {
		t.Errorf("a preview changed the count to %d", x.Headline[0].Value)
	}
	if p := ask[filePreview](one, "POST", "/files/study.yaml/preview", fileCheck{"period:\n  from: [\n"}); len(p.Errors) != 1 || p.Errors[0].Message == "" {
		t.Errorf("a broken file: %+v", p)
	}
	if p := ask[filePreview](one, "POST", "/files/report.md/preview", fileCheck{"---\nresults:\n  x:\n    kount: all\n---\n"}); len(p.Errors) != 1 || p.Errors[0].Line != 4 {
		t.Errorf("a broken report: %+v", p)
	}
	got := ask[fileText](one, "PUT", "/files/study.yaml", fileText{narrow, f.Version})
	if x := two.session(); x.Headline[0].Value != 17 || got.Text != narrow || got.Version <= f.Version {
		t.Errorf("after the file was written: %+v", x.Headline[0])
	}
	refused(two, http.StatusConflict, "PUT", "/files/study.yaml", fileText{f.Text, f.Version})
	refused(two, http.StatusBadRequest, "PUT", "/files/study.yaml", fileText{"x: [", got.Version})
	refused(two, http.StatusNotFound, "PUT", "/files/passwd", fileText{"x", got.Version})
	refused(two, http.StatusNotFound, "GET", "/files/..%2f..%2fetc%2fpasswd", nil)
	if x := ask[fileText](two, "GET", "/files/study.yaml", nil); x.Text != narrow {
		t.Error("a refused text was written")
	}
	ask[fileText](two, "PUT", "/files/study.yaml", fileText{f.Text, got.Version})
	if x := one.session(); x.Headline[0].Value != 29 {
		t.Errorf("with the first text again the count is %d", x.Headline[0].Value)
	}
}

// What speaks against a public edition, and the studies of a folder, can be read
// without scripts.
func TestReadWithoutScripts(t *testing.T) {
	parent := t.TempDir()
	for _, name := range []string{"one", "two"} {
		if err := os.CopyFS(filepath.Join(parent, name), os.DirFS(folder(t, "decided"))); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, parent)
	b := newTab(t, s, "ada", "1")
	get := func(path string, signed bool) string {
		r := newRequest("GET", path, "")
		if signed {
			r.AddCookie(b.cookie)
		}
		w := do(s, r)
		if w.Code != http.StatusOK {
			t.Errorf("GET %s = %d", path, w.Code)
		}
		before, _, _ := strings.Cut(w.Body.String(), `<script type="application/json"`)
		return before
	}
	if page := get("/studies", true); strings.Contains(page, `href="/"`) || !strings.Contains(page, `name="open" value="two">Open</button>`) || strings.Contains(page, "recount serve") {
		t.Errorf("while no study is open a link leads to its pages, or one cannot be opened there:\n%s", page)
	}
	ask[studyList](b, "POST", "/studies", studyRequest{Open: "two"})
	if page := get("/studies", true); !strings.Contains(page, `<li><a href="/">`) {
		t.Errorf("no link to the open study:\n%s", page)
	}
	if page := get("/publish", true); !strings.Contains(page, `href="/publish?list=reasons"`) {
		t.Errorf("no link to the reasons:\n%s", page)
	}
	reasons := ask[publication](b, "GET", "/publication", nil).Reasons
	page := get("/publish?list=reasons", true)
	for _, r := range reasons {
		if !strings.Contains(page, html.EscapeString(r.Text)) {
			t.Errorf("not on the page: %s", r.Text)
		}
	}
	if len(reasons) == 0 {
		t.Error("nothing speaks against an edition of the example")
	}
	if page := get("/publish?list=reasons", false); strings.Contains(page, html.EscapeString(reasons[0].Text)) {
		t.Error("who is not signed in reads what speaks against an edition")
	}
}

// A study of a folder is opened by a form, without scripts and without a name;
// nothing but the form of the page as it stands now opens one.
func TestOpenedByAForm(t *testing.T) {
	parent := t.TempDir()
	for _, name := range []string{"one", "two", "blind"} {
		if err := os.CopyFS(filepath.Join(parent, name), os.DirFS(folder(t, "decided"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(parent, "none"), 0o755); err != nil {
		t.Fatal(err)
	}
	s := serve(t, parent)
	shown := func() string {
		w := do(s, newRequest("GET", "/studies", ""))
		_, rest, _ := strings.Cut(w.Body.String(), `name="shown" value="`)
		id, _, _ := strings.Cut(rest, `"`)
		return id
	}
	open := func() string {
		for _, x := range ask[studyList](newTab(t, s, "", "1"), "GET", "/studies", nil).Items {
			if x.Open {
				return x.Folder
			}
		}
		return ""
	}
	send := func(name, from, site, cookie string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "http://127.0.0.1:8580/studies", strings.NewReader(url.Values{"open": {name}, "shown": {from}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if site != "" {
			r.Header.Set("Sec-Fetch-Site", site)
		}
		if cookie != "" {
			r.AddCookie(signedCookie(caller{Actor: cookie}))
		}
		return do(s, r)
	}
	if shown() != anyStudy {
		t.Errorf("while none is open the page was made for %q", shown())
	}
	refuse := func(what string, w *httptest.ResponseRecorder, status int) {
		t.Helper()
		was := open()
		if w.Code != status {
			t.Errorf("%s = %d, want %d", what, w.Code, status)
		}
		if open() != was {
			t.Errorf("%s opened %s", what, open())
		}
	}
	for _, site := range []string{"", "cross-site", "same-site", "none"} {
		refuse("a form of the site "+site, send("two", anyStudy, site, ""), http.StatusForbidden)
	}
	for _, name := range []string{"", "..", "../" + filepath.Base(parent), "/etc", "no such", "none", ".two", "two/"} {
		refuse("the folder "+name, send(name, anyStudy, "same-origin", ""), http.StatusBadRequest)
	}
	if w := send("two", anyStudy, "same-origin", ""); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" || open() != "two" {
		t.Fatalf("the form = %d, and %q is open", w.Code, open())
	}
	refuse("a page from before", send("one", anyStudy, "same-origin", ""), http.StatusConflict)
	if w := send("one", shown(), "same-origin", "ada"); w.Code != http.StatusSeeOther || open() != "one" {
		t.Fatalf("the form of the page as it is now = %d, and %q is open", w.Code, open())
	}
	// Who codes blind stays there.
	b := newTab(t, s, "ada", "1")
	f := ask[fileText](b, "GET", "/files/study.yaml", nil)
	ask[fileText](b, "PUT", "/files/study.yaml", fileText{f.Text + "rounds:\n  - name: first\n    coders: [ben]\n    blind: true\n    open: true\n", f.Version})
	refuse("the form of who codes blind", send("two", shown(), "same-origin", "ben"), http.StatusForbidden)
}
