package release

import (
	"slices"
	"strings"
	"testing"
)

// ferry is an edition of 24 people: the first is a woman of 19 from Ardel who was a
// clerk and left in March 2014; of most others there are many.
func ferry() *Edition {
	e := &Edition{Rule: Strict, People: 24}
	col := func(name string, class Class, of ...string) *Column {
		c := &Column{Name: name, Class: class}
		for len(c.Of) < e.People {
			c.Of = append(c.Of, of[min(len(c.Of), len(of)-1)])
		}
		e.Columns = append(e.Columns, c)
		return c
	}
	col("gender", Quasi, "woman", "woman", "woman", "woman", "woman", "woman", "woman", "woman", "man")
	place := col("country", "", "Orlund", "Orlund", "Orlund", "Karsova", "Karsova", "Karsova", "Karsova", "Karsova", "Karsova")
	place.Words = map[string][]string{"Orlund": {"Lowmoor"}}
	place.Of[23] = "Maravos"
	place.Levels = []Level{{Name: "region", Of: map[string]string{"Orlund": "the West", "Karsova": "the East", "Maravos": "the East"}}}
	role := col("role", "", "tax clerk", "guard", "guard", "guard", "guard", "guard", "fighter")
	role.Of[23] = "clerk in the harbour office"
	age := col("age", "", "19", "31", "32", "33", "34", "30", "41")
	age.Of[22] = "44"
	col("detained", "", "yes", "no")
	col("children", "", "3", "0")
	day := col("first_reported", Quasi, "2014-03-05", "2014-06-01")
	day.Of[20] = "2015-02-02"
	col("code:hunger", Sensitive, "1", "1", "1", "0")
	e.Said = []Said{{Column: "country", Of: [][]string{{"skarhaven"}}}, {Column: "what pages call the person", Of: [][]string{{"smuggler"}}}}
	for i := range e.Said {
		for len(e.Said[i].Of) < e.People {
			e.Said[i].Of = append(e.Said[i].Of, nil)
		}
	}
	e.Protected = make([]bool, e.People)
	for i := range 12 {
		e.Protected[i] = true
	}
	return e
}

// TestRareCombinations writes facts about one person in many forms: each is found.
func TestRareCombinations(t *testing.T) {
	d := NewDescriptions(ferry())
	for _, tt := range []struct {
		text   string
		before string // with | between what stands before
		row    string // with | between its cells
		want   string // facts that are named
	}{
		{"A former clerk of 19 from Orlund left first.", "", "", "age 19"},
		{"One, a 19-year-old woman, left first.", "", "", "woman"},
		{"A girl aged nineteen spoke of it.", "", "", "age 19"},
		{"The clerk (19) spoke.", "", "", "clerk"},
		{"Anna, 19, from Orlund.", "", "", "Orlund"},
		{"A woman from Lowmoor said so.", "", "", "Lowmoor"},
		{"An Orlunder woman said so.", "", "", "Orlund"},
		{"A teenager from Orlund left.", "", "", "Orlund"},
		{"A woman in her teens left.", "", "", "age 13 to 19"},
		{"She was a clerk, and was nineteen when she left.", "", "", "clerk"},
		{"The youngest of them came from Orlund.", "", "", "the youngest"},
		{"A woman born in 1994 spoke.", "", "", "born in 1994"},
		{"A woman first reported in March 2014 spoke.", "", "", "march 2014"},
		{"In 2015 a man of 41 from Karsova spoke.", "", "", ""}, // who may be shown
		{"A woman who was detained said so.", "", "", "detained"},
		{"A woman with three children said so.", "", "", "woman"},
		{"A smuggler from Skarhaven left.", "", "", "smuggler"},
		{"She came from Orlund.", "One of them was a clerk.", "", "clerk"},
		{"She was 19.", "A clerk left.|She told nobody.", "", "clerk"},
		{"The same woman came from Orlund.", "One was a clerk.", "", "clerk"},
		{"She was 19.", "A woman from Orlund", "", "Orlund"}, // under a heading
		{"19", "", "woman|Orlund|19", "Orlund"},
		{"A man of 41 and a woman of 19 left.", "", "", "woman"},
		{"A man of 41 from Karsova, a woman of 19, a guard.", "", "", "woman"},
		{"Women from Orlund spoke of hunger.", "", "", "Orlund"},
		{"A woman from the West said so.", "", "", "the West"},
		{"A clerk, then 19, said so.", "", "", "clerk"},
		{"A minor from Orlund left.", "", "", ""}, /* fits nobody */
		{"A woman younger than 20 left.", "", "", "age 0 to 19"},
		{"A woman between 18 and 25 left.", "", "", "age 18 to 25"},
		{"A twenty-year-old? No: a nineteen-year-old from Orlund.", "", "", "Orlund"},
		{"A ｗｏｍａｎ of 1\u00ad9 left.", "", "", "woman"},
		{"A clerk from Orl\u200bund left.", "", "", "clerk"},
	} {
		x := Around{}
		if tt.before != "" {
			x.Before = strings.Split(tt.before, "|")
		}
		if tt.row != "" {
			x.Row, x.Head = strings.Split(tt.row, "|"), []string{"who", "from", "age"}
		}
		r := d.Rare(tt.text, x)
		switch {
		case r == nil && tt.want != "":
			t.Errorf("%q after %q passes", tt.text, tt.before)
		case r != nil && (tt.want == "" || !slices.Contains(r.Words, tt.want)):
			t.Errorf("%q after %q: %v; want %q", tt.text, tt.before, r.Words, tt.want)
		case r != nil && (len(r.Words) < 2 || r.Fits < 1 || r.Fits >= Strict.Small):
			t.Errorf("%q: %+v", tt.text, r)
		}
	}
}

