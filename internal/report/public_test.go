package report

import (
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/report/document"
)

// publicClaims writes a prose for readers outside and returns what its sentences claim
// that no number carries.
func publicClaims(t *testing.T, text string) (claims []string, kept string) {
	t.Helper()
	head, results := lintSample(t)
	tpl, err := ParseTemplate([]byte(head + "First line.\n\n" + text + "\n"))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	named := map[string]recount.Result{}
	for _, r := range results {
		named[r.Name] = r
	}
	var doc document.Document
	err = tpl.WritePublic(&doc, Public{
		Number:  func(verb, name, row string) (string, bool, error) { return "17", true, nil },
		Table:   func(string) []document.Block { return nil },
		Results: named,
		Fold:    strings.ToLower,
		Link:    func(string) bool { return true },
		Keep: func(s PublicSentence) bool {
			if strings.ContainsAny(s.Text+s.Typed+s.Claim, "\x00\x01\x02") {
				t.Errorf("%s: marks are left in %+v", text, s)
			}
			if s.Claim != "" {
				claims = append(claims, s.Claim)
			}
			return s.Claim == ""
		},
	})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for _, b := range doc.Blocks {
		kept += plainText(b.Text) + "\n"
	}
	for _, n := range doc.Notes {
		kept += plainText(n) + "\n"
	}
	if strings.ContainsAny(kept, "\x00\x01\x02") {
		t.Errorf("%s: marks are left in what is printed: %q", text, kept)
	}
	return claims, kept
}

