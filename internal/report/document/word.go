package document

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Word writes the document as a .docx.
func (d *Document) Word(w io.Writer) error {
	x := &wordWriter{Document: d}
	body := x.body()
	notes := x.notes()
	z := zip.NewWriter(w)
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", x.contentTypes()},
		{"_rels/.rels", packageLinks},
		{"docProps/core.xml", x.properties()},
		{"docProps/app.xml", x.program()},
		{"word/document.xml", body},
		{"word/styles.xml", x.styles()},
		{"word/numbering.xml", numbering},
		{"word/settings.xml", settings},
		{"word/footnotes.xml", notes},
		{"word/_rels/document.xml.rels", x.links("styles", "numbering", "settings", "footnotes")},
		{"word/_rels/footnotes.xml.rels", x.noteLinks()},
	}
	for i, p := range x.pictures {
		parts = append(parts, struct{ name, text string }{fmt.Sprintf("word/media/chart%d.png", i+1), string(p.PNG)},
			struct{ name, text string }{fmt.Sprintf("word/media/chart%d.svg", i+1), string(p.SVG)})
	}
	for _, part := range parts {
		// No time but the one that the format cannot do without.
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

type wordWriter struct {
	*Document
	addresses []string // that the body links to
	inNotes   []string // that the notes link to
	headings  []heading
	pictures  []*Picture
	noted     map[int]int // notes that stand in the document already, with the number that Word gives them
}

// firstNote is where the ids of bookmarks of notes begin, behind those of headings.
const firstNote = 1 << 20

type heading struct {
	level int
	text  string
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	officeR = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

	packageLinks = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + officeR + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`<Relationship Id="rId3" Type="` + officeR + `extended-properties" Target="docProps/app.xml"/></Relationships>`

	settings = xmlHead + `<w:settings ` + wordNS + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>` +
		`<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

	numbering = xmlHead + `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>` +
		`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="850" w:hanging="283"/></w:pPr></w:lvl>` +
		`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1275" w:hanging="283"/></w:pPr></w:lvl>` +
		`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
)

func (x *wordWriter) contentTypes() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>`)
	const main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	for _, p := range [][2]string{{"document", main + "document.main+xml"}, {"styles", main + "styles+xml"}, {"numbering", main + "numbering+xml"}, {"settings", main + "settings+xml"}, {"footnotes", main + "footnotes+xml"}} {
		fmt.Fprintf(&b, `<Override PartName="/word/%s.xml" ContentType="%s"/>`, p[0], p[1])
	}
	b.WriteString(`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`)
	return b.String()
}

func (x *wordWriter) properties() string {
	when := ""
	if t, err := time.Parse(time.RFC3339, x.When); err == nil {
		s := t.UTC().Format("2006-01-02T15:04:05Z")
		when = `<dcterms:created xsi:type="dcterms:W3CDTF">` + s + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + s + `</dcterms:modified>`
	}
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` +
		text(x.Title) + `</dc:title><dc:creator>` + text(x.Program) + `</dc:creator>` + when + `</cp:coreProperties>`
}

func (x *wordWriter) program() string {
	return xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>` + text(x.Program) + `</Application></Properties>`
}

