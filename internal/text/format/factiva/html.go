package factiva

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/pattern"
	"recount/internal/text/page"
)

var articleName = pattern.New(`^[a-z]{2}article$`)

// isArticle reports whether an element holds one article: <div class="article
// deArticle">. Form B puts another <div class="article"> around it, which does
// not count.
func isArticle(n *html.Node) bool {
	if n.Type != html.ElementNode || n.DataAtom != atom.Div {
		return false
	}
	plain, named := false, false
	for _, c := range strings.Fields(strings.ToLower(page.Attr(n, "class"))) {
		plain = plain || c == "article"
		named = named || articleName.MatchString(c)
	}
	return plain && named
}

func (r *reader) readHTML(payload []byte) error {
	src, note := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		return err
	}
	if note != "" {
		r.set.Notes = append(r.set.Notes, note)
	}
	paths := page.NewPathIndex()
	inside := map[*html.Node]bool{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if isArticle(n) {
			inside[n] = true
			r.readArticle(n, paths)
			return
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k)
		}
	}
	walk(doc)
	r.readRest(doc, inside, paths)
	return nil
}

// readArticle reads one article of either form.
func (r *reader) readArticle(n *html.Node, paths *page.PathIndex) {
	place := page.Piece{At: n, Run: 1}
	var rows []*html.Node
	taken := map[*html.Node]bool{}
	for k := range n.Descendants() {
		if k.DataAtom == atom.Tr && codeOf(k) != "" && !within(k.Parent, taken, n) {
			rows = append(rows, k)
			taken[k] = true
		}
	}
	if len(rows) > 0 {
		r.add(place.Path(paths), r.formA(n, rows, taken, paths))
		return
	}
	r.add(place.Path(paths), r.formB(n, paths))
}

// codeOf returns the code of a row of form A: a cell of class "index" with
// nothing but letters.
func codeOf(tr *html.Node) string {
	for k := tr.FirstChild; k != nil; k = k.NextSibling {
		if k.DataAtom != atom.Td && k.DataAtom != atom.Th {
			continue
		}
		for _, c := range strings.Fields(page.Attr(k, "class")) {
			if strings.EqualFold(c, "index") {
				if s := page.TextOf(k); isCode(s) {
					return s
				}
			}
		}
		return ""
	}
	return ""
}

// formA reads the rows of an article of form A.
func (r *reader) formA(n *html.Node, rows []*html.Node, read map[*html.Node]bool, paths *page.PathIndex) []entry {
	var fields []entry
	for _, tr := range rows {
		code := codeOf(tr)
		e := entry{code: code, origin: "Factiva field " + code}
		first := true
		for k := tr.FirstChild; k != nil; k = k.NextSibling {
			if k.DataAtom != atom.Td && k.DataAtom != atom.Th {
				continue
			}
			if !first {
				e.pieces = append(e.pieces, cut(k, paths)...)
			}
			first = false
		}
		fields = append(fields, e)
	}
	// What stands in the article beside its rows.
	var beside []string
	for _, p := range page.Pieces(n) {
		if !within(p.At, read, n) {
			beside = append(beside, p.Text)
		}
	}
	if s := strings.Join(beside, " "); s != "" {
		r.left("article "+r.next(), "text beside the fields: "+excerpt(s), "look whether it belongs to the article")
	}
	return fields
}

// within reports whether n or an element around it, up to top, is in set.
func within(n *html.Node, set map[*html.Node]bool, top *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if set[n] {
			return true
		}
		if n == top {
			return false
		}
	}
	return false
}

// cut returns the pieces of text under an element.
func cut(n *html.Node, paths *page.PathIndex) []piece {
	var out []piece
	for _, p := range page.Pieces(n) {
		out = append(out, piece{p.Text, p.Path(paths)})
	}
	return out
}

