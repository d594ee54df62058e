package warc

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"recount"
)

// maxCodings is how many Content-Encodings, one upon another, are undone.
const maxCodings = 3

// An Answer is the status line and header of an HTTP response.
type Answer struct {
	Fields
	Status int
	Size   int // bytes up to the body
}

// ReadAnswer reads the head of a response from the beginning of its block.
func ReadAnswer(b []byte) (a Answer, ok bool) {
	if !bytes.HasPrefix(b, []byte("HTTP/")) {
		return a, false
	}
	for first := true; ; first = false {
		i := bytes.IndexByte(b[a.Size:], '\n')
		if i < 0 {
			return a, false
		}
		line := strings.TrimRight(string(b[a.Size:a.Size+i]), "\r")
		a.Size += i + 1
		switch {
		case first:
			_, rest, _ := strings.Cut(line, " ")
			code, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
			var err error
			if a.Status, err = strconv.Atoi(code); err != nil || a.Status < 100 || a.Status > 999 {
				return a, false
			}
		case line == "":
			return a, true
		default:
			a.Fields = a.add(line)
		}
	}
}

// Fetch returns what a study keeps of it, nil if there was none.
func (a Answer) Fetch() *recount.Fetch {
	if a.Status == 0 {
		return nil
	}
	return &recount.Fetch{Status: a.Status, ETag: printable(a.Get("ETag")), Modified: printable(a.Get("Last-Modified")), Type: printable(a.Get("Content-Type"))}
}

// printable keeps bytes that are not UTF-8 out of what is stored.
func printable(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// Payload undoes the transfer and content codings of a body. readings are
// the forms it passed through, body first. partial says that the body was cut
// off, so that what can be inflated of it is enough.
func (a Answer) Payload(body []byte, most int64, partial bool) (_ []byte, readings [][]byte, err error) {
	readings = [][]byte{body}
	b := body
	if strings.Contains(strings.ToLower(a.Get("Transfer-Encoding")), "chunked") {
		b = unchunk(b)
		readings = append(readings, b)
	}
	codings := strings.Split(strings.ToLower(a.Get("Content-Encoding")), ",")
	if len(codings) > maxCodings {
		return nil, nil, errors.New("compressed more often than is undone")
	}
	inflated := false
	for i := len(codings) - 1; i >= 0; i-- {
		z, err := inflate(strings.TrimSpace(codings[i]), b)
		if err != nil {
			return nil, nil, err
		}
		if z == nil {
			continue
		}
		out, err := ReadAtMost(z, most, 4*int64(len(b)))
		switch {
		case err == nil, partial && len(out) > 0 && !errors.Is(err, ErrTooMuch):
			b, inflated = out, true
			readings = append(readings, b)
		case isText(b): // the crawler inflated it and kept the header
		default:
			return nil, nil, err
		}
	}
	if !inflated {
		b = bytes.Clone(b)
	}
	return b, readings, nil
}

// inflate returns what undoes one content coding, nil if there is nothing to
// undo.
func inflate(coding string, b []byte) (io.Reader, error) {
	r := bytes.NewReader(b)
	switch coding {
	case "gzip", "x-gzip":
		if CodecOf(b) == Gzip {
			return gzip.NewReader(r)
		}
	case "deflate":
		// Servers send either form of it (RFC 9110, 8.4.1.2).
		if len(b) >= 2 && b[0]&0xf == 8 && (int(b[0])<<8|int(b[1]))%31 == 0 {
			return zlib.NewReader(r)
		}
		if !isText(b) {
			return flate.NewReader(r), nil
		}
	case "br":
		if len(b) > 0 {
			return brotli.NewReader(r), nil
		}
	case "zstd":
		if CodecOf(b) == Zstandard {
			z, err := zstd.NewReader(r, ZstdOptions()...)
			if err != nil {
				return nil, err
			}
			return z.IOReadCloser(), nil
		}
	}
	return nil, nil
}

// isText reports whether b begins as a page or a text does.
func isText(b []byte) bool {
	b = bytes.TrimLeft(b[:min(len(b), 512)], " \t\r\n\ufeff")
	for len(b) > 0 && len(b) < utf8.UTFMax && !utf8.FullRune(b) {
		b = b[:len(b)-1]
	}
	if len(b) == 0 {
		return false
	}
	return b[0] == '<' || utf8.Valid(b[:len(b)-len(b)%utf8.UTFMax]) && bytes.IndexByte(b, 0) < 0
}

// unchunk undoes the chunked transfer coding (RFC 9112, 7.1) as far as it
// goes; bytes that are in no chunks, as a crawler may have undone them, are
// returned as they are.
func unchunk(b []byte) []byte {
	var out []byte
	for rest := b; ; {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		size, _, _ := strings.Cut(strings.TrimSpace(string(line[:min(len(line), 40)])), ";")
		n, err := strconv.ParseUint(strings.TrimSpace(size), 16, 32)
		if !ok || err != nil {
			if out == nil {
				return b
			}
			return out
		}
		if n == 0 {
			if out == nil {
				return []byte{}
			}
			return out
		}
		n = min(n, uint64(len(after)))
		out = append(out, after[:n]...)
		rest = bytes.TrimPrefix(after[n:], []byte("\r"))
		rest = bytes.TrimPrefix(rest, []byte("\n"))
	}
}

// MediaType returns a media type without its parameters, in lower case.
func MediaType(declared string) string {
	kind, _, _ := strings.Cut(declared, ";")
	return strings.ToLower(strings.TrimSpace(kind))
}
