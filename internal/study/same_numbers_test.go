package study

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/release"
	"recount/internal/report"
)

// halfCoded is the example study, in which nobody has coded every other person.
func halfCoded(t *testing.T) *Study {
	t.Helper()
	ctx := context.Background()
	now := func() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }
	s, _, err := Demo(ctx, filepath.Join(t.TempDir(), "order"), Options{Actor: "analyst", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	everybody, err := book.Persons(ctx)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(everybody, func(a, b casebook.Person) int { return strings.Compare(a.Name(), b.Name()) })
	of := map[recount.Key]bool{}
	for i, p := range everybody {
		for _, m := range p.Members {
			of[m.Key] = i%2 == 1
		}
	}
	by := map[string][]string{}
	for _, d := range book.Holding(recount.KindCode) {
		whom, err := book.Whom(ctx, d.Decision)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(whom, func(k recount.Key) bool { return of[k] }) {
			by[d.Actor] = append(by[d.Actor], d.ID)
		}
	}
	for actor, ids := range by {
		s.Close()
		if s, err = Open(ctx, s.Dir, Options{Actor: actor, Now: now}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Retract(ctx, ids, "not coded yet"); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// A printedTable is a table of a report as its JSON has it, by captions and heads.
type printedTable map[string]map[string]string

// tablesOf reads the tables of a report in JSON: caption -> row and head -> cell.
func tablesOf(t *testing.T, b []byte) map[string]printedTable {
	t.Helper()
	type inline struct {
		Text string `json:"text"`
	}
	type block struct {
		Table *struct {
			Caption string   `json:"caption"`
			Head    []string `json:"head"`
			Rows    [][]struct {
				Text []inline `json:"text"`
			} `json:"rows"`
		} `json:"table"`
		Blocks []block `json:"blocks"`
	}
	var doc struct {
		Blocks []block `json:"blocks"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]printedTable{}
	var walk func(blocks []block)
	walk = func(blocks []block) {
		for _, x := range blocks {
			if walk(x.Blocks); x.Table == nil {
				continue
			}
			table := printedTable{}
			for _, row := range x.Table.Rows {
				name := ""
				for i, c := range row {
					text := ""
					for _, in := range c.Text {
						if !strings.HasPrefix(in.Text, " [") { // the range
							text += in.Text
						}
					}
					if i == 0 {
						name = text
						table[name] = map[string]string{}
						continue
					}
					table[name][x.Table.Head[i]] = strings.ReplaceAll(text, "†", "")
				}
			}
			out[x.Table.Caption] = table
		}
	}
	walk(doc.Blocks)
	return out
}

// TestAnEditionHasTheNumbersOfTheTeam: what an edition prints of a result has the number,
// the base and the words of the team's report, whatever its rows are parts of; and so do
// its manifest and its sentences.
func TestAnEditionHasTheNumbersOfTheTeam(t *testing.T) {
	tests := []struct {
		name, results, slot string
		rows                int // of its table
		says                string
	}{
		{"by code", "by: code.top", "{{table x}}", 6, "| Cruelty to people in the power of the Order | "},
		{"by code in detail", "by: code", "{{table x}}", 23, "| nothing coded yet | "},
		{"by code of some", "by: code.top\n    where: gender == \"man\"", "{{table x}}", 6, "Not all of these people are coded"},
		{"by code of those who have one", "by: code.top\n    where: has(\"corruption\")", "{{table x}}", 5, "A person may stand in several rows."},
		{"by another variable", "by: gender\n    where: first_reported >= \"2015-01\"", "{{table x}}", 2, "The gender of some of these people is as the program read it"},
		{"by a variable of those who have a code", "by: year\n    where: has(\"corruption\")", "{{table x}}", 2, ""},
		{"a share in each row", "share: has(\"corruption\")\n    by: year", "{{table x}}", 2, ""},
		{"a share of some in each row", "share: has(\"corruption\")\n    of: gender == \"man\"\n    by: year", "{{table x}}", 2, ""},
		{"by code and year", "by: code.top, year", "{{table x}}", 6, ""},
		{"by gender", "by: gender", "{{table x}}", 2, "The gender of 15 of 29 people is as the program read it"},
		{"by kind", "by: kind", "{{table x}}", 3, "| without a name | "},
		{"by month", "by: month\n    from: 2014-01\n    to: 2015-08", "{{table x}}", 20, "| May 2014 | "},
		{"two periods", "compare: 2015-01 to 2015-08\n    with: 2014-01 to 2014-12", "The rate is {{x}}.", 0, "the two periods cannot be told apart"},
		{"two periods of some", "count: gender == \"man\"\n    compare: 2015-01 to 2015-08\n    with: 2014-01 to 2014-12", "The rate is {{x}}.", 0, ""},
		{"a share", "share: has(\"corruption\")", "Of it spoke {{x}}.", 0, " people are coded"},
		{"a share of those who have a code", "share: first_reported >= \"2015-01\"\n    of: has(\"corruption\")", "Of it spoke {{x}}.", 0, ""},
		{"the share of a row of another base", "by: code.top", "Of it spoke {{share x: corruption}}.", 0, "60.0% \\[15 of 29 people are coded\\]"},
		{"a row of a table by code", "by: code.top", "Of it spoke {{x: corruption}}.", 0, "9 of 15 (60.0%)"},
		{"the share of a row", "by: code.top", "Of it spoke {{share x: brutality}}.", 0, "Of it spoke 40.0%."},
		{"a row in words", "by: code.top", "Of it spoke {{words x: brutality}}.", 0, "Of it spoke 6 people."},
		{"the whole of a table", "by: year\n    where: gender == \"man\"", "They are {{x}}.", 0, ""},
	}
	ctx := context.Background()
	s := halfCoded(t)
	var head, text strings.Builder
	for i, tt := range tests {
		name := fmt.Sprintf("x%d", i)
		fmt.Fprintf(&head, "  %s:\n    label: what is asked as number %d\n    %s\n", name, i, tt.results)
		slot := strings.NewReplacer(" x}", " "+name+"}", "{x", "{"+name, " x:", " "+name+":").Replace(tt.slot)
		text.WriteString("\n## Part " + string(rune('A'+i)) + "\n\n" + slot + "\n")
	}
	md := "---\nresults:\n  people:\n    count: all\n" + head.String() + "---\n\n{{people}} people spoke.\n" + text.String()
	if err := os.WriteFile(filepath.Join(s.Dir, "report.md"), []byte(md), 0o600); err != nil {
		t.Fatal(err)
	}
	team, err := s.Report(ctx, Edition{})
	if err != nil {
		t.Fatal(err)
	}
	// The edition before anything is taken out of it.
	e, err := s.newEdition(ctx, true)
	if err != nil {
		t.Fatal(err)
	}
	x := &draftEdition{doc: &report.Document{}}
	if x.index, err = release.NewIndex(nil); err != nil {
		t.Fatal(err)
	}
	e.change(x, nil)
	if err := e.limit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := e.write(ctx, x, nil); err != nil {
		t.Fatal(err)
	}
	files, _, err := e.finish(x, &recount.PublishBody{})
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]string{}
	for _, r := range team.Results {
		numbers[r.Name] = fmt.Sprint(r.N, " of ", r.Of)
		for _, row := range r.Rows {
			numbers[r.Name+": "+row.Name] = fmt.Sprint(row.N, " of ", row.Of)
			for _, c := range row.Rows {
				numbers[r.Name+": "+row.Name+": "+c.Name] = fmt.Sprint(c.N, " of ", c.Of)
			}
		}
	}
	var manifest publicManifest
	if err := json.Unmarshal(files[report.ManifestName], &manifest); err != nil {
		t.Fatal(err)
	}
	teamJSON, err := os.ReadFile(filepath.Join(team.Dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile(filepath.Join(team.Dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	printed, want := tablesOf(t, x.files["report.json"]), tablesOf(t, teamJSON)
	said := string(x.files["report.md"])
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			name, caption := fmt.Sprintf("x%d", i), fmt.Sprintf("What is asked as number %d", i)
			seen := 0
			for _, n := range manifest.Numbers {
				if n.Name != name && !strings.HasPrefix(n.Name, name+":") {
					continue
				}
				seen++
				if want := numbers[n.Name]; n.N == nil || want != fmt.Sprint(*n.N, " of ", n.Of) {
					t.Errorf("%+v in the edition and %s in the report", n, want)
				}
				if n.Label == "" || n.Label == n.Name {
					t.Errorf("%s is called %q in words", n.Name, n.Label)
				}
			}
			if seen == 0 {
				t.Error("no number of it is in the manifest")
			}
			if len(printed[caption]) != tt.rows {
				t.Errorf("its table has %d rows, not %d: %v", len(printed[caption]), tt.rows, printed[caption])
			}
			for row, cells := range printed[caption] {
				for head, text := range cells {
					// The edition says how far the study goes in a year.
					year := strings.NewReplacer("January to August 2015", "2015")
					if w, ok := want[caption][year.Replace(row)][year.Replace(head)]; !ok || w != text {
						t.Errorf("%s, %s: %q in the edition, %q in the report", row, head, text, w)
					}
				}
			}
			_, part, _ := strings.Cut(said, "## Part "+string(rune('A'+i))+"\n")
			part, _, _ = strings.Cut(part, "\n## ")
			if !strings.Contains(part, tt.says) {
				t.Errorf("%q is not said:\n%s", tt.says, part)
			}
			for _, n := range regexp.MustCompile(`\d+ of \d+ \(\d+\.\d%\)|\d+ of \d+ people are coded`).FindAllString(part, -1) {
				if !strings.Contains(string(own), n) {
					t.Errorf("%q stands nowhere in the report", n)
				}
			}
			if len(strings.TrimSpace(part)) < 10 {
				t.Errorf("nothing of it is printed: %s", part)
			}
		})
	}
	for _, says := range []string{"of 29 people. The others are not zeros", "They are no estimate", "nobody confirmed", "carry no sampling interval", "12 of 124 statements"} {
		if !strings.Contains(said, says) {
			t.Errorf("%q is not said", says)
		}
	}
}
