package copies

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"recount"
)

// An Index is what Around looks up of the pages that are there already. All
// functions give what was stored before the change.
type Index struct {
	// Holders returns the numbers of the pages that have a feature.
	Holders func(of Feature, feature uint64) ([]uint32, error)
	// Mark returns the mark of a page; it is asked for more of them than Head.
	Mark func(number uint32) (*Mark, error)
	// Head returns what is known of a page; it is not changed.
	Head func(number uint32) (*Head, error)
	// Number finds a page by its key.
	Number func(key recount.Key) (uint32, error)
	// Words returns what Page.Words wrote.
	Words func(number uint32) ([]byte, error)
	// Relations returns all relations of an article.
	Relations func(key recount.Key) ([]Found, error)
	// Passages returns what a page took, and what was taken from it.
	Passages func(number uint32) (from, by []Passage, err error)
	// Original returns an original by its key.
	Original func(key recount.Key) (recount.Original, error)
}

// A Delta is what a change of some pages changes. What it puts stands in place
// of what has the same key.
type Delta struct {
	Heads         []*Head // of new pages and of those about which something else is known now
	DropRelations [][2]recount.Key
	PutRelations  []Found
	DropPassages  [][2]uint32
	PutPassages   []Passage
	DropOriginals []recount.Key
	PutOriginals  []recount.Original
	// Crossed is how many features crossed one of the limits on common ones, so
	// that pairs of pages that were there were compared anew.
	Crossed int
}

// Around works out what changes when pages go and others come: the same as All
// over what is then there. A page with a new text goes and comes under another
// number. Only pages that share text with these are looked at. Where a limit
// on common features is crossed, the pairs that it concerns are compared anew.
func (x *Index) Around(gone []uint32, come []*Page) (*Delta, error) {
	s := &around{Index: x, gone: map[uint32]bool{}, come: map[uint32]*Page{}, byKey: map[recount.Key]uint32{},
		pages: map[uint32]*Page{}, heads: map[uint32]*Head{}, relations: map[recount.Key]map[recount.Key]*Found{},
		before: map[recount.Key]map[recount.Key]*Found{}, passages: map[uint32]*passages{},
		groups: map[featured]*group{}, with: map[Feature]map[uint64][]*Mark{Shingles: {}, Phrases: {}}, changed: map[recount.Key]bool{}, labelled: map[recount.Key]bool{}}
	for _, n := range gone {
		s.gone[n] = true
	}
	for _, p := range come {
		s.come[p.Number] = p
		s.byKey[p.Key] = p.Number
		h := p.Head
		s.heads[p.Number] = &h
		for of, with := range s.with {
			for _, f := range p.Features(of) {
				with[f] = append(with[f], &h.Mark)
			}
		}
	}
	err := s.run()
	return &s.out, err
}

// around is one run of Around.
type around struct {
	*Index
	gone  map[uint32]bool
	come  map[uint32]*Page
	byKey map[recount.Key]uint32 // of pages that come, and of others as they are met
	out   Delta

	pages     map[uint32]*Page
	heads     map[uint32]*Head                       // as they are now
	relations map[recount.Key]map[recount.Key]*Found // of an article, by the other one; as they are now
	before    map[recount.Key]map[recount.Key]*Found // as they were
	passages  map[uint32]*passages                   // as they are now
	groups    map[featured]*group
	with      map[Feature]map[uint64][]*Mark // pages that come, by their features
	aligner   aligner
	matcher   matcher

	changed  map[recount.Key]bool // articles with a relation that came, went or counts as another kind
	labelled map[recount.Key]bool // articles whose group of copies has another smallest member
}

type featured struct {
	of      Feature
	feature uint64
}

// passages are those of one page.
type passages struct {
	from, by map[uint32]Passage
}

// cacheWords is how many pages are held with their words.
const cacheWords = 4096

func (s *around) run() error {
	if err := s.relate(); err != nil {
		return err
	}
	if err := s.copied(); err != nil {
		return err
	}
	if err := s.recompose(); err != nil {
		return err
	}
	took, err := s.take()
	if err != nil {
		return err
	}
	if err := s.group(took); err != nil {
		return err
	}
	return s.close()
}

