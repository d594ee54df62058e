// Package feed reads what a site says of its newest pages: RSS, Atom and JSON
// feeds, sitemaps with or without news in them, and indexes of sitemaps.
//
// In: bytes and the address that they came from. Out: items, each with the
// address of a page and what the feed says of it, as printed and in the order
// of the file; and addresses of further sitemaps. Dates are not read here, so
// one that no program understands costs nothing.
//
// Method: bytes are unpacked and made UTF-8, measured (see measure), and read by
// gofeed's parsers of RSS, Atom and JSON Feed, or by encoding/xml for sitemaps.
// Limits: see the constants. An author of a whole feed is not taken for the
// author of its items. What a feed holds besides is not read.
package feed

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"recount"
)

const (
	maxFeed    = 16 << 20 // bytes of a feed, unpacked
	maxSitemap = 50 << 20 // bytes of a sitemap, unpacked: what sitemaps.org allows
	maxItems   = 50_000   // items of a feed, pages of a sitemap, sitemaps of an index: the same
	maxAddress = 8 << 10  // bytes of an address
	maxText    = 2 << 10  // bytes of a title, name or date; longer ones are cut
)

// What a Feed is.
const (
	RSS          = "RSS feed"
	Atom         = "Atom feed"
	JSON         = "JSON feed"
	Sitemap      = "sitemap"
	SitemapIndex = "index of sitemaps"
)

// A Feed is what a site says of its pages.
type Feed struct {
	Kind  string // RSS, Atom, JSON, Sitemap or SitemapIndex
	Title string
	Items []Item   // in the order of the file, none twice
	Maps  []string // addresses of the sitemaps that an index lists, in its order
	Left  []Left
}

// An Item is a page with what a feed says of it, as printed.
type Item struct {
	URL       string
	Title     string
	Published string
	Modified  string
	Byline    string
	Outlet    string // of this item, where the feed names one
	GUID      string
}

// A Left is what was not taken. Nothing is dropped silently.
type Left struct {
	Reason string // "items without a link"
	Count  int
	Hint   string // what to do next
}

// refuse returns an error that says why a payload is not read as a feed.
func refuse(hint, format string, args ...any) error {
	return recount.WithHint(fmt.Errorf("%w: %w", fmt.Errorf(format, args...), recount.ErrRefused), hint)
}

const (
	hintNoFeed = "give the address of a feed or sitemap; a page that announces one has it in its head"
	hintBroken = "open the address in a browser and look whether it is whole; add the pages that it lists one by one if not"
)

// Parse reads a feed. mediaType is the Content-Type that came with it, or "";
// base is the address that it came from, which relative links are resolved
// against. An error wraps recount.ErrRefused and carries a hint.
func Parse(payload []byte, mediaType, base string) (f Feed, err error) {
	defer func() {
		// No input is known on which the parsers of others panic; if there is
		// one, it costs one feed and not the run.
		if r := recover(); r != nil {
			f, err = Feed{}, refuse(hintBroken, "a feed that its parser fails on: %v", r)
		}
	}()
	text, err := decode(payload, mediaType)
	if err != nil {
		return Feed{}, err
	}
	c := newCollector(base)
	if len(text) > 0 && text[0] == '{' {
		err = c.json(text)
	} else {
		err = c.xml(text)
	}
	if err != nil {
		return Feed{}, err
	}
	return c.feed, nil
}

// xml reads any kind of XML.
func (c *collector) xml(text []byte) error {
	root, ok := rootOf(text)
	if !ok {
		return refuse(hintNoFeed, "no feed and no sitemap")
	}
	switch root = strings.ToLower(root); root {
	case "urlset", "sitemapindex":
		return c.sitemap(text, root)
	case "rss", "rdf", "feed":
	case "html":
		return refuse(hintNoFeed, "a web page, and no feed")
	default:
		return refuse(hintNoFeed, "XML of another kind (%.40q), and no feed", root)
	}
	if len(text) > maxFeed {
		return refuse(hintBroken, "a feed of more than %d MiB", maxFeed>>20)
	}
	if err := measure(text); err != nil {
		return err
	}
	if root == "feed" {
		return c.atom(text)
	}
	return c.rss(text)
}

