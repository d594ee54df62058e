package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// An interval is the range of whole numbers that a count allows. Shares have
// none.
type interval struct {
	low, high int64
	known     bool
	stated    [2]int64 // what is printed, without its qualifier: one number, or both ends of "between"; of "more than 20" 21
	above     bool     // it states no upper end: "at least"
	below     bool     // it states no lower end: "at most"
}

const unbounded = int64(1) << 60

// intervalOf returns what a count allows. What a vague word may mean is taken
// wide: it only has to rule out what nobody would call so.
func intervalOf(f *recount.ReportedFigure, printed string) interval {
	whole := func(d *recount.Decimal) (int64, bool) {
		if d == nil {
			return 0, false
		}
		n := d.Digits
		for range d.Places {
			n /= 10
		}
		return n, true
	}
	if f.Kind != recount.CountFigure {
		return interval{}
	}
	v, ok := whole(f.Value)
	lo, okLow := whole(f.Low)
	hi, okHigh := whole(f.High)
	one := [2]int64{v, v}
	switch f.Qualifier {
	case recount.Vague:
		if lo, hi, ok := widest.Read(printed); ok {
			return interval{low: lo, high: hi, known: true}
		}
		return interval{low: 1, high: unbounded, known: true}
	case recount.Between:
		return interval{low: lo, high: hi, known: okLow && okHigh, stated: [2]int64{lo, hi}}
	case recount.AtLeast:
		return interval{low: v, high: unbounded, known: ok, stated: one, above: true}
	case recount.MoreThan:
		return interval{low: v + 1, high: unbounded, known: ok, stated: [2]int64{v + 1, v + 1}, above: true}
	case recount.AtMost, recount.UpTo:
		return interval{low: 0, high: v, known: ok, stated: one, below: true}
	case recount.LessThan:
		return interval{low: 0, high: v - 1, known: ok, stated: [2]int64{v - 1, v - 1}, below: true}
	case recount.About:
		return interval{low: v - v/10, high: v + v/10, known: ok, stated: one}
	case recount.Almost:
		return interval{low: v - v/10, high: v - 1, known: ok, stated: one}
	}
	return interval{low: v, high: v, known: ok, stated: one}
}

// Vague gives vague words a lowest and a highest number. It is a counting
// rule: without one, "dozens" has no value.
type Vague map[string][2]int64

// widest is what a vague word can mean at all. It gives no value; it only
// shows that "dozens" cannot be 4,000.
var widest = Vague{"handful": {2, 15}, "dozens": {20, 200}, "scores": {30, 400}, "hundreds": {100, 9999}, "thousands": {1000, 999999},
	"tens of thousands": {10000, 999999}, "hundreds of thousands": {100000, 9999999}, "millions": {1000000, unbounded}}

// Read returns the bounds of the longest vague word that a wording holds.
func (v Vague) Read(printed string) (low, high int64, ok bool) {
	printed = strings.ToLower(printed)
	best := ""
	for w, b := range v {
		if strings.Contains(printed, w) && (len(w) > len(best) || len(w) == len(best) && w < best) {
			best, low, high = w, b[0], b[1]
		}
	}
	return low, high, best != ""
}

func (i interval) holds(n int64) bool { return i.known && i.low <= n && n <= i.high }
func (i interval) meets(j interval) bool {
	return i.known && j.known && i.low <= j.high && j.low <= i.high
}

// Rule names a way to settle a quantity that outlets report differently. It is
// a counting rule of the study and is printed beside the value.
type Rule string

const (
	Range    Rule = "range"        // from the lowest to the highest stated number
	Majority Rule = "majority"     // of independent originals; no value without one
	Order    Rule = "outlet order" // the first outlet of the study's list that states it
	Lowest   Rule = "lowest"
	Latest   Rule = "latest" // by day of publication
)

// A Settled is what a rule makes of a group.
type Settled struct {
	Low, High int64 // equal unless the rule is Range
	Above     bool  // no highest number is stated: Low or more
	Below     bool  // no lowest number is stated: High or fewer
	Rule      Rule
	Reason    string
}

// String writes the value: "29", "25 to 29", "21 or more", "40 or fewer".
func (s Settled) String() string {
	switch {
	case s.Above:
		return fmt.Sprintf("%d or more", s.Low)
	case s.Below:
		return fmt.Sprintf("%d or fewer", s.High)
	case s.Low != s.High:
		return fmt.Sprintf("%d to %d", s.Low, s.High)
	}
	return fmt.Sprint(s.Low)
}

// A vote is what one member of a group states of its quantity.
type vote struct {
	m            Member
	low, high    int64
	above, below bool // it states no upper, no lower end
}

