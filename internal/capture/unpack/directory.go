package unpack

// This file reads what a ZIP file says of its members (APPNOTE 6.3.10): where
// each of them lies, not what is in it.
//
// In: a file that can be read at any place. Out: its entries one after
// another, however many there are, and which of them share bytes, as in a file
// that was made to unpack to far more than it holds.
//
// Method: the central directory is read as a stream, as the standard library
// holds all of it in memory; the local headers are read where it is missing.
//
// Limits: no parts on several disks. Of extra fields those of ZIP64 and the
// name in UTF-8 of Info-ZIP are read.

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"unicode/utf8"
)

// Bits of the flags of an entry (4.4.4).
const (
	encrypted  = 1 << 0
	descriptor = 1 << 3 // its sizes stand behind its bytes
)

// Sizes of the parts of a ZIP file before names and extra fields, in bytes
// (4.3), and what marks a link.
const (
	localSize     = 30
	centralSize   = 46
	endSize       = 22
	end64Size     = 56
	locator64Size = 20
	unixLink      = 0o120000
	unixKind      = 0o170000
	madeOnUnix    = 3
)

// An zipEntry is what a ZIP file says of one member.
type zipEntry struct {
	Name         string
	Flags        uint16
	Method       uint16
	CRC          uint32
	Packed, Size int64 // bytes; -1 if only its end says them
	Header       int64 // where its local header begins
	Link         bool  // a symbolic link
}

// A zipDirectory reads the central directory of a ZIP, entry by entry.
type zipDirectory struct {
	at    io.ReaderAt
	begin int64 // of the directory
	size  int64 // of the directory
	base  int64 // what stands before the first member
	r     *bufio.Reader
}

// errMissing says that a file is no whole ZIP.
var errMissing = errors.New("its directory is missing")

// openDirectory finds the directory of a ZIP of size bytes.
func openDirectory(f io.ReaderAt, size int64) (*zipDirectory, error) {
	tail := make([]byte, min(size, endSize+1<<16))
	at := size - int64(len(tail))
	if n, err := f.ReadAt(tail, at); n < len(tail) {
		return nil, err
	}
	i := len(tail) - endSize
	for ; i >= 0; i-- {
		if string(tail[i:i+4]) == "PK\x05\x06" && i+endSize+int(binary.LittleEndian.Uint16(tail[i+20:])) <= len(tail) {
			break
		}
	}
	if i < 0 {
		return nil, errMissing
	}
	end := at + int64(i)
	d := &zipDirectory{at: f, size: int64(binary.LittleEndian.Uint32(tail[i+12:])), begin: int64(binary.LittleEndian.Uint32(tail[i+16:]))}
	if d.size == 1<<32-1 || d.begin == 1<<32-1 {
		var b [end64Size]byte
		if _, err := f.ReadAt(b[:locator64Size], max(0, end-locator64Size)); err == nil && string(b[:4]) == "PK\x06\x07" {
			where := int64(binary.LittleEndian.Uint64(b[8:]))
			if where >= 0 && where < end {
				if _, err := f.ReadAt(b[:], where); err == nil && string(b[:4]) == "PK\x06\x06" {
					d.size, d.begin, end = int64(binary.LittleEndian.Uint64(b[40:])), int64(binary.LittleEndian.Uint64(b[48:])), where
				}
			}
		}
	}
	if d.size < 0 || d.begin < 0 || d.size > end || d.begin > end {
		return nil, errMissing
	}
	// Where something stands before the ZIP, its offsets are counted from
	// behind that.
	if d.size > 0 && !d.isEntry(d.begin) || d.begin+d.size > end {
		d.base = end - d.size - d.begin
		d.begin = end - d.size
		// But a file that begins as a ZIP and was cut off may hold another
		// ZIP, whose directory this then is.
		var first [4]byte
		if _, err := f.ReadAt(first[:], 0); err != nil || string(first[:]) == "PK\x03\x04" || d.base < 0 || d.size > 0 && !d.isEntry(d.begin) {
			return nil, errMissing
		}
	}
	d.Rewind()
	return d, nil
}

func (d *zipDirectory) isEntry(at int64) bool {
	var b [4]byte
	_, err := d.at.ReadAt(b[:], at)
	return err == nil && string(b[:]) == "PK\x01\x02"
}

// Rewind goes back to the first entry.
func (d *zipDirectory) Rewind() {
	d.r = bufio.NewReaderSize(io.NewSectionReader(d.at, d.begin, d.size), 64<<10)
}

