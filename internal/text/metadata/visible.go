package metadata

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/lang"
	"recount/internal/text/date"
	"recount/internal/text/page"
)

// An aboveLine is one short line between the headline and the text.
type aboveLine struct {
	index  int // among the pieces
	text   string
	dates  []date.Span
	rest   string // what is no day and belongs to none
	byline bool   // its place or its opening says so
	name   bool   // its words may be names
}

// Above reads the lines that stand between the title's heading and the first
// long paragraph of the article, which is number first among ps: who wrote it
// and when. It returns the numbers of the pieces that say just that.
func (f *Facts) Above(ps []page.Piece, first int, head *html.Node, outlet string) map[int]bool {
	start := max(0, first-25)
	from := start // behind the heading
	for i := range ps[:min(first, len(ps))] {
		// The line of a table that is the title stands in a cell with others.
		line := head != nil && headed(head, ps[i].At) && page.FoldTitle(ps[i].Text) == f.title
		if head != nil && head.DataAtom != atom.Pre && (ps[i].At == head || headed(ps[i].At, head)) || line {
			start, from = max(0, i-4), i+1
		}
	}
	var lines []aboveLine
	for i := start; i < min(first+1, len(ps)); i++ {
		p := &ps[i]
		if len(p.Text) > 250 || f.aside(p.At) || pictured(p.At) {
			continue
		}
		f.timeElements(p.At)
		l := aboveLine{index: i, text: f.common(p.Text)}
		if who, ok := writers(l.text); ok { // without who took the pictures
			l.text = who
		}
		l.dates = datesIn(l.text)
		l.strip()
		l.byline, l.name = f.bylined(p, l.rest), names(l.rest, 12)
		if before := i - 1; before >= 0 && (p.At.DataAtom == atom.Dd || p.At.DataAtom == atom.Td) && (ps[before].At.DataAtom == atom.Dt || ps[before].At.DataAtom == atom.Th) && plainLabels[strings.ToLower(strings.TrimRight(ps[before].Text, ": "))] == "byline" {
			l.byline = true
		}
		recast(p, &l)
		lines = append(lines, l)
	}
	out := map[int]bool{}
	days, said := 0, false
	dayFirst := sync.OnceValue(func() bool { return f.writesDayFirst(ps) })
	for i := range lines {
		if len(lines[i].dates) > 0 {
			days++
		}
		for j := range lines[i].dates {
			d := &lines[i].dates[j]
			if d.Open && d.DayFirst.Known() && dayFirst() {
				d.Date, d.Open = d.DayFirst, false
			}
			said = said || d.Said && !d.Open && d.Day() != 0 && lines[i].index >= from
		}
	}
	if days > 6 { // a calendar, or a list of results
		lines = slices.DeleteFunc(lines, func(l aboveLine) bool { return len(l.dates) > 0 && l.dates[0].Open })
	}
	under := slices.ContainsFunc(lines, func(l aboveLine) bool {
		return l.index >= from && slices.ContainsFunc(l.dates, func(d date.Span) bool { return !d.Open && d.Day() != 0 && d.Field == "published" })
	})
	for i := range lines {
		l := &lines[i]
		if under && l.index < from {
			l.dates = nil // the day on the masthead may be that of the reading
		}
		letters := utf8.RuneCountInString(l.rest)
		// A day in the middle of a sentence is not that of the page.
		if n := len(l.dates); n > 0 && (letters <= 60 && (l.dates[0].Day() != 0 || letters <= 40) || letters <= 120 && l.byline) {
			for _, d := range l.dates {
				if !d.Open && d.Field != "" && (!said || d.Said || d.Field != "published") && !OfPicture(l.rest) {
					f.dates = append(f.dates, date.Candidate{Moment: date.Moment{Date: d.Date}, Origin: "visible text", Source: date.Printed, Field: d.Field})
				}
			}
			if (letters <= 12 || l.byline || l.name && letters <= 60 && !l.dates[0].Open) && l.index >= from && !page.Ended(strings.TrimRight(l.text, ".")) {
				out[l.index] = true
			}
		}
		if l.rest == "" && l.index >= from && len(l.text) < 60 && page.HeadingLevel(ps[l.index].At) == 0 {
			out[l.index] = true // a time of day, or how long it takes to read
		}
		if l.rest == "" || utf8.RuneCountInString(l.rest) > 120 || l.index < start || ps[l.index].At == head && head.DataAtom != atom.Pre {
			continue
		}
		near := len(l.dates) > 0 || beside(lines, i, -1) || beside(lines, i, 1)
		byline := trimIdle(strings.Trim(l.rest, " ,;:|／"))
		switch {
		case f.top.SiteName(byline, outlet) || page.SectionName(byline) || placed(ps[l.index].At) && opened(byline) == "" || placeName(byline): // says where it stands, not who wrote it
			if l.index >= from && page.HeadingLevel(ps[l.index].At) == 0 {
				out[l.index] = true
			}
		case webAddress(byline) || strings.HasPrefix(byline, "www.") || l.index < from && !f.set(ps[l.index].At):
		case l.byline && (l.name || opened(byline) != ""):
			f.add("byline", byline, "visible text")
			if l.index >= from && len(byline) < 100 {
				out[l.index] = true
			}
		case near && l.name && l.index >= from && page.HeadingLevel(ps[l.index].At) < 4 && page.HeadingLevel(ps[l.index].At) > 0:
		case near && l.index >= from && names(l.rest, 7) && !strings.ContainsAny(l.rest, "/:") && (strings.Contains(byline, ",") || !makerWords[strings.ToLower(byline[strings.LastIndexByte(byline, ' ')+1:])]):
			f.add("byline", byline, "text by the date")
			if len(byline) < 80 {
				out[l.index] = true
			}
		}
	}
	delete(out, first)
	return out
}

