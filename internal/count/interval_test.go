package count

import (
	"fmt"
	"math"
	"testing"
)

func TestWilson(t *testing.T) {
	tests := []struct {
		name   string
		k, n   int
		lo, hi float64
	}{
		{"women among the 58 (ICSR 2015)", 7, 58, 0.0597, 0.2288},
		{"almost 60% of 58", 34, 58, 0.458, 0.704},
		{"nobody", 0, 10, 0, 0.2775},
		{"everybody", 10, 10, 0.7225, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			iv := Wilson(tt.k, tt.n)
			if math.Abs(iv.Low-tt.lo) > 5e-4 || math.Abs(iv.High-tt.hi) > 5e-4 {
				t.Errorf("Wilson(%d, %d) = %.4f, %.4f; want %.4f, %.4f", tt.k, tt.n, iv.Low, iv.High, tt.lo, tt.hi)
			}
		})
	}
	if iv := Wilson(0, 0); iv != nil {
		t.Errorf("Wilson(0, 0) = %v, want none", iv)
	}
}

func TestRatio(t *testing.T) {
	tests := []struct {
		name         string
		a, ta, b, tb int
		want         string
	}{
		// In days the upper limit is 3.75, in months 3.745.
		{"2015 against 2014, in days (ICSR)", 34, 243, 24, 365, "2.1 (1.2-3.8)"},
		{"2015 against 2014, in months (ICSR)", 34, 8, 24, 12, "2.1 (1.2-3.7)"},
		{"June to August against January to May 2015 (ICSR)", 18, 3, 16, 5, "1.9 (0.9-3.9)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			iv := ratioInterval(tt.a, tt.ta, tt.b, tt.tb)
			r := float64(tt.a*tt.tb) / float64(tt.b*tt.ta)
			if got := fmt.Sprintf("%.1f (%.1f-%.1f)", r, iv.Low, iv.High); got != tt.want {
				t.Errorf("Ratio(%d, %d, %d, %d) = %s, want %s", tt.a, tt.ta, tt.b, tt.tb, got, tt.want)
			}
		})
	}
	if iv := ratioInterval(3, 1, 0, 1); iv.High != -1 {
		t.Errorf("ratio against no cases has the upper limit %v, want none (-1)", iv.High)
	}
}

func TestGarwood(t *testing.T) {
	// Limits as tabulated by Garwood (1936) and every table since.
	for k, want := range map[int][2]float64{0: {0, 3.689}, 1: {0.0253, 5.572}, 10: {4.795, 18.390}} {
		iv := Garwood(k)
		if math.Abs(iv.Low-want[0]) > 5e-4 || math.Abs(iv.High-want[1]) > 5e-4 {
			t.Errorf("Garwood(%d) = %.4f, %.4f; want %v", k, iv.Low, iv.High, want)
		}
	}
}
