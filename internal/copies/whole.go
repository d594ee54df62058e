package copies

import (
	"cmp"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"recount"
)

// A Passage says which sentences of a page stand in another one.
type Passage struct {
	Page, Source uint32 // numbers
	Of           int    // sentences that the page has
	Taken        []Taken
}

// appendPassages appends what page took from source. A page too short to be
// put together from others is left out.
func appendPassages(to []Passage, page, source uint32, sentences int, taken []Taken) []Passage {
	if sentences < splicedLeast || len(taken) == 0 {
		return to
	}
	return append(to, Passage{page, source, sentences, taken})
}

// A Corpus is what was found in all articles at once, with the index that
// Index.Around goes on from.
type Corpus struct {
	Heads     []*Head // the number of each is its place
	Relations []Found // by (A, B)
	Originals []recount.Original
	Passages  []Passage // by (Page, Source)
	Shared    int       // articles that share the commonest run of words, if so many that not every pair of them was compared; else 0

	f *finder
	s *recordFile
}

// whole is a finder's work on a corpus whose index is kept: one reading of the
// articles for features and words.
type whole struct {
	phrases segments
	records *recordFile // by number
	mu      sync.Mutex
}

// All compares all articles. dir is an empty working directory; it must stay
// until the Corpus is closed.
func All(articles []*recount.Article, dir string) (*Corpus, error) {
	s, err := newRecordFile(filepath.Join(dir, "articles"), len(articles))
	if err != nil {
		return nil, err
	}
	c := &Corpus{s: s, f: &finder{dir: dir, workers: min(runtime.GOMAXPROCS(0), 16),
		whole: &whole{records: s, phrases: segments{Dir: dir, Prefix: "phrases"}}}}
	if err := c.find(articles); err != nil {
		s.close()
		return nil, err
	}
	return c, nil
}

// Close lets go of the working directory.
func (c *Corpus) Close() { c.s.close() }

func (c *Corpus) find(articles []*recount.Article) error {
	f := c.f
	f.postings = segments{Dir: f.dir, Prefix: "words"}
	f.pairs = segments{Dir: f.dir, Prefix: "pairs"}
	if err := f.index(slices.Values(articles)); err != nil {
		return err
	}
	f.sortKeys()
	byRank := &recordFile{f: c.s.f, places: permute(c.s.places, f.order), sizes: permute(c.s.sizes, f.order), texts: permute(c.s.texts, f.order)}
	if err := f.candidates(&f.postings, &f.pairs, Shingles.limits()); err != nil {
		return err
	}
	c.Shared = f.shared
	w := newRelationFile(f, byRank)
	defer w.close()
	if err := f.align(byRank, w); err != nil {
		return err
	}
	if err := w.finish(func(r Found) bool { c.Relations = append(c.Relations, r); return true }); err != nil {
		return err
	}
	taken := segments{Dir: f.dir, Prefix: "taken"}
	lim := Phrases.limits()
	if err := f.candidates(&f.whole.phrases, &taken, lim); err != nil {
		return err
	}
	err := f.compareAll(byRank, &taken, lim.shared, (*comparer).take, func(j *job) bool {
		c.Passages = append(c.Passages, j.passages...)
		return true
	})
	if err != nil {
		return err
	}
	slices.SortFunc(c.Passages, func(x, y Passage) int {
		return cmp.Or(cmp.Compare(x.Page, y.Page), cmp.Compare(x.Source, y.Source))
	})
	for n, a := range articles {
		c.Heads = append(c.Heads, &Head{Mark: Mark{uint32(n), a.Key, f.outlet[n], f.page[n]}, Published: a.Published, Size: len(a.Text),
			Copied: f.keys[f.order[w.root(f.rank[n])]], Composite: w.composite[f.rank[n]]})
	}
	c.group()
	return nil
}

func permute[T any](by []T, order []uint32) []T {
	out := make([]T, len(order))
	for r, n := range order {
		out[r] = by[n]
	}
	return out
}

