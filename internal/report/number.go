package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/report/prose"
)

// partUnit is the unit of a number that a section of a report prints: a list
// that is counted, and no result.
const partUnit = "items"

// numberOf is what the manifest says of a result or, with the position of the
// row, of a row of it and the cells of that row. It has no page yet.
func numberOf(res *recount.Result, name string, row int) Number {
	n := Number{Name: name, Row: row, Label: prose.Label(*res), Unit: cmp.Or(res.Unit, "cases"), N: res.N, Of: res.Of,
		Range: [2]int{res.Range.Low, res.Range.High}, OfRange: [2]int{res.OfRange.Low, res.OfRange.High},
		Share: [4]int{res.ShareRange.LowN, res.ShareRange.LowOf, res.ShareRange.HighN, res.ShareRange.HighOf},
		Exact: res.Range.Exact, Questions: len(res.Questions), Machine: res.Machine, Cases: res.Cases}
	if v := res.Ratio; v != nil {
		n.Ratio = &[4]int{v.N, v.Units, v.Than, v.ThanUnits}
	}
	if row > 0 {
		for i := range res.Rows {
			n.Cells = append(n.Cells, numberOf(&res.Rows[i], res.Rows[i].Name, 0))
		}
	}
	return n
}

// A ChangedNumber is a number that is another one when it is counted again.
type ChangedNumber struct {
	Label string // in words: "reason and gender: pay: woman"
	Was   string // "4 of 29, range 4 to 4"; "not there" of a number that is new
	Now   string
}

// Recount sets the numbers of a study's report beside the same results counted
// again: each result, row and cell, with its range, what machines read and the
// ids of those counted. It returns how many it looked at and those that moved.
func (m *Manifest) Recount(results []recount.Result) (looked int, moved []ChangedNumber) {
	type key struct {
		name string
		row  int
	}
	was, now := map[key]*Number{}, map[key]bool{}
	for i := range m.Numbers {
		if m.Numbers[i].Unit == partUnit {
			now[key{m.Numbers[i].Name, 0}] = true // rendering again looks at it
			continue
		}
		was[key{m.Numbers[i].Name, m.Numbers[i].Row}] = &m.Numbers[i]
	}
	var compare func(label string, old, again *Number)
	compare = func(label string, old, again *Number) {
		looked++
		if a, b := said(old), said(again); a != b {
			moved = append(moved, ChangedNumber{label, a, b})
		} else if !slices.Equal(old.Cases, again.Cases) {
			moved = append(moved, ChangedNumber{label, a, b + ", but of other people"})
		}
		for i := range max(len(old.Cells), len(again.Cells)) {
			switch {
			case i >= len(old.Cells):
				moved = append(moved, ChangedNumber{label + ": " + again.Cells[i].Label, "not there", said(&again.Cells[i])})
			case i >= len(again.Cells) || old.Cells[i].Name != again.Cells[i].Name:
				moved = append(moved, ChangedNumber{label + ": " + old.Cells[i].Label, said(&old.Cells[i]), "not there"})
			default:
				compare(label+": "+again.Cells[i].Label, &old.Cells[i], &again.Cells[i])
			}
		}
	}
	one := func(res *recount.Result, name string, row int, label string) {
		n := numberOf(res, name, row)
		now[key{name, row}] = true
		if old := was[key{name, row}]; old != nil {
			compare(label, old, &n)
		} else {
			moved = append(moved, ChangedNumber{label, "not there", said(&n)})
		}
	}
	for i := range results {
		r := &results[i]
		one(r, r.Name, 0, prose.Label(*r))
		for j := range r.Rows {
			one(&r.Rows[j], r.Name, j+1, prose.Label(*r)+": "+prose.Label(r.Rows[j]))
		}
	}
	for i := range m.Numbers {
		if n := &m.Numbers[i]; !now[key{n.Name, n.Row}] {
			moved = append(moved, ChangedNumber{n.Label, said(n), "not there"})
		}
	}
	return looked, moved
}

// said writes all that a number says.
func said(n *Number) string {
	s := prose.Grouped(n.N)
	if n.Of > 0 {
		s += " of " + prose.Grouped(n.Of)
	}
	if n.Ratio != nil {
		s += fmt.Sprintf(", %d in %d against %d in %d", n.Ratio[0], n.Ratio[1], n.Ratio[2], n.Ratio[3])
	}
	s += fmt.Sprintf(", range %d to %d", n.Range[0], n.Range[1])
	if n.Of > 0 {
		s += fmt.Sprintf(" of %d to %d, shares %d/%d to %d/%d", n.OfRange[0], n.OfRange[1], n.Share[0], n.Share[1], n.Share[2], n.Share[3])
	}
	if !n.Exact {
		s += ", not exact"
	}
	if n.Machine > 0 {
		s += fmt.Sprintf(", %d machine-read", n.Machine)
	}
	return s
}

// Parts lists the numbers that the parts of a report print: lists that are
// counted, and no results.
func (m *Manifest) Parts() (out []Number) {
	for _, n := range m.Numbers {
		if n.Unit == partUnit && strings.HasPrefix(n.Name, "part-") {
			out = append(out, n)
		}
	}
	return out
}
