package study

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"recount"
	"recount/internal/capture/feed"
	"recount/internal/capture/web"
	"recount/internal/text"
)

// maxFeeds is the most feeds and site maps that one watch reads, those that
// others name included.
const maxFeeds = 500

// Watch asks feeds and site maps once for what is new and takes the pages that
// the study has no capture of. A feed is itself archived: it is evidence of
// when something was announced, and what an interrupted run had still to fetch
// is found in it again. No feeds = those that were watched before.
func (s *intake) Watch(ctx context.Context, o Offer) (*Added, error) {
	h, err := s.taker(ctx, o)
	if err != nil {
		return nil, err
	}
	have, err := s.Store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	last := map[string]recount.Capture{} // of each feed, the newest
	for _, c := range have {
		if old, ok := last[c.Name]; c.Channel == fromFeed && (!ok || old.Captured.Before(c.Captured)) {
			last[c.Name] = c
		}
	}
	pages := captured(have)
	feeds := slices.Clone(o.Paths)
	if len(feeds) == 0 {
		for _, c := range have {
			if c.Channel == fromFeed && c.Origin.Within == nil && !slices.Contains(feeds, c.Name) {
				feeds = append(feeds, c.Name)
			}
		}
		slices.Sort(feeds)
		h.offer.Paths = feeds
	}
	if len(feeds) == 0 {
		return nil, recount.WithHint(fmt.Errorf("%w: no feed to watch", recount.ErrNotFound), "name one: recount watch https://news.example/feed.xml")
	}
	var asks []pageRequest
	w := o.Web.fetcher(s.Now)
	defer w.Close()
	asked := map[string]bool{}
	type wanted struct{ url, by string }
	todo := make([]wanted, len(feeds))
	for i, f := range feeds {
		todo[i] = wanted{url: f}
	}
	for len(todo) > 0 && len(asked) < maxFeeds {
		next := todo[0]
		todo = todo[1:]
		if asked[next.url] {
			continue
		}
		asked[next.url] = true
		payload, media, err := h.feed(w, next.url, next.by, last)
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return h.out, h.stop(fromFeed, err)
			}
			h.out.Offered++
			h.refuse(next.url, err)
			continue
		}
		// A page that was named may announce its feeds.
		got, err := h.Reader.Feed(h.context, payload, media, next.url, next.by == "")
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return h.out, h.stop(fromFeed, err)
			}
			h.out.Offered++
			h.refuse(next.url, err)
			continue
		}
		for _, l := range got.Left {
			h.passed[l.Reason] += l.Count
		}
		for _, m := range got.Maps {
			todo = append(todo, wanted{m, next.url})
		}
		for _, it := range got.Items {
			if key := text.Canonical(it.URL); !pages[key] {
				pages[key] = true
				asks = append(asks, pageRequest{URL: it.URL, Hints: hints(it), Within: &recount.Within{File: next.url}})
			}
		}
		h.Progress("feeds", len(asked), len(asked)+len(todo))
	}
	for _, next := range todo {
		if !asked[next.url] {
			h.passed[fmt.Sprintf("feeds and site maps beyond the first %d", maxFeeds)]++
		}
	}
	if err := h.flush(); err != nil {
		return h.out, err
	}
	if err := h.fetch(asks); err != nil {
		return h.out, h.stop(fromFeed, err)
	}
	return h.out, h.close(fromFeed)
}

// feed returns a feed as it is now; the archived one if the server says that it
// did not change. A feed that changed is archived.
func (h *taker) feed(w *web.Fetcher, url, by string, last map[string]recount.Capture) (payload []byte, media string, err error) {
	old, there := last[url]
	var since *recount.Fetch
	if there {
		since = old.Origin.Fetch
	}
	p, err := w.Get(h.context, url, since)
	if err != nil {
		return nil, "", err
	}
	if p.NotModified && there {
		b, err := h.Archive.Payload(old.Record)
		if err == nil {
			h.right(url)
			return b, old.MediaType, nil
		}
		if !errors.Is(err, recount.ErrNotFound) && !errors.Is(err, recount.ErrTampered) {
			return nil, "", err
		}
		// What is archived can no longer be read, so all of it is asked for.
		if p, err = w.Get(h.context, url, nil); err != nil {
			return nil, "", err
		}
	}
	a := pageRequest{URL: url}
	if by != "" {
		a.Within = &recount.Within{File: by}
	}
	it := page(p, a, fromFeed)
	if it.media = p.Header.Get("Content-Type"); it.media == "" {
		it.media = "application/xml"
	}
	known := len(h.out.Known)
	err = h.take(it)
	// The feed is no page: it is neither offered nor known nor new.
	h.out.Known = h.out.Known[:known]
	return p.Body, it.media, err
}

// hints returns what a feed says of a page.
func hints(it feed.Item) (out []recount.Candidate) {
	for _, f := range [...][2]string{{"title", it.Title}, {"published", it.Published}, {"modified", it.Modified}, {"byline", it.Byline}, {"outlet", it.Outlet}} {
		if f[1] != "" {
			out = append(out, recount.Candidate{Field: f[0], Value: f[1], Origin: "feed"})
		}
	}
	return out
}

// captured returns the canonical addresses of the pages among captures.
func captured(have []recount.Capture) map[string]bool {
	pages := map[string]bool{}
	for _, c := range have {
		if c.Channel == fromFeed || !Address(c.Name) {
			continue
		}
		pages[text.Canonical(c.Name)] = true
		if c.Origin.Fetch != nil && c.Origin.Fetch.Final != "" {
			pages[text.Canonical(c.Origin.Fetch.Final)] = true
		}
	}
	return pages
}
