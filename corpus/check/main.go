// Command check says in which line what is wrong with texts of the corpus; compares
// two annotations of the same texts; and prints texts as a second annotator sees them.
//
//	go run ./corpus/check [-notes] [FILE...]                       without files, all texts
//	go run ./corpus/check -twice [-differences] [FIRST SECOND]
//	go run ./corpus/check -bare FILE...
//
// Without folders, -twice compares what two annotators wrote independently; the texts
// of the corpus itself are these, settled.
package main

import (
	"errors"
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
	twice := flag.Bool("twice", false, "compare two annotations")
	differences := flag.Bool("differences", false, "with -twice, also print every difference")
	bare := flag.Bool("bare", false, "print texts without marks and entities")
	flag.Parse()
	var err error
	switch {
	case *bare:
		err = printBare(flag.Args())
	case *twice && flag.NArg() == 0:
		err = compare("corpus/twice/first", "corpus/twice/second", *differences)
	case *twice && flag.NArg() == 2:
		err = compare(flag.Arg(0), flag.Arg(1), *differences)
	case *twice:
		err = errors.New("want two folders, or none")
	default:
		err = lint(flag.Args(), *notes)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(1)
	}
}

// lint prints what is wrong with texts, and how much there is in all.
func lint(files []string, notes bool) error {
	if len(files) == 0 {
		files, _ = filepath.Glob("corpus/*/*.txt")
		slices.Sort(files)
	}
	bad, words, statements, figures := 0, 0, 0, 0
	kinds := map[string]bool{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		for _, x := range corpus.Lint(f, string(data)) {
			switch {
			case !x.Note:
				fmt.Printf("%s:%d: %s\n", f, x.Line, x.What)
				bad++
			case notes:
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
		return errors.New("the corpus has faults")
	}
	return nil
}
