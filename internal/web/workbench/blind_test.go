package workbench

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// everything asks for all that can be asked without changing anything: every
// GET of the API with every key that somebody sees, and every page.
func everything(b *tab) map[string]string {
	b.t.Helper()
	out := map[string]string{}
	// What is no answer: how many changes the study has seen, and tags made of it.
	version := regexp.MustCompile(`"(version|saved)":\d+`)
	ask1 := func(path string) string {
		w := b.send("GET", path, nil)
		text := version.ReplaceAllString(w.Body.String(), "")
		out[path] = text
		return text
	}
	keys := regexp.MustCompile(`"key":"([0-9a-f]{8,})"`)
	list := ask1("/articles?limit=1000")
	for i, m := range keys.FindAllStringSubmatch(list, -1) {
		if i >= 6 {
			break
		}
		a := "/articles/" + m[1]
		ask1(a)
		for _, tab := range []string{"source", "dates", "origins", "versions", "figures", "history"} {
			ask1(a + "/" + tab)
		}
		ask1("/history?article=" + m[1])
	}
	for _, p := range []string{"/session", "/next", "/people", "/people?filter=secret", "/speakers", "/speakers?scope=yes", "/speakers?scope=no", "/speakers?scope=disputed", "/pairs", "/pairs?order=top", "/pairs?order=uncertain", "/pairs?order=random",
		"/figures", "/codes", "/codes/versions", "/again", "/agreement", "/agreement?kind=code", "/agreement?kind=scope", "/agreement?round=coding-1", "/rounds", "/results", "/history", "/history?actor=ada", "/history?kind=code", "/search?q=secret", "/search?q=hedrin", "/collect", "/jobs", "/files/study.yaml", "/files/codebook.yaml", "/files/report.md", "/openapi.json", "/help", "/clusters", "/answers", "/answers?of=ada", "/handout?coder=ada"} {
		ask1(p)
	}
	for _, m := range regexp.MustCompile(`"id":"([a-z_.]+)"`).FindAllStringSubmatch(out["/codes"], -1) {
		ask1("/codes/" + m[1] + "/statements")
	}
	for _, r := range []string{"people", "women", "codes", "months"} {
		ask1("/evidence/" + r)
	}
	for i, m := range regexp.MustCompile(`"a":\{"key":"([0-9a-f]+)"[^{}]*?\}.*?"b":\{"key":"([0-9a-f]+)"`).FindAllStringSubmatch(out["/pairs?order=top"], -1) {
		if i < 3 {
			ask1("/pairs/" + m[1] + "/" + m[2])
		}
	}
	for _, p := range []string{"/", "/people", "/links", "/codes", "/history", "/report", "/figures", "/articles", "/studies"} {
		r := httptest.NewRequest("GET", "http://127.0.0.1:8580"+p, nil)
		if b.cookie != nil {
			r.AddCookie(b.cookie)
		}
		w := httptest.NewRecorder()
		b.s.ServeHTTP(w, r)
		out["page "+p] = regexp.MustCompile(`(&#34;|")(version|saved)(&#34;|"):\d+`).ReplaceAllString(w.Body.String(), "")
	}
	return out
}

