// Package cases links speakers of different articles and follows what people
// decided about them.
//
// In: speakers with their statements, and the relations between articles; or
// bare mentions. Out: scored suggestions, each with the bars that explain it.
// A machine's suggestion never joins anybody; People turns decisions into
// members and links.
//
// Method: names are compared part by part, through titles, order, initials,
// known short forms, transliteration (by sound) and single slips of the
// keyboard. Suggestions are scored as in Fellegi & Sunter (1969) with fixed
// weights in hundredths of a bit, over blocks that share a last name by its
// sound, two parts of a name, a quotation or a pseudonym. Propose does this for
// all people; Index.Around says what changes when some pages go and others
// come, and gives the same. How common a name is counts in few steps, up to
// mostBearers full names and blockCap articles; where a step is crossed, the
// pairs that it concerns are scored again.
//
// Limits: fixed weights, set on news in English. Two people of one full name
// are told apart only by age, place and gender near their names. Names in
// scripts other than Latin, Cyrillic, Greek and Arabic are compared letter by
// letter.
package cases
