package text

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/lang"
	"recount/internal/pattern"
	"recount/internal/text/format/factiva"
	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

// A file of a database that no reader knows must not become one article that
// several people wrote. It is recognised by what such files repeat: numbers of
// documents, heads of fields with their names, elements that each hold a title,
// a day and a text.

var (
	documentOf = pattern.New(`(?i)^\W{0,4}(?:(?:document|documento|dokument|article|artikel|artículo|articolo|artigo|item|record|result|story|texte|text|doc|fiche|notice|treffer|résultat|документ|статья|وثيقة|مقال|文档|文件)\.?\s*(?:no\.?|nr\.?|n°|#)?\s*)?(\d{1,4})\s*(?:of|out of|von|de|sur|di|af|av|van|из|من|/)\s*(\d{1,4})(?:\s+(?:documents?|articles?|items?|records?|results?|dokumente?n?|artikeln?|treffern?|documentos|résultats))?\W{0,4}$`)
	documentNo = pattern.New(`(?i)^\W{0,4}(?:document|documento|dokument|article|artikel|artículo|articolo|record|item|doc|документ|статья)\.?\s*(?:no\.?|nr\.?|n°|#|:)?\s*(\d{1,4})\s*[.:)]?$`)
	fieldLine  = pattern.New(`^(\p{Lu}[\p{L} /-]{1,28}):\s+\S`)
)

// heads are names of fields of which the head of an article in a database has
// at least three.
var heads = lang.Set(lang.Lists(headList)["head"])

//go:embed heads.txt
var headList string

// runningWords stand in the headline of an article that goes by days or hours.
var runningWords = lang.Lists(headList)["running"]

// knownOutlets are names of outlets that no word of the press tells.
var knownOutlets = lang.Set(lang.Lists(outletList)["outlet"])

//go:embed outlets.txt
var outletList string

// least is how many articles make a list.
const leastListed = 2

// listed returns how many articles the lines of a file announce or repeat heads
// for, and by what; 0 if it is no list.
func listed(lines []string) (n int, by string) {
	// Numbers that count up to a whole.
	var seen []int
	whole := 0
	for i, l := range lines {
		if len(l) > 80 || !strings.ContainsAny(l, "0123456789") {
			continue
		}
		if m := documentOf.FindStringSubmatch(l); m != nil {
			k, _ := strconv.Atoi(m[1])
			of, _ := strconv.Atoi(m[2])
			if k >= 1 && k <= of && of >= leastListed && (whole == 0 || whole == of) && (len(seen) == 0 || k > seen[len(seen)-1]) {
				whole = of
				seen = append(seen, k)
			}
		} else if m := documentNo.FindStringSubmatch(l); m != nil && i+1 < len(lines) {
			if k, _ := strconv.Atoi(m[1]); k == len(seen)+1 && whole == 0 {
				seen = append(seen, k)
			}
		}
	}
	if len(seen) >= leastListed && prosaicBetween(lines) >= leastListed {
		return len(seen), "numbered documents"
	}
	if n := factiva.Numbered(lines); n >= leastListed && prosaicBetween(lines) >= leastListed {
		return n, "numbers of documents as Factiva writes them"
	}
	if n := numberedHeads(lines); n >= leastListed {
		return n, "numbered heads, each with a day"
	}
	// Heads of the same fields, again and again.
	count, subjects := map[string]int{}, map[string]bool{}
	for _, l := range lines {
		if i := strings.IndexByte(l, ':'); i < 0 || i > 150 || len(l) >= 400 {
			continue // most lines
		}
		if m := fieldLine.FindStringSubmatch(l); m != nil {
			if key := strings.ToLower(strings.TrimSpace(m[1])); heads[key] {
				count[key]++
				if key == "subject" {
					subjects[withoutReply(l[len(m[1])+1:])] = true
				}
			}
		}
	}
	if len(subjects) == 1 && count["from"] > 0 {
		return 0, "" // a letter and what it answers
	}
	var often []int
	for _, k := range count {
		if k >= leastListed {
			often = append(often, k)
		}
	}
	if len(often) >= 3 {
		slices.Sort(often)
		if n := often[len(often)/2]; prosaicBetween(lines) >= leastListed {
			return n, "heads of the same fields"
		}
	}
	return 0, ""
}

