package text

// This file asks about prose that a page holds where none is read: in a button, a
// drawing, the part for browsers without scripts, what stands in for a film. It is no
// part of the article; where it is a sentence that the article does not have, the
// reader is told.

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/text/page"
)

const (
	mostStrays = 500 // elements that are looked at
	mostStray  = 64 << 10
	strayWords = 6 // of a sentence
)

// strays says which prose of the page stands in elements that are not read. ps is all
// that is.
func strays(doc *html.Node, ps []page.Piece) string {
	var found []string
	z := page.Zones{}
	hidden := map[*html.Node]bool{}
	seen := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for k := n.FirstChild; k != nil && seen < mostStrays; k = k.NextSibling {
			if k.Type != html.ElementNode {
				continue
			}
			if !strayAt[k.DataAtom] {
				if k.DataAtom != atom.Head && k.DataAtom != atom.Script && k.DataAtom != atom.Style {
					walk(k)
				}
				continue
			}
			seen++
			switch z.Of(k) {
			case page.Comments, page.Related, page.Hidden:
				continue
			}
			if zone := z.Of(k); zone == page.Chrome && !page.Inside(k, atom.Form, nil) || inside(k, concealed, hidden) || page.Inside(k, atom.Nav, nil) || page.Inside(k, atom.Footer, nil) {
				continue
			}
			for _, s := range strayText(k) {
				if strayProse(s) {
					found = append(found, s)
				}
			}
		}
	}
	walk(doc)
	if len(found) == 0 {
		return ""
	}
	var all strings.Builder
	for i := range ps {
		all.WriteString(ps[i].Text)
		all.WriteByte(' ')
	}
	said := voteOf(all.String())
	left, first := 0, ""
	for _, s := range found {
		if share, _ := said.share(s); share >= 700 {
			continue
		}
		if left++; left == 1 {
			first = s
		}
	}
	if left == 0 {
		return ""
	}
	what := "a sentence of the page stands"
	if left > 1 {
		what = fmt.Sprintf("%d passages of the page stand", left)
	}
	begins, more := strings.Fields(first), ""
	if len(begins) > 8 {
		begins, more = begins[:8], " …"
	}
	return fmt.Sprintf("%s in a button, a drawing or a part for browsers without scripts, and not in the article; the first begins “%s%s”: look whether it belongs to it", what, strings.Join(begins, " "), more)
}

// strayAt are the elements whose text is not read although a reader may see it.
var strayAt = map[atom.Atom]bool{atom.Button: true, atom.Svg: true, atom.Noscript: true, atom.Textarea: true, atom.Object: true, atom.Video: true, atom.Audio: true, atom.Template: true, atom.Noframes: true, atom.Xmp: true, atom.Canvas: true}

// strayText returns the paragraphs in an element that is not read.
func strayText(n *html.Node) []string {
	if n.DataAtom == atom.Noscript || n.DataAtom == atom.Noframes {
		if n.FirstChild == nil || n.FirstChild.Type != html.TextNode || !strings.Contains(n.FirstChild.Data, " ") || len(n.FirstChild.Data) > mostStray {
			return nil
		}
		if n.FirstChild.NextSibling == nil {
			nodes, err := html.ParseFragment(strings.NewReader(n.FirstChild.Data), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
			if err != nil {
				return nil
			}
			var out []string
			for _, k := range nodes {
				if k.Type == html.TextNode {
					out = append(out, strings.Join(strings.Fields(k.Data), " "))
				}
				for _, p := range page.Pieces(k) {
					out = append(out, p.Text)
				}
			}
			return out
		}
	}
	var out []string
	nodes, text := 0, 0
	for k := range n.Descendants() {
		if nodes++; nodes > page.Glance || text > mostStray {
			break
		}
		if k.Type != html.TextNode || k.Parent.DataAtom == atom.Title || k.Parent.DataAtom == atom.Script || k.Parent.DataAtom == atom.Style || k.Parent.Data == "desc" || foreignObject(k, n) {
			continue
		}
		text += len(k.Data)
		out = append(out, strings.Join(strings.Fields(k.Data), " "))
	}
	return out
}

// foreignObject reports whether k stands in a part of a drawing that is read.
func foreignObject(k, top *html.Node) bool {
	for ; k != nil && k != top; k = k.Parent {
		if k.Type == html.ElementNode && k.Data == "foreignObject" {
			return true
		}
	}
	return false
}

// strayProse reports whether a text is a sentence of somebody, and none about the
// browser or an offer.
func strayProse(s string) bool {
	if s == "" {
		return false
	}
	letters := 0
	for _, r := range s {
		if letters++; r == '{' || r == '}' || r == '<' {
			return false
		}
	}
	if letters < leastLeft && !wide(s) || !page.Ended(s) || !wide(s) && len(strings.Fields(s)) < strayWords || placeholder(s) || payment(s) || rights(s) || leadsAway(s) || credit(s) || aboutSite(s) {
		return false
	}
	p := page.Piece{Text: s}
	if promotion(reading{Piece: &p, letters: letters, sealed: true}) {
		return false
	}
	low := strings.ToLower(s)
	for _, w := range [...]string{"javascript", "browser", "cookie", "script", "flash player", "navigateur", "navegador", "браузер", "المتصفح", "tarayıcı", "html5", "<img", "adblock", "ad blocker", "captcha", "robot"} {
		if strings.Contains(low, w) {
			return false
		}
	}
	return true
}
