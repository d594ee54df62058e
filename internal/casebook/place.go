package casebook

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/store"
)

// Found says how an anchor was found.
type Found uint8

const (
	Lost     Found = iota // the page or its words are not in the study
	InOlder               // the words stand only in an older text of the page
	Moved                 // found again by its exact words
	Anchored              // page, text and offsets all fit
)

// A Placement is where an anchor was found. Of words that stand only in an
// older text there is nothing to show, but what was decided still holds.
type Placement struct {
	Spans []recount.Span // in the text of the version that counts; empty spans if the words stand in an older text
	page  *page          // nil if the words are nowhere in the study
	older *older         // nil if the words stand in the text that counts
	Found Found
}

// An older text that holds the words of an anchor.
type older struct {
	spans []recount.Span
	text  string // SHA-256
}

// At is the first span.
func (pl *Placement) At() recount.Span {
	if len(pl.Spans) == 0 {
		return recount.Span{}
	}
	return pl.Spans[0]
}

// Article is the version that counts of the page; "" if the words are nowhere in
// the study.
func (pl *Placement) Article() recount.Key {
	if pl.page == nil {
		return ""
	}
	return pl.page.Key
}

// name is equal for equal places.
func (pl *Placement) name() string {
	switch {
	case pl.page == nil:
		return ""
	case pl.older != nil:
		return placeName(pl.page.id+"\x00"+pl.older.text, pl.older.spans)
	}
	return placeName(pl.page.id, pl.Spans)
}

// compare orders the places of one page: 0 for those of one name.
func (pl *Placement) compare(o *Placement) int {
	first, second := pl.Spans, o.Spans
	if pl.older != nil && o.older != nil {
		if by := strings.Compare(pl.older.text, o.older.text); by != 0 {
			return by
		}
		first, second = pl.older.spans, o.older.spans
	} else if by := boolCompare(pl.older != nil, o.older != nil); by != 0 {
		return by
	}
	return compareSpans(first, second)
}

// packed writes a placement for a block.
func (pl *Placement) packed() packedPlace {
	x := packedPlace{Article: pl.Article(), Found: int(pl.Found), At: pl.Spans}
	if pl.older != nil {
		x.At, x.Text = pl.older.spans, pl.older.text
	}
	return x
}

// placement names a place on p; of an older text only its hash is known.
func (p *page) placement(f Found, spans []recount.Span, text string) Placement {
	pl := Placement{Spans: spans, Found: f, page: p}
	if f == InOlder {
		pl.older = &older{spans, text}
		pl.Spans = make([]recount.Span, len(spans))
	}
	return pl
}

// placeName names a place in a form that is the same for equal places.
func placeName(text string, spans []recount.Span) string {
	var room [256]byte
	b := append(room[:0], text...)
	for _, sp := range spans {
		b = append(b, 0)
		b = strconv.AppendInt(b, int64(sp.Start), 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, int64(sp.End), 10)
	}
	return string(b)
}

// place looks for the anchors of decisions that have no places yet, and keeps
// what it finds.
func (c *Casebook) place(ctx context.Context, ps []*placed) error {
	type want struct {
		p *placed
		i int
	}
	byPage := map[*page][]want{}
	var rows []store.Place
	var ids []string
	var sought []*placed
	for _, p := range ps {
		if p.found {
			continue
		}
		anchors := p.answer.Anchors()
		if len(anchors) == len(p.at) {
			continue
		}
		p.at = make([]Placement, len(anchors))
		ids, sought = append(ids, p.ID), append(sought, p)
		c.sought[p.ID] = true
		for i, an := range anchors {
			if pg := c.pages[pageID(an.Page, an.Part)]; pg != nil {
				byPage[pg] = append(byPage[pg], want{p, i})
			}
		}
	}
	if len(ids) == 0 {
		return c.keepPlaces(ctx, nil, nil)
	}
	pages := slices.SortedFunc(maps.Keys(byPage), func(a, b *page) int { return strings.Compare(a.id, b.id) })
	for _, pg := range pages {
		t, err := c.readText(ctx, pg) // perhaps of every page there is
		if err != nil {
			return err
		}
		for _, w := range byPage[pg] {
			pl, row, err := c.find(ctx, pg, t, w.p.answer.Anchors()[w.i])
			if err != nil {
				return err
			}
			w.p.at[w.i] = pl
			row.Decision, row.N = w.p.ID, w.i
			rows = append(rows, row)
		}
	}
	for _, p := range sought {
		for i, at := range p.at {
			if at.Found == Lost && at.page == nil {
				rows = append(rows, store.Place{Decision: p.ID, N: i})
			}
		}
	}
	return c.keepPlaces(ctx, ids, rows)
}

// keepPlaces notes the places in the store. A study that may only be read is
// placed in memory.
func (c *Casebook) keepPlaces(ctx context.Context, ids []string, rows []store.Place) error {
	if len(ids) == 0 {
		return nil
	}
	if c.store.ReadOnly() || c.settings.Bare {
		return nil
	}
	return c.store.PutPlaces(ctx, ids, rows, c.seq)
}

// find looks for an anchor on its page: in the text that counts, else in the
// older text that it was made for.
func (c *View) find(ctx context.Context, p *page, t *located, an *recount.Anchor) (Placement, store.Place, error) {
	row := store.Place{Article: p.Key}
	if spans, moved, ok := an.Place(t.Article, t.points); ok {
		f := Anchored
		if moved {
			f = Moved
		}
		row.Found, row.At = int(f), spans
		return p.placement(f, spans, ""), row, nil
	}
	for _, v := range p.versions {
		if v.Key == p.Key && v.Extractor == p.Extractor {
			continue
		}
		old, err := c.store.ArticleBy(ctx, v.Key, v.Extractor)
		if err != nil {
			return Placement{}, row, err
		}
		if recount.HashText(old.Text) != an.Text {
			continue
		}
		if spans, _, ok := an.Place(old, recount.NewCodePoints(old.Text)); ok {
			row.Found, row.At, row.Text = int(InOlder), spans, an.Text
			return p.placement(InOlder, spans, an.Text), row, nil
		}
	}
	row.Article = ""
	return Placement{}, row, nil
}
