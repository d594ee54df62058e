package workbench

import (
	"cmp"
	"slices"

	"recount"
	"recount/internal/casebook"
)

// outlets lists who printed the pages: how much of each there is, who owns it,
// and under which other names its pages print it.
func (s *Server) outlets(c *call) (any, error) {
	out := outletList{Items: []outletRow{}}
	owner := map[string]string{}
	for _, o := range casebook.Settled[recount.OwnerBody](c.book.View, recount.KindOwner) {
		owner[o.Outlet] = o.Owner
	}
	printed := c.book.PrintedOutlets()
	at := map[string]int{}
	originals := map[string]map[recount.Key]bool{}
	for _, p := range c.book.Pages() {
		i, ok := at[p.Outlet]
		if !ok {
			i = len(out.Items)
			at[p.Outlet] = i
			row := outletRow{Name: p.Outlet, Owner: owner[p.Outlet], Also: []string{}}
			for _, was := range printed[p.Outlet] {
				if was != p.Outlet && was != "" {
					row.Also = append(row.Also, was)
					row.Owner = cmp.Or(row.Owner, owner[was])
				}
			}
			out.Items = append(out.Items, row)
			originals[p.Outlet] = map[recount.Key]bool{}
		}
		out.Items[i].Articles++
		originals[p.Outlet][cmp.Or(p.Original.Key, p.Key)] = true
	}
	for i := range out.Items {
		out.Items[i].Originals = len(originals[out.Items[i].Name])
	}
	slices.SortFunc(out.Items, func(a, b outletRow) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Name, b.Name))
	})
	out.Total = len(out.Items)
	return out, nil
}

// outlet gives all pages of an outlet the name of another one.
func (a *asker) outlet(d *draft) error {
	switch {
	case d.Outlet == "":
		return bad("outlet", "name the outlet whose name changes", "the outlet is missing")
	case d.To == "":
		return bad("to", "write the name that holds instead", "the new name is missing")
	case d.To == d.Outlet:
		return bad("to", "write another name", "the outlet is called %.80q already", d.To)
	}
	n := len(a.out)
	for _, p := range a.book.Pages() {
		if p.Outlet == d.Outlet {
			a.add(d, recount.PageBody{Page: p.Article.Page(), Part: p.Part, Field: recount.OutletField, Value: d.To})
		}
	}
	if len(a.out) == n {
		return bad("outlet", "the list of outlets shows those of the study", "no article is of an outlet called %.80q", d.Outlet)
	}
	return nil
}
