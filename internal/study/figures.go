package study

import (
	"context"

	"recount"
	"recount/internal/study/settle"
)

// A Reported is one figure that an article reports.
type Reported struct {
	recount.ReportedFigure
	Article *recount.Article
}

// Figures lists the figures that articles report, in order of publication, but
// those of other stories, and the groups in which several outlets speak of one
// quantity.
func (s *Study) Figures(ctx context.Context) ([]Reported, []recount.FigureGroup, error) {
	st, err := s.load(ctx)
	if err != nil {
		return nil, nil, err
	}
	var out []Reported
	for _, a := range st.ByDay() {
		for _, f := range st.Figures[a.Key] {
			out = append(out, Reported{f, a})
		}
	}
	return out, settle.Groups(st), nil
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
