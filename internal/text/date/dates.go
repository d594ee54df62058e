// Package date reads days: as programs write them, in words of some 40
// languages, in addresses, and of other calendars; and chooses the one on which
// a page was published.
//
// In: strings, and candidates with their origins. Out: days, months and years
// as far as they are known, with the time of day where it is given. Method: own;
// no origin of a date wins blindly (Choose). Limits: a day that two readers read
// differently (03/04/2015) is none, and so are years of two
// digits; of lunar Hijri days only the month is taken, with a flag; years of
// Japan's eras and of Taiwan are read where the era or the language says so.
package date

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"recount"
)

// Of returns a date as pages print it: from the years 1700 to 2200, and
// one that the calendar has.
func Of(year, month, day int) (recount.Date, bool) {
	d, ok := recount.NewDate(year, month, day)
	return d, ok && year >= 1700 && year <= 2200
}

// A moment is a date, with the time of day where it is given.
type Moment struct {
	recount.Date
	Clock string // "T09:20:00+02:00", or ""
}

// String writes m as recount.Article.Published holds it.
func (m Moment) String() string { return m.Date.String() + m.Clock }

// Precision says how exactly m is known, "" if it is unknown.
func (m Moment) Precision() recount.Precision {
	if m.Clock != "" {
		return recount.ToMinute
	}
	return m.Date.Precision()
}

// Parse reads a date written for machines: ISO 8601 and what comes close,
// RFC 822, and dates in words. Midnight is a day, not a minute. A date such as
// 03/04/2015, which two readers read differently, is none.
func Parse(s string) (Moment, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 80 {
		return Moment{}, false
	}
	if m, ok := ParseISO(s); ok {
		return m, true
	}
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") && strings.Contains(s[:i], ":") {
		s = s[:i] // "+0200 (CEST)"
	}
	for _, layout := range [...]string{time.RFC1123Z, time.RFC1123, time.RFC850, time.RFC822Z, time.RFC822, time.UnixDate, time.RubyDate, time.ANSIC,
		"Mon Jan 2 2006 15:04:05 MST-0700", "January 2, 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST"} {
		if t, err := time.Parse(layout, s); err == nil {
			zone := t.Format("-07:00")
			if name, off := t.Zone(); off == 0 {
				zone = ""
				if name == "UTC" || name == "GMT" || name == "" {
					zone = "Z"
				}
			}
			d, ok := Of(t.Year(), int(t.Month()), t.Day())
			return WithClock(d, t.Format("15:04:05")+zone), ok
		}
	}
	d, _, ok := Find(s)
	return Moment{Date: d}, ok
}

// ParseISO reads 2014, 2014-05, 2014-05-14, 2014/05/14, 20140514 and each
// with a time of day.
func ParseISO(s string) (Moment, bool) {
	y, rest, ok := Digits(s, 4)
	if !ok {
		return Moment{}, false
	}
	if rest == "" {
		d, ok := Of(y, 0, 0)
		return Moment{Date: d}, ok
	}
	sep := rest[:1]
	if sep != "-" && sep != "/" && sep != "." {
		sep = ""
	}
	m, rest, ok := Digits(strings.TrimPrefix(rest, sep), 2)
	if !ok || m == 0 {
		return Moment{}, false
	}
	if rest == "" && sep != "" {
		d, ok := Of(y, m, 0)
		return Moment{Date: d}, ok
	}
	if !strings.HasPrefix(rest, sep) {
		return Moment{}, false
	}
	d, rest, ok := Digits(strings.TrimPrefix(rest, sep), 2)
	whole, known := Of(y, m, d)
	if !ok || d == 0 || !known {
		return Moment{}, false
	}
	if rest == "" {
		return Moment{Date: whole}, true
	}
	if rest[0] != 'T' && rest[0] != 't' && rest[0] != ' ' {
		return Moment{}, false
	}
	return WithClock(whole, strings.TrimSpace(rest[1:])), true
}

