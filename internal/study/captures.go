package study

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/capture/unpack"
	"recount/internal/casebook"
	"recount/internal/sandbox"
	"recount/internal/store"
)

// intake readies what takes things in, with the children that look at them.
func (s *Study) intake() *intake {
	return &intake{Store: s.store, Archive: s.archive, Reader: sandbox.NewReader(s.opts.Child, s.opts.Log), Actor: s.opts.Actor, Now: s.opts.Now, Progress: s.opts.Progress, Removals: s.removals}
}

// removals returns the decisions that took captures out and that nobody took
// back, by the key of the capture.
func (s *Study) removals(ctx context.Context) (map[recount.Key]*recount.Decision, error) {
	l, err := s.Log(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.store.Decisions(ctx) // the log in memory has no words
	if err != nil {
		return nil, err
	}
	out := map[recount.Key]*recount.Decision{}
	for i := range all {
		d := &all[i]
		if d.Kind != recount.KindRemove || !l.Live(d.ID) {
			continue
		}
		a, err := d.Decode()
		if err != nil {
			continue // its words were erased
		}
		if b := a.(recount.RemoveBody); b.What == "capture" {
			out[recount.Key(b.ID)] = d
		}
	}
	return out, nil
}

// stillHere lists captures that a decision which holds took out and that are here all
// the same, with the decision: another copy took them out, and an import takes only
// its decisions. One that is under way here is none of them.
func (s *Study) stillHere(ctx context.Context) (captures []recount.Capture, by []*recount.Decision, err error) {
	if r, err := s.unended(ctx); err != nil || r != nil {
		return nil, nil, nil // that is said, and ends it
	}
	removals, err := s.removals(ctx)
	if err != nil || len(removals) == 0 {
		return nil, nil, err
	}
	all, err := s.store.Captures(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range all {
		if d := removals[c.Key]; d != nil && c.Hash != store.ErasedHash {
			captures, by = append(captures, c), append(by, d)
		}
	}
	return captures, by, nil
}

// stillHereWords says of such a capture what is wrong, and what to do.
func stillHereWords(d *recount.Decision) (text, hint string) {
	return fmt.Sprintf("decision %.12s (by %s) took it out in another copy, with a person who withdrew, and it is still here", d.ID, d.Actor),
		fmt.Sprintf("take out here too what it took out there: recount remove %.12s --save; if it was not meant, %s takes it back", d.ID, d.Actor)
}

// goneElsewhere lists the captures that another copy took out with one person, by the
// first digits of one of the decisions that say so, as far as they are still here.
func (s *Study) goneElsewhere(ctx context.Context, digits string) (map[recount.Key]bool, error) {
	captures, by, err := s.stillHere(ctx)
	if err != nil || len(digits) < 4 {
		return nil, err
	}
	group, id := "", "" // one removal is one group
	for _, d := range by {
		if strings.HasPrefix(d.ID, digits) {
			group, id = d.Group, d.ID
		}
	}
	out := map[recount.Key]bool{}
	for i, d := range by {
		if id != "" && (d.ID == id || group != "" && d.Group == group) {
			out[captures[i].Key] = true
		}
	}
	return out, nil
}

// Add archives files, folders and pages of the web.
func (s *Study) Add(ctx context.Context, o Offer) (out *Added, err error) {
	err = s.change(ctx, func() error {
		in := s.intake()
		defer in.Reader.Close()
		began := time.Now()
		if out, err = in.Add(ctx, o); out != nil {
			s.did("add", began, "offered", out.Offered, "new", len(out.New), "known", len(out.Known), "refused", len(out.Refused))
		}
		return err
	})
	return out, err
}

// AddPages archives pages that were chosen out of files that lie elsewhere, such as a
// slice of a corpus.
func (s *Study) AddPages(ctx context.Context, o Offer, items iter.Seq2[unpack.Item, error]) (out *Added, err error) {
	err = s.change(ctx, func() error {
		in := s.intake()
		defer in.Reader.Close()
		began := time.Now()
		if out, err = in.AddPages(ctx, o, items); out != nil {
			s.did("add", began, "offered", out.Offered, "new", len(out.New), "known", len(out.Known), "refused", len(out.Refused))
		}
		return err
	})
	return out, err
}

// Watch asks feeds once for pages that the study has no capture of, and takes
// them. No feeds = those that were watched before.
func (s *Study) Watch(ctx context.Context, o Offer) (out *Added, err error) {
	err = s.change(ctx, func() error {
		in := s.intake()
		defer in.Reader.Close()
		began := time.Now()
		if out, err = in.Watch(ctx, o); out != nil {
			s.did("watch", began, "offered", out.Offered, "new", len(out.New), "known", len(out.Known), "refused", len(out.Refused))
		}
		return err
	})
	return out, err
}

// Attach archives what a person supplies for a page that could not be read.
func (s *Study) Attach(ctx context.Context, x Supplied) (out *Added, err error) {
	err = s.change(ctx, func() error {
		in := s.intake()
		defer in.Reader.Close()
		began := time.Now()
		if out, err = in.Attach(ctx, x); out != nil {
			s.did("attach", began, "offered", out.Offered, "new", len(out.New), "known", len(out.Known), "refused", len(out.Refused))
		}
		return err
	})
	return out, err
}

// ServeChild reads files for the process that started this one, until in ends.
func ServeChild(in io.Reader, out io.Writer) error { return sandbox.ServeReader(in, out) }

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
				touched[at.Article()] = append(touched[at.Article()], d)
			}
		}
	}
	var out []Changed
	for _, p := range findVersions(t.articles, t.older, captured) {
		out = append(out, Changed{p, touched[p.Article.Key]})
	}
	return out, nil
}

// Withdrawn counts the decisions whose words stand only in an older version of
// their page and that nobody looked at since.
func (s *Study) Withdrawn(ctx context.Context) (n int, err error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return 0, err
	}
	for _, d := range book.Everything() {
		if book.Orphan(d.ID) && slices.ContainsFunc(d.At, func(at casebook.Placement) bool { return at.Found == casebook.InOlder }) {
			n++
		}
	}
	return n, nil
}

// Searches returns the search log, oldest first.
func (s *Study) Searches(ctx context.Context) ([]recount.SearchRun, error) {
	return s.store.Searches(ctx)
}
