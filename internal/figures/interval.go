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
	stated    [2]int64 // what is printed, without its qualifier: one number, or both ends of "between"
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
		return interval{lo, hi, okLow && okHigh, [2]int64{lo, hi}}
	case recount.AtLeast:
		return interval{v, unbounded, ok, one}
	case recount.MoreThan:
		return interval{v + 1, unbounded, ok, one}
	case recount.AtMost, recount.UpTo:
		return interval{0, v, ok, one}
	case recount.LessThan:
		return interval{0, v - 1, ok, one}
	case recount.About:
		return interval{v - v/10, v + v/10, ok, one}
	case recount.Almost:
		return interval{v - v/10, v - 1, ok, one}
	}
	return interval{v, v, ok, one}
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
	Rule      Rule
	Reason    string
}

// Settle applies a rule to the stated counts of a group, as they are printed:
// "an estimated 4,000" votes for 4,000. Supposed, derived and
// impossible figures and other events do not vote, vague ones only where vague
// gives them a number; in a majority the reprints of one original vote once.
// ok is false where the rule finds no value. outlets is the study's order of
// outlets; Order alone uses it.
func (g *Group) Settle(rule Rule, outlets []string, vague Vague) (Settled, bool) {
	type vote struct {
		m         Member
		low, high int64
	}
	var votes []vote
	seen := map[recount.Key]bool{}
	for k, m := range g.Members {
		v := g.values[k]
		n, counted := v.stated, v.known && v.stated != [2]int64{}
		if lo, hi, ok := vague.Read(m.Wording); ok && !counted {
			n, counted = [2]int64{lo, hi}, true
		}
		stated := m.Relation != NotACount && m.Relation != Derived && m.Relation != Impossible && m.Relation != OtherEvent
		if !counted || !stated || seen[m.Original] && rule == Majority {
			continue
		}
		seen[m.Original] = true
		votes = append(votes, vote{m, n[0], n[1]})
	}
	if len(votes) == 0 {
		return Settled{}, false
	}
	low := slices.MinFunc(votes, func(a, b vote) int { return cmp.Compare(a.low, b.low) })
	high := slices.MaxFunc(votes, func(a, b vote) int { return cmp.Compare(a.high, b.high) })
	one := func(v vote, why string) (Settled, bool) {
		return Settled{v.low, v.high, rule, why + ": " + v.m.Outlet}, true
	}
	switch rule {
	case Range:
		return Settled{low.low, high.high, rule, "lowest to highest stated number"}, true
	case Lowest:
		return one(low, "the lowest stated number")
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
		count := map[[2]int64]int{}
		for _, v := range votes {
			count[[2]int64{v.low, v.high}]++
		}
		for _, v := range votes {
			if n := count[[2]int64{v.low, v.high}]; 2*n > len(votes) {
				return Settled{v.low, v.high, rule, fmt.Sprintf("%d of %d independent originals", n, len(votes))}, true
			}
		}
	}
	return Settled{}, false
}
