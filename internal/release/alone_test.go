package release

import (
	"slices"
	"testing"
)

// TestWhatManyStoriesHave: words lead to nobody that stand together in as many stories, of
// as many people, as the rule asks for, and not where one of the two is fewer.
func TestWhatManyStoriesHave(t *testing.T) {
	const both, boat, ford = "the barge lay at the ford", "the barge lay still", "the ford was deep"
	for _, c := range []struct {
		what    string
		stories []Story
		refused bool
	}{
		{"no story", nil, true},
		{"four stories", storiesOf(4, 4, both), true},
		{"five stories of five people", storiesOf(5, 5, both), false},
		{"nine stories of two people", storiesOf(9, 2, both), true},
		{"nine stories of five people", storiesOf(9, 5, both), false},
		{"each word in five stories, never together", append(storiesOf(5, 5, boat), storiesOf(5, 5, ford)...), true},
		{"together in four, alone in many", slices.Concat(storiesOf(9, 9, boat), storiesOf(9, 9, ford), storiesOf(4, 4, both)), true},
	} {
		e := &Edition{Rule: Strict, People: 20, Protected: make([]bool, 20), Stories: c.stories}
		e.Protected[0] = true
		s := NewDescriptions(e).Specific("The barge lay beside the ford.", Around{})
		if (s != nil) != c.refused {
			t.Errorf("%s: %v", c.what, s)
		}
	}
}

// storiesOf are stories with the same words, of people in turn.
func storiesOf(stories, people int, text string) (out []Story) {
	for i := range stories {
		out = append(out, NewStory(text, i%people))
	}
	return out
}

