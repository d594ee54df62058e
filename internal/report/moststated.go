package report

import (
	"cmp"
	"slices"
	"strings"

	"recount"

	"recount/internal/report/prose"
)

// A statedFigure is one figure that several places state.
type statedFigure struct {
	ID        string
	Wording   string // the words that most places use
	Unit      string // what is counted, or "" where the wording says so
	Originals int
	Items     []item
}

// mostStated lists the figures that stand in most independent originals.
func mostStated(rows []figureRow, most int) (out []statedFigure) {
	type same struct {
		kind               recount.FigureKind
		value, unit, meant string
	}
	groups := map[same][]*figureRow{}
	var keys []same
	for i := range rows {
		r := &rows[i]
		k := same{r.Kind, r.Value, r.figure.Unit, string(r.figure.Qualifier)}
		if k.value == "" {
			k.meant = strings.ToLower(r.Wording) // "dozens"
		}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], r)
	}
	for _, k := range keys {
		originals, wordings := map[recount.Key]bool{}, map[string]int{}
		var s statedFigure
		for _, r := range groups[k] {
			originals[r.original] = true
			s.Items = append(s.Items, r.Item())
			w := strings.ToLower(r.Wording)
			if wordings[w]++; s.Wording == "" || wordings[w] > wordings[s.Wording] {
				s.Wording, s.Unit = w, r.Unit()
			}
		}
		s.Originals = len(originals)
		s.ID = prose.Slug(s.Wording+" "+s.Unit) + "-" + string(recount.KeyOf("figure", string(k.kind), k.value, k.unit, k.meant)[:6])
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b statedFigure) int {
		return cmp.Or(cmp.Compare(b.Originals, a.Originals), cmp.Compare(len(b.Items), len(a.Items)), cmp.Compare(a.Wording, b.Wording), cmp.Compare(a.ID, b.ID))
	})
	return out[:min(most, len(out))]
}
