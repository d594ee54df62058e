package copies

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"recount"
	"recount/internal/copies/credit"
	"recount/internal/copies/originals"
	"recount/internal/copies/origins"
	"recount/internal/copies/wording"
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
	aligner   wording.Aligner
	matcher   origins.Matcher

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
	if err := s.weave(); err != nil {
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

// A group is the pages that share a feature, before and after.
type group struct{ old, now holders }

type holders struct {
	pages []*Mark
	hub   *Mark  // the one with the smallest key
	own   uint64 // the outlet of which the feature is boilerplate
	lim   limits
}

func newHolders(pages []*Mark, lim limits) holders {
	h := holders{pages: pages, lim: lim}
	if len(pages) > 0 {
		h.hub = slices.MinFunc(pages, func(x, y *Mark) int { return cmp.Compare(x.Key, y.Key) })
	}
	if len(pages) >= lim.boilerplate && len(pages) <= lim.most {
		h.own = mostly(pages, func(p *Mark) uint64 { return p.Outlet })
	}
	return h
}

// big reports whether only the hub is compared with the others.
func (h *holders) big() bool { return len(h.pages) > h.lim.common }

// mute reports whether the feature says nothing.
func (h *holders) mute() bool { return len(h.pages) > h.lim.most || len(h.pages) < 2 }

// speaks reports whether the feature speaks for the pair, as eachCandidate has
// it.
func (h *holders) speaks(x, y *Mark) bool {
	switch {
	case h.mute(), h.own != 0 && x.Outlet == h.own && y.Outlet == h.own, x.Site == y.Site && x.Site != 0:
		return false
	case h.big():
		return x.Number == h.hub.Number || y.Number == h.hub.Number
	}
	return true
}

// groupOf looks up the pages that have a feature.
func (s *around) groupOf(of Feature, feature uint64) (*group, error) {
	at := featured{of, feature}
	if g := s.groups[at]; g != nil {
		return g, nil
	}
	numbers, err := s.Index.Holders(of, feature)
	if err != nil {
		return nil, err
	}
	lim := of.limits()
	come := s.with[of][feature]
	gone := 0
	for _, n := range numbers {
		if s.gone[n] {
			gone++
		}
	}
	g := &group{}
	if len(numbers) > lim.most && len(numbers)-gone > lim.most {
		// It says nothing, before or after, whoever they are.
		g.now = holders{pages: make([]*Mark, len(numbers)-gone+len(come)), lim: lim}
		g.old = g.now
		s.groups[at] = g
		return g, nil
	}
	var old, now []*Mark
	for _, n := range numbers {
		m, err := s.Index.Mark(n)
		if err != nil {
			return nil, err
		}
		old = append(old, m)
		if !s.gone[n] {
			now = append(now, m)
		}
	}
	g.now = newHolders(append(now, come...), lim)
	g.old = g.now
	if gone+len(come) > 0 {
		g.old = newHolders(old, lim)
	}
	s.groups[at] = g
	return g, nil
}

// A pair is two pages, the one with the smaller key first.
type pair [2]uint32

func pairOf(x, y *Mark) pair {
	if y.Key < x.Key {
		x, y = y, x
	}
	return pair{x.Number, y.Number}
}

// pairs returns the pairs that are to be compared now and were not before, and
// those that are no longer: known says of a pair that something was found. Of
// pages that go nothing is said.
func (s *around) pairs(of Feature, known func(pair) (bool, error)) (new, stale []pair, err error) {
	lim := of.limits()
	touched := map[uint64]bool{}
	for n := range s.gone {
		p, err := s.page(n)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range p.Features(of) {
			touched[f] = true
		}
	}
	fresh := s.with[of]
	for f := range fresh {
		touched[f] = true
	}
	shared := map[pair]int{} // of pairs with a page that comes
	moved := map[pair]bool{} // other pairs that a feature no longer speaks for, or does now
	for _, f := range slices.Sorted(maps.Keys(touched)) {
		g, err := s.groupOf(of, f)
		if err != nil {
			return nil, nil, err
		}
		if !g.now.mute() {
			for _, x := range fresh[f] {
				others := g.now.pages
				if g.now.big() && g.now.hub.Number != x.Number {
					others = []*Mark{g.now.hub}
				}
				for _, y := range others {
					// Two pages that both come count once.
					if y.Number != x.Number && (s.come[y.Number] == nil || x.Key < y.Key) && g.now.speaks(x, y) {
						shared[pairOf(x, y)]++
					}
				}
			}
		}
		s.eachMoved(g, func(x, y *Mark) { moved[pairOf(x, y)] = true })
	}
	for p, n := range shared {
		if n >= lim.shared {
			new = append(new, p)
		}
	}
	for p := range moved {
		was, err := known(p)
		if err != nil {
			return nil, nil, err
		}
		is, err := s.candidate(of, p)
		if err != nil {
			return nil, nil, err
		}
		if is && !was {
			new = append(new, p)
		} else if was && !is {
			stale = append(stale, p)
		}
	}
	order := func(x, y pair) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }
	slices.SortFunc(new, order)
	slices.SortFunc(stale, order)
	return new, stale, nil
}

