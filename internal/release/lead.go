package release

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"recount/internal/pattern"
)

// This file finds what leads to a page without its address: the outlet beside the day
// or the month, which a search engine or an archive turns into a page.
//
// Method: names of outlets, of their sites and their initials are looked for in a text
// and in what stands beside it, and days and months however they are written. If they
// meet a page on which somebody who may not be shown speaks, and fewer pages of that
// outlet and time are in the study than the rule asks for, the text is refused; and a
// whole day alone if the text speaks of what was printed or said.
//
// Times that are no days and no months are those of period.go. A quarter is the widest
// level at which days are published, and leads nowhere; a season is not one: set beside
// the quarters of a table it tells the month.

//go:embed months.txt
var monthData string

// months are the names of months, by what a text may call them.
var months = sync.OnceValue(func() map[string]int { return readNumbered(monthData) })

// readNumbered reads words that stand for a number, a number a line, by their bare
// letters.
func readNumbered(data string) map[string]int {
	out := map[string]int{}
	for line := range strings.Lines(data) {
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		n, err := strconv.Atoi(words[0])
		if err != nil {
			continue // a note
		}
		for _, w := range words[1:] {
			out[strings.Join(plain(w), "")] = n
		}
	}
	return out
}

// IsMonth reports whether a word is the name of a month.
func IsMonth(word string) bool { return months()[strings.Join(plain(word), "")] > 0 }

// A LeadPage is a page to which a text may lead.
type LeadPage struct {
	Outlet, Site string
	Day          string   // YYYY-MM-DD, or YYYY-MM
	Protected    bool     // somebody speaks there who may not be shown
	By           []string // who wrote it, asked, or took the pictures
}

// Leads find what leads to pages.
type Leads struct {
	rule    Rule
	outlets []outletName
	pages   map[string][]LeadPage // by outlet
	makers  [][]string            // names of those few of whose pages are in the study, and one leads to somebody
	others  [][]string            // names of those who speak in few stories, and in one beside somebody who may not be shown
	bodies  [][]string            // names of places and bodies that one such story alone prints
	known   map[string]bool       // words that may stand anywhere
}

// madeBy is how a page says who asked, wrote or took pictures.
var madeBy = pattern.New(`(?i:\b(?:interview(?:ed)?|photo(?:graph)?s?|pictures?|recorded|text|words|story|report(?:ed|ing)?|written|filmed|translated|edited|produced|foto|texte|entretien|propos recueillis)(?: and (?:photo(?:graph)?s?|pictures?|text|words))?(?: by|:| von| par| de| por)) ((?:\p{Lu}(?:\.|[\p{L}'’-]+) ){1,2}\p{Lu}[\p{L}'’-]+)`)

// MadeBy lists who a page says asked, wrote or took pictures.
func MadeBy(text string) (out []string) {
	for _, at := range madeBy.FindAllStringSubmatch(text, -1) {
		out = append(out, at[1])
	}
	return out
}

// ofDesk are words of a byline that is nobody's name.
var ofDesk = strings.Fields("staff desk agency newsroom editor editors editorial correspondent reporter reporters team news press wire from our the by")

type outletName struct {
	words  []string
	outlet string
	large  bool // a word of its own, which is an outlet only where it is written large
	the    bool // and behind "the"
	signs  bool // initials, which are an outlet only where all are written large
}

// A partDate is a day or a month as a text has it; 0 is what it does not say.
type partDate struct{ year, month, day int }

func (d partDate) fits(day string) bool {
	at := isoDay.FindStringSubmatch(day)
	if at == nil {
		return false
	}
	y, m, n := worth(at[1]), worth(at[2]), worth(at[3])
	return (d.year == 0 || d.year == y) && d.month == m && (d.day == 0 || n < 0 || d.day == n)
}

// isoDay is a day, or a month of which no day is known.
var isoDay = pattern.New(`^(\d{4})-(\d{2})(?:-(\d{2}))?`)

