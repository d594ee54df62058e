package copies

import (
	"cmp"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"recount"
)

// Common is how many articles may share a run of words before not every pair of
// them is compared for it, but each with one of them only.
const Common = 100

const (
	// A posting says that an article holds a kept shingle: its upper part is the
	// shingle's hash, its lower part the article's number.
	maxArticles = 1 << lowBits
	bufferSize  = 1 << 20 // numbers held in memory before they become a segment

	sampleMask = 3 // one shingle in four is kept
	minShared  = 2 // kept shingles that two articles share before they are compared
	maxCommon  = Common
	// A shingle in at least boilerplate articles, three quarters of them of
	// one outlet, says nothing about two articles of that outlet.
	boilerplate = 8
	batchSize   = 64 // articles or pairs handed to a worker at once
)

// Find returns the relations between articles, ordered by (A, B), A < B. The
// sequence is ranged over twice and must give the same articles both times.
// dir is a working directory, empty or as an earlier Find left it: articles
// that were indexed then are not indexed again, and the relations are the same
// as if all had come at once. The caller removes it. Memory does not grow with
// the length of the texts: about 200 bytes are held of each article. An error
// ends the sequence.
func Find(articles iter.Seq[*recount.Article], dir string) iter.Seq2[recount.Relation, error] {
	return find(articles, dir, false)
}

// FindOnce is Find in a directory that no later run is to go on from: the keys
// of the articles are not written to it.
func FindOnce(articles iter.Seq[*recount.Article], dir string) iter.Seq2[recount.Relation, error] {
	return find(articles, dir, true)
}

func find(articles iter.Seq[*recount.Article], dir string, once bool) iter.Seq2[recount.Relation, error] {
	return func(yield func(recount.Relation, error) bool) {
		f := &finder{dir: dir, once: once, workers: min(runtime.GOMAXPROCS(0), 16)}
		if err := f.find(articles, func(r recount.Relation) bool { return yield(r, nil) }); err != nil {
			yield(recount.Relation{}, err)
		}
	}
}

// A finder is one run of Find.
type finder struct {
	dir     string
	once    bool // nothing is kept for a later run
	workers int
	shared  int // articles that share the commonest run of words, if it was too common; of the last candidates

	// By number, which an article keeps as long as the directory.
	keys    []recount.Key
	packed  []packedKey // instead of keys
	prints  []uint64    // fingerprint of what was read
	outlet  []uint64
	page    []uint64
	present []bool   // the article is among those at hand
	rank    []uint32 // place of the key among those present

	arrival []uint32 // by order of arrival: number
	order   []uint32 // by rank: number

	postings segments
	pairs    segments
	whole    *whole // set if the index is to be kept elsewhere
}

// key is that of the article of a rank.
func (f *finder) key(rank uint32) recount.Key {
	if f.packed != nil {
		return f.packed[f.order[rank]].key()
	}
	return f.keys[f.order[rank]]
}

func (f *finder) find(articles iter.Seq[*recount.Article], yield func(recount.Relation) bool) error {
	f.pairs = segments{Dir: f.dir, Prefix: "pairs"}
	if err := f.load(); err != nil {
		return err
	}
	if err := f.index(articles); err != nil {
		return err
	}
	if !f.once {
		if err := f.save(); err != nil {
			return err
		}
	}
	f.sortKeys()
	if err := f.candidates(&f.postings, &f.pairs, Shingles.limits()); err != nil {
		return err
	}
	needed := make([]bool, len(f.order))
	any := false
	err := eachPair(&f.pairs, minShared, func(a, b uint32) bool {
		needed[a], needed[b], any = true, true, true
		return true
	})
	if err != nil || !any {
		return err
	}
	s, err := newRecordFile(filepath.Join(f.dir, "articles"), len(f.order))
	if err != nil {
		return err
	}
	defer s.close()
	if err := f.writeRecords(articles, needed, s); err != nil {
		return err
	}
	w := newRelationFile(f, s)
	defer w.close()
	if err := f.align(s, w); err != nil {
		return err
	}
	return w.finish(func(r Found) bool { return yield(r.Relation) })
}

