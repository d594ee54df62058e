package warc

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	chunkSize     = 256 << 10 // bytes inflated at a time
	smallChunk    = 32 << 10  // the same, where nothing is inflated ahead
	chunksAhead   = 4         // chunks inflated before they are asked for
	smallFile     = 1 << 20   // bytes of a file for which a second goroutine is too much
	maxTries      = 10_000    // places tried for the next record of a broken file
	zstdMagic     = 0xFD2FB528
	maxWindow     = 64 << 20 // bytes of history that a Zstandard frame may ask for
	maxDictionary = 16 << 20 // bytes
	headSize      = 64 << 10 // bytes of the source read at a time
)

// ZstdOptions returns the limits within which Zstandard is read.
func ZstdOptions() []zstd.DOption {
	return []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(1 << 40)}
}

// A chunk is a stretch of inflated bytes of one member: of one member of gzip
// or one frame of Zstandard; a file that is not compressed is one member.
type chunk struct {
	data  []byte
	start int64 // where its member begins in the source
	end   int64 // how far the source was read for it
	first bool  // its first byte is that of the member
	last  bool  // its last byte is that of the member
	err   error // what broke the member behind data
	dict  []byte
}

// An inflater cuts a source into chunks.
type inflater struct {
	codec Codec
	at    io.ReaderAt // nil if the source can be read only once
	size  int64
	from  int64 // where in has begun
	in    counter
	br    *bufio.Reader
	gz    *gzip.Reader
	zd    *zstd.Decoder
	frame frame
	dict  []byte // of the Zstandard frames, or nil
	open  bool
	begun bool
	start int64
	out   int64 // bytes inflated of this member
	total int64 // bytes inflated of all members
	limit func(n int64) error
	tries int
	ended bool
}

func newInflater(s Source) *inflater {
	f := &inflater{at: s.At, size: s.Size, in: counter{r: s.R}, limit: s.Limit, dict: s.Dictionary}
	f.br = bufio.NewReaderSize(&f.in, headSize)
	head, _ := f.br.Peek(16)
	f.codec = CodecOf(head)
	return f
}

// close frees what the inflater holds.
func (f *inflater) close() {
	if f.zd != nil {
		f.zd.Close()
	}
}

func (f *inflater) consumed() int64 { return f.from + f.in.n - int64(f.br.Buffered()) }

// begin opens the next member; io.EOF says that there is none.
func (f *inflater) begin() error {
	for {
		head, err := f.br.Peek(4)
		if len(head) == 0 {
			if err == nil {
				err = io.EOF
			}
			return err
		}
		f.start, f.out, f.begun = f.consumed(), 0, false
		switch f.codec {
		case Gzip:
			if head[0] == 0 && f.zeros() {
				return io.EOF // padding up to a block of a tape or disk
			}
			if f.gz == nil {
				f.gz, err = gzip.NewReader(f.br)
			} else {
				err = f.gz.Reset(f.br)
			}
			if err != nil {
				return broken(err)
			}
			f.gz.Multistream(false)
		case Bzip2:
			return errors.New("compressed by bzip2")
		case Zstandard:
			if len(head) < 4 {
				return io.ErrUnexpectedEOF
			}
			if magic := binary.LittleEndian.Uint32(head); magic&^0xf == 0x184D2A50 {
				if err := f.skippable(magic == ZstdDictionary && f.start == 0); err != nil {
					return err
				}
				continue
			} else if magic != zstdMagic {
				return errors.New("compressed bytes should begin there, and do not")
			}
			f.frame = frame{r: f.br}
			if f.zd == nil {
				f.zd, err = zstd.NewReader(&f.frame, f.zstdOptions()...)
			} else {
				err = f.zd.Reset(&f.frame)
			}
			if err != nil {
				return broken(err)
			}
		}
		f.open = true
		return nil
	}
}

// zeros passes over zeros and reports whether there is nothing else.
func (f *inflater) zeros() bool {
	for {
		switch b, err := f.br.ReadByte(); {
		case err != nil:
			return true
		case b != 0:
			return false
		}
	}
}

