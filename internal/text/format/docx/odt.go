package docx

import (
	"bytes"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// readODT reads an OpenDocument text: text:p and text:h of content.xml, in
// their order, numbered as in a Word file.
func (p *pack) readODT() ([]document.Paragraph, Facts, error) {
	var facts Facts
	if m, err := p.part("META-INF/manifest.xml"); err == nil && bytes.Contains(m, []byte("encryption-data")) {
		return nil, facts, page.Refuse("a document with a password", "open it, take the password off and save it again")
	}
	b, err := p.part("content.xml")
	if err != nil {
		return nil, facts, err
	}
	type para struct {
		text strings.Builder
		role recount.Role
	}
	var all, open []*para
	begun, deleted, notes, pictures := 0, 0, 0, 0
	write := func(s string) {
		if len(open) > 0 {
			open[len(open)-1].text.WriteString(s)
		}
	}
	start := func(e *element) bool {
		switch {
		case e.name == "image":
			pictures++
			return true
		case !strings.HasSuffix(e.space, ":text:1.0") && !strings.HasSuffix(e.space, ":office:1.0"):
			return true
		}
		switch e.name {
		case "p", "h":
			q := &para{}
			style := e.attr("style-name")
			switch {
			case e.name == "h":
				q.role = recount.Subhead
			case style == "Title":
				q.role = recount.Headline
			case style == "Subtitle":
				q.role = recount.Subhead
			}
			if len(all) < maxParagraphs {
				all = append(all, q)
			}
			begun++
			open = append(open, q)
		case "tab":
			write("\t")
		case "line-break":
			write("\n")
		case "s":
			write(" ")
		case "soft-page-break":
		case "tracked-changes":
			deleted++
			return false
		case "note":
			notes++
			return false
		case "annotation", "sequence-decls", "forms", "scripts", "font-face-decls":
			return false
		}
		return true
	}
	end := func(n *element) {
		if (n.name == "p" || n.name == "h") && strings.HasSuffix(n.space, ":text:1.0") && len(open) > 0 {
			open = open[:len(open)-1]
		}
	}
	chars := func(b []byte) { write(strings.ReplaceAll(string(b), "\n", " ")) }
	if err := scan(b, handler{start, end, chars}); err != nil {
		return nil, facts, err
	}
	if begun > maxParagraphs {
		return nil, facts, tooMany()
	}
	var out []document.Paragraph
	for i, q := range all {
		n := 0
		for l := range document.Lines(q.text.String()) {
			if len(out) > maxParagraphs {
				break
			}
			if l = page.Tidy(l); l != "" {
				n++
				out = append(out, document.Paragraph{Text: l, Path: document.Numbered(i+1, n), Role: q.role})
			}
		}
	}
	if len(out) > maxParagraphs {
		return nil, facts, tooMany()
	}
	if deleted > 0 {
		facts.Notes = append(facts.Notes, "tracked changes: deletions are left out")
	}
	if notes > 0 {
		facts.Notes = append(facts.Notes, strconv.Itoa(notes)+" footnotes are left out")
	}
	if pictures > 0 {
		facts.Notes = append(facts.Notes, strconv.Itoa(pictures)+" pictures are not read")
	}
	facts.Candidates = p.meta()
	return out, facts, nil
}

// meta returns what meta.xml of an OpenDocument text says of the file.
func (p *pack) meta() []recount.Candidate {
	b, err := p.part("meta.xml")
	if err != nil || b == nil {
		return nil
	}
	names := map[string]string{"title": "title", "creator": "creator", "initial-creator": "creator", "creation-date": "created", "date": "modified", "language": "language"}
	var out []recount.Candidate
	value := ""
	err = scan(b, handler{func(*element) bool { value = ""; return true },
		func(n *element) {
			if f := names[n.name]; f != "" {
				out = document.Fact(out, f, page.Tidy(value), "odt "+n.name)
			}
			value = ""
		},
		func(b []byte) {
			if len(value) < 2000 {
				value += string(b[:min(len(b), 2000)])
			}
		}})
	if err != nil {
		return nil
	}
	return out
}
