package workbench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const described = "../../../docs/api/openapi.json"

// TestOpenAPI compares docs/api/openapi.json with the routes; UPDATE=1 writes it.
func TestOpenAPI(t *testing.T) {
	got, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll(filepath.Dir(described), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(described, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(described)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("docs/api/openapi.json does not describe the API as it is; UPDATE=1 go test ./internal/web/workbench writes it")
	}
}

// schemas reads the description and checks values against it.
type schemas struct {
	Paths      map[string]map[string]operationSchema `json:"paths"`
	Components struct {
		Schemas map[string]any `json:"schemas"`
	} `json:"components"`
}

type operationSchema struct {
	Responses map[string]struct {
		Content map[string]struct {
			Schema map[string]any `json:"schema"`
		} `json:"content"`
	} `json:"responses"`
}

// check reports where a value does not fit a schema.
func (x *schemas) check(at string, v any, schema map[string]any) (errs []string) {
	bad := func(format string, a ...any) { errs = append(errs, at+": "+fmt.Sprintf(format, a...)) }
	if ref, ok := schema["$ref"].(string); ok {
		s, ok := x.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
		if !ok {
			bad("no schema %s", ref)
			return errs
		}
		return x.check(at, v, s)
	}
	if any, ok := schema["anyOf"].([]any); ok {
		for _, s := range any {
			if len(x.check(at, v, s.(map[string]interface{}))) == 0 {
				return nil
			}
		}
		bad("%v fits none of the forms", v)
		return errs
	}
	switch schema["type"] {
	case "string":
		s, ok := v.(string)
		if !ok {
			bad("%v is no string", v)
		} else if enum, ok := schema["enum"].([]any); ok && !slices.ContainsFunc(enum, func(e any) bool { return e == s }) {
			bad("%q is none of %v", s, enum)
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			bad("%v is no boolean", v)
		}
	case "integer":
		if f, ok := v.(float64); !ok || f != float64(int64(f)) {
			bad("%v is no whole number", v)
		}
	case "number":
		if _, ok := v.(float64); !ok {
			bad("%v is no number", v)
		}
	case "null":
		if v != nil {
			bad("%v is not null", v)
		}
	case "array":
		list, ok := v.([]any)
		if !ok {
			bad("%v is no list", v)
			return errs
		}
		if n, ok := schema["minItems"].(float64); ok && len(list) != int(n) {
			bad("%d items, want %v", len(list), n)
		}
		for i, e := range list {
			errs = append(errs, x.check(fmt.Sprintf("%s[%d]", at, i), e, schema["items"].(map[string]any))...)
		}
	case "object":
		m, ok := v.(map[string]any)
		if !ok {
			bad("%v is no object", v)
			return errs
		}
		props, _ := schema["properties"].(map[string]any)
		if r, ok := schema["required"].([]any); ok {
			for _, name := range r {
				if _, there := m[name.(string)]; !there {
					bad("%v is missing", name)
				}
			}
		}
		for k, e := range m {
			switch p, known := props[k].(map[string]any); {
			case known:
				errs = append(errs, x.check(at+"."+k, e, p)...)
			case props == nil:
				errs = append(errs, x.check(at+"."+k, e, schema["additionalProperties"].(map[string]any))...)
			default:
				bad("%s is not described", k)
			}
		}
	default:
		bad("a schema of type %v", schema["type"])
	}
	return errs
}

// Every route answers in the form that is described, over the decided example
// study; a route without a request here fails.
func TestEveryRouteAnswersAsDescribed(t *testing.T) {
	b, err := os.ReadFile(described)
	if err != nil {
		t.Fatal(err)
	}
	var x schemas
	if err := json.Unmarshal(b, &x); err != nil {
		t.Fatal(err)
	}
	s := serve(t, folder(t, "decided"))
	tb := newTab(t, s, "analyst", "1")
	people := ask[personList](tb, "GET", "/people", nil)
	if people.Total != len(people.Items) || people.Total < 29 {
		t.Fatalf("%d of %d people", len(people.Items), people.Total)
	}
	a, _ := tb.article(ask[articleList](tb, "GET", "/articles", nil).Items[0].Key)
	pair := ask[pairList](tb, "GET", "/pairs?order=top", nil).Items
	if len(pair) == 0 {
		t.Fatal("no pair is left to ask")
	}
	study := ask[fileText](tb, "GET", "/files/study.yaml", nil)
	v := func() int64 { return tb.session().Version }
	memo := func() draft { return draft{Do: "memo", Text: fmt.Sprint("seen at ", v())} }
	var saved decisionsReply
	requests := map[string][]struct {
		path string
		body func() any
	}{}
	add := func(route, path string, body func() any) {
		requests[route] = append(requests[route], struct {
			path string
			body func() any
		}{path, body})
	}
	get := func(route string, paths ...string) {
		for _, p := range paths {
			add("GET "+route, p, nil)
		}
	}
	get("/session", "/session")
	get("/articles", "/articles", "/articles?state=open", "/articles?state=read", "/articles?state=unscreened&limit=3", "/articles?search=order", "/articles?outlet=Korrin+Gazette&from=2014&to=2014-12&language=en", "/articles?flag=date", "/articles?flag=reprint")
	get("/articles/{key}", "/articles/"+a.Row.Key)
	for _, tab := range []string{"source", "dates", "origins", "versions", "figures", "history"} {
		get("/articles/{key}/"+tab, "/articles/"+a.Row.Key+"/"+tab)
	}
	get("/next", "/next")
	get("/speakers", "/speakers", "/speakers?scope=yes", "/speakers?scope=no&class=official&limit=5")
	get("/people", "/people", "/people?filter=a&limit=2")
	for _, p := range people.Items {
		get("/people/{id}", "/people/"+p.ID)
	}
	get("/pairs", "/pairs", "/pairs?order=top", "/pairs?order=uncertain", "/pairs?order=random&limit=2")
	get("/pairs/{a}/{b}", "/pairs/"+pair[0].A.Key+"/"+pair[0].B.Key)
	get("/figures", "/figures")
	get("/codes", "/codes")
	get("/codes/versions", "/codes/versions")
	add("POST /codes", "/codes", func() any {
		return codesRequest{Op: "merge", Code: "brutality.captives", To: "infighting", Preview: true}
	})
	add("POST /codes", "/codes", func() any {
		return codesRequest{Op: "edit", Code: "infighting", Short: "Within", Define: "Another.", Version: v()}
	})
	get("/codes/{id}/statements", "/codes/brutality.civilians/statements", "/codes/nothing/statements")
	get("/again", "/again")
	get("/agreement", "/agreement")
	get("/rounds", "/rounds")
	get("/clusters", "/clusters")
	get("/speakers/{key}/near", "/speakers/"+a.Speakers[0].Key+"/near")
	get("/weights", "/weights")
	add("POST /takeback", "/takeback", func() any { return takebackRequest{} })
	add("POST /removals", "/removals", func() any { return removalRequest{Person: people.Items[0].ID} })
	add("POST /rounds", "/rounds", func() any {
		return roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Open: true, Assign: true, Double: 20, By: 2, Preview: true}
	})
	add("POST /rounds", "/rounds", func() any { return roundRequest{Name: "coding-1", Coders: []string{"ada", "ben"}, Assign: true} })
	get("/results", "/results")
	get("/evidence/{result}", "/evidence/people", "/evidence/women?limit=2")
	get("/publication", "/publication")
	get("/protection", "/protection")
	add("POST /publication", "/publication", func() any { return publicationRequest{All: true, Reason: "for the edition"} })
	add("POST /publication", "/publication", func() any { return publicationRequest{Write: true} })
	get("/history", "/history", "/history?actor=analyst&kind=scope&limit=5", "/history?article="+a.Row.Key, "/history?person="+people.Items[0].ID, "/history?day=2026")
	get("/files/{name}", "/files/study.yaml", "/files/codebook.yaml", "/files/report.md")
	get("/search", "/search?q=harrow+ord", "/search?q=", "/search?q=a")
	get("/outlets", "/outlets")
	get("/versions", "/versions")
	get("/history/line", "/history/line")
	get("/collect", "/collect")
	get("/jobs", "/jobs")
	get("/studies", "/studies")
	get("/help", "/help")
	get("/help/{page}", "/help/serve", "/help/scope")
	add("POST /session", "/session", func() any { return signIn{Actor: "analyst", Language: "en"} })
	add("POST /decisions", "/decisions", func() any { return decisionsRequest{Version: v(), Drafts: []draft{memo()}} })
	add("POST /decisions", "/decisions", func() any {
		return decisionsRequest{Version: v(), Drafts: []draft{memo()}, Preview: true, Group: "x", Articles: []string{a.Row.Key}}
	})
	add("POST /effect", "/effect", func() any {
		return effectRequest{Drafts: []draft{{Do: "scope", Speaker: a.Speakers[0].Key, Answer: "yes"}}}
	})
	add("POST /undo", "/undo", func() any { return undoRequest{} })
	add("POST /redo", "/redo", func() any { return undoRequest{} })
	add("POST /retract", "/retract", func() any {
		saved = tb.decide(v(), memo())
		return retractRequest{IDs: saved.Saved, Reason: "not so"}
	})
	for _, x := range []resultPreview{{}, {Name: "women", Label: "women: all", Share: `gender == "woman"`}, {Share: `has("infighting")`, Of: `gender == "man"`},
		{By: "quarter", From: "2014", To: "2015"}, {By: "code.top, gender", Where: `first_reported >= "2015"`}, {Compare: "2015-01 to 2015-08", With: "2014-01 to 2014-12"}} {
		add("POST /results/preview", "/results/preview", func() any { return x })
	}
	add("POST /files/{name}/preview", "/files/study.yaml/preview", func() any { return fileCheck{strings.Replace(study.Text, `from: "2014-01"`, `from: "2015-01"`, 1)} })
	add("POST /files/{name}/preview", "/files/report.md/preview", func() any { return fileCheck{"---\nresults:\n  a: 1\n---\n"} })
	add("PUT /files/{name}", "/files/study.yaml", func() any { return fileText{study.Text + "# seen\n", v()} })
	add("POST /jobs", "/jobs", func() any { return jobRequest{Step: "extract"} })
	add("DELETE /jobs/{id}", "/jobs/1", nil)
	add("POST /studies", "/studies", func() any { return studyRequest{Copy: "copied"} })
	skipped := map[string]string{"GET /events": "TestEvents", "POST /uploads": "TestUpload", "GET /handout": "TestHandOutAndTakeBack", "GET /answers": "TestHandOutAndTakeBack", "POST /handouts": "TestHandOutAndTakeBack"}
	for i := range api {
		rt := &api[i]
		name := rt.method + " " + rt.path
		if skipped[name] != "" {
			continue
		}
		if len(requests[name]) == 0 {
			t.Errorf("no request to %s", name)
		}
		schema := x.Paths["/api/v1"+rt.path][strings.ToLower(rt.method)].Responses["200"].Content["application/json"].Schema
		if schema == nil {
			t.Errorf("%s is not described", name)
			continue
		}
		for _, r := range requests[name] {
			var body any
			if r.body != nil {
				body = r.body()
			}
			w := tb.send(rt.method, r.path, body)
			if w.Code != http.StatusOK {
				t.Errorf("%s %s = %d: %s", rt.method, r.path, w.Code, w.Body)
				continue
			}
			var v any
			if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
				t.Errorf("%s %s: %v", rt.method, r.path, err)
				continue
			}
			for i, e := range x.check("answer", v, schema) {
				if i < 5 {
					t.Errorf("%s %s: %s", rt.method, r.path, e)
				}
			}
		}
	}
	w := do(s, newRequest("GET", "/api/v1/openapi.json", ""))
	if !bytes.Equal(bytes.TrimSpace(w.Body.Bytes()), bytes.TrimSpace(b)) {
		t.Error("the description that is served is another than docs/api/openapi.json")
	}
	for _, p := range []string{"/api/v1/nothing", "/api/v2/session"} {
		if w := do(s, newRequest("GET", p, "")); w.Code != http.StatusNotFound || !json.Valid(w.Body.Bytes()) {
			t.Errorf("GET %s = %d %s", p, w.Code, w.Body)
		}
	}
}

