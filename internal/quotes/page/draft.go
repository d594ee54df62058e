package page

import "recount"

// A draft is a quotation before its speaker is known. Its content spans are as
// in PARC: with the quotation marks.
type Draft struct {
	Source     []recount.Span
	Cue        []recount.Span
	Content    []recount.Span
	CueLemma   string
	Speech     bool
	Turn       bool // a turn of a transcript
	Inner      bool // it stands inside another quotation
	Floating   bool // no cue: it continues whoever spoke before
	Confidence recount.Milli
}
