// Package table reads articles and addresses out of tables: CSV and other
// delimited text, Excel workbooks, JSON Lines and JSON arrays, GDELT GKG files
// and plain lists of addresses.
//
// In: the bytes of one file. Out: a document.Set; a row with text is a draft, a
// row with an address or a file name and no text is a lead, any other row is
// left with its number.
//
// Method: the form is told by content (formOf), never by the file's name, so
// that Find reads as Read did. The header is the first of the first rows that
// has a column with a known name for a text or an address, or the columns that
// the user named. Rows are numbered as a spreadsheet program shows them: the
// header counts, and so do empty rows. The path of a paragraph is
// "row[12]/text/p[2]", or "row[12]/cell[5]/p[2]" where the user named columns,
// with "sheet[2]/" before it where a workbook has several sheets. A cell that
// holds HTML is cut as a page is.
//
// Limits: payloads of maxPayload; see the constants. Formulas are never
// evaluated: what counts is the value that was saved with them. Binary .xls and
// OpenDocument are recognised and refused with what to do instead.
package table

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// Limits of what is read.
const (
	maxPayload = 32 << 20 // bytes
	maxRows    = 200_000  // of all sheets of a file together, empty ones aside
	maxText    = 64 << 20 // bytes of the text and facts of one file; one string of a workbook can be said often
	maxLeft    = 1000     // rows that are named one by one; the others are counted
	maxPlain   = 32_767   // characters; Excel cuts a cell there
	headerRows = 20       // rows in which a header is looked for
)

// Is reports whether payload is a table; name settles only whether delimited
// text with an unknown header, or a single column, is one.
func Is(payload []byte, name string) bool {
	switch formOf(payload) {
	case isWorkbook, isOpenDocument:
		return true
	case isOldWorkbook:
		return ending(name, ".xls", ".xlt")
	case isRecords:
		return ending(name, ".jsonl", ".ndjson", ".jl") || recordsKnown(payload)
	case isKnowledgeGraph, isList:
		return true
	case isDelimited:
		return ending(name, ".csv", ".tsv", ".tab") || delimitedKnown(payload)
	}
	return false
}

