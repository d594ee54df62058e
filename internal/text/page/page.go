// Package page reads bytes as a web page: decodes them, parses the HTML, cuts
// it into pieces of text and says where each stands and what the markup around
// it says it is for.
//
// In: bytes. Out: UTF-8, a tree, pieces with paths that lead back to them.
// Limits: see Parse; elements are looked at up to Glance nodes deep where the
// time would otherwise grow with the square of the page.
package page

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Glance is how many nodes under an element are looked at to learn what it is,
// so that elements nested in each other cannot make a page slow.
const Glance = 500

// maxNodes is the largest page that is read, in nodes of its tree.
const maxNodes = 200_000

// Parse returns the tree of a page as a browser with scripts builds it. The
// error says in plain words why the page is refused.
func Parse(src string) (*html.Node, error) {
	src = Lean(src)
	if cost(src) > maxCost {
		return nil, Refuse("HTML with so much formatting left open that its tree would not fit", "save the page again from a browser")
	}
	doc, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return nil, Refuse("HTML nested too deeply to be a page", "save the page again from a browser")
	}
	n := 0
	for range doc.Descendants() {
		if n++; n > maxNodes {
			return nil, Refuse("HTML of more than "+strconv.Itoa(maxNodes)+" nodes", "save the article alone, without the list around it")
		}
	}
	return doc, nil
}

// longData is the length from which a data: address is cut, in bytes. Shorter
// ones are kept, because there may be thousands.
const longData = 512

// Lean returns a page without the bytes of the pictures, fonts and frames that
// a browser wrote into it as data: addresses, which can be many times the page
// itself. Each is cut to its media type; the tree and its paths stay the same.
func Lean(src string) string {
	var b strings.Builder
	kept := 0
	for at := 0; at < len(src); {
		i := strings.Index(src[at:], "data:")
		if i < 0 {
			break
		}
		i += at
		at = i + len("data:")
		comma := strings.IndexByte(src[at:min(len(src), at+200)], ',')
		if comma < 0 || strings.ContainsAny(src[at:at+comma], "\"'<> \n{}") {
			continue
		}
		start := at + comma + 1
		end := start
		for end < len(src) && !dataEnds(src[end]) {
			end++
		}
		at = end
		if end-start < longData {
			continue
		}
		b.WriteString(src[kept:start])
		kept = end
	}
	if kept == 0 {
		return src
	}
	b.WriteString(src[kept:])
	return b.String()
}

// dataEnds reports whether c cannot stand inside a data: address.
func dataEnds(c byte) bool {
	switch c {
	case '"', '\'', '<', '>', ')', ' ', '\t', '\n', '\r', '\\':
		return true
	}
	return false
}

// Attr returns the value of an attribute, or "".
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// Names returns the class and id of an element in lower case.
func Names(n *html.Node) string {
	var c, i string
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			c = a.Val
		case "id":
			i = a.Val
		}
	}
	if c == "" && i == "" {
		return ""
	}
	return strings.ToLower(c[:min(len(c), 300)] + " " + i[:min(len(i), 300)])
}

// blockLevel lists the elements that begin and end a paragraph. Everything
// else, unknown elements among it, is inline.
var blockLevel = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true,
	atom.Caption: true, atom.Center: true, atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Dir: true,
	atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true,
	atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Header: true, atom.Hgroup: true, atom.Hr: true, atom.Html: true, atom.Legend: true,
	atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true,
	atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true,
	atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

// BlockLevel reports whether an element begins and ends a paragraph.
func BlockLevel(n *html.Node) bool { return blockLevel[n.DataAtom] }

// Boxed reports whether an element is a box inside a page and not the article
// itself or a paragraph of it.
func Boxed(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Aside, atom.Ul, atom.Ol, atom.Dl, atom.Li, atom.Figure, atom.Table:
		return true
	case atom.Div, atom.Section, atom.Td, atom.Blockquote:
		return !Prosaic(n)
	}
	return false
}

