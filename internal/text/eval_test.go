package text

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"codeberg.org/readeck/go-readability"
	"github.com/markusmobius/go-trafilatura"

	"recount"
	"recount/internal/parallel"
)

// shared returns a path inside the folder of measuring material beside the
// checkout, or skips.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	p := filepath.Join(append([]string{"..", "..", "..", "shared"}, elem...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("%s is absent: the measuring material lies beside the checkout, not in it", filepath.Join(elem...))
	}
	return p
}

type evalPage struct {
	file string
	raw  []byte
}

func readPages(t testing.TB, pattern string) []evalPage {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages under %s", pattern)
	}
	var out []evalPage
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if b, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, evalPage{filepath.Base(f), b})
	}
	return out
}

// line is one line of `recount text`, as far as the scorer reads it.
func line(file string, a *recount.Article) map[string]any {
	cp := recount.NewCodePoints(a.Text)
	var blocks []map[string]any
	for _, b := range a.Blocks {
		p := cp.Points(b.Span)
		blocks = append(blocks, map[string]any{"start": p[0], "end": p[1], "role": b.Role, "path": b.Path})
	}
	return map[string]any{"file": file, "title": a.Title, "published": a.Published, "text": a.Text, "blocks": blocks,
		"dates": a.Dates, "flag": a.DateFlag, "notes": a.Notes, "byline": a.Byline, "authors": a.Authors, "outlet": a.Outlet, "url": a.URL, "language": a.Language}
}

type textScore struct {
	Missing         int     `json:"missing"`
	P               float64 `json:"p"`
	R               float64 `json:"r"`
	F1              float64 `json:"f1"`
	F1SD            float64 `json:"f1_sd"`
	ParagraphF1     float64 `json:"paragraph_f1"`
	Quotations      int     `json:"quotations"`
	QuotationsFound int     `json:"quotations_kept"`
}

