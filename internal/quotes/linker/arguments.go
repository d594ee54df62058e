package linker

import (
	"recount/internal/lang"
)

// A unit is what gets one role towards a cue: a token of the cue's own
// sentence, or a stretch of a sentence beside it, inside or outside marks.
type unit struct {
	from, to int // tokens
	offset   int // sentences from the cue's; 0 for tokens
	quoted   bool
}

// Stretches considered on either side of the cue's sentence, and paragraphs
// that a quotation may run over.
const (
	maxBefore = 6
	maxAfter  = 14
	maxParts  = 24  // stretches of one sentence
	maxOwn    = 160 // tokens of the cue's sentence on either side of it
)

// A frameOf is the window around one cue with the features' raw material.
type window struct {
	v      *view
	cue    int
	units  []unit
	own    int      // first unit that is a token of the cue's sentence
	rest   int      // first unit after the cue's sentence
	rel    []uint32 // relation of each own token to the cue
	table  [][states]ranking
	paths  [][]uint8 // the best ways to give out the roles, best first
	scores []int32   // of the paths
	path   []uint8   // the one that was chosen
	feats  []uint32
}

// setWindow lays the window around a cue.
func (w *window) set(v *view, cue int) {
	w.v, w.cue = v, cue
	q := v.cues[cue]
	s := int(v.Tokens[q.from].Sentence)
	w.units = w.units[:0]
	// Stretches before, nearest first, then turned around.
	line := v.Page.LineStart(v.Page.Sentences[s].Span.Start)
	for k := s - 1; k >= 0 && len(w.units) < maxBefore; k-- {
		span := v.Page.Sentences[k].Span
		if span.Start < line && !(v.endsOpen(k) || s-k == 1 && v.Page.LineStart(span.Start) != line && v.leads(k)) {
			break
		}
		w.stretches(k, k-s, true)
	}
	for i, j := 0, len(w.units)-1; i < j; i, j = i+1, j-1 {
		w.units[i], w.units[j] = w.units[j], w.units[i]
	}
	w.own = len(w.units)
	for i := max(v.First[s], q.from-maxOwn); i < min(v.First[s+1], q.to+maxOwn); i++ {
		w.units = append(w.units, unit{i, i + 1, 0, v.Region[i] >= 0})
	}
	w.rest = len(w.units)
	end := v.Page.LineEnd(v.Page.Sentences[s].Span.Start)
	for k := s + 1; k < len(v.Page.Sentences) && len(w.units)-w.rest < maxAfter; k++ {
		span := v.Page.Sentences[k].Span
		if span.Start >= end {
			// A later paragraph: only as the continuation of an open
			// quotation, or after a colon.
			i, j := v.Page.RegionsIn(span)
			if !(i < j && v.Page.Regions[i].Continued || k == s+1 && v.colon(s) && i < j) {
				break
			}
			end = v.Page.LineEnd(span.Start)
		}
		w.stretches(k, k-s, false)
	}
	w.relate(q)
}

// endsOpen reports whether the line of sentence k ends inside a quotation
// that goes on in the next one.
func (v *view) endsOpen(k int) bool {
	i, j := v.Page.RegionsIn(v.Page.Sentences[k].Span)
	return i < j && v.Page.Regions[j-1].Open
}

// leads reports whether sentence k is all quotation, so that the paragraph
// after it may name the speaker.
func (v *view) leads(k int) bool {
	n := v.First[k+1] - v.First[k]
	return n > 0 && int(v.Quoted[v.First[k+1]]-v.Quoted[v.First[k]]) == n
}

func (v *view) colon(s int) bool {
	span := v.Page.Sentences[s].Span
	return span.End > span.Start && v.Page.Text[span.End-1] == ':'
}

