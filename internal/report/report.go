package report

import (
	"recount"
	"recount/internal/report/cite"
	"recount/internal/report/words"
)

// The parts of a report that others need, under one roof.
type (
	Material    = cite.Material
	Translation = cite.Translation
	Variable    = cite.Variable
	Safe        = cite.Safe

	Annex       = cite.Annex
	Agreement   = cite.Agreement
	Coder       = cite.Coder
	Boundary    = cite.Boundary
	Grade       = cite.Grade
	MovedByRule = cite.Moved
	Without     = cite.Without
	Since       = cite.Since
)

// The rules that change what the report on a pile counts.
const (
	FoldReprints         = cite.FoldReprints
	SetAsideOtherStories = cite.SetAsideOtherStories
)

// Lines writes results for a terminal, one a line, in columns.
func Lines(results []recount.Result) string { return words.Lines(results) }

// Said writes a result with its range: "4 of 29 (13.8%), range 13.8% to 14.8%".
func Said(r recount.Result) string {
	s := words.KOfN(r)
	if x := words.Range(r); x != "" {
		s += " [range " + x + "]"
	}
	return s
}

// Moves reports whether an open question moves a result, its whole or its share.
func Moves(r recount.Result) bool { return words.Range(r) != "" }

// Label names a result or a row of one in words: "May 2014".
func Label(r recount.Result) string { return rowLabel(r) }

// Day writes a date in words: "14 May 2014".
func Day(iso string) string { return words.Day(iso) }

// Decided says in words what decisions of a kind are about.
func Decided(k recount.Kind) string { return words.Decision(k) }
