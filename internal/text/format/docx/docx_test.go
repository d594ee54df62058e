package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/text/document"
)

const (
	openDocument  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`
	closeDocument = `<w:sectPr/></w:body></w:document>`

	styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Standard"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Zwischentitel"><w:name w:val="Zwischentitel der Redaktion"/><w:basedOn w:val="berschrift1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style></w:styles>`

	core = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>%s</dc:title><dc:creator>Ada Quill</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2019-07-01T09:20:00Z</dcterms:created></cp:coreProperties>`
)

// part is one part of a package, in the order it is written.
type part struct{ name, content string }

// pkg returns a package of the parts that every Word file has and those given.
func pkg(t testing.TB, parts ...part) []byte {
	t.Helper()
	all := []part{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
	}
	return zipped(t, append(all, parts...)...)
}

func zipped(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
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

// file returns a Word file with a body.
func file(t testing.TB, body string) []byte {
	t.Helper()
	return pkg(t, part{"word/document.xml", openDocument + body + closeDocument}, part{"word/styles.xml", styles}, part{"docProps/core.xml", fmt.Sprintf(core, "")})
}

// para returns one paragraph in a style.
func para(style, text string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return "<w:p>" + style + `<w:r><w:t xml:space="preserve">` + text + "</w:t></w:r></w:p>"
}

func TestParagraphsOfOneFeatureEach(t *testing.T) {
	tests := []struct {
		name string
		body string
		want []string // path and text
	}{
		{"empty paragraphs count", para("", "One.") + "<w:p/>" + para("", "Two."), []string{"p[1] One.", "p[3] Two."}},
		{"a sentence in several runs", `<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>port</w:t></w:r><w:r><w:t xml:space="preserve"> opens.</w:t></w:r></w:p>`, []string{"p[1] The port opens."}},
		{"tabs, breaks and hyphens", `<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:noBreakHyphen/><w:t>C</w:t><w:softHyphen/><w:t>D</w:t><w:br/><w:t>Next line.</w:t></w:r></w:p>`,
			[]string{"p[1] A B-CD", "p[1]#2 Next line."}},
		{"a link", `<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>the page</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>`, []string{"p[1] See the page."}},
		{"a field", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://news.example/"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>page</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, []string{"p[1] page"}},
		{"insertions stay and deletions go", `<w:p><w:r><w:t xml:space="preserve">She said </w:t></w:r><w:del w:id="1"><w:r><w:delText>no</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>yes</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>`, []string{"p[1] She said yes."}},
		{"moved text stands once", `<w:p><w:moveFrom w:id="1"><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo w:id="2"><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>`, []string{"p[2] Moved."}},
		{"a text box once", `<w:p><w:r><w:t xml:space="preserve">Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>` + para("", "In the box.") + `</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>` + para("", "In the box.") + `</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after.</w:t></w:r></w:p>`,
			[]string{"p[1] Before after.", "p[2] In the box."}},
		{"a text box of an old file", `<w:p><w:r><w:pict><v:textbox><w:txbxContent>` + para("", "Old box.") + `</w:txbxContent></v:textbox></w:pict></w:r></w:p>`, []string{"p[2] Old box."}},
		{"a table by rows", `<w:tbl><w:tr><w:tc>` + para("", "A1") + `</w:tc><w:tc>` + para("", "B1") + `</w:tc></w:tr><w:tr><w:tc>` + para("", "A2") + `</w:tc><w:tc>` + para("", "B2") + `</w:tc></w:tr></w:tbl>`,
			[]string{"p[1] A1", "p[2] B1", "p[3] A2", "p[4] B2"}},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>`, []string{"p[1] shown"}},
		{"a hidden mark at the end of a paragraph hides nothing", `<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>shown</w:t></w:r></w:p>`, []string{"p[1] shown"}},
		{"a content control", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + para("", "Inside.") + `</w:sdtContent></w:sdt>`, []string{"p[1] Inside."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			payload := file(t, tt.body)
			list, _, err := Paragraphs(payload)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range list {
				got = append(got, p.Path+" "+p.Text)
				if s, ok := Find(payload, p.Path); !ok || s != p.Text {
					t.Errorf("Find(%s) = %q, %v; want %q", p.Path, s, ok, p.Text)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Paragraphs: (-want +got)\n%s", d)
			}
		})
	}
}

