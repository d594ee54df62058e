package workbench

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

// What undo and redo give after one another: each step is an answer about the
// first or second of two people, an undo or a redo, and what holds after it.
func TestUndoAndRedoInTurns(t *testing.T) {
	for _, tt := range []struct {
		name  string
		steps []string
		a, b  string // scope of the first and the second in the end
		more  bool   // something more can be done again
	}{
		{"the newest again", []string{"a yes", "a nobody", "undo", "b yes", "undo", "redo"}, "yes", "yes", false},
		{"an answer ends what can be done again", []string{"a yes", "undo", "b yes"}, "", "yes", false},
		{"also after it was undone itself", []string{"a yes", "undo", "b yes", "undo", "redo"}, "", "yes", false},
		{"twice", []string{"a yes", "b yes", "undo", "undo", "redo", "redo"}, "yes", "yes", false},
		{"half", []string{"a yes", "b yes", "undo", "undo", "redo"}, "yes", "", true},
		{"half, and an answer", []string{"a yes", "b yes", "a no", "undo", "undo", "redo", "a unclear"}, "unclear", "yes", false},
		{"half, and an answer that is undone", []string{"a yes", "b yes", "a no", "undo", "undo", "undo", "redo", "b no", "undo", "redo"}, "yes", "no", false},
		{"another answer to one question", []string{"a yes", "a no", "undo"}, "yes", "", true},
		{"and again", []string{"a yes", "a no", "undo", "redo"}, "no", "", false},
		{"to and fro", []string{"a yes", "undo", "redo", "undo", "redo"}, "yes", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
			a, people := talkative(t, w)
			key := map[byte]string{'a': people[0].Key, 'b': people[1].Key}
			for _, step := range tt.steps {
				switch {
				case step == "undo" || step == "redo":
					ask[decisionsReply](w, "POST", "/"+step, undoRequest{})
				case step[2:] == "nobody":
					w.decide(w.session().Version, draft{Do: "nobody", Speaker: key[step[0]]})
				default:
					w.decide(w.session().Version, draft{Do: "scope", Speaker: key[step[0]], Answer: step[2:]})
				}
			}
			now, _ := w.article(a.Row.Key)
			for i, want := range []string{tt.a, tt.b} {
				j := slices.IndexFunc(now.Speakers, func(x speaker) bool { return x.Key == people[i].Key })
				if j < 0 || now.Speakers[j].Scope != want {
					t.Errorf("speaker %d of %v: %d, want the answer %q", i, tt.steps, j, want)
				}
			}
			if got := w.send("POST", "/redo", undoRequest{}).Code == 200; got != tt.more {
				t.Errorf("something more can be done again: %v, want %v", got, tt.more)
			}
		})
	}
}

// Six undos and six redos give each state on the way again.
func TestSixUndosAndRedos(t *testing.T) {
	w := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	a, people := talkative(t, w)
	st := spoken(t, people[0])
	state := func() string {
		x, _ := w.article(a.Row.Key)
		b, err := json.Marshal([]any{x.Row, x.Queue, x.Speakers, w.session().Headline})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	states := []string{state()}
	for _, d := range []draft{{Do: "scope", Speaker: people[0].Key, Answer: "yes"}, {Do: "scope", Speaker: people[1].Key, Answer: "no"}, {Do: "accept", Statement: st.Key},
		{Do: "scope", Speaker: people[1].Key, Answer: "yes"}, {Do: "code", Statement: st.Key, Code: "corruption"}, {Do: "rename", Speaker: people[0].Key, Name: "Somebody Else"}} {
		w.decide(w.session().Version, d)
		states = append(states, state())
	}
	for range 2 {
		for i := 5; i >= 0; i-- {
			ask[decisionsReply](w, "POST", "/undo", undoRequest{})
			if state() != states[i] {
				t.Errorf("undo does not give state %d", i)
			}
		}
		for i := 1; i <= 6; i++ {
			ask[decisionsReply](w, "POST", "/redo", undoRequest{})
			if state() != states[i] {
				t.Errorf("redo does not give state %d", i)
			}
		}
	}
}

// Undo takes back what is left of a group of which something was taken back
// already, and redo gives that and no more.
func TestUndoOfWhatIsLeft(t *testing.T) {
	for gone := range 4 { // how many of three members are taken back first
		t.Run(fmt.Sprint(gone), func(t *testing.T) {
			w := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
			a, people := talkative(t, w)
			older := w.decide(a.Version, draft{Do: "memo", Text: "an older answer"})
			r := w.decide(w.session().Version, draft{Do: "scope", Speaker: people[0].Key, Answer: "yes"}, draft{Do: "scope", Speaker: people[1].Key, Answer: "yes"}, draft{Do: "memo", Text: "a thought"})
			for _, id := range r.Saved[:gone] {
				ask[decisionsReply](w, "POST", "/retract", retractRequest{IDs: []string{id}, Reason: "wrong"})
			}
			u := ask[decisionsReply](w, "POST", "/undo", undoRequest{})
			want, left := r.Undo, 3-gone
			if left == 0 {
				want, left = older.Undo, 1
			}
			if u.Undo != want || len(u.Words) != left {
				t.Fatalf("undo took back %s %q, want %d of %s", u.Undo, u.Words, left, want)
			}
			if d := ask[decisionsReply](w, "POST", "/redo", undoRequest{}); d.Undo != want || len(d.Words) != left {
				t.Errorf("redo gave %s %q, want %d of %s", d.Undo, d.Words, left, want)
			}
			if d := ask[decisionsReply](w, "POST", "/undo", undoRequest{Token: want}); len(d.Words) != left {
				t.Errorf("undo by its token took back %q", d.Words)
			}
			refused(w, 409, "POST", "/undo", undoRequest{Token: want})
			if gone < 3 {
				if u := ask[decisionsReply](w, "POST", "/undo", undoRequest{}); u.Undo != older.Undo {
					t.Errorf("then undo took back %s, want %s", u.Undo, older.Undo)
				}
			}
			refused(w, 404, "POST", "/undo", undoRequest{})
		})
	}
}
