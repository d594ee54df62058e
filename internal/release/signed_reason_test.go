package release

import "testing"

// TestAReasonIsItsNumbers: a reason that two people override is another one as soon as a
// number that they read of it is another one, and the same while none is.
func TestAReasonIsItsNumbers(t *testing.T) {
	n := func(n int) Number { return Number{Result: "people", N: n} }
	left := func(n int) Number {
		return Number{Result: "men", Part: "men", Whole: "people", Implied: true, N: n}
	}
	for name, two := range map[string][2]Finding{
		"a printed number":            {{Number: n(4), Printed: true, Proven: true, Was: -1}, {Number: n(3), Printed: true, Proven: true, Was: -1}},
		"what is left of one":         {{Number: left(2), Proven: true, Was: -1}, {Number: left(1), Proven: true, Was: -1}},
		"a difference":                {{Number: n(28), Printed: true, Proven: true, Was: 29}, {Number: n(27), Printed: true, Proven: true, Was: 29}},
		"from another edition":        {{Number: n(28), Printed: true, Proven: true, Was: 29}, {Number: n(28), Printed: true, Proven: true, Was: 30}},
		"the other way":               {{Number: n(28), Printed: true, Proven: true, Was: 29}, {Number: n(30), Printed: true, Proven: true, Was: 29}},
		"of a whole":                  {{Number: Number{Result: "people", N: 28, WholeOf: true}, Was: 29}, {Number: Number{Result: "people", N: 27, WholeOf: true}, Was: 29}},
		"everybody of a group":        {{Number: n(9), Printed: true, Group: true, Was: -1}, {Number: n(8), Printed: true, Group: true, Was: -1}},
		"worked out":                  {{Number: n(2), Low: 2, High: 2, Proven: true, Was: -1}, {Number: n(1), Low: 1, High: 1, Proven: true, Was: -1}},
		"within bounds":               {{Number: n(2), Low: 1, High: 3, Proven: true, Was: -1}, {Number: n(2), Low: 1, High: 2, Proven: true, Was: -1}},
		"two editions together":       {{Number: n(2), Apart: true, Low: 2, High: 2, Proven: true, Was: -1}, {Number: n(1), Apart: true, Low: 1, High: 1, Proven: true, Was: -1}},
		"three editions":              {{Number: n(2), Three: true, Low: 1, High: 2, Proven: true, Was: -1}, {Number: n(2), Three: true, Low: 2, High: 2, Proven: true, Was: -1}},
		"proved, what could not be":   {{Number: n(2), Low: 0, High: 9, Was: -1}, {Number: n(2), Low: 2, High: 2, Proven: true, Was: -1}},
		"a difference, then a number": {{Number: n(4), Printed: true, Proven: true, Was: 5}, {Number: n(4), Printed: true, Proven: true, Was: -1}},
	} {
		again := two[0]
		if two[0].signed() == two[1].signed() || two[0].signed() != again.signed() {
			t.Errorf("%s: %q and %q", name, two[0].signed(), two[1].signed())
		}
	}
}
