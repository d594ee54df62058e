package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/count"
)

// percent writes k of n with one decimal.
func percent(k, n int) string { return count.Percent(k, n) }

// kOfN writes a result without its range: "4 of 29 (13.8%)" or "29".
func kOfN(r recount.Result) string {
	if r.Of > 0 {
		return fmt.Sprintf("%d of %d (%s)", r.N, r.Of, percent(r.N, r.Of))
	}
	if r.Kind == "share" {
		return fmt.Sprintf("%d of 0", r.N)
	}
	return strconv.Itoa(r.N)
}

// moves reports whether open questions move a result at all.
func moves(r recount.Result) bool {
	return rangeWords(r) != ""
}

// rangeWords writes the range of a result without its label, or "" if no open
// question moves it. A bound that is only proven says so.
func rangeWords(r recount.Result) string {
	n, of, s := r.Range, r.OfRange, r.ShareRange
	if n == (recount.IntRange{}) && of == (recount.IntRange{}) && s == (recount.ShareRange{}) {
		return "" // nothing was worked out, because nothing is decided
	}
	var parts []string
	if n.Low != n.High {
		parts = append(parts, bounds(strconv.Itoa(n.Low), strconv.Itoa(n.High), n.Exact))
	}
	if r.Of > 0 && (s.LowOf > 0 || s.HighOf > 0) {
		if low, high := percent(s.LowN, s.LowOf), percent(s.HighN, s.HighOf); low != high {
			parts = append(parts, bounds(low, high, s.Exact))
		} else if n.Low == n.High && of.Low != of.High {
			parts = append(parts, "of "+bounds(strconv.Itoa(of.Low), strconv.Itoa(of.High), of.Exact))
		}
	}
	return strings.Join(parts, ", ")
}

func bounds(low, high string, exact bool) string {
	if exact {
		return low + " to " + high
	}
	return "at least " + low + ", at most " + high + ", not exact"
}

// intervalWords writes an interval with its name, or "".
func intervalWords(r recount.Result) string {
	if r.Interval == nil {
		return ""
	}
	low, high, format := r.Interval.Low, r.Interval.High, "%.1f"
	if r.Ratio == nil && r.Of > 0 && high <= 1 {
		low, high, format = 100*low, 100*high, "%.1f%%"
	}
	return r.Interval.Method + " " + finite(low, format) + " to " + finite(high, format)
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
		l := line{label: strings.Repeat("  ", depth) + oneLine(labelOf(r))}
		if l.number = kOfN(r); r.Ratio != nil {
			l.number = count.RatioText(r.Ratio) + " times"
		}
		var rest []string
		if s := rangeWords(r); s != "" {
			rest = append(rest, "range "+s+", "+plural(len(r.Questions), "open question", "open questions"))
		}
		if s := intervalWords(r); s != "" {
			rest = append(rest, "interval "+s)
		}
		if r.Machine > 0 {
			rest = append(rest, fmt.Sprintf("machine-read, not yet looked at: %d", r.Machine))
		}
		if r.Note != "" {
			rest = append(rest, oneLine(r.Note))
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

// oneLine keeps text from the news from moving the cursor of a terminal: it
// takes out line ends and control characters.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < 0x20 || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)), " ")
}

func labelOf(r recount.Result) string {
	if r.Label != "" {
		return r.Label
	}
	return r.Name
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// grouped writes n with a comma before each three digits.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func title(a *recount.Article) string {
	if t := oneLine(a.Title); t != "" {
		return t
	}
	return oneLine(a.Page())
}

// dateWords writes the date of an article as exactly as it is known: "14 May
// 2014", "May 2014", or "no date".
func dateWords(a *recount.Article) string { return dayWords(a.Published) }

func dayWords(iso string) string {
	months := [...]string{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"}
	month := func() string {
		if n, err := strconv.Atoi(iso[5:7]); err == nil && 1 <= n && n <= 12 {
			return months[n-1]
		}
		return iso[5:7]
	}
	switch {
	case iso == "":
		return "no date"
	case len(iso) >= 10:
		return strings.TrimPrefix(iso[8:10], "0") + " " + month() + " " + iso[:4]
	case len(iso) == 7:
		return month() + " " + iso[:4]
	}
	return iso
}

func roleWords(r recount.Role) string {
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

// kindWords names kinds of speakers in the plural.
func kindWords(k recount.SpeakerKind) string {
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

// qualifierWords says how a reported figure is meant: "at least, count".
func qualifierWords(f recount.ReportedFigure) string {
	q := strings.ReplaceAll(string(f.Qualifier), "_", " ")
	if q == "" || f.Qualifier == recount.Exact {
		return string(f.Kind)
	}
	return q + ", " + string(f.Kind)
}

// figureWords writes the value of a reported figure: "at least 40",
// "almost 60%", "dozens" where it is vague.
func figureWords(f recount.ReportedFigure) string {
	num := func(d *recount.Decimal) string {
		if f.Kind == recount.ShareFigure {
			return decimalWords(recount.Decimal{Digits: d.Digits * 100, Places: d.Places}) + "%"
		}
		return decimalWords(*d)
	}
	q := ""
	switch f.Qualifier {
	case recount.Exact, recount.Between, recount.Vague, "":
	default:
		q = strings.ReplaceAll(string(f.Qualifier), "_", " ") + " "
	}
	switch {
	case f.Value != nil:
		return q + num(f.Value)
	case f.Low != nil && f.High != nil:
		return "between " + num(f.Low) + " and " + num(f.High)
	case f.Low != nil:
		return "at least " + num(f.Low)
	case f.High != nil:
		return "at most " + num(f.High)
	}
	return "vague"
}

func decimalWords(d recount.Decimal) string {
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
		s = grouped(i)
	}
	if frac != "" {
		s += "." + frac
	}
	return sign + s
}

// milliWords writes a probability or confidence as a percentage.
func milliWords(m recount.Milli) string { return fmt.Sprintf("%d.%d%%", m/10, m%10) }

// bitsWords writes hundredths of a bit with a sign.
func bitsWords(b int) string {
	sign := "+"
	if b < 0 {
		sign, b = "−", -b
	}
	return fmt.Sprintf("%s%d.%02d", sign, b/100, b%100)
}

func spanText(s recount.Span) string { return strconv.Itoa(s.Start) + "-" + strconv.Itoa(s.End) }

func sizeWords(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d.%d MB", n>>20, (n%(1<<20))*10>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return plural(int(n), "byte", "bytes")
}