// Prosaic reports whether an element holds a paragraph of some length, or
// several of less.
func Prosaic(n *html.Node) bool {
	seen, some := 0, 0
	for k := range n.Descendants() {
		if seen++; seen > Glance {
			return true
		}
		if k.Type != html.TextNode || len(k.Data) <= 80 {
			continue
		}
		if some++; some >= 3 || len(k.Data) > 250 {
			return true
		}
	}
	return false
}

// Unread reports whether the content of an element is no text of the page.
func Unread(n *html.Node) bool { return unread[n.DataAtom] }

// unread lists the elements whose content is no text of the page.
var unread = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true,
	atom.Object: true, atom.Embed: true, atom.Svg: true, atom.Math: true, atom.Canvas: true, atom.Audio: true,
	atom.Video: true, atom.Select: true, atom.Textarea: true, atom.Button: true, atom.Input: true, atom.Map: true,
	atom.Title: true, atom.Applet: true, atom.Noframes: true, atom.Noembed: true, atom.Datalist: true, atom.Xmp: true,
	atom.Img: true, atom.Picture: true, atom.Source: true, atom.Link: true, atom.Meta: true, atom.Rp: true, atom.Rt: true,
}

// A Piece is one run of text in a page: a paragraph, a heading, a list item,
// or the part of one between two breaks.
type Piece struct {
	At    *html.Node // the block-level element that holds it
	Run   int        // its number among the pieces of At, from 1
	Text  string     // white space collapsed
	Links int        // bytes of text inside links
}

// Pieces cuts the tree under root into pieces, in order of the page.
func Pieces(root *html.Node) []Piece {
	c := cutter{runs: map[*html.Node]int{}}
	c.walk(root, root, false)
	c.flush()
	return c.out
}

type cutter struct {
	out    []Piece
	buf    strings.Builder
	holder *html.Node // of what is in buf
	space  bool       // white space is owed before the next letter
	row    *html.Node // the row of data that the walk is in or was last in
	breaks int        // br elements since the last letter
	links  int
	inLink bool               // the last letter was inside a link
	runs   map[*html.Node]int // pieces so far of each element
}

// walk adds what n holds; block is the innermost block-level element around it.
func (c *cutter) walk(n, block *html.Node, link bool) {
	switch n.Type {
	case html.TextNode:
		if block != nil && block.DataAtom == atom.Pre {
			c.lines(n.Data, block, link)
			return
		}
		c.add(n.Data, block, link)
		return
	case html.ElementNode:
		if n.DataAtom == atom.Svg {
			c.drawn(n)
			return
		}
		if unread[n.DataAtom] {
			return
		}
		if n.DataAtom == atom.Br {
			c.breaks++
			c.space = true
			return
		}
		if n != block && hiddenInline(n) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	isBlock := n.Type == html.ElementNode && (blockLevel[n.DataAtom] || Custom(n))
	if (n.DataAtom == atom.Td || n.DataAtom == atom.Th) && n != block && n.Parent != nil && n.Parent == c.row {
		isBlock = false
		c.space = true
	}
	if n.DataAtom == atom.Tr && dataRow(n) {
		c.row = n
	}
	if isBlock && n != block {
		c.flush()
		block = n
	}
	link = link || n.DataAtom == atom.A
	apart := isBlock && setApart(n)
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.DataAtom == atom.Span && (apart || glued(k)) {
			c.breaks += 2
		}
		c.walk(k, block, link)
	}
	if isBlock {
		c.flush()
	}
}

// drawn adds the paragraphs that stand in a drawing.
func (c *cutter) drawn(svg *html.Node) {
	seen := 0
	for n := range svg.Descendants() {
		if seen++; seen > Glance {
			return
		}
		if n.Type == html.ElementNode && n.Data == "foreignObject" && len(TextOf(n)) >= leastCustom {
			c.flush()
			for k := n.FirstChild; k != nil; k = k.NextSibling {
				c.walk(k, n, false)
			}
			c.flush()
		}
	}
}

