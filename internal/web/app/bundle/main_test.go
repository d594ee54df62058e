package main

import (
	"bytes"
	"compress/gzip"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What a first visit may cost, gzip -9 (shared/workbench.md, bars).
const mostGzip = 120 << 10

func TestTheCommittedBundleIsMadeFromTheSources(t *testing.T) {
	files, err := bundle("..")
	if err != nil {
		t.Fatal(err)
	}
	if names := slices.Sorted(maps.Keys(files)); !slices.Equal(names, []string{"app.css", "app.js", "arabic.js", "chunk.js", "more.js"}) {
		t.Fatalf("the bundle is %v", names)
	}
	english, arabic := 0, 0
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", "..", "static", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("static/%s is not what the sources give; run go generate ./internal/web/...", name)
		}
		var packed bytes.Buffer
		w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(got); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes, %d packed", name, len(got), packed.Len())
		// more.js are pages that no reader of an article waits for.
		if name != "more.js" {
			arabic += packed.Len()
		}
		if name != "more.js" && name != "arabic.js" {
			english += packed.Len()
		}
	}
	t.Logf("first load: %d bytes packed in English, %d in Arabic", english, arabic)
	if english > mostGzip || arabic > mostGzip {
		t.Errorf("script and style take %d bytes packed in English and %d in Arabic, more than %d", english, arabic, mostGzip)
	}
}