// NewLeads prepares the search. Pages of which no day is known lead nowhere.
func NewLeads(rule Rule, pages []LeadPage) *Leads {
	l := &Leads{rule: rule, pages: map[string][]LeadPage{}, known: map[string]bool{}}
	seen := map[string]bool{}
	put := func(outlet string, words []string, large, the, signs bool) {
		key := outlet + "\x00" + strings.Join(words, " ")
		if len(words) > 0 && len([]rune(strings.Join(words, ""))) > 1 && !seen[key] {
			seen[key] = true
			l.outlets = append(l.outlets, outletName{words, outlet, large, the, signs})
		}
	}
	l.noteMakers(pages)
	for _, p := range pages {
		if !isoDay.MatchString(p.Day) {
			continue
		}
		l.pages[p.Outlet] = append(l.pages[p.Outlet], p)
		words := plain(p.Outlet)
		if len(words) > 1 && (words[0] == "the" || words[0] == "le" || words[0] == "la" || words[0] == "el" || words[0] == "der" || words[0] == "die") {
			words = words[1:]
		}
		put(p.Outlet, words, len(words) == 1, false, false)
		if len(words) > 1 {
			initials := ""
			for _, w := range plain(p.Outlet) {
				initials += string([]rune(w)[:1])
			}
			put(p.Outlet, []string{initials}, true, false, true)
			put(p.Outlet, words[len(words)-1:], true, true, false) // "the Courier"
		}
		if site := strings.TrimPrefix(strings.ToLower(p.Site), "www."); site != "" {
			put(p.Outlet, plain(site), false, false, false)
			name, _, _ := strings.Cut(site, ".")
			// A site that is a word of the name is the word: observer.karsova.example.
			own := len(plain(name)) == 1 && slices.Contains(plain(p.Outlet), plain(name)[0])
			put(p.Outlet, plain(name), own, own, false)
		}
	}
	return l
}

// noteMakers lists whose name beside a page of somebody who may not be shown leads there.
func (l *Leads) noteMakers(pages []LeadPage) {
	n, protected := map[string]int{}, map[string]bool{}
	for _, p := range pages {
		seen := map[string]bool{}
		for _, by := range p.By {
			words := slices.DeleteFunc(plain(by), func(w string) bool { return slices.Contains(ofDesk[len(ofDesk)-2:], w) })
			key := strings.Join(words, " ")
			if len(words) < 2 || len(words) > 4 || seen[key] || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(ofDesk, w) }) || key == strings.Join(plain(p.Outlet), " ") {
				continue
			}
			seen[key] = true
			n[key]++
			protected[key] = protected[key] || p.Protected
		}
	}
	for _, key := range slices.Sorted(maps.Keys(n)) {
		if protected[key] && n[key] < l.rule.Small {
			l.makers = append(l.makers, strings.Fields(key))
		}
	}
}

// Besides notes the names of those who speak on a page beside somebody who may not be
// shown, and in few stories.
func (l *Leads) Besides(names ...string) {
	for _, n := range names {
		if words := plain(n); len(words) > 0 && IsName(n) {
			l.others = append(l.others, words)
		}
	}
}

// OnlyThere notes names of places and bodies that one story alone prints, and somebody
// who may not be shown speaks there.
func (l *Leads) OnlyThere(names ...string) {
	for _, n := range names {
		words := plain(n)
		if len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return !l.known[w] && !small()[w] && months()[w] == 0 }) {
			l.bodies = append(l.bodies, words)
		}
	}
}

// capitalRun is a name of several words.
var capitalRun = pattern.New(`\p{Lu}[\p{L}'’-]*\p{Ll}(?: (?:(?:of|the|for|and|de|du|la) ){0,2}\p{Lu}[\p{L}'’-]*\p{L})+`)

