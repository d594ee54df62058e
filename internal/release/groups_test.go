package release

import (
	"testing"

	"recount"
)

// TestWordsOfAWholeGroup reads sentences that say something of all women, of whom there
// are seven, here made four, of everybody from a country of three, or of nobody.
func TestWordsOfAWholeGroup(t *testing.T) {
	e := study58(t)
	e.Columns[0].Name = "gender"
	women := 0
	for i, v := range e.Columns[0].Of {
		e.Columns[0].Of[i] = "man"
		if v == "F" && women < 4 {
			e.Columns[0].Of[i] = "woman"
			women++
		}
	}
	e.Results = []Result{{Name: "people", Label: "people"}, {Name: "country", Label: "country", Dims: []Dimension{by(e.Column("country"))}}}
	s := NewShape([]recount.ReleaseBody{{Op: recount.Merge, What: "country", Values: []string{"Uzbekistan"}, To: "other"}})
	kept := e.Kept(s, e.Numbers(s))
	for text, want := range map[string]bool{
		"All women spoke of cruelty.":                       true,
		"Each of the women spoke of cruelty.":               true,
		"Every woman was paid.":                             true,
		"None of the women spoke of cruelty.":               true,
		"No woman spoke of corruption.":                     true,
		"Only men spoke of infighting.":                     true,
		"Infighting was named by men alone.":                true,
		"Women never spoke of infighting.":                  true,
		"The women all spoke of it.":                        true,
		"Everybody from Uzbekistan spoke of it.":            true,
		"Nobody from Uzbekistan spoke of corruption.":       true,
		"Both Uzbekistanis left.":                           true,
		"Whoever came from Uzbekistan named the promises.":  true,
		"cruelty: all the women":                            true,
		"Everyone who was from Uzbekistan left.":            true,
		"Every one of the women left.":                      true,
		"Nobody but women spoke of the laundry.":            true,
		"ALL WOMEN left.":                                   true,
		"*All* **women** left.":                             true,
		"Not all women spoke of it.":                        false,
		"Women and men spoke of it.":                        false,
		"All men were paid.":                                false,
		"All accounts speak of the pay of women.":           false,
		"Everybody spoke of the pay.":                       false,
		"Nobody from Uzbekistan is named.":                  false,
		"No one spoke of Uzbekistan.":                       false,
		"Only some pages could be read.":                    false,
		"All people of the study left.":                     false,
		"The women were not asked. All pages were read.":    false,
		"women, of all":                                     false,
		"No number here is of women.":                       false,
		"Everybody from Syria left, and some of the others": false,
	} {
		if got := e.Wholly(s, kept, text); (got != "") != want {
			t.Errorf("%s: %q; want a reason: %v", text, got, want)
		}
	}
}
