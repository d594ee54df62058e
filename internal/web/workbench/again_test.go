package workbench

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// changedPage makes a study of one page, accepts its statement with a code as
// ada, and has the outlet change the page two days later.
func changedPage(t *testing.T, before, after string) *tab {
	t.Helper()
	return changedAfter(t, before, after, func(b *tab, key string) {
		for _, sp := range ask[article](b, "GET", "/articles/"+key, nil).Speakers {
			for _, st := range sp.Statements {
				b.decide(b.session().Version, draft{Do: "scope", Speaker: sp.Key, Answer: "yes"}, draft{Do: "accept", Statement: st.Key}, draft{Do: "code", Statement: st.Key, Code: "pay", Answer: "yes"})
				return
			}
		}
		t.Fatal("no statement was read")
	})
}

// changedAfter has ada answer on the page before the outlet changes it.
func changedAfter(t *testing.T, before, after string, answer func(b *tab, key string)) *tab {
	t.Helper()
	ctx := context.Background()
	dir, pages := filepath.Join(t.TempDir(), "study"), t.TempDir()
	write := func(said string) {
		page := `<html lang="en"><head><title>The hall</title><meta property="og:site_name" content="The Valley Post"></head><body><article><h1>The hall</h1>
<p>The hall of the old mill was full on Monday evening, and the mayor came late.</p>
<p>` + said + `</p>
<p>The mayor listened to everybody for an hour and went home without an answer.</p></article></body></html>`
		if err := os.WriteFile(filepath.Join(pages, "hall.html"), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	at := func(now time.Time) Options {
		return Options{Folder: dir, Study: study.Options{Actor: "ada", Now: func() time.Time { return now }}}
	}
	add := func(s *study.Study) {
		if _, err := s.Add(ctx, study.Offer{Paths: []string{pages}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Extract(ctx, false); err != nil {
			t.Fatal(err)
		}
	}
	write(before)
	st, err := study.Create(ctx, dir, map[string][]byte{"study.yaml": []byte("title: The hall\nquestion: Who speaks?\n"),
		"codebook.yaml": []byte("title: x\nversion: 1\ncodes:\n  - code: pay\n    short: Pay.\n")}, "", true, at(began).Study)
	if err != nil {
		t.Fatal(err)
	}
	add(st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	serveAt := func(now time.Time) (*Server, *tab) {
		s, err := New(ctx, at(now))
		if err != nil {
			t.Fatal(err)
		}
		return s, newTab(t, s, "ada", "1")
	}
	s, b := serveAt(began)
	key := ask[articleList](b, "GET", "/articles", nil).Items[0].Key
	answer(b, key)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	write(after)
	later := began.Add(48 * time.Hour)
	if st, err = study.Open(ctx, dir, at(later).Study); err != nil {
		t.Fatal(err)
	}
	add(st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	s, b = serveAt(later.Add(time.Hour))
	t.Cleanup(func() { s.Close() })
	return b
}

// asksOf is how many answers Next says are to be looked at again; the list and
// the mark of the article say the same.
func asksOf(t *testing.T, b *tab) (int, againList) {
	t.Helper()
	list := ask[againList](b, "GET", "/again", nil)
	n := 0
	for _, q := range ask[nextReply](b, "GET", "/next", nil).Queues {
		if q.ID == "findings" {
			n = q.Left
			if q.Href != "/codes?list=review" {
				t.Errorf("it leads to %s", q.Href)
			}
		}
	}
	row := ask[articleList](b, "GET", "/articles", nil).Items[0]
	if n != len(list.Items) || list.Total != n || row.Again != n {
		t.Errorf("Next says %d, the list has %d of %d, the article is marked %d", n, len(list.Items), list.Total, row.Again)
	}
	return n, list
}

// oldOf lists the marks of accepted statements of the article.
func oldOf(b *tab) (out []string) {
	key := ask[articleList](b, "GET", "/articles", nil).Items[0].Key
	for _, sp := range ask[article](b, "GET", "/articles/"+key, nil).Speakers {
		for _, st := range sp.Statements {
			if st.State == string(recount.Accepted) {
				out = append(out, fmt.Sprint(st.Old, " ", len(st.Codes)))
			}
		}
	}
	return out
}

const hallWas = `“We are 36 in this hall and nobody has paid us since March,” said Mara Okonkwo, a weaver.`

// TestAnswersOnAnOlderText changes a page in many ways after its statement was
// accepted and coded: what Next counts is what the list shows, with the words of
// now where there are some.
func TestAnswersOnAnOlderText(t *testing.T) {
	for _, x := range []struct {
		name, now string
		n         int
		new       string // words that are found in the text of now
	}{
		{"a number", `“We are 32 in this hall and nobody has paid us since March,” said Mara Okonkwo, a weaver.`, 2, "We are 32 in this hall and nobody has paid us since March"},
		{"a number and a word", `“We are 32 pensioners in this hall and nobody has paid us since March,” said Mara Okonkwo, a weaver.`, 2, "32 pensioners"},
		{"a word less", `“We are 36 in this hall and nobody paid us since March,” said Mara Okonkwo, a weaver.`, 2, "nobody paid us"},
		{"another speaker", `“We are 40 in this hall and nobody has paid us since March,” said Pavel Dorn, a smith. Mara Okonkwo, a weaver, was silent.`, 2, "We are 40"},
		{"dropped", `Mara Okonkwo, a weaver, said nothing.`, 2, ""},
		{"other words", `“Go home, all of you, before it rains again,” said Mara Okonkwo, a weaver.`, 2, ""},
		{"words around it", `On Tuesday the count was corrected. ` + hallWas, 0, ""},
		{"the same", hallWas + ` She left at nine.`, 0, ""},
		{"moved", `It rained. ` + hallWas, 0, ""},
		{"a letter", `“We are 36 in this hall and nobody has paid us since march,” said Mara Okonkwo, a weaver.`, 2, "since march"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			b := changedPage(t, hallWas, x.now)
			n, list := asksOf(t, b)
			if n != x.n {
				t.Fatalf("%d answers to look at again, want %d: %+v", n, x.n, list.Items)
			}
			for _, i := range list.Items {
				if i.What != "orphan" || !strings.Contains(i.Old, "We are 36") || i.Day != "2026-01-31" || i.Title == "" || i.Article == "" || i.Statement == "" || i.Keep == nil || len(i.IDs) != 1 || len(i.Given) != 1 {
					t.Errorf("item: %+v", i)
				}
				if !strings.Contains(i.New, x.new) || (i.New == "") != (x.new == "") || (i.Move == nil) != (x.new == "") {
					t.Errorf("new words %q, want %q", i.New, x.new)
				}
			}
			if want := map[bool]string{true: "2026-01-31 1", false: " 1"}[n > 0]; len(oldOf(b)) != 1 || oldOf(b)[0] != want {
				t.Errorf("accepted statements %q, want %q", oldOf(b), want)
			}
		})
	}
}

// TestAnswersOnAnOlderTextAreAnswered keeps, moves and takes back such answers:
// each leaves the list, and comes back with undo.
func TestAnswersOnAnOlderTextAreAnswered(t *testing.T) {
	b := changedPage(t, hallWas, `“We are 32 pensioners in this hall and nobody has paid us since March,” said Mara Okonkwo, a weaver.`)
	_, list := asksOf(t, b)
	undo := func() {
		t.Helper()
		ask[decisionsReply](b, "POST", "/undo", undoRequest{})
		if n, _ := asksOf(t, b); n != 2 {
			t.Fatalf("undone: %d to look at again, want 2", n)
		}
	}
	for _, i := range list.Items {
		b.decide(b.session().Version, *i.Keep)
		if n, left := asksOf(t, b); n != 1 || left.Items[0].Given[0].Kind == i.Given[0].Kind {
			t.Fatalf("kept: %+v are left", left.Items)
		}
		if got := oldOf(b); len(got) != 1 || got[0] != "2026-01-31 1" {
			t.Errorf("kept: accepted %q", got)
		}
		undo()
	}
	b.decide(b.session().Version, *list.Items[0].Keep, *list.Items[1].Keep)
	if n, left := asksOf(t, b); n != 0 {
		t.Errorf("both kept: %+v are left", left.Items)
	}
	undo()
	// The code goes with its statement.
	for _, i := range list.Items {
		b.decide(b.session().Version, *i.Move)
		if n, left := asksOf(t, b); n != 0 {
			t.Errorf("moved: %+v are left", left.Items)
		}
		if got := oldOf(b); len(got) != 1 || got[0] != " 1" {
			t.Errorf("moved: accepted %q", got)
		}
		undo()
	}
	// Nobody keeps or takes back what somebody else answered.
	ben := newTab(t, b.s, "ben", "2")
	if n, x := asksOf(t, ben); n != 2 || x.Items[0].Keep != nil || len(x.Items[0].IDs) != 0 {
		t.Errorf("ben may: %+v", x.Items)
	}
	refused(b, 400, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{{Do: "keep", Decision: "0000"}}})
	var ids []string
	for _, i := range list.Items {
		ids = append(ids, i.IDs...)
	}
	ask[decisionsReply](b, "POST", "/retract", retractRequest{IDs: ids})
	if n, left := asksOf(t, b); n != 0 {
		t.Errorf("taken back: %+v are left", left.Items)
	}
}

// Answers about who is who that contradict one another are to be looked at
// again: Next counts them, and the list shows each with what can be taken back.
func TestAnswersThatContradictAreLookedAtAgain(t *testing.T) {
	ctx := context.Background()
	s := serve(t, folder(t, "fresh"))
	b := newTab(t, s, "ada", "1")
	before := len(ask[againList](b, "GET", "/again", nil).Items)
	book, err := s.study.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var refs []recount.SpeakerRef
	for v, err := range book.Voices(ctx, casebook.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if ref, err := book.Ref(ctx, v); err == nil && len(refs) < 3 && !slices.ContainsFunc(refs, func(r recount.SpeakerRef) bool { return r.At.Page == ref.At.Page }) {
			refs = append(refs, ref)
		}
	}
	for i, answer := range []recount.Sameness{recount.Same, recount.Same, recount.Different} {
		body := recount.LinkBody{A: refs[i], B: refs[(i+1)%3], Answer: answer}
		if _, err := s.study.Decide(ctx, study.By{Actor: []string{"ada", "ben", "ada"}[i]}, casebook.Draft{Answer: body}); err != nil {
			t.Fatal(err)
		}
	}
	list := ask[againList](b, "GET", "/again", nil)
	var found *againItem
	for i := range list.Items {
		if list.Items[i].What == "contradiction" {
			found = &list.Items[i]
		}
	}
	if found == nil || len(list.Items) != before+1 {
		t.Fatalf("%d are to be looked at again, %d before; want the contradiction more", len(list.Items), before)
	}
	if len(found.Given) != 3 || len(found.IDs) != 2 || found.Article == "" {
		t.Errorf("it shows %d answers, of which %d can be taken back, on article %q; want 3, 2 and one", len(found.Given), len(found.IDs), found.Article)
	}
	n := 0
	for _, q := range ask[nextReply](b, "GET", "/next", nil).Queues {
		if q.ID == "findings" {
			n = q.Left
		}
	}
	if n != len(list.Items) {
		t.Errorf("Next says %d; the list has %d", n, len(list.Items))
	}
}

// TestTypedAnswersOnAnOlderText changes a page in many ways after a statement, a
// speaker or a passage was typed in, which no reader finds again: the run of
// whole words that is most like the old one is offered, and taking it replaces
// the old answer.
func TestTypedAnswersOnAnOlderText(t *testing.T) {
	const said = "We are 36 in this hall and nobody has paid us"
	was := "A note on the door read: " + said + " since March. It was signed by the weavers of the mill."
	for _, x := range []struct {
		name, now, new string
	}{
		{"a number", strings.Replace(was, "36", "32", 1), "We are 32 in this hall and nobody has paid us"},
		{"a word more", strings.Replace(was, "36 in", "36 pensioners in", 1), "We are 36 pensioners in this hall and nobody has paid us"},
		{"a word less", strings.Replace(was, "has paid", "paid", 1), "We are 36 in this hall and nobody paid us"},
		{"a letter", strings.Replace(was, "We are", "we are", 1), "we are 36 in this hall and nobody has paid us"},
		{"a comma", strings.Replace(was, "hall and", "hall, and", 1), "We are 36 in this hall, and nobody has paid us"},
		{"the first word", strings.Replace(was, "We are", "They are", 1), "are 36 in this hall and nobody has paid us"},
		{"elsewhere on the page", "It rained. Below the hook, in chalk, we are 36 here in this hall and nobody has paid us. It was signed by the weavers.", "we are 36 here in this hall and nobody has paid us"},
		{"twice, the nearer to it", strings.Replace(was, "36", "35", 1) + " We were 36 in that hall, nobody paid us.", "We are 35 in this hall and nobody has paid us"},
		{"dropped", "A note on the door read nothing at all.", ""},
		{"other words", "A note on the door read: go home before it rains again.", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			b := changedAfter(t, was, x.now, func(b *tab, key string) {
				b.decide(b.session().Version, draft{Do: "say", Article: key, Words: said, Type: "indirect", New: &newSpeaker{Name: "the weavers", Kind: "collective"}})
			})
			list := ask[againList](b, "GET", "/again", nil)
			var item *againItem
			for i := range list.Items {
				if g := list.Items[i].Given; len(g) == 1 && g[0].Kind == "statement" {
					item = &list.Items[i]
				}
			}
			if item == nil {
				t.Fatalf("the statement is not listed: %+v", list.Items)
			}
			if item.New != x.new || (item.Move == nil) != (x.new == "") || item.Keep == nil {
				t.Fatalf("new words %q, want %q; move %+v", item.New, x.new, item.Move)
			}
			if item.Move == nil {
				return
			}
			b.decide(b.session().Version, *item.Move)
			for _, i := range ask[againList](b, "GET", "/again", nil).Items {
				if i.Given[0].Kind == "statement" {
					t.Errorf("moved, and still listed: %+v", i)
				}
			}
			key := ask[articleList](b, "GET", "/articles", nil).Items[0].Key
			n := 0
			for _, sp := range ask[article](b, "GET", "/articles/"+key, nil).Speakers {
				for _, st := range sp.Statements {
					if st.State == "accepted" {
						if n++; st.Old != "" || st.Words != x.new {
							t.Errorf("accepted is %q of %q, want %q", st.Words, st.Old, x.new)
						}
					}
				}
			}
			if n != 1 {
				t.Errorf("%d statements are accepted, want one", n)
			}
		})
	}
}

// TestSpeakerOnAnOlderTextIsMoved moves a speaker who was typed in to the words
// of now: one speaker is left, and the old answer holds no more.
func TestSpeakerOnAnOlderTextIsMoved(t *testing.T) {
	for _, x := range []struct{ name, was, now, new string }{
		{"a name spelt otherwise", "Mara Okonkwo", "Mara Okonkvo", "Mara Okonkvo"},
		{"a description", "the old weaver from Harrow", "the old weaver of Harrow", "the old weaver of Harrow"},
		{"dropped", "Mara Okonkwo", "somebody", ""},
		{"one word, another now", "Okonkwo", "Okonkvo", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			page := "The door was locked, and nothing was heard of %s until the evening came."
			b := changedAfter(t, fmt.Sprintf(page, x.was), fmt.Sprintf(page, x.now), func(b *tab, key string) {
				b.decide(b.session().Version, draft{Do: "person", Article: key, Words: x.was, Name: x.was, Silent: true})
			})
			list := ask[againList](b, "GET", "/again", nil)
			if len(list.Items) != 1 || list.Items[0].Given[0].Kind != "speaker" {
				t.Fatalf("to look at again: %+v", list.Items)
			}
			item := list.Items[0]
			if item.New != x.new || (item.Move == nil) != (x.new == "") || item.Keep == nil {
				t.Fatalf("new words %q, want %q; move %+v", item.New, x.new, item.Move)
			}
			if item.Move == nil {
				return
			}
			other := newTab(t, b.s, "ben", "2")
			refused(other, 400, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{*item.Move}})
			r := b.decide(b.session().Version, *item.Move)
			if left := ask[againList](b, "GET", "/again", nil).Items; len(left) != 0 {
				t.Errorf("moved, and still listed: %+v", left)
			}
			holding := 0
			for _, h := range ask[historyList](b, "GET", "/history?kind=speaker&limit=100", nil).Items {
				if h.Live {
					holding++
				}
			}
			if holding != 1 {
				t.Errorf("%d answers about the speaker hold, want one", holding)
			}
			ask[decisionsReply](b, "POST", "/undo", undoRequest{Token: r.Undo})
			if left := ask[againList](b, "GET", "/again", nil).Items; len(left) != 1 {
				t.Errorf("undone: %d to look at again, want 1", len(left))
			}
			refused(b, 400, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{{Do: "move", Decision: "0000"}}})
		})
	}
}

