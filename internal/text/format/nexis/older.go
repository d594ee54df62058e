package nexis

import (
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// readOlder reads the layout that begins every article with "3 of 10
// DOCUMENTS".
func (f *file) readOlder() document.Set {
	var set document.Set
	var c cover
	from, counted, previous := -1, 0, 0
	var parts [][]line
	end := func(to int) {
		switch {
		case from >= 0:
			parts = append(parts, f.lines[from:to])
		case to > 0:
			f.olderCover(f.lines[:to], &c)
		}
	}
	for i, l := range f.lines {
		n, of, ok := startMark(l.text)
		switch {
		case ok:
			end(i)
			from = i + 1
			if n <= previous || previous == 0 {
				counted += of
			}
			previous = n
		case errorPage(l.text):
			end(i)
			from = i
		}
	}
	end(len(f.lines))
	c.documents = counted
	for i, p := range parts {
		a := &article{number: i + 1, lines: p}
		c.tell(a)
		if left := f.older(a); left != nil {
			set.Left = append(set.Left, *left)
			continue
		}
		set.Drafts = append(set.Drafts, document.Draft{Part: strconv.Itoa(i + 1), Range: f.span(p), Supplier: "LexisNexis", Facts: a.facts, Paragraphs: a.paras, Notes: a.notes})
	}
	c.finish(&set, len(parts))
	return set
}

// olderCover reads the lines before the first article.
func (f *file) olderCover(lines []line, c *cover) {
	field := ""
	group := -1
	for _, l := range lines {
		g, _, value := fieldOf(l.text)
		switch {
		case g == "search":
			field, group, c.search = g, l.group, value
		case g == "database":
			if c.database == "" {
				c.database = value
				field, group = g, l.group
			} else {
				field = ""
			}
		case g != "":
			field = ""
		case field == "search" && l.group == group && len(c.search) < 20_000:
			c.search += " " + l.text
		case field == "database" && l.group == group && len(c.database) < 20_000:
			c.database += " " + l.text
		default:
			field = ""
		}
	}
}

// headField reports whether a field stands in the head of an article of the
// older layout.
func headField(field, label string) bool {
	if !capitals(label) {
		return false
	}
	switch field {
	case "headline", "byline", "section", "words", "highlight", "dateline", "body", "series", "correction", "distribution", "url":
		return true
	}
	return false
}

// tailField reports whether a field stands behind the text of an article of
// the older layout.
func tailField(field, label string) bool {
	if !capitals(label) {
		return false
	}
	switch field {
	case "graphic", "loaded", "language", "type", "subject", "person", "place", "company", "industry", "journal", "distribution", "correction", "note", "series", "id", "url":
		return true
	}
	return false
}

// centred reports whether a line of TXT stands in the middle of its column.
func centred(l line) bool { return l.indent >= 8 }

// edition reports whether a line names the edition of a paper.
func edition(s string) bool {
	s = strings.ToLower(s)
	if len(s) > 80 {
		return false
	}
	for _, w := range [...]string{"edition", "ausgabe", "auflage", "édition", "edición", "edizione", "editie", "edição", "correction appended"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// older reads one article of the older layout.
func (f *file) older(a *article) *document.Left {
	lines := a.lines
	if len(lines) > 0 && errorPage(lines[0].text) {
		return &document.Left{Where: a.name(), Reason: "LexisNexis shows an error page in its place", Hint: "download this document again"}
	}
	lines = a.corrected(lines)
	lines = f.top(a, lines)
	lines = f.olderHead(a, lines)
	text, tail := f.olderTail(lines)
	f.olderFields(a, tail)
	a.close()
	a.beside()
	a.paras = append(a.paras, f.paragraphs(text)...)
	if len(a.paras) == 0 {
		title := ""
		for _, c := range a.facts {
			if c.Field == "title" {
				title = " (" + short(c.Value) + ")"
			}
		}
		return &document.Left{Where: a.name() + title, Reason: "it has no text: a picture, a table or a graphic only", Hint: "look at it in the database; if it matters, add it as a picture with its text typed in"}
	}
	a.paras = append(a.paras, f.amendments(a)...)
	a.paras = append(a.paras, a.captions...)
	return nil
}

// top reads rights, outlet, date and edition, and returns the lines behind
// them.
func (f *file) top(a *article, lines []line) []line {
	date := -1
	for i, l := range lines[:min(len(lines), 15)] {
		if g, label, _ := fieldOf(l.text); headField(g, label) && !centred(l) {
			break
		}
		if document.Dated(l.text) {
			date = i
			break
		}
	}
	if date < 0 {
		a.notes = append(a.notes, "no date line was found")
		if len(lines) > 0 {
			if g, _, _ := fieldOf(lines[0].text); g == "" {
				a.fact("outlet", lines[0].text, "Nexis outlet line")
				return lines[1:]
			}
		}
		return lines
	}
	var outlet []string
	for _, l := range lines[:date] {
		if copyright(l.text) {
			a.rights(l.text)
			outlet = nil
		} else {
			outlet = append(outlet, l.text)
		}
	}
	if len(outlet) > 0 {
		a.fact("outlet", strings.Join(outlet, " "), "Nexis outlet line")
	} else {
		a.notes = append(a.notes, "no line with the outlet was found")
	}
	a.fact("published", lines[date].text, "Nexis date line")
	var ed []string
	i := date + 1
	for ; i < len(lines); i++ {
		l := lines[i]
		g, label, _ := fieldOf(l.text)
		if headField(g, label) && !centred(l) || !(l.group == lines[date].group || centred(l) || edition(l.text) && i < date+3) {
			break
		}
		if copyright(l.text) {
			a.rights(l.text)
		} else {
			ed = append(ed, l.text)
		}
	}
	a.fact("edition", strings.Join(ed, " "), "Nexis edition line")
	return lines[i:]
}

// olderHead reads headline and fields, and returns the lines of the text and
// behind it. Text that stands behind "BODY:" on its line becomes a paragraph.
func (f *file) olderHead(a *article, lines []line) []line {
	title, rest, titled := f.headFields(a, lines)
	switch {
	case len(title) > 0 && !titled:
		a.fact("title", strings.Join(title, " "), "Nexis headline")
	case !titled:
		a.notes = append(a.notes, "no headline was found")
	}
	return rest
}

// headFields reads the fields of a head; title is what stands before them, and
// titled says that one of them is the headline.
func (f *file) headFields(a *article, lines []line) (title []string, rest []line, titled bool) {
	begun, group := false, -1
	for i, l := range lines {
		g, label, value := fieldOf(l.text)
		switch {
		case g == "body" && headField(g, label):
			rest = lines[i+1:]
			if value != "" {
				j := i + 1
				for f.wrapped && j < len(lines) && lines[j].group == l.group && !f.broken(lines[j-1], lines[j]) {
					j++
				}
				p := f.join(lines[i:j])
				_, t, _ := strings.Cut(p.Text, ":")
				p.Text, p.Path = page.Tidy(t), p.Path+"/value"
				a.paras = append(a.paras, p)
				rest = lines[j:]
			}
			return title, rest, titled
		case g == "headline" && headField(g, label):
			titled, begun, group = true, true, l.group
			a.fact("title", value, "Nexis field "+label)
		case headField(g, label):
			begun, group = true, l.group
			a.fields(g, label, value)
			a.amend(g, l)
		case begun && f.wrapped && l.group == group && l.path == "":
			a.more(l.text)
			a.amend("", l)
		case begun, tailField(g, label):
			return title, lines[i:], titled
		default:
			// Before the first field stands the headline; an article without any
			// field has a headline of one group of lines.
			if len(title) > 0 && l.group != lines[0].group && !f.ahead(lines[i:]) {
				return title, lines[i:], titled
			}
			title = append(title, l.text)
		}
	}
	return title, nil, titled
}

// ahead reports whether a field of the head follows within a few lines.
func (f *file) ahead(lines []line) bool {
	for _, l := range lines[:min(len(lines), 8)] {
		if g, label, _ := fieldOf(l.text); headField(g, label) {
			return true
		}
	}
	return false
}

// olderTail cuts the fields and rights behind the text off it: the longest run
// of lines to the end that begins with a field and in which every group of
// lines but one begins with a field, is a notice of rights or stands in the
// middle. Captions may take several groups.
func (f *file) olderTail(lines []line) (text, tail []line) {
	at, stray, loose := len(lines), 0, 0
	for i := len(lines) - 1; i >= 0 && stray <= 1 && loose <= 20; i-- {
		l := lines[i]
		if i > 0 && lines[i-1].group == l.group {
			if g, label, _ := fieldOf(l.text); g == "" || !tailField(g, label) {
				continue
			}
		}
		g, label, _ := fieldOf(l.text)
		switch {
		case centred(l), copyright(l.text):
		case tailField(g, label):
			if g != "graphic" {
				stray += loose
			}
			if loose = 0; stray <= 1 {
				at = i
			}
		case capitalLabel(l.text):
			stray += loose
			loose = 0
		default:
			loose++
		}
	}
	if at == len(lines) {
		for at > 0 && len(lines)-at < 6 && (copyright(lines[at-1].text) || centred(lines[at-1])) {
			at--
		}
	}
	return lines[:at], lines[at:]
}

// capitalLabel reports whether a line begins with a label in capitals that is
// not known here.
func capitalLabel(s string) bool {
	i := strings.IndexByte(s[:min(len(s), maxLabel)], ':')
	return i > 1 && capitals(s[:i]) && !strings.ContainsAny(s[:i], "0123456789")
}

// olderFields reads the fields behind the text. What stands behind "GRAPHIC:"
// becomes a caption.
func (f *file) olderFields(a *article, lines []line) {
	begun, graphic := false, false
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		g, label, value := fieldOf(l.text)
		switch {
		case g == "graphic" && capitals(label), graphic && g == "" && !capitalLabel(l.text) && !copyright(l.text) && !centred(l):
			begun = false
			if g == "graphic" && value == "" {
				graphic = true
				continue
			}
			j := i + 1
			for f.wrapped && j < len(lines) && lines[j].group == l.group {
				if h, _, _ := fieldOf(lines[j].text); h != "" {
					break
				}
				j++
			}
			p := f.join(lines[i:j])
			p.Role = recount.Caption
			if g == "graphic" {
				_, t, _ := strings.Cut(p.Text, ":")
				p.Text, p.Path = page.Tidy(t), p.Path+"/value"
			}
			a.captions = append(a.captions, p)
			graphic, i = true, j-1
		case g != "" && capitals(label):
			begun, graphic = true, false
			a.add(g, label, value)
			a.amend(g, l)
		case copyright(l.text):
			a.rights(l.text)
			begun, graphic = false, false
		case centred(l):
			begun, graphic = false, false
		case capitalLabel(l.text):
			label, value, _ := strings.Cut(l.text, ":")
			begun, graphic = true, false
			a.add(strings.ToLower(strings.TrimSpace(label)), label, value)
			a.amending = false
		case begun:
			a.more(l.text)
			a.amend("", l)
		default:
			a.stray = append(a.stray, l.text)
		}
	}
}
