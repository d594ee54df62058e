package casebook_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
)

// all writes everything that a view says, and what was decided.
func all(t testing.TB, v *casebook.View) string {
	t.Helper()
	says := dumpView(t, v)
	for _, x := range v.Everything() {
		says += fmt.Sprintf("decision %s %q %+v\n", x.Decision.ID, x.Decision.Erasable.Reason, x.Answer)
	}
	return says
}

// A snapshot says the same for ever, whatever is decided after it, and the
// newest says what the casebook says.
func TestSnapshotsStay(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(3) {
		rnd := rand.New(rand.NewPCG(seed, 11))
		m := newStudy(t, 9, 4)
		ds := m.random(rnd, 120)
		m.save(ds[:40]...)
		c := m.open()
		people, err := c.Tally("people", &count.Problem{}, count.Query{Name: "people"})
		if err != nil {
			t.Fatal(err)
		}
		type kept struct {
			view *casebook.View
			says string
			n    int
		}
		var ks []kept
		for from := 40; from < len(ds); from += 5 {
			v := c.Snapshot()
			same(t, fmt.Sprintf("seed %d, the newest at %d", seed, from), all(t, c.View), all(t, v))
			want, err := people.Number()
			if got, ok := v.Number("people"); err != nil || !ok || got.Err != nil || got.N != want.N || got.Range != want.Range {
				t.Fatalf("seed %d at %d: the snapshot counts %+v, %v; want %+v, %v", seed, from, got, ok, want, err)
			}
			ks = append(ks, kept{v, all(t, v), want.N})
			if err := c.Save(ctx, ds[from:min(len(ds), from+5)]...); err != nil {
				t.Fatal(err)
			}
			if c.Snapshot() == v {
				t.Fatal("the snapshot is the same after a step")
			}
			if from == 80 {
				if err := m.store.EraseDecision(ctx, ds[rnd.IntN(from)].ID); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := c.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for i, k := range ks {
			same(t, fmt.Sprintf("seed %d, kept since step %d", seed, i), k.says, all(t, k.view))
			if got, _ := k.view.Number("people"); got.N != k.n {
				t.Errorf("seed %d: the number kept since step %d is %d now; want %d", seed, i, got.N, k.n)
			}
		}
		// A step that fails leaves the newest snapshot as it was, and the next
		// step takes in what was saved.
		before := c.Snapshot()
		stopped, stop := context.WithCancel(ctx)
		extra := m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.No, Criteria: map[string]string{}})
		m.save(extra)
		stop()
		if err := c.Apply(stopped, extra); err == nil {
			t.Fatal("a step that was stopped ended well")
		}
		if c.Snapshot() != before {
			t.Error("a step that failed left a snapshot")
		}
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		same(t, "after a step that failed", dump(t, m.open()), dump(t, c))
	}
}

// Many goroutines read while one decides: each sees whole steps, and never one
// older than a step that it saw end. The race detector watches (make race).
func TestManyReadOneDecides(t *testing.T) {
	ctx := context.Background()
	m := newStudy(t, 9, 4)
	c := m.open()
	if _, err := c.Tally("people", &count.Problem{}, count.Query{Name: "people"}); err != nil {
		t.Fatal(err)
	}
	const steps, readers = 60, 4
	var done sync.WaitGroup
	stop := make(chan struct{})
	for r := range readers {
		done.Go(func() {
			last := 0
			for {
				select {
				case <-stop:
					return
				default:
				}
				v := c.Snapshot()
				// Each step gives two people of one page the same answer, and one of
				// them a country that counts the steps.
				scope, step := map[recount.YesNo]int{}, 0
				for x, err := range v.Voices(ctx, casebook.Filter{Page: m.articles[0].Key}) {
					if err != nil {
						t.Error(err)
						return
					}
					if x.Scope != "" {
						scope[x.Scope]++
					}
					if x.Member != nil {
						for _, y := range x.Member.Values {
							fmt.Sscan(y.Value, &step)
						}
					}
				}
				if len(scope) > 1 {
					t.Errorf("reader %d saw half a step: %v", r, scope)
					return
				}
				if step < last && step != 0 {
					t.Errorf("reader %d saw step %d after step %d", r, step, last)
					return
				}
				last = max(last, step)
				people := 0
				for _, x := range v.Members() {
					if x.Scope == recount.Yes {
						people++
					}
				}
				if got, ok := v.Number("people"); !ok || got.Err != nil || got.N != people {
					t.Errorf("reader %d: the number is %d, %v; want %d", r, got.N, got.Err, people)
					return
				}
				if r == 0 {
					all(t, v)
				}
				if r == 1 {
					if _, _, err := c.Result("people"); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	seal := func(d recount.Draft) (recount.Decision, error) {
		m.salt++
		d.Study, d.Time, d.Salt = "s", began, fmt.Sprint("salt", m.salt)
		return recount.Seal(d)
	}
	for i := range steps {
		answer := []recount.YesNo{"yes", "no", "unclear"}[i%3]
		var drafts []casebook.Draft
		for k := range 2 {
			drafts = append(drafts, casebook.Draft{Answer: recount.ScopeBody{Speaker: m.ref(0, k, false), Answer: answer, Criteria: map[string]string{}}})
		}
		drafts = append(drafts, casebook.Draft{Answer: recount.ValueBody{Speaker: m.ref(0, 0, false), Variable: "country", Value: fmt.Sprint(i + 1)}})
		if _, err := c.Decide(ctx, casebook.By{Actor: "ada"}, seal, drafts...); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	done.Wait()
	same(t, "the newest", all(t, c.View), all(t, c.Snapshot()))
}

// What people decide about a page is put into a copy of its text, and a text
// that was erased is not kept.
func TestTextsComeAsTheyAre(t *testing.T) {
	ctx := context.Background()
	m := newStudy(t, 3, 2)
	c := m.open()
	key := m.articles[0].Key
	first, err := c.Article(ctx, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Save(ctx, m.seal("ada", recount.PageBody{Page: m.articles[0].Name, Field: recount.TitleField, Value: "Corrected"})); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		a, err := c.Article(ctx, key)
		if err != nil {
			t.Fatal(err)
		}
		if a.Title != "Corrected" || len(a.Notes) != 0 || len(a.Decided) != 1 || a.Text != first.Text || first.Title != "" || len(first.Decided) != 0 {
			t.Fatalf("the article is %q with %q decided and notes %q, and was %q", a.Title, a.Decided, a.Notes, first.Title)
		}
	}
	if err := m.store.EraseText(ctx, key); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if a, err := c.Article(ctx, key); err != nil || a.Text != "" {
		t.Errorf("after it was erased the text is %q, %v", a.Text, err)
	}
}
