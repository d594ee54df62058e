package study

import (
	"context"

	"recount"
	"recount/internal/figures"
	"recount/internal/study/state"
)

// groups sets the figures of several outlets beside each other.
func groups(st *state.State) []recount.FigureGroup {
	var out []recount.FigureGroup
	for _, g := range figures.Reconcile(st.Articles, st.Figures, st.Originals) {
		o := recount.FigureGroup{About: g.About}
		for _, m := range g.Members {
			o.Members = append(o.Members, recount.GroupedFigure{Article: m.Article, Figure: m.Figure, Original: m.Original,
				Outlet: m.Outlet, Day: m.Day, Wording: m.Wording, Sentence: m.Sentence, Relation: string(m.Relation), Reason: m.Reason})
		}
		out = append(out, o)
	}
	return out
}

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
	return out, groups(st), nil
}