// What changes the study is never done by GET, asks for the header and for
// the same origin, and names only this machine.
func TestWhoMayAsk(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	tb := newTab(t, s, "ada", "1")
	before := tb.session().Version
	for i := range api {
		rt := &api[i]
		if rt.path == "/events" {
			continue
		}
		path := inPath.ReplaceAllString("/api/v1"+rt.path, "x")
		for _, tt := range []struct {
			name string
			set  func(r *http.Request)
			want int
			all  bool
		}{
			{"another host", func(r *http.Request) { r.Host = "evil.example" }, http.StatusMisdirectedRequest, true},
			{"a page of another site in the background", func(r *http.Request) {
				r.Header.Set("Sec-Fetch-Site", "cross-site")
				r.Header.Set("Sec-Fetch-Mode", "cors")
			}, http.StatusForbidden, true},
			{"no header", func(r *http.Request) { r.Header.Del(headerSign) }, http.StatusForbidden, false},
			{"another origin", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:9999") }, http.StatusForbidden, false},
		} {
			if !tt.all && rt.method == http.MethodGet {
				continue
			}
			r := newRequest(rt.method, path, "{}")
			r.AddCookie(tb.cookie)
			tt.set(r)
			if w := do(s, r); w.Code != tt.want {
				t.Errorf("%s: %s %s = %d, want %d", tt.name, rt.method, path, w.Code, tt.want)
			}
		}
		if rt.method == http.MethodGet {
			w := do(s, func() *http.Request { r := newRequest("GET", path, ""); r.AddCookie(tb.cookie); return r }())
			for _, h := range headers {
				if w.Header().Get(h[0]) != h[1] {
					t.Errorf("GET %s: header %s = %q", path, h[0], w.Header().Get(h[0]))
				}
			}
		}
	}
	if got := tb.session().Version; got != before {
		t.Errorf("asking changed the study: version %d, was %d", got, before)
	}
	if !tb.cookie.HttpOnly || tb.cookie.SameSite != http.SameSiteStrictMode {
		t.Errorf("cookie %v", tb.cookie)
	}
}

// A former id leads to the person for ever.
func TestFormerIDs(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	tb := newTab(t, s, "analyst", "1")
	moved := 0
	for _, p := range ask[personList](tb, "GET", "/people", nil).Items {
		x := ask[personPage](tb, "GET", "/people/"+p.ID, nil)
		if x.MovedTo != "" || x.ID != p.ID || len(x.Articles) == 0 {
			t.Errorf("%s: %+v", p.Name, x)
		}
		for _, id := range x.FormerIDs {
			moved++
			if y := ask[personPage](tb, "GET", "/people/"+id, nil); y.ID != p.ID || y.MovedTo != p.ID {
				t.Errorf("the former id %s of %s leads to %s", id, p.Name, y.ID)
			}
		}
	}
	if moved == 0 {
		t.Error("nobody of the example was ever joined")
	}
	refused(tb, 404, "GET", "/people/ffffffffffff", nil)
}
