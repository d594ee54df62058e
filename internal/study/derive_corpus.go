package study

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"recount"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/parallel"
	"recount/internal/store"
)

// The indexes of the store's postings.
const (
	shinglePostings = uint8(copies.Shingles)
	phrasePostings  = uint8(copies.Phrases)
	namePostings    = uint8(3)
)

const (
	// aroundBatch is how many pages are derived around in one transaction.
	aroundBatch = 64
	// From aroundFew pages and one page in aroundShare on, all are compared at
	// once, which takes less for each.
	aroundFew   = 16
	aroundShare = 16
	// rowBatch is how many rows one transaction holds when all are written.
	rowBatch = 5000
	// deriveSign is how often a long step says that it goes on.
	deriveSign = 500 * time.Millisecond
)

// stampOf names everything that deriving reads of an article.
func stampOf(a *recount.Article) string {
	parts := []string{reader, a.Extractor, recount.HashText(a.Text), a.Published, a.Outlet, a.Page(), a.Byline, a.Language}
	for _, b := range a.Blocks {
		parts = append(parts, string(b.Role), strconv.Itoa(b.Span.Start), strconv.Itoa(b.Span.End))
	}
	return string(recount.KeyOf(parts...))
}

// corpus brings up to date what rests on the articles together, which are
// ordered by key.
func (s *deriving) corpus(ctx context.Context, articles []*recount.Article, stamp string) error {
	known, err := s.Store.Known(ctx)
	if err != nil {
		return err
	}
	whole, err := s.Store.Stamp(ctx, "pages")
	if err != nil {
		return err
	}
	gone, come := difference(known, articles)
	if whole != reader || len(gone)+len(come) > aroundFew+len(articles)/aroundShare {
		if err := s.whole(ctx, articles); err != nil {
			return err
		}
	} else if err := s.around(ctx, gone, come); err != nil {
		return err
	}
	return s.Store.SetStamp(ctx, "derived", stamp)
}

// around derives around pages that go and come, in batches. Both lists are
// ordered by key.
func (s *deriving) around(ctx context.Context, gone []store.Known, come []*recount.Article) error {
	for len(gone)+len(come) > 0 {
		n, m := splitBatch(gone, come, aroundBatch)
		if err := s.Around(ctx, gone[:n], come[:m]); err != nil {
			return err
		}
		gone, come = gone[n:], come[m:]
	}
	return nil
}

// splitBatch says how many of two lists, ordered by key, make the next batch of
// about most pages. A
// page that goes and comes with another text does so in one batch.
func splitBatch(gone []store.Known, come []*recount.Article, most int) (n, m int) {
	for n+m < most && (n < len(gone) || m < len(come)) {
		switch {
		case m == len(come) || n < len(gone) && gone[n].Article < come[m].Key:
			n++
		case n == len(gone) || come[m].Key < gone[n].Article:
			m++
		default:
			n, m = n+1, m+1
		}
	}
	return n, m
}

// difference returns the pages that are no longer there or have another text,
// and the articles that are new or have one. Both lists are ordered by key.
func difference(known []store.Known, articles []*recount.Article) (gone []store.Known, come []*recount.Article) {
	for _, a := range articles {
		for len(known) > 0 && known[0].Article < a.Key {
			gone = append(gone, known[0])
			known = known[1:]
		}
		if len(known) > 0 && known[0].Article == a.Key {
			if known[0].Stamp == stampOf(a) {
				known = known[1:]
				continue
			}
			gone = append(gone, known[0])
			known = known[1:]
		}
		come = append(come, a)
	}
	return append(gone, known...), come
}

