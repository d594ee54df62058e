package report

import (
	"fmt"

	"recount/internal/report/cite"
	"recount/internal/report/words"
)

// perPage is how many items one page of evidence shows.
const perPage = 200

// An evidence is what one printed number was counted from.
type evidence struct {
	ID     string // file name without its ending: "statements"
	Label  string // what is counted: "statements, reprints folded"
	Counts string // how it is counted, in one sentence
	Number string // as printed: "4 of 29 (13.8%)"
	Range  string // in words, or ""
	Items  []item
	Asked  []link // open questions that move it
	Beside any    // what outlets report of the same, shown by the template "beside", or nil
	Empty  string // said instead of a list
	Person bool   // Number is the name of a person
}

// An item is one thing that a number counts, with what shows it.
type item struct {
	Section string // heading under which it stands
	Title   string
	Path    string // of the page about it, from the top of the site, or ""
	Plain   string // words to highlight where no archived text can be cited
	Notes   []string
	Cites   []cite.Citation
}

// A link is a printed number, or a question, with its page.
type link struct {
	Href  string
	Text  string
	Label string
	N     int // the number, to choose between one and many
}

// Noun returns one or many, to go with a number.
func (l link) Noun(one, many string) string {
	if l.N == 1 {
		return one
	}
	return many
}

// Link returns the printed number, from the top of the site.
func (e *evidence) Link() link {
	return link{Href: e.Path(), Text: e.Number, Label: e.Label, N: len(e.Items)}
}

// Path returns the first page of the evidence, from the top of the site.
func (e *evidence) Path() string { return e.page(0) }

func (e *evidence) page(n int) string {
	if n == 0 {
		return "numbers/" + e.ID + ".html"
	}
	return fmt.Sprintf("numbers/%s.%d.html", e.ID, n+1)
}

func (e *evidence) pageCount() int { return max(1, (len(e.Items)+perPage-1)/perPage) }

// A card is one item as a template shows it.
type card struct {
	Section string
	Title   string
	Href    string
	Plain   string
	Notes   []string
	Quotes  []cite.Quote
}

// Card shows an item on a page that lies root away from the top.
func (it *item) Card(x *cite.Index, root string) card {
	c := card{Title: it.Title, Plain: it.Plain, Notes: it.Notes}
	if it.Path != "" {
		c.Href = root + it.Path
	}
	for _, q := range it.Cites {
		c.Quotes = append(c.Quotes, x.Quote(q, root))
	}
	return c
}

// A pageLink is one page of a long list.
type pageLink struct {
	Href    string
	Text    string // "201–400"
	Current bool
}

// pageLinks links the pages of a list of total things, per of them on each, or
// returns nothing if one page holds them all. path names page n, from the top
// of the site; current is the page that shows the links, root away from there.
func pageLinks(root string, total, per, current int, path func(n int) string) (links []pageLink) {
	if total <= per {
		return nil
	}
	for n := range (total + per - 1) / per {
		links = append(links, pageLink{root + path(n), words.Grouped(n*per+1) + "–" + words.Grouped(min(total, (n+1)*per)), n == current})
	}
	return links
}

type evidenceView struct {
	Frame
	*evidence
	First int // number of the first item on this page, counted from one
	Cards []card
	Pages []pageLink
}

func (s *Site) evidenceView(e *evidence, n int) evidenceView {
	const root = "../"
	v := evidenceView{Frame: s.Frame(root, e.Number+" "+e.Label), evidence: e, First: n*perPage + 1}
	last := min(len(e.Items), (n+1)*perPage)
	section := ""
	for i := n * perPage; i < last; i++ {
		c := e.Items[i].Card(s.x, root)
		if e.Items[i].Section != section {
			section = e.Items[i].Section
			c.Section = section
		}
		v.Cards = append(v.Cards, c)
	}
	v.Pages = pageLinks(root, len(e.Items), perPage, n, e.page)
	return v
}
