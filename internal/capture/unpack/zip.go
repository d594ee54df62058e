package unpack

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"

	"recount/internal/capture/unpack/warc"
)

// maxDeflateRate is by how much a stream of deflate can grow at most.
const maxDeflateRate = 1032

// zip walks the members of s; take, if given, says of each by its cleaned name
// whether it is looked at. It reports whether to go on.
func (w *unpacking) zip(s source, take func(name string) bool) bool {
	d, err := openDirectory(s.at, s.size)
	if err != nil {
		return w.zipFront(s)
	}
	// Entries that lie one over another are how a small file is made to unpack
	// to a huge one (Fifield 2019, "A better zip bomb").
	var spans memberSpans
	for len(spans) < w.o.MaxMembers {
		e, err := d.Next()
		if err != nil {
			break
		}
		if e.End() <= s.size {
			spans.Add(e)
		}
	}
	spans.Sort()
	d.Rewind()
	for {
		e, err := d.Next()
		if err == io.EOF {
			return true
		}
		if err != nil {
			return w.refuse(s.name, s.place, "its directory is broken; members after that are not read", "fetch or pack it again")
		}
		name := cleanName(e.Name)
		where := s.within(e.Header, e.End()-e.Header)
		if w.members++; w.members > w.o.MaxMembers {
			w.refuse(s.name, s.place, fmt.Sprintf("it holds more than %d members; the rest of it was not read", w.o.MaxMembers), "pack it in smaller parts")
			return false
		}
		switch {
		case strings.HasSuffix(strings.ReplaceAll(e.Name, `\`, "/"), "/") && e.Size == 0, take != nil && !take(name):
			continue
		case name == "" || hidden(name):
			w.skip("a hidden file")
			continue
		case e.Link:
			w.skip("a link in a container")
			continue
		}
		name = w.unique(s.name + "/" + name)
		if spans.Shared(e) {
			if !w.refuse(name, where, "its bytes are also those of another member", "leave it out: a file is packed so only to do harm") {
				return false
			}
			continue
		}
		l, data, err := localHeader(s.at, e.Header)
		if err == nil && data+e.Packed > s.size {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			if !w.refuse(name, where, "the ZIP is broken: "+warc.Plainly(err), "fetch or pack it again") {
				return false
			}
			continue
		}
		e.Flags |= l.Flags & encrypted
		if !w.member(s, e, name, data) {
			return false
		}
	}
}

// zipFront walks a ZIP without a directory from its first member on, as far
// as each says where it ends.
func (w *unpacking) zipFront(s source) bool {
	at, read := int64(0), 0
	for {
		e, data, err := localHeader(s.at, at)
		if err != nil {
			break
		}
		if w.members++; w.members > w.o.MaxMembers {
			break
		}
		name := cleanName(e.Name)
		if e.Flags&descriptor != 0 && e.Packed == 0 && e.Method == 8 {
			e.Packed, e.Size = -1, -1
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
			e.Packed = c.n - int64(br.Buffered())
		}
		if data+e.Packed > s.size {
			break
		}
		at = data + e.Packed
		if e.Flags&descriptor != 0 {
			at = min(afterDescriptor(s.at, at), s.size)
		}
		if strings.HasSuffix(e.Name, "/") || name == "" || hidden(name) {
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

// member takes one member, whose bytes begin at data, and reports whether to
// go on.
func (w *unpacking) member(s source, e zipEntry, name string, data int64) bool {
	where := s.within(data, e.Packed)
	if e.Flags&encrypted != 0 || e.Method == 99 {
		return w.refuse(name, where, "it is encrypted", "unpack it with its password and add what comes out")
	}
	if e.Method == 0 && e.Size == e.Packed {
		inner := s.section(name, data, e.Packed)
		if kind := KindAt(inner.at, inner.size, name); kind != "" {
			return w.container(inner, kind)
		}
	}
	section := bufio.NewReader(io.NewSectionReader(s.at, data, e.Packed))
	var r io.Reader
	switch e.Method {
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
		return w.refuse(name, where, fmt.Sprintf("it is compressed by method %d of ZIP, which is not read", e.Method), "unpack it with another program and add what comes out")
	}
	if e.Method == 8 && e.Size > warc.FreeBytes && e.Size/maxDeflateRate > e.Packed {
		return w.refuse(name, where, "it says that it unpacks to more than it can", "leave it out, or pack it again")
	}
	var check io.Reader = meter{w, r}
	if e.Size >= 0 {
		check = &checked{r: check, left: e.Size, sum: crc32.NewIEEE(), crc: e.CRC}
	}
	return w.inner(source{name: name, r: check, size: e.Size, base: -1, place: where, depth: s.depth + 1})
}

// inflater returns a reader of deflate, which keep takes back: a new one takes
// 40 kB.
func (w *unpacking) inflater(r io.Reader) io.ReadCloser {
	if n := len(w.inflaters); n > 0 {
		z := w.inflaters[n-1]
		if again, ok := z.(flate.Resetter); ok && again.Reset(r, nil) == nil {
			w.inflaters = w.inflaters[:n-1]
			return z
		}
	}
	return flate.NewReader(r)
}

func (w *unpacking) keep(z io.ReadCloser) { w.inflaters = append(w.inflaters, z) }

// inner takes one member of a container, given as a stream, and reports
// whether to go on: a container is walked, all else is a page.
func (w *unpacking) inner(s source) bool {
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
func (w *unpacking) broken(s source, err error) bool {
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
func (w *unpacking) inMemory(s *source) (goOn, ok bool) {
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
