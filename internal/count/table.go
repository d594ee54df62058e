package count

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
)

// A dimension splits cases into rows.
type dimension struct {
	name string // variable, "code", "code.top", "outlet"
	step string // of a trend: month, quarter, half, year; else ""
	// By number the book keeps what the queries share that are split alike.
	number int
}

// several reports whether a person may stand in several rows.
func (d dimension) several() bool {
	return d.byCode() || d.name == "outlet"
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
				d = dimension{name: "first_reported", step: step}
			}
			if in, ok := strings.CutPrefix(s, step+"("); ok && strings.HasSuffix(in, ")") {
				d = dimension{name: strings.TrimSpace(strings.TrimSuffix(in, ")")), step: step}
			}
		}
		switch known := slices.Contains(b.names(), d.name); {
		case d.step == "" && (d.name == "code" || d.name == "codes" || d.name == "code.top" || d.name == "outlet"):
			if d.name == "codes" {
				d.name = "code"
			}
		case known && d.name == "grade" && !b.graded():
			return nil, noGrades
		case !known || d.name == "codes":
			return nil, recount.WithHint(fmt.Errorf("%w: no variable named %q to count by", recount.ErrInvalid, d.name),
				"count by "+strings.Join(b.names(), ", ")+", code, code.top, outlet, month, quarter, half or year")
		}
		out = append(out, b.numbered(d))
	}
	if len(out) > 2 {
		return nil, recount.WithHint(fmt.Errorf("%w: a table by %d things", recount.ErrInvalid, len(out)), "count by one, or by two with a comma between")
	}
	return out, nil
}

// numbered gives a dimension its number.
func (b *book) numbered(d dimension) dimension {
	i := slices.IndexFunc(b.split, func(x dimension) bool { return x.name == d.name && x.step == d.step })
	if i < 0 {
		i = len(b.split)
		d.number = i
		b.split, b.rowSets = append(b.split, d), append(b.rowSets, map[string]int32{})
	}
	return b.split[i]
}

// A rowSet is the rows that a case stands in.
type rowSet struct {
	number int32 // the same for cases that stand in the same rows; 0: not looked at yet
	keys   []string
}

// rows returns the rows of a dimension that a case stands in.
func (b *book) rows(d dimension, v *view) rowSet {
	if len(v.rows) < len(b.split) {
		v.rows = slices.Grow(v.rows, len(b.split)-len(v.rows))[:len(b.split)]
	}
	r := &v.rows[d.number]
	if r.number == 0 {
		r.keys = d.keys(v, b)
		known := b.rowSets[d.number]
		code := strings.Join(r.keys, "\x00")
		if r.number = known[code]; r.number == 0 {
			r.number = int32(len(known) + 1)
			known[code] = r.number
		}
	}
	return *r
}

// The rows of people without a code: who was coded and has none of these, and
// of whom nobody said of any code whether it applies. The second are no part of
// the base of a table by code.
const (
	noCode   = "no code"
	NotCoded = "nothing coded yet"
)

