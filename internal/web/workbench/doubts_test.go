package workbench

import (
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// Who is who is doubted beside the pair and on the page of the person: where two
// coders answered differently, where answers about three contradict one
// another, and nowhere else.
func TestDoubtsStandBesideThePairAndThePerson(t *testing.T) {
	type said struct {
		actor string
		a, b  int
		says  recount.Sameness
	}
	tests := []struct {
		name  string
		said  []said
		pair  [2]int
		what  string
		says  int
		whose []int // on whose pages it stands
	}{
		{"nothing is said", nil, [2]int{0, 1}, "", 0, nil},
		{"two agree", []said{{"ada", 0, 1, recount.Same}, {"ben", 0, 1, recount.Same}}, [2]int{0, 1}, "", 0, nil},
		{"another contests the join", []said{{"ada", 0, 1, recount.Same}, {"ben", 0, 1, recount.Different}}, [2]int{0, 1}, "disagreement", 2, []int{0, 1}},
		{"the other way round", []said{{"ben", 1, 0, recount.Different}, {"ada", 0, 1, recount.Same}}, [2]int{1, 0}, "disagreement", 2, []int{0, 1}},
		{"another is unsure", []said{{"ada", 0, 1, recount.Same}, {"ben", 0, 1, recount.Unsure}}, [2]int{0, 1}, "disagreement", 2, []int{0, 1}},
		{"one changed the mind", []said{{"ada", 0, 1, recount.Same}, {"ada", 0, 1, recount.Different}}, [2]int{0, 1}, "", 0, nil},
		{"a chain against a difference", []said{{"ada", 0, 1, recount.Same}, {"ben", 1, 2, recount.Same}, {"ada", 0, 2, recount.Different}}, [2]int{0, 2}, "contradiction", 3, []int{0, 1, 2}},
		{"seen from a link of the chain", []said{{"ada", 0, 1, recount.Same}, {"ben", 1, 2, recount.Same}, {"ada", 0, 2, recount.Different}}, [2]int{0, 1}, "contradiction", 3, []int{0, 1, 2}},
		{"a doubt about others", []said{{"ada", 0, 1, recount.Same}, {"ben", 0, 1, recount.Different}}, [2]int{2, 3}, "", 0, []int{0, 1}},
		{"three differ", []said{{"ada", 0, 1, recount.Same}, {"ben", 0, 1, recount.Different}, {"cy", 0, 1, recount.Different}}, [2]int{0, 1}, "disagreement", 3, []int{0, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, folder(t, "fresh"))
			b := newTab(t, s, "ada", "1")
			book, err := s.study.Casebook(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var refs []recount.SpeakerRef
			var keys []string
			for v, err := range book.Voices(t.Context(), casebook.Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				ref, err := book.Ref(t.Context(), v)
				if err == nil && len(refs) < 4 && v.Kind.Person() && !slices.ContainsFunc(refs, func(r recount.SpeakerRef) bool { return r.At.Page == ref.At.Page }) {
					refs, keys = append(refs, ref), append(keys, string(v.ID))
				}
			}
			var drafts []draft
			for _, k := range keys {
				drafts = append(drafts, draft{Do: "scope", Speaker: k, Answer: "yes"})
			}
			b.decide(b.session().Version, drafts...)
			for _, x := range tt.said {
				if _, err := s.study.Decide(t.Context(), study.By{Actor: x.actor}, casebook.Draft{Answer: recount.LinkBody{A: refs[x.a], B: refs[x.b], Answer: x.says}}); err != nil {
					t.Fatal(err)
				}
			}
			check := func(where string, got []doubt, what string, says int) {
				t.Helper()
				if what == "" {
					if len(got) > 0 {
						t.Errorf("%s: %+v, want no doubt", where, got)
					}
					return
				}
				if len(got) != 1 || got[0].What != what || len(got[0].Says) != says {
					t.Errorf("%s: %+v, want one %s of %d answers", where, got, what, says)
					return
				}
				for _, x := range got[0].Says {
					if x.Actor == "" || !strings.Contains(x.A, " (") || !strings.Contains(x.B, " (") || x.Answer == "" {
						t.Errorf("%s: an answer is shown as %+v", where, x)
					}
				}
			}
			check("the pair", ask[pairPage](b, "GET", "/pairs/"+keys[tt.pair[0]]+"/"+keys[tt.pair[1]], nil).Doubts, tt.what, tt.says)
			for i, k := range keys {
				p := ""
				a, _ := b.article(string(mustPage(t, book, refs[i])))
				for _, sp := range a.Speakers {
					if sp.Key == k && sp.Person != nil {
						p = sp.Person.ID
					}
				}
				got := ask[personPage](b, "GET", "/people/"+p, nil).Doubts
				if slices.Contains(tt.whose, i) != (len(got) == 1) {
					t.Errorf("the page of the person %d: %+v", i, got)
				}
			}
		})
	}
}

func mustPage(t *testing.T, book *casebook.Casebook, ref recount.SpeakerRef) recount.Key {
	t.Helper()
	p, ok := book.PageNamed(ref.At.Page, ref.At.Part)
	if !ok {
		t.Fatalf("no page %s", ref.At.Page)
	}
	return p.Key
}
