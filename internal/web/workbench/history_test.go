package workbench

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every filter of the log says how much of the log it leaves, and leaves that.
func TestFiltersOfTheLog(t *testing.T) {
	w := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	a, people := talkative(t, w)
	st := spoken(t, people[0])
	long := strings.Repeat("She sold tickets, and both outlets call her a clerk. ", 6) + "End."
	for _, d := range []draft{{Do: "scope", Speaker: people[0].Key, Answer: "yes"}, {Do: "accept", Statement: st.Key}, {Do: "memo", Text: long}, {Do: "memo", On: &topic{Article: a.Row.Key, Span: &st.Spans[0]}, Text: "look again"},
		{Do: "memo", On: &topic{Code: "corruption"}, Text: "too wide"}} {
		w.decide(w.session().Version, d)
	}
	all := ask[historyList](w, "GET", "/history?limit=1000", nil)
	for field, list := range map[string][]historyCount{"kind": all.Kinds, "actor": all.Actors, "day": all.Days} {
		n := 0
		for _, c := range list {
			if got := ask[historyList](w, "GET", "/history?limit=1000&"+field+"="+c.Name, nil); got.Total != c.Decisions || len(got.Items) != c.Decisions {
				t.Errorf("%s %s: %d decisions, the filter says %d", field, c.Name, got.Total, c.Decisions)
			}
			if field == "kind" && c.Label == "" {
				t.Errorf("kind %s has no name", c.Name)
			}
			n += c.Decisions
		}
		if n != all.Total {
			t.Errorf("the filters by %s hold %d of %d decisions", field, n, all.Total)
		}
	}
	if !slices.ContainsFunc(all.Actors, func(c historyCount) bool { return c.Name == "ada" && c.Decisions == 5+3 }) { // and the three study files that came into use
		t.Errorf("ada is not among %v", all.Actors)
	}

	// A memo is there to be read, whole, with what it is about.
	memos := ask[historyList](w, "GET", "/history?kind=memo", nil).Items
	if len(memos) != 3 {
		t.Fatalf("%d memos of 3", len(memos))
	}
	for i, want := range []struct{ words, about, article string }{{"too wide", "corruption", ""}, {"look again", strings.SplitN(st.Words, " …", 2)[0], string(a.Row.Key)}, {long, "", ""}} {
		m := memos[i]
		if m.Words != want.words || m.About != want.about || m.Article != want.article {
			t.Errorf("memo %d: %q about %q on %q; want %v", i, m.Words, m.About, m.Article, want)
		}
	}

	// What was asked for is called by its name.
	if got := ask[historyList](w, "GET", "/history?article="+string(a.Row.Key), nil); got.Article != a.Row.Title || got.Total == 0 {
		t.Errorf("the article is called %q, its title is %q; %d decisions", got.Article, a.Row.Title, got.Total)
	}
	p := ask[personList](w, "GET", "/people", nil).Items[0]
	if got := ask[historyList](w, "GET", "/history?person="+p.ID, nil); got.Person != p.Name || got.Total == 0 {
		t.Errorf("the person is called %q, the name is %q; %d decisions", got.Person, p.Name, got.Total)
	}
}

// Every kind of decision has words of its own in the catalogue of the pages.
func TestEveryKindHasWords(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "app", "strings", "en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := json.Unmarshal(b, &words); err != nil {
		t.Fatal(err)
	}
	for kind, label := range labels {
		if s, _ := words["decision."+label].(string); s == "" {
			t.Errorf("decisions of the kind %s are shown as %q", kind, label)
		}
	}
}
