package document

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

// HTML writes blocks as a piece of a web page at the top of the site, with those
// of the notes to which they refer. Notes of evidence are left out: there a
// number leads to its page.
func HTML(w io.Writer, blocks []Block, notes [][]Inline) error {
	x := &htmlWriter{b: bufio.NewWriter(w), site: true}
	for i := range blocks {
		x.block(&blocks[i])
	}
	x.endList(0)
	if len(x.noted) > 0 {
		fmt.Fprint(x.b, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\"><ol>\n")
		for i := 0; i < len(x.noted); i++ { // a note may refer to another
			if n := x.noted[i]; n <= len(notes) {
				fmt.Fprintf(x.b, "<li id=\"note%d\" dir=\"auto\">%s</li>\n", i+1, x.inlines(notes[n-1]))
			}
		}
		fmt.Fprint(x.b, "</ol></section>\n")
	}
	return x.b.Flush()
}

// HTML writes the document as one page that loads nothing and runs nothing.
func (d *Document) HTML(w io.Writer) error {
	x := &htmlWriter{b: bufio.NewWriter(w)}
	fmt.Fprintf(x.b, "<!DOCTYPE html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n", cmp.Or(d.Language, "en"))
	fmt.Fprint(x.b, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
	fmt.Fprintf(x.b, "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n", html.EscapeString(d.Title), pageStyle, html.EscapeString(d.Title))
	for i := range d.Blocks {
		x.block(&d.Blocks[i])
	}
	x.endList(0)
	if len(d.Notes) > 0 {
		fmt.Fprint(x.b, "<h2>Notes</h2>\n<ol>\n")
		for i, n := range d.Notes {
			fmt.Fprintf(x.b, "<li id=\"note%d\">%s</li>\n", i+1, x.inlines(n))
		}
		fmt.Fprint(x.b, "</ol>\n")
	}
	fmt.Fprint(x.b, "</main>\n</body>\n</html>\n")
	return x.b.Flush()
}

const pageStyle = "body{margin:0;background:#fff;color:#1a1a1a;font:1.05rem/1.55 Georgia,serif}main{max-width:44rem;margin:0 auto;padding:2rem 1rem}h1,h2,h3,h4,table{font-family:system-ui,sans-serif;line-height:1.25}.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0;font-size:.92rem}caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{text-align:left;font-weight:400;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}thead th{font-weight:600}.num{text-align:right}.deep th{padding-left:1.2rem}.numbered{list-style:none}.rng{color:#555}@media(prefers-color-scheme:dark){body{background:#16181b;color:#e6e6e6}th,td{border-color:#3a3d42}.rng{color:#a8a8a8}a{color:#9cc4ff}}"

type htmlWriter struct {
	b     *bufio.Writer
	site  bool     // a piece of a page of the site
	noted []int    // notes of the site that were referred to
	open  []string // lists that are open, by their elements
}

// endList closes lists down to a depth.
func (x *htmlWriter) endList(depth int) {
	for len(x.open) > depth {
		fmt.Fprintf(x.b, "</li></%s>\n", x.open[len(x.open)-1])
		x.open = x.open[:len(x.open)-1]
	}
}

func (x *htmlWriter) block(b *Block) {
	if x.site && b.Paper {
		return
	}
	if b.Kind != ListItem {
		x.endList(0)
	}
	if x.site && b.Screen != nil {
		x.b.Write(b.Screen)
		return
	}
	switch b.Kind {
	case Heading:
		n := min(max(b.Level, 2), 4)
		id := ""
		if b.ID != "" {
			id = ` id="` + html.EscapeString(b.ID) + `"`
		}
		fmt.Fprintf(x.b, "<h%d%s dir=\"auto\">%s</h%d>\n", n, id, x.inlines(b.Text), n)
	case ListItem:
		level, list := max(b.Level, 1), "ul"
		if b.Number != "" {
			list = "ol"
		}
		x.endList(level)
		if len(x.open) == level {
			if x.open[level-1] == list {
				fmt.Fprint(x.b, "</li>\n")
			} else {
				x.endList(level - 1)
			}
		}
		for len(x.open) < level {
			x.open = append(x.open, list)
			fmt.Fprintf(x.b, "<%s%s>\n", list, map[string]string{"ol": ` class="numbered"`, "ul": ""}[list])
		}
		fmt.Fprint(x.b, `<li dir="auto">`)
		if b.Number != "" {
			fmt.Fprintf(x.b, `<span class="no">%s</span> `, html.EscapeString(b.Number))
		}
		fmt.Fprint(x.b, x.inlines(b.Text))
	case Quotation:
		fmt.Fprintf(x.b, "<blockquote dir=\"auto\">%s</blockquote>\n", x.inlines(b.Text))
	case Code:
		fmt.Fprintf(x.b, "<pre>%s</pre>\n", x.inlines(b.Text))
	case TableBlock:
		x.table(b.Table)
	case Flow:
		x.flow(b.Table)
	case PictureBlock:
	case Rule:
		fmt.Fprint(x.b, "<hr>\n")
	default:
		fmt.Fprintf(x.b, "<p dir=\"auto\">%s</p>\n", x.inlines(b.Text))
	}
}

func (x *htmlWriter) table(t *Table) {
	heated := t.heated()
	fmt.Fprintf(x.b, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table class=\"%s\">", html.EscapeString(cmp.Or(t.Caption, "Table")), map[bool]string{true: "heated", false: "plain"}[heated])
	if t.Caption != "" {
		fmt.Fprintf(x.b, `<caption dir="auto">%s</caption>`, html.EscapeString(t.Caption))
	}
	fmt.Fprint(x.b, "<thead><tr>")
	number := func(i int) string {
		if t.numeric(i) {
			return ` class="num"`
		}
		return ""
	}
	for i, h := range t.Head {
		if h == "" {
			fmt.Fprint(x.b, "<td></td>")
			continue
		}
		fmt.Fprintf(x.b, `<th scope="col"%s dir="auto">%s</th>`, number(i), html.EscapeString(h))
	}
	fmt.Fprint(x.b, "</tr></thead>\n<tbody>")
	for _, row := range t.Rows {
		deep := ""
		if len(row) > 0 && row[0].Deep {
			deep = ` class="deep"`
		}
		fmt.Fprintf(x.b, "<tr%s>", deep)
		for i, c := range row {
			if i == 0 {
				fmt.Fprintf(x.b, `<th scope="row" dir="auto">%s</th>`, x.inlines(c.Text))
				continue
			}
			class := strings.TrimSuffix(strings.TrimPrefix(number(i), ` class="`), `"`)
			if c.Heat > 0 {
				class = strings.TrimSpace(fmt.Sprintf("%s heat%d", class, min(c.Heat, len(heats))))
			}
			if class != "" {
				class = ` class="` + class + `"`
			}
			head := ""
			if i < len(t.Head) && !heated {
				head = ` data-head="` + html.EscapeString(t.Head[i]) + `"`
			}
			fmt.Fprintf(x.b, `<td%s%s dir="auto">%s</td>`, class, head, x.inlines(c.Text))
		}
		fmt.Fprint(x.b, "</tr>\n")
	}
	fmt.Fprint(x.b, "</tbody></table></div>\n")
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
	fmt.Fprintf(x.b, "<figure class=\"flow\"><figcaption dir=\"auto\">%s</figcaption><ol>\n", html.EscapeString(t.Caption))
	for _, row := range t.Rows {
		fmt.Fprintf(x.b, `<li><p class="stage">%s <span>%s</span></p>`, x.inlines(row[1].Text), x.inlines(row[0].Text))
		if len(row) > 2 && len(row[2].Text) > 0 {
			fmt.Fprintf(x.b, `<p class="out">%s</p>`, x.inlines(row[2].Text))
		}
		fmt.Fprint(x.b, "</li>\n")
	}
	fmt.Fprint(x.b, "</ol></figure>\n")
}

func (x *htmlWriter) inlines(list []Inline) string {
	var b strings.Builder
	for _, t := range list {
		switch {
		case t.Note > 0 && x.site && t.Evidence:
			continue
		case t.Note > 0:
			n := t.Note
			if x.site {
				if n = 1 + slices.Index(x.noted, t.Note); n == 0 {
					x.noted = append(x.noted, t.Note)
					n = len(x.noted)
				}
			}
			fmt.Fprintf(&b, "<sup><a href=\"#note%d\">%d</a></sup>", n, n)
			continue
		case t.Local != "":
			fmt.Fprintf(&b, `<img src="%s" alt="%s">`, html.EscapeString(t.Local), html.EscapeString(t.Text))
			continue
		case t.Break:
			b.WriteString("<br>")
			continue
		}
		s := html.EscapeString(t.Text)
		if t.Code {
			s = "<code>" + s + "</code>"
		}
		if t.Emphasis {
			s = "<em>" + s + "</em>"
		}
		if t.Strong {
			s = "<strong>" + s + "</strong>"
		}
		if t.Quiet {
			s = `<span class="rng">` + s + "</span>"
		}
		if t.Address != "" {
			s = `<a rel="noreferrer" href="` + html.EscapeString(t.Address) + `">` + s + "</a>"
		}
		if t.Page != "" {
			class := ""
			switch {
			case t.Says:
				class = ` class="says"`
			case t.Number || strings.Trim(t.Text, "0123456789,.%") == "":
				class = ` class="number"`
			}
			s = fmt.Sprintf(`<a%s href="%s">%s</a>`, class, html.EscapeString(t.Page), s)
		}
		b.WriteString(s)
	}
	return b.String()
}
