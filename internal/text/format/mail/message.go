package mail

import (
	"fmt"
	"path"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// A reader collects what one message says.
type reader struct {
	set      *document.Set
	draft    document.Draft
	prefix   string // of every path
	texts    []inner
	passed   *part // the first mail that is attached whole
	attached []*part
	pictures int
	signed   int // lines of signatures that were left out
	units    []unit
	seen     map[string]int // paths so far
}

// An inner is one text with the mail that it is of: nil is the message itself.
type inner struct {
	*part
	of *part
}

// message reads one message.
func (r *reader) message(b []byte) error {
	left := maxParts
	root := parsePart(pastEnvelope(b), "", 0, &left)
	if len(root.header) == 0 {
		return page.Refuse("a mail without a header", "save the mail again from the mail program")
	}
	switch {
	case root.kind == "multipart/encrypted", root.kind == "application/pkcs7-mime" && !strings.Contains(root.params["smime-type"], "signed"):
		return page.Refuse("an encrypted mail", "open it in the mail program and save its text")
	}
	r.collect(root, nil)
	for _, p := range r.texts {
		r.text(p)
	}
	if passed, by := r.passedOn(); passed != nil {
		r.facts(passed, by)
		r.draft.Notes = append(r.draft.Notes, "the mail passes on another one, whose title, sender and date come first")
	}
	r.facts(root.header, "mail")
	r.write()
	r.byline()
	if root.header.get("date") != "" {
		r.draft.Notes = append(r.draft.Notes, "the date is when the mail was sent; an article in it may be older")
	}
	if r.signed > 0 {
		r.draft.Notes = append(r.draft.Notes, fmt.Sprintf("a signature of %d lines was left out", r.signed))
	}
	r.list()
	if len(r.draft.Paragraphs) > 0 {
		return nil
	}
	hint := "open the mail and save the article in it"
	if len(r.attached) > 0 {
		hint = "save the attachment and add it"
	}
	return page.Refuse("a mail without text", hint)
}

// collect finds the parts that are read, in their order, and those that are
// listed.
func (r *reader) collect(p, of *part) {
	switch {
	case p.skipped > 0:
		r.left("part "+p.number, fmt.Sprintf("%d parts beyond what is read of one mail", p.skipped), "save them from the mail program and add them")
	}
	switch {
	case p.kind == "multipart/alternative":
		if best := alternative(p.parts); best != nil {
			r.collect(best, of)
		}
		for _, k := range p.parts { // what only an alternative holds
			if k.attached() {
				r.attached = append(r.attached, k)
			}
		}
	case p.kind == "message/rfc822" && len(p.parts) > 0:
		if r.passed == nil {
			r.passed = p.parts[0]
		}
		r.collect(p.parts[0], p.parts[0])
	case len(p.parts) > 0:
		for _, k := range p.parts {
			r.collect(k, of)
		}
	case p.attached():
		r.attached = append(r.attached, p)
	case (p.kind == "text/plain" || p.kind == "text/html" || p.kind == "text/enriched") && (p.filename() == "" || p.number == ""):
		r.texts = append(r.texts, inner{p, of})
	case strings.HasPrefix(p.kind, "image/"):
		r.pictures++
	case p.kind == "application/pgp-signature", p.kind == "application/pkcs7-signature", p.kind == "application/x-pkcs7-signature",
		p.kind == "message/delivery-status", p.kind == "text/x-amp-html":
	case len(p.body) > 0:
		r.attached = append(r.attached, p)
	}
}

// alternative picks the richest of several forms of one text: HTML unless it
// has no text.
func alternative(parts []*part) *part {
	var plain, rich *part
	for _, p := range parts {
		switch {
		case p.attached(), p.kind == "text/x-amp-html", p.kind == "text/calendar":
		case p.kind == "text/plain" || p.kind == "text/enriched":
			if plain == nil {
				plain = p
			}
		case holdsHTML(p):
			rich = p
		case rich == nil && len(p.parts) > 0:
			rich = p
		}
	}
	if rich == nil || plain != nil && !hasText(rich) {
		return plain
	}
	return rich
}

// holdsHTML reports whether p is HTML, or HTML with its pictures.
func holdsHTML(p *part) bool {
	if p.kind == "text/html" {
		return true
	}
	for _, k := range p.parts {
		if holdsHTML(k) {
			return true
		}
	}
	return false
}

// hasText reports whether the HTML in p shows any words.
func hasText(p *part) bool {
	if p.kind == "text/html" {
		doc, err := page.Parse(p.text())
		return err == nil && len(page.Pieces(doc)) > 0
	}
	for _, k := range p.parts {
		if hasText(k) {
			return true
		}
	}
	return p.kind == "text/plain" && strings.TrimSpace(string(p.body)) != ""
}

// list writes down what is attached.
func (r *reader) list() {
	for _, p := range r.attached {
		name := p.filename()
		if name == "" {
			name = "part " + p.number
		}
		kind := p.kind
		if kind == "application/octet-stream" || kind == "" {
			kind = page.MediaType(p.body, name)
		}
		if strings.HasPrefix(kind, "image/") {
			r.pictures++
			continue
		}
		reason, hint := page.KindName(kind)+" attached to the mail is not read with it", "save the attachment and add it"
		switch {
		case kind == "application/ms-tnef" || strings.EqualFold(path.Base(name), "winmail.dat"):
			reason, hint = "attachments in Outlook's own wrapping", "open the mail in Outlook, save the attachments and add them"
		case kind == "text/calendar", kind == "text/vcard", kind == "text/x-vcard":
			reason, hint = "an appointment or visiting card, no article", "nothing needs to be done"
		}
		r.left("attachment "+name, reason, hint)
	}
	if r.pictures > 0 {
		r.draft.Notes = append(r.draft.Notes, fmt.Sprintf("%d pictures in the mail were left out", r.pictures))
	}
}

func (r *reader) left(where, reason, hint string) {
	if r.draft.Part != "" {
		where = "mail " + r.draft.Part + ", " + strings.TrimPrefix(where, "mail "+r.draft.Part)
		where = strings.TrimSuffix(where, ", ")
	}
	if len(r.set.Left) < maxLeft {
		r.set.Left = append(r.set.Left, document.Left{Where: where, Reason: reason, Hint: hint})
	}
}

// facts takes what a header says; by is whose it is.
func (r *reader) facts(h header, by string) {
	f := r.draft.Facts
	subject := words(h.get("subject"))
	if plain := withoutMarks(subject); plain != subject {
		f = document.Fact(f, "title", plain, by+" Subject")
		f = document.Fact(f, "subject", subject, by+" Subject")
	} else {
		f = document.Fact(f, "title", subject, by+" Subject")
	}
	f = document.Fact(f, "byline", person(h.get("from")), by+" From")
	f = document.Fact(f, "published", page.Tidy(h.get("date")), by+" Date")
	if id := words(h.get("list-id")); id != "" {
		name, rest, ok := strings.Cut(id, "<")
		if name = strings.Trim(strings.TrimSpace(name), `"`); !ok || name == "" {
			name = strings.Trim(rest, "<> ")
		}
		f = document.Fact(f, "outlet", name, by+" List-Id")
	} else if h.get("list-unsubscribe") != "" {
		f = document.Fact(f, "outlet", person(h.get("from")), by+" From of a newsletter")
	}
	f = document.Fact(f, "url", strings.Trim(h.get("archived-at"), "<> "), by+" Archived-At")
	f = document.Fact(f, "language", h.get("content-language"), by+" Content-Language")
	f = document.Fact(f, "id", strings.Trim(h.get("message-id"), "<> "), by+" Message-ID")
	r.draft.Facts = f
}

// withoutMarks cuts "Fwd:", "Re:" and their like off a subject.
func withoutMarks(s string) string {
	for {
		mark, rest, ok := strings.Cut(s, ":")
		if !ok || !subjectMarks[strings.ToLower(strings.TrimSpace(mark))] {
			return s
		}
		s = strings.TrimSpace(rest)
	}
}

var subjectMarks = map[string]bool{"fwd": true, "fw": true, "re": true, "aw": true, "wg": true, "tr": true, "rv": true, "enc": true,
	"sv": true, "vs": true, "vb": true, "i": true, "rif": true, "r": true, "doorst": true, "antw": true, "odp": true, "pd": true}

// person returns the name in an address field, else the address.
func person(s string) string {
	s = words(s)
	name, rest, ok := strings.Cut(s, "<")
	if !ok {
		if addr, comment, ok := strings.Cut(s, "("); ok && strings.Contains(addr, "@") {
			return strings.TrimRight(strings.TrimSpace(comment), ")")
		}
		return s
	}
	if name = strings.Trim(strings.TrimSpace(name), `"'`); name != "" {
		return strings.ReplaceAll(name, `\"`, `"`)
	}
	addr, _, _ := strings.Cut(rest, ">")
	return addr
}

// add writes one paragraph.
func (r *reader) add(text, path string, role recount.Role) {
	if text == "" {
		return
	}
	if r.seen == nil {
		r.seen = map[string]int{}
	}
	path = r.prefix + path
	r.seen[path]++
	if n := r.seen[path]; n > 1 {
		path = fmt.Sprintf("%s~%d", path, n)
	}
	r.draft.Paragraphs = append(r.draft.Paragraphs, document.Paragraph{Text: text, Path: path, Role: role})
}
