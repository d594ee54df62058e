package copies

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// changeKind says what was done to a sentence on its way from one article to
// another.
type changeKind string

const (
	wordsSwapped    changeKind = "words_swapped"
	wordsDropped    changeKind = "words_dropped"
	wordsAdded      changeKind = "words_added"
	clauseDropped   changeKind = "clause_dropped" // clauseWords or more in a row
	clauseAdded     changeKind = "clause_added"
	partMoved       changeKind = "part_moved"
	voiceChanged    changeKind = "voice_changed" // active to passive or back
	spellingChanged changeKind = "spelling_changed"
	numberRewritten changeKind = "number_rewritten" // the same number in another form
	numberChanged   changeKind = "number_changed"
	marksLost       changeKind = "marks_lost"
	marksAdded      changeKind = "marks_added"
	marksMoved      changeKind = "marks_moved"
)

// A Change is one difference between two wordings. An empty span has Start ==
// End and says where the words would stand.
type Change struct {
	Kind     changeKind
	From, To recount.Span // bytes of the two wordings
}

const (
	clauseWords = 3   // dropped or added words in a row that make a clause
	maxDiff     = 400 // words of a wording that are compared
)

// Diff returns what differs between two wordings of one passage, in order of
// the second. Words are compared without case and punctuation. It knows
// English number words, spellings and passives; in other languages such
// changes are words swapped.
func Diff(from, to string) []Change {
	d := &differ{from: from, to: to}
	d.a.ReadText(from)
	d.b.ReadText(to)
	d.a.cut(maxDiff)
	d.b.cut(maxDiff)
	d.pair = make([]int, d.a.Len())
	for i := range d.pair {
		d.pair[i] = -1
	}
	d.match(0, d.a.Len(), 0, d.b.Len())
	d.tighten()
	var out []Change
	moved := d.moves()
	out = append(out, moved...)
	out = append(out, d.hunks()...)
	out = append(out, d.marks()...)
	slices.SortStableFunc(out, func(x, y Change) int {
		return cmp.Or(cmp.Compare(x.To.Start, y.To.Start), cmp.Compare(x.From.Start, y.From.Start))
	})
	return out
}

// cut leaves the first n words.
func (w *Words) cut(n int) {
	if w.Len() > n {
		w.Hash, w.Start, w.End, w.Speech, w.First = w.Hash[:n], w.Start[:n], w.End[:n], w.Speech[:n], w.First[:n]
	}
}

// A differ holds two wordings and which of their words are paired.
type differ struct {
	from, to     string
	a, b         Words
	pair         []int // for each word of a the word of b, or -1
	movedA       []bool
	movedB       []bool
	usedB        []bool
	voiceChanged bool
	both         []string // words that each wording has and does not share in place
}

// match pairs the longest run of equal words in the given parts and goes on to
// its left and right (Ratcliff & Obershelp 1988).
func (d *differ) match(a0, a1, b0, b1 int) {
	i, j, n := longestCommon(d.a.Hash[a0:a1], d.b.Hash[b0:b1])
	if n == 0 {
		return
	}
	i, j = i+a0, j+b0
	for k := range n {
		d.pair[i+k] = j + k
	}
	d.match(a0, i, b0, j)
	d.match(i+n, a1, j+n, b1)
}

// longestCommon returns the first longest run that a and b share.
func longestCommon(a, b []uint32) (i, j, n int) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0, 0
	}
	last := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for x := range a {
		for y := range b {
			row[y+1] = 0
			if a[x] == b[y] {
				row[y+1] = last[y] + 1
				if row[y+1] > n {
					n = row[y+1]
					i, j = x+1-n, y+1-n
				}
			}
		}
		last, row = row, last
	}
	return i, j, n
}

// tighten gives up lone pairs of short words between longer differences: "the"
// in the middle of two rewritten clauses is chance.
func (d *differ) tighten() {
	d.usedB = make([]bool, d.b.Len())
	for i, j := range d.pair {
		if j < 0 {
			continue
		}
		left := i > 0 && d.pair[i-1] == j-1 && j > 0
		right := i+1 < len(d.pair) && d.pair[i+1] == j+1
		lonely := !left && !right && d.a.End[i]-d.a.Start[i] <= 3 && d.gapBefore(i, j) >= 2 && d.gapAfter(i, j) >= 2
		if lonely {
			d.pair[i] = -1
			continue
		}
		d.usedB[j] = true
	}
}

