package text

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"recount"
	"recount/internal/text/page"
)

// A sight is a page with what was found in it.
type sight struct {
	doc *html.Node
	ps  []page.Piece
	a   *recount.Article
}

func see(t testing.TB, payload []byte, name string) sight {
	t.Helper()
	src, _ := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	s := sight{doc, page.Pieces(doc), nil}
	if a, err := Extract(payload, Options{Name: name}); err == nil {
		s.a = &a
	}
	return s
}

func (s sight) look(f recount.Fetch, asked string) verdict {
	return judge(s.doc, s.ps, s.a, f, asked)
}

// TestRealPages holds that no real article is refused, neither as a file nor as
// fetched.
func TestRealPages(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared")
	var truth map[string]struct{ ArticleBody string }
	if b, err := os.ReadFile(filepath.Join(shared, "pages", "ground-truth.json")); err == nil {
		if err := json.Unmarshal(b, &truth); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for _, pattern := range []string{"pages/html/*.html.gz", "study-order/pages/*.html"} {
		files, _ := filepath.Glob(filepath.Join(shared, pattern))
		for _, file := range files {
			payload := readFile(t, file)
			n++
			s := see(t, payload, filepath.Base(file))
			if v := s.look(recount.Fetch{}, ""); v.Refused() {
				t.Errorf("%s: %s (%s)", filepath.Base(file), v.Kind, v.Because)
			}
			// Fetched, only pages of which nothing but the beginning is there.
			v := s.look(recount.Fetch{Status: 200, Final: "https://news.example/world/2014/ferry"}, "https://news.example/2014/05/ferry")
			whole := truth[strings.TrimSuffix(filepath.Base(file), ".html.gz")].ArticleBody
			if cut := strings.HasSuffix(whole, "..."); v.Refused() && !(v.Kind == isPaywall && v.Partial && cut) {
				t.Errorf("%s as fetched: %s (%s)", filepath.Base(file), v.Kind, v.Because)
			}
		}
	}
	if n == 0 {
		t.Skip("../shared is absent")
	}
	t.Logf("%d pages", n)
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func BenchmarkLook(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "pages", "html", "*.html.gz"))
	if len(files) == 0 {
		b.Skip("../shared is absent")
	}
	var seen []sight
	for _, f := range files {
		seen = append(seen, see(b, readFile(b, f), f))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range seen {
			s.look(recount.Fetch{}, "")
		}
	}
}

// FuzzLook holds that no page makes a judge panic, and that every refusal says
// why and what to do.
func FuzzLook(f *testing.F) {
	f.Add("<title>Just a moment...</title><p>Checking your browser", 200, "https://news.example/", "https://news.example/a")
	f.Add(`<script type="application/ld+json">{"@type":["NewsArticle"],"wordCount":"9","isAccessibleForFree":"False","hasPart":[{"isAccessibleForFree":false,"cssSelector":"a .b, #c"}]}</script><p class=b>It sank...<p>to continue reading`, 200, "", "")
	f.Add("<h1>404</h1><input type=password><noscript>enable javascript</noscript>", 0, "https://news.example/login", "https://news.example/a")
	f.Add("<p>We and our partners use cookies and your consent to personalised advertising<button>Accept all</button>", 451, "//", "%")
	f.Fuzz(func(t *testing.T, src string, status int, final, asked string) {
		doc, err := page.Parse(strings.ToValidUTF8(src, ""))
		if err != nil {
			return
		}
		v := judge(doc, page.Pieces(doc), nil, recount.Fetch{Status: status, Final: final}, asked)
		if v.Kind != isArticle && (v.Reason == "" || v.Hint == "") {
			t.Errorf("Look = %+v", v)
		}
	})
}
