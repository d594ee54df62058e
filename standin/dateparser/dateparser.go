// Package dateparser stands in for the library of this name, which builds 80 MB of
// tables whenever a program starts that holds it. It comes with go-trafilatura,
// through go-htmldate, and is used there for dates only, which recount never
// asks it for. This package has what go-htmldate names, and reads no date.
package dateparser

import (
	"errors"
	"time"
)

// A ParserType is a way to read a date.
type ParserType int

// The ways that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// A PreferredDateSource says which of several dates is meant.
type PreferredDateSource int

// Past is the source that go-htmldate names.
const Past PreferredDateSource = 1

// Configuration is what go-htmldate sets.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// A Parser reads no date.
type Parser struct {
	ParserTypes []ParserType
}

// A Date is a date that was read.
type Date struct {
	Time time.Time
}

// errNone is the answer to every date.
var errNone = errors.New("dates are not read here")

// Parse reads no date.
func (p *Parser) Parse(_ *Configuration, _ string, _ ...string) (Date, error) {
	return Date{}, errNone
}
