package figures

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// brief writes a figure as "wording = value|low..high qualifier unit (of n)".
func brief(a *recount.Article, f recount.ReportedFigure) string {
	num := func(d *recount.Decimal) string {
		if d == nil {
			return ""
		}
		s := fmt.Sprintf("%0*d", d.Places+1, d.Digits)
		if d.Places > 0 {
			s = s[:len(s)-d.Places] + "." + s[len(s)-d.Places:]
		}
		return s
	}
	s := f.Span.In(a.Text) + " = "
	if f.Value != nil {
		s += num(f.Value) + " "
	} else if f.Low != nil {
		s += num(f.Low) + ".." + num(f.High) + " "
	}
	s += string(f.Qualifier)
	if f.Kind != recount.CountFigure {
		s += " " + string(f.Kind)
	}
	if f.Kind != recount.MoneyFigure {
		s += " " + f.Unit
	}
	if f.Of >= 0 {
		s += fmt.Sprintf(" (of %d)", f.Of)
	}
	if f.Withdrawn {
		s += " withdrawn"
	}
	return s
}

func TestFind(t *testing.T) {
	tests := []struct {
		name, text string
		want       string // figures, separated by "; "
	}{
		{"digits and words", "Forty-two rangers and 1,250 farmers signed.", "Forty-two = 42 exact rangers; 1,250 = 1250 exact farmers"},
		{"scales", "It drew 1.2 million visitors and two dozen critics.", "1.2 million = 1200000 exact visitors; two dozen = 24 exact critics"},
		{"a hundred", "A hundred and fifty tents stood there.", "A hundred and fifty = 150 exact tents"},
		{"qualifiers in front", "At least 12 boats, more than 40 nets, nearly 300 gulls, up to six dogs and fewer than four cats.",
			"At least 12 = 12 at_least boats; more than 40 = 40 more_than nets; nearly 300 = 300 almost gulls; up to six = 6 up_to dogs; fewer than four = 4 less_than cats"},
		{"qualifiers behind", "There were 30 or more tents, 20 or so goats and 50+ riders.",
			"30 or more = 30 at_least tents; 20 or so = 20 about goats; 50+ = 50 at_least riders"},
		{"an estimate", "An estimated 20,000 nomads crossed.", "An estimated 20,000 = 20000 about nomads"},
		{"ranges", "Two or three guards, 10 to 15 carts and between 40 and 60 sheep.",
			"Two or three = 2..3 between guards; 10 to 15 = 10..15 between carts; between 40 and 60 = 40..60 between sheep"},
		{"per cents", "61 per cent of drivers and 4.5% of pilots agreed.", "61 per cent = 0.61 exact share drivers; 4.5% = 0.045 exact share pilots"},
		{"fractions", "Half of the miners, two-thirds of the cooks and almost a quarter of the clerks left.",
			"Half = 0.5 exact share miners; two-thirds = 0.6667 exact share cooks; almost a quarter = 0.25 almost share clerks"},
		{"ratios", "One in five voters and about eight out of 10 miners agreed.", "One in five = 0.2 exact share voters; about eight out of 10 = 0.8 about share miners"},
		{"a range of fractions", "Tolls bring between a third and a half of its income.", "between a third and a half = 0.3333..0.5 between share income"},
		{"money", "It cost $4 million, some 300 crowns more than 20 pounds.", "$4 million = 4000000 exact money; some 300 crowns = 300 about money; more than 20 pounds = 20 more_than money"},
		{"vague", "Dozens of miners and tens of thousands of birds left; hundreds came back.",
			"Dozens = vague miners; tens of thousands = vague birds; hundreds = vague people"},
		{"vague without a number word", "Numerous letters told of it, but relatively few photographs. A growing number of miners speak.",
			"Numerous = vague letters; relatively few = vague photographs; growing number = vague miners"},
		{"a part in passing", "The 58 miners, seven of them women, spoke.", "58 = 58 exact miners; seven of them = 7 exact women (of 0)"},
		{"a part with a fronted head", "The 58 miners spoke. Of the miners asked, two were Lomarians.", "58 = 58 exact miners; two = 2 exact miners (of 0)"},
		{"a part of a number", "Four of the 15 who had come back were ill.", "Four = 4 exact people (of 1); 15 = 15 exact people"},
		{"a part of a named whole", "At least seven of the region's 44 delegates signed.", "At least seven = 7 at_least delegates (of 1); 44 = 44 exact delegates"},
		{"out of many", "They found 31 slips out of more than a million ballots.", "31 = 31 exact slips (of 1); more than a million = 1000000 more_than ballots"},
		{"a bare number from somewhere", "I’d say ten from my company have left.", "ten = 10 exact people"},
		{"two adjectives", "Five past and current employees spoke.", "Five = 5 exact past and current employees"},
		{"a hyphen before the noun", "Almost two in three left-leaning voters agreed.", "Almost two in three = 0.6667 almost share left-leaning voters"},
		{"of whom", "She led eleven men, of whom four had boots.", "eleven = 11 exact men; four = 4 exact men (of 0)"},
		{"a bare subject", "The shelter housed six women. Only two have agreed to speak.", "six = 6 exact women; two = 2 exact women (of 0)"},
		{"a share of them", "It has an estimated 4,000 members, about a quarter of them from abroad.", "an estimated 4,000 = 4000 about members; about a quarter of them = 0.25 about share members (of 0)"},
		{"an elided head", "The list names 58 miners. Almost 60% of the cases came up in May, and nearly a third in June.",
			"58 = 58 exact miners; Almost 60% = 0.6 almost share cases (of 0); nearly a third = 0.3333 almost share cases (of 0)"},
		{"coordinated heads", "The 95 retired generals and admirals wrote to companies, clubs and unions.", "95 = 95 exact retired generals and admirals"},
		{"casualties", "The blast left 12 dead and three wounded.", "12 = 12 exact people; three = 3 exact people"},
		{"a margin", "Orlan leads Teske by 43 percent to 38 percent in the poll.", "43 percent = 0.43 exact share respondents; 38 percent = 0.38 exact share respondents"},
		{"times", "They met four times, three times the usual number.", "four = 4 exact times"},
		{"dates", "On May 14, 2031, the 3rd of June, 14 May and 2030-11-05 nothing happened in 2029.", ""},
		{"ages", "Ida Venn, 29, a girl of 14, her aunt aged 51 and a 19-year-old came; she is 31, he was 40.", ""},
		{"durations", "For three years and eleven straight days, every 20 minutes, two weeks ago.", ""},
		{"times of day", "At 9 p.m., at 10:30 and at six o'clock, until 5.", ""},
		{"ordinals", "The 3rd man, a second driver and the third, on the 21st floor.", ""},
		{"scores", "They won 3-2 after a 4-4 draw and a 51-49 vote.", ""},
		{"labels", "Article four, Section 230, Chapter 11, Flight 370, Room 12 and No. 6 of page 3.", ""},
		{"models", "A Boeing 737, an F-16, Windows 10 and the iPhone 7.", ""},
		{"telephone numbers", "Call 020 7946 0123 or 555-0142 or 1-800-555-0199.", ""},
		{"one", "One of the drivers said no one else saw one another.", ""},
		{"points", "The lead was 5 percentage points, up 2.1 points.", ""},
		{"idioms", "She was 100 percent wrong, and half past nine is no time for the first half.", ""},
		{"compounds", "A four-way race, a 46-page paper and a three-judge panel.", ""},
		{"a language without words is read by its signs only", "Omkring tre hundra män, 12,5 % av medlemmarna, gick med 40 barn.", "12,5 % = 0.125 exact share "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &recount.Article{Text: tt.text, Language: "en"}
			if strings.HasPrefix(tt.name, "a language without") {
				a.Language = "sv"
			}
			var got []string
			for _, f := range Find(a, nil) {
				got = append(got, brief(a, f))
			}
			if g := strings.Join(got, "; "); g != tt.want {
				t.Errorf("Find(%q)\n got %s\nwant %s", tt.text, g, tt.want)
			}
		})
	}
}