// TestBlindCoderSeesNobodyElse opens a blind round over a study that was
// decided before. A coder and whoever is not signed in see the same before and
// after another coder answers every kind of question, on every address of the
// API and on every page, and nothing of what was decided before; no event
// reaches them.
func TestBlindCoderSeesNobodyElse(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	lead := newTab(t, s, "analyst", "1")
	sign := func(name string) *tab { return newTab(t, s, name, name) }
	ada, ben := sign("ada"), sign("ben")
	nobody := newTab(t, s, "", "9")
	made := ask[roundReply](lead, "POST", "/rounds", roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Blind: true, Open: true, Assign: true, Double: 100, By: 2})
	if len(made.Shares) != 2 || made.Shares[0].Pages == 0 || made.Shares[0].Pages != made.Shares[1].Shared {
		t.Fatalf("shares %+v", made.Shares)
	}
	heard, ok := s.hub.join("ben")
	if !ok {
		t.Fatal("no events")
	}
	unsigned, _ := s.hub.join("")
	leads, _ := s.hub.join("analyst")
	session := ben.session()
	if !session.Blind || session.Round != "coding-1" || len(session.Headline) != 0 || slices.Contains(session.May, mayCollect) {
		t.Errorf("session of a blind coder: %+v", session)
	}
	before := map[string]map[string]string{"ben": everything(ben), "nobody": everything(nobody)}
	if n := len(before["ben"]); n < 100 {
		t.Fatalf("asked for %d things", n)
	}
	// Nothing of what the analyst decided is there.
	if p := ask[personList](ben, "GET", "/people", nil); p.Total != 0 {
		t.Errorf("a blind coder sees %d people whom others counted", p.Total)
	}
	for path, text := range before["ben"] {
		var history historyList
		if strings.Contains(path, "history") && !strings.HasPrefix(path, "page") {
			if json.Unmarshal([]byte(text), &history) == nil {
				for _, h := range history.Items {
					if h.Actor != "ben" && !slices.Contains([]string{"file", "rule", "assign", "codebook", "sample", "remove"}, h.Kind) {
						t.Errorf("%s: %s by %s", path, h.Kind, h.Actor)
					}
				}
			}
		}
	}
	// Ada answers everything.
	const secret = "SECRETOFADA"
	var key string
	for _, x := range ask[articleList](ada, "GET", "/articles?limit=1000", nil).Items {
		if a, _ := ada.article(x.Key); len(a.Speakers) > 1 && len(a.Speakers[0].Statements) > 0 {
			key = x.Key
			break
		}
	}
	a, _ := ada.article(key)
	sp, st := a.Speakers[0], a.Speakers[0].Statements[0]
	if sp.Scope != "" || st.State != "" || len(st.Codes) != 0 {
		t.Fatalf("ada sees what the analyst decided: %+v", sp)
	}
	first := []string{}
	for _, d := range [][]draft{
		{{Do: "scope", Speaker: sp.Key, Answer: "yes", Criteria: map[string]string{}, Reason: secret}},
		{{Do: "accept", Statement: st.Key, Reason: secret}},
		{{Do: "code", Statement: st.Key, Code: "infighting.spy_hunt", Answer: "yes", Reason: secret}},
		{{Do: "value", Speaker: sp.Key, Variable: "country", Value: "unknown", Reason: secret}},
		{{Do: "rename", Speaker: a.Speakers[1].Key, Name: secret}},
		{{Do: "memo", Text: secret, On: &topic{Article: key}}},
		{{Do: "note", Text: secret, On: &topic{Article: key}}},
		{{Do: "page", Article: key, Field: "title", Value: secret}},
		{{Do: "screen", Article: key, Answer: "no", Reason: secret}},
		{{Do: "read", Article: key, Reason: secret}},
	} {
		r := ada.decide(ada.session().Version, d...)
		first = append(first, r.Saved...)
		if len(r.Headline) != 0 || len(r.Moved) != 0 {
			t.Errorf("a blind coder is told the headline: %+v %+v", r.Headline, r.Moved)
		}
	}
	if p := ask[pairList](ada, "GET", "/pairs?order=top", nil).Items; len(p) > 0 {
		ada.decide(ada.session().Version, draft{Do: "link", A: p[0].A.Key, B: p[0].B.Key, Answer: "same", Reason: secret})
	}
	for who, b := range map[string]*tab{"ben": ben, "nobody": nobody} {
		after := everything(b)
		leaks := 0
		for path, text := range before[who] {
			if now := after[path]; now != text || strings.Contains(now, secret) && !strings.Contains(path, "secret") {
				leaks++
				i := 0
				for i < min(len(now), len(text)) && now[i] == text[i] {
					i++
				}
				t.Errorf("%s: %s changed: %.200s\nwas %.200s", who, path, now[max(0, i-80):], text[max(0, i-80):])
			}
		}
		t.Logf("%s asked for %d things: %d leaks", who, len(before[who]), leaks)
	}
	for name, ch := range map[string]chan []byte{"ben": heard, "nobody": unsigned} {
		select {
		case e := <-ch:
			t.Errorf("an event reached %s: %.300s", name, e)
		default:
		}
	}
	lead.session() // looks at what came
	select {
	case <-leads:
	default:
		t.Error("who is not blind hears nothing")
	}
	// What is refused says nothing either.
	if p := refused(ben, 404, "POST", "/retract", retractRequest{IDs: first[:1]}); strings.Contains(p.Error, "ada") {
		t.Errorf("refused: %s", p.Error)
	}
	refused(ben, 403, "PUT", "/files/study.yaml", fileText{"", 1})
	refused(ben, 403, "POST", "/rounds", roundRequest{Name: "coding-1", Coders: []string{"ada"}})
	refused(ben, 403, "GET", "/handout?coder=ada", nil)
	refused(ben, 403, "POST", "/takeback", takebackRequest{Text: "{}"})
	refused(ben, 403, "POST", "/results/preview", resultPreview{Count: "people"})
	refused(ben, 403, "GET", "/evidence/people", nil)
	refused(ben, 403, "POST", "/jobs", jobRequest{Step: "report"})
	// Ben answers the same question otherwise: no conflict, and his own stays.
	ben.decide(ben.session().Version, draft{Do: "scope", Speaker: sp.Key, Answer: "no"}, draft{Do: "accept", Statement: st.Key})
	if b, _ := ben.article(key); b.Speakers[0].Scope != "no" {
		t.Errorf("ben sees %q", b.Speakers[0].Scope)
	}
	if b, _ := ada.article(key); b.Speakers[0].Scope != "yes" {
		t.Errorf("ada sees %q", b.Speakers[0].Scope)
	}
	// The round is closed: everybody sees everything, and what differs.
	ask[roundReply](lead, "POST", "/rounds", roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Blind: true})
	if r := ben.session(); r.Blind || r.Round != "" || len(r.Headline) == 0 {
		t.Errorf("after the round: %+v", r)
	}
	g := ask[agreementReply](ben, "GET", "/agreement?round=coding-1&kind=scope", nil)
	if len(g.Items) == 0 || g.Items[0].Units != 1 || g.Items[0].Differ != 1 || len(g.Disagreements) != 1 || len(g.Disagreements[0].Answers) != 2 || g.Settles {
		t.Fatalf("agreement: %+v", g)
	}
	// An adjudicator settles it with the answer that stands there.
	text := ask[fileText](lead, "GET", "/files/study.yaml", nil)
	ask[fileText](lead, "PUT", "/files/study.yaml", fileText{text.Text + "adjudicators: [cem]\n", text.Version})
	cem := sign("cem")
	g = ask[agreementReply](cem, "GET", "/agreement?round=coding-1&kind=scope", nil)
	if !g.Settles || g.Disagreements[0].Answers[0].Draft == nil {
		t.Fatalf("an adjudicator: %+v", g)
	}
	cem.decide(cem.session().Version, *g.Disagreements[0].Answers[0].Draft)
	if g = ask[agreementReply](cem, "GET", "/agreement?round=coding-1&kind=scope", nil); g.Disagreements[0].Settled != g.Disagreements[0].Answers[0].Answer || g.Items[0].Differ != 1 {
		t.Errorf("settled: %+v", g)
	}
	if g = ask[agreementReply](cem, "GET", "/agreement?round=coding-1&kind=code", nil); len(g.Disagreements) != 1 || g.Disagreements[0].Answers[0].Draft == nil || g.Disagreements[0].Statement != st.Key {
		t.Errorf("codes that differ: %+v", g)
	}
}

