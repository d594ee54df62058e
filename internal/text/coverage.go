package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"

	"recount/internal/text/page"
)

// A coverage is how much of the running text that a reader sees on a page the
// article holds.
type coverage struct {
	held, all int // letters
	first     int // number of the first piece that it does not hold, -1 if none
	lead      int // letters of it that stand before the article
}

// thousandths is the share that the article holds.
func (c coverage) thousandths() int {
	if c.all == 0 {
		return 1000
	}
	return c.held * 1000 / c.all
}

// Bounds of the coverage, in thousandths and in letters.
const (
	poorShare = 500 // below it the reader is told
	leastText = 400 // of running text, below it a page says nothing about itself
)

// running reports whether a piece is running text that a reader sees: sentences
// that are no list of links, outside of what the markup says is something else.
func running(r *reading) bool {
	if !r.sealed || r.linked >= 300 || isHeading(r.At) || promotion(*r) || payment(r.Text) || rights(r.Text) {
		return false
	}
	switch r.zone {
	case page.Chrome, page.Comments, page.Related, page.Hidden, page.Captioned, page.Pulled:
		return false
	}
	return r.letters >= 60 || r.letters >= 20 && wide(r.Text)
}

// wide reports whether a text is written in a script of which each letter is a
// word or a syllable.
func wide(s string) bool { return len(s) >= 3*utf8.RuneCountInString(s)-20 }

func covers(rs []reading, kept []recount.Role, hidden map[*html.Node]bool) coverage {
	c := coverage{first: -1}
	begun := false
	above := map[*html.Node]bool{} // elements with something of the article in them
	for i := range rs {
		if kept[i] == recount.Body {
			for n := rs[i].At; n != nil && !above[n]; n = n.Parent {
				above[n] = true
			}
		}
	}
	teasers, lists := map[*html.Node]bool{}, map[*html.Node]bool{}
	for i := range rs {
		r := &rs[i]
		if kept[i] == recount.Body && !shut(r.At, hidden) {
			begun = true
		}
		if !running(r) && !(kept[i] == recount.Body && r.letters >= 20) || shut(r.At, hidden) {
			continue
		}
		c.all += r.letters
		if kept[i] != "" {
			c.held += r.letters
			continue
		}
		if teased(r.At, above, teasers) || sideBySide(r.At, above, lists) {
			c.all -= r.letters
			continue
		}
		if c.first < 0 {
			c.first = i
		}
		if !begun {
			c.lead += r.letters
		}
	}
	return c
}

// teased reports whether a piece stands in an element, apart from the article,
// in which a heading is a link: it tells of another page.
func teased(n *html.Node, above, known map[*html.Node]bool) bool {
	if above[n] {
		return false
	}
	for n.Parent != nil && !above[n.Parent] {
		n = n.Parent
	}
	v, ok := known[n]
	if !ok {
		seen := 0
		for k := range n.Descendants() {
			if seen++; seen > 4*page.Glance || v {
				break
			}
			if k.DataAtom == atom.A {
				for up, j := k.Parent, 0; up != nil && j < 3; up, j = up.Parent, j+1 {
					v = v || isHeading(up)
				}
				for c := k.FirstChild; c != nil; c = c.NextSibling {
					v = v || isHeading(c)
				}
			}
		}
		known[n] = v
	}
	return v
}

// listedLeast is how many elements of one kind side by side are a list.
const listedLeast = 4

// sideBySide reports whether a piece stands, apart from the article, in one of
// several short elements of one kind side by side, of which most hold a link, a
// heading or a time: stories, comments and offers are listed so.
func sideBySide(n *html.Node, above, known map[*html.Node]bool) bool {
	for ; n != nil && n.Parent != nil && !above[n]; n = n.Parent {
		v, ok := known[n.Parent]
		if !ok {
			all, led, class := 0, 0, page.Attr(n, "class")
			for k := n.Parent.FirstChild; k != nil && all < 100; k = k.NextSibling {
				if k.DataAtom == n.DataAtom && page.Attr(k, "class") == class && n.DataAtom != atom.P {
					all++
					if leads(k) {
						led++
					}
				}
			}
			v = all >= listedLeast && led*3 >= all*2
			known[n.Parent] = v
		}
		if v {
			return true
		}
	}
	return false
}

