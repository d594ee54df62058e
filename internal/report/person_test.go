package report

import (
	"strings"
	"testing"

	"recount"
	"recount/internal/count"
)

func TestLabel(t *testing.T) {
	of := func(names ...recount.SpeakerRef) *recount.Case {
		c := &recount.Case{}
		for _, n := range names {
			c.Members = append(c.Members, recount.Member{Speaker: n})
		}
		return c
	}
	named := func(s string) recount.SpeakerRef { return recount.SpeakerRef{Name: s, Kind: recount.Named} }
	other := func(s string) recount.SpeakerRef { return recount.SpeakerRef{Name: s, Kind: recount.Pseudonym} }
	nobody := func(s string) recount.SpeakerRef { return recount.SpeakerRef{Name: s, Kind: recount.Anonymous} }
	tests := []struct {
		name string
		c    *recount.Case
		want string
	}{
		{"a name before another name", of(other("The Lamp Man of Sund"), named("Bram Tol")), "Bram Tol"},
		{"the longer of two names", of(named("Tol"), named("Bram Tol")), "Bram Tol"},
		{"another name before a description", of(nobody("a former keeper of the light"), other("Lamp")), "Lamp"},
		{"a name before the end of a sentence", of(nobody("who is 20"), named("Bram Tol")), "Bram Tol"},
		{"a description before the end of a sentence", of(nobody("who is 20 and from Sund in the north"), nobody("a keeper")), "a keeper"},
		{"a description before a name that is only a pronoun", of(named("He"), nobody("a keeper")), "a keeper"},
		{"the end of a sentence alone", of(nobody("who is 20")), "a person without a name"},
		{"no name at all", of(nobody("")), "a person without a name"},
	}
	for _, tt := range tests {
		if got := personLabel(nil, tt.c); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	alone := of(nobody("he"))
	alone.Members[0].Outlet, alone.Members[0].Day = "Harbour Mail", "2019-05-14"
	if got, want := personLabel(nil, alone), "a person without a name (Harbour Mail, 14 May 2019)"; got != want {
		t.Errorf("Label of a pronoun = %q, want %q", got, want)
	}
	c := of(nobody("who is 20"), named("Bram Tol"))
	c.Members[0].Article, c.Members[1].Article = "one", "other"
	if got := calledIn(&c.Members[0], c); got != recount.NoName {
		t.Errorf("Called with the end of a sentence = %q, want no name, least of all that of another page", got)
	}
	if got := calledIn(&c.Members[0], nil); got != "who is 20" {
		t.Errorf("Called without a case = %q", got)
	}
}

// TestPersonInWords: a page about a person speaks the reader's language: no
// codes, no raw months, no raw names of variables.
func TestPersonInWords(t *testing.T) {
	m := newSample()
	m.Codebook.Codes = append(m.Codebook.Codes, recount.Code{Code: "pay.late", Parent: "pay", Short: "Pay came late."})
	c := &m.Cases[0]
	head := &c.Members[0]
	head.Values = []recount.Value{{Variable: "home_port", Value: "2014-05", Article: head.Article, Outlet: "Coast Wire"}, {Variable: "home_port", Value: "Sund", Article: head.Article, Outlet: "The Fog Signal"}}
	head.Codes = []recount.Coding{{Code: "pay.late", Article: head.Article, At: head.Statements[0].At}}
	e := personEvidence(NewIndex(m), c)
	all := e.Counts
	for _, it := range e.Items {
		all += "\n" + strings.Join(it.Notes, "\n")
		for _, c := range it.Cites {
			all += "\n" + c.Note
		}
	}
	for _, want := range []string{"home port: May 2014 (Coast Wire), Sund (The Fog Signal)", "coded: Pay came late"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not on the page:\n%s", want, all)
		}
	}
	for _, bad := range []string{"home_port", "pay.late", "2014-05", "no sentence given"} {
		if strings.Contains(all, bad) {
			t.Errorf("%q is on the page:\n%s", bad, all)
		}
	}
}

