package docx

import (
	"fmt"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// on reports whether an element that switches something does switch it on.
func on(e *element) bool {
	switch e.attr("val") {
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
	begun    int          // paragraphs so far
	long     bool         // one of them is too long
	waiting  []*paragraph // that were begun and are not yet in out, in their order
	open     []*paragraph // innermost last
	out      []document.Paragraph
	inText   int    // inside w:t
	hidden   bool   // the run is
	props    bool   // inside w:pPr, where marks concern the end of the paragraph and no text
	chosen   []bool // per mc:AlternateContent around: a branch was taken
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
	if err := scan(b, handler{r.start, r.end, r.chars}); err != nil {
		return nil, facts, err
	}
	if r.begun > maxParagraphs || len(r.out) > maxParagraphs {
		return nil, facts, tooMany()
	}
	if r.long {
		return nil, facts, page.Refuse("a document with a paragraph of more than 4 MiB", "open it in Word and save it again; it may be damaged")
	}
	facts.Candidates = p.core()
	r.notes(p, &facts)
	return r.out, facts, nil
}

// word reports whether a name is one of WordprocessingML, transitional or
// strict.
func word(e *element) bool { return e.space == "w" || strings.Contains(e.space, "wordprocessingml") }

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

func (r *reader) start(e *element) bool {
	switch {
	case word(e):
		return r.startWord(e)
	case e.name == "AlternateContent":
		r.chosen = append(r.chosen, false)
	case (e.name == "Choice" || e.name == "Fallback") && len(r.chosen) > 0:
		if r.chosen[len(r.chosen)-1] {
			return false
		}
		r.chosen[len(r.chosen)-1] = true
	case e.name == "t" && strings.Contains(e.space, "officeDocument") && strings.HasSuffix(e.space, "math"):
		r.inText++
	case e.name == "blip" || e.name == "imagedata":
		r.pictures++
	}
	return true
}

func (r *reader) startWord(e *element) bool {
	switch e.name {
	case "p":
		r.begun++
		p := &paragraph{number: r.begun}
		if r.begun <= maxParagraphs {
			r.waiting = append(r.waiting, p)
		}
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
		if v, err := strconv.ParseUint(e.attr("char"), 16, 32); err == nil && v > ' ' && (v < 0xe000 || v > 0xf8ff) && v < 0x110000 {
			r.write(string(rune(v)))
		}
	case "pPr":
		r.props = true
	case "pStyle":
		if p := r.current(); p != nil {
			p.style = e.attr("val")
		}
	case "outlineLvl":
		if p := r.current(); p != nil {
			p.level = e.attr("val")
		}
	case "vanish":
		if on(e) && !r.props {
			r.hidden = true
			r.unseen++
		}
	case "ins", "moveTo":
		if !r.props {
			r.inserted++
		}
	case "del", "moveFrom":
		if !r.props {
			r.deleted++
		}
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

func (r *reader) end(n *element) {
	switch {
	case word(n) && n.name == "p":
		if len(r.open) > 0 {
			if r.open = r.open[:len(r.open)-1]; len(r.open) == 0 {
				r.flush()
			}
		}
		r.hidden = false
	case word(n) && n.name == "r":
		r.hidden = false
	case word(n) && n.name == "pPr":
		r.props = false
	case n.name == "t" && r.inText > 0:
		r.inText--
	case n.name == "AlternateContent" && len(r.chosen) > 0:
		r.chosen = r.chosen[:len(r.chosen)-1]
	}
}

func (r *reader) chars(b []byte) {
	if r.inText > 0 {
		if p := r.current(); p != nil && !r.hidden {
			if p.text.Len() > maxLength {
				r.long = true
				return
			}
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

// flush adds the paragraphs that wait to the output, without the empty ones.
func (r *reader) flush() {
	for _, p := range r.waiting {
		if p.text.Len() == 0 {
			continue
		}
		role := r.styles[p.style]
		if role == "" && len(p.level) == 1 && "0" <= p.level && p.level <= "8" {
			role = recount.Subhead
		}
		n := 0
		for l := range document.Lines(p.text.String()) {
			if len(r.out) > maxParagraphs {
				break
			}
			if l = page.Tidy(l); l != "" {
				n++
				r.out = append(r.out, document.Paragraph{Text: l, Path: document.Numbered(p.number, n), Role: role})
			}
		}
	}
	r.waiting = r.waiting[:0]
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
	err = scan(b, handler{func(e *element) bool {
		if !word(e) {
			return true
		}
		switch e.name {
		case "style":
			s = &style{}
			all[e.attr("styleId")] = s
		case "name":
			if s != nil {
				s.role = roleOf(e.attr("val"))
			}
		case "basedOn":
			if s != nil {
				s.base = e.attr("val")
			}
		case "outlineLvl":
			if v := e.attr("val"); s != nil && s.role == "" && len(v) == 1 && v < "9" {
				s.role = recount.Subhead
			}
		}
		return true
	}, func(*element) {}, func([]byte) {}})
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
	err = scan(b, handler{func(e *element) bool {
		value = ""
		switch e.name {
		case "title", "creator", "created", "modified", "language":
			field = e.name
		default:
			field = ""
		}
		return true
	}, func(n *element) {
		if n.name == field {
			out = document.Fact(out, field, page.Tidy(value), "docx core "+field)
		}
		field = ""
	}, func(b []byte) {
		if field != "" && len(value) < 2000 {
			value += string(b[:min(len(b), 2000)])
		}
	}})
	if err != nil {
		return nil
	}
	return out
}
