// Package europresse reads the HTML files that Europresse saves.
//
// In: the bytes of one file. Out: a draft of each document in it, with outlet,
// date, title, authors, section, page and number as printed, and its paragraphs
// with their paths.
//
// Method: every article element with the name of a publication in it is one
// document; its fields are known by the classes that the database gives them.
// Limits: 32 MiB a file, 200,000 nodes; PDF files of Europresse are read as any
// other PDF; a document without text is left.
package europresse

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"
	"recount/internal/pattern"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

const (
	maxPayload   = 32 << 20 // bytes of a file
	maxDocuments = 20_000   // of a file
)

const hint = "save the documents again in Europresse as HTML with their text, or each as a file of its own"

var marks = [...]string{"DocPublicationName", "titreArticle", "docOcurrContainer", "DocHeader", "publiC-lblNodoc", "docAuthors", "rdp__"}

// Is reports whether payload is a file of Europresse. Its name says nothing.
func Is(payload []byte, name string) bool {
	if len(payload) > maxPayload {
		return false
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(payload[:min(len(payload), 1000)], []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) || !bytes.Contains(payload, []byte("DocPublicationName")) {
		return false
	}
	n := 0
	for _, m := range marks {
		if bytes.Contains(payload, []byte(m)) {
			n++
		}
	}
	return n >= 3
}

// Read returns the documents in payload. An error wraps recount.ErrRefused and
// carries a hint.
func Read(payload []byte, o document.Options) (document.Set, error) {
	var set document.Set
	src, note := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		return set, err
	}
	if note != "" {
		set.Notes = append(set.Notes, note)
	}
	paths := page.NewPathIndex()
	n := 0
	for _, at := range documents(doc) {
		n++
		d := read(at, paths)
		d.Part, d.Range, d.Supplier = fmt.Sprint(n), fmt.Sprintf("document %d", n), "Europresse"
		if len(d.Paragraphs) == 0 {
			set.Left = append(set.Left, document.Left{Where: d.Range, Reason: "a document without text", Hint: hint})
			continue
		}
		set.Drafts = append(set.Drafts, d)
	}
	if n == 1 && len(set.Drafts) == 1 {
		set.Drafts[0].Part = ""
	}
	if n == 0 {
		return set, page.Refuse("a file of Europresse without documents", hint)
	}
	return set, nil
}

// documents returns the elements that hold one document each: the article
// elements, else the widest ones around one name of a publication.
func documents(doc *html.Node) (out []*html.Node) {
	count := map[*html.Node]int{} // names of publications under each element
	var firsts []*html.Node
	for k := range doc.Descendants() {
		if k.Type != html.ElementNode || !has(k, "DocPublicationName") || k.Parent != nil && has(k.Parent, "DocPublicationName") {
			continue
		}
		firsts = append(firsts, k)
		for n := k; n != nil; n = n.Parent {
			count[n]++
		}
		if len(firsts) >= maxDocuments {
			break
		}
	}
	for k := range doc.Descendants() {
		if k.DataAtom == atom.Article && count[k] > 0 {
			out = append(out, k)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, k := range firsts {
		n := k
		for n.Parent != nil && n.Parent.DataAtom != atom.Body && count[n.Parent] == 1 {
			n = n.Parent
		}
		out = append(out, n)
	}
	return out
}

// has reports whether a class of n ends in name, as rdp__DocPublicationName does.
func has(n *html.Node, name string) bool {
	for c := range strings.FieldsSeq(page.Attr(n, "class")) {
		if c == name || strings.HasSuffix(c, "__"+name) {
			return true
		}
	}
	return false
}

var (
	issue   = pattern.New(`(?i),\s*(?:no\.?|nº|n°|vol\.?)\s*.*$`)
	pageNo  = pattern.New(`(?i)\bp(?:age|\.)?\s*([\w-]+)`)
	dateSep = pattern.New(`\s+-\s+|\s*[|•]\s*`)
)

// read takes one document apart.
func read(at *html.Node, paths *page.PathIndex) document.Draft {
	var d document.Draft
	seen := map[string]bool{}
	fact := func(field, value, origin string) {
		if !seen[field] {
			d.Facts = document.Fact(d.Facts, field, page.Tidy(value), origin)
		}
	}
	for n := range at.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		text := ""
		if page.Attr(n, "class") != "" {
			text = page.TextOf(n)
		}
		switch {
		case text == "":
			continue
		case has(n, "DocPublicationName"):
			fact("outlet", issue.ReplaceAllString(text, ""), "DocPublicationName")
			fact("issue", strings.TrimLeft(issue.FindString(text), ", "), "DocPublicationName")
			seen["outlet"], seen["issue"] = true, true
		case has(n, "DocHeader"):
			for i, part := range dateSep.Split(text, -1) {
				switch m := pageNo.FindStringSubmatch(part); {
				case i == 0:
					fact("published", part, "DocHeader")
				case m != nil && len(part) < 30:
					fact("page", m[1], "DocHeader")
				default:
					fact("section", part, "DocHeader")
				}
			}
			seen["published"] = true
		case has(n, "titreArticle"), has(n, "titreArticleVisu"):
			fact("title", text, "titreArticle")
			seen["title"] = true
		case has(n, "docAuthors"):
			fact("byline", text, "docAuthors")
			seen["byline"] = true
		case has(n, "publiC-lblNodoc"):
			fact("id", text, "publiC-lblNodoc")
			seen["id"] = true
		}
	}
	for _, p := range page.Pieces(at) {
		if within(p.At, at) {
			d.Paragraphs = append(d.Paragraphs, document.Paragraph{Text: p.Text, Path: p.Path(paths), Role: role(p)})
		}
	}
	return d
}

// within reports whether n stands in the text of the document top.
func within(n, top *html.Node) bool {
	for ; n != nil; n = n.Parent {
		for _, name := range [...]string{"titreArticle", "DocPublicationName", "DocHeader", "docAuthors", "publiC-lblNodoc"} {
			if has(n, name) {
				return false
			}
		}
		if has(n, "docOcurrContainer") || has(n, "DocText") || has(n, "docText") {
			return true
		}
		if n == top {
			break
		}
	}
	return false
}

func role(p page.Piece) recount.Role {
	switch p.At.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return recount.Subhead
	case atom.Figcaption, atom.Caption:
		return recount.Caption
	}
	return ""
}

// Find returns the text of the paragraph at path, read from payload again.
func Find(payload []byte, path string) (string, bool) {
	if len(payload) > maxPayload {
		return "", false
	}
	src, _ := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		return "", false
	}
	s, err := page.Find(doc, path)
	return s, err == nil
}
