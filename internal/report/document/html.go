package document

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"
)

// HTML writes blocks as a piece of a page of a site, root away from its top, with
// those of the notes to which they refer. Notes of evidence are left out: there a
// number leads to its page.
func HTML(w io.Writer, root string, blocks []Block, notes [][]Inline) error {
	x := &htmlWriter{b: bufio.NewWriter(w), site: true, root: root}
	x.blocks(blocks)
	if len(x.noted) > 0 {
		x.put("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\"><ol>\n")
		for i := 0; i < len(x.noted); i++ { // a note may refer to another
			if n := x.noted[i]; n <= len(notes) {
				x.put(`<li id="note`, strconv.Itoa(i+1), `" dir="auto">`)
				x.inlines(notes[n-1])
				x.put("</li>\n")
			}
		}
		x.put("</ol></section>\n")
	}
	return x.b.Flush()
}

// HTML writes the document as one page that loads nothing and runs nothing.
func (d *Document) HTML(w io.Writer) error {
	x := &htmlWriter{b: bufio.NewWriter(w)}
	fmt.Fprintf(x.b, "<!DOCTYPE html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n", cmp.Or(d.Language, "en"))
	x.put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
	x.put("<title>", html.EscapeString(d.Title), "</title>\n<style>", pageStyle, "</style>\n</head>\n<body>\n<main>\n<h1>", html.EscapeString(d.Title), "</h1>\n")
	x.blocks(Flat(d.Blocks))
	if len(d.Notes) > 0 {
		x.put("<h2>Notes</h2>\n<ol>\n")
		for i, n := range d.Notes {
			x.put(`<li id="note`, strconv.Itoa(i+1), `">`)
			x.inlines(n)
			x.put("</li>\n")
		}
		x.put("</ol>\n")
	}
	x.put("</main>\n</body>\n</html>\n")
	return x.b.Flush()
}

const pageStyle = "body{margin:0;background:#fff;color:#1a1a1a;font:1.05rem/1.55 Georgia,serif}main{max-width:44rem;margin:0 auto;padding:2rem 1rem}h1,h2,h3,h4,table{font-family:system-ui,sans-serif;line-height:1.25}.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0;font-size:.92rem}caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{text-align:left;font-weight:400;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}thead th{font-weight:600}.num{text-align:right}.deep th{padding-left:1.2rem}.numbered{list-style:none}.rng{color:#555}@media(prefers-color-scheme:dark){body{background:#16181b;color:#e6e6e6}th,td{border-color:#3a3d42}.rng{color:#a8a8a8}a{color:#9cc4ff}}@media screen and (max-width:40rem){table,tbody,caption{display:block}thead{display:none}tr{display:flex;flex-wrap:wrap;column-gap:1rem;border-bottom:1px solid #ddd}tbody th{flex:1 0 100%;border:0}tbody td{border:0;padding:0 0 .25rem;text-align:left}td:empty{display:none}td[data-head]:not([data-head=\"\"],:empty)::before{content:attr(data-head) \" \";font-size:.85em}}@media print{body{background:#fff;color:#000;font-size:10.5pt}main{max-width:none;padding:0}.scroll{overflow:visible}h2,h3,h4,caption{break-after:avoid}tr,blockquote,li{break-inside:avoid}thead{display:table-header-group}th,td{border-color:#999}.rng{color:#333}a{color:#000}a[href^=\"http\"]::after{content:\" (\" attr(href) \")\";overflow-wrap:anywhere;font-size:.85em}@page{margin:2cm}}"

// asText keeps text from being read as markup.
var asText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// breakable lets the name of a code go on in the next line behind a mark, and not
// within a word.
var breakable = strings.NewReplacer(".", ".<wbr>", "_", "_<wbr>")

type htmlWriter struct {
	b     *bufio.Writer
	site  bool           // a piece of a page of the site
	root  string         // from that page to the top of the site
	noted []int          // notes of the site that were referred to
	open  []string       // lists that are open, by their elements
	named map[string]int // regions by their name, so that no two have one
}

// put writes strings. The first error stays with the writer, whose Flush tells it.
func (x *htmlWriter) put(s ...string) {
	for _, t := range s {
		x.b.WriteString(t)
	}
}

// attribute writes an attribute, if it has a value.
func (x *htmlWriter) attribute(name, value string) {
	if value != "" {
		x.put(" ", name, `="`, html.EscapeString(value), `"`)
	}
}