func TestPeriods(t *testing.T) {
	tests := []struct{ name, published, text, from, to string }{
		{"the first months of this year", "2031-09-21", "Reporters met 40 miners in the first eight months of this year.", "2031-01-01", "2031-08-31"},
		{"months up to a month", "2031-09-21", "Reporters met 40 miners in the three months to August.", "2031-06-01", "2031-08-31"},
		{"this year, cut at the day of the report", "2031-09-21", "Reporters met 40 miners this year.", "2031-01-01", "2031-09-21"},
		{"the year", "2032-09-21", "Some 40 miners left in the year 2031.", "2031-01-01", "2031-12-31"},
		{"between months of different years", "2031-09-21", "He counted 40 miners between January 2030 and August 2031.", "2030-01-01", "2031-08-31"},
		{"between months of one year", "2031-09-21", "He counted 40 miners between January and August of this year alone.", "2031-01-01", "2031-08-31"},
		{"since a month", "2031-05-14", "At least 40 miners had passed since January.", "2031-01-01", "2031-05-14"},
		{"since last year", "2031-05-14", "At least 40 miners had passed since January last year.", "2030-01-01", "2031-05-14"},
		{"since the start of last year", "2031-05-14", "At least 40 miners had passed since the start of last year.", "2030-01-01", "2031-05-14"},
		{"the first half of a month", "2031-06-18", "It said 143 people had come in the first half of June.", "2031-06-01", "2031-06-15"},
		{"before this week", "2031-06-18", "It said 21 miners had spoken before this week.", "", "2031-06-15"},
		{"yesterday", "2031-06-18", "Some 21 miners spoke yesterday.", "2031-06-17", "2031-06-17"},
		{"a weekday", "2031-06-18", "Some 21 miners spoke on Monday.", "2031-06-16", "2031-06-16"},
		{"the weekday of the report", "2031-06-18", "Some 21 miners spoke on Wednesday.", "2031-06-18", "2031-06-18"},
		{"a day", "2031-06-18", "Some 21 miners spoke on May 14.", "2031-05-14", "2031-05-14"},
		{"a month that has not come", "2031-06-18", "Some 21 miners spoke in October.", "2030-10-01", "2030-10-31"},
		{"at the head of the sentence", "2031-06-18", "In the last two years, an estimated 20,000 miners left.", "2029-06-18", "2031-06-18"},
		{"the day of the report is no period", "2031-06-18", "The study, published Monday, counts 21 miners.", "", ""},
		{"the whole takes the period behind its part", "2031-09-21", "It lists 40 miners, four of them women, who spoke between January and May.", "2031-01-01", "2031-05-31"},
		{"without a day of publication", "", "Some 21 miners spoke this year.", "", ""},
		{"a season", "2031-07-21", "Some 21 miners left last summer.", "2030-06-01", "2030-08-31"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Find(&recount.Article{Text: tt.text, Language: "en", Published: tt.published}, nil)
			if len(got) == 0 {
				t.Fatalf("Find(%q) found nothing", tt.text)
			}
			if got[0].From != tt.from || got[0].To != tt.to {
				t.Errorf("Find(%q), published %s: %s to %s, want %s to %s", tt.text, tt.published, got[0].From, got[0].To, tt.from, tt.to)
			}
		})
	}
}

