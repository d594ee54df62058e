package workbench

import (
	"net/http"
	"testing"
)

// Pairs drawn at random are asked among the others, every third, and what is
// answered of them says how many links were missed.
func TestDraw(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	tb := newTab(t, s, "analyst", "1")
	random := func() pairList { return ask[pairList](tb, "GET", "/pairs?order=random", nil) }
	if d := random(); len(d.Items) != 0 || d.Drawn == nil || d.Drawn.Drawn != 0 {
		t.Fatalf("before: %+v", d)
	}
	tb.decide(tb.session().Version, draft{Do: "draw", Pairs: 5})
	d := random()
	if len(d.Items) != 5 || d.Total != 5 || d.Drawn.Drawn != 5 || d.Drawn.Compared != 0 || d.Drawn.Pairs < 300 {
		t.Fatalf("drawn: %d of %d, %+v", len(d.Items), d.Total, d.Drawn)
	}
	// A page of the list, asked from anywhere, is that part of the whole list.
	for _, order := range []string{"next", "random"} {
		whole := ask[pairList](tb, "GET", "/pairs?order="+order+"&limit=200", nil)
		var pieces []pairRow
		for at := ""; ; {
			l := ask[pairList](tb, "GET", "/pairs?order="+order+"&limit=2&after="+at, nil)
			if pieces = append(pieces, l.Items...); l.Next == "" {
				break
			}
			at = l.Next
		}
		if len(pieces) != len(whole.Items) || len(pieces) < 5 {
			t.Fatalf("%s: %d pairs in pieces of two, %d at once", order, len(pieces), len(whole.Items))
		}
		for i := range pieces {
			if pieces[i].A.Key != whole.Items[i].A.Key || pieces[i].B.Key != whole.Items[i].B.Key {
				t.Errorf("%s: pair %d is another in pieces", order, i)
			}
		}
	}
	chance := 0
	for _, p := range ask[pairList](tb, "GET", "/pairs?limit=200", nil).Items {
		if p.Kind == "random" {
			chance++
		}
	}
	if chance != 5 {
		t.Errorf("%d of the pairs in turn were drawn at random, want 5", chance)
	}
	for i, answer := range []string{"different", "different", "unsure"} {
		p := d.Items[i]
		tb.decide(tb.session().Version, draft{Do: "link", A: p.A.Key, B: p.B.Key, Answer: answer})
	}
	if d := random(); len(d.Items) != 2 || d.Drawn.Compared != 3 || d.Drawn.Unsure != 1 || d.Drawn.Low != 0 || d.Drawn.High <= 1 {
		t.Errorf("after three answers: %d left, %+v", len(d.Items), d.Drawn)
	}
	for _, n := range []int{0, -1, 1001} {
		w := tb.send("POST", "/decisions", decisionsRequest{Version: tb.session().Version, Drafts: []draft{{Do: "draw", Pairs: n}}})
		if w.Code/100 != 4 {
			t.Errorf("drawing %d pairs: %d", n, w.Code)
		}
	}
}

// A pair that nothing suggests shows what the articles say of both, what people
// decided, and a sentence of each: the same from either side.
func TestPairNobodySuggests(t *testing.T) {
	s := serve(t, folder(t, "decided"))
	tb := newTab(t, s, "analyst", "1")
	tb.decide(tb.session().Version, draft{Do: "draw", Pairs: 8})
	both := 0
	for _, p := range ask[pairList](tb, "GET", "/pairs?order=random", nil).Items {
		x := ask[pairPage](tb, "GET", "/pairs/"+p.A.Key+"/"+p.B.Key, nil)
		y := ask[pairPage](tb, "GET", "/pairs/"+p.B.Key+"/"+p.A.Key, nil)
		says := map[string][2]string{}
		for _, f := range x.Fields {
			says[f.Field] = [2]string{f.A, f.B}
			if f.A != "" && f.B != "" {
				both++
			}
		}
		if w := says["says"]; w[0] == "" && w[1] == "" {
			t.Errorf("%s and %s: no sentence of either: %v", p.A.Name, p.B.Name, says)
		}
		for _, f := range y.Fields {
			if says[f.Field] != [2]string{f.B, f.A} {
				t.Errorf("%s and %s: %s is %q and %q, and from the other side %q and %q", p.A.Name, p.B.Name, f.Field, says[f.Field][0], says[f.Field][1], f.A, f.B)
			}
		}
	}
	if both < 8 {
		t.Errorf("only %d fields are known of both", both)
	}
}

