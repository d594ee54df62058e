// Package cell reads what one cell of a table holds: the paragraphs of a text,
// an address, nothing at all.
//
// In: the text of a cell. Out: paragraphs that are numbered from 1, one line
// each. Method: HTML is cut with a tokenizer and without a tree, other text at
// its line breaks. Limits: none of its own; each function takes a time that
// grows with the cell and no faster.
package cell

import (
	"html"
	"strings"
)

// IsAddress reports whether s begins as an address of the web does.
func IsAddress(s string) bool {
	return len(s) > 10 && (hasPrefixFold(s, "http://") || hasPrefixFold(s, "https://"))
}

// OnlyAddress reports whether a cell is an address of the web and nothing else.
func OnlyAddress(cell string) bool {
	cell = strings.TrimSpace(cell)
	return len(cell) <= MaxAddress && IsAddress(cell) && !strings.ContainsAny(cell, " \t\r\n")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// MaxAddress is the longest web address that is taken, in bytes.
const MaxAddress = 8 << 10

// Address returns the first web address in a cell, or "". A formula such as
// =HYPERLINK("https://...","Read") is read for its address and not evaluated.
func Address(cell string) string {
	cell = strings.TrimSpace(cell)
	if len(cell) > 4*MaxAddress {
		return ""
	}
	if hasPrefixFold(cell, "www.") && !strings.ContainsAny(cell, " \t\r\n") {
		return "https://" + cell
	}
	ends := " \t\r\n\"<>"
	if !IsAddress(cell) {
		i := strings.Index(cell, "http")
		if i < 0 || !IsAddress(cell[i:]) {
			return ""
		}
		if i > 0 && strings.ContainsRune("'([", rune(cell[i-1])) {
			ends += "')]"
		}
		cell = cell[i:]
		if strings.Contains(cell, "&amp;") {
			cell = html.UnescapeString(cell)
		}
	}
	if i := strings.IndexAny(cell, ends); i >= 0 {
		cell = strings.TrimRight(cell[:i], ";,|")
	}
	if len(cell) > MaxAddress || !IsAddress(cell) {
		return ""
	}
	return Tidy(cell)
}

// Blank reports whether a cell says that there is nothing, as programs write it.
func Blank(cell string) bool {
	if len(cell) > 16 {
		return strings.TrimSpace(cell) == ""
	}
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "[]", "{}":
		return true
	}
	return false
}

// MaxFact is the longest fact that is kept whole, in bytes.
const MaxFact = 2000

// Line returns a cell as one line of at most MaxFact bytes, character
// references resolved.
func Line(cell string) string {
	if len(cell) > MaxFact {
		cell = strings.ToValidUTF8(cell[:MaxFact], "")
	}
	return Tidy(unescape(cell))
}
