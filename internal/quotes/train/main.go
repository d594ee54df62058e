// Command train makes every model of the reading of quotations anew, from the
// gold training file beside the repository: the tagger of internal/lang, the
// taggers that have not seen a part of the articles, and the model of
// internal/quotes/linker. The same file gives the same bytes. It is run in the
// root of the repository and takes some minutes:
//
//	go run ./internal/quotes/train
package main

import (
	"flag"
	"log"
	"os"
	"os/exec"
)

func main() {
	log.SetFlags(0)
	gold := flag.String("gold", "../shared/gold/polnear-train.jsonl.gz", "the gold training file")
	flag.Parse()
	dir, err := os.MkdirTemp("", "recount-train")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	run(nil, "go", "run", "./internal/lang/train", "-folds", dir, *gold, "internal/lang/en/tagger.bin")
	run([]string{"RECOUNT_TRAIN=1", "RECOUNT_FOLDS=" + dir}, "go", "test", "./internal/quotes/linker", "-run", "^TestTrain$", "-count=1", "-v", "-timeout", "60m")
}

func run(env []string, name string, args ...string) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		log.Fatalf("%s %v: %v", name, args, err)
	}
}
