package release

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"time"

	"recount/internal/pattern"
)

// This file reads times that are no days and no months: weeks, seasons, feasts, and days
// that something else gives ("two days after the vote").
//
// Method: weeks, parts of months and seasons are spans of days; feasts are computed or
// lie in the span in which they fall in any year, with ten days around, for "the week
// before Easter" and calendars that are seen and not computed. What a day is counted
// from is known to readers and not to the program: it can be any day. Limits: English
// but for the names of seasons and feasts.

//go:embed calendar.txt
var calendarData string

// A period is a time as a text has it.
type period struct {
	// fits reports whether one of some days, counted from 1970, can lie in it.
	fits func(first, last int) bool
	// exact says that it tells a few days, though not which: whoever knows what it is
	// counted from finds the page.
	exact bool
}

// roundFeast is how many days before and behind a feast are told by it.
const roundFeast = 10

// A feast is a season, a feast or a holiday.
type feast struct {
	words []string
	alone bool // a name only beside a year or behind a word such as "in"
	kind  string
	n     []int // of the kind
}

// feasts are those of the calendar by their first words.
var feasts = sync.OnceValue(func() map[string][]feast {
	out := map[string][]feast{}
	for line := range strings.Lines(calendarData) {
		head, names, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		kind, rest, _ := strings.Cut(head, " ")
		f := feast{kind: kind}
		for _, part := range strings.Fields(rest) {
			if strings.HasPrefix(part, "-") { // before Easter
				f.n = append(f.n, worth(part))
				continue
			}
			for n := range strings.SplitSeq(part, "-") {
				f.n = append(f.n, worth(n))
			}
		}
		for name := range strings.SplitSeq(names, ";") {
			f.words, f.alone = nil, strings.HasPrefix(strings.TrimSpace(name), "?")
			for _, w := range speak(strings.Trim(name, " ?\n")) {
				if w.word != "" {
					f.words = append(f.words, w.word)
				}
			}
			if len(f.words) > 0 {
				out[f.words[0]] = append(out[f.words[0]], f)
			}
		}
	}
	return out
})

