package casebook

import (
	"container/list"
	"context"
	"sync"

	"recount"
)

// A located text is the text of an article with its code points.
type located struct {
	*recount.Article
	points *recount.CodePoints
}

// mostText is how many bytes of text are kept for the next who asks.
const mostText = 16 << 20

// Texts that were read last, for the pages and the evidence that somebody looks
// at again. They may be asked for by many goroutines at once; nobody changes
// them.
type texts struct {
	mu    sync.Mutex
	most  int // bytes
	size  int
	at    map[textName]*list.Element
	order *list.List // of *located, the one asked for last first
}

type textName struct {
	article   recount.Key
	extractor string
}

func newTexts(most int) *texts {
	return &texts{most: most, at: map[textName]*list.Element{}, order: list.New()}
}

func (x *texts) get(n textName) *located {
	x.mu.Lock()
	defer x.mu.Unlock()
	e := x.at[n]
	if e == nil {
		return nil
	}
	x.order.MoveToFront(e)
	return e.Value.(*located)
}

func (x *texts) put(n textName, t *located) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.at[n] != nil || len(t.Text) > x.most {
		return
	}
	x.at[n] = x.order.PushFront(t)
	for x.size += len(t.Text); x.size > x.most; {
		last := x.order.Remove(x.order.Back()).(*located)
		x.size -= len(last.Text)
		delete(x.at, textName{last.Key, last.Extractor})
	}
}

// text returns the text of the version that counts, which must not be changed.
func (c *View) text(ctx context.Context, p *page) (*located, error) {
	n := textName{p.Key, p.Extractor}
	if t := c.texts.get(n); t != nil {
		return t, nil
	}
	t, err := c.readText(ctx, p)
	if err == nil {
		c.texts.put(n, t)
	}
	return t, err
}

// readText reads the text of the version that counts.
func (c *View) readText(ctx context.Context, p *page) (*located, error) {
	a, err := c.store.ArticleBy(ctx, p.Key, p.Extractor)
	if err != nil {
		return nil, err
	}
	return &located{a, recount.NewCodePoints(a.Text)}, nil
}
