package pdf

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"recount/internal/text/format/pdf/object"
)

// A glyph is a letter on a page. All measures are hundredths of a point, so
// that no later comparison is one of floating-point numbers.
type glyph struct {
	Text     string
	X0, X1   int // X1 includes the spacing that its string asks for
	Y        int // of the baseline, from the bottom
	Size     int
	Bold     bool
	Artifact bool // marked as no part of the text: a running head, a page number
}

// A canvas is what is drawn on a page.
type canvas struct {
	Glyphs        []glyph
	Width, Height int // hundredths of a point
	Image         bool
	Hidden        int // letters that are not shown, as over a scan
	Turned        int // letters that are set on their side
	Unknown       int // letters that their fonts do not name
	Shown         int // letters in all
}

// A matrix is an affine map: x' = a x + c y + e, y' = b x + d y + f.
type matrix struct{ a, b, c, d, e, f float64 }

// then returns the map that does m first and n after it. The conversions keep
// the compiler from fusing operations, which some processors round otherwise.
func (m matrix) then(n matrix) matrix {
	return matrix{
		a: within(float64(m.a*n.a) + float64(m.b*n.c)), b: within(float64(m.a*n.b) + float64(m.b*n.d)),
		c: within(float64(m.c*n.a) + float64(m.d*n.c)), d: within(float64(m.c*n.b) + float64(m.d*n.d)),
		e: within(float64(m.e*n.a) + float64(m.f*n.c) + n.e), f: within(float64(m.e*n.b) + float64(m.f*n.d) + n.f),
	}
}

// A state is the graphics state as far as text needs it.
type state struct {
	ctm                             matrix
	font                            *font
	size, char, word, stretch, lead float64
	rise                            float64
	mode                            int
}

// A pen draws one page.
type pen struct {
	f          *drawing
	c          *canvas
	s          state
	saved      []state
	line, text matrix
	operations int
	quarter    [4]int // letters by direction
	dir        []byte // of each glyph
	marks      []mark
}

// A mark is an open marked-content sequence.
type mark struct {
	artifact bool
	actual   string // text that stands for what is drawn
	has      bool
	used     bool
}

// Draw returns what is on a page. With an error it returns what was drawn
// before it.
func (f *drawing) Draw(l pageNode) (c *canvas, err error) {
	w, h := l.box[2]-l.box[0], l.box[3]-l.box[1]
	ctm := matrix{1, 0, 0, 1, -l.box[0], -l.box[1]}
	switch l.turn {
	case 1:
		ctm = ctm.then(matrix{0, -1, 1, 0, 0, w})
		w, h = h, w
	case 2:
		ctm = ctm.then(matrix{-1, 0, 0, -1, w, h})
	case 3:
		ctm = ctm.then(matrix{0, 1, -1, 0, h, 0})
		w, h = h, w
	}
	c = &canvas{Width: hundredths(w), Height: hundredths(h)}
	p := &pen{f: f, c: c, s: state{ctm: ctm, stretch: 1}}
	defer p.settle()
	b, err := f.contents(l.v.Key("Contents"))
	if err != nil {
		return c, fmt.Errorf("damaged: %w", err)
	}
	err = p.run(b, l.resources, 0)
	return c, err
}

// contents returns the drawing orders of a page, which may stand in several
// streams.
func (f *drawing) contents(v object.Value) ([]byte, error) {
	if v.Kind() == object.Null {
		return nil, nil
	}
	if v.Kind() == object.Stream {
		return f.Stream(v)
	}
	var all []byte
	var failed error
	for i := range min(v.Len(), 10_000) {
		b, err := f.Stream(v.Index(i))
		if err != nil {
			failed = err
			continue
		}
		if len(all)+len(b) > maxStream {
			return all, fmt.Errorf("drawing orders of more than %d MB", maxStream>>20)
		}
		all = append(append(all, b...), '\n')
	}
	if len(all) == 0 && failed != nil {
		return nil, failed
	}
	return all, nil
}

