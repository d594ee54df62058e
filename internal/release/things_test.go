package release

import "testing"

// TestNumbersOfOtherThings: beside what an edition does not show a number of people is a
// reason, and a year, a day or a number of pages is none.
func TestNumbersOfOtherThings(t *testing.T) {
	e := &Edition{Rule: Strict, People: 29}
	kept := Kept{{{"orlund"}}, {{"2014"}}, {{"people", "whom", "at", "least", "one", "article", "names"}}}
	numbers := []Number{{Result: "people", N: 29}, {Result: "women", N: 4, Hidden: true}}
	for text, refused := range map[string]bool{
		"people whom at least one article names":                           false,
		"Between January 2014 and August 2015 # who left first spoke.":     false,
		"In 2014 and 2015 # women spoke.":                                  false,
		"In 2014 it was not so. This is what 34 collected pages document.": false,
		"Of Orlund two newspapers wrote.":                                  false,
		"Orlund stands on 12 different pages.":                             false,
		"Five outlets wrote of Orlund.":                                    false,
		"They come from 6 countries, Orlund too.":                          false,
		"On 14 March 2015 the road to Orlund was closed.":                  false,
		"On March 14, 2015 the road to Orlund was closed.":                 false,
		"Three independent articles name Orlund.":                          false,
		"In 2014 two left.":                                                true,
		"In 2014, 2015 people spoke, who knows.":                           true,
		"2 came from Orlund.":                                              true,
		"Two from Orlund told newspapers.":                                 true,
		"Two told newspapers of Orlund.":                                   true,
		"Four women on other pages are of Orlund.":                         true,
		"Two accounts are from Orlund.":                                    true,
		"Two interviews were given in Orlund.":                             true,
		"4 march to Orlund.":                                               true,
		"4 may have come from Orlund.":                                     true,
		"Of Orlund there are 2, on 3 pages.":                               true,
		"One article names people from Orlund: two.":                       true,
		"people whom at least one article names, of which there are four":  true,
		"people whom at least one article names: 4":                        true,
	} {
		if why := e.Typed(numbers, kept, text); (why != "") != refused {
			t.Errorf("%q: %q", text, why)
		}
	}
}