func TestStance(t *testing.T) {
	find := func(text string) recount.ReportedFigure {
		t.Helper()
		got := Find(&recount.Article{Text: text, Language: "en", Published: "2031-06-18"}, nil)
		if len(got) != 1 {
			t.Fatalf("Find(%q): %d figures", text, len(got))
		}
		return got[0]
	}
	if f := find("The League denied that 40 deserters had left."); !f.Denied || f.Event != "left" {
		t.Errorf("denied %v, event %q", f.Denied, f.Event)
	}
	if f := find("The list will presumably have thirty names on it."); !f.Guess {
		t.Error("a guess is taken for a count")
	}
	if f := find("No more than 40 deserters left."); f.Denied || f.Qualifier != recount.AtMost {
		t.Errorf("denied %v, qualifier %s", f.Denied, f.Qualifier)
	}
	text := "“We were 40 riders,” said Ida Venn."
	at := strings.Index(text, "40")
	r := &recount.Reading{Statements: []recount.Statement{{Speaker: "s1", Quotation: recount.Quotation{Content: []recount.Span{{Start: 3, End: at + 9}}}}}}
	if got := Find(&recount.Article{Text: text, Language: "en"}, r); len(got) != 1 || got[0].SaidBy != "s1" {
		t.Errorf("said by: %+v", got)
	}
}

// TestOtherStory checks that a paragraph of another story is not counted.
func TestOtherStory(t *testing.T) {
	text := "Some 40 riders came.\nRead also: 12 ships sank."
	cut := strings.Index(text, "\n")
	r := &recount.Reading{Sentences: []recount.Sentence{{Span: recount.Span{Start: 0, End: cut}, Role: recount.Body},
		{Span: recount.Span{Start: cut + 1, End: len(text)}, Role: recount.OffTopic}}}
	if got := Find(&recount.Article{Text: text, Language: "en"}, r); len(got) != 1 {
		t.Errorf("%d figures, want 1", len(got))
	}
}

