package report

// This file makes of the prose of a report one document, of which the page of
// the site, the Word file and the Markdown are renderings: each number is written
// once, with the page that shows what it counts and with a note that says whom,
// each chart as a drawing whose marks are links, as a picture and as a table. Word
// and Markdown have the sources at the end.
//
// In: the view of the report. Out: a document.Document, and the prose as a piece
// of a page. It does no I/O.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"recount"
	"recount/internal/report/chart"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// A proseWriter turns the prose of a report.md into blocks of a document.
type proseWriter struct {
	out     *document.Document
	source  []byte
	parsed  ast.Node                                             // of report.md, parsed
	inText  func(s slot, like document.Inline) []document.Inline // writes a slot inside a sentence
	alone   func(s slot)                                         // writes a slot on a line of its own
	said    func(text []document.Inline) []document.Inline       // what of a paragraph is written; nil: all
	quoting bool                                                 // the paragraph is a quotation
	kind    document.BlockKind                                   // of the block that is written
	cells   *rowCells                                            // of the row of a table that is written; nil outside of tables
	at      []int                                                // of each inline that was written last, where it stands in the source
}

// rowCells are a row of a table as it was typed, with "#" for what its slots print.
type rowCells struct {
	head, row []string
	column    int // that is written
}

// A printer turns the view of a report into a document.
type printer struct {
	*study
	*proseWriter
	noted   map[*recount.Result]int // the note of a number that stood before
	sources map[recount.Key]int     // of a page, its number in the list at the end
	listed  int                     // how many of them the list of sources has
	pages   []*recount.Article      // those after them, listed at the end

	questioned bool // the prose lists the open questions
	bare       bool // tables stand without notes
	err        error
}

// printed makes the document: the prose, and around it what it rests on.
func (r *study) printed() (*document.Document, error) {
	p := &printer{study: r, proseWriter: r.t.writer(&document.Document{Title: r.Title, Program: r.x.Program, When: r.x.AsOf}),
		noted: map[*recount.Result]int{}, sources: map[recount.Key]int{}}
	r.told, r.toldCoded, r.toldRead = "", "", ""
	p.listed = min(len(r.x.Articles), mostListed) // in the list of sources
	for i, a := range r.x.ByDate()[:p.listed] {
		p.sources[a.Key] = i + 1
	}
	p.inText, p.alone = p.numbered, p.drawn
	p.blocks(p.parsed)
	if p.err != nil {
		return nil, p.err
	}
	body := p.out.Blocks
	out := p.basis()
	out.section("prose", "", body)
	if !p.Standard() {
		out = append(out, p.around()...)
	}
	if more := p.further(); more != nil {
		out.add(document.Block{Kind: document.Section, Blocks: more, Paper: true})
	}
	p.out.Blocks = out
	return p.out, p.err
}

// writer begins a document with the prose of a report.md.
func (t *Template) writer(out *document.Document) *proseWriter {
	return &proseWriter{out: out, source: t.text, parsed: t.markdown().Parser().Parse(gmtext.NewReader(t.text))}
}

// keep is what of a paragraph is written.
func (p *proseWriter) keep(kind document.BlockKind, text []document.Inline) []document.Inline {
	if p.kind = kind; p.said == nil {
		return text
	}
	return p.said(text)
}

func (p *proseWriter) add(b document.Block) { p.out.Blocks = append(p.out.Blocks, b) }

func (p *proseWriter) say(text ...document.Inline) {
	p.add(document.Block{Kind: document.Paragraph, Text: text})
}

func (p *proseWriter) heading(text string) {
	p.add(document.Block{Kind: document.Heading, Level: 2, Text: document.Plain(text)})
}

func (p *proseWriter) point(text ...document.Inline) {
	p.add(document.Block{Kind: document.ListItem, Level: 1, Text: text})
}

