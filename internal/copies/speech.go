package copies

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// maxSpeech is the longest speech in bytes that may run over several lines; a
// mark that nobody closes must not turn the rest of the page into speech.
const maxSpeech = 1500

// markSpeech says of every word whether it stands inside quotation marks.
func (w *Words) markSpeech(text string) {
	n := len(w.Hash)
	if cap(w.Speech) < n {
		w.Speech = make([]bool, n)
	}
	w.Speech = w.Speech[:n]
	clear(w.Speech)
	i := 0
	eachSpeech(text, func(s recount.Span) {
		for i < n && int(w.Start[i]) < s.Start {
			i++
		}
		for ; i < n && int(w.End[i]) <= s.End; i++ {
			w.Speech[i] = true
		}
	})
}

// FrameSpeech counts the frame of a quotation ("said the mayor") as speech too:
// all words of a sentence of which at least half stand inside quotation marks.
func (w *Words) FrameSpeech() {
	w.Framed = append(w.Framed[:0], w.Speech...)
	for i := 0; i < w.Len(); {
		j, spoken := i, 0
		for ; j < w.Len() && (j == i || !w.First[j]); j++ {
			if w.Speech[j] {
				spoken++
			}
		}
		for k := i; k < j && 2*spoken >= j-i; k++ {
			w.Framed[k] = true
		}
		i = j
	}
}

// A mark is a quotation mark in a line of text.
type mark struct {
	start, end int // bytes
	r          rune
	opens      bool // it looks like one that opens: nothing before it, a word after it
	closes     bool // it looks like one that closes: something before it, no word after it
	lineStart  bool
}

// eachSpeech calls found with every piece of text that stands between
// quotation marks, in order, the marks left out.
//
// Within a line, marks of one family open and close in turn, whatever the
// spaces around them say, because tokenisers and typists move those. Speech
// that stays open goes on over the next lines if one of them closes it; a line
// that begins with a mark continues it, as newspapers do; otherwise it ends
// with its line. Marks of another family inside are nested.
func eachSpeech(text string, found func(recount.Span)) {
	if len(text) > maxText {
		text = text[:maxText]
	}
	if strings.IndexFunc(text, isMark) < 0 {
		return
	}
	var (
		marks   []mark
		open    = -1 // where the speech at hand begins, -1 outside speech
		opener  rune
		openEnd int // end of the line in which it began
	)
	give := func(from, to int) {
		if from < to {
			found(recount.Span{Start: from, End: to})
		}
	}
	for from := 0; from < len(text); {
		to := strings.IndexByte(text[from:], '\n')
		if to < 0 {
			to = len(text)
		} else {
			to += from
		}
		marks = lineMarks(marks[:0], text, from, to)
		if open >= 0 && (to-open > maxSpeech || !carries(marks, opener)) && (len(marks) > 0 || to-open > maxSpeech) {
			if len(marks) > 0 && marks[0].lineStart && marks[0].opens {
				openEnd = max(open, from-1) // the speech goes on after the mark
			}
			give(open, min(openEnd, from))
			open = -1
		}
		var last map[rune]int // of this line, once something is open
		for k, m := range marks {
			switch {
			case open < 0:
				if m.r == '\'' || m.r == '‘' || m.r == '’' || m.r == '‚' {
					if !m.opens || !closedLater(marks, &last, k, m.r) {
						continue
					}
				}
				if m.closes && !m.opens && (m.r == '”' || m.r == '」' || m.r == '』') {
					continue // nothing is open
				}
				open, opener, openEnd = m.end, m.r, to
			case closesFamily(opener, m.r):
				if single(m.r) && !m.closes {
					continue
				}
				give(open, m.start)
				open = -1
			case !closedLater(marks, &last, k, opener) && !single(m.r) && !single(opener) && m.closes:
				give(open, m.start) // opened with one family, closed with another
				open = -1
			}
		}
		if open >= 0 && single(opener) {
			open = -1
		}
		from = to + 1
	}
	if open >= 0 {
		give(open, min(openEnd, len(text)))
	}
}

