package count

import (
	"testing"

	"recount"
)

// Beside an outlet stands what this outlet calls a person, and never a name that
// only another one prints.
func TestNamedByItsOutlet(t *testing.T) {
	m := func(article, outlet, day, name string, k recount.SpeakerKind) recount.Member {
		return recount.Member{Key: recount.Key("k" + article + name), Decision: "d" + article, Scope: recount.Yes, Article: recount.Key(article), Original: recount.Key(article), Outlet: outlet,
			Dates: []string{day}, Speaker: recount.SpeakerRef{Name: name, Kind: k}}
	}
	asked := m("a", "Wire", "2022-03-14", "a night carer", recount.Anonymous)
	named := m("b", "Beacon", "2022-03-20", "Beryl Ashworth", recount.Named)
	early := m("b", "Beacon", "2022-03-01", "Beryl Ashworth", recount.Named)
	same := m("b", "Beacon", "2022-03-14", "Beryl Ashworth", recount.Named)
	first := same
	first.First = true
	end := m("a", "Wire", "2022-03-14", "who is 58", recount.Anonymous)
	nobody := m("a", "", "2022-03-14", "a night carer", recount.Anonymous)
	other := m("a", "Wire", "2022-03-14", "Sparrow", recount.Pseudonym)
	again := m("c", "Wire", "2022-03-16", "Beryl Ashworth", recount.Named)
	undated := m("a", "Wire", "", "a night carer", recount.Anonymous)
	tests := []struct {
		what             string
		members          []recount.Member
		name, by, called string
	}{
		{"one page", []recount.Member{named}, "Beryl Ashworth", "Beacon", "Beryl Ashworth"},
		{"first without a name", []recount.Member{asked, named}, "Beryl Ashworth", "Beacon", "a night carer"},
		{"in the other order", []recount.Member{named, asked}, "Beryl Ashworth", "Beacon", "a night carer"},
		{"first with the name", []recount.Member{asked, early}, "Beryl Ashworth", "Beacon", "Beryl Ashworth"},
		{"first under another name", []recount.Member{other, named}, "Beryl Ashworth", "Beacon", "Sparrow"},
		{"first in words that name nobody", []recount.Member{end, named}, "Beryl Ashworth", "Beacon", recount.NoName},
		{"two on one day", []recount.Member{asked, same}, "Beryl Ashworth", "Beacon", "a night carer"},
		{"two on one day, and one printed first", []recount.Member{asked, first}, "Beryl Ashworth", "Beacon", "Beryl Ashworth"},
		{"a later page of the same outlet names", []recount.Member{asked, again}, "Beryl Ashworth", "Wire", "a night carer"},
		{"the first outlet is not known", []recount.Member{nobody, named}, "Beryl Ashworth", "Beacon", ""},
		{"nobody names", []recount.Member{asked}, "a night carer", "Wire", "a night carer"},
		{"nobody names in words that can be used", []recount.Member{end}, recount.NoName, "", recount.NoName},
		{"without a day", []recount.Member{undated, named}, "Beryl Ashworth", "Beacon", "Beryl Ashworth"},
	}
	for _, tt := range tests {
		p := &Problem{}
		for i, x := range tt.members {
			x.Key += recount.Key(rune('0' + i))
			p.Members = append(p.Members, x)
			if i > 0 {
				p.Links = append(p.Links, recount.Link{A: p.Members[0].Key, B: x.Key, Answer: recount.Same})
			}
		}
		persons, err := p.Persons()
		if err != nil || len(persons) != 1 {
			t.Fatalf("%s: %d persons, %v", tt.what, len(persons), err)
		}
		if name, by, called := persons[0].Named(); name != tt.name || by != tt.by || called != tt.called {
			t.Errorf("%s: %q by %q, first %q; want %q by %q, first %q", tt.what, name, by, called, tt.name, tt.by, tt.called)
		}
	}
}
