package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// reportKinds are the reports of the example: its own and those that come with
// recount.
var reportKinds = []string{"report", "said", "brief", "pile"}

// exampleReports makes the example with the real program and writes its reports.
func exampleReports(t *testing.T) (exe, dir string) {
	t.Helper()
	exe, dir = program(t), filepath.Join(t.TempDir(), "study")
	if out, err := exec.Command(exe, "-q", "demo", dir, "--no-serve").CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
	for _, kind := range reportKinds {
		write(t, exe, dir, kind)
	}
	return exe, dir
}

// write writes a report of a study, in an environment with more settings.
func write(t *testing.T, exe, dir, kind string, settings ...string) {
	t.Helper()
	args := []string{"-q", "--study", dir, "report"}
	if kind != "report" {
		args = append(args, "--standard", kind)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), settings...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("report %s: %v\n%s", kind, err, out)
	}
}

// files reads a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		out[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReportsAreTheSameBytes writes each report of the example again and again, on
// one processor and on two: no byte of any file differs. RECOUNT_BARS=1 does so ten
// times.
func TestReportsAreTheSameBytes(t *testing.T) {
	exe, dir := exampleReports(t)
	runs := times(2, 10)
	for _, kind := range reportKinds {
		first := files(t, filepath.Join(dir, "out", kind))
		if len(first) < 20 {
			t.Fatalf("%s has only %d files", kind, len(first))
		}
		for i := range runs {
			cores := strconv.Itoa(1 + i%2)
			write(t, exe, dir, kind, "GOMAXPROCS="+cores)
			again := files(t, filepath.Join(dir, "out", kind))
			for name := range again {
				if again[name] != first[name] {
					t.Errorf("%s: run %d, on %s cores: %s differs", kind, i+1, cores, name)
				}
			}
			if len(again) != len(first) {
				t.Errorf("%s: run %d has %d files, the first %d", kind, i+1, len(again), len(first))
			}
		}
	}
}

var (
	wordTags = regexp.MustCompile(`<[^>]*>`)
	escaped  = regexp.MustCompile(`\\([^A-Za-z0-9])`)
	printed  = regexp.MustCompile(`[0-9][0-9,]*`)
)

