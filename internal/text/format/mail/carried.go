package mail

import (
	"bytes"
	"mime"
	"path"
	"strings"

	"recount/internal/pattern"
)

// A Carried is a file inside one message: the text of it, or what is attached.
type Carried struct {
	Number string // of the part, as IMAP numbers it
	Name   string
	Body   []byte // decoded; text in UTF-8
}

// Carries returns the texts and attached files of a payload that is one
// message, for readers that know what databases send by mail. A mailbox of
// several messages carries nothing.
func Carries(payload []byte) []Carried {
	if !Is(payload, "a.eml") {
		return nil
	}
	all := messages(payload)
	if len(all) != 1 {
		return nil
	}
	left := maxParts
	root := parsePart(pastEnvelope(all[0]), "", 0, &left)
	var out []Carried
	var walk func(p *part)
	walk = func(p *part) {
		for _, k := range p.parts {
			walk(k)
		}
		if len(p.parts) > 0 || len(p.body) == 0 {
			return
		}
		c := Carried{Number: p.number, Name: p.filename(), Body: p.body}
		if c.Number == "" {
			c.Number = "1"
		}
		if p.kind == "text/html" || p.kind == "text/plain" {
			c.Body = []byte(p.text())
		}
		if c.Name == "" {
			c.Name = "part." + extension(p.kind)
		}
		out = append(out, c)
	}
	walk(root)
	return out
}

func extension(kind string) string {
	switch kind {
	case "text/html":
		return "html"
	case "text/plain":
		return "txt"
	}
	if list, err := mime.ExtensionsByType(kind); err == nil && len(list) > 0 {
		return strings.TrimPrefix(list[0], ".")
	}
	return strings.TrimPrefix(path.Ext(kind), ".")
}

// factivaNumber is the line that ends an article of Factiva.
var factivaNumber = pattern.New(`^\S{2,12} [A-Za-z0-9_]{2,12}(?:19|20)[0-9]{6}[a-z0-9]{6,10}\r?$`)

// How long a line with such a number is, in bytes.
const (
	shortestNumbered = 2 + 1 + 2 + 2 + 6 + 6
	longestNumbered  = 4*12 + 1 + 12 + 2 + 6 + 10 + 1
)

// Mailed reports whether payload names in its header a service that sends
// articles by mail, or holds a line that ends an article of one.
func Mailed(payload []byte) bool {
	head := bytes.ToLower(payload[:min(len(payload), 64<<10)])
	for _, w := range [...]string{"proquest", "lexis", "factiva", "europresse", "ebsco", "newsbank", "dow jones"} {
		if bytes.Contains(head, []byte(w)) {
			return true
		}
	}
	for l := range bytes.Lines(payload[:min(len(payload), 4<<20)]) {
		if l = bytes.TrimSuffix(l, []byte("\n")); len(l) >= shortestNumbered && len(l) <= longestNumbered && factivaNumber.Match(l) {
			return true
		}
	}
	return false
}
