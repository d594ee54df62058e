package workbench

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount/internal/study"
)

// upload1 sends one file to an address.
func (b *tab) upload1(path, name string, data []byte) *httptest.ResponseRecorder {
	b.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	p, err := m.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = p.Write(data)
	m.Close()
	r := httptest.NewRequest("POST", "http://127.0.0.1:8580/api/v1"+path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set(headerSign, shows(b.s))
	r.AddCookie(b.cookie)
	w := httptest.NewRecorder()
	b.s.ServeHTTP(w, r)
	return w
}

// TestHandOutAndTakeBack hands pages of a decided study out to a coder, opens
// the file elsewhere, codes, and takes the answers back. The file holds nothing
// that anybody answered, which is looked for in its bytes; the same study gives
// the same bytes.
func TestHandOutAndTakeBack(t *testing.T) {
	dir := folder(t, "decided")
	lead := newTab(t, serve(t, dir), "analyst", "1")
	const secret = "SECRETOFANALYST"
	list := ask[articleList](lead, "GET", "/articles?limit=1000", nil).Items
	lead.decide(lead.session().Version, draft{Do: "memo", Text: secret, On: &topic{Article: list[0].Key}}, draft{Do: "screen", Article: list[1].Key, Answer: "unclear", Reason: secret},
		draft{Do: "page", Article: list[2].Key, Field: "title", Value: secret})
	if p := refused(lead, 404, "GET", "/handout?coder=ada", nil); !strings.Contains(p.Hint, "assign pages first") {
		t.Errorf("nothing is assigned: %+v", p)
	}
	ask[roundReply](lead, "POST", "/rounds", roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Blind: true, Open: true, Assign: true, Pages: 12, Double: 50, By: 2})
	get := func(path string) []byte {
		w := lead.send("GET", path, nil)
		if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		return w.Body.Bytes()
	}
	file := get("/handout?coder=ada")
	if !bytes.Equal(file, get("/handout?coder=ada")) {
		t.Error("the same study gives other bytes")
	}
	// Nobody's answers are in it: the reasons, names and words that people gave,
	// nor the ids of their decisions.
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	whole := bytes.Clone(file)
	texts := 0
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r)
		whole = append(whole, b...)
		if strings.HasPrefix(f.Name, "payload/") {
			texts++
		}
		if f.Name == "report.md" {
			t.Error("the report is handed out")
		}
	}
	if texts < 6 || texts > 12 {
		t.Errorf("%d pages are handed out of 12", texts)
	}
	var others int
	for line := range strings.Lines(string(get("/answers"))) {
		var d struct {
			ID, Kind, Actor, Salt string
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatal(err)
		}
		switch d.Kind {
		case "", "file", "rule", "assign", "codebook": // "" is the list of them
			continue
		}
		others++
		if bytes.Contains(whole, []byte(d.ID)) && !strings.Contains(line, `"kind":"file"`) {
			t.Errorf("decision %.12s (%s) is in the file", d.ID, d.Kind)
		}
		if d.Salt != "" && bytes.Contains(whole, []byte(d.Salt)) {
			t.Errorf("the answer of decision %.12s (%s) is in the file", d.ID, d.Kind)
		}
	}
	if others < 300 || bytes.Contains(whole, []byte(secret)) {
		t.Errorf("%d answers; the words of one are in the file: %v", others, bytes.Contains(whole, []byte(secret)))
	}
	// Elsewhere.
	home := t.TempDir()
	if err := os.CopyFS(filepath.Join(home, "another"), os.DirFS(folder(t, "fresh"))); err != nil {
		t.Fatal(err)
	}
	ada := newTab(t, serve(t, home), "ada", "2")
	w := ada.upload1("/handouts", "../pages for ada.recount.zip", file)
	var opened handoutReply
	if err := json.Unmarshal(w.Body.Bytes(), &opened); w.Code != 200 || err != nil || opened.Coder != "ada" || opened.Pages != texts {
		t.Fatalf("open the handout: %d %s", w.Code, w.Body)
	}
	if got := newTab(t, ada.s, "dia", "4").session().Actors; !slices.Contains(got, "ada") {
		t.Errorf("names to sign in under where pages are handed out to ada: %v", got)
	}
	there := ask[articleList](ada, "GET", "/articles?limit=1000", nil).Items
	session := ada.session()
	if len(there) == 0 || len(there) > 12 || session.Round != "coding-1" || session.Study.ID != lead.session().Study.ID {
		t.Fatalf("elsewhere: %d articles, %+v", len(there), session)
	}
	coded := 0
	for _, x := range there {
		a, _ := ada.article(x.Key)
		for _, sp := range a.Speakers {
			if sp.Scope != "" {
				t.Fatalf("%s is decided elsewhere: %s", sp.Name, sp.Scope)
			}
			if len(sp.Statements) > 0 && coded < 10 {
				coded++
				ada.decide(ada.session().Version, draft{Do: "scope", Speaker: sp.Key, Answer: "yes"}, draft{Do: "accept", Statement: sp.Statements[0].Key},
					draft{Do: "code", Statement: sp.Statements[0].Key, Code: "brutality.civilians", Answer: "yes"})
			}
		}
	}
	w = ada.send("GET", "/answers?of=ada", nil)
	back := w.Body.String()
	// Here, first only to look.
	before := len(ask[historyList](lead, "GET", "/history?actor=ada&limit=1000", nil).Items)
	would := ask[takebackReply](lead, "POST", "/takeback", takebackRequest{Text: back})
	if would.New != 3*coded || len(would.Conflicts) != 0 || would.Lost != 0 || would.Wait != 0 || len(would.Coders) != 1 {
		t.Errorf("would bring %+v; want %d new", would, 3*coded)
	}
	if n := len(ask[historyList](lead, "GET", "/history?actor=ada&limit=1000", nil).Items); n != before {
		t.Error("looking took something in")
	}
	if len(would.Others) != 0 {
		t.Errorf("ada answers what was handed out to her: %+v", would.Others)
	}
	// Another answers in her copy, under another name.
	stranger := newTab(t, ada.s, "Ada L.", "5")
	for _, x := range there[:2] {
		a, _ := stranger.article(x.Key)
		stranger.decide(stranger.session().Version, draft{Do: "scope", Speaker: a.Speakers[0].Key, Answer: "no"}, draft{Do: "read", Article: x.Key})
	}
	stranger.decide(stranger.session().Version, draft{Do: "memo", Text: "of no page"})
	if other := ask[takebackReply](lead, "POST", "/takeback", takebackRequest{Text: stranger.send("GET", "/answers?of=Ada+L.", nil).Body.String()}); len(other.Others) != 1 ||
		other.Others[0].Actor != "Ada L." || other.Others[0].N != 4 || !slices.Contains(other.Others[0].Assigned, "ada") {
		t.Errorf("answers of another coder: %+v", other.Others)
	}
	// Ada answered one of the questions here too, otherwise.
	here := newTab(t, lead.s, "ada", "3")
	a, _ := here.article(there[0].Key)
	for _, sp := range a.Speakers {
		if len(sp.Statements) > 0 {
			here.decide(here.session().Version, draft{Do: "scope", Speaker: sp.Key, Answer: "no"})
			break
		}
	}
	if would = ask[takebackReply](lead, "POST", "/takeback", takebackRequest{Text: back}); len(would.Conflicts) != 1 || would.Conflicts[0].Actor != "ada" {
		t.Errorf("conflicts: %+v", would.Conflicts)
	}
	did := ask[takebackReply](lead, "POST", "/takeback", takebackRequest{Text: back, Save: true})
	if did.New != 3*coded {
		t.Errorf("took %+v", did)
	}
	if did = ask[takebackReply](lead, "POST", "/takeback", takebackRequest{Text: back, Save: true}); did.New != 0 || did.Known < 3*coded {
		t.Errorf("a second time: %+v", did)
	}
	g := ask[agreementReply](lead, "GET", "/agreement?round=coding-1&kind=code", nil)
	if len(g.Coders) != 1 || g.Coders[0] != "ada" {
		t.Errorf("agreement after it: %+v", g.Coders)
	}
	// A file out of which a line was cut says so, in parts that each language can say.
	_, short, _ := strings.Cut(back, "\n")
	cut := ask[takebackReply](lead, "POST", "/takeback", takebackRequest{Text: short}).Cut
	if len(cut) != 1 || cut[0].What != "missing" || cut[0].N != 1 || cut[0].Of < 3*coded || cut[0].Here != 1 || len(cut[0].Places) != 1 || cut[0].Places[0].N != 1 {
		t.Errorf("a file without a line: %+v", cut)
	}
	short, _, _ = strings.Cut(back, `{"ids":`)
	if cut := ask[takebackReply](lead, "POST", "/takeback", takebackRequest{Text: short}).Cut; len(cut) != 1 || cut[0].What != "nolist" {
		t.Errorf("a file without its list: %+v", cut)
	}
	refused(lead, 400, "POST", "/takeback", takebackRequest{Text: "{}\n"})
	if w := lead.upload1("/handouts", "x.zip", []byte("no zip")); w.Code != 400 {
		t.Errorf("no handout: %d %s", w.Code, w.Body)
	}
}