// TestLeaderOfABlindRound makes a blind round as somebody who codes in it. The
// moves about rounds stay with that person, and with nobody else who codes in
// it; none of them shows what the others answered, nor lets anybody look at it
// while the round is open.
func TestLeaderOfABlindRound(t *testing.T) {
	dir := folder(t, "fresh")
	s := serve(t, dir)
	ada, ben := newTab(t, s, "ada", "1"), newTab(t, s, "ben", "2")
	begin := roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Blind: true, Open: true, Assign: true, Pages: 12, Double: 100, By: 2}
	heard, _ := s.hub.join("ben")
	ask[roundReply](ada, "POST", "/rounds", begin)
	var told event
	select {
	case b := <-heard:
		if err := json.Unmarshal(b, &told); err != nil || !told.Frame || told.Actor != "" || len(told.Headline) > 0 {
			t.Errorf("that a round began is told as %s", b)
		}
	default:
		t.Error("nobody tells a coder that the round began")
	}
	if got := ada.session(); !got.Blind || !slices.Equal(got.May, []string{mayRead, mayDecide, mayLead}) {
		t.Errorf("who leads and codes blind: %v", got.May)
	}
	if got := ben.session(); !got.Blind || !slices.Equal(got.May, []string{mayRead, mayDecide}) {
		t.Errorf("who codes blind: %v", got.May)
	}
	for who, want := range map[*tab]bool{ada: true, ben: false} {
		if r := ask[roundList](who, "GET", "/rounds", nil).Items; len(r) != 1 || r[0].Lead != "ada" || r[0].Yours != want {
			t.Errorf("the round as %s sees it: %+v", who.name, r)
		}
	}
	// What ada sees, the files that she hands out among it, does not change by
	// what ben answers.
	before := everything(ada)
	before["/handout?coder=ben"] = ada.send("GET", "/handout?coder=ben", nil).Body.String()
	answered := 0
	for _, x := range ask[articleList](ben, "GET", "/articles?assigned=ben", nil).Items {
		a, _ := ben.article(x.Key)
		for _, sp := range a.Speakers {
			if len(sp.Statements) > 0 && answered < 5 {
				answered++
				ben.decide(ben.session().Version, draft{Do: "scope", Speaker: sp.Key, Answer: "yes", Reason: "SECRETOFBEN"}, draft{Do: "accept", Statement: sp.Statements[0].Key})
			}
		}
	}
	after := everything(ada)
	after["/handout?coder=ben"] = ada.send("GET", "/handout?coder=ben", nil).Body.String()
	for path, text := range after {
		if text != before[path] {
			t.Errorf("%s shows ada that ben answered", path)
		}
	}
	// Nor does what a coder sends back, looked at and taken in.
	elsewhere := serve(t, t.TempDir())
	there := newTab(t, elsewhere, "ben", "3")
	if w := there.upload1("/handouts", "ben.recount.zip", []byte(after["/handout?coder=ben"])); w.Code != 200 {
		t.Fatalf("open the handout: %d %s", w.Code, w.Body)
	}
	x := ask[articleList](there, "GET", "/articles?assigned=ben", nil).Items[0]
	a, _ := there.article(x.Key)
	there.decide(there.session().Version, draft{Do: "scope", Speaker: a.Speakers[0].Key, Answer: "no", Reason: "SECRETOFBEN"})
	back := there.send("GET", "/answers?of=ben", nil).Body.String()
	for _, save := range []bool{false, true} {
		w := ada.send("POST", "/takeback", takebackRequest{Text: back, Save: save})
		var got takebackReply
		if err := json.Unmarshal(w.Body.Bytes(), &got); w.Code != 200 || err != nil {
			t.Fatalf("take back: %d %s", w.Code, w.Body)
		}
		if !got.Hidden || got.New != 1 || len(got.Kinds)+len(got.Conflicts)+len(got.Headline)+len(got.Moved)+len(got.Changed.People) > 0 || strings.Contains(w.Body.String(), "SECRETOFBEN") {
			t.Errorf("take back, save %v: %s", save, w.Body)
		}
	}
	for _, tt := range []struct {
		name string
		who  *tab
		do   func(r *roundRequest)
	}{
		{"one coder of it closes it", ben, func(r *roundRequest) { r.Open = false }},
		{"its leader steps out of it while it is open", ada, func(r *roundRequest) { r.Coders = []string{"ben"} }},
		{"its leader takes the other out of it", ada, func(r *roundRequest) { r.Coders = []string{"ada"} }},
		{"its leader lets coders see each other", ada, func(r *roundRequest) { r.Blind = false }},
	} {
		r := roundRequest{Name: begin.Name, Coders: begin.Coders, Blind: true, Open: true}
		tt.do(&r)
		if p := refused(tt.who, 403, "POST", "/rounds", r); p.Hint == "" {
			t.Errorf("%s: no hint in %+v", tt.name, p)
		}
	}
	// Another round, for others, and closing this one.
	ask[roundReply](ada, "POST", "/rounds", roundRequest{Name: "coding-2", Coders: []string{"cem", "dia"}, Blind: true, Open: true, Assign: true, Pages: 4})
	ask[roundReply](ada, "POST", "/rounds", roundRequest{Name: "coding-1", Coders: begin.Coders, Blind: true})
	if got := ada.session(); got.Blind || len(got.Headline) == 0 {
		t.Errorf("after it is closed: %+v", got)
	}
	// Who does not code in it changes it, and its leader stays.
	ask[roundReply](ben, "POST", "/rounds", roundRequest{Name: "coding-1", Coders: begin.Coders, Blind: true, Open: true})
	if r := ask[roundList](ada, "GET", "/rounds", nil).Items[0]; r.Lead != "ada" || !r.Yours {
		t.Errorf("opened again: %+v", r)
	}
	// A report shows no number of one's own for the study's.
	if r := ask[resultList](ada, "GET", "/results", nil); len(r.Items) != 0 {
		t.Errorf("results in a blind round: %+v", r)
	}
	w := do(s, func() *http.Request {
		r := httptest.NewRequest("GET", "http://127.0.0.1:8580/people", nil)
		r.AddCookie(ada.cookie)
		return r
	}())
	if !strings.Contains(w.Body.String(), "your own work alone") {
		t.Error("a page without scripts does not say whose answers it shows")
	}
}

