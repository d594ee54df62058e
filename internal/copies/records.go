package copies

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"sync"

	"recount"
)

// A record is what is kept of an article while pairs are compared.
type record struct {
	Words
	credit
}

// A recordFile holds records in a file, so that any two articles can be compared
// without holding the corpus in memory. Where the system allows it the file has
// no name, and is gone with the program that holds it.
type recordFile struct {
	f      *os.File
	mu     sync.Mutex
	size   int64
	places []int64 // by rank: offset of the record plus one, 0 if there is none
	sizes  []uint32
	texts  []uint32 // by rank: bytes of the text
}

func newRecordFile(name string, n int) (*recordFile, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("copies: %w", err)
	}
	_ = os.Remove(name)
	return &recordFile{f: f, places: make([]int64, n), sizes: make([]uint32, n), texts: make([]uint32, n)}, nil
}

func (s *recordFile) close() { s.f.Close() }

// put writes r as the record of rank.
func (s *recordFile) put(rank uint32, r *record, buf []byte) ([]byte, error) {
	buf = r.encode(buf[:0])
	s.mu.Lock()
	at := s.size
	s.size += int64(len(buf))
	s.mu.Unlock()
	if _, err := s.f.WriteAt(buf, at); err != nil {
		return buf, fmt.Errorf("copies: %w", err)
	}
	s.places[rank], s.sizes[rank] = at+1, uint32(len(buf))
	return buf, nil
}

// get reads the record of rank into r.
func (s *recordFile) get(rank uint32, r *record, buf []byte) ([]byte, error) {
	n := int(s.sizes[rank])
	if cap(buf) < n {
		buf = make([]byte, n, n+n/4)
	}
	buf = buf[:n]
	if s.places[rank] == 0 {
		return buf, fmt.Errorf("copies: no record of article %d: %w", rank, recount.ErrNotFound)
	}
	if _, err := s.f.ReadAt(buf, s.places[rank]-1); err != nil && err != io.EOF {
		return buf, fmt.Errorf("copies: %w", err)
	}
	if !r.decode(buf) {
		return buf, fmt.Errorf("copies: record of article %d: %w", rank, recount.ErrTampered)
	}
	return buf, nil
}

// encode appends r to b: the number of words, their hashes, four bits each, the
// sounds, the gaps and lengths of the words, the credit.
func (r *record) encode(b []byte) []byte {
	n := r.Len()
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	for _, h := range r.Hash {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	b = appendBits(b, r.Speech)
	b = appendBits(b, r.Framed)
	b = appendBits(b, r.First)
	b = appendBits(b, r.Named)
	b = append(b, r.Sound...)
	last := uint32(0)
	for i := range n {
		b = binary.AppendUvarint(b, uint64(r.Start[i]-last))
		b = binary.AppendUvarint(b, uint64(r.End[i]-r.Start[i]))
		last = r.End[i]
	}
	return r.credit.encode(b)
}

func appendBits(b []byte, flags []bool) []byte {
	for len(flags) > 0 {
		var bits byte
		for k, f := range flags[:min(8, len(flags))] {
			if f {
				bits |= 1 << k
			}
		}
		b = append(b, bits)
		flags = flags[min(8, len(flags)):]
	}
	return b
}

// decode reads what encode wrote; false if b is cut short.
func (r *record) decode(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	n := int(binary.LittleEndian.Uint32(b))
	b = b[4:]
	if len(b) < 5*n+4*((n+7)/8) {
		return false
	}
	r.Reset()
	for i := range n {
		r.Hash = append(r.Hash, binary.LittleEndian.Uint32(b[4*i:]))
	}
	b = b[4*n:]
	for _, p := range []*[]bool{&r.Speech, &r.Framed, &r.First, &r.Named} {
		for i := range n {
			*p = append(*p, b[i/8]>>(i%8)&1 != 0)
		}
		b = b[(n+7)/8:]
	}
	r.Sound = append(r.Sound, b[:n]...)
	b = b[n:]
	last := uint32(0)
	for range n {
		gap, k := binary.Uvarint(b)
		if k <= 0 {
			return false
		}
		size, m := binary.Uvarint(b[k:])
		if m <= 0 {
			return false
		}
		b = b[k+m:]
		r.Start = append(r.Start, last+uint32(gap))
		last += uint32(gap + size)
		r.End = append(r.End, last)
	}
	return r.credit.decode(b)
}

// bytes returns the record of rank as it was written.
func (s *recordFile) bytes(rank uint32) ([]byte, error) {
	buf := make([]byte, s.sizes[rank])
	if _, err := s.f.ReadAt(buf, s.places[rank]-1); err != nil && err != io.EOF {
		return nil, fmt.Errorf("copies: %w", err)
	}
	return buf, nil
}