// leads reports whether a short element, or a term before it, holds a link, a
// heading or a time.
func leads(n *html.Node) bool {
	if n.DataAtom == atom.Dd {
		for k := n.PrevSibling; k != nil; k = k.PrevSibling {
			if k.DataAtom == atom.Dt {
				return leads(k)
			}
		}
	}
	seen, text, found := 0, 0, false
	for k := range n.Descendants() {
		if seen++; seen > page.Glance || text > 600 {
			return false
		}
		switch {
		case k.Type == html.TextNode:
			text += len(strings.TrimSpace(k.Data))
		case k.DataAtom == atom.A, k.DataAtom == atom.Time, isHeading(k):
			found = true
		}
	}
	return found
}

// note says how much is missing, and how it begins.
func (c coverage) note(rs []reading) string {
	if c.all < leastText || c.thousandths() >= poorShare || c.first < 0 {
		return ""
	}
	where := "behind it"
	if c.lead*2 > c.all-c.held {
		where = "before it"
	}
	begins := strings.Fields(rs[c.first].Text)
	more := ""
	if len(begins) > 8 {
		begins, more = begins[:8], " …"
	}
	return fmt.Sprintf(recount.HoldsLittle+"%d %% of the running text on the page; most of the rest stands %s and begins “%s%s”: look whether it belongs to the article",
		(c.thousandths()+5)/10, where, strings.Join(begins, " "), more)
}

// shown returns the pieces without those that nobody reads as the page: windows
// that ask something before it, and hidden copies of what is shown.
func shown(ps []page.Piece) []page.Piece {
	hidden, windows := map[*html.Node]bool{}, map[*html.Node]bool{}
	prose := func(p *page.Piece) int {
		if len(p.Text) < 60 || !page.Ended(p.Text) {
			return 0
		}
		return len(p.Text)
	}
	there := map[string]bool{}
	var inWindow, inHidden, copied, rest int
	for i := range ps {
		n := prose(&ps[i])
		switch {
		case window(ps[i].At, windows):
			inWindow += n
		case shut(ps[i].At, hidden):
			inHidden += n
		default:
			rest += n
			there[ps[i].Text] = true
		}
	}
	for i := range ps {
		if shut(ps[i].At, hidden) && there[ps[i].Text] {
			copied += prose(&ps[i])
		}
	}
	noWindows, noHidden := inWindow > 0 && rest*2 > inWindow, copied > 0 && copied*10 >= inHidden*7
	if !noWindows && !noHidden {
		return ps
	}
	return slices.DeleteFunc(slices.Clone(ps), func(p page.Piece) bool {
		return noWindows && window(p.At, windows) || noHidden && shut(p.At, hidden)
	})
}

// window reports whether an element stands in a window over the page, and
// remembers it.
func window(n *html.Node, known map[*html.Node]bool) bool { return inside(n, overPage, known) }

// shut reports whether an element is not shown, and remembers it.
func shut(n *html.Node, known map[*html.Node]bool) bool { return inside(n, unshown, known) }

// inside reports whether something is true of an element or of one around it.
func inside(n *html.Node, is func(*html.Node) bool, known map[*html.Node]bool) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	v, ok := known[n]
	if !ok {
		v = is(n) || inside(n.Parent, is, known)
		known[n] = v
	}
	return v
}

// overPage reports whether an element is a window over the page.
func overPage(n *html.Node) bool {
	role := strings.ToLower(page.Attr(n, "role"))
	return n.DataAtom == atom.Dialog || role == "dialog" || role == "alertdialog" || page.Attr(n, "aria-modal") == "true" || n.Data == "amp-consent"
}

// unshown reports whether an element says itself that it is not shown.
func unshown(n *html.Node) bool {
	return concealed(n) || page.Attr(n, "aria-hidden") == "true" && n.DataAtom != atom.Body && n.DataAtom != atom.Main && n.DataAtom != atom.Article
}

// rescue takes in what the extractors leave out of an article although it
// stands in it: a paragraph that is one link, an opening set in bold, a
// paragraph between two others. If most of the running text of the page is
// missing, they took something else for the article, and the element with the
// most running text is taken in its place.
func rescue(rs []reading, kept []recount.Role, head int, title string) (notes []string) {
	hidden := map[*html.Node]bool{}
	for i := range rs {
		if kept[i] == "" && between(rs, kept, i) && belongs(&rs[i], 40) && !shut(rs[i].At, hidden) {
			kept[i] = rs[i].role(title, true)
			if kept[i] == recount.Subhead || kept[i] == recount.Caption {
				kept[i] = recount.Body
			}
		}
	}
	opening(rs, kept, head, hidden)
	c := covers(rs, kept, hidden)
	if c.all >= leastText && c.thousandths() < poorShare && ownElement(rs, kept, head) == nil {
		if n := densest(rs, kept, c, hidden); n != nil {
			before := c
			old := append([]recount.Role(nil), kept...)
			retake(rs, kept, n, title, hidden)
			if c = covers(rs, kept, hidden); c.held < before.held*3/2 {
				copy(kept, old)
				c = before
			} else {
				notes = append(notes, "what the extractors took for the article was less than half of the running text; the element that holds most of it was taken")
			}
		}
	}
	if s := c.note(rs); s != "" {
		notes = append(notes, s)
	}
	return notes
}

