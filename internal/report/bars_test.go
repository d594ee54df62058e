package report

import (
	"slices"
	"testing"

	"recount"
)

// Bars of one chart are of one whole: a row of another stands in the table alone.
func TestBarsOfOneWhole(t *testing.T) {
	row := func(name string, n, of int) recount.Result {
		return recount.Result{Name: name, Kind: "count", Unit: "people", N: n, Of: of, Range: recount.IntRange{Low: n, High: n, Exact: true}}
	}
	for _, tt := range []struct {
		name    string
		rows    []recount.Result
		want    []int
		largest int
	}{
		{"one whole", []recount.Result{row("a", 2, 5), row("b", 3, 5)}, []int{2, 3}, 5},
		{"who has no code yet", []recount.Result{row("a", 2, 5), row("b", 0, 5), row("nothing coded yet", 29, 34)}, []int{2, 0}, 5},
		{"no rows", nil, nil, 0},
		{"one row", []recount.Result{row("a", 0, 0)}, []int{0}, 0},
	} {
		c := chartOf(recount.Result{Name: "reasons", Kind: "table", Rows: tt.rows}, "bars", func(int) string { return "x.html" })
		var got []int
		for _, m := range c.Rows {
			got = append(got, m.Value)
		}
		if !slices.Equal(got, tt.want) || c.Largest != tt.largest {
			t.Errorf("%s: %v of %d; want %v of %d", tt.name, got, c.Largest, tt.want, tt.largest)
		}
	}
}