// body writes the text, with its contents behind the title.
func (x *wordWriter) body() string {
	blocks := Flat(x.Blocks)
	for _, b := range blocks {
		if b.Kind == Heading {
			x.headings = append(x.headings, heading{b.Level, Words(b.Text)})
		}
	}
	var out strings.Builder
	out.WriteString(xmlHead + `<w:document ` + wordNS + `><w:body>`)
	out.WriteString(paragraph("Title", "", x.run(Inline{Text: x.Title}, &x.addresses)))
	if len(x.headings) > 2 {
		for i, h := range x.headings {
			if h.level <= 3 {
				fmt.Fprintf(&out, `<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr><w:hyperlink w:anchor="h%d" w:history="1">%s</w:hyperlink></w:p>`, max(h.level-1, 1), i+1, x.run(Inline{Text: h.text}, &x.addresses))
			}
		}
		out.WriteString(paragraph("", `<w:spacing w:before="0" w:after="240" w:line="120" w:lineRule="exact"/>`, ""))
	}
	at := 0
	for i := range blocks {
		b := &blocks[i]
		switch b.Kind {
		case Heading:
			at++
			inner := fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="h%d"/>%s<w:bookmarkEnd w:id="%d"/>`, at, at, x.runs(b.Text, &x.addresses), at)
			out.WriteString(paragraph("Heading"+strconv.Itoa(min(max(b.Level-1, 1), 4)), "", inner))
		case ListItem:
			if b.Number != "" {
				in := 425 * max(b.Level, 1)
				out.WriteString(paragraph("ListParagraph", fmt.Sprintf(`<w:ind w:left="%d" w:hanging="425"/>`, in), x.run(Inline{Text: b.Number + "\t"}, &x.addresses)+x.runs(b.Text, &x.addresses)))
				continue
			}
			out.WriteString(paragraph("ListParagraph", fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>`, min(max(b.Level-1, 0), 2)), x.runs(b.Text, &x.addresses)))
		case Quotation:
			out.WriteString(paragraph("Quote", "", x.runs(b.Text, &x.addresses)))
		case Code:
			out.WriteString(paragraph("Code", "", x.runs(b.Text, &x.addresses)))
		case TableBlock, Flow:
			t := b.Table
			if i > 0 && blocks[i-1].Kind == PictureBlock && blocks[i-1].Picture.Title == t.Caption {
				again := *t // under its drawing, which has the title
				again.Caption = ""
				t = &again
			}
			out.WriteString(x.table(t))
		case PictureBlock:
			if b.Picture.Title != "" {
				out.WriteString(paragraph("Caption", "<w:keepNext/>", x.run(Inline{Text: b.Picture.Title}, &x.addresses)))
			}
			out.WriteString(x.picture(b.Picture, i+1 == len(blocks) || blocks[i+1].Kind != TableBlock))
		case Rule:
			out.WriteString(paragraph("", `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="999999"/></w:pBdr>`, ""))
		default:
			style := ""
			if b.Style == "footnote" {
				style = "Remark"
			}
			out.WriteString(paragraph(style, "", x.runs(b.Text, &x.addresses)))
		}
	}
	// A4, margins of 2.5 cm.
	out.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return out.String()
}

func paragraph(style, properties, inner string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	if style != "" || properties != "" {
		b.WriteString("<w:pPr>")
		if style != "" {
			b.WriteString(`<w:pStyle w:val="` + style + `"/>`)
		}
		b.WriteString(properties + "</w:pPr>")
	}
	b.WriteString(inner + "</w:p>")
	return b.String()
}

// emu are English Metric Units, in which DrawingML measures, of a pixel of 1/96
// inch; tallest is how many pixels of a picture a sheet holds.
const (
	emu     = 9525
	tallest = 860
)

