package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"recount"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/store"
)

// Around derives what changes when pages go and articles come, in one
// transaction: the same as deriving everything at once. The articles were read
// before; an article with a new text goes and comes.
func (s *deriving) Around(ctx context.Context, gone []store.Known, come []*recount.Article) error {
	s.crossed = 0
	return s.Store.Derive(ctx, func(d *store.Derivation) error {
		next, err := d.Next()
		if err != nil {
			return err
		}
		b := batch{s: s, ctx: ctx, d: d, heads: map[uint32]*copies.Head{}, marks: map[uint32]*copies.Mark{}, goers: map[uint32]*cases.Page{}}
		if err := b.load(gone, come, next); err != nil {
			return err
		}
		related, err := b.copies()
		if err != nil {
			return err
		}
		if err := b.cases(related); err != nil {
			return err
		}
		return d.ChangePostings(b.drop, b.put)
	})
}

// A batch is one run of Around.
type batch struct {
	s   *deriving
	ctx context.Context
	d   *store.Derivation

	gone   []uint32
	come   []*copies.Page
	stamps map[uint32]string
	people []*cases.Page          // of pages that come
	goers  map[uint32]*cases.Page // people of pages that go
	drop   []store.Posting
	put    []store.Posting

	heads map[uint32]*copies.Head
	marks map[uint32]*copies.Mark
}

// load reads what goes and what comes.
func (b *batch) load(gone []store.Known, come []*recount.Article, next uint32) error {
	for _, k := range gone {
		b.gone = append(b.gone, k.Number)
		h, err := b.head(k.Number)
		if err != nil {
			return err
		}
		words, err := b.d.Words(k.Number)
		if err != nil {
			return err
		}
		p, err := copies.DecodePage(h, words)
		if err != nil {
			return err
		}
		b.drop = append(b.drop, features(p)...)
		who, err := b.peopleOf(k.Number)
		if err != nil {
			return err
		}
		b.goers[k.Number] = who
		b.drop = append(b.drop, deriveNames(who)...)
	}
	b.stamps = map[uint32]string{}
	for _, a := range come {
		p := copies.ReadPage(a)
		p.Number = next
		b.come = append(b.come, p)
		b.stamps[next] = stampOf(a)
		b.put = append(b.put, features(p)...)
		r, err := b.s.Store.Reading(b.ctx, a.Key)
		if err != nil {
			return err
		}
		who := cases.ReadPage(a, r)
		who.Number = next
		b.people = append(b.people, who)
		b.put = append(b.put, deriveNames(who)...)
		next++
	}
	return nil
}

// head looks up a page as it was before the change.
func (b *batch) head(n uint32) (*copies.Head, error) {
	if h := b.heads[n]; h != nil {
		return h, nil
	}
	p, err := b.d.Page(n)
	if err != nil {
		return nil, err
	}
	h := &copies.Head{Mark: copies.Mark{Number: n, Key: p.Article, Outlet: p.Outlet, Site: p.Site}, Published: p.Published, Size: p.Size,
		Copied: p.Copied, Grouped: p.Grouped, Composite: p.Composite, Original: p.Original}
	b.heads[n] = h
	return h, nil
}

// copies brings relations, originals and passages up to date. It returns the
// pairs of articles, all of them there, whose relation is another one now.
func (b *batch) copies() ([][2]recount.Key, error) {
	d := b.d
	x := copies.Index{
		Holders: func(of copies.Feature, feature uint64) ([]uint32, error) { return d.Holders(uint8(of), feature) },
		Mark:    b.mark,
		Head:    b.head,
		Number:  d.Number,
		Words:   d.Words,
		Relations: func(k recount.Key) ([]copies.Found, error) {
			rows, err := d.RelationsOf(k)
			out := make([]copies.Found, len(rows))
			for i, r := range rows {
				out[i] = copies.Found{Relation: r.Relation, Lifted: r.Lifted}
			}
			return out, err
		},
		Passages: func(n uint32) (from, by []copies.Passage, err error) {
			f, t, err := d.Passages(n)
			return passages(f), passages(t), err
		},
		Original: d.Original,
	}
	delta, err := x.Around(b.gone, b.come)
	if err != nil {
		return nil, err
	}
	b.s.crossed += delta.Crossed
	for _, n := range b.gone {
		if err := d.DropPage(n); err != nil {
			return nil, err
		}
	}
	for _, p := range b.come {
		if err := d.PutWords(p.Number, p.Words()); err != nil {
			return nil, err
		}
	}
	for _, h := range delta.Heads {
		if err := d.PutPage(derivePageOf(h, b.stamps[h.Number])); err != nil {
			return nil, err
		}
	}
	for _, r := range delta.DropRelations {
		if err := d.DropRelation(r[0], r[1]); err != nil {
			return nil, err
		}
	}
	for i := range delta.PutRelations {
		if err := d.PutRelation(shared(&delta.PutRelations[i])); err != nil {
			return nil, err
		}
	}
	for _, p := range delta.DropPassages {
		if err := d.DropPassage(p[0], p[1]); err != nil {
			return nil, err
		}
	}
	for i := range delta.PutPassages {
		if err := d.PutPassage(passageOf(&delta.PutPassages[i])); err != nil {
			return nil, err
		}
	}
	for _, k := range delta.DropOriginals {
		if err := d.DropOriginal(k); err != nil {
			return nil, err
		}
	}
	for i := range delta.PutOriginals {
		if err := d.PutOriginal(&delta.PutOriginals[i]); err != nil {
			return nil, err
		}
	}
	related := delta.DropRelations
	for i := range delta.PutRelations {
		related = append(related, [2]recount.Key{delta.PutRelations[i].A, delta.PutRelations[i].B})
	}
	return b.here(related)
}

