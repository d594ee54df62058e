package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount/internal/count"
)

// TestEntryIsReadAsItIsWritten: what a form writes is what report.md says.
func TestEntryIsReadAsItIsWritten(t *testing.T) {
	for _, tt := range []struct {
		name string
		e    Entry
		want count.Query
	}{
		{"everybody", Entry{Count: "all"}, count.Query{}},
		{"a count", Entry{Count: `gender == "woman" && country != "Orlund"`}, count.Query{Where: `gender == "woman" && country != "Orlund"`}},
		{"a share of all", Entry{Share: `has("infighting.spy_hunt")`}, count.Query{Where: `has("infighting.spy_hunt")`, Share: true}},
		{"a share of some", Entry{Share: `kind == "named"`, Of: `first_reported >= "2015-01"`}, count.Query{Where: `kind == "named"`, Of: `first_reported >= "2015-01"`, Share: true}},
		{"a table", Entry{By: "country", Where: `originals >= 2`}, count.Query{By: "country", Where: `originals >= 2`}},
		{"a cross-tab", Entry{By: "code.top, gender"}, count.Query{By: "code.top, gender"}},
		{"quarters", Entry{By: "quarter", From: "2014-Q1", To: "2015"}, count.Query{By: "quarter", From: "2014-Q1", To: "2015"}},
		{"a year is no number", Entry{By: "year", From: "2014"}, count.Query{By: "year", From: "2014"}},
		{"two periods", Entry{Compare: "2015-01 to 2015-08", With: "2014 to 2014-12"}, count.Query{Versus: &count.Versus{AFrom: "2015-01", ATo: "2015-08", BFrom: "2014", BTo: "2014-12"}}},
		{"a label with a colon", Entry{Label: "women: those who left", Count: "all"}, count.Query{Label: "women: those who left"}},
		{"a label with quotation marks", Entry{Label: `"Sparrow" and 'Wren'`, Count: "all"}, count.Query{Label: `"Sparrow" and 'Wren'`}},
		{"a label that begins like YAML", Entry{Label: "- #1 {of} [two] & *three", Count: "all"}, count.Query{Label: "- #1 {of} [two] & *three"}},
		{"a label that is a word of YAML", Entry{Label: "no", Count: "all"}, count.Query{Label: "no"}},
		{"a label in Arabic", Entry{Label: "نساء: من غادر", Count: "all"}, count.Query{Label: "نساء: من غادر"}},
		{"a label of two lines", Entry{Label: "one\n  gender:\n\ttwo", Count: "all"}, count.Query{Label: "one gender: two"}},
		{"a value with an apostrophe", Entry{Count: `home == "Dun's Hill: north"`}, count.Query{Where: `home == "Dun's Hill: north"`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.e.Name, tt.want.Name = "x1", "x1"
			got, err := tt.e.Query()
			if err != nil {
				t.Fatalf("%v\n%s", err, tt.e.Lines())
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s\n%s", d, tt.e.Lines())
			}
		})
	}
	for _, name := range []string{"", "Women", "2x", "a b", "a:\n  b", "أ"} {
		if _, err := (Entry{Name: name, Count: "all"}).Query(); err == nil || !strings.Contains(fmt.Sprint(err), "cannot be the name") {
			t.Errorf("the name %q: %v", name, err)
		}
	}
}