// ending reports whether a file name, ".gz" aside, ends in one of endings.
func ending(name string, endings ...string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	for _, e := range endings {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

// Read returns what the table holds. An error wraps recount.ErrRefused.
func Read(payload []byte, o document.Options) (document.Set, error) {
	var set document.Set
	if len(payload) > maxPayload {
		return set, page.Refuse(fmt.Sprintf("a table of %d MiB; the limit is %d MiB", len(payload)>>20, maxPayload>>20),
			"cut the table into several files")
	}
	namedFields, err := wishesOf(o.Columns)
	if err != nil {
		return set, err
	}
	grids, notes, err := gridsOf(payload)
	if err != nil {
		return set, err
	}
	set.Notes = notes
	if len(namedFields) > 0 && grids[0].fixed != nil {
		set.Notes = append(set.Notes, "the file has no named columns, so that --map says nothing about it")
	}
	r := reader{set: &set, namedFields: namedFields}
	var listed []string // of the sheets without a known column
	read := 0
	for i := range grids {
		g := &grids[i]
		l, ok, err := g.layout(namedFields)
		switch {
		case err != nil && len(grids) == 1:
			return set, err
		case err != nil:
			r.left(g.where(0), err.Error(), "save the sheet alone and add that")
		case !ok && len(g.first) == 0:
			r.left(g.where(0), "an empty sheet", "nothing, if it is meant to be empty")
		case !ok:
			listed = append(listed, names(g.first))
			if len(grids) > 1 {
				r.left(g.where(0), "no text or address column among: "+names(g.first), hintColumns)
			}
		default:
			read++
			r.sheet(g, l)
		}
	}
	if read == 0 {
		if listed == nil {
			return set, page.Refuse("a table without rows", "save the table again, or remove the file")
		}
		reason := "no text or address column among: " + listed[0]
		if len(namedFields) > 0 {
			reason = "no column " + missing(namedFields, grids) + " among: " + listed[0]
		}
		return set, page.Refuse(reason, hintColumns)
	}
	r.close()
	if len(set.Drafts)+len(set.Leads) == 0 {
		reason := "a table in which no row has text or an address"
		if len(set.Left) > 0 {
			reason += " (" + set.Left[0].Where + ": " + set.Left[0].Reason + ")"
		}
		return set, page.Refuse(reason, "look whether the right columns were taken, else name them: --map text=COLUMN")
	}
	return set, nil
}

const hintColumns = "say which column holds the text or the address: --map text=COLUMN or --map url=COLUMN"

// Find returns the text of the paragraph at path.
func Find(payload []byte, path string) (string, bool) {
	at, ok := parsePath(path)
	if !ok || len(payload) > maxPayload {
		return "", false
	}
	grids, _, err := gridsOf(payload)
	if err != nil || at.sheet > len(grids) {
		return "", false
	}
	g := &grids[max(at.sheet, 1)-1]
	var l layout
	if at.cell == 0 {
		if l, ok, err = g.layout(nil); err != nil || !ok {
			return "", false
		}
	}
	text, found := "", false
	g.each(func(row row) bool {
		if row.n < at.row {
			return true
		}
		if row.n == at.row {
			var list []paragraph
			if at.cell == 0 {
				_, list, _ = l.textOf(row.cells)
			} else if at.cell <= len(row.cells) && len(row.cells[at.cell-1]) <= maxDelimitedCell {
				list = paragraphs(row.cells[at.cell-1])
			}
			if at.paragraph <= len(list) {
				text, found = list[at.paragraph-1].Text, true
			}
		}
		return false
	})
	return text, found
}

// A place is a path taken apart.
type place struct {
	sheet, row, cell, paragraph int // from 1; sheet and cell may be 0
}

// parsePath reads "sheet[2]/row[12]/cell[5]/p[2]".
func parsePath(s string) (place, bool) {
	var at place
	steps := strings.Split(s, "/")
	if len(steps) == 4 {
		if at.sheet = step(steps[0], "sheet"); at.sheet == 0 {
			return at, false
		}
		steps = steps[1:]
	}
	if len(steps) != 3 {
		return at, false
	}
	at.row, at.paragraph = step(steps[0], "row"), step(steps[2], "p")
	if steps[1] != "text" {
		if at.cell = step(steps[1], "cell"); at.cell == 0 {
			return at, false
		}
	}
	return at, at.row > 0 && at.paragraph > 0
}

// step returns the number in "row[12]", or 0.
func step(s, name string) int {
	s, ok := strings.CutPrefix(s, name+"[")
	n, err := strconv.Atoi(strings.TrimSuffix(s, "]"))
	if !ok || err != nil || n < 1 || !strings.HasSuffix(s, "]") {
		return 0
	}
	return n
}

// A row is one row of a grid. Cells is only valid until the next row.
type row struct {
	n     int // as a spreadsheet program numbers it, from 1
	cells []string
	links []string // addresses behind cells, of a workbook; may be shorter than cells
	fault string   // why the row cannot be read, or ""
}

// A grid is one table of rows.
type grid struct {
	sheet  string   // its name, of a workbook
	number int      // of the sheet, from 1; 0 if the file holds no other
	header []string // where it stands in no row: of JSON, in the order of the cells
	fixed  *layout  // where the columns are known without names
	ragged bool     // rows may have too many or too few cells
	word   string   // "row", "line" or "item"
	each   func(yield func(row) bool) error
	first  []string // the first row with anything in it, once layout was called
}

// where names a row, or the whole grid, for a person.
func (g *grid) where(n int) string {
	word := g.word + " " + strconv.Itoa(n)
	switch {
	case g.number == 0 && n == 0:
		return "the table"
	case g.number == 0:
		return word
	case n == 0:
		return "sheet " + strconv.Quote(g.sheet)
	}
	return "sheet " + strconv.Quote(g.sheet) + ", " + word
}

// part names a row so that nothing else in the file has its name.
func (g *grid) part(n int) string {
	if g.number == 0 {
		return g.word + " " + strconv.Itoa(n)
	}
	return "sheet " + strconv.Itoa(g.number) + " row " + strconv.Itoa(n)
}

// path is the beginning of the paths into a row.
func (g *grid) path(n int) string {
	if g.number == 0 {
		return "row[" + strconv.Itoa(n) + "]/"
	}
	return "sheet[" + strconv.Itoa(g.number) + "]/row[" + strconv.Itoa(n) + "]/"
}

// layout says what the columns of g are for; ok is false if no row is a header
// that fits the named fields. Of several rows that could be one, that with the most
// known names is the header; under named fields the first that has those columns.
func (g *grid) layout(namedFields []namedField) (l layout, ok bool, err error) {
	if g.fixed != nil {
		g.first = []string{}
		return *g.fixed, true, nil
	}
	if g.header != nil {
		g.first = g.header
		l, ok = arrange(g.header, namedFields)
		return l, ok, nil
	}
	seen, best := 0, -1
	err = g.each(func(r row) bool {
		if emptyCells(r.cells) {
			return true
		}
		if g.first == nil {
			g.first = slices.Clone(r.cells)
		}
		if found, fits := arrange(r.cells, namedFields); fits && recognised(r.cells) > best {
			l, ok, best = found, true, recognised(r.cells)
			l.header, l.before = r.n, seen
			if numbered(namedFields) && !anyKnown(r.cells) {
				l.unnamed()
			}
		}
		seen++
		return seen < headerRows && (!ok || len(namedFields) == 0)
	})
	return l, ok, err
}

// anyKnown reports whether a cell has a name that a column can have.
func anyKnown(cells []string) bool {
	return slices.ContainsFunc(cells, func(c string) bool { _, ok := meaningOf(c); return ok })
}

// A reader fills a set from grids.
type reader struct {
	set         *document.Set
	namedFields []namedField
	rows        int // read so far
	size        int // bytes of text and facts so far
	unnamed     int // rows left beyond maxLeft
}

// left adds one row that was not understood.
func (r *reader) left(where, reason, hint string) {
	if len(r.set.Left) >= maxLeft {
		r.unnamed++
		return
	}
	r.set.Left = append(r.set.Left, document.Left{Where: where, Reason: reason, Hint: hint})
}

// close says how many rows were left that are not named.
func (r *reader) close() {
	if r.unnamed > 0 {
		r.set.Left = append(r.set.Left, document.Left{
			Where:  fmt.Sprintf("%d more rows", r.unnamed),
			Reason: fmt.Sprintf("as the %d before", maxLeft),
			Hint:   "put those right first and add the table again",
		})
	}
}

// sheet reads the rows of one grid.
func (r *reader) sheet(g *grid, l layout) {
	if l.before > 0 {
		r.set.Notes = append(r.set.Notes, fmt.Sprintf("the rows of %s before row %d stand above the header", g.where(0), l.header))
	}
	if unused := l.unused(); unused != "" {
		r.set.Notes = append(r.set.Notes, "columns that were not used: "+unused)
	}
	r.orderDates(g, &l)
	err := g.each(func(w row) bool {
		if w.n <= l.header || w.fault == "" && emptyCells(w.cells) {
			return true
		}
		if r.rows++; r.rows > maxRows || len(r.set.Drafts) >= document.MaxDrafts {
			r.left(g.where(w.n)+" and all after it", fmt.Sprintf("more than %d rows, or %d articles, in one file", maxRows, document.MaxDrafts),
				"cut the table into several files")
			return false
		}
		if r.size > maxText {
			r.left(g.where(w.n)+" and all after it", fmt.Sprintf("more than %d MiB of text in one file", maxText>>20), "cut the table into several files")
			return false
		}
		r.row(g, &l, w)
		return true
	})
	if err != nil {
		var broken *brokenWorkbookError
		where := g.where(0)
		if errors.As(err, &broken) && broken.Row > 0 {
			where = g.where(broken.Row) + " and what follows"
		}
		hint := recount.HintOf(err)
		if hint == "" {
			hint = "save the table again"
		}
		r.left(where, strings.TrimSuffix(err.Error(), ": "+recount.ErrRefused.Error()), hint)
	}
}

// overParagraph is what a paragraph costs besides its text, in bytes.
const overParagraph = 64

// row makes a draft or a lead of one row.
func (r *reader) row(g *grid, l *layout, w row) {
	if w.fault != "" {
		r.left(g.where(w.n), w.fault, "put the row right in a spreadsheet program and add the table again")
		return
	}
	if l.again(w.cells) {
		r.left(g.where(w.n), "the header once more", "nothing, if several tables were put together here")
		return
	}
	if extra := len(w.cells) - l.width; g.ragged && (extra < 0 || extra > 0 && !emptyCells(w.cells[l.width:])) {
		reason := fmt.Sprintf("%d cells under a header of %d", len(w.cells), l.width)
		if len(w.cells) == 1 {
			reason = fmt.Sprintf("one cell under a header of %d", l.width)
		}
		r.left(g.where(w.n), reason,
			"look for a separator or a line break that no quotation marks enclose")
		return
	}
	url, at := l.urlOf(w.cells, w.links)
	file := l.fileOf(w.cells)
	facts := l.factsOf(w.cells, url, at)
	for _, f := range facts {
		r.size += len(f.Value)
	}
	col, list, fault := l.textOf(w.cells)
	if fault != "" {
		r.left(g.where(w.n), fault, "save the page as a file of its own and add that")
		return
	}
	if col < 0 {
		switch {
		case url == "" && file == "" && l.hasURL(w.cells):
			r.left(g.where(w.n), "no text, and no web address in the address column", "write the whole address, from https:// on")
		case url == "" && file == "":
			r.left(g.where(w.n), "neither text nor an address", "add the article in another way")
		default:
			r.set.Lead(document.Lead{URL: url, Range: g.where(w.n), File: file, Facts: facts})
		}
		return
	}
	if len(list) > 1 && list[0].Text == tidy(l.value(w.cells, "title")) {
		list = list[1:] // the title stands above the text as well
	}
	r.size += len(w.cells[col])
	r.size += overParagraph * len(list)
	path := g.path(w.n) + "text/p["
	if len(r.namedFields) > 0 || l.fixed {
		path = g.path(w.n) + "cell[" + strconv.Itoa(col+1) + "]/p["
	}
	d := document.Draft{Part: g.part(w.n), Range: g.where(w.n), Facts: facts}
	if d.Part == d.Range {
		d.Range = d.Part // one string for both
	}
	d.Paragraphs = make([]document.Paragraph, len(list))
	for i, p := range list {
		d.Paragraphs[i] = document.Paragraph{Text: p.Text, Path: path + strconv.Itoa(p.N) + "]", Role: p.Role}
	}
	if size := len(w.cells[col]); size >= maxPlain && len([]rune(w.cells[col])) == maxPlain {
		d.Notes = append(d.Notes, fmt.Sprintf("the text is exactly %d characters long, where Excel cuts a cell: its end may be missing", maxPlain))
	}
	if cutShort(w.cells[col]) {
		d.Notes = append(d.Notes, "the text says itself that its end was cut off")
	}
	if url == "" && l.hasURL(w.cells) {
		d.Notes = append(d.Notes, "the address column holds no web address")
	}
	r.set.Drafts = append(r.set.Drafts, d)
}
