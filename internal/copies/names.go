package copies

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sounds are the letters that a name keeps in another spelling or script, by
// class; vowels and h, w and y are left out.
var sounds = func() (t [256]byte) {
	for i, class := range []string{"bpvf", "ckqgjx", "dt", "l", "mn", "r", "sz"} {
		for _, c := range class {
			t[c] = byte(i + 1)
		}
	}
	return t
}()

// soundOf returns how a word sounds, roughly and never 0: Kiev like Kyiv, and
// Mohamed like Mohammed. All numbers in digits are digitSound,
// initials and words in capitals shortSound.
func soundOf(word string) byte {
	if '0' <= word[0] && word[0] <= '9' {
		return digitSound
	}
	if len(word) == 1 || strings.ToUpper(word) == word {
		return shortSound
	}
	h, last := uint32(0), byte(0)
	for _, r := range word {
		var c byte
		switch {
		case r < utf8.RuneSelf:
			c = lower[r]
			if c >= 'a' {
				c = sounds[c]
			}
		case unicode.IsLetter(r):
			c = plain(r)
		}
		if c != 0 && c != last {
			h = (h ^ uint32(c)) * 0x01000193
			h ^= h >> 13
		}
		if c != 0 {
			last = c
		}
	}
	return byte((h*0x9E3779B1)>>24)%(shortSound-1) + 1
}

// plain is the sound of a letter outside ASCII: that of the Latin letters with
// marks that news is full of, and of others the letter itself.
func plain(r rune) byte {
	switch r = unicode.ToLower(r); {
	case r >= 'à' && r <= 'ö', r >= 'ø' && r <= 'ÿ':
		switch r {
		case 'ç':
			return sounds['c']
		case 'ð':
			return sounds['d']
		case 'ñ':
			return sounds['n']
		}
		return 0
	case r == 'ß' || r == 'š' || r == 'ş' || r == 'ś' || r == 'ž' || r == 'ż' || r == 'ź':
		return sounds['s']
	case r == 'ł':
		return sounds['l']
	case r == 'č' || r == 'ć' || r == 'ğ':
		return sounds['c']
	case r == 'ř':
		return sounds['r']
	case r == 'ı' || r == 'ě' || r == 'ů':
		return 0
	}
	return 128 | byte(r)
}

const (
	digitSound   = 255
	shortSound   = 254 // of initials and of words in capitals, which may be short for others
	capitalMilli = 250 // so many words with a capital, and nouns have one
	namedEvery   = 5   // one in so many places that differ has another name
	numbersApart = 2   // so many numbers that differ inside short reports are two events
)

// apart reports whether a name or the numbers of a report stand in runs of a
// and b where the other print has another name or other numbers: two deaths in
// one form of words, or one witness in the place of another. A name counts of
// which the other print holds no word, and that is not the same in another
// spelling. Days are left out, and in a text whose nouns have capitals all
// names but those of speakers and those of two words. Before the first run and
// behind the last one, where the lines of an outlet stand too, a name counts
// only beside another name or number; but one that signs a short notice, or
// ends its last line, counts alone (signed).
func apart(a, b *Words, runs []run) bool {
	x, y := lookup{w: a}, lookup{w: b}
	speakers := nouns(a) || nouns(b)
	slots, named, agree, edges := 0, 0, 0, 0
	for _, r := range runs {
		agree += r.Equal
	}
	numbers := map[[2]uint32]bool{}
	differ := func(i, k, j, l int) bool {
		if k-i > slotWords || l-j > slotWords {
			return false
		}
		p, q := x.names(i, k, speakers), y.names(j, l, speakers)
		return other(a, p, b, q, y.holds) && other(b, q, a, p, x.holds)
	}
	eachSlot(a, b, runs, func(i, k, j, l int) {
		slots++
		if k-i > slotWords || l-j > slotWords {
			return
		}
		if differ(i, k, j, l) {
			named++
		}
		p, q := numbersIn(a, i, k), numbersIn(b, j, l)
		for n := range min(len(p), len(q)) {
			if u, v := a.Hash[p[n]], b.Hash[q[n]]; u != v && !x.holds(v) && !y.holds(u) {
				numbers[[2]uint32{u, v}] = true
				break // one date or time in the place of another is one
			}
		}
	})
	beside := named + len(numbers)
	if len(runs) > 0 {
		first, last := runs[0], runs[len(runs)-1]
		for _, e := range [2][4]int{{0, first.A0, 0, first.B0}, {last.A1, a.Len(), last.B1, b.Len()}} {
			if e[0] > 0 && (credited(a, e[0]) || credited(b, e[2])) {
				continue
			}
			if differ(e[0], e[1], e[2], e[3]) {
				edges++
				p, q := numbersIn(a, e[0], e[1]), numbersIn(b, e[2], e[3])
				if len(p) > 0 && len(p) == len(q) && a.Hash[p[0]] != b.Hash[q[0]] && !ofDay(a, p[0]) && !ofDay(b, q[0]) {
					beside++ // an age, and no day of a dateline
				}
			}
		}
	}
	if signed(&x, &y, runs, speakers) {
		return true
	}
	if edges > 0 && beside > 0 {
		slots, named = slots+edges, named+edges
	}
	if agree < stretchWords*slots && 2*named < slots {
		return false // every other word differs, whatever it is: a damaged text
	}
	return named > 0 && namedEvery*named >= slots || len(numbers) >= numbersApart && min(a.Len(), b.Len()) < shortWords
}

