package report

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"recount"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// wordWords returns what a Word file says, with a blank between paragraphs.
func wordWords(t *testing.T, path string) string {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out strings.Builder
	for _, name := range []string{"word/document.xml", "word/footnotes.xml"} {
		f, err := r.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(html.UnescapeString(tags.ReplaceAllString(strings.ReplaceAll(string(b), "</w:p>", " "), "")))
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

var markdownSigns = regexp.MustCompile(`\\([^A-Za-z0-9])`)

// The document says each number that the page says, with the same range.
func TestDocumentSaysTheNumbersOfThePage(t *testing.T) {
	dir := written(t)["study"]
	word := wordWords(t, filepath.Join(dir, WordName))
	b, err := os.ReadFile(filepath.Join(dir, MarkdownName))
	if err != nil {
		t.Fatal(err)
	}
	markdown := strings.Join(strings.Fields(markdownSigns.ReplaceAllString(string(b), "$1")), " ")
	page := parsed(t, dir)["index.html"]
	linked := numbersOfJSON(t, filepath.Join(dir, JSONName))
	looked := 0
	for n := range page.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" || n.Namespace != "" || !strings.HasPrefix(attr(n, "href"), "numbers/") {
			continue
		}
		said := strings.Join(strings.Fields(textOf(n)), " ")
		looked++
		if !strings.Contains(word, said) || !strings.Contains(markdown, said) {
			t.Errorf("the page says %q, and the documents do not", said)
		}
		if !linked[said+" "+attr(n, "href")] {
			t.Errorf("the page says %q, which opens %s, and the JSON does not", said, attr(n, "href"))
		}
	}
	if looked < 50 {
		t.Errorf("the page says only %d numbers", looked)
	}
	for _, want := range []string{"Method", "Sources", "For the team only", "What outlets report", "How wrong it may be"} {
		if !strings.Contains(word, want) || !strings.Contains(markdown, want) {
			t.Errorf("a document says nothing of %q", want)
		}
	}
}

// numbersOfJSON lists the numbers of a report.json with the pages that they open.
func numbersOfJSON(t *testing.T, file string) map[string]bool {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var d document.Document
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	inlines := func(list []document.Inline) {
		for _, x := range list {
			if x.Page != "" {
				out[strings.Join(strings.Fields(x.Text), " ")+" "+x.Page] = true
			}
		}
	}
	var walk func(list []document.Block)
	walk = func(list []document.Block) {
		for _, b := range list {
			inlines(b.Text)
			if b.Table != nil {
				for _, row := range b.Table.Rows {
					for _, c := range row {
						inlines(c.Text)
					}
				}
			}
			walk(b.Blocks)
		}
	}
	walk(d.Blocks)
	return out
}

// Every page of both sites is blocks of a document: Word, Markdown and JSON say
// each of its words that stand in a citation, a heading or a number.
func TestEveryPageIsADocument(t *testing.T) {
	pile, err := Pile(newSample())
	if err != nil {
		t.Fatal(err)
	}
	study, err := Study(sampleStudy())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, s := range []*Site{pile, study} {
		for _, p := range s.pages {
			if p.made == nil {
				continue
			}
			d := &document.Document{Title: "x"}
			d.Blocks, d.Notes = p.made()
			var word, markdown, raw bytes.Buffer
			if err := errors.Join(d.Word(&word), d.Markdown(&markdown), d.JSON(&raw)); err != nil {
				t.Fatalf("%s: %v", p.path, err)
			}
			said := strings.Join(strings.Fields(markdownSigns.ReplaceAllString(markdown.String(), "$1")), " ")
			var again document.Document
			if err := json.Unmarshal(raw.Bytes(), &again); err != nil {
				t.Fatalf("%s: %v", p.path, err)
			}
			var walk func(list []document.Block)
			walk = func(list []document.Block) {
				for _, b := range list {
					if b.Site {
						continue
					}
					kinds[fmt.Sprint(b.Kind)]++
					text := b.Text
					if b.Quote != nil {
						text = b.Quote.Text
					}
					for _, x := range text {
						if x.Site || x.Drawn {
							continue
						}
						if words := strings.Join(strings.Fields(x.Text), " "); !strings.Contains(said, words) {
							t.Errorf("%s: Markdown does not say %q", p.path, words)
						}
					}
					walk(b.Blocks)
				}
			}
			walk(d.Blocks)
		}
	}
	if len(kinds) < 12 {
		t.Errorf("only these kinds of blocks: %v", kinds)
	}
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	s := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s += textOf(c)
	}
	return s
}

// moving is what a cross-tab says of how far a number moves.
func moving(n Number) string {
	if n.Range[0] == n.Range[1] {
		return ""
	}
	return " [" + prose.Amount(recount.Result{N: n.N, Range: recount.IntRange{Low: n.Range[0], High: n.Range[1], Exact: n.Exact}}) + "]"
}

// TestLibreOfficeOpensTheDocument converts the Word file with another program: it
// opens, and says each number of the tables behind its label.
func TestLibreOfficeOpensTheDocument(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED, NOT CHECKED: LibreOffice (soffice) is not installed, so no other program opened the Word file")
	}
	dir := written(t)["study"]
	out := t.TempDir()
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(out, "profile")), "--headless", "--convert-to", "txt:Text", "--outdir", out, filepath.Join(dir, WordName))
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, said)
	}
	b, err := os.ReadFile(filepath.Join(out, strings.TrimSuffix(WordName, ".docx")+".txt"))
	if err != nil {
		t.Fatalf("soffice wrote no text: %v", err)
	}
	text := strings.Join(strings.Fields(string(b)), " ")
	m, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := ReadManifest(m)
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, n := range manifest.Numbers {
		if n.Row == 0 || n.N == 0 || n.Of == 0 {
			continue
		}
		_, label, _ := strings.Cut(n.Label, ": ")
		said := strings.TrimSuffix(label, ".")
		for _, c := range n.Cells {
			said += fmt.Sprintf(" %d", c.N) + moving(c)
		}
		said += fmt.Sprintf(" %d of %d", n.N, n.Of)
		if len(n.Cells) > 0 {
			said += moving(n)
		}
		looked++
		if !strings.Contains(text, said) {
			t.Errorf("LibreOffice does not say %q", said)
		}
	}
	if looked == 0 {
		t.Error("no row of a table was looked at")
	}
}
