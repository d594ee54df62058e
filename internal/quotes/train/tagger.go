package main

// The tagger is learned from the token layers of the gold training file, which are
// automatic annotations: a teacher. The same file gives the same bytes.

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"sync"

	"recount"
	"recount/corpus"
	"recount/internal/lang"
)

const rounds = 6

// Tags and kinds of names in use; the lists hold free places after them.
const (
	knownTags  = 46
	knownNames = 7
)

type goldToken struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	POS   string `json:"pos"`
	NER   string `json:"ner"`
	Head  int    `json:"head"`
	Dep   string `json:"dep"`
}

type goldArticle struct {
	Text   string      `json:"text"`
	Tokens []goldToken `json:"tokens"`
}

// A sample is one sentence with what the teacher says.
type sample struct {
	article int
	tokens  []lang.Token // POS and the rest as the teacher gives them
	heads   []int32      // len(tokens) for a root
	names   bool         // the sample teaches kinds of names alone
	known   []bool       // of names: which tokens are known
}

// tagger makes the model of the tagger from the gold file, and the kinds of names
// from our own corpus too where texts are given. With a folder for folds it also
// writes there, for each third of the articles, a tagger that has not seen them:
// what is trained on the tagger's output must see it as wrong as it is on new text.
func tagger(gold string, texts []*corpus.Text, folds string) []byte {
	samples := read(gold)
	samples = append(samples, ownSamples(texts, samples[len(samples)-1].article+1)...)
	// The taggers do not depend on one another, so they are trained at once.
	var work sync.WaitGroup
	for k := range lang.Folds {
		if folds == "" {
			break
		}
		work.Go(func() {
			var others []sample
			for _, l := range samples {
				if l.article%lang.Folds != k {
					others = append(others, l)
				}
			}
			if err := os.WriteFile(filepath.Join(folds, foldName(k)), learn(others), 0o644); err != nil {
				log.Fatal(err)
			}
		})
	}
	data := learn(samples)
	work.Wait()
	log.Printf("%d sentences, %d bytes", len(samples), len(data))
	return data
}

func foldName(k int) string { return fmt.Sprintf("tagger-%d.bin", k) }

func read(path string) []sample {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		log.Fatal(err)
	}
	var out []sample
	articles := 0
	lines := bufio.NewReaderSize(z, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var a goldArticle
			if err := json.Unmarshal(line, &a); err != nil {
				log.Fatal(err)
			}
			out = append(out, samplesOf(a, articles)...)
			articles++
		}
		if err == io.EOF {
			return out
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}

// samplesOf maps the teacher's tokens to ours by where they begin.
func samplesOf(a goldArticle, article int) []sample {
	if len(a.Tokens) == 0 {
		return nil
	}
	points := recount.NewCodePoints(a.Text)
	tokens := lang.Tokens(a.Text, "en", lang.Sentences(a.Text, "en"))
	ofGold := make([]int, len(a.Tokens)) // our token that begins where the teacher's does
	goldOf := make([]int, len(tokens))   // the teacher's token that holds ours
	k := 0
	for i := range ofGold {
		ofGold[i] = -1
	}
	for i := range goldOf {
		goldOf[i] = -1
	}
	for g, t := range a.Tokens {
		start, end := points.Byte(t.Start), points.Byte(t.End)
		for k < len(tokens) && tokens[k].Span.Start < start {
			k++
		}
		for j := k; j < len(tokens) && tokens[j].Span.Start < end; j++ {
			if j == k {
				ofGold[g] = j
			}
			goldOf[j] = g
		}
	}
	var out []sample
	for start := 0; start < len(tokens); {
		end := start + 1
		for end < len(tokens) && tokens[end].Sentence == tokens[start].Sentence {
			end++
		}
		l := sample{article: article, tokens: append([]lang.Token(nil), tokens[start:end]...), heads: make([]int32, end-start)}
		whole := end-start <= 200
		roots := 0
		for i := range l.tokens {
			g := goldOf[start+i]
			if g < 0 {
				whole = false
				break
			}
			t := a.Tokens[g]
			l.tokens[i].POS = index(lang.Tags[:], t.POS)
			l.tokens[i].Name = nameOf(t.NER)
			l.tokens[i].Label = index(lang.Labels[:], t.Dep)
			switch {
			case ofGold[g] != start+i: // a later part of one of the teacher's tokens
				l.heads[i] = int32(max(ofGold[g], start) - start)
				l.tokens[i].Label = index(lang.Labels[:], "dep")
			case t.Head < 0 || ofGold[t.Head] < start || ofGold[t.Head] >= end:
				l.heads[i] = int32(end - start)
				roots++
			default:
				l.heads[i] = int32(ofGold[t.Head] - start)
			}
			if int(l.heads[i]) == i {
				l.heads[i] = int32(end - start)
			}
		}
		if whole {
			out = append(out, l)
		}
		start = end
	}
	return out
}

