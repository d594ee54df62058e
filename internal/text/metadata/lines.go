package metadata

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/text/date"
	"recount/internal/text/page"
)

//go:embed lines.txt
var lineWords string

// What words say in a line between a headline and the text.
var (
	wordsOfLines   = lang.Lists(lineWords)
	changedWords   = lang.Set(wordsOfLines["changed"])
	publishedWords = lang.Set(wordsOfLines["published"])
	apartWords     = lang.Set(wordsOfLines["apart"])
	apartLabels    = lang.Set(wordsOfLines["apart.label"])
	ahead          = lang.Set(wordsOfLines["ahead"])
	corrections    = lang.Set(wordsOfLines["correction"])
	changedLabels  = lang.Set(wordsOfLines["changed.label"])
	noiseWords     = lang.Set(wordsOfLines["noise"])
	openers        = lang.Set(wordsOfLines["opener"])
	longestOpener  = len(slices.MaxFunc(wordsOfLines["opener"], func(a, b string) int { return cmp.Compare(len(a), len(b)) }))
	picturedWords  = lang.Set(wordsOfLines["pictured"])
	staffWords     = lang.Set(wordsOfLines["staff"])
	pictureWords   = lang.Set(wordsOfLines["picture"])
	loginWords     = lang.Set(wordsOfLines["login"])
	issueWords     = lang.Set(wordsOfLines["issue"])
)

// lastWord returns the place behind the last of words, as whole words, in s,
// which is in lower case, or -1.
func lastWord(s string, words map[string]bool) int {
	best := -1
	for w := range words {
		for from := 0; ; {
			i := strings.Index(s[from:], w)
			if i < 0 {
				break
			}
			i += from
			from = i + len(w)
			if whole(s, i, from) {
				best = max(best, from)
			}
		}
	}
	return best
}

// whole reports whether s[i:j] is no part of a longer word. Scripts without
// spaces have no words to be part of.
func whole(s string, i, j int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[j:])
	first, _ := utf8.DecodeRuneInString(s[i:])
	if unicode.Is(unicode.Han, first) || unicode.Is(unicode.Hangul, first) {
		return true
	}
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// datesIn returns the days in a line whose digits are Latin (latinDigits), in
// order. A word before each says what it is the day of; what is said of one
// holds until something else is said.
func datesIn(s string) (out []date.Span) {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		low = s
	}
	for from := 0; from < len(s) && len(out) < 6; {
		x := date.FindSpan(s[from:])
		if x.End == 0 {
			break
		}
		x.Start, x.End = x.Start+from, x.End+from
		before := low[from:x.Start]
		switch said := dayOf(before); {
		case said == "apart":
			x.Field = ""
		case said != "":
			x.Field, x.Said = said, said == "published" && strings.TrimSpace(before) != "on"
		case len(out) == 0:
			x.Field = "published"
		default:
			x.Field = out[len(out)-1].Field
			if out[0].Date.Day() != 0 && strings.ContainsAny(before, "()|") || x.Field == "" {
				x.Field = "published"
			}
		}
		out = append(out, x)
		from = x.End
	}
	for i := range out { // "30 August 2024 (updated)"
		rest := low[out[i].End:]
		if j := strings.IndexByte(rest, ')'); j > 0 && strings.HasPrefix(strings.TrimSpace(rest), "(") && lastWord(rest[:j], changedWords) >= 0 {
			if i+1 == len(out) || out[i+1].Start > out[i].End+j {
				out[i].Field = "modified"
			}
		}
	}
	return out
}

// dayOf returns what the words before a day, in lower case, say that it is the
// day of: "published", "modified", "apart" for something else, "" if they do not
// say. A word holds until the next; a label holds for the day right behind it.
func dayOf(before string) string {
	if label := labelOf(before); label != "" {
		return label
	}
	c, p, other := lastWord(before, changedWords), lastWord(before, publishedWords), lastWord(before, apartWords)
	if last := max(c, other); last >= 0 && strings.TrimSpace(before[last:min(p, len(before))+max(0, last-p)]) == "on" {
		p = -1 // "modified on"
	}
	switch {
	case other >= 0 && other >= max(c, p):
		return "apart"
	case c >= 0 && c >= p:
		return "modified"
	case p >= 0:
		return "published"
	}
	return ""
}

