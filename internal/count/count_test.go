package count

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"recount"
)

// person makes a member in scope, reported on day by outlet.
func person(id, day, outlet string, gender recount.Gender) recount.Member {
	return recount.Member{Key: recount.Key(id), Decision: "d" + id, Scope: recount.Yes,
		Article: recount.Key("a" + id), Original: recount.Key("a" + id), Outlet: outlet, Dates: []string{day},
		Speaker: recount.SpeakerRef{Name: "P" + id, Kind: recount.Named, Gender: gender}}
}

func link(a, b, answer string) recount.Link {
	return recount.Link{A: recount.Key(a), B: recount.Key(b), Answer: answer}
}

func result(t testing.TB, p *Problem, q Query) recount.Result {
	t.Helper()
	r, err := p.Result(q)
	if err != nil {
		t.Fatalf("Result(%+v) = %v", q, err)
	}
	return r
}

func TestNobody(t *testing.T) {
	p := &Problem{}
	r := result(t, p, Query{Share: true, Where: `gender == "woman"`, By: "gender"})
	if r.N != 0 || r.Of != 0 || !r.Range.Exact || r.Range.High != 0 || len(r.Rows) != 0 {
		t.Errorf("a problem without members gives %+v", r)
	}
	if got := p.Cases(); len(got) != 0 {
		t.Errorf("Cases() = %v, want none", got)
	}
}

func TestCases(t *testing.T) {
	outside := person("b", "2015-01-02", "Two", recount.Man)
	tests := []struct {
		name    string
		members []recount.Member
		links   []recount.Link
		want    string
	}{
		{"nobody is joined without an answer", []recount.Member{person("a", "2015-01-01", "One", recount.Man), outside}, nil, "da[a] db[b]"},
		{"same joins", []recount.Member{outside, person("a", "2015-01-01", "One", recount.Man)}, []recount.Link{link("b", "a", "same")}, "da[a b]"},
		{"unsure does not", []recount.Member{outside, person("a", "2015-01-01", "One", recount.Man)}, []recount.Link{link("b", "a", "unsure")}, "da[a] db[b]"},
		{"by way of somebody out of scope", []recount.Member{person("a", "2015-01-01", "One", recount.Man), person("c", "2015-01-01", "One", recount.Man)},
			[]recount.Link{link("a", "b", "same"), link("b", "c", "same")}, "da[a c]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &Problem{Members: tt.members, Links: tt.links}
			var got []string
			for _, c := range p.Cases() {
				var ms []string
				for _, m := range c.Members {
					ms = append(ms, string(m.Key))
				}
				got = append(got, fmt.Sprint(c.ID, ms))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("Cases() = %s, want %s", s, tt.want)
			}
		})
	}
}

// study reads the study with the known answer into a problem: the people of
// truth.json, one member for each page and person.
func study(t *testing.T) (*Problem, map[string]any) {
	t.Helper()
	raw, err := os.ReadFile("../../../shared/study-order/truth.json")
	if err != nil {
		t.Skip("the study with the known answer (../shared/study-order/truth.json) is absent")
	}
	var tr struct {
		Pages []struct {
			ID, Outlet, Published, Precision string
		}
		Persons []struct {
			ID, Label, Gender, Country string
			FirstReported              string `json:"first_reported"`
			IsCase                     bool   `json:"is_case"`
			InWindow                   bool   `json:"in_window"`
			Pages                      []string
			Kinds                      map[string]string
			Attributes                 map[string][]struct {
				Page  string
				Value any
			}
			Reasons []struct {
				Code     string
				Evidence []struct{ Page, Quotation string }
			}
		}
		MustLink    []struct{ A, B [2]string } `json:"must_link"`
		MustNotLink []struct{ A, B [2]string } `json:"must_not_link"`
		Undecidable []struct{ A, B [2]string }
		Totals      map[string]any
	}
	if err := json.Unmarshal(raw, &tr); err != nil {
		t.Fatal(err)
	}
	p := &Problem{Variables: []string{"country", "left"}}
	outlet, day := map[string]string{}, map[string]string{}
	for _, pg := range tr.Pages {
		outlet[pg.ID], day[pg.ID] = pg.Outlet, pg.Published
		if len(day[pg.ID]) > 10 {
			day[pg.ID] = day[pg.ID][:10]
		}
	}
	codes := map[string]bool{}
	for _, d := range tr.Persons {
		if !d.IsCase || !d.InWindow {
			continue
		}
		for i, pg := range d.Pages {
			m := recount.Member{Key: recount.Key(pg + " " + d.ID), Article: recount.Key(pg), Outlet: outlet[pg],
				Decision: recount.HashText(pg + d.ID), Scope: recount.Yes, Dates: []string{day[pg]}, First: pg == "p01" || pg == "p06",
				Speaker: recount.SpeakerRef{Name: d.Label, Kind: recount.SpeakerKind(d.Kinds[pg]), Gender: recount.Gender(d.Gender)}}
			if i == 0 && d.Country != "" {
				m.Values = append(m.Values, recount.Value{Variable: "country", Value: d.Country, Article: recount.Key(pg), Day: day[pg]})
			}
			for _, x := range d.Attributes["left"] {
				if x.Page == pg && x.Value != nil {
					m.Values = append(m.Values, recount.Value{Variable: "left", Value: fmt.Sprint(x.Value), Article: recount.Key(pg), Day: day[pg]})
				}
			}
			for _, c := range d.Reasons {
				for _, e := range c.Evidence {
					if e.Page == pg {
						m.Codes = append(m.Codes, recount.Coding{Code: c.Code, Article: recount.Key(pg)})
						codes[c.Code] = true
					}
				}
			}
			p.Members = append(p.Members, m)
		}
	}
	for _, c := range slices.Sorted(func(yield func(string) bool) {
		for c := range codes {
			if !yield(c) {
				return
			}
		}
	}) {
		top, _, _ := strings.Cut(c, ".")
		if !slices.ContainsFunc(p.Codes.Codes, func(x recount.Code) bool { return x.Code == top }) {
			p.Codes.Codes = append(p.Codes.Codes, recount.Code{Code: top})
		}
		p.Codes.Codes = append(p.Codes.Codes, recount.Code{Code: c, Parent: top})
	}
	for answer, links := range map[string][]struct{ A, B [2]string }{
		"same": tr.MustLink, "different": tr.MustNotLink, "unsure": tr.Undecidable} {
		for _, l := range links {
			p.Links = append(p.Links, link(l.A[0]+" "+l.A[1], l.B[0]+" "+l.B[1], answer))
		}
	}
	return p, tr.Totals
}

