package table

import (
	"html"
	"strings"
)

// isAddresses reports whether every line is one web address or a comment
// behind "#". An address may be followed by white space and a remark.
func isAddresses(src string) bool {
	n := 0
	for line := range strings.Lines(src) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if !webAddress(line) || strings.ContainsAny(line, " \t;|\"") || looksDelimited(line) {
			return false
		}
		n++
	}
	return n > 0
}

// looksDelimited reports whether a line that begins with an address goes on
// with another cell behind a comma.
func looksDelimited(line string) bool {
	_, rest, ok := strings.Cut(line, ",")
	return ok && (webAddress(rest) || strings.HasSuffix(line, ","))
}

// webAddress reports whether s begins as an address of the web does.
func webAddress(s string) bool {
	return len(s) > 10 && (hasPrefixFold(s, "http://") || hasPrefixFold(s, "https://"))
}

// onlyAddress reports whether a cell is an address of the web and nothing else.
func onlyAddress(cell string) bool {
	cell = strings.TrimSpace(cell)
	return len(cell) <= maxAddress && webAddress(cell) && !strings.ContainsAny(cell, " \t\r\n")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// addressGrid reads one address a line.
func addressGrid(src string) grid {
	return grid{
		word: "line",
		fixed: &layout{
			fixed: true, width: 1, names: []string{"address"}, origins: []string{"line of the list"}, url: []int{0},
		},
		each: func(yield func(row) bool) error {
			n := 0
			cells := make([]string, 1)
			for line := range strings.Lines(src) {
				n++
				cells[0] = strings.TrimSpace(line)
				if strings.HasPrefix(cells[0], "#") {
					continue
				}
				if !yield(row{n: n, cells: cells}) {
					return nil
				}
			}
			return nil
		},
	}
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
	if !webAddress(cell) {
		i := strings.Index(cell, "http")
		if i < 0 || !webAddress(cell[i:]) {
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
	if len(cell) > maxAddress || !webAddress(cell) {
		return ""
	}
	return tidy(cell)
}
