package page

import "recount"

// A Draft is a quotation before its speaker is known. Its content spans are as
// in PARC: with the quotation marks.
type Draft struct {
	Source     []recount.Span
	Cue        []recount.Span
	Content    []recount.Span
	CueLemma   string
	Speech     bool
	Turn       bool         // a turn: all of its content is said, with marks or without
	Part       Part         // of a turn without a name
	Group      int          // of a turn that is told: which letter or piece it belongs to
	Block      bool         // it stands in the line after the one that announces it
	Lead       recount.Span // that line, where it names no source by itself
	Inner      bool         // it stands inside another quotation
	Floating   bool         // no cue: it continues whoever spoke before
	Confidence recount.Milli
}

// A Part is what somebody does in a conversation.
type Part uint8

// Parts. Who tells is the writer of a letter or of a piece in the first person.
const (
	Plain Part = iota
	Asks
	Answers
	Tells
)
