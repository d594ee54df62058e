package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxHead is the most bytes of the header of a record, and of that of an HTTP
// response.
const MaxHead = 64 << 10

// The header fields that recount adds to those of WARC, as package capture
// writes them: values are quoted as Go strings.
const (
	NameField   = "Recount-Name"
	OriginField = "Recount-Origin"
	ErasedField = "Recount-Erased"
	MediaField  = "Recount-Media-Type"
)

// Fields are the named fields of a header, in order.
type Fields []struct{ name, value string }

// Get returns the value of a field, "" if it is not there.
func (h Fields) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// twice reports whether a field is there more than once.
func (h Fields) twice(name string) bool {
	n := 0
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			n++
		}
	}
	return n > 1
}

// Quoted returns the value of a field of recount's own.
func (h Fields) Quoted(name string) string {
	s, err := strconv.Unquote(h.Get(name))
	if err != nil {
		return ""
	}
	return s
}

// add reads one line of a header.
func (h Fields) add(line string) Fields {
	if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 { // folded, as WARC 1.0 allows
		h[len(h)-1].value += " " + strings.Trim(line, " \t")
		return h
	}
	name, value, _ := strings.Cut(line, ":")
	return append(h, struct{ name, value string }{strings.Trim(name, " \t"), strings.Trim(value, " \t")})
}

// A Header is the header of a WARC record and where it begins.
type Header struct {
	Fields
	Kind   string // its WARC-Type, in lower case
	URI    string // its WARC-Target-URI
	Length int64  // of its block, bytes
	Start  int64  // in the source; of the member that it begins in
	Alone  bool   // it begins its member, so that it can be found again
}

// Own reports whether recount wrote the record.
func (r *Header) Own() bool { return r.Get(NameField) != "" }

// line returns the next line without its end.
func (f *Reader) line(buf []byte) ([]byte, error) {
	buf = buf[:0]
	for {
		b, err := f.rest(false)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return buf, err
		}
		i := bytes.IndexByte(b, '\n')
		if i < 0 {
			buf = append(buf, b...)
			f.take(len(b))
		} else {
			buf = append(buf, b[:i]...)
			f.take(i + 1)
			return bytes.TrimSuffix(buf, []byte("\r")), nil
		}
		if len(buf) > MaxHead {
			return buf, errors.New("its header does not end")
		}
	}
}

// Next reads the header of the next record; io.EOF says that there is none.
func (f *Reader) Next() (Header, error) {
	var r Header
	for {
		b, err := f.rest(false)
		r.Start, r.Alone = f.c.start, f.c.first && f.i == 0
		if f.bare {
			r.Start, r.Alone = f.read, true
		}
		if err != nil {
			return r, err
		}
		if b[0] != '\r' && b[0] != '\n' {
			break
		}
		f.take(1)
	}
	line, err := f.line(nil)
	if !isVersion(line) && err != io.ErrUnexpectedEOF {
		err = errors.New("no WARC record begins there")
	}
	if err != nil {
		return r, err
	}
	for size := 0; ; size += len(line) {
		if line, err = f.line(line); err != nil {
			return r, err
		}
		if len(line) == 0 {
			break
		}
		if isVersion(line) {
			return r, errors.New("its header ends where another record begins")
		}
		if size > MaxHead {
			return r, errors.New("its header does not end")
		}
		r.Fields = r.add(string(line))
	}
	if r.twice("WARC-Type") {
		return r, errors.New("its header runs into that of another record")
	}
	r.Kind = strings.ToLower(r.Get("WARC-Type"))
	r.URI = ValidName(strings.TrimSuffix(strings.TrimPrefix(r.Get("WARC-Target-URI"), "<"), ">"))
	r.Length, err = strconv.ParseInt(r.Get("Content-Length"), 10, 64)
	if err != nil || r.Length < 0 {
		return r, fmt.Errorf("a content length of %.40q", r.Get("Content-Length"))
	}
	return r, nil
}

// more returns bytes of a block. A block does not go on in a member that
// begins with a record.
func (f *Reader) more() ([]byte, error) {
	crossed := f.i == len(f.c.data) && f.c.last
	b, err := f.rest(false)
	if err == io.EOF || err == nil && crossed && IsRecord(b) {
		return nil, errMember
	}
	return b, err
}

// Block appends n bytes to to.
func (f *Reader) Block(to []byte, n int64) ([]byte, error) {
	for n > 0 {
		b, err := f.more()
		if err != nil {
			return to, err
		}
		b = b[:min(int64(len(b)), n)]
		to = append(to, b...)
		f.take(len(b))
		n -= int64(len(b))
	}
	return to, nil
}

// Discard passes over n bytes of the block.
func (f *Reader) Discard(n int64) error {
	for n > 0 {
		b, err := f.more()
		if err != nil {
			return err
		}
		m := min(int64(len(b)), n)
		f.take(int(m))
		n -= m
	}
	return nil
}

// Finish reads what stands between the block of r and the next record, and
// returns how many bytes of the source hold r; whole says that nothing else
// lies in them.
func (f *Reader) Finish(r Header) (length int64, whole bool, err error) {
	for {
		b, err := f.rest(true)
		switch {
		case err == errMember:
			return f.c.end - r.Start, r.Alone, nil
		case err != nil:
			return 0, false, err
		case b[0] == '\r' || b[0] == '\n':
			f.take(1)
			continue
		case b[0] != 'W':
			return 0, false, errors.New("it is longer than it says")
		case f.bare:
			return f.read - r.Start, true, nil
		}
		return f.c.end - r.Start, false, nil
	}
}

// ValidName returns name with everything that is not a character, or is one
// of control, written as %XX.
func ValidName(name string) string {
	whole := utf8.ValidString(name)
	for i := 0; whole && i < len(name); i++ {
		whole = name[i] >= ' ' && name[i] != 0x7f
	}
	if whole {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, n := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && n == 1 || r < ' ' || r == 0x7f {
			fmt.Fprintf(&b, "%%%02X", name[0])
		} else {
			b.WriteString(name[:n])
		}
		name = name[n:]
	}
	return b.String()
}