// TestClusters looks at the groups of the example: what a person joins by one
// answer are the pairs that the group lists.
// The pages have words for whatever a file that was cut can lack.
func TestEveryCutHasWords(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "app", "strings", "en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	for _, what := range []study.CutWhat{study.CutMissing, study.CutUnlisted, study.CutBehind, study.CutNoList, study.CutRelisted, study.CutUndigested, study.CutStrange} {
		if all["takeback.cut."+string(what)] == nil {
			t.Errorf("en.json has no words for %q", what)
		}
	}
}

func TestClusters(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	for _, x := range ask[triage](b, "GET", "/speakers?limit=1000", nil).Items {
		b.decide(b.session().Version, draft{Do: "scope", Speaker: x.Key, Answer: "yes"})
	}
	l := ask[clusterList](b, "GET", "/clusters", nil)
	if len(l.Items) == 0 {
		t.Fatal("no group")
	}
	x := l.Items[0]
	if len(x.Voices) < 3 || len(x.Links) != len(x.Voices)-1 || !x.Links[0].Weakest || len(x.Links[0].Fields) == 0 || x.Most == 0 {
		t.Fatalf("group %+v", x)
	}
	side := map[int]int{}
	for _, v := range x.Voices {
		side[v.Side]++
	}
	if side[0] == 0 || side[1] == 0 {
		t.Errorf("sides %v", side)
	}
	before := b.session().Headline[0].Value
	var drafts []draft
	for _, p := range x.Links {
		drafts = append(drafts, draft{Do: "link", A: p.A, B: p.B, Answer: "same"})
	}
	r := ask[decisionsReply](b, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: drafts, Group: "one person"})
	if after := r.Headline[0].Value; before-after > x.Most || before == after {
		t.Errorf("%d people, then %d; at most %d was said", before, after, x.Most)
	}
	for _, y := range ask[clusterList](b, "GET", "/clusters", nil).Items {
		if y.ID == x.ID {
			t.Errorf("the group is asked again: %+v", y)
		}
	}
	ask[decisionsReply](b, "POST", "/undo", undoRequest{Token: r.Undo})
	if l2 := ask[clusterList](b, "GET", "/clusters", nil); l2.Total != l.Total {
		t.Errorf("undone: %d groups, were %d", l2.Total, l.Total)
	}
}
