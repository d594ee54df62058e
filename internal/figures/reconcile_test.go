package figures

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// page is one article of a made-up coverage.
type page struct {
	outlet, published, text string
}

// reconcile runs Find and Reconcile over pages; copies names groups of page
// indexes that are reprints of one text.
func reconcile(pages []page, copies ...[]int) ([]Group, map[recount.Key][]recount.ReportedFigure) {
	var articles []*recount.Article
	found := map[recount.Key][]recount.ReportedFigure{}
	for i, p := range pages {
		a := &recount.Article{Key: recount.Key(fmt.Sprint("p", i)), Outlet: p.outlet, Published: p.published, Language: "en", Text: p.text}
		articles = append(articles, a)
		found[a.Key] = Find(a, nil)
	}
	var originals []recount.Original
	for i, c := range copies {
		o := recount.Original{Key: recount.Key(fmt.Sprint("o", i))}
		for _, m := range c {
			o.Members = append(o.Members, articles[m].Key)
		}
		originals = append(originals, o)
	}
	return Reconcile(articles, found, originals), found
}

// show writes groups as "about: outlet wording relation; ...".
func show(gs []Group) string {
	var b strings.Builder
	for _, g := range gs {
		fmt.Fprintf(&b, "%s:", g.About)
		for _, m := range g.Members {
			fmt.Fprintf(&b, " %s %q %s (%s);", m.Outlet, m.Wording, m.Relation, m.Reason)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// together reports whether one group holds both figures, the second with this
// relation.
func together(gs []Group, aOutlet, a, bOutlet, b string, rel Relation) bool {
	for _, g := range gs {
		x, y := false, false
		for _, m := range g.Members {
			x = x || m.Outlet == aOutlet && m.Wording == a
			y = y || m.Outlet == bOutlet && m.Wording == b && (rel == "" || m.Relation == rel)
		}
		if x && y {
			return true
		}
	}
	return false
}

// The made-up coverage: the Lindholm Institute counts people who left the
// Ashen League and spoke about it.
const institute = "The study by the Lindholm Institute, released this week, counts at least 46 former fighters, five of them women, who spoke to newspapers between March 2030 and October 2031. "

func TestReconcile(t *testing.T) {
	tests := []struct {
		name     string // the case of coverage that disagrees with itself
		pages    []page
		copies   [][]int
		a, b     [2]string // outlet and wording
		relation Relation  // of b; "" with apart: never in one group
		apart    bool
	}{
		{
			name: "a floor is kept beside a bare number (R1)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Courier", "2031-11-04", "The study counts 46 former fighters who spoke."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"Courier", "46"}, relation: Degraded,
		},
		{
			name: "men and women add up to the whole (R3)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Herald", "2031-11-04", "The report says 41 men and five women have spoken."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"Herald", "41"}, relation: Agrees,
		},
		{
			name: "the women of the sum are the women of the whole (R2, R3)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Herald", "2031-11-04", "The report says 41 men and five women have spoken."}},
			a: [2]string{"Post", "five of them"}, b: [2]string{"Herald", "five"}, relation: Agrees,
		},
		{
			name: "dozens is the same number, lost (R4)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Herald", "2031-11-04", "Dozens of former fighters have spoken, a report says."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"Herald", "Dozens"}, relation: Degraded,
		},
		{
			name: "a reprint that loses the number (R5)",
			pages: []page{{"Wire", "2031-05-01", "He claimed to speak for two dozen of his comrades in the hills above the lake."},
				{"Echo", "2031-05-02", "He claimed to speak for dozens of comrades in the hills above the lake."}},
			copies: [][]int{{0, 1}},
			a:      [2]string{"Wire", "two dozen"}, b: [2]string{"Echo", "dozens"}, relation: Degraded,
		},
		{
			name: "reported cases are not departures that took place (R6, R7)",
			pages: []page{{"Post", "2031-11-03", institute + "Almost 60% of the cases were reported in the first ten months of this year."},
				{"Tribune", "2031-11-05", "The report counts 46 former fighters. Nearly two thirds of the defections took place in the year 2031."}},
			a: [2]string{"Post", "Almost 60%"}, b: [2]string{"Tribune", "Nearly two thirds"}, relation: OtherEvent,
		},
		{
			name: "a dropped nearly (R8)",
			pages: []page{{"Tribune", "2031-11-05", "The report counts 46 former fighters. Nearly two thirds of the defections took place in the year 2031."},
				{"Radio", "2031-11-06", "The report counts 46 former fighters, and two thirds of the defections took place in the year 2031."}},
			a: [2]string{"Tribune", "Nearly two thirds"}, b: [2]string{"Radio", "two thirds"}, relation: Degraded,
		},
		{
			name: "the right number in the wrong window (R9, R10)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Digest", "2031-11-08", "The report found 46 cases between March and October of this year alone."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"Digest", "46"}, relation: Conflict,
		},
		{
			name: "nine of a narrower set is not about ten of a wider one (R11)",
			pages: []page{{"Post", "2031-11-03", institute + "Nine of them came from the coast."},
				{"Radio", "2031-11-06", "The study counts 46 former fighters, about ten of them from abroad."}},
			a: [2]string{"Post", "Nine of them"}, b: [2]string{"Radio", "about ten of them"}, apart: true,
		},
		{
			name: "countries are not people (R12)",
			pages: []page{{"Post", "2031-11-03", institute + "They came from 46 villages."},
				{"Herald", "2031-11-04", "The report says 46 former fighters have spoken."}},
			a: [2]string{"Post", "46"}, b: [2]string{"Herald", "46"}, apart: true,
		},
		{
			name: "countries of one report (R12)",
			pages: []page{{"Post", "2031-11-03", "The study lists former fighters from eight countries."},
				{"Herald", "2031-11-04", "The report says the former fighters come from eight different countries."}},
			a: [2]string{"Post", "eight"}, b: [2]string{"Herald", "eight"}, relation: Agrees,
		},
		{
			name: "a small part in two wordings (R13)",
			pages: []page{{"Post", "2031-11-03", institute + "Of the former fighters, two were Lomarians."},
				{"Herald", "2031-11-04", "The study counts 46 former fighters, two of them from Lomaria."}},
			a: [2]string{"Post", "two"}, b: [2]string{"Herald", "two of them"}, relation: Agrees,
		},
		{
			name: "a guess is never a count (R15)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Column", "2031-11-20", "By then the institute's list will presumably have 47 names on it."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"Column", "47"}, relation: NotACount,
		},
		{
			name: "hundreds who left or tried are another set (R16)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"World", "2031-11-04", "The ministry said hundreds had left or tried to leave."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"World", "hundreds"}, apart: true,
		},
		{
			name: "half of another population (R17)",
			pages: []page{{"Post", "2031-11-03", institute + "Almost 60% of the cases were reported in the first ten months of this year."},
				{"World", "2031-11-04", "Half of the 700 Lomarians who went to the hills have returned."}},
			a: [2]string{"Post", "Almost 60%"}, b: [2]string{"World", "Half"}, apart: true,
		},
		{
			name: "a number that follows from a share was never printed (R18)",
			pages: []page{{"World", "2031-06-04", "Some 80 Lomarians have travelled to the hills and one in four has returned."},
				{"Herald", "2031-08-09", "The ombudsman said 20 returnees had come back and needed help."}},
			a: [2]string{"Herald", "20"}, b: [2]string{"World", "one in four"}, relation: Derived,
		},
		{
			name: "interviews with dozens contradict a study of published accounts (R22)",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Blog", "2031-11-10", "The report is based on interviews with dozens of deserters."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"Blog", "dozens"}, relation: Degraded,
		},
		{
			name: "another number for the same people",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Star", "2031-11-05", "The study by the Lindholm Institute counts 64 former fighters, five of them women, who spoke to newspapers."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"Star", "64"}, relation: Agrees,
		},
		{
			name: "two exact numbers for the same people",
			pages: []page{{"Post", "2031-11-03", "The study by the Lindholm Institute counts 46 former fighters who spoke to newspapers."},
				{"Star", "2031-11-05", "The study by the Lindholm Institute counts 64 former fighters who spoke to newspapers."}},
			a: [2]string{"Post", "46"}, b: [2]string{"Star", "64"}, relation: Conflict,
		},
		{
			name: "another number of women among the same people",
			pages: []page{{"Post", "2031-11-03", institute},
				{"Star", "2031-11-05", "The study counts 46 former fighters, six of them women, who spoke to newspapers."}},
			a: [2]string{"Post", "five of them"}, b: [2]string{"Star", "six of them"}, relation: Conflict,
		},
		{
			name: "a number that changes in a reprint",
			pages: []page{{"Wire", "2031-05-01", "Captain Orla Brandt said 40 deserters had passed the mill since January."},
				{"Echo", "2031-05-02", "Captain Orla Brandt said 14 deserters had passed the mill since January."}},
			copies: [][]int{{0, 1}},
			a:      [2]string{"Wire", "40"}, b: [2]string{"Echo", "14"}, relation: Conflict,
		},
		{
			name: "who left is not who spoke",
			pages: []page{{"Post", "2031-11-03", institute},
				{"World", "2031-11-06", "According to the report, 46 former fighters fled across the lake."}},
			a: [2]string{"Post", "at least 46"}, b: [2]string{"World", "46"}, relation: OtherEvent,
		},
		{
			name: "a share that no whole number fits",
			pages: []page{{"Post", "2031-11-03", institute + "Almost 60% of the cases were reported in the first ten months of this year."},
				{"Digest", "2031-11-08", "The report found 46 cases. It says 60 per cent of them were reported in the first ten months of this year."}},
			a: [2]string{"Post", "Almost 60%"}, b: [2]string{"Digest", "60 per cent of them"}, relation: Impossible,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			gs, _ := reconcile(tt.pages, tt.copies...)
			got := together(gs, tt.a[0], tt.a[1], tt.b[0], tt.b[1], tt.relation)
			if got == tt.apart {
				t.Errorf("%v and %v: want %q, apart %v; groups:\n%s", tt.a, tt.b, tt.relation, tt.apart, show(gs))
			}
		})
	}
}