// byCode reports whether the rows are codes.
func (d dimension) byCode() bool { return d.name == "code" || d.name == "code.top" }

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
		switch {
		case out != nil:
			return out
		case !v.coded:
			return []string{NotCoded}
		}
		return []string{noCode}
	case "outlet":
		if len(v.prints) == 0 {
			return []string{unknown}
		}
		return v.prints
	}
	x := v.text(d.name)
	if d.step != "" {
		x = Step(recount.DateOf(x), d.step)
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
	case "owners":
		if _, own := v.vars[name]; !own {
			return strconv.Itoa(v.owners)
		}
	case "grade":
		if _, own := v.vars[name]; !own {
			return v.grade
		}
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

// Step names the month, quarter, half or year that a date lies in, or
// unknown if the date is not known so precisely.
func Step(d recount.Date, step string) string {
	switch {
	case !d.Known() || step != "year" && d.Month() == 0:
		return unknown
	case step == "year":
		return d.Cut(recount.ToYear).String()
	case step == "quarter":
		return fmt.Sprintf("%04d-Q%d", d.Year(), (d.Month()+2)/3)
	case step == "half":
		return fmt.Sprintf("%04d-H%d", d.Year(), (d.Month()+5)/6)
	}
	return d.Cut(recount.ToMonth).String()
}

// stepMonths is how many months a step has.
var stepMonths = map[string]int{"month": 1, "quarter": 3, "half": 6, "year": 12}

// startOf returns the first month of a period as period names it; unknown if
// it is no such name.
func startOf(name, step string) recount.Date {
	year, n, ok := strings.Cut(name, map[string]string{"quarter": "-Q", "half": "-H"}[step])
	if step != "quarter" && step != "half" {
		return recount.DateOf(name).First().Cut(recount.ToMonth)
	}
	i, err := strconv.Atoi(n)
	if !ok || err != nil || i < 1 || i > 12/stepMonths[step] {
		return recount.Date{}
	}
	return recount.DateOf(year).AddMonths((i - 1) * stepMonths[step])
}

// maxPeriods is how many rows a trend may have. Past it, empty periods are
// left out: a wrong date of the year 1 must not fill a report.
const maxPeriods = 600

func (b *book) rowLabel(d dimension, k string) string {
	if d.byCode() {
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
		if r.accepted > 0 || r.seen > 0 {
			n[k] = r.accepted
		}
	}
	d := t.dims[i]
	rank := map[string]int{noCode: 1, NotCoded: 2, conflict: 3, unknown: 4}
	if d.name == "grade" && !slices.Contains(t.b.variables, d.name) {
		for j, g := range t.b.rules.Grades {
			n[g.Name] += 0
			rank[g.Name] = j - len(t.b.rules.Grades)
		}
		rank[Ungraded] = 1
	}
	if d.byCode() {
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
		ascending = ascending && (rank[k] > 0 || d.step != "" || recount.DateOf(k).Known() || number(k) != nil)
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
	var ends []recount.Date
	if len(known) > 0 {
		ends = append(ends, startOf(known[0], step), startOf(known[len(known)-1], step))
	}
	if dim == 0 {
		for _, e := range []string{t.q.From, t.q.To} {
			if d := startOf(periodOf(e, step), step); d.Known() {
				ends = append(ends, t.within(d, step))
			}
		}
	}
	if len(ends) == 0 {
		return tail
	}
	var out []string
	last := slices.MaxFunc(ends, recount.Date.Compare)
	for d := slices.MinFunc(ends, recount.Date.Compare); d.Known() && d.Compare(last) <= 0; d = d.AddMonths(stepMonths[step]) {
		if out = append(out, Step(d, step)); len(out) > maxPeriods {
			return keys
		}
	}
	return append(out, tail...)
}

// within moves the end of a trend into the period of the study: a row beyond it
// would print a zero where nobody looked.
func (t *Tally) within(d recount.Date, step string) recount.Date {
	if from := recount.DateOf(t.b.rules.From); from.Known() {
		if first := startOf(Step(from.First(), step), step); first.Compare(d) > 0 {
			return first
		}
	}
	if to := recount.DateOf(t.b.rules.To); to.Known() {
		if last := startOf(Step(to.Last(), step), step); last.Compare(d) < 0 {
			return last
		}
	}
	return d
}

// periodOf reads an end of a trend: a date, or a period as rows are named.
func periodOf(s, step string) string {
	if d := startOf(s, step); d.Known() && Step(d, step) == s {
		return s
	}
	return Step(recount.DateOf(s), step)
}

// check refuses a Versus whose ends are no dates or lie the wrong way round.
func (v *Versus) check() error {
	for _, p := range [][2]string{{v.AFrom, v.ATo}, {v.BFrom, v.BTo}} {
		for _, d := range p {
			if _, err := recount.ParseDate(d); err != nil {
				return err
			}
		}
		if days(p[0], p[1]) <= 0 {
			return recount.WithHint(fmt.Errorf("%w: no period from %q to %q", recount.ErrInvalid, p[0], p[1]),
				"write dates as 2015-08-31, 2015-08 or 2015, the earlier one first")
		}
	}
	return nil
}

// months counts the months of a period whose ends are months or years; 0 if
// one is a day or none is known.
func months(from, to string) int {
	a, b := recount.DateOf(from), recount.DateOf(to)
	if !a.Known() || !b.Known() || a.Day() != 0 || b.Day() != 0 {
		return 0
	}
	last := b.Last()
	return (last.Year()-a.Year())*12 + last.Month() - a.First().Month() + 1
}

// days counts the days of a period, both ends included; 0 if an end is no day.
func days(from, to string) int {
	a, b := recount.DateOf(from), recount.DateOf(to)
	if !a.Known() || !b.Known() {
		return 0
	}
	return b.Last().Number() - a.Number() + 1
}
