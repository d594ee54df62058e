package copies

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

const (
	// A posting says that an article holds a kept shingle: above articleBits
	// stands the shingle's hash, below them the article's number.
	articleBits = 28
	// maxArticles is how many articles one corpus may hold.
	maxArticles = 1 << articleBits
	bufferSize  = 1 << 21 // values held in memory before they become a segment
	fanIn       = 32      // segments of one size that are merged into the next
)

// segments is a set of sorted runs of uint64 on disk. Each segment is written
// once; when fanIn of one level exist they are merged into one of the next, as
// in a log-structured merge tree.
type segments struct {
	dir    string
	prefix string
	number int
	levels [][]string
}

// add writes ascending values as a segment.
func (s *segments) add(values []uint64) error {
	if len(values) == 0 {
		return nil
	}
	name, w, err := s.create()
	if err != nil {
		return err
	}
	for _, v := range values {
		w.put(v)
	}
	if err := w.close(); err != nil {
		return err
	}
	return s.keep(0, name)
}

// keep files the segment under its level and merges the level when it is full.
func (s *segments) keep(level int, name string) error {
	for len(s.levels) <= level {
		s.levels = append(s.levels, nil)
	}
	s.levels[level] = append(s.levels[level], name)
	if len(s.levels[level]) < fanIn {
		return nil
	}
	old := s.levels[level]
	s.levels[level] = nil
	merged, w, err := s.create()
	if err != nil {
		return err
	}
	if err := merge(old, func(v uint64) bool { w.put(v); return true }); err != nil {
		w.close()
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	for _, n := range old {
		if err := os.Remove(n); err != nil {
			return fmt.Errorf("copies: %w", err)
		}
	}
	return s.keep(level+1, merged)
}

// names returns the segments that exist.
func (s *segments) names() []string { return slices.Concat(s.levels...) }

func (s *segments) create() (string, *segmentWriter, error) {
	name := filepath.Join(s.dir, fmt.Sprintf("%s-%06d", s.prefix, s.number))
	s.number++
	f, err := os.Create(name)
	if err != nil {
		return "", nil, fmt.Errorf("copies: %w", err)
	}
	return name, &segmentWriter{f: f, w: bufio.NewWriterSize(f, 1<<16)}, nil
}

// A segmentWriter writes ascending values: for each the growth of its hash and
// then, in the same group, the growth of its article's number, else the number.
type segmentWriter struct {
	f    *os.File
	w    *bufio.Writer
	last uint64
	buf  [2 * binary.MaxVarintLen64]byte
	err  error
}

func (w *segmentWriter) put(v uint64) {
	const low = 1<<articleBits - 1
	grown := v>>articleBits - w.last>>articleBits
	n := binary.PutUvarint(w.buf[:], grown)
	rest := v & low
	if grown == 0 {
		rest -= w.last & low
	}
	n += binary.PutUvarint(w.buf[n:], rest)
	if _, err := w.w.Write(w.buf[:n]); err != nil && w.err == nil {
		w.err = err
	}
	w.last = v
}

func (w *segmentWriter) close() error {
	err := w.err
	if e := w.w.Flush(); err == nil {
		err = e
	}
	if e := w.f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("copies: write a segment: %w", err)
	}
	return nil
}

// A segmentReader reads the values of one segment in order.
type segmentReader struct {
	f     *os.File
	r     *bufio.Reader
	value uint64
	err   error
}

// next moves to the next value; false at the end or on an error.
func (r *segmentReader) next() bool {
	const low = 1<<articleBits - 1
	grown, err := binary.ReadUvarint(r.r)
	if err != nil {
		if err != io.EOF {
			r.err = err
		}
		return false
	}
	rest, err := binary.ReadUvarint(r.r)
	if err != nil {
		r.err = err
		return false
	}
	if grown == 0 {
		rest += r.value & low
	}
	r.value = (r.value>>articleBits+grown)<<articleBits | rest&low
	return true
}

// merge calls visit with the values of all segments in order, repetitions
// included, until it returns false.
func merge(names []string, visit func(uint64) bool) (err error) {
	var heap []*segmentReader
	defer func() {
		for _, r := range heap {
			r.f.Close()
		}
	}()
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return fmt.Errorf("copies: %w", err)
		}
		r := &segmentReader{f: f, r: bufio.NewReaderSize(f, 1<<15)}
		heap = append(heap, r)
		if !r.next() {
			f.Close()
			heap = heap[:len(heap)-1]
			if r.err != nil {
				return fmt.Errorf("copies: read a segment: %w", r.err)
			}
			continue
		}
		for i := len(heap) - 1; i > 0 && heap[i].value < heap[(i-1)/2].value; i = (i - 1) / 2 {
			heap[i], heap[(i-1)/2] = heap[(i-1)/2], heap[i]
		}
	}
	for len(heap) > 0 {
		top := heap[0]
		if !visit(top.value) {
			return nil
		}
		if !top.next() {
			top.f.Close()
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
			if top.err != nil {
				return fmt.Errorf("copies: read a segment: %w", top.err)
			}
		}
		sink(heap)
	}
	return nil
}

// sink restores the order of a heap whose root may be too large.
func sink(heap []*segmentReader) {
	for i := 0; ; {
		c := 2*i + 1
		if c >= len(heap) {
			return
		}
		if c+1 < len(heap) && heap[c+1].value < heap[c].value {
			c++
		}
		if heap[i].value <= heap[c].value {
			return
		}
		heap[i], heap[c] = heap[c], heap[i]
		i = c
	}
}