// ProperNames lists the names of several words in a text, without a word that only begins
// a sentence.
func ProperNames(text string) (out []string) {
	for _, run := range capitalRun.FindAllString(text, -1) {
		words := strings.Fields(run)
		for len(words) > 0 && (small()[strings.ToLower(words[0])] || in(strings.Fields("of the for and de du la"), words[0])) {
			words = words[1:]
		}
		if len(words) > 1 {
			out = append(out, strings.Join(words, " "))
		}
	}
	return out
}

// MayName notes names and places that may stand anywhere: a part of another name that is
// one of them leads nowhere.
func (l *Leads) MayName(names ...string) {
	for _, n := range names {
		for _, w := range plain(n) {
			l.known[w] = true
		}
	}
}

// besides reports whether a text names somebody who speaks beside somebody who may not be
// shown: by the whole name, or by a part that is written large.
func (l *Leads) besides(text string) bool {
	if len(l.others)+len(l.bodies) == 0 {
		return false
	}
	text = possessive.ReplaceAllString(text, " ")
	words, large := plain(text), sync.OnceValue(func() map[string]bool { return largeIn(text) })
	for _, name := range l.bodies {
		for i := range words {
			if i+len(name) > len(words) || !slices.Equal(words[i:i+len(name)], name) {
				continue
			}
			if _, ok := large()[name[0]]; ok {
				return true
			}
		}
	}
	for _, name := range l.others {
		for i, w := range words {
			if len(name) > 1 && i+len(name) <= len(words) && slices.Equal(words[i:i+len(name)], name) {
				return true
			}
			if len([]rune(w)) < letAlone || !slices.Contains(name, w) || l.known[w] || small()[w] || titles()[w] || months()[w] > 0 || tradeLists()["trades"][w] {
				continue
			}
			if _, ok := large()[w]; ok {
				return true
			}
		}
	}
	return false
}

// made reports whether a text names somebody who made a page on which somebody speaks who
// may not be shown: by the whole name, by the last one beside a first letter, or beside
// what who makes pages does.
func (l *Leads) made(text string) bool {
	if len(l.makers) == 0 {
		return false
	}
	text = possessive.ReplaceAllString(text, " ")
	words, large := plain(text), sync.OnceValue(func() map[string]bool { return largeIn(text) })
	for _, m := range l.makers {
		last := m[len(m)-1]
		for i, w := range words {
			switch {
			case w != last || i == 0 && len(words) == 1:
			case i > 0 && (words[i-1] == m[0] || len(words[i-1]) == 1 && strings.HasPrefix(m[0], words[i-1]) || len(m) > 2 && words[i-1] == m[len(m)-2]):
				return true
			case i+1 < len(words) && words[i+1] == m[0]: // "Ambry, Lotte"
				return true
			case len(last) >= 4 && makes.MatchString(text):
				if _, ok := large()[w]; ok {
					return true
				}
			}
		}
	}
	return false
}

// largeIn lists the words of a text that begin with a capital, by their bare letters, and
// of each whether all of it, where it stands last, is capitals.
func largeIn(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range spokenWord.FindAllString(plainCase(text), -1) {
		if unicode.IsUpper([]rune(w)[0]) {
			out[strings.Join(plain(w), "")] = strings.ToUpper(w) == w
		}
	}
	return out
}

var (
	makes = pattern.New(`(?i)\b(?:wrote|written|writes|record(?:ed|ing|s)?|interview(?:s|ed|er)?|photograph(?:s|ed|er)?|pictures?|byline|article|journalist|reporter|report(?:s|ed)?|filmed|asked|story|stories|piece|page|essay|feature|met|spoke (?:to|with)|talked (?:to|with))\b`)
	// issues are numbers of what an outlet prints.
	issues = pattern.New(`\b(?:issues?|volumes?|vol|numbers?|no|nr|num|heft|nummer|numero|editions?|pages?|pp?) ?(?:\.|#|:|no\.?|number)? ?(?:\d+|[ivxlc]+\b|` + spelt + `)|\b(?:\d+(?:st|nd|rd|th)|\d+\.|(?:twenty|thirty|forty)?[ -]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth)) (?:issue|volume|number|edition)\b|#\d+`)
)