func index(list []string, s string) uint8 {
	for i, x := range list {
		if x == s {
			return uint8(i)
		}
	}
	return 1
}

func nameOf(ner string) uint8 {
	switch ner {
	case "PERSON":
		return lang.Person
	case "ORGANIZATION":
		return lang.Organisation
	case "LOCATION":
		return lang.Location
	case "MISC":
		return lang.Misc
	case "DATE", "TIME", "DURATION", "SET":
		return 5
	case "NUMBER", "PERCENT", "MONEY", "ORDINAL":
		return 6
	}
	return 0
}

// learn trains the four classifiers. Each sees what the ones before it
// predict, and its own earlier decisions in the sentence.
func learn(samples []sample) []byte {
	tags, names := lang.NewLearner(len(lang.Tags), 16), lang.NewLearner(len(lang.Names), 17)
	arcs, labels := lang.NewLearner(lang.Moves, 19), lang.NewLearner(len(lang.Labels), 15)
	var buf []uint32
	order := newOrder(len(samples))
	var parse *lang.Parse
	for round := range rounds {
		var wrong [4]int
		total := 0
		for _, n := range order.shuffle() {
			l := samples[n]
			s := append([]lang.Token(nil), l.tokens...)
			for i := range s {
				s[i].POS, s[i].Name, s[i].Label = 0, 0, 0
			}
			scores := make([]int32, 64)
			for i := range s {
				buf = lang.POSFeatures(buf[:0], s, i)
				if l.names {
					clear(scores)
					for _, f := range buf {
						tags.Add(scores[:len(lang.Tags)], f)
					}
					s[i].POS = uint8(lang.Best(scores[1:knownTags]) + 1)
					continue
				}
				total++
				want := int(l.tokens[i].POS)
				got := train(tags, scores, buf, 1, knownTags, want)
				s[i].POS = uint8(got)
				if got != want {
					wrong[0]++
				}
			}
			for i := range s {
				want := int(l.tokens[i].Name)
				buf = lang.NameFeatures(buf[:0], s, i)
				if l.names && !l.known[i] {
					clear(scores)
					for _, f := range buf {
						names.Add(scores[:len(lang.Names)], f)
					}
					s[i].Name = uint8(lang.Best(scores[:knownNames]))
					continue
				}
				got := train(names, scores, buf, 0, knownNames, want)
				s[i].Name = uint8(got)
				if got != want {
					wrong[1]++
				}
			}
			if l.names {
				continue
			}
			parse = lang.NewParse(parse, s)
			for !parse.Done() {
				buf = parse.ArcFeatures(buf[:0])
				clear(scores)
				for _, f := range buf {
					arcs.Add(scores[:lang.Moves], f)
				}
				best, right, cheapest := -1, -1, 1<<30
				for m := range lang.Moves {
					if parse.Legal(m) {
						cheapest = min(cheapest, parse.Cost(m, l.heads))
					}
				}
				for m := range lang.Moves {
					if !parse.Legal(m) {
						continue
					}
					if best < 0 || scores[m] > scores[best] {
						best = m
					}
					if parse.Cost(m, l.heads) == cheapest && (right < 0 || scores[m] > scores[right]) {
						right = m
					}
				}
				arcs.Step()
				move := best
				if parse.Cost(best, l.heads) > cheapest {
					for _, f := range buf {
						arcs.Update(f, right, 1)
						arcs.Update(f, best, -1)
					}
					// The first rounds follow the oracle, later ones their
					// own mistakes.
					if round < 2 || order.next()%10 == 0 {
						move = right
					}
				}
				parse.Move(move)
			}
			for i, h := range parse.Heads() {
				if h != l.heads[i] {
					wrong[2]++
				}
				want := int(l.tokens[i].Label)
				buf = lang.LabelFeatures(buf[:0], s, i, int(l.heads[i]))
				if train(labels, scores, buf, 1, len(lang.Labels), want) != want {
					wrong[3]++
				}
			}
		}
		log.Printf("round %d: wrong of %d: tags %d names %d heads %d labels %d", round+1, total, wrong[0], wrong[1], wrong[2], wrong[3])
	}
	var out []byte
	for _, l := range []*lang.Learner{tags, names, arcs, labels} {
		out = append(out, lang.Pack(l)...)
	}
	return out
}

