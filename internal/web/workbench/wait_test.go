package workbench

import (
	"context"
	"net/http"
	"testing"
	"time"

	"recount/internal/study"
)

// While another step changes the study (pages are taken in, a report is
// written), everything can be read. An answer waits for the step, is not
// refused, and is saved after it; so are two of two people.
func TestReadingGoesOnWhileAStepRuns(t *testing.T) {
	dir := folder(t, "fresh")
	s := serve(t, dir)
	ada, ben := newTab(t, s, "ada", "1"), newTab(t, s, "ben", "2")
	a, people := talkative(t, ada)
	other, err := study.Open(context.Background(), dir, options(dir).Study)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	began, over, ended := make(chan bool), make(chan bool), make(chan error)
	go func() {
		ended <- other.Change(context.Background(), func() error { close(began); <-over; return nil })
	}()
	<-began
	type reply struct {
		code int
		body string
	}
	saved := make(chan reply, 2)
	for _, b := range []*tab{ada, ben} {
		go func() {
			w := b.send("POST", "/decisions", decisionsRequest{Version: a.Version, Drafts: []draft{{Do: "scope", Speaker: people[0].Key, Answer: "yes"}}})
			saved <- reply{w.Code, w.Body.String()}
		}()
	}
	// The sum of the reads is far below the time for which the step runs, and
	// none waits for it.
	for n := 0; n < 3; n++ {
		for _, path := range []string{"/session", "/articles", "/articles/" + string(a.Row.Key), "/people", "/next", "/speakers", "/pairs", "/search?q=Order", "/results", "/history", "/studies"} {
			at := time.Now()
			ask[map[string]any](ada, "GET", path, nil)
			if took := time.Since(at); took > 5*time.Second {
				t.Errorf("%s took %v while a step runs", path, took)
			}
		}
	}
	select {
	case r := <-saved:
		t.Fatalf("an answer came while a step changes the study: %d %s", r.code, r.body)
	case <-time.After(300 * time.Millisecond):
	}
	if x := ada.session(); x.Version != a.Version {
		t.Errorf("the version went from %d to %d while a step runs", a.Version, x.Version)
	}
	close(over)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if r := <-saved; r.code != http.StatusOK {
			t.Errorf("an answer that waited: %d %s", r.code, r.body)
		}
	}
	now, _ := ada.article(a.Row.Key)
	for _, sp := range now.Speakers {
		if sp.Key == people[0].Key && sp.Scope != "yes" {
			t.Errorf("the answer that waited is %q", sp.Scope)
		}
	}
}

// An answer that nobody waits for any more is not saved later.
func TestAnAnswerThatIsGivenUpIsNotSaved(t *testing.T) {
	dir := folder(t, "fresh")
	s := serve(t, dir)
	ada := newTab(t, s, "ada", "1")
	a, people := talkative(t, ada)
	other, err := study.Open(context.Background(), dir, options(dir).Study)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	err = other.Change(context.Background(), func() error {
		r := ada.request("POST", "/decisions", decisionsRequest{Version: a.Version, Drafts: []draft{{Do: "scope", Speaker: people[0].Key, Answer: "yes"}}})
		ctx, cancel := context.WithTimeout(r.Context(), 300*time.Millisecond)
		defer cancel()
		if w := do(s, r.WithContext(ctx)); w.Code != http.StatusServiceUnavailable {
			t.Errorf("an answer that was given up: %d %s", w.Code, w.Body)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * lockPause)
	if x := ada.session(); x.Version != a.Version {
		t.Errorf("the version went from %d to %d", a.Version, x.Version)
	}
}
