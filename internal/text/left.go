package text

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"

	"recount/internal/text/page"
)

const (
	leastLeft  = 40  // letters of a paragraph that may belong to the article by itself
	leastShort = 12  // the same between two paragraphs of the article
	mostlySaid = 400 // thousandths of a pull quote that the article says too
)

// leftIn takes in what was left out of the element of the article although it
// tells something: a paragraph that is one link beside one of the article's, and
// running text in a box or foot of it. It says which running text in that
// element was left out after all.
func leftIn(rs []reading, kept []recount.Role, top *html.Node, title string) string {
	region := regionOf(top)
	if region == nil {
		if region = top; region == nil {
			return "" // else the whole page: what stands between two paragraphs alone
		}
	}
	in, hidden, cards := map[*html.Node]bool{region: true}, map[*html.Node]bool{}, map[*html.Node]bool{}
	left, first := 0, -1
	begin, end := len(rs), -1 // of the article
	held := map[string]bool{page.FoldTitle(title): true}
	for i := range rs {
		if kept[i] != "" {
			held[page.FoldTitle(rs[i].Text)] = true
		}
		if kept[i] == recount.Body && rs[i].letters >= leastLeft {
			begin, end = min(begin, i), i
		}
	}
	marked, whole := region.DataAtom == atom.Article || region != top, region.DataAtom == atom.Body || region.DataAtom == atom.Html
	var body strings.Builder
	for i := range rs {
		if kept[i] == recount.Body {
			body.WriteString(rs[i].Text)
			body.WriteByte(' ')
		}
	}
	said := voteLater(&body)
	for i := range rs {
		r := &rs[i]
		if kept[i] == recount.PullQuote && r.sealed && r.letters >= leastLeft && within(r.At, in) && begin < i && i < end {
			if share, _ := said().share(r.Text); share < mostlySaid {
				kept[i] = recount.Body // set large, and said nowhere else
			}
		}
		if kept[i] != "" || !r.sealed || r.letters < leastShort && !wide(r.Text) || !within(r.At, in) || inside(r.At, concealed, hidden) || isHeading(r.At) ||
			promotion(*r) || pointer(*r) || leadsAway(r.Text) || payment(r.Text) || rights(r.Text) || credit(r.Text) || held[page.FoldTitle(r.Text)] {
			continue
		}
		box := boxOf(r.At, region)
		if whole && (i < begin || i > end) || box == elsewhere || (box == odd || r.zone == page.Pulled) && (r.letters < leastLeft || covered(said(), r.Text)) {
			continue // a copy, or words set large once more
		}
		teaser := inCard(r.At, region, cards)
		boxed := box == inBox || box == odd
		switch {
		case box == asked && r.letters >= leastLeft && begin < i && i < end:
			if left++; first < 0 {
				first = i
			}
		case box == asked:
		case !teaser && r.At == region && r.linked < 300 && r.letters >= leastLeft && begin < i && i < end && runs(rs, i): // loose text between two paragraphs
			kept[i] = recount.Body
		case !whole && !teaser && !small(*r) && !boxed && (r.linked < 300 && r.letters >= leastLeft || r.linked >= 300 && !strings.HasSuffix(r.Text, "!")) && paragraphLike(rs, kept, i),
			!teaser && !small(*r) && boxed && r.linked < 300 && r.letters >= leastLeft:
			kept[i] = recount.Body
		case !teaser && (r.linked < 300 || strings.HasSuffix(r.Text, ".")) && r.letters >= leastLeft && (marked || begin < i && i < end):
			if left++; first < 0 {
				first = i
			}
		}
	}
	if left == 0 {
		return ""
	}
	what := "a passage inside the element of the article was"
	if left > 1 {
		what = fmt.Sprintf("%d passages inside the element of the article were", left)
	}
	begins, more := strings.Fields(rs[first].Text), ""
	if len(begins) > 8 {
		begins, more = begins[:8], " …"
	}
	return fmt.Sprintf("%s left out, the first begins “%s%s”", what, strings.Join(begins, " "), more)
}

