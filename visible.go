package recount

import (
	"strings"
	"unicode"
)

// Visible puts U+FFFD in the place of each character, but line ends and tabs, that
// moves a cursor, changes colours or turns the direction of a line: what strangers
// wrote is shown, and does nothing where it is shown.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\u200e', r == '\u200f', r == '\u061c': // the marks turn nothing but themselves
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			return '\uFFFD'
		}
		return r
	}, s)
}
