package study

import (
	"context"

	"recount"
	"recount/internal/study/settle"
	"recount/internal/study/state"
)

// A Reported is one figure that an article reports.
type Reported struct {
	recount.ReportedFigure
	Article *recount.Article
	Whole   string // the figure that it is part of, as printed; "" if none
	Check   string // which whole numbers it can stand for, in words; "" if that cannot be said
}

// Figures lists the figures that articles report, in order of publication, and
// the groups in which several outlets speak of one quantity.
func (s *Study) Figures(ctx context.Context) ([]Reported, []recount.FigureGroup, error) {
	st, err := s.load(ctx)
	if err != nil {
		return nil, nil, err
	}
	return reported(st), settle.Groups(st), nil
}

func reported(st *state.State) []Reported {
	var out []Reported
	for _, a := range st.ByDay() {
		found := st.Figures[a.Key]
		checks := settle.Checks(st.Config.Rules.Bands, a, found)
		for i, f := range found {
			r := Reported{ReportedFigure: f, Article: a, Check: checks[i]}
			if f.Of >= 0 && f.Of < len(found) {
				r.Whole = found[f.Of].Span.In(a.Text)
			}
			out = append(out, r)
		}
	}
	return out
}

// Rules says which numbers of report.md and which settled figures would change
// under another counting rule.
func (s *Study) Rules(ctx context.Context) ([]settle.Moved, error) {
	if err := s.syncFiles(ctx); err != nil {
		return nil, err
	}
	st, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	return settle.Rules(st, func() ([]recount.Result, error) { return s.results(st) })
}
