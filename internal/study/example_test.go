package study_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// at is the clock of the tests.
func at() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }

// shared is a folder of all tests, "" until one needs it.
var shared string

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // the word lists and weights stay, and looking through them more seldom is a seventh less time
	code := m.Run()
	if shared != "" {
		os.RemoveAll(shared)
	}
	os.Exit(code)
}

// made makes the example study once.
var made = sync.OnceValues(func() (ran *study.Ran, err error) {
	if shared, err = os.MkdirTemp("", "recount-study-"); err != nil {
		return nil, err
	}
	s, ran, err := study.Demo(context.Background(), filepath.Join(shared, "order"), study.Options{Actor: "analyst", Now: at})
	if err != nil {
		return nil, err
	}
	return ran, s.Close()
})

// demo copies the example study into a temporary folder.
func demo(t *testing.T) (*study.Study, *study.Ran) {
	t.Helper()
	ran, err := made()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "order")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(shared, "order"))); err != nil {
		t.Fatal(err)
	}
	s, err := study.Open(context.Background(), dir, study.Options{Actor: "analyst", Now: at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, ran
}

type totals struct {
	Cases     int             `json:"cases"`
	Women     int             `json:"women"`
	ByCountry map[string]int  `json:"by_country"`
	ByMonth   map[string]int  `json:"by_month_first_reported"`
	ByReason  map[string]int  `json:"by_reason"`
	BySub     map[string]int  `json:"by_subreason"`
	In2015    struct{ K int } `json:"reported_jan_aug_2015"`
	InSummer  struct{ K int } `json:"reported_jun_aug_2015"`
}

func readTotals(t *testing.T) (apart, merged totals, originals int) {
	t.Helper()
	b, err := os.ReadFile("../../examples/order/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Totals struct {
			General struct {
				Originals int `json:"original_stories"`
			} `json:"general"`
			Apart  totals `json:"undecided_kept_apart"`
			Merged totals `json:"undecided_merged"`
		} `json:"totals"`
	}
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all.Totals.Apart, all.Totals.Merged, all.Totals.General.Originals
}

// The report of the example equals the truth of the study in cases, women,
// periods, countries and reasons, with the range that its open questions leave.
func TestExampleReportEqualsTruth(t *testing.T) {
	_, ran := demo(t)
	apart, merged, _ := readTotals(t)
	got := map[string]recount.Result{}
	for _, r := range ran.Produced.Results {
		got[r.Name] = r
	}
	numbers := []struct {
		name   string
		n      int
		lo, hi int
	}{
		{"people", apart.Cases, merged.Cases, apart.Cases},
		{"women", apart.Women, merged.Women, apart.Women},
		{"in_2015", apart.In2015.K, merged.In2015.K, apart.In2015.K},
		{"summer", apart.InSummer.K, merged.InSummer.K, apart.InSummer.K},
		{"orlund", apart.ByCountry["Orlund"], merged.ByCountry["Orlund"], apart.ByCountry["Orlund"]},
	}
	for _, want := range numbers {
		r := got[want.name]
		if r.N != want.n || r.Range.Low != want.lo || r.Range.High != want.hi || !r.Range.Exact {
			t.Errorf("%s: got %d, range %d to %d (exact %v); want %d, range %d to %d", want.name, r.N, r.Range.Low, r.Range.High, r.Range.Exact, want.n, want.lo, want.hi)
		}
	}
	tables := []struct {
		name string
		want map[string]int
	}{
		{"countries", apart.ByCountry},
		{"months", apart.ByMonth},
		{"reasons", apart.ByReason},
		{"subreasons", apart.BySub},
	}
	for _, tt := range tables {
		rows := map[string]int{}
		for _, r := range got[tt.name].Rows {
			rows[r.Name] = r.N
		}
		for name, n := range tt.want {
			if rows[name] != n {
				t.Errorf("%s, %s: got %d, want %d", tt.name, name, rows[name], n)
			}
		}
	}
}

// TestQuestionsByWhatTheyMove lists the open questions of the example, to which
// some are added: what moves a number most comes first, then what moves more
// numbers.
func TestQuestionsByWhatTheyMove(t *testing.T) {
	s, _ := demo(t)
	ctx := context.Background()
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []casebook.Draft
	for v, err := range book.Voices(ctx, casebook.Filter{All: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if ref, err := book.Ref(ctx, v); err != nil {
			t.Fatal(err)
		} else if v.Scope == recount.Yes && len(drafts) < 6 {
			drafts = append(drafts, casebook.Draft{Answer: recount.ScopeBody{Speaker: ref, Answer: recount.Unclear, Criteria: map[string]string{}}})
		}
	}
	if _, err := s.Decide(ctx, study.By{}, drafts...); err != nil {
		t.Fatal(err)
	}
	list, err := s.OpenQuestions(ctx, study.Query{}, true)
	if err != nil {
		t.Fatal(err)
	}
	rank := func(q study.OpenQuestion) []int {
		most := 0
		for i, m := range q.Moves {
			if i > 0 && m.Most > q.Moves[i-1].Most {
				t.Errorf("%s: %s stands behind what it moves less", q.Key, m.Label)
			}
			most = max(most, m.Most)
		}
		return []int{most, len(q.Moves)}
	}
	seen := map[string]bool{}
	for i, q := range list {
		seen[fmt.Sprint(rank(q))] = true
		if i > 0 && slices.Compare(rank(q), rank(list[i-1])) > 0 {
			t.Errorf("question %d, %s, moves more than the one before it", i, q.Key)
		}
	}
	if len(list) < 5 || len(seen) < 2 {
		t.Errorf("%d questions of %d ranks: the order shows nothing", len(list), len(seen))
	}
}
