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

	Annex       = cite.Annex
	Agreement   = cite.Agreement
	Coder       = cite.Coder
	Boundary    = cite.Boundary
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
