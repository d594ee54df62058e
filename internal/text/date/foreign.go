package date

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/pattern"
)

//go:embed calendars.txt
var calendarsFile string

// calendars holds the entries of calendars.txt by their kind.
var calendars = func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(calendarsFile) {
		kind, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.SplitSeq(list, ", ") {
			m[kind] = append(m[kind], w)
		}
	}
	return m
}()

var (
	yearFront = pattern.New(`^\D{0,20}?(1[34][0-9]{2}|2[456][0-9]{2})([-/.]?)([0-9]{1,2})([-/.]?)([0-9]{1,2})(?:\D|$)`)
	yearBack  = pattern.New(`^\D{0,20}?([0-9]{1,2})[-/.]([0-9]{1,2})[-/.](1[34][0-9]{2}|2[456][0-9]{2})(?:\D|$)`)
	yearAlone = pattern.New(`(?:^|[^0-9])(1[34][0-9]{2}|2[456][0-9]{2})(?:$|[^0-9])`)
	dayFront  = pattern.New(`(?:^|[^0-9])([0-3]?[0-9])(?:$|[^0-9])`)
)

// MayBeForeign reports whether a date for machines has a year that another
// calendar counts so.
func MayBeForeign(s string) bool {
	s = LatinDigits(s)
	return len(s) < 100 && (yearFront.MatchString(s) || yearAlone.MatchString(s) || rocDay.MatchString(s) || rocStamp.MatchString(s) || eraShort.MatchString(s))
}

// Foreign reads the date of another calendar in a candidate that could not be
// read, where something says which calendar it is: what stands beside it (the
// words, marks and languages of its element), the languages of the page, and
// which of its readings is no later than the capture. Buddhist and Persian days
// are exact. A day of the lunar calendar is one of several, because its months
// begin when somebody sees the moon, and not everywhere on one day: it gives
// the month that all of them are in, or the year, and a doubt with the day that
// is about right.
func (c Candidate) Foreign(captured time.Time, languages ...string) Candidate {
	s := LatinDigits(c.Raw)
	if c.Raw == "" || !MayBeForeign(s) {
		return c
	}
	if out, ok := c.ofRepublic(captured, languages); ok {
		return out
	}
	if slices.Contains(languages, "ja") && eraShort.MatchString(s) { // R6.5.1
		if m, ok := Parse(inEras(s, s, "ja")); ok && (captured.IsZero() || m.Number() <= recount.DayOf(captured.UTC()).Number()+1) {
			return c.read(m, "Japanese")
		}
	}
	year, month, day := partsOf(s)
	if year == 0 {
		return c
	}
	beside := strings.ToLower(c.Beside + " " + c.Raw)
	latest := recount.DayOf(captured.UTC()).Number() + 1
	if captured.IsZero() {
		end, _ := recount.NewDate(2045, 12, 31) // years of the lunar calendar up to 1467, of the solar one up to 1424
		latest = end.Number()
	}
	printed := func(d recount.Date) bool { return d.Known() && d.Year() >= 1980 && d.First().Number() <= latest }
	said := func(calendar string) bool {
		return slices.ContainsFunc(calendars[calendar+".said"], func(w string) bool { return holdsWord(beside, w) })
	}
	of := func(calendar string) bool {
		return slices.ContainsFunc(languages, func(l string) bool { return slices.Contains(calendars[calendar+".lang"], l) })
	}
	if year > 2400 {
		m, ok := Parse(Common(s, c.Raw, "th"))
		if !ok && month > 0 && yearFront.MatchString(s) {
			m.Date, ok = Of(year-543, month, day)
		} else if !ok {
			x := FindSpan(Common(s, c.Raw, "th"))
			m.Date, ok = x.DayFirst, x.Open && x.DayFirst.Known()
		}
		if !ok || !printed(m.Date) {
			return c
		}
		c = c.read(m, "Buddhist")
		if !said("buddhist") && !of("buddhist") && !thaiLetters.MatchString(beside) {
			c.Doubt = strconv.Itoa(year) + " (" + c.Origin + ") is taken for a year of the Buddhist calendar, which nothing else on the page says"
		}
		return c
	}
	sun, ok := Parse(Common(s, c.Raw, "fa"))
	if !ok {
		sun, ok = ParseISO(solar(strconv.Itoa(year), strconv.Itoa(month), strconv.Itoa(day)))
	}
	if !ok || !printed(sun.Date) {
		sun = Moment{}
	}
	moon, about := lunar(year, month, day)
	if !printed(about) {
		moon = recount.Date{}
	}
	bySun := func() Candidate { return c.read(sun, "Persian") }
	byMoon := func() Candidate {
		doubt := s + " (" + c.Origin + ") is a day of the lunar Hijri calendar, whose months begin when the moon is seen: " +
			about.String() + ", or up to two days from it"
		out := c.read(Moment{Date: moon}, "lunar Hijri")
		out.Doubt = doubt
		return out
	}
	switch {
	case said("solar"):
		if sun.Known() {
			return bySun()
		}
	case said("lunar"):
		if moon.Known() {
			return byMoon()
		}
	case of("solar") && sun.Known():
		return bySun()
	case moon.Known() && (monthOf(beside) > 0 || !sun.Known() && (of("solar") || of("lunar"))):
		return byMoon()
	case of("lunar") && sun.Known() && !moon.Known():
		out := bySun()
		out.Doubt = strconv.Itoa(year) + " (" + c.Origin + ") is taken for a year of the Persian calendar, because the lunar one had it before there were such pages"
		return out
	}
	return c
}