func TestSettle(t *testing.T) {
	gs, _ := reconcile([]page{
		{"Post", "2031-11-03", "The study counts 46 former fighters who spoke."},
		{"Echo", "2031-11-03", "The study counts 46 former fighters who spoke."},
		{"Herald", "2031-11-04", "The report says 41 men and five women have spoken."},
		{"Blog", "2031-11-10", "The report is based on talks with dozens of former fighters."},
	}, []int{0, 1})
	if len(gs) == 0 {
		t.Fatal("no group")
	}
	g := &gs[0]
	for rule, want := range map[Rule]int64{Majority: 46, Lowest: 46, Latest: 46, Order: 46} {
		s, ok := g.Settle(rule, []string{"Herald", "Post"}, nil)
		if !ok || s.Low != want || s.High != want {
			t.Errorf("Settle(%s) = %+v, %v; want %d: %s", rule, s, ok, want, show(gs))
		}
	}
}

// What is settled is the number that is printed, not the band around it.
func TestSettleTakesTheNumberAsPrinted(t *testing.T) {
	gs, _ := reconcile([]page{
		{"Post", "2031-11-03", "The league has an estimated 4,000 members, the ministry said."},
		{"Herald", "2031-11-04", "The league has 4,000 members, the ministry said."},
	}, nil)
	if len(gs) != 1 {
		t.Fatalf("got %d groups, want 1: %s", len(gs), show(gs))
	}
	for _, rule := range []Rule{Range, Majority, Lowest, Latest} {
		s, ok := gs[0].Settle(rule, nil, nil)
		if !ok || s.Low != 4000 || s.High != 4000 {
			t.Errorf("Settle(%s) = %+v, %v; want 4000", rule, s, ok)
		}
	}
}

func TestVague(t *testing.T) {
	if _, _, ok := (Vague{}).Read("dozens of deserters"); ok {
		t.Error("dozens has a value without a rule")
	}
	if lo, hi, ok := (Vague{"dozens": {24, 99}}).Read("Dozens of deserters"); !ok || lo != 24 || hi != 99 {
		t.Errorf("dozens read as %d to %d, %v; want 24 to 99", lo, hi, ok)
	}
}
