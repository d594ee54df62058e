package biblio

import (
	"fmt"
	"strconv"
	"strings"

	"recount/internal/pattern"
)

// risStart finds the first tag of a record. Some exports write one space before
// the hyphen, and some put lines about the database above the first record.
var risStart = pattern.New(`(?m)^TY {1,3}- {0,2}[A-Za-z]{2,8}[ \t]*\r?$`)

// isRIS reports whether text is RIS: a record begins in its first lines, a line
// with a tag follows, and only lines such as "Database: name" stand before it.
func isRIS(src string) bool {
	at := risStart.FindStringIndex(src)
	if at == nil {
		return false
	}
	n := 0
	for line := range strings.Lines(src[:at[0]]) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(line, ":") || n > 6 {
			return false
		}
		n++
	}
	next, _, _ := strings.Cut(strings.TrimLeft(src[at[1]:], " \t\r\n"), "\n")
	_, _, ok := risTag(strings.TrimRight(next, "\r"))
	return ok
}

// A risRecord is one record as it is read: the values of each tag.
type risRecord struct {
	first, last int // lines, from 1
	tags        map[string][]string
	count       int
}

// risTag splits a line into its tag and value; ok is false for other lines.
func risTag(line string) (tag, text string, ok bool) {
	if len(line) < 4 || !upper(line[0]) || !upper(line[1]) && (line[1] < '0' || line[1] > '9') {
		return "", "", false
	}
	rest := strings.TrimLeft(line[2:], " ")
	if rest == line[2:] || !strings.HasPrefix(rest, "-") || len(line)-len(rest) > 5 {
		return "", "", false
	}
	rest = rest[1:]
	if rest != "" && rest[0] != ' ' {
		return "", "", false
	}
	return line[:2], strings.TrimSpace(rest), true
}

func upper(b byte) bool { return b >= 'A' && b <= 'Z' }

// readRIS reads RIS. A line without a tag goes on with the value before it; a
// record without its ER ends where the next begins.
func (r *reader) readRIS(src string) {
	var cur *risRecord
	last := "" // tag of the line before
	n, unread := 0, 0
	finish := func() {
		if cur != nil {
			r.risRecord(cur)
		}
		cur, last = nil, ""
	}
	for line := range strings.Lines(src) {
		n++
		line = strings.TrimRight(line, "\r\n")
		tag, text, ok := risTag(line)
		switch {
		case ok && tag == "TY":
			finish()
			if r.full() {
				return
			}
			cur = &risRecord{first: n, last: n, tags: map[string][]string{"TY": {text}}}
			last = tag
		case ok && tag == "ER":
			if cur != nil {
				cur.last = n
			}
			finish()
		case cur == nil:
			if strings.TrimSpace(line) != "" {
				unread++
			}
		case ok:
			cur.last, last = n, tag
			if cur.count++; cur.count <= 10*maxValues && len(cur.tags[tag]) < maxValues {
				cur.tags[tag] = append(cur.tags[tag], text)
			}
		case strings.TrimSpace(line) != "":
			cur.last = n
			// A value over several lines; what no fact has room for is not joined.
			if list := cur.tags[last]; len(list) > 0 && len(list[len(list)-1]) < maxFact {
				list[len(list)-1] += " " + strings.TrimSpace(line)
			}
		}
	}
	finish()
	if unread > 0 {
		r.set.Notes = append(r.set.Notes, fmt.Sprintf("%d lines between the records are about the database and no records", unread))
	}
}

// risRecord adds one record.
func (r *reader) risRecord(c *risRecord) {
	r.records++
	rec := &record{where: fmt.Sprintf("record %d, lines %d-%d", r.records, c.first, c.last), format: "RIS"}
	each := func(field string, tags ...string) {
		for _, tag := range tags {
			for _, v := range c.tags[tag] {
				rec.fact(field, v, tag)
			}
		}
	}
	first := func(field string, tags ...string) {
		for _, tag := range tags {
			if list := c.tags[tag]; len(list) > 0 && strings.Join(list, "") != "" {
				rec.fact(field, list[0], tag)
				return
			}
		}
	}
	first("title", "TI", "T1", "CT", "ST")
	for _, tag := range []string{"AU", "A1", "A2"} {
		if list := c.tags[tag]; len(list) > 0 {
			names := make([]string, 0, len(list))
			for _, v := range list {
				names = append(names, natural(v))
			}
			rec.byline(names, tag)
			break
		}
	}
	// The outlet stands in T2 or one of the tags for journals; for pages of the
	// web some write it as the publisher.
	first("outlet", "T2", "JF", "JO", "J1", "J2", "JA", "BT", "T3")
	each("outlet", "PB")
	for _, tag := range []string{"DA", "Y1", "PY", "YR"} {
		for _, v := range c.tags[tag] {
			rec.published(risDate(v), tag)
		}
	}
	for _, v := range c.tags["Y2"] {
		rec.fact("collected", risDate(v), "Y2")
	}
	each("language", "LA")
	each("section", "SE")
	each("edition", "ET")
	first("page", "SP")
	first("abstract", "N2", "AB")
	each("database", "DB", "DP")
	each("id", "AN", "ID")
	each("doi", "DO")
	each("kind", "M3")
	each("type", "TY")
	for _, tag := range []string{"UR", "LK", "L2", "L1", "L3"} {
		for _, v := range c.tags[tag] {
			if tag == "UR" || tag == "LK" || len(addresses(v)) > 0 {
				rec.urls = append(rec.urls, value{v, tag})
				continue
			}
			if v != "" {
				rec.files = append(rec.files, v)
			}
		}
	}
	for _, v := range append(c.tags["UR"], c.tags["LK"]...) {
		if v != "" && len(addresses(v)) == 0 {
			rec.files = append(rec.files, v) // a file where an address belongs
		}
	}
	for _, v := range c.tags["L4"] {
		if v != "" && len(addresses(v)) == 0 {
			rec.files = append(rec.files, v)
		}
	}
	r.add(rec)
}

// risDate writes 2014/05/14/, 2014/05//, 2014/// and 2014/05/14/Spring as ISO
// 8601 as far as they are known, and leaves other dates as they are printed.
func risDate(s string) string {
	parts := strings.SplitN(s, "/", 4)
	if len(parts[0]) != 4 {
		return s
	}
	var n [3]int
	for i := range min(len(parts), 3) {
		p := strings.TrimSpace(parts[i])
		if p == "" {
			break
		}
		v, err := strconv.Atoi(p)
		if err != nil {
			return s
		}
		n[i] = v
	}
	if iso := isoOf(n[0], n[1], n[2]); iso != "" {
		return iso
	}
	return s
}
