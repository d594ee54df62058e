package text

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"unicode"

	readability "codeberg.org/readeck/go-readability"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/text/page"
)

// lean returns a copy of the tree for the extractors, which change what they
// are given, without what neither reads as text: scripts, drawings, forms'
// controls, navigation and lists of nothing but links.
func lean(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "role", "itemprop", "style", "hidden", "aria-hidden", "aria-modal", "rel", "href", "data-component",
			"data-testid", "summary", "datatable", "dir", "lang", "colspan", "rowspan", "property", "name", "content":
			if len(a.Val) <= 1000 {
				c.Attr = append(c.Attr, a)
			}
		}
	}
	if page.Custom(n) { // the extractors know no such element
		c.DataAtom, c.Data = atom.Div, "div"
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.Type == html.CommentNode:
		case k.Type == html.ElementNode && (unheard[k.DataAtom] || linkList(k) || (k.DataAtom == atom.Nav || k.DataAtom == atom.Footer) && hollow(k)):
		default:
			c.AppendChild(lean(k))
		}
	}
	return c
}

// Some steps of the extractors take time in the square of a page's size or
// depth. Larger pages are read without them.
const (
	maxAsked  = 60_000    // nodes
	maxDepths = 2_000_000 // nodes times their depth
	maxProse  = 2 << 20   // bytes of text
)

// askable reports whether a lean tree is small enough for the extractors.
func askable(tree *html.Node) bool {
	nodes, depths, text := 0, 0, 0
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		nodes++
		depths += depth
		if n.Type == html.TextNode {
			text += len(n.Data)
		}
		for k := n.FirstChild; k != nil && nodes <= maxAsked; k = k.NextSibling {
			walk(k, depth+1)
		}
	}
	walk(tree, 0)
	return nodes <= maxAsked && depths <= maxDepths && text <= maxProse
}

// unheard lists the elements that are not shown to the extractors.
var unheard = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Svg: true, atom.Noscript: true, atom.Iframe: true, atom.Template: true,
	atom.Link: true, atom.Select: true, atom.Button: true, atom.Input: true, atom.Textarea: true, atom.Object: true,
	atom.Embed: true, atom.Canvas: true, atom.Audio: true, atom.Source: true, atom.Map: true, atom.Rt: true, atom.Rp: true,
}

// linkList reports whether n is a list of five links or more and no other text.
func linkList(n *html.Node) bool {
	if n.DataAtom != atom.Ul && n.DataAtom != atom.Ol {
		return false
	}
	links, text, seen := 0, 0, 0
	for k := range n.Descendants() {
		seen++
		switch {
		case seen > page.Glance:
			return false
		case k.DataAtom == atom.A:
			links++
		case k.Type == html.TextNode && !page.Inside(k, atom.A, n):
			text += len(strings.TrimSpace(k.Data))
		}
	}
	return links >= 5 && text <= 2*links
}

// hollow reports whether n holds no longer text. A nav or footer that nobody
// closed can hold the whole page.
func hollow(n *html.Node) bool {
	if n.Parent != nil && (n.Parent.DataAtom == atom.Nav || n.Parent.DataAtom == atom.Footer) {
		return false
	}
	for k := range n.Descendants() {
		if k.Type == html.TextNode && len(k.Data) > 200 && len(strings.TrimSpace(k.Data)) > 200 && !page.Unread(k.Parent) {
			return false
		}
	}
	return true
}

// headed puts a head on a lean tree. Without an author, a section and the like
// in it, go-trafilatura would search the whole page for what is not used here.
func headed(tree *html.Node, head string) {
	for k := range tree.Descendants() {
		if k.DataAtom != atom.Html {
			continue
		}
		if k.FirstChild != nil && k.FirstChild.DataAtom == atom.Head {
			k.RemoveChild(k.FirstChild)
		}
		if doc, err := html.Parse(strings.NewReader(head)); err == nil {
			h := doc.FirstChild.FirstChild
			h.Parent.RemoveChild(h)
			k.InsertBefore(h, k.FirstChild)
		}
		return
	}
}

const madeUpHead = `<head><title>x y</title><meta name="title" content="x y"><meta property="article:author" content="X Y"><meta property="og:site_name" content="X">` +
	`<meta name="description" content="x"><meta property="og:url" content="https://page.invalid/x"><meta name="keywords" content="x">` +
	`<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"x y","articleSection":["x"]}</script></head>`

