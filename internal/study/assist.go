package study

import (
	"context"

	"recount/internal/study/assist"
)

// AssistOptions name the server of a language model; an Assistant asks it about
// articles and returns suggestions; an AssistTotal counts what became of all
// that the model offered.
type (
	AssistOptions    = assist.Options
	Assistant        = assist.Assistant
	AssistSuggestion = assist.Suggestion
	AssistTotal      = assist.Total
)

// Assistant prepares to ask a language model about the named pages, or about
// the first print of every original. The study may be closed before the first
// question, so that others can work in it meanwhile. Nothing is saved.
func (s *Study) Assistant(ctx context.Context, o AssistOptions, pages []string) (*Assistant, error) {
	st, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	return assist.New(st, o, pages)
}
