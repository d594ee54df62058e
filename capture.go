package recount

import (
	"strings"
	"time"
)

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
	Channel   string    // how it came: "file", "web", "feed", "archive" or "hand"
	Search    string    // the search that found it, as the user gave it, or ""
	Origin    Origin
	Record    WARCRecord
}

// An Origin is what is known of where a capture came from besides its name.
type Origin struct {
	Fetch   *Fetch            `json:"fetch,omitempty"`   // what the server said of a page of the web
	Within  *Within           `json:"within,omitempty"`  // the file that it was taken out of
	Hand    *Hand             `json:"hand,omitempty"`    // who supplied it by hand
	Hints   []Candidate       `json:"hints,omitempty"`   // what a list, feed or database said of the page
	Columns map[string]string `json:"columns,omitempty"` // of a table: field -> column, as the user gave it
}

// A Fetch is what a server said when it was asked for a page.
type Fetch struct {
	Status   int    `json:"status"`
	Final    string `json:"final,omitempty"`    // address after redirects, if another
	ETag     string `json:"etag,omitempty"`     // to ask whether there is a newer one
	Modified string `json:"modified,omitempty"` // Last-Modified, for the same
	Type     string `json:"type,omitempty"`     // Content-Type as sent
}

// A Within says in which file, and where in it, a capture lay.
type Within struct {
	File   string `json:"file"`             // its name, as the study calls files
	Hash   string `json:"hash,omitempty"`   // SHA-256 of the file, hexadecimal
	Offset int64  `json:"offset,omitempty"` // bytes
	Length int64  `json:"length,omitempty"` // bytes
}

// A Hand says who supplied a capture by hand, and what it is.
type Hand struct {
	Kind    string `json:"kind"`              // "attachment", "typed" or "translation"
	Of      string `json:"of,omitempty"`      // hash of the capture that it was typed or translated from
	By      string `json:"by"`                // who typed, translated or supplied it
	Where   string `json:"where,omitempty"`   // region, page or time code
	Machine bool   `json:"machine,omitempty"` // a machine translated it
	Checked string `json:"checked,omitempty"` // by whom it was compared with the original
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

// Pieces parts what was refused: whole files and pages, and pieces of files
// that came in: a caption, a line beside the fields, a document without text.
// taken says whether a name is that of a file that came in.
func Pieces(refused []Refusal, taken func(name string) bool) (whole, pieces []Refusal) {
	names := map[string]bool{}
	for i := range refused {
		names[refused[i].Name] = true
	}
	for _, r := range refused {
		piece := false
		for i := strings.IndexByte(r.Name, '#'); r.Stage == "extract" && !taken(r.Name) && i > 0 && !piece; {
			piece = taken(r.Name[:i]) || names[r.Name[:i]]
			n := strings.IndexByte(r.Name[i+1:], '#')
			if n < 0 {
				break
			}
			i += 1 + n
		}
		if piece {
			pieces = append(pieces, r)
		} else {
			whole = append(whole, r)
		}
	}
	return whole, pieces
}

// Offered counts what was offered, each thing once however often it was, and what
// of it could not be taken. captures are the names of those that are in the study:
// what was taken out was not offered, for all that a study says.
func Offered(captures []string, refusals []Refusal) (offered, refused int) {
	names := make(map[string]bool, len(captures))
	for _, name := range captures {
		names[name] = true
	}
	whole, _ := Pieces(refusals, func(name string) bool { return names[name] })
	for _, r := range whole {
		if r.Stage == "add" {
			refused++
		}
	}
	return len(captures) + refused, refused
}

// A SearchRun is one entry of the search log: what was looked for, how, and
// what came of it.
type SearchRun struct {
	Time    time.Time // UTC, whole seconds; when it began
	Actor   string
	Channel string // "file", "web", "feed", "archive" or "hand"
	Query   string // the name of the search as the user gave it, or ""
	Details SearchDetails
	Paths   []string // files and folders as given
	Offered int      // files found, but those that were taken out of the study
	Added   int      // of them new to the study
	Known   int      // of them there already
	Refused int      // of them refused, with places that could not be read
}

// SearchDetails is what somebody else needs to make a search again.
type SearchDetails struct {
	Database string `json:"database,omitempty"` // "Nexis Uni"
	String   string `json:"string,omitempty"`   // exactly as it was typed there
	Language string `json:"language,omitempty"`
	Filters  string `json:"filters,omitempty"`
	Made     string `json:"made,omitempty"` // the day, YYYY-MM-DD
	Hits     int    `json:"hits,omitempty"` // as the database said
}
