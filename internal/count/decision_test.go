package count

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

// five is a small study: five speakers, two of them one person, one link open.
func five() *Problem {
	p := &Problem{Variables: []string{"country"}, Codes: recount.Codebook{Codes: []recount.Code{
		{Code: "money", Short: "Money."}, {Code: "money.theft", Parent: "money"}, {Code: "fear"}}}}
	for i, x := range []struct {
		day, outlet string
		gender      recount.Gender
		country     string
		code        string
	}{
		{"2014-11-03", "One", recount.Woman, "Aland", "money.theft"}, {"2015-01-20", "Two", recount.Woman, "Bland", "fear"},
		{"2015-02-11", "One", recount.Man, "Aland", ""}, {"2015-02", "Two", recount.Man, "", "money"}, {"2015-05-30", "Three", recount.UnknownGender, "Bland", ""},
	} {
		m := person(string(rune('a'+i)), x.day, x.outlet, x.gender)
		if x.country != "" {
			m.Values = []recount.Value{{Variable: "country", Value: x.country, Article: m.Article, Day: x.day}}
		}
		if x.code != "" {
			m.Codes = []recount.Coding{{Code: x.code, Article: m.Article}}
		}
		m.Statements = []recount.AcceptedStatement{{Article: m.Article, At: []recount.Span{{Start: 1, End: 5}}}}
		p.Members = append(p.Members, m)
	}
	p.Links = []recount.Link{link("a", "b", "same"), link("c", "d", "unsure"), link("a", "e", "different")}
	return p
}

