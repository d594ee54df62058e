package release

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/idna"

	"recount"
)

// A town is a study of 40 people, of whom 20 may not be shown, with what its pages say.
type town struct {
	e       *Edition
	shape   *Shape
	numbers []Number
	kept    Kept
	index   *Index
	said    *Descriptions
	leads   *Leads
}

// hiddenNames are what some of those are called who may not be shown; openNames what
// others are called.
var (
	hiddenNames = []string{"Rose Tallis", "Hope", "Iron", "Hassan the baker", "Aleksandr Volgin", "Mohammed Tarek", "Elizabeth Marsh", "Will Baker", "May Lantos", "Ali Hadi", "Zdeněk Kovář", "Abu Omar"}
	openNames   = []string{"Maria Lund", "Erik Jansen", "Karsova", "Tarn", "Orlund", "Isterland", "The Lantern", "Coast Post"}
)

const townPages = `prices rose while they hope that iron and steel will come; the marsh lies behind the will of the people, and a baker may bake. they hope and hope. the rose of the winds, an iron gate, the will to live. it may rain in may. in the marsh a baker sold bread. they said that iron was dear and the roses were red. a lantern hung on the coast, and the post came. Karsova lies in Isterland. Tarn is small. Then they left Orlund.`

func newTown(t testing.TB) *town { return newTownOf(t, 12) }

// newTownOf is the town with so many women; fewer than five are hidden.
func newTownOf(t testing.TB, women int) *town {
	t.Helper()
	e := &Edition{Rule: Strict, People: 40}
	col := func(name string, class Class, of func(i int) string) *Column {
		c := &Column{Name: name, Class: class}
		for i := range e.People {
			c.Of = append(c.Of, of(i))
		}
		e.Columns = append(e.Columns, c)
		return c
	}
	col("gender", Quasi, func(i int) string {
		if i < women {
			return "woman"
		}
		return "man"
	})
	country := col("country", Quasi, func(i int) string { return []string{"Orlund", "Karsova"}[min(1, i%3)] })
	country.Of[39] = "Maravos"
	age := col("age", Quasi, func(i int) string { return fmt.Sprint(20 + i) })
	age.Of[1] = "63"
	day := col("first_reported", Quasi, func(i int) string { return []string{"2014-05-14", "2014-08-02", "2015-02-20"}[i%3] })
	day.Of[1] = "2014-08-02"
	col("code:hunger", Sensitive, func(i int) string { return []string{"1", "0"}[min(1, i/20)] })
	e.Said = []Said{{Column: "place", Of: make([][]string, e.People)}, {Column: "what pages call the person", Of: make([][]string, e.People)}}
	e.Said[0].Of[1], e.Said[1].Of[1] = []string{"tarn"}, []string{"baker", "widow"}
	e.Said[0].Of[2], e.Said[1].Of[2] = []string{"tarn"}, []string{"welder"}
	e.Said[0].Of[12], e.Said[1].Of[12] = []string{"pell", "sands"}, append(Trades("a nursing student from Pell Sands"), Workplaces("She worked at the bus depot for six years.")...)
	e.Said[0].Of[13], e.Said[1].Of[13] = []string{"dorrin"}, append(Trades("a mechanic and schoolteacher"), Workplaces("He had a job in the locked laundry.")...)
	for i := 3; i < 12; i++ {
		e.Said[0].Of[i] = []string{"korrin"}
	}
	for i := range e.People { // the same everywhere in the town
		e.Stories = append(e.Stories, NewStory(townPages, i))
	}
	e.Told, e.SpeakIn = make([][]string, e.People), make([][]string, e.People)
	e.Told[1] = []string{Stem("windmill"), "cousin"}
	e.Told[2] = []string{Stem("harmonium")}
	e.SpeakIn[1] = []string{"The Lantern"}
	e.Protected = make([]bool, e.People)
	for i := range 20 {
		e.Protected[i] = true
	}
	e.Results = []Result{{Name: "people", Label: "people"}, {Name: "women", Label: "women", Share: true, Where: []Condition{{Column: "gender", Values: []string{"woman"}}}}, {Name: "hungry", Label: "hungry", Share: true, Where: []Condition{{Column: "code:hunger", Values: []string{"1"}}}},
		{Name: "maravos", Label: "from Maravos", Where: []Condition{{Column: "country", Values: []string{"Maravos"}}}}}
	hidden := []recount.ReleaseBody{{Op: recount.Hide, What: "maravos"}}
	if women < 5 {
		hidden = append(hidden, recount.ReleaseBody{Op: recount.Hide, What: "women"})
	}
	x := &town{e: e, shape: NewShape(hidden)}
	x.numbers = e.Numbers(x.shape)
	x.kept = e.Kept(x.shape, x.numbers)
	secrets := []Secret{{Words: "we baked bread for the gate and nobody paid us for 3 months", Why: "words", Runs: 4}, {Words: "lantern.example/2014/05/bakers-of-tarn", Why: "address"}}
	for _, n := range hiddenNames {
		secrets = append(secrets, Secret{Words: n, Why: "name", Name: true})
	}
	var err error
	if x.index, err = NewIndex(secrets); err != nil {
		t.Fatal(err)
	}
	x.index.Ordinary(townPages)
	x.index.Others(openNames...)
	x.said = NewDescriptions(e)
	x.said.Open(openNames...)
	pages := []LeadPage{{"The Lantern", "lantern.example", "2014-05-14", true, append([]string{"Lotte Ambry"}, MadeBy("Photographs by Karel Mott. She spoke.")...)}, {"Coast Post", "coastpost.example", "2014-08-02", true, []string{"by Tamsin Orde", "Coast Post staff"}}, {"Inner Times", "times.inner.example", "2014-08-02", true, nil}}
	for i := range 8 { // in one month many
		pages = append(pages, LeadPage{"The Lantern", "lantern.example", fmt.Sprintf("2015-02-1%d", i), i == 3, []string{"Berit Solm"}})
	}
	x.leads = NewLeads(Strict, append(pages, LeadPage{"Inland Reader", "inland.example", "2014-05-14", false, []string{"Odd Farrow"}}))
	return x
}

