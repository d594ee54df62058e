package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	pdf "github.com/ledongthuc/pdf"

	"recount"
	"recount/internal/parallel"
	"recount/internal/text/document"
)

var documentOptions = document.Options{Name: "test.pdf"}

// fact returns the first value of a field.
func fact(list []recount.Candidate, field string) string {
	for _, f := range list {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

// body is an article as most tests set it.
var body = article(rand.New(rand.NewPCG(1, 1)), 8)

// plain sets the orders of pages with the fonts of the tests.
func plain(m *maker, orders ...string) []byte {
	resources := m.fonts()
	var pages []int
	for _, o := range orders {
		pages = append(pages, m.page(resources, []byte(o)))
	}
	return m.bytes(pages)
}

// draft reads a file of one article.
func draft(t *testing.T, payload []byte) document.Draft {
	t.Helper()
	set, err := Read(payload, documentOptions)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Drafts) != 1 {
		t.Fatalf("%d drafts, want 1", len(set.Drafts))
	}
	for _, p := range set.Drafts[0].Paragraphs {
		if got, ok := Find(payload, p.Path); !ok || got != p.Text {
			t.Errorf("Find(%s) = %q, %v; want %q", p.Path, got, ok, p.Text)
		}
	}
	return set.Drafts[0]
}

// texts returns the paragraphs of a draft.
func texts(d document.Draft) []string {
	var out []string
	for _, p := range d.Paragraphs {
		out = append(out, p.Text)
	}
	return out
}

func TestIsRecognisesTheHeader(t *testing.T) {
	tests := []struct {
		name    string
		payload string
		want    bool
	}{
		{"a file", "%PDF-1.4\n", true},
		{"PDF 2.0", "%PDF-2.0\n", true},
		{"bytes before the header", "\xef\xbb\xbf\r\n%PDF-1.4\n", true},
		{"a page about PDF", "<html>" + strings.Repeat(" ", 2000) + "%PDF-1.4", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		if got := Is([]byte(tt.payload), "x.pdf"); got != tt.want {
			t.Errorf("%s: Is = %v, want %v", tt.name, got, tt.want)
		}
	}
}

// line writes one order that shows text at a place.
func show(x, y float64, size float64, text string) string {
	return fmt.Sprintf("BT /T %g Tf %g %g Td %s Tj ET\n", size, x, y, literal(text))
}

func TestLinesBecomeWords(t *testing.T) {
	tests := []struct {
		name   string
		orders string
		want   []string
	}{
		{"one string", show(50, 700, 10, "The ferry was late."), []string{"The ferry was late."}},
		{"kerned letters and no spaces", "BT /T 10 Tf 50 700 Td [(The)-260(f)10(erry)-260(w)15(as)-300(late.)] TJ ET", []string{"The ferry was late."}},
		{"words drawn from the right", show(110, 700, 10, "late.") + show(50, 700, 10, "The ferry was"), []string{"The ferry was late."}},
		{"drawn twice to look bold", show(50, 700, 10, "The ferry was late.") + show(50.2, 700, 10, "The ferry was late."), []string{"The ferry was late."}},
		{"letters drawn twice in turn", "BT /T 10 Tf 50 700 Td (F) Tj 0.2 0 Td (F) Tj (erry) Tj ET", []string{"Ferry"}},
		{"a raised figure", show(50, 700, 10, "a well-known law") + show(113.2, 704, 6, "2") + show(120, 700, 10, "of the sea"), []string{"a well-known law2 of the sea"}},
		{"ligatures", "BT /T 10 Tf 50 700 Td (of) Tj /Span<</ActualText<FEFFFB01>>>BDC (x)Tj EMC (ce) Tj ET", []string{"office"}},
		{"a soft hyphen that the file marks", show(50, 700, 10, "an independent meas") + "/Span<</ActualText<FEFF00AD>>>BDC " + show(122.5, 700, 10, "-") + "EMC " + show(50, 688, 10, "urement of the noise in April and May"),
			[]string{"an independent measurement of the noise in April and May"}},
		{"next line by TL and T*", "BT /T 10 Tf 12 TL 50 700 Td (The ferry was late again on Tuesday) Tj T* (and nobody in the town knew why it was.) Tj ET",
			[]string{"The ferry was late again on Tuesday and nobody in the town knew why it was."}},
		{"the quote operators", "BT /T 10 Tf 12 TL 50 700 Td (The ferry was late again on Tuesday) ' 0 0 (and nobody in the town knew why it was.) \" ET",
			[]string{"The ferry was late again on Tuesday and nobody in the town knew why it was."}},
		{"a text matrix that scales", "BT /T 1 Tf 10 0 0 10 50 700 Tm (The ferry was late.) Tj ET", []string{"The ferry was late."}},
		{"a picture in the orders", "BI /W 4 /H 4 /BPC 8 /CS /G ID \x00EI(\xff\x01)>>] EI " + show(50, 700, 10, "The ferry was late."), []string{"The ferry was late."}},
		{"a drawing that ends in the middle", show(50, 700, 10, "The ferry was late.") + "BT /T 10 Tf (unfini", []string{"The ferry was late."}},
		{"text beside the paper", show(50, 700, 10, "The ferry was late.") + show(5000, 700, 10, "Crop marks and registration"), []string{"The ferry was late."}},
		{"Q without q", "Q Q Q " + show(50, 700, 10, "The ferry was late."), []string{"The ferry was late."}},
		{"a large first letter", "BT /T 34 Tf 50 676 Td (T) Tj ET " + show(74, 700, 10, "he ferry was late again on Tuesday,") + show(74, 688, 10, "and nobody in the town knew") + show(50, 676-1, 10, "why it was late again, said a man."),
			[]string{"The ferry was late again on Tuesday, and nobody in the town knew why it was late again, said a man."}},
		{"a year range at the end of a line", show(50, 700, 10, "the long and cold winters of 2014-") + show(50, 688, 10, "2015 were hard for the town"), []string{"the long and cold winters of 2014-2015 were hard for the town"}},
		{"a hyphen that waits for a second word", show(50, 700, 10, "It was a matter for all the two-") + show(50, 688, 10, "and three-year-olds of the town"), []string{"It was a matter for all the two- and three-year-olds of the town"}},
		{"a double name", show(50, 700, 10, "It was a matter for the town of Lund-") + show(50, 688, 10, "Osterby and for nobody else in it"), []string{"It was a matter for the town of Lund-Osterby and for nobody else in it"}},
		{"a dash at the end of a line", show(50, 700, 10, "It was late, as the whole town knew –") + show(50, 688, 10, "and nobody in the town knew why it was."), []string{"It was late, as the whole town knew – and nobody in the town knew why it was."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := texts(draft(t, plain(&maker{}, tt.orders))); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("paragraphs = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAHyphenIsKeptWhereTheFileWritesTheWordWithOne(t *testing.T) {
	orders := show(50, 700, 10, "the well-founded doubts of the whole town were not a well-") + show(50, 688, 10, "founded reason for the council to put off its vote on fer-") +
		show(50, 676, 10, "ries and on the noise that they make at night in the har-") + show(50, 664, 10, "bour of the town")
	want := []string{"the well-founded doubts of the whole town were not a well-founded reason for the council to put off its vote on ferries and on the noise that they make at night in the harbour of the town"}
	if got := texts(draft(t, plain(&maker{}, orders))); !reflect.DeepEqual(got, want) {
		t.Errorf("paragraphs = %q, want %q", got, want)
	}
}

func TestATableIsReadRowByRow(t *testing.T) {
	var b strings.Builder
	for i, row := range [][3]string{{"Year", "Sailings", "Late"}, {"2010", "1,412", "81"}, {"2011", "1,390", "77"}, {"2012", "1,401", "90"}, {"2013", "1,377", "112"}, {"2014", "1,350", "98"}} {
		for k, cell := range row {
			b.WriteString(show(60+150*float64(k), 700-14*float64(i), 10, cell))
		}
	}
	got := strings.Join(texts(draft(t, plain(&maker{}, b.String()))), " ")
	if want := "Year Sailings Late 2010 1,412 81 2011"; !strings.HasPrefix(got, want) {
		t.Errorf("table = %q, want %q first", got, want)
	}
}

func TestWhatRepeatsAtTheEdgesOfPagesIsLeftOutAndNamed(t *testing.T) {
	payload := compose(setting{columns: 2, indent: 12, style: "line", furniture: true, size: 10, leading: 1.2},
		"Harbour council delays ferry vote", "By Odile Farrant", "5 March 2014", article(rand.New(rand.NewPCG(3, 3)), 80))
	d := draft(t, payload)
	for _, p := range d.Paragraphs {
		if strings.Contains(p.Text, "The Harbour Post Wednesday") || strings.Contains(p.Text, "Page ") {
			t.Errorf("%s holds %q", p.Path, p.Text)
		}
	}
	notes := strings.Join(d.Notes, "\n")
	for _, want := range []string{"The Harbour Post Wednesday 5 March 2014", "page numbers"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes = %q, want %q named", notes, want)
		}
	}
}

func TestPathsLeadOverPages(t *testing.T) {
	payload := compose(setting{columns: 1, indent: 12, style: "line", size: 11, leading: 1.4},
		"Harbour council delays ferry vote", "By Odile Farrant", "5 March 2014", article(rand.New(rand.NewPCG(5, 3)), 60))
	over := 0
	for _, p := range draft(t, payload).Paragraphs {
		if strings.Contains(p.Path, "+page[") {
			over++
		}
	}
	if over == 0 {
		t.Error("no paragraph goes over a page")
	}
	for _, path := range []string{"", "page[1]", "page[0]/line[1]", "page[1]/line[0]", "page[1]/line[5-3]", "page[99]/line[1]", "page[1]/line[9999]", "page[1]/line[1]+", "p[1]", "page[1]/line[1-99999999999999999999]"} {
		if text, ok := Find(payload, path); ok {
			t.Errorf("Find(%q) = %q, want nothing", path, text)
		}
	}
}

func TestWhatTheFileSaysOfItself(t *testing.T) {
	xmp := `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" prism:publicationName="The Harbour Post">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Harbour council delays ferry vote</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Odile Farrant</rdf:li></rdf:Seq></dc:creator>
<prism:publicationDate>2014-03-05</prism:publicationDate></rdf:Description></rdf:RDF></x:xmpmeta>`
	m := &maker{info: "/Title(vote_final2.docx)/Author(desk7)/CreationDate(D:20150102030405+01'00')"}
	n := m.stream("/Type/Metadata/Subtype/XML", []byte(xmp), false)
	m.root = fmt.Sprintf("/Metadata %d 0 R", n)
	d := draft(t, plain(m, show(50, 780, 18, "Harbour council delays ferry vote")+show(50, 700, 10, body[0])))
	want := []recount.Candidate{
		{Field: "outlet", Value: "The Harbour Post", Origin: "xmp prism:publicationName"},
		{Field: "title", Value: "Harbour council delays ferry vote", Origin: "xmp title"},
		{Field: "byline", Value: "Odile Farrant", Origin: "xmp creator"},
		{Field: "published", Value: "2014-03-05", Origin: "xmp prism:publicationDate"},
		{Field: "modified", Value: "2015-01-02T03:04:05+01:00", Origin: "pdf created"},
	}
	if !reflect.DeepEqual(d.Facts, want) {
		t.Errorf("facts = %+v\nwant %+v", d.Facts, want)
	}
	if strings.Contains(strings.Join(texts(d), " "), "delays ferry vote") {
		t.Error("the title stands among the paragraphs")
	}
}

func TestFilesThatOtherReadersReadAreRead(t *testing.T) {
	text := show(50, 700, 10, "The ferry was late again.")
	good := plain(&maker{}, text)
	wide := func() []byte {
		m := &maker{}
		cmap := m.stream("", []byte("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"+
			"2 beginbfrange <0003> <0003> <0020> <0044> <005d> <0061> endbfrange 2 beginbfchar <0037> <0054> <0011> <002e> endbfchar endcmap"), true)
		inner := m.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Made/DW 500/W[3[250] 68 93 480]>>")
		outer := m.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Made/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", inner, cmap))
		hex := ""
		for _, r := range "The ferry was late again." {
			switch {
			case r == ' ':
				hex += "0003"
			case r == 'T':
				hex += "0037"
			case r == '.':
				hex += "0011"
			default:
				hex += fmt.Sprintf("%04x", r-'a'+0x44)
			}
		}
		p := m.page(fmt.Sprintf("/Resources<</Font<</F %d 0 R>>>>", outer), []byte("BT /F 10 Tf 50 700 Td <"+hex+"> Tj ET"))
		return m.bytes([]int{p})
	}
	form := func() []byte {
		m := &maker{}
		fonts := m.fonts()
		f := m.stream("/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Matrix[1 0 0 1 50 600]"+fonts, []byte(show(0, 100, 10, "The ferry was late again.")), true)
		p := m.page(fmt.Sprintf("/Resources<</XObject<</X %d 0 R>>>>", f), []byte("q /X Do Q"))
		return m.bytes([]int{p})
	}
	named := func() []byte {
		m := &maker{}
		f := m.add("<</Type/Font/Subtype/Type1/BaseFont/AAAAAA+Made/FirstChar 1/LastChar 16/Widths[600 500 450 250 300 450 330 500 700 440 400 280 280 500 500 250]" +
			"/Encoding<</Differences[1/T/h/e/space/f/uni0065/r/y/w/a.alt/s/l/t/g/i/n/period]>>>>")
		s := ""
		for _, r := range "The ferry was late again." {
			s += fmt.Sprintf("%02x", map[rune]int{'T': 1, 'h': 2, 'e': 3, ' ': 4, 'f': 5, 'r': 7, 'y': 8, 'w': 9, 'a': 10, 's': 11, 'l': 12, 't': 13, 'g': 14, 'i': 15, 'n': 16, '.': 17}[r])
		}
		p := m.page(fmt.Sprintf("/Resources<</Font<</F %d 0 R>>>>", f), []byte("BT /F 10 Tf 50 700 Td <"+s+"> Tj ET"))
		return m.bytes([]int{p})
	}
	turned := func() []byte {
		m := &maker{}
		fonts := m.fonts()
		c := m.stream("", []byte("BT /T 10 Tf 0 1 -1 0 300 100 Tm (The ferry was late again.) Tj ET"), true)
		p := m.add(fmt.Sprintf("<</Type/Page/Parent @P/Rotate 90/MediaBox[0 0 595 842]%s/Contents[%d 0 R]>>", fonts, c))
		return m.bytes([]int{p})
	}
	tests := []struct {
		name    string
		payload []byte
	}{
		{"as it is", good},
		{"a cross-reference stream", plain(&maker{packed: true}, text)},
		{"PDF 2.0", plain(&maker{header: "%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"}, text)},
		{"a header with more behind it", plain(&maker{header: "%PDF-1.4 made by a test\n"}, text)},
		{"bytes before the header", append([]byte("\xef\xbb\xbf\r\n"), good...)},
		{"bytes before the header that count", plain(&maker{header: "sent by a gateway\n%PDF-1.4\n%xxxx\n"}, text)},
		{"bytes behind the end", append(bytes.Clone(good), strings.Repeat("\x00<!-- served in 0.1 s -->", 20)...)},
		{"a table at the wrong place", bytes.Replace(good, []byte("startxref\n"), []byte("startxref\n1"), 1)},
		{"no table at all", good[:bytes.LastIndex(good, []byte("xref\n0"))]},
		{"codes of two bytes", wide()},
		{"a drawing in a drawing", form()},
		{"letters by name", named()},
		{"a page on its side", turned()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := texts(draft(t, tt.payload)); len(got) != 1 || got[0] != "The ferry was late again." {
				t.Errorf("paragraphs = %q", got)
			}
		})
	}
}

// hostile makes files that are to be refused or bounded.
func hostile() map[string]func() []byte {
	text := show(50, 700, 10, "The ferry was late again.")
	good := plain(&maker{}, text)
	image := func() []byte {
		m := &maker{}
		im := m.stream("/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", []byte("abcd"), true)
		p := m.page(fmt.Sprintf("/Resources<</XObject<</I %d 0 R>>>>", im), []byte("q 595 0 0 842 0 0 cm /I Do Q"))
		return m.bytes([]int{p})
	}
	inItself := func() []byte {
		var b bytes.Buffer
		b.WriteString("%PDF-1.5\n%xxxx\n")
		at := b.Len()
		b.WriteString("1 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 2 0 R/Length 16>>\nstream\n\x00\x00\x00\x00\x01\x00")
		b.WriteByte(byte(at))
		b.WriteString("\x00\x02\x00\x03\x00\x02\x00\x03\x01\nendstream\nendobj\n")
		fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", at)
		return b.Bytes()
	}
	lengthInItself := func() []byte {
		var b bytes.Buffer
		b.WriteString("%PDF-1.5\n%xxxx\n")
		obj := b.Len()
		b.WriteString("3 0 obj\n<</Type/ObjStm/N 2/First 8/Length 2 0 R>>\nstream\n2 0 4 2 99 <</Type/Catalog>>\nendstream\nendobj\n")
		at := b.Len()
		fmt.Fprintf(&b, "1 0 obj\n<</Type/XRef/Size 5/W[1 2 1]/Root 4 0 R/Length 20>>\nstream\n\x00\x00\x00\x00\x01%c%c\x00\x02\x00\x03\x00\x01\x00%c\x00\x02\x00\x03\x01\nendstream\nendobj\n", at>>8, at&255, obj)
		fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", at)
		return b.Bytes()
	}
	forms := func() []byte { // each drawing holds the next ten times
		m := &maker{}
		fonts := m.fonts()
		last := m.stream("/Subtype/Form"+fonts, []byte(text), true)
		for range 9 {
			last = m.stream(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>", last), []byte(strings.Repeat("/X Do ", 10)), true)
		}
		return m.bytes([]int{m.page(fmt.Sprintf("/Resources<</XObject<</X %d 0 R>>>>", last), []byte("/X Do"))})
	}
	formInItself := func() []byte {
		m := &maker{}
		n := len(m.objects) + 1
		m.stream(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>", n), []byte("/X Do /X Do"), true)
		return m.bytes([]int{m.page(fmt.Sprintf("/Resources<</XObject<</X %d 0 R>>>>", n), []byte("/X Do"))})
	}
	pagesInItself := []byte("%PDF-1.4\n%xxxx\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 9/Kids[2 0 R 2 0 R 2 0 R 2 0 R]>>\nendobj\n")
	bomb := func() []byte { return plain(&maker{}, text+strings.Repeat(" ", 80<<20)) }
	deep := func() []byte {
		return plain(&maker{}, text+strings.Repeat("[", 1_000_000)+strings.Repeat("<<", 1_000_000)+strings.Repeat("(", 100_000))
	}
	many := func() []byte {
		return plain(&maker{}, strings.Repeat(show(50, 700, 10, "The ferry was late again."), 60_000))
	}
	scattered := func() []byte {
		var b strings.Builder
		r := rand.New(rand.NewPCG(9, 9))
		for range 60_000 {
			fmt.Fprintf(&b, "BT /T %d Tf %d %d Td (ab) Tj ET\n", 1+r.IntN(40), r.IntN(595), r.IntN(842))
		}
		return plain(&maker{}, b.String())
	}
	nested := func() []byte {
		b := []byte("%PDF-1.4\n%xxxx\n1 0 obj\n")
		b = append(b, bytes.Repeat([]byte("["), 3_000_000)...)
		return append(b, "\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000015 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n3000030\n%%EOF\n"...)
	}
	var words strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&words, "w%d-x ", i)
	}
	manyPages := func() []byte {
		m := &maker{}
		fonts := m.fonts()
		p := m.page(fonts, []byte(text))
		var pages []int
		for range 100_000 {
			pages = append(pages, p)
		}
		return m.bytes(pages)
	}
	return map[string]func() []byte{
		"a picture of a page":              image,
		"an object stream in itself":       inItself,
		"the length of a stream in itself": lengthInItself,
		"drawings in drawings":             forms,
		"a drawing in itself":              formInItself,
		"a tree of pages in itself":        func() []byte { return pagesInItself },
		"80 MB of spaces":                  bomb,
		"brackets without end":             deep,
		"an array three million deep":      nested,
		"1.5 million letters at one place": many,
		"120,000 letters anywhere":         scattered,
		"100,000 pages":                    manyPages,
		"a table of a billion objects":     func() []byte { return bytes.Replace(good, []byte("/Size "), []byte("/Size 1000000000"), 1) },
		"a table that begins at a billion": func() []byte { return bytes.Replace(good, []byte("xref\n0 "), []byte("xref\n1000000000 "), 1) },
		"a table before itself": func() []byte {
			return bytes.Replace(good, []byte("trailer\n<<"), []byte("trailer\n<</Prev "+fmt.Sprint(bytes.LastIndex(good, []byte("xref\n0")))), 1)
		},
		"encrypted": func() []byte {
			return bytes.Replace(good, []byte("trailer\n<<"), []byte("trailer\n<</Encrypt<</Filter/Standard/V 5/R 6>>/ID[(a)(a)]"), 1)
		},
		"encrypted by another handler": func() []byte {
			return bytes.Replace(good, []byte("trailer\n<<"), []byte("trailer\n<</Encrypt<</Filter/Adobe.PubSec>>/ID[(a)(a)]"), 1)
		},
		"only a header":             func() []byte { return []byte("%PDF-1.4\n") },
		"a header and an end":       func() []byte { return []byte("%PDF-1.4\n%%EOF") },
		"half a file":               func() []byte { return good[:len(good)/2] },
		"nothing drawn":             func() []byte { return plain(&maker{}, "") },
		"40,000 words with hyphens": func() []byte { return plain(&maker{}, show(10, 700, 1, words.String())) },
		"a size that is no number": func() []byte {
			return plain(&maker{}, "BT /T 1e999 Tf 99999999999999999999999 0 0 99999999999999999999999999 50 700 Tm (abc) Tj ET")
		},
		"letters that no font names": garbled,
		"1,000,000 objects that are references": func() []byte {
			return []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj 1 0 R endobj\n", 200_000) + "2 0 obj<</Type/Catalog/Pages 1 0 R>>endobj")
		},
		"a font table of two million characters": longTable,
	}
}

// garbled is a file whose font has no table of characters.
func garbled() []byte {
	m := &maker{}
	inner := m.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Made/DW 500>>")
	outer := m.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Made/Encoding/Identity-H/DescendantFonts[%d 0 R]>>", inner))
	p := m.page(fmt.Sprintf("/Resources<</Font<</F %d 0 R>>>>", outer), []byte("BT /F 10 Tf 50 700 Td <00370044004500460047> Tj ET"))
	return m.bytes([]int{p})
}

func longTable() []byte {
	m := &maker{}
	var b strings.Builder
	b.WriteString("1 begincodespacerange <0000> <ffff> endcodespacerange\n")
	for i := range 2_000_000 {
		fmt.Fprintf(&b, "1 beginbfrange <%04x> <ffff> <0041> endbfrange\n", i&0xffff)
		if b.Len() > 31<<20 {
			break
		}
	}
	cmap := m.stream("", []byte(b.String()), true)
	inner := m.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Made/W[0 65535 500]>>")
	outer := m.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Made/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", inner, cmap))
	p := m.page(fmt.Sprintf("/Resources<</Font<</F %d 0 R>>>>", outer), []byte("BT /F 10 Tf 50 700 Td <00370044004500460047> Tj ET"))
	return m.bytes([]int{p})
}

func TestHostileFilesCostLittle(t *testing.T) {
	refusals := map[string]string{
		"a picture of a page":          "no text layer",
		"encrypted":                    "encrypted",
		"encrypted by another handler": "encrypted",
		"nothing drawn":                "no text layer",
		"letters that no font names":   "fonts do not say",
		"an object stream in itself":   "damaged",
		"only a header":                "damaged",
	}
	for name, make := range hostile() {
		t.Run(name, func(t *testing.T) {
			payload := make()
			begun := parallel.Used()
			set, err := Read(payload, documentOptions)
			d := parallel.Used() - begun
			what := "read"
			if err != nil {
				what = err.Error()
				if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
					t.Errorf("Read = %v, hint %q; want a refusal with a hint", err, recount.HintOf(err))
				}
			} else if len(set.Drafts) != 1 {
				t.Errorf("%d drafts", len(set.Drafts))
			}
			t.Logf("%v for %d kB: %s %v", d.Round(time.Millisecond), len(payload)>>10, what, set.Left)
			if d > 10*time.Second {
				t.Errorf("it took %v", d)
			}
			if want := refusals[name]; want != "" && !strings.Contains(what, want) {
				t.Errorf("Read = %s, want %q", what, want)
			}
		})
	}
}

// TestThePeerReadsTheSameLetters compares with ledongthuc/pdf, which reads
// objects and strings by itself; spaces and order are its own.
func TestThePeerReadsTheSameLetters(t *testing.T) {
	for _, s := range settings()[:24] {
		payload := compose(s, "Harbour council delays ferry vote", "By Odile Farrant", "5 March 2014", body)
		r, err := pdf.NewReader(bytes.NewReader(payload), int64(len(payload)))
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		rd, err := r.GetPlainText()
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		theirs, err := io.ReadAll(rd)
		if err != nil {
			t.Fatal(err)
		}
		f, err := openDrawing(payload)
		if err != nil {
			t.Fatal(err)
		}
		leaves, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		var ours strings.Builder
		for _, l := range leaves {
			c, err := f.Draw(l)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range c.Glyphs {
				ours.WriteString(g.Text)
			}
		}
		if a, b := letterKey(ours.String()), letterKey(string(theirs)); a != b || a == "" {
			t.Errorf("%v: letters differ:\nours %.300q\ntheirs %.300q", s, a, b)
		}
	}
}

// TestThePageThatABrowserPrinted reads a file with the glyph runs of a real
// program.
func TestThePageThatABrowserPrinted(t *testing.T) {
	payload, err := os.ReadFile("testdata/printed.pdf")
	if err != nil {
		t.Fatal(err)
	}
	checkPrinted(t, payload)
}

// TestABrowserPrintsItNow prints the page with the browser of this machine.
func TestABrowserPrintsItNow(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: nothing to print with")
	}
	dir := t.TempDir()
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+dir+"/profile",
		"--print-to-pdf="+dir+"/out.pdf", "file://"+wd+"/testdata/printed.html")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("chromium does not print here: %v %s", err, out)
	}
	payload, err := os.ReadFile(dir + "/out.pdf")
	if err != nil {
		t.Skip("chromium wrote no file")
	}
	checkPrinted(t, payload)
}

