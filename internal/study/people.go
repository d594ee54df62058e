package study

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
)

// A Table is the dataset: one row a person.
type Table struct {
	Columns []string
	Rows    [][]string
	numbers map[int]bool // columns that hold whole numbers
}

// People returns the dataset of the study: the people who count, as the
// counting rules see them, and the speakers of whom it is unclear. Whoever is
// counted has a 1 under counted; their number is that of `recount count`.
func (s *Study) People(ctx context.Context) (*Table, error) {
	return s.people(ctx, needs{codebook: true})
}

// Listed is People for a list that shows no code: a codebook that is half written
// does not stop it.
func (s *Study) Listed(ctx context.Context) (*Table, error) { return s.people(ctx, needs{}) }

func (s *Study) people(ctx context.Context, n needs) (*Table, error) {
	book, err := s.casebook(ctx, n)
	if err != nil {
		return nil, err
	}
	p := s.problem(book)
	p.Members, p.Links = book.Members(), book.Links()
	persons, err := p.Persons()
	if err != nil {
		return nil, err
	}
	type row struct {
		count.Person
		scope string
	}
	var rows []row
	for _, x := range persons {
		rows = append(rows, row{x, recount.Yes})
	}
	unclear, err := p.Unclear()
	if err != nil {
		return nil, err
	}
	for _, x := range unclear {
		rows = append(rows, row{x, recount.Unclear})
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(strings.Compare(known(a.FirstReported, "9"), known(b.FirstReported, "9")), strings.Compare(a.ID, b.ID))
	})
	t := &Table{numbers: map[int]bool{}}
	number := func(name string) { t.numbers[len(t.Columns)] = true; t.Columns = append(t.Columns, name) }
	t.Columns = append(t.Columns, "id", "name", "name_outlet", "scope")
	number("counted")
	t.Columns = append(t.Columns, "gender", "kind", "first_reported", "first_outlet", "first_name", "tier")
	number("held")
	for _, n := range []string{"outlets", "originals", "owners", "articles", "statements"} {
		number(n)
	}
	graded := len(s.config.Grades) > 0
	if graded {
		t.Columns = append(t.Columns, "grade")
	}
	// A variable of the study that is called gender decides that column.
	var variables []string
	for _, v := range s.config.Names() {
		if v != "gender" {
			variables = append(variables, v)
		}
	}
	t.Columns = append(t.Columns, variables...)
	for _, c := range s.codes.Codes {
		number("code:" + c.Code)
	}
	if graded {
		for _, v := range s.config.Names() {
			t.Columns = append(t.Columns, "grade:"+v)
		}
		for _, c := range s.codes.Codes {
			t.Columns = append(t.Columns, "grade:code:"+c.Code)
		}
	}
	whole, err := book.PersonsByMember(ctx)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		x := &rows[i]
		name, by, first := x.Named()
		safe := whole[x.Members[0].Key]
		out := []string{short(x.ID), name, by, x.scope, flag(x.Counted), x.Gender, x.Kind, known(x.FirstReported, ""), known(x.FirstOutlet, ""), first, string(safe.Tier()), flag(safe.Held()),
			strconv.Itoa(len(x.Outlets)), strconv.Itoa(x.Originals), strconv.Itoa(x.Owners), strconv.Itoa(x.Articles), strconv.Itoa(x.Statements)}
		if graded {
			out = append(out, x.Grade)
		}
		for _, v := range variables {
			out = append(out, known(x.Values[v], ""))
		}
		for _, c := range s.codes.Codes {
			out = append(out, flag(x.Has(c.Code)))
		}
		if graded {
			for _, v := range s.config.Names() {
				out = append(out, x.ValueGrades[v])
			}
			for _, c := range s.codes.Codes {
				out = append(out, x.CodeGrades[c.Code])
			}
		}
		t.Rows = append(t.Rows, out)
	}
	return t, nil
}

// short cuts an id to what the lists show.
func short(id string) string { return id[:min(12, len(id))] }

