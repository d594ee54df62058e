package linker

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"

	"recount"
	"recount/corpus"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// A Progress is told how far a training is.
type Progress func(format string, a ...any)

// dropCue and dropArg are how many percent of the features are left out of a
// step of training.
const (
	dropCue = 40
	dropArg = 45
)

// A schedule is how a stage is trained: in small steps that trust no rare word, or
// in larger ones that learn more of them. The weights of the two are averaged.
type schedule struct {
	rate, start float32
	cueRounds   int
	argRounds   int
	alone       bool // the roles are learned among gold cues, not among found ones
}

var paces = [...]schedule{{0.05, 3, 8, 14, false}, {0.12, 0.1, 5, 8, true}}

type goldAttribution struct {
	Source, Cue, Content [][2]int
}

type goldToken struct {
	Start, End int
	NER        string
}

type goldArticle struct {
	ID           string
	Text         string
	Tokens       []goldToken
	Coref        [][][4]int
	Attributions []goldAttribution
}

// A sample is one article with the roles of its tokens.
type sample struct {
	id    string
	fold  int
	own   bool // of our own corpus
	v     *view
	gold  []goldRoles
	cueOf []uint8   // class of each token
	found []cueSpan // cues that a model finds that has not seen the article
}

// beside makes the cues of the view those that a model found, with gold cue k
// in the place of what it touches, and returns its index: the roles towards a
// cue are learned among the neighbours that they will be decoded among. Alone
// says that the neighbours are the gold cues.
func (l *sample) beside(k int, alone bool) int {
	g := l.gold[k].cue
	l.v.cues = l.v.cues[:0]
	at := -1
	if alone {
		for i, x := range l.gold {
			if i == k {
				at = len(l.v.cues)
			}
			l.v.cues = append(l.v.cues, x.cue)
		}
		l.v.indexCues()
		return at
	}
	for _, q := range l.found {
		if q.from >= g.from && at < 0 {
			at = len(l.v.cues)
			l.v.cues = append(l.v.cues, g)
		}
		if q.to <= g.from || q.from >= g.to {
			l.v.cues = append(l.v.cues, q)
		}
	}
	if at < 0 {
		at = len(l.v.cues)
		l.v.cues = append(l.v.cues, g)
	}
	l.v.indexCues()
	return at
}

// goldRoles are the tokens of one attribution.
type goldRoles struct {
	cue             cueSpan
	source, content map[int]bool
}

