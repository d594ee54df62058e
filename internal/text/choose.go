package text

// This file finds the article among the pieces of a page.
//
// In: a parsed page, its pieces, the title and the heading that prints it.
// Out: the role of each piece, "" for what is no part of the article, and what
// its reader should know.
//
// Method: go-readability and go-trafilatura vote on the words (vote.go), the
// markup weighs their votes (choose.go), and what a reader sees is compared
// with what was kept (coverage.go): paragraphs that they leave out between
// others are taken in, another article below the first is left out, and if
// less than half of the running text was kept the reader is told. Limits: what
// is hidden by a style sheet is taken for shown.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"

	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

// A reading is what is known of one piece when it is decided on.
type reading struct {
	*page.Piece
	letters int  // letters and digits
	t, r    bool // go-trafilatura and go-readability took it
	unknown bool // too short to be recognised in their output
	zone    page.Zone
	inside  bool // of the element that holds the article
	linked  int  // share of text inside links, in thousandths
	sealed  bool // ends like a sentence
}

// taken is the share of a piece, in thousandths, that an extractor must have
// for its vote.
const taken = 700

// choose gives each piece its role, "" for what is no part of the article.
func choose(doc *html.Node, ps []page.Piece, title string, head *html.Node) (kept []recount.Role, notes []string) {
	rs := make([]reading, len(ps))
	for i := range ps {
		p := &ps[i]
		rs[i] = reading{Piece: p, linked: p.Links * 1000 / max(1, len(p.Text)), sealed: page.Ended(p.Text)}
	}
	notes = ask(doc, rs, title)
	z := page.Zones{}
	top := holder(rs, 40)
	if top == nil {
		top = holder(rs, 1)
	}
	in := map[*html.Node]bool{}
	if top != nil {
		in[top] = true
		z[top] = page.Open
	}
	name := page.FoldTitle(title)
	support := map[string]int{}
	for i := range rs {
		rs[i].inside = within(rs[i].At, in)
		rs[i].zone = z.Of(rs[i].At)
		if rs[i].t && rs[i].r && rs[i].letters >= 60 {
			support[shape(rs[i].At)]++
		}
	}
	kept = make([]recount.Role, len(ps))
	for i, r := range rs {
		if wanted(r, support) && !(page.FoldTitle(r.Text) == name && r.At.DataAtom != atom.P) {
			kept[i] = r.role(title, i+1 == len(rs) || rs[i+1].At != r.At)
		}
	}
	// Short pieces are taken from both ends, so that a list of single words
	// between two paragraphs is filled in from either side.
	for i := range rs {
		bridge(rs, kept, i, title)
	}
	for i := range slices.Backward(rs) {
		bridge(rs, kept, i, title)
	}
	at := -1
	for i := range rs {
		if head == nil {
			break
		}
		same := page.FoldTitle(rs[i].Text) == name
		if head.DataAtom != atom.Pre && within(rs[i].At, map[*html.Node]bool{head: true}) || same && within(head, map[*html.Node]bool{rs[i].At: true}) {
			if at = i; same && kept[i] == recount.Body {
				kept[i] = "" // the headline, however it is set
			}
			break
		}
	}
	own(rs, kept, at)
	notes = append(notes, rescue(rs, kept, at, title)...)
	once(rs, kept)
	another := second(rs, kept, headline(rs, kept, at, name), title)
	if another != "" {
		notes = append(notes, another)
	}
	boxes(rs, kept)
	cards(rs, kept)
	asides(rs, kept, top)
	foot(rs, kept)
	overHeadline(rs, kept, at)
	sources(rs, kept)
	if s := sentences(rs, kept, headline(rs, kept, at, name), top, title, another != ""); s != "" {
		notes = append(notes, s)
	}
	if s := leftIn(rs, kept, top, title); s != "" {
		notes = append(notes, s)
	}
	for i, r := range rs {
		switch {
		case kept[i] != recount.Body:
		case r.letters < 12 && clock(r.Text):
			kept[i] = recount.Byline // the time of an entry
		case payment(r.Text):
			kept[i] = ""
			notes = append(notes, "the page offers the rest of the text for money; what is shown may be only its beginning")
		case rights(r.Text):
			kept[i] = recount.Byline
		}
	}
	return kept, notes
}

// headline returns the number of the piece that is the headline: number at, if
// its element is known, else the first line that is the title and stands before
// the text; -1 if there is none.
func headline(rs []reading, kept []recount.Role, at int, name string) int {
	for i := 0; at < 0 && i < len(rs) && kept[i] != recount.Body && name != ""; i++ {
		if page.FoldTitle(rs[i].Text) == name {
			at = i
		}
	}
	return at
}