func TestTitleOfAPlainDocument(t *testing.T) {
	tests := []struct {
		name, core, body, title, first string
	}{
		{"by its style, in a German Word", "Something else", para("", "Kicker") + para("Titel", "Port opens") + para("", "The port opened."), "Port opens", "Kicker"},
		{"by the first heading", "", para("berschrift1", "Port opens") + para("", "The port opened."), "Port opens", "The port opened."},
		{"by a style based on a heading", "", para("Zwischentitel", "Port opens") + para("", "The port opened."), "Port opens", "The port opened."},
		{"by the properties, and its line is no paragraph", "Port opens", para("", "PORT OPENS") + para("", "The port opened."), "PORT OPENS", "The port opened."},
		{"by a short first line", "", para("", "Port opens") + para("", "The port opened."), "Port opens", "The port opened."},
		{"none where the first line is a sentence", "", para("", "The port opened.") + para("", "It did."), "", "The port opened."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			payload := pkg(t, part{"word/document.xml", openDocument + tt.body + closeDocument}, part{"word/styles.xml", styles}, part{"docProps/core.xml", fmt.Sprintf(core, tt.core)})
			set, err := Read(payload, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			d := set.Drafts[0]
			title := ""
			for _, f := range d.Facts {
				if f.Field == "title" && title == "" {
					title = f.Value
				}
			}
			if title != tt.title || d.Paragraphs[0].Text != tt.first {
				t.Errorf("title %q, first paragraph %q; want %q, %q", title, d.Paragraphs[0].Text, tt.title, tt.first)
			}
		})
	}
}

func TestWhatIsLeftOutIsSaid(t *testing.T) {
	payload := pkg(t,
		part{"word/document.xml", openDocument + `<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r></w:p><w:altChunk r:id="rId5"/>` + closeDocument},
		part{"word/footnotes.xml", "<x/>"}, part{"word/header1.xml", "<x/>"})
	set, err := Read(payload, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"tracked changes: one deletion is left out", "one footnote is left out", "one picture is not read", "headers and footers are left out"}
	if d := cmp.Diff(want, set.Drafts[0].Notes); d != "" {
		t.Errorf("notes: (-want +got)\n%s", d)
	}
	if len(set.Left) != 1 || set.Left[0].Hint == "" {
		t.Errorf("left = %+v; want the part in another format", set.Left)
	}
}

