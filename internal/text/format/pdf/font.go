package pdf

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"recount/internal/text/format/pdf/object"
)

// maxFonts is how many fonts of a file are kept once they are read.
const maxFonts = 300

// unknown stands for a letter that its font does not name.
const unknown = "\ufffd"

// A font says which letters the codes of a string are and how wide they are.
type font struct {
	bold          bool
	wide          bool // its codes have two bytes, unless its table says otherwise
	table         *table
	simple        [256]string
	width         [256]int32       // thousandths of the size
	widths        map[uint32]int32 // of a wide font, by code
	normal        int32            // width of a code without one
	utf16         bool             // the codes of a wide font are UTF-16
	legacyCharset *legacyCharset   // the codes of a wide font are those of an older character set
	scale         float64          // of a font that is drawn by orders: one unit, in thousandths
}

// A code is one code of a string with what its font says of it.
type code struct {
	text  string
	width int32 // thousandths of the size
	space bool  // word spacing is added to it
}

// each calls do for each code of s.
func (f *font) each(s string, do func(code)) {
	for len(s) > 0 {
		n := 1
		if f.wide {
			n = f.table.length(s)
		}
		if f.legacyCharset != nil {
			n = f.legacyCharset.length(s)
		}
		n = min(n, len(s))
		var v uint32
		for i := range n {
			v = v<<8 | uint32(s[i])
		}
		raw := s[:n]
		s = s[n:]
		c := code{space: n == 1 && v == 32}
		t, ok := f.table.find(n, v)
		switch {
		case !f.wide:
			c.width = f.width[v]
			if !ok || t == "" {
				t = f.simple[v]
			}
		default:
			w, has := f.widths[v]
			if !has {
				w = f.normal
			}
			if f.legacyCharset != nil { // widths are given by numbers that the code is not
				if w = f.normal; n == 1 {
					w /= 2
				}
			}
			c.width = w
			if !ok {
				t = unknown
				switch {
				case f.utf16 && n == 2:
					t = decode16(raw)
				case f.legacyCharset != nil:
					t = f.legacyCharset.text(raw)
				}
			}
		}
		c.text = t
		do(c)
	}
}

// font reads a font.
func (f *drawing) font(v object.Value) *font {
	n := v.Number()
	if o, ok := f.fonts[n]; ok && n > 0 {
		return o
	}
	o := f.readFont(v)
	if n > 0 && len(f.fonts) < maxFonts {
		f.fonts[n] = o
	}
	return o
}

func (f *drawing) readFont(v object.Value) *font {
	o := &font{scale: 1}
	name := v.Key("BaseFont").Name()
	if i := strings.IndexByte(name, '+'); i == 6 {
		name = name[7:]
	}
	low := strings.ToLower(name)
	o.bold = strings.Contains(low, "bold") || strings.Contains(low, "black") || strings.Contains(low, "heavy")
	if u := v.Key("ToUnicode"); u.Kind() == object.Stream {
		if b, err := f.Stream(u); err == nil {
			o.table = readTable(b)
		}
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.wideFont(o, v)
		return o
	}
	f.simpleFont(o, v, low)
	return o
}

// wideFont reads a font whose codes have several bytes.
func (f *drawing) wideFont(o *font, v object.Value) {
	o.wide = true
	enc := v.Key("Encoding")
	if n := enc.Name(); strings.Contains(n, "UCS2") || strings.Contains(n, "UTF16") {
		o.utf16 = true
	} else {
		o.legacyCharset = legacyOf(n)
	}
	d := v.Key("DescendantFonts").Index(0)
	if !o.bold {
		o.bold = d.Key("FontDescriptor").Key("FontWeight").Float() >= 600
	}
	o.normal = 1000
	if w := d.Key("DW"); w.Kind() != object.Null {
		o.normal = width(w)
	}
	o.widths = map[uint32]int32{}
	list := d.Key("W")
	for i := 0; i+1 < list.Len() && len(o.widths) < 1<<16; {
		first := list.Index(i).Int()
		second := list.Index(i + 1)
		if first < 0 || first > 0xffff || o.widths == nil {
			return
		}
		if second.Kind() == object.Array {
			for k := range min(second.Len(), 1<<16) {
				o.widths[uint32(first+k)] = width(second.Index(k))
			}
			i += 2
			continue
		}
		last := min(second.Int(), 0xffff)
		w := width(list.Index(i + 2))
		for c := first; c <= last; c++ {
			o.widths[uint32(c)] = w
		}
		i += 3
	}
}

func width(v object.Value) int32 { return int32(max(-20_000, min(20_000, v.Float()))) }