// TestWhatAPublicSentenceClaims sets words in every place of a report.md: what no
// number of the sentence carries is said and left out, the rest stays.
func TestWhatAPublicSentenceClaims(t *testing.T) {
	tests := []struct {
		text   string
		wanted string // part of the claim; "" if the sentence holds
	}{
		// A sentence alone, and where else a report may hold one.
		{"The number increased to {{people}}.", "no comparison of two periods"},
		{"## Accounts increased", "no comparison of two periods"},
		{"- accounts increased\n- others did not", "no comparison of two periods"},
		{"| who | what |\n|---|---|\n| women | their number doubled |", "no comparison of two periods"},
		{"People left.[^1]\n\n[^1]: The majority did.", "no share stands in this sentence"},
		{"They **increased** by far.", "no comparison of two periods"},
		{"They in*creas*ed by far.", "no comparison of two periods"},
		{"The [majority](https://example.org/) left.", "no share"},
		{"<p>The majority left.</p>", "no share"},
		{"The majority\nof them left.", "no share"},
		{"MOST OF THEM LEFT.", "no share"},
		{"1. At least 40 left.", "was typed"},
		{"At least **{{people}}** left.", "the floor of its range is 27"},
		{"Almost half spoke.", "no share"},
		{"The majority ({{some}}) left.", "above one half"},
		{"It doubled ({{unclear}}).", "does not bear it"},
		{"It is said that the number increased.", "no comparison"},
		{"We say that the number increased.", "no comparison"},
		{"The number of those who said that pay was low increased.", "no comparison"},
		{"Most of those who said that pay was low left.", "no share"},
		{"“It is over,” he said, and the number increased.", "no comparison"},
		{"Pay fell for {{people}}.", "no comparison"},
		{"Their number did rise.", "no comparison"}, {"A sharp rise is seen.", "no comparison"}, {"The growth is plain.", "no comparison"}, {"An uptick followed.", "no comparison"}, {"Accounts jumped in May.", "no comparison"}, {"Their ranks swelled.", "no comparison"}, {"A surge of accounts followed.", "no comparison"},
		{"Numbers fall in winter.", "no comparison"}, {"A sharp fall followed.", "no comparison"}, {"A drop is seen.", "no comparison"}, {"Accounts tumbled.", "no comparison"}, {"Accounts double in May.", "no comparison"}, {"Accounts triple.", "no comparison"},
		{"At least seventeen left.", "was typed"}, {"At least eleven left.", "was typed"}, {"No less than {{people}} left.", "the floor"}, {"A minimum of {{people}} left.", "the floor"}, {"More than {{people}} left.", "is exact"}, {"More than sixteen left.", "was typed"}, {"Nearly-all left.", "no share"},
		{"Two-thirds left.", "no share"}, {"Three-quarters left.", "no share"}, {"Half the women left.", "no share"},
		// What the numbers carry, and what claims none.
		{"The figures do not bear that accounts increased.", ""}, {"No majority named any one reason.", ""}, {"»Most of us left«, he said.", ""}, {"»Most of us left», he said.", ""}, {"The sun rose.", ""}, {"Night fell.", ""}, {"The growing season ended.", ""},
		{"Pages are read by at least two coders.", ""}, {"Pages are kept for at least two years.", ""}, {"It gave rise to talk.", ""}, {"Each page is double-coded.", ""}, {"He jumped over the wall.", ""}, {"After the fall of the city they left.", ""}, {"It was a drop of water.", ""},
		{"The majority ({{many}}) left.", ""},
		{"At least {{sure}} left.", ""},
		{"Accounts increased {{up}} times.", ""},
		{"## What is still open", ""},
		{"> The majority left.", ""},
		{"“The majority left. It was over,” he said.", ""},
		{"\"The majority left. They increased. It was over,\" he said.", ""},
		{"‘Most of us hadn’t eaten. It doubled,’ she said.", ""},
		{"„Die Mehrheit left. Most left“, sagte er.", ""},
		{"`the majority left`", ""},
		{"```\nThe majority left.\n```", ""},
		{"Did the number increase?", ""},
		{"{{half}} said that violence increased.", ""},
		{"{{half}} complained of rising prices.", ""},
		{"{{half}} spoke of the growing hunger.", ""},
		{"{{half}} wanted an increase in pay.", ""},
		{"The office declined to comment.", ""},
		{"He grew up by the sea and fell ill there.", ""},
		{"She climbed over the wall, and the guard fell asleep.", ""},
		{"He rose through the ranks.", ""},
		{"The most recent page is of 2015.", ""},
		{"They live close to the border.", ""},
		{"The spokesman declined to say more, and was at least polite.", ""},
		// Small numbers in words.
		{"Several spoke of hunger.", "no number"}, {"A few women left.", "no number"}, {"Few of them came back.", "no number"}, {"A handful of the fighters spoke.", "no number"}, {"A couple of people named it.", "no number"}, {"- several", "no number"}, {"## A few of the women", "no number"},
		{"| who | how many |\n|---|---|\n| women | a few |", "no number"}, {"Several former guards of the camp were there.", "no number"}, {"Very few people, {{people}}, left.", "no number of this sentence"}, {"A couple of them ({{people}}) left.", "no number of this sentence"}, {"So few people left.", "no number"}, {"SEVERAL PEOPLE left.", "no number"},
		{"Several pages speak of it.", ""}, {"A few months later it was over.", ""}, {"Five outlets, of which several printed it, are one.", ""}, {"A couple who kept a mill let them pass.", ""}, {"“A few of us left,” he said.", ""}, {"Several ({{some}}) spoke of hunger.", ""}, {"They waited for several days.", ""}, {"A research report that several of the outlets wrote about has more.", ""},
		{"He said that several of them left.", ""}, {"Were there only a few people?", ""}, {"A handful of rice was all.", ""}, {"There are several reasons.", ""}, {"A reason can be given by several people at once.", ""}, {"If a few of them agree, it counts.", ""}, {"A rose by any other name is no source.", ""}, {"The rose is a flower.", ""}, {"The number rose.", "no comparison"}, {"Several people gave one reason.", "no number"}, {"Few articles name anybody.", ""},
		// What is claimed over a border.
		{"## At least\n\n40 people left.", "stands before it"}, {"- at least\n- 40 people", "stands before it"}, {"More than:\n\n- 40 people", "stands before it"}, {"| at least | 40 people |\n|---|---|\n| a | b |", "stands before it"},
		{"| who | how many |\n|---|---|\n| women: more than | 40 |", "stands before it"}, {"| who | at least |\n|---|---|\n| women | 40 |", "stands before it"}, {"## A handful\n\nof the women left.", "no number"}, {"- twice as\n- many as before", "stands before it"}, {"### Almost\n\n1. half left", "just that"}, {"### Almost\n\n1. 60% left", "stands before it"},
		{"Nearly:\n\n- one\n- half of them", "just that"}, {"Nearly:\n\n- one\n- all of them", "stands before it"}, {"## More\n\nthan 40 left.", "stands before it"}, {"## People went\n\nup in May.", "stands before it"},
		{"It was cold at least.\n\n40 pages are read.", ""}, {"## More\n\nPages are read by two.", ""}, {"- half\n- a dozen eggs", ""}, {"| more | than |\n|---|---|\n| a | b |", ""}, {"## Close to\n\nthe border they live.", ""}, {"- the number\n- of pages", ""}, {"At least.\n\n40 people left.", ""}, {"## What went\n\n- up the hill", ""}, {"## Women\n\n{{some}} left.", ""},
	}
	for _, tt := range tests {
		got, kept := publicClaims(t, tt.text)
		switch {
		case tt.wanted == "" && len(got) > 0:
			t.Errorf("%s\n\tclaims %q; want nothing", tt.text, got)
		case tt.wanted != "" && (len(got) != 1 || !strings.Contains(got[0], tt.wanted)):
			t.Errorf("%s\n\tclaims %q; want %q", tt.text, got, tt.wanted)
		}
		for _, w := range []string{"increased", "majority", "at least 40"} {
			if tt.wanted != "" && strings.Contains(strings.ToLower(kept), w) {
				t.Errorf("%s\n\t%q is printed: %s", tt.text, w, kept)
			}
		}
	}
}

