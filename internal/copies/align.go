package copies

import (
	"cmp"
	"slices"
)

// minRun is how many words must agree in a run for it to count.
const minRun = 6

const (
	seedWords = 4 // a shared run this long is looked at
	maxChain  = 8 // places of one seed in an article that are followed
	maxDrop   = 6 // how far a run may fall behind its best before it ends
)

// A run is a stretch of words that two articles share: words [A0, A1) of one
// and [B0, B1) of the other, of which Equal agree.
type run struct {
	A0, A1, B0, B1 int
	Equal          int
}

// An aligner compares one article with many. It is not safe for concurrent use.
type aligner struct {
	a            *Words
	head         []int32 // by hash of a seed: its last place in a, plus one
	next         []int32 // the place before it, plus one
	mask         uint32
	seeds        []run
	active       []run
	usedA, usedB []bool
	runs         []run
}

func seedHash(h []uint32) uint32 {
	_ = h[3]
	x := (uint64(h[0])<<32 | uint64(h[1])) * mul1
	x ^= (uint64(h[2])<<32 | uint64(h[3])) * mul2
	x *= mul1
	return uint32(x >> 32)
}

// Set makes a the article that others are compared with.
func (l *aligner) Set(a *Words) {
	l.a = a
	size := 64
	for size < 2*a.Len() {
		size *= 2
	}
	l.mask = uint32(size - 1)
	l.head = slices.Grow(l.head[:0], size)[:size]
	clear(l.head)
	l.next = slices.Grow(l.next[:0], a.Len())[:a.Len()]
	for i := 0; i+seedWords <= a.Len(); i++ {
		s := seedHash(a.Hash[i:]) & l.mask
		l.next[i] = l.head[s]
		l.head[s] = int32(i + 1)
	}
	l.usedA = slices.Grow(l.usedA[:0], a.Len())[:a.Len()]
}

// Align returns the runs that b shares with the article at hand, in order of
// the first. They overlap neither there nor in b. The slice is valid until the
// next call.
func (l *aligner) Align(b *Words) []run {
	l.findSeeds(b)
	l.runs = l.runs[:0]
	if len(l.seeds) == 0 {
		return nil
	}
	// The longest run is taken first, as in greedy string tiling (Wise 1993).
	slices.SortFunc(l.seeds, func(x, y run) int {
		return cmp.Or(cmp.Compare(y.Equal, x.Equal), cmp.Compare(x.A0, y.A0), cmp.Compare(x.B0, y.B0))
	})
	l.usedB = slices.Grow(l.usedB[:0], b.Len())[:b.Len()]
	clear(l.usedA)
	clear(l.usedB)
	for _, s := range l.seeds {
		for s.A0 < s.A1 && (l.usedA[s.A0] || l.usedB[s.B0]) {
			s.A0++
			s.B0++
		}
		end := s.A0
		for end < s.A1 && !l.usedA[end] && !l.usedB[s.B0+end-s.A0] {
			end++
		}
		s.B1 -= s.A1 - end
		s.A1 = end
		if s.A1-s.A0 < seedWords {
			continue
		}
		s.Equal = s.A1 - s.A0
		l.grow(&s, b)
		if s.Equal < minRun {
			continue
		}
		for i := s.A0; i < s.A1; i++ {
			l.usedA[i] = true
		}
		for i := s.B0; i < s.B1; i++ {
			l.usedB[i] = true
		}
		l.runs = append(l.runs, s)
	}
	slices.SortFunc(l.runs, func(x, y run) int { return cmp.Compare(x.A0, y.A0) })
	return l.runs
}

// findSeeds collects the maximal runs of equal words of at least seedWords.
func (l *aligner) findSeeds(b *Words) {
	l.seeds, l.active = l.seeds[:0], l.active[:0]
	ah, bh := l.a.Hash, b.Hash
	for j := 0; j+seedWords <= len(bh); j++ {
		// Runs that go on past j were found when they began.
		live := l.active[:0]
		for _, r := range l.active {
			if r.B1 >= j+seedWords {
				live = append(live, r)
			}
		}
		l.active = live
		places := 0
	place:
		for p := l.head[seedHash(bh[j:])&l.mask]; p != 0 && places < maxChain; p = l.next[p-1] {
			i := int(p - 1)
			if ah[i] != bh[j] || ah[i+1] != bh[j+1] || ah[i+2] != bh[j+2] || ah[i+3] != bh[j+3] {
				continue
			}
			places++
			for _, r := range l.active {
				if r.A0-r.B0 == i-j {
					continue place
				}
			}
			n := seedWords
			for i+n < len(ah) && j+n < len(bh) && ah[i+n] == bh[j+n] {
				n++
			}
			r := run{A0: i, A1: i + n, B0: j, B1: j + n, Equal: n}
			l.active = append(l.active, r)
			l.seeds = append(l.seeds, r)
		}
	}
}

