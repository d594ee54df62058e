package table

import (
	"strings"
	"unicode/utf8"

	"recount/internal/text/page"
)

// recognised counts the cells of a header whose names are known; 0 if none of
// them is for text, an address or a file.
func recognised(cells []string) int {
	n, main := 0, false
	for _, c := range cells {
		if len(c) > maxName {
			continue
		}
		m, ok := meaningOf(c)
		if !ok {
			continue
		}
		n++
		switch fields[m.field].name {
		case "text", "url", "file":
			main = true
		}
	}
	if !main {
		return 0
	}
	return n
}

// delimitedGrid reads delimited text.
func delimitedGrid(src string) grid {
	if strings.IndexByte(src, '\n') < 0 && strings.IndexByte(src, '\r') >= 0 {
		src = strings.ReplaceAll(src, "\r", "\n")
	}
	d := detectDialect(src, recognised)
	return grid{
		word:   "row",
		ragged: true,
		each: func(yield func(row) bool) error {
			s := scanDelimited(src, d)
			for s.Next() {
				if d.separator == '|' && ruled(s.Cells) {
					continue // the line under the header of a table in Markdown
				}
				if !yield(row{n: s.N, cells: s.Cells}) {
					return nil
				}
			}
			return nil
		},
	}
}

// delimitedKnown reports whether text is a table whatever its name: one of its
// first rows is a header with two known names or more, one of them for text or
// an address, no name is a sentence, and at least two rows and nine in ten of
// those looked at have as many cells as the header. Under four known names one
// row and six in ten are enough.
func delimitedKnown(payload []byte) bool {
	src := beginning(payload)
	if strings.IndexByte(src, '\n') < 0 {
		src = strings.ReplaceAll(src, "\r", "\n")
	}
	d := detectDialect(src, recognised)
	s := scanDelimited(src, d)
	width, rows, fit, seen, named := 0, 0, 0, 0, 0
	for rows < 50 && s.Next() {
		if emptyCells(s.Cells) {
			continue
		}
		if width == 0 {
			if seen++; seen > headerRows {
				return false
			}
			if named = recognised(s.Cells); named >= 2 && headed(s.Cells) {
				width = len(s.Cells)
			}
			continue
		}
		if s.Done() && len(payload) > sampled {
			break // the sample ends inside it
		}
		rows++
		if len(s.Cells) == width {
			fit++
		}
	}
	if width > 0 && named >= 4 {
		return fit >= 1 && fit*10 >= rows*6
	}
	return width > 0 && fit >= 2 && fit*10 >= rows*9
}

// ruled reports whether cells hold nothing but the signs of a rule.
func ruled(cells []string) bool {
	signs := false
	for _, c := range cells {
		if strings.Trim(c, " :-") != "" {
			return false
		}
		signs = signs || strings.Contains(c, "---")
	}
	return signs
}

// headed reports whether cells look like names of columns.
func headed(cells []string) bool {
	for _, c := range cells {
		c = page.Tidy(c)
		if utf8.RuneCountInString(c) > 50 || strings.Count(c, " ") > 5 || strings.HasSuffix(c, ".") && len(c) > 12 {
			return false
		}
	}
	return true
}