// recast says of the days of a line what the element that holds them is named
// for, and takes those out that a picture's caption or a sentence tells of.
func recast(p *page.Piece, l *aboveLine) {
	if len(l.dates) == 0 {
		return
	}
	if captions(p, l) {
		l.dates = nil
		return
	}
	for i := range l.dates {
		d := &l.dates[i]
		switch {
		case d.Field != "published":
		case changedElement(p.At, l.text[d.Start:d.End]):
			d.Field, d.Said = "modified", false
		case happened(l, d):
			d.Field, d.Said = "", false
		}
	}
}

// captions reports whether a line stands under a picture without being marked as
// its caption: its element is named for the picture, it says who took it, or it
// is set apart behind it in one paragraph.
func captions(p *page.Piece, l *aboveLine) bool {
	if l.byline || l.rest == "" {
		return false
	}
	for n, k := p.At, 0; n != nil && k < 2; n, k = n.Parent, k+1 {
		for w := range strings.FieldsSeq(strings.ToLower(page.Attr(n, "class"))) {
			switch w {
			case "photo", "picture", "image", "img", "pic", "foto", "bild", "figure", "legend", "legende", "thumb", "illustration":
				return true
			}
		}
	}
	low := strings.ToLower(l.text)
	for i := range len(low) {
		if (low[i] == '(' || low[i] == '[') && OfPicture(low[i+1:]) && (i+40 >= len(low) || strings.ContainsAny(low[i:], ":)]")) {
			return true
		}
	}
	picture, apart, seen := false, false, 0
	for k := range p.At.Descendants() {
		if seen++; seen > 50 {
			break
		}
		switch k.DataAtom {
		case atom.Img, atom.Picture:
			picture = true
		case atom.Em, atom.I, atom.Small:
			apart = apart || picture && page.FoldTitle(page.TextOf(k)) == page.FoldTitle(p.Text)
		}
	}
	return apart || picture && page.Ended(p.Text)
}

// changedElement reports whether the element that holds a day as printed is
// named for a later change: class="updated", itemprop="dateModified".
func changedElement(at *html.Node, printed string) bool {
	named := func(n *html.Node) bool {
		s := strings.ToLower(page.Attr(n, "class") + " " + page.Attr(n, "id") + " " + page.Attr(n, "itemprop") + " " + page.Attr(n, "property"))
		if strings.Contains(s, "publish") || strings.Contains(s, "created") {
			return false
		}
		for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == ':' }) {
			switch w {
			case "updated", "update", "modified", "datemodified", "lastmodified", "lastmod", "lastupdated", "lastupdate", "dateupdated", "revised", "corrected", "correction", "edited", "aktualisiert", "modifie", "actualizado":
				return true
			}
		}
		return false
	}
	if at.DataAtom != atom.Article && at.DataAtom != atom.Main && at.DataAtom != atom.Body && named(at) {
		return true
	}
	seen := 0
	for k := range at.Descendants() {
		if seen++; seen > 50 {
			break
		}
		if k.Type == html.ElementNode && named(k) && strings.Contains(date.LatinDigits(page.TextOf(k)), printed) {
			return true
		}
	}
	return false
}

