package text

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"
)

// A reading is what is known of one piece when it is decided on.
type reading struct {
	*piece
	letters int  // letters and digits
	t, r    bool // go-trafilatura and go-readability took it
	unknown bool // too short to be recognised in their output
	zone    zone
	inside  bool // of the element that holds the article
	linked  int  // share of text inside links, in thousandths
	sealed  bool // ends like a sentence
}

// taken is the share of a piece, in thousandths, that an extractor must have
// for its vote.
const taken = 700

// choose gives each piece its role, "" for what is no part of the article.
func choose(doc *html.Node, ps []piece, z zones, title string) (kept []recount.Role, notes []string) {
	// go-trafilatura works on copies of what it is given, go-readability does not.
	tree := lean(doc)
	var tv, rv vote
	var terr, rerr error
	if askable(tree) {
		headed(tree, madeUpHead)
		tv, terr = trafilaturaVote(tree)
		headed(tree, "<head><title>"+html.EscapeString(title)+"</title></head>")
		rv, rerr = readabilityVote(tree)
	}
	switch {
	case terr != nil || rerr != nil:
		notes = append(notes, "an extractor gave up on this page")
	case tv.size*10 < rv.size*6 || rv.size*10 < tv.size*6:
		notes = append(notes, "the extractors disagree: one takes less than 60 % of what the other takes")
	}
	rs := make([]reading, len(ps))
	var proseT, proseR int // letters in sentences that each took
	for i := range ps {
		p := &ps[i]
		t, v, n := shares(&tv, &rv, p.text)
		r := reading{piece: p, letters: n, linked: p.links * 1000 / max(1, len(p.text)), sealed: ended(p.text)}
		r.unknown, r.t = t < 0, t >= taken
		r.r = v >= taken
		if r.sealed && n >= 60 && r.linked < 300 {
			if r.t {
				proseT += n
			}
			if r.r {
				proseR += n
			}
		}
		rs[i] = r
	}
	if !slices.ContainsFunc(rs, func(r reading) bool { return r.t || r.r }) {
		notes = append(notes, "no extractor found an article; every paragraph of the page was taken")
		for i, r := range rs {
			rs[i].r = r.letters >= 20 && r.linked < 300 && (r.sealed || r.letters >= 60)
			rs[i].t, rs[i].unknown = rs[i].r, false
		}
	}
	if proseT > 2*proseR {
		// go-readability missed the article; go-trafilatura's word stands alone.
		for i := range rs {
			rs[i].r = rs[i].r || rs[i].t
		}
	}
	top := holder(rs)
	in := map[*html.Node]bool{}
	if top != nil {
		in[top] = true
		z[top] = open
	}
	name := fold(title)
	support := map[string]int{}
	for i := range rs {
		rs[i].inside = within(rs[i].at, in)
		rs[i].zone = z.of(rs[i].at)
		if rs[i].t && rs[i].r && rs[i].letters >= 60 {
			support[shape(rs[i].at)]++
		}
	}
	kept = make([]recount.Role, len(ps))
	for i, r := range rs {
		if wanted(r, support) && !(fold(r.text) == name && r.at.DataAtom != atom.P) {
			kept[i] = r.role(title, i+1 == len(rs) || rs[i+1].at != r.at)
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
	asides(rs, kept, top)
	return kept, notes
}

// asides adds what stands beside the article by its markup: captions and pull
// quotes in it, links to other stories between its paragraphs, comments.
func asides(rs []reading, kept []recount.Role, top *html.Node) {
	first, last := -1, -1
	var body strings.Builder
	for i := range rs {
		if kept[i] == recount.Body {
			if first < 0 {
				first = i
			}
			last = i
			body.WriteString(rs[i].text)
		}
	}
	if first < 0 {
		return
	}
	said := voteOf(body.String())
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
			if !set(r.at, atom.Blockquote, atom.Aside) || tweeted(r.at) {
				continue
			}
			if rest := voteOf(without(rs, kept, i)); r.letters < 300 && covered(&rest, r.text) {
				kept[i] = recount.PullQuote
			}
		case kept[i] != "" || r.letters < 8 || promotion(r) || !within(r.at, in):
			if kept[i] == "" && r.zone == comments && r.letters >= 20 && r.linked < 500 && !set(r.at, atom.Form) && !promotion(r) {
				kept[i] = recount.Comment
			}
		case r.zone == captioned && r.linked < 500:
			kept[i] = recount.Caption
		case r.zone == comments && r.letters >= 20 && r.linked < 500 && !set(r.at, atom.Form):
			kept[i] = recount.Comment
		case between && (r.zone == pulled || set(r.at, atom.Aside, atom.Blockquote)) && covered(&said, r.text):
			kept[i] = recount.PullQuote
		case between && r.inside && r.zone == related:
			kept[i] = recount.Related
		}
	}
}