// simpleFont reads a font whose codes have one byte.
func (f *drawing) simpleFont(o *font, v object.Value, low string) {
	enc := v.Key("Encoding")
	base := enc.Name()
	if enc.Kind() == object.Dict {
		base = enc.Key("BaseEncoding").Name()
	}
	descriptor := v.Key("FontDescriptor")
	if !o.bold {
		o.bold = descriptor.Key("FontWeight").Float() >= 600 || descriptor.Key("Flags").Int()&(1<<18) != 0
	}
	kind := v.Key("Subtype").Name()
	for c := range 256 {
		switch {
		case kind == "Type3":
			o.simple[c] = unknown
		case base == "WinAnsiEncoding" || base == "" && kind == "TrueType":
			o.simple[c] = winAnsi(byte(c))
		case base == "MacRomanEncoding":
			o.simple[c] = string(charmap.Macintosh.DecodeByte(byte(c)))
		default:
			o.simple[c] = standard(byte(c))
		}
	}
	if base == "" && enc.Kind() != object.Dict {
		f.ownEncoding(o, descriptor)
	}
	if enc.Kind() == object.Dict {
		list := enc.Key("Differences")
		c := -1
		for i := range min(list.Len(), 4096) {
			e := list.Index(i)
			switch e.Kind() {
			case object.Number:
				c = e.Int()
			case object.Name:
				if 0 <= c && c < 256 {
					o.simple[c] = letterOf(e.Name())
				}
				c++
			}
		}
	}
	if m := v.Key("FontMatrix"); kind == "Type3" && m.Len() == 6 {
		if s := within(m.Index(0).Float() * 1000); s > 0 {
			o.scale = s
		}
	}
	missing := width(descriptor.Key("MissingWidth"))
	list := v.Key("Widths")
	first := v.Key("FirstChar").Int()
	for c := range o.width {
		o.width[c] = missing
		if list.Kind() != object.Array {
			o.width[c] = plainWidth(low, o.bold, o.simple[c])
		}
	}
	if list.Kind() == object.Array {
		for i := range min(list.Len(), 256) {
			if c := first + i; 0 <= c && c < 256 {
				o.width[c] = int32(float64(width(list.Index(i))) * min(o.scale, 20_000))
			}
		}
	}
}

// ownEncoding reads the encoding that a Type 1 font carries in its own
// program, as TeX's do.
func (f *drawing) ownEncoding(o *font, descriptor object.Value) {
	program := descriptor.Key("FontFile")
	if program.Kind() != object.Stream {
		return
	}
	b, err := f.Stream(program)
	if err != nil {
		return
	}
	b = b[:min(len(b), 32<<10)]
	at := bytes.Index(b, []byte("/Encoding"))
	if at < 0 {
		return
	}
	b = b[at:]
	if e := bytes.Index(b, []byte("eexec")); e >= 0 {
		b = b[:e]
	}
	words := strings.Fields(string(b))
	for i := 0; i+3 < len(words); i++ {
		if words[i] != "dup" || words[i+3] != "put" || !strings.HasPrefix(words[i+2], "/") {
			continue
		}
		if c, err := strconv.Atoi(words[i+1]); err == nil && 0 <= c && c < 256 {
			o.simple[c] = letterOf(words[i+2][1:])
		}
	}
}

