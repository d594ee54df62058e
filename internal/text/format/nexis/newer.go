package nexis

import (
	"fmt"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
)

// A cover is what the first page of a download says.
type cover struct {
	documents int     // as announced, 0 = not
	entries   []entry // of its list
	database  string
	filters   string
	search    string // of the first entry
}

// An entry is one document in the list of a cover.
type entry struct{ title, search string }

// readNewer reads the layout that ends every article with "End of Document".
func (f *file) readNewer() document.Set {
	var set document.Set
	parts, rest := f.cut()
	if len(parts) == 0 {
		parts, rest = [][]line{rest}, nil
	}
	first, c := f.cover(parts[0])
	parts[0] = first
	if c.documents > 0 && len(parts) == 1 && dateAt(first) < 0 && bodyAt(first) < 0 {
		parts = nil // the list of a download whose documents lie elsewhere
	}
	headed := 0 // articles with the heading "Body"
	for _, p := range parts {
		if bodyAt(p) >= 0 {
			headed++
		}
	}
	number := 0
	if len(rest) > 0 && (bodyAt(rest) >= 0 || dateAt(rest) >= 0 && len(rest) > 4) {
		parts = append(parts, rest)
		rest = nil
	}
	for i, p := range parts {
		p = dropRules(p)
		if len(p) == 0 {
			continue
		}
		number++
		a := &article{number: number, lines: p}
		if i == len(parts)-1 && !endMark(f.lines[len(f.lines)-1].text) && p[len(p)-1].n == f.lines[len(f.lines)-1].n {
			a.notes = append(a.notes, "the file ends without the mark \"End of Document\"; the article may break off")
		}
		c.tell(a)
		if left := f.newer(a, headed > 0); left != nil {
			set.Left = append(set.Left, *left)
			continue
		}
		set.Drafts = append(set.Drafts, document.Draft{Part: strconv.Itoa(number), Range: f.span(p), Supplier: "Nexis Uni", Facts: a.facts, Paragraphs: a.paras, Notes: a.notes})
	}
	if rest = dropRules(rest); len(rest) > 0 {
		set.Left = append(set.Left, document.Left{Where: f.span(rest), Reason: "text after the last article that is none of its own", Hint: "look at the end of the file"})
	}
	c.finish(&set, number)
	return set
}

// finish notes what the cover says, and what it says differently from the file.
func (c *cover) finish(set *document.Set, number int) {
	if c.search != "" {
		set.Notes = append(set.Notes, "search terms on the cover: "+c.search)
	}
	if c.database != "" {
		set.Notes = append(set.Notes, "database on the cover: "+c.database)
	}
	if c.filters != "" {
		set.Notes = append(set.Notes, "narrowed by, on the cover: "+c.filters)
	}
	if c.documents > 0 && c.documents != number {
		set.Notes = append(set.Notes, fmt.Sprintf("documents announced: %d, found: %d", c.documents, number))
		switch {
		case number == 0:
			set.Left = append(set.Left, document.Left{Where: "the list", Reason: fmt.Sprintf("a list of %d documents without the documents", c.documents),
				Hint: "they lie in files of their own beside it, or were not downloaded"})
		case c.documents != number:
			set.Left = append(set.Left, document.Left{Where: "the cover", Reason: fmt.Sprintf("it announces %d documents, %d were found", c.documents, number) + c.missing(set),
				Hint: "download the file again, or compare the list on its cover with the articles"})
		}
	}
}

// missing names documents that a cover lists and the file does not hold.
func (c *cover) missing(set *document.Set) string {
	found := map[string]bool{}
	for _, d := range set.Drafts {
		for _, f := range d.Facts {
			if f.Field == "title" {
				found[plainly(f.Value)] = true
			}
		}
	}
	var names []string
	more := 0
	for _, e := range c.entries {
		switch {
		case e.title == "" || found[plainly(e.title)]:
		case len(names) < 3:
			names = append(names, "\""+short(e.title)+"\"")
		default:
			more++
		}
	}
	if len(names) == 0 {
		return ""
	}
	s := "; no article has the title " + strings.Join(names, ", ")
	if more > 0 {
		s += fmt.Sprintf(" and %d more of its list", more)
	}
	return s
}

