package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"recount"
)

// readHTML fills a from a page.
func readHTML(a *recount.Article, payload []byte, declared string, o Options) error {
	src, note := decode(payload, declared)
	if note != "" {
		a.Notes = append(a.Notes, note)
	}
	doc, err := parse(src)
	if err != nil {
		return err
	}
	ps := pieces(doc)
	f := gather(doc, o.Name)
	a.URL, note = f.address(o.Name)
	if note != "" {
		a.Notes = append(a.Notes, note)
	}
	from := a.URL
	if from == "" {
		from = o.Name
	}
	a.Outlet = f.outlet(from)
	var head *html.Node
	a.Title, head = f.title(a.Outlet)

	z := zones{}
	kept, notes := choose(doc, ps, z, a.Title)
	a.Notes = append(a.Notes, notes...)
	w := writer{a: a}
	paths := newPathIndex()
	for i, p := range ps {
		if kept[i] != "" {
			w.block(p.text, kept[i], p.path(paths))
		}
	}
	w.done()
	if a.Text == "" {
		return refuse("no article text in the page", "open the page in a browser and save it again, or supply its text")
	}
	f.visible(ps, kept, head)
	a.Byline = f.first("byline", "visible", "itemprop", "json-ld", "meta", "text by")
	a.Authors = authors(a.Byline)
	a.Metadata = f.all
	chooseDate(a, f.dates, o.Captured)
	said := f.lang
	if said == "" {
		said = f.first("language", "json-ld", "meta")
	}
	a.Language = language(said, a.Text)
	return nil
}

// visible adds the dates and the byline that a reader sees by the headline.
func (f *facts) visible(ps []piece, kept []recount.Role, head *html.Node) {
	first := len(ps)
	for i, k := range kept {
		if k == recount.Body && utf8.RuneCountInString(ps[i].text) > 100 {
			first = i
			break
		}
	}
	start := max(0, first-25)
	for i := range ps[:min(first, len(ps))] {
		if ps[i].at == head && head != nil {
			start = max(0, i-4)
		}
	}
	for i := start; i < min(first+1, len(ps)); i++ {
		f.visiblePiece(ps[i])
	}
}

func (f *facts) visiblePiece(p piece) {
	if len(p.text) > 250 || f.aside(p.at) {
		return
	}
	low := strings.ToLower(p.text)
	d, letters, ok := findDate(p.text)
	if ok && letters < 120 {
		field := "published"
		for _, w := range [...]string{"updated", "modified", "aktualisiert", "mis à jour", "actualizado", "aggiornato", "atualizado"} {
			if strings.Contains(low, w) {
				field = "modified"
			}
		}
		f.dates = append(f.dates, dateCandidate{moment: moment{day: d}, origin: "visible text", source: printed, field: field})
	}
	switch {
	case len(p.text) > 120 || letters < 5:
	case f.bylined(p, low) && (!ok || len(authors(p.text)) > 0):
		f.add("byline", p.text, "visible text")
	case ok:
		// "Issue 14, February 2014. Odile Farrant": what follows the date.
		if i := strings.LastIndex(p.text, ". "); i > 0 && !strings.ContainsAny(p.text[i:], "0123456789:") && len(strings.Fields(p.text[i+2:])) <= 6 {
			f.add("byline", strings.TrimSpace(p.text[i+2:]), "text by the date")
		}
	}
}

// bylined reports whether a line by the headline is set or begins as a byline.
func (f *facts) bylined(p piece, low string) bool {
	if strings.HasPrefix(low, "by ") {
		return true
	}
	for n, k := p.at, 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if ownZone(n) == bylined {
			return true
		}
	}
	return false
}
