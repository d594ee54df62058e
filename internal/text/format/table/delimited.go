package table

// This file reads CSV and other text whose cells stand between separators.
//
// In: UTF-8. Out: rows of cells, with the number that a spreadsheet program
// gives them. Method: the separator is the one under which a header makes most
// sense to the caller, else the one that gives most rows the same number of
// cells; rows are cut as RFC 4180 says and what programs do against it is
// forgiven where only one reading is left. Limits: maxDelimitedColumns, maxDelimitedCell.

import "strings"

// Limits.
const (
	maxDelimitedColumns = 1024      // of a row; what stands further right is not read
	maxDelimitedCell    = 4 << 20   // bytes of a cell in quotation marks
	sampled             = 256 << 10 // bytes that Detect looks at
	dialectHeaderRows   = 20        // rows in which a header is looked for
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

// A delimitedScanner reads the rows of delimited text. Quotation marks inside a quoted
// cell that are not doubled are forgiven unless a separator or a line end
// follows them; a mark that is never closed is a letter like any other.
type delimitedScanner struct {
	dialect
	src    string
	at     int
	N      int      // of the row, from 1
	eol    int      // end of the line that at is in, if not behind at
	Cells  []string // of the row; only until the next
	wasted int      // bytes looked through for quotation marks that are not there
}

// maxWasted bounds Scanner.wasted; after it quotation marks are letters.
const maxWasted = 32 << 20

// scanDelimited returns a scanner before the first row.
func scanDelimited(src string, d dialect) *delimitedScanner {
	return &delimitedScanner{dialect: d, src: src, at: d.skip, eol: -1}
}

// plainDialect returns a scanner of cells that are never quoted.
func plainDialect(src string, separator byte) *delimitedScanner {
	return scanDelimited(src, dialect{separator: separator})
}

// Done reports whether no row is left.
func (s *delimitedScanner) Done() bool { return s.at >= len(s.src) }

// emptyCells reports whether no cell holds anything.
func emptyCells(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// Next reads one row that is not an empty line, which counts; what stands right
// of MaxColumns is not read. False means that there is none left.
func (s *delimitedScanner) Next() bool {
	for s.at < len(s.src) && s.src[s.at] == '\n' {
		s.at++
		s.N++
	}
	if s.at >= len(s.src) {
		return false
	}
	s.N++
	s.Cells = s.Cells[:0]
	for {
		cell, more := s.cell()
		s.Cells = append(s.Cells, cell)
		if more && len(s.Cells) == maxDelimitedColumns {
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
func (s *delimitedScanner) line() {
	if s.eol >= s.at {
		return
	}
	s.eol = len(s.src)
	if i := strings.IndexByte(s.src[s.at:], '\n'); i >= 0 {
		s.eol = s.at + i
	}
}

// cell reads one cell; more is false if it is the last of its row.
func (s *delimitedScanner) cell() (cell string, more bool) {
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
func (s *delimitedScanner) quoted() (cell string, ok, more bool) {
	from := s.at
	for from < len(s.src) && s.src[from] == ' ' {
		from++
	}
	if from >= len(s.src) || s.src[from] != s.quote || s.wasted > maxWasted {
		return "", false, false
	}
	from++
	limit := min(len(s.src), from+maxDelimitedCell+1)
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

// detectDialect finds out how delimited text is written. named
// says how many cells of a header it knows. A separator that makes known names wins, then the one that gives most rows the same number of
// cells.
func detectDialect(src string, named func(header []string) int) dialect {
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
		s := scanDelimited(sample, dialect{separator: sep, quote: quote, backslash: back})
		known, width, same, rows := 0, 0, 0, 0
		for rows < 3*dialectHeaderRows && s.Next() {
			if emptyCells(s.Cells) {
				continue
			}
			rows++
			if rows <= dialectHeaderRows {
				if n := named(s.Cells); n > known {
					known, width, same = n, len(s.Cells), 0
				}
			}
			if known == 0 && len(s.Cells) > width {
				width, same = len(s.Cells), 0
			}
			if len(s.Cells) == width && width > 1 {
				same++
			}
		}
		if score := known<<20 + same<<10 + min(width, 1023); score > best {
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