// In says to what a text leads, with what stands beside it: "" if to nothing.
func (l *Leads) In(text string, x Around) string {
	if len(l.pages) == 0 {
		return ""
	}
	if l.made(text) {
		return "names somebody who wrote, recorded or photographed a page on which somebody speaks who may not be shown: a search leads there"
	}
	if l.besides(text) {
		return "names who or what stands on a page on which somebody speaks who may not be shown, and in few others: a search leads there"
	}
	days, periods := daysIn(text), periodsIn(text)
	names := l.named(text)
	if len(names) > 0 && issues.MatchString(strings.ToLower(Bare(text))) {
		for _, outlet := range names {
			if slices.ContainsFunc(l.pages[outlet], func(p LeadPage) bool { return p.Protected }) {
				return "names an outlet beside the number of an issue or a page, and somebody speaks there who may not be shown: an archive leads there"
			}
		}
	}
	if len(days) > 0 {
		if why := l.alone(text, days); why != "" {
			return why
		}
	}
	if len(days) == 0 && len(periods) == 0 && len(names) == 0 {
		return ""
	}
	beside := slices.Concat(x.Row, x.Head)
	if len(x.Before) > 0 {
		beside = append(beside, x.Before[len(x.Before)-1])
	}
	around := strings.Join(beside, "\n")
	days, periods, names = append(days, daysIn(around)...), append(periods, periodsIn(around)...), append(names, l.named(around)...)
	for _, outlet := range names {
		for _, d := range days {
			n, protected := l.printed(outlet, d.fits)
			if protected && (n < l.rule.Small || d.day > 0) {
				return "names an outlet beside a day or a month in which it printed a page on which somebody speaks who may not be shown: a search leads there"
			}
		}
		for _, when := range periods {
			n, protected := l.printed(outlet, func(day string) bool {
				first, last, ok := daysOf(day)
				return ok && when.fits(first, last)
			})
			if protected && (n < l.rule.Small || when.exact) {
				return "names an outlet beside a week, a season, a feast or a day that something else gives, when it printed a page on which somebody speaks who may not be shown: a search leads there"
			}
		}
	}
	return ""
}

// printed counts the pages of an outlet on days that fit, and says whether somebody who
// may not be shown speaks on one of them.
func (l *Leads) printed(outlet string, fits func(day string) bool) (n int, protected bool) {
	for _, p := range l.pages[outlet] {
		if fits(p.Day) {
			n++
			protected = protected || p.Protected
		}
	}
	return n, protected
}

var (
	published = pattern.New(`(?i)\b(?:publish|print|appear|report|account|interview|article|page|story|newspaper|paper|outlet|quoted|spoke|said|told|statement|first person|came home|left|defect|fled|archive|cop(?:y|ies)\b|captur|snapshot|screenshot|recording|photo|picture|img|image|file|(?:time)?stamp|unix|epoch|web\b)`)
	between   = pattern.New(`(?i)\b(?:between|from|until|to|since|through)\b|[–—]`)
)

// alone finds a whole day by itself, in a text about what was printed or said.
func (l *Leads) alone(text string, days []partDate) string {
	if !published.MatchString(text) || len(days) > 1 && between.MatchString(text) {
		return ""
	}
	for _, d := range days {
		if d.day == 0 || d.year == 0 {
			continue
		}
		for _, pages := range l.pages {
			if slices.ContainsFunc(pages, func(p LeadPage) bool { return p.Protected && d.fits(p.Day) }) {
				return "names the day of a page on which somebody speaks who may not be shown"
			}
		}
	}
	return ""
}

