package document

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// HTML writes the document as one page that loads nothing and runs nothing.
func (d *Document) HTML(w io.Writer) error {
	x := &htmlWriter{Document: d}
	fmt.Fprintf(&x.b, "<!DOCTYPE html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n", language(d))
	x.b.WriteString("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
	fmt.Fprintf(&x.b, "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n", html.EscapeString(d.Title), pageStyle, html.EscapeString(d.Title))
	list := false
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if (b.Kind == ListItem) != list {
			list = !list
			x.b.WriteString(map[bool]string{true: "<ul>\n", false: "</ul>\n"}[list])
		}
		x.block(b)
	}
	if list {
		x.b.WriteString("</ul>\n")
	}
	if len(d.Notes) > 0 {
		x.b.WriteString("<h2>Notes</h2>\n<ol>\n")
		for i, n := range d.Notes {
			fmt.Fprintf(&x.b, "<li id=\"note%d\">", i+1)
			x.inlines(n)
			x.b.WriteString("</li>\n")
		}
		x.b.WriteString("</ol>\n")
	}
	x.b.WriteString("</main>\n</body>\n</html>\n")
	_, err := io.WriteString(w, x.b.String())
	return err
}

const pageStyle = "body{margin:0;background:#fff;color:#1a1a1a;font:1.05rem/1.55 Georgia,serif}main{max-width:44rem;margin:0 auto;padding:2rem 1rem}h1,h2,h3,h4,table{font-family:system-ui,sans-serif;line-height:1.25}table{border-collapse:collapse;margin:1rem 0;font-size:.92rem}caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}.n{text-align:right}.deep{padding-left:1.2rem}.quiet{color:#555}@media(prefers-color-scheme:dark){body{background:#16181b;color:#e6e6e6}th,td{border-color:#3a3d42}.quiet{color:#a8a8a8}a{color:#9cc4ff}}"

func language(d *Document) string {
	if d.Language == "" {
		return "en"
	}
	return d.Language
}

type htmlWriter struct {
	*Document
	b strings.Builder
}

func (x *htmlWriter) block(b *Block) {
	tag := "p"
	switch b.Kind {
	case Heading:
		tag = fmt.Sprintf("h%d", min(max(b.Level, 2), 4))
	case ListItem:
		tag = "li"
	case Quotation:
		tag = "blockquote"
	case Code:
		tag = "pre"
	case Rule:
		x.b.WriteString("<hr>\n")
		return
	case TableBlock:
		x.table(b.Table)
		return
	}
	x.b.WriteString("<" + tag + ">")
	if b.Number != "" {
		x.b.WriteString(html.EscapeString(b.Number) + " ")
	}
	x.inlines(b.Text)
	x.b.WriteString("</" + tag + ">\n")
}

func (x *htmlWriter) inlines(text []Inline) {
	for _, t := range text {
		switch {
		case t.Break:
			x.b.WriteString("<br>")
			continue
		case t.Note > 0:
			fmt.Fprintf(&x.b, "<sup><a href=\"#note%d\">%d</a></sup>", t.Note, t.Note)
			continue
		}
		s := html.EscapeString(t.Text)
		for _, m := range []struct {
			on          bool
			open, close string
		}{{t.Code, "<code>", "</code>"}, {t.Emphasis, "<em>", "</em>"}, {t.Strong, "<strong>", "</strong>"}, {t.Quiet, "<span class=\"quiet\">", "</span>"},
			{t.Address != "", "<a rel=\"noreferrer\" href=\"" + html.EscapeString(t.Address) + "\">", "</a>"}} {
			if m.on {
				s = m.open + s + m.close
			}
		}
		x.b.WriteString(s)
	}
}

func (x *htmlWriter) table(t *Table) {
	x.b.WriteString("<table>\n")
	if t.Caption != "" {
		x.b.WriteString("<caption>" + html.EscapeString(t.Caption) + "</caption>\n")
	}
	class := func(i int, deep bool) string {
		switch {
		case i < len(t.Numeric) && t.Numeric[i]:
			return ` class="n"`
		case deep:
			return ` class="deep"`
		}
		return ""
	}
	x.b.WriteString("<thead><tr>")
	for i, h := range t.Head {
		fmt.Fprintf(&x.b, "<th scope=\"col\"%s>%s</th>", class(i, false), html.EscapeString(h))
	}
	x.b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		x.b.WriteString("<tr>")
		for i, c := range row {
			fmt.Fprintf(&x.b, "<td%s>", class(i, c.Deep))
			x.inlines(c.Text)
			x.b.WriteString("</td>")
		}
		x.b.WriteString("</tr>\n")
	}
	x.b.WriteString("</tbody>\n</table>\n")
}
