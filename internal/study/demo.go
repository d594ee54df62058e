package study

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"recount/examples"
)

// Demo copies the example study to dir, runs every step over it and opens it.
// A demo that is there already is brought up to date.
func Demo(ctx context.Context, dir string, o Options) (*Study, *Ran, error) {
	out := &Ran{Dir: dir, Continued: Exists(dir)}
	example := examples.Order()
	var s *Study
	var err error
	if out.Continued {
		s, err = Open(ctx, dir, o)
	} else {
		files := map[string][]byte{}
		for _, name := range []string{studyFile, codebookFile, reportFile} {
			if files[name], err = fs.ReadFile(example, name); err != nil {
				return nil, nil, fmt.Errorf("the example study: %w", err)
			}
		}
		s, err = Create(ctx, dir, files, examples.OrderID, false, o)
	}
	if err != nil {
		return nil, nil, err
	}
	fail := func(err error) (*Study, *Ran, error) {
		s.Close()
		return nil, out, err
	}
	f, err := example.Open("decisions.jsonl")
	if err != nil {
		return fail(fmt.Errorf("the example study: %w", err))
	}
	defer f.Close()
	// The pages lie in the binary; add takes files, so that the demo shows
	// what a user does.
	tmp, err := os.MkdirTemp("", "recount-demo-")
	if err != nil {
		return fail(err)
	}
	defer os.RemoveAll(tmp)
	pages, err := fs.Sub(example, "pages")
	if err != nil {
		return fail(err)
	}
	if err := os.CopyFS(filepath.Join(tmp, "pages"), pages); err != nil {
		return fail(err)
	}
	if out.Added, err = s.Add(ctx, Offer{Paths: []string{filepath.Join(tmp, "pages")}, Search: "the example pages"}); err != nil {
		return fail(err)
	}
	if out.Extracted, err = s.Extract(ctx, false); err != nil {
		return fail(err)
	}
	if _, err := s.ImportDecisions(ctx, f, Consent{Trusted: true}); err != nil {
		return fail(err)
	}
	if out.Produced, err = s.Report(ctx); err != nil {
		return fail(err)
	}
	return s, out, nil
}