// without returns the text of the body but for piece i.
func without(rs []reading, kept []recount.Role, i int) string {
	var b strings.Builder
	for j := range rs {
		if j != i && kept[j] == recount.Body {
			b.WriteString(rs[j].text)
		}
	}
	return b.String()
}

// covered reports whether nearly all of text stands in v.
func covered(v *vote, text string) bool {
	a, _, _ := shares(v, v, text)
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
	case r.zone == comments:
		return recount.Comment
	case r.zone == related || pointer(r):
		return recount.Related
	case r.zone == captioned:
		return recount.Caption
	case r.zone == pulled:
		return recount.PullQuote
	case r.zone == bylined && len(r.text) < 150 || credit(r.text):
		return recount.Byline
	}
	switch {
	case r.at.DataAtom == atom.H1 && akin(r.text, title):
		return recount.Headline
	case isHeading(r.at) && r.letters < 200:
		return recount.Subhead
	}
	if last && underPicture(r) {
		return recount.Caption
	}
	return recount.Body
}

// shape names an element by its tag, its class and those of its parent, so
// that paragraphs set alike are known as such.
func shape(n *html.Node) string {
	s := n.Data + "." + attr(n, "class")
	if n.Parent != nil {
		s += "<" + n.Parent.Data + "." + attr(n.Parent, "class")
	}
	return s
}

