package quotes

import (
	"testing"

	"recount"
)

// TestFirstNamesThatAreWords reads people of one name that is also a word, a
// place or a book: whoever speaks by a single first name is a person. Bodies and
// places of such names that speak stay what they are.
func TestFirstNamesThatAreWords(t *testing.T) {
	const person, thing = true, false
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"Ruth", "The bakery closed in May. “We had no flour,” said Ruth, who had worked there since the spring.", person},
		{"Ruth", "Ruth said the bakery had closed in May because there was no flour. The town did not know.", person},
		{"Ruth", "“We had no flour,” Ruth said. The bakery closed in May, and the town did not know.", person},
		{"Ruth", "Ruth left the mill in May. She told us that there was no flour. “We had none,” Ruth said.", person},
		{"Florence", "The bakery closed in May. “We had no flour,” said Florence, a cook.", person},
		{"Florence", "“We had no flour,” says Florence. She lives above the bakery with her mother.", person},
		{"Georgia", "“We had no flour,” says Georgia. She lives above the bakery with her mother.", person},
		{"Georgia", "The bakery closed in May. Georgia, 34, said that there was no flour in the town.", person},
		{"Rose", "“We had no flour,” said Rose. The bakery closed in May.", person},
		{"Rose", "Rose said that there was no flour in the town, and that nobody had told her.", person},
		{"Grace", "“We had no flour,” Grace recalled. The bakery closed in May.", person},
		{"Grace", "Grace, a nurse, said that there was no flour in the town.", person},
		{"Hope", "“We had no flour,” said Hope. She had worked in the bakery since the spring.", person},
		{"Will", "“We had no flour,” said Will. He had worked in the bakery since the spring.", person},
		{"Will", "Will said that there was no flour in the town, and that nobody had told him.", person},
		{"Mark", "“We had no flour,” Mark told us in the yard. The bakery closed in May.", person},
		{"Bill", "Bill, a baker, said there was no flour in the town. He had looked everywhere.", person},
		{"Frank", "“We had no flour,” said Frank. The bakery closed in May.", person},
		{"Victoria", "“We had no flour,” said Victoria, who had worked there since the spring.", person},
		{"Sydney", "“We had no flour,” said Sydney, a baker. She had looked everywhere.", person},
		{"Paris", "“We had no flour,” said Paris, 23. She had looked everywhere.", person},
		{"Jordan", "“We had no flour,” said Jordan. He had worked in the bakery since the spring.", person},
		{"Chad", "“We had no flour,” Chad says. He lives above the bakery.", person},
		{"Israel", "“We had no flour,” said Israel, a baker of 40. His brother left in May.", person},
		{"Ruth", "According to Ruth, there was no flour in the town. The bakery closed in May.", person},
		{"Florence", "According to Florence, there was no flour in the town. The bakery closed in May.", person},
		{"Grant", "According to Grant, there was no flour in the town. The bakery closed in May.", person},
		{"Joy", "Joy, 29, said that there was no flour in the town. The bakery closed in May.", person},
		{"Violet", "Violet, 41, said that there was no flour in the town. The bakery closed in May.", person},
		{"Georgia", "Her sister Georgia said that there was no flour in the town. The bakery closed in May.", person},
		{"Faith", "“We had no flour,” said Faith. The bakery closed in May.", person},
		{"Joy", "Joy says that there was no flour in the town. Her bakery closed in May.", person},
		{"Dawn", "“We had no flour,” said Dawn, wiping her hands. The bakery closed in May.", person},
		{"April", "“We had no flour,” said April. The bakery closed in the spring.", person},
		{"Austin", "“We had no flour,” said Austin, a baker. His shop closed in May.", person},
		{"Pat", "“We had no flour,” said Pat, wiping his hands. The bakery closed in May.", person},

		{"Israel", "Israel said on Monday that it would open the crossing to lorries. The ministry in Jerusalem confirmed it.", thing},
		{"Jordan", "Jordan said on Monday that its border would stay open. The government in Amman confirmed it.", thing},
		{"Chad", "Chad said on Monday that its army had crossed the river. The government in N'Djamena confirmed it.", thing},
		{"Georgia", "Georgia said on Monday that its parliament would vote in May. The government in Tbilisi confirmed it.", thing},
		{"Paris", "Paris said on Monday that it would send a ship. The ministry would not say when.", thing},
		{"the mayor", "The mayor said Chelsea was safe on Monday, and that the streets were open again.", person},
		{"the Hope", "The Hope, a charity, said on Monday that its kitchens would stay open.", thing},
	} {
		t.Run(tt.name+" "+tt.text[:min(24, len(tt.text))], func(t *testing.T) {
			r := Read(&recount.Article{Key: "u", Text: tt.text, Language: "en"})
			if len(r.Statements) == 0 {
				t.Fatal("nobody speaks")
			}
			for _, s := range r.Speakers {
				if s.ID != r.Statements[0].Speaker {
					continue
				}
				if got := s.Kind.Person(); got != tt.want {
					t.Errorf("%q is %s", s.Name, s.Kind)
				}
				return
			}
			t.Error("no speaker")
		})
	}
}
