package text

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"recount"
)

// A writer puts blocks into the text of an article.
type writer struct {
	a *recount.Article
	b strings.Builder
}

func (w *writer) block(text string, role recount.Role, path string) {
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	start := w.b.Len()
	w.b.WriteString(text)
	w.a.Blocks = append(w.a.Blocks, recount.Block{Span: recount.Span{Start: start, End: w.b.Len()}, Role: role, Path: path})
}

func (w *writer) done() { w.a.Text = w.b.String() }

// path returns the place of a piece in the page: the path of its element, and
// "#2" for the second piece of text that stands directly in that element.
func (p *piece) path(paths *pathIndex) string {
	s := paths.of(p.at)
	if p.run > 1 {
		s += "#" + strconv.Itoa(p.run)
	}
	return s
}

// A pathIndex remembers paths, and the numbers of siblings, of one tree.
type pathIndex struct {
	paths map[*html.Node]string
}

func newPathIndex() *pathIndex { return &pathIndex{map[*html.Node]string{}} }

// of returns the path of an element: "/html[1]/body[1]/div[2]". Elements are
// numbered among the siblings of their name.
func (x *pathIndex) of(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode {
		return ""
	}
	if s, ok := x.paths[n]; ok {
		return s
	}
	// Number all siblings at once, so that a long list costs one pass.
	parent := x.of(n.Parent)
	if n.Parent == nil {
		x.paths[n] = "/" + n.Data + "[1]"
		return x.paths[n]
	}
	count := map[string]int{}
	for k := n.Parent.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode {
			count[k.Data]++
			x.paths[k] = parent + "/" + k.Data + "[" + strconv.Itoa(count[k.Data]) + "]"
		}
	}
	return x.paths[n]
}

// BlockText returns the text that stands at path in a page, as Extract wrote
// it. It fails with recount.ErrNotFound if the path leads nowhere.
func BlockText(payload []byte, o Options, path string) (string, error) {
	_, declared := splitMediaType(o.MediaType)
	src, _ := decode(payload, declared)
	doc, err := parse(src)
	if err != nil {
		return "", err
	}
	return blockText(doc, path)
}

func blockText(doc *html.Node, path string) (string, error) {
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
	for _, p := range pieces(n) {
		if p.at == n && p.run == nth {
			return p.text, nil
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
		if k.Type == html.ElementNode && k.Data == name {
			if want--; want == 0 {
				return k
			}
		}
	}
	return nil
}