// TestWhatALabelClaims: a label stands on its own number.
func TestWhatALabelClaims(t *testing.T) {
	_, results := lintSample(t)
	at := func(name string) *recount.Result {
		return &results[slices.IndexFunc(results, func(r recount.Result) bool { return r.Name == name })]
	}
	for _, tt := range []struct {
		label, of string
		fine      bool
	}{
		{"the majority who left", "many", true}, {"the majority who left", "some", false}, {"the majority who left", "people", false},
		{"at least 20 people", "many", false}, {"most of the women", "half", false}, {"a rising number", "many", false},
		{"twice as many as before", "up", true}, {"twice as many as before", "slight", false}, {"who declined to comment", "some", true}, {"people who left", "people", true},
	} {
		if got := Unborne(tt.label, at(tt.of)); (got == "") != tt.fine {
			t.Errorf("%q of %s: %q; fine is %v", tt.label, tt.of, got, tt.fine)
		}
	}
	if got := Unborne("A growing movement"); got == "" {
		t.Error("a title that claims a rise passed")
	}
}

// TestMarksThatSomebodyTyped: a report.md with the marks by which numbers are
// followed through the prose is written all the same.
func TestMarksThatSomebodyTyped(t *testing.T) {
	for _, text := range []string{"\x00 7 \x00 at least \x009\x00.", "\x0199\x02majority\x01 left.", "\x01\x02\x01", "at least \x01", "{{people}} \x02 \x01 {{many}}"} {
		head, results := lintSample(t)
		tpl, err := ParseTemplate([]byte(head + text + "\n"))
		if err != nil {
			continue
		}
		tpl.Lint(results)
		var doc document.Document
		_ = tpl.WritePublic(&doc, Public{
			Fold:   strings.ToLower,
			Number: func(verb, name, row string) (string, bool, error) { return "17", true, nil },
			Table:  func(string) []document.Block { return nil },
			Keep:   func(PublicSentence) bool { return true }, Link: func(string) bool { return true },
		})
	}
}

// TestSentencesInOtherLanguages: words that are looked for in English are not looked
// for in a sentence of another language, and an edition has to say so.
func TestSentencesInOtherLanguages(t *testing.T) {
	for _, s := range []string{
		"Die meisten von ihnen kamen in den ersten acht Monaten aus Orlund und waren Männer.", "La plupart des personnes qui sont parties venaient de la côte du sud.", "La mayoría de las personas que se fueron eran hombres de la costa sur.",
		"De meeste mensen die vertrokken kwamen uit het zuiden van het land.", "De flesta som lämnade landet kom från södra kusten och var unga män.", "Většina lidí kteří odešli pocházela z jihu a byla mladší než třicet let.",
		"Drei Frauen sprachen.", "Une femme de Tarn.", "Tres mujeres de Tarn", "Trzy kobiety z Tarn", "Tre kvinnor från Tarn", "Üç kadın konuştu.", "Три женщины.", "ثلاث نساء", "三名妇女", "Eine Bäckerin aus Tarn, Mitte sechzig.", "Three Frauen came aus Tarn, und zwei Männer.", "Женщина из Тарна", "Drie vrouwen spraken over honger.", "Tři ženy mluvily.",
		"Большинство людей которые ушли были родом с южного побережья страны.", "معظم الأشخاص الذين غادروا كانوا من الساحل الجنوبي للبلاد في ذلك العام", "离开的人大多数来自南部海岸，他们当中有几名妇女和一名店员。", "A maioria das pessoas que partiram vinha da costa sul do país.",
	} {
		if _, other := Foreign(s); !other {
			t.Errorf("%q is taken for English", s)
		}
	}
	for _, s := range []string{
		"These are all the published accounts that were found, not a sample of them.", "They come from these countries, as the earliest article about each person has it.", "Outlets give numbers of their own.", "In detail:", "Coders met early in June.", "# spoke of corruption, # of cruelty, and # of a war against the wrong enemy.",
		"A deserter came from a village above Korrin.", "No commander was punished in a camp so near.", "Hunger, beatings, unpaid wages, fear, cold", "People by country", "Der Spiegel and Le Monde printed them.", "See the Süddeutsche Zeitung, El País and La Repubblica.", "Kovář", "Public edition", "# women", "Fear of arrest", "Maria van der Berg and Juan de la Cruz spoke of it.", "Yuri Дмитрий", "Pay: late", "Reasons given, per person", "Due care, plus interest",
		"Orlund, Karsova, Maravos, Isterland", "He said: «La plupart des personnes qui sont parties venaient de la côte du sud.»", "It is called „Die meisten von ihnen kamen in den ersten acht Monaten aus Orlund“ there.", "", "Reprints of one story are one original.",
	} {
		if n, other := Foreign(s); other {
			t.Errorf("%q is not taken for English (%d)", s, n)
		}
	}
}

