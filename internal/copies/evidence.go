package copies

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed notices.txt
var noticeFile string

// noticeWords are the hashes of the words of house notices.
var noticeWords = sync.OnceValue(func() map[uint32]bool {
	words := map[uint32]bool{}
	for line := range strings.Lines(noticeFile) {
		_, list, ok := strings.Cut(line, ": ")
		if !ok || line[0] == '#' {
			continue
		}
		var w Words
		w.ReadWords(list)
		for _, h := range w.Hash {
			words[h] = true
		}
	}
	return words
})

const (
	noticeMost   = 150 // a house notice is no longer, in words
	noticeOwn    = 12  // each report holds at least this many words of its own before it
	denseMilli   = 80  // a notice anywhere: this much of it speaks of the house or to the reader
	strayWords   = 6   // of the sentence before it that happen to agree
	closingMost  = 80  // a closing paragraph without such words is shorter
	noticeMilli  = 40  // this much of it speaks of the house or to the reader
	differWords  = 3   // so many names and numbers that differ inside a shared text ...
	differNouns  = 5   // the same where nouns have capitals, so that many are no names
	differEvery  = 30  // ... one to so many shared words, make it a form of words
	shortWords   = 150 // a report is short below this, ...
	shortMilli   = 600 // ... and is a copy only if so much of it is shared, ...
	shortNames   = 4   // ... or so many names and numbers are
	loneWords    = 60  // a single shared quotation is no longer
	slotWords    = 8   // what differs at one place is no longer
	stretchWords = 8   // the words of a form agree in stretches at least this long
)

// notice reports whether a run is a house notice: words that nobody says, in
// reports that go their own ways beside it. Either the house speaks of itself
// or to its readers in it, densely, or less so at the foot of both; or it is a
// closing paragraph, all that they share, that names nobody of the reports.
func notice(a, b *Words, r run, only bool) bool {
	n := max(r.A1-r.A0, r.B1-r.B0)
	if n > noticeMost || a.Len()-n < noticeOwn || b.Len()-n < noticeOwn {
		return false
	}
	own := 0
	for i := r.A0; i < r.A1; i++ {
		if a.Speech[i] {
			return false
		}
		if noticeWords()[a.Hash[i]] {
			own++
		}
	}
	if own >= 3 && 1000*own >= denseMilli*n {
		return true
	}
	if r.A0 < noticeOwn || r.B0 < noticeOwn || a.Len()-r.A1 > n || b.Len()-r.B1 > n {
		return false
	}
	if own >= 2 && 1000*own >= noticeMilli*n {
		return true
	}
	if !only || a.Len()-r.A1 > 2 || b.Len()-r.B1 > 2 || n >= closingMost {
		return false
	}
	i, j := r.A0, r.B0
	for i < r.A1 && j < r.B1 && !(a.First[i] && b.First[j]) { // "was taken to hospital. If you ..."
		i, j = i+1, j+1
	}
	return i-r.A0 <= strayWords && i < r.A1 && j < r.B1 && !echoes(a, i, r.A1) && !echoes(b, j, r.B1)
}

// echoes reports whether words [i, end) name somebody or something that the
// text names before.
func echoes(w *Words, i, end int) bool {
	before := map[uint32]bool{}
	for k := range i {
		if w.Named[k] {
			before[w.Hash[k]] = true
		}
	}
	for ; i < end; i++ {
		if w.Named[i] && before[w.Hash[i]] {
			return true
		}
	}
	return false
}

// form reports whether runs are a form of words, as the deaths of two people
// are told in: the names and numbers that stand at one place of them, or
// between two of them, differ, and little else does. A name that differs in
// the same way again counts once. A text damaged by character recognition
// differs everywhere.
func form(a, b *Words, runs []run, agree int) bool {
	seen := map[[2]uint32]bool{}
	slots, named := 0, 0
	slot := func(i, x, j, y int) {
		slots++
		if x-i > slotWords || y-j > slotWords {
			return
		}
		p, q := namesIn(a, i, x), namesIn(b, j, y)
		differ := false
		for k := range min(len(p), len(q)) {
			if p[k] != q[k] {
				seen[[2]uint32{p[k], q[k]}], differ = true, true
			}
		}
		if differ {
			named++
		}
	}
	eachSlot(a, b, runs, slot)
	least := differWords
	if nouns(a) || nouns(b) {
		least = differNouns
	}
	return len(seen) >= least && differEvery*len(seen) >= agree && 2*named >= slots && agree >= stretchWords*slots
}

// eachSlot calls visit with the words [i, x) of a and [j, y) of b that differ at
// one place inside a run or between two runs that lie close.
func eachSlot(a, b *Words, runs []run, visit func(i, x, j, y int)) {
	for n, r := range runs {
		i, j := r.A0, r.B0
		if n > 0 && runs[n-1].B1 <= j && i-runs[n-1].A1 <= slotWords && j-runs[n-1].B1 <= slotWords {
			visit(runs[n-1].A1, i, runs[n-1].B1, j)
		}
		eachStretch(a, b, r, func(x, y, n int) {
			if x > i || y > j {
				visit(i, x, j, y)
			}
			i, j = x+n, y+n
		})
	}
}

// namesIn returns the hashes of the names and numbers among words [i, end).
func namesIn(w *Words, i, end int) (out []uint32) {
	for ; i < end; i++ {
		if w.Named[i] {
			out = append(out, w.Hash[i])
		}
	}
	return out
}