// TestDescribedPeopleAreToldApart: "the third" names nobody alone.
func TestDescribedPeopleAreToldApart(t *testing.T) {
	for _, tt := range []struct {
		kind recount.SpeakerKind
		name string
		want string
	}{
		{recount.Named, "Ines Okt", "Ines Okt"}, {recount.Pseudonym, "Sparrow", "Sparrow"},
		{recount.Anonymous, "The third", "The third (Coast Wire, 14 May 2014)"}, {recount.Unspecified, "a former driver", "a former driver (Coast Wire, 14 May 2014)"},
		{recount.Anonymous, "who is 20", "a person without a name (Coast Wire, 14 May 2014)"},
	} {
		c := &recount.Case{ID: "c", Members: []recount.Member{{Key: "m", Speaker: recount.SpeakerRef{Name: tt.name, Kind: tt.kind}, Outlet: "Coast Wire", Day: "2014-05-14", Dates: []string{"2014-05-14"}}}}
		if got := personLabel(nil, c); got != tt.want {
			t.Errorf("personLabel(%q) = %q; want %q", tt.name, got, tt.want)
		}
	}
}

// TestNotesQuoteOwnWords: a note shows what the person said before a sentence
// that only names the person.
func TestNotesQuoteOwnWords(t *testing.T) {
	mention := Citation{Place: Place{ID: "m", Layer: MentionLayer}}
	value := Citation{Place: Place{ID: "v", Layer: ValueLayer}}
	said := Citation{Place: Place{ID: "s", Layer: StatementLayer}}
	second := Citation{Place: Place{ID: "t", Layer: StatementLayer}}
	for _, tt := range []struct {
		cites []Citation
		want  string
	}{
		{[]Citation{mention, value, said, second}, "s"}, {[]Citation{mention, value}, "v"}, {[]Citation{mention}, "m"}, {[]Citation{second, said}, "t"},
	} {
		if got := ownWords(tt.cites).Place.ID; got != tt.want {
			t.Errorf("ownWords = %s; want %s", got, tt.want)
		}
	}
}

// TestTheStrictestTierIsSaid: the page of a person says how far the person may be
// shown by all accounts, not by those that count.
func TestTheStrictestTierIsSaid(t *testing.T) {
	m := newSample()
	c := &m.Cases[0]
	c.Members[0].Tier = recount.Press
	for _, tt := range []struct {
		safe  map[string]Safe
		want  string
		wrong string
	}{
		{nil, "press", "Held back"},
		{map[string]Safe{c.ID: {Tier: recount.Protected}}, "protected", "Held back"},
		{map[string]Safe{c.ID: {Tier: recount.Protected, Held: true}}, "Held back", "press"},
		{map[string]Safe{c.ID: {Tier: recount.Withdrawn}}, "withdr", "press"},
	} {
		m.Safe = tt.safe
		if got := tierWords(NewIndex(m), c); !strings.Contains(got, tt.want) || strings.Contains(got, tt.wrong) {
			t.Errorf("%v: %q; want %q", tt.safe, got, tt.want)
		}
	}
}

