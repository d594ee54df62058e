package release

import (
	"strings"
	"testing"

	"recount"
)

// Rows of time stay in the order of time, whatever was merged: what was merged
// comes behind them, and what nobody knows last.
func TestRowsInOrderOfTime(t *testing.T) {
	values := []string{"2020-03", "2020-11", "2021-05", "2022-01", "2022-09", "unknown"}
	year := Level{Name: "year", Of: map[string]string{}}
	for _, v := range values {
		year.Of[v], _, _ = strings.Cut(v, "-")
	}
	merge := func(to string, values ...string) recount.ReleaseBody {
		return recount.ReleaseBody{Op: recount.Merge, What: "month", Values: values, To: to}
	}
	years := recount.ReleaseBody{Op: recount.Coarsen, What: "month", To: "year"}
	tests := []struct {
		name    string
		changes []recount.ReleaseBody
		want    string
	}{
		{"as it is", nil, "2020-03 2020-11 2021-05 2022-01 2022-09 unknown"},
		{"by year", []recount.ReleaseBody{years}, "2020 2021 2022 unknown"},
		{"the first merged", []recount.ReleaseBody{merge("other", "2020-03", "2021-05")}, "2020-11 2022-01 2022-09 other unknown"},
		{"the first years merged", []recount.ReleaseBody{years, merge("other", "2020", "2021")}, "2022 other unknown"},
		{"the last merged", []recount.ReleaseBody{years, merge("other", "2021", "2022")}, "2020 other unknown"},
		{"all merged", []recount.ReleaseBody{years, merge("other", "2020", "2021", "2022")}, "other unknown"},
		{"two merges", []recount.ReleaseBody{merge("early", "2020-03", "2020-11"), merge("late", "2022-01", "2022-09")}, "2021-05 early late unknown"},
		{"with what nobody knows", []recount.ReleaseBody{years, merge("other", "2020", "unknown")}, "2021 2022 other"},
		{"what nobody knows alone", []recount.ReleaseBody{years, merge("unknown", "2020")}, "2021 2022 unknown"},
		{"of another column", []recount.ReleaseBody{{Op: recount.Merge, What: "country", Values: []string{"2020-03"}, To: "other"}}, "2020-03 2020-11 2021-05 2022-01 2022-09 unknown"},
	}
	for _, tt := range tests {
		e := &Edition{People: len(values), Columns: []*Column{{Name: "month", Of: values, Levels: []Level{year}}}}
		d := Dimension{Column: "month", Shown: values}
		var got []string
		for _, r := range e.rows(&d, NewShape(tt.changes)) {
			got = append(got, r.name)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}
