package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// assignRoles gives each sentence the role of its block, or of the line it
// stands in when the article has no blocks.
func (p story) assignRoles() {
	a := p.Article
	for i := range p.Sentences {
		s := &p.Sentences[i]
		if role := a.RoleAt(s.Span.Start); role != "" {
			s.Role = role
		}
	}
	// The first line is the headline when it repeats the title, or when there
	// is no title and it is short and ends without a stop.
	if len(a.Blocks) == 0 {
		first := p.Sentences[0]
		line := strings.TrimSpace(a.Text[p.LineStart(first.Span.Start):p.LineEnd(first.Span.Start)])
		more := p.LineEnd(first.Span.Start) < len(a.Text)
		if more && (a.Title != "" && line == strings.TrimSpace(a.Title) || a.Title == "" && utf8.RuneCountInString(line) < 120 && !strings.ContainsAny(line[len(line)-1:], ".!?:,;\"'”’»)") && !strings.HasSuffix(line, "”") && !strings.HasSuffix(line, "’")) {
			end := p.LineEnd(first.Span.Start)
			for i := range p.Sentences {
				if p.Sentences[i].Span.Start >= end {
					break
				}
				p.Sentences[i].Role = recount.Headline
			}
		}
	}
	if len(a.Blocks) == 0 {
		for i := range p.Sentences[:min(len(p.Sentences), 4)] {
			if s := &p.Sentences[i]; s.Role == recount.Body && byline(a.Text[p.LineStart(s.Span.Start):p.LineEnd(s.Span.Start)]) {
				s.Role = recount.Byline
			}
		}
	}
	for i := range p.Sentences {
		if s := &p.Sentences[i]; s.Role == recount.Body && credited(s.Span.In(p.Text)) {
			s.Role = recount.Caption
		}
	}
	p.setAside()
}

// byline reports whether a line says who wrote: "By Ada Marr", "Ada Marr, as told
// to Ivo Lund".
func byline(line string) bool {
	line = strings.TrimSpace(line)
	if len(line) > 100 || strings.HasSuffix(line, ".") || strings.ContainsAny(line, "“”\"?!:") {
		return false
	}
	if strings.Contains(line, "s told to ") {
		return true
	}
	rest, ok := strings.CutPrefix(line, "By ")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && unicode.IsUpper(r) && strings.Count(rest, " ") < 8
}

// credited reports whether a sentence names the photographer, as captions do.
func credited(text string) bool {
	if len(text) > 300 {
		return false
	}
	for _, mark := range [...]string{"(AP Photo", "AP Photo/", "/Getty Images", "Getty Images)", "File photo", "Photograph:", "Photo:", "Photo by "} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}

// fragments marks the sentences of the body without a verb ("A shortage of
// goods and power outages."), where the tagger can tell. A quotation, a
// question or a line of two words is none.
func (p story) fragments() {
	if p.Tree == nil {
		return
	}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		from, to := p.Tree.First[i], p.Tree.First[i+1]
		if s.Role != recount.Body || to-from < 4 || strings.HasSuffix(s.Span.In(p.Text), "?") || p.Tree.Quoted[to] > p.Tree.Quoted[from] {
			continue
		}
		verb := false
		for _, t := range p.Tree.Tokens[from:to] {
			switch t.POS {
			case lang.VB, lang.VBD, lang.VBZ, lang.VBP, lang.MD:
				verb = true
			}
		}
		if !verb {
			s.Role = recount.Fragment
		}
	}
}