// TestWhatLeavesWithASentence leaves out the sentence "GONE": what points back at it and
// what leads to nothing any more leaves too, and what stands by itself stays.
func TestWhatLeavesWithASentence(t *testing.T) {
	for _, x := range []struct{ text, kept, not string }{
		{"GONE is so. Neither can be told apart.", "", "Neither"},
		{"GONE is so. They come from the coast.", "", "They"},
		{"GONE is so. These are few. Those are many.", "", "These Those"},
		{"GONE is so. Both hold.", "", "Both"},
		{"GONE is so. It is what pages document. The sea is wide.", "The sea is wide.", "document"},
		{"GONE is so. This is what pages document.", "", "This"},
		{"GONE is so. That says little. Such is life.", "", "That Such"},
		{"GONE is so. Of them many spoke.", "", "Of them"},
		{"GONE is so. The latter is known.", "", "latter"},
		{"GONE is so. None of these was checked.", "", "None"},
		{"GONE is so. Their number is known. In both it rained.", "", "Their rained"},
		{"GONE is so.\n\nThey come from the coast.", "", "They"},
		{"The sea is wide. They come from the coast.", "They come", ""},
		{"GONE is so. The sea is wide. It is blue.", "It is blue.", ""},
		{"GONE is so. Thursday was wet. Thistles grew.", "Thursday was wet. Thistles grew.", ""},
		{"GONE is so.\n\n## The sea\n\nIt is wide.", "It is wide.", ""},
		// What leads to something that is left out.
		{"In detail:\n\n{{table people}}\n\nThe sea is wide.", "The sea", "In detail"},
		{"The sea is wide. In detail:\n\n{{table people}}\n\nThe land is not.", "The sea is wide.", "In detail"},
		{"## What others counted\n\nOutlets give numbers. Set beside them:\n\n{{table people}}\n\n{{beside told}}\n\n## The sea\n\nIt is wide.", "It is wide.", "Outlets Set"},
		{"## What others counted\n\nOutlets give numbers. Set beside them:\n\n{{table people}}\n\nThe land is not.", "Outlets give numbers.", "Set"},
		{"In detail:\n\n- GONE\n\nThe sea is wide.", "The sea", "In detail"},
		{"In detail:\n\n- GONE\n- the sea", "In detail:", ""},
		{"In detail:\n\nGONE\n\nThe sea is wide.", "The sea", "In detail"},
		{"In detail:\n\nThe sea is wide.\n\n{{table people}}", "In detail:", ""},
	} {
		head := "---\nresults:\n  people:\n    by: gender\n  told:\n    count: all\n    reported: told\n---\n\n"
		tpl, err := ParseTemplate([]byte(head + x.text + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		var doc document.Document
		var left []string
		err = tpl.WritePublic(&doc, Public{
			Number: func(verb, name, row string) (string, bool, error) { return "17", true, nil },
			Table:  func(string) []document.Block { return nil },
			Fold:   strings.ToLower,
			Link:   func(string) bool { return true },
			Keep:   func(s PublicSentence) bool { return !strings.Contains(s.Text, "GONE") },
			Left:   func(s PublicSentence) { left = append(left, s.Text) },
		})
		if err != nil {
			t.Fatal(err)
		}
		kept := ""
		for _, b := range doc.Blocks {
			kept += plainText(b.Text) + "\n"
		}
		if !strings.Contains(kept, x.kept) {
			t.Errorf("%q: kept %q", x.text, kept)
		}
		for _, w := range strings.Fields(x.not) {
			if strings.Contains(kept, w) || !strings.Contains(strings.Join(left, "\n"), w) {
				t.Errorf("%q: kept %q, left out %q", x.text, kept, left)
			}
		}
	}
}