// number looks a total up by path.
func total(t *testing.T, totals map[string]any, path ...string) int {
	t.Helper()
	var x any = totals
	for _, k := range path {
		x = x.(map[string]any)[k]
	}
	f, ok := x.(float64)
	if !ok {
		return 0
	}
	return int(f)
}

func TestStudyOfTheHarrowOrder(t *testing.T) {
	p, totals := study(t)
	const apart, merged = "undecided_kept_apart", "undecided_merged"
	jan, jun := `first_reported >= "2015-01" && first_reported < "2015-09"`, `first_reported >= "2015-06" && first_reported <= "2015-08"`
	tests := []struct {
		name         string
		where        string
		path         []string
		lowOf, share string
	}{
		{"all cases", "", []string{"cases"}, "", ""},
		{"women", `gender == "woman"`, []string{"women"}, "", "13.8% to 14.8%"},
		{"January to August 2015", jan, []string{"reported_jan_aug_2015", "k"}, "", "55.6% to 58.6%"},
		{"June to August 2015", jun, []string{"reported_jun_aug_2015", "k"}, "", "28.6% to 32.1%"},
		{"from Orlund", `country == "Orlund"`, []string{"by_country", "Orlund"}, "", "6.9% to 7.4%"},
		{"left in 2015", `left >= "2015" && left <= "2015"`, []string{"left_2015"}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := result(t, p, Query{Where: tt.where, Share: true})
			hi, lo := total(t, totals, append([]string{apart}, tt.path...)...), total(t, totals, append([]string{merged}, tt.path...)...)
			if r.N != hi || r.Range != (recount.IntRange{Low: lo, High: hi, Exact: true}) || r.Of != 29 || r.OfRange.Low != 27 || r.OfRange.High != 29 {
				t.Errorf("%d (%+v) of %d (%+v), want %d, %d to %d of 29, 27 to 29", r.N, r.Range, r.Of, r.OfRange, hi, lo, hi)
			}
			if got := ShareRangeText(r.ShareRange); tt.share != "" && got != tt.share {
				t.Errorf("share %s, want %s", got, tt.share)
			}
			if len(r.Questions) != 2 && tt.share != "" {
				t.Errorf("questions %v, want the two undecidable links that change the number of cases", r.Questions)
			}
		})
	}
	r := result(t, p, Query{Where: jan, Share: true})
	if got := Percent(r.N, r.Of); got != "58.6%" {
		t.Errorf("share kept apart %s, want 58.6%%", got)
	}
	if got := Percent(r.ShareRange.LowN, r.ShareRange.LowOf); got != "55.6%" {
		t.Errorf("share merged %s, want 55.6%%", got)
	}
	for by, path := range map[string]string{"country": "by_country", "left": "by_month_left", "month": "by_month_first_reported",
		"first_outlet": "by_first_outlet", "code": "by_subreason", "code.top": "by_reason"} {
		r := result(t, p, Query{By: by})
		want := len(totals[apart].(map[string]any)[path].(map[string]any))
		got := 0
		for _, row := range r.Rows {
			if by == "code" && !strings.Contains(row.Name, ".") || row.Name == noCode || row.Name == NotCoded {
				continue
			}
			hi, lo := total(t, totals, apart, path, row.Name), total(t, totals, merged, path, row.Name)
			if row.N != hi || row.Range.Low != lo || row.Range.High != hi {
				t.Errorf("by %s: %s = %d (%+v), want %d, %d to %d", by, row.Name, row.N, row.Range, hi, lo, hi)
			}
			if row.N > 0 {
				got++
			}
		}
		if got != want {
			t.Errorf("by %s: %d rows with cases, want %d", by, got, want)
		}
	}
}

