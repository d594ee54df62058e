package count

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// A grade follows from the independent originals behind a claim and from who
// owns the outlets that printed them first.
func TestGrade(t *testing.T) {
	grades := []Grade{{"strong", 2, 2}, {"fair", 2, 0}, {"single", 0, 0}}
	member := func(article, original, outlet string, first bool, codes ...string) recount.Member {
		m := recount.Member{Key: recount.Key("k" + article), Decision: "d" + article, Scope: recount.Yes, Article: recount.Key(article), Original: recount.Key(original),
			Outlet: outlet, First: first, Dates: []string{"2015-01-02"}}
		for _, c := range codes {
			m.Codes = append(m.Codes, recount.Coding{Code: c, Article: m.Article})
		}
		return m
	}
	owners := map[string]string{"Post": "Harbour Press", "Mail": "Harbour Press"}
	tests := []struct {
		name    string
		grades  []Grade
		members []recount.Member
		grade   string
		owners  int
		money   string // grade of the code
	}{
		{"one page", grades, []recount.Member{member("a", "o1", "Post", true)}, "single", 1, ""},
		{"two originals of one owner", grades, []recount.Member{member("a", "o1", "Post", true, "money"), member("b", "o2", "Mail", true)}, "fair", 1, "single"},
		{"two originals of two owners", grades, []recount.Member{member("a", "o1", "Post", true, "money"), member("b", "o2", "Times", true, "money.theft")}, "strong", 2, "strong"},
		{"a reprint by another owner", grades, []recount.Member{member("a", "o1", "Post", true, "money"), member("b", "o1", "Times", false, "money")}, "single", 1, "single"},
		{"the first print owns the original", grades, []recount.Member{member("a", "o1", "Times", false), member("b", "o1", "Post", true), member("c", "o2", "Mail", true)}, "fair", 1, ""},
		{"two outlets whose owner nobody named", grades, []recount.Member{member("a", "o1", "North", true), member("b", "o2", "South", true)}, "strong", 2, ""},
		{"an outlet that is not known may be the other", grades, []recount.Member{member("a", "o1", "North", true), member("b", "o2", "", true)}, "fair", 1, ""},
		{"no outlet is known", grades, []recount.Member{member("a", "o1", "", true), member("b", "o2", "", true)}, "fair", 1, ""},
		{"one page twice", grades, []recount.Member{member("a", "o1", "Post", true), member("a", "o1", "Post", true)}, "single", 1, ""},
		{"no grade is met", grades[:2], []recount.Member{member("a", "o1", "Post", true, "money")}, Ungraded, 1, Ungraded},
		{"a page that nobody compared", grades, []recount.Member{member("a", "", "Post", true), member("b", "", "Times", true)}, "strong", 2, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &Problem{Rules: Rules{Grades: tt.grades}, Owners: owners, Codes: recount.Codebook{Codes: []recount.Code{{Code: "money"}, {Code: "money.theft", Parent: "money"}}}}
			for i, m := range tt.members {
				m.Key += recount.Key(fmt.Sprint(i))
				p.Members = append(p.Members, m)
				if i > 0 {
					p.Links = append(p.Links, recount.Link{A: p.Members[0].Key, B: m.Key, Answer: recount.Same})
				}
			}
			persons, err := p.Persons()
			if err != nil || len(persons) != 1 {
				t.Fatalf("%d persons, %v", len(persons), err)
			}
			x := persons[0]
			if x.Grade != tt.grade || x.Owners != tt.owners || x.CodeGrades["money"] != tt.money {
				t.Errorf("grade %q, owners %d, of the code %q; want %q, %d, %q", x.Grade, x.Owners, x.CodeGrades["money"], tt.grade, tt.owners, tt.money)
			}
			for where, want := range map[string]int{fmt.Sprintf("grade == %q", tt.grade): 1, fmt.Sprintf("owners == %d", tt.owners): 1, `grade == "strong"`: map[bool]int{tt.grade == "strong": 1}[true],
				fmt.Sprintf("grade_of_code(%q) == %q", "money", "strong"): map[bool]int{tt.money == "strong": 1}[true]} {
				if where == `grade == ""` {
					continue
				}
				if r, err := p.Result(Query{Where: where}); err != nil || r.N != want {
					t.Errorf("%s: %d, %v; want %d", where, r.N, err, want)
				}
			}
		})
	}
}

// The value that holds is graded by what states it, not by what states another.
func TestGradeOfValue(t *testing.T) {
	p := &Problem{Rules: Rules{Grades: []Grade{{"strong", 2, 2}, {"single", 1, 0}}}, Variables: []string{"age", "country"}}
	for i, of := range []struct{ outlet, country string }{{"Post", "Orlund"}, {"Times", "Orlund"}, {"Mail", "Karsova"}} {
		k := recount.Key(fmt.Sprint("m", i))
		day := fmt.Sprintf("2015-01-0%d", i+1)
		p.Members = append(p.Members, recount.Member{Key: k, Decision: string(k), Scope: recount.Yes, Article: k, Original: k, Outlet: of.outlet, First: true, Dates: []string{day},
			Values: []recount.Value{{Variable: "country", Value: of.country, Article: k, Outlet: of.outlet, Day: day}, {Variable: "age", Value: "unknown", Article: k, Outlet: of.outlet, Day: day}}})
		if i > 0 {
			p.Links = append(p.Links, recount.Link{A: "m0", B: k, Answer: recount.Same})
		}
	}
	for rule, want := range map[string]string{"earliest": "strong", "latest": "single", "majority": "strong", "conflict": ""} {
		p.Rules.Conflict = rule
		persons, err := p.Persons()
		if err != nil || len(persons) != 1 || persons[0].ValueGrades["country"] != want || persons[0].ValueGrades["age"] != "" {
			t.Errorf("%s: %+v, %v; want %q", rule, persons, err, want)
		}
	}
}

// What a filter may not ask of grades is one error that says what to do.
func TestGradeIsAskedWrongly(t *testing.T) {
	with := &Problem{Rules: Rules{Grades: []Grade{{"strong", 2, 2}}}, Variables: []string{"country"}, Codes: recount.Codebook{Codes: []recount.Code{{Code: "money"}}}}
	without := &Problem{Variables: []string{"country"}, Codes: with.Codes}
	tests := []struct {
		p           *Problem
		q           Query
		text, hints string
	}{
		{with, Query{Where: `grade == "Strong"`}, `grade is never "Strong"`, "strong, ungraded"},
		{with, Query{Where: `grade >= "strong"`}, "grade has no order", `grade == "strong"`},
		{with, Query{Where: `grade_of_code("mony") == "strong"`}, `no code named "mony"`, "money"},
		{with, Query{Where: `grade_of_value("contry") == "strong"`}, `no variable named "contry"`, "country"},
		{with, Query{Where: `grade_of_code("money") == "sure"`}, `grade is never "sure"`, "strong"},
		{without, Query{Where: `grade == "strong"`}, "the study has no grades", "study.yaml"},
		{without, Query{Where: `grade_of_code("money") == "strong"`}, "the study has no grades", "study.yaml"},
		{without, Query{By: "grade"}, "the study has no grades", "study.yaml"},
	}
	for _, tt := range tests {
		_, err := tt.p.Result(tt.q)
		if err == nil || !strings.Contains(err.Error(), tt.text) || !strings.Contains(recount.HintOf(err), tt.hints) {
			t.Errorf("%+v: %v (hint: %s), want %q with %q", tt.q, err, recount.HintOf(err), tt.text, tt.hints)
		}
	}
}