// work indexes articles: their features and their words.
func (w *whole) work(f *finder) (func(numbered) error, func() error) {
	type buffer struct {
		set    *segments
		values []uint64
	}
	buffers := [2]buffer{{set: &f.postings}, {set: &w.phrases}}
	flush := func(b *buffer) error {
		slices.Sort(b.values)
		b.values = slices.Compact(b.values)
		w.mu.Lock()
		defer w.mu.Unlock()
		err := b.set.Add(b.values)
		b.values = b.values[:0]
		return err
	}
	var r record
	var buf []byte
	return func(n numbered) (err error) {
			r.read(n.a)
			for i := range buffers {
				b := &buffers[i]
				if len(b.values)+r.Len() > bufferSize && len(b.values) > 0 {
					if err := flush(b); err != nil {
						return err
					}
				}
				if i == 0 {
					b.values = appendKept(b.values, &r.Words, n.number)
				} else {
					b.values = appendPhrases(b.values, &r.Words, n.number)
				}
			}
			w.records.texts[n.number] = uint32(min(len(n.a.Text), maxText))
			buf, err = w.records.put(n.number, &r, buf)
			return err
		}, func() error {
			for i := range buffers {
				if err := flush(&buffers[i]); err != nil {
					return err
				}
			}
			return nil
		}
}

// Words returns the words of a page, as Page.Words writes them.
func (c *Corpus) Words(number uint32) ([]byte, error) { return c.s.bytes(number) }

// Postings calls visit with every feature and the number of a page that has
// it, in order, until it returns false.
func (c *Corpus) Postings(of Feature, visit func(feature uint64, number uint32) bool) error {
	set := &c.f.postings
	if of == Phrases {
		set = &c.f.whole.phrases
	}
	last := ^uint64(0)
	return set.merge(func(v uint64) bool {
		if v == last {
			return true
		}
		last = v
		return visit(v>>lowBits, uint32(v&(maxArticles-1)))
	})
}

// group finds the originals of the whole corpus.
func (c *Corpus) group() {
	var pages []groupedPage
	for _, h := range c.Heads {
		pages = append(pages, groupedPage{Key: h.Key, Published: h.Published, Size: h.Size})
	}
	found, groups := groupPages(pages, relationsOf(c.Relations))
	from := make([][]recount.SentenceOrigin, len(c.Heads))
	var articles []*recount.Article
	for n, h := range c.Heads {
		h.Grouped = groups[h.Key]
		articles = append(articles, &recount.Article{Key: h.Key, Published: h.Published})
		at, _ := slices.BinarySearchFunc(c.Passages, uint32(n), func(p Passage, n uint32) int { return cmp.Compare(p.Page, n) })
		end := at
		for end < len(c.Passages) && c.Passages[end].Page == uint32(n) {
			end++
		}
		from[n] = sentenceOrigins(h.Key, c.Passages[at:end], func(n uint32) recount.Key { return c.Heads[n].Key })
	}
	c.Originals = Splice(articles, found, from)
	of := map[recount.Key]recount.Key{}
	for _, o := range c.Originals {
		for _, m := range o.Members {
			of[m] = o.Key
		}
	}
	for _, h := range c.Heads {
		h.Original = of[h.Key]
	}
}

func relationsOf(found []Found) []recount.Relation {
	out := make([]recount.Relation, len(found))
	for i, r := range found {
		out[i] = r.Relation
	}
	return out
}

// sentenceOrigins says of each sentence of a page which pages hold it. rows are
// all passages of the page.
func sentenceOrigins(page recount.Key, rows []Passage, key func(number uint32) recount.Key) []recount.SentenceOrigin {
	if len(rows) == 0 {
		return nil
	}
	best := make([]recount.Milli, rows[0].Of)
	for _, r := range rows {
		for _, t := range r.Taken {
			best[t.Sentence] = max(best[t.Sentence], t.Score)
		}
	}
	out := make([]recount.SentenceOrigin, len(best))
	for _, r := range rows {
		for _, t := range r.Taken {
			if nearBest(t.Score, best[t.Sentence]) {
				o := &out[t.Sentence]
				o.Article = page
				o.Origins = append(o.Origins, key(r.Source))
			}
		}
	}
	for i := range out {
		slices.Sort(out[i].Origins)
	}
	return out
}
