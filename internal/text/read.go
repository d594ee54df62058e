package text

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/text/address"
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
	"recount/internal/text/metadata"
	"recount/internal/text/page"
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
	{"", europresse.Is, europresse.Read, europresse.Find},
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
	if page.Archive(payload) != "" {
		return nil // its headers look like many things
	}
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
	if inside := carried(payload, o.Name, f); len(inside) > 0 {
		set, err := readCarried(inside, o)
		if err != nil {
			return Contents{}, err
		}
		return contents(set, o), nil
	}
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
	return contents(set, o), nil
}

// contents makes articles of drafts.
func contents(set document.Set, o Options) Contents {
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
	return out
}

// A carriedFile is the export of a news database inside a mail.
type carriedFile struct {
	mail.Carried
	*format
}

// databases is how many of the formats are exports of news databases.
const databases = 4

// carried returns the exports of news databases that a mail brings.
func carried(payload []byte, name string, f *format) (out []carriedFile) {
	if f == nil || f.media != "message/rfc822" || !mail.Mailed(payload) {
		return nil
	}
	for _, c := range mail.Carries(payload) {
		for i := range formats[:databases] {
			if g := &formats[i]; g.is(c.Body, c.Name) {
				out = append(out, carriedFile{c, g})
				break
			}
		}
	}
	return out
}

// readCarried reads the exports that a mail brings. Their paths begin with the
// part of the mail.
func readCarried(inside []carriedFile, o Options) (all document.Set, err error) {
	for _, c := range inside {
		set, e := c.read(c.Body, document.Options{Name: c.Name, Captured: o.Captured})
		if e != nil {
			if err == nil {
				err = e
			}
			all.Left = append(all.Left, Left{Where: "part " + c.Number, Reason: strings.TrimSuffix(e.Error(), ": "+recount.ErrRefused.Error()), Hint: recount.HintOf(e)})
			continue
		}
		for _, d := range set.Drafts {
			for i := range d.Paragraphs {
				d.Paragraphs[i].Path = "part[" + c.Number + "]!" + d.Paragraphs[i].Path
			}
			if len(inside) > 1 {
				d.Part = strings.TrimSuffix(c.Number+"/"+d.Part, "/")
			}
			d.Range = strings.TrimSuffix("part "+c.Number+" of the mail, "+d.Range, ", ")
			all.Drafts = append(all.Drafts, d)
		}
		all.Left = append(all.Left, set.Left...)
		all.Leads = append(all.Leads, set.Leads...)
		all.Notes = append(all.Notes, set.Notes...)
	}
	if len(all.Drafts) > 0 || len(all.Left) > 0 && err == nil {
		err = nil
	}
	return all, err
}

// findCarried returns the text at a path into a file that a mail brings.
func findCarried(payload []byte, name, path string) (string, bool) {
	number, rest, ok := strings.Cut(strings.TrimPrefix(path, "part["), "]!")
	if !ok {
		return "", false
	}
	for _, c := range carried(payload, name, formatOf(payload, name)) {
		if c.Number == number {
			return c.find(c.Body, rest)
		}
	}
	return "", false
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
