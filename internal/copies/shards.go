package copies

import (
	"bufio"
	"cmp"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"recount"
)

// This file compares articles that lie in many shards, each of which was read
// by itself and perhaps elsewhere.
//
// In: the pages of one shard after another. Out: the relations that Find gives
// for all of them at once, and the originals. Method: a shard leaves the
// postings of its pages, cut by the features into parts, and their words. Of
// one part all shards together give the pairs that share a feature; the pairs
// of all parts are compared word by word. What a step leaves is a function of
// the articles: neither the order of the shards nor the number of processors
// shows in it. Limits: maxArticles articles, about 200 bytes of memory for
// each, and the relations of one connected group at a time.

// The files of a shard. Each part has one of postings, whose values hold the
// number of the page within the shard.
const (
	shardHeads   = "heads"
	shardRecords = "records"
)

func shardPostings(part int) string { return fmt.Sprintf("postings-%03d", part) }

// openShards is how many shards are merged at a time: what a program may hold
// open is little.
const openShards = 128

// A shardHead is what a shard says of one of its pages.
type shardHead struct {
	Key          recount.Key
	Outlet, Site uint64
	Published    string
	Text         int    // bytes
	Record       uint32 // bytes of its record
}

// A Shard is what comparing needs of the pages of one shard while it is being
// written.
type Shard struct {
	dir      string
	parts    int
	n        int
	postings segments
	buffer   []uint64
	heads    *os.File
	headsTo  *bufio.Writer
	enc      *gob.Encoder
	records  *os.File
	wordsTo  *bufio.Writer
	encoded  []byte
}

