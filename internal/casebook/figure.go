package casebook

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
)

// Figures returns the figures that an article reports, in order of the text:
// what was read, as people corrected it, and what they typed in. Those that
// people rejected are among them.
func (c *View) Figures(ctx context.Context, article recount.Key) ([]recount.ReportedFigure, error) {
	found, err := c.store.FiguresOf(ctx, article)
	if err != nil {
		return nil, err
	}
	return c.ApplyStated(article, found), nil
}

// ApplyStated puts what people said that figures of an article state in place
// of what was read, and adds those that the program missed. While people differ
// on what a figure states it stays as it was read, or as it was typed in first.
func (c *View) ApplyStated(article recount.Key, found []recount.ReportedFigure) []recount.ReportedFigure {
	p := c.byKey[article]
	if p == nil {
		return found
	}
	byPlace := map[string][]*placed{}
	for _, d := range c.state(p).decisions {
		if d.Decision.Kind == recount.KindStated && d.at[0].page == p && d.at[0].At().Len() > 0 && !c.calibration(d.Round) {
			byPlace[d.at[0].name()] = append(byPlace[d.at[0].name()], d)
		}
	}
	if len(byPlace) == 0 {
		return found
	}
	at := make(map[recount.Span]int, len(found))
	out := slices.Clone(found)
	for i := range out {
		at[out[i].Span] = i
	}
	wholes := map[int]recount.Span{}
	for _, name := range sortedKeys(byPlace) {
		ps := byPlace[name]
		d, agreed := c.hold(ps, (*placed).says)
		i, read := at[ps[0].at[0].At()]
		if !agreed {
			if read {
				continue
			}
			d = slices.MinFunc(c.unsettled(ps), sooner)
		}
		b := d.answer.(recount.StatedBody)
		if !read {
			i = len(out)
			out = append(out, c.typedFigure(p, d.at[0].At()))
		}
		f := &out[i]
		b.Into(f)
		f.Of, f.ByPerson = -1, true
		if len(d.at) > 1 && d.at[1].page == p && d.at[1].At().Len() > 0 {
			wholes[i] = d.at[1].At()
		}
	}
	for i, whole := range wholes {
		out[i].Of = partOf(out, i, whole)
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(out[i].Span.Start, out[j].Span.Start), cmp.Compare(out[i].Span.End, out[j].Span.End))
	})
	now := make([]int, len(out)) // where each stands in the order of the text
	for to, i := range order {
		now[i] = to
	}
	sorted := make([]recount.ReportedFigure, len(out))
	for i := range out {
		f := out[i]
		if f.Of >= 0 && f.Of < len(now) {
			f.Of = now[f.Of]
		}
		sorted[now[i]] = f
	}
	return sorted
}

// partOf returns which figure of an article stands at a place: the one with
// these very words, else the first with words in common; -1 if none has.
func partOf(figures []recount.ReportedFigure, part int, at recount.Span) int {
	near := -1
	for i := range figures {
		switch {
		case i == part:
		case figures[i].Span == at:
			return i
		case near < 0 && figures[i].Span.Overlaps(at):
			near = i
		}
	}
	return near
}

// typedFigure is a figure that the program missed: said by whoever says the
// shortest of the accepted statements around it.
func (c *View) typedFigure(p *page, at recount.Span) recount.ReportedFigure {
	f := recount.ReportedFigure{Key: recount.KeyOf("figure", string(p.Key), strconv.Itoa(at.Start), strconv.Itoa(at.End)), Article: p.Key, Span: at}
	best := -1
	for _, s := range c.state(p).settled.statements {
		for _, x := range s.At {
			if x.Contains(at) && s.Speaker != nil && s.Speaker.Read >= 0 && (best < 0 || x.Len() < best) {
				best, f.SaidBy = x.Len(), p.speakers.id(s.Speaker.Read)
			}
		}
	}
	return f
}

// figures notes where some say what a figure states, and others that it is
// none. Who says both means that it is not what was read.
func (c *View) figures(p *page, s *settled, decisions []*placed) {
	stated, none := map[string][]*placed{}, map[string][]*placed{}
	for _, d := range decisions {
		if len(d.at) == 0 || d.at[0].page != p || d.at[0].Found == Lost {
			continue
		}
		switch b := d.answer.(type) {
		case recount.StatedBody:
			stated[d.at[0].name()] = append(stated[d.at[0].name()], d)
		case recount.FigureBody:
			if b.Answer == recount.Rejected {
				none[d.at[0].name()] = append(none[d.at[0].name()], d)
			}
		}
	}
	for _, name := range sortedKeys(stated) {
		against := slices.DeleteFunc(slices.Clone(none[name]), func(d *placed) bool {
			return slices.ContainsFunc(stated[name], func(o *placed) bool { return o.Actor == d.Actor })
		})
		if len(against) == 0 {
			continue
		}
		all := append(slices.Clone(stated[name]), against...)
		if said := c.unsettled(all); len(said) < len(all) {
			continue // an adjudicator says which
		}
		f := recount.Finding{What: "disagreement", Text: "people disagree on one question (figure): " + whoSays(all)}
		for _, d := range all {
			f.Decisions = append(f.Decisions, d.ID)
		}
		slices.Sort(f.Decisions)
		s.findings = append(s.findings, f)
	}
}

// Figure returns the first figure that an article prints with these words, or
// the one that stands at a place.
func (c *View) Figure(ctx context.Context, article recount.Key, words string, at *recount.Span) (*recount.ReportedFigure, error) {
	a, err := c.Article(ctx, article)
	if err != nil {
		return nil, err
	}
	found, err := c.Figures(ctx, article)
	if err != nil {
		return nil, err
	}
	var known []string
	for i := range found {
		f := &found[i]
		if !f.Span.Within(a.Text) {
			continue
		}
		if at == nil && f.Span.In(a.Text) == words || at != nil && f.Span == *at {
			return f, nil
		}
		known = append(known, f.Span.In(a.Text))
	}
	hint := "its figures are " + strings.Join(known, ", ")
	if len(known) == 0 {
		hint = "no figure was read there"
	}
	return nil, recount.WithHint(fmt.Errorf("%w: the page reports no figure %q", recount.ErrNotFound, words), hint+"; one that was missed is typed in with --value")
}
