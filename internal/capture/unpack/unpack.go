// Package unpack takes the pages out of files that hold many of them.
//
// In: a ZIP, a tar, a WARC, an ARC or a WACZ file, or one file packed by gzip, bzip2
// or Zstandard, and what lies in those, one inside another. Out: each page
// with its bytes, its name or address, and the place in the file where it
// lay; and for all that is not taken either a refusal with its reason or a
// count.
//
// Method: everything is read as a stream, one member or record at a time, and
// nothing is ever written to a disk, so that a name such as "../x" can do no
// harm; it is made harmless all the same. ZIP directories are read by this
// package, as that of the standard library holds all entries in memory.
// A WARC record is looked at in the order type, address, block: records of
// other hosts are passed over without being kept. The bytes of a compressed
// WARC file are inflated ahead in a second goroutine. Digests and checksums
// are compared wherever they are given. What a broken file still holds is
// read: a gzip WARC goes on at the next record, a ZIP without its directory is
// read from its front.
//
// Limits, each a named constant: bytes of one payload, of what a whole file
// may unpack to and how often its own size, of a container inside a container,
// members, depth, refusals listed. ZIP: no encryption, no parts on several
// disks, methods stored, deflate, bzip2 and Zstandard. WARC: versions 0.17 to
// 1.1; records cut in segments are refused; a revisit is resolved within one
// file. ARC: versions 1 and 2, compressed by gzip or not.
package unpack

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/capture/unpack/warc"
)

// What is read at most, where Options do not say otherwise.
const (
	maxPayload  = 32 << 20 // bytes of one page, inflated
	maxTotal    = 8 << 30  // bytes that one file may unpack to, over all depths
	maxMembers  = 100_000  // members of ZIP and tar files, over all depths
	maxDepth    = 3        // containers inside containers
	maxInner    = 64 << 20 // bytes of containers in containers that must be held in memory
	maxRefusals = 1000     // refusals of one file that are yielded; further ones are counted
	headSize    = 64 << 10 // bytes by which a kind of file is recognised
)

// Options says what is wanted. The zero value takes everything, within the
// limits of this package.
type Options struct {
	Hosts []string // of WARC records: only pages of these hosts and their subdomains; empty = all
	Match []string // of WARC records: only addresses that contain one of these; empty = all

	MaxPayload int64 // bytes of one page, inflated; 0 = 32 MiB
	MaxTotal   int64 // bytes that a ZIP or tar may unpack to; 0 = 8 GiB
	MaxMembers int   // members of ZIP and tar files; 0 = 100,000
	MaxDepth   int   // containers inside containers; 0 = 3

	// Skipped, if it is there, is called for everything that is passed over
	// on purpose: "a picture", "of another host", "a hidden file".
	Skipped func(reason string)
}

// An Item is one page.
type Item struct {
	Name      string              // address of a WARC record; "pile.zip/inner/a.html" for a member
	Payload   []byte              // as the page was, inflated; the receiver may keep it
	Captured  time.Time           // UTC, whole seconds; zero = unknown
	MediaType string              // as declared, or ""
	Fetch     *recount.Fetch      // of an HTTP response
	Within    recount.Within      // see below
	Hints     []recount.Candidate // what the page list of a WACZ says
	Own       *recount.Origin     // of a record that recount itself wrote: what it knew
	Truncated string              // why the crawler cut the page off ("length", "time"), or ""
}

// Origin is what a study keeps of where the page comes from. What a study of
// recount wrote comes in as it was there.
func (it *Item) Origin() recount.Origin {
	out := recount.Origin{Fetch: it.Fetch}
	if it.Own != nil {
		out = *it.Own
	}
	if out.Within == nil {
		out.Within = &it.Within
	}
	out.Hints = append(out.Hints[:len(out.Hints):len(out.Hints)], it.Hints...)
	if it.Truncated != "" {
		out.Hints = append(out.Hints, recount.Candidate{Field: "truncated", Value: it.Truncated, Origin: "WARC-Truncated"})
	}
	return out
}