// numbers prints what a table says: "woman 1 [1-1]/4".
func numbers(r recount.Result) string {
	var out []string
	for _, x := range r.Rows {
		s := fmt.Sprintf("%s %d", x.Name, x.N)
		if x.Range.Low != x.Range.High {
			s += fmt.Sprintf(" [%s]", RangeText(x.Range))
		}
		if x.Rows != nil {
			s += " (" + numbers(x) + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestTables(t *testing.T) {
	tests := []struct {
		name string
		q    Query
		want string
	}{
		{"by gender, largest first, unknown last", Query{By: "gender"}, "man 2 [1 to 2], woman 1, unknown 1"},
		{"by a variable; what nobody states comes last", Query{By: "country"}, "Aland 2, Bland 1, unknown 1 [0 to 1]"},
		{"by code in the order of the codebook", Query{By: "code"}, "money 2, money.theft 1, fear 1, nothing coded yet 2 [1 to 2]"},
		{"by top code", Query{By: "code.top"}, "money 2, fear 1, nothing coded yet 2 [1 to 2]"},
		{"by month with empty months", Query{By: "month"}, "2014-11 1, 2014-12 0, 2015-01 0, 2015-02 2 [1 to 2], 2015-03 0, 2015-04 0, 2015-05 1"},
		{"by quarter up to a later end", Query{By: "quarter", To: "2015-09"}, "2014-Q4 1, 2015-Q1 2 [1 to 2], 2015-Q2 1, 2015-Q3 0"},
		{"by half year", Query{By: "half"}, "2014-H2 1, 2015-H1 3 [2 to 3]"},
		{"by year", Query{By: "year"}, "2014 1, 2015 3 [2 to 3]"},
		{"by outlet, several rows for one case", Query{By: "outlet"}, "One 2, Two 2, Three 1"},
		{"by number", Query{By: "outlets"}, "1 3 [1 to 3], 2 1 [1 to 2]"},
		{"two at once", Query{By: "gender, country"}, "man 2 [1 to 2] (Aland 1, Bland 0, unknown 1 [0 to 1]), " +
			"woman 1 (Aland 1, Bland 0, unknown 0), unknown 1 (Aland 0, Bland 1, unknown 0)"},
		{"the share of women by year", Query{By: "year", Share: true, Where: `gender == "woman"`}, "2014 1, 2015 0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := result(t, five(), tt.q)
			if got := numbers(r); got != tt.want {
				t.Errorf("Result(%+v) = %s, want %s", tt.q, got, tt.want)
			}
			checkCited(t, r)
		})
	}
	census := result(t, five(), Query{By: "year", Share: true, Where: `gender == "woman"`})
	if r := census.Rows[1]; r.Interval != nil {
		t.Errorf("a trend of a census has the interval %+v", r.Interval)
	}
	sample := five()
	sample.Rules.Sample = true
	year := result(t, sample, Query{By: "year", Share: true, Where: `gender == "woman"`})
	if r := year.Rows[1]; r.Of != 3 || r.OfRange.Low != 2 || r.Interval == nil || r.Interval.Method != "95% Wilson" {
		t.Errorf("the share in 2015 is %d of %d (%+v), %+v; want 0 of 3, 2 to 3, with an interval", r.N, r.Of, r.OfRange, r.Interval)
	}
	if r := result(t, five(), Query{By: "code"}); !strings.Contains(r.Note, "several rows") || r.Rows[0].Label != "Money." {
		t.Errorf("a table by code is labelled %q and says %q", r.Rows[0].Label, r.Note)
	}
}

func TestTableOfTwoByTwo(t *testing.T) {
	p := &Problem{Variables: []string{"country"}, Rules: Rules{Sample: true}}
	for i, x := range []struct {
		n       int
		gender  recount.Gender
		country string
	}{{3, recount.Woman, "Aland"}, {1, recount.Woman, "Bland"}, {1, recount.Man, "Aland"}, {3, recount.Man, "Bland"}, {2, recount.UnknownGender, "Aland"}} {
		for j := range x.n {
			m := person(fmt.Sprintf("m%d%d", i, j), "2014-05-01", "One", x.gender)
			m.Values = []recount.Value{{Variable: "country", Value: x.country, Article: m.Article}}
			p.Members = append(p.Members, m)
		}
	}
	q := Query{By: "gender, country"}
	if r := result(t, p, q); !strings.Contains(r.Note, "in 48.6% of samples (Fisher's exact test, mid-p 25.7%)") {
		t.Errorf("three of four against one of four: %q", r.Note)
	}
	p.Members = append(p.Members, person("other", "2014-05-01", "One", recount.Man))
	p.Members[len(p.Members)-1].Values = []recount.Value{{Variable: "country", Value: "Cland"}}
	for name, q := range map[string]Query{"three countries": q, "one dimension": {By: "gender"}, "codes": {By: "code, gender"}} {
		if r := result(t, p, q); strings.Contains(r.Note, "Fisher") {
			t.Errorf("%s: %q", name, r.Note)
		}
	}
	p.Members = p.Members[:len(p.Members)-1]
	p.Rules.Sample = false
	if r := result(t, p, q); strings.Contains(r.Note, "Fisher") {
		t.Errorf("a census: %q", r.Note)
	}
}

// checkCited tests that every number has as many case ids as it counts.
func checkCited(t *testing.T, r recount.Result) {
	t.Helper()
	if len(r.Cases) != r.N || len(r.OfIDs) != r.Of || r.Range.Low > r.N || r.N > r.Range.High ||
		r.Of > 0 && (r.OfRange.Low > r.Of || r.Of > r.OfRange.High) || !slices.IsSorted(r.Cases) {
		t.Errorf("%s: %d cases in %+v, cited %v; of %d in %+v, cited %v", r.Name, r.N, r.Range, r.Cases, r.Of, r.OfRange, r.OfIDs)
	}
	for _, c := range r.Cases {
		if r.Of > 0 && !slices.Contains(r.OfIDs, c) {
			t.Errorf("%s: case %s is in the part but not in the whole", r.Name, c)
		}
	}
	for _, x := range r.Rows {
		checkCited(t, x)
	}
}

func TestRemovingOneDecision(t *testing.T) {
	remove := func(change func(*Problem)) map[string]string {
		p := five()
		change(p)
		out := map[string]string{}
		for _, q := range []Query{{Name: "cases"}, {Name: "women", Where: `gender == "woman"`}, {Name: "Aland", Where: `country == "Aland"`},
			{Name: "money", Where: `has("money")`}, {Name: "2015", Where: `first_reported >= "2015"`}, {Name: "statements", Where: `statements > 1`}} {
			r := result(t, p, q)
			out[q.Name] = fmt.Sprintf("%d [%s]", r.N, RangeText(r.Range))
		}
		return out
	}
	before := remove(func(*Problem) {})
	tests := []struct {
		name   string
		change func(*Problem)
		moved  map[string]string
	}{
		{"scope of a whole case", func(p *Problem) { p.Members = p.Members[:4] }, map[string]string{"cases": "3 [2 to 3]", "2015": "2 [1 to 2]"}},
		{"scope of one of two speakers", func(p *Problem) { p.Members = p.Members[1:] },
			map[string]string{"Aland": "1 [1]", "money": "1 [1]", "2015": "4 [3 to 4]", "statements": "0 [0 to 1]"}},
		{"the answer same", func(p *Problem) { p.Links = p.Links[1:] },
			map[string]string{"cases": "5 [4 to 5]", "women": "2 [2]", "2015": "4 [3 to 4]", "statements": "0 [0 to 1]"}},
		{"the open link", func(p *Problem) { p.Links = append(p.Links[:1], p.Links[2:]...) },
			map[string]string{"cases": "4 [4]", "2015": "3 [3]", "statements": "1 [1]"}},
		{"a coding", func(p *Problem) { p.Members[0].Codes = nil }, map[string]string{"money": "1 [1]"}},
		{"a value", func(p *Problem) { p.Members[2].Values = nil }, map[string]string{"Aland": "1 [1]"}},
		{"a statement", func(p *Problem) { p.Members[0].Statements = nil }, map[string]string{"statements": "0 [0 to 1]"}},
		{"the answer different, which nothing hangs on", func(p *Problem) { p.Links = p.Links[:2] }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := map[string]string{}
			for k, v := range before {
				want[k] = v
			}
			for k, v := range tt.moved {
				want[k] = v
			}
			if d := cmp.Diff(want, remove(tt.change)); d != "" {
				t.Errorf("removing %s (-want +got):\n%s", tt.name, d)
			}
		})
	}
}

func TestArrivalOrderDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for i := range 60 {
		p := randomProblem(rng)
		for _, q := range []Query{{By: "gender, country"}, {Share: true, Where: `first_reported >= "2015-01"`, By: "month"}} {
			want := result(t, p, q)
			for range 5 {
				s := *p
				s.Members, s.Links = slices.Clone(p.Members), slices.Clone(p.Links)
				rng.Shuffle(len(s.Members), func(i, j int) { s.Members[i], s.Members[j] = s.Members[j], s.Members[i] })
				rng.Shuffle(len(s.Links), func(i, j int) { s.Links[i], s.Links[j] = s.Links[j], s.Links[i] })
				if d := cmp.Diff(want, result(t, &s, q)); d != "" {
					t.Fatalf("problem %d in another order (-want +got):\n%s", i, d)
				}
			}
			checkCited(t, want)
		}
	}
}