// carries reports whether speech that an earlier line left open goes on into a
// line with these marks.
func carries(marks []mark, opener rune) bool {
	if len(marks) > 0 && marks[0].lineStart && marks[0].opens && marks[0].r == opener {
		return false
	}
	var first *mark
	n := 0
	for i := range marks {
		if closesFamily(opener, marks[i].r) && !single(marks[i].r) {
			if first == nil {
				first = &marks[i]
			}
			n++
		}
	}
	switch {
	case first == nil:
		return false
	case first.closes:
		return true
	case first.opens:
		return false
	}
	return n%2 == 1
}

func single(r rune) bool { return r == '\'' || r == '‘' || r == '’' || r == '‚' }

func isMark(r rune) bool {
	switch r {
	case '"', '\'', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '「', '」', '『', '』':
		return true
	}
	return false
}

// lineMarks appends the quotation marks of text[from:to]. An apostrophe inside
// a word is none.
func lineMarks(marks []mark, text string, from, to int) []mark {
	// A list that grows holds twice what it needs, and a line may be of marks alone.
	most := 0
	for _, r := range text[from:to] {
		if isMark(r) {
			most++
		}
	}
	if most == 0 {
		return marks
	}
	marks = slices.Grow(marks, most)
	for i := from; i < to; {
		c := text[i]
		if c != '"' && c != '\'' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:to])
		if isMark(r) {
			m := mark{start: i, end: i + n, r: r, lineStart: i == from}
			before, after := ' ', ' '
			if i > from {
				before, _ = utf8.DecodeLastRuneInString(text[from:i])
			}
			if i+n < to {
				after, _ = utf8.DecodeRuneInString(text[i+n : to])
			}
			wordBefore, wordAfter := wordRune(before), wordRune(after)
			spaceBefore := unicode.IsSpace(before) || strings.ContainsRune("([{-–—", before)
			spaceAfter := unicode.IsSpace(after) || strings.ContainsRune(")]},.;:?!-–—", after)
			m.opens = i == from || spaceBefore && !unicode.IsSpace(after)
			m.closes = i > from && spaceAfter && (!unicode.IsSpace(before) || i+n == to)
			switch r {
			case '“':
				m.opens = m.opens || !wordBefore
			case '”':
				m.closes = m.closes || !spaceBefore
			case '„', '「', '『', '‹':
				m.opens, m.closes = true, false
			}
			if !(single(r) && wordBefore && wordAfter) {
				marks = append(marks, m)
			}
		}
		i += n
	}
	return marks
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// lastClosers says of each mark that may close speech where in marks it does so
// for the last time.
func lastClosers(marks []mark) map[rune]int {
	last := map[rune]int{}
	for k, m := range marks {
		if !single(m.r) || m.closes {
			last[m.r] = k
		}
	}
	return last
}

// closedLater reports whether one of marks behind k closes what opener opens.
// last is that of marks, or nil, and is found then.
func closedLater(marks []mark, last *map[rune]int, k int, opener rune) bool {
	if *last == nil {
		*last = lastClosers(marks)
	}
	for r, at := range *last {
		if at > k && closesFamily(opener, r) {
			return true
		}
	}
	return false
}

// closesFamily reports whether r can close what opener opens.
func closesFamily(opener, r rune) bool {
	switch opener {
	case '"':
		return r == '"'
	case '“', '”', '‟':
		return r == '”' || r == '“' && opener == '”'
	case '„':
		return r == '“' || r == '”' || r == '"'
	case '«', '»':
		return r == '«' || r == '»'
	case '‹', '›':
		return r == '‹' || r == '›'
	case '‘', '‚', '’':
		return r == '’' || r == '‘' && opener == '‚'
	case '\'':
		return r == '\''
	case '「':
		return r == '」'
	case '『':
		return r == '』'
	}
	return false
}
