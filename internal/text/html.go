package text

import (
	"unicode/utf8"

	"recount"
	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

// readHTML fills a from a page.
func readHTML(a *recount.Article, payload []byte, declared string, o Options) error {
	src, note := page.Decode(payload, declared)
	if note != "" {
		a.Notes = append(a.Notes, note)
	}
	doc, err := page.Parse(src)
	if err != nil {
		return err
	}
	ps := page.Pieces(doc)
	f := metadata.Gather(doc, o.Name)
	head := f.Head(a)
	kept, notes := choose(doc, ps, a.Title)
	a.Notes = append(a.Notes, notes...)
	w := writer{a: a}
	paths := page.NewPathIndex()
	first := len(ps)
	for i := range ps {
		if kept[i] == "" {
			continue
		}
		w.block(ps[i].Text, kept[i], ps[i].Path(paths))
		if kept[i] == recount.Body && first == len(ps) && utf8.RuneCountInString(ps[i].Text) > 100 {
			first = i
		}
	}
	w.done()
	if a.Text == "" {
		return page.Refuse("no article text in the page", "open the page in a browser and save it again, or supply its text")
	}
	f.Rest(a, ps, first, head, o.Captured)
	return nil
}
