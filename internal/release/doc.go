// Package release says what a table, a set of records or a finished file would
// give away about the people behind it.
//
// In: records with classified columns, counts of tables as they would be
// printed, and produced bytes with the words that must not be in them. Out:
// the measures of disclosure control, and refusals with their reasons.
//
// Method: frequencies, individual risk, SUDA and l-diversity as sdcMicro
// computes them (Templ, Kowarik & Meindl 2015), bounds of suppressed cells by
// exact search over whole numbers, names and runs of words by search in what
// was produced, unpacked and decoded.
//
// Limits: a measure that cannot be computed refuses; nothing here says that
// anybody is anonymous. Words that a newspaper printed can be found by a
// search engine whatever a table hides.
package release
