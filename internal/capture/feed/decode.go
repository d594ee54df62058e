package feed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"mime"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"recount/internal/pattern"
)

// declaration is the first line of XML; it names the encoding.
var declaration = pattern.New(`^<\?xml\b[^>]{0,500}?\?>`)
var declared = pattern.New(`\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// decode returns a payload unpacked and in UTF-8, without an XML declaration
// and without white space before it. Bytes that are UTF-8 are UTF-8, whatever
// the label says.
func decode(payload []byte, mediaType string) ([]byte, error) {
	if bytes.HasPrefix(payload, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(bytes.NewReader(payload))
		if err != nil {
			return nil, refuse(hintBroken, "a packed file that cannot be unpacked: %w", err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(io.LimitReader(z, maxSitemap+1)); err != nil && (b.Len() == 0 || !errors.Is(err, io.ErrUnexpectedEOF)) {
			return nil, refuse(hintBroken, "a packed file that cannot be unpacked: %w", err)
		}
		payload = b.Bytes()
	}
	if len(payload) > maxSitemap {
		return nil, refuse(hintBroken, "a file of more than %d MiB", maxSitemap>>20)
	}
	text := payload
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(text)
		if err != nil {
			return nil, refuse(hintBroken, "a file in an encoding that cannot be read: %w", err)
		}
		text = out
	}
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), " \t\r\n")
	head := declaration.Find(text)
	label := ""
	if m := declared.FindSubmatch(head); m != nil {
		label = string(m[1])
	} else if _, p, err := mime.ParseMediaType(mediaType); err == nil {
		label = p["charset"]
	}
	text = bytes.TrimLeft(text[len(head):], " \t\r\n")
	if utf8.Valid(text) && bytes.IndexByte(text, 0x1b) < 0 { // with it, letters of seven bits can be those of ISO-2022-JP
		return text, nil
	}
	if label == "" && !utf8.Valid(text) {
		label = "windows-1252"
	}
	if e, name := charset.Lookup(label); e != nil && name != "utf-8" {
		out, err := e.NewDecoder().Bytes(text)
		if err != nil {
			return nil, refuse(hintBroken, "a file in an encoding that cannot be read: %w", err)
		}
		text = out
	}
	return bytes.ToValidUTF8(text, []byte("\uFFFD")), nil
}

// headBytes is how much of a payload Is looks at, unpacked.
const headBytes = 64 << 10

// Is reports whether a payload looks like something that Parse reads, from its
// beginning.
func Is(payload []byte) bool {
	head := payload[:min(len(payload), headBytes)]
	if bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(bytes.NewReader(payload))
		if err != nil {
			return false
		}
		if head, _ = io.ReadAll(io.LimitReader(z, headBytes)); len(head) == 0 {
			return false
		}
	}
	text, err := decode(head, "")
	if err != nil {
		return false
	}
	if len(text) > 0 && text[0] == '{' {
		return bytes.Contains(text, []byte("jsonfeed.org/version/")) || bytes.Contains(text, []byte(`jsonfeed.org\/version\/`))
	}
	root, ok := rootOf(text)
	return ok && slices.Contains(roots, strings.ToLower(root))
}

// roots are the outermost elements of what Parse reads.
var roots = []string{"rss", "rdf", "feed", "urlset", "sitemapindex"}

// rootOf returns the name of the outermost element.
func rootOf(text []byte) (string, bool) {
	for i := 0; i < len(text); {
		n, kind, name := markup(text[i:])
		if kind == opens || kind == empty {
			return local(name), true
		}
		if kind == words && len(bytes.TrimSpace(text[i:i+n])) > 0 || kind == closes {
			return "", false
		}
		i += n
	}
	return "", false
}

func local(name []byte) string {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return string(name)
}
