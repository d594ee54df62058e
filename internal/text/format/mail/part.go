package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"strings"

	"golang.org/x/net/html/charset"

	"recount/internal/text/page"
)

// A field is one field of a header, its lines joined.
type field struct{ key, value string }

// A header is the fields of a message or part, in their order.
type header []field

// get returns the first value of a field, or "".
func (h header) get(key string) string {
	for _, f := range h {
		if f.key == key {
			return f.value
		}
	}
	return ""
}

// A part is one part of a message. Kind is its media type in small letters.
type part struct {
	header  header
	kind    string
	params  map[string]string
	number  string // "1.2", as IMAP numbers parts; "" of the message itself
	body    []byte // decoded; nil of a part that holds parts
	parts   []*part
	depth   int
	skipped int // parts in it that were not read
}

// cutHeader parts a header from what it is the header of.
func cutHeader(b []byte) (header, []byte) {
	var h header
	rest := b
	for len(rest) > 0 && len(b)-len(rest) < maxHeader {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			return h, after
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 {
			if f := &h[len(h)-1]; len(f.value) < maxHeader/8 {
				f.value += " " + headerText(bytes.TrimSpace(line))
			}
			rest = after
			continue
		}
		key, value, ok := bytes.Cut(line, []byte(":"))
		if !ok || !fieldName(bytes.TrimRight(key, " \t")) {
			if len(h) == 0 && len(b) == len(rest) { // no header at all
				return nil, b
			}
			if !ok && len(h) > 0 { // the empty line is missing
				return h, rest
			}
			rest = after
			continue
		}
		h = append(h, field{strings.ToLower(string(bytes.TrimSpace(key))), headerText(bytes.TrimSpace(value))})
		rest = after
	}
	return h, rest
}

// headerText decodes bytes of a header that are no ASCII although they should be.
func headerText(b []byte) string {
	s, _ := page.Decode(b, "")
	return s
}

// words decodes the encoded words of a header value (RFC 2047). Neighbours in
// one charset are decoded together, because programs cut characters in two.
func words(s string) string {
	if !strings.Contains(s, "=?") {
		return page.Tidy(s)
	}
	var out strings.Builder
	var raw []byte
	label, gap := "", ""
	flush := func() {
		if raw != nil {
			t, _ := page.Decode(raw, label)
			out.WriteString(t)
		}
		raw = nil
	}
	for s != "" {
		i := strings.Index(s, "=?")
		if i < 0 {
			break
		}
		cs, enc, text, rest, ok := encodedWord(s[i:])
		if !ok {
			flush()
			out.WriteString(gap + s[:i+2])
			gap, s = "", s[i+2:]
			continue
		}
		gap += s[:i]
		if strings.TrimSpace(gap) != "" || raw == nil || cs != label {
			flush()
			if raw = []byte{}; strings.TrimSpace(gap) != "" || out.Len() == 0 {
				out.WriteString(gap)
			}
		}
		gap, label, s = "", cs, rest
		if enc == 'b' {
			raw = append(raw, unbase64([]byte(text))...)
		} else {
			raw = append(raw, unquoted([]byte(strings.ReplaceAll(text, "_", " ")), true)...)
		}
	}
	flush()
	out.WriteString(gap + s)
	return page.Tidy(out.String())
}

// encodedWord reads "=?charset?q?text?=" at the beginning of s.
func encodedWord(s string) (cs string, enc byte, text, rest string, ok bool) {
	t := s[2:]
	cs, t, ok = strings.Cut(t, "?")
	if !ok || len(cs) > 60 || strings.ContainsAny(cs, " \t") || len(t) < 2 || t[1] != '?' {
		return "", 0, "", "", false
	}
	enc = t[0] | 0x20
	text, rest, ok = strings.Cut(t[2:], "?=")
	cs, _, _ = strings.Cut(cs, "*")
	return strings.ToLower(cs), enc, text, rest, ok && (enc == 'b' || enc == 'q')
}

// parsePart reads a part and everything in it. left counts the parts that may
// still be read.
func parsePart(b []byte, number string, depth int, left *int) *part {
	p := &part{number: number, depth: depth}
	var body []byte
	p.header, body = cutHeader(b)
	p.kind, p.params = mediaType(p.header.get("content-type"))
	if p.kind == "" {
		p.kind = "text/plain"
	}
	*left--
	if boundary := p.params["boundary"]; strings.HasPrefix(p.kind, "multipart/") && boundary != "" {
		for i, piece := range cutParts(body, boundary) {
			if *left <= 0 || depth >= maxDepth {
				p.skipped++
				continue
			}
			n := fmt.Sprint(i + 1)
			if number != "" {
				n = number + "." + n
			}
			p.parts = append(p.parts, parsePart(piece, n, depth+1, left))
		}
		if len(p.parts) > 0 || p.skipped > 0 {
			return p
		}
	}
	if strings.HasPrefix(p.kind, "multipart/") {
		p.kind = "text/plain" // no boundary, or none found: what is there is text
	}
	p.body = decodeBody(body, p.header.get("content-transfer-encoding"))
	if p.kind == "message/rfc822" && depth < maxDepth && *left > 0 {
		n := "1"
		if number != "" {
			n = number + ".1"
		}
		p.parts = []*part{parsePart(p.body, n, depth+1, left)}
	}
	return p
}

