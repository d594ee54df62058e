package recount

// A Suggestion is a pair of speakers of different articles that may be one
// person, scored as in Fellegi & Sunter (1969): the weight is the prior plus
// the sum of the bars. A machine's suggestion never joins anybody; a decision
// does.
type Suggestion struct {
	A, B        Key // Speaker.Key; A < B
	Weight      int // hundredths of a bit, prior included
	Probability Milli
	Bars        []Bar
}

// A Bar is what one field contributed to a suggestion.
type Bar struct {
	Field string // "prior", "name", "shared quotation", ...
	A, B  string // the two values compared, as the articles give them
	Bits  int    // hundredths of a bit
}