// NewShard writes into dir, which is there; parts is the same for all shards.
func NewShard(dir string, parts int) (*Shard, error) {
	if parts < 1 {
		return nil, fmt.Errorf("copies: %d parts: %w", parts, recount.ErrInvalid)
	}
	s := &Shard{dir: dir, parts: parts, postings: segments{Dir: dir, Prefix: "words"}, buffer: make([]uint64, 0, bufferSize/4)}
	var err, fault error
	s.heads, err = os.OpenFile(filepath.Join(dir, shardHeads), os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	s.records, fault = os.OpenFile(filepath.Join(dir, shardRecords), os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err := errors.Join(err, fault); err != nil {
		s.abandon()
		return nil, fmt.Errorf("copies: %w", err)
	}
	s.headsTo, s.wordsTo = bufio.NewWriter(s.heads), bufio.NewWriterSize(s.records, 1<<16)
	s.enc = gob.NewEncoder(s.headsTo)
	return s, nil
}

func (s *Shard) abandon() {
	for _, f := range []*os.File{s.heads, s.records} {
		if f != nil {
			f.Close()
		}
	}
}

// Add writes the next page.
func (s *Shard) Add(p *Page) error {
	if s.n >= maxArticles {
		return fmt.Errorf("copies: more than %d articles: %w", maxArticles, recount.ErrInvalid)
	}
	if len(s.buffer)+p.Len() > cap(s.buffer) && len(s.buffer) > 0 {
		if err := s.flush(); err != nil {
			return err
		}
	}
	s.buffer = appendKept(s.buffer, &p.record.Words, uint32(s.n))
	s.n++
	s.encoded = p.record.encode(s.encoded[:0])
	_, err := s.wordsTo.Write(s.encoded)
	return errors.Join(err, s.enc.Encode(shardHead{p.Key, p.Outlet, p.Site, p.Published, p.Size, uint32(len(s.encoded))}))
}

func (s *Shard) flush() error {
	slices.Sort(s.buffer)
	s.buffer = slices.Compact(s.buffer)
	err := s.postings.Add(s.buffer)
	s.buffer = s.buffer[:0]
	return err
}

// Close ends the shard: it cuts the postings into parts.
func (s *Shard) Close() error {
	err := errors.Join(s.flush(), s.headsTo.Flush(), s.wordsTo.Flush(), s.heads.Close(), s.records.Close())
	if err == nil {
		err = s.cut()
	}
	if err != nil {
		return fmt.Errorf("copies: write a shard: %w", err)
	}
	return nil
}

// partOf returns the part that a posting belongs to: the hashes of features
// are cut into as many ranges of one length.
func partOf(v uint64, parts int) int { return int((v >> lowBits) * uint64(parts) >> (64 - lowBits)) }

// cut writes the postings of each part as one segment.
func (s *Shard) cut() error {
	heads := make([]header, s.parts)
	err := s.postings.merge(func(v uint64) bool {
		h := &heads[partOf(v, s.parts)]
		if h.count == 0 {
			*h = header{first: v >> lowBits, low: v & lowMask}
		}
		h.count++
		h.last, h.low, h.high = v>>lowBits, min(h.low, v&lowMask), max(h.high, v&lowMask)
		return true
	})
	if err != nil {
		return err
	}
	var w *segmentWriter
	at := -1
	var fault error
	next := func() bool {
		if w != nil {
			fault = errors.Join(fault, w.close())
		}
		w = nil
		if at++; at < s.parts && fault == nil {
			w, fault = createSegment(filepath.Join(s.dir, shardPostings(at)), heads[at])
		}
		return fault == nil
	}
	next()
	if fault == nil {
		err = s.postings.merge(func(v uint64) bool {
			for at < partOf(v, s.parts) {
				if !next() {
					return false
				}
			}
			w.put(v)
			return true
		})
	}
	for at < s.parts && next() && w != nil {
	}
	if err = errors.Join(err, fault); err != nil {
		return err
	}
	for _, n := range s.postings.Names() {
		if err := os.Remove(n); err != nil {
			return err
		}
	}
	return nil
}

// Shards are those of a whole corpus, to be compared. Of a page that lies in
// several of them only the first counts.
type Shards struct {
	dirs      []string
	first     []uint32 // by shard: the number of its first page
	f         finder
	published []string // by number
	texts     []uint32
	records   []uint32 // bytes
}

// OpenShards reads what the shards in dirs say of their pages.
func OpenShards(dirs []string) (*Shards, error) {
	c := &Shards{dirs: dirs, f: finder{workers: min(runtime.GOMAXPROCS(0), 16)}}
	f := &c.f
	for _, dir := range dirs {
		c.first = append(c.first, uint32(len(f.keys)))
		file, err := os.Open(filepath.Join(dir, shardHeads))
		if err != nil {
			return nil, fmt.Errorf("copies: %w", err)
		}
		d := gob.NewDecoder(bufio.NewReaderSize(file, 1<<16))
		for {
			var h shardHead
			if err = d.Decode(&h); err != nil {
				break
			}
			f.keys = append(f.keys, h.Key)
			f.outlet, f.page = append(f.outlet, h.Outlet), append(f.page, h.Site)
			c.published = append(c.published, h.Published)
			c.texts, c.records = append(c.texts, uint32(min(h.Text, maxText))), append(c.records, h.Record)
			if len(f.keys) > maxArticles {
				err = fmt.Errorf("more than %d articles: %w", maxArticles, recount.ErrInvalid)
				break
			}
		}
		file.Close()
		if !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("copies: read a shard: %w", err)
		}
	}
	f.rankFirst()
	return c, nil
}

// rankFirst ranks the articles by their keys; of several with one key the first
// is present.
func (f *finder) rankFirst() {
	n := len(f.keys)
	f.present, f.rank = make([]bool, n), make([]uint32, n)
	f.order = make([]uint32, n)
	for i := range f.order {
		f.order[i] = uint32(i)
	}
	slices.SortFunc(f.order, func(x, y uint32) int { return cmp.Or(cmp.Compare(f.keys[x], f.keys[y]), cmp.Compare(x, y)) })
	f.order = slices.CompactFunc(f.order, func(x, y uint32) bool { return f.keys[x] == f.keys[y] })
	for r, n := range f.order {
		f.present[n], f.rank[n] = true, uint32(r)
	}
}

// Count is how many pages the shards hold together.
func (c *Shards) Count() int { return len(c.f.keys) }

// ShardOf returns the place of the shard that page number n of all lies in.
func (c *Shards) ShardOf(n int) int {
	at, _ := slices.BinarySearch(c.first, uint32(n)+1)
	return at - 1
}

// Again reports whether page number n of all shards is one that came before.
func (c *Shards) Again(n int) bool { return !c.f.present[n] }

// Key is that of page number n of all shards.
func (c *Shards) Key(n int) recount.Key { return c.f.keys[n] }

// Pairs writes to the file to which pages share features of one part. dir is
// an empty working directory.
func (c *Shards) Pairs(part int, dir, to string) error {
	postings := segments{Dir: dir, Prefix: "words", Shift: map[string]uint64{}}
	var batch []string
	for i, d := range c.dirs {
		name := filepath.Join(d, shardPostings(part))
		postings.Shift[name] = uint64(c.first[i])
		batch = append(batch, name)
		if len(c.dirs) > openShards && (len(batch) == openShards || i == len(c.dirs)-1) {
			name, err := postings.mergeTo(batch)
			if err != nil {
				return err
			}
			postings.Levels = append(postings.Levels, []string{name})
			batch = nil
		}
	}
	if batch != nil {
		postings.Levels = [][]string{batch}
	}
	pairs := segments{Dir: dir, Prefix: "pairs"}
	f := c.f
	if err := f.candidates(&postings, &pairs, Shingles.limits()); err != nil {
		return err
	}
	name, err := pairs.mergeTo(pairs.Names())
	if err != nil {
		return err
	}
	if err := os.Rename(name, to); err != nil {
		return fmt.Errorf("copies: %w", err)
	}
	return nil
}

// Relations compares the pages that share enough features, as the files that
// Pairs wrote say, and yields the relations by (A, B), until yield returns
// false. dir is an empty working directory. It returns the originals, without
// those of pages that stand alone and are whole.
func (c *Shards) Relations(ctx context.Context, pairs []string, dir string, yield func(recount.Relation) bool) ([]recount.Original, error) {
	f := c.f
	f.dir = dir
	set := segments{Levels: [][]string{pairs}}
	needed := make([]bool, len(f.order))
	err := eachPair(&set, minShared, func(a, b uint32) bool {
		needed[a], needed[b] = true, true
		return true
	})
	if err != nil {
		return nil, err
	}
	s, err := c.collect(needed, filepath.Join(dir, "articles"))
	if err != nil {
		return nil, err
	}
	defer s.close()
	w := newWeaver(&f, s)
	defer w.close()
	err = f.compareAll(s, &set, minShared, (*comparer).relate, func(j *job) bool {
		for _, r := range j.found {
			if !w.add(r) {
				return false
			}
		}
		return ctx.Err() == nil
	})
	if err = errors.Join(err, ctx.Err()); err != nil {
		return nil, err
	}
	if err := w.end(); err != nil {
		return nil, err
	}
	groups := newForest[uint32](len(f.order))
	stopped := false
	err = w.each(func(x row) bool {
		groups.join(x.A, x.B)
		stopped = !yield(w.lift(x).Relation)
		return !stopped
	})
	if err != nil || stopped {
		return nil, err
	}
	return c.originals(w, groups)
}

// collect copies the records of the pages that are needed into one file.
func (c *Shards) collect(needed []bool, name string) (*spill, error) {
	s, err := newSpill(name, len(needed))
	if err != nil {
		return nil, err
	}
	out := bufio.NewWriterSize(s.f, 1<<16)
	for i, dir := range c.dirs {
		end := len(c.f.keys)
		if i+1 < len(c.first) {
			end = int(c.first[i+1])
		}
		if err := c.collectFrom(dir, int(c.first[i]), end, needed, s, out); err != nil {
			s.close()
			return nil, fmt.Errorf("copies: collect what is to be compared: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		s.close()
		return nil, fmt.Errorf("copies: %w", err)
	}
	return s, nil
}

func (c *Shards) collectFrom(dir string, from, to int, needed []bool, s *spill, out io.Writer) error {
	file, err := os.Open(filepath.Join(dir, shardRecords))
	if err != nil {
		return err
	}
	defer file.Close()
	r := bufio.NewReaderSize(file, 1<<16)
	for n := from; n < to; n++ {
		rank, size := c.f.rank[n], c.records[n]
		if !c.f.present[n] || !needed[rank] {
			if _, err := r.Discard(int(size)); err != nil {
				return err
			}
			continue
		}
		if _, err := io.CopyN(out, r, int64(size)); err != nil {
			return err
		}
		s.places[rank], s.sizes[rank], s.texts[rank] = s.size+1, size, c.texts[n]
		s.size += int64(size)
	}
	return nil
}

// groupBuckets is into how many parts the relations are cut before they are
// grouped, so that not all of them are held at once.
const groupBuckets = 32

// originals groups the pages of one bucket after another: those that any number
// of relations join are in the same.
func (c *Shards) originals(w *weaver, groups forest[uint32]) (out []recount.Original, err error) {
	size := make([]uint32, len(groups))
	for i := range groups {
		size[groups.root(uint32(i))]++
	}
	for bucket := range uint32(groupBuckets) {
		var relations []recount.Relation
		err := w.each(func(x row) bool {
			if groups.root(x.A)%groupBuckets == bucket {
				relations = append(relations, w.lift(x).Relation)
			}
			return true
		})
		if err != nil {
			return nil, err
		}
		var pages []groupedPage
		for i := range groups {
			if r := groups.root(uint32(i)); r%groupBuckets == bucket && size[r] > 1 {
				n := c.f.order[i]
				pages = append(pages, groupedPage{Key: c.f.keys[n], Published: c.published[n], Size: int(c.texts[n])})
			}
		}
		found, _ := groupPages(pages, relations)
		for _, o := range found {
			if len(o.Members) > 1 || o.Spliced {
				out = append(out, o)
			}
		}
	}
	slices.SortFunc(out, func(x, y recount.Original) int { return cmp.Compare(x.Members[0], y.Members[0]) })
	return out, nil
}