// letterOf returns what the name of a glyph stands for.
func letterOf(name string) string {
	if t, ok := glyphNames[name]; ok {
		return t
	}
	if name == ".notdef" || name == "" {
		return ""
	}
	if len(name) == 1 {
		return name
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 && len(hex)%4 == 0 && len(hex) <= 32 {
		if v, err := strconv.ParseUint(hex[:4], 16, 32); err == nil {
			out := string(rune(v))
			for i := 4; i < len(hex); i += 4 {
				if v, err := strconv.ParseUint(hex[i:i+4], 16, 32); err == nil {
					out += string(rune(v))
				}
			}
			return out
		}
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if v, err := strconv.ParseUint(hex, 16, 32); err == nil {
			return string(rune(v))
		}
	}
	if r, ok := letterByNumber(name); ok {
		return string(r)
	}
	if i := strings.IndexByte(name, '.'); i > 0 {
		return letterOf(name[:i])
	}
	if strings.Contains(name, "_") {
		out := ""
		for part := range strings.SplitSeq(name, "_") {
			out += letterOf(part)
		}
		return out
	}
	for _, accent := range [...]struct{ suffix, mark string }{
		{"acute", "\u0301"}, {"grave", "\u0300"}, {"circumflex", "\u0302"}, {"dieresis", "\u0308"}, {"tilde", "\u0303"},
		{"cedilla", "\u0327"}, {"caron", "\u030c"}, {"ring", "\u030a"}, {"breve", "\u0306"}, {"ogonek", "\u0328"},
		{"macron", "\u0304"}, {"dotaccent", "\u0307"}, {"hungarumlaut", "\u030b"},
	} {
		if l, ok := strings.CutSuffix(name, accent.suffix); ok && len(l) == 1 {
			return l + accent.mark
		}
	}
	return unknown
}

// letterByNumber reads the names that Cyrillic and Greek letters have.
func letterByNumber(name string) (rune, bool) {
	if s, ok := strings.CutPrefix(name, "afii"); ok {
		n, err := strconv.Atoi(s)
		switch {
		case err != nil:
		case n == 10023 || n == 10071:
			return map[int]rune{10023: 'Ё', 10071: 'ё'}[n], true
		case n >= 10017 && n <= 10022:
			return rune(n-10017) + 'А', true
		case n >= 10024 && n <= 10049:
			return rune(n-10024) + 'Ж', true
		case n >= 10065 && n <= 10070:
			return rune(n-10065) + 'а', true
		case n >= 10072 && n <= 10097:
			return rune(n-10072) + 'ж', true
		}
		return 0, false
	}
	for i, l := range greek {
		if strings.EqualFold(l, name) && i != 17 {
			if name[0] < 'a' {
				return rune(i) + 'Α', true
			}
			return rune(i) + 'α', true
		}
	}
	return 0, false
}

// greek lists the Greek letters in the order of Unicode.
var greek = [...]string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
	"omicron", "pi", "rho", "sigma1", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"}

// glyphNames lists the names of the glyphs of plain text in Latin letters and
// its typography.
var glyphNames = map[string]string{
	"space": " ", "exclam": "!", "quotedbl": `"`, "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
	"quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-",
	"minus": "-", "period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
	"six": "6", "seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=",
	"greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": `\`, "bracketright": "]",
	"asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~",
	"quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„",
	"guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "endash": "–", "emdash": "—",
	"ellipsis": "…", "bullet": "•", "periodcentered": "·", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl",
	"germandbls": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "oslash": "ø", "Oslash": "Ø", "lslash": "ł", "Lslash": "Ł",
	"dotlessi": "ı", "Euro": "€", "sterling": "£", "yen": "¥", "cent": "¢", "section": "§", "paragraph": "¶", "degree": "°",
	"dagger": "†", "daggerdbl": "‡", "copyright": "©", "registered": "®", "trademark": "™", "questiondown": "¿",
	"exclamdown": "¡", "perthousand": "‰", "fraction": "⁄", "nbspace": " ", "nonbreakingspace": " ", "sfthyphen": "\u00ad",
	"softhyphen": "\u00ad", "eth": "ð", "Eth": "Ð", "thorn": "þ", "Thorn": "Þ", "ordfeminine": "ª", "ordmasculine": "º",
}

func winAnsi(c byte) string {
	if c < 32 {
		return unknown
	}
	r := charmap.Windows1252.DecodeByte(c)
	switch {
	case r < 0xa0 && r >= 0x7f:
		return "•"
	case c == 0xad:
		return "-" // the format says a hyphen
	}
	return string(r)
}

// standard is the StandardEncoding of the format.
func standard(c byte) string {
	switch {
	case c == 0x27:
		return "’"
	case c == 0x60:
		return "‘"
	case 32 <= c && c < 0x7f:
		return string(rune(c))
	case c >= 0xa1:
		if t := standardHigh[c-0xa1]; t != "" {
			return t
		}
	}
	return unknown
}

var standardHigh = [...]string{
	"¡", "¢", "£", "⁄", "¥", "ƒ", "§", "¤", "'", "“", "«", "‹", "›", "fi", "fl", // a1-af
	"", "–", "†", "‡", "·", "", "¶", "•", "‚", "„", "”", "»", "…", "‰", "", "¿", // b0-bf
	"", "`", "´", "ˆ", "˜", "¯", "˘", "˙", "¨", "", "˚", "¸", "", "˝", "˛", "ˇ", // c0-cf
	"—", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", // d0-df
	"", "Æ", "", "ª", "", "", "", "", "Ł", "Ø", "Œ", "º", "", "", "", "", // e0-ef
	"", "æ", "", "", "", "ı", "", "", "ł", "ø", "œ", "ß", "", "", "", "", // f0-ff
}

// The widths of the characters from space to tilde in the two families that
// every reader knows, so that files need not carry them (Adobe Font Metrics of
// Helvetica and Times-Roman), in thousandths of the size.
var (
	helvetica = [...]int32{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
		556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
		1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
		667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
		333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
		556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584}
	times = [...]int32{250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
		500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
		921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
		556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
		333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
		500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541}
)

// plainWidth is the width of a character in a font that carries no widths.
// Bold letters are a little wider.
func plainWidth(low string, bold bool, text string) int32 {
	if strings.Contains(low, "courier") {
		return 600
	}
	r := baseLetter(text)
	w := int32(500)
	switch {
	case r < 32 || r > 126:
		if strings.ContainsAny(text, "—…") {
			w = 1000
		} else if strings.ContainsAny(text, "‘’‚·") {
			w = 278
		}
	case strings.Contains(low, "times"):
		w = times[r-32]
	default:
		w = helvetica[r-32]
	}
	if bold && w < 900 {
		w += w / 16
	}
	return w
}

// decode16 reads UTF-16 with the high byte first.
func decode16(s string) string {
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}