// align compares the candidate pairs word by word and keeps the relations in w.
func (f *finder) align(s *recordFile, w *relationFile) error {
	return f.compareAll(s, &f.pairs, minShared, (*comparer).relate, func(j *job) bool {
		for _, r := range j.found {
			if !w.add(r) {
				return false
			}
		}
		return true
	})
}

// A numbered article is one on its way to a worker.
type numbered struct {
	number uint32
	a      *recount.Article
}

// eachParallel hands the articles that want takes, with their numbers, to
// workers in batches. want gets the order of arrival; work is made once for
// each worker.
func (f *finder) eachParallel(articles iter.Seq[*recount.Article], want func(n int, a *recount.Article) (number uint32, ok bool, err error),
	work func() (do func(numbered) error, end func() error)) error {
	var (
		batches = make(chan []numbered, f.workers)
		wg      sync.WaitGroup
		mu      sync.Mutex
		failed  error
	)
	fail := func(err error) {
		mu.Lock()
		if failed == nil {
			failed = err
		}
		mu.Unlock()
	}
	for range f.workers {
		wg.Go(func() {
			do, end := work()
			broken := false
			for batch := range batches {
				for _, n := range batch {
					if broken {
						continue
					}
					if err := do(n); err != nil {
						fail(err)
						broken = true
					}
				}
			}
			if err := end(); err != nil {
				fail(err)
			}
		})
	}
	n := 0
	var batch []numbered
	for a := range articles {
		number, ok, err := want(n, a)
		if err != nil {
			fail(err)
			break
		}
		if ok {
			batch = append(batch, numbered{number, a})
			if len(batch) == batchSize {
				batches <- batch
				batch = nil
			}
		}
		n++
	}
	batches <- batch
	close(batches)
	wg.Wait()
	return failed
}

// candidates writes to pairs every pair of articles that shares a feature that
// is not too common: (rank, rank, how many) in 29, 29 and 2 bits.
func (f *finder) candidates(postings, pairs *segments, lim limits) error {
	buffer := make([]uint64, 0, bufferSize)
	flush := func() error {
		slices.Sort(buffer)
		folded := buffer[:0]
		for _, v := range buffer {
			if n := len(folded); n > 0 && folded[n-1]>>2 == v>>2 {
				if int(folded[n-1]&3) < lim.shared {
					folded[n-1]++
				}
			} else {
				folded = append(folded, v)
			}
		}
		err := pairs.Add(folded)
		buffer = buffer[:0]
		return err
	}
	f.shared = 0
	var group []uint32
	var members []member
	var shared uint64
	var failed error
	pair := func(x, y uint32) {
		buffer = append(buffer, uint64(x)<<(lowBits+2)|uint64(y)<<2|1)
		if len(buffer) == bufferSize && failed == nil {
			failed = flush()
		}
	}
	end := func() {
		if len(group) > 1 {
			members = f.members(members[:0], group)
			if len(members) > lim.common {
				f.shared = max(f.shared, len(members))
			}
			eachCandidate(members, lim, pair)
		}
		group = group[:0]
	}
	err := postings.merge(func(v uint64) bool {
		if v>>lowBits != shared {
			end()
			shared = v >> lowBits
		}
		group = append(group, uint32(v&(maxArticles-1)))
		return failed == nil
	})
	if err == nil {
		err = failed
	}
	if err == nil {
		end()
		err = flush()
	}
	return err
}

// A member is one of the articles that share a shingle.
type member struct {
	rank         uint32
	outlet, page uint64
}

// members looks up articles by number, without those that are not at hand,
// ordered by rank.
func (f *finder) members(to []member, numbers []uint32) []member {
	for _, n := range numbers {
		if f.present[n] {
			to = append(to, member{f.rank[n], f.outlet[n], f.page[n]})
		}
	}
	slices.SortFunc(to, func(x, y member) int { return cmp.Compare(x.rank, y.rank) })
	return to
}

