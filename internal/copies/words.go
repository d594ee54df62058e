package copies

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"recount"
)

const (
	// maxWords caps what is read of one article; news is far below it.
	maxWords = 1 << 18
	// maxText caps the bytes that are read of one article.
	maxText = 16 << 20
)

// words holds the words of a text: runs of letters and digits in lower case,
// as hashes. The slices run in parallel.
type words struct {
	hash   []uint32
	start  []uint32 // byte offset in the text
	end    []uint32
	speech []bool // inside quotation marks
	framed []bool // the same with the frames of quotations; set by frameSpeech
	first  []bool // begins a sentence, roughly
}

func (w *words) reset() {
	w.hash, w.start, w.end = w.hash[:0], w.start[:0], w.end[:0]
	w.speech, w.framed, w.first = w.speech[:0], w.framed[:0], w.first[:0]
}

func (w *words) len() int { return len(w.hash) }

// span returns the bytes that words [i, j) of the text cover.
func (w *words) span(i, j int) recount.Span {
	return recount.Span{Start: int(w.start[i]), End: int(w.end[j-1])}
}

// readArticle fills w with the words of a, without the pieces of other stories
// and without pull quotes, which say again what the body says.
func (w *words) readArticle(a *recount.Article) {
	w.reset()
	text := a.Text
	if len(text) > maxText {
		text = text[:maxText]
	}
	from := 0
	for _, b := range a.Blocks {
		switch b.Role {
		case recount.Related, recount.Comment, recount.PullQuote:
			if b.Span.Start < from || b.Span.End > len(text) || b.Span.Start > b.Span.End {
				continue // overlaps what was read, or lies outside
			}
			w.read(text, from, b.Span.Start)
			from = b.Span.End
		}
	}
	w.read(text, from, len(text))
	w.markSpeech(text)
}

// readText fills w with the words of text.
func (w *words) readText(text string) {
	w.reset()
	w.read(text, 0, min(len(text), maxText))
	w.markSpeech(text)
}

const (
	mul1 = 0x9E3779B97F4A7C15
	mul2 = 0xD6E8FEB86659FD93
)

// lower maps the bytes of ASCII letters and digits to their lower case and all
// others to 0.
var lower = func() (t [256]byte) {
	for c := '0'; c <= '9'; c++ {
		t[c] = byte(c)
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c] = byte(c)
		t[c-'a'+'A'] = byte(c)
	}
	return t
}()

// read appends the words of text[from:to].
func (w *words) read(text string, from, to int) {
	stop := true // a sentence ended since the last word
	for i := from; i < to; {
		c := text[i]
		if lower[c] == 0 && c < utf8.RuneSelf {
			switch c {
			case '.', '?', '!', '\n':
				stop = true
			}
			i++
			continue
		}
		h, begin := uint64(0), i
		head := c
		for i < to {
			c = text[i]
			if l := lower[c]; l != 0 {
				h = (h ^ uint64(l)) * mul1
				h ^= h >> 29
				i++
				continue
			}
			if c < utf8.RuneSelf {
				break
			}
			r, n := utf8.DecodeRuneInString(text[i:to])
			if unspaced(r) {
				if i == begin {
					h = (uint64(r) + 1) * mul2
					i += n
				}
				break
			}
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				break
			}
			h = (h ^ uint64(unicode.ToLower(r))) * mul1
			h ^= h >> 29
			i += n
		}
		if i == begin {
			_, n := utf8.DecodeRuneInString(text[i:to])
			i += n
			continue
		}
		if len(w.hash) >= maxWords {
			return
		}
		h *= mul2
		w.hash = append(w.hash, uint32(h>>32))
		w.start = append(w.start, uint32(begin))
		w.end = append(w.end, uint32(i))
		w.first = append(w.first, stop && (head < 'a' || head > 'z'))
		stop = false
	}
}

// unspaced reports whether r belongs to a script that puts no spaces between
// words; each of its letters is a word here.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// shingleWords is the length of the runs of words that the index keeps.
const shingleWords = 5

// shingle mixes the hashes of shingleWords words into one.
func shingle(h []uint32) uint64 {
	_ = h[4]
	a := (uint64(h[0])<<32 | uint64(h[1])) ^ mul2
	b := (uint64(h[2])<<32 | uint64(h[3])) ^ mul1
	hi, lo := bits.Mul64(a, b|1)
	x := (hi ^ lo ^ uint64(h[4])) * mul1
	x ^= x >> 31
	x *= mul2
	return x ^ x>>30
}
