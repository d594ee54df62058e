package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

const (
	maxMapDepth    = 50        // of elements
	maxMapElements = 1_500_000 // twenty for each of the pages that a sitemap may list, and more
	maxMapTag      = 64 << 10  // bytes of one tag
)

// bounded returns as much of a sitemap as is read: all, but for one that goes
// beyond the limits.
func bounded(text []byte) []byte {
	elements := 0
	for i := 0; i < len(text); {
		n, kind, _ := markup(text[i:])
		if kind == opens || kind == empty {
			if elements++; elements > maxMapElements || n > maxMapTag {
				return text[:i]
			}
		}
		i += n
	}
	return text
}

// sitemap reads a sitemap or an index of sitemaps (sitemaps.org 0.9, with the
// news elements of Google's sitemap-news 0.9). What stands before a mistake in
// the file is kept.
func (c *collector) sitemap(text []byte, root string) error {
	c.feed.Kind = Sitemap
	if root == "sitemapindex" {
		c.feed.Kind = SitemapIndex
	}
	d := xml.NewDecoder(bytes.NewReader(bounded(text)))
	var path []string
	var value strings.Builder
	var item Item
	var loc string
	rooted := false
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if len(path) == 0 && rooted {
				return nil
			}
			err = errors.New("it breaks off or is too large")
		}
		if end, ok := t.(xml.EndElement); err == nil && (len(path) > maxMapDepth || ok && (len(path) == 0 || path[len(path)-1] != end.Name.Local)) {
			err = errors.New("elements that do not close each other, or nested more than " + strconv.Itoa(maxMapDepth) + " deep")
		}
		if err != nil {
			if len(c.feed.Items)+len(c.feed.Maps) == 0 {
				return refuse(hintBroken, "a sitemap that cannot be read: %w", err)
			}
			c.leave(brokenMap, hintBroken)
			return nil
		}
		switch t := t.(type) {
		case xml.StartElement:
			rooted = true
			path = append(path, t.Name.Local)
			value.Reset()
			if len(path) == 2 {
				item, loc = Item{}, ""
			}
		case xml.CharData:
			if value.Len() < maxAddress {
				value.Write(t[:min(len(t), 2*maxAddress)])
			}
		case xml.EndElement:
			if len(path) > 1 {
				switch v := value.String(); strings.Join(path[1:], "/") {
				case "url/loc", "sitemap/loc":
					loc = v
				case "url/lastmod":
					item.Modified = v
				case "url/news/publication_date":
					item.Published = v
				case "url/news/title":
					item.Title = v
				case "url/news/author":
					item.Byline = v
				case "url/news/publication/name":
					item.Outlet = v
				case "url":
					c.add(item, []string{loc})
				case "sitemap":
					if strings.TrimSpace(loc) == "" {
						c.leave(mapNoLink, hintItems)
					} else {
						c.addMap(loc)
					}
				}
			}
			value.Reset()
			path = path[:len(path)-1]
		}
	}
}