// eachCandidate calls pair with the pairs of articles, by rank, that one
// shared feature speaks for.
func eachCandidate(group []member, lim limits, pair func(x, y uint32)) {
	if len(group) > lim.most {
		return
	}
	var own uint64 // the outlet of which the feature is boilerplate
	if len(group) >= lim.boilerplate {
		own = mostly(group, func(m member) uint64 { return m.outlet })
	}
	for i, x := range group {
		if len(group) > lim.common && i > 0 {
			return
		}
		for _, y := range group[i+1:] {
			if own != 0 && x.outlet == own && y.outlet == own || x.page == y.page && x.page != 0 {
				continue
			}
			pair(x.rank, y.rank)
		}
	}
}

// mostly returns the outlet that published three quarters of the group, or 0.
func mostly[T any](group []T, outlet func(T) uint64) uint64 {
	// Majority vote (Boyer & Moore 1981), then a count.
	var own uint64
	votes := 0
	for _, x := range group {
		switch o := outlet(x); {
		case votes == 0:
			own, votes = o, 1
		case o == own:
			votes++
		default:
			votes--
		}
	}
	n := 0
	for _, x := range group {
		if outlet(x) == own {
			n++
		}
	}
	if 4*n >= 3*len(group) {
		return own
	}
	return 0
}

// eachPair calls visit with the pairs of ranks that share at least least
// features, in order, until it returns false.
func eachPair(pairs *segments, least int, visit func(a, b uint32) bool) error {
	var last, shared uint64
	told := false
	return pairs.merge(func(v uint64) bool {
		if v>>2 != last {
			last, shared, told = v>>2, 0, false
		}
		shared += v & 3
		if int(shared) < least || told {
			return true
		}
		told = true
		return visit(uint32(last>>lowBits), uint32(last&(maxArticles-1)))
	})
}

// writeRecords writes the records of the articles that are to be compared.
func (f *finder) writeRecords(articles iter.Seq[*recount.Article], needed []bool, s *recordFile) error {
	return f.eachParallel(articles, func(n int, a *recount.Article) (uint32, bool, error) {
		if n >= len(f.arrival) || f.keys[f.arrival[n]] != a.Key {
			return 0, false, fmt.Errorf("copies: the articles changed while they were read: %w", recount.ErrConflict)
		}
		number := f.arrival[n]
		return number, needed[f.rank[number]], nil
	}, func() (func(numbered) error, func() error) {
		var r record
		var buf []byte
		return func(n numbered) (err error) {
			r.read(n.a)
			rank := f.rank[n.number]
			s.texts[rank] = uint32(min(len(n.a.Text), maxText))
			buf, err = s.put(rank, &r, buf)
			return err
		}, func() error { return nil }
	})
}

// A related pair is a relation with the ranks of its articles.
type related struct {
	recount.Relation
	a, b uint32
}

// A job is a batch of pairs to compare, in order.
type job struct {
	pairs    [][2]uint32
	found    []related
	passages []Passage
	err      error
	done     chan struct{}
}

// compareAll compares the candidate pairs and yields what was found in order.
func (f *finder) compareAll(s *recordFile, pairs *segments, least int, compare func(*comparer, *job), yield func(*job) bool) error {
	todo := make(chan *job, f.workers)
	ordered := make(chan *job, 4*f.workers)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var readErr error
	wg.Go(func() {
		defer close(ordered)
		defer close(todo)
		j := &job{done: make(chan struct{})}
		send := func() bool {
			select {
			case <-stop:
				return false
			case ordered <- j:
			}
			todo <- j
			j = &job{done: make(chan struct{})}
			return true
		}
		readErr = eachPair(pairs, least, func(a, b uint32) bool {
			j.pairs = append(j.pairs, [2]uint32{a, b})
			return len(j.pairs) < 4*batchSize || send()
		})
		if len(j.pairs) > 0 {
			send()
		}
	})
	for range f.workers {
		wg.Go(func() {
			c := comparer{f: f, s: s}
			for j := range todo {
				compare(&c, j)
				close(j.done)
			}
		})
	}
	var err error
	ended := false
	end := func() {
		if !ended {
			ended = true
			close(stop)
		}
	}
	for j := range ordered {
		<-j.done
		if ended {
			continue
		}
		if j.err != nil {
			err = j.err
			end()
			continue
		}
		if !yield(j) {
			end()
		}
	}
	wg.Wait()
	if err == nil {
		err = readErr
	}
	return err
}