// wording is the text of a node without blanks at its ends and doubled ones.
func wording(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// wordText is what a Word file says: as LibreOffice reads it where that is
// installed, with its footnotes, and as it is written.
func wordText(t *testing.T, file string) (written, converted string) {
	t.Helper()
	r, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, part := range []string{"word/document.xml", "word/footnotes.xml"} {
		f, err := r.Open(part)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		written += " " + html.UnescapeString(wordTags.ReplaceAllString(strings.ReplaceAll(string(b), "</w:p>", " "), ""))
	}
	written = strings.Join(strings.Fields(written), " ")
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Log("SKIPPED, NOT CHECKED: LibreOffice (soffice) is not installed, so no other program opened the Word file")
		return written, written
	}
	out := t.TempDir()
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(out, "profile")), "--headless", "--convert-to", "txt:Text", "--outdir", out, file)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, said)
	}
	b, err := os.ReadFile(filepath.Join(out, "report.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return written, strings.Join(strings.Fields(string(bytes.TrimPrefix(b, []byte("\ufeff")))), " ")
}

// A manifested number is one of a manifest.
type manifested struct {
	N     int    `json:"n"`
	Of    int    `json:"of"`
	Range [2]int `json:"range"`
	Page  string `json:"page"`
	Cells []manifested
}

// TestEveryNumberInEveryForm reads each printed number of the reports of the
// example from the page: Word, also as LibreOffice reads it, and Markdown print the
// same, and the manifest has it, with the page that it opens.
func TestEveryNumberInEveryForm(t *testing.T) {
	_, dir := exampleReports(t)
	for _, kind := range reportKinds {
		at := func(name string) string { return filepath.Join(dir, "out", kind, name) }
		page, err := os.ReadFile(at("index.html"))
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(at("manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		var manifest struct{ Numbers []manifested }
		if err := json.Unmarshal(b, &manifest); err != nil {
			t.Fatal(err)
		}
		known := map[string]manifested{}
		for _, n := range manifest.Numbers {
			known[n.Page] = n
			for _, c := range n.Cells {
				known[c.Page] = c
			}
		}
		said := map[string]string{}
		if kind != "pile" { // which is a site alone
			said["Word"], said["Word in LibreOffice"] = wordText(t, at("report.docx"))
			markdown, err := os.ReadFile(at("report.md"))
			if err != nil {
				t.Fatal(err)
			}
			said["Markdown"] = strings.Join(strings.Fields(escaped.ReplaceAllString(string(markdown), "$1")), " ")
		}
		looked := 0
		for n := range root.Descendants() {
			if n.Type != html.ElementNode || n.Data != "a" || n.Namespace != "" {
				continue
			}
			attr := map[string]string{}
			for _, a := range n.Attr {
				attr[a.Key] = a.Val
			}
			if !slices.Contains(strings.Fields(attr["class"]), "number") {
				continue
			}
			looked++
			text := wording(n)
			for form, words := range said {
				if underQuestion(n) { // each place that a question moves: a way around the site
					break
				}
				// Where the page leads to a row of a table, its share is a cell of its own.
				k, share, apart := strings.Cut(strings.TrimSuffix(text, ")"), " (")
				if !strings.Contains(words, text) && !(apart && strings.Contains(words, k) && strings.Contains(words, share)) {
					t.Errorf("%s: the page says %q, and %s does not", kind, text, form)
				}
			}
			x, ok := known[attr["href"]]
			if !ok {
				t.Errorf("%s: %q opens %s, which the manifest does not know", kind, text, attr["href"])
				continue
			}
			numbers := printed.FindAllString(strings.ReplaceAll(text, ",", ""), -1)
			if len(numbers) > 0 && !strings.Contains(text, ".") && !slices.Contains(numbers, strconv.Itoa(x.N)) && !slices.Contains(numbers, strconv.Itoa(x.Range[0])) {
				t.Errorf("%s: %s prints %q, and the manifest says %d", kind, attr["href"], text, x.N)
			}
		}
		if looked < 10 {
			t.Errorf("%s: only %d numbers", kind, looked)
		}
		t.Logf("%s: %d printed numbers, %d in the manifest", kind, looked, len(known))
	}
}

// underQuestion reports whether a link stands in what is folded under an open
// question: the places that it moves.
func underQuestion(n *html.Node) bool {
	folded := false
	for ; n != nil; n = n.Parent {
		folded = folded || n.Data == "details"
		for _, a := range n.Attr {
			if n.Data == "li" && a.Key == "id" && strings.HasPrefix(a.Val, "q") {
				return folded
			}
		}
	}
	return false
}

// TestEveryReportInABrowser clicks each printed number of the reports of the example,
// in the page and in its drawings, and sees what it opens; axe-core finds nothing on
// any sort of page that was opened, in light and in dark. It is every 32nd number,
// and all with RECOUNT_BARS=1.
func TestEveryReportInABrowser(t *testing.T) {
	ctx := chromiumFor(t, 15*time.Minute)
	all := os.Getenv("RECOUNT_BARS") != ""
	axe, err := os.ReadFile(filepath.Join("..", "web", "testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	_, dir := exampleReports(t)
	srv := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(dir, "out"))))
	defer srv.Close()
	must := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	checked, most := map[string]bool{}, times(4, 12)
	accessible := func(url string) {
		for _, scheme := range []string{"light", "dark"} {
			_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
			must(url, err)
			_, err = chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](string(axe)))
			must(url, err)
			found, err := chromedp.Run(ctx, chromedp.Evaluate[string](`axe.run(document).then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))))`, chromedp.EvalAwaitPromise))
			must(url, err)
			if found != "[]" {
				t.Errorf("%s, %s: %s", strings.TrimPrefix(url, srv.URL), scheme, found)
			}
		}
	}
	for _, kind := range reportKinds {
		front := fmt.Sprintf("%s/%s/index.html", srv.URL, kind)
		must(front, chromedp.Do(ctx, chromedp.Navigate(front)))
		hrefs, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('a.number, a.says, svg a')].map(a => a.getAttribute('href'))`))
		must(front, err)
		opened, known := map[string]bool{}, map[string]bool{}
		for i, href := range hrefs {
			if known[href] || !all && i%32 != 0 {
				continue
			}
			known[href] = true
			must(front, chromedp.Do(ctx, chromedp.Navigate(front)))
			// A click as a reader makes it; what is folded is opened first.
			to, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`(() => {
				const all = [...document.querySelectorAll('a.number, a.says, svg a')], first = all[%d];
				document.querySelectorAll('details').forEach(d => { d.open = true });
				// A chart is drawn for a narrow and for a wide place, of which one is seen.
				const seen = b => b.getAttribute('href') === first.getAttribute('href') && b.getBoundingClientRect().width > 0;
				const a = all.find(seen) || first, r = a.getBoundingClientRect();
				if (r.width === 0 || r.height === 0) return 'nothing to click: ' + a.outerHTML.slice(0, 120);
				a.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, view: window}));
				return a.href instanceof SVGAnimatedString ? new URL(a.href.baseVal, location).href : a.href;
			})()`, i)))
			must(front, err)
			if !strings.HasPrefix(to, srv.URL) {
				t.Errorf("%s: %s", kind, to)
				continue
			}
			opened[to] = true
			at := ""
			for range 100 { // the click leads there, after a while
				at, err = chromedp.Run(ctx, chromedp.Evaluate[string](`document.readyState === 'complete' ? location.href : ''`))
				if err == nil && at == to {
					break
				}
				must(to, chromedp.Do(ctx, chromedp.Sleep(50*time.Millisecond)))
			}
			if at != to {
				t.Errorf("%s: a click on number %d leads to %s, not %s", kind, i, at, to)
				continue
			}
			s, err := chromedp.Run(ctx, chromedp.Evaluate[seen](look))
			must(to, err)
			shows, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelectorAll('main li, main table tr, main figure.quote').length`))
			must(to, err)
			if !s.Empty && s.Marks == 0 && shows == 0 {
				t.Errorf("%s: %s shows nothing of what it counts", kind, strings.TrimPrefix(to, srv.URL))
			}
			if dir := kind + filepath.Dir(strings.TrimPrefix(to, srv.URL)); len(checked) < most && !checked[dir+strconv.Itoa(len(opened)/40)] {
				checked[dir+strconv.Itoa(len(opened)/40)] = true
				accessible(to)
			}
		}
		for _, page := range []string{"index.html", "questions.html", "figures.html"} {
			if _, err := os.Stat(filepath.Join(dir, "out", kind, page)); err != nil {
				continue
			}
			url := fmt.Sprintf("%s/%s/%s", srv.URL, kind, page)
			must(url, chromedp.Do(ctx, chromedp.Navigate(url)))
			accessible(url)
		}
		t.Logf("%s: %d numbers clicked, %d pages opened", kind, len(known), len(opened))
	}
}
