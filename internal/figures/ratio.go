package figures

import (
	"math/big"
	"math/bits"
)

func plus(a, b Ratio) Ratio  { return combine(a, b, 1) }
func minus(a, b Ratio) Ratio { return combine(a, b, -1) }

// combine returns a + sign*b in lowest terms.
func combine(a, b Ratio, sign int64) Ratio {
	x, y := big.NewRat(a.Num, a.Den), big.NewRat(sign*b.Num, b.Den)
	x.Add(x, y)
	if !x.Num().IsInt64() || !x.Denom().IsInt64() {
		return a // out of range: the band is left as it was
	}
	return Ratio{x.Num().Int64(), x.Denom().Int64()}
}

// product returns r.Num*n divided by r.Den, with the remainder. r.Num and n
// are not negative. A quotient past 64 bits is cut to the largest one.
func product(r Ratio, n int64) (quo, rem uint64) {
	hi, lo := bits.Mul64(uint64(r.Num), uint64(n))
	if hi >= uint64(r.Den) {
		return 1 << 62, 0
	}
	return bits.Div64(hi, lo, uint64(r.Den))
}

// ceil returns the smallest whole number at or above r*n.
func ceil(r Ratio, n int64) int64 {
	q, rem := product(r, n)
	if rem > 0 {
		q++
	}
	return int64(min(q, 1<<62))
}

// floor returns the largest whole number at or below r*n.
func floor(r Ratio, n int64) int64 {
	if r.Num < 0 {
		return -1
	}
	q, _ := product(r, n)
	return int64(min(q, 1<<62))
}

// exactly reports whether r*n is k.
func exactly(r Ratio, n, k int64) bool {
	q, rem := product(r, n)
	return rem == 0 && int64(min(q, 1<<62)) == k
}
