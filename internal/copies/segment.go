package copies

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
)

const (
	// lowBits is the size of the lower part of a number.
	lowBits = 29
	fanIn   = 32 // segments of one size that are merged into the next
)

// segments are sorted runs of ascending uint64 on disk. A number has an upper
// part, which is coded by its growth, and lowBits lower bits, which are coded as
// they are. Each segment is written once; when fanIn of one level exist they
// are merged into one of the next, as in a log-structured merge tree.
type segments struct {
	Dir    string
	Prefix string     // of the names of its files
	Number int        // of the next file
	Levels [][]string // paths of its files, by size

	// Shift is added to the lower parts of the values in a file, by its path;
	// none for most.
	Shift map[string]uint64
}

// Add writes ascending values as a segment.
func (s *segments) Add(values []uint64) error {
	if len(values) == 0 {
		return nil
	}
	lo, hi := uint64(lowMask), uint64(0)
	for _, v := range values {
		lo, hi = min(lo, v&lowMask), max(hi, v&lowMask)
	}
	name, w, err := s.create(header{
		count: uint64(len(values)), first: values[0] >> lowBits, last: values[len(values)-1] >> lowBits, low: lo, high: hi,
	})
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
	for len(s.Levels) <= level {
		s.Levels = append(s.Levels, nil)
	}
	s.Levels[level] = append(s.Levels[level], name)
	if len(s.Levels[level]) < fanIn {
		return nil
	}
	old := s.Levels[level]
	s.Levels[level] = nil
	merged, err := s.mergeTo(old)
	if err != nil {
		return err
	}
	for _, n := range old {
		if err := os.Remove(n); err != nil {
			return fmt.Errorf("segment: %w", err)
		}
	}
	return s.keep(level+1, merged)
}

// mergeTo writes one segment of what files hold and returns its path.
func (s *segments) mergeTo(files []string) (string, error) {
	all := header{first: ^uint64(0), low: lowMask}
	for _, n := range files {
		r, err := openSegment(n, s.Shift[n])
		if err != nil {
			return "", err
		}
		r.f.Close()
		if r.count == 0 {
			continue
		}
		all.count += r.count
		all.first, all.last = min(all.first, r.first), max(all.last, r.last)
		all.low, all.high = min(all.low, r.low), max(all.high, r.high)
	}
	if all.count == 0 {
		all = header{}
	}
	merged, w, err := s.create(all)
	if err != nil {
		return "", err
	}
	err = mergeShifted(files, s.Shift, func(v uint64) bool { w.put(v); return true })
	return merged, errors.Join(err, w.close())
}

// merge calls visit with all values in order, repetitions included, until it
// returns false.
func (s *segments) merge(visit func(uint64) bool) error {
	return mergeShifted(s.Names(), s.Shift, visit)
}

// Names returns the segments that exist.
func (s *segments) Names() []string { return slices.Concat(s.Levels...) }

func (s *segments) create(h header) (string, *segmentWriter, error) {
	name := filepath.Join(s.Dir, fmt.Sprintf("%s-%06d", s.Prefix, s.Number))
	s.Number++
	w, err := createSegment(name, h)
	return name, w, err
}

// createSegment begins the file name, which will hold what h says.
func createSegment(name string, h header) (*segmentWriter, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("segment: %w", err)
	}
	w := &segmentWriter{f: f, w: bufio.NewWriterSize(f, 1<<16), code: h.code(), last: h.first}
	var b [headerSize]byte
	for i, v := range []uint64{h.count, h.first, h.last, h.low, h.high} {
		binary.LittleEndian.PutUint64(b[8*i:], v)
	}
	_, w.err = w.w.Write(b[:])
	return w, nil
}

// A header says what a segment holds: how many values, the first and last of
// their upper parts, the smallest and largest of their lower parts.
type header struct{ count, first, last, low, high uint64 }

const headerSize = 40

// lowMask covers the lower part of a value.
const lowMask = 1<<lowBits - 1

// A code writes a value as the growth of its upper part in Rice's code (Rice
// 1979: the quotient in unary, the remainder in rice bits) and its lower part
// in low bits.
type code struct {
	rice, bits uint
	base       uint64 // taken off the lower part
}

func (h header) code() code {
	mean := (h.last - h.first) / max(h.count, 1)
	return code{rice: uint(bits.Len64(mean * 2 / 3)), bits: uint(bits.Len64(h.high - h.low)), base: h.low}
}

