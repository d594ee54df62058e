package copies

// This file and align.go compare the wordings of texts.
//
// In: texts. Out: their words as hashes, with what of them stands inside
// quotation marks; the runs of words that two texts share; what was done to a
// passage on its way from one text to another. Everything works on words of
// letters and digits without case and punctuation. It does no I/O.