// read returns c with the moment that another calendar's date is.
func (c Candidate) read(m Moment, calendar string) Candidate {
	c.Origin += ", " + calendar + " " + c.Raw
	c.Moment, c.Raw = m, ""
	return c
}

// partsOf returns the year, month and day of another calendar in a date for
// machines or in words; 0 for a year if there is none.
func partsOf(s string) (year, month, day int) {
	number := func(s string) int { v, _ := strconv.Atoi(s); return v }
	if g := yearFront.FindStringSubmatch(s); g != nil && g[2] == g[4] {
		return number(g[1]), number(g[3]), number(g[5])
	}
	if g := yearBack.FindStringSubmatch(s); g != nil {
		return number(g[3]), number(g[2]), number(g[1])
	}
	g := yearAlone.FindStringSubmatchIndex(s)
	if g == nil {
		return 0, 0, 0
	}
	year = number(s[g[2]:g[3]])
	low := strings.ToLower(s[:g[2]])
	if d := dayFront.FindStringSubmatch(low); d != nil {
		day = number(d[1])
	}
	return year, monthOf(low), day
}

// monthOf returns the month of the lunar calendar that s names, 0 if it names none.
func monthOf(s string) (month int) {
	longest := 0
	for m := 1; m <= 12; m++ {
		for _, name := range calendars["lunar.month."+strconv.Itoa(m)] {
			if len(name) > longest && holdsWord(s, name) {
				month, longest = m, len(name)
			}
		}
	}
	return month
}

// lunar returns what is known of a day of the lunar Hijri calendar: the month or
// the year of the common calendar that it is in wherever the moon was seen, and
// the day of the arithmetical calendar (the civil one, of 30 years with eleven
// leap years), from which no observed one is more than two days away.
func lunar(year, month, day int) (sure, about recount.Date) {
	if year < 1390 || year > 1500 || month < 1 || month > 12 || day < 1 || day > 30 {
		return
	}
	first, _ := recount.NewDate(1979, 11, 21) // 1 Muharram 1400
	days := func(y int) int { return 354*(y-1) + (3+11*y)/30 }
	n := first.Number() + days(year) - days(1400) + 29*(month-1) + month/2 + day - 1
	about = recount.DateOfNumber(n)
	from, to := recount.DateOfNumber(n-2), recount.DateOfNumber(n+2)
	switch {
	case from.Year() != to.Year():
	case from.Month() != to.Month():
		sure, _ = recount.NewDate(from.Year(), 0, 0)
	default:
		sure, _ = recount.NewDate(from.Year(), from.Month(), 0)
	}
	return sure, about
}

// holdsWord reports whether s holds w with no letter on either side of it; a
// mark ends a word itself.
func holdsWord(s, w string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], w)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(w):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		from = i + len(w)
	}
}