func TestConflictingValues(t *testing.T) {
	p := five()
	p.Members = p.Members[:2]
	third := person("x", "2015-03-01", "Two", recount.Woman)
	third.Values = []recount.Value{{Variable: "country", Value: "Bland", Article: "ax", Day: "2015-03-01"}}
	p.Members = append(p.Members, third)
	p.Links = []recount.Link{link("a", "b", "same"), link("b", "x", "same")}
	for rule, want := range map[string]string{"": "Aland", "earliest": "Aland", "latest": "Bland", "majority": "Bland", "conflict": "conflict"} {
		p.Rules.Conflict = rule
		if got := numbers(result(t, p, Query{By: "country"})); got != want+" 1" {
			t.Errorf("rule %q: %s, want %s", rule, got, want)
		}
	}
	p.Rules = Rules{Conflict: "latest", Per: map[string]string{"country": "earliest"}}
	if got := numbers(result(t, p, Query{By: "country"})); got != "Aland 1" {
		t.Errorf("a rule for one variable: %s, want Aland", got)
	}
	// Two reprints of one original are one voice.
	p.Rules = Rules{Conflict: "majority"}
	p.Members[2].Original, p.Members[1].Original = "o", "o"
	if got := numbers(result(t, p, Query{By: "country"})); got != "Aland 1" {
		t.Errorf("one original against one: %s, want the earliest, Aland", got)
	}
}

