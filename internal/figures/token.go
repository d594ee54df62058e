package figures

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// A token is one word, number or mark of the text.
type token struct {
	start, end int
	low        string // in lower case, with straight apostrophes
	kind       kind
	upper      bool // starts with a capital
	sent       int  // index of its sentence
}

type kind byte

const (
	word kind = iota
	number
	mark
)

// A text is an article cut into tokens, and what has been found in it.
type text struct {
	raw   string
	tok   []token
	skip  []bool // by sentence: its role says that it is no part of the report
	date  date   // of publication; the zero date if unknown
	found []candidate

	polls        int8 // 0 not looked yet, 1 the article speaks of a poll, -1 it does not
	bareQuestion bool // the text is a question to Check, not an article
}

func itoa(n int) string { return strconv.Itoa(n) }

func newText(a *recount.Article, r *recount.Reading) *text {
	raw := a.Text
	if len(raw) > maxText {
		raw = raw[:maxText]
	}
	t := &text{raw: raw, tok: make([]token, 0, len(raw)/5+1), date: parseDate(a.Published)}
	t.cut()
	sents := r.Sentences
	if len(sents) == 0 {
		for _, s := range lang.Sentences(raw, "en") {
			sents = append(sents, recount.Sentence{Span: s})
		}
	}
	t.skip = make([]bool, len(sents)+1)
	k := 0
	for i := range t.tok {
		for k < len(sents) && sents[k].Span.End <= t.tok[i].start {
			k++
		}
		t.tok[i].sent = k
	}
	for i, s := range sents {
		t.skip[i] = aside(s.Role) || aside(a.RoleAt(s.Span.Start))
	}
	return t
}

// aside reports whether text of this role is no part of what the article
// reports, or repeats it.
func aside(r recount.Role) bool {
	switch r {
	case recount.OffTopic, recount.Related, recount.Comment, recount.PullQuote, recount.Byline, recount.Dateline:
		return true
	}
	return false
}

// cut fills t.tok.
func (t *text) cut() {
	s := t.raw
	for i := 0; i < len(s); {
		c, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == '\n':
			t.tok = append(t.tok, token{start: i, end: i + 1, low: "\n", kind: mark})
			i++
		case unicode.IsSpace(c):
			i += w
		case '0' <= c && c <= '9':
			j := numberEnd(s, i)
			t.tok = append(t.tok, token{start: i, end: j, low: s[i:j], kind: number})
			i = j
		case unicode.IsLetter(c):
			j := wordEnd(s, i)
			low := strings.ToLower(s[i:j])
			if strings.Contains(low, "’") {
				low = strings.ReplaceAll(low, "’", "'")
			}
			t.tok = append(t.tok, token{start: i, end: j, low: low, kind: word, upper: unicode.IsUpper(c)})
			i = j
		default:
			low := s[i : i+w]
			if c == '‐' || c == '‑' {
				low = "-"
			}
			t.tok = append(t.tok, token{start: i, end: i + w, low: low, kind: mark})
			i += w
		}
	}
}

// numberEnd returns where the digits that start at i end: 1,234 and 1.5 are
// one number, "5, 6" and "5." are not.
func numberEnd(s string, i int) int {
	digit := func(k int) bool { return k < len(s) && '0' <= s[k] && s[k] <= '9' }
	for digit(i) {
		i++
	}
	for i < len(s) && (s[i] == ',' && digit(i+1) && digit(i+2) && digit(i+3) && !digit(i+4) || s[i] == '.' && digit(i+1)) {
		for i++; digit(i); i++ {
		}
	}
	return i
}

// wordEnd returns where the letters that start at i end. Apostrophes inside a
// word and the points of "U.S." belong to it.
func wordEnd(s string, i int) int {
	first := i
	for i < len(s) {
		c, w := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(c) || unicode.IsMark(c) {
			i += w
			continue
		}
		if c == '\'' || c == '’' || c == '.' && i-first == 1 || c == '.' && i >= first+2 && s[i-2] == '.' {
			if d, _ := utf8.DecodeRuneInString(s[i+w:]); unicode.IsLetter(d) {
				i += w
				continue
			}
			if c == '.' && i >= first+2 && s[i-2] == '.' {
				return i + w
			}
		}
		break
	}
	return i
}

// at returns token i, or a line break outside the text.
func (t *text) at(i int) *token {
	if i < 0 || i >= len(t.tok) {
		return &token{low: "\n", kind: mark, sent: -1}
	}
	return &t.tok[i]
}

// low returns the word at i within the sentence of token of, or "" beyond it.
func (t *text) low(i, of int) string {
	if k := t.at(i); k.sent == t.at(of).sent {
		return k.low
	}
	return ""
}

// joined reports whether no white space stands between tokens i and i+1.
func (t *text) joined(i int) bool {
	return i >= 0 && i+1 < len(t.tok) && t.tok[i].end == t.tok[i+1].start
}

// words makes a set of the words of a list.
func words(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, l := range list {
		for _, w := range strings.Fields(l) {
			m[w] = true
		}
	}
	return m
}
