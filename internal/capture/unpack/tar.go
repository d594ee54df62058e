package unpack

import (
	"archive/tar"
	"bufio"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"recount/internal/capture/unpack/warc"
)

// tarBlock is the size in bytes of a block of a tar file.
const tarBlock = 512

// isTar reports whether head begins with the header of a member of a tar file:
// its checksum fits, which is what all kinds of tar have in common.
func isTar(head []byte) bool {
	if len(head) < tarBlock || head[0] == 0 {
		return false
	}
	want, err := strconv.ParseUint(strings.Trim(string(head[148:156]), " \x00"), 8, 32)
	if err != nil {
		return false
	}
	var sum uint64
	for i, c := range head[:tarBlock] {
		if i >= 148 && i < 156 {
			c = ' '
		}
		sum += uint64(c)
	}
	return sum == want
}

// opened returns the inflated bytes of s, and what closes it. They are s
// itself if it is not compressed.
func (w *unpacking) opened(s source) (r io.Reader, done func(), err error) {
	br := bufio.NewReaderSize(s.r, headSize)
	head, err := br.Peek(16)
	if err != nil && err != io.EOF {
		return nil, nil, err
	}
	done = func() {}
	switch warc.CodecOf(head) {
	case warc.Gzip:
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, nil, err
		}
		return meter{w, z}, done, nil
	case warc.Bzip2:
		return meter{w, bzip2.NewReader(br)}, done, nil
	case warc.Zstandard:
		z, err := zstd.NewReader(br, warc.ZstdOptions()...)
		if err != nil {
			return nil, nil, err
		}
		return meter{w, z}, z.Close, nil
	}
	return br, done, nil
}

// single takes the one file that s is the compressed form of, under the name
// of s, and reports whether to go on.
func (w *unpacking) single(s source) bool {
	r, done, err := w.opened(s)
	if err != nil {
		return w.broken(s, err)
	}
	defer done()
	s.r, s.at, s.size, s.base = r, nil, -1, -1
	s.depth++
	return w.inner(s)
}

// tar walks the members of s and reports whether to go on.
func (w *unpacking) tar(s source) bool {
	r, done, err := w.opened(s)
	if err != nil {
		return w.broken(s, err)
	}
	defer done()
	if _, compressed := r.(meter); compressed {
		s.base = -1
	}
	c := &counter{r: r}
	t := tar.NewReader(c)
	for {
		h, err := t.Next()
		if err == io.EOF {
			return true
		}
		if errors.Is(err, warc.ErrBomb) {
			return w.exploded()
		}
		if err != nil {
			return w.refuse(s.name, s.within(c.n, 0), fmt.Sprintf("the tar file is broken at byte %d: %s; members before that were read", c.n, warc.Plainly(err)),
				"fetch or pack it again")
		}
		if w.members++; w.members > w.o.MaxMembers {
			w.refuse(s.name, s.place, fmt.Sprintf("it holds more than %d members; the rest of it was not read", w.o.MaxMembers), "pack it in smaller parts")
			return false
		}
		name := cleanName(h.Name)
		switch {
		case h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader:
			continue
		case h.Typeflag == tar.TypeLink || h.Typeflag == tar.TypeSymlink:
			w.skip("a link in a container")
			continue
		case h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse:
			w.skip("a device or something else that is no file, in a container")
			continue
		case name == "" || hidden(name):
			w.skip("a hidden file")
			continue
		}
		inner := source{name: w.unique(s.name + "/" + name), r: t, size: h.Size, base: -1, place: s.within(c.n, h.Size), depth: s.depth + 1}
		if !w.inner(inner) {
			return false
		}
	}
}

// A counter counts the bytes that were read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
