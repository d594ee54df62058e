package quotes

import (
	"strings"
	"unicode/utf8"

	"recount"
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
	p.setAside()
}
