package report

import (
	"archive/zip"
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
	"recount/internal/report/words"
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
	looked := 0
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		in = in || n.Type == html.ElementNode && strings.HasPrefix(attr(n, "class"), "prose")
		if in && n.Type == html.ElementNode && n.Data == "a" && strings.HasPrefix(attr(n, "href"), "numbers/") && n.Parent.Data == "p" {
			said := strings.Join(strings.Fields(textOf(n)), " ")
			looked++
			if !strings.Contains(word, said) || !strings.Contains(markdown, said) {
				t.Errorf("the page says %q, and the documents do not", said)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(page, false)
	if looked == 0 {
		t.Error("the page says no number")
	}
	for _, want := range []string{"Material and method", "Sources", "For the team only"} {
		if !strings.Contains(word, want) || !strings.Contains(markdown, want) {
			t.Errorf("a document says nothing of %q", want)
		}
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
	return " [" + words.Amount(recount.Result{N: n.N, Range: recount.IntRange{Low: n.Range[0], High: n.Range[1], Exact: n.Exact}}) + "]"
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
