package copies

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"encoding/hex"
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
// shows in it. Limits: maxArticles articles, about 90 bytes of memory for
// each, and at a time the relations of one group of copies.

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
	dirs  []string
	first []uint32 // by shard: the number of its first page
	f     finder

	bucketRows int // relations that are grouped at a time
}

// A packedKey is a key as 16 bytes, which of a whole corpus take a third of the
// memory.
type packedKey [16]byte

func (k packedKey) key() recount.Key { return recount.Key(hex.EncodeToString(k[:])) }

func pack(k recount.Key) (p packedKey, err error) {
	if len(k) != 2*len(p) {
		return p, fmt.Errorf("a key of %d characters: %w", len(k), recount.ErrTampered)
	}
	_, err = hex.Decode(p[:], []byte(k))
	return p, err
}

// OpenShards reads the keys of the pages of the shards in dirs.
func OpenShards(dirs []string) (*Shards, error) {
	c := &Shards{dirs: dirs, f: finder{workers: min(runtime.GOMAXPROCS(0), 16)}, bucketRows: bucketRows}
	f := &c.f
	for i := range dirs {
		c.first = append(c.first, uint32(len(f.packed)))
		err := c.eachHead(i, func(_ int, h *shardHead) error {
			k, err := pack(h.Key)
			if f.packed = append(f.packed, k); len(f.packed) > maxArticles {
				return fmt.Errorf("more than %d articles: %w", maxArticles, recount.ErrInvalid)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	f.rankFirst()
	return c, nil
}

// eachHead reads what a shard says of its pages. number is that of the page
// among those of all shards.
func (c *Shards) eachHead(shard int, visit func(number int, h *shardHead) error) error {
	file, err := os.Open(filepath.Join(c.dirs[shard], shardHeads))
	if err != nil {
		return fmt.Errorf("copies: %w", err)
	}
	defer file.Close()
	d := gob.NewDecoder(bufio.NewReaderSize(file, 1<<16))
	for n := int(c.first[shard]); ; n++ {
		var h shardHead
		if err := d.Decode(&h); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("copies: read a shard: %w", err)
		}
		if err := visit(n, &h); err != nil {
			return fmt.Errorf("copies: read a shard: %w", err)
		}
	}
}

// rankFirst ranks the articles by their keys; of several with one key the first
// is present.
func (f *finder) rankFirst() {
	n := len(f.packed)
	f.present, f.rank = make([]bool, n), make([]uint32, n)
	f.order = make([]uint32, n)
	for i := range f.order {
		f.order[i] = uint32(i)
	}
	slices.SortFunc(f.order, func(x, y uint32) int {
		return cmp.Or(bytes.Compare(f.packed[x][:], f.packed[y][:]), cmp.Compare(x, y))
	})
	some := f.order[:0]
	for _, n := range f.order {
		if last := len(some) - 1; last < 0 || f.packed[some[last]] != f.packed[n] {
			some = append(some, n)
			f.present[n] = true
		}
		f.rank[n] = uint32(len(some) - 1)
	}
	f.order = some
}

// Count is how many pages the shards hold together.
func (c *Shards) Count() int { return len(c.f.packed) }

// ShardOf returns the place of the shard that page number n of all lies in.
func (c *Shards) ShardOf(n int) int {
	at, _ := slices.BinarySearch(c.first, uint32(n)+1)
	return at - 1
}

// First returns the number of the first page with the key of page number n of
// all shards: n, unless that page came before.
func (c *Shards) First(n int) int { return int(c.f.order[c.f.rank[n]]) }

// Key is that of page number n of all shards.
func (c *Shards) Key(n int) recount.Key { return c.f.packed[n].key() }

// Pairs writes to the file to which pages share features of one part. dir is
// an empty working directory.
func (c *Shards) Pairs(part int, dir, to string) error {
	f := c.f
	f.outlet, f.page = make([]uint64, 0, c.Count()), make([]uint64, 0, c.Count())
	for i := range c.dirs {
		err := c.eachHead(i, func(_ int, h *shardHead) error {
			f.outlet, f.page = append(f.outlet, h.Outlet), append(f.page, h.Site)
			return nil
		})
		if err != nil {
			return err
		}
	}
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
// false. dir is an empty working directory. Then it yields the originals, without
// those of pages that stand alone and are whole, with the numbers of their
// members, in an order that the pages alone decide.
func (c *Shards) Relations(ctx context.Context, pairs []string, dir string, yield func(recount.Relation) bool, grouped func(o recount.Original, members []uint32)) error {
	f := c.f
	f.dir = dir
	set := segments{Levels: [][]string{pairs}}
	needed := make([]bool, len(f.order))
	err := eachPair(&set, minShared, func(a, b uint32) bool {
		needed[a], needed[b] = true, true
		return true
	})
	if err != nil {
		return err
	}
	s, dates, err := c.collect(needed, filepath.Join(dir, "articles"))
	if err != nil {
		return err
	}
	defer s.close()
	w := newRelationFile(&f, s)
	w.most = c.bucketRows
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
		return err
	}
	if err := w.end(ctx); err != nil {
		return err
	}
	g := grouping{c: c, w: w, dates: dates, rows: make([]uint32, len(f.order)), group: make([]uint32, len(f.order))}
	stopped := false
	err = w.each(func(x row) bool {
		g.count(x)
		stopped = !yield(w.lift(x).Relation)
		return !stopped
	})
	if err != nil || stopped {
		return err
	}
	return g.originals(ctx, grouped)
}

// collect copies the records of the pages that are needed into one file, and
// returns when pages were published, by shard.
func (c *Shards) collect(needed []bool, name string) (*recordFile, []column, error) {
	s, err := newRecordFile(name, len(needed))
	if err != nil {
		return nil, nil, err
	}
	out := bufio.NewWriterSize(s.f, 1<<16)
	dates := make([]column, len(c.dirs))
	for i := range c.dirs {
		if err := c.collectFrom(i, needed, s, out, &dates[i]); err != nil {
			s.close()
			return nil, nil, fmt.Errorf("copies: collect what is to be compared: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		s.close()
		return nil, nil, fmt.Errorf("copies: %w", err)
	}
	return s, dates, nil
}

func (c *Shards) collectFrom(shard int, needed []bool, s *recordFile, out io.Writer, dates *column) error {
	file, err := os.Open(filepath.Join(c.dirs[shard], shardRecords))
	if err != nil {
		return err
	}
	defer file.Close()
	r := bufio.NewReaderSize(file, 1<<16)
	err = c.eachHead(shard, func(n int, h *shardHead) error {
		dates.add(h.Published)
		rank := c.f.rank[n]
		if !c.f.present[n] || !needed[rank] {
			_, err := r.Discard(int(h.Record))
			return err
		}
		if _, err := io.CopyN(out, r, int64(h.Record)); err != nil {
			return err
		}
		s.places[rank], s.sizes[rank], s.texts[rank] = s.size+1, h.Record, uint32(min(h.Text, maxText))
		s.size += int64(h.Record)
		return nil
	})
	dates.pack()
	return err
}

// A column holds short texts, one for each page of a shard.
type column struct {
	text string
	ends []uint32
	b    []byte
}

func (c *column) add(s string) {
	c.b = append(c.b, s...)
	c.ends = append(c.ends, uint32(len(c.b)))
}

// pack ends adding.
func (c *column) pack() { c.text, c.ends, c.b = string(c.b), slices.Clone(c.ends), nil }

func (c *column) at(i int) string {
	from := uint32(0)
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.text[from:c.ends[i]]
}
