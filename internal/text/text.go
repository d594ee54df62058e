// Package text turns the payload of a capture into an article.
//
// In: the bytes of one page (HTML or plain text, not compressed) and what is
// known of them. Out: a recount.Article with its text in blocks, each with a
// role and a path into the parsed page, and every candidate that the page
// offers for its date, title, byline, outlet and address.
//
// Method: the page is parsed once and cut into pieces, one paragraph, heading
// or list item each (package page). readeck's go-readability says which words
// are the article; go-trafilatura is asked too unless that is nothing but
// sentences. An arbiter weighs their votes with the markup: the element that
// holds the article, how like paragraphs are set, what is all links. The text
// is always written from the parsed page itself, never from an extractor's
// output, so that every block can be found again (BlockText). What a page says
// about itself is weighed in package metadata.
//
// Limits: payloads of at most 32 MiB; pages nested deeper than 512 elements or
// of more than 200,000 nodes are refused. Pages of more than 60,000 nodes are
// read without the extractors, every paragraph of them. Text that a script
// would write, text inside pictures, and PDF are not read.
package text

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/format/mail"
	"recount/internal/text/page"
)

// Extractor names this extractor and its version in Article.Extractor.
const Extractor = "recount-text/2"

// maxPayload is the largest payload that is read, in bytes.
const maxPayload = 32 << 20

// Options is what is known of a payload besides its bytes.
type Options struct {
	Name      string              // of the capture: file name or URI
	MediaType string              // "" = recognise from content
	Captured  time.Time           // upper bound for every date; zero = none
	Hints     []recount.Candidate // what a list, feed or database says of the page
	Fetch     *recount.Fetch      // what the server said of it, nil if no server did
	Columns   map[string]string   // of a table: field -> column, as the user gave it
	Supplier  string              // who supplied it by hand, or ""
	Counted   bool                // addresses that a file lists are counted, not listed
}

// Extract returns the article in one page of HTML or plain text. An error wraps
// recount.ErrRefused and carries a hint.
func Extract(payload []byte, o Options) (recount.Article, error) {
	return extractPage(Recognise(payload, o.Name), o)
}

// extractPage is Extract for a file that was recognised.
func extractPage(f *File, o Options) (recount.Article, error) {
	payload, seen := f.Payload, f.Page
	a := recount.Article{Name: o.Name, Extractor: Extractor}
	if f.Saved != nil {
		o.Hints = document.Fact(slices.Clone(o.Hints), "url", f.Saved.Location, "MHTML Content-Location")
		if at, known := mail.Saved(payload); known && (o.Captured.IsZero() || at.Before(o.Captured)) {
			o.Captured = at // no date of the page is later
		}
		payload, o.MediaType = f.Saved.HTML, f.Saved.Media
		seen = page.MediaType(payload, o.Name)
	}
	switch {
	case len(bytes.TrimSpace(payload)) == 0:
		return a, page.Refuse("an empty file", "save the page again, or remove the file")
	case len(payload) > maxPayload:
		return a, page.Refuse(fmt.Sprintf("a page of %d MiB; the limit is %d MiB", len(payload)>>20, maxPayload>>20),
			"save the page without its pictures and scripts")
	}
	kind, declared := page.SplitMediaType(o.MediaType)
	if kind == "" || !strings.HasPrefix(seen, "text/") || !strings.HasPrefix(kind, "text/") {
		kind = seen
	}
	var err error
	switch kind {
	case "text/html":
		err = readHTML(&a, payload, declared, o)
	case "text/plain":
		err = readPlain(&a, payload, declared, o)
	case "application/warc", "application/x-arc":
		err = page.Refuse("a file of a kind that is not read ("+page.KindName(kind)+")", "it holds many pages: recount add takes them")
	default:
		err = page.Refuse("a file of a kind that is not read ("+page.KindName(kind)+")", "save the page as HTML, text or PDF and add that; of a picture or recording, type the text in: recount attach")
	}
	return a, err
}
