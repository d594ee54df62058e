package table

// This file reads the cells of an Excel workbook (.xlsx and its kin), row by
// row as it is unpacked.
//
// In: the bytes of the file. Out: sheets, whose rows hold what each cell
// shows: the value saved with it, never a formula's result worked out anew; a
// date by its cell's format as ISO 8601, cut to what the format shows; the
// address behind a cell. Method: own reading of the few elements that matter,
// because a general reader holds the whole workbook and knows no bound on what
// it makes of it; tests compare it with excelize. Limits: the constants; UTF-8
// only.

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"recount"
	"recount/internal/text/page"
)

// Limits of a workbook.
const (
	maxParts           = 4096    // entries of the ZIP
	maxDirectory       = 1 << 20 // bytes of the ZIP's list of entries
	maxSheets          = 200
	maxShared          = 2_000_000  // shared strings
	maxFormats         = 65_536     // cell formats
	maxCells           = 20_000_000 // of all sheets, together, with the empty ones left of others
	maxLinks           = 200_000    // hyperlinks of a sheet
	maxSheetRows       = 1_048_576  // rows of a sheet, as Excel has it
	maxFormula         = 8 << 10    // bytes of a formula that is kept
	maxWorkbookColumns = 1024       // of a row; what stands further right is not read
	maxWorkbookCell    = 4 << 20    // bytes of a cell; more is cut
	maxInflated        = 128 << 20  // bytes of the parts of a workbook, together, each as often as it is read
)

// holdsWorkbook reports whether payload is a workbook of Excel since 2007.
func holdsWorkbook(payload []byte) bool {
	z := zipReader(payload)
	return z != nil && slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, "xl/workbook.xml") })
}

// holdsOpenDocument reports whether payload is a spreadsheet as OpenDocument has it.
func holdsOpenDocument(payload []byte) bool {
	z := zipReader(payload)
	if z == nil || len(z.File) == 0 || z.File[0].Name != "mimetype" {
		return false
	}
	r, err := z.File[0].Open()
	if err != nil {
		return false
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 200))
	return strings.HasPrefix(string(b), "application/vnd.oasis.opendocument.spreadsheet")
}

// zipReader opens a ZIP archive whose list of entries is of a bearable size.
func zipReader(payload []byte) *zip.Reader {
	tail := payload[max(0, len(payload)-66<<10):]
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || len(tail)-end < 22 {
		return nil
	}
	count, size := binary.LittleEndian.Uint16(tail[end+10:]), binary.LittleEndian.Uint32(tail[end+12:])
	from := int64(binary.LittleEndian.Uint32(tail[end+16:]))
	at := int64(len(payload) - len(tail) + end)
	if count > maxParts || size > maxDirectory || from > at || at-from > maxDirectory+64<<10 {
		return nil
	}
	z, err := zip.NewReader(bytes.NewReader(payload), int64(len(payload)))
	if err != nil || len(z.File) > maxParts {
		return nil
	}
	return z
}

// A book is an open workbook.
type book struct {
	parts  map[string]*zip.File // by lower-case name
	left   int64                // bytes that may still be inflated
	cells  int                  // read so far
	shared shared
	dates  []datePrecision              // of each cell format
	links  map[string]map[cellAt]string // by part, once read
	epoch  time.Time
}

// shared is the table of strings that cells point into.
type shared struct {
	all  string
	ends []uint32
}

func (s *shared) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.all[from:s.ends[i]], true
}

// A sheet is one sheet of a workbook.
type sheet struct {
	Name   string
	Hidden bool
	part   string
	book   *book
}

// A workbookRow is one row of a sheet. Cells and Links are only valid until the next.
type workbookRow struct {
	N     int      // as the sheet numbers it, from 1
	Cells []string // without empty ones at the end
	Links []string // the addresses behind cells, or a formula that may hold one; may be shorter than Cells
}

