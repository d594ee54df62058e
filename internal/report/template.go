package report

// This file reads a report.md: what it asks to be counted, and Markdown with
// results in it. The package comment describes its form.
//
// In: the bytes of the file. Out: a Template with its queries, and its prose,
// of which printed.go makes a document once the results are there. A mistake is
// one error with its line and what to do. HTML in the prose stays text.

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	yamlast "github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"recount"
	"recount/internal/count"
	"recount/internal/pattern"
)

// A Template is a report.md that was read: what it asks to be counted, and
// prose with results in it.
type Template struct {
	Title   string
	Queries []count.Query // in the order of the file
	// Reported holds, for results that are set beside what outlets report, a
	// text that occurs in the description of a group of reported figures.
	Reported map[string]string
	Sections []string // parts that the prose prints besides results, each once
	Kind     string   // of a standard report: "said"; "" of a study's own

	text  []byte
	line  int               // of the file, on which the text begins
	kind  map[string]string // of each result: "number", "rows" or "ratio"
	parts []slot            // of the report, where a result has the same name
	drawn map[string]bool   // results whose rows the prose prints
}

// templateError says what is wrong in which line of report.md.
func templateError(line int, hint, format string, args ...any) error {
	err := fmt.Errorf("report.md, line %d: %w: %s", line, recount.ErrInvalid, fmt.Sprintf(format, args...))
	return recount.WithHint(err, hint)
}

const maxTemplate = 1 << 20 // bytes

// ParseTemplate reads a report.md, whose form the package comment describes.
func ParseTemplate(md []byte) (*Template, error) {
	if len(md) > maxTemplate {
		return nil, templateError(1, "keep report.md under 1 MB", "it has %d bytes", len(md))
	}
	md = bytes.ReplaceAll(bytes.TrimPrefix(md, []byte("\xef\xbb\xbf")), []byte("\r\n"), []byte("\n"))
	t := &Template{Reported: map[string]string{}, kind: map[string]string{}, drawn: map[string]bool{}, text: md, line: 1}
	if rest, ok := bytes.CutPrefix(md, []byte("---\n")); ok {
		head, body, ok := cutLine(rest, "---")
		if !ok {
			return nil, templateError(1, "close the list of results with a line of three hyphens", "the part between the hyphens has no end")
		}
		if err := t.readHead(head, 1); err != nil {
			return nil, err
		}
		t.text, t.line = body, 3+bytes.Count(head, []byte("\n"))
	}
	return t, t.check()
}

// cutLine cuts b at the first line that is just sep.
func cutLine(b []byte, sep string) (before, after []byte, ok bool) {
	for at := 0; at < len(b); {
		end := bytes.IndexByte(b[at:], '\n')
		next := at + end + 1
		if end < 0 {
			end, next = len(b)-at, len(b)
		}
		if strings.TrimRight(string(b[at:at+end]), " \t") == sep {
			return b[:at], b[next:], true
		}
		at = next
	}
	return nil, nil, false
}

var (
	resultName = pattern.New(`^[a-z][a-z0-9_]*$`)
	yamlLine   = pattern.New(`^\[(\d+):\d+\] ([^\n]*)`)
)

const keysHint = "a result has label, count, share, of, by, where, from, to, compare, with and reported"

// readHead reads the part between the hyphens. skip is how many lines of the
// file stand before it.
func (t *Template) readHead(head []byte, skip int) error {
	f, err := yamlparser.ParseBytes(head, 0)
	if err != nil {
		line, what := 1, err.Error()
		if m := yamlLine.FindStringSubmatch(what); m != nil {
			fmt.Sscan(m[1], &line)
			what = m[2]
		}
		return templateError(line+skip, "indent with spaces, and put a text that holds a colon or quotation marks between single quotes", "%s", what)
	}
	for _, doc := range f.Docs {
		top, err := pairs(doc.Body, skip, "write title: and results:")
		if err != nil {
			return err
		}
		for _, p := range top {
			switch p.key {
			case "title":
				t.Title = scalar(p.value)
			case "results":
				all, err := pairs(p.value, skip, "write one name a line, each with what it counts under it")
				if err != nil {
					return err
				}
				for _, r := range all {
					if err := t.readResult(r, skip); err != nil {
						return err
					}
				}
			default:
				return templateError(p.line, "write title: and results:", "%q is not known here", p.key)
			}
		}
	}
	return nil
}

