package cli

import (
	"strings"

	"recount"
	"recount/internal/casebook"
)

type figuresCmd struct {
	Page      string `arg:"" optional:"" help:"A page, to decide that its figure holds: address or file name, or the end of it."`
	Words     string `arg:"" optional:"" help:"The figure as the page prints it."`
	Reject    bool   `help:"It is no figure, or not the one that was read: it is left out everywhere."`
	Reason    string `help:"Why." placeholder:"WORDS"`
	Reconcile bool   `help:"One table for each quantity that several outlets report."`
}

func (c *figuresCmd) Run(r *runner) error {
	if c.Page != "" {
		return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
			p, err := b.FindPage(c.Page)
			if err != nil {
				return nil, err
			}
			at, err := b.Figure(r.Ctx, p.Key, c.Words)
			if err != nil {
				return nil, err
			}
			x, err := openPage(r, b, p)
			if err != nil {
				return nil, err
			}
			if cp := recount.NewCodePoints(x.article.Text); len(at.Spans) > 0 {
				if sp, ok := cp.Span(at.Spans[0]); ok {
					x.echo(r, sp)
				}
			}
			body := recount.FigureBody{At: at, Answer: recount.Accepted}
			if c.Reject {
				body.Answer = recount.Rejected
			}
			return one(body, c.Reason), nil
		})
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	all, groups, err := s.Figures(r.Ctx)
	if err != nil {
		return err
	}
	if !c.Reconcile {
		r.Printf("published\toutlet\twording\tvalue\tqualifier\tcounted\tpart of\tcheck\tpage\n")
		for _, f := range all {
			r.Printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", f.Article.When(), Cell(f.Article.Outlet), Cell(f.Span.In(f.Article.Text)),
				value(f.ReportedFigure), f.Qualifier, Cell(f.Unit), Cell(f.Whole), f.Check, f.Article.Page())
		}
		return nil
	}
	for i, g := range groups {
		if i > 0 {
			r.Printf("\n")
		}
		r.Printf("%s\n", g.About)
		settled := g.Settled
		if settled == "" {
			settled = "no value"
		}
		r.Printf("  settled: %s (%s)\n", settled, g.Rule)
		for _, m := range g.Members {
			r.Printf("  %-10s  %-24s  %-28s  %s: %s\n", m.Day, Cell(m.Outlet), Cell(m.Wording), strings.ReplaceAll(m.Relation, "_", " "), m.Reason)
		}
	}
	return nil
}

// value writes what a figure says: a value, bounds, or nothing if it is vague.
func value(f recount.ReportedFigure) string {
	switch {
	case f.Value != nil:
		return f.Value.String()
	case f.Low != nil && f.High != nil:
		return f.Low.String() + " to " + f.High.String()
	case f.Low != nil:
		return f.Low.String() + " or more"
	case f.High != nil:
		return f.High.String() + " or less"
	}
	return "-"
}
