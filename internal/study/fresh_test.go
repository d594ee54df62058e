package study_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount/internal/study"
)

// A freshKind are sentences that give somebody away and sentences that come near.
type freshKind struct {
	kind         string
	unsafe, safe []string
}

// freshTexts are sentences of a report of the example, by kinds: what gives somebody away,
// and what comes near. They were written without a look at the rules, in three rounds; the
// kinds that passed were mended between them (docs/measurements-release.md says how many).
var freshTexts = []freshKind{
	{"what happened to one person alone, told in other words", []string{
		"One of them got over the border with a school register under his coat.",
		"One read his own name among those chosen for suicide attacks.",
		"One was thrashed with the pole of a tent because he nodded off on guard.",
		"One left hidden under turnips on a cart.",
		"One had to sign that prisoners were fit to be flogged, and would not sign the tenth paper.",
		"One walked out at night with the ash buckets.",
		"One kept two ledgers, one for the priors and one for everybody else.",
		"One tells his children that he was picking hops.",
	}, []string{
		"Some left on foot and others on lorries.",
		"Prisoners are said to have been flogged in markets.",
		"Several accounts speak of food that went to the priors.",
		"Guards were said to take money at the gates.",
		"Accounts of the camps differ in what they say about food.",
		"Papers, as far as outlets saw any, were not copied for this study.",
	}},
	{"family and household of one person", []string{
		"Her mother is a school cook.",
		"A man whose son has a nervous stepfather is not shown; one whose mother Greta is 58 is.",
		"The wife of the one called after a trade, Dorte, did most of the talking.",
		"One was married at the registry in Hask to a man she had met four times.",
		"One lives with his sister and plays a cello with one string gone.",
		"One has a younger brother whom a neighbour saw alive in July.",
	}, []string{
		"Relatives were not counted, whatever they said.",
		"Mothers and fathers speak in some pages, and give no reason here.",
		"A brother or a sister may have been asked to speak for somebody.",
		"Families had reasons of their own to speak.",
		"What a relative says of somebody gives no reason.",
	}},
	{"first, last, youngest, only", []string{
		"The youngest of the women studied nursing.",
		"The first citizen of Orlund to come home was a student.",
		"The only teacher among them spoke in July.",
		"The last woman to be counted had worked in a laundry.",
		"The oldest who may not be shown is the cook.",
		"The only one heard on the radio under another name was a baker.",
		"The second from Orlund repaired buses.",
	}, []string{
		"The first account in the period is from January 2014.",
		"The last page was collected in September 2015.",
		"The only source of a number is the page that it opens.",
		"The earliest article about each person was used.",
		"The longest of the interviews was cut by the outlet.",
		"The first reading was done by one coder, the second by another.",
	}},
	{"country and trade", []string{
		"A Karsovan schoolteacher is among them.",
		"An Orlunder who nursed is among them.",
		"A Veldmarker who worked as a signaller spoke.",
		"The Sudrecian preacher spoke of added verses.",
		"A Veldmark baker said he was paid.",
		"Among the Karsovans is a machine-gunner.",
	}, []string{
		"Karsovans and Veldmarkers live on both sides of the hills.",
		"Teachers, bakers and drivers are among the trades that pages name.",
		"A border post of Karsova is named in some pages.",
		"Karsova has amnestied nobody so far.",
		"Schools in Karsova taught the Rule.",
	}},
	{"clues to a name", []string{
		"His surname rhymes with barrow and begins with a G.",
		"The initials of one are E. G.",
		"I. B. spoke of the camp.",
		"Golf Alpha Romeo Romeo Oscar Whiskey.",
		"The name begins with Hall and ends with oun.",
		"Her first name is the word for island turned into Il-se.",
		"He goes by a bird's name.",
		"In the pages he bears the name of a small brown bird.",
	}, []string{
		"Names were taken from the pages as they are printed.",
		"The names of outlets begin with a capital letter.",
		"Initials stand for the two coders, A and B.",
		"Spellings of names differ between outlets.",
		"Real names were neither sought nor kept.",
	}},
	{"a hidden count by sums", []string{
		"All but 25 were women.",
		"Leave out the 25 men and you have the women.",
		"Men: 29 less the women, that is 25.",
		"The women numbered two times two.",
		"Half of eight were women.",
		"13.8 per cent were female.",
		"There is one woman to six men, roughly.",
		"Take four from twenty-nine and only men remain.",
	}, []string{
		"The numbers of women are left out, since they are small.",
		"Shares are rounded to one decimal.",
		"Small numbers are hidden, and so are those from which they follow.",
		"The sum of the reasons is larger than the number of people.",
		"Each number is followed by how it was counted.",
	}},
	{"an outlet by what it is", []string{
		"The chief reporter of a paper in Orlund spoke to the mechanic in June 2015.",
		"A radio programme of October 2014 has the guard's own words.",
		"A paper in Lowmoor ran it in the middle of May 2014.",
		"Look through the Sunday bulletins of that autumn.",
		"Search any engine for nursing student and the Order.",
		"Put “locked laundry” into a search box.",
	}, []string{
		"Radio and print were read alike.",
		"Dailies, weeklies and one agency are among the outlets.",
		"Pages were found with a search engine, in three languages.",
		"Outlets of Orlund write more about Orlunders than others do.",
	}},
	{"what leads to a file or a machine", []string{
		"See captures/000012.warc.gz.",
		"See pages/p13.html for more.",
		"Person 0c1a6b8dcacc is one of them.",
		"The address was shortened to bit.ly/3xLena.",
		"web.archive.org/web/20150605/ has a copy.",
		"IMG_20150605_lowmoor.jpg",
		"Unix time 1433462400 is when it was printed.",
	}, []string{
		"The files are checked by their hashes.",
		"Write to data@hillstudy.example with questions.",
		"The code is at https://hillstudy.example/code.",
		"The pages were archived as WARC files.",
		"The report is also there as a table.",
	}},
	{"how somebody looks, lives and is now", []string{
		"One has a cough and drove other people's chairs.",
		"One is revising for an examination and would add nothing.",
		"One spoke through a closed door on a Lowmoor estate.",
		"One lets people see his hands but not photograph them; there is a scar.",
	}, []string{
		"Some outlets describe the rooms in which people spoke.",
		"Most were interviewed at home or in cafés.",
		"Photographs were not used.",
		"Nobody was approached for this study.",
		"Some are said to be in hiding.",
		"Some have gone back to the work that they did before.",
	}},
	{"ordinary prose of a report", []string{}, []string{
		"The Order has held parts of the uplands since 2011.",
		"It is said to have 4,000 members.",
		"The Centre for the Study of Armed Movements counts otherwise.",
		"We read every page twice.",
		"The limits of a count of published accounts are well known.",
		"Coverage follows the interest of editors.",
		"Whoever is afraid does not speak to the press.",
		"The study was paid for by nobody.",
		"Accounts that were given in court are left out.",
		"A reprint adds nothing to a count.",
		"Two questions stayed open.",
		"Reasons were coded with a codebook of four groups.",
		"Agreement between coders is given in the appendix.",
		"What outlets report of numbers is not repeated here.",
		"Neither the Order nor its enemies were asked.",
		"The words “left” and “deserted” are used alike.",
	}},
	{"written after the first mends", []string{
		"The man with the class register is counted under Karsova.",
		"One of those counted learned that his own name stood in a book in blue ink.",
		"A lad who dreamt of becoming a joiner ran away after he saw a list.",
		"She sewed up men who had whipped others, though she had come for refugees.",
		"Somebody washed shirts behind a locked door with thirteen others.",
		"A guard raised a pole for a year and a half and was paid in lies.",
		"A member who shod ponies was sent a bill for iron.",
		"The preacher was handed a typed verse that had not been there before.",
		"A fighter was told to hold a ridge though most men had no bullets.",
		"One man left because a boy had asked him about an egg.",
		"A clerk showed reporters torn leaves of a ledger.",
		"A cellist came home with a broken string.",
		"His first name is that of a Roman emperor's son, Emil as the French have it.",
		"The surname has six letters and a double r.",
		"Those who want the name may write to the shelter Open Door.",
		"The lawyer of a shelter, Roswitha Kane, knows her.",
		"Superintendent Wray questioned two of them.",
		"Ask at the bus depot in Lowmoor.",
		"The Sunday programme in the autumn of 2014 has it.",
		"Karsova's newspaper had a clerk in March 2014.",
		"A Veldmark paper ran the story of the horse doctor on 8 February 2015.",
		"The recording of 19 October can be heard on the station's site.",
		"https://archive.ph/x3k2q",
		"The screenshot is called Screenshot_2015-07-11.png.",
		"Women are to men as 4 to 25.",
		"If you take away the men you are left with a quartet.",
		"The number of women is the square of two.",
		"Fewer women than fingers on a hand were counted.",
		"Orlund gave a brace of them.",
		"There is exactly one more Sudrecian than there are Maravians.",
		"The Lantern's piece from when the strawberries were ripe tells of a laundry.",
	}, []string{
		"The research was done by two people over one winter.",
		"Outlets differ in how much they print of an interview.",
		"A person who spoke to several outlets counts once.",
		"Whether somebody told the truth is not asked here.",
		"The codebook names four kinds of reasons.",
		"Some pages had been taken off the web and were read in an archive.",
		"Articles in French were read by somebody who knows the language.",
		"The Order was founded in 2011 and has its own court.",
		"A border runs through the hills.",
		"Many crossed at night and on foot.",
		"Prices rose in the winter, and flour was dear.",
		"Wives and children live in the camps too.",
		"The ministry says that nobody was punished.",
		"Not everybody who left was a fighter.",
		"Some had joined for money, others for the Rule.",
		"One reason may hide another.",
		"One page was left out since it could not be read.",
		"The first part says who they are, the second why they left.",
		"The last section says how this was counted.",
		"A reader may ask why so few speak.",
		"Reporters work under pressure, and some of them in danger.",
		"Journalists of the region know more than they print.",
		"The study counts accounts that were published, not people who left.",
		"It is not known how many are still there.",
		"She or he is asked for a reason only once.",
		"The names of places are spelt as the outlets spell them.",
		"A report of another group came to a similar number.",
		"Interviews on the radio were read as transcripts.",
		"All outlets that were found are listed in the appendix.",
		"Ranges say how far an open question could move a number.",
		"Young people are said to leave more often.",
		"Guards, clerks and cooks are part of any army.",
		"Fear of reprisals keeps families silent.",
		"The table leaves out what fewer than five people share.",
	}},
	{"written after the second", []string{
		"A man in his fifties sieved sawdust out of the flour.",
		"The youngest of those in uniform fell asleep on watch.",
		"A woman kept a paper on which she had vouched for nine prisoners.",
		"One hauled chairs and tables for a winter, with a bad chest.",
		"The one from the flat east of Veldmark counted men in a cellar.",
		"Her initials, I.B., stand on the paper.",
		"G-A-R-R-O-W is how one signs.",
		"The mother, Greta, cooks at a school.",
		"Prior to that he had baked for six years.",
		"A teenager above Korrin was beaten.",
		"The only person to speak on March Radio under a false name sold bread.",
		"See the Frontier Review from the winter that began the period.",
		"The piece in the paper of Dorrin's neighbours on 20 July 2014 has the whole story.",
		"An agency sent it out in mid-May of 2014.",
		"The tape is at t.me/hillvoices.",
		"Scan the code to hear him: qr_lena.png",
		"Women, 4.",
		"Subtract 25 from the total to get the women.",
		"Sudrecia gave as many as Isterland and one more.",
		"Not one of the women was from Maravos but one.",
		"The third woman is a teacher of wives.",
		"One of the women had been a nurse.",
		"A family in Pell Sands took her back.",
		"The Courier's man in Lowmoor stood at the bus depot in early summer 2015.",
		"When the bridge fell the Lantern printed it.",
	}, []string{
		"The study does not say who is right.",
		"A village may have many names.",
		"Wars are counted in dead, not in those who walk away.",
		"Each code has a definition and an example.",
		"Whoever reads this can check the numbers in the tables.",
		"Papers of the region were read back to January 2014.",
		"Radio programmes were transcribed by the station.",
		"A child is not counted as a speaker.",
		"Most of what is known comes from the press.",
		"The hills are poor and the winters long.",
		"The first outlet to print an account is named as its source.",
		"A person may be named in one outlet and not in another.",
		"Speaking to the press can be dangerous.",
		"Nobody was paid for an answer.",
		"Soldiers of the Regent are not part of this study.",
		"We thank those who read drafts of this report.",
		"The appendix lists the rules of coding.",
		"Only published words were used.",
		"The last update was made in December 2026.",
		"A court may see it otherwise.",
		"Some outlets write the names of towns in two ways.",
		"In several pages the reporter asks the same question twice.",
		"An account of hunger is not proof of hunger.",
		"Photographs show the hills, not people.",
		"Where a page was lost, the archive was asked.",
		"The numbers in this report are not estimates.",
		"The reasons are those that people gave themselves.",
		"A second reader coded a part of the pages.",
		"Tables with small numbers are left out.",
		"Leaving is a crime under the Rule.",
	}},
}

