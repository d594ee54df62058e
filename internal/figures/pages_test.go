package figures

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// TestPages runs Find over real pages with their tags cut out roughly. It asks
// for no number, only that each span stands in the text.
func TestPages(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared, "pages", "html", "*.html.gz"))
	if len(files) == 0 {
		t.Skip("the page collection (../shared/pages beside the repository) is absent")
	}
	n := 0
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(io.LimitReader(in, 2<<20))
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, piece := range strings.Split(strings.ToValidUTF8(string(data), "?"), "<") {
			_, text, _ := strings.Cut(piece, ">")
			b.WriteString(text)
			b.WriteByte('\n')
		}
		a := &recount.Article{Text: b.String(), Published: "2020-06-01"}
		for _, f := range Find(a, nil) {
			if !f.Span.Within(a.Text) {
				t.Errorf("%s: span %v", filepath.Base(name), f.Span)
			}
			n++
		}
	}
	t.Logf("%d figures in %d pages", n, len(files))
}
