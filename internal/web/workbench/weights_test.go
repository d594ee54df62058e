package workbench

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/store"
	"recount/internal/study"
)

// manyPairs writes suggestions between speakers of different pages into a study:
// as many as asked, some by all of the name, the others by the last part alone.
func manyPairs(t *testing.T, dir string, n int) (same, different [][2]recount.Key) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	was, err := db.Suggestions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, dir)
	b := newTab(t, s, "analyst", "0")
	var first, second []recount.Key // speakers of the one half of the pages and of the other
	for i, row := range ask[articleList](b, "GET", "/articles?limit=200&state=all", nil).Items {
		if row.ReprintOf != "" {
			continue
		}
		a, _ := b.article(row.Key)
		for _, x := range a.Speakers {
			if x.Kind != "named" || x.Key == "" {
				continue
			}
			if i%2 == 0 {
				first = append(first, recount.Key(x.Key))
			} else {
				second = append(second, recount.Key(x.Key))
			}
		}
	}
	s.Close()
	out := was[:0:0]
	for i, a := range first {
		for j, b := range second {
			if len(out) == n {
				break
			}
			x := recount.Suggestion{A: min(a, b), B: max(a, b), Weight: 50, Probability: 586,
				Bars: []recount.Bar{{Field: "prior", Bits: -900}, {Field: "surname", Bits: 950, A: "Berg", B: "Ana Berg"}}}
			if i == j {
				x.Weight, x.Probability, x.Bars[1] = 400, 941, recount.Bar{Field: "name", Bits: 1300, A: "Ana Berg", B: "Ana Berg"}
				same = append(same, [2]recount.Key{a, b})
			} else {
				different = append(different, [2]recount.Key{a, b})
			}
			out = append(out, x)
		}
	}
	t.Logf("%d and %d speakers, %d pairs", len(first), len(second), len(out))
	if err := db.ReplaceSuggestions(ctx, out); err != nil {
		t.Fatal(err)
	}
	return same, different
}

