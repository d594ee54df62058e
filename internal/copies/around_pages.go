package copies

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"recount"
)

// recompose looks again at the pages that may be put together from others, and at
// how their traces count.
func (s *around) recompose() error {
	look := map[recount.Key]bool{}
	for _, p := range s.come {
		look[p.Key] = true
	}
	for k := range s.changed {
		look[k] = true
	}
	for k := range s.labelled {
		m, err := s.of(k)
		if err != nil {
			return err
		}
		for other := range m {
			look[other] = true
		}
	}
	traces := map[recount.Key]bool{} // articles whose traces may count in another way now
	for k := range s.changed {
		traces[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(look)) {
		if ok, err := s.here(k); err != nil {
			return err
		} else if !ok {
			continue
		}
		h, err := s.headOf(k)
		if err != nil {
			return err
		}
		composite, err := s.composite(h)
		if err != nil {
			return err
		}
		if composite != h.Composite {
			h.Composite = composite
			traces[k] = true
		}
	}
	for _, k := range slices.Sorted(maps.Keys(traces)) {
		m, err := s.of(k)
		if err != nil {
			return err
		}
		for _, other := range slices.Sorted(maps.Keys(m)) {
			r := m[other]
			if r.raw() != recount.Trace {
				continue
			}
			a, err := s.headOf(k)
			if err != nil {
				return err
			}
			b, err := s.headOf(other)
			if err != nil {
				return err
			}
			plain := r.Relation
			plain.Kind = recount.Trace
			if now := lift(plain, a.Composite || b.Composite); now.Lifted != r.Lifted {
				if err := s.set(k, other, &now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// composite is relationFile.composites for one page.
func (s *around) composite(h *Head) (bool, error) {
	m, err := s.of(h.Key)
	if err != nil {
		return false, err
	}
	shared := 0
	for _, r := range m {
		if r.raw() == recount.Copy {
			return false, nil
		}
		for _, al := range r.Spans {
			if r.A == h.Key {
				shared += al.A.Len()
			} else {
				shared += al.B.Len()
			}
		}
	}
	size := min(h.Size, maxText)
	if len(m) < compositeSources || 100*shared < compositePercent*size {
		return false, nil
	}
	byGroup := map[recount.Key][]recount.Span{}
	for _, other := range slices.Sorted(maps.Keys(m)) {
		r := m[other]
		o, err := s.headOf(other)
		if err != nil {
			return false, err
		}
		if d, _ := earlier(h.Published, o.Published); r.raw() == recount.QuoteOnly || d < 0 {
			continue
		}
		for _, al := range r.Spans {
			if r.A == h.Key {
				byGroup[o.Copied] = append(byGroup[o.Copied], al.A)
			} else {
				byGroup[o.Copied] = append(byGroup[o.Copied], al.B)
			}
		}
	}
	bySource := map[int][]recount.Span{}
	for i, k := range slices.Sorted(maps.Keys(byGroup)) {
		bySource[i] = byGroup[k]
	}
	return isComposite(size, bySource), nil
}

// take looks which sentences stand in which pages. It returns the pages about
// which that changed.
func (s *around) take() (map[uint32]bool, error) {
	changed := map[uint32]bool{}
	for n := range s.gone {
		p, err := s.taken(n)
		if err != nil {
			return nil, err
		}
		for _, source := range slices.Sorted(maps.Keys(p.from)) {
			if err := s.drop(n, source); err != nil {
				return nil, err
			}
		}
		for _, page := range slices.Sorted(maps.Keys(p.by)) {
			changed[page] = true
			if err := s.drop(page, n); err != nil {
				return nil, err
			}
		}
	}
	fresh, stale, err := s.pairs(Phrases, func(p pair) (bool, error) {
		x, err := s.taken(p[0])
		if err != nil {
			return false, err
		}
		_, from := x.from[p[1]]
		_, by := x.by[p[1]]
		return from || by, nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range stale {
		changed[p[0]], changed[p[1]] = true, true
		if err := errors.Join(s.drop(p[0], p[1]), s.drop(p[1], p[0])); err != nil {
			return nil, err
		}
	}
	last := ^uint32(0)
	for _, p := range fresh {
		a, err := s.page(p[0])
		if err != nil {
			return nil, err
		}
		b, err := s.page(p[1])
		if err != nil {
			return nil, err
		}
		if last != p[0] {
			s.matcher.set(&a.record.Words, a.sentences())
			last = p[0]
		}
		inB, inA := s.matcher.match(&b.record.Words, b.sentences())
		var found []Passage
		found = appendPassages(found, p[0], p[1], len(a.sentences()), inB)
		found = appendPassages(found, p[1], p[0], len(b.sentences()), inA)
		for _, x := range found {
			from, err := s.taken(x.Page)
			if err != nil {
				return nil, err
			}
			by, err := s.taken(x.Source)
			if err != nil {
				return nil, err
			}
			from.from[x.Source], by.by[x.Page] = x, x
			changed[x.Page] = true
			s.out.PutPassages = append(s.out.PutPassages, x)
		}
	}
	return changed, nil
}

// group groups again what is joined by copies to pages that changed, and says
// which pages are put together sentence by sentence.
func (s *around) group(took map[uint32]bool) error {
	from := map[recount.Key]bool{}
	for k := range s.changed {
		from[k] = true
	}
	for _, p := range s.come {
		from[p.Key] = true
	}
	found, groups, err := s.grouped(from)
	if err != nil {
		return err
	}
	// Where a group has another smallest member or other members, the pages
	// that share text with it may be put together from others, or no longer.
	wider := false
	for k, g := range groups {
		h, err := s.headOf(k)
		if err != nil {
			return err
		}
		if h.Grouped == g {
			continue
		}
		m, err := s.of(k)
		if err != nil {
			return err
		}
		for other := range m {
			if !from[other] {
				from[other], wider = true, true
			}
		}
	}
	if wider {
		if found, groups, err = s.grouped(from); err != nil {
			return err
		}
	}
	for k, g := range groups {
		h, err := s.headOf(k)
		if err != nil {
			return err
		}
		h.Grouped = g
	}

	// Pages in other originals than before, or whose original has other pages.
	moved := map[recount.Key]bool{}
	for _, o := range found {
		for _, m := range o.Members {
			h, err := s.headOf(m)
			if err != nil {
				return err
			}
			if h.Original != o.Key {
				moved[m] = true
				h.Original = o.Key
			}
		}
	}
	look := map[uint32]bool{}
	for n := range took {
		look[n] = true
	}
	for _, p := range s.come {
		look[p.Number] = true
	}
	for k := range groups {
		n, err := s.number(k)
		if err != nil {
			return err
		}
		look[n] = true
	}
	for k := range moved {
		n, err := s.number(k)
		if err != nil {
			return err
		}
		t, err := s.taken(n)
		if err != nil {
			return err
		}
		for page := range t.by {
			look[page] = true
		}
	}
	if found, err = s.splice(found, groups, look); err != nil {
		return err
	}
	return s.originals(found)
}

// grouped groups the pages that copies join to those of from. The pages that
// share text with them are at the edge.
func (s *around) grouped(from map[recount.Key]bool) ([]recount.Original, map[recount.Key]recount.Key, error) {
	parts, err := s.components(slices.Sorted(maps.Keys(from)))
	if err != nil {
		return nil, nil, err
	}
	inside := map[recount.Key]bool{}
	for _, part := range parts {
		for _, k := range part {
			inside[k] = true
		}
	}
	var pages []groupedPage
	var relations []recount.Relation
	edge := map[recount.Key]bool{}
	for _, k := range slices.Sorted(maps.Keys(inside)) {
		h, err := s.headOf(k)
		if err != nil {
			return nil, nil, err
		}
		pages = append(pages, groupedPage{Key: k, Published: h.Published, Size: h.Size})
		m, err := s.of(k)
		if err != nil {
			return nil, nil, err
		}
		for _, other := range slices.Sorted(maps.Keys(m)) {
			if inside[other] && other < k {
				continue // taken from the other side
			}
			relations = append(relations, m[other].Relation)
			if !inside[other] && !edge[other] {
				edge[other] = true
				o, err := s.headOf(other)
				if err != nil {
					return nil, nil, err
				}
				pages = append(pages, groupedPage{Key: other, Published: o.Published, Size: o.Size, Group: o.Grouped})
			}
		}
	}
	found, groups := groupPages(pages, relations)
	return found, groups, nil
}

// splice is Splice for the pages of look.
func (s *around) splice(found []recount.Original, groups map[recount.Key]recount.Key, look map[uint32]bool) ([]recount.Original, error) {
	// Pages that were not grouped again are, alone, for how they count without
	// the sentences.
	more := map[recount.Key]bool{}
	for n := range look {
		if s.gone[n] {
			continue
		}
		h, err := s.head(n)
		if err != nil {
			return nil, err
		}
		if _, ok := groups[h.Key]; ok {
			continue
		}
		o, err := s.Index.Original(h.Original)
		if err != nil {
			return nil, err
		}
		if len(o.Members) == 1 {
			more[h.Key] = true
		}
	}
	again, _, err := s.grouped(more)
	if err != nil {
		return nil, err
	}
	for _, o := range again {
		if _, ok := groups[o.Members[0]]; !ok {
			found = append(found, o)
		}
	}
	var articles []*recount.Article
	var from [][]recount.SentenceOrigin
	of := map[recount.Key]int{}
	all := slices.Clone(found)
	for i, o := range found {
		for _, m := range o.Members {
			of[m] = i
		}
	}
	stored := map[recount.Key]int{} // original -> its place in all
	met := map[recount.Key]bool{}
	add := func(h *Head, rows []Passage) {
		met[h.Key] = true
		articles = append(articles, &recount.Article{Key: h.Key, Published: h.Published})
		from = append(from, sentenceOrigins(h.Key, rows, func(n uint32) recount.Key { return s.heads[n].Key }))
		if _, ok := of[h.Key]; ok {
			return
		}
		at, ok := stored[h.Original]
		if !ok {
			at = len(all)
			stored[h.Original] = at
			all = append(all, recount.Original{Key: h.Original})
		}
		of[h.Key] = at
		all[at].Members = append(all[at].Members, h.Key)
	}
	var sources []uint32
	for _, o := range found {
		if len(o.Members) > 1 {
			continue
		}
		n, err := s.number(o.Members[0])
		if err != nil {
			return nil, err
		}
		t, err := s.taken(n)
		if err != nil {
			return nil, err
		}
		var rows []Passage
		for _, source := range slices.Sorted(maps.Keys(t.from)) {
			rows = append(rows, t.from[source])
			sources = append(sources, source)
			if _, err := s.head(source); err != nil {
				return nil, err
			}
		}
		h, err := s.head(n)
		if err != nil {
			return nil, err
		}
		add(h, rows)
	}
	slices.Sort(sources)
	for _, n := range slices.Compact(sources) {
		if h := s.heads[n]; !met[h.Key] {
			add(h, nil)
		}
	}
	return Splice(articles, all, from)[:len(found)], nil
}

// originals notes which originals are new, are other than before or are gone.
func (s *around) originals(found []recount.Original) error {
	now := map[recount.Key]bool{}
	for _, o := range found {
		now[o.Key] = true
	}
	old := map[recount.Key]bool{}
	note := func(n uint32) error {
		h, err := s.Index.Head(n)
		if err != nil {
			return err
		}
		if !now[h.Original] {
			old[h.Original] = true
		}
		return nil
	}
	for n := range s.gone {
		if err := note(n); err != nil {
			return err
		}
	}
	for _, o := range found {
		for _, m := range o.Members {
			n, err := s.number(m)
			if err != nil {
				return err
			}
			if s.come[n] != nil {
				continue
			}
			if err := note(n); err != nil {
				return err
			}
		}
	}
	s.out.DropOriginals = slices.Sorted(maps.Keys(old))
	for _, o := range found {
		was, err := s.Index.Original(o.Key)
		if err != nil && !errors.Is(err, recount.ErrNotFound) {
			return err
		}
		if err != nil || was.First != o.First || was.Reason != o.Reason || was.Spliced != o.Spliced {
			s.out.PutOriginals = append(s.out.PutOriginals, o)
		}
	}
	slices.SortFunc(s.out.PutOriginals, func(x, y recount.Original) int { return cmp.Compare(x.Key, y.Key) })
	return nil
}