// leastCustom is the shortest text of a paragraph in an element that HTML does not
// know, in bytes.
const leastCustom = 40

// Custom reports whether an element that HTML does not know, such as x-para, holds a
// paragraph: a sentence of some length, with no text beside it in the element
// around it, which is none that holds a line.
func Custom(n *html.Node) bool {
	if n.Type != html.ElementNode || n.DataAtom != 0 || n.Namespace != "" || !strings.Contains(n.Data, "-") || n.Parent == nil {
		return false
	}
	switch n.Parent.DataAtom {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Span, atom.A, atom.Li, atom.Td, atom.Em, atom.Strong, atom.B, atom.I, atom.Button, atom.Label:
		return false
	}
	for _, k := range [...]*html.Node{n.PrevSibling, n.NextSibling} {
		if k != nil && k.Type == html.TextNode && strings.TrimSpace(k.Data) != "" {
			return false
		}
	}
	if customProse(n) {
		return true
	}
	// A short one beside others of its kind.
	if text := TextOf(n); text == "" || len(text) >= leastCustom || !Ended(text) {
		return false
	}
	for _, next := range [...]func(*html.Node) *html.Node{func(k *html.Node) *html.Node { return k.PrevSibling }, func(k *html.Node) *html.Node { return k.NextSibling }} {
		for k, seen := next(n), 0; k != nil && seen < 4; k, seen = next(k), seen+1 {
			if k.Type == html.ElementNode && k.Data == n.Data && customProse(k) {
				return true
			}
		}
	}
	return false
}

// customProse reports whether an element holds a sentence of some length, or several.
func customProse(n *html.Node) bool {
	seen, text := 0, 0
	last := ""
	for k := range n.Descendants() {
		if seen++; seen > Glance || text > 4*leastCustom {
			return text >= leastCustom
		}
		if k.Type == html.TextNode && strings.TrimSpace(k.Data) != "" {
			last = strings.TrimSpace(k.Data)
			text += len(last)
		}
	}
	return text >= leastCustom && Ended(last)
}

// setApart reports whether an element holds nothing but short spans, each of a
// class of its own and with no word between them: a style sheet sets them
// apart, as name, day and section.
func setApart(n *html.Node) bool {
	classes := map[string]bool{}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.Type == html.TextNode && strings.TrimSpace(k.Data) == "", k.Type == html.CommentNode:
			continue
		case k.Type != html.ElementNode || k.DataAtom != atom.Span || k.FirstChild == nil || k.FirstChild != k.LastChild || k.FirstChild.Type != html.TextNode:
			return false
		}
		class, words := Attr(k, "class"), strings.TrimSpace(k.FirstChild.Data)
		if class == "" || classes[class] || len(words) < 3 || len(words) > 150 || strings.HasSuffix(words, ":") {
			return false
		}
		classes[class] = true
	}
	return len(classes) >= 2
}

// glued reports whether a span follows another without a space between their
// words, each of them more than a word: "Ada Brunn" and "3 days ago".
func glued(n *html.Node) bool {
	before := n.PrevSibling
	if before == nil || before.DataAtom != atom.Span {
		return false
	}
	a, b := TextOf(before), TextOf(n)
	if len(a) < 6 || len(b) < 3 || len(a)+len(b) > 250 || !strings.Contains(a, " ") && !strings.Contains(b, " ") || spaced(before.LastChild, true) || spaced(n.FirstChild, false) {
		return false
	}
	last, first := LastRune(a), firstRune(b)
	return (unicode.IsLetter(last) || unicode.IsDigit(last)) && (unicode.IsDigit(first) || unicode.IsLetter(first) && !unicode.IsLower(first))
}

// spaced reports whether a text begins, or ends, with white space.
func spaced(n *html.Node, end bool) bool {
	if n == nil || n.Type != html.TextNode {
		return false
	}
	if end {
		return strings.TrimRight(n.Data, " \t\r\n") != n.Data
	}
	return strings.TrimLeft(n.Data, " \t\r\n") != n.Data
}

