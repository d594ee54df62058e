package count

import (
	"fmt"
	"testing"

	"recount"
)

// What the program read of a gender and nobody confirmed is told of a number that
// looks at genders, and of no other.
func TestGendersAsRead(t *testing.T) {
	const w, m, u = recount.Woman, recount.Man, recount.UnknownGender
	type speaker struct {
		gender recount.Gender
		read   bool
		same   int // as which of those before, from 1
	}
	women := Query{Share: true, Where: `gender == "woman"`}
	for _, tt := range []struct {
		name     string
		speakers []speaker
		values   map[int]string // of the variable gender
		q        Query
		want     string
	}{
		{"all read", []speaker{{w, true, 0}, {m, true, 0}}, nil, women, "2 of 2"},
		{"one confirmed", []speaker{{w, false, 0}, {m, true, 0}}, nil, women, "1 of 2"},
		{"all confirmed", []speaker{{w, false, 0}, {m, false, 0}}, nil, women, "0 of 2"},
		{"an unknown gender is not read", []speaker{{u, true, 0}, {w, true, 0}}, nil, women, "1 of 2"},
		{"one account of a person is confirmed", []speaker{{w, true, 0}, {w, false, 1}}, nil, women, "0 of 1"},
		{"no account of a person is", []speaker{{w, true, 0}, {w, true, 1}}, nil, women, "1 of 1"},
		{"another account is unknown", []speaker{{w, true, 0}, {u, false, 1}}, nil, women, "1 of 1"},
		{"the value is decided", []speaker{{w, true, 0}, {m, true, 0}}, map[int]string{0: "woman"}, women, "1 of 2"},
		{"in a table", []speaker{{w, true, 0}, {m, false, 0}}, nil, Query{By: "gender"}, "1 of 2"},
		{"in a cross-tab", []speaker{{w, true, 0}, {m, false, 0}}, nil, Query{By: "kind, gender"}, "1 of 2"},
		{"of a part", []speaker{{w, true, 0}, {m, true, 0}}, nil, Query{Share: true, Where: `kind == "named"`, Of: `gender == "man"`}, "1 of 1"},
		{"not looked at", []speaker{{w, true, 0}}, nil, Query{By: "kind"}, "not asked"},
		{"not looked at by a number", []speaker{{w, true, 0}}, nil, Query{}, "not asked"},
	} {
		p := &Problem{Variables: []string{"gender"}}
		for i, s := range tt.speakers {
			k := recount.Key(fmt.Sprint("k", i))
			x := recount.Member{Key: k, Decision: "d" + string(k), Scope: recount.Yes, Article: k, Original: k, Dates: []string{"2014-05-14"}, GenderRead: s.read,
				Speaker: recount.SpeakerRef{Name: "A", Kind: recount.Named, Gender: s.gender}}
			if v := tt.values[i]; v != "" {
				x.Values = []recount.Value{{Variable: "gender", Value: v, Article: k}}
			}
			p.Members = append(p.Members, x)
			if s.same > 0 {
				p.Links = append(p.Links, recount.Link{A: recount.Key(fmt.Sprint("k", s.same-1)), B: k, Answer: recount.Same, Decision: fmt.Sprint("l", i)})
			}
		}
		tally, err := NewTally(p, tt.q)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range Split(p.Members, p.Links) {
			tally.Set(g.Key, g)
		}
		read, of, asked := tally.GendersRead()
		got := fmt.Sprintf("%d of %d", read, of)
		if !asked {
			got = "not asked"
		}
		if got != tt.want {
			t.Errorf("%s: %s; want %s", tt.name, got, tt.want)
		}
	}
}