// page returns a page with its words, before or after the change.
func (s *around) page(n uint32) (*Page, error) {
	if p := s.come[n]; p != nil {
		return p, nil
	}
	if p := s.pages[n]; p != nil {
		return p, nil
	}
	h, err := s.Index.Head(n)
	if err != nil {
		return nil, err
	}
	b, err := s.Index.Words(n)
	if err != nil {
		return nil, err
	}
	p, err := DecodePage(h, b)
	if err != nil {
		return nil, fmt.Errorf("copies: words of article %s: %w", h.Key, err)
	}
	if len(s.pages) >= cacheWords {
		clear(s.pages)
	}
	s.pages[n] = p
	return p, nil
}

// head returns the head of a page as it is now, which may be changed.
func (s *around) head(n uint32) (*Head, error) {
	if h := s.heads[n]; h != nil {
		return h, nil
	}
	old, err := s.Index.Head(n)
	if err != nil {
		return nil, err
	}
	h := *old
	s.heads[n] = &h
	return &h, nil
}

// number finds a page that is there after the change.
func (s *around) number(k recount.Key) (uint32, error) {
	if n, ok := s.byKey[k]; ok {
		return n, nil
	}
	n, err := s.Index.Number(k)
	if err == nil {
		s.byKey[k] = n
	}
	return n, err
}

func (s *around) headOf(k recount.Key) (*Head, error) {
	n, err := s.number(k)
	if err != nil {
		return nil, err
	}
	return s.head(n)
}

// of returns the relations of an article as they are now.
func (s *around) of(k recount.Key) (map[recount.Key]*Found, error) {
	if m := s.relations[k]; m != nil {
		return m, nil
	}
	m, err := s.were(k)
	if err != nil {
		return nil, err
	}
	m = maps.Clone(m)
	if m == nil {
		m = map[recount.Key]*Found{}
	}
	s.relations[k] = m
	return m, nil
}

// were returns the relations of an article as they were.
func (s *around) were(k recount.Key) (map[recount.Key]*Found, error) {
	if m := s.before[k]; m != nil {
		return m, nil
	}
	found, err := s.Index.Relations(k)
	if err != nil {
		return nil, err
	}
	m := map[recount.Key]*Found{}
	for i := range found {
		r := &found[i]
		other := r.A
		if other == k {
			other = r.B
		}
		m[other] = r
	}
	s.before[k] = m
	return m, nil
}

// set puts a relation, nil for none, between two articles.
func (s *around) set(a, b recount.Key, r *Found) error {
	for _, side := range [][2]recount.Key{{a, b}, {b, a}} {
		m, err := s.of(side[0])
		if err != nil {
			return err
		}
		if r == nil {
			delete(m, side[1])
		} else {
			m[side[1]] = r
		}
		s.changed[side[0]] = true
	}
	return nil
}

// raw is the kind of a relation before pages put together from others were
// looked at.
func (r *Found) raw() recount.RelationKind {
	if r.Lifted {
		return recount.Trace
	}
	return r.Kind
}

// relate drops the relations of pages that go and aligns the pairs that are new.
func (s *around) relate() error {
	for n := range s.gone {
		h, err := s.Index.Head(n)
		if err != nil {
			return err
		}
		m, err := s.were(h.Key)
		if err != nil {
			return err
		}
		for other := range m {
			if err := s.set(h.Key, other, nil); err != nil {
				return err
			}
		}
	}
	fresh, stale, err := s.pairs(Shingles, func(p pair) (bool, error) {
		a, b, err := s.two(p)
		if err != nil {
			return false, err
		}
		m, err := s.were(a.Key)
		return m[b.Key] != nil, err
	})
	if err != nil {
		return err
	}
	for _, p := range stale {
		a, b, err := s.two(p)
		if err != nil {
			return err
		}
		if err := s.set(a.Key, b.Key, nil); err != nil {
			return err
		}
	}
	last := ^uint32(0)
	for _, p := range fresh {
		a, err := s.page(p[0])
		if err != nil {
			return err
		}
		b, err := s.page(p[1])
		if err != nil {
			return err
		}
		if last != p[0] {
			s.aligner.Set(&a.record.Words)
			last = p[0]
		}
		if r, ok := relation(&s.aligner, a.Key, &a.record, b.Key, &b.record); ok {
			if err := s.set(a.Key, b.Key, &Found{Relation: r}); err != nil {
				return err
			}
		}
	}
	return nil
}

