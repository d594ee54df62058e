package figures

import (
	"slices"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name, question string
		want           []int64
	}{
		{"a whole per cent that cannot be", "61% of 58", nil},
		{"almost is below the number", "almost 60% of 58", []int64{34}},
		{"nearly a third", "nearly a third of 58", []int64{18, 19}},
		{"nearly two thirds", "nearly two thirds of 58", []int64{37, 38}},
		{"two-thirds without a qualifier", "two-thirds of 58", []int64{38, 39}},
		{"a count", "two of 58", []int64{2}},
		{"one decimal", "18.2 per cent of 11", []int64{2}},
		{"one decimal that cannot be", "18.3 per cent of 11", nil},
		{"half of an odd number", "half of 29", []int64{14, 15}},
		{"rounded either way at the half", "12.5% of 8", []int64{1}},
		{"a whole per cent of a small whole", "17% of 6", []int64{1}},
		{"more than half", "more than half of 9 members", []int64{5, 6, 7, 8, 9}},
		{"less than a quarter", "less than a quarter of 12", []int64{0, 1, 2}},
		{"at least", "at least 90% of 10", []int64{9, 10}},
		{"a ratio is the fraction that it says", "one in four of 60", []int64{14, 15, 16}},
		{"a ratio out of ten", "three out of ten of 20", []int64{6}},
		{"about a quarter", "about a quarter of 20", []int64{5}},
		{"between two shares", "between 10% and 20% of 10", []int64{1, 2}},
		{"more than the whole", "58 of 29", nil},
		{"zero", "0% of 58", []int64{0}},
		{"a decimal comma", "12,5% of 8", []int64{1}},
		{"a decimal comma that cannot be", "18,3 per cent of 11", nil},
		{"commas of India", "7,500 of 1,50,000", []int64{7500}},
		{"commas of India, a share", "0.001% of 1,50,000", []int64{1, 2}},
		{"a comma of thousands", "1,160 of 5,800", []int64{1160}},
		{"all", "100% of 58", []int64{58}},
		{"words for the whole", "a third of twenty-seven", []int64{9}},
		{"about a count", "about 20 of 58", []int64{18, 19, 20, 21, 22}},
		{"a year behind the whole", "half of 20 votes of 2031", []int64{10}},
		{"with a unit after the whole", "61 percent of the 58 defectors", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := Check(tt.question)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Fits(20); !slices.Equal(got, tt.want) {
				t.Errorf("Check(%q) = %v (%s), want %v", tt.question, got, a, tt.want)
			}
		})
	}
}

func TestCheckSaysIt(t *testing.T) {
	for question, want := range map[string]string{
		"61% of 58":            "61% of 58: no whole number fits (35 is 60.3%, 36 is 62.1%); counting rule: a percentage is rounded at its last printed place",
		"almost 60% of 58":     "almost 60% of 58: only 34 fits (58.6%); counting rule: almost and nearly mean up to 3 points below",
		"nearly a third of 58": "nearly a third of 58: 18 (31.0%) or 19 (32.8%) fit; counting rule: almost and nearly mean up to 3 points below",
	} {
		a, err := Check(question)
		if err != nil {
			t.Fatal(err)
		}
		if a.String() != want {
			t.Errorf("Check(%q) says %q, want %q", question, a, want)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	for _, q := range []string{"a fifth or a quarter of 58", "a third to a half of 58", "10 percentage points of 30", "a rise of 10 percentage points of 30", "two percentage points of 58", "1 percentage point of 58", "10 % points of 30", "20% and 30% of 58", "10%, 20% of 58", "", "58", "of 58", "61% of", "dozens of 58", "61% of 0", "61% of 99999999999999", "how many", "61% of 58%", strings.Repeat("9", 2000)} {
		if a, err := Check(q); err == nil {
			t.Errorf("Check(%q) = %v, want an error", q, a)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("almost 60% of 58")
	f.Add("between a third and 99999999999 of 9999999999")
	f.Add("0.00001% of 10000000000")
	f.Fuzz(func(t *testing.T, q string) {
		a, err := Check(q)
		if err != nil {
			return
		}
		_ = a.String()
		if a.First < 0 || a.Last > a.Of {
			t.Errorf("Check(%q) = %d to %d of %d", q, a.First, a.Last, a.Of)
		}
	})
}

// One share in two wordings fits the same whole numbers.
func TestCheckReadsRatiosAsFractions(t *testing.T) {
	for _, tt := range []struct{ fraction, ratio string }{
		{"a fifth", "one in five"}, {"a third", "one in three"}, {"a quarter", "one in four"}, {"half", "one in two"}, {"two thirds", "two in three"}, {"three quarters", "three out of four"},
		{"a tenth", "1 in 10"}, {"two fifths", "two out of every five"}, {"nearly a third", "nearly one in three"}, {"about a fifth", "about one in five"}, {"more than a quarter", "more than one in four"},
	} {
		for _, whole := range []string{"58", "29", "41", "60", "7"} {
			a, err := Check(tt.fraction + " of " + whole)
			b, err2 := Check(tt.ratio + " of " + whole)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			if a.First != b.First || a.Last != b.Last {
				t.Errorf("%s of %s: %d to %d, but %s: %d to %d", tt.fraction, whole, a.First, a.Last, tt.ratio, b.First, b.Last)
			}
		}
	}
}

// TestCheckCase asks the eight shares of case k02: each is understood, and all
// but one are a whole number of people.
func TestCheckCase(t *testing.T) {
	for question, fits := range map[string]bool{
		"sixty per cent of 58": true, "two thirds of 57": true, "33.3% of 57": true, "12.5% of 58": false, "between 30 and 40 percent of 58": true,
		"fewer than half of 58": true, "just over a third of 58": true, "under 1% of 58": true,
	} {
		a, err := Check(question)
		if err != nil || a.Possible() != fits {
			t.Errorf("Check(%q) = %v, %v; want a whole number that fits: %v", question, a, err, fits)
		}
	}
}
