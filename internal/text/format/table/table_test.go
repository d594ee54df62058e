package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"recount"
	"recount/internal/text/document"
)

// show writes a set so that a test can compare it in words.
func show(s document.Set) string {
	var b strings.Builder
	facts := func(list []recount.Candidate) {
		for _, f := range list {
			b.WriteString("  " + f.Field + "=" + f.Value + " (" + f.Origin + ")\n")
		}
	}
	for _, d := range s.Drafts {
		b.WriteString("draft " + d.Part + " at " + d.Range + "\n")
		facts(d.Facts)
		for _, p := range d.Paragraphs {
			b.WriteString("  " + p.Path + " " + string(p.Role) + ": " + p.Text + "\n")
		}
		for _, n := range d.Notes {
			b.WriteString("  note: " + n + "\n")
		}
	}
	for _, l := range s.Leads {
		b.WriteString("lead " + l.URL + " at " + l.Range)
		if l.File != "" {
			b.WriteString(" file " + l.File)
		}
		b.WriteString("\n")
		facts(l.Facts)
	}
	for _, l := range s.Left {
		b.WriteString("left " + l.Where + ": " + l.Reason + "\n")
	}
	for _, n := range s.Notes {
		b.WriteString("note " + n + "\n")
	}
	return b.String()
}

// found fails the test unless Find gives every paragraph of s again.
func found(t testing.TB, payload []byte, s document.Set) {
	t.Helper()
	seen := map[string]bool{}
	for _, d := range s.Drafts {
		for _, p := range d.Paragraphs {
			if seen[p.Path] {
				t.Errorf("path %s comes twice", p.Path)
			}
			seen[p.Path] = true
			if got, ok := Find(payload, p.Path); !ok || got != p.Text {
				t.Errorf("Find(%s) = %q, %v; want %q", p.Path, got, ok, p.Text)
			}
		}
	}
}

