package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/report/prose"
)

// TestFigures checks the order of groups, their words, and what stands beside
// a number.
func TestFigures(t *testing.T) {
	x := NewIndex(newSample())
	groups := figureGroups(x)
	if len(groups) != 2 || groups[0].Apart() != "number lost" || groups[1].Apart() != "they agree" {
		t.Fatalf("groups = %+v; the one whose figures differ comes first", groups)
	}
	g := groups[0]
	if got, want := g.Title(), "keepers, have gone from 1 January 2019 to 14 May 2019"; got != want {
		t.Errorf("Title = %q, want %q", got, want)
	}
	if n := len(g.Evidence.Items); n != 2 {
		t.Errorf("a reprint was counted as an original: %d, want 2", n)
	}
	if got := g.Rows[2].Reason; got != "the number of 14 May 2019 is lost" {
		t.Errorf("a reason has dates of machines: %q", got)
	}
	if n := len(statingGroups(groups, "Have GONE")); n != 1 {
		t.Errorf("%d groups match in another case, want 1", n)
	}
	top := mostStated(figureRows(x), 2)
	if len(top) != 2 || top[0].Wording != "at least 40 keepers" && top[1].Wording != "at least 40 keepers" {
		t.Errorf("Top = %+v, want the words of the articles", top)
	}
	dir := written(t)["study"]
	for page, want := range map[string]string{
		"index.html":          "The program had missed|No outlet's figure fits “owls”|counted here|keepers, have gone",
		"numbers/people.html": "counted here|keepers, have gone|a keeper until 2018",
		"numbers/nobody.html": "No outlet's figure fits “owls”",
		"figures.html":        "number lost|About 40% of the keepers|14 May 2019",
		"all-figures.html":    "says the union|40%|Le Phare",
	} {
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(page)))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, w := range strings.Split(want, "|") {
			if !strings.Contains(strings.ToLower(string(b)), strings.ToLower(w)) {
				t.Errorf("%s does not say %q", page, w)
			}
		}
	}
}

// TestMissRate checks what the reports say before, between and after reading.
func TestMissRate(t *testing.T) {
	tests := []struct {
		name         string
		drawn, read  bool
		want, refuse string
	}{
		{"nothing drawn", false, false, "3</a> articles are proposed, in an order as good as chance", "Wilson"},
		{"drawn and not read", true, false, "nobody has read it to the end", "Wilson"},
		{"read", true, true, "</a> statements (50.0%, 95% Wilson interval 9.5% to 90.5%; statements of one article are not independent", "is not known"},
	}
	for _, tt := range tests {
		m := newSample()
		if !tt.read {
			m.Miss.Read, m.Miss.Accepted, m.Miss.Statements, m.Miss.Missed = nil, nil, 0, 0
		}
		if !tt.drawn {
			m.Miss.Drawn, m.Miss.Left = 0, nil
		}
		s, err := Pile(m)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "pile")
		if err := s.Write(dir); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		_, wrong, _ := strings.Cut(string(b), `id="wrong"`)
		if !strings.Contains(wrong, tt.want) || strings.Contains(wrong, tt.refuse) {
			t.Errorf("%s: it says %s", tt.name, wrong)
		}
	}
}

// TestShortList: what the terminal shows fits one screen.
func TestShortList(t *testing.T) {
	lines, last := 0, ""
	for _, n := range Numbers(newSample()) {
		if n.Detail {
			continue
		}
		if lines++; n.Section != last {
			lines++ // an empty line
			last = n.Section
		}
	}
	if lines < 15 || lines > 28 {
		t.Errorf("the short list has %d lines", lines)
	}
}

