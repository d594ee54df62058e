package study_test

import (
	"archive/zip"
	"context"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"recount"
	"recount/internal/count"
	"recount/internal/report"
	"recount/internal/study"
)

// A printedNumber is a number of the page that opens its evidence.
type printedNumber struct {
	page  string // its evidence
	label string // of the row or mark that it stands in, "" in prose
	text  string
	drawn bool
}

var numberPage = regexp.MustCompile(`^numbers/[^#]*\.html$`)

// printedNumbers reads the numbers of a front page.
func printedNumbers(t *testing.T, path string) (out []printedNumber) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tree, err := nethtml.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	of := func(n *nethtml.Node, key string) string {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
		return ""
	}
	var text func(n *nethtml.Node) string
	text = func(n *nethtml.Node) string {
		if n.Type == nethtml.TextNode {
			return n.Data
		}
		s := ""
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			s += text(c)
		}
		return s
	}
	tidy := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	var walk func(n *nethtml.Node, row string)
	walk = func(n *nethtml.Node, row string) {
		if n.Data == "details" && strings.HasPrefix(text(n), "Each place,") {
			return // what a question moves: each stands elsewhere on the page
		}
		if n.Type == nethtml.ElementNode && n.Data == "tr" {
			row = ""
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.Data == "th" && row == "" {
					row = strings.TrimPrefix(tidy(text(c)), "recount ")
				}
			}
		}
		if n.Type == nethtml.ElementNode && n.Data == "a" && numberPage.MatchString(of(n, "href")) {
			x := printedNumber{page: of(n, "href"), label: row, text: tidy(text(n))}
			if said := tidy(text(n.FirstChild)); n.FirstChild.Data == "title" && n.Namespace == "svg" {
				at := strings.LastIndex(said, ": ")
				x.label, x.text, x.drawn = said[:at], said[at+2:], true
				x.text, _, _ = strings.Cut(x.text, ", range ")
			}
			out = append(out, x)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, row)
		}
	}
	walk(tree, "")
	return out
}

var (
	markup   = regexp.MustCompile(`<[^>]*>`)
	noteMark = regexp.MustCompile(`\[\^\d+\]`)
	escapes  = regexp.MustCompile(`\\([^A-Za-z0-9])`)
)

// said returns what a document says, one blank between words and cells.
func said(t *testing.T, dir string) map[string]string {
	t.Helper()
	r, err := zip.OpenReader(filepath.Join(dir, report.WordName))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f, err := r.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	md, err := os.ReadFile(filepath.Join(dir, report.MarkdownName))
	if err != nil {
		t.Fatal(err)
	}
	tidy := func(s string) string { return " " + strings.Join(strings.Fields(s), " ") + " " }
	s := escapes.ReplaceAllString(noteMark.ReplaceAllString(string(md), ""), "$1")
	return map[string]string{
		"Word":     tidy(html.UnescapeString(markup.ReplaceAllString(strings.ReplaceAll(string(b), "</w:p>", " "), ""))),
		"Markdown": tidy(html.UnescapeString(strings.NewReplacer("|", " ", "**", "", "&nbsp;", " ").Replace(s))),
	}
}

var plainNumber = regexp.MustCompile(`^([\d,]+)(?: of ([\d,]+)(?: \(([\d.]+%)\))?)?$`)

// fits says what a printed number says that its line of the manifest does not.
func fits(x printedNumber, n *report.Number) error {
	whole := func(s string) int { v, _ := strconv.Atoi(strings.ReplaceAll(s, ",", "")); return v }
	if m := plainNumber.FindStringSubmatch(x.text); m != nil {
		if whole(m[1]) != n.N || m[2] != "" && whole(m[2]) != n.Of || m[3] != "" && m[3] != count.Percent(n.N, n.Of) {
			return fmt.Errorf("the manifest has %d of %d", n.N, n.Of)
		}
		return nil
	}
	r := recount.Result{N: n.N, Of: n.Of, Range: recount.IntRange{Low: n.Range[0], High: n.Range[1], Exact: n.Exact}, OfRange: recount.IntRange{Low: n.OfRange[0], High: n.OfRange[1], Exact: n.Exact}}
	can := []string{report.Say("words", r), report.Say("amount", r), report.Say("part", r)}
	if v := n.Ratio; v != nil {
		can = append(can, count.RatioText(&recount.Ratio{N: v[0], Units: v[1], Than: v[2], ThanUnits: v[3]}))
		if strings.HasPrefix(x.text, can[3]+" times as many") {
			return nil
		}
	}
	for _, c := range can {
		if c == x.text {
			return nil
		}
	}
	return fmt.Errorf("the manifest allows %q", can)
}

// TestEveryNumberIsTheSameInEveryForm takes the numbers of the example's reports
// from the page: each is in the manifest as it is printed, and the Word file and
// the Markdown say it too, behind the same label.
func TestEveryNumberIsTheSameInEveryForm(t *testing.T) {
	s, _ := demo(t)
	for _, kind := range []string{"", "said", "brief"} {
		made, err := s.Report(context.Background(), study.Edition{Standard: kind})
		if err != nil {
			t.Fatal(err)
		}
		dir := made.Dir
		data, err := os.ReadFile(filepath.Join(dir, report.ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		manifest, err := report.ReadManifest(data)
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]*report.Number{}
		var list func(ns []report.Number)
		list = func(ns []report.Number) {
			for i := range ns {
				if ns[i].Page != "" {
					listed[ns[i].Page] = &ns[i]
				}
				list(ns[i].Cells)
			}
		}
		list(manifest.Numbers)
		forms := said(t, dir)
		numbers := printedNumbers(t, filepath.Join(dir, "index.html"))
		labelled := 0
		for _, x := range numbers {
			n := listed[x.page]
			if n == nil {
				t.Errorf("%s: %q opens %s, which the manifest does not list", kind, x.text, x.page)
				continue
			}
			if err := fits(x, n); err != nil {
				t.Errorf("%s: %s %q: %v", kind, x.label, x.text, err)
			}
			want := x.text
			switch {
			case x.drawn:
				k, _, _ := strings.Cut(x.text, " ")
				want = " " + x.label + " " + k + " of "
				labelled++
			case x.label != "" && strings.Contains(x.text, " of "):
				want = " " + x.label + " " + x.text + " "
				labelled++
			}
			for form, text := range forms {
				if !strings.Contains(text, want) {
					t.Errorf("%s: the page says %q, and %s does not", kind, want, form)
				}
			}
		}
		if least := map[string]int{"": 60, "said": 100, "brief": 15}[kind]; len(numbers) < least || labelled < least/3 {
			t.Errorf("%s: %d numbers, %d of them labelled, want %d", kind, len(numbers), labelled, least)
		}
	}
}

// TestReportsHaveTheSameBytes writes the longest report of the example ten times, on one
// processor and on two: no file differs.
func TestReportsHaveTheSameBytes(t *testing.T) {
	s, _ := demo(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	first := ""
	for run := range 10 {
		runtime.GOMAXPROCS(1 + run%2)
		made, err := s.Report(context.Background(), study.Edition{Standard: "said"})
		if err != nil {
			t.Fatal(err)
		}
		// The manifest lists every other file with its hash.
		b, err := os.ReadFile(filepath.Join(made.Dir, report.ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(b)
		} else if first != string(b) {
			t.Fatalf("run %d on %d processors has other bytes", run, 1+run%2)
		}
	}
}
