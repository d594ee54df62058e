package figures

import (
	"strings"

	"recount"
)

// A calendar is a text with the day of its publication, which is the zero date
// if unknown.
type calendar struct {
	*tokens
	Published recount.Date
}

// sameDayIn moves a day to another month; one that the month does not have
// becomes its last.
func sameDayIn(month, day recount.Date) recount.Date {
	d, ok := recount.NewDate(month.Year(), month.Month(), day.Day())
	if !ok {
		return month.Last()
	}
	return d
}

// inYear moves a date to another year.
func inYear(d recount.Date, year int) recount.Date {
	if d.Day() == 0 {
		e, _ := recount.NewDate(year, d.Month(), 0)
		return e
	}
	return sameDayIn(inYear(d.Cut(recount.ToMonth), year), d)
}

// A period is an expression of time in the text. An open side is the zero date.
type period struct {
	From, To   recount.Date
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
func (t *calendar) point(k int) (recount.Date, int, bool) {
	w := t.At(k)
	day := 0
	if n, e := t.count(k); n > 0 && n <= 31 && monthNumber(t.At(e).Low) > 0 && t.At(e).Upper {
		day, k = n, e
		w = t.At(k)
	}
	m := monthNumber(w.Low)
	if m == 0 || !w.Upper {
		if day == 0 && isYearToken(w) {
			return recount.DateOf(w.Low), k + 1, true
		}
		return recount.Date{}, k, false
	}
	k++
	if t.At(k).Low == "." && t.Joined(k-1) {
		k++
	}
	if n, e := t.count(k); day == 0 && n > 0 && n <= 31 && t.At(k).Kind == numberToken {
		day, k = n, e
	}
	y := k
	if t.At(y).Low == "," || t.At(y).Low == "of" {
		y++
	}
	year := t.Published.Year()
	switch n := t.At(y); {
	case isYearToken(n):
		year, k = recount.DateOf(n.Low).Year(), y+1
	case t.At(y).Low == "this" && t.At(y+1).Low == "year":
		k = y + 2
	case t.At(y).Low == "last" && t.At(y+1).Low == "year":
		year, k = year-1, y+2
	case t.Published.Month() > 0 && m > t.Published.Month():
		year--
	}
	d, ok := recount.NewDate(year, m, day)
	return d, k, ok
}

// isYearToken reports whether a token is a year of our time.
func isYearToken(w *token) bool {
	return w.Kind == numberToken && len(w.Low) == 4 && (w.Low[:2] == "19" || w.Low[:2] == "20")
}

// relative reads "this year", "last month", "yesterday", "Monday", "last
// autumn", "the start of last year", and "the year 2015".
func (t *calendar) relative(k int) (from, to recount.Date, end int, ok bool) {
	pub := t.Published
	w := t.At(k).Low
	if w == "the" {
		switch v := t.At(k + 1).Low; {
		case (v == "start" || v == "beginning") && t.At(k+2).Low == "of":
			from, _, end, ok = t.relative(k + 3)
			return from, from, end, ok
		case v == "year":
			if d, e, ok := t.point(k + 2); ok && d.Month() == 0 {
				return d.First(), d.Last(), e, true
			}
		case (v == "first" || v == "second") && t.At(k+2).Low == "half" && t.At(k+3).Low == "of":
			from, to, end, ok := t.moment(k + 4)
			if !ok {
				return from, to, end, false
			}
			n := to.Number() - from.Number() + 1
			middle := from.AddDays(n/2 - 1)
			if from.Month() == 1 && from.Day() == 1 && n > 360 {
				middle = from.AddMonths(5).Last()
			}
			if v == "first" {
				return from, middle, end, true
			}
			return middle.AddDays(1), to, end, true
		}
		return from, to, k, false
	}
	if !pub.Known() {
		return from, to, k, false
	}
	full := pub.Day() > 0
	day := pub.Last()
	if d, isDay := weekdays[w]; isDay && full && t.At(k).Upper {
		on := day.AddDays(-((sinceMonday(day) - d + 7) % 7))
		return on, on, k + 1, true
	}
	switch w {
	case "yesterday":
		on := day.AddDays(-1)
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
	if s := seasons[unit]; s > 0 && pub.Month() > 0 {
		year := pub.Year()
		if s > pub.Month() || back == 1 && s+2 >= pub.Month() {
			year--
		}
		d, ok := recount.NewDate(year, s, 0)
		return d.First(), d.AddMonths(2).Last(), k + 2, ok
	}
	if m := monthNumber(unit); m > 0 && t.At(k+1).Upper {
		year := pub.Year()
		if m >= pub.Month() && w == "last" {
			year--
		}
		d, ok := recount.NewDate(year, m, 0)
		return d.First(), d.Last(), k + 2, ok
	}
	switch unit {
	case "year":
		d, ok := recount.NewDate(pub.Year()-back, 0, 0)
		return d.First(), d.Last(), k + 2, ok
	case "month":
		if pub.Month() > 0 {
			d := pub.AddMonths(-back)
			return d.First(), d.Last(), k + 2, true
		}
	case "week":
		if full {
			monday := day.AddDays(-sinceMonday(day) - 7*back)
			return monday, monday.AddDays(6), k + 2, true
		}
	}
	return from, to, k, false
}

// sinceMonday counts the days since the Monday of a day's week.
func sinceMonday(d recount.Date) int { return (int(d.Weekday()) + 6) % 7 }

// moment reads a point or a relative expression as a period.
func (t *calendar) moment(k int) (from, to recount.Date, end int, ok bool) {
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
			from = inYear(from, to.Year())
			if to.Compare(from) < 0 {
				from = inYear(from, to.Year()-1)
			}
		}
		p.From, p.To, p.End = from, to, end
		return p, true
	case "since":
		b := k + 1
		from, _, end, ok := t.moment(b)
		p.From, p.To, p.End = from, t.Published.Last(), end
		return p, ok
	case "before", "until", "by":
		from, to, end, ok := t.moment(k + 1)
		if w == "before" {
			to = from.AddDays(-1)
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
			p.To = from.AddMonths(n - 1).Last()
		case "week":
			p.To = from.AddDays(7*n - 1)
		default:
			p.To = from.AddDays(n - 1)
		}
		return p, true
	case u == "month" && (t.At(e).Low == "to" || t.At(e).Low == "ending" || t.At(e).Low == "until" || t.At(e).Low == "through"):
		_, to, z, ok := t.moment(e + 1)
		p.From, p.To, p.End = to.AddMonths(1-n).First(), to, z
		return p, ok
	case back && t.Published.Known():
		p.To, p.End = end, e
		switch u {
		case "year":
			p.From = sameDayIn(end.AddMonths(-12*n), end)
		case "month":
			p.From = sameDayIn(end.AddMonths(-n), end)
		case "week":
			p.From = end.AddDays(-7 * n)
		case "day":
			p.From = end.AddDays(-n)
		default:
			return p, false
		}
		return p, true
	}
	return p, false
}
