package workbench

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestPersonIsTakenOut looks at what goes with a person, which changes nothing,
// and takes the person out: no list, page or search of the open study holds
// the person any more.
func TestPersonIsTakenOut(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "ada", "1")
	all := ask[personList](b, "GET", "/people?limit=1000", nil)
	version := b.session().Version
	// Somebody whom no study file quotes: such a file is cleaned by hand first.
	var p personRow
	var would removalReply
	for _, x := range all.Items {
		if !x.Counted || x.Articles != 1 {
			continue
		}
		if r := ask[removalReply](b, "POST", "/removals", removalRequest{Person: x.ID}); len(r.Left) == 0 {
			p, would = x, r
			break
		}
	}
	if !slices.Contains(would.Who, p.Name) || len(would.Pages) == 0 || would.Decisions == 0 || len(would.Answers) == 0 || would.After >= would.Before || would.Job != nil {
		t.Fatalf("what would go: %+v", would)
	}
	if now := ask[personList](b, "GET", "/people?limit=1000", nil); now.Total != all.Total || b.session().Version != version {
		t.Error("looking took somebody out")
	}
	for _, tt := range []struct {
		name string
		req  removalRequest
		code int
	}{
		{"nobody", removalRequest{}, 400},
		{"too few digits", removalRequest{Person: "ab"}, 400},
		{"nobody of this id", removalRequest{Person: "zzzzzzzz"}, 404},
	} {
		if x := refused(b, tt.code, "POST", "/removals", tt.req); x.Hint == "" {
			t.Errorf("%s: no hint", tt.name)
		}
	}
	refused(newTab(t, b.s, "", "2"), 403, "POST", "/removals", removalRequest{Person: p.ID})
	did := ask[removalReply](b, "POST", "/removals", removalRequest{Person: p.ID, Save: true, Reason: "asked to be left out"})
	if did.Job == nil || strings.Contains(did.Job.Label, p.Name) {
		t.Fatalf("job: %+v", did.Job)
	}
	var j job
	for end := time.Now().Add(4 * time.Minute); time.Now().Before(end) && j.State != "done" && j.State != "failed"; time.Sleep(100 * time.Millisecond) {
		for _, x := range ask[jobList](b, "GET", "/jobs", nil).Items {
			if x.ID == did.Job.ID {
				j = x
			}
		}
	}
	if j.State != "done" {
		t.Fatalf("job: %+v", j)
	}
	now := ask[personList](b, "GET", "/people?limit=1000", nil)
	counted := 0
	for _, x := range now.Items {
		if x.Counted {
			counted++
		}
	}
	if counted != would.After || slices.ContainsFunc(now.Items, func(x personRow) bool { return x.ID == p.ID }) {
		t.Errorf("%d people are counted after it, want %d", counted, would.After)
	}
	refused(b, 404, "GET", "/people/"+p.ID, nil)
	for _, path := range []string{"/people?limit=1000", "/articles?limit=1000", "/history?limit=1000", "/search?q=" + strings.Fields(p.Name)[0]} {
		if body := b.send("GET", path, nil).Body.String(); strings.Contains(body, `"`+p.Name+`"`) {
			t.Errorf("%s still holds the person", path)
		}
	}
}
