package mail

import (
	"bytes"
	"strings"
	"time"
)

// Page returns the page inside a file that a browser saved as MHTML, as the
// file holds it, with its media type and charset and its address; ok is false
// for every other message. Chrome, Internet Explorer and what works like them
// are recognised by their headers, others by parts that have an address in a
// message that nobody sent.
func Page(payload []byte) (html []byte, mediaType, location string, ok bool) {
	root, found := snapshot(payload)
	if !found {
		return nil, "", "", false
	}
	main := mainPart(root)
	if main == nil || len(bytes.TrimSpace(main.body)) == 0 {
		return nil, "", "", false
	}
	mediaType = main.kind
	if cs := main.params["charset"]; cs != "" {
		mediaType += "; charset=" + cs
	}
	for _, l := range [...]string{root.header.get("snapshot-content-location"), main.header.get("content-location"), root.header.get("content-location")} {
		if l = strings.Trim(l, "<> "); strings.HasPrefix(l, "http://") || strings.HasPrefix(l, "https://") {
			location = l
			break
		}
	}
	return main.body, mediaType, location, true
}

// Saved returns when a page was saved as MHTML (UTC, whole seconds).
func Saved(payload []byte) (time.Time, bool) {
	root, ok := snapshot(payload)
	if !ok {
		return time.Time{}, false
	}
	return sent(root.header.get("date"))
}

// sent reads the date of a header.
func sent(s string) (time.Time, bool) {
	if i := strings.IndexByte(s, '('); i > 0 {
		s = strings.TrimSpace(s[:i])
	}
	for _, layout := range [...]string{"Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04:05 MST"} {
		if t, err := time.Parse(layout, strings.Join(strings.Fields(s), " ")); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// snapshot reads a message if it is a saved page.
func snapshot(payload []byte) (*part, bool) {
	if !Is(payload, "") || len(payload) > maxPayload {
		return nil, false
	}
	payload = bytes.TrimLeft(bytes.TrimPrefix(payload, []byte("\xef\xbb\xbf")), "\r\n")
	h, _ := cutHeader(payload)
	kind, _ := mediaType(h.get("content-type"))
	if kind != "multipart/related" && kind != "multipart/mixed" && kind != "text/html" && kind != "application/xhtml+xml" {
		return nil, false
	}
	saved := h.get("snapshot-content-location") != "" || strings.Contains(h.get("from"), "Saved by ")
	posted := h.get("to")+h.get("received")+h.get("delivered-to")+h.get("return-path")+h.get("list-id")+h.get("dkim-signature") != ""
	if !saved && posted {
		return nil, false
	}
	left := 10 * maxParts // a page has many pictures
	root := parsePart(payload, "", 0, &left)
	if saved {
		return root, true
	}
	main := mainPart(root)
	return root, main != nil && (main.header.get("content-location") != "" || root.header.get("content-location") != "")
}

// mainPart returns the page of a snapshot: the part that its header names,
// else the first that is HTML.
func mainPart(p *part) *part {
	if p.kind == "text/html" || p.kind == "application/xhtml+xml" {
		return p
	}
	if start := strings.Trim(p.params["start"], "<> "); start != "" {
		for _, k := range p.parts {
			if strings.Trim(k.header.get("content-id"), "<> ") == start {
				return mainPart(k)
			}
		}
	}
	if loc := p.header.get("snapshot-content-location"); loc != "" {
		for _, k := range p.parts {
			if k.header.get("content-location") == loc && k.kind == "text/html" {
				return k
			}
		}
	}
	for _, k := range p.parts {
		if m := mainPart(k); m != nil {
			return m
		}
	}
	return nil
}