// dayNumber counts days from 1970.
func dayNumber(year, month, day int) int {
	return int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// yearOf is the year of a day.
func yearOf(day int) int { return time.Unix(int64(day)*24*60*60, 0).UTC().Year() }

// daysOf are the first and the last day that a page can be of: of a month that is
// known alone, those of the month. ok is false if nothing is known.
func daysOf(day string) (first, last int, ok bool) {
	at := isoDay.FindStringSubmatch(day)
	if at == nil {
		return 0, 0, false
	}
	y, m, d := worth(at[1]), worth(at[2]), worth(at[3])
	if at[3] == "" || d < 1 {
		return dayNumber(y, m, 1), dayNumber(y, m+1, 0), true
	}
	return dayNumber(y, m, d), dayNumber(y, m, d), true
}

// spanOf is a span of days of a year, or of any year if that is 0, with so many around.
// A span that ends before it begins goes over the end of the year, and is of either.
func spanOf(year, fromMonth, fromDay, toMonth, toDay, around int) period {
	over := 0
	if toMonth < fromMonth {
		over = 1
	}
	return period{fits: func(first, last int) bool {
		for y := yearOf(first) - 1 - over; y <= yearOf(last)+1; y++ {
			if year != 0 && y != year && (over == 0 || y != year-1) {
				continue
			}
			if dayNumber(y, fromMonth, fromDay)-around <= last && first <= dayNumber(y+over, toMonth, toDay)+around {
				return true
			}
		}
		return false
	}}
}

// easter is Easter of a year: by the Gregorian and by the Julian calendar (Meeus 1991).
func easter(year int, julian bool) int {
	if julian {
		a, b, c := year%4, year%7, year%19
		d := (19*c + 15) % 30
		e := (2*a + 4*b - d + 34) % 7
		return dayNumber(year, (d+e+114)/31, (d+e+114)%31+1) + 13
	}
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	return dayNumber(year, (h+l-7*m+114)/31, (h+l-7*m+114)%31+1)
}

// hijri is a day of the tabular Islamic calendar, counted from 1970.
func hijri(year, month, day int) int {
	return (11*year+3)/30 + 354*year + 30*month - (month-1)/2 + day + 1948440 - 385 - 2440588
}

// of lists the times that a feast tells, in a year or in any if that is 0. part is 1 to 3
// for the beginning, the middle and the end of a season.
func (f *feast) of(year, part int) []period {
	near := func(days func(y int) (from, to int), years func(day int) []int) period {
		return period{exact: true, fits: func(first, last int) bool {
			for _, y := range years(first) {
				from, to := days(y)
				if (year == 0 || yearOf(from) == year || yearOf(to) == year) && from-roundFeast <= last && first <= to+roundFeast {
					return true
				}
			}
			return false
		}}
	}
	civil := func(day int) []int { return []int{yearOf(day) - 1, yearOf(day), yearOf(day) + 1} }
	switch f.kind {
	case "season":
		var out []period
		for _, south := range []int{0, 6} {
			from, to := (f.n[0]+south-1)%12+1, (f.n[1]+south-1)%12+1
			if f.n[0] != f.n[1] {
				switch part {
				case 1:
					to = from
				case 2:
					from, to = from%12+1, from%12+1
				case 3:
					from = to
				}
			}
			// Seasons of the sky begin three weeks later than those of months.
			out = append(out, spanOf(year, from, 1, to, 31, 0), spanOf(year, from, 21, to%12+1, 21, 0))
		}
		return out
	case "fixed":
		return []period{near(func(y int) (int, int) { d := dayNumber(y, f.n[0], f.n[1]); return d, d }, civil)}
	case "easter", "orthodox":
		return []period{near(func(y int) (int, int) { d := easter(y, f.kind == "orthodox") + f.n[0]; return d, d }, civil)}
	case "hijri":
		return []period{near(func(y int) (int, int) { d := hijri(y, f.n[0], f.n[1]); return d, d + f.n[2] - 1 }, func(day int) []int {
			y := (yearOf(day) - 622) * 33 / 32
			return []int{y - 1, y, y + 1, y + 2}
		})}
	case "window":
		p := spanOf(year, f.n[0], f.n[1], f.n[2], f.n[3], roundFeast)
		p.exact = true
		return []period{p}
	}
	return []period{anyDay}
}

// anyDay is a day that something else gives.
var anyDay = period{exact: true, fits: func(int, int) bool { return true }}

const (
	weekday  = `(?:mon|tues|wednes|thurs|fri|satur|sun)days?`
	timeSpan = `(?:hours?|days?|nights?|mornings?|evenings?|afternoons?|weeks?|fortnights?|weekends?|` + weekday + `|months?)`
	ofMonth  = `(?:of |in )?(?:the month of )?(\pL+)(?:,? (?:of )?((?:19|20)\d\d))?`
)

var (
	partOfMonth = pattern.New(`\b(first|second|third|fourth|fifth|last|final|opening|1st|2nd|3rd|4th|5th|[1-5]\.) (?:full )?(week|weekend|half|third|fortnight|days|ten days) ` + ofMonth)
	roughMonth  = pattern.New(`\b(mid|middle|early|late|beginning|start|end|close|ides)[ -]` + ofMonth)
	daysOfMonth = pattern.New(`\b(\d{1,2})(?:st|nd|rd|th)? ?(?:-|to|and|until|through|or) ?(?:the )?(\d{1,2})(?:st|nd|rd|th)? ` + ofMonth)
	monthOfDays = pattern.New(`\b(\pL+) (\d{1,2})(?:st|nd|rd|th)? ?(?:-|to|and|until|through|or) ?(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? ((?:19|20)\d\d))?\b`)
	roughYear   = pattern.New(`\b(early|late|mid|middle|beginning|start|end|close|opening|first months?|last months?|first weeks?|last weeks?|turn)[ -](?:in |of |months of |weeks of )*(?:the year )?((?:19|20)\d\d)\b`)
	numberWeek  = pattern.New(`\b(?:calendar week|week number|week no\.?|week|wk|kw|cw|w)[ .-]*(\d{1,2})\b(?:[ ,/-]*(?:of |in )?((?:19|20)\d\d))?`)
	yearWeek    = pattern.New(`\b((?:19|20)\d\d)[ -]?w[ -]?(\d{1,2})\b`)
	roundDay    = pattern.New(`\b(?:weeks?|fortnight|weekend|around|about|circa|near|close to|shortly|soon|just|long|days?|nights?|hours?|on or|or so)\b`)
	fortnight   = pattern.New(`\b(?:fortnight|two weeks|14 days)\b`)

	// A day that something else gives.
	countedFrom = []*pattern.Pattern{
		pattern.New(`\b` + timeSpan + ` (?:before|after|afterwards|following|later|earlier|ago|prior to|preceding|into|since|beforehand|on from)\b`),
		pattern.New(`\b(?:on|of|in|during|by|since|until|from|within|before|after|around|at|for)? ?(?:the|that) (?:very |same |first |last )?(?:day|night|morning|evening|afternoon|week|weekend|hour|` + weekday + `) (?:of the|of a|of an|of his|of her|of its|of their|when|that|on which|in which|the|he|she|they|it|before|after)\b`),
		pattern.New(`\beve of\b|\banniversary\b|\bmorning after\b|\bnight before\b`),
		pattern.New(`\b(?:same|following|next|previous|preceding) (?:` + timeSpan + `)\b`),
		pattern.New(`(?:^|[.,;:] |\b(?:on|in|during|later|early|late) )(?:that|this) (?:same )?(?:` + timeSpan + `)\b`),
		pattern.New(`\b(?:yesterday|today|tonight|tomorrow|last night|(?:last|next|past) (?:week|month|weekend|` + weekday + `))\b`),
		pattern.New(`\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|opening|final|\d{1,3}(?:st|nd|rd|th)) (?:day|night|week|morning) of (?:the|a|his|her|its|their)\b`),
		pattern.New(`\bwithin (?:\S+ ){0,3}(?:hours?|days?|weeks?|a month)\b`),
		pattern.New(`\b(?:when|once|as soon as|the moment|by the time|just as|shortly after|soon after|right after|just before|shortly before|right before) (?:the|an?|his|her|its|their) (?:\pL+ ){1,3}?(?:\pL{2,}ed|was|were|had|fell|broke|burnt|fled|left|began|struck|came|went|rose|sank|shut|blew|lost|won|met|took|split|died) ?(?:\pL*)\b`),
		pattern.New(`\bday (?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten) of\b`),
	}
	// ofRhythm is what only sounds so.
	ofRhythm   = pattern.New(`\b(?:day|week|night|month|hour) (?:after|by|in,?) (?:day|week|night|month|hour|and)\b`)
	namedDay   = pattern.New(`\b(\p{Lu}[\p{L}'’]+) Day\b`)
	notNamed   = strings.Fields("One Every Each The That This Some Any Next First Last Same A Another No All")
	beforeName = strings.Fields("in the of during before after since until till by last this that next early late mid over through around from around at for whole all")
	partNames  = map[string]int{"early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "high": 2, "height": 2, "late": 3, "end": 3, "close": 3}
)

// periodsIn lists the times of a text that are no days and no months.
func periodsIn(text string) (out []period) {
	bare := strings.ToLower(Bare(text))
	at := func(m string) int { return months()[strings.Join(plain(m), "")] }
	year := func(s string) int { return max(0, worth(s)) }
	for _, x := range partOfMonth.FindAllStringSubmatch(bare, -1) {
		m := at(x[3])
		if m == 0 {
			continue
		}
		size := map[string]int{"week": 7, "weekend": 7, "half": 15, "third": 10, "fortnight": 14, "days": 5, "ten days": 10}[x[2]]
		n := slices.Index(strings.Fields("first second third fourth fifth"), x[1]) + 1
		if x[1][0] >= '1' && x[1][0] <= '5' {
			n = int(x[1][0] - '0')
		}
		from, to := 1+(n-1)*size, n*size
		switch {
		case x[1] == "opening":
			from, to = 1, size
		case n == 0, to > 28 && size > 7:
			from, to = 31-size, 31
		case x[2] == "weekend":
			to += 2
		}
		out = append(out, spanOf(year(x[4]), m, from, m, min(to, 31), 1))
	}
	for _, x := range roughMonth.FindAllStringSubmatch(bare, -1) {
		if m := at(x[2]); m > 0 {
			from, to := 1, 10
			switch x[1] {
			case "mid", "middle", "ides":
				from, to = 10, 20
			case "late", "end", "close":
				from, to = 20, 31
			}
			out = append(out, spanOf(year(x[3]), m, from, m, to, 1))
		}
	}
	for _, x := range roughYear.FindAllStringSubmatch(bare, -1) {
		y := worth(x[2])
		switch x[1] {
		case "mid", "middle":
			out = append(out, spanOf(y, 5, 1, 8, 31, 0))
		case "late", "end", "close", "last month", "last months", "last week", "last weeks":
			out = append(out, spanOf(y, 10, 1, 12, 31, 0))
		case "turn":
			out = append(out, spanOf(y, 1, 1, 1, 31, 0), spanOf(y-1, 12, 1, 12, 31, 0))
		default:
			out = append(out, spanOf(y, 1, 1, 3, 31, 0))
		}
	}
	for _, x := range daysOfMonth.FindAllStringSubmatch(bare, -1) {
		if m := at(x[3]); m > 0 && worth(x[1]) < worth(x[2]) {
			out = append(out, spanOf(year(x[4]), m, worth(x[1]), m, min(worth(x[2]), 31), 0))
		}
	}
	for _, x := range monthOfDays.FindAllStringSubmatch(bare, -1) {
		if m := at(x[1]); m > 0 && worth(x[2]) < worth(x[3]) {
			out = append(out, spanOf(year(x[4]), m, worth(x[2]), m, min(worth(x[3]), 31), 0))
		}
	}
	for _, x := range numberWeek.FindAllStringSubmatch(bare, -1) {
		out = append(out, weekOf(year(x[2]), worth(x[1])))
	}
	for _, x := range yearWeek.FindAllStringSubmatch(bare, -1) {
		out = append(out, weekOf(year(x[1]), worth(x[2])))
	}
	if roundDay.MatchString(bare) {
		around := 7
		if fortnight.MatchString(bare) {
			around = 15
		}
		for _, d := range daysIn(text) {
			if d.day > 0 {
				out = append(out, spanOf(d.year, d.month, d.day, d.month, d.day, around))
			}
		}
	}
	counted := partOfMonth.ReplaceAllString(ofRhythm.ReplaceAllString(bare, " "), " ")
	if slices.ContainsFunc(countedFrom, func(r *pattern.Pattern) bool { return r.MatchString(counted) }) {
		out = append(out, anyDay)
	}
	feastsIn(text, func(f *feast, year, part int) { out = append(out, f.of(year, part)...) })
	for _, x := range namedDay.FindAllStringSubmatch(text, -1) {
		if w := strings.ToLower(Bare(x[1])); !slices.Contains(notNamed, x[1]) && at(w) == 0 && !knownFeast(w) {
			out = append(out, anyDay)
		}
	}
	return out
}

// knownFeast reports whether a word before "day" belongs to a feast of the calendar.
func knownFeast(word string) bool {
	for _, list := range feasts() {
		for _, f := range list {
			if f.kind != "unknown" && len(f.words) > 1 && f.words[len(f.words)-1] == "day" && strings.TrimSuffix(f.words[len(f.words)-2], "s") == strings.TrimRight(word, "s'’") {
				return true
			}
		}
	}
	return false
}

// feastsIn hands out the seasons and feasts that a text names, with the year beside each
// and the part of a season.
func feastsIn(text string, each func(f *feast, year, part int)) {
	w := speak(text)
	yearAt := func(i int) int {
		if i < 0 || i >= len(w) {
			return 0
		}
		if n := worth(w[i].word); n >= 1900 && n < 2100 {
			return n
		}
		if len(w[i].word) == 2 && numeral.MatchString(w[i].word) && strings.ContainsAny(w[i].gap, "'’") {
			return 2000 + worth(w[i].word)
		}
		return 0
	}
	for i := range w {
		is := func(f *feast) bool {
			end := i + len(f.words)
			return end <= len(w) && slices.EqualFunc(w[i:end], f.words, func(a spoken, b string) bool { return a.word == b })
		}
		longest := 0 // "Eid al-Fitr" is not any Eid
		for n := range feasts()[w[i].word] {
			if f := &feasts()[w[i].word][n]; is(f) {
				longest = max(longest, len(f.words))
			}
		}
		for n := range feasts()[w[i].word] {
			f := &feasts()[w[i].word][n]
			if len(f.words) != longest || !is(f) {
				continue
			}
			end := i + longest
			year := yearAt(i - 1)
			for j := end; year == 0 && j < end+3 && j < len(w); j++ {
				if year = yearAt(j); year == 0 && !slices.Contains([]string{"of", "in", "day", "eve", "the", "monday", "sunday", "week", "night"}, w[j].word) {
					break
				}
			}
			before := ""
			if i > 0 {
				before = w[i-1].word
			}
			if f.alone && year == 0 && (!slices.Contains(beforeName, before) || w[min(end, len(w)-1)].word == "of") {
				continue
			}
			part := 0
			for j := max(0, i-4); j < i; j++ {
				if p := partNames[w[j].word]; p > 0 {
					part = p
				}
			}
			each(f, year, part)
		}
	}
}

// weekOf is a week by its number (ISO 8601), of a year or of any if that is 0.
func weekOf(year, week int) period {
	if week < 1 || week > 53 {
		return period{fits: func(int, int) bool { return false }}
	}
	return period{fits: func(first, last int) bool {
		for y := yearOf(first) - 1; y <= yearOf(last)+1; y++ {
			if year != 0 && y != year {
				continue
			}
			fourth := dayNumber(y, 1, 4) // lies in the first week; 1 January 1970 was a Thursday
			monday := fourth - (fourth+3)%7 + 7*(week-1)
			if monday-1 <= last && first <= monday+7 {
				return true
			}
		}
		return false
	}}
}