// stretches appends the parts of sentence k that lie inside and outside marks,
// the last one first if backwards.
func (w *window) stretches(k, offset int, backwards bool) {
	v := w.v
	from, to := v.First[k], v.First[k+1]
	for parts := 0; from < to && parts < maxParts; parts++ {
		i, j := from, from+1
		if backwards {
			i, j = to-1, to
			for i > from && v.Region[i-1] == v.Region[j-1] {
				i--
			}
			to = i
		} else {
			for j < to && v.Region[j] == v.Region[i] {
				j++
			}
			from = j
		}
		w.units = append(w.units, unit{i, j, offset, v.Region[i] >= 0})
	}
}

// relate names the path in the dependency tree between the cue and each token
// of its sentence: up to a common ancestor, then the first step down.
func (w *window) relate(q cueSpan) {
	v := w.v
	n := w.rest - w.own
	if cap(w.rel) < n {
		w.rel = make([]uint32, n+64)
	}
	w.rel = w.rel[:n]
	var ancestors [6]int32
	var up [6]uint32
	count := 0
	for i, h := int32(q.head), uint32(0); count < len(ancestors); {
		ancestors[count], up[count] = i, h
		count++
		t := &v.Tokens[i]
		h = h*43 + uint32(t.Label) + 1
		if t.Head < 0 {
			break
		}
		i = t.Head
	}
	base := w.units[w.own].from
	for k := range n {
		code := uint32(0)
		last := uint32(0)
		for i, depth := int32(base+k), 0; i >= 0 && depth < 24; depth++ {
			hit := -1
			for a := range count {
				if ancestors[a] == i {
					hit = a
					break
				}
			}
			if hit >= 0 {
				code = 1 + up[hit]*1000 + last*16 + uint32(hit)
				break
			}
			last = uint32(v.Tokens[i].Label) + 1
			if int(i) < q.head {
				last += 64
			}
			i = v.Tokens[i].Head
		}
		w.rel[k] = code
	}
}

// commas counts commas between two tokens, up to three.
func (v *view) commas(a, b int) uint32 {
	if a > b {
		a, b = b, a
	}
	n := uint32(0)
	for i := a + 1; i < b && n < 3; i++ {
		if t := v.Tokens[i]; t.Shape == lang.ShapeMark && t.Span.Len() == 1 && v.Page.Text[t.Span.Start] == ',' {
			n++
		}
	}
	return n
}

// unitFeatures lists the features of unit u for its role.
func (w *window) unitFeatures(f []uint32, u int) []uint32 {
	v := w.v
	q := v.cues[w.cue]
	x := w.units[u]
	head := v.At(q.head)
	cueWord := head.Word
	if g := v.Lemma[q.head]; g != 0 {
		cueWord = g
	}
	if u < w.own || u >= w.rest {
		return w.stretchFeatures(f, u, cueWord)
	}
	i := x.from
	t, a, b := v.At(i), v.At(i-1), v.At(i+1)
	P := func(t *lang.Token) uint32 { return uint32(t.POS) }
	side, gap := uint32(0), q.from-i
	if i >= q.to {
		side, gap = 1, i-q.to+1
	}
	d := bucket(gap)
	rel := w.rel[u-w.own]
	in := truth(x.quoted)
	commas := v.commas(i, q.head)
	// Cues between this token and ours, and whether it is in one itself.
	lo, hi := min(i, q.from), max(i, q.from)
	between := min(v.cueCount[min(hi, len(v.cueCount)-1)]-v.cueCount[min(lo+1, len(v.cueCount)-1)], 2)
	if side == 1 {
		between = min(v.cueCount[i]-v.cueCount[min(q.from+1, len(v.cueCount)-1)], 2)
	}
	other := truth(v.inCue[i] >= 0)
	btw := uint32(max(between, 0))
	same := uint32(0) // quotation marks around token and cue
	if x.quoted {
		same = 1
		if v.Region[i] == v.Region[q.head] {
			same = 2
		}
	}
	quotedBetween := uint32(0)
	if lo+1 < hi && v.Quoted[hi]-v.Quoted[lo+1] > 0 {
		quotedBetween = 1
	}
	s := t.Sentence
	hasQuote := truth(v.Quoted[v.First[s+1]]-v.Quoted[v.First[s]] > 0)
	cp := uint32(head.POS)*64 + uint32(head.Label)
	return append(f,
		lang.Mix1(1, rel), lang.Mix2(2, rel, cueWord), lang.Mix2(3, rel, P(t)), lang.Mix3(4, rel, same, hasQuote), lang.Mix3(5, rel, side, commas), lang.Mix3(6, rel, btw, other),
		lang.Mix3(7, side, d, P(t)), lang.Mix3(8, side, d, cueWord), lang.Mix4(9, side, commas, same, hasQuote), lang.Mix3(10, side, same, cueWord), lang.Mix3(11, t.Word, side, same),
		lang.Mix3(12, t.Word, P(t), commas), lang.Mix4(13, P(t), P(a), P(b), side), lang.Mix3(14, uint32(t.Name), side, d), lang.Mix2(15, uint32(t.Name), rel), lang.Mix3(16, cp, side, d),
		lang.Mix2(17, cp, rel), lang.Mix3(18, a.Word, side, min(d, 4)), lang.Mix3(19, b.Word, side, min(d, 4)), lang.Mix4(20, in, quotedBetween, side, commas), lang.Mix4(21, btw, other, side, same),
		lang.Mix2(22, uint32(t.Label), rel), lang.Mix4(23, uint32(t.Label), P(t), side, d), lang.Mix4(24, cp, side, commas, same), lang.Mix4(25, uint32(t.Label), P(v.At(int(t.Head))), side, same),
		lang.Mix3(26, side, truth(i == v.First[s]), P(t)), lang.Mix5(27, side, d, same, quotedBetween, hasQuote), lang.Mix4(28, cueWord, side, commas, P(t)), lang.Mix3(29, truth(q.to-q.from > 1), side, d),
		lang.Mix3(30, v.At(q.to).Word, side, d), lang.Mix3(31, v.At(q.from-1).Word, side, d), lang.Mix2(32, rel, d), lang.Mix(33))
}