func TestDatesMoveTogether(t *testing.T) {
	// Two people on one page whose date is open: both are in 2014 or both are
	// in 2015, so that no world has one of each.
	a, b := person("a", "", "One", recount.Man), person("b", "", "One", recount.Man)
	b.Article = a.Article
	a.Dates = []string{"2014-12-30", "2015-01-02"}
	b.Dates, b.Day, a.Day = a.Dates, "2015-01-02", "2015-01-02"
	p := &Problem{Members: []recount.Member{a, b, person("c", "2015-03-01", "Two", recount.Man), person("d", "2014-03-01", "Two", recount.Man)}}
	r := result(t, p, Query{Share: true, Where: `first_reported < "2015"`, Of: `first_reported > "2014"|| outlets==1`})
	if r.N != 1 || r.Range != (recount.IntRange{Low: 1, High: 3, Exact: true}) || ShareRangeText(r.ShareRange) != "25.0% to 75.0%" {
		t.Errorf("%d in %+v, %s; want 1, 1 to 3, 25.0%% to 75.0%%", r.N, r.Range, ShareRangeText(r.ShareRange))
	}
	if len(r.Questions) != 1 || r.Questions[0].What != "date" || r.Questions[0].Key != a.Article {
		t.Errorf("questions %+v, want the date of the page", r.Questions)
	}
	// In a cell that needs one of each, nothing is possible but none or all.
	v := result(t, p, Query{Versus: &Versus{"2014", "2014", "2015", "2015"}})
	if got := fmt.Sprint(v.Ratio.N, v.Ratio.Than, v.Ratio.Range); got != "1 3 {1 3 3 1 true}" {
		t.Errorf("ratio %s, want 1 against 3, between 1/3 and 3/1", got)
	}
}

func TestWhatTheStudyIsAbout(t *testing.T) {
	p := five()
	p.Where = `first_reported >= "2015"`
	if r := result(t, p, Query{Share: true, Where: `gender == "man"`}); r.N != 2 || r.Of != 3 {
		t.Errorf("%d of %d, want 2 of the 3 in the period of the study", r.N, r.Of)
	}
	if r := result(t, p, Query{}); r.N != 3 || r.Of != 0 {
		t.Errorf("%d of %d, want 3 of no whole", r.N, r.Of)
	}
}

