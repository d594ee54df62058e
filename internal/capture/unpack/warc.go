package unpack

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"recount"
)

const maxHead = 64 << 10 // bytes of the header of a record, and of an HTTP response

// The header fields that recount adds to those of WARC, as package capture
// writes them: values are quoted as Go strings.
const (
	nameField   = "Recount-Name"
	originField = "Recount-Origin"
	erasedField = "Recount-Erased"
	mediaField  = "Recount-Media-Type"
)

// fields are the named fields of a header, in order.
type fields []struct{ name, value string }

func (h fields) get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

func (h fields) quoted(name string) string {
	s, err := strconv.Unquote(h.get(name))
	if err != nil {
		return ""
	}
	return s
}

// add reads one line of a header.
func (h fields) add(line string) fields {
	if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 { // folded, as WARC 1.0 allows
		h[len(h)-1].value += " " + strings.Trim(line, " \t")
		return h
	}
	name, value, _ := strings.Cut(line, ":")
	return append(h, struct{ name, value string }{strings.Trim(name, " \t"), strings.Trim(value, " \t")})
}

// A record is the header of a WARC record and where it begins.
type record struct {
	fields
	kind   string
	uri    string
	length int64 // of its block, bytes
	start  int64 // in the source; of the member that it begins in
	alone  bool  // it begins its member, so that it can be found again
}

func (r *record) own() bool { return r.get(nameField) != "" }

// line returns the next line without its end.
func (f *flow) line(buf []byte) ([]byte, error) {
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
		if len(buf) > maxHead {
			return buf, errors.New("its header does not end")
		}
	}
}

