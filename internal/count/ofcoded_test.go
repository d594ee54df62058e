package count

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// A cross table by code is shown of the same people as a table by code, and counted as
// before: ten states of coding.
func TestOneBaseOfTablesByCode(t *testing.T) {
	who := func(i int, gender recount.Gender, coded bool, codes ...string) recount.Member {
		id := fmt.Sprint(i)
		m := recount.Member{Key: recount.Key("m" + id), Decision: "d" + id, Scope: recount.Yes, Article: recount.Key("a" + id), Original: recount.Key("a" + id), Dates: []string{"2022-03-14"},
			Speaker: recount.SpeakerRef{Name: "n" + id, Kind: recount.Named, Gender: gender}, Coded: coded}
		for _, c := range codes {
			m.Codes = append(m.Codes, recount.Coding{Code: c, Article: m.Article})
		}
		return m
	}
	w, n := recount.Woman, recount.Man
	for _, tt := range []struct {
		name    string
		members []recount.Member
		by      string
		want    string // rows of the cross table as shown
		counted string // and as counted
	}{
		{"some coded", []recount.Member{who(1, w, true, "pay"), who(2, n, true), who(3, n, false)}, "code.top, gender", "pay 1/2, risk 0/2, no code 1/2, nothing coded yet 1/3", "pay 1/3, risk 0/3, no code 1/3, nothing coded yet 1/3"},
		{"all coded", []recount.Member{who(1, w, true, "pay"), who(2, n, true)}, "code.top, gender", "pay 1/2, risk 0/2, no code 1/2", "pay 1/2, risk 0/2, no code 1/2"},
		{"nobody coded", []recount.Member{who(1, w, false), who(2, n, false)}, "code.top, gender", "pay 0/0, risk 0/0, nothing coded yet 2/2", "pay 0/2, risk 0/2, nothing coded yet 2/2"},
		{"one of five", []recount.Member{who(1, w, true, "pay", "risk"), who(2, n, false), who(3, n, false), who(4, w, false), who(5, w, false)}, "code.top, gender", "pay 1/1, risk 1/1, nothing coded yet 4/5", "pay 1/5, risk 1/5, nothing coded yet 4/5"},
		{"by all codes", []recount.Member{who(1, w, true, "pay"), who(2, n, false)}, "code, gender", "pay 1/1, risk 0/1, nothing coded yet 1/2", "pay 1/2, risk 0/2, nothing coded yet 1/2"},
		{"the codes are the columns", []recount.Member{who(1, w, true, "pay"), who(2, n, false)}, "gender, code.top", "man 1/2, woman 1/2", "man 1/2, woman 1/2"},
		{"by code and kind", []recount.Member{who(1, w, true, "pay"), who(2, n, false)}, "code.top, kind", "pay 1/1, risk 0/1, nothing coded yet 1/2", "pay 1/2, risk 0/2, nothing coded yet 1/2"},
		{"by no code", []recount.Member{who(1, w, true, "pay"), who(2, n, false)}, "gender, kind", "man 1/2, woman 1/2", "man 1/2, woman 1/2"},
		{"by code alone", []recount.Member{who(1, w, true, "pay"), who(2, n, false)}, "code.top", "pay 1/1, risk 0/1, nothing coded yet 1/2", "pay 1/1, risk 0/1, nothing coded yet 1/2"},
		{"coded, and nobody said it", []recount.Member{who(1, w, true), who(2, n, true), who(3, n, false)}, "code.top, gender", "pay 0/2, risk 0/2, no code 2/2, nothing coded yet 1/3", "pay 0/3, risk 0/3, no code 2/3, nothing coded yet 1/3"},
	} {
		p := &Problem{Members: tt.members, Codes: recount.Codebook{Codes: []recount.Code{{Code: "pay"}, {Code: "risk"}}}}
		tally, err := NewTally(p, Query{Name: "x", By: tt.by})
		if err != nil {
			t.Fatal(err)
		}
		tally.Fill(Split(p.Members, p.Links))
		r, err := tally.Result()
		if err != nil {
			t.Fatal(err)
		}
		if coded, of, asked := tally.Coverage(); asked && coded < of {
			var note func(x *recount.Result)
			note = func(x *recount.Result) {
				x.Coded, x.CodedOf = coded, of
				for i := range x.Rows {
					note(&x.Rows[i])
				}
			}
			note(&r)
		}
		rows := func(r recount.Result) string {
			var out []string
			for _, x := range r.Rows {
				out = append(out, fmt.Sprintf("%s %d/%d", x.Name, x.N, x.Of))
				if len(x.OfIDs) != x.Of && len(x.Rows) > 0 {
					t.Errorf("%s: %s is of %d people, and %d are named", tt.name, x.Name, x.Of, len(x.OfIDs))
				}
			}
			return strings.Join(out, ", ")
		}
		if got := rows(OfCoded(r)); got != tt.want {
			t.Errorf("%s: shown %s, want %s", tt.name, got, tt.want)
		}
		if got := rows(r); got != tt.counted {
			t.Errorf("%s: counted %s, want %s", tt.name, got, tt.counted)
		}
	}
}
