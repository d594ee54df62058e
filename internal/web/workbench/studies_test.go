package workbench

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount/internal/study"
)

// A window that shows a study which is not open any more changes nothing, in
// whatever way it asks; it may read on.
func TestWindowOfAnotherStudy(t *testing.T) {
	parent := t.TempDir()
	if err := os.CopyFS(filepath.Join(parent, "one"), os.DirFS(folder(t, "fresh"))); err != nil {
		t.Fatal(err)
	}
	other, err := study.Init(context.Background(), filepath.Join(parent, "other"), study.Setup{Title: "The other", Who: []string{"Does this person count?"}}, options("").Study)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	b := newTab(t, serve(t, filepath.Join(parent, "one")), "ada", "1")
	old := b.session().Study.ID
	as := func(named, method, path string, body any) (int, problem) {
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r := newRequest(method, "/api/v1"+path, string(data))
		r.Header.Set(headerSign, named)
		r.AddCookie(b.cookie)
		w := do(b.s, r)
		var p problem
		_ = json.NewDecoder(bytes.NewReader(w.Body.Bytes())).Decode(&p) // an answer of 200 is no problem
		return w.Code, p
	}
	memo := decisionsRequest{Drafts: []draft{{Do: "memo", Text: "a thought"}}}
	if code, p := as(old, "POST", "/decisions", memo); code != http.StatusOK {
		t.Fatalf("a window of the open study: %d %+v", code, p)
	}
	ask[studyList](b, "POST", "/studies", studyRequest{Open: "other"})
	before := b.session()
	if before.Study.ID == old || before.Study.Title != "The other" {
		t.Fatalf("the study did not change: %+v", before.Study)
	}
	file := ask[fileText](b, "GET", "/files/study.yaml", nil)
	writes := []struct {
		method, path string
		body         any
	}{
		{"POST", "/decisions", memo}, {"POST", "/decisions", decisionsRequest{Preview: true, Drafts: memo.Drafts}}, {"POST", "/undo", undoRequest{}}, {"POST", "/redo", undoRequest{}},
		{"POST", "/retract", retractRequest{IDs: []string{"0000"}}}, {"PUT", "/files/study.yaml", fileText{file.Text + "# seen\n", file.Version}},
		{"POST", "/jobs", jobRequest{Step: "extract"}}, {"DELETE", "/jobs/1", nil}, {"POST", "/uploads", nil},
		{"POST", "/studies", studyRequest{Copy: "third"}}, {"POST", "/studies", studyRequest{Open: "one"}}, {"POST", "/studies", studyRequest{New: "fourth", Title: "x"}},
	}
	for _, w := range writes {
		for _, named := range []string{old, anyStudy, "another"} {
			code, p := as(named, w.method, w.path, w.body)
			if code != http.StatusConflict || p.Error == "" || !strings.Contains(p.Hint, "another study; load it again") {
				t.Errorf("%s %s for %q = %d %+v", w.method, w.path, named, code, p)
			}
		}
	}
	// What changes nothing may be asked for any study, but not for another one.
	for named, want := range map[string]int{old: http.StatusConflict, anyStudy: http.StatusOK, before.Study.ID: http.StatusOK} {
		if code, p := as(named, "POST", "/effect", effectRequest{Drafts: memo.Drafts}); code != want {
			t.Errorf("effect for %q = %d %+v, want %d", named, code, p, want)
		}
		if code, _ := as(named, "GET", "/session", nil); code != http.StatusOK {
			t.Errorf("reading for %q = %d", named, code)
		}
	}
	if x := b.session(); x.Version != before.Version || x.Study != before.Study {
		t.Errorf("a window of another study changed %+v to %+v", before, x)
	}
	for _, name := range []string{"third", "fourth"} {
		if _, err := os.Lstat(filepath.Join(parent, name)); err == nil {
			t.Errorf("a window of another study made %s", name)
		}
	}
	// The window is loaded again, and decides for what it shows.
	if code, p := as(before.Study.ID, "POST", "/decisions", memo); code != http.StatusOK {
		t.Errorf("after loading: %d %+v", code, p)
	}
}

// Where no study is open one is opened with the header that names none.
func TestOpenWhereNoneIsOpen(t *testing.T) {
	parent := t.TempDir()
	if err := os.CopyFS(filepath.Join(parent, "one"), os.DirFS(folder(t, "fresh"))); err != nil {
		t.Fatal(err)
	}
	o := options(parent)
	o.Actor = "ada"
	s, err := New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, tt := range []struct {
		named string
		want  int
	}{{"some study", http.StatusConflict}, {anyStudy, http.StatusOK}, {anyStudy, http.StatusConflict}} {
		r := newRequest("POST", "/api/v1/studies", `{"open":"one"}`)
		r.Header.Set(headerSign, tt.named)
		if w := do(s, r); w.Code != tt.want {
			t.Errorf("opening for %q = %d %s, want %d", tt.named, w.Code, w.Body, tt.want)
		}
	}
}

// A study that is made gets a title that can be read.
func TestNamesOfNewStudies(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	for _, tt := range []struct {
		field string
		req   studyRequest
	}{
		{"title", studyRequest{New: "x", Title: " "}}, {"title", studyRequest{New: "x", Title: "a\nb"}}, {"title", studyRequest{New: "x", Title: strings.Repeat("a", longestName+1)}},
		{"from", studyRequest{New: "x", Title: "x", From: "5 March 2022"}}, {"to", studyRequest{New: "x", Title: "x", To: "\"2021-01\""}}, {"to", studyRequest{New: "x", Title: "x", To: "2021-02-31"}},
		{"who", studyRequest{New: "x", Title: "x", Who: []string{"\x1b[2J"}}}, {"record", studyRequest{New: "x", Title: "x", Record: []string{"age", "a\x00b"}}},
		{"folder", studyRequest{New: strings.Repeat("a", 201), Title: "x"}},
	} {
		if p := refused(b, http.StatusBadRequest, "POST", "/studies", tt.req); p.Field != tt.field || p.Error == "" || p.Hint == "" {
			t.Errorf("%+v: %+v", tt.req, p)
		}
	}
}