// Within of an Item is the stretch of the outermost file that the page can be
// unpacked from: the record of a WARC file, also of one stored in a WACZ; the
// bytes of the member of a ZIP or tar. In a file that is compressed as a whole
// it is the member of gzip, or the frame, that it begins in. Of a revisit it
// is the record that holds the payload.

// A place is a stretch of the outermost file.
type place struct{ offset, length int64 }

// A source is one container: bytes and what they are called.
type source struct {
	name  string
	r     io.Reader   // the bytes from their beginning
	at    io.ReaderAt // the same; nil if they can be read only once
	size  int64       // -1 if not known
	base  int64       // where they begin in the outermost file if they are a stretch of it, else -1
	place place       // the smallest stretch of the outermost file that holds them
	depth int
}

// within returns the place of length bytes at offset of s.
func (s *source) within(offset, length int64) place {
	if s.base < 0 {
		return s.place
	}
	return place{s.base + offset, length}
}

// section returns the container that lies stored at offset of s.
func (s *source) section(name string, offset, size int64) source {
	r := io.NewSectionReader(s.at, offset, size)
	inner := source{name: name, r: r, at: r, size: size, base: -1, place: s.within(offset, size), depth: s.depth + 1}
	if s.base >= 0 {
		inner.base = s.base + offset
	}
	return inner
}

// An unpacking goes through one file.
type unpacking struct {
	o          Options
	hosts      []string
	match      []string
	file, hash string
	root       io.ReaderAt
	rootSize   int64
	yield      func(Item, error) bool

	total     int64 // bytes unpacked so far
	held      int64 // bytes of containers in memory
	members   int
	refusals  int
	bomb      bool            // a limit of the whole file was met, and said
	kinds     map[string]int  // of what was passed over, how often
	names     map[nameKey]int // how many members were called so
	index     *index          // of the WARC file or WACZ that is being read
	titles    map[nameKey]string
	inflaters []io.ReadCloser // of deflate, to be used again
}

// largeItem is the size, in bytes, above which what was taken for an item is
// given back before the next is read.
const largeItem = 8 << 20

// Items yields each page of a container of size bytes that the study calls
// name and whose SHA-256 is hash ("" = not known). What is refused is yielded
// as an error that wraps recount.ErrRefused and carries a hint, with Name and
// Within of the Item filled, and the walk goes on.
func Items(f io.ReaderAt, size int64, name, hash string, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		w := &unpacking{o: o, file: name, hash: hash, root: f, rootSize: size, names: map[nameKey]int{}, kinds: map[string]int{}}
		given := 0 // pages and refusals
		w.yield = func(i Item, err error) bool {
			given++
			large := len(i.Payload) > largeItem
			more := yield(i, err)
			if i = (Item{}); large {
				runtime.GC() // else a hostile file of many such holds several at once
			}
			return more
		}
		w.o.MaxPayload = or(o.MaxPayload, maxPayload)
		w.o.MaxTotal = or(o.MaxTotal, maxTotal)
		w.o.MaxMembers = or(o.MaxMembers, maxMembers)
		w.o.MaxDepth = or(o.MaxDepth, maxDepth)
		w.hosts, w.match = HostNames(o.Hosts), lower(o.Match)
		s := source{name: name, r: io.NewSectionReader(f, 0, size), at: f, size: size, place: place{0, size}}
		kind := KindAt(f, size, name)
		if kind == "" {
			w.refuse(name, s.place, "neither a ZIP, tar, WARC, ARC nor WACZ file", "add it as a page")
			return
		}
		if !w.container(s, kind) || given > 0 || len(w.hosts)+len(w.match) > 0 {
			return
		}
		if len(w.kinds) == 0 {
			w.refuse(name, s.place, "the "+kindNames[kind]+" holds no file", "look whether it is the right file, and whether it was packed to its end")
		} else {
			w.refuse(name, s.place, "the "+kindNames[kind]+" holds no page ("+w.tally()+")", "look whether it is the right file, and whether the crawler kept what the servers answered")
		}
	}
}