// Settle applies a rule to the stated counts of a group, as they are printed:
// "an estimated 4,000" votes for 4,000, "at least 29" for 29 or more. Supposed, derived and
// impossible figures and other events do not vote, vague ones only where vague
// gives them a number; in a majority the reprints of one original vote once.
// ok is false where the rule finds no value. outlets is the study's order of
// outlets; Order alone uses it.
func (g *Group) Settle(rule Rule, outlets []string, vague Vague) (Settled, bool) {
	var votes []vote
	seen := map[recount.Key]bool{}
	for k, m := range g.Members {
		v := g.values[k]
		x := vote{m, v.stated[0], v.stated[1], v.above, v.below}
		counted := v.known && v.stated != [2]int64{}
		if lo, hi, ok := vague.Read(m.Wording); ok && !counted {
			x, counted = vote{m: m, low: lo, high: hi}, true
		}
		stated := m.Relation != NotACount && m.Relation != Derived && m.Relation != Impossible && m.Relation != OtherEvent
		if !counted || !stated || seen[m.Original] && rule == Majority {
			continue
		}
		// Who copies a number and loses its "at least" states no other one.
		if r := g.values[0]; m.Relation == Degraded && k > 0 && x.low == r.stated[0] && x.high == r.stated[1] {
			x.above, x.below = r.above, r.below
		}
		seen[m.Original] = true
		votes = append(votes, x)
	}
	if len(votes) == 0 {
		return Settled{}, false
	}
	one := func(v vote, why string) (Settled, bool) {
		return Settled{v.low, v.high, v.above, v.below, rule, why + ": " + v.m.Outlet}, true
	}
	switch rule {
	case Range:
		return widestOf(votes)
	case Lowest: // of two that state the same number the one that says "at least"
		return one(slices.MinFunc(votes, func(a, b vote) int {
			return cmp.Or(cmp.Compare(a.low, b.low), cmp.Compare(b.ends(), a.ends()))
		}), "the lowest stated number")
	case Latest:
		return one(slices.MaxFunc(votes, func(a, b vote) int {
			x, y := recount.DateOf(a.m.Day), recount.DateOf(b.m.Day)
			switch { // a page without a day is not the latest
			case !x.Known() && y.Known():
				return -1
			case x.Known() && !y.Known():
				return 1
			}
			return cmp.Or(x.Compare(y), cmp.Compare(b.m.Article, a.m.Article))
		}), "the latest")
	case Order:
		for _, o := range outlets {
			for _, v := range votes {
				if v.m.Outlet == o {
					return one(v, "first in the order of outlets")
				}
			}
		}
	case Majority:
		for _, v := range votes {
			n := 0
			same := Settled{Low: v.low, High: v.high, Rule: rule}
			for _, o := range votes {
				if o.low == v.low && o.high == v.high { // "at least 29" and "29" state one number
					n++
					same.Above, same.Below = same.Above || o.above, same.Below || o.below
				}
			}
			if 2*n > len(votes) {
				if same.Above && same.Below {
					same.Above, same.Below = false, false
				}
				same.Reason = fmt.Sprintf("%d of %d independent originals", n, len(votes))
				return same, true
			}
		}
	}
	return Settled{}, false
}

// ends counts the ends that a vote does not state.
func (v vote) ends() int {
	if v.above || v.below {
		return 1
	}
	return 0
}

// widestOf is the range from the lowest to the highest number that is stated. A bound
// is no end of it: after "at least 21" somebody else's 34 is the highest number, and
// where nobody states a higher one there is none.
func widestOf(votes []vote) (Settled, bool) {
	low := slices.MinFunc(votes, func(a, b vote) int { return cmp.Compare(a.low, b.low) }).low
	high := slices.MaxFunc(votes, func(a, b vote) int { return cmp.Compare(a.high, b.high) }).high
	s := Settled{Low: low, High: high, Rule: Range, Reason: "lowest to highest stated number"}
	s.Above = slices.ContainsFunc(votes, func(v vote) bool { return v.above && v.high == high })
	s.Below = slices.ContainsFunc(votes, func(v vote) bool { return v.below && v.low == low })
	switch {
	case s.Above && s.Below && low == high: // "at least 29" and "at most 29"
		s.Above, s.Below = false, false
	case s.Above && s.Below: // the one says more and the other less
		return Settled{}, false
	case s.Above:
		s.Reason = "the lowest stated number, and nobody states a highest"
	case s.Below:
		s.Reason = "the highest stated number, and nobody states a lowest"
	}
	return s, true
}
