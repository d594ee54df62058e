package recount

// A Result is a number that recount computed for a report, with the cases it
// counts and what is still open about it. Counts are of cases unless Unit
// says otherwise.
type Result struct {
	Name  string // as in report.md: "women"
	Kind  string // "count", "share", "table", "trend", "ratio"
	Label string // in words: "cases where gender is woman"
	Unit  string // "cases", "statements", "articles", "originals"

	N     int      // accepted
	Cases []string // ids of the N cases, sorted
	Of    int      // the whole that N is part of; 0 if it is not a part
	OfIDs []string // ids of the Of cases, sorted

	Range      IntRange    // of N over all consistent answers to open questions
	OfRange    IntRange    // of Of
	ShareRange ShareRange  // of N/Of in one world; zero if Of is 0 in all of them
	Questions  []*Question // open questions that move N, Of or the share

	// Of a result that looks at codes, and of each of its rows: anybody coded anything
	// of Coded of the CodedOf people behind it. Both are 0 where it is so of all.
	Coded, CodedOf int

	Machine  int       // machine-read, not yet looked at
	Interval *Interval // nil when study.yaml says the cases are a census
	Ratio    *Ratio    // of a "ratio", else nil
	Rows     []Result  // of a table or trend, in order; of a ratio its two periods
	Note     string    // "not exact: component ... past the node budget", "cells need not be attainable together"
}

// An IntRange is the smallest and the largest value; Exact is false if they
// are only proven bounds ("at least", "at most").
type IntRange struct {
	Low, High int
	Exact     bool
}

// A ShareRange is the smallest and the largest share as fractions.
type ShareRange struct {
	LowN, LowOf   int
	HighN, HighOf int
	Exact         bool
}

// A Ratio compares how fast cases were reported in two periods: N cases in
// Units months or days against Than cases in ThanUnits of them.
type Ratio struct {
	N, Units        int
	Than, ThanUnits int
	Unit            string     // "months" or "days"
	Range           ShareRange // of N/Than in one world; an Of of 0 means that there is no bound
}

// A Question is an open question and what it moves.
type Question struct {
	Key   Key    // of the pair, member or page it is about, or of the dispute
	What  string // "link", "scope", "date", or what a dispute is about
	Text  string // in words
	About []Key  // the two members, the member, the article, or the members whom a dispute touches
}

// An Interval is a confidence interval, its name said: "95% Wilson".
type Interval struct {
	Method    string
	Low, High float64 // shares, ratios or counts; printed, never compared; High is -1 if there is no bound
}

// MissedLinks is what comparing pairs of people showed that were drawn at random
// among those that nothing suggests to be one.
type MissedLinks struct {
	Pairs    int         // of people who count that nothing suggests, those drawn and answered among them
	Drawn    int         // of them drawn
	Compared []DrawnPair // drawn and answered
	Same     int         // of those one person
	Unsure   int         // of those may be one
	Low      int         // at least so many of the pairs are one person
	High     int         // and at most
	Share    *Interval   // of which Low and High are made; nil if none was compared
}

// A DrawnPair is two people who were drawn at random, and what was answered.
type DrawnPair struct {
	A, B   Key // members
	Answer string
}

// A Miss is what reading a random sample of pages to the end showed: of the
// statements that people accepted there, how many the program had missed and
// a person typed in.
type Miss struct {
	Drawn      int                 // pages drawn at random
	Read       []Key               // of them read to the end, articles sorted
	Left       []Key               // drawn, and not yet read to the end
	Statements int                 // that the pages read hold: accepted, or read and not rejected
	Missed     int                 // of them typed in by a person
	Accepted   []AcceptedStatement // those accepted, those typed in among them
	Unanswered []AcceptedStatement // those that the program read and nobody answered
	Links      MissedLinks
}
