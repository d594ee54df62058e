package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// A maker writes small PDF files for the tests.
type maker struct {
	objects []string // object n stands at n-1
	info    string   // entries of the information dictionary
	root    string   // more entries of the catalogue
	trailer string   // more entries of the trailer
	packed  bool     // a cross-reference stream, and dictionaries in an object stream
	header  string
}

// add adds an object and returns its number.
func (m *maker) add(body string) int {
	m.objects = append(m.objects, body)
	return len(m.objects)
}

// stream adds a stream.
func (m *maker) stream(dict string, data []byte, deflate bool) int {
	if deflate {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		w.Write(data)
		w.Close()
		data = b.Bytes()
		dict += "/Filter/FlateDecode"
	}
	return m.add(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

// bytes writes the file. pages are the numbers of page objects; every page
// must name its parent as "@P".
func (m *maker) bytes(pages []int) []byte {
	var kids strings.Builder
	for _, p := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	parent := m.add(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String()))
	for _, p := range pages {
		m.objects[p-1] = strings.ReplaceAll(m.objects[p-1], "@P", fmt.Sprintf("%d 0 R", parent))
	}
	root := m.add(fmt.Sprintf("<</Type/Catalog/Pages %d 0 R%s>>", parent, m.root))
	info := m.add("<<" + m.info + ">>")
	trailer := fmt.Sprintf("/Root %d 0 R/Info %d 0 R%s", root, info, m.trailer)
	if m.header == "" {
		m.header = "%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
	}
	var b bytes.Buffer
	b.WriteString(m.header)
	if m.packed {
		m.pack(&b, trailer)
		return b.Bytes()
	}
	at := make([]int, len(m.objects))
	for i, o := range m.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, p := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return b.Bytes()
}

// pack writes streams as they are, everything else into one object stream, and
// a cross-reference stream.
func (m *maker) pack(b *bytes.Buffer, trailer string) {
	n := len(m.objects)
	rows := make([][3]int, n+3)
	var heads, bodies bytes.Buffer
	count := 0
	for i, o := range m.objects {
		if strings.Contains(o, "stream\n") {
			rows[i+1] = [3]int{1, b.Len(), 0}
			fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", i+1, o)
			continue
		}
		rows[i+1] = [3]int{2, n + 1, count}
		fmt.Fprintf(&heads, "%d %d ", i+1, bodies.Len())
		bodies.WriteString(o + "\n")
		count++
	}
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write(heads.Bytes())
	w.Write(bodies.Bytes())
	w.Close()
	rows[n+1] = [3]int{1, b.Len(), 0}
	fmt.Fprintf(b, "%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n",
		n+1, count, heads.Len(), z.Len(), z.Bytes())
	start := b.Len()
	rows[n+2] = [3]int{1, start, 0}
	var table bytes.Buffer
	for _, r := range rows {
		table.WriteByte(byte(r[0]))
		binary.Write(&table, binary.BigEndian, uint32(r[1]))
		binary.Write(&table, binary.BigEndian, uint16(r[2]))
	}
	fmt.Fprintf(b, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]%s/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
		n+2, n+3, trailer, table.Len(), table.Bytes(), start)
}

// literal writes a string in WinAnsi encoding.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for _, r := range s {
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			c = '?'
		}
		if c == '(' || c == ')' || c == '\\' {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	b.WriteByte(')')
	return b.String()
}

// A page of the tests is 595 by 842 points.
const (
	paperWidth  = 595.0
	paperHeight = 842.0
)

// A sheetMaker writes drawing orders.
type sheetMaker struct{ bytes.Buffer }

// put writes text with its baseline at x, y.
func (s *sheetMaker) put(font string, size, x, y float64, text string) {
	fmt.Fprintf(s, "BT /%s %.3f Tf %.3f %.3f Td %s Tj ET\n", font, size, x, y, literal(text))
}

// wide is the width of text in points.
func wide(font string, size float64, text string) float64 {
	n := 0
	for _, r := range text {
		low, bold := "helvetica", false
		if font == "T" || font == "TB" {
			low = "times"
		}
		if font == "TB" || font == "HB" {
			bold = true
		}
		n += int(plainWidth(low, bold, string(r)))
	}
	return float64(n) * size / 1000
}

// fonts adds the fonts of the tests and returns their resources.
func (m *maker) fonts() string {
	out := ""
	for _, f := range [...][2]string{{"T", "Times-Roman"}, {"TB", "Times-Bold"}, {"H", "Helvetica"}, {"HB", "Helvetica-Bold"}} {
		n := m.add(fmt.Sprintf("<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>", f[1]))
		out += fmt.Sprintf("/%s %d 0 R", f[0], n)
	}
	return "/Resources<</Font<<" + out + ">>>>"
}

// page adds a page.
func (m *maker) page(resources string, orders []byte) int {
	c := m.stream("", orders, true)
	return m.add(fmt.Sprintf("<</Type/Page/Parent @P/MediaBox[0 0 595 842]%s/Contents %d 0 R>>", resources, c))
}

