package text

import (
	"fmt"
	"html"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"recount"
)

// A builtPage is one of testdata/pages.txtar with what a careful reader finds
// in it.
type builtPage struct {
	name  string
	src   []byte
	want  map[string]string // title, day, byline, outlet, refused
	paras []string
}

// builtPages reads an archive of pages.
func builtPages(t *testing.T, file string) (out []builtPage) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range archive.Files {
		files[f.Name] = f.Data
	}
	lines := func(b []byte) []string { return strings.Split(strings.TrimSpace(string(b)), "\n") }
	for _, f := range archive.Files {
		stem, ok := strings.CutSuffix(f.Name, ".want")
		if !ok {
			continue
		}
		p := builtPage{name: stem, want: map[string]string{}}
		for _, l := range lines(f.Data) {
			key, value, _ := strings.Cut(l, ": ")
			if key == "p" {
				p.paras = append(p.paras, value)
			} else {
				p.want[key] = value
			}
		}
		set := p.paras
		if s := p.want["story"]; s != "" {
			p.paras = lines(files["stories/"+s+".txt"])
			set = p.paras
		}
		if s := p.want["page"]; s != "" {
			set = lines(files["stories/"+s+".txt"])
		}
		for _, ext := range []string{".html", ".txt", ".eml"} {
			if src := files[stem+ext]; src != nil {
				p.name, p.src = stem+ext, src
			}
		}
		if p.src == nil {
			t.Fatalf("%s: no page %s", file, stem)
		}
		s := string(p.src)
		for i, x := range set {
			s = strings.ReplaceAll(s, fmt.Sprintf("{{%d}}", i+1), html.EscapeString(x))
		}
		p.src = []byte(s)
		out = append(out, p)
	}
	return out
}

// TestBuilds reads pages of sites of many builds: title, day, byline, outlet and
// paragraphs of each are what a careful reader finds.
func TestBuilds(t *testing.T) {
	fold := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	var pages, wrong int
	bad := map[string]int{}
	files, err := filepath.Glob("testdata/pages*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, p := range builtPages(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+p.name, func(t *testing.T) {
				pages++
				faults := map[string]bool{}
				fault := func(what, format string, args ...any) {
					faults[what] = true
					t.Errorf(what+" "+format, args...)
				}
				defer func() {
					if len(faults) > 0 {
						wrong++
					}
					for w := range faults {
						bad[w]++
					}
				}()
				c, err := Read(p.src, Options{Name: p.name})
				list := c.Articles
				if r := p.want["refused"]; r != "" {
					if err == nil || !strings.Contains(err.Error(), r) {
						fault("refusal", "is %v, want one with %q", err, r)
					}
					return
				}
				if len(list) != 1 {
					fault("number", "of articles is %d, refused: %v; want 1", len(list), err)
					return
				}
				a := list[0]
				if got := fold(a.Title); got != p.want["title"] {
					fault("title", "is %q, want %q", got, p.want["title"])
				}
				if got := a.Day(); got != p.want["day"] {
					fault("day", "is %q (%s), want %q", got, a.DateFlag, p.want["day"])
				}
				if want := strings.TrimPrefix(p.want["byline"], "-"); plainByline(a.Byline) != want && strings.Join(a.Authors, " and ") != want {
					fault("byline", "is %q by %q, want %q", a.Byline, a.Authors, want)
				}
				if want := strings.TrimPrefix(p.want["outlet"], "-"); a.Outlet != want && want != "?" {
					fault("outlet", "is %q, want %q", a.Outlet, want)
				}
				var got []string
				for _, b := range a.Blocks {
					if b.Role == recount.Body {
						got = append(got, fold(b.Span.In(a.Text)))
					}
				}
				if g, w := strings.Join(got, "\n"), strings.Join(p.paras, "\n"); g != w {
					fault("paragraphs", "are\n%s\nwant\n%s", g, w)
				}
			})
		}
	}
	t.Logf("%d pages, %d with a fault: title %d, day %d, byline %d, outlet %d, paragraphs %d", pages, wrong,
		bad["title"], bad["day"], bad["byline"], bad["outlet"], bad["paragraphs"])
}
