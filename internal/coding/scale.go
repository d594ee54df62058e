package coding

import (
	"math"
	"math/big"
	"slices"
)

// A Scale says how far apart two different answers are.
type Scale string

const (
	Ordinal Scale = "ordinal"  // by how many answers lie between them
	Numbers Scale = "interval" // by the difference of the numbers
)

// ScaledAlpha returns Krippendorff's alpha for answers that are ordered or are
// numbers (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability",
// section D): 1 - (n-1) times the sum over units of the squared distances of
// their pairs of answers, each over m-1, over the sum of n_c n_k times the
// squared distance of c and k. order lists the answers of an ordinal scale, the
// lowest first. Answers that the scale does not hold are left out.
func ScaledAlpha(units []Unit, scale Scale, order []string) Coefficient {
	c := Coefficient{Name: "Krippendorff's alpha, " + string(scale), Actors: actors(units)}
	at := func(v string) (*big.Rat, bool) {
		if scale == Ordinal {
			i := slices.Index(order, v)
			return big.NewRat(int64(i), 1), i >= 0
		}
		if len(v) > 40 {
			return nil, false
		}
		return new(big.Rat).SetString(v)
	}
	type value struct {
		at *big.Rat
		n  int64
	}
	var values []value // sorted
	find := func(r *big.Rat) (int, bool) {
		return slices.BinarySearchFunc(values, r, func(v value, r *big.Rat) int { return v.at.Cmp(r) })
	}
	var within [][]*big.Rat
	n := int64(0)
	for _, u := range tidy(units) {
		var here []*big.Rat
		for _, a := range u.Answers {
			if r, ok := at(a.Value); ok {
				here = append(here, r)
			}
		}
		if len(here) < 2 {
			continue
		}
		within = append(within, here)
		c.Units++
		c.Pairs += len(here) * (len(here) - 1) / 2
		n += int64(len(here))
		for _, r := range here {
			i, ok := find(r)
			if !ok {
				values = slices.Insert(values, i, value{at: r})
			}
			values[i].n++
		}
	}
	if n == 0 {
		c.Note = "no unit was answered by two coders with an answer of the scale"
		return c
	}
	below := make([]int64, len(values)+1) // answers at lower values
	for i, v := range values {
		below[i+1] = below[i] + v.n
	}
	distance := func(i, j int) *big.Rat {
		d := new(big.Rat)
		if scale == Ordinal { // answers from i to j, the two ends half
			i, j = min(i, j), max(i, j)
			d.SetInt64(2*(below[j+1]-below[i]) - values[i].n - values[j].n)
		} else {
			d.Sub(values[i].at, values[j].at)
		}
		return d.Mul(d, d)
	}
	apart, expected := new(big.Rat), new(big.Rat)
	for _, here := range within {
		sum := new(big.Rat)
		for i, a := range here {
			for _, b := range here[:i] {
				x, _ := find(a)
				y, _ := find(b)
				if x != y {
					sum.Add(sum, distance(x, y))
				}
			}
		}
		apart.Add(apart, sum.Mul(sum, big.NewRat(2, int64(len(here)-1))))
	}
	for i := range values {
		for j := range values[:i] {
			expected.Add(expected, new(big.Rat).Mul(distance(i, j), big.NewRat(2*values[i].n*values[j].n, 1)))
		}
	}
	if expected.Sign() == 0 {
		c.Note = "only one answer was ever given, so nothing varies"
		return c
	}
	apart.Mul(apart, big.NewRat(n-1, 1))
	c.Value = oneMinus(apart.Quo(apart, expected))
	return c
}

func oneMinus(r *big.Rat) float64 {
	v, _ := new(big.Rat).Sub(big.NewRat(1, 1), r).Float64()
	return math.Round(v*1e6) / 1e6
}

// AC1 returns Gwet's first-order agreement coefficient for any number of coders
// and missing answers (Gwet 2008, eq. 6-8, as in Gwet 2014, ch. 2):
// (pa - pe) / (1 - pe), where pa is the mean over units of the share of equal
// pairs, pe = sum of p_k (1 - p_k) over q - 1, and p_k the mean share of answer
// k over the units. Unlike kappa it does not fall where one answer is rare.
func AC1(units []Unit) Coefficient {
	c := Coefficient{Name: "Gwet's AC1", Actors: actors(units)}
	share := map[string]*big.Rat{} // sum over units
	agree := new(big.Rat)
	answered := int64(0)
	for _, u := range tidy(units) {
		m := int64(len(u.Answers))
		if m == 0 {
			continue
		}
		answered++
		here := map[string]int64{}
		for _, a := range u.Answers {
			here[a.Value]++
		}
		equal := int64(0)
		for v, k := range here {
			if share[v] == nil {
				share[v] = new(big.Rat)
			}
			share[v].Add(share[v], big.NewRat(k, m))
			equal += k * (k - 1)
		}
		if m > 1 {
			c.Units++
			c.Pairs += int(m * (m - 1) / 2)
			agree.Add(agree, big.NewRat(equal, m*(m-1)))
		}
	}
	switch {
	case c.Units == 0:
		c.Note = "no unit was answered by two coders"
		return c
	case len(share) < 2:
		c.Note = "only one answer was ever given, so nothing varies"
		return c
	}
	one, chance := big.NewRat(1, 1), new(big.Rat)
	for _, s := range share {
		p := new(big.Rat).Quo(s, big.NewRat(answered, 1))
		chance.Add(chance, new(big.Rat).Mul(p, new(big.Rat).Sub(one, p)))
	}
	chance.Quo(chance, big.NewRat(int64(len(share)-1), 1))
	agree.Quo(agree, big.NewRat(int64(c.Units), 1))
	// 1 - (1 - pa) / (1 - pe)
	missed := new(big.Rat).Sub(one, agree)
	c.Value = oneMinus(missed.Quo(missed, new(big.Rat).Sub(one, chance)))
	return c
}
