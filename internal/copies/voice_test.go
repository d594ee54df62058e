package copies

import (
	"slices"
	"testing"

	"recount"
)

// TestOwnSpeakers folds reprints of one report, and asks where one of them has
// a speaker who stands in no other print.
func TestOwnSpeakers(t *testing.T) {
	const agency = "The county closed two bridges on Tuesday after engineers found cracks in the steel above the eastern pier, officials said. Traffic was sent round by the mill road, which is too narrow for lorries and floods in most weeks of the winter.\n" +
		"“We have had cracks before, but these are wider,” said county engineer Rolf Hagen, who has looked after the crossing since the nineties. He said about 25 percent of the rivets would be replaced before the frost.\n" +
		"Ferry owner Siri Aune said she would run every half hour from Monday. She had warned the county four times, she said, and had kept the letters in a tin.\n"
	const day, next = "2014-05-14", "2014-05-15"
	tests := []struct {
		name   string
		a, b   string // added to the first print, to the other
		second string // day of the other
		asks   bool
	}{
		{"the same text", "", "", next, false},
		{"a local speaker added", "", "At the Vale market, baker Ilse Thorn said the detour cost her an hour of every morning.\n", next, true},
		{"a local speaker quoted", "", "“I shall swim,” said Anders Quill of the rowing club.\n", next, true},
		{"two local speakers", "", "Mayor Petra Lind said that she would ask for boats. “We have none,” said harbour master Tom Ruck.\n", next, true},
		{"a paragraph without a speaker added", "", "The mill road was built in the last century for carts, and two lorries cannot pass on it.\n", next, false},
		{"more words of the same engineer", "", "Hagen said later that the frost might come early this year and that he had no men.\n", next, false},
		{"the first print has more speakers", "Teacher Jonas Fell said that the school bus would take the ferry until further notice.\n", "", next, false},
		{"the longer text was printed later", "", "Teacher Jonas Fell said that the school bus would take the ferry until further notice.\n", next, true},
		{"no day is known, and the fuller print is taken for the first", "", "Teacher Jonas Fell said that the school bus would take the ferry until further notice.\n", "", false},
		{"a name without a verb of speaking", "", "The bridge bears the name of Admiral Otto Brandt, who never crossed it in his life.\n", next, false},
		{"a speaker in German", "", "Der Bäcker Ilse Thorn sagte am Abend, der Umweg koste sie jeden Morgen eine Stunde.\n", next, true},
		{"a number by the verb", "", "The county also said on Tuesday that 340 lorries cross the bridges on most days.\n", next, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles := []*recount.Article{
				{Key: "a", Text: agency + tt.a, Outlet: "Harwick Post", Published: day},
				{Key: "b", Text: agency + tt.b, Outlet: "Vale Post", Published: tt.second},
			}
			var relations []recount.Relation
			for r, err := range Find(slices.Values(articles), t.TempDir()) {
				if err != nil {
					t.Fatal(err)
				}
				relations = append(relations, r)
			}
			if len(relations) != 1 || relations[0].Kind != recount.Copy {
				t.Fatalf("relations %+v, want one copy", relations)
			}
			originals := Originals(slices.Values(articles), relations)
			if asks := relations[0].Asks(); asks != tt.asks || len(originals) != map[bool]int{false: 1, true: 2}[tt.asks] {
				t.Errorf("asks %v, %d originals; want %v", asks, len(originals), tt.asks)
			}
			yes := Correct(relations, originals, []Correction{{Article: "b", Of: "a", Reprint: true}})
			if n := len(Originals(slices.Values(articles), yes)); n != 1 {
				t.Errorf("after a yes there are %d originals, want 1", n)
			}
			no := Correct(relations, originals, []Correction{{Article: "b", Of: "a"}})
			if n := len(Originals(slices.Values(articles), no)); n != 2 {
				t.Errorf("after a no there are %d originals, want 2", n)
			}
		})
	}
}
