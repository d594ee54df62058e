package copies

import (
	"bufio"
	"cmp"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"recount"
)

// indexFormat is raised when other shingles are kept or they are written in
// another way; an index of another format is made anew.
const indexFormat = 2

// A catalogue says which articles the segments in a directory hold.
type catalogue struct {
	Format int
	Count  int        // of articles, which follow in chapters
	Levels [][]string // names of the segments in the directory
	Number int        // of the next segment
}

// A chapter holds the articles of a catalogue from one number on. A whole
// catalogue in one piece would be held in memory several times over.
type chapter struct {
	Keys   []recount.Key
	Prints []uint64
}

const chapterSize = 4096

const (
	mul1 = 0x9E3779B97F4A7C15
	mul2 = 0xD6E8FEB86659FD93
)

// load reads the catalogue of the directory, if it has one that can be used,
// and removes what else an earlier run left.
func (f *finder) load() error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return fmt.Errorf("copies: %w", err)
	}
	f.postings = segments{Dir: f.dir, Prefix: "words"}
	var c catalogue
	if f.readCatalogue(&c) {
		f.postings.Number = c.Number
		for _, level := range c.Levels {
			var paths []string
			for _, name := range level {
				paths = append(paths, filepath.Join(f.dir, name))
			}
			f.postings.Levels = append(f.postings.Levels, paths)
		}
	}
	kept := f.postings.Names()
	for _, e := range entries {
		path := filepath.Join(f.dir, e.Name())
		old := strings.HasPrefix(e.Name(), "words-") && !slices.Contains(kept, path) ||
			strings.HasPrefix(e.Name(), "pairs-") || strings.HasPrefix(e.Name(), "phrases-") || strings.HasPrefix(e.Name(), "taken-") || e.Name() == "articles" || e.Name() == "relations"
		if !old {
			continue
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("copies: %w", err)
		}
	}
	n := len(f.keys)
	f.outlet, f.page = make([]uint64, n), make([]uint64, n)
	f.present = make([]bool, n)
	return nil
}

// readCatalogue reports whether the directory holds an index that can be used.
func (f *finder) readCatalogue(c *catalogue) bool {
	file, err := os.Open(filepath.Join(f.dir, "catalogue"))
	if err != nil {
		return false
	}
	defer file.Close()
	d := gob.NewDecoder(bufio.NewReader(file))
	if d.Decode(c) != nil || c.Format != indexFormat {
		return false
	}
	for _, level := range c.Levels {
		for _, name := range level {
			if _, err := os.Stat(filepath.Join(f.dir, name)); err != nil {
				return false
			}
		}
	}
	var keys []recount.Key
	var prints []uint64
	for len(keys) < c.Count {
		var part chapter
		if d.Decode(&part) != nil || len(part.Keys) == 0 || len(part.Keys) != len(part.Prints) {
			return false
		}
		keys, prints = append(keys, part.Keys...), append(prints, part.Prints...)
	}
	f.keys, f.prints = keys, prints
	return len(keys) == c.Count
}

// save writes the catalogue. An index of which most articles are gone is not
// worth keeping.
func (f *finder) save() error {
	path := filepath.Join(f.dir, "catalogue")
	here := 0
	for _, p := range f.present {
		if p {
			here++
		}
	}
	if 2*here < len(f.keys) {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("copies: %w", err)
		}
		return nil
	}
	c := catalogue{Format: indexFormat, Count: len(f.keys), Number: f.postings.Number}
	for _, level := range f.postings.Levels {
		var names []string
		for _, p := range level {
			names = append(names, filepath.Base(p))
		}
		c.Levels = append(c.Levels, names)
	}
	file, err := os.Create(path + ".new")
	if err != nil {
		return fmt.Errorf("copies: %w", err)
	}
	w := bufio.NewWriter(file)
	e := gob.NewEncoder(w)
	err = e.Encode(c)
	for from := 0; from < len(f.keys) && err == nil; from += chapterSize {
		to := min(from+chapterSize, len(f.keys))
		err = e.Encode(chapter{f.keys[from:to], f.prints[from:to]})
	}
	err = errors.Join(err, w.Flush(), file.Close())
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("copies: write the catalogue: %w", err)
	}
	return nil
}

