package study

import (
	"context"
	"slices"

	"recount"
	"recount/internal/figures"
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
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, nil, err
	}
	t, err := s.texts(ctx, book)
	if err != nil {
		return nil, nil, err
	}
	return s.reported(t), figureGroups(t, book, s.config), nil
}

func (s *Study) reported(t *texts) []Reported {
	var out []Reported
	for _, a := range byDay(t.articles) {
		found := t.figures[a.Key]
		checked := checks(s.config.Rules.Bands, a, found)
		for i, f := range found {
			r := Reported{ReportedFigure: f, Article: a, Check: checked[i]}
			if figures.WholeStated(a.Text, found, i) {
				r.Whole = found[f.Of].Span.In(a.Text)
			}
			out = append(out, r)
		}
		for _, f := range t.rejected[a.Key] {
			out = append(out, Reported{ReportedFigure: f, Article: a, Check: "rejected by a person"})
		}
	}
	return out
}

// byDay returns the articles in order of publication; those without a date
// come last.
func byDay(articles []*recount.Article) []*recount.Article {
	out := slices.Clone(articles)
	slices.SortStableFunc(out, func(a, b *recount.Article) int {
		return recount.ComparePublished(a.Published, b.Published)
	})
	return out
}
