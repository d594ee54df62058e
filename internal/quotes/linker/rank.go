package linker

import (
	"strings"

	"recount"
	"recount/internal/lang"
)

// never is the score of what cannot be.
const never = -1 << 28

// manyPaths is how many of the best ways to give out the roles of a window are
// compared as wholes.
const manyPaths = 8

// farBehind is how many nats behind the best a path is no longer compared.
const farBehind = 5

// An entry is one of the best ways to reach a state at a unit.
type entry struct {
	score int32
	state uint8 // at the unit before
	rank  uint8 // which of the ways to that state
}

// A ranking is the entries of one state at one unit, best first.
type ranking struct {
	n   int
	way [manyPaths]entry
}

// add puts an entry behind those that are as good.
func (r *ranking) add(e entry) {
	if r.n == manyPaths && e.score <= r.way[manyPaths-1].score {
		return
	}
	i := min(r.n, manyPaths-1)
	for i > 0 && r.way[i-1].score < e.score {
		r.way[i] = r.way[i-1]
		i--
	}
	r.way[i] = e
	r.n = min(r.n+1, manyPaths)
}

// merge adds the ways to a state at the unit before, each of them more: as add
// would one by one, in one go over both, since both are in order. What is more than
// far behind the best way to the state is left out: whatever follows, so far would it
// be behind that way at the end.
func (r *ranking) merge(was *ranking, state uint8, more, far int32) {
	if r.n == manyPaths && was.way[0].score+more <= r.way[manyPaths-1].score {
		return
	}
	least := was.way[0].score + more - far
	if r.n == 0 {
		for k := 0; k < was.n && was.way[k].score+more >= least; k++ {
			r.way[k] = entry{was.way[k].score + more, state, uint8(k)}
			r.n++
		}
		return
	}
	if least = max(least, r.way[0].score-far); was.way[0].score+more < least {
		return
	}
	have, i, k := *r, 0, 0
	j := 0
	for ; j < manyPaths && (i < have.n || k < was.n); j++ {
		if k == was.n || i < have.n && have.way[i].score >= was.way[k].score+more {
			if have.way[i].score < least {
				break
			}
			r.way[j] = have.way[i]
			i++
		} else {
			if was.way[k].score+more < least {
				break
			}
			r.way[j] = entry{was.way[k].score + more, state, uint8(k)}
			k++
		}
	}
	r.n = j
}

// decode finds the best ways to give each unit its role (Viterbi, keeping
// several): w.paths, best first, with w.scores.
func (w *window) decode(m *model) {
	n := len(w.units)
	for len(w.table) < n {
		w.table = append(w.table, [states]ranking{})
	}
	q := w.v.cues[w.cue]
	var arcs [roles * roles]int32
	far := int32(farBehind * m.arcs.Unit / 256)
	for u := range n {
		w.feats = w.boundaryFeatures(w.feats[:0], u)
		m.arcs.Sum(arcs[:], w.feats)
		var e [roles]int32
		x := w.units[u]
		side := 0
		if u >= w.own && u < w.rest {
			side = 1
		}
		if side == 1 && x.from >= q.from && x.from < q.to {
			e = [roles]int32{never, never, never, 0}
		} else {
			w.feats = w.unitFeatures(w.feats[:0], u)
			m.roles.Sum(e[:roles-1], w.feats)
			e[roleCue] = never
		}
		now := &w.table[u]
		for s := range now {
			now[s].n = 0
		}
		if u == 0 {
			for r := range roles {
				if s := moves[side][0][r]; s >= 0 && e[r] > never {
					now[s].add(entry{score: e[r] + arcs[r]})
				}
			}
			continue
		}
		for p := range states {
			was := &w.table[u-1][p]
			if was.n == 0 {
				continue
			}
			for r := range roles {
				s := moves[side][p][r]
				if s < 0 || e[r] <= never {
					continue
				}
				now[s].merge(was, uint8(p), e[r]+arcs[p/4*roles+r], far)
			}
		}
	}
	var ends ranking
	for s := range states {
		last := &w.table[n-1][s]
		for k := range last.n {
			ends.add(entry{last.way[k].score, uint8(s), uint8(k)})
		}
	}
	// What is far behind has no chance.
	for ends.n > 1 && ends.way[0].score-ends.way[ends.n-1].score > far {
		ends.n--
	}
	if w.paths == nil {
		w.paths = make([][]uint8, manyPaths)
	}
	w.paths, w.scores = w.paths[:ends.n], w.scores[:0]
	for i := range ends.n {
		e := ends.way[i]
		w.scores = append(w.scores, e.score)
		path := w.paths[i]
		if cap(path) < n {
			path = make([]uint8, n+64)
		}
		path = path[:n]
		for u := n - 1; u >= 0; u-- {
			path[u] = e.state / 4
			e = w.table[u][e.state].way[e.rank]
		}
		w.paths[i] = path
	}
}

