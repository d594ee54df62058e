package prose

import (
	"testing"

	"recount"
)

func TestLines(t *testing.T) {
	exact := func(low, high int) recount.IntRange { return recount.IntRange{Low: low, High: high, Exact: true} }
	q := []*recount.Question{{Key: "a"}, {Key: "b"}}
	got := Lines([]recount.Result{
		{Name: "people", Kind: "count", Label: "people", N: 29, Range: exact(27, 29), Questions: q, Machine: 3},
		{Name: "women", Kind: "share", Label: "women", N: 4, Of: 29, Range: exact(4, 4), OfRange: exact(27, 29),
			ShareRange: recount.ShareRange{LowN: 4, LowOf: 29, HighN: 4, HighOf: 27, Exact: true}, Questions: q[:1]},
		{Name: "men", Kind: "share", Label: "men\n\x1b[31m", N: 25, Of: 29, Interval: &recount.Interval{Method: "95% Wilson", Low: .694, High: .945}},
		{Name: "none", Kind: "share", N: 0, Of: 0},
		{Name: "pace", Kind: "ratio", Label: "pace", N: 29, Ratio: &recount.Ratio{N: 17, Units: 8, Than: 12, ThanUnits: 12, Unit: "months"},
			Interval: &recount.Interval{Method: "95% exact conditional", Low: .96, High: -1}},
		{Name: "by", Kind: "table", Label: "by month", N: 29, Rows: []recount.Result{{Name: "2014-01", Label: "2014-01", N: 1, Of: 29, Kind: "count",
			Range: recount.IntRange{Low: 0, High: 2}}}},
	})
	want := `people     29                range 27 to 29, 2 open questions; machine-read, not yet looked at: 3
women      4 of 29 (13.8%)   range 13.8% to 14.8%, 1 open question
men [31m   25 of 29 (86.2%)  interval 95% Wilson 69.4% to 94.5%
none       0 of 0
pace       2.1               times as many: 17 in 8 months against 12 in 12 months; interval 95% exact conditional 0.96 to no upper bound
by month   29
  2014-01  1 of 29 (3.4%)    range at least 0, at most 2, not exact
`
	if got != want {
		t.Errorf("Lines =\n%s\nwant\n%s", got, want)
	}
}