func TestFilterThatNamesNothing(t *testing.T) {
	p := &Problem{Variables: []string{"country"}, Codes: recount.Codebook{Codes: []recount.Code{{Code: "money"}}}}
	tests := []struct {
		name, where, by, err, hint string
	}{
		{"unknown variable", `gendr == "woman"`, "", `no variable named "gendr"`, "variables are country, first_reported"},
		{"unknown variable to count by", "", "gendr", `no variable named "gendr"`, "count by country, "},
		{"unknown code", `has("mony")`, "", `no code named "mony"`, "codes are money"},
		{"not a sentence", `country ==`, "", "filter", "a filter reads like"},
		{"a number for an answer", `outlets + 1`, "", "filter", "a filter reads like"},
		{"the clock", `now() > first_reported`, "", "cannot call now", "functions are has"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := p.Result(Query{Where: tt.where, By: tt.by})
			if !errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), tt.err) || !strings.Contains(recount.HintOf(err), tt.hint) {
				t.Errorf("Result(%q by %q) = %v, hint %q; want %q, hint %q", tt.where, tt.by, err, recount.HintOf(err), tt.err, tt.hint)
			}
		})
	}
}

func TestFilter(t *testing.T) {
	m := person("a", "2015-08-31", "One", recount.Woman)
	m.Values = []recount.Value{{Variable: "age", Value: "9", Article: "aa"}, {Variable: "left", Value: "2014-05", Article: "aa"}}
	m.Codes = []recount.Coding{{Code: "money.theft"}}
	p := &Problem{Members: []recount.Member{m}, Variables: []string{"age", "left", "town", "home town"},
		Codes: recount.Codebook{Codes: []recount.Code{{Code: "money"}, {Code: "money.theft", Parent: "money"}}}}
	tests := map[string]bool{
		`first_reported >= "2015-08"`:                        true,
		`first_reported <= "2015-08"`:                        true,
		`first_reported < "2015-09"`:                         true,
		`first_reported > "2015-08"`:                         false,
		`"2015-08" >= first_reported`:                        true,
		`first_reported <= "2015"`:                           true,
		`within(first_reported, "2015-06", "2015-08")`:       true,
		`left < "2014-05-10"`:                                true,
		`left >= "2014-05-01"`:                               true,
		`age < 10`:                                           true,
		`age >= "10"`:                                        false,
		`town >= "a" || town < "a"`:                          false,
		`town == "unknown"`:                                  true,
		`value("home town") == "unknown"`:                    true,
		`gender in ["woman", "unknown"]`:                     true,
		`has("money") && has("money.theft")`:                 true,
		`"money" in codes and len(codes) == 2`:               true,
		`outlets >= 1 && originals == 1 && statements == 0`:  true,
		`reported_by("One") and not (kind == "anonymous")`:   true,
		`first_outlet startsWith "O" && lower(gender) != ""`: true,
	}
	for where, want := range tests {
		if r := result(t, p, Query{Where: where}); (r.N == 1) != want {
			t.Errorf("%s counts %d, want %v", where, r.N, want)
		}
	}
}

