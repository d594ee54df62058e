package pattern

import (
	"cmp"
	"slices"
)

// Words are pieces of text of which one or another is looked for in many short
// ones: all of them at once, in one pass.
type Words struct {
	first [buckets + 1]uint16 // where the pieces of a bucket begin
	words []string            // by bucket
}

const buckets = 1024

func bucket(a, b byte) int { return (int(a)*37 + int(b)) % buckets }

// NewWords makes a set of pieces, each of two bytes or more. It is for lists
// that the program brings along: a shorter piece, or more than fit, panics.
func NewWords(lists ...[]string) *Words {
	s := &Words{words: slices.Concat(lists...)}
	if len(s.words) > 60_000 {
		panic("pattern: too many words")
	}
	slices.SortStableFunc(s.words, func(a, b string) int { return cmp.Compare(bucket(a[0], a[1]), bucket(b[0], b[1])) })
	i := 0
	for h := range s.first {
		for i < len(s.words) && bucket(s.words[i][0], s.words[i][1]) < h {
			i++
		}
		s.first[h] = uint16(i)
	}
	return s
}

// Open reports whether text begins with any of the pieces.
func (s *Words) Open(text string) bool { return len(text) > 1 && s.at(text) }

// at reports whether text, of two bytes or more, begins with any of the pieces.
func (s *Words) at(text string) bool {
	h := bucket(text[0], text[1])
	for _, w := range s.words[s.first[h]:s.first[h+1]] {
		if len(text) >= len(w) && text[:len(w)] == w {
			return true
		}
	}
	return false
}

// In reports whether any of the pieces stands in text.
func (s *Words) In(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		if h := bucket(text[i], text[i+1]); s.first[h] < s.first[h+1] && s.at(text[i:]) {
			return true
		}
	}
	return false
}
