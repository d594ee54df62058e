package study_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount/internal/study"
)

// TestWhatAnEditionLacks: what is said of an edition before it is written is what stands in
// it: whose words, which sentences are gone, what was left out; and no table stands twice.
func TestWhatAnEditionLacks(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	write(t, s, "report.md", `---
title: Who left
results:
  people:
    count: all
  women:
    share: gender == "woman"
  reasons:
    by: code.top
  subreasons:
    by: code
  months:
    by: month
    from: 2014-01
    to: 2015-08
  halves:
    by: half
  reasons_by_gender:
    by: code.top, gender
---

{{people}} people spoke. {{women}} are women. They are fewer.

{{table reasons}}

In detail:

{{table subreasons}}

{{timeline months}}

{{table halves}}
`)
	list, err := s.Publish(ctx, study.Publish{})
	if err != nil {
		t.Fatal(err)
	}
	lost := 0
	for _, r := range list.Reasons {
		if drop := r.Change != nil && r.Change.Op == "drop"; drop != (r.Loss != "") {
			t.Errorf("%q goes with %+v", r.Loss, r.Change)
		} else if drop {
			lost++
			if !strings.HasPrefix(r.Loss, "it leaves out the ") || !strings.Contains(r.Loss, "numbers are left") {
				t.Errorf("%q", r.Loss)
			}
		}
	}
	if lost == 0 {
		t.Error("no change leaves a result out")
	}
	dir := filepath.Join(t.TempDir(), "edition")
	var asked study.Publishing
	done, err := s.Publish(ctx, study.Publish{All: true, Dir: dir, Confirm: func(p *study.Publishing) bool { asked = *p; return true }})
	if err != nil {
		t.Fatal(err)
	}
	if done.Before == nil || done.After == nil || done.Before.Numbers <= done.After.Numbers || done.After.Numbers != asked.Numbers || done.After.Quotations != asked.Quotations {
		t.Errorf("before %+v, after %+v, asked %+v", done.Before, done.After, asked)
	}
	if asked.Quoted == 0 || asked.Quoted >= asked.Quotations {
		t.Errorf("%d quotations of %d people", asked.Quotations, asked.Quoted)
	}
	b, err := os.ReadFile(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	if n := strings.Count(text, "- “"); n != asked.Quotations {
		t.Errorf("%d quotations stand there, %d were said", n, asked.Quotations)
	}
	said := strings.Join(asked.Omitted, "\n")
	for _, gone := range []string{"are women", "They are fewer", "In detail:"} {
		if strings.Contains(text, gone) || !strings.Contains(said, gone) {
			t.Errorf("%q stands there, or is not said to be gone: %q", gone, said)
		}
	}
	if len(asked.Omitted) != 3 || !strings.Contains(text, "3 sentences") {
		t.Errorf("%q", asked.Omitted)
	}
	if n := strings.Count(text, "\n| January to June 2014 |"); n != 1 {
		t.Errorf("the half years stand there %d times", n)
	}
	for name, there := range map[string]bool{"reasons": true, "subreasons": false, "months": true, "halves": false} {
		if _, err := os.Stat(filepath.Join(dir, "tables", name+".csv")); (err == nil) != there {
			t.Errorf("%s.csv: %v", name, err)
		}
	}
}
