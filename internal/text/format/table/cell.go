package table

// This file reads what one cell of a table holds: the paragraphs of a text, an
// address, nothing at all.
//
// In: the text of a cell. Out: paragraphs that are numbered from 1, one line
// each. Method: HTML is cut with a tokenizer and without a tree, other text at
// its line breaks. Limits: none of its own; each function takes a time that
// grows with the cell and no faster.

import (
	"html"
	"strings"
)

// isAddress reports whether s begins as an address of the web does.
func isAddress(s string) bool {
	return len(s) > 10 && (hasPrefixFold(s, "http://") || hasPrefixFold(s, "https://"))
}

// onlyAddress reports whether a cell is an address of the web and nothing else.
func onlyAddress(cell string) bool {
	cell = strings.TrimSpace(cell)
	return len(cell) <= maxAddress && isAddress(cell) && !strings.ContainsAny(cell, " \t\r\n")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// maxAddress is the longest web address that is taken, in bytes.
const maxAddress = 8 << 10

// address returns the first web address in a cell, or "". A formula such as
// =HYPERLINK("https://...","Read") is read for its address and not evaluated.
func address(cell string) string {
	cell = strings.TrimSpace(cell)
	if len(cell) > 4*maxAddress {
		return ""
	}
	if hasPrefixFold(cell, "www.") && !strings.ContainsAny(cell, " \t\r\n") {
		return "https://" + cell
	}
	ends := " \t\r\n\"<>"
	if !isAddress(cell) {
		i := strings.Index(cell, "http")
		if i < 0 || !isAddress(cell[i:]) {
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
	if len(cell) > maxAddress || !isAddress(cell) {
		return ""
	}
	return tidy(cell)
}

// blank reports whether a cell says that there is nothing, as programs write it.
func blank(cell string) bool {
	if len(cell) > 16 {
		return strings.TrimSpace(cell) == ""
	}
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "[]", "{}":
		return true
	}
	return false
}

// maxFact is the longest fact that is kept whole, in bytes.
const maxFact = 2000

// line returns a cell as one line of at most MaxFact bytes, character
// references resolved.
func line(cell string) string {
	if len(cell) > maxFact {
		cell = strings.ToValidUTF8(cell[:maxFact], "")
	}
	return tidy(unescape(cell))
}
