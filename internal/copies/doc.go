// Package copies finds what articles took from one another.
//
// In: the articles of a corpus, streamed, and a working directory. Out:
// relations (copy, partial, quote_only, trace) with the aligned runs of words;
// the independent originals that follow from the copies; for every sentence,
// the articles it was taken from; and what was changed on the way.
//
// Method. Every article is cut into overlapping runs of five words; a quarter
// of them, chosen by their hash, and all that stand mostly inside quotation
// marks are kept as sorted segments on disk. Two articles that share two kept
// runs are compared word by word (align.go): equal runs are the seeds,
// and they grow over edits of a few words. How much of the shorter article is
// equal in the same order, and how much of that is speech, decides the kind of
// relation. Pages put together from others are looked at again when all
// relations are known. What follows are groups of copies, who was first by what
// pages state of themselves, and where each sentence was taken from. Pages that
// share two runs of three words are looked at sentence by sentence; a page of
// which most sentences stand in several originals reports nothing of its own.
//
// All does this for a whole corpus and hands out its index. Index.Around says
// what changes when some pages go and others come, from lookups of the pages
// that they share something with: everything that is counted over many pages
// (who else has a run of words, of what outlet it is boilerplate) is a function
// of the set, so both give the same. A test compares them.
//
// Limits. Paraphrase leaves no shared words and is not found. A shared run of
// a dozen words outside speech may fall through the sample. A run of words
// that more than Common articles share is followed to the article with the
// smallest key only, so that a very large group is joined but not every pair
// in it is listed. Three articles of one outlet with one footer share it;
// from eight on it counts as boilerplate between them. Scripts without spaces
// between words are compared letter by letter, with the same thresholds.
package copies
