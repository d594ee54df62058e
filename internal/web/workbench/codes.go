package workbench

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// codes lists the codebook with counts, and codes that left it.
func (s *Server) codes(c *call) (any, error) {
	list, err := s.study.Codes(c.ctx)
	if err != nil {
		return nil, err
	}
	pinned := map[string]bool{}
	for _, x := range s.codeRows(c.book) {
		pinned[x.ID] = x.Pinned
	}
	out := codeList{Items: []codeItem{}, Total: len(list), Version: s.study.Codebook().Version}
	for _, x := range list {
		out.Items = append(out.Items, codeItem{
			codeRow: codeRow{ID: x.Code.Code, Label: cmp.Or(x.Short, x.Code.Code), Parent: x.Parent, Definition: x.Definition, Count: x.Statements, Pinned: pinned[x.Code.Code]},
			Brief:   x.Short, UseWhen: x.UseWhen, DoNotUse: x.DoNotUse, Example: x.Example, Depth: strings.Count(x.Code.Code, "."), People: x.People, Accepted: x.Statements,
			Became: x.Became, Left: x.Left})
	}
	return out, nil
}

// coded lists the statements and passages to which people gave a code.
func (s *Server) coded(c *call) (any, error) {
	code := c.r.PathValue("id")
	out := codedList{Items: []codedItem{}}
	ds := append(c.book.Holding(recount.KindCode), c.book.Holding(recount.KindPassage)...)
	ds = slices.DeleteFunc(ds, func(d casebook.Placed) bool { return d.Answer.Subject() != code })
	order := map[recount.Key]int{}
	for i, k := range c.book.Dated() {
		order[k] = i
	}
	slices.SortStableFunc(ds, func(a, b casebook.Placed) int {
		return cmp.Or(cmp.Compare(order[a.At[0].Article], order[b.At[0].Article]), cmp.Compare(a.At[0].At().Start, b.At[0].At().Start), strings.Compare(a.ID, b.ID))
	})
	out.Total = len(ds)
	from := min(cursor(c.query("after"), 0), len(ds))
	to := min(from+limit(c, 100, 1000), len(ds))
	for _, d := range ds[from:to] {
		an := d.Answer.Anchors()[0]
		x := codedItem{Article: string(d.At[0].Article), Words: strings.Join(an.Exact, " … "), State: d.Answer.Says(), By: d.Actor}
		if p, ok := c.book.Page(d.At[0].Article); ok {
			x.Outlet, x.Date = p.Outlet, p.When()
		}
		if d.Answer.Kind() == recount.KindCode && d.At[0].At().Len() > 0 {
			x.Key = string(recount.StatementKey(d.At[0].Article, recount.Quotation{Content: d.At[0].Spans}))
		}
		switch b := d.Answer.(type) {
		case recount.CodeBody:
			x.Speaker = b.Speaker.Name
		case recount.PassageBody:
			if b.Speaker != nil {
				x.Speaker = b.Speaker.Name
			}
		}
		keys, err := c.book.Whom(c.ctx, d.Decision)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			if p, ok := c.book.CaseOf(k); ok {
				x.Person, x.Speaker = p.ID, p.Name()
			}
		}
		out.Items = append(out.Items, x)
	}
	if to < len(ds) {
		out.Next = strconv.Itoa(to)
	}
	return out, nil
}

// agreement says how far coders agree, and on what they differ.
func (s *Server) agreement(c *call) (any, error) {
	list, err := s.study.Agreement(c.ctx, recount.Kind(c.query("kind")), cmp.Or(c.query("round"), s.o.Round))
	if err != nil {
		return nil, err
	}
	out := agreementReply{Items: []agreementItem{}, Coders: []string{}, Disagreements: []disagreement{}, Round: s.o.Round}
	for _, a := range list {
		x := agreementItem{Code: cmp.Or(a.Subject, string(a.Kind)), Label: cmp.Or(a.Subject, labels[a.Kind]), Units: a.Twice}
		x.Text = strconv.Itoa(a.Twice) + " answered by two coders or more, " + strconv.Itoa(a.Differ) + " differently; compared: " + a.What
		for _, k := range a.Coefficients {
			if strings.HasPrefix(k.Name, "Krippendorff") {
				if k.Note != "" {
					x.Text += "; not computed: " + k.Note
				} else {
					v := k.Value
					x.Alpha = &v
				}
			}
		}
		for _, n := range a.Coders {
			if !slices.Contains(out.Coders, n) {
				out.Coders = append(out.Coders, n)
			}
		}
		out.Items = append(out.Items, x)
		if a.Kind == recount.KindCode && a.Subject == "" {
			all := x
			out.Overall = &all
		}
	}
	for _, f := range c.book.Findings() {
		if f.What != "disagreement" {
			continue
		}
		d := disagreement{Answers: []codedDifferent{}}
		for _, id := range f.Decisions {
			x := c.book.Log().Find(id)
			if x == nil {
				continue
			}
			a, err := c.book.Answer(x)
			if err != nil {
				continue
			}
			if d.Article == "" {
				var ch changed
				s.changedBy(c.book, a, &ch)
				if len(ch.Articles) > 0 {
					d.Article = ch.Articles[0]
				}
			}
			if an := a.Anchors(); len(an) > 0 {
				d.Words = strings.Join(an[0].Exact, " … ")
			}
			code := string(a.Kind())
			if b, ok := a.(recount.CodeBody); ok {
				code = b.Code
			}
			d.Answers = append(d.Answers, codedDifferent{x.Actor, code, a.Says()})
		}
		out.Disagreements = append(out.Disagreements, d)
	}
	return out, nil
}