// listedText is listed for a plain text: what stands between its articles and
// above them too.
func listedText(lines []string) (n int, by string) {
	if n := ruledParts(lines); n >= leastListed {
		return n, "parts between rules, each with a day"
	}
	if n, by := listed(lines); n > 0 {
		return n, by
	}
	if n := manyRecords(recordsIn(lines), true); n > 0 {
		return n, "heads with an outlet and a day"
	}
	if n := reservedParts(lines); n >= leastListed {
		return n, "notices of the rights of several outlets"
	}
	if n, sure := formedHeads(lines); sure {
		return n, "heads of one form"
	}
	return 0, ""
}

// withoutReply returns the subject of a message without what says that it is an
// answer or was sent on.
func withoutReply(subject string) string {
	subject = strings.ToLower(strings.TrimSpace(subject))
	for {
		mark, rest, ok := strings.Cut(subject, ":")
		if !ok || len(mark) > 4 {
			return subject
		}
		subject = strings.TrimSpace(rest)
	}
}

// A record is the head of an article in a list: an outlet, a day and a title
// above running text.
type record struct {
	day, outlet string
	told        bool // the outlet is named in words that names of outlets have
}

const (
	headLines   = 6   // a head has at most so many
	recordRunes = 300 // or so much running text in one line
)

// recordsIn returns the heads in a file that stand above running text, each
// with a day, an outlet and a title.
func recordsIn(lines []string) (out []record) {
	var r record
	var head []string // short lines since the last running text
	prose, runes := 0, 0
	end := func() {
		if r.outlet != "" && (prose >= 2 || runes >= recordRunes) {
			out = append(out, r)
		}
		r, prose, runes = record{}, 0, 0
	}
	for _, l := range lines {
		n := len(l)
		if n >= 80 {
			n = utf8.RuneCountInString(l)
		}
		switch {
		case n >= 80 && page.Ended(l):
			if len(head) > 0 {
				if next := headOf(head[max(0, len(head)-headLines):]); next.day != "" {
					end()
					r = next
				}
				head = head[:0]
			}
			prose++
			runes += n
		case n <= 160:
			head = append(head, strings.Trim(l, "#*_ "))
		}
	}
	end()
	return out
}

// headOf reads the lines above running text as the head of a record; its outlet
// is "" if they are none.
func headOf(lines []string) (r record) {
	at, rest := -1, ""
	for i, l := range lines {
		if !holdsYear(l) || hourly.MatchString(l) {
			continue // posts and comments are of an hour
		}
		if r.day, rest = metadata.DayIn(l); r.day != "" {
			at = i
			break
		}
	}
	if at < 0 {
		return r
	}
	parts := strings.FieldsFunc(rest, func(c rune) bool { return c == ',' || c == '|' || c == '\t' })
	titled := len(lines) > 1
	for i, p := range parts {
		if parts[i] = strings.TrimSpace(p); len(strings.Fields(p)) >= 3 && i > 0 {
			titled = true
		}
	}
	// The outlet stands in the line of the day, or else alone in the one before or
	// behind it.
	for _, p := range parts {
		if outlet(p) {
			r.outlet, r.told = p, true
			break
		}
	}
	for _, i := range [2]int{at - 1, at + 1} {
		if len(parts) == 0 && r.outlet == "" && i >= 0 && i < len(lines) && outlet(lines[i]) {
			r.outlet, r.told, titled = lines[i], true, len(lines) > 2
		}
	}
	if r.outlet == "" && len(parts) > 0 && metadata.Named(parts[0], 6) {
		r.outlet = parts[0]
	}
	if !titled {
		r.outlet = ""
	}
	return r
}

// hostName matches an outlet that is named by its host: "vox.com".
var hostName = pattern.New(`^[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,2}$`)

// hourly matches an hour and its minutes.
var hourly = pattern.New(`\b\d{1,2}[:.h]\d\d\b`)

// outlet reports whether a short line is the name of an outlet, by a word that
// such names have.
func outlet(s string) bool {
	if knownOutlets[strings.ToLower(s)] || hostName.MatchString(s) {
		return true
	}
	if page.Imprint(strings.ToLower(s)) < 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return metadata.Named(s, 6) || unicode.IsUpper(first) && !strings.ContainsAny(s, " .:")
}

// manyRecords counts the records of a list, of one outlet only in a text, where no
// second article follows by itself; 0 if they are no list.
func manyRecords(found []record, oneOutlet bool) int {
	days, outlets, told := map[string]bool{}, map[string]bool{}, 0
	for _, r := range found {
		days[r.day], outlets[strings.ToLower(r.outlet)] = true, true
		if r.told {
			told++
		}
	}
	if len(found) < leastListed || 2*told < len(found) || len(outlets) < 2 && (!oneOutlet || len(days) < 2) {
		return 0
	}
	return len(found)
}