// formB reads an article of form B: the headline in div#hd, then lines without
// labels, then paragraphs, then the publisher and the number of the document.
func (r *reader) formB(n *html.Node, paths *page.PathIndex) []entry {
	var fields []entry
	var lines, text, before, tail []piece
	var goesOn []bool // of lines: it stands in the element of the line above
	titled, body := false, false
	var at *html.Node // of the last line
	for _, p := range page.Pieces(n) {
		q := piece{p.Text, p.Path(paths)}
		kind := kindOf(p.At, n)
		if id, ok := number(q.text); ok {
			fields = append(fields, entry{"AN", "Factiva document line", []piece{{id, q.path}}})
			continue
		}
		switch {
		case kind == "title":
			titled = true
			fields = append(fields, entry{"HD", "Factiva div#hd", []piece{q}})
		case kind == "author":
			fields = append(fields, entry{"BY", "Factiva div.author", []piece{q}})
		case body && kind == "" && p.At.DataAtom == atom.P:
			tail = append(tail, q)
		case kind == "text" || body:
			// What stood between two paragraphs is text too.
			text = append(append(text, tail...), q)
			tail, body = nil, true
		case !titled:
			before = append(before, q)
		default:
			lines = append(lines, q)
			goesOn = append(goesOn, p.At == at && p.At.DataAtom == atom.Div && p.At != n)
		}
		at = p.At
	}
	if len(before) > 0 && titled {
		fields = append(fields, entry{"SE", "Factiva line above the headline", before})
		before = nil
	}
	if !body {
		// The paragraphs have lost their class.
		i := max(slices.IndexFunc(lines[:min(far, len(lines))], func(l piece) bool { return wordCount.MatchString(l.text) }), 0)
		i += headingEnd(lines[i:])
		text, lines = lines[i:], lines[:i]
		if n := len(text); n > 1 && publisher(text[n-1].text, fields) {
			text, tail = text[:n-1], text[n-1:]
		}
	}
	var joined []piece
	for i, l := range lines {
		if n := len(joined); n > 0 && goesOn[i] {
			joined[n-1].text += " " + l.text
			continue
		}
		joined = append(joined, l)
	}
	known, strange := heading(joined)
	fields = append(merge(fields), known...)
	for _, s := range append(before, strange...) {
		r.left("article "+r.next(), "a line above the text that is none of the known fields: "+excerpt(s.text), "look whether it belongs to the article")
	}
	fields = append(fields, entry{"TD", "Factiva paragraphs", text})
	if n := len(tail); n > 0 {
		fields = append(fields, entry{"PUB", "Factiva line above the number", tail[n-1:]})
		for _, s := range tail[:n-1] {
			r.left("article "+r.next(), "a line below the text that is none of the known fields: "+excerpt(s.text), "look whether it belongs to the article")
		}
	}
	return fields
}

// merge joins the pieces of a headline that is cut by a line break.
func merge(fields []entry) []entry {
	var out []entry
	for _, e := range fields {
		if n := len(out); n > 0 && out[n-1].code == e.code && e.code != "AN" {
			out[n-1].pieces = append(out[n-1].pieces, e.pieces...)
			continue
		}
		out = append(out, e)
	}
	return out
}

// kindOf says what a piece of form B is by the elements around it: "title",
// "author", "text" or "".
func kindOf(n, top *html.Node) string {
	for ; n != nil && n != top; n = n.Parent {
		names := page.Names(n)
		switch {
		case page.Attr(n, "id") == "hd":
			return "title"
		case strings.Contains(names, "articleparagraph"):
			return "text"
		case n.DataAtom == atom.Div && strings.HasPrefix(names, "author"):
			return "author"
		}
	}
	return ""
}

// next is the number of the article that is being read.
func (r *reader) next() string { return itoa(r.seen + 1) }

// readRest keeps what the file says outside its articles: the search that it
// came from, and anything long enough to be text.
func (r *reader) readRest(doc *html.Node, articles map[*html.Node]bool, paths *page.PathIndex) {
	var lines []piece
	for _, p := range page.Pieces(doc) {
		if within(p.At, articles, nil) {
			continue
		}
		q := piece{p.Text, p.Path(paths)}
		if searchTitle(p.At) {
			r.search, r.from = "", "Factiva "+q.text
			lines = append(lines, piece{"search summary", q.path})
			continue
		}
		lines = append(lines, q)
	}
	r.rest(lines)
}

// searchTitle reports whether an element is or holds the title of the table
// that says which search the file came from.
func searchTitle(n *html.Node) bool {
	seen := 0
	for ; n != nil && seen < 3; n = n.Parent {
		if strings.Contains(page.Names(n), "sbsummarytitle") {
			return true
		}
		for k := n.FirstChild; k != nil && seen < page.Glance; k = k.NextSibling {
			if seen++; strings.Contains(page.Names(k), "sbsummarytitle") {
				return true
			}
		}
		if n.DataAtom != atom.Td {
			break
		}
	}
	return false
}

func findHTML(payload []byte, path string) (string, bool) {
	src, _ := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		return "", false
	}
	s, err := page.Find(doc, path)
	return s, err == nil
}
