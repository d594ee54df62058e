package page

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html"
	"net/http"
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"recount/internal/lang"
	"recount/internal/pattern"
)

// sniffed is how many bytes of a payload decide what it is.
const sniffed = 4096

var htmlTag = pattern.New(`(?i)<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h1|script|table)\b`)

var (
	xhtml      = pattern.New(`(?i)<html\b`)
	mailHeader = pattern.New(`^(?i:from|mime-version|received|return-path|message-id|delivered-to): [^\n]+\r?\n[A-Za-z-]+: `)
)

// MediaType recognises payload from its content; name only settles what the
// content leaves open. It returns "text/html", "text/plain" or another type,
// "application/octet-stream" if nothing is recognised.
func MediaType(payload []byte, name string) string {
	head := payload[:min(len(payload), sniffed)]
	if t, _ := SplitMediaType(http.DetectContentType(head)); !strings.HasPrefix(t, "text/") && t != "application/octet-stream" {
		return t
	}
	if kind := Archive(payload); kind != "" {
		return kind
	}
	if utf16Order(payload) == 0 && Binary(payload) {
		return "application/octet-stream"
	}
	switch start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"); {
	case bytes.HasPrefix(start, []byte(`{\rtf`)):
		return "application/rtf"
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

// Archive returns the media type of a web archive, "" for all else.
func Archive(payload []byte) string {
	head := bytes.TrimLeft(payload[:min(len(payload), 100)], " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("WARC/0.")), bytes.HasPrefix(head, []byte("WARC/1.")):
		return "application/warc"
	case bytes.HasPrefix(head, []byte("filedesc://")):
		return "application/x-arc"
	}
	return ""
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

// utf16Order returns 'l' or 'b' for UTF-16, else 0. Without a byte order mark
// it is recognised by the empty half of nearly every character that is ASCII,
// of which any page has many.
func utf16Order(b []byte) byte {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return 'l'
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return 'b'
	}
	head := b[:min(len(b), sniffed)&^1]
	if len(head) < 8 {
		return 0
	}
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case zero[1]*5 >= pairs*2 && zero[0]*20 <= pairs:
		return 'l'
	case zero[0]*5 >= pairs*2 && zero[1]*20 <= pairs:
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
	case kind == "application/x-arc":
		return "an ARC archive"
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

var metaCharset = pattern.New(`(?is)<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*((?:&#?\w{2,8};|[^\s"'>;/]){2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([^\s"'>;/]{2,40})`)

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
		order := unicode.LittleEndian
		if utf16Order(b) == 'b' {
			order = unicode.BigEndian
		}
		out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b[:len(b)&^1])
		if err == nil {
			return repair(string(out))
		}
	}
	if !ascii(b) && mostlyUTF8(b) || ascii(b) && !escaped(b) {
		return repair(string(b))
	}
	label := declared
	if label == "" {
		label = labelled(b)
	}
	enc, name := lookup(label)
	if arabic := arabicBytes(b); arabic != nil && name != "windows-1256" && name != "iso-8859-6" {
		if s, ok := convert(arabic, b); ok {
			if name == "" {
				return s, "encoding guessed: Arabic"
			}
			return s, "the page says that it is written in " + name + ", and is not: it was read as Arabic"
		}
	}
	if told := cyrillicBytes(b, name); told != "" {
		enc, _ := lookup(told)
		if s, ok := convert(enc, b); ok {
			if name == "" {
				return s, "encoding guessed by its letters: " + told
			}
			return s, "the page says that it is written in " + name + ", and is not: it was read as " + told + ", by its letters"
		}
	}
	if name == "" || name == "windows-1252" {
		if told := telltale(b); told != "" {
			enc, _ := lookup(told)
			if s, ok := convert(enc, b); ok {
				return s, "encoding guessed by its words: " + told
			}
		}
	}
	if enc != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") && (name != "windows-1252" || !mistaken(b) && !escaped(b)) {
		if s, ok := convert(enc, b); ok {
			return s, ""
		}
	}
	guess := chardet.Detect(sample(b))
	if enc, name := lookup(guess.Encoding); enc != nil && name != "utf-8" && guess.Confidence >= 0.5 {
		if s, ok := convert(enc, b); ok {
			return s, "encoding guessed: " + name
		}
	}
	s, _ := convert(charmap.Windows1252, b)
	return s, "encoding guessed: windows-1252"
}

// lateMeta is how far into a page its charset is looked for, in bytes. Browsers
// stop at 1,024; pages that were saved with their styles name it later.
const lateMeta = 1 << 20

// labelled returns the charset that a page names itself, or "".
func labelled(b []byte) string {
	head := b[:min(len(b), 2*sniffed)]
	m := metaCharset.FindSubmatch(head)
	if m == nil && len(b) > len(head) {
		m = metaCharset.FindSubmatch(b[:min(len(b), lateMeta)])
	}
	if m == nil {
		return ""
	}
	return plainLabel(string(m[1]) + string(m[2]))
}

// plainLabel writes the label of a charset as it is meant: a dash of a word
// processor, in UTF-8 or as one byte, is a hyphen, and other bytes are left out.
func plainLabel(s string) string {
	s = html.UnescapeString(s)
	s = strings.NewReplacer("–", "-", "—", "-", "‑", "-", "−", "-", "\x96", "-", "\x97", "-", "&ndash", "-", "_", "-").Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-', r == '.', r == ':':
			return r
		}
		return -1
	}, s)
}

