package study

import (
	"testing"

	"recount"
)

// The figure that people chose for a quantity keeps what it states besides its number.
func TestAChosenFigureKeepsItsBound(t *testing.T) {
	d := func(n int64, places int) *recount.Decimal { return &recount.Decimal{Digits: n, Places: places} }
	for want, f := range map[string]recount.ReportedFigure{
		"29":           {Kind: recount.CountFigure, Qualifier: recount.Exact, Value: d(29, 0)},
		"29 or more":   {Kind: recount.CountFigure, Qualifier: recount.AtLeast, Value: d(29, 0)},
		"more than 20": {Kind: recount.CountFigure, Qualifier: recount.MoreThan, Value: d(20, 0)},
		"40 or fewer":  {Kind: recount.CountFigure, Qualifier: recount.UpTo, Value: d(40, 0)},
		"less than 30": {Kind: recount.CountFigure, Qualifier: recount.LessThan, Value: d(30, 0)},
		"about 4000":   {Kind: recount.CountFigure, Qualifier: recount.About, Value: d(4000, 0)},
		"almost 60%":   {Kind: recount.ShareFigure, Qualifier: recount.Almost, Value: d(60, 2)},
		"62.5%":        {Kind: recount.ShareFigure, Qualifier: recount.Exact, Value: d(625, 3)},
		"60%":          {Kind: recount.ShareFigure, Qualifier: recount.Exact, Value: d(6, 1)},
		"no number":    {},
		"24 to 99":     {Kind: recount.CountFigure, Qualifier: recount.Between, Low: d(24, 0), High: d(99, 0)},
		"40% or less":  {Kind: recount.ShareFigure, Qualifier: recount.AtMost, Value: d(4, 1)},
	} {
		if got := number(f); got != want {
			t.Errorf("%+v is settled as %q, want %q", f, got, want)
		}
	}
}
