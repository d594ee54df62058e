package table

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"recount"
	"recount/internal/text/document"
)

// sampleWorkbook writes testdata/articles.xlsx: two sheets of articles, dates
// by cell format, a row of a title above the header, and a sheet of notes.
func sampleWorkbook(f *excelize.File) {
	day := "d mmmm yyyy"
	dates, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &day})
	f.SetSheetName("Sheet1", "May")
	f.SetSheetRow("May", "A1", &[]any{"Coverage of the ferry"})
	f.SetSheetRow("May", "A3", &[]any{"Headline", "Author", "Outlet", "Date", "Link", "Text"})
	f.SetSheetRow("May", "A4", &[]any{"Ferry to Gull Point late for a third week", "Ada Quill", "The Harbour Post", 44320, "https://harbour.news.example/2021/05/04/ferry-late",
		"The ferry to Gull Point was late again on Tuesday, the third week in a row.\n“We stood there for an hour,” said Maud Tern, who takes it every day."})
	f.SetSheetRow("May", "A5", &[]any{"Bakery says it never ordered a ferry part", "", "Gull Point Gazette", 44323, "read", ""})
	f.SetCellHyperLink("May", "E5", "https://gazette.news.example/bakery", "External")
	f.SetCellStyle("May", "D4", "D5", dates)
	f.NewSheet("June")
	f.SetSheetRow("June", "A1", &[]any{"text", "title", "source", "publish date"})
	f.SetSheetRow("June", "A2", &[]any{"The quay has been painted blue.\nNobody knows by whom.", "Quay painted", "Gull Point Gazette", "2021-06-01"})
	f.SetSheetRow("June", "A3", &[]any{"", "A row without text", "Gull Point Gazette", "2021-06-02"})
	f.NewSheet("Notes")
	f.SetSheetRow("Notes", "A1", &[]any{"collected by hand"})
}

// TestSamples compares the samples of each form with a truth made by hand.
// UPDATE=1 writes the workbook again.
func TestSamples(t *testing.T) {
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/articles.xlsx", workbookOf(t, sampleWorkbook), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	type article struct{ Part, Title, Outlet, Published, Byline, URL, First, Last string }
	var truth map[string]struct {
		Articles    []article
		Left, Leads []string
	}
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/*.*")
	for _, path := range files {
		name := filepath.Base(path)
		if name == "truth.json" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			want, ok := truth[name]
			if !ok {
				t.Fatal("the truth does not name this file")
			}
			payload, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !Is(payload, "unnamed") {
				t.Error("Is = false without a name to help")
			}
			set, err := Read(payload, document.Options{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			found(t, payload, set)
			if len(set.Drafts) != len(want.Articles) {
				t.Fatalf("%d articles, want %d\n%s", len(set.Drafts), len(want.Articles), show(set))
			}
			for i, d := range set.Drafts {
				w := want.Articles[i]
				first, last := d.Paragraphs[0].Text, d.Paragraphs[len(d.Paragraphs)-1].Text
				got := article{d.Part, said(d, "title"), said(d, "outlet"), said(d, "published"), said(d, "byline"), said(d, "url"), w.First, w.Last}
				if !strings.HasPrefix(first, w.First) || !strings.HasSuffix(last, w.Last) {
					got.First, got.Last = first, last
				}
				if strings.HasPrefix(got.Published, w.Published) || name == "artikel-windows.csv" {
					got.Published = w.Published // a time of day, or a date that package metadata reads
				}
				if got != w {
					t.Errorf("article %d:\n%+v\nwant\n%+v", i+1, got, w)
				}
			}
			var leads, left []string
			for _, l := range set.Leads {
				leads = append(leads, l.URL)
			}
			for _, l := range set.Left {
				left = append(left, l.Where+": "+l.Reason)
			}
			if !slices.Equal(leads, want.Leads) || !slices.Equal(left, want.Left) {
				t.Errorf("leads %q, left %q; want %q, %q", leads, left, want.Leads, want.Left)
			}
		})
	}
}

func said(d document.Draft, field string) string {
	i := slices.IndexFunc(d.Facts, func(c recount.Candidate) bool { return c.Field == field })
	if i < 0 {
		return ""
	}
	return d.Facts[i].Value
}