// head reads the header of the next record; io.EOF says that there is none.
func (f *flow) head() (record, error) {
	var r record
	for {
		b, err := f.rest(false)
		r.start, r.alone = f.c.start, f.c.first && f.i == 0
		if f.bare {
			r.start, r.alone = f.read, true
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
		if size > maxHead {
			return r, errors.New("its header does not end")
		}
		r.fields = r.add(string(line))
	}
	r.kind = strings.ToLower(r.get("WARC-Type"))
	r.uri = validName(strings.TrimSuffix(strings.TrimPrefix(r.get("WARC-Target-URI"), "<"), ">"))
	r.length, err = strconv.ParseInt(r.get("Content-Length"), 10, 64)
	if err != nil || r.length < 0 {
		return r, fmt.Errorf("a content length of %.40q", r.get("Content-Length"))
	}
	return r, nil
}

// more returns bytes of a block. A block does not go on in a member that
// begins with a record.
func (f *flow) more() ([]byte, error) {
	crossed := f.i == len(f.c.data) && f.c.last
	b, err := f.rest(false)
	if err == io.EOF || err == nil && crossed && isWARC(b) {
		return nil, errMember
	}
	return b, err
}

// block appends n bytes to to.
func (f *flow) block(to []byte, n int64) ([]byte, error) {
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

func (f *flow) discard(n int64) error {
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

// finish reads what stands between the block of r and the next record, and
// returns how many bytes of the source hold r; whole says that nothing else
// lies in them.
func (f *flow) finish(r record) (length int64, whole bool, err error) {
	for {
		b, err := f.rest(true)
		switch {
		case err == errMember:
			return f.c.end - r.start, r.alone, nil
		case err != nil:
			return 0, false, err
		case b[0] == '\r' || b[0] == '\n':
			f.take(1)
			continue
		case b[0] != 'W':
			return 0, false, errors.New("it is longer than it says")
		case f.bare:
			return f.read - r.start, true, nil
		}
		return f.c.end - r.start, false, nil
	}
}

// An outcome is what becomes of one record: an item, a refusal, or a reason to
// pass it over; none of them for records that are about others.
type outcome struct {
	item         *Item
	reason, hint string // of a refusal
	skipped      string
	revisit      bool
}

// warc walks the records of s and reports whether to go on.
func (w *walk) warc(s source) bool {
	if w.index == nil {
		w.index = newIndex()
		defer func() { w.index = nil }()
		return w.records(s) && w.settle()
	}
	return w.records(s)
}

func (w *walk) records(s source) bool {
	limit := w.unpacked
	if s.base >= 0 {
		limit = nil
	}
	f := newFlow(s, s.base >= 0 && s.size > smallFile, nil, limit)
	defer f.stop()
	var buf []byte
	for {
		r, err := f.head()
		if err == io.EOF {
			return true
		}
		var o outcome
		if err == nil {
			w.index.add(f, s, r)
			o, buf, err = w.record(f, r, buf, true)
		}
		var length int64
		if err == nil {
			length, _, err = f.finish(r)
			if err == io.ErrUnexpectedEOF && o.item != nil {
				// The file ends behind the bytes of this record: it is whole, and
				// the next one is what is missing.
				if !w.outcome(s, r, s.within(r.start, s.size-r.start), o) {
					return false
				}
				o = outcome{}
			}
		}
		if err == nil {
			if !w.outcome(s, r, s.within(r.start, length), o) {
				return false
			}
			continue
		}
		if errors.Is(err, errBomb) {
			return w.exploded()
		}
		name := r.uri
		if name == "" {
			name = s.name
		}
		what := fmt.Sprintf("the record at byte %d of %s is broken: %s", r.start, s.name, plainly(err))
		next := !f.bare
		if !next {
			what += "; what follows it was not read"
		}
		if !w.refuse(name, s.within(r.start, 0), what, "fetch the file again, or use the tool that made it to repair it") {
			return false
		}
		if !next || !f.skipMember() {
			return true
		}
	}
}

// outcome yields what became of a record.
func (w *walk) outcome(s source, r record, p place, o outcome) bool {
	switch {
	case o.revisit:
		return w.revisit(r, p, o)
	case o.item != nil:
		w.describe(o.item)
		return w.emit(*o.item, p)
	case o.reason != "":
		return w.refuse(r.uri, p, o.reason, o.hint)
	case o.skipped != "":
		w.skip(o.skipped)
	}
	return true
}

// record reads the block of r as far as it is needed and passes over the rest;
// filter says whether the filters hold. buf is kept from record to record.
func (w *walk) record(f *flow, r record, buf []byte, filter bool) (outcome, []byte, error) {
	o, read, buf, err := w.judge(f, r, buf[:0], filter)
	if err == nil {
		err = f.discard(r.length - read)
	}
	return o, buf, err
}

// judge is record up to the point where the rest of the block is not needed;
// read is how much of it was.
func (w *walk) judge(f *flow, r record, buf []byte, filter bool) (o outcome, read int64, _ []byte, err error) {
	pass := func(reason string) (outcome, int64, []byte, error) { return outcome{skipped: reason}, read, buf, nil }
	refuse := func(reason, hint string) (outcome, int64, []byte, error) {
		return outcome{reason: reason, hint: hint}, read, buf, nil
	}
	switch r.kind {
	case "response", "resource", "revisit":
	case "conversion":
		return pass("a conversion of another record")
	case "continuation":
		return refuse("a record that was cut in segments, which is not read", "use the tool that made it to write it whole")
	case "warcinfo", "request", "metadata":
		if r.get(erasedField) != "" {
			return pass("an erased page")
		}
		return o, 0, buf, nil
	default:
		return pass("a record of an unknown kind")
	}
	if r.get("WARC-Segment-Number") != "" {
		return refuse("a record that was cut in segments, which is not read", "use the tool that made it to write it whole")
	}
	if reason := w.wanted(r.uri); filter && reason != "" {
		return pass(reason)
	}
	if !r.own() && !strings.HasPrefix(r.uri, "http://") && !strings.HasPrefix(r.uri, "https://") && !strings.HasPrefix(r.uri, "file:") {
		return pass("no page: a note of the crawler, or an answer of another service than the web")
	}
	web := r.kind != "resource"
	if kind := mediaType(r.get("Content-Type")); web && kind != "" && kind != "application/http" {
		return pass("no page: a note of the crawler, or an answer of another service than the web")
	}
	read = min(r.length, maxHead)
	if buf, err = f.block(buf, read); err != nil {
		return o, read, buf, err
	}
	var h answer
	if web {
		var ok bool
		h, ok = readAnswer(buf)
		if r.kind == "revisit" {
			return outcome{revisit: true, item: &Item{Fetch: h.fetch()}}, read, buf, nil
		}
		if !ok {
			return refuse("what the server sent does not begin as HTTP does", "look at the record with another tool")
		}
		if !r.own() && h.status != 200 {
			return pass(fmt.Sprintf("answered with status %d", h.status))
		}
	}
	declared := h.get("Content-Type")
	if r.kind == "resource" {
		declared = r.get("Content-Type")
	}
	reason, settled := declaredNoPage(declared)
	if !r.own() && reason != "" {
		return pass(reason)
	}
	if r.length-int64(h.size) > w.o.MaxPayload {
		return refuse(fmt.Sprintf("larger than %d MiB", w.o.MaxPayload>>20), "leave it out, or save the page without its pictures")
	}
	buf, err = f.block(buf, r.length-read)
	read = r.length
	if err != nil {
		return o, read, buf, err
	}
	block, body := buf, buf[h.size:]
	if d := r.get("WARC-Block-Digest"); fits(d, block) == wrong {
		return refuse("its bytes do not fit their digest "+d+" (WARC-Block-Digest)", "fetch the file again")
	}
	item := &Item{Name: r.uri, Captured: moment(r.get("WARC-Date")), MediaType: declared, Truncated: r.get("WARC-Truncated")}
	readings := [][]byte{body}
	if r.own() {
		item.Name, item.Payload = r.quoted(nameField), bytes.Clone(body)
		if web {
			item.MediaType = r.quoted(mediaField)
		}
		if origin := r.quoted(originField); origin != "" {
			var own recount.Origin
			if json.Unmarshal([]byte(origin), &own) == nil {
				item.Own, item.Fetch = &own, own.Fetch
			}
		}
		if item.Name = validName(item.Name); item.Name == "" {
			item.Name = r.uri
		}
	} else if web {
		item.Fetch = h.fetch()
		item.Payload, readings, err = h.payload(body, w.o.MaxPayload, item.Truncated != "")
		if errors.Is(err, errTooMuch) {
			return refuse(fmt.Sprintf("larger than %d MiB when inflated", w.o.MaxPayload>>20), "leave it out")
		}
		if err != nil {
			return refuse("its content cannot be inflated: "+plainly(err), "fetch the page again")
		}
	} else {
		item.Payload = bytes.Clone(body)
	}
	if d := r.get("WARC-Payload-Digest"); fits(d, readings...) == wrong {
		return refuse("its bytes do not fit their digest "+d+" (WARC-Payload-Digest)", "fetch the file again")
	}
	if len(bytes.TrimSpace(item.Payload)) == 0 {
		return pass("an empty page")
	}
	if !r.own() && !settled {
		if reason := seenNoPage(item.Payload); reason != "" {
			return pass(reason)
		}
	}
	return outcome{item: item}, read, buf, nil
}

// moment returns the time of a WARC-Date, zero if it is none. WARC 1.1 allows
// fractions of a second and whole days, months and years, older tools wrote
// 14 digits.
func moment(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "20060102150405", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Truncate(time.Second)
		}
	}
	return time.Time{}
}

// How bytes compare with their digest.
type fit int

const (
	unknown fit = iota // no digest, or one of a kind that is not checked
	right
	wrong
)

// fits compares a digest with those of the ways to read a payload: tools
// differ in whether they take it before or after chunks and compression are
// undone.
func fits(digest string, readings ...[]byte) fit {
	label, value, ok := strings.Cut(digest, ":")
	if !ok {
		return unknown
	}
	var sum func(b []byte) []byte
	switch strings.ReplaceAll(strings.ToLower(label), "-", "") {
	case "sha1":
		sum = func(b []byte) []byte { s := sha1.Sum(b); return s[:] }
	case "sha256":
		sum = func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
	default:
		return unknown
	}
	for i, b := range readings {
		if i > 0 && len(b) == len(readings[i-1]) {
			continue
		}
		s := sum(b)
		if strings.EqualFold(value, hex.EncodeToString(s)) ||
			strings.EqualFold(strings.TrimRight(value, "="), base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)) {
			return right
		}
	}
	return wrong
}
