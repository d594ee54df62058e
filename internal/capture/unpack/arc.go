package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"

	"recount/internal/capture/unpack/warc"
)

// ARC is the format of web archives before WARC (Burner & Kahle 1996): records
// one after another, each one line of its own and then as many bytes as that
// line says; compressed record by record, as a whole, or not.

// arcLine is the longest line before a record, in bytes.
const arcLine = 16 << 10

// isArc reports whether head begins with the first line of an ARC file.
func isArc(head []byte) bool {
	line, _, ok := bytes.Cut(head[:min(len(head), arcLine)], []byte("\n"))
	return ok && bytes.HasPrefix(line, []byte("filedesc://")) && len(bytes.Fields(line)) >= 5
}

// An arcRecord is the line before a record.
type arcRecord struct {
	url, date, kind string
	length          int64
}

// arcHeader reads the line before a record. Version 1 has five fields, version
// 2 ten; an address may hold spaces.
func arcHeader(line string, version int) (r arcRecord, ok bool) {
	f := strings.Fields(line)
	n, kind := len(f), len(f)-2
	if version == 2 {
		kind = n - 7
	}
	if kind < 3 {
		return r, false
	}
	var err error
	r.length, err = strconv.ParseInt(f[n-1], 10, 64)
	r.kind, r.date, r.url = f[kind], f[kind-1], strings.Join(f[:kind-2], " ")
	return r, err == nil && r.length >= 0 && len(r.date) >= 8 && strings.Contains(r.url, ":")
}

// An arcCounter counts the bytes that were read of a source.
type arcCounter struct {
	r *bufio.Reader
	n int64
}

