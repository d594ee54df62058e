package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/text/date"
	"recount/internal/text/document"

	"recount/internal/text/page"

	"recount/internal/text/format/pdf/object"
)

// A tally counts letters over all pages.
type tally struct{ shown, unknown, hidden, turned, images int }

func (t *tally) add(c *canvas) {
	t.shown += c.Shown
	t.unknown += c.Unknown
	t.hidden += c.Hidden
	t.turned += c.Turned
	if c.Image {
		t.images++
	}
}

// verdict refuses a file without readable text and notes what its reader should
// know.
func (t *tally) verdict(pages int, d *text) error {
	switch {
	case t.shown == 0 && t.images > 0:
		return page.Refuse("no text layer: pictures of pages (a scan)", attach)
	case t.shown == 0 && len(d.left) > 0:
		return page.Refuse("a damaged PDF file: none of its pages can be read", Other)
	case t.shown == 0:
		return page.Refuse("no text layer: its letters are drawn as shapes, or its pages are empty", attach)
	case t.unknown*10 > t.shown*3:
		return page.Refuse("its fonts do not say which letters they draw", Other)
	case t.unknown*200 > t.shown:
		d.notes = append(d.notes, fmt.Sprintf("%d of %d letters are not known, because a font does not say which they are", t.unknown, t.shown))
	}
	if t.hidden*2 > t.shown {
		d.notes = append(d.notes, "the text was recognised by a machine in pictures of pages and may hold wrong letters: compare it with the picture")
	}
	if t.turned > 0 {
		d.notes = append(d.notes, fmt.Sprintf("%d letters that are set on their side are left out", t.turned))
	}
	return nil
}

// ofFile reads what the file says of itself.
func ofFile(f *drawing) (facts []recount.Candidate) {
	root := f.Root()
	if m := root.Key("Metadata"); m.Kind() == object.Stream {
		if b, err := f.Stream(m); err == nil {
			facts = packet(b)
		}
	}
	info := f.Info()
	get := func(key string) string { return page.Tidy(textString(info.Key(key).Text())) }
	facts = document.Fact(facts, "title", get("Title"), "pdf info Title")
	if a := get("Author"); strings.Contains(a, " ") && len(a) < 200 {
		facts = document.Fact(facts, "byline", a, "pdf info Author")
	}
	facts = document.Fact(facts, "modified", moment(get("CreationDate")), "pdf created")
	return facts
}

// moment writes a date of the format, D:20140305101500+01'00', as ISO 8601;
// one that cannot be stays as it is.
func moment(s string) string {
	s = strings.TrimPrefix(s, "D:")
	n := 0
	for n < len(s) && n < 14 && unicode.IsDigit(rune(s[n])) {
		n++
	}
	if n < 4 {
		return ""
	}
	d, ok := date.Stamp(s[:n])
	if !ok {
		return s
	}
	out, zone := d.String(), s[n:]
	if d.Clock == "" {
		return out
	}
	zone = strings.Trim(strings.ReplaceAll(zone, "'", ""), " ")
	switch {
	case strings.HasPrefix(zone, "Z"):
		return out + "Z"
	case len(zone) == 5 && (zone[0] == '+' || zone[0] == '-'):
		return out + zone[:3] + ":" + zone[3:]
	}
	return out
}

// maxPacket is the largest XMP packet that is read, in bytes.
const maxPacket = 1 << 20

// packet reads the fields of an XMP packet that say something of the article.
func packet(b []byte) (facts []recount.Candidate) {
	if len(b) > maxPacket {
		return nil
	}
	dec := xml.NewDecoder(bytes.NewReader(b))
	dec.Strict = false
	var stack []xml.Name
	take := func(n xml.Name, value string) {
		value = page.Tidy(value)
		if value == "" || len(value) > 500 || len(facts) > 50 {
			return
		}
		origin := "xmp " + n.Local
		switch {
		case strings.Contains(n.Space, "prismstandard") || strings.Contains(n.Space, "/prism/"):
			switch n.Local {
			case "publicationName":
				facts = document.Fact(facts, "outlet", value, "xmp prism:publicationName")
			case "publicationDate", "coverDate", "publicationDisplayDate":
				facts = document.Fact(facts, "published", value, "xmp prism:"+n.Local)
			case "url":
				facts = document.Fact(facts, "url", value, "xmp prism:url")
			}
		case strings.Contains(n.Space, "purl.org/dc/"):
			switch n.Local {
			case "title":
				facts = document.Fact(facts, "title", value, origin)
			case "creator":
				if strings.Contains(value, " ") {
					facts = document.Fact(facts, "byline", value, origin)
				}
			case "publisher":
				facts = document.Fact(facts, "outlet", value, origin)
			case "language":
				facts = document.Fact(facts, "language", value, origin)
			}
		}
	}
	for range 20_000 {
		t, err := dec.Token()
		if err != nil {
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			if len(stack) > 50 {
				return facts
			}
			stack = append(stack, t.Name)
			for _, a := range t.Attr {
				take(a.Name, a.Value)
			}
		case xml.EndElement:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			for _, n := range slices.Backward(stack) {
				if n.Space != "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
					take(n, string(t))
					break
				}
			}
		}
	}
	return facts
}

