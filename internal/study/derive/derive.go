// Package derive fills derived.db: it reads articles for statements, speakers
// and figures, and then works out what rests on all of them: copies, originals
// and suggestions.
//
// In: the articles of a store. Out: derived records in it. Method: articles one
// by one on all cores, in batches that are saved whole, so that an interrupted
// run goes on; then what rests on others is derived around the pages that came,
// changed or went, or over all of them where most are new. Both ways leave the
// same records. A stamp over all inputs says whether there is anything to do.
package derive

import (
	"context"

	"recount"
	"recount/internal/figures"
	"recount/internal/quotes"
	"recount/internal/store"
	"recount/internal/study/intake"
	"recount/internal/study/state"
	"recount/internal/text"
)

// reader names the stages that fill derived.db, so that a newer program reads
// everything again and an older result is never mixed in.
const reader = "recount-read/" + recount.Version + " " + text.Extractor

// readBatch is how many articles one transaction holds.
const readBatch = 64

// A Stage brings derived.db up to date.
type Stage struct {
	Store    *store.Store
	Progress func(step string, done, total int)
}

// Run reads what is new and derives everything again that rests on it. It
// returns how many articles it read.
func (s *Stage) Run(ctx context.Context) (read int, err error) {
	base, err := state.Read(ctx, s.Store)
	if err != nil {
		return 0, err
	}
	stamp := base.Stamp(reader)
	if old, err := s.Store.Stamp(ctx, "derived"); err != nil || old == stamp {
		return 0, err
	}
	if read, err = s.readAll(ctx, base); err != nil {
		return read, err
	}
	return read, s.corpus(ctx, base.Articles, stamp)
}

// readAll reads every article that has no reading of this version.
func (s *Stage) readAll(ctx context.Context, base *state.Base) (read int, err error) {
	unread, err := s.Store.Unread(ctx, reader)
	if err != nil {
		return read, err
	}
	var todo []*recount.Article
	for _, k := range unread {
		if a := base.ByKey[k]; a != nil {
			todo = append(todo, a)
		}
	}
	return s.read(ctx, todo)
}

// read reads articles for statements, speakers and figures.
func (s *Stage) read(ctx context.Context, todo []*recount.Article) (read int, err error) {
	for from := 0; from < len(todo); from += readBatch {
		if err := ctx.Err(); err != nil {
			return read, err
		}
		part := todo[from:min(from+readBatch, len(todo))]
		readings := make([]recount.Reading, len(part))
		found := make([][]recount.ReportedFigure, len(part))
		intake.Each(len(part), func(i int) {
			readings[i] = quotes.Read(part[i])
			readings[i].Article, readings[i].Reader = part[i].Key, reader
			found[i] = figures.Find(part[i], &readings[i])
		})
		of := make([]store.ArticleFigures, len(part))
		for i := range part {
			of[i] = store.ArticleFigures{Article: part[i].Key, Figures: found[i]}
		}
		if err := s.Store.PutFiguresOf(ctx, of); err != nil {
			return read, err
		}
		// The reading is what marks an article as read, so it is saved last.
		if err := s.Store.PutReadings(ctx, readings); err != nil {
			return read, err
		}
		read += len(part)
		s.Progress("read", from+len(part), len(todo))
	}
	return read, nil
}
