package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
)

// hostile holds what Markdown, XML and Word would read as something else.
var hostile = []string{
	"*no* _emphasis_ **here**", "# no heading", "1. no list", "- no list", "[no](https://link.example)", "<script>alert(1)</script>",
	"a & b < c > d \"e\"", "`no code`", "| no | cell |", "]]> </w:t></w:r>", "\x00\x01\x0b\u0085control", "&amp; stays", "  blanks at both ends  ",
	"tab\tand\nline", "\\ back \\* slash", "العربية من اليمين", "日本語", "~~no~~ [^1]", "https://address.example/x_y_z", "2. ", "+ no list", "=== no heading",
}

func sample() *Document {
	d := &Document{Title: "A <report> & more", Program: "recount 0", When: "2014-05-14T12:00:00Z", Notes: [][]Inline{Plain("A note: *x*"), {{Text: "web", Address: "https://x.example/?a=1&b=(2)"}}}}
	for _, s := range hostile {
		d.Blocks = append(d.Blocks, Block{Kind: Paragraph, Text: Plain(s)})
	}
	d.Blocks = append(d.Blocks,
		Block{Kind: Heading, Level: 2, Text: Plain("First")},
		Block{Kind: Paragraph, Text: []Inline{{Text: "strong ", Strong: true}, {Text: "and emphasis", Emphasis: true}, {Note: 1}, {Break: true}, {Text: "x|y", Code: true}, {Text: " `z`", Code: true}, {Text: "a link", Address: "https://x.example/a b"}, {Note: 2}, {Text: "again"}, {Note: 1}}},
		Block{Kind: Heading, Level: 3, Text: Plain("Second")},
		Block{Kind: ListItem, Level: 1, Text: Plain("one")}, Block{Kind: ListItem, Level: 2, Text: Plain("one below")}, Block{Kind: ListItem, Level: 1, Number: "7.", Text: Plain("seven")},
		Block{Kind: Quotation, Text: Plain("said")}, Block{Kind: Code, Text: []Inline{{Text: "a\n  b", Code: true}}}, Block{Kind: Rule},
		Block{Kind: TableBlock, Table: &Table{Caption: "T", Head: []string{"", "n|m"}, Numeric: []bool{false, true}, Rows: [][]Cell{{{Text: Plain("a|b"), Deep: true}, {Text: Plain("1")}}, {{Text: Plain("short")}}}}},
		Block{Kind: Heading, Level: 2, Text: Plain("Third")},
		Block{Kind: PictureBlock, Picture: &Picture{Width: 600, Height: 100, SVG: []byte("<svg/>"), PNG: []byte("png"), Alt: `a "bar" <b> & more`}},
		Block{Kind: PictureBlock, Picture: &Picture{Width: 600, Height: 2000, SVG: []byte("<svg/>"), PNG: []byte("png")}},
	)
	return d
}

func parts(t *testing.T, d *Document) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Word(&b); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range r.File {
		o, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		p, err := io.ReadAll(o)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(p)
	}
	return out
}

var (
	styleUse   = regexp.MustCompile(`<w:(?:pStyle|rStyle|tblStyle|basedOn|next) w:val="([^"]+)"`)
	styleMade  = regexp.MustCompile(`w:styleId="([^"]+)"`)
	linkUse    = regexp.MustCompile(`r:id="([^"]+)"`)
	embedUse   = regexp.MustCompile(`r:embed="([^"]+)"`)
	mediaMade  = regexp.MustCompile(`Target="(media/[^"]+)"`)
	linkMade   = regexp.MustCompile(` Id="([^"]+)"`)
	noteUse    = regexp.MustCompile(`<w:footnoteReference w:id="(\d+)"`)
	noteMade   = regexp.MustCompile(`<w:footnote w:id="(\d+)"`)
	partMade   = regexp.MustCompile(`PartName="/([^"]+)"`)
	anchorUse  = regexp.MustCompile(`w:anchor="([^"]+)"`)
	anchorMade = regexp.MustCompile(`<w:bookmarkStart w:id="\d+" w:name="([^"]+)"`)
	wordText   = regexp.MustCompile(`<w:t xml:space="preserve">([^<]*)</w:t>`)
)