// TestLeaderIsNamed opens a study whose blind round was made before rounds had
// leaders: whoever may set up the study names one, who may then do what a leader
// may, and nobody who codes in it names anybody.
func TestLeaderIsNamed(t *testing.T) {
	dir := folder(t, "fresh")
	f, err := os.OpenFile(filepath.Join(dir, "study.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("\nrounds:\n  - name: coding-1\n    coders: [ada, ben]\n    blind: true\n    open: true\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s := serve(t, dir)
	ada, ben, cem := newTab(t, s, "ada", "1"), newTab(t, s, "ben", "2"), newTab(t, s, "cem", "3")
	at := func(who *tab) roundItem { return ask[roundList](who, "GET", "/rounds", nil).Items[0] }
	lead := func(name string) roundRequest {
		return roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Blind: true, Open: true, Lead: name}
	}
	if x := at(ada); x.Lead != "" || x.Yours {
		t.Fatalf("before anybody is named: %+v", x)
	}
	refused(ada, 403, "POST", "/rounds", lead("ada"))
	refused(cem, 400, "POST", "/rounds", lead("\u202eada"))
	for _, name := range []string{"ada", "ben"} {
		ask[roundReply](cem, "POST", "/rounds", lead(name))
		for who, want := range map[*tab]bool{ada: name == "ada", ben: name == "ben", cem: true} {
			if x := at(who); x.Lead != name || x.Yours != want {
				t.Errorf("led by %s, as %s sees it: %+v", name, who.name, x)
			}
		}
	}
	refused(ben, 403, "POST", "/rounds", lead("ada")) // a leader passes it on to nobody while coding blind
	// What says nothing of the leader leaves the leader.
	ask[roundReply](ben, "POST", "/rounds", roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Blind: true})
	if x := at(ben); x.Lead != "ben" || x.Open {
		t.Errorf("closed by its leader: %+v", x)
	}
}

