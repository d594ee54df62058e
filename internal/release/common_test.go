package release

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inTexts and inDocs are in how many of our texts, and of the pages of our manual, a word
// has to be that any text may have.
const (
	inTexts = 20
	inDocs  = 10
)

// TestCommonWords makes common.txt of the texts of the corpus and of the manual; with
// UPDATE=1 it is written.
func TestCommonWords(t *testing.T) {
	count := func(glob string, least int, into map[string]bool) {
		files, err := filepath.Glob(glob)
		if err != nil || len(files) == 0 {
			t.Fatal(glob, err)
		}
		n := map[string]int{}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := string(b)
			if _, body, ok := strings.Cut(text, "\n---\n"); ok { // as it was printed, without annotation
				text = unescaped.Replace(closing.ReplaceAllString(opening.ReplaceAllString(body, ""), "$1"))
			}
			here := map[string]bool{}
			for _, w := range plain(text) {
				if len(w) >= letTell && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" {
					here[Stem(w)] = true
				}
			}
			for w := range here {
				n[w]++
			}
		}
		for w, k := range n {
			if k >= least {
				into[w] = true
			}
		}
	}
	words := map[string]bool{}
	count("../../corpus/*/*.txt", inTexts, words)
	count("../../docs/[0-9]*.md", inDocs, words)
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The beginnings of words that stand in %d texts of our corpus or more, or in %d pages\n# of the manual. Made by UPDATE=1 go test ./internal/release -run TestCommonWords.\n", inTexts, inDocs)
	line := 0
	for _, w := range slices.Sorted(maps.Keys(words)) {
		if line += len(w) + 1; line > 100 {
			b.WriteByte('\n')
			line = len(w) + 1
		} else if line > len(w)+1 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	b.WriteByte('\n')
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("common.txt", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("common.txt")
	if err != nil {
		t.Fatal(err)
	}
	// The corpus and the manual go on; the list is made anew when they have moved far.
	old, all, missing := strings.Fields(string(have)), len(words), 0
	for w := range words {
		if !slices.Contains(old, w) {
			missing++
		}
	}
	if 20*missing > all {
		t.Errorf("%d of %d words are not in common.txt; UPDATE=1 writes it", missing, all)
	}
}