func (c *arcCounter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte keeps gzip from reading past the end of a member.
func (c *arcCounter) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// arc walks the records of s and reports whether to go on.
func (w *unpacking) arc(s source) bool {
	src := s.r
	if s.base < 0 {
		src = meter{w, src}
	}
	c := &arcCounter{r: bufio.NewReaderSize(src, 64<<10)}
	head, _ := c.r.Peek(4)
	version := 1
	if warc.CodecOf(head) != warc.Gzip {
		in := bufio.NewReaderSize(c, arcLine)
		return w.arcRecords(s, in, func() int64 { return c.n - int64(in.Buffered()) }, -1, &version)
	}
	var z *gzip.Reader
	for {
		if _, err := c.r.Peek(1); err != nil {
			return true
		}
		start := c.n
		var err error
		if z == nil {
			z, err = gzip.NewReader(c)
		} else {
			err = z.Reset(c)
		}
		if err != nil {
			return w.refuse(s.name, s.within(start, 0), fmt.Sprintf("the record at byte %d of %s is broken: %s; what follows it was not read", start, s.name, warc.Plainly(err)),
				"fetch the file again, or use the tool that made it to repair it")
		}
		z.Multistream(false)
		in := bufio.NewReaderSize(meter{w, z}, arcLine)
		if !w.arcRecords(s, in, func() int64 { return c.n }, start, &version) {
			return false
		}
		if _, err := io.Copy(io.Discard, in); errors.Is(err, warc.ErrBomb) {
			return w.exploded()
		}
	}
}

// arcRecords walks the records of one stream. at says how far the source was
// read; member is where the member of gzip begins that the stream is, else -1.
func (w *unpacking) arcRecords(s source, in *bufio.Reader, at func() int64, member int64, version *int) bool {
	broken := func(start int64, what string) bool {
		return w.refuse(s.name, s.within(max(start, member), 0), fmt.Sprintf("the record at byte %d of %s is broken: %s; what follows it was not read", max(start, member), s.name, what),
			"fetch the file again, or use the tool that made it to repair it")
	}
	for {
		start := at()
		line, err := in.ReadSlice('\n')
		switch {
		case errors.Is(err, warc.ErrBomb):
			return w.exploded()
		case err == io.EOF && len(bytes.TrimSpace(line)) == 0:
			return true
		case err != nil && err != io.EOF:
			return broken(start, "its first line has no end")
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		text := strings.TrimRight(string(line), "\r\n")
		r, ok := arcHeader(text, *version)
		if !ok {
			if r, ok = arcHeader(text, 3-*version); !ok {
				return broken(start, "its first line is not that of a record")
			}
		}
		o, version2, err := w.arcRecord(in, r, *version)
		*version = version2
		switch {
		case errors.Is(err, warc.ErrBomb):
			return w.exploded()
		case err != nil:
			return broken(start, "it is shorter than it says")
		}
		p := s.within(start, at()-start)
		if member >= 0 {
			p = s.within(member, at()-member)
		}
		if !w.outcome(s, warc.Header{URI: r.url}, p, o) {
			return false
		}
	}
}

// arcRecord reads one record, or passes over it. It returns the version that
// the first record of a file names.
func (w *unpacking) arcRecord(in *bufio.Reader, r arcRecord, version int) (o outcome, _ int, err error) {
	pass := func(reason string, left int64) (outcome, int, error) {
		n, err := io.CopyN(io.Discard, in, left)
		if err == nil && n < left {
			err = io.ErrUnexpectedEOF
		}
		return outcome{skipped: reason}, version, err
	}
	if strings.HasPrefix(r.url, "filedesc://") {
		first := make([]byte, min(r.length, 2))
		if _, err := io.ReadFull(in, first); err != nil {
			return o, version, err
		}
		if string(first) == "2 " {
			version = 2
		} else {
			version = 1
		}
		w.kinds["description of the file"]++
		o, version, err := pass("", r.length-int64(len(first)))
		return o, version, err
	}
	if !strings.HasPrefix(r.url, "http://") && !strings.HasPrefix(r.url, "https://") {
		return pass("no page: a note of the crawler, or an answer of another service than the web", r.length)
	}
	if reason := w.wanted(r.url); reason != "" {
		return pass(reason, r.length)
	}
	if reason, _ := declaredNoPage(r.kind); reason != "" {
		return pass(reason, r.length)
	}
	if r.length > w.o.MaxPayload+warc.MaxHead {
		_, version, err := pass("", r.length)
		return outcome{reason: fmt.Sprintf("larger than %d MiB", w.o.MaxPayload>>20), hint: "leave it out, or save the page without its pictures"}, version, err
	}
	var buf bytes.Buffer
	if n, err := io.CopyN(&buf, in, r.length); err != nil || n < r.length {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return o, version, err
	}
	block := buf.Bytes()
	h, ok := warc.ReadAnswer(block)
	if !ok && bytes.HasPrefix(block, []byte("HTTP/")) {
		return outcome{reason: "what the server sent does not begin as HTTP does", hint: "look at the record with another tool"}, version, nil
	}
	if ok && h.Status != 200 {
		return outcome{skipped: fmt.Sprintf("answered with status %d", h.Status)}, version, nil
	}
	declared := r.kind
	if t := h.Get("Content-Type"); t != "" {
		declared = t
	}
	reason, settled := declaredNoPage(declared)
	if reason != "" {
		return outcome{skipped: reason}, version, nil
	}
	item := &Item{Name: r.url, Captured: warc.Moment(arcDate(r.date)), MediaType: declared, Fetch: h.Fetch()}
	if ok {
		item.Payload, _, err = h.Payload(block[h.Size:], w.o.MaxPayload, false)
		switch {
		case errors.Is(err, warc.ErrTooMuch):
			return outcome{reason: fmt.Sprintf("larger than %d MiB when inflated", w.o.MaxPayload>>20), hint: "leave it out"}, version, nil
		case err != nil:
			return outcome{reason: "its content cannot be inflated: " + warc.Plainly(err), hint: "fetch the page again"}, version, nil
		}
	} else {
		item.Payload = bytes.Clone(block)
	}
	switch {
	case len(bytes.TrimSpace(item.Payload)) == 0:
		return outcome{skipped: "an empty page"}, version, nil
	case !settled && seenNoPage(item.Payload) != "":
		return outcome{skipped: seenNoPage(item.Payload)}, version, nil
	}
	return outcome{item: item}, version, nil
}

// arcDate writes "20140216050221" as WARC writes a time; what is not given is
// the beginning of it.
func arcDate(s string) string {
	if len(s) < 8 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	s = (s + "000000")[:14]
	return s[:4] + "-" + s[4:6] + "-" + s[6:8] + "T" + s[8:10] + ":" + s[10:12] + ":" + s[12:14] + "Z"
}
