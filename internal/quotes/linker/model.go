// Package linker finds quotations in English with a trained model.
//
// In: a page. Out: drafts with a probability. Method: cues are tagged by a
// conditional random field over each sentence; for each cue, a second field
// over the tokens of its sentence and the stretches around it says what is its
// source and what its content, so that a source may serve several cues; a
// of the best ways to give out these roles, the spans that look best as wholes
// are chosen; a logistic regression says how likely all of it is right. The
// weights are model.bin, made by train_test.go from the gold training file.
// Limits: the cue stands in one sentence, and so does the source.
package linker

import (
	_ "embed"
	"sync"

	"recount/internal/lang"
	"recount/internal/quotes/page"
)

//go:embed model.bin
var modelFile string

// A model finds quotations in English: cues first, then, for each cue, what
// is its source and what its content; last, whether the whole is kept.
type model struct {
	rates string      // how often a word is in a cue, by its hash
	cues  lang.Linear // classes cueOut, cueBegin, cueIn
	links lang.Linear // classes previous*cueClasses+class of neighbouring tokens
	arcs  lang.Linear // classes previous*roles+role of neighbouring units
	roles lang.Linear // classes roleNone, roleSource, roleContent
	ranks lang.Linear // one class: how well the spans of a cue look as wholes
	keep  lang.Linear // classes drop, keep
	first lang.Linear // classes woman, man, of a first name
	unit  int         // of the cues' scores
}

// modelFrom reads a model.
func modelFrom(data string) *model {
	if len(data) < rateBuckets {
		return nil
	}
	rates := data[:rateBuckets]
	data = data[rateBuckets:]
	var parts [7]lang.Linear
	for i := range parts {
		var err error
		if parts[i], data, err = lang.LinearFrom(data); err != nil {
			return nil
		}
	}
	return &model{rates, parts[0], parts[1], parts[3], parts[2], parts[4], parts[5], parts[6], parts[0].Unit}
}

var Trained = sync.OnceValue(func() *model { return modelFrom(modelFile) })

// rateBuckets is the size of the table of rates. A rate is a class: 0 for a
// rare word, then from never to nearly always.
const rateBuckets = 1 << 17

// often is the rate from which a word is likely in a cue: one time in four.
const often = 5

// rateOf returns the class of a count among occurrences.
func rateOf(in, all int) byte {
	switch {
	case all < 5:
		return 0
	case in == 0:
		return 1
	case in*50 < all:
		return 2
	case in*10 < all:
		return 3
	case in*4 < all:
		return 4
	case in*2 < all:
		return 5
	case in*4 < all*3:
		return 6
	}
	return 7
}

func rateBucket(word uint32) uint32 { return word * 2654435769 >> 15 }

// Roles of a unit towards one cue.
const (
	roleNone = iota
	roleSource
	roleContent
	roleCue
	roles
)

const (
	cueOut = iota
	cueBegin
	cueIn
	cueClasses
)

// A view is an article as the model sees it: tagged tokens with what stands
// around them.
type view struct {
	*page.Tree
	rate     []uint8 // how often each word is in a cue
	above    []int32 // nearest ancestor that is often in a cue, or -1
	under    []uint8 // label of the step below that ancestor
	likely   []int32 // words often in a cue before each token
	cues     []cueSpan
	inCue    []int32 // cue that holds each token, or -1
	cueCount []int32 // cues that begin before each token
}

// A cueSpan is a run of tokens that introduces speech or thought.
type cueSpan struct {
	from, to int
	score    int32 // how far the model prefers it to none
	head     int   // token that the rest of the run depends on
}

// newView tags the article. The tagger is a parameter because the training
// uses one that has not seen the article.
func newView(p *page.Page, tagger *lang.Tagger, rates string) *view {
	t := page.NewTree(p, tagger)
	v := &view{Tree: t, inCue: make([]int32, len(t.Tokens)), cueCount: make([]int32, len(t.Tokens)+1)}
	for i := range v.inCue {
		v.inCue[i] = -1
	}
	v.rank(rates)
	return v
}

// rank looks up how often each word is in a cue, and what stands above it.
func (v *view) rank(rates string) {
	n := len(v.Tokens)
	v.rate, v.above, v.under, v.likely = make([]uint8, n), make([]int32, n), make([]uint8, n), make([]int32, n+1)
	for i, t := range v.Tokens {
		v.rate[i] = rates[rateBucket(t.Word)]
		v.likely[i+1] = v.likely[i]
		if v.rate[i] >= often {
			v.likely[i+1]++
		}
	}
	for i := range v.Tokens {
		v.above[i] = -1
		k := int32(i)
		for range 10 {
			label := v.Tokens[k].Label
			if k = v.Tokens[k].Head; k < 0 {
				break
			}
			if v.rate[k] >= often {
				v.above[i], v.under[i] = k, label
				break
			}
		}
	}
}

// rateAt returns the rate of a token, 0 outside the article.
func (v *view) rateAt(i int) uint8 {
	if i < 0 || i >= len(v.rate) {
		return 0
	}
	return v.rate[i]
}

