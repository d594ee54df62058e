package copies

import (
	_ "embed"
	"strings"
	"sync"

	"recount/internal/copies/wording"
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
		var w wording.Words
		w.ReadWords(list)
		for _, h := range w.Hash {
			words[h] = true
		}
	}
	return words
})

const (
	noticeMost   = 150 // a house notice is no longer, in words
	noticeOwn    = 20  // each report holds at least this many words of its own before it
	noticeMilli  = 40  // this much of it speaks of the house or to the reader
	differWords  = 3   // so many names and numbers that differ inside a shared text ...
	differEvery  = 30  // ... one to so many shared words, make it a form of words
	shortWords   = 150 // a report is short below this, ...
	shortMilli   = 600 // ... and is a copy only if so much of it is shared, ...
	shortNames   = 4   // ... or so many names and numbers are
	loneWords    = 60  // a single shared quotation is no longer
	slotWords    = 8   // what differs at one place is no longer
	stretchWords = 8   // the words of a form agree in stretches at least this long
)

// notice reports whether a run is a house notice: one block at the foot of both
// texts that nobody says, in which the house speaks of itself or to its
// readers, below reports that begin differently.
func notice(a, b *wording.Words, r wording.Run) bool {
	n := r.A1 - r.A0
	if n > noticeMost || r.A0 < noticeOwn || r.B0 < noticeOwn || a.Len()-r.A1 > n || b.Len()-r.B1 > n {
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
	return own >= 2 && 1000*own >= noticeMilli*n
}

// form reports whether runs are a form of words, as the deaths of two people
// are told in: the names and numbers that stand at one place of them, or
// between two of them, differ, and little else does. A name that differs in
// the same way again counts once. A text damaged by character recognition
// differs everywhere.
func form(a, b *wording.Words, runs []wording.Run, agree int) bool {
	seen := map[[2]uint32]bool{}
	slots, named := 0, 0
	slot := func(i, x, j, y int) {
		slots++
		if x-i > slotWords || y-j > slotWords {
			return
		}
		p, q := names(a, i, x), names(b, j, y)
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
	for n, r := range runs {
		i, j := r.A0, r.B0
		if n > 0 && runs[n-1].B1 <= j && i-runs[n-1].A1 <= slotWords && j-runs[n-1].B1 <= slotWords {
			slot(runs[n-1].A1, i, runs[n-1].B1, j)
		}
		wording.EachStretch(a, b, r, func(x, y, n int) {
			if x > i || y > j {
				slot(i, x, j, y)
			}
			i, j = x+n, y+n
		})
	}
	return len(seen) >= differWords && differEvery*len(seen) >= agree && 2*named >= slots && agree >= stretchWords*slots
}

// names returns the hashes of the names and numbers among words [i, end).
func names(w *wording.Words, i, end int) (out []uint32) {
	for ; i < end; i++ {
		if w.Named[i] {
			out = append(out, w.Hash[i])
		}
	}
	return out
}
