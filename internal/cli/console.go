package cli

// What the verbs of the command line have in common: where they read and
// write, the study they open and how they say things.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"recount"
	"recount/internal/shards"
	"recount/internal/study"
)

// errItems ends a verb that was done although items were refused, differ or
// fail a check. They have been listed, so nothing more is printed.
var errItems = errors.New("items were listed")

// A Console is what a verb needs of the world.
type Console struct {
	Ctx     context.Context
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Dir     string // of the study
	Round   string // of coding
	Opts    study.Options
	Store   shards.Store // object stores; nil in recount itself
	Finish  func()       // ends the progress line
	Unnamed bool         // nobody said who decides

	opened []*study.Study // are closed when the verb has ended
}

// Open opens the study the flags name. It is closed when the verb has ended.
func (c *Console) Open() (*study.Study, error) {
	s, err := study.Open(c.Ctx, c.Dir, c.Opts)
	if err == nil {
		c.closeLater(s)
	}
	return s, err
}

// closeLater has a study closed when the verb has ended.
func (c *Console) closeLater(s *study.Study) { c.opened = append(c.opened, s) }

// end closes what a verb opened. That the study cannot be closed is an error of
// the verb, unless it has one that says more.
func (c *Console) end(err error) error {
	for _, s := range slices.Backward(c.opened) {
		if fault := s.Close(); fault != nil && (err == nil || errors.Is(err, errItems)) {
			err = fmt.Errorf("close the study: %w", fault)
		}
	}
	c.opened = nil
	return err
}

// Printf ends the progress line and prints, so that a terminal shows what
// strangers wrote and does nothing of what it says.
func (c *Console) Printf(format string, a ...any) {
	c.Finish()
	if format != "%s" { // which prints lines as they are
		for i, x := range a {
			if s, ok := x.(string); ok {
				a[i] = oneLine(s)
			}
		}
	}
	io.WriteString(c.Out, recount.Visible(fmt.Sprintf(format, a...)))
}

// oneLine puts U+FFFD in the place of line ends in what a line holds: a name
// with one in it must not look like a line of recount.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\u0085' {
			return '\uFFFD'
		}
		return r
	}, s)
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

// cut returns the first characters of a text that somebody else wrote.
func cut(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "..."
		}
	}
	return s
}
