package release

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/image/tiff/lzw"
	"golang.org/x/text/encoding/charmap"

	"recount"
	"recount/internal/pattern"
)

// This file finds what is packed inside a file: streams of PDF, parts of PNG, archives
// among other bytes, and what is written in base64 and the like.
//
// Method: streams are known by how they begin, wherever in the bytes that is, and
// opened as far as they can be read. Limits: what is packed in a way that no reader
// here opens is refused where its beginning says so; letters of a PDF by the numbers of
// a font, and words that a picture shows, are not read.

// A stream is what was packed inside other bytes, and how.
type stream struct {
	how string
	b   []byte
}

// closedPacks are beginnings of what cannot be opened here.
var closedPacks = []struct{ begins, name string }{
	{"\xfd7zXZ\x00", "xz"}, {"7z\xbc\xaf\x27\x1c", "7z"}, {"Rar!\x1a\x07", "RAR"}, {"\x04\x22\x4d\x18", "LZ4"}, {"MSCF\x00\x00\x00\x00", "CAB"}, {"\x1f\x9d\x90", "compress"}, {"LZIP\x01", "lzip"}, {"\x5d\x00\x00\x80\x00\xff\xff\xff\xff", "LZMA"},
	{"-----BEGIN PGP MESSAGE-----", "PGP"}, {"age-encryption.org/", "age"},
}

// sealed refuses what cannot be read at all.
func sealed(name string, b []byte) error {
	for _, p := range closedPacks {
		if bytes.HasPrefix(b, []byte(p.begins)) {
			return fmt.Errorf("%s is packed as %s, which cannot be searched: %w", name, p.name, recount.ErrRefused)
		}
	}
	if bytes.HasPrefix(b, []byte("%PDF-")) && bytes.Contains(b, []byte("/Encrypt ")) {
		return fmt.Errorf("%s is encrypted and cannot be searched: %w", name, recount.ErrRefused)
	}
	return nil
}

// streams lists what is packed in bytes; most bounds what each may unpack to.
func streams(name string, b []byte, most int64) (out []stream, err error) {
	read := func(how string, r io.Reader) {
		inner, wrong := io.ReadAll(io.LimitReader(r, most+1))
		if int64(len(inner)) > most {
			err = fmt.Errorf("%s: too large to search: %w", name, recount.ErrRefused)
		}
		// A stream that is cut off tells what it holds up to there; hardly anything is
		// no stream.
		if wrong == nil && len(inner) > 0 || len(inner) >= leastPacked {
			out = append(out, stream{how, inner})
		}
	}
	if strings.HasSuffix(strings.ToLower(name), ".br") {
		read("brotli", brotli.NewReader(bytes.NewReader(b)))
	}
	if !utf8.Valid(b) {
		for i := range b {
			if err != nil {
				return nil, err
			}
			switch rest := b[i:]; {
			case len(rest) < 6:
			case rest[0]&15 == 8 && rest[0]>>4 < 8 && rest[1]&32 == 0 && (int(rest[0])<<8|int(rest[1]))%31 == 0:
				if r, wrong := zlib.NewReader(bytes.NewReader(rest)); wrong == nil {
					read("zlib", r)
				}
			case bytes.HasPrefix(rest, []byte{0x1f, 0x8b, 8}):
				if r, wrong := gzip.NewReader(bytes.NewReader(rest)); wrong == nil {
					r.Multistream(false)
					read("gzip", r)
				}
			case bytes.HasPrefix(rest, []byte("BZh")) && bytes.HasPrefix(rest[4:], []byte("1AY&SY")):
				read("bzip2", bzip2.NewReader(bytes.NewReader(rest)))
			case bytes.HasPrefix(rest, []byte{0x28, 0xb5, 0x2f, 0xfd}):
				if r, wrong := zstd.NewReader(bytes.NewReader(rest), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(most)+1)); wrong == nil {
					read("zstd", r)
					r.Close()
				}
			case len(rest) > 30 && bytes.HasPrefix(rest, []byte("PK\x03\x04")) && binary.LittleEndian.Uint16(rest[8:]) == 8:
				if at := 30 + int(binary.LittleEndian.Uint16(rest[26:])) + int(binary.LittleEndian.Uint16(rest[28:])); at < len(rest) {
					read("deflate", flate.NewReader(bytes.NewReader(rest[at:])))
				}
			}
		}
	}
	for _, at := range pdfStream.FindAllSubmatchIndex(b, -1) {
		head, body := b[at[2]:at[3]], b[at[4]:at[5]]
		switch {
		case bytes.Contains(head, []byte("ASCII85Decode")) || bytes.Contains(head, []byte("/A85")):
			out = append(out, stream{"ASCII85", from85(body)})
		case bytes.Contains(head, []byte("ASCIIHexDecode")) || bytes.Contains(head, []byte("/AHx")):
			out = append(out, stream{"hexadecimal", fromHex(string(body))})
		case bytes.Contains(head, []byte("LZWDecode")) || bytes.Contains(head, []byte("/LZW")):
			read("LZW", lzw.NewReader(bytes.NewReader(body), lzw.MSB, 8))
		}
	}
	if err != nil {
		return nil, err
	}
	text := strings.ToValidUTF8(string(b), " ")
	for _, s := range slices.Compact([]string{text, percent(strings.NewReplacer(`\/`, "/", `\r`, "", `\n`, "\n").Replace(text))}) {
		for _, run := range wrapped64.FindAllString(s, -1) {
			bare := strings.NewReplacer("-", "+", "_", "/", "=", "", " ", "", "\t", "", "\r", "", "\n", "").Replace(run)
			if len(bare)%4 == 1 {
				bare = bare[:len(bare)-1]
			}
			if d, wrong := base64.RawStdEncoding.DecodeString(bare); wrong == nil && holdsMore(d) {
				out = append(out, stream{"base64", d})
			}
		}
		for _, run := range wrappedHex.FindAllString(s, -1) {
			if d := fromHex(run); holdsMore(d) {
				out = append(out, stream{"hexadecimal", d})
			}
		}
		for _, run := range written32.FindAllString(s, -1) {
			if d, wrong := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(run); wrong == nil && holdsMore(d) {
				out = append(out, stream{"base32", d})
			}
		}
		for _, run := range written85.FindAllStringSubmatch(s, -1) {
			out = append(out, stream{"ASCII85", from85([]byte(run[1]))})
		}
	}
	return out, nil
}

