package report

import (
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/report/document"
)

// A question names its code in words, ends with a question mark and says who said what.
func TestQuestionsInWords(t *testing.T) {
	x := &Index{Material: &Material{Codebook: recount.Codebook{Codes: []recount.Code{{Code: "PER.grief", Short: "Grief and guilt."}}},
		Annex: &Annex{Boundary: []Boundary{{Article: "a", At: recount.Span{Start: 1, End: 5}, Reason: "ada: yes (left); ben: no (a daughter)"}}}},
		Member: map[recount.Key]*recount.Member{"m": {Key: "m", Article: "a", At: recount.Span{Start: 1, End: 5}}, "n": {Key: "n", Article: "b"}}}
	r := &study{x: x}
	for _, tt := range []struct {
		q         recount.Question
		text, why string
	}{
		{recount.Question{What: "code", Text: "does PER.grief apply to “I carry laundry ...”? ada: yes; ben: no"}, "Does “Grief and guilt” apply to “I carry laundry ...”?", "ada: yes; ben: no."},
		{recount.Question{What: "code", Text: "does other_code apply to “I carry laundry ...”? ada: yes; ben: no"}, "Does “other code” apply to “I carry laundry ...”?", "ada: yes; ben: no."},
		{recount.Question{What: "code", Text: "does PER.grief apply to “Why? Nobody said.”? ada, cem: yes; ben: no"}, "Does “Grief and guilt” apply to “Why? Nobody said.”?", "ada, cem: yes; ben: no."},
		{recount.Question{What: "value", Text: "what is the home port of Ann? ada: Sund; ben: Mole"}, "What is the home port of Ann?", "ada: Sund; ben: Mole."},
		{recount.Question{What: "gender", Text: "what is the gender of Kim? ada: woman; ben: man"}, "What is the gender of Kim?", "ada: woman; ben: man."},
		{recount.Question{What: "words", Text: "in which words was it said? ada: “Go.”; ben: “Go on.”"}, "In which words was it said?", "ada: “Go.”; ben: “Go on.”."},
		{recount.Question{What: "link", Text: "are A man and Bram Tol one person? (the same age)"}, "Are a man and Bram Tol one person?", "The same age"},
		{recount.Question{What: "link", Text: "are A man and Bram Tol one person?"}, "Are a man and Bram Tol one person?", ""},
		{recount.Question{What: "scope", Text: "does Agnes count?", About: []recount.Key{"m"}}, "Does Agnes count?", "ada: yes (left); ben: no (a daughter)."},
		{recount.Question{What: "scope", Text: "does Bram count?", About: []recount.Key{"n"}}, "Does Bram count?", ""},
	} {
		text, why := r.question(&asked{Question: tt.q})
		if text != tt.text || why != tt.why {
			t.Errorf("%q is asked as %q with %q, want %q with %q", tt.q.Text, text, why, tt.text, tt.why)
		}
	}
}

// What changed stands with its reasons under it.
func TestChangesKeepTheirReasonsUnderThem(t *testing.T) {
	r := &study{x: &Index{Material: &Material{Annex: &Annex{Since: &Since{Name: "first", Day: "2026-01-31", Lines: []string{"people: 7 to 9.", "  Kez came in: ada decided.", "months: 1 of 7 to 2 of 9."}}}}}}
	var got []string
	for _, b := range r.changes() {
		if b.Kind == document.ListItem {
			got = append(got, strings.Repeat(">", b.Level)+document.Words(b.Text))
		}
	}
	if want := []string{">people: 7 to 9.", ">>Kez came in: ada decided.", ">months: 1 of 7 to 2 of 9."}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
