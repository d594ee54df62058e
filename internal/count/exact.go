package count

import (
	"fmt"
	"math/big"
	"strings"

	"recount"
)

// Exact tests, in whole numbers throughout: their probabilities are fractions,
// so that the same counts give the same words on every machine.

// mostExact is how many people a table may hold that is still counted out, and
// mostSum how large the sum of the periods of all people of a trend may be.
const (
	mostExact = 20_000
	mostSum   = 6_000
)

// Fisher returns the two-sided probability of a 2x2 table with these margins
// that is no more likely than the one there, if the two things have nothing to
// do with each other (Fisher 1935, as R's fisher.test computes it), and the
// mid-p value (Lancaster 1961): twice the smaller of the two tails, each with
// half of the table there (as epitools computes it). ok is false for a table
// with an empty row or column, and for one too large.
func Fisher(a, b, c, d int) (p, mid *big.Rat, ok bool) {
	n := a + b + c + d
	if min(a, b, c, d) < 0 || a+b == 0 || c+d == 0 || a+c == 0 || b+d == 0 || n > mostExact {
		return nil, nil, false
	}
	row, column := int64(a+b), int64(a+c)
	other := int64(c + d)
	low, high := max(0, column-other), min(row, column)
	// The weight of x in the first cell is C(row, x) C(other, column-x).
	weight := new(big.Int).Mul(new(big.Int).Binomial(row, low), new(big.Int).Binomial(other, column-low))
	weights := make([]*big.Int, 0, high-low+1)
	for x := low; ; x++ {
		weights = append(weights, new(big.Int).Set(weight))
		if x == high {
			break
		}
		weight.Mul(weight, big.NewInt((row-x)*(column-x)))
		weight.Quo(weight, big.NewInt((x+1)*(other-column+x+1)))
	}
	there := int64(a) - low
	whole, rare, below := new(big.Int), new(big.Int), new(big.Int)
	for i, w := range weights {
		whole.Add(whole, w)
		if w.Cmp(weights[there]) <= 0 {
			rare.Add(rare, w)
		}
		if int64(i) < there {
			below.Add(below, w)
		}
	}
	return new(big.Rat).SetFrac(rare, whole), midTail(below, weights[there], whole), true
}

// midTail is twice the smaller tail of a distribution around one value, of which
// each tail has half.
func midTail(below, there, whole *big.Int) *big.Rat {
	lower := new(big.Int).Lsh(below, 1)
	lower.Add(lower, there)
	upper := new(big.Int).Lsh(whole, 1)
	upper.Sub(upper, lower)
	if upper.Cmp(lower) < 0 {
		lower = upper
	}
	return new(big.Rat).SetFrac(lower, whole) // twice the tail over twice the whole
}

// PoissonTrend returns the two-sided probability of a rise or fall over periods
// at least as steady as that of these counts, if people come at one rate
// throughout. Given their sum, the counts are then multinomial with the
// exposures as weights; what is compared is the sum of the numbers of the
// periods of all who came, and its distribution is counted out (the exact
// conditional test in Poisson regression on time; Cox & Lewis 1966, ch. 3,
// Hirji 2006, ch. 9). Two-sided is twice the smaller tail. ok is false with
// nobody, fewer than three periods, a period without exposure, or too many to
// be counted out.
func PoissonTrend(counts, exposures []int) (p *big.Rat, ok bool) {
	n, at := 0, 0
	for i, c := range counts {
		if c < 0 || i >= len(exposures) || exposures[i] <= 0 {
			return nil, false
		}
		n += c
		at += i * c
	}
	last := len(counts) - 1
	if last < 2 || n == 0 || n*last > mostSum {
		return nil, false
	}
	// The weight of a sum m is the coefficient of z^m in (e0 + e1 z + ...)^n,
	// which follow from one another: m e0 c_m = sum of (j(n+1) - m) e_j c_(m-j).
	c := make([]*big.Int, n*last+1)
	c[0] = new(big.Int).Exp(big.NewInt(int64(exposures[0])), big.NewInt(int64(n)), nil)
	term := new(big.Int)
	for m := 1; m < len(c); m++ {
		sum := new(big.Int)
		for j := 1; j <= min(m, last); j++ {
			term.Mul(c[m-j], big.NewInt((int64(j)*int64(n+1)-int64(m))*int64(exposures[j])))
			sum.Add(sum, term)
		}
		c[m] = sum.Quo(sum, big.NewInt(int64(m)*int64(exposures[0])))
	}
	whole, lower, upper := new(big.Int), new(big.Int), new(big.Int)
	for m, w := range c {
		whole.Add(whole, w)
		if m <= at {
			lower.Add(lower, w)
		}
		if m >= at {
			upper.Add(upper, w)
		}
	}
	if upper.Cmp(lower) < 0 {
		lower = upper
	}
	p = new(big.Rat).SetFrac(lower.Lsh(lower, 1), whole)
	if p.Cmp(big.NewRat(1, 1)) > 0 {
		p.SetInt64(1)
	}
	return p, true
}

