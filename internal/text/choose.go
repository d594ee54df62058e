package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	tv, terr := trafilaturaVote(lean(doc))
	rv, rerr := readabilityVote(lean(doc))
	switch {
	case terr != nil && rerr != nil:
		notes = append(notes, "neither extractor found an article")
	case tv.size*10 < rv.size*6 || rv.size*10 < tv.size*6:
		notes = append(notes, "the extractors disagree: one takes less than 60 % of what the other takes")
	}
	rs := make([]reading, len(ps))
	short := rv.size < 200 && tv.size > 2*rv.size // readability found nothing to speak of
	for i := range ps {
		p := &ps[i]
		r := reading{piece: p, letters: letters(p.text), linked: p.links * 1000 / max(1, len(p.text)), sealed: ended(p.text)}
		switch t, v := tv.share(p.text), rv.share(p.text); {
		case t < 0:
			r.unknown = true
		default:
			r.t, r.r = t >= taken, v >= taken || short && t >= taken
		}
		rs[i] = r
	}
	top := holder(rs)
	in := map[*html.Node]bool{}
	if top != nil {
		in[top] = true
		z[top] = open
	}
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
		if wanted(r, support) {
			kept[i] = role(*r.piece, r.zone)
			if r.text == title && isHeading(r.at) {
				kept[i] = ""
			}
		}
	}
	for i, r := range rs {
		if kept[i] == "" && r.inside && r.unknown && bridges(rs, kept, i) {
			kept[i] = role(*r.piece, r.zone)
		}
	}
	return kept, notes
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

// letters counts the letters and digits of s.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
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
	case r.zone == chrome || r.zone == related:
		return r.t && r.letters >= 80 && r.sealed && r.linked < 500
	case r.t:
		return r.linked < 900 || r.letters > 200
	}
	return r.letters >= 30 && r.linked < 500 && support[shape(r.at)] >= 2
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

// bridges reports whether a short piece stands among kept ones under the same
// element, or is a heading right before one.
func bridges(rs []reading, kept []recount.Role, i int) bool {
	r := rs[i]
	if r.zone == chrome || r.zone == related || r.zone == comments || r.linked > 500 {
		return false
	}
	near := func(j int) bool {
		if j < 0 || j >= len(rs) || kept[j] == "" {
			return false
		}
		a, b := rs[j].at, r.at
		return a == b || a.Parent == b.Parent || a.Parent == b || a == b.Parent || a.Parent.Parent == b.Parent || a.Parent == b.Parent.Parent
	}
	before, after := near(i-1), near(i+1)
	if isHeading(r.at) {
		return after || near(i+2)
	}
	return before && (after || near(i+2)) || (before || after) && r.at.DataAtom == atom.P && r.letters > 2
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

var _ = strings.ToLower
var _ = utf8.RuneCountInString