// Stamp reads the digits of a time, as archives and databases write them: at
// least a year, at most a second (20140514093000), without a zone. What cannot
// be a time of day is left out.
func Stamp(s string) (Moment, bool) {
	if len(s) < 4 || len(s) > 14 || !Number(s) {
		return Moment{}, false
	}
	part := func(i int) int {
		if len(s) < i+2 {
			return 0
		}
		v, _ := strconv.Atoi(s[i : i+2])
		return v
	}
	y, _ := strconv.Atoi(s[:4])
	d, ok := recount.NewDate(y, part(4), part(6))
	if !ok || len(s) < 12 {
		return Moment{Date: d}, ok
	}
	return Moment{d, fmt.Sprintf("T%02d:%02d:%02d", part(8), part(10), part(12))}, part(8) < 24 && part(10) < 60 && part(12) <= 60
}

// WithClock adds a time of day such as "9:20:00.5 +0200"; if it cannot be read
// the date stands alone.
func WithClock(d recount.Date, s string) Moment {
	out := Moment{Date: d}
	var hms [3]int
	n := 0
	for n < 3 {
		w := 0
		for w < len(s) && w < 2 && '0' <= s[w] && s[w] <= '9' {
			w++
		}
		if w == 0 {
			break
		}
		hms[n], _ = strconv.Atoi(s[:w])
		n++
		if s = s[w:]; !strings.HasPrefix(s, ":") {
			break
		}
		s = s[1:]
	}
	if n < 2 || hms[0] > 23 || hms[1] > 59 || hms[2] > 60 || hms == [3]int{} {
		return out
	}
	if strings.HasPrefix(s, ".") {
		s = strings.TrimLeft(s[1:], "0123456789")
	}
	zone := strings.TrimSpace(s)
	switch u := strings.ToUpper(zone); {
	case u == "Z" || u == "UTC" || u == "GMT":
		zone = "Z"
	case len(u) == 6 && (u[0] == '+' || u[0] == '-') && u[3] == ':' && Number(u[1:3]) && Number(u[4:]):
	case len(u) == 5 && (u[0] == '+' || u[0] == '-') && Number(u[1:]):
		zone = u[:3] + ":" + u[3:]
	case len(u) == 3 && (u[0] == '+' || u[0] == '-') && Number(u[1:]):
		zone = u + ":00"
	default:
		zone = ""
	}
	out.Clock = fmt.Sprintf("T%02d:%02d:%02d%s", hms[0], hms[1], hms[2], zone)
	return out
}