// blocks writes blocks and ends the lists that they began.
func (x *htmlWriter) blocks(list []Block) {
	was := x.open
	x.open = nil
	for i := range list {
		x.block(&list[i])
	}
	x.endList(0)
	x.open = was
}

// endList closes lists down to a depth.
func (x *htmlWriter) endList(depth int) {
	for len(x.open) > depth {
		x.put("</li></", x.open[len(x.open)-1], ">\n")
		x.open = x.open[:len(x.open)-1]
	}
}

// element writes an element with the id and the class of a block around what
// inside writes.
func (x *htmlWriter) element(name string, b *Block, inside func()) {
	x.put("<", name)
	x.attribute("id", b.ID)
	x.attribute("class", b.Style)
	x.attribute("lang", b.Lang)
	x.put(">")
	inside()
	x.put("</", name, ">\n")
}

func (x *htmlWriter) block(b *Block) {
	if x.site && b.Paper {
		return
	}
	if b.Kind != ListItem {
		x.endList(0)
	}
	inner := func() { x.blocks(b.Blocks) }
	switch b.Kind {
	case Heading:
		n := min(max(b.Level, 1), 4)
		if !x.site {
			n = max(n, 2)
		}
		name := "h" + strconv.Itoa(n)
		x.put("<", name)
		x.attribute("id", b.ID)
		x.attribute("class", b.Style)
		x.put(` dir="auto">`)
		x.inlines(b.Text)
		x.put("</", name, ">\n")
	case ListItem:
		x.listItem(b)
	case Quotation:
		x.put(`<blockquote dir="auto">`)
		x.inlines(b.Text)
		x.put("</blockquote>\n")
	case Code:
		x.put("<pre>")
		x.inlines(b.Text)
		x.put("</pre>\n")
	case TableBlock:
		x.table(b.Table)
	case Flow:
		x.flow(b.Table)
	case PictureBlock:
		if x.site {
			x.b.Write(b.Picture.Screen)
		}
	case Rule:
		x.put("<hr>\n")
	case Section:
		x.element(map[bool]string{true: "section", false: "div"}[b.ID != ""], b, inner)
	case Items:
		x.put("<ol")
		x.attribute("class", b.Style)
		if b.Level > 1 {
			x.put(` start="`, strconv.Itoa(b.Level), `"`)
		}
		x.put(">\n")
		inner()
		x.put("</ol>\n")
	case Item:
		x.element("li", b, func() {
			x.inlines(b.Text)
			inner()
		})
	case Citation:
		x.quote(b.Quote)
	case Notes:
		x.put(`<ul class="notes">`)
		for _, n := range b.Blocks {
			x.put(`<li dir="auto">`)
			x.inlines(n.Text)
			x.put("</li>")
		}
		x.put("</ul>\n")
	case Facts:
		x.put(`<dl class="`, html.EscapeString(cmp.Or(b.Style, "facts")), "\">\n")
		inner()
		x.put("</dl>\n")
	case Fact:
		x.put("<dt>")
		x.inlines(b.Text)
		x.put(`</dt><dd dir="auto">`)
		rest := b.Blocks
		if len(rest) > 0 && rest[0].Kind == Paragraph {
			x.inlines(rest[0].Text)
			rest = rest[1:]
		}
		x.blocks(rest)
		x.put("</dd>\n")
	case Fold:
		x.element("details", b, func() {
			x.put("<summary>")
			x.inlines(b.Text)
			x.put(asText.Replace(b.Label))
			x.put("</summary>\n")
			inner()
		})
	case Links:
		x.put("<nav")
		x.attribute("class", b.Style)
		x.attribute("aria-label", b.Label)
		x.put(">")
		for i, t := range b.Text {
			if i > 0 {
				x.put(" ")
			}
			if t.Page == "" {
				x.put(`<span aria-current="page">`, asText.Replace(t.Text), "</span>")
				continue
			}
			x.put(`<a href="`, html.EscapeString(x.path(t.Page)), `" dir="auto">`, asText.Replace(t.Text), "</a>")
		}
		x.put("</nav>\n")
	default:
		x.put("<p")
		x.attribute("id", b.ID)
		x.attribute("class", b.Style)
		x.put(` dir="auto">`)
		x.inlines(b.Text)
		x.put("</p>\n")
	}
}

