package figures

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// A token is one word, number or mark of the text.
type token struct {
	Start, End int    // bytes of the text
	Low        string // in lower case, with straight apostrophes
	Kind       tokenKind
	Upper      bool // starts with a capital
	Sent       int  // index of its sentence
}

// tokenKind tells tokens apart.
type tokenKind byte

const (
	wordToken tokenKind = iota
	numberToken
	markToken
)

// A tokens is a text cut into tokens.
type tokens struct {
	Raw      string
	Tok      []token
	edge     token
	Question bool // a question about one share, not an article: "one of six" is a share
}

// tokenize cuts raw into tokens. The sentences are in order; a token between two of
// them belongs to the later one. Without sentences all is one.
func tokenize(raw string, sentences []recount.Span) *tokens {
	t := &tokens{Raw: raw, Tok: make([]token, 0, mostTokens(raw)), edge: token{Low: "\n", Kind: markToken, Sent: -1}}
	t.cut()
	k := 0
	for i := range t.Tok {
		for k < len(sentences) && sentences[k].End <= t.Tok[i].Start {
			k++
		}
		t.Tok[i].Sent = k
	}
	return t
}

// mostTokens is at least the number of tokens of a text, and of most texts little
// more: a list that grows holds twice what it needs, and of a text of marks alone
// that is much.
func mostTokens(s string) (n int) {
	const other, letter, digit = 0, 1, 2
	was := other
	for _, c := range s {
		is := other
		switch {
		case '0' <= c && c <= '9':
			is = digit
		case unicode.IsLetter(c):
			is = letter
		}
		if is == other && (c == '\n' || !unicode.IsSpace(c)) || is != other && is != was {
			n++
		}
		was = is
	}
	return n
}

// cut fills t.tok.
func (t *tokens) cut() {
	s := t.Raw
	for i := 0; i < len(s); {
		c, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == '\n':
			t.Tok = append(t.Tok, token{Start: i, End: i + 1, Low: "\n", Kind: markToken})
			i++
		case unicode.IsSpace(c):
			i += w
		case '0' <= c && c <= '9':
			j := numberEnd(s, i)
			t.Tok = append(t.Tok, token{Start: i, End: j, Low: s[i:j], Kind: numberToken})
			i = j
		case unicode.IsLetter(c):
			j := wordEnd(s, i)
			low := strings.ToLower(s[i:j])
			if strings.Contains(low, "’") {
				low = strings.ReplaceAll(low, "’", "'")
			}
			t.Tok = append(t.Tok, token{Start: i, End: j, Low: low, Kind: wordToken, Upper: unicode.IsUpper(c)})
			i = j
		default:
			low := s[i : i+w]
			if c == '‐' || c == '‑' {
				low = "-"
			}
			t.Tok = append(t.Tok, token{Start: i, End: i + w, Low: low, Kind: markToken})
			i += w
		}
	}
}

// numberEnd returns where the digits that start at i end: 1,234, 1,50,000 and
// 1.5 are one number, "5, 6" and "5." are not.
func numberEnd(s string, i int) int {
	digit := func(k int) bool { return k < len(s) && '0' <= s[k] && s[k] <= '9' }
	from := i
	for digit(i) {
		i++
	}
	if i-from <= 2 { // Indian groups: pairs, then three
		k := i
		for k < len(s) && s[k] == ',' && digit(k+1) && digit(k+2) && !digit(k+3) {
			k += 3
		}
		if k > i && k < len(s) && s[k] == ',' && digit(k+1) && digit(k+2) && digit(k+3) && !digit(k+4) {
			i = k
		}
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

// At returns token i, or a line break outside the text.
func (t *tokens) At(i int) *token {
	if i < 0 || i >= len(t.Tok) {
		return &t.edge
	}
	return &t.Tok[i]
}

// Low returns the word at i within the sentence of token of, or "" beyond it.
func (t *tokens) Low(i, of int) string {
	if k := t.At(i); k.Sent == t.At(of).Sent {
		return k.Low
	}
	return ""
}

// Joined reports whether no white space stands between tokens i and i+1.
func (t *tokens) Joined(i int) bool {
	return i >= 0 && i+1 < len(t.Tok) && t.Tok[i].End == t.Tok[i+1].Start
}