// leastPacked is how many bytes a stream without an end must give to be one, and how
// many written bytes must hold.
const leastPacked = 6

var (
	pdfStream  = pattern.New(`(?s)<<((?:[^>]|>[^>])*)>>\s*stream\r?\n(.*?)endstream`)
	wrapped64  = pattern.New(`[A-Za-z0-9+/_-]{8,}(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/_-]{2,})*={0,2}`)
	wrappedHex = pattern.New(`[0-9a-fA-F]{2}(?:[ :][0-9a-fA-F]{2}){5,}|(?:[0-9a-fA-F]{4}[ :]){2,}[0-9a-fA-F]{2,4}|[0-9a-fA-F]{12,}(?:\s+[0-9a-fA-F]{2,})*`)
	written32  = pattern.New(`\b[A-Z2-7]{16,}`)
	written85  = pattern.New(`(?s)<~(.*?)~>`)
	shownWords = pattern.New(`(?s)\[((?:\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|[-\d.\s]+)*)\]\s*TJ|(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)\s*(?:Tj|'|")`)
	shownPart  = pattern.New(`(?s)\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>`)
	pdfEscape  = pattern.New(`(?s)\\([0-7]{1,3}|\r?\n|.)`)
)

// holdsMore reports whether decoded bytes are a text, or begin as something that is
// packed: letters that were decoded by mistake are neither.
func holdsMore(d []byte) bool {
	if len(d) < leastPacked {
		return false
	}
	for _, begins := range []string{"PK\x03\x04", "\x1f\x8b", "\x89PNG", "%PDF-", "BZh", "\x28\xb5\x2f\xfd", "\xff\xd8\xff", "GIF8", "RIFF", "\xd0\xcf\x11\xe0", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(d, []byte(begins)) {
			return true
		}
	}
	for _, p := range closedPacks {
		if bytes.HasPrefix(d, []byte(p.begins)) {
			return true
		}
	}
	if d[0]&15 == 8 && d[0]>>4 < 8 && (int(d[0])<<8|int(d[1]))%31 == 0 {
		return true
	}
	return utf8.Valid(d) && !bytes.ContainsFunc(d, func(r rune) bool { return !unicode.IsPrint(r) && !unicode.IsSpace(r) })
}

// from85 reads ASCII85 up to its end, or as far as it can be read.
func from85(b []byte) []byte {
	b, _, _ = bytes.Cut(b, []byte("~>"))
	out, err := io.ReadAll(ascii85.NewDecoder(bytes.NewReader(b)))
	if err != nil && len(out) == 0 {
		return nil
	}
	return out
}

// fromHex reads hexadecimal digits, whatever stands between them.
func fromHex(s string) []byte {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return r
		}
		return -1
	}, s)
	out, err := hex.DecodeString(digits[:len(digits)&^1])
	if err != nil {
		return nil
	}
	return out
}

// shownByPDF are the words that a page of a PDF shows, put together again.
func shownByPDF(raw string) string {
	var b strings.Builder
	for _, at := range shownWords.FindAllStringSubmatch(raw, -1) {
		for _, part := range shownPart.FindAllString(at[1]+at[2], -1) {
			if part[0] == '<' {
				b.Write(fromHex(part))
				continue
			}
			b.WriteString(pdfEscape.ReplaceAllStringFunc(part[1:len(part)-1], func(e string) string {
				var n int
				switch e[1] {
				case '\r', '\n':
					return ""
				case '(', ')', '\\':
					return e[1:]
				}
				if _, err := fmt.Sscanf(e[1:], "%o", &n); err == nil {
					return string([]byte{byte(n)})
				}
				return " "
			}))
		}
		b.WriteByte('\n')
	}
	return strings.ToValidUTF8(b.String(), " ")
}

// otherLetters reads bytes that are no UTF-8 by the older tables of letters.
func otherLetters(b []byte) (out []string) {
	for _, table := range []*charmap.Charmap{charmap.Windows1252, charmap.Windows1250, charmap.Windows1251, charmap.KOI8R, charmap.Windows1256, charmap.Windows1254} {
		if d, err := table.NewDecoder().Bytes(b); err == nil {
			out = append(out, string(d))
		}
	}
	return out
}
