package study

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"recount/internal/report"
)

// Whatever the answers are, the files that init writes can be read.
func TestFilesOfASetup(t *testing.T) {
	tests := []struct {
		name  string
		setup Setup
	}{
		{"no answers", Setup{}},
		{"plain answers", Setup{Title: "Ferries", Question: "Who left?", From: "2020", To: "2021-05", Who: []string{"Did this person leave?"}, Record: []string{"country"}}},
		{"answers with what YAML and the report mean something by", Setup{Title: "a: \"b\" # {{people}}\n---", Question: "{{nobody}} 'x' & *y*", Who: []string{"- [1, 2]\t%"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := parseConfig(tt.setup.YAML())
			if err != nil {
				t.Fatalf("study.yaml: %v\n%s", err, tt.setup.YAML())
			}
			if c.Title != tt.setup.Title || c.Question != tt.setup.Question || len(tt.setup.Who) == 1 && c.Scope[0].Ask != tt.setup.Who[0] {
				t.Errorf("the answers came back as %q, %q, %q", c.Title, c.Question, c.Scope[0].Ask)
			}
			r, err := report.ParseTemplate(tt.setup.Report())
			if err != nil {
				t.Fatalf("report.md: %v\n%s", err, tt.setup.Report())
			}
			if len(r.Queries) != 5 {
				t.Errorf("report.md asks for %d results, want 5", len(r.Queries))
			}
		})
	}
}

// A condition and a variable may have their short name, and a variable its
// values, on their line.
func TestLinesOfASetup(t *testing.T) {
	for _, tt := range []struct {
		name string
		who  []string
		want []Criterion
	}{
		{"one", []string{"Did this person leave?"}, []Criterion{{Name: "counts", Ask: "Did this person leave?"}}},
		{"two", []string{"Did this person leave?", "Does he or she speak?"}, []Criterion{{Name: "counts", Ask: "Did this person leave?"}, {Name: "counts_2", Ask: "Does he or she speak?"}}},
		{"named", []string{"left: Did this person leave?", " speaks:  Does he: or she speak? "}, []Criterion{{Name: "left", Ask: "Did this person leave?"}, {Name: "speaks", Ask: "Does he: or she speak?"}}},
		{"one of two named", []string{"Did this person leave?", "speaks: To the press?"}, []Criterion{{Name: "counts", Ask: "Did this person leave?"}, {Name: "speaks", Ask: "To the press?"}}},
		{"a colon within", []string{"Did this person (see: rules) leave?", "Note: did he?", "at 10:30 there?"}, []Criterion{{Name: "counts", Ask: "Did this person (see: rules) leave?"}, {Name: "counts_2", Ask: "Note: did he?"}, {Name: "counts_3", Ask: "at 10:30 there?"}}},
	} {
		c, err := parseConfig(Setup{Who: tt.who}.YAML())
		if err != nil || !reflect.DeepEqual(c.Scope, tt.want) {
			t.Errorf("%s: %+v, %v; want %+v", tt.name, c.Scope, err, tt.want)
		}
	}
	for _, tt := range []struct {
		line string
		want Variable
	}{
		{"country", Variable{Name: "country"}},
		{"country: Where from?", Variable{Name: "country", Ask: "Where from?"}},
		{"country: Where from? = North, South \"B\", not known", Variable{Name: "country", Ask: "Where from?", Values: []string{"North", `South "B"`, "not known"}}},
		{" country = North,South,", Variable{Name: "country", Values: []string{"North", "South"}}},
		{"country: Where from? = North (Nerth, the fells), South , East(the \"Rim\"),West ()", Variable{Name: "country", Ask: "Where from?", Values: []string{"North", "South", "East", "West"}, Words: map[string][]string{"North": {"Nerth", "the fells"}, "East": {`the "Rim"`}}}},
		{"country = North (not closed, South", Variable{Name: "country", Values: []string{"North"}, Words: map[string][]string{"North": {"not closed", "South"}}}},
		{"country = North, North (x)", Variable{Name: "country", Values: []string{"North"}, Words: map[string][]string{"North": {"x"}}}},
		{"country = (nobody), ,", Variable{Name: "country"}},
		{"age: Older than x=3?", Variable{Name: "age", Ask: "Older than x=3?"}},
	} {
		c, err := parseConfig(Setup{Record: []string{tt.line}}.YAML())
		if err != nil || len(c.Variables) != 1 {
			t.Errorf("%q: %v", tt.line, err)
			continue
		}
		if v := c.Variables[0]; v.Name != tt.want.Name || v.Ask != tt.want.Ask || !slices.Equal(v.Values, tt.want.Values) || !maps.EqualFunc(v.Words, tt.want.Words, slices.Equal) {
			t.Errorf("%q: %+v; want %+v", tt.line, v, tt.want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add(Setup{Title: "Ferries", From: "2020", To: "2021-05", Record: []string{"country"}}.YAML())
	f.Add([]byte("rules:\n  vague: {dozens: [24, 99]}\n  bands: {almost: 30}\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		c, err := parseConfig(in)
		if err != nil {
			return
		}
		c.Words()
		c.Period.Filter()
		c.Names()
	})
}