// TestAPageNamesWhomItQuotes: beside words of a page stands the name that the
// page gives, never one that only another page gives.
func TestAPageNamesWhomItQuotes(t *testing.T) {
	wire, beacon, copied := recount.Key("wire"), recount.Key("beacon"), recount.Key("copied")
	m := func(page recount.Key, name string, k recount.SpeakerKind, tier recount.Tier) recount.Member {
		return recount.Member{Key: page + recount.Key(name), Article: page, Speaker: recount.SpeakerRef{Name: name, Kind: k}, Outlet: string(page), Day: "2022-03-14", Tier: tier}
	}
	asked := func(page recount.Key, name string) recount.Member {
		return m(page, name, recount.Anonymous, recount.Protected)
	}
	named := func(page recount.Key, name string) recount.Member {
		return m(page, name, recount.Named, recount.Press)
	}
	open := asked(wire, "a night carer")
	open.Tier = recount.Open
	corrected := named(wire, "Beryl Ashworth")
	corrected.Corrected = true
	printed, said, both := asked(wire, "a night carer"), asked(wire, "a night carer"), named(beacon, "Beryl Ashworth")
	printed.Prints = []recount.Print{{Article: copied, Outlet: "Tribune"}}
	said.Statements = []recount.AcceptedStatement{{Article: copied}}
	both.Values = []recount.Value{{Variable: "role", Value: "carer", Article: wire}}
	for _, tt := range []struct {
		what    string
		members []recount.Member
		page    recount.Key
		want    string
	}{
		{"anonymous here, named elsewhere", []recount.Member{asked(wire, "a night carer"), named(beacon, "Beryl Ashworth")}, wire, "a night carer"},
		{"named here, anonymous elsewhere", []recount.Member{asked(wire, "a night carer"), named(beacon, "Beryl Ashworth")}, beacon, "Beryl Ashworth"},
		{"another name here", []recount.Member{m(wire, "Sparrow", recount.Pseudonym, recount.Protected), named(beacon, "Beryl Ashworth")}, wire, "Sparrow"},
		{"another name elsewhere, described here", []recount.Member{asked(wire, "a night carer"), m(beacon, "Sparrow", recount.Pseudonym, recount.Protected)}, wire, "a night carer"},
		{"described here in words that name nobody", []recount.Member{asked(wire, "who is 58"), named(beacon, "Beryl Ashworth")}, wire, recount.NoName},
		{"described better elsewhere", []recount.Member{asked(wire, "who is 58"), asked(beacon, "a night carer")}, wire, recount.NoName},
		{"described and then named on one page", []recount.Member{asked(wire, "a night carer"), named(wire, "Ashworth"), named(beacon, "Beryl Ashworth")}, wire, "Ashworth"},
		{"a reprint of the page that does not name", []recount.Member{printed, named(beacon, "Beryl Ashworth")}, copied, "a night carer"},
		{"words on a reprint", []recount.Member{said, named(beacon, "Beryl Ashworth")}, copied, "a night carer"},
		{"a name that a person corrected on this page", []recount.Member{corrected, named(beacon, "Beryl Jane Ashworth")}, wire, "Beryl Ashworth"},
		{"open, and still not named here", []recount.Member{open, named(beacon, "Beryl Ashworth")}, wire, "a night carer"},
		{"a page on which nobody of them speaks", []recount.Member{both}, wire, recount.NoName},
	} {
		c := &recount.Case{ID: "c", Members: tt.members}
		if got := nameOn(c, tt.page); got != tt.want {
			t.Errorf("%s: %q; want %q", tt.what, got, tt.want)
		}
	}
}

// TestEvidenceNamesNobodyForAnotherPage: what is shown of a person goes by the
// name of the page whose words stand for it, in every form of the report.
func TestEvidenceNamesNobodyForAnotherPage(t *testing.T) {
	s := newSample()
	var from, to *recount.Member
	for i := range s.Cases {
		for j := range s.Cases[i].Members {
			switch m := &s.Cases[i].Members[j]; m.Speaker.Name {
			case "Ines Okt":
				to = m
			case "A former keeper of the northern light":
				from = m
			}
		}
	}
	if from == nil || to == nil {
		t.Fatal("the sample has no such people")
	}
	c := recount.Case{ID: "one", Members: []recount.Member{*from, *to}}
	s.Cases = append(s.Cases, c)
	x := NewIndex(s)
	secret := 0
	silent := *to // only the page that does not name her has words of hers
	silent.Statements, silent.Codes, silent.Values = nil, nil, nil
	for _, order := range [][]recount.Member{{*from, *to}, {*to, *from}, {*from, silent}, {silent, *from}} {
		c := recount.Case{ID: "one", Members: order}
		x.Person["one"] = &c
		it := itemOf(x, "one", focus{})
		if want := personLabel(x, &c); it.Title != want {
			t.Errorf("the item is headed %q; want %q", it.Title, want)
		}
		y := ownWords(it.Cites)
		known, _ := c.Known()
		beside := it.beside(y)
		if on := c.NameIn(y.Article.Key); on != known && strings.Contains(beside, known) {
			t.Errorf("words of a page that calls her %q stand under %q", on, beside)
		}
		for _, y := range it.Cites {
			other := c.NameIn(y.Article.Key) != known
			if other != strings.Contains(y.Note, "here: "+c.NameIn(y.Article.Key)) {
				t.Errorf("the note of %s is %q under the title %q", y.Article.Key, y.Note, it.Title)
			}
		}
		if !strings.HasPrefix(beside, "Ines Okt") {
			secret++
		}
		if first := listed(x, &c)[0].Text; c.First().Article != to.Article && !strings.HasPrefix(first, from.Speaker.Name) {
			t.Errorf("the list says %q beside a page that does not name her", first)
		}
	}
	if secret == 0 || secret == 4 {
		t.Errorf("%d of 4 show the words of the page that names nobody", secret)
	}
}