// stretchFeatures lists the features of a stretch beside the cue's sentence.
func (w *window) stretchFeatures(f []uint32, u int, cueWord uint32) []uint32 {
	v := w.v
	q := v.cues[w.cue]
	x := w.units[u]
	s := int(v.Tokens[q.from].Sentence)
	head := v.At(q.head)
	off := uint32(x.offset + 16)
	near := uint32(min(max(x.offset, -3), 3) + 3)
	in := truth(x.quoted)
	first := v.At(x.from)
	begins := truth(x.from == v.First[first.Sentence])
	ends := truth(x.to == v.First[first.Sentence+1])
	sameLine := truth(v.Page.LineStart(first.Span.Start) == v.Page.LineStart(v.Page.Sentences[s].Span.Start))
	cues := bucket(int(v.cueCount[min(x.to, len(v.cueCount)-1)] - v.cueCount[x.from]))
	// Cues in the same sentence as the stretch but outside it.
	k := int(first.Sentence)
	around := bucket(int(v.cueCount[min(v.First[k+1], len(v.cueCount)-1)] - v.cueCount[v.First[k]]))
	own := uint32(0) // how the cue's sentence stands: quotation before, after, none
	if v.Quoted[q.from]-v.Quoted[v.First[s]] > 0 {
		own |= 1
	}
	if v.Quoted[v.First[s+1]]-v.Quoted[q.to] > 0 {
		own |= 2
	}
	last := truth(v.First[s+1]-q.to <= 2)
	opens := uint32(0)
	if v.First[s+1] > v.First[s] && v.Region[v.First[s]] >= 0 {
		opens = 1
	}
	closes := truth(v.colon(s))
	continued := uint32(0)
	if r := v.Region[x.from]; r >= 0 && v.Page.Regions[r].Continued {
		continued = 1
	}
	joined := uint32(0) // the stretch and the cue's sentence share a region
	if r := v.Region[x.from]; r >= 0 && (x.offset < 0 && r == v.Region[v.First[s]] || x.offset > 0 && r == v.Region[v.First[s+1]-1]) {
		joined = 1
	}
	inside := truth(v.Region[q.head] >= 0)
	size := bucket(x.to - x.from)
	return append(f,
		lang.Mix2(101, off, in), lang.Mix4(102, near, in, own, last), lang.Mix5(103, near, in, begins, ends, sameLine), lang.Mix4(104, near, in, cues, around), lang.Mix5(105, near, in, own, closes, sameLine),
		lang.Mix4(106, joined, continued, in, near), lang.Mix3(107, near, in, cueWord), lang.Mix3(108, near, in, inside), lang.Mix5(109, near, in, size, begins, ends), lang.Mix(110, near, in, own, opens, last, around),
		lang.Mix4(111, near, in, uint32(head.POS), uint32(head.Label)), lang.Mix3(112, near, in, first.Word), lang.Mix(113, near, own, in, joined, continued, closes, sameLine), lang.Mix5(114, in, around, own, begins, sameLine), lang.Mix(115))
}

