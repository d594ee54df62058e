package biblio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"recount/internal/pattern"
)

var (
	cslIssued = pattern.New(`"(?:issued|container-title|citation-key|accessed)"\s*:`)
	cslType   = pattern.New(`"type"\s*:\s*"(?:article|article-\w+|webpage|post|post-weblog|broadcast|report|chapter|book|interview|motion_picture|song|speech|thesis|document|entry|legislation|manuscript|personal_communication|software|paper-conference|legal_case|bill|review|periodical|entry-\w+)"`)
	zoteroKey = pattern.New(`"itemType"\s*:\s*"[a-zA-Z]+"`)
)

// maxRaw is the largest value of a record that is taken apart, in bytes.
const maxRaw = 256 << 10

// isCSL reports whether the beginning of JSON is CSL-JSON or Zotero's JSON.
func isCSL(start string) bool {
	after := strings.TrimLeft(start[1:], " \t\r\n")
	if after == "" || after[0] != '{' && after[0] != '"' {
		return false
	}
	return zoteroKey.MatchString(start) || cslType.MatchString(start) && cslIssued.MatchString(start)
}

// An item is one record of CSL-JSON, or of Zotero's own JSON. Programs disagree
// about the types of many fields, so that all are read as they come.
type item struct {
	Type                json.RawMessage `json:"type"`
	ItemType            json.RawMessage `json:"itemType"`
	ID                  json.RawMessage `json:"id"`
	Key                 json.RawMessage `json:"key"`
	CitationKey         json.RawMessage `json:"citation-key"`
	Title               json.RawMessage `json:"title"`
	ContainerTitle      json.RawMessage `json:"container-title"`
	ContainerTitleShort json.RawMessage `json:"container-title-short"`
	PublicationTitle    json.RawMessage `json:"publicationTitle"`
	WebsiteTitle        json.RawMessage `json:"websiteTitle"`
	BlogTitle           json.RawMessage `json:"blogTitle"`
	ProgramTitle        json.RawMessage `json:"programTitle"`
	Publisher           json.RawMessage `json:"publisher"`
	URL                 json.RawMessage `json:"url"` // any case
	DOI                 json.RawMessage `json:"doi"`
	Issued              json.RawMessage `json:"issued"`
	Date                json.RawMessage `json:"date"`
	Accessed            json.RawMessage `json:"accessed"`
	AccessDate          json.RawMessage `json:"accessDate"`
	Author              json.RawMessage `json:"author"`
	Creators            json.RawMessage `json:"creators"`
	Language            json.RawMessage `json:"language"`
	Section             json.RawMessage `json:"section"`
	Edition             json.RawMessage `json:"edition"`
	Page                json.RawMessage `json:"page"`
	Pages               json.RawMessage `json:"pages"`
	Abstract            json.RawMessage `json:"abstract"`
	AbstractNote        json.RawMessage `json:"abstractNote"`
	Genre               json.RawMessage `json:"genre"`
	Source              json.RawMessage `json:"source"`
	LibraryCatalog      json.RawMessage `json:"libraryCatalog"`
	Archive             json.RawMessage `json:"archive"`
	File                json.RawMessage `json:"file"`
	Attachments         json.RawMessage `json:"attachments"`
	Data                *item           `json:"data"` // around a record of Zotero's server
}

// readCSL reads the records of an array, or of the member "items" of an object.
func (r *reader) readCSL(src string) {
	src = strings.TrimSpace(src)
	dec := json.NewDecoder(strings.NewReader(src))
	broken := func(err error) {
		reason := "the JSON breaks off here"
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			reason = fmt.Sprintf("broken JSON near byte %d", dec.InputOffset())
		}
		r.left(fmt.Sprintf("item %d and what follows", r.records+1), reason, "export it again")
	}
	if src[0] == '{' {
		if !items(dec) {
			dec = json.NewDecoder(strings.NewReader(src))
			r.objects(dec, broken)
			return
		}
	} else {
		dec.Token()
	}
	for dec.More() {
		if !r.object(dec, broken) {
			return
		}
	}
	if _, err := dec.Token(); err != nil {
		broken(err)
	}
}

// items moves dec into the array that the member "items" of an object is.
func items(dec *json.Decoder) bool {
	dec.Token()
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return false
		}
		if key == "items" {
			t, err := dec.Token()
			return err == nil && t == json.Delim('[')
		}
		var skipped struct{}
		if err := dec.Decode(&skipped); err != nil && !typeError(err) {
			return false
		}
	}
	return false
}

// objects reads records that stand one after the other.
func (r *reader) objects(dec *json.Decoder, broken func(error)) {
	for dec.More() {
		if !r.object(dec, broken) {
			return
		}
	}
}

func typeError(err error) bool {
	var t *json.UnmarshalTypeError
	return errors.As(err, &t)
}

// object reads one record; false means that nothing more can be read.
func (r *reader) object(dec *json.Decoder, broken func(error)) bool {
	if r.full() {
		return false
	}
	var it item
	err := dec.Decode(&it)
	if err != nil && !typeError(err) {
		if err != io.EOF {
			broken(err)
		}
		return false
	}
	r.records++
	where := fmt.Sprintf("item %d", r.records)
	if err != nil {
		r.left(where, "no record", "export it again")
		return true
	}
	if it.Data != nil {
		it = *it.Data
	}
	r.item(where, &it)
	return true
}