func (c *collector) rss(text []byte) error {
	f, err := new(rss.Parser).Parse(bytes.NewReader(text))
	if err != nil {
		return refuse(hintBroken, "an RSS feed that cannot be read: %w", err)
	}
	c.feed.Kind, c.feed.Title = RSS, printed(f.Title)
	for _, i := range f.Items {
		item := Item{Title: i.Title, Published: i.PubDate, Byline: i.Author}
		var links []string
		for _, e := range i.Extensions["feedburner"]["origLink"] { // the page itself, where Link is a counter in front of it
			links = append(links, e.Value)
		}
		links = append(links, i.Links...)
		if dc := i.DublinCoreExt; dc != nil {
			if len(dc.Creator) > 0 {
				item.Byline = joined(dc.Creator)
			}
			if item.Published == "" && len(dc.Date) > 0 {
				item.Published = dc.Date[0]
			}
			if len(dc.Publisher) > 0 {
				item.Outlet = dc.Publisher[0]
			}
		}
		if i.Source != nil && i.Source.Title != "" {
			item.Outlet = i.Source.Title
		}
		if i.GUID != nil {
			item.GUID = i.GUID.Value
			if !strings.EqualFold(i.GUID.IsPermalink, "false") {
				links = append(links, i.GUID.Value)
			}
		}
		c.add(item, links)
	}
	return nil
}

func (c *collector) atom(text []byte) error {
	f, err := new(atom.Parser).Parse(bytes.NewReader(text))
	if err != nil {
		return refuse(hintBroken, "an Atom feed that cannot be read: %w", err)
	}
	c.feed.Kind, c.feed.Title = Atom, printed(f.Title)
	for _, e := range f.Entries {
		item := Item{Title: e.Title, Published: e.Published, Modified: e.Updated, GUID: e.ID}
		var names []string
		for _, a := range e.Authors {
			names = append(names, a.Name)
		}
		item.Byline = joined(names)
		if e.Source != nil {
			item.Outlet = e.Source.Title
		}
		var links, others []string
		for _, l := range e.Links {
			switch {
			case l.Rel != "" && l.Rel != "alternate":
			case l.Type == "" || strings.Contains(l.Type, "html"):
				links = append(links, l.Href)
			default:
				others = append(others, l.Href)
			}
		}
		if links = append(links, others...); strings.HasPrefix(e.ID, "http") {
			links = append(links, e.ID)
		}
		c.add(item, links)
	}
	return nil
}

func (c *collector) json(text []byte) error {
	if len(text) > maxFeed {
		return refuse(hintBroken, "a feed of more than %d MiB", maxFeed>>20)
	}
	if err := measureJSON(text); err != nil {
		return err
	}
	f, err := new(json.Parser).Parse(bytes.NewReader(text))
	if err != nil {
		return refuse(hintBroken, "JSON that cannot be read as a feed: %w", err)
	}
	if !strings.Contains(f.Version, "jsonfeed.org") && len(f.Items) == 0 {
		return refuse(hintNoFeed, "JSON, and no feed")
	}
	c.feed.Kind, c.feed.Title = JSON, printed(f.Title)
	for _, i := range f.Items {
		if i == nil {
			c.leave(noLink, hintItems)
			continue
		}
		item := Item{Title: i.Title, Published: i.DatePublished, Modified: i.DateModified, GUID: i.ID}
		var names []string
		if i.Author != nil {
			names = append(names, i.Author.Name)
		}
		if len(i.Authors) > 0 {
			names = nil // the newer field repeats the older one
			for _, a := range i.Authors {
				if a != nil {
					names = append(names, a.Name)
				}
			}
		}
		item.Byline = joined(names)
		links := []string{i.URL, i.ExternalURL}
		if strings.HasPrefix(i.ID, "http") {
			links = append(links, i.ID)
		}
		c.add(item, links)
	}
	return nil
}