// boundaryFeatures lists the features of the place between units u-1 and u for
// the pair of their roles.
func (w *window) boundaryFeatures(f []uint32, u int) []uint32 {
	v := w.v
	q := v.cues[w.cue]
	if u == 0 {
		return append(f, lang.Mix1(200, truth(w.own == 0)))
	}
	x := w.units[u]
	if u < w.own || u > w.rest || u == w.own && w.own > 0 || u == w.rest {
		a := w.units[u-1]
		kind := truth(u <= w.own)*2 + truth(u == w.own || u == w.rest)
		return append(f, lang.Mix3(201, kind, truth(a.quoted), truth(x.quoted)), lang.Mix4(202, kind, truth(a.quoted), truth(x.quoted), truth(v.Page.LineStart(v.Tokens[a.from].Span.Start) == v.Page.LineStart(v.Tokens[x.from].Span.Start))))
	}
	i := x.from
	t, a, b := v.At(i), v.At(i-1), v.At(i+1)
	P := func(t *lang.Token) uint32 { return uint32(t.POS) }
	side := uint32(0)
	if i >= q.to {
		side = 1
	}
	marks := truth(v.Region[i] >= 0)*2 + truth(v.Region[i-1] >= 0)
	ra, rb := w.rel[u-1-w.own], w.rel[u-w.own]
	changed := truth(ra != rb)
	// Does an arc join the two tokens, or do both hang together?
	joined := truth(int(t.Head) == i-1 || int(a.Head) == i)
	return append(f,
		lang.Mix1(203, side), lang.Mix3(204, P(a), P(t), side), lang.Mix2(205, a.Word, side), lang.Mix2(206, t.Word, side), lang.Mix2(207, marks, side), lang.Mix3(208, changed, ra, side),
		lang.Mix3(209, changed, rb, side), lang.Mix3(210, joined, P(a), P(t)), lang.Mix2(211, a.Word, t.Word), lang.Mix3(212, t.Word, b.Word, side), lang.Mix3(213, uint32(a.Label), uint32(t.Label), side),
		lang.Mix3(214, marks, P(a), P(t)), lang.Mix3(215, bucket(v.edgeDistance(i)), marks, side), lang.Mix3(216, truth(v.inCue[i] >= 0), truth(v.inCue[i-1] >= 0), side), lang.Mix4(217, P(a), P(t), P(b), changed))
}

// edgeDistance returns how many tokens are left in the sentence.
func (v *view) edgeDistance(i int) int { return v.First[v.Tokens[i].Sentence+1] - i }

// A state is a role with what came before it: whether the source has been
// seen, and whether the content on this side of the cue is over. So there is
// at most one source, and one piece of content on each side within the cue's
// own sentence, which is how nearly all quotations are built.
const states = roles * 4

func stateOf(role, source, closed int) int { return role*4 + source*2 + closed }