// basis says what was counted from what.
func (p *printer) basis() blocks {
	var head, out blocks
	head.add(document.Block{Kind: document.Paragraph, Style: "kicker", Text: document.Plain("Report"), Site: true})
	head.add(document.Block{Kind: document.Heading, Level: 1, Text: document.Plain(p.Title), Site: true})
	if p.Question != "" {
		head.styled("question", document.Inline{Text: p.Question, Emphasis: true})
	}
	text := []document.Inline{plain("Counted from "), inline(p.Pages), plain(" " + p.Pages.Noun("page", "pages") + ", " + p.Pages.Noun("which is", "which are") + " "), inline(p.Originals), plain(" independent " + p.Originals.Noun("original", "originals") + ". ")}
	if n := p.Open(); n > 0 {
		moves := "they move"
		if n == 1 {
			moves = "it moves"
		}
		text = append(text, document.Inline{Text: prose.Plural(n, "question is", "questions are") + " open", Page: "questions.html"}, plain(", and every number "+moves+" carries its range. "))
	}
	text = append(text, p.x.unread()...)
	if len(p.movedByReprints()) > 0 {
		n := len(p.x.Maybe)
		may := " may be reprints"
		if n == 1 {
			may = " may be a reprint"
		}
		text = append(text, document.Inline{Text: prose.Plural(n, "page", "pages") + may, Page: "questions.html#reprints"}, plain(": what that would change stands in no range. "))
	}
	if n := p.x.Unjudged; n > 0 {
		text = append(text, document.Inline{Text: prose.Plural(n, "speaker was", "speakers were") + " judged by nobody", Page: "questions.html"}, plain(": they may count, and no range holds that. "))
	}
	noted := "A note at each number says whom it counts and names the source; at a number in the text it shows a sentence too."
	if p.t.Kind == "brief" {
		noted = "A note at each number says whom it counts."
	}
	head.styled("basis", append(text, document.Inline{Text: "Every number opens the sentences it was counted from.", Site: true}, document.Inline{Text: noted, Paper: true})...)
	head.add(document.Block{Kind: document.Paragraph, Style: "basis also", Site: true, Text: documentLinks()})
	head.add(document.Block{Kind: document.Paragraph, Paper: true, Text: []document.Inline{{Text: teamOnly, Strong: true}}})
	out.section("title", "", head)
	if !p.HasCases() {
		out.styled("flag", plain("Nothing has been decided yet: nobody counts, so every number here is zero and no range is printed. Decide first who counts."))
	}
	return out
}

// documentLinks lead to the files that hold the same.
func documentLinks() []document.Inline {
	return []document.Inline{plain("The same as one document: "), {Text: "Word", Page: WordName}, plain(", "), {Text: "Markdown", Page: MarkdownName}, plain("; for programs: "), {Text: "JSON", Page: JSONName}, plain(".")}
}

// teamOnly is said of what names people.
const teamOnly = "For the team only: it names people, and what may leave the team has not been checked."

// around is what stands behind the prose of a study's own report.
func (p *printer) around() []document.Block {
	var out, list blocks
	list.styled("", document.Inline{Text: Documented, Emphasis: true})
	out.section("documented", "", list)
	if p.Open()+p.x.Unjudged+len(p.x.Maybe) > 0 && !p.questioned {
		list = nil
		list.heading(2, "Open questions")
		out.add(document.Block{Kind: document.Section, Blocks: append(list, p.questions(3)...), Paper: true})
	}
	list = nil
	list.heading(2, "What outlets report")
	list.say(plain("Numbers that articles state. None of them was counted here, and none is averaged."))
	out.section("", "figures", append(list, figureSection(p.groups)...))
	list = nil
	list.heading(2, "How wrong it may be")
	list = append(list, p.Miss.shown()...)
	if u := p.x.unread(); u != nil {
		list.say(u...)
	}
	if p.x.Unjudged > 0 {
		list.say(p.unjudged()...)
	}
	list.say(plain(AcceptedOnly + " A person can bring back a passage that was wrongly set aside, and say that a page wrongly taken for a reprint is none."))
	out.section("", "wrong", list)
	list = nil
	list.heading(2, "Method")
	list = append(list, p.method()...)
	out.section("methods", "methods", list)
	fold := func(name, id, what string, blocks []document.Block) {
		list = nil
		list.heading(2, name)
		list.add(document.Block{Kind: document.Fold, Text: document.Plain(what), Blocks: blocks})
		out.section("", id, list)
	}
	if len(p.x.Codebook.Codes) > 0 && !p.Has("codebook") {
		fold("The codes", "codes", "The codes, with what a coder was told", p.codes())
	}
	if !p.Has("sources") {
		fold("Sources", "sources", "The pages that count, with the hashes of their archived bytes", p.study.sources())
	}
	return out
}