// What comparing weighs is shown, can be learned from answers once there are
// enough, is shown before it is taken, and given back.
func TestWeights(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	b := newTab(t, s, "analyst", "1")
	w := ask[weightsReply](b, "GET", "/weights", nil)
	if w.Enough || w.Changes || w.Decision != "" || w.Same == 0 || w.Least != 200 || w.Either != 20 || len(w.Items) < 20 {
		t.Fatalf("before: %+v", w)
	}
	for _, x := range w.Items {
		if x.Learned != nil {
			t.Errorf("%s is learned from too few answers", x.Level)
		}
	}
	few := b.send("POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{{Do: "weights"}}})
	if few.Code/100 != 4 || !strings.Contains(few.Body.String(), "at least 20 of them same") || !strings.Contains(few.Body.String(), "the page Same person?") {
		t.Errorf("taking them: %d %s", few.Code, few.Body)
	}
	s.Close()

	dir := folder(t, "decided")
	same, different := manyPairs(t, dir, 1000)
	if len(same) < 25 || len(different) < 220 {
		t.Fatalf("%d pairs to be answered the same, %d different", len(same), len(different))
	}
	s = serve(t, dir)
	b = newTab(t, s, "analyst", "1")
	var drafts []draft
	for i, p := range same[:25] {
		drafts = append(drafts, draft{Do: "link", A: string(p[0]), B: string(p[1]), Answer: "same", Reason: strconv.Itoa(i)})
	}
	for _, p := range different[:220] {
		drafts = append(drafts, draft{Do: "link", A: string(p[0]), B: string(p[1]), Answer: "different"})
	}
	b.decide(b.session().Version, drafts...)
	before := b.session().Headline
	w = ask[weightsReply](b, "GET", "/weights", nil)
	if !w.Enough || !w.Changes || w.Decision != "" || w.Same < 20 || w.Different < 200 {
		t.Fatalf("after 245 answers: %d same, %d different, %t, %t", w.Same, w.Different, w.Enough, w.Changes)
	}
	// All pairs of one last part were different, so it weighs less; those pairs
	// are a question no more.
	last := w.Items[slices.IndexFunc(w.Items, func(x levelWeight) bool { return x.Level == "name: last part alone" })]
	if l := last.Learned; l == nil || l.Bits >= last.Bits || l.Low > l.Bits || l.High < l.Bits || l.Different < 200 {
		t.Errorf("last part alone: %+v, learned %+v", last, last.Learned)
	}
	if w.Falls == 0 || len(w.Fall) != min(w.Falls, mostShifted) || w.Rises != len(w.Rise) {
		t.Errorf("%d fall, %d listed; %d rise, %d listed", w.Falls, len(w.Fall), w.Rises, len(w.Rise))
	}
	for _, p := range w.Fall {
		if p.Now < 500 || p.Then >= 500 || p.A.Article == p.B.Article {
			t.Errorf("falls: %+v", p)
		}
	}
	likely := func() (n int) {
		for _, p := range ask[pairList](b, "GET", "/pairs?order=top&limit=200", nil).Items {
			if p.P >= 500 {
				n++
			}
		}
		return n
	}
	asked := likely()

	saved := b.decide(b.session().Version, draft{Do: "weights"})
	if len(saved.Saved) != 1 {
		t.Fatalf("taking them saved %v", saved.Saved)
	}
	w = ask[weightsReply](b, "GET", "/weights", nil)
	if w.Decision != saved.Saved[0] || w.Changes || !w.Enough {
		t.Errorf("taken: by %q, %t", w.Decision, w.Changes)
	}
	if now := likely(); now >= asked {
		t.Errorf("%d pairs were likely, %d are", asked, now)
	}
	again := b.send("POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{{Do: "weights"}}})
	if again.Code != http.StatusConflict {
		t.Errorf("taking them again: %d %s", again.Code, again.Body)
	}
	ask[decisionsReply](b, "POST", "/retract", retractRequest{IDs: []string{w.Decision}})
	if w = ask[weightsReply](b, "GET", "/weights", nil); w.Decision != "" || !w.Changes || likely() != asked {
		t.Errorf("given back: by %q, %t, %d pairs likely of %d", w.Decision, w.Changes, likely(), asked)
	}
	if d := cmp.Diff(before, b.session().Headline); d != "" {
		t.Errorf("the headline is another (-before +after):\n%s", d)
	}
}

// Who is most like a speaker is listed, suggested or not, the likeliest first, and
// nobody of whom somebody answered.
func TestNear(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	b := newTab(t, s, "analyst", "1")
	some := 0
	for _, row := range ask[articleList](b, "GET", "/articles?limit=6&state=all", nil).Items {
		a, _ := b.article(row.Key)
		for _, x := range a.Speakers {
			l := ask[pairList](b, "GET", "/speakers/"+x.Key+"/near", nil)
			if len(l.Items) > study.MostNear || l.Total != len(l.Items) || l.Next != "" {
				t.Fatalf("%s: %d of %d", x.Name, len(l.Items), l.Total)
			}
			for i, p := range l.Items {
				some++
				if i > 0 && p.P > l.Items[i-1].P || p.Answer == "same" || p.Answer == "different" || p.A.Article == p.B.Article || p.A.Key != x.Key && p.B.Key != x.Key {
					t.Errorf("%s: %+v", x.Name, p)
				}
			}
			if len(l.Items) > 0 {
				p := l.Items[0]
				b.decide(b.session().Version, draft{Do: "link", A: p.A.Key, B: p.B.Key, Answer: "different"})
				for _, q := range ask[pairList](b, "GET", "/speakers/"+x.Key+"/near", nil).Items {
					if q.A.Key == p.A.Key && q.B.Key == p.B.Key {
						t.Errorf("%s: a pair that is answered is listed", x.Name)
					}
				}
			}
		}
	}
	if some < 20 {
		t.Errorf("only %d pairs were listed", some)
	}
	if w := b.send("GET", "/speakers/ffffffffffff/near", nil); w.Code != http.StatusNotFound {
		t.Errorf("of nobody: %d", w.Code)
	}
}
