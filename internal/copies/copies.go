package copies

import (
	"iter"

	"recount"
	"recount/internal/copies/origins"
	"recount/internal/copies/wording"
)

// A Change is one difference between two wordings.
type Change = wording.Change

// Origins says for every sentence of every article in which articles of corpus
// it stands. See origins.Trace.
func Origins(articles, corpus iter.Seq[*recount.Article]) iter.Seq[[]recount.SentenceOrigin] {
	return origins.Trace(articles, corpus)
}

// Source returns the sentences of a from which a passage of another article
// was taken. See origins.Source.
func Source(passage string, a *recount.Article) (recount.Span, bool) {
	return origins.Source(passage, a)
}

// Diff returns what differs between two wordings of one passage. See
// wording.Diff.
func Diff(from, to string) []Change { return wording.Diff(from, to) }

// Utterances groups quotations that are one utterance. See origins.Utterances.
func Utterances(contents []string) [][]int { return origins.Utterances(contents) }