// A value that is no number stops no count that compares it with one: whoever has it
// is neither above nor below, and the value is named.
func TestValuesThatAreNoNumbers(t *testing.T) {
	var members []recount.Member
	for i, age := range []string{"30", "about forty", "fifty-one", "", "unknown", "2014-05", "44.5"} {
		m := person(string(rune('a'+i)), "2015-08-31", "One", recount.Woman)
		if age != "" {
			m.Values = []recount.Value{{Variable: "age", Value: age, Article: m.Article}}
		}
		members = append(members, m)
	}
	p := &Problem{Members: members, Variables: []string{"age", "country"}, Outlets: []string{"One"}}
	for _, tt := range []struct {
		q    Query
		n    int
		said string
	}{
		{Query{Where: "age >= 30"}, 2, `age "about forty", age "fifty-one"`},
		{Query{Where: "30 <= age"}, 2, `age "about forty", age "fifty-one"`},
		{Query{Where: "age < 100"}, 2, `age "about forty", age "fifty-one"`},
		{Query{Where: "not (age >= 30)"}, 5, `age "about forty", age "fifty-one"`},
		{Query{Where: `value("age") > 30.5`}, 1, `age "about forty", age "fifty-one"`},
		{Query{Where: "age > outlets"}, 2, `age "about forty", age "fifty-one"`},
		{Query{Where: "age >= 30 || outlets >= 1"}, 7, `age "about forty", age "fifty-one"`},
		{Query{Share: true, Where: "outlets >= 1", Of: "age >= 40"}, 1, `age "about forty", age "fifty-one"`},
		{Query{Where: `age == "about forty"`}, 1, ""},
		{Query{Where: `age >= "30"`}, 4, ""},
		{Query{Where: "country >= 30"}, 0, ""},
		{Query{By: "age"}, 7, ""},
	} {
		t.Run(tt.q.Where+tt.q.Of+tt.q.By, func(t *testing.T) {
			tally, err := NewTally(p, tt.q)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range Split(p.Members, p.Links) {
				tally.Set(g.Key, g)
			}
			r, err := tally.Result()
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(tally.NoNumbers(p.Members), ", "); r.N != tt.n || got != tt.said || tally.Ordered() == (got == "" && tt.q.Where != "country >= 30") {
				t.Errorf("it counts %d, want %d, and names %s, want %s", r.N, tt.n, got, tt.said)
			}
		})
	}
}

// What has no order is not compared, and the hint says what to write.
func TestComparisonsWithoutOrder(t *testing.T) {
	m := person("a", "2015-08-31", "One", recount.Woman)
	m.Values = []recount.Value{{Variable: "age", Value: "about forty", Article: "aa"}, {Variable: "country", Value: "Orlund", Article: "aa"}}
	m.Codes = []recount.Coding{{Code: "money"}}
	p := &Problem{Members: []recount.Member{m}, Variables: []string{"age", "country", "band", "left", "town"}, Outlets: []string{"One"},
		Values: map[string][]string{"country": {"Orlund", "Varn"}, "band": {"18", "40"}},
		Codes:  recount.Codebook{Codes: []recount.Code{{Code: "money"}}}}
	for _, tt := range []struct{ where, hint string }{
		{`codes >= 1`, `write len(codes) >= 1, for one of them has("money")`},
		{`codes>=100`, `len(codes) >= 100`},
		{`1 <= codes`, `len(codes) >= 1`},
		{`1.5 < codes`, `len(codes) > 1.5`},
		{`codes < outlets`, `len(codes) < outlets`},
		{`codes >= "A"`, `has("money")`},
		{`"A" < codes`, `has("money")`},
		{`codes > codes`, `has("money")`},
		{`not (codes > 2) && outlets >= 1`, `len(codes) > 2`},
		{`gender >= 1`, `write gender == "woman"`},
		{`gender >= "m"`, `write gender == "woman"`},
		{`2 > gender`, `write gender == "woman"`},
		{`kind >= 2`, `write kind == "named"`},
		{`kind < gender`, `write kind == "named"`},
		{`first_outlet >= 3`, `write outlets >= 3`},
		{`outlets >= "x"`, `as in outlets >= 2`},
		{`"x" < statements`, `as in statements > 2`},
		{`outlets >= "unknown"`, `as in outlets >= 2`},
		{`len(codes) >= "two"`, `as in len(codes) >= 2`},
		{`1 > "x"`, `write a number`},
		{`has("money") >= 1`, `outlets >= 2`},
		{`(outlets == 1) > 0`, `outlets >= 2`},
		{`nil < 1`, `outlets >= 2`},
		{`["a"] > 1`, `outlets >= 2`},
		{`{"a": 1} > 1`, `outlets >= 2`},
		{`(1 < 2) < "a"`, `compare text with text`},
		{`any(codes, # >= 1)`, `compare text with text`},
		{`any(["a"], # >= 1)`, `compare text with text`},
		{`lower(first_outlet) >= 1`, `compare text with text`},
		{`first_reported >= 15`, `as in first_reported >= "2015-01"`},
		{`first_reported >= outlets`, `as in first_reported >= "2015-01"`},
		{`country >= 3`, `write country == "Orlund"`},
	} {
		for _, q := range []Query{{Where: tt.where}, {Of: tt.where}, {Where: `outlets > 0 && (` + tt.where + `)`}} {
			_, err := p.Result(q)
			if !errors.Is(err, recount.ErrInvalid) || !strings.Contains(recount.HintOf(err), tt.hint) {
				t.Errorf("%v: %v, hint %q; want a hint with %q", q, err, recount.HintOf(err), tt.hint)
			}
		}
	}
	for _, where := range []string{`len(codes) >= 1`, `outlets >= "1"`, `"1" <= outlets`, `first_reported >= 2015`, `2015 <= first_reported`, `country >= "Orlund"`,
		`not (band >= 18)`, `not (town > 3)`, `not (left < 2014)`, `any(codes, # >= "a")`, `first_outlet >= "A"`, `outlets + 1 > 1.5`, `lower(country) > "a"`, `not (trim(town) > 3)`} {
		if r := result(t, p, Query{Where: where}); r.N != 1 {
			t.Errorf("%s counts %d, want 1", where, r.N)
		}
	}
}