func TestRatioOfTwoPeriods(t *testing.T) {
	p := &Problem{Rules: Rules{Sample: true}}
	add := func(n int, day string) {
		for range n {
			p.Members = append(p.Members, person(fmt.Sprintf("m%03d", len(p.Members)), day, "One", recount.Man))
		}
	}
	add(24, "2014-05-01")
	add(16, "2015-03")
	add(18, "2015-07-31")
	r := result(t, p, Query{Versus: &Versus{"2015-01", "2015-08", "2014", "2014"}})
	if got := fmt.Sprintf("%s %.1f-%.1f %d/%d %d/%d %q", RatioText(r.Ratio), r.Interval.Low, r.Interval.High,
		r.Ratio.N, r.Ratio.Units, r.Ratio.Than, r.Ratio.ThanUnits, r.Note); got != `2.1 1.2-3.7 34/8 24/12 ""` {
		t.Errorf("ratio %s", got)
	}
	r = result(t, p, Query{Versus: &Versus{"2015-06", "2015-08", "2015-01", "2015-05"}})
	if got := fmt.Sprintf("%s %.1f-%.1f %q", RatioText(r.Ratio), r.Interval.Low, r.Interval.High, r.Note); got != `1.9 0.9-3.9 "the two periods cannot be told apart"` {
		t.Errorf("ratio %s", got)
	}
	census := *p
	census.Rules.Sample = false
	if of := result(t, &census, Query{Versus: &Versus{"2015-06", "2015-08", "2015-01", "2015-05"}}); *of.Interval != *r.Interval || of.Note != r.Note {
		t.Errorf("a ratio of a census has the interval %+v, %q, that of a sample %+v, %q", of.Interval, of.Note, r.Interval, r.Note)
	}
	if r.N != 58 || r.Rows[0].N != 18 || r.Rows[1].N != 16 {
		t.Errorf("%d cases, rows %s", r.N, numbers(r))
	}
	if _, err := p.Result(Query{Versus: &Versus{"2015-06", "2015-05", "x", "2014"}}); err == nil || recount.HintOf(err) == "" {
		t.Errorf("a period that ends before it begins: %v", err)
	}
}

func TestBoundsPastTheBudget(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	bounded := 0
	for i := range 200 {
		p := randomProblem(rng)
		q := randomQueries[i%len(randomQueries)]
		exact := result(t, p, q)
		p.Rules.NodeBudget = 1 + rng.IntN(120)
		r := result(t, p, q)
		in := func(b, e recount.IntRange) bool { return b.Low <= e.Low && e.High <= b.High && (!b.Exact || b == e) }
		a, b := r.ShareRange, exact.ShareRange
		if r.Ratio != nil {
			a, b = r.Ratio.Range, exact.Ratio.Range
			if a.HighOf == 0 && b.HighOf > 0 {
				a.HighN, a.HighOf = 1000, 1
			}
			if b.HighOf == 0 {
				b.HighN, b.HighOf = a.HighN, a.HighOf
			}
		}
		if !in(r.Range, exact.Range) || !in(r.OfRange, exact.OfRange) ||
			b.LowOf > 0 && (a.LowN*b.LowOf > b.LowN*a.LowOf || a.HighN*b.HighOf < b.HighN*a.HighOf) {
			t.Fatalf("problem %d, %+v: bounds %+v %+v %+v do not hold %+v %+v %+v", i, q, r.Range, r.OfRange, a, exact.Range, exact.OfRange, b)
		}
		if !r.Range.Exact {
			bounded++
			if !strings.Contains(r.Note, "not exact") || len(r.Questions) == 0 {
				t.Errorf("problem %d: bounds without a note (%q) or without questions", i, r.Note)
			}
		}
	}
	if bounded < 20 {
		t.Errorf("only %d problems went past the budget", bounded)
	}
}

// large makes a study of n people, each on two pages, with open links between
// some of them, two pages of open date and a person of unclear scope.
func large(n, open int) *Problem {
	p := &Problem{}
	for i := range n {
		a := person(fmt.Sprintf("p%05da", i), fmt.Sprintf("2014-%02d-11", i%12+1), fmt.Sprintf("Outlet %d", i%17), []recount.Gender{recount.Man, recount.Woman}[i%2])
		b := person(fmt.Sprintf("p%05db", i), fmt.Sprintf("2015-%02d", i%12+1), fmt.Sprintf("Outlet %d", i%13), a.Speaker.Gender)
		if i == 5 {
			a.Dates = []string{"2013-12-31", "2014-01-02"}
		}
		if i == 6 {
			a.Scope, b.Scope = recount.Unclear, recount.Unclear
		}
		p.Members = append(p.Members, a, b)
		p.Links = append(p.Links, link(string(a.Key), string(b.Key), "same"))
		if i < open {
			p.Links = append(p.Links, link(string(a.Key), fmt.Sprintf("p%05da", (i*7+3)%n), "unsure"))
		}
	}
	return p
}