func TestReadText(t *testing.T) {
	tests := []struct {
		name    string
		in      string
		columns map[string]string
		want    string
	}{
		{"a comma and quoted line breaks",
			"Title,Publication Date,Text,URL\r\nFerry late,2021-05-04,\"The ferry was late.\r\n\r\nNobody said \"\"why\"\", they said.\",https://harbour.news.example/1\r\nNo text,,,https://harbour.news.example/2\r\n,,,\r\nNothing at all,2021,,\r\n",
			nil,
			`draft row 2 at row 2
  title=Ferry late (column Title)
  published=2021-05-04 (column Publication Date)
  url=https://harbour.news.example/1 (column URL)
  row[2]/text/p[1] : The ferry was late.
  row[2]/text/p[2] : Nobody said "why", they said.
lead https://harbour.news.example/2 at row 3
  title=No text (column Title)
  url=https://harbour.news.example/2 (column URL)
left row 5: neither text nor an address
`},
		{"a semicolon, German names, sep line and a byte order mark",
			"\xef\xbb\xbfsep=;\nÜberschrift;Veröffentlicht am;Volltext;Quelle\nFähre;4.5.2021;\"Die Fähre kam; zu spät.\";Hafenbote\n",
			nil,
			`draft row 2 at row 2
  title=Fähre (column Überschrift)
  outlet=Hafenbote (column Quelle)
  published=4.5.2021 (column Veröffentlicht am)
  row[2]/text/p[1] : Die Fähre kam; zu spät.
`},
		{"a column that the user named",
			"a,b,c\n1,First words,x\n2,Second words,y\n",
			map[string]string{"text": "B", "date": "a"},
			`draft row 2 at row 2
  published=1 (column a)
  row[2]/cell[2]/p[1] : First words
draft row 3 at row 3
  published=2 (column a)
  row[3]/cell[2]/p[1] : Second words
note columns that were not used: c
`},
		{"columns named by number where there is no header",
			"https://a.news.example/1\tThe pier is closed.\nhttps://a.news.example/2\tThe pier is open.\n",
			map[string]string{"url": "1", "text": "2"},
			`draft row 1 at row 1
  url=https://a.news.example/1 (column 1)
  row[1]/cell[2]/p[1] : The pier is closed.
draft row 2 at row 2
  url=https://a.news.example/2 (column 1)
  row[2]/cell[2]/p[1] : The pier is open.
`},
		{"ragged rows are named",
			"title,text,url\none,first text,https://a.news.example/1\ntwo,second, with a comma,https://a.news.example/2\nthree\n",
			nil,
			`draft row 2 at row 2
  title=one (column title)
  url=https://a.news.example/1 (column url)
  row[2]/text/p[1] : first text
left row 3: 4 cells under a header of 3
left row 4: one cell under a header of 3
`},
		{"JSON Lines with a broken line and an author list",
			`{"headline":"Ferry late","body":"One.\nTwo.","authors":["Ada Quill","Ben Oar"],"published_at":1620119700,"source":{"id":null,"name":"The Harbour Post"}}` + "\n{broken\n" + `{"headline":"Pier","url":"https://a.news.example/p"}` + "\n",
			nil,
			`draft line 1 at line 1
  title=Ferry late (column headline)
  byline=Ada Quill; Ben Oar (column authors)
  outlet=The Harbour Post (column source)
  published=2021-05-04T09:15:00Z (column published_at)
  row[1]/text/p[1] : One.
  row[1]/text/p[2] : Two.
lead https://a.news.example/p at line 3
  title=Pier (column headline)
  url=https://a.news.example/p (column url)
left line 2: no JSON object
`},
		{"GDELT DOC JSON: seendate is no date of publication",
			`{"articles": [ { "url": "https://a.news.example/1", "url_mobile": "", "title": "Ferry", "seendate": "20210504T091500Z", "domain": "a.news.example", "language": "English", "sourcecountry": "Freedonia" } ] }`,
			nil,
			`lead https://a.news.example/1 at item 1
  title=Ferry (GDELT column title)
  outlet=a.news.example (GDELT column domain)
  seen=20210504T091500Z (GDELT column seendate)
  language=English (GDELT column language)
  country=Freedonia (GDELT column sourcecountry)
  url=https://a.news.example/1 (column url)
note columns that were not used: url_mobile
`},
		{"a list of addresses with a comment",
			"# found on Monday\nhttps://a.news.example/1\n\nhttps://a.news.example/2,5\n",
			nil,
			`lead https://a.news.example/1 at line 2
  url=https://a.news.example/1 (line of the list)
lead https://a.news.example/2,5 at line 4
  url=https://a.news.example/2,5 (line of the list)
`},
		{"the order of day and month is taken from the whole column",
			"url,title,date\nhttps://a.news.example/1,One,03/04/2015 09:20\nhttps://a.news.example/2,Two,14/05/2015\n",
			nil,
			`lead https://a.news.example/1 at row 2
  title=One (column title)
  published=2015-04-03T09:20 (column date, day first as row 3 shows)
  url=https://a.news.example/1 (column url)
lead https://a.news.example/2 at row 3
  title=Two (column title)
  published=2015-05-14 (column date, day first as row 3 shows)
  url=https://a.news.example/2 (column url)
`},
		{"dates that can be read both ways stay as they are",
			"url,title,date\nhttps://a.news.example/1,One,03/04/2015\n",
			nil,
			`lead https://a.news.example/1 at row 2
  title=One (column title)
  published=03/04/2015 (column date)
  url=https://a.news.example/1 (column url)
note nothing in the column date shows whether the day or the month comes first in its dates (row 2): they are not read
`},
		{"Zotero's own table",
			"\"Key\",\"Item Type\",\"Author\",\"Title\",\"Publication Title\",\"Url\",\"Date\",\"Date Added\",\"Date Modified\",\"File Attachments\"\n\"AB12\",\"newspaperArticle\",\"Quill, Ada; Oar, Ben\",\"Ferry\",\"The Harbour Post\",\"https://a.news.example/1\",\"2021-05-04\",\"2022-01-01 10:00:00\",\"2022-01-02 10:00:00\",\"files/3/a.pdf; files/2/a.html\"\n",
			nil,
			`lead https://a.news.example/1 at row 2 file files/2/a.html
  title=Ferry (Zotero column Title)
  byline=Ada Quill; Ben Oar (Zotero column Author)
  outlet=The Harbour Post (Zotero column Publication Title)
  published=2021-05-04 (Zotero column Date)
  collected=2022-01-01 10:00:00 (Zotero column Date Added)
  collected=2022-01-02 10:00:00 (Zotero column Date Modified)
  url=https://a.news.example/1 (column Url)
note columns that were not used: Key, Item Type
`},
		{"an address in place of the text",
			"article,title\nhttps://a.news.example/1,Ferry\n",
			nil,
			`lead https://a.news.example/1 at row 2
  title=Ferry (column title)
  url=https://a.news.example/1 (column article)
`},
		{"a line that a program wrapped, and breaks written as letters",
			"id,text\n1,\"The ferry to Gull Point was late again on Tuesday, the third week in\na row.\nNobody said why.\"\n2,One.\\nTwo.\n",
			nil,
			`draft row 2 at row 2
  id=1 (column id)
  row[2]/text/p[1] : The ferry to Gull Point was late again on Tuesday, the third week in a row.
  row[2]/text/p[2] : Nobody said why.
draft row 3 at row 3
  id=2 (column id)
  row[3]/text/p[1] : One.
  row[3]/text/p[2] : Two.
`},
		{"plain text with a link in it keeps its lines; scripts are left out",
			"url,content\nhttps://a.news.example/1,\"One <a href=x>link</a>.\nTwo.\"\nhttps://a.news.example/2,<script>var a;</script><p>One<br>Two<br><br>three</p><svg>x\n",
			nil,
			`draft row 2 at row 2
  url=https://a.news.example/1 (column url)
  row[2]/text/p[1] : One link.
  row[2]/text/p[2] : Two.
draft row 3 at row 3
  url=https://a.news.example/2 (column url)
  row[3]/text/p[1] : One
  row[3]/text/p[2] : Two
  row[3]/text/p[3] : three
  row[3]/text/p[4] : x
`},
		{"formulas are text, and an address in one is read",
			"title,url\n\"=1+1\",\"=HYPERLINK(\"\"https://a.news.example/1\"\",\"\"Read\"\")\"\n@SUM(1),www.news.example/2\n-5,no address\n",
			nil,
			`lead https://a.news.example/1 at row 2
  title==1+1 (column title)
  url=https://a.news.example/1 (column url)
lead https://www.news.example/2 at row 3
  title=@SUM(1) (column title)
  url=https://www.news.example/2 (column url)
left row 4: no text, and no web address in the address column
`},
		{"texts that were cut off say so",
			"text,url\n" + strings.Repeat("a", maxPlain) + ",https://a.news.example/1\nBegins and… [+123 chars],https://a.news.example/2\n",
			nil,
			`draft row 2 at row 2
  url=https://a.news.example/1 (column url)
  row[2]/text/p[1] : ` + strings.Repeat("a", maxPlain) + `
  note: the text is exactly 32767 characters long, where Excel cuts a cell: its end may be missing
draft row 3 at row 3
  url=https://a.news.example/2 (column url)
  row[3]/text/p[1] : Begins and… [+123 chars]
  note: the text says itself that its end was cut off
`},
		{"a title that is the name of a column, and the header twice",
			"Article,,\ntitle,text,url\nFerry,It was late.,https://a.news.example/1\ntitle,text,url\nPier,It was closed.,https://a.news.example/2\n",
			nil,
			`draft row 3 at row 3
  title=Ferry (column title)
  url=https://a.news.example/1 (column url)
  row[3]/text/p[1] : It was late.
draft row 5 at row 5
  title=Pier (column title)
  url=https://a.news.example/2 (column url)
  row[5]/text/p[1] : It was closed.
left row 4: the header once more
note the rows of the table before row 2 stand above the header
`},
		{"HTML in a cell",
			"url,content\nhttps://a.news.example/1,\"<div><h2>Why</h2><p>One &amp; only.</p><p>Two.</p></div>\"\n",
			nil,
			`draft row 2 at row 2
  url=https://a.news.example/1 (column url)
  row[2]/text/p[1] subhead: Why
  row[2]/text/p[2] : One & only.
  row[2]/text/p[3] : Two.
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Read([]byte(tt.in), document.Options{Columns: tt.columns})
			if err != nil {
				t.Fatalf("Read: %v", err)
			}
			if got := show(set); got != tt.want {
				t.Errorf("Read:\n%s\nwant:\n%s", got, tt.want)
			}
			found(t, []byte(tt.in), set)
		})
	}
}

func TestRefusalListsColumns(t *testing.T) {
	for _, columns := range []map[string]string{nil, {"text": "Koppy"}} {
		_, err := Read([]byte("Nr;Blurb;Who\n1;a;b\n2;c;d\n"), document.Options{Columns: columns})
		if !errors.Is(err, recount.ErrRefused) {
			t.Fatalf("Read = %v, want a refusal", err)
		}
		if !strings.Contains(err.Error(), "Nr, Blurb, Who") || !strings.Contains(recount.HintOf(err), "--map text=COLUMN") {
			t.Errorf("refusal = %q, hint %q; want the columns and --map", err, recount.HintOf(err))
		}
		t.Log(err)
	}
}

// workbookOf builds a workbook with excelize, which is another program's idea
// of the format than ours.
func workbookOf(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWorkbook(t *testing.T) {
	payload := workbookOf(t, func(f *excelize.File) {
		day := "dd/mm/yyyy"
		style, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &day})
		stamp, _ := f.NewStyle(&excelize.Style{NumFmt: 22})
		f.SetSheetRow("Sheet1", "A2", &[]any{"Headline", "Date", "Body", "Link", "Source"})
		f.SetSheetRow("Sheet1", "A3", &[]any{"Ferry late", 44320, "The ferry was late.\nSo was the bus.", "https://a.news.example/1", "The Harbour Post"})
		f.SetCellStyle("Sheet1", "B3", "B3", style)
		f.SetSheetRow("Sheet1", "A6", &[]any{"Pier", 44320.5, "", "Read", "The Harbour Post"})
		f.SetCellStyle("Sheet1", "B6", "B6", stamp)
		f.SetCellHyperLink("Sheet1", "D6", "https://a.news.example/pier", "External")
		f.NewSheet("More")
		f.SetSheetRow("More", "A1", &[]any{"url", "text"})
		f.SetSheetRow("More", "A2", &[]any{"https://a.news.example/3", "Third <b>bold</b> text"})
		f.NewSheet("Notes")
		f.SetSheetRow("Notes", "A1", &[]any{"made by Ada"})
	})
	if !Is(payload, "list.bin") {
		t.Error("Is = false for a workbook")
	}
	set, err := Read(payload, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `draft sheet 1 row 3 at sheet "Sheet1", row 3
  title=Ferry late (column Headline)
  outlet=The Harbour Post (column Source)
  published=2021-05-04 (column Date)
  url=https://a.news.example/1 (column Link)
  sheet[1]/row[3]/text/p[1] : The ferry was late.
  sheet[1]/row[3]/text/p[2] : So was the bus.
draft sheet 2 row 2 at sheet "More", row 2
  url=https://a.news.example/3 (column url)
  sheet[2]/row[2]/text/p[1] : Third bold text
lead https://a.news.example/pier at sheet "Sheet1", row 6
  title=Pier (column Headline)
  outlet=The Harbour Post (column Source)
  published=2021-05-04T12:00:00 (column Date)
  url=https://a.news.example/pier (column Link)
left sheet "Notes": no text or address column among: made by Ada
`
	if got := show(set); got != want {
		t.Errorf("Read:\n%s\nwant:\n%s", got, want)
	}
	found(t, payload, set)
}

// TestWorkbookAsExcelize reads the sample as another reader of workbooks does.
func TestWorkbookAsExcelize(t *testing.T) {
	payload, err := os.ReadFile("testdata/articles.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(payload))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	grids, _, err := gridsOf(payload)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range f.GetSheetList() {
		want, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		grids[i].each(func(r row) bool {
			for k, cell := range r.cells {
				if k >= len(want[r.n-1]) && cell == "" {
					continue
				}
				if strings.HasPrefix(cell, "2021-") && len(want[r.n-1][k]) == 5 {
					continue // a date, which raw is a number
				}
				if cell != want[r.n-1][k] {
					t.Errorf("%s row %d cell %d = %q, want %q", name, r.n, k+1, cell, want[r.n-1][k])
				}
			}
			return true
		})
	}
}

func TestOtherSpreadsheetsAreRefused(t *testing.T) {
	var ods bytes.Buffer
	z := zip.NewWriter(&ods)
	w, _ := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	w.Write([]byte("application/vnd.oasis.opendocument.spreadsheet"))
	z.Close()
	xls := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...)
	for name, payload := range map[string][]byte{"a.ods": ods.Bytes(), "a.xls": xls} {
		if !Is(payload, name) {
			t.Errorf("Is(%s) = false", name)
		}
		if _, err := Read(payload, document.Options{}); !errors.Is(err, recount.ErrRefused) || !strings.Contains(recount.HintOf(err), ".xlsx") {
			t.Errorf("Read(%s) = %v, hint %q", name, err, recount.HintOf(err))
		}
	}
	if Is(xls, "a.doc") {
		t.Error("Is = true for an old Word file")
	}
}
