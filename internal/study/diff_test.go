package study_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"recount/internal/study"
)

// Whatever is done to a study, the comparison says it in one sentence with who
// did it and the reason, and nothing of what was done before.
func TestDiffSaysWhatWasDone(t *testing.T) {
	s, _ := demo(t)
	ctx := context.Background()
	takeBack := func(of about, reason string) func() error {
		return func() error {
			_, err := s.Retract(ctx, []string{of.id(t, s)}, reason)
			return err
		}
	}
	page := filepath.Join(t.TempDir(), "new.html")
	if err := os.WriteFile(page, []byte(`<html><head><title>Another one leaves</title><meta property="article:published_time" content="2015-06-09"></head>
<body><article><h1>Another one leaves</h1><p>LAKE TOWN, June 9 - The council met on Tuesday and spoke about the harbour and its walls.</p>
<p>Nothing was decided before the evening, and the meeting goes on in the week after next.</p></article></body></html>`), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		do   func() error
		want string // what one line holds
	}{
		{"a link of two who count", takeBack(velk, "two coats"),
			`people counted: 29 to 30: 1 split: what was one person is now Daro Velk and Dario Velck: analyst took back on 31 January 2026 that Daro Velk and Dario Velck are one person (reason: two coats).`},
		{"a link that moves no number", takeBack(carpenter, "two voices"),
			`analyst took back on 31 January 2026 that Dario Velck and the carpenter’s son from Korrin are one person (reason: two voices).`},
		{"a link of two of one name", takeBack(marek, "two rivers"),
			`people counted: 30 to 31: 1 split: what was one person is now Marek and Marek: analyst took back on 31 January 2026 that Marek (Frontier Review, February 2014) and Marek (Sudrec Post, 15 March 2015) are one person (reason: two rivers).`},
		{"a criterion of who counts", takeBack(third, "asked again"),
			`people counted: 31 to 30: 1 taken out: The third (Tarn Press Agency, 14 May 2014) is counted no more: analyst took back on 31 January 2026 that The third meets the criterion "speaks" (reason: asked again).`},
		{"a code", takeBack(sparrow, "not said"),
			`analyst took back on 31 January 2026 that the code "infighting.spy_hunt" applies to what Sparrow says, "he left in April after being ordered to watch his own cousin..." (reason: not said).`},
		{"a value", takeBack(hedrin, "a guess"),
			`analyst took back on 31 January 2026 that the value of "country" of Tomas Hedrin is Sudrecia (reason: a guess).`},
		{"a date", takeBack(gunsmith, "not printed"),
			`analyst took back on 31 January 2026 that Korrin Gazette, 3 May 2015 was published on 3 May 2015 (reason: not printed).`},
		{"a rule", takeBack(reprints, "every copy counts"),
			`init took back on 31 January 2026 that the rule "fold_reprints" is on (reason: every copy counts).`},
		{"a reprint", takeBack(herald, "another story"),
			`analyst took back on 31 January 2026 that North Quay Herald, 15 May 2014 is a reprint of Tarn Press Agency, 14 May 2014 (reason: another story).`},
		{"a page that came in", func() error {
			if _, err := s.Add(ctx, study.Offer{Paths: []string{page}}); err != nil {
				return err
			}
			_, err := s.Extract(ctx, false)
			return err
		}, `an article came in: 9 June 2015.`},
	}
	before := ""
	for _, tt := range tests {
		var log bytes.Buffer
		if err := s.ExportLeaves(ctx, &log); err != nil {
			t.Fatal(err)
		}
		size := strconv.Itoa(bytes.Count(log.Bytes(), []byte("\n")))
		if err := tt.do(); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		d, err := s.Diff(ctx, size, "now")
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		said := strings.Join(append(d.Lines, d.Also...), "\n")
		n := 0
		for line := range strings.Lines(said) {
			if strings.Contains(line, tt.want) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: Diff says in %d lines, want one, %q:\n%s", tt.name, n, tt.want, said)
		}
		if before != "" && strings.Contains(said, before) {
			t.Errorf("%s: Diff says what was done before, %q:\n%s", tt.name, before, said)
		}
		before = tt.want
	}
	// The report of before all this tells in recheck what was done first.
	x, err := s.Recheck(ctx, study.Recheck{})
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(x.Notes, "\n")
	for _, want := range []string{"out/report was produced before", "since then: people counted: 29 to 30", "two coats", "all of it: recount diff "} {
		if !strings.Contains(notes, want) {
			t.Errorf("recheck does not say %q:\n%s", want, notes)
		}
	}
}