// happened reports whether a day ends a sentence on what happened on it: "Seven
// walked free on 12 March 2021".
func happened(l *aboveLine, d *date.Span) bool {
	before, on := strings.CutSuffix(strings.TrimSpace(strings.ToLower(l.text[:d.Start])), " on")
	if !on || l.byline || l.name || lastWord(before, publishedWords) >= 0 {
		return false
	}
	small := 0
	for w := range strings.FieldsSeq(l.rest) {
		if unicode.IsLower(firstRune(w)) && !noiseWords[w] {
			small++
		}
	}
	return small >= 2
}

// beside reports whether a line with a day stands next to line i in a direction,
// with nothing but idle lines between.
func beside(lines []aboveLine, i, step int) bool {
	for j, n := i+step, 1; j >= 0 && j < len(lines) && n <= 3 && lines[j].index == lines[i].index+n*step; j, n = j+step, n+1 {
		if len(lines[j].dates) > 0 {
			return true
		}
		if lines[j].rest != "" {
			return false
		}
	}
	return false
}

// writesDayFirst reports whether 04/03/2013 on this page is the fourth of March:
// its language says so, as the page names it or else as its text is written.
func (f *Facts) writesDayFirst(ps []page.Piece) bool {
	lang := f.lang
	if lang == "" {
		lang = f.first("language", "meta", "json-ld")
	}
	if base, _, _ := strings.Cut(strings.ToLower(lang), "-"); base == "" || base == "en" && len(lang) == 2 {
		var text strings.Builder
		for i := range ps {
			if len(ps[i].Text) > 80 && text.Len() < 3000 {
				text.WriteString(ps[i].Text + "\n")
			}
		}
		if lang = languageOf("", text.String()); lang == "en" {
			return false
		}
	}
	return date.WritesDayFirst(lang)
}

// common returns a line with Latin digits and days of the common calendar.
func (f *Facts) common(s string) string {
	return date.Common(date.LatinDigits(s), s, date.Region(f.lang))
}

// trimIdle drops the words at both ends of a byline that belong to a day.
func trimIdle(s string) string {
	words := strings.Fields(s)
	idle := func(w string) bool {
		w = strings.Trim(w, ",.:;|")
		low := strings.ToLower(w)
		switch {
		case !noiseWords[low] && low != "on":
			return false
		case w == low, w == strings.ToUpper(w) && len(w) >= 3 && low != "today": // "at", "PST"
			return true
		}
		return strings.HasSuffix(low, "day") && len(w) > 5 && low != "today"
	}
	for len(words) > 1 && idle(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && idle(words[0]) && !openers[strings.ToLower(words[0])] {
		words = words[1:]
	}
	return strings.Trim(strings.Join(words, " "), " ,;:|")
}

// headed reports whether n stands inside head.
func headed(n, head *html.Node) bool {
	for k := 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if n == head {
			return true
		}
	}
	return false
}

// OfPicture reports whether a line is about a picture: "File photo, 27 June".
func OfPicture(rest string) bool {
	return leads(strings.ToLower(rest), pictureWords)
}

// pictured reports whether n stands under a picture: its day is not that of
// the page.
func pictured(n *html.Node) bool {
	for k := 0; n != nil && k < 5; n, k = n.Parent, k+1 {
		if n.DataAtom == atom.Figure || page.OwnZone(n) == page.Captioned {
			return true
		}
	}
	return false
}

// opened returns the words of a byline that come before the names, "" if none
// do.
func opened(s string) string {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return ""
	}
	best := ""
	for i := 1; i < len(low) && i <= longestOpener; i++ {
		if (low[i] == ' ' || low[i] == ':') && openers[low[:i]] {
			best = low[:i]
		}
	}
	// "le" and "di" are words of many languages: a name must follow.
	if best != "" && !unicode.IsUpper(firstRune(strings.TrimLeft(s[len(best):], " :"))) && unicode.Is(unicode.Latin, firstRune(s)) && best != "by" {
		return ""
	}
	return s[:len(best)]
}