// picture writes a picture as vectors (Office 2016 and later) over pixels.
func (x *wordWriter) picture(p *Picture, last bool) string {
	x.pictures = append(x.pictures, p)
	n := len(x.pictures)
	w, h := p.Width*emu, p.Height*emu
	if p.Height > tallest {
		w, h = w*tallest/p.Height, tallest*emu
	}
	alt := text(p.Alt)
	keep := `<w:keepNext/>` // with its table
	if last {
		keep = ""
	}
	return paragraph("", keep+`<w:spacing w:before="240" w:after="60" w:line="240" w:lineRule="auto"/>`, fmt.Sprintf(`<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Chart %d" descr="%s"/>`+
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:nvPicPr><pic:cNvPr id="%d" name="chart%d" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p%d"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="v%d"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		w, h, n, n, alt, n, n, alt, n, n, w, h))
}

// The measure of a page and what a letter of a table takes of it, in twips.
const (
	measure  = 9072
	perGlyph = 122
	edges    = 300 // of a cell
)

// widths shares the measure out: each column gets room for its longest word, and
// what is left goes to columns by what their longest cell lacks. Heads that stand
// upright take no room. small is true where the letters are small, because at full
// size the words would find no room beside each other.
func (t *Table) widths() (widths []int, small bool) {
	widths, left := t.share(perGlyph)
	if small = left < 0; small {
		widths, _ = t.share(perGlyph * smallText / tableText)
	}
	return widths, small
}

// Sizes of the text of tables, in half points.
const tableText, smallText = 19, 16

// share works the widths out for letters of a size, with what is left of the
// measure when each column has its longest word.
func (t *Table) share(glyph int) (out []int, left int) {
	least, most := make([]int, len(t.Head)), make([]int, len(t.Head))
	look := func(i int, s string, glyph int, whole bool) {
		if i >= len(most) {
			return
		}
		for _, w := range pieces(whole, s) {
			least[i] = max(least[i], min(utf8.RuneCountInString(w), 24)*glyph+edges)
		}
		most[i] = max(most[i], min(utf8.RuneCountInString(s), 60)*glyph+edges)
	}
	for i, h := range t.Head {
		least[i], most[i] = 500, 500
		if i == 0 || !t.Upright() {
			look(i, h, glyph*5/4, false) // it is bold
			most[i] = least[i]           // and may take several lines
		}
	}
	for _, row := range t.Rows {
		for i, c := range row {
			if c.Whole {
				break
			}
			look(i, Words(c.Text), glyph, t.numeric(i))
		}
	}
	lack := 0
	left = measure
	for i := range least {
		left -= least[i]
		lack += max(most[i]-least[i], 0)
	}
	out = slices.Clone(least)
	for i := range out {
		switch {
		case left <= 0: // more than there is room for: all are cut alike
			out[i] = least[i] * measure / (measure - left)
		case lack > left:
			out[i] += left * max(most[i]-least[i], 0) / lack
		default: // all have what they need, and share the rest
			out[i] = max(most[i], least[i]) + (left-lack)/len(out)
		}
	}
	return out, left
}

// uprightFrom is how many columns a table has whose heads find no room side by side.
const uprightFrom = 8

// Upright reports whether the heads of a table stand upright: they are names, over
// columns of small numbers.
func (t *Table) Upright() bool {
	if len(t.Head) < uprightFrom || !t.heated() {
		return false
	}
	for i := range t.Head[1:] {
		if !t.numeric(i + 1) {
			return false
		}
	}
	return true
}

// pieces are what must not be cut into lines: words, and numbers whole.
func pieces(whole bool, s string) []string {
	if whole && utf8.RuneCountInString(s) <= 22 {
		return []string{s}
	}
	return strings.Fields(s)
}

func (x *wordWriter) table(t *Table) string {
	var b strings.Builder
	if t.Caption != "" {
		b.WriteString(paragraph("Caption", "<w:keepNext/>", x.run(Inline{Text: t.Caption}, &x.addresses)))
	}
	widths, small := t.widths()
	style := map[bool]string{false: "TableText", true: "TableSmall"}[small]
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Result"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	kept, turned := false, false // with the row below; the text stands upright
	cell := func(i int, deep bool, heat int, inner string) {
		width := widths[min(i, len(widths)-1)]
		p, shade := "", ""
		if heat > 0 {
			shade = `<w:shd w:val="clear" w:color="auto" w:fill="` + heats[min(heat, len(heats))-1] + `"/>`
		}
		if t.numeric(i) {
			p = `<w:jc w:val="right"/>`
		}
		if turned && i > 0 {
			p, shade = "", `<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>`
		}
		if deep {
			p = `<w:ind w:left="283"/>` + p
		}
		if kept {
			p = "<w:keepNext/>" + p
		}
		fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>%s</w:tc>`, width, shade, paragraph(style, p, inner))
	}
	if strings.Join(t.Head, "") != "" {
		height := ""
		if kept, turned = true, t.Upright(); turned {
			longest := 0
			for _, h := range t.Head[1:] {
				longest = max(longest, utf8.RuneCountInString(h))
			}
			height = fmt.Sprintf(`<w:trHeight w:val="%d" w:hRule="atLeast"/>`, min(longest, 30)*perGlyph+edges)
		}
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + height + `<w:tblHeader/></w:trPr>`)
		for i, h := range t.Head {
			cell(i, false, 0, x.run(Inline{Text: h, Strong: true}, &x.addresses))
		}
		b.WriteString(`</w:tr>`)
	}
	turned = false
	for n, row := range t.Rows {
		// No row stands alone before or after a break.
		kept = n == 0 && len(t.Rows) > 1 || n == len(t.Rows)-2
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		if len(row) > 0 && row[0].Whole {
			fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/></w:tcPr>%s</w:tc></w:tr>`, measure, len(t.Head), paragraph(style, "<w:keepNext/>", x.runs(strong(row[0].Text), &x.addresses)))
			continue
		}
		for i := range t.Head {
			if i >= len(row) {
				cell(i, false, 0, "")
				continue
			}
			cell(i, row[i].Deep, row[i].Heat, x.runs(row[i].Text, &x.addresses))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	// A table at the very end, or two in a row, need a paragraph between.
	b.WriteString(paragraph("", `<w:spacing w:before="0" w:after="120" w:line="120" w:lineRule="exact"/>`, ""))
	return b.String()
}

// heats are the shades of a heat table, light enough for black letters.
var heats = [...]string{"EDF4F6", "DCE9ED", "C6DCE3", "ADCDD7", "92BCC9"}

func (t *Table) numeric(i int) bool { return i < len(t.Numeric) && t.Numeric[i] }

func (x *wordWriter) runs(list []Inline, addresses *[]string) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(x.run(t, addresses))
	}
	return b.String()
}

