package study

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"recount"

	"recount/internal/copies"
	"recount/internal/text"
)

// CommonPassage is how many articles may share a passage before not every pair of
// them is compared for it.
const CommonPassage = copies.Common

// An Extracted says what extract did.
type Extracted struct {
	Articles int // extracted now
	Refused  int // files that gave nothing, or not all of their articles
	Pieces   int // of files that were read: what in them was not taken
	Refusals []recount.Refusal
	Read     int    // articles read now
	Shared   int    // articles that share one passage, if so many that not every pair of them was compared; else 0
	Ingest   string // path of the report on what came in
}

// Extract takes the text out of captures that have none yet and reads it:
// text, copies, quotes, figures, suggestions. With again it extracts every
// text anew, keeping the old ones; decisions are found again by their words.
func (s *Study) Extract(ctx context.Context, again bool) (*Extracted, error) {
	out := &Extracted{}
	return out, s.change(ctx, func() error {
		if err := s.extractText(ctx, again, out); err != nil {
			return err
		}
		if err := s.derive(ctx, out); err != nil {
			return err
		}
		return s.reportIngest(ctx, out)
	})
}

// extractBatch is how many articles one transaction holds.
const extractBatch = 64

func (s *Study) extractText(ctx context.Context, again bool, out *Extracted) error {
	var todo []recount.Capture
	var err error
	if again {
		todo, err = s.store.Captures(ctx)
	} else {
		todo, err = s.store.Unextracted(ctx, text.Extractor)
	}
	if err != nil {
		return err
	}
	todo = slices.DeleteFunc(todo, func(c recount.Capture) bool { return !intakeReadable(c) })
	began := time.Now()
	r := newTextReader(s.archive, s.opts.Child, s.opts.Log)
	defer r.Close()
	for from := 0; from < len(todo); from += extractBatch {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := todo[from:min(from+extractBatch, len(todo))]
		articles, refused, err := r.Read(ctx, part)
		if err != nil {
			return err
		}
		if err := s.store.PutArticles(ctx, articles); err != nil {
			// One article that cannot be kept is refused by its name; the rest goes on.
			kept := 0
			for i := range articles {
				one := s.store.PutArticles(ctx, articles[i:i+1])
				if one == nil {
					kept++
					continue
				}
				of := part[slices.IndexFunc(part, func(c recount.Capture) bool { return c.Key == articles[i].Capture })]
				x := refusalOf(of.Name, of.Hash, "extract", recount.WithHint(fmt.Errorf("its text could not be kept: %w: %w", recount.ErrRefused, one),
					"read the file alone: recount text"))
				x.Extractor = text.Extractor
				refused = append(refused, x)
			}
			if kept == 0 {
				return err
			}
			out.Articles -= len(articles) - kept
		}
		if err := s.store.PutRefusals(ctx, refused); err != nil {
			return err
		}
		out.Articles += len(articles)
		whole, pieces := recount.Pieces(refused, func(name string) bool {
			return slices.ContainsFunc(part, func(c recount.Capture) bool { return c.Name == name })
		})
		out.Refused, out.Pieces = out.Refused+len(whole), out.Pieces+len(pieces)
		out.Refusals = append(out.Refusals, refused...)
		s.opts.Progress("text", from+len(part), len(todo))
	}
	s.did("text", began, "captures", len(todo), "articles", out.Articles, "refused", out.Refused)
	return nil
}

// derive brings derived.db up to date with the articles.
func (s *Study) derive(ctx context.Context, out *Extracted) (err error) {
	// What lies on the disk meanwhile is of the study and stays in its folder,
	// also when the program is killed; the next run clears it away.
	dir := filepath.Join(s.Dir, spillDir)
	if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
		return fmt.Errorf("derive: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	stage := deriving{Store: s.store, Progress: s.opts.Progress, Dir: dir}
	began := time.Now()
	if out.Read, err = stage.Run(ctx); err == nil {
		err = s.store.SyncDerived(ctx)
	}
	s.did("derive", began, "read", out.Read, "refused", len(stage.Faults))
	out.Refused += len(stage.Faults)
	out.Shared = stage.shared
	out.Refusals = append(out.Refusals, stage.Faults...)
	return err
}

// Rebuild drops everything that is derived and makes it again from the texts
// and decisions as they are. It never extracts a text again.
func (s *Study) Rebuild(ctx context.Context) (*Extracted, error) {
	out := &Extracted{}
	return out, s.change(ctx, func() error {
		if err := s.store.DropDerived(ctx); err != nil {
			return err
		}
		return s.derive(ctx, out)
	})
}
