package feed

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// A collector puts the items of a feed in order.
type collector struct {
	feed Feed
	base *url.URL        // nil if it is not known
	seen map[string]bool // addresses without their fragments
}

func newCollector(base string) *collector {
	c := &collector{seen: map[string]bool{}}
	if u, err := url.Parse(strings.TrimSpace(base)); err == nil && web(u) {
		c.base = u
	}
	return c
}

// web reports whether an address is one of the web.
func web(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// Reasons of what is left.
const (
	noLink    = "items without a link"
	noWeb     = "items whose link is no address of the web"
	twice     = "items whose page the feed lists more than once"
	tooMany   = "items beyond the first 50000"
	mapNoLink = "sitemaps without an address"
	brokenMap = "the rest of the sitemap, which breaks off, is too large or cannot be read"
	mapTwice  = "sitemaps that the index lists more than once"
	mapNoWeb  = "sitemaps whose address is none of the web"
	mapMany   = "sitemaps beyond the first 50000"

	hintItems = "look in the feed for what they are; add the pages one by one if they are wanted"
	hintTwice = "nothing to do: the first stands for all"
	hintMany  = "give narrower feeds of the same site, such as one for a section or month"
)

// leave counts something that is not taken.
func (c *collector) leave(reason, hint string) {
	i := slices.IndexFunc(c.feed.Left, func(l Left) bool { return l.Reason == reason })
	if i < 0 {
		i = len(c.feed.Left)
		c.feed.Left = append(c.feed.Left, Left{Reason: reason, Hint: hint})
	}
	c.feed.Left[i].Count++
}

// add takes an item in, under the first of its links that is an address of the
// web.
func (c *collector) add(i Item, links []string) {
	any := false
	for _, l := range links {
		if strings.TrimSpace(l) == "" {
			continue
		}
		any = true
		if u := c.resolve(l); u != nil {
			switch {
			case c.known(u):
				c.leave(twice, hintTwice)
			case len(c.feed.Items) == maxItems:
				c.leave(tooMany, hintMany)
			default:
				c.mark(u)
				c.feed.Items = append(c.feed.Items, Item{u.String(), printed(i.Title), printed(i.Published), printed(i.Modified), printed(i.Byline), printed(i.Outlet), printed(i.GUID)})
			}
			return
		}
	}
	if any {
		c.leave(noWeb, hintItems)
	} else {
		c.leave(noLink, hintItems)
	}
}

// addMap takes the address of a further sitemap in.
func (c *collector) addMap(address string) {
	u := c.resolve(address)
	switch {
	case u == nil:
		c.leave(mapNoWeb, hintItems)
	case c.known(u):
		c.leave(mapTwice, hintTwice)
	case len(c.feed.Maps) == maxItems:
		c.leave(mapMany, hintMany)
	default:
		c.mark(u)
		c.feed.Maps = append(c.feed.Maps, u.String())
	}
}

// resolve returns the address that a link stands for, nil if it is none of
// the web.
func (c *collector) resolve(link string) *url.URL {
	if len(link) > maxAddress {
		return nil
	}
	u, err := url.Parse(strings.TrimSpace(link))
	if err == nil && c.base != nil {
		u = c.base.ResolveReference(u)
	}
	if err != nil || !web(u) {
		return nil
	}
	return u
}

func key(u *url.URL) string {
	k := *u
	k.Fragment, k.RawFragment = "", ""
	return k.String()
}

func (c *collector) known(u *url.URL) bool { return c.seen[key(u)] }
func (c *collector) mark(u *url.URL)       { c.seen[key(u)] = true }

// printed returns a value as a person sees it: without tags and codes of HTML,
// on one line.
func printed(s string) string {
	if len(s) > 4*maxText {
		s = cut(s, 4*maxText)
	}
	if strings.ContainsAny(s, "<&") {
		var b strings.Builder
		for z := html.NewTokenizer(strings.NewReader(s)); ; {
			t := z.Next()
			if t == html.ErrorToken {
				break
			}
			if t == html.TextToken {
				b.Write(z.Text())
			}
		}
		s = b.String()
	}
	return cut(strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " "), maxText)
}

// cut returns the first n bytes of s at most, whole code points.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// joined returns names in one line, as a byline.
func joined(names []string) string {
	var out []string
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(out, n) {
			if out = append(out, n); len(out) == 50 {
				break
			}
		}
	}
	return strings.Join(out, ", ")
}