func bucket(n int) uint32 {
	switch {
	case n < 0:
		return 15
	case n < 4:
		return uint32(n)
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 16:
		return 6
	case n < 30:
		return 7
	}
	return 8
}

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// nearRegion returns how far the nearest quoted token lies to the left and to
// the right within the sentence, or -1.
func (v *view) nearRegion(i int) (left, right int) {
	left, right = -1, -1
	s := v.Tokens[i].Sentence
	for k := i - 1; k >= v.First[s] && k >= i-10; k-- {
		if v.Region[k] >= 0 {
			left = i - k
			break
		}
	}
	for k := i + 1; k < v.First[s+1] && k <= i+10; k++ {
		if v.Region[k] >= 0 {
			right = k - i
			break
		}
	}
	return left, right
}

// cueFeatures lists the features of token i for being in a cue; previous is
// the class of the token before.
func (v *view) cueFeatures(f []uint32, i int) []uint32 {
	t, a, b := v.At(i), v.At(i-1), v.At(i+1)
	aa, bb := v.At(i-2), v.At(i+2)
	h := v.At(int(t.Head))
	P := func(t *lang.Token) uint32 { return uint32(t.POS) }
	in := truth(v.Region[i] >= 0)
	left, right := v.nearRegion(i)
	l, r := bucket(left), bucket(right)
	mask := uint32(v.Children[i]&page.Frame) ^ uint32((v.Children[i]&page.Frame)>>16)*31
	subject := uint32(0)
	if s := v.Subject[i]; s >= 0 {
		subject = 1 + P(&v.Tokens[s]) + 64*uint32(v.Tokens[s].Name)
	}
	hm := uint32(0)
	if t.Head >= 0 {
		hm = v.Lemma[t.Head]
	}
	s := t.Sentence
	size := v.First[s+1] - v.First[s]
	share := uint32(0)
	if size > 0 {
		share = uint32(int(v.Quoted[v.First[s+1]]-v.Quoted[v.First[s]]) * 4 / size)
	}
	place := uint32(0)
	if i == v.First[s] {
		place = 1
	} else if i >= v.First[s+1]-2 {
		place = 2
	}
	g := v.Lemma[i]
	w := t.Word
	rate := uint32(v.rate[i])
	top, under, order := uint32(0), uint32(v.under[i]), uint32(0)
	if k := v.above[i]; k >= 0 {
		top = 1 + uint32(v.rate[k])
		order = truth(int(k) > i)
		if v.Region[k] != v.Region[i] {
			order += 2
		}
	}
	from, to := v.First[s], v.First[s+1]
	prior, later := uint32(min(v.likely[i]-v.likely[from], 3)), uint32(min(v.likely[to]-v.likely[i+1], 3))
	ra, rb := uint32(v.rateAt(i-1)), uint32(v.rateAt(i+1))
	subjectWord := uint32(0)
	if k := v.Subject[i]; k >= 0 {
		subjectWord = v.Tokens[k].Word
	}
	f = append(f,
		lang.Mix2(40, rate, P(t)), lang.Mix2(41, rate, mask), lang.Mix4(42, rate, top, under, order), lang.Mix4(43, top, under, order, P(t)), lang.Mix3(44, rate, prior, later), lang.Mix4(45, rate, prior, later, in),
		lang.Mix3(46, ra, rate, rb), lang.Mix2(47, rate, subject), lang.Mix3(48, w, top, under), lang.Mix2(49, subjectWord, rate), lang.Mix3(50, rate, uint32(t.Label), P(h)), lang.Mix5(51, rate, share, in, l, r), lang.Mix3(52, rate, uint32(v.rateAt(int(t.Head))), uint32(t.Label)))
	return append(f,
		lang.Mix1(1, w), lang.Mix2(2, w, P(t)), lang.Mix3(3, P(t), P(a), P(b)), lang.Mix2(4, a.Word, w), lang.Mix2(5, w, b.Word), lang.Mix2(6, a.Word, P(t)), lang.Mix2(7, b.Word, P(t)),
		lang.Mix3(8, aa.Word, a.Word, w), lang.Mix3(9, w, b.Word, bb.Word), lang.Mix2(10, uint32(t.Label), w), lang.Mix3(11, uint32(t.Label), P(t), P(h)), lang.Mix2(12, h.Word, uint32(t.Label)),
		lang.Mix2(13, mask, P(t)), lang.Mix2(14, mask, w), lang.Mix2(15, g, mask), lang.Mix2(16, g, in), lang.Mix2(17, in, P(t)), lang.Mix3(18, l, r, P(t)), lang.Mix3(19, l, P(t), g), lang.Mix3(20, r, P(t), g),
		lang.Mix2(21, subject, P(t)), lang.Mix2(22, subject, w), lang.Mix2(23, t.Suffix, P(t)), lang.Mix3(24, hm, uint32(t.Label), P(t)), lang.Mix3(25, share, P(t), in), lang.Mix3(26, place, P(t), w),
		lang.Mix3(27, truth(v.Children[i]&page.LabelCcomp != 0), w, truth(v.Subject[i] >= 0)), lang.Mix2(28, h.Word, w), lang.Mix3(29, aa.Word, P(t), a.Word), lang.Mix3(30, P(b), P(bb), w), lang.Mix3(31, P(a), P(aa), w),
		lang.Mix2(32, in, w), lang.Mix(33))
}