// overHeadline leaves out the short lines that stand above the headline, and the line
// that is the headline however it is set.
func overHeadline(rs []reading, kept []recount.Role, at int) {
	if at < 0 {
		return
	}
	for i := max(0, at-10); i < at; i++ {
		if kept[i] == recount.Body && rs[i].letters < 80 && !rs[i].sealed {
			kept[i] = ""
		}
	}
}

// sources leaves out the list of sources, links or notes that stands under a
// heading of its own behind the article (sources.txt).
func sources(rs []reading, kept []recount.Role) {
	prose := 0
	for i, r := range rs {
		if kept[i] == recount.Body && r.letters >= 60 {
			prose++
		}
		if prose < 2 || !isHeading(r.At) || !sourceHeadings[strings.ToLower(strings.Trim(r.Text, " :"))] {
			continue
		}
		for j := i; j < len(rs); j++ {
			if j > i && isHeading(rs[j].At) && page.HeadingLevel(rs[j].At) <= page.HeadingLevel(r.At) {
				break
			}
			if j == i && kept[j] != "" || kept[j] == recount.Body && (rs[j].At.DataAtom == atom.Li || rs[j].linked > 300 || !rs[j].sealed) {
				kept[j] = recount.Related
			}
		}
	}
}

// clock reports whether a line is a time of day and no more.
func clock(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case strings.ContainsRune(":.h apmAPMUhr", r):
		default:
			return false
		}
	}
	return digits >= 3 && digits <= 6 && strings.ContainsAny(s, ":.h")
}

// once drops what stands in the page twice: a paragraph that repeats an earlier
// one of another part letter by letter, unless it is a question, which an
// interviewer may ask again; and a long piece in which a hidden copy of the
// whole article runs together.
func once(rs []reading, kept []recount.Role) {
	const long = 800 // letters
	seen := map[string]*html.Node{}
	var usual strings.Builder
	for i, r := range rs {
		if kept[i] != recount.Body || r.letters < 60 || strings.HasSuffix(r.Text, "?") {
			continue
		}
		if was := seen[r.Text]; was != nil && page.Around(was) != page.Around(r.At) {
			kept[i] = ""
			continue
		}
		seen[r.Text] = r.At
		if r.letters <= long {
			usual.WriteString(r.Text)
			usual.WriteByte(' ')
		}
	}
	said := voteLater(&usual)
	for i, r := range rs {
		if kept[i] == recount.Body && r.letters > long {
			if share, _ := said().share(r.Text); share >= 900 {
				kept[i] = ""
			}
		}
	}
}

// certain is the share of sentences, in thousandths, in what go-readability
// takes from which on go-trafilatura is not asked: it would only strike out
// what is no sentence.
const certain = 990

// ask notes for each piece which extractors take it, and what a reader should
// know of how they agree.
func ask(doc *html.Node, rs []reading, title string) (notes []string) {
	tree := lean(doc)
	var tv, rv vote
	var terr, rerr error
	ok := askable(tree)
	if ok {
		headed(tree, "<head><title>"+html.EscapeString(title)+"</title></head>")
		rv, rerr = readabilityVote(tree)
	}
	all, prose := 0, 0
	for i := range rs {
		r := &rs[i]
		var s int
		s, r.letters = rv.share(r.Text)
		r.unknown, r.r = s < 0, s >= taken
		if r.r {
			all += r.letters
			if r.sealed && r.linked < 300 {
				prose += r.letters
			}
		}
	}
	if prose >= 1000 && prose*1000 >= all*certain {
		for i := range rs {
			rs[i].t = rs[i].r
		}
		return nil
	}
	if ok {
		tree = lean(doc) // go-readability has taken the first one apart
		headed(tree, madeUpHead)
		tv, terr = trafilaturaVote(tree)
	}
	var proseT, proseR int // letters in long sentences that each took
	any := false
	for i := range rs {
		r := &rs[i]
		s, _ := tv.share(r.Text)
		r.t = s >= taken
		any = any || r.t || r.r
		if r.sealed && r.letters >= 60 && r.linked < 300 {
			if r.t {
				proseT += r.letters
			}
			if r.r {
				proseR += r.letters
			}
		}
	}
	switch {
	case !any:
		notes = append(notes, "no extractor found an article; every paragraph of the page was taken")
		for i, r := range rs {
			rs[i].r = r.letters >= 20 && r.linked < 300 && (r.sealed || r.letters >= 60)
			rs[i].t, rs[i].unknown = rs[i].r, false
		}
	case terr != nil || rerr != nil:
		notes = append(notes, "an extractor gave up on this page")
	case tv.size*10 < rv.size*6 || rv.size*10 < tv.size*6:
		notes = append(notes, "the extractors disagree: one takes less than 60 % of what the other takes")
	}
	if proseT > 2*proseR {
		// go-readability missed the article; go-trafilatura's word stands alone.
		for i := range rs {
			rs[i].r = rs[i].r || rs[i].t
		}
	}
	return notes
}

