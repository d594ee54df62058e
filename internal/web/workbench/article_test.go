package workbench

import (
	"testing"

	"recount"
	"recount/internal/figures"
)

// The page of an article names the whole of a figure only where the article states it,
// as `recount figures` does.
func TestWholeOfAFigure(t *testing.T) {
	tests := []struct{ text, part, whole string }{
		{"The mine lost 58 workers. A quarter of respondents blamed the company.", "A quarter", ""},
		{"The mine lost 58 workers. About 60% said that they would go.", "About 60%", ""},
		{"The fire killed 130 people. Nearly a fifth of those who replied had thought of leaving.", "Nearly a fifth", ""},
		{"The list names 58 miners. It was long. About 61% of the cases came up in May.", "About 61%", ""},
		{"The institute counts 58 miners, and a quarter of those who spoke were women.", "a quarter", ""},
		{"Of the 58 miners who spoke, 61% left in May.", "61%", "58"},
		{"The report lists 58 defectors. A third of them spoke to a newspaper.", "A third of them", "58"},
		{"The report lists 58 defectors, and a third spoke to a newspaper.", "a third", "58"},
		{"Fifty-eight people died. Only two were children.", "two", "Fifty-eight"},
		{"Fourteen of the 58 defectors were women.", "Fourteen", "58"},
	}
	inferred := 0
	for _, tt := range tests {
		a := &recount.Article{Key: "a", Text: tt.text, Language: "en"}
		x := &sheet{article: a, reading: &recount.Reading{}, points: recount.NewCodePoints(a.Text)}
		found := figures.Find(a, nil)
		seen := false
		for i := range found {
			if spot := x.figure(found, i); spot.Words == tt.part {
				seen = true
				if spot.Of != tt.whole {
					t.Errorf("%q: the page shows %s as a part of %q, want %q", tt.text, tt.part, spot.Of, tt.whole)
				}
				if spot.Of == "" && found[i].Of >= 0 {
					inferred++
				}
			}
		}
		if !seen {
			t.Errorf("%q: no figure %q", tt.text, tt.part)
		}
	}
	if inferred < 3 {
		t.Errorf("%d wholes are inferred and not shown, want 3 or more: the test shows nothing", inferred)
	}
}
