package study

import (
	"context"
	"fmt"

	"recount"
	"recount/internal/store"
)

// A Hit is an article that holds what was searched for.
type Hit = store.Hit

// searchBatch is how many texts go into the search index at a time.
const searchBatch = 200

// Search finds articles by words of their text, the best first. Texts that came
// since the last search are put into the index first.
func (s *Study) Search(ctx context.Context, text string, most int) ([]Hit, error) {
	if err := s.index(ctx); err != nil {
		return nil, err
	}
	return s.store.Search(ctx, text, most)
}

// index brings the search index up to date with the articles that count.
func (s *Study) index(ctx context.Context) error {
	book, err := s.loaded(ctx)
	if err != nil {
		return err
	}
	seq := [2]int64{book.Texts(), book.Derived()}
	if s.indexed == seq && seq != [2]int64{} {
		return nil
	}
	known, err := s.store.Searchable(ctx)
	if err != nil {
		return err
	}
	var put []store.SearchText
	var drop []recount.Key
	here := map[recount.Key]bool{}
	keep := func() error {
		err := s.store.PutSearchable(ctx, put, drop)
		put, drop = nil, nil
		return err
	}
	for _, p := range book.Pages() {
		here[p.Key] = true
		if known[p.Key] == p.Extractor && p.Extractor != "" {
			continue
		}
		a, err := s.store.ArticleBy(ctx, p.Key, p.Extractor)
		if err != nil {
			return err
		}
		put = append(put, store.SearchText{Article: a.Key, Stamp: a.Extractor, Title: a.Title, Text: a.Text})
		if len(put) == searchBatch && !s.store.ReadOnly() {
			if err := keep(); err != nil {
				return err
			}
		}
	}
	for k := range known {
		if !here[k] {
			drop = append(drop, k)
		}
	}
	if s.store.ReadOnly() && len(put) > 0 {
		return recount.WithHint(fmt.Errorf("search: %w: %d texts are not in the search index, and nothing can be written here", recount.ErrRefused, len(put)),
			"search once where the folder can be written to, or in a copy of it; the index is kept")
	}
	if len(put)+len(drop) > 0 && !s.store.ReadOnly() {
		if err := keep(); err != nil {
			return err
		}
	}
	s.indexed = seq
	return nil
}
