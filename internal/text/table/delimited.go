package table

import (
	"strings"
	"unicode/utf8"

	"recount/internal/text/page"
)

// separators are what may stand between two cells, the likeliest first.
const separators = ",;\t|"

// A dialect is how a delimited file is written.
type dialect struct {
	separator byte
	quote     byte // 0 if cells are never quoted
	backslash bool // a quotation mark inside a cell is written \" and not ""
	skip      int  // bytes before the first row
}

// A scanner reads the rows of delimited text. Quotation marks inside a quoted
// cell that are not doubled are forgiven unless a separator or a line end
// follows them; a mark that is never closed is a letter like any other.
type scanner struct {
	dialect
	src    string
	at     int
	n      int // rows so far
	eol    int // end of the line that at is in, if not behind at
	cells  []string
	wasted int // bytes looked through for quotation marks that are not there
}

// maxWasted bounds scanner.wasted; after it quotation marks are letters.
const maxWasted = 32 << 20

// next reads one row that is not an empty line, which counts; what stands right
// of maxColumns is not read. False means that there is none left.
func (s *scanner) next() bool {
	for s.at < len(s.src) && s.src[s.at] == '\n' {
		s.at++
		s.n++
	}
	if s.at >= len(s.src) {
		return false
	}
	s.n++
	s.cells = s.cells[:0]
	for {
		cell, more := s.cell()
		s.cells = append(s.cells, cell)
		if more && len(s.cells) == maxColumns {
			s.line()
			s.at = min(s.eol+1, len(s.src))
			more = false
		}
		if !more {
			return true
		}
	}
}

// line finds the end of the line that at is in.
func (s *scanner) line() {
	if s.eol >= s.at {
		return
	}
	s.eol = len(s.src)
	if i := strings.IndexByte(s.src[s.at:], '\n'); i >= 0 {
		s.eol = s.at + i
	}
}

// cell reads one cell; more is false if it is the last of its row.
func (s *scanner) cell() (cell string, more bool) {
	if s.quote != 0 {
		if cell, ok, more := s.quoted(); ok {
			return cell, more
		}
	}
	s.line()
	line := s.src[s.at:s.eol]
	if i := strings.IndexByte(line, s.separator); i >= 0 {
		s.at += i + 1
		return line[:i], true
	}
	s.at = min(s.eol+1, len(s.src))
	s.eol = -1
	return strings.TrimSuffix(line, "\r"), false
}

// quoted reads a cell in quotation marks; ok is false if there is none.
func (s *scanner) quoted() (cell string, ok, more bool) {
	from := s.at
	for from < len(s.src) && s.src[from] == ' ' {
		from++
	}
	if from >= len(s.src) || s.src[from] != s.quote || s.wasted > maxWasted {
		return "", false, false
	}
	from++
	limit := min(len(s.src), from+maxCell+1)
	double, stray := false, false
	for i := from; i < limit; {
		j := strings.IndexByte(s.src[i:limit], s.quote)
		if j < 0 {
			break
		}
		j += i
		if s.backslash && j > from && s.src[j-1] == '\\' && odd(s.src[from:j]) {
			double = true
			i = j + 1
			continue
		}
		if j+1 < len(s.src) && s.src[j+1] == s.quote && !s.backslash {
			double = true
			i = j + 2
			continue
		}
		end := j + 1
		for end < len(s.src) && s.src[end] == ' ' {
			end++
		}
		if end < len(s.src) && s.src[end] == '\r' && (end+1 == len(s.src) || s.src[end+1] == '\n') {
			end++
		}
		if end < len(s.src) && s.src[end] != s.separator && s.src[end] != '\n' {
			stray = true
			i = j + 1
			continue
		}
		cell = s.src[from:j]
		if stray && strings.IndexByte(cell, '\n') >= 0 {
			break // two cells with marks of their own rather than one over several lines
		}
		switch {
		case double && s.backslash:
			cell = strings.NewReplacer(`\`+string(s.quote), string(s.quote), `\\`, `\`).Replace(cell)
		case double:
			cell = strings.ReplaceAll(cell, string([]byte{s.quote, s.quote}), string(s.quote))
		}
		more = end < len(s.src) && s.src[end] == s.separator
		s.at = min(end+1, len(s.src))
		s.eol = -1
		return cell, true, more
	}
	s.wasted += limit - from
	return "", false, false
}

// odd reports whether s ends in an odd number of backslashes.
func odd(s string) bool {
	n := 0
	for n < len(s) && s[len(s)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// detect finds out how delimited text is written. A separator that makes known
// names of columns wins, then the one that gives most rows the same number of
// cells.
func detect(src string) dialect {
	d := dialect{separator: ',', quote: '"'}
	if first, _, _ := strings.Cut(src, "\n"); len(first) < 12 {
		line := strings.Trim(strings.TrimSuffix(first, "\r"), `"`)
		if sep, ok := strings.CutPrefix(line, "sep="); ok && len(sep) == 1 {
			d.separator, d.skip = sep[0], min(len(first)+1, len(src))
			d.backslash = backslashed(src[d.skip:])
			return d
		}
	}
	sample := src[:min(len(src), sampled)]
	best := -1
	quote := byte('"')
	if strings.HasPrefix(strings.TrimLeft(src, " "), "'") && strings.Count(sample, "'") > 2*strings.Count(sample, `"`) {
		quote = '\''
	}
	back := backslashed(sample)
	for _, sep := range []byte(separators) {
		s := scanner{dialect: dialect{separator: sep, quote: quote, backslash: back}, src: sample, eol: -1}
		named, width, same, rows := 0, 0, 0, 0
		for rows < 3*headerRows && s.next() {
			if empty(s.cells) {
				continue
			}
			rows++
			if rows <= headerRows {
				if n := recognised(s.cells); n > named {
					named, width, same = n, len(s.cells), 0
				}
			}
			if named == 0 && len(s.cells) > width {
				width, same = len(s.cells), 0
			}
			if len(s.cells) == width && width > 1 {
				same++
			}
		}
		if score := named<<20 + same<<10 + min(width, 1023); score > best {
			best = score
			d.separator, d.quote, d.backslash = sep, quote, back
		}
	}
	return d
}

// backslashed reports whether quotation marks in cells are written \".
func backslashed(sample string) bool {
	sample = sample[:min(len(sample), sampled)]
	return strings.Contains(sample, `\"`) && strings.Count(sample, `\"`) > 2*strings.Count(strings.ReplaceAll(sample, `\"`, ""), `""`)
}

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
	d := detect(src)
	return grid{
		word:   "row",
		ragged: true,
		each: func(yield func(row) bool) error {
			s := scanner{dialect: d, src: src, at: d.skip, eol: -1}
			for s.next() {
				if !yield(row{n: s.n, cells: s.cells}) {
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
	d := detect(src)
	s := scanner{dialect: d, src: src, at: d.skip, eol: -1}
	width, rows, fit, seen, named := 0, 0, 0, 0, 0
	for rows < 50 && s.next() {
		if empty(s.cells) {
			continue
		}
		if width == 0 {
			if seen++; seen > headerRows {
				return false
			}
			if named = recognised(s.cells); named >= 2 && headed(s.cells) {
				width = len(s.cells)
			}
			continue
		}
		if s.at >= len(src) && len(payload) > sampled {
			break // the sample ends inside it
		}
		rows++
		if len(s.cells) == width {
			fit++
		}
	}
	if width > 0 && named >= 4 {
		return fit >= 1 && fit*10 >= rows*6
	}
	return width > 0 && fit >= 2 && fit*10 >= rows*9
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
