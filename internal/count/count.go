// Package count turns cases and codings into counts, shares, tables, trends
// and ratios, each with the ids of the cases it counts and with the range that
// open questions leave.
//
// In: a Problem, which is what people decided (members, links, codings,
// values) and what is still open. Out: recount.Result. It does no I/O.
//
// # Accepted number
//
// A case is a person: the members in scope of one group that live `same`
// answers join. Joining is transitive and goes through speakers who are out of
// scope: if A is B and B is C, then A is C whether or not B counts. Of whom
// nobody answered whether it counts, it is a page of the person whom such
// answers join with it, and nothing where none of these counts. Open
// links do not join, members of unclear scope do not count, and an article
// with several possible dates has the one that was chosen. Of answers that
// contradict each other those of adjudicators hold before those of coders, and
// `same` before "different".
//
// # Range
//
// A range is the smallest and the largest value over all worlds. A world is one
// consistent answer to all open questions: which open links are `same` (no live
// `different` inside a case, unasked pairs follow by transitivity only), who of
// unclear scope counts, and which of its possible days each article has, the
// same for all its members. Of answers that contradict each other as many hold
// in a world as can together (contradiction.go); of what people answered
// differently (a rule, an outlet, a value, a code) one answer does. The range is exact, never sampled. Where there are
// too many questions to count out it is a proven outer bound: Exact is false
// and the note names the people it is about.
//
// People whom open questions connect form a Group; groups do not influence
// each other. Within a group, days that touch several people are conditioned
// on first; then the cases that the first person left may be in are
// enumerated, each a connected set, once each, memoised on who is left. Across
// groups extremes of sums add up, and the smallest and the largest fraction of
// sums are found by Dinkelbach's method (1967) in whole numbers, which gives
// what dynamic programming over numerator and denominator gives, in linear
// time. A question moves a number if some answer changes an extreme; whether
// it changes that of a share is seen from its own group at the extreme.
//
// A Tally keeps one query up to date while groups change. Groups leave few
// different ranges (a leeway), so that a number is a sum over those and how
// many groups have each: it costs the same for many groups as for few.
//
// # Filters
//
// A filter is an expression (github.com/expr-lang/expr) over one case:
//
//	gender == "woman"
//	first_reported >= "2015-01" && first_reported < "2015-09"
//	has("brutality") and outlets >= 2
//
// The names are listed in Variables. Comparisons with <, <=, > and >= follow
// three rules. A value that is not known ("unknown", "conflict", "") is
// neither smaller nor larger than anything. Two dates compare at the precision
// of the bound: first_reported <= "2015-08" holds on 31 August; a date known
// only to the month or year counts as its first day. Two whole or decimal
// numbers compare as numbers, even where a variable holds them as text. What has
// no order, as codes, gender or a text beside a number, is refused.
//
// # Limits
//
// A table's cells need not be attainable together. A case whose date is known
// to the year only stands in no row of a trend by month but in "unknown".
package count

import (
	"fmt"

	"recount"
)

// A Problem is what people decided and what is open.
type Problem struct {
	Members   []recount.Member // scope yes; unclear: an open question; or joined
	Links     []recount.Link   // same, different or unsure; unsure is open. Ends that are no members join, but do not count
	Codes     recount.Codebook // a coding of a sub-code also carries its parents
	Rules     Rules
	Variables []string            // names of the study's variables, allowed in filters
	Values    map[string][]string // of a variable: those that study.yaml allows; none: any
	Outlets   []string            // of the study's pages; none: not known
	Owners    map[string]string   // of an outlet; one that is left out owns itself
	Where     string              // filter of the cases that the study is about, as its period; "" means all. Every query keeps to it
}