// TestFreshTexts writes each sentence into the report of the example, beside numbers, and
// asks what publish says of it.
func TestFreshTexts(t *testing.T) {
	s, _ := demo(t)
	var b strings.Builder
	b.WriteString("---\ntitle: Who left\nresults:\n  people:\n    count: all\n  women:\n    share: gender == \"woman\"\n  countries:\n    by: country\n---\n\n{{people}} people spoke, {{women}} of them women.\n\n{{table countries}}\n\n")
	line, at, part := strings.Count(b.String(), "\n")+1, map[string]string{}, 0
	tables := append(slices.Clone(freshTexts), freshRounds...)
	for _, k := range tables {
		for _, texts := range [][]string{k.unsafe, k.safe} {
			for _, text := range texts {
				fmt.Fprintf(&b, "## Part %c%c%c\n\n%s\n\n", 'a'+part/676, 'a'+part/26%26, 'a'+part%26, text)
				at[text] = fmt.Sprintf("report.md, line %d", line+2)
				line, part = line+4, part+1
			}
		}
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "report.md"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := s.Publish(t.Context(), study.Publish{})
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for i := range out.Reasons {
		why[out.Reasons[i].Cell] = out.Reasons[i].Text
	}
	allUnsafe, allPassed, allSafe, allRefused := 0, 0, 0, 0
	for _, k := range tables {
		passed, refused := 0, 0
		for _, text := range k.unsafe {
			if why[at[text]] == "" {
				passed++
				t.Errorf("%s: passed: %s", k.kind, text)
			}
		}
		for _, text := range k.safe {
			if why[at[text]] != "" {
				refused++
				t.Logf("%s: refused: %s: %s", k.kind, text, why[at[text]])
			}
		}
		t.Logf("of %s: %d unsafe, %d passed; %d safe, %d refused", k.kind, len(k.unsafe), passed, len(k.safe), refused)
		allUnsafe, allPassed, allSafe, allRefused = allUnsafe+len(k.unsafe), allPassed+passed, allSafe+len(k.safe), allRefused+refused
	}
	t.Logf("%d unsafe sentences of %d kinds, %d passed; %d safe, %d refused", allUnsafe, len(tables), allPassed, allSafe, allRefused)
	if 10*allRefused > allSafe {
		t.Errorf("%d of %d safe sentences were refused", allRefused, allSafe)
	}
}