// boxed is how many lines of a box are looked at, so that a page of nothing but
// such lines costs little.
const boxed = 100

// boxes takes out what stands in a box under a line such as "Related" or "Also
// making news": the line and, in the same element, the short lines after it.
func boxes(rs []reading, kept []recount.Role) {
	for i, r := range rs {
		if !leadsAway(r.Text) || r.zone == page.Comments {
			continue
		}
		box := r.At
		if !page.Boxed(box) && box.Parent != nil && page.Boxed(box.Parent) {
			box = box.Parent
		}
		if kept[i] == recount.Body || kept[i] == recount.Subhead {
			kept[i] = recount.Related
		}
		in := map[*html.Node]bool{box: true}
		for j := i + 1; j < min(len(rs), i+boxed) && within(rs[j].At, in) && (box != r.At || rs[j].At == box || page.Boxed(box)); j++ {
			if rs[j].letters >= 200 {
				break
			}
			if kept[j] == recount.Body || kept[j] == recount.Subhead {
				kept[j] = recount.Related
			}
		}
	}
}

// cards takes out what stands in cards that tell of other pages: short elements
// side by side, each with a heading that is a link.
func cards(rs []reading, kept []recount.Role) {
	known := map[*html.Node]bool{}
	card := func(n *html.Node) bool {
		v, ok := known[n]
		if !ok {
			v = isCard(n)
			known[n] = v
		}
		return v
	}
	of := make([]*html.Node, len(rs))
	side := map[*html.Node]map[*html.Node]bool{} // cards by the element around them
	for i, r := range rs {
		for n, k := r.At, 0; n != nil && k < 4; n, k = n.Parent, k+1 {
			if card(n) {
				of[i] = n
				if side[n.Parent] == nil {
					side[n.Parent] = map[*html.Node]bool{}
				}
				side[n.Parent][n] = true
				break
			}
		}
	}
	for i := range rs {
		if of[i] != nil && len(side[of[i].Parent]) >= 2 && (kept[i] == recount.Body || kept[i] == recount.Subhead) {
			kept[i] = ""
		}
	}
}

// isCard reports whether an element is short and holds a heading that is a
// link.
func isCard(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Article, atom.Li, atom.Div, atom.Section:
	default:
		return false
	}
	seen, text, linked := 0, 0, false
	for k := range n.Descendants() {
		if seen++; seen > 100 {
			return false
		}
		switch {
		case k.Type == html.TextNode:
			if text += len(strings.TrimSpace(k.Data)); text > 400 {
				return false
			}
		case isHeading(k):
			for c := k.FirstChild; c != nil; c = c.NextSibling {
				linked = linked || c.DataAtom == atom.A
			}
			linked = linked || k.Parent != nil && k.Parent.DataAtom == atom.A
		}
	}
	return linked
}

// foot takes out the small print behind the last paragraph, and marks initials
// that sign the article.
func foot(rs []reading, kept []recount.Role) {
	for i := len(rs) - 1; i >= 0; i-- {
		if kept[i] != recount.Body {
			continue
		}
		switch r := rs[i]; {
		case small(r):
			kept[i] = ""
		case initials(r.Text):
			kept[i] = recount.Byline
		default:
			return
		}
	}
}

// small reports whether the whole of a piece is set as small print.
func small(r reading) bool {
	seen := 0
	for k := range r.At.Descendants() {
		if seen++; seen > page.Glance {
			return false
		}
		if (k.DataAtom == atom.Small || k.DataAtom == atom.Font && page.Attr(k, "size") == "1") && page.FoldTitle(page.TextOf(k)) == page.FoldTitle(r.Text) {
			return true
		}
	}
	return false
}

// initials reports whether s is the initials of a name and nothing else.
func initials(s string) bool {
	if len(s) > 20 {
		return false
	}
	fields := strings.Fields(strings.ReplaceAll(s, ".", ". "))
	for _, w := range fields {
		if utf8.RuneCountInString(w) != 2 || w[len(w)-1] != '.' || !unicode.IsUpper([]rune(w)[0]) {
			return false
		}
	}
	return len(fields) >= 2
}

