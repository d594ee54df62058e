package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"

	"recount"
)

// Sentences returns the sentences of text in order: trimmed, not empty, none
// crossing a line end. The language is an ISO 639-1 code; its abbreviations
// do not end a sentence.
func Sentences(text, language string) []recount.Span {
	lex := For(language)
	var out []recount.Span
	for start := 0; start < len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		out = lineSentences(out, text, start, end, lex)
		start = end + 1
	}
	return out
}

// lineSentences appends the sentences of text[start:end], which holds no line
// end. A piece that Unicode splits off is joined to the next one when it ends
// in an abbreviation or an initial, or when the next one begins in lower case
// and so goes on ("Why?" he asked).
func lineSentences(out []recount.Span, text string, start, end int, lex *Lexicon) []recount.Span {
	it := sentences.FromString(text[start:end])
	open := -1
	last := 0
	for it.Next() {
		s := recount.Span{Start: start + it.Start(), End: start + it.End()}
		if open >= 0 && !joins(text, open, last, s.Start, end, lex) {
			out = appendTrimmed(out, text, recount.Span{Start: open, End: last})
			open = -1
		}
		if open < 0 {
			open = s.Start
		}
		last = s.End
	}
	if open >= 0 {
		out = appendTrimmed(out, text, recount.Span{Start: open, End: last})
	}
	return out
}

// joins reports whether the piece of text that begins at next goes on with the
// sentence that began at open and ends at last.
func joins(text string, open, last, next, end int, lex *Lexicon) bool {
	head := strings.TrimRightFunc(text[open:last], unicode.IsSpace)
	rest := strings.TrimLeftFunc(text[next:end], unicode.IsSpace)
	r, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsLower(r) {
		return true
	}
	if strings.HasSuffix(head, ".") {
		word := head[:len(head)-1]
		if i := strings.LastIndexFunc(word, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("([“\"'‘«", r) }); i >= 0 {
			_, n := utf8.DecodeRuneInString(word[i:])
			word = word[i+n:]
		}
		if lex.abbreviations[strings.ToLower(word)] {
			return true
		}
		if n := len(word); n >= 3 && n <= 5 && word[1] == '.' && unicode.IsUpper(rune(word[0])) {
			return true // "G.K. Marr", "U.S. troops"
		}
		// An initial: one capital letter before the stop, a capital after it.
		if n := utf8.RuneCountInString(word); n == 1 {
			c, _ := utf8.DecodeRuneInString(word)
			return unicode.IsUpper(c) && word != "I"
		}
	}
	// A piece with nothing but marks belongs to the sentence before it.
	for i, r := range rest {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
		if unicode.IsSpace(r) || i > 12 {
			return false
		}
	}
	return true
}

func appendTrimmed(out []recount.Span, text string, s recount.Span) []recount.Span {
	if s = Trim(text, s); s.End > s.Start {
		out = append(out, s)
	}
	return out
}

// Trim returns s without the white space at both its ends.
func Trim(text string, s recount.Span) recount.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}

// Words returns the word tokens of text in order: the pieces of UAX 29 that
// hold a letter or a digit.
func Words(text string) []recount.Span {
	out := make([]recount.Span, 0, len(text)/6+1)
	it := words.FromString(text)
	for it.Next() {
		if wordlike(it.Value()) {
			out = append(out, recount.Span{Start: it.Start(), End: it.End()})
		}
	}
	return out
}

func wordlike(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
