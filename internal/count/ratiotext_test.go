package count

import (
	"testing"

	"recount"
)

// A ratio keeps two digits that count, however small it is.
func TestRatioKeepsItsDigits(t *testing.T) {
	for _, tt := range []struct {
		n, units, than, thanUnits int
		want                      string
	}{
		{34, 8, 24, 12, "2.1"}, {17, 8, 12, 12, "2.1"}, {1, 16, 6, 15, "0.16"}, {1, 16, 8, 15, "0.12"}, {1, 16, 5, 15, "0.19"},
		{1, 12, 300, 12, "0.0033"}, {1, 12, 1000, 12, "0.0010"}, {249, 12, 250, 12, "1.0"}, {99, 12, 100, 12, "0.99"}, {995, 12, 1000, 12, "1.0"}, {1, 12, 2, 12, "0.50"},
		{5, 12, 5, 12, "1.0"}, {0, 12, 5, 12, "0.0"}, {5, 12, 0, 12, "-"}, {120, 1, 10, 1, "12.0"},
	} {
		if got := RatioText(&recount.Ratio{N: tt.n, Units: tt.units, Than: tt.than, ThanUnits: tt.thanUnits}); got != tt.want {
			t.Errorf("%d in %d against %d in %d is %q, want %q", tt.n, tt.units, tt.than, tt.thanUnits, got, tt.want)
		}
	}
}