// TestSeed reads the text that the project started from, if it is at hand.
func TestSeed(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared, "seed", "*.txt"))
	if len(files) == 0 {
		t.Skip("the seed text (../shared/seed beside the repository) is absent")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	a := &recount.Article{Text: string(data), Published: "2015-09-21"}
	figs := Find(a, nil)
	var got []string
	for _, f := range figs {
		s := brief(a, f)
		if f.Kind == recount.ShareFigure && f.Of >= 0 && f.Qualifier == recount.Almost {
			answer, err := DefaultBands.Answer(f, f.Span.In(a.Text), figs[f.Of].Value.Digits)
			if err != nil {
				t.Fatal(err)
			}
			s += fmt.Sprint(" ", answer.Fits(9))
		}
		got = append(got, s)
	}
	want := []string{
		"58 = 58 exact defectors",
		"seven of them = 7 exact women (of 0)",
		"numerous = vague stories",
		"relatively few = vague accounts",
		"an estimated 20,000 = 20000 about foreigners",
		"about a quarter of them = 0.25 about share foreigners (of 4)",
		"two = 2 exact defectors (of 0)",
		"almost 60% = 0.6 almost share cases (of 0) [34]",
		"nearly a third = 0.3333 almost share cases (of 0) [18 19]",
		"growing number = vague defectors",
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("The 58 miners, seven of them women, spoke between January 2030 and August 2031.", "2031-09-21")
	f.Add("half of 1\u00a0percent of between a third and 99999999999999999999 %", "2031")
	f.Add("a couple of dozen hundred and one-half thousand 1.2.3 12–15 – 4x \xff\xfe since last", "0000-00-00")
	f.Add("In the last 99 years, in the first 99 months of February 0001 to May", "9999-12-31")
	f.Fuzz(func(t *testing.T, text, published string) {
		text = strings.ToValidUTF8(text, "")
		a := &recount.Article{Text: text, Language: "en", Published: published}
		figs := Find(a, nil)
		last := -1
		for i, g := range figs {
			if !g.Span.Within(text) || g.Span.Start < last {
				t.Fatalf("span %v of %q", g.Span, text)
			}
			last = g.Span.Start
			if g.Of >= len(figs) || g.Of == i || g.Of < -1 {
				t.Fatalf("figure %d is part of %d of %d", i, g.Of, len(figs))
			}
			if g.Qualifier == recount.Vague && g.Value != nil {
				t.Fatalf("a vague figure has a value in %q", text)
			}
		}
		Reconcile([]*recount.Article{a, {Key: "b", Text: text, Published: published}}, map[recount.Key][]recount.ReportedFigure{"": figs, "b": figs}, nil)
		Find(&recount.Article{Text: text, Language: "fr"}, nil)
	})
}

// story is about 4 kB of made-up news.
func story() string {
	const p = `The study by the Lindholm Institute counts at least 46 former fighters, five of them women, who spoke to newspapers between March 2030 and October 2031. They come from eight countries, it says, and two were from Lomaria.
“We were told that the road was open,” said Ida Venn, 29, a carpenter who left the Ashen League in May. “Nobody told us that it went one way only.” She lives with her brother in a flat above a bakery and does not want to go back.
Almost 60% of the cases were reported in the first ten months of this year and nearly a third in the three months to October. The ministry put the number of members at an estimated 4,000, about a quarter of them from abroad.
`
	return strings.Repeat(p, 6)
}

func BenchmarkFind(b *testing.B) {
	a := &recount.Article{Text: story(), Language: "en", Published: "2031-11-03"}
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(a, nil)
	}
}

func BenchmarkReconcile(b *testing.B) {
	var articles []*recount.Article
	found := map[recount.Key][]recount.ReportedFigure{}
	for i := range 100 {
		a := &recount.Article{Key: recount.Key(fmt.Sprint(i)), Text: strings.ReplaceAll(story(), "46", fmt.Sprint(40+i)), Language: "en", Published: "2031-11-03"}
		articles = append(articles, a)
		found[a.Key] = Find(a, nil)
	}
	for b.Loop() {
		Reconcile(articles, found, nil)
	}
}
