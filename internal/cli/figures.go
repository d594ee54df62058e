package cli

import (
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

type figuresCmd struct {
	Page      string `arg:"" optional:"" help:"A page, to decide about its figure: address or file name, or the end of it."`
	Words     string `arg:"" optional:"" help:"The figure as the page prints it, with its qualifier."`
	Value     string `help:"What it states: 41, 0.66, 66%, 2/3, 20-30, or vague; a figure that was missed is typed in so." placeholder:"NUMBER"`
	Sort      string `help:"What sort of number: count, share, money, or change for the size of a rise or fall." enum:"count,share,money,change," default:"" placeholder:"SORT"`
	Qualifier string `help:"How exactly it is meant: exact, at_least, at_most, more_than, less_than, about, almost, up_to, between or vague." enum:"exact,at_least,at_most,more_than,less_than,about,almost,up_to,between,vague," default:"" placeholder:"HOW"`
	Counted   string `help:"What is counted." placeholder:"WORDS"`
	Of        string `help:"The figure of the page that it is part of, as printed; none says that it is part of nothing." placeholder:"WORDS"`
	Nth       int    `help:"Which of several places where the words stand." placeholder:"N"`
	OfNth     int    `help:"Which of several places where the words of --of stand." placeholder:"N"`
	Accept    bool   `help:"This figure holds: it settles every group in which it stands."`
	Reject    bool   `help:"It is no figure, or not the one that was read: it is left out everywhere."`
	Reason    string `help:"Why." placeholder:"WORDS"`
	Reconcile bool   `help:"One table for each quantity that several outlets report."`
}

// states reports whether a flag says what the figure states.
func (c *figuresCmd) states() bool {
	return c.Value != "" || c.Sort != "" || c.Qualifier != "" || c.Counted != "" || c.Of != ""
}

func (c *figuresCmd) Run(r *runner) error {
	switch {
	case c.Page != "" && c.Reconcile:
		return recount.WithHint(fmt.Errorf("%w: --reconcile beside a page", recount.ErrInvalid), "give --reconcile alone: it sets the figures of all pages beside each other; without it the figure of the page is shown")
	case c.Page == "" && (c.Nth != 0 || c.OfNth != 0 || c.Reason != ""):
		return recount.WithHint(fmt.Errorf("%w: --nth, --of-nth and --reason without a figure", recount.ErrInvalid), "name the figure that they are about: recount figures PAGE WORDS --nth N; `recount figures` lists the figures")
	case c.OfNth != 0 && (c.Of == "" || c.Of == "none"):
		return recount.WithHint(fmt.Errorf("%w: --of-nth without --of", recount.ErrInvalid), "name the whole with --of WORDS, and with --of-nth which place of these words is meant")
	case c.Page == "" && (c.states() || c.Accept || c.Reject), c.Page != "" && c.Words == "":
		return recount.WithHint(fmt.Errorf("%w: a decision about a figure needs a page and the words of the figure", recount.ErrInvalid), "say recount figures PAGE WORDS --accept; `recount figures` lists the figures")
	case c.Accept && c.Reject, c.Accept && c.states():
		return recount.WithHint(fmt.Errorf("%w: --accept takes the figure as it was read", recount.ErrInvalid), "give --accept alone; what it states is a decision of its own")
	case c.Reject && c.states():
		return recount.WithHint(fmt.Errorf("%w: what is no figure states nothing", recount.ErrInvalid), "give --reject alone, or say what it states without it")
	case c.Page != "" && !c.Accept && !c.Reject && !c.states():
		return c.show(r)
	case c.Page != "":
		return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) { return c.drafts(r, b) })
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	all, groups, err := s.Figures(r.Ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		b, err := s.Casebook(r.Ctx)
		if err != nil {
			return err
		}
		if err := nothingRead(r, s, b); err != nil {
			return err
		}
	}
	if !c.Reconcile {
		r.Printf("published\toutlet\twording\tvalue\tqualifier\tcounted\tpart of\tcheck\tpage\n")
		for _, f := range all {
			r.Printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", f.Article.When(), Cell(f.Article.Outlet), Cell(f.Span.In(f.Article.Text)),
				f.Number(), f.Qualifier, Cell(f.Unit), Cell(f.Whole), f.Check, f.Article.Page())
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

// show prints one figure and saves nothing.
func (c *figuresCmd) show(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	b, err := s.Casebook(r.Ctx)
	if err != nil {
		return err
	}
	p, err := open(r, b, c.Page)
	if err != nil {
		return err
	}
	f, err := figureOf(r, b, p, c.Words, c.Nth)
	if err != nil {
		return err
	}
	p.echo(r, f.Span)
	body := recount.StatedOf(f)
	r.Printf("states: %s\n", body.Says())
	if c.Reason != "" {
		return recount.WithHint(fmt.Errorf("%w: --reason beside no answer", recount.ErrInvalid), "say what it is the reason of: --accept, --reject, --value and its like")
	}
	if err := decidedOf(r, s, b, p, f); err != nil {
		return err
	}
	r.Printf("nothing is saved: --accept says that it holds, --reject that it is no figure, --value and its like what it states\n")
	return nil
}

// decidedOf says who decided what about a figure before.
func decidedOf(r *runner, s *study.Study, b *casebook.Casebook, p *part, f *recount.ReportedFigure) error {
	about := map[string]bool{}
	for _, d := range b.On(p.page.Key) {
		if (d.Decision.Kind == recount.KindFigure || d.Decision.Kind == recount.KindStated) && d.At[0].At() == f.Span {
			about[d.ID] = true
		}
	}
	if len(about) == 0 {
		r.Printf("decided: nothing\n")
		return nil
	}
	all, _, err := s.Decisions(r.Ctx, study.Chosen{Page: p.page.Page()})
	if err != nil {
		return err
	}
	for _, d := range all {
		if about[d.ID] {
			reason := ""
			if d.Reason != "" {
				reason = " (" + d.Reason + ")"
			}
			r.Printf("decided: %s, %s: %s%s; recount decisions retract %.12s takes it back\n", d.Actor, d.Time[:min(len(d.Time), 10)], d.Words, reason, d.ID)
		}
	}
	return nil
}

// drafts is what was decided about one figure.
func (c *figuresCmd) drafts(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	p, err := open(r, b, c.Page)
	if err != nil {
		return nil, err
	}
	if c.states() {
		return c.stated(r, b, p)
	}
	f, err := figureOf(r, b, p, c.Words, c.Nth)
	if err != nil {
		return nil, err
	}
	p.echo(r, f.Span)
	at, err := b.Anchor(r.Ctx, p.page.Key, f.Span)
	if err != nil {
		return nil, err
	}
	body := recount.FigureBody{At: at, Answer: recount.Accepted}
	if c.Reject {
		for _, d := range b.On(p.page.Key) {
			if d.Decision.Kind == recount.KindStated && d.Actor == r.Opts.Actor && d.At[0].At() == f.Span {
				return nil, recount.WithHint(fmt.Errorf("%w: you said yourself what %q states", recount.ErrInvalid, c.Words), fmt.Sprintf("take that back: recount decisions retract %.12s", d.ID))
			}
		}
		body.Answer = recount.Rejected
	}
	return one(body, c.Reason), nil
}

// figureOf finds a figure by its words: the first, unless another place of them
// is named.
func figureOf(r *runner, b *casebook.Casebook, p *part, words string, nth int) (*recount.ReportedFigure, error) {
	if nth == 0 {
		return b.Figure(r.Ctx, p.page.Key, words, nil)
	}
	at, err := shown.locate(p.article, words, 0, nth)
	if err != nil {
		return nil, err
	}
	return b.Figure(r.Ctx, p.page.Key, words, &at)
}

// stated is what a figure states: as it was read or typed in before, with what
// the flags change.
func (c *figuresCmd) stated(r *runner, b *casebook.Casebook, p *part) ([]casebook.Draft, error) {
	sp, err := shown.locate(p.article, c.Words, 0, c.Nth)
	if err != nil {
		return nil, err
	}
	figures, err := b.Figures(r.Ctx, p.page.Key)
	if err != nil {
		return nil, err
	}
	body := recount.StatedBody{Sort: recount.CountFigure, Qualifier: recount.Exact}
	var of *recount.Span // the whole
	i := slices.IndexFunc(figures, func(f recount.ReportedFigure) bool { return f.Span == sp })
	if i >= 0 {
		f := &figures[i]
		body = recount.StatedOf(f)
		if f.Of >= 0 && f.Of < len(figures) {
			of = &figures[f.Of].Span
		}
	} else if c.Value == "" {
		return nil, recount.WithHint(fmt.Errorf("%w: no figure was read at %q, and --value says what it states", recount.ErrInvalid, c.Words), "give --value NUMBER, or --value vague; `recount figures` lists what was read")
	}
	if err := c.number(&body); err != nil {
		return nil, err
	}
	if c.Counted != "" {
		body.Unit = c.Counted
	}
	switch c.Of {
	case "":
	case "none":
		of = nil
	default:
		whole, err := figureOf(r, b, p, c.Of, c.OfNth)
		if err != nil {
			return nil, err
		}
		if whole.Span == sp {
			return nil, recount.WithHint(fmt.Errorf("%w: %q is no part of itself", recount.ErrInvalid, c.Words), "name the figure of the whole with --of")
		}
		of = &whole.Span
	}
	if body.At, err = b.Anchor(r.Ctx, p.page.Key, sp); err != nil {
		return nil, err
	}
	if of != nil {
		at, err := b.Anchor(r.Ctx, p.page.Key, *of)
		if err != nil {
			return nil, err
		}
		body.Of = &at
	}
	p.echo(r, sp)
	for j := range figures {
		if f := &figures[j]; i < 0 && f.Span.Overlaps(sp) && f.Span.Within(p.article.Text) {
			words := f.Span.In(p.article.Text)
			r.Printf("note: %q was read as a figure in these words and stays beside this one; to leave it out, say recount figures %s %q --reject\n", words, c.Page, words)
		}
	}
	r.Printf("states: %s\n", body.Says())
	return one(body, c.Reason), nil
}

// number puts the number of the flags in place of the one that stands there.
func (c *figuresCmd) number(body *recount.StatedBody) error {
	low, high, between := strings.Cut(c.Value, "-")
	switch {
	case c.Value == "":
	case c.Value == "vague":
		body.Value, body.Low, body.High, body.Qualifier = "", "", "", recount.Vague
	default:
		n, err := recount.ParseDecimal(low)
		if err != nil {
			return err
		}
		body.Value, body.Low, body.High = n.String(), "", ""
		if body.Qualifier == recount.Vague || body.Qualifier == recount.Between {
			body.Qualifier = recount.Exact
		}
		if between {
			m, err := recount.ParseDecimal(high)
			if err != nil {
				return err
			}
			body.Value, body.Low, body.High, body.Qualifier = "", n.String(), m.String(), recount.Between
		}
		if strings.ContainsAny(c.Value, "%/") {
			body.Sort = recount.ShareFigure
		}
	}
	if c.Sort != "" {
		body.Sort = recount.FigureKind(c.Sort)
	}
	if c.Qualifier != "" {
		body.Qualifier = recount.Qualifier(c.Qualifier)
	}
	if body.Value != "" { // as the reader gives them
		switch body.Low, body.High = "", ""; body.Qualifier {
		case recount.AtLeast, recount.MoreThan:
			body.Low = body.Value
		case recount.AtMost, recount.LessThan, recount.UpTo:
			body.High = body.Value
		}
	}
	return nil
}