// hiddenInline reports whether n is an inline element with a list of links
// folded away inside it, as some outlets put behind a name in a sentence.
func hiddenInline(n *html.Node) bool {
	if blockLevel[n.DataAtom] || n.DataAtom == atom.A || n.FirstChild == nil {
		return false
	}
	if style := Attr(n, "style"); style != "" {
		s := strings.ReplaceAll(strings.ToLower(style), " ", "")
		if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
			return true
		}
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	return foldedLinks(n)
}

// foldedLinks reports whether n, an inline element behind a name in a
// sentence, holds nothing but several links or a list of them.
func foldedLinks(n *html.Node) bool {
	if n.DataAtom != atom.Span || n.PrevSibling == nil {
		return false
	}
	behind := n.PrevSibling.DataAtom == atom.A
	links, seen, list := 0, 0, false
	for k := range n.Descendants() {
		seen++
		switch {
		case seen > Glance:
			return false
		case k.DataAtom == atom.Ul || k.DataAtom == atom.Ol:
			list = true
		case k.DataAtom == atom.A:
			links++
		case k.DataAtom == atom.P:
			return false
		case k.Type == html.TextNode && strings.TrimSpace(k.Data) != "" && !Inside(k, atom.A, n):
			return false
		}
	}
	return links >= 2 && (list || behind)
}

// dataRow reports whether a row of a table is one line of data: several cells
// without paragraphs in them.
func dataRow(tr *html.Node) bool {
	cells := 0
	for k := range tr.Descendants() {
		switch {
		case k.DataAtom == atom.Td || k.DataAtom == atom.Th:
			cells++
		case k.DataAtom == atom.Br, k.Type == html.ElementNode && blockLevel[k.DataAtom],
			k.Type == html.TextNode && len(k.Data) > 200:
			return false
		}
	}
	return cells >= 2
}

// Inside reports whether an element of kind a lies between n and top.
func Inside(n *html.Node, a atom.Atom, top *html.Node) bool {
	for ; n != nil && n != top; n = n.Parent {
		if n.DataAtom == a {
			return true
		}
	}
	return false
}

// lines adds text that is set as it was typed: an empty line, or one that is
// set in, begins a paragraph.
func (c *cutter) lines(s string, block *html.Node, link bool) {
	all := strings.Split(s, "\n")
	longest := 0
	for _, l := range all {
		longest = max(longest, utf8.RuneCountInString(strings.TrimSpace(l)))
	}
	for i, l := range all {
		if i > 0 {
			c.space = true
			before := strings.TrimSpace(all[i-1])
			first, _ := utf8.DecodeRuneInString(strings.TrimSpace(l))
			switch {
			case strings.TrimSpace(l) == "" || strings.HasPrefix(l, "   ") && Ended(c.buf.String()) || strings.HasPrefix(l, "\t"):
				c.breaks += 2
			case longest >= 40 && utf8.RuneCountInString(before)*2 < longest && before != "" && !Ended(before) && !unicode.IsLower(first):
				c.breaks += 2 // lines of a head: the first could have held the next one's words
			}
		}
		c.add(l, block, link)
	}
}

func (c *cutter) add(s string, block *html.Node, link bool) {
	for _, r := range s {
		if white(r) {
			c.space = true
			continue
		}
		if unseen(r) {
			continue
		}
		if c.buf.Len() > 0 && c.breaks > 0 && (c.breaks > 1 || !unicode.IsLower(r) || c.buf.Len() < 60 || Ended(c.buf.String())) {
			c.flush()
		}
		if c.buf.Len() == 0 {
			c.holder = block
		} else if c.space {
			c.buf.WriteByte(' ')
			if link && c.inLink {
				c.links++
			}
		}
		c.inLink = link
		c.space, c.breaks = false, 0
		n, _ := c.buf.WriteRune(r)
		if link {
			c.links += n
		}
	}
}