func hundredths(x float64) int { return int(math.Round(within(x) * 100)) }

// run carries out drawing orders.
func (p *pen) run(b []byte, resources object.Value, depth int) error {
	x := *object.NewLexer(b)
	var args []object.Object
	base, marked := len(p.saved), len(p.marks)
	defer func() { p.saved, p.marks = p.saved[:min(base, len(p.saved))], p.marks[:min(marked, len(p.marks))] }()
	for {
		o := x.Next()
		if o.Kind == object.End {
			return nil
		}
		if o.Kind != object.Operator {
			if len(args) < 64 {
				args = append(args, o)
			}
			continue
		}
		if p.operations++; p.operations > maxOperations {
			return fmt.Errorf("more than %d drawing orders on it", maxOperations)
		}
		if len(p.c.Glyphs) > maxGlyphs {
			return fmt.Errorf("more than %d letters on it", maxGlyphs)
		}
		switch o.Str {
		case "BI":
		case "ID":
			p.c.Image = true
			x.SkipImage()
		case "Do":
			if len(args) > 0 {
				if err := p.do(resources.Key("XObject").Key(args[len(args)-1].Str), resources, depth); err != nil {
					return err
				}
			}
		case "Tf":
			if len(args) >= 2 {
				p.s.font = p.f.font(resources.Key("Font").Key(args[0].Str))
				p.s.size = within(args[1].Num)
			}
		case "gs":
			if len(args) > 0 {
				if l := resources.Key("ExtGState").Key(args[0].Str).Key("Font"); l.Len() == 2 {
					p.s.font, p.s.size = p.f.font(l.Index(0)), within(l.Index(1).Float())
				}
			}
		case "BDC", "BMC":
			p.mark(args, resources)
		case "EMC":
			if len(p.marks) > marked {
				p.marks = p.marks[:len(p.marks)-1]
			}
		case "q":
			if len(p.saved) < 10_000 {
				p.saved = append(p.saved, p.s)
			}
		case "Q":
			if len(p.saved) > base {
				p.s = p.saved[len(p.saved)-1]
				p.saved = p.saved[:len(p.saved)-1]
			}
		default:
			p.order(o.Str, args)
		}
		args = args[:0]
	}
}

// do draws a drawing inside a drawing, or notes a picture.
func (p *pen) do(v, outer object.Value, depth int) error {
	if v.Kind() != object.Stream {
		return nil
	}
	if v.Key("Subtype").Name() != "Form" {
		p.c.Image = true
		return nil
	}
	if depth >= maxForms {
		return fmt.Errorf("more than %d drawings in each other", maxForms)
	}
	b, err := p.f.Stream(v)
	if err != nil {
		return nil
	}
	saved := p.s
	if m := v.Key("Matrix"); m.Len() == 6 {
		var n [6]float64
		for i := range n {
			n[i] = within(m.Index(i).Float())
		}
		p.s.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(p.s.ctm)
	}
	r := v.Key("Resources")
	if r.Kind() != object.Dict {
		r = outer
	}
	p.operations += len(b)/1000 + 100
	err = p.run(b, r, depth+1)
	p.s = saved
	return err
}

// mark opens a marked-content sequence.
func (p *pen) mark(args []object.Object, resources object.Value) {
	if len(p.marks) > 1000 {
		return
	}
	var m mark
	if n := len(p.marks); n > 0 {
		m.artifact = p.marks[n-1].artifact
	}
	if len(args) > 0 && args[0].Str == "Artifact" {
		m.artifact = true
	}
	if len(args) > 1 && args[1].Kind == object.Dict {
		if t := args[1].Entry("ActualText"); t.Kind == object.String {
			m.actual, m.has = textString(t.Str), true
		}
	}
	if len(args) > 1 && args[1].Kind == object.Name {
		if t := resources.Key("Properties").Key(args[1].Str).Key("ActualText"); t.Kind() == object.String {
			m.actual, m.has = textString(t.Text()), true
		}
	}
	p.marks = append(p.marks, m)
}

