package release

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// sameIn reports whether two rows have the same values in some columns; a missing value
// agrees with every other one.
func sameIn(a, b []string, columns uint) bool {
	for c := range a {
		if columns&(1<<c) != 0 && a[c] != b[c] && a[c] != "" && b[c] != "" {
			return false
		}
	}
	return true
}

// TestMeasuresEqualTryingEverything sets the counts, the special uniques and their scores
// beside a program of a few lines that tries every set of columns on every pair of rows.
func TestMeasuresEqualTryingEverything(t *testing.T) {
	random := rand.New(rand.NewPCG(58, 7))
	special := 0
	for round := range 300 {
		n, m := 2+random.IntN(40), 1+random.IntN(5)
		k := make(Keys, n)
		for i := range k {
			for c := range m {
				k[i] = append(k[i], fmt.Sprint(random.IntN(2+c+round%4)))
			}
		}
		fk, err := Frequencies(k)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Uniques(k)
		if err != nil {
			t.Fatal(err)
		}
		whole := uint(1)<<m - 1
		alone := func(i int, columns uint) bool {
			for j := range k {
				if j != i && sameIn(k[i], k[j], columns) {
					return false
				}
			}
			return true
		}
		for i := range k {
			count := 0
			for j := range k {
				if sameIn(k[i], k[j], whole) {
					count++
				}
			}
			if fk[i] != count {
				t.Fatalf("round %d: row %d of %v is shared by %d, want %d", round, i, k, fk[i], count)
			}
			score, sets := 0, 0
			for columns := uint(1); columns <= whole; columns++ {
				needless := false
				for c := range m {
					needless = needless || columns&(1<<c) != 0 && columns != 1<<c && alone(i, columns&^(1<<c))
				}
				if needless || !alone(i, columns) {
					continue
				}
				ways := 1
				for x := 2; x <= m-bits.OnesCount(columns); x++ {
					ways *= x
				}
				score += ways
				sets++
			}
			if got.Score[i] != score {
				t.Fatalf("round %d: row %d of %v scores %d in %d sets, want %d", round, i, k, got.Score[i], sets, score)
			}
			if score > 0 {
				special++
			}
		}
	}
	if special == 0 {
		t.Error("no row was special")
	}
}

// TestRiskEqualsItsSeries: the risk of a record is the mean of one over the number of
// people in the population who are like it, which is distributed as in Benedetti and
// Franconi 1998. For one and two records the closed form is that sum; for more the form
// that sdcMicro uses is near it.
func TestRiskEqualsItsSeries(t *testing.T) {
	for sample := 1; sample <= 6; sample++ {
		for _, p := range []float64{0.05, 0.2, 0.5, 0.8, 0.95} {
			want, weight := 0.0, math.Pow(p, float64(sample))
			for h := sample; h < 5000; h++ {
				want += weight / float64(h)
				weight *= float64(h) / float64(h-sample+1) * (1 - p)
			}
			got, off := Risk(sample, float64(sample)/p), 1e-9
			if sample > 2 {
				off = 0.03
			}
			if math.Abs(got-want) > off {
				t.Errorf("Risk of %d in %.2f = %.9f, want %.9f", sample, p, got, want)
			}
		}
	}
}
