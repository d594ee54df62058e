package figures

import (
	"testing"

	"recount"
)

// A share is checked as a person says that it is, whatever its words were read as;
// where both say the same, the words still tell how it was rounded.
func TestSharesThatAPersonCorrected(t *testing.T) {
	value := func(s string) *recount.Decimal {
		d, err := recount.ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	for _, tt := range []struct {
		words     string
		value     string
		qualifier recount.Qualifier
		whole     int64
		asked     string // a question with the same answer
	}{
		{"a third", "61%", recount.Exact, 59, "61% of 59"},
		{"a third", "1/3", recount.Exact, 58, "a third of 58"},
		{"60%", "66%", recount.Exact, 58, "66% of 58"},
		{"60%", "60%", recount.Exact, 58, "60% of 58"},
		{"almost 60%", "66%", recount.Almost, 58, "almost 66% of 58"},
		{"almost 60%", "60%", recount.Almost, 58, "almost 60% of 58"},
		{"about a quarter", "31%", recount.About, 58, "about 31% of 58"},
		{"at least half", "40%", recount.AtLeast, 30, "at least 40% of 30"},
		{"more than half", "55%", recount.MoreThan, 20, "more than 55% of 20"},
		{"one in five", "22%", recount.Exact, 50, "22% of 50"},
		{"one in five", "1/5", recount.Exact, 58, "one in five of 58"},
		{"six in ten", "61.7%", recount.Exact, 60, "61.7% of 60"},
		{"no share at all", "25%", recount.Exact, 40, "25% of 40"},
		{"two thirds", "50%", recount.Exact, 3, "50% of 3"},
		{"ein Drittel", "61%", recount.Exact, 59, "61% of 59"},
		{"ein Drittel", "1/3", recount.Exact, 58, "a third of 58"},
		{"ein Fünftel", "1/5", recount.Exact, 58, "a fifth of 58"},
		{"un sur cinq", "0.2", recount.Exact, 58, "one in five of 58"},
		{"un sur cinq", "22%", recount.Exact, 50, "22% of 50"},
		{"uno de cada cinco", "1/5", recount.Exact, 58, "one in five of 58"},
		{"пятая часть", "20%", recount.Exact, 58, "a fifth of 58"},
		{"пятая часть", "50%", recount.Exact, 3, "50% of 3"},
		{"üçte biri", "1/3", recount.Exact, 7, "a third of 7"},
		{"61 Prozent", "66%", recount.Exact, 58, "66% of 58"},
		{"un terço", "1/4", recount.Exact, 58, "25% of 58"},
	} {
		want, err := DefaultBands.Check(tt.asked)
		if err != nil {
			t.Fatalf("%s: %v", tt.asked, err)
		}
		f := recount.ReportedFigure{Kind: recount.ShareFigure, Qualifier: tt.qualifier, Value: value(tt.value), ByPerson: true, Key: "k"}
		got, err := DefaultBands.Answer(f, tt.words, tt.whole)
		if err != nil || got.First != want.First || got.Last != want.Last {
			t.Errorf("%q said to be %s of %d: %d to %d, %v; want %d to %d as in %q", tt.words, tt.value, tt.whole, got.First, got.Last, err, want.First, want.Last, tt.asked)
		}
	}
}