// Two people of one name are told apart wherever one of them is named, so that
// nobody takes them for one person counted twice.
func TestPeopleOfOneNameAreToldApart(t *testing.T) {
	said := func(article, name string, kind recount.SpeakerKind, outlet, day string) recount.Member {
		return recount.Member{Key: recount.Key(article + name), Article: recount.Key(article), Outlet: outlet, Day: day,
			Speaker: recount.SpeakerRef{Name: name, Kind: kind}, Scope: recount.Yes}
	}
	one := func(id string, ms ...recount.Member) recount.Case { return recount.Case{ID: id, Members: ms} }
	velkPost, velkSun := said("a", "Daro Velk", recount.Named, "Post", "2014-01-19"), said("b", "Daro Velk", recount.Named, "Sun", "2015-05-03")
	dario := said("c", "Dario Anton Velck", recount.Named, "Mail", "2014-07-20")
	for _, tt := range []struct {
		name   string
		people []recount.Case
		want   []string // their labels
	}{
		{"one person", []recount.Case{one("1", velkPost)}, []string{"Daro Velk"}},
		{"one person on two pages", []recount.Case{one("1", velkPost, velkSun)}, []string{"Daro Velk"}},
		{"two people", []recount.Case{one("1", velkPost), one("2", velkSun)}, []string{"Daro Velk (Post, 19 January 2014)", "Daro Velk (Sun, 3 May 2015)"}},
		{"two of whom a page spells one otherwise", []recount.Case{one("1", dario, velkPost), one("2", velkSun)}, []string{"Daro Velk (Post, 19 January 2014)", "Daro Velk (Sun, 3 May 2015)"}},
		{"three people", []recount.Case{one("1", velkPost), one("2", velkSun), one("3", dario)}, []string{"Daro Velk (Post, 19 January 2014)", "Daro Velk (Sun, 3 May 2015)", "Dario Anton Velck"}},
		{"other names", []recount.Case{one("1", velkPost), one("2", dario)}, []string{"Daro Velk", "Dario Anton Velck"}},
		{"two under one other name", []recount.Case{one("1", said("a", "Sparrow", recount.Pseudonym, "Wire", "2014-05-14")), one("2", said("b", "Sparrow", recount.Pseudonym, "Ister Today", "2015-05-17"))},
			[]string{"Sparrow (Wire, 14 May 2014)", "Sparrow (Ister Today, 17 May 2015)"}},
		{"two of whom nobody knows where", []recount.Case{one("1", said("a", "Lena", recount.Pseudonym, "", "")), one("2", said("b", "Lena", recount.Pseudonym, "Sun", "2015-05"))}, []string{"Lena", "Lena (Sun, May 2015)"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := NewIndex(&Material{Cases: tt.people})
			for i := range tt.people {
				if got := personLabel(x, &tt.people[i]); got != tt.want[i] {
					t.Errorf("%q; want %q", got, tt.want[i])
				}
			}
		})
	}
}

