package table

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"
	"recount/internal/pattern"
	"recount/internal/text/page"
)

// A paragraph is one paragraph of a cell.
type paragraph struct {
	N    int // its number in the cell, from 1
	Text string
	Role recount.Role // "" where nothing tells it from a body
}

var (
	blockTag = pattern.New(`(?i)<(?:/?(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|body|html|figure|table)(?:\s[^<>]{0,500})?|br\s*/?|!doctype html[^<>]{0,200})>`)
	lineTag  = pattern.New(`(?i)<(?:/(?:a|b|i|em|strong|span)|a\s[^<>]{0,500}|span\s[^<>]{0,500})>`)
	entity   = pattern.New(`&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[nm]dash|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});`)
	newsAPI  = pattern.New(`\[\+\d+ chars\]\s*$`)
	notLines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n")
)

// maxParagraphs is the most paragraphs of a cell; Paragraphs returns one more
// where there are more.
const maxParagraphs = 20_000

// taggedIn is how many bytes of a cell are looked at for HTML.
const taggedIn = 64 << 10

// tagged reports whether a cell holds HTML.
func tagged(cell string) bool {
	if strings.IndexByte(cell, '<') < 0 {
		return false
	}
	head := cell[:min(len(cell), taggedIn)]
	return blockTag.MatchString(head) || lineTag.MatchString(head)
}

// cutShort reports whether a text says that it is only a beginning, as the
// texts of NewsAPI do.
func cutShort(cell string) bool {
	return newsAPI.MatchString(cell[max(0, len(cell)-64):])
}

// unescape resolves the character references that some exports leave in text.
func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 || !entity.MatchString(s) {
		return s
	}
	return html.UnescapeString(s)
}

// paragraphs cuts the text of a cell: HTML as a page, other text at its line
// breaks, be they real or written as "\n".
func paragraphs(cell string) []paragraph {
	if tagged(cell) {
		return pieces(cell)
	}
	cell = unescape(cell)
	if strings.IndexByte(cell, '\n') < 0 && strings.Contains(cell, `\n`) && !strings.Contains(cell, `:\`) {
		cell = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n").Replace(cell)
	}
	c := cutter{lines: true}
	c.text(notLines.Replace(cell))
	c.flush()
	return c.out
}

// pieces cuts the HTML of a cell as package page cuts a page, but without a
// tree, because markup made to hurt can cost a tree more than its own size: an
// element that begins or ends a paragraph cuts, and so do breaks. Where the cell
// has no such element its line ends are breaks.
func pieces(cell string) []paragraph {
	c := cutter{lines: !blockTag.MatchString(cell[:min(len(cell), taggedIn)])}
	if c.lines {
		cell = notLines.Replace(cell)
	}
	c.read(cell, true)
	if c.inside != "" {
		// What would be left out is never closed: read it.
		c = cutter{lines: c.lines}
		c.read(cell, false)
	}
	return c.out
}

// A cutter collects the paragraphs of HTML.
type cutter struct {
	out    []paragraph
	one    string          // the paragraph at hand while it is one piece
	buf    strings.Builder // else
	lines  bool            // line ends cut
	breaks int             // since the last letter
	from   int             // where the line at hand begins in buf
	role   recount.Role    // of what is in buf
	inside string          // the element that is left out
	depth  int             // of elements of that name
}

// read cuts src; with skip it leaves out what is no text of a page.
func (c *cutter) read(src string, skip bool) {
	z := html.NewTokenizer(strings.NewReader(src))
	raw := false // what comes is the content of a script or the like
	for {
		kind := z.Next()
		if kind == html.TextToken && raw {
			raw = false
			continue
		}
		raw = false
		switch kind {
		case html.ErrorToken:
			c.flush()
			return
		case html.TextToken:
			if c.inside == "" {
				c.text(string(z.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			switch {
			case c.inside != "":
				if string(name) == c.inside && kind == html.StartTagToken {
					c.depth++
				} else if string(name) == c.inside && kind == html.EndTagToken {
					if c.depth--; c.depth == 0 {
						c.inside = ""
					}
				}
			case skip && kind == html.StartTagToken && leftOut[a]:
				c.inside, c.depth = string(name), 1
			default:
				c.tag(a, kind == html.StartTagToken)
				raw = kind == html.StartTagToken && rawText[a]
			}
		}
	}
}

// leftOut lists the elements whose content is no text of a page. Those without
// content are not among them.
var leftOut = map[atom.Atom]bool{
	atom.Head: true, atom.Template: true, atom.Object: true, atom.Svg: true, atom.Math: true, atom.Canvas: true,
	atom.Audio: true, atom.Video: true, atom.Select: true, atom.Button: true,
}

// rawText lists those whose content the tokenizer gives as one text.
var rawText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Textarea: true, atom.Title: true,
	atom.Noembed: true, atom.Noframes: true, atom.Xmp: true,
}

// tag cuts where a tag does.
func (c *cutter) tag(a atom.Atom, opens bool) {
	switch {
	case a == atom.Br:
		c.breaks++
	case a == atom.Td || a == atom.Th:
		c.put(" ") // the cells of a row are one line
	case page.BlockLevel(&html.Node{DataAtom: a}):
		c.flush()
		c.role = ""
		if opens {
			switch a {
			case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
				c.role = recount.Subhead
			case atom.Figcaption, atom.Caption:
				c.role = recount.Caption
			}
		}
	}
}

// text adds text to the paragraph at hand.
func (c *cutter) text(s string) {
	if !c.lines {
		c.add(s)
		return
	}
	for line := range strings.Lines(s) {
		c.add(line)
		if strings.HasSuffix(line, "\n") {
			c.breaks++
		}
	}
}

// add adds text without breaks in it. One break in the middle of a sentence,
// behind a line of some length, is where a program wrapped the line.
func (c *cutter) add(s string) {
	t := strings.TrimSpace(s)
	if t == "" {
		c.put(" ")
		return
	}
	if c.breaks > 0 {
		first, _ := utf8.DecodeRuneInString(t)
		if sofar := c.sofar(); c.breaks > 1 || len(sofar)-c.from < wrapped || !unicode.IsLower(first) || page.Ended(strings.TrimSpace(sofar[c.from:])) {
			c.flush()
		} else {
			c.put(" ")
			c.from = len(c.sofar())
		}
		c.breaks = 0
	}
	c.put(s)
}

// put appends to the paragraph at hand.
func (c *cutter) put(s string) {
	if c.one == "" && c.buf.Len() == 0 {
		c.one = s
		return
	}
	c.buf.WriteString(c.one)
	c.buf.WriteString(s)
	c.one = ""
}

// sofar returns the paragraph at hand.
func (c *cutter) sofar() string {
	if c.one != "" {
		return c.one
	}
	return c.buf.String()
}

// wrapped is how long a line is at least that a program wrapped, in bytes.
const wrapped = 60

// flush ends the paragraph at hand.
func (c *cutter) flush() {
	if t := tidy(c.sofar()); t != "" && len(c.out) <= maxParagraphs {
		c.out = append(c.out, paragraph{N: len(c.out) + 1, Text: t, Role: c.role})
	}
	c.buf.Reset()
	c.one = ""
	c.breaks, c.from = 0, 0
}

// tidy is page.Tidy; a text that is tidy already, as most are, is not copied.
func tidy(s string) string {
	s = strings.Trim(s, " \n\t")
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && s[i+1] == ' ' {
			return page.Tidy(s)
		}
	}
	return s
}
