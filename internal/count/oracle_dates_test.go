package count

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// What compared and stepped dates as text, before recount.Date did.

// oldPeriod names the month, quarter, half or year that a date lies in, or
// unknown if the date is not known so precisely.
func oldPeriod(date, step string) string {
	if len(date) > 10 {
		date = date[:10]
	}
	if !oldIsDate(date) {
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

// oldAfter returns the period that follows p.
func oldAfter(p, step string) string {
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

// oldPeriodOf reads an end of a trend: a date, or a period as rows are named.
func oldPeriodOf(s, step string) string {
	if len(s) == 7 && (step == "quarter" && s[5] == 'Q' || step == "half" && s[5] == 'H') {
		return s
	}
	return oldPeriod(s, step)
}

// oldMonths counts the months of a period whose ends are months or years; 0 if
// one is a day.
func oldMonths(from, to string) int {
	if len(from) > 7 || len(to) > 7 {
		return 0
	}
	a, b := oldFirstDay(from), oldFirstDay(to)
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

// oldDays counts the days of a period, both ends included; 0 if an end is no day.
func oldDays(from, to string) int {
	x, err := time.Parse(time.DateOnly, oldFirstDay(from))
	y, err2 := time.Parse(time.DateOnly, oldFirstDay(to))
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

// oldCompareDates compares date d with a bound at the bound's precision: every
// day of August equals the bound 2015-08. A date less precise than the bound
// counts as its first day.
func oldCompareDates(d, bound string) int {
	if len(d) >= len(bound) {
		return strings.Compare(d[:len(bound)], bound)
	}
	return strings.Compare(oldFirstDay(d)[:len(bound)], bound)
}

// oldWithin reports whether date lies in the period, both ends included.
func oldWithin(date, from, to string) bool {
	return oldIsDate(date) && oldIsDate(from) && oldIsDate(to) && oldCompareDates(date, from) >= 0 && oldCompareDates(date, to) <= 0
}

// oldIsDate reports whether s is an ISO date to the year, month or day.
func oldIsDate(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i, r := range []byte(s) {
		if i == 4 || i == 7 {
			if r != '-' {
				return false
			}
		} else if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// oldFirstDay is the first day of an ISO date of any precision.
func oldFirstDay(d string) string {
	switch {
	case len(d) >= 10:
		return d[:10]
	case len(d) == 7:
		return d + "-01"
	case len(d) == 4:
		return d + "-01-01"
	}
	return d
}
