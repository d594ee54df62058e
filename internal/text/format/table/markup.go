package table

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"io"
	"strconv"
	"strings"

	"recount/internal/pattern"
)

// What a token of XML is.
const (
	start = iota + 1
	end
	text
)

// A token is one tag, or one run of text, of a part of a workbook.
type token struct {
	kind  int
	name  string // without its prefix
	attrs []byte // as written; only until the next token
	raw   []byte // of text, as written; only until the next token
	cdata bool   // raw holds no references
}

// text returns the text of a token.
func (t *token) text() string {
	if t.cdata {
		return strings.ToValidUTF8(string(t.raw), "\ufffd")
	}
	return decoded(t.raw)
}

// An xmlReader cuts XML into tokens as it is inflated. It knows what the parts
// of workbooks use and no more: no document types, no entities besides the five
// and the numbered ones, UTF-8 only.
type xmlReader struct {
	token
	r      *bufio.Reader
	closes string // the end of an element that closes itself is still to come
	buf    []byte
	err    error
}

// maxTag is the longest tag, in bytes.
const maxTag = 64 << 10

var errInflated = errors.New("more than " + strconv.Itoa(maxInflated>>20) + " MiB when unpacked")

// A budget counts the bytes that are read through it.
type budget struct {
	r    io.Reader
	left *int64
}

func (b *budget) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		return 0, errInflated
	}
	n, err := b.r.Read(p)
	*b.left -= int64(n)
	return n, err
}

func newXML(r io.Reader, left *int64) *xmlReader {
	return &xmlReader{r: bufio.NewReaderSize(&budget{r, left}, 64<<10)}
}

// next reads the next token; false means the end or an error.
func (x *xmlReader) next() bool {
	if x.closes != "" {
		x.token = token{kind: end, name: x.closes}
		x.closes = ""
		return true
	}
	for {
		b, err := x.r.ReadByte()
		if err != nil {
			return x.stop(err)
		}
		if b != '<' {
			x.r.UnreadByte()
			s, ok := x.until("<", maxWorkbookCell)
			if !ok {
				return false
			}
			x.r.UnreadByte()
			x.token = token{kind: text, raw: s[:len(s)-1]}
			return true
		}
		switch head, _ := x.r.Peek(8); {
		case bytes.HasPrefix(head, []byte("![CDATA[")):
			x.r.Discard(8)
			s, ok := x.until("]]>", maxWorkbookCell)
			if !ok {
				return false
			}
			x.token = token{kind: text, raw: s[:len(s)-3], cdata: true}
			return true
		case bytes.HasPrefix(head, []byte("!--")):
			if _, ok := x.until("-->", maxWorkbookCell); !ok {
				return false
			}
			continue
		case len(head) > 0 && (head[0] == '?' || head[0] == '!'):
			if _, ok := x.until(">", maxTag); !ok {
				return false
			}
			continue
		}
		tag, ok := x.until(">", maxTag)
		if !ok {
			return false
		}
		for bytes.Count(tag, quotation)%2 == 1 { // ">" inside an attribute
			before := bytes.Clone(tag)
			if len(before) > maxTag {
				return x.stop(errors.New("a tag of more than " + strconv.Itoa(maxTag>>10) + " KiB"))
			}
			if tag, ok = x.until(">", maxTag); !ok {
				return false
			}
			tag = append(before, tag...)
		}
		tag = tag[:len(tag)-1]
		if closing, ok := bytes.CutPrefix(tag, []byte("/")); ok {
			x.token = token{kind: end, name: local(bytes.TrimSpace(closing))}
			return true
		}
		tag, alone := bytes.CutSuffix(tag, []byte("/"))
		name, attrs := tag, []byte(nil)
		if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
			name, attrs = tag[:i], tag[i:]
		}
		x.token = token{kind: start, name: local(name), attrs: attrs}
		if alone {
			x.closes = x.name
		}
		return true
	}
}

// stop keeps an error that is not the end.
func (x *xmlReader) stop(err error) bool {
	if err != io.EOF {
		x.err = err
	}
	return false
}

// until reads up to and with mark; what is longer than limit is cut. What it
// returns holds until the next call. At the end of the part it is false.
func (x *xmlReader) until(mark string, limit int) ([]byte, bool) {
	last := mark[len(mark)-1]
	x.buf = x.buf[:0]
	for first := true; ; first = false {
		s, err := x.r.ReadSlice(last)
		if first && err == nil && bytes.HasSuffix(s, []byte(mark)) {
			return s, true
		}
		if len(x.buf)+len(s) > 2*limit {
			x.buf = x.buf[:limit]
		}
		x.buf = append(x.buf, s...)
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF:
			return nil, x.stop(io.ErrUnexpectedEOF)
		case err != nil:
			return nil, x.stop(err)
		case bytes.HasSuffix(x.buf, []byte(mark)):
			return x.buf, true
		}
	}
}

var quotation = []byte{'"'}

// names of elements that come often, so that they need no memory of their own.
func local(name []byte) string {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	switch string(name) {
	case "c":
		return "c"
	case "v":
		return "v"
	case "t":
		return "t"
	case "row":
		return "row"
	case "is":
		return "is"
	case "si":
		return "si"
	}
	return string(name)
}

// attr returns the value of an attribute, whatever its prefix.
func (t *token) attr(name string) string {
	s := t.attrs
	for {
		i := bytes.IndexByte(s, '=')
		if i < 0 {
			return ""
		}
		key := bytes.TrimSpace(s[:i])
		s = bytes.TrimLeft(s[i+1:], " \t\r\n")
		if len(s) == 0 || s[0] != '"' && s[0] != '\'' {
			return ""
		}
		j := bytes.IndexByte(s[1:], s[0])
		if j < 0 {
			return ""
		}
		value := s[1 : j+1]
		s = s[j+2:]
		if k := bytes.LastIndexByte(key, ':'); k >= 0 {
			key = key[k+1:]
		}
		if string(key) == name {
			return decoded(value)
		}
	}
}

// escaped finds characters as workbooks write those that XML cannot hold.
var escaped = pattern.New(`_x[0-9A-Fa-f]{4}_`)

// decoded resolves the references of XML and the escapes of workbooks.
func decoded(b []byte) string {
	s := strings.ToValidUTF8(string(b), "\ufffd")
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "_x") {
		s = escaped.ReplaceAllStringFunc(s, func(e string) string {
			n, _ := strconv.ParseUint(e[2:6], 16, 16)
			return string(rune(n))
		})
	}
	return strings.ReplaceAll(s, "\x00", "")
}
