package copies

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestOtherNames sets one report beside itself with words changed inside: with
// another person, place or other numbers it is another report, or for a person
// to say; with another spelling, day or wording it is the same.
func TestOtherNames(t *testing.T) {
	const report = "The county closed the bridge at Tarn on Tuesday after engineers found cracks in the steel above the pier. Nobody was hurt, and the road was swept clean before noon. " +
		"Kiev born county engineer Rolf Hagen, 51, said the cracks were wider than those of the years before, and that a quarter of the rivets would be replaced before the frost. " +
		"The ferry runs every half hour, and 340 lorries are sent round by the mill road each day. The toll is 12 crowns until the work is done.\n"
	const german = "Nach einem Brand in der Mühle am Fluss hat die Polizei in Tarn am Dienstag einen Mann festgenommen, der den Zaun überstiegen haben soll. Die Feuerwehr war mit vielen Leuten im Einsatz und löschte bis zum Morgen. " +
		"„Wir haben den Rauch von der Brücke aus gesehen“, sagte der Müller Rolf Hagen, der die Mühle seit vielen Jahren führt. Der Schaden ist nach den Worten der Leute hoch.\n"
	long := report + "Traffic is slow on the mill road, which is too narrow for lorries and floods in most weeks of the winter. The parish has asked for lamps along it, because children walk there on their way to the school, and because the ditch beside it cannot be seen after dark. The council will talk about the lamps when it meets next month, and about the ferry, which belongs to a family that has run it for three generations and asks for a new landing. Shops on the western bank have had few customers since the bridge was closed, and two of them open only in the morning now. The baker sends bread over by boat.\n"
	tests := []struct {
		name   string
		text   string
		change []string // old, new
		apart  bool
	}{
		{"nothing", report, nil, false},
		{"another speaker", report, []string{"Rolf Hagen", "Siri Aune"}, true},
		{"another speaker and age", report, []string{"Rolf Hagen, 51", "Siri Aune, 44"}, true},
		{"another surname throughout", report, []string{"Hagen", "Lindqvist"}, true},
		{"another place", report, []string{"Tarn", "Lower Vale"}, true},
		{"another place of one word", report, []string{"Tarn", "Dalen"}, true},
		{"person, place and day", report, []string{"Rolf Hagen", "Tom Ruck", "Tarn", "Dalen", "Tuesday", "Friday"}, true},
		{"two numbers", report, []string{"340", "275", "12", "18"}, true},
		{"the speaker changed in a longer text", long, []string{"Rolf Hagen", "Siri Aune"}, true},
		{"the place changed in a longer text", long, []string{"Tarn", "Dalen"}, true},
		{"a German report with another speaker", german, []string{"Rolf Hagen", "Siri Aune"}, true},
		{"a speaker with three names", report, []string{"Rolf Hagen", "Ana María Robles"}, true},

		{"one number", report, []string{"340", "345"}, false},
		{"numbers brought up to date in a long text", long, []string{"340", "345", "12", "14"}, false},
		{"another day", report, []string{"Tuesday", "Monday"}, false},
		{"a date for the day", report, []string{"on Tuesday", "on 12 May"}, false},
		{"another spelling of a name", report, []string{"Hagen", "Haagen"}, false},
		{"another spelling of a place", report, []string{"Kiev", "Kyiv"}, false},
		{"a first name left out", report, []string{"Rolf Hagen", "Hagen"}, false},
		{"a title before the name", report, []string{"Rolf Hagen", "Mr Hagen"}, false},
		{"other words", report, []string{"cracks", "fissures", "closed", "shut", "hurt", "injured"}, false},
		{"a place added", report, []string{"the bridge at Tarn", "the bridge at Tarn in Norvia"}, false},
		{"other words at the head of sentences", report, []string{"Nobody was hurt", "Everybody got away", "The ferry runs", "Ferries run"}, false},
		{"German nouns in other words", german, []string{"Mann", "Verdächtigen", "Leuten", "Kräften", "Brand", "Feuer"}, false},
		{"a German place spelled otherwise", german, []string{"Tarn", "Taarn"}, false},
		{"the dateline of each outlet", "HARVIK, Norvia (Nordpress) - " + report, []string{"HARVIK, Norvia (Nordpress) - ", "DALEN - "}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles := []*recount.Article{
				{Key: "a", Text: tt.text, Outlet: "Harwick Post", Published: "2014-05-14"},
				{Key: "b", Text: strings.NewReplacer(tt.change...).Replace(tt.text), Outlet: "Vale Post", Published: "2014-05-15"},
			}
			relations := findAll(t, articles...)
			if len(relations) != 1 || !tt.apart && relations[0].Kind != recount.Copy {
				t.Fatalf("relations %+v", relations)
			}
			if n := len(Originals(slices.Values(articles), relations)); n != map[bool]int{false: 1, true: 2}[tt.apart] {
				t.Errorf("%d originals; apart %v", n, tt.apart)
			}
		})
	}
}

