package report

import (
	"strings"
	"testing"

	"recount"
	"recount/internal/count"
)

// Of people of whom nobody is coded a table by code prints no zero: what they said is
// not known. Where somebody is coded, a zero is one.
func TestNobodyCodedIsNoZero(t *testing.T) {
	row := func(name string, n, of int, cells ...recount.Result) recount.Result {
		return recount.Result{Name: name, Kind: "count", N: n, Of: of, Rows: cells,
			Range: recount.IntRange{Low: n, High: n, Exact: true}, OfRange: recount.IntRange{Low: of, High: of, Exact: true}}
	}
	for name, tt := range map[string]struct {
		rows []recount.Result
		want string // each row's cells, number and share
	}{
		"nobody, by gender": {[]recount.Result{row("pay", 0, 5, row("woman", 0, 5), row("man", 0, 5)), row(count.NotCoded, 5, 5, row("woman", 2, 5), row("man", 3, 5))}, "– – – / 2 3 5 of 5"},
		"nobody":            {[]recount.Result{row("pay", 0, 0), row(count.NotCoded, 5, 5)}, "– / 5 of 5"},
		"some, by gender":   {[]recount.Result{row("pay", 0, 5, row("woman", 0, 5), row("man", 0, 5)), row(count.NotCoded, 4, 5, row("woman", 2, 5), row("man", 2, 5))}, "0 0 0 of 5 / 2 2 4 of 5"},
		"some":              {[]recount.Result{row("pay", 0, 1), row(count.NotCoded, 4, 5)}, "0 of 1 / 4 of 5"},
		"all":               {[]recount.Result{row("pay", 0, 5), row("no code", 5, 5)}, "0 of 5 / 5 of 5"},
		"by country":        {[]recount.Result{row("Orlund", 0, 5), row("not recorded", 5, 5)}, "0 of 5 / 5 of 5"},
	} {
		r := &study{x: &Index{Material: &Material{}}, evidence: map[*recount.Result]*evidence{}}
		res := &recount.Result{Name: "x", Kind: "table", N: 5, Rows: tt.rows}
		var known func(x *recount.Result)
		known = func(x *recount.Result) {
			r.evidence[x] = &evidence{ID: "x"}
			for i := range x.Rows {
				known(&x.Rows[i])
			}
		}
		known(res)
		var rows []string
		for _, x := range r.table(res).Rows {
			var cells []string
			for _, c := range x.Cells {
				cells = append(cells, c.Number.Text)
			}
			rows = append(rows, strings.Join(append(cells, x.Number.Text), " "))
			if strings.HasPrefix(x.Number.Text, "–") && (x.Share != "" || x.Base != "") {
				t.Errorf("%s: a share %q or base %q of nobody", name, x.Share, x.Base)
			}
		}
		if got := strings.Join(rows, " / "); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
