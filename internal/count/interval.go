package count

import (
	"math"

	"recount"
)

// 95% confidence intervals: of a share (Wilson), of a count (exact Poisson) and
// of the ratio of two rates (exact conditional), their limits rounded to six
// decimals. They are for printing; nothing compares them but the words that
// say whether a ratio can be told from 1.

// z is the 97.5% point of the normal distribution.
const z = 1.959963984540054

// Wilson returns the 95% Wilson score interval for k successes in n trials
// (Wilson 1927, as in Brown, Cai & DasGupta 2001, eq. 4), or nil if n is 0.
func Wilson(k, n int) *recount.Interval {
	if n <= 0 || k < 0 || k > n {
		return nil
	}
	x, m := float64(k), float64(n)
	mid := (x + z*z/2) / (m + z*z)
	half := z * math.Sqrt(x*(m-x)/m+z*z/4) / (m + z*z)
	lo, hi := mid-half, mid+half
	// At the ends the formula gives 0 and 1 but for rounding.
	if k == 0 {
		lo = 0
	}
	if k == n {
		hi = 1
	}
	return &recount.Interval{Method: "95% Wilson", Low: sixPlaces(lo), High: sixPlaces(hi)}
}

// Garwood returns the exact 95% interval for the mean of a Poisson count k
// (Garwood 1936).
func Garwood(k int) *recount.Interval {
	if k < 0 {
		return nil
	}
	factorial := logFactorials(k)
	// tail is P(X <= k) for mean m.
	tail := func(k int, m float64) float64 {
		sum, log := 0.0, math.Log(m)
		for i := 0; i <= k; i++ {
			sum += math.Exp(float64(i)*log - m - factorial[i])
		}
		return sum
	}
	top := 2*float64(k) + 40
	lo := 0.0
	if k > 0 {
		lo = bisect(0, top, func(m float64) bool { return 1-tail(k-1, m) < 0.025 })
	}
	hi := bisect(0, top, func(m float64) bool { return tail(k, m) > 0.025 })
	return &recount.Interval{Method: "95% exact Poisson", Low: sixPlaces(lo), High: sixPlaces(hi)}
}

// clopperPearson returns the exact 95% interval for a binomial share (Clopper
// & Pearson 1934). It needs 0 <= k <= n and n > 0.
func clopperPearson(k, n int) (lo, hi float64) {
	factorial := logFactorials(n)
	// atMost is P(X <= k) for share p.
	atMost := func(k int, p float64) float64 {
		sum, log, other := 0.0, math.Log(p), math.Log1p(-p)
		for i := 0; i <= k; i++ {
			sum += math.Exp(factorial[n] - factorial[i] - factorial[n-i] + float64(i)*log + float64(n-i)*other)
		}
		return sum
	}
	hi = 1
	if k > 0 {
		lo = bisect(0, 1, func(p float64) bool { return 1-atMost(k-1, p) < 0.025 })
	}
	if k < n {
		hi = bisect(0, 1, func(p float64) bool { return atMost(k, p) > 0.025 })
	}
	return lo, hi
}

// Exact returns the exact 95% interval for a share of which between least and
// most of n successes are certain (Clopper & Pearson 1934): the lower limit of
// the least and the upper one of the most. It is nil if n is 0.
func Exact(least, most, n int) *recount.Interval {
	if n <= 0 || least < 0 || most < least || most > n {
		return nil
	}
	lo, _ := clopperPearson(least, n)
	_, hi := clopperPearson(most, n)
	return &recount.Interval{Method: "95% Clopper-Pearson", Low: sixPlaces(lo), High: sixPlaces(hi)}
}

// logFactorials returns the logarithms of 0! to n!.
func logFactorials(n int) []float64 {
	out := make([]float64, n+1)
	for i := range out {
		out[i], _ = math.Lgamma(float64(i) + 1)
	}
	return out
}

// bisect finds where below turns from true to false between lo and hi.
func bisect(lo, hi float64, below func(float64) bool) float64 {
	for range 100 {
		m := lo + (hi-lo)/2
		if below(m) {
			lo = m
		} else {
			hi = m
		}
	}
	return lo + (hi-lo)/2
}

// ratioInterval returns the 95% interval for the ratio of two Poisson rates: a
// events in exposure ta against b events in exposure tb. Given their sum, a is
// binomial (Przyborowski & Wilenski 1940), so the exact limits of that share
// (Clopper & Pearson 1934) give those of the ratio. It is nil if there are no
// events or no exposure.
func ratioInterval(a, ta, b, tb int) *recount.Interval {
	if a < 0 || b < 0 || a+b == 0 || ta <= 0 || tb <= 0 {
		return nil
	}
	lo, hi := clopperPearson(a, a+b)
	scale := float64(tb) / float64(ta)
	iv := &recount.Interval{Method: "95% exact conditional", Low: sixPlaces(lo / (1 - lo) * scale), High: -1}
	if b > 0 {
		iv.High = sixPlaces(hi / (1 - hi) * scale)
	}
	return iv
}

// sixPlaces rounds to six decimals, so that the last bits, in which two kinds
// of CPU may differ, never reach a report.
func sixPlaces(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// LimitMissedLinks works out between how many and how many of the pairs of
// people that nothing suggests are one person, by those that were drawn at
// random and compared.
func LimitMissedLinks(m *recount.MissedLinks) {
	share := Exact(m.Same, m.Same+m.Unsure, len(m.Compared))
	if m.Share = share; share == nil {
		return
	}
	left := m.Pairs - len(m.Compared) // that nobody looked at
	const million = 1_000_000         // the limits have six places
	m.Low = max(m.Same, int(math.Round(share.Low*million))*m.Pairs/million)
	m.High = min(m.Same+m.Unsure+left, (int(math.Round(share.High*million))*m.Pairs+million-1)/million)
	m.Low = min(m.Low, m.High)
}
