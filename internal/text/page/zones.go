package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/pattern"
)

// A Zone is what the markup around a piece of text says it is for.
type Zone int

const (
	Open      Zone = iota // nothing special
	Chrome                // navigation, consent, advertising, share bars
	Comments              // what readers wrote
	Related               // links to other stories
	Captioned             // words under a picture
	Pulled                // words of the article set large
	Bylined               // who wrote it
	Dated                 // when
	Hidden                // not shown
)

// zoneWords lists the words, inside class names and ids, that give an element
// its zone. The first line that matches counts.
var zoneWords = []struct {
	z     Zone
	words []string
}{
	{Comments, []string{"comments", "comment-list", "commentlist", "comment-body", "disqus", "respond", "livefyre"}},
	{Pulled, []string{"pullquote", "pull-quote", "pull_quote", "pullout", "blockquote--pull"}},
	{Captioned, []string{"caption", "image-credit", "photo-credit", "img-credit"}},
	{Related, []string{"related", "read-more", "readmore", "more-on", "morestories", "more-stories", "recommend", "most-read", "mostread",
		"most-popular", "outbrain", "taboola", "also-read", "see-also", "teaser", "trending", "recirc", "next-article", "read-next"}},
	{Chrome, []string{"newsletter", "cookie", "consent", "share", "social", "breadcrumb", "navbar", "masthead", "topbar", "subscribe",
		"signup", "sign-up", "advert", "sponsor", "promo", "paywall", "popup", "modal", "toolbar", "footer", "site-header", "menu", "sidebar",
		"print-only", "sr-only", "screen-reader", "visually-hidden", "taglist", "tag-list", "article-tags", "post-tags"}},
	{Bylined, []string{"byline", "author"}},
	{Dated, []string{"timestamp", "pubdate", "publish-date", "post-date", "article-date", "dateline-time"}},
}

// anyZone holds all of those words: most names hold none.
var anyZone = func() *pattern.Words {
	var lists [][]string
	for _, l := range zoneWords {
		lists = append(lists, l.words)
	}
	return pattern.NewWords(lists...)
}()

// Zones remembers the zone of each element of one tree.
type Zones map[*html.Node]Zone

// Of returns the zone of n: its own, else that of what is around it.
func (z Zones) Of(n *html.Node) Zone {
	if n == nil || n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		return Open
	}
	if v, ok := z[n]; ok {
		return v
	}
	v := z.Of(n.Parent)
	if v == Open || v == Captioned || v == Bylined {
		if own := OwnZone(n); own != Open {
			v = own
		}
	}
	z[n] = v
	return v
}

// OwnZone returns the zone that an element gives what is in it.
func OwnZone(n *html.Node) Zone {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Menu, atom.Dialog, atom.Form:
		return Chrome
	case atom.Figcaption, atom.Caption:
		return Captioned
	}
	switch strings.ToLower(Attr(n, "role")) {
	case "navigation", "banner", "contentinfo", "search", "dialog", "menu":
		return Chrome
	}
	if style := Attr(n, "style"); style != "" {
		if style = strings.ReplaceAll(strings.ToLower(style), " ", ""); strings.Contains(style, "display:none") {
			return Hidden
		}
	}
	return NamedZone(n)
}

// NamedZone is the zone that class and id of an element give.
func NamedZone(n *html.Node) Zone {
	s := Names(n)
	if s == "" || n.DataAtom == atom.Article || n.DataAtom == atom.Main || !anyZone.In(s) {
		return Open
	}
	for _, l := range zoneWords {
		for _, w := range l.words {
			if strings.Contains(s, w) {
				return l.z
			}
		}
	}
	return Open
}
