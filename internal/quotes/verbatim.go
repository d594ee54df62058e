package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// A folded text is an article's text in which every run of white space is one
// blank; at gives for each of its bytes, and for its end, the byte offset in
// the article.
type folded struct {
	text string
	at   []int
}

func fold(s string) *folded {
	var b strings.Builder
	at := make([]int, 0, len(s)+1)
	blank := false
	for i, w := 0, 0; i < len(s); i += w {
		var c rune
		c, w = utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(c) {
			if !blank {
				b.WriteByte(' ')
				at = append(at, i)
			}
			blank = true
			continue
		}
		blank = false
		b.WriteString(s[i : i+w])
		for k := range w {
			at = append(at, i+k)
		}
	}
	return &folded{b.String(), append(at, len(s))}
}

// find returns the first places in the article where the words stand and are
// whole: "Ann" does not stand in "Annual".
func (f *folded) find(words string) (out []recount.Span) {
	words = strings.Join(strings.Fields(words), " ")
	if words == "" || !utf8.ValidString(words) {
		return nil
	}
	from := 0
	for range mostLooks {
		i := strings.Index(f.text[from:], words)
		if i < 0 || len(out) == mostPlaces {
			break
		}
		i += from
		end := i + len(words)
		if !inside(f.text, i) && !inside(f.text, end) {
			// The last byte of words is no blank, so the place ends right
			// after it.
			out = append(out, recount.Span{Start: f.at[i], End: f.at[end-1] + 1})
			from = end
			continue
		}
		_, w := utf8.DecodeRuneInString(f.text[i:])
		from = i + w
	}
	return out
}

// inside reports whether byte offset i lies inside a word. Scripts that put no
// blanks between words have no inside.
func inside(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	if unicode.Is(unicode.M, after) {
		return i > 0 // an accent belongs to the letter before it
	}
	return wordy(before) && wordy(after)
}

func wordy(c rune) bool {
	if unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return false
	}
	return c != utf8.RuneError && (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.M, c))
}
