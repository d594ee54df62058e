package coding

import "testing"

// A coefficient is one number wherever it is printed: what a browser's toFixed(2)
// writes of it.
func TestDecimals(t *testing.T) {
	for _, tt := range []struct {
		value float64
		want  string
	}{
		{0.125, "0.13"}, {-0.125, "-0.13"}, {0.375, "0.38"}, {0.625, "0.63"}, {0.875, "0.88"}, {-0.375, "-0.38"},
		{0.12, "0.12"}, {0.124999, "0.12"}, {0.125001, "0.13"}, {0.145, "0.14"}, {0.115, "0.12"}, {0.005, "0.01"},
		{0.25, "0.25"}, {1, "1.00"}, {0, "0.00"}, {-1, "-1.00"}, {0.5, "0.50"}, {0.995, "0.99"}, {-0.004, "-0.00"}, {0.999999, "1.00"},
	} {
		if got := (Coefficient{Value: tt.value}).Decimals(); got != tt.want {
			t.Errorf("%v is written %s, want %s", tt.value, got, tt.want)
		}
	}
}