// asides adds what stands beside the article by its markup: captions and pull
// quotes in it, links to other stories between its paragraphs, comments.
func asides(rs []reading, kept []recount.Role, top *html.Node) {
	first, last := -1, -1
	var body strings.Builder
	// A line that is set as no paragraph of the article is, and repeats words of
	// one, is set large in it or beside it.
	shapes, paragraphs := map[string]int{}, 0
	for i := range rs {
		if kept[i] == recount.Body {
			shapes[shape(rs[i].At)]++
			paragraphs++
		}
	}
	seldom := func(i int) bool {
		return paragraphs >= 5 && shapes[shape(rs[i].At)] <= 2 && rs[i].At.DataAtom != atom.P && rs[i].letters >= 12 && rs[i].letters < 200
	}
	for i := range rs {
		if kept[i] == recount.Body {
			if first < 0 {
				first = i
			}
			last = i
			if !set(rs[i].At, atom.Blockquote, atom.Aside) && !seldom(i) {
				body.WriteString(rs[i].Text)
			}
		}
	}
	if first < 0 {
		return
	}
	said := voteLater(&body)
	region := top
	for n := top; n != nil; n = n.Parent {
		if n.DataAtom == atom.Article || n.DataAtom == atom.Main {
			region = n
			break
		}
	}
	in := map[*html.Node]bool{region: true}
	for i, r := range rs {
		between := first < i && i < last
		switch {
		case kept[i] == recount.Body:
			if (set(r.At, atom.Blockquote, atom.Aside) || seldom(i)) && !tweeted(r.At) && r.letters < 300 && covered(said(), r.Text) {
				kept[i] = recount.PullQuote
			}
		case kept[i] != "" || r.letters < 8 || promotion(r) || !within(r.At, in):
			if kept[i] == "" && r.zone == page.Comments && r.letters >= 20 && r.linked < 500 && !set(r.At, atom.Form) && !promotion(r) {
				kept[i] = recount.Comment
			}
		case r.zone == page.Captioned && r.linked < 500:
			kept[i] = recount.Caption
		case r.zone == page.Comments && r.letters >= 20 && r.linked < 500 && !set(r.At, atom.Form):
			kept[i] = recount.Comment
		case between && (r.zone == page.Pulled || set(r.At, atom.Aside, atom.Blockquote)) && covered(said(), r.Text):
			kept[i] = recount.PullQuote
		case between && r.inside && r.zone == page.Related:
			kept[i] = recount.Related
		}
	}
}

// covered reports whether nearly all of text stands in v.
func covered(v *vote, text string) bool {
	a, _ := v.share(text)
	return a >= 950
}

// set reports whether n stands in an element of one of these kinds.
func set(n *html.Node, kinds ...atom.Atom) bool {
	for k := 0; n != nil && k < 4; n, k = n.Parent, k+1 {
		if slices.Contains(kinds, n.DataAtom) {
			return true
		}
	}
	return false
}

// role says what a piece of the article is for; last is whether no other piece
// of its element follows.
func (r reading) role(title string, last bool) recount.Role {
	switch {
	case r.zone == page.Comments:
		return recount.Comment
	case r.zone == page.Related || pointer(r):
		return recount.Related
	case r.zone == page.Captioned:
		return recount.Caption
	case r.zone == page.Pulled:
		return recount.PullQuote
	case r.zone == page.Bylined && len(r.Text) < 150 || credit(r.Text):
		return recount.Byline
	}
	switch {
	case r.At.DataAtom == atom.H1 && page.SameTitle(r.Text, title):
		return recount.Headline
	case isHeading(r.At) && r.letters >= 60 && strings.ContainsAny(r.Text[len(r.Text)-1:], ".") && len(strings.Fields(r.Text)) >= 12:
		return recount.Body // a sentence, whatever it is set as
	case isHeading(r.At) && r.letters < 200:
		return recount.Subhead
	}
	if r.At.DataAtom == atom.Dt && r.letters < 40 && !r.sealed || page.Standfirst(r.At) && !r.sealed && r.letters < 200 {
		return recount.Subhead
	}
	if r.letters < 80 && !page.Ended(r.Text) && metadata.OfPicture(r.Text) {
		return recount.Caption
	}
	if last && underPicture(r) {
		return recount.Caption
	}
	return recount.Body
}

// shape names an element by its tag, its class and those of its parent, so
// that paragraphs set alike are known as such.
func shape(n *html.Node) string {
	s := n.Data + "." + page.Attr(n, "class")
	if n.Parent != nil {
		s += "<" + n.Parent.Data + "." + page.Attr(n.Parent, "class")
	}
	return s
}

