package quotes

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"testing"

	"recount"
	"recount/internal/lang"
)

// rounds of training for each stage.
const (
	cueRounds = 8
	argRounds = 8
)

type goldAttribution struct {
	Source, Cue, Content [][2]int
}

type goldArticle struct {
	ID           string
	Text         string
	Tokens       []json.RawMessage
	Attributions []goldAttribution
}

// A lesson is one article with the roles of its tokens.
type lesson struct {
	id    string
	v     *view
	gold  []goldRoles
	cueOf []uint8 // class of each token
}

// goldRoles are the tokens of one attribution.
type goldRoles struct {
	cue             cueSpan
	source, content map[int]bool
}

func readGold(t testing.TB, path string, each func(goldArticle)) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReaderSize(z, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var a goldArticle
			if err := json.Unmarshal(line, &a); err != nil {
				t.Fatal(err)
			}
			each(a)
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func lessonOf(a goldArticle, tagger *lang.Tagger) lesson {
	p := newPage(&recount.Article{Key: recount.Key(a.ID), Text: a.Text, Language: "en"})
	v := newView(p, tagger)
	points := recount.NewCodePoints(a.Text)
	l := lesson{id: a.ID, v: v, cueOf: make([]uint8, len(v.tokens))}
	set := func(pieces [][2]int) map[int]bool {
		out := map[int]bool{}
		for _, x := range pieces {
			s := recount.Span{Start: points.Byte(x[0]), End: points.Byte(x[1])}
			for i, t := range v.tokens {
				if t.Span.Overlaps(s) {
					out[i] = true
				}
			}
		}
		return out
	}
	for _, at := range a.Attributions {
		g := goldRoles{cue: cueSpan{from: -1}, source: set(at.Source), content: set(at.Content)}
		cue := set(at.Cue)
		for i := range v.tokens {
			if cue[i] {
				if g.cue.from < 0 {
					g.cue.from = i
				}
				g.cue.to = i + 1
			}
		}
		if g.cue.from < 0 || v.tokens[g.cue.from].Sentence != v.tokens[g.cue.to-1].Sentence {
			continue
		}
		l.cueOf[g.cue.from] = cueBegin
		for i := g.cue.from + 1; i < g.cue.to; i++ {
			l.cueOf[i] = cueIn
		}
		l.gold = append(l.gold, g)
	}
	return l
}

// rng shuffles the same way every time.
type rng uint64

func (r *rng) next() uint64 {
	x := uint64(*r)
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*r = rng(x)
	return x >> 11
}

func (r *rng) shuffle(list []int) {
	for i := len(list) - 1; i > 0; i-- {
		j := int(r.next() % uint64(i+1))
		list[i], list[j] = list[j], list[i]
	}
}

func trainCues(t testing.TB, lessons []lesson, learner *lang.Learner) {
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	r := rng(88172645463325252)
	var buf []uint32
	for round := range cueRounds {
		r.shuffle(order)
		wrong, total := 0, 0
		for _, n := range order {
			l := lessons[n]
			for i := range l.v.tokens {
				var e [cueClasses]int32
				buf = l.v.cueFeatures(buf[:0], i)
				for _, f := range buf {
					learner.Add(e[:], f)
				}
				got, want := lang.Best(e[:]), int(l.cueOf[i])
				learner.Step()
				if want != cueOut {
					total++
				}
				if got != want {
					wrong++
					for _, f := range buf {
						learner.Update(f, want, 1)
						learner.Update(f, got, -1)
					}
				}
			}
		}
		t.Logf("cues round %d: %d wrong of %d", round+1, wrong, total)
	}
}

// goldPath gives the roles of the units of a window.
func goldPath(w *window, g goldRoles) []uint8 {
	out := make([]uint8, len(w.units))
	for u, x := range w.units {
		source, content := 0, 0
		for i := x.from; i < x.to; i++ {
			if g.source[i] {
				source++
			}
			if g.content[i] {
				content++
			}
		}
		own := u >= w.own && u < w.rest
		switch {
		case own && x.from >= g.cue.from && x.from < g.cue.to:
			out[u] = roleCue
		case own && source > 0:
			out[u] = roleSource
		case 2*content > x.to-x.from:
			out[u] = roleContent
		}
	}
	return out
}

func trainArguments(t testing.TB, lessons []lesson, arcs, rolesOf *lang.Learner) {
	m := &model{arcs: arcs, roles: rolesOf}
	type instance struct{ lesson, gold int }
	var all []instance
	for i := range lessons {
		// The gold cues are the cues.
		v := lessons[i].v
		v.cues = v.cues[:0]
		for _, g := range lessons[i].gold {
			v.cues = append(v.cues, g.cue)
		}
		sortGold(&lessons[i])
		v.indexCues()
		for k := range lessons[i].gold {
			all = append(all, instance{i, k})
		}
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	r := rng(88172645463325252)
	var w window
	var buf []uint32
	for round := range argRounds {
		r.shuffle(order)
		wrong, skipped := 0, 0
		for _, n := range order {
			x := all[n]
			l := &lessons[x.lesson]
			w.set(l.v, x.gold)
			gold := goldPath(&w, l.gold[x.gold])
			if !w.possible(gold) {
				skipped++
				continue
			}
			w.decode(m, gold, marginOf)
			arcs.Step()
			rolesOf.Step()
			bad := false
			for u := range w.units {
				got, want := int(w.path[u]), int(gold[u])
				gp, wp := 0, 0
				if u > 0 {
					gp, wp = int(w.path[u-1]), int(gold[u-1])
				}
				if got != want && got != roleCue && want != roleCue {
					bad = true
					buf = w.unitFeatures(buf[:0], u)
					for _, f := range buf {
						rolesOf.Update(f, want, 1)
						rolesOf.Update(f, got, -1)
					}
				}
				if got != want || gp != wp {
					bad = true
					buf = w.boundaryFeatures(buf[:0], u)
					for _, f := range buf {
						arcs.Update(f, wp*roles+want, 1)
						arcs.Update(f, gp*roles+got, -1)
					}
				}
			}
			if bad {
				wrong++
			}
		}
		t.Logf("arguments round %d: %d wrong of %d, %d impossible", round+1, wrong, len(all), skipped)
	}
}

const marginOf = 5

func sortGold(l *lesson) {
	for i := 1; i < len(l.gold); i++ {
		for k := i; k > 0 && l.gold[k].cue.from < l.gold[k-1].cue.from; k-- {
			l.gold[k], l.gold[k-1] = l.gold[k-1], l.gold[k]
		}
	}
	l.v.cues = l.v.cues[:0]
	for _, g := range l.gold {
		l.v.cues = append(l.v.cues, g.cue)
	}
}

// TestTrain makes model.bin from the gold training file. It runs on demand:
//
//	RECOUNT_TRAIN=1 go test ./internal/quotes -run TestTrain -timeout 60m
func TestTrain(t *testing.T) {
	if os.Getenv("RECOUNT_TRAIN") == "" {
		t.Skip("training runs when RECOUNT_TRAIN is set")
	}
	var lessons []lesson
	readGold(t, needMeasuring(t, "gold/polnear-train.jsonl.gz"), func(a goldArticle) {
		lessons = append(lessons, lessonOf(a, lang.English()))
	})
	t.Logf("%d articles", len(lessons))
	cues := lang.NewLearner(cueClasses, 19)
	trainCues(t, lessons, cues)
	arcs, rolesOf := lang.NewLearner(roles*roles, 15), lang.NewLearner(roles-1, 19)
	trainArguments(t, lessons, arcs, rolesOf)
	data := lang.Pack(cues)
	data = append(data, lang.Pack(arcs, rolesOf)...)
	data = append(data, lang.Pack(lang.NewLearner(2, 4))...)
	if err := os.WriteFile("model.bin", data, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", len(data))
}
