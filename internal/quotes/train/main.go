// Command train makes every model of the reading of quotations anew, from the gold
// training file beside the repository, the texts with hand-checked entities and our
// own corpus: the tagger of internal/lang, the taggers that have not seen a part of
// the articles, the models of internal/quotes/linker, and that of internal/quotes/cast.
// With -check it makes them aside, writes nothing, and fails if one that ships
// differs. The tagger and the rankings of who speaks ship as this command makes them;
// the linker is older (docs/model-card.md). It is run in the root of the repository
// and takes a little over a minute of processor time without the linker, some five more
// (estimated) with it:
//
//	go run ./internal/quotes/train -tagger -speakers -check
//
// What is left out of the training by default is an option, with the reason:
//
//   - -own: tagger and linker learn from the news corpus alone. With our own corpus
//     beside it study-order was right about the speaker of .915 of what it found
//     instead of .948, and GUM had .70 instead of .81 (docs/measurements-reading.md).
//   - -later: the rankings of who speaks leave out the kinds of writing that were
//     added last (corpus.Later). With them the right speaker of what is found of
//     election news was .916 and not .930. What is speech is learned from them.
//   - -hidden: the lists of first names of sixteen languages are not read with.
//     The lists hold nearly every name of our own corpus and too few of those of the
//     world, so that a ranking that reads with all of them leans on them: then one
//     choice of forty articles of election news hangs on the order of the lessons.
//
// With -without, some kinds of writing are left out, so that they can be measured
// as unseen; with -speakers, only what decides what is speech and who speaks is trained, in
// half a minute; with -unseen N, the kinds of writing of our own corpus are dealt into N
// groups, each group is read by what has learned who speaks from the others, and
// the figures of all groups are printed together: with as many groups as kinds, one
// kind of writing is left out at a time.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"recount/corpus"
)

func main() {
	log.SetFlags(0)
	gold := flag.String("gold", "../shared/gold/polnear-train.jsonl.gz", "the gold training file")
	gum := flag.String("gum", "../shared/gold/gum_train.jsonl.gz", "texts with hand-checked entities")
	own := flag.String("corpus", "corpus", "our own corpus")
	without := flag.String("without", "", "kinds of writing to leave out, with commas between them")
	ours := flag.Bool("own", false, "teach our own corpus to tagger and linker too")
	hidden := flag.String("hidden", "am,cs,el,fa,ga,he,hi,hu,id,ig,it,ja,nl,pt,ro,sw", "languages whose first names who speaks is learned without")
	compare := flag.Bool("check", false, "write nothing, and fail if the files that ship are others")
	speakers := flag.Bool("speakers", false, "only what is speech and the rankings of who speaks, with tagger and linker as they are")
	parse := flag.Bool("tagger", false, "only the tagger; with -speakers, both of them and not the linker")
	later := flag.Bool("later", false, "teach the rankings of who speaks the kinds of writing that were added last too")
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
	chains += "," + file
	if *groups > 0 {
		unseen(*own, *groups, func(without string) {
			speech(texts, without, saidFile)
			cast(texts, without, chains, *hidden, castFile)
		})
		return
	}
	// Files are made aside first, so that a training that stops leaves none half new.
	made := func(file string) string { return filepath.Join(dir, strings.ReplaceAll(file, "/", "-")) }
	all := !*speakers && !*parse
	var files []string
	if all || *parse {
		files = append(files, taggerFile)
		args := []string{"run", "./internal/lang/train"}
		if all {
			args = append(args, "-folds", dir)
		}
		if *ours {
			args = append(args, "-corpus", *own, "-without", *without)
		}
		run(nil, "go", append(args, *gold, made(taggerFile))...)
	}
	if all {
		files = append(files, linkerFile)
		taught := ""
		if *ours {
			taught = texts
		}
		run([]string{"RECOUNT_TRAIN=1", "RECOUNT_GOLD=" + file, "RECOUNT_FOLDS=" + dir, "RECOUNT_CORPUS=" + taught, "RECOUNT_WITHOUT=" + *without, "RECOUNT_OUT=" + made(linkerFile)}, "go", "test", "./internal/quotes/linker", "-run", "^TestTrain$", "-count=1", "-v", "-timeout", "4h")
	}
	if !*compare {
		for _, f := range files { // who speaks is learned from what the new ones read
			put(made(f), f)
		}
	}
	if all || *speakers {
		files = append(files, saidFile, castFile)
		speech(texts, *without, made(saidFile))
		if !*compare {
			put(made(saidFile), saidFile)
		}
		left := *without
		if !*later {
			left = strings.Join(slices.Concat(corpus.Later, []string{left}), ",")
		}
		cast(texts, left, chains, *hidden, made(castFile))
		if !*compare {
			put(made(castFile), castFile)
		}
	}
	if !*compare {
		return
	}
	same := true
	for _, f := range files {
		same = equal(made(f), f) && same
	}
	if !same {
		log.Fatal("the training gives other bytes than those that ship: what it reads has changed (code, lexicon, lists or corpus); measure the new files by docs/measurements-reading.md, and ship them if they hold the bars")
	}
}

