package table

import (
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
		if !isAddress(line) || strings.ContainsAny(line, " \t;|\"") || looksDelimited(line) {
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
	return ok && (isAddress(rest) || strings.HasSuffix(line, ","))
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
