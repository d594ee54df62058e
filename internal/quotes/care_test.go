package quotes

import (
	"testing"

	"recount"
)

// TestCare reads one text as the whole of its page and as a small part of it:
// what is read of a part is half as sure.
func TestCare(t *testing.T) {
	a := &recount.Article{Key: "a", Language: "en", Text: "“Nobody told us the pier was moving,” ferry owner Siri Aune said on Monday. Rolf Hagen said that the steel had been passed as sound."}
	whole := Read(a)
	a.Notes = []string{recount.HoldsLittle + "31 % of the running text on the page; most of the rest stands before it and begins “The”: look"}
	part := Read(a)
	if len(whole.Statements) < 2 || len(part.Statements) != len(whole.Statements) {
		t.Fatalf("%d and %d statements, want the same number, two at least", len(whole.Statements), len(part.Statements))
	}
	for i := range whole.Statements {
		if got, want := part.Statements[i].Confidence, whole.Statements[i].Confidence/2; got != want {
			t.Errorf("statement %d has %d, want %d", i, got, want)
		}
	}
	if got, want := a.Care(), recount.HoldsLittle+"31 % of the running text on the page"; got != want {
		t.Errorf("Care() = %q, want %q", got, want)
	}
}
