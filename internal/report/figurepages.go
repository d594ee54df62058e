package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

const (
	groupsPerPage = 25
	rowsPerPage   = 250
	shortList     = 8 // groups on the front page
)

func groupPage(n int) string { return numberedPage("figures", n) }
func tablePage(n int) string { return numberedPage("all-figures", n) }

func numberedPage(name string, n int) string {
	if n == 0 {
		return name + ".html"
	}
	return fmt.Sprintf("%s.%d.html", name, n+1)
}

// figureSection is what the front page of a report says of reported figures: the
// first groups, with ways to all.
func figureSection(groups []*figureGroup) []document.Block {
	var out blocks
	g := newGrid("What more than one page states. Quantities whose figures differ come first.", "Quantity", "Settled", "Beside each other", "#Originals")
	g.Style = "stack"
	for i, e := range groups[:min(shortList, len(groups))] {
		name := e.Quantity
		if e.Event != "" {
			name += ", " + e.Event
		}
		quantity := []document.Inline{{Text: sentence(name), Page: groupPlace(e, i)}}
		if during, apart := strings.CutPrefix(e.during(), ","); during != "" {
			if apart {
				quantity = append(quantity, onPaper(","))
			}
			quantity = append(quantity, quiet(during))
		}
		g.row(quantity, e.Value(), document.Cell{Text: document.Plain(sentence(e.Apart())), Style: "relation"}, e.Link())
	}
	out.table(g)
	all := document.Inline{Text: "All reported figures in one table", Page: tablePage(0)}
	if len(groups) == 0 {
		out.add(document.Block{Kind: document.Paragraph, Text: []document.Inline{all, plain(".")}, Site: true})
		return out
	}
	all.Text = "all reported figures in one table"
	out.add(document.Block{Kind: document.Paragraph, Text: []document.Inline{{Text: "Each of " + prose.Plural(len(groups), "quantity", "quantities") + " with all its figures", Page: groupPage(0)}, plain("; "), all, plain(".")}, Site: true})
	return out
}

// groupPlace is where the table of group i stands.
func groupPlace(g *figureGroup, i int) string { return groupPage(i/groupsPerPage) + "#" + g.ID }

// outletOf names the outlet of a figure.
func (r *figureRow) outletOf() string { return cmp.Or(r.Outlet, "Unknown outlet") }

// worded is a figure as printed, which opens its sentence.
func (r *figureRow) worded() []document.Inline {
	return []document.Inline{plain("“"), {Text: r.Wording, Page: r.Path}, plain("”")}
}

// shown is one quantity with all that outlets make of it.
func (g *figureGroup) shown() document.Block {
	var out, facts blocks
	out.heading(2, g.Quantity)
	if g.Event != "" {
		facts.fact("Event", para(plain(g.Event)))
	}
	if g.Period != "" {
		facts.fact("Period", para(plain(g.Period)))
	}
	settled := []document.Inline{{Text: g.Value(), Strong: true}}
	if g.Rule != "" {
		settled = append(settled, quiet(" by the rule "+g.Rule))
	}
	facts.fact("Settled", para(settled...))
	facts.fact("Independent originals", para(inline(g.Link())))
	facts.fact("Beside each other", para(plain(g.Apart())))
	out.add(document.Block{Kind: document.Facts, Blocks: facts})
	t := newGrid("", "Outlet", "Wording", "Beside the first", "Why")
	t.Style, t.Label = "stack", g.Title()
	for i := range g.Rows {
		r := &g.Rows[i]
		style := ""
		if r.Apart {
			style = "apart"
		} else if r.Reprint {
			style = "again"
		}
		t.row(document.Cell{Text: []document.Inline{plain(r.outletOf()), onPaper(","), quiet(" " + r.Date)}, Style: style}, r.worded(),
			document.Cell{Text: document.Plain(r.Relation), Style: "relation"}, document.Cell{Text: document.Plain(r.Reason), Style: "quiet"})
	}
	out.table(t)
	return document.Block{Kind: document.Section, Style: "group", ID: g.ID, Blocks: out}
}