// item adds one record.
func (r *reader) item(where string, it *item) {
	kind := text(it.ItemType)
	rec := &record{where: where, format: "CSL-JSON"}
	if kind != "" {
		rec.format = "Zotero"
		if kind == "attachment" || kind == "note" || kind == "annotation" {
			if path := text(it.File); path == "" && text(it.URL) == "" {
				r.left(where, "a "+kind+" without a record", "nothing, if its record is in the list")
				return
			}
		}
	} else {
		kind = text(it.Type)
	}
	rec.fact("title", text(it.Title), "title")
	rec.byline(people(it.Author), "author")
	rec.byline(people(it.Creators), "creators")
	outlets := []struct {
		raw  json.RawMessage
		name string
	}{
		{it.ContainerTitle, "container-title"}, {it.PublicationTitle, "publicationTitle"}, {it.WebsiteTitle, "websiteTitle"},
		{it.BlogTitle, "blogTitle"}, {it.ProgramTitle, "programTitle"}, {it.ContainerTitleShort, "container-title-short"}, {it.Publisher, "publisher"},
	}
	for _, o := range outlets {
		rec.fact("outlet", text(o.raw), o.name)
	}
	rec.published(date(it.Issued), "issued")
	rec.published(date(it.Date), "date")
	rec.fact("collected", date(it.Accessed), "accessed")
	rec.fact("collected", date(it.AccessDate), "accessDate")
	rec.fact("language", text(it.Language), "language")
	rec.fact("section", text(it.Section), "section")
	rec.fact("edition", text(it.Edition), "edition")
	rec.fact("page", text(it.Page), "page")
	rec.fact("page", text(it.Pages), "pages")
	rec.fact("abstract", text(it.Abstract), "abstract")
	rec.fact("abstract", text(it.AbstractNote), "abstractNote")
	rec.fact("kind", text(it.Genre), "genre")
	rec.fact("database", text(it.Source), "source")
	rec.fact("database", text(it.LibraryCatalog), "libraryCatalog")
	rec.fact("database", text(it.Archive), "archive")
	rec.fact("doi", text(it.DOI), "DOI")
	for _, id := range []json.RawMessage{it.CitationKey, it.ID, it.Key} {
		if s := text(id); s != "" {
			rec.fact("id", s, "id")
			break
		}
	}
	rec.fact("type", kind, "type")
	rec.urls = []value{{text(it.URL), "URL"}}
	for f := range strings.SplitSeq(text(it.File), ";") {
		if f = strings.TrimSpace(f); f != "" && len(rec.files) < maxValues {
			rec.files = append(rec.files, f)
		}
	}
	var list []struct{ Path, LocalPath json.RawMessage }
	if len(it.Attachments) <= maxRaw && json.Unmarshal(it.Attachments, &list) == nil {
		for _, a := range list[:min(len(list), maxValues)] {
			for _, raw := range []json.RawMessage{a.Path, a.LocalPath} {
				if p := text(raw); p != "" {
					rec.files = append(rec.files, p)
					break
				}
			}
		}
	}
	r.add(rec)
}

// text returns a string or a number, or "".
func text(raw json.RawMessage) string {
	if len(raw) == 0 || len(raw) > maxRaw || raw[0] == '{' || raw[0] == '[' {
		// A list of one, as Crossref writes titles.
		var list []string
		if len(raw) > 0 && len(raw) <= maxRaw && raw[0] == '[' && json.Unmarshal(raw, &list) == nil && len(list) > 0 {
			return list[0]
		}
		return ""
	}
	if raw[0] == '"' {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return s
	}
	if s := string(raw); s != "null" && s != "true" && s != "false" {
		return s
	}
	return ""
}

// people returns the names of authors in the order of speech.
func people(raw json.RawMessage) []string {
	if s := text(raw); s != "" {
		return []string{s}
	}
	var list []struct {
		Family, Given, Literal, Name, FirstName, LastName, Suffix, CreatorType string

		Particle string `json:"non-dropping-particle"`
		Dropping string `json:"dropping-particle"`
	}
	if len(raw) > maxRaw {
		return nil
	}
	if raw = bytes.TrimSpace(raw); len(raw) > 0 && raw[0] == '{' {
		raw = slices.Concat([]byte("["), raw, []byte("]")) // a single author without the list
	}
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	var out []string
	for _, p := range list[:min(len(list), maxValues)] {
		switch p.CreatorType {
		case "", "author", "reporter", "podcaster", "director", "presenter", "interviewee":
		default:
			continue
		}
		if p.Literal+p.Name != "" {
			out = append(out, p.Literal+p.Name)
			continue
		}
		out = append(out, strings.Join(strings.Fields(strings.Join([]string{
			p.Given, p.FirstName, p.Dropping, p.Particle, p.Family, p.LastName, p.Suffix}, " ")), " "))
	}
	return out
}

// date returns a date of CSL as ISO 8601 as far as it is known, else as
// printed.
func date(raw json.RawMessage) string {
	if s := text(raw); s != "" {
		return s
	}
	var d struct {
		Parts   json.RawMessage `json:"date-parts"`
		Raw     json.RawMessage `json:"raw"`
		Literal json.RawMessage `json:"literal"`
	}
	if len(raw) > maxRaw || json.Unmarshal(raw, &d) != nil {
		return ""
	}
	var parts [][]json.RawMessage
	if json.Unmarshal(d.Parts, &parts) == nil && len(parts) > 0 {
		var n [3]int
		for i, p := range parts[0][:min(len(parts[0]), 3)] {
			v, err := strconv.Atoi(text(p))
			if err != nil {
				break
			}
			n[i] = v
		}
		if iso := isoOf(n[0], n[1], n[2]); iso != "" {
			return iso
		}
	}
	if s := text(d.Raw); s != "" {
		return s
	}
	return text(d.Literal)
}