// No pair in turn is not no pair: those that cannot move a count are said, so
// that nobody thinks that all were answered.
func TestPairsThatNoTurnAsks(t *testing.T) {
	tb := newTab(t, serve(t, folder(t, "decided")), "analyst", "1")
	for range 2 { // before an answer and after it
		turn, all := ask[pairList](tb, "GET", "/pairs?limit=200", nil), ask[pairList](tb, "GET", "/pairs?order=top&limit=200", nil)
		if turn.Others == 0 || turn.Total+turn.Others != all.Total || all.Others != 0 {
			t.Fatalf("%d pairs in turn and %d others, %d in all", turn.Total, turn.Others, all.Total)
		}
		left := map[string]bool{}
		for _, p := range turn.Items {
			left[p.A.Key+p.B.Key] = true
		}
		for _, p := range all.Items { // one of them is answered: one fewer
			if !left[p.A.Key+p.B.Key] {
				tb.decide(tb.session().Version, draft{Do: "link", A: p.A.Key, B: p.B.Key, Answer: "different"})
				if now := ask[pairList](tb, "GET", "/pairs", nil).Others; now >= turn.Others {
					t.Errorf("%d others before an answer, %d after", turn.Others, now)
				}
				break
			}
		}
	}
}

// Whatever order shows nothing more says where pairs are left, and nothing is
// said where none are.
func TestNoOrderSaysThatNothingIsLeftWhereSomethingIs(t *testing.T) {
	for _, study := range []string{"fresh", "decided"} {
		tb := newTab(t, serve(t, folder(t, study)), "analyst", "1")
		list := func(order string) pairList { return ask[pairList](tb, "GET", "/pairs?limit=200&order="+order, nil) }
		check := func(when string) {
			t.Helper()
			ids, all := map[string]map[string]bool{}, map[string]bool{}
			for _, order := range orders {
				ids[order] = map[string]bool{}
				for _, p := range list(order).Items {
					if p.Answer == "" {
						ids[order][p.A.Key+p.B.Key], all[p.A.Key+p.B.Key] = true, true
					}
				}
			}
			for _, order := range orders {
				said := 0
				for _, x := range list(order).Elsewhere {
					said += x.Left
					found := 0
					for id := range ids[x.Order] {
						if !ids[order][id] {
							found++
						}
					}
					if found < x.Left {
						t.Errorf("%s, %s: order %s says that %s lists %d more, it lists %d", study, when, order, x.Order, x.Left, found)
					}
				}
				if want := len(all) - len(ids[order]); said != want {
					t.Errorf("%s, %s: order %s says that %d are left elsewhere, want %d", study, when, order, said, want)
				}
			}
		}
		check("before")
		// Two pairs drawn at random, and then everything in turn is answered.
		if w := tb.send("POST", "/decisions", decisionsRequest{Version: tb.session().Version, Drafts: []draft{{Do: "draw", Pairs: 2}}}); w.Code == http.StatusOK {
			check("drawn")
		}
		for range 60 {
			items := list("next").Items
			if len(items) == 0 {
				break
			}
			tb.decide(tb.session().Version, draft{Do: "link", A: items[0].A.Key, B: items[0].B.Key, Answer: "different"})
		}
		check("answered in turn")
	}
}
