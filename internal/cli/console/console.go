// Package console is what the verbs of the command line have in common: where
// they read and write, the study they open and how they say things.
package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"recount/internal/study"
)

// ErrItems ends a verb that was done although items were refused, differ or
// fail a check. They have been listed, so nothing more is printed.
var ErrItems = errors.New("items were listed")

// A Console is what a verb needs of the world.
type Console struct {
	Ctx    context.Context
	In     io.Reader
	Out    io.Writer
	Err    io.Writer
	Dir    string // of the study
	Round  string // of coding
	Opts   study.Options
	Finish func() // ends the progress line
}

// Open opens the study the flags name.
func (c *Console) Open() (*study.Study, error) { return study.Open(c.Ctx, c.Dir, c.Opts) }

// Printf ends the progress line and prints.
func (c *Console) Printf(format string, a ...any) {
	c.Finish()
	fmt.Fprintf(c.Out, format, a...)
}

// Plural returns "1 page" or "3 pages".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Cell returns text as one line.
func Cell(s string) string { return strings.Join(strings.Fields(s), " ") }