// blocks writes the children of a node.
func (p *proseWriter) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if text := p.keep(document.Heading, p.inlines(n)); len(text) > 0 {
				id, _ := n.AttributeString("id")
				b, _ := id.([]byte)
				p.add(document.Block{Kind: document.Heading, Level: max(n.Level, 2), ID: string(b), Text: text})
			}
		case *ast.Paragraph, *ast.TextBlock:
			if text := p.keep(document.Paragraph, p.inlines(n)); len(text) > 0 {
				p.add(document.Block{Kind: document.Paragraph, Text: text})
			}
		case *ast.Blockquote:
			p.quoting = true
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if text := p.keep(document.Quotation, p.inlines(c)); len(text) > 0 {
					p.add(document.Block{Kind: document.Quotation, Text: text})
				}
			}
			p.quoting = false
		case *ast.List:
			p.list(n, 1)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			p.at = firstLine(n)
			p.add(document.Block{Kind: document.Code, Text: p.keep(document.Code, []document.Inline{{Text: strings.TrimRight(lines(n, p.source), "\n"), Code: true}})})
		case *ast.HTMLBlock:
			p.at = firstLine(n)
			if text := p.keep(document.Paragraph, document.Plain(strings.TrimSpace(lines(n, p.source)))); len(text) > 0 {
				p.say(text...)
			}
		case *ast.ThematicBreak:
			p.add(document.Block{Kind: document.Rule})
		case *extast.Table:
			p.written(n)
		case *extast.FootnoteList:
			// Its notes are taken where they are referred to.
		case *drawingNode:
			p.alone(n.slot)
		}
	}
}

// list writes the items of a list, and lists in them, moved in.
func (p *proseWriter) list(n *ast.List, level int) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := ""
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + "."
			number++
		}
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if inner, ok := c.(*ast.List); ok {
				p.list(inner, level+1)
				continue
			}
			if text := p.keep(document.ListItem, p.inlines(c)); len(text) > 0 {
				p.add(document.Block{Kind: document.ListItem, Level: level, Number: mark, Text: text})
			}
			mark = ""
		}
	}
}

// firstLine is where a block without inlines begins.
func firstLine(n ast.Node) []int {
	if n.Lines().Len() == 0 {
		return nil
	}
	return []int{n.Lines().At(0).Start}
}

func lines(n ast.Node, source []byte) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		b.Write(s.Value(source))
	}
	return b.String()
}

// written copies a table that stands in the prose.
func (p *proseWriter) written(n *extast.Table) {
	t := &document.Table{}
	for _, a := range n.Alignments {
		t.Numeric = append(t.Numeric, a == extast.AlignRight)
	}
	defer func() { p.cells = nil }()
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		p.cells = &rowCells{head: p.typed(n.FirstChild()), row: p.typed(row)}
		var cells []document.Cell
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, document.Cell{Text: p.keep(document.TableBlock, p.inlines(c))})
			p.cells.column++
		}
		if _, ok := row.(*extast.TableHeader); ok {
			for _, c := range cells {
				head := ""
				for _, x := range c.Text {
					head += x.Text
				}
				t.Head = append(t.Head, head)
			}
			continue
		}
		if p.said != nil && !slices.ContainsFunc(cells, func(c document.Cell) bool { return len(c.Text) > 0 }) {
			continue // nothing of it is written
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(t.Rows) == 0 && strings.Join(t.Head, "") == "" {
		return
	}
	p.add(document.Block{Kind: document.TableBlock, Table: t})
}

// typed is the text of each cell of a row of a table, with "#" for what its slots print.
func (p *proseWriter) typed(row ast.Node) (out []string) {
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		var b strings.Builder
		_ = ast.Walk(c, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n := n.(type) {
			case *ast.Text:
				if entering {
					b.Write(n.Segment.Value(p.source))
				}
			case *ast.String:
				if entering {
					b.WriteString(unescaped(string(n.Value)))
				}
			case *slotNode:
				if entering {
					b.WriteByte('#')
				}
			}
			return ast.WalkContinue, nil
		})
		out = append(out, b.String())
	}
	return out
}

