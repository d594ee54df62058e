package report

import (
	"fmt"

	"recount/internal/report/document"
	"recount/internal/report/prose"
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
	Asked  []link           // open questions that move it
	Beside []document.Block // what outlets report of the same, or nil
	Empty  string           // said instead of a list
	Person bool             // Number is the name of a person
}

// An item is one thing that a number counts, with what shows it.
type item struct {
	Section string // heading under which it stands
	Title   string
	Path    string // of the page about it, from the top of the site, or ""
	Plain   string // words to highlight where no archived text can be cited
	Notes   []string
	Cites   []Citation
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

// title names its page: "Reprints: 1", of a person the name.
func (e *evidence) title() string {
	if e.Person {
		return e.Number
	}
	return sentence(e.Label) + ": " + e.Number
}

func (e *evidence) page(n int) string {
	if n == 0 {
		return "numbers/" + e.ID + ".html"
	}
	return fmt.Sprintf("numbers/%s.%d.html", e.ID, n+1)
}

func (e *evidence) pageCount() int { return max(1, (len(e.Items)+perPage-1)/perPage) }

// pageLinks links the pages of a list of total things, per of them on each, or
// returns nothing if one page holds them all. path names page n; current is the
// page that shows the links.
func pageLinks(total, per, current int, path func(n int) string) []document.Block {
	if total <= per {
		return nil
	}
	b := document.Block{Kind: document.Links, Style: "pages", Label: "Pages of this list", Site: true}
	for n := range (total + per - 1) / per {
		t := document.Inline{Text: prose.Grouped(n*per+1) + "–" + prose.Grouped(min(total, (n+1)*per)), Page: path(n)}
		if n == current {
			t.Page = ""
		}
		b.Text = append(b.Text, t)
	}
	return []document.Block{b}
}

// blocks show page n of an evidence.
func (e *evidence) blocks(x *Index, n int) []document.Block {
	return e.shown(x, n*perPage, min(len(e.Items), (n+1)*perPage), pageLinks(len(e.Items), perPage, n, e.page))
}

// shown says what a number counts and how, and shows some of its items.
func (e *evidence) shown(x *Index, from, to int, pages []document.Block) []document.Block {
	var out blocks
	what, style := "what this number counts", "bignumber"
	if e.Person {
		what, style = "a person", "bignumber name"
	}
	out.trail(what)
	out.add(document.Block{Kind: document.Heading, Level: 1, Style: style, Text: []document.Inline{{Text: e.Number, Style: "n"}, {Text: " "}, {Text: e.Label, Style: "what"}}})
	if e.Range != "" {
		out.styled("rangeline", document.Inline{Text: "range", Style: "rangelabel"}, plain(" "+e.Range+": the smallest and the largest value over all consistent answers to the open questions."))
	}
	if e.Counts != "" {
		out.styled("counts", plain(e.Counts))
	}
	if len(e.Asked) > 0 {
		var asked blocks
		asked.heading(2, "Open questions that move it")
		for _, q := range e.Asked {
			asked.point(document.Inline{Text: q.Text, Page: q.Href})
		}
		out.section("asked", "", asked)
	}
	out = append(out, e.Beside...)
	if len(e.Items) == 0 {
		out.styled("empty", plain(e.Empty))
	}
	out = append(out, pages...)
	if len(e.Items) > 0 {
		out.add(document.Block{Kind: document.Heading, Level: 2, Style: "hidden", Text: document.Plain("What it counts"), Site: true})
		items := document.Block{Kind: document.Items, Style: "items", Level: from + 1}
		section := ""
		for i := from; i < to; i++ {
			b := document.Block{Kind: document.Item, Blocks: e.Items[i].shown(x, 3)}
			if s := e.Items[i].Section; s != section {
				section, b.Style = s, "opens"
				var head blocks
				head.heading(2, s)
				b.Blocks = append(head, b.Blocks...)
			}
			items.Blocks = append(items.Blocks, b)
		}
		out.add(items)
	}
	return append(out, pages...)
}

// shown is an item with its citations, under a heading.
func (it *item) shown(x *Index, level int) []document.Block {
	var out blocks
	out.add(document.Block{Kind: document.Heading, Level: level, Text: []document.Inline{{Text: it.Title, Page: it.Path}}})
	out.notes(it.Notes)
	if it.Plain != "" {
		out.styled("plain", document.Inline{Text: it.Plain, Marks: "plain"})
	}
	for _, c := range it.Cites {
		out.add(cited(x.Quote(c, "")))
	}
	return out
}

// cited is a cited place as a block.
func cited(q Quote) document.Block {
	return document.Block{Kind: document.Citation, Quote: &document.Quote{Why: q.Note, Language: q.Language, Before: q.Before, After: q.After,
		Text: runs(q.Runs), Outlet: q.Outlet, Date: q.Date, Title: q.Title, Page: q.Href, Supplier: q.Supplier}}
}

// runs are the stretches of an archived text with their marks.
func runs(list []Run) []document.Inline {
	out := make([]document.Inline, len(list))
	for i, r := range list {
		out[i] = document.Inline{Text: r.Text, Marks: r.Marks, ID: r.ID, Also: r.Also}
	}
	return out
}