// grow extends s to both sides over edits, as long as
// more words agree than differ.
func (l *aligner) grow(s *run, b *Words) {
	l.growRight(s, b)
	l.growLeft(s, b)
}

// edits are the numbers of words that an edit may replace by others, the
// cheapest first. A damaged text joins and splits words, so they may differ.
var edits = [...][2]int{
	{1, 1}, {0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 2}, {0, 2}, {2, 0},
	{3, 3}, {2, 3}, {3, 2}, {1, 3}, {3, 1}, {0, 3}, {3, 0},
	{4, 4}, {3, 4}, {4, 3}, {2, 4}, {4, 2}, {5, 5}, {4, 5}, {5, 4}, {3, 5}, {5, 3},
}

// after returns how many words must agree behind an edit.
func after(e [2]int) int {
	if max(e[0], e[1]) <= 2 {
		return 2
	}
	return 3
}

func (l *aligner) growRight(s *run, b *Words) {
	ah, bh := l.a.Hash, b.Hash
	i, j, equal, score := s.A1, s.B1, s.Equal, 0
	best := 0
	for {
		moved := false
		for _, e := range edits {
			x, y, n := i+e[0], j+e[1], after(e)
			if x+n > len(ah) || y+n > len(bh) {
				continue
			}
			k := 0
			for x+k < len(ah) && y+k < len(bh) && ah[x+k] == bh[y+k] && !l.usedA[x+k] && !l.usedB[y+k] {
				k++
			}
			if k < n || l.blocked(i, x, j, y) {
				continue
			}
			equal += k
			score += k - max(e[0], e[1])
			i, j = x+k, y+k
			moved = true
			break
		}
		if !moved || score < best-maxDrop {
			return
		}
		if score > best {
			best = score
			s.A1, s.B1, s.Equal = i, j, equal
		}
	}
}

func (l *aligner) growLeft(s *run, b *Words) {
	ah, bh := l.a.Hash, b.Hash
	i, j, equal, score := s.A0, s.B0, s.Equal, 0
	best := 0
	for {
		moved := false
		for _, e := range edits {
			x, y, n := i-e[0], j-e[1], after(e)
			if x-n < 0 || y-n < 0 {
				continue
			}
			k := 0
			for x-k > 0 && y-k > 0 && ah[x-k-1] == bh[y-k-1] && !l.usedA[x-k-1] && !l.usedB[y-k-1] {
				k++
			}
			if k < n || l.blocked(x, i, y, j) {
				continue
			}
			equal += k
			score += k - max(e[0], e[1])
			i, j = x-k, y-k
			moved = true
			break
		}
		if !moved || score < best-maxDrop {
			return
		}
		if score > best {
			best = score
			s.A0, s.B0, s.Equal = i, j, equal
		}
	}
}

// blocked reports whether words [i, x) of one article or [j, y) of the other
// belong to another run.
func (l *aligner) blocked(i, x, j, y int) bool {
	for ; i < x; i++ {
		if l.usedA[i] {
			return true
		}
	}
	for ; j < y; j++ {
		if l.usedB[j] {
			return true
		}
	}
	return false
}

// eachStretch calls visit with the stretches of equal words of run r.
func eachStretch(a, b *Words, r run, visit func(i, j, n int)) {
	for i, j := r.A0, r.B0; i < r.A1 && j < r.B1; {
		n := 0
		for i+n < r.A1 && j+n < r.B1 && a.Hash[i+n] == b.Hash[j+n] {
			n++
		}
		if n > 0 {
			visit(i, j, n)
			i, j = i+n, j+n
			continue
		}
		i, j = resync(a, b, r, i, j)
	}
}

// resync returns the next place behind the edit at (i, j) inside run r.
func resync(a, b *Words, r run, i, j int) (int, int) {
	for _, e := range edits {
		x, y := i+e[0], j+e[1]
		if x < r.A1 && y < r.B1 && a.Hash[x] == b.Hash[y] && (x+1 >= r.A1 || y+1 >= r.B1 || a.Hash[x+1] == b.Hash[y+1]) {
			return x, y
		}
	}
	return i + 1, j + 1
}
