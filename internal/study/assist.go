package study

import (
	"context"
	"slices"

	"recount"
	"recount/internal/casebook"
)

// Assistant prepares to ask a language model about the named pages, or about
// the first print of every original. The study may be closed before the first
// question, so that others can work in it meanwhile. Nothing is saved.
func (s *Study) Assistant(ctx context.Context, o AssistOptions, pages []string) (*Assistant, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	var about []casebook.Page
	for _, name := range pages {
		p, err := book.FindPage(name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(about, func(q casebook.Page) bool { return q.Key == p.Key }) {
			about = append(about, p)
		}
	}
	if len(pages) == 0 {
		about = firstPrints(book)
	}
	// What people accepted, typed in or rejected has been looked at.
	known := map[recount.Key][]recount.Span{}
	for _, d := range book.Holding(recount.KindStatement) {
		known[d.At[0].Article()] = append(known[d.At[0].Article()], d.At[0].Spans...)
	}
	var articles []*recount.Article
	readings := map[recount.Key]*recount.Reading{}
	for _, p := range about {
		a, err := book.Article(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		articles = append(articles, a)
		if readings[p.Key], err = book.Reading(ctx, p.Key); err != nil {
			return nil, err
		}
	}
	return newAssistant(articles, readings, known, o)
}