// A setting says how an article is set.
type setting struct {
	columns   int
	indent    float64 // of first lines, in points
	gap       float64 // between paragraphs, in points
	justify   bool
	hyphenate bool
	style     string // "line", "words" or "kern": how a line is drawn
	furniture bool
	packed    bool
	size      float64 // points
	leading   float64 // of the size
}

func (s setting) String() string {
	return fmt.Sprintf("%d columns, indent %v, gap %v, justified %v, hyphens %v, drawn by %s, furniture %v, packed %v, size %v, leading %v",
		s.columns, s.indent, s.gap, s.justify, s.hyphenate, s.style, s.furniture, s.packed, s.size, s.leading)
}

// compose sets an article.
func compose(s setting, title, byline, date string, paragraphs []string) []byte {
	m := &maker{packed: s.packed, info: "/Title" + literal(title) + "/Producer(a test)/CreationDate(D:20150102030405Z)"}
	resources := m.fonts()
	const margin, gutter = 56.0, 16.0
	width := (paperWidth - 2*margin - gutter*float64(s.columns-1)) / float64(s.columns)
	var pages []int
	var sheet *sheetMaker
	var x, y, top float64
	column := 0
	number := 0
	finish := func() {
		if sheet != nil {
			if s.furniture {
				sheet.put("H", 8, margin, paperHeight-36, "The Harbour Post")
				sheet.put("H", 8, paperWidth-margin-90, paperHeight-36, "Wednesday 5 March 2014")
				sheet.put("H", 8, paperWidth/2-10, 30, fmt.Sprintf("Page %d", number))
			}
			pages = append(pages, m.page(resources, sheet.Bytes()))
		}
	}
	fresh := func() {
		finish()
		sheet = &sheetMaker{}
		number++
		column, x, top = 0, margin, paperHeight-64
		y = top
	}
	fresh()
	for _, l := range wrap("TB", 22, paperWidth-2*margin, paperWidth-2*margin, title, false) {
		y -= 26
		sheet.put("TB", 22, x, y, l.text)
	}
	y -= 20
	sheet.put("H", 9, x, y, byline)
	y -= 13
	sheet.put("H", 9, x, y, date)
	y -= 14
	top = y
	for _, p := range paragraphs {
		lines := wrap("T", s.size, width-s.indent, width, p, s.hyphenate)
		for i, l := range lines {
			y -= s.size * s.leading
			if y < 60 {
				if column++; column < s.columns {
					x += width + gutter
					y = top - s.size*s.leading
				} else {
					fresh()
					y -= s.size * s.leading
				}
			}
			at, room := x, width
			if i == 0 {
				at, room = x+s.indent, width-s.indent
			}
			sheet.set(s, at, y, room, l, s.justify && i < len(lines)-1)
		}
		y -= s.gap
	}
	finish()
	return m.bytes(pages)
}

// set draws one line.
func (b *sheetMaker) set(s setting, x, y, room float64, l wrapped, justify bool) {
	words := strings.Split(l.text, " ")
	free := 0.0
	if justify && len(words) > 1 {
		free = (room - wide("T", s.size, l.text)) / float64(len(words)-1)
	}
	switch s.style {
	case "words":
		for _, w := range words {
			b.put("T", s.size, x, y, w)
			x += wide("T", s.size, w+" ") + free
		}
	case "kern":
		fmt.Fprintf(b, "BT /T %.3f Tf 1 0 0 1 %.3f %.3f Tm [", s.size, x, y)
		for i, w := range words {
			if i > 0 {
				fmt.Fprintf(b, "%.2f ", -(250 + free*1000/s.size))
			}
			if r := []rune(w); len(r) > 3 {
				fmt.Fprintf(b, "%s 15 %s", literal(string(r[:2])), literal(string(r[2:])))
			} else {
				b.WriteString(literal(w))
			}
		}
		b.WriteString("] TJ ET\n")
	default:
		fmt.Fprintf(b, "BT /T %.3f Tf %.4f Tw %.3f %.3f Td %s Tj 0 Tw ET\n", s.size, free, x, y, literal(l.text))
	}
}

// wrapped is a line of a paragraph.
type wrapped struct{ text string }

// wrap breaks text into lines.
func wrap(font string, size, firstWidth, width float64, text string, hyphenate bool) []wrapped {
	var out []wrapped
	line := ""
	room := firstWidth
	next := func() {
		out = append(out, wrapped{line})
		line, room = "", width
	}
	for _, w := range strings.Split(text, " ") {
		for {
			with := w
			if line != "" {
				with = line + " " + w
			}
			if wide(font, size, with) <= room {
				line = with
				break
			}
			if hyphenate {
				if a, b, ok := breakWord(w, func(head string) bool {
					if line != "" {
						head = line + " " + head
					}
					return wide(font, size, head) <= room
				}); ok {
					if line != "" {
						a = line + " " + a
					}
					line = a
					next()
					w = b
					continue
				}
			}
			if line == "" {
				line = w
				break
			}
			next()
		}
	}
	next()
	return out
}