// tell gives an article the search that the cover names for it.
func (c *cover) tell(a *article) {
	s := c.search
	if a.number <= len(c.entries) && len(c.entries) == c.documents && c.entries[a.number-1].search != "" {
		s = c.entries[a.number-1].search
	}
	if a.number <= len(c.entries) {
		a.listed = c.entries[a.number-1].title
	}
	a.fact("search", s, "Nexis cover Search Terms")
	a.fact("database", c.database, "Nexis cover Source")
}

// cut divides the lines at the marks of their end.
func (f *file) cut() (parts [][]line, rest []line) {
	from := 0
	for i, l := range f.lines {
		if endMark(l.text) {
			parts = append(parts, f.lines[from:i])
			from = i + 1
		}
	}
	return parts, f.lines[from:]
}

// dropRules drops lines that are drawn and not written.
func dropRules(lines []line) []line {
	out := lines[:0:0]
	for _, l := range lines {
		if strings.Trim(l.text, "_-–—=*•· ") != "" {
			out = append(out, l)
		}
	}
	return out
}

// bodyAt returns where the heading "Body" stands, or -1.
func bodyAt(lines []line) int {
	for i, l := range lines {
		if i > 0 && heading(l.text, "body") {
			return i
		}
	}
	return -1
}

// dateAt returns where the date line of an article stands, or -1: the third
// line or one of the next, else the second.
func dateAt(lines []line) int {
	for i := 2; i < min(len(lines), 12); i++ {
		if f, _, _ := fieldOf(lines[i].text); f != "" && f != "headline" || heading(lines[i].text, "body") {
			break
		}
		if document.Dated(lines[i].text) {
			return i
		}
	}
	if len(lines) > 1 && document.Dated(lines[1].text) {
		return 1
	}
	return -1
}

// cover takes the cover off the lines before the end of the first article.
func (f *file) cover(lines []line) ([]line, cover) {
	var c cover
	seen, last := false, -1 // last line that is the cover's for certain
	field := ""
	for i, l := range lines {
		g, _, value := fieldOf(l.text)
		if n, ok := announced(l.text); ok && i < 40 {
			c.documents, seen, last, field = n, true, i, ""
			continue
		}
		switch g {
		case "name", "job", "requested", "request":
			if i < 40 {
				seen, last, field = true, i, ""
			}
			continue
		}
		if !seen {
			if i >= 40 {
				break
			}
			continue
		}
		if g == "words" || g == "section" || g == "byline" || g == "loaded" || heading(l.text, "body") {
			break // the first article has begun
		}
		switch g {
		case "matter", "searched":
			last, field = i, ""
		case "search":
			last, field = i, "search"
			if k := len(c.entries) - 1; k >= 0 {
				c.entries[k].search = value
			}
			if c.search == "" {
				c.search = value
			}
		case "filters":
			last, field = i, "filters"
		case "database":
			last, field = i, ""
			c.database = value
		default:
			if m := listed.FindStringSubmatch(l.text); m != nil && m[1] == strconv.Itoa(len(c.entries)+1) && len(c.entries) < max(c.documents, 1) {
				c.entries = append(c.entries, entry{title: m[2]})
				last, field = i, "title"
				continue
			}
			switch {
			case field == "title" && i == last+1 && c.entries[len(c.entries)-1].title == "":
				c.entries[len(c.entries)-1].title = l.text
				last = i
			}
		}
	}
	if !seen {
		return lines, c
	}
	from := f.begins(lines, last+1, &c)
	// What stands between the last certain line and the first article says how
	// the search was narrowed.
	var narrow []string
	for _, l := range lines[last+1 : from] {
		if t := l.text; strings.Trim(t, "_- ") != "" && len(narrow) < 20 {
			narrow = append(narrow, t)
		}
	}
	if field == "filters" || len(c.entries) > 0 {
		c.filters = strings.Join(narrow, "; ")
	}
	return lines[from:], c
}

