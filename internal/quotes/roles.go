package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
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
		lines := 0
		for i := range p.Sentences[:min(len(p.Sentences), 6)] {
			s := &p.Sentences[i]
			if s.Role != recount.Body {
				continue
			}
			line := a.Text[p.LineStart(s.Span.Start):p.LineEnd(s.Span.Start)]
			if byline(line) || lines == 0 && bareName(line) {
				s.Role = recount.Byline
			}
			if strings.HasSuffix(line, s.Span.In(a.Text)) {
				lines++
			}
			if lines > 2 {
				break
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
	if len(line) > 120 || strings.ContainsAny(line, "“”\"?!") {
		return false
	}
	if strings.Contains(line, "s told to ") || strings.Contains(line, " talks to ") && len(line) < 90 {
		return true
	}
	for _, lead := range [...]string{"By ", "Words: ", "Words by ", "Interview by ", "Interview: ", "Compiled by ", "Collected by ", "Gathered by ", "As recorded by ", "Text: "} {
		rest, ok := strings.CutPrefix(line, lead)
		r, _ := utf8.DecodeRuneInString(rest)
		if ok && unicode.IsUpper(r) && strings.Count(rest, " ") < 12 && (lead != "By " || !strings.HasSuffix(line, ".")) {
			return true
		}
	}
	return false
}

// bareName reports whether a line is a name and nothing else.
func bareName(line string) bool {
	words := strings.Fields(line)
	if len(words) < 2 || len(words) > 4 || len(line) > 45 || strings.ContainsAny(line, ".,:;!?“”\"()") {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !page.Connector(w) || strings.ToUpper(w) == w {
			return false
		}
	}
	return true
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