func Number(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Digits cuts a number of exactly n digits off the front of s.
func Digits(s string, n int) (int, string, bool) {
	if len(s) < n || !Number(s[:n]) {
		return 0, s, false
	}
	v, err := strconv.Atoi(s[:n])
	return v, s[n:], err == nil
}

// monthNames holds the names of each month in the languages of the outlets
// that recount meets most; a name may be shortened to three letters or more
// where it is listed so.
var monthNames = [12]string{
	"january jan janvier janv januar jänner enero ene gennaio gen janeiro januari januar leden ledna stycznia styczeń января янв ocak januari ianuarie január siječnja tammikuuta січня يناير جانفي ژانویه جنوری ιανουαρίου ינואר जनवरी জানুয়ারি януари јануар jaanuar gener",
	"february feb février fevrier févr fév februar febr febrero febbraio fevereiro fev februari února lutego luty февраля фев şubat februarie február veljače helmikuuta лютого فبراير شباط فيفري فوریه فروری φεβρουαρίου פברואר फ़रवरी फरवरी ফেব্রুয়ারি февруари фебруар veebruar febrer",
	"march mar mars märz mrz mär marzo março marco maart mrt března marca marzec марта мар mart maret martie március ožujka maaliskuuta березня مارس آذار مارچ μαρτίου מרץ מרס मार्च মার্চ marts märts març mac machi",
	"april apr avril avr abril abr aprile april dubna kwietnia апреля апр nisan aprilie április travnja huhtikuuta квітня أبريل ابريل إبريل نيسان أفريل آوریل اپریل απριλίου אפריל अप्रैल এপ্রিল април aprill aprili",
	"may mai mayo maggio mag maio mei maj května maja мая май mayıs mei mai május svibnja toukokuuta травня مايو أيار ماي مه مئی μαΐου μαίου מאי मई মে мај maig",
	"june jun juin juni junio giugno giu junho června czerwca июня июн haziran juni iunie június lipnja kesäkuuta червня يونيو حزيران جوان ژوئن جون ιουνίου יוני जून জুন юни јун juuni juny",
	"july jul juillet juil juli julio luglio lug julho července lipca июля июл temmuz juli iulie július srpnja heinäkuuta липня يوليو تموز جويلية ژوئیه جولائی ιουλίου יולי जुलाई জুলাই юли јул juuli juliol julai",
	"august aug août aout agosto ago augustus augusti srpna sierpnia августа авг ağustos agustus august augusztus kolovoza elokuuta серпня أغسطس آب أوت اوت اگست αυγούστου אוגוסט अगस्त আগস্ট август agost ogos agosti",
	"september sept sep septembre septiembre settembre set setembro september září września сентября сен eylül septembrie szeptember rujna syyskuuta вересня سبتمبر أيلول سپتامبر ستمبر σεπτεμβρίου ספטמבר सितंबर सितम्बर সেপ্টেম্বর септември септембар setembre septemba",
	"october oct octobre oktober okt octubre ottobre ott outubro out října października октября окт ekim octombrie október listopada lokakuuta жовтня أكتوبر اکتبر اکتوبر οκτωβρίου אוקטובר अक्टूबर अक्तूबर অক্টোবর октомври октобар oktoober oktoba",
	"november nov novembre noviembre novembro listopadu listopada ноября ноя kasım noiembrie november studenoga marraskuuta листопада نوفمبر نوامبر نومبر νοεμβρίου נובמבר नवंबर नवम्बर নভেম্বর ноември новембар novemba",
	"december dec décembre decembre déc dezember dez diciembre dic dicembre dezembro prosince grudnia декабря дек aralık desember decembrie december prosinca joulukuuta грудня ديسمبر دسامبر دسمبر δεκεμβρίου דצמבר दिसंबर दिसम्बर ডিসেম্বর декември децембар detsember desembre disember desemba",
}

// Months maps each name to its number; a name that two languages use for
// different months keeps the first.
var Months = func() map[string]int {
	m := map[string]int{}
	for i, names := range monthNames {
		for _, n := range strings.Fields(names) {
			if _, ok := m[n]; !ok {
				m[n] = i + 1
			}
		}
	}
	// In the Levant four months have names of two words.
	for n, v := range m { // often written without the sign on the first letter
		if bare := strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا").Replace(n); m[bare] == 0 {
			m[bare] = v
		}
	}
	for i, names := range thaiMonths {
		for n := range strings.SplitSeq(names, "|") {
			m[n] = i + 1
		}
	}
	m["كانون الثاني"], m["تشرين الأول"], m["تشرين الثاني"], m["كانون الأول"] = 1, 10, 11, 12
	return m
}()

// thaiMonths holds the months of Thai, whole and as they are cut short: the
// letters before and behind the full stop are two words.
var thaiMonths = [12]string{"มกราคม|ม ค", "กุมภาพันธ์|ก พ", "มีนาคม|มี ค", "เมษายน|เม ย", "พฤษภาคม|พ ค", "มิถุนายน|มิ ย",
	"กรกฎาคม|ก ค", "สิงหาคม|ส ค", "กันยายน|ก ย", "ตุลาคม|ต ค", "พฤศจิกายน|พ ย", "ธันวาคม|ธ ค"}

// LatinDigits writes the digits of other scripts as 0 to 9.
func LatinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range [...]rune{'٠', '۰', '०', '০', '๐', '０'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, s)
}

// A dateToken is a number or a word in a line that may hold a date.
type dateToken struct {
	word  string
	value int // of a number, else -1
	width int // digits
	start int // byte offset
	end   int
}

// Find returns the first date in a line of text and how many letters and
// Digits the line has.
func Find(s string) (recount.Date, int, bool) {
	s = ofEras(LatinDigits(s))
	x := FindSpan(s)
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsMark(r) || '0' <= r && r <= '9' {
			n++
		}
	}
	return x.Date, n, x.End > 0 && !x.Open
}

