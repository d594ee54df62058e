package count

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"recount"
)

// A dimension splits cases into rows.
type dimension struct {
	name string // variable, "code", "code.top", "outlet"
	step string // of a trend: month, quarter, half, year; else ""
}

var steps = [...]string{"month", "quarter", "half", "year"}

// dimensions reads Query.By.
func (b *book) dimensions(by string) ([]dimension, error) {
	if strings.TrimSpace(by) == "" {
		return nil, nil
	}
	var out []dimension
	for _, s := range strings.Split(by, ",") {
		s = strings.TrimSpace(s)
		d := dimension{name: s}
		for _, step := range steps {
			if s == step && !slices.Contains(b.variables, s) {
				d = dimension{"first_reported", step}
			}
			if in, ok := strings.CutPrefix(s, step+"("); ok && strings.HasSuffix(in, ")") {
				d = dimension{strings.TrimSpace(strings.TrimSuffix(in, ")")), step}
			}
		}
		switch known := slices.Contains(b.names(), d.name); {
		case d.step == "" && (d.name == "code" || d.name == "codes" || d.name == "code.top" || d.name == "outlet"):
			if d.name == "codes" {
				d.name = "code"
			}
		case !known || d.name == "codes":
			return nil, recount.WithHint(fmt.Errorf("%w: no variable named %q to count by", recount.ErrInvalid, d.name),
				"count by "+strings.Join(b.names(), ", ")+", code, code.top, outlet, month, quarter, half or year")
		}
		out = append(out, d)
	}
	if len(out) > 2 {
		return nil, recount.WithHint(fmt.Errorf("%w: a table by %d things", recount.ErrInvalid, len(out)), "count by one, or by two with a comma between")
	}
	return out, nil
}

const noCode = "no code"

// keys lists the rows that a case stands in.
func (d dimension) keys(v *view, b *book) []string {
	switch d.name {
	case "code", "code.top":
		var out []string
		for _, c := range v.codes {
			if d.name == "code" || !strings.Contains(c, ".") && len(b.withParents[c]) <= 1 {
				out = append(out, c)
			}
		}
		if out == nil {
			return []string{noCode}
		}
		return out
	case "outlet":
		if len(v.outlets) == 0 {
			return []string{unknown}
		}
		return v.outlets
	}
	x := v.text(d.name)
	if d.step != "" {
		x = period(x, d.step)
	}
	return []string{x}
}

// text is the value of a variable as a row shows it. A study's variable goes
// before a name of ours, but for gender, which looks at both.
func (v *view) text(name string) string {
	switch name {
	case "gender":
		return v.gender
	case "first_reported":
		return v.first
	case "last_reported":
		return v.last
	case "first_outlet":
		return v.firstOutlet
	case "kind":
		return v.kind
	case "outlets":
		return strconv.Itoa(len(v.outlets))
	case "originals":
		return strconv.Itoa(v.originals)
	case "articles":
		return strconv.Itoa(v.articles)
	case "statements":
		return strconv.Itoa(v.statements)
	}
	if x := v.vars[name]; x != "" {
		return x
	}
	return unknown
}

// period names the month, quarter, half or year that a date lies in, or
// unknown if the date is not known so precisely.
func period(date, step string) string {
	if len(date) > 10 {
		date = date[:10]
	}
	if !isDate(date) {
		return unknown
	}
	if step == "year" {
		return date[:4]
	}
	if len(date) < 7 {
		return unknown
	}
	m, err := strconv.Atoi(date[5:7])
	if err != nil || m < 1 || m > 12 {
		return unknown
	}
	switch step {
	case "quarter":
		return fmt.Sprintf("%s-Q%d", date[:4], (m+2)/3)
	case "half":
		return fmt.Sprintf("%s-H%d", date[:4], (m+5)/6)
	}
	return date[:7]
}

// after returns the period that follows p.
func after(p, step string) string {
	y, err := strconv.Atoi(p[:4])
	if err != nil {
		return ""
	}
	if step == "year" {
		return fmt.Sprintf("%04d", y+1)
	}
	n, of := 0, map[string]int{"month": 12, "quarter": 4, "half": 2}[step]
	if n, err = strconv.Atoi(strings.TrimLeft(p[5:], "QH")); err != nil {
		return ""
	}
	if n++; n > of {
		y, n = y+1, 1
	}
	switch step {
	case "quarter":
		return fmt.Sprintf("%04d-Q%d", y, n)
	case "half":
		return fmt.Sprintf("%04d-H%d", y, n)
	}
	return fmt.Sprintf("%04d-%02d", y, n)
}

