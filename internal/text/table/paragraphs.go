package table

import (
	"html"
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"

	"recount"
	"recount/internal/text/page"
)

// A paragraph is one paragraph of a cell.
type paragraph struct {
	n    int // its number in the cell, from 1
	text string
	role recount.Role
}

var (
	blockTag = regexp.MustCompile(`(?i)<(?:/?(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|body|html|figure|table)(?:\s[^<>]{0,500})?|br\s*/?|!doctype html[^<>]{0,200})>`)
	lineTag  = regexp.MustCompile(`(?i)<(?:/(?:a|b|i|em|strong|span)|a\s[^<>]{0,500}|span\s[^<>]{0,500})>`)
	entity   = regexp.MustCompile(`&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[nm]dash|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});`)
	newsAPI  = regexp.MustCompile(`\[\+\d+ chars\]\s*$`)
	notLines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n")
)

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
func paragraphs(cell string) ([]paragraph, error) {
	if tagged(cell) {
		return pieces(cell)
	}
	cell = unescape(cell)
	if strings.IndexByte(cell, '\n') < 0 && strings.Contains(cell, `\n`) && !strings.Contains(cell, `:\`) {
		cell = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n").Replace(cell)
	}
	var out []paragraph
	for line := range strings.Lines(notLines.Replace(cell)) {
		if t := page.Tidy(line); t != "" {
			out = append(out, paragraph{n: len(out) + 1, text: t})
		}
	}
	return out, nil
}

// pieces cuts the HTML of a cell.
func pieces(cell string) ([]paragraph, error) {
	if !blockTag.MatchString(cell[:min(len(cell), taggedIn)]) {
		// Links inside plain text: its line breaks are still its paragraphs.
		cell = strings.ReplaceAll(notLines.Replace(cell), "\n", "<p>")
	}
	doc, err := page.Parse(cell)
	if err != nil {
		return nil, err
	}
	var out []paragraph
	for _, p := range page.Pieces(doc) {
		if p.Text == "" {
			continue
		}
		var role recount.Role
		if p.At != nil {
			switch p.At.DataAtom {
			case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
				role = recount.Subhead
			case atom.Figcaption, atom.Caption:
				role = recount.Caption
			}
		}
		// Line breaks that the markup does not show are none in a page, but a
		// piece is one line in any case.
		out = append(out, paragraph{n: len(out) + 1, text: page.Tidy(p.Text), role: role})
	}
	return out, nil
}
