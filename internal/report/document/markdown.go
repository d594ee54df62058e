package document

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Markdown writes the document as CommonMark with tables and footnotes.
func (d *Document) Markdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", escape(d.Title, false))
	blocks := Flat(d.Blocks)
	for i, x := range blocks {
		if x.Kind == PictureBlock {
			continue
		}
		// Items of one list stand together.
		if x.Kind != ListItem || i == 0 || blocks[i-1].Kind != ListItem {
			fmt.Fprintln(b)
		}
		switch x.Kind {
		case Heading:
			fmt.Fprintf(b, "%s %s\n", strings.Repeat("#", min(max(x.Level, 1), 6)), inline(x.Text, false))
		case ListItem:
			mark := "-"
			if x.Number != "" {
				mark = x.Number
			}
			fmt.Fprintf(b, "%s%s %s\n", strings.Repeat("    ", max(x.Level-1, 0)), mark, inline(x.Text, false))
		case Quotation:
			fmt.Fprintf(b, "> %s\n", strings.ReplaceAll(inline(x.Text, false), "\n", "\n> "))
		case Code:
			var s strings.Builder
			for _, t := range x.Text {
				s.WriteString(t.Text)
			}
			for _, line := range strings.Split(strings.TrimRight(s.String(), "\n"), "\n") {
				fmt.Fprintf(b, "    %s\n", line)
			}
		case TableBlock, Flow:
			x.Table.markdown(b)
		case Rule:
			fmt.Fprintln(b, "---")
		default:
			fmt.Fprintln(b, inline(x.Text, false))
		}
	}
	for i, n := range d.Notes {
		fmt.Fprintf(b, "\n[^%d]: %s\n", i+1, inline(n, false))
	}
	return b.Flush()
}

func (t *Table) markdown(b *bufio.Writer) {
	if t.Caption != "" {
		fmt.Fprintf(b, "**%s**\n\n", escape(t.Caption, false))
	}
	fmt.Fprint(b, "|")
	for _, h := range t.Head {
		fmt.Fprintf(b, " %s |", escape(h, true))
	}
	fmt.Fprint(b, "\n|")
	for i := range t.Head {
		if i < len(t.Numeric) && t.Numeric[i] {
			fmt.Fprint(b, "--:|")
		} else {
			fmt.Fprint(b, "---|")
		}
	}
	for _, row := range t.Rows {
		fmt.Fprint(b, "\n|")
		for _, c := range row {
			in := ""
			if c.Whole {
				fmt.Fprintf(b, " %s |%s", inline(strong(c.Text), true), strings.Repeat(" |", max(len(t.Head)-1, 0)))
				break
			}
			if c.Deep {
				in = "&nbsp;&nbsp;"
			}
			fmt.Fprintf(b, " %s%s |", in, inline(c.Text, true))
		}
	}
	fmt.Fprintln(b)
}

// joined makes one of neighbours that Markdown sets alike: "**Pages****.**" is no
// emphasis.
func joined(text []Inline) (out []Inline) {
	for _, t := range text {
		if t.Drawn || t.Site {
			continue
		}
		if n := len(out); n > 0 && t.Note == 0 && !t.Break {
			last := &out[n-1]
			if last.Note == 0 && !last.Break && last.Code == t.Code && last.Strong == t.Strong && last.Emphasis == t.Emphasis && last.Address == t.Address {
				last.Text += t.Text
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

// inline writes text with its marks. Marks that begin or end with a blank would
// stand as they are, so blanks go outside them.
func inline(text []Inline, cell bool) string {
	var b strings.Builder
	for _, t := range joined(text) {
		switch {
		case t.Note > 0:
			fmt.Fprintf(&b, "[^%d]", t.Note)
			continue
		case t.Break:
			if !cell {
				b.WriteString("  \n")
			} else if s := b.String(); !strings.HasSuffix(s, " ") {
				b.WriteString(" ")
			}
			continue
		}
		core := strings.TrimFunc(t.Text, unicode.IsSpace)
		if core == "" {
			b.WriteString(t.Text)
			continue
		}
		at := strings.Index(t.Text, core)
		b.WriteString(strings.ReplaceAll(t.Text[:at], "\n", " "))
		s := escape(core, cell)
		if t.Code {
			fence := "`"
			for strings.Contains(core, fence) {
				fence += "`"
			}
			s = fence + strings.ReplaceAll(core, "\n", " ") + fence
			if len(fence) > 1 {
				s = fence + " " + strings.ReplaceAll(core, "\n", " ") + " " + fence
			}
			if cell {
				s = strings.ReplaceAll(s, "|", `\|`)
			}
		}
		if t.Emphasis {
			s = "*" + s + "*"
		}
		if t.Strong {
			s = "**" + s + "**"
		}
		if t.Address != "" {
			s = "[" + s + "](" + strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", "\n", "").Replace(t.Address) + ")"
		}
		b.WriteString(s)
		b.WriteString(strings.ReplaceAll(t.Text[at+len(core):], "\n", " "))
	}
	return strings.TrimSpace(b.String())
}

// escape keeps text from being read as Markdown or HTML. Control characters are
// left out.
func escape(s string, cell bool) string {
	var b strings.Builder
	s = strings.Join(strings.Fields(s), " ")
	for i, r := range s {
		if unicode.IsControl(r) {
			continue
		}
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '&', '~':
			b.WriteByte('\\')
		case '|':
			if cell {
				b.WriteByte('\\')
			}
		case '#', '+', '-', '=':
			if i == 0 {
				b.WriteByte('\\')
			}
		case '.', ')':
			// "1. May" would begin a list.
			if i > 0 && i < 10 && strings.Trim(s[:i], "0123456789") == "" && (i+1 == len(s) || s[i+1] == ' ') {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}
