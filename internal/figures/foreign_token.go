package figures

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// A foreignToken is a word, a number in digits or a mark.
type foreignToken struct {
	start, end int
	low        string // folded
	kind       kind
	upper      bool
	decimal    recount.Decimal
	ok         bool // the digits are a number
	group      bool // signs part its thousands
	hyphen     bool // a hyphen binds it to the token before
}

type kind byte

const (
	word kind = iota
	foreignNumeral
	mark
)

// folded makes spellings of a word equal: lower case, straight apostrophes, and
// in Arabic without vowel signs and with one form of alef, in Russian е for ё.
func folded(s, code string) string {
	return strings.Map(func(c rune) rune {
		switch c {
		case '’', 'ʼ':
			return '\''
		case 'أ', 'إ', 'آ':
			return 'ا'
		case 'ى':
			return 'ي'
		case 'ё':
			return 'е'
		}
		return c
	}, spelt(s, code))
}

// spelt returns a word in lower case and without signs that only help to read
// it.
func spelt(s, code string) string {
	if code == "tr" {
		s = strings.ToLowerSpecial(unicode.TurkishCase, s)
	} else {
		s = strings.ToLower(s)
	}
	return strings.Map(func(c rune) rune {
		if c == 'ـ' || c >= 0x064B && c <= 0x0652 {
			return -1
		}
		return c
	}, s)
}

// cut cuts a text into tokens. A hyphen inside a word only parts it:
// "quatre-vingt" is two words.
func cut(s string, w *words) []foreignToken {
	var out []foreignToken
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == '\n':
			out = append(out, foreignToken{start: i, end: i + 1, low: "\n", kind: mark})
			i++
		case unicode.IsSpace(c):
			i += n
		case digit(c) >= 0:
			t := digits(s, i, w)
			out = append(out, t)
			i = t.end
		case unicode.IsLetter(c):
			j := letters(s, i)
			bound := len(out) > 0 && out[len(out)-1].kind != mark && out[len(out)-1].end < i && strings.TrimLeft(s[out[len(out)-1].end:i], "-‐‑") == ""
			out = append(out, foreignToken{start: i, end: j, low: folded(s[i:j], w.code), kind: word, upper: unicode.IsUpper(c), hyphen: bound})
			i = j
		case (c == '-' || c == '‐' || c == '‑') && i > 0 && between(s, i, n):
			i += n
		case (c == '\'' || c == '’') && i > 0 && between(s, i, n):
			i += n // "100'den fazla"
		default:
			low := s[i : i+n]
			if c == '‐' || c == '‑' {
				low = "-"
			}
			out = append(out, foreignToken{start: i, end: i + n, low: low, kind: mark})
			i += n
		}
	}
	return out
}

// between reports whether the mark of n bytes at i has a letter or digit
// before it and a letter behind it, without being a digit's hyphen.
func between(s string, i, n int) bool {
	b, _ := utf8.DecodeLastRuneInString(s[:i])
	a, _ := utf8.DecodeRuneInString(s[i+n:])
	if s[i] == '-' || n == 3 && s[i:i+n] != "’" {
		return unicode.IsLetter(b) && unicode.IsLetter(a)
	}
	return (unicode.IsLetter(b) || digit(b) >= 0) && unicode.IsLetter(a)
}

// letters returns where the word that begins at i ends. An apostrophe ends a
// word of one or two letters, and "jusqu'", and belongs to it: "d'hommes".
func letters(s string, i int) int {
	from, n := i, 0
	for i < len(s) {
		c, k := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(c) || unicode.IsMark(c):
			i += k
			n++
		case (c == '\'' || c == '’') && (n <= 2 || strings.EqualFold(s[from:i], "jusqu") || strings.EqualFold(s[from:i], "quelqu")):
			if next, _ := utf8.DecodeRuneInString(s[i+k:]); unicode.IsLetter(next) || digit(next) >= 0 {
				return i + k
			}
			return i
		case c == '.' && n == 1 && i+k < len(s): // "v.H."
			next, m := utf8.DecodeRuneInString(s[i+k:])
			if unicode.IsLetter(next) && strings.HasPrefix(s[i+k+m:], ".") {
				return i + k + m + 1
			}
			return i
		default:
			return i
		}
	}
	return i
}

// digit returns the value of a decimal digit of any script that our languages
// write, or -1.
func digit(c rune) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case '٠' <= c && c <= '٩':
		return int(c - '٠')
	case '۰' <= c && c <= '۹':
		return int(c - '۰')
	}
	return -1
}

// digits reads the number in digits that begins at i: "12.500", "12 500",
// "7,5", "1.234,56", "٣٠". A sign before groups of three parts thousands where
// the language or more than one group says so; "12,5" and "12.5" are one
// number.
func digits(s string, i int, w *words) foreignToken {
	t := foreignToken{start: i, kind: foreignNumeral, ok: true}
	var groups []string
	var signs []rune
	for {
		var b strings.Builder
		for i < len(s) {
			c, n := utf8.DecodeRuneInString(s[i:])
			d := digit(c)
			if d < 0 {
				break
			}
			b.WriteByte(byte('0' + d))
			i += n
		}
		groups = append(groups, b.String())
		t.end = i
		c, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(".,٫٬ \u00a0\u202f'’", c) || i+n >= len(s) {
			break
		}
		count := 0
		for k := i + n; k < len(s) && count < 4; {
			d, m := utf8.DecodeRuneInString(s[k:])
			if digit(d) < 0 {
				break
			}
			k += m
			count++
		}
		space := unicode.IsSpace(c)
		if count == 0 || space && (count != 3 || len(groups[0]) > 3 || len(signs) > 0 && signs[len(signs)-1] != c) || (c == '\'' || c == '’') && count != 3 {
			break
		}
		if space && len(w.numbers) == 0 {
			break
		}
		signs = append(signs, c)
		i += n
	}
	t.low = s[t.start:t.end]
	t.decimal, t.group, t.ok = value(groups, signs, w)
	return t
}

// value makes one number of groups of digits with signs between them.
func value(groups []string, signs []rune, w *words) (recount.Decimal, bool, bool) {
	var d recount.Decimal
	places, group := 0, false
	if n := len(signs); n > 0 {
		last := signs[n-1]
		three := len(groups[n]) == 3 && len(groups[0]) <= 3 && groups[0] != "0" && groups[0] != ""
		parts := false // the last sign parts thousands
		switch {
		case unicode.IsSpace(last) || last == '٬' || last == '\'' || last == '’':
			parts = true
		case last == '٫':
		case n > 1 && signs[n-2] == last:
			parts = three
			if !three {
				return d, false, false // a date, a version
			}
		case n > 1:
		case last == '.':
			parts = three && w.point
		case last == ',':
			parts = three && !w.glued // nobody counts people with three decimals
		}
		for k := range n - 1 {
			if len(groups[k+1]) != 3 || signs[k] == '٫' {
				return d, false, false
			}
			group = true
		}
		if parts {
			if !three {
				return d, false, false
			}
			group = true
		} else {
			places = len(groups[n])
		}
	}
	for _, c := range strings.Join(groups, "") {
		if d.Digits > maxDigits/10 {
			return d, false, false
		}
		d.Digits = 10*d.Digits + int64(c-'0')
	}
	if places > 4 {
		return d, false, false
	}
	d.Places = places
	d = d.Trimmed()
	return d, group, true
}