// begins returns where the first article begins behind a cover that certainly
// lasts until from: at the title that the list names, else behind the widest
// gap above its outlet, else at the line above its outlet.
func (f *file) begins(lines []line, from int, c *cover) int {
	if len(c.entries) > 0 {
		if c.entries[0].title != "" {
			for i := from; i < len(lines) && i < from+60; i++ {
				if headlineOf(lines[i:], c.entries[0].title) > 0 {
					return i
				}
			}
		}
	}
	date := -1
	for i := from; i < len(lines) && i < from+80; i++ {
		if document.Dated(lines[i].text) {
			date = i
		}
		if g, _, _ := fieldOf(lines[i].text); date >= 0 && (g == "words" || g == "section" || g == "byline" || copyright(lines[i].text) || heading(lines[i].text, "body")) {
			break
		}
	}
	if date < 0 {
		return from
	}
	for i := date; i > max(from, date-6); i-- {
		if lines[i].gap >= 2 {
			return i
		}
	}
	return max(from, date-2)
}

// newer reads one article of the newer layout; headed says that the articles
// of this file have the heading "Body".
func (f *file) newer(a *article, headed bool) *document.Left {
	lines := a.lines
	for _, l := range lines[:min(len(lines), 5)] {
		if errorPage(l.text) {
			return &document.Left{Where: a.name(), Reason: "LexisNexis shows an error page in its place", Hint: "download this document again"}
		}
	}
	lines = a.corrected(lines)
	date := dateAt(lines)
	body := bodyAt(lines)
	if body >= 0 && date > body {
		date = -1
	}
	head := body
	if body < 0 {
		head = f.headEnd(lines, date)
	}
	f.head(a, lines[:max(head, 0)], date)
	text := lines[max(head, 0):]
	if body >= 0 {
		text = lines[body+1:]
	}
	text, tail := tailOf(text)
	f.tail(a, tail)
	a.close()
	a.beside()
	text, captions := graphicOf(text)
	written := dropLinks(text)
	a.paras = f.paragraphs(written)
	if len(written) < len(text) {
		a.notes = append(a.notes, "a line that only links to a picture or a page is left out")
	}
	if len(a.paras) == 0 || body < 0 && headed {
		title := ""
		if len(lines) > 0 {
			title = " (" + short(lines[0].text) + ")"
		}
		return &document.Left{Where: a.name() + title, Reason: "it has no text: a picture, a table or a graphic only", Hint: "look at it in the database; if it matters, add it as a picture with its text typed in"}
	}
	a.paras = append(a.paras, f.amendments(a)...)
	for _, p := range f.paragraphs(dropLinks(captions)) {
		p.Role = recount.Caption
		a.paras = append(a.paras, p)
	}
	if body < 0 {
		a.notes = append(a.notes, "no heading \"Body\" was found; the text begins after the last line of its head")
	}
	return nil
}

// short cuts a title for a message.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// headEnd returns where the head of an article without the heading "Body"
// ends: after its last field.
func (f *file) headEnd(lines []line, date int) int {
	end := max(date+1, 0)
	for i := end; i < min(len(lines), end+15); i++ {
		switch g, _, _ := fieldOf(lines[i].text); g {
		case "byline", "section", "words", "highlight", "dateline", "series", "distribution", "correction", "url", "graphic":
			end = i + 1
		case "":
			if copyright(lines[i].text) {
				end = i + 1
			}
		}
	}
	return end
}

// head reads the lines before the text: headline, outlet, date, edition,
// rights and fields.
func (f *file) head(a *article, lines []line, date int) {
	at := 0
	switch {
	case date >= 2:
		// The list on the cover says where the headline ends; else the outlet is
		// the line above the date.
		outlet := date - 1
		if n := headlineOf(lines[:date], a.listed); n > 0 && n < date {
			outlet = n
		}
		f.title(a, lines[:outlet])
		a.fact("outlet", lines[outlet].text, "Nexis outlet line")
		for _, l := range lines[outlet+1 : date] {
			a.fact("edition", l.text, "Nexis line above the date")
		}
	case date == 1:
		f.title(a, lines[:1])
		a.notes = append(a.notes, "no line with the outlet was found")
	default:
		for at < len(lines) {
			if g, _, _ := fieldOf(lines[at].text); g != "" || copyright(lines[at].text) {
				break
			}
			at++
		}
		if at >= 2 && at <= 6 {
			f.title(a, lines[:at-1])
			a.fact("outlet", lines[at-1].text, "Nexis outlet line")
		} else {
			f.title(a, lines[:min(at, 1)])
			at = min(at, 1)
		}
		a.notes = append(a.notes, "no date line was found")
	}
	if date >= 0 {
		a.fact("published", lines[date].text, "Nexis date line")
		at = date + 1
	}
	begun, rights := false, false
	for i, l := range lines[min(at, len(lines)):] {
		g, label, value := fieldOf(l.text)
		switch {
		case g != "" && g != "headline" && g != "body":
			begun = true
			a.fields(g, label, value)
			a.amend(g, l)
		case copyright(l.text):
			a.rights(l.text)
			rights, begun = true, false
		case begun:
			a.more(l.text)
			a.amend("", l)
		case rights:
			a.more(l.text) // "Distributed by ..."
		case date >= 0 && i < 4:
			a.fact("edition", l.text, "Nexis edition line")
		default:
			a.stray = append(a.stray, l.text)
		}
	}
}