// here keeps the pairs of which both articles are there.
func (b *batch) here(pairs [][2]recount.Key) (out [][2]recount.Key, err error) {
	for _, p := range pairs {
		_, errA := b.d.Number(p[0])
		_, errB := b.d.Number(p[1])
		switch err := errors.Join(errA, errB); {
		case errors.Is(err, recount.ErrNotFound):
		case err != nil:
			return nil, err
		default:
			out = append(out, p)
		}
	}
	return out, nil
}

// peopleOf looks up the people of a page as they were before the change.
func (b *batch) peopleOf(n uint32) (*cases.Page, error) {
	if p := b.goers[n]; p != nil {
		return p, nil
	}
	m, err := b.mark(n)
	if err != nil {
		return nil, err
	}
	people, err := b.d.People(n)
	if err != nil {
		return nil, err
	}
	p := &cases.Page{Number: n, Article: m.Key}
	if p.People, err = cases.DecodePeople(people); err != nil {
		return nil, fmt.Errorf("people of article %s: %w", m.Key, err)
	}
	return p, nil
}

// mark looks up the mark of a page.
func (b *batch) mark(n uint32) (*copies.Mark, error) {
	if m := b.marks[n]; m != nil {
		return m, nil
	}
	m, err := b.d.Mark(n)
	if err != nil {
		return nil, err
	}
	b.marks[n] = &copies.Mark{Number: n, Key: m.Article, Outlet: m.Outlet, Site: m.Site}
	return b.marks[n], nil
}

// cases brings the suggestions up to date.
func (b *batch) cases(related [][2]recount.Key) error {
	d := b.d
	x := cases.Index{
		Holders:     func(block uint64) ([]uint32, error) { return d.Holders(namePostings, block) },
		People:      b.peopleOf,
		Suggestions: d.SuggestionsFrom,
		Number:      d.Number,
		Relations: func(k recount.Key) ([]recount.Relation, error) {
			rows, err := d.RelationsOf(k)
			out := make([]recount.Relation, len(rows))
			for i, r := range rows {
				out[i] = r.Relation
			}
			return out, err
		},
		Text: func(k recount.Key) (string, error) {
			a, err := b.s.Store.Article(b.ctx, k)
			if err != nil {
				return "", err
			}
			return a.Text, nil
		},
	}
	delta, err := x.Around(b.gone, b.people, related)
	if err != nil {
		return err
	}
	b.s.crossed += delta.Crossed
	for _, k := range delta.DropOf {
		if err := d.DropSuggestionsOf(k); err != nil {
			return err
		}
	}
	for _, p := range delta.Drop {
		if err := d.DropSuggestion(p[0], p[1]); err != nil {
			return err
		}
	}
	for i := range delta.Put {
		if err := d.PutSuggestion(&delta.Put[i]); err != nil {
			return err
		}
	}
	for _, p := range b.people {
		if len(p.People) == 0 {
			continue
		}
		if err := d.PutPeople(p.Number, cases.EncodePeople(p.People)); err != nil {
			return err
		}
	}
	return nil
}

// features returns the postings of a page's words.
func features(p *copies.Page) (out []store.Posting) {
	for _, of := range []copies.Feature{copies.Shingles, copies.Phrases} {
		for _, f := range p.Features(of) {
			out = append(out, store.Posting{Index: uint8(of), Feature: f, Page: p.Number})
		}
	}
	return out
}

// deriveNames returns the postings of a page's people.
func deriveNames(p *cases.Page) (out []store.Posting) {
	for _, block := range p.Blocks() {
		out = append(out, store.Posting{Index: namePostings, Feature: block, Page: p.Number})
	}
	return out
}

func comparePostings(x, y store.Posting) int {
	return cmp.Or(cmp.Compare(x.Index, y.Index), cmp.Compare(x.Feature, y.Feature), cmp.Compare(x.Page, y.Page))
}

func derivePageOf(h *copies.Head, stamp string) *store.Page {
	return &store.Page{Mark: store.Mark{Article: h.Key, Outlet: h.Outlet, Site: h.Site}, Number: h.Number, Stamp: stamp, Published: h.Published, Size: h.Size,
		Copied: h.Copied, Grouped: h.Grouped, Composite: h.Composite, Original: h.Original}
}

func shared(r *copies.Found) *store.SharedText {
	return &store.SharedText{Relation: r.Relation, Lifted: r.Lifted}
}

func passageOf(p *copies.Passage) *store.Passage {
	out := &store.Passage{Page: p.Page, Source: p.Source, Sentences: p.Of}
	for _, t := range p.Taken {
		out.Taken = append(out.Taken, [2]int{t.Sentence, int(t.Score)})
	}
	return out
}

func passages(rows []store.Passage) (out []copies.Passage) {
	for _, p := range rows {
		x := copies.Passage{Page: p.Page, Source: p.Source, Of: p.Sentences}
		for _, t := range p.Taken {
			x.Taken = append(x.Taken, copies.Taken{Sentence: t[0], Score: recount.Milli(t[1])})
		}
		out = append(out, x)
	}
	return out
}