func (x *wordWriter) run(t Inline, addresses *[]string) string {
	if t.Site {
		return ""
	}
	if t.Note > 0 {
		// A note stands once in a document; where it is named again its number is.
		name := fmt.Sprintf("note%d", t.Note)
		if x.noted[t.Note] > 0 {
			return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> NOTEREF ` + name + ` \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
				fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>%d</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, x.noted[t.Note])
		}
		if x.noted == nil {
			x.noted = map[int]int{}
		}
		x.noted[t.Note] = len(x.noted) + 1
		at := firstNote + t.Note
		return fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, at, name) + fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r><w:bookmarkEnd w:id="%d"/>`, t.Note, at)
	}
	if t.Break {
		return `<w:r><w:br/></w:r>`
	}
	var p strings.Builder
	if t.Address != "" {
		p.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
	} else if t.Code {
		p.WriteString(`<w:rStyle w:val="CodeText"/>`)
	}
	if t.Strong {
		p.WriteString(`<w:b/>`)
	}
	if t.Emphasis {
		p.WriteString(`<w:i/>`)
	}
	if t.Quiet {
		p.WriteString(`<w:color w:val="555555"/>`)
	}
	if rightToLeft(t.Text) {
		p.WriteString(`<w:rtl/>`)
	}
	s := "<w:r>"
	if p.Len() > 0 {
		s += "<w:rPr>" + p.String() + "</w:rPr>"
	}
	for i, piece := range strings.Split(t.Text, "\t") {
		if i > 0 {
			s += "<w:tab/>"
		}
		for j, line := range strings.Split(piece, "\n") {
			if j > 0 {
				if t.Code {
					s += "<w:br/>"
				} else {
					line = " " + line
				}
			}
			if line != "" {
				s += `<w:t xml:space="preserve">` + text(line) + `</w:t>`
			}
		}
	}
	s += "</w:r>"
	if t.Address == "" {
		return s
	}
	*addresses = append(*addresses, t.Address)
	return fmt.Sprintf(`<w:hyperlink r:id="a%d">%s</w:hyperlink>`, len(*addresses), s)
}

func (x *wordWriter) notes() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:footnotes ` + wordNS + `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for i, n := range x.Notes {
		fmt.Fprintf(&b, `<w:footnote w:id="%d">%s</w:footnote>`, i+1, paragraph("FootnoteText", "",
			`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>`+x.run(Inline{Text: " "}, &x.inNotes)+x.runs(n, &x.inNotes)))
	}
	b.WriteString(`</w:footnotes>`)
	return b.String()
}

func (x *wordWriter) links(parts ...string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, p := range parts {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s.xml"/>`, i+1, officeR, p, p)
	}
	outward(&b, x.addresses)
	for i := range x.pictures {
		fmt.Fprintf(&b, `<Relationship Id="p%d" Type="%simage" Target="media/chart%d.png"/><Relationship Id="v%d" Type="%simage" Target="media/chart%d.svg"/>`, i+1, officeR, i+1, i+1, officeR, i+1)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func (x *wordWriter) noteLinks() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	outward(&b, x.inNotes)
	b.WriteString(`</Relationships>`)
	return b.String()
}