// bruteForce walks every world: every answer to every open link, unclear
// scope and open date, and refuses those that are not consistent.
func bruteForce(t *testing.T, p *Problem, q Query) (n, of, shares [][2]int) {
	if torn(p.Links) {
		for _, links := range repairs(p.Links) {
			w := *p
			w.Links = links
			a, b, c := bruteForce(t, &w, q)
			n, of, shares = append(n, a...), append(of, b...), append(shares, c...)
		}
		return n, of, shares
	}
	var open []int
	var unclear []int
	dates := map[recount.Key][]string{}
	var articles []recount.Key
	for i, l := range p.Links {
		if l.Answer == recount.Unsure {
			open = append(open, i)
		}
	}
	for i, m := range p.Members {
		if m.Scope == recount.Unclear {
			unclear = append(unclear, i)
		}
		if len(m.Dates) > 1 && dates[m.Article] == nil {
			dates[m.Article] = m.Dates
			articles = append(articles, m.Article)
		}
	}
	at := make([]int, len(articles))
	for {
		for scope := range 1 << len(unclear) {
			for yes := range 1 << len(open) {
				w := &Problem{Variables: p.Variables, Rules: p.Rules, Codes: p.Codes, Owners: p.Owners, Links: slices.Clone(p.Links), Members: slices.Clone(p.Members)}
				for j, i := range open {
					w.Links[i].Answer = recount.Different
					if yes>>j&1 == 1 {
						w.Links[i].Answer = recount.Same
					}
				}
				for j, i := range unclear {
					w.Members[i].Scope = recount.No
					if scope>>j&1 == 1 {
						w.Members[i].Scope = recount.Yes
					}
				}
				for i := range w.Members {
					for j, a := range articles {
						if w.Members[i].Article == a {
							w.Members[i].Dates, w.Members[i].Day = []string{dates[a][at[j]]}, ""
						}
					}
					w.Members[i].Values = slices.Clone(w.Members[i].Values)
					for k := range w.Members[i].Values {
						for j, a := range articles {
							if w.Members[i].Values[k].Article == a {
								w.Members[i].Values[k].Day = dates[a][at[j]]
							}
						}
					}
				}
				if torn(w.Links) {
					continue
				}
				r := result(t, w, q)
				n, of = append(n, [2]int{r.N, 1}), append(of, [2]int{r.Of, 1})
				if r.Of > 0 {
					shares = append(shares, [2]int{r.N, r.Of})
				}
				if r.Ratio != nil {
					shares = append(shares, [2]int{r.Ratio.N, r.Ratio.Than})
				}
			}
		}
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < len(dates[articles[i]]) {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			return n, of, shares
		}
	}
}

func ends(f [][2]int) (lo, hi [2]int) {
	for i, x := range f {
		if i == 0 || x[0]*lo[1] < lo[0]*x[1] {
			lo = x
		}
		if i == 0 || x[0]*hi[1] > hi[0]*x[1] {
			hi = x
		}
	}
	return lo, hi
}

// randomProblem makes a small problem with some of every kind of question.
func randomProblem(rng *rand.Rand) *Problem {
	p := &Problem{Variables: []string{"country"}, Rules: Rules{Conflict: []string{"earliest", "latest", "majority", "conflict"}[rng.IntN(4)]}}
	days := []string{"2014-11-03", "2014-12-30", "2015-01-02", "2015-03", "2015-06-01"}
	n, openDates := 1+rng.IntN(6), 0
	for i := range n {
		m := person(string(rune('a'+i)), days[rng.IntN(len(days))], []string{"One", "Two"}[rng.IntN(2)], []recount.Gender{recount.Woman, recount.Man, recount.UnknownGender}[rng.IntN(3)])
		if rng.IntN(4) == 0 {
			m.Scope = recount.Unclear
		} else if rng.IntN(4) == 0 {
			m.Scope, m.Decision = recount.Joined, ""
		}
		if i > 0 && rng.IntN(3) == 0 {
			m.Article, m.Dates, m.Original = p.Members[i-1].Article, p.Members[i-1].Dates, p.Members[i-1].Original
		} else if rng.IntN(3) == 0 && openDates < 2 {
			m.Dates = []string{"2014-12-30", "2015-01-02", "2015-02-01"}[:2+rng.IntN(2)]
			openDates++
		}
		if rng.IntN(2) == 0 {
			m.Values = []recount.Value{{Variable: "country", Value: []string{"Aland", "Bland"}[rng.IntN(2)], Article: m.Article, Day: m.Dates[0]}}
		}
		p.Members = append(p.Members, m)
	}
	for i := range n {
		for j := range i {
			if rng.IntN(2) == 0 {
				l := link(string(rune('a'+i)), string(rune('a'+j)), []string{"same", "different", "unsure", "unsure", "unsure"}[rng.IntN(5)])
				p.Links = append(p.Links, l)
			}
		}
	}
	for open, i := 0, 0; i < len(p.Links); i++ {
		if p.Links[i].Answer == recount.Unsure {
			if open++; open > 5 {
				p.Links[i].Answer = recount.Different
			}
		}
	}
	return p
}

