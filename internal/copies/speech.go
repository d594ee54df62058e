package copies

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// maxSpeech is the longest paragraph-crossing speech in bytes; a mark that
// nobody closes must not turn the rest of the page into speech.
const maxSpeech = 4000

// markSpeech says of every word whether it stands inside quotation marks.
func (w *words) markSpeech(text string) {
	n := len(w.hash)
	if cap(w.speech) < n {
		w.speech = make([]bool, n)
	}
	w.speech = w.speech[:n]
	clear(w.speech)
	i := 0
	eachSpeech(text, func(s recount.Span) {
		for i < n && int(w.start[i]) < s.Start {
			i++
		}
		for ; i < n && int(w.end[i]) <= s.End; i++ {
			w.speech[i] = true
		}
	})
}

// eachSpeech calls found with every piece of text that stands between
// quotation marks, in order, the marks left out.
//
// Straight double marks open and close in turn within a paragraph. A paragraph
// whose last mark stays open is speech to its end; if the next paragraph begins
// with a mark, the speech goes on there. Single marks count where one stands
// before a word and the other after one; an apostrophe is neither.
func eachSpeech(text string, found func(recount.Span)) {
	if len(text) > maxText {
		text = text[:maxText]
	}
	for from := 0; from < len(text); {
		to := strings.IndexByte(text[from:], '\n')
		if to < 0 {
			to = len(text)
		} else {
			to += from
		}
		paragraphSpeech(text, from, to, found)
		from = to + 1
	}
}

// paragraphSpeech finds speech in text[from:to].
func paragraphSpeech(text string, from, to int, found func(recount.Span)) {
	var closer rune // the mark that ends the speech at hand, 0 outside speech
	open := 0
	for i := from; i < to; {
		c := text[i]
		if c != '"' && c != '\'' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:to])
		switch {
		case closer == 0:
			closer = closing(r)
			if closer != 0 && (r == '\'' || r == '‘') && !opensSingle(text, from, i, i+n, to) {
				closer = 0
			}
			open = i + n
		case r == closer || closer == '"' && (r == '”' || r == '“') || closer == '”' && r == '"':
			if (r == '\'' || r == '’') && !closesSingle(text, i, i+n, to) {
				break
			}
			if open < i {
				found(recount.Span{Start: open, End: i})
			}
			closer = 0
		}
		i += n
	}
	if closer != 0 && closer != '\'' && closer != '’' && open < to && to-open <= maxSpeech {
		found(recount.Span{Start: open, End: to})
	}
}

// closing returns the mark that closes what r opens, or 0 if r opens nothing.
func closing(r rune) rune {
	switch r {
	case '"':
		return '"'
	case '“', '„', '‟':
		return '”'
	case '«':
		return '»'
	case '»':
		return '«'
	case '‹':
		return '›'
	case '‘', '‚':
		return '’'
	case '\'':
		return '\''
	case '「':
		return '」'
	case '『':
		return '』'
	}
	return 0
}

// opensSingle reports whether the single mark at text[i:j] can open speech: no
// word before it, a word after it, and a mark that closes it further on.
func opensSingle(text string, from, i, j, to int) bool {
	if i > from {
		if r, _ := utf8.DecodeLastRuneInString(text[from:i]); unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(text[j:to])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// closesSingle reports whether the single mark at text[i:j] can close speech:
// something before it and no letter after it.
func closesSingle(text string, i, j, to int) bool {
	if j >= to {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[j:to])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && text[i-1] != ' '
}