// readGold reads the articles of a gold file, one after the other.
func readGold(path string, each func(goldArticle)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	lines := bufio.NewReaderSize(z, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var a goldArticle
			if err := json.Unmarshal(line, &a); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			each(a)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
}

func sampleOf(a goldArticle, tagger *lang.Tagger) sample {
	p := page.New(&recount.Article{Key: recount.Key(a.ID), Text: a.Text, Language: "en"})
	v := newView(p, tagger, strings.Repeat("\x00", rateBuckets))
	points := recount.NewCodePoints(a.Text)
	l := sample{id: a.ID, v: v, cueOf: make([]uint8, len(v.Tokens))}
	spans := func(pieces [][2]int) []recount.Span {
		var out []recount.Span
		for _, x := range pieces {
			out = append(out, recount.Span{Start: points.Byte(x[0]), End: points.Byte(x[1])})
		}
		return out
	}
	for _, at := range a.Attributions {
		l.add(spans(at.Source), spans(at.Cue), spans(at.Content))
	}
	l.sort()
	return l
}

// add adds one attribution, if its cue stands in one sentence.
func (l *sample) add(source, cue, content []recount.Span) {
	tokens := l.v.Tokens
	set := func(pieces []recount.Span) map[int]bool {
		out := map[int]bool{}
		for _, s := range pieces {
			for i := l.v.TokenAt(s.Start); i < len(tokens) && tokens[i].Span.Start < s.End; i++ {
				if tokens[i].Span.Overlaps(s) {
					out[i] = true
				}
			}
		}
		return out
	}
	g := goldRoles{cue: cueSpan{from: -1}, source: set(source), content: set(content)}
	in := set(cue)
	for i := range tokens {
		if in[i] {
			if g.cue.from < 0 {
				g.cue.from = i
			}
			g.cue.to = i + 1
		}
	}
	if g.cue.from < 0 || tokens[g.cue.from].Sentence != tokens[g.cue.to-1].Sentence {
		return
	}
	l.cueOf[g.cue.from] = cueBegin
	for i := g.cue.from + 1; i < g.cue.to; i++ {
		l.cueOf[i] = cueIn
	}
	l.gold = append(l.gold, g)
}

func (l *sample) sort() {
	sort.SliceStable(l.gold, func(a, b int) bool { return l.gold[a].cue.from < l.gold[b].cue.from })
}

// silent reports whether sentence s of our own corpus holds no cue: bare
// attitudes, which the other corpus marks, are not marked there, so that such a
// sentence teaches nothing.
func (l *sample) silent(s int) bool {
	if !l.own {
		return false
	}
	for i := l.v.First[s]; i < l.v.First[s+1]; i++ {
		if l.cueOf[i] != cueOut {
			return false
		}
	}
	return true
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

// cueRates counts how often each word is in a cue.
func cueRates(samples []sample) string {
	in, all := make([]int, rateBuckets), make([]int, rateBuckets)
	for _, l := range samples {
		for i, t := range l.v.Tokens {
			b := rateBucket(t.Word)
			all[b]++
			if l.cueOf[i] != cueOut {
				in[b]++
			}
		}
	}
	out := make([]byte, rateBuckets)
	for b := range out {
		out[b] = rateOf(in[b], all[b])
	}
	return string(out)
}

// trainCues trains the cues as a conditional random field over each sentence.
func trainCues(say Progress, samples []sample, learner, links *lang.Regression, rounds int) {
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	r := rng(88172645463325252)
	var f cueField
	for round := range rounds {
		r.shuffle(order)
		loss := float32(0)
		for _, n := range order {
			l := &samples[n]
			for s := 0; s+1 < len(l.v.First); s++ {
				if l.v.First[s+1] > l.v.First[s] && !l.silent(s) {
					loss += f.learn(l, l.v.First[s], l.v.First[s+1], learner, links, &r)
				}
			}
		}
		if round > 0 {
			learner.Snapshot()
			links.Snapshot()
		}
		say("cues round %d: expected errors %.0f", round+1, loss)
	}
}

// A cueField is the memory of one step of the random field of cues.
type cueField struct {
	unit, bound [][]uint32
	emit        [][cueClasses]float32
	link        [][cueClasses * cueClasses]float32
	alpha, beta [][cueClasses]float32
}

func (f *cueField) learn(l *sample, from, to int, learner, links *lang.Regression, r *rng) (loss float32) {
	n := to - from
	for len(f.unit) < n {
		f.unit, f.bound = append(f.unit, nil), append(f.bound, nil)
		f.emit, f.link = append(f.emit, [cueClasses]float32{}), append(f.link, [cueClasses * cueClasses]float32{})
		f.alpha, f.beta = append(f.alpha, [cueClasses]float32{}), append(f.beta, [cueClasses]float32{})
	}
	for u := range n {
		f.unit[u] = r.drop(l.v.cueFeatures(f.unit[u][:0], from+u), dropCue)
		f.bound[u] = r.drop(l.v.linkFeatures(f.bound[u][:0], from+u), dropCue)
		learner.Score(f.emit[u][:], f.unit[u])
		lang.Softmax(f.emit[u][:])
		links.Score(f.link[u][:], f.bound[u])
		top := f.link[u][0]
		for _, s := range f.link[u] {
			top = max(top, s)
		}
		for c, s := range f.link[u] {
			f.link[u][c] = lang.Exp(max(s-top, -30))
			if !linked(c/cueClasses, c%cueClasses) || u == 0 && c/cueClasses != cueOut {
				f.link[u][c] = 0
			}
		}
		a := &f.alpha[u]
		sum := float32(0)
		for c := range cueClasses {
			a[c] = 0
			for p := range cueClasses {
				was := float32(0)
				if u > 0 {
					was = f.alpha[u-1][p]
				} else if p == cueOut {
					was = 1
				}
				a[c] += float32(float32(was*f.link[u][p*cueClasses+c]) * f.emit[u][c])
			}
			sum += a[c]
		}
		if sum == 0 {
			return 0
		}
		for c := range a {
			a[c] /= sum
		}
	}
	f.beta[n-1] = [cueClasses]float32{1, 1, 1}
	for u := n - 2; u >= 0; u-- {
		b := &f.beta[u]
		sum := float32(0)
		for p := range b {
			b[p] = 0
			for c := range cueClasses {
				b[p] += float32(float32(f.beta[u+1][c]*f.link[u+1][p*cueClasses+c]) * f.emit[u+1][c])
			}
			sum += b[p]
		}
		if sum == 0 {
			return 0
		}
		for c := range b {
			b[c] /= sum
		}
	}
	for u := range n {
		var pair [cueClasses * cueClasses]float32
		var one [cueClasses]float32
		sum := float32(0)
		for p := range cueClasses {
			was := float32(0)
			if u > 0 {
				was = f.alpha[u-1][p]
			} else if p == cueOut {
				was = 1
			}
			for c := range cueClasses {
				x := float32(float32(float32(was*f.link[u][p*cueClasses+c])*f.emit[u][c]) * f.beta[u][c])
				pair[p*cueClasses+c] += x
				one[c] += x
				sum += x
			}
		}
		if sum == 0 {
			return loss
		}
		want, before := int(l.cueOf[from+u]), cueOut
		if u > 0 {
			before = int(l.cueOf[from+u-1])
		}
		loss += 1 - one[want]/sum
		for c := range pair {
			g := pair[c] / sum
			if c == before*cueClasses+want {
				g -= 1
			}
			if g > 0.01 || g < -0.01 {
				links.Nudge(f.bound[u], c, g)
			}
		}
		for c := range one {
			g := one[c] / sum
			if c == want {
				g -= 1
			}
			if g > 0.01 || g < -0.01 {
				learner.Nudge(f.unit[u], c, g)
			}
		}
	}
	return loss
}

// drop leaves out one feature in every so many by chance, so that no single
// one is relied upon.
func (r *rng) drop(features []uint32, percent uint64) []uint32 {
	kept := features[:0]
	for _, f := range features {
		if r.next()%100 >= percent {
			kept = append(kept, f)
		}
	}
	return kept
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

// trainArguments trains the roles of units towards a cue as a conditional
// random field over the states of the decoder.
func trainArguments(say Progress, samples []sample, arcs, rolesOf *lang.Regression, rounds int, alone bool) {
	type instance struct{ sample, gold int }
	var all []instance
	for i := range samples {
		for k := range samples[i].gold {
			all = append(all, instance{i, k})
		}
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	r := rng(88172645463325252)
	var w window
	var f field
	for round := range rounds {
		r.shuffle(order)
		skipped := 0
		loss := float32(0)
		for _, n := range order {
			x := all[n]
			l := &samples[x.sample]
			w.set(l.v, l.beside(x.gold, alone))
			gold := goldPath(&w, l.gold[x.gold])
			if !w.possible(gold) {
				skipped++
				continue
			}
			loss += f.learn(&w, gold, arcs, rolesOf, &r)
		}
		if round > 1 {
			arcs.Snapshot()
			rolesOf.Snapshot()
		}
		say("arguments round %d: %.0f expected wrong units in %d, %d impossible", round+1, loss, len(all), skipped)
	}
}

// A field is the memory of one step of the random field.
type field struct {
	unit, bound [][]uint32
	emit        [][roles]float32
	arcs        [][roles * roles]float32
	alpha, beta [][states]float32
}

// learn takes one step on one window: forward and backward sums in
// probabilities, scaled at each unit, then a step for each role and pair of
// roles by expected minus true.
func (f *field) learn(w *window, gold []uint8, arcs, rolesOf *lang.Regression, r *rng) (loss float32) {
	n := len(w.units)
	for len(f.unit) < n {
		f.unit, f.bound = append(f.unit, nil), append(f.bound, nil)
		f.emit, f.arcs = append(f.emit, [roles]float32{}), append(f.arcs, [roles * roles]float32{})
		f.alpha, f.beta = append(f.alpha, [states]float32{}), append(f.beta, [states]float32{})
	}
	q := w.v.cues[w.cue]
	isCue := func(u int) bool {
		x := w.units[u]
		return u >= w.own && u < w.rest && x.from >= q.from && x.from < q.to
	}
	for u := range n {
		f.bound[u] = r.drop(w.boundaryFeatures(f.bound[u][:0], u), dropArg)
		arcs.Score(f.arcs[u][:], f.bound[u])
		top := f.arcs[u][0]
		for _, s := range f.arcs[u] {
			top = max(top, s)
		}
		for c, s := range f.arcs[u] {
			f.arcs[u][c] = lang.Exp(max(s-top, -30))
		}
		if isCue(u) {
			f.emit[u] = [roles]float32{0, 0, 0, 1}
			continue
		}
		f.unit[u] = r.drop(w.unitFeatures(f.unit[u][:0], u), dropArg)
		rolesOf.Score(f.emit[u][:roles-1], f.unit[u])
		lang.Softmax(f.emit[u][:roles-1])
		f.emit[u][roleCue] = 0
	}
	side := func(u int) int {
		if u >= w.own && u < w.rest {
			return 1
		}
		return 0
	}
	for u := range n {
		a := &f.alpha[u]
		*a = [states]float32{}
		if u == 0 {
			for c := range roles {
				if s := moves[side(0)][0][c]; s >= 0 {
					a[s] = float32(f.emit[0][c] * f.arcs[0][c])
				}
			}
		} else {
			for p := range states {
				if f.alpha[u-1][p] == 0 {
					continue
				}
				for c := range roles {
					if s := moves[side(u)][p][c]; s >= 0 {
						a[s] += float32(float32(f.alpha[u-1][p]*f.arcs[u][p/4*roles+c]) * f.emit[u][c])
					}
				}
			}
		}
		sum := float32(0)
		for _, x := range a {
			sum += x
		}
		if sum == 0 {
			return 0
		}
		for s := range a {
			a[s] /= sum
		}
	}
	for u := n - 1; u >= 0; u-- {
		b := &f.beta[u]
		if u == n-1 {
			for s := range b {
				b[s] = 1
			}
			continue
		}
		*b = [states]float32{}
		sum := float32(0)
		for p := range states {
			for c := range roles {
				if s := moves[side(u+1)][p][c]; s >= 0 {
					b[p] += float32(float32(f.beta[u+1][s]*f.arcs[u+1][p/4*roles+c]) * f.emit[u+1][c])
				}
			}
			sum += b[p]
		}
		if sum == 0 {
			return 0
		}
		for s := range b {
			b[s] = float32(b[s]*states) / sum
		}
	}
	for u := range n {
		var pair [roles * roles]float32
		var role [roles]float32
		sum := float32(0)
		if u == 0 {
			for c := range roles {
				if s := moves[side(0)][0][c]; s >= 0 {
					x := float32(f.alpha[0][s] * f.beta[0][s])
					pair[c] += x
					role[c] += x
					sum += x
				}
			}
		} else {
			for p := range states {
				for c := range roles {
					if s := moves[side(u)][p][c]; s >= 0 {
						x := float32(float32(float32(f.alpha[u-1][p]*f.arcs[u][p/4*roles+c])*f.emit[u][c]) * f.beta[u][s])
						pair[p/4*roles+c] += x
						role[c] += x
						sum += x
					}
				}
			}
		}
		if sum == 0 {
			return loss
		}
		was := 0
		if u > 0 {
			was = int(gold[u-1])
		}
		for c := range pair {
			g := pair[c] / sum
			if c == was*roles+int(gold[u]) {
				g -= 1
			}
			if g > 0.01 || g < -0.01 {
				arcs.Nudge(f.bound[u], c, g)
			}
		}
		loss += 1 - role[gold[u]]/sum
		if isCue(u) {
			continue
		}
		for c := range roles - 1 {
			g := role[c] / sum
			if c == int(gold[u]) {
				g -= 1
			}
			if g > 0.01 || g < -0.01 {
				rolesOf.Nudge(f.unit[u], c, g)
			}
		}
	}
	return loss
}

// others returns the samples that are not in a fold, all of them for -1.
func others(samples []sample, fold int) []sample {
	var some []sample
	for _, l := range samples {
		if l.fold != fold {
			some = append(some, l)
		}
	}
	return some
}

// cuePart trains the cues on all articles but one fold.
func cuePart(say Progress, samples []sample, fold int) []byte {
	return joined(20, cueClasses, cueClasses*cueClasses, func(cues, links *lang.Regression, p schedule) {
		trainCues(say, others(samples, fold), cues, links, p.cueRounds)
	})
}

// argumentPart trains the roles towards a cue on all articles but one fold.
func argumentPart(say Progress, samples []sample, fold int) []byte {
	return joined(20, roles-1, roles*roles, func(rolesOf, arcs *lang.Regression, p schedule) {
		trainArguments(say, others(samples, fold), arcs, rolesOf, p.argRounds, p.alone)
	})
}

// joined trains the scores of units and of pairs by each schedule and packs the
// means.
func joined(size uint, classes, pairs int, train func(unit, pair *lang.Regression, p schedule)) []byte {
	var unit, pair *lang.Regression
	for i, p := range paces {
		u, b := lang.NewRegression(classes, size), lang.NewRegression(pairs, 15)
		u.Rate, u.Start, b.Rate, b.Start = p.rate, p.start, p.rate, p.start
		train(u, b, p)
		if i == 0 {
			unit, pair = u, b
		} else {
			unit.Join(u)
			pair.Join(b)
		}
	}
	return lang.PackRegressions(unit, pair)
}

// A part is the packed models of the first stages, trained on all articles but
// one fold.
type part struct{ cues, arguments, ranks []byte }

// model returns a part as a model whose other stages know nothing.
func (p part) model(rates string) *model {
	pair := lang.PackRegressions(lang.NewRegression(2, 4), lang.NewRegression(2, 4))
	data := []byte(rates)
	for _, x := range [][]byte{p.cues, p.arguments} {
		if x == nil {
			x = pair
		}
		data = append(data, x...)
	}
	if p.ranks == nil {
		p.ranks = lang.PackRegressions(lang.NewRegression(1, 4))
	}
	return modelFrom(string(append(append(data, p.ranks...), pair...)))
}

// trainFolds trains the first three stages once for each fold, each on what
// those before it make of articles that they have not seen, and at last on
// all articles.
func trainFolds(say Progress, samples []sample, rates string) (folds [lang.Folds]part, whole part) {
	// What does not depend on one another is trained at once, each on samples of
	// its own.
	var work sync.WaitGroup
	for f := range folds {
		work.Go(func() { folds[f].cues = cuePart(say, forked(samples), f) })
	}
	work.Go(func() { whole.cues = cuePart(say, forked(samples), -1) })
	work.Wait()
	for f := range folds {
		m := folds[f].model(rates)
		for i := range samples {
			l := &samples[i]
			if l.fold != f {
				continue
			}
			l.v.findCues(m, 0)
			l.found = append([]cueSpan(nil), l.v.cues...)
		}
	}
	var met [lang.Folds][]contest
	for f := range folds {
		work.Go(func() {
			own := forked(samples)
			folds[f].arguments = argumentPart(say, own, f)
			met[f] = contests(own, f, folds[f].model(rates))
		})
	}
	work.Go(func() { whole.arguments = argumentPart(say, forked(samples), -1) })
	work.Wait()
	var all []contest
	for f := range folds {
		var some []contest
		for k := range met {
			if k != f {
				some = append(some, met[k]...)
			}
		}
		work.Go(func() { folds[f].ranks = lang.PackRegressions(trainRanks(say, some)) })
		all = append(all, met[f]...)
	}
	work.Go(func() { whole.ranks = lang.PackRegressions(trainRanks(say, all)) })
	work.Wait()
	return folds, whole
}

// forked returns samples that share all but what changes while one of them is
// looked at: the cues of the view.
func forked(samples []sample) []sample {
	out := slices.Clone(samples)
	views := map[*view]*view{}
	for i := range out {
		l := &out[i]
		v := views[l.v]
		if v == nil {
			c := *l.v
			c.cues, c.inCue, c.cueCount = slices.Clone(c.cues), slices.Clone(c.inCue), slices.Clone(c.cueCount)
			v = &c
			views[l.v] = v
		}
		l.v = v
	}
	return out
}

// trainKeep trains the last stage on what models make of articles that they
// have not seen.
func trainKeep(say Progress, samples []sample, rates string, folds [lang.Folds]part) *lang.Regression {
	type example struct {
		features []uint32
		right    int
	}
	var all []example
	right := 0
	for fold := range folds {
		m := folds[fold].model(rates)
		for i := range samples {
			l := &samples[i]
			if l.fold != fold || i > 0 && samples[i-1].v == l.v {
				continue // another fold, or the same text again
			}
			for _, c := range l.v.candidates(m) {
				if l.silent(int(l.v.Tokens[c.from].Sentence)) && l.v.Lemma[c.from] == 0 {
					continue
				}
				e := example{features: c.features}
				if l.right(&c) {
					e.right = 1
					right++
				}
				all = append(all, e)
			}
		}
	}
	say("%d candidates, %d right", len(all), right)
	keep := lang.NewRegression(2, 16)
	keep.Rate, keep.Start = 0.08, 1
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	r := rng(88172645463325252)
	var e [2]float32
	var buf []uint32
	for round := range keepRounds {
		r.shuffle(order)
		loss := float32(0)
		for _, n := range order {
			buf = r.drop(append(buf[:0], all[n].features...), dropKeep)
			loss += 1 - keep.Learn(e[:], buf, all[n].right)
		}
		keep.Snapshot()
		say("keep round %d: expected errors %.0f", round+1, loss)
	}
	return keep
}

const (
	keepRounds = 6
	dropKeep   = 20
)

// right reports whether a candidate would count as right: its cue touches a
// gold cue, and source and content agree by half.
func (l *sample) right(c *candidate) bool {
	for _, g := range l.gold {
		if c.from >= g.cue.to || g.cue.from >= c.to {
			continue
		}
		content, source := l.tokensOf(c.Content), l.tokensOf(c.Source)
		if overlap(content, g.content) < 0.5 {
			return false
		}
		return len(source) == 0 && len(g.source) == 0 || overlap(source, g.source) >= 0.5
	}
	return false
}

func (l *sample) tokensOf(spans []recount.Span) map[int]bool {
	out := map[int]bool{}
	for _, s := range spans {
		i := sort.Search(len(l.v.Tokens), func(i int) bool { return l.v.Tokens[i].Span.End > s.Start })
		for ; i < len(l.v.Tokens) && l.v.Tokens[i].Span.Start < s.End; i++ {
			out[i] = true
		}
	}
	return out
}

// overlap is the F1 of two sets.
func overlap(a, b map[int]bool) float64 {
	n := 0
	for i := range a {
		if b[i] {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

// A given name is met in a chain of mentions with pronouns of one gender.
type given struct {
	name  string
	woman bool
}

// givenNames reads, from the teacher's chains of mentions, which first names
// go with "he" and which with "she". A name counts at most three times.
func givenNames(a goldArticle, met map[given]int) {
	if len(a.Tokens) == 0 {
		return
	}
	runes := []rune(a.Text)
	word := func(i int) string { return string(runes[a.Tokens[i].Start:a.Tokens[i].End]) }
	for _, chain := range a.Coref {
		he, she := 0, 0
		names := map[string]bool{}
		for _, m := range chain {
			if m[1]-m[0] == 1 {
				switch strings.ToLower(word(m[0])) {
				case "he", "him", "his":
					he++
				case "she", "her":
					she++
				}
			}
			h := m[2]
			if a.Tokens[h].NER != "PERSON" {
				continue
			}
			k := h
			for k > m[0] && a.Tokens[k-1].NER == "PERSON" {
				k--
			}
			if w := strings.ToLower(word(k)); k < h && len(w) > 2 && !strings.HasSuffix(w, ".") {
				names[w] = true
			}
		}
		if (he == 0) == (she == 0) {
			continue
		}
		for n := range names {
			met[given{n, she > 0}]++
		}
	}
}

// trainFirst trains what a first name suggests.
func trainFirst(say Progress, met map[given]int) *lang.Regression {
	var list []given
	for g, n := range met {
		if met[given{g.name, !g.woman}] < n {
			times := min(n, 3)
			if g.woman {
				times *= 3 // the news of that year named three men for each woman
			}
			for range times {
				list = append(list, g)
			}
		}
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].name < list[j].name || list[i].name == list[j].name && list[i].woman && !list[j].woman
	})
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	first := lang.NewRegression(2, 12)
	first.Rate, first.Start = 0.12, 0.1
	r := rng(88172645463325252)
	var e [2]float32
	var buf []uint32
	for range 10 {
		r.shuffle(order)
		for _, n := range order {
			want := 1
			if list[n].woman {
				want = 0
			}
			buf = r.drop(firstNameFeatures(buf[:0], list[n].name), 30)
			first.Learn(e[:], buf, want)
		}
	}
	say("%d first names", len(list))
	return first
}

// Train makes model.bin from the articles of a gold file and texts of our own
// corpus. Each article is read with the tagger of its fold, which has not seen it;
// without folds the one that ships reads all.
func Train(gold string, folds []*lang.Tagger, texts []*corpus.Text, say Progress) ([]byte, error) {
	if len(folds) == 0 {
		folds = []*lang.Tagger{lang.English()}
	}
	var samples []sample
	met := map[given]int{}
	err := readGold(gold, func(a goldArticle) {
		fold := len(samples) % lang.Folds
		l := sampleOf(a, folds[fold%len(folds)])
		l.fold = fold
		samples = append(samples, l)
		givenNames(a, met)
	})
	if err != nil {
		return nil, err
	}
	say("%d articles of the gold file, %d texts of our own corpus", len(samples), len(texts))
	samples = append(samples, ownSamples(texts, folds, len(samples))...)
	rates := cueRates(samples)
	for _, l := range samples {
		l.v.rank(rates)
	}
	parts, whole := trainFolds(say, samples, rates)
	keep := trainKeep(say, samples, rates, parts)
	data := slices.Concat([]byte(rates), whole.cues, whole.arguments, whole.ranks)
	data = append(data, lang.PackRegressions(keep)...)
	return append(data, lang.PackRegressions(trainFirst(say, met))...), nil
}
