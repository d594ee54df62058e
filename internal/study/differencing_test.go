package study_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/release"
	"recount/internal/study"
)

// TestWhatIsLeftOfPrintedNumbers puts results beside others of the example: 29 people,
// 25 of them men, 12 from Karsova and 11 of those men. Whoever subtracts finds few
// people in some, and in others nobody or many.
func TestWhatIsLeftOfPrintedNumbers(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.ReleaseBody{Op: recount.Classify, What: "country", To: "quasi"}, Reason: "others know it"}); err != nil {
		t.Fatal(err)
	}
	const head = "---\ntitle: 'Who left'\nresults:\n  people:\n    count: all\n  karsova:\n    share: country == \"Karsova\"\n  brutality:\n    share: has(\"brutality\")\n  corruption:\n    share: has(\"corruption\")\n  late:\n    share: first_reported >= \"2015-01\"\n%s---\n\n{{people}} people.\n"
	for _, tt := range []struct {
		name, result string
		unsafe       bool
	}{
		{"men of a country", "share: gender == \"man\"\n    of: country == \"Karsova\"", true},
		{"the same as one filter", "share: gender == \"man\" && country == \"Karsova\"", true},
		{"the same with and", "count: country == \"Karsova\" and gender == \"man\"", true},
		{"the same of a list", "share: gender in [\"man\"]\n    of: country in [\"Karsova\"]", true},
		{"the same by not", "share: gender != \"woman\"\n    of: country == \"Karsova\"", true},
		{"the same turned round", "share: not (gender == \"woman\") && country == \"Karsova\"", true},
		{"men with a code", "share: has(\"brutality\") && gender == \"man\"", true},
		{"a code of the men", "share: has(\"brutality\")\n    of: gender == \"man\"", true},
		{"men of a time", "share: gender == \"man\"\n    of: first_reported >= \"2015-01\"", true},
		{"men of two times", "share: gender == \"man\" && first_reported >= \"2015-01\"", true},
		{"men alone", "share: gender == \"man\"", true},
		{"men or a country", "share: gender == \"man\" || country == \"Karsova\"", true},
		{"neither", "count: not (gender == \"woman\" && country == \"Karsova\")", true},
		{"men or a code", "share: gender == \"man\" or has(\"brutality\")", true},
		{"three columns", "share: gender == \"man\" && has(\"brutality\") && first_reported >= \"2014\"", true},
		{"an outlet", "share: reported_by(\"The Lantern\")", true},
		{"half of a time", "share: first_reported >= \"2015-06\"", false},
		{"a country of a time", "share: country == \"Karsova\"\n    of: first_reported >= \"2015-01\"", false},
		{"everybody", "share: gender in [\"man\", \"woman\"]", false},
		{"a country again", "share: country in [\"Karsova\"]", false},
		{"a time again", "count: first_reported >= \"2015\"", false},
		{"a code again", "count: has(\"brutality\")", false},
		{"a code of everybody", "share: has(\"corruption\")\n    of: gender in [\"man\", \"woman\"]", false},
		{"a country and a time", "count: country == \"Karsova\" && first_reported >= \"2014\"", false},
		{"codes of a time", "count: has(\"corruption\") && first_reported >= \"2014-01\"", false},
		{"two codes", "share: has(\"brutality\") || has(\"corruption\")", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write(t, s, "report.md", fmt.Sprintf(head, "  asked:\n    "+tt.result+"\n"))
			out, err := s.Publish(ctx, study.Publish{})
			if err != nil {
				t.Fatal(err)
			}
			var texts []string
			for _, r := range out.Reasons {
				texts = append(texts, r.Text)
			}
			found := slices.ContainsFunc(out.Reasons, func(r release.Reason) bool { return strings.Contains(r.Text, "asked") })
			if found != tt.unsafe {
				t.Errorf("%s is a reason: %v; want %v (%s)", tt.result, found, tt.unsafe, strings.Join(texts, " | "))
			}
			if tt.unsafe {
				for _, r := range out.Reasons {
					if r.Change == nil {
						t.Errorf("no change for %s", r.Text)
					}
				}
				return
			}
			if len(texts) > 0 {
				t.Errorf("reasons: %s", strings.Join(texts, " | "))
			}
		})
	}
}
