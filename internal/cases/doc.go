// Package cases says who may be one person, what articles say of people, and
// what kind of speaker somebody seems to be to a study.
//
// In: articles with what was read in them, and the relations between articles;
// or bare mentions. Out: scored suggestions, each with the bars that explain it;
// profiles, attributes of a speaker with their words, and the values of a study's
// variables that follow; classes of speakers with their reasons. Nothing of it
// is accepted by itself.
//
// Method: names are compared part by part, through titles, order, hyphens,
// initials, known short forms, transliteration (by sound) and single slips of
// the keyboard. A profile is read from the whole article by wordings
// (words/profile.txt): beside a name, in a description, after a pronoun, in what
// people say of themselves. Suggestions are scored as in Fellegi & Sunter (1969)
// with weights in hundredths of a bit, over blocks that share a last name
// by its sound, two parts of a name, a quotation, a pseudonym, or two things that
// articles say of a person. Pairs inside a page are a function of the page.
// Propose does this for all people; Index.Around says what changes when some
// pages go and others come, and gives the same. How common a name is counts in
// few steps, up to mostBearers full names and blockCap articles; where a step is
// crossed, the pairs that it concerns are scored again.
//
// Estimate moves the weights by what a study answered, and Weights scores
// suggestions by them; both only when somebody asks.
//
// Limits: weights and wordings as they ship were set on news in English; of other
// languages ages, jobs by the lexicon and months of leaving are read. Two people of
// one full name are told apart only by age, home, job and gender. Chinese characters
// have one reading each, but for some surnames; kana are not read, and characters
// of Japanese names are read as Chinese. A pair below leastSuggested is not kept, whatever
// a study's own weights would make of it.
package cases
