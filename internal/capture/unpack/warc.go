package unpack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"recount"
	"recount/internal/capture/unpack/warc"
)

// An outcome is what becomes of one record: an item, a refusal, or a reason to
// pass it over; none of them for records that are about others.
type outcome struct {
	item         *Item
	reason, hint string // of a refusal
	skipped      string
	revisit      bool
	damaged      bool // its bytes do not fit the digest of its block, so that its length may be wrong
}

// warc walks the records of s and reports whether to go on.
func (w *unpacking) warc(s source) bool {
	if w.index == nil {
		w.index = newIndex()
		defer func() { w.index = nil }()
		return w.records(s) && w.settle()
	}
	return w.records(s)
}

func (w *unpacking) records(s source) bool {
	limit := w.unpacked
	if s.base >= 0 {
		limit = nil
	}
	f := warc.NewReader(warc.Source{R: s.r, At: s.at, Size: s.size, Ahead: s.base >= 0, Limit: limit})
	defer func() { f.Close() }()
	var buf []byte
	// In a file that is not compressed a wrong length hides where the next record
	// begins, so it is looked for by its first lines, and what was taken for a
	// part of the broken one is read again.
	var twice int64 // bytes that were read and are read again
	search := func(broken warc.Header) found {
		if twice += f.At() - broken.Start; s.at == nil || twice > maxTwice*s.size {
			return unread
		}
		start, ok := warc.FindRecord(s.at, broken.Start+1, s.size)
		if !ok {
			return none
		}
		f.Close()
		f = warc.NewReader(warc.Source{R: io.NewSectionReader(s.at, start, s.size-start), Size: s.size - start, From: start, Ahead: s.base >= 0, Limit: limit})
		return there
	}
	for {
		r, err := f.Next()
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
			length, _, err = f.Finish(r)
			if err == io.ErrUnexpectedEOF && o.item != nil {
				// The file ends behind the bytes of this record: it is whole, and
				// the next one is what is missing.
				if !w.outcome(s, r, s.within(r.Start, s.size-r.Start), o) {
					return false
				}
				o = outcome{}
			}
		}
		if err == nil {
			if !w.outcome(s, r, s.within(r.Start, length), o) {
				return false
			}
			if o.damaged && f.Bare() && search(r) == none {
				return true
			}
			continue
		}
		if errors.Is(err, warc.ErrBomb) {
			return w.exploded()
		}
		name := r.URI
		if name == "" {
			name = s.name
		}
		what := fmt.Sprintf("the record at byte %d of %s is broken: %s", r.Start, s.name, warc.Plainly(err))
		next := there
		if f.Bare() {
			next = search(r)
		}
		if next == unread {
			what += "; what follows it was not read"
		}
		if !w.refuse(name, s.within(r.Start, 0), what, "fetch the file again, or use the tool that made it to repair it") {
			return false
		}
		if next != there || !f.Bare() && !f.SkipMember() {
			return true
		}
	}
}

// A found says what is behind a broken record.
type found int

const (
	there  found = iota // the next record
	none                // no record
	unread              // it was not looked at
)

// maxTwice is how many times its size is read again of a file in which records
// are broken; one that was made to be read for ever is left.
const maxTwice = 4

// outcome yields what became of a record.
func (w *unpacking) outcome(s source, r warc.Header, p place, o outcome) bool {
	switch {
	case o.revisit:
		return w.revisit(r, p, o)
	case o.item != nil:
		w.describe(o.item)
		return w.emit(*o.item, p)
	case o.reason != "":
		return w.refuse(r.URI, p, o.reason, o.hint)
	case o.skipped != "":
		w.skip(o.skipped)
	}
	return true
}

// record reads the block of r as far as it is needed and passes over the rest;
// filter says whether the filters hold. buf is kept from record to record.
func (w *unpacking) record(f *warc.Reader, r warc.Header, buf []byte, filter bool) (outcome, []byte, error) {
	o, read, buf, err := w.judge(f, r, buf[:0], filter)
	if err == nil {
		err = f.Discard(r.Length - read)
	}
	return o, buf, err
}

