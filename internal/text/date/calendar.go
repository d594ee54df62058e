package date

import (
	"strconv"
	"strings"

	"recount"
	"recount/internal/pattern"
)

// Years of other calendars look like years: 2559 of the Buddhist calendar of
// Thailand, 1398 of the solar calendar of Iran, 1435 of the lunar one. The
// first two are turned into common dates here; what is known of the third, whose
// months began when somebody saw the moon, is read of dates for machines alone
// (foreign.go).

var (
	buddhistYear  = pattern.New(`(^|[^0-9])(2[45][0-9]{2})($|[^0-9])`)
	solarNumeric  = pattern.New(`(^|[^0-9])(1[34][0-9]{2})([/-])([01]?[0-9])[/-]([0-3]?[0-9])($|[^0-9])`)
	solarInWords  = pattern.New(`([0-3]?[0-9])\s+(فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند)(?:\s+ماه)?\s*،?\s+(1[34][0-9]{2})`)
	solarMonths   = [...]string{"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"}
	persianDigits = pattern.New(`[۰-۹]`)
	thaiLetters   = pattern.New(`[ก-๙]`)
)

// Common rewrites the dates of other calendars in a line whose digits are Latin
// as common ones. was is the line as printed, lang the language of the page.
func Common(s, was, lang string) string {
	s = inEras(s, was, lang)
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	if lang == "th" || thaiLetters.MatchString(was) {
		s = buddhistYear.ReplaceAllStringFunc(s, func(m string) string {
			g := buddhistYear.FindStringSubmatch(m)
			y, _ := strconv.Atoi(g[2])
			return g[1] + strconv.Itoa(y-543) + g[3]
		})
	}
	if lang == "fa" || lang == "ps" || persianDigits.MatchString(was) && !strings.Contains(was, "ہ") {
		s = solarNumeric.ReplaceAllStringFunc(s, func(m string) string {
			g := solarNumeric.FindStringSubmatch(m)
			if iso := solar(g[2], g[4], g[5]); iso != "" {
				return g[1] + iso + g[6]
			}
			return m
		})
	}
	return solarInWords.ReplaceAllStringFunc(s, func(m string) string {
		g := solarInWords.FindStringSubmatch(m)
		for i, name := range solarMonths {
			if name == g[2] {
				if iso := solar(g[3], strconv.Itoa(i+1), g[1]); iso != "" {
					return iso
				}
			}
		}
		return m
	})
}

// solar returns the common date of a day of the solar calendar of Iran, "" if
// it has no such day. Leap years follow the cycle of 33 years, which is that of
// the observed calendar from 1343 to 1472 (Borkowski 1996).
func solar(year, month, date string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(date)
	if y < 1343 || y > 1472 || m < 1 || m > 12 || d < 1 || d > 31 || m > 6 && d > 30 {
		return ""
	}
	leap := func(y int) bool {
		switch y % 33 {
		case 1, 5, 9, 13, 17, 22, 26, 30:
			return true
		}
		return false
	}
	if m == 12 && d == 30 && !leap(y) {
		return ""
	}
	first, _ := recount.NewDate(1964, 3, 21) // 1 Farvardin 1343
	n := first.Number()
	for k := 1343; k < y; k++ {
		if n += 365; leap(k) {
			n++
		}
	}
	n += (m-1)*30 + min(m-1, 6) + d - 1
	return recount.DateOfNumber(n).String()
}
