// Package lang knows words: it splits text into sentences and words, guesses
// the language of a text and holds one small hand-written lexicon a language.
//
// In: text in UTF-8. Out: byte spans in order, and lists of words. Method:
// Unicode text segmentation (UAX 29) with rules of our own for abbreviations
// and for sentences that go on after a quotation; the lexicons are the text
// files in the folders named by ISO 639-1 code. Limits: a sentence never
// crosses a line end; languages without a lexicon are split by the Unicode
// rules alone; nothing here looks up a name in a list of names.
package lang