// whole derives everything at once.
func (s *deriving) whole(ctx context.Context, articles []*recount.Article) error {
	// What is written in several transactions is no index until the last one.
	if err := s.Store.Derive(ctx, (*store.Derivation).Clear); err != nil {
		return err
	}
	var relations []recount.Relation
	err := s.during("copies", func() (err error) {
		relations, err = s.wholeCopies(ctx, articles)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.during("suggestions", func() error { return s.wholeCases(ctx, articles, relations) }); err != nil {
		return err
	}
	return s.Store.Derive(ctx, func(d *store.Derivation) error { return d.SetStamp("pages", reader) })
}

// during runs a step that cannot say how far it is, and says every now and then
// that it goes on.
func (s *deriving) during(step string, f func() error) error {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(deriveSign)
		defer tick.Stop()
		for {
			s.Progress(step, 0, 0)
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	}()
	err := f()
	close(done)
	<-ended
	return err
}

// rows calls put for each of n rows, some thousand in one transaction.
func (s *deriving) rows(ctx context.Context, n int, put func(d *store.Derivation, i int) error) error {
	for from := 0; from < n; from += rowBatch {
		err := s.Store.Derive(ctx, func(d *store.Derivation) error {
			for i := from; i < min(from+rowBatch, n); i++ {
				if err := put(d, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wholeCopies compares all articles and keeps what was found and the index. It
// returns the relations.
func (s *deriving) wholeCopies(ctx context.Context, articles []*recount.Article) ([]recount.Relation, error) {
	dir, err := os.MkdirTemp(s.Dir, "copies-")
	if err != nil {
		return nil, fmt.Errorf("copies: %w", err)
	}
	defer os.RemoveAll(dir)
	c, err := copies.All(articles, dir)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	s.shared = c.Shared
	err = s.rows(ctx, len(c.Heads), func(d *store.Derivation, i int) error {
		words, err := c.Words(uint32(i))
		if err != nil {
			return err
		}
		if err := d.PutWords(uint32(i), words); err != nil {
			return err
		}
		return d.PutPage(derivePageOf(c.Heads[i], stampOf(articles[i])))
	})
	if err != nil {
		return nil, err
	}
	err = s.rows(ctx, len(c.Relations), func(d *store.Derivation, i int) error { return d.PutRelation(shared(&c.Relations[i])) })
	if err != nil {
		return nil, err
	}
	err = s.rows(ctx, len(c.Originals), func(d *store.Derivation, i int) error { return d.PutOriginal(&c.Originals[i]) })
	if err != nil {
		return nil, err
	}
	err = s.rows(ctx, len(c.Passages), func(d *store.Derivation, i int) error { return d.PutPassage(passageOf(&c.Passages[i])) })
	if err != nil {
		return nil, err
	}
	err = s.Store.Derive(ctx, func(d *store.Derivation) error {
		w := d.Postings()
		for _, of := range []copies.Feature{copies.Shingles, copies.Phrases} {
			var failed error
			err := c.Postings(of, func(feature uint64, number uint32) bool {
				failed = w.Put(store.Posting{Index: uint8(of), Feature: feature, Page: number})
				return failed == nil
			})
			if err != nil {
				return err
			}
			if failed != nil {
				return failed
			}
		}
		return w.Close()
	})
	if err != nil {
		return nil, err
	}
	relations := make([]recount.Relation, len(c.Relations))
	for i := range c.Relations {
		relations[i] = c.Relations[i].Relation
	}
	return relations, nil
}

// wholeCases scores all pairs of speakers and keeps the suggestions and the
// index of people.
func (s *deriving) wholeCases(ctx context.Context, articles []*recount.Article, relations []recount.Relation) error {
	var pages []*cases.Page
	var batch []*recount.Reading
	var of []int // which article each of the batch is of
	// People are read out of the articles on all cores, a batch at a time.
	flush := func() {
		read := make([]*cases.Page, len(batch))
		parallel.Each(len(batch), func(i int) {
			read[i] = cases.ReadPage(articles[of[i]], batch[i])
			read[i].Number = uint32(of[i])
		})
		pages, batch, of = append(pages, read...), nil, nil
	}
	at := 0
	for r, err := range s.Store.ReadingsSpoken(ctx) {
		if err != nil {
			return err
		}
		for at < len(articles) && articles[at].Key < r.Article {
			at++
		}
		if at == len(articles) || articles[at].Key != r.Article {
			continue
		}
		if batch, of = append(batch, r), append(of, at); len(batch) == readBatch {
			flush()
		}
	}
	flush()
	suggestions := cases.ProposePages(pages, relations)
	if err := s.rows(ctx, len(suggestions), func(d *store.Derivation, i int) error { return d.PutSuggestion(&suggestions[i]) }); err != nil {
		return err
	}
	err := s.rows(ctx, len(pages), func(d *store.Derivation, i int) error {
		if len(pages[i].People) == 0 {
			return nil
		}
		return d.PutPeople(pages[i].Number, cases.EncodePeople(pages[i].People))
	})
	if err != nil {
		return err
	}
	var postings []store.Posting
	for _, p := range pages {
		postings = append(postings, deriveNames(p)...)
	}
	slices.SortFunc(postings, comparePostings)
	return s.Store.Derive(ctx, func(d *store.Derivation) error {
		w := d.Postings()
		for _, p := range postings {
			if err := w.Put(p); err != nil {
				return err
			}
		}
		return w.Close()
	})
}
