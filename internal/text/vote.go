package text

import (
	"fmt"
	"net/url"
	"unicode"

	readability "codeberg.org/readeck/go-readability"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lean returns a copy of the tree without what no extractor reads: scripts,
// styles, drawings and comments. The extractors change what they are given.
func lean(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace}
	if len(n.Attr) > 0 {
		c.Attr = append([]html.Attribute(nil), n.Attr...)
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.Type == html.CommentNode:
		case k.Type == html.ElementNode && (k.DataAtom == atom.Script || k.DataAtom == atom.Style ||
			k.DataAtom == atom.Svg || k.DataAtom == atom.Noscript || k.DataAtom == atom.Iframe || k.DataAtom == atom.Template || k.DataAtom == atom.Link):
		default:
			c.AppendChild(lean(k))
		}
	}
	return c
}

// A vote is what one extractor takes for the article.
type vote struct {
	grams map[uint64]bool // hashes of every run of gramSize letters
	size  int             // letters
}

// gramSize is the number of letters and digits by which a piece of the page is
// recognised in the output of an extractor.
const gramSize = 12

// newVote reads the text under root.
func newVote(root *html.Node) vote {
	v := vote{grams: map[uint64]bool{}}
	if root == nil {
		return v
	}
	var r roller
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			r.add(n.Data, func(h uint64) { v.grams[h] = true })
		}
	}
	v.size = r.n
	return v
}

// share returns how much of text the extractor took, in thousandths.
func (v vote) share(text string) int {
	var r roller
	var hit, all int
	r.add(text, func(h uint64) {
		all++
		if v.grams[h] {
			hit++
		}
	})
	if all == 0 {
		return -1
	}
	return hit * 1000 / all
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
			emit(r.hash)
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
