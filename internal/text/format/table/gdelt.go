package table

import (
	"fmt"
	"html"
	"strings"

	"recount"
	"recount/internal/text/date"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// Columns of GDELT's Global Knowledge Graph, counted from 0, as its codebook
// of version 2.1 (2015-02-19) numbers them from 1.
const (
	gkgID          = 0
	gkgDate        = 1
	gkgCollection  = 2
	gkgSource      = 3
	gkgDocument    = 4
	gkgPersons     = 11
	gkgPersonsAt   = 12
	gkgQuotations  = 22
	gkgTranslation = 25
	gkgExtras      = 26
	gkgColumns     = 27
)

// maxHints is the most persons and the most quotations of a GKG row that are
// kept. They are hints to compare with and are never counted.
const maxHints = 50

// isGKG reports whether the first line is a row of the Global Knowledge Graph:
// 27 cells, and a time of 14 digits in the second that begins the first.
func isGKG(src string) bool {
	line, _, _ := strings.Cut(src, "\n")
	if strings.Count(line, "\t") != gkgColumns-1 {
		return false
	}
	cells := strings.SplitN(line, "\t", 4)
	return len(cells[gkgDate]) == 14 && digits(cells[gkgDate]) && strings.HasPrefix(cells[gkgID], cells[gkgDate])
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// gkgGrid reads the Global Knowledge Graph. It has no header, and quotation
// marks are letters in it.
func gkgGrid(src string) grid {
	return grid{
		word:  "row",
		fixed: &layout{fixed: true, gkg: true, width: gkgColumns, names: make([]string, gkgColumns), url: []int{gkgDocument}},
		each: func(yield func(row) bool) error {
			s := plainDialect(src, '\t')
			for s.Next() {
				r := row{n: s.N, cells: s.Cells}
				if len(s.Cells) != gkgColumns && !emptyCells(s.Cells) {
					r.fault = fmt.Sprintf("%d cells; a row of GDELT's GKG has %d", len(s.Cells), gkgColumns)
				}
				if !yield(r) {
					return nil
				}
			}
			return nil
		},
	}
}

// gkgFacts returns what a row of the Global Knowledge Graph says of a page.
func gkgFacts(cells []string) []recount.Candidate {
	var out []recount.Candidate
	add := func(field, value, origin string) {
		out = document.Fact(out, field, page.Tidy(html.UnescapeString(value[:min(len(value), maxFact)])), "GDELT GKG "+origin)
	}
	extras := cells[gkgExtras]
	add("title", element(extras, "PAGE_TITLE"), "PAGE_TITLE")
	add("byline", element(extras, "PAGE_AUTHORS"), "PAGE_AUTHORS")
	add("outlet", cells[gkgSource], "V2SOURCECOMMONNAME")
	add("published", clock(element(extras, "PAGE_PRECISEPUBTIMESTAMP")), "PAGE_PRECISEPUBTIMESTAMP")
	add("seen", clock(cells[gkgDate]), "V2.1DATE")
	add("url", address(cells[gkgDocument]), "V2DOCUMENTIDENTIFIER")
	if lang, ok := strings.CutPrefix(cells[gkgTranslation], "srclc:"); ok {
		lang, _, _ = strings.Cut(lang, ";")
		add("language", lang, "V2.1TRANSLATIONINFO")
	}
	add("id", cells[gkgID], "GKGRECORDID")
	persons, origin := cells[gkgPersons], "V1PERSONS"
	if persons == "" {
		persons, origin = cells[gkgPersonsAt], "V2ENHANCEDPERSONS"
	}
	n := 0
	for p := range strings.SplitSeq(persons, ";") {
		name, _, _ := strings.Cut(p, ",")
		if name != "" && n < maxHints {
			add("gdelt person", name, origin)
			n++
		}
	}
	n = 0
	for q := range strings.SplitSeq(cells[gkgQuotations], "#") {
		// Offset, length, verb and the words themselves, which may hold a bar.
		if parts := strings.SplitN(q, "|", 4); len(parts) == 4 && n < maxHints {
			add("gdelt quotation", parts[3], "V2.1QUOTATIONS")
			n++
		}
	}
	return out
}

// element returns the text of one element of GDELT's last column.
func element(s, name string) string {
	_, s, ok := strings.Cut(s, "<"+name+">")
	if !ok {
		return ""
	}
	s, _, ok = strings.Cut(s, "</"+name+">")
	if !ok {
		return ""
	}
	return s
}

// clock writes a time of 14 digits as ISO 8601, without a zone; one that cannot
// be stays as it is printed.
func clock(s string) string {
	s = strings.TrimSpace(s)
	if m, ok := date.Stamp(s); ok && len(s) == 14 {
		return m.String()
	}
	return s
}