type pair struct {
	key   string
	value yamlast.Node
	line  int // of the file
}

// pairs returns the entries of a YAML mapping in order.
func pairs(n yamlast.Node, skip int, hint string) (out []pair, err error) {
	switch n := n.(type) {
	case nil, *yamlast.NullNode, *yamlast.CommentGroupNode:
		return nil, nil
	case *yamlast.MappingNode:
		for _, v := range n.Values {
			out = append(out, pair{v.Key.GetToken().Value, v.Value, v.Key.GetToken().Position.Line + skip})
		}
		return out, nil
	case *yamlast.MappingValueNode: // a mapping of one entry
		return []pair{{n.Key.GetToken().Value, n.Value, n.Key.GetToken().Position.Line + skip}}, nil
	}
	return nil, templateError(n.GetToken().Position.Line+skip, hint, "a list of names with values is missing")
}

// scalar returns a YAML value as text: dates and numbers as they are written.
func scalar(n yamlast.Node) string {
	switch n := n.(type) {
	case nil, *yamlast.NullNode:
		return ""
	case *yamlast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	case *yamlast.StringNode:
		return strings.TrimSpace(n.Value)
	}
	return strings.TrimSpace(n.GetToken().Value)
}

// readResult reads one entry of results.
func (t *Template) readResult(r pair, skip int) error {
	if !resultName.MatchString(r.key) {
		return templateError(r.line, "a name has small letters, digits and _, and begins with a letter", "%q cannot be the name of a result", r.key)
	}
	if t.kind[r.key] != "" {
		return templateError(r.line, "give each result its own name", "there are two results named %q", r.key)
	}
	entries, err := pairs(r.value, skip, keysHint)
	if err != nil {
		return err
	}
	q := count.Query{Name: r.key}
	var a, b string
	seen := map[string]bool{}
	for _, e := range entries {
		v := scalar(e.value)
		if seen[e.key] {
			return templateError(e.line, "write each key once", "result %s has %s twice", r.key, e.key)
		}
		seen[e.key] = true
		switch e.key {
		case "label":
			q.Label = v
		case "count", "where", "share":
			if q.Where != "" || seen["count"] && seen["share"] {
				return templateError(e.line, "choose one of count, share and where", "result %s says twice what it counts", r.key)
			}
			q.Share = q.Share || e.key == "share"
			if v != "all" {
				q.Where = v
			}
		case "of":
			q.Share = true
			if v != "all" {
				q.Of = v
			}
		case "by":
			q.By = v
		case "from":
			q.From = v
		case "to":
			q.To = v
		case "compare":
			a = v
		case "with":
			b = v
		case "reported":
			t.Reported[r.key] = v
		default:
			return templateError(e.line, keysHint, "result %s has %q, which is not known", r.key, e.key)
		}
	}
	if a != "" || b != "" {
		q.Versus = &count.Versus{}
		var ok1, ok2 bool
		q.Versus.AFrom, q.Versus.ATo, ok1 = strings.Cut(a, " to ")
		q.Versus.BFrom, q.Versus.BTo, ok2 = strings.Cut(b, " to ")
		if !ok1 || !ok2 || q.By != "" {
			return templateError(r.line, "write compare: 2015-01 to 2015-08 and with: 2014-01 to 2014-12, without by", "result %s does not compare two periods", r.key)
		}
	}
	t.kind[r.key] = "number"
	switch {
	case q.Versus != nil:
		t.kind[r.key] = "ratio"
	case q.By != "":
		t.kind[r.key] = "rows"
	case len(entries) == 0, len(entries) == 1 && seen["reported"]:
		return templateError(r.line, keysHint+"; write count: all for everybody", "result %s does not say what it counts", r.key)
	}
	t.Queries = append(t.Queries, q)
	return nil
}