// belongs reports whether a piece may be a paragraph of the article by itself.
func belongs(r *reading, least int) bool {
	if !r.sealed || r.letters < least && !(wide(r.Text) && r.letters >= 8) || promotion(*r) || pointer(*r) || leadsAway(r.Text) || payment(r.Text) || rights(r.Text) {
		return false
	}
	return r.zone == page.Open || r.zone == page.Bylined && r.letters > 150
}

// between reports whether a piece stands between kept paragraphs of its own
// element, or of the one around it if it is alone in its own, set as they are.
func between(rs []reading, kept []recount.Role, i int) bool {
	up := page.Around(rs[i].At)
	around := up
	if up != nil && alone(rs, i, up) {
		around = page.Around(up)
	}
	like := func(j int) bool {
		if kept[j] != recount.Body || rs[j].At.DataAtom != rs[i].At.DataAtom {
			return false
		}
		of := page.Around(rs[j].At)
		return rs[j].At == rs[i].At || (of == up || of == around) && page.Attr(rs[j].At, "class") == page.Attr(rs[i].At, "class")
	}
	before, after := false, false
	for j := i - 1; j >= max(0, i-3) && !before; j-- {
		before = like(j)
	}
	for j := i + 1; j < min(len(rs), i+4) && !after; j++ {
		after = like(j)
	}
	return before && after
}

// alone reports whether no other piece beside number i stands in n.
func alone(rs []reading, i int, n *html.Node) bool {
	in := func(j int) bool {
		return j >= 0 && j < len(rs) && within(rs[j].At, map[*html.Node]bool{n: true})
	}
	return !in(i-1) && !in(i+1)
}

// opening takes in the paragraphs between the heading and the first paragraph
// that was kept.
func opening(rs []reading, kept []recount.Role, head int, hidden map[*html.Node]bool) {
	first := -1
	for i := range rs {
		if kept[i] == recount.Body && rs[i].letters >= 60 {
			first = i
			break
		}
	}
	if head < 0 || first < 0 || first <= head || first-head > 12 {
		return
	}
	for i := head + 1; i < first; i++ {
		r := &rs[i]
		if kept[i] == "" && page.Around(r.At) == page.Around(rs[first].At) && belongs(r, 80) && r.linked < 300 && !isHeading(r.At) && !shut(r.At, hidden) && !set(r.At, atom.Aside, atom.Form, atom.Figure, atom.Header) {
			kept[i] = recount.Body
		}
	}
}

// densest returns the element whose own paragraphs hold the most running text,
// nil if that is not much more than what was kept.
func densest(rs []reading, kept []recount.Role, c coverage, hidden map[*html.Node]bool) *html.Node {
	weight := map[*html.Node]int{}
	var best *html.Node
	for i := range rs {
		r := &rs[i]
		if !running(r) || shut(r.At, hidden) {
			continue
		}
		n := page.Around(r.At)
		if r.Run > 1 || i+1 < len(rs) && rs[i+1].At == r.At {
			n = r.At // loose text in one element
		}
		weight[n] += r.letters
		if best == nil || weight[n] > weight[best] {
			best = n
		}
	}
	if best == nil || weight[best]*2 < c.all || weight[best]*2 < c.held*3 {
		return nil
	}
	return best
}

// retake takes the pieces under n for the article, and leaves what was kept of
// other elements.
func retake(rs []reading, kept []recount.Role, n *html.Node, title string, hidden map[*html.Node]bool) {
	in := map[*html.Node]bool{n: true}
	name := page.FoldTitle(title)
	for i := range rs {
		r := &rs[i]
		if !within(r.At, in) {
			if kept[i] == recount.Body || kept[i] == recount.Subhead {
				kept[i] = ""
			}
			continue
		}
		switch {
		case shut(r.At, hidden) || page.FoldTitle(r.Text) == name || promotion(*r) || leadsAway(r.Text):
			kept[i] = ""
		case kept[i] != "":
		case r.zone == page.Chrome || r.zone == page.Comments || r.zone == page.Related || r.zone == page.Hidden || r.linked > 700:
		case r.letters > 0:
			kept[i] = r.role(title, true)
		}
	}
}