// TestThirdPrint groups prints of one report, of which one has a speaker of its
// own: whoever else prints the report does not join that one to the others.
func TestThirdPrint(t *testing.T) {
	const agency = "The county closed two bridges on Tuesday after engineers found cracks in the steel above the eastern pier, officials said. Traffic was sent round by the mill road, which is too narrow for lorries and floods in most weeks of the winter.\n" +
		"“We have had cracks before, but these are wider,” said county engineer Rolf Hagen, who has looked after the crossing since the nineties. He said about 25 percent of the rivets would be replaced before the frost.\n"
	const thorn = "At the Vale market, baker Ilse Thorn said the detour cost her an hour of every morning.\n"
	const ruck = "Harbour master Tom Ruck said there were no boats to be had for the crossing this year.\n"
	tests := []struct {
		name  string
		texts []string // printed on one day after the other
		want  string   // the articles of each original
	}{
		{"two prints", []string{agency, agency + thorn}, "a b"},
		{"a third print of the agency", []string{agency, agency + thorn, agency}, "ac b"},
		{"a third print cut short", []string{agency, agency + thorn, agency[:strings.LastIndex(agency, " He said")]}, "ac b"},
		{"a third print of the local report", []string{agency, agency + thorn, agency + thorn}, "a bc"},
		{"one of each", []string{agency, agency + thorn, agency, agency + thorn}, "ac bd"},
		{"two local reports", []string{agency, agency + thorn, agency + ruck}, "a b c"},
		{"two local reports and a third print", []string{agency, agency + thorn, agency + ruck, agency}, "ad b c"},
		{"a print with both", []string{agency, agency + thorn, agency + ruck, agency + thorn + ruck}, "a b c d"},
		{"many prints", []string{agency, agency + thorn, agency, agency, agency + thorn, agency}, "acdf be"},
		{"the fuller one is the first", []string{agency + thorn, agency, agency}, "abc"},
		{"a cut print before the fuller one is copied again", []string{agency + thorn, agency, agency + thorn}, "abc"},
		{"a cut print, and a later one with a local speaker", []string{agency + thorn, agency, agency + thorn + ruck}, "ab c"},
		{"without the local report", []string{agency, agency, agency}, "abc"},
		{"another speaker inside", []string{agency, strings.ReplaceAll(agency, "Rolf Hagen", "Siri Aune"), agency}, "ac b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var articles []*recount.Article
			for i, text := range tt.texts {
				articles = append(articles, &recount.Article{Key: recount.Key('a' + rune(i)), Text: text, Outlet: "Post " + string('A'+rune(i)), Published: "2014-05-1" + string('0'+rune(i))})
			}
			relations := findAll(t, articles...)
			var got []string
			for _, o := range Originals(slices.Values(articles), relations) {
				members := ""
				for _, m := range o.Members {
					members += string(m)
				}
				got = append(got, members)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("originals %s, want %s", s, tt.want)
			}
		})
	}
}
