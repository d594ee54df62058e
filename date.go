package recount

import (
	"cmp"
	"fmt"
)

// A Date is a calendar date known to the day, the month or the year. The zero
// Date is unknown. Dates of equal precision are equal if == says so.
type Date struct {
	year       int16
	month, day uint8 // 0 if not known
}

// ParseDate reads "2014", "2014-05", "2014-05-14", or a time that begins with
// a day, as Article.Published holds it. A day that the calendar does not have
// is refused with ErrInvalid.
func ParseDate(s string) (Date, error) {
	d, ok := parseDate(s)
	if !ok {
		return Date{}, fmt.Errorf("%w: %.40q is no date", ErrInvalid, s)
	}
	return d, nil
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
	s = s[3:]
	return d, s == "" || s[0] == 'T' || s[0] == ' '
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

// daysIn returns how many days a month of the Gregorian calendar has.
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

// String writes d as ISO 8601 at its precision: "2014-05"; "" if unknown.
func (d Date) String() string {
	switch d.Precision() {
	case ToDay:
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	case ToMonth:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	case ToYear:
		return fmt.Sprintf("%04d", d.year)
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
	return (!from.Known() || d.at(from) >= 0) && (!to.Known() || d.at(to) <= 0)
}

// at compares d with a bound at the precision of the bound.
func (d Date) at(bound Date) int {
	first := Date{d.year, max(d.month, 1), max(d.day, 1)}
	return first.Cut(bound.Precision()).Compare(bound)
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