// headlineOf returns how many of the lines are the headline that a cover
// lists, 0 if none is.
func headlineOf(lines []line, listed string) int {
	want, got := plainly(listed), ""
	if want == "" {
		return 0
	}
	for i, l := range lines[:min(len(lines), 6)] {
		if len(l.text) > 2000 {
			return 0
		}
		if got += plainly(l.text); got == want {
			return i + 1
		}
	}
	return 0
}

// title takes the lines of a headline.
func (f *file) title(a *article, lines []line) {
	var s []string
	for _, l := range lines {
		s = append(s, l.text)
	}
	t := strings.Join(s, " ")
	if strings.EqualFold(t, "No Headline In Original") {
		a.notes = append(a.notes, "the original has no headline")
		return
	}
	a.fact("title", t, "Nexis headline")
}

// inner lists the fields that another field of the head can swallow when two
// lines become one paragraph.
var inner = map[string]bool{"byline": true, "section": true, "words": true, "highlight": true, "dateline": true}

// fields adds a field of the head, and the fields that its value swallowed.
func (a *article) fields(field, label, value string) {
	for i := 0; i < len(value); {
		j := strings.IndexByte(value[i:], ' ')
		if j < 0 {
			break
		}
		i += j + 1
		if g, l, v := fieldOf(value[i:]); g != field && inner[g] && inner[field] && !lower(l) && !strings.Contains(l, " ") {
			a.add(field, label, value[:i])
			field, label, value, i = g, l, v, 0
		}
	}
	a.add(field, label, value)
}

// tailOf cuts the fields behind the text off it.
func tailOf(lines []line) (text, tail []line) {
	at := len(lines)
	for i := len(lines) - 1; i >= 0; i-- {
		if heading(lines[i].text, "classification") && i+1 < len(lines) {
			return lines[:i], lines[i+1:]
		}
	}
	for at > 0 {
		switch g, _, _ := fieldOf(lines[at-1].text); g {
		case "loaded", "language", "type", "subject", "person", "place", "company", "industry", "journal", "id":
			at--
			continue
		}
		break
	}
	return lines[:at], lines[at:]
}

// tail reads the fields behind the text.
func (f *file) tail(a *article, lines []line) {
	begun := false
	for _, l := range lines {
		g, label, value := fieldOf(l.text)
		switch {
		case g != "" && g != "body":
			begun = true
			a.add(g, label, value)
			a.amend(g, l)
		case copyright(l.text):
			a.rights(l.text)
			begun = false
		case begun:
			a.more(l.text)
			a.amend("", l)
		default:
			a.stray = append(a.stray, l.text)
		}
	}
}

// graphicOf cuts the part under the heading "Graphic" off a text.
func graphicOf(lines []line) (text, captions []line) {
	for i := len(lines) - 1; i >= 0; i-- {
		if heading(lines[i].text, "graphic") {
			return lines[:i], lines[i+1:]
		}
	}
	return lines, nil
}

// dropLinks drops lines that are nothing but a link of the database.
func dropLinks(lines []line) []line {
	out := lines[:0:0]
	for _, l := range lines {
		if !link(l.text) {
			out = append(out, l)
		}
	}
	return out
}

// link reports whether a line is nothing but a link of the database.
func link(s string) bool {
	l := strings.ToLower(s[:min(len(s), 60)])
	if len(s) > 40 {
		return false
	}
	return strings.HasPrefix(l, "link to ") || strings.HasPrefix(l, "link zum ") || strings.HasPrefix(l, "lien vers ")
}