// breakWord parts a word with a hyphen, or at one, so that its head fits.
func breakWord(w string, fits func(string) bool) (head, tail string, ok bool) {
	if i := strings.IndexByte(w, '-'); i > 1 && i < len(w)-2 && fits(w[:i+1]) {
		return w[:i+1], w[i+1:], true
	}
	if strings.ContainsAny(w, "-“”’0123456789") {
		return "", "", false
	}
	for i := len(w) - 4; i >= 3; i-- {
		if !strings.ContainsRune("aeiou", rune(w[i-1])) || strings.ContainsRune("aeiou", rune(w[i])) || w[i] >= 0x80 || w[i-1] >= 0x80 {
			continue
		}
		if fits(w[:i] + "-") {
			return w[:i] + "-", w[i:], true
		}
	}
	return "", "", false
}

// Sentences of a town that does not exist.
var sentences = []string{
	"The harbour council put off its vote on the night ferry after almost two hundred residents filled the town hall.",
	"“We were told in January that nobody would hear the engines,” said Marta Lindqvist, who runs a bakery on the quay.",
	"The company counted nineteen sailings after midnight in February.",
	"Councillor Ingrid Aalto proposed that an independent office measure the noise in April and May.",
	"According to Ms Aalto, the study would cost at most 40,000 euros.",
	"“An extraordinary meeting is an extraordinary expense,” the mayor said.",
	"Residents of the upper town were less patient.",
	"He asked for a well-founded study of the noise, and for a well-founded timetable.",
	"Eleven of the nineteen members followed her.",
	"It is the same inefficient affair every spring, Yusuf Demirel told this newspaper, and he should know.",
	"Nobody in the hall wanted to speak about that letter.",
	"The ferry sails at eleven in the evening and at half past one in the morning, as it has done since the bridge was closed for repairs.",
	"Whether the route can be kept at all is another question that no committee of the council has been willing to answer in public.",
	"In 2013, 12,400 cars crossed; the year before it had been 14,050.",
	"Their measurements are public.",
	"A spokeswoman for the ministry declined to comment on the difficulties of the operation.",
	"“Of course they did,” she said.",
	"The second report, which runs to ninety-four pages, recommends a low-speed channel along the breakwater and new fenders on the older vessels.",
}

// article makes up paragraphs.
func article(r *rand.Rand, n int) []string {
	var out []string
	for range n {
		var p []string
		for range 1 + r.IntN(5) {
			p = append(p, sentences[r.IntN(len(sentences))])
		}
		out = append(out, strings.Join(p, " "))
	}
	return out
}

// settings lists many ways to set an article.
func settings() []setting {
	var out []setting
	i := 0
	for _, columns := range []int{1, 2, 3} {
		for _, parts := range [][2]float64{{12, 0}, {0, 8}, {12, 6}, {9, 0}} {
			for _, justify := range []bool{false, true} {
				for _, hyphenate := range []bool{false, true} {
					for _, style := range []string{"line", "words", "kern"} {
						i++
						out = append(out, setting{columns: columns, indent: parts[0], gap: parts[1], justify: justify, hyphenate: hyphenate,
							style: style, furniture: i%2 == 0, packed: i%3 == 0, size: []float64{9, 10, 11.5}[i%3], leading: []float64{1.15, 1.3, 1.5}[i/3%3]})
					}
				}
			}
		}
	}
	return out
}

// TestParagraphsComeBackAsTheyWereSet sets articles in many ways and reads
// them again.
func TestParagraphsComeBackAsTheyWereSet(t *testing.T) {
	const title, byline, date = "Harbour council delays ferry vote after storm of complaints", "By Odile Farrant", "5 March 2014"
	all, right, extra := 0, 0, 0
	for n, s := range settings() {
		paragraphs := article(rand.New(rand.NewPCG(uint64(n), 7)), 30)
		payload := compose(s, title, byline, date, paragraphs)
		set, err := Read(payload, documentOptions)
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		d := set.Drafts[0]
		if got := fact(d.Facts, "title"); got != title {
			t.Errorf("%v: title = %q", s, got)
		}
		if got := fact(d.Facts, "byline"); got != byline {
			t.Errorf("%v: byline = %q", s, got)
		}
		if got := fact(d.Facts, "published"); got != date {
			t.Errorf("%v: published = %q", s, got)
		}
		want := map[string]int{}
		for _, p := range paragraphs {
			want[p]++
		}
		missed := len(paragraphs)
		var odd []string
		for _, p := range d.Paragraphs {
			if p.Text == byline || p.Text == date {
				continue
			}
			if want[p.Text] > 0 {
				want[p.Text]--
				missed--
			} else {
				odd = append(odd, p.Path+" "+p.Text)
			}
		}
		all += len(paragraphs)
		right += len(paragraphs) - missed
		extra += len(odd)
		if missed > 0 && testing.Verbose() {
			t.Logf("%d: %v: %d of %d paragraphs missed", n, s, missed, len(paragraphs))
			for _, o := range odd[:min(4, len(odd))] {
				t.Logf("   got %.700s", o)
			}
		}
	}
	t.Logf("%d of %d paragraphs exact, %d that are none", right, all, extra)
	if right*1000 < all*985 {
		t.Errorf("%d of %d paragraphs exact, want 985 of 1,000", right, all)
	}
}

// randFor returns the same numbers each time.
func randFor(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }
