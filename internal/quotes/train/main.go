// Command train makes every model of the reading of quotations anew, from the
// gold training file beside the repository and our own corpus: the tagger of internal/lang, the
// taggers that have not seen a part of the articles, and the models of
// internal/quotes/linker and internal/quotes/cast. The same texts give the same bytes. With -without,
// some kinds of writing are left out, so that they can be measured as unseen;
// with -speakers, only what decides who speaks is trained, in a minute; with
// -unseen N, the kinds of writing of our own corpus are dealt into N groups, each
// group is read by what has learned who speaks from the others, and the figures
// of all groups are printed together: with as many groups as kinds, one kind of
// writing is left out at a time. It is run in the root of the repository and takes
// some minutes:
//
//	go run ./internal/quotes/train
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"recount/corpus"
)

func main() {
	log.SetFlags(0)
	gold := flag.String("gold", "../shared/gold/polnear-train.jsonl.gz", "the gold training file")
	gum := flag.String("gum", "../shared/gold/gum_train.jsonl.gz", "texts with hand-checked entities")
	own := flag.String("corpus", "corpus", "our own corpus")
	without := flag.String("without", "", "kinds of writing to leave out, with commas between them")
	speakers := flag.Bool("speakers", false, "only the rankings of who speaks, with the tagger as it is")
	groups := flag.Int("unseen", 0, "measure on kinds of writing that were left out, in so many groups")
	flag.Parse()
	dir, err := os.MkdirTemp("", "recount-train")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	texts, err := filepath.Abs(*own)
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
	if *groups > 0 {
		unseen(*own, *groups, func(without string) {
			cast(texts, without, chains+","+file)
		})
		return
	}
	if !*speakers {
		run(nil, "go", "run", "./internal/lang/train", "-corpus", *own, "-without", *without, "-folds", dir, *gold, "internal/lang/en/tagger.bin")
		run([]string{"RECOUNT_TRAIN=1", "RECOUNT_FOLDS=" + dir, "RECOUNT_CORPUS=" + texts, "RECOUNT_WITHOUT=" + *without}, "go", "test", "./internal/quotes/linker", "-run", "^TestTrain$", "-count=1", "-v", "-timeout", "60m")
	}
	cast(texts, *without, chains+","+file)
}

// cast trains what decides who speaks.
func cast(texts, without, chains string) {
	run([]string{"RECOUNT_TRAIN=1", "RECOUNT_CORPUS=" + texts, "RECOUNT_WITHOUT=" + without, "RECOUNT_CHAINS=" + chains}, "go", "test", "./internal/quotes/cast", "-run", "^TestTrain$", "-count=1", "-v", "-timeout", "60m")
}

// castFile is where the rankings of who speaks lie.
const castFile = "internal/quotes/cast/model.bin"

// unseen reads each group of kinds of writing with rankings that have learned
// from the others, and prints what was found in all. The rankings that lie there
// are put back.
func unseen(dir string, groups int, train func(without string)) {
	texts, err := corpus.Load(os.DirFS(dir))
	if err != nil {
		log.Fatal(err)
	}
	was, err := os.ReadFile(castFile)
	if err != nil {
		log.Fatal(err)
	}
	kinds := corpus.Kinds(texts)
	var all [4]int
	for g := range min(groups, len(kinds)) {
		var left []string
		for i := g; i < len(kinds); i += groups {
			left = append(left, kinds[i])
		}
		train(strings.Join(left, ","))
		cmd := exec.Command("go", "test", "./internal/quotes", "-run", "^TestOwnCorpus$", "-count=1", "-v")
		cmd.Env = append(os.Environ(), "RECOUNT_ONLY="+strings.Join(left, ","))
		out, _ := cmd.CombinedOutput() // the bars are for all kinds together
		_, line, ok := strings.Cut(string(out), "counts: ")
		var n [4]int
		if _, err := fmt.Sscanf(line, "gold %d read %d found %d right %d", &n[0], &n[1], &n[2], &n[3]); !ok || err != nil {
			os.WriteFile(castFile, was, 0o644)
			log.Fatalf("group %d: no figures: %s", g, out)
		}
		for i := range n {
			all[i] += n[i]
		}
		log.Printf("group %d: content %.1f  with the right speaker %.1f  right of found %.1f  (%s)", g+1, f1(n[2], n), f1(n[3], n), 100*float64(n[3])/float64(max(n[2], 1)), strings.Join(left, ", "))
	}
	if err := os.WriteFile(castFile, was, 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("all unseen: content %.1f  with the right speaker %.1f  right of found %.1f", f1(all[2], all), f1(all[3], all), 100*float64(all[3])/float64(max(all[2], 1)))
}

// f1 is the F1 of so many right ones.
func f1(right int, n [4]int) float64 { return 200 * float64(right) / float64(max(n[0]+n[1], 1)) }

func run(env []string, name string, args ...string) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		log.Fatalf("%s %v: %v", name, args, err)
	}
}
