package figures

import (
	"strings"
	"testing"

	"recount"
)

// The kinds of groups that a study of varied pages showed to be missed, each
// with ten cases or more of its own. A headline is the first line of a page
// that begins with "#".
func TestGroupKinds(t *testing.T) {
	const post, star = "2031-11-03", "2031-11-05"
	type kase struct {
		pages  []page
		copies [][]int
		a, b   [2]string // outlet and wording
		want   Relation  // of b in the group of a; "": never in one group
	}
	two := func(x, y string) []page { return []page{{"Post", post, x}, {"Star", star, y}} }
	of := func(x, y, a, b string, want Relation) kase {
		return kase{two(x, y), nil, [2]string{"Post", a}, [2]string{"Star", b}, want}
	}
	print := func(x, y, a, b string, want Relation) kase {
		k := of(x, y, a, b, want)
		k.copies = [][]int{{0, 1}}
		return k
	}
	kinds := map[string][]kase{
		"words that are told again": {
			of("“When sixty-one drivers who have never met describe the same bolt, I stop,” she said.", "The report runs to 90 pages. “When sixty-one drivers who have never met describe the same bolt, I stop,” said the inspector.", "sixty-one", "sixty-one", Copied),
			of("Drivers described night shifts on which two men looked after as many as 38 engines, and a third slept.", "Shocking: former drivers described night shifts on which two men looked after as many as 38 engines, and more.", "as many as 38", "as many as 38", Copied),
			of("Complaints about the pit rose by 12 per cent, to 212, in 2030.", "Now read this: complaints about the pit rose by 12 per cent, to 212, in 2030!", "212", "212", Copied),
			of("The report counts 58 miners who spoke to newspapers about the night of the flood.", "A list has 58 miners who spoke to newspapers about the night of the flood.", "58", "58", Copied),
			of("The report counts 58 miners who spoke to newspapers.", "The report counts 58 miners who spoke on the radio.", "58", "58", Agrees),
			of("The report counts at least 58 miners who spoke to newspapers about the night of the flood.", "The report counts 58 miners who spoke to newspapers about the night of the flood.", "at least 58", "58", Degraded),
			of("Union men say that the pit has lost at least 340 hewers since the new shaft was sunk.", "Union men say that the pit has lost at least 340 hewers since the new shaft was sunk, we hear.", "at least 340", "at least 340", Copied),
			of("“Of the men I trained with, forty-seven colleagues never saw another winter on the islands,” he wrote.", "He had put it in a letter: “Of the men I trained with, forty-seven colleagues never saw another winter on the islands.”", "forty-seven", "forty-seven", Copied),
			of("The ministry warned the northern committee of the house that 1,240 pensioners wait for an answer.", "It is true: the ministry warned the northern committee of the house that 1,240 pensioners wait.", "1,240", "1,240", Copied),
			of("The report counts 58 miners, and 61% of them were heard in May, it says.", "The report counts 58 miners, and 61% of them were heard in May, it says.", "61% of them", "61% of them", Impossible),
			of("“There were three hundred and six farmers in the hall and not one chair,” she recalled.", "“There were three hundred and six farmers in the hall and not one chair,” as she put it.", "three hundred and six", "three hundred and six", Copied),
		},
		"one sentence with another number": {
			of("Toomey guessed that “well over a hundred” had a story to tell and a mortgage to pay.", "Toomey, an organizer, figured hundreds more had a story to tell and a mortgage to pay.", "well over a hundred", "hundreds", Degraded),
			of("She counted 46 miners who carried their lamps across the frozen river before the whistle blew.", "She counted 64 miners who carried their lamps across the frozen river before the whistle blew.", "46", "64", Conflict),
			of("At dawn the harbour master of the northern town found the bodies of 12 whalers.", "At dawn the harbour master of the northern town found the bodies of 21 whalers.", "12", "21", Conflict),
			of("Some 300 families wait behind the sugar mill for a lorry that never comes.", "Dozens of families wait behind the sugar mill for a lorry that never comes.", "Some 300", "Dozens", Conflict),
			of("Some 90 families wait behind the sugar mill for a lorry that never comes.", "Dozens of families wait behind the sugar mill for a lorry that never comes.", "Some 90", "Dozens", Degraded),
			of("She counted at least 46 miners who carried their lamps across the frozen river before the whistle.", "She counted 46 miners who carried their lamps across the frozen river before the whistle.", "at least 46", "46", Degraded),
			of("He thinks 700 clerks copied the ledgers of the bank by candle night after night.", "He thinks thousands of clerks copied the ledgers of the bank by candle night after night.", "700", "thousands", Conflict),
			of("There are 40 boats.", "There are 50 boats.", "40", "50", ""),
			of("The town has 40 doctors, and that is all that we know of it.", "The village has 50 doctors, and that is all that we know of it.", "40", "50", ""),
			{[]page{{"Post", "2031-01-03", "She counted 46 miners who carried their lamps across the frozen river before the whistle blew."}, {"Star", star, "She counted 64 miners who carried their lamps across the frozen river before the whistle blew."}}, nil, [2]string{"Post", "46"}, [2]string{"Star", "64"}, ""},
			of("Money: the fund paid 46 miners who carried their lamps across the frozen river.", "The fund paid $64 to miners who carried their lamps across the frozen river.", "46", "$64", ""),
		},
		"a count that is told as a share as well": {
			of("The study counts 41 miners. Twenty-seven of the 41 were women, or almost two thirds.", "The study counts 41 miners. More than two thirds of the 41 miners were women.", "Twenty-seven", "More than two thirds", Conflict),
			of("The study counts 41 miners. Twenty-seven of the 41 were women, or almost two thirds.", "The study counts 41 miners, almost two thirds of them women.", "Twenty-seven", "almost two thirds of them", Agrees),
			of("The study counts 40 miners. Ten of the 40 were deaf (25 per cent).", "The study counts 40 miners. A quarter of the 40 were deaf.", "Ten", "A quarter", Agrees),
			of("The study counts 40 miners. Ten of the 40 were deaf – a quarter.", "The study counts 40 miners. A third of the 40 were deaf.", "Ten", "A third", Conflict),
			of("The study counts 50 miners. Thirty of the 50 were ill, or 60 per cent.", "The study counts 50 miners. 60 per cent of the 50 were ill.", "Thirty", "60 per cent", Agrees),
			of("The study counts 200 miners. Of the 200 miners, 150 were ill, or three quarters.", "The study counts 200 miners. Three quarters of the 200 were ill.", "150", "Three quarters", Agrees),
			of("The study counts 200 miners. Of the 200 miners, 150 were ill (75%).", "The study counts 200 miners. 75% of the 200 were ill.", "150", "75%", Agrees),
			of("The study counts 80 miners. Sixty of the 80 were heard, or three quarters.", "The study counts 80 miners. More than three quarters of the 80 were heard.", "Sixty", "More than three quarters", Conflict),
			of("The study counts 80 miners. Sixty of the 80 were heard, and half were believed.", "The study counts 80 miners. Half of the 80 were believed.", "Sixty", "Half", ""),
			of("The study counts 80 miners. Sixty of the 80 were heard, or half.", "The study counts 80 miners. Half of the 80 were heard.", "Sixty", "Half", ""),
		},
		"the whole is told of a part": {
			of("The study counts at least 41 miners. Twenty-seven of the 41 were women.", "A study heard from 41 women.", "at least 41", "41", Conflict),
			of("The study counts at least 41 miners, 27 of them women.", "A study heard 41 women.", "at least 41", "41", Conflict),
			of("The study counts 58 workers, nine of them nurses.", "A report counts 58 nurses.", "58", "58", Conflict),
			of("The study counts 58 workers, nine of them nurses.", "A report counts 58 workers.", "58", "58", Agrees),
			of("The study counts 58 workers, nine of them nurses.", "A report counts 58 cooks.", "58", "58", Agrees),
			of("The study counts 58 people. Forty of the 58 were soldiers.", "The study counts 58 soldiers.", "58", "58", Conflict),
			of("The report counts 61 people, 11 of them children.", "A report says that 61 children were heard.", "61", "61", Conflict),
			of("The report counts 61 men.", "The report counts 61 people, 60 of them men.", "61", "61", Agrees),
			of("A list holds 71 teachers, 33 of them women.", "A list holds 71 women.", "71", "71", Conflict),
			of("A list holds 71 teachers, 33 of them women.", "A list holds 33 women.", "71", "33", ""),
		},
		"a change whose number is lost": {
			of("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "Complaints were up 38 percent.", "212", "38 percent", Degraded),
			of("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "Complaints rose 38%, it says.", "212", "38%", Degraded),
			of("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "Complaints were up 83 percent.", "212", "83 percent", ""),
			of("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "Visits were up 38 percent.", "212", "38 percent", ""),
			of("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "Complaints rose by 38 per cent, to 212, in 2030.", "212", "212", Copied),
			print("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "The mine accounted for 38 per cent of complaints in 2030, the report shows.", "212", "38 per cent", Degraded),
			of("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "The police upheld 38 per cent of complaints in 2030, another report shows.", "212", "38 per cent", ""),
			print("Desertions fell by a fifth, to 300, the army says.", "Desertions fell by a fifth, the army says.", "300", "a fifth", Degraded),
			of("Strikes have doubled. Walkouts climbed 20 per cent to 84 in the year.", "Walkouts climbed 20 per cent.", "84", "20 per cent", Degraded),
			{[]page{{"Post", "2031-01-03", "Complaints rose by 38 per cent, to 212, in 2030."}, {"Star", star, "Complaints were up 38 percent."}}, nil, [2]string{"Post", "212"}, [2]string{"Star", "38 percent"}, ""},
			of("Attacks on nurses rose by 10 per cent, to 340, last year.", "Attacks on nurses rose 10 per cent.", "340", "10 per cent", Degraded),
		},
		"the number of a headline": {
			print("The watchdog has heard from at least 41 former staff of the mine since January.", "# Forty ex-miners tell watchdog of faked records\nThe watchdog has heard from about 40 former staff of the mine since January.", "at least 41", "Forty", Degraded),
			of("The report counts at least 41 women who left the mine.", "# Dozens of women leave mine\nA report counts 41 women who left the mine.", "at least 41", "Dozens", Degraded),
			of("# At least 41 drivers heard\nThe report counts at least 41 drivers.", "The report counts 41 drivers.", "at least 41", "41", Degraded),
			of("# At least 41 drivers heard\nThe report counts at least 41 drivers.", "The report counts 41 drivers.", "At least 41", "41", Degraded),
			of("The report counts at least 41 drivers.", "# 41 drivers heard\nThe report counts at least 41 drivers.", "at least 41", "41", Agrees),
			of("The report counts 41 staff.", "# Forty heard\nThe report counts 52 boats.", "41", "Forty", ""),
			of("The report counts 41 miners.", "# Hundreds of miners heard\nA report counts 41 miners.", "41", "Hundreds", ""),
			of("The report counts 41 miners.", "# 41 boats sunk\nA report counts 41 miners.", "41", "41", Agrees),
			print("Police held some 300 students at the bridge on Monday night.", "# 300 students held\nPolice held about 300 students at the bridge on Monday night.", "some 300", "300", Agrees),
			of("The report counts at least 41 women who left.", "# Dozens of men leave\nA report counts 41 women who left.", "at least 41", "Dozens", ""),
		},
		"one story's large number": {
			print("The group now has over 4,000 colleagues, it says with pride.", "Vane, chief executive of the 4,000-strong group, commented.", "over 4,000", "4,000-strong", Degraded),
			print("Some 600 drivers marched on the capital.", "It was a march of a kind rarely seen: 600 people came.", "Some 600", "600", Degraded),
			print("He heads a union of 12,500 members.", "The 12,500-strong union is his.", "12,500", "12,500-strong", Copied),
			print("The yard employs 340 welders.", "Its 340 workers were sent home.", "340", "340", Copied),
			print("The yard employs 340 welders.", "Its 34 apprentices were sent home.", "340", "34", ""),
			of("The group now has over 4,000 colleagues, it says with pride.", "The 4,000-strong choir sang.", "over 4,000", "4,000-strong", ""),
			print("There were 212 colleagues with ten years of service.", "In the harbour of Sund lay 212 boats.", "212", "212", ""),
			print("The school has 900 pupils.", "At the 900-strong school nobody slept.", "900", "900-strong", Copied),
			print("At least 150 nurses signed.", "A letter with the names of 150 nurses was read out.", "At least 150", "150", Degraded),
			print("The club has 15 players.", "A 15-strong band played.", "15", "15-strong", ""),
		},
		"a part in another print": {
			print("The watchdog heard from at least 41 staff. Twenty-seven of the 41 were women. Fourteen had been recruited abroad.", "The watchdog heard from about 40 staff. They are women in most of the cases. Fourteen were recruited abroad.", "Fourteen", "Fourteen", Copied),
			print("The report counts 58 miners. Nine were blind in both eyes.", "Nine were blind in both eyes, a report says.", "Nine", "Nine", Copied),
			print("The report counts 58 miners. Nine were blind in both eyes.", "Six were blind in both eyes, a report says.", "Nine", "Six", ""),
			print("The report counts 58 miners, nine of them boys under twelve.", "The report names nine boys under twelve among the miners.", "nine of them", "nine", Copied),
			print("Of the 58 miners, 17 were sent to the islands in winter.", "In winter 17 miners were sent to the islands.", "17", "17", Copied),
			print("Police stopped 80 drivers. Twelve were without a licence.", "Twelve drivers were without a licence, the police said.", "Twelve", "Twelve", Copied),
			print("Police stopped 80 drivers. Twelve were without a licence.", "Police stopped 80 drivers. Twelve were without a licence.", "Twelve", "Twelve", Copied),
			print("Of 300 recruits, 40 deserted before spring.", "Before spring 40 recruits deserted, it says.", "40", "40", Copied),
			print("The list has 90 names. Thirty are of women who were never tried.", "Thirty women who were never tried stand on a list.", "Thirty", "Thirty", Copied),
			print("The ship had 300 passengers, 24 of them children without a ticket.", "On the ship were 24 children without a ticket.", "24 of them", "24", Copied),
		},
	}
	for kind, cases := range map[string][]kase{
		"whom an outlet has met itself": {
			of("I have spoken to nineteen miners of Pit Nine this year, it is true.", "By our count twenty-nine miners of Pit Nine have told a newspaper why they left.", "nineteen", "twenty-nine", Reference),
			of("By our count twenty-nine miners of Pit Nine have told a newspaper why they left.", "I have spoken to nineteen miners of Pit Nine this year.", "twenty-nine", "nineteen", OtherEvent),
			of("We have interviewed 31 nurses of the Holm clinic.", "This writer has his own list: by my count 44 nurses of the Holm clinic have talked.", "31", "44", Reference),
			of("Twelve sailors of the Aurora spoke to this newspaper.", "I interviewed seven sailors of the Aurora.", "Twelve", "seven", OtherEvent),
			of("By our count 29 miners of Pit Nine, 17 of them women, have told a newspaper why they left.", "I have spoken to nineteen miners of Pit Nine.", "29", "nineteen", OtherEvent),
			{two("I have spoken to nineteen miners of Pit Nine.", "By our count 29 miners of Pit Nine, 17 of them women, have told a newspaper why they left."), nil, [2]string{"Post", "nineteen"}, [2]string{"Star", "17 of them"}, OtherEvent},
			of("By our count 29 miners of Pit Nine have told a newspaper why they left.", "By our count 29 miners of Pit Nine have told a newspaper why.", "29", "29", Copied),
			of("I have spoken to nineteen miners of Pit Nine.", "I have spoken to twelve fishermen of the Aurora.", "nineteen", "twelve", ""),
			of("I have spoken to nineteen miners of Pit Nine.", "The report names 58 miners of Pit Nine.", "nineteen", "58", ""),
			of("“You have talked to nineteen people of Pit Nine,” he said.", "By our count 29 miners of Pit Nine have told a newspaper why they left.", "nineteen", "29", ""),
			of("By our count 40 boats of the Aurora line have sunk.", "I have counted 31 boats of the Aurora line.", "40", "31", ""),
			of("We heard from 61 guards of Camp Sund.", "Forty guards of Camp Sund told us the same.", "61", "Forty", OtherEvent),
		},
		"how many somebody employs": {
			of("“I employ four thousand of them,” the owner of the Aurora line said.", "The group now has over 4,000 colleagues, it says.", "four thousand", "over 4,000", ""),
			of("“I employ four thousand, and they are working,” he snapped.", "The group now has over 4,000 colleagues, it says.", "four thousand", "over 4,000", Reference),
			of("The group now has over 4,000 colleagues, it says.", "“I employ four thousand, and they are working,” he snapped.", "over 4,000", "four thousand", Degraded),
			of("The mill employs 340.", "The mill has a staff of 340.", "340", "340", Agrees),
			of("The mill has a workforce of 1,200.", "The mill employs 1,200 workers.", "1,200", "1,200", Agrees),
			of("The mill employs at least 1,200.", "The mill employs 1,200.", "at least 1,200", "1,200", Degraded),
			of("The mill employs 340.", "It took 340 visitors through the mill.", "340", "340", ""),
			of("The mill employs 340.", "The village has 340 houses.", "340", "340", ""),
			of("The mill employs 40.", "The village has 40 children.", "40", "40", ""),
			{[]page{{"Post", "2029-01-03", "The mill employs 2,000."}, {"Star", star, "The mill has a staff of 2,000."}}, nil, [2]string{"Post", "2,000"}, [2]string{"Star", "2,000"}, ""},
		},
		"a change of something else": {
			of("Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "Complaints to the ministry were up 44 per cent in a year.", "212", "44 per cent", OtherEvent),
			of("Complaints to the ministry were up 44 per cent in a year.", "Complaints rose by 38 per cent, to 212, in 2030, the report shows.", "44 per cent", "212", Reference),
			of("Complaints rose by 38 per cent, to 212, in 2030.", "Complaints about the railway climbed 9 per cent.", "212", "9 per cent", OtherEvent),
			of("Complaints rose by 38 per cent, to 212, in 2030.", "Complaints were up 44 per cent.", "212", "44 per cent", ""),
			of("Complaints rose by 38 per cent, to 212, in 2030.", "Wages in the mill were up 44 per cent.", "212", "44 per cent", ""),
			of("Complaints rose by 38 per cent, to 212, in 2030.", "Complaints to the ministry were up 38 per cent.", "212", "38 per cent", Degraded),
			of("Arrests fell by 12 per cent, to 880, the police said.", "Arrests in the harbour fell by 31 per cent.", "880", "31 per cent", OtherEvent),
			of("Arrests fell by 12 per cent, to 880, the police said.", "Arrests of women rose by a third.", "880", "a third", OtherEvent),
			{[]page{{"Post", "2029-01-03", "Complaints rose by 38 per cent, to 212, in 2028."}, {"Star", star, "Complaints to the ministry were up 44 per cent."}}, nil, [2]string{"Post", "212"}, [2]string{"Star", "44 per cent"}, ""},
			of("Vacancies grew by 5 per cent, to 1,210.", "Vacancies at the docks grew by 50 per cent.", "1,210", "50 per cent", OtherEvent),
		},
		"what is added is no total": {
			of("Police freed 300 hostages and another 41 on Tuesday.", "Police counted 41 hostages.", "41", "41", ""),
			of("Four miners died and another 30 were hurt.", "The report says that 30 miners were hurt.", "30", "30", Agrees),
			of("The list has 58 defectors. Another 14 asked not to be named.", "A list has 14 defectors.", "14", "14", ""),
			of("The list has 58 defectors. Another 23 asked not to be named.", "The list has 58 defectors. Another 23 asked for time.", "58", "58", Agrees),
			of("The list has 58 defectors. Another 23 asked not to be named.", "The list has 58 defectors. Another 23 asked for time.", "23", "23", Agrees),
			of("The report counts 58 miners who left, and a further 27 followed.", "The report counts 27 miners who left.", "27", "27", ""),
			of("The report counts 58 miners who left, and 27 more followed.", "The report counts 27 miners who left.", "27", "27", ""),
			of("The report counts 58 miners who left, and an additional 27 followed.", "The report counts 27 miners who left.", "27", "27", ""),
			of("The report counts 58 miners who left, and another 27 miners followed.", "The report counts 27 miners who left.", "27", "27", ""),
			of("Another 58 miners left, the report says.", "The report counts 58 miners who left.", "58", "58", ""),
		},
		"whom an outlet has met itself, in other words": {
			of("This newspaper has talked to 26 warders of Camp Sund.", "By our count, 33 warders of Camp Sund have told this newspaper why they left.", "26", "33", Reference),
			of("So far 33 warders of Camp Sund have told this newspaper why they left.", "I have talked to nine warders of Camp Sund.", "33", "nine", OtherEvent),
			of("Twenty-two widows of the Aurora have told us their stories.", "In the past year I met fourteen widows of the Aurora.", "Twenty-two", "fourteen", OtherEvent),
			of("The Post has interviewed 48 clerks of the Varn bank.", "In May I talked with nine clerks of the Varn bank.", "48", "nine", OtherEvent),
			of("We have spoken with 35 pilots of Air Nord.", "Eleven pilots of Air Nord agreed to talk to us.", "35", "Eleven", OtherEvent),
			of("Our tally has 35 pilots of Air Nord who have quit.", "I have spoken to twelve pilots of Air Nord.", "35", "twelve", OtherEvent),
			of("In all, 44 nuns of Saint Orla have contacted this paper.", "I sat down with six nuns of Saint Orla.", "44", "six", OtherEvent),
			of("Our reporters met 17 cooks of the Hotel Grand.", "The ministry registered 52 cooks of the Hotel Grand.", "17", "52", ""),
			of("“We interviewed 40 cooks of the Hotel Grand,” the minister said.", "We spoke to 12 cooks of the Hotel Grand.", "40", "12", ""),
			of("We have spoken to 40 cooks of the Hotel Grand.", "We have spoken to 12 drivers of the Nord line.", "40", "12", ""),
		},
		"how many somebody employs, in other words": {
			of("The foundry has 800 people on its payroll.", "The foundry employs 800.", "800", "800", Agrees),
			of("The Nord line employs 2,300.", "2,300 people work for the Nord line.", "2,300", "2,300", Agrees),
			of("The bakery employs 75.", "The bakery has 75 people on its books.", "75", "75", Agrees),
			of("With 640 employees, the yard is the largest of the coast.", "The yard employs 640.", "640", "640", Agrees),
			of("The yard employs more than 640.", "The yard has 640 employees.", "more than 640", "640", Degraded),
			of("The mill employs 340.", "The mill gives work to 340.", "340", "340", Agrees),
			of("The yard has a staff of 640.", "640 people are employed at the yard.", "640", "640", Agrees),
			of("The mill employs 340.", "A full 340 people earn their bread at the mill.", "340", "340", Agrees),
			of("The mill employs 340.", "The mill sold 340 looms.", "340", "340", ""),
			of("The mill employed 500 at the time.", "The mill lost 500 sacks.", "500", "500", ""),
		},
		"a change of something else, in other words": {
			of("Thefts fell by 12 per cent, to 340, last year.", "Thefts from churches fell 20 per cent.", "340", "20 per cent", OtherEvent),
			of("Admissions climbed 15 percent to 480 in 2030.", "Admissions of children climbed 31 percent in a year.", "480", "31 percent", OtherEvent),
			of("Admissions of children climbed 31 percent in a year.", "Admissions climbed 15 percent to 480 in 2030.", "31 percent", "480", Reference),
			of("Fires dropped by a fifth, to 160, the brigade says.", "Fires in barns dropped by a third.", "160", "a third", OtherEvent),
			of("Deaths increased by 9 per cent, to 1,020, in 2030.", "Deaths on the roads went down 4 per cent.", "1,020", "4 per cent", OtherEvent),
			of("Applications grew 30 per cent, to 2,600.", "Applications from abroad grew 52 per cent.", "2,600", "52 per cent", OtherEvent),
			of("Applications grew 30 per cent, to 2,600.", "Visits from abroad grew 52 per cent.", "2,600", "52 per cent", ""),
			of("Evictions surged by 50 per cent, to 930, the court says.", "Evictions of pensioners surged by a quarter.", "930", "a quarter", OtherEvent),
			of("Arrests rose 8 per cent, to 540.", "Arrests at the border were down 3 per cent.", "540", "3 per cent", OtherEvent),
			of("Desertions have jumped 60 per cent to 96.", "Among officers, desertions jumped 20 per cent.", "96", "20 per cent", ""),
		},
	} {
		kinds[kind] = cases
	}
	for kind, cases := range kinds {
		if len(cases) < 10 {
			t.Errorf("%s has %d cases; ten are wanted", kind, len(cases))
		}
		for _, k := range cases {
			groups := reconcileHeaded(k.pages, k.copies)
			if got := relationOf(groups, k.a, k.b); got != k.want {
				t.Errorf("%s:\n\t%s\n\t%s\n%v and %v: %q, want %q; groups:\n%s", kind, k.pages[0].text, k.pages[1].text, k.a, k.b, got, k.want, show(groups))
			}
		}
	}
}

// reconcileHeaded is reconcile for pages with headlines.
func reconcileHeaded(pages []page, copies [][]int) []Group {
	var articles []*recount.Article
	found := map[recount.Key][]recount.ReportedFigure{}
	for i, p := range pages {
		a := &recount.Article{Key: recount.Key("p" + string(rune('0'+i))), Outlet: p.outlet, Published: p.published, Language: "en", Text: p.text}
		if head, rest, ok := strings.Cut(p.text, "\n"); ok && head[0] == '#' {
			head = strings.TrimPrefix(head, "# ")
			a.Text = head + "\n" + rest
			a.Blocks = []recount.Block{{Span: recount.Span{End: len(head)}, Role: recount.Headline}}
		}
		articles = append(articles, a)
		found[a.Key] = Find(a, nil)
	}
	var originals []recount.Original
	for _, c := range copies {
		o := recount.Original{Key: "o"}
		for _, m := range c {
			o.Members = append(o.Members, articles[m].Key)
		}
		originals = append(originals, o)
	}
	return Reconcile(articles, found, originals)
}

// relationOf returns the relation of b in a group that holds a as well, the
// reference of it if one does, or "".
func relationOf(groups []Group, a, b [2]string) Relation {
	for _, g := range groups {
		has, rel := false, Relation("")
		for _, m := range g.Members {
			has = has || m.Outlet == a[0] && m.Wording == a[1]
			if m.Outlet == b[0] && m.Wording == b[1] {
				rel = m.Relation
			}
		}
		if has && rel != "" {
			return rel
		}
	}
	return ""
}

// TestGuess sets numbers that somebody only supposes, and numbers that stand
// beside a word of supposing and are none.
func TestGuess(t *testing.T) {
	for _, tt := range []struct {
		text  string
		guess bool
	}{
		{"Toomey guessed that “well over a hundred” had a story to tell.", true},
		{"He figured hundreds of boats were gone.", true},
		{"The union reckons 300 drivers have left.", true},
		{"She supposed that 40 men had known.", true},
		{"My guess: 600 people.", true},
		{"He speculated that there were 90 tents.", true},
		{"Police suspect 14 men, and held 14 of them.", false},
		{"She suspected that 12 men had known.", true},
		{"The suspected 40 cases were cleared.", false},
		{"He reckons with rain, and 40 boats stayed in port.", false},
		{"The guess was wrong: a list names 61 miners.", false},
		{"He surmised at least 70 miners knew.", true},
		{"The report counts 58 miners, whoever guessed otherwise.", false},
		{"The trade figured in 40 reports.", false},

		// The month is no guess.
		{"In May 40 boats sank.", false},
		{"In May I talked with 90 clerks.", false},
		{"The fire in May killed 40 people.", false},
		{"On 3 May, 40 men were held.", false},
		{"Since May some 40 women have left.", false},
		{"May brought 40 new pupils.", false},
		{"By the end of May, at least 40 nurses were gone.", false},
		{"Between May and June 40 people died.", false},
		{"The flood may have killed 40 people.", true},
		{"There may be 40 tents.", true},
		{"In May the flood may have killed 40 people.", true},
	} {
		a := &recount.Article{Key: "a", Text: tt.text, Language: "en"}
		found := Find(a, nil)
		if len(found) == 0 || found[0].Guess != tt.guess {
			t.Errorf("%s: %v, want a guess: %v", tt.text, found, tt.guess)
		}
	}
	groups, _ := reconcile([]page{{"Post", "2031-11-03", "Toomey guessed that “well over a hundred” had a story to tell and a mortgage to pay."},
		{"Star", "2031-11-05", "Toomey figured hundreds more had a story to tell and a mortgage to pay."}})
	if len(groups) != 1 || groups[0].Members[0].Relation != NotACount {
		t.Errorf("a group of guesses has a reference:\n%s", show(groups))
	}
}
