package prose

import (
	"cmp"
	"strconv"
	"strings"

	"recount"
	"recount/internal/count"
)

// This file says a number so that it is never false: its words follow its range.

// Amount says how many: "29" where no open question moves it, "27 to 29" where
// one does, "27 or 28" of two neighbours, "none" of nobody, and where a bound is only proven "at least 27 and
// at most 40".
func Amount(r recount.Result) string {
	low, high := bound(r.N, r.Range)
	switch {
	case !exact(r.Range):
		return "at least " + Grouped(low) + " and at most " + Grouped(high)
	case low == high && low == 0:
		return "none"
	case low == high:
		return Grouped(low)
	case high == low+1 && low > 0:
		return Grouped(low) + " or " + Grouped(high)
	case low == 0:
		return "at most " + Grouped(high)
	}
	return Grouped(low) + " to " + Grouped(high)
}

// bound returns the ends of a range; one that was not worked out is the number.
func bound(n int, r recount.IntRange) (low, high int) {
	if r == (recount.IntRange{}) {
		return n, n
	}
	return r.Low, r.High
}

func exact(r recount.IntRange) bool { return r.Exact || r == (recount.IntRange{}) }

// many reports whether a verb after the number stands in the plural.
func many(r recount.Result) bool {
	low, high := bound(r.N, r.Range)
	return high != 1 || low < 0 || low > 1
}

// Noun is the noun of what a result counts, one or many as its number asks:
// after "none of 29" and "1 of 29" the whole decides.
func Noun(r recount.Result) string {
	one, several := nouns(r.Unit)
	if r.Of > 0 {
		if _, high := bound(r.Of, r.OfRange); high == 1 {
			return one
		}
		return several
	}
	if many(r) {
		return several
	}
	return one
}

// Nouns is what results of a unit count, in the plural: "people".
func Nouns(unit string) string {
	_, many := nouns(unit)
	return many
}

func nouns(unit string) (one, many string) {
	switch unit {
	case "", "cases":
		return "person", "people"
	}
	return strings.TrimSuffix(unit, "s"), unit
}

// People says a count with its noun: "27 to 29 people", "1 person", "nobody".
func People(r recount.Result) string {
	if a := Amount(r); a != "none" {
		return a + " " + Noun(r)
	} else if r.Unit == "" || r.Unit == "cases" {
		return "nobody"
	}
	return "no " + Noun(r)
}

// Part says a part of a whole: "4 of 29 people", "none of 29 people", "all 29
// people". Where the whole moves too it is "4 of 27 to 29 people".
func Part(r recount.Result) string {
	if r.Of == 0 {
		return People(r)
	}
	whole := recount.Result{N: r.Of, Range: r.OfRange, Unit: r.Unit}
	low, high := bound(r.N, r.Range)
	oflow, ofhigh := bound(r.Of, r.OfRange)
	switch {
	case exact(r.Range) && exact(r.OfRange) && low == high && oflow == ofhigh && low == oflow:
		if low == 1 {
			return "the one " + Noun(whole)
		}
		if low == 2 {
			return "both " + Noun(whole)
		}
		return "all " + Amount(whole) + " " + Noun(whole)
	case high == 0:
		return "none of " + Amount(whole) + " " + Noun(whole)
	}
	return Amount(r) + " of " + Amount(whole) + " " + Noun(whole)
}

// Coded says of a number that looks at codes of how many people behind it anything
// was coded, or "": those of whom nothing was are no part of one base and in another
// they count as if they had not said it.
func Coded(r recount.Result) string {
	if r.CodedOf == 0 || r.Name == count.NotCoded {
		return ""
	}
	if r.CodedOf == 1 {
		return "the person is not coded" // of one person who is, all are
	}
	return Grouped(r.Coded) + " of " + Grouped(r.CodedOf) + " people " + map[bool]string{true: "is", false: "are"}[r.Coded == 1] + " coded"
}

// Is returns the form of a verb that goes with a number: "is" or "are".
func Is(r recount.Result, one, several string) string {
	if _, high := bound(r.N, r.Range); high == 0 && r.Of == 0 && (r.Unit == "" || r.Unit == "cases") {
		return one // nobody is
	}
	if many(r) {
		return several
	}
	return one
}

// ShareWords says a share: "13.8%", or "13.8% to 14.8%" where it moves.
func ShareWords(r recount.Result) string {
	if r.Of == 0 {
		return "-"
	}
	s := r.ShareRange
	if s.LowOf == 0 && s.HighOf == 0 {
		return Percent(r.N, r.Of)
	}
	low, high := Percent(s.LowN, s.LowOf), Percent(s.HighN, s.HighOf)
	switch {
	case !s.Exact:
		return "at least " + low + " and at most " + high
	case low == high:
		return low
	}
	return strings.TrimSuffix(low, "%") + "% to " + high
}