func outward(b *strings.Builder, addresses []string) {
	for i, a := range addresses {
		fmt.Fprintf(b, `<Relationship Id="a%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, i+1, officeR, text(a))
	}
}

func (x *wordWriter) styles() string {
	lang := x.Language
	if lang == "" {
		lang = "en"
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="` + text(lang) + `"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	style := func(id, name, paragraph, run string) {
		next := ""
		if strings.HasPrefix(id, "Heading") {
			next = `<w:next w:val="Normal"/>`
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>%s<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, id, name, next, paragraph, run)
	}
	sans := `<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>`
	style("Title", "Title", `<w:spacing w:before="0" w:after="240" w:line="240" w:lineRule="auto"/>`, sans+`<w:b/><w:sz w:val="40"/>`)
	for i, size := range []int{30, 25, 22, 22} {
		style(fmt.Sprintf("Heading%d", i+1), fmt.Sprintf("heading %d", i+1),
			fmt.Sprintf(`<w:keepNext/><w:keepLines/><w:spacing w:before="%d" w:after="100" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="%d"/>`, 400-60*i, i), sans+fmt.Sprintf(`<w:b/><w:sz w:val="%d"/>`, size))
	}
	style("TOC1", "toc 1", `<w:spacing w:after="40"/>`, sans+`<w:sz w:val="20"/>`)
	style("TOC2", "toc 2", `<w:spacing w:after="40"/><w:ind w:left="283"/>`, sans+`<w:sz w:val="20"/>`)
	style("ListParagraph", "List Paragraph", `<w:spacing w:after="80"/>`, "")
	style("Quote", "Quote", `<w:ind w:left="567" w:right="567"/>`, `<w:i/>`)
	style("Remark", "Remark", `<w:spacing w:after="120" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="18"/>`)
	style("Code", "Code", `<w:spacing w:after="160" w:line="240" w:lineRule="auto"/>`, `<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="19"/>`)
	style("Caption", "caption", `<w:keepNext/><w:spacing w:before="240" w:after="80"/>`, sans+`<w:b/><w:sz w:val="19"/>`)
	for _, x := range []struct {
		id, name string
		size     int
	}{{"TableText", "Table Text", tableText}, {"TableSmall", "Table Small", smallText}} {
		style(x.id, x.name, `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>`, sans+fmt.Sprintf(`<w:sz w:val="%d"/>`, x.size))
	}
	style("FootnoteText", "footnote text", `<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="18"/>`)
	b.WriteString(`<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0B5777"/><w:u w:val="single"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="CodeText"><w:name w:val="Code Text"/><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="20"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:styleId="Result"><w:name w:val="Result"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="333333"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="333333"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="CCCCCC"/></w:tblBorders></w:tblPr></w:style>`)
	b.WriteString(`</w:styles>`)
	return b.String()
}

// rightToLeft reports whether text begins in a script that runs to the left.
func rightToLeft(s string) bool {
	for _, r := range s {
		switch {
		case r >= 0x0590 && r <= 0x08FF, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFF:
			return true
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= 0xC0 && r < 0x0590:
			return false
		}
	}
	return false
}

// XML writes text so that it stays text in XML 1.0.
func XML(s string) string { return text(s) }

// text writes characters that XML 1.0 allows, escaped; others are left out.
func text(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == utf8.RuneError, r < 0x20 && r != '\t' && r != '\n', r >= 0x7f && r < 0xa0, r == 0xFFFE, r == 0xFFFF:
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
