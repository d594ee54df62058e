package report

import (
	"strings"

	"recount"
	"recount/internal/count"
	"recount/internal/report/prose"
)

// Lines writes results for a terminal, one a line, in columns.
func Lines(results []recount.Result) string { return prose.Lines(ofCoded(results)) }

// ofCoded are results as they are shown: a cross table by code is of the people coded.
func ofCoded(results []recount.Result) []recount.Result {
	out := make([]recount.Result, len(results))
	for i := range results {
		out[i] = count.OfCoded(results[i])
	}
	return out
}

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

// Coded says of a number that looks at codes of how many people behind it anything was
// coded; "" if it looks at none, or everybody was.
func Coded(r recount.Result) string { return prose.Coded(r) }

// Rounded says as a sentence that shares which are rounded one by one do not add up, or "".
func Rounded(rows []recount.Result, of int) string { return inSentences(prose.Rounded(rows, of)) }

// Interval writes an interval under its name, or "".
func Interval(r recount.Result) string { return prose.Interval(r) }

// Beside is what stands beside a number in a sentence besides its range: its interval,
// and what it allows to be said of two periods.
func Beside(r recount.Result) string {
	s := prose.IntervalSaid(r)
	if r.Ratio != nil && r.Note != "" && s != "" {
		s += "; " + prose.Periods(r.Note)
	}
	return s
}

// Caption is a label as it stands above a table.
func Caption(label string) string { return sentence(label) }

// Label names a result or a row of one in words: "May 2014".
func Label(r recount.Result) string { return rowLabel(r) }

// Day writes a date in words: "14 May 2014".
func Day(iso string) string { return prose.Day(iso) }

// Decided says in words what decisions of a kind are about.
func Decided(k recount.Kind) string { return prose.Decision(k) }
