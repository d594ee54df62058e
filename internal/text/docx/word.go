package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// tokens calls start, end and text for what stands in a part. start returns
// false for an element that is passed over with all that it holds.
func tokens(b []byte, start func(xml.StartElement) bool, end func(xml.Name), text func([]byte)) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	depth := 0
	over := 0 // depth of the element that is passed over, or 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged("its XML is broken")
		}
		switch t := t.(type) {
		case xml.Directive:
			return page.Refuse("a document with a document type declaration, which Word never writes", "open it in Word or LibreOffice and save it again as .docx")
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return page.Refuse(fmt.Sprintf("a document with more than %d elements inside each other", maxDepth), "open it in Word or LibreOffice and save it again as .docx")
			}
			if over == 0 && !start(t) {
				over = depth
			}
		case xml.EndElement:
			if over == 0 {
				end(t.Name)
			} else if over == depth {
				over = 0
			}
			depth--
		case xml.CharData:
			if over == 0 {
				text(t)
			}
		}
	}
}

// attr returns the attribute of a local name, or "".
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reports whether an element that switches something does switch it on.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// A paragraph is a w:p that is being read.
type paragraph struct {
	number int
	style  string
	level  string // w:outlineLvl of its own
	text   strings.Builder
}

// reader reads the document part of a Word file.
type reader struct {
	styles   map[string]recount.Role
	done     []*paragraph // all that were begun, in their order
	open     []*paragraph // innermost last
	inText   int          // inside w:t
	hidden   bool         // the run is
	chosen   []bool       // per mc:AlternateContent around: a branch was taken
	inserted int
	deleted  int
	unseen   int // runs of hidden text
	pictures int
	foot     int // notes at the foot or end that the text refers to
	comments int
	chunks   int // parts in another format
}

func (p *pack) readWord() ([]document.Paragraph, Facts, error) {
	var facts Facts
	b, err := p.part(p.main())
	if err != nil {
		return nil, facts, err
	}
	if b == nil {
		return nil, facts, damaged("it has no word/document.xml")
	}
	r := reader{styles: p.styles()}
	if err := tokens(b, r.start, r.end, r.chars); err != nil {
		return nil, facts, err
	}
	facts.Candidates = p.core()
	r.notes(p, &facts)
	return r.paragraphs(), facts, nil
}

// word reports whether a name is one of WordprocessingML, transitional or
// strict.
func word(n xml.Name) bool { return n.Space == "w" || strings.Contains(n.Space, "wordprocessingml") }

func (r *reader) current() *paragraph {
	if len(r.open) == 0 {
		return nil
	}
	return r.open[len(r.open)-1]
}

func (r *reader) write(s string) {
	if p := r.current(); p != nil && !r.hidden {
		p.text.WriteString(s)
	}
}

func (r *reader) start(e xml.StartElement) bool {
	switch {
	case word(e.Name):
		return r.startWord(e)
	case e.Name.Local == "AlternateContent":
		r.chosen = append(r.chosen, false)
	case (e.Name.Local == "Choice" || e.Name.Local == "Fallback") && len(r.chosen) > 0:
		if r.chosen[len(r.chosen)-1] {
			return false
		}
		r.chosen[len(r.chosen)-1] = true
	case e.Name.Local == "t" && strings.Contains(e.Name.Space, "officeDocument") && strings.HasSuffix(e.Name.Space, "math"):
		r.inText++
	case e.Name.Local == "blip" || e.Name.Local == "imagedata":
		r.pictures++
	}
	return true
}

func (r *reader) startWord(e xml.StartElement) bool {
	switch e.Name.Local {
	case "p":
		p := &paragraph{number: len(r.done) + 1}
		r.done = append(r.done, p)
		r.open = append(r.open, p)
		r.hidden = false
	case "r":
		r.hidden = false
	case "t":
		r.inText++
	case "tab", "ptab":
		// w:tab also lists the tab stops of a paragraph, in w:tabs.
		r.write("\t")
	case "br", "cr":
		r.write("\n")
	case "noBreakHyphen":
		r.write("-")
	case "sym":
		if v, err := strconv.ParseUint(attr(e, "char"), 16, 32); err == nil && v > ' ' && (v < 0xe000 || v > 0xf8ff) && v < 0x110000 {
			r.write(string(rune(v)))
		}
	case "pStyle":
		if p := r.current(); p != nil {
			p.style = attr(e, "val")
		}
	case "outlineLvl":
		if p := r.current(); p != nil {
			p.level = attr(e, "val")
		}
	case "vanish":
		if on(e) {
			r.hidden = true
			r.unseen++
		}
	case "ins", "moveTo":
		r.inserted++
	case "del", "moveFrom":
		r.deleted++
		return false
	case "footnoteReference", "endnoteReference":
		r.foot++
	case "commentReference":
		r.comments++
	case "altChunk":
		r.chunks++
	case "tabs", "instrText", "delText", "delInstrText", "rt", "sdtPr", "sectPr", "tblPr", "trPr", "tcPr", "pPrChange", "rPrChange":
		return false
	}
	return true
}

