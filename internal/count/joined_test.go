package count

import (
	"reflect"
	"strings"
	"testing"

	"recount"
)

// Of whom nobody answered whether it counts, it is a page of the person whom
// answers `same` join with it: whatever is counted of a person counts that page.
func TestJoined(t *testing.T) {
	member := func(k, scope, outlet, day string) recount.Member {
		m := recount.Member{Key: recount.Key(k), Scope: scope, Article: recount.Key("page " + k), Original: recount.Key("page " + k), Outlet: outlet, First: true, Dates: []string{day},
			Speaker: recount.SpeakerRef{Name: k, Kind: recount.Anonymous}}
		if scope == recount.Yes || scope == recount.Unclear {
			m.Decision = "d" + k
		}
		return m
	}
	a := member("a", recount.Yes, "Post", "2015-03-01")
	b := member("b", recount.Joined, "Mail", "2015-01-02")
	b.Speaker.Kind, b.Speaker.Gender = recount.Named, recount.Woman
	b.Values = []recount.Value{{Variable: "country", Value: "Orlund", Article: b.Article, Day: "2015-01-02"}}
	b.Codes = []recount.Coding{{Code: "money", Article: b.Article}}
	b.Statements = []recount.AcceptedStatement{{Article: b.Article, At: []recount.Span{{Start: 1, End: 9}}}}
	of := func(m recount.Member, scope string) recount.Member { m.Scope = scope; return m }
	same, different, unsure := recount.Same, recount.Different, recount.Unsure
	tests := []struct {
		name    string
		members []recount.Member
		links   string // "ab same, bc unsure"
		want    string // of each number below: "1", or "0 to 1"
	}{
		{"joined", []recount.Member{a, b}, "ab same", "1 0 1 1 1 1 1 1 1 1 1 1"},
		{"not joined", []recount.Member{a, b}, "", "1 1 0 0 0 0 0 0 0 0 0 0"},
		{"set apart", []recount.Member{a, b}, "ab different", "1 1 0 0 0 0 0 0 0 0 0 0"},
		{"open", []recount.Member{a, b}, "ab unsure", "1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1"},
		{"joined over somebody out of scope", []recount.Member{a, b}, "ax same, bx same", "1 0 1 1 1 1 1 1 1 1 1 1"},
		{"joined over another page", []recount.Member{a, member("c", recount.Joined, "Mail", "2015-04-01"), b}, "ac same, bc same", "1 0 0 1 1 1 1 1 1 1 1 1"},
		{"an open link on the way", []recount.Member{a, member("c", recount.Joined, "Mail", "2015-04-01"), b}, "ac unsure, bc same", "1 0-1 0 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1"},
		{"nobody counts", []recount.Member{b, member("c", recount.Joined, "Mail", "2015-04-01")}, "bc same", "0 0 0 0 0 0 0 0 0 0 0 0"},
		{"nobody counts and a link is open", []recount.Member{b, member("c", recount.Joined, "Mail", "2015-04-01")}, "bc unsure", "0 0 0 0 0 0 0 0 0 0 0 0"},
		{"unclear whether the person counts", []recount.Member{of(a, recount.Unclear), b}, "ab same", "0-1 0 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1"},
		{"with an unclear page besides", []recount.Member{a, b, member("c", recount.Unclear, "Times", "2015-05-05")}, "ab same, bc same", "1 0 0-1 1 1 1 1 1 1 1 1 1"},
		{"out of scope says a person", []recount.Member{a, of(b, recount.No)}, "ab same", "1 1 0 0 0 0 0 0 0 0 0 0"},
		{"two persons, one page", []recount.Member{a, member("c", recount.Yes, "Times", "2015-05-05"), b}, "ab same, ac different", "2 1 1 1 1 1 1 1 1 1 1 1"},
		{"one page, open between two", []recount.Member{a, member("c", recount.Yes, "Times", "2015-05-05"), b}, "ab unsure, bc unsure, ac different", "2 1-2 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1 0-1"},
	}
	questions := []string{"", "originals == 1", "originals == 2", "outlets >= 2", "owners >= 2", "articles >= 2", "statements == 1", `has("money")`, `country == "Orlund"`, `first_reported < "2015-02"`, `gender == "woman"`, `grade == "strong"`}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &Problem{Members: tt.members, Variables: []string{"country"}, Codes: recount.Codebook{Codes: []recount.Code{{Code: "money"}}}, Rules: Rules{Grades: []Grade{{"strong", 2, 2}}}}
			for _, l := range strings.FieldsFunc(tt.links, func(r rune) bool { return r == ',' }) {
				ends, answer, _ := strings.Cut(strings.TrimSpace(l), " ")
				if answer != same && answer != different && answer != unsure {
					t.Fatal(answer)
				}
				p.Links = append(p.Links, recount.Link{A: recount.Key(ends[:1]), B: recount.Key(ends[1:]), Answer: answer, Decision: l})
			}
			var got []string
			for _, where := range questions {
				r := result(t, p, Query{Where: where})
				if r.Range.Low > r.N || r.Range.High < r.N || !r.Range.Exact {
					t.Errorf("%s: %d outside %s", where, r.N, RangeText(r.Range))
				}
				got = append(got, strings.ReplaceAll(RangeText(r.Range), " to ", "-"))
				_, _, shares := bruteForce(t, p, Query{Where: where, Share: true})
				if lo, hi := ends(shares); r.Range.Low == r.Range.High && len(shares) > 0 && lo != hi {
					t.Errorf("%s: the worlds give %v to %v", where, lo, hi)
				}
			}
			if want := strings.Fields(tt.want); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
}

// Whoever counts by an answer about a page that is left out counts by another
// page of the person.
func TestJoinedWithoutAnOutlet(t *testing.T) {
	a := person("a", "2015-03-01", "Post", recount.Woman)
	b := person("b", "2015-04-01", "Mail", recount.Woman)
	b.Scope, b.Decision = recount.Joined, ""
	p := &Problem{Members: []recount.Member{a, b}, Links: []recount.Link{{A: "a", B: "b", Answer: recount.Same}}}
	for outlet, want := range map[string]int{"Post": 1, "Mail": 1, "Times": 1} {
		cases := p.Without(outlet).Cases()
		if len(cases) != want || cases[0].ID != "da" {
			t.Errorf("without the %s: %+v", outlet, cases)
		}
	}
	p.Links = nil
	if cases := p.Without("Post").Cases(); len(cases) != 0 {
		t.Errorf("nobody joined them: %+v", cases)
	}
}
