package factiva

import (
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
)

// factOf says what each code of a field is a fact of.
var factOf = map[string]string{
	"HD": "title", "BY": "byline", "WC": "words", "PD": "published", "ET": "time", "SN": "outlet", "LA": "language", "SE": "section", "AN": "id",
	"CR": "credit", "SC": "source code", "NGC": "source group", "GC": "source group code", "ED": "edition", "CLM": "column", "PG": "pages",
	"VOL": "volume", "CY": "copyright", "RF": "reference", "CO": "companies", "IN": "industries", "NS": "subjects", "RE": "regions",
	"IPC": "publisher's codes", "IPD": "publisher's terms", "PUB": "publisher", "CT": "contact", "CX": "correction", "RST": "restriction",
	"DL": "dateline", "URL": "url", "NT": "notes", "PE": "persons",
}

// A piece is one run of text of a file and where it stands.
type piece struct{ text, path string }

// An entry is one field of an article.
type entry struct {
	code   string // as in factOf; LP and TD hold the text, ART its captions
	origin string // "Factiva field HD"
	pieces []piece
}

func (e entry) value() string {
	var s []string
	for _, p := range e.pieces {
		if p.text != "" {
			s = append(s, p.text)
		}
	}
	return strings.Join(s, " ")
}

// add makes a draft of the fields of one article, or says why there is none.
// place is where the article stands in the file.
func (r *reader) add(place string, fields []entry) {
	if r.seen++; r.seen > document.MaxDrafts {
		return
	}
	part := strconv.Itoa(r.seen)
	d := document.Draft{Part: part, Range: place, Supplier: supplier}
	var printed, clock, title, id string
	var all []string
	for _, e := range fields {
		v := e.value()
		if v == "" {
			continue
		}
		all = append(all, v)
		field := factOf[e.code]
		switch e.code {
		case "LP", "TD", "ART":
			for _, p := range e.pieces {
				q := document.Paragraph{Text: p.text, Path: p.path}
				if e.code == "ART" {
					q.Role = recount.Caption
				}
				if q.Text != "" {
					d.Paragraphs = append(d.Paragraphs, q)
				}
			}
			continue
		case "AN":
			if n, ok := number(v); ok {
				v = n
			}
			id = v
		case "HD":
			title = v
		case "PD":
			printed = v
		case "ET":
			clock = v
		case "CX":
			d.Notes = append(d.Notes, "Factiva prints a correction: "+excerpt(v))
		}
		if field == "" {
			field = strings.ToLower(e.code)
			r.strange(e.code, part, v)
		}
		d.Facts = document.Fact(d.Facts, field, v, e.origin)
	}
	if day, ok := isoDay(printed); ok {
		if t, ok := isoClock(clock); ok {
			d.Facts = document.Fact(d.Facts, "published", day+"T"+t, "Factiva date and time, in ISO 8601")
		} else if day != printed {
			d.Facts = document.Fact(d.Facts, "published", day, "Factiva date, in ISO 8601")
		}
	}
	where := "article " + part
	name := "\"" + excerpt(title) + "\""
	if id != "" {
		name += " (" + id + ")"
	}
	switch body := hasBody(d); {
	case len(all) == 0:
		r.left(where, "an article without anything in it", hint)
		return
	case title == "" && !body:
		r.left(where, "neither headline nor text: "+excerpt(strings.Join(all, " ")), hint)
		return
	case !body:
		r.left(where, "a document without text: "+name, "look it up by its number in Factiva; it may be a picture, a PDF or withdrawn")
		return
	case title == "":
		d.Notes = append(d.Notes, "no headline in the file")
	}
	r.set.Drafts = append(r.set.Drafts, d)
}

func hasBody(d document.Draft) bool {
	for _, p := range d.Paragraphs {
		if p.Role != recount.Caption {
			return true
		}
	}
	return false
}

// mostStrange is how many different fields that are not known are listed.
const mostStrange = 50

// strange remembers a field that is not known.
func (r *reader) strange(code, part, value string) {
	if s := r.unknown[code]; s != nil {
		s.times++
		return
	}
	if len(r.codes) >= mostStrange {
		return
	}
	if r.unknown == nil {
		r.unknown = map[string]*sighting{}
	}
	r.unknown[code] = &sighting{first: "article " + part, value: value, times: 1}
	r.codes = append(r.codes, code)
}

// isCode reports whether s is written like the code of a field.
func isCode(s string) bool {
	if len(s) < 2 || len(s) > 3 {
		return false
	}
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}