func all(re *regexp.Regexp, s string) (out []string) {
	for _, m := range re.FindAllStringSubmatch(s, -1) {
		out = append(out, m[1])
	}
	return out
}

// A Word file that refers to something it does not hold is repaired when it is
// opened, or not opened.
func TestWordFileHoldsWhatItRefersTo(t *testing.T) {
	p := parts(t, sample())
	for name, s := range p {
		if strings.HasSuffix(name, ".png") {
			continue
		}
		d := xml.NewDecoder(strings.NewReader(s))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s is no XML: %v", name, err)
			}
		}
	}
	within := func(what string, used, made []string) {
		t.Helper()
		if len(used) == 0 {
			t.Errorf("no %s is used", what)
		}
		for _, u := range used {
			if !slices.Contains(made, u) {
				t.Errorf("%s %q is used and not there", what, u)
			}
		}
	}
	doc, notes := p["word/document.xml"], p["word/footnotes.xml"]
	within("style", append(all(styleUse, doc+notes), all(styleUse, p["word/styles.xml"])...), append(all(styleMade, p["word/styles.xml"]), "Normal"))
	within("link", all(linkUse, doc), all(linkMade, p["word/_rels/document.xml.rels"]))
	within("picture", all(embedUse, doc), all(linkMade, p["word/_rels/document.xml.rels"]))
	for _, name := range all(mediaMade, p["word/_rels/document.xml.rels"]) {
		if p["word/"+name] == "" {
			t.Errorf("picture %s is named and not there", name)
		}
	}
	if n := len(all(embedUse, doc)); n != 4 {
		t.Errorf("%d embedded pictures, want two charts as pixels and as vectors", n)
	}
	within("link of a note", all(linkUse, notes), all(linkMade, p["word/_rels/footnotes.xml.rels"]))
	within("note", all(noteUse, doc), all(noteMade, notes))
	within("heading of the contents", all(anchorUse, doc), all(anchorMade, doc))
	for _, name := range all(partMade, p["[Content_Types].xml"]) {
		if p[name] == "" {
			t.Errorf("part %s is named and not there", name)
		}
	}
	made := all(anchorMade, doc)
	if slices.Sort(made); len(slices.Compact(made)) != len(all(anchorMade, doc)) {
		t.Error("two bookmarks have one name")
	}
}

// A note that is named twice stands once, or programs count it twice and every
// later number is that of another note.
func TestWordNotesStandOnce(t *testing.T) {
	doc := parts(t, sample())["word/document.xml"]
	if got := strings.Join(all(noteUse, doc), " "); got != "1 2" {
		t.Errorf("notes stand as %s, want each once and in order", got)
	}
	again := regexp.MustCompile(`NOTEREF (\w+) `).FindAllStringSubmatch(doc, -1)
	if len(again) != 1 || !slices.Contains(all(anchorMade, doc), again[0][1]) {
		t.Errorf("named again are %v, bookmarks are %v", again, all(anchorMade, doc))
	}
}