// media are words for what an outlet is. Of radio and television the name says it.
var (
	media = strings.Fields("paper papers newspaper newspapers weekly daily monthly journal magazine gazette tabloid broadsheet outlet station broadcaster broadcast programme program bulletin podcast website site portal agency newsroom correspondent reporter editor columnist")
	onAir = map[string]string{"radio": "radio", "broadcast": "radio", "programme": "radio", "bulletin": "radio", "station": "radio", "television": "television", "tv": "tv", "agency": "agency", "wire": "agency", "newswire": "agency"}
)

// byWhatItIs reports whether a text says which outlet it means by a word of its name
// beside a word for what it is: "the Orlund weekly", "the paper of Lowmoor", "the radio".
func byWhatItIs(words []string, outlet string) bool {
	if !slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(media, w) || slices.Contains(media, strings.TrimSuffix(w, "s")) || onAir[w] != "" || onAir[strings.TrimSuffix(w, "s")] != ""
	}) {
		return false
	}
	for _, part := range plain(outlet) {
		for _, w := range words {
			switch {
			case onAir[w] == part || onAir[strings.TrimSuffix(w, "s")] == part:
				return true
			case len([]rune(part)) < letAlone || slices.Contains(media, part) || slices.Contains(ofMedia, part):
			case ending(w, part):
				return true
			}
		}
	}
	return false
}

// ofMedia are words in the names of outlets that say of none which it is.
var ofMedia = strings.Fields("news press post times today herald courier tribune observer mirror review morning evening sunday national daily weekly world star standard independent express mail online the of radio television")

// named lists the outlets that a text names.
func (l *Leads) named(text string) (out []string) {
	text = possessive.ReplaceAllString(text, " ")
	words, capitals := plain(text), sync.OnceValue(func() map[string]bool { return largeIn(text) })
	for _, n := range l.outlets {
		if slices.Contains(out, n.outlet) {
			continue
		}
		if byWhatItIs(words, n.outlet) {
			out = append(out, n.outlet)
			continue
		}
		if len(n.words) > 1 && !slices.Contains(out, n.outlet) && !slices.ContainsFunc(n.words, func(w string) bool { return !slices.Contains(words, w) }) {
			out = append(out, n.outlet) // "the Tribune of Veldmark"
			continue
		}
		for i := 0; i+len(n.words) <= len(words); i++ {
			if !slices.Equal(words[i:i+len(n.words)], n.words) {
				continue
			}
			if n.large {
				all, large := capitals()[n.words[0]]
				if n.signs && !all {
					continue
				}
				behind := i > 0 && words[i-1] == "the"
				if n.the && !(behind && large) || !large && !behind {
					continue
				}
			}
			if !slices.Contains(out, n.outlet) {
				out = append(out, n.outlet)
			}
			break
		}
	}
	return out
}

var (
	dashedDay = pattern.New(`\b((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\b`)
	dottedDay = pattern.New(`\b(\d{1,2})[./-] ?(\d{1,2})[./-] ?((?:19|20)?\d\d)\b`)
	monthYear = pattern.New(`\b(\d{1,2})[./]((?:19|20)\d\d)\b`)
	together8 = pattern.New(`(?:^|[^\d])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:$|[^\d]|\d{6}(?:$|[^\d]))`)
	dayOfYear = pattern.New(`(?:^|[^\d-])((?:19|20)\d\d)-(\d{3})(?:$|[^\d-])`)
	unixTime  = pattern.New(`(?:^|[^\d])(1[0-9]\d{8})(?:\d{3})?(?:$|[^\d])`)
	ordinal   = pattern.New(`^(\d{1,2})(?:st|nd|rd|th|er|e|o|a)?$`)
)

// ordinals are days in words.
var ordinals = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	first := strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
	for i, w := range first {
		out[w] = i + 1
	}
	for i, w := range first[:9] {
		out["twenty"+w] = 21 + i
	}
	out["thirtieth"], out["thirtyfirst"] = 30, 31
	return out
})