// Rules are the counting rules that change what a count says.
type Rules struct {
	// Conflict says which value of a variable holds when articles differ:
	// "earliest" (also ""), the value of the article published first; "latest";
	// "majority", the value that most independent originals state, of a tie the
	// earliest; or "conflict", which counts the case under the value
	// "conflict". "unknown", "not applicable" and "not stated"
	// give way to any other value.
	Conflict string
	// Per overrides Conflict for single variables.
	Per map[string]string
	// Sample says that the cases are a sample of something larger, so that
	// shares carry an interval. A census of published accounts has none.
	Sample bool
	// Grades say how well an account is supported, the best first; none: accounts
	// are not graded.
	Grades []Grade
	// From and To are the ends of the study's period, "" if it has none: a row of
	// a trend that begins before it or ends after it covers less time.
	From, To string
	// NodeBudget is how many steps a group of people whom open questions connect may take
	// before its range becomes an outer bound; 0 means 262,144.
	NodeBudget int
}

const defaultBudget = 1 << 18 // steps; about a fifth of a second

// A Query asks for one number, table or trend.
type Query struct {
	Name  string // as in report.md
	Label string // in words; "" makes one
	Where string // filter of the cases to count; "" means all
	Of    string // filter of the whole; "" means all, with Share
	Share bool   // the number is a part of the whole: cases that meet Of and Where, of those that meet Of
	// By makes a table or trend: a study variable, gender, kind, outlet,
	// first_outlet, code (every code), code.top (top codes), or a period of
	// first_reported: month, quarter, half or year; month(left) is the period
	// of another variable. Two, with a comma between, make a cross-tab.
	By string
	// From and To are the first and the last period of a trend ("2014-01",
	// "2015-08"); "" means the first and the last in which a case may fall.
	From, To string
	// Versus makes a ratio of two periods of first_reported.
	Versus *Versus
}

// Versus names two periods, each from one ISO date to another, both included,
// to the day, month or year: A is compared with B.
type Versus struct {
	AFrom, ATo string
	BFrom, BTo string
}

// Percent writes n of of as a percentage with one decimal, halves rounded up,
// in whole numbers: Percent(17, 29) is "58.6%". Of nothing it is "-".
func Percent(n, of int) string {
	if of == 0 {
		return "-"
	}
	t := (2000*n + of) / (2 * of)
	return fmt.Sprintf("%d.%d%%", t/10, t%10)
}

// ShareText writes "17 of 29 (58.6%)".
func ShareText(n, of int) string {
	return fmt.Sprintf("%d of %d (%s)", n, of, Percent(n, of))
}

// RangeText writes a range: "29", "27 to 29", or "at least 27, at most 40 (not
// exact)".
func RangeText(r recount.IntRange) string {
	switch {
	case !r.Exact:
		return fmt.Sprintf("at least %d, at most %d (not exact)", r.Low, r.High)
	case r.Low == r.High:
		return fmt.Sprint(r.Low)
	}
	return fmt.Sprintf("%d to %d", r.Low, r.High)
}

// ShareRangeText writes a range of shares: "55.6% to 58.6%".
func ShareRangeText(r recount.ShareRange) string {
	lo, hi := Percent(r.LowN, r.LowOf), Percent(r.HighN, r.HighOf)
	switch {
	case !r.Exact:
		return fmt.Sprintf("at least %s, at most %s (not exact)", lo, hi)
	case lo == hi:
		return lo
	}
	return lo + " to " + hi
}

// RatioText writes the ratio of two rates, halves rounded up: with one decimal, 34 in 8
// months against 24 in 12 is "2.1"; below 1 with two digits that count, 1 in 16 against 8
// in 15 is "0.12".
func RatioText(r *recount.Ratio) string {
	n, of := int64(r.N)*int64(r.ThanUnits), int64(r.Than)*int64(r.Units)
	if of == 0 {
		return "-"
	}
	if n <= 0 || n >= of {
		t := (20*n + of) / (2 * of)
		return fmt.Sprintf("%d.%d", t/10, t%10)
	}
	places, scale := 1, int64(10)
	for 10*of > n*scale && places < 6 {
		places, scale = places+1, 10*scale
	}
	t := (2*n*scale + of) / (2 * of)
	if t == scale { // 0.996
		return "1.0"
	}
	return fmt.Sprintf("0.%0*d", places, t)
}
