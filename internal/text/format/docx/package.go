package docx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf16"

	"recount/internal/text/page"
)

const (
	maxPayload  = 64 << 20 // bytes of a file
	maxInflated = 32 << 20 // bytes of one part, inflated
	maxParts    = 5_000    // parts of one file
	maxDepth    = 256      // elements inside each other
	maxBound    = 256      // namespaces declared at one time

	maxParagraphs = 500_000 // of one document
	maxLength     = 4 << 20 // bytes of one paragraph
)

// ole begins every file of the older Office formats, and every new one with a
// password.
var ole = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// wide returns s in UTF-16, as the older formats write names.
func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func refuseOLE(payload []byte) error {
	if bytes.Contains(payload, wide("EncryptedPackage")) || bytes.Contains(payload, wide("EncryptionInfo")) {
		return page.Refuse("a Word file with a password", "open it in Word or LibreOffice, take the password off and save it as .docx")
	}
	return page.Refuse("an old Word file (.doc)", "open it in Word or LibreOffice and save it as .docx")
}

// damaged says that a ZIP file could not be read as the document it should be.
func damaged(what string) error {
	return page.Refuse("a damaged document: "+what, "open it in Word or LibreOffice and save it again as .docx, or download it again")
}

// pack is an opened ZIP file.
type pack struct {
	files map[string]*zip.File
}

// open reads the directory of a ZIP file.
func open(payload []byte) (*pack, error) {
	switch {
	case !bytes.HasPrefix(payload, []byte("PK\x03\x04")):
		return nil, page.Refuse("no Word file", "save the document again as .docx")
	case len(payload) > maxPayload:
		return nil, page.Refuse("a document of more than 64 MiB", "save it without its pictures")
	case bytes.Count(payload, []byte("PK\x01\x02")) > maxParts:
		return nil, page.Refuse("a ZIP file of more than 5,000 parts", "save the document again as .docx")
	}
	r, err := zip.NewReader(bytes.NewReader(payload), int64(len(payload)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damaged("the ZIP file cannot be opened")
	}
	p := &pack{map[string]*zip.File{}}
	for _, f := range r.File {
		if _, twice := p.files[f.Name]; twice {
			return nil, damaged("two parts have the name " + printable(f.Name))
		}
		p.files[f.Name] = f
	}
	return p, nil
}

// printable cuts a foreign name so that it can stand in a message.
func printable(s string) string { return page.Tidy(strings.ToValidUTF8(s[:min(len(s), 60)], "?")) }

// word reports whether the package holds a Word document.
func (p *pack) word() bool {
	if p.files["[Content_Types].xml"] == nil {
		return false
	}
	for name := range p.files {
		if strings.HasPrefix(name, "word/") {
			return true
		}
	}
	return false
}

// odt reports whether the package holds an OpenDocument text.
func (p *pack) odt() bool {
	f := p.files["mimetype"]
	if f == nil || p.files["content.xml"] == nil || f.UncompressedSize64 > 100 {
		return false
	}
	b, err := p.part("mimetype")
	return err == nil && strings.HasPrefix(string(b), "application/vnd.oasis.opendocument.text")
}

// part returns the inflated bytes of one part; nil if there is none of that
// name.
func (p *pack) part(name string) ([]byte, error) {
	f := p.files[name]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, page.Refuse("a document with a password", "open it, take the password off and save it again")
	}
	if f.UncompressedSize64 > maxInflated {
		return nil, tooLarge()
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(printable(name) + " cannot be opened")
	}
	defer r.Close()
	b := bytes.NewBuffer(make([]byte, 0, min(f.UncompressedSize64, 4*f.CompressedSize64+4096)))
	_, err = io.Copy(b, io.LimitReader(r, maxInflated+1))
	var corrupt flate.CorruptInputError
	switch {
	case b.Len() > maxInflated:
		return nil, tooLarge()
	case errors.As(err, &corrupt), err != nil:
		return nil, damaged(printable(name) + " cannot be unpacked")
	}
	return b.Bytes(), nil
}

func tooLarge() error {
	return page.Refuse("a document whose text is larger than 32 MiB", "split it into several files")
}

// main returns the name of the part that holds the text.
func (p *pack) main() string {
	b, err := p.part("_rels/.rels")
	if err == nil && b != nil {
		found := ""
		if err := scan(b, handler{func(e *element) bool {
			if e.name == "Relationship" && found == "" && strings.HasSuffix(e.attr("Type"), "/officeDocument") {
				if name := strings.TrimPrefix(path.Clean("/"+e.attr("Target")), "/"); p.files[name] != nil {
					found = name
				}
			}
			return true
		}, func(*element) {}, func([]byte) {}}); err == nil && found != "" {
			return found
		}
	}
	return "word/document.xml"
}

func tooMany() error {
	return page.Refuse(fmt.Sprintf("a document of more than %d paragraphs", maxParagraphs), "split it into several files")
}
