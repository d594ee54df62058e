package figures

import (
	"fmt"
	"strings"
)

// A calendar is a text with the day of its publication, which is the zero date
// if unknown.
type calendar struct {
	*tokens
	Published date
}

// A date is a day, or a month or year if the smaller parts are 0.
type date struct{ Year, Month, Day int }

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
	d.Year, d.Month, d.Day = get(0, 4), get(5, 2), get(8, 2)
	if d.Month > 12 || d.Day > 31 {
		return date{}
	}
	return d
}

// String writes d in ISO 8601, cut to what is known.
func (d date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
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

// First and Last return the first and the last day that d may mean.
func (d date) First() date { return date{d.Year, max(d.Month, 1), max(d.Day, 1)} }

// Last: see First.
func (d date) Last() date {
	if d.Month == 0 {
		d.Month = 12
	}
	if d.Day == 0 {
		d.Day = days(d.Year, d.Month)
	}
	return d
}

// Before reports whether d comes before o.
func (d date) Before(o date) bool {
	if d.Year != o.Year {
		return d.Year < o.Year
	}
	if d.Month != o.Month {
		return d.Month < o.Month
	}
	return d.Day < o.Day
}

// Number counts days from the year 0, and dayOf is its inverse.
func (d date) Number() int {
	y, m := d.Year, (d.Month+9)%12
	y -= m / 10
	return 365*y + y/4 - y/100 + y/400 + (m*306+5)/10 + d.Day - 1
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

func (d date) add(n int) date { return dayOf(d.Number() + n) }

// addMonths moves a month without regard to its day.
func (d date) addMonths(n int) date {
	m := d.Year*12 + d.Month - 1 + n
	return date{m / 12, m%12 + 1, 0}
}

// A period is an expression of time in the text. An open side is the zero date.
type period struct {
	From, To   date
	Start, End int // its tokens
}

var (
	seasons  = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
	weekdays = map[string]int{"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
)

// count reads a small number at k, for "the first eight months".
func (t *calendar) count(k int) (n, end int) {
	w := t.At(k)
	if v := smallNumber(w.Low); v > 0 {
		return int(v), k + 1
	}
	if w.Kind == numberToken && len(w.Low) <= 2 {
		d, _ := parseDigits(w.Low)
		return int(d.Digits), k + 1
	}
	return 0, k
}

// point reads a month, a day or a year at k: "January 2014", "14 May",
// "May 14, 2015", "2015". A month without a year is the last one before the
// publication.
func (t *calendar) point(k int) (date, int, bool) {
	w := t.At(k)
	day := 0
	if n, e := t.count(k); n > 0 && n <= 31 && monthNumber(t.At(e).Low) > 0 && t.At(e).Upper {
		day, k = n, e
		w = t.At(k)
	}
	m := monthNumber(w.Low)
	if m == 0 || !w.Upper {
		if day == 0 && w.Kind == numberToken && len(w.Low) == 4 && (w.Low[:2] == "19" || w.Low[:2] == "20") {
			return date{Year: parseDate(w.Low).Year}, k + 1, true
		}
		return date{}, k, false
	}
	k++
	if t.At(k).Low == "." && t.Joined(k-1) {
		k++
	}
	d := date{Month: m, Day: day}
	if n, e := t.count(k); day == 0 && n > 0 && n <= 31 && t.At(k).Kind == numberToken {
		d.Day, k = n, e
	}
	y := k
	if t.At(y).Low == "," || t.At(y).Low == "of" {
		y++
	}
	switch n := t.At(y); {
	case n.Kind == numberToken && len(n.Low) == 4 && (n.Low[:2] == "19" || n.Low[:2] == "20"):
		d.Year = parseDate(n.Low).Year
		return d, y + 1, true
	case t.At(y).Low == "this" && t.At(y+1).Low == "year":
		d.Year = t.Published.Year
		return d, y + 2, d.Year > 0
	case t.At(y).Low == "last" && t.At(y+1).Low == "year":
		d.Year = t.Published.Year - 1
		return d, y + 2, t.Published.Year > 0
	}
	if t.Published.Year == 0 {
		return d, k, false
	}
	d.Year = t.Published.Year
	if t.Published.Month > 0 && d.Month > t.Published.Month {
		d.Year--
	}
	return d, k, true
}

// relative reads "this year", "last month", "yesterday", "Monday", "last
// autumn", "the start of last year", and "the year 2015".
func (t *calendar) relative(k int) (from, to date, end int, ok bool) {
	pub := t.Published
	w := t.At(k).Low
	if w == "the" {
		switch v := t.At(k + 1).Low; {
		case (v == "start" || v == "beginning") && t.At(k+2).Low == "of":
			from, _, end, ok = t.relative(k + 3)
			return from, from, end, ok
		case v == "year":
			if d, e, ok := t.point(k + 2); ok && d.Month == 0 {
				return d.First(), d.Last(), e, true
			}
		case (v == "first" || v == "second") && t.At(k+2).Low == "half" && t.At(k+3).Low == "of":
			from, to, end, ok := t.moment(k + 4)
			if !ok {
				return from, to, end, false
			}
			n := to.Number() - from.Number() + 1
			middle := from.add(n/2 - 1)
			if from.Month == 1 && from.Day == 1 && n > 360 {
				middle = date{from.Year, 6, 30}
			}
			if v == "first" {
				return from, middle, end, true
			}
			return middle.add(1), to, end, true
		}
		return from, to, k, false
	}
	if pub.Year == 0 {
		return from, to, k, false
	}
	full := pub.Day > 0
	day := pub.Last()
	if d, isDay := weekdays[w]; isDay && full && t.At(k).Upper {
		back := ((day.Number()+2)%7 - d + 7) % 7 // day 0 was a Wednesday
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
	unit := t.At(k + 1).Low
	if s := seasons[unit]; s > 0 && pub.Month > 0 {
		d := date{Year: pub.Year, Month: s}
		if s > pub.Month || back == 1 && s+2 >= pub.Month {
			d.Year--
		}
		return d.First(), d.addMonths(2).Last(), k + 2, true
	}
	if m := monthNumber(unit); m > 0 && t.At(k+1).Upper {
		d := date{Year: pub.Year, Month: m}
		if m >= pub.Month && w == "last" {
			d.Year--
		}
		return d.First(), d.Last(), k + 2, true
	}
	switch unit {
	case "year":
		d := date{Year: pub.Year - back}
		return d.First(), d.Last(), k + 2, true
	case "month":
		if pub.Month > 0 {
			d := date{pub.Year, pub.Month, 0}.addMonths(-back)
			return d.First(), d.Last(), k + 2, true
		}
	case "week":
		if full {
			monday := day.add(-((day.Number() + 2) % 7) - 7*back)
			return monday, monday.add(6), k + 2, true
		}
	}
	return from, to, k, false
}

// moment reads a point or a relative expression as a period.
func (t *calendar) moment(k int) (from, to date, end int, ok bool) {
	if from, to, end, ok = t.relative(k); ok {
		return
	}
	d, end, ok := t.point(k)
	return d.First(), d.Last(), end, ok
}

// PeriodAt reads the expression of time that starts at token k.
func (t *calendar) PeriodAt(k int) (period, bool) {
	p := period{Start: k}
	w := t.At(k).Low
	switch w {
	case "between", "from":
		// the first month may lack its year: "between January and August of this year"
		b := k + 1
		for b < k+6 && t.At(b).Low != "and" && t.At(b).Low != "to" && t.At(b).Low != "until" {
			b++
		}
		_, to, end, ok := t.moment(b + 1)
		from, _, e, ok2 := t.moment(k + 1)
		if !ok || !ok2 || e != b {
			return p, false
		}
		if t.At(k+1).Kind == wordToken && t.At(b-1).Kind != numberToken || b == k+2 || b == k+3 && t.At(b-1).Kind == numberToken && len(t.At(b-1).Low) < 4 {
			from.Year = to.Year
			if to.Before(from) {
				from.Year--
			}
		}
		p.From, p.To, p.End = from, to, end
		return p, true
	case "since":
		b := k + 1
		from, _, end, ok := t.moment(b)
		p.From, p.To, p.End = from, t.Published.Last(), end
		if t.Published.Year == 0 {
			p.To = date{}
		}
		return p, ok
	case "before", "until", "by":
		from, to, end, ok := t.moment(k + 1)
		if w == "before" {
			to = from.add(-1)
		}
		p.To, p.End = to, end
		return p, ok
	case "in", "during", "over", "on", "within":
		b := k + 1
		if t.At(b).Low == "the" {
			if q, ok := t.stretch(b + 1); ok {
				q.Start = k
				return q, true
			}
		}
		from, to, end, ok := t.moment(b)
		if ok && (t.At(end).Low == "to" || t.At(end).Low == "and") {
			if _, to2, e, ok := t.moment(end + 1); ok {
				to, end = to2, e
			}
		}
		p.From, p.To, p.End = from, to, end
		return p, ok
	case "this", "last", "yesterday", "today":
		from, to, end, ok := t.relative(k)
		p.From, p.To, p.End = from, to, end
		return p, ok
	}
	if t.At(k).Upper && monthNumber(w) > 0 { // "January 2014 to August 2015"
		from, _, e, ok := t.moment(k)
		if ok && (t.At(e).Low == "to" || t.At(e).Low == "–" || t.At(e).Low == "-") {
			if _, to, end, ok := t.moment(e + 1); ok {
				return period{from, to, k, end}, true
			}
		}
	}
	return p, false
}

// stretch reads what follows "in the": "first eight months of this year",
// "three months to August", "last two years", "past year".
func (t *calendar) stretch(k int) (period, bool) {
	p := period{}
	back, firstN := false, false
	switch t.At(k).Low {
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
	u := strings.TrimSuffix(t.At(e).Low, "s")
	e++
	end := t.Published.Last()
	switch {
	case firstN && t.At(e).Low == "of" && (u == "month" || u == "week" || u == "day"):
		from, _, z, ok := t.moment(e + 1)
		if !ok {
			return p, false
		}
		p.From, p.End = from, z
		switch u {
		case "month":
			p.To = from.addMonths(n - 1).Last()
		case "week":
			p.To = from.add(7*n - 1)
		default:
			p.To = from.add(n - 1)
		}
		return p, true
	case u == "month" && (t.At(e).Low == "to" || t.At(e).Low == "ending" || t.At(e).Low == "until" || t.At(e).Low == "through"):
		_, to, z, ok := t.moment(e + 1)
		p.From, p.To, p.End = to.addMonths(1-n).First(), to, z
		return p, ok
	case back && t.Published.Year > 0:
		p.To, p.End = end, e
		switch u {
		case "year":
			p.From = date{end.Year - n, end.Month, min(end.Day, days(end.Year-n, end.Month))}
		case "month":
			d := end.addMonths(-n)
			p.From = date{d.Year, d.Month, min(end.Day, days(d.Year, d.Month))}
		case "week":
			p.From = end.add(-7 * n)
		case "day":
			p.From = end.add(-n)
		default:
			return p, false
		}
		return p, true
	}
	return p, false
}
