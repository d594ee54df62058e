package study

import (
	"context"
	"io"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study/intake"
	"recount/internal/study/isolate"
)

// What is given to a study, and what came of it.
type (
	Offer    = intake.Offer
	Web      = intake.Web
	Added    = intake.Added
	Supplied = intake.Supplied
)

func (s *Study) shelf() *intake.Shelf {
	return &intake.Shelf{Store: s.store, Archive: s.archive, Actor: s.opts.Actor, Now: s.opts.Now, Progress: s.opts.Progress}
}

// Add archives files, folders and pages of the web.
func (s *Study) Add(ctx context.Context, o Offer) (out *Added, err error) {
	err = s.change(ctx, func() error {
		out, err = s.shelf().Add(ctx, o)
		return err
	})
	return out, err
}

// Watch asks feeds once for pages that the study has no capture of, and takes
// them. No feeds = those that were watched before.
func (s *Study) Watch(ctx context.Context, o Offer) (out *Added, err error) {
	err = s.change(ctx, func() error {
		out, err = s.shelf().Watch(ctx, o)
		return err
	})
	return out, err
}

// Attach archives what a person supplies for a page that could not be read.
func (s *Study) Attach(ctx context.Context, x Supplied) (out *Added, err error) {
	err = s.change(ctx, func() error {
		out, err = s.shelf().Attach(ctx, x)
		return err
	})
	return out, err
}

// ServeChild reads files for the process that started this one, until in ends.
func ServeChild(in io.Reader, out io.Writer) error { return isolate.Serve(in, out, intake.Do) }

// Captures lists what the study holds, by key.
func (s *Study) Captures(ctx context.Context) ([]recount.Capture, error) {
	return s.store.Captures(ctx)
}

// A Changed is a page that an outlet changed after it was captured, with the
// decisions whose words stand only in an older version.
type Changed struct {
	VersionedPage
	Touched []casebook.Placed
}

// Versions compares the captures of each page of which there are several.
func (s *Study) Versions(ctx context.Context) ([]Changed, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	t, err := s.texts(ctx, book)
	if err != nil {
		return nil, err
	}
	// What people corrected is no change by the outlet.
	for i, a := range t.articles {
		if t.articles[i], err = s.store.ArticleBy(ctx, a.Key, a.Extractor); err != nil {
			return nil, err
		}
	}
	captured := map[recount.Key]time.Time{}
	for _, c := range t.captures {
		captured[c.Key] = c.Captured
	}
	touched := map[recount.Key][]casebook.Placed{}
	for _, d := range book.Everything() {
		for _, at := range d.At {
			if at.Found == casebook.InOlder {
				touched[at.Article] = append(touched[at.Article], d)
			}
		}
	}
	var out []Changed
	for _, p := range findVersions(t.articles, t.older, captured) {
		out = append(out, Changed{p, touched[p.Article.Key]})
	}
	return out, nil
}

// Searches returns the search log, oldest first.
func (s *Study) Searches(ctx context.Context) ([]recount.SearchRun, error) {
	return s.store.Searches(ctx)
}

// Address reports whether what was given is an address and no path.
func Address(s string) bool { return intake.Address(s) }