// labelOf returns the same where a label stands between the day and the
// beginning of the line, or the mark before it.
func labelOf(before string) string {
	s := strings.TrimRight(before, " :–—-,")
	if i := strings.LastIndexAny(s, "|·•;()[]/,"); i >= 0 {
		s = s[i+1:]
	} else if i := strings.LastIndex(s, " – "); i >= 0 {
		s = s[i+len(" – "):]
	}
	s = strings.NewReplacer("’", "'", "i̇", "i").Replace(strings.ToLower(strings.TrimSpace(s)))
	switch {
	case apartLabels[s]:
		return "apart"
	case changedLabels[s]:
		return "modified"
	case len(strings.Fields(s)) > 4:
	case leads(s, ahead):
		return "apart" // "next hearing"
	case leads(s, corrections):
		return "modified" // "correction appended"
	}
	return ""
}

// strip sets rest to what a line holds besides days, times of day and the words that
// belong to them: the names in it, if it has any.
func (l *aboveLine) strip() {
	s := l.text
	b := []byte(s)
	low := strings.ToLower(s)
	for _, d := range l.dates {
		from := d.Start
		if len(low) == len(s) { // and the word that says what it is the day of
			before := strings.TrimRight(low[:from], " :,")
			for _, words := range [...]map[string]bool{publishedWords, changedWords} {
				for w := range words {
					if strings.HasSuffix(before, w) && whole(before, len(before)-len(w), len(before)) {
						from = min(from, len(before)-len(w))
					}
				}
			}
		}
		for i := from; i < d.End; i++ {
			b[i] = 0
		}
	}
	blankClocks(b)
	for i := range b { // a comma beside a day ends a part
		if (b[i] == ',' || b[i] == '.') && (i+1 < len(b) && nextBlank(b, i) || i > 0 && b[i-1] == 0) {
			b[i] = 0
		}
	}
	clean := string(b)
	for _, sep := range [...]string{" — ", " – ", " - ", " » ", " • ", "•", "·", "●", "(", ")", "—"} {
		clean = strings.ReplaceAll(clean, sep, "\x00")
	}
	var kept []string
	for part := range strings.SplitSeq(clean, "\x00") {
		var bars []string
		for p := range strings.SplitSeq(part, "|") {
			if i := strings.LastIndex(p, ". "); i > 0 && idle(p[i+2:]) {
				p = p[:i]
			}
			if p = strings.Trim(p, " ,.;:-–—/"); p != "" && !idle(p) {
				bars = append(bars, p)
			}
		}
		if len(bars) > 0 {
			kept = append(kept, strings.Join(bars, " | "))
		}
	}
	// "Issue 14, February 2014. Odile Farrant": a number is no name.
	named := kept[:0:0]
	for _, k := range kept {
		if !strings.ContainsAny(k, "0123456789") {
			named = append(named, k)
		}
	}
	if len(named) > 0 {
		kept = named
	}
	for i, k := range kept { // what stands before the names is where they were, and behind them who took the pictures
		if opened(k) == "" {
			k = openedWithin(k)
		}
		if opened(k) != "" {
			kept = append([]string{k}, kept[i+1:]...)
			break
		}
	}
	for i := range kept {
		if i > 0 && leads(strings.ToLower(kept[i]), picturedWords) {
			kept = kept[:i]
			break
		}
	}
	l.rest = strings.Join(kept, ", ")
}

// openedWithin returns s from a word for "by" behind a comma on: "Harwick, by
// our correspondent Ada Brunn"; else s.
func openedWithin(s string) string {
	for _, by := range [...]string{", by ", ", von ", ", par ", ", por ", ", door "} {
		if i := strings.Index(s, by); i > 0 {
			rest := s[i+2:]
			after := strings.TrimLeft(rest[len(opened(rest)):], " :")
			if names, ok := strings.CutPrefix(rest, "by our "); ok || opened(rest) != "" && unicode.IsUpper(firstRune(after)) {
				if _, who, found := strings.Cut(names, " "); ok && found {
					rest = "by " + who // "our correspondent Ada Brunn"
				}
				return rest
			}
		}
	}
	return s
}