// The figure with which the others are compared was stated first only if no other
// was printed before it; what was taken back is said to be withdrawn.
func TestWhoStatedItFirst(t *testing.T) {
	row := func(day, relation string) figureRow {
		return figureRow{Relation: prose.Compared(relation, "", recount.ReportedFigure{}), cited: Citation{Article: &recount.Article{Published: day}}}
	}
	tests := []struct {
		name string
		rows []figureRow
		want string
	}{
		{"the earliest", []figureRow{row("2014-05-14", "reference"), row("2014-05-15", "agrees")}, "stated first"},
		{"on one day", []figureRow{row("2014-05-14", "reference"), row("2014-05-14", "agrees")}, "stated first"},
		{"after one that was withdrawn", []figureRow{row("2014-05-15", "reference"), row("2014-05-14", "withdrawn")}, "first specific figure"},
		{"after a vague one", []figureRow{row("2014-05-15", "reference"), row("2014-05-14", "degraded")}, "first specific figure"},
		{"after one that cannot be", []figureRow{row("2014-05-15", "reference"), row("2014-05-14", "impossible")}, "first specific figure"},
		{"a reprint is older", []figureRow{row("2014-05-15", "reference"), row("2014-05-14", "copy")}, "first specific figure"},
		{"the other has a month only", []figureRow{row("2014-05-15", "reference"), row("2014-04", "agrees")}, "first specific figure"},
		{"the other has no day", []figureRow{row("2014-05-15", "reference"), row("", "agrees")}, "stated first"},
		{"it has no day itself", []figureRow{row("", "reference"), row("2014-05-15", "agrees")}, "first specific figure"},
		{"all without a day", []figureRow{row("", "reference"), row("", "agrees")}, "stated first"},
	}
	for _, tt := range tests {
		g := figureGroup{Rows: tt.rows}
		g.first()
		if got := g.Rows[0].Relation; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	back := []struct {
		relation, reason string
		withdrawn        bool
		want             string
	}{
		{"conflict", "withdrawn: The Post names it to take it back", true, "withdrawn"},
		{"conflict", "withdrawn by The Post", false, "withdrawn"},
		{"conflict", "the number is another one", true, "withdrawn"},
		{"conflict", "both cannot be right", false, "conflict"},
		{"conflict", "denied here", false, "conflict"},
		{"agrees", "withdrawn by nobody", false, "agrees"},
		{"reference", "the first specific figure", false, "stated first"},
		{"degraded", "the number is lost", false, "less exact"},
	}
	for _, tt := range back {
		if got := prose.Compared(tt.relation, tt.reason, recount.ReportedFigure{Withdrawn: tt.withdrawn}); got != tt.want {
			t.Errorf("%s, %s, withdrawn %v: called %q, want %q", tt.relation, tt.reason, tt.withdrawn, got, tt.want)
		}
	}
}

// A whole stands behind a figure only where the article says that it is one.
func TestWholesOfTheArticle(t *testing.T) {
	m := newSample()
	a := m.Articles[slices.IndexFunc(m.Articles, func(a *recount.Article) bool { return a.Outlet == "Coast Wire" })] // "Two keepers have left the Lamp Board since April. ... At least 40 keepers have gone, said the union."
	for of, want := range map[string]string{"Two keepers": "keepers", "At least 40": "keepers (of At least 40 keepers)"} {
		part := recount.ReportedFigure{Key: "part", Article: a.Key, Span: at(a.Text, "gone"), Kind: recount.ShareFigure, Value: &recount.Decimal{Digits: 5, Places: 1}, Qualifier: recount.Exact, Unit: "keepers", Of: 1}
		whole := recount.ReportedFigure{Key: "whole", Article: a.Key, Span: at(a.Text, of), Kind: recount.CountFigure, Value: &recount.Decimal{Digits: 40}, Qualifier: recount.AtLeast, Unit: "keepers", Of: -1}
		m.Figures[a.Key] = []recount.ReportedFigure{part, whole}
		if r, ok := newFigureRow(NewIndex(m), a, part); !ok || r.Counted != want {
			t.Errorf("part of %q: counted %q (%v), want %q", of, r.Counted, ok, want)
		}
	}
}

// Wherever a paper's figure is set beside another one, what is said of it stands with its
// reason, in every form of the report that comes with recount and of a study's own.
func TestNoVerdictWithoutItsReason(t *testing.T) {
	m := newSample()
	m.Annex = &Annex{}
	forms := everyForm(t, standardSite(t, "said", m))
	seen := 0
	for _, g := range figureGroups(NewIndex(m)) {
		for _, row := range g.Rows {
			if row.Reprint || row.Reason == "" {
				continue
			}
			seen++
			for _, form := range []string{"Word", "Markdown", "front page", "JSON"} {
				if said := strings.ReplaceAll(forms[form], "&#34;", "\""); !strings.Contains(said, row.Reason) && !strings.Contains(said, strings.ReplaceAll(row.Reason, "\"", "\\\"")) {
					t.Errorf("%s: %q of %s without %q", form, row.Relation, row.Outlet, row.Reason)
				}
			}
		}
	}
	if seen < 2 {
		t.Errorf("%d verdicts with a reason in the sample", seen)
	}
}