func (x *htmlWriter) listItem(b *Block) {
	level, list := max(b.Level, 1), "ul"
	if b.Number != "" {
		list = "ol"
	}
	x.endList(level)
	if len(x.open) == level {
		if x.open[level-1] == list {
			x.put("</li>\n")
		} else {
			x.endList(level - 1)
		}
	}
	for len(x.open) < level {
		x.open = append(x.open, list)
		x.put("<", list)
		if list == "ol" {
			x.put(` class="numbered"`)
		}
		x.put(">\n")
	}
	x.put("<li")
	x.attribute("id", b.ID)
	x.put(` dir="auto">`)
	if b.Number != "" {
		x.put(`<span class="no">`, asText.Replace(b.Number), "</span> ")
	}
	x.inlines(b.Text)
}

// quote writes words of a page with their source.
func (x *htmlWriter) quote(q *Quote) {
	x.put("<figure class=\"quote\">\n")
	if q.Why != "" {
		x.put(`<p class="why" dir="auto">`, asText.Replace(q.Why), "</p>")
	}
	x.put(`<blockquote dir="auto"`)
	x.attribute("lang", q.Language)
	x.put(">")
	if q.Before {
		x.put("<span class=\"cut\">…\u00a0</span>")
	}
	x.inlines(q.Text)
	if q.After {
		x.put("<span class=\"cut\">\u00a0…</span>") // no line is one mark
	}
	x.put("</blockquote>\n<figcaption>")
	if q.Outlet != "" {
		x.put(`<cite dir="auto">`, asText.Replace(q.Outlet), "</cite>, ")
	}
	x.put(asText.Replace(q.Date), `. <a href="`, html.EscapeString(x.path(q.Page)), `" dir="auto">`, asText.Replace(q.Title), "</a>")
	if q.Supplier != "" {
		x.put(` <strong class="supplied" dir="auto">Text as supplied: `, asText.Replace(q.Supplier), ".</strong>")
	}
	x.put("</figcaption>\n</figure>\n")
}

// table writes a table. On a narrow screen its rows are no rows any more, so that
// it says what each part of it is.
func (x *htmlWriter) table(t *Table) {
	heated := t.heated()
	style := cmp.Or(t.Style, map[bool]string{true: "heated", false: "plain"}[heated])
	if t.Upright() {
		style += " upright"
	}
	x.put(`<div class="scroll" tabindex="0" role="region" aria-label="`, html.EscapeString(x.region(cmp.Or(t.Caption, t.Label, "Table"))), `"><table class="`, style, `" role="table">`)
	if t.Caption != "" {
		x.put(`<caption dir="auto">`, asText.Replace(t.Caption), "</caption>")
	}
	if slices.ContainsFunc(t.Head, func(h string) bool { return h != "" }) {
		x.put(`<thead role="rowgroup"><tr role="row">`)
		for i, h := range t.Head {
			if h == "" {
				x.put(`<td role="cell"></td>`)
				continue
			}
			x.put(`<th scope="col" role="columnheader"`)
			if t.numeric(i) {
				x.put(` class="num"`)
			}
			if t.Upright() {
				x.put(` dir="auto"><span>`, asText.Replace(h), "</span></th>")
				continue
			}
			x.put(` dir="auto">`, asText.Replace(h), "</th>")
		}
		x.put("</tr></thead>\n")
	}
	x.put(`<tbody role="rowgroup">`)
	for _, row := range t.Rows {
		x.row(t, row, heated)
	}
	x.put("</tbody></table></div>\n")
}

// region names a part of the page: of several with one name each further one has
// its number.
func (x *htmlWriter) region(name string) string {
	if x.named == nil {
		x.named = map[string]int{}
	}
	x.named[name]++
	if n := x.named[name]; n > 1 {
		name += " (" + strconv.Itoa(n) + ")"
	}
	return name
}

func (x *htmlWriter) row(t *Table, row []Cell, heated bool) {
	if len(row) == 0 {
		return
	}
	class := row[0].Style
	if row[0].Deep {
		class = strings.TrimSpace("deep " + class)
	}
	if row[0].Whole {
		class = strings.TrimSpace("heading " + class)
	}
	x.put(`<tr role="row"`)
	x.attribute("class", class)
	x.put(">")
	for i := range row {
		c := &row[i]
		if i == 0 {
			if len(c.Text) == 0 || Words(c.Text) == "" && !c.Whole {
				x.put(`<td role="cell"></td>`) // nothing heads the row
				continue
			}
			if c.Whole {
				x.put(`<th colspan="`, strconv.Itoa(max(len(t.Head), 1)), `" scope="rowgroup" role="rowheader" dir="auto">`)
			} else {
				x.put(`<th scope="row" role="rowheader" dir="auto">`)
			}
			x.inlines(c.Text)
			x.put("</th>")
			continue
		}
		class := c.Style
		if t.numeric(i) {
			class = strings.TrimSpace("num " + class)
		}
		if c.Heat > 0 {
			class = strings.TrimSpace(class + " heat" + strconv.Itoa(min(c.Heat, len(heats))))
		}
		x.put(`<td role="cell"`)
		x.attribute("class", class)
		if i < len(t.Head) && !heated {
			x.attribute("data-head", t.Head[i])
		}
		x.put(` dir="auto">`)
		x.inlines(c.Text)
		x.put("</td>")
	}
	x.put("</tr>\n")
}

