package cases

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"recount"
)

// A Page is the people of one article.
type Page struct {
	Number  uint32 // in the index; a page has another after its text changed
	Article recount.Key
	Text    string // looked up where a shared quotation is to be shown
	People  []Person
	Within  []recount.Suggestion // pairs of them that may be one

	profiles []*profile
}

// ReadPage takes the people out of what was read in an article.
func ReadPage(a *recount.Article, r *recount.Reading) *Page {
	p := &Page{Article: a.Key, Text: a.Text}
	p.People, p.Within = peopleOf(Records(a, r))
	return p
}

// Records returns the people of one article with what they say.
func Records(a *recount.Article, r *recount.Reading) []Record {
	var out []Record
	said := map[string][]recount.Statement{}
	for _, st := range r.Statements {
		said[st.Speaker] = append(said[st.Speaker], st)
	}
	for _, sp := range r.Speakers {
		if !sp.Kind.Person() && !writer(&sp) {
			continue
		}
		rec := Record{Speaker: sp, Article: a}
		rec.statements = said[sp.ID]
		for _, st := range rec.statements {
			rec.Contents = append(rec.Contents, st.Content...)
		}
		out = append(out, rec)
	}
	return out
}

// writer reports whether a speaker is the "I" of a text: of a letter or a
// column, whose name stands at its end.
func writer(sp *recount.Speaker) bool {
	return sp.Kind == recount.Unspecified && strings.EqualFold(sp.Name, "I")
}

// pagesOf puts records of people together by article, ordered by its key.
func pagesOf(records []Record) []*Page {
	of := map[recount.Key][]Record{}
	for i := range records {
		if r := &records[i]; r.Article != nil && (r.Speaker.Kind.Person() || writer(&r.Speaker)) {
			of[r.Article.Key] = append(of[r.Article.Key], *r)
		}
	}
	var out []*Page
	for _, k := range slices.Sorted(maps.Keys(of)) {
		p := &Page{Article: k, Text: of[k][0].Article.Text}
		p.People, p.Within = peopleOf(of[k])
		out = append(out, p)
	}
	return out
}

// profiled prepares the people for comparison.
func (p *Page) profiled() []*profile {
	if p.profiles == nil {
		p.profiles = make([]*profile, len(p.People))
		for i := range p.People {
			p.profiles[i] = newProfile(p, &p.People[i])
		}
	}
	return p.profiles
}

// Compare sets two speakers beside each other whom nothing need suggest: what
// their articles say of both, with its weight. ok is false if one is no person
// that linking knows.
func Compare(a *Page, x recount.Key, b *Page, y recount.Key) (s recount.Suggestion, ok bool) {
	first, second := a.of(x), b.of(y)
	if first == nil || second == nil || x == y {
		return s, false
	}
	if y < x {
		first, second = second, first
	}
	return compare(first, second, speech{}, 1), true
}

// Traits returns what the article says of a speaker.
func (p *Page) Traits(speaker recount.Key) []Trait {
	if pr := p.of(speaker); pr != nil {
		return pr.Traits
	}
	return nil
}

func (p *Page) of(speaker recount.Key) *profile {
	for _, pr := range p.profiled() {
		if pr.Key == speaker {
			return pr
		}
	}
	return nil
}

