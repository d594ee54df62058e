package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The picture in docs is that of the code as it is.
func TestThePictureIsOfThisHouse(t *testing.T) {
	imports, err := read(os.DirFS(filepath.Join("..", "..")))
	if err != nil {
		t.Fatal(err)
	}
	if !imports["cli"]["study"] || !imports["study"]["store"] || imports["store"]["study"] {
		t.Fatalf("imports are read as %v", imports)
	}
	file := filepath.Join("..", "house.svg")
	got := draw(imports)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("docs/house.svg shows another house: go run ./docs/house > docs/house.svg")
	}
}
