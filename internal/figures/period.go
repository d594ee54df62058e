package figures

import (
	"fmt"
)

// A date is a day, or a month or year if the smaller parts are 0.
type date struct{ year, month, day int }

// parseDate reads the day, or what is known of it, from an ISO 8601 date.
func parseDate(s string) date {
	var d date
	get := func(i, n int) int {
		v := 0
		if len(s) < i+n {
			return 0
		}
		for _, c := range s[i : i+n] {
			if c < '0' || c > '9' {
				return 0
			}
			v = v*10 + int(c-'0')
		}
		return v
	}
	d.year, d.month, d.day = get(0, 4), get(5, 2), get(8, 2)
	if d.month > 12 || d.day > 31 {
		return date{}
	}
	return d
}

func (d date) String() string {
	switch {
	case d.year == 0:
		return ""
	case d.month == 0:
		return fmt.Sprintf("%04d", d.year)
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// days returns the number of days of a month.
func days(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// first and last return the first and the last day that d may mean.
func (d date) first() date { return date{d.year, max(d.month, 1), max(d.day, 1)} }
func (d date) last() date {
	if d.month == 0 {
		d.month = 12
	}
	if d.day == 0 {
		d.day = days(d.year, d.month)
	}
	return d
}

func (d date) before(o date) bool {
	if d.year != o.year {
		return d.year < o.year
	}
	if d.month != o.month {
		return d.month < o.month
	}
	return d.day < o.day
}

// number counts days from the year 0, and dayOf is its inverse.
func (d date) number() int {
	y, m := d.year, (d.month+9)%12
	y -= m / 10
	return 365*y + y/4 - y/100 + y/400 + (m*306+5)/10 + d.day - 1
}

func dayOf(n int) date {
	y := (10000*n + 14780) / 3652425
	doy := n - (365*y + y/4 - y/100 + y/400)
	if doy < 0 {
		y--
		doy = n - (365*y + y/4 - y/100 + y/400)
	}
	mi := (100*doy + 52) / 3060
	return date{y + (mi+2)/12, (mi+2)%12 + 1, doy - (mi*306+5)/10 + 1}
}

func (d date) add(n int) date { return dayOf(d.number() + n) }

// addMonths moves a month without regard to its day.
func (d date) addMonths(n int) date {
	m := d.year*12 + d.month - 1 + n
	return date{m / 12, m%12 + 1, 0}
}

// A period is an expression of time in the text. An open side is the zero date.
type period struct {
	from, to   date
	start, end int // its tokens
}

var (
	seasons  = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
	weekdays = map[string]int{"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
)

// count reads a small number at k, for "the first eight months".
func (t *text) count(k int) (n, end int) {
	w := t.at(k)
	if v := smallWords[w.low]; v > 0 {
		return int(v), k + 1
	}
	if w.kind == number && len(w.low) <= 2 {
		d, _ := digits(w.low)
		return int(d.Digits), k + 1
	}
	return 0, k
}

// point reads a month, a day or a year at k: "January 2014", "14 May",
// "May 14, 2015", "2015". A month without a year is the last one before the
// publication.
func (t *text) point(k int) (date, int, bool) {
	w := t.at(k)
	day := 0
	if n, e := t.count(k); n > 0 && n <= 31 && months[t.at(e).low] > 0 && t.at(e).upper {
		day, k = n, e
		w = t.at(k)
	}
	m := months[w.low]
	if m == 0 || !w.upper {
		if day == 0 && w.kind == number && len(w.low) == 4 && (w.low[:2] == "19" || w.low[:2] == "20") {
			return date{year: parseDate(w.low).year}, k + 1, true
		}
		return date{}, k, false
	}
	k++
	if t.at(k).low == "." && t.joined(k-1) {
		k++
	}
	d := date{month: m, day: day}
	if n, e := t.count(k); day == 0 && n > 0 && n <= 31 && t.at(k).kind == number {
		d.day, k = n, e
	}
	y := k
	if t.at(y).low == "," || t.at(y).low == "of" {
		y++
	}
	switch n := t.at(y); {
	case n.kind == number && len(n.low) == 4 && (n.low[:2] == "19" || n.low[:2] == "20"):
		d.year = parseDate(n.low).year
		return d, y + 1, true
	case t.at(y).low == "this" && t.at(y+1).low == "year":
		d.year = t.date.year
		return d, y + 2, d.year > 0
	case t.at(y).low == "last" && t.at(y+1).low == "year":
		d.year = t.date.year - 1
		return d, y + 2, t.date.year > 0
	}
	if t.date.year == 0 {
		return d, k, false
	}
	d.year = t.date.year
	if t.date.month > 0 && d.month > t.date.month {
		d.year--
	}
	return d, k, true
}

// relative reads "this year", "last month", "yesterday", "Monday", "last
// autumn", "the start of last year", and "the year 2015".
func (t *text) relative(k int) (from, to date, end int, ok bool) {
	pub := t.date
	w := t.at(k).low
	if w == "the" {
		switch v := t.at(k + 1).low; {
		case (v == "start" || v == "beginning") && t.at(k+2).low == "of":
			from, _, end, ok = t.relative(k + 3)
			return from, from, end, ok
		case v == "year":
			if d, e, ok := t.point(k + 2); ok && d.month == 0 {
				return d.first(), d.last(), e, true
			}
		case (v == "first" || v == "second") && t.at(k+2).low == "half" && t.at(k+3).low == "of":
			from, to, end, ok := t.moment(k + 4)
			if !ok {
				return from, to, end, false
			}
			n := to.number() - from.number() + 1
			middle := from.add(n/2 - 1)
			if from.month == 1 && from.day == 1 && n > 360 {
				middle = date{from.year, 6, 30}
			}
			if v == "first" {
				return from, middle, end, true
			}
			return middle.add(1), to, end, true
		}
		return from, to, k, false
	}
	if pub.year == 0 {
		return from, to, k, false
	}
	full := pub.day > 0
	day := pub.last()
	if d, isDay := weekdays[w]; isDay && full && t.at(k).upper {
		back := ((day.number()+2)%7 - d + 7) % 7 // day 0 was a Wednesday
		on := day.add(-back)
		return on, on, k + 1, true
	}
	switch w {
	case "yesterday":
		on := day.add(-1)
		return on, on, k + 1, full
	case "today":
		return day, day, k + 1, full
	}
	if w != "this" && w != "last" && w != "past" {
		return from, to, k, false
	}
	back := 1
	if w == "this" {
		back = 0
	}
	unit := t.at(k + 1).low
	if s := seasons[unit]; s > 0 && pub.month > 0 {
		d := date{year: pub.year, month: s}
		if s > pub.month || back == 1 && s+2 >= pub.month {
			d.year--
		}
		return d.first(), d.addMonths(2).last(), k + 2, true
	}
	if m := months[unit]; m > 0 && t.at(k+1).upper {
		d := date{year: pub.year, month: m}
		if m >= pub.month && w == "last" {
			d.year--
		}
		return d.first(), d.last(), k + 2, true
	}
	switch unit {
	case "year":
		d := date{year: pub.year - back}
		return d.first(), d.last(), k + 2, true
	case "month":
		if pub.month > 0 {
			d := date{pub.year, pub.month, 0}.addMonths(-back)
			return d.first(), d.last(), k + 2, true
		}
	case "week":
		if full {
			monday := day.add(-((day.number() + 2) % 7) - 7*back)
			return monday, monday.add(6), k + 2, true
		}
	}
	return from, to, k, false
}

// moment reads a point or a relative expression as a period.
func (t *text) moment(k int) (from, to date, end int, ok bool) {
	if from, to, end, ok = t.relative(k); ok {
		return
	}
	d, end, ok := t.point(k)
	return d.first(), d.last(), end, ok
}

// periodAt reads the expression of time that starts at token k.
func (t *text) periodAt(k int) (period, bool) {
	p := period{start: k}
	w := t.at(k).low
	switch w {
	case "between", "from":
		// the first month may lack its year: "between January and August of this year"
		b := k + 1
		for b < k+6 && t.at(b).low != "and" && t.at(b).low != "to" && t.at(b).low != "until" {
			b++
		}
		_, to, end, ok := t.moment(b + 1)
		from, _, e, ok2 := t.moment(k + 1)
		if !ok || !ok2 || e != b {
			return p, false
		}
		if t.at(k+1).kind == word && t.at(b-1).kind != number || b == k+2 || b == k+3 && t.at(b-1).kind == number && len(t.at(b-1).low) < 4 {
			from.year = to.year
			if to.before(from) {
				from.year--
			}
		}
		p.from, p.to, p.end = from, to, end
		return p, true
	case "since":
		b := k + 1
		from, _, end, ok := t.moment(b)
		p.from, p.to, p.end = from, t.date.last(), end
		if t.date.year == 0 {
			p.to = date{}
		}
		return p, ok
	case "before", "until", "by":
		from, to, end, ok := t.moment(k + 1)
		if w == "before" {
			to = from.add(-1)
		}
		p.to, p.end = to, end
		return p, ok
	case "in", "during", "over", "on", "within":
		b := k + 1
		if t.at(b).low == "the" {
			if q, ok := t.stretch(b + 1); ok {
				q.start = k
				return q, true
			}
		}
		from, to, end, ok := t.moment(b)
		if ok && (t.at(end).low == "to" || t.at(end).low == "and") {
			if _, to2, e, ok := t.moment(end + 1); ok {
				to, end = to2, e
			}
		}
		p.from, p.to, p.end = from, to, end
		return p, ok
	case "this", "last", "yesterday", "today":
		from, to, end, ok := t.relative(k)
		p.from, p.to, p.end = from, to, end
		return p, ok
	}
	if t.at(k).upper && months[w] > 0 { // "January 2014 to August 2015"
		from, _, e, ok := t.moment(k)
		if ok && (t.at(e).low == "to" || t.at(e).low == "–" || t.at(e).low == "-") {
			if _, to, end, ok := t.moment(e + 1); ok {
				return period{from, to, k, end}, true
			}
		}
	}
	return p, false
}

// stretch reads what follows "in the": "first eight months of this year",
// "three months to August", "last two years", "past year".
func (t *text) stretch(k int) (period, bool) {
	p := period{}
	back, firstN := false, false
	switch t.at(k).low {
	case "first":
		firstN = true
		k++
	case "last", "past", "previous":
		back = true
		k++
	}
	n, e := t.count(k)
	if n == 0 {
		if !back {
			return p, false
		}
		n, e = 1, k
	}
	u := strings1(t.at(e).low)
	e++
	end := t.date.last()
	switch {
	case firstN && t.at(e).low == "of" && (u == "month" || u == "week" || u == "day"):
		from, _, z, ok := t.moment(e + 1)
		if !ok {
			return p, false
		}
		p.from, p.end = from, z
		switch u {
		case "month":
			p.to = from.addMonths(n - 1).last()
		case "week":
			p.to = from.add(7*n - 1)
		default:
			p.to = from.add(n - 1)
		}
		return p, true
	case u == "month" && (t.at(e).low == "to" || t.at(e).low == "ending" || t.at(e).low == "until" || t.at(e).low == "through"):
		_, to, z, ok := t.moment(e + 1)
		p.from, p.to, p.end = to.addMonths(1-n).first(), to, z
		return p, ok
	case back && t.date.year > 0:
		p.to, p.end = end, e
		switch u {
		case "year":
			p.from = date{end.year - n, end.month, min(end.day, days(end.year-n, end.month))}
		case "month":
			d := end.addMonths(-n)
			p.from = date{d.year, d.month, min(end.day, days(d.year, d.month))}
		case "week":
			p.from = end.add(-7 * n)
		case "day":
			p.from = end.add(-n)
		default:
			return p, false
		}
		return p, true
	}
	return p, false
}

// dated words come before the day of a report or a talk.
var dated = words(`published released issued dated said says told speaking speak report announced printed aired posted updated unveiled`)

// strings1 drops the plural s of a unit of time.
func strings1(w string) string {
	if n := len(w); n > 1 && w[n-1] == 's' {
		return w[:n-1]
	}
	return w
}

// periods gives each figure the period that its sentence states for it.
func (t *text) periods() {
	for i := 0; i < len(t.found); {
		s := t.at(t.found[i].core).sent
		j := i
		for j < len(t.found) && t.at(t.found[j].core).sent == s {
			j++
		}
		t.sentencePeriods(i, j, s)
		i = j
	}
}

// sentencePeriods handles the figures i to j-1, which stand in sentence s.
func (t *text) sentencePeriods(i, j, s int) {
	k := t.found[i].core
	for t.at(k-1).sent == s {
		k--
	}
	for t.at(k).kind == mark && t.at(k).sent == s {
		k++
	}
	first := k
	var lead period
	has := make([]bool, j-i)
	for t.at(k).sent == s && k < len(t.tok) {
		p, ok := t.periodAt(k)
		if dated[t.low(k-1, k)] {
			ok = false // the day of the report, not what it speaks of
		}
		if !ok || p.end <= k {
			k++
			continue
		}
		to := -1
		for x := i; x < j; x++ {
			if t.found[x].core < p.start {
				to = x
			}
		}
		if to < 0 {
			if p.start == first {
				lead = p // "In the last two years, an estimated 20,000"
			}
		} else {
			// a figure in passing ("29 members, four of them women, who spoke in")
			// leaves the period to its whole
			for t.found[to].fig.Of >= i && t.found[to].fig.Of < to && t.comma(t.found[to].unitEnd, p.start) {
				to = t.found[to].fig.Of
			}
			if !has[to-i] {
				t.setPeriod(to, p)
				has[to-i] = true
			}
		}
		k = p.end
	}
	for x := j - 1; x >= i; x-- { // "25 men and four women ... in June"
		if !has[x-i] && x+1 < j && has[x+1-i] && t.coordinated(x+1) {
			t.found[x].fig.From, t.found[x].fig.To, has[x-i] = t.found[x+1].fig.From, t.found[x+1].fig.To, true
		}
	}
	for x := i; x < j; x++ {
		f := &t.found[x].fig
		switch {
		case has[x-i]:
		case f.Of >= i && f.Of < j && has[f.Of-i]:
			f.From, f.To, has[x-i] = t.found[f.Of].fig.From, t.found[f.Of].fig.To, true
		case x > i && has[x-1-i] && t.coordinated(x):
			f.From, f.To, has[x-i] = t.found[x-1].fig.From, t.found[x-1].fig.To, true
		case lead.end > 0:
			t.setPeriod(x, lead)
			has[x-i] = true
		}
	}
}

// comma reports whether a comma stands between two tokens.
func (t *text) comma(from, to int) bool {
	for k := from; k < to; k++ {
		if t.at(k).low == "," {
			return true
		}
	}
	return false
}

// setPeriod gives figure x the period p, cut at the day of publication: a
// report does not count what has not happened.
func (t *text) setPeriod(x int, p period) {
	if pub := t.date.last(); t.date.year > 0 && pub.before(p.to) && !pub.before(p.from) {
		p.to = pub
	}
	t.found[x].fig.From, t.found[x].fig.To = p.from.String(), p.to.String()
}
