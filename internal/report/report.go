package report

import (
	"strings"

	"recount"
	"recount/internal/report/prose"
)

// Lines writes results for a terminal, one a line, in columns.
func Lines(results []recount.Result) string { return prose.Lines(results) }

// Said writes a result with its range: "4 of 29 (13.8%), range 13.8% to 14.8%".
func Said(r recount.Result) string {
	s := prose.KOfN(r)
	var beside []string
	if x := prose.Range(r); x != "" {
		beside = append(beside, "range "+x)
	}
	if x := prose.Coded(r); x != "" {
		beside = append(beside, x)
	}
	if len(beside) > 0 {
		s += " [" + strings.Join(beside, "; ") + "]"
	}
	return s
}

// Moves reports whether an open question moves a result, its whole or its share.
func Moves(r recount.Result) bool { return prose.Range(r) != "" }

// Label names a result or a row of one in words: "May 2014".
func Label(r recount.Result) string { return rowLabel(r) }

// Day writes a date in words: "14 May 2014".
func Day(iso string) string { return prose.Day(iso) }

// Decided says in words what decisions of a kind are about.
func Decided(k recount.Kind) string { return prose.Decision(k) }
