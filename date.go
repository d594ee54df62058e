package recount

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// A Date is a calendar date known to the day, the month or the year. The zero
// Date is unknown. Dates of equal precision are equal if == says so.
type Date struct {
	year       int16
	month, day uint8 // 0 if not known
}

// NewDate returns a day, a month or a year of the Gregorian calendar; what is
// not known is 0. ok is false for one that the calendar does not have.
func NewDate(year, month, day int) (d Date, ok bool) {
	switch {
	case year < 1 || year > 9999, month < 0 || month > 12, day < 0, month == 0 && day > 0, day > daysIn(year, month):
		return Date{}, false
	}
	return Date{int16(year), uint8(month), uint8(day)}, true
}

// DayOf returns the day on which t falls where its clock stands.
func DayOf(t time.Time) Date {
	d, _ := NewDate(t.Year(), int(t.Month()), t.Day())
	return d
}

// ParseDate reads "2014", "2014-05", "2014-05-14", or a time that begins with
// a day, as Article.Published holds it. A day that the calendar does not have
// is refused with ErrInvalid and a hint.
func ParseDate(s string) (Date, error) {
	d, ok := parseDate(s)
	if !ok {
		return Date{}, WithHint(fmt.Errorf("%w: %.40q is no date", ErrInvalid, s), writeInstead(s))
	}
	return d, nil
}

// CheckDay refuses a text that has the form of a day or month and is none that a
// calendar has: "2014-02-31", "2014-13". One that can be meant otherwise, as the two
// years 2014-15, is none of these.
func CheckDay(s string) error {
	y, okYear := digits(s, 4)
	if !okYear || y < 1800 || y > 2199 || len(s) != len("2014-05") && len(s) != len("2014-05-14") || s[4] != '-' {
		return nil
	}
	m, ok := digits(s[5:], 2)
	if !ok || len(s) == len("2014-05") && (m > y%100 || m == (y+1)%100) {
		return nil
	}
	if len(s) > len("2014-05") {
		if _, ok := digits(s[8:], 2); s[7] != '-' || !ok {
			return nil
		}
	}
	_, err := ParseDate(s)
	return err
}

// writeInstead says what to write in place of a date that is none.
func writeInstead(s string) string {
	y, okYear := digits(s, 4)
	if okYear && y > 0 && len(s) >= 7 && s[4] == '-' {
		m, ok := digits(s[5:], 2)
		switch {
		case !ok:
		case m < 1 || m > 12:
			return "months are 01 to 12: write a day as 2014-05-14, a month as 2014-05, a year as 2014"
		case len(s) >= 10 && s[7] == '-':
			if d, ok := digits(s[8:], 2); ok && (d < 1 || d > daysIn(y, m)) {
				return fmt.Sprintf("%04d-%02d has the days 01 to %d; write %04d-%02d if the day is not known", y, m, daysIn(y, m), y, m)
			}
		}
	}
	return "write a day as 2014-05-14, a month as 2014-05, a year as 2014"
}

// DateOf is ParseDate for what a page printed or a program wrote: what is no
// date is unknown.
func DateOf(s string) Date {
	d, _ := parseDate(s)
	return d
}

func parseDate(s string) (d Date, ok bool) {
	year, ok := digits(s, 4)
	if !ok || year == 0 {
		return Date{}, false
	}
	d.year = int16(year)
	if s = s[4:]; s == "" {
		return d, true
	}
	month, ok := digits(s[1:], 2)
	if s[0] != '-' || !ok || month < 1 || month > 12 {
		return Date{}, false
	}
	d.month = uint8(month)
	if s = s[3:]; s == "" {
		return d, true
	}
	day, ok := digits(s[1:], 2)
	if s[0] != '-' || !ok || day < 1 || day > daysIn(year, month) {
		return Date{}, false
	}
	d.day = uint8(day)
	if s = s[3:]; s != "" && s[0] != 'T' && s[0] != ' ' {
		return Date{}, false
	}
	return d, true
}

// TimeSpan returns the half-open time that a date stands for, or a day with a
// time of day as Article.Published holds it. One without a time zone is read as
// UTC.
func TimeSpan(s string) (from, to time.Time, ok bool) {
	d, ok := parseDate(s)
	if !ok {
		return from, to, false
	}
	if len(s) <= len(time.DateOnly) {
		from = time.Unix(int64(d.Number())*86400, 0).UTC()
		return from, time.Unix(int64(d.Last().Number()+1)*86400, 0).UTC(), true
	}
	for _, clock := range [...]struct {
		layout string
		exact  time.Duration
	}{{time.RFC3339, time.Second}, {"2006-01-02T15:04Z07:00", time.Minute}, {"2006-01-02T15:04:05", time.Second}, {"2006-01-02T15:04", time.Minute}} {
		if t, err := time.Parse(clock.layout, s); err == nil {
			return t, t.Add(clock.exact), true
		}
	}
	return from, to, false
}