// index writes the kept shingles of the articles that the directory does not
// hold yet.
func (f *finder) index(articles iter.Seq[*recount.Article]) error {
	known := make([]uint32, len(f.keys))
	for i := range known {
		known[i] = uint32(i)
	}
	slices.SortFunc(known, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(f.keys[x], f.keys[y]), cmp.Compare(f.prints[x], f.prints[y]))
	})
	number := func(a *recount.Article) (uint32, bool) {
		print := fingerprint(a)
		at, ok := slices.BinarySearchFunc(known, a, func(n uint32, a *recount.Article) int {
			return cmp.Or(cmp.Compare(f.keys[n], a.Key), cmp.Compare(f.prints[n], print))
		})
		if ok {
			return known[at], false
		}
		f.keys, f.prints = append(f.keys, a.Key), append(f.prints, print)
		f.outlet, f.page = append(f.outlet, 0), append(f.page, 0)
		f.present = append(f.present, false)
		return uint32(len(f.keys) - 1), true
	}
	var mu sync.Mutex
	return f.eachParallel(articles, func(_ int, a *recount.Article) (uint32, bool, error) {
		n, fresh := number(a)
		if n >= maxArticles {
			return 0, false, fmt.Errorf("copies: more than %d articles: %w", maxArticles, recount.ErrInvalid)
		}
		f.arrival = append(f.arrival, n)
		f.present[n] = true
		if a.Outlet != "" {
			f.outlet[n] = hashOf(a.Outlet)
		}
		if p := a.Page(); p != "" {
			f.page[n] = hashOf(p)
		}
		return n, fresh, nil
	}, func() (func(numbered) error, func() error) {
		var w Words
		buffer := make([]uint64, 0, bufferSize)
		flush := func() error {
			slices.Sort(buffer)
			buffer = slices.Compact(buffer)
			mu.Lock()
			defer mu.Unlock()
			err := f.postings.Add(buffer)
			buffer = buffer[:0]
			return err
		}
		if f.whole != nil {
			return f.whole.work(f)
		}
		return func(n numbered) error {
			w.ReadArticle(n.a)
			if len(buffer)+w.Len() > bufferSize && len(buffer) > 0 {
				if err := flush(); err != nil {
					return err
				}
			}
			buffer = appendKept(buffer, &w, n.number)
			return nil
		}, flush
	})
}

// fingerprint hashes what the index reads of an article.
func fingerprint(a *recount.Article) uint64 {
	h := fnv.New64a()
	for _, b := range a.Blocks {
		switch b.Role {
		case recount.Related, recount.Comment, recount.PullQuote:
			fmt.Fprint(h, b.Span.Start, b.Span.End, ";")
		}
	}
	text := a.Text[:min(len(a.Text), maxText)]
	sum := h.Sum64()
	for len(text) >= 8 {
		sum = (sum ^ (uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56)) * mul1
		sum ^= sum >> 31
		text = text[8:]
	}
	for i := range len(text) {
		sum = (sum ^ uint64(text[i])) * mul2
	}
	return sum ^ sum>>29
}

// appendKept appends the postings of the kept shingles of w: a quarter of all, and
// those that stand mostly inside quotation marks.
func appendKept(to []uint64, w *Words, number uint32) []uint64 {
	spoken := 0 // words of the shingle at hand that are speech
	for i := range w.Hash {
		if w.Speech[i] {
			spoken++
		}
		if i < shingleWords-1 {
			continue
		}
		h := shingle(w.Hash[i-shingleWords+1:])
		if h&sampleMask == 0 || 2*spoken > shingleWords {
			to = append(to, h&^(maxArticles-1)|uint64(number))
		}
		if w.Speech[i-shingleWords+1] {
			spoken--
		}
	}
	return to
}

// sortKeys ranks the articles that are present by their keys.
func (f *finder) sortKeys() {
	f.rank = make([]uint32, len(f.keys))
	for n, here := range f.present {
		if here {
			f.order = append(f.order, uint32(n))
		}
	}
	slices.SortFunc(f.order, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(f.keys[x], f.keys[y]), cmp.Compare(f.prints[x], f.prints[y]))
	})
	for r, n := range f.order {
		f.rank[n] = uint32(r)
	}
}