// regionOf returns the element that the markup calls the article, else the one
// that holds it.
func regionOf(top *html.Node) *html.Node {
	for n := top; n != nil; n = n.Parent {
		if n.DataAtom == atom.Article || strings.EqualFold(page.Attr(n, "itemprop"), "articleBody") {
			return n
		}
	}
	if top != nil && top.DataAtom != atom.Body && top.DataAtom != atom.Html {
		return top
	}
	return nil
}

// A place is where a piece stands in the element of the article.
type place int

const (
	usual     place = iota // as its paragraphs do
	inBox                  // in a box or foot
	odd                    // where few pages have prose: the words must stand nowhere else
	asked                  // where it may be something else: a reader is asked
	elsewhere              // where the markup says that it is something else
)

// boxOf says where n stands inside region.
func boxOf(n, region *html.Node) place {
	at := usual
	for ; n != nil && n != region; n = n.Parent {
		switch {
		case n.DataAtom == atom.Aside, n.DataAtom == atom.Footer:
			at = max(at, inBox)
			switch page.NamedZone(n) {
			case page.Open:
			case page.Pulled:
				at = max(at, odd)
			default:
				return elsewhere
			}
		case strings.Contains(page.Names(n), "sidebar"):
			at = max(at, inBox)
		case n.DataAtom == atom.Form && page.NamedZone(n) == page.Open:
			at = asked
		case page.OwnZone(n) == page.Pulled:
			at = max(at, odd)
		case page.OwnZone(n) != page.Open:
			return elsewhere
		case n.DataAtom == atom.Center, n.DataAtom == atom.Marquee, n.DataAtom == atom.Fieldset, n.DataAtom == atom.Blockquote && !tweeted(n), page.Custom(n), n.DataAtom == atom.Svg, page.Attr(n, "aria-hidden") == "true":
			at = max(at, odd)
		}
	}
	if n == nil {
		return elsewhere
	}
	return at
}

// runs reports whether piece i is loose text with nothing but paragraphs of the article
// before and behind it.
func runs(rs []reading, i int) bool {
	return i > 0 && i+1 < len(rs) && rs[i-1].sealed && rs[i+1].sealed && rs[i-1].zone == page.Open && rs[i+1].zone == page.Open
}

// concealed reports whether an element is shown to nobody. What is only kept from
// screen readers is seen by all others.
func concealed(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			s := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// inCard reports whether n stands in an element below region that tells of
// another page.
func inCard(n, region *html.Node, known map[*html.Node]bool) bool {
	for ; n != nil && n != region; n = n.Parent {
		v, ok := known[n]
		if !ok {
			v = n.DataAtom == atom.Article || isCard(n) || n.DataAtom == atom.Aside && linkedHeading(n)
			known[n] = v
		}
		if v {
			return true
		}
	}
	return false
}

// linkedHeading reports whether a heading in an element is a link.
func linkedHeading(n *html.Node) bool {
	seen := 0
	for k := range n.Descendants() {
		if seen++; seen > page.Glance {
			return false
		}
		if k.DataAtom == atom.A {
			for up, j := k.Parent, 0; up != nil && j < 2; up, j = up.Parent, j+1 {
				if isHeading(up) {
					return true
				}
			}
			if k.FirstChild != nil && isHeading(k.FirstChild) {
				return true
			}
		}
	}
	return false
}

// paragraphLike reports whether a piece is set as a paragraph of the article
// beside it is, or shorter between two of them.
func paragraphLike(rs []reading, kept []recount.Role, i int) bool {
	r := &rs[i]
	if r.At.DataAtom != atom.P && r.At.DataAtom != atom.Div {
		return false
	}
	near := func(from, to, step int) bool {
		for j := from; j != to && j >= 0 && j < len(rs); j += step {
			if kept[j] == recount.Body && rs[j].At.DataAtom == r.At.DataAtom && page.Around(rs[j].At) == page.Around(r.At) && rs[j].At != r.At {
				return true
			}
		}
		return false
	}
	before, after := near(i-1, i-4, -1), near(i+1, i+4, 1)
	return before && after || (before || after) && r.letters >= leastLeft
}
