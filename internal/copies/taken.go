package copies

import (
	"cmp"
	"slices"

	"recount"
)

// leastPiece is the fewest words of a sentence; a shorter piece, as "Mr.", goes
// to what follows.
const leastPiece = 5

// cutSentences cuts the words of a page into sentences.
func cutSentences(w *Words) [][2]int {
	out := [][2]int{}
	from := 0
	for i := 1; i <= w.Len(); i++ {
		if (i == w.Len() || w.First[i]) && (i-from >= leastPiece || i == w.Len()) {
			out = append(out, [2]int{from, i})
			from = i
		}
	}
	return out
}

// A Taken says how much of a sentence stands in another page.
type Taken struct {
	Sentence int
	Score    recount.Milli
}

// A matcher says which sentences of two pages stand in each other. It is a
// function of the two pages.
type matcher struct {
	a           *Words
	sentences   [][2]int
	head, next  []int32
	mask        uint32
	hits, turns []hit
	tiler       tiler
}

// set takes the first page.
func (m *matcher) set(a *Words, sentences [][2]int) {
	m.a, m.sentences = a, sentences
	size := 64
	for size < 2*a.Len() {
		size *= 2
	}
	m.mask = uint32(size - 1)
	m.head = slices.Grow(m.head[:0], size)[:size]
	clear(m.head)
	m.next = slices.Grow(m.next[:0], a.Len())[:a.Len()]
	for p := a.Len() - probeWords; p >= 0; p-- {
		k := probe(a.Hash[p:]) & m.mask
		m.next[p] = m.head[k]
		m.head[k] = int32(p + 1)
	}
}

// match returns the sentences of the first page of which b holds half or more,
// and those of b of which the first page does.
func (m *matcher) match(b *Words, sentences [][2]int) (inB, inA []Taken) {
	m.hits = m.hits[:0]
	ah, bh := m.a.Hash, b.Hash
	for j := 0; j+probeWords <= len(bh) && len(m.hits) < maxWords; j++ {
		places := 0
		for p := m.head[probe(bh[j:])&m.mask]; p != 0 && places < maxPlaces; p = m.next[p-1] {
			i := p - 1
			if ah[i] == bh[j] && ah[i+1] == bh[j+1] && ah[i+2] == bh[j+2] {
				places++
				m.hits = append(m.hits, hit{int32(j), i})
			}
		}
	}
	if len(m.hits) == 0 {
		return nil, nil
	}
	m.turns = m.turns[:0]
	for _, h := range m.hits {
		m.turns = append(m.turns, hit{h.p, h.at})
	}
	return m.score(m.hits, ah, bh, m.sentences), m.score(m.turns, bh, ah, sentences)
}

// score weighs the sentences of x, whose words p met the words at of y.
func (m *matcher) score(hits []hit, x, y []uint32, sentences [][2]int) (out []Taken) {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.p, b.p), cmp.Compare(a.at, b.at)) })
	for n, s := range sentences {
		k := 0
		for k < len(hits) && int(hits[k].p) < s[0] {
			k++
		}
		hits = hits[k:]
		k = 0
		for k < len(hits) && int(hits[k].p)+probeWords <= s[1] {
			k++
		}
		mine := hits[:k]
		hits = hits[k:]
		size := min(s[1]-s[0], maxSentence)
		if len(mine) == 0 || len(mine) < 2 && size > probeWords+2 {
			continue
		}
		slices.SortFunc(mine, func(a, b hit) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.p, b.p)) })
		lo, hi := window(mine, size, len(y))
		if score := m.tiler.cover(x[s[0]:s[0]+size], y[lo:hi]); score >= originMilli {
			out = append(out, Taken{n, score})
		}
	}
	return out
}

// nearBest returns, of the sources that hold a sentence with these scores, whether
// each holds about as much as the best one.
func nearBest(score, best recount.Milli) bool { return 1000*score >= nearMilli*best }