// TestThingsAlone sets sentences that speak of nobody before the rule: a thing of its own
// is a reason, and a kind of things, what something is, a country or what is encoded is none.
func TestThingsAlone(t *testing.T) {
	x := newTown(t)
	unsafe, passed, safe, refused := 0, 0, 0, 0
	for _, kind := range []struct {
		kind         string
		unsafe, safe []string
	}{
		{"things of a kind, and one of them", []string{
			"The donkeys waited by the ford.", "These candles were lit for it.", "Two donkeys were enough.", "A donkey was hired.", "Candles made the room a chapel.", "Those kettles boiled all night.", "Six mattresses were stacked by the window.", "The ladders had been sawn through.", "Donkeys carried the archive.", "Another kettle was on the stove.", "Its hinges had been oiled.",
		}, []string{
			"Donkeys grazed at night.", "Candles were sold out.", "Kettles boil slowly.", "Ladders are dear.", "Mattresses were in short supply.", "Trams ran every hour.", "Sparrows returned in spring.", "Lice were common in the winter.", "Shutters were closed in the north.", "Reports speak of tunnels.", "Some accounts mention tunnels.", "Orchards were abandoned during the war.", "Tunnels were dug near the front.",
		}},
		{"what something is, and what it was once", []string{
			"The tunnel is a cellar.", "Hers is a violin without strings.", "It was a tambourine.", "There is a tambourine in it.", "A tambourine was the sign.", "What she kept is a tambourine.", "The sign: a tambourine", "A museum on the coast has a tambourine.", "That is a spoon of bone.", "Inside is a spoon.",
		}, []string{
			"Shrovetide is a feast.", "Kufic is a script.", "Aikido is a sport.", "Sirocco is a wind.", "Borscht is a soup.", "Esperanto is a language.", "Robin Hood is a legend.", "Bread is a staple.", "Cinder Ella is a tale.", "Fado is a kind of song.",
		}},
		{"what is encoded", []string{
			"A well-oiled hinge gave way.", "The half-built loft was empty.", "Sun-dried figs and a blunt razor", "A razor, blunt = useless, lay there.", "The co-op's ledger burnt.", "The razor (see p. 4) was blunt.", "An ice-cold kiln held them.", "A left-handed pair of scissors lay in the crate.", "X-rays of a spine hung in the kiosk.", "The so-called chapel was a sauna.",
		}, []string{
			"<br/>", "<td colspan=\"2\">", "a%20b%20quince", "<a href=\"#quinces\">table</a>", "xn--bcher-kva", "xn--fiq228c5hs", "https://study.example/quinces/data.csv", "data-quinces-v2", "quinces.csv", "sha256=deadbeef", "&nbsp;", "/srv/quinces/",
		}},
		{"countries at the head of a sentence", []string{
			"Norway was written on the trunk.", "Peru stood on the crate of lamps.", "Chad was the name of the budgerigar.", "Malta had sent a crate of lamps.", "Japan is where the lantern slides were made.", "Cuba was painted on the hull.", "Georgia, said the brass plate.", "Egypt is a word on the tin lid.", "Spain was where the wigs came from.", "Turkey feathers filled the bolster.",
		}, []string{
			"Norway was not asked.", "Peru has no such law.", "Chad closed its border.", "Malta is far.", "Japan and Cuba are not among the countries.", "Georgia changed the law.", "Egypt is not counted.", "Spain sent observers.", "Turkey opened its border in 2014.", "Sudan is neutral.",
		}},
		{"law, works and pages", []string{
			"The writ was sewn into a quilt.", "A subpoena lined the birdcage.", "The verdict came with a basket of plums.", "Freight papers were kept in a teapot.", "The pipeline had a hatch for cats.", "An injunction hung in the sauna.", "The screenshot shows a swing.", "A podcast was recorded in the larder.", "The tariff on buttons was paid in hens.", "Parole meant a room over the bowling alley.",
		}, []string{
			"Bail is seldom granted.", "The verdict was upheld.", "Parole was abolished.", "The moratorium expired in 2015.", "Freight was halted.", "Subsidies were suspended.", "The airport was closed.", "Hyperlinks were checked.", "Podcasts were not included.", "The law was amended, then repealed.", "Extradition has been refused.",
		}},
		{"economy, assemblies and idioms", []string{
			"The rent was paid in walnuts.", "A session with a dentist gave it away.", "A hand of cards was on the sill.", "The other hand held a kitten.", "A foot of rope was left on the hook.", "The mouth of the tunnel faces a dairy.", "The ballot was hidden in a loaf.", "A voucher for a haircut lay in the psalter.", "Hands were dyed with walnut.", "The pawnbroker's fee was a kettle.",
		}, []string{
			"Rents rose twice.", "The assembly met in closed session.", "Pages were read by hand.", "On the other hand, fear was named less often.", "At first hand little is known.", "Many left on foot.", "Turnout was low.", "Salaries were frozen.", "Fares trebled within a year.", "Goods were sold in bulk.", "Both laws are at odds.",
		}},
		{"nobody and nothing", []string{
			"No saddle was left on the hooks.", "Nothing was said about the stilts.", "Never was a lullaby so short.", "Without the stilts it would have failed.", "Neither the goose nor the cart was seen again.", "No window faced the bakery.", "There was no cork for the bottle.", "Not a feather was left of it.", "Nothing but a spade was needed.", "None of the corks fitted.",
		}, []string{
			"Nothing was changed afterwards.", "No names were kept.", "Nobody was paid.", "No photographs were published.", "None of the links is broken.", "No interview was repeated.", "Neither table has a total.", "There is no second codebook.", "Without evidence no code was given.", "Not one page was left unread.",
		}},
	} {
		for _, text := range kind.unsafe {
			if unsafe++; x.refuses(t, text, Around{}) == "" {
				passed++
				t.Errorf("%s: passed: %s", kind.kind, text)
			}
		}
		for _, text := range kind.safe {
			safe++
			if why := x.refuses(t, text, Around{}); why != "" {
				refused++
				t.Logf("%s: refused: %s (%s)", kind.kind, text, why)
			}
		}
	}
	t.Logf("%d unsafe sentences about things, %d passed; %d safe, %d refused", unsafe, passed, safe, refused)
	if 10*refused > safe {
		t.Errorf("%d of %d safe sentences were refused", refused, safe)
	}
}

// TestWordsThatLookLikeForms: a word is known to hold for many by its first form only where
// it can be a form of that one.
func TestWordsThatLookLikeForms(t *testing.T) {
	for word, known := range map[string]bool{
		"wed": false, "ford": false, "bed": false, "hed": false, "shed": false, "buts": false, "ing": false, "offed": false, "ates": false, "ising": false, "theed": false, "outed": false, "iter": false, "thener": false,
		"stopped": true, "feared": true, "hopes": true, "families": true, "dying": false, "leaving": true, "safer": true, "clearly": true, "dont": true, "witnesses": true, "cried": false, "tried": true, "orders": true,
	} {
		if coarseWord(word) != known {
			t.Errorf("%s: %v", word, !known)
		}
	}
}
