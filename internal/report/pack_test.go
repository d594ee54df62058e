package report

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// What an alternative moves is each number of the result that is another one in it: of a
// table its rows and cells, of a comparison its ratio, its interval and its periods.
func TestWhatAnAlternativeMoves(t *testing.T) {
	exact := func(low, high int) recount.IntRange { return recount.IntRange{Low: low, High: high, Exact: true} }
	row := func(name string, n, low, high, of int, cells ...recount.Result) recount.Result {
		return recount.Result{Name: name, Kind: "count", N: n, Of: of, Range: exact(low, high), OfRange: exact(of, of), Rows: cells,
			ShareRange: recount.ShareRange{LowN: low, LowOf: of, HighN: high, HighOf: of, Exact: true}}
	}
	table := func(n, low, high int, rows ...recount.Result) recount.Result {
		return recount.Result{Name: "t", Kind: "table", N: n, Range: exact(low, high), Rows: rows}
	}
	ratio := func(n, than int, low, high float64) recount.Result {
		return recount.Result{Name: "r", Kind: "ratio", N: n + than, Range: exact(n+than, n+than), Ratio: &recount.Ratio{N: n, Units: 8, Than: than, ThanUnits: 12, Unit: "months"},
			Interval: &recount.Interval{Method: "95% exact conditional", Low: low, High: high}, Rows: []recount.Result{row("2015-01 to 2015-08", n, n, n, 0), row("2014-01 to 2014-12", than, than, than, 0)}}
	}
	share := func(n, of int, iv *recount.Interval) recount.Result {
		r := row("women", n, n, n, of)
		r.Kind, r.Interval = "share", iv
		return r
	}
	for _, tt := range []struct {
		name      string
		now, then recount.Result
		want      []string
	}{
		{"a count", row("people", 29, 27, 29, 0), row("people", 28, 27, 28, 0), []string{"people: 29 [range 27 to 29] > 28 [range 27 to 28]"}},
		{"a count that stays", row("people", 29, 27, 29, 0), row("people", 29, 27, 29, 0), nil},
		{"a share of another whole", share(4, 29, nil), share(4, 28, nil), []string{"women: 4 of 29 (13.8%) > 4 of 28 (14.3%)"}},
		{"a share with its interval", share(4, 29, &recount.Interval{Method: "95% Wilson", Low: .055, High: .306}), share(4, 28, &recount.Interval{Method: "95% Wilson", Low: .057, High: .315}),
			[]string{"women: 4 of 29 (13.8%); 95% Wilson 5.5% to 30.6% > 4 of 28 (14.3%); 95% Wilson 5.7% to 31.5%"}},
		{"a row of a table that keeps its whole", table(5, 5, 5, row("Grief", 2, 1, 2, 5), row("Records", 0, 0, 1, 5)), table(5, 5, 5, row("Grief", 2, 1, 2, 5), row("Records", 1, 1, 1, 5)),
			[]string{"Records: 0 of 5 (0.0%) [range 0 to 1, 0.0% to 20.0%] > 1 of 5 (20.0%)"}},
		{"a range of a row", table(5, 5, 5, row("Grief", 2, 1, 2, 5)), table(5, 5, 5, row("Grief", 2, 2, 2, 5)), []string{"Grief: 2 of 5 (40.0%) [range 1 to 2, 20.0% to 40.0%] > 2 of 5 (40.0%)"}},
		{"rows that follow the whole", table(29, 27, 29, row("a", 4, 4, 4, 29), row("b", 2, 2, 2, 29)), table(28, 27, 28, row("a", 4, 4, 4, 28), row("b", 1, 1, 1, 28)),
			[]string{"all people in the table: 29 [range 27 to 29] > 28 [range 27 to 28]", "b: 2 of 29 (6.9%) > 1 of 28 (3.6%)"}},
		{"rows of fewer people coded", table(5, 5, 5, row("a", 2, 2, 2, 4)), table(5, 5, 5, row("a", 2, 2, 2, 3)), []string{"a: 2 of 4 (50.0%) > 2 of 3 (66.7%)"}},
		{"a row that goes and one that comes", table(2, 2, 2, row("Sund", 2, 2, 2, 2)), table(2, 2, 2, row("Mole", 2, 2, 2, 2)), []string{"Sund: 2 of 2 (100.0%) > not there", "Mole: not there > 2 of 2 (100.0%)"}},
		{"a cell of a cross table", table(3, 3, 3, row("pay", 2, 2, 2, 3, row("woman", 1, 1, 1, 0), row("man", 1, 1, 1, 0))), table(3, 3, 3, row("pay", 2, 2, 2, 3, row("woman", 2, 2, 2, 0), row("man", 0, 0, 0, 0))),
			[]string{"pay: woman: 1 > 2", "pay: man: 1 > 0"}},
		{"a comparison", ratio(17, 12, .96, 4.88), ratio(18, 9, 1.27, 7.58),
			[]string{"one period against the other: 2.1 times as many a month; 95% exact conditional 0.96 to 4.88; the two periods cannot be told apart > 3.0 times as many a month; 95% exact conditional 1.27 to 7.58",
				"January 2015 to August 2015: 17 > 18", "January 2014 to December 2014: 12 > 9"}},
		{"a comparison that stays", ratio(17, 12, .96, 4.88), ratio(17, 12, .96, 4.88), nil},
	} {
		var got []string
		for _, m := range moved(&tt.now, &tt.then) {
			got = append(got, m.label+": "+m.now+" > "+m.then)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s moves\n%s\nwant\n%s", tt.name, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}
