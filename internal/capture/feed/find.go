package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

const (
	maxFound = 100     // feeds of one page
	maxLinks = 5000    // <link> and <base> elements that are looked at
	maxHead  = 4 << 20 // bytes of a page that are looked at
)

// Find returns the addresses of the feeds that a page announces with <link
// rel="alternate">, in the order of the page, none twice. base is the address
// of the page.
func Find(page []byte, base string) []string {
	c := newCollector(base)
	based := false
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), maxHead)]))
	z.SetMaxBuf(1 << 20)
	var out []string
	for links := 0; len(out) < maxFound && links < maxLinks; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, has := z.TagName()
		tag := string(name)
		if tag != "link" && tag != "base" {
			continue
		}
		links++
		attr := map[string]string{}
		for has {
			var k, v []byte
			k, v, has = z.TagAttr()
			if _, ok := attr[string(k)]; !ok {
				attr[string(k)] = string(v)
			}
		}
		if tag == "base" {
			if u := c.resolve(attr["href"]); u != nil && !based && attr["href"] != "" {
				c.base, based = u, true // as in browsers the first counts
			}
			continue
		}
		if attr["href"] == "" || !announces(attr["rel"], attr["type"]) {
			continue
		}
		if u := c.resolve(feedScheme(attr["href"])); u != nil && !c.known(u) {
			c.mark(u)
			u.Fragment, u.RawFragment = "", ""
			out = append(out, u.String())
		}
	}
	return out
}

// announces reports whether a link leads to a feed.
func announces(rel, kind string) bool {
	rels := strings.Fields(strings.ToLower(rel))
	kind, _, _ = strings.Cut(strings.ToLower(kind), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json":
		return slices.Contains(rels, "alternate") || slices.Contains(rels, "feed")
	case "":
		return slices.Contains(rels, "feed")
	}
	return false
}

// feedScheme returns a link with the scheme of the web where it says feed:.
func feedScheme(link string) string {
	link = strings.TrimSpace(link)
	rest, ok := strings.CutPrefix(link, "feed:")
	if !ok {
		return link
	}
	if u, err := url.Parse(rest); err == nil && web(u) {
		return rest
	}
	return "http:" + rest
}
