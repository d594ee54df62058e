package workbench

import (
	"slices"

	"recount"
	"recount/internal/study"
)

// figures sets what outlets report of one quantity side by side.
func (s *Server) figures(c *call) (any, error) {
	if s.figureRows != nil {
		return *s.figureRows, nil
	}
	reported, groups, err := s.study.Figures(c.ctx)
	if err != nil {
		return nil, err
	}
	type spot struct {
		article recount.Key
		at      recount.Span
	}
	checks := map[recount.Key]map[int]*study.Reported{}
	for i := range reported {
		r := &reported[i]
		k := r.Article.Key
		if checks[k] == nil {
			checks[k] = map[int]*study.Reported{}
		}
		checks[k][len(checks[k])] = r
	}
	holds := map[spot]bool{}
	for _, d := range c.book.Holding(recount.KindFigure) {
		if d.Answer.Says() == recount.Accepted {
			holds[spot{d.At[0].Article(), d.At[0].At()}] = true
		}
	}
	texts := map[recount.Key]*recount.Article{}
	out := figureReply{Items: []quantity{}, Total: len(groups)}
	for _, g := range groups {
		q := quantity{Quantity: g.About, Label: g.About, Settled: g.Settled, Rule: g.Rule, Rows: []quantityRow{}}
		for _, m := range g.Members {
			a := texts[m.Article]
			if a == nil {
				if a, err = c.book.Article(c.ctx, m.Article); err != nil {
					return nil, err
				}
				texts[m.Article] = a
			}
			row := quantityRow{Article: string(m.Article), Outlet: m.Outlet, Date: m.Day, Words: m.Wording, Original: string(m.Original), Why: m.Reason,
				Outlier: slices.Contains([]string{"conflict", "impossible", "degraded"}, m.Relation)}
			if m.Sentence.Within(a.Text) {
				row.Sentence = oneLine(m.Sentence.In(a.Text), 400)
			}
			if r := checks[m.Article][m.Figure]; r != nil {
				row.Key, row.Check = string(r.Key), r.Check
				if r.Value != nil {
					row.Value = r.Value.String()
				}
				row.Holds = holds[spot{m.Article, r.Span}]
				read, err := c.book.Reading(c.ctx, m.Article)
				if err != nil {
					return nil, err
				}
				for i := range read.Speakers {
					if read.Speakers[i].ID == r.SaidBy {
						row.SaidBy = read.Speakers[i].Name
					}
				}
			}
			q.Rows = append(q.Rows, row)
		}
		out.Items = append(out.Items, q)
	}
	s.figureRows = &out
	return out, nil
}
