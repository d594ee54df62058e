package text

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/text/address"
	"recount/internal/text/biblio"
	"recount/internal/text/document"
	"recount/internal/text/docx"
	"recount/internal/text/factiva"
	"recount/internal/text/mail"
	"recount/internal/text/metadata"
	"recount/internal/text/nexis"
	"recount/internal/text/page"
	"recount/internal/text/pdf"
	"recount/internal/text/proquest"
	"recount/internal/text/rtf"
	"recount/internal/text/table"
	"recount/internal/text/transcript"
)

// maxFile is the largest file of any format that is read, in bytes.
const maxFile = 64 << 20

// What a file holds besides articles.
type (
	Left = document.Left
	Lead = document.Lead
)

// Contents is everything that one capture holds, in its order.
type Contents struct {
	Articles []recount.Article
	Leads    []Lead // addresses of pages that it holds no text of
	Left     []Left // what was not understood
}

// A format is one kind of file that is no web page.
type format struct {
	media string // its media type; "" = that of the file that carries it
	is    func(payload []byte, name string) bool
	read  func(payload []byte, o document.Options) (document.Set, error)
	find  func(payload []byte, path string) (string, bool)
}

// formats in the order in which they are tried: the exports of news databases
// before the files that carry them.
var formats = [...]format{
	{"", factiva.Is, factiva.Read, factiva.Find},
	{"", proquest.Is, proquest.Read, proquest.Find},
	{"", nexis.Is, nexis.Read, nexis.Find},
	{"application/pdf", pdf.Is, pdf.Read, pdf.Find},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.Is, docx.Read, docx.Find},
	{"application/rtf", rtf.Is, rtf.Read, rtf.Find},
	{"message/rfc822", mail.Is, mail.Read, mail.Find},
	{"text/vtt", transcript.Is, transcript.Read, transcript.Find},
	{"application/x-research-info-systems", biblio.Is, biblio.Read, biblio.Find},
	{"text/csv", table.Is, table.Read, table.Find},
}

// markup reports whether a payload begins as HTML does: then it is no mail, no
// table and no other file that only may hold HTML.
func markup(payload []byte, name string) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(payload[:min(len(payload), 1000)], []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && page.MediaType(payload, name) == "text/html"
}

// formatOf returns the format of a payload, nil for web pages and plain text.
func formatOf(payload []byte, name string) *format {
	web := markup(payload, name)
	for i := range formats {
		if f := &formats[i]; (f.media == "" || !web) && f.is(payload, name) {
			return f
		}
	}
	return nil
}

// MediaType recognises payload from its content; name only settles what the
// content leaves open. It returns "text/html", "text/plain" or another type,
// "application/octet-stream" if nothing is recognised.
func MediaType(payload []byte, name string) string {
	if _, _, _, ok := mail.Page(payload); ok {
		return "multipart/related"
	}
	kind := page.MediaType(payload, name)
	for i := range formats {
		if !markup(payload, name) && formats[i].media != "" && formats[i].is(payload, name) {
			return formats[i].media
		}
	}
	return kind
}

// Isolated reports whether a payload is to be read in a process of its own:
// the library that reads PDF can hang and eat memory on broken files.
func Isolated(payload []byte, name string) bool { return pdf.Is(payload, name) }

// Canonical returns one address for all variants of a page's address.
func Canonical(raw string) string { return address.Canonical(raw) }

// Read returns everything that a capture holds. An error wraps
// recount.ErrRefused and carries a hint.
func Read(payload []byte, o Options) (Contents, error) {
	switch {
	case len(bytes.TrimSpace(payload)) == 0:
		return Contents{}, page.Refuse("an empty file", "save the page again, or remove the file")
	case len(payload) > maxFile:
		return Contents{}, page.Refuse(fmt.Sprintf("a file of %d MiB; the limit is %d MiB", len(payload)>>20, maxFile>>20),
			"cut it into smaller files, or leave its pictures out")
	}
	f := formatOf(payload, o.Name)
	if _, _, _, snapshot := mail.Page(payload); f == nil || snapshot {
		a, err := Extract(payload, o)
		if err != nil {
			return Contents{}, err
		}
		identify(&a, o.Name)
		return Contents{Articles: []recount.Article{a}}, nil
	}
	set, err := f.read(payload, document.Options{Name: o.Name, MediaType: o.MediaType, Captured: o.Captured, Columns: o.Columns})
	if err != nil {
		return Contents{}, err
	}
	out := Contents{Leads: set.Leads, Left: set.Left}
	parts := map[string]bool{}
	for i := range set.Drafts {
		d := &set.Drafts[i]
		a := article(d, o)
		if a.Text == "" {
			out.Left = append(out.Left, Left{Where: where(d), Reason: "no text in it", Hint: "supply its text, or leave it out"})
			continue
		}
		if parts[a.Part] {
			out.Left = append(out.Left, Left{Where: where(d), Reason: "a second part " + a.Part + " of one file", Hint: "give it a number of its own"})
			continue
		}
		parts[a.Part] = true
		a.Notes = append(a.Notes, set.Notes...)
		out.Articles = append(out.Articles, a)
	}
	return out, nil
}

// identify gives a page of the web that names no address of its own the one
// that all variants of its address share (tracking parameters, AMP, mobile
// hosts, archived copies), so that they are one page. The address as it was
// asked for stays the name of the capture.
func identify(a *recount.Article, name string) {
	low := strings.ToLower(name)
	if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
		return
	}
	own := slices.ContainsFunc(a.Metadata, func(c recount.Candidate) bool {
		return c.Field == "url" && (strings.HasPrefix(c.Origin, "link") || strings.HasPrefix(c.Origin, "meta"))
	})
	if a.URL == "" || !own {
		a.URL = address.Canonical(name)
	}
}

func where(d *document.Draft) string {
	if d.Part != "" {
		return d.Part
	}
	return "text"
}

// article makes an article of a draft.
func article(d *document.Draft, o Options) recount.Article {
	a := recount.Article{Name: o.Name, Part: d.Part, Extractor: Extractor, Notes: slices.Clone(d.Notes)}
	w := writer{a: &a}
	for _, p := range d.Paragraphs {
		if p.Text == "" {
			continue
		}
		role := p.Role
		if role == "" {
			role = recount.Body
		}
		w.block(p.Text, role, p.Path)
	}
	w.done()
	facts := document.Fact(slices.Clone(d.Facts), "range", d.Range, "file")
	facts = document.Fact(facts, "supplier", d.Supplier, "file")
	facts = document.Fact(facts, "supplier", o.Supplier, "by hand")
	metadata.Settle(&a, append(facts, o.Hints...), o.Name, o.Captured)
	return a
}

// Leads returns the addresses that a file lists, with what it says of the
// pages; none if it is no list.
func Leads(payload []byte, o Options) []Lead {
	if markup(payload, o.Name) {
		return nil
	}
	for _, f := range formats[len(formats)-2:] { // bibliographies and tables
		if f.is(payload, o.Name) {
			set, err := f.read(payload, document.Options{Name: o.Name, Columns: o.Columns})
			if err != nil {
				return nil
			}
			return set.Leads
		}
	}
	return nil
}
