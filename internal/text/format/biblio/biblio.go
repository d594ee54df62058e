// Package biblio reads lists of references as Zotero and other reference
// managers write them: CSL-JSON (and Zotero's own JSON), RIS and BibTeX or
// BibLaTeX.
//
// In: the bytes of one file. Out: a document.Set of leads, one for each record
// that names an address or an attached file. A record with neither is left with
// its number. Such a file holds no text of articles, so Find finds nothing.
//
// Method: the form is told by content. Facts keep the words of the record; only
// what belongs to the syntax is undone: the order of names ("Quill, Ada"), dates
// in parts, LaTeX commands. A date is written as far as it is known, so that a
// year stays a year. Records of every type are taken.
//
// Limits: payloads of maxPayload; see the constants. BibTeX's crossref is not
// followed, and an attachment is named as the record names it and not opened.
package biblio

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// Limits of what is read.
const (
	maxPayload = 32 << 20 // bytes
	maxRecords = document.MaxDrafts
	maxFact    = 2000     // bytes of one fact
	maxValues  = 200      // values of one field of a record
	maxLeft    = 1000     // records that are named one by one; the others are counted
	sampled    = 64 << 10 // bytes that decide on the form
	maxWasted  = 64 << 20 // bytes looked through for ends that are not there
)

// A form is one way to write references.
type form int

const (
	none form = iota
	csl
	ris
	bibtex
)

// Is reports whether payload is a list of references. The name settles nothing.
func Is(payload []byte, _ string) bool { return formOf(payload) != none }

// formOf tells the form by content.
func formOf(payload []byte) form {
	head := payload[:min(len(payload), sampled)]
	if len(bytes.TrimSpace(head)) == 0 || page.Binary(head) {
		return none
	}
	src, _ := page.Decode(head, "")
	start := strings.TrimLeft(src, " \t\r\n")
	switch {
	case start == "":
		return none
	case start[0] == '[' || start[0] == '{':
		if isCSL(start) {
			return csl
		}
	case isRIS(start):
		return ris
	case isBibTeX(start):
		return bibtex
	}
	return none
}

// Read returns the records. An error wraps recount.ErrRefused.
func Read(payload []byte, _ document.Options) (document.Set, error) {
	var r reader
	if len(payload) > maxPayload {
		return r.set, page.Refuse(fmt.Sprintf("a list of references of %d MiB; the limit is %d MiB", len(payload)>>20, maxPayload>>20), "export it in several parts")
	}
	kind := formOf(payload)
	if kind == none {
		return r.set, page.Refuse("no list of references that can be read here", "export it as CSL-JSON, RIS or BibTeX")
	}
	src, note := page.Decode(payload, "")
	if note != "" {
		r.set.Notes = append(r.set.Notes, note)
	}
	src = strings.ReplaceAll(src, "\r\n", "\n")
	if strings.IndexByte(src, '\n') < 0 {
		src = strings.ReplaceAll(src, "\r", "\n")
	}
	switch kind {
	case csl:
		r.readCSL(src)
	case ris:
		r.readRIS(src)
	case bibtex:
		r.readBibTeX(src)
	}
	if r.unnamed > 0 {
		r.set.Left = append(r.set.Left, document.Left{Where: fmt.Sprintf("%d more records", r.unnamed),
			Reason: fmt.Sprintf("as the %d before", maxLeft), Hint: "put those right first and add the file again"})
	}
	if len(r.set.Leads) == 0 && len(r.set.Left) == 0 {
		return r.set, page.Refuse("a list of references without records", "export it again")
	}
	return r.set, nil
}

// Find returns the text of a paragraph; references hold none.
func Find([]byte, string) (string, bool) { return "", false }

// A record is one reference: what it says, in the order in which it counts.
type record struct {
	where  string   // "record 3, lines 40-61"
	format string   // "RIS", for origins
	urls   []value  // best first
	files  []string // as written
	facts  []recount.Candidate
}

// A value is a text and the field of the file that holds it.
type value struct{ text, field string }

// fact adds a fact to the record unless it says so already.
func (r *record) fact(field, text, origin string) {
	if len(text) > maxFact {
		text = strings.ToValidUTF8(text[:maxFact], "")
	}
	text = page.Tidy(text)
	if slices.ContainsFunc(r.facts, func(c recount.Candidate) bool { return c.Field == field && c.Value == text }) {
		return
	}
	r.facts = document.Fact(r.facts, field, text, r.format+" "+origin)
}

// published adds a date unless a fuller one of the same year or month is there.
func (r *record) published(date, origin string) {
	if date = page.Tidy(date); date == "" {
		return
	}
	for _, c := range r.facts {
		if c.Field == "published" && strings.HasPrefix(c.Value, date) {
			return
		}
	}
	r.fact("published", date, origin)
}