// chance writes a probability as a percentage with one decimal.
func chance(p *big.Rat) string {
	tenths := new(big.Rat).Mul(p, big.NewRat(1000, 1))
	tenths.Add(tenths, big.NewRat(1, 2))
	n := new(big.Int).Quo(tenths.Num(), tenths.Denom()).Int64()
	if n == 0 && p.Sign() > 0 {
		return "fewer than 0.1%"
	}
	return fmt.Sprintf("%d.%d%%", n/10, n%10)
}

// steady says how the numbers of a trend go with an even rate, or "" where the
// period of the study does not say which time they cover.
func (t *Tally) steady(l *line) string {
	d := t.dims[0]
	from, to := recount.DateOf(t.q.From), recount.DateOf(t.q.To)
	if x := recount.DateOf(t.b.rules.From); x.Known() && (!from.Known() || x.First().Compare(from.First()) > 0) {
		from = x
	}
	if x := recount.DateOf(t.b.rules.To); x.Known() && (!to.Known() || x.Last().Compare(to.Last()) < 0) {
		to = x
	}
	if d.name != "first_reported" || t.q.Share || !from.Known() || !to.Known() {
		return ""
	}
	n, sum := map[string]int{}, 0
	for _, row := range l.below {
		n[row.place.row] = row.N
		sum += row.N
	}
	first, last := from.First().Number(), to.Last().Number()
	var counts, exposures []int
	for at := startOf(Step(from.First(), d.step), d.step); at.Known() && at.First().Number() <= last && len(counts) < maxPeriods; at = at.AddMonths(stepMonths[d.step]) {
		name := Step(at, d.step)
		counts = append(counts, n[name])
		sum -= n[name]
		exposures = append(exposures, min(at.AddMonths(stepMonths[d.step]).First().Number()-1, last)-max(at.First().Number(), first)+1)
	}
	if sum != 0 { // the day of some is not known so exactly
		return ""
	}
	p, ok := PoissonTrend(counts, exposures)
	switch {
	case ok:
		return fmt.Sprintf("at an even rate over the %d %s from %s to %s a rise or fall as steady as this would come about in %s of cases (exact Poisson test, on the accepted numbers)", len(counts), stepsOf[d.step], from, to, chance(p))
	case len(counts) > 2 && l.N > 0:
		return fmt.Sprintf("the exact test for a trend is not computed: %d people over %d %s are too many to count out", l.N, len(counts), stepsOf[d.step])
	}
	return ""
}

// stepsOf are the steps of a trend in words.
var stepsOf = map[string]string{"month": "months", "quarter": "quarters", "half": "half-years", "year": "years"}

// association says of a sample how far the two variables of a table of two by
// two go together.
func (t *Tally) association(l *line) string {
	if !t.b.rules.Sample || len(t.dims) != 2 || t.dims[0].several() || t.dims[1].several() {
		return ""
	}
	var cells [][]int
	for _, row := range l.below {
		if missing(row.place.row) {
			continue
		}
		var in []int
		for _, c := range row.below {
			if !missing(c.place.cell) {
				in = append(in, c.N)
			}
		}
		cells = append(cells, in)
	}
	if len(cells) != 2 || len(cells[0]) != 2 || len(cells[1]) != 2 {
		return ""
	}
	p, mid, ok := Fisher(cells[0][0], cells[0][1], cells[1][0], cells[1][1])
	if !ok && cells[0][0]+cells[0][1]+cells[1][0]+cells[1][1] > mostExact {
		return fmt.Sprintf("Fisher's exact test is not computed: there are more than %d people", mostExact)
	} else if !ok {
		return "Fisher's exact test is not computed: a row or column is empty"
	}
	return fmt.Sprintf("if the two had nothing to do with each other, a table as uneven as this would come about in %s of samples (Fisher's exact test, mid-p %s), on the accepted numbers and without those of whom one is missing", chance(p), chance(mid))
}

// missing reports whether a row holds those of whom there is no value.
func missing(row string) bool {
	switch row {
	case "", "unknown", "not stated", "not applicable", "conflict":
		return true
	}
	return strings.HasPrefix(row, "unknown ")
}