func checkPrinted(t *testing.T, payload []byte) {
	t.Helper()
	d := draft(t, payload)
	if got := fact(d.Facts, "title"); got != "Harbour council delays ferry vote after storm of complaints" {
		t.Errorf("title = %q", got)
	}
	if got := fact(d.Facts, "published"); got != "5 March 2014" {
		t.Errorf("published = %q", got)
	}
	src, err := os.ReadFile("testdata/printed.html")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for part := range strings.SplitSeq(string(src), "<p>") {
		if text, _, ok := strings.Cut(part, "</p>"); ok && !strings.Contains(text, "<") {
			want = append(want, text)
		}
	}
	var got []string
	for _, p := range d.Paragraphs {
		if p.Role == "" {
			got = append(got, p.Text)
		}
	}
	if len(want) < 8 || !reflect.DeepEqual(got, want) {
		t.Errorf("paragraphs = %q\nwant %q", got, want)
	}
}

// TestPdftotextReadsTheSameWords compares with poppler where it is installed.
func TestPdftotextReadsTheSameWords(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed (poppler-utils): nothing to compare with")
	}
	out, err := exec.CommandContext(t.Context(), tool, "testdata/printed.pdf", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	payload, err := os.ReadFile("testdata/printed.pdf")
	if err != nil {
		t.Fatal(err)
	}
	d := draft(t, payload)
	ours := letterKey(fact(d.Facts, "title") + strings.Join(texts(d), ""))
	if theirs := letterKey(string(out)); ours != theirs {
		t.Errorf("ours %q\ntheirs %q", ours, theirs)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(plain(&maker{}, show(50, 700, 10, "The ferry was late again.")))
	f.Add(plain(&maker{packed: true}, show(50, 700, 10, "The ferry was late again.")))
	for _, name := range []string{"a picture of a page", "an object stream in itself", "the length of a stream in itself", "a drawing in itself", "a tree of pages in itself",
		"a table of a billion objects", "a table before itself", "encrypted", "half a file", "a size that is no number", "letters that no font names"} {
		f.Add(hostile()[name]())
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		if len(payload) > 1<<20 || !Is(payload, "") {
			return
		}
		begun := parallel.Used()
		set, err := Read(payload, documentOptions)
		if d := parallel.Used() - begun; d > time.Minute {
			t.Errorf("%d bytes took %v", len(payload), d)
		}
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				t.Errorf("Read = %v, want a refusal", err)
			}
			return
		}
		n := 0
		for _, d := range set.Drafts {
			for _, p := range d.Paragraphs {
				if n++; n > 3 {
					return
				}
				if got, ok := Find(payload, p.Path); !ok || got != p.Text {
					t.Errorf("Find(%s) = %q, %v; want %q", p.Path, got, ok, p.Text)
				}
			}
		}
	})
}

