package factiva

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"recount/internal/pattern"
)

func itoa(n int) string { return strconv.Itoa(n) }

// searchTitles are the words above the table that says which search the file
// came from.
var searchTitles = map[string]bool{
	"search summary": true, "suchzusammenfassung": true, "zusammenfassung der suche": true, "résumé de la recherche": true,
	"resumen de la búsqueda": true, "riepilogo ricerca": true, "riepilogo della ricerca": true, "resumo da pesquisa": true,
}

// results matches the line with the number of documents that a search found.
var results = pattern.New(`(?i)^(?:results found|gefundene ergebnisse|résultats trouvés|resultados encontrados|risultati trovati)\s*:?\s*([\d., ]*)$`)

// longest is how much of a search is kept, in bytes.
const longest = 8 << 10

// rest keeps what a file says outside its articles.
func (r *reader) rest(lines []piece) {
	for i, l := range lines {
		if searchTitles[strings.ToLower(strings.TrimRight(l.text, ": "))] {
			var s []string
			for k, m := range lines[i+1:] {
				if strings.Contains(m.text, "Factiva, Inc.") {
					break
				}
				s = append(s, m.text)
				if at := results.FindStringSubmatch(m.text); at != nil && r.hits == 0 {
					n := at[1]
					if n == "" && i+k+2 < len(lines) {
						n = lines[i+k+2].text
					}
					r.hits, _ = strconv.Atoi(strings.NewReplacer(",", "", ".", "", " ", "").Replace(n))
				}
			}
			r.search = strings.Join(s, "; ")
			if len(r.search) > longest {
				r.search = strings.ToValidUTF8(r.search[:longest], "") + " (cut)"
			}
			if r.from == "" {
				r.from = "Factiva " + l.text
			}
			lines = lines[:i]
			break
		}
	}
	for _, l := range lines {
		const short = 80 // characters; page furniture is shorter
		if utf8.RuneCountInString(l.text) > short && !strings.Contains(l.text, "Factiva, Inc.") {
			r.left(l.path, "text outside the articles: "+excerpt(l.text), "look whether an article is missing")
		}
	}
}
