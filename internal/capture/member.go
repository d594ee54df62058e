package capture

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"recount"
)

// A member is one gzip member (RFC 1952). Its header carries the extra field
// "sl" (skip lengths, as in the ARC and WARC files of the Internet Archive):
// the length of the member and of what it holds, so that a file can be walked
// without inflating it.
const (
	fixedHeader = 10                        // bytes before the extra field
	slField     = 4 + 8                     // id, size, two lengths
	memberHead  = fixedHeader + 2 + slField // bytes before further extra fields
	memberTail  = 8                         // CRC-32 and length
	maxExtra    = 1<<16 - 1 - slField - 4   // bytes of padding in one extra field "pd"
	minMember   = memberHead + memberTail
)

// A deflater compresses members, one after another.
type deflater struct {
	w   *flate.Writer
	buf bytes.Buffer
}

// member returns data as one gzip member of at least atLeast bytes.
func (d *deflater) member(data []byte, atLeast int) ([]byte, error) {
	d.buf.Reset()
	if d.w == nil {
		w, err := flate.NewWriter(&d.buf, flate.DefaultCompression)
		if err != nil {
			return nil, err
		}
		d.w = w
	} else {
		d.w.Reset(&d.buf)
	}
	if _, err := d.w.Write(data); err != nil {
		return nil, err
	}
	if err := d.w.Close(); err != nil {
		return nil, err
	}
	size := memberHead + d.buf.Len() + memberTail
	return frame(data, d.buf.Bytes(), max(size, atLeast))
}

// frame puts the deflated form of data into a member of exactly size bytes.
// What is left over is filled by a comment (fewer than 4 bytes), or by an extra
// field "pd" and, where that is not enough, by empty stored blocks before the
// data (5 bytes each). A comment alone would do, but Go reads none longer than
// 511 bytes.
func frame(data, deflated []byte, size int) ([]byte, error) {
	pad := size - memberHead - len(deflated) - memberTail
	if pad < 0 || int64(size) > 1<<32-1 {
		return nil, fmt.Errorf("a member of %d bytes does not fit into %d: %w", size-pad, size, recount.ErrInvalid)
	}
	comment, extra, blocks := 0, 0, 0
	if pad < 4 {
		comment = pad
	} else {
		if over := pad - 4 - maxExtra; over > 0 {
			blocks = (over + 4) / 5
		}
		extra = pad - 5*blocks // with its own 4 bytes
	}
	flags := byte(4) // FEXTRA
	if comment > 0 {
		flags |= 16 // FCOMMENT
	}
	out := make([]byte, 0, size)
	out = append(out, 0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255)
	out = binary.LittleEndian.AppendUint16(out, uint16(slField+extra))
	out = append(out, 's', 'l', 8, 0)
	out = binary.LittleEndian.AppendUint32(out, uint32(size))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	if extra > 0 {
		out = append(out, 'p', 'd')
		out = binary.LittleEndian.AppendUint16(out, uint16(extra-4))
		out = append(out, make([]byte, extra-4)...)
	}
	if comment > 0 {
		out = append(out, "   "[:comment-1]...)
		out = append(out, 0)
	}
	for range blocks {
		out = append(out, 0, 0, 0, 0xff, 0xff)
	}
	out = append(out, deflated...)
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(data))
	return binary.LittleEndian.AppendUint32(out, uint32(len(data))), nil
}

// skipLength returns the length of the member that begins with head, as its
// extra field says; 0 if head is no beginning of a member of ours.
func skipLength(head []byte) int64 {
	if len(head) < memberHead || !bytes.Equal(head[:3], []byte{0x1f, 0x8b, 8}) || head[3]&4 == 0 || !bytes.Equal(head[12:16], []byte{'s', 'l', 8, 0}) {
		return 0
	}
	n := int64(binary.LittleEndian.Uint32(head[16:]))
	if n < minMember {
		return 0
	}
	return n
}

// checkHead checks that the member of size bytes at offset at, which holds
// data of length bytes, begins as recount begins one: the checksum of gzip does
// not cover its header.
func checkHead(f io.ReaderAt, at, size, length int64) error {
	head := make([]byte, min(size, memberHead+4+maxExtra+3))
	if n, err := f.ReadAt(head, at); n < len(head) {
		return err
	}
	errHead := errors.New("the header of its gzip member")
	if skipLength(head) != size || int64(binary.LittleEndian.Uint32(head[20:])) != length ||
		head[3]&^16 != 4 || !bytes.Equal(head[4:fixedHeader], []byte{0, 0, 0, 0, 0, 255}) {
		return errHead
	}
	rest := head[memberHead:]
	if extra := int(binary.LittleEndian.Uint16(head[fixedHeader:])) - slField; extra != 0 {
		if extra < 4 || extra > len(rest) || rest[0] != 'p' || rest[1] != 'd' || int(binary.LittleEndian.Uint16(rest[2:])) != extra-4 {
			return errHead
		}
		for _, c := range rest[4:extra] {
			if c != 0 {
				return errHead
			}
		}
		rest = rest[extra:]
	}
	if head[3]&16 == 0 {
		return nil
	}
	for i, c := range rest[:min(3, len(rest))] {
		if c == 0 {
			return nil
		}
		if c != ' ' || i == 2 {
			break
		}
	}
	return errHead
}

// A counter counts the bytes that were taken from a buffered reader. As it is
// an io.ByteReader, an inflater takes no byte more than it needs.
type counter struct {
	r *bufio.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte takes one byte.
func (c *counter) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// An inflater reads members, one after another.
type inflater struct{ z gzip.Reader }

// member inflates one member, of at most maxRecord bytes with headers.
func (i *inflater) member(c *counter) ([]byte, error) {
	if err := i.z.Reset(c); err != nil {
		return nil, err
	}
	i.z.Multistream(false)
	const most = maxRecord + 1<<16
	b, err := io.ReadAll(io.LimitReader(&i.z, most+1))
	if err == nil && len(b) > most {
		err = errors.New("a record that is too large")
	}
	return b, err
}
