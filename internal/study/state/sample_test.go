package state

import (
	"slices"
	"testing"
	"time"

	"recount"
	"recount/internal/cases"
)

// corpus is a state of n articles, each an original of its own, but for the
// last, which is put together from others.
func corpus(n int) *State {
	st := &State{Base: &Base{ByKey: map[recount.Key]*recount.Article{}}}
	for i := range n {
		a := &recount.Article{Key: recount.Key(rune('a' + i)), Name: string(rune('a'+i)) + ".html", Text: "words"}
		st.Articles = append(st.Articles, a)
		st.ByKey[a.Key] = a
		st.Originals = append(st.Originals, recount.Original{Key: a.Key, Members: []recount.Key{a.Key}, First: a.Key, Spliced: i == n-1})
	}
	return st
}

func (st *State) decided(t *testing.T, bodies ...any) {
	t.Helper()
	var ds []recount.Decision
	for i, b := range bodies {
		kind := recount.KindRead
		if _, ok := b.(recount.SampleBody); ok {
			kind = recount.KindSample
		}
		d, err := recount.Seal(recount.Draft{Kind: kind, Study: "s", Actor: "x", Salt: string(rune('a' + i)), Time: time.Unix(0, 0), Body: b})
		if err != nil {
			t.Fatal(err)
		}
		ds = append(ds, d)
	}
	st.Log = recount.Replay("s", ds, func(string) []string { return nil })
	st.Pages = recount.NewPages(st.Articles, func(recount.Key) string { return "" })
	st.Items, _ = st.Log.Items(st.Pages)
}

func TestDraw(t *testing.T) {
	st := corpus(9)
	st.decided(t)
	all := st.Draw("s", 100)
	if len(all) != 8 {
		t.Fatalf("drew %d of 9 articles, one of them put together from others; want 8", len(all))
	}
	if again := st.Draw("s", 100); !slices.Equal(all, again) {
		t.Error("the same draw gives other articles")
	}
	if other := st.Draw("another", 100); slices.Equal(all, other) {
		t.Error("another study draws in the same order")
	}
	st.decided(t, recount.SampleBody{Pages: []string{all[0].Page(), all[1].Page()}})
	if next := st.Draw("s", 3); !slices.Equal(next, all[2:5]) {
		t.Error("the second draw does not go on where the first ended")
	}
}

func TestMiss(t *testing.T) {
	st := corpus(4)
	said := func(article string, typed bool) cases.Said {
		return cases.Said{AcceptedStatement: recount.AcceptedStatement{Article: recount.Key(article), Typed: typed}}
	}
	st.Statements = []cases.Said{said("a", false), said("a", true), said("a", false), said("b", true), said("c", true)}
	tests := []struct {
		name   string
		bodies []any
		want   recount.Miss
	}{
		{"nothing drawn", nil, recount.Miss{}},
		{"drawn, not read", []any{recount.SampleBody{Pages: []string{"a.html"}}}, recount.Miss{Drawn: 1}},
		{"drawn and read", []any{recount.SampleBody{Pages: []string{"a.html", "b.html"}}, recount.ReadBody{Page: "a.html"}},
			recount.Miss{Drawn: 2, Read: []recount.Key{"a"}, Statements: 3, Missed: 1}},
		{"read without being drawn says nothing", []any{recount.SampleBody{Pages: []string{"a.html"}}, recount.ReadBody{Page: "b.html"}}, recount.Miss{Drawn: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			st.decided(t, tt.bodies...)
			got := st.Miss()
			if got.Drawn != tt.want.Drawn || !slices.Equal(got.Read, tt.want.Read) || got.Statements != tt.want.Statements || got.Missed != tt.want.Missed {
				t.Errorf("Miss() = %+v, want %+v", got, tt.want)
			}
		})
	}
}