func (d *differ) gapBefore(i, j int) int {
	n := 0
	for k := i - 1; k >= 0 && d.pair[k] < 0; k-- {
		n++
	}
	m := 0
	for k := j - 1; k >= 0 && !slices.Contains(d.pair, k); k-- {
		m++
	}
	return min(n, m)
}

func (d *differ) gapAfter(i, j int) int {
	n := 0
	for k := i + 1; k < len(d.pair) && d.pair[k] < 0; k++ {
		n++
	}
	m := 0
	for k := j + 1; k < d.b.Len() && !slices.Contains(d.pair, k); k++ {
		m++
	}
	return min(n, m)
}

// moves finds runs of two words or more that stand in another place, and
// whether the voice changed with them.
func (d *differ) moves() (out []Change) {
	d.movedA = make([]bool, d.a.Len())
	d.movedB = make([]bool, d.b.Len())
	for i := 0; i < d.a.Len(); i++ {
		if d.pair[i] >= 0 || d.movedA[i] {
			continue
		}
		best, at := 0, 0
		for j := range d.b.Len() {
			n := 0
			for i+n < d.a.Len() && j+n < d.b.Len() && d.a.Hash[i+n] == d.b.Hash[j+n] &&
				d.pair[i+n] < 0 && !d.movedA[i+n] && !d.usedB[j+n] && !d.movedB[j+n] {
				n++
			}
			if n > best {
				best, at = n, j
			}
		}
		if best < 2 {
			continue
		}
		for k := range best {
			d.movedA[i+k], d.movedB[at+k] = true, true
		}
		out = append(out, Change{partMoved, d.a.Span(i, i+best), d.b.Span(at, at+best)})
	}
	gone, come := d.left(&d.a, d.from, d.inA), d.left(&d.b, d.to, d.inB)
	passive := func(x, y []string) bool {
		return slices.Contains(x, "by") && slices.ContainsFunc(x, isBe) && !slices.Contains(y, "by")
	}
	if passive(come, gone) || passive(gone, come) {
		d.voiceChanged = true
		for _, w := range gone {
			if slices.Contains(come, w) {
				d.both = append(d.both, w)
			}
		}
		out = append(out, Change{voiceChanged, d.a.Span(0, d.a.Len()), d.b.Span(0, d.b.Len())})
	}
	return out
}

func (d *differ) inA(i int) bool { return d.pair[i] >= 0 || d.movedA[i] }
func (d *differ) inB(j int) bool { return d.usedB[j] || d.movedB[j] }

// left returns the words of one wording that the other lacks.
func (d *differ) left(w *Words, text string, has func(int) bool) (out []string) {
	for i := range w.Hash {
		if !has(i) {
			out = append(out, strings.ToLower(text[w.Start[i]:w.End[i]]))
		}
	}
	return out
}

func isBe(w string) bool {
	switch w {
	case "is", "are", "was", "were", "be", "been", "being":
		return true
	}
	return false
}

// hunks returns the words that differ between paired ones.
func (d *differ) hunks() (out []Change) {
	i, j := 0, 0
	for i < d.a.Len() || j < d.b.Len() {
		if i < d.a.Len() && j < d.b.Len() && d.pair[i] == j {
			i, j = i+1, j+1
			continue
		}
		i0, j0 := i, j
		for i < d.a.Len() && d.pair[i] < 0 {
			i++
		}
		for j < d.b.Len() && !d.usedB[j] {
			j++
		}
		if i == i0 && j == j0 { // a pair out of order cannot be; go on all the same
			i, j = i+1, j+1
			continue
		}
		out = append(out, d.hunk(i0, i, j0, j)...)
	}
	return out
}

// hunk names the change of words [i0, i1) into words [j0, j1), those that
// moved left out.
func (d *differ) hunk(i0, i1, j0, j1 int) (out []Change) {
	a := pieces(i0, i1, d.movedA)
	b := pieces(j0, j1, d.movedB)
	for len(a) < len(b) {
		a = append(a, [2]int{i1, i1})
	}
	for len(b) < len(a) {
		b = append(b, [2]int{j1, j1})
	}
	for k := range a {
		if c, ok := d.change(a[k][0], a[k][1], b[k][0], b[k][1]); ok {
			out = append(out, c)
		}
	}
	return out
}