// eachMoved calls visit with the pairs of pages that stay of which the feature
// speaks now and did not before, or the other way round.
func (s *around) eachMoved(g *group, visit func(x, y *Mark)) {
	o, n := &g.old, &g.now
	if o.mute() && n.mute() {
		return
	}
	bigO, bigN := o.big(), n.big()
	same := o.own == n.own && o.mute() == n.mute() && bigO == bigN && (!bigO || o.hub.Number == n.hub.Number)
	if same {
		return
	}
	differs := func(x, y *Mark) {
		if x.Number != y.Number && o.speaks(x, y) != n.speaks(x, y) {
			visit(x, y)
		}
	}
	var stay []*Mark
	for _, h := range n.pages {
		if s.come[h.Number] == nil {
			stay = append(stay, h)
		}
	}
	if (bigO || o.mute()) && (bigN || n.mute()) {
		// Only the hubs, before and after, have pairs.
		for _, hub := range []*holders{o, n} {
			if hub.mute() {
				continue
			}
			first := hub.hub
			if s.gone[first.Number] || s.come[first.Number] != nil {
				continue
			}
			for _, y := range stay {
				differs(first, y)
			}
		}
		return
	}
	for i, x := range stay {
		for _, y := range stay[i+1:] {
			differs(x, y)
		}
	}
}

// candidate reports whether two pages share enough features now.
func (s *around) candidate(of Feature, p pair) (bool, error) {
	a, err := s.page(p[0])
	if err != nil {
		return false, err
	}
	b, err := s.page(p[1])
	if err != nil {
		return false, err
	}
	x, y := a.Features(of), b.Features(of)
	n, least := 0, of.limits().shared
	for i, j := 0, 0; i < len(x) && j < len(y) && n < least; {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			g, err := s.groupOf(of, x[i])
			if err != nil {
				return false, err
			}
			if g.now.speaks(&a.Mark, &b.Mark) {
				n++
			}
			i, j = i+1, j+1
		}
	}
	return n >= least, nil
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

// weave looks again at the pages that may be put together from others, and at
// how their traces count.
func (s *around) weave() error {
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
		woven, err := s.woven(h)
		if err != nil {
			return err
		}
		if woven != h.Woven {
			h.Woven = woven
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
			if now := lift(plain, a.Woven || b.Woven); now.Lifted != r.Lifted {
				if err := s.set(k, other, &now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// woven is weaver.spliced for one page.
func (s *around) woven(h *Head) (bool, error) {
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
	size := min(h.Size, wording.MaxText)
	if len(m) < originals.SplicedSources || 100*shared < originals.SplicedPercent*size {
		return false, nil
	}
	byGroup := map[recount.Key][]recount.Span{}
	for _, other := range slices.Sorted(maps.Keys(m)) {
		r := m[other]
		o, err := s.headOf(other)
		if err != nil {
			return false, err
		}
		if d, _ := credit.Earlier(h.Published, o.Published); r.raw() == recount.QuoteOnly || d < 0 {
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
	return originals.Patchwork(size, bySource), nil
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
			s.matcher.Set(&a.record.Words, a.sentences())
			last = p[0]
		}
		inB, inA := s.matcher.Match(&b.record.Words, b.sentences())
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
	var pages []originals.Page
	var relations []recount.Relation
	edge := map[recount.Key]bool{}
	for _, k := range slices.Sorted(maps.Keys(inside)) {
		h, err := s.headOf(k)
		if err != nil {
			return nil, nil, err
		}
		pages = append(pages, originals.Page{Key: k, Published: h.Published, Size: h.Size})
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
				pages = append(pages, originals.Page{Key: other, Published: o.Published, Size: o.Size, Group: o.Grouped})
			}
		}
	}
	found, groups := originals.GroupPages(pages, relations)
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
