package unpack

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"

	"recount/internal/capture/unpack/warc"
)

// Sizes of the parts of a ZIP file before names and extra fields, in bytes,
// and bits of their flags (APPNOTE 6.3.10, sections 4.3 and 4.4.4).
const (
	localSize      = 30
	centralSize    = 46
	endSize        = 22
	end64Size      = 56
	locator64Size  = 20
	zipEncrypted   = 1 << 0
	zipDescriptor  = 1 << 3
	unixLink       = 0o120000
	unixKind       = 0o170000
	madeOnUnix     = 3
	maxDeflateRate = 1032 // no deflate stream grows by more
)

// An entry is what a ZIP file says of one member.
type entry struct {
	name         string
	flags        uint16
	method       uint16
	crc          uint32
	packed, size int64 // bytes; -1 if only its end says them
	header       int64 // where its local header begins
	link         bool
}

// A directory reads the central directory of a ZIP, entry by entry.
type directory struct {
	at    io.ReaderAt
	begin int64 // of the directory
	size  int64 // of the directory
	base  int64 // what stands before the first member
	r     *bufio.Reader
}

var errNoDirectory = errors.New("its directory is missing")

func openDirectory(f io.ReaderAt, size int64) (*directory, error) {
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
		return nil, errNoDirectory
	}
	end := at + int64(i)
	d := &directory{at: f, size: int64(binary.LittleEndian.Uint32(tail[i+12:])), begin: int64(binary.LittleEndian.Uint32(tail[i+16:]))}
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
		return nil, errNoDirectory
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
			return nil, errNoDirectory
		}
	}
	d.rewind()
	return d, nil
}

func (d *directory) isEntry(at int64) bool {
	var b [4]byte
	_, err := d.at.ReadAt(b[:], at)
	return err == nil && string(b[:]) == "PK\x01\x02"
}

func (d *directory) rewind() {
	d.r = bufio.NewReaderSize(io.NewSectionReader(d.at, d.begin, d.size), headSize)
}

// next returns the next entry, io.EOF after the last.
func (d *directory) next() (entry, error) {
	var b [centralSize]byte
	if _, err := io.ReadFull(d.r, b[:4]); err != nil {
		return entry{}, io.EOF
	}
	if string(b[:4]) != "PK\x01\x02" {
		return entry{}, io.EOF
	}
	if _, err := io.ReadFull(d.r, b[4:]); err != nil {
		return entry{}, io.ErrUnexpectedEOF
	}
	le := binary.LittleEndian
	e := entry{
		flags: le.Uint16(b[8:]), method: le.Uint16(b[10:]), crc: le.Uint32(b[16:]),
		packed: int64(le.Uint32(b[20:])), size: int64(le.Uint32(b[24:])), header: int64(le.Uint32(b[42:])),
		link: b[5] == madeOnUnix && le.Uint32(b[38:])>>16&unixKind == unixLink,
	}
	name, extra, comment := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	rest := make([]byte, name+extra)
	if _, err := io.ReadFull(d.r, rest); err != nil {
		return entry{}, io.ErrUnexpectedEOF
	}
	if _, err := d.r.Discard(comment); err != nil {
		return entry{}, io.ErrUnexpectedEOF
	}
	e.name = string(rest[:name])
	e.extra(rest[name:])
	e.header += d.base
	if e.packed < 0 || e.size < 0 || e.header < 0 {
		return entry{}, fmt.Errorf("an entry with sizes that cannot be")
	}
	return e, nil
}

// extra reads the extra fields that matter: the long sizes of ZIP64 (4.5.3)
// and the name in UTF-8 of Info-ZIP (4.6.9).
func (e *entry) extra(b []byte) {
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
			for _, v := range []*int64{&e.size, &e.packed, &e.header} {
				if *v == 1<<32-1 && len(field) >= 8 {
					*v = int64(le.Uint64(field))
					field = field[8:]
				}
			}
		case 0x7075:
			if len(field) > 5 && field[0] == 1 && le.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(e.name)) && utf8.Valid(field[5:]) {
				e.name = string(field[5:])
			}
		}
	}
}

// local reads the local header at at and returns where the bytes begin.
func local(f io.ReaderAt, at int64) (e entry, data int64, err error) {
	var b [localSize]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		return e, 0, io.ErrUnexpectedEOF
	}
	if string(b[:4]) != "PK\x03\x04" {
		return e, 0, errors.New("no member begins there")
	}
	le := binary.LittleEndian
	e = entry{flags: le.Uint16(b[6:]), method: le.Uint16(b[8:]), crc: le.Uint32(b[14:]),
		packed: int64(le.Uint32(b[18:])), size: int64(le.Uint32(b[22:])), header: at}
	name, extra := int64(le.Uint16(b[26:])), int64(le.Uint16(b[28:]))
	rest := make([]byte, name+extra)
	if n, _ := f.ReadAt(rest, at+localSize); int64(n) < name+extra {
		return e, 0, io.ErrUnexpectedEOF
	}
	e.name = string(rest[:name])
	e.extra(rest[name:])
	return e, at + localSize + name + extra, nil
}

