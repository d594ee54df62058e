package study

import (
	"context"

	"recount"
	"recount/internal/study/intake"
)

// An Added says what add did.
type Added = intake.Added

// Add archives files and folders. search is the search or channel they came
// from, as the user gave it.
func (s *Study) Add(ctx context.Context, paths []string, search string) (*Added, error) {
	shelf := intake.Shelf{Store: s.store, Archive: s.archive, Actor: s.opts.Actor, Now: s.opts.Now(), Progress: s.opts.Progress}
	return shelf.Add(ctx, paths, search)
}

// Captures lists what the study holds, by key.
func (s *Study) Captures(ctx context.Context) ([]recount.Capture, error) {
	return s.store.Captures(ctx)
}
