// Package warc reads WARC files (ISO 28500) as all tools write them.
//
// In: the bytes of a WARC file, version 0.17 to 1.1, not compressed,
// compressed by gzip or Zstandard record by record (the latter also with a
// dictionary before it), as a whole, or in blocks of their own. Out: the
// records one after another, each with its header, its block as a stream and
// its place in the file; and what undoes HTTP: status and header, chunks,
// Content-Encoding; and digests compared.
//
// Method: the file is inflated in chunks that know in which member they lie,
// by a second goroutine if it is large. A record that begins a member ends
// with it, whatever its header says, so that a wrong Content-Length spoils no
// other record. Behind a member of gzip that is broken the next one that holds
// a record is looked for; behind a broken record of a file that is not
// compressed, the next lines with which a record begins.
//
// Limits, each a named constant: the header of a record and that of an
// answer, how much a member may grow, the window and dictionary of Zstandard,
// the places tried behind a broken member. Record types are not told apart
// here.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// A Source is where records are read from.
type Source struct {
	R    io.Reader   // the bytes from their beginning
	At   io.ReaderAt // the same; nil if they can be read only once
	Size int64       // of At, bytes
	From int64       // where R begins in a file that is not compressed, bytes

	Dictionary []byte                     // of a stretch of a Zstandard file, as Reader.Dictionary gave it
	Ahead      bool                       // a second goroutine may inflate what comes next
	Limit      func(inflated int64) error // is told of each chunk, and may end the walk; may be nil
}

// A Reader reads the records of a source one after another: Next, then Block
// or Discard for all of the block, then Finish. After an error of any of them
// SkipMember goes to where the next record may begin.
type Reader struct {
	pull func() (chunk, bool)
	stop func()
	c    chunk
	i    int   // bytes of c that were taken
	read int64 // bytes that were taken in all
	bare bool  // not compressed, so that read is the place in the source
}

// NewReader returns a reader of s, which must be closed.
func NewReader(s Source) *Reader {
	in := newInflater(s)
	f := &Reader{bare: in.codec == Plain}
	if f.bare {
		f.read = s.From
	}
	if !s.Ahead || s.Size < smallFile {
		buf := make([]byte, smallChunk)
		f.pull = func() (chunk, bool) { return in.next(buf) }
		f.stop = in.close
		return f
	}
	full, free, quit, done := make(chan chunk), make(chan []byte, chunksAhead), make(chan struct{}), make(chan struct{})
	for range chunksAhead {
		free <- make([]byte, chunkSize)
	}
	go func() {
		defer close(done)
		defer close(full)
		defer in.close()
		for {
			var buf []byte
			select {
			case buf = <-free:
			case <-quit:
				return
			}
			c, ok := in.next(buf)
			if !ok {
				return
			}
			select {
			case full <- c:
			case <-quit:
				return
			}
		}
	}()
	f.pull = func() (chunk, bool) {
		if cap(f.c.data) == chunkSize {
			free <- f.c.data[:chunkSize]
			f.c.data = nil
		}
		c, ok := <-full
		return c, ok
	}
	f.stop = func() { close(quit); <-done }
	return f
}

// Close stops what is read ahead; the source is not touched after it.
func (f *Reader) Close() { f.stop() }

// Bare reports whether the source is not compressed: what follows a broken
// record in it is found by its words (FindRecord) and not by its member.
func (f *Reader) Bare() bool { return f.bare }

// At is how far the reader is in a source that is not compressed, bytes.
func (f *Reader) At() int64 { return f.read }

// FindRecord returns where the first record at or behind from begins in a file
// of size bytes that is not compressed: a line that names a version, and below
// it a line that names a field. A text that quotes both is taken for one.
func FindRecord(f io.ReaderAt, from, size int64) (start int64, ok bool) {
	in := bufio.NewReaderSize(io.NewSectionReader(f, from, size-from), 64<<10)
	begins := from == 0 // a line
	if from > 0 {
		var before [1]byte
		if _, err := f.ReadAt(before[:], from-1); err != nil {
			return 0, false
		}
		begins = before[0] == '\n'
	}
	for at := from; ; {
		line, err := in.ReadSlice('\n')
		if begins && err == nil && isVersion(bytes.TrimRight(line, "\r\n")) {
			below, _ := in.Peek(len("Content-"))
			if low := bytes.ToLower(below); bytes.HasPrefix(low, []byte("warc-")) || bytes.HasPrefix(low, []byte("content-")) {
				return at, true
			}
		}
		if err != nil && err != bufio.ErrBufferFull {
			return 0, false
		}
		at += int64(len(line))
		begins = err == nil
	}
}

// Dictionary returns what is needed to read a stretch of a Zstandard file.
func (f *Reader) Dictionary() []byte { return f.c.dict }

// errMember says that the member ends, where one that goes on was asked for.
var errMember = errors.New("it is shorter than it says")

// rest returns what is left of the chunk, or of the next one if nothing is.
// With within it returns errMember where that would be of another member.
func (f *Reader) rest(within bool) ([]byte, error) {
	for f.i == len(f.c.data) {
		if f.c.err != nil {
			return nil, f.c.err
		}
		if f.c.last && within {
			return nil, errMember
		}
		c, ok := f.pull()
		if !ok {
			f.c, f.i = chunk{last: true, end: f.c.end}, 0
			return nil, io.EOF
		}
		f.c, f.i = c, 0
	}
	return f.c.data[f.i:], nil
}

func (f *Reader) take(n int) {
	f.i += n
	f.read += int64(n)
}

// SkipMember goes to the next member and reports whether there is one.
func (f *Reader) SkipMember() bool {
	if f.c.first && f.i == 0 && len(f.c.data) > 0 {
		return true // a block ended too early, before this one
	}
	for {
		c, ok := f.pull()
		f.c, f.i = c, 0
		if !ok {
			f.c.last = true
			return false
		}
		if c.first {
			return true
		}
		if c.err != nil {
			f.i = len(c.data)
		}
	}
}
