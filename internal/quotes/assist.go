package quotes

import (
	"recount"
	"recount/internal/quotes/assist"
)

// An Assisted is a statement that a language model suggests and that stands in
// the article; AssistCounts says what became of all that it offered.
type (
	Assisted     = assist.Suggestion
	AssistCounts = assist.Counts
)

// MostAssist is the size of the largest reply of a model that is read, in bytes.
const MostAssist = assist.MostReply

// AssistMessages returns what a language model is asked about an article.
func AssistMessages(a *recount.Article) (system, user string, err error) { return assist.Messages(a) }

// ReadAssist checks the reply of a language model about an article, against
// its text and the places of the statements that are known.
func ReadAssist(a *recount.Article, known []recount.Span, reply string) ([]Assisted, AssistCounts, error) {
	return assist.Read(a, known, reply)
}