// byline adds the authors as one line, "A, B and C".
func (r *record) byline(names []string, origin string) {
	names = slices.DeleteFunc(names, func(s string) bool { return s == "" })
	switch n := len(names); n {
	case 0:
	case 1:
		r.fact("byline", names[0], origin)
	default:
		r.fact("byline", strings.Join(names[:n-1], ", ")+" and "+names[n-1], origin)
	}
}

// A reader fills a set from records.
type reader struct {
	set     document.Set
	records int
	unnamed int
}

// full reports whether no further record is read, and says so once.
func (r *reader) full() bool {
	if r.records < maxRecords {
		return false
	}
	if r.records == maxRecords {
		r.records++
		r.left(fmt.Sprintf("everything after record %d", maxRecords), "more records than are read from one file", "export it in several parts")
	}
	return true
}

// left adds a record that was not understood.
func (r *reader) left(where, reason, hint string) {
	if len(r.set.Left) >= maxLeft {
		r.unnamed++
		return
	}
	r.set.Left = append(r.set.Left, document.Left{Where: where, Reason: reason, Hint: hint})
}

// add makes a lead of a record.
func (r *reader) add(rec *record) {
	lead := document.Lead{Range: rec.where}
	title := ""
	for _, c := range rec.facts {
		if c.Field == "title" {
			title = c.Value
			break
		}
	}
	for _, v := range rec.urls {
		for _, u := range addresses(v.text) {
			if lead.URL == "" {
				lead.URL = u
			}
			rec.fact("url", u, v.field)
		}
	}
	slices.SortStableFunc(rec.files, func(a, b string) int { return cmp.Compare(fileRank(a), fileRank(b)) })
	rec.files = slices.Compact(rec.files)
	if len(rec.files) > 0 {
		lead.File = rec.files[0]
		for _, f := range rec.files[1:] {
			rec.fact("file", f, "attachment")
		}
	}
	if lead.URL == "" && lead.File == "" {
		reason := "neither an address nor a file beside it"
		if title != "" {
			if utf8.RuneCountInString(title) > 80 {
				title = string([]rune(title)[:80]) + "..."
			}
			reason += fmt.Sprintf(" (%q)", title)
		}
		r.left(rec.where, reason, "add the article itself, or put its address into the record")
		return
	}
	lead.Facts = rec.facts
	r.set.Lead(lead)
}

// fileRank orders the attachments of a record: pages, then PDF, then the rest.
func fileRank(name string) int {
	name = strings.ToLower(name)
	for rank, endings := range [][]string{{".html", ".htm", ".xhtml", ".mhtml"}, {".pdf"}} {
		for _, e := range endings {
			if strings.HasSuffix(name, e) {
				return rank
			}
		}
	}
	return 2
}

// maxAddress is the longest web address that is taken, in bytes.
const maxAddress = 8 << 10

// webAddress reports whether s begins as an address of the web does.
func webAddress(s string) bool {
	return len(s) > 10 && (strings.EqualFold(s[:7], "http://") || strings.EqualFold(s[:8], "https://"))
}

// addresses returns the web addresses in a value that holds one or several.
func addresses(s string) []string {
	var out []string
	for f := range strings.FieldsSeq(s) {
		f = strings.TrimRight(strings.Trim(f, "<>\""), ";,")
		if strings.HasPrefix(f, "www.") {
			f = "https://" + f
		}
		for part := range strings.SplitSeq(strings.ReplaceAll(f, ";http", " http"), " ") {
			if webAddress(part) && len(part) <= maxAddress && len(out) < maxValues {
				out = append(out, page.Tidy(part))
			}
		}
	}
	return out
}

// natural turns "Quill, Ada" and "Oar, Ben, Jr." into the order of speech.
func natural(name string) string {
	parts := strings.SplitN(name, ",", 3)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	switch {
	case len(parts) == 3:
		return strings.TrimSpace(parts[1] + " " + parts[0] + " " + parts[2])
	case len(parts) == 2:
		return strings.TrimSpace(parts[1] + " " + parts[0])
	}
	return strings.TrimSpace(name)
}

// isoOf writes year, month and day as far as they are known, or "".
func isoOf(year, month, day int) string {
	if year < 1000 {
		return ""
	}
	for _, parts := range [...][2]int{{month, day}, {month, 0}} {
		if d, ok := recount.NewDate(year, parts[0], parts[1]); ok {
			return d.String()
		}
	}
	d, _ := recount.NewDate(year, 0, 0)
	return d.String()
}