var randomQueries = []Query{
	{}, {Share: true, Where: `gender == "woman"`},
	{Share: true, Where: `first_reported >= "2015-01"`},
	{Share: true, Where: `country == "Aland"`, Of: `first_reported >= "2015"`},
	{Share: true, Where: `originals == 2`, Of: `outlets == 1`},
	{Where: `country == "conflict" || last_reported > "2015-01"`},
	{Versus: &Versus{"2015-01", "2015-06", "2014-11", "2014-12"}},
}

func TestRangeEqualsBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	compared, contradicted := 0, 0
	tried := tries(160, 400)
	for i := range tried {
		p := randomProblem(rng)
		graded(p)
		p.Codes = recount.Codebook{Codes: []recount.Code{{Code: "money"}}}
		all := slices.Concat(randomQueries, gradeQueries[1:2], gradeQueries[4:])
		q := all[i%len(all)]
		if i%4 > 0 {
			tear(rng, p)
		}
		r := result(t, p, q)
		n, of, shares := bruteForce(t, p, q)
		compared++
		if torn(p.Links) {
			contradicted++
		}
		if r.N < r.Range.Low || r.N > r.Range.High {
			t.Fatalf("problem %d, %+v: %d accepted, range %+v", i, q, r.N, r.Range)
		}
		describe := func() string { b, _ := json.Marshal(p); return string(b) }
		lo, hi := ends(n)
		if r.Range != (recount.IntRange{Low: lo[0], High: hi[0], Exact: true}) {
			t.Fatalf("problem %d, %+v: N %+v, brute force %d to %d\n%s", i, q, r.Range, lo[0], hi[0], describe())
		}
		if q.Share {
			lo, hi = ends(of)
			if r.OfRange != (recount.IntRange{Low: lo[0], High: hi[0], Exact: true}) {
				t.Fatalf("problem %d, %+v: Of %+v, brute force %d to %d\n%s", i, q, r.OfRange, lo[0], hi[0], describe())
			}
		}
		got := r.ShareRange
		if r.Ratio != nil {
			got = r.Ratio.Range
			var finite [][2]int
			bound := true
			for _, s := range shares {
				if s[1] > 0 {
					finite = append(finite, s)
				} else if s[0] > 0 {
					bound = false
				}
			}
			shares = finite
			if !bound {
				if got.HighOf != 0 || got.HighN == 0 {
					t.Fatalf("problem %d: ratio %+v, want no upper bound", i, got)
				}
				if got.LowOf == 0 {
					continue
				}
				lo, _ := ends(shares)
				got.HighN, got.HighOf = 1, 1
				shares = [][2]int{lo, {1, 1}}
				if lo[0] > lo[1] {
					shares = shares[:1]
					got.HighN, got.HighOf = lo[0], lo[1]
				}
			}
		}
		if len(shares) == 0 {
			if got.LowOf != 0 {
				t.Fatalf("problem %d: share %+v of nothing", i, got)
			}
			continue
		}
		lo, hi = ends(shares)
		if (q.Share || r.Ratio != nil) && (got.LowN*lo[1] != lo[0]*got.LowOf || got.HighN*hi[1] != hi[0]*got.HighOf) {
			t.Fatalf("problem %d, %+v: share %+v, brute force %v to %v\n%s", i, q, got, lo, hi, describe())
		}
		if n, of := r.Range.High > r.Range.Low, r.OfRange.High > r.OfRange.Low; (n || of) && len(r.Questions) == 0 {
			t.Fatalf("problem %d, %+v: a range %+v without a question", i, q, r)
		}
	}
	if compared < tried || contradicted < tried*30/400 {
		t.Errorf("only %d problems compared, %d with answers that contradict each other", compared, contradicted)
	}
}

// tries is how many of what is made at random are tried every day, and by
// `make bars`.
func tries(daily, bars int) int {
	if os.Getenv("RECOUNT_BARS") != "" {
		return bars
	}
	return daily
}

