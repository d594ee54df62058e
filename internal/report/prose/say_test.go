package prose

import (
	"testing"

	"recount"
)

// TestSay sets ten numbers and more against the words that they carry.
func TestSay(t *testing.T) {
	exact := func(low, high int) recount.IntRange { return recount.IntRange{Low: low, High: high, Exact: true} }
	count := func(n, low, high int) recount.Result { return recount.Result{N: n, Range: exact(low, high)} }
	part := func(n, low, high, of, ofLow, ofHigh int) recount.Result {
		return recount.Result{N: n, Range: exact(low, high), Of: of, OfRange: exact(ofLow, ofHigh)}
	}
	tests := []struct {
		r          recount.Result
		people, is string
		part       string
	}{
		{count(29, 27, 29), "27 to 29 people", "are", "27 to 29 people"},
		{count(29, 29, 29), "29 people", "are", "29 people"},
		{count(1, 1, 1), "1 person", "is", "1 person"},
		{count(0, 0, 0), "nobody", "is", "nobody"},
		{count(2, 1, 2), "1 or 2 people", "are", "1 or 2 people"},
		{count(1, 0, 1), "at most 1 person", "is", "at most 1 person"},
		{count(28, 27, 28), "27 or 28 people", "are", "27 or 28 people"},
		{count(1200, 1200, 1200), "1,200 people", "are", "1,200 people"},
		{recount.Result{N: 30, Range: recount.IntRange{Low: 27, High: 40}}, "at least 27 and at most 40 people", "are", "at least 27 and at most 40 people"},
		{recount.Result{N: 0, Unit: "articles", Range: exact(0, 0)}, "no articles", "are", "no articles"},
		{recount.Result{N: 1, Unit: "articles", Range: exact(1, 1)}, "1 article", "is", "1 article"},
		{recount.Result{N: 7}, "7 people", "are", "7 people"}, // nothing was worked out
		{part(4, 4, 4, 29, 27, 29), "4 people", "are", "4 of 27 to 29 people"},
		{part(0, 0, 0, 29, 29, 29), "no people", "are", "none of 29 people"},
		{part(29, 29, 29, 29, 29, 29), "29 people", "are", "all 29 people"},
		{part(1, 1, 1, 1, 1, 1), "1 person", "is", "the one person"},
		{part(2, 2, 2, 2, 2, 2), "2 people", "are", "both people"},
		{part(1, 1, 1, 29, 29, 29), "1 people", "is", "1 of 29 people"},
		{part(29, 27, 29, 29, 27, 29), "27 to 29 people", "are", "27 to 29 of 27 to 29 people"},
	}
	for _, tt := range tests {
		if tt.r.Of == 0 {
			if got := People(tt.r); got != tt.people {
				t.Errorf("People(%d, %v) = %q; want %q", tt.r.N, tt.r.Range, got, tt.people)
			}
		}
		if got := Is(tt.r, "is", "are"); got != tt.is {
			t.Errorf("Is(%d of %d, %v) = %q; want %q", tt.r.N, tt.r.Of, tt.r.Range, got, tt.is)
		}
		if got := Part(tt.r); got != tt.part {
			t.Errorf("Part(%d of %d) = %q; want %q", tt.r.N, tt.r.Of, got, tt.part)
		}
	}
}

// TestRounded says of rows that exclude each other what their shares add up to.
func TestRounded(t *testing.T) {
	tests := []struct {
		n    []int
		of   int
		want string
	}{
		{[]int{12, 5, 4, 3, 2, 1, 1, 1}, 29, "each share is rounded by itself, so they add up to 99.8%"},
		{[]int{1, 1, 1}, 3, "each share is rounded by itself, so they add up to 99.9%"},
		{[]int{2, 2, 2}, 6, "each share is rounded by itself, so they add up to 99.9%"},
		{[]int{1, 1}, 2, ""}, {[]int{1, 3}, 4, ""}, {[]int{25, 4}, 29, ""},
		{[]int{10, 12}, 29, ""}, // not everybody stands in a row
		{[]int{1, 2, 4}, 7, ""}, // 14.3, 28.6 and 57.1 do
		{[]int{1, 6}, 7, ""}, {nil, 0, ""},
		{[]int{1, 1, 1, 1, 1, 1}, 6, "each share is rounded by itself, so they add up to 100.2%"},
	}
	for _, tt := range tests {
		var rows []recount.Result
		for _, n := range tt.n {
			rows = append(rows, recount.Result{N: n, Of: tt.of})
		}
		if got := Rounded(rows, tt.of); got != tt.want {
			t.Errorf("Rounded(%v of %d) = %q; want %q", tt.n, tt.of, got, tt.want)
		}
	}
}
