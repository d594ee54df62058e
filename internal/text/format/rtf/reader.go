package rtf

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// A destination is what the text of a group is for.
type destination int

const (
	body   destination = iota
	over               // passed over, with all groups inside
	shape              // of the groups inside only some hold text: a drawing, an object
	fonts              // the table of fonts
	styles             // the table of styles
	info               // facts about the file
	fact               // one of these facts
)

// A group is what { saves and } brings back.
type group struct {
	dest   destination
	skip   int // characters after \u that stand for it where Unicode is unknown
	font   int
	style  int
	bold   bool
	hidden bool
	star   bool // \* was read: the next control word decides
	box    bool // this group began a text box
}

// A paragraph is the paragraph that is being read.
type paragraph struct {
	text   strings.Builder
	letter bool // it has a letter
	light  bool // one of them is not bold
}

type reader struct {
	b     []byte
	i     int
	group group
	stack []group

	page  int // code page of the file
	fonts map[int]int
	deff  int // default font
	roles map[int]recount.Role
	name  strings.Builder // of the style, or the value of the fact, that is being read
	key   string          // which fact
	made  [5]int          // year, month, day, hour and minute of the fact, if it is a time

	pending []byte // bytes of a code page, not yet decoded
	half    bool   // the last of them waits for its second byte
	high    rune   // first half of a surrogate pair, or 0
	left    int    // characters after \u still to be passed over
	utf8    bool   // the file is UTF-8 although RTF has none

	cur    *paragraph
	around []*paragraph // paragraphs that text boxes stand in
	number int          // of the paragraph last ended
	size   int          // bytes of text so far
	out    []Paragraph

	candidates                               []recount.Candidate
	pictures, objects, foot, heads, comments int
	deleted, unseen                          int
	broken                                   bool // the file breaks off
}

func newReader(payload []byte) *reader {
	r := &reader{b: payload, page: 1252, fonts: map[int]int{}, deff: -1, roles: map[int]recount.Role{}, cur: &paragraph{}}
	r.group = group{skip: 1, font: -1}
	r.utf8 = utf8.Valid(payload)
	return r
}

func (r *reader) read() error {
	r.i = bytes.IndexByte(r.b, '{')
	for r.i < len(r.b) {
		switch r.b[r.i] {
		case '{':
			r.flush()
			r.left = 0
			if len(r.stack) >= maxDepth {
				return page.Refuse(fmt.Sprintf("an RTF file with more than %d groups inside each other", maxDepth), "open it in Word or LibreOffice and save it again")
			}
			r.stack = append(r.stack, r.group)
			r.group.star, r.group.box = false, false
			if r.group.dest == styles {
				r.name.Reset()
				r.group.style = 0
			}
			r.i++
		case '}':
			r.i++
			if len(r.stack) == 0 {
				continue
			}
			r.close()
			if len(r.stack) == 0 {
				r.last()
				rest := r.b[r.i:]
				if !bytes.Contains(rest, []byte("\\par")) {
					return nil
				}
				// A brace too many, or a second document behind the first: what
				// follows is text all the same.
				r.broken = r.broken || !bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n\x00"), []byte(`{\rtf`))
				r.group = group{skip: 1, font: -1}
			}
		case '\\':
			r.control()
		case '\r', '\n', 0:
			r.i++
		default:
			r.text()
		}
		if len(r.out) > maxParagraphs || r.size > maxText {
			return page.Refuse(fmt.Sprintf("an RTF file of more than %d paragraphs or %d MiB of text", maxParagraphs, maxText>>20), "split it into several files")
		}
	}
	r.broken = r.broken || len(r.stack) > 0
	for len(r.stack) > 0 {
		r.close()
	}
	r.last()
	return nil
}

// last ends a paragraph that nothing ends.
func (r *reader) last() {
	r.flush()
	if r.cur.text.Len() > 0 {
		r.end(false)
	}
}