// maxPeriods is how many rows a trend may have. Past it, empty periods are
// left out: a wrong date of the year 1 must not fill a report.
const maxPeriods = 600

func (b *book) rowLabel(d dimension, k string) string {
	if d.name == "code" || d.name == "code.top" {
		for _, c := range b.codes.Codes {
			if c.Code == k && c.Short != "" {
				return c.Short
			}
		}
	}
	return k
}

// rowsOf lists the rows of one dimension in order: codes as in the codebook;
// periods, dates and numbers ascending; anything else by the number of
// accepted cases, then by name; what is not known comes last.
func (t *Tally) rowsOf(i int) []string {
	n := map[string]int{}
	for k, r := range t.keys[i] {
		n[k] = r.accepted
	}
	d := t.dims[i]
	rank := map[string]int{noCode: 1, conflict: 2, unknown: 3}
	if d.name == "code" || d.name == "code.top" {
		for j, c := range t.b.codes.Codes {
			if d.name == "code" || c.Parent == "" {
				n[c.Code] += 0
				rank[c.Code] = j - len(t.b.codes.Codes)
			}
		}
	}
	var keys []string
	ascending := true
	for k := range n {
		keys = append(keys, k)
		ascending = ascending && (rank[k] > 0 || d.step != "" || isDate(k) || number(k) != nil)
	}
	less := func(a, b string) int {
		if c := rank[a] - rank[b]; c != 0 {
			return c
		}
		if ascending {
			if x, y := number(a), number(b); x != nil && y != nil {
				return x.Cmp(y)
			}
			return strings.Compare(a, b)
		}
		if n[a] != n[b] {
			return n[b] - n[a]
		}
		return strings.Compare(a, b)
	}
	slices.SortFunc(keys, less)
	if d.step == "" {
		return keys
	}
	return t.fill(keys, d.step, i)
}

// fill adds the periods in which nothing lies, so that a gap shows as zero.
func (t *Tally) fill(keys []string, step string, dim int) []string {
	known := keys
	var tail []string
	if len(keys) > 0 && keys[len(keys)-1] == unknown {
		known, tail = keys[:len(keys)-1], []string{unknown}
	}
	var ends []string
	if len(known) > 0 {
		ends = append(ends, known[0], known[len(known)-1])
	}
	if dim == 0 {
		for _, e := range []string{t.q.From, t.q.To} {
			if k := periodOf(e, step); k != unknown {
				ends = append(ends, k)
			}
		}
	}
	if len(ends) == 0 {
		return tail
	}
	var out []string
	for p, last := slices.Min(ends), slices.Max(ends); p != "" && p <= last; p = after(p, step) {
		if out = append(out, p); len(out) > maxPeriods {
			return keys
		}
	}
	return append(out, tail...)
}

// periodOf reads an end of a trend: a date, or a period as rows are named.
func periodOf(s, step string) string {
	if len(s) == 7 && (step == "quarter" && s[5] == 'Q' || step == "half" && s[5] == 'H') {
		return s
	}
	return period(s, step)
}

// check refuses a Versus whose ends are no dates or lie the wrong way round.
func (v *Versus) check() error {
	for _, p := range [][2]string{{v.AFrom, v.ATo}, {v.BFrom, v.BTo}} {
		if !isDate(p[0]) || !isDate(p[1]) || days(p[0], p[1]) <= 0 {
			return recount.WithHint(fmt.Errorf("%w: no period from %q to %q", recount.ErrInvalid, p[0], p[1]),
				"write dates as 2015-08-31, 2015-08 or 2015, the earlier one first")
		}
	}
	return nil
}

// months counts the months of a period whose ends are months or years; 0 if
// one is a day.
func months(from, to string) int {
	if len(from) > 7 || len(to) > 7 {
		return 0
	}
	a, b := firstDay(from), firstDay(to)
	if len(to) == 4 {
		b = to + "-12-01"
	}
	x, err := time.Parse(time.DateOnly, a)
	y, err2 := time.Parse(time.DateOnly, b)
	if err != nil || err2 != nil {
		return 0
	}
	return (y.Year()-x.Year())*12 + int(y.Month()) - int(x.Month()) + 1
}

// days counts the days of a period, both ends included; 0 if an end is no day.
func days(from, to string) int {
	x, err := time.Parse(time.DateOnly, firstDay(from))
	y, err2 := time.Parse(time.DateOnly, firstDay(to))
	if err != nil || err2 != nil {
		return 0
	}
	switch len(to) {
	case 4:
		y = y.AddDate(1, 0, -1)
	case 7:
		y = y.AddDate(0, 1, -1)
	}
	return int(y.Sub(x)/(24*time.Hour)) + 1
}