// refuses says what speaks against a text, "" if nothing: what an edition asks of each
// sentence.
func (x *town) refuses(t testing.TB, text string, around Around) string {
	t.Helper()
	hits, err := x.index.SearchFile("", []byte(text))
	switch {
	case err != nil:
		return err.Error()
	case len(hits) > 0:
		return fmt.Sprint(hits[0])
	}
	for _, why := range []string{x.index.Clue(text), x.leads.In(text, around), x.e.Typed(x.numbers, x.kept, text, around.Before...), x.e.Wholly(x.shape, x.kept, text)} {
		if why != "" {
			return why
		}
	}
	if r := x.said.Rare(text, around); r != nil {
		return r.String()
	}
	if s := x.said.Specific(text, around); s != nil {
		return s.String()
	}
	return ""
}

// ways are kinds of what gives somebody away, each with texts that do and texts that
// come near and do not. A | begins what stands behind the sentence before.
var ways = []struct {
	kind         string
	unsafe, safe []string
}{
	{fewWomen, []string{
		"Women were a seventh of those counted.", "The women's share was a seventh.", "Every seventh was female.", "Female: IV.", "Women: IV of XXIX.", "Men: XXXVI.", "Women: |||| of them.", "Women: 四.", "Women: vier.", "Women made up a tenth.", "A tenth of the whole were female.", "Each tenth was a girl.", "Female: quatre", "Women: четыре", "Women: أربعة", "Women: iv", "Women: ••••", "Women (iiii)", "Women ////", "♀♀♀♀", "♀: 4", "👩👩👩👩 and others", "Women: 四人", "Female share: one tenth", "The men's share was nine tenths.", "Men: 36.", "Men numbered 36.", "Men (36)", "Women = IIII", "A foursome of women", "Women: dört", "Ladies: quattro", "Women: IV", "IV were female.", "The female part was the tenth part, a tenth.", "Half of twenty per cent were girls.", "Women: fyra.", "Women: चार", "Somebody from Maravos is among them.", "Women: ④", "Women: ४", "Men: sechsunddreißig",
	}, []string{
		"Women and men were asked alike.", "A third of a year later the women left.", "Part IV is about women.", "In Table II women are left out.", "Four pages are about women.", "Women were asked every second day.", "The women left in a third week.", "The women said so on half the pages.", "Women wrote it in C++.", "I asked the women.", "Elizabeth II was a woman.", "Men spoke of three things.", "Men and women alike spoke.", "Women / men", "The number of women is not shown.", "See https://example.org/women for more.", "Women, they said, came later.", "Men: 40 were asked in all.",
	}},
	{"numbers that count nobody of the study", []string{
		"The Order has 4 members.", "4 of its members spoke.", "Two people spoke.", "Seven people left.", "Men: 9.", "People: IX.", "XI people left.", "Vier people left.", "九 people left.", "11 members spoke.", "The members: 9.",
	}, []string{
		"The Order has 4,000 members.", "The Order has 4.000 members.", "The Order has 4 000 members.", "The Order has 4’000 members.", "The army has 12,500 soldiers.", "Some 1,200,000 people live there.", "4 000 soldiers came.", "A town of 11,000 people", "It paid 4,000 euros.", "The Order has four thousand members.", "In 2014 people left.", "Each article was read by two people.", "Every page was coded twice by two people.",
	}},
	{"names that are words", []string{
		"Rose left first.", "A nurse called rose left.", "They asked Rose about it.", "“Rose” was her answer.", "rose, 33, left first.", "Then hope told us of it.", "Her name was hope.", "Rose Tallis", "rose tallis left", "The one they call iron spoke.",
		"Iron spoke of it.", "In the camp Iron was feared.", "Hope and her sister left.", "Hassan the baker left.", "Hassan spoke.", "HASSAN SPOKE", "the baker Hassan spoke", "Will Baker left.", "Then Will left.", "W. Baker left.", "May spoke of hunger.", "R. Tallis", "She is called May.", "mr baker left",
	}, []string{
		"Prices rose in May.", "They hope that it ends.", "Hope that it ends fades.", "Will they come back?", "May 2014 was dry.", "In May 2014 the pay stopped.", "The iron gate closed.", "Hope of change fades.", "Some baker sold bread.", "It will rain and it may snow.", "Iron and steel were dear.", "The marsh is wide.", "Roses are red, and the price rose.", "They may hope.", "Between May and August the pay stopped.",
	}},
	{"other forms of a first name", []string{
		"Sasha left first.", "Then Sanya spoke.", "Alexander spoke.", "Oleksandr spoke.", "Саша рассказал.", "Alejandro spoke.", "Liz spoke of it.", "Then Betty left.", "Lisa spoke.", "Elisabeth spoke.", "Beth Marsh left.", "Hamoudi spoke.", "Muhammad spoke of it.", "Mehmet spoke of it.", "قال محمد", "Mo Tarek spoke.", "Bill Baker left.", "Billy spoke.", "Lizzie M. left.", "Hasan spoke.", "Александр рассказал.",
	}, []string{
		"Maria Lund spoke.", "Erik spoke.", "Sasha Petrov spoke.", "Alexander Brandt spoke.", "Elizabeth Thorne spoke.", "Muhammad Asif spoke.", "Bill Thorne spoke.", "The bill was paid.", "They paid in lira.", "Anna and Jonas spoke.", "Bettina Kraus spoke.", "A beth is a letter.",
	}},
	{"short names", []string{
		"Ali spoke.", "Then Ali left.", "It was Ali’s shop.", "ALI SPOKE", "They asked Ali.", "Ali, 33, left.", "Ali H. left.", "A. Hadi left.", "Hadi Ali left.", "The shop of Ali.", "أبو عمر", "Abu Umar spoke.",
	}, []string{
		"The alibi held.", "UN and EU agreed.", "Ana spoke.", "Ali Baba is a tale.", "Alle waren da.", "In Bali it rained.", "All spoke.", "Al Jazirat was closed.", "A li is a length.", "The aliens left.",
	}},
	{"names with something in them", []string{
		"Vol*in left.", "V****n left.", "Vol…in left.", "Tal(l)is left.", "K*vář left.", "V.o.l.g.i.n left.", "V-o-l-g-i-n left.", "Vol|gin left.", "V o l g i n left.", "Vol_gin left.", "Vol\u200fgin left.", "Vol\u202bgin left.", "niglov left", "\u202enigloV\u202c left", "Vol<!-- x -->gin left.", "V0lgin left.", "Vоlgin left.", "Ｖｏｌｇｉｎ left.", "VOLGIN LEFT", "Vol\n- gin", "Vol-\ngin left.", "Vol·gin left.", "V\u0336o\u0336l\u0336g\u0336i\u0336n\u0336 left.", "Kovar left.", "Волгин ушёл.", "Volgine left.", "Wolgin left.",
	}, []string{
		"See table *one* and **two**.", "10–12 of them", "and/or", "e.g. this", "Coast—and sea.", "some_result_name", "Who?", "It was … nothing.", "A * marks a note.", "(un)paid work", "Vol. 12, p. 3", "to (re)count",
	}},
	{"names in bytes", []string{
		"Volgin%20left", url.QueryEscape("Kovář"), "%25%56olgin", `\u0056olgin`, `\u{56}olgin`, `\x56olgin`, `V\u006flgin`, "&#86;olgin", "&amp;#86;olgin", base64.StdEncoding.EncodeToString([]byte("Volgin")), base64.RawURLEncoding.EncodeToString([]byte("by Tallis")), hex.EncodeToString([]byte("Volgin")), "=56olgin", "Kov=C3=A1=C5=99", `\56 olgin`, `\126olgin`, punycode("kovář") + ".example", `<w:t>Vol</w:t></w:r><w:r><w:t>gin</w:t>`, `{"k":"Vol\u0067in"}`, `<img alt="Volgin">`, `<title>Volgin</title>`,
	}, []string{
		"50%20paid", `\u00e9t\u00e9`, "&amp;", "aGVsbG8gd29ybGQ=", "deadbeefcafe", "x=5 and y=6A", "=E2=82=AC 5", "xn--mnchen-3ya", `{"k":"v"}`, `<img alt="a table">`,
	}},
	{"an outlet beside a day", []string{
		"The Lantern, 14 May 2014", "The Lantern printed it on May 14, 2014.", "the lantern of 2014-05-14 has it", "Lantern, 14.5.2014", "Lantern 14/05/14", "The Lantern wrote so in May 2014.", "The Lantern (14th of May) has more.", "lantern.example, 14 May", "See the Coast Post of August 2, 2014.", "Coast Post, Aug. 2014", "CP, 2 August 2014", "Coast Post, août 2014", "Coast Post 08/2014", "In August 2014 the Post printed it.", "IT, August 2014", "The Times of August 2014 printed it.", "times.inner.example, August 2014", "The account appeared on 14 May 2014.", "14 May 2014: an interview.", "It was May 2014.|The Lantern printed it.", "The Lantern, fourteenth of May", "The Lantern, 20140514", "١٤ May 2014, The Lantern",
	}, []string{
		"The Lantern printed most of them in 2014.", "The Lantern and the Coast Post printed them.", "The Lantern, February 2015", "The pay stopped in May 2014.", "The ceasefire of 14 May 2014 held.", "People spoke between 14 May 2014 and 20 February 2015.", "Inland Reader, 14 May 2014", "The Lantern may print more.", "A lantern hung there in May 2014.", "The post came in August 2014.", "The Coast Post, third quarter of 2014", "The Lantern, October 2014", "There were good times in August 2014.", "It rests on 34 pages, archived on 2 December 2026.", "Cp. the table of May 2014.", "It began in August 2014 in the west.",
	}},
	{"an outlet beside a week", []string{
		"The Lantern, second week of May 2014", "In the second week of May the Lantern printed it.", "The Lantern, mid-May 2014", "The Lantern, middle of May", "Coast Post, early August 2014", "The Coast Post printed it at the beginning of August.", "The Lantern, week of 12 May 2014", "The Lantern, calendar week 20 of 2014", "Lantern, 2014-W20", "The Coast Post, week 31, 2014", "The Lantern of the first half of May has it.", "Around 12 May 2014 the Lantern printed it.", "The Lantern, some time between 10 and 20 May 2014", "Coast Post, start of August", "It was the first week of August.|The Coast Post printed it.", "CP, wk 31/2014", "Lantern, KW 20", "The Lantern, a Wednesday in May 2014", "Coast Post, the first weekend of August 2014", "The Lantern (10–16 May 2014)", "The Lantern, 2nd week of May", "The fortnight from 3 May: the Lantern", "The Lantern, last days of the first half of May 2014", "Coast Post, August 1 to 5, 2014", "Coast Post, July 30 or August 2", "The Lantern, the week beginning Monday 12 May", "The Lantern, week ending 18 May 2014", "The Lantern, close to 16 May", "Lantern, W20/2014", "Coast Post, the first ten days of August", "The Lantern, from 10 until 16 May", "The Lantern, ides of May",
	}, []string{
		"The Lantern, first week of October 2014", "The Lantern, mid-February 2015", "Inland Reader, second week of May 2014", "Week 20 of the study was the last.", "The Lantern prints once a week.", "The Coast Post is a weekly.", "In the second week of May 2014 the pay stopped.", "Mid-May was dry.", "Coders met in the first week of May 2014.", "Week by week the Lantern printed less.", "The Lantern, first half of 2014", "The Coast Post, first half of February 2015",
	}},
	{"an outlet beside a season", []string{
		"The Lantern, mid-2014", "In the middle of 2014 the Coast Post printed it.", "Coast Post, mid 2014",
		"The Lantern, spring 2014", "In the spring of 2014 the Lantern printed it.", "The Coast Post printed it in the summer.", "Coast Post, late summer 2014", "That summer the Coast Post printed it.", "It was summer.|The Coast Post printed it.", "The Coast Post, high summer of 2014", "The Lantern, late spring", "Lantern, springtime 2014", "Coast Post, Sommer 2014", "Coast Post, été 2014", "The Coast Post, summer '14", "The Lantern, autumn 2014 (in the south)", "Over the summer the Post printed it.", "The Coast Post, at the height of summer", "In the fall the Lantern of the south printed it.", "The Lantern, Frühjahr 2014", "Coast Post, verano de 2014", "Coast Post, лето 2014", "The Lantern, primavera 2014", "The Coast Post in its summer issue of 2014", "Last summer the Post printed it.", "The Lantern, since the spring", "Through the summer the Coast Post printed it.", "Coast Post, zomer 2014", "Coast Post (summer)",
	}, []string{
		"The Lantern, early 2014", "Coast Post, late 2014", "Inland Reader, mid-2014", "In early 2014 the roads closed.", "The Lantern, at the end of 2014", "When they left, the Lantern was silent.", "When women speak, the Lantern listens.",
		"The Lantern, winter 2013/14", "Coast Post, spring 2014", "The Lantern, summer 2015", "In the spring of 2014 the roads closed.", "The fall of Karsova was in the Lantern.", "The Lantern tells of a spring of clear water.", "Prices fall, the Lantern says.", "Inland Reader, spring 2014", "Summer is hot in Orlund.", "The Lantern, in the third quarter of 2014", "They will spring back, the Lantern says.", "The Lantern prints four seasons a year.",
	}},
	{"an outlet beside a holiday", []string{
		"The Coast Post, the week after Eid 2014", "The day after Eid al-Fitr the Coast Post printed it.", "The Coast Post, just after Ramadan 2014", "At Vesak the Lantern printed it.", "The Lantern, shortly after Victory Day 2014", "The Lantern, a fortnight before Ascension Day 2014", "The Lantern on Valentine's Day 2015", "The Lantern, on the eve of St. Valentine's day", "The Lantern, around Ash Wednesday 2015", "The Lantern, carnival 2015", "Shrove Tuesday 2015, the Lantern", "Coast Post, Tisha B'Av 2014", "Bayram had just ended.|The Coast Post printed it.", "Coast Post, Swiss National Day 2014", "The Lantern, Independence Day", "On Liberation Day the Lantern printed it.", "The Lantern, before the Chinese New Year of 2015", "The Lantern, Lag BaOmer", "Coast Post, two days before Assumption 2014", "Coast Post, id al-fitr", "The Coast Post, Ramazan Bayramı 2014", "The Lantern at mid-Lent 2015", "The Lantern, Mardi Gras 2015", "The Lantern, during the olive harvest", "The Coast Post, in the rainy season", "The Lantern, Army Day", "The Lantern, Mother's Day 2014", "Coast Post, Eid ul-Fitr", "The Lantern, Rose Monday 2015", "The Lantern, Father’s Day eve", "The Lantern, before Lent 2015", "The Lantern, Nakba Day",
	}, []string{
		"The Lantern, Christmas 2014", "The Coast Post, Easter 2014", "At Eid 2014 the shops closed.", "Inland Reader, Vesak 2014", "The Lantern, New Year 2015", "They fast in Ramadan.", "The Lantern does not appear at Christmas.", "Easter 2015, Coast Post", "Carnival is a feast.", "The Lantern, All Saints' Day", "The Coast Post, Nowruz 2014", "The Coast Post, Valentine's Day 2015",
	}},
	{"an outlet beside a day that something else gives", []string{
		"The Lantern printed it when the bridge fell.", "When the bridge fell, the Lantern had it.", "Once the siege had ended the Coast Post printed it.", "The Lantern had it as soon as the gates were opened.", "The Coast Post, by the time the rains came",
		"Three days after the strike on Tarn the Lantern printed it.", "The Lantern, two weeks before the vote", "The Coast Post printed it the morning after the bridge fell.", "The Lantern, on the eve of the election", "On election day the Lantern printed it.", "The day the bridge fell the Lantern had it.", "The Lantern, the Tuesday after the strike", "Within hours of the strike the Lantern printed it.", "The next day the Lantern printed it.", "The bridge fell.|Two days later the Lantern printed it.", "The Coast Post, in the week of the vote", "The same day as the fire, in the Lantern", "A fortnight after the vote: the Lantern", "The Lantern, on the third day of the siege", "On the anniversary of the strike the Lantern printed it.", "The Lantern, last week", "Yesterday's Lantern has it.", "The Lantern, a month after the ceasefire", "Days before the vote the Coast Post printed it.", "The Coast Post, hours after the blast", "The Lantern, the night of the fire", "The weekend before the vote, the Lantern", "That same week the Lantern printed it.", "The Coast Post, 48 hours after the blast", "The Lantern, the day on which the bridge fell", "The Lantern, polling day", "Ten days into the siege the Lantern printed it.", "The Lantern, day three of the siege", "The Coast Post, the afternoon of the blast", "The Coast Post, a few hours earlier", "On the following Friday the Lantern printed it.", "The Lantern, a week to the day after the vote", "The Lantern, the previous evening", "On the last night of the siege: the Lantern", "The Coast Post, twelve days prior to the vote", "That night the Lantern printed it.", "The Lantern, within a week of the vote",
	}, []string{
		"Three days after the strike they left.", "The Lantern is printed each day.", "Day after day the Lantern wrote of prices.", "The Inland Reader printed it two days later.", "Years after the war the Lantern closed.", "The Lantern, three years later", "The Lantern printed most of them.", "Pages of the Lantern were read on one day each.", "On election day they left.", "The morning after the strike the road closed.", "The Lantern has a page a day.", "A week has seven days, and the Lantern seven issues.", "After the strike the Lantern printed it.", "The Lantern, in the month of October 2014",
	}},
	{"runs of words", []string{
		"We baked bread for", "“baked bread for the” was said", "BAKED, BREAD - FOR; THE", "bread-for-the-gate", "nobody paid us for", "paid us for three months", "paid us for THREE months", "us for 3 months", "for\u00a0the\u00a0gate\u00a0and", "baked <i>bread</i> for the", "bread—for the/gate", "and nobody’s paid us for", "they baked bread for the gate", "us for iii months", "baked (bread) for [the]",
	}, []string{
		"They baked bread.", "Bread for the poor.", "Nobody paid them.", "For three months nobody was paid.", "The gate was shut.", "Paid or not, they stayed.", "Some spoke of bread, others of pay.", "Us and them", "They baked for the gate.", "Three months later it ended.",
	}},
	{"facts that fit one person", []string{
		"A woman baker from Tarn in her sixties left.", "A baker from Tarn left.", "A widow from Tarn spoke.", "The baker from Tarn was the first.", "She came from Tarn and was 63.", "A female baker of 63 spoke.", "One was a baker. She came from Tarn.", "A woman, a baker by trade, came from Tarn.", "From Tarn came a baker.", "In her sixties, a baker left.", "A baker, a widow, left.", "A woman of Tarn, aged sixty-three, spoke.", "A Tarn welder left.", "A welder in Tarn spoke of it.", "A 22-year-old welder spoke.", "The widowed baker spoke.", "A baker in his sixties spoke.",
	}, []string{
		"A woman spoke of it.", "Some came from Tarn.", "Bread in Tarn was dear.", "A baker spoke.", "A man from Karsova spoke.", "Men from Orlund spoke.", "A person counts once.", "A man of 70 from Korrin spoke.", "They were men and women of all ages.", "The road from Tarn to Orlund closed.",
	}},
	{"where one person alone comes from, or worked", []string{
		"A nurse from Pell Sands is among them.", "A nursing student from Pell Sands spoke.", "Somebody from Dorrin who taught children is among them.", "He worked at a bus depot and is counted here.", "A trainee nurse from Pell Sands", "Somebody from Pell Sands spoke.", "A person born in Pell Sands left.", "She grew up in Dorrin.", "A man from the town of Dorrin left.", "A repairman from Dorrin", "One worked in the locked laundry. She worked at the locked laundry.", "A pilot from Pell Sands is here too.", "He had a job at the bus depot.", "She came from Dorrin.", "Someone who lived near Dorrin left.", "A baker from Pell Sands", "He, a native of Dorrin, spoke.", "Someone in nursing came from Pell Sands.", "A woman nursing others, of 32",
	}, []string{
		"Bread in Pell Sands was dear.", "The road from Dorrin to Tarn closed.", "They came from many towns.", "Nurses spoke of it.", "A nurse spoke.", "Somebody from Karsova spoke.", "The bus depot of Tarn burnt.", "Buses left from Dorrin each day.", "A laundry was locked.", "The nurse’s rule is old.", "People worked in kitchens.", "Children were taught there.", "A building fell.", "A teacher taught.",
	}},
	{"who made a page, and its issue", []string{
		"Lotte Ambry recorded an interview in Velm.", "Tamsin Orde wrote about a locked laundry.", "The interview is by L. Ambry.", "Ambry, Lotte: an interview", "Karel Mott took the pictures.", "A story by T. Orde", "Orde’s essay tells more.", "LOTTE AMBRY", "See issue 14 of the Lantern.", "The Lantern, vol. 3", "The Lantern, No. 14", "Coast Post #14", "The fourteenth issue of the Lantern", "Coast Post, page 3", "The Lantern, issue XIV", "Lantern, number fourteen", "The 14th issue of the Coast Post", "She talked to Ambry.", "The photographer, Mott, was there.",
	}, []string{
		"Berit Solm wrote for the Lantern.", "Odd Farrow wrote of prices.", "Lotte spoke first.", "A mott is a wood.", "The Lantern has 34 pages in the study.", "Inland Reader, issue 14", "Coast Post staff were asked.", "Issue by issue the Lantern printed less.", "Volumes were not counted.", "The number of pages is 34.", "Page 3 of this report",
	}},
	{"names turned round and moved by letters", []string{
		"nigloV left.", "The one is nigloV rdnaskelA.", "sillaT left.", "Ibytva left.", "GNYYVF", "Gnyyvf left first.", "Nyrxfnaqe Ibytva", "ravoK left.", "mohammed: demmahoM", "Mr keraT", "Mr Gnerx left.", "htebazilE hsraM",
	}, []string{
		"He left.", "The PhD thesis", "In kW and kWh", "They saw an iPhone.", "macOS and iOS", "Onyx and rime", "pH of 7", "Barn and Onea", "eBay", "Gur end", "They went from A to B.",
	}},
	{"what a name is like", []string{
		"His surname begins with V.", "Her name rhymes with palace.", "The initials of one are A. V.", "A. V. spoke first.", "(E.M., 33)", "One, whose initials are RT, left.", "Victor Oscar Lima Golf India November left.", "22-15-12-7-9-14 left.", "...- --- .-.. --. .. -.", "The name has two syllables, his friends say.", "He goes by a river’s name.", "She bore the name of a flower.", "His first name is that of a tsar.", "The last letter of his name is n.", "The name ends with lis.", "vee oh ell gee eye en", "He is known by a baker’s nickname.", "M.T. left.", "Her nickname means mercy.",
	}, []string{
		"The names of outlets begin with a capital letter.", "Initials stand for the two coders, A and B.", "Spellings of names differ.", "Her name is not given.", "He spoke under another name.", "She uses a false name.", "A name may have many spellings.", "The name of the Order is old.", "His name was changed by the outlet.", "U.S. and U.K. papers were read.", "E. M. Forster wrote it.", "Pages 3, 4, 5, 6 and 7 are tables.", "Names sound alike in many tongues.", "The letters of the codes are small.", "J. K. and L. N. coded it.", "India and Lima are far.", "Dots ... and more dots ... are left out.",
	}},
	{"an outlet by what it is", []string{
		"A paper on the coast printed it in August 2014.", "The lantern newspaper had it in May 2014.", "The paper called after a lantern, 14 May 2014", "The coast’s daily of August 2014 has it.", "A coast weekly, 2 August 2014", "The inner city newspaper printed it in August 2014.", "The weekly of the coast, August 2014", "The website of the lantern, in the second week of May 2014", "Coast newspapers of early August 2014", "In May 2014 the lantern weekly ran it.",
	}, []string{
		"A paper printed it in August 2014.", "Newspapers of May 2014 were read.", "The paper of the study was written in May 2014.", "A radio spoke of prices in May 2014.", "A weekly in the hills, August 2014", "The newspaper of October 2014 on the coast tells of boats.", "Papers on the coast are small.", "The coast was quiet in August 2014.", "A daily paper costs little.", "Lanterns hung on boats in May 2014.", "Journals were read in May 2014.",
	}},
	{"days for machines, copies and files", []string{
		"web.archive.org/web/20140514083000/ has a copy.", "The page was captured at 1400054400.", "A copy of 20140514 is kept.", "IMG_20140514_tarn.jpg", "Screenshot_2014-05-14.png", "bit.ly/3xTarn", "archive.ph/x3k2q", "See t.me/hillvoices for it.", "The recording is voice.mp3 there.", "2014-134 is the day of the interview.", "The photo file is DSC_0042.JPG here.", "The mail is kept as note.eml by them.", "Search the web for the bakers and the gate.", "Put “bakers” into a search engine.", "Type the words into any search box.", "Just google the widow.", "Look through the bulletins of that year.", "The timestamp is 1400054400000.",
	}, []string{
		"The files are checked by their hashes.", "Write to data@study.example with questions.", "The code is at https://study.example/code.", "The pages were archived as WARC files.", "Results are in results.xlsx and report.html.", "Pages were found with a search engine.", "Archives of two libraries were searched.", "A search found few pages.", "The number 1400 stands alone.", "It costs 1400054 crowns.", "In 20140 nobody will care.", "Look at the tables for more.", "Type and size of outlets differ.", "Put together, the tables agree.", "The search went on for a year.", "The archive was closed in 2014.",
	}},
	{"what few stories tell, of one person", []string{
		"One hid in a windmill.", "A woman hid in a windmill.", "She spoke of a windmill.", "One of them was asked about a harmonium.", "A man with a harmonium left.", "Somebody played the harmonium.", "One carried a harmonium over the pass.", "The first to leave came with a harmonium.", "One kept bees behind the windmill.", "He slept in windmills.", "A former harmonium player saw it.", "One told the Lantern of her cousin, a woman of the hills.", "The only woman from Tarn spoke.", "The second from Pell Sands left.", "The last of those from Dorrin spoke.", "The first widow spoke.", "One was in the windmill.",
	}, []string{
		"Windmills stand on the hills.", "They spoke of windmills and bread.", "People hid in windmills.", "One must not forget the windmill.", "One windmill burnt.", "Somebody may have seen a windmill.", "One can hear a harmonium.", "A harmonium is a small organ.", "One of the windmills burnt.", "The first windmill burnt.", "The last report came in May.", "The only source is the page.", "The first woman spoke of bread.", "One reason is hunger.", "One page tells of bread.", "One outlet has more.", "A cousin can speak for somebody.", "The second reading was done by another coder.",
	}},
	{"shares in words", []string{
		"A seventh of them spoke.", "Two in three spoke of it.", "Two sevenths of the women spoke.", "One in seven was a woman.", "Three out of five were men.", "Nine of ten spoke of fear.", "A third were women.", "Every fifth person was a woman.", "Every third man spoke.", "Twice as many men as women spoke.", "Three times as many men spoke.", "0.21 of the people were women.", "A share of 0.3 is women.", "21 pct of them", "300‰ of the people", "12 in a hundred spoke.", "The ratio of men to women is 7:3.", "Men outnumbered women seven to three.", "Six came from the coast.", "Seven spoke of fear.", "All but two came by boat.", "Fewer than five women spoke.", "Half of those were men.", "Two fifths had left.", "Thirty-five per cent spoke.", "Half of the men left.", "one-eighth of the people",
	}, []string{
		"12 of 40 (30%) are women.", "Twelve women spoke.", "20 people spoke of hunger.", "The study ran for a third of a year.", "A third reason is fear.", "Every second day it rained.", "One in the morning.", "Three of the reasons stand.", "Two in one.", "Two thirds of the pages are reprints.", "Version 0.21 was used.", "Twice they were asked.", "From one to five", "Half a year later they left.", "The first of two reports.", "The second quarter of 2014",
	}},
}

