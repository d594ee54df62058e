package proquest

import (
	"strconv"
	"strings"

	"recount/internal/pattern"
)

var (
	strategyTitle = pattern.New(`(?i)^(?:search strategy|suchstrategie|stratégie de recherche|estrategia de búsqueda|strategia di ricerca|estratégia de (?:busca|pesquisa))\b`)
	contentsTitle = pattern.New(`(?i)^(?:table of contents|inhaltsverzeichnis|table des matières|tabla de contenido|índice|sommario|indice|sumário)$`)
	coverTitle    = pattern.New(`(?i)\bproquest\b`)
	closing       = pattern.New(`(?i)proquest llc|about\.proquest\.com|proquest\.com/(?:go|info)/|pqissupportcontact|termsandconditions`)
	references    = pattern.New(`(?i)^(?:bibliography|literaturverzeichnis|bibliographie|bibliografía|bibliografia)\b`)
	numbered      = pattern.New(`^(\d{1,6})\.\s+\S`)
)

// longest is how much of a cover or search is kept, in bytes.
const longest = 8 << 10

// furniture keeps what stands between the rules of a file and is no record:
// the cover, the search, the contents, the address of ProQuest. after says that
// records stand above it.
func (r *reader) furniture(segs []segment, after bool) {
	where := "cover"
	var cover, search, lost []string
	for _, s := range segs {
		switch t := s.text; {
		case closing.MatchString(t):
			where = "closing"
			continue
		case strategyTitle.MatchString(t):
			where = "search"
			if rest := strings.TrimSpace(strategyTitle.ReplaceAllString(t, "")); rest != "" {
				search = append(search, rest)
			}
			continue
		case contentsTitle.MatchString(t):
			where = "contents"
			continue
		case references.MatchString(t):
			where = "references"
			if after {
				r.set.Notes = append(r.set.Notes, "the bibliography at the end of the file is not read")
			}
			continue
		}
		n := 0
		if m := numbered.FindStringSubmatch(s.text); m != nil {
			n, _ = strconv.Atoi(m[1])
		}
		switch {
		case where == "search":
			search = append(search, s.text)
		case where == "contents" || where == "references" && !after:
			r.listed = max(r.listed, n)
		case where == "references" || where == "closing":
		case !after && len(cover) == 0 && coverTitle.MatchString(s.text), len(cover) > 0:
			cover = append(cover, s.text)
		default:
			lost = append(lost, s.text)
		}
	}
	if r.search == "" {
		r.search = clip(strings.Join(search, "; "))
	}
	if r.cover == "" {
		r.cover = clip(strings.Join(cover, "; "))
	}
	if len(lost) > 0 {
		r.left(span(segs), "text that is no record: "+excerpt(strings.Join(lost, " ")), "look whether a document is missing")
	}
}

func clip(s string) string {
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + " (cut)"
}