// linkFeatures lists the features of the place before token i for the pair of
// classes on its sides.
func (v *view) linkFeatures(f []uint32, i int) []uint32 {
	t, a := v.At(i), v.At(i-1)
	joined := truth(int(t.Head) == i-1)*2 + truth(int(a.Head) == i)
	return append(f, lang.Mix(60), lang.Mix2(61, uint32(a.POS), uint32(t.POS)), lang.Mix1(62, t.Word), lang.Mix1(63, a.Word), lang.Mix3(64, joined, uint32(t.Label), uint32(a.Label)),
		lang.Mix3(65, uint32(v.rateAt(i-1)), uint32(v.rate[i]), joined), lang.Mix2(66, a.Word, t.Word), lang.Mix2(67, uint32(t.POS), uint32(v.At(i+1).POS)), lang.Mix1(68, uint32(t.Name)))
}

// linked reports whether one class of a token may follow another.
func linked(before, class int) bool { return class != cueIn || before != cueOut }

// findCues tags the cues of the article (Viterbi over each sentence). Cues
// less likely than none are let through down to a number of nats, for the last
// stage to decide on.
func (v *view) findCues(m *model, nats int32) {
	slack := nats * int32(m.unit) / 256
	v.cues = v.cues[:0]
	var buf [64]uint32
	n := 0
	for s := 0; s+1 < len(v.First); s++ {
		n = max(n, v.First[s+1]-v.First[s])
	}
	emit := make([][cueClasses]int32, n)
	link := make([][cueClasses * cueClasses]int32, n)
	best := make([][cueClasses]int32, n)
	back := make([][cueClasses]uint8, n)
	class := make([]uint8, n)
	for s := 0; s+1 < len(v.First); s++ {
		from, to := v.First[s], v.First[s+1]
		for i := from; i < to; i++ {
			e, l := &emit[i-from], &link[i-from]
			m.cues.Sum(e[:], v.cueFeatures(buf[:0], i))
			m.links.Sum(l[:], v.linkFeatures(buf[:0], i))
			for c := range cueClasses {
				bonus := e[c]
				if c == cueBegin {
					bonus += slack
				}
				if i == from {
					best[0][c] = never
					if linked(cueOut, c) {
						best[0][c] = bonus + l[c]
					}
					continue
				}
				best[i-from][c] = never
				for p := range cueClasses {
					if x := best[i-from-1][p] + l[p*cueClasses+c] + bonus; linked(p, c) && x > best[i-from][c] {
						best[i-from][c], back[i-from][c] = x, uint8(p)
					}
				}
			}
		}
		if to == from {
			continue
		}
		c := uint8(lang.Best(best[to-from-1][:]))
		for i := to - 1; i >= from; i-- {
			class[i-from] = c
			c = back[i-from][c]
		}
		for i := from; i < to; i++ {
			if class[i-from] != cueBegin {
				continue
			}
			j := i + 1
			for j < to && class[j-from] == cueIn {
				j++
			}
			// How far the cue is ahead of no cue in its place.
			score, before := int32(0), uint8(cueOut)
			if i > from {
				before = class[i-from-1]
			}
			was, not := before, before
			for k := i; k < j; k++ {
				e, l := &emit[k-from], &link[k-from]
				score += e[class[k-from]] + l[was*cueClasses+class[k-from]] - e[cueOut] - l[not*cueClasses+cueOut]
				was, not = class[k-from], cueOut
			}
			if j < to {
				l := &link[j-from]
				score += l[was*cueClasses+class[j-from]] - l[not*cueClasses+class[j-from]]
			}
			v.cues = append(v.cues, cueSpan{from: i, to: j, score: score})
		}
	}
	v.indexCues()
}

// indexCues fills what depends on the cues. Only those likelier than none
// count as neighbours of another.
func (v *view) indexCues() {
	for i := range v.inCue {
		v.inCue[i] = -1
	}
	k, n := 0, int32(0)
	for c := range v.cues {
		q := &v.cues[c]
		q.head = q.from
		for i := q.from; i < q.to; i++ {
			if h := int(v.Tokens[i].Head); h < q.from || h >= q.to {
				q.head = i
				if v.Tokens[i].POS != lang.TO && v.Tokens[i].POS != lang.IN {
					break
				}
			}
		}
		if q.score < 0 {
			continue
		}
		for i := q.from; i < q.to; i++ {
			v.inCue[i] = int32(c)
		}
		for ; k <= q.from; k++ {
			v.cueCount[k] = n
		}
		n++
	}
	for ; k < len(v.cueCount); k++ {
		v.cueCount[k] = n
	}
}
