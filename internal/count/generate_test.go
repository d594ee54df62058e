package count

import (
	"fmt"
	"math/rand/v2"

	"recount"
)

// wide makes a problem of about n articles with some of everything that a
// study may hold: several speakers an article, unclear scope, open days,
// values that other articles state, codes, links of every answer, some of them
// about speakers out of scope, and answers that contradict each other.
func wide(rng *rand.Rand, n int) *Problem {
	p := &Problem{Variables: []string{"country", "left"}, Codes: recount.Codebook{Codes: []recount.Code{
		{Code: "money"}, {Code: "money.theft", Parent: "money", Short: "Theft."}, {Code: "fear"}}}}
	p.Rules = Rules{Conflict: []string{"earliest", "latest", "majority", "conflict"}[rng.IntN(4)], Sample: rng.IntN(2) == 0}
	graded(p)
	if rng.IntN(3) == 0 {
		p.Where = `first_reported >= "2014-12"`
	}
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	days := []string{"2014-11-03", "2014-12-30", "2015-01-02", "2015-03", "2015-06-01", "2015"}
	var keys []recount.Key
	article := func(i int) recount.Key { return recount.Key(fmt.Sprintf("a%03d", i)) }
	dates := make([][]string, n)
	for i := range n {
		dates[i] = []string{pick(days...)}
		if rng.IntN(6) == 0 {
			dates[i] = []string{"2014-12-30", "2015-01-02", "2015-02-01"}[:2+rng.IntN(2)]
		}
	}
	for i := range n {
		outlet, original := pick("One", "Two", "Three", ""), article(i-rng.IntN(2))
		for range 1 + rng.IntN(3) {
			k := fmt.Sprintf("k%05d", rng.IntN(100000))
			m := recount.Member{Key: recount.Key(k), Decision: "d" + fmt.Sprint(rng.IntN(1000000)), Scope: recount.Yes,
				Article: article(i), Original: original, Outlet: outlet, Prints: [][]recount.Print{nil, nil, {{Article: "x4", Outlet: "Four"}}, {{Article: "x1", Outlet: "One"}, {Article: "x2", Outlet: "Two"}}}[i%4], Dates: dates[i], First: rng.IntN(3) == 0,
				DateReason: pick("", "two dates on the page"),
				Speaker:    recount.SpeakerRef{Name: pick("A", "B", "C", ""), Kind: recount.SpeakerKinds[rng.IntN(len(recount.SpeakerKinds))], Gender: []recount.Gender{recount.Woman, recount.Man, recount.UnknownGender}[rng.IntN(3)]}}
			switch rng.IntN(12) {
			case 0, 1:
				m.Scope = recount.Unclear
			case 2:
				m.Scope = recount.No
			case 3:
				m.Decision = ""
			case 4, 5:
				m.Scope, m.Decision = recount.Joined, ""
			}
			if rng.IntN(8) == 0 {
				m.Day = dates[i][rng.IntN(len(dates[i]))]
			}
			for range rng.IntN(3) {
				v := recount.Value{Variable: pick("country", "left", "gender"), Value: pick("Aland", "Bland", "unknown", "2014", "12"), Article: m.Article, Day: dates[i][0], Decision: pick("x", "y")}
				if rng.IntN(8) == 0 {
					v.Article = article(rng.IntN(n))
				}
				m.Values = append(m.Values, v)
			}
			for range rng.IntN(3) {
				m.Codes = append(m.Codes, recount.Coding{Code: pick("money", "money.theft", "fear", "lost.code"), Article: m.Article})
			}
			for range rng.IntN(3) {
				m.Statements = append(m.Statements, recount.AcceptedStatement{Article: m.Article, At: []recount.Span{{Start: rng.IntN(9), End: 10}}})
			}
			p.Members, keys = append(p.Members, m), append(keys, m.Key)
		}
	}
	for range rng.IntN(3) {
		keys = append(keys, recount.Key(fmt.Sprintf("k%05dx", rng.IntN(100000)))) // out of scope
	}
	open := 0
	for i := range rng.IntN(2 * len(keys)) {
		// Most links are between neighbours, so that groups stay small.
		a := rng.IntN(len(keys))
		b := a + rng.IntN(7) - 3
		if rng.IntN(20) == 0 {
			b = rng.IntN(len(keys))
		}
		if b < 0 || b >= len(keys) || a == b {
			continue
		}
		answer := pick("same", "different", "different", "unsure", "unsure")
		if answer == "unsure" {
			if open++; open > n+3 {
				answer = "same"
			}
		}
		l := recount.Link{A: keys[a], B: keys[b], Answer: answer, Decision: fmt.Sprint("l", i), Reason: pick("", "same name")}
		p.Links = append(p.Links, l)
	}
	return p
}

// graded lets a problem have grades, and two outlets one owner.
func graded(p *Problem) {
	p.Rules.Grades = []Grade{{"strong", 2, 2}, {"fair", 2, 0}}
	p.Owners = map[string]string{"One": "House", "Two": "House"}
}

var gradeQueries = []Query{
	{By: "grade"}, {Share: true, Where: `grade == "strong"`}, {By: "grade, gender", Where: `owners < 3`}, {By: "owners", Where: `grade != "fair"`},
	{Where: `grade_of_code("money") == "ungraded" || grade_of_value("country") == "strong"`}, {Share: true, Where: `grade == "fair"`, Of: `owners == 1`},
}

var wideQueries = []Query{
	{}, {Share: true}, {Name: "women", Share: true, Where: `gender == "woman"`},
	{Share: true, Where: `first_reported >= "2015-01"`, By: "country"},
	{Share: true, Where: `country == "Aland"`, Of: `first_reported >= "2015"`},
	{Where: `originals == 2`, Of: `outlets == 1`, By: "outlet"},
	{By: "month"}, {By: "gender, country"}, {By: "code"}, {By: "code.top, half", Share: true, Where: `gender == "woman"`},
	{By: "outlets", Where: `has("money") || statements > 1`}, {By: "month(left), outlet"},
	{By: "year", From: "2012", To: "2016", Share: true, Where: `country != "Aland"`, Of: `gender != "man"`},
	{Where: `country == "conflict" || last_reported > "2015-01"`},
	{Versus: &Versus{"2015-01", "2015-06", "2014-11", "2014-12"}},
	{Where: `gender != "man"`, Versus: &Versus{"2015-01-01", "2015-06-01", "2014", "2014"}},
	{Where: `codes[1] == "money"`}, {By: "kind", Where: `codes[0] == "money"`},
}