// variants are spellings of labels that browsers do not know.
func variants(label string) []string {
	bare := strings.NewReplacer("-", "", ".", "", ":", "").Replace(label)
	out := []string{label, bare}
	for _, p := range [...][2]string{{"windows", "windows-"}, {"win", "windows-"}, {"cp", "windows-"}, {"iso8859", "iso-8859-"}, {"iso", "iso-"}, {"koi8", "koi8-"}, {"utf", "utf-"}, {"shiftjis", "shift_jis"}, {"eucjp", "euc-jp"}, {"euckr", "euc-kr"}} {
		if rest, ok := strings.CutPrefix(bare, p[0]); ok {
			out = append(out, p[1]+rest)
		}
	}
	return out
}

// mistaken reports whether bytes cannot be the Latin alphabet that a label
// says: most of the letters that are no ASCII stand side by side, as they do in
// no language that is written with it.
func mistaken(b []byte) bool {
	high, paired := 0, 0
	part := sample(b)
	for i, c := range part {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		if i > 0 && part[i-1] >= utf8.RuneSelf || i+1 < len(part) && part[i+1] >= utf8.RuneSelf {
			paired++
		}
	}
	return high >= 20 && paired*2 > high
}

// arabicBytes returns the encoding in which bytes that are no UTF-8 are Arabic,
// nil if they are in none: nearly all that are no ASCII are Arabic letters, and
// the article stands before every few words.
func arabicBytes(b []byte) encoding.Encoding {
	part := sample(b)
	if foreign(part) < 40 {
		return nil
	}
	for _, enc := range [...]*charmap.Charmap{charmap.Windows1256, charmap.ISO8859_6} {
		letters, other, articles := 0, 0, 0
		var last rune
		for _, c := range part {
			r := enc.DecodeByte(c)
			switch {
			case c < utf8.RuneSelf:
			case r >= 0x0621 && r <= 0x064A:
				letters++
				if r == 'ل' && last == 'ا' {
					articles++
				}
			case r >= 0x064B && r <= 0x0652, r == '،', r == '؛', r == '؟', r == 0xA0, r == '«', r == '»', r == '“', r == '”', r == '–', r == 0x200c:
			default:
				other++
			}
			last = r
		}
		if letters >= 40 && other*20 <= letters && articles*25 >= letters {
			return enc
		}
	}
	return nil
}

//go:embed telltale.txt
var telltaleList string

// telltales are frequent words that only one encoding can write, as its bytes.
var telltales = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for name, words := range lang.Lists(telltaleList) {
		enc, _ := lookup(name)
		out[name] = map[string]bool{}
		for _, w := range words {
			_, n := utf8.DecodeRuneInString(w)
			for _, w := range [2]string{w, strings.ToUpper(w[:n]) + w[n:]} {
				if b, err := enc.NewEncoder().String(w); err == nil {
					out[name][b] = true
				}
			}
		}
	}
	return out
})

// telltale returns the encoding of which bytes that pass for Western ones hold
// words, "" if of none: Polish, Czech or Turkish under a false label.
func telltale(b []byte) string {
	part := sample(b)
	if foreign(part) < 8 {
		return ""
	}
	found, seen := map[string]int{}, map[string]map[string]bool{}
	word := func(c byte) bool { return c >= 0x80 || c|0x20 >= 'a' && c|0x20 <= 'z' }
	for i := 0; i < len(part); i++ {
		from, high := i, false
		for i < len(part) && word(part[i]) {
			high = high || part[i] >= 0x80
			i++
		}
		if !high {
			continue
		}
		w := string(part[from:i])
		for name, words := range telltales() {
			if words[w] {
				if seen[name] == nil {
					seen[name] = map[string]bool{}
				}
				found[name]++
				seen[name][w] = true
			}
		}
	}
	for _, name := range [...]string{"windows-1250", "windows-1254"} {
		if found[name] >= 4 && len(seen[name]) >= 2 {
			return name
		}
	}
	return ""
}

// sample returns bytes from which an encoding is guessed: the stretch of a page
// in which bytes that are no ASCII are densest, without its markup.
func sample(b []byte) []byte {
	const most = 64 << 10 // bytes
	out := make([]byte, 0, most)
	tag := false
	for i, c := range b {
		switch {
		case c == '<' && i+1 < len(b) && (b[i+1] == '/' || b[i+1] == '!' || b[i+1]|0x20 >= 'a' && b[i+1]|0x20 <= 'z'):
			tag = true
		case c == '>' && tag:
			tag = false
			out = append(out, ' ')
		case !tag:
			out = append(out, c)
		}
		if len(out) >= most {
			// What is nearly all ASCII says nothing: go on.
			if n := foreign(out); n*100 >= len(out) {
				break
			}
			out = out[:0]
		}
	}
	if len(out) > most {
		out = out[:most]
	}
	if foreign(out) == 0 {
		return b[:min(len(b), most)]
	}
	return out
}

// foreign counts bytes that are no ASCII.
func foreign(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// lookup returns the encoding of a label as browsers read it, so that
// iso-8859-1 is windows-1252.
func lookup(label string) (encoding.Encoding, string) {
	if label == "" {
		return nil, ""
	}
	if enc, name := charset.Lookup(label); enc != nil {
		return enc, name
	}
	for _, v := range variants(plainLabel(label)) {
		if enc, name := charset.Lookup(v); enc != nil {
			return enc, name
		}
	}
	return nil, ""
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
	return strings.TrimLeft(s, "\ufeff"), note
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