// two returns the heads of a pair.
func (s *around) two(p pair) (a, b *Head, err error) {
	if a, err = s.head(p[0]); err != nil {
		return nil, nil, err
	}
	b, err = s.head(p[1])
	return a, b, err
}

// here reports whether an article is there after the change.
func (s *around) here(k recount.Key) (bool, error) {
	if n, ok := s.byKey[k]; ok {
		return !s.gone[n], nil
	}
	n, err := s.Index.Number(k)
	if errors.Is(err, recount.ErrNotFound) || err == nil && s.gone[n] {
		return false, nil
	}
	return err == nil, err
}

// component returns the articles that copies join to those of from, by key,
// in parts that each hang together.
func (s *around) components(from []recount.Key) ([][]recount.Key, error) {
	var out [][]recount.Key
	seen := map[recount.Key]bool{}
	for _, k := range from {
		if ok, err := s.here(k); err != nil {
			return nil, err
		} else if seen[k] || !ok {
			continue
		}
		seen[k] = true
		part := []recount.Key{k}
		for i := 0; i < len(part); i++ {
			m, err := s.of(part[i])
			if err != nil {
				return nil, err
			}
			for other, r := range m {
				if r.Kind == recount.Copy && !seen[other] {
					seen[other] = true
					part = append(part, other)
				}
			}
		}
		slices.Sort(part)
		out = append(out, part)
	}
	return out, nil
}

// copied labels every article with the smallest one that copies join to it.
func (s *around) copied() error {
	from := slices.Collect(maps.Keys(s.changed))
	for _, p := range s.come {
		from = append(from, p.Key)
	}
	slices.Sort(from)
	parts, err := s.components(from)
	if err != nil {
		return err
	}
	for _, part := range parts {
		for _, k := range part {
			h, err := s.headOf(k)
			if err != nil {
				return err
			}
			if h.Copied != part[0] {
				h.Copied = part[0]
				s.labelled[k] = true
			}
		}
	}
	return nil
}

// taken returns the passages of a page as they are now.
func (s *around) taken(n uint32) (*passages, error) {
	if p := s.passages[n]; p != nil {
		return p, nil
	}
	p := &passages{map[uint32]Passage{}, map[uint32]Passage{}}
	if s.come[n] == nil {
		from, by, err := s.Index.Passages(n)
		if err != nil {
			return nil, err
		}
		for _, x := range from {
			p.from[x.Source] = x
		}
		for _, x := range by {
			p.by[x.Page] = x
		}
	}
	s.passages[n] = p
	return p, nil
}

// drop takes out what page took from source.
func (s *around) drop(page, source uint32) error {
	p, err := s.taken(page)
	if err != nil {
		return err
	}
	q, err := s.taken(source)
	if err != nil {
		return err
	}
	if _, ok := p.from[source]; ok {
		s.out.DropPassages = append(s.out.DropPassages, [2]uint32{page, source})
	}
	delete(p.from, source)
	delete(q.by, page)
	return nil
}

// close lists what changed.
func (s *around) close() error {
	for _, n := range slices.Sorted(maps.Keys(s.heads)) {
		if s.gone[n] {
			continue
		}
		h := s.heads[n]
		if s.come[n] == nil {
			old, err := s.Index.Head(n)
			if err != nil {
				return err
			}
			if *old == *h {
				continue
			}
		}
		s.out.Heads = append(s.out.Heads, h)
	}
	for _, k := range slices.Sorted(maps.Keys(s.changed)) {
		now, err := s.of(k)
		if err != nil {
			return err
		}
		was, err := s.were(k)
		if err != nil {
			return err
		}
		for _, other := range slices.Sorted(maps.Keys(was)) {
			if k < other && now[other] == nil {
				s.out.DropRelations = append(s.out.DropRelations, [2]recount.Key{k, other})
			}
		}
		for _, other := range slices.Sorted(maps.Keys(now)) {
			if k < other && now[other] != was[other] {
				s.out.PutRelations = append(s.out.PutRelations, *now[other])
			}
		}
	}
	return nil
}