// order carries out an order about text.
func (p *pen) order(op string, args []object.Object) {
	n := func(i int) float64 {
		if i < len(args) {
			return within(args[i].Num)
		}
		return 0
	}
	last := object.Object{}
	if len(args) > 0 {
		last = args[len(args)-1]
	}
	switch op {
	case "cm":
		p.s.ctm = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}.then(p.s.ctm)
	case "BT":
		p.line = matrix{1, 0, 0, 1, 0, 0}
		p.text = p.line
	case "Tc":
		p.s.char = n(0)
	case "Tw":
		p.s.word = n(0)
	case "Tz":
		p.s.stretch = n(0) / 100
	case "TL":
		p.s.lead = n(0)
	case "Tr":
		p.s.mode = int(n(0))
	case "Ts":
		p.s.rise = n(0)
	case "Td":
		p.move(n(0), n(1))
	case "TD":
		p.s.lead = -n(1)
		p.move(n(0), n(1))
	case "Tm":
		p.line = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
		p.text = p.line
	case "T*":
		p.move(0, -p.s.lead)
	case "Tj":
		p.show(last.Str)
	case "'":
		p.move(0, -p.s.lead)
		p.show(last.Str)
	case "\"":
		p.s.word, p.s.char = n(0), n(1)
		p.move(0, -p.s.lead)
		p.show(last.Str)
	case "TJ":
		for _, o := range last.List() {
			switch o.Kind {
			case object.String:
				p.show(o.Str)
			case object.Number:
				p.advance(within(-o.Num / 1000 * p.s.size * p.s.stretch))
			}
		}
	}
}

func (p *pen) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.then(p.line)
	p.text = p.line
}

func (p *pen) advance(x float64) { p.text = matrix{1, 0, 0, 1, x, 0}.then(p.text) }

// show draws a string.
func (p *pen) show(s string) {
	if p.s.font == nil {
		p.s.font = &font{scale: 1}
		for c := range p.s.font.simple {
			p.s.font.simple[c] = winAnsi(byte(c))
			p.s.font.width[c] = plainWidth("", false, p.s.font.simple[c])
		}
	}
	p.s.font.each(s, func(c code) {
		if len(p.c.Glyphs) > maxGlyphs {
			return
		}
		w := float64(float64(c.width)/1000*p.s.size) + p.s.char
		if c.space {
			w += p.s.word
		}
		w *= p.s.stretch
		from := matrix{1, 0, 0, 1, 0, p.s.rise}.then(p.text).then(p.s.ctm)
		p.advance(within(w))
		to := matrix{1, 0, 0, 1, 0, p.s.rise}.then(p.text).then(p.s.ctm)
		p.put(c.text, from, to)
	})
}

