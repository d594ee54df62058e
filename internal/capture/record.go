package capture

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"recount"
)

// maxRecord is the most bytes one record may hold.
const maxRecord = 512 << 20

// Names of the header fields that recount adds to those of WARC 1.1. Their
// values are quoted as Go strings, so that no name can break a header.
const (
	nameField    = "Recount-Name"
	channelField = "Recount-Channel"
	searchField  = "Recount-Search"
	originField  = "Recount-Origin" // canonical JSON of recount.Origin
	erasedField  = "Recount-Erased" // why the payload was erased
	hashField    = "Recount-Hash"   // of the erased payload, hexadecimal
	sizeField    = "Recount-Size"   // of the erased payload, bytes
	mediaField   = "Recount-Media-Type"
)

// A header is the named fields of a record, in order.
type header []field

type field struct{ name, value string }

// get returns the value of a field, "" if it is not there.
func (h header) get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// quoted returns the value of one of our own fields.
func (h header) quoted(name string) (string, error) {
	v := h.get(name)
	if v == "" {
		return "", nil
	}
	s, err := strconv.Unquote(v)
	if err != nil {
		return "", fmt.Errorf("header %s: %w", name, err)
	}
	return s, nil
}

// bytes returns the record with this header and block.
func (h header) bytes(block []byte) []byte {
	var b bytes.Buffer
	b.Grow(1024 + len(block))
	b.WriteString("WARC/1.1\r\n")
	for _, f := range h {
		b.WriteString(f.name + ": " + f.value + "\r\n")
	}
	b.WriteString("Content-Length: " + strconv.Itoa(len(block)) + "\r\n\r\n")
	b.Write(block)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

// parseRecord takes a record apart and checks its digests.
func parseRecord(b []byte) (header, []byte, error) {
	head, rest, ok := bytes.Cut(b, []byte("\r\n\r\n"))
	if !ok {
		return nil, nil, fmt.Errorf("a record without an end of its header")
	}
	lines := strings.Split(string(head), "\r\n")
	if lines[0] != "WARC/1.1" && lines[0] != "WARC/1.0" {
		return nil, nil, fmt.Errorf("not a WARC record")
	}
	var h header
	for _, l := range lines[1:] {
		if l != "" && (l[0] == ' ' || l[0] == '\t') && len(h) > 0 { // folded, as WARC 1.0 allows
			h[len(h)-1].value += " " + strings.Trim(l, " \t")
			continue
		}
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			return nil, nil, fmt.Errorf("a header line without a colon")
		}
		h = append(h, field{name, strings.Trim(value, " \t")})
	}
	n, err := strconv.ParseInt(h.get("Content-Length"), 10, 64)
	if err != nil || n < 0 || n > int64(len(rest)) {
		return nil, nil, fmt.Errorf("content length %q of %d bytes", h.get("Content-Length"), len(rest))
	}
	block := rest[:n]
	if string(rest[n:]) != "\r\n\r\n" {
		return nil, nil, fmt.Errorf("a record that is longer than it says")
	}
	for _, of := range []struct {
		digest string
		bytes  []byte
	}{{"WARC-Block-Digest", block}, {"WARC-Payload-Digest", payloadOf(h, block)}} {
		if d := h.get(of.digest); strings.HasPrefix(d, "sha256:") && d != digest(of.bytes) {
			return nil, nil, fmt.Errorf("%s does not fit the bytes", of.digest)
		}
	}
	return h, block, nil
}

// payloadOf returns what a record is about: of an answer of a server what
// follows its header, else the whole block.
func payloadOf(h header, block []byte) []byte {
	if h.get("WARC-Type") != "response" {
		return block
	}
	_, body, _ := bytes.Cut(block, []byte("\r\n\r\n"))
	return body
}

// digest returns the labelled digest of WARC: SHA-256 in base 32.
func digest(b []byte) string {
	s := sha256.Sum256(b)
	return "sha256:" + base32.StdEncoding.EncodeToString(s[:])
}

// recordID returns a UUID of version 8 (RFC 9562) made of a SHA-256, so that
// the same record always has the same id.
func recordID(parts ...string) string {
	k, err := hex.DecodeString(string(recount.KeyOf(parts...)))
	if err != nil || len(k) != 16 {
		return ""
	}
	k[6] = k[6]&0x0f | 0x80
	k[8] = k[8]&0x3f | 0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", k[:4], k[4:6], k[6:8], k[8:10], k[10:])
}

// targetURI returns the URI of a capture: its own if it has one, else a file
// URI whose root is what the user gave.
func targetURI(c recount.Capture) string {
	if u, err := url.Parse(c.Name); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		return u.String()
	}
	return (&url.URL{Scheme: "file", Path: "/" + c.Name}).String()
}

