package coding

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
)

// An Interval is what a coefficient would be on other units like these: the
// middle 95 in 100 of the values on units drawn with replacement (percentile
// bootstrap, Efron & Tibshirani 1993, ch. 13; of units, as Hayes & Krippendorff
// 2007 draw for alpha). Draws on which the coefficient is not defined are left
// out.
type Interval struct {
	Low, High float64
	Draws     int // that have a value
	Note      string
}

const (
	draws     = 1000
	fewUnits  = 10
	micro     = 1_000_000
	lowRank   = 25  // of 1,000
	highRank  = 975 // of 1,000
	mostNoise = 500 // draws without a value
)

// unit is what a draw needs of a unit: how often each value was given.
type unit struct {
	values []int // index of value, one for each answer
	pair   [2]int
}

// Between computes the interval of a coefficient over units: "percent",
// "Krippendorff's alpha" or "Gwet's AC1"; of Cohen's kappa give the two coders. The draws follow
// from the units alone.
func Between(of Coefficient, units []Unit) Interval {
	compute := map[string]func([]unit, int) (int64, bool){"percent": percentOf, "Cohen's kappa": kappaOf, "Krippendorff's alpha": alphaOf, "Gwet's AC1": ac1Of}[of.Name]
	switch {
	case of.Note != "":
		return Interval{Note: of.Note}
	case compute == nil:
		return Interval{Note: "no interval is computed for it"}
	}
	units = tidy(units)
	index := map[string]int{}
	var all []unit
	twice := 0 // answered by two
	h := sha256.New()
	for _, u := range units {
		var x unit
		for _, a := range u.Answers {
			if _, ok := index[a.Value]; !ok {
				index[a.Value] = len(index)
			}
			x.values = append(x.values, index[a.Value])
			fmt.Fprintf(h, "%q %q %q\n", u.ID, a.Actor, a.Value)
		}
		if of.Name == "Cohen's kappa" {
			p, ok := u.of(of.Actors[0])
			q, ok2 := u.of(of.Actors[1])
			if !ok || !ok2 {
				continue
			}
			x.pair = [2]int{index[p], index[q]}
		} else if len(x.values) < 2 && (of.Name != "Gwet's AC1" || len(x.values) == 0) {
			continue // AC1 takes how often each answer is given from single answers too
		}
		if len(x.values) >= 2 {
			twice++
		}
		all = append(all, x)
	}
	if twice < fewUnits {
		return Interval{Note: fmt.Sprintf("fewer than %d questions were answered by two coders", fewUnits)}
	}
	fmt.Fprintf(h, "%q %q\n", of.Name, of.Actors)
	sum := h.Sum(nil)
	r := rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])))
	var got []int64
	drawn := make([]unit, len(all))
	for range draws {
		for i := range drawn {
			drawn[i] = all[r.IntN(len(all))]
		}
		if v, ok := compute(drawn, len(index)); ok {
			got = append(got, v)
		}
	}
	if len(got) < draws-mostNoise {
		return Interval{Draws: len(got), Note: "too little varies to say how far it could move"}
	}
	slices.SortFunc(got, func(a, b int64) int { return cmp.Compare(a, b) })
	at := func(rank int) float64 { return ratio(got[min(len(got)-1, rank*len(got)/draws)], micro) }
	return Interval{Low: at(lowRank), High: at(highRank), Draws: len(got)}
}

// ac1Of is AC1 of units that were drawn; n values were given of all.
func ac1Of(us []unit, n int) (int64, bool) {
	const nano = 1_000_000_000 // of a share
	share, given := make([]int64, n), make([]int64, n)
	agree, twice := int64(0), int64(0)
	for _, u := range us {
		m := int64(len(u.values))
		clear(given)
		for _, v := range u.values {
			given[v]++
		}
		equal := int64(0)
		for v, k := range given {
			share[v] += k * nano / m
			equal += k * (k - 1)
		}
		if m > 1 {
			twice++
			agree += equal * nano / (m * (m - 1))
		}
	}
	if n < 2 || twice == 0 {
		return 0, false
	}
	chance := int64(0)
	for _, s := range share {
		p := s / int64(len(us))
		chance += p * (nano - p) / nano
	}
	return micro - divided(nano-agree/twice, nano-chance/int64(n-1)), true
}

// divided returns a/b in millionths, rounded towards zero; b > 0.
func divided(a, b int64) int64 {
	whole, rest := a/b, a%b
	return whole*micro + rest*micro/b
}

func percentOf(us []unit, _ int) (int64, bool) {
	equal, pairs := int64(0), int64(0)
	for _, u := range us {
		for i, a := range u.values {
			for _, b := range u.values[:i] {
				pairs++
				if a == b {
					equal++
				}
			}
		}
	}
	return divided(equal, pairs), true
}

func kappaOf(us []unit, values int) (int64, bool) {
	a, b := make([]int64, values), make([]int64, values)
	equal, n := int64(0), int64(len(us))
	for _, u := range us {
		a[u.pair[0]]++
		b[u.pair[1]]++
		if u.pair[0] == u.pair[1] {
			equal++
		}
	}
	s := int64(0)
	for v := range a {
		s += a[v] * b[v]
	}
	if n*n == s {
		return 0, false
	}
	return divided(n*equal-s, n*n-s), true
}

func alphaOf(us []unit, values int) (int64, bool) {
	// Disagreement within units has denominators up to the number of coders less
	// one; their product keeps it whole.
	whole := int64(1)
	for _, u := range us {
		if m := int64(len(u.values) - 1); whole%m != 0 {
			whole = whole / gcd(whole, m) * m
		}
	}
	given := make([]int64, values)
	apart, n := int64(0), int64(0)
	here := make([]int64, values)
	for _, u := range us {
		m := int64(len(u.values))
		n += m
		clear(here)
		for _, v := range u.values {
			given[v]++
			here[v]++
		}
		unlike := m * m
		for _, v := range u.values {
			unlike -= here[v]
		}
		apart += unlike * (whole / (m - 1))
	}
	expected := n * n
	for _, k := range given {
		expected -= k * k
	}
	if expected == 0 {
		return 0, false
	}
	return micro - divided(apart*(n-1)/whole, expected), true
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