// tear answers some links so that answers are likely to contradict each other,
// a few of them as an adjudicator does.
func tear(rng *rand.Rand, p *Problem) {
	for i := range p.Links {
		if p.Links[i].Answer == recount.Unsure && rng.IntN(2) == 0 {
			p.Links[i].Answer = []string{recount.Same, recount.Same, recount.Different}[rng.IntN(3)]
		}
		p.Links[i].Settled = p.Links[i].Answer != recount.Unsure && rng.IntN(4) == 0
	}
	for answered := 0; ; answered = 0 {
		for i := range p.Links {
			if p.Links[i].Answer != recount.Unsure {
				answered++
			}
		}
		if answered <= 9 { // all subsets of them are looked at
			return
		}
		p.Links = p.Links[:len(p.Links)-1]
	}
}

// torn reports whether a chain of `same` joins two who are said to be
// different.
func torn(links []recount.Link) bool {
	of := map[recount.Key]recount.Key{}
	lead := func(k recount.Key) recount.Key {
		for of[k] != "" && of[k] != k {
			k = of[k]
		}
		return k
	}
	for _, l := range links {
		if l.Answer == recount.Same && lead(l.A) != lead(l.B) {
			of[lead(l.A)] = lead(l.B)
		}
	}
	return slices.ContainsFunc(links, func(l recount.Link) bool { return l.Answer == recount.Different && lead(l.A) == lead(l.B) })
}

// repairs lists every set of links in which as many answers hold as can
// together, those of adjudicators before others: it looks at all sets.
func repairs(links []recount.Link) (out [][]recount.Link) {
	largest := func(base, of []recount.Link) (out [][]recount.Link) {
		for set := range 1 << len(of) {
			kept := slices.Clone(base)
			for i := range of {
				if set>>i&1 == 1 {
					kept = append(kept, of[i])
				}
			}
			most := !torn(kept)
			for i := range of {
				most = most && (set>>i&1 == 1 || torn(append(slices.Clone(kept), of[i])))
			}
			if most {
				out = append(out, kept)
			}
		}
		return out
	}
	var open, settled, others []recount.Link
	for _, l := range links {
		switch {
		case l.Answer == recount.Unsure:
			open = append(open, l)
		case l.Settled:
			settled = append(settled, l)
		default:
			others = append(others, l)
		}
	}
	for _, base := range largest(nil, settled) {
		for _, kept := range largest(base, others) {
			out = append(out, append(kept, open...))
		}
	}
	return out
}