// holdsYear reports whether a year stands in s: 19 or 20 and two more digits, or
// four digits of Arabic or Persian.
func holdsYear(s string) bool {
	digit := func(i int) bool { return s[i] >= '0' && s[i] <= '9' }
	eastern := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if i+3 < len(s) && (s[i] == '1' && s[i+1] == '9' || s[i] == '2' && s[i+1] == '0') && digit(i+2) && digit(i+3) {
				return true
			}
			eastern = 0
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if i += n; r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹' {
			eastern++
		} else {
			eastern = 0
		}
		if eastern == 4 {
			return true
		}
	}
	return false
}

// numberedHead matches what begins a record of a list: "1. Ferry strike",
// "[2]", "Article 3: Ovens cold".
var numberedHead = pattern.New(`(?i)^\W{0,2}(?:(?:document|documento|dokument|article|artikel|artículo|articolo|artigo|item|record|doc|nr|no|n°|text|texte)\.?\s*)?#?(\d{1,4})(?:[.)\]:]|\s*[–—-]|$)(.{0,200})$`)

// numberedHeads counts the heads of records whose numbers go up by one: a line
// with the number, in one of the next lines a day, then running text.
func numberedHeads(lines []string) int {
	const near = 5 // lines from a number to the day
	n := 0
	for i := 0; i < len(lines); i++ {
		if len(lines[i]) > 240 || !strings.ContainsAny(lines[i][:min(len(lines[i]), 60)], "0123456789") {
			continue // most lines
		}
		m := numberedHead.FindStringSubmatch(lines[i])
		if m == nil || page.Ended(m[2]) && len(m[2]) > 60 {
			continue
		}
		if k, _ := strconv.Atoi(m[1]); k != n+1 {
			continue
		}
		dated := false
		for j := i; j < min(len(lines), i+near) && !dated; j++ {
			if len(lines[j]) > 160 || j > i && numberedHead.MatchString(lines[j]) {
				continue
			}
			if holdsYear(lines[j]) {
				d, _ := metadata.Imprint(lines[j])
				dated = d != ""
			}
		}
		prose := 0
		for j := i + 1; dated && prose < 2 && j < len(lines); j++ {
			if utf8.RuneCountInString(lines[j]) >= 80 && page.Ended(lines[j]) {
				prose++
			} else if k := numberedHead.FindStringSubmatch(lines[j]); k != nil && k[1] == strconv.Itoa(n+2) {
				break
			}
		}
		if prose >= 2 {
			n++
		}
	}
	return n
}

// ruledParts counts the parts of a plain text that lines of signs set apart, if
// each has a day in its first lines and running text behind it.
func ruledParts(lines []string) int {
	var parts [][]string
	from := 0
	for i := 0; i <= len(lines); i++ {
		if i == len(lines) || len(lines[i]) >= 3 && strings.Trim(lines[i], "-=_*#~+—–·• ") == "" {
			parts = append(parts, lines[from:i])
			from = i + 1
		}
	}
	n, _ := datedParts(parts)
	return n
}

// pagedParts counts the parts of a plain text between page breaks, if each is an
// article with a day of its own.
func pagedParts(src string) int {
	if !strings.Contains(src, "\f") {
		return 0
	}
	var parts [][]string
	for part := range strings.SplitSeq(src, "\f") {
		parts = append(parts, paragraphs(part))
	}
	n, days := datedParts(parts)
	if days < 2 {
		return 0 // the head of a printed article stands on each of its pages
	}
	return n
}

// datedParts counts the parts that hold running text and how many different days
// stand in their first lines; 0 if one of them has none.
func datedParts(parts [][]string) (n, days int) {
	const near = 5
	seen := map[string]bool{}
	for _, part := range parts {
		prose := prosaicBetween(part)
		if prose == 0 {
			continue
		}
		day := ""
		for _, l := range part[:min(near, len(part))] {
			if day == "" && len(l) <= 160 && holdsYear(l) {
				day, _ = metadata.Imprint(l)
			}
		}
		if day == "" || prose < 2 {
			return 0, 0
		}
		n++
		seen[day] = true
	}
	return n, len(seen)
}

// reservedParts counts the parts of a plain text that end in a notice of rights,
// each of another owner, under a title each.
func reservedParts(lines []string) int {
	n, from, owners := 0, 0, map[string]bool{}
	for i, l := range lines {
		if len(l) > 160 || !holdsYear(l) || !rights(l) {
			continue
		}
		part := lines[from:i]
		from = i + 1
		if len(part) == 0 {
			continue // a notice in two lines
		}
		if page.Ended(part[0]) || len(part[0]) > 160 || prosaicBetween(part) < 2 {
			return 0
		}
		n++
		owners[strings.ToLower(l)] = true
	}
	if len(owners) < leastListed || prosaicBetween(lines[from:]) > 0 {
		return 0
	}
	return n
}