// A person has one name in a whole report: that of the page that first reported them, or
// the same name in full; in the list, in notes and evidence, on their own page.
func TestOneNameAPerson(t *testing.T) {
	said := func(article, name string, kind recount.SpeakerKind, outlet, day string) recount.Member {
		return recount.Member{Key: recount.Key(article + name), Article: recount.Key(article), Outlet: outlet, Day: day, Speaker: recount.SpeakerRef{Name: name, Kind: kind}, Scope: recount.Yes}
	}
	velk, velck := said("a", "Daro Velk", recount.Named, "Post", "2014-01-19"), said("b", "Dario Velck", recount.Named, "Mail", "2014-07-20")
	corrected := velck
	corrected.Corrected = true
	for _, tt := range []struct {
		name    string
		members []recount.Member
		want    string // everywhere
		list    string // in the list of people
	}{
		{"one page", []recount.Member{velk}, "Daro Velk", "Daro Velk"},
		{"spelt otherwise later", []recount.Member{velk, velck}, "Daro Velk", "Daro Velk"},
		{"of which a person corrected the later", []recount.Member{velk, corrected}, "Daro Velk", "Daro Velk; Dario Velck in Mail, 20 July 2014"},
		{"in the other order", []recount.Member{corrected, velk}, "Daro Velk", "Daro Velk; Dario Velck in Mail, 20 July 2014"},
		{"a longer name later, of other words", []recount.Member{velk, said("b", "Dario Anton Velck", recount.Named, "Mail", "2014-07-20")}, "Daro Velk", "Daro Velk; Dario Anton Velck in Mail, 20 July 2014"},
		{"the same name in full later", []recount.Member{said("a", "Velk", recount.Named, "Post", "2014-01-19"), said("b", "Daro Velk", recount.Named, "Mail", "2014-07-20")}, "Daro Velk", "Daro Velk; Velk in Post, 19 January 2014"},
		{"described first", []recount.Member{said("a", "The third", recount.Anonymous, "Wire", "2014-05-14"), velck}, "The third (Wire, 14 May 2014)", "The third (Wire, 14 May 2014); Dario Velck in Mail, 20 July 2014"},
		{"named first, described later", []recount.Member{velk, said("b", "the torch man", recount.Anonymous, "Mail", "2014-07-20")}, "Daro Velk", "Daro Velk"},
		{"another name first", []recount.Member{said("a", "Sparrow", recount.Pseudonym, "Wire", "2014-05-14"), velck}, "Sparrow", "Sparrow; Dario Velck in Mail, 20 July 2014"},
		{"nothing first", []recount.Member{said("a", "who is 20", recount.Anonymous, "Wire", "2014-05-14"), velck}, "Dario Velck", "Dario Velck; a person without a name in Wire, 14 May 2014"},
		{"another name that is not printed", []recount.Member{said("a", "name", recount.Pseudonym, "Wire", "2014-05-14")}, "a person under another name (Wire, 14 May 2014)", "A person under another name (Wire, 14 May 2014)"},
		{"a name that is not printed", []recount.Member{said("a", "he", recount.Named, "Wire", "2014-05-14")}, "a person who is named (Wire, 14 May 2014)", "A person who is named (Wire, 14 May 2014)"},
		{"no name", []recount.Member{said("a", "he", recount.Anonymous, "Wire", "2014-05-14")}, "a person without a name (Wire, 14 May 2014)", "A person without a name (Wire, 14 May 2014)"},
	} {
		c := recount.Case{ID: "c", Members: tt.members}
		x := NewIndex(&Material{Cases: []recount.Case{c}})
		for _, f := range []focus{{}, {dates: true}, {words: map[string]bool{"gender": true}}, {words: map[string]bool{"corruption": true}}} {
			if got := itemOf(x, "c", f).Title; got != tt.want {
				t.Errorf("%s: evidence by %+v names %q, want %q", tt.name, f, got, tt.want)
			}
		}
		if got := personEvidence(x, &c).Number; got != tt.want {
			t.Errorf("%s: the page of the person is headed %q, want %q", tt.name, got, tt.want)
		}
		if got := listed(x, &c)[0].Text; got != tt.list {
			t.Errorf("%s: the list says %q, want %q", tt.name, got, tt.list)
		}
		p := Pack{Persons: []count.Person{{ID: "c", Members: tt.members}}}
		if _, rows := p.People(&Material{Cases: []recount.Case{c}}, nil); rows[0][1] != tt.want {
			t.Errorf("%s: people.csv of a folder for review says %q, want %q", tt.name, rows[0][1], tt.want)
		}
	}
}
