package coding

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
)

// A Unit is one thing that coders were asked about, with what each answered.
type Unit struct {
	ID      string
	Answers []Answer // an actor who gave none is missing
}

// An Answer is what one coder said of a unit.
type Answer struct {
	Actor string
	Value string
}

// A Coefficient is one measure of agreement with what it was computed from.
type Coefficient struct {
	Name   string  // "percent", "Cohen's kappa", "Krippendorff's alpha"
	Value  float64 // at most 1; printed, never compared
	Units  int     // that entered it
	Of     string  // what they are: "passage"; "" is a question
	Pairs  int     // of answers that were compared
	Actors []string
	// Note says why there is no Value, "" if there is one.
	Note string
}

// OfPair reports whether the coefficient is of two coders, however many there are.
func (c Coefficient) OfPair() bool { return c.Name == "Cohen's kappa" || c.Of == "passage" }

// String writes the coefficient with two decimals, or its note.
func (c Coefficient) String() string {
	if c.Note != "" {
		return c.Name + ": " + c.Note
	}
	return c.Name + " " + c.Said()
}

// Said writes the value as it is read: a share of pairs as a percentage, a coefficient with two
// decimals.
func (c Coefficient) Said() string {
	if c.Name != "percent" || c.Pairs == 0 {
		return c.Decimals()
	}
	equal := int(math.Round(c.Value * float64(c.Pairs)))
	if rounded := (200*equal + c.Pairs) / (2 * c.Pairs); rounded < 100 || equal == c.Pairs {
		return fmt.Sprintf("%d%%", rounded)
	}
	return "over 99%" // not all of them
}

// Decimals writes the value with two decimals. What lies in the middle of two
// is written as the one further from 0, as pages in a browser write it.
func (c Coefficient) Decimals() string {
	v := c.Value
	if v == 0 {
		return "0.00"
	}
	if eighths := v * 8; eighths == math.Trunc(eighths) { // all such middles are eighths
		v = math.Nextafter(v, math.Copysign(2, v))
	}
	return fmt.Sprintf("%.2f", v)
}

// Percent returns the share of pairs of answers to one unit that are equal,
// over all units with two answers or more: the mean over pairs of coders,
// weighted by how many units both answered.
func Percent(units []Unit) Coefficient {
	c := Coefficient{Name: "percent"}
	equal := 0
	for _, u := range tidy(units) {
		if len(u.Answers) < 2 {
			continue
		}
		c.Units++
		for i, a := range u.Answers {
			for _, b := range u.Answers[:i] {
				c.Pairs++
				if a.Value == b.Value {
					equal++
				}
			}
		}
	}
	c.Actors = actors(units)
	if c.Pairs == 0 {
		c.Note = "no unit was answered by two coders"
		return c
	}
	c.Value = ratio(int64(equal), int64(c.Pairs))
	return c
}

// Kappa returns Cohen's kappa for two coders (Cohen 1960), over the units that
// both answered: (po - pe) / (1 - pe), where pe is the agreement expected from
// each coder's own shares.
func Kappa(units []Unit, a, b string) Coefficient {
	c := Coefficient{Name: "Cohen's kappa", Actors: []string{a, b}}
	ofA, ofB := map[string]int64{}, map[string]int64{}
	equal := int64(0)
	for _, u := range tidy(units) {
		x, ok := u.of(a)
		y, ok2 := u.of(b)
		if !ok || !ok2 {
			continue
		}
		c.Units++
		ofA[x]++
		ofB[y]++
		if x == y {
			equal++
		}
	}
	c.Pairs = c.Units
	if c.Units == 0 {
		c.Note = "the two coders share no unit"
		return c
	}
	// With n units and equal answers e: kappa = (n e - s) / (n n - s), where s
	// is the sum of products of the margins. Whole numbers keep it exact.
	n, s := int64(c.Units), int64(0)
	for v, k := range ofA {
		s += k * ofB[v]
	}
	if n*n == s {
		c.Note = "both coders gave one and the same answer throughout, so chance explains all"
		return c
	}
	c.Value = ratio(n*equal-s, n*n-s)
	return c
}

// Alpha returns Krippendorff's alpha for nominal data with any number of
// coders and missing answers (Krippendorff 2011, "Computing Krippendorff's
// Alpha-Reliability", section C): 1 - (n-1) times the sum over units and pairs
// of unlike values of o_ck, over the sum of n_c n_k.
func Alpha(units []Unit) Coefficient {
	c := Coefficient{Name: "Krippendorff's alpha", Actors: actors(units)}
	values := map[string]int64{}
	disagree := new(big.Rat) // sum of o_ck over c != k
	n := int64(0)
	for _, u := range tidy(units) {
		m := int64(len(u.Answers))
		if m < 2 { // an answer that pairs with none says nothing
			continue
		}
		c.Units++
		c.Pairs += int(m * (m - 1) / 2)
		n += m
		here := map[string]int64{}
		for _, a := range u.Answers {
			values[a.Value]++
			here[a.Value]++
		}
		unlike := m * m
		for _, k := range here {
			unlike -= k * k
		}
		disagree.Add(disagree, big.NewRat(unlike, m-1))
	}
	if n == 0 {
		c.Note = "no unit was answered by two coders"
		return c
	}
	expected := n * n // sum of n_c n_k over c != k
	for _, k := range values {
		expected -= k * k
	}
	if expected == 0 {
		c.Note = "only one answer was ever given, so nothing varies"
		return c
	}
	c.Value = oneMinus(disagree.Mul(disagree, big.NewRat(n-1, expected)))
	return c
}

func ratio(n, of int64) float64 {
	v, _ := big.NewRat(n, of).Float64()
	return math.Round(v*1e6) / 1e6
}

func (u *Unit) of(actor string) (string, bool) {
	for _, a := range u.Answers {
		if a.Actor == actor {
			return a.Value, true
		}
	}
	return "", false
}

// tidy sorts units and answers, so that sums run in one order, and keeps one
// answer of each coder, the first by its text.
func tidy(units []Unit) []Unit {
	out := make([]Unit, len(units))
	for i, u := range units {
		a := slices.Clone(u.Answers)
		slices.SortFunc(a, func(x, y Answer) int {
			return cmp.Or(strings.Compare(x.Actor, y.Actor), strings.Compare(x.Value, y.Value))
		})
		out[i] = Unit{u.ID, slices.CompactFunc(a, func(x, y Answer) bool { return x.Actor == y.Actor })}
	}
	slices.SortStableFunc(out, func(x, y Unit) int { return strings.Compare(x.ID, y.ID) })
	return out
}

func actors(units []Unit) []string {
	var out []string
	for _, u := range units {
		for _, a := range u.Answers {
			out = append(out, a.Actor)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
