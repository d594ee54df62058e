package cli

import (
	"context"
	"io"
	"os"

	"recount"

	"recount/internal/filter"
)

type textCmd struct {
	Files []string `arg:"" name:"file" help:"Pages; .gz too."`
}

func (c *textCmd) Run(r *runner) error {
	return lines(filter.Text(r.Ctx, c.Files, r.Out, r.Opts.Child, r.Opts.Log))
}

// lines turns the number of bad lines into the exit code.
func lines(bad int, err error) error {
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
	return lines(f(r.Ctx, in, r.Out))
}

type quotesCmd struct{ jsonlCmd }

func (c *quotesCmd) Run(r *runner) error { return c.with(r, filter.Quotes) }

type matchCmd struct{ jsonlCmd }

func (c *matchCmd) Run(r *runner) error { return c.with(r, filter.Match) }

type copiesCmd struct {
	jsonlCmd
	Min string `help:"Weakest relation that is printed: copy, partial, quote_only or trace." default:"trace" enum:"copy,partial,quote_only,trace"`
}

func (c *copiesCmd) Run(r *runner) error {
	return c.with(r, func(ctx context.Context, in io.Reader, out io.Writer) (int, error) {
		return filter.Copies(ctx, in, out, recount.RelationKind(c.Min))
	})
}

type proposeCmd struct{ jsonlCmd }

func (c *proposeCmd) Run(r *runner) error { return c.with(r, filter.Propose) }

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
		return filter.Origins(ctx, in, out, corpus)
	})
}