// close ends a group.
func (r *reader) close() {
	r.flush()
	r.left = 0
	g := r.group
	r.group = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	switch {
	case g.box:
		if r.cur.text.Len() > 0 {
			outer := r.group.style
			r.group.style = g.style
			r.end(false)
			r.group.style = outer
		}
		r.cur = r.around[len(r.around)-1]
		r.around = r.around[:len(r.around)-1]
	case g.dest == styles:
		if role := roleOf(r.name.String()); role != "" && g.style > 0 {
			r.roles[g.style] = role
		}
		r.name.Reset()
	case g.dest == fact && r.group.dest == info:
		r.note()
	}
}

// note keeps the fact that was read.
func (r *reader) note() {
	value := page.Tidy(r.name.String())
	if m := r.made; m[0] > 0 {
		if d, ok := recount.NewDate(m[0], m[1], m[2]); ok {
			value = d.String()
		} else {
			value = fmt.Sprintf("%d/%d/%d", m[0], m[1], m[2]) // as it stands, for a person to see
		}
		if m[3] > 0 || m[4] > 0 {
			value += fmt.Sprintf("T%02d:%02d", m[3], m[4])
		}
	}
	names := map[string]string{"title": "title", "author": "creator", "creatim": "created", "revtim": "modified"}
	r.candidates = document.Fact(r.candidates, names[r.key], value, "rtf info "+r.key)
	r.name.Reset()
	r.made = [5]int{}
}

// roleOf returns the role that the name of a style gives.
func roleOf(name string) recount.Role {
	name = strings.ToLower(strings.Trim(name, "; \t"))
	switch {
	case name == "title":
		return recount.Headline
	case name == "subtitle", strings.HasPrefix(name, "heading "):
		return recount.Subhead
	case name == "caption":
		return recount.Caption
	}
	return ""
}

// text reads bytes up to the next that means something else.
func (r *reader) text() {
	j := r.i + 1
	for j < len(r.b) && r.b[j] != '\\' && r.b[j] != '{' && r.b[j] != '}' && r.b[j] != '\r' && r.b[j] != '\n' && r.b[j] != 0 {
		j++
	}
	b := r.b[r.i:j]
	r.i = j
	if r.group.dest == over {
		return
	}
	n := min(r.left, len(b))
	r.left -= n
	if b = b[n:]; len(b) == 0 {
		return
	}
	if r.half {
		r.pending, r.half = append(r.pending, b[0]), false
		b = b[1:]
	}
	plain := true
	for _, c := range b {
		if c >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain || r.utf8 {
		r.flush()
		r.write(string(b))
		return
	}
	for _, c := range b {
		r.coded(c)
	}
}

// coded reads one byte of the code page that holds here.
func (r *reader) coded(c byte) {
	switch {
	case r.half:
		r.half = false
	case double(r.codePage()) && lead(r.codePage(), c):
		r.half = true
	}
	r.pending = append(r.pending, c)
}

func (r *reader) codePage() int {
	if p, ok := r.fonts[r.group.font]; ok {
		return p
	}
	return r.page
}

// flush decodes what is pending.
func (r *reader) flush() {
	if len(r.pending) > 0 {
		s := decode(r.codePage(), r.pending)
		r.pending, r.half = r.pending[:0], false
		r.write(s)
	}
}

// write adds text to where it belongs.
func (r *reader) write(s string) {
	r.high = 0
	switch r.group.dest {
	case body:
		if r.group.hidden {
			return
		}
		r.size += len(s)
		r.cur.text.WriteString(s)
		if !(r.cur.letter && r.cur.light) && strings.TrimSpace(s) != "" {
			r.cur.letter = true
			r.cur.light = r.cur.light || !r.group.bold
		}
	case styles, fact:
		if r.name.Len() < 2000 {
			r.name.WriteString(s[:min(len(s), 2000)])
		}
	}
}

// end ends a paragraph, or a cell of a table.
func (r *reader) end(cell bool) {
	r.number++
	if r.cur.text.Len() > 0 {
		n := 0
		for l := range document.Lines(r.cur.text.String()) {
			if len(r.out) > maxParagraphs {
				break
			}
			if l = page.Tidy(l); l != "" {
				n++
				r.out = append(r.out, Paragraph{
					Paragraph: document.Paragraph{Text: l, Path: document.Numbered(r.number, n), Role: r.roles[r.group.style]},
					Bold:      r.cur.letter && !r.cur.light, Cell: cell,
				})
			}
		}
	}
	*r.cur = paragraph{}
}

// control reads what a backslash begins.
func (r *reader) control() {
	if r.i++; r.i >= len(r.b) {
		return
	}
	c := r.b[r.i]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		r.word()
		return
	}
	r.i++
	if c == '\'' {
		v, err := strconv.ParseUint(string(r.b[r.i:min(r.i+2, len(r.b))]), 16, 8)
		if err != nil {
			return
		}
		r.i += 2
		switch {
		case r.group.dest == over:
		case r.left > 0:
			r.left--
		default:
			r.coded(byte(v))
		}
		return
	}
	if c == '*' {
		r.group.star = true
		return
	}
	if r.group.dest == over {
		return
	}
	r.flush()
	switch c {
	case '\\', '{', '}':
		if r.left > 0 {
			r.left--
			return
		}
		r.write(string(rune(c)))
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("-")
	case '\r', '\n':
		if r.group.dest == body {
			r.end(false)
		}
	}
}