// What is text stays text, letter by letter, in both forms.
func TestTextStaysText(t *testing.T) {
	d := sample()
	doc := parts(t, d)["word/document.xml"]
	var said strings.Builder
	for _, s := range all(wordText, doc) {
		said.WriteString(html.UnescapeString(s) + " ")
	}
	var md bytes.Buffer
	if err := d.Markdown(&md); err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote)).Convert(md.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	tree, err := html.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	var paragraphs []string
	var text func(n *html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		s := ""
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			s += text(c)
		}
		return s
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "p" {
			paragraphs = append(paragraphs, strings.Join(strings.Fields(text(n)), " "))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(tree)
	visible := strings.NewReplacer("\x00", "", "\x01", "", "\x0b", "", "\u0085", "")
	for _, s := range hostile {
		want := strings.Join(strings.Fields(visible.Replace(s)), " ")
		if !strings.Contains(strings.Join(strings.Fields(said.String()), " "), want) {
			t.Errorf("Word: %q is not there", want)
		}
		if !slices.ContainsFunc(paragraphs, func(p string) bool { return visible.Replace(p) == want || strings.ReplaceAll(p, "\uFFFD", "") == want }) {
			t.Errorf("Markdown: %q is no paragraph of its own", want)
		}
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	if err := sample().Word(&a); err != nil {
		t.Fatal(err)
	}
	if err := sample().Word(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same document gave other bytes")
	}
}

func ExampleDocument_Markdown() {
	d := Document{Title: "Leaving", Notes: [][]Inline{Plain("Jana Reest; Tomas Hedrin.")}, Blocks: []Block{
		{Kind: Paragraph, Text: []Inline{{Text: "2 of 29"}, {Note: 1}, {Text: " are named."}}},
	}}
	var b bytes.Buffer
	if err := d.Markdown(&b); err != nil {
		fmt.Println(err)
	}
	fmt.Print(b.String())
	// Output:
	// # Leaving
	//
	// 2 of 29[^1] are named.
	//
	// [^1]: Jana Reest; Tomas Hedrin.
}

// Neighbours that look alike are one emphasis in Markdown.
func TestMarkdownJoinsWhatLooksAlike(t *testing.T) {
	for _, tt := range []struct {
		text []Inline
		want string
	}{
		{[]Inline{{Text: "Pages", Strong: true}, {Text: ".", Strong: true}, {Text: " 34"}}, "**Pages.** 34"},
		{[]Inline{{Text: "Pages", Strong: true, ID: "pages"}, {Text: ". ", Strong: true}, {Text: "34"}}, "**Pages.** 34"},
		{[]Inline{{Text: "a", Emphasis: true}, {Text: "b", Emphasis: true}}, "*ab*"},
		{[]Inline{{Text: "a", Code: true}, {Text: "b", Code: true}}, "`ab`"},
		{[]Inline{{Text: "a"}, {Note: 1}, {Text: "b"}}, "a[^1]b"},
		{[]Inline{{Text: "a", Strong: true}, {Break: true}, {Text: "b", Strong: true}}, "**a**  \n**b**"},
		{[]Inline{{Text: "a", Address: "https://a.test"}, {Text: "b", Address: "https://b.test"}}, "[a](https://a.test)[b](https://b.test)"},
	} {
		d := Document{Title: "T", Blocks: []Block{{Kind: Paragraph, Text: tt.text}}, Notes: [][]Inline{{{Text: "n"}}}}
		var b strings.Builder
		if err := d.Markdown(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "\n"+tt.want+"\n") {
			t.Errorf("%v: got %q, want %q", tt.text, b.String(), tt.want)
		}
	}
}

// A column of a Word table has room for the longest word of its head, which is
// bold, and for a number with its range in one line, while there is room at all.
func TestWordColumnsCutNoWord(t *testing.T) {
	for _, tt := range []struct {
		head []string
		row  []string
	}{
		{[]string{"", "man", "woman", "all"}, []string{"The Order fights its neighbours, its own or nobody it promised to fight", "12 [11 or 12]", "4", "14 of 29 [13 or 14]"}},
		{[]string{"Variable", "accepted", "share", "range"}, []string{"Life was not what was promised, or was to be thrown away", "10 of 29", "34.5%", "10 to 12"}},
		{[]string{"independent originals", "people", "nonbinary", "organisation"}, []string{"three or more", "3", "0", "2"}},
	} {
		cells := func(words []string) (out []Cell) {
			for _, w := range words {
				out = append(out, Cell{Text: Plain(w)})
			}
			return out
		}
		table := Table{Head: tt.head, Rows: [][]Cell{cells(tt.row)}, Numeric: []bool{false, true, true, true}}
		widths, _ := table.widths()
		for i, width := range widths {
			for _, word := range strings.Fields(tt.head[i]) {
				if need := len(word)*(perGlyph*5/4) + edges; width < need {
					t.Errorf("%q: column %d is %d wide, and %q needs %d", tt.head, i, width, word, need)
				}
			}
			if need := len(tt.row[i])*perGlyph + edges; i > 0 && width < need {
				t.Errorf("%q: column %d is %d wide, and %q needs %d", tt.head, i, width, tt.row[i], need)
			}
		}
	}
}

// TestColumnsHoldTheirWords: no column of a table in Word cuts a word, where all
// have room; what is left over is not heaped on one of them, and names over many
// columns of small numbers stand upright.
func TestColumnsHoldTheirWords(t *testing.T) {
	row := func(cells ...string) (out []Cell) {
		for _, c := range cells {
			out = append(out, Cell{Text: Plain(c)})
		}
		return out
	}
	outlets := []string{"", "Lowmoor Evening News", "Veldmark Tribune", "North Quay Herald", "Sudrec Post", "Tarn Press Agency", "Ister Today", "Karsova Observer", "Pelagna Mirror", "CelebLoft"}
	overlap := &Table{Head: outlets, Numeric: []bool{false, true, true, true, true, true, true, true, true, true}}
	for _, o := range outlets[1:] {
		r := row(o, "1", "", "2", "", "", "", "", "", "")
		r[1].Heat = 3
		overlap.Rows = append(overlap.Rows, r)
	}
	tests := []struct {
		name    string
		table   *Table
		upright bool
		most    int // of the whole that one column may take, per cent
	}{
		{"few short rows", &Table{Head: []string{"", "people", "share", "range"}, Numeric: []bool{false, true, true, false}, Rows: [][]Cell{row("man", "25 of 29", "86.2%", "23 to 25, 85.2% to 86.2%"), row("woman", "4 of 29", "13.8%", "")}}, false, 60},
		{"long heads over numbers", &Table{Head: []string{"without", "people still counted", "people of whom only this outlet speaks", "the share that moves most"}, Numeric: []bool{false, true, true, false},
			Rows: [][]Cell{row("Skarhaven Evening Post", "28", "1", "Reasons for leaving the Harrow Order, The Order fights its neighbours, its own or nobody it promised to fight: 34.5% becomes 29.6%")}}, false, 70},
		{"one column of text", &Table{Head: []string{"code", "people", "of them in two or more", "in one only"}, Numeric: []bool{false, true, true, true}, Rows: [][]Cell{row("The Order fights its neighbours, its own or nobody it promised to fight", "10", "3", "7")}}, false, 80},
		{"eight columns", &Table{Head: []string{"when", "by", "database and search string", "hits", "offered then", "new", "known already", "refused"}, Numeric: []bool{false, false, false, true, true, true, true, true}, Rows: [][]Cell{row("2 December 2026", "analyst", "the example pages", "", "34", "34", "0", "0")}}, false, 40},
		{"a heat table of nine outlets", overlap, true, 40},
	}
	for _, tt := range tests {
		if tt.table.Upright() != tt.upright {
			t.Errorf("%s: upright %v", tt.name, tt.table.Upright())
		}
		widths, small := tt.table.widths()
		sum, glyph := 0, perGlyph
		if small {
			glyph = perGlyph * smallText / tableText
		}
		for i, w := range widths {
			sum += w
			longest := ""
			cells := []string{tt.table.Head[i]}
			if tt.upright {
				cells = nil
			}
			for _, r := range tt.table.Rows {
				cells = append(cells, Words(r[i].Text))
			}
			for _, c := range cells {
				for _, word := range strings.Fields(c) {
					if len(word) > len(longest) {
						longest = word
					}
				}
			}
			if w < len(longest)*glyph+edges {
				t.Errorf("%s: column %d is %d wide and cuts %q", tt.name, i, w, longest)
			}
			if w*100 > measure*tt.most {
				t.Errorf("%s: column %d takes %d of %d", tt.name, i, w, measure)
			}
		}
		if sum > measure || sum < measure-100 {
			t.Errorf("%s: the columns take %d of %d", tt.name, sum, measure)
		}
	}
}