// particles are small words inside names.
var particles = lang.Set(wordsOfLines["particle"])

// names reports whether a line may be names, or the name of a desk: a few
// words, all of them in capitals but small ones, and no sentence.
func names(s string, most int) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > most || strings.ContainsAny(s, "?!@\"“”«»{}<>=") || webAddress(s) {
		return false
	}
	upper, lower, letters, caseless, loud := 0, 0, 0, 0, 0
	for _, w := range words {
		w = strings.Trim(w, ",;:|&/.()-")
		r := firstRune(w)
		low := strings.ToLower(w)
		switch {
		case w == "" || particles[low]:
		case staffWords[low]:
			upper++
		case !unicode.IsLetter(r):
			return false
		case unicode.IsLower(r):
			lower++
		default:
			upper++
			if !unicode.IsUpper(r) {
				caseless++
			} else if w == strings.ToUpper(w) && utf8.RuneCountInString(w) > 3 {
				loud++
			}
		}
		letters += utf8.RuneCountInString(w)
	}
	if letters < 4 || lower > 0 && lower*3 > upper {
		return false
	}
	if staffWords[strings.ToLower(strings.Trim(words[len(words)-1], ",.|"))] || opened(s) != "" {
		return true
	}
	if caseless > 0 && (len(words) > 4 || letters > 14) || loud > 3 {
		return false
	}
	return upper >= 2
}

// updated reports whether a line speaks of a later change.
func updated(low string) bool { return lastWord(low, changedWords) >= 0 }

// timeElements adds the dates that time elements under n carry for machines.
// They come out of the publishing system as JSON-LD does, and are no voice of
// their own.
func (f *Facts) timeElements(n *html.Node) {
	seen := 0
	for k := range n.Descendants() {
		if seen++; seen > 50 {
			return
		}
		if k.DataAtom != atom.Time || page.Attr(k, "datetime") == "" || page.Attr(k, "itemprop") != "" || pictured(k) {
			continue
		}
		field := "published"
		switch changed(k) {
		case "modified":
			field = "modified"
		case "apart":
			continue
		}
		f.date(field, page.Attr(k, "datetime"), "time[datetime]", date.Structured, k)
	}
}

// changed returns "modified" if a time element is that of a later change, and
// "apart" if it is that of something else: its class, or the words before it in
// the same line, say so.
func changed(k *html.Node) string {
	for _, w := range [...]string{"updated", "modified", "dt-updated", "update"} {
		if strings.Contains(page.Names(k), w) && !strings.Contains(page.Names(k), "published") {
			return "modified"
		}
	}
	if updated(strings.ToLower(page.TextOf(k))) {
		return "modified"
	}
	before := ""
	for b, n := k.PrevSibling, 0; b != nil && n < 6; b, n = b.PrevSibling, n+1 {
		if b.Type == html.TextNode {
			before = b.Data + before
		} else if b.Type == html.ElementNode {
			if b.DataAtom == atom.Time {
				break
			}
			before = page.TextOf(b) + " " + before
		}
	}
	if strings.TrimSpace(before) == "" && k.Parent != nil && k.Parent.DataAtom == atom.Span {
		if b := k.Parent.PrevSibling; b != nil && b.Type == html.TextNode {
			before = b.Data
		}
	}
	return dayOf(strings.ToLower(before))
}

// byline returns the best of the bylines that name somebody, without the day
// that stands beside it: no address, no button, no outlet.
func (f *Facts) byline(outlet string) string {
	account := "" // somebody's name in the publishing system, better than none
	for _, prefix := range [...]string{"visible", "itemprop", "json-ld", "text by", "signature", "meta", "initials"} {
		for _, c := range f.all {
			if c.Field == "byline" && strings.HasPrefix(c.Origin, prefix) {
				s := f.writer(c.Value, outlet)
				if s == "" {
					continue
				}
				if who := login(s); who == "" {
					return s
				} else if prefix != "meta" && account == "" && !loginWords[who] && !strings.Contains(who, "-") {
					account = s
				}
			}
		}
	}
	if s := f.writer(f.hint("byline"), outlet); s != "" {
		return s
	}
	return account
}

// login returns the name of an account that stands for a byline, one word in
// small letters, or "".
func login(s string) string {
	s = strings.TrimSpace(s[len(opened(s)):])
	s = strings.TrimLeft(s, " :")
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsLetter(r) && !unicode.IsLower(r) }) {
		return ""
	}
	return s
}