// daysIn lists the days and months of a text, however they are written.
func daysIn(text string) (out []partDate) {
	bare := strings.ToLower(Bare(text))
	put := func(d partDate) {
		if d.month >= 1 && d.month <= 12 && d.day >= 0 && d.day <= 31 && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	atoi := func(s string) int { n, _ := strconv.Atoi(s); return n }
	for _, at := range dashedDay.FindAllStringSubmatch(bare, -1) {
		put(partDate{atoi(at[1]), atoi(at[2]), atoi(at[3])})
	}
	for _, at := range dottedDay.FindAllStringSubmatch(bare, -1) {
		y := atoi(at[3])
		if y < 100 {
			y += 2000
		}
		put(partDate{y, atoi(at[2]), atoi(at[1])})
		put(partDate{y, atoi(at[1]), atoi(at[2])})
	}
	for _, at := range monthYear.FindAllStringSubmatch(bare, -1) {
		put(partDate{atoi(at[2]), atoi(at[1]), 0})
	}
	for _, at := range together8.FindAllStringSubmatch(bare, -1) {
		put(partDate{atoi(at[1]), atoi(at[2]), atoi(at[3])})
	}
	for _, at := range dayOfYear.FindAllStringSubmatch(bare, -1) {
		if n := atoi(at[2]); n >= 1 && n <= 366 {
			day := time.Date(atoi(at[1]), 1, n, 0, 0, 0, 0, time.UTC)
			put(partDate{day.Year(), int(day.Month()), day.Day()})
		}
	}
	for _, at := range unixTime.FindAllStringSubmatch(bare, -1) {
		day := time.Unix(int64(atoi(at[1])), 0).UTC()
		put(partDate{day.Year(), int(day.Month()), day.Day()})
	}
	w := speak(text)
	dayAt := func(i int) int {
		if i < 0 || i >= len(w) {
			return 0
		}
		if at := ordinal.FindStringSubmatch(w[i].word); at != nil {
			return atoi(at[1])
		}
		if i > 0 && ordinals()[w[i-1].word+w[i].word] > 0 {
			return ordinals()[w[i-1].word+w[i].word]
		}
		if n := ordinals()[w[i].word]; n > 0 {
			return n
		}
		if n, ok := numberWords[w[i].word]; ok && n <= 31 && w[i].word != "one" && !slices.Contains(onlyOfPeople, w[i].word) {
			return n
		}
		return 0
	}
	yearAt := func(i int) int {
		for j := i; j < len(w) && j <= i+2; j++ {
			if n := atoi(w[j].word); n >= 1900 && n < 2100 {
				return n
			} else if len(w[j].word) > 2 && !numeral.MatchString(w[j].word) && w[j].word != "the" {
				break
			}
		}
		if i < len(w) && len(w[i].word) == 2 && numeral.MatchString(w[i].word) && strings.ContainsAny(w[i].gap, "'’") {
			return 2000 + atoi(w[i].word)
		}
		return 0
	}
	for i := range w {
		m := months()[w[i].word]
		if m == 0 {
			continue
		}
		before := i - 1
		for before >= 0 && (w[before].word == "of" || w[before].word == "de" || w[before].word == "the") {
			before--
		}
		d := partDate{month: m, day: dayAt(before)}
		after := i + 1
		if d.day == 0 {
			j := after
			if j < len(w) && w[j].word == "the" {
				j++
			}
			if n := dayAt(j); n > 0 && n <= 31 && len(w[j].word) <= 11 && !(n < 13 && yearAt(j) == 0 && w[i].word == "may" && len(w[j].word) > 2) {
				d.day, after = n, j+1
			}
		}
		d.year = yearAt(after)
		// Words that are months only beside a day, a year or a preposition.
		if slices.Contains([]string{"may", "march", "mar", "mai", "sep", "dec", "jan", "jun", "mayo", "set"}, w[i].word) && d.day == 0 && d.year == 0 && !(i > 0 && (in(beforeMonth, w[i-1].word) || w[i-1].word == "of")) {
			continue
		}
		put(d)
	}
	return out
}