// mediaType reads a Content-Type; what is malformed is read as far as it goes.
func mediaType(s string) (string, map[string]string) {
	kind, params, err := mime.ParseMediaType(s)
	if err == nil {
		return kind, params
	}
	kind, rest, _ := strings.Cut(s, ";")
	params = map[string]string{}
	for rest != "" && len(params) < 50 {
		var one string
		one, rest = cutParam(rest)
		k, v, ok := strings.Cut(one, "=")
		if ok {
			k = strings.ToLower(strings.TrimSpace(k))
			if _, twice := params[k]; !twice {
				params[k] = strings.Trim(strings.TrimSpace(v), `"`)
			}
		}
	}
	return strings.ToLower(strings.TrimSpace(kind)), params
}

// cutParam cuts at the next semicolon outside quotation marks.
func cutParam(s string) (string, string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			quoted = !quoted
		case ';':
			if !quoted {
				return s[:i], s[i+1:]
			}
		}
	}
	return s, ""
}

// cutParts cuts a body at its boundary lines. The last part may lack its end.
func cutParts(body []byte, boundary string) [][]byte {
	mark := []byte("--" + boundary)
	var out [][]byte
	start := -1
	for at := 0; at < len(body); {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			break
		}
		i += at
		at = i + len(mark)
		if i > 0 && body[i-1] != '\n' {
			continue
		}
		end := bytes.IndexByte(body[at:], '\n')
		line := body[at:]
		if end >= 0 {
			line = body[at : at+end]
		}
		tail := bytes.TrimRight(line, " \t\r")
		if len(tail) > 0 && !bytes.Equal(tail, []byte("--")) {
			continue
		}
		if start >= 0 {
			out = append(out, trimLineEnd(body[start:i]))
		}
		if len(tail) > 0 || end < 0 {
			start = -1
			break
		}
		at += end + 1
		start = at
		if len(out) > maxParts {
			break
		}
	}
	if start >= 0 && start < len(body) {
		out = append(out, body[start:])
	}
	return out
}

// trimLineEnd drops the line end before a boundary, which belongs to it.
func trimLineEnd(b []byte) []byte {
	b, ok := bytes.CutSuffix(b, []byte("\n"))
	if ok {
		b, _ = bytes.CutSuffix(b, []byte("\r"))
	}
	return b
}

func decodeBody(b []byte, encoding string) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return unbase64(b)
	case "quoted-printable":
		return unquoted(b, false)
	}
	return b
}

// unbase64 decodes what there is of base64, whatever stands between.
func unbase64(b []byte) []byte {
	kept := make([]byte, 0, len(b))
	for _, c := range b {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '+', c == '/':
			kept = append(kept, c)
		case c == '-':
			kept = append(kept, '+')
		case c == '_':
			kept = append(kept, '/')
		}
	}
	if len(kept)%4 == 1 {
		kept = kept[:len(kept)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(kept)))
	n, _ := base64.RawStdEncoding.Decode(out, kept)
	return out[:n]
}

// unquoted decodes quoted-printable; an escape that is none stands as it is.
func unquoted(b []byte, word bool) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c != '=' {
			// White space at the end of a line was added on the way.
			if !word && (c == ' ' || c == '\t') {
				j := i
				for j < len(b) && (b[j] == ' ' || b[j] == '\t') {
					j++
				}
				if j < len(b) && (b[j] == '\n' || b[j] == '\r' && j+1 < len(b) && b[j+1] == '\n') {
					i = j - 1
					continue
				}
				out = append(out, b[i:j]...)
				i = j - 1
				continue
			}
			out = append(out, c)
			continue
		}
		if i+2 < len(b) && hex(b[i+1]) >= 0 && hex(b[i+2]) >= 0 {
			out = append(out, byte(hex(b[i+1])<<4|hex(b[i+2])))
			i += 2
			continue
		}
		// A line end that is no line end of the text.
		j := i + 1
		for j < len(b) && (b[j] == ' ' || b[j] == '\t') {
			j++
		}
		if j < len(b) && b[j] == '\r' {
			j++
		}
		if !word && (j == len(b) || b[j] == '\n') {
			i = j
			continue
		}
		out = append(out, c)
	}
	return out
}

func hex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// text returns the body of a text part as UTF-8.
func (p *part) text() string {
	label := p.params["charset"]
	if e, _ := charset.Lookup(label); e == nil {
		label = ""
	}
	s, _ := page.Decode(p.body, strings.ToLower(label))
	return s
}

// filename returns the name that a part gives itself, or "".
func (p *part) filename() string {
	_, disposition := mediaType(p.header.get("content-disposition"))
	for _, n := range [...]string{disposition["filename"], p.params["name"]} {
		if n != "" {
			return words(n)
		}
	}
	return ""
}

// attached reports whether a part is meant to be opened on its own.
func (p *part) attached() bool {
	d, _, _ := strings.Cut(p.header.get("content-disposition"), ";")
	return strings.EqualFold(strings.TrimSpace(d), "attachment")
}