// A segmentWriter writes ascending values.
type segmentWriter struct {
	f *os.File
	w *bufio.Writer
	code
	last uint64 // upper part
	held uint64 // bits not yet written, the oldest lowest
	n    uint
	err  error
}

func (w *segmentWriter) put(v uint64) {
	grown := v>>lowBits - w.last
	w.last = v >> lowBits
	q := uint(grown >> w.rice)
	for ; q >= 24; q -= 24 {
		w.write(0, 24)
	}
	w.write(1<<q, q+1)
	w.write(grown&(1<<w.rice-1), w.rice)
	w.write(v&lowMask-w.base, w.bits)
}

// write adds the n lowest bits of v, n up to 40.
func (w *segmentWriter) write(v uint64, n uint) {
	w.held |= v << w.n
	w.n += n
	for w.n >= 8 {
		if err := w.w.WriteByte(byte(w.held)); err != nil && w.err == nil {
			w.err = err
		}
		w.held >>= 8
		w.n -= 8
	}
}

func (w *segmentWriter) close() error {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
	err := w.err
	if e := w.w.Flush(); err == nil {
		err = e
	}
	if e := w.f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("segment: write a segment: %w", err)
	}
	return nil
}

// A segmentReader reads the values of one segment in order.
type segmentReader struct {
	f *os.File
	r *bufio.Reader
	header
	code
	left  uint64 // values not yet read
	upper uint64
	value uint64
	held  uint64 // bits read ahead
	n     uint
	err   error
}

func openSegment(name string, shift uint64) (*segmentReader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("segment: %w", err)
	}
	r := &segmentReader{f: f, r: bufio.NewReaderSize(f, 1<<15)}
	var b [headerSize]byte
	if _, err := io.ReadFull(r.r, b[:]); err != nil {
		f.Close()
		return nil, fmt.Errorf("segment: read a segment: %w", err)
	}
	for i, p := range []*uint64{&r.count, &r.first, &r.last, &r.low, &r.high} {
		*p = binary.LittleEndian.Uint64(b[8*i:])
	}
	r.code, r.left, r.upper = r.header.code(), r.count, r.first
	r.base, r.low, r.high = r.base+shift, r.low+shift, r.high+shift
	return r, nil
}

// fill reads ahead to at least 48 bits, as far as the file goes.
func (r *segmentReader) fill() {
	for r.n <= 48 {
		b, err := r.r.ReadByte()
		if err != nil {
			if err != io.EOF {
				r.err = err
			}
			return
		}
		r.held |= uint64(b) << r.n
		r.n += 8
	}
}

// take returns the next n bits, n up to 40.
func (r *segmentReader) take(n uint) uint64 {
	if r.n < n {
		r.fill()
		if r.n < n && r.err == nil {
			r.err = io.ErrUnexpectedEOF
		}
	}
	v := r.held & (1<<n - 1)
	r.held >>= n
	r.n -= min(n, r.n)
	return v
}

// next moves to the next value; false at the end or on an error.
func (r *segmentReader) next() bool {
	if r.left == 0 || r.err != nil {
		return false
	}
	r.left--
	q := uint64(0)
	for {
		if r.n < 24 {
			r.fill()
		}
		if r.held != 0 {
			break
		}
		if r.n == 0 {
			r.err = io.ErrUnexpectedEOF
			return false
		}
		q += uint64(r.n)
		r.n = 0
	}
	zeros := uint(bits.TrailingZeros64(r.held))
	q += uint64(zeros)
	r.held >>= zeros + 1
	r.n -= zeros + 1
	r.upper += q<<r.rice | r.take(r.rice)
	r.value = r.upper<<lowBits | (r.take(r.code.bits)+r.base)&lowMask
	return r.err == nil
}

// mergeShifted calls visit with the values of all files in order, repetitions
// included, until it returns false. shift is added to those of a file.
func mergeShifted(names []string, shift map[string]uint64, visit func(uint64) bool) (err error) {
	var heap []*segmentReader
	defer func() {
		for _, r := range heap {
			r.f.Close()
		}
	}()
	for _, n := range names {
		r, err := openSegment(n, shift[n])
		if err != nil {
			return err
		}
		heap = append(heap, r)
		if !r.next() {
			r.f.Close()
			heap = heap[:len(heap)-1]
			if r.err != nil {
				return fmt.Errorf("segment: read a segment: %w", r.err)
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
				return fmt.Errorf("segment: read a segment: %w", top.err)
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
