package workbench

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/study"
)

// find searches the words of articles.
func (s *Server) find(ctx context.Context, text string, most int) ([]study.Hit, error) {
	return s.study.Search(ctx, text, most)
}

// pieces cuts a snippet into hits and the words beside them.
func pieces(snippet string) []piece {
	out := []piece{}
	for snippet != "" {
		before, rest, ok := strings.Cut(snippet, "\x02")
		if before != "" {
			out = append(out, piece{Text: before})
		}
		if !ok {
			break
		}
		hit, after, _ := strings.Cut(rest, "\x03")
		if hit != "" {
			out = append(out, piece{Text: hit, Hit: true})
		}
		snippet = after
	}
	return out
}

// search finds people and outlets by name, and articles by their words.
func (s *Server) search(c *call) (any, error) {
	q := strings.TrimSpace(c.query("q"))
	out := searchReply{People: []foundPerson{}, Outlets: []foundOutlet{}, Articles: []foundArticle{}}
	if q == "" {
		return out, nil
	}
	const names = 20
	all, err := s.everybody(c.ctx, c.book)
	if err != nil {
		return nil, err
	}
	for i := range all {
		p := &all[i]
		if len(out.People) < names && slices.ContainsFunc(p.members, func(m recount.Member) bool {
			return holds(m.Speaker.Name, q) || c.query("by") == "outlet" && holds(m.Outlet, q)
		}) {
			f := foundPerson{ID: p.ID, Name: p.Name, Articles: p.Articles, Speaker: string(p.head.Key), Outlet: p.head.Outlet}
			if page, ok := c.book.Page(p.head.Article); ok {
				f.Date = page.When()
			}
			out.People = append(out.People, f)
		}
	}
	outlets := map[string]int{}
	c.book.EachPage(func(_ recount.Key, outlet, _ string, _, _ bool, _ recount.YesNo) { outlets[outlet]++ })
	for n := range outlets {
		if !holds(n, q) {
			delete(outlets, n)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(outlets)) {
		out.Outlets = append(out.Outlets, foundOutlet{n, outlets[n]})
	}
	slices.SortStableFunc(out.Outlets, func(a, b foundOutlet) int { return cmp.Compare(b.Articles, a.Articles) })
	out.Outlets = out.Outlets[:min(names, len(out.Outlets))]
	hits, err := s.find(c.ctx, c.query("q"), limit(c, 50, 1000))
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		if p, ok := c.book.Page(h.Article); ok {
			out.Articles = append(out.Articles, foundArticle{string(p.Key), p.Title, p.Outlet, p.When(), pieces(h.Snippet)})
		}
	}
	return out, nil
}
