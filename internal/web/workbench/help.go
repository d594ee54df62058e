package workbench

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"recount"
	"recount/docs"
)

type helpList struct {
	Items []helpTitle `json:"items"`
}

type helpTitle struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type helpPage struct {
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	Blocks []helpBlock `json:"blocks"`
}

type helpBlock struct {
	Kind  string     `json:"kind" enum:"heading,paragraph,code,list,table"`
	Level int        `json:"level,omitempty"`
	Text  string     `json:"text,omitempty"`
	Items []string   `json:"items,omitempty"`
	Rows  [][]string `json:"rows,omitempty" doc:"of a table; the first row is its head"`
}

// helps lists the manual.
func (s *Server) helps(c *call) (any, error) {
	out := helpList{Items: []helpTitle{}}
	names, err := docs.Screens()
	if err != nil {
		return nil, err
	}
	verbs, err := docs.Names()
	if err != nil {
		return nil, err
	}
	names = append(append(names, docs.Topics()...), verbs...)
	for _, n := range names {
		p, err := helpOf(n)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, helpTitle{n, p.Title})
	}
	return out, nil
}

// help gives one page of the manual as blocks of text, so that no markup goes
// through the page.
func (s *Server) help(c *call) (any, error) { return helpOf(c.r.PathValue("page")) }

func helpOf(name string) (helpPage, error) {
	out := helpPage{ID: name, Title: name, Blocks: []helpBlock{}}
	if name == "" {
		return out, recount.ErrNotFound
	}
	md, ok, err := docs.Screen(name)
	if err == nil && !ok {
		md, err = docs.Page(name)
	}
	if err != nil {
		return out, recount.WithHint(fmt.Errorf("%w: %w", recount.ErrNotFound, err), "the manual lists its pages")
	}
	src := []byte(md)
	root := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(src))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 1 {
				out.Title = plain(n, src)
				continue
			}
			out.Blocks = append(out.Blocks, helpBlock{Kind: "heading", Level: n.Level, Text: plain(n, src)})
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			var b strings.Builder
			for i := range n.Lines().Len() {
				l := n.Lines().At(i)
				b.Write(l.Value(src))
			}
			out.Blocks = append(out.Blocks, helpBlock{Kind: "code", Text: strings.TrimRight(b.String(), "\n")})
		case *ast.List:
			x := helpBlock{Kind: "list"}
			for i := n.FirstChild(); i != nil; i = i.NextSibling() {
				x.Items = append(x.Items, plain(i, src))
			}
			out.Blocks = append(out.Blocks, x)
		case *xast.Table:
			x := helpBlock{Kind: "table"}
			for row := n.FirstChild(); row != nil; row = row.NextSibling() {
				var cells []string
				for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
					cells = append(cells, plain(cell, src))
				}
				x.Rows = append(x.Rows, cells)
			}
			out.Blocks = append(out.Blocks, x)
		default:
			if t := plain(n, src); t != "" {
				out.Blocks = append(out.Blocks, helpBlock{Kind: "paragraph", Text: t})
			}
		}
	}
	return out, nil
}

// plain is the text of a node without its markup.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}
