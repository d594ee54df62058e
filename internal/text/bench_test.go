package text

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/markusmobius/go-trafilatura"
)

func BenchmarkPages(b *testing.B) {
	pages := readPages(b, filepath.Join(shared(b, "pages", "html"), "*.html.gz"))
	b.Run("recount", func(b *testing.B) {
		for b.Loop() {
			for _, p := range pages {
				Extract(p.raw, Options{Name: p.file})
			}
		}
	})
	b.Run("trafilatura", func(b *testing.B) {
		for b.Loop() {
			for _, p := range pages {
				trafilatura.Extract(bytes.NewReader(p.raw), trafilatura.Options{})
			}
		}
	})
}
