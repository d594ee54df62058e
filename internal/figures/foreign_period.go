package figures

import (
	"strings"

	"recount"
)

// timeWords are the sections of a word file about periods.
var timeWords = []string{"since", "since_after", "at", "year", "year_after", "last_year", "this_year", "last_month", "this_month", "yesterday", "date_of"}

// periods gives each figure the period that its sentence states: the one that
// follows it before the next figure, else the one with which the sentence
// begins. published is the day of the article, the zero date if unknown.
func (r *reader) periods(published recount.Date) {
	first := 0 // figure of the sentence
	for from := 0; from < len(r.tok); {
		to := from + 1
		for to < len(r.tok) && !r.sentence(to) {
			to++
		}
		last := first
		for last < len(r.figs) && r.figs[last].Span.Start < r.tok[to-1].end {
			last++
		}
		if first < last {
			r.sentencePeriods(from, to, r.figs[first:last], published)
		}
		from, first = to, last
	}
}

// sentence reports whether a sentence begins at token i.
func (r *reader) sentence(i int) bool {
	before := &r.tok[i-1]
	if strings.Contains(r.raw[before.end:r.tok[i].start], "\n") {
		return true
	}
	switch before.low {
	case "!", "?", "؟":
		return true
	case ".":
		return i < 2 || r.tok[i-2].kind != foreignNumeral || r.w.months[r.tok[i].low] == 0
	}
	return false
}

// sentencePeriods handles tokens [from, to), which are one sentence with the
// figures figs.
func (r *reader) sentencePeriods(from, to int, figs []recount.ReportedFigure, published recount.Date) {
	var lead [2]recount.Date
	led := false
	at := -1 // the last figure that begins before token k
	for k := from; k < to; {
		for at+1 < len(figs) && figs[at+1].Span.Start <= r.tok[k].start {
			at++
		}
		if at >= 0 && r.tok[k].start < figs[at].Span.End {
			k++
			continue
		}
		a, b, end, ok := r.period(k, to, published)
		if !ok {
			k++
			continue
		}
		if a.Known() && published.Known() && b.Known() && published.Last().Compare(b) < 0 && published.Last().Compare(a) >= 0 {
			b = published.Last() // a report does not count what has not happened
		}
		if at >= 0 && figs[at].From == "" && figs[at].To == "" {
			figs[at].From, figs[at].To = a.String(), b.String()
		} else if at < 0 && !led {
			lead, led = [2]recount.Date{a, b}, true
		}
		k = end
	}
	for i := range figs {
		if f := &figs[i]; led && f.From == "" && f.To == "" {
			f.From, f.To = lead[0].String(), lead[1].String()
		}
	}
}

// period reads the expression of time that begins at token k.
func (r *reader) period(k, to int, published recount.Date) (from, until recount.Date, end int, ok bool) {
	if n := r.phrase(r.w.times["since"], k); n > 0 {
		k += n
		for _, name := range [...]string{"at", "year"} {
			if n := r.phrase(r.w.times[name], k); n > 0 {
				k += n
			}
		}
		from, _, end, ok = r.point(k, to, true, published)
		return from, published.Last(), end, ok
	}
	if year := published.Year(); year > 0 {
		for back, name := range [...]string{"this_year", "last_year"} {
			if n := r.phrase(r.w.times[name], k); n > 0 {
				d, ok := recount.NewDate(year-back, 0, 0)
				return d.First(), d.Last(), k + n, ok
			}
		}
		for back, name := range [...]string{"this_month", "last_month"} {
			if n := r.phrase(r.w.times[name], k); n > 0 && published.Month() > 0 {
				d := published.AddMonths(-back)
				return d.First(), d.Last(), k + n, true
			}
		}
		if n := r.phrase(r.w.times["yesterday"], k); n > 0 && published.Day() > 0 {
			d := published.AddDays(-1)
			return d, d, k + n, true
		}
	}
	said := false // that a year alone is a year
	if n := r.phrase(r.w.times["year"], k); n > 0 && r.year(k+n, to) {
		k, said = k+n, true
	} else if n := r.phrase(r.w.times["at"], k); n > 0 {
		k += n
	}
	from, until, end, ok = r.point(k, to, said, published)
	if !ok {
		return from, until, end, false
	}
	if n := r.phrase(r.w.times["since_after"], end); n > 0 {
		return from, published.Last(), end + n, true
	}
	return from, until, end, true
}

// year reports whether token k is a year of our time.
func (r *reader) year(k, to int) bool {
	if k >= to || r.tok[k].kind != foreignNumeral || r.tok[k].group {
		return false
	}
	s := r.tok[k].low
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20")
}

// point reads a day, a month or a year at token k; a year alone only where it
// is said to be one. A month without a year is the last one before the day of
// the article.
func (r *reader) point(k, to int, said bool, published recount.Date) (from, until recount.Date, end int, ok bool) {
	day := 0
	if k < to && r.tok[k].kind == foreignNumeral && len(r.tok[k].low) <= 2 && r.tok[k].ok {
		at := k + 1
		if at < to && r.tok[at].low == "." {
			at++
		}
		if n := r.phrase(r.w.times["date_of"], at); n > 0 {
			at += n
		}
		if n, m := r.longest(r.w.months, at); n > 0 && m > 0 {
			day, k = int(r.tok[k].decimal.Digits), at
		}
	}
	n, m := r.longest(r.w.months, k)
	if n == 0 || k+n > to || r.w.glued && !r.tok[k].upper {
		if day > 0 || !r.year(k, to) {
			return from, until, k, false
		}
		after := r.phrase(r.w.times["year_after"], k+1)
		if !said && after == 0 && r.phrase(r.w.times["since_after"], k+1) == 0 {
			return from, until, k, false
		}
		d := recount.DateOf(r.tok[k].low)
		return d.First(), d.Last(), k + 1 + after, true
	}
	k += n
	year := published.Year()
	at := k
	if n := r.phrase(r.w.times["date_of"], at); n > 0 {
		at += n
	}
	switch {
	case r.year(at, to):
		year, k = recount.DateOf(r.tok[at].low).Year(), at+1
	case year == 0:
		return from, until, k, false
	case published.Month() > 0 && int(m) > published.Month():
		year--
	}
	d, ok := recount.NewDate(year, int(m), day)
	return d.First(), d.Last(), k, ok
}
