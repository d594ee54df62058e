package count

import (
	"fmt"
	"testing"

	"recount"
)

// codedMember is a woman, or a man from n on, with these codes.
func codedMember(k string, coded bool, codes ...string) recount.Member {
	m := recount.Member{Key: recount.Key(k), Decision: k, Scope: recount.Yes, Article: recount.Key("page of " + k), Original: recount.Key("page of " + k),
		Dates: []string{"2014-05-14"}, Coded: coded, Speaker: recount.SpeakerRef{Name: k, Kind: recount.Named, Gender: recount.Woman}}
	if k > "m" {
		m.Speaker.Gender = recount.Man
	}
	for _, c := range codes {
		m.Codes = append(m.Codes, recount.Coding{Code: c, Article: m.Article})
	}
	return m
}

// A table of codes says of how many people anybody coded anything, so that
// nobody takes those for zeros whom no one looked at.
func TestCoverage(t *testing.T) {
	member := codedMember
	unclear := member("u", true, "pay")
	unclear.Scope = recount.Unclear
	all := []recount.Member{member("a", true, "pay"), member("b", true), member("c", false), member("x", false), member("y", true, "fear"), unclear}
	same := []recount.Link{{A: "a", B: "c", Answer: recount.Same, Decision: "l"}}
	for _, tt := range []struct {
		name    string
		members []recount.Member
		links   []recount.Link
		q       Query
		want    string
	}{
		{"a table of codes", all, nil, Query{By: "code"}, "3 of 5"},
		{"of codes at the top", all, nil, Query{By: "code.top"}, "3 of 5"},
		{"shares within rows", all, nil, Query{By: "code", Share: true}, "3 of 5"},
		{"a table of codes of some people", all, nil, Query{By: "code", Where: `gender == "woman"`}, "2 of 3"},
		{"codes beside another variable", all, nil, Query{By: "gender, code"}, "3 of 5"},
		{"a filter that names a code", all, nil, Query{Share: true, Where: `has("pay")`}, "3 of 5"},
		{"a filter over codes", all, nil, Query{Where: `"pay" in codes`}, "3 of 5"},
		{"a part of some people", all, nil, Query{Share: true, Where: `has("pay")`, Of: `gender == "man"`}, "1 of 2"},
		{"no codes at all", all, nil, Query{By: "gender"}, "not asked"},
		{"a number of all", all, nil, Query{}, "not asked"},
		{"a person of whom one account is coded is coded", all, same, Query{By: "code"}, "3 of 4"},
		{"nobody", nil, nil, Query{By: "code"}, "0 of 0"},
		{"everybody", all[:2], nil, Query{By: "code"}, "2 of 2"},
		{"who does not count is not among them", []recount.Member{unclear}, nil, Query{By: "code"}, "0 of 0"},
		{"an open link joins nobody yet", all, []recount.Link{{A: "a", B: "c", Answer: recount.Unsure}}, Query{By: "code"}, "3 of 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &Problem{Codes: recount.Codebook{Codes: []recount.Code{{Code: "pay"}, {Code: "fear"}}}, Members: tt.members, Links: tt.links}
			tally, err := NewTally(p, tt.q)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range Split(p.Members, p.Links) {
				tally.Set(g.Key, g)
			}
			got := "not asked"
			if coded, of, asked := tally.Coverage(); asked {
				got = fmt.Sprintf("%d of %d", coded, of)
			}
			if got != tt.want {
				t.Errorf("Coverage() = %s, want %s", got, tt.want)
			}
		})
	}
}