// set makes the draft of a file.
func (d *text) set(o document.Options) document.Set {
	set := document.Set{Left: d.left}
	draft := document.Draft{Notes: append(d.notes, d.dropped...)}
	if n := len(d.pages); n == 1 {
		draft.Range = "page 1"
	} else {
		draft.Range = fmt.Sprintf("pages 1-%d", n)
	}
	groups := d.groups()
	title, head := d.title(groups)
	draft.Facts = title
	draft.Facts = append(draft.Facts, withoutTitle(d.facts)...)
	for _, u := range d.urls {
		draft.Facts = document.Fact(draft.Facts, "url", u, "pdf foot of pages")
	}
	before := true // still above the text
	for i, g := range groups {
		if head[i] {
			continue
		}
		p := document.Paragraph{Text: d.words.join(g.lines), Path: pathOf(g.lines)}
		if p.Text == "" {
			continue
		}
		letters := utf8.RuneCountInString(p.Text)
		switch {
		case before && i < 12 && letters <= 120 && byline(p.Text):
			p.Role = recount.Byline
			draft.Facts = document.Fact(draft.Facts, "byline", p.Text, "visible")
		case before && i < 12 && letters <= 80 && dated(p.Text):
			p.Role = recount.Dateline
			draft.Facts = document.Fact(draft.Facts, "published", p.Text, "visible")
		case len(g.lines) <= 4 && letters <= 200 && !page.Ended(p.Text) && (g.size*100 >= 115*d.body || g.bold && g.size*100 >= 95*d.body):
			p.Role = recount.Subhead
		}
		if letters > 200 {
			before = false
		}
		draft.Paragraphs = append(draft.Paragraphs, p)
	}
	set.Drafts = []document.Draft{draft}
	return set
}

func withoutTitle(facts []recount.Candidate) []recount.Candidate {
	var out []recount.Candidate
	for _, f := range facts {
		if f.Field != "title" || goodTitle(f.Value) {
			out = append(out, f)
		}
	}
	return out
}

// title returns what may be the title of the article, best first, and which
// groups print it.
func (d *text) title(groups []group) (facts []recount.Candidate, head map[int]bool) {
	head = map[int]bool{}
	var said string
	for _, f := range d.facts {
		if f.Field == "title" && said == "" && goodTitle(f.Value) {
			said = f.Value
		}
	}
	// The largest text of the first page; a few huge words above it are the
	// name of the outlet.
	best := -1
	var texts []string
	for i, g := range groups {
		if g.lines[0].page > 1 {
			break
		}
		t := d.words.join(g.lines)
		texts = append(texts, t)
		if said != "" && letterKey(t) == letterKey(said) && i < 30 {
			head[i] = true
			return nil, head
		}
		if g.size*100 < 120*d.body || len(g.lines) > 8 || utf8.RuneCountInString(t) > 300 || letterCount(t) < 8 {
			continue
		}
		if best < 0 || g.size > groups[best].size && !(len(strings.Fields(texts[best])) >= 4 && len(strings.Fields(t)) < 3) {
			best = i
		}
	}
	if best < 0 {
		if said == "" && len(groups) > 1 && len(groups[0].lines) <= 3 && groups[0].bold && !page.Ended(texts[0]) {
			head[0] = true
			return document.Fact(nil, "title", texts[0], "pdf first line"), head
		}
		return nil, head
	}
	if len(strings.Fields(texts[best])) < 5 && strings.IndexFunc(texts[best], unicode.IsDigit) < 0 {
		for i := best + 1; i < len(texts) && i < best+6; i++ {
			g := groups[i]
			if g.size*100 >= 150*d.body && groups[best].size*100 >= 120*g.size && len(strings.Fields(texts[i])) >= 5 && utf8.RuneCountInString(texts[i]) <= 300 && len(g.lines) <= 8 {
				facts = document.Fact(facts, "outlet", texts[best], "pdf masthead")
				head[best] = true
				best = i
				break
			}
		}
	}
	printed := texts[best]
	if said != "" && !strings.Contains(letterKey(said), letterKey(printed)) && !page.SameTitle(said, printed) {
		return facts, head // the file gives another title: what is printed stays in the text
	}
	head[best] = true
	return document.Fact(facts, "title", printed, "pdf largest text"), head
}

// letterKey returns the letters and digits of s in lower case.
func letterKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func letterCount(s string) int { return utf8.RuneCountInString(letterKey(s)) }

// goodTitle reports whether the title that a file gives looks like one, and not
// like the name of a file or a program.
func goodTitle(s string) bool {
	return document.Telling(s) && len(strings.Fields(s)) >= 2 && len(s) <= 300 && letterCount(s) >= 8
}

// byline reports whether a line names who wrote the article.
func byline(s string) bool {
	low := strings.ToLower(s)
	rest := ""
	for _, by := range [...]string{"by ", "von ", "par ", "por ", "di "} {
		if r, ok := strings.CutPrefix(low, by); ok {
			rest = s[len(s)-len(r):]
		}
	}
	if rest == "" || page.Ended(s) || !unicode.IsUpper(first(rest)) {
		return false
	}
	n := len(strings.Fields(rest))
	return n >= 2 && n <= 14
}

// months are the beginnings of the names of months in the languages whose
// dates package metadata reads.
var months = []string{"jan", "feb", "mar", "mär", "apr", "may", "mai", "jun", "jul", "aug", "sep", "oct", "okt", "nov", "dec", "dez",
	"fév", "avr", "juin", "juil", "aoû", "déc", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott"}

// dated reports whether a short line is a date: a year, and a month in words or
// in figures.
func dated(s string) bool {
	year, month, words := false, false, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch {
		case len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20")) && strings.Trim(w, "0123456789") == "":
			year = true
		case unicode.IsDigit(first(w)):
		default:
			words++
			for _, m := range months {
				month = month || strings.HasPrefix(w, m)
			}
		}
	}
	iso := strings.Count(s, "-") >= 2 && len(s) <= 12
	return year && (month || iso) && words <= 6 && !page.Ended(strings.TrimRight(s, "."))
}