// A brokenWorkbookError says from which row on a sheet cannot be read.
type brokenWorkbookError struct {
	Row    int
	Reason string
}

func (e *brokenWorkbookError) Error() string { return e.Reason }

// Rows yields the rows of a sheet that have any cell.
func (s *sheet) Rows(yield func(workbookRow) bool) error { return s.book.rows(s.part, yield) }

// openWorkbook returns the sheets of an Excel workbook. An error wraps
// recount.ErrRefused.
func openWorkbook(payload []byte) ([]sheet, error) {
	z := zipReader(payload)
	if z == nil {
		return nil, page.Refuse("a workbook that cannot be unpacked", "open it in a spreadsheet program and save it again")
	}
	b := &book{parts: map[string]*zip.File{}, links: map[string]map[cellAt]string{}, left: maxInflated, epoch: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if b.parts[name] == nil {
			b.parts[name] = f
		}
	}
	var sheets []sheet
	targets := b.relations("xl/workbook.xml")
	err := b.scan("xl/workbook.xml", func(t *token) bool {
		switch {
		case t.kind == start && t.name == "workbookPr":
			if v := t.attr("date1904"); v == "1" || v == "true" {
				b.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case t.kind == start && t.name == "sheet" && len(sheets) < maxSheets:
			state := t.attr("state")
			sheets = append(sheets, sheet{t.attr("name"), state != "" && state != "visible", targets[t.attr("id")], b})
		}
		return true
	})
	if err == nil {
		err = b.readShared()
	}
	if err == nil {
		err = b.readFormats()
	}
	if err != nil {
		return nil, page.Refuse("a broken workbook ("+err.Error()+")", "open it in a spreadsheet program and save it again")
	}
	if len(sheets) == 0 {
		return nil, page.Refuse("a workbook without sheets", "save it again")
	}
	return sheets, nil
}

// relations returns the targets of a part's relations by their id.
func (b *book) relations(part string) map[string]string {
	out := map[string]string{}
	dir, base := path.Split(part)
	b.scan(dir+"_rels/"+base+".rels", func(t *token) bool {
		if t.kind == start && t.name == "Relationship" {
			target := t.attr("Target")
			if t.attr("TargetMode") != "External" {
				if strings.HasPrefix(target, "/") {
					target = strings.TrimPrefix(target, "/")
				} else {
					target = path.Join(dir, target)
				}
			}
			out[t.attr("Id")] = target
		}
		return len(out) < maxLinks
	})
	return out
}

// scan reads a part of XML; a part that is not there has no tokens.
func (b *book) scan(part string, yield func(*token) bool) error {
	f := b.parts[strings.ToLower(part)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	defer r.Close()
	x := newXML(r, &b.left)
	for x.next() {
		if !yield(&x.token) {
			return nil
		}
	}
	if x.err != nil {
		return fmt.Errorf("%s: %w", part, x.err)
	}
	return nil
}

// readShared reads the shared strings, without their phonetic readings.
func (b *book) readShared() error {
	var all strings.Builder
	inText, phonetic := false, 0
	err := b.scan("xl/sharedStrings.xml", func(t *token) bool {
		switch t.kind {
		case text:
			if inText && phonetic == 0 {
				all.WriteString(t.text())
			}
		case start:
			switch t.name {
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case end:
			switch t.name {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				b.shared.ends = append(b.shared.ends, uint32(all.Len()))
			}
		}
		return len(b.shared.ends) < maxShared
	})
	b.shared.all = all.String()
	return err
}

// A datePrecision says what a number format shows of a point in time.
type datePrecision byte

const (
	notDate datePrecision = iota
	toYear
	toMonth
	toDay
	toSecond
	clockOnly
)

// readFormats reads which cell formats show a date.
func (b *book) readFormats() error {
	custom := map[int]datePrecision{}
	inCells := false
	return b.scan("xl/styles.xml", func(t *token) bool {
		switch {
		case t.kind == start && t.name == "numFmt":
			if id, err := strconv.Atoi(t.attr("numFmtId")); err == nil && len(custom) < maxFormats {
				custom[id] = precisionOf(t.attr("formatCode"))
			}
		case t.name == "cellXfs":
			inCells = t.kind == start
		case inCells && t.kind == start && t.name == "xf" && len(b.dates) < maxFormats:
			id, _ := strconv.Atoi(t.attr("numFmtId"))
			p, ok := custom[id]
			if !ok {
				p = builtIn(id)
			}
			b.dates = append(b.dates, p)
		}
		return true
	})
}

// builtIn returns what the number formats show that every workbook has.
func builtIn(id int) datePrecision {
	switch {
	case id == 22:
		return toSecond
	case id == 17 || id == 55:
		return toMonth
	case id >= 14 && id <= 16, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 56, id == 57, id == 58:
		return toDay
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return clockOnly
	}
	return notDate
}

// precisionOf reads a number format such as dd/mm/yyyy.
func precisionOf(code string) datePrecision {
	var y, m, d, h bool
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			j := strings.IndexByte(code[i+1:], '"')
			if j < 0 {
				i = len(code)
				break
			}
			i += j + 1
		case '\\', '_', '*':
			i++
		case '[':
			j := strings.IndexByte(code[i:], ']')
			if j < 0 {
				i = len(code)
				break
			}
			switch strings.ToLower(code[i+1 : i+j]) {
			case "h", "hh", "m", "mm", "s", "ss":
				return clockOnly // an elapsed time
			}
			i += j
		case ';':
			i = len(code)
		case 'y', 'Y', 'e', 'b', 'B':
			y = true
		case 'm', 'M':
			m = true
		case 'd', 'D':
			d = true
		case 'h', 'H', 's', 'S':
			h = true
		case 'G', 'g', '0', '#', '?', 'E':
			if strings.HasPrefix(strings.ToLower(code[i:]), "general") || c == '#' || c == '?' || c == 'E' {
				return notDate
			}
		}
	}
	switch {
	case d && h || y && h:
		return toSecond
	case d:
		return toDay
	case h:
		return clockOnly
	case m:
		return toMonth
	case y:
		return toYear
	}
	return notDate
}

// date writes the number of a cell as ISO 8601. In the calendar from 1900 a
// day before 1 March 1900 is one later than its number says, because that
// calendar has a 29 February 1900.
func (b *book) date(v string, p datePrecision) string {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || n < 0 || n > 2_958_466 {
		return v
	}
	seconds := int64(n*86400 + 0.5)
	if b.epoch.Year() == 1899 && seconds < 60*86400 && p != clockOnly {
		seconds += 86400
	}
	t := b.epoch.Add(time.Duration(seconds) * time.Second)
	switch {
	case p == clockOnly && n >= 1:
		return v // a length of time
	case p == clockOnly:
		return t.Format("15:04:05")
	case p == toYear:
		return recount.DayOf(t).Cut(recount.ToYear).String()
	case p == toMonth:
		return recount.DayOf(t).Cut(recount.ToMonth).String()
	case p == toDay, seconds%86400 == 0:
		return recount.DayOf(t).String()
	}
	return recount.DayOf(t).String() + t.Format("T15:04:05")
}

// rows reads one sheet.
func (b *book) rows(part string, yield func(workbookRow) bool) error {
	if part == "" || b.parts[strings.ToLower(part)] == nil {
		return fmt.Errorf("a sheet without cells (a chart, or a part that is missing)")
	}
	links := b.hyperlinks(part)
	var (
		w       workbookRow
		col     int
		kind    string
		format  int
		value   strings.Builder
		inValue bool
		phone   int
		formula string
		inForm  bool
		stopped bool
		inRow   bool
	)
	err := b.scan(part, func(t *token) bool {
		switch t.kind {
		case text:
			switch {
			case inForm && len(formula) < maxFormula:
				formula += t.text()
			case inValue && phone == 0 && value.Len() <= maxWorkbookCell:
				value.WriteString(t.text())
			}
		case start:
			switch t.name {
			case "row":
				n, err := strconv.Atoi(t.attr("r"))
				if err != nil || n <= w.N {
					n = w.N + 1
				}
				if n > maxSheetRows {
					stopped = true
					return false
				}
				w = workbookRow{N: n, Cells: w.Cells[:0], Links: w.Links[:0]}
				col, inRow = -1, true
			case "c":
				if c := columnIndex(t.attr("r")); c >= 0 {
					col = c
				} else {
					col++
				}
				kind = t.attr("t")
				format, _ = strconv.Atoi(t.attr("s"))
				value.Reset()
				formula = ""
			case "v", "t":
				inValue = true
			case "f":
				inForm = true
			case "rPh":
				phone++
			}
		case end:
			switch t.name {
			case "v", "t":
				inValue = false
			case "f":
				inForm = false
			case "rPh":
				phone--
			case "c":
				if !inRow || col < 0 || col >= maxWorkbookColumns {
					break
				}
				if b.cells += 1 + max(0, col-len(w.Cells)); b.cells > maxCells {
					stopped = true
					return false
				}
				for len(w.Cells) <= col {
					w.Cells = append(w.Cells, "")
				}
				w.Cells[col] = b.value(value.String(), kind, format)
				link := links[cellAt{w.N, col}]
				if link == "" && strings.Contains(strings.ToUpper(formula), "HYPERLINK(") {
					link = formula
				}
				if link != "" {
					for len(w.Links) <= col {
						w.Links = append(w.Links, "")
					}
					w.Links[col] = link
				}
			case "row":
				if inRow && !yield(w) {
					return false
				}
				inRow = false
			case "sheetData":
				return false
			}
		}
		return true
	})
	if stopped {
		return &brokenWorkbookError{w.N, fmt.Sprintf("more rows or cells than a sheet has room for (%d, %d)", maxSheetRows, maxCells)}
	}
	if err != nil {
		return &brokenWorkbookError{w.N + 1, "the sheet breaks off (" + err.Error() + ")"}
	}
	return nil
}

// value returns what a cell shows: the value saved with it, a date as ISO 8601.
func (b *book) value(v, kind string, format int) string {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil {
			return ""
		}
		s, _ := b.shared.at(i)
		return s
	case "e":
		return ""
	case "b":
		if v == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "", "n":
		if format > 0 && format < len(b.dates) && b.dates[format] != notDate {
			return b.date(strings.TrimSpace(v), b.dates[format])
		}
	}
	return v
}

// A cellAt is the place of a cell: its row from 1 and its column from 0.
type cellAt struct{ row, column int }

// hyperlinks returns the web addresses behind the cells of a sheet.
func (b *book) hyperlinks(part string) map[cellAt]string {
	if links, ok := b.links[part]; ok {
		return links
	}
	b.links[part] = nil
	targets := b.relations(part)
	web := false
	for _, t := range targets {
		web = web || strings.HasPrefix(t, "http")
	}
	if !web {
		return nil
	}
	out := map[cellAt]string{}
	b.scan(part, func(t *token) bool {
		if t.kind == start && t.name == "hyperlink" {
			ref, _, _ := strings.Cut(t.attr("ref"), ":")
			c := columnIndex(ref)
			n, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
			if u := targets[t.attr("id")]; c >= 0 && err == nil && strings.HasPrefix(u, "http") {
				out[cellAt{n, c}] = u
			}
		}
		return len(out) < maxLinks
	})
	b.links[part] = out
	return out
}

// columnIndex reads the column of "AB12", from 0; -1 if there is none.
func columnIndex(ref string) int {
	n := 0
	i := 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	return n - 1
}