// A slot is one {{...}} in the prose.
type slot struct {
	Verb string // "", one of inlineVerbs or blockVerbs, "questions", or the name of a section
	Name string // of the result
	Row  string // of a table or trend, or ""
	Part string // of the report, which has the name of the result and is meant where the slot stands alone
	line int
	err  error
}

// Fault is an error about a slot that shows only once the results are there.
func (s *slot) Fault(hint, format string, args ...any) error {
	return templateError(s.line, hint, format, args...)
}

var (
	inlineVerbs = append([]string{"count", "of", "share", "range", "machine", "label", "words", "amount", "part", "sentence"}, verbForms...)
	blockVerbs  = []string{"table", "bars", "dots", "timeline", "beside"}
)

// verbForms are the slots for a verb that goes with a number: "is" where it is
// one, "are" where it is none or many.
var verbForms = []string{"is", "was", "has"}

const slotHint = "write {{name}}, {{share name}}, {{name: row}}, or on a line of its own {{table name}}, {{bars name}}, {{dots name}}, {{timeline name}}, {{beside name}}, {{questions}} or a part of the report such as {{sources}}"

// readSlot reads what stands between the braces.
func (t *Template) readSlot(s string, line int) slot {
	out := slot{line: line}
	s, row, _ := strings.Cut(s, ":")
	out.Row = strings.TrimSpace(row)
	words := strings.Fields(s)
	switch {
	case len(words) == 1 && isPart(words[0]) && t.kind[words[0]] == "":
		out.Verb = words[0]
		if out.Row != "" {
			out.err = templateError(line, "write {{"+words[0]+"}}", "{{%s}} is a part of the report and has no rows to name", words[0])
		}
		return out
	case len(words) == 1:
		out.Name = words[0]
		if isPart(words[0]) && out.Row == "" {
			out.Part = words[0]
		}
	case len(words) == 2 && (slices.Contains(inlineVerbs, words[0]) || slices.Contains(blockVerbs, words[0])):
		out.Verb, out.Name = words[0], words[1]
	default:
		out.err = templateError(line, slotHint, "{{%s}} is not understood", strings.TrimSpace(s))
		return out
	}
	kind := t.kind[out.Name]
	switch {
	case kind == "":
		var names []string
		for _, q := range t.Queries {
			names = append(names, q.Name)
		}
		hint := "results are " + strings.Join(names, ", ")
		if names == nil {
			hint = "list what to count under results: at the top of report.md"
		}
		out.err = templateError(line, hint, "no result named %q", out.Name)
	case out.Verb == "beside":
		if t.Reported[out.Name] == "" {
			out.err = templateError(line, "add reported: with words of the quantity, as the report lists them under what outlets report", "result %s does not say which reported figures it stands beside", out.Name)
		} else if out.Row != "" {
			out.err = templateError(line, "write {{beside "+out.Name+"}}", "a row stands beside nothing")
		}
	case out.block() && kind != "rows":
		out.err = templateError(line, "give the result a by:, or write {{"+out.Name+"}}", "result %s has no rows to draw", out.Name)
	case out.Row != "" && kind != "rows":
		out.err = templateError(line, "write {{"+out.Name+"}}", "result %s has no rows, so no row %q", out.Name, out.Row)
	}
	return out
}

// isPart reports whether a name is that of a part of the report.
func isPart(name string) bool { return name == "questions" || sectionNames[name] }

func (s *slot) block() bool {
	return slices.Contains(blockVerbs, s.Verb) || s.Verb == "questions" || sectionNames[s.Verb]
}