// holder returns the innermost element that holds nine tenths of what the
// extractors took, among pieces of at least so many letters.
func holder(rs []reading, least int) *html.Node {
	weight := map[*html.Node]int{}
	total := 0
	var first *html.Node
	best := 0
	for _, r := range rs {
		if !r.r || r.letters < least {
			continue
		}
		w := r.letters * (1000 - r.linked) / 1000
		if r.t {
			w *= 4
		}
		total += w
		if w > best {
			best, first = w, r.At
		}
		for n := r.At; n != nil; n = n.Parent {
			weight[n] += w
		}
	}
	for n := first; n != nil; n = n.Parent {
		if weight[n]*10 >= total*9 {
			return n
		}
	}
	return nil
}

// within reports whether n stands under the element marked in known, and
// remembers it for all elements on the way.
func within(n *html.Node, known map[*html.Node]bool) bool {
	if n == nil {
		return false
	}
	if v, ok := known[n]; ok {
		return v
	}
	v := within(n.Parent, known)
	known[n] = v
	return v
}

// wanted reports whether a piece that is long enough to be recognised is part
// of the article. What go-trafilatura alone takes hardly ever is.
func wanted(r reading, support map[string]int) bool {
	switch {
	case r.unknown || !r.inside && !(r.t && r.r):
		return false
	case r.inside && tweeted(r.At):
		return true
	case !r.r:
		return false
	case !r.inside:
		return r.letters >= 80 && r.sealed && r.linked < 300 && r.zone == page.Open
	case promotion(r):
		return false
	case r.zone == page.Chrome || r.zone == page.Related || r.zone == page.Hidden:
		return r.t && r.letters >= 80 && r.sealed && r.linked < 500
	case r.t:
		return r.linked < 900 || r.letters > 200
	}
	return r.linked < 500 && isHeading(r.At) && r.At.DataAtom != atom.H1 || r.letters >= 30 && r.linked < 500 && support[shape(r.At)] >= 2
}

// tweeted reports whether n stands in a post of a social network that the
// article quotes in full.
func tweeted(n *html.Node) bool {
	for k := 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if n.DataAtom == atom.Blockquote && strings.Contains(page.Attr(n, "class"), "twitter-") {
			return true
		}
	}
	return false
}

// bridge keeps a piece that is too short to be recognised if it stands among
// kept ones, or is a heading right before one.
func bridge(rs []reading, kept []recount.Role, i int, title string) {
	r := rs[i]
	if kept[i] != "" || !r.inside || !r.unknown || page.FoldTitle(r.Text) == page.FoldTitle(title) || labels[strings.ToLower(r.Text)] || r.linked > 500 || r.letters == 0 {
		return
	}
	switch r.zone {
	case page.Chrome, page.Related, page.Comments, page.Bylined, page.Dated, page.Hidden:
		return
	}
	near := func(j int) bool {
		if j < 0 || j >= len(rs) || kept[j] == "" {
			return false
		}
		a, b := rs[j].At, r.At
		ua, ub := page.Around(a), page.Around(b)
		return a == b || ua == ub || ua == b || a == ub || page.Around(ua) == ub || ua == page.Around(ub)
	}
	before, after := near(i-1), near(i+1)
	ok := false
	switch {
	case isHeading(r.At):
		ok = i+1 < len(rs) && kept[i+1] != "" || i+2 < len(rs) && kept[i+2] != ""
	case r.At.DataAtom == atom.P || r.At.DataAtom == atom.Li || r.At.DataAtom == atom.Td || r.At.DataAtom == atom.Tr:
		ok = before || after
	default:
		ok = before && (after || near(i+2))
	}
	if ok {
		kept[i] = r.role(title, true)
	}
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	case atom.Div, atom.P:
		c := strings.ToLower(page.Attr(n, "class"))
		return strings.Contains(c, "subhead") || strings.Contains(c, "crosshead") || strings.Contains(c, "sub-head") || strings.Contains(c, "intertitle")
	}
	return false
}

// underPicture reports whether a piece is the only line in the same element as
// a picture.
func underPicture(r reading) bool {
	if r.sealed || r.letters > 120 || r.Run > 1 || r.At.DataAtom != atom.Div && r.At.DataAtom != atom.Center {
		return false
	}
	seen := 0
	for k := range r.At.Descendants() {
		if k.DataAtom == atom.Img || k.DataAtom == atom.Picture {
			return true
		}
		if seen++; seen > page.Glance {
			break
		}
	}
	return false
}
