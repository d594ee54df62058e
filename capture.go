package recount

import "time"

// A Capture is one archived page: bytes as they were fetched or supplied, and
// where they came from. The bytes themselves lie in a WARC file; Record says
// where. Its identity is (Hash, Name), so adding it again is recognised.
type Capture struct {
	Key       Key
	Hash      string    // SHA-256 of the payload, hexadecimal
	Name      string    // URI, or file name relative to what was given, with slashes
	Captured  time.Time // UTC, whole seconds; the WARC-Date of the record
	Size      int64     // of the payload, in bytes
	MediaType string    // of the payload, as recognised from its content
	Channel   string    // how it came: "file"
	Search    string    // the search that found it, as the user gave it, or ""
	Record    WARCRecord
}

// A WARCRecord says where one record lies among the capture files.
type WARCRecord struct {
	File   string // name inside captures/
	Offset int64  // of the gzip member
	Length int64  // of the gzip member
}

// CaptureKey returns the key of a capture.
func CaptureKey(hash, name string) Key { return KeyOf("capture", hash, name) }

// A Refusal is one thing that was offered to a study and not taken, with the
// reason and the next step. Nothing is dropped silently.
type Refusal struct {
	Name   string // file name or URI
	Hash   string // SHA-256 of the bytes, or "" if they could not be read
	Stage  string // "add" or "extract"
	Reason string // "an empty file"
	Hint   string // what to do next

	Extractor string // of an extract refusal: what could not read it; else ""
}

// A SearchRun is one entry of the search log: what was looked for, how, and
// what came of it.
type SearchRun struct {
	Time    time.Time // UTC, whole seconds; when it began
	Actor   string
	Channel string   // "file"
	Query   string   // the search as the user gave it, or ""
	Paths   []string // files and folders as given
	Offered int      // files found
	Added   int      // of them new to the study
	Known   int      // of them there already
	Refused int      // of them refused, with places that could not be read
}