// follows returns the state that a role leads to after a state, or -1. Beside
// the cue's own sentence content may come and go.
func follows(state, role int, own bool) int {
	was, source, closed := state/4, state/2%2, state%2
	if was == roleContent {
		closed = 1
	}
	switch {
	case !own && (role == roleSource || role == roleCue):
		return -1
	case !own:
		return stateOf(role, source, 0)
	case role == roleCue:
		return stateOf(role, source, 0)
	case role == roleSource:
		if source == 1 && was != roleSource {
			return -1
		}
		return stateOf(role, 1, closed)
	case role == roleContent:
		if was == roleContent {
			return stateOf(role, source, 0)
		}
		if closed == 1 {
			return -1
		}
		return stateOf(role, source, 0)
	}
	return stateOf(role, source, closed)
}

// moves lists, for own and other units, the state each role leads to.
var moves = func() (m [2][states][roles]int8) {
	for own := range 2 {
		for s := range states {
			for r := range roles {
				m[own][s][r] = int8(follows(s, r, own == 1))
			}
		}
	}
	return m
}()

// possible reports whether a path of roles can be decoded.
func (w *window) possible(path []uint8) bool {
	s := 0
	for u, r := range path {
		side := 0
		if u >= w.own && u < w.rest {
			side = 1
		}
		if s = int(moves[side][s][r]); s < 0 {
			return false
		}
	}
	return true
}

// keepFeatures lists the features of a decoded window for keeping it: what
// the three parts look like together. Nested says that the cue stands inside
// the content of another.
func (w *window) keepFeatures(f []uint32, unit int, nested bool) []uint32 {
	v := w.v
	q := v.cues[w.cue]
	head := v.At(q.head)
	cue := head.Word
	if g := v.Lemma[q.head]; g != 0 {
		cue = g
	}
	// How sure the cue itself is, in quarters of a nat.
	sure := uint32(max(0, min(39, int(q.score)*1024/max(unit, 1)+20)))
	var source, content [2]int // tokens left and right of the cue
	quoted, others, pieces, far := 0, 0, 0, 0
	kind, name, that := uint32(0), uint32(0), uint32(0)
	for u, x := range w.units {
		side := 0
		if x.from >= q.to {
			side = 1
		}
		switch w.path[u] {
		case roleSource:
			source[side]++
			t := &v.Tokens[x.from]
			if h := int(t.Head); u == 0 || w.path[u-1] != roleSource || h < x.from-8 || h > x.from+12 || kind == 0 {
				kind = uint32(t.POS)
			}
			name = max(name, uint32(t.Name))
		case roleContent:
			content[side] += x.to - x.from
			if x.quoted {
				quoted += x.to - x.from
			}
			if u < w.own || u >= w.rest {
				far++
			}
			if u == 0 || w.path[u-1] != roleContent {
				pieces++
				if v.Tokens[x.from].Lower == lang.Hash("that") {
					that = 1
				}
			}
			if x.to-x.from == 1 && v.inCue[x.from] >= 0 {
				others++
			}
		}
	}
	size := content[0] + content[1]
	share := uint32(0)
	if size > 0 {
		share = uint32((quoted*4 + 1) / size)
	}
	s := bucket(size)
	where := truth(content[0] > 0)*2 + truth(content[1] > 0)
	from := truth(source[0] > 0)*2 + truth(source[1] > 0)
	n := truth(nested)
	in := truth(v.Region[q.head] >= 0)
	return append(f,
		lang.Mix1(301, sure), lang.Mix2(302, sure, share), lang.Mix2(303, cue, where), lang.Mix2(304, cue, from), lang.Mix3(305, where, from, share), lang.Mix3(306, kind, name, from), lang.Mix2(307, s, share),
		lang.Mix2(308, n, in), lang.Mix2(309, n, sure/4), lang.Mix3(310, that, where, cue), lang.Mix3(311, uint32(head.POS), uint32(head.Label), from), lang.Mix4(312, uint32(head.POS), where, from, s),
		lang.Mix2(313, uint32(min(others, 4)), s), lang.Mix3(314, uint32(min(pieces, 4)), uint32(min(far, 4)), share), lang.Mix2(315, bucket(source[0]+source[1]), from), lang.Mix1(316, cue), lang.Mix3(317, cue, kind, name),
		lang.Mix4(318, in, share, from, where), lang.Mix2(319, n, cue), lang.Mix(320))
}
