package recount

import "testing"

func TestHead(t *testing.T) {
	at := func(key, name string, kind SpeakerKind, day string) Member {
		return Member{Key: Key(key), Day: day, Speaker: SpeakerRef{Name: name, Kind: kind}}
	}
	spoke := func(m Member) Member { m.Statements = []AcceptedStatement{{}}; return m }
	corrected := func(m Member) Member { m.Corrected = true; return m }
	tests := []struct {
		name string
		ms   []Member
		want string
	}{
		{"a name before a description that came first", []Member{spoke(at("a", "a ferry worker", Anonymous, "2014-01-01")), at("b", "Maria Holt", Named, "2015-01-01")}, "Maria Holt"},
		{"a correction before a longer name", []Member{spoke(at("a", "Maria Anna Hollt", Named, "2014-01-01")), corrected(at("b", "Maria Holt", Named, "2015-01-01"))}, "Maria Holt"},
		{"a corrected description does not go before a name", []Member{corrected(at("a", "a ferry worker", Anonymous, "2014-01-01")), at("b", "Maria Holt", Named, "2015-01-01")}, "Maria Holt"},
		{"a correction that is a part of the full name", []Member{spoke(at("a", "Kez Braithwaite", Named, "2014-01-01")), corrected(at("b", "Miss Braithwaite", Named, "2015-01-01"))}, "Kez Braithwaite"},
		{"a correction by the family name alone, of capitals", []Member{at("a", "DESMOND ARTHUR FAIRCLOUGH", Named, "2014-01-01"), corrected(at("b", "Fairclough", Named, "2015-01-01"))}, "DESMOND ARTHUR FAIRCLOUGH"},
		{"a correction that is no part of the longer name", []Member{at("a", "Kez Anne Braithwayt", Named, "2014-01-01"), corrected(at("b", "Miss Braithwaite", Named, "2015-01-01"))}, "Miss Braithwaite"},
		{"a form of address alone is no part", []Member{at("a", "Miss Braithwaite Holt", Named, "2014-01-01"), corrected(at("b", "Miss", Named, "2015-01-01"))}, "Miss"},
		{"the same words of a description", []Member{at("a", "a Braithwaite of the yard", Anonymous, "2014-01-01"), corrected(at("b", "Braithwaite", Named, "2015-01-01"))}, "Braithwaite"},
		{"words under a letter name nobody", []Member{at("a", "Name and address supplied", Anonymous, "2014-01-01"), at("b", "a cook", Anonymous, "2015-01-01")}, "a cook"},
		{"the fullest name", []Member{spoke(at("a", "Holt", Named, "2014-01-01")), at("b", "Maria Holt", Named, "2015-01-01")}, "Maria Holt"},
		{"one who spoke", []Member{at("a", "Maria Holt", Named, "2014-01-01"), spoke(at("b", "Mary Holt", Named, "2015-01-01"))}, "Mary Holt"},
		{"the first who spoke", []Member{spoke(at("b", "Mary Holt", Named, "2015-01-01")), spoke(at("a", "Maria Holt", Named, "2014-01-01"))}, "Maria Holt"},
		{"no day comes last", []Member{at("a", "Mary Holt", Named, ""), at("b", "Maria Holt", Named, "2015-01-01")}, "Maria Holt"},
		{"a pronoun names nobody", []Member{at("a", "who is 20", Named, "2014-01-01"), at("b", "a clerk", Anonymous, "2015-01-01")}, "a clerk"},
		{"nothing else decides", []Member{at("b", "Mary Holt", Named, ""), at("a", "Maria Holt", Named, "")}, "Maria Holt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := Case{Members: tt.ms}
			if got := c.Head().Speaker.Name; got != tt.want {
				t.Errorf("Head() is %q, want %q", got, tt.want)
			}
		})
	}
	for _, tt := range []struct{ name, want string }{{"Maria Holt", "Maria Holt"}, {"he", NoName}, {"Name", NoName}, {"Name and address supplied", NoName}, {"NAME WITHHELD", NoName}, {"Names supplied", NoName}, {"Name Obi", "Name Obi"}, {"Namewell", "Namewell"}, {"who is 20", NoName}, {"", NoName}} {
		c := Case{Members: []Member{at("a", tt.name, Anonymous, "")}}
		if got := c.Name(); got != tt.want {
			t.Errorf("Name() of one called %q is %q, want %q", tt.name, got, tt.want)
		}
	}
	if (&Case{}).Name() != NoName {
		t.Error("a case without members has a name")
	}
	if (&Case{}).Head() != nil {
		t.Error("a case without members has a head")
	}
}
