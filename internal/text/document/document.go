// Package document is what the readers of files that are no web pages have in
// common: a file becomes paragraphs with paths, and paragraphs become drafts of
// articles.
//
// In: nothing of its own. Out: the types Set, Draft, Paragraph, Left and Lead,
// which package text makes articles of. Limits: MaxDrafts articles and MaxLeads
// addresses a file.
package document

import (
	"time"

	"recount"
)

// MaxDrafts is the most articles that are taken out of one file.
const MaxDrafts = 100_000

// MaxLeads is the most addresses that are taken out of one file: fetched one a
// second they take half a day.
const MaxLeads = 50_000

// Options is what is known of a file besides its bytes.
type Options struct {
	Name      string            // of the capture: file name or URI
	MediaType string            // as declared, "" = unknown
	Captured  time.Time         // upper bound for every date; zero = none
	Columns   map[string]string // of a table: field -> column, as the user gave it
}

// A Set is everything that one file holds, in the order of the file.
type Set struct {
	Drafts []Draft
	Leads  []Lead   // addresses of pages that the file holds no text of
	More   int      // addresses past the first MaxLeads, which are counted only
	Left   []Left   // what is in the file and was not understood
	Notes  []string // what a reader of any of its articles should know
}

// A Draft is one article in a file, before its dates and language are settled.
type Draft struct {
	Part       string              // what tells it from the others in its file ("7", "row 12"); "" if the file is one article
	Range      string              // where in the file it stands: "paragraphs 40-71", "bytes 1200-8800", "row 12"
	Supplier   string              // whose text it is where it is not the outlet's own page: "Nexis Uni"; else ""
	Facts      []recount.Candidate // title, byline, outlet, published, modified, url, language, section, words, id, as printed, each with its origin
	Paragraphs []Paragraph         // of the text; the title is a fact and no paragraph
	Notes      []string            // what its reader should know
}

// A Paragraph is one paragraph of a file.
type Paragraph struct {
	Text string       // one line, without white space at either end
	Path string       // unique in its file: "p[12]", "line[40-44]", "page[2]/line[3-9]", "row[5]/text/p[2]"
	Role recount.Role // of an article's paragraph; Body if empty
}

// A Left is a piece of a file that was not understood. Nothing is dropped
// silently.
type Left struct {
	Where  string // "article 12", "row 40", "page 3"
	Reason string
	Hint   string // what to do next
}

// A Lead is an address of a page with what the file says of it.
type Lead struct {
	URL   string
	Range string              // where in the file: "row 12"
	File  string              // a file beside this one that holds the page, as the file names it; else ""
	Facts []recount.Candidate // as in a Draft
}

// Lead adds an address, or counts it.
func (s *Set) Lead(l Lead) {
	if len(s.Leads) == MaxLeads {
		s.More++
		return
	}
	s.Leads = append(s.Leads, l)
}

// Fact adds a fact to a list unless it has no value.
func Fact(list []recount.Candidate, field, value, origin string) []recount.Candidate {
	if value == "" {
		return list
	}
	return append(list, recount.Candidate{Field: field, Value: value, Origin: origin})
}
