package workbench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// upload sends files by name.
func (b *tab) upload(files [][2]string) *httptest.ResponseRecorder {
	b.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for _, f := range files {
		w, err := m.CreatePart(textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename=%q`, f[0])}})
		if err != nil {
			b.t.Fatal(err)
		}
		fmt.Fprint(w, f[1])
	}
	m.Close()
	r := httptest.NewRequest("POST", "http://127.0.0.1:8580/api/v1/uploads", &body)
	r.Header.Set(headerSign, shows(b.s))
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.AddCookie(b.cookie)
	return do(b.s, r)
}

// A study is a folder that every system can hold, beside the others.
func TestFoldersThatEverySystemHolds(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	for name, ok := range map[string]bool{"my study": true, "الدراسة": true, "2014": true, "com": true, "": false, ".": false, "..": false, "a/b": false, `a\b`: false, `C:`: false, `C:\x`: false, "con": false, "Aux.1": false,
		"nul": false, "COM3": false, "lpt1.x": false, "end.": false, "end ": false, "a?": false, ".hidden": false, "a\tb": false} {
		if _, err := s.beside(name); (err == nil) != ok {
			t.Errorf("beside(%q): %v", name, err)
		}
	}
}

// finished waits for a job.
func (b *tab) finished(id string) job {
	b.t.Helper()
	for range 600 {
		for _, j := range ask[jobList](b, "GET", "/jobs", nil).Items {
			if j.ID == id && j.State != "waiting" && j.State != "running" {
				return j
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("job %s does not end", id)
	return job{}
}

func page1(name, says string) string {
	return `<!doctype html><html lang="en"><head><title>` + name + `</title><meta property="article:published_time" content="2014-05-14"></head><body><article><h1>` + name +
		`</h1><p>The bridge was closed at night, and many people waited on the bank until the morning came.</p><p>“` + says + `,” said Tomas Hedrin, 29, a roofer from Sudrecia, on Monday.</p><p>The town said that it would look into what had happened there.</p></article></body></html>`
}

func TestUpload(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	b := newTab(t, s, "ada", "1")
	before := ask[articleList](b, "GET", "/articles", nil).Total
	secret := filepath.Join(t.TempDir(), "escaped.html")
	w := b.upload([][2]string{{"one.html", page1("One <b>", "We waited for the ferry all night long")}, {"folder/two.html", page1("Two", "Nobody came to tell us that it was over")},
		{"folder/two.html", page1("Three", "I went home on foot and never came back")}, {"../../../../../../.." + secret, page1("Four", "They counted us twice and found one more")}})
	if w.Code != http.StatusOK {
		t.Fatalf("upload = %d %s", w.Code, w.Body)
	}
	var j job
	if err := json.Unmarshal(w.Body.Bytes(), &j); err != nil {
		t.Fatal(err)
	}
	if j = b.finished(j.ID); j.State != "done" {
		t.Fatalf("job %+v", j)
	}
	list := ask[articleList](b, "GET", "/articles", nil)
	if list.Total != before+4 {
		t.Errorf("%d articles after 4 were added to %d", list.Total, before)
	}
	if _, err := os.Stat(secret); err == nil {
		t.Error("a file was written outside of the folder for uploads")
	}
	if found := ask[searchReply](b, "GET", "/search?q=counted+us+twice", nil).Articles; len(found) != 1 || found[0].Title != "Four" {
		t.Errorf("what was added is found as %+v", found)
	}
	for name, send := range map[string]func() *httptest.ResponseRecorder{
		"nothing":  func() *httptest.ResponseRecorder { return b.upload(nil) },
		"no files": func() *httptest.ResponseRecorder { return b.send("POST", "/uploads", signIn{}) },
	} {
		if w := send(); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestUploadNames(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"a.html", "a.html"}, {"x/y/a.html", "x/y/a.html"}, {"../../a.html", "a.html"}, {"/etc/passwd", "etc/passwd"}, {`C:\x\a.html`, "C_/x/a.html"},
		{"", "file-3"}, {"..", "file-3"}, {".hidden", "hidden"}, {"a\x00b.html", "a_b.html"}, {"a/../../b", "a/b"}, {"مقال.html", "مقال.html"}, {strings.Repeat("é", 300), strings.Repeat("é", 100)},
		// As a browser on Windows names them, and what Windows can call no file.
		{`D:\Pages\2014\may.html`, "D_/Pages/2014/may.html"}, {`\\server\share\a.pdf`, "server/share/a.pdf"}, {`..\..\a.html`, "a.html"}, {`a\..\b.html`, "a/b.html"}, {`C:a.html`, "C_a.html"},
		{"aux.html", "_aux.html"}, {"x/CON", "x/_CON"}, {"nul.tar.gz", "_nul.tar.gz"}, {"com1.txt", "_com1.txt"}, {"LPT9", "_LPT9"}, {"console.html", "console.html"}, {"com10.txt", "com10.txt"}, {"a.html. ", "a.html"}, {"what?.html", "what_.html"}, {"a:stream", "a_stream"},
	} {
		if got := uploadName(fmt.Sprintf(`form-data; name="file"; filename=%q`, tt.in), 3); got != tt.want && !strings.Contains(tt.in, "\x00") {
			t.Errorf("uploadName(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// A job that was stopped goes on where it stopped.
func TestStopAndResume(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	b := newTab(t, s, "ada", "1")
	s.jobs.turn.Lock() // so that it is stopped before its turn
	j := ask[job](b, "POST", "/jobs", jobRequest{Step: "extract"})
	refused(b, http.StatusConflict, "POST", "/jobs", jobRequest{Step: "resume", ID: j.ID})
	ask[job](b, "DELETE", "/jobs/"+j.ID, nil)
	s.jobs.turn.Unlock()
	if x := b.finished(j.ID); x.State != "stopped" {
		t.Fatalf("job %+v", x)
	}
	ask[job](b, "POST", "/jobs", jobRequest{Step: "resume", ID: j.ID})
	if x := b.finished(j.ID); x.State != "done" {
		t.Errorf("job %+v", x)
	}
	refused(b, http.StatusNotFound, "DELETE", "/jobs/99", nil)
	refused(b, http.StatusBadRequest, "POST", "/jobs", jobRequest{Step: "dance"})
	if p := refused(b, http.StatusBadRequest, "POST", "/jobs", jobRequest{Step: "add-url", URLs: []string{"not an address"}}); p.Field != "urls" {
		t.Errorf("%+v", p)
	}
}

// A decision in one window is told to another as it happens.
func TestEvents(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	srv := httptest.NewServer(s)
	defer srv.Close()
	defer s.hub.close()
	b := newTab(t, s, "ada", "1")
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", srv.URL+"/api/v1/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	if k := w.Header.Get("Content-Type"); k != "text/event-stream" {
		t.Fatalf("events are %s", k)
	}
	a, people := talkative(t, b)
	reply := b.decide(a.Version, draft{Do: "scope", Speaker: people[0].Key, Answer: "yes"})
	lines := bufio.NewScanner(w.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e event
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			t.Fatal(err)
		}
		if e.Version != reply.Version || e.Actor != "ada" || e.Tab != "1" || e.Headline[0].Value != 1 || len(e.Changed.Articles) == 0 {
			t.Errorf("event %s", data)
		}
		return
	}
	t.Errorf("no event came: %v", lines.Err())
}

// The studies of a folder are listed, made, opened and copied.
func TestStudies(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "first"), os.DirFS(folder(t, "fresh"))); err != nil {
		t.Fatal(err)
	}
	s := serve(t, dir)
	w := do(s, newRequest("GET", "/articles", ""))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/studies" {
		t.Errorf("a page while no study is open: %d %s", w.Code, w.Header().Get("Location"))
	}
	if w := do(s, newRequest("GET", "/studies", "")); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Leaving the Hill") {
		t.Errorf("list of studies: %d %s", w.Code, w.Body)
	}
	b := &tab{t: t, s: s, name: "1", cookie: signedCookie(caller{Actor: "ada"})}
	if x := ask[sessionReply](b, "GET", "/session", nil); x.Study.ID != "" || x.Actor != "ada" {
		t.Errorf("session while no study is open: %+v", x)
	}
	refused(b, http.StatusNotFound, "GET", "/next", nil)
	list := ask[studyList](b, "GET", "/studies", nil)
	if len(list.Items) != 1 || list.Items[0].Title != "Leaving the Hill" || list.Items[0].Open {
		t.Errorf("studies %+v", list)
	}
	for _, name := range []string{"..", "a/b", "/tmp/x", `a\b`, ".x", "none"} {
		if w := b.send("POST", "/studies", studyRequest{Open: name}); w.Code != http.StatusBadRequest && w.Code != http.StatusNotFound {
			t.Errorf("opening %q = %d", name, w.Code)
		}
	}
	ask[studyList](b, "POST", "/studies", studyRequest{Open: "first"})
	if x := b.session(); x.Study.Folder != "first" {
		t.Errorf("open is %+v", x.Study)
	}
	a, people := talkative(t, b)
	b.decide(a.Version, draft{Do: "scope", Speaker: people[0].Key, Answer: "yes"})
	ask[studyList](b, "POST", "/studies", studyRequest{Copy: "second"})
	refused(b, http.StatusConflict, "POST", "/studies", studyRequest{Copy: "second"})
	ask[studyList](b, "POST", "/studies", studyRequest{Open: "second"})
	if x := b.session(); x.Study.Folder != "second" || x.Headline[0].Value != 1 {
		t.Errorf("the copy is %+v, %+v", x.Study, x.Headline)
	}
	ask[studyList](b, "POST", "/studies", studyRequest{New: "third", Title: "A new <one>", Who: []string{"Did this person leave?"}, Record: []string{"country"}})
	if x := b.session(); x.Study.Title != "A new <one>" || !ask[nextReply](b, "GET", "/next", nil).Empty {
		t.Errorf("the new study is %+v", x.Study)
	}
	refused(b, http.StatusConflict, "POST", "/studies", studyRequest{New: "third"})
}

// Whoever adds pages in the browser says by which search they were found; the
// search log keeps it as it does for the command line.
func TestSearchOfAnUpload(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	send := func(fields map[string]string, name string) *httptest.ResponseRecorder {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		for k, v := range fields {
			if err := m.WriteField(k, v); err != nil {
				t.Fatal(err)
			}
		}
		w, err := m.CreateFormFile("file", name+".html")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, page1(name, "They counted us twice, by "+name))
		m.Close()
		r := httptest.NewRequest("POST", "http://127.0.0.1:8580/api/v1/uploads", &body)
		r.Header.Set(headerSign, shows(b.s))
		r.Header.Set("Content-Type", m.FormDataContentType())
		r.AddCookie(b.cookie)
		return do(b.s, r)
	}
	before := len(ask[collectReply](b, "GET", "/collect", nil).Searches)
	for _, wrong := range []map[string]string{
		{"hits": "many"}, {"hits": "-1"}, {"hits": "1.5"}, {"made": "soon"}, {"made": "2014-05"}, {"made": "31/05/2014"}, {"made": "2014-02-30"}, {"query": "a\x00b"},
		{"database": strings.Repeat("a", 2001)}, {"filters": "\x1b[2J"}, {"searches": "x"},
	} {
		if w := send(wrong, "wrong"); w.Code != http.StatusBadRequest {
			t.Errorf("%v = %d %s", wrong, w.Code, w.Body)
		}
	}
	for i, tt := range []struct {
		fields                 map[string]string
		database, query, words string
		hits                   int
	}{
		{map[string]string{"search": "order", "database": "Nexis Uni", "query": "order w/5 (left OR \"الأمر\")\nAND hill", "filters": "newspapers", "made": "2014-05-31", "hits": "214"}, "Nexis Uni", "order w/5 (left OR \"الأمر\")\nAND hill", "newspapers", 214},
		{map[string]string{"database": "Factiva"}, "Factiva", "", "", 0},
		{map[string]string{"query": "the order"}, "", "the order", "", 0},
	} {
		w := send(tt.fields, fmt.Sprint("page", i))
		var j job
		if err := json.Unmarshal(w.Body.Bytes(), &j); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%v = %d %s", tt.fields, w.Code, w.Body)
		}
		if j = b.finished(j.ID); j.State != "done" {
			t.Fatalf("%+v", j)
		}
		rows := ask[collectReply](b, "GET", "/collect", nil).Searches
		if !slices.ContainsFunc(rows, func(x searchRow) bool {
			return x.By == "ada" && (tt.database == "" || x.Database == tt.database) && (tt.query == "" || x.Query == tt.query) && strings.Contains(x.Filters, tt.words) && (tt.hits == 0 || x.Hits == tt.hits)
		}) {
			t.Errorf("%v is not logged: %+v", tt.fields, rows)
		}
	}
	if n := len(ask[collectReply](b, "GET", "/collect", nil).Searches); n != before+3 {
		t.Errorf("%d searches are logged after %d", n, before)
	}
}
