package recount

import (
	"cmp"
	"slices"
	"strings"
)

// An Article is the text and metadata taken out of a capture. Text is valid
// UTF-8 with LF line ends, no BOM and no NUL; its blocks are separated by one
// LF each.
type Article struct {
	Key       Key
	Capture   Key
	Name      string // of the capture
	Part      string // of a file that holds several articles, else ""
	Extractor string // name and version of what made Text

	URL       string // canonical URL as the page states it, or ""
	Title     string
	Byline    string   // as printed
	Authors   []string // parsed from the byline
	Outlet    string
	Published string    // ISO 8601, cut to its precision: "2014-05-14T09:20:00+02:00", "2014-05-14", "2014-05"
	Precision Precision // of Published, "" if it is unknown
	DateFlag  string    // why Published needs a look ("origins disagree: ..."), or ""
	Dates     []Candidate
	Metadata  []Candidate // every other candidate with its origin; Field says of what
	Language  string      // ISO 639-1, or ""
	Text      string
	Blocks    []Block
	Notes     []string // what the reader of this article should know ("two extractors disagree")
	Decided   []string // what people decided in the place of what was read: "day of publication", "title"
}

// ArticleKey returns the key of the article in part of a capture.
func ArticleKey(capture Key, part string) Key { return KeyOf("article", string(capture), part) }

// Page returns the name that all versions of one article share: its canonical
// URL, else the file name and part.
func (a *Article) Page() string {
	switch {
	case a.URL != "":
		return a.URL
	case a.Part != "":
		return a.Name + "#" + a.Part
	}
	return a.Name
}

// Said returns the first value that the metadata hold for a field, or "".
func (a *Article) Said(field string) string {
	for _, c := range a.Metadata {
		if c.Field == field {
			return c.Value
		}
	}
	return ""
}

// Supplier returns who supplied the text where that is not the outlet itself
// ("Nexis Uni", "typed in by ..."), or "".
func (a *Article) Supplier() string { return a.Said("supplier") }

// Date returns the date of publication.
func (a *Article) Date() Date { return DateOf(a.Published) }

// Day returns the day of publication as YYYY-MM-DD, or "" if no day is known.
func (a *Article) Day() string {
	if d := a.Date(); d.Day() != 0 {
		return d.String()
	}
	return ""
}

// HoldsLittle opens the note of an article that holds less than half of the
// running text on its page.
const HoldsLittle = "the article holds "

// Care says why an article is to be read with care, or "": it holds little of
// its page, so whoever speaks in the rest was not read.
func (a *Article) Care() string {
	for _, n := range a.Notes {
		if strings.HasPrefix(n, HoldsLittle) {
			short, _, _ := strings.Cut(n, ";")
			return short
		}
	}
	return ""
}

// When returns the day of publication, or the month or year if no day is known.
func (a *Article) When() string { return a.Date().String() }

// Masthead says in which paper and when an article stood, as far as both are
// known: "Harbour Post, 2014-05-14". Of neither it says what the page is called.
func (a *Article) Masthead() string {
	parts := slices.DeleteFunc([]string{a.Outlet, a.When()}, func(s string) bool { return s == "" })
	return cmp.Or(strings.Join(parts, ", "), a.Page())
}

// Precision says how exactly a date is known.
type Precision string

const (
	ToMinute Precision = "minute"
	ToDay    Precision = "day"
	ToMonth  Precision = "month"
	ToYear   Precision = "year"
)

// A Candidate is one value that a page offers for a field of its metadata.
type Candidate struct {
	Field  string `json:"field,omitempty"` // "published", "modified", "title", "byline", "outlet", "url", "supplier", "range"
	Value  string `json:"value"`
	Origin string `json:"origin"` // "json-ld datePublished", "og:title", "url", "time[datetime]"
}

// A Block is a piece of an article with its role and its place in the page.
type Block struct {
	Span Span
	Role Role
	Path string // into the parsed page: "/html[1]/body[1]/div[2]/p[3]"
}

// Role says what a block or a sentence is for.
type Role string

const (
	Body      Role = "body"
	Headline  Role = "headline"
	Subhead   Role = "subhead"
	Byline    Role = "byline"
	Dateline  Role = "dateline"
	Caption   Role = "caption"
	PullQuote Role = "pull_quote"
	Fragment  Role = "fragment"
	Related   Role = "related"
	Comment   Role = "comment"
	OffTopic  Role = "off_topic"
)

// RoleAt returns the role of the block that holds byte offset b, or "".
func (a *Article) RoleAt(b int) Role {
	lo, hi := 0, len(a.Blocks)
	for lo < hi {
		if m := (lo + hi) / 2; a.Blocks[m].Span.End <= b {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(a.Blocks) && a.Blocks[lo].Span.Start <= b {
		return a.Blocks[lo].Role
	}
	return ""
}