// The page shows agreement as first given beside that of now, where answers were
// changed by their own coders since.
func TestAgreementAsFirstGiven(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	ada, ben := newTab(t, s, "ada", "1"), newTab(t, s, "ben", "2")
	_, people := talkative(t, ada)
	give := func(who *tab, i int, answer string) {
		who.decide(who.session().Version, draft{Do: "scope", Speaker: people[i].Key, Answer: answer})
	}
	scope := func() agreementItem {
		for _, x := range ask[agreementReply](ada, "GET", "/agreement", nil).Items {
			if x.Kind == "scope" {
				return x
			}
		}
		t.Fatal("who counts is not compared")
		return agreementItem{}
	}
	for i, answers := range [][2]string{{"yes", "yes"}, {"yes", "no"}} {
		give(ada, i, answers[0])
		give(ben, i, answers[1])
	}
	if x := scope(); x.First != nil || x.Changed != 0 || x.Units != 2 || x.Differ != 1 {
		t.Fatalf("nothing was changed: %+v", x)
	}
	give(ben, 1, "yes")
	x := scope()
	if x.Changed != 1 || x.Differ != 0 || x.First == nil || x.First.Units != 2 || x.First.Differ != 1 || x.First.Percent.Value == nil || *x.First.Percent.Value != 0.5 {
		t.Errorf("after ben came round: %+v, as first given %+v", x, x.First)
	}
}