// leads reports whether s begins with one of words.
func leads(s string, words map[string]bool) bool {
	for w := range words {
		if strings.HasPrefix(s, w) && whole(s, 0, len(w)) {
			return true
		}
	}
	return false
}

// nextBlank reports whether a day follows the byte at i.
func nextBlank(b []byte, i int) bool {
	for i++; i < len(b) && b[i] == ' '; i++ {
	}
	return i < len(b) && b[i] == 0
}

// idlePhrases are those of the words that only say what a day is for which are
// more than one, the longest first.
var idlePhrases = func() (phrases []string) {
	for _, words := range [...]map[string]bool{changedWords, publishedWords, noiseWords} {
		for w := range words {
			if strings.Contains(w, " ") {
				phrases = append(phrases, w)
			}
		}
	}
	slices.SortFunc(phrases, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return slices.Compact(phrases)
}()

// idle reports whether a part of a line says nothing but what a day is for.
func idle(p string) bool {
	low := strings.ToLower(p)
	for _, words := range [...]map[string]bool{changedWords, publishedWords, noiseWords} {
		if words[low] {
			return true
		}
	}
	if strings.Contains(low, " ") {
		for _, w := range idlePhrases {
			low = strings.ReplaceAll(low, w, " ")
		}
	}
	letters := 0
	for _, w := range strings.FieldsFunc(low, func(r rune) bool { return r == ' ' || r == ',' || r == ':' || r == '.' }) {
		if noiseWords[w] || changedWords[w] || publishedWords[w] || date.Months[w] > 0 {
			continue
		}
		for _, r := range w {
			if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	return letters < 2
}

// blankClocks blanks times of day: 20:18, 7h15, 9.30pm, 12:00:05.
func blankClocks(b []byte) {
	digit := func(i int) bool { return i >= 0 && i < len(b) && '0' <= b[i] && b[i] <= '9' }
	for i := 0; i < len(b); i++ {
		if !digit(i) || digit(i-1) {
			continue
		}
		j := i
		for digit(j) {
			j++
		}
		if j-i > 2 || j >= len(b) {
			continue
		}
		end := 0
		switch c := b[j]; {
		case (c == ':' || c == '.' || c|0x20 == 'h') && digit(j+1) && digit(j+2) && !digit(j+3):
			end = j + 3
			if end < len(b) && b[end] == ':' && digit(end+1) && digit(end+2) {
				end += 3
			}
		case (c|0x20 == 'a' || c|0x20 == 'p') && j+1 < len(b) && b[j+1]|0x20 == 'm':
			end = j + 2
		}
		if end == 0 {
			continue
		}
		k := end
		for k < len(b) && b[k] == ' ' {
			k++
		}
		if k+1 < len(b) && (b[k]|0x20 == 'a' || b[k]|0x20 == 'p') && (b[k+1]|0x20 == 'm' || b[k+1] == '.' && k+2 < len(b) && b[k+2]|0x20 == 'm') {
			if end = k + 2; b[k+1] == '.' {
				end = k + 3
			}
		}
		for x := i; x < end; x++ {
			b[x] = 0
		}
		i = end - 1
	}
}

// A PlainHead is what the lines above the text of a plain text say.
type PlainHead struct {
	Lines int // how many of the first lines are no text
	Title int // the number of the line that is the title, -1 if none is
	facts []recount.Candidate
	dates []date.Candidate
}

// labels of plain texts and the fields they are of.
var plainLabels = func() map[string]string {
	m := map[string]string{}
	for _, field := range [...]string{"title", "published", "outlet", "byline", "url", "language", "section", "page"} {
		for _, w := range wordsOfLines["label."+field] {
			m[w] = field
		}
	}
	return m
}()

// ReadPlainHead reads the first lines of a plain text: labels, days, bylines,
// the outlet, and the title among what is left. A line that is closed like a
// sentence, or long, begins the text.
func ReadPlainHead(paras []string) PlainHead {
	h := PlainHead{Title: -1}
	type left struct{ index, words int }
	var rest []left
	dayAt, sure := -1, false
	n := 0
	for ; n < len(paras) && n < 12; n++ {
		text := paras[n]
		origin := "line " + strconv.Itoa(n+1)
		fact := func(field, value string) {
			h.facts = append(h.facts, recount.Candidate{Field: field, Value: value, Origin: origin})
		}
		if key, value, ok := strings.Cut(text, ":"); ok && len(text) < 300 {
			if field := plainLabels[strings.ToLower(strings.TrimSpace(key))]; field != "" && strings.TrimSpace(value) != "" {
				if value = strings.TrimSpace(value); field == "published" {
					h.dates = append(h.dates, dated(recount.Candidate{Field: field, Value: value, Origin: origin}, date.Printed))
				} else {
					fact(field, value)
				}
				sure = true
				continue
			}
		}
		if len(text) > 200 {
			break
		}
		line := date.Common(date.LatinDigits(text), text, "")
		if d, ok := machineDay(line); ok {
			h.dates = append(h.dates, date.Candidate{Moment: d, Origin: origin, Source: date.Printed, Field: "published"})
			dayAt, sure = n, true
			continue
		}
		l := aboveLine{text: line}
		l.dates = datesIn(line)
		l.strip()
		who := trimIdle(l.rest)
		switch low := strings.ToLower(text); {
		case len(l.dates) > 0 && (utf8.RuneCountInString(who) <= 12 || names(who, 8)):
			for _, d := range l.dates {
				if !d.Open && d.Field != "" {
					h.dates = append(h.dates, date.Candidate{Moment: date.Moment{Date: d.Date}, Origin: origin, Source: date.Printed, Field: d.Field})
				}
			}
			dayAt, sure = n, true
			if opened(who) != "" {
				fact("byline", who)
			} else if names(who, 6) {
				fact("outlet", who)
			}
			continue
		case webAddress(low) && !strings.Contains(text, " "):
			fact("url", text)
			sure = true
			continue
		case opened(text) != "" && names(text, 10):
			fact("byline", text)
			sure = true
			continue
		case page.SectionName(text):
			continue
		case issue(text) || idle(text):
			continue
		case endsText(text), utf8.RuneCountInString(text) > 160, strings.IndexFunc(text, unicode.IsLetter) < 0:
		default:
			if len(rest) < 6 {
				rest = append(rest, left{n, len(strings.Fields(text))})
				continue
			}
		}
		break
	}
	// What stands between lines that say who and when, or before the text.
	h.Lines = n
	if n == len(paras) { // a text of short lines only
		if h.Lines = 0; n > 1 && len(rest) > 0 && rest[0].index == 0 {
			h.Title, h.Lines = 0, 1
		}
		h.facts, h.dates = nil, nil
		return h
	}
	has := func(field string) bool {
		for _, c := range h.facts {
			if c.Field == field {
				return true
			}
		}
		return false
	}
	if len(rest) > 1 && sure && !has("outlet") {
		// The outlet stands at the top or beside the day, in a few words.
		for i, r := range rest {
			_, imprint := Imprint(paras[r.index])
			beside := dayAt >= 0 && (r.index == dayAt-1 || r.index == dayAt+1)
			if (imprint != "" || beside && names(paras[r.index], 5)) && (i > 0 || r.words < rest[1].words || imprint != "" && beside) && r.words <= 6 {
				h.facts = append(h.facts, recount.Candidate{Field: "outlet", Value: paras[r.index], Origin: "line " + strconv.Itoa(r.index+1)})
				rest = append(rest[:i:i], rest[i+1:]...)
				break
			}
		}
	}
	if !sure && len(rest) > 3 { // a text of short lines, not the head of one
		n, rest = rest[3].index, rest[:3]
		h.Lines = n
	}
	switch {
	case has("title"):
	case len(rest) > 0:
		h.Title = rest[0].index
		rest = rest[1:]
	}
	if sure && !has("byline") {
		// A name alone beside the day, or over the words for what its bearer is.
		for i, r := range rest {
			text := paras[r.index]
			over := r.index+1 < n && staffed(paras[r.index+1])
			by := dayAt >= 0 && (r.index == dayAt-1 || r.index == dayAt+1)
			if (over || by) && r.words <= 4 && names(text, 4) && !staffed(text) {
				h.facts = append(h.facts, recount.Candidate{Field: "byline", Value: text, Origin: "line " + strconv.Itoa(r.index+1)})
				rest = append(rest[:i:i], rest[i+1:]...)
				break
			}
		}
	}
	last := -1 // the last line that is certainly of the head
	for i := range n {
		if i == h.Title || !holdsLeft(rest, i, func(r left) int { return r.index }) {
			last = i
		}
	}
	h.Lines = last + 1
	return h
}

// issue reports whether a line says which issue and page: "Vol. 31, No. 46".
func issue(s string) bool {
	if len(s) > 60 || !strings.ContainsAny(s, "0123456789") {
		return false
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !issueWords[w] && date.Months[w] == 0 {
			return false
		}
	}
	return true
}

// staffed reports whether a line says what the bearer of a name is to the
// outlet: "Staff writer".
func staffed(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	return len(words) > 0 && len(words) <= 4 && staffWords[strings.Trim(words[len(words)-1], ",.")] || len(words) == 2 && staffWords[words[0]]
}

func holdsLeft[T any](list []T, i int, index func(T) int) bool {
	for _, r := range list {
		if index(r) == i {
			return true
		}
	}
	return false
}

// endsText reports whether a line is closed like a sentence.
func endsText(s string) bool {
	s = strings.TrimRight(s, "\"'”’»“")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".;,:", last)
}

// machineDay reads a line that is a day as programs write it, and no more.
func machineDay(s string) (date.Moment, bool) {
	if d, ok := date.ParseISO(s); ok && d.Day() != 0 {
		return d, true
	}
	d, ok := date.Parse(s)
	return d, ok && d.Day() != 0 && d.Clock != "" && len(s) < 60
}

// SaysWhoOrWhen reports whether a line of plain text holds nothing but a day or
// a byline.
func SaysWhoOrWhen(text string) (day, line bool) {
	l := aboveLine{text: date.LatinDigits(text)}
	if len(text) > 120 {
		return false, false
	}
	if _, ok := machineDay(l.text); ok {
		return true, true
	}
	l.dates = datesIn(l.text)
	l.strip()
	rest := trimIdle(l.rest)
	switch {
	case len(l.dates) > 0 && (utf8.RuneCountInString(rest) <= 12 || names(rest, 8)):
		return !l.dates[0].Open, true
	case opened(rest) != "" && len(strings.Fields(rest)) <= 8 && names(rest, 8):
		return false, true
	}
	return false, false
}

// DayIn reads a short line: the day in it, "" if there is none, and what else
// stands in it.
func DayIn(s string) (day, rest string) {
	if len(s) > 160 {
		return "", s
	}
	l := aboveLine{text: date.LatinDigits(s)}
	l.dates = datesIn(l.text)
	l.strip()
	for _, d := range l.dates {
		if !d.Open && d.Day() != 0 {
			day = d.Date.String()
			break
		}
	}
	return day, trimIdle(l.rest)
}

// IsByline reports whether a line is a byline: words that open one, and names.
func IsByline(s string) bool { return opened(s) != "" && names(s, 10) }

// Named reports whether a line of at most so many words may be the name of
// somebody or something, without a word for "by" before it.
func Named(s string, most int) bool { return opened(s) == "" && names(s, most) }

// Imprint reads a line in the head of a record: the day in it, if there is one,
// and the outlet that it names with a number of an issue or a page, or in
// words that names of outlets have.
func Imprint(s string) (day, outlet string) {
	if len(s) > 160 {
		return "", ""
	}
	day, rest := DayIn(s)
	if rest == "" || opened(rest) != "" || !names(strings.Split(rest, ",")[0], 8) && !names(rest, 8) {
		return day, ""
	}
	if page.Imprint(strings.ToLower(rest)) >= 0 {
		name, _, _ := strings.Cut(rest, ",")
		return day, strings.TrimSpace(name)
	}
	return day, ""
}