// train makes one perceptron step and returns the class that was predicted.
func train(l *lang.Learner, scores []int32, features []uint32, from, known, want int) int {
	scores = scores[:l.Classes]
	clear(scores)
	for _, f := range features {
		l.Add(scores, f)
	}
	// Classes that nothing was ever learned for are free places in a row.
	for c := range scores {
		if c >= known {
			scores[c] = -1 << 30
		}
	}
	got := lang.Best(scores[from:]) + from
	l.Step()
	if got != want {
		for _, f := range features {
			l.Update(f, want, 1)
			l.Update(f, got, -1)
		}
	}
	return got
}

// An order shuffles the samples, the same way every time.
type order struct {
	list  []int
	state uint64
}

func newOrder(n int) *order {
	o := &order{state: 0x9E3779B97F4A7C15}
	for i := range n {
		o.list = append(o.list, i)
	}
	return o
}

func (o *order) next() uint64 {
	o.state ^= o.state << 13
	o.state ^= o.state >> 7
	o.state ^= o.state << 17
	return o.state >> 11
}

func (o *order) shuffle() []int {
	for i := len(o.list) - 1; i > 0; i-- {
		j := int(o.next() % uint64(i+1))
		o.list[i], o.list[j] = o.list[j], o.list[i]
	}
	return o.list
}

// check prints how often the packed model agrees with the teacher on articles
// it was not trained on.
func check(data []byte, samples []sample) {
	g, err := lang.TaggerFrom(string(data))
	if err != nil {
		log.Fatal(err)
	}
	var right [4]int
	total, found, named, both := 0, 0, 0, 0
	for _, l := range samples {
		s := append([]lang.Token(nil), l.tokens...)
		g.Tag(s)
		for i := range s {
			total++
			head := s[i].Head
			if head < 0 {
				head = int32(len(s))
			}
			if s[i].POS == l.tokens[i].POS {
				right[0]++
			}
			if s[i].Name == l.tokens[i].Name {
				right[1]++
			}
			if head == l.heads[i] {
				right[2]++
				if s[i].Label == l.tokens[i].Label {
					right[3]++
				}
			}
			p, w := s[i].Name > 0 && s[i].Name < 5, l.tokens[i].Name > 0 && l.tokens[i].Name < 5
			if p {
				found++
			}
			if w {
				named++
			}
			if p && w && s[i].Name == l.tokens[i].Name {
				both++
			}
		}
	}
	fmt.Printf("tags %.2f names %.2f (P %.1f R %.1f) heads %.2f heads and labels %.2f, %% of %d tokens\n",
		pct(right[0], total), pct(right[1], total), pct(both, found), pct(both, named), pct(right[2], total), pct(right[3], total), total)
}

func pct(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
