package factiva

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"recount/internal/text/page"
)

// maxDepth is how deep the elements of an XML file may be nested.
const maxDepth = 64

// codeOfElement says which field an element of an article is.
var codeOfElement = map[string]string{
	"headline": "HD", "byline": "BY", "author": "BY", "credit": "CR", "wordCount": "WC", "publicationDate": "PD", "publicationTime": "ET",
	"sourceName": "SN", "sourceCode": "SC", "baseLanguage": "LA", "sectionName": "SE", "section": "SE", "columnName": "CLM", "edition": "ED",
	"volume": "VOL", "copyright": "CY", "leadParagraph": "LP", "tailParagraphs": "TD", "artWork": "ART", "art": "ART", "contact": "CT",
	"corrections": "CX", "publisherName": "PUB", "accessionNo": "AN", "pages": "PG", "notes": "NT", "reference": "RF", "region": "RE",
	"newsSubject": "NS", "industry": "IN", "company": "CO", "person": "PE", "descField": "IPC",
}

// aside lists elements that say nothing of the article.
var aside = nameSet("logo adocTOC snippet contentParts properties")

func (r *reader) readXML(payload []byte) error {
	src, note := page.Decode(payload, "")
	if note != "" {
		r.set.Notes = append(r.set.Notes, note)
	}
	announced, err := parseXML(src, r.add)
	if err != nil && r.seen == 0 {
		return err
	}
	if err != nil {
		r.left("what follows article "+itoa(r.seen), err.Error(), hint)
	}
	if announced >= 0 && announced != r.seen {
		r.left("the file", fmt.Sprintf("it announces %d articles and holds %d", announced, r.seen), hint)
	}
	return nil
}

// parseXML reads the articles of an XML file one after the other. announced is
// how many the file says it holds, -1 if it does not say.
func parseXML(src string, bear func(place string, fields []entry)) (announced int, err error) {
	d := xml.NewDecoder(strings.NewReader(src))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // src is UTF-8 by now
	announced = -1
	var stack []string
	article := 0 // depth of the article that is being read, 0 = none
	n := 0
	var place string
	var fields []entry
	var open *entry   // the field that is being read
	paragraphs := 0   // of open
	var text []string // of the paragraph that is being read
	size := 0
	end := func() {
		s := page.Tidy(strings.Join(text, ""))
		text = text[:0]
		if open == nil || s == "" {
			return
		}
		paragraphs++
		open.pieces = append(open.pieces, piece{s, fmt.Sprintf("%s/%s[%d]/p[%d]", place, open.origin, len(fields)+1, paragraphs)})
	}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return announced, page.Refuse("XML that is damaged: "+err.Error(), hint)
		}
		switch t := t.(type) {
		case xml.Directive:
			return announced, page.Refuse("XML with a document type definition", "save the articles again in Factiva")
		case xml.StartElement:
			if len(stack) >= maxDepth {
				return announced, page.Refuse(fmt.Sprintf("XML nested more than %d levels deep", maxDepth), hint)
			}
			name := t.Name.Local
			stack = append(stack, name)
			switch depth := len(stack); {
			case article == 0 && (name == "article" || name == "Article"):
				article, n, fields = depth, n+1, nil
				place = fmt.Sprintf("article[%d]", n)
			case article == 0:
				for _, a := range t.Attr {
					if a.Name.Local == "count" && strings.HasSuffix(strings.ToLower(name), "resultset") {
						fmt.Sscanf(a.Value, "%d", &announced)
					}
				}
			case depth == article+1 && !aside[name]:
				code := codeOfElement[name]
				if code == "" {
					code = name
				}
				open, paragraphs, text = &entry{code: code, origin: name}, 0, text[:0]
				for _, a := range t.Attr {
					if a.Name.Local == "code" && (code == "RE" || code == "NS" || code == "IN" || code == "CO" || code == "PE") && a.Value != "" {
						open.pieces = append(open.pieces, piece{page.Tidy(a.Value) + " :", ""})
					}
				}
			case depth == article+2 && name != "hlt" || name == "paragraph":
				end()
			}
		case xml.EndElement:
			name := t.Name.Local
			depth := len(stack)
			if depth == 0 {
				continue
			}
			stack = stack[:depth-1]
			switch {
			case article == 0:
			case depth == article:
				bear(place, joined(fields))
				article, fields, open = 0, nil, nil
			case depth == article+1:
				end()
				if open != nil && len(open.pieces) > 0 {
					fields = append(fields, *open)
				}
				open = nil
			case depth == article+2 && name != "hlt" || name == "paragraph":
				end()
			}
		case xml.CharData:
			if open != nil {
				if size += len(t); size > maxPayload {
					return announced, page.Refuse("XML with too much text", hint)
				}
				text = append(text, string(t))
			}
		}
	}
	return announced, nil
}

// joined names the origin of each field and joins what the file repeats: one
// region or subject each.
func joined(fields []entry) []entry {
	var out []entry
	at := map[string]int{}
	for _, e := range fields {
		repeats := e.code == "RE" || e.code == "NS" || e.code == "IN" || e.code == "CO" || e.code == "PE" || e.code == "IPC"
		e.origin = "Factiva element " + e.origin
		if i, ok := at[e.code]; ok && repeats {
			out[i].pieces = append(out[i].pieces, piece{"|", ""})
			out[i].pieces = append(out[i].pieces, e.pieces...)
			continue
		}
		at[e.code] = len(out)
		out = append(out, e)
	}
	return out
}

func findXML(payload []byte, path string) (string, bool) {
	src, _ := page.Decode(payload, "")
	found, ok := "", false
	// What stands before damage is found all the same, as Read found it.
	_, _ = parseXML(src, func(_ string, fields []entry) {
		for _, e := range fields {
			for _, p := range e.pieces {
				if p.path == path && path != "" {
					found, ok = p.text, true
				}
			}
		}
	})
	return found, ok
}
