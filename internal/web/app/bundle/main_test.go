package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"
)

// What a first visit may cost, gzip -9 (shared/workbench.md, bars).
const mostGzip = 120 << 10

func TestTheCommittedBundleIsMadeFromTheSources(t *testing.T) {
	files, err := bundle("..")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 {
		t.Fatalf("the bundle has %d files, want app.js and app.css", len(files))
	}
	size := 0
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
		size += packed.Len()
	}
	if size > mostGzip {
		t.Errorf("script and style take %d bytes packed, more than %d", size, mostGzip)
	}
}
