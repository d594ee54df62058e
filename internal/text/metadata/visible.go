package metadata

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/text/page"
)

// visible adds the dates and the byline that a reader sees by the headline;
// first is the first long paragraph of the article among ps.
func (f *Facts) visible(ps []page.Piece, first int, head *html.Node) {
	start := max(0, first-25)
	for i := range ps[:min(first, len(ps))] {
		if ps[i].At == head && head != nil {
			start = max(0, i-4)
		}
	}
	for i := start; i < min(first+1, len(ps)); i++ {
		f.visiblePiece(ps[i])
	}
}

func (f *Facts) visiblePiece(p page.Piece) {
	if len(p.Text) > 250 || f.aside(p.At) {
		return
	}
	low := strings.ToLower(p.Text)
	f.timeElements(p.At)
	d, letters, ok := findDate(p.Text)
	if ok && (letters <= 60 && d.d != 0 || letters <= 40 || letters <= 120 && f.bylined(p, low)) {
		field := "published"
		if updated(low) {
			field = "modified"
		}
		f.dates = append(f.dates, dateCandidate{moment: moment{day: d}, origin: "visible text", source: printed, field: field})
	}
	switch {
	case len(p.Text) > 120 || letters < 5:
	case f.bylined(p, low) && (!ok || len(Authors(p.Text)) > 0):
		f.add("byline", p.Text, "visible text")
	case ok:
		// "Issue 14, February 2014. Odile Farrant": what follows the date.
		if i := strings.LastIndex(p.Text, ". "); i > 0 && !strings.ContainsAny(p.Text[i:], "0123456789:") && len(strings.Fields(p.Text[i+2:])) <= 6 {
			f.add("byline", strings.TrimSpace(p.Text[i+2:]), "text by the date")
		}
	}
}

// updated reports whether a line speaks of a later change.
func updated(low string) bool {
	for _, w := range [...]string{"updated", "modified", "aktualisiert", "mis à jour", "actualizado", "aggiornato", "atualizado"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// timeElements adds the dates that time elements under n carry for machines.
// They come out of the publishing system as JSON-LD does, and are no voice of
// their own.
func (f *Facts) timeElements(n *html.Node) {
	seen := 0
	for k := range n.Descendants() {
		if seen++; seen > 50 {
			return
		}
		if k.DataAtom != atom.Time || page.Attr(k, "datetime") == "" || page.Attr(k, "itemprop") != "" {
			continue
		}
		field := "published"
		if updated(page.Names(k)) || k.Parent != nil && updated(strings.ToLower(page.TextOf(k.Parent))) {
			field = "modified"
		}
		f.date(field, page.Attr(k, "datetime"), "time[datetime]", structured)
	}
}

// bylined reports whether a line by the headline is set or begins as a byline.
func (f *Facts) bylined(p page.Piece, low string) bool {
	if strings.HasPrefix(low, "by ") {
		return true
	}
	for n, k := p.At, 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if page.OwnZone(n) == page.Bylined {
			return true
		}
	}
	return false
}
