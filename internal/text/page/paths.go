package page

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"recount"
)

// Path returns the place of a piece in the page: the path of its element, and
// "#2" for the second piece of text that stands directly in that element.
func (p *Piece) Path(paths *PathIndex) string {
	s := paths.of(p.At)
	if p.Run > 1 {
		s += "#" + strconv.Itoa(p.Run)
	}
	return s
}

// A PathIndex remembers paths, and the numbers of siblings, of one tree.
type PathIndex struct {
	paths map[*html.Node]string
}

// NewPathIndex returns an empty index.
func NewPathIndex() *PathIndex { return &PathIndex{map[*html.Node]string{}} }

// of returns the path of an element: "/html[1]/body[1]/div[2]". Elements are
// numbered among the siblings of their name.
func (x *PathIndex) of(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode {
		return ""
	}
	if s, ok := x.paths[n]; ok {
		return s
	}
	// Number all siblings at once, so that a long list costs one pass.
	parent := x.of(n.Parent)
	if n.Parent == nil {
		x.paths[n] = "/" + stepName(n.Data) + "[1]"
		return x.paths[n]
	}
	count := map[string]int{}
	for k := n.Parent.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode {
			count[k.Data]++
			x.paths[k] = parent + "/" + stepName(k.Data) + "[" + strconv.Itoa(count[k.Data]) + "]"
		}
	}
	return x.paths[n]
}

// stepName returns the name of an element as a path writes it. Names may hold
// any byte but white space, "/" and ">"; those that a path uses itself, and all
// that are not ASCII, are written %XX.
func stepName(name string) string {
	plain := func(c byte) bool {
		return c > ' ' && c < 0x7f && c != '#' && c != '[' && c != ']' && c != '%' && c != '/' && c != '+'
	}
	for i := 0; i < len(name); i++ {
		if plain(name[i]) {
			continue
		}
		var b strings.Builder
		for i := 0; i < len(name); i++ {
			if plain(name[i]) {
				b.WriteByte(name[i])
			} else {
				fmt.Fprintf(&b, "%%%02X", name[i])
			}
		}
		return b.String()
	}
	return name
}

// Find returns the text that stands at path in a page. It fails with
// recount.ErrNotFound if the path leads nowhere.
func Find(doc *html.Node, path string) (string, error) {
	missing := fmt.Errorf("no text at %s: %w", path, recount.ErrNotFound)
	where, run, ok := strings.Cut(path, "#")
	nth := 1
	if ok {
		n, err := strconv.Atoi(run)
		if err != nil || n < 1 {
			return "", missing
		}
		nth = n
	}
	n := doc
	for i, step := range strings.Split(where, "/") {
		if i == 0 {
			continue
		}
		if n = child(n, step); n == nil {
			return "", missing
		}
	}
	if n == doc {
		return "", missing
	}
	for _, p := range Pieces(n) {
		if p.At == n && p.Run == nth {
			return p.Text, nil
		}
	}
	return "", missing
}

// child returns the element that one step of a path ("div[2]") leads to.
func child(n *html.Node, step string) *html.Node {
	name, index, ok := strings.Cut(strings.TrimSuffix(step, "]"), "[")
	want, err := strconv.Atoi(index)
	if !ok || err != nil || want < 1 {
		return nil
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && stepName(k.Data) == name {
			if want--; want == 0 {
				return k
			}
		}
	}
	return nil
}
