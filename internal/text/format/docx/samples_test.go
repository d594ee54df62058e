package docx

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recount/internal/text/document"
)

// stamped returns a package whose bytes are the same on every day.
func stamped(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, p := range parts {
		method := zip.Deflate
		if i == 0 && p.name == "mimetype" {
			method = zip.Store
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: method, Modified: time.Date(2019, 7, 1, 9, 20, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The article that the samples hold.
const (
	sampleTitle  = "Harbour to close for three weeks while cranes are mended"
	sampleByline = "By Ada Quill"
	sampleDate   = "1 July 2019"
)

var sampleText = []string{
	"The harbour of Northport will close on Monday for three weeks while its two cranes are mended, the mayor, Tilda Moss, said at a meeting in the town hall.",
	"“Nobody will lose a day of work,” Ms. Moss said. “The old pier is ready, and the ice house stays open.”",
	"What it costs",
	"About 40 boats use the harbour. According to the harbour office, almost 60% of them are small enough to land at the old pier.",
	"Jonas Reef, who has fished from Northport since he was 15, said he did not believe a word of it.",
}

func samples(t testing.TB) map[string][]byte {
	var body strings.Builder
	body.WriteString(para("Titel", sampleTitle) + para("", sampleByline) + para("", sampleDate) + "<w:p/>" + para("", sampleText[0]))
	// A sentence with a tracked change in it, and a text box beside it.
	body.WriteString(`<w:p><w:r><w:t xml:space="preserve">“Nobody will lose a </w:t></w:r><w:del w:id="1" w:author="Editor"><w:r><w:delText>week</w:delText></w:r></w:del><w:ins w:id="2" w:author="Editor"><w:r><w:t>day</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> of work,” Ms. Moss said. “The old pier is ready, and the ice house stays open.”</w:t></w:r></w:p>`)
	body.WriteString(para("berschrift1", sampleText[2]) + para("", sampleText[3]) + para("", sampleText[4]))
	word := []part{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"word/document.xml", openDocument + body.String() + closeDocument},
		{"word/styles.xml", styles},
		{"docProps/core.xml", fmt.Sprintf(core, "")},
	}
	odf := func(s string) string { return "<text:p>" + s + "</text:p>" }
	open := []part{
		{"mimetype", "application/vnd.oasis.opendocument.text"},
		{"META-INF/manifest.xml", `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`},
		{"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text><text:p text:style-name="Title">` + sampleTitle + `</text:p>` +
			odf(sampleByline) + odf(sampleDate) + odf(sampleText[0]) + odf(sampleText[1]) + `<text:h text:outline-level="1">` + sampleText[2] + `</text:h>` + odf(sampleText[3]) + odf(sampleText[4]) + `</office:text></office:body></office:document-content>`},
	}
	return map[string][]byte{"article.docx": stamped(t, word...), "article.odt": stamped(t, open...)}
}

// TestSamples keeps the files in testdata readable as their truth. UPDATE=1
// writes them.
func TestSamples(t *testing.T) {
	type article struct {
		Part      string `json:"part"`
		Title     string `json:"title"`
		Outlet    string `json:"outlet"`
		Published string `json:"published"`
		Byline    string `json:"byline"`
		URL       string `json:"url"`
		First     string `json:"first"`
		Last      string `json:"last"`
	}
	type truth struct {
		Articles []article `json:"articles"`
		Left     []string  `json:"left"`
		Leads    []string  `json:"leads"`
	}
	want := truth{Articles: []article{{Title: sampleTitle, Published: "2019-07-01", Byline: sampleByline, First: "The harbour of Northport will close", Last: "a word of it."}}, Left: []string{}, Leads: []string{}}
	files := samples(t)
	b, err := json.MarshalIndent(map[string]truth{"article.docx": want, "article.odt": want}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		files["truth.json"] = append(b, '\n')
		for name, b := range files {
			if err := os.WriteFile(filepath.Join("testdata", name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		delete(files, "truth.json")
	}
	for name := range files {
		payload, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if !Is(payload, name) {
			t.Errorf("Is(%s) = false", name)
		}
		set, err := Read(payload, document.Options{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		d := set.Drafts[0]
		values := map[string]string{}
		for _, f := range d.Facts {
			if values[f.Field] == "" {
				values[f.Field] = f.Value
			}
		}
		if values["title"] != sampleTitle || values["byline"] != sampleByline || values["published"] != sampleDate {
			t.Errorf("%s: facts %+v", name, d.Facts)
		}
		if len(d.Paragraphs) != len(sampleText) {
			t.Fatalf("%s: %d paragraphs, want %d", name, len(d.Paragraphs), len(sampleText))
		}
		for i, p := range d.Paragraphs {
			if p.Text != sampleText[i] {
				t.Errorf("%s: paragraph %d %q, want %q", name, i, p.Text, sampleText[i])
			}
			if s, ok := Find(payload, p.Path); !ok || s != p.Text {
				t.Errorf("%s: Find(%s) = %q, %v; want %q", name, p.Path, s, ok, p.Text)
			}
		}
	}
}
