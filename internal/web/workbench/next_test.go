package workbench

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"recount/internal/study"
)

// How many pages were offered is one number wherever it is said, also after
// somebody was taken out with pages.
func TestOfferedIsOneNumber(t *testing.T) {
	dir := folder(t, "decided")
	offered := func(when string) int {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(dir, "out", "ingest.html"))
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`<span class="n">(\d+)</span> <span>offered`).FindSubmatch(b)
		if found == nil {
			t.Fatalf("%s: the page of what came in does not say how much was offered", when)
		}
		n, err := strconv.Atoi(string(found[1]))
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(t.Context(), options(dir))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		w := newTab(t, s, "ada", "1")
		if flow := ask[nextReply](w, "GET", "/next", nil).Flow; len(flow) == 0 || flow[0].Label != "offered" || flow[0].Count != n {
			t.Errorf("%s: the first page says %+v, that of what came in %d", when, flow, n)
		}
		sum := 0
		for _, x := range ask[collectReply](w, "GET", "/collect", nil).Searches {
			sum += x.Hits
		}
		if sum != n {
			t.Errorf("%s: the search log says %d, the page of what came in %d", when, sum, n)
		}
		return n
	}
	before := offered("before")
	s, err := study.Open(t.Context(), dir, options(dir).Study)
	if err != nil {
		t.Fatal(err)
	}
	people, err := s.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var x *study.Removed
	for _, row := range people.Rows { // of the first the codebook quotes words
		if x, err = s.Remove(t.Context(), study.Removal{Person: row[0], Save: true}); err == nil {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if after := offered("after"); x.Captures == 0 || after != before-x.Captures {
		t.Errorf("%d were offered, %d of them went, and now there are %d", before, x.Captures, after)
	}
}

// The months of Next are those in which the people who count were first
// reported, also after answers.
func TestNextCountsMonthsAsPeopleDo(t *testing.T) {
	w := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	compare := func(when string) (n int) {
		want := map[string]int{}
		for _, p := range ask[personList](w, "GET", "/people?limit=500", nil).Items {
			if p.Counted && len(p.FirstReported) >= len("2006-01") {
				want[p.FirstReported[:7]]++
				n++
			}
		}
		for _, m := range ask[nextReply](w, "GET", "/next", nil).Months {
			if want[m.Month] != m.Count {
				t.Errorf("%s: %d people in %s, want %d", when, m.Count, m.Month, want[m.Month])
			}
			delete(want, m.Month)
		}
		if len(want) > 0 {
			t.Errorf("%s: not among the months: %v", when, want)
		}
		return n
	}
	version, most, last := w.session().Version, 0, 0
	for i, r := range ask[articleList](w, "GET", "/articles", nil).Items[:12] {
		a, _ := w.article(r.Key)
		for k, sp := range a.Speakers {
			version = w.decide(version, draft{Do: "scope", Speaker: sp.Key, Answer: []string{"yes", "yes", "unclear"}[(i+k)%3]}).Version
		}
		last = compare("after " + r.Key)
		most = max(most, last)
	}
	for _, r := range ask[articleList](w, "GET", "/articles", nil).Items[:3] {
		a, _ := w.article(r.Key)
		for _, sp := range a.Speakers {
			version = w.decide(version, draft{Do: "scope", Speaker: sp.Key, Answer: "no"}).Version
		}
		last = compare("without those of " + r.Key)
	}
	if most < 10 || last >= most {
		t.Errorf("%d people at most, %d in the end", most, last)
	}
}

// What is left of statements is the same when nothing was answered in between:
// a number that grows while somebody looks is no number.
func TestNextSaysTheSameTwice(t *testing.T) {
	dir := folder(t, "fresh")
	s := serve(t, dir)
	w := newTab(t, s, "ada", "1")
	var drafts []draft
	pages := ask[articleList](w, "GET", "/articles", nil).Items
	for _, r := range pages {
		a, _ := w.article(r.Key)
		for _, sp := range a.Speakers {
			drafts = append(drafts, draft{Do: "scope", Speaker: sp.Key, Answer: "yes"})
		}
	}
	w.decide(w.session().Version, drafts...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	w = newTab(t, serve(t, dir), "ada", "1")
	left := func() (n int) {
		for _, q := range ask[nextReply](w, "GET", "/next", nil).Queues {
			if q.ID == "statements" {
				n = q.Left
			}
		}
		return n
	}
	if first, second := left(), left(); first != second || first < len(pages) {
		t.Errorf("%d left, then %d left, of %d articles", first, second, len(pages))
	}
}

// A time is estimated once there are answers to take a pace from.
func TestNoPaceBeforeAnswers(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	for _, q := range ask[nextReply](b, "GET", "/next", nil).Queues {
		if q.Minutes != 0 {
			t.Errorf("%s: %d minutes at the pace of somebody who answered nothing", q.ID, q.Minutes)
		}
	}
}