// groupsShown is page n of the quantities that several outlets report.
func groupsShown(groups []*figureGroup, n int) []document.Block {
	var out blocks
	out.trail("what outlets report")
	out.heading(1, "What outlets report, side by side")
	out.styled("counts", plain(prose.Plural(len(groups), "quantity", "quantities")+" that more than one page states. In each table the first specific figure comes first, and every other one is set beside it: whether it agrees, is a reprint, lost the number or a word of it, or cannot be right beside it. Nothing is averaged. These are the outlets' figures; none of them was counted here. Quantities whose figures differ come first. A wording opens its sentence."))
	out.say(document.Inline{Text: "All reported figures in one table", Page: tablePage(0)})
	pages := pageLinks(len(groups), groupsPerPage, n, groupPage)
	out = append(out, pages...)
	for _, g := range groups[n*groupsPerPage : min(len(groups), (n+1)*groupsPerPage)] {
		out.add(g.shown())
	}
	return append(out, pages...)
}

// figuresShown is page n of the table of all reported figures.
func figuresShown(all []figureRow, groups, n int) []document.Block {
	var out blocks
	out.trail("all reported figures")
	out.heading(1, "All reported figures")
	out.styled("counts", plain(prose.Plural(len(all), "number", "numbers")+" that articles state, by day of publication and as they stand in the text, those in reprints too. None of them was counted here. A row opens its sentence."))
	if groups > 0 {
		out.say(document.Inline{Text: "What several pages state, side by side", Page: groupPage(0)})
	}
	pages := pageLinks(len(all), rowsPerPage, n, tablePage)
	out = append(out, pages...)
	g := newGrid("", "Wording", "#Value", "Meant", "What is counted", "Outlet", "Date")
	g.Style, g.Label = "stack all", "All reported figures"
	for i := range all[n*rowsPerPage : min(len(all), (n+1)*rowsPerPage)] {
		r := &all[n*rowsPerPage+i]
		quiet := func(s string) document.Inline { return quiet(" " + s) }
		wording := []document.Inline{plain("“"), {Text: r.Wording, Page: r.Path, Style: "row"}, plain("”")}
		if r.SaidBy != "" {
			wording = append(wording, quiet("says "+r.SaidBy))
		}
		counted := []document.Inline{plain(r.Counted)}
		if r.Event != "" {
			counted[0].Text += ", " + r.Event
		}
		if r.Period != "" {
			counted = append(counted, quiet(r.Period))
		}
		outlet := []document.Inline{plain(cmp.Or(r.Outlet, "unknown outlet"))}
		first := document.Cell{Text: wording}
		if r.Reprint {
			first.Style, outlet = "again", append(outlet, quiet("reprint"))
		}
		g.row(first, r.Value, r.How, counted, outlet, r.Date)
	}
	out.table(g)
	if len(all) == 0 {
		out.styled("empty", plain("No article states a number."))
	}
	return append(out, pages...)
}

// addFigurePages puts both tables on the site: the groups, and every figure.
func addFigurePages(s *Site, x *Index, groups []*figureGroup) {
	for n := 0; n*groupsPerPage < len(groups); n++ {
		s.Add(groupPage(n), "What outlets report", func() []document.Block { return groupsShown(groups, n) })
	}
	all := figureRows(x)
	for n := 0; n == 0 || n*rowsPerPage < len(all); n++ {
		s.Add(tablePage(n), "All reported figures", func() []document.Block { return figuresShown(all, len(groups), n) })
	}
	s.Cites(func() *evidence {
		e := &evidence{}
		for _, r := range all {
			e.Items = append(e.Items, item{Cites: []Citation{r.cited}})
		}
		return e
	})
}

// figureRows lists every reported figure of the counting articles, by day of
// publication, then as they stand in the text.
func figureRows(x *Index) (all []figureRow) {
	articles := slices.Clone(x.Articles)
	slices.SortFunc(articles, func(a, b *recount.Article) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Day(), "9"), cmp.Or(b.Day(), "9")), cmp.Compare(a.Outlet, b.Outlet), cmp.Compare(a.Key, b.Key))
	})
	for _, a := range articles {
		from := len(all)
		for _, f := range x.Figures[a.Key] {
			if x.Rule(SetAsideOtherStories) && x.AsideAt(a, f.Span) != "" {
				continue // as in every other number
			}
			if r, ok := newFigureRow(x, a, f); ok {
				all = append(all, r)
			}
		}
		slices.SortStableFunc(all[from:], func(a, b figureRow) int {
			return cmp.Compare(a.cited.Place.Spans[0].Start, b.cited.Place.Spans[0].Start)
		})
	}
	return all
}