// equal reports whether a new file is the one that ships, and prints it.
func equal(made, file string) bool {
	a, err := os.ReadFile(made)
	if err != nil {
		log.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	n := max(len(a), len(b)) - min(len(a), len(b))
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			n++
		}
	}
	log.Printf("%s: %d of %d bytes differ", file, n, len(b))
	return n == 0
}

// put puts a new file in its place.
func put(made, file string) {
	data, err := os.ReadFile(made)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		log.Fatal(err)
	}
}

// speech trains what decides which quotations are speech.
func speech(texts, without, out string) {
	out, err := filepath.Abs(out)
	if err != nil {
		log.Fatal(err)
	}
	run([]string{"RECOUNT_TRAIN=1", "RECOUNT_CORPUS=" + texts, "RECOUNT_WITHOUT=" + without, "RECOUNT_OUT=" + out}, "go", "test", "./internal/quotes/linker", "-run", "^TestTrainSaid$", "-count=1", "-v", "-timeout", "4h")
}

// cast trains what decides who speaks.
func cast(texts, without, chains, hidden, out string) {
	out, err := filepath.Abs(out)
	if err != nil {
		log.Fatal(err)
	}
	run([]string{"RECOUNT_TRAIN=1", "RECOUNT_CORPUS=" + texts, "RECOUNT_WITHOUT=" + without, "RECOUNT_CHAINS=" + chains, "RECOUNT_HIDDEN=" + hidden, "RECOUNT_OUT=" + out}, "go", "test", "./internal/quotes/cast", "-run", "^TestTrain$", "-count=1", "-v", "-timeout", "4h")
}

// Where the weights lie.
const (
	taggerFile = "internal/lang/en/tagger.bin"
	linkerFile = "internal/quotes/linker/model.bin"
	saidFile   = "internal/quotes/linker/said.bin" // whether a quotation is speech
	castFile   = "internal/quotes/cast/model.bin"  // the rankings of who speaks
)

// unseen reads each group of kinds of writing with rankings that have learned
// from the others, and prints what was found in all. The rankings that lie there
// are put back.
func unseen(dir string, groups int, train func(without string)) {
	texts, err := corpus.Load(os.DirFS(dir))
	if err != nil {
		log.Fatal(err)
	}
	was := map[string][]byte{}
	for _, f := range []string{saidFile, castFile} {
		if was[f], err = os.ReadFile(f); err != nil {
			log.Fatal(err)
		}
	}
	back := func() {
		for f, data := range was {
			if err := os.WriteFile(f, data, 0o644); err != nil {
				log.Fatal(err)
			}
		}
	}
	defer back()
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
			back()
			log.Fatalf("group %d: no figures: %s", g, out)
		}
		for i := range n {
			all[i] += n[i]
		}
		log.Printf("group %d: content %.1f  with the right speaker %.1f  right of found %.1f  (%s)", g+1, f1(n[2], n), f1(n[3], n), 100*float64(n[3])/float64(max(n[2], 1)), strings.Join(left, ", "))
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