// pieces returns the stretches of [from, to) that did not move.
func pieces(from, to int, moved []bool) (out [][2]int) {
	for i := from; i < to; {
		j := i
		for j < to && !moved[j] {
			j++
		}
		if j > i {
			out = append(out, [2]int{i, j})
		}
		i = max(j, i+1)
	}
	return out
}

// change names one difference; false if it belongs to a change of voice.
func (d *differ) change(i0, i1, j0, j1 int) (Change, bool) {
	c := Change{From: place(&d.a, d.from, i0, i1), To: place(&d.b, d.to, j0, j1)}
	was, is := tokens(&d.a, d.from, i0, i1), tokens(&d.b, d.to, j0, j1)
	if d.voiceChanged && d.passiveWords(was) && d.passiveWords(is) {
		return c, false
	}
	x, okX := number(was, d.from, &d.a, i0, i1)
	y, okY := number(is, d.to, &d.b, j0, j1)
	switch {
	case okX && okY && x == y:
		c.Kind = numberRewritten
	case percentSign(was, is, d, i0, j0):
		c.Kind = numberRewritten
	case okX && okY, figuresDiffer(was, is):
		c.Kind = numberChanged
	case sameSpelling(was, is):
		c.Kind = spellingChanged
	case len(is) == 0 && len(was) >= clauseWords:
		c.Kind = clauseDropped
	case len(was) == 0 && len(is) >= clauseWords:
		c.Kind = clauseAdded
	case len(is) == 0:
		c.Kind = wordsDropped
	case len(was) == 0:
		c.Kind = wordsAdded
	default:
		c.Kind = wordsSwapped
	}
	return c, true
}

// place returns the bytes of words [i, j), or the empty place before word i.
func place(w *Words, text string, i, j int) recount.Span {
	switch {
	case i < j:
		return w.Span(i, j)
	case i < w.Len():
		return recount.Span{Start: int(w.Start[i]), End: int(w.Start[i])}
	}
	return recount.Span{Start: len(text), End: len(text)}
}

// tokens returns words [i, j) in lower case.
func tokens(w *Words, text string, i, j int) (out []string) {
	for ; i < j; i++ {
		out = append(out, strings.ToLower(text[w.Start[i]:w.End[i]]))
	}
	return out
}

// passiveWords reports whether all words are such as a change of voice brings.
func (d *differ) passiveWords(ws []string) bool {
	for _, w := range ws {
		switch w {
		case "by", "it", "that", "had", "has", "have", "the", "a", "an":
		default:
			if !isBe(w) && !slices.Contains(d.both, w) {
				return false
			}
		}
	}
	return true
}

// marks compares which of the words that both wordings have stand inside
// quotation marks.
func (d *differ) marks() (out []Change) {
	both := false // a word stands inside marks in both
	var lost, added []run
	for i, j := range d.pair {
		if j < 0 {
			continue
		}
		switch x, y := d.a.Speech[i], d.b.Speech[j]; {
		case x && y:
			both = true
		case x:
			lost = extend(lost, i, j)
		case y:
			added = extend(added, i, j)
		}
	}
	// A mark went to another place, or a quotation lost its marks altogether:
	// then no marks are left beside it.
	give := func(rs []run, kind changeKind) {
		for _, r := range rs {
			k := kind
			if both && d.touches(r) {
				k = marksMoved
			}
			out = append(out, Change{k, d.a.Span(r.A0, r.A1), d.b.Span(r.B0, r.B1)})
		}
	}
	give(lost, marksLost)
	give(added, marksAdded)
	return out
}

// extend adds word i of one and j of the other wording to the last run, or
// begins a new one if they do not follow it.
func extend(rs []run, i, j int) []run {
	if n := len(rs); n > 0 && rs[n-1].A1 == i {
		rs[n-1].A1, rs[n-1].B1 = i+1, j+1
		return rs
	}
	return append(rs, run{A0: i, A1: i + 1, B0: j, B1: j + 1})
}

// touches reports whether the word before or after r stands inside marks in
// both wordings.
func (d *differ) touches(r run) bool {
	return r.A0 > 0 && r.B0 > 0 && d.a.Speech[r.A0-1] && d.b.Speech[r.B0-1] ||
		r.A1 < d.a.Len() && r.B1 < d.b.Len() && d.a.Speech[r.A1] && d.b.Speech[r.B1]
}