func TestODT(t *testing.T) {
	payload := zipped(t, part{"mimetype", "application/vnd.oasis.opendocument.text"},
		part{"content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:h text:outline-level="1">Port opens</text:h><text:p>The<text:s/>port<text:note><text:note-body><text:p>Aside</text:p></text:note-body></text:note> opened<text:line-break/>At noon.</text:p></office:text></office:body></office:document-content>`},
		part{"meta.xml", `<?xml version="1.0"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:creator>Ada Quill</dc:creator></office:meta></office:document-meta>`})
	if !Is(payload, "x.odt") {
		t.Error("Is = false")
	}
	set, err := Read(payload, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := set.Drafts[0]
	want := []document.Paragraph{{Text: "The port opened", Path: "p[2]"}, {Text: "At noon.", Path: "p[2]#2"}}
	if diff := cmp.Diff(want, d.Paragraphs); diff != "" {
		t.Errorf("paragraphs: (-want +got)\n%s", diff)
	}
	if len(d.Facts) != 2 || d.Facts[0].Value != "Port opens" || d.Facts[1].Value != "Ada Quill" {
		t.Errorf("facts = %+v", d.Facts)
	}
}

func TestRefusals(t *testing.T) {
	doc := openDocument + para("", "Text") + closeDocument
	oleFile := append(append([]byte{}, ole...), make([]byte, 512)...)
	tests := []struct {
		name    string
		payload []byte
		is      bool
		says    string
	}{
		{"an old Word file", append(append([]byte{}, oleFile...), wide("WordDocument")...), true, ".doc"},
		{"a Word file with a password", append(append([]byte{}, oleFile...), wide("EncryptedPackage")...), true, "password"},
		{"an OpenDocument text with a password", zipped(t, part{"mimetype", "application/vnd.oasis.opendocument.text"}, part{"content.xml", "\x00\x01" + strings.Repeat("x", 700)}, part{"META-INF/manifest.xml", "<manifest:encryption-data/>"}), true, "password"},
		{"a document type declaration", pkg(t, part{"word/document.xml", `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + doc[strings.Index(doc, "<w:document"):]}), true, "document type"},
		{"broken XML", pkg(t, part{"word/document.xml", openDocument + "<w:p><w:r>"}), true, "damaged"},
		{"an unknown entity", pkg(t, part{"word/document.xml", openDocument + para("", "&e;") + closeDocument}), true, "damaged"},
		{"two parts of one name", pkg(t, part{"word/document.xml", doc}, part{"word/document.xml", doc}), false, "damaged"},
		{"a document without text", pkg(t, part{"word/document.xml", openDocument + closeDocument}), true, "without text"},
		{"elements inside each other without end", pkg(t, part{"word/document.xml", openDocument + strings.Repeat("<w:p>", 10_000)}), true, "inside each other"},
		{"a ZIP file that is cut off", pkg(t, part{"word/document.xml", doc})[:600], false, "damaged"},
		{"a part that grows without end", pkg(t, part{"word/document.xml", openDocument + strings.Repeat(" ", maxInflated) + closeDocument}), true, "32 MiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Is(tt.payload, "a.docx"); got != tt.is && len(tt.payload) > 700 {
				t.Errorf("Is = %v, want %v", got, tt.is)
			}
			_, err := Read(tt.payload, document.Options{})
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
				t.Fatalf("Read: %v; want a refusal with a hint", err)
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Read: %v; want it to say %q", err, tt.says)
			}
		})
	}
}

func BenchmarkParagraphs(b *testing.B) {
	var body strings.Builder
	for range 15_000 {
		body.WriteString(`<w:p w:rsidR="00000000" w:rsidRDefault="00D61F4A"><w:pPr><w:pStyle w:val="Standard"/><w:spacing w:before="200" w:line="260" w:lineRule="atLeast"/><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Arial"/><w:color w:val="000000"/></w:rPr><w:t xml:space="preserve">The harbour will close for three weeks while the cranes are repaired, the mayor said on Monday, and fishermen will land at the old pier until then.</w:t></w:r></w:p>`)
	}
	payload := file(b, body.String())
	b.SetBytes(int64(body.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Paragraphs(payload); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzParagraphs(f *testing.F) {
	f.Add([]byte(openDocument+para("Titel", "Port opens")+para("", "The port opened.")+closeDocument), true)
	f.Add([]byte(openDocument+`<w:tbl><w:tr><w:tc>`+para("", "A")+`</w:tc></w:tr></w:tbl><mc:AlternateContent><mc:Choice>`+para("", "x")+`</mc:Choice><mc:Fallback/></mc:AlternateContent>`+closeDocument), true)
	f.Add(file(f, para("", "Text")), false)
	f.Add(append(append([]byte{}, ole...), wide("WordDocument")...), false)
	f.Fuzz(func(t *testing.T, b []byte, inner bool) {
		if inner {
			b = pkg(t, part{"word/document.xml", string(b)}, part{"word/styles.xml", styles})
		}
		Is(b, "x.docx")
		list, _, err := Paragraphs(b)
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				t.Fatalf("an error that is no refusal: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for i, p := range list {
			if p.Text == "" || seen[p.Path] || strings.ContainsAny(p.Text, "\n\x00") {
				t.Fatalf("paragraph %+v is empty, has more than one line or a path that another has", p)
			}
			seen[p.Path] = true
			if i < 3 {
				if s, ok := Find(b, p.Path); !ok || s != p.Text {
					t.Fatalf("Find(%s) = %q, %v; want %q", p.Path, s, ok, p.Text)
				}
			}
		}
	})
}
