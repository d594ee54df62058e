package release

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// through writes a text through something that packs it.
func through(t *testing.T, text string, open func(w io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// chunk is a part of a PNG.
func chunk(kind, data string) string {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(out, kind+data...)
	return string(binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(kind+data))))
}

// noise are bytes that no packer makes smaller.
func noise(n int) string {
	out, x := make([]byte, n), uint32(2463534242)
	for i := range out {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		out[i] = byte(x >> 7)
	}
	return string(out)
}

// TestWaysOfPacking looks for a name, an address and words in files in which they are
// packed, and in files that hold none of them.
func TestWaysOfPacking(t *testing.T) {
	zlibbed := func(s string, level int) string {
		return through(t, s, func(w io.Writer) io.WriteCloser { z, _ := zlib.NewWriterLevel(w, level); return z })
	}
	gzipped := func(s string) string {
		return through(t, s, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	}
	in64, in32 := base64.StdEncoding.EncodeToString, base32.StdEncoding.EncodeToString
	in85 := func(s string) string {
		return through(t, s, func(w io.Writer) io.WriteCloser { return ascii85.NewEncoder(w) }) + "~>"
	}
	pdf := func(dictionary, body string) string {
		return fmt.Sprintf("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n4 0 obj\n<< /Length %d %s>>\nstream\n%s\nendstream\nendobj\n%%%%EOF", len(body), dictionary, body)
	}
	picture := func(parts ...string) string {
		return "\x89PNG\r\n\x1a\n" + chunk("IHDR", "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00") + strings.Join(parts, "") + chunk("IEND", "")
	}
	lines := func(s string, n int) string {
		var b strings.Builder
		for i := 0; i < len(s); i += n {
			b.WriteString(s[i:min(i+n, len(s))] + "\r\n")
		}
		return b.String()
	}
	var drawn bytes.Buffer
	img := image.NewRGBA(image.Rect(0, 0, 40, 40))
	for i, c := range noise(1600) {
		img.Set(i%40, i/40, color.Gray{uint8(c)})
	}
	if err := png.Encode(&drawn, img); err != nil {
		t.Fatal(err)
	}
	wide := func(s string) string {
		out := "\xfe\xff"
		for _, u := range utf16.Encode([]rune(s)) {
			out += string([]byte{byte(u >> 8), byte(u)})
		}
		return out
	}
	word := func(part, text string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, p := range [][2]string{{"[Content_Types].xml", "<Types/>"}, {part, text}} {
			f, err := z.Create(p[0])
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(f, p[1])
		}
		z.Close()
		return b.String()
	}
	secret := "It was told by Zdeněk Kovář, who left in May and lives where he lived."
	safe := "It was told by many people, who left in May and live where they lived."
	// Each takes a text and packs it: what holds the secret is found, what holds the
	// other text is not.
	ways := []struct {
		name, file string
		pack       func(text string) string
	}{
		{"a stream of PDF", "a.pdf", func(s string) string {
			return pdf("/Filter /FlateDecode ", zlibbed("BT /F1 12 Tf 72 700 Td ("+strings.NewReplacer("(", `\(`, ")", `\)`).Replace(s)+") Tj ET", 9))
		}},
		{"letters of a PDF set apart", "a.pdf", func(s string) string {
			var b strings.Builder
			for _, r := range s {
				fmt.Fprintf(&b, "(%c)-12.5", r)
			}
			return pdf("/Filter /FlateDecode ", zlibbed("BT ["+b.String()+"] TJ ET", 6))
		}},
		{"words of a PDF in hexadecimal", "a.pdf", func(s string) string {
			return pdf("/Filter /FlateDecode ", zlibbed("BT <"+hex.EncodeToString([]byte(s))+"> Tj ET", 6))
		}},
		{"a PDF in ASCII85", "a.pdf", func(s string) string {
			return pdf("/Filter [/ASCII85Decode /FlateDecode] ", in85(zlibbed(s, 9)))
		}},
		{"a PDF in digits", "a.pdf", func(s string) string {
			return pdf("/Filter [/ASCIIHexDecode /FlateDecode] ", lines(hex.EncodeToString([]byte(zlibbed(s, 9))), 60)+">")
		}},
		{"a PDF packed by LZW", "a.pdf", func(s string) string { return pdf("/Filter /LZWDecode ", lzwPDF(s)) }},
		{"the title of a PDF in UTF-16", "a.pdf", func(s string) string {
			return "%PDF-1.7\n1 0 obj\n<< /Title (" + wide(s) + ") >>\nendobj"
		}},
		{"objects of a PDF in a stream", "a.pdf", func(s string) string {
			return pdf("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode ", zlibbed("1 0 << /Author ("+s+") >>", 9))
		}},
		{"packed words of a PNG", "a.png", func(s string) string { return picture(chunk("zTXt", "Comment\x00\x00"+zlibbed(s, 9))) }},
		{"international words of a PNG", "a.png", func(s string) string {
			return picture(chunk("iTXt", "Comment\x00\x01\x00en\x00\x00"+zlibbed(s, 6)))
		}},
		{"words of a PNG in older letters", "a.png", func(s string) string {
			old := strings.NewReplacer("ě", "\xec", "á", "\xe1", "ř", "\xf8").Replace(s)
			return picture(chunk("tEXt", "Author\x00"+old))
		}},
		{"a profile of a PNG", "a.png", func(s string) string { return picture(chunk("iCCP", "x\x00\x00"+zlibbed(noise(400)+"desc"+s, 9))) }},
		{"behind the end of a picture", "a.png", func(s string) string { return drawn.String() + gzipped(s) }},
		{"an archive behind a picture", "a.png", func(s string) string { return drawn.String() + word("a.txt", s) }},
		{"packed without saving", "a.bin", func(s string) string { return "\xff\xfe\xfd" + zlibbed(s, 0) }},
		{"a stream that is cut off", "a.bin", func(s string) string {
			z := zlibbed(s+noise(4000), 1)
			return "\x00\x01\xff" + z[:len(z)/2]
		}},
		{"several parts of gzip", "a.gz", func(s string) string { return gzipped("one") + gzipped(s) }},
		{"gzip in gzip", "a.gz", func(s string) string { return gzipped(gzipped(s)) }},
		{"a part of a Word file that is packed", "a.docx", func(s string) string { return word("word/embeddings/a.bin", "\x01\x02\xff"+zlibbed(s, 9)) }},
		{"a picture of a Word file", "a.docx", func(s string) string {
			return word("word/media/image1.png", picture(chunk("zTXt", "Title\x00\x00"+zlibbed(s, 9))))
		}},
		{"a drawing of a Word file, packed", "a.docx", func(s string) string {
			return word("word/media/image1.svgz", gzipped("<svg><title>"+s+"</title></svg>"))
		}},
		{"a workbook in a Word file", "a.docx", func(s string) string {
			return word("word/embeddings/a.xlsx", word("xl/sharedStrings.xml", "<t>"+s+"</t>"))
		}},
		{"a page in a Word file", "a.docx", func(s string) string {
			return word("word/afchunk.mht", "Content-Transfer-Encoding: base64\r\n\r\n"+lines(in64([]byte("<html><p>"+s+"</p>")), 76))
		}},
		{"a picture in a drawing", "a.svg", func(s string) string {
			return `<svg><image href="data:image/png;base64,` + in64([]byte(picture(chunk("zTXt", "Title\x00\x00"+zlibbed(s, 9))))) + `"/></svg>`
		}},
		{"a drawing in a drawing", "a.svg", func(s string) string {
			inner := `<svg><image href="data:image/svg+xml;base64,` + in64([]byte("<svg><desc>"+s+"</desc></svg>")) + `"/></svg>`
			return `<svg><image href="data:image/svg+xml;base64,` + in64([]byte(inner)) + `"/></svg>`
		}},
		{"a packed drawing in a page", "a.html", func(s string) string {
			return `<img src="data:image/svg+xml;charset=utf-8;base64,` + in64([]byte(gzipped("<svg><title>"+s+"</title></svg>"))) + `">`
		}},
		{"a drawing in escapes", "a.css", func(s string) string {
			return `url("data:image/svg+xml,` + url.PathEscape("<svg><title>"+s+"</title></svg>") + `")`
		}},
		{"base64 in escapes of an address", "a.html", func(s string) string {
			return `<a href="data:text/html;base64,` + url.QueryEscape(in64([]byte(s+"?>?>?"))) + `">`
		}},
		{"packed in base64 over lines", "a.json", func(s string) string {
			return `{"data":"` + strings.ReplaceAll(lines(in64([]byte(gzipped(s))), 64), "\r\n", `\n`) + `"}`
		}},
		{"base64 of JSON", "a.json", func(s string) string {
			return `{"data":"` + strings.ReplaceAll(in64([]byte(zlibbed(s, 9))), "/", `\/`) + `"}`
		}},
		{"base64 in base64", "a.txt", func(s string) string { return in64([]byte(in64([]byte(s)))) }},
		{"base64 for addresses", "a.txt", func(s string) string { return "x=" + base64.RawURLEncoding.EncodeToString([]byte(gzipped(s))) + "&y=1" }},
		{"base64 over short lines", "a.eml", func(s string) string { return "\r\n" + lines(in64([]byte(s)), 20) }},
		{"base32", "a.txt", func(s string) string { return "key " + in32([]byte(s)) }},
		{"ASCII85", "a.ps", func(s string) string { return "<~" + in85(s) }},
		{"digits over lines", "a.rtf", func(s string) string {
			return `{\pict\pngblip ` + lines(hex.EncodeToString([]byte(picture(chunk("zTXt", "T\x00\x00"+zlibbed(s, 9))))), 64) + "}"
		}},
		{"digits with blanks", "a.txt", func(s string) string { return strings.TrimSpace(fmt.Sprintf("% x", s)) }},
		{"digits by fours", "a.txt", func(s string) string {
			var b strings.Builder
			for i := 0; i < len(s); i += 2 {
				fmt.Fprintf(&b, "%x ", s[i:min(i+2, len(s))])
			}
			return b.String()
		}},
		{"lines of mail that are broken", "a.eml", func(s string) string {
			var b strings.Builder
			for i := range len(s) {
				fmt.Fprintf(&b, "=%02X", s[i])
				if i%10 == 9 {
					b.WriteString("=\r\n")
				}
			}
			return b.String()
		}},
		{"zstd", "a.zst", func(s string) string {
			return through(t, s, func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z })
		}},
		{"brotli", "a.html.br", func(s string) string {
			return through(t, s, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
		}},
		{"an archive whose list is lost", "a.bin", func(s string) string { z := word("a.txt", s); return "\xff\xff" + z[:strings.Index(z, "PK\x01\x02")] }},
		{"packed in a page of bytes", "a.parquet", func(s string) string { return "PAR1\x15\x00\xff" + gzipped(strings.Repeat(s+" ", 3)) + "PAR1" }},
		{"packed words among packed noise", "a.bin", func(s string) string { return noise(300) + zlibbed(noise(200), 9) + zlibbed(s, 9) + noise(300) }},
	}
	x, err := NewIndex([]Secret{{Words: "Zdeněk Kovář", Why: why, Name: true}, {Words: "who lives where he lived long", Why: "words", Runs: 4}})
	if err != nil {
		t.Fatal(err)
	}
	x.Ordinary(townPages)
	passed, refused := 0, 0
	for _, w := range ways {
		hits, err := x.SearchFile(w.file, []byte(w.pack(secret)))
		if err != nil || len(hits) == 0 {
			passed++
			t.Errorf("%s: not found: %v", w.name, err)
		}
		if hits, err := x.SearchFile(w.file, []byte(w.pack(safe))); err != nil || len(hits) > 0 {
			refused++
			t.Errorf("%s without it: %v, %v", w.name, hits, err)
		}
	}
	t.Logf("%d ways of packing, %d passed; without the name %d refused", len(ways), passed, refused)
	// What cannot be read at all is refused, and so is what unpacks to more than is searched.
	for name, b := range map[string]string{
		"a.xz": "\xfd7zXZ\x00\x00\x04", "a.7z": "7z\xbc\xaf\x27\x1c\x00\x04", "a.rar": "Rar!\x1a\x07\x01\x00", "a.pdf": "%PDF-1.7\ntrailer << /Encrypt 5 0 R >>",
		"a.asc": "-----BEGIN PGP MESSAGE-----\n\nabc", "a.docx": word("a.7z", "7z\xbc\xaf\x27\x1c\x00\x04"), "a.html": in64([]byte("\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4\x46")), "a.age": "age-encryption.org/v1\n-> X25519",
	} {
		if _, err := x.SearchFile(name, []byte(b)); err == nil {
			t.Errorf("%s is not refused", name)
		}
	}
	left := int64(1 << 20)
	if _, err := x.bytes("a.bin", []byte("\xff"+zlibbed(strings.Repeat("\x00", 8<<20), 9)), 0, &left); err == nil {
		t.Error("what unpacks to eight times what is searched is not refused")
	}
}

// lzwPDF packs a text as PDF does, by codes of nine bits that never grow: the table is
// cleared in time.
func lzwPDF(s string) string {
	var bits, n uint32
	var out []byte
	put := func(code uint32) {
		bits, n = bits<<9|code, n+9
		for ; n >= 8; n -= 8 {
			out = append(out, byte(bits>>(n-8)))
		}
	}
	for i := range len(s) {
		if i%200 == 0 {
			put(256)
		}
		put(uint32(s[i]))
	}
	put(257)
	return string(append(out, byte(bits<<(8-n))))
}