// broken makes sure that what goes wrong inside a member is not taken for the
// end of the file.
func broken(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (f *inflater) zstdOptions() []zstd.DOption {
	o := ZstdOptions()
	if len(f.dict) >= 4 && binary.LittleEndian.Uint32(f.dict) == 0xEC30A437 {
		return append(o, zstd.WithDecoderDicts(f.dict))
	}
	if f.dict != nil {
		return append(o, zstd.WithDecoderDictRaw(0, f.dict))
	}
	return o
}

// skippable passes over a frame that holds no data, or keeps the dictionary
// in it, itself perhaps compressed (the .warc.zst draft of the IIPC).
func (f *inflater) skippable(dictionary bool) error {
	var b [8]byte
	if _, err := io.ReadFull(f.br, b[:]); err != nil {
		return broken(err)
	}
	n := int64(binary.LittleEndian.Uint32(b[4:]))
	r := io.LimitReader(f.br, n)
	if dictionary {
		d, err := ReadAtMost(r, maxDictionary, n)
		if err == nil && int64(len(d)) < n {
			return io.ErrUnexpectedEOF
		}
		if err == nil && CodecOf(d) == Zstandard {
			var z *zstd.Decoder
			if z, err = zstd.NewReader(bytes.NewReader(d), ZstdOptions()...); err == nil {
				d, err = ReadAtMost(z, maxDictionary, 1<<20)
				z.Close()
			}
		}
		if err != nil {
			return errors.New("its dictionary cannot be read")
		}
		f.dict = d
	}
	if !dictionary {
		if m, err := io.Copy(io.Discard, r); err != nil || m < n {
			return broken(cmp.Or(err, io.EOF))
		}
	}
	return nil
}

// next returns the next chunk, inflated into buf; ok is false at the end.
func (f *inflater) next(buf []byte) (c chunk, ok bool) {
	if f.ended {
		return c, false
	}
	if !f.open {
		if err := f.begin(); err != nil {
			if err == io.EOF {
				return c, false
			}
			c = chunk{data: buf[:0], start: f.start, end: f.consumed(), first: true, err: err, dict: f.dict}
			f.resume(err)
			return c, true
		}
	}
	c = chunk{data: buf[:0], start: f.start, first: !f.begun, dict: f.dict}
	f.begun = true
	var err error
	for idle := 0; len(c.data) < len(buf) && err == nil; idle++ {
		var n int
		switch f.codec {
		case Gzip:
			n, err = f.gz.Read(buf[len(c.data):])
		case Zstandard:
			n, err = f.zd.Read(buf[len(c.data):])
		default:
			n, err = f.br.Read(buf[len(c.data):])
		}
		if c.data = buf[:len(c.data)+n]; n > 0 {
			idle = 0
		} else if idle == maxIdle && err == nil {
			err = io.ErrNoProgress
		}
	}
	f.out += int64(len(c.data))
	f.total += int64(len(c.data))
	c.end = f.consumed()
	if err == io.EOF && c.end == f.start {
		err = io.ErrUnexpectedEOF // a member of no bytes would be read for ever
	}
	switch {
	case err != nil && err != io.EOF:
	case f.codec != Plain && (f.out > FreeBytes && f.out/MaxRatio > c.end-f.start || f.total > FreeBytes && f.total/MaxRatio > c.end):
		err = ErrBomb
	case f.limit != nil:
		if over := f.limit(int64(len(c.data))); over != nil {
			err = over
		}
	}
	switch {
	case err == io.EOF:
		c.last, f.open = true, false
	case err != nil:
		c.err, f.open = err, false
		f.resume(err)
	}
	return c, true
}

// resume goes on behind a broken member where a next record can be found.
func (f *inflater) resume(err error) {
	f.ended = true
	if errors.Is(err, ErrBomb) || f.codec != Gzip || f.at == nil {
		return
	}
	window := make([]byte, headSize)
	var z *gzip.Reader
	buffered := bufio.NewReaderSize(nil, 512)
	for from := f.start + 1; from < f.size; {
		n, err := f.at.ReadAt(window[:min(headSize, f.size-from)], from)
		for i := 0; i+4 <= n; i++ {
			j := bytes.Index(window[i:n], []byte{0x1f, 0x8b, 8})
			if j < 0 {
				break
			}
			i += j
			if f.tries++; f.tries > maxTries {
				return
			}
			at := from + int64(i)
			buffered.Reset(io.NewSectionReader(f.at, at, f.size-at))
			var err error
			if z == nil {
				z, err = gzip.NewReader(buffered)
			} else {
				err = z.Reset(buffered)
			}
			if err != nil {
				continue
			}
			var head [16]byte
			if n, _ := io.ReadFull(z, head[:]); !IsRecord(head[:n]) {
				continue
			}
			f.from, f.in = at, counter{r: io.NewSectionReader(f.at, at, f.size-at)}
			f.br.Reset(&f.in)
			f.open, f.ended = false, false
			return
		}
		if n < 4 || err != nil && err != io.EOF || from+int64(n) >= f.size {
			return
		}
		from += int64(n) - 3
	}
}

// A frame hands through the bytes of one frame of Zstandard (RFC 8878, 3.1.1)
// and no more.
type frame struct {
	r     *bufio.Reader
	left  int64 // bytes of the part that is handed through
	begun bool
	sum   bool // a checksum follows the last block
	last  bool // this is the last block
	done  bool
}

func (f *frame) Read(p []byte) (int, error) {
	for f.left == 0 {
		if err := f.part(); err != nil {
			return 0, err
		}
	}
	n, err := f.r.Read(p[:min(int64(len(p)), f.left)])
	f.left -= int64(n)
	return n, broken(err)
}

// part begins the next part of the frame: its header, a block or the checksum.
func (f *frame) part() error {
	switch {
	case f.done:
		return io.EOF
	case f.last:
		f.done = true
		if !f.sum {
			return io.EOF
		}
		f.left = 4
	case !f.begun:
		b, err := f.r.Peek(5)
		if err != nil {
			return broken(err)
		}
		single := b[4]&0x20 != 0
		f.begun, f.sum, f.left = true, b[4]&4 != 0, 5+[]int64{0, 1, 2, 4}[b[4]&3]+[]int64{0, 2, 4, 8}[b[4]>>6]
		if !single {
			f.left++
		} else if b[4]>>6 == 0 {
			f.left++
		}
	default:
		b, err := f.r.Peek(3)
		if err != nil {
			return broken(err)
		}
		head := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
		f.last = head&1 != 0
		if f.left = 3 + int64(head>>3); head>>1&3 == 1 {
			f.left = 4 // one byte, repeated
		}
	}
	return nil
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
