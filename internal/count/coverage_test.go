package count

import (
	"fmt"
	"testing"

	"recount"
)

// A table of codes says of how many people anybody coded anything, so that
// nobody takes those for zeros whom no one looked at.
func TestCoverage(t *testing.T) {
	member := func(k string, coded bool, codes ...string) recount.Member {
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