// TestOrdinaryProseIsNoCombination: what many share, what is said of groups by printed
// numbers, what is one fact, and what fits nobody pass.
func TestOrdinaryProseIsNoCombination(t *testing.T) {
	d := NewDescriptions(ferry())
	for _, text := range []string{
		"# are women and # come from Orlund.", "Of the women, # come from Orlund.", "A woman spoke of it.", "The clerk spoke of it.", "A man from Karsova spoke.", "Men from Karsova left in 2014.",
		"A fighter from Karsova left.", "A fighter of 41 left.", "A person counts if he or she left and speaks about it.", "Men and women of all ages left.", "They came from Orlund, Karsova and Maravos.", "19 pages are in Orlund.", "The study read 19 articles of women's magazines.",
		"Somebody may have a reason to speak well of himself, and an interviewer a reason to ask for one thing rather than another.", "Between January 2014 and August 2015 # people spoke.", "A man of 70 from Maravos spoke.", "No woman came from Orlund.", "Nobody asked whether a man from Karsova spoke.",
		"A man of 19 out of 24.", "Women and men from Orlund and Karsova spoke.", "Age, country and role are recorded of each person.", "In 2014 the ferry from Orlund stopped.", "A man who left in 2014 spoke.", "At least 19 of them left.", "A woman of 50 left.", "It takes 19 minutes from Orlund.",
	} {
		if r := d.Rare(text, Around{}); r != nil {
			t.Errorf("%q: %v fit %d", text, r.Words, r.Fits)
		}
	}
	for _, label := range []string{"women from Orlund", "guards under 20", "women first reported in March 2014"} {
		if r := d.Rare(label, Around{Label: true}); r != nil {
			t.Errorf("the label %q: %v", label, r.Words)
		}
	}
	// Who is spoken of before is somebody else.
	for _, x := range [][2]string{{"A woman spoke.", "A clerk left."}, {"Another came from Orlund.", "A clerk left."}, {"Orlund is by the sea.", "A clerk left."}, {"They came from Orlund.", "# are women."}} {
		if r := d.Rare(x[0], Around{Before: x[1:]}); r != nil {
			t.Errorf("%q after %q: %v", x[0], x[1], r.Words)
		}
	}
}

// TestTheMildestWayOutOfACombination: the fact is named without which enough fit.
func TestTheMildestWayOutOfACombination(t *testing.T) {
	d := NewDescriptions(ferry())
	for text, want := range map[string]string{"A woman of 19 left.": "age 19", "A guard from Orlund left.": "Orlund", "A clerk from Orlund left.": ""} {
		r := d.Rare(text, Around{})
		if r == nil || r.Without != want {
			t.Errorf("%q: %+v; want %q", text, r, want)
		}
	}
}