// prosaicBetween counts the lines that are running text.
func prosaicBetween(lines []string) int {
	n := 0
	for _, l := range lines {
		if utf8.RuneCountInString(l) >= 80 && page.Ended(l) && fieldLine.FindStringIndex(l) == nil {
			n++
		}
	}
	return n
}

// listedPage is listed for a page: its lines, and elements set alike that each
// hold a heading, a day and several sentences, of several outlets.
func listedPage(doc *html.Node, ps []page.Piece) (n int, by string) {
	lines := make([]string, len(ps))
	for i := range ps {
		lines[i] = ps[i].Text
	}
	if n, by := listed(lines); n > 0 {
		return n, by
	}
	if n := manyRecords(recordsIn(lines), false); n > 0 {
		return n, "heads with an outlet and a day"
	}
	// Without two different days in short lines there are no two records.
	dated, around := map[string]bool{}, map[*html.Node]bool{}
	for i := range ps {
		if len(ps[i].Text) <= 160 && strings.ContainsAny(ps[i].Text, "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹") && holdsYear(ps[i].Text) {
			if d, _ := metadata.Imprint(ps[i].Text); d != "" {
				dated[d] = true
				for n := ps[i].At; n != nil && !around[n]; n = n.Parent {
					around[n] = true
				}
			}
		}
	}
	if len(dated) < 2 {
		return 0, ""
	}
	ps = ps[:min(len(ps), 5000)] // the beginning of a long list is enough
	groups, looked := map[string][]*html.Node{}, 0
	var order []string
	for k := range doc.Descendants() {
		if k.DataAtom != atom.Article && k.DataAtom != atom.Div && k.DataAtom != atom.Section && k.DataAtom != atom.Li && k.DataAtom != atom.Table && k.DataAtom != atom.Tr || k.Parent == nil {
			continue
		}
		key := fmt.Sprintf("%p %s %s", k.Parent, k.Data, page.Attr(k, "class"))
		if groups[key] == nil {
			order = append(order, key)
		}
		if len(groups[key]) < 50 {
			groups[key] = append(groups[key], k)
		}
	}
	for _, key := range order {
		if len(groups[key]) < leastListed {
			continue
		}
		full, days, names := 0, map[string]bool{}, map[string]bool{}
		if looked += len(groups[key]); looked > 300 {
			break
		}
		for _, k := range groups[key] {
			if !around[k] {
				continue
			}
			if day, name, ok := recordIn(k, ps); ok {
				full++
				days[day] = true
				names[name] = true
			}
		}
		if full >= leastListed && full*2 > len(groups[key]) && len(days) >= 2 && len(names) >= 2 && full == len(names) || full >= 3 && len(days) >= 2 && len(names) >= 2 {
			return full, "elements that each hold an outlet, a day and a text"
		}
	}
	return 0, ""
}

// recordIn reports whether an element holds an article of a database: a line
// with a day and, in the lines before the text, the name of an outlet, and
// three sentences or more of text.
func recordIn(n *html.Node, ps []page.Piece) (day, name string, ok bool) {
	prose, above := 0, 0
	row := n.DataAtom == atom.Tr
	for i := range ps {
		if !under(ps[i].At, n) {
			continue
		}
		t := ps[i].Text
		if len(t) >= 80 && page.Ended(t) {
			prose++
			if row && len(t) >= recordRunes {
				prose++ // a cell holds a whole article
			}
			continue
		}
		if prose > 0 || above > 12 {
			continue
		}
		above++
		if d, outlet := metadata.Imprint(t); d != "" || outlet != "" {
			if day == "" {
				day = d
			}
			if name == "" {
				name = outlet
			}
			continue
		}
		if row && name == "" && metadata.Named(t, 6) {
			name = t
		}
	}
	return day, name, prose >= 2 && day != "" && name != ""
}

// under reports whether n stands under top.
func under(n, top *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

// refuseList says what to do with a list that no reader knows.
func refuseList(n int, by string) error {
	return page.Refuse(fmt.Sprintf("a list of %d articles or more (%s) from a database that recount does not know", n, by),
		"save each article as a file of its own, or the list as RIS, CSV or a Nexis, Factiva, ProQuest or Europresse export")
}