// own leaves out what stands outside of the article element that holds the
// headline, if that element holds an article's worth of text.
func own(rs []reading, kept []recount.Role, head int) {
	n := ownElement(rs, kept, head)
	if n == nil {
		return
	}
	in := map[*html.Node]bool{n: true}
	for i := range rs {
		if (kept[i] == recount.Body || kept[i] == recount.Subhead) && !within(rs[i].At, in) {
			kept[i] = ""
		}
	}
}

// ownElement returns the article element that holds the headline and, of what
// was kept, an article's worth of text, else nil.
func ownElement(rs []reading, kept []recount.Role, head int) *html.Node {
	if head < 0 || head >= len(rs) {
		return nil
	}
	var n *html.Node
	for k := rs[head].At; k != nil; k = k.Parent {
		if k.DataAtom == atom.Article || strings.EqualFold(page.Attr(k, "itemprop"), "articleBody") {
			n = k
			break
		}
	}
	if n == nil {
		return nil
	}
	in := map[*html.Node]bool{n: true}
	letters, paragraphs := 0, 0
	for i := range rs {
		if kept[i] == recount.Body && rs[i].letters >= 60 && within(rs[i].At, in) {
			letters += rs[i].letters
			paragraphs++
		}
	}
	if paragraphs < 3 || letters < 250 {
		return nil
	}
	return n
}

// second leaves out a second article under the first one's headline, as pages
// have that load one after the other while a reader scrolls. head is the number
// of the piece that is the title.
func second(rs []reading, kept []recount.Role, head int, title string) string {
	if head < 0 || head >= len(rs) {
		return ""
	}
	h := headingOf(rs[head].At)
	marked := h != nil
	if h == nil {
		h = rs[head].At
	}
	tried, flat := 0, ""
	for i := head + 1; i < len(rs) && tried < 30; i++ {
		g := headingOf(rs[i].At)
		if g == h || rs[i].zone != page.Open && rs[i].zone != page.Related && (marked || rs[i].zone != rs[head].zone) || rs[i].At == rs[head].At {
			continue
		}
		plain := !marked || g == nil // one of the two is no heading
		if plain {
			if g = rs[i].At; rs[i].sealed || rs[i].letters < 8 || rs[i].letters > 200 {
				continue
			}
		}
		// The largest elements that hold one of the headings and not the other.
		a, b := apart(h, g)
		switch {
		case a == nil || b == nil:
			continue
		case plain && b == g:
			if a == h && flat == "" && !marked && page.Attr(h, "class") != "" && setAs(h, g) && paragraphsBehind(rs, i) >= 2 {
				flat = "another headline stands in the text, “" + page.TextOf(g) + "”: look whether another article begins there"
			}
			continue
		case plain && !headsAnother(rs, i, h, g, a, b, marked):
			continue
		case plain:
		case b == g || a == h && (b.DataAtom != atom.Article && g.DataAtom != atom.H1):
			if b == g && flat == "" && g.DataAtom == atom.H1 && h.DataAtom == atom.H1 && paragraphsBehind(rs, i) >= 2 {
				flat = "another headline of the first rank stands in the text, “" + page.TextOf(g) + "”: look whether another article begins there"
			}
			continue
		case g.DataAtom != h.DataAtom && b.DataAtom != atom.Article:
			continue
		}
		tried++
		inA, inB := map[*html.Node]bool{a: true}, map[*html.Node]bool{b: true}
		if a == h { // the second stands in the element of the first
			inA = map[*html.Node]bool{a.Parent: true, b: false}
		}
		var textA, textB, keptA int
		for j := range rs {
			if rs[j].sealed && rs[j].letters >= 60 && rs[j].linked < 300 {
				if within(rs[j].At, inA) {
					textA++
					if kept[j] == recount.Body {
						keptA++
					}
				} else if within(rs[j].At, inB) {
					textB++
				}
			}
		}
		if textA < 2 || textB < 2 || b.DataAtom != a.DataAtom && a != h && b.DataAtom != atom.Article && a.DataAtom != atom.Article {
			continue
		}
		if keptA == 0 {
			retake(rs, kept, a, title, map[*html.Node]bool{})
		}
		for j := i; j < len(rs); j++ {
			if !within(rs[j].At, inA) {
				kept[j] = ""
			}
		}
		return "another article of the page was left out: “" + page.TextOf(g) + "”"
	}
	return flat
}

// setAs reports whether two elements are set alike: of one kind, class and role.
func setAs(a, b *html.Node) bool {
	return a.DataAtom == b.DataAtom && page.Attr(a, "class") == page.Attr(b, "class") && page.Attr(a, "role") == page.Attr(b, "role")
}

