package page

import (
	"bytes"
	"encoding/json"
	"net/http"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sniffed is how many bytes of a payload decide what it is.
const sniffed = 4096

var htmlTag = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h1|script|table)\b`)

var (
	xhtml      = regexp.MustCompile(`(?i)<html\b`)
	mailHeader = regexp.MustCompile(`^(?i:from|mime-version|received|return-path|message-id|delivered-to): [^\n]+\r?\n[A-Za-z-]+: `)
)

// MediaType recognises payload from its content; name only settles what the
// content leaves open. It returns "text/html", "text/plain" or another type,
// "application/octet-stream" if nothing is recognised.
func MediaType(payload []byte, name string) string {
	head := payload[:min(len(payload), sniffed)]
	if t, _ := SplitMediaType(http.DetectContentType(head)); !strings.HasPrefix(t, "text/") && t != "application/octet-stream" {
		return t
	}
	if utf16Order(payload) == 0 && Binary(payload) {
		return "application/octet-stream"
	}
	switch start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"); {
	case bytes.HasPrefix(start, []byte(`{\rtf`)):
		return "application/rtf"
	case bytes.HasPrefix(start, []byte("WARC/1.")):
		return "application/warc"
	case bytes.HasPrefix(start, []byte("<?xml")) && !xhtml.Match(head):
		return "application/xml"
	case mailHeader.Match(start):
		return "message/rfc822"
	case len(start) > 1 && (start[0] == '{' || start[0] == '[') && len(payload) <= 4<<20 && json.Valid(payload):
		return "application/json"
	}
	ext := strings.ToLower(path.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz")))
	htmlName := ext == ".html" || ext == ".htm" || ext == ".xhtml" || ext == ".shtml"
	if utf16Order(payload) != 0 {
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	switch at := htmlTag.FindIndex(head); {
	case at == nil && htmlName && bytes.IndexByte(head, '<') >= 0:
		return "text/html"
	case at == nil:
		return "text/plain"
	case htmlName || ext != ".txt" && ext != ".md" || len(bytes.TrimSpace(head[:at[0]])) == 0:
		return "text/html"
	}
	return "text/plain"
}

// Binary reports whether payload is no text in any encoding read here: more
// than one byte in 20 of its beginning is a control byte. A few NUL bytes are
// damage, not binary.
func Binary(payload []byte) bool {
	if utf16Order(payload) != 0 {
		return false
	}
	head := payload[:min(len(payload), sniffed)]
	n := 0
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b {
			n++
		}
	}
	return n*20 > len(head)
}

// utf16Order returns 'l' or 'b' for UTF-16 with a byte order mark, else 0.
func utf16Order(b []byte) byte {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return 'l'
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return 'b'
	}
	return 0
}

// SplitMediaType cuts "text/html; charset=latin1" into its type and charset.
func SplitMediaType(s string) (kind, label string) {
	kind, rest, _ := strings.Cut(s, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if kind == "application/xhtml+xml" {
		kind = "text/html"
	}
	if _, l, ok := strings.Cut(strings.ToLower(rest), "charset="); ok {
		label, _, _ = strings.Cut(l, ";")
		label = strings.Trim(label, "\"' ")
	}
	return kind, label
}

// KindName puts a media type in plain words where there are some.
func KindName(kind string) string {
	switch {
	case kind == "application/pdf":
		return "a PDF"
	case kind == "application/zip":
		return "a ZIP archive"
	case kind == "application/x-gzip":
		return "compressed twice"
	case kind == "application/xml":
		return "a feed or other XML"
	case kind == "application/json":
		return "JSON"
	case kind == "message/rfc822":
		return "an e-mail or MHTML file"
	case kind == "application/warc":
		return "a WARC archive"
	case kind == "application/rtf":
		return "RTF"
	case strings.HasPrefix(kind, "image/"):
		return "a picture"
	case strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"):
		return "a recording"
	case kind == "application/octet-stream":
		return "binary data"
	}
	return kind
}

var metaCharset = regexp.MustCompile(`(?is)<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})`)

// Decode returns b as valid UTF-8 without byte order mark and NUL, and a note
// if it had to guess or repair. A mark wins, then valid UTF-8 that has a
// multibyte character, whatever the labels say (a false Latin-1 label is
// common, UTF-8 by chance is not), even if it is damaged in places; then the
// label, then a guess.
func Decode(b []byte, declared string) (string, string) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		return repair(string(b[3:]))
	case utf16Order(b) != 0:
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
		if err == nil {
			return repair(string(out))
		}
	}
	if !ascii(b) && mostlyUTF8(b) || ascii(b) && !escaped(b) {
		return repair(string(b))
	}
	label := declared
	if label == "" {
		if m := metaCharset.FindSubmatch(b[:min(len(b), 2*sniffed)]); m != nil {
			label = strings.ToLower(string(m[1]) + string(m[2]))
		}
	}
	enc, name := lookup(label)
	if enc != nil && name != "utf-8" {
		if s, ok := convert(enc, b); ok {
			return s, ""
		}
	}
	guess := chardet.Detect(b[:min(len(b), 64<<10)])
	if enc, name := lookup(guess.Encoding); enc != nil && name != "utf-8" && guess.Confidence >= 0.5 {
		if s, ok := convert(enc, b); ok {
			return s, "encoding guessed: " + name
		}
	}
	s, _ := convert(charmap.Windows1252, b)
	return s, "encoding guessed: windows-1252"
}

// lookup returns the encoding of a label as browsers read it, so that
// iso-8859-1 is windows-1252.
func lookup(label string) (encoding.Encoding, string) {
	if label == "" {
		return nil, ""
	}
	return charset.Lookup(label)
}

// convert decodes b; ok is false if the result is mostly replacement marks.
func convert(enc encoding.Encoding, b []byte) (string, bool) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", false
	}
	s, _ := repair(string(out))
	return s, strings.Count(s, "\ufffd") <= 1+len(s)/200
}

// repair drops NUL and replaces what is no UTF-8, and says so.
func repair(s string) (string, string) {
	note := ""
	if strings.IndexByte(s, 0) >= 0 {
		s, note = strings.ReplaceAll(s, "\x00", ""), "NUL bytes were dropped"
	}
	if !utf8.ValidString(s) {
		s, note = strings.ToValidUTF8(s, "\ufffd"), "bytes that are no UTF-8 were replaced"
	}
	return strings.TrimPrefix(s, "\ufeff"), note
}

// mostlyUTF8 reports whether b is UTF-8, at most with some damage: it has more
// multibyte characters than bytes that are part of none.
func mostlyUTF8(b []byte) bool {
	multi, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, w := utf8.DecodeRune(b[i:])
		if w > 1 {
			multi++
		} else {
			bad++
		}
		i += w
	}
	return multi > bad
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// escaped reports whether ASCII bytes may be ISO-2022-JP, which needs decoding.
func escaped(b []byte) bool { return bytes.Contains(b, []byte("\x1b$")) }
