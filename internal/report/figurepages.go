package report

import (
	"cmp"
	"fmt"
	"slices"

	"recount"
	"recount/internal/report/cite"
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

// A figureSection is what the front page of a report says of reported figures.
type figureSection struct {
	Short  []figureEntry // the first groups
	Groups int           // all of them
	Page   string        // of the groups, "" if there is none
	Table  string        // of all figures
}

// An figureEntry is one group with the place of its table.
type figureEntry struct {
	*figureGroup
	Href string // from the page that shows it
}

// newFigureSection lists the first groups for the front page.
func newFigureSection(groups []*figureGroup) figureSection {
	s := figureSection{Groups: len(groups), Table: tablePage(0)}
	if len(groups) > 0 {
		s.Page = groupPage(0)
	}
	s.Short = figureEntries(groups, "")[:min(shortList, len(groups))]
	return s
}

// figureEntries links groups to their tables from a page root away from the top of
// the site.
func figureEntries(groups []*figureGroup, root string) (out []figureEntry) {
	for i, g := range groups {
		out = append(out, figureEntry{g, root + groupPage(i/groupsPerPage) + "#" + g.ID})
	}
	return out
}

// A figurePage is one page of groups, or of the table of all figures.
type figurePage struct {
	Frame
	Groups  []*figureGroup
	Rows    []figureRow
	Total   int
	Further string // the other of the two
	Pages   []pageLink
}

// addFigurePages puts both tables on the site: the groups, and every figure.
func addFigurePages(s *Site, x *cite.Index, groups []*figureGroup) {
	for n := 0; n*groupsPerPage < len(groups); n++ {
		s.Add(groupPage(n), "figures.html", func() any {
			return figurePage{Frame: s.Frame("", "What outlets report"), Groups: groups[n*groupsPerPage : min(len(groups), (n+1)*groupsPerPage)],
				Total: len(groups), Further: tablePage(0), Pages: pageLinks("", len(groups), groupsPerPage, n, groupPage)}
		})
	}
	all := figureRows(x)
	further := ""
	if len(groups) > 0 {
		further = groupPage(0)
	}
	for n := 0; n == 0 || n*rowsPerPage < len(all); n++ {
		s.Add(tablePage(n), "allfigures.html", func() any {
			return figurePage{Frame: s.Frame("", "All reported figures"), Rows: all[n*rowsPerPage : min(len(all), (n+1)*rowsPerPage)],
				Total: len(all), Further: further, Pages: pageLinks("", len(all), rowsPerPage, n, tablePage)}
		})
	}
	s.Cites(func() *evidence {
		e := &evidence{}
		for _, r := range all {
			e.Items = append(e.Items, item{Cites: []cite.Citation{r.cited}})
		}
		return e
	})
}

// figureRows lists every reported figure of the counting articles, by day of
// publication, then as they stand in the text.
func figureRows(x *cite.Index) (all []figureRow) {
	articles := slices.Clone(x.Articles)
	slices.SortFunc(articles, func(a, b *recount.Article) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Day(), "9"), cmp.Or(b.Day(), "9")), cmp.Compare(a.Outlet, b.Outlet), cmp.Compare(a.Key, b.Key))
	})
	for _, a := range articles {
		from := len(all)
		for _, f := range x.Figures[a.Key] {
			if x.Rule(cite.SetAsideOtherStories) && x.AsideAt(a, f.Span) != "" {
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
