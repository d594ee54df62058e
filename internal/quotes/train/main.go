// Command train makes every model of the reading of quotations anew, from the gold
// training file beside the repository, the texts with hand-checked entities and our
// own corpus: the tagger of internal/lang, the taggers that have not seen a part of
// the articles, the models of internal/quotes/linker, and that of internal/quotes/speakers.
// With -check it makes them aside, writes nothing, and fails if one that ships
// differs. The tagger and the rankings of who speaks ship as this command makes them;
// the linker is older (docs/model-card.md). It is run in the root of the repository
// and takes a little over a minute of processor time without the linker, some five more
// (estimated) with it:
//
//	go run ./internal/quotes/train -tagger -speakers -check
//
// Each file is made by a run of its own (-stage), because it is learned from what the
// program reads with the files that ship by then.
//
// What is left out of the training by default is an option, with the reason:
//
//   - -own: tagger and linker learn from the news corpus alone. With our own corpus
//     beside it study-order was right about the speaker of .915 of what it found
//     instead of .948, and GUM had .70 instead of .81 (docs/measurements-reading.md).
//   - -later: who bears a new name is not learned from the kinds of writing that were
//     added last (corpus.Later), in which people are described long before they are
//     named. With them "A woman stood at the gate. Ada Marr passed" made one of two.
//     All else is learned from them.
//   - -hidden: the lists of first names of sixteen languages are not read with.
//     The lists hold nearly every name of our own corpus and too few of those of the
//     world, so that a ranking that reads with all of them leans on them: then one
//     choice of forty articles of election news hangs on the order of the samples.
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
	"strconv"
	"strings"

	"recount/corpus"
	"recount/internal/lang"
	"recount/internal/quotes/linker"
	"recount/internal/quotes/speakers"
)

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.gold, "gold", "../shared/gold/polnear-train.jsonl.gz", "the gold training file")
	flag.StringVar(&o.gum, "gum", "../shared/gold/gum_train.jsonl.gz", "texts with hand-checked entities")
	flag.StringVar(&o.texts, "corpus", "corpus", "our own corpus")
	flag.StringVar(&o.without, "without", "", "kinds of writing to leave out, with commas between them")
	flag.BoolVar(&o.own, "own", false, "teach our own corpus to tagger and linker too")
	flag.StringVar(&o.hidden, "hidden", "am,cs,el,fa,ga,he,hi,hu,id,ig,it,ja,nl,pt,ro,sw", "languages whose first names who speaks is learned without")
	flag.BoolVar(&o.later, "later", false, "learn from the kinds of writing that were added last too who bears a new name")
	flag.StringVar(&o.dev, "dev", "", "score the tagger on the articles of this gold file")
	flag.StringVar(&o.show, "show", "", "tell the mistakes of these rankings of who speaks")
	compare := flag.Bool("check", false, "write nothing, and fail if the files that ship are others")
	speakers := flag.Bool("speakers", false, "only what is speech and the rankings of who speaks, with tagger and linker as they are")
	parse := flag.Bool("tagger", false, "only the tagger; with -speakers, both of them and not the linker")
	groups := flag.Int("unseen", 0, "measure on kinds of writing that were left out, in so many groups")
	flag.StringVar(&o.folds, "folds", "", "the folder of the taggers of the thirds (of the program itself)")
	stage := flag.String("stage", "", "make one file (of the program itself)")
	to := flag.String("to", "", "where that file is to be (of the program itself)")
	flag.Parse()
	if *stage != "" {
		data, err := o.make(*stage)
		if err == nil {
			err = os.WriteFile(*to, data, 0o644)
		}
		if err != nil {
			log.Fatal(*stage, ": ", err)
		}
		return
	}
	dir, err := os.MkdirTemp("", "recount-train")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if *groups > 0 {
		unseen(o, *groups, dir)
		return
	}
	// Files are made aside first, so that a training that stops leaves none half new;
	// each by a run of its own, since it reads with the files that ship by then.
	all := !*speakers && !*parse
	if all {
		o.folds = dir
	}
	made := func(file string) string { return filepath.Join(dir, strings.ReplaceAll(file, "/", "-")) }
	var files []string
	step := func(stages ...string) {
		for _, x := range stages {
			files = append(files, fileOf[x])
			o.run(x, made(fileOf[x]))
		}
		if !*compare {
			for _, x := range stages {
				put(made(fileOf[x]), fileOf[x])
			}
		}
	}
	switch {
	case all:
		step("tagger", "linker")
	case *parse:
		step("tagger")
	}
	if all || *speakers {
		step("said")
		step("speakers")
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

// Where the weights lie that each stage makes.
var fileOf = map[string]string{
	"tagger":   "internal/lang/en/tagger.bin",
	"linker":   "internal/quotes/linker/model.bin",
	"said":     "internal/quotes/linker/said.bin",    // whether a quotation is speech
	"speakers": "internal/quotes/speakers/model.bin", // the rankings of who speaks
}

// What the models are learned from.
type options struct {
	gold, gum, texts, without, hidden string
	own, later                        bool
	folds, dev, show                  string
}

// make returns the file of one stage.
func (o options) make(stage string) ([]byte, error) {
	without := strings.Split(o.without, ",")
	var taught, texts []*corpus.Text // what tagger and linker learn from, and all
	var err error
	if o.own {
		if taught, err = corpus.Load(os.DirFS(o.texts), without...); err != nil {
			return nil, err
		}
	}
	if texts, err = corpus.Load(os.DirFS(o.texts)); err != nil {
		return nil, err
	}
	switch stage {
	case "tagger":
		data := tagger(o.gold, taught, o.folds)
		if o.dev != "" {
			check(data, read(o.dev))
		}
		return data, nil
	case "linker":
		var folds []*lang.Tagger
		for k := range lang.Folds {
			model, err := os.ReadFile(filepath.Join(o.folds, foldName(k)))
			if err != nil {
				return nil, err
			}
			g, err := lang.TaggerFrom(string(model))
			if err != nil {
				return nil, err
			}
			folds = append(folds, g)
		}
		return linker.Train(o.gold, folds, taught, log.Printf)
	case "said":
		return linker.TrainSaid(texts, without, log.Printf)
	case "speakers":
		var unnamed []string
		if !o.later {
			unnamed = corpus.Later
		}
		return speakers.Train(speakers.TrainingSet{Texts: texts, Without: without, Unnamed: unnamed, Gold: []string{o.gum, o.gold}, Hidden: strings.Split(o.hidden, ","), Show: o.show}, log.Printf)
	}
	return nil, fmt.Errorf("no such stage")
}

// run makes the file of one stage in a run of its own.
func (o options) run(stage, to string) {
	cmd := exec.Command("go", "run", "./internal/quotes/train", "-stage", stage, "-to", to, "-gold", o.gold, "-gum", o.gum, "-corpus", o.texts,
		"-without", o.without, "-hidden", o.hidden, "-own="+strconv.FormatBool(o.own), "-later="+strconv.FormatBool(o.later), "-folds", o.folds, "-dev", o.dev, "-show", o.show)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		log.Fatalf("%s: %v", stage, err)
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

// unseen reads each group of kinds of writing with rankings that have learned
// from the others, and prints what was found in all. The rankings that lie there
// are put back.
func unseen(o options, groups int, dir string) {
	texts, err := corpus.Load(os.DirFS(o.texts))
	if err != nil {
		log.Fatal(err)
	}
	was := map[string][]byte{}
	stages := []string{"said", "speakers"}
	for _, x := range stages {
		f := fileOf[x]
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
		own := o
		own.later = true
		own.without = strings.Join(append(left, o.without), ",")
		for _, x := range stages {
			made := filepath.Join(dir, x)
			own.run(x, made)
			put(made, fileOf[x])
		}
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