func TestWords(t *testing.T) {
	dec := func(d int64, places int) *recount.Decimal { return &recount.Decimal{Digits: d, Places: places} }
	tests := []struct{ name, got, want string }{
		{"a day", Day("2014-05-04T09:20:00+02:00"), "4 May 2014"},
		{"a month", Day("2014-05"), "May 2014"},
		{"a row of months", Month("2014-05 to 2014-08"), "May 2014 to August 2014"},
		{"a row of years", Month("2014 to 2015"), "2014 to 2015"},
		{"a row in words", Month("five to ten"), "five to ten"},
		{"a row of a year", Month("2014"), "2014"},
		{"a year", Day("2014"), "2014"},
		{"no date", Day(""), "no date"},
		{"a date that is none", Day("2014-99-04"), "2014-99-04"},
		{"a share", Value(recount.ReportedFigure{Kind: recount.ShareFigure, Value: dec(6, 1), Qualifier: recount.Almost}), "60%"},
		{"a small share", Value(recount.ReportedFigure{Kind: recount.ShareFigure, Value: dec(125, 4)}), "1.25%"},
		{"a count", Value(recount.ReportedFigure{Kind: recount.CountFigure, Value: dec(4000, 0), Qualifier: recount.AtLeast}), "4,000"},
		{"bounds", Value(recount.ReportedFigure{Low: dec(3, 0), High: dec(7, 0), Qualifier: recount.Between}), "3 to 7"},
		{"one bound", Value(recount.ReportedFigure{Low: dec(24, 0), Qualifier: recount.Vague}), "at least 24"},
		{"vague", Value(recount.ReportedFigure{Qualifier: recount.Vague}), ""},
		{"a number that was lost", Compared("degraded", "", recount.ReportedFigure{Qualifier: recount.Vague}), "number lost"},
		{"a qualifier that was lost", Compared("degraded", "", recount.ReportedFigure{Qualifier: recount.Exact}), "less exact"},
		{"a relation without its own words", Compared("conflict", "", recount.ReportedFigure{}), "conflict"},
		{"dates in a sentence", Dates("published 2014-05-14T09:20:00+02:00, the other 2014-05-16"), "published 14 May 2014, 09:20, the other 16 May 2014"},
		{"a date at midnight", Dates("2014-05-14T00:00:00Z and 2013-12-30"), "14 May 2014 and 30 December 2013"},
		{"digits that are no date", Dates("file 12014-05-14, part 7"), "file 12014-05-14, part 7"},
		{"a period", Between("2014-01-01", "2014-05-14"), "1 January 2014 to 14 May 2014"},
		{"a period with an open end", Between("", "2014-05-14"), "until 14 May 2014"},
		{"a file name", Slug("Über uns: 50% & more!"), "ber-uns-50-more"},
		{"a cut inside a letter", Cut("aé", 2), "a"},
		{"a short label", Shorten("Life was not what was promised", 12), "Life was no…"},
		{"no certainty", Probability(1000), "over 99.9%"},
		{"bits", Bits(-512), "−5.12"},
		{"a size", Size(5 << 20), "5.0 MB"},
		{"one", Plural(1, "page", "pages"), "1 page"},
		{"many", Plural(12345, "page", "pages"), "12,345 pages"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestRowRange(t *testing.T) {
	whole := recount.IntRange{Low: 35, High: 37, Exact: true}
	tests := []struct {
		name string
		row  recount.Result
		want string
	}{
		{"a row of nobody, of a whole that moves", recount.Result{Of: 36, OfRange: whole, ShareRange: recount.ShareRange{LowOf: 35, HighOf: 37, Exact: true}, Range: recount.IntRange{Exact: true}}, ""},
		{"a row of everybody", recount.Result{N: 36, Of: 36, Range: whole, OfRange: whole, ShareRange: recount.ShareRange{LowN: 35, LowOf: 35, HighN: 37, HighOf: 37, Exact: true}}, "35 to 37"},
		{"only the share moves", recount.Result{N: 7, Of: 36, Range: recount.IntRange{Low: 7, High: 7, Exact: true}, OfRange: whole, ShareRange: recount.ShareRange{LowN: 7, LowOf: 37, HighN: 7, HighOf: 35, Exact: true}}, "18.9% to 20.0%"},
		{"the number moves", recount.Result{N: 7, Of: 36, Range: recount.IntRange{Low: 7, High: 8, Exact: true}, OfRange: whole, ShareRange: recount.ShareRange{LowN: 7, LowOf: 37, HighN: 8, HighOf: 36, Exact: true}}, "7 to 8, 18.9% to 22.2%"},
		{"a count in no whole", recount.Result{N: 7, Range: recount.IntRange{Low: 7, High: 7, Exact: true}}, ""},
		{"a bound that is only proven", recount.Result{N: 1, Of: 29, Range: recount.IntRange{Low: 0, High: 2}}, "at least 0, at most 2, not exact"},
	}
	for _, tt := range tests {
		if got := RowRange(tt.row); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	// A number by itself says how far its whole moves: nothing else does.
	if got := Range(tests[0].row); got != "the whole 35 to 37" {
		t.Errorf("a share by itself: %q", got)
	}
}

func TestFilter(t *testing.T) {
	for where, want := range map[string]string{
		`gender == "woman"`:                             `gender is woman`,
		`gender != "woman" and country == "Orlund"`:     `gender is not woman and country is Orlund`,
		`first_reported >= "2015-01"`:                   `first reported is from January 2015`,
		`first_reported < "2015-06-14"`:                 `first reported is before 14 June 2015`,
		`(age >= "18" or age == "unknown") and not out`: `(age is at least 18 or age is unknown) and not out`,
		`code == "pay.late"`:                            `code is pay.late`,
		`within(first_reported, "2019", "2019")`:        `first reported is in 2019`,
		`within(left, "2014-01", "2014-06")`:            `left is from January 2014 to June 2014`,
		`originals > 2`:                                 `originals is more than 2`,
		``:                                              ``,
		`named`:                                         `named`,
	} {
		if got := Filter(where); got != want {
			t.Errorf("%q: %q, want %q", where, got, want)
		}
	}
}

// The limits of a small ratio are not rounded to nothing.
func TestLimitsKeepTheirDigits(t *testing.T) {
	for v, want := range map[float64]string{0.0034: "0.0034", 0.012: "0.012", 0.05: "0.050", 0.094: "0.094", 0.1: "0.10", 0.96: "0.96", 4.876: "4.88", 0: "0.00", 0.00012: "0.00012", 0.0000001: "0.000000", -1: "no upper bound"} {
		if got := finite(v, "%.2f"); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}