// Next returns the next entry, io.EOF after the last.
func (d *zipDirectory) Next() (zipEntry, error) {
	var b [centralSize]byte
	if _, err := io.ReadFull(d.r, b[:4]); err != nil {
		return zipEntry{}, io.EOF
	}
	if string(b[:4]) != "PK\x01\x02" {
		return zipEntry{}, io.EOF
	}
	if _, err := io.ReadFull(d.r, b[4:]); err != nil {
		return zipEntry{}, io.ErrUnexpectedEOF
	}
	le := binary.LittleEndian
	e := zipEntry{
		Flags: le.Uint16(b[8:]), Method: le.Uint16(b[10:]), CRC: le.Uint32(b[16:]),
		Packed: int64(le.Uint32(b[20:])), Size: int64(le.Uint32(b[24:])), Header: int64(le.Uint32(b[42:])),
		Link: b[5] == madeOnUnix && le.Uint32(b[38:])>>16&unixKind == unixLink,
	}
	name, extra, comment := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	rest := make([]byte, name+extra)
	if _, err := io.ReadFull(d.r, rest); err != nil {
		return zipEntry{}, io.ErrUnexpectedEOF
	}
	if _, err := d.r.Discard(comment); err != nil {
		return zipEntry{}, io.ErrUnexpectedEOF
	}
	e.Name = string(rest[:name])
	e.extra(rest[name:])
	e.Header += d.base
	if e.Packed < 0 || e.Size < 0 || e.Header < 0 {
		return zipEntry{}, fmt.Errorf("an entry with sizes that cannot be")
	}
	return e, nil
}

// extra reads the extra fields that matter: the long sizes of ZIP64 (4.5.3)
// and the name in UTF-8 of Info-ZIP (4.6.9).
func (e *zipEntry) extra(b []byte) {
	le := binary.LittleEndian
	for len(b) >= 4 {
		id, n := le.Uint16(b), int(le.Uint16(b[2:]))
		if b = b[4:]; n > len(b) {
			return
		}
		field := b[:n]
		b = b[n:]
		switch id {
		case 1:
			for _, v := range []*int64{&e.Size, &e.Packed, &e.Header} {
				if *v == 1<<32-1 && len(field) >= 8 {
					*v = int64(le.Uint64(field))
					field = field[8:]
				}
			}
		case 0x7075:
			if len(field) > 5 && field[0] == 1 && le.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(e.Name)) && utf8.Valid(field[5:]) {
				e.Name = string(field[5:])
			}
		}
	}
}

// localHeader reads the local header at at and returns where the bytes begin.
func localHeader(f io.ReaderAt, at int64) (e zipEntry, data int64, err error) {
	var b [localSize]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		return e, 0, io.ErrUnexpectedEOF
	}
	if string(b[:4]) != "PK\x03\x04" {
		return e, 0, errors.New("no member begins there")
	}
	le := binary.LittleEndian
	e = zipEntry{Flags: le.Uint16(b[6:]), Method: le.Uint16(b[8:]), CRC: le.Uint32(b[14:]),
		Packed: int64(le.Uint32(b[18:])), Size: int64(le.Uint32(b[22:])), Header: at}
	name, extra := int64(le.Uint16(b[26:])), int64(le.Uint16(b[28:]))
	rest := make([]byte, name+extra)
	if n, _ := f.ReadAt(rest, at+localSize); int64(n) < name+extra {
		return e, 0, io.ErrUnexpectedEOF
	}
	e.Name = string(rest[:name])
	e.extra(rest[name:])
	return e, at + localSize + name + extra, nil
}

// End returns where e ends at the earliest.
func (e *zipEntry) End() int64 { return e.Header + localSize + int64(len(e.Name)) + e.Packed }

// memberSpans are the stretches of a file that its entries take up.
type memberSpans []span

type span struct{ from, to int64 }

// Add adds the stretch of e.
func (s *memberSpans) Add(e zipEntry) { *s = append(*s, span{e.Header, e.End()}) }

// Sort sorts by where they begin, and makes each as long as to reach as far as
// any before it.
func (s memberSpans) Sort() {
	slices.SortFunc(s, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var end int64
	for i := range s {
		end = max(end, s[i].to)
		s[i].to = end
	}
}

// Shared reports whether e, whose own stretch is among the sorted spans, has
// bytes in common with another.
func (s memberSpans) Shared(e zipEntry) bool {
	i, own := slices.BinarySearchFunc(s, e.Header, func(p span, at int64) int { return cmp.Compare(p.from, at) })
	return own && (i+1 < len(s) && s[i+1].from < e.End() || i > 0 && s[i-1].to > e.Header)
}

// afterDescriptor returns where the data descriptor at at ends (4.3.9): it may
// begin with a signature, and its sizes may be long.
func afterDescriptor(f io.ReaderAt, at int64) int64 {
	var b [24 + 4]byte
	n, _ := f.ReadAt(b[:], at)
	for _, size := range []int{16, 24, 12, 20} {
		if size+2 <= n && b[size] == 'P' && b[size+1] == 'K' {
			return at + int64(size)
		}
	}
	return at + 16
}

// localNames returns the names of the members whose headers lie whole in
// head, as far as one can be found from the one before.
func localNames(head []byte) []string {
	var out []string
	for len(head) >= localSize && string(head[:4]) == "PK\x03\x04" {
		flags, packed := binary.LittleEndian.Uint16(head[6:]), int64(binary.LittleEndian.Uint32(head[18:]))
		name, extra := int(binary.LittleEndian.Uint16(head[26:])), int(binary.LittleEndian.Uint16(head[28:]))
		if localSize+name > len(head) {
			break
		}
		out = append(out, string(head[localSize:localSize+name]))
		next := int64(localSize+name+extra) + packed
		if flags&descriptor != 0 && packed == 0 || next > int64(len(head)) {
			break
		}
		head = head[next:]
	}
	return out
}