// heated reports whether some cell of a table is shaded.
func (t *Table) heated() bool {
	for _, row := range t.Rows {
		for _, c := range row {
			if c.Heat > 0 {
				return true
			}
		}
	}
	return false
}

// flow writes stages under one another, each with what went out beside it: a
// row holds what the stage is, its number, and in pairs what went out and how
// many.
func (x *htmlWriter) flow(t *Table) {
	x.put(`<figure class="flow"><figcaption dir="auto">`, asText.Replace(t.Caption), "</figcaption><ol>\n")
	for _, row := range t.Rows {
		x.put(`<li><p class="stage">`)
		x.inlines(row[1].Text)
		x.put(" <span>")
		x.inlines(row[0].Text)
		x.put("</span></p>")
		if len(row) > 2 && len(row[2].Text) > 0 {
			x.put(`<p class="out">`)
			x.inlines(row[2].Text)
			x.put("</p>")
		}
		x.put("</li>\n")
	}
	x.put("</ol></figure>\n")
}

// path is a page of the site from the page that is written.
func (x *htmlWriter) path(page string) string {
	if strings.HasPrefix(page, "#") {
		return page
	}
	return x.root + page
}

func (x *htmlWriter) inlines(list []Inline) {
	for i := range list {
		x.inline(&list[i])
	}
}

func (x *htmlWriter) inline(t *Inline) {
	switch {
	case t.Paper:
		return
	case t.Note > 0 && x.site && t.Evidence:
		return
	case t.Note > 0:
		n := t.Note
		if x.site {
			if n = 1 + slices.Index(x.noted, t.Note); n == 0 {
				x.noted = append(x.noted, t.Note)
				n = len(x.noted)
			}
		}
		s := strconv.Itoa(n)
		x.put(`<sup><a href="#note`, s, `">`, s, "</a></sup>")
		return
	case t.Local != "":
		x.put(`<img src="`, html.EscapeString(t.Local), `" alt="`, html.EscapeString(t.Text), `">`)
		return
	case t.Break:
		x.put("<br>")
		return
	}
	if t.Page == "" && t.Address == "" && t.Marks == "" && t.Style == "" && t.ID == "" && !t.Quiet && !t.Strong && !t.Emphasis && !t.Code && len(t.Also) == 0 {
		asText.WriteString(x.b, t.Text) // most is plain
		return
	}
	var ends []string
	begin := func(element string, attributes ...string) {
		x.put("<", element)
		for i := 0; i+1 < len(attributes); i += 2 {
			x.attribute(attributes[i], attributes[i+1])
		}
		x.put(">")
		ends = append(ends, element)
	}
	for _, id := range t.Also {
		begin("span", "id", id)
	}
	switch {
	case t.Address != "":
		begin("a", "rel", "noreferrer", "href", t.Address)
	case t.Page != "":
		class := t.Style
		switch {
		case t.Says:
			class = "says"
		case t.Number:
			class = "number"
		}
		begin("a", "class", class, "href", x.path(t.Page))
	}
	switch {
	case t.Marks != "":
		begin("mark", "class", t.Marks, "id", t.ID)
	case t.Style != "" && t.Page == "":
		begin("span", "class", t.Style, "id", t.ID, "dir", "auto")
	case t.ID != "":
		begin("span", "class", "lead", "id", t.ID)
	}
	if t.Quiet && t.Style == "" {
		begin("span", "class", "rng")
	}
	if t.Strong {
		begin("strong")
	}
	if t.Emphasis {
		begin("em")
	}
	if t.Code {
		begin("code")
		x.put(breakable.Replace(asText.Replace(t.Text)))
	} else {
		asText.WriteString(x.b, t.Text)
	}
	for _, element := range slices.Backward(ends) {
		x.put("</", element, ">")
	}
}
