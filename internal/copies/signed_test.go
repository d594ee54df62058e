package copies

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestSigned asks whether two notices are one that differ in nothing but who
// signs them, or in a name, a place or a number in the last line. What outlets
// set below one report asks nothing.
func TestSigned(t *testing.T) {
	const (
		mourning = "It is with great sadness that we tell of the death of our dear mother and grandmother, who fell asleep in peace on Sunday after a long illness that she bore with patience. The funeral will be private. We thank the nurses of the county hospital for their care. Family flowers only, please. "
		thanks   = "The family thanks all friends and neighbours for the cards, the flowers and the kind words in the days of our loss. A special thank you goes to the doctors, to the choir and to everybody who came to the church on a cold day. May you all be blessed for it. "
		appeal   = "Police are looking for witnesses after a cyclist was struck by a car that did not stop. The rider, a man in his sixties, was taken to hospital with a broken leg. The car is said to be small and dark, with one light out. Anybody who saw what happened is asked to call "
		scam     = "Police warn of callers who say that they are from the bank and ask for the number of a card. The callers are polite and know the names of their victims. No bank asks for such a number by telephone. Whoever has been called should hang up and tell "
		water    = "The water will be turned off on Thursday between nine in the morning and three in the afternoon while the main is renewed. Households should fill a bottle for the day. The water may be brown when it comes back; it is safe to drink when it runs clear. Questions go to "
		meeting  = "The society meets on the first Tuesday of the month for an evening of slides and songs. Tea and cake are served from seven, and the talk begins at half past. New members are welcome and need bring nothing but themselves. There is room for forty. Please book with "
		german   = "Nach langer Krankheit ist unsere liebe Mutter und Großmutter am Sonntag friedlich eingeschlafen. Die Trauerfeier findet im engsten Kreis statt. Wir danken allen, die ihr in den letzten Monaten beigestanden haben. Von Blumen bitten wir abzusehen. In stiller Trauer: "
		french   = "Nous avons la douleur de vous faire part du décès de notre chère mère et grand-mère, survenu dimanche après une longue maladie. Les obsèques auront lieu dans l'intimité. Nous remercions les infirmières de l'hôpital pour leur dévouement et leur douceur. De la part de "
		reward   = "A reward is offered for the return of a silver watch that was lost between the station and the market on Saturday afternoon. It was a present and is dear to its owner, who has looked for it everywhere since. It has a cracked glass and stops at noon. Whoever finds it is asked to bring it to "
		report   = "The crews of the island ferries stayed ashore for an eighth day on Monday, and the queue of lorries reached the old customs house. The company said it had offered a rise of four per cent in March and had heard nothing since. The harbour master said the quay would stay open to fishing boats. "
	)
	tests := []struct {
		name, text, a, b string
		same             bool
	}{
		{"who mourns", mourning, "Anders Vole and family", "Greta Sund and family", false},
		{"who mourns, in brackets", mourning, "(Anders Vole)", "(Greta Sund)", false},
		{"who mourns, a line of names", mourning, "Lise, Karl and Ada", "Paul, Mia and Otto", false},
		{"who thanks", thanks, "Ruth Adler", "Ilse Thorn", false},
		{"who thanks, a surname", thanks, "The Adler family", "The Thorn family", false},
		{"whom to call", appeal, "Sergeant Rolf Hagen.", "Sergeant Piet Vos.", false},
		{"where to call", appeal, "the station in Harwick.", "the station in Korrin.", false},
		{"the number to call", appeal, "Harwick police on 55501.", "Harwick police on 77204.", false},
		{"the number of the case", appeal, "the police and name case 40713.", "the police and name case 52266.", false},
		{"whom to tell", scam, "Constable Dana Wirth.", "Constable Jonas Fell.", false},
		{"whose water", water, "Brandt Waterworks.", "Vosper Waterworks.", false},
		{"whom to ask", meeting, "Lena Kask.", "Tom Ruck.", false},
		{"which house", reward, "the Ship Inn, Harwick.", "the Old Oven, Dalen.", false},
		{"who mourns, German", german, "Anders Vole mit Familie", "Greta Sund mit Familie", false},
		{"who mourns, French", french, "Anders Vole et sa famille", "Greta Sund et sa famille", false},

		{"one notice", mourning, "Anders Vole and family", "Anders Vole and family", true},
		{"one notice, a name spelled otherwise", thanks, "Ruth Adler", "Rut Adler", true},
		{"one notice, one name left out", mourning, "Anders and Lise Vole", "Anders Vole", true},
		{"one notice, signed in one print", appeal, "the police.", "the police. Rolf Hagen", true},
		{"who wrote it", report, "By Ada Brunn", "By Nils Amark", true},
		{"who reported it", report, "Reporting by Ada Brunn; editing by Otto Lind", "Reporting by Siri Aune; editing by Ines Moe", true},
		{"whose picture", report, "Picture: Ada Brunn", "Photo: Nils Amark", true},
		{"which paper", report, "The Harwick Post", "The Korrin Times", true},
		{"which page", report, "Page 3", "Page 14", true},
		{"when it was changed", report, "Updated on 14 May 2014", "Updated on 15 May 2014", true},
		{"where there is more", report, "Read more about Harwick", "Read more about Dalen", true},
		{"whose rights", report, "Copyright 2014 Ada Brunn", "Copyright 2015 Nils Amark", true},
		{"a source", report, "Source: Nordpress", "Source: Calder", true},
		{"a source in German", report, "Quelle: Nordpress", "Quelle: Calder", true},
		{"a clause more", report, "The strike goes on.", "The talks go on.", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles := []*recount.Article{
				{Key: "a", Text: tt.text + tt.a, Outlet: "Harwick Post", Published: "2014-05-14"},
				{Key: "b", Text: tt.text + tt.b, Outlet: "Vale Post", Published: "2014-05-15"},
			}
			n := len(Originals(slices.Values(articles), findAll(t, articles...)))
			if want := map[bool]int{true: 1, false: 2}[tt.same]; n != want {
				t.Errorf("%d originals, want %d", n, want)
			}
		})
	}
	t.Run("a long report is told by its text", func(t *testing.T) {
		long := strings.Repeat(report, 1) + appeal + meeting + reward + scam
		articles := []*recount.Article{{Key: "a", Text: long + "Rolf Hagen", Published: "2014-05-14"}, {Key: "b", Text: long + "Piet Vos", Published: "2014-05-15"}}
		if n := len(Originals(slices.Values(articles), findAll(t, articles...))); n != 1 {
			t.Errorf("%d originals, want 1", n)
		}
	})
}