func (r *reader) end(n xml.Name) {
	switch {
	case word(n) && n.Local == "p":
		if len(r.open) > 0 {
			r.open = r.open[:len(r.open)-1]
		}
		r.hidden = false
	case word(n) && (n.Local == "r" || n.Local == "pPr"):
		r.hidden = false
	case n.Local == "t" && r.inText > 0:
		r.inText--
	case n.Local == "AlternateContent" && len(r.chosen) > 0:
		r.chosen = r.chosen[:len(r.chosen)-1]
	}
}

func (r *reader) chars(b []byte) {
	if r.inText > 0 {
		if p := r.current(); p != nil && !r.hidden {
			// A line end inside w:t is white space; a break is w:br.
			for _, c := range b {
				if c == '\n' {
					c = ' '
				}
				p.text.WriteByte(c)
			}
		}
	}
}

// paragraphs returns what was read, without the empty ones.
func (r *reader) paragraphs() []document.Paragraph {
	var out []document.Paragraph
	for _, p := range r.done {
		role := r.styles[p.style]
		if role == "" && len(p.level) == 1 && "0" <= p.level && p.level <= "8" {
			role = recount.Subhead
		}
		n := 0
		for _, l := range document.Lines(p.text.String()) {
			if l = page.Tidy(l); l != "" {
				n++
				out = append(out, document.Paragraph{Text: l, Path: document.Numbered(p.number, n), Role: role})
			}
		}
	}
	return out
}

// notes says what is in the file and not in its paragraphs.
func (r *reader) notes(p *pack, facts *Facts) {
	say := func(n int, one, many string) {
		switch {
		case n == 1:
			facts.Notes = append(facts.Notes, one)
		case n > 1:
			facts.Notes = append(facts.Notes, fmt.Sprintf(many, n))
		}
	}
	say(r.deleted, "tracked changes: one deletion is left out", "tracked changes: %d deletions are left out")
	say(r.inserted, "tracked changes: one insertion is kept", "tracked changes: %d insertions are kept")
	say(r.unseen, "hidden text is left out", "hidden text is left out in %d places")
	say(r.foot, "one footnote is left out", "%d footnotes are left out")
	say(r.comments, "one comment in the margin is left out", "%d comments in the margin are left out")
	say(r.pictures, "one picture is not read", "%d pictures are not read")
	heads := 0
	for name := range p.files {
		if strings.HasPrefix(name, "word/header") || strings.HasPrefix(name, "word/footer") {
			heads++
		}
	}
	if heads > 0 {
		facts.Notes = append(facts.Notes, "headers and footers are left out")
	}
	if r.chunks > 0 {
		facts.Left = append(facts.Left, document.Left{Where: "the document", Reason: "it includes a part in another format (altChunk)",
			Hint: "open it in Word and save it again, so that the part becomes text"})
	}
}

// styles returns the role of each paragraph style that gives one. A style
// takes the role of the style that it is based on.
func (p *pack) styles() map[string]recount.Role {
	b, err := p.part("word/styles.xml")
	if err != nil || b == nil {
		return nil
	}
	type style struct {
		base string
		role recount.Role
	}
	all := map[string]*style{}
	var s *style
	err = tokens(b, func(e xml.StartElement) bool {
		if !word(e.Name) {
			return true
		}
		switch e.Name.Local {
		case "style":
			s = &style{}
			all[attr(e, "styleId")] = s
		case "name":
			if s != nil {
				s.role = roleOf(attr(e, "val"))
			}
		case "basedOn":
			if s != nil {
				s.base = attr(e, "val")
			}
		case "outlineLvl":
			if v := attr(e, "val"); s != nil && s.role == "" && len(v) == 1 && v < "9" {
				s.role = recount.Subhead
			}
		}
		return true
	}, func(xml.Name) {}, func([]byte) {})
	if err != nil {
		return nil
	}
	roles := map[string]recount.Role{}
	for id, s := range all {
		t := s
		for range 10 {
			if t == nil || t.role != "" {
				break
			}
			t = all[t.base]
		}
		if t != nil && t.role != "" {
			roles[id] = t.role
		}
	}
	return roles
}

// roleOf returns the role that the name of a style built into Word gives, in
// any language of the program: names in the file are English.
func roleOf(name string) recount.Role {
	name = strings.ToLower(name)
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

// core returns what docProps/core.xml says of the file.
func (p *pack) core() []recount.Candidate {
	b, err := p.part("docProps/core.xml")
	if err != nil || b == nil {
		return nil
	}
	var out []recount.Candidate
	field, value := "", ""
	err = tokens(b, func(e xml.StartElement) bool {
		value = ""
		switch e.Name.Local {
		case "title", "creator", "created", "modified", "language":
			field = e.Name.Local
		default:
			field = ""
		}
		return true
	}, func(n xml.Name) {
		if n.Local == field {
			out = document.Fact(out, field, page.Tidy(value), "docx core "+field)
		}
		field = ""
	}, func(b []byte) {
		if field != "" && len(value) < 2000 {
			value += string(b[:min(len(b), 2000)])
		}
	})
	if err != nil {
		return nil
	}
	return out
}
