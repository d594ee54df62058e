package text

// This file takes in the short sentences of an article. The extractors leave
// out a paragraph for its length: "Per Dahl denied it." is none to them. One
// that is set as a paragraph of the article is taken in, and of one that cannot
// be told from the small print around it the reader is told.

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"

	"recount/internal/text/page"
)

const (
	anchored = 40  // letters of a paragraph that bears out what stands beside it
	weighty  = 100 // letters of a paragraph that an extractor does not leave out for its length
)

// sentences takes in the short sentences that stand in paragraphs beside those
// of the article or in an element set as theirs is, and says of which others in
// the element of the article it cannot tell. head is the number of the piece
// that is the headline, -1 if none is known; another is whether another article
// stands below this one.
func sentences(rs []reading, kept []recount.Role, head int, top *html.Node, title string, another bool) string {
	const step = 2                             // elements that may stand between
	beside := map[*html.Node]map[string]bool{} // element: how the article's paragraphs in it are set
	loose := map[*html.Node]bool{}             // elements with loose text of the article
	held := map[string]bool{page.FoldTitle(title): true}
	begin, end := -1, -1
	for i := range rs {
		if kept[i] == "" {
			continue
		}
		held[page.FoldTitle(rs[i].Text)] = true
		if kept[i] != recount.Body || rs[i].letters < anchored && !wide(rs[i].Text) || !rs[i].sealed {
			continue
		}
		if begin < 0 {
			begin = i
		}
		end = i
		loose[rs[i].At] = true
		if n := page.Around(rs[i].At); rs[i].At.DataAtom == atom.P || rs[i].At.DataAtom == atom.Div {
			if beside[n] == nil {
				beside[n] = map[string]bool{}
			}
			beside[n][setting(rs[i].At)] = true
		}
	}
	if begin < 0 {
		return ""
	}
	// An element beside the article's with a longer paragraph tells of something
	// else: it was weighed as a whole.
	other := map[*html.Node]bool{}
	for i := range rs {
		if kept[i] == "" && rs[i].sealed && rs[i].letters >= weighty {
			other[page.Around(rs[i].At)] = true
		}
	}
	region := regionOf(top)
	in := map[*html.Node]bool{}
	if region != nil {
		in[region] = true
	}
	hidden, cards := map[*html.Node]bool{}, map[*html.Node]bool{}
	// like reports whether n is one of the elements that hold paragraphs of the
	// article, or stands beside one and is set alike.
	like := func(n *html.Node, how string) bool {
		if beside[n] != nil {
			return beside[n][how]
		}
		if n == nil || other[n] || n.DataAtom != atom.Div && n.DataAtom != atom.Section {
			return false
		}
		for _, next := range [...]func(*html.Node) *html.Node{func(k *html.Node) *html.Node { return k.PrevSibling }, func(k *html.Node) *html.Node { return k.NextSibling }} {
			seen := 0
			for k := next(n); k != nil && seen <= step; k = next(k) {
				if k.Type != html.ElementNode {
					continue
				}
				if seen++; beside[k][how] && setAs(k, n) {
					return true
				}
			}
		}
		return false
	}
	left, first := 0, -1
	for i := range rs {
		r := &rs[i]
		if kept[i] != "" || i <= head || another && i > end || !sentence(r) || held[page.FoldTitle(r.Text)] || shut(r.At, hidden) ||
			small(*r) || set(r.At, atom.Aside, atom.Form, atom.Figure, atom.Header, atom.Footer, atom.Li, atom.Table) || page.Inside(r.At, atom.Nav, nil) {
			continue
		}
		here := region != nil && within(r.At, in)
		if here && inCard(r.At, region, cards) {
			continue
		}
		switch set := like(page.Around(r.At), setting(r.At)) || loose[r.At]; {
		case set && (i < end || r.Links == 0):
			kept[i] = recount.Body
			held[page.FoldTitle(r.Text)] = true
		case r.At.DataAtom == atom.P && r.letters < leastLeft && (set || here && (region.DataAtom == atom.Article || begin < i && i < end)):
			if left++; first < 0 {
				first = i
			}
		}
	}
	if left == 0 {
		return ""
	}
	what := "a short sentence inside the element of the article was"
	if left > 1 {
		what = fmt.Sprintf("%d short sentences inside the element of the article were", left)
	}
	begins, more := strings.Fields(rs[first].Text), ""
	if len(begins) > 8 {
		begins, more = begins[:8], " …"
	}
	return fmt.Sprintf("%s left out, the first reads “%s%s”", what, strings.Join(begins, " "), more)
}

// setting is how a paragraph is set: its kind and class.
func setting(n *html.Node) string { return n.Data + "." + page.Attr(n, "class") }

// sentence reports whether a piece is a complete sentence, and nothing in its words
// or its place says that it is no part of an article.
func sentence(r *reading) bool {
	if r.zone != page.Open || !r.sealed || r.linked >= 300 || r.letters >= 400 {
		return false
	}
	if promotion(*r) || pointer(*r) || leadsAway(r.Text) || payment(r.Text) || rights(r.Text) || credit(r.Text) || labels[strings.ToLower(r.Text)] {
		return false
	}
	if aboutSite(r.Text) {
		return false
	}
	if strings.ContainsAny(r.Text[len(r.Text)-1:], ":;") || strings.HasSuffix(r.Text, "…") || strings.HasSuffix(r.Text, "...") {
		return false
	}
	quoted := false
	for _, c := range r.Text {
		switch {
		case unicode.IsLetter(c):
			if unicode.IsLower(c) && !quoted {
				return false
			}
		case unicode.IsDigit(c):
		case strings.ContainsRune("\"'“”„‘’«»‹›「『—–", c):
			quoted = true
			continue
		case strings.ContainsRune("¿¡(", c):
			continue
		default:
			return false
		}
		break
	}
	return wide(r.Text) && r.letters >= 4 || len(strings.Fields(r.Text)) >= 3
}

// aboutSite reports whether a sentence tells of the site or of how the page was
// made, and is no one's words.
func aboutSite(s string) bool {
	if strings.ContainsAny(s, "“”«»„\"") {
		return false
	}
	low := strings.ToLower(s)
	if strings.HasPrefix(low, "by ") && (strings.HasSuffix(low, " a.m.") || strings.HasSuffix(low, " p.m.")) {
		return true
	}
	for _, w := range siteWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}