// FindSpan returns the first date in a line with Latin digits and where it
// stands; end is 0 if there is none.
func FindSpan(s string) Span {
	var toks []dateToken
	for i := 0; i < len(s) && len(toks) < 60; {
		r := rune(s[i])
		if r >= 0x80 {
			r = []rune(s[i:min(len(s), i+4)])[0]
		}
		j := i
		switch {
		case '0' <= r && r <= '9':
			for j < len(s) && '0' <= s[j] && s[j] <= '9' {
				j++
			}
			v := -1
			if j-i <= 8 {
				v, _ = strconv.Atoi(s[i:j])
			}
			toks = append(toks, dateToken{s[i:j], v, j - i, i, j})
		case unicode.IsLetter(r):
			j = i + strings.IndexFunc(s[i:], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
			if j < i {
				j = len(s)
			}
			t := dateToken{strings.ToLower(s[i:j]), -1, 0, i, j}
			if n := len(toks); n > 0 && Months[toks[n-1].word+" "+t.word] > 0 {
				t.word, t.start = toks[n-1].word+" "+t.word, toks[n-1].start
				toks = toks[:n-1]
			}
			toks = append(toks, t)
		default:
			j = i + len(string(r))
		}
		i = j
	}
	at := func(i int) dateToken {
		if i < len(toks) {
			return toks[i]
		}
		return dateToken{value: -1}
	}
	small := func(i int) int { // words that stand between the parts of a date
		for k := i; k < len(toks) && k < i+2; k++ {
			switch toks[k].word {
			case "de", "of", "del", "st", "nd", "rd", "th", "er", "the", "a", "den":
				continue
			}
			return k
		}
		return i
	}
	isDay := func(t dateToken) bool { return t.width > 0 && t.width <= 2 && t.value >= 1 && t.value <= 31 }
	isYear := func(t dateToken) bool { return t.width == 4 && t.value >= 1900 && t.value <= 2100 }
	month := func(t dateToken) int { return Months[t.word] }
	var coarse Span
	// A span may end in a word that belongs to the day, as in "5th".
	full := func(d recount.Date, from, to int) Span {
		return Span{Date: d, Start: toks[from].start, End: at(to).end}
	}
	// In the Levant a month is printed by both its names: "آب/أغسطس".
	second := func(i, m int) int {
		if month := Months[at(i).word]; month == m && m > 0 {
			return i + 1
		}
		return i
	}
	for i := range toks {
		t := toks[i]
		if isDay(t) {
			j := small(i + 1)
			if m := month(at(j)); m > 0 && !strings.ContainsAny(s[t.end:at(j).start], "·|•:;(") {
				if k := small(second(j+1, m)); isYear(at(k)) {
					if d, ok := Of(at(k).value, m, t.value); ok {
						return full(d, i, k)
					}
				}
			}
			// 18.3.22 and 8 February are days of a year that is not said.
			if b, c := at(i+1), at(i+2); coarse.End == 0 && b.value > 0 && b.width <= 2 && c.width == 2 && b.start == t.end+1 && c.start == b.end+1 &&
				s[t.end] == s[b.end] && strings.IndexByte("./-", s[t.end]) >= 0 {
				coarse = full(recount.Date{}, i, i+2)
				coarse.Open = true
			}
			if m := month(at(small(i + 1))); m > 0 && coarse.End == 0 && len(at(small(i+1)).word) > 2 {
				coarse = full(recount.Date{}, i, small(i+1))
				coarse.Open = true
			}
			// 14.05.2014 and 2014年5月14日 are read one way only; 14/05/2014 is if the day is over 12.
			if b, c := at(i+1), at(i+2); b.value > 0 && isYear(c) && b.start == t.end+1 && c.start == b.end+1 {
				dm, dayFirst := Of(c.value, b.value, t.value)
				md, monthFirst := Of(c.value, t.value, b.value)
				switch {
				case dayFirst && s[t.end] == '.':
					return full(dm, i, i+2)
				case dayFirst && (!monthFirst || dm == md):
					return full(dm, i, i+2)
				case monthFirst && !dayFirst:
					return full(md, i, i+2)
				case dayFirst && monthFirst && coarse.End == 0:
					coarse = full(recount.Date{}, i, i+2)
					coarse.Open, coarse.DayFirst = true, dm
				}
			}
		}
		if isYear(t) && t.value > 0 {
			b, c := at(i+1), at(i+2)
			if b.value >= 1 && isDay(c) && b.width <= 2 {
				gap := s[t.end:b.start]
				if gap == "-" || gap == "/" || gap == "." || gap == "年" || gap == "년 " {
					if d, ok := Of(t.value, b.value, c.value); ok {
						return full(d, i, i+2)
					}
				}
			}
			if (b.word == "年" || b.word == "년") && at(i+3).word != "" && isDay(at(i+4)) {
				if d, ok := Of(t.value, c.value, at(i+4).value); c.value > 0 && ok {
					return full(d, i, i+4)
				}
			}
		}
		if m := month(t); m > 0 {
			if n := at(i + 1); isDay(n) {
				if coarse.End == 0 && len(t.word) > 2 {
					coarse = full(recount.Date{}, i, i+1)
					coarse.Open = true
				}
				if k := small(i + 2); isYear(at(k)) {
					if d, ok := Of(at(k).value, m, n.value); ok {
						return full(d, i, k)
					}
				}
			}
			if k := small(second(i+1, m)); isYear(at(k)) && !coarse.Known() && len(t.word) > 2 {
				d, _ := Of(at(k).value, m, 0)
				coarse = full(d, i, k)
			}
		}
	}
	return coarse
}

// A dateCandidate is one date that a page offers.
type Candidate struct {
	Moment
	Raw    string // as given, if it could not be read
	Origin string
	Source Source
	Field  string // "published" or "modified"
	Beside string // what stands beside it and may say of which calendar it is
	Doubt  string // why it needs a look though no other origin disagrees
}

// dateSource says on whose word a date stands. Dates of one source usually
// come out of one field of a publishing system and are one voice.
type Source int

const (
	Structured Source = iota // JSON-LD, meta, attributes of time elements
	Printed                  // text that a reader sees by the title
	Located                  // the URL
	Listed                   // what a feed, list or database says of the page
	sources
)

// OfAddress adds the date in the path of an address, if there is one.
func OfAddress(list []Candidate, u string) []Candidate {
	_, path, ok := strings.Cut(u, "://")
	if !ok {
		return list
	}
	if path, _, _ = strings.Cut(path, "?"); len(path) > 1000 {
		return list
	}
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '-' || r == '_' || r == '.' })
	for i, p := range parts {
		if len(p) == 8 && Number(p) {
			if m, ok := ParseISO(p); ok && m.Year() >= 1990 && m.Year() <= 2100 {
				return append(list, Candidate{Moment: m, Origin: "url", Source: Located, Field: "published"})
			}
		}
		if len(p) != 4 || !Number(p) || i+1 >= len(parts) {
			continue
		}
		y, _ := strconv.Atoi(p)
		m, err := strconv.Atoi(parts[i+1])
		if err != nil || len(parts[i+1]) > 2 {
			m = Months[strings.ToLower(parts[i+1])]
		}
		if y < 1990 || y > 2100 || m < 1 || m > 12 {
			continue
		}
		d, _ := Of(y, m, 0)
		if i+2 < len(parts) && len(parts[i+2]) <= 2 && Number(parts[i+2]) {
			v, _ := strconv.Atoi(parts[i+2])
			if day, ok := Of(y, m, v); ok {
				d = day
			}
		}
		return append(list, Candidate{Moment: Moment{Date: d}, Origin: "url", Source: Located, Field: "published"})
	}
	return list
}