// inlines writes the text of a node with its marks.
func (p *proseWriter) inlines(n ast.Node) (out []document.Inline) {
	var at []int
	last := 0
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		last = n.Lines().At(0).Start
	}
	var walk func(n ast.Node, like document.Inline)
	walk = func(n ast.Node, like document.Inline) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			for len(at) < len(out) {
				at = append(at, last)
			}
			if t, ok := c.(*ast.Text); ok {
				last = t.Segment.Start
			}
			as := like
			switch c := c.(type) {
			case *ast.Text:
				as.Text = meant(c, p.source, as.Code)
				if c.SoftLineBreak() {
					as.Text += " "
				}
				out = append(out, as)
				if c.HardLineBreak() {
					out = append(out, document.Inline{Break: true})
				}
			case *ast.String:
				as.Text = unescaped(string(c.Value))
				out = append(out, as)
			case *ast.Emphasis:
				as.Strong, as.Emphasis = as.Strong || c.Level == 2, as.Emphasis || c.Level == 1
				walk(c, as)
			case *ast.CodeSpan:
				as.Code = true
				walk(c, as)
			case *ast.Link:
				as.Address, as.Page = outside(string(c.Destination)), within(string(c.Destination))
				walk(c, as)
			case *ast.Image:
				as.Local = string(c.Destination)
				for t := c.FirstChild(); t != nil; t = t.NextSibling() {
					if t, ok := t.(*ast.Text); ok {
						as.Text += meant(t, p.source, false)
					}
				}
				out = append(out, as)
			case *ast.AutoLink:
				as.Text, as.Address = string(c.Label(p.source)), outside(string(c.URL(p.source)))
				out = append(out, as)
			case *ast.RawHTML:
				for i := range c.Segments.Len() {
					s := c.Segments.At(i)
					as.Text += string(s.Value(p.source))
				}
				out = append(out, as)
			case *extast.FootnoteLink:
				out = append(out, document.Inline{Note: p.footnote(c.Index)})
			case *extast.FootnoteBacklink:
			case *slotNode:
				out = append(out, p.inText(c.slot, like)...)
			default:
				walk(c, as)
			}
		}
	}
	walk(n, document.Inline{})
	for len(at) < len(out) {
		at = append(at, last)
	}
	p.at = at
	return out
}

// outside keeps only addresses that lead to the web; those of this report's
// pages lead nowhere from a document.
func outside(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

// meant is a text without the signs by which Markdown writes others: a backslash
// before one, a reference such as &amp;. Code stands as it is.
func meant(t *ast.Text, source []byte, code bool) string {
	b := t.Segment.Value(source)
	if code || t.IsRaw() {
		return string(b)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b))))
}

// within keeps only addresses that lead to a page of this report.
func within(address string) string {
	if strings.Contains(address, ":") || strings.HasPrefix(address, "//") {
		return ""
	}
	return address
}

var typographic = strings.NewReplacer("&lsquo;", "‘", "&rsquo;", "’", "&ldquo;", "“", "&rdquo;", "”", "&ndash;", "–", "&mdash;", "—", "&hellip;", "…", "&laquo;", "«", "&raquo;", "»", "&amp;", "&")

// unescaped undoes the entities that the typographer puts in.
func unescaped(s string) string { return typographic.Replace(s) }

