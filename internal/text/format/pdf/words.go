package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/text/page"
)

// A vocabulary holds the words of a file, so that a hyphen at the end of a line
// is kept where the file writes the word with one elsewhere.
type vocabulary struct {
	plain, hyphened map[string]bool
}

// maxWords is how many different words a vocabulary holds.
const maxWords = 200_000

func newVocabulary(pages []sheet) vocabulary {
	v := vocabulary{plain: map[string]bool{}, hyphened: map[string]bool{}}
	for _, p := range pages {
		for _, l := range p.lines {
			words := strings.Fields(l.text)
			for i, w := range words {
				if i == len(words)-1 && hyphenEnd(w) {
					continue
				}
				w = fold(w)
				switch {
				case len(v.plain)+len(v.hyphened) > maxWords || w == "":
				case strings.Contains(w, "-"):
					v.hyphened[w] = true
				default:
					v.plain[w] = true
				}
			}
		}
	}
	return v
}

// fold returns a word in lower case without the marks around it.
func fold(w string) string {
	w = strings.ReplaceAll(strings.ToLower(w), "‐", "-")
	return strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// hyphenEnd reports whether a word ends with a hyphen behind a letter.
func hyphenEnd(w string) bool {
	for _, h := range [...]string{"-", "‐", softHyphen} {
		if t, ok := strings.CutSuffix(w, h); ok {
			r, _ := utf8.DecodeLastRuneInString(t)
			return unicode.IsLetter(r)
		}
	}
	return false
}

// joiners follow a hyphen that stands for a part of a word: two- and
// three-year.
var joiners = []string{"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en", "of", "och", "og", "i"}

// Numbers are written with a hyphen: ninety-four.
const (
	tens = " twenty thirty forty fifty sixty seventy eighty ninety "
	ones = " one two three four five six seven eight nine first second third fourth fifth sixth seventh eighth ninth year "
)

// join joins lines to one text.
func (v vocabulary) join(lines []*line) string {
	var b strings.Builder
	for i, l := range lines {
		text := l.text
		if i == 0 {
			b.WriteString(text)
			continue
		}
		before := b.String()
		at := strings.LastIndexByte(before, ' ') + 1
		word := before[at:]
		next, _, _ := strings.Cut(text, " ")
		b.Reset()
		b.WriteString(before[:at])
		b.WriteString(v.bond(word, next))
		b.WriteString(text)
	}
	return page.Tidy(strings.ReplaceAll(b.String(), softHyphen, ""))
}

// unspaced reports whether a letter or mark is of a script that is written
// without spaces.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// bond returns what the last word of a line becomes before the first word of
// the next, with a space if they stay two.
func (v vocabulary) bond(word, next string) string {
	if t, ok := strings.CutSuffix(word, softHyphen); ok {
		return t
	}
	if strings.HasSuffix(word, "—") && word != "—" || unspaced(page.LastRune(word)) && unspaced(first(next)) {
		return word
	}
	if !hyphenEnd(word) {
		if w, ok := strings.CutSuffix(word, "-"); ok && w != "" && unicode.IsDigit(page.LastRune(w)) && unicode.IsDigit(first(next)) {
			return word // 2014-2015
		}
		return word + " "
	}
	_, size := utf8.DecodeLastRuneInString(word)
	stem := word[:len(word)-size]
	switch {
	case slices.Contains(joiners, strings.ToLower(fold(next))):
		return word + " "
	case !unicode.IsLower(first(next)):
		return word
	}
	whole, parted := fold(stem+next), fold(stem+"-"+next)
	if !v.plain[whole] && (v.hyphened[parted] || strings.Contains(tens, " "+fold(stem)+" ") && strings.Contains(ones, " "+fold(next)+" ")) {
		return stem + "-"
	}
	return stem
}