// cacheSize is how many records a worker keeps at hand.
const cacheSize = 256

// A comparer compares pairs; each worker has its own.
type comparer struct {
	f     *finder
	s     *recordFile
	l     aligner
	m     matcher
	cut   map[uint32][][2]int
	a     uint32
	have  bool
	cache [cacheSize]struct {
		rank uint32
		r    *record
	}
	first record
	buf   []byte
}

// relate aligns the pairs of j.
func (c *comparer) relate(j *job) {
	c.each(j, func(a uint32, first *record) {
		c.l.Set(&first.Words)
	}, func(p [2]uint32, b *record) {
		r := related{a: p[0], b: p[1]}
		var ok bool
		r.Relation, ok = relation(&c.l, c.f.key(p[0]), &c.first, c.f.key(p[1]), b)
		if ok {
			j.found = append(j.found, r)
		}
	})
}

// take looks which sentences of the pairs of j stand in each other.
func (c *comparer) take(j *job) {
	c.each(j, func(a uint32, first *record) {
		c.m.set(&first.Words, c.sentences(a, first))
	}, func(p [2]uint32, b *record) {
		inB, inA := c.m.match(&b.Words, c.sentences(p[1], b))
		x, y := c.f.order[p[0]], c.f.order[p[1]]
		j.passages = appendPassages(j.passages, x, y, len(c.sentences(p[0], &c.first)), inB)
		j.passages = appendPassages(j.passages, y, x, len(c.sentences(p[1], b)), inA)
	})
}

// sentences returns the sentences of the article of rank, whose record is r.
func (c *comparer) sentences(rank uint32, r *record) [][2]int {
	if c.cut == nil {
		c.cut = map[uint32][][2]int{}
	}
	s, ok := c.cut[rank]
	if !ok {
		if len(c.cut) > 4*cacheSize {
			clear(c.cut)
		}
		s = cutSentences(&r.Words)
		c.cut[rank] = s
	}
	return s
}

// each reads the records of the pairs of j: set gets each first article once
// in a row, visit the second one.
func (c *comparer) each(j *job, set func(a uint32, first *record), visit func(p [2]uint32, b *record)) {
	for _, p := range j.pairs {
		if !c.have || c.a != p[0] {
			c.have = false
			if c.buf, j.err = c.s.get(p[0], &c.first, c.buf); j.err != nil {
				return
			}
			c.a, c.have = p[0], true
			set(p[0], &c.first)
		}
		b, err := c.record(p[1])
		if err != nil {
			j.err = err
			return
		}
		if c.f.key(p[0]) == c.f.key(p[1]) {
			continue // one article given twice
		}
		visit(p, b)
	}
}

// relation compares two articles of which l holds the first.
func relation(l *aligner, keyA recount.Key, a *record, keyB recount.Key, b *record) (recount.Relation, bool) {
	r, ok := relate(l, &a.Words, &b.Words)
	if !ok {
		return r, false
	}
	r.A, r.B = keyA, keyB
	switch d, why := direction(&a.credit, &b.credit, a.Len(), b.Len()); d {
	case -1:
		r.First, r.Reason = r.A, why
	case 1:
		r.First, r.Reason = r.B, why
	}
	return r, true
}

// record returns the record of rank, from the cache if it is there.
func (c *comparer) record(rank uint32) (*record, error) {
	e := &c.cache[rank%cacheSize]
	if e.r != nil && e.rank == rank {
		return e.r, nil
	}
	if e.r == nil {
		e.r = new(record)
	}
	e.rank = ^uint32(0)
	var err error
	c.buf, err = c.s.get(rank, e.r, c.buf)
	if err != nil {
		return nil, err
	}
	e.rank = rank
	return e.r, nil
}
