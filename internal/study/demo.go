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
	tmp, err := s.Inbox()
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
	if out.Produced, err = s.Report(ctx, Edition{}); err != nil {
		return fail(err)
	}
	return s, out, nil
}

// Example makes the example study in dir with its pages, read, and without
// what its analyst decided: a study to try things on. One that is there
// already is opened.
func Example(ctx context.Context, dir string, o Options) (*Study, error) {
	if Exists(dir) {
		return Open(ctx, dir, o)
	}
	example := examples.Order()
	files := map[string][]byte{}
	var err error
	for _, name := range []string{studyFile, codebookFile, reportFile} {
		if files[name], err = fs.ReadFile(example, name); err != nil {
			return nil, fmt.Errorf("the example study: %w", err)
		}
	}
	s, err := Create(ctx, dir, files, "", true, o)
	if err != nil {
		return nil, err
	}
	if err := s.addExample(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// addExample adds the pages of the example study and reads them.
func (s *Study) addExample(ctx context.Context) error {
	pages, err := fs.Sub(examples.Order(), "pages")
	if err != nil {
		return err
	}
	tmp, err := s.Inbox()
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := os.CopyFS(filepath.Join(tmp, "pages"), pages); err != nil {
		return err
	}
	if _, err := s.Add(ctx, Offer{Paths: []string{filepath.Join(tmp, "pages")}, Search: "the example pages"}); err != nil {
		return err
	}
	_, err = s.Extract(ctx, false)
	return err
}
