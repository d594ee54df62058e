package quotes

import (
	"strings"
	"unicode/utf8"

	"recount"
)

// assignRoles gives each sentence the role of its block, or of the line it
// stands in when the article has no blocks.
func (p *page) assignRoles() {
	a := p.article
	for i := range p.sentences {
		s := &p.sentences[i]
		if role := a.RoleAt(s.Span.Start); role != "" {
			s.Role = role
		}
	}
	// The first line is the headline when it repeats the title, or when there
	// is no title and it is short and ends without a stop.
	if len(a.Blocks) == 0 {
		first := p.sentences[0]
		line := strings.TrimSpace(a.Text[p.lineStart(first.Span.Start):p.lineEnd(first.Span.Start)])
		more := p.lineEnd(first.Span.Start) < len(a.Text)
		if more && (a.Title != "" && line == strings.TrimSpace(a.Title) || a.Title == "" && utf8.RuneCountInString(line) < 120 && !strings.ContainsAny(line[len(line)-1:], ".!?:,;\"'”’»)") && !strings.HasSuffix(line, "”") && !strings.HasSuffix(line, "’")) {
			end := p.lineEnd(first.Span.Start)
			for i := range p.sentences {
				if p.sentences[i].Span.Start >= end {
					break
				}
				p.sentences[i].Role = recount.Headline
			}
		}
	}
	p.setAside()
}