// Ended reports whether s ends as a sentence does. A single line break in the
// middle of a sentence, after a line of some length, is a hard wrap, not a new
// paragraph.
func Ended(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]」』）")
	return s == "" || strings.ContainsRune(".!?:;…。！？", LastRune(s))
}

// LastRune returns the last character of s.
func LastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// Wrapped reports whether the lines of one block of plain text, without empty
// lines, are a paragraph that was broken at a column, however narrow: no line
// but the last ends as a sentence does and the next begins with a small letter,
// at most of the breaks.
func Wrapped(block []string) bool {
	if len(block) < 2 || !Ended(block[len(block)-1]) {
		return false
	}
	longest, full := 0, 0
	for _, l := range block {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	if longest > 100 || longest < 30 {
		return false
	}
	breaks, small := 0, 0
	for i, l := range block[:len(block)-1] {
		if utf8.RuneCountInString(l)*10 >= longest*6 {
			full++
		}
		if Ended(l) {
			continue
		}
		breaks++
		first, _ := utf8.DecodeRuneInString(block[i+1])
		if unicode.IsLower(first) || unicode.IsDigit(first) {
			small++
		}
	}
	n := len(block) - 1
	return breaks*10 >= n*6 && small*10 >= breaks*4 && full*10 >= n*7
}

// flush ends the piece that is being collected.
func (c *cutter) flush() {
	if c.buf.Len() > 0 {
		c.runs[c.holder]++
		t := c.buf.String()
		c.out = append(c.out, Piece{At: c.holder, Run: c.runs[c.holder], Text: t, Links: c.links})
	}
	c.buf.Reset()
	c.space, c.breaks, c.links = false, 0, 0
}

// TextOf returns the text under n, at most about 2,000 bytes.
func TextOf(n *html.Node) string {
	var c cutter
	seen := 0
	for k := range n.Descendants() {
		if seen++; seen > 10*Glance {
			break
		}
		if k.Type == html.TextNode && !unread[k.Parent.DataAtom] || k.Type == html.TextNode && k.Parent == n {
			c.add(k.Data, n, false)
			if c.buf.Len() > 2000 {
				break
			}
		} else if k.Type == html.ElementNode && (blockLevel[k.DataAtom] || k.DataAtom == atom.Br || ownLine(k)) {
			c.space = true
		}
	}
	return c.buf.String()
}

// ownLine reports whether the element's own style sets it on a line of its own.
func ownLine(n *html.Node) bool {
	if len(n.Attr) == 0 {
		return false
	}
	style := Attr(n, "style")
	return style != "" && strings.Contains(strings.ReplaceAll(strings.ToLower(style), " ", ""), "display:block")
}

// Tidy collapses white space and drops characters that cannot be seen.
func Tidy(s string) string {
	if tidy(s) {
		return s // most lines
	}
	var c cutter
	c.buf.Grow(len(s))
	c.add(s, nil, false)
	return c.buf.String()
}

// tidy reports whether s has single spaces between its words and nothing else
// that is collapsed or dropped.
func tidy(s string) bool {
	space := true
	for _, r := range s {
		switch {
		case r == ' ' && space, r != ' ' && white(r), unseen(r), r == utf8.RuneError:
			return false
		}
		space = r == ' '
	}
	return !space || s == ""
}

// white reports whether r is white space that collapses.
func white(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', '\v', '\u00a0', '\u2028', '\u2029', '\u0085', '\u2007', '\u202f', '\u3000',
		'\u1680', '\u2000', '\u2001', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006', '\u2008', '\u2009', '\u200a', '\u205f':
		return true
	}
	return false
}

// unseen reports whether r is dropped because nobody sees it.
func unseen(r rune) bool {
	switch r {
	case '\u00ad', '\ufeff', '\u200b', '\u200e', '\u200f', 0:
		return true
	}
	return false
}

// Around returns the block-level element around n.
func Around(n *html.Node) *html.Node {
	for n != nil && n.Parent != nil {
		if n = n.Parent; blockLevel[n.DataAtom] {
			break
		}
	}
	return n
}
