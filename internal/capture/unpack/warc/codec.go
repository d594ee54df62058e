package warc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// A Codec is how bytes are compressed.
type Codec byte

// The ways that are read; Bzip2 is recognised only.

const (
	Plain Codec = iota
	Gzip
	Bzip2
	Zstandard
)

// ZstdDictionary begins the frame that holds the dictionary of a .warc.zst.
const ZstdDictionary = 0x184D2A5D

// CodecOf recognises how a file is compressed by the beginning of it.
func CodecOf(head []byte) Codec {
	switch {
	case len(head) >= 4 && head[0] == 0x1f && head[1] == 0x8b && head[2] == 8:
		return Gzip
	case len(head) >= 10 && string(head[:3]) == "BZh" && head[3] >= '1' && head[3] <= '9' && (string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90"):
		return Bzip2
	case len(head) >= 4 && (binary.LittleEndian.Uint32(head) == zstdMagic || binary.LittleEndian.Uint32(head) == ZstdDictionary):
		return Zstandard
	}
	return Plain
}

// IsRecord reports whether head begins with the first line of a record.
func IsRecord(head []byte) bool {
	i := bytes.IndexAny(head[:min(len(head), 16)], "\r\n")
	return i >= 0 && isVersion(head[:i])
}

// isVersion reports whether line is the first of a record: "WARC/1.0".
func isVersion(line []byte) bool {
	version, ok := bytes.CutPrefix(bytes.TrimRight(line, " "), []byte("WARC/"))
	if !ok || len(version) < 3 || len(version) > 4 || version[0] != '0' && version[0] != '1' || version[1] != '.' {
		return false
	}
	for _, c := range version[2:] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// How much a file may grow.
const (
	MaxRatio  = 100      // inflated bytes for each byte of a file, past FreeBytes
	FreeBytes = 64 << 20 // inflated bytes that any file may have
)

// maxIdle is how often a reader may give nothing before it is given up.
const maxIdle = 100

// What stops the reading of a member, or of a whole file.
var (
	ErrBomb    = errors.New("it unpacks to far more than it should")
	ErrTooMuch = errors.New("it is too large")
)

// ReadAtMost reads r to its end, or returns ErrTooMuch if that is further
// than most bytes. Room is made for expected bytes, but not for more than a
// mebibyte on its word alone.
func ReadAtMost(r io.Reader, most, expected int64) ([]byte, error) {
	b := make([]byte, 0, max(512, min(expected+1, most+1, 1<<20)))
	for idle := 0; ; idle++ {
		n, err := r.Read(b[len(b):cap(b)])
		if b = b[:len(b)+n]; n > 0 {
			idle = 0
		} else if idle == maxIdle && err == nil {
			err = io.ErrNoProgress
		}
		if int64(len(b)) > most {
			return nil, ErrTooMuch
		}
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return b, err
		}
		if len(b) == cap(b) {
			grown := make([]byte, len(b), min(2*int64(cap(b)), most+1))
			copy(grown, b)
			b = grown
		}
	}
}

// Plainly returns what broke a file, in words for those who do not program.
func Plainly(err error) string {
	var damaged flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return "it ends too early"
	case errors.As(err, &damaged):
		return "its compressed bytes are damaged"
	case errors.Is(err, gzip.ErrChecksum):
		return "its checksum does not fit its bytes"
	case errors.Is(err, gzip.ErrHeader):
		return "compressed bytes should begin there, and do not"
	}
	return strings.TrimPrefix(err.Error(), "archive/tar: ")
}