func date(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// infoRecord returns the record that begins each file. It is dated by the
// first capture in the file, as recount asks no clock here.
func infoRecord(file string, c recount.Capture) []byte {
	block := []byte("software: recount/" + recount.Version + "\r\n" +
		"format: WARC File Format 1.1\r\n" +
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n")
	return header{
		{"WARC-Type", "warcinfo"},
		{"WARC-Record-ID", recordID("warcinfo", file, date(c.Captured), recount.Version)},
		{"WARC-Date", date(c.Captured)},
		{"WARC-Filename", file},
		{"WARC-Block-Digest", digest(block)},
		{"Content-Type", "application/warc-fields"},
	}.bytes(block)
}

func captureID(c recount.Capture) string {
	return recordID("resource", c.Hash, c.Name, date(c.Captured))
}

// captureRecord returns the record of a capture: a response if head, the
// status line and header of the server that sent it, is given, else a resource.
func captureRecord(c recount.Capture, head, payload []byte) ([]byte, error) {
	origin, err := recount.Canonical(c.Origin)
	if err != nil {
		return nil, fmt.Errorf("archive: origin of %s: %w", c.Key, err)
	}
	kind, content, block := "resource", HeaderType(c.MediaType), payload
	if head != nil {
		kind, content = "response", "application/http;msgtype=response"
		block = append(append(bytes.TrimRight(head, "\r\n"), "\r\n\r\n"...), payload...)
	}
	h := header{
		{"WARC-Type", kind},
		{"WARC-Record-ID", captureID(c)},
		{"WARC-Date", date(c.Captured)},
		{"WARC-Target-URI", targetURI(c)},
		{"WARC-Block-Digest", digest(block)},
		{"WARC-Payload-Digest", digest(payload)},
		{nameField, strconv.Quote(c.Name)},
		{channelField, strconv.Quote(c.Channel)},
		{searchField, strconv.Quote(c.Search)},
	}
	if string(origin) != "{}" {
		h = append(h, field{originField, strconv.Quote(string(origin))})
	}
	if kind == "response" {
		h = append(h, field{mediaField, strconv.Quote(c.MediaType)})
	}
	return append(h, field{"Content-Type", content}).bytes(block), nil
}

// HeaderType is a media type as the header of a record has it: one that would break
// the header, or that is not known, is that of bytes.
func HeaderType(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return "application/octet-stream"
		}
	}
	if s == "" {
		return "application/octet-stream"
	}
	return s
}

// tombstone returns the record that takes the place of an erased capture. It
// keeps what the index needs, so that the page is recognised when it is
// offered again.
func tombstone(c recount.Capture, reason string) []byte {
	block := []byte("erased\r\n")
	return header{
		{"WARC-Type", "metadata"},
		{"WARC-Record-ID", recordID("erased", c.Hash, c.Name, date(c.Captured))},
		{"WARC-Refers-To", captureID(c)},
		{"WARC-Date", date(c.Captured)},
		{"WARC-Target-URI", targetURI(c)},
		{"WARC-Block-Digest", digest(block)},
		{nameField, strconv.Quote(c.Name)},
		{channelField, strconv.Quote(c.Channel)},
		{searchField, strconv.Quote(c.Search)},
		{erasedField, strconv.Quote(reason)},
		{hashField, c.Hash},
		{sizeField, strconv.FormatInt(c.Size, 10)},
		{mediaField, strconv.Quote(c.MediaType)},
		{"Content-Type", "text/plain"},
	}.bytes(block)
}

// A Found is one capture as its record tells it.
type Found struct {
	Capture recount.Capture // with Record
	Erased  string          // why the payload was erased, or ""
}

// found reads a capture out of a record; ok is false for records of another
// kind.
func found(h header, block []byte) (f Found, ok bool, err error) {
	c := &f.Capture
	if c.Name, err = h.quoted(nameField); err != nil {
		return f, false, err
	}
	if c.Channel, err = h.quoted(channelField); err != nil {
		return f, false, err
	}
	if c.Search, err = h.quoted(searchField); err != nil {
		return f, false, err
	}
	if f.Erased, err = h.quoted(erasedField); err != nil {
		return f, false, err
	}
	switch {
	case h.get(erasedField) != "" && h.get("WARC-Type") == "metadata":
		c.Hash = h.get(hashField)
		if c.MediaType, err = h.quoted(mediaField); err != nil {
			return f, false, err
		}
		if c.Size, err = strconv.ParseInt(h.get(sizeField), 10, 64); err != nil {
			return f, false, err
		}
		if f.Erased == "" {
			f.Erased = "no reason given"
		}
	case h.get(nameField) != "" && (h.get("WARC-Type") == "resource" || h.get("WARC-Type") == "response"):
		payload := payloadOf(h, block)
		s := sha256.Sum256(payload)
		c.Hash, c.Size, c.MediaType = hex.EncodeToString(s[:]), int64(len(payload)), h.get("Content-Type")
		if h.get("WARC-Type") == "response" {
			if c.MediaType, err = h.quoted(mediaField); err != nil {
				return f, false, err
			}
		}
		origin, err := h.quoted(originField)
		if err == nil && origin != "" {
			err = json.Unmarshal([]byte(origin), &c.Origin)
		}
		if err != nil {
			return f, false, err
		}
	default:
		return f, false, nil
	}
	if c.Captured, err = time.Parse(time.RFC3339, h.get("WARC-Date")); err != nil {
		return f, false, err
	}
	c.Captured = c.Captured.UTC()
	if b, err := hex.DecodeString(c.Hash); err != nil || len(b) != sha256.Size || !utf8.ValidString(c.Name+c.Channel+c.Search) || strings.IndexByte(c.Name+c.Channel+c.Search, 0) >= 0 {
		return f, false, fmt.Errorf("a hash or a name that recount does not write")
	}
	c.Key = recount.CaptureKey(c.Hash, c.Name)
	return f, true, nil
}