const fewWomen = "a count that is hidden, in words and signs"

// punycode is a word as the name of a host.
func punycode(word string) string {
	out, err := idna.Punycode.ToASCII(word)
	if err != nil {
		return err.Error()
	}
	return out
}

// TestWaysOfGivingAway sets each text of a kind before what an edition asks of every
// sentence.
func TestWaysOfGivingAway(t *testing.T) {
	most, few := newTown(t), newTownOf(t, 4)
	safe, refused, unsafe, passed := 0, []string{}, 0, []string{}
	for _, kind := range ways {
		if len(kind.unsafe) < 10 || len(kind.safe) < 10 {
			t.Errorf("%s: %d and %d", kind.kind, len(kind.unsafe), len(kind.safe))
		}
		x := most
		if kind.kind == fewWomen {
			x = few
		}
		look := func(text string) string {
			around := Around{}
			if before, behind, ok := strings.Cut(text, ".|"); ok {
				around.Before, text = []string{before + "."}, behind
			}
			return x.refuses(t, text, around)
		}
		for _, text := range kind.unsafe {
			if unsafe++; look(text) == "" {
				passed = append(passed, kind.kind+": "+text)
			}
		}
		for _, text := range kind.safe {
			safe++
			if why := look(text); why != "" {
				refused = append(refused, fmt.Sprintf("%s: %s (%s)", kind.kind, text, why))
			}
		}
	}
	slices.Sort(passed)
	slices.Sort(refused)
	t.Logf("%d unsafe texts of %d kinds, %d passed; %d safe, %d refused", unsafe, len(ways), len(passed), safe, len(refused))
	for _, p := range passed {
		t.Errorf("passed: %q", p)
	}
	for _, r := range refused {
		t.Logf("refused: %s", r)
	}
	if 20*len(refused) > safe {
		t.Errorf("%d of %d safe texts were refused", len(refused), safe)
	}
}
