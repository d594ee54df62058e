package count

import (
	"slices"

	"recount"
)

// OfCoded is a cross table by code as it is shown: as in a table by code alone, the rows
// of codes are parts of the people of whom anything was coded, and nobody else stands in
// their base. What is counted stays a part of all, so that a kept report counts the same.
// How far the base itself moves over the open questions is not worked out, so a row says
// the range of its number and none of its share. Any other result stays as it is.
func OfCoded(r recount.Result) recount.Result {
	rest := slices.IndexFunc(r.Rows, func(row recount.Result) bool { return row.Name == NotCoded && len(row.Rows) > 0 })
	if rest < 0 || r.Kind == "share" {
		return r
	}
	uncoded := r.Rows[rest].Cases
	of := func(x recount.Result) recount.Result {
		if x.CodedOf == 0 || x.Of != x.CodedOf {
			return x
		}
		x.Of, x.OfRange, x.ShareRange = x.Coded, recount.IntRange{}, recount.ShareRange{}
		x.OfIDs = slices.DeleteFunc(slices.Clone(x.OfIDs), func(id string) bool {
			_, in := slices.BinarySearch(uncoded, id)
			return in
		})
		if x.Interval != nil && x.Of > 0 {
			x.Interval = Wilson(x.N, x.Of)
		}
		return x
	}
	r.Rows = slices.Clone(r.Rows)
	for i := range r.Rows {
		if i == rest {
			continue
		}
		row := of(r.Rows[i])
		row.Rows = slices.Clone(row.Rows)
		for j := range row.Rows {
			row.Rows[j] = of(row.Rows[j])
		}
		r.Rows[i] = row
	}
	return r
}