// word reads a control word with its number.
func (r *reader) word() {
	j := r.i
	for j < len(r.b) && j-r.i < maxWord && (r.b[j] >= 'a' && r.b[j] <= 'z' || r.b[j] >= 'A' && r.b[j] <= 'Z') {
		j++
	}
	w := r.b[r.i:j]
	value, has, minus := 0, false, false
	if j+1 < len(r.b) && r.b[j] == '-' && r.b[j+1] >= '0' && r.b[j+1] <= '9' {
		minus = true
		j++
	}
	for k := j; j < len(r.b) && r.b[j] >= '0' && r.b[j] <= '9'; j++ {
		if has = true; j-k < 9 {
			value = value*10 + int(r.b[j]-'0')
		}
	}
	if minus {
		value = -value
	}
	if j < len(r.b) && r.b[j] == ' ' {
		j++
	}
	r.i = j
	if string(w) == "bin" {
		r.i += max(0, min(value, len(r.b)-r.i))
		return
	}
	if r.group.dest == over {
		return
	}
	star := r.group.star
	r.group.star = false
	if string(w) == "u" {
		r.unicode(value)
		return
	}
	r.flush()
	r.left = 0
	if !r.destination(string(w), star) {
		r.property(string(w), value, !has || value != 0)
	}
}

// unicode reads \u: a character by its number.
func (r *reader) unicode(v int) {
	r.flush()
	r.left = r.group.skip
	if v < 0 {
		v += 1 << 16
	}
	c := rune(v)
	switch {
	case c >= 0xd800 && c < 0xdc00:
		r.high = c
		return
	case c >= 0xdc00 && c < 0xe000:
		if c = utf16.DecodeRune(r.high, c); c == utf8.RuneError {
			return
		}
	case c >= 0xe000 && c <= 0xf8ff, c <= 0, c > utf8.MaxRune:
		return // a picture in a symbol font
	}
	r.write(string(c))
}

