package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
)

// A slashDate is a date such as 14/05/2014, which people write with the day
// first or the month first.
type slashDate struct {
	a, b, year int
	rest       string // a time of day, or ""
}

// parseSlashDate reads 14/05/2014, 5-14-2014 and each with a time of day.
func parseSlashDate(s string) (slashDate, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 40 || s[0] < '0' || s[0] > '9' {
		return slashDate{}, false
	}
	i := strings.IndexAny(s, "/-")
	if i < 1 || i > 2 {
		return slashDate{}, false
	}
	j := strings.IndexByte(s[i+1:], s[i])
	if j < 1 || j > 2 {
		return slashDate{}, false
	}
	tail := s[i+1+j+1:]
	year, rest, _ := strings.Cut(tail, " ")
	var d slashDate
	var err [3]error
	d.a, err[0] = strconv.Atoi(s[:i])
	d.b, err[1] = strconv.Atoi(s[i+1 : i+1+j])
	d.year, err[2] = strconv.Atoi(year)
	d.rest = strings.TrimSpace(rest)
	return d, err == [3]error{} && len(year) == 4 && d.a >= 1 && d.b >= 1 && d.a <= 31 && d.b <= 31
}

// An order says what stands first in the dates of a column, and which row
// shows it.
type order struct {
	dayFirst bool
	row      int // 0 = not known
}

// iso writes a date in the order of its column as ISO 8601, with a time of day
// on the 24-hour clock; "" if it does not fit the order.
func (o order) iso(s string) string {
	d, ok := parseSlashDate(s)
	if !ok {
		return ""
	}
	day, month := d.a, d.b
	if !o.dayFirst {
		day, month = d.b, d.a
	}
	known, ok := recount.NewDate(d.year, month, day)
	if !ok {
		return ""
	}
	out := known.String()
	if n := len(d.rest); (n == 5 || n == 8) && d.rest[2] == ':' && digits(strings.ReplaceAll(d.rest, ":", "")) {
		out += "T" + d.rest
	}
	return out
}

// orderDates finds out how a column of dates is written, from all its rows: one
// day over 12 shows the order for all. Where nothing shows it, or rows show
// both, the dates stay as they are printed and a note says so.
func (r *reader) orderDates(g *grid, l *layout) {
	dated := func(c column) bool { return c.field == "published" || c.field == "modified" }
	if !slices.ContainsFunc(l.facts, dated) {
		return
	}
	type seen struct{ first, second, both int }
	found := make([]seen, len(l.facts))
	rows, any := 0, false
	g.each(func(w row) bool {
		if w.n <= l.header {
			return true
		}
		for i, c := range l.facts {
			if !dated(c) || c.at >= len(w.cells) {
				continue
			}
			d, ok := parseSlashDate(w.cells[c.at])
			if !ok {
				continue
			}
			any = true
			switch f := &found[i]; {
			case d.a > 12 && f.first == 0:
				f.first = w.n
			case d.b > 12 && f.second == 0:
				f.second = w.n
			case d.a != d.b && d.a <= 12 && d.b <= 12 && f.both == 0:
				f.both = w.n
			}
		}
		rows++
		return rows < maxRows && (any || rows < 10*headerRows)
	})
	for i, f := range found {
		c := &l.facts[i]
		switch {
		case f.first > 0 && f.second > 0:
			r.set.Notes = append(r.set.Notes, fmt.Sprintf("the column %s writes dates with the day first (%s) and with the month first (%s): those that can be read both ways are not read",
				l.names[c.at], g.where(f.first), g.where(f.second)))
		case f.first+f.second > 0:
			c.order = order{f.first > 0, f.first + f.second}
			word := "month"
			if f.first > 0 {
				word = "day"
			}
			c.ordered = fmt.Sprintf("%s, %s first as %s shows", c.origin, word, g.where(c.order.row))
		case f.both > 0:
			r.set.Notes = append(r.set.Notes, fmt.Sprintf("nothing in the column %s shows whether the day or the month comes first in its dates (%s): they are not read",
				l.names[c.at], g.where(f.both)))
		}
	}
}