var kindNames = map[string]string{"zip": "ZIP", "tar": "tar", "warc": "WARC", "arc": "ARC", "wacz": "WACZ", "gzip": "packed file", "bzip2": "packed file", "zstd": "packed file"}

// tally says what was passed over: "1 request; a picture, 2 times".
func (w *unpacking) tally() string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(w.kinds)) {
		switch n, article := w.kinds[k], strings.HasPrefix(k, "a ") || strings.HasPrefix(k, "an "); {
		case article && n == 1:
			out = append(out, k)
		case article:
			out = append(out, fmt.Sprintf("%s, %d times", k, n))
		case k == "request" && n > 1:
			out = append(out, fmt.Sprintf("%d requests", n))
		default:
			out = append(out, fmt.Sprintf("%d %s", n, k))
		}
	}
	return strings.Join(out, "; ")
}

func or[T int | int64](v, standard T) T {
	if v <= 0 {
		return standard
	}
	return v
}

// container walks s and reports whether to go on.
func (w *unpacking) container(s source, kind string) bool {
	if s.depth > w.o.MaxDepth {
		return w.refuse(s.name, s.place, fmt.Sprintf("a container %d containers deep", s.depth), "unpack it and add what you need of it")
	}
	switch kind {
	case "zip":
		return w.zip(s, nil)
	case "wacz":
		return w.wacz(s)
	case "tar":
		return w.tar(s)
	case "warc":
		return w.warc(s)
	case "arc":
		return w.arc(s)
	}
	return w.single(s)
}

// within returns p as it is kept. What a broken file says of itself may lie
// outside of it.
func (w *unpacking) within(p place) recount.Within {
	offset := max(0, min(p.offset, w.rootSize))
	return recount.Within{File: w.file, Hash: w.hash, Offset: offset, Length: max(0, min(p.length, w.rootSize-offset))}
}

// emit yields one page and reports whether to go on. One without a byte is
// refused, so that no more of them are listed than of other refusals.
func (w *unpacking) emit(i Item, p place) bool {
	if len(bytes.TrimSpace(i.Payload)) == 0 {
		return w.refuse(i.Name, p, "an empty file", "pack or save it again, or leave it out")
	}
	i.Within = w.within(p)
	return w.yield(i, nil)
}

// refuse yields a refusal and reports whether to go on.
func (w *unpacking) refuse(name string, p place, reason, hint string) bool {
	return w.reject(name, p, recount.WithHint(fmt.Errorf("%s: %s: %w", name, reason, recount.ErrRefused), hint))
}

func (w *unpacking) reject(name string, p place, err error) bool {
	if w.refusals++; w.refusals > maxRefusals {
		w.skip("refused, past the first 1,000 refusals of one file")
		return true
	}
	return w.yield(Item{Name: name, Within: w.within(p)}, err)
}

func (w *unpacking) skip(reason string) {
	w.kinds[reason]++
	if w.o.Skipped != nil {
		w.o.Skipped(reason)
	}
}

// A meter counts what is unpacked of the file, and stops at its limits.
type meter struct {
	w *unpacking
	r io.Reader
}

func (m meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if over := m.w.unpacked(int64(n)); over != nil {
		return 0, over
	}
	return n, err
}

// unpacked counts n bytes more, and returns errBomb when they are too many.
func (w *unpacking) unpacked(n int64) error {
	if w.total += n; w.total > w.o.MaxTotal || w.total > warc.FreeBytes && w.total/warc.MaxRatio > w.rootSize {
		return warc.ErrBomb
	}
	return nil
}

// exploded says that the file met a limit for the whole of it. It reports
// false: nothing more is read.
func (w *unpacking) exploded() bool {
	if !w.bomb {
		w.bomb = true
		w.refuse(w.file, place{0, w.rootSize}, fmt.Sprintf("it unpacks to more than %d times its size, or to more than %d MiB; the rest of it was not read",
			warc.MaxRatio, w.o.MaxTotal>>20), "unpack it with another program and add what you need of it")
	}
	return false
}
