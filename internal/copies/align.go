package copies

import (
	"cmp"
	"slices"
)

const (
	seedWords = 4 // a shared run this long is looked at
	minRun    = 6 // words that must agree in a run for it to count
	maxChain  = 8 // places of one seed in an article that are followed
	maxDrop   = 6 // how far a run may fall behind its best before it ends
)

// A run is a stretch of words that two articles share: words [a0, a1) of one
// and [b0, b1) of the other, of which equal agree.
type run struct {
	a0, a1, b0, b1 int
	equal          int
	exact          int // the longest stretch without an edit
}

// An aligner compares one article with many. It is not safe for concurrent use.
type aligner struct {
	a            *words
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

// set makes a the article that others are compared with.
func (l *aligner) set(a *words) {
	l.a = a
	size := 64
	for size < 2*a.len() {
		size *= 2
	}
	l.mask = uint32(size - 1)
	l.head = slices.Grow(l.head[:0], size)[:size]
	clear(l.head)
	l.next = slices.Grow(l.next[:0], a.len())[:a.len()]
	for i := 0; i+seedWords <= a.len(); i++ {
		s := seedHash(a.hash[i:]) & l.mask
		l.next[i] = l.head[s]
		l.head[s] = int32(i + 1)
	}
	l.usedA = slices.Grow(l.usedA[:0], a.len())[:a.len()]
}

// align returns the runs that b shares with the article at hand, in order of
// the first. They overlap neither there nor in b. The slice is valid until the
// next call.
func (l *aligner) align(b *words) []run {
	l.findSeeds(b)
	l.runs = l.runs[:0]
	if len(l.seeds) == 0 {
		return nil
	}
	// The longest run is taken first, as in greedy string tiling (Wise 1993).
	slices.SortFunc(l.seeds, func(x, y run) int {
		return cmp.Or(cmp.Compare(y.equal, x.equal), cmp.Compare(x.a0, y.a0), cmp.Compare(x.b0, y.b0))
	})
	l.usedB = slices.Grow(l.usedB[:0], b.len())[:b.len()]
	clear(l.usedA)
	clear(l.usedB)
	for _, s := range l.seeds {
		for s.a0 < s.a1 && (l.usedA[s.a0] || l.usedB[s.b0]) {
			s.a0++
			s.b0++
		}
		end := s.a0
		for end < s.a1 && !l.usedA[end] && !l.usedB[s.b0+end-s.a0] {
			end++
		}
		s.b1 -= s.a1 - end
		s.a1 = end
		if s.a1-s.a0 < seedWords {
			continue
		}
		s.equal = s.a1 - s.a0
		s.exact = s.equal
		l.grow(&s, b)
		if s.equal < minRun {
			continue
		}
		for i := s.a0; i < s.a1; i++ {
			l.usedA[i] = true
		}
		for i := s.b0; i < s.b1; i++ {
			l.usedB[i] = true
		}
		l.runs = append(l.runs, s)
	}
	slices.SortFunc(l.runs, func(x, y run) int { return cmp.Compare(x.a0, y.a0) })
	return l.runs
}

// findSeeds collects the maximal runs of equal words of at least seedWords.
func (l *aligner) findSeeds(b *words) {
	l.seeds, l.active = l.seeds[:0], l.active[:0]
	ah, bh := l.a.hash, b.hash
	for j := 0; j+seedWords <= len(bh); j++ {
		// Runs that go on past j were found when they began.
		live := l.active[:0]
		for _, r := range l.active {
			if r.b1 >= j+seedWords {
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
				if r.a0-r.b0 == i-j {
					continue place
				}
			}
			n := seedWords
			for i+n < len(ah) && j+n < len(bh) && ah[i+n] == bh[j+n] {
				n++
			}
			r := run{a0: i, a1: i + n, b0: j, b1: j + n, equal: n}
			l.active = append(l.active, r)
			l.seeds = append(l.seeds, r)
		}
	}
}

// grow extends s to both sides over edits, as long as
// more words agree than differ.
func (l *aligner) grow(s *run, b *words) {
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

func (l *aligner) growRight(s *run, b *words) {
	ah, bh := l.a.hash, b.hash
	i, j, equal, score := s.a1, s.b1, s.equal, 0
	best := 0
	stretch := s.exact
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
			stretch = max(stretch, k)
			i, j = x+k, y+k
			moved = true
			break
		}
		if !moved || score < best-maxDrop {
			return
		}
		if score > best {
			best = score
			s.a1, s.b1, s.equal, s.exact = i, j, equal, stretch
		}
	}
}

func (l *aligner) growLeft(s *run, b *words) {
	ah, bh := l.a.hash, b.hash
	i, j, equal, score := s.a0, s.b0, s.equal, 0
	best := 0
	stretch := s.exact
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
			stretch = max(stretch, k)
			i, j = x-k, y-k
			moved = true
			break
		}
		if !moved || score < best-maxDrop {
			return
		}
		if score > best {
			best = score
			s.a0, s.b0, s.equal, s.exact = i, j, equal, stretch
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
