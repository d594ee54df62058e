// Package copies finds what articles took from one another.
//
// In: the articles of a corpus, streamed, and an empty working directory.
// Out: relations (copy, partial, quote_only, trace) with the aligned runs of
// words; the independent originals that follow from the copies; and, for every
// sentence, the articles it was taken from.
//
// Method. Every article is cut into overlapping runs of five words; a quarter
// of them, chosen by their hash, and all that stand inside quotation marks are
// kept as sorted segments on disk. Two articles that share two kept runs are
// compared word by word: equal runs are the seeds, and they grow over edits of
// a few words. How much of either article the runs cover, and how much of that
// is speech, decides the kind of relation.
//
// Limits. Paraphrase leaves no shared words and is not found. A run of words
// that more than maxCommon articles share is followed to the article with the
// smallest key only, so that a very large group is joined but not every pair
// in it is listed. Scripts without spaces between words are compared letter by
// letter, with the same thresholds.
package copies
