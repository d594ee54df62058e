// Command train makes every model of the reading of quotations anew, from the
// gold training file beside the repository and our own corpus: the tagger of internal/lang, the
// taggers that have not seen a part of the articles, and the models of
// internal/quotes/linker and internal/quotes/cast. The same texts give the same bytes. With -without,
// some kinds of writing are left out, so that they can be measured as unseen;
// with -speakers, only what decides who speaks is trained, in a minute. It is run in the
// root of the repository and takes some minutes:
//
//	go run ./internal/quotes/train
package main

import (
	"flag"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	gold := flag.String("gold", "../shared/gold/polnear-train.jsonl.gz", "the gold training file")
	gum := flag.String("gum", "../shared/gold/gum_train.jsonl.gz", "texts with hand-checked entities")
	own := flag.String("corpus", "corpus", "our own corpus")
	without := flag.String("without", "", "kinds of writing to leave out, with commas between them")
	speakers := flag.Bool("speakers", false, "only the rankings of who speaks, with the tagger as it is")
	flag.Parse()
	dir, err := os.MkdirTemp("", "recount-train")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if !*speakers {
		run(nil, "go", "run", "./internal/lang/train", "-corpus", *own, "-without", *without, "-folds", dir, *gold, "internal/lang/en/tagger.bin")
	}
	corpus, err := filepath.Abs(*own)
	if err != nil {
		log.Fatal(err)
	}
	chains, err := filepath.Abs(*gum)
	if err != nil {
		log.Fatal(err)
	}
	file, err := filepath.Abs(*gold)
	if err != nil {
		log.Fatal(err)
	}
	if !*speakers {
		run([]string{"RECOUNT_TRAIN=1", "RECOUNT_FOLDS=" + dir, "RECOUNT_CORPUS=" + corpus, "RECOUNT_WITHOUT=" + *without}, "go", "test", "./internal/quotes/linker", "-run", "^TestTrain$", "-count=1", "-v", "-timeout", "60m")
	}
	run([]string{"RECOUNT_TRAIN=1", "RECOUNT_CORPUS=" + corpus, "RECOUNT_WITHOUT=" + *without, "RECOUNT_CHAINS=" + chains + "," + file}, "go", "test", "./internal/quotes/cast", "-run", "^TestTrain$", "-count=1", "-v")
}

func run(env []string, name string, args ...string) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		log.Fatalf("%s %v: %v", name, args, err)
	}
}