// holder returns the innermost element that holds nine tenths of what the
// extractors took.
func holder(rs []reading) *html.Node {
	weight := map[*html.Node]int{}
	total := 0
	var first *html.Node
	best := 0
	for _, r := range rs {
		if !r.r || r.letters < 40 {
			continue
		}
		w := r.letters * (1000 - r.linked) / 1000
		if r.t {
			w *= 4
		}
		total += w
		if w > best {
			best, first = w, r.at
		}
		for n := r.at; n != nil; n = n.Parent {
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
	case r.inside && tweeted(r.at):
		return true
	case !r.r:
		return false
	case !r.inside:
		return r.letters >= 80 && r.sealed && r.linked < 300 && r.zone == open
	case promotion(r):
		return false
	case r.zone == chrome || r.zone == related || r.zone == hidden:
		return r.t && r.letters >= 80 && r.sealed && r.linked < 500
	case r.t:
		return r.linked < 900 || r.letters > 200
	}
	return r.linked < 500 && isHeading(r.at) && r.at.DataAtom != atom.H1 || r.letters >= 30 && r.linked < 500 && support[shape(r.at)] >= 2
}

// promotion reports whether a piece asks the reader to do something rather
// than tells something.
func promotion(r reading) bool {
	if len(r.text) > 400 {
		return false
	}
	low := strings.ToLower(strings.TrimLeft(r.text, "[(*•–—>» "))
	for _, w := range promotions {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	switch {
	case strings.HasPrefix(low, "follow ") && (strings.Contains(low, "twitter") || strings.Contains(low, "facebook") || strings.Contains(low, "instagram")):
		return true
	case strings.Contains(low, "helpline") || strings.Contains(low, "hotline") || strings.Contains(low, "line on "):
		return strings.Contains(low, "call") && strings.Count(low, "0")+strings.Count(low, "1") >= 3
	}
	return false
}

// credit reports whether a line says who wrote the article, and no more.
func credit(s string) bool {
	if len(s) > 250 {
		return false
	}
	low := strings.ToLower(s)
	switch {
	case strings.HasSuffix(low, "contributed to this report.") || strings.HasSuffix(low, "contributed to this story."):
		return true
	case len(s) < 150 && (strings.Contains(low, " contributed reporting") || strings.Contains(low, "contributed to this ")):
		return true
	case strings.HasPrefix(low, "additional reporting by"), strings.HasPrefix(low, "reporting by "):
		return true
	case strings.HasPrefix(low, "by ") && len(s) < 80 && len(strings.Fields(s)) <= 8 && !ended(s):
		return true
	case s[0] == '(' && len(s) < 24 && strings.IndexByte(s, ')') > 2:
		// The mark of a news agency: "(TPA) lk/jr".
		in, rest, _ := strings.Cut(s[1:], ")")
		return in == strings.ToUpper(in) && len(in) <= 6 && strings.Contains(rest, "/")
	}
	return false
}

// promotions are the openings of lines that outlets put into or under a story
// to keep the reader on the site.
var promotions = []string{
	"sign up", "subscribe", "follow us", "follow @", "get the latest", "have a tip", "click here", "share this", "like us on",
	"join our", "download our", "advertisement", "filed under", "tags:", "tags ", "topics:", "share on", "read our privacy",
	"this site uses", "we use cookies", "support our journalism", "become a member", "enjoyed this", "if you enjoyed",
	"for more stories", "view comments", "leave a comment", "all rights reserved", "copyright ©", "© ",
	"do you know more", "reach the reporter", "more ap ", "got a story", "get in touch", "contact the newsroom", "newsletter:", "reading time", "tempo de leitura", "lesezeit", "temps de lecture", "tiempo de lectura",
	"you may also like", "you might also like", "more from", "more on this", "recommended", "most read",
	"abonnez-vous", "inscrivez-vous", "suivez-nous", "suscríbete", "síguenos", "iscriviti", "seguici", "assine", "siga-nos", "abonnieren sie", "melden sie sich",
}

// labels are words that stand alone on advertisements and buttons.
var labels = map[string]bool{"advert": true, "advertisement": true, "subscribe": true, "share": true, "anzeige": true, "publicité": true,
	"publicidad": true, "pubblicità": true, "publicidade": true, "loading...": true, "ad": true, "tweet": true, "print": true, "comments": true}

// pointers are the openings of lines that lead to another story.
var pointers = []string{
	"related:", "related story", "related stories", "related article", "related post", "read more", "read also", "also read", "see also", "more:", "read:",
	"watch:", "listen:", "don't miss", "lire aussi", "à lire aussi", "lea también", "lee también", "leia também", "leggi anche", "lesen sie auch",
	"mehr zum thema", "lees ook", "läs även", "les også", "læs også", "czytaj także", "baca juga", "читайте также",
}

// pointer reports whether a piece leads to another story: it opens so and its
// rest is a link, or there is no rest.
func pointer(r reading) bool {
	low := strings.ToLower(strings.TrimLeft(r.text, "[(*•–—>» "))
	for _, w := range pointers {
		if strings.HasPrefix(low, w) {
			return len(r.text) <= len(w)+6 || r.linked >= 400
		}
	}
	return false
}

// tweeted reports whether n stands in a post of a social network that the
// article quotes in full.
func tweeted(n *html.Node) bool {
	for k := 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if n.DataAtom == atom.Blockquote && strings.Contains(attr(n, "class"), "twitter-") {
			return true
		}
	}
	return false
}

// bridge keeps a piece that is too short to be recognised if it stands among
// kept ones, or is a heading right before one.
func bridge(rs []reading, kept []recount.Role, i int, title string) {
	r := rs[i]
	if kept[i] != "" || !r.inside || !r.unknown || labels[strings.ToLower(r.text)] || r.linked > 500 || r.letters == 0 {
		return
	}
	switch r.zone {
	case chrome, related, comments, bylined, dated, hidden:
		return
	}
	near := func(j int) bool {
		if j < 0 || j >= len(rs) || kept[j] == "" {
			return false
		}
		a, b := rs[j].at, r.at
		ua, ub := around(a), around(b)
		return a == b || ua == ub || ua == b || a == ub || around(ua) == ub || ua == around(ub)
	}
	before, after := near(i-1), near(i+1)
	ok := false
	switch {
	case isHeading(r.at):
		ok = i+1 < len(rs) && kept[i+1] != "" || i+2 < len(rs) && kept[i+2] != ""
	case r.at.DataAtom == atom.P || r.at.DataAtom == atom.Li || r.at.DataAtom == atom.Td || r.at.DataAtom == atom.Tr:
		ok = before || after
	default:
		ok = before && (after || near(i+2))
	}
	if ok {
		kept[i] = r.role(title, true)
	}
}

// around returns the block-level element around n.
func around(n *html.Node) *html.Node {
	for n != nil && n.Parent != nil {
		if n = n.Parent; blockLevel[n.DataAtom] {
			break
		}
	}
	return n
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	case atom.Div, atom.P:
		c := strings.ToLower(attr(n, "class"))
		return strings.Contains(c, "subhead") || strings.Contains(c, "crosshead") || strings.Contains(c, "sub-head") || strings.Contains(c, "intertitle")
	}
	return false
}

// underPicture reports whether a piece is the only line in the same element as
// a picture.
func underPicture(r reading) bool {
	if r.sealed || r.letters > 120 || r.run > 1 || r.at.DataAtom != atom.Div && r.at.DataAtom != atom.Center {
		return false
	}
	seen := 0
	for k := range r.at.Descendants() {
		if k.DataAtom == atom.Img || k.DataAtom == atom.Picture {
			return true
		}
		if seen++; seen > glance {
			break
		}
	}
	return false
}
