// Package quotes finds who says what in an article.
//
// In: the text of one article with its blocks. Out: statements (source, cue
// and content spans, type, speaker, confidence), speakers (kind, fullest name,
// gender) and sentences with their roles; sentences of other stories are set
// aside with a reason. Method: quotation marks are paired first (marks.go);
// the words of speech and what belongs to each are found next; then every
// source is resolved to one speaker of the article (speakers.go). Limits: a
// language without a lexicon is read by its quotation marks alone, and a note
// says so; nothing is known beyond the article, so a person who is only
// described stays anonymous.
//
// Texts are read in linear time, and odd or lost marks are never an error.
package quotes