// Blocks returns the blocks of the page's people, sorted, in BlockBits bits.
func (p *Page) Blocks() []uint64 {
	var out []uint64
	for _, pr := range p.profiled() {
		out = append(out, pr.blocks...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// BlocksBy returns the blocks of each of the page's people, sorted, by the key
// of the speaker.
func (p *Page) BlocksBy() map[recount.Key][]uint64 {
	out := map[recount.Key][]uint64{}
	for _, pr := range p.profiled() {
		out[pr.Key] = slices.Clone(pr.blocks)
	}
	return out
}

// An Index is what Around looks up. Holders, People and Suggestions give what
// was stored before the change, the others what is there after it.
type Index struct {
	// Holders returns the numbers of the pages that have a block.
	Holders func(block uint64) ([]uint32, error)
	// People returns the people of a page, with or without its text.
	People func(number uint32) (*Page, error)
	// Suggestions returns the suggestions of which a speaker is A.
	Suggestions func(speaker recount.Key) ([]recount.Suggestion, error)

	// Number finds a page by its article.
	Number func(article recount.Key) (uint32, error)
	// Relations returns the relations of an article.
	Relations func(article recount.Key) ([]recount.Relation, error)
	// Text returns the text of an article.
	Text func(article recount.Key) (string, error)
}

// A Delta is what a change of some pages changes in the suggestions. What goes,
// goes first.
type Delta struct {
	DropOf []recount.Key // speakers whose suggestions all go
	Drop   [][2]recount.Key
	Put    []recount.Suggestion // in place of one about the same pair

	// Crossed is how many blocks became too large or small enough, so that all
	// pairs of their pages were marked.
	Crossed int
}

// Around works out what changes when pages go and others come, and when pairs
// of articles share other passages than before: the same as Propose over what
// is then there. Only people who share a block with those are compared. Where a
// block becomes too large or a last name has one more bearer, up to a few, the
// pairs that this concerns are scored again.
func (x *Index) Around(gone []uint32, come []*Page, related [][2]recount.Key) (*Delta, error) {
	s := &around{Index: x, gone: map[uint32]bool{}, come: map[uint32]*Page{}, pages: map[uint32]*Page{}, groups: map[uint64]*group{},
		with: map[uint64][]uint32{}, bearers: map[string]int{}, stored: map[uint32][]recount.Suggestion{},
		relations: map[recount.Key][]recount.Relation{}, dirty: map[[2]uint32]bool{}}
	for _, n := range gone {
		s.gone[n] = true
	}
	for _, p := range come {
		s.come[p.Number], s.pages[p.Number] = p, p
		for _, b := range p.Blocks() {
			s.with[b] = append(s.with[b], p.Number)
		}
	}
	err := s.run(related)
	return &s.out, err
}

// around is one run of Around.
type around struct {
	*Index
	gone map[uint32]bool
	come map[uint32]*Page
	with map[uint64][]uint32 // pages that come, by block
	out  Delta

	pages     map[uint32]*Page
	groups    map[uint64]*group
	bearers   map[string]int                  // of a last part now
	stored    map[uint32][]recount.Suggestion // of which a page has A
	relations map[recount.Key][]recount.Relation
	dirty     map[[2]uint32]bool // pairs of pages to be scored again
}

// A group is the pages that have a block, before and after.
type group struct{ old, now []uint32 }

// cachePages is how many pages are held with their people.
const cachePages = 1 << 14

func (s *around) page(n uint32) (*Page, error) {
	if p := s.come[n]; p != nil {
		return p, nil
	}
	if p := s.pages[n]; p != nil {
		return p, nil
	}
	p, err := s.Index.People(n)
	if err != nil {
		return nil, err
	}
	if len(s.pages) >= cachePages {
		clear(s.pages)
	}
	s.pages[n] = p
	return p, nil
}

func (s *around) group(block uint64) (*group, error) {
	if g := s.groups[block]; g != nil {
		return g, nil
	}
	g := &group{}
	var err error
	if g.old, err = s.Index.Holders(block); err != nil {
		return nil, err
	}
	for _, n := range g.old {
		if !s.gone[n] {
			g.now = append(g.now, n)
		}
	}
	g.now = append(g.now, s.with[block]...)
	s.groups[block] = g
	return g, nil
}

// mark notes that the pair is to be scored again.
func (s *around) mark(x, y uint32) {
	if x != y {
		s.dirty[[2]uint32{min(x, y), max(x, y)}] = true
	}
}

func (s *around) run(related [][2]recount.Key) error {
	touched := map[uint64]bool{}
	names := map[string]uint64{} // last parts of names that come or go, and their blocks
	look := func(p *Page) {
		for _, pr := range p.profiled() {
			for _, b := range pr.blocks {
				touched[b] = true
			}
			if pr.last != 0 {
				names[pr.surname] = pr.last
			}
		}
	}
	for n := range s.gone {
		p, err := s.page(n)
		if err != nil {
			return err
		}
		look(p)
		for i := range p.People {
			s.out.DropOf = append(s.out.DropOf, p.People[i].Key)
		}
	}
	for _, p := range s.come {
		look(p)
	}
	for b := range touched {
		g, err := s.group(b)
		if err != nil {
			return err
		}
		if len(g.now) <= blockCap {
			for _, x := range s.with[b] {
				for _, y := range g.now {
					s.mark(x, y)
				}
			}
		}
		if (len(g.old) > blockCap) != (len(g.now) > blockCap) {
			s.out.Crossed++
			for i, x := range g.now {
				for _, y := range g.now[i+1:] {
					s.mark(x, y)
				}
			}
		}
	}
	for name, b := range names {
		if err := s.named(name, b); err != nil {
			return err
		}
	}
	for _, r := range related {
		if err := s.markArticles(r[0], r[1]); err != nil {
			return err
		}
	}
	for _, p := range s.come {
		if err := s.markRelated(p); err != nil {
			return err
		}
	}
	return s.score()
}

func (s *around) markArticles(a, b recount.Key) error {
	x, err := s.Index.Number(a)
	if err != nil {
		return err
	}
	y, err := s.Index.Number(b)
	if err != nil {
		return err
	}
	s.mark(x, y)
	return nil
}

// markRelated marks the pairs of a page with those that share text with it.
func (s *around) markRelated(p *Page) error {
	rs, err := s.of(p.Article)
	if err != nil {
		return err
	}
	for i := range rs {
		if err := s.markArticles(rs[i].A, rs[i].B); err != nil {
			return err
		}
	}
	return nil
}

// of returns the relations of an article.
func (s *around) of(k recount.Key) ([]recount.Relation, error) {
	rs, ok := s.relations[k]
	if !ok {
		var err error
		if rs, err = s.Index.Relations(k); err != nil {
			return nil, err
		}
		s.relations[k] = rs
	}
	return rs, nil
}

// members returns the people of some pages who have a block.
func (s *around) members(pages []uint32, block uint64) ([]*profile, error) {
	var out []*profile
	for _, n := range pages {
		p, err := s.page(n)
		if err != nil {
			return nil, err
		}
		for _, pr := range p.profiled() {
			if _, ok := slices.BinarySearch(pr.blocks, block); ok {
				out = append(out, pr)
			}
		}
	}
	return out, nil
}

// count is countBearers over some pages.
func (s *around) count(name string, block uint64, pages []uint32) (int, error) {
	if len(pages) > blockCap {
		return mostBearers, nil
	}
	members, err := s.members(pages, block)
	return countBearers(name, len(pages), members), err
}

// borne returns how many full names share the last part of p's name now.
func (s *around) borne(p *profile) (int, error) {
	if p.last == 0 {
		return 0, nil
	}
	if n, ok := s.bearers[p.surname]; ok {
		return n, nil
	}
	g, err := s.group(p.last)
	if err != nil {
		return 0, err
	}
	n, err := s.count(p.surname, p.last, g.now)
	s.bearers[p.surname] = n
	return n, err
}

// named marks the pairs whose score rests on how many bear a last name, if that
// changed.
func (s *around) named(name string, block uint64) error {
	g, err := s.group(block)
	if err != nil {
		return err
	}
	was, err := s.count(name, block, g.old)
	if err != nil {
		return err
	}
	is, err := s.count(name, block, g.now)
	if err != nil {
		return err
	}
	s.bearers[name] = is
	if was == is {
		return nil
	}
	members, err := s.members(g.now, block)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.surname != name {
			continue
		}
		for _, b := range m.blocks {
			o, err := s.group(b)
			if err != nil {
				return err
			}
			if len(o.now) > blockCap {
				continue
			}
			for _, y := range o.now {
				s.mark(m.page.Number, y)
			}
		}
		if err := s.markRelated(m.page); err != nil {
			return err
		}
	}
	return nil
}

// score compares the people of the marked pairs again.
func (s *around) score() error {
	for _, p := range s.come {
		if len(p.Within) > 0 {
			s.dirty[[2]uint32{p.Number, p.Number}] = true
		}
	}
	pairs := slices.Collect(maps.Keys(s.dirty))
	slices.SortFunc(pairs, func(x, y [2]uint32) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	for _, n := range pairs {
		a, err := s.page(n[0])
		if err != nil {
			return err
		}
		b, err := s.page(n[1])
		if err != nil {
			return err
		}
		if b.Article < a.Article {
			a, b = b, a
		}
		now, err := s.pair(a, b)
		if err != nil {
			return err
		}
		var was []recount.Suggestion
		if s.come[a.Number] == nil && s.come[b.Number] == nil {
			if was, err = s.between(a, b); err != nil {
				return err
			}
		}
		for _, o := range was {
			k := [2]recount.Key{o.A, o.B}
			if c, ok := now[k]; !ok {
				s.out.Drop = append(s.out.Drop, k)
			} else if reflect.DeepEqual(c, o) {
				delete(now, k)
			}
		}
		for _, k := range slices.SortedFunc(maps.Keys(now), func(x, y [2]recount.Key) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }) {
			s.out.Put = append(s.out.Put, now[k])
		}
	}
	return nil
}

// between returns the suggestions stored about people of two pages.
func (s *around) between(a, b *Page) (out []recount.Suggestion, err error) {
	for _, side := range [][2]*Page{{a, b}, {b, a}} {
		all, ok := s.stored[side[0].Number]
		if !ok {
			for i := range side[0].People {
				if i > 0 && slices.ContainsFunc(side[0].People[:i], func(p Person) bool { return p.Key == side[0].People[i].Key }) {
					continue
				}
				found, err := s.Index.Suggestions(side[0].People[i].Key)
				if err != nil {
					return nil, err
				}
				all = append(all, found...)
			}
			s.stored[side[0].Number] = all
		}
		for _, g := range all {
			if slices.ContainsFunc(side[1].People, func(p Person) bool { return p.Key == g.B }) {
				out = append(out, g)
			}
		}
	}
	return out, nil
}

// pair compares the people of two pages, that with the smaller key first.
func (s *around) pair(a, b *Page) (map[[2]recount.Key]recount.Suggestion, error) {
	shared := map[[2]*profile]speech{}
	var rs []recount.Relation
	var err error
	if a != b {
		if rs, err = s.of(a.Article); err != nil {
			return nil, err
		}
	}
	for i := range rs {
		if rs[i].A == a.Article && rs[i].B == b.Article && alignedSpeech(a, b, &rs[i]) {
			for _, p := range []*Page{a, b} {
				if p.Text == "" {
					if p.Text, err = s.Index.Text(p.Article); err != nil {
						return nil, err
					}
				}
			}
			sharedSpeech(shared, a, b, &rs[i])
		}
	}
	best := map[[2]recount.Key]recount.Suggestion{}
	if a == b {
		for _, g := range a.Within {
			note(best, g)
		}
		return best, nil
	}
	for _, x := range a.profiled() {
		for _, y := range b.profiled() {
			p := ordered(x, y)
			if shared[p].words == 0 {
				if ok, err := s.meet(x, y); err != nil {
					return nil, err
				} else if !ok {
					continue
				}
			}
			n, err := s.borne(p[0])
			if err != nil {
				return nil, err
			}
			note(best, compare(p[0], p[1], shared[p], n))
		}
	}
	return best, nil
}

// meet reports whether two people share a block that is not too large.
func (s *around) meet(x, y *profile) (bool, error) {
	for i, j := 0, 0; i < len(x.blocks) && j < len(y.blocks); {
		switch {
		case x.blocks[i] < y.blocks[j]:
			i++
		case x.blocks[i] > y.blocks[j]:
			j++
		default:
			g, err := s.group(x.blocks[i])
			if err != nil {
				return false, err
			}
			if len(g.now) <= blockCap && x.meets(y, x.blocks[i]) {
				return true, nil
			}
			i, j = i+1, j+1
		}
	}
	return false, nil
}