func TestManyOpenLinksOfOnePerson(t *testing.T) {
	// Forty suggestions about one man: too many sets to count out, yet the
	// number of people has exact ends.
	p := &Problem{Members: []recount.Member{person("hub", "2014-01-01", "One", recount.Man)}}
	for i := range 40 {
		k := fmt.Sprintf("s%02d", i)
		p.Members = append(p.Members, person(k, "2015-01-01", "Two", recount.Woman))
		p.Links = append(p.Links, link("hub", k, "unsure"))
	}
	if r := result(t, p, Query{}); r.Range != (recount.IntRange{Low: 1, High: 41, Exact: true}) {
		t.Errorf("people %+v, want 1 to 41", r.Range)
	}
	r := result(t, p, Query{Share: true, Where: `gender == "woman"`})
	if r.N != 40 || r.Range.Exact || r.Range.Low > 0 || r.Range.High < 40 || !r.OfRange.Exact || !strings.Contains(r.Note, "Phub") {
		t.Errorf("women %d in %+v of %+v, note %q; want outer bounds that say whom they are about", r.N, r.Range, r.OfRange, r.Note)
	}
	// A chain of as many is solved exactly.
	for i := range p.Links {
		if i > 0 {
			p.Links[i].A = p.Links[i-1].B
		}
	}
	if r := result(t, p, Query{Share: true, Where: `outlets == 2`}); !r.Range.Exact || r.Range.High != 1 {
		t.Errorf("a chain: %+v, want 0 to 1, exact", r.Range)
	}
}

func BenchmarkShareOfAThousandPeople(b *testing.B) {
	p := large(1000, 20)
	for b.Loop() {
		if _, err := p.Result(Query{Share: true, Where: `gender == "woman" && first_reported >= "2014-06"`}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTrendOfAThousandPeople(b *testing.B) {
	p := large(1000, 20)
	for b.Loop() {
		if _, err := p.Result(Query{By: "month"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThousandOpenLinks(b *testing.B) {
	p := large(4000, 1000)
	for b.Loop() {
		if _, err := p.Result(Query{Share: true, Where: `gender == "woman"`}); err != nil {
			b.Fatal(err)
		}
	}
}

// ShareText is what the report prints; the figures are those of the report on
// 58 defectors (ICSR 2015) and of the study of the Harrow Order.
func TestTexts(t *testing.T) {
	for got, want := range map[string]string{
		ShareText(17, 29): "17 of 29 (58.6%)", ShareText(34, 58): "34 of 58 (58.6%)", Percent(1, 8): "12.5%", Percent(1, 2000): "0.1%",
		Percent(0, 0): "-", RangeText(recount.IntRange{Low: 27, High: 29, Exact: true}): "27 to 29",
		describe(Query{Where: `gender == "woman" && first_reported >= "2015-01"`, Share: true}): "cases where gender is woman and first reported from 2015-01, of all cases",
		describe(Query{Where: `outlets >= 2 || kind != "named"`, By: "first_outlet, gender"}):   "cases where outlets at least 2 or kind is not named, by first outlet and gender",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzFilter(f *testing.F) {
	for _, s := range []string{`gender == "woman"`, `has("money") && outlets > 1`, `first_reported in ["2014"]`, `1 < 2 < 3`, `all(codes, # > "a")`} {
		f.Add(s, "gender, month(left)")
	}
	f.Fuzz(func(t *testing.T, where, by string) {
		p := five()
		if r, err := p.Result(Query{Where: where, By: by, Share: true}); err == nil {
			checkCited(t, r)
		}
	})
}