// Below reads the lines behind the last paragraph of the article, which is
// number last among ps: who signed it, or who posted it and when. It returns the
// numbers of the pieces that say just that. kept says which pieces are text.
func (f *Facts) Below(ps []page.Piece, last int, kept func(int) bool) map[int]bool {
	out := map[int]bool{}
	for i := max(0, last-2); i < min(len(ps), last+6); i++ {
		p := &ps[i]
		if i > last && (len(p.Text) > 250 || page.HeadingLevel(p.At) > 0) {
			break
		}
		if len(p.Text) > 160 || page.Ended(p.Text) || pictured(p.At) || page.OwnZone(p.At) == page.Comments || p.At.Parent != nil && page.OwnZone(p.At.Parent) == page.Comments {
			continue
		}
		l := aboveLine{text: f.common(p.Text)}
		l.dates = datesIn(l.text)
		l.strip()
		who := l.rest
		for _, sep := range [...]string{" | ", ", "} { // "Posted by Ada Brunn at | Labels: boats"
			who, _, _ = strings.Cut(who, sep)
		}
		who = trimIdle(strings.Trim(who, " ,;:|"))
		signed := f.set(p.At) && kept(i)
		if opened(who) == "" && !signed {
			continue
		}
		if opened(who) == "" { // who signs a letter speaks in it: the line stays
			if names(who, 4) {
				f.add("byline", who, "signature line")
			}
			continue
		}
		if names(who, 8) || login(who) != "" {
			f.add("byline", who, "signature line")
			out[i] = true
			for _, d := range l.dates {
				if !d.Open && d.Field == "published" && !slices.ContainsFunc(f.dates, func(c date.Candidate) bool { return c.Source == date.Printed }) {
					f.dates = append(f.dates, date.Candidate{Moment: date.Moment{Date: d.Date}, Origin: "text under the article", Source: date.Printed, Field: d.Field})
				}
			}
		}
	}
	return out
}

// writer returns a byline without the day and the notice about rights in it, ""
// if it names nobody.
func (f *Facts) writer(s, outlet string) string {
	s = beforeRights(s)
	low := strings.ToLower(s)
	switch {
	case webAddress(low), strings.HasPrefix(low, "www."), strings.Contains(s, "{{"), strings.Contains(s, "[["), strings.Contains(s, "<"):
		return ""
	case !strings.Contains(strings.TrimSpace(s), " ") && strings.ContainsAny(s, "@/"):
		return ""
	case s == "", f.top.SiteName(s, outlet), page.SectionName(s), idle(s), placeName(s):
		return ""
	}
	l := aboveLine{text: date.LatinDigits(s)}
	if l.dates = datesIn(l.text); len(l.dates) == 0 {
		return s
	}
	l.strip()
	return trimIdle(l.rest)
}

// bylined reports whether a line above the text is set or begins as a byline.
func (f *Facts) bylined(p *page.Piece, rest string) bool {
	return opened(rest) != "" || f.set(p.At)
}

// set reports whether the names of an element or of what is around it are
// those of a byline.
func (f *Facts) set(at *html.Node) bool {
	for n, k := at, 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if n.DataAtom == atom.Address || strings.EqualFold(page.Attr(n, "rel"), "author") || strings.EqualFold(page.Attr(n, "itemprop"), "author") {
			return true
		}
		if page.OwnZone(n) == page.Bylined {
			return true
		}
		if k > 1 {
			continue
		}
		for _, w := range strings.FieldsFunc(page.Names(n), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
			switch w {
			case "by", "byl", "autor", "auteur", "autore", "sig", "signature", "firma", "credit", "credits", "submitted", "writer", "reporter", "verfasser", "forfatter", "skribent", "autorzy", "yazar":
				return true
			}
		}
	}
	return false
}

// placed reports whether an element says that its words are those of a place.
func placed(n *html.Node) bool {
	switch page.Attr(n, "itemprop") {
	case "contentLocation", "locationCreated", "dateline":
		return true
	}
	for w := range strings.FieldsFuncSeq(page.Names(n), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
		switch w {
		case "location", "place", "city", "ort", "lieu", "lugar", "ciudad", "luogo":
			return true
		}
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
