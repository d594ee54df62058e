package workbench

import (
	"slices"

	"recount"
	"recount/internal/casebook"
)

// articles lists the articles of the study in order of publication.
func (s *Server) articles(c *call) (any, error) {
	q := func(name string) string { return c.query(name) }
	state := q("state")
	if !slices.Contains([]string{"", "all", "open", "read", "screened", "unscreened"}, state) {
		return nil, bad("state", "states are open, read, screened, unscreened and all", "no state named %q", state)
	}
	var hits map[recount.Key]string // snippets
	if q("search") != "" {
		found, err := s.find(c.ctx, q("search"), 5000)
		if err != nil {
			return nil, err
		}
		hits = map[recount.Key]string{}
		for _, h := range found {
			hits[h.Article] = h.Snippet
		}
	}
	chosen := func(p *casebook.Page) bool {
		switch {
		case q("outlet") != "" && p.Outlet != q("outlet"),
			q("language") != "" && p.Language != q("language"),
			q("from") != "" && (p.Published == "" || p.When() < q("from")),
			q("to") != "" && (p.Published == "" || p.When()[:min(len(p.When()), len(q("to")))] > q("to")),
			hits != nil && hits[p.Key] == "",
			q("assigned") != "" && !slices.Contains(s.assigned(c.book)[p.Article.Page()+"\x00"+p.Part], q("assigned")),
			q("flag") == "date" && p.DateFlag == "" && p.Published != "",
			q("flag") == "care" && p.Care() == "",
			q("flag") == "maybe" && !s.maybeReprint(c.book)[p.Key],
			q("flag") == "reprint" && len(p.Original.Members) < 2,
			state == "screened" && p.Screened == "",
			state == "unscreened" && p.Screened != "",
			state == "read" && len(c.book.Answers(recount.KindRead, p.Article.Page())) == 0,
			state == "open" && (c.book.Quiet(p.Key) || !c.book.Reads(p.Key)):
			return false
		}
		return true
	}
	all := state != "open" && hits == nil
	for _, name := range []string{"outlet", "language", "from", "to", "flag", "assigned"} {
		all = all && q(name) == ""
	}
	all = all && (state == "" || state == "all")
	most := limit(c, 100, 1000)
	out := articleList{Items: []articleRow{}}
	after := recount.Key(q("after"))
	skipping := after != ""
	full := false
	for _, k := range c.book.Dated() {
		if all && (skipping || full) { // every page is chosen
			out.Total++
			skipping = skipping && k != after
			continue
		}
		if state == "open" && (c.book.Quiet(k) || !c.book.Reads(k)) {
			skipping = skipping && k != after
			continue
		}
		p, ok := c.book.Page(k)
		if !ok {
			continue
		}
		if full && state == "open" {
			break // how many more there are is not said
		}
		if skipping || full {
			if chosen(&p) {
				out.Total++
			}
			skipping = skipping && k != after
			continue
		}
		if !chosen(&p) {
			continue
		}
		out.Total++
		r, err := s.row(c.ctx, c.book, k)
		if err != nil {
			return nil, err
		}
		if state == "open" && r.Open == 0 {
			out.Total--
			continue
		}
		if len(out.Items) == most {
			out.Next, full = out.Items[most-1].Key, true
			continue
		}
		if hits != nil {
			r.Snippet = pieces(hits[k])
		}
		if q("lines") != "" || state == "unscreened" {
			a, err := c.book.Article(c.ctx, k)
			if err != nil {
				return nil, err
			}
			r.FirstLines = firstLines(a)
		}
		out.Items = append(out.Items, r)
	}
	if state == "open" && (out.Next != "" || after != "") {
		out.Total = -1 // how many are open is known only of those that were looked at
	}
	return out, nil
}

// firstLines are the first words of the story.
func firstLines(a *recount.Article) string {
	for _, b := range shown(a) {
		if b.Role == recount.Body {
			return oneLine(b.Span.In(a.Text), 280)
		}
	}
	return ""
}

// oneArticle shows one article.
// articleAt is the article at an address: what somebody kept, or was sent, leads
// on when another version of the page counts.
func articleAt(c *call) recount.Key {
	key := recount.Key(c.r.PathValue("key"))
	if _, ok := c.book.Page(key); !ok {
		if now, ok := countsNow(c.book, key); ok {
			return now
		}
	}
	return key
}

// countsNow finds the version of a page that counts in the place of another.
func countsNow(book *casebook.Casebook, key recount.Key) (recount.Key, bool) {
	for _, p := range book.Pages() {
		for _, h := range p.Older {
			if h.Key == key {
				return p.Key, true
			}
		}
	}
	return "", false
}

func (s *Server) oneArticle(c *call) (any, error) {
	return s.article(c.ctx, c.book, articleAt(c))
}