// choose decodes and sets w.path to the path that is best as a whole: by the
// sums along it and by what its spans look like.
func (w *window) choose(m *model) {
	w.decode(m)
	if len(w.paths) == 1 {
		w.path = append(w.path[:0], w.paths[0]...)
		return
	}
	best, top := 0, int64(0)
	for i := range w.paths {
		w.feats = w.rankFeatures(w.feats[:0], i, m.arcs.Unit)
		var e [1]int32
		m.ranks.Sum(e[:], w.feats)
		// On the scale of the ranking's own weights.
		score := int64(w.scores[i])*int64(m.ranks.Unit)/int64(max(m.arcs.Unit, 1)) + int64(e[0])
		if i == 0 || score > top {
			best, top = i, score
		}
	}
	w.path = append(w.path[:0], w.paths[best]...)
}

// rankFeatures lists the features of path k as a whole: where its spans begin
// and end, what they cut off in the tree, and how they stand to each other.
// Unit is the scale of the sums.
func (w *window) rankFeatures(f []uint32, k, unit int) []uint32 {
	v := w.v
	q := v.cues[w.cue]
	path := w.paths[k]
	head := v.At(q.head)
	cue := head.Word
	if g := v.Lemma[q.head]; g != 0 {
		cue = g
	}
	behind := uint32(min(15, int(w.scores[0]-w.scores[k])*1024/max(unit, 1)))
	f = append(f, lang.Mix1(501, behind), lang.Mix1(502, uint32(k)))
	pattern, coarse := uint32(7), uint32(7)
	sources, contents := 0, 0
	for u := w.own; u < w.rest; {
		r := path[u]
		to := u + 1
		for to < w.rest && path[to] == r {
			to++
		}
		i, j := w.units[u].from, w.units[to-1].to
		switch r {
		case roleNone:
			gap := v.wordsIn(i, j)
			pattern = lang.Mix2(510, pattern, gap)
			if gap > 0 {
				coarse = lang.Mix2(511, coarse, 9)
			}
			f = w.gapFeatures(f, path, u, to, cue, gap)
		case roleSource:
			sources++
		case roleContent:
			contents++
		}
		if r != roleNone {
			pattern, coarse = lang.Mix2(516, pattern, uint32(r)), lang.Mix2(517, coarse, uint32(r))
		}
		if r == roleSource || r == roleContent {
			f = w.spanFeatures(f, path, u, to, cue)
		}
		u = to
	}
	before, after := uint32(0), uint32(0) // stretches of content beside the sentence
	for u, r := range path {
		if r == roleContent && u < w.own {
			before++
		} else if r == roleContent && u >= w.rest {
			after++
		}
	}
	before, after = min(before, 3), min(after, 3)
	none := truth(sources == 0)
	has := uint32(0)
	if s := v.Subject[q.head]; s >= 0 {
		has = 1 + uint32(v.Tokens[s].POS)
	}
	return append(f, lang.Mix1(550, pattern), lang.Mix2(551, pattern, cue), lang.Mix1(552, coarse), lang.Mix2(553, coarse, cue), lang.Mix3(554, coarse, uint32(head.POS), uint32(head.Label)),
		lang.Mix3(555, none, has, uint32(head.POS)), lang.Mix2(556, none, cue), lang.Mix3(557, before, after, uint32(min(contents, 3))), lang.Mix3(558, before, after, coarse),
		lang.Mix3(559, none, uint32(head.Label), truth(q.score < 0)))
}

// wordsIn counts the words among tokens i to j, up to three.
func (v *view) wordsIn(i, j int) uint32 {
	n := uint32(0)
	for ; i < j && n < 3; i++ {
		if s := v.Tokens[i].Shape; s != lang.ShapeMark && s != lang.ShapeQuote {
			n++
		}
	}
	return n
}

// roleAt returns the role of a token on a path, or roles outside the cue's
// sentence.
func (w *window) roleAt(path []uint8, i int) uint32 {
	if w.own == w.rest || i < w.units[w.own].from || i >= w.units[w.rest-1].to {
		return roles
	}
	return uint32(path[w.own+i-w.units[w.own].from])
}

// gapFeatures lists the features of what a path leaves out between two spans.
func (w *window) gapFeatures(f []uint32, path []uint8, from, to int, cue, gap uint32) []uint32 {
	v := w.v
	i, j := w.units[from].from, w.units[to-1].to
	before, after := w.roleAt(path, i-1), w.roleAt(path, j)
	a := v.At(i)
	if a.Shape == lang.ShapeMark && j > i+1 {
		a = v.At(i + 1)
	}
	return append(f, lang.Mix3(512, before, after, bucket(j-i)), lang.Mix3(513, before, after, a.Word), lang.Mix5(514, before, after, uint32(a.POS), uint32(v.At(j-1).POS), gap), lang.Mix4(515, before, after, cue, gap))
}

// mostArcs is how many arcs of the tree that cross the edge of a span are
// looked at, and arcReach how far beside the span.
const (
	mostArcs = 6
	arcReach = 40
)