// FuzzOrders lets the drawing orders of a page be anything.
func FuzzOrders(f *testing.F) {
	f.Add([]byte(show(50, 700, 10, "The ferry was late again.")))
	f.Add([]byte("q 1 0 0 1 5 5 cm BT /T 10 Tf 12 TL [(ab)-300<4142>] TJ T* (c) ' 1 2 (d) \" ET Q BI /W 1 ID x EI /Span<</ActualText(x)>>BDC EMC"))
	f.Fuzz(func(t *testing.T, orders []byte) {
		if len(orders) > 1<<16 {
			return
		}
		m := &maker{}
		fonts := m.fonts()
		c := m.stream("", orders, false)
		payload := m.bytes([]int{m.add(fmt.Sprintf("<</Type/Page/Parent @P/MediaBox[0 0 595 842]%s/Contents %d 0 R>>", fonts, c))})
		begun := parallel.Used()
		defer func() {
			if d := parallel.Used() - begun; d > time.Minute {
				t.Errorf("%d bytes took %v", len(orders), d)
			}
		}()
		if _, err := Read(payload, documentOptions); err != nil && !errors.Is(err, recount.ErrRefused) {
			t.Errorf("Read = %v, want a refusal", err)
		}
		packet(orders)
	})
}

func BenchmarkRead(b *testing.B) {
	payload := compose(setting{columns: 2, indent: 12, style: "kern", justify: true, hyphenate: true, furniture: true, size: 10, leading: 1.2},
		"Harbour council delays ferry vote", "By Odile Farrant", "5 March 2014", article(rand.New(rand.NewPCG(3, 3)), 60))
	set, err := Read(payload, documentOptions)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for _, p := range set.Drafts[0].Paragraphs {
		n += len(p.Text)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(payload, documentOptions); err != nil {
			b.Fatal(err)
		}
	}
}
