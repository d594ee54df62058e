// Package prose writes numbers, dates and the nouns of a study as a report
// prints them: "4 of 29 (13.8%)", "14 May 2014", "people without a name".
//
// It works in whole numbers and in one language, English, so that the same
// result gives the same letters everywhere.
package prose

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/count"
	"recount/internal/pattern"
)

// Percent writes k of n with one decimal.
func Percent(k, n int) string { return count.Percent(k, n) }

// KOfN writes a result without its range: "4 of 29 (13.8%)" or "29".
func KOfN(r recount.Result) string {
	if r.Ratio != nil {
		return count.RatioText(r.Ratio)
	}
	if r.Of > 0 {
		return fmt.Sprintf("%d of %d (%s)", r.N, r.Of, Percent(r.N, r.Of))
	}
	if r.Kind == "share" {
		return fmt.Sprintf("%d of 0", r.N)
	}
	return strconv.Itoa(r.N)
}

// Range writes the range of a result without its label, or "" if no open
// question moves it. A bound that is only proven says so.
func Range(r recount.Result) string {
	n, of, s := r.Range, r.OfRange, r.ShareRange
	if v := r.Ratio; v != nil {
		return ratioRange(v)
	}
	if n == (recount.IntRange{}) && of == (recount.IntRange{}) && s == (recount.ShareRange{}) {
		return "" // nothing was worked out, because nothing is decided
	}
	var parts []string
	if n.Low != n.High {
		parts = append(parts, bounds(strconv.Itoa(n.Low), strconv.Itoa(n.High), n.Exact))
	}
	if r.Of > 0 && (s.LowOf > 0 || s.HighOf > 0) {
		if low, high := Percent(s.LowN, s.LowOf), Percent(s.HighN, s.HighOf); low != high {
			parts = append(parts, bounds(low, high, s.Exact))
		} else if n.Low == n.High && of.Low != of.High {
			parts = append(parts, "the whole "+bounds(strconv.Itoa(of.Low), strconv.Itoa(of.High), of.Exact))
		}
	}
	return strings.Join(parts, ", ")
}

// RowRange writes the range of a row of a table, or "" if neither its number nor
// its share can move: how far the whole moves stands over the rows.
func RowRange(r recount.Result) string {
	s := r.ShareRange
	if r.Ratio == nil && r.Range.Low == r.Range.High && (r.Of == 0 || s.LowOf == 0 && s.HighOf == 0 || Percent(s.LowN, s.LowOf) == Percent(s.HighN, s.HighOf)) {
		return ""
	}
	return Range(r)
}

// ratioRange writes the range of a ratio, or "".
func ratioRange(v *recount.Ratio) string {
	end := func(n, than int) string {
		if than == 0 {
			return "no bound"
		}
		return count.RatioText(&recount.Ratio{N: n, Units: v.Units, Than: than, ThanUnits: v.ThanUnits})
	}
	if v.Range == (recount.ShareRange{}) {
		return ""
	}
	low, high := end(v.Range.LowN, v.Range.LowOf), end(v.Range.HighN, v.Range.HighOf)
	if low == high {
		return ""
	}
	return bounds(low, high, v.Range.Exact)
}

// Ratio writes what a ratio compares: "17 in 8 months against 12 in 12 months".
func Ratio(v *recount.Ratio) string {
	return fmt.Sprintf("%d in %s against %d in %s", v.N, Period(v.Units, v.Unit), v.Than, Period(v.ThanUnits, v.Unit))
}

func bounds(low, high string, exact bool) string {
	if exact {
		return low + " to " + high
	}
	return "at least " + low + ", at most " + high + ", not exact"
}

// Interval writes an interval under its name, or "": "95% Wilson 5.6% to 16.2%".
func Interval(r recount.Result) string { return interval(r, " ") }

// IntervalSaid writes an interval in a sentence, or "": "95% Wilson interval 5.6%
// to 16.2%".
func IntervalSaid(r recount.Result) string { return interval(r, " interval ") }

func interval(r recount.Result, between string) string {
	if r.Interval == nil {
		return ""
	}
	low, high, format := r.Interval.Low, r.Interval.High, "%.2f"
	if r.Ratio == nil && !strings.Contains(r.Interval.Method, "Poisson") {
		low, high, format = 100*low, 100*high, "%.1f%%"
	}
	return r.Interval.Method + between + finite(low, format) + " to " + finite(high, format)
}

