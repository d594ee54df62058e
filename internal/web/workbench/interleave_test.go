package workbench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// perStudy is how many interleavings one study goes through. Answers that change
// again name all that they replace, so that a study in which thousands of them
// are about the same few people costs more with each, as no real one does.
const perStudy = 50

// studies is how many studies are tried: 1,000 interleavings under `make bars`.
func studies() int {
	if os.Getenv("RECOUNT_BARS") != "" {
		return 20
	}
	return 1
}

// What interleavings came to.
type interleaved struct{ tried, acknowledged, conflicts, overwritten int }

// A made answer is one that was acknowledged.
type acknowledged struct {
	tab     int
	sent    int64 // the version that it was given on
	version int64 // of the study after it
}

// Two windows of one person and one of another decide about one article, with
// versions that may be old, on two servers over one folder. No acknowledged
// decision is lost, none is overwritten by a window that had not seen it, and
// what stands at the end is what a new reader of the folder sees.
func TestInterleavings(t *testing.T) {
	var all interleaved
	for n := range studies() {
		t.Run(fmt.Sprintf("from seed %d", n*perStudy), func(t *testing.T) {
			got := interleave(t, n*perStudy)
			all.tried += got.tried
			all.acknowledged += got.acknowledged
			all.conflicts += got.conflicts
			all.overwritten += got.overwritten
			if got.acknowledged < 3*perStudy || got.conflicts == 0 || got.overwritten == 0 {
				t.Errorf("%+v: the test tries too little", got)
			}
		})
	}
	t.Logf("%d interleavings: %d decisions acknowledged, %d conflicts told, %d overwritten knowingly", all.tried, all.acknowledged, all.conflicts, all.overwritten)
}

// interleave tries the interleavings of the seeds from first on, in one study.
func interleave(t *testing.T, first int) interleaved {
	dir := folder(t, "fresh")
	servers := []*Server{serve(t, dir), serve(t, dir)}
	tabs := []*tab{newTab(t, servers[0], "ada", "1"), newTab(t, servers[0], "ada", "2"), newTab(t, servers[1], "ben", "3"), newTab(t, servers[1], "ada", "4")}
	var articles []string
	for _, r := range ask[articleList](tabs[0], "GET", "/articles", nil).Items {
		if r.ReprintOf == "" && r.Open > 0 {
			articles = append(articles, r.Key)
		}
	}
	made := map[string]acknowledged{}
	versions := make([]int64, len(tabs)) // that each window knows of
	conflicts, overwritten := 0, 0
	for seed := first; seed < first+perStudy; seed++ {
		rnd := rand.New(rand.NewPCG(uint64(seed), 20260131))
		key := articles[rnd.IntN(len(articles))]
		a, _ := tabs[0].article(key)
		speakers := slices.DeleteFunc(a.Speakers, func(sp speaker) bool { return len(sp.Statements) == 0 })
		if len(speakers) == 0 {
			continue
		}
		for i, b := range tabs {
			versions[i] = b.session().Version
		}
		for range 12 {
			i := rnd.IntN(len(tabs))
			b := tabs[i]
			if rnd.IntN(4) == 0 {
				versions[i] = b.session().Version // the event came
			}
			sent := versions[i]
			method, path, body := "POST", "/decisions", any(nil)
			switch rnd.IntN(8) {
			case 0:
				path, body = "/undo", undoRequest{}
			case 1:
				path, body = "/redo", undoRequest{}
			default:
				sp := speakers[rnd.IntN(len(speakers))]
				st := sp.Statements[rnd.IntN(len(sp.Statements))]
				d := []draft{
					{Do: "scope", Speaker: sp.Key, Answer: []string{"yes", "no", "unclear"}[rnd.IntN(3)]},
					{Do: "accept", Statement: st.Key}, {Do: "reject", Statement: st.Key},
					{Do: "code", Statement: st.Key, Code: "corruption", Answer: []string{"yes", "no"}[rnd.IntN(2)]},
					{Do: "value", Speaker: sp.Key, Variable: "age", Value: fmt.Sprint(20 + rnd.IntN(3))},
				}[rnd.IntN(5)]
				body = decisionsRequest{Version: sent, Drafts: []draft{d}}
			}
			w := b.send(method, path, body)
			switch w.Code {
			case http.StatusOK:
				var r decisionsReply
				if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
					t.Fatal(err)
				}
				if path != "/decisions" {
					sent = r.Version // who undoes means what stands
				}
				for _, id := range r.Saved {
					made[id] = acknowledged{i, sent, r.Version}
				}
				versions[i] = max(versions[i], r.Version)
			case http.StatusConflict:
				conflicts++
			case http.StatusNotFound:
				if path == "/decisions" {
					t.Fatalf("seed %d: %s", seed, w.Body)
				}
			default:
				t.Fatalf("seed %d: %s = %d %s", seed, path, w.Code, w.Body)
			}
		}
	}
	check := serve(t, dir)
	err := check.hold(context.Background(), "", func(book *casebook.Casebook) error {
		for id, m := range made {
			d := book.Log().Find(id)
			if d == nil {
				t.Errorf("the acknowledged decision %.12s is lost", id)
				continue
			}
			if d.Kind == recount.KindRetract {
				continue
			}
			for _, r := range d.Replaces {
				if old, ok := made[r]; ok && old.tab != m.tab {
					overwritten++
					if m.sent < old.version {
						t.Errorf("window %d overwrote %.12s of window %d without having seen it (version %d, made at %d)", m.tab, r, old.tab, m.sent, old.version)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// What both servers and a new one show is the same.
	for _, key := range articles {
		var all []string
		for _, b := range []*tab{tabs[0], tabs[2], newTab(t, check, "ada", "5")} {
			a, _ := b.article(key)
			for i := range a.Speakers { // what is suggested is learned from a person's own codings
				for j := range a.Speakers[i].Statements {
					a.Speakers[i].Statements[j].Suggested = nil
				}
			}
			b, err := json.Marshal([]any{a.Row, a.Queue, a.Speakers})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(b))
		}
		if all[0] != all[1] || all[0] != all[2] {
			t.Errorf("article %s is not the same everywhere:\n%s\n%s\n%s", key, all[0], all[1], all[2])
		}
	}
	return interleaved{perStudy, len(made), conflicts, overwritten}
}