// spanFeatures lists the features of one source or piece of content, units
// from to to of a path.
func (w *window) spanFeatures(f []uint32, path []uint8, from, to int, cue uint32) []uint32 {
	v := w.v
	q := v.cues[w.cue]
	i, j := w.units[from].from, w.units[to-1].to
	s := v.Tokens[i].Sentence
	P := func(t *lang.Token) uint32 { return uint32(t.POS) }
	side := truth(i >= q.to)
	rs := uint32(path[from])*2 + side
	a, b, y, z, zz := &atEdge, v.At(i), v.At(j-1), &atEdge, v.At(j+1)
	if i > v.First[s] {
		a = v.At(i - 1)
	}
	if j < v.First[s+1] {
		z = v.At(j)
	}
	// Whether it begins or ends inside quotation marks.
	cut := uint32(0)
	if v.Region[i] >= 0 && from > w.own && v.Region[i-1] == v.Region[i] {
		cut |= 1
	}
	if v.Region[j-1] >= 0 && to < w.rest && v.Region[j] == v.Region[j-1] {
		cut |= 2
	}
	size, finite, inner, commas, brackets, outer := bucket(j-i), uint32(0), uint32(0), uint32(0), 0, 0
	var top *lang.Token // what the span hangs on
	for k := i; k < j; k++ {
		t := &v.Tokens[k]
		switch t.POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
			finite = min(finite+1, 2)
		}
		if c := v.inCue[k]; c >= 0 && v.cues[c].from == k {
			inner = min(inner+1, 3)
		}
		if t.Shape == lang.ShapeMark {
			switch v.Page.Text[t.Span.Start] {
			case ',':
				commas = min(commas+1, 3)
			case '(', '[':
				brackets++
			case ')', ']':
				brackets--
			}
			continue
		}
		h := int(t.Head)
		if h >= i && h < j {
			continue
		}
		outer++
		if top == nil {
			top = t
		}
		if outer <= mostArcs {
			where := uint32(roles + 1)
			if h >= 0 {
				where = w.roleAt(path, h)
			}
			f = append(f, lang.Mix4(520, rs, uint32(t.Label), where, truth(h >= q.from && h < q.to)), lang.Mix5(521, rs, uint32(t.Label), P(t), where, truth(k == i)))
		}
	}
	f = append(f, lang.Mix2(522, rs, uint32(min(outer, 5))), lang.Mix2(523, rs, size), lang.Mix3(524, rs, finite, inner), lang.Mix3(525, rs, commas, size), lang.Mix3(526, rs, truth(brackets != 0), cut),
		lang.Mix3(527, rs, P(a), P(b)), lang.Mix2(528, rs, a.Word), lang.Mix2(529, rs, b.Word), lang.Mix3(530, rs, P(y), P(z)), lang.Mix2(531, rs, z.Word), lang.Mix3(532, rs, y.Word, z.Word), lang.Mix3(533, rs, z.Word, zz.Word),
		lang.Mix3(534, rs, cue, size), lang.Mix4(535, rs, cue, finite, b.Word), lang.Mix4(536, rs, P(z), P(zz), finite), lang.Mix3(537, rs, a.Word, b.Word), lang.Mix4(538, rs, cue, P(b), finite), lang.Mix3(539, rs, cue, a.Word))
	// What of the rest of the sentence hangs on the span.
	n := 0
	for k := max(w.units[w.own].from, i-arcReach); k < min(w.units[w.rest-1].to, j+arcReach) && n < mostArcs; k++ {
		t := &v.Tokens[k]
		if h := int(t.Head); k >= i && k < j || h < i || h >= j || t.Shape == lang.ShapeMark || t.Shape == lang.ShapeQuote {
			continue
		}
		n++
		r := w.roleAt(path, k)
		f = append(f, lang.Mix4(540, rs, uint32(t.Label), r, truth(k >= j)), lang.Mix5(541, rs, uint32(t.Label), P(t), P(v.At(int(t.Head))), r), lang.Mix4(542, rs, t.Word, uint32(t.Label), r))
	}
	f = append(f, lang.Mix2(543, rs, uint32(n)))
	if top == nil {
		return f
	}
	f = append(f, lang.Mix3(544, rs, P(top), uint32(top.Name)), lang.Mix4(545, rs, cue, P(top), uint32(top.Label)))
	if path[from] == roleSource {
		k := int(v.Subject[q.head])
		subject := truth(k >= i && k < j)
		f = append(f, lang.Mix3(546, subject, side, P(top)), lang.Mix2(547, subject, cue))
	}
	return f
}

// atEdge stands for the place before and after a sentence.
var atEdge = lang.Token{Head: -1, Word: 1}

// spans returns the text of all units with a role, pieces with nothing but
// white space between them joined.
func (w *window) spans(role uint8) []recount.Span {
	var out []recount.Span
	for u, x := range w.units {
		if w.path[u] != role {
			continue
		}
		s := recount.Span{Start: w.v.Tokens[x.from].Span.Start, End: w.v.Tokens[x.to-1].Span.End}
		if n := len(out); n > 0 && strings.TrimSpace(w.v.Page.Text[out[n-1].End:s.Start]) == "" {
			out[n-1].End = s.End
		} else {
			out = append(out, s)
		}
	}
	return out
}