// A vote is what one extractor takes for the article.
type vote struct {
	grams []uint64 // open hash set of every run of gramSize letters, 0 = free
	size  int      // letters
}

// gramSize is the number of letters and digits by which a piece of the page is
// recognised in the output of an extractor.
const gramSize = 12

// newVote reads the text under root.
func newVote(root *html.Node) vote {
	var v vote
	if root == nil {
		return v
	}
	n := 0
	for k := range root.Descendants() {
		if k.Type == html.TextNode {
			n += len(k.Data)
		}
	}
	size := 64
	for size < 2*n {
		size *= 2
	}
	v.grams = make([]uint64, size)
	var r roller
	for k := range root.Descendants() {
		if k.Type == html.TextNode {
			r.add(k.Data, v.put)
		}
	}
	v.size = r.n
	return v
}

// voteOf reads plain text.
func voteOf(text string) vote {
	size := 64
	for size < 2*len(text) {
		size *= 2
	}
	v := vote{grams: make([]uint64, size)}
	var r roller
	r.add(text, v.put)
	v.size = r.n
	return v
}

// voteLater reads plain text once somebody asks: on most pages nobody does.
func voteLater(text *strings.Builder) func() *vote {
	return sync.OnceValue(func() *vote {
		v := voteOf(text.String())
		return &v
	})
}

func (v *vote) put(h uint64) {
	mask := uint64(len(v.grams) - 1)
	for i := h >> 20 & mask; ; i = (i + 1) & mask {
		switch v.grams[i] {
		case h:
			return
		case 0:
			v.grams[i] = h
			return
		}
	}
}

func (v *vote) has(h uint64) bool {
	if len(v.grams) == 0 {
		return false
	}
	mask := uint64(len(v.grams) - 1)
	for i := h >> 20 & mask; ; i = (i + 1) & mask {
		switch v.grams[i] {
		case h:
			return true
		case 0:
			return false
		}
	}
}

// share returns how much of text the extractor took, in thousandths, and the
// number of letters in it; the share is -1 if it is too short to be recognised.
func (v *vote) share(text string) (share, letters int) {
	var r roller
	var hit, all int
	r.add(text, func(h uint64) {
		all++
		if v.has(h) {
			hit++
		}
	})
	if all == 0 {
		return -1, r.n
	}
	return hit * 1000 / all, r.n
}

// A roller hashes each run of gramSize letters and digits, whatever stands
// between them.
type roller struct {
	ring [gramSize]uint64
	n    int // letters so far
	hash uint64
}

const (
	rollBase = 0x9E3779B97F4A7C15 | 1
)

// rollOut is rollBase to the power of gramSize.
var rollOut = func() uint64 {
	p := uint64(1)
	for range gramSize {
		p *= rollBase
	}
	return p
}()

func (r *roller) add(s string, emit func(uint64)) {
	for _, c := range s {
		if c < 0x80 {
			switch {
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			default:
				continue
			}
		} else if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			continue
		}
		i := r.n % gramSize
		r.hash = r.hash*rollBase + uint64(c)*0x100000001B3
		if r.n >= gramSize {
			r.hash -= r.ring[i] * rollOut
		}
		r.ring[i] = uint64(c) * 0x100000001B3
		if r.n++; r.n >= gramSize {
			emit(r.hash | 1)
		}
	}
}

// trafilaturaVote runs go-trafilatura on tree, which it may change.
func trafilaturaVote(tree *html.Node) (v vote, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("trafilatura: %v", r)
		}
	}()
	res, err := trafilatura.ExtractDocument(tree, trafilatura.Options{
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil {
		return vote{}, err
	}
	return newVote(res.ContentNode), nil
}

// readabilityVote runs go-readability on tree, which it may change.
func readabilityVote(tree *html.Node) (v vote, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("readability: %v", r)
		}
	}()
	p := readability.NewParser()
	p.DisableJSONLD = true
	art, err := p.ParseAndMutate(tree, &url.URL{Scheme: "https", Host: "page.invalid", Path: "/"})
	if err != nil {
		return vote{}, err
	}
	return newVote(art.Node), nil
}