// zip walks the members of s; take, if given, says of each by its cleaned name
// whether it is looked at. It reports whether to go on.
func (w *walk) zip(s source, take func(name string) bool) bool {
	d, err := openDirectory(s.at, s.size)
	if err != nil {
		return w.zipFront(s)
	}
	// Entries that lie one over another are how a small file is made to unpack
	// to a huge one (Fifield 2019, "A better zip bomb").
	var spans []place
	for len(spans) < w.o.MaxMembers {
		e, err := d.next()
		if err != nil {
			break
		}
		if end := e.end(); end <= s.size {
			spans = append(spans, place{e.header, end - e.header})
		}
	}
	sortSpans(spans)
	d.rewind()
	for {
		e, err := d.next()
		if err == io.EOF {
			return true
		}
		if err != nil {
			return w.refuse(s.name, s.place, "its directory is broken; members after that are not read", "fetch or pack it again")
		}
		name := cleanName(e.name)
		where := s.within(e.header, localSize+int64(len(e.name))+e.packed)
		if w.members++; w.members > w.o.MaxMembers {
			w.refuse(s.name, s.place, fmt.Sprintf("it holds more than %d members; the rest of it was not read", w.o.MaxMembers), "pack it in smaller parts")
			return false
		}
		switch {
		case strings.HasSuffix(strings.ReplaceAll(e.name, `\`, "/"), "/") && e.size == 0, take != nil && !take(name):
			continue
		case name == "" || hidden(name):
			w.skip("a hidden file")
			continue
		case e.link:
			w.skip("a link in a container")
			continue
		}
		name = w.unique(s.name + "/" + name)
		if overlaps(spans, e) {
			if !w.refuse(name, where, "its bytes are also those of another member", "leave it out: a file is packed so only to do harm") {
				return false
			}
			continue
		}
		l, data, err := local(s.at, e.header)
		if err == nil && data+e.packed > s.size {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			if !w.refuse(name, where, "the ZIP is broken: "+warc.Plainly(err), "fetch or pack it again") {
				return false
			}
			continue
		}
		e.flags |= l.flags & zipEncrypted
		if !w.member(s, e, name, data) {
			return false
		}
	}
}

// end returns where e ends at the earliest.
func (e *entry) end() int64 { return e.header + localSize + int64(len(e.name)) + e.packed }

// sortSpans sorts by offset and makes each span as long as to reach as far as
// any span up to it.
func sortSpans(spans []place) {
	slices.SortFunc(spans, func(a, b place) int { return cmp.Compare(a.offset, b.offset) })
	var end int64
	for i, p := range spans {
		end = max(end, p.offset+p.length)
		spans[i].length = end - p.offset
	}
}

// overlaps reports whether e shares bytes with another of the sorted spans,
// one of which is its own.
func overlaps(spans []place, e entry) bool {
	i, own := slices.BinarySearchFunc(spans, e.header, func(p place, at int64) int { return cmp.Compare(p.offset, at) })
	return own && (i+1 < len(spans) && spans[i+1].offset < e.end() ||
		i > 0 && spans[i-1].offset+spans[i-1].length > e.header)
}

// zipFront walks a ZIP without a directory from its first member on, as far
// as each says where it ends.
func (w *walk) zipFront(s source) bool {
	at, read := int64(0), 0
	for {
		e, data, err := local(s.at, at)
		if err != nil {
			break
		}
		if w.members++; w.members > w.o.MaxMembers {
			break
		}
		name := cleanName(e.name)
		if e.flags&zipDescriptor != 0 && e.packed == 0 && e.method == 8 {
			e.packed, e.size = -1, -1
			// Its end is where deflate ends, so it is read twice.
			c := &counter{r: io.NewSectionReader(s.at, data, max(0, s.size-data))}
			br := bufio.NewReader(c)
			z := w.inflater(br)
			_, err := io.Copy(io.Discard, meter{w, z})
			w.keep(z)
			if errors.Is(err, warc.ErrBomb) {
				return w.exploded()
			}
			if err != nil {
				break
			}
			e.packed = c.n - int64(br.Buffered())
		}
		if data+e.packed > s.size {
			break
		}
		at = data + e.packed
		if e.flags&zipDescriptor != 0 {
			at = min(afterDescriptor(s.at, at), s.size)
		}
		if strings.HasSuffix(e.name, "/") || name == "" || hidden(name) {
			continue
		}
		read++
		if !w.member(s, e, w.unique(s.name+"/"+name), data) {
			return false
		}
	}
	return w.refuse(s.name, s.within(at, max(0, s.size-at)), fmt.Sprintf("a ZIP without its directory, broken at byte %d; %d members before that were read", at, read),
		"fetch or pack it again")
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

// member takes one member, whose bytes begin at data, and reports whether to
// go on.
func (w *walk) member(s source, e entry, name string, data int64) bool {
	where := s.within(data, e.packed)
	if e.flags&zipEncrypted != 0 || e.method == 99 {
		return w.refuse(name, where, "it is encrypted", "unpack it with its password and add what comes out")
	}
	if e.method == 0 && e.size == e.packed {
		inner := s.section(name, data, e.packed)
		if kind := KindAt(inner.at, inner.size, name); kind != "" {
			return w.container(inner, kind)
		}
	}
	section := bufio.NewReader(io.NewSectionReader(s.at, data, e.packed))
	var r io.Reader
	switch e.method {
	case 0:
		r = section
	case 8:
		z := w.inflater(section)
		defer w.keep(z)
		r = z
	case 12:
		r = bzip2.NewReader(section)
	case 93:
		z, err := zstd.NewReader(section, warc.ZstdOptions()...)
		if err != nil {
			return w.refuse(name, where, "it is broken: "+warc.Plainly(err), "fetch or pack the ZIP again")
		}
		defer z.Close()
		r = z
	default:
		return w.refuse(name, where, fmt.Sprintf("it is compressed by method %d of ZIP, which is not read", e.method), "unpack it with another program and add what comes out")
	}
	if e.method == 8 && e.size > warc.FreeBytes && e.size/maxDeflateRate > e.packed {
		return w.refuse(name, where, "it says that it unpacks to more than it can", "leave it out, or pack it again")
	}
	var check io.Reader = meter{w, r}
	if e.size >= 0 {
		check = &checked{r: check, left: e.size, sum: crc32.NewIEEE(), crc: e.crc}
	}
	return w.inner(source{name: name, r: check, size: e.size, base: -1, place: where, depth: s.depth + 1})
}

// inflater returns a reader of deflate, which keep takes back: a new one takes
// 40 kB.
func (w *walk) inflater(r io.Reader) io.ReadCloser {
	if n := len(w.inflaters); n > 0 {
		z := w.inflaters[n-1]
		if again, ok := z.(flate.Resetter); ok && again.Reset(r, nil) == nil {
			w.inflaters = w.inflaters[:n-1]
			return z
		}
	}
	return flate.NewReader(r)
}

func (w *walk) keep(z io.ReadCloser) { w.inflaters = append(w.inflaters, z) }

// inner takes one member of a container, given as a stream, and reports
// whether to go on: a container is walked, all else is a page.
func (w *walk) inner(s source) bool {
	room := headSize
	if s.size >= 0 && s.size < headSize {
		room = int(s.size) + 1
	}
	br := bufio.NewReaderSize(s.r, room)
	head, err := br.Peek(room)
	if err != nil && err != io.EOF {
		return w.broken(s, err)
	}
	s.r = br
	kind := Kind(head, s.name)
	if kind == "zip" || kind == "wacz" {
		goOn, ok := w.inMemory(&s)
		if !ok {
			return goOn
		}
		defer func() { w.held -= s.size }()
		kind = KindAt(s.at, s.size, s.name)
	}
	if kind != "" {
		return w.container(s, kind)
	}
	if s.size > w.o.MaxPayload {
		return w.broken(s, warc.ErrTooMuch)
	}
	b, err := warc.ReadAtMost(s.r, w.o.MaxPayload, s.size)
	if err != nil {
		return w.broken(s, err)
	}
	return w.emit(Item{Name: s.name, Payload: b}, s.place)
}

// broken refuses a member that could not be read to its end, and reports
// whether to go on.
func (w *walk) broken(s source, err error) bool {
	switch {
	case errors.Is(err, warc.ErrBomb):
		return w.exploded()
	case errors.Is(err, warc.ErrTooMuch):
		return w.refuse(s.name, s.place, fmt.Sprintf("larger than %d MiB", w.o.MaxPayload>>20), "cut it into single pages, or leave it out")
	}
	return w.refuse(s.name, s.place, "it is broken: "+warc.Plainly(err), "fetch or pack it again")
}

// inMemory makes s one that can be read at any place, if it is small enough.
// ok is false if it is not; goOn is then what the caller returns.
func (w *walk) inMemory(s *source) (goOn, ok bool) {
	b, err := warc.ReadAtMost(s.r, maxInner-w.held, s.size)
	switch {
	case errors.Is(err, warc.ErrTooMuch):
		return w.refuse(s.name, s.place, fmt.Sprintf("a container inside containers, larger than %d MiB", maxInner>>20), "unpack the outer one and add this one by itself"), false
	case err != nil && (len(b) == 0 || errors.Is(err, warc.ErrBomb)):
		return w.broken(*s, err), false
	}
	r := bytes.NewReader(b)
	s.r, s.at, s.size = r, r, int64(len(b))
	w.held += s.size
	return true, true
}

// A checked reader compares what comes out of a member with what its ZIP says
// of it.
type checked struct {
	r    io.Reader
	left int64
	sum  hash.Hash32
	crc  uint32
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.sum.Write(p[:n])
	if c.left -= int64(n); c.left < 0 {
		return 0, errors.New("it is longer than it says")
	}
	if err == io.EOF {
		switch {
		case c.left > 0:
			err = errors.New("it is shorter than it says")
		case c.sum.Sum32() != c.crc:
			err = errors.New("its checksum does not fit its bytes")
		}
	}
	return n, err
}