// footnote takes a footnote of the prose over.
func (p *proseWriter) footnote(index int) int {
	var text []document.Inline
	_ = ast.Walk(p.parsed, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*extast.Footnote); ok && entering && f.Index == index {
			for c := f.FirstChild(); c != nil; c = c.NextSibling() {
				text = append(text, p.keep(document.Paragraph, p.inlines(c))...)
			}
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	p.out.Notes = append(p.out.Notes, text)
	return len(p.out.Notes)
}

// numbered writes a slot inside a sentence.
func (p *printer) numbered(s slot, like document.Inline) []document.Inline {
	res, err := p.result(s)
	if err != nil {
		p.err = cmp.Or(p.err, err)
		return nil
	}
	v := p.slot(res, s.Verb)
	as, quiet := like, like
	as.Text, quiet.Quiet = v.Number.Text, true
	as.Page, as.Number, as.Says = v.Number.Href, v.Number.Href != "" && !v.Says, v.Says
	out := []document.Inline{as}
	set := func(before, text, page, after string) {
		for _, piece := range []struct{ text, page string }{{before, ""}, {text, page}, {after, ""}} {
			quiet.Text, quiet.Page = piece.text, piece.page
			out = append(out, quiet)
		}
	}
	rest := v.Interval
	if v.Coded != "" {
		rest = joined(rest, v.Coded)
	}
	switch {
	case v.Range != "":
		text := "range " + v.Range
		if v.Asked != "" {
			text += ", " + v.Asked
		}
		end := "]"
		if rest != "" {
			end = "; " + rest + "]"
		}
		set(" [", text, v.AskedAt, end)
	case rest != "":
		set(" [", rest, "", "]")
	}
	if core := prose.Core(*res); v.Says && core != "" {
		// What opens the evidence is the number of the sentence, not all of it.
		before, after, _ := strings.Cut(v.Number.Text, core)
		lead, rest := like, like
		lead.Text, out[0].Text, rest.Text = before, core, after
		out = append([]document.Inline{lead, out[0], rest}, out[1:]...)
	}
	if s.Verb == "label" || slices.Contains(verbForms, s.Verb) {
		return out
	}
	return append(out, document.Inline{Note: p.note(res), Evidence: true})
}

// How many people a note names, and how many it quotes; that of a row of a table
// names each with the page, since a table of many rows has a note for each.
const (
	namedInNote  = 12
	quotedInNote = 2
)

// rowNote says whom a row of a table counts, each with a page that shows it.
func (p *printer) rowNote(res *recount.Result) int {
	if n := p.noted[res]; n > 0 {
		return n
	}
	e := p.evidence[res]
	counted := e.Items[:min(len(e.Items), len(res.Cases))]
	var names []string
	for _, it := range counted[:min(len(counted), namedInNote)] {
		name := it.Title
		if len(it.Cites) > 0 {
			y := ownWords(it.Cites)
			if y.Called != "" {
				name += " (there " + y.Called + ")"
			}
			name += fmt.Sprintf(" [S%d]", p.cites(y.Article))
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return p.note(res)
	}
	text := sentence(e.Label) + ": " + strings.Join(names, "; ")
	if more := len(counted) - len(names); more > 0 {
		text += "; and " + prose.Plural(more, "other", "others")
	}
	return p.noteText(res, text+".")
}

// noteText adds a note.
func (p *printer) noteText(res *recount.Result, text string) int {
	p.out.Notes = append(p.out.Notes, document.Plain(text))
	p.noted[res] = len(p.out.Notes)
	return len(p.out.Notes)
}

// note says whom a number counts. A number that stands twice has one note.
func (p *printer) note(res *recount.Result) int {
	if n := p.noted[res]; n > 0 {
		return n
	}
	e := p.evidence[res]
	counted := e.Items
	if len(res.Cases) < len(counted) && res.Ratio == nil {
		counted = counted[:len(res.Cases)] // the rest of the whole comes after them
	}
	text := sentence(e.Label) + ": " + e.Number + "."
	var names []string
	most := namedInNote
	if p.t.Kind == "brief" { // of one sheet
		most = namedInNote / 2
	}
	for _, it := range counted[:min(len(counted), most)] {
		names = append(names, it.Title)
	}
	if len(names) > 0 {
		text += " " + strings.Join(names, "; ")
		if more := len(counted) - len(names); more > 0 {
			text += "; and " + prose.Plural(more, "other", "others")
		}
		text = strings.TrimSuffix(text, ".") + "."
	} else {
		text += " Nobody is counted here."
	}
	quoted := map[string]bool{}
	for _, it := range counted {
		if len(quoted) == quotedInNote || p.t.Kind == "brief" { // of one sheet; `+"`said`"+` has the words
			break
		}
		if len(it.Cites) == 0 {
			continue
		}
		y := ownWords(it.Cites)
		if said := p.quote(it.beside(y), y); !quoted[said] {
			quoted[said] = true
			text += " " + said
		}
	}
	return p.noteText(res, text)
}

// ownWords chooses what a note quotes of a person: words that the person said,
// those that carry what is counted before others, before a sentence that states
// a value, before one that only names the person, which may be somebody else's.
func ownWords(cites []Citation) Citation {
	for _, l := range []Layer{StatementLayer, ValueLayer} {
		for _, c := range cites {
			if c.Place.Layer == l {
				return c
			}
		}
	}
	return cites[0]
}

// quote writes a cited sentence with its source.
func (p *printer) quote(who string, c Citation) string {
	q := p.x.Quote(c, "")
	var b strings.Builder
	for _, r := range q.Runs {
		b.WriteString(r.Text)
	}
	said := strings.Join(strings.Fields(b.String()), " ")
	return fmt.Sprintf("%s: %s [S%d]", who, said, p.cites(c.Article))
}

// cites numbers a page in the list of sources.
func (p *printer) cites(a *recount.Article) int {
	if n := p.sources[a.Key]; n > 0 {
		return n
	}
	p.pages = append(p.pages, a)
	p.sources[a.Key] = p.listed + len(p.pages)
	return p.sources[a.Key]
}

// unread says how many archived pages nobody read yet; nil if there is none.
func (x *Index) unread() []document.Inline {
	n := len(x.Unread)
	if n == 0 {
		return nil
	}
	on := "them"
	if n == 1 {
		on = "it"
	}
	return []document.Inline{{Text: prose.Plural(n, "archived page was", "archived pages were") + " not read yet", Strong: true}, plain(", and no number and no range holds what is on " + on + ". ")}
}

// noQuestion is said where no question moves a number: of what people decided
// nothing is open, which is not all where speakers are left whom nobody judged.
func (r *study) noQuestion() []document.Inline {
	if r.x.Unjudged == 0 && len(r.movedByReprints()) > 0 {
		return document.Plain("Besides whether pages are reprints, no open question moves a number.")
	}
	if r.x.Unjudged == 0 {
		return document.Plain("No open question moves a number.")
	}
	return append(document.Plain("No question that is open moves a number, but not everybody was judged. "), r.unjudged()...)
}

// unjudged says how many speakers nobody judged, what that may change and where
// they are judged.
func (r *study) unjudged() []document.Inline {
	n, rest := unjudged(r.x.Unjudged)
	return []document.Inline{{Text: n, Strong: true}, plain(rest + " The workbench asks about them one by one.")}
}

func unjudged(n int) (many, rest string) {
	each := "Each"
	if n == 1 {
		each = "That one"
	}
	return prose.Plural(n, "speaker was", "speakers were") + " read of whom nobody has said whether they count.", " " + each + " may count and so move every number here, and no range holds that."
}

// Unjudged says how many speakers nobody judged, and what that may change.
func Unjudged(n int) string {
	many, rest := unjudged(n)
	return many + rest
}

// drawn writes a slot on a line of its own.
func (p *printer) drawn(s slot) {
	add := func(b []document.Block) { p.out.Blocks = append(p.out.Blocks, b...) }
	if sections[s.Verb] != nil {
		add(p.sections[s.Verb])
		return
	}
	if s.Verb == "questions" {
		p.questioned = true
		add(p.questions(3))
		return
	}
	res, err := p.result(s)
	if err != nil {
		p.err = cmp.Or(p.err, err)
		return
	}
	if s.Verb == "beside" {
		add(p.beside(res, p.note(res)))
		return
	}
	if s.Verb == "table" || len(res.Rows) == 0 {
		add(p.resultTable(res, false))
		return
	}
	c := p.chart(res, s.Verb)
	picture, err := c.Picture()
	if err != nil {
		p.err = cmp.Or(p.err, err)
		return
	}
	picture.Title = sentence(c.Title)
	var both blocks
	both.add(document.Block{Kind: document.PictureBlock, Picture: picture})
	if left := p.notDrawn(res, c); left != nil {
		both.add(document.Block{Kind: document.Paragraph, Style: "footnote", Text: left, Site: true})
	}
	both.add(document.Block{Kind: document.Fold, Style: "same", Label: "The same as a table", Blocks: p.resultTable(res, c.Legend() != "")})
	p.add(document.Block{Kind: document.Section, Style: "drawn " + c.Kind, Blocks: both})
}

// notDrawn says which rows of a result a drawing leaves out, and who stands in none;
// nil if it says all.
func (p *printer) notDrawn(res *recount.Result, c *chart.Chart) (out []document.Inline) {
	v := p.table(res)
	for i, row := range v.Rows {
		if c.Has(p.evidence[&res.Rows[i]].Path()) {
			continue
		}
		if out == nil {
			out = document.Plain("Not drawn, being of another whole: ")
			if v.Two {
				out = document.Plain("Drawn are parts of the people who were coded. Not drawn, being of another whole: ")
			}
		} else {
			out = append(out, plain("; "))
		}
		out = append(out, plain(row.Label+", "), inline(row.Number), plain(strings.TrimRight(" "+row.Base, " ")))
	}
	if out != nil {
		out = append(out, plain(". "))
	}
	if v.Unread > 0 && p.t.Kind != "brief" { // of one sheet, which says it at its head
		out = append(out, plain(unreadText(v.Unread)))
	}
	return out
}

// unreadText says of a table or a drawing who stands in none of its rows.
func unreadText(n int) string {
	return prose.Plural(n, "speaker is", "speakers are") + " machine-read and not yet looked at; they stand in no row."
}

// resultTable writes the rows of a result; drawn tells that ranges were drawn
// above it.
func (p *printer) resultTable(res *recount.Result, drawn bool) []document.Block {
	var out blocks
	v := p.table(res)
	g := newGrid(sentence(v.Title), "")
	column := func(head string, numeric bool) {
		g.Head, g.Numeric = append(g.Head, head), append(g.Numeric, numeric)
	}
	if g.Style = "result"; v.Cross != nil {
		g.Style = "result cross"
		for _, c := range v.Cross {
			column(c, true)
		}
		column("all", true)
	} else {
		column(map[bool]string{true: "accepted", false: prose.Nouns(res.Unit)}[v.HasMachine], true)
		if v.Two {
			column("share of those coded", true)
			column("share of all", true)
		} else if v.HasShare {
			column("share", true)
		}
		if v.HasRange {
			column("range", false)
		}
		if v.HasInterval {
			column("interval", false)
		}
		if v.HasMachine {
			column("machine-read, not yet looked at", true)
		}
	}
	for i, row := range v.Rows {
		cells := []any{document.Cell{Text: document.Plain(row.Label), Deep: row.Deep}}
		number := func(l link, moves string) []document.Inline {
			text := []document.Inline{inline(l)}
			if moves != "" {
				text = append(text, document.Inline{Text: " [" + moves + "]", Quiet: true})
			}
			return text
		}
		of := number(row.Number, "")
		if v.Cross != nil {
			for _, c := range row.Cells {
				cells = append(cells, number(c.Number, c.Range))
			}
			of = number(row.Number, row.Moves)
		}
		if row.Base != "" {
			of = append(of, document.Inline{Text: " " + row.Base, Quiet: true})
		}
		if row.Number.N > 0 && !p.bare { // nobody is behind a zero
			of = append(of, document.Inline{Note: p.rowNote(&res.Rows[i]), Evidence: true})
		}
		cells = append(cells, of)
		if v.Cross == nil {
			if v.HasShare || v.Two {
				cells = append(cells, row.Share)
			}
			if v.Two {
				cells = append(cells, row.OfAll)
			}
			if v.HasRange {
				var text []document.Inline
				for j, s := range row.Range {
					if j > 0 {
						text[len(text)-1].Text += ", "
						text = append(text, document.Inline{Break: true})
					}
					text = append(text, document.Inline{Text: s})
				}
				cells = append(cells, document.Cell{Text: text, Style: "ranges"})
			}
			if v.HasInterval {
				cells = append(cells, document.Cell{Text: document.Plain(row.Interval), Style: "quiet"})
			}
			if v.HasMachine {
				cells = append(cells, strconv.Itoa(row.Machine))
			}
		}
		g.row(cells...)
	}
	out.table(g)
	note := ""
	if v.Note != "" {
		note += inSentences(v.Note) + " "
	}
	if v.Unread > 0 {
		note += unreadText(v.Unread)
	}
	var text []document.Inline
	if drawn {
		line := quiet("The thin line in the drawing is the range. ")
		line.Drawn = true
		text = append(text, line)
	}
	if note != "" {
		text = append(text, quiet(strings.TrimSpace(note)))
	}
	if len(text) > 0 {
		out.styled("footnote", text...)
	}
	return out
}

// inSentences writes remarks that stand one behind another as sentences.
func inSentences(remarks string) string {
	var out []string
	for _, r := range strings.Split(remarks, "; ") {
		if r = capital(strings.TrimSpace(r)); r != "" {
			out = append(out, strings.TrimSuffix(r, ".")+".")
		}
	}
	return strings.Join(out, " ")
}

// AcceptedOnly is said of every number.
const AcceptedOnly = "No statement, code, value or person enters a count before somebody accepts it; names, kinds and genders of people are as the program read them until somebody corrects them. What the program misses is in none of them."

// Documented is said of every number of people.
const Documented = "These numbers are of people whom the coverage documents. They are no estimate of how many there were."

// codes lists the codes with what a coder was told.
func (r *study) codes() []document.Block {
	var facts blocks
	for _, c := range r.x.Codebook.Codes {
		text := []document.Inline{plain(c.Definition)}
		for _, x := range []struct{ name, text string }{{" Use when: ", c.UseWhen}, {" Not when: ", c.DoNotUse}, {" Example: ", c.Example}} {
			if x.text != "" {
				text = append(text, document.Inline{Text: x.name, Emphasis: true}, plain(x.text))
			}
		}
		facts.add(document.Block{Kind: document.Fact, Text: []document.Inline{{Text: c.Code, Code: true}, plain(strings.TrimRight(" "+strings.TrimSuffix(c.Short, "."), " "))}, Blocks: []document.Block{para(text...)}})
	}
	return []document.Block{{Kind: document.Facts, Style: "codes", Blocks: facts}}
}

// method says how the study was counted.
func (r *study) method() []document.Block {
	m := r.x.Material
	var facts blocks
	fact := func(name string, text ...document.Inline) { facts.fact(name, para(text...)) }
	list := func(name string, first string, points []string) {
		what := blocks{para(plain(first))}
		if first == "" {
			what = nil
		}
		for _, s := range points {
			what.point(plain(s))
		}
		facts.fact(name, what...)
	}
	fact("Pages", inline(r.Captures), plain(" archived, "), inline(r.Pages), plain(" "+r.Pages.Noun("article", "articles")+", "), inline(r.Originals), plain(" independent "+r.Originals.Noun("original", "originals")+", "),
		inline(r.Reprints), plain(" "+r.Reprints.Noun("reprint", "reprints")+", "), inline(r.Spliced), plain(" put together from others"))
	var kinds []string
	decided := 0
	for _, k := range decisionKinds {
		if n := r.x.Decisions[k]; n > 0 {
			kinds = append(kinds, prose.Decision(k)+": "+prose.Grouped(n))
		}
	}
	for _, n := range r.x.Decisions {
		decided += n
	}
	holds := prose.Grouped(decided) + " that hold"
	if m.Log != "" {
		holds += ", hash " + m.Log
	}
	list("Decisions", strings.TrimSpace(holds+". "+r.Given()), kinds)
	fact("Statements", plain(prose.Plural(m.Accepted, "was accepted from a suggestion", "were accepted from suggestions")+", "+prose.Plural(m.TypedIn, "was typed in", "were typed in")+" by a person. Who counts, who is one person and which codes apply was answered by people. Names, kinds and genders are as the texts were read unless a person corrected them."))
	fact("People", plain("A person is counted once, however many articles speak of them: speakers whom somebody decided to be the same, of whom one at least counts."))
	fact("Range", plain("The smallest and the largest value over all consistent answers to the open questions. It is no interval. Cells of one table need not be attainable together."))
	if m.Census {
		fact("Intervals", plain("None on counts and shares: the study counts all that the coverage holds, not a sample of it. A comparison of two periods carries an exact one, and a trend an exact test: they ask whether chance alone would do, if people came into the news at one rate."))
	} else {
		fact("Intervals", plain("Named beside each: the study is a sample."))
	}
	if len(m.Scope) > 0 {
		list("Who counts", "", m.Scope)
	}
	if rules := r.RuleRows(); len(rules) > 0 {
		list("Rules", "", rules)
	} else {
		fact("Rules", plain("None is on."))
	}
	if len(m.Codebook.Codes) > 0 {
		fact("Codebook", plain(capital(strings.TrimPrefix(fmt.Sprintf("%s, version %d, %s", m.Codebook.Title, m.Codebook.Version, prose.Plural(len(m.Codebook.Codes), "code", "codes")), ", "))))
	}
	little := 0
	for _, a := range m.Articles {
		if a.Care() != "" {
			little++
		}
	}
	if little > 0 {
		fact("Read with care", plain(fmt.Sprintf("%s less than half of the running text on the page: whoever speaks in the rest is missing, and what was read there got half of its probability.", prose.Plural(little, "article holds", "articles hold"))))
	}
	if r.Miss.Share != "" {
		fact("What the program missed", inline(r.Miss.Missed), plain(" of "), inline(r.Miss.Statements), plain(fmt.Sprintf(" statements on pages drawn at random and read to the end (%s; %s).", r.Miss.Share, r.Miss.Interval)))
	}
	if l := &r.Miss.Links; l.Compared.Href != "" {
		fact("Who may be counted twice", inline(l.Compared), plain(fmt.Sprintf(" of %s pairs of people whom nothing suggests to be one were drawn at random and compared; ", l.Pairs)), inline(l.Same),
			plain(fmt.Sprintf(" are one person, or may be, so %s to %s of all these pairs are (%s of them).", l.Low, l.High, l.Share)))
	}
	if len(m.Findings) > 0 {
		var look []string
		for _, f := range m.Findings {
			look = append(look, f.What+": "+f.Text)
		}
		list("To look at", "", look)
	}
	fact("Program", plain(m.Program))
	fact("As of", plain(prose.Dates(m.AsOf)+" UTC, the newest decision or archived page"))
	return []document.Block{{Kind: document.Facts, Blocks: facts}}
}

// further lists the pages that the notes cite and the list of sources leaves out.
func (p *printer) further() []document.Block {
	if len(p.pages) == 0 {
		return nil
	}
	var out blocks
	out.heading(2, "Further sources")
	out.say(plain("Pages that the notes cite and the list of sources leaves out, each with the SHA-256 of its archived bytes."))
	for i, a := range p.pages {
		out.add(document.Block{Kind: document.ListItem, Level: 1, Number: fmt.Sprintf("S%d.", p.listed+i+1), Text: p.study.source(a)})
	}
	return out
}
