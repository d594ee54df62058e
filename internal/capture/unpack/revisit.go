package unpack

import (
	"io"
	"strings"
	"time"

	"recount/internal/capture/unpack/warc"
)

// What is kept to resolve revisits.
const (
	maxIndexed = 1_000_000 // keys by which records are found again
	maxPending = 10_000    // revisits of records that may come later
)

// An index finds the records of a file again, so that a revisit, which says
// that a page was as before, can be given its payload. Keys are hashed.
type index struct {
	places  map[nameKey]indexed
	files   []indexedFile
	pending []pendingRevisit
}

// An indexed record is one that can be read again.
type indexed struct {
	at   int64 // in the outermost file
	file int32 // of index.files
}

// An indexedFile is one WARC file, of which a WACZ holds several.
type indexedFile struct {
	end  int64 // in the outermost file
	dict []byte
}

type pendingRevisit struct {
	r warc.Header
	p place
	o outcome
}

func newIndex() *index { return &index{places: map[nameKey]indexed{}} }

// keysOf returns the keys of what r is (of a revisit: refers to), surest first.
func keysOf(r warc.Header) []nameKey {
	var out []nameKey
	add := func(label, value string) {
		if value != "" {
			out = append(out, keyOf(label+value))
		}
	}
	uri, date := r.URI, r.Get("WARC-Date")
	if r.Kind == "revisit" {
		add("id ", r.Get("WARC-Refers-To"))
		uri, date = strings.Trim(r.Get("WARC-Refers-To-Target-URI"), "<>"), r.Get("WARC-Refers-To-Date")
	} else {
		add("id ", r.Get("WARC-Record-ID"))
	}
	if t := warc.Moment(date); uri != "" && !t.IsZero() {
		add("uri ", t.Format(time.RFC3339)+" "+uri)
	}
	add("digest ", strings.ToLower(r.Get("WARC-Payload-Digest")))
	return out
}

// add notes where r lies, if it can be found again there.
func (x *index) add(f *warc.Reader, s source, r warc.Header) {
	if s.base < 0 || !r.Alone || r.Kind != "response" && r.Kind != "resource" || len(x.places) > maxIndexed {
		return
	}
	if end := s.base + s.size; len(x.files) == 0 || x.files[len(x.files)-1].end != end {
		x.files = append(x.files, indexedFile{end, f.Dictionary()})
	}
	for _, k := range keysOf(r) {
		if _, ok := x.places[k]; !ok {
			x.places[k] = indexed{s.base + r.Start, int32(len(x.files) - 1)}
		}
	}
}

// revisit yields a revisit with the payload of its original, or keeps it until
// the whole file was seen.
func (w *unpacking) revisit(r warc.Header, p place, o outcome) bool {
	for _, k := range keysOf(r) {
		if at, ok := w.index.places[k]; ok {
			return w.resolved(r, p, o, at)
		}
	}
	if len(w.index.pending) < maxPending {
		w.index.pending = append(w.index.pending, pendingRevisit{r, p, o})
		return true
	}
	return w.unresolved(r, p)
}

// settle yields the revisits that were kept.
func (w *unpacking) settle() bool {
	pending := w.index.pending
	w.index.pending = nil
next:
	for _, v := range pending {
		for _, k := range keysOf(v.r) {
			if at, ok := w.index.places[k]; ok {
				if !w.resolved(v.r, v.p, v.o, at) {
					return false
				}
				continue next
			}
		}
		if !w.unresolved(v.r, v.p) {
			return false
		}
	}
	return true
}

func (w *unpacking) unresolved(r warc.Header, p place) bool {
	return w.refuse(r.URI, p, "the page was as at an earlier time, and the record of that is not in this file, or not found in it", "add the whole crawl as one WACZ, or fetch the page again")
}

// resolved yields the revisit r with the payload of the record at at.
func (w *unpacking) resolved(r warc.Header, p place, o outcome, at indexed) bool {
	file := w.index.files[at.file]
	n := file.end - at.at
	s := source{name: w.file, r: io.NewSectionReader(w.root, at.at, n), size: n, base: at.at}
	f := warc.NewReader(warc.Source{R: s.r, Size: n, Dictionary: file.dict, Limit: w.unpacked})
	defer f.Close()
	original, err := f.Next()
	var got outcome
	if err == nil {
		got, _, err = w.record(f, original, nil, false)
	}
	var length int64
	if err == nil {
		length, _, err = f.Finish(original)
	}
	switch {
	case err == nil && otherPayload(r, original):
		return w.refuse(r.URI, p, "the page was as at an earlier time, but the record that it names holds another page", "fetch the page again")
	case err != nil:
		return w.broken(source{name: r.URI, place: p}, err)
	case got.item == nil && got.skipped != "":
		w.skip(got.skipped)
		return true
	case got.item == nil:
		return w.refuse(r.URI, p, "the page was as at an earlier time, and that record is refused: "+got.reason, got.hint)
	}
	i := got.item
	i.Name, i.Captured = r.URI, warc.Moment(r.Get("WARC-Date"))
	// Of a "not modified" the status says nothing of the page, its tags do.
	if now := o.item.Fetch; now != nil && i.Fetch != nil {
		if now.ETag != "" {
			i.Fetch.ETag = now.ETag
		}
		if now.Modified != "" {
			i.Fetch.Modified = now.Modified
		}
	}
	w.describe(i)
	return w.emit(*i, place{at.at, length})
}

// otherPayload reports whether by their digests a revisit that says so is not
// of the payload of original.
func otherPayload(revisit, original warc.Header) bool {
	a, b := revisit.Get("WARC-Payload-Digest"), original.Get("WARC-Payload-Digest")
	return strings.HasSuffix(revisit.Get("WARC-Profile"), "identical-payload-digest") && a != "" && b != "" && !strings.EqualFold(a, b)
}