// TestAddressOfAnOlderVersion asks for an article, and all that stands under it,
// at the address that it had before its page was captured again.
func TestAddressOfAnOlderVersion(t *testing.T) {
	b := changedPage(t, hallWas, `“We are 32 in this hall and nobody has paid us since March,” said Mara Okonkwo, a weaver.`)
	now := ask[articleList](b, "GET", "/articles", nil).Items[0].Key
	old := ""
	if err := b.s.hold(context.Background(), "ada", func(k *casebook.Casebook) error {
		p, _ := k.Page(recount.Key(now))
		old = string(p.Older[0].Key)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if old == now {
		t.Fatal("the page has one version")
	}
	for _, tail := range []string{"", "/source", "/dates", "/origins", "/versions", "/figures", "/history"} {
		was, is := b.send("GET", "/articles/"+old+tail, nil), b.send("GET", "/articles/"+now+tail, nil)
		if was.Code != 200 || was.Body.String() != is.Body.String() {
			t.Errorf("%q at the older address: %d %.200s", tail, was.Code, was.Body)
		}
	}
	page := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "http://127.0.0.1:8580"+path, nil)
		r.AddCookie(b.cookie)
		return do(b.s, r)
	}
	if w := page("/articles/" + old); w.Code != 200 || !strings.Contains(w.Body.String(), "captured again") || !strings.Contains(w.Body.String(), "We are 32") {
		t.Errorf("the page at the older address: %d", w.Code)
	}
	if w := page("/articles/" + now); strings.Contains(w.Body.String(), "captured again") {
		t.Error("the newest version says that it is none")
	}
	// What was answered on the older text is refused, and nothing is there at no address.
	a, _ := b.article(now)
	refused(b, 409, "POST", "/decisions", decisionsRequest{Version: a.Version, Drafts: []draft{{Do: "screen", Article: old, Answer: "no"}}})
	refused(b, 404, "GET", "/articles/"+strings.Repeat("0", len(old)), nil)
}
