// Command lint checks texts of the corpus and says in which line what is wrong.
// Usage: go run ./corpus/lint [-notes] [FILE...]; without files, all texts.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount/corpus"
)

func main() {
	notes := flag.Bool("notes", false, "also say what may have been forgotten")
	flag.Parse()
	files := flag.Args()
	if len(files) == 0 {
		files, _ = filepath.Glob("corpus/*/*.txt")
		slices.Sort(files)
	}
	bad, words, statements, figures := 0, 0, 0, 0
	kinds := map[string]bool{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			fmt.Fprintln(os.Stderr, "lint:", err)
			os.Exit(1)
		}
		for _, x := range corpus.Lint(f, string(data)) {
			switch {
			case !x.Note:
				fmt.Printf("%s:%d: %s\n", f, x.Line, x.What)
				bad++
			case *notes:
				fmt.Printf("%s:%d: note: %s\n", f, x.Line, x.What)
			}
		}
		t, _ := corpus.Parse(f, string(data))
		words += len(strings.Fields(t.Text))
		statements += len(t.Statements)
		figures += len(t.Figures)
		kinds[t.Kind] = true
	}
	fmt.Printf("%d texts of %d kinds of writing, %d words, %d statements, %d figures, %d faults\n", len(files), len(kinds), words, statements, figures, bad)
	if bad > 0 {
		os.Exit(1)
	}
}