// destination takes a word that says what its group is for, and reports
// whether it is one.
func (r *reader) destination(w string, star bool) bool {
	g := &r.group
	switch w {
	case "pict", "shppict":
		r.pictures++
		g.dest = over
	case "object":
		r.objects++
		g.dest = shape
	case "shpinst", "do", "upr":
		g.dest = shape
	case "result", "ud":
		g.dest = body
		for i := len(r.stack) - 1; i >= 0; i-- {
			if g.dest = r.stack[i].dest; g.dest != shape {
				break
			}
		}
	case "shptxt", "dptxbxtext":
		if g.dest == shape && !g.box {
			g.dest, g.box = body, true
			r.around = append(r.around, r.cur)
			r.cur = &paragraph{}
		}
	case "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf":
		r.heads++
		g.dest = over
	case "footnote":
		r.foot++
		g.dest = over
	case "annotation":
		r.comments++
		g.dest = over
	case "fonttbl":
		g.dest = fonts
	case "stylesheet":
		g.dest = styles
	case "info":
		g.dest = info
	case "title", "author", "creatim", "revtim":
		if g.dest == info {
			g.dest = fact
			r.key = w
			r.name.Reset()
			r.made = [5]int{}
		}
	case "subject", "operator", "manager", "company", "category", "keywords", "comment", "doccomm", "hlinkbase", "printim", "buptim",
		"colortbl", "fldinst", "shprslt", "nonshppict", "nonesttables", "listtext", "pntext", "pntxta", "pntxtb", "xe", "rxe", "tc", "tcn",
		"listtable", "listoverridetable", "revtbl", "rsidtbl", "filetbl", "objdata", "sp", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "template",
		"atnid", "atnauthor", "private", "txe", "userprops", "xmlnstbl", "generator", "latentstyles", "datastore", "themedata", "colorschememapping":
		g.dest = over
	default:
		if star {
			g.dest = over
		}
		return star
	}
	return true
}

// property takes any other word; on is false where the word switches
// something off.
func (r *reader) property(w string, v int, on bool) {
	g := &r.group
	if g.dest == fact {
		for i, unit := range [...]string{"yr", "mo", "dy", "hr", "min"} {
			if w == unit {
				r.made[i] = v
			}
		}
	}
	switch w {
	case "par", "sect":
		if g.dest == body {
			r.end(false)
		}
	case "cell", "nestcell":
		if g.dest == body {
			r.end(true)
		}
	case "row", "nestrow":
		if g.dest == body && r.cur.text.Len() > 0 {
			r.end(true)
		}
	case "line", "lbr", "page", "column":
		r.write("\n")
	case "tab":
		r.write("\t")
	case "emspace", "enspace", "qmspace":
		r.write(" ")
	case "emdash":
		r.write("—")
	case "endash":
		r.write("–")
	case "lquote":
		r.write("‘")
	case "rquote":
		r.write("’")
	case "ldblquote":
		r.write("“")
	case "rdblquote":
		r.write("”")
	case "bullet":
		r.write("•")
	case "b":
		g.bold = on
	case "v":
		if g.hidden = on; on && g.dest == body {
			r.unseen++
		}
	case "deleted":
		if g.hidden = on; on && g.dest == body {
			r.deleted++
		}
	case "plain":
		g.bold, g.hidden, g.font = false, false, r.deff
	case "pard":
		g.style = 0
	case "s":
		g.style = v
	case "f":
		g.font = v
	case "fcharset":
		if p, ok := charsets[v]; ok && g.dest == fonts {
			r.fonts[g.font] = p
		}
	case "cpg":
		if g.dest == fonts {
			r.fonts[g.font] = v
		}
	case "deff":
		r.deff = v
		g.font = v
	case "ansicpg":
		r.page = v
	case "mac":
		r.page = 10000
	case "pc":
		r.page = 437
	case "pca":
		r.page = 850
	case "uc":
		g.skip = max(0, min(v, 16))
	}
}

// facts returns what is known of the file besides its text.
func (r *reader) facts() Facts {
	f := Facts{Candidates: r.candidates}
	say := func(n int, one, many string) {
		switch {
		case n == 1:
			f.Notes = append(f.Notes, one)
		case n > 1:
			f.Notes = append(f.Notes, fmt.Sprintf(many, n))
		}
	}
	if r.broken {
		f.Notes = append(f.Notes, "the file breaks off before its end")
	}
	say(r.deleted, "tracked changes: one deletion is left out", "tracked changes: %d deletions are left out")
	say(r.unseen, "hidden text is left out", "hidden text is left out in %d places")
	say(r.foot, "one footnote is left out", "%d footnotes are left out")
	say(r.comments, "one comment in the margin is left out", "%d comments in the margin are left out")
	say(r.pictures, "one picture is not read", "%d pictures are not read")
	if r.heads > 0 {
		f.Notes = append(f.Notes, "headers and footers are left out")
	}
	return f
}