// score writes lines where the scorer reads them and runs it.
func score(t *testing.T, name string, lines []map[string]any) textScore {
	t.Helper()
	dir := os.Getenv("RECOUNT_TEXT_OUT")
	if dir == "" {
		dir = t.TempDir()
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, name+".jsonl")
	if err := os.WriteFile(out, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	res, err := exec.Command("python3", shared(t, "pages", "score_text.py"), shared(t, "pages", "ground-truth.json"), out, "--json").Output()
	if err != nil {
		t.Skipf("python3 cannot run the scorer: %v", err)
	}
	var s textScore
	if err := json.Unmarshal(res, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// bodyText returns what the scorer takes for the text of an article.
func bodyText(a *recount.Article) string {
	var b strings.Builder
	for _, x := range a.Blocks {
		if x.Role == recount.Body || x.Role == recount.Subhead || x.Role == recount.Fragment {
			b.WriteString(x.Span.In(a.Text) + "\n")
		}
	}
	return b.String()
}

// TestPages scores the text of real pages beside go-trafilatura's default.
func TestPages(t *testing.T) {
	pages := readPages(t, filepath.Join(shared(t, "pages", "html"), "*.html.gz"))
	truth := readTruth(t)
	var ours, theirs []map[string]any
	var us3, them3, readeck3 []pageScore
	var spent, spentThere, spentReadeck time.Duration
	for _, p := range pages {
		// The two take turns page by page, so that a busy machine slows both.
		start := parallel.Used()
		a, err := Extract(p.raw, Options{Name: p.file})
		mid := parallel.Used()
		res, terr := trafilatura.Extract(bytes.NewReader(p.raw), trafilatura.Options{})
		end := parallel.Used()
		other, rerr := readability.FromReader(bytes.NewReader(p.raw), nil)
		spent, spentThere, spentReadeck = spent+mid-start, spentThere+end-mid, spentReadeck+parallel.Used()-end
		name, _, _ := strings.Cut(p.file, ".")
		var there, readeck string
		if terr == nil {
			there = res.ContentText
			theirs = append(theirs, map[string]any{"file": p.file, "text": res.ContentText})
		}
		if rerr == nil {
			readeck = other.TextContent
		}
		us3 = append(us3, scorePage(truth[name], bodyText(&a)))
		them3, readeck3 = append(them3, scorePage(truth[name], there)), append(readeck3, scorePage(truth[name], readeck))
		if err != nil {
			t.Errorf("Extract(%s): %v", p.file, err)
			continue
		}
		ours = append(ours, line(p.file, &a))
	}
	us, them := score(t, "recount", ours), score(t, "trafilatura", theirs)
	n := float64(len(pages))
	t.Logf("recount:     %+v, %.1f pages per CPU second", us, n/spent.Seconds())
	t.Logf("trafilatura: %+v, %.1f pages per CPU second; recount is %.2f times as fast", them, n/spentThere.Seconds(), spentThere.Seconds()/spent.Seconds())
	t.Logf("readeck:     %.1f pages per CPU second", n/spentReadeck.Seconds())
	paired(t, "go-trafilatura", us3, them3)
	paired(t, "readeck", us3, readeck3)
	if us.F1 < them.F1 {
		t.Errorf("F1 %.4f is below go-trafilatura's %.4f", us.F1, them.F1)
	}
	if us.F1 < 0.979 || us.ParagraphF1 < 0.939 || us.QuotationsFound < us.Quotations {
		t.Errorf("F1 %.4f, paragraphs %.4f, %d of %d quotations; the bars are 0.979, 0.939 and all", us.F1, us.ParagraphF1, us.QuotationsFound, us.Quotations)
	}
}

// TestStudy scores text, title and day of publication on the fictional study.
func TestStudy(t *testing.T) {
	b, err := os.ReadFile(shared(t, "study-order", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Pages []struct {
			ID, File, Title, Published, Precision, Byline, Outlet, URL, Language string
			Body                                                                 []string
			OffTopic                                                             []struct{ Text string } `json:"off_topic"`
			DateConflict                                                         any                     `json:"date_conflict"`
			Captions                                                             []string                `json:"captions"`
			PullQuotes                                                           []string                `json:"pull_quotes"`
			NotBody                                                              []string                `json:"not_body"`
		}
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	fold := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	var tp, np, ng, off, offn, ti, da, dn, flags, outlets, langs, urls, bylines int
	for _, p := range truth.Pages {
		raw, err := os.ReadFile(shared(t, "study-order", filepath.FromSlash(p.File)))
		if err != nil {
			t.Fatal(err)
		}
		a, err := Extract(raw, Options{Name: filepath.Base(p.File)})
		if err != nil {
			t.Errorf("Extract(%s): %v", p.File, err)
			continue
		}
		left := map[string]int{}
		for _, s := range p.Body {
			left[fold(s)]++
			ng++
		}
		in := map[string]bool{}
		roles := map[string]recount.Role{}
		for _, bl := range a.Blocks {
			roles[fold(bl.Span.In(a.Text))] = bl.Role
		}
		for _, s := range p.Captions {
			if roles[fold(s)] != recount.Caption {
				t.Logf("%s: caption %.60q has role %q", p.ID, s, roles[fold(s)])
			}
		}
		for _, s := range p.PullQuotes {
			if r := roles[fold(s)]; r != recount.PullQuote {
				t.Logf("%s: pull quote %.60q has role %q", p.ID, s, r)
			}
		}
		for _, s := range p.NotBody {
			if r := roles[fold(s)]; r == recount.Body || r == recount.Fragment || r == recount.Subhead {
				t.Errorf("%s: %.60q, which is no part of the article, has role %q", p.ID, s, r)
			}
		}
		for _, bl := range a.Blocks {
			s := fold(bl.Span.In(a.Text))
			if bl.Role != recount.Body && bl.Role != recount.Fragment {
				if left[s] > 0 {
					t.Logf("%s: %s: %.80q is body", p.ID, bl.Role, s)
				}
				continue
			}
			np++
			in[s] = true
			if left[s] > 0 {
				left[s]--
				tp++
			} else {
				t.Logf("%s: extra %.100q", p.ID, s)
			}
		}
		for _, s := range p.Body {
			if left[fold(s)] > 0 {
				t.Logf("%s: missing %.100q", p.ID, s)
			}
		}
		for _, o := range p.OffTopic {
			offn++
			if !in[fold(o.Text)] {
				off++
			}
		}
		check := func(what, got, want string, n *int) {
			if got == want {
				*n++
			} else {
				t.Logf("%s: %s %q, want %q", p.ID, what, got, want)
			}
		}
		check("title", fold(a.Title), fold(p.Title), &ti)
		check("outlet", a.Outlet, p.Outlet, &outlets)
		check("language", a.Language, p.Language, &langs)
		check("url", a.URL, p.URL, &urls)
		check("byline", a.Byline, plainByline(p.Byline), &bylines)
		if p.Precision != "month" {
			dn++
			check("day", a.Day(), p.Published[:10], &da)
		}
		if a.Published != p.Published || string(a.Precision) != p.Precision {
			t.Logf("%s: published %s (%s), want %s (%s)", p.ID, a.Published, a.Precision, p.Published, p.Precision)
		}
		if (a.DateFlag != "") != (p.DateConflict != nil) {
			t.Errorf("%s: date flag %q, conflict %v", p.ID, a.DateFlag, p.DateConflict)
		} else if a.DateFlag != "" {
			flags++
		}
	}
	t.Logf("paragraphs F1 %.4f, off-topic out %d of %d, titles %d, days %d of %d, flags %d, outlets %d, languages %d, urls %d, bylines %d of %d",
		2*float64(tp)/float64(np+ng), off, offn, ti, da, dn, flags, outlets, langs, urls, bylines, len(truth.Pages))
	if f1 := 2 * float64(tp) / float64(np+ng); f1 < 0.99 {
		t.Errorf("paragraphs F1 %.4f, the bar is 0.99", f1)
	}
	if ti != len(truth.Pages) || da != dn || flags != 2 {
		t.Errorf("titles %d, days %d of %d, flags %d; want all, all and 2", ti, da, dn, flags)
	}
}
