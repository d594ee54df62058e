package copies

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestNoticesOfOthers sets short notices beside those of somebody else in the
// same form of words: names, places, ages, numbers and months differ. No two are
// folded without a question; what one outlet only changes a little of the same
// notice is the same.
func TestNoticesOfOthers(t *testing.T) {
	const (
		death    = "Marit Vole, of Harwick, died peacefully at home on Friday, aged 81, with her family at her bedside. A funeral service will be held at St Brendan's Church, Harwick, at 11am on 14 March, followed by burial at the old cemetery. Family flowers only, please; gifts in her memory may be sent to the hospice."
		court    = "A Harwick man has been fined 400 crowns for driving without insurance. Rolf Hagen, 51, of Mill Road, Harwick, pleaded guilty before magistrates on Monday. He was ordered to pay costs of 85 crowns and had six points put on his licence."
		missing  = "Police are looking for a woman who has been missing from her home in Harwick since Sunday. Siri Aune, 44, was last seen near the ferry landing at about 9pm. She is described as tall, with short brown hair, and was wearing a green coat. Anybody who has seen her is asked to call the police on 101."
		accident = "A motorcyclist died in a crash on the B12 near Harwick on Saturday. Tom Ruck, 23, from Lower Vale, was riding a black Norva when he collided with a van shortly after 6pm. He was pronounced dead at the scene. The driver of the van was not hurt. Police have asked witnesses to come forward."
		wedding  = "Ada Brunn and Otto Lind were married in May at the town hall in Harwick. The bride, a teacher, is the daughter of Karl and Lise Brunn of Harwick. The groom works at the shipyard. After a journey to the islands the couple will live in Harwick."
		fire     = "Firefighters were called to a house in Quay Street, Harwick, early on Tuesday. The fire began in the kitchen and was put out within an hour. Nobody was hurt. Fire officer Jonas Fell said a pan had been left on the stove, and asked everybody to test their smoke alarms."
		planning = "Plans to build 24 homes on land off Mill Road in Harwick have been put to the council. The applicant, Brandt Homes, says that a third of them would be let at low rents. Residents have until 12 June to comment. The plans can be seen at the town hall."
		arrest   = "A man has been arrested after a shop in Harwick was robbed on Thursday. Police said the man, 34, from Tarn, entered the shop in Bridge Street at about 10.30am and threatened the assistant, Nell Farrow, with a knife. He left with about 200 crowns. He remains in custody."
		deutsch  = "Bei einem Unfall auf der Landstraße zwischen Harwick und Tarn ist am Sonntag ein Mann ums Leben gekommen. Der 23-jährige Rolf Hagen aus Harwick verlor in einer Kurve die Gewalt über seinen Wagen und prallte gegen einen Baum. Er starb noch an der Unfallstelle, wie die Polizei in Harwick mitteilte."
		french   = "Une femme de 44 ans est morte dimanche dans un accident sur la route entre Harwick et Tarn. Siri Aune, de Harwick, a perdu le contrôle de sa voiture dans un virage. Elle est morte sur place, a dit la police de Harwick. Un passager a été blessé."
		capitals = "VOLE, Marit (née Ek), aged 81, passed away on 3 March at Harwick Infirmary. Dearly loved wife of Anders and mother of Lise. Service at the crematorium on 14 March at noon. All welcome afterwards at the Ship Inn. No flowers by request; donations to the lifeboat."
		inquest  = "An inquest has opened into the death of a man found in the river at Harwick. The body of Piet Vos, 38, was pulled from the water by the harbour police on 6 January. Coroner Ruth Adler put the hearing off until 4 May, so that a report can be made."
		lost     = "A dog that was lost on the moor above Harwick has been found after nine days. Bramble, a spaniel, was seen by walkers near Tarn Cross and brought home to Ilse Thorn, who lives in Dock Lane. She said she had given up hope."
		degree   = "Lena Kask of Harwick was named to the list of the dean at Brackwell College for the spring term. To be named, a student must hold an average of 3.5 or better. Kask is a graduate of Harwick High School and the daughter of Jan and Eva Kask."
		sentence = "The Harwick court sentenced a teacher to 14 months in prison on Tuesday for a message she had posted. Dana Wirth, who has been held since April, denied the charge. Her lawyer, Karl Ost, said that they would appeal within ten days."
		strike   = "Workers at the Brandt mill in Harwick walked out on Monday over wages. Some 340 people stayed away from the early shift, said the union. The firm, which employs 900 in the town, said it had offered 3 per cent."
		weather  = "Snow closed the road between Harwick and Tarn on Sunday night. The county sent eleven ploughs, and the road was open again by 6am. A bus with 23 people on board was stuck near Dalen for four hours. Nobody was hurt."
	)
	tests := []struct {
		name, text string
		change     []string // old, new
		same       bool
	}{
		{"another death", death, []string{"Marit Vole", "Jonas Fell", "Harwick", "Lower Vale", "81", "67", "her", "his", "Friday", "Sunday", "St Brendan's", "St Anne's", "11am", "2pm", "14 March", "3 April"}, false},
		{"another death on the same day in the same church", death, []string{"Marit Vole", "Greta Sund", "81", "78"}, false},
		{"another death, one name of two the same", death, []string{"Marit Vole", "Anders Vole", "81", "84", "her", "his", "Friday", "Monday", "14 March", "19 March"}, false},
		{"another death in another month", death, []string{"Marit Vole, of Harwick", "Ines Castro, of Tarn", "81", "91", "March", "October"}, false},
		{"another fine", court, []string{"Rolf Hagen, 51", "Piet Vos, 29", "Harwick", "Korrin", "400", "650", "85", "120", "Mill Road", "Dock Lane", "Monday", "Friday", "six", "eight"}, false},
		{"another fine, same court", court, []string{"Rolf Hagen, 51", "Lars Ek, 38", "Mill Road", "Dock Lane"}, false},
		{"another fine, a woman", court, []string{"A Harwick man", "A Harwick woman", "Rolf Hagen, 51", "Lena Kask, 62", "He was", "She was", "his", "her"}, false},
		{"another missing person", missing, []string{"Siri Aune, 44", "Dana Wirth, 17", "Harwick", "Brackwell", "Sunday", "Wednesday", "ferry landing", "bus station", "9pm", "4pm", "tall", "small", "short brown", "long fair", "green coat", "red jacket"}, false},
		{"another missing person of the same town", missing, []string{"Siri Aune, 44", "Dana Wirth, 17", "Sunday", "Wednesday", "9pm", "4pm"}, false},
		{"a missing man", missing, []string{"a woman", "a man", "Siri Aune, 44", "Ben Oduya, 71", "her home in Harwick", "his home in Dalen", "She is", "He is", "seen her", "seen him"}, false},
		{"another crash", accident, []string{"Tom Ruck, 23", "Karl Ost, 58", "Harwick", "Dalen", "Lower Vale", "Korrin", "B12", "A7", "Saturday", "Tuesday", "6pm", "8am", "black Norva", "red Quill"}, false},
		{"another crash on the same road", accident, []string{"Tom Ruck, 23, from Lower Vale", "Karl Ost, 58, from Korrin", "Saturday", "Monday"}, false},
		{"another wedding", wedding, []string{"Ada Brunn and Otto Lind", "Mia Stern and Paul Ritt", "May", "June", "Karl and Lise Brunn", "Hans and Ute Stern", "Harwick", "Tarn"}, false},
		{"another fire", fire, []string{"Quay Street, Harwick", "Park Road, Brackwell", "Tuesday", "Sunday", "Jonas Fell", "Ruth Adler", "kitchen", "cellar"}, false},
		{"another fire, the same officer", fire, []string{"Quay Street, Harwick", "Park Road, Brackwell", "Tuesday", "Sunday"}, false},
		{"other homes", planning, []string{"24", "110", "Mill Road in Harwick", "Tarn Lane in Korrin", "Brandt Homes", "Vosper Estates", "12 June", "4 July"}, false},
		{"other homes, the same builder", planning, []string{"24", "110", "Mill Road in Harwick", "Tarn Lane in Korrin", "12 June", "4 July"}, false},
		{"another robbery", arrest, []string{"Harwick", "Dalen", "Thursday", "Monday", "34, from Tarn", "19, from Korrin", "Bridge Street", "Market Place", "10.30am", "5.15pm", "Nell Farrow", "Ilse Thorn", "200", "70"}, false},
		{"another robbery in the same street", arrest, []string{"Thursday", "Monday", "34, from Tarn", "19, from Korrin", "Nell Farrow", "Ilse Thorn"}, false},
		{"only the age and the street differ", court, []string{"51", "23", "Mill Road", "Dock Lane", "400", "250"}, false},
		{"another crash in German", deutsch, []string{"Rolf Hagen", "Jonas Fell", "Harwick", "Dalen", "Tarn", "Korrin", "23-jährige", "58-jährige", "Sonntag", "Dienstag"}, false},
		{"another name in German", deutsch, []string{"Rolf Hagen", "Jonas Fell", "23-jährige", "58-jährige"}, false},
		{"another crash in French", french, []string{"Siri Aune", "Lise Brunn", "44", "61", "Harwick", "Dalen", "Tarn", "Korrin", "dimanche", "mardi"}, false},
		{"another name in French", french, []string{"Siri Aune", "Lise Brunn", "44", "61"}, false},
		{"another death, the name in capitals first", capitals, []string{"VOLE, Marit (née Ek), aged 81", "SUND, Greta (née Ott), aged 77", "Anders", "Paul", "Lise", "Mia and Otto", "3 March", "9 June", "14 March", "17 June"}, false},
		{"another death, only the names in capitals", capitals, []string{"VOLE, Marit (née Ek), aged 81", "SUND, Greta (née Ott), aged 77"}, false},
		{"another inquest", inquest, []string{"Piet Vos, 38", "Ben Oduya, 52", "Harwick", "Korrin", "6 January", "19 February", "4 May", "2 June"}, false},
		{"another inquest of the same coroner on the same days", inquest, []string{"Piet Vos, 38", "Ben Oduya, 52"}, false},
		{"another dog", lost, []string{"Harwick", "Dalen", "nine", "four", "Bramble", "Rollo", "Tarn Cross", "Kell Bridge", "Ilse Thorn", "Nell Farrow", "Dock Lane", "Mill Road"}, false},
		{"another student", degree, []string{"Lena Kask", "Mia Stern", "Kask", "Stern", "Jan and Eva", "Hans and Ute"}, false},
		{"another student of another town", degree, []string{"Lena Kask", "Tom Ruck", "Kask", "Ruck", "Harwick", "Lower Vale", "daughter", "son", "Jan and Eva", "Bo and Ann"}, false},
		{"another sentence", sentence, []string{"Harwick", "Korrin", "a teacher", "a nurse", "14", "22", "Tuesday", "Friday", "Dana Wirth", "Siri Aune", "April", "June", "Karl Ost", "Paul Ritt"}, false},
		{"another sentence of the same court", sentence, []string{"Dana Wirth", "Siri Aune", "14", "22", "April", "June"}, false},
		{"another walkout", strike, []string{"Brandt", "Vosper", "Harwick", "Brackwell", "340", "120", "900", "410", "3 per", "2 per"}, false},
		{"other snow", weather, []string{"Harwick and Tarn", "Korrin and Kell", "eleven", "seven", "6am", "9am", "23", "41", "Dalen", "Lower Vale", "Sunday", "Thursday"}, false},

		{"the same inquest, the day of the hearing corrected", inquest, []string{"4 May", "5 May"}, true},
		{"the same dog, the days in figures", lost, []string{"nine days", "9 days"}, true},
		{"the same sentence, the days left out", sentence, []string{" on Tuesday", "", ", who has been held since April,", ""}, true},
		{"the same walkout, the union's later count", strike, []string{"340", "350"}, true},
		{"the same snow under the line of an agency", weather, []string{"Snow closed", "HARWICK (Nordpress) - Snow closed"}, true},
		{"the same snow under two datelines with days", weather, []string{"Snow closed", "Harwick, 12 May (Nordpress) - Snow closed"}, true},
		{"the same snow with a reporter's name above", weather, []string{"Snow closed", "By Ada Brunn\nSnow closed"}, true},
		{"the same death, the day as a date", death, []string{"on Friday", "on 7 March"}, true},
		{"the same death, the town left out", death, []string{", of Harwick, died", " died"}, true},
		{"the same fine, in other words", court, []string{"was ordered to pay", "must pay", "pleaded guilty", "admitted it"}, true},
		{"the same missing woman, an hour corrected", missing, []string{"at about 9pm", "at about 10pm"}, true},
		{"the same crash, a place added", accident, []string{"near Harwick", "near Harwick in Norvia"}, true},
		{"the same crash, the title before the name", accident, []string{"Tom Ruck, 23,", "Mr Tom Ruck, 23,"}, true},
		{"the same fire, a name spelled otherwise", fire, []string{"Jonas Fell", "Jonas Fel"}, true},
		{"the same homes, a number brought up to date", planning, []string{"24", "26"}, true},
		{"the same robbery, another day of the week", arrest, []string{"Thursday", "Wednesday"}, true},
		{"the same crash in German, in other words", deutsch, []string{"ums Leben gekommen", "gestorben", "prallte gegen", "fuhr an"}, true},
		{"the same notice, words misread", death, []string{"peacefully", "peacefuliy", "funeral", "funera1", "cemetery", "cemctery", "bedside", "bedsidc", "followed", "foilowed", "hospice", "hospicc"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles := []*recount.Article{
				{Key: "a", Text: tt.text, Outlet: "Harwick Post", Published: "2014-05-14"},
				{Key: "b", Text: strings.NewReplacer(tt.change...).Replace(tt.text), Outlet: "Vale Post", Published: "2014-05-15"},
			}
			n := len(Originals(slices.Values(articles), findAll(t, articles...)))
			if want := map[bool]int{true: 1, false: 2}[tt.same]; n != want {
				t.Errorf("%d originals, want %d", n, want)
			}
		})
	}
}