// headsAnother reports whether piece i, in element g, is the headline of another
// article although one of the two headlines is no heading. It stands in an
// element that is set as that of the first, and is set as the first headline, if
// the page gives either a name; in article elements it is the first line.
// marked says that the first headline, h, is a heading.
func headsAnother(rs []reading, i int, h, g, a, b *html.Node, marked bool) bool {
	if a == h { // the second stands in the element of the first
		a = h.Parent
	}
	if a == nil || !setAs(a, b) || rs[i].linked >= 300 && marked {
		return false
	}
	if !marked && setAs(h, g) && (h.DataAtom == atom.Header || page.Attr(h, "class") != "" || page.Attr(h, "role") != "") {
		return true
	}
	first := i
	for first > 0 && within(rs[first-1].At, map[*html.Node]bool{b: true}) {
		first--
	}
	return b.DataAtom == atom.Article && first == i && (marked || setAs(h, g)) && len(strings.Fields(rs[i].Text)) >= 3
}

// paragraphsBehind counts the paragraphs of prose between a heading, which is
// piece i, and the next one.
func paragraphsBehind(rs []reading, i int) (n int) {
	for j := i + 1; j < len(rs) && !isHeading(rs[j].At); j++ {
		if rs[j].sealed && rs[j].letters >= 60 && rs[j].linked < 300 && page.Around(rs[j].At) == page.Around(rs[i].At) {
			n++
		}
	}
	return n
}

// headingOf returns the heading of level 1 or 2 in which n stands, or nil.
func headingOf(n *html.Node) *html.Node {
	for k := 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if n.DataAtom == atom.H1 || n.DataAtom == atom.H2 {
			return n
		}
	}
	return nil
}

// apart returns the ancestors of two nodes, or they themselves, that are
// siblings.
func apart(a, b *html.Node) (*html.Node, *html.Node) {
	up := map[*html.Node]*html.Node{}
	for n := a; n != nil; n = n.Parent {
		up[n.Parent] = n
	}
	for n := b; n != nil; n = n.Parent {
		if m := up[n.Parent]; m != nil {
			return m, n
		}
	}
	return nil, nil
}

// placeholders reports whether most of what would be the article are names of
// fields that a script fills in.
func placeholders(ps []page.Piece, kept []recount.Role) bool {
	all, empty := 0, 0
	for i := range ps {
		if kept[i] != recount.Body && kept[i] != recount.Subhead {
			continue
		}
		all++
		if placeholder(ps[i].Text) {
			empty++
		}
	}
	return empty > 0 && empty*2 >= all
}

// placeholder reports whether a line holds the name of a field in the brackets
// of a template.
func placeholder(s string) bool {
	for _, b := range [...][2]string{{"{{", "}}"}, {"${", "}"}, {"[[", "]]"}, {"<%", "%>"}, {"{%", "%}"}, {"#{", "}"}} {
		if _, rest, ok := strings.Cut(s, b[0]); ok {
			if name, _, ok := strings.Cut(rest, b[1]); ok && len(name) <= 60 && len(strings.Fields(name)) <= 6 && len(s) < 200+len(name) {
				return true
			}
		}
	}
	return false
}

// unfilled reports whether a page without an article is one that a script
// would fill: its fields stand in it, or its text does, inside a script or a
// template.
func unfilled(doc *html.Node, ps []page.Piece) bool {
	for i := range ps {
		if placeholder(ps[i].Text) {
			return true
		}
	}
	for n := range doc.Descendants() {
		switch {
		case n.DataAtom == atom.Template:
			text := 0
			for k := range n.Descendants() {
				if k.Type == html.TextNode {
					text += len(strings.TrimSpace(k.Data))
				}
			}
			if text > 400 {
				return true
			}
		case n.DataAtom == atom.Script && n.FirstChild != nil && told(n.FirstChild.Data):
			return true
		}
	}
	return false
}

// told reports whether a script holds a string of several sentences.
func told(src string) bool {
	sentences, start := 0, 0
	for i := 0; i+1 < len(src); i++ {
		switch src[i] {
		case '"':
			sentences, start = 0, i
		case '{', '}', ';':
			sentences, start = 0, i
		case '.':
			if src[i+1] == ' ' && i+2 < len(src) && (src[i+2] >= 'A' && src[i+2] <= 'Z' || src[i+2] >= 0x80 || src[i+2] == '\\') {
				if sentences++; sentences >= 2 && i-start > 200 {
					return true
				}
			}
		}
	}
	return false
}