// Lines writes results for a terminal, one a line, in the form
//
//	label   k of n (share)   range low to high, 2 open questions
//
// in columns. Rows of a table or trend stand under its label, moved in.
func Lines(results []recount.Result) string {
	type line struct{ label, number, rest string }
	var lines []line
	var put func(r recount.Result, depth int)
	put = func(r recount.Result, depth int) {
		l := line{label: strings.Repeat("  ", depth) + OneLine(Label(r))}
		l.number = KOfN(r)
		var rest []string
		if r.Ratio != nil {
			rest = append(rest, "times as many: "+Ratio(r.Ratio))
		}
		moves := Range(r)
		if depth > 0 {
			moves = RowRange(r)
		}
		if s := moves; s != "" {
			if n := len(r.Questions); n > 0 {
				s += ", " + Plural(n, "open question", "open questions")
			}
			rest = append(rest, "range "+s)
		}
		if s := Interval(r); s != "" {
			rest = append(rest, "interval "+s)
		}
		if r.Machine > 0 {
			rest = append(rest, fmt.Sprintf("machine-read, not yet looked at: %d", r.Machine))
		}
		if r.Note != "" {
			rest = append(rest, OneLine(r.Note))
		}
		l.rest = strings.Join(rest, "; ")
		lines = append(lines, l)
		for _, row := range r.Rows {
			put(row, depth+1)
		}
	}
	for _, r := range results {
		put(r, 0)
	}
	const widest = 60 // a longer label pushes its own line only
	wide, number := 0, 0
	for _, l := range lines {
		if n := utf8.RuneCountInString(l.label); n <= widest {
			wide = max(wide, n)
		}
		number = max(number, utf8.RuneCountInString(l.number))
	}
	var b strings.Builder
	for _, l := range lines {
		s := pad(l.label, wide) + "  " + pad(l.number, number)
		if l.rest != "" {
			s += "  " + l.rest
		}
		b.WriteString(strings.TrimRight(s, " ") + "\n")
	}
	return b.String()
}

func pad(s string, n int) string {
	if k := n - utf8.RuneCountInString(s); k > 0 {
		return s + strings.Repeat(" ", k)
	}
	return s
}

// OneLine keeps text from the news from moving the cursor of a terminal: it
// takes out line ends and control characters.
func OneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < 0x20 || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)), " ")
}

func Label(r recount.Result) string {
	if r.Label != "" {
		return r.Label
	}
	return r.Name
}

func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Grouped(n) + " " + many
}

// Grouped writes n with a comma before each three digits.
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func Title(a *recount.Article) string {
	if t := OneLine(a.Title); t != "" {
		return t
	}
	return OneLine(a.Page())
}

// Date writes the date of an article as exactly as it is known: "14 May
// 2014", "May 2014", or "no date".
func Date(a *recount.Article) string { return Day(a.Published) }

var isoDate = pattern.New(`\b(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?\b`)

// Dates writes the dates inside a text as days: "2014-05-14T09:30:00Z" becomes
// "14 May 2014, 09:30", the clock of the place that the page states.
func Dates(s string) string {
	return isoDate.ReplaceAllStringFunc(s, func(iso string) string {
		m := isoDate.FindStringSubmatch(iso)
		if m[2] == "" || m[2] == "00:00" {
			return Day(m[1])
		}
		return Day(m[1]) + ", " + m[2]
	})
}

var isoMonth = pattern.New(`\b(?:19|20)\d{2}-(?:0[1-9]|1[0-2])\b`)

// Periods writes the dates and months inside a sentence of the program in words:
// "from 2014-01 to 2015-08" becomes "from January 2014 to August 2015". In words of
// others "2011-12" may be a season, so there only Dates are written.
func Periods(s string) string { return isoMonth.ReplaceAllStringFunc(Dates(s), Day) }

