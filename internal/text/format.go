package text

import (
	"bytes"

	"recount/internal/text/document"
	"recount/internal/text/format/biblio"
	"recount/internal/text/format/docx"
	"recount/internal/text/format/europresse"
	"recount/internal/text/format/factiva"
	"recount/internal/text/format/mail"
	"recount/internal/text/format/nexis"
	"recount/internal/text/format/pdf"
	"recount/internal/text/format/proquest"
	"recount/internal/text/format/rtf"
	"recount/internal/text/format/table"
	"recount/internal/text/format/transcript"
	"recount/internal/text/page"
)

// This file tells files apart, whatever they are called, and names the reader
// of each.
//
// In: the bytes of a file and its name. Out: a File, which says what it is: an
// export of a news database, a document, a mail, a transcript, a list of
// references, a table, a page that a browser saved with everything in it, or
// none of these, which is a web page, plain text or nothing that is read.
// Method: one table (Formats), tried in order. A format is a room under
// format/ and gives three functions: Is recognises a file by its content, Read takes
// articles out of it, Find returns the text at the path of a paragraph. What
// holds other files (ZIP, tar, WARC) is taken apart before (capture/unpack).
//
// Limits: a file is recognised once (Recognise); what is read of it to do so
// is bounded in each room.

// A Format is one kind of file that is no web page.
type Format struct {
	Name     string
	Media    string // its media type; "" = that of the file that carries it
	Database bool   // an export of a news database: a mail may bring it
	Lists    bool   // it may list addresses of pages
	Is       func(payload []byte, name string) bool
	Read     func(payload []byte, o document.Options) (document.Set, error)
	Find     func(payload []byte, path string) (string, bool)
}

// Formats in the order in which they are tried: the exports of news databases
// before the files that carry them.
var Formats = [...]Format{
	{"Factiva", "", true, false, factiva.Is, factiva.Read, factiva.Find},
	{"ProQuest", "", true, false, proquest.Is, proquest.Read, proquest.Find},
	{"Nexis", "", true, false, nexis.Is, nexis.Read, nexis.Find},
	{"Europresse", "", true, false, europresse.Is, europresse.Read, europresse.Find},
	{"PDF", "application/pdf", false, false, pdf.Is, pdf.Read, pdf.Find},
	{"Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, false, docx.Is, docx.Read, docx.Find},
	{"RTF", "application/rtf", false, false, rtf.Is, rtf.Read, rtf.Find},
	{"mail", "message/rfc822", false, false, mail.Is, mail.Read, mail.Find},
	{"transcript", "text/vtt", false, false, transcript.Is, transcript.Read, transcript.Find},
	{"references", "application/x-research-info-systems", false, true, biblio.Is, biblio.Read, biblio.Find},
	{"table", "text/csv", false, true, table.Is, table.Read, table.Find},
}

// TableMedia is the media type under which every table is known.
const TableMedia = "text/csv"

// A File is a payload with what it was recognised as.
type File struct {
	Payload []byte
	Name    string
	Format  *Format   // its reader; nil for web pages, plain text and what is not read
	Page    string    // its media type as far as a browser would tell
	Saved   *Snapshot // the page inside it, if a browser saved it as MHTML
	carrier *Format   // the first format with a media type of its own
}

// A Snapshot is the page inside an MHTML file.
type Snapshot struct {
	HTML            []byte
	Media, Location string
}

// Recognise tells what a file is by its content, so that it is told once; name
// settles only what the content leaves open.
func Recognise(payload []byte, name string) *File {
	f := &File{Payload: payload, Name: name, Page: page.MediaType(payload, name)}
	if f.Page == "application/warc" || f.Page == "application/x-arc" {
		return f // its headers look like many things
	}
	if html, media, location, ok := mail.Page(payload); ok {
		f.Saved = &Snapshot{html, media, location}
	}
	// What begins as HTML does is no mail, no table and no other file that only
	// may hold HTML.
	head := bytes.TrimLeft(bytes.TrimPrefix(payload[:min(len(payload), 1000)], []byte("\xef\xbb\xbf")), " \t\r\n")
	web := bytes.HasPrefix(head, []byte("<")) && f.Page == "text/html"
	for i := range Formats {
		x := &Formats[i]
		if x.Media != "" && web || !x.Is(payload, name) {
			continue
		}
		if f.Format == nil {
			f.Format = x
		}
		if x.Media != "" {
			f.carrier = x
			break
		}
	}
	return f
}

// MediaType is the media type of a file: "text/html", "text/plain" or another,
// "application/octet-stream" if nothing is recognised. An export of a database
// has that of the file that carries it.
func (f *File) MediaType() string {
	switch {
	case f.Saved != nil:
		return "multipart/related"
	case f.carrier != nil:
		return f.carrier.Media
	}
	return f.Page
}
