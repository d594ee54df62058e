package workbench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/count"
	"recount/internal/study"
)

// errHidden is of numbers that nobody is to decide towards.
var errHidden = recount.WithHint(forbidden("the numbers are hidden while a blind round is open"), "look when it is closed")

// shownNumber shows a result.
func shownNumber(r recount.Result) number {
	n := number{Name: r.Name, Label: r.Label, Value: r.N, Low: r.Range.Low, High: r.Range.High, Exact: r.Range.Exact, Open: len(r.Questions), Href: "/report?evidence=" + r.Name}
	n.Text = strconv.Itoa(r.N)
	if r.Of > 0 || r.Kind == "share" {
		of := r.Of
		n.Of = &of
		n.Text = count.ShareText(r.N, r.Of)
	}
	if r.Ratio != nil {
		n.Text = count.RatioText(r.Ratio)
	}
	return n
}

// rowsOf shows the rows of a result, each with what the report prints of it.
func rowsOf(r recount.Result) []tableRow {
	out := make([]tableRow, 0, len(r.Rows))
	for _, x := range r.Rows {
		row := tableRow{Name: x.Name, Label: cmp.Or(x.Label, x.Name), Number: shownNumber(x)}
		row.Number.Says = study.Slots(x)
		for _, y := range x.Rows {
			row.Cells = append(row.Cells, tableRow{Name: y.Name, Label: cmp.Or(y.Label, y.Name), Number: shownNumber(y)})
		}
		out = append(out, row)
	}
	return out
}

// results counts what report.md asks for.
func (s *Server) results(c *call) (any, error) {
	if s.seen != "" {
		return resultList{Items: []resultItem{}}, nil
	}
	list, err := s.study.Results(c.ctx)
	if err != nil {
		return nil, err
	}
	out := resultList{Items: []resultItem{}, Total: len(list)}
	for _, r := range list {
		x := resultItem{number: shownNumber(r), Title: r.Label, Kind: r.Kind}
		x.Says, x.Note = study.Slots(r), r.Note
		if len(r.Rows) > 0 {
			x.Table = rowsOf(r)
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// tryResult counts what a person is about to put into the report.
func (s *Server) tryResult(c *call) (any, error) {
	if s.seen != "" {
		return nil, errHidden
	}
	req, err := in[resultPreview](c)
	if err != nil {
		return nil, err
	}
	e := study.Entry{Name: cmp.Or(req.Name, "preview"), Label: req.Label, Count: req.Count, Share: req.Share, Of: req.Of, Where: req.Where, By: req.By,
		From: req.From, To: req.To, Compare: req.Compare, With: req.With}
	if e.Count+e.Share+e.Of+e.Where+e.By+e.Compare+e.With == "" {
		e.Count = "all"
	}
	q, err := e.Query()
	if err != nil {
		return nil, &fieldError{"name", err}
	}
	r, err := s.study.Ask(c.ctx, q)
	if err != nil {
		return nil, &fieldError{"where", err}
	}
	out := resultShown{Number: shownNumber(r), Kind: r.Kind, Range: count.RangeText(r.Range), Note: r.Note, Lines: e.Lines(), Sentences: []sentence{}}
	out.Number.Says = study.Slots(r)
	if len(r.Rows) > 0 {
		out.Table = rowsOf(r)
	}
	const most = 5
	out.Sentences, err = s.sentences(c, r.Cases, q.Where, most)
	return out, err
}

// evidence lists the people whom a number of the report counts, with the words
// that count.
func (s *Server) evidence(c *call) (any, error) {
	if s.seen != "" {
		return nil, errHidden
	}
	name, row, _ := strings.Cut(c.r.PathValue("result"), ":")
	list, err := s.study.Results(c.ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(r recount.Result) bool { return r.Name == name })
	if i < 0 {
		return nil, recount.WithHint(fmt.Errorf("result %q: %w", name, recount.ErrNotFound), "the report lists its results")
	}
	r := list[i]
	if row != "" {
		j := slices.IndexFunc(r.Rows, func(x recount.Result) bool { return x.Name == row })
		if j < 0 {
			return nil, recount.WithHint(fmt.Errorf("row %q of %s: %w", row, name, recount.ErrNotFound), "the table lists its rows")
		}
		r = r.Rows[j]
	}
	out := evidence{Number: shownNumber(r), Open: []string{}}
	for _, q := range r.Questions {
		out.Open = append(out.Open, q.Text)
	}
	where := ""
	if heads, err := s.study.Headline(c.ctx); err == nil {
		for _, h := range heads {
			if h.Query.Name == name {
				where = h.Query.Where
			}
		}
	}
	out.Items, err = s.sentences(c, r.Cases, where, limit(c, 200, 2000))
	return out, err
}

// sentences quotes the people of a count, in order of their first report.
func (s *Server) sentences(c *call, ids []string, where string, most int) ([]sentence, error) {
	all, err := s.everybody(c.ctx, c.book)
	if err != nil {
		return nil, err
	}
	want := map[string]bool{}
	for _, id := range ids {
		want[id] = true
	}
	out := []sentence{}
	for i := range all {
		p := &all[i]
		if !want[p.ID] || len(out) == most {
			continue
		}
		x, err := s.quote(c.ctx, p, where)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

func (s *Server) quote(ctx context.Context, p *person, where string) (sentence, error) {
	x, err := s.study.Quote(ctx, recount.Case{ID: p.ID, Members: p.members}, where)
	if err != nil {
		return sentence{}, err
	}
	k := recount.Case{ID: p.ID, Members: p.members}
	return sentence{Article: string(x.Article.Key), Outlet: x.Article.Outlet, Date: x.Article.When(), Words: oneLine(strings.Join(x.Words, " … "), 400), Person: k.NameIn(x.Article.Key), ID: p.ID}, nil
}