// put places one letter.
func (p *pen) put(text string, from, to matrix) {
	var m mark
	if n := len(p.marks); n > 0 {
		m = p.marks[n-1]
		if m.has {
			text = ""
			if !m.used {
				text = m.actual
				p.marks[n-1].used = true
			}
		}
	}
	if text == "" {
		return
	}
	// The size is the length of an upright line of one size, as it is drawn.
	size := hundredths(math.Hypot(from.c, from.d) * math.Abs(p.s.size) * p.s.font.scale)
	if size < 10 {
		return
	}
	dir := byte(0)
	switch {
	case math.Abs(from.b) > math.Abs(from.a) && from.b > 0:
		dir = 1
	case math.Abs(from.b) > math.Abs(from.a):
		dir = 3
	case from.a < 0:
		dir = 2
	}
	g := glyph{Text: tidyLetters(text), Size: size, Bold: p.s.font.bold, Artifact: m.artifact}
	x0, y0, x1, y1 := hundredths(from.e), hundredths(from.f), hundredths(to.e), hundredths(to.f)
	w, h := p.c.Width, p.c.Height
	if x0 < -size || x0 > w+size || y0 < -size || y0 > h+size {
		return
	}
	switch dir {
	case 0:
		g.X0, g.X1, g.Y = x0, x1, y0
	case 1:
		g.X0, g.X1, g.Y = y0, y1, w-x0
	case 2:
		g.X0, g.X1, g.Y = w-x0, w-x1, h-y0
	case 3:
		g.X0, g.X1, g.Y = h-y0, h-y1, x0
	}
	if g.X1 < g.X0 {
		g.X0, g.X1 = g.X1, g.X0
	}
	if strings.TrimSpace(g.Text) != "" {
		p.quarter[dir]++
		p.c.Shown++
		if p.s.mode == 3 || p.s.mode == 7 {
			p.c.Hidden++
		}
		if garbage(g.Text) {
			p.c.Unknown++
		}
	}
	p.c.Glyphs = append(p.c.Glyphs, g)
	p.dir = append(p.dir, dir)
}

// settle keeps the letters of the direction that most have.
func (p *pen) settle() {
	best := 0
	for i, n := range p.quarter {
		if n > p.quarter[best] {
			best = i
		}
	}
	kept := p.c.Glyphs[:0]
	for i, g := range p.c.Glyphs {
		if int(p.dir[i]) == best {
			kept = append(kept, g)
		} else if strings.TrimSpace(g.Text) != "" {
			p.c.Turned++
		}
	}
	p.c.Glyphs = kept
	if best%2 == 1 {
		p.c.Width, p.c.Height = p.c.Height, p.c.Width
	}
	p.dir = nil
}

// garbage reports whether a letter is none that a reader could know.
func garbage(s string) bool {
	for _, r := range s {
		if r == 0xfffd || r < ' ' && !unicode.IsSpace(r) || r >= 0x7f && r < 0xa0 || r >= 0xe000 && r <= 0xf8ff {
			return true
		}
	}
	return false
}

// tidyLetters writes ligatures as letters and puts marks on theirs.
func tidyLetters(s string) string {
	if len(s) == 1 {
		if s[0] < ' ' && !unicode.IsSpace(rune(s[0])) {
			return unknown
		}
		return s
	}
	s = strings.ToValidUTF8(s, unknown)
	if i := strings.IndexFunc(s, func(r rune) bool { return r >= 0xfb00 && r <= 0xfb06 }); i >= 0 {
		s = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st").Replace(s)
	}
	return norm.NFC.String(s)
}

// textString reads a string that is text for a reader: UTF-16 or UTF-8 with a
// mark, or else PDFDocEncoding, which is close to Windows-1252.
func textString(s string) string {
	switch {
	case strings.HasPrefix(s, "\xfe\xff"):
		return decode16(s[2:])
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return strings.ToValidUTF8(s[3:], unknown)
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] < 0x80 {
			b.WriteByte(s[i])
		} else {
			b.WriteString(docLetter(s[i]))
		}
	}
	return b.String()
}

func docLetter(c byte) string {
	if c >= 0xa1 {
		return string(rune(c))
	}
	if i := int(c) - 0x80; i >= 0 && i < len(docLetters) {
		return docLetters[i]
	}
	return ""
}

// docLetters is PDFDocEncoding from 0x80 to 0xa0.
var docLetters = [...]string{"•", "†", "‡", "…", "—", "–", "ƒ", "⁄", "‹", "›", "−", "‰", "„", "“", "”", "‘", "’", "‚", "™",
	"fi", "fl", "Ł", "Œ", "Š", "Ÿ", "Ž", "ı", "ł", "œ", "š", "ž", "", "€"}

// baseLetter returns the first letter of s without its marks.
func baseLetter(s string) rune {
	for _, r := range norm.NFD.String(s) {
		return r
	}
	return 0
}