// check reads the prose once, so that a mistake in it is found before
// anything is counted.
func (t *Template) check() error {
	var first error
	fail := func(err error) {
		if first == nil {
			first = err
		}
	}
	doc := t.markdown().Parser().Parse(gmtext.NewReader(t.text))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *slotNode:
			if n.err != nil {
				fail(n.err)
			} else if n.block() {
				fail(templateError(n.line, "put it on a line of its own, with an empty line before and after", "{{%s %s}} stands inside a sentence", n.Verb, n.Name))
			}
		case *drawingNode:
			if n.err != nil {
				fail(n.err)
				return ast.WalkContinue, nil
			}
			if sectionNames[n.Verb] && !slices.Contains(t.Sections, n.Verb) {
				t.Sections = append(t.Sections, n.Verb)
			}
			if n.Part != "" {
				t.parts = append(t.parts, n.slot)
			}
			if n.Name != "" && n.Verb != "beside" {
				t.drawn[n.Name] = true
			}
		case *ast.Image:
			if d := string(n.Destination); strings.Contains(d, ":") || strings.HasPrefix(d, "//") {
				fail(templateError(t.line, "leave the picture out: loading it would tell its site who reads", "a picture from elsewhere (%s)", d))
			}
		}
		return ast.WalkContinue, nil
	})
	return first
}

// markdown returns a reader of the prose.
func (t *Template) markdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Footnote, extension.Typographer),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithInlineParsers(util.Prioritized(&slotParser{t}, 50)),
			parser.WithASTTransformers(util.Prioritized(drawingTransformer{}, 50)),
		),
	)
}

var (
	slotKind    = ast.NewNodeKind("Slot")
	drawingKind = ast.NewNodeKind("Drawing")
)

// A slotNode is a slot inside a sentence.
type slotNode struct {
	ast.BaseInline
	slot
}

func (n *slotNode) Kind() ast.NodeKind            { return slotKind }
func (n *slotNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A drawingNode is a slot on a line of its own that holds a table or chart.
type drawingNode struct {
	ast.BaseBlock
	slot
}

func (n *drawingNode) Kind() ast.NodeKind            { return drawingKind }
func (n *drawingNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type slotParser struct{ t *Template }

func (p *slotParser) Trigger() []byte { return []byte{'{'} }

func (p *slotParser) Parse(_ ast.Node, block gmtext.Reader, _ parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	at := p.t.line + bytes.Count(p.t.text[:min(seg.Start, len(p.t.text))], []byte("\n"))
	end := bytes.Index(line, []byte("}}"))
	if end < 0 {
		block.Advance(2)
		return &slotNode{slot: slot{line: at, err: templateError(at, "close it with }} on the same line", "a {{ without }}")}}
	}
	block.Advance(end + 2)
	return &slotNode{slot: p.t.readSlot(string(line[2:end]), at)}
}

type drawingTransformer struct{}

// Transform puts drawings where their slots stand alone, and takes out a
// title that begins the prose: the page shows it already.
func (drawingTransformer) Transform(doc *ast.Document, _ gmtext.Reader, _ parser.Context) {
	if h, ok := doc.FirstChild().(*ast.Heading); ok && h.Level == 1 {
		doc.RemoveChild(doc, h)
	}
	var alone []*slotNode
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if s, ok := n.(*slotNode); ok && entering && (s.block() || s.Part != "") && s.Parent().Kind() == ast.KindParagraph && s.Parent().ChildCount() == 1 {
			alone = append(alone, s)
		}
		return ast.WalkContinue, nil
	})
	for _, s := range alone {
		p, d := s.Parent(), s.slot
		if d.Part != "" {
			d.Verb, d.Name = d.Part, ""
		}
		p.Parent().ReplaceChild(p.Parent(), p, &drawingNode{slot: d})
	}
}
