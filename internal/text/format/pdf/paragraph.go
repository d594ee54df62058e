package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/text/page"
)

// A group is the lines of one paragraph.
type group struct {
	lines []*line
	size  int
	bold  bool
}

func (g *group) last() *line { return g.lines[len(g.lines)-1] }

// groups cuts the lines of a file into paragraphs.
func (d *text) groups() []group {
	var out []group
	indented := d.indents()
	for p := range d.pages {
		lines := d.pages[p].lines
		for i := range lines {
			l := &lines[i]
			if n := len(out); n > 0 && d.continues(&out[n-1], l, indented) {
				out[n-1].lines = append(out[n-1].lines, l)
				out[n-1].bold = out[n-1].bold && l.bold
				continue
			}
			out = append(out, group{lines: []*line{l}, size: l.size, bold: l.bold})
		}
	}
	return out
}

// indents reports whether the file sets the first lines of its paragraphs in.
func (d *text) indents() bool {
	in, all := 0, 0
	for p := range d.pages {
		lines := d.pages[p].lines
		for i := 1; i < len(lines); i++ {
			a, b := &lines[i-1], &lines[i]
			if b.column != a.column || b.size*100 < 90*d.body || b.size*100 > 110*d.body {
				continue
			}
			all++
			if indentedAfter(a, b) {
				in++
			}
		}
	}
	return in >= 2 && in*20 >= all
}

// indentedAfter reports whether b is set in against a as the first line of a
// paragraph is.
func indentedAfter(a, b *line) bool {
	return setIn(b) && b.x0-a.x0 > b.size/2
}

// continues reports whether l goes on with the paragraph g.
func (d *text) continues(g *group, l *line, indented bool) bool {
	a := g.last()
	if a.size*100 < 88*l.size || a.size*100 > 114*l.size {
		return false
	}
	if bullet(l.text) {
		return false
	}
	if len(g.lines) == 1 && l.page == 1 && (credit(a) && !unicode.IsLower(first(l.text)) || credit(l)) {
		return false
	}
	ended := page.Ended(a.text)
	if a.page != l.page || a.column != l.column {
		return d.crosses(a, l, ended, indented)
	}
	if g.bold != l.bold && (ended || len(g.lines) <= 3 && g.bold) {
		return false
	}
	pitch := a.y - l.y
	if pitch <= 0 || pitch*100 > 175*max(a.size, l.size) {
		return d.tightest(a, l, pitch)
	}
	if usual := d.pitch(a, l); pitch*100 > 130*usual {
		return false
	}
	if indentedAfter(a, l) && (ended || l.x0-a.x0 > l.size) && !hyphenEnd(a.text) {
		return false
	}
	if indented && ended && len(g.lines) == 1 && setIn(a) && setIn(l) {
		return false // one paragraph of one line after the other
	}
	return !d.shortLast(a, l, ended)
}

// setIn reports whether a line stands in as far as the first line of a
// paragraph does.
func setIn(l *line) bool {
	in := l.x0 - l.left
	return in*100 >= 60*l.size && in < 5*l.size
}

// tightest allows lines that stand far apart if all lines of the column do.
func (d *text) tightest(a, l *line, pitch int) bool {
	return pitch > 0 && pitch*100 <= 115*d.pitch(a, l) && pitch < 4*l.size && !d.shortLast(a, l, page.Ended(a.text)) && !indentedAfter(a, l)
}

// pitch returns the usual distance between the lines around l in its column:
// the smallest that two pairs of neighbours share.
func (d *text) pitch(a, l *line) int {
	lines := d.pages[l.page-1].lines
	var all []int
	for i := max(1, l.number-12); i < min(len(lines), l.number+12); i++ {
		b, c := &lines[i-1], &lines[i]
		if b.column == l.column && c.column == l.column && b.y > c.y && abs(c.size-l.size)*10 <= l.size && abs(b.size-l.size)*10 <= l.size {
			all = append(all, b.y-c.y)
		}
	}
	if len(all) == 0 {
		return l.size * 13 / 10
	}
	slices.Sort(all)
	for i := 1; i < len(all); i++ {
		if (all[i]-all[i-1])*100 <= 6*all[i] {
			return all[i]
		}
	}
	if len(all) <= 2 {
		// A lone pair says little: lines of a paragraph stand close.
		return min(all[0], l.size*14/10)
	}
	return all[0]
}

// shortLast reports whether a ends before the edge of its column although the
// first word of l had room there.
func (d *text) shortLast(a, l *line, ended bool) bool {
	room := d.edge(a) - a.x1
	word, _, _ := strings.Cut(l.text, " ")
	letters := max(1, utf8.RuneCountInString(l.text))
	need := (l.x1 - l.x0) * (utf8.RuneCountInString(word) + 1) / letters
	if room <= need+a.size/2 {
		return false
	}
	if ended {
		return true
	}
	if unicode.IsLower(first(l.text)) || hyphenEnd(a.text) {
		return false
	}
	return room*100 > 30*(a.right-a.left)
}

// edge returns where the lines around a end on the right: those of a column
// beside a picture end earlier than others.
func (d *text) edge(a *line) int {
	lines := d.pages[a.page-1].lines
	edge := a.x1
	for i := max(0, a.number-5); i < min(len(lines), a.number+4); i++ {
		if l := &lines[i]; l.column == a.column && abs(l.size-a.size)*10 <= a.size {
			edge = max(edge, l.x1)
		}
	}
	return edge
}

// crosses reports whether a paragraph goes on over the end of a column or page.
func (d *text) crosses(a, l *line, ended, indented bool) bool {
	if l.page > a.page+1 || a.bold != l.bold {
		return false
	}
	r := first(strings.TrimLeft(l.text, "“\"'‘(«„"))
	if !ended {
		if hyphenEnd(a.text) || unicode.IsLower(r) {
			return true
		}
		full := (a.right-a.x1)*100 < 25*max(1, a.right-a.left)
		return full && (l.x0-l.left)*100 < 60*l.size
	}
	if unicode.IsLower(r) && r == first(l.text) {
		return true
	}
	// A sentence ends with the column. Where paragraphs are set in, a line that
	// is not set in goes on; elsewhere a new one is more likely.
	return indented && (a.right-a.x1)*100 < 8*max(1, a.right-a.left) && (l.x0-l.left)*100 < 60*l.size
}

// credit reports whether a short line is a byline or a date.
func credit(l *line) bool {
	return (l.x1-l.x0)*100 < 60*(l.right-l.left) && (byline(l.text) || dated(l.text))
}

// bullet reports whether a line begins an item of a list.
func bullet(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("•▪■●◦‣", r) && n < len(s)
}
