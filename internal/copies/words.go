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

// Words holds the words of a text: runs of letters and digits in lower case,
// as hashes. The slices run in parallel.
type Words struct {
	Hash   []uint32
	Start  []uint32 // byte offset in the text
	End    []uint32
	Speech []bool // inside quotation marks
	Framed []bool // the same with the frames of quotations; set by FrameSpeech
	First  []bool // begins a sentence, roughly
	Named  []bool // a number in digits, or begins with a capital within a sentence
	Sound  []byte // how a word with a capital or a digit sounds, roughly; 0 of other words
}

// Reset empties w and keeps its room.
func (w *Words) Reset() {
	w.Hash, w.Start, w.End = w.Hash[:0], w.Start[:0], w.End[:0]
	w.Speech, w.Framed, w.First, w.Named = w.Speech[:0], w.Framed[:0], w.First[:0], w.Named[:0]
	w.Sound = w.Sound[:0]
}

// Len returns the number of words.
func (w *Words) Len() int { return len(w.Hash) }

// Span returns the bytes that words [i, j) of the text cover.
func (w *Words) Span(i, j int) recount.Span {
	return recount.Span{Start: int(w.Start[i]), End: int(w.End[j-1])}
}

// ReadArticle fills w with the words of a, without the pieces of other stories
// and without pull quotes, which say again what the body says.
func (w *Words) ReadArticle(a *recount.Article) {
	w.Reset()
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

// ReadWords fills w with the words of text and leaves Speech empty.
func (w *Words) ReadWords(text string) {
	w.Reset()
	w.read(text, 0, min(len(text), maxText))
}

// ReadText fills w with the words of text.
func (w *Words) ReadText(text string) {
	w.ReadWords(text)
	w.markSpeech(text)
}

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
func (w *Words) read(text string, from, to int) {
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
		if len(w.Hash) >= maxWords {
			return
		}
		h *= mul2
		w.Hash = append(w.Hash, uint32(h>>32))
		w.Start = append(w.Start, uint32(begin))
		w.End = append(w.End, uint32(i))
		w.First = append(w.First, stop && (head < 'a' || head > 'z'))
		w.Named = append(w.Named, '0' <= head && head <= '9' || !stop && capital(text[begin:i]))
		sound := byte(0)
		if '0' <= head && head <= '9' || capital(text[begin:i]) {
			sound = soundOf(text[begin:i])
		}
		w.Sound = append(w.Sound, sound)
		stop = false
	}
}

// capital reports whether a word begins with a capital letter.
func capital(word string) bool {
	if c := word[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// unspaced reports whether r belongs to a script that puts no spaces between
// words; each of its letters is a word here.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// shingleWords is the length of the runs of words that the index keeps.
const shingleWords = 5

// shingle mixes the hashes of ShingleWords words into one.
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