// known returns a value, or what stands for one that nobody knows.
func known(v, none string) string {
	if v == "unknown" || v == "" {
		return none
	}
	return v
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// CSV writes the table as RFC 4180 asks. A cell that a spreadsheet would run
// as a formula begins with an apostrophe.
func (t *Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Safe(cell)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Safe makes a cell that begins like a formula text: with =, +, -, @, a tab or
// a carriage return, also behind blanks (OWASP, CSV injection). Characters that act on
// a terminal or turn a line are made visible, in the cells of a workbook too.
func Safe(cell string) string {
	cell = recount.Visible(cell)
	if s := strings.TrimLeft(cell, " \u00a0"); s != "" && strings.ContainsRune("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20", []rune(s)[0]) {
		return "'" + cell
	}
	return cell
}

// maxCell is how many characters a cell of a workbook may hold.
const maxCell = 32767

// XLSX writes the table as a workbook. Cells are text, or whole numbers in the
// columns that count; no cell is a formula.
func (t *Table) XLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "people"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	if err := f.SetDocProps(undated()); err != nil {
		return err
	}
	if err := t.sheet(f, sheet); err != nil {
		return err
	}
	return f.Write(w)
}

// undated are the properties of a workbook: the same study gives the same
// bytes.
func undated() *excelize.DocProperties {
	return &excelize.DocProperties{Creator: "recount " + recount.Version, Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}
}

// sheet writes the table into a sheet of a workbook.
func (t *Table) sheet(f *excelize.File, sheet string) error {
	for r, row := range append([][]string{t.Columns}, t.Rows...) {
		for i, cell := range row {
			at, err := excelize.CoordinatesToCellName(i+1, r+1)
			if err != nil {
				return fmt.Errorf("people: %w", err)
			}
			if n, err := strconv.Atoi(cell); err == nil && r > 0 && t.numbers[i] {
				if err := f.SetCellInt(sheet, at, int64(n)); err != nil {
					return err
				}
				continue
			}
			cell = recount.Visible(cell)
			if x := []rune(cell); len(x) > maxCell {
				cell = string(x[:maxCell])
			}
			if err := f.SetCellStr(sheet, at, cell); err != nil {
				return err
			}
		}
	}
	return nil
}

// CountTable is a result as a table: one row a number, with its range; the cells of
// a cross table stand behind their row, with the name of the column.
func CountTable(r recount.Result) *Table {
	r = count.OfCoded(r) // as reports show it
	t := &Table{Columns: []string{"name", "label", "n", "of", "low", "high", "exact", "machine_read"}}
	crossed := len(r.Rows) > 0 && len(r.Rows[0].Rows) > 0
	if crossed {
		t.Columns = slices.Insert(t.Columns, 1, "column")
	}
	put := func(x recount.Result, name, column string) {
		exact := "yes"
		if !x.Range.Exact {
			exact = "no"
		}
		row := []string{name, x.Label, strconv.Itoa(x.N), whole(x.Of), strconv.Itoa(x.Range.Low), strconv.Itoa(x.Range.High), exact, strconv.Itoa(x.Machine)}
		if crossed {
			row = slices.Insert(row, 1, column)
		}
		t.Rows = append(t.Rows, row)
	}
	rows := append([]recount.Result{r}, r.Rows...)
	if len(r.Rows) > 0 {
		rows = r.Rows
	}
	for _, x := range rows {
		put(x, x.Name, "")
		for _, c := range x.Rows {
			put(c, x.Name, c.Name)
		}
	}
	return t
}

// whole writes the whole of a share; "" where the number is no share.
func whole(of int) string {
	if of == 0 {
		return ""
	}
	return strconv.Itoa(of)
}

// A CodeCount is a code of the codebook with what it was given to.
type CodeCount struct {
	recount.Code
	People     int      // who count and carry it, those of its sub-codes among them
	Statements int      // statements and passages that carry it, of anybody
	Under      int      // those that carry it or a sub-code of it
	Became     string   // what happened to it: "merged into danger"; "" if nothing did
	Left       int      // of a code that was split: its statements that nobody has looked at again
	To         []string // what it became
}

// Codes lists the codes of the codebook, and those that left it and were given
// to something, with counts.
func (s *Study) Codes(ctx context.Context) ([]CodeCount, error) {
	book, err := s.casebook(ctx, needs{codebook: true})
	if err != nil {
		return nil, err
	}
	p := s.problem(book)
	p.Members, p.Links = book.Members(), book.Links()
	persons, err := p.Persons()
	if err != nil {
		return nil, err
	}
	var out []CodeCount
	at := map[string]int{}
	add := func(c recount.Code) {
		if _, ok := at[c.Code]; !ok {
			at[c.Code] = len(out)
			out = append(out, CodeCount{Code: c})
		}
	}
	for _, c := range s.codes.Codes {
		add(c)
	}
	given := book.Coded()
	for _, code := range sorted(given) {
		add(recount.Code{Code: code})
		out[at[code]].Statements = len(given[code])
	}
	under, lineage := map[string]map[string]bool{}, count.Lineage(s.codes)
	for code, places := range given {
		for _, up := range lineage(code) {
			if under[up] == nil {
				under[up] = map[string]bool{}
			}
			maps.Copy(under[up], places)
		}
	}
	for j := range out {
		out[j].Under = len(under[out[j].Code.Code])
	}
	for i := range persons {
		if persons[i].Counted {
			for j := range out {
				if persons[i].Has(out[j].Code.Code) {
					out[j].People++
				}
			}
		}
	}
	for _, b := range casebook.Settled[recount.CodebookBody](book.View, recount.KindCodebook) {
		add(recount.Code{Code: b.Code})
		c := &out[at[b.Code]]
		c.To = b.To
		switch b.Op {
		case recount.MoveCode:
			c.Became = "moved to " + b.To[0]
		case recount.MergeCode:
			c.Became = "merged into " + b.To[0]
		case recount.SplitCode:
			c.Became = "split into " + strings.Join(b.To, ", ")
			for place := range given[b.Code] {
				if !slices.ContainsFunc(b.To, func(to string) bool { return to != b.Code && given[to][place] }) {
					c.Left++
				}
			}
		}
	}
	return out, nil
}

// Coded lists the statements and passages to which people gave a code.
func (s *Study) Coded(ctx context.Context, code string) ([]string, error) {
	book, err := s.casebook(ctx, needs{codebook: true})
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []string
	for _, d := range append(book.Holding(recount.KindCode), book.Holding(recount.KindPassage)...) {
		if d.Answer.Says() != recount.Yes || d.Answer.Subject() != code {
			continue
		}
		an := d.Answer.Anchors()[0]
		if line := fmt.Sprintf("%s: %s", an.Page, clip(strings.Join(an.Exact, " ... "), 100)); !seen[line] {
			seen[line] = true
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out, nil
}
