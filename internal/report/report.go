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
)

// The rules that change what the report on a pile counts.
const (
	FoldReprints         = cite.FoldReprints
	SetAsideOtherStories = cite.SetAsideOtherStories
)

// Lines writes results for a terminal, one a line, in columns.
func Lines(results []recount.Result) string { return words.Lines(results) }
