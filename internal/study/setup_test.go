package study

import (
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
		{"plain answers", Setup{Title: "Ferries", Question: "Who left?", From: "2020", To: "2021-05", Who: "Did this person leave?", Record: []string{"country"}}},
		{"answers with what YAML and the report mean something by", Setup{Title: "a: \"b\" # {{people}}\n---", Question: "{{nobody}} 'x' & *y*", Who: "- [1, 2]\t%"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := parseConfig(tt.setup.YAML())
			if err != nil {
				t.Fatalf("study.yaml: %v\n%s", err, tt.setup.YAML())
			}
			if c.Title != tt.setup.Title || c.Question != tt.setup.Question || c.Scope[0].Ask != tt.setup.Who {
				t.Errorf("the answers came back as %q, %q, %q", c.Title, c.Question, c.Scope[0].Ask)
			}
			r, err := report.ParseTemplate(tt.setup.Report())
			if err != nil {
				t.Fatalf("report.md: %v\n%s", err, tt.setup.Report())
			}
			if len(r.Queries) != 4 {
				t.Errorf("report.md asks for %d results, want 4", len(r.Queries))
			}
		})
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
