package text

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A zone is what the markup around a piece of text says it is for.
type zone int

const (
	open      zone = iota // nothing special
	chrome                // navigation, consent, advertising, share bars
	comments              // what readers wrote
	related               // links to other stories
	captioned             // words under a picture
	pulled                // words of the article set large
	bylined               // who wrote it
	dated                 // when
	hidden                // not shown
)

// zoneWords lists the words, inside class names and ids, that give an element
// its zone. The first line that matches counts.
var zoneWords = []struct {
	z     zone
	words []string
}{
	{comments, []string{"comments", "comment-list", "commentlist", "comment-body", "disqus", "respond", "livefyre"}},
	{pulled, []string{"pullquote", "pull-quote", "pull_quote", "pullout", "blockquote--pull"}},
	{captioned, []string{"caption", "image-credit", "photo-credit", "img-credit"}},
	{related, []string{"related", "read-more", "readmore", "more-on", "morestories", "more-stories", "recommend", "most-read", "mostread",
		"most-popular", "outbrain", "taboola", "also-read", "see-also", "teaser", "trending", "recirc", "next-article", "read-next"}},
	{chrome, []string{"newsletter", "cookie", "consent", "share", "social", "breadcrumb", "navbar", "masthead", "topbar", "subscribe",
		"signup", "sign-up", "advert", "sponsor", "promo", "paywall", "popup", "modal", "toolbar", "footer", "site-header", "menu", "sidebar",
		"print-only", "sr-only", "screen-reader", "visually-hidden", "taglist", "tag-list", "article-tags", "post-tags"}},
	{bylined, []string{"byline", "author"}},
	{dated, []string{"timestamp", "pubdate", "publish-date", "post-date", "article-date", "dateline-time"}},
}

// zones remembers the zone of each element of one tree.
type zones map[*html.Node]zone

// of returns the zone of n: its own, else that of what is around it.
func (z zones) of(n *html.Node) zone {
	if n == nil || n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		return open
	}
	if v, ok := z[n]; ok {
		return v
	}
	v := z.of(n.Parent)
	if v == open || v == captioned || v == bylined {
		if own := ownZone(n); own != open {
			v = own
		}
	}
	z[n] = v
	return v
}

func ownZone(n *html.Node) zone {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Menu, atom.Dialog, atom.Form:
		return chrome
	case atom.Figcaption, atom.Caption:
		return captioned
	}
	switch strings.ToLower(attr(n, "role")) {
	case "navigation", "banner", "contentinfo", "search", "dialog", "menu":
		return chrome
	}
	if style := attr(n, "style"); style != "" {
		if style = strings.ReplaceAll(strings.ToLower(style), " ", ""); strings.Contains(style, "display:none") {
			return hidden
		}
	}
	s := names(n)
	if s == "" || n.DataAtom == atom.Article || n.DataAtom == atom.Main {
		return open
	}
	for _, l := range zoneWords {
		for _, w := range l.words {
			if strings.Contains(s, w) {
				return l.z
			}
		}
	}
	return open
}

// aside reports whether n stands in a part of the page that is about other
// things than its article, and remembers it.
func (f *facts) aside(n *html.Node) bool {
	if n == nil || n.DataAtom == atom.Body {
		return false
	}
	if v, ok := f.asides[n]; ok {
		return v
	}
	v := n.DataAtom == atom.Aside || f.aside(n.Parent)
	if !v {
		switch ownZone(n) {
		case comments, related, chrome:
			v = true
		}
	}
	f.asides[n] = v
	return v
}
