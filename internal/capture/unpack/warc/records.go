package warc

import (
	"fmt"
	"io"
	"iter"
	"time"

	"recount"
)

// A Record is what an index of a WARC file keeps of a record.
type Record struct {
	Kind      string // its WARC-Type
	URI       string // its WARC-Target-URI
	Name      string // what recount called it, or ""
	Date      time.Time
	MediaType string // of the page, without parameters
	Status    int    // of an HTTP response, else 0
	Digest    string // its WARC-Payload-Digest, or ""
	Offset    int64  // bytes
	Length    int64  // bytes
}

// Records yields every record of a WARC file that is compressed record by
// record, or not at all, as it is needed to index the file. An error wraps
// recount.ErrInvalid and ends the walk: a file that is broken, or compressed as
// a whole, cannot be indexed.
func Records(f io.ReaderAt, size int64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		in := NewReader(Source{R: io.NewSectionReader(f, 0, size), At: f, Size: size, Ahead: true})
		defer in.Close()
		var buf []byte
		for {
			r, err := in.Next()
			if err == io.EOF {
				return
			}
			var out Record
			if err == nil {
				buf, err = in.Block(buf[:0], min(r.Length, MaxHead))
			}
			if err == nil {
				out = r.describe(buf)
				err = in.Discard(r.Length - int64(len(buf)))
			}
			if err == nil {
				var whole bool
				if out.Length, whole, err = in.Finish(r); err == nil && !whole {
					err = fmt.Errorf("it shares its member of gzip with others")
				}
			}
			if err != nil {
				yield(out, fmt.Errorf("the record at byte %d: %s: %w", r.Start, Plainly(err), recount.ErrInvalid))
				return
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}

// describe returns the entry of r, whose block begins with block.
func (r *Header) describe(block []byte) Record {
	out := Record{Kind: r.Kind, URI: r.URI, Name: r.Quoted(NameField), Date: Moment(r.Get("WARC-Date")),
		MediaType: MediaType(r.Get("Content-Type")), Digest: r.Get("WARC-Payload-Digest"), Offset: r.Start}
	if out.MediaType == "application/http" {
		a, _ := ReadAnswer(block)
		out.Status, out.MediaType = a.Status, MediaType(a.Get("Content-Type"))
	}
	return out
}