// judge is record up to the point where the rest of the block is not needed;
// read is how much of it was.
func (w *unpacking) judge(f *warc.Reader, r warc.Header, buf []byte, filter bool) (o outcome, read int64, _ []byte, err error) {
	pass := func(reason string) (outcome, int64, []byte, error) { return outcome{skipped: reason}, read, buf, nil }
	refuse := func(reason, hint string) (outcome, int64, []byte, error) {
		return outcome{reason: reason, hint: hint}, read, buf, nil
	}
	switch r.Kind {
	case "response", "resource", "revisit":
	case "conversion":
		return pass("a conversion of another record")
	case "continuation":
		return refuse("a record that was cut in segments, which is not read", "use the tool that made it to write it whole")
	case "warcinfo", "request", "metadata":
		if r.Get(warc.ErasedField) != "" {
			return pass("an erased page")
		}
		w.kinds[r.Kind]++
		return o, 0, buf, nil
	default:
		return pass("a record of an unknown kind")
	}
	if r.Get("WARC-Segment-Number") != "" {
		return refuse("a record that was cut in segments, which is not read", "use the tool that made it to write it whole")
	}
	if reason := w.wanted(r.URI); filter && reason != "" {
		return pass(reason)
	}
	if !r.Own() && !strings.HasPrefix(r.URI, "http://") && !strings.HasPrefix(r.URI, "https://") && !strings.HasPrefix(r.URI, "file:") {
		return pass("no page: a note of the crawler, or an answer of another service than the web")
	}
	web := r.Kind != "resource"
	if kind := warc.MediaType(r.Get("Content-Type")); web && kind != "" && kind != "application/http" {
		return pass("no page: a note of the crawler, or an answer of another service than the web")
	}
	read = min(r.Length, warc.MaxHead)
	if buf, err = f.Block(buf, read); err != nil {
		return o, read, buf, err
	}
	var h warc.Answer
	if web {
		var ok bool
		h, ok = warc.ReadAnswer(buf)
		if r.Kind == "revisit" {
			return outcome{revisit: true, item: &Item{Fetch: h.Fetch()}}, read, buf, nil
		}
		if !ok {
			return refuse("what the server sent does not begin as HTTP does", "look at the record with another tool")
		}
		if !r.Own() && h.Status != 200 {
			return pass(fmt.Sprintf("answered with status %d", h.Status))
		}
	}
	declared := h.Get("Content-Type")
	if r.Kind == "resource" {
		declared = r.Get("Content-Type")
	}
	reason, settled := declaredNoPage(declared)
	if !r.Own() && reason != "" {
		return pass(reason)
	}
	if r.Length-int64(h.Size) > w.o.MaxPayload {
		return refuse(fmt.Sprintf("larger than %d MiB", w.o.MaxPayload>>20), "leave it out, or save the page without its pictures")
	}
	buf, err = f.Block(buf, r.Length-read)
	read = r.Length
	if err != nil {
		return o, read, buf, err
	}
	block, body := buf, buf[h.Size:]
	if d := r.Get("WARC-Block-Digest"); warc.Fits(d, block) == warc.Wrong {
		o, read, buf, err = refuse("its bytes do not fit their digest "+d+" (WARC-Block-Digest)", "fetch the file again")
		o.damaged = true
		return o, read, buf, err
	}
	item := &Item{Name: r.URI, Captured: warc.Moment(r.Get("WARC-Date")), MediaType: declared, Truncated: r.Get("WARC-Truncated")}
	readings := [][]byte{body}
	if r.Own() {
		item.Name, item.Payload = r.Quoted(warc.NameField), bytes.Clone(body)
		if web {
			item.MediaType = r.Quoted(warc.MediaField)
		}
		if origin := r.Quoted(warc.OriginField); origin != "" {
			var own recount.Origin
			if json.Unmarshal([]byte(origin), &own) == nil {
				item.Own, item.Fetch = &own, own.Fetch
			}
		}
		if item.Name = warc.ValidName(item.Name); item.Name == "" {
			item.Name = r.URI
		}
	} else if web {
		item.Fetch = h.Fetch()
		item.Payload, readings, err = h.Payload(body, w.o.MaxPayload, item.Truncated != "")
		if errors.Is(err, warc.ErrTooMuch) {
			return refuse(fmt.Sprintf("larger than %d MiB when inflated", w.o.MaxPayload>>20), "leave it out")
		}
		if err != nil {
			return refuse("its content cannot be inflated: "+warc.Plainly(err), "fetch the page again")
		}
	} else {
		item.Payload = bytes.Clone(body)
	}
	if d := r.Get("WARC-Payload-Digest"); warc.Fits(d, readings...) == warc.Wrong {
		return refuse("its bytes do not fit their digest "+d+" (WARC-Payload-Digest)", "fetch the file again")
	}
	if len(bytes.TrimSpace(item.Payload)) == 0 {
		return pass("an empty page")
	}
	if !r.Own() && !settled {
		if reason := seenNoPage(item.Payload); reason != "" {
			return pass(reason)
		}
	}
	return outcome{item: item}, read, buf, nil
}