// Choose writes all candidates into a, picks the date of publication and
// flags it when two sources disagree by more than a day. No source wins
// blindly: the day that most sources support is taken, and of two that stand
// alone the one printed for readers, because a structured date may be that of
// a later migration. Dates after the capture are never taken.
func Choose(a *recount.Article, list []Candidate, captured time.Time) {
	var pub []Candidate
	seen := map[recount.Candidate]bool{}
	for _, c := range list {
		out := recount.Candidate{Field: c.Field, Value: c.String(), Origin: c.Origin}
		if c.Raw != "" {
			out.Value = c.Raw
		}
		if seen[out] {
			continue
		}
		seen[out] = true
		a.Dates = append(a.Dates, out)
		if c.Raw != "" || c.Field != "published" {
			continue
		}
		if !captured.IsZero() && c.Number() > recount.DayOf(captured.UTC()).Number()+1 {
			a.Notes = append(a.Notes, "a date after the capture was set aside: "+c.String()+" ("+c.Origin+")")
			continue
		}
		pub = append(pub, c)
	}
	if len(pub) == 0 {
		return
	}
	best, bestScore := pub[0], -1
	for _, c := range pub {
		if s := support(c, pub); s > bestScore || s == bestScore && finer(c, best) {
			best, bestScore = c, s
		}
	}
	// Of all that agree with the best day, the most exact one is kept. A time
	// with its zone may fall on the day before or after the printed one.
	for _, c := range pub {
		if best.Source != Structured && best.Day() != 0 && c.Source == Structured && c.Day() != 0 && apart(c.Date, best.Date) <= 1 || c.Date == best.Date && c.Clock != "" && best.Clock == "" {
			best = c
		}
	}
	a.Published, a.Precision = best.String(), best.Precision()
	a.DateFlag = flag(best, pub)
	if best.Doubt != "" {
		a.DateFlag = strings.TrimSuffix(best.Doubt+"; "+a.DateFlag, "; ")
	}
}