// ComparePublished orders what Article.Published holds: by its date, of equal
// ones by the time of day as printed; what is unknown comes last.
func ComparePublished(a, b string) int {
	return cmp.Or(DateOf(a).Compare(DateOf(b)), strings.Compare(a, b))
}

// digits reads n decimal digits at the start of s.
func digits(s string, n int) (v int, ok bool) {
	if len(s) < n {
		return 0, false
	}
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		v = 10*v + int(s[i]-'0')
	}
	return v, true
}

// daysIn returns how many days a month of the Gregorian calendar has; month 0
// is any.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Known reports whether at least the year is known.
func (d Date) Known() bool { return d.year != 0 }

// Precision says how exactly d is known: ToDay, ToMonth, ToYear, or "".
func (d Date) Precision() Precision {
	switch {
	case d.day != 0:
		return ToDay
	case d.month != 0:
		return ToMonth
	case d.year != 0:
		return ToYear
	}
	return ""
}

// Year, Month and Day return the parts of d; 0 is not known.
func (d Date) Year() int { return int(d.year) }

// Month returns 1 to 12, or 0 if it is not known.
func (d Date) Month() int { return int(d.month) }

// Day returns the day of the month, or 0 if it is not known.
func (d Date) Day() int { return int(d.day) }

// First returns the first day that d can mean.
func (d Date) First() Date {
	if !d.Known() {
		return d
	}
	return Date{d.year, max(d.month, 1), max(d.day, 1)}
}

// Last returns the last day that d can mean.
func (d Date) Last() Date {
	if !d.Known() {
		return d
	}
	if d.month == 0 {
		d.month = 12
	}
	if d.day == 0 {
		d.day = uint8(daysIn(int(d.year), int(d.month)))
	}
	return d
}

// Number counts the days from 1 January 1970 to the first day of d, so that
// days can be subtracted. DateOfNumber is its inverse.
func (d Date) Number() int {
	d = d.First()
	return int(time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DateOfNumber returns the day of a number; one that lies outside the years 1
// to 9999 is unknown.
func DateOfNumber(n int) Date { return DayOf(time.Unix(int64(n)*86400, 0).UTC()) }

// AddDays returns the day that lies n days after the first day of d.
func (d Date) AddDays(n int) Date {
	if !d.Known() {
		return d
	}
	return DateOfNumber(d.Number() + n)
}

// AddMonths returns the month that lies n months after the first one of d.
func (d Date) AddMonths(n int) Date {
	if !d.Known() {
		return d
	}
	m := 12*int(d.year) + int(d.First().month) - 1 + n
	e, _ := NewDate(m/12, m%12+1, 0)
	return e
}

// Weekday returns the day of the week of the first day of d.
func (d Date) Weekday() time.Weekday { return time.Weekday(((d.Number()+4)%7 + 7) % 7) }

// String writes d as ISO 8601 at its precision: "2014-05"; "" if unknown.
func (d Date) String() string {
	b := [...]byte{0, 0, 0, 0, '-', 0, 0, '-', 0, 0}
	for i, v := 3, d.year; i >= 0; i, v = i-1, v/10 {
		b[i] = '0' + byte(v%10)
	}
	b[5], b[6], b[8], b[9] = '0'+d.month/10, '0'+d.month%10, '0'+d.day/10, '0'+d.day%10
	switch d.Precision() {
	case ToDay:
		return string(b[:])
	case ToMonth:
		return string(b[:7])
	case ToYear:
		return string(b[:4])
	}
	return ""
}

// Compare orders dates: by their first possible day; of equal ones the one
// that is known less exactly goes first; unknown ones come last.
func (d Date) Compare(e Date) int {
	if d.Known() != e.Known() {
		if d.Known() {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(max(d.month, 1), max(e.month, 1)), cmp.Compare(max(d.day, 1), max(e.day, 1)),
		cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Finer reports whether d is known as exactly as e, or more exactly.
func (d Date) Finer(e Date) bool {
	return d.Known() && (d.month != 0 || e.month == 0) && (d.day != 0 || e.day == 0)
}

// Cut returns d known no more exactly than p.
func (d Date) Cut(p Precision) Date {
	switch p {
	case ToYear:
		return Date{year: d.year}
	case ToMonth:
		return Date{year: d.year, month: d.month}
	}
	return d
}

// Within reports whether d lies between two dates, both included, each
// compared at its own precision: 31 August lies within "to 2015-08". An
// unknown bound does not bind; an unknown d lies nowhere. A month or year
// stands for its first day.
func (d Date) Within(from, to Date) bool {
	if !d.Known() {
		return false
	}
	return (!from.Known() || d.CompareTo(from) >= 0) && (!to.Known() || d.CompareTo(to) <= 0)
}

// CompareTo compares d with a bound at the precision of the bound: every day of
// August equals 2015-08. A month or year stands for its first day.
func (d Date) CompareTo(bound Date) int {
	return d.First().Cut(bound.Precision()).Compare(bound)
}

// MarshalText writes String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}
