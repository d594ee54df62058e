// Make makes the recorded work of an analyst, decisions.jsonl, out of a study
// whose truth is known: examples/order, and any folder of the same form.
//
// The analyst works as a person would. What the program suggests and is right
// is accepted, what is half right is corrected (the words, the speaker, the
// type, a name, a kind), what it missed is typed in; then who counts, who is
// the same, what each person's values are and which codes apply. What was done
// is printed, so that a better extractor shows.
//
// In: pages, study.yaml, codebook.yaml, report.md and truth.json of a folder.
// Out: decisions.jsonl in it. The same truth and program give the same bytes.
//
//	go generate ./examples
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"recount/examples"
)

func main() {
	dir := flag.String("dir", "order", "folder of the study: pages, study files and truth.json")
	id := flag.String("id", examples.OrderID, "id of the study")
	flag.Parse()
	if err := run(*dir, *id); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run(dir, id string) error {
	tally, log, err := Make(context.Background(), dir, id)
	if err != nil {
		return err
	}
	fmt.Print(tally)
	return os.WriteFile(filepath.Join(dir, "decisions.jsonl"), log, 0o644)
}