// Apart reports whether the two periods of a ratio can be told apart: whether
// its interval and its range over the open questions both stay on one side of 1.
func Apart(r recount.Result) (more, less bool) {
	v := r.Ratio
	if v == nil || r.Interval == nil {
		return false, false
	}
	low, high := end(v, v.Range.LowN, v.Range.LowOf), end(v, v.Range.HighN, v.Range.HighOf)
	if v.Range == (recount.ShareRange{}) {
		low = end(v, v.N, v.Than)
		high = low
	}
	more = r.Interval.Low > 1 && low.above
	less = r.Interval.High >= 0 && r.Interval.High < 1 && high.below
	return more, less
}

type side struct{ above, below bool }

// end compares n in Units with than in ThanUnits; nobody to compare with is no
// bound.
func end(v *recount.Ratio, n, than int) side {
	if than == 0 {
		return side{above: n > 0}
	}
	a, b := n*v.ThanUnits, than*v.Units
	return side{a > b, a < b}
}

// Trend is the sentence that a comparison of two periods allows.
func Trend(r recount.Result) string {
	v := r.Ratio
	if v == nil || len(r.Rows) < 2 {
		return ""
	}
	what := "In " + span(r.Rows[0], v.Units, v.Unit) + ", " + people(r.Rows[0]) + " first reported; in " + span(r.Rows[1], v.ThanUnits, v.Unit) + ", " + People(r.Rows[1]) + "."
	if v.Than == 0 || v.N == 0 {
		return what + " With nobody in one of the two periods no rate can be set against the other."
	}
	per := strings.TrimSuffix(v.Unit, "s")
	ratio := "That is " + Core(r)
	if s := ratioRange(v); s != "" {
		ratio += " (" + s + " over the open questions)"
	}
	if iv := IntervalSaid(r); iv != "" {
		ratio += "; " + iv
	}
	more, less := Apart(r)
	switch {
	case more:
		return what + " " + ratio + ": more people were reported a " + per + " in the first of these periods than in the second. That is a rate of published accounts, not of what happened."
	case less:
		return what + " " + ratio + ": fewer people were reported a " + per + " in the first of these periods than in the second. That is a rate of published accounts, not of what happened."
	}
	return what + " " + ratio + ": the two periods cannot be told apart, so no rise and no fall can be stated."
}

// Core is the part of the sentence on a comparison that says how the periods
// compare: "1.6 times as many a month"; "" where it says no ratio.
func Core(r recount.Result) string {
	v := r.Ratio
	if v == nil || v.Than == 0 || v.N == 0 || len(r.Rows) < 2 {
		return ""
	}
	per := strings.TrimSuffix(v.Unit, "s")
	if count.RatioText(v) == "1.0" {
		return "about as many a " + per + ", a ratio of 1.0"
	}
	return count.RatioText(v) + " times as many a " + per
}

func people(r recount.Result) string {
	s := People(r)
	return s + " " + Is(r, "was", "were")
}

// span writes the period that a row counts, "2014-01 to 2014-12", in words: "the 12
// months from January 2014 to December 2014", "May 2014" alone.
func span(row recount.Result, n int, unit string) string {
	name := strings.ReplaceAll(cmp.Or(row.Label, row.Name), "..", " to ")
	from, to, ok := strings.Cut(name, " to ")
	if !ok {
		return Day(name)
	}
	if from == to {
		return Day(from)
	}
	return "the " + Period(n, unit) + " from " + Day(from) + " to " + Day(to)
}

// Sentence says a result as a sentence: of a ratio the one that it allows, of a
// share "women among them: 4 of 29 people (13.8% to 14.8%)".
func Sentence(r recount.Result) string {
	if r.Ratio != nil {
		return Trend(r)
	}
	if r.Of > 0 {
		return Part(r) + " (" + ShareWords(r) + ")"
	}
	return People(r)
}

// Rounded says that shares which are rounded one by one do not add up, or "":
// rows of which each person stands in exactly one add up to the whole.
func Rounded(rows []recount.Result, of int) string {
	sum, tenths := 0, 0
	if of == 0 {
		return ""
	}
	for _, r := range rows {
		if r.Of != of {
			return ""
		}
		sum += r.N
		tenths += (2000*r.N + of) / (2 * of)
	}
	if sum != of || tenths == 1000 {
		return ""
	}
	return "each share is rounded by itself, so they add up to " + strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "%"
}

// Month writes a row of a trend or of a comparison: "2014-05" is "May 2014", "2014-05
// to 2014-08" is "May 2014 to August 2014".
func Month(name string) string {
	if from, to, ok := strings.Cut(name, " to "); ok && recount.DateOf(from).String() == from && recount.DateOf(to).String() == to && from != "" {
		return Month(from) + " to " + Month(to)
	}
	d := recount.DateOf(name)
	if d.String() == name && d.Precision() != recount.ToYear {
		return Day(name)
	}
	return name
}