// A table by outlet counts every outlet that printed an original in which a
// case speaks; how many outlets report a case, and which, stays with those on
// whose pages it counts.
func TestOutletsThatPrinted(t *testing.T) {
	with := func(m recount.Member, prints ...string) recount.Member {
		for _, x := range prints {
			m.Prints = append(m.Prints, recount.Print{Article: recount.Key("in " + x), Outlet: x})
		}
		return m
	}
	one := person("a", "2015-01-01", "One", recount.Man)
	two := person("b", "2015-02-01", "Two", recount.Woman)
	tests := []struct {
		name    string
		members []recount.Member
		links   []recount.Link
		want    string // rows of the table
	}{
		{"nobody reprints", []recount.Member{one, two}, nil, "One 1, Two 1"},
		{"one reprint", []recount.Member{with(one, "Three"), two}, nil, "One 1, Three 1, Two 1"},
		{"several reprints", []recount.Member{with(one, "Four", "Three"), two}, nil, "Four 1, One 1, Three 1, Two 1"},
		{"a reprint in an outlet with a story of its own", []recount.Member{with(one, "Two"), two}, nil, "One 1, Two 2"},
		{"each reprints the other", []recount.Member{with(one, "Two"), with(two, "One")}, nil, "One 2, Two 2"},
		{"one person on both pages", []recount.Member{with(one, "Two"), two}, []recount.Link{link("a", "b", "same")}, "One 1, Two 1"},
		{"one person, reprints of both", []recount.Member{with(one, "Three"), with(two, "Three")}, []recount.Link{link("a", "b", "same")}, "One 1, Three 1, Two 1"},
		{"two people in one reprint", []recount.Member{with(one, "Three"), with(two, "Three")}, nil, "One 1, Three 2, Two 1"},
		{"a first print without an outlet", []recount.Member{with(person("c", "2015-01-01", "", recount.Man), "Three")}, nil, "Three 1"},
		{"no outlet at all", []recount.Member{person("c", "2015-01-01", "", recount.Man)}, nil, "unknown 1"},
	}
	for _, tt := range tests {
		p := &Problem{Members: tt.members, Links: tt.links}
		r := result(t, p, Query{By: "outlet"})
		var rows []string
		for _, x := range r.Rows {
			rows = append(rows, fmt.Sprint(x.Name, " ", x.N))
		}
		slices.Sort(rows)
		if got := strings.Join(rows, ", "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if !strings.Contains(r.Note, "reprints too") {
			t.Errorf("%s: the table does not say that reprints count: %q", tt.name, r.Note)
		}
		if n := result(t, p, Query{Where: "outlets >= 2"}).N; tt.links == nil && n != 0 {
			t.Errorf("%s: reprints made %d people reported by two outlets", tt.name, n)
		}
	}
}

// TestRangesOnlyOnRowsThatMove counts by a value that one open question touches
// in one row: the numbers of the other rows have no range.
func TestRangesOnlyOnRowsThatMove(t *testing.T) {
	man := func(id string) recount.Member { return person(id, "2015-01-01", "One", recount.Man) }
	woman := func(id string) recount.Member { return person(id, "2015-02-01", "Two", recount.Woman) }
	unclear := func(m recount.Member) recount.Member { m.Scope = recount.Unclear; return m }
	perhaps := func(a, b string) recount.Link { return link(a, b, "unsure") }
	for _, tt := range []struct {
		name    string
		members []recount.Member
		links   []recount.Link
		want    string // rows with a range
	}{
		{"nothing is open", []recount.Member{man("a"), woman("b")}, nil, ""},
		{"two men may be one", []recount.Member{man("a"), man("b"), woman("c")}, []recount.Link{perhaps("a", "b")}, "man 1 to 2"},
		{"two women may be one", []recount.Member{man("a"), woman("b"), woman("c")}, []recount.Link{perhaps("b", "c")}, "woman 1 to 2"},
		{"a man may not count", []recount.Member{unclear(man("a")), woman("b")}, nil, "man 0 to 1"},
		{"a woman may not count", []recount.Member{man("a"), unclear(woman("b")), woman("c")}, nil, "woman 1 to 2"},
		{"both rows move", []recount.Member{man("a"), man("b"), unclear(woman("c"))}, []recount.Link{perhaps("a", "b")}, "man 1 to 2, woman 0 to 1"},
		{"three men of whom two may be one", []recount.Member{man("a"), man("b"), man("c"), woman("d")}, []recount.Link{perhaps("a", "b")}, "man 2 to 3"},
		{"a settled pair", []recount.Member{man("a"), man("b"), woman("c")}, []recount.Link{link("a", "b", "same")}, ""},
		{"a pair set apart", []recount.Member{man("a"), man("b"), woman("c")}, []recount.Link{link("a", "b", "different")}, ""},
		{"a pair with somebody out of scope", []recount.Member{man("a"), woman("b")}, []recount.Link{perhaps("a", "z")}, ""},
	} {
		p := &Problem{Members: tt.members, Links: tt.links}
		var got []string
		for _, x := range result(t, p, Query{By: "gender"}).Rows {
			if x.Range.Low != x.Range.High {
				got = append(got, fmt.Sprintf("%s %d to %d", x.Name, x.Range.Low, x.Range.High))
			}
		}
		slices.Sort(got)
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}

// A trend has no rows in which the study did not look, whatever ends it is given.
func TestTrendWithinThePeriodOfTheStudy(t *testing.T) {
	p := &Problem{Members: []recount.Member{person("a", "2014-05-02", "One", recount.Woman), person("b", "2015-02-03", "One", recount.Man)}}
	tests := []struct {
		from, to string // of the study
		q        Query
		want     string
	}{
		{"2014-01", "2015-08", Query{By: "quarter", From: "2014", To: "2016-12"}, "2014-Q2 to 2015-Q3"},
		{"2014-03", "2015-08", Query{By: "quarter", From: "2013", To: "2015"}, "2014-Q2 to 2015-Q1"},
		{"2014-01", "2015-08", Query{By: "half", From: "2014-01", To: "2015-12"}, "2014-H1 to 2015-H2"},
		{"2014-01", "2015-08", Query{By: "year", From: "2010", To: "2019"}, "2014 to 2015"},
		{"2014-01", "2015-08", Query{By: "month", From: "2014-04", To: "2015-12"}, "2014-04 to 2015-08"},
		{"", "2015-03", Query{By: "month", From: "2014-01", To: "2015-12"}, "2014-01 to 2015-03"},
		{"2014-04", "", Query{By: "month", From: "2014-01", To: "2015-04"}, "2014-04 to 2015-04"},
		{"", "", Query{By: "year", From: "2013", To: "2016"}, "2013 to 2016"},
		{"2014-01", "2015-08", Query{By: "month", From: "2014-06", To: "2014-12"}, "2014-05 to 2015-02"},
		{"2014-01-15", "2015-08-20", Query{By: "month", From: "2013-06", To: "2016-12"}, "2014-01 to 2015-08"},
	}
	for _, tt := range tests {
		p.Rules.From, p.Rules.To = tt.from, tt.to
		rows := result(t, p, tt.q).Rows
		if got := rows[0].Name + " to " + rows[len(rows)-1].Name; got != tt.want {
			t.Errorf("study %s to %s, %+v: %s, want %s", tt.from, tt.to, tt.q, got, tt.want)
		}
	}
}