// signed reports whether two short notices end in other names or another number:
// those of who mourns, whom to call, where to meet. What an outlet sets below a
// report, who wrote, edited or took the picture, is none.
func signed(x, y *lookup, runs []run, speakers bool) bool {
	a, b := x.w, y.w
	if len(runs) == 0 || a.Len() >= shortWords || b.Len() >= shortWords {
		return false
	}
	i, j := runs[len(runs)-1].A1, runs[len(runs)-1].B1
	if i == a.Len() || j == b.Len() || a.Len()-i > slotWords || b.Len()-j > slotWords || credited(a, i) || credited(b, j) {
		return false
	}
	p, q := x.names(i, a.Len(), speakers), y.names(j, b.Len(), speakers)
	if other(a, p, b, q, y.holds) && other(b, q, a, p, x.holds) {
		return true
	}
	m, n := numbersIn(a, i, a.Len()), numbersIn(b, j, b.Len())
	return len(m) > 0 && len(m) == len(n) && a.Hash[m[0]] != b.Hash[n[0]] && called(a, m[0]) && called(b, n[0])
}

// credited reports whether the last line of an article, of which the words from i
// on are its own, is one that an outlet sets below a report.
func credited(w *Words, i int) bool {
	from := i
	for from > 0 && i-from < beside && (from == w.Len() || !w.First[from]) {
		from--
	}
	for k := from; k < w.Len(); k++ {
		if credits()[w.Hash[k]] {
			return true
		}
	}
	return false
}

// called reports whether a number is one to call or to name, and no year, day or
// page: it is not among the small numbers and the years, and no day stands beside it.
func called(w *Words, i int) bool {
	return !plainNumbers()[w.Hash[i]] && !ofDay(w, i)
}

// other reports whether one of the names p of x stands nowhere in the other
// print, as it is or as one of the names q in another spelling.
func other(x *Words, p []int, y *Words, q []int, holds func(uint32) bool) bool {
names:
	for _, i := range p {
		if holds(x.Hash[i]) {
			continue
		}
		for _, j := range q {
			if x.Sound[i] == y.Sound[j] {
				continue names
			}
		}
		return true
	}
	return false
}

// A lookup looks words up in one article.
type lookup struct {
	w      *Words
	all    map[uint32]bool
	within map[uint32]bool // names inside sentences
}

// named reports whether a word is a name where it stands inside a sentence.
func (r *lookup) named(h uint32) bool {
	if r.within == nil {
		r.within = map[uint32]bool{}
		for i, named := range r.w.Named {
			if named {
				r.within[r.w.Hash[i]] = true
			}
		}
	}
	return r.within[h]
}

func (r *lookup) holds(h uint32) bool {
	if r.all == nil {
		r.all = make(map[uint32]bool, r.w.Len())
		for _, h := range r.w.Hash {
			r.all[h] = true
		}
	}
	return r.all[h]
}

// nouns reports whether so many words have capitals that nouns have them too.
func nouns(w *Words) bool {
	n := 0
	for i, named := range w.Named {
		if named && !digits(w, i) {
			n++
		}
	}
	return 1000*n >= capitalMilli*w.Len()
}

// names returns the names among words [i, end) without days and titles, and
// the first words of sentences only before another name or where they are
// names elsewhere; speakers: those beside
// a verb of speaking, and two side by side.
func (r *lookup) names(i, end int, speakers bool) (out []int) {
	w := r.w
	for k := i; k < end; k++ {
		if w.Sound[k] == 0 || w.Sound[k] >= shortSound || days()[w.Hash[k]] || titles()[w.Hash[k]] || cues()[w.Hash[k]] {
			continue
		}
		if !w.Named[k] && (k+1 == w.Len() || !w.Named[k+1] || w.First[k+1]) && !r.named(w.Hash[k]) {
			continue
		}
		// Two nouns seldom stand side by side, two names do.
		pair := k > i && w.Named[k-1] && !w.First[k] || k+1 < end && w.Named[k+1] && !w.First[k+1]
		if speakers && !pair && !r.speaks(k) {
			continue
		}
		out = append(out, k)
	}
	return out
}

// speaks reports whether a verb of speaking stands beside word k, in its
// sentence.
func (r *lookup) speaks(k int) bool {
	for i := k; i > 0 && k-i < beside && !r.w.First[i]; i-- {
		if cues()[r.w.Hash[i-1]] {
			return true
		}
	}
	for i := k + 1; i < r.w.Len() && i-k < beside && !r.w.First[i]; i++ {
		if cues()[r.w.Hash[i]] {
			return true
		}
	}
	return false
}

// numbersIn returns the numbers in digits among words [i, end).
func numbersIn(w *Words, i, end int) (out []int) {
	for ; i < end; i++ {
		if digits(w, i) {
			out = append(out, i)
		}
	}
	return out
}

// ofDay reports whether a day or month stands beside number i.
func ofDay(w *Words, i int) bool {
	return i > 0 && days()[w.Hash[i-1]] || i+1 < w.Len() && days()[w.Hash[i+1]]
}

// digits reports whether word i is a number in digits.
func digits(w *Words, i int) bool { return w.Sound[i] == digitSound }
