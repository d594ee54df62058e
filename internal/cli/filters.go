package cli

// This file holds the filters: recount without a study. Files or JSON Lines
// come in, JSON Lines go out, one object per input in the same order. A bad line
// gives {"line":n,"error":"..."} in its place, and the number of those is
// returned. Offsets are Unicode code points. Input is streamed in batches on all
// cores, but for copies, which needs all articles.

import (
	"context"
	"io"
	"os"

	"recount"
)

type textCmd struct {
	Files []string `arg:"" name:"file" help:"Pages; .gz too."`
}

func (c *textCmd) Run(r *runner) error {
	return badLines(filterText(r.Ctx, c.Files, r.Out, r.Opts.Child, r.Opts.Log))
}

// badLines turns the number of bad lines into the exit code.
func badLines(bad int, err error) error {
	if err == nil && bad > 0 {
		return errItems
	}
	return err
}

// A jsonlCmd reads JSON Lines from standard input or from a file.
type jsonlCmd struct {
	File string `arg:"" optional:"" help:"JSON Lines; standard input if none is named."`
}

func (c *jsonlCmd) with(r *runner, f func(context.Context, io.Reader, io.Writer) (int, error)) error {
	in := r.In
	if c.File != "" && c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return recount.WithHint(err, "name a file of JSON Lines, or give them on standard input")
		}
		defer file.Close()
		in = file
	}
	return badLines(f(r.Ctx, in, r.Out))
}

type quotesCmd struct{ jsonlCmd }

func (c *quotesCmd) Run(r *runner) error { return c.with(r, filterQuotes) }

type matchCmd struct{ jsonlCmd }

func (c *matchCmd) Run(r *runner) error { return c.with(r, filterMatch) }

type copiesCmd struct {
	jsonlCmd
	Min string `help:"Weakest relation that is printed: copy, partial, quote_only or trace." default:"trace" enum:"copy,partial,quote_only,trace"`
}

func (c *copiesCmd) Run(r *runner) error {
	return c.with(r, func(ctx context.Context, in io.Reader, out io.Writer) (int, error) {
		return filterCopies(ctx, in, out, recount.RelationKind(c.Min))
	})
}

type proposeCmd struct{ jsonlCmd }

func (c *proposeCmd) Run(r *runner) error { return c.with(r, filterPropose) }

type originsCmd struct {
	jsonlCmd
	Against string `help:"JSON Lines of the articles that the sentences may come from." placeholder:"FILE" required:""`
}

func (c *originsCmd) Run(r *runner) error {
	corpus, err := os.Open(c.Against)
	if err != nil {
		return recount.WithHint(err, "name a file of JSON Lines with id and text")
	}
	defer corpus.Close()
	return c.with(r, func(ctx context.Context, in io.Reader, out io.Writer) (int, error) {
		return filterOrigins(ctx, in, out, corpus)
	})
}