// The base of a table by code are the people of whom anybody coded anything; the
// others have a row of their own, of all.
func TestTableOfCodesIsOfPeopleCoded(t *testing.T) {
	unclear := codedMember("u", true, "pay")
	unclear.Scope = recount.Unclear
	open := codedMember("w", false)
	open.Scope = recount.Unclear
	all := []recount.Member{codedMember("a", true, "pay"), codedMember("b", true), codedMember("c", false), codedMember("x", false), codedMember("y", true, "fear")}
	for _, tt := range []struct {
		name    string
		members []recount.Member
		links   []recount.Link
		q       Query
		want    string
	}{
		{"coded, coded without a code, and not coded", all, nil, Query{By: "code"}, "pay 1 of 3, fear 1 of 3, no code 1 of 3, nothing coded yet 2 of 5"},
		{"at the top", all, nil, Query{By: "code.top"}, "pay 1 of 3, fear 1 of 3, no code 1 of 3, nothing coded yet 2 of 5"},
		{"everybody is coded", all[:2], nil, Query{By: "code"}, "pay 1 of 2, fear 0 of 2, no code 1 of 2"},
		{"nobody is coded", all[2:4], nil, Query{By: "code"}, "pay 0 of 0, fear 0 of 0, nothing coded yet 2 of 2"},
		{"nobody", nil, nil, Query{By: "code"}, "pay 0 of 0, fear 0 of 0"},
		{"some people", all, nil, Query{By: "code", Where: `gender == "woman"`}, "pay 1 of 2, fear 0 of 2, no code 1 of 2, nothing coded yet 1 of 3"},
		{"shares within rows stay those of the row", all, nil, Query{By: "code", Share: true, Where: `gender == "woman"`}, "pay 1 of 1, fear 0 of 1, no code 1 of 1, nothing coded yet 1 of 2"},
		{"one who may count and is coded", append(all[:3:3], unclear), nil, Query{By: "code"}, "pay 1 of 2 [1 to 2 of 2 to 3], fear 0 of 2 [0 to 0 of 2 to 3], no code 1 of 2 [1 to 1 of 2 to 3], nothing coded yet 1 of 3 [1 to 1 of 3 to 4]"},
		{"one who may count and is not coded", append(all[:3:3], open), nil, Query{By: "code"}, "pay 1 of 2, fear 0 of 2, no code 1 of 2, nothing coded yet 1 of 3 [1 to 2 of 3 to 4]"},
		{"one of two who may be one is coded", []recount.Member{all[0], all[2]}, []recount.Link{{A: "a", B: "c", Answer: recount.Unsure}}, Query{By: "code"},
			"pay 1 of 1, fear 0 of 1, nothing coded yet 1 of 2 [0 to 1 of 1 to 2]"},
		{"beside another variable every cell is a part of all", all, nil, Query{By: "code, gender"}, "pay 1 of 5 (woman 1 of 5, man 0 of 5), fear 1 of 5 (woman 0 of 5, man 1 of 5), no code 1 of 5 (woman 1 of 5, man 0 of 5), nothing coded yet 2 of 5 (woman 1 of 5, man 1 of 5)"},
		{"as the columns of another variable too", all[:3], nil, Query{By: "gender, code"}, "woman 3 of 3 (pay 1 of 3, fear 0 of 3, no code 1 of 3, nothing coded yet 1 of 3)"},
		{"not of what is no code", all, nil, Query{By: "gender"}, "woman 3 of 5, man 2 of 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &Problem{Codes: recount.Codebook{Codes: []recount.Code{{Code: "pay"}, {Code: "fear"}}}, Members: tt.members, Links: tt.links}
			r, err := p.Result(tt.q)
			if err != nil {
				t.Fatal(err)
			}
			var say func(rows []recount.Result) string
			say = func(rows []recount.Result) (out string) {
				for i, x := range rows {
					if i > 0 {
						out += ", "
					}
					out += fmt.Sprintf("%s %d of %d", x.Name, x.N, x.Of)
					if x.Range.Low != x.Range.High || x.OfRange.Low != x.OfRange.High {
						out += fmt.Sprintf(" [%d to %d of %d to %d]", x.Range.Low, x.Range.High, x.OfRange.Low, x.OfRange.High)
					}
					if len(x.Cases) != x.N || len(x.OfIDs) != x.Of {
						t.Errorf("%s: %d of %d, and %d and %d people are named", x.Name, x.N, x.Of, len(x.Cases), len(x.OfIDs))
					}
					if len(x.Rows) > 0 {
						out += " (" + say(x.Rows) + ")"
					}
				}
				return out
			}
			if got := say(r.Rows); got != tt.want {
				t.Errorf("the rows are\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