// apart returns by how many days two dates miss each other.
func apart(d, e recount.Date) int {
	return max(d.Number()-e.Last().Number(), e.Number()-d.Last().Number(), 0)
}

// support counts the sources that agree with c: 4 for the same day, 3 for a
// neighbouring day, 1 for its month or year; finer dates count more than
// coarse ones.
func support(c Candidate, all []Candidate) int {
	var by [sources]int
	for _, e := range all {
		s := 0
		switch gap := apart(c.Date, e.Date); {
		case gap > 1:
		case e.Day() == 0 || c.Day() == 0:
			s = 1
		case gap == 0:
			s = 4
		default:
			s = 3
		}
		by[e.Source] = max(by[e.Source], s)
	}
	total := 0
	for _, s := range by {
		total += s
	}
	if c.Day() == 0 {
		total -= 4
	}
	return total
}

// finer reports whether c is to be preferred to d at equal support.
func finer(c, d Candidate) bool {
	rank := [sources]int{Structured: 1, Printed: 0, Located: 2, Listed: 3}
	if rank[c.Source] != rank[d.Source] {
		return rank[c.Source] < rank[d.Source]
	}
	return c.Clock != "" && d.Clock == "" && c.Date == d.Date
}

// flag says which dates are more than a day away from the one that was taken.
func flag(best Candidate, all []Candidate) string {
	var other []Candidate
	for _, c := range all {
		if apart(c.Date, best.Date) > 1 {
			other = append(other, c)
		}
	}
	if len(other) == 0 {
		return ""
	}
	slices.SortStableFunc(other, func(a, b Candidate) int { return cmp.Compare(a.Source, b.Source) })
	text := "origins disagree: " + best.Date.String() + " (" + best.Origin + ")"
	said := map[string]bool{}
	for _, c := range other {
		s := c.Date.String() + " (" + c.Origin + ")"
		if !said[s] && len(said) < 4 {
			text += ", " + s
		}
		said[s] = true
	}
	return text
}

// A Span is a day in a line: where it stands, and whether it is said to be that
// of publication, of a later change, or of something else ("").
type Span struct {
	recount.Date
	Start, End int
	Field      string
	Said       bool         // a word before it says so
	Open       bool         // two readers read it differently: no day is known
	DayFirst   recount.Date // the day of an open one for readers who write the day first, if it is one
}

// yearFirst lists languages in which figures of a day begin with the year, or
// in which readers of several countries differ.
var yearFirst = []string{"", "en", "hu", "lt", "zh", "ja", "ko", "fa", "eu", "mn", "ckb", "ps"}

// dayFirst lists the countries of English that write the day first. A page
// that says "en-US" may be any: systems write that unless they are told.
var dayFirst = []string{"gb", "uk", "ie", "au", "nz", "za", "in", "ke", "ng", "gh", "ug", "tz", "sg", "my", "pk", "bd", "lk", "mt", "cy", "jm", "tt"}

// WritesDayFirst reports whether readers of a language ("fr", "en-GB") read
// 04/03/2013 as the fourth of March.
func WritesDayFirst(language string) bool {
	base, region, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(language), "_", "-"), "-")
	if base == "en" {
		return slices.Contains(dayFirst, region)
	}
	return !slices.Contains(yearFirst, base) && region != "us" && region != "ca"
}