func Day(iso string) string {
	months := [...]string{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"}
	if iso == "" {
		return "no date"
	}
	d := recount.DateOf(iso)
	year := d.String()[:min(4, len(d.String()))]
	switch d.Precision() {
	case recount.ToDay:
		return strconv.Itoa(d.Day()) + " " + months[d.Month()-1] + " " + year
	case recount.ToMonth:
		return months[d.Month()-1] + " " + year
	}
	return iso
}

var (
	commanded = pattern.New("(?: with|:) `?recount [a-z]+[^;.,)]*$| \\((?:see )?`?recount [^)]*\\)")
	named     = pattern.New("`recount | --[a-z]|\\brecount (?:add|aside|attach|code|count|date|decisions|export|extract|figures|help|import|link|open|page|people|read|recheck|relate|report|reprint|run|sample|scope|speaker|type|versions)\\b")
)

// PersonName is the name of a person as a report sets it: one that its page prints in
// capitals throughout, as headings of interviews do, gets small letters. Initials, and
// a name with a small letter anywhere, stay as they are.
func PersonName(name string) string {
	long := 0
	for _, part := range nameParts(name) {
		letters := 0
		for _, r := range part {
			if unicode.IsLower(r) {
				return name
			}
			if unicode.IsUpper(r) {
				letters++
			}
		}
		long = max(long, letters)
	}
	if long < 3 {
		return name // "J. R.", "Li"
	}
	var b strings.Builder
	for i, part := range nameParts(name) {
		runes := []rune(strings.ToLower(part))
		dots := strings.Contains(part, ".")
		switch {
		case dots && len(runes) <= 4: // "J.", "J.R."
			b.WriteString(part)
			continue
		case i > 0 && slices.Contains(particles, string(runes)):
		case len(runes) > 0:
			runes[0] = unicode.ToUpper(runes[0])
			if len(runes) > 3 && runes[0] == 'M' && runes[1] == 'c' {
				runes[2] = unicode.ToUpper(runes[2])
			}
		}
		b.WriteString(string(runes))
	}
	return b.String()
}

// particles stand small inside a name.
var particles = []string{"de", "del", "der", "den", "di", "du", "la", "van", "von", "bin", "ibn", "al", "y", "e"}

// nameParts cuts a name before and after blanks, hyphens and apostrophes, which are
// parts too.
func nameParts(s string) (out []string) {
	from := 0
	for i, r := range s {
		if unicode.IsSpace(r) || strings.ContainsRune("-’'‑", r) {
			out = append(out, s[from:i], string(r))
			from = i + utf8.RuneLen(r)
		}
	}
	return append(out, s[from:])
}

// Advice is a hint without the commands in it, for a page: what somebody reads
// there may be typed nowhere. A part that is nothing but a command is left out.
func Advice(hint string) string {
	var parts []string
	for _, part := range strings.Split(hint, "; ") {
		part = strings.TrimSpace(strings.TrimRight(commanded.ReplaceAllString(" "+part, ""), " :,"))
		if part != "" && !named.MatchString(part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

func Role(r recount.Role) string {
	switch r {
	case recount.Body, "":
		return ""
	case recount.PullQuote:
		return "pull quote"
	case recount.Related:
		return "link to another story"
	case recount.Comment:
		return "reader's comment"
	case recount.OffTopic:
		return "another story, set aside"
	case recount.Fragment:
		return "fragment of the page"
	}
	return string(r)
}

// Kind names kinds of speakers in the plural.
func Kind(k recount.SpeakerKind) string {
	switch k {
	case recount.Named:
		return "named people"
	case recount.Pseudonym:
		return "people under another name"
	case recount.Anonymous:
		return "people without a name"
	case recount.Collective:
		return "groups"
	case recount.Document:
		return "documents"
	case recount.Organisation:
		return "organisations"
	case recount.Unspecified:
		return "unspecified voices"
	}
	return string(k)
}

// Qualifier says how a reported figure is meant: "at least, count".
func Qualifier(f recount.ReportedFigure) string {
	q := strings.ReplaceAll(string(f.Qualifier), "_", " ")
	if q == "" || f.Qualifier == recount.Exact {
		return string(f.Kind)
	}
	return q + ", " + string(f.Kind)
}

// Value writes the value of a reported figure or its bounds, without how
// exactly it is meant: "40", "60%", "24 to 99", or "" where it is vague.
func Value(f recount.ReportedFigure) string {
	num := func(d *recount.Decimal) string {
		if f.Kind == recount.ShareFigure || f.Kind == recount.ChangeFigure {
			return decimal(recount.Decimal{Digits: d.Digits * 100, Places: d.Places}) + "%"
		}
		return decimal(*d)
	}
	switch {
	case f.Value != nil:
		return num(f.Value)
	case f.Low != nil && f.High != nil:
		return num(f.Low) + " to " + num(f.High)
	case f.Low != nil:
		return "at least " + num(f.Low)
	case f.High != nil:
		return "at most " + num(f.High)
	}
	return ""
}

// Compared says how a reported figure stands to the one it is set beside.
func Compared(relation, reason string, f recount.ReportedFigure) string {
	switch relation {
	case "conflict":
		if f.Withdrawn || strings.HasPrefix(reason, "withdrawn") {
			return "withdrawn"
		}
	case "reference":
		return "stated first"
	case "copy":
		return "reprint"
	case "degraded":
		if f.Qualifier == recount.Vague {
			return "number lost"
		}
		return "less exact"
	case "other_event":
		return "another event"
	case "derived":
		return "follows from it"
	case "not_a_count":
		return "not a count"
	}
	return strings.ReplaceAll(relation, "_", " ")
}

// Between writes a period in days, of which one end may be open.
func Between(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return "until " + Day(to)
	case to == "":
		return "since " + Day(from)
	case from == to:
		return Day(from)
	}
	return Day(from) + " to " + Day(to)
}

func decimal(d recount.Decimal) string {
	sign, n := "", d.Digits
	if n < 0 {
		sign, n = "-", -n
	}
	s := strconv.FormatInt(n, 10)
	frac := ""
	if d.Places > 0 && d.Places < 19 {
		for len(s) <= d.Places {
			s = "0" + s
		}
		frac = strings.TrimRight(s[len(s)-d.Places:], "0")
		s = s[:len(s)-d.Places]
	}
	if i, err := strconv.Atoi(s); err == nil {
		s = Grouped(i)
	}
	if frac != "" {
		s += "." + frac
	}
	return sign + s
}

// Milli writes a probability or confidence as a percentage.
func Milli(m recount.Milli) string { return fmt.Sprintf("%d.%d%%", m/10, m%10) }

// Probability writes a probability as a percentage; none is certain.
func Probability(m recount.Milli) string {
	switch {
	case m >= 1000:
		return "over 99.9%"
	case m <= 0:
		return "under 0.1%"
	}
	return Milli(m)
}

// Bits writes hundredths of a bit with a sign.
func Bits(b int) string {
	sign := "+"
	if b < 0 {
		sign, b = "−", -b
	}
	return fmt.Sprintf("%s%d.%02d", sign, b/100, b%100)
}

func Size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d.%d MB", n>>20, (n%(1<<20))*10>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return Plural(int(n), "byte", "bytes")
}

func Relation(k recount.RelationKind) string {
	switch k {
	case recount.Copy:
		return "reprint"
	case recount.Partial:
		return "shares passages"
	case recount.QuoteOnly:
		return "shares a quotation"
	}
	return string(k)
}

func Language(code string) string {
	switch code {
	case "":
		return "an unknown language"
	case "en":
		return "English"
	case "fr":
		return "French"
	case "de":
		return "German"
	case "es":
		return "Spanish"
	case "ar":
		return "Arabic"
	case "ru":
		return "Russian"
	case "tr":
		return "Turkish"
	}
	return "language " + code
}

// Tier says how far a person may be shown.
func Tier(t recount.Tier) string {
	switch t {
	case recount.Open:
		return "open, may be named"
	case recount.Press:
		return "named in the press, may be shown as one article shows the person"
	case recount.Withdrawn:
		return "withdrawn, in nothing that leaves"
	}
	return "protected, no name, no words and no link"
}

func Decision(k recount.Kind) string {
	switch k {
	case recount.KindStatement:
		return "statements accepted, rejected or typed in"
	case recount.KindScope:
		return "who counts"
	case recount.KindLink:
		return "same or different person"
	case recount.KindCode:
		return "codes"
	case recount.KindValue:
		return "values of variables"
	case recount.KindDate:
		return "dates of pages"
	case recount.KindRelation:
		return "reprint or not"
	case recount.KindRole:
		return "passages set aside or brought back"
	case recount.KindRule:
		return "counting rules"
	case recount.KindSample:
		return "draws of pages to read to the end"
	case recount.KindRead:
		return "pages read to the end"
	case recount.KindDraw:
		return "pairs of people drawn to be compared"
	case recount.KindWeights:
		return "weights of what two people have in common"
	case recount.KindFile:
		return "study files"
	case recount.KindSpeaker:
		return "speakers corrected or typed in"
	case recount.KindCriterion:
		return "criteria of who counts"
	case recount.KindPassage:
		return "codes of passages"
	case recount.KindPage:
		return "corrected titles, bylines, outlets and languages"
	case recount.KindScreen:
		return "pages that belong to the study or not"
	case recount.KindOwner:
		return "owners of outlets"
	case recount.KindFigure:
		return "figures that hold"
	case recount.KindStated:
		return "figures typed in or corrected"
	case recount.KindAssign:
		return "pages assigned to coders"
	case recount.KindMemo:
		return "memos"
	case recount.KindNote:
		return "notes of editors and lawyers"
	case recount.KindCodebook:
		return "codes moved, merged or split"
	case recount.KindRetract:
		return "retractions"
	case recount.KindTier:
		return "how far people may be shown"
	case recount.KindSpoken:
		return "circumstances of speech"
	case recount.KindSeal:
		return "sealed fields of the vault"
	case recount.KindVault:
		return "uses of the vault"
	case recount.KindRelease:
		return "how the public edition shows something"
	case recount.KindPublish:
		return "public editions"
	case recount.KindRemove:
		return "erasures"
	}
	return string(k)
}

func Period(n int, unit string) string {
	if n == 1 {
		return "1 " + strings.TrimSuffix(unit, "s")
	}
	return Grouped(n) + " " + unit
}

// finite writes a bound of an interval; below zero there is none.
func finite(v float64, format string) string {
	if v < 0 {
		return "no upper bound"
	}
	if places := 2; format == "%.2f" && v > 0 && v < 0.095 { // two digits that count
		for x := v; x < 0.095 && places < 6; x *= 10 {
			places++
		}
		return fmt.Sprintf("%.*f", places, v)
	}
	return fmt.Sprintf(format, v)
}

// Slug makes a file name out of a label: lower-case letters, digits, hyphens.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(Cut(b.String(), 40), "-")
}

// Short writes the first digits of a hash.
func Short(s any) string { return Cut(fmt.Sprint(s), 12) }

// Cut returns the first n bytes of s or fewer, at the end of a code point.
func Cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func Shorten(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	n := 0
	for i := range s {
		if n == runes-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		n++
	}
	return s
}

var (
	comparison = pattern.New(`([A-Za-z_][A-Za-z0-9_.]*)\s*(==|!=|>=|<=|>|<)\s*("[^"]*"|[0-9][0-9.]*)`)
	inside     = pattern.New(`\bwithin\(\s*([A-Za-z_][A-Za-z0-9_.]*)\s*,\s*"([^"]*)"\s*,\s*"([^"]*)"\s*\)`)
	comparing  = map[string]string{"==": "is", "!=": "is not", ">=": "is at least", "<=": "is at most", ">": "is more than", "<": "is less than"}
	comparingT = map[string]string{">=": "is from", "<=": "is up to", ">": "is after", "<": "is before"}
)

// Filter writes a filter of report.md in words: first_reported >= "2015-01"
// becomes: first reported is from January 2015 on.
func Filter(where string) string {
	where = inside.ReplaceAllStringFunc(where, func(s string) string {
		m := inside.FindStringSubmatch(s)
		said := strings.ReplaceAll(m[1], "_", " ") + " is "
		if m[2] == m[3] {
			return said + "in " + Day(m[2])
		}
		return said + "from " + Day(m[2]) + " to " + Day(m[3])
	})
	return comparison.ReplaceAllStringFunc(where, func(s string) string {
		m := comparison.FindStringSubmatch(s)
		name, op, value := strings.ReplaceAll(m[1], "_", " "), m[2], strings.Trim(m[3], `"`)
		verb := comparing[op]
		if t, ok := comparingT[op]; ok && recount.DateOf(value) != (recount.Date{}) && strings.Contains(m[3], `"`) {
			verb, value = t, Day(value)
		}
		return name + " " + verb + " " + value
	})
}
