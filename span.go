package recount

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// A Span is a half-open range [Start, End) of UTF-8 byte offsets into a text.
type Span struct{ Start, End int }

// Len returns the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// In returns the part of text that s covers. It needs s.Within(text).
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Within reports whether s is a non-empty range of text that starts and ends
// between two code points.
func (s Span) Within(text string) bool {
	return 0 <= s.Start && s.Start < s.End && s.End <= len(text) &&
		utf8.RuneStart(text[s.Start]) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Whole reports whether s begins and ends between two words. It needs
// s.Within(text).
func (s Span) Whole(text string) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	first, _ := utf8.DecodeRuneInString(text[s.Start:])
	last, _ := utf8.DecodeLastRuneInString(text[:s.End])
	after, _ := utf8.DecodeRuneInString(text[s.End:])
	inside := func(a, b rune) bool {
		return (unicode.IsLetter(a) || unicode.IsDigit(a)) && (unicode.IsLetter(b) || unicode.IsDigit(b)) && spaced(a) && spaced(b)
	}
	return !inside(before, first) && !inside(last, after)
}

// spaced reports whether the script of a letter puts spaces between words.
func spaced(r rune) bool {
	return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// A SpanError says that a span does not lie inside its text.
type SpanError struct {
	Span Span
	Size int // of the text, in bytes
}

func (e *SpanError) Error() string {
	return fmt.Sprintf("span %d-%d outside text of %d bytes", e.Span.Start, e.Span.End, e.Size)
}

func (e *SpanError) Unwrap() error { return ErrInvalid }

// CodePoints converts offsets of one text between bytes and Unicode code
// points. The zero value serves ASCII text.
type CodePoints struct {
	// every stride-th code point starts at byte starts[i]
	text   string
	starts []int
}

const stride = 64

// NewCodePoints indexes text.
func NewCodePoints(text string) *CodePoints {
	c := &CodePoints{text: text}
	n := 0
	for i := range text {
		if n%stride == 0 {
			c.starts = append(c.starts, i)
		}
		n++
	}
	return c
}

// Point returns the number of code points before byte offset b.
func (c *CodePoints) Point(b int) int {
	lo, hi := 0, len(c.starts)
	for lo < hi {
		if m := (lo + hi) / 2; c.starts[m] <= b {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == 0 {
		return 0
	}
	return (lo-1)*stride + utf8.RuneCountInString(c.text[c.starts[lo-1]:min(b, len(c.text))])
}

// Byte returns the byte offset of code point p, or -1 if the text is shorter.
func (c *CodePoints) Byte(p int) int {
	if p < 0 {
		return -1
	}
	k := p / stride
	if k >= len(c.starts) {
		if p == 0 || (len(c.starts) > 0 && p == c.Point(len(c.text))) {
			return len(c.text)
		}
		return -1
	}
	i := c.starts[k]
	for n := p % stride; n > 0; n-- {
		if i >= len(c.text) {
			return -1
		}
		_, w := utf8.DecodeRuneInString(c.text[i:])
		i += w
	}
	return i
}

// Points converts s from bytes to code points.
func (c *CodePoints) Points(s Span) [2]int { return [2]int{c.Point(s.Start), c.Point(s.End)} }

// Span converts code points to bytes; ok is false if they lie outside the text.
func (c *CodePoints) Span(p [2]int) (s Span, ok bool) {
	s = Span{c.Byte(p[0]), c.Byte(p[1])}
	return s, s.Start >= 0 && s.End >= s.Start
}
